import { runsOfArgv } from '../commands/index.ts';
import type { Evidence } from '../model/evidence.ts';
import { joinPath } from '../model/paths.ts';
import type { Context } from './context.ts';

/** Programs and options that serve a source tree and reload it. */
const devCommand =
  /(?:^|\s)(?:nodemon|ts-node-dev|tsnd|node-dev|air|reflex|watchexec|webpack-dev-server|webpack serve|react-scripts start|ng serve|vue-cli-service serve|gatsby develop|expo start|next dev|nuxt dev|nuxi dev|remix dev|react-router dev|astro dev|vite dev|vite serve|strapi develop|medusa develop|wrangler dev|turbo (?:run )?dev|tsx watch|nest start .*--watch|dotnet watch|cargo watch|manage\.py runserver|flask .*--debug|uvicorn .*--reload|rails s(?:erver)?|mix phx\.server|php artisan serve|bun --(?:hot|watch)|node --watch|deno .*--watch)(?:\s|$)/;
/** Vite's bare command is its dev server. */
const bareVite = /(?:^|\s)vite(?:\s+--[\w-]+(?:[= ]\S+)?)*\s*$/;
const devScript =
  /(?:^|\s)(?:npm|pnpm|yarn|bun)(?:\s+(?:run|exec|-{1,2}\S+))*\s+(?:[\w-]+:)?(?:dev|develop|watch|start:dev|start:debug|start:watch|serve:dev|dev:[\w:-]+)(?:\s|$)/;

export const isDevText = (text: string): boolean =>
  devCommand.test(text) || devScript.test(text) || bareVite.test(text.trim());

/** A command that runs a dev server, package scripts followed from `cwd`; null when it does not. */
export function devCommandOf(context: Context, argv: readonly string[], cwd: string): string | null {
  const text = argv.join(' ');
  if (isDevText(text)) return text;
  try {
    const runs = runsOfArgv(argv, { cwd, facts: context.facts, view: context.view });
    const run = runs.find((candidate) => isDevText(candidate.argv.join(' ')));
    return run ? run.argv.join(' ') : null;
  } catch {
    return null;
  }
}

const sourceFile = /\.(?:[cm]?[jt]sx?|vue|svelte|py|go|rs|java|kt|rb|php|cs|ex|exs|scala|swift|dart)$/;

/** The repository folder that a bind mount brings in, when it holds source code. */
export function mountedSource(context: Context, dir: string, source: string): string | null {
  const folder = joinPath(dir, source.replace(/^\$\{?PWD\}?/, '.'));
  if (folder === null || !context.view.hasDirectory(folder)) return null;
  const prefix = folder === '.' ? '' : `${folder}/`;
  return context.view.list().some((path) => path.startsWith(prefix) && sourceFile.test(path)) ? folder : null;
}

export const devEvidence = (file: string, line: number, note: string): Evidence => ({ file, line, note });
