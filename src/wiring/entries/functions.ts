import { baseOf, joinPath } from '../../model/paths.ts';
import type { Entry } from '../../model/wiring.ts';
import { wranglerFiles } from '../../model/wrangler.ts';
import { azureBindings } from '../azure-bindings.ts';
import { declaredFunctions } from '../declared.ts';
import { conventional, type EntryContext, type EntryProvider, entry, ownAmong } from './_provider.ts';

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
      // What begins with an underscore or a dot is left for the functions to import.
      made.push(...conventional(context.match(`api/**/*.${code}`).filter(isShown), 'Vercel function'));
    made.push(...conventional(context.match(`netlify/{functions,edge-functions}/**/*.${code}`), 'Netlify function'));
    made.push(...conventional(context.match(`supabase/functions/*/index.ts`), 'Supabase function'));
    const workers = wranglerFiles(context.view, context.root.path);
    if (workers.length > 0) {
      made.push(...conventional(context.match(`functions/**/*.${code}`), 'Cloudflare Pages function'));
      made.push(...handlersIn(context, workers, /\bmain"?\s*[=:]\s*["']([^"']+)["']/g, 'wrangler runs it'));
    }
    // In a workspace one configuration at the top names the functions of every package.
    const configs = context.view.glob(configurations.flatMap((glob) => [...new Set([context.inside(glob), glob])]));
    const declared = declaredHandlers(context);
    const known = new Set(declared.map(({ file }) => file));
    const written = handlersIn(context, configs, /handler['"]?\s*:\s*['"]?([\w./@-]+?)\.\w+['"]?\s*[,\n\r})]/g, named);
    made.push(...declared, ...written.filter(({ file }) => !known.has(file)));
    if (context.depends('@azure/functions')) {
      made.push(
        ...conventional(context.match(`src/functions/**/*.${code}`, `src/{index,app}.${code}`), 'Azure function'),
      );
      for (const { path, file } of azureBindings(context))
        made.push(entry(file, 'runtime', `${path} binds it`, { file: path, line: 1 }, 'all'));
    }
    if (context.depends('firebase-functions'))
      made.push(...conventional(context.match(`src/index.${code}`, `index.${code}`), 'Firebase functions'));
    return made;
  },
};
export default functions;

const isShown = (path: string): boolean => !/\/[_.]/.test(path);

const anEvent = 'an event calls it';
/** The last construct that is begun before the handler is named: a schedule, a queue or a bus calls it, and no request. */
const isForEvents = (text: string, at: number): boolean =>
  /(?:new\s+[\w.]*(?:Cron\w*|Queue|Topic|Bus|KinesisStream)|\.subscribe\w*)\s*\((?:(?!\bnew\s|\.subscribe)[\s\S]){0,600}$/.test(
    text.slice(Math.max(0, at - 700), at),
  );
const httpEvent = 'an HTTP event calls it';

/** What configurations and programs of infrastructure name one by one. What calls a function is said there, or by what it takes. */
function declaredHandlers(context: EntryContext): Entry[] {
  return declaredFunctions(context.facts).flatMap((fn) => {
    const file = ownAmong(context, fn.modules);
    if (file === null) return [];
    const takesEvents = eventTypes.test(context.view.text(file));
    const calls = fn.by === 'request' && !(fn.requests.length === 0 && takesEvents) ? httpEvent : anEvent;
    const reason = `${baseOf(fn.file)}: ${fn.by === null && !takesEvents ? named : calls}`;
    return [entry(file, 'runtime', reason, { file: fn.file, line: fn.line }, 'all')];
  });
}
const named = 'the function configuration names it';
/** Types of what queues, buckets, streams and schedules hand over. */
const eventTypes =
  /\b(?:SQS|SNS|S3|DynamoDBStream|Kinesis\w*|Scheduled|EventBridge|CloudWatch\w*|Cognito\w*|PreSignUp\w*|PostConfirmation\w*|CloudFormationCustomResource|SecretsManager\w*|SES)(?:Event|Handler|TriggerEvent|TriggerHandler)\b/;

function handlersIn(context: EntryContext, configs: readonly string[], pattern: RegExp, reason: string): Entry[] {
  const made: Entry[] = [];
  for (const path of configs) {
    const text = context.view.text(path);
    for (const match of text.matchAll(pattern)) {
      // Written from the component's folder, or from the top of the workspace.
      const file = ownAmong(context, [joinPath(context.root.path, match[1]!), joinPath(match[1]!)]);
      const line = text.slice(0, match.index).split('\n').length;
      if (file)
        made.push(
          entry(
            file,
            'runtime',
            `${baseOf(path)}: ${isForEvents(text, match.index) ? anEvent : reason}`,
            { file: path, line },
            'all',
          ),
        );
    }
  }
  return made;
}
