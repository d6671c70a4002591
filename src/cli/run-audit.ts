import { resolve } from 'node:path';
import { audit } from '../audit/index.ts';
import type { ExitCode } from '../model/errors.ts';
import { openDirectory } from '../repository/index.ts';
import type { AuditOptions } from './commands/audit.ts';
import type { Io } from './io.ts';
import { publish } from './publish.ts';
import { withSpinner } from './spinner.ts';

/** Everything `readiness audit` does; imported by its action only, for it brings the analyzers along. */
export async function runAudit(path: string, options: AuditOptions, io: Io): Promise<ExitCode> {
  const view = openDirectory(resolve(io.cwd, path));
  const prefix = view.gitPrefix ? `${view.gitPrefix}/` : '';
  if (prefix !== '') await io.err(insideNote(view.gitPrefix!));
  const { report } = await withSpinner(io, 'Reading the repository', () =>
    audit(view, { timing: options.timing ?? false }),
  );
  return publish(report, { display: options, pathPrefix: prefix, advisory: false }, io);
}

/** A part of a repository is judged as if it were the whole: what lies above it, its owner may miss. */
const insideNote = (folder: string): string =>
  `${folder} is a folder inside a git repository: to judge it with the files above it, audit the repository's root with --component ${folder}.\n`;
