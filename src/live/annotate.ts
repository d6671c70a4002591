import { lowered } from '../model/as-running.ts';
import type { LiveV1, LiveVerdictV1 } from '../model/live.ts';
import { byCodeUnit } from '../model/paths.ts';
import type { Rescore } from '../model/policy.ts';
import type { ReportV1, RuleResultV1 } from '../model/report.ts';
import { badness, isJudged, type Status } from '../model/status.ts';
import type { Sighting } from './judge.ts';

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

/** Sightings in the order of the report, so that two runs give the same bytes. */
export const inOrder = (sightings: readonly Sighting[]): Sighting[] =>
  [...sightings].sort((a, b) => byCodeUnit(a.rule, b.rule) || byCodeUnit(a.component ?? '', b.component ?? ''));
