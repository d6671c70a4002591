import type { CodeFact, ExportFact, FunctionFact, Origin, ValueFact } from '../../model/facts/source.ts';
import { dirOf } from '../../model/paths.ts';
import type { Route } from '../../model/wiring.ts';
import { callsNamed } from '../calls.ts';
import { declaredFunctions } from '../declared.ts';
import { codeOf, defaultFunction, handlerOf, packageOf, type RouteContext, textOf } from './_finder.ts';

/** Functions that a platform calls for HTTP requests: Azure, Firebase, AWS Lambda, Vercel, Netlify, Cloudflare. */
export function functionRoutes(context: RouteContext): Route[] {
  return [...azureRoutes(context), ...azureBindings(context), ...firebaseRoutes(context), ...placedRoutes(context)];
}

/** `app.http('name', { methods, route, handler })`, `app.get('name', handler)`. */
function azureRoutes(context: RouteContext): Route[] {
  return context.files.flatMap((file) => {
    const code = codeOf(context, file);
    return (code ? callsNamed(code, azureVerbs) : [])
      .filter((call) => call.callee.includes('.') && isAzureApp(call.origin))
      .flatMap((call): Route[] => {
        const options = call.args[1];
        const props = options?.kind === 'object' ? options.props : {};
        const verb = call.callee.split('.').at(-1)!;
        const listed =
          props.methods?.kind === 'array'
            ? props.methods.items.map((item) => textOf(item))
            : [verb === 'http' ? 'ALL' : verb];
        const path = textOf(props.route) ?? textOf(call.args[0]) ?? '*';
        const handler = handlerOf(context, file, props.handler ?? options);
        return listed.map((method) => ({
          file,
          line: call.line,
          method: (method ?? 'ALL').toUpperCase(),
          path: `/${path}`,
          live: context.reach.liveness(file, call),
          framework: 'azure-functions',
          middleware: [],
          handler,
        }));
      });
  });
}

const azureVerbs = new Set(['http', 'get', 'post', 'put', 'patch', 'delete']);

function isAzureApp(origin: Origin | null): boolean {
  const from = packageOf(origin);
  return from?.package === '@azure/functions' && from.member.startsWith('app.');
}

/** The older model: a folder with function.json, whose `httpTrigger` names methods and route. */
function azureBindings(context: RouteContext): Route[] {
  if (!context.context.depends('@azure/functions', 'azure-functions-core-tools')) return [];
  return context.context.view.glob(context.context.inside('**/function.json')).flatMap((path): Route[] => {
    const text = context.context.view.text(path);
    if (!/httpTrigger/.test(text)) return [];
    const script = /"scriptFile"\s*:\s*"([^"]+)"/.exec(text)?.[1] ?? 'index.js';
    const file =
      context.context.resolver.sourceOf(`${dirOf(path)}/${script}`) ??
      context.context.resolver.sourceOf(context.context.inside(script.replace(/^(\.\.\/)+/, '')));
    if (!file) return [];
    const methods = /"methods"\s*:\s*\[([^\]]*)\]/.exec(text)?.[1]?.match(/\w+/g) ?? ['ALL'];
    const route = /"route"\s*:\s*"([^"]*)"/.exec(text)?.[1] ?? dirOf(path).split('/').at(-1)!;
    const fn = defaultFunction(codeOf(context, file));
    return methods.map((method) => ({
      file,
      line: fn?.line ?? 1,
      method: method.toUpperCase(),
      path: `/${route}`,
      live: context.reach.fileLiveness(file),
      framework: 'azure-functions',
      middleware: [],
      handler: fn ? { file, fn } : null,
    }));
  });
}

/** `onRequest(…)`, `https.onCall(…)`. */
function firebaseRoutes(context: RouteContext): Route[] {
  return context.files.flatMap((file) => {
    const code = codeOf(context, file);
    return (code ? callsNamed(code, firebaseVerbs) : [])
      .filter((call) => /^firebase-functions/.test(packageOf(call.origin)?.package ?? ''))
      .map(
        (call): Route => ({
          file,
          line: call.line,
          method: 'ALL',
          path: `/${call.assignedTo?.replace(/^exports\./, '') ?? '*'}`,
          live: context.reach.liveness(file, call),
          framework: 'firebase-functions',
          middleware: [],
          handler: handlerOf(context, file, call.args.at(-1)),
        }),
      );
  });
}

const firebaseVerbs = new Set(['onRequest', 'onCall']);

/** A worker whose one export answers everything. */
export const edgeWorker = 'cloudflare-worker';

/** Where a function lies is its address, without the folder of them all. */
const places = [
  { framework: 'vercel', folder: 'api/', reason: 'Vercel function' },
  { framework: 'netlify', folder: /^netlify\/(?:edge-)?functions\//, reason: 'Netlify function' },
  { framework: 'cloudflare', folder: 'functions/', reason: 'Cloudflare Pages function' },
  { framework: edgeWorker, folder: '', reason: 'wrangler runs it' },
  { framework: 'lambda', folder: '', reason: 'the function configuration names it' },
  { framework: 'lambda', folder: '', reason: 'an HTTP event calls it' },
];

/** `export default { async fetch(request, env) {…} }`. */
const fetchMethod = (code: CodeFact | null): FunctionFact | null => {
  const unit = code?.units.find(({ declares }) => declares.includes('*default*'));
  return code?.functions.find((fn) => fn.name === 'fetch' && fn.unit === unit?.index) ?? null;
};

/** The function under an exported name, also one that is handed to what wraps it: `export const main = handler(async () => …)`. */
function exportedFunction(code: CodeFact | null, { name, local }: ExportFact): FunctionFact | null {
  const byName = (wanted: string): FunctionFact | null => code?.functions.find((fn) => fn.name === wanted) ?? null;
  const own = byName(name) ?? (local === null ? null : byName(local));
  const unit = code?.units.find(({ declares }) => declares.includes(local ?? name));
  if (own || !code || !unit) return own;
  // What stands deeper, among options, is no handler.
  const handed = code.calls
    .filter((call) => call.unit === unit.index && call.within === -1)
    .flatMap(({ args }) => args.flatMap((arg) => (arg.kind === 'function' ? (code.functions[arg.index] ?? []) : [])));
  return handed[0] ?? unit.uses.map((use) => byName(use)).find((fn) => fn !== null) ?? null;
}

/** middy's: `handler.use([authenticate(), validate(schema)])` of the name, or in the chain that makes it. */
function usedAround(code: CodeFact, name: string): ValueFact[] {
  const unit = code.units.find(({ declares }) => declares.includes(name))?.index;
  return callsNamed(code, using)
    .filter(
      ({ callee, unit: at }) =>
        (callee.startsWith(`${name}.`) && /^\.(\w+\(\)\.)*use$/.test(callee.slice(name.length))) ||
        (at === unit && /\bmiddy\w*\(\)(\.\w+\(\))*\.use$/i.test(callee)),
    )
    .flatMap(({ args }) => args.flatMap((arg) => (arg.kind === 'array' ? arg.items : [arg])));
}

const using = new Set(['use']);

/** Files that are functions by their place or by a configuration: the exports that platforms call. */
function placedRoutes(context: RouteContext): Route[] {
  const root = context.root.path === '.' ? '' : `${context.root.path}/`;
  return context.context.own.flatMap((file): Route[] => {
    const entry = context.entries.find(
      (one) => one.file === file && one.phase === 'runtime' && places.some(({ reason }) => one.reason.endsWith(reason)),
    );
    const place = entry && places.find(({ reason }) => entry.reason.endsWith(reason));
    if (!place) return [];
    const path = `/${file
      .slice(root.length)
      .replace(place.folder, '')
      .replace(/\.\w+$/, '')}`;
    const code = codeOf(context, file);
    const declared = declaredFunctions(context.context.facts).filter(({ modules }) =>
      modules.some((module) => context.context.resolver.sourceOf(module) === file),
    );
    const named = (by: 'request' | 'event' | null): Set<string> =>
      new Set(declared.filter((fn) => fn.by === by).map(({ member }) => member));
    const asked = named('request');
    const events = named('event');
    return (context.modules.source(file)?.module.exports ?? [])
      .filter(
        ({ name }) =>
          asked.has(name) ||
          (!events.has(name) && /^(default|handler|GET|POST|PUT|PATCH|DELETE|onRequest\w*|fetch)$/.test(name)),
      )
      .flatMap((one): Route[] => {
        const requests = declared.filter(({ member }) => member === one.name).flatMap((fn) => fn.requests);
        const fn = one.name === 'default' ? (fetchMethod(code) ?? defaultFunction(code)) : exportedFunction(code, one);
        const shared = {
          file,
          line: one.line,
          live: context.reach.fileLiveness(file),
          framework: place.framework,
          middleware: code ? usedAround(code, one.local ?? one.name) : [],
          handler: fn ? { file, fn } : null,
        };
        if (requests.length > 0) return requests.map((request) => ({ ...shared, ...request }));
        return [{ ...shared, method: /^[A-Z]+$/.test(one.name) ? one.name : 'ALL', path }];
      });
  });
}
