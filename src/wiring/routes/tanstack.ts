import type { CallFact } from '../../model/facts/source.ts';
import { asValue } from '../../model/origin.ts';
import type { Route } from '../../model/wiring.ts';
import { codeOf, handlerOf, packageOf, type RouteContext, textOf } from './_finder.ts';

const verbs = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ANY|ALL)$/;
/** What runs on the server before a page is shown. */
const guardsAndLoads = ['beforeLoad', 'loader'];

/**
 * TanStack Start: pages that ask or load before they show, handlers of server routes, and server functions. Each server function is an
 * address of its own that anyone may call, whatever page it was written for.
 */
export function tanstackRoutes(context: RouteContext): Route[] {
  if (!context.context.depends('@tanstack/react-start', '@tanstack/solid-start', '@tanstack/start')) return [];
  return context.files.flatMap((file) =>
    (codeOf(context, file)?.calls ?? []).flatMap((call) => {
      const from = packageOf(call.origin);
      if (!from || !/^@tanstack\/.*(router|start)/.test(from.package)) return [];
      if (/createServerFn\b.*\.handler$/.test(call.callee)) return [serverFunction(context, file, call)];
      const isRoute = /create(?:Root|File|ServerFile|APIFile|Lazy\w*)Route\w*/.test(from.member);
      return isRoute && call.args.some((arg) => arg.kind === 'object') ? fileRoute(context, file, call) : [];
    }),
  );
}

const base = (context: RouteContext, file: string, call: CallFact) => ({
  file,
  line: call.line,
  live: context.reach.unitLiveness(file, call.unit),
  framework: 'tanstack',
});

function serverFunction(context: RouteContext, file: string, call: CallFact): Route {
  const chain = codeOf(context, file)!.calls.filter((other) => other.start === call.start && other.end < call.end);
  const method = chain
    .map(({ args }) => (args[0]?.kind === 'object' ? textOf(args[0].props.method) : null))
    .find((text) => text !== null);
  return {
    ...base(context, file, call),
    method: method ?? 'GET',
    path: `function ${call.assignedTo ?? ''}`.trim(),
    middleware: chain.filter(({ callee }) => /\.(middleware|validator|inputValidator)$/.test(callee)).map(asValue),
    handler: handlerOf(context, file, call.args[0]),
  };
}

function fileRoute(context: RouteContext, file: string, call: CallFact): Route[] {
  const options = call.args.find((arg) => arg.kind === 'object')!.props;
  const path = pathOf(context, file, call);
  const server = options.server?.kind === 'object' ? options.server.props : {};
  const handlers = server.handlers?.kind === 'object' ? server.handlers.props : {};
  const middleware = server.middleware?.kind === 'array' ? server.middleware.items : [];
  const asked = guardsAndLoads.filter((name) => name in options).map((name) => ['GET', options[name]!] as const);
  const answered = Object.entries(handlers).filter(([verb]) => verbs.test(verb));
  return [...asked, ...answered].map(([method, value]) => ({
    ...base(context, file, call),
    method: method === 'ANY' ? 'ALL' : method,
    path,
    middleware,
    handler: handlerOf(context, file, value),
  }));
}

/** The address is written in the call that the options are given to, and is the file's place where it is not. */
function pathOf(context: RouteContext, file: string, call: CallFact): string {
  const opened = codeOf(context, file)!.calls.find((other) => other.start === call.start && other.end < call.end);
  return (
    textOf(opened?.args[0]) ?? `/${file.replace(/^.*?\broutes\//, '').replace(/(\/?index|\/route)?\.[jt]sx?$/, '')}`
  );
}
