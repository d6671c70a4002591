import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UserError } from '../model/errors.ts';
import type { HistoryLine } from '../model/policy.ts';
import type { ReportV1 } from '../model/report.ts';
import { historyLineOf, readHistory, trendOf, withRun, writeHistory } from '../policy/history.ts';
import type { Io } from './io.ts';
import type { Policy } from './policy-run.ts';
import { letMerge } from './records.ts';

/** This run among those before it. */
export interface Run {
  trend: ReportV1['history'];
  previous: HistoryLine | null;
  /** Writes the file of `--history`; where only the config names one, it is read and left alone. */
  save(): Promise<void>;
}

/** The runs recorded so far; null when no history is kept. `file` is what `--history` gave, relative to the working folder. */
export async function readRuns(
  policy: Policy,
  file: string | undefined,
  io: Io,
): Promise<{ add(report: ReportV1, day: string): Run } | null> {
  const path = file === undefined ? null : resolve(io.cwd, file);
  const text = path === null ? readConfigured(policy) : await readText(path);
  if (text === null) return null;
  const history = readHistory(text);
  const name = file ?? policy.config.history!;
  for (const line of history.unreadable) await io.err(`${name}:${line}: this line is no run; it is left out.\n`);
  return {
    add(report, day) {
      const line = historyLineOf(report, day);
      const lines = withRun(history, line);
      return {
        trend: trendOf(lines),
        previous: lines[lines.indexOf(line) - 1] ?? null,
        save: () => (path === null ? Promise.resolve() : save(path, name, lines)),
      };
    },
  };
}

const readConfigured = ({ target, config }: Policy) => (config.history === null ? null : target.read(config.history));

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw new UserError(`The history could not be read: ${(error as Error).message}`);
  }
}

async function save(path: string, name: string, lines: readonly HistoryLine[]): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, writeHistory(lines));
    letMerge(dirname(path));
  } catch (error) {
    throw new UserError(`The history could not be written to ${name}: ${(error as Error).message}`);
  }
}
