import { loadRules, loadScoring } from '../catalogue/index.ts';
import { UserError } from '../model/errors.ts';
import type { RepoView } from '../model/repository.ts';
import { categories, type Rule } from '../model/rule.ts';
import { loadConfig, type ResolvedConfig } from '../policy/config.ts';
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
  /** ISO date on which accepted risks are judged. */
  day: string;
}

/** @throws UserError with every problem of the config and of the target's own rules. */
export function readPolicy(folder: string, options: Partial<PolicyOptions>, now = new Date()): Policy {
  const target = openDirectory(folder);
  const source = options.policyFrom === undefined ? target : openRef(folder, options.policyFrom, '--policy-from');
  const rules = loadRules({ own: source });
  const config = loadConfig(source, {
    known: {
      rules: rules.map((rule) => rule.id),
      categories: [...new Set([...categories, ...rules.map((rule) => rule.category)])],
      scoringVersions: knownScoringVersions(),
    },
    readPackage: installedPresets(target.root),
    file: options.config,
    flags: flagsOf(options),
  });
  const pinned = loadScoring(config.scoringVersion).rules;
  const counting = rules.filter((rule) => rule.own || !pinned || pinned.includes(rule.id));
  return {
    target,
    view: judgedPart(target, config),
    source,
    config,
    rules: counting,
    day: dayOf(options.asOf, target, now),
  };
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

/** Versions count up from 1, and every release knows all that came before. */
const knownScoringVersions = () => Array.from({ length: loadScoring(null).version }, (_, i) => i + 1);

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
