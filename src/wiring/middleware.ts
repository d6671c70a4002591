import type { CallFact, CodeFact, Origin, ValueFact } from '../model/facts/source.ts';
import { asValue } from '../model/origin.ts';
import type { Middleware, Route } from '../model/wiring.ts';
import type { Behind } from './behind.ts';
import { callsNamed, lastName } from './calls.ts';
import { nuxtModules } from './nuxt-modules.ts';
import { codeOf, handlerOf, moduleOf, packageOf, type RouteContext, textOf } from './routes/_finder.ts';
import { isRouterMaker, routerBehind } from './routes/mounts.ts';

const registering = new Set([
  'use',
  'register',
  'addHook',
  'useGlobalPipes',
  'useGlobalGuards',
  'useGlobalFilters',
  'useGlobalInterceptors',
  'onRequest',
  'preHandler',
  'onError',
  'setErrorHandler',
  'setNotFoundHandler',
  'notFound',
  'apply',
  'ext',
  'configure',
  'enableCors',
  'plug',
  'middleware',
  'hooks',
]);
/** Verbs whose last function may pass the request on: `app.all('/api/*', signedIn)`. */
const passing = new Set(['all', 'get', 'post']);
const telling = new Set([...registering, ...passing, 'Module']);
const applicationNames =
  /^(app|server|fastify|_?express|api|instance|expressApp|application|web|http|koa|hono|f|(this|server|app|yoga)\.(app|server|_?express|fastify|express|application)|nestApp)$/i;
const applications =
  /^(express|fastify|koa|hono|@hono\/.*|polka|restify|h3|elysia|@tinyhttp\/app|@nestjs\/(core|platform-[a-z]+|common)|@hapi\/hapi|hyper-express|ultimate-express|graphql-yoga|@feathersjs\/.*)$/;
/** Applications that live inside one route file of a framework of pages (`handle(app)`), and those frameworks. */
const inner = /^(hono|@hono\/.*|elysia)$/;
const hosts = ['next', '@sveltejs/kit', 'astro', '@solidjs/start'];
const hosted = /^(next|next-action|sveltekit|astro|solid)$/;
const globalTokens = /^APP_(GUARD|PIPE|FILTER|INTERCEPTOR)$/;

type Around = RouteContext & { behind: Behind };

interface Registered extends Middleware {
  /** The routes that it stands before, for a mount or a router; null for all of the application's. */
  covers: ((route: Route) => boolean) | null;
}

/** What is registered around the routes of a component, and what stands before each route. */
export function middlewareOf(
  base: RouteContext,
  behind: Behind,
): {
  all: Middleware[];
  before(route: Route): { file: string; value: ValueFact }[];
} {
  const context: Around = { ...base, behind };
  const registered: Registered[] = [];
  for (const file of context.files) {
    const code = context.modules.source(file)?.code;
    if (!code) continue;
    for (const call of callsNamed(code, telling)) {
      const method = lastName(call.callee);
      if (call.form === 'call' && call.callee.includes('.') && registering.has(method))
        registered.push(...fromCall(context, file, code, call, method));
      if (call.form === 'call' && passing.has(method)) registered.push(...fromVerb(context, file, code, call));
      if (call.form === 'decorator' && method === 'Module') registered.push(...fromModule(context, file, call));
    }
  }
  registered.push(...conventionalMiddleware(context), ...nuxtModules(context).map(fromNuxt));
  return {
    all: registered,
    before(route) {
      const around = registered.filter((one) => one.live !== 'dead' && (one.covers === null || one.covers(route)));
      return [
        ...route.middleware.map((value) => ({ file: route.file, value })),
        ...(route.listed ?? []),
        ...around.map(({ file, value }) => ({ file, value })),
      ];
    },
  };
}

function isApplication(call: CallFact): boolean {
  const from = packageOf(call.origin);
  const receiver = call.callee
    .split('.')
    .slice(0, -1)
    .filter((part) => !part.endsWith('()'))
    .join('.');
  if (from && applications.test(from.package)) return !/(^|\.)Router$/.test(from.member);
  return (!from || from.package === 'express') && applicationNames.test(receiver);
}

/** Under it lies what an application answers at. */
const wide = /^\*?$|^\/(?:(?:api|rest)(?:\/v\d+)?|v\d+|graphql)?\/?\*?$/;

/** Apps and routers of the browser are registered on by the same words. */
const ofTheBrowser =
  /^(vue|vue-router|@ionic\/vue.*|pinia|vuex|react-router.*|@tanstack\/.*router|@angular\/.*|axios|i18next)$/;

function fromCall(context: Around, file: string, code: CodeFact, call: CallFact, how: string): Registered[] {
  const from = packageOf(call.origin);
  if (from && ofTheBrowser.test(from.package)) return [];
  if (how === 'middleware') return byName(context, file, call);
  // Those of one service of Feathers stand before that alone.
  if (how === 'hooks' && /service/i.test(call.callee)) return [];
  const application = how.startsWith('useGlobal') || how === 'enableCors' || isApplication(call);
  const receiver = call.callee.split('.').slice(0, -1).join('.');
  const isInner = from !== null && inner.test(from.package) && context.context.depends(...hosts);
  const router = from !== null && isRouterMaker(from);
  if (!application && !router && !/router|routes?|api|app|server|consumer|apply\(\)|fastify/i.test(receiver)) return [];
  const live = context.reach.liveness(file, call);
  const hook = how === 'addHook' || how === 'ext';
  const [first] = call.args;
  // Express takes a list of paths as well: what stands before the documentation alone stands before nothing else.
  const listed = first?.kind === 'array' ? first.items.map((item) => textOf(item, code.constants)) : [];
  const paths = listed.length > 0 && !listed.includes(null) ? listed : [textOf(first, code.constants)];
  const path = hook ? null : (paths.find((one) => one !== null && wide.test(one)) ?? paths[0]!);
  const values = hook || path !== null ? call.args.slice(1) : call.args;
  const mounted = values.map((value) => routerBehind(context, file, value)?.file ?? null);
  const routers = mounted.filter((target): target is string => target !== null);
  const chosen = how === 'apply' ? chosenRoutes(context, file, code, call) : undefined;
  const made = (value: ValueFact, covers: Registered['covers']): Registered => ({
    file,
    line: call.line,
    live,
    how,
    path,
    value,
    covers,
    scope: covers === null ? 'global' : 'path',
    behind: context.behind.behind(file, value),
  });
  if (how === 'enableCors')
    return [
      made(
        asValue({
          ...call,
          callee: how,
          origin: { from: 'package', package: '@nestjs/core', member: how },
        }),
        null,
      ),
    ];
  const prefixes = paths.map((one) => one?.replace(/\/?\*?$/, '') ?? '');
  const isPlain = prefixes.every((prefix) => /^\/[\w./-]+$/.test(prefix));
  // What the file itself is mounted under stands before the paths of its routes.
  const reaches = (route: Route): boolean =>
    prefixes.some((prefix) =>
      route.file === file ? `${route.path}/`.includes(`${prefix}/`) : application && under(prefix)(route),
    );
  return values
    .filter((_, i) => mounted[i] === null)
    .flatMap((value) => (value.kind === 'array' ? value.items : [value]))
    .filter(
      (value) => value.kind !== 'string' && (value.kind !== 'object' || how === 'hooks' || 'plugin' in value.props),
    )
    .map((value) => {
      if (routers.length > 0) return made(value, ({ file: at }) => routers.includes(at));
      if (chosen !== undefined) return made(value, chosen);
      if (application && (path === null || wide.test(path)))
        return made(value, isInner ? ({ framework }) => !hosted.test(framework) : null);
      return made(value, isPlain ? reaches : ({ file: at }) => at === file);
    });
}

/** `app.all('/api/*', signedIn)`, `app.post('/graphql', signedIn)`: a handler that calls `next()` stands before what answers there. */
function fromVerb(context: Around, file: string, code: CodeFact, call: CallFact): Registered[] {
  const path = call.args.length === 2 ? textOf(call.args[0], code.constants) : null;
  const [, value] = call.args;
  if (path === null || !value || !isApplication(call)) return [];
  const target = handlerOf(context, file, value);
  const next = target?.fn.params[2];
  const body = target && next && /^\w+$/.test(next) ? context.context.view.text(target.file) : '';
  if (!new RegExp(`\\b${next}\\(\\)`).test(body.slice(target?.fn.start, target?.fn.end))) return [];
  const how = lastName(call.callee);
  const below = withoutStar(path);
  const ofGraphql = /graphql$/i.test(below);
  // Without a star it answers at that path alone.
  const isAt = path.includes('*') ? under(below) : (route: Route) => route.path === below;
  const covers = (route: Route): boolean =>
    (ofGraphql && route.framework === 'graphql') ||
    (route.handler?.fn !== target!.fn && isAt(route) && (how === 'all' || route.method === how.toUpperCase()));
  const live = context.reach.liveness(file, call);
  const behind = context.behind.behind(file, value);
  return [{ file, line: call.line, live, how, path, value, covers, scope: 'path', behind }];
}

/** `/notes/*`, `/notes(.*)`, `/notes{/*rest}`: the path that all of them begin with. */
const withoutStar = (path: string): string => path.replace(/[/({]*\.?\*.*$|\/$/g, '');

/** What is mounted at a path stands before what other files mount there, too: `app.use('/accounts', check)`. */
const under =
  (prefix: string) =>
  ({ path }: Route): boolean =>
    path === prefix || path.startsWith(`${prefix}/`);

/** What Adonis' kernel names middleware with. */
const kernel = new Set(['registerNamed']);

/** Adonis knows middleware by the name that its kernel gives it: `Route.get(…).middleware('auth')`, `Server.middleware.registerNamed({ auth: … })`. */
function byName(context: Around, file: string, call: CallFact): Registered[] {
  if (!/^(Route|router)\./.test(call.callee)) return [];
  const given = call.args.flatMap((value) => (value.kind === 'array' ? value.items : [value]));
  return given.flatMap((value): Registered[] => {
    const path = value.kind === 'string' ? value.value.split(':')[0]! : null;
    if (path === null) return [];
    const home = context.files.find((one) => {
      const code = codeOf(context, one);
      return (
        code && callsNamed(code, kernel).some(({ args: [named] }) => named?.kind === 'object' && path in named.props)
      );
    });
    const origin: Origin | null =
      home === undefined && path === 'auth' ? { from: 'package', package: '@adonisjs/auth', member: path } : null;
    const named: ValueFact = { kind: 'ref', path, origin };
    const live = context.reach.liveness(file, call);
    const at = { file: home ?? file, line: call.line, live };
    return [
      { ...byItsPlace(context, at, named), how: 'middleware', covers: (route) => route.file === file, scope: 'path' },
    ];
  });
}

/** Nest's `consumer.apply(Check).forRoutes('*', NotesController, { path: 'notes' })`: every route, those of a controller, those under a path. */
function chosenRoutes(context: Around, file: string, code: CodeFact, call: CallFact): Registered['covers'] | undefined {
  const choosing = code.calls.find(
    (one) => one.start === call.start && /\.apply\(\)(\.\w+\(\))*\.forRoutes$/.test(one.callee),
  );
  if (!choosing) return undefined;
  const paths: string[] = [];
  const controllers: string[] = [];
  for (const arg of choosing.args) {
    const path = textOf(arg.kind === 'object' ? arg.props.path : arg, code.constants);
    const root = arg.kind === 'ref' ? moduleOf(context, file, arg.origin) : null;
    const declared = root && root !== 'outside' ? context.modules.declarations(root.target, root.name).found : [];
    if (path !== null) paths.push(withoutStar(path).replace(/^\//, ''));
    else if (declared.length > 0) controllers.push(...declared.map((one) => one.file));
    // Handed over by a name that cannot be followed: it may be every one.
    else return null;
  }
  if (paths.includes('')) return null;
  return (route) =>
    controllers.includes(route.file) ||
    paths.some((path) => new RegExp(`(^|/)${escaped(path)}(/|$)`).test(route.path.replace(/\{(\w+)\}/g, ':$1')));
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** `providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }]`. */
function fromModule(context: Around, file: string, call: CallFact): Registered[] {
  const module = call.args[0];
  const providers = module?.kind === 'object' ? module.props.providers : undefined;
  if (providers?.kind !== 'array') return [];
  return providers.items.flatMap((item): Registered[] => {
    const token = item.kind === 'object' && item.props.provide?.kind === 'ref' ? item.props.provide.path : '';
    if (item.kind !== 'object' || !globalTokens.test(token)) return [];
    const value = item.props.useClass ?? item.props.useExisting ?? item.props.useFactory ?? item.props.useValue;
    if (!value) return [];
    return [
      {
        file,
        line: call.line,
        live: context.reach.liveness(file, call),
        how: token,
        path: null,
        value,
        covers: null,
        scope: 'global',
        behind: context.behind.behind(file, value),
      },
    ];
  });
}

/** Middleware that a framework loads by its place: before every request, without being registered. */
const places = [
  { packages: ['next'], pattern: /^(src\/)?(middleware|proxy)\.[jt]s$/ },
  { packages: ['@sveltejs/kit'], pattern: /^src\/hooks\.server(\/index)?\.[jt]s$/ },
  { packages: ['nuxt', 'nitropack', 'nitro'], pattern: /^(src\/)?server\/middleware\/.+\.[jt]s$/ },
  { packages: ['astro', '@solidjs/start'], pattern: /^src\/middleware(\/index)?\.[jt]s$/ },
  { packages: ['@medusajs/medusa', '@medusajs/framework'], pattern: /^src\/api\/middlewares\.[jt]s$/ },
];

function conventionalMiddleware(context: Around): Registered[] {
  const patterns = places.filter(({ packages }) => context.context.depends(...packages)).map(({ pattern }) => pattern);
  const found: Registered[] = [];
  // A folder of Fastify plugins: what each file exports is registered on the application.
  const plugins = context.context.depends('@fastify/autoload', 'fastify-autoload')
    ? context.reach.loaded
    : new Set<string>();
  for (const file of plugins) {
    const unit = context.modules.source(file)?.code?.units.find((one) => one.declares.includes('*default*'));
    const value: ValueFact = { kind: 'ref', path: '*default*', origin: null };
    if (!unit) continue;
    found.push({
      file,
      line: unit.line,
      live: context.reach.unitLiveness(file, unit.index),
      how: 'autoload',
      path: null,
      value,
      covers: null,
      scope: 'global',
      behind: context.behind.behind(file, value),
    });
  }
  for (const file of context.files) {
    const local = context.context.placeOf(file);
    const code = context.modules.source(file)?.code;
    if (local === null || !patterns.some((pattern) => pattern.test(local))) continue;
    found.push(...handedOn(context, file));
    if (!code) continue;
    for (const unit of code.units.filter((one) => one.exported.length > 0)) {
      const name = unit.declares.find((one) => one !== '*default*') ?? '*default*';
      const live = context.reach.unitLiveness(file, unit.index);
      found.push(byItsPlace(context, { file, line: unit.line, live }, { kind: 'ref', path: name, origin: null }));
    }
  }
  return found;
}

/** A framework loads it from where it lies, and puts it before every request. */
const byItsPlace = (context: Around, at: Pick<Registered, 'file' | 'line' | 'live'>, value: ValueFact): Registered => ({
  ...at,
  how: 'loaded by its place',
  path: null,
  value,
  covers: null,
  scope: 'global',
  behind: context.behind.behind(at.file, value),
});

/** A module of Nuxt stands before every request of the application. */
const fromNuxt = (use: ReturnType<typeof nuxtModules>[number]): Registered => ({
  file: use.file,
  line: use.line,
  live: 'live',
  how: 'modules',
  path: null,
  value: {
    kind: 'call',
    callee: use.package,
    origin: { from: 'package', package: use.package, member: use.member },
    args: use.args,
    start: 0,
  },
  covers: null,
  scope: 'global',
  behind: [use],
});

/** `export { auth as middleware } from './auth'`, `export { default } from 'next-auth/middleware'`. */
function handedOn(context: Around, file: string): Registered[] {
  const exports = context.modules.source(file)?.module.exports ?? [];
  return exports.flatMap(({ name, from, line }): Registered[] => {
    if (!from || !/^(middleware|proxy|default|onRequest|handle)$/.test(name)) return [];
    const { specifier, imported } = from;
    const isOwn = specifier.startsWith('.') || context.modules.resolve(file, specifier) !== null;
    const origin: Origin = isOwn
      ? { from: 'module', specifier, name: imported, member: '' }
      : { from: 'package', package: specifier, member: imported };
    const live = context.reach.fileLiveness(file);
    return [byItsPlace(context, { file, line, live }, { kind: 'ref', path: imported, origin })];
  });
}
