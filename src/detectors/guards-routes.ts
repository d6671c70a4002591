import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import type { Origin, ValueFact } from '../model/facts/index.ts';
import type { CapabilityPackage } from '../model/knowledge.ts';
import { allOf, no, type Signal, unknown, yes } from '../model/signal.ts';
import type { PackageUse, Route } from '../model/wiring.ts';
import { authorizedFunctions } from './shared/authorizers.ts';
import { methodsOf } from './shared/class-methods.ts';
import { type Before, beforeRoute, domainRoutes, handlerCalls, httpRoutes, isOneOf, nameOf } from './shared/http.ts';
import { matchesPackage, wantedPackages } from './shared/packages.ts';
import {
  asksAnother,
  asksFound,
  asksGateway,
  asksGuard,
  comparesKey,
  handsTokenOn,
  looksUpToken,
  provingName,
  readsOnly,
} from './shared/proofs.ts';
import { blindness, importsOf } from './shared/reach.ts';
import { noteOf, once, placeOf, subjects } from './shared/scope.ts';

/** Frameworks whose decorators hand the question to a checker of ours (`@Authorized()`, `@Security()`). */
const routedByDecorators = /^(?:routing-controllers|tsoa|type-graphql)$|^@(?:nestjs|tsed|loopback|foal|midwayjs)\//;

/** Sessions that a framework brings: signed cookies and their stores. */
const keepsSession = /SessionStorage$|^(createSession|useSession|getIronSession|unsealData|sealedSession)$/;

const proving =
  /^(node:)?crypto$|^(axios|got|node-fetch|cross-fetch|isomorphic-fetch|undici|ky|request|request-promise(-native)?|superagent|needle|@hapi\/wreck)$/;

export default defineDetector({
  name: 'guards-routes',
  asks: 'something that proves who is asking (an auth library, or code of ours that verifies a token or a session) stands before routes',
  options: z.strictObject({ share: z.number().min(0).max(1).default(0) }),
  judge(model, component, { share }) {
    return allOf(subjects(model, component).map((subject) => judgeOne(model, subject, share)));
  },
});

function judgeOne(model: AuditModel, component: Component, share: number): Signal {
  const own = asksItself(model, component, share);
  const handed = own.answer === 'no' ? handsTokenOn(model, component) : [];
  if (own.answer !== 'no' || (handed.length === 0 && !issuesOnly(model, component))) return own;
  // It has nothing to ask before: what it hands out, or hands on, is asked for by the services beside it.
  const beside = subjects(model, null)
    .filter((other) => other !== component && other.traits.includes('http'))
    .map((other) => asksItself(model, other, 0))
    .find(({ answer }) => answer === 'yes');
  return beside ? yes(...handed.slice(0, 2), ...beside.evidence.slice(0, 2)) : own;
}

/** All that it answers is signing in, by the path or by what the handler signs, for which it uses a library of the kind. */
function issuesOnly(model: AuditModel, component: Component): boolean {
  const sent = httpRoutes(model, component).filter(({ path, method }) => path === '/' && !/^(GET|ALL)$/.test(method));
  const routes = [...domainRoutes(model, component), ...sent];
  const signs = (route: Route): boolean =>
    beforeRoute(model, component, route).some(
      ({ handler, behind }) => handler && behind.some(({ member }) => /(^|\.)(sign|compare)\w*$/i.test(member)),
    );
  return (
    routes.length > 0 &&
    routes.every((route) => signsIn.test(route.path) || signs(route)) &&
    importsLive(model, component, wantedPackages(model.knowledge, { capability: 'auth' }))
  );
}

const signsIn = /(sign|log)_?-?(in|up|out)|register|password|verify|refresh|callback|webhook|health|public|introspect/i;

function asksItself(model: AuditModel, component: Component, share: number): Signal {
  const wanted = wantedPackages(model.knowledge, { capability: 'auth' });
  const stores = wantedPackages(model.knowledge, { capability: ['orm', 'database-driver'] });
  const routes = httpRoutes(model, component).filter(({ path }) => !signsIn.test(path));
  const proves = (use: PackageUse): boolean =>
    (isOneOf(use, wanted) || keepsSession.test(use.member)) &&
    !readsOnly(use) &&
    (!opensSession(use) || asksSession(model, component)) &&
    (!use.member.endsWith('SessionStorage') || keepsPeople(model, component));
  const evidence: ReturnType<typeof noteOf>[] = [];
  /** Middleware named as if it proved who is asking: worth showing, and no proof. */
  const believed: typeof evidence = [];
  let guarded = 0;
  for (const route of routes) {
    const before = beforeRoute(model, component, route);
    const by =
      before.find(
        (one) =>
          guards(model, one, proves, (use) => isOneOf(use, stores)) ||
          asksAnother(model, one) ||
          comparesKey(model, one) ||
          looksUpToken(model, one) ||
          asksFound(model, one, before, (use) => proves(use) || isOneOf(use, stores)) ||
          asksGuard(model, component, one) ||
          asksGateway(model, component, one),
      ) ??
      askedInside(model, route, proves, (use) => isOneOf(use, stores)) ??
      refusedInside(model, route) ??
      refusedByResolver(model, component, route, before, (use) => proves(use) || isOneOf(use, stores));
    const claims = by
      ? undefined
      : before.find((one) => !one.handler && !limits(one) && provingName.test(nameOf(one.value)));
    if (claims && believed.length < 3)
      believed.push(
        noteOf(route, `${route.method} ${route.path} trusts ${nameOf(claims.value)}, which proves nothing`),
      );
    if (!by) continue;
    guarded++;
    if (evidence.length < 4)
      evidence.push(
        noteOf(
          route,
          `${route.method} ${route.path} asks ${nameOf(by.value) || by.behind.find(proves)?.package || 'for a session'}`,
        ),
      );
  }
  const global = model.wiring
    .of(component)
    .middleware()
    .filter(
      (one) =>
        one.live === 'live' &&
        one.scope === 'global' &&
        guards(model, { ...one, handler: false }, proves, (use) => isOneOf(use, stores)),
    );
  for (const one of global)
    evidence.push(noteOf(one, `${one.how}(${nameOf(one.value) || one.behind.find(proves)?.package})`));
  if (global.length > 0 || (guarded > 0 && (share === 0 || guarded / routes.length >= share))) return yes(...evidence);
  const pages = component.frameworks.includes('next') ? closedPages(model, component) : [];
  if (pages.length > 0) return yes(...evidence, ...pages.slice(0, 4));
  const authorized = authorizedFunctions(model, component);
  if (authorized.length > 0) return yes(...authorized.slice(0, 4));
  const opaque = routes.filter((route) => route.handler === null);
  if (opaque.length > 0 && opaque.length === routes.length - guarded && importsLive(model, component, wanted)) {
    return unknown('blind', `the handlers of ${placeOf(component)} are handed over by name at run time`, [
      noteOf(opaque[0]!, `${opaque[0]!.method} ${opaque[0]!.path}: its handler cannot be followed`),
    ]);
  }
  const wiring = model.wiring.of(component);
  const libraries = importsOf(
    wiring,
    wanted.filter((one) => !one.general),
  );
  const imported = libraries.slice(0, 3).map((one) => one.evidence);
  // Middleware may be among what is loaded by names made at run time.
  if (guarded === 0 && wiring.blind.length > 0 && libraries.some(({ live }) => live !== 'dead'))
    return unknown('blind', blindness(wiring), imported);
  // A server whose framework finds its actions by itself: what stands before them is as unknown as they are.
  if (wiring.routes().length === 0 && importsLive(model, component, wanted))
    return unknown('blind', `the routes of ${placeOf(component)} are kept where they are not read`, imported);
  return no(`${placeOf(component)}: a check of identity before ${routes.length} routes`, [
    ...believed,
    ...evidence,
    ...imported,
  ]);
}

const importsLive = (model: AuditModel, component: Component, wanted: readonly CapabilityPackage[]): boolean =>
  [...model.wiring.of(component).packages()].some(
    ([name, { live }]) => live !== 'dead' && wanted.some((one) => matchesPackage(name, one.package)),
  );

/** Keeps a session for every visitor, and asks nothing of it. */
const opensSession = ({ package: name, member }: PackageUse): boolean =>
  /^(express-session|cookie-session|koa-session|koa-generic-session|@fastify\/(session|secure-session)|client-sessions)$/.test(
    name,
  ) ||
  (/^(koa-)?passport$/.test(name) && /(^|\.)(initialize|session)$/.test(member));

/** A session of the framework that holds who somebody is, not only what lies in a cart or which language is read. */
const keepsPeople = once((model, component: Component): boolean =>
  model.wiring
    .of(component)
    .reached.some((file) =>
      /\.(?:(?:get|has|set)\(|set\([^,()]+,)\s*['"`]?[\w.]*(?:user(?!-agent)|auth|account|member|admin|token|login|identity|person|email|jwt)|\bsession\??\.user\b/i.test(
        model.view.text(file),
      ),
    ),
);

/** Some code looks into the session for who is asking. */
const asksSession = once((model, component: Component): boolean =>
  model.wiring
    .of(component)
    .reached.some((file) =>
      /\bsession\??\.\w|session\s*\[|\bsession\s*}\s*=|is(Un)?[aA]uthenticated|ensureLoggedIn|passport\.authenticate|\b(req|request|ctx)(\.state)?\??\.user\b/.test(
        model.view.text(file).replace(/passport\.session|(req|request)\.session\.(cookie|save|destroy|flash)/g, ''),
      ),
    ),
);

/** `jwt.verify(token)`, where the module of that name is our own and signs by itself. */
const verifying = /(?:jwt|tokens?|sessions?|auth\w*|api_?keys?)\.(?:verify|validate|check)\w*$/i;
const signing = /^(node:)?crypto$/;

/** `const user = await requireUser(request)` in the handler itself. */
function askedInside(
  model: AuditModel,
  route: Route,
  proves: (use: PackageUse) => boolean,
  stores: (use: PackageUse) => boolean,
): Before | undefined {
  const handler = handlerCalls(model, route);
  if (!handler) return undefined;
  const { file } = handler;
  for (const call of handler.calls) {
    if (call.form === 'new') continue;
    const verifies = verifying.test(call.callee);
    if (!verifies && !provingName.test(call.callee.split('.').at(-1)!)) continue;
    const value: ValueFact = { kind: 'call', callee: call.callee, origin: call.origin, args: [], start: call.start };
    const behind = model.wiring.behind(file, value);
    // Only what is ours or a library of the kind can prove it: a query named for users is none.
    const ours = call.origin?.from === 'module' || (call.origin?.from === 'package' && behind.some(proves));
    const asks = /^(require|ensure|check|verify|validate|is|has|assert|get|current|auth|session)/i.test(
      call.callee.split('.').at(-1)!,
    );
    if (
      ours &&
      (asks || verifies) &&
      (behind.some(proves) ||
        (verifies && behind.some((use) => signing.test(use.package))) ||
        (behind.some(stores) && /session|cookie|token|auth|require|verify|current/i.test(call.callee)))
    )
      return { file, value, behind, handler: false };
  }
  return undefined;
}

/** Frameworks that keep no middleware between a request and its handler: who may not pass is turned away in the handler. */
const turningAway = /^(sveltekit|astro|nuxt|remix|solid|tanstack|qwik)$/;

/** `if (!locals.user) error(401)`, `throw redirect('/login')`, `new Response(null, { status: 401 })`. Routes that log in are not asked. */
function refusedInside(model: AuditModel, route: Route): Before | undefined {
  if (!turningAway.test(route.framework) || /(^|\/)(api\/)?(auth|session|token)s?(\/|$)/i.test(route.path))
    return undefined;
  const handler = handlerCalls(model, route);
  const refusal = handler?.calls.find(({ callee, args }) => {
    const name = callee.split('.').at(-1)!.replace(/^new /, '');
    if (/redirect$/i.test(name))
      return args.some((arg) => {
        const to = arg.kind === 'object' ? (arg.props.to ?? arg.props.href ?? arg) : arg;
        return to.kind === 'string' && /(log|sign)-?in|\/auth/i.test(to.value);
      });
    return /^(error|fail|createError|Response|json)$/.test(name) && args.some(isUnauthorized);
  });
  if (!handler || !refusal) return undefined;
  const { callee, origin, start } = refusal;
  return { file: handler.file, value: { kind: 'call', callee, origin, args: [], start }, behind: [], handler: false };
}

/**
 * Servers of GraphQL and of procedures, which make a context of each request for all resolvers: `new ApolloServer({ context })`,
 * `fetchRequestHandler({ createContext })`, `handler.handle(request, { context })`.
 */
const makesContext =
  /(^|\.)(ApolloServer|GraphQLServer|createYoga|graphqlHTTP|createHandler|startStandaloneServer|expressMiddleware|mercurius|register|fetchRequestHandler|applyWSSHandler|createHTTP(Server|Handler)|createExpressMiddleware|createNextApiHandler|trpcServer|handle)$/;

/** What GraphQL servers and procedures make the context of each request of. */
const contextsOf = once((model, component: Component) =>
  model.wiring
    .of(component)
    .calls(({ callee }) => makesContext.test(callee))
    .filter(({ live }) => live === 'live')
    .flatMap(({ file, fact }) =>
      fact.args.flatMap((arg) => {
        const made = arg.kind === 'object' ? (arg.props.context ?? arg.props.createContext) : undefined;
        return made ? [{ file, value: made }] : [];
      }),
    ),
);

/** A resolver or procedure that turns away whom the context does not know, where the context is made of what proves it. */
function refusedByResolver(
  model: AuditModel,
  component: Component,
  route: Route,
  before: readonly Before[],
  proves: (use: PackageUse) => boolean,
): Before | undefined {
  if (!/^(graphql|trpc|orpc)$/.test(route.framework)) return undefined;
  const known = contextsOf(model, component).find(({ file, value }) => model.wiring.behind(file, value).some(proves));
  if (!known) return undefined;
  const asks = before.find((one) => !one.handler && provingName.test(nameOf(one.value)));
  if (asks && (route.framework === 'graphql' || refuses(model, asks))) return asks;
  const { handler } = route;
  const text = handler && model.view.text(handler.file).slice(handler.fn.start, handler.fn.end);
  return text && refusesUnknown.test(text) ? { ...known, behind: [], handler: false } : undefined;
}

/** The module that declares it turns somebody away: `if (!ctx.user) throw new TRPCError({ code: 'UNAUTHORIZED' })`. */
function refuses(model: AuditModel, { file, value }: Before): boolean {
  const origin = originOf(value);
  const at = origin ? (model.wiring.resolveOrigin(file, origin)?.file ?? file) : file;
  return refusesUnknown.test(model.view.text(at));
}
const refusesUnknown =
  /AuthenticationError|ForbiddenError|UNAUTHENTICATED|UNAUTHORIZED|un-?authenticated|un-?authori[sz]ed|not (authenticated|authori[sz]ed|logged|signed)|(check|require|ensure|assert|is)_?(auth|sign|log)\w*\(/i;

const turnedAway =
  /\bif\s*\([^;{}]{0,120}\b\w*(?:session|user|auth|token|account|logged|signed)\w*[^;{}]{0,80}\)\s*\{?\s*(?:return\s+|await\s+)?(?:redirect\(\s*['"`][^'"`]*(?:(?:log|sign)-?in|\/auth)|(?:unauthorized|forbidden)\(\))|\bdestination\s*:\s*['"`][^'"`]*(?:(?:log|sign)-?in|\/auth)/i;

/** Layouts and pages of Next.js that the server renders only for who is signed in; one that runs in the browser hides and keeps nothing. */
const closedPages = (model: AuditModel, component: Component): ReturnType<typeof noteOf>[] => {
  const wiring = model.wiring.of(component);
  return wiring.own
    .filter((file) => /(^|\/)(app\/(.*\/)?(layout|page|template)|pages\/.*)\.[jt]sx?$/.test(file))
    .filter((file) => wiring.fileLiveness(file) === 'live')
    .flatMap((file) => {
      const text = model.view.text(file);
      const at = /^\s*['"]use client['"]/m.test(text) ? null : turnedAway.exec(text);
      return at
        ? [noteOf({ file, line: text.slice(0, at.index).split('\n').length }, 'turns away who is not signed in')]
        : [];
    });
};

const isUnauthorized = (value: ValueFact): boolean =>
  value.kind === 'number'
    ? value.value === 401
    : value.kind === 'object' && ['status', 'statusCode'].some((name) => isNumber(value.props[name], 401));
const isNumber = (value: ValueFact | undefined, wanted: number): boolean =>
  value?.kind === 'number' && value.value === wanted;

/** It reads who is asking to count by user, and lets everybody pass. */
const limits = ({ value }: Before): boolean => /limit|throttl/i.test(nameOf(value));

const originOf = (value: ValueFact): Origin | null => ('origin' in value ? value.origin : null);

/** A guard of Nest that answers `true` to everybody: it prepares requests, and asks nothing. */
function letsAllPass(model: AuditModel, { file, value }: Before): boolean {
  const classes = value.kind === 'call' && /UseGuards$/.test(value.callee) ? value.args : [value];
  const asked = classes.map((one): string | null => {
    const origin = originOf(one);
    const found = origin ? model.wiring.resolveOrigin(file, origin) : null;
    const at = found?.file ?? file;
    const method = methodsOf(model, at, found?.name ?? nameOf(one)).find(({ name }) => name === 'canActivate');
    return method ? model.view.text(at).slice(method.start, method.end) : null;
  });
  return asked.every(
    (body) => body !== null && /\breturn true\b/.test(body) && !/\breturn (?!true\b)|\bthrow\b/.test(body),
  );
}

/** The library itself, or a function named for it with a way to prove behind it: a token check, a session look-up, a question to another service. */
function guards(
  model: AuditModel,
  before: Before,
  proves: (use: PackageUse) => boolean,
  stores: (use: PackageUse) => boolean,
): boolean {
  if (limits(before) || meetsErrors(model, before)) return false;
  // An import is told beside each member of it that is used: `jwt` beside `jwt.decode`.
  const used = before.behind.filter(
    (use) => proves(use) && !before.behind.some((one) => readsOnly(one) && one.member.startsWith(`${use.member}.`)),
  );
  if (used.length > 0) return !before.handler || used.some((use) => checks(use, used));
  const name = nameOf(before.value);
  if (before.handler || letsAllPass(model, before)) return false;
  if (!provingName.test(name) && !answersUnauthorized(model, before)) return false;
  // A member of another library (`helmet.frameguard`) is named by its own trade.
  const origin = originOf(before.value);
  if (
    origin?.from === 'package' &&
    !model.wiring.resolveOrigin(before.file, origin) &&
    !routedByDecorators.test(origin.package) &&
    !before.behind.some(
      (use) => use.package === origin.package && provingName.test(use.member) && origin.package.startsWith('@'),
    )
  )
    return false;
  // A package of the same organisation that is not in the tree can be taken at its word; a function of ours must do something.
  const outside = before.behind.some((use) => provingName.test(use.member) || routedByDecorators.test(use.package));
  return outside || before.behind.some((use) => proving.test(use.package) || stores(use));
}

/** A function of ours, whatever its name, that answers 401 to some: `export default withApi(handler, { user: true })`. */
function answersUnauthorized(model: AuditModel, { file, value }: Before): boolean {
  // Of a wrapper, not of what it wraps.
  const own: ValueFact = value.kind === 'call' ? { kind: 'ref', path: value.callee, origin: value.origin } : value;
  const target = model.wiring.functionOf(file, own);
  const body = target && model.view.text(target.file).slice(target.fn.start, target.fn.end);
  return body ? /\b(?:status|statusCode|sendStatus|code)\b\W{1,4}401\b|,\s*401\s*[,)]/.test(body) : false;
}

/** Error middleware comes into its own after a request has failed, whatever else its module does. */
const meetsErrors = (model: AuditModel, { file, value, handler }: Before): boolean =>
  !handler &&
  (/(^|[._])(error|exception)s?_?(handler|middleware|filter)/i.test(nameOf(value)) ||
    model.wiring.functionOf(file, value)?.fn.params.length === 4);

/** In a handler of its own a library proves nothing by signing or hashing, nor by standing there under its bare name beside that. */
function checks(use: PackageUse, used: readonly PackageUse[]): boolean {
  if (/sign|hash|compare/i.test(use.member)) return false;
  return !used.some((other) => other.package === use.package && other.member.startsWith(`${use.member}.`));
}
