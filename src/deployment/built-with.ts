import { runsOf } from '../commands/index.ts';
import { baseOf, deepestHolding, isWithin } from '../model/paths.ts';
import type { Context } from './context.ts';
import { quoted } from './stages.ts';

/** Scripts that a platform runs once it has installed what a component needs. */
const building = /^(?:(?:heroku|render|railway|koyeb|vercel|now|gcp)-)?(?:pre|post)?build$|^postinstall$/;

/**
 * Pages that lie beside a server, are built with it where a platform builds the server, and are given out by it:
 * `"heroku-postbuild": "npm run build --prefix client"` and `express.static('client/build')`.
 * @param commands what the platform is told to build by, beside the scripts of the component
 */
export function pagesBuiltWith(context: Context, component: string, commands: readonly string[]): string[] {
  const { facts, view, roots } = context;
  const folders = roots.map(({ path }) => path);
  const manifest = facts.manifests.find(({ dir }) => dir === component);
  const texts = [
    ...commands,
    ...Object.entries(manifest?.scripts ?? {}).flatMap(([name, text]) => (building.test(name) ? [text] : [])),
  ];
  const built = texts
    .flatMap((text) => runsOf(text, { cwd: component, facts, view }))
    .filter(({ script, argv }) => /^build/.test(script?.name ?? '') || argv.includes('build'))
    .flatMap(({ cwd }) => deepestHolding(cwd, folders) ?? [])
    .filter((path) => path !== component);
  return [...new Set(built)].filter((path) => givesOut(context, component, path));
}

/** Somewhere in its own code the server names where the pages are built to. */
function givesOut({ facts, view, roots }: Context, server: string, pages: string): boolean {
  const output = new RegExp(`\\b${quoted(baseOf(pages))}['"\`/,\\s.]{1,8}(?:build|dist|out|public|www)\\b`);
  const others = roots.map(({ path }) => path).filter((path) => path !== server && !isWithin(server, path));
  return facts.sources.some(
    ({ path }) => isWithin(path, server) && deepestHolding(path, others) === null && output.test(view.text(path)),
  );
}
