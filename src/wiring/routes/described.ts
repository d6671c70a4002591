import type { CallFact, CodeFact, FunctionFact, ValueFact } from '../../model/facts/source.ts';
import type { Route } from '../../model/wiring.ts';
import { callsNamed, lastName } from '../calls.ts';
import { codeOf, handingOn, handlerOf, heldAt, type RouteContext, textOf, verbs } from './_finder.ts';

/** A function that puts the route on a router which one of its parameters describes. */
interface Maker {
  file: string;
  fn: FunctionFact;
  /** Where the description stands among the parameters. */
  at: number;
  calls: CallFact[];
}

/**
 * Routes made of objects: `createRoute(server, health)` with `health = { path, method, handler }` and, in `createRoute`,
 * `server.get(route.path, route.handler)`; `routes.forEach((route) => app[route.method](route.path, route.handler))`. They take the place
 * of what the function itself looks like.
 */
export function withDescribed(context: RouteContext, routes: Route[]): Route[] {
  const made = context.files.flatMap((file) =>
    makersIn(context, file).map((maker) => ({ maker, routes: routesBy(context, maker) })),
  );
  const known = made.filter((one) => one.routes.length > 0);
  if (known.length === 0) return routes;
  const isInside = ({ file, line }: Route): boolean =>
    known.some(({ maker }) => maker.file === file && maker.calls.some((call) => call.line === line));
  return [...routes.filter((route) => !isInside(route)), ...known.flatMap((one) => one.routes)];
}

function makersIn(context: RouteContext, file: string): Maker[] {
  const code = codeOf(context, file);
  const found = new Map<FunctionFact, Maker>();
  for (const call of code ? callsNamed(code, handingOn) : []) {
    const [first] = call.args;
    if (call.form !== 'call' || call.args.length < 2 || first?.kind !== 'ref') continue;
    const [name, key] = first.path.split('.');
    const fn = /^(path|url|route|endpoint)$/.test(key ?? '') ? taking(code!, call, name!) : null;
    if (!fn) continue;
    const maker = found.get(fn) ?? { file, fn, at: fn.params.indexOf(name!), calls: [] };
    maker.calls.push(call);
    found.set(fn, maker);
  }
  return [...found.values()];
}

/** The function round a call that takes a parameter of that name. */
function taking(code: CodeFact, call: CallFact, name: string): FunctionFact | null {
  for (let fn = code.functions[call.within]; fn; fn = code.functions[fn.within])
    if (fn.params.includes(name)) return fn;
  return null;
}

/** An object that describes a route, in the file that it is written in, and the call that hands it over. */
interface Description {
  file: string;
  value: ValueFact;
  by: { file: string; call: CallFact };
}

function routesBy(context: RouteContext, maker: Maker): Route[] {
  const descriptions = maker.fn.name === '' ? listed(context, maker) : handed(context, maker);
  return descriptions.flatMap((one) => routeOf(context, maker, one));
}

/** `createRoute(server, health)`: what its callers hand over. */
function handed(context: RouteContext, { fn, at }: Maker): Description[] {
  const names = new Set([fn.name]);
  return context.files.flatMap((file) => {
    const code = codeOf(context, file);
    return (code ? callsNamed(code, names) : []).flatMap((call): Description[] => {
      const held = call.form === 'call' ? heldAt(context, file, call.args[at]) : null;
      const meant = held && handlerOf(context, file, { kind: 'ref', path: call.callee, origin: call.origin });
      return held && meant?.fn === fn ? [{ ...held, by: { file, call } }] : [];
    });
  });
}

/** `routes.forEach((route) => …)`: what the list holds. */
function listed(context: RouteContext, { file, fn }: Maker): Description[] {
  const code = codeOf(context, file)!;
  const index = code.functions.indexOf(fn);
  const call = callsNamed(code, new Set(['forEach', 'map'])).find(
    ({ args: [first] }) => first?.kind === 'function' && first.index === index,
  );
  const list = call && { kind: 'ref' as const, path: call.callee.replace(/\.\w+$/, ''), origin: call.origin };
  const held = heldAt(context, file, list);
  if (held?.value.kind !== 'array') return [];
  return held.value.items.flatMap((item) => {
    const value = heldAt(context, held.file, item);
    return value ? [{ ...value, by: { file, call: call! } }] : [];
  });
}

function routeOf(
  context: RouteContext,
  { file, fn, at, calls }: Maker,
  { file: home, value, by }: Description,
): Route[] {
  if (value.kind !== 'object') return [];
  const constants = codeOf(context, home)?.constants;
  const given = (one: ValueFact | undefined): ValueFact | undefined => {
    const [root, key] = one?.kind === 'ref' ? one.path.split('.') : [];
    return root === fn.params[at] && key !== undefined ? value.props[key] : undefined;
  };
  const written = textOf(value.props.method, constants)?.toLowerCase();
  const call = calls.find(({ callee }) => lastName(callee) === written) ?? calls[0]!;
  const path = textOf(given(call.args[0]), constants);
  if (path === null) return [];
  const verb = verbs.find((one) => one === (written ?? lastName(call.callee))) ?? 'all';
  const last = call.args.at(-1);
  const answer = given(last) ?? value.props.handler ?? value.props.controller;
  const before = call.args.slice(1, -1);
  return [
    {
      file: by.file,
      line: by.call.line,
      method: verb.toUpperCase(),
      path,
      live: context.reach.liveness(by.file, by.call),
      framework: 'router',
      middleware: [],
      listed: before.map((one) => {
        const own = given(one);
        return own ? { file: home, value: own } : { file, value: one };
      }),
      handler: handlerOf(context, home, answer) ?? handlerOf(context, file, last),
    },
  ];
}
