import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type ExitCode, exitCodes, UserError } from '../model/errors.ts';
import type { ReportV1 } from '../model/report.ts';
import { narrow } from '../report/shared/filter.ts';
import { defaultOptions, type RenderOptions } from '../report/shared/format.ts';
import { conditionText } from '../report/shared/verdict.ts';
import type { DisplayOptions } from './display-options.ts';
import { loadFormat } from './formats.ts';
import { writeToActions } from './github-actions.ts';
import { type Io, wantsColor } from './io.ts';

export interface Published {
  display: DisplayOptions;
  /** See `RenderOptions.pathPrefix`. */
  pathPrefix: string;
  /** The gate's verdict is shown and does not count. */
  advisory: boolean;
}

/** Renders and writes every report asked for, then says how the run ends. */
export async function publish(report: ReportV1, given: Published, io: Io): Promise<ExitCode> {
  const { display, pathPrefix } = given;
  const shown = narrow(report, display);
  const whole: RenderOptions = {
    ...defaultOptions,
    verbose: display.verbose ?? false,
    groupBy: display.groupBy,
    pathPrefix,
  };
  const main = { ...whole, width: io.columns || defaultOptions.width, narrowed: shown.narrowed };
  const toScreen = display.output === undefined;

  for (const { format, file } of display.report) {
    await write(io, file, (await loadFormat(format)).render(report, whole), format);
  }
  if (!judgedNothing(report) || display.format !== 'terminal') {
    const color = toScreen && wantsColor(io, display.color);
    const text = (await loadFormat(display.format)).render(shown.report, { ...main, color });
    if (toScreen) await io.out(text);
    else await write(io, display.output!, text, display.format);
  }
  if ([display.format, ...display.report.map(({ format }) => format)].includes('github')) {
    await writeToActions(report, whole, io);
  }
  return conclude(report, given, io);
}

const judgedNothing = (report: ReportV1): boolean => report.components.length === 0 || report.coverage.judged === 0;

async function conclude(report: ReportV1, { display, advisory }: Published, io: Io): Promise<ExitCode> {
  if (judgedNothing(report)) {
    await io.err(
      report.components.length === 0
        ? `No component was found in ${report.target.name}: there is no manifest, Dockerfile or compose build to audit.\n`
        : `No rule could be judged in ${report.target.name}.\n`,
    );
    return exitCodes.nothingJudged;
  }
  if (!report.gate || report.gate.passed) return exitCodes.pass;
  const told = display.format === 'terminal' && display.output === undefined;
  if (!told) {
    const failed = report.gate.conditions.filter((condition) => !condition.passed).map(conditionText);
    await io.err(`Gate failed: ${failed.join('; ')}\n`);
  }
  if (advisory) await io.err('The gate is advisory: the exit code is 0.\n');
  return advisory ? exitCodes.pass : exitCodes.gateFailed;
}

async function write(io: Io, file: string, text: string, format: string): Promise<void> {
  const path = resolve(io.cwd, file);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (error) {
    throw new UserError(`The ${format} report could not be written to ${file}: ${(error as Error).message}`);
  }
  await io.err(`Wrote the ${format} report to ${file}.\n`);
}
