import { isMap, isScalar, type Node, stringify } from 'yaml';
import { UserError } from '../model/errors.ts';
import { byCodeUnit } from '../model/paths.ts';
import type { ReportV1 } from '../model/report.ts';
import { type GapStatus, gapStatuses } from '../model/status.ts';
import { listProblems } from './config.ts';
import { type Gap, gapsOf, keyOf, worseBy } from './gaps.ts';
import { parseYaml } from './settings-file.ts';

/** Known gaps by identity: `rule component` (`*` for the repository), for a committed secret also its file and kind. */
export type Baseline = ReadonlyMap<string, { status: GapStatus; line: number }>;

const heading = `# Known gaps, written by \`readiness baseline\`. A gap that is not here, or is worse than here, is new.
`;

/** A rule whose every piece of evidence is a gap of its own: a second secret must not hide behind a known one. */
const byEvidence = new Set(['security/no-committed-secrets']);

/**
 * Reads a baseline. Order does not matter, and of two lines for one gap the better status counts, so that a union merge of two
 * branches is a valid baseline.
 * @throws UserError with every problem at file:line.
 */
export function readBaseline(file: string, text: string): Baseline {
  const { document, lines, problems } = parseYaml(file, text, { uniqueKeys: false });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const known = new Map<string, { status: GapStatus; line: number }>();
  const root = document?.contents ?? null;
  if (problems.length === 0 && root !== null && !isMap(root))
    problems.push({ file, line: 1, message: 'a baseline holds one `rule component: status` a line' });
  for (const pair of isMap(root) && problems.length === 0 ? root.items : []) {
    const key = String(isScalar(pair.key) ? pair.key.value : pair.key);
    const line = lineAt((pair.key as Node).range?.[0] ?? 0);
    const status = gapStatuses.find((s) => isScalar(pair.value) && s === pair.value.value);
    if (status === undefined)
      problems.push({ file, line, message: `${key}: the status has to be one of ${gapStatuses.join(', ')}` });
    else {
      const before = known.get(key);
      if (!before || worseBy(before.status, status) > 0) known.set(key, { status, line });
    }
  }
  if (problems.length > 0) throw new UserError(listProblems(problems));
  return known;
}

/** One entry a line, sorted, so that git merges what two branches add in different places. */
export function writeBaseline(entries: ReadonlyMap<string, GapStatus>): string {
  const lines = [...entries]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([key, status]) => {
      const quoted = stringify(key, { lineWidth: 0 }).trimEnd();
      return `${quoted}: ${status}\n`;
    });
  return heading + lines.join('');
}

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
