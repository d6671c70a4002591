import { ownFiles } from '../catalogue/files.ts';
import { readyRules, readyScorings, scoringOf } from '../catalogue/ready.ts';
import { categories } from '../model/categories.ts';
import { UserError } from '../model/errors.ts';
import type { RepoView } from '../model/repository.ts';
import type { Rule } from '../model/rule.ts';
import type { Scoring } from '../model/scoring.ts';
import { mayHaveConfig } from '../policy/config-place.ts';
import { type ConfigOptions, type ResolvedConfig, resolveConfig } from '../policy/resolve.ts';
import { openDirectory, openGitTree, overlay } from '../repository/index.ts';
import { flagsOf, type PolicyOptions } from './gate-options.ts';
import { installedPresets } from './installed-presets.ts';

/** The target with all that judges it, read and checked before the audit begins. */
export interface Policy {
  /** The folder as it lies on disk. */
  target: RepoView;
  /** What of it is judged. */
  view: RepoView;
  /** Where config, baseline and the target's own rules come from: the target, or the ref of `--policy-from`. */
  source: RepoView;
  config: ResolvedConfig;
  /** Our rules of the scoring version, and the target's own. */
  rules: Rule[];
  /** The arithmetic that the config pins, or the newest. */
  scoring: Scoring;
  /** ISO date on which accepted risks are judged. */
  day: string;
}

/** @throws UserError with every problem of the config and of the target's own rules. */
export async function readPolicy(folder: string, options: Partial<PolicyOptions>, now = new Date()): Promise<Policy> {
  const target = openDirectory(folder);
  const source = options.policyFrom === undefined ? target : openRef(folder, options.policyFrom, '--policy-from');
  const rules = await rulesFor(source);
  const scorings = readyScorings() ?? (await import('../catalogue/index.ts')).loadScorings();
  const config = await configOf(source, {
    known: {
      rules: rules.map((rule) => rule.id),
      categories: [...new Set([...categories, ...rules.map((rule) => rule.category)])],
      scoringVersions: scorings.map((one) => one.version).reverse(),
    },
    readPackage: installedPresets(target.root),
    file: options.config,
    flags: flagsOf(options),
  });
  const scoring = scoringOf(scorings, config.scoringVersion);
  const counting = rules.filter((rule) => rule.own || !scoring.rules || scoring.rules.includes(rule.id));
  return {
    target,
    view: judgedPart(target, config),
    source,
    config,
    rules: counting,
    scoring,
    day: dayOf(options.asOf, target, now),
  };
}

// What reads and checks YAML takes longer to load than a small repository to audit: it is left out where there is none of it.

async function rulesFor(source: RepoView): Promise<Rule[]> {
  const ready = ownFiles(source).length === 0 ? readyRules() : null;
  return ready ?? (await import('../catalogue/index.ts')).loadRules({ own: source });
}

async function configOf(source: RepoView, options: ConfigOptions): Promise<ResolvedConfig> {
  if (!mayHaveConfig(source, options.file)) return resolveConfig({ layers: [], problems: [] }, options);
  const { loadConfig } = await import('../policy/config.ts');
  return loadConfig(source, options);
}

/** The tree of a ref that an option names. */
export function openRef(folder: string, ref: string, option: string): RepoView {
  try {
    return openGitTree(folder, ref);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`${option}: ${error.message} In CI the history has to be fetched too (fetch-depth: 0).`);
  }
}

/** A tree without what the config ignores, and without our own records: a run that adds a line to them must not change the next. */
export function judgedPart(view: RepoView, { ignore, history }: ResolvedConfig): RepoView {
  const left = view.glob([...ignore, '.readiness/**', ...(history === null ? [] : [history])]);
  return left.length === 0 ? view : overlay(view, new Map(left.map((path) => [path, null])));
}

/**
 * The commit's day, so that one commit gives one report whenever it is made; today's where there is no commit. `--as-of today`
 * makes a nightly run of an old commit see what has expired since.
 */
function dayOf(asked: string | undefined, { commit }: RepoView, now: Date): string {
  const today = now.toISOString().slice(0, 10);
  if (asked === 'today') return today;
  return asked ?? commit?.committedAt.slice(0, 10) ?? today;
}

/** The baseline's text, or null where there is none. */
export const baselineText = ({ source, config }: Policy): string | null => source.read(config.baseline);

export function noBaseline({ config }: Policy): UserError {
  return new UserError(
    `--no-new-gaps has nothing to compare with: there is no ${config.baseline}. Write it with "readiness baseline", or give --since <ref>.`,
  );
}
