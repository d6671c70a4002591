import type { Evidence } from '../../model/evidence.ts';
import { byCodeUnit } from '../../model/paths.ts';
import type { ComponentVerdictV1, ReportV1, RuleResultV1 } from '../../model/report.ts';
import { isGap, type Level, levels, type Status, severities, statuses } from '../../model/status.ts';

/** Whether every gap of the rule is an accepted risk, so that it stands under that heading and under no other. */
export function isAccepted(rule: RuleResultV1): boolean {
  if (!isGap(rule.status)) return false;
  const gaps = rule.components.filter((verdict) => isGap(verdict.status));
  return gaps.length > 0 ? gaps.every((verdict) => verdict.accepted) : rule.accepted === true;
}

/** The gaps left to close, worst first: by level, then what blocks it, then by points. */
export const openGaps = (report: ReportV1): RuleResultV1[] =>
  report.rules.filter((rule) => isGap(rule.status) && !isAccepted(rule)).sort(worstFirst);

export const worstFirst = (a: RuleResultV1, b: RuleResultV1): number =>
  levels.indexOf(a.level) - levels.indexOf(b.level) ||
  Number(b.blocking) - Number(a.blocking) ||
  b.points - a.points ||
  severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
  byCodeUnit(a.id, b.id);

/** Where the rule has a gap that nobody accepted, worst first. */
export const openVerdicts = (rule: RuleResultV1): ComponentVerdictV1[] =>
  rule.components
    .filter((verdict) => isGap(verdict.status) && !verdict.accepted)
    .sort((a, b) => statuses.indexOf(b.status) - statuses.indexOf(a.status) || byCodeUnit(a.path, b.path));

/** Component paths by status, in the order missing, unwired, partial, ready, not applicable, unknown. */
export function pathsByStatus(verdicts: readonly ComponentVerdictV1[]): [Status, string[]][] {
  const order: Status[] = ['missing', 'unwired', 'partial', 'ready', 'not-applicable', 'unknown'];
  return order
    .map((status): [Status, string[]] => [status, verdicts.filter((v) => v.status === status).map((v) => v.path)])
    .filter(([, paths]) => paths.length > 0);
}

/** The open verdict that tells most: one that has the rule's own status and something to show, else the worst. */
export function tellingVerdict(rule: RuleResultV1): ComponentVerdictV1 | null {
  const open = openVerdicts(rule);
  return open.find(({ status, evidence }) => status === rule.status && evidence.length > 0) ?? open[0] ?? null;
}

/** What the rule shows beside its components: the evidence of each component stands with that component. */
export function ownEvidence(rule: RuleResultV1): Evidence[] {
  const told = new Set(rule.components.flatMap((verdict) => verdict.evidence.map(keyOf)));
  return rule.evidence.filter((at) => !told.has(keyOf(at)));
}

/**
 * Everything that shows a rule's gap, each place once: the rule's own evidence, then that of its open components, what exists before the
 * near misses of what is missing. What shows that other components are ready is no evidence of a gap.
 */
export function gapEvidence(rule: RuleResultV1): Evidence[] {
  const order: Status[] = ['unwired', 'partial', 'missing'];
  const open = openVerdicts(rule).sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
  return distinct([...ownEvidence(rule), ...open.flatMap((verdict) => verdict.evidence)]);
}

/** What shows a rule to be ready, or why it is what it is, each place once. */
export const allEvidence = (rule: RuleResultV1): Evidence[] =>
  distinct([...rule.evidence, ...rule.components.flatMap((verdict) => verdict.evidence)]);

export const allSearched = (rule: RuleResultV1): string[] => [
  ...new Set([...rule.searched, ...openVerdicts(rule).flatMap((verdict) => verdict.searched)]),
];

const keyOf = ({ file, line, note }: Evidence): string => `${file}\0${line}\0${note}`;

const distinct = (evidence: readonly Evidence[]): Evidence[] => [
  ...new Map(evidence.map((at) => [keyOf(at), at])).values(),
];

/** The first level that is not reached, or null when all are. */
export const nextLevel = (report: ReportV1): Level | null =>
  report.levels.find((entry) => !entry.reached)?.level ?? null;

/** Ids of the level's blocking rules that neither hold nor are accepted. */
export const failingOf = (report: ReportV1, level: Level): string[] =>
  report.levels
    .filter((entry) => entry.level === level)
    .flatMap((entry) => entry.blocking.filter((rule) => !rule.holds && !rule.accepted).map((rule) => rule.rule));

/** What keeps the level from being reached, worst first. */
export function blockersOf(report: ReportV1, level: Level): RuleResultV1[] {
  const failing = new Set(failingOf(report, level));
  return openGaps(report).filter((rule) => failing.has(rule.id));
}

/** Judged for no component: what a reader must not take for a pass. */
export const notJudged = (report: ReportV1): RuleResultV1[] => report.rules.filter((rule) => rule.status === 'unknown');

/** Judged for some components only: the rule and those that were left. */
export const partlyJudged = (report: ReportV1): { rule: RuleResultV1; left: ComponentVerdictV1[] }[] =>
  report.rules
    .filter((rule) => rule.status !== 'unknown')
    .map((rule) => ({ rule, left: rule.components.filter((verdict) => verdict.status === 'unknown') }))
    .filter(({ left }) => left.length > 0);

export const titleOf = (report: ReportV1, id: string): string =>
  report.rules.find((rule) => rule.id === id)?.title ?? id;
