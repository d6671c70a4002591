import type { AuditModel } from '../../model/audit-model.ts';
import type { Component } from '../../model/component.ts';
import type { CallFact, FunctionFact, ValueFact } from '../../model/facts/index.ts';
import type { CapabilityPackage } from '../../model/knowledge.ts';
import type { PackageUse, Route } from '../../model/wiring.ts';
import { matchesMember, wantedOf } from './packages.ts';
import { once } from './scope.ts';

/** What rules about requests share: which routes there are, and what stands before each. */

const notDomain =
  /(^|\/)(health|healthz|healthcheck|livez?|readyz?|ping|status|metrics|docs?|api-docs|swagger|openapi|favicon\.ico|robots\.txt|\*)/i;

/** Routes that answer HTTP requests in code that runs, files of pages and message patterns left out. */
export const httpRoutes = once((model, component: Component): Route[] =>
  model.wiring
    .of(component)
    .routes()
    .filter((route) => route.live !== 'dead' && route.method !== 'EVENT' && route.method !== 'OPTIONS'),
);

/** The same without health, metrics, documentation and catch-all routes. */
export const domainRoutes = (model: AuditModel, component: Component): Route[] =>
  httpRoutes(model, component).filter((route) => !notDomain.test(route.path) && route.path !== '/');

/** Everything that stands before or in a route's handler: the value, and the packages behind it. */
export interface Before {
  file: string;
  value: ValueFact;
  behind: readonly PackageUse[];
  /** It is the handler itself. */
  handler: boolean;
}

export const beforeRoute = once((model, component: Component, route: Route): Before[] => {
  const around = model.wiring
    .of(component)
    .before(route)
    .map(({ file, value }) => ({ file, value, handler: false, behind: model.wiring.behind(file, value) }));
  const code = route.handler ? model.wiring.code(route.handler.file) : null;
  const index = route.handler && code ? code.functions.findIndex((fn) => fn.start === route.handler!.fn.start) : -1;
  if (index < 0) return around;
  const { file } = route.handler!;
  const value: ValueFact = { kind: 'function', index };
  return [...around, { file, value, handler: true, behind: model.wiring.behind(file, value) }];
});

/** The code of a handler: its own, and that of functions of the same file that it calls by name (`case 'POST': return handlePost(req, res)`). */
export function handlerCalls(model: AuditModel, route: Route): { file: string; calls: CallFact[] } | null {
  const code = route.handler ? model.wiring.code(route.handler.file) : null;
  if (!route.handler || !code) return null;
  const { file, fn } = route.handler;
  const inside = (from: FunctionFact): CallFact[] =>
    code.calls.filter((call) => call.start >= from.start && call.end <= from.end);
  const own = inside(fn);
  const named = new Set(own.map((call) => call.callee.replace(/^this\./, '')));
  const others = code.functions.filter(
    (other) =>
      other !== fn && other.name !== '' && named.has(other.name) && !(other.start >= fn.start && other.end <= fn.end),
  );
  return { file, calls: [...own, ...others.flatMap(inside)] };
}

export const isOneOf = (use: Pick<PackageUse, 'package' | 'member'>, wanted: readonly CapabilityPackage[]): boolean =>
  wantedOf(use.package, wanted).some((one) => matchesMember(use.member, one.members));

/** How a value is written, for names: `requireAuth`, `passport.authenticate`, `UseGuards`. */
export function nameOf(value: ValueFact): string {
  if (value.kind === 'ref') return value.path === '*default*' ? 'middleware' : value.path;
  if (value.kind === 'call') return value.callee;
  return '';
}

const asksBody = /\bbody\b|\.json\(\)|formData\(|['"`](POST|PUT|PATCH)['"`]/;
const asksAnything = new RegExp(`${asksBody.source}|\\b(?:query|searchParams|params)\\b`);

/** A route for every method takes a body only where its handler asks for one; with `orAnything`, or for a part of the address. */
export function takesBody(model: AuditModel, { method, file, handler }: Route, orAnything = false): boolean {
  if (handler && asksNobody(model, handler)) return false;
  if (method !== 'ALL' || (orAnything && handler === null)) return orAnything || !isHandedNone(model, handler);
  const text = model.view.text(handler?.file ?? file);
  const own = handler ? text.slice(handler.fn.start, handler.fn.end) : text;
  return (
    (orAnything ? asksAnything : asksBody).test(own) || (handler !== null && handsOn.test(own) && asksBody.test(text))
  );
}

/** `signOut() { … }`: a handler without a parameter, which gets at no request in another way either. */
const asksNobody = (model: AuditModel, { file, fn }: NonNullable<Route['handler']>): boolean =>
  fn.params.length === 0 &&
  !/\b(?:req|request|ctx|context|event|arguments|body|rawBody|formData)\b/i.test(
    model.view.text(file).slice(fn.start, fn.end),
  );

/** `markRead({ auth, params })`: a handler that takes no more than that out of what it is handed never sees a body. */
function isHandedNone(model: AuditModel, handler: Route['handler']): boolean {
  if (!handler) return false;
  const { params, start, end } = handler.fn;
  return (
    params.length === 1 &&
    params[0]!.startsWith('{') &&
    !takingBody.test(params[0]!) &&
    !/\bthis\.(req|request|ctx|context|body)\b|\barguments\b/.test(model.view.text(handler.file).slice(start, end))
  );
}
const takingBody = /\b(req|request|ctx|context|body|rawBody|input|event|data|form\w*|payload|args|values?|json)\b/i;

/** The whole request, or the rest of the work, goes to a function beside it. */
const handsOn = /\((?:req|request)\s*,\s*(?:res|response|reply|env|ctx|context)\b/;
