import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { UserError } from '../model/errors.ts';
import { byCodeUnit } from '../model/paths.ts';
import { enclosing } from './enclosing.ts';
import { git, nulSeparated, readCommit } from './git.ts';
import { withoutLeftOut } from './left-out.ts';
import { type Bounds, defaultBounds, type FileSource } from './source.ts';
import { walk } from './walk.ts';

/** The files of a folder on disk. Throws `UserError` when it is none. */
export function diskSource(path: string, bounds: Bounds = defaultBounds): FileSource {
  const root = realpathSync(folderAt(path));
  return fromGit(root, bounds) ?? fromWalk(root, bounds);
}

function folderAt(path: string): string {
  const absolute = resolve(path);
  const stats = statSync(absolute, { throwIfNoEntry: false });
  if (!stats) throw new UserError(`There is no folder ${path}.`);
  if (!stats.isDirectory()) throw new UserError(`${path} is a file, not a folder: name the repository's folder.`);
  return absolute;
}

function fromWalk(root: string, bounds: Bounds): FileSource {
  const { paths, ignored, diagnostics } = walk(root, bounds);
  return {
    root,
    paths: withoutLeftOut(paths.sort(byCodeUnit)),
    bytes: reader(root),
    size: (path) => lstatSync(join(root, path), { throwIfNoEntry: false })?.size ?? null,
    isTracked: (path) => !ignored.has(path),
    commit: null,
    gitPrefix: null,
    diagnostics,
  };
}

const trackedOrNew = ['--cached', '--others', '--exclude-standard'];

/** Null where git has nothing to say of the folder: no repository, or one that ignores all of it. */
function fromGit(root: string, bounds: Bounds, which: readonly string[] = trackedOrNew): FileSource | null {
  const output = git(root, ['ls-files', '-z', '-t', ...which]);
  if (output === null || output.length === 0) return null;
  const untracked = new Set<string>();
  const listed = new Set<string>();
  const diagnostics: FileSource['diagnostics'] = [];
  const entries = nulSeparated(output);
  for (const entry of entries.slice(0, bounds.files)) {
    const path = entry.slice(2);
    if (entry.startsWith('?')) untracked.add(path.replace(/\/$/, ''));
    listed.add(path.replace(/\/$/, ''));
  }
  if (entries.length > bounds.files)
    diagnostics.push({ file: null, message: `only the first ${bounds.files} files were read` });
  const prefix =
    git(root, ['rev-parse', '--show-prefix'])
      ?.toString('utf8')
      .replace(/\/?\n$/, '') ?? '';
  const source: FileSource = {
    root,
    paths: existing(root, withoutLeftOut([...listed].sort(byCodeUnit)), bounds, diagnostics),
    bytes: reader(root),
    size: (path) => lstatSync(join(root, path), { throwIfNoEntry: false })?.size ?? null,
    isTracked: (path) => !untracked.has(path),
    commit: readCommit(root, 'HEAD'),
    gitPrefix: prefix,
    enclosing: () => (prefix !== '' && untracked.size < listed.size ? around(source, bounds) : null),
    diagnostics,
  };
  return source;
}

/** New files above are left alone: to look for them would mean to walk whatever lies there, a home folder for one. */
function around(own: FileSource, bounds: Bounds): FileSource | null {
  const up = own.gitPrefix!.split('/').map(() => '..');
  const top = fromGit(resolve(own.root!, ...up), bounds, ['--cached']);
  return top && enclosing(own, top);
}

/** Git also names files deleted from the work tree, links, and nested repositories as one entry each. */
function existing(root: string, paths: string[], bounds: Bounds, diagnostics: FileSource['diagnostics']): string[] {
  const found: string[] = [];
  for (const path of paths) {
    const stats = lstatSync(join(root, path), { throwIfNoEntry: false });
    if (stats?.isFile() || (stats?.isSymbolicLink() && isFileInside(root, path))) found.push(path);
    else if (stats?.isDirectory()) {
      const nested = walk(root, bounds, path);
      diagnostics.push(...nested.diagnostics);
      found.push(...withoutLeftOut(nested.paths.sort(byCodeUnit)));
    }
  }
  return [...new Set(found)].sort(byCodeUnit);
}

function isFileInside(root: string, path: string): boolean {
  try {
    const real = realpathSync(join(root, path));
    return real.startsWith(root + sep) && !real.startsWith(join(root, '.git') + sep) && statSync(real).isFile();
  } catch {
    return false;
  }
}

/** Reads below `root` only: a folder that turns out to lead elsewhere, a link that does, a pipe or a device give null. */
function reader(root: string): FileSource['bytes'] {
  const folders = new Map<string, boolean>();
  const isInside = (folder: string): boolean => {
    const before = folders.get(folder);
    if (before !== undefined) return before;
    const real = realpathSync(folder);
    const inside = real === root || real.startsWith(root + sep);
    folders.set(folder, inside);
    return inside;
  };
  return (path, limit) => {
    const file = join(root, path);
    try {
      if (!isInside(dirname(file))) return null;
      return noFollow !== 0 || !isLink(file) ? readBounded(file, limit) : readTarget(root, path, limit);
    } catch {
      return isLink(file) ? readTarget(root, path, limit) : null;
    }
  };
}

/** Where the system can refuse to open a link, nobody has to ask before each file whether it is one. */
const noFollow = constants.O_NOFOLLOW ?? 0;

function isLink(file: string): boolean {
  try {
    return lstatSync(file).isSymbolicLink();
  } catch {
    return false;
  }
}

function readTarget(root: string, path: string, limit: number): Uint8Array | null {
  try {
    return isFileInside(root, path) ? readBounded(realpathSync(join(root, path)), limit) : null;
  } catch {
    return null;
  }
}

function readBounded(file: string, limit: number): Uint8Array | null {
  const handle = openSync(file, constants.O_RDONLY | noFollow | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(handle);
    if (!stats.isFile() || stats.size > limit) return null;
    const bytes = Buffer.allocUnsafe(stats.size);
    let done = 0;
    while (done < bytes.length) {
      const count = readSync(handle, bytes, done, bytes.length - done, done);
      if (count === 0) break;
      done += count;
    }
    return bytes.subarray(0, done);
  } finally {
    closeSync(handle);
  }
}
