import { byCodeUnit } from '../model/paths.ts';
import type { Scores } from '../model/policy.ts';
import type { Scoring } from '../model/scoring.ts';
import { isJudged } from '../model/status.ts';
import { roundedOrNull, type ScoredRule, scoreOf, verdictsOf } from './credit.ts';
import { levelsOf, reachedLevel } from './levels.ts';

/** Everything that follows from statuses and weights. Pure: the same rules give the same figures. */
export function scores(rules: readonly ScoredRule[], componentPaths: readonly string[], scoring: Scoring): Scores {
  const levels = levelsOf(rules, scoring);
  const applicable = rules.filter((rule) => verdictsOf(rule).some((v) => v.status !== 'not-applicable'));
  const judged = applicable.filter((rule) => verdictsOf(rule).some((v) => isJudged(v.status)));
  const categories = [...new Set(rules.map((rule) => rule.category))].sort(byCodeUnit);
  const inCategory = (id: string) => rules.filter((rule) => rule.category === id);
  return {
    score: roundedOrNull(scoreOf(rules, scoring)),
    scoreLowBound: roundedOrNull(scoreOf(rules, scoring, { failedIsMissing: true })),
    level: reachedLevel(levels),
    levels,
    coverage: { judged: judged.length, applicable: applicable.length },
    categories: categories.map((id) => ({ id, score: roundedOrNull(scoreOf(inCategory(id), scoring)) })),
    components: Object.fromEntries(
      componentPaths.map((path) => [path, roundedOrNull(scoreOf(seenFrom(rules, path), scoring))]),
    ),
  };
}

/** The rules as one component alone would have them. */
export const seenFrom = (rules: readonly ScoredRule[], path: string): ScoredRule[] =>
  rules
    .filter((rule) => rule.scope === 'component')
    .map((rule) => ({ ...rule, components: rule.components.filter((component) => component.path === path) }));
