import type { CallFact, CodeFact, ValueFact } from '../../model/facts/source.ts';
import type { Route } from '../../model/wiring.ts';
import { callsNamed } from '../calls.ts';
import { codeOf, keptText, type RouteContext, textOf } from './_finder.ts';

/** What requests call of a service. */
const methods = [
  ['GET', ''],
  ['GET', '/:id'],
  ['POST', ''],
  ['PUT', '/:id'],
  ['PATCH', '/:id'],
  ['DELETE', '/:id'],
] as const;

/**
 * Feathers puts a service under a path, `app.use('/orders', new Orders())`, and what stands before its methods beside it:
 * `app.service('orders').hooks(hooks)`.
 */
export function feathersRoutes(context: RouteContext): Route[] {
  if (!context.context.depends('@feathersjs/feathers', 'feathers')) return [];
  return context.files.flatMap((file) => {
    const code = codeOf(context, file);
    if (!code) return [];
    const hooks = callsNamed(code, new Set(['hooks'])).filter(({ callee }) => isOfService(callee));
    const asked = callsNamed(code, new Set(['service'])).map(({ args }) => pathOf(context, file, code, args[0]));
    return callsNamed(code, new Set(['use'])).flatMap((call): Route[] => {
      const path = pathOf(context, file, code, call.args[0]);
      // Middleware stands under paths too; a service is asked for by its path to be given hooks.
      if (path === null || !asked.includes(path)) return [];
      return methods.map(([method, below]) => routeOf(context, file, call, method, `/${path}${below}`, hooks));
    });
  });
}

/** `app.service().hooks`, `service.hooks`; those of the application stand before every service. */
const isOfService = (callee: string): boolean => /service.*\.hooks$/i.test(callee);

function pathOf(context: RouteContext, file: string, code: CodeFact, value: ValueFact | undefined): string | null {
  return (textOf(value, code.constants) ?? keptText(context, file, value))?.replace(/^\/|\/$/g, '') ?? null;
}

const routeOf = (
  context: RouteContext,
  file: string,
  call: CallFact,
  method: string,
  path: string,
  hooks: readonly CallFact[],
): Route => ({
  file,
  line: call.line,
  method,
  path,
  live: context.reach.liveness(file, call),
  framework: 'feathers',
  middleware: [...call.args.slice(1, -1), ...hooks.flatMap(({ args }) => args)].filter(
    ({ kind }) => kind !== 'function',
  ),
  handler: null,
});
