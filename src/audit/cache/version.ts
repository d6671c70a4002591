import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const analyzers = fileURLToPath(new URL('../../analyzers/', import.meta.url));
const model = fileURLToPath(new URL('../../model/', import.meta.url));
const parsers = ['oxc-parser', 'ts-morph'];

/**
 * Names the code that reads facts, by its text: kept facts can never outlive a change of it, nor of the parsers. Null where the
 * code cannot be found as files.
 */
export function factsVersion(): string | null {
  try {
    const hash = createHash('sha1');
    for (const file of [
      ...codeIn(analyzers, /^sources\./),
      ...codeIn(join(analyzers, 'source'), /./),
      ...codeIn(model, /./),
    ])
      hash.update(readFileSync(file));
    for (const parser of parsers) hash.update(`${parser} ${versionOf(parser)}\n`);
    return hash.digest('hex');
  } catch {
    return null;
  }
}

const codeIn = (folder: string, name: RegExp): string[] =>
  readdirSync(folder)
    .filter((file) => name.test(file) && /\.[jt]s$/.test(file) && !file.endsWith('.d.ts'))
    .sort()
    .map((file) => join(folder, file));

function versionOf(name: string): string {
  let folder = dirname(createRequire(import.meta.url).resolve(name));
  for (;;) {
    const found = manifestIn(folder);
    if (found?.name === name) return String(found.version);
    if (dirname(folder) === folder) throw new Error(`no manifest of ${name}`);
    folder = dirname(folder);
  }
}

function manifestIn(folder: string): { name?: unknown; version?: unknown } | null {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  } catch {
    return null;
  }
}
