import { byCodeUnit } from '../model/paths.ts';
import type { RepoView } from '../model/repository.ts';
import { digestOf } from './contents.ts';
import { diskSource } from './disk.ts';
import { withoutLeftOut } from './left-out.ts';
import { type Bounds, defaultBounds, type FileSource } from './source.ts';
import { treeSource } from './tree.ts';
import { viewOf } from './view.ts';

export type { Bounds } from './source.ts';

/** A folder on disk: what git tracks, then what is not ignored. Throws `UserError` (exit 2) when the path is no folder. */
export function openDirectory(path: string, options: Partial<Bounds> = {}): RepoView {
  const bounds = { ...defaultBounds, ...options };
  return viewOf(diskSource(path, bounds), bounds);
}

/** The tree of a commit, without a checkout. Throws `UserError` (exit 2) for a ref that git does not know. */
export function openGitTree(repoPath: string, ref: string, options: Partial<Bounds> = {}): RepoView {
  const bounds = { ...defaultBounds, ...options };
  return viewOf(treeSource(repoPath, ref, bounds), bounds);
}

/** Files given as text or bytes, by path. */
export function openMemory(files: Readonly<Record<string, string | Uint8Array>>): RepoView {
  const bytes = new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(content)]));
  return viewOf({
    root: null,
    paths: withoutLeftOut([...bytes.keys()].sort(byCodeUnit)),
    bytes: (path) => bytes.get(path) ?? null,
    size: (path) => bytes.get(path)?.length ?? null,
    isTracked: () => true,
    commit: null,
    gitPrefix: null,
    diagnostics: [],
  });
}

type Changes = ReadonlyMap<string, string | Uint8Array | null>;

/** `view` as it would be after the changes: new text or bytes by path, or null for a deleted file. */
export const overlay = (view: RepoView, changes: Changes): RepoView => viewOf(overlaySource(view, changes));

function overlaySource(view: RepoView, changes: Changes): FileSource {
  const paths = new Set(view.list());
  for (const [path, content] of changes) {
    if (content === null) paths.delete(path);
    else paths.add(path);
  }
  const bytes = (path: string, limit = Number.POSITIVE_INFINITY): Uint8Array | null => {
    const content = changes.get(path);
    const found = content === undefined || content === null ? view.readBytes(path) : Buffer.from(content);
    return found && found.length <= limit ? found : null;
  };
  return {
    root: view.root,
    paths: [...paths].sort(byCodeUnit),
    bytes,
    size: (path) => bytes(path)?.length ?? null,
    digest: (path) => {
      const text = changes.get(path);
      return typeof text === 'string' ? digestOf(Buffer.from(text)) : view.digest(path);
    },
    isTracked: (path) => changes.has(path) || view.isTracked(path),
    commit: view.commit,
    gitPrefix: view.gitPrefix ?? null,
    enclosing: () => {
      const around = view.enclosing();
      const moved = [...changes].map(([path, content]) => [`${view.gitPrefix}/${path}`, content] as const);
      return around && overlaySource(around, new Map(moved));
    },
    diagnostics: [...view.diagnostics],
  };
}
