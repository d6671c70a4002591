import { byCodeUnit } from '../model/paths.ts';
import type { ReportV1 } from '../model/report.ts';
import type { GapStatus } from '../model/status.ts';
import { type Gap, gapsOf, keyOf, worseBy } from './gaps.ts';

/** Known gaps by identity: `rule component` (`*` for the repository), for a committed secret also its file and kind. */
export type Baseline = ReadonlyMap<string, { status: GapStatus; line: number }>;

/** A rule whose every piece of evidence is a gap of its own: a second secret must not hide behind a known one. */
const byEvidence = new Set(['security/no-committed-secrets']);

/** Entries for every gap of a report that is not an accepted risk. */
export function entriesOf(report: ReportV1): Map<string, GapStatus> {
  const open = gapsOf(report).filter((gap) => !gap.accepted);
  return new Map(open.flatMap((gap) => identitiesOf(report, gap).map((key) => [key, gap.status] as const)));
}

function identitiesOf(report: ReportV1, gap: Gap): string[] {
  if (!byEvidence.has(gap.rule)) return [keyOf(gap)];
  const evidence = report.rules.find((rule) => rule.id === gap.rule)?.evidence ?? [];
  const keys = evidence.map(({ file, note }) => `${keyOf(gap)} ${file} ${kindOf(note)}`);
  return keys.length === 0 ? [keyOf(gap)] : [...new Set(keys)];
}

const kindOf = (note: string) =>
  note
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** Keys of gaps that the baseline does not know, or knows as less bad. Sorted. */
export function newAgainst(known: ReadonlyMap<string, { status: GapStatus }>, report: ReportV1): string[] {
  const isNew = ([key, status]: [string, GapStatus]) => {
    const before = known.get(key);
    if (!before) return true;
    return !byEvidence.has(key.split(' ', 1)[0]!) && worseBy(status, before.status) > 0;
  };
  return [...entriesOf(report)]
    .filter(isNew)
    .map(([key]) => key)
    .sort(byCodeUnit);
}

/** Entries that hold no longer: `now` is the better status of today, or null when the gap is gone. */
export function outlived(known: Baseline, report: ReportV1): { key: string; now: GapStatus | null; line: number }[] {
  const current = new Map(
    gapsOf(report).flatMap((gap) => identitiesOf(report, gap).map((k) => [k, gap.status] as const)),
  );
  const unjudged = unjudgedKeys(report);
  return [...known].flatMap<{ key: string; now: GapStatus | null; line: number }>(([key, { status, line }]) => {
    const now = current.get(key) ?? null;
    const rule = key.split(' ', 1)[0]!;
    if (now === null) return unjudged.has(gapOf(key)) ? [] : [{ key, now, line }];
    return !byEvidence.has(rule) && worseBy(status, now) > 0 ? [{ key, now, line }] : [];
  });
}

/** The gaps of a baseline by rule and component alone, to compare a report with. */
export const gapsKnown = (known: Baseline): Map<string, GapStatus> =>
  new Map([...known].map(([key, { status }]) => [gapOf(key), status]));

function gapOf(key: string): string {
  const rule = key.split(' ', 1)[0]!;
  return byEvidence.has(rule) ? keyOf({ rule, component: null }) : key;
}

/** The baseline without what holds no longer; new gaps are not added. */
export function pruned(known: Baseline, report: ReportV1): Map<string, GapStatus> {
  const entries = new Map([...known].map(([key, { status }]) => [key, status]));
  for (const { key, now } of outlived(known, report)) {
    if (now === null) entries.delete(key);
    else entries.set(key, now);
  }
  return entries;
}

/** A gap that cannot be judged today is not closed: a crash must not prune it. */
function unjudgedKeys(report: ReportV1): Set<string> {
  return new Set(
    report.rules.flatMap((rule) => {
      if (rule.scope === 'repository')
        return rule.status === 'unknown' ? [keyOf({ rule: rule.id, component: null })] : [];
      return rule.components
        .filter((c) => c.status === 'unknown')
        .map((c) => keyOf({ rule: rule.id, component: c.path }));
    }),
  );
}
