import { type Command, InvalidArgumentError, Option } from 'commander';
import { levels, severities } from '../model/status.ts';
import { isTame } from '../policy/globs.ts';
import type { Flag } from '../policy/resolve.ts';

/** What the user's policy is and where it stands; each flag wins over the config. */
export interface PolicyOptions {
  config?: string;
  policyFrom?: string;
  baseline?: string;
  ignore: string[];
  scoringVersion?: number;
  asOf?: string;
  since?: string;
  sinceReport?: string;
  history?: string;
  minScore?: number;
  minLevel?: string;
  minCategory: Record<string, number>;
  minComponent: Record<string, number>;
  failOn?: string;
  /** Commander's reading of `--no-new-gaps`: false when it is asked for. */
  newGaps: boolean;
  minCoverage?: number;
  advisory?: boolean;
}

function percent(value: string): number {
  const number = value.trim() === '' ? Number.NaN : Number(value);
  if (!(number >= 0 && number <= 100)) throw new InvalidArgumentError('It has to be a number from 0 to 100.');
  return number;
}

function wholeNumber(value: string): number {
  if (!/^[1-9]\d{0,5}$/.test(value)) throw new InvalidArgumentError('It has to be a whole number.');
  return Number(value);
}

/** `security=80`, repeated. A path may hold `=`: the last one counts. */
function floor(value: string, before: Record<string, number>): Record<string, number> {
  const at = value.lastIndexOf('=');
  if (at < 1) throw new InvalidArgumentError('It takes NAME=N, such as security=80.');
  return { ...before, [value.slice(0, at)]: percent(value.slice(at + 1)) };
}

function day(value: string): string {
  const known = /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
  if (!known && value !== 'today') throw new InvalidArgumentError('It takes a date as YYYY-MM-DD, or today.');
  return value;
}

function glob(value: string, before: string[]): string[] {
  if (!isTame(value)) throw new InvalidArgumentError('It is too intricate a glob.');
  return [...before, value];
}

/** Options that say what is judged and by what: shared by `audit`, `baseline`, `config` and `explain`. */
export function addPolicyOptions(command: Command): Command {
  return command
    .option('--config <file>', 'config file, relative to the audited folder (usual: readiness.config.yaml)')
    .option('--policy-from <ref>', "take config, baseline and the target's own rules from a git ref")
    .option('--baseline <file>', 'baseline file, relative to the audited folder (usual: .readiness/baseline.yaml)')
    .addOption(
      new Option('--ignore <glob>', 'leave files out of the audit (repeatable)').argParser(glob).default([], ''),
    )
    .addOption(new Option('--scoring-version <n>', 'score by the arithmetic of this version').argParser(wholeNumber))
    .addOption(
      new Option('--as-of <date>', "the day on which accepted risks are judged (default: the commit's)").argParser(day),
    );
}

/** Conditions under which the run fails, and what it is compared with. */
export function addGateOptions(command: Command): Command {
  return command
    .addOption(new Option('--min-score <n>', 'fail below this score, 0 to 100').argParser(percent))
    .addOption(new Option('--min-level <level>', 'fail below this level').choices([...levels]))
    .addOption(
      new Option('--min-category <category=n>', 'fail below this score of a category (repeatable)')
        .argParser(floor)
        .default({}, ''),
    )
    .addOption(
      new Option('--min-component <path=n>', 'fail below this score of a component (repeatable)')
        .argParser(floor)
        .default({}, ''),
    )
    .addOption(new Option('--fail-on <severity>', 'fail on a gap of this severity or worse').choices([...severities]))
    .option('--no-new-gaps', 'fail on a gap that the baseline (or the ref of --since) does not have')
    .addOption(
      new Option('--min-coverage <percent>', 'fail when fewer of the applicable rules are judged').argParser(percent),
    )
    .option('--advisory', "tell the gate's verdict and exit 0")
    .option('--since <ref>', 'tell what changed since a git ref')
    .option('--since-report <file>', 'tell what changed since a result saved with --format json')
    .option('--history <file>', 'add this run to a file of runs, and show their trend');
}

/** The flags given, as settings that win over the config. */
export function flagsOf(options: Partial<PolicyOptions>): Flag[] {
  const flags: Flag[] = [];
  const set = (name: string, path: string[], value: unknown) => {
    if (value !== undefined) flags.push({ name, path, value });
  };
  set('--baseline', ['baseline'], options.baseline);
  if (options.ignore && options.ignore.length > 0) set('--ignore', ['ignore'], options.ignore);
  set('--scoring-version', ['scoringVersion'], options.scoringVersion);
  set('--min-score', ['gate', 'minScore'], options.minScore);
  set('--min-level', ['gate', 'minLevel'], options.minLevel);
  for (const [name, n] of Object.entries(options.minCategory ?? {}))
    set('--min-category', ['gate', 'minCategory', name], n);
  for (const [path, n] of Object.entries(options.minComponent ?? {}))
    set('--min-component', ['gate', 'minComponent', path], n);
  set('--fail-on', ['gate', 'failOn'], options.failOn);
  if (options.newGaps === false) set('--no-new-gaps', ['gate', 'noNewGaps'], true);
  set('--min-coverage', ['gate', 'minCoverage'], options.minCoverage);
  if (options.advisory) set('--advisory', ['gate', 'advisory'], true);
  return flags;
}
