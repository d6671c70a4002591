import type { ReportV1 } from '../model/report.ts';
import { prose } from './markdown/escape.ts';
import { gapsByCategory, gapsByOwner, mustFix } from './markdown/gaps.ts';
import { live } from './markdown/live.ts';
import * as section from './markdown/sections.ts';
import type { RenderOptions, ReportFormat } from './shared/format.ts';

/** The report a lead hands on: complete in itself, and the same bytes for the same commit and settings. */
const markdown: ReportFormat = {
  name: 'markdown',
  describes: 'for a team: the whole report with plan and accepted risks',
  render(report: ReportV1, options: RenderOptions): string {
    const sections = [
      section.title(report),
      section.verdict(report),
      options.narrowed ? [`> ${prose(options.narrowed)}`] : [],
      section.standing(report),
      section.gate(report),
      section.changes(report),
      live(report),
      section.components(report),
      mustFix(report, 'demo'),
      mustFix(report, 'production'),
      options.groupBy === 'owner' ? gapsByOwner(report) : [],
      gapsByCategory(report),
      section.quickFixes(report),
      section.worksWell(report),
      section.needsWork(report),
      section.plan(report),
      options.groupBy === 'owner' ? [] : gapsByOwner(report),
      section.accepted(report),
      section.trend(report),
      section.unjudged(report),
      section.insight(report),
      section.howToRead(report),
    ];
    return `${sections
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join('\n'))
      .join('\n\n')}\n`;
  },
};
export default markdown;
