import type { ComponentRoot } from '../../model/component.ts';
import type { CodeFact, FunctionFact, Origin, ValueFact } from '../../model/facts/source.ts';
import { rootOf } from '../../model/origin.ts';
import type { Entry, Route } from '../../model/wiring.ts';
import type { EntryContext } from '../entries/_provider.ts';
import type { Modules } from '../modules.ts';
import type { Reach } from '../reach.ts';

export interface RouteContext {
  root: ComponentRoot;
  context: EntryContext;
  modules: Modules;
  reach: Reach;
  entries: readonly Entry[];
  /** Own and reached files, tests left out, sorted. */
  files: readonly string[];
}

/** Finds the routes of one framework. One file each, found by name in routes/index.ts. */
export type RouteFinder = (context: RouteContext) => Route[];

export const verbs = ['get', 'post', 'put', 'patch', 'delete', 'all', 'options', 'head'];
/** What a call that puts a route on a router ends with: `router.get(path, …)`, `router[method](path, …)`. */
export const handingOn: ReadonlySet<string> = new Set([
  ...verbs,
  ...['app[]', 'router[]', '_router[]', 'server[]', 'fastify[]', 'express[]'],
]);

/** What following a name needs of a context. */
export type Following = Pick<RouteContext, 'modules'>;

export function codeOf({ modules }: Following, file: string): CodeFact | null {
  return modules.source(file)?.code ?? null;
}

/** The package at the root of an origin, when it is one. */
export function packageOf(origin: Origin | null): { package: string; member: string } | null {
  const current = rootOf(origin);
  return current?.from === 'package' ? { package: current.package, member: current.member } : null;
}

/**
 * The file of the repository, and the name in it, at the root of an origin. A specifier without a dot may lead there too: a
 * workspace package, or a folder under a tsconfig's `baseUrl`. Null: a relative import that leads nowhere.
 */
export function moduleOf(
  { modules }: Following,
  file: string,
  origin: Origin | null,
): { target: string; name: string } | 'outside' | null {
  const root = rootOf(origin);
  if (root?.from === 'module') {
    const target = modules.resolve(file, root.specifier);
    return target ? { target, name: root.name } : null;
  }
  if (root?.from !== 'package') return 'outside';
  const target = modules.resolve(file, root.package);
  return target ? { target, name: root.member.split('.')[0]! } : 'outside';
}

/** The function that a handler value means: written in place, or a name followed through imports and class instances. */
export function handlerOf(
  context: Following,
  file: string,
  value: ValueFact | undefined,
): { file: string; fn: FunctionFact } | null {
  const code = codeOf(context, file);
  if (!value || !code) return null;
  if (value.kind === 'function') {
    const fn = code.functions[value.index];
    return fn ? behindLoad(context, { file, fn }) : null;
  }
  // `asyncHandler(fn)`, `wrap(controller.create)`, `controller.create.bind(controller)`.
  if (value.kind === 'call') {
    if (/\.bind$/.test(value.callee)) return named(context, file, value.callee.replace(/\.bind$/, ''), value.origin);
    for (const argument of [...value.args].reverse()) {
      const found = handlerOf(context, file, argument);
      if (found) return found;
    }
    return named(context, file, value.callee, value.origin);
  }
  if (value.kind === 'array')
    return actionOf(context, file, value.items) ?? handlerOf(context, file, value.items.at(-1));
  if (value.kind === 'ref') return named(context, file, value.path, value.origin);
  return null;
}

/** A controller's class and the name of its method, as Adonis is told them: `[PostsController, 'store']`, `[Posts]`. */
export function actionOf(
  context: Following,
  file: string,
  [controller, action]: readonly ValueFact[],
): { file: string; fn: FunctionFact } | null {
  if (controller?.kind !== 'ref' || (action && action.kind !== 'string')) return null;
  const name = controller.path.split('.').at(-1)!;
  const root = moduleOf(context, file, controller.origin);
  const places = root === 'outside' || root === null ? [] : context.modules.declarations(root.target, root.name).found;
  for (const place of [{ file }, ...places]) {
    const loads = functionNamed(codeOf(context, place.file), name)?.loads;
    const target = loads ? context.modules.resolve(place.file, loads) : place.file;
    const fn = target && methodNamed(codeOf(context, target), action?.value ?? 'handle');
    if (fn) return { file: target, fn };
  }
  return null;
}

/** Behind a function that only loads a module stands the method that its class is asked for, or what it exports. */
function behindLoad(
  context: Following,
  found: { file: string; fn: FunctionFact },
): { file: string; fn: FunctionFact } | null {
  const target = found.fn.loads ? context.modules.resolve(found.file, found.fn.loads) : null;
  const code = target ? codeOf(context, target) : null;
  const fn = methodNamed(code, 'handle') ?? defaultFunction(code);
  return target && fn ? { file: target, fn } : found;
}

export const methodNamed = (code: CodeFact | null, name: string): FunctionFact | null =>
  code?.functions.find((fn) => fn.owner !== null && fn.name === name) ?? null;

/** A list written there, or kept under a name here or in another module: `exports.create = [signedIn, body('title'), handler]`. */
export function listAt(
  context: Following,
  file: string,
  value: ValueFact | undefined,
): { file: string; items: readonly ValueFact[] } | null {
  const held = heldAt(context, file, value);
  return held?.value.kind === 'array' ? { file: held.file, items: held.value.items } : null;
}

/** A list or an object written there, or what one is kept under a name for, here or in another module. */
export function heldAt(
  context: Following,
  file: string,
  value: ValueFact | undefined,
): { file: string; value: ValueFact } | null {
  if (value?.kind === 'array' || value?.kind === 'object') return { file, value };
  if (value?.kind !== 'ref') return null;
  const root = moduleOf(context, file, value.origin);
  const last = value.path.split('.').at(-1)!;
  const places =
    root === 'outside' || root === null
      ? [{ file, local: value.path }]
      : [root.name, last].flatMap((name) => context.modules.declarations(root.target, name).found);
  for (const place of places) {
    const held = place.local === null ? undefined : codeOf(context, place.file)?.objects[place.local];
    if (held?.kind === 'array' || held?.kind === 'object') return { file: place.file, value: held };
  }
  return null;
}

function named(
  context: Following,
  file: string,
  path: string,
  origin: Origin | null,
): { file: string; fn: FunctionFact } | null {
  const parts = path.split('.');
  const last = parts.at(-1)!;
  const local = functionNamed(codeOf(context, file), last);
  const root = moduleOf(context, file, origin);
  if (root === 'outside') return local && behindLoad(context, { file, fn: local });
  if (!root) return null;
  for (const declaration of context.modules.declarations(root.target, root.name).found) {
    const code = codeOf(context, declaration.file);
    const wanted = [last, declaration.local?.replace(/^exports\./, ''), root.name, 'default'].filter(
      (name): name is string => Boolean(name) && name !== '*default*',
    );
    for (const name of wanted) {
      const fn = functionNamed(code, name);
      if (fn) return behindLoad(context, { file: declaration.file, fn });
    }
    const fallback = declaration.local === '*default*' && parts.length === 1 ? defaultFunction(code) : null;
    if (fallback) return { file: declaration.file, fn: fallback };
  }
  return null;
}

const functionNamed = (code: CodeFact | null, name: string): FunctionFact | null =>
  code?.functions.find((fn) => fn.name === name) ?? null;

/** The function that a file exports as its default, under whatever name; a name it exports is followed once. */
export function defaultFunction(code: CodeFact | null): FunctionFact | null {
  const unit = code?.units.find((one) => one.declares.includes('*default*'));
  if (!code || !unit) return null;
  const inside = code.functions.find((fn) => fn.unit === unit.index && fn.within === -1 && fn.owner === null);
  if (inside) return inside;
  for (const use of unit.uses) {
    const found = functionNamed(code, use.split('.')[0]!);
    if (found) return found;
  }
  return null;
}

export const textOf = (value: ValueFact | undefined, constants: Record<string, string> = {}): string | null => {
  if (!value) return null;
  if (value.kind === 'string') return value.value;
  // What stands before the first slash is where all of it is mounted.
  if (value.kind === 'template') return value.parts.join(':x').replace(/^:x(?=\/)/, '');
  if (value.kind === 'ref') return constants[value.path] ?? null;
  if (value.kind === 'choice')
    return value.of.map((one) => textOf(one, constants)).find((text) => text !== null) ?? null;
  if (value.kind === 'env') return textOf(value.fallback ?? undefined, constants);
  return null;
};

/** A text that is kept in a constant or in an object of constants, here or in another module: `ENDPOINTS.health`. */
export function keptText(context: Following, file: string, value: ValueFact | undefined): string | null {
  if (value?.kind !== 'ref') return null;
  const [name, ...inner] = value.path.split('.');
  const root = value.origin?.from === 'module' ? moduleOf(context, file, value.origin) : null;
  const places =
    root && root !== 'outside'
      ? context.modules
          .declarations(root.target, root.name)
          .found.map((found) => ({ file: found.file, name: found.local ?? root.name }))
      : [{ file, name: name! }];
  for (const place of places) {
    const code = codeOf(context, place.file);
    let at: ValueFact | undefined = code?.objects[place.name];
    for (const key of inner) at = at?.kind === 'object' ? at.props[key] : undefined;
    const text = inner.length === 0 ? (code?.constants[place.name] ?? null) : textOf(at, code?.constants);
    if (text !== null) return text;
  }
  return null;
}
