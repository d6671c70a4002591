import type { ReportV1 } from '../../model/report.ts';
import { engineText, liveEntries, liveNotes, liveSummary, liveTimes } from '../shared/live.ts';
import { stopped } from '../shared/text.ts';
import { componentOf, statusWords } from '../shared/verdict.ts';
import { code, prose, table } from './escape.ts';

/** What the engine showed, where it was asked. */
export function live(report: ReportV1): string[] {
  if (!report.live) return [];
  const entries = liveEntries(report).filter((entry) => entry.live.contradicts);
  const rows = entries.map(({ rule, component, written, live: seen }) => [
    prose(rule.title),
    prose(componentOf(component)),
    statusWords[written],
    statusWords[seen.status],
    [
      ...(seen.reason ? [prose(seen.reason)] : []),
      ...seen.evidence.map(({ container, note }) => `${code(container)} ${prose(note)}`),
    ].join('; '),
  ]);
  const notes = [...liveNotes(report.live), ...liveTimes(report.live)].map((note) => `- ${prose(note)}`);
  return [
    '## As it runs',
    '',
    `${prose(engineText(report.live))}. ${prose(stopped(liveSummary(report, report.live)))}`,
    ...(rows.length === 0 ? [] : ['', table(['Rule', 'Where', 'As written', 'As it runs', 'Seen'], rows)]),
    ...(notes.length === 0 ? [] : ['', ...notes]),
  ];
}
