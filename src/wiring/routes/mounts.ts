import type { CallFact, CodeFact, ValueFact } from '../../model/facts/source.ts';
import { rootOf } from '../../model/origin.ts';
import { dirOf, isWithin, joinPath, relativeTo } from '../../model/paths.ts';
import type { Route } from '../../model/wiring.ts';
import { callsNamed, lastName } from '../calls.ts';
import { type Following, moduleOf, packageOf, type RouteContext, textOf } from './_finder.ts';

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
  const mounts = context.files.flatMap((file) => [...mountsIn(context, file), ...autoloadsIn(context, file)]);
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
    const written = textOf(first, code.constants);
    const options = call.args.at(-1);
    const prefix = written ?? (options?.kind === 'object' ? textOf(options.props.prefix, code.constants) : null) ?? '';
    const on = parts.slice(0, -1).join('.');
    return call.args.flatMap((value) => {
      const target = routerBehind(context, file, value);
      return target
        ? [
            {
              prefix: prefix === '/' || prefix === '*' ? '' : prefix,
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
  const current = rootOf(origin);
  if (
    value.kind === 'ref' &&
    !value.path.includes('.') &&
    current?.from === 'package' &&
    isRouterMaker(packageOf(origin)!)
  )
    return { file, local: value.path };
  const root = moduleOf(context, file, origin);
  if (!root || root === 'outside') return null;
  // `controller.router`, `routes.users`: the member may be what is exported.
  const wanted = root.name === '*' ? 'default' : root.name;
  const declaration = context.modules.declarations(root.target, wanted).found[0];
  const home = declaration?.file ?? root.target;
  const theirs = context.modules.source(home)?.code;
  return theirs && holdsRoutes(theirs) && home !== file ? { file: home, local: null } : null;
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
