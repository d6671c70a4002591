import picomatch from 'picomatch';
import { z } from 'zod';
import { takesBody } from '../../detectors/shared/http.ts';
import {
  matchesMember,
  matchesOrigin,
  matchesPackage,
  mentionsPackage,
  packageOptions,
  wantedPackages,
} from '../../detectors/shared/packages.ts';
import { judgeSightings, livenessIn, type Sighting } from '../../detectors/shared/reach.ts';
import { noteOf, once, placeOf, subjects } from '../../detectors/shared/scope.ts';
import type { AuditModel } from '../../model/audit-model.ts';
import type { Component } from '../../model/component.ts';
import type { CallFact, ValueFact } from '../../model/facts/index.ts';
import type { CapabilityPackage } from '../../model/knowledge.ts';
import { memo } from '../../model/memo.ts';
import { anyOf } from '../../model/signal.ts';
import { type Located, type Route, writingMethods } from '../../model/wiring.ts';
import { defineLeaf } from '../leaf.ts';

const options = z.strictObject({
  /** Globs over paths, without a final slash; a leading `**` takes any mount. */
  paths: z.array(z.string().min(1)).optional(),
  /** Globs over paths that are not meant, though one of `paths` takes them. */
  except: z.array(z.string().min(1)).optional(),
  methods: z.array(z.string().min(1)).optional(),
  /** Also one that lists a collection by that name, whose things are made or changed by routes beside it. */
  collections: z.boolean().default(true),
  /** Globs over the name of its handler and over what its documentation says in short: what it is made for. */
  says: z.array(z.string().min(1)).optional(),
  /** Its middleware or handler uses one of these packages. */
  through: z.strictObject({ ...packageOptions, members: z.array(z.string()).optional() }).optional(),
  live: z.boolean().default(true),
});
type Asked = z.infer<typeof options>;

export default defineLeaf({
  asks: 'a route answers at one of the paths by one of the methods, through the packages named; inside "over: routes", this route does',
  example: "route: { paths: ['/**/health'], methods: [GET] }",
  reads: 'code',
  options,
  short: (value) => ({ paths: [value].flat() }),
  judge(model, component, asked, focus) {
    return anyOf(
      subjects(model, component).map((subject) => {
        const wiring = model.wiring.of(subject);
        const routes = focus.route ? [focus.route] : wiring.routes();
        const sightings: Sighting[] = routes
          .filter((route) => matchesRoute(model, subject, route, asked))
          .filter(({ path }) => asked.collections || !collections(model, subject).has(collectionOf(path)))
          .map((route) => ({
            evidence: noteOf(route, `${route.method} ${route.path}`),
            live: asked.live ? livenessIn(wiring, route.live) : 'live',
          }));
        const what = [...(asked.methods ?? []), ...(asked.paths ?? [])].join(' ');
        return judgeSightings(sightings, wiring, `${placeOf(subject)}: routes ${what}`.trim());
      }),
    );
  },
});

/** Options live as long as their rule: the globs are compiled once for all routes. */
const matchers = new WeakMap<Asked, (path: string) => boolean>();
function pathMatcher(asked: Asked): (path: string) => boolean {
  const options = { dot: true, nocase: true, ...(asked.except ? { ignore: asked.except } : {}) };
  const matcher = matchers.get(asked) ?? picomatch(asked.paths ?? [], options);
  matchers.set(asked, matcher);
  return matcher;
}

function matchesRoute(model: AuditModel, component: Component, route: Route, asked: Asked): boolean {
  const path = route.path.replace(/\/+$/, '') || '/';
  if (asked.paths && !pathMatcher(asked)(path)) return false;
  if (asked.methods && route.method !== 'ALL' && !asked.methods.includes(route.method)) return false;
  const sends = asked.methods !== undefined && !asked.methods.some((method) => method === 'GET' || method === 'QUERY');
  if (sends && !takesBody(model, route, true)) return false;
  if (asked.says && !wordsOf(route).some((words) => picomatch.isMatch(words, asked.says!, { nocase: true })))
    return false;
  return !asked.through || goesThrough(model, component, route, asked.through);
}

/** `POST /admin/status`, `PATCH /status/:id`: a status is a thing here, and `GET /status` lists them. */
const collections = once(
  (model, component: Component): ReadonlySet<string> =>
    new Set(
      model.wiring
        .of(component)
        .routes()
        .filter(({ method }) => writingMethods.has(method))
        .map(({ path }) => collectionOf(path)),
    ),
);
const collectionOf = (path: string): string => path.replace(/\/(:|\{|\[|\$)[^/]*\/?$/, '').replace(/\/admin(?=\/)/, '');

/** `healthCheck()`, `@ApiOperation({ summary: 'Health check' })`. */
const wordsOf = ({ handler, middleware }: Route): string[] => [
  handler?.fn.name ?? '',
  ...middleware.flatMap((value) => {
    const told = value.kind === 'call' && /ApiOperation$/.test(value.callee) ? value.args[0] : undefined;
    return told?.kind === 'object' && told.props.summary?.kind === 'string' ? [told.props.summary.value] : [];
  }),
];

/** The value is of one of the packages, or is made by one in another module. */
function standsBehind(
  model: AuditModel,
  file: string,
  value: ValueFact,
  wanted: CapabilityPackage[],
  members?: string[],
): boolean {
  if (mentionsPackage(value, wanted, members)) return true;
  return model.wiring
    .behind(file, value)
    .some((use) =>
      wanted.some(
        (one) => matchesPackage(use.package, one.package) && matchesMember(use.member, members ?? one.members),
      ),
    );
}

function goesThrough(
  model: AuditModel,
  component: Component,
  route: Route,
  through: NonNullable<Asked['through']>,
): boolean {
  const wanted = wantedPackages(model.knowledge, through);
  const before = model.wiring.of(component).before(route);
  if (before.some(({ file, value }) => standsBehind(model, file, value, wanted, through.members))) return true;
  if (!route.handler) return false;
  const { file, fn } = route.handler;
  return (callsByFile(model, component).get(file) ?? []).some(
    ({ fact }) => fact.start >= fn.start && fact.end <= fn.end && matchesOrigin(fact.origin, wanted, through.members),
  );
}

const callsByFile = once((model, component: Component): ReadonlyMap<string, readonly Located<CallFact>[]> => {
  const byFile = new Map<string, Located<CallFact>[]>();
  for (const call of model.wiring.of(component).calls())
    memo(byFile, call.file, (): Located<CallFact>[] => []).push(call);
  return byFile;
});
