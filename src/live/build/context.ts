import { readFileSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Readable } from 'node:stream';
import dockerignore from '@balena/dockerignore';
import { pack } from 'tar-fs';

/**
 * A build context as a tar, as the Docker CLI would send it: what `.dockerignore` names is left out, links stay links, and the Dockerfile
 * is there whatever is ignored.
 * @param root the target's folder; a context that really lies outside it is refused.
 * @param context absolute folder. @param dockerfile POSIX, relative to the context.
 */
export function packContext(root: string, context: string, dockerfile: string): Readable {
  const [top, folder] = [realpathSync(root), realpathSync(context)];
  if (folder !== top && !folder.startsWith(top + sep)) throw new Error('its build context lies outside the repository');
  const lines = ignoreLines(folder, dockerfile);
  const rules = dockerignore.default({ ignorecase: false }).add(lines);
  const keep = new Set([dockerfile, '.dockerignore']);
  // A folder that is ignored may hold what a later line takes back in, so it has to be entered.
  const takenBack = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1).replace(/^\/|\/$/g, ''));
  const skip = (path: string): boolean => {
    const name = relative(folder, path).split(sep).join('/');
    if (name === '' || keep.has(name) || dockerfile.startsWith(`${name}/`)) return false;
    return rules.ignores(name) && !takenBack.some((line) => line.startsWith(`${name}/`));
  };
  return pack(folder, { ignore: skip, strict: false, map: (header) => ({ ...header, uid: 0, gid: 0 }) });
}

/** The Dockerfile's own ignore file wins over the folder's. */
function ignoreLines(folder: string, dockerfile: string): string[] {
  for (const name of [`${dockerfile}.dockerignore`, '.dockerignore']) {
    try {
      const lines = readFileSync(join(folder, name), 'utf8').split(/\r?\n/);
      return lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
    } catch {
      // No such file: the next one, or nothing is ignored.
    }
  }
  return [];
}
