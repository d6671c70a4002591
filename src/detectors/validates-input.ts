import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import type { CallFact, ValueFact } from '../model/facts/index.ts';
import type { CapabilityPackage } from '../model/knowledge.ts';
import { asValue } from '../model/origin.ts';
import { allOf, no, type Signal, unknown, yes } from '../model/signal.ts';
import type { Route } from '../model/wiring.ts';
import { beforeRoute, handlerCalls, httpRoutes, isOneOf, nameOf, takesBody } from './shared/http.ts';
import { wantedPackages } from './shared/packages.ts';
import { blindness, importsOf } from './shared/reach.ts';
import { noteOf, once, placeOf, subjects } from './shared/scope.ts';
import { declaredValue } from './shared/values.ts';

const taking = new Set(['POST', 'PUT', 'PATCH', 'MUTATION', 'ALL']);
// No body of their own: sessions that end, and mounts whose requests a library takes apart itself.
const noBody = /log_?-?out|sign_?-?out|health|callback|webhook|\[\.\.\.|trpc|graphql|uploadthing|inngest|\/\$$/i;

/** Everything below is answered by an auth library. */
const handedOver = /\/auth\/(\$|\[|:|\*)/;

export default defineDetector({
  name: 'validates-input',
  asks: 'requests that bring data are checked by a schema at the boundary, in at least the share of the routes that take any',
  options: z.strictObject({
    /** 0: somewhere; 1: everywhere. */
    share: z.number().min(0).max(1).default(0),
  }),
  judge(model, component, { share }) {
    return allOf(subjects(model, component).map((subject) => judgeOne(model, subject, share)));
  },
});

function judgeOne(model: AuditModel, component: Component, share: number): Signal {
  const wanted = wantedPackages(model.knowledge, { capability: 'validation' });
  const pipes = globalPipes(model, component);
  if (pipes.length > 0) return yes(...pipes);
  const all = httpRoutes(model, component).filter(
    (route) =>
      taking.has(route.method) &&
      !noBody.test(route.path) &&
      !route.path.includes('*') &&
      (takesBody(model, route) || (route.method !== 'ALL' && isChecked(model, component, route, wanted))),
  );
  const bringing = all.filter((route) => !bringsNothing(model, route));
  const found =
    all.length > 0
      ? bringing.length > 0
        ? bringing
        : all
      : httpRoutes(model, component).filter(
          (route) => (/[:[]|\/\$/.test(route.path) && !handedOver.test(route.path)) || route.method === 'QUERY',
        );
  const checks = new Set(found.filter((route) => isChecked(model, component, route, wanted)).map(keyOf));
  // Several handlers of one address are asked in turn: a check in any of them checks the request.
  const candidates = [...new Map(found.map((route) => [keyOf(route), route])).values()];
  // A handler that is handed over at run time can be neither praised nor blamed.
  const routes = candidates.filter((route) => route.handler !== null || checks.has(keyOf(route)));
  const hidden = candidates.find((route) => !routes.includes(route));
  if (routes.length === 0 && hidden && importsOf(model.wiring.of(component), wanted).length > 0) {
    return unknown('blind', `the handlers of ${placeOf(component)} are handed over by name at run time`, [
      noteOf(hidden, `${hidden.method} ${hidden.path}: its handler cannot be followed`),
    ]);
  }
  const checked = routes.filter((route) => checks.has(keyOf(route)));
  const shown = checked
    .slice(0, 4)
    .map((route) => noteOf(route, `${route.method} ${route.path} is checked by a schema`));
  if (checked.length > 0 && (share === 0 || checked.length / routes.length >= share)) return yes(...shown);
  const wiring = model.wiring.of(component);
  const loaded = importsOf(wiring, wanted).filter(({ live }) => live === 'unknown');
  if (checked.length === 0 && wiring.blind.length > 0 && loaded.length > 0)
    return unknown(
      'blind',
      blindness(wiring),
      loaded.slice(0, 3).map(({ evidence }) => evidence),
    );
  const open = routes.find((route) => !checked.includes(route));
  return no(`${placeOf(component)}: schema checks in ${routes.length} routes that take data`, [
    ...(open
      ? [
          noteOf(
            open,
            `${open.method} ${open.path} takes what it is sent: ${checked.length} of ${routes.length} routes are checked`,
          ),
        ]
      : []),
    ...shown,
    ...(checked.length === 0 ? leftUnused(model, component, wanted) : []),
  ]);
}

const keyOf = ({ file, framework, method, path }: Route): string => `${file} ${framework} ${method} ${path}`;

/** A handler of Express that reads nothing of the request but who sent it: signing out, asking for a new session. */
function bringsNothing(model: AuditModel, { framework, handler, middleware }: Route): boolean {
  const [request] = handler?.fn.params ?? [];
  if (
    framework !== 'express' ||
    !handler ||
    middleware.some((one) => takesApart.test(nameOf(one))) ||
    !request ||
    !/^\w+$/.test(request)
  )
    return false;
  const { file, fn } = handler;
  const body = model.view
    .text(file)
    .slice(fn.start, fn.end)
    .replace(/^[^{]*?(?:=>|\{)/, '');
  return ![...body.matchAll(new RegExp(`\\b${request}\\b(\\.\\w+)?`, 'g'))].some(
    ([, member = '']) => !ofSender.test(member),
  );
}

const takesApart = /upload|multer|single|array|fields|body|parse|valid|raw/i;
const ofSender =
  /^\.(ips?|user|session|headers?|cookies|signedCookies|get|log|logger|method|path|url|originalUrl|hostname|protocol|app|isAuthenticated|log[oO]ut)$/;

/** Where schemas are made that no handler asks. */
const leftUnused = (model: AuditModel, component: Component, wanted: readonly CapabilityPackage[]): Evidence[] =>
  importsOf(
    model.wiring.of(component),
    wanted.filter((one) => !one.general),
  )
    .slice(0, 3)
    .map((one) => one.evidence);

/** Nest's ValidationPipe for the whole application, by `useGlobalPipes` or `APP_PIPE`. */
function globalPipes(model: AuditModel, component: Component): Evidence[] {
  return model.wiring
    .of(component)
    .middleware()
    .filter(
      (one) =>
        one.live === 'live' && one.scope === 'global' && (one.how === 'useGlobalPipes' || one.how === 'APP_PIPE'),
    )
    .map((one) => noteOf(one, `${one.how}: every request goes through a validation pipe`));
}

function isChecked(
  model: AuditModel,
  component: Component,
  route: Route,
  wanted: readonly CapabilityPackage[],
): boolean {
  // The contract's schemas are asked before the handler, as long as nothing turns that off.
  if (route.framework === '@ts-rest/nest') return true;
  const before = beforeRoute(model, component, route);
  // A schema in the route's own options, a validator before the handler, or a parse inside it.
  const options = before
    .filter(({ handler }) => !handler)
    .map(({ file, value }) => declaredValue(model, file, value).value);
  if (options.some((value) => value.kind === 'object' && 'schema' in value.props)) return true;
  // What stands before every route is configuration that happens to use a schema; only what is the route's own counts.
  const own = new Set([...route.middleware, ...(route.listed ?? []).map(({ value }) => value)]);
  if (
    before.some(
      (one) =>
        own.has(one.value) && !guarding.test(nameOf(one.value)) && one.behind.some((use) => isOneOf(use, wanted)),
    )
  )
    return true;
  return parsesInHandler(model, route, wanted) || asksRequest(model, component, route, [...own]);
}

/** `req.checkBody('name').notEmpty()`: what express-validator up to its fifth version puts on each request. */
const onRequest = /^\w+\.(?:assert|check(?:Body|Params|Query)|validationErrors|getValidationResult)$/;

const requestCheckers = once((model, component: Component) =>
  importsOf(model.wiring.of(component), wantedPackages(model.knowledge, { packages: ['express-validator'] })),
);

/** Asked in the handler, or in a function of ours that stands before it. */
function asksRequest(model: AuditModel, component: Component, route: Route, own: readonly ValueFact[]): boolean {
  if (requestCheckers(model, component).every(({ live }) => live !== 'live')) return false;
  const before = own.flatMap((value) => model.wiring.functionOf(route.file, value) ?? []);
  return (
    handlerCalls(model, route)?.calls.some(({ callee }) => onRequest.test(callee)) ||
    before.some(({ file, fn }) =>
      model.wiring
        .code(file)!
        .calls.some(({ callee, start, end }) => start >= fn.start && end <= fn.end && onRequest.test(callee)),
    )
  );
}

/** A guard reads the user, whose model checks itself: that says nothing of what is sent. */
const guarding = /(^|[._])(auth\w*|jwt|is[A-Z]\w*|(verify|check|require)_?(token|auth\w*|user|session|roles?|jwt))$/i;

const parsing = /parse|valid|assert|schema|^(check|decode|cast|is|unknown|attempt|mask)$/i;

/** A schema asked in the handler itself. A check deep in a service is not the boundary. */
function parsesInHandler(model: AuditModel, route: Route, wanted: readonly CapabilityPackage[]): boolean {
  const handler = handlerCalls(model, route);
  if (!handler) return false;
  const asksSchema = (file: string, call: CallFact): boolean =>
    parsing.test(call.callee.split('.').at(-1)!) &&
    model.wiring.behind(file, asValue(call)).some((use) => isOneOf(use, wanted));
  return handler.calls.some(
    (call) =>
      asksSchema(handler.file, call) ||
      (takesWhatIsSent(model, handler.file, call) &&
        callsInside(model, handler.file, call).some(({ file, fact }) => asksSchema(file, fact))),
  );
}

/** `normalize(req.body)`, or a name that the body was given: a helper of ours that is the boundary, whatever it is called. */
function takesWhatIsSent(model: AuditModel, file: string, { args, within, start, end }: CallFact): boolean {
  const fn = model.wiring.code(file)?.functions[within];
  const text = model.view.text(file);
  const isSent = (name: string): boolean =>
    fn !== undefined &&
    /^\w+$/.test(name) &&
    new RegExp(
      `\\b${name}\\s*=\\s*(?:await\\s+)?[\\w.]+\\.(?:body|query|json\\(\\)|formData\\(\\)|getBody\\(\\))\\s*[;\\n]`,
    ).test(text.slice(fn.start, fn.end));
  return args.some((arg) => {
    if (arg.kind === 'call') return /\.(json|formData|body|getBody)$/.test(arg.callee);
    // `{ ...values, ip }`: with something of one's own beside it.
    if (arg.kind === 'object' && arg.spread)
      return [...text.slice(start, end).matchAll(/\.\.\.([\w.]+)/g)].some(
        ([, name = '']) => /\.(body|query)$/.test(name) || isSent(name),
      );
    return arg.kind === 'ref' && (/(^|\.)(body|query)$/.test(arg.path) || isSent(arg.path));
  });
}

/** The calls in the function of ours that a call leads to. */
function callsInside(model: AuditModel, from: string, call: CallFact): { file: string; fact: CallFact }[] {
  const target =
    call.origin?.from === 'package'
      ? null
      : model.wiring.functionOf(from, { kind: 'ref', path: call.callee, origin: call.origin });
  if (!target) return [];
  const { file, fn } = target;
  return (model.wiring.code(file)?.calls ?? [])
    .filter((fact) => fact.start >= fn.start && fact.end <= fn.end)
    .map((fact) => ({ file, fact }));
}
