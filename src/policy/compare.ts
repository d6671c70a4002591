import { byCodeUnit } from '../model/paths.ts';
import type { GapKey } from '../model/policy.ts';
import type { ReportV1 } from '../model/report.ts';
import { type GapStatus, isGap, type Status } from '../model/status.ts';
import { gapsOf, keyOf, placeOfKey, statusAt, worseBy } from './gaps.ts';

type Changes = NonNullable<ReportV1['changes']>;

/**
 * What changed between two reports, gap by gap. A gap that can no longer be judged is not closed: a crash is no repair.
 * @param since what the earlier one is, for the reader: a ref, a file.
 */
export function compareReports(before: ReportV1, after: ReportV1, since: string): Changes {
  const changes: Changes = { since, scoreBefore: before.score, opened: [], closed: [], worsened: [], improved: [] };
  for (const place of placesOf(before, after)) {
    const [was, is] = [gapOrNot(before, place), gapOrNot(after, place)];
    const change = { ...place, before: was.status, after: is.status };
    if (was.gap && is.gap) {
      const worse = worseBy(is.status!, was.status!);
      if (worse !== 0) (worse > 0 ? changes.worsened : changes.improved).push(change);
    } else if (is.gap) changes.opened.push(change);
    else if (was.gap && is.status !== 'unknown') changes.closed.push(change);
  }
  return changes;
}

/**
 * The same against gaps of which only the key is known, and perhaps the status (null where not): a baseline, a line of the history.
 */
export function compareWithKnown(
  known: ReadonlyMap<string, GapStatus | null>,
  after: ReportV1,
  { since, scoreBefore }: Pick<Changes, 'since' | 'scoreBefore'>,
): Changes {
  const changes: Changes = { since, scoreBefore, opened: [], closed: [], worsened: [], improved: [] };
  const current = new Map(gapsOf(after).map((gap) => [keyOf(gap), gap]));
  for (const [key, gap] of [...current].sort(([a], [b]) => byCodeUnit(a, b))) {
    const before = known.get(key);
    const change = { rule: gap.rule, component: gap.component, before: before ?? null, after: gap.status };
    if (before === undefined) {
      if (!gap.accepted) changes.opened.push(change);
    } else if (before !== null) {
      const worse = worseBy(gap.status, before);
      if (worse !== 0) (worse > 0 ? changes.worsened : changes.improved).push(change);
    }
  }
  for (const [key, before] of [...known].sort(([a], [b]) => byCodeUnit(a, b))) {
    const place = placeOfKey(key);
    const status = statusAt(after, place);
    if (!current.has(key) && status !== 'unknown') changes.closed.push({ ...place, before, after: status });
  }
  return changes;
}

function gapOrNot(report: ReportV1, place: GapKey): { gap: boolean; status: Status | null } {
  const status = statusAt(report, place);
  const rule = report.rules.find((r) => r.id === place.rule);
  return { status, gap: status !== null && isGap(status) && rule !== undefined && isGap(rule.status) };
}

/** Every rule and component that either report judges, sorted. */
function placesOf(...reports: ReportV1[]): GapKey[] {
  const places = new Map<string, GapKey>();
  for (const rule of reports.flatMap((report) => report.rules)) {
    const components = rule.scope === 'repository' ? [null] : rule.components.map((c) => c.path);
    for (const component of components) {
      const place = { rule: rule.id, component };
      places.set(keyOf(place), place);
    }
  }
  return [...places].sort(([a], [b]) => byCodeUnit(a, b)).map(([, place]) => place);
}
