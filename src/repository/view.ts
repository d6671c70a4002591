import type { RepoView } from '../model/repository.ts';
import { contents } from './contents.ts';
import { firstAtLeast, globber } from './globs.ts';
import { type Bounds, defaultBounds, type FileSource } from './source.ts';

export function viewOf(source: FileSource, bounds: Bounds = defaultBounds): RepoView {
  const { paths } = source;
  const known = new Set(paths);
  const { bytes, text, digest } = contents(source, bounds);
  const read = (path: string) => (known.has(path) ? text(path) : null);
  let around: RepoView | null | undefined;
  return {
    root: source.root,
    commit: source.commit,
    gitPrefix: source.gitPrefix,
    diagnostics: source.diagnostics,
    list: () => paths,
    has: (path) => known.has(path),
    hasDirectory: (path) => path === '.' || (paths[firstAtLeast(paths, `${path}/`)]?.startsWith(`${path}/`) ?? false),
    read,
    text: (path) => read(path) ?? '',
    readBytes: (path) => (known.has(path) ? bytes(path, bounds.byteSize) : null),
    digest: (path) => (known.has(path) ? digest(path) : ''),
    glob: globber(paths),
    isTracked: (path) => known.has(path) && source.isTracked(path),
    enclosing() {
      if (around === undefined) {
        const found = source.enclosing?.() ?? null;
        around = found && viewOf(found, bounds);
      }
      return around;
    },
  };
}
