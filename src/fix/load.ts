import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { UserError } from '../model/errors.ts';
import { byCodeUnit } from '../model/paths.ts';
import type { RepoView } from '../model/repository.ts';
import type { VersionEntry } from './operations/_operation.ts';
import { type FixTemplate, fixHeader } from './template.ts';

const folder = fileURLToPath(new URL('../../templates/', import.meta.url));

/** Where a user's own templates stand in the target. */
export const ownFolder = '.readiness/templates';

/** Every template, ours and then the target's own; an own one of the same name takes the place of ours. Throws `UserError` with every problem. */
export function loadTemplates(target: RepoView | null): FixTemplate[] {
  const problems: string[] = [];
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
  if (problems.length > 0) throw new UserError(problems.join('\n'));
  return [...found.values()].sort((a, b) => a.order - b.order || byCodeUnit(a.id, b.id));
}

function readHeader(file: string, text: string, problems: string[]): z.infer<typeof fixHeader> | null {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    problems.push(
      ...document.errors.map((error) => `${file}:${lines.linePos(error.pos[0]).line}: ${error.message.split('\n')[0]}`),
    );
    return null;
  }
  const parsed = fixHeader.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (parsed.success) return parsed.data;
  problems.push(
    ...parsed.error.issues.map(
      ({ path, message }) => `${file}:${lineOf(document, lines, path)}: ${path.join('.')}: ${message}`,
    ),
  );
  return null;
}

/** The line of what stands at the path, or of the nearest thing above it. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

/** Ranges of packages that exist and that the templates are written for. */
export function loadVersions(): Readonly<Record<string, VersionEntry>> {
  return parseDocument(readFileSync(join(folder, 'versions.yaml'), 'utf8')).toJS() as Record<string, VersionEntry>;
}
