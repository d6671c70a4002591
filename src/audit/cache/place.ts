import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The file in the user's cache folder that keeps one kind of thing for one target. Null for a target that lies nowhere on disk,
 * where the user has no such folder, and where it lies in the target itself.
 */
export function placeFor(root: string | null, kind: string, env: Environment): string | null {
  const folder = cacheFolder(env);
  if (root === null || folder === null || isInside(folder, root)) return null;
  const name = createHash('sha256').update(real(root)).digest('hex');
  return join(folder, 'readiness-audit', kind, `${name}.pack`);
}

/** Where the platform wants caches; null where neither it nor a home folder is named. */
function cacheFolder({ XDG_CACHE_HOME: xdg, LOCALAPPDATA: local, HOME: home }: Environment): string | null {
  const folder = xdg || local || (home ? join(home, '.cache') : '');
  return isAbsolute(folder) ? folder : null;
}

function isInside(path: string, folder: string): boolean {
  const way = relative(real(folder), real(path));
  return !way.startsWith('..') && !isAbsolute(way);
}

/** The path without links, as far as it exists. */
function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
