import { dirname, join, resolve } from 'node:path';
import { type ExitCode, exitCodes, UserError } from '../model/errors.ts';
import type { GapStatus } from '../model/status.ts';
import { type Baseline, entriesOf, pruned } from '../policy/baseline.ts';
import { readBaseline, writeBaseline } from '../policy/baseline-file.ts';
import { worseBy } from '../policy/gaps.ts';
import { openDirectory } from '../repository/index.ts';
import { reportUnder } from './audit-under.ts';
import type { PolicyOptions } from './gate-options.ts';
import type { Io } from './io.ts';
import { readPolicy } from './policy-run.ts';
import { letMerge } from './records.ts';
import { withSpinner } from './spinner.ts';
import { writeInside } from './write-inside.ts';

export interface BaselineOptions extends Partial<PolicyOptions> {
  prune?: boolean;
}

/** Everything `readiness baseline` does. */
export async function runBaseline(path: string, options: BaselineOptions, io: Io): Promise<ExitCode> {
  const folder = resolve(io.cwd, path);
  const policy = await readPolicy(folder, options);
  const { view, target, config } = policy;
  const text = target.read(config.baseline);
  const before = text === null ? null : readBaseline(config.baseline, text);
  if (options.prune && before === null) throw new UserError(`There is no ${config.baseline} to prune.`);
  const report = await withSpinner(io, 'Auditing', () => reportUnder(policy, view, io.env));
  if (report.score === null) {
    await io.err('Nothing could be judged: no baseline is written.\n');
    return exitCodes.nothingJudged;
  }
  const entries = options.prune ? pruned(before!, report) : entriesOf(report);
  writeInside(folder, config.baseline, writeBaseline(entries));
  letMerge(dirname(join(folder, config.baseline)));
  if (!openDirectory(folder).has(config.baseline))
    await io.err(`${config.baseline} is ignored by git, so no audit will see it.\n`);
  await io.out(`${told(config.baseline, entries, before)}\n`);
  return exitCodes.pass;
}

function told(file: string, entries: ReadonlyMap<string, GapStatus>, before: Baseline | null): string {
  const count = entries.size === 1 ? '1 known gap' : `${entries.size} known gaps`;
  if (before === null) return `Wrote ${count} to ${file}. Commit it, and audit with --no-new-gaps.`;
  const now = [...entries];
  const changes = [
    [now.filter(([key]) => !before.has(key)).length, 'added'],
    [[...before.keys()].filter((key) => !entries.has(key)).length, 'closed'],
    [now.filter(([key, status]) => worse(before.get(key)?.status, status)).length, 'improved'],
    [now.filter(([key, status]) => worse(status, before.get(key)?.status)).length, 'worsened'],
  ] as const;
  const list = changes.flatMap(([n, word]) => (n === 0 ? [] : [`${n} ${word}`]));
  return `Wrote ${count} to ${file}: ${list.join(', ') || 'nothing changed'}.`;
}

const worse = (a: GapStatus | undefined, b: GapStatus | undefined): boolean =>
  a !== undefined && b !== undefined && worseBy(a, b) > 0;
