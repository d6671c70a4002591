import type { Draft, Subject } from '../types.ts';

/** A range, or one by the major version of another package (the first of those named that is declared) that it goes with; a range at the end is for where none is. */
export type VersionEntry = string | ({ with: string; majors: Record<string, string> } | string)[];

export interface Surroundings extends Subject {
  draft: Draft;
  parameters: Readonly<Record<string, unknown>>;
  /** Ranges by package, of `templates/versions.yaml`. */
  versions: Readonly<Record<string, VersionEntry>>;
}

/** The default export of every file in src/fix/operations, by the name that templates give it. Throws `Unfit` where it cannot be done here. */
export type Operate<O> = (options: O, surroundings: Surroundings) => void;
