import { byCodeUnit } from '../model/paths.ts';
import type { PlanV1 } from '../model/report.ts';
import type { Rule } from '../model/rule.ts';
import type { Scoring } from '../model/scoring.ts';
import { type GapStatus, isGap, type Level, levels } from '../model/status.ts';
import {
  countedOf,
  creditOf,
  rounded,
  roundedOrNull,
  ruleCredit,
  type ScoredRule,
  scoreOf,
  type Verdict,
  verdictsOf,
} from './credit.ts';

export type PlannedRule = ScoredRule & { costs: Rule['hours'] };
type Item = PlanV1['phases'][number]['items'][number];

const titles: Record<Level, string> = {
  demo: 'Before a demo',
  production: 'Before production',
  scale: 'To scale',
};

/** Gaps that nobody accepted: what is left to do. */
export const openGaps = (rule: ScoredRule): (Verdict & { status: GapStatus })[] =>
  verdictsOf(rule).filter(
    (verdict): verdict is Verdict & { status: GapStatus } => isGap(verdict.status) && !verdict.accepted,
  );

/** First estimate for one gap, in hours. A status that its rule does not foresee costs as much as building it. */
export const hoursOf = (status: GapStatus, costs: Rule['hours']): number => costs[status] ?? costs.missing;

export const ruleHours = (rule: PlannedRule): number =>
  openGaps(rule).reduce((sum, gap) => sum + hoursOf(gap.status, rule.costs), 0);

/** By how much the score rises when every gap of the rule is closed, in points of 100. */
export function rulePoints(rule: ScoredRule, whole: number, scoring: Scoring): number {
  const credit = ruleCredit(rule, scoring);
  return credit === null || whole === 0 ? 0 : (scoring.weight[rule.severity] * (1 - credit) * 100) / whole;
}

/** The sum of the weights of what is judged. */
export const wholeWeight = (rules: readonly ScoredRule[], scoring: Scoring): number =>
  rules.reduce((sum, rule) => sum + (ruleCredit(rule, scoring) === null ? 0 : scoring.weight[rule.severity]), 0);

/** Gaps in phases by level, what blocks first, then most points per hour; with the score that each phase reaches. */
export function planOf(rules: readonly PlannedRule[], scoring: Scoring): PlanV1 {
  const whole = wholeWeight(rules, scoring);
  const itemsOf = (rule: PlannedRule) => ruleItems(rule, whole, scoring);
  const phases = levels.map((level) => {
    const own = rules.filter((rule) => rule.level === level);
    const items = [...own.filter((r) => r.blocking), ...own.filter((r) => !r.blocking)].flatMap(itemsOf);
    const blocking = new Set(own.filter((rule) => rule.blocking).map((rule) => rule.id));
    items.sort((a, b) => Number(blocking.has(b.rule)) - Number(blocking.has(a.rule)) || byReturn(a, b));
    return {
      level,
      title: titles[level],
      hours: items.reduce((sum, item) => sum + item.hours, 0),
      scoreAfter: roundedOrNull(
        scoreOf(
          rules.map((rule) => closedUpTo(rule, level)),
          scoring,
        ),
      ),
      items,
    };
  });
  const quick = rules.flatMap(itemsOf).filter((item) => item.hours <= scoring.quickHours);
  return { phases: phases.filter((phase) => phase.items.length > 0), quick: quick.sort(byReturn) };
}

/** A rule's points, shared out over its gaps by what each lacks. */
function ruleItems(rule: PlannedRule, whole: number, scoring: Scoring): Item[] {
  const counted = countedOf(verdictsOf(rule));
  const lacking = counted.reduce((sum, verdict) => sum + 1 - creditOf(verdict, scoring), 0);
  const points = rulePoints(rule, whole, scoring);
  return openGaps(rule).map((gap) => ({
    rule: rule.id,
    component: gap.component,
    status: gap.status,
    hours: hoursOf(gap.status, rule.costs),
    points: rounded(lacking === 0 ? 0 : (points * (1 - creditOf(gap, scoring))) / lacking),
  }));
}

const byReturn = (a: Item, b: Item): number =>
  b.points / b.hours - a.points / a.hours ||
  byCodeUnit(a.rule, b.rule) ||
  byCodeUnit(a.component ?? '', b.component ?? '');

/** The rule as it stands once every phase up to the level is done. */
function closedUpTo(rule: PlannedRule, level: Level): PlannedRule {
  if (levels.indexOf(rule.level) > levels.indexOf(level)) return rule;
  const close = <T extends { status: ScoredRule['status']; accepted?: boolean }>(one: T): T =>
    isGap(one.status) && !one.accepted ? { ...one, status: 'ready' } : one;
  return { ...close(rule), components: rule.components.map(close) };
}
