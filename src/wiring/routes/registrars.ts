import type { CallFact, CodeFact, FunctionFact, ValueFact } from '../../model/facts/source.ts';
import type { Route } from '../../model/wiring.ts';
import { callsNamed, lastName } from '../calls.ts';
import { codeOf, handingOn, handlerOf, type RouteContext, textOf, verbs } from './_finder.ts';

/** A method of a class that puts a route on a router, at a path that its caller gives. */
interface Registrar {
  file: string;
  fn: FunctionFact;
  /** The call on the router, at the end of the way. */
  call: CallFact;
}

/**
 * Routes that classes register through methods of their own or of a class they extend: `get(path, handler) { this.router.get(path, …) }`
 * in the base, `this.get('/notes', this.list)` in those that stand on it. They take the place of what the methods themselves look like.
 */
export function withRegistrars(context: RouteContext, routes: Route[]): Route[] {
  const registrars = registrarsIn(context);
  if (registrars.size === 0) return routes;
  const inside = ({ file, line }: Route): boolean =>
    [...registrars.values()].some((one) => one.file === file && one.call.line === line);
  return [...routes.filter((route) => !inside(route)), ...callsOf(context, registrars)];
}

function registrarsIn(context: RouteContext): Map<string, Registrar> {
  const found = new Map<string, Registrar>();
  for (const file of context.files) {
    const code = codeOf(context, file);
    if (!code?.functions.some(({ owner }) => owner !== null)) continue;
    for (const call of callsNamed(code, handingOn)) {
      const fn = methodOf(code, call);
      if (fn && /^this\.\w+[.[]/.test(call.callee) && call.args.length > 1 && isGiven(fn, call.args[0]))
        found.set(fn.name, { file, fn, call });
    }
    // `get(path, handler) { this.route({ method: 'get', path, handler }); }`
    for (const call of callsNamed(code, new Set(found.keys()))) {
      const fn = methodOf(code, call);
      const inner = found.get(lastName(call.callee))!;
      if (fn && inner.file === file && isOwn(call) && !found.has(fn.name) && isGiven(fn, pathIn(call)))
        found.set(fn.name, { ...inner, fn });
    }
  }
  return found;
}

const isOwn = ({ callee, form }: CallFact): boolean => form === 'call' && /^(this|super)\.\w+$/.test(callee);

const methodOf = (code: CodeFact, call: CallFact): FunctionFact | null => {
  const fn = code.functions[call.within];
  return fn && fn.owner !== null && fn.name !== 'constructor' ? fn : null;
};

/** The path of a route: the first argument, or what an object of options says. */
function pathIn({ args: [first] }: CallFact): ValueFact | undefined {
  return first?.kind === 'object' ? (first.props.path ?? first.props.url) : first;
}

/** `path` or `options.path`, where the method takes it. */
const isGiven = (fn: FunctionFact, value: ValueFact | undefined): boolean =>
  value?.kind === 'ref' && fn.params.includes(value.path.split('.')[0]!);

function callsOf(context: RouteContext, registrars: ReadonlyMap<string, Registrar>): Route[] {
  const names = new Set(registrars.keys());
  return context.files.flatMap((file) => {
    const code = codeOf(context, file);
    if (!code) return [];
    return callsNamed(code, names).flatMap((call): Route[] => {
      const name = lastName(call.callee);
      const registrar = registrars.get(name)!;
      const [first] = call.args;
      const path = textOf(pathIn(call), code.constants);
      if (!isOwn(call) || path === null || !/^(\/|$|[:*])/.test(path)) return [];
      const options = first?.kind === 'object' ? first.props : null;
      const handler = options ? (options.handler ?? options.controller) : call.args.at(-1);
      const listed = options?.middleware ?? options?.middlewares;
      return [
        {
          file,
          line: call.line,
          method: (
            textOf(options?.method) ??
            [name, lastName(registrar.call.callee)].find((one) => verbs.includes(one)) ??
            'all'
          ).toUpperCase(),
          path,
          live: context.reach.liveness(file, call),
          framework: 'router',
          middleware: options
            ? [first!, ...(listed?.kind === 'array' ? listed.items : listed ? [listed] : [])]
            : call.args.slice(1, -1),
          listed: registrar.call.args.slice(1, -1).map((value) => ({ file: registrar.file, value })),
          handler: handlerOf(context, file, handler),
        },
      ];
    });
  });
}
