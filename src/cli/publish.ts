import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UserError } from '../model/errors.ts';
import type { ReportV1 } from '../model/report.ts';
import { narrow } from '../report/shared/filter.ts';
import { defaultOptions, type RenderOptions } from '../report/shared/format.ts';
import type { DisplayOptions } from './display-options.ts';
import { loadFormat } from './formats.ts';
import { writeToActions } from './github-actions.ts';
import { type Io, wantsColor } from './io.ts';

/**
 * Renders and writes every report asked for: the one of `--format` narrowed by the display filters, those of `--report` whole.
 * @param pathPrefix see `RenderOptions.pathPrefix`.
 */
export async function publish(report: ReportV1, display: DisplayOptions, pathPrefix: string, io: Io): Promise<void> {
  const shown = narrow(report, display);
  const whole: RenderOptions = {
    ...defaultOptions,
    verbose: display.verbose ?? false,
    groupBy: display.groupBy,
    pathPrefix,
  };
  for (const { format, file } of display.report) {
    await write(io, file, (await loadFormat(format)).render(report, whole), format);
  }
  const toScreen = display.output === undefined;
  const format = await loadFormat(display.format);
  const text = format.render(shown.report, {
    ...whole,
    width: io.columns || defaultOptions.width,
    color: toScreen && wantsColor(io, display.color),
    narrowed: shown.narrowed,
  });
  if (toScreen) await io.out(text);
  else await write(io, display.output!, text, display.format);
  if ([display.format, ...display.report.map((also) => also.format)].includes('github')) {
    await writeToActions(report, whole, io);
  }
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
