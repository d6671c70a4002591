import type { ReportV1 } from '../model/report.ts';
import type { Severity } from '../model/status.ts';
import { eachGap, fingerprintOf, headlineOf } from './shared/each-gap.ts';
import { inRepository, type RenderOptions, type ReportFormat } from './shared/format.ts';
import { blockersOf } from './shared/gaps.ts';
import { asItRuns } from './shared/live.ts';
import { stopped, toJson, visible } from './shared/text.ts';

const severities: Record<Severity, 'critical' | 'major' | 'minor'> = {
  critical: 'critical',
  major: 'major',
  minor: 'minor',
};

/** GitLab's code quality report: it shows what a merge request adds and removes, by fingerprint. Accepted risks stay out of it. */
const gitlab: ReportFormat = {
  name: 'gitlab',
  describes: "for GitLab merge requests: code quality's JSON",
  render(report: ReportV1, { pathPrefix }: RenderOptions): string {
    const blocking = new Set(report.levels.flatMap(({ level }) => blockersOf(report, level)).map((rule) => rule.id));
    const entries = eachGap(asItRuns(report))
      .filter((gap) => !gap.accepted)
      .map((gap) => ({
        description: visible(`${headlineOf(gap)}. ${stopped(gap.rule.issue)}`),
        check_name: gap.rule.id,
        fingerprint: fingerprintOf(gap),
        severity: blocking.has(gap.rule.id) ? 'blocker' : severities[gap.severity],
        location: { path: inRepository(pathPrefix, gap.at.file), lines: { begin: gap.at.line } },
      }));
    return toJson(entries);
  },
};
export default gitlab;
