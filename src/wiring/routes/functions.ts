import type { CodeFact, ExportFact, FunctionFact, Origin, ValueFact } from '../../model/facts/source.ts';
import { relativeTo } from '../../model/paths.ts';
import type { Route } from '../../model/wiring.ts';
import { azureBindings } from '../azure-bindings.ts';
import { callsNamed, lastName } from '../calls.ts';
import { declaredFunctions } from '../declared.ts';
import { codeOf, defaultFunction, handlerOf, packageOf, type RouteContext, textOf } from './_finder.ts';

/** Functions that a platform calls for HTTP requests: Azure, Firebase, AWS Lambda, Vercel, Netlify, Cloudflare. */
export function functionRoutes(context: RouteContext): Route[] {
  return [...azureRoutes(context), ...boundRoutes(context), ...firebaseRoutes(context), ...placedRoutes(context)];
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
        const verb = lastName(call.callee);
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
function boundRoutes(context: RouteContext): Route[] {
  if (!context.context.depends('@azure/functions', 'azure-functions-core-tools')) return [];
  return azureBindings(context.context).flatMap(({ file, http }): Route[] => {
    const fn = defaultFunction(codeOf(context, file));
    return (http?.methods ?? []).map((method) => ({
      file,
      line: fn?.line ?? 1,
      method: method.toUpperCase(),
      path: `/${http!.route}`,
      live: context.reach.fileLiveness(file),
      framework: 'azure-functions',
      middleware: [],
      handler: fn && { file, fn },
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
          path: `/${call.assignedTo?.replace(/^(module\.)?exports\./, '') ?? '*'}`,
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
const places: readonly { framework: string; reason: string; folders?: readonly string[] }[] = [
  { framework: 'vercel', reason: 'Vercel function', folders: ['api/'] },
  { framework: 'netlify', reason: 'Netlify function', folders: ['netlify/functions/', 'netlify/edge-functions/'] },
  { framework: 'cloudflare', reason: 'Cloudflare Pages function', folders: ['functions/'] },
  { framework: edgeWorker, reason: 'wrangler runs it' },
  { framework: 'lambda', reason: 'the function configuration names it' },
  { framework: 'lambda', reason: 'an HTTP event calls it' },
];

/** Exports that platforms call, where no configuration names one. */
const platformNames =
  /^(?:default|handler|fetch|(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)|onRequest(?:[A-Z][a-z]+)?)$/;
const methodIn = (name: string): string => /^[A-Z]+$/.exec(name)?.[0] ?? /^onRequest(.+)/.exec(name)?.[1] ?? 'ALL';

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
  return context.context.own.flatMap((file): Route[] => {
    const place = places.find(({ reason }) =>
      context.entries.some((one) => one.file === file && one.phase === 'runtime' && one.reason.endsWith(reason)),
    );
    if (!place) return [];
    const local = relativeTo(file, context.root.path);
    const folder = place.folders?.find((one) => local.startsWith(one)) ?? '';
    const path = `/${local.slice(folder.length).replace(/\.\w+$/, '')}`;
    const code = codeOf(context, file);
    const declared = declaredFunctions(context.context.facts).filter(({ modules }) =>
      modules.some((module) => context.context.resolver.sourceOf(module) === file),
    );
    return context.modules.source(file)!.module.exports.flatMap((one): Route[] => {
      const named = declared.filter(({ member }) => member === one.name);
      const mayBe = declared.length === 0 || named.some(({ by }) => by === null);
      if (!(mayBe && platformNames.test(one.name)) && !named.some(({ by }) => by === 'request')) return [];
      const fn = one.name === 'default' ? (fetchMethod(code) ?? defaultFunction(code)) : exportedFunction(code, one);
      const shared = {
        file,
        line: one.line,
        live: context.reach.fileLiveness(file),
        framework: place.framework,
        middleware: code ? usedAround(code, one.local ?? one.name) : [],
        handler: fn && { file, fn },
      };
      const requests = named.flatMap((fn) => fn.requests);
      return requests.length > 0
        ? requests.map((request) => ({ ...shared, ...request }))
        : [{ ...shared, method: methodIn(one.name).toUpperCase(), path }];
    });
  });
}
