import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import type { CapabilityPackage } from '../model/knowledge.ts';
import { allOf, no, type Signal, yes } from '../model/signal.ts';
import type { PackageUse, Route } from '../model/wiring.ts';
import { beforeRoute, domainRoutes, httpRoutes, isOneOf } from './shared/http.ts';
import { matchesOrigin, wantedPackages } from './shared/packages.ts';
import { noteOf, placeOf, subjects } from './shared/scope.ts';

const mutating = new Set(['POST', 'PUT', 'PATCH', 'DELETE', 'MUTATION', 'ALL']);

/** The family of "is it registered, and on how much": limiters, loggers, header and body middleware. */
export default defineDetector({
  name: 'stands-before-routes',
  asks: 'middleware of the capability is registered before at least the share of the routes, for the whole application or route by route',
  options: z.strictObject({
    capability: z.union([z.string(), z.array(z.string()).min(1)]),
    tags: z.array(z.string()).optional(),
    /** Share of the routes asked for, 0 to 1; 0: one route, or one registration, is enough. */
    share: z.number().min(0).max(1).default(0),
    over: z.enum(['all', 'mutating']).default('all'),
    /** Count what the handler itself calls (`ratelimit.limit(…)`). */
    inHandler: z.boolean().default(true),
  }),
  judge(model, component, options) {
    const wanted = wantedPackages(model.knowledge, options);
    return allOf(subjects(model, component).map((subject) => judgeOne(model, subject, wanted, options)));
  },
});

/** Switched off among the options of what brings it: `{ rateLimiter: false }`. */
function isOff({ args }: PackageUse, { capability }: Asked): boolean {
  const names = [capability].flat().map((name) => name.replaceAll('-', ''));
  const options = args[0]?.kind === 'object' ? Object.entries(args[0].props) : [];
  return options.some(
    ([name, value]) => value.kind === 'boolean' && !value.value && names.includes(name.toLowerCase()),
  );
}

/** A limiter before signing in, and before nothing else that is asked for. */
const signsInAlone = (covered: readonly Route[], every: readonly Route[], { capability }: Asked): boolean =>
  [capability].flat().includes('rate-limiter') &&
  covered.every(({ path }) => signing.test(path)) &&
  every.some(({ path }) => !signing.test(path));
const signing = /(?:^|\/)(?:o?auth2?|log-?(?:in|out)|sign-?(?:in|up|out)|register|password|sessions?)(?:[/-]|$)/i;

/** What a page of SvelteKit shows is asked for with the page; what is done there are its actions. */
const loadsPage = ({ method, file }: Route): boolean =>
  method === 'GET' && /(?:^|\/)\+(?:page|layout)\.server\.[jt]s$/.test(file);

interface Asked {
  capability: string | string[];
  share: number;
  over: 'all' | 'mutating';
  inHandler: boolean;
}

function judgeOne(model: AuditModel, component: Component, wanted: readonly CapabilityPackage[], asked: Asked): Signal {
  const wiring = model.wiring.of(component);
  const registered = wiring
    .middleware()
    .filter((one) => one.live === 'live' && one.behind.some((use) => isOneOf(use, wanted) && !isOff(use, asked)));
  const evidenceOf = (one: (typeof registered)[number]): Evidence =>
    noteOf(
      one,
      `${one.how}(${one.behind.find((use) => isOneOf(use, wanted))!.package})${one.path ? ` on ${one.path}` : ''}`,
    );
  const idle = asked.share > 0 && registered.length > 0 ? withoutLimits(model, component, wanted) : [];
  if (idle.length > 0) return no(`${placeOf(component)}: a limit for it to keep to`, idle);
  const global = registered.filter((one) => one.scope === 'global');
  if (global.length > 0) return yes(...global.map(evidenceOf));

  const what = [asked.capability].flat().join(' or ');
  const every =
    asked.over === 'mutating'
      ? httpRoutes(model, component).filter((route) => mutating.has(route.method))
      : domainRoutes(model, component).filter((route) => !loadsPage(route));
  const covered = every.filter((route) => coveredBy(model, component, route, wanted, asked));
  const shown = [
    ...registered.map(evidenceOf),
    ...covered.slice(0, 4).map((route) => noteOf(route, `${route.method} ${route.path} goes through it`)),
  ];
  if (covered.length === 0 && registered.length === 0)
    return no(`${placeOf(component)}: ${what} before ${every.length} routes`);
  if (asked.share === 0) return yes(...shown);
  if (every.length > 0 && covered.length / every.length >= asked.share && !signsInAlone(covered, every, asked))
    return yes(...shown);
  const bare = every.find((route) => !covered.includes(route));
  const open = bare
    ? [noteOf(bare, `${bare.method} ${bare.path} does not: ${covered.length} of ${every.length} routes do`)]
    : [];
  return no(`${placeOf(component)}: ${what} before each of ${every.length} routes`, [...open, ...shown]);
}

/** `ThrottlerModule.forRoot({ throttlers: [] })`: what stands before the routes has nothing to hold them to. */
const withoutLimits = (model: AuditModel, component: Component, wanted: readonly CapabilityPackage[]): Evidence[] =>
  model.wiring
    .of(component)
    .called(/\.forRoot(Async)?$/)
    .filter(({ file, fact, live }) => {
      if (!matchesOrigin(fact.origin, wanted, [])) return false;
      const text = model.view.text(file).slice(fact.start, fact.end);
      return live === 'live' && /\bthrottlers\s*:\s*\[\s*\]/.test(text);
    })
    .map(({ file, fact }) => noteOf({ file, line: fact.line }, `${fact.callee} names no limit`));

const coveredBy = (
  model: AuditModel,
  component: Component,
  route: Route,
  wanted: readonly CapabilityPackage[],
  asked: Asked,
): boolean =>
  beforeRoute(model, component, route).some(
    (before) =>
      (asked.inHandler || !before.handler) && before.behind.some((use) => isOneOf(use, wanted) && !isOff(use, asked)),
  );
