import type { ReportV1 } from '../model/report.ts';
import type { Scoring } from '../model/scoring.ts';
import { isGap, levels } from '../model/status.ts';
import { isFailed, ruleCredit, type ScoredRule, scoreOf, verdictsOf } from './credit.ts';

type LevelV1 = ReportV1['levels'][number];

/**
 * Which levels are reached: every blocking rule up to it holds or is accepted. A level that no rule blocks is reached when its
 * own rules have the credit that a blocking rule would need, for a level must mean something.
 */
export function levelsOf(rules: readonly ScoredRule[], scoring: Scoring): LevelV1[] {
  let soFar = scoreOf(rules, scoring) !== null;
  return levels.map((level) => {
    const own = rules.filter((rule) => rule.level === level);
    const blocking = own.filter((rule) => rule.blocking && applies(rule)).map((rule) => standing(rule, scoring));
    soFar &&= blocking.length > 0 ? blocking.every((one) => one.holds) : hasCredit(own, scoring);
    return { level, reached: soFar, blocking };
  });
}

const applies = (rule: ScoredRule): boolean => verdictsOf(rule).some((verdict) => verdict.status !== 'not-applicable');

function hasCredit(rules: readonly ScoredRule[], scoring: Scoring): boolean {
  const score = scoreOf(rules, scoring, { failedIsMissing: true });
  return score === null || score >= scoring.holds * 100;
}

/** What could not be judged does not block, unless it failed in us: a crash never raises a level. */
function standing(rule: ScoredRule, scoring: Scoring): LevelV1['blocking'][number] {
  const credit = ruleCredit(rule, scoring);
  const gaps = verdictsOf(rule).filter((verdict) => isGap(verdict.status));
  const accepted = gaps.length > 0 && gaps.every((verdict) => verdict.accepted);
  const failed = credit === null && verdictsOf(rule).some(isFailed);
  const holds = accepted || (!failed && (credit === null || credit >= scoring.holds));
  return { rule: rule.id, holds, credit, ...(accepted && { accepted }) };
}

export function reachedLevel(standings: readonly LevelV1[]): ReportV1['level'] {
  return standings.filter((one) => one.reached).at(-1)?.level ?? 'none';
}
