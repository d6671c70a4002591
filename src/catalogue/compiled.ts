import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Reading YAML with positions and checking it takes longer than auditing a small repository. The build leaves what came of our own
 * files beside the code, with a hash of their text; it is used as long as the text is the same, and ignored otherwise.
 */
export type CompiledName = 'rules' | 'knowledge' | 'scoring';

interface Source {
  file: string;
  text: string;
}

export const compiledFile = (name: CompiledName): string =>
  fileURLToPath(new URL(`./${name}.compiled.json`, import.meta.url));

/** The value compiled from exactly these files, or null. */
export function compiled(name: CompiledName, files: readonly Source[]): unknown {
  try {
    const made = JSON.parse(readFileSync(compiledFile(name), 'utf8')) as { hash: string; value: unknown };
    return made.hash === hashOf(files) ? made.value : null;
  } catch {
    return null; // run from source, or never built
  }
}

/** What the build writes. */
export const compile = (files: readonly Source[], value: unknown): string =>
  JSON.stringify({ hash: hashOf(files), value });

function hashOf(files: readonly Source[]): string {
  const hash = createHash('sha256');
  for (const { file, text } of files) hash.update(`${file}\0${text}\0`);
  return hash.digest('hex');
}
