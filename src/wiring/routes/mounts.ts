import type { CallFact, CodeFact, ValueFact } from '../../model/facts/source.ts';
import { dirOf, isWithin, joinPath, relativeTo } from '../../model/paths.ts';
import type { Route } from '../../model/wiring.ts';
import { callsNamed, lastName } from '../calls.ts';
import { type Following, handlerOf, keptText, moduleOf, packageOf, type RouteContext, textOf } from './_finder.ts';

/** Where a router's routes begin: `app.use('/users', usersRouter)`, `app.route('/users', users)`, `fastify.register(users, { prefix })`. */
interface Mount {
  prefix: string;
  /** File that mounts, and the file whose routes are mounted (the same for a router made on the spot). */
  from: string;
  to: string;
  /** Receiver of the mounted routes, where it is a local of the same file. */
  local: string | null;
  /** Receiver that it is mounted on. */
  on: string;
}

const mounting = new Set(['use', 'route', 'register', 'mount']);
const maxDepth = 4;

/** Puts the prefixes of mounts before the paths of routes, through nested routers. */
export function withMounts(context: RouteContext, routes: Route[]): Route[] {
  const mounts = context.files.flatMap((file) => [
    ...mountsIn(context, file),
    ...autoloadsIn(context, file),
    ...handedOver(context, file),
  ]);
  if (mounts.length === 0) return routes;
  const prefixOf = (file: string, receiver: string | null, depth: number): string => {
    if (depth > maxDepth) return '';
    const mount =
      mounts.find((one) => one.from === file && one.to === file && one.local !== null && one.local === receiver) ??
      mounts.find((one) => one.to === file && one.from !== file);
    return mount ? prefixOf(mount.from, mount.on, depth + 1) + mount.prefix : '';
  };
  return routes.map((route) => {
    if (!route.path.startsWith('/') && route.path !== '') return route;
    const prefix = prefixOf(route.file, receiverAt(context, route), 0);
    return prefix
      ? { ...route, path: `${prefix}${route.path === '/' ? '' : route.path}`.replace(/\/{2,}/g, '/') || '/' }
      : route;
  });
}

function receiverAt(context: RouteContext, route: Route): string | null {
  const call = context.modules
    .source(route.file)
    ?.code?.calls.find(
      (one) => one.line === route.line && /\.(get|post|put|patch|delete|del|all|any|route|head)$/.test(one.callee),
    );
  return call
    ? call.callee
        .split('.')
        .slice(0, -1)
        .filter((part) => !part.endsWith('()'))
        .join('.')
    : null;
}

function mountsIn(context: RouteContext, file: string): Mount[] {
  const code = context.modules.source(file)?.code;
  if (!code) return [];
  return callsNamed(code, mounting).flatMap((call): Mount[] => {
    const parts = call.callee.split('.');
    if (call.form !== 'call' || parts.length < 2) return [];
    const first = call.args[0];
    const written = textOf(first, code.constants) ?? keptText(context, file, first);
    const options = call.args.at(-1);
    const prefix = written ?? (options?.kind === 'object' ? textOf(options.props.prefix, code.constants) : null) ?? '';
    const on = parts.slice(0, -1).join('.');
    return call.args.flatMap((given) => {
      // koa-mount takes the path with the router: `app.use(mount('/users', users))`.
      const inner = given.kind === 'call' && packageOf(given.origin)?.package === 'koa-mount' ? given.args : null;
      const below = inner ? (textOf(inner[0], code.constants) ?? '') : prefix;
      const target = routerBehind(context, file, inner ? inner.at(-1)! : given);
      return target
        ? [
            {
              prefix: below === '/' || below === '*' ? '' : below,
              from: file,
              to: target.file,
              local: target.local,
              on,
            },
          ]
        : [];
    });
  });
}

/** `require('./list').register(router)`, `addNotes(router)`: routes that a function of another file puts on a router made here. */
function handedOver(context: RouteContext, file: string): Mount[] {
  const code = context.modules.source(file)?.code;
  if (!code || callsNamed(code, routers).length === 0) return [];
  return code.calls.flatMap(({ form, callee, origin, args }): Mount[] => {
    const at = form === 'call' ? args.findIndex((arg) => arg.kind === 'ref' && isLocalRouter(arg)) : -1;
    const router = args[at];
    const target = router ? handlerOf(context, file, { kind: 'ref', path: callee, origin }) : null;
    return router?.kind === 'ref' && target && target.file !== file && target.fn.params[at]
      ? [{ prefix: '', from: file, to: target.file, local: null, on: router.path }]
      : [];
  });
}

/** `register(autoload, { dir })`: each plugin of the folder answers under the folders that it lies in, unless it says where. */
function autoloadsIn(context: RouteContext, file: string): Mount[] {
  const source = context.modules.source(file);
  const loads = source?.module.dynamicLoads.filter((load) => load.prefix !== null && /^dir\b/.test(load.text)) ?? [];
  if (loads.length === 0) return [];
  const calls = source?.code?.calls.filter((call) => call.callee.endsWith('.register')) ?? [];
  return loads.flatMap((load): Mount[] => {
    const call = calls.filter((one) => one.line <= load.line).at(-1);
    const folder = joinPath(dirOf(file), load.prefix!);
    if (!call || folder === null) return [];
    const options = call.args.at(-1);
    const props = options?.kind === 'object' ? options.props : {};
    const flat = props.dirNameRoutePrefix?.kind === 'boolean' && !props.dirNameRoutePrefix.value;
    const shared =
      props.options?.kind === 'object' ? (textOf(props.options.props.prefix, source!.code!.constants) ?? '') : '';
    const on = call.callee.split('.').slice(0, -1).join('.');
    return context.files
      .filter((one) => one !== file && isWithin(one, folder))
      .map((to) => {
        const below = relativeTo(dirOf(to), folder);
        const stated = context.modules.source(to)?.code?.constants.autoPrefix;
        return {
          prefix: shared + (stated ?? (flat || below === '.' || below === '' ? '' : `/${below}`)),
          from: file,
          to,
          local: null,
          on,
        };
      });
  });
}

/** The file (and, in the same file, the local name) of the router that a value is; null for ordinary middleware. */
export function routerBehind(
  context: Following,
  file: string,
  value: ValueFact,
): { file: string; local: string | null } | null {
  const origin = value.kind === 'ref' || value.kind === 'call' ? value.origin : null;
  if (isLocalRouter(value)) return { file, local: value.path };
  const root = moduleOf(context, file, origin);
  if (!root || root === 'outside') return null;
  // `controller.router`, `routes.users`: the member may be what is exported.
  const wanted = root.name === '*' ? 'default' : root.name;
  const declaration = context.modules.declarations(root.target, wanted).found[0];
  const home = declaration?.file ?? root.target;
  const theirs = context.modules.source(home)?.code;
  return theirs && holdsRoutes(theirs) && home !== file ? { file: home, local: null } : null;
}

/** A name that a router made in the same file goes by. */
function isLocalRouter(value: ValueFact): value is ValueFact & { kind: 'ref' } {
  const from = value.kind === 'ref' && !value.path.includes('.') ? packageOf(value.origin) : null;
  return from !== null && isRouterMaker(from);
}

/** What makes a router that is put under an application. */
export const isRouterMaker = ({ package: name, member }: { package: string; member: string }): boolean =>
  /(^|\.)(Router|Hono|OpenAPIHono)$/.test(member) ||
  /^(@koa\/router|koa-router|express-promise-router|itty-router)$/.test(name);

/** Routes of its own or routers under paths. A router that only stacks middleware is middleware itself. */
function holdsRoutes(code: CodeFact): boolean {
  if (callsNamed(code, verbs).some((call) => isVerb(call))) return true;
  if (callsNamed(code, routers).length === 0) return false;
  const uses = callsNamed(code, using).filter(isMember);
  return uses.length === 0 || uses.some((call) => call.args[0]?.kind === 'string' || call.args[0]?.kind === 'template');
}

const verbs = new Set(['get', 'post', 'put', 'patch', 'delete', 'route', 'all']);
const routers = new Set(['Router', 'Hono']);
const using = new Set(['use']);
const isMember = ({ callee }: CallFact): boolean => callee.includes('.');

const isVerb = (call: CallFact): boolean => {
  const [first] = call.args;
  if (!isMember(call)) return false;
  if (first?.kind === 'object')
    return lastName(call.callee) === 'route' && ('path' in first.props || 'url' in first.props);
  return call.args.length >= 2 && (first?.kind === 'string' || first?.kind === 'template');
};
