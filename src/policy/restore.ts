import { byCodeUnit } from '../model/paths.ts';
import type { GapKey, Rescore, Scores } from '../model/policy.ts';
import type { ReportV1, RuleResultV1 } from '../model/report.ts';
import { isGap } from '../model/status.ts';
import { type Gap, keyOf, nameGaps } from './gaps.ts';

/** The report as it would read with these gaps closed; scores are left for `Rescore` to compute. */
export function withClosed(report: ReportV1, closed: readonly GapKey[]): ReportV1 {
  const keys = new Set(closed.map(keyOf));
  const touched = new Set(closed.map((gap) => gap.rule));
  return { ...report, rules: report.rules.map((rule) => (touched.has(rule.id) ? closeIn(rule, keys) : rule)) };
}

function closeIn(rule: RuleResultV1, keys: ReadonlySet<string>): RuleResultV1 {
  const isClosed = (component: string | null) => keys.has(keyOf({ rule: rule.id, component }));
  if (rule.scope === 'repository') return isClosed(null) ? { ...rule, status: 'ready' } : rule;
  const components = rule.components.map((c) => (isClosed(c.path) ? { ...c, status: 'ready' as const } : c));
  const whole = !components.some((c) => isGap(c.status) || c.cause === 'failed');
  return { ...rule, components, status: whole ? 'ready' : rule.status };
}

export interface Restoration {
  /** Gaps worth closing for this condition. */
  candidates: readonly Gap[];
  /** What is to rise; only its order matters. */
  measure(scores: Scores): number;
  enough(scores: Scores): boolean;
}

/**
 * The fewest gaps whose closing would restore a condition, largest gain first, each step scored anew. Verdicts that failed are
 * added where gaps alone do not suffice; empty when nothing would.
 */
export function restoring(report: ReportV1, rescore: Rescore, { candidates, measure, enough }: Restoration): string[] {
  const scoreWith = (closed: readonly GapKey[]) => rescore(withClosed(report, closed));
  const gains = new Map(candidates.map((gap) => [gap, measure(scoreWith([gap]))]));
  // Of equal gains those of one rule come together: three gaps of one rule are one piece of work.
  const pointsOf = new Map(report.rules.map((rule) => [rule.id, rule.points]));
  const ordered: GapKey[] = [...candidates].sort(
    (a, b) =>
      less(gains.get(a)!, gains.get(b)!) ||
      less(pointsOf.get(a.rule)!, pointsOf.get(b.rule)!) ||
      byCodeUnit(keyOf(a), keyOf(b)),
  );
  ordered.push(...failedVerdicts(report));
  let chosen: GapKey[] = [];
  for (const gap of ordered) {
    chosen.push(gap);
    if (enough(scoreWith(chosen))) break;
  }
  if (!enough(scoreWith(chosen))) return [];
  for (const gap of [...chosen].reverse()) {
    const without = chosen.filter((other) => other !== gap);
    if (enough(scoreWith(without))) chosen = without;
  }
  return nameGaps(report, chosen);
}

/** Orders falling; sums that differ only by rounding are equal. */
const less = (a: number, b: number) => (Math.abs(a - b) < 1e-9 ? 0 : b - a);

function failedVerdicts(report: ReportV1): GapKey[] {
  return report.rules.flatMap<GapKey>((rule) => {
    if (rule.scope === 'repository') return rule.cause === 'failed' ? [{ rule: rule.id, component: null }] : [];
    return rule.components.filter((c) => c.cause === 'failed').map((c) => ({ rule: rule.id, component: c.path }));
  });
}
