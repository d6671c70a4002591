import { runsOfArgv } from './index.ts';
import type { CommandContext } from './types.ts';

/** Programs and options that serve a source tree and reload it. */
const devCommand =
  /(?:^|\s)(?:nodemon|ts-node-dev|tsnd|node-dev|air|reflex|watchexec|webpack-dev-server|webpack serve|react-scripts start|ng serve|vue-cli-service serve|gatsby develop|expo start|next dev|nuxt dev|nuxi dev|remix dev|react-router dev|astro dev|vite dev|vite serve|strapi develop|medusa develop|wrangler dev|turbo (?:run )?dev|tsx watch|nest start .*--watch|dotnet watch|cargo watch|manage\.py runserver|flask .*--debug|uvicorn .*--reload|mix phx\.server|php artisan serve|bun --(?:hot|watch)|node --watch|deno .*--watch)(?:\s|$)/;
/** Vite's bare command is its dev server. */
const bareVite = /(?:^|\s)vite(?:\s+--[\w-]+(?:[= ]\S+)?)*\s*$/;
const devScript =
  /(?:^|\s)(?:npm|pnpm|yarn|bun)(?:\s+(?:run|exec|-{1,2}\S+))*\s+(?:[\w-]+:)?(?:dev|develop|watch|start:dev|start:debug|start:watch|serve:dev|dev:[\w:-]+)(?:\s|$)/;

export const isDevText = (text: string): boolean =>
  devCommand.test(text) || devScript.test(text) || bareVite.test(text.trim());

/** The dev server that some words start, package scripts and shell files followed; null when they start none. */
export function devServerOf(argv: readonly string[], context: CommandContext): string | null {
  const text = argv.join(' ');
  if (isDevText(text)) return text;
  try {
    const run = runsOfArgv(argv, context).find((candidate) => isDevText(candidate.argv.join(' ')));
    return run ? run.argv.join(' ') : null;
  } catch {
    return null;
  }
}
