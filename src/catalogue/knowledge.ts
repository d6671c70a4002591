import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { CapabilityPackage, FrameworkDefault, FrameworkFact, Knowledge } from '../model/knowledge.ts';
import { byCodeUnit } from '../model/paths.ts';
import { type Problem, throwProblems } from '../model/problems.ts';
import { readYaml, zodProblems } from '../model/yaml-source.ts';
import { compiled } from './compiled.ts';

/** Two steps up from src/catalogue and from dist/catalogue alike. */
const folder = new URL('../../rules/knowledge/', import.meta.url);

export interface KnowledgeFile {
  /** As messages name it: `rules/knowledge/frameworks.yaml`. */
  file: string;
  text: string;
}

const name = z.string().regex(/^[a-z0-9][a-z0-9.-]*$/, 'a lower-case name with dashes');
const packageName = z.string().regex(/^[^\s]+$/, 'a package name');
const entry = z.union([
  packageName,
  z
    .strictObject({
      package: packageName.optional(),
      packages: z.array(packageName).min(1).optional(),
      members: z.array(z.string().min(1)).default([]),
      sideEffect: z.boolean().default(false),
      general: z.boolean().default(false),
      tags: z.array(z.string().min(1)).default([]),
    })
    .refine((value) => (value.package === undefined) !== (value.packages === undefined), {
      message: 'name either "package" or "packages"',
    }),
]);
const capabilities = z.record(name, z.array(entry).min(1));
const frameworks = z.array(
  z.strictObject({
    name,
    packages: z.array(packageName).min(1),
    kind: z.enum(['server', 'web', 'full-stack', 'mobile', 'worker', 'cms', 'static-site']),
  }),
);
const defaults = z.array(
  z.strictObject({
    framework: name,
    rule: z.string().regex(/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/, 'the id of a rule'),
    supplies: z.string().min(1),
    signals: z.array(z.enum(['present', 'wired', 'complete'])).min(1),
    since: z.int().positive().optional(),
    until: z.int().positive().optional(),
    program: z.string().min(1).optional(),
    handler: z.string().min(1).optional(),
    documentation: z.url(),
  }),
);

let ours: Knowledge | null = null;

/** Everything in `rules/knowledge`, read once. Throws one `UserError` (exit 2) with every problem at its file and line. */
export function loadKnowledge(files?: readonly KnowledgeFile[]): Knowledge {
  if (files) return knowledgeFrom(files);
  ours ??= readOurs();
  return ours;
}

function readOurs(): Knowledge {
  const own = knowledgeFiles();
  const known = compiled('knowledge', own) as Compiled | null;
  if (!known) return knowledgeFrom(own);
  return { ...known, capabilities: new Map(known.capabilities), frameworks: new Map(known.frameworks) };
}

interface Compiled {
  capabilities: [string, CapabilityPackage[]][];
  frameworks: [string, FrameworkFact][];
  defaults: FrameworkDefault[];
}

/** Reads and checks knowledge files. */
export function knowledgeFrom(files: readonly KnowledgeFile[]): Knowledge {
  const problems: Problem[] = [];
  const known = { capabilities: new Map<string, CapabilityPackage[]>(), frameworks: new Map<string, FrameworkFact>() };
  let supplied: FrameworkDefault[] = [];
  for (const file of files) {
    if (file.file.endsWith('/frameworks.yaml')) {
      for (const one of read(file, frameworks, problems) ?? []) known.frameworks.set(one.name, one);
    } else if (file.file.endsWith('/defaults.yaml')) supplied = read(file, defaults, problems) ?? [];
    else {
      for (const [capability, entries] of Object.entries(read(file, capabilities, problems) ?? {})) {
        known.capabilities.set(capability, [...(known.capabilities.get(capability) ?? []), ...entries.flatMap(expand)]);
      }
    }
  }
  for (const { framework } of supplied) {
    if (known.frameworks.has(framework)) continue;
    const file = files.find((each) => each.file.endsWith('/defaults.yaml'))!;
    const line = file.text.split('\n').findIndex((text) => text.includes(`framework: ${framework}`)) + 1;
    problems.push({ file: file.file, line, message: `frameworks.yaml names no framework "${framework}"` });
  }
  throwProblems(problems);
  return { ...known, defaults: supplied };
}

/** Our own knowledge files, sorted. */
export function knowledgeFiles(): KnowledgeFile[] {
  return readdirSync(fileURLToPath(folder), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.yaml'))
    .sort(byCodeUnit)
    .map((path) => ({
      file: `rules/knowledge/${path}`,
      text: readFileSync(fileURLToPath(new URL(path, folder)), 'utf8'),
    }));
}

function read<T extends z.ZodType>(file: KnowledgeFile, shape: T, problems: Problem[]): z.infer<T> | null {
  const source = readYaml(file.file, file.text, problems);
  if (!source) return null;
  const parsed = shape.safeParse(source.document.toJS());
  if (parsed.success) return parsed.data;
  problems.push(
    ...zodProblems(source, parsed.error, [], ['package', 'packages', 'members', 'sideEffect', 'general', 'tags']),
  );
  return null;
}

function expand(given: z.infer<typeof entry>): CapabilityPackage[] {
  if (typeof given === 'string') return [{ package: given, members: [], sideEffect: false, general: false, tags: [] }];
  const { members, sideEffect, general, tags } = given;
  const names = given.packages ?? [given.package!];
  return names.map((one) => ({ package: one, members, sideEffect, general, tags }));
}
