import { posix } from 'node:path';

/** Joins and normalises repository paths; `.` is the root. Returns null when the result would lie outside the root. */
export function joinPath(...parts: string[]): string | null {
  const joined = posix.normalize(posix.join(...parts)).replace(/\/$/, '');
  if (joined === '..' || joined.startsWith('../') || joined.startsWith('/')) return null;
  return joined === '' ? '.' : joined;
}

/** The folder that holds the path; `.` holds itself, and what is no repository path (`/x`) too, so that going up always ends. */
export const dirOf = (path: string): string => {
  const dir = posix.dirname(path);
  return dir === '/' ? '.' : dir;
};
export const baseOf = (path: string): string => posix.basename(path);

/** True when `path` is `folder` or lies below it; everything lies below `.`. */
export const isWithin = (path: string, folder: string): boolean =>
  folder === '.' || (path.startsWith(folder) && (path.length === folder.length || path[folder.length] === '/'));

/** `path` as seen from `folder`, which holds it. */
export const relativeTo = (path: string, folder: string): string =>
  folder === '.' ? path : path.slice(folder.length + 1);

/** The deepest of `folders` that holds `path`, or null. Whoever asks often keeps them as a set. */
export function deepestHolding(path: string, folders: readonly string[] | ReadonlySet<string>): string | null {
  const known = folders instanceof Set ? folders : new Set(folders);
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) if (known.has(at)) return at;
  return known.has('.') ? '.' : null;
}

/** Code unit order, so that output does not depend on the machine's locale. */
export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
