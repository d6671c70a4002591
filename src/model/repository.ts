/**
 * A repository as every part of the audit sees it: on disk, of a git tree, in memory, or with planned changes laid over it.
 * Reading is synchronous and bounded; nothing outside the root is ever reached. Paths are POSIX and relative to the root.
 */
export interface RepoView {
  /** Absolute folder on disk, or null where there is none (memory, git tree). */
  readonly root: string | null;
  /** Every file seen, sorted by code unit. Vendored, built, generated and ignored-and-untracked files are left out. */
  list(): readonly string[];
  has(path: string): boolean;
  /** True for a folder that holds at least one listed file (`.` is always one). */
  hasDirectory(path: string): boolean;
  /** Text without a BOM; null when absent, binary or over the size bound. */
  read(path: string): string | null;
  /** As `read`, with '' where that has null: for those who look for something in it. */
  text(path: string): string;
  /** Bytes, for hashing and image headers; null when absent or over the bound. */
  readBytes(path: string): Uint8Array | null;
  /** Names what the file holds: the same for the same bytes, and for those only. What cannot be read has a name too. */
  digest(path: string): string;
  /** Files matching any of the globs (picomatch syntax, dot files included), sorted. `!` globs exclude. */
  glob(patterns: string | readonly string[]): string[];
  /** True when git tracks the file; without git, true for every listed file that no ignore file names. */
  isTracked(path: string): boolean;
  /** What git says of the commit checked out or read, when there is one. `committedAt` is ISO 8601 in UTC. */
  readonly commit: { hash: string; committedAt: string } | null;
  /** Path of the root below git's top level (`apps/api`), '' when it is the top itself; null or absent without git. */
  readonly gitPrefix?: string | null;
  /**
   * The repository that the root is a folder of, at the same moment, with the root's files below `gitPrefix`; of the folders
   * beside it neither code nor manifests. Null where the root is no folder of one, or nothing in it is tracked.
   */
  enclosing(): RepoView | null;
  /** What was left out and why (a bound that was met, an unreadable file), for the report's diagnostics. */
  readonly diagnostics: readonly { file: string | null; message: string }[];
}
