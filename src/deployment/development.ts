import { devServerOf } from '../commands/dev-server.ts';
import type { Evidence } from '../model/evidence.ts';
import { joinPath } from '../model/paths.ts';
import type { Context } from './context.ts';

/** A command that runs a dev server, package scripts followed from `cwd`; null when it does not. */
export const devCommandOf = (context: Context, argv: readonly string[], cwd: string): string | null =>
  devServerOf(argv, { cwd, facts: context.facts, view: context.view });

const sourceFile = /\.(?:[cm]?[jt]sx?|vue|svelte|py|go|rs|java|kt|rb|php|cs|ex|exs|scala|swift|dart)$/;

/** The repository folder that a bind mount brings in, when it holds source code. */
export function mountedSource(context: Context, dir: string, source: string): string | null {
  const folder = joinPath(dir, source.replace(/^\$\{?PWD\}?/, '.'));
  if (folder === null || !context.view.hasDirectory(folder)) return null;
  const prefix = folder === '.' ? '' : `${folder}/`;
  return context.view.list().some((path) => path.startsWith(prefix) && sourceFile.test(path)) ? folder : null;
}

export const devEvidence = (file: string, line: number, note: string): Evidence => ({ file, line, note });
