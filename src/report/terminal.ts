import type { ReportV1 } from '../model/report.ts';
import type { RenderOptions, ReportFormat } from './shared/format.ts';
import { openGaps } from './shared/gaps.ts';
import { visible } from './shared/text.ts';
import { acceptedDetails, blockers, holding, otherGaps, quickWins, unjudged } from './terminal/gap-list.ts';
import { type Page, pageOf, wrapped } from './terminal/layout.ts';
import { live } from './terminal/live.ts';
import * as summary from './terminal/summary.ts';

/** The report a developer reads where the command was given: verdict first, then what stands in the way, each with its place. */
const terminal: ReportFormat = {
  name: 'terminal',
  describes: 'for reading here: verdict, blockers, gaps with file and line',
  render(report: ReportV1, options: RenderOptions): string {
    const page = pageOf(options);
    const sections = [
      summary.subject(page, report),
      summary.verdict(page, report),
      summary.ladder(page, report),
      report.insight ? wrapped(page, visible(report.insight)) : [],
      options.narrowed ? wrapped(page, page.paint.yellow(visible(options.narrowed))) : [],
      summary.gate(page, report),
      summary.changes(page, report),
      summary.trend(page, report),
      live(page, report),
      summary.components(page, report),
      ...blockers(page, report),
      ...otherGaps(page, report, options.groupBy),
      quickWins(page, report),
      [...summary.accepted(page, report), ...acceptedDetails(page, report)],
      unjudged(page, report),
      summary.troubles(page, report),
      holding(page, report),
      summary.timing(page, report),
      nextSteps(page, report),
    ];
    return `${sections
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join('\n'))
      .join('\n\n')}\n`;
  },
};
export default terminal;

function nextSteps(page: Page, report: ReportV1): string[] {
  const gaps = openGaps(report);
  const first = gaps[0];
  if (!first) return [];
  const steps: [string, string][] = [
    // Only where something can be scaffolded: a step that does nothing teaches people to skip them all.
    ...(gaps.some((rule) => rule.fix !== null)
      ? [['Fix what is cheap', 'readiness fix --quick'] as [string, string]]
      : []),
    ['Why one is a gap', `readiness explain ${visible(first.id)}`],
    ['For the team', 'readiness audit --format markdown'],
  ];
  return steps.flatMap(([what, command]) => wrapped(page, page.paint.cyan(command), page.paint.dim(what.padEnd(20))));
}
