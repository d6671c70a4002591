import { appendFile } from 'node:fs/promises';
import type { ReportV1 } from '../model/report.ts';
import type { RenderOptions } from '../report/shared/format.ts';
import type { Io } from './io.ts';

/** In a GitHub workflow: the step's summary and its outputs, beside the annotations. Elsewhere nothing happens. */
export async function writeToActions(report: ReportV1, options: RenderOptions, io: Io): Promise<void> {
  const { GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output } = io.env;
  if (!summary && !output) return;
  const { renderSummary, renderOutputs } = await import('../report/github/step.ts');
  if (summary) await appendFile(summary, renderSummary(report, options));
  if (output) await appendFile(output, renderOutputs(report));
}
