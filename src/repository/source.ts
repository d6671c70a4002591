import type { RepoView } from '../model/repository.ts';

/** Where a view's files come from. Everything a reader may ask is built on these few answers, once (see view.ts). */
export interface FileSource {
  root: string | null;
  /** Sorted by code unit, left-out files already gone. */
  paths: readonly string[];
  /** Null when absent, unreadable or over `limit` bytes. */
  bytes(path: string, limit: number): Uint8Array | null;
  /** Bytes of the file; null when absent. Asked only of what could not be read. */
  size(path: string): number | null;
  /** Where something less than reading it names what a file holds (see `RepoView.digest`). */
  digest?(path: string): string;
  isTracked(path: string): boolean;
  commit: RepoView['commit'];
  /** Path of the root below git's top level, '' when it is the top; null without git. */
  gitPrefix: string | null;
  /** The repository around the folder (see `RepoView.enclosing`). */
  enclosing?(): FileSource | null;
  diagnostics: { file: string | null; message: string }[];
}

/** Bounds that keep a hostile or huge target from ending the run. Sizes in bytes. */
export interface Bounds {
  files: number;
  depth: number;
  textSize: number;
  byteSize: number;
}

export const defaultBounds: Bounds = {
  files: 200_000,
  depth: 40,
  textSize: 2 * 1024 * 1024,
  byteSize: 16 * 1024 * 1024,
};
