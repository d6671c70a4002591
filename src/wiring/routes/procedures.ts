import type { CallFact, CodeFact, Origin, ValueFact } from '../../model/facts/source.ts';
import { memo } from '../../model/memo.ts';
import { asValue, rootOf } from '../../model/origin.ts';
import { isWithin } from '../../model/paths.ts';
import type { Route } from '../../model/wiring.ts';
import { callsNamed, lastName } from '../calls.ts';
import { codeOf, handlerOf, packageOf, type RouteContext, textOf } from './_finder.ts';

const answering = new Set([
  'query',
  'mutation',
  'subscription',
  'handler',
  'createServer',
  'serve',
  'on',
  'defineAction',
]);

/** tRPC and oRPC procedures, GraphQL resolver maps, sockets, plain `http` servers. */
export function procedureRoutes(context: RouteContext): Route[] {
  const found: Route[] = [];
  const served = servesProcedures(context);
  for (const file of context.files) {
    const code = codeOf(context, file);
    if (!code) continue;
    for (const call of callsNamed(code, answering)) {
      const last = lastName(call.callee);
      const live = context.reach.liveness(file, call);
      const base = { file, line: call.line, live, middleware: [] };
      const resolver = served && isProcedure(context, file, call) ? handlerOf(context, file, call.args[0]) : null;
      if (resolver) {
        const chain = code.calls.filter((other) => other.start === call.start);
        const inputs = chain.filter(({ callee }) => /\.(input|validator)$/.test(callee)).map(asValue);
        const stated = chain.find(({ callee }) => callee.endsWith('.route'))?.args[0];
        const address = stated?.kind === 'object' ? stated.props : {};
        found.push({
          ...base,
          method:
            textOf(address.method) ??
            (last !== 'handler' ? last : inputs.length > 0 ? 'mutation' : 'query').toUpperCase(),
          path: textOf(address.path) ?? keysOf(code).get(call.start) ?? call.assignedTo ?? last,
          framework: last === 'handler' ? 'orpc' : 'trpc',
          handler: resolver,
          // The procedure it builds on (`protectedProcedure`) carries its checks; `.input(schema)` is one of them.
          middleware: [
            { kind: 'ref', path: call.callee.split('.')[0]!, origin: declaredAt(call.origin) },
            ...chain.filter(({ callee }) => callee.endsWith('.use')).flatMap(({ args }) => args),
            ...inputs,
          ],
        });
      }
      const from = packageOf(call.origin);
      if (call.callee === 'defineAction' && from?.package === 'astro:actions')
        found.push(astroAction(context, file, call, live, keysOf(code)));
      const listener =
        last === 'createServer' && /^(node:)?http(s|2)?$/.test(from?.package ?? '')
          ? call.args.find((argument) => argument.kind === 'function')
          : undefined;
      if (listener) {
        const handler = handlerOf(context, file, listener);
        const paths = handler
          ? pathsAsked(context.context.view.read(file)?.slice(handler.fn.start, handler.fn.end))
          : [];
        for (const path of paths.length > 0 ? paths : ['*'])
          found.push({ ...base, method: 'ALL', path, framework: 'http', handler });
      }
      if (call.callee === 'Bun.serve' || call.callee === 'Deno.serve')
        found.push({ ...base, method: 'ALL', path: '*', framework: 'http', handler: null });
      if (last === 'on' && from && /^(socket\.io|ws)$/.test(from.package))
        found.push({
          ...base,
          method: 'EVENT',
          path: textOf(call.args[0]) ?? '*',
          framework: from.package,
          handler: handlerOf(context, file, call.args.at(-1)),
        });
    }
    found.push(...resolverMaps(context, file));
  }
  return found;
}

/** `defineAction({ input: schema, handler })`: posted by the page, and checked by its schema before the handler runs. */
function astroAction(
  context: RouteContext,
  file: string,
  { args: [options], start, line }: CallFact,
  live: Route['live'],
  names: ReadonlyMap<number, string>,
): Route {
  const props = options?.kind === 'object' ? options.props : {};
  return {
    file,
    line,
    method: props.input ? 'POST' : 'GET',
    path: `action ${names.get(start) ?? ''}`.trim(),
    live,
    framework: 'astro',
    middleware: props.input ? [props.input] : [],
    handler: handlerOf(context, file, props.handler),
  };
}

/** The keys under which calls stand in objects, `router({ add: procedure.mutation(…) })` or kept under a name, by where those start. */
const keysOf = (code: CodeFact): ReadonlyMap<number, string> =>
  memo(
    keys,
    code,
    () => new Map([...Object.values(code.objects), ...code.calls.flatMap(({ args }) => args)].flatMap(keyedIn)),
  );
const keyedIn = (value: ValueFact): [start: number, key: string][] =>
  value.kind === 'object'
    ? Object.entries(value.props).flatMap(([key, inner]): [number, string][] =>
        inner.kind === 'call' ? [[inner.start, key]] : keyedIn(inner),
      )
    : [];
const keys = new WeakMap<CodeFact, ReadonlyMap<number, string>>();

/** The paths that a bare handler asks for, where it answers 404 to the rest. */
function pathsAsked(text = ''): string[] {
  if (!/\b404\b/.test(text)) return [];
  const asked = text.matchAll(/(?:\b(?:url|pathname|path)\s*===?\s*|\bcase\s+)['"`](\/[\w./-]*)['"`]/g);
  return [...new Set([...asked].map((match) => match[1]!))];
}

/** The end of a chain that makes a procedure: tRPC's by what it builds on, oRPC's `os.input(…).handler(…)` by the package too. */
const isProcedure = ({ modules }: RouteContext, file: string, { callee }: CallFact): boolean =>
  /procedure.*\.(query|mutation|subscription|handler)$/i.test(callee) ||
  (/^\w+(\.\w+(\(\))?)*\.handler$/.test(callee) &&
    (modules.source(file)?.module.imports.some(({ specifier }) => /^@orpc\/(server|contract)/.test(specifier)) ??
      false));

const adapter =
  /^@trpc\/(?:server\/adapters\/|next$)|^@orpc\/server\/|trpc-(?:server|openapi|playground|panel)\b|^@elysiajs\/trpc$|(?:fastify|nest(?:js)?|nuxt)-trpc/;

/** A program that calls the procedures in its own process answers no request by them, unless something hands requests on to them too. */
function servesProcedures({ root, files, modules }: RouteContext): boolean {
  const inProcess = files.some(
    (file) =>
      isWithin(file, root.path) &&
      modules.source(file)?.code?.calls.some(({ callee }) => /(^|\.)createCaller(Factory)?$/.test(callee)),
  );
  return (
    !inProcess ||
    files.some((file) => modules.source(file)?.module.imports.some(({ specifier }) => adapter.test(specifier)))
  );
}

const declaredAt = (origin: Origin | null): Origin | null => {
  const root = rootOf(origin);
  return root?.from === 'module' ? { ...root, member: '' } : root;
};

/** An object written there, or one that the name stands for: `{ Query: queries }`, `import * as Query from './queries'`. */
function objectAt(
  context: RouteContext,
  file: string,
  value: ValueFact | undefined,
): { file: string; props: Record<string, ValueFact> } | null {
  if (value?.kind === 'object') return { file, props: value.props };
  if (value?.kind !== 'ref' || value.path.includes('.')) return null;
  const origin = rootOf(value.origin);
  const target = origin?.from === 'module' ? context.modules.resolve(file, origin.specifier) : null;
  const places =
    origin?.from === 'module'
      ? target === null
        ? []
        : context.modules.declarations(target, origin.name).found
      : [{ file, local: value.path }];
  for (const place of places) {
    const held = codeOf(context, place.file)?.objects[place.local ?? '*default*'];
    if (held?.kind === 'object') return { file: place.file, props: held.props };
  }
  return null;
}

/** `{ Query: { … }, Mutation: { … } }` under whatever name, handed back by a function, or written where the schema is made. */
function resolverMaps(context: RouteContext, file: string): Route[] {
  const code = codeOf(context, file);
  if (!code) return [];
  const kept = Object.entries(code.objects).map(([name, value]) => {
    const unit = code.units.find((one) => one.declares.includes(name.replace('()', '')));
    return { value, line: unit?.line ?? 1, live: context.reach.unitLiveness(file, unit?.index ?? -1) };
  });
  const handed = callsNamed(code, schemaMakers).flatMap((call) =>
    call.args.flatMap((argument) => {
      const given = argument.kind === 'object' ? argument.props.resolvers : undefined;
      const values = given?.kind === 'array' ? given.items : given ? [given] : [];
      return values.map((value) => ({ value, line: call.line, live: context.reach.liveness(file, call) }));
    }),
  );
  return [...kept, ...handed].flatMap((map) => resolversIn(context, file, map));
}

const schemaMakers = new Set(['createSchema', 'makeExecutableSchema', 'ApolloServer', 'GraphQLServer', 'createYoga']);

function resolversIn(
  context: RouteContext,
  file: string,
  { value, line, live }: { value: ValueFact; line: number; live: Route['live'] },
): Route[] {
  if (value.kind !== 'object') return [];
  return ['Query', 'Mutation', 'Subscription'].flatMap((type) => {
    const map = objectAt(context, file, value.props[type]);
    return Object.entries(map?.props ?? {}).map(([field, handler]): Route => {
      // `combineResolvers(isSignedIn, handler)`: what stands before the last stands before the handler.
      const around = handler.kind === 'call' && handler.args.length > 1 ? handler.args.slice(0, -1) : [];
      const target = handlerOf(context, map!.file, handler);
      const at = target ?? { file, fn: null };
      return {
        file: at.file,
        line: at.fn?.line ?? line,
        method: type.toUpperCase(),
        path: field,
        live,
        framework: 'graphql',
        middleware: around,
        handler: target,
      };
    });
  });
}
