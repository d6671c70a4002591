import type { ReportV1 } from '../../model/report.ts';
import { engineText, liveEntries, liveNotes, liveSummary, liveTimes } from '../shared/live.ts';
import { visible } from '../shared/text.ts';
import { componentOf, statusWords } from '../shared/verdict.ts';
import { colorOf, heading, marks, type Page, padEnd, wrapped } from './layout.ts';

/** What the engine showed, where it was asked: contradictions with their evidence, the rest with --verbose. */
export function live(page: Page, report: ReportV1): string[] {
  if (!report.live) return [];
  const lines = heading(page, 'As it runs', engineText(report.live));
  lines.push(...wrapped(page, liveSummary(report, report.live), '  '));
  for (const { rule, component, written, live: seen } of liveEntries(report)) {
    if (!seen.contradicts && !page.verbose) continue;
    const color = colorOf(page, seen.status);
    const verb = seen.contradicts
      ? `${statusWords[written]} as written, ${statusWords[seen.status]} as it runs`
      : statusWords[seen.status];
    const where = component === null ? '' : ` in ${componentOf(component)}`;
    lines.push(
      ...wrapped(page, visible(`${rule.title}${where}: ${verb} (${rule.id})`), `  ${color(marks[seen.status])} `),
    );
    if (seen.reason) lines.push(...wrapped(page, visible(seen.reason), '      '));
    for (const { container, note } of seen.evidence)
      lines.push(...wrapped(page, visible(note), `      ${page.paint.cyan(visible(container))}  `));
  }
  for (const note of liveNotes(report.live)) lines.push(...wrapped(page, visible(note), '  · '));
  for (const time of liveTimes(report.live)) lines.push(...wrapped(page, visible(time), '  · '));
  return page.verbose ? [...lines, ...containers(page, report.live.containers)] : lines;
}

function containers(page: Page, all: NonNullable<ReportV1['live']>['containers']): string[] {
  const width = Math.max(0, ...all.map(({ name }) => visible(name).length));
  return all.flatMap(({ name, image, state, component, role, matchedBy }) => {
    const what = component === null ? role : `${component}, by ${matchedBy}`;
    return wrapped(page, visible(`${state} · ${image} · ${what}`), `  ${padEnd(visible(name), width)}  `);
  });
}
