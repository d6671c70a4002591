import type { RuleResultV1 } from '../model/report.ts';
import type { Scoring } from '../model/scoring.ts';
import { isGap, isJudged, type Status, type UnknownCause } from '../model/status.ts';

/** One answer that counts: a component's, or the rule's own where it is judged once. */
export interface Verdict {
  component: string | null;
  status: Status;
  cause?: UnknownCause | undefined;
  accepted?: boolean | undefined;
}
export type ScoredRule = Pick<
  RuleResultV1,
  'id' | 'category' | 'status' | 'cause' | 'level' | 'severity' | 'blocking' | 'scope' | 'quorum' | 'accepted'
> & { components: readonly { path: string; status: Status; cause?: UnknownCause; accepted?: boolean }[] };

/** `failedIsMissing`: the low bound, where what failed in us counts as if it were not there. */
export interface Reading {
  failedIsMissing?: boolean;
}

export function verdictsOf(rule: ScoredRule): Verdict[] {
  if (rule.scope === 'repository') {
    return [{ component: null, status: rule.status, cause: rule.cause, accepted: rule.accepted }];
  }
  return rule.components.map(({ path, status, cause, accepted }) => ({ component: path, status, cause, accepted }));
}

/** Verdicts in the sum: judged, and no accepted gap among them. */
export const countedOf = (verdicts: readonly Verdict[], reading: Reading = {}): Verdict[] =>
  verdicts.filter((verdict) => {
    if (isGap(verdict.status) && verdict.accepted) return false;
    return isJudged(verdict.status) || (reading.failedIsMissing === true && isFailed(verdict));
  });

export const isFailed = (verdict: Pick<Verdict, 'status' | 'cause'>): boolean =>
  verdict.status === 'unknown' && verdict.cause === 'failed';

export const creditOf = (verdict: Verdict, scoring: Scoring): number =>
  isJudged(verdict.status) ? scoring.credit[verdict.status as keyof Scoring['credit']] : 0;

/** Mean over what counts, 0 to 1; null where nothing does. */
export function ruleCredit(rule: ScoredRule, scoring: Scoring, reading: Reading = {}): number | null {
  const counted = countedOf(verdictsOf(rule), reading);
  if (counted.length === 0) return null;
  const ready = counted.filter((verdict) => verdict.status === 'ready').length;
  if (rule.quorum === 'most' && ready * 2 > counted.length) return 1;
  return counted.reduce((sum, verdict) => sum + creditOf(verdict, scoring), 0) / counted.length;
}

/** Weighted mean of credits, 0 to 100; null where nothing was judged. */
export function scoreOf(rules: readonly ScoredRule[], scoring: Scoring, reading: Reading = {}): number | null {
  let sum = 0;
  let whole = 0;
  for (const rule of rules) {
    const credit = ruleCredit(rule, scoring, reading);
    if (credit === null) continue;
    sum += scoring.weight[rule.severity] * credit;
    whole += scoring.weight[rule.severity];
  }
  return whole === 0 ? null : (sum / whole) * 100;
}

/** One decimal: what a report prints and a gate compares. */
export const rounded = (value: number): number => Math.round(value * 10 + Number.EPSILON) / 10;
export const roundedOrNull = (value: number | null): number | null => (value === null ? null : rounded(value));
