import type { ManifestFact } from '../model/facts/manifest.ts';
import type { RepoView } from '../model/repository.ts';

/** One program that a command line starts, after every script, wrapper and file in between has been followed. */
export interface CommandRun {
  /** Bare name, `node_modules/.bin/` and versions removed: `node`, `jest`, `next`, `docker`. For an nx target without a command, its executor. */
  program: string;
  /** Words as they would reach the program, `program` first. Variables and expressions stay as written. */
  argv: string[];
  /** Repository folder it runs in; `.` is the root. */
  cwd: string;
  /** The script file that a runtime or shell is given, as a repository path. Build output is left as written. */
  file: string | null;
  /** The innermost package script it came through. */
  script: { manifest: string; name: string } | null;
  /** What was followed to get here, outermost first: `package.json "test"`, `scripts/ci.sh`, `Makefile test`. */
  via: string[];
  /** Its failure changes nothing: `|| true`, `|| echo …`, `; true`, `set +e`. */
  tolerated: boolean;
  /** Variables set for it on the way. */
  env: Record<string, string>;
  /** It only prints, exits or succeeds. */
  echoOnly: boolean;
}

export interface CommandContext {
  /** Repository folder the text starts in. */
  cwd: string;
  facts: { manifests: readonly ManifestFact[] };
  view: RepoView;
  /** The shell stops at the first failure (`bash -e`, as CI hosts do), so that a later `; true` forgives nothing. */
  errexit?: boolean;
}

/** Where the follower stands; copied, never changed, on each step inwards. */
export interface Place {
  cwd: string;
  script: CommandRun['script'];
  via: readonly string[];
  tolerated: boolean;
  env: Readonly<Record<string, string>>;
  /** Scripts, files and targets being followed, against cycles. */
  open: readonly string[];
  /** Folder of the shell script being read, for `cd "$(dirname "$0")"`. */
  scriptDir: string | null;
  errexit: boolean;
}

/** What the parts of the follower share in one call of `runsOf`. */
export interface Follower {
  view: RepoView;
  manifests: readonly ManifestFact[];
  /** Follows a text. */
  text(text: string, place: Place): CommandRun[];
  /** Follows words that are already split. */
  words(words: readonly string[], place: Place): CommandRun[];
}
