import type { CallFact, CodeFact, ValueFact } from '../../model/facts/source.ts';
import type { Route } from '../../model/wiring.ts';
import { callsNamed } from '../calls.ts';
import {
  actionOf,
  codeOf,
  handlerOf,
  heldAt,
  keptText,
  listAt,
  methodNamed,
  moduleOf,
  packageOf,
  type RouteContext,
  textOf,
} from './_finder.ts';

const methods = new Set(['get', 'post', 'put', 'patch', 'delete', 'del', 'all', 'options', 'head', 'any']);
const routing = new Set([...methods, 'route', 'addRoute', 'on', 'openapi', 'use', 'resource']);
const routerPackages =
  /^(express|express-promise-router|koa-router|@koa\/router|fastify|hono|hono\/.*|@hono\/.*|polka|restify|find-my-way|h3|itty-router|@tinyhttp\/app|hyper-express|ultimate-express|elysia|oak|@oak\/oak|@hapi\/hapi|micro-router|feathers|@feathersjs\/express|json-server|total\.js|tinyhttp|worktop|restana|0http|light-my-request|uWebSockets\.js)$/;
const routerNames =
  /^(app|router|server|fastify|api|route|routes|instance|group|web|http|_?router|r|hono|koa|server\.router|this\.(app|router|server|_?express|route|fastify|express))$|(router|routes|app|api|server)$/i;
const chaining =
  /^(route|withTypeProvider|get|post|put|patch|delete|all|options|head|use|group|guard|derive|resolve|decorate|model|macro|state|basePath|onBeforeHandle|onError|onRequest|onAfterHandle|onTransform)\(\)$/;
/** Packages whose objects have a `get` or `delete` that is no route. */
const notRouters =
  /axios|supertest|got|ky|node-fetch|superagent|ioredis|^redis|@nestjs\/(config|axios|core|common)|lru-cache|keyv|cache|map|lodash|mongoose|knex|aws|@aws-sdk|@angular|react|vue|conf|config|jquery|i18n|yup|zod|joi|^@[ot]rpc\//;

/** Express, Koa, Fastify, Hono and their kin: `router.get('/x', …)`, `router.route('/x').get(…)`, `fastify.route({…})`, `server.route([{…}])`. */
export function routerRoutes(context: RouteContext): Route[] {
  const found: Route[] = [];
  for (const file of context.files) {
    const code = codeOf(context, file);
    if (!code) continue;
    for (const call of callsNamed(code, routing)) {
      const parts = call.callee.split('.');
      const last = parts.at(-1)!;
      if (call.form !== 'call' || parts.length < 2) continue;
      if (methods.has(last)) found.push(...verbRoute(context, file, code, call, parts));
      else if ((last === 'route' || last === 'addRoute') && isRouter(call, parts))
        found.push(...objectRoutes(context, file, code, call));
      else if (last === 'on' && isRouter(call, parts) && call.args.length >= 3)
        found.push(...onRoute(context, file, code, call));
      else if (last === 'use' && isRouter(call, parts) && endsRequests(code, call))
        found.push(...verbRoute(context, file, code, call, [...parts.slice(0, -1), 'all']));
      else if (last === 'resource' && isRouter(call, parts)) found.push(...resourceRoutes(context, file, code, call));
      else if (last === 'openapi' && call.args.length >= 2) found.push(...describedRoute(context, file, code, call));
    }
  }
  return found;
}

/** `app.use('/health', (req, res) => res.json(…))`: what has nothing to pass on answers all that begins with its path. */
function endsRequests(code: CodeFact, { args }: CallFact): boolean {
  const last = args.at(-1);
  const params = last?.kind === 'function' ? (code.functions[last.index]?.params ?? []) : [];
  return (
    args[0]?.kind === 'string' &&
    args[0].value !== '/' &&
    params.length === 2 &&
    params.every((name, i) => /^_?re[qs]/.test(name) && name.includes('qs'[i]!))
  );
}

function isRouter(call: CallFact, parts: string[]): boolean {
  const from = packageOf(call.origin);
  if (from)
    return (
      routerPackages.test(from.package) ||
      (!notRouters.test(from.package) &&
        !from.package.startsWith('.') &&
        /router|server|express|fastify|koa|http|adonis\/core\/route/i.test(from.package))
    );
  // `app.group(…).get('/a', …).post('/b', …)`: what every call of the chain hands back is the router that it began with.
  const receiver = parts.slice(0, -1).filter((part) => !chaining.test(part));
  return routerNames.test(receiver.join('.'));
}

function verbRoute(context: RouteContext, file: string, code: CodeFact, call: CallFact, parts: string[]): Route[] {
  if (!isRouter(call, parts)) return [];
  const method = parts.at(-1) === 'del' ? 'DELETE' : parts.at(-1)!.toUpperCase().replace('ANY', 'ALL');
  // `router.route('/x').get(handler)`: the path stands in the call before.
  const chained = parts.includes('route()');
  const paths = chained ? routePath(context, file, code, call) : pathsOf(context, file, call.args[0], code);
  if (paths.length === 0) return [];
  const handlers = chained ? call.args : call.args.slice(1);
  // `app.get('setting')` asks Express for a setting; `map.get('/x')` has no handler.
  if (handlers.length === 0) return [];
  const named = controllerNamed(context, handlers[0]!);
  if (handlers.length === 1 && !named && (handlers[0]!.kind === 'string' || handlers[0]!.kind === 'number')) return [];
  const receiver = parts.slice(0, -1).join('.');
  const last = handlers.at(-1)!;
  // Fastify also takes the handler among the options, written there or kept elsewhere: `fastify.post('/x', { schema, handler })`.
  const options = named ? null : heldAt(context, file, last);
  const among = options?.value.kind === 'object' ? options.value.props.handler : undefined;
  // Elysia says what it takes after the handler: `app.post('/x', handler, { body: schema })`.
  const described = last.kind === 'object' && !among && handlers[0] !== last ? handlers[0]! : undefined;
  const answer = among ?? described ?? last;
  const home = among ? options!.file : file;
  const elsewhere = among && last.kind !== 'object';
  if (!packageOf(call.origin) && !named && !answers(context, home, answer, receiver)) return [];
  const action = named ?? (answer.kind === 'array' ? actionOf(context, file, answer.items) : null);
  const list = action || among ? null : listAt(context, file, answer);
  return paths.map((path) => ({
    file,
    line: call.line,
    method,
    path,
    live: context.reach.liveness(file, call),
    framework: packageOf(call.origin)?.package ?? 'router',
    middleware: among && !elsewhere ? handlers : described ? handlers.slice(1) : handlers.slice(0, -1),
    ...(list && { listed: list.items.slice(0, -1).map((value) => ({ file: list.file, value })) }),
    ...(elsewhere && { listed: [options!] }),
    handler: action ?? (list ? handlerOf(context, list.file, list.items.at(-1)) : handlerOf(context, home, answer)),
  }));
}

/** Adonis finds a controller by its name below the folder of controllers: `Route.get('/posts', 'PostsController.index')`. */
function controllerNamed(context: RouteContext, value: ValueFact, action?: string): Route['handler'] {
  const [, path, method = action] =
    value.kind === 'string' ? (/^([A-Z][\w/]*)(?:\.(\w+))?$/.exec(value.value) ?? []) : [];
  if (!path || !method) return null;
  const file = context.files.find((one) => new RegExp(`/[Cc]ontrollers/(Http/)?${path}\\.[jt]s$`).test(one));
  const fn = file ? methodNamed(codeOf(context, file), method) : null;
  return file && fn ? { file, fn } : null;
}

const actions = { index: 'GET', store: 'POST', show: 'GET', update: 'PUT', destroy: 'DELETE' };

/** `router.resource('posts', PostsController)`: the routes that the controller has a method for. */
function resourceRoutes(context: RouteContext, file: string, code: CodeFact, call: CallFact): Route[] {
  const [name, controller] = call.args;
  const path = textOf(name, code.constants);
  if (path === null || !controller) return [];
  return Object.entries(actions).flatMap(([action, method]): Route[] => {
    const handler =
      controllerNamed(context, controller, action) ??
      actionOf(context, file, [controller, { kind: 'string', value: action }]);
    const at = path.replace(/^\/?/, '/') + (/^(index|store)$/.test(action) ? '' : '/:id');
    const framework = packageOf(call.origin)?.package ?? 'router';
    const live = context.reach.liveness(file, call);
    return handler ? [{ file, line: call.line, method, path: at, live, framework, middleware: [], handler }] : [];
  });
}

const strongNames = /(^|\.)(_?router|routes?|app|server|fastify|express|hono|koa)$|router$/i;

/** `api.post('/comments', data)` sends a request, `router.post('/comments', handler)` answers one: the last argument tells. */
function answers(context: RouteContext, file: string, last: ValueFact, receiver: string): boolean {
  if (last.kind === 'function') return true;
  if (last.kind === 'ref' || last.kind === 'call' || last.kind === 'array')
    return strongNames.test(receiver) || handlerOf(context, file, last) !== null;
  return false;
}

function pathsOf(context: RouteContext, file: string, value: ValueFact | undefined, code: CodeFact): string[] {
  if (!value) return [];
  if (value.kind === 'array') return value.items.flatMap((item) => pathsOf(context, file, item, code));
  if (value.kind === 'regex') return [value.value];
  // Restify takes a route's name and its schemas beside the path: `server.post({ path: '/users', … }, handler)`.
  if (value.kind === 'object') return pathsOf(context, file, value.props.path ?? value.props.url, code);
  const text = textOf(value, code.constants) ?? keptText(context, file, value);
  if (text !== null) return /^[/*:]|^$/.test(text) || value.kind === 'template' ? [text] : [];
  // A path kept in a constant of another module.
  return value.kind === 'ref' && /path|route|url|endpoint/i.test(value.path) ? [`:${value.path}`] : [];
}

function routePath(context: RouteContext, file: string, code: CodeFact, call: CallFact): string[] {
  const opening = code.calls
    .filter((other) => other.start === call.start && other.end < call.end && /\.route$/.test(other.callee))
    .at(-1);
  return pathsOf(context, file, opening?.args[0], code);
}

function objectRoutes(context: RouteContext, file: string, code: CodeFact, call: CallFact): Route[] {
  const objects = call.args.flatMap((argument) => (argument.kind === 'array' ? argument.items : [argument]));
  return objects.flatMap((value): Route[] => {
    if (value.kind !== 'object') return [];
    const path = textOf(value.props.url ?? value.props.path, code.constants);
    if (path === null) return [];
    const verb = value.props.method;
    const names = verb?.kind === 'array' ? verb.items.map((item) => textOf(item)) : [textOf(verb)];
    const handler =
      value.props.handler ?? (value.props.options?.kind === 'object' ? value.props.options.props.handler : undefined);
    return names.map((name) => ({
      file,
      line: call.line,
      method: (name ?? 'ALL').toUpperCase().replace('*', 'ALL'),
      path,
      live: context.reach.liveness(file, call),
      framework: packageOf(call.origin)?.package ?? 'router',
      middleware: [value],
      handler: handlerOf(context, file, handler),
    }));
  });
}

/** `app.openapi(createRoute({ method, path, request }), handler)`, the description written in place or kept under a name. */
function describedRoute(context: RouteContext, file: string, code: CodeFact, call: CallFact): Route[] {
  const description = descriptionOf(context, file, code, call.args[0]!);
  if (description?.kind !== 'object') return [];
  const { method, path, request, middleware } = description.props;
  const written = textOf(path, code.constants);
  if (written === null) return [];
  // What the description asks of a request is checked before the handler.
  const schema: ValueFact[] = request ? [{ kind: 'object', props: { schema: request }, spread: false }] : [];
  return [
    {
      file,
      line: call.line,
      method: (textOf(method) ?? 'ALL').toUpperCase(),
      path: written,
      live: context.reach.liveness(file, call),
      framework: packageOf(call.origin)?.package ?? 'router',
      middleware: [...schema, ...(middleware?.kind === 'array' ? middleware.items : middleware ? [middleware] : [])],
      handler: handlerOf(context, file, call.args[1]),
    },
  ];
}

function descriptionOf(context: RouteContext, file: string, code: CodeFact, value: ValueFact): ValueFact | undefined {
  if (value.kind === 'call') return /(^|\.)createRoute$/.test(value.callee) ? value.args[0] : undefined;
  if (value.kind !== 'ref') return undefined;
  const name = value.path.split('.').at(-1)!;
  const root = moduleOf(context, file, value.origin);
  const homes =
    root && root !== 'outside' && root.target !== file
      ? context.modules
          .declarations(root.target, root.name)
          .found.map((found) => ({ code: codeOf(context, found.file), name: found.local ?? name }))
      : [{ code, name }];
  for (const home of homes) {
    const made = home.code?.calls.find(
      (call) => /(^|\.)createRoute$/.test(call.callee) && (call.assignedTo === home.name || call.assignedTo === name),
    );
    if (made) return made.args[0];
  }
  return undefined;
}

/** Hono's `app.on('GET', '/x', handler)`, `app.on(['GET', 'HEAD'], '/x', handler)`. */
function onRoute(context: RouteContext, file: string, code: CodeFact, call: CallFact): Route[] {
  const [asked, at] = call.args;
  const verbs = (asked?.kind === 'array' ? asked.items : [asked])
    .map((one) => textOf(one))
    .filter((verb) => verb !== null && /^[A-Z]+$/.test(verb));
  return pathsOf(context, file, at, code).flatMap((path) =>
    verbs.map((method) => ({
      file,
      line: call.line,
      method: method!,
      path,
      live: context.reach.liveness(file, call),
      framework: packageOf(call.origin)?.package ?? 'router',
      middleware: call.args.slice(2, -1),
      handler: handlerOf(context, file, call.args.at(-1)),
    })),
  );
}
