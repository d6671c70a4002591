import { resolve } from 'node:path';
import type { ExitCode } from '../model/errors.ts';
import { nothingJudged } from '../report/shared/verdict.ts';
import { conclude } from './conclude.ts';
import type { DisplayOptions } from './display-options.ts';
import type { PolicyOptions } from './gate-options.ts';
import type { Io } from './io.ts';
import { judge } from './judge.ts';
import { publish } from './publish.ts';
import { withSpinner } from './spinner.ts';

export interface AuditOptions extends DisplayOptions, PolicyOptions {
  timing?: boolean;
  /** Commander's reading of `--no-cache`: false when it is given. */
  cache?: boolean;
}

/** Everything `readiness audit` does; imported by its action only, for it brings the analyzers along. */
export async function runAudit(path: string, options: AuditOptions, io: Io): Promise<ExitCode> {
  const { report, policy, view } = await withSpinner(io, 'Auditing', (say) =>
    judge(resolve(io.cwd, path), options, io, say),
  );
  if (view.gitPrefix) await io.err(insideNote(view.gitPrefix));
  // A terminal full of rules that apply to nothing would hide the one sentence that matters.
  if (nothingJudged(report) === null || options.format !== 'terminal') {
    await publish(report, options, view.gitPrefix ? `${view.gitPrefix}/` : '', io);
  }
  return conclude(report, options, policy.config.advisory, io);
}

/** A part of a repository is judged by its own files, but for what is set up once for the whole (see audit/enclosing). */
const insideNote = (folder: string): string =>
  `${folder} is a folder inside a git repository. Only pipelines, lockfiles, runtime version and dependency updates were looked up above it: to judge it with all files above it, audit the repository's root with --component ${folder}.\n`;
