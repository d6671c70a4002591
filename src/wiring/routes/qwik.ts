import type { CallFact } from '../../model/facts/source.ts';
import type { Route } from '../../model/wiring.ts';
import { callsNamed } from '../calls.ts';
import { codeOf, handlerOf, packageOf, type RouteContext } from './_finder.ts';

const packages = ['@builder.io/qwik-city', '@qwik.dev/router'];
/** What a page has the server load and do; the browser sends an action a form, and a server function its arguments. */
const asked: Record<string, string> = {
  routeLoader$: 'GET',
  routeAction$: 'POST',
  globalAction$: 'POST',
  server$: 'POST',
};
const askedNames = new Set(Object.keys(asked));
/** Exports of a page or layout that stand before it, or answer in its place. */
const exported = /^on(Request|Get|Post|Put|Patch|Delete)$/;

/** Qwik City: loaders, actions and server functions wherever they are written, and the request handlers that route files export. */
export function qwikRoutes(context: RouteContext): Route[] {
  if (!context.context.depends(...packages)) return [];
  return context.files.flatMap((file) => [...functionsOf(context, file), ...handlersOf(context, file)]);
}

function functionsOf(context: RouteContext, file: string): Route[] {
  const code = codeOf(context, file);
  return (code ? callsNamed(code, askedNames) : []).flatMap((call): Route[] => {
    const from = packageOf(call.origin);
    if (!from || !packages.includes(from.package)) return [];
    return [
      {
        file,
        line: call.line,
        method: asked[from.member] ?? 'POST',
        path: `function ${call.assignedTo ?? ''}`.trim(),
        live: context.reach.unitLiveness(file, call.unit),
        framework: 'qwik',
        middleware: checksOf(call),
        handler: handlerOf(context, file, call.args[0]),
      },
    ];
  });
}

/** `routeAction$(handler, zod$({ … }))`, or the same among options. */
const checksOf = ({ args }: CallFact): Route['middleware'] =>
  args.slice(1).flatMap((arg) => (arg.kind === 'object' ? Object.values(arg.props) : [arg]));

function handlersOf(context: RouteContext, file: string): Route[] {
  const place = /^src\/routes\/(.*?)\/?[^/]+\.[jt]sx?$/.exec(context.context.placeOf(file) ?? '');
  const code = codeOf(context, file);
  if (!place || !code) return [];
  return (context.modules.source(file)?.module.exports ?? [])
    .filter(({ name }) => exported.test(name))
    .map(({ name, local, line }): Route => {
      const fn = code.functions.find((one) => one.name === (local ?? name)) ?? null;
      const verb = name.slice(2).toUpperCase();
      return {
        file,
        line,
        method: verb === 'REQUEST' ? 'ALL' : verb,
        path: `/${place[1]!}`,
        live: context.reach.fileLiveness(file),
        framework: 'qwik',
        middleware: [],
        handler: fn ? { file, fn } : null,
      };
    });
}
