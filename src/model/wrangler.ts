import { joinPath } from './paths.ts';
import type { RepoView } from './repository.ts';

const names = ['wrangler.toml', 'wrangler.json', 'wrangler.jsonc'];
const words = ['example', 'sample', 'template'];
const examples = names.flatMap((name) =>
  words.flatMap((word) => [`${name}.${word}`, name.replace('wrangler.', `wrangler.${word}.`)]),
);

/** Paths that may be a configuration of a Cloudflare worker, or an example of one. */
export const wranglerPath = new RegExp(
  `(?:^|/)wrangler\\.(?:(?:${words.join('|')})\\.)?(?:toml|jsonc?)(?:\\.(?:${words.join('|')}))?$`,
);

/**
 * Configurations of a Cloudflare worker in a folder. Where git keeps them out, for the names of an account that they hold, the example
 * that they are copied from stands for them.
 */
export function wranglerFiles(view: RepoView, dir: string): string[] {
  const among = (all: readonly string[]): string[] =>
    all.map((name) => joinPath(dir, name)).filter((path): path is string => path !== null && view.has(path));
  const own = among(names);
  return own.length > 0 ? own : among(examples).slice(0, 1);
}
