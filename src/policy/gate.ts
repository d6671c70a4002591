import { byCodeUnit } from '../model/paths.ts';
import type { GateConditions, Rescore, Scores } from '../model/policy.ts';
import type { GateV1, ReportV1 } from '../model/report.ts';
import { isGap, type Level, levels, severities } from '../model/status.ts';
import { type Gap, keyOf, nameGaps, openGaps } from './gaps.ts';
import { restoring } from './restore.ts';

type GateCondition = GateV1['conditions'][number];

export interface GateInput {
  report: ReportV1;
  conditions: GateConditions;
  /** Has to read what failed to be judged as missing, so that a crash can pass no gate. */
  rescore: Rescore;
  /** Gaps that are new against the baseline, by key; null when there is nothing to compare with. */
  newGaps: readonly string[] | null;
}

/** Judges a report by the conditions asked for; null when none is. Conditions come out in one fixed order. */
export function judgeGate(input: GateInput): GateV1 | null {
  const { conditions: asked, report } = input;
  const results: GateCondition[] = [];
  if (asked.minScore !== undefined) results.push(minScore(input, asked.minScore));
  if (asked.minLevel !== undefined) results.push(minLevel(input, asked.minLevel));
  for (const [category, bound] of sorted(asked.minCategory)) results.push(minCategory(input, category, bound));
  for (const [path, bound] of sorted(asked.minComponent)) results.push(minComponent(input, path, bound));
  for (const [path, bound] of sorted(asked.componentLevel)) results.push(componentLevel(report, path, bound));
  if (asked.failOn !== undefined) results.push(failOn(report, asked.failOn));
  if (asked.noNewGaps) results.push(noNewGaps(report, input.newGaps));
  if (asked.minCoverage !== undefined) results.push(minCoverage(report, asked.minCoverage));
  if (results.length === 0) return null;
  return { passed: results.every((c) => c.passed), conditions: results };
}

const sorted = <T>(by: Record<string, T>) => Object.entries(by).sort(([a], [b]) => byCodeUnit(a, b));

/** A floor under one figure of the scores. A figure that is null (nothing judged) never passes. */
function floor(
  { report, rescore }: GateInput,
  name: string,
  bound: number,
  figure: (scores: Scores) => number | null,
  looksAt: (gap: Gap) => boolean = () => true,
): GateCondition {
  const value = figure(rescore(report));
  if (value !== null && value >= bound) return { name, value, bound, passed: true, restoredBy: [] };
  const restoredBy = restoring(report, rescore, {
    candidates: openGaps(report).filter(looksAt),
    measure: (scores) => figure(scores) ?? -1,
    enough: (scores) => (figure(scores) ?? -1) >= bound,
  });
  return { name, value, bound, passed: false, restoredBy };
}

const minScore = (input: GateInput, bound: number) => floor(input, 'min-score', bound, (s) => s.scoreLowBound);

const minCategory = (input: GateInput, category: string, bound: number) =>
  floor(
    input,
    `min-category ${category}`,
    bound,
    (s) => s.categories.find((c) => c.id === category)?.score ?? null,
    (gap) => gap.category === category,
  );

const minComponent = (input: GateInput, path: string, bound: number) =>
  floor(
    input,
    `min-component ${path}`,
    bound,
    (s) => s.components[path] ?? null,
    (gap) => gap.component === path,
  );

const rankOf = (level: ReportV1['level']) => (level === 'none' ? -1 : levels.indexOf(level));

function minLevel({ report, rescore }: GateInput, bound: Level): GateCondition {
  const name = 'min-level';
  const judged = report.score !== null;
  const { level, levels: standings } = rescore(report);
  const passed = judged && rankOf(level) >= rankOf(bound);
  const value = judged ? level : null;
  if (passed || !judged) return { name, value, bound, passed, restoredBy: [] };
  const needed = standings.filter((l) => rankOf(l.level) <= rankOf(bound));
  const open = new Set(needed.flatMap((l) => l.blocking.filter((b) => !b.holds).map((b) => b.rule)));
  // A level that no rule blocks is reached by the credit of its own rules.
  const byCredit = new Set(needed.filter((l) => l.blocking.length === 0).map((l) => l.level));
  const levelOf = new Map(report.rules.map((rule) => [rule.id, rule.level]));
  const restoredBy = restoring(report, rescore, {
    candidates: openGaps(report).filter((gap) => open.has(gap.rule) || byCredit.has(levelOf.get(gap.rule)!)),
    measure: (scores) => scores.scoreLowBound ?? -1,
    enough: (scores) => rankOf(scores.level) >= rankOf(bound),
  });
  return { name, value, bound, passed, restoredBy };
}

/** A component by itself: each blocking rule of its levels has to be at least partial there, or accepted. */
function componentLevel(report: ReportV1, path: string, bound: Level): GateCondition {
  const blocking = report.rules.flatMap((rule) => {
    const verdict = rule.blocking ? rule.components.find((c) => c.path === path) : undefined;
    return verdict && verdict.status !== 'not-applicable' ? [{ rule, verdict }] : [];
  });
  const fails = blocking.filter(
    ({ verdict: v }) => !v.accepted && (v.status === 'unwired' || v.status === 'missing' || v.cause === 'failed'),
  );
  const judged = blocking.some(({ verdict }) => verdict.status === 'ready' || isGap(verdict.status));
  const lowest = Math.min(levels.length, ...fails.map(({ rule }) => rankOf(rule.level)));
  const reached = levels[lowest - 1] ?? 'none';
  const passed = judged && rankOf(reached) >= rankOf(bound);
  const inTheWay = fails.filter(({ rule }) => rankOf(rule.level) <= rankOf(bound));
  return {
    name: `min-level ${path}`,
    value: judged ? reached : null,
    bound,
    passed,
    restoredBy: passed ? [] : inTheWay.map(({ rule }) => keyOf({ rule: rule.id, component: path })),
  };
}

function failOn(report: ReportV1, bound: NonNullable<GateConditions['failOn']>): GateCondition {
  const bad = openGaps(report).filter((gap) => severities.indexOf(gap.severity) <= severities.indexOf(bound));
  const judged = report.score !== null;
  const value = judged ? bad.length : null;
  return {
    name: 'fail-on',
    value,
    bound,
    passed: judged && bad.length === 0,
    restoredBy: nameGaps(report, bad),
  };
}

function noNewGaps(report: ReportV1, newGaps: GateInput['newGaps']): GateCondition {
  const judged = report.score !== null && newGaps !== null;
  const restoredBy = [...(newGaps ?? [])];
  const value = judged ? restoredBy.length : null;
  return { name: 'no-new-gaps', value, bound: 0, passed: judged && restoredBy.length === 0, restoredBy };
}

function minCoverage(report: ReportV1, bound: number): GateCondition {
  const { judged, applicable } = report.coverage;
  const value = applicable === 0 || judged === 0 ? null : Math.floor((1000 * judged) / applicable) / 10;
  const passed = value !== null && value >= bound;
  const unjudged = report.rules.filter((rule) => rule.status === 'unknown').map((rule) => rule.id);
  const short = Math.ceil((bound * applicable) / 100) - judged;
  return {
    name: 'min-coverage',
    value,
    bound,
    passed,
    restoredBy: passed ? [] : unjudged.slice(0, Math.max(0, short)),
  };
}
