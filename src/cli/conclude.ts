import { type ExitCode, exitCodes } from '../model/errors.ts';
import type { ReportV1 } from '../model/report.ts';
import { conditionText, nothingJudged } from '../report/shared/verdict.ts';
import type { DisplayOptions } from './display-options.ts';
import type { Io } from './io.ts';

/** How an audit ends: the same for every format, by the whole result and never by what is shown of it. */
export async function conclude(
  report: ReportV1,
  display: DisplayOptions,
  advisory: boolean,
  io: Io,
): Promise<ExitCode> {
  const nothing = nothingJudged(report);
  if (nothing !== null) {
    await io.err(`${nothing}\n`);
    return exitCodes.nothingJudged;
  }
  if (report.gate === null || report.gate.passed) return exitCodes.pass;
  const onScreen = display.format === 'terminal' && display.output === undefined;
  if (!onScreen) {
    const failed = report.gate.conditions.filter((condition) => !condition.passed);
    await io.err(`The gate failed:\n${failed.map((condition) => `  ${conditionText(condition)}\n`).join('')}`);
  }
  if (!advisory) return exitCodes.gateFailed;
  await io.err('The gate is advisory, so the exit code is 0.\n');
  return exitCodes.pass;
}
