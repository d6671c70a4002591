import type { LiveV1, LiveVerdictV1 } from '../model/live.ts';
import { byCodeUnit } from '../model/paths.ts';
import type { Rescore } from '../model/policy.ts';
import type { ComponentVerdictV1, ReportV1, RuleResultV1 } from '../model/report.ts';
import { isGap, isJudged, type Status } from '../model/status.ts';
import { badness, type Sighting } from './judge.ts';

/** The report with what runs beside what is written, and the score that what runs deserves. */
export function annotate(
  report: ReportV1,
  sightings: readonly Sighting[],
  live: Omit<LiveV1, 'confirmed' | 'contradicted' | 'score' | 'level'>,
  rescore: Rescore,
): ReportV1 {
  const rules = report.rules.map((rule) => beside(rule, sightings));
  const verdicts = rules.flatMap((rule) => [rule, ...rule.components]).filter(({ live }) => live !== undefined);
  const scores = rescore(lowered({ ...report, rules }));
  return {
    ...report,
    rules,
    live: {
      ...live,
      confirmed: verdicts.filter(({ status, live }) => live!.status === status).length,
      contradicted: verdicts.filter(({ live }) => live!.contradicts).length,
      score: scores.score,
      level: scores.level,
    },
  };
}

function beside(rule: RuleResultV1, sightings: readonly Sighting[]): RuleResultV1 {
  const own = sightings.filter((sighting) => sighting.rule === rule.id);
  if (own.length === 0) return rule;
  const verdict = (component: string | null, stated: Status): { live?: LiveVerdictV1 } => {
    const found = own.filter((sighting) => sighting.component === component);
    return found.length === 0 ? {} : { live: weigh(found, stated) };
  };
  return {
    ...rule,
    ...(rule.scope === 'repository' ? verdict(null, rule.status) : {}),
    components: rule.components.map((entry) => ({ ...entry, ...verdict(entry.path, entry.status) })),
  };
}

/** The worst sighting counts. One that saw no shortfall and can see no more is worth only as much as the repository says. */
function weigh(sightings: Sighting[], stated: Status): LiveVerdictV1 {
  const [worst] = [...sightings].sort((a, b) => badness(b.status) - badness(a.status));
  const { status, whole, reason } = worst!;
  const evidence = sightings.flatMap((sighting) => sighting.evidence);
  if (status === 'ready' && !whole && stated !== 'ready') {
    return { status: 'unknown', reason: 'no shortfall seen; what is written decides', evidence, contradicts: false };
  }
  const worse = badness(status) > badness(stated);
  const contradicts = isJudged(status) && isJudged(stated) && status !== stated && (worse || whole);
  return { status, ...(reason === undefined ? {} : { reason }), evidence, contradicts };
}

/**
 * The report as a gate should see it: every status that runs worse than it is written is lowered. None is raised, for what is not in the
 * repository is gone with the next deploy.
 */
export function lowered(report: ReportV1): ReportV1 {
  return { ...report, rules: report.rules.map(lowerRule) };
}

function lowerRule(rule: RuleResultV1): RuleResultV1 {
  const status = rule.scope === 'repository' ? lower(rule) : rule.status;
  const components = rule.components.map((entry) => ({ ...entry, status: lower(entry) }));
  if (status === rule.status && components.every((entry, i) => entry.status === rule.components[i]!.status))
    return rule;
  if (rule.scope === 'repository')
    return { ...rule, status, ready: status === 'ready' ? 1 : 0, credit: credit(status) };
  const judged = components.filter((entry) => isJudged(entry.status) && !entry.accepted);
  const ready = judged.filter((entry) => entry.status === 'ready').length;
  const sum = judged.reduce((total, entry) => total + credit(entry.status), 0);
  return {
    ...rule,
    components,
    status: overall(judged),
    ready,
    credit: judged.length === 0 ? null : sum / judged.length,
  };
}

function lower({ status, live }: Pick<ComponentVerdictV1, 'status' | 'live'>): Status {
  return live?.contradicts && isGap(live.status) && badness(live.status) > badness(status) ? live.status : status;
}

const credit = (status: Status): number => (status === 'ready' ? 1 : status === 'partial' ? 0.5 : 0);

/** Components brought to one status, as the catalogue has it. */
function overall(judged: readonly { status: Status }[]): Status {
  const found = new Set(judged.map(({ status }) => status));
  if (found.size === 0) return 'unknown';
  if (found.size === 1) return [...found][0]!;
  if (found.has('ready') || found.has('partial')) return 'partial';
  return 'unwired';
}

/** Sightings in the order of the report, so that two runs give the same bytes. */
export const inOrder = (sightings: readonly Sighting[]): Sighting[] =>
  [...sightings].sort((a, b) => byCodeUnit(a.rule, b.rule) || byCodeUnit(a.component ?? '', b.component ?? ''));
