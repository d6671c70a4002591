import { byCodeUnit } from '../model/paths.ts';
import type { GapKey } from '../model/policy.ts';
import type { ReportV1, RuleResultV1 } from '../model/report.ts';
import { type GapStatus, isGap, type Severity, type Status, statuses } from '../model/status.ts';

/** One rule that does not hold in one component, or in the repository. */
export interface Gap extends GapKey {
  status: GapStatus;
  severity: Severity;
  category: string;
  /** What closing it alone returns, of the rule's points. */
  points: number;
  accepted: boolean;
}

/** Every gap of a report, accepted ones too, by rule and component. */
export function gapsOf(report: ReportV1): Gap[] {
  return report.rules.flatMap((rule) => (isGap(rule.status) ? gapsOfRule(rule) : []));
}

/** Gaps that count: those not accepted. */
export const openGaps = (report: ReportV1): Gap[] => gapsOf(report).filter((gap) => !gap.accepted);

function gapsOfRule(rule: RuleResultV1): Gap[] {
  const { id, category } = rule;
  const of = (
    component: string | null,
    status: GapStatus,
    points: number,
    own: { accepted?: boolean; severity?: Severity },
  ) => ({
    rule: id,
    component,
    status,
    severity: own.severity ?? rule.severity,
    category,
    points,
    accepted: own.accepted ?? false,
  });
  if (rule.scope === 'repository')
    return [of(null, rule.status as GapStatus, rule.points, { accepted: rule.accepted })];
  const gaps = rule.components.filter((c) => isGap(c.status));
  const whole = gaps.reduce((sum, c) => sum + (c.accepted ? 0 : deficit(c.status)), 0);
  return gaps.map((c) => {
    const share = c.accepted || whole === 0 ? 0 : deficit(c.status) / whole;
    return of(c.path, c.status as GapStatus, rule.points * share, c);
  });
}

const deficit = (status: Status) => (status === 'partial' ? 0.5 : 1);

/** `rule component`, with `*` for the repository: the name of a gap in baselines, histories and messages. */
export const keyOf = ({ rule, component }: GapKey): string => `${rule} ${component ?? '*'}`;

/** The place that a key names. */
export function placeOfKey(key: string): GapKey {
  const at = key.indexOf(' ');
  const [rule, component] = [key.slice(0, at), key.slice(at + 1)];
  return { rule, component: component === '*' ? null : component };
}

/** Positive when `a` is further from ready than `b`. */
export const worseBy = (a: Status, b: Status): number => statuses.indexOf(a) - statuses.indexOf(b);

/** Status of a rule in one component (null: the repository); null where the report has no such verdict. */
export function statusAt(report: ReportV1, { rule: id, component }: GapKey): Status | null {
  const rule = report.rules.find((r) => r.id === id);
  if (!rule) return null;
  if (component === null) return rule.status;
  return rule.components.find((c) => c.path === component)?.status ?? null;
}

/**
 * Gaps as a reader names them: the rule alone where all its open gaps are listed or it is judged once, else rule and component.
 * Keeps the order of first mention.
 */
export function nameGaps(report: ReportV1, gaps: readonly GapKey[]): string[] {
  const open = new Map<string, number>();
  for (const { rule } of openGaps(report)) open.set(rule, (open.get(rule) ?? 0) + 1);
  const listed = new Map<string, GapKey[]>();
  for (const gap of gaps) listed.set(gap.rule, [...(listed.get(gap.rule) ?? []), gap]);
  return [...listed].flatMap(([rule, of]) => {
    const whole = of.length > 1 && of.length === open.get(rule);
    if (whole || of.some((gap) => gap.component === null)) return [rule];
    return of.map(keyOf).sort(byCodeUnit);
  });
}
