import type { ValueFact } from '../../model/facts/source.ts';
import type { Route } from '../../model/wiring.ts';
import { callsNamed } from '../calls.ts';
import { codeOf, methodNamed, type RouteContext, textOf } from './_finder.ts';

type Schema = Extract<ValueFact, { kind: 'object' }>;

interface Action {
  file: string;
  value: ValueFact;
}

/**
 * Moleculer's services are objects, and its gateway is one of them: it names the actions that requests call, by aliases
 * (`'POST /orders': 'orders.create'`, `'REST /orders': 'orders'`) or, with `autoAliases`, by what the actions say of themselves.
 */
export function moleculerRoutes(context: RouteContext): Route[] {
  if (!context.context.depends('moleculer')) return [];
  const services = context.files.flatMap((file) => schemasIn(context, file).map((schema) => ({ file, schema })));
  const actions = new Map<string, Action>();
  const stated: [path: string, action: string][] = [];
  for (const { file, schema } of services) {
    const service = textOf(schema.props.name) ?? '';
    const base = textOf(propOf(schema, 'settings', 'rest')) ?? `/${service}`;
    for (const [name, value] of Object.entries(objectOf(schema.props.actions)?.props ?? {})) {
      actions.set(`${service}.${name}`, { file, value });
      const rest = value.kind === 'object' ? value.props.rest : undefined;
      const written = textOf(rest?.kind === 'object' ? rest.props.path : rest);
      const method = (rest?.kind === 'object' ? textOf(rest.props.method) : null) ?? 'ALL';
      if (written === null) continue;
      const [verb, path] = /^\w+ /.test(written) ? written.split(' ', 2) : [method, written];
      stated.push([`${verb} ${base}/${path}`, `${service}.${name}`]);
    }
  }
  return services.flatMap(({ file, schema }) =>
    itemsOf(propOf(schema, 'settings', 'routes')).flatMap((item): Route[] => {
      const route = objectOf(item);
      if (!route) return [];
      const named = Object.entries(objectOf(route.props.aliases)?.props ?? {});
      const aliases = named.flatMap(([key, value]) => aliasesOf(key, actionIn(value)));
      const all = isTrue(route.props.autoAliases)
        ? [...aliases, ...stated.map(([key, action]) => ({ key, written: 'autoAliases', action }))]
        : aliases;
      return all.map(({ key, written, action }) =>
        routeOf(context, file, schema, route, { key, written, action, actions }),
      );
    }),
  );
}

interface Alias {
  /** `POST /orders`. */
  key: string;
  /** As it stands in the file. */
  written: string;
  action: string | null;
}

const rest: [method: string, path: string, action: string][] = [
  ['GET', '', 'list'],
  ['POST', '', 'create'],
  ['GET', '/:id', 'get'],
  ['PUT', '/:id', 'update'],
  ['DELETE', '/:id', 'remove'],
];

/** The action by its name, alone or behind middleware: a list lies too deep in the settings to be taken apart. */
const actionIn = (value: ValueFact): string | null =>
  value.kind === 'other' ? (/['"]([\w.$-]+)['"]\s*\]$/.exec(value.text)?.[1] ?? null) : textOf(value);

const aliasesOf = (key: string, action: string | null): Alias[] => {
  const path = /^REST (.*)$/.exec(key)?.[1];
  return path === undefined
    ? [{ key, written: key, action }]
    : rest.map(([method, below, name]) => ({
        key: `${method} ${path}${below}`,
        written: key,
        action: `${action}.${name}`,
      }));
};

const guards = [
  ['authorization', 'authorize'],
  ['authentication', 'authenticate'],
] as const;

function routeOf(
  context: RouteContext,
  file: string,
  schema: Schema,
  route: Schema,
  { key, written, action, actions }: Alias & { actions: ReadonlyMap<string, Action> },
): Route {
  const [method, path] = /^\w+ /.test(key) ? key.split(' ', 2) : ['ALL', key];
  const called = action === null ? undefined : actions.get(action);
  const code = called ? codeOf(context, called.file) : null;
  const props = objectOf(called?.value)?.props ?? {};
  const value = called?.value.kind === 'function' ? called.value : props.handler;
  const fn = value?.kind === 'function' ? code?.functions[value.index] : methodNamed(code, 'handler');
  // The gateway's own method says who may pass, where its route asks for it.
  const guard = guards.find(([setting]) => route.props[setting] && !isFalse(route.props[setting]))?.[1];
  const lines = context.context.view.text(file).split('\n');
  return {
    file,
    line: lines.findIndex((line) => line.includes(written)) + 1 || 1,
    method: method!.toUpperCase(),
    path: ['', textOf(propOf(schema, 'settings', 'path')), textOf(route.props.path), path]
      .filter((part) => part !== null)
      .join('/')
      .replace(/\/{2,}/g, '/'),
    live: context.reach.fileLiveness(file),
    framework: 'moleculer',
    middleware: [
      ...(propOf(schema, 'settings', 'rateLimit') ? [limiter] : []),
      ...(guard ? [{ kind: 'ref' as const, path: guard, origin: null }] : []),
      // What an action says of its parameters is checked before it is called.
      ...(props.params ? [{ kind: 'object' as const, props: { schema: props.params }, spread: false }] : []),
    ],
    handler: called && fn ? { file: called.file, fn } : null,
  };
}

/** The gateway's own limiter, by its settings. */
const limiter: ValueFact = {
  kind: 'ref',
  path: 'rateLimit',
  origin: { from: 'package', package: 'moleculer-web/rateLimit', member: '*' },
};

/** The services of a file: what it exports, keeps under a name, or hands to `parseServiceSchema`. */
function schemasIn(context: RouteContext, file: string): Schema[] {
  const code = codeOf(context, file);
  if (!code) return [];
  const given = callsNamed(code, new Set(['parseServiceSchema', 'createService'])).map(({ args }) => args[0]);
  return [...Object.values(code.objects), ...given].filter(
    (value): value is Schema =>
      value?.kind === 'object' && ('actions' in value.props || propOf(value, 'settings', 'routes') !== undefined),
  );
}

const objectOf = (value: ValueFact | undefined): Schema | null => (value?.kind === 'object' ? value : null);
const itemsOf = (value: ValueFact | undefined): readonly ValueFact[] => (value?.kind === 'array' ? value.items : []);
const propOf = (value: Schema, ...path: string[]): ValueFact | undefined =>
  path.reduce<ValueFact | undefined>((at, name) => (at?.kind === 'object' ? at.props[name] : undefined), value);
const isTrue = (value: ValueFact | undefined): boolean => value?.kind === 'boolean' && value.value;
const isFalse = (value: ValueFact | undefined): boolean => value?.kind === 'boolean' && !value.value;
