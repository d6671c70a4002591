import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { UserError } from '../model/errors.ts';
import type { RepoView } from '../model/repository.ts';
import { git, nulSeparated } from '../repository/git.ts';
import { decodeText } from '../repository/text.ts';
import type { FileContent } from './types.ts';

/** What the writer does to the disk; replaced in a test by one that fails half way. */
export interface Disk {
  write(file: string, content: FileContent): void;
  rename(from: string, to: string): void;
}
const realDisk: Disk = { write: (file, content) => writeFileSync(file, content, { flag: 'wx' }), rename: renameSync };

/**
 * Refuses a work tree with changes of its own: what a fix did could then not be told from them.
 * @throws UserError
 */
export function checkWorkTree(root: string): void {
  const status = git(root, ['status', '--porcelain', '-z', '--', '.']);
  if (status === null || status.length === 0) return;
  const files = nulSeparated(status)
    .slice(0, 3)
    .map((entry) => entry.slice(3));
  throw new UserError(
    `The work tree has uncommitted changes (${files.join(', ')}${files.length === 3 ? ', …' : ''}): commit them first, or give --allow-dirty.`,
  );
}

/**
 * Writes all files or none: each beside its place first, then all are moved there, and a failure puts everything back; a signal
 * to end waits until then.
 * @throws UserError for a path that leads outside, through a link or into an ignored file, for a file that was changed or made
 * since the view read it or that is read-only, and for what the disk refuses.
 */
export function writeAll(view: RepoView, changes: ReadonlyMap<string, FileContent>, disk: Disk = realDisk): void {
  const root = view.root;
  if (root === null) throw new UserError('There is no folder to write into.');
  const undo: (() => void)[] = [];
  const release = holdSignals();
  try {
    refuseIgnored(root, [...changes.keys()]);
    const staged = [...changes].map(([path, content]) => stage(view, root, path, content, disk, undo));
    for (const { temporary, file, before } of staged) {
      undo.push(() => (before === null ? rmSync(file, { force: true }) : writeFileSync(file, before)));
      disk.rename(temporary, file);
    }
  } catch (error) {
    for (const back of undo.reverse()) attemptQuietly(back);
    throw error instanceof UserError ? error : new UserError(`Nothing was written: ${(error as Error).message}`);
  } finally {
    release();
  }
}

/** Without somebody who listens, a signal would end the process between two files. */
function holdSignals(): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const hold = (): void => {};
  for (const signal of signals) process.on(signal, hold);
  return () => {
    for (const signal of signals) process.off(signal, hold);
  };
}

function stage(view: RepoView, root: string, path: string, content: FileContent, disk: Disk, undo: (() => void)[]) {
  const file = join(root, path);
  if (path.split('/').some((part) => part === '..' || part === '.git' || part === ''))
    throw new UserError(`${path} is no place to write to.`);
  makeFolder(root, dirname(file), undo);
  const real = realpathSync(dirname(file));
  const top = realpathSync(root);
  if (real !== dirname(join(top, path)) && !(real === top && !path.includes('/')))
    throw new UserError(`${path} was not written: a link leads there.`);
  if (real !== top && !real.startsWith(top + sep))
    throw new UserError(`${path} was not written: a link leads out of the repository.`);
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (stats && !stats.isFile()) throw new UserError(`${path} was not written: it is no plain file.`);
  if (stats && (stats.mode & 0o222) === 0)
    throw new UserError(`${path} was not written, and nothing else: it is read-only.`);
  const before = stats ? readFileSync(file) : null;
  if (before !== null && decodeText(before) !== view.read(path))
    throw new UserError(`${path} was not written, and nothing else: it was changed meanwhile. Run it again.`);
  const temporary = `${file}.readiness-${process.pid}.tmp`;
  undo.push(() => rmSync(temporary, { force: true }));
  const bom = before !== null && before[0] === 0xef && before[1] === 0xbb && before[2] === 0xbf ? '\uFEFF' : '';
  disk.write(temporary, typeof content === 'string' ? bom + content : content);
  if (stats) chmodSync(temporary, stats.mode);
  return { temporary, file, before };
}

function makeFolder(root: string, folder: string, undo: (() => void)[]): void {
  const missing: string[] = [];
  for (let at = folder; at !== root && !existsSync(at); at = dirname(at)) missing.push(at);
  for (const one of missing.reverse()) {
    mkdirSync(one);
    undo.push(() => rmdirSync(one));
  }
}

function refuseIgnored(root: string, paths: readonly string[]): void {
  const ignored = git(root, ['check-ignore', '-z', '--stdin'], paths.map((path) => `${path}\0`).join(''));
  const first = ignored ? nulSeparated(ignored)[0] : undefined;
  if (first !== undefined) throw new UserError(`${first} was not written, and nothing else: git ignores it.`);
}

function attemptQuietly(action: () => void): void {
  try {
    action();
  } catch {
    // What cannot be put back is told by the failure that led here.
  }
}
