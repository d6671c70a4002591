import { UserError } from '../model/errors.ts';
import { byCodeUnit } from '../model/paths.ts';
import { enclosing } from './enclosing.ts';
import { git, nulSeparated, readCommit } from './git.ts';
import { withoutLeftOut } from './left-out.ts';
import { type Bounds, defaultBounds, type FileSource } from './source.ts';

interface Blob {
  hash: string;
  size: number;
}

/** Files fetched with one git call: a process per file would cost more than the whole audit. */
const batch = 1000;
const batchBytes = 64 * 1024 * 1024;

/** The files of a commit, read from git's objects: nothing is checked out. Throws `UserError` for an unknown ref. */
export function treeSource(repository: string, ref: string, bounds: Bounds = defaultBounds): FileSource {
  const commit = /[\n\0]/.test(ref) ? null : readCommit(repository, ref);
  if (!commit) throw new UserError(`Git knows no commit ${JSON.stringify(ref)} in ${repository}.`);
  const prefix = git(repository, ['rev-parse', '--show-prefix'])?.toString('utf8').trimEnd() ?? '';
  const own = sourceOf(repository, commit, prefix, bounds);
  if (prefix === '' || own.paths.length === 0) return own;
  return { ...own, enclosing: () => enclosing(own, sourceOf(repository, commit, '', bounds)) };
}

/** @param prefix the folder whose files they are, with a final slash; '' for the whole tree. */
function sourceOf(
  repository: string,
  commit: NonNullable<FileSource['commit']>,
  prefix: string,
  bounds: Bounds,
): FileSource {
  const blobs = listBlobs(repository, commit.hash, prefix);
  const paths = withoutLeftOut([...blobs.keys()].sort(byCodeUnit)).slice(0, bounds.files);
  return {
    root: null,
    paths,
    bytes: batchReader(repository, paths, blobs),
    size: (path) => blobs.get(path)?.size ?? null,
    isTracked: () => true,
    commit,
    gitPrefix: prefix.replace(/\/$/, ''),
    diagnostics: [],
  };
}

function listBlobs(repository: string, commit: string, prefix: string): Map<string, Blob> {
  const output = git(repository, ['ls-tree', '-r', '-z', '-l', '--full-tree', `${commit}:${prefix}`]);
  const blobs = new Map<string, Blob>();
  if (output === null) return blobs;
  for (const entry of nulSeparated(output)) {
    // Regular files only (100644, 100755): a link is a path as its content, a commit is another repository.
    const parts = /^100\d{3} blob ([0-9a-f]+) +(\d+)\t(.+)$/s.exec(entry);
    if (parts) blobs.set(parts[3]!, { hash: parts[1]!, size: Number(parts[2]) });
  }
  return blobs;
}

function batchReader(repository: string, paths: readonly string[], blobs: Map<string, Blob>): FileSource['bytes'] {
  const position = new Map(paths.map((path, i) => [path, i]));
  const read = new Map<string, Uint8Array>();
  return (path, limit) => {
    const blob = blobs.get(path);
    if (!blob || blob.size > limit) return null;
    if (!read.has(blob.hash)) {
      const wanted = new Map<string, number>([[blob.hash, blob.size]]);
      let bytes = blob.size;
      for (const next of paths.slice(position.get(path) ?? 0, (position.get(path) ?? 0) + batch)) {
        const { hash, size } = blobs.get(next)!;
        if (read.has(hash) || wanted.has(hash) || size > limit || bytes + size > batchBytes) continue;
        wanted.set(hash, size);
        bytes += size;
      }
      for (const [hash, content] of readBlobs(repository, [...wanted.keys()])) read.set(hash, content);
    }
    return read.get(blob.hash) ?? null;
  };
}

/** `cat-file --batch` answers `<hash> blob <size>\n<content>\n` for each hash asked. */
function readBlobs(repository: string, hashes: readonly string[]): Map<string, Uint8Array> {
  const output = git(repository, ['cat-file', '--batch'], `${hashes.join('\n')}\n`);
  const found = new Map<string, Uint8Array>();
  let at = 0;
  while (output && at < output.length) {
    const end = output.indexOf(10, at);
    if (end === -1) break;
    const [hash, type, size] = output.toString('latin1', at, end).split(' ');
    at = end + 1;
    if (type !== 'blob') continue;
    found.set(hash!, output.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return found;
}
