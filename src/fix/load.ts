import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { byCodeUnit } from '../model/paths.ts';
import { type Problem, throwProblems } from '../model/problems.ts';
import type { RepoView } from '../model/repository.ts';
import { readYaml, zodProblems } from '../model/yaml-source.ts';
import type { VersionEntry } from './operations/_operation.ts';
import { type FixTemplate, fixHeader } from './template.ts';

const folder = fileURLToPath(new URL('../../templates/', import.meta.url));

/** Where a user's own templates stand in the target. */
export const ownFolder = '.readiness/templates';

/** Every template, ours and then the target's own; an own one of the same name takes the place of ours. Throws `UserError` with every problem. */
export function loadTemplates(target: RepoView | null): FixTemplate[] {
  const problems: Problem[] = [];
  const found = new Map<string, FixTemplate>();
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  for (const id of names) {
    const read = (file: string) =>
      existsSync(join(folder, id, file)) ? readFileSync(join(folder, id, file), 'utf8') : null;
    add(id, `templates/${id}`, read, false);
  }
  for (const path of target?.glob(`${ownFolder}/*/fix.yaml`) ?? []) {
    const id = path.split('/').at(-2)!;
    add(id, `${ownFolder}/${id}`, (file) => target!.read(`${ownFolder}/${id}/${file}`), true);
  }
  function add(id: string, place: string, read: (file: string) => string | null, own: boolean): void {
    const header = readHeader(`${place}/fix.yaml`, read('fix.yaml') ?? '', problems);
    if (header) found.set(id, { ...header, id, own, file: (name) => read(`files/${name}`) });
  }
  throwProblems(problems, 'fix templates');
  return [...found.values()].sort((a, b) => a.order - b.order || byCodeUnit(a.id, b.id));
}

function readHeader(file: string, text: string, problems: Problem[]): z.infer<typeof fixHeader> | null {
  const source = readYaml(file, text, problems);
  if (!source) return null;
  const parsed = fixHeader.safeParse(source.plain);
  if (parsed.success) return parsed.data;
  problems.push(...zodProblems(source, parsed.error, [], Object.keys(fixHeader.shape)));
  return null;
}

/** Ranges of packages that exist and that the templates are written for. */
export function loadVersions(): Readonly<Record<string, VersionEntry>> {
  return parseDocument(readFileSync(join(folder, 'versions.yaml'), 'utf8')).toJS() as Record<string, VersionEntry>;
}
