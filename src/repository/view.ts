import type { RepoView } from '../model/repository.ts';
import { firstAtLeast, globber } from './globs.ts';
import { type Bounds, defaultBounds, type FileSource } from './source.ts';
import { decodeText } from './text.ts';

/** Texts kept in memory, in characters: several analyzers read the same files, and a second read should cost nothing. */
const keptSize = 96 * 1024 * 1024;

export function viewOf(source: FileSource, bounds: Bounds = defaultBounds): RepoView {
  const { paths } = source;
  const known = new Set(paths);
  const texts = new Map<string, string | null>();
  let kept = 0;
  const read = (path: string): string | null => {
    if (!known.has(path)) return null;
    const before = texts.get(path);
    if (before !== undefined) return before;
    const text = textOf(source, path, bounds.textSize);
    kept += text?.length ?? 0;
    if (kept < keptSize) texts.set(path, text);
    return text;
  };
  return {
    root: source.root,
    commit: source.commit,
    gitPrefix: source.gitPrefix,
    diagnostics: source.diagnostics,
    list: () => paths,
    has: (path) => known.has(path),
    hasDirectory: (path) => path === '.' || (paths[firstAtLeast(paths, `${path}/`)]?.startsWith(`${path}/`) ?? false),
    read,
    readBytes: (path) => (known.has(path) ? source.bytes(path, bounds.byteSize) : null),
    glob: globber(paths),
    isTracked: (path) => known.has(path) && source.isTracked(path),
  };
}

function textOf(source: FileSource, path: string, limit: number): string | null {
  const size = source.size(path);
  if (size !== null && size > limit) {
    source.diagnostics.push({ file: path, message: `not read: over ${Math.floor(limit / 1024)} KiB` });
    return null;
  }
  const bytes = source.bytes(path, limit);
  return bytes === null ? null : decodeText(bytes);
}
