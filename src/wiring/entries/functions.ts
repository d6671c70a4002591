import { baseOf, dirOf, isWithin, joinPath } from '../../model/paths.ts';
import type { Entry } from '../../model/wiring.ts';
import { conventional, type EntryContext, type EntryProvider, entry } from './_provider.ts';

const code = '{js,jsx,ts,tsx,mjs,mts,cjs}';

const configurations = [
  'serverless*.{yml,yaml,ts,js}',
  'sst.config.{ts,js}',
  'template.{yml,yaml}',
  '{infra,stacks,infrastructure,sst}/**/*.ts',
];

/** Functions and edge workers: what serverless platforms call by configuration or by place. */
const functions: EntryProvider = {
  name: 'functions',
  entries(context) {
    const made: Entry[] = [];
    const has = (path: string): boolean => context.view.has(context.inside(path));
    if (has('vercel.json') && !context.depends('next'))
      made.push(...conventional(context.match(`api/**/*.${code}`), 'Vercel function'));
    made.push(...conventional(context.match(`netlify/{functions,edge-functions}/**/*.${code}`), 'Netlify function'));
    made.push(...conventional(context.match(`supabase/functions/*/index.ts`), 'Supabase function'));
    if (context.view.glob(context.inside('wrangler.{toml,json,jsonc}')).length > 0) {
      made.push(...conventional(context.match(`functions/**/*.${code}`), 'Cloudflare Pages function'));
      made.push(
        ...handlersIn(
          context,
          context.view.glob(context.inside('wrangler.{toml,json,jsonc}')),
          /"?main"?\s*[=:]\s*"([^"]+)"/g,
          'wrangler runs it',
        ),
      );
    }
    // In a workspace one configuration at the top names the functions of every package.
    const configs = context.view.glob(configurations.flatMap((glob) => [...new Set([context.inside(glob), glob])]));
    made.push(
      ...handlersIn(
        context,
        configs,
        /handler['"]?\s*:\s*['"]?([\w./@-]+?)\.\w+['"]?\s*[,\n\r})]/g,
        'the function configuration names it',
      ),
    );
    made.push(...samHandlers(context));
    if (context.depends('@azure/functions')) {
      made.push(
        ...conventional(context.match(`src/functions/**/*.${code}`, `src/{index,app}.${code}`), 'Azure function'),
      );
      for (const path of context.view.glob(context.inside('**/function.json'))) {
        const script = /"scriptFile"\s*:\s*"([^"]+)"/.exec(context.view.read(path) ?? '')?.[1] ?? 'index.js';
        const target =
          context.resolver.sourceOf(`${dirOf(path)}/${script}`) ??
          context.resolver.sourceOf(context.inside(script.replace(/^(\.\.\/)+/, '')));
        if (target && context.own.includes(target))
          made.push(entry(target, 'runtime', `${path} binds it`, { file: path, line: 1 }, 'all'));
      }
    }
    if (context.depends('firebase-functions'))
      made.push(...conventional(context.match(`src/index.${code}`, `index.${code}`), 'Firebase functions'));
    return made.filter((one) => isWithin(one.file, context.root.path));
  },
};
export default functions;

/** AWS SAM: the folder and the handler of each function, and whether requests call it. */
function samHandlers(context: EntryContext): Entry[] {
  const templates = context.facts.platforms.filter(({ platform }) => platform === 'aws-sam');
  return templates.flatMap(({ path, services }) =>
    services.flatMap(({ dir, command, host, line }) => {
      const written = dir !== null && command ? joinPath(dir, command.replace(/\.\w+$/, '')) : null;
      const file = written && context.resolver.sourceOf(written);
      if (!file || !context.own.includes(file)) return [];
      const reason = `${baseOf(path)}: ${host === 'api' ? httpEvent : 'an event calls it'}`;
      return [entry(file, 'runtime', reason, { file: path, line }, 'all')];
    }),
  );
}
const httpEvent = 'an HTTP event calls it';

function handlersIn(context: EntryContext, configs: readonly string[], pattern: RegExp, reason: string): Entry[] {
  const made: Entry[] = [];
  for (const path of configs) {
    const text = context.view.read(path) ?? '';
    for (const match of text.matchAll(pattern)) {
      const file =
        context.resolver.sourceOf(context.inside(match[1]!.replace(/^\.\//, ''))) ??
        context.resolver.sourceOf(match[1]!.replace(/^\.\//, ''));
      const line = text.slice(0, match.index).split('\n').length;
      if (file && context.own.includes(file))
        made.push(entry(file, 'runtime', `${baseOf(path)}: ${reason}`, { file: path, line }, 'all'));
    }
  }
  return made;
}
