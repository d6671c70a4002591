import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { UserError } from '../model/errors.ts';

/**
 * Writes a file of the target, and its folders.
 * @param path relative to `root`.
 * @throws UserError when a link leads out of the root, or the file cannot be written.
 */
export function writeInside(root: string, path: string, text: string): void {
  const file = join(root, path);
  try {
    mkdirSync(dirname(file), { recursive: true });
    const top = realpathSync(root);
    const real = realpathSync(dirname(file));
    if (real !== top && !real.startsWith(top + sep)) throw new Error('a link leads out of the repository');
    writeFileSync(file, text);
  } catch (error) {
    throw new UserError(`${path} could not be written: ${(error as Error).message}`);
  }
}
