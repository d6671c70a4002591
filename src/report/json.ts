import type { ReportFormat } from './shared/format.ts';
import { toJson } from './shared/text.ts';

/** ReportV1 itself: what `readiness report` and every other program reads. */
const json: ReportFormat = {
  name: 'json',
  describes: 'for programs: the whole result, versioned',
  render: (report) => toJson(report),
};
export default json;
