import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { byCodeUnit } from '../../src/model/paths.ts';
import { type Status, statuses } from '../../src/model/status.ts';

/** `fixtures/rules/<category>/<name>/<status>[.<variant>]`: what differs from a base, as files laid over it. */
export interface RuleFixture {
  /** For messages: `security/headers/ready.next`. */
  name: string;
  rule: string;
  status: Status;
  /** Files of the base, by path. */
  base: Files;
  /** Files laid over it, and null for those taken away. */
  changes: ReadonlyMap<string, string | null>;
  /** Path of the component that is judged; null for the repository. */
  component: string | null;
}
export type Files = Readonly<Record<string, string>>;

const folder = fileURLToPath(new URL('../../fixtures/', import.meta.url));
const about = z.strictObject({
  /** A folder of `fixtures/bases`; without one the fixture is a repository by itself. */
  base: z.string().nullable().default(null),
  /** The component judged, where it is not the root. */
  component: z.string().default('.'),
  delete: z.array(z.string()).default([]),
});

export function readFiles(root: string): Record<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(root.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')] as const)
      .sort(([a], [b]) => byCodeUnit(a, b)),
  );
}

export const readBase = (name: string): Files => readFiles(join(folder, 'bases', name));

/** Every fixture of every rule, found by folder. */
export function ruleFixtures(): RuleFixture[] {
  const rules = join(folder, 'rules');
  if (!existsSync(rules)) return [];
  return subfolders(rules).flatMap((category) =>
    subfolders(join(rules, category)).flatMap((rule) =>
      subfolders(join(rules, category, rule)).map((name) => readFixture(rules, category, rule, name)),
    ),
  );
}

function readFixture(root: string, category: string, rule: string, name: string): RuleFixture {
  const path = join(root, category, rule, name);
  const shown = `${category}/${rule}/${name}`;
  const status = name.split('.')[0] as Status;
  if (!statuses.includes(status)) throw new Error(`fixtures/rules/${shown}: "${status}" is no status`);
  const { 'fixture.yaml': header, ...files } = readFiles(path);
  const { base, component, delete: deleted } = about.parse((header ? parse(header) : null) ?? {});
  const baseFiles = base === null ? {} : readBase(base);
  for (const one of deleted) {
    if (!(one in baseFiles))
      throw new Error(`fixtures/rules/${shown}: fixture.yaml deletes ${one}, which ${base} does not have`);
  }
  const changes = new Map<string, string | null>(Object.entries(files));
  for (const one of deleted) changes.set(one, null);
  return { name: shown, rule: `${category}/${rule}`, status, base: baseFiles, changes, component };
}

const subfolders = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort(byCodeUnit);

/** The repository that a base and its changes make. */
export function filesOf(base: Files, ...layers: ReadonlyMap<string, string | null>[]): Record<string, string> {
  const files: Record<string, string> = { ...base };
  for (const [path, text] of layers.flatMap((layer) => [...layer])) {
    if (text === null) delete files[path];
    else files[path] = text;
  }
  return files;
}
