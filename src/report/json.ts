import type { ReportFormat } from './shared/format.ts';

/** ReportV1 itself: what `readiness report` and every other program reads. */
const json: ReportFormat = {
  name: 'json',
  describes: 'for programs: the whole result, versioned',
  render: (report) => `${JSON.stringify(report, null, 2)}\n`,
};
export default json;
