import { z } from 'zod';
import type { GateV1, ReportV1 } from './report.ts';
import type { Level, Severity } from './status.ts';

/**
 * What a user's settings change in the judgment. `src/policy` fills it from the config, `src/audit` and `src/score` obey it,
 * so that neither has to know the other.
 */
export interface JudgmentPolicy {
  /** Weights, credits and rule ids of `rules/scoring.yaml` to use; null for the newest. */
  scoringVersion: number | null;
  overrides: RuleOverride[];
  /** Gaps that are accepted on the day of the audit: they leave the score as not-applicable does and count as held for levels. */
  accepted: GapKey[];
}

/** One gap by identity: `component` is null for the whole rule (a rule of the repository, or every component). */
export interface GapKey {
  rule: string;
  component: string | null;
}

/** A rule switched off or weighed otherwise, for one component or everywhere (`component: null`). */
export interface RuleOverride extends GapKey {
  /** The rule is then `not-applicable` there, with this reason. */
  off?: string;
  /** For one component it tells `--fail-on` and the reports; everywhere it gives the rule's weight too. */
  severity?: Severity;
  /** Where it is set, for evidence: `readiness.config.yaml:12`. */
  from: string;
}

export const noPolicy: JudgmentPolicy = { scoringVersion: null, overrides: [], accepted: [] };

/** Bounds a build has to keep. A condition that is absent is not asked. */
export interface GateConditions {
  /** 0 to 100, on `scoreLowBound`. */
  minScore?: number;
  minLevel?: Level;
  /** By category id, 0 to 100. */
  minCategory: Record<string, number>;
  /** By component path, 0 to 100. */
  minComponent: Record<string, number>;
  /** By component path: the level that the component by itself has to reach. */
  componentLevel: Record<string, Level>;
  /** No open gap of this severity or a worse one. */
  failOn?: Severity;
  noNewGaps: boolean;
  /** Percent of the applicable rules that have to be judged. */
  minCoverage?: number;
}

export type Gate = GateV1;

/** Everything that follows from statuses, credits and weights: computed anew when a gap is supposed closed. */
export type Scores = Pick<ReportV1, 'score' | 'scoreLowBound' | 'level' | 'levels' | 'coverage' | 'categories'> & {
  /** By component path. */
  components: Record<string, number | null>;
};

/** The scores of a report whose statuses were changed; `src/cli` makes one from `src/score`. */
export type Rescore = (report: ReportV1) => Scores;

/** One run, as a line of a history file keeps it. */
export const historyLine = z.strictObject({
  commit: z.string().nullable(),
  date: z.string().nullable(),
  score: z.number().nullable(),
  level: z.string(),
  categories: z.record(z.string(), z.number().nullable()),
  gaps: z.array(z.string()),
});
export type HistoryLine = z.infer<typeof historyLine>;
