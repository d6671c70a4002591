import type { DockerfileFact } from '../model/facts/index.ts';
import { isWithin, joinPath } from '../model/paths.ts';
import type { Context } from './context.ts';
import { ancestryOf } from './stages.ts';

const bundlers = '{vite,vue,rsbuild,rspack,webpack,rollup}{.config,.config.*,.*}.{js,cjs,mjs,ts,mts}';
/** `outDir: '../server/public'`, `path: path.resolve(__dirname, '../server/public')`. */
const outside =
  /\b(?:outDir|outputDir|path)['"]?\s*:\s*(?:(?:path\.)?(?:resolve|join)\(\s*(?:__dirname|import\.meta\.dirname)\s*,\s*)?['"`](\.\.\/[\w./-]+)['"`]/;

const known = new WeakMap<Context, { path: string; output: string }[]>();

/** Components that are built into the folder of another: a front end whose bundler writes what the server hands out. */
function builtElsewhere(context: Context): { path: string; output: string }[] {
  const found =
    known.get(context) ??
    context.roots.flatMap(({ path }) => {
      const files = context.view.glob(path === '.' ? bundlers : `${path}/${bundlers}`);
      const written = files.map((file) => outside.exec(context.view.text(file))?.[1]).find(Boolean);
      const output = written === undefined ? null : joinPath(path, written);
      return output === null || output === '.' || isWithin(output, path) ? [] : [{ path, output }];
    });
  known.set(context, found);
  return found;
}

/** Those of them whose output the built stage takes from an earlier one, by itself or with the folder that it lies in. */
export function broughtAlong(context: Context, fact: DockerfileFact, target: string | null): string[] {
  const sources = ancestryOf(fact, target)
    .flatMap(({ copies }) => copies)
    .flatMap(({ from, sources: list }) =>
      from === null ? [] : list.map((source) => source.replace(/^\.?\/|\/$/g, '')),
    );
  return builtElsewhere(context)
    .filter(({ output }) => {
      const first = output.split('/')[0]!;
      return sources.some((source) => {
        const parts = source.split('/');
        const at = parts.lastIndexOf(first);
        return at !== -1 && isWithin(output, parts.slice(at).join('/'));
      });
    })
    .map(({ path }) => path);
}
