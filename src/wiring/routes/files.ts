import type { CodeFact, ValueFact } from '../../model/facts/source.ts';
import { asValue } from '../../model/origin.ts';
import type { Route } from '../../model/wiring.ts';
import { codeOf, defaultFunction, handlerOf, type RouteContext } from './_finder.ts';

const verbs = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
/** The names that Astro had for its endpoints before version 3. */
const lowerVerbs: Record<string, string> = {
  get: 'GET',
  post: 'POST',
  put: 'PUT',
  patch: 'PATCH',
  del: 'DELETE',
  all: 'ALL',
};
const actions: Record<string, string> = {
  loader: 'GET',
  action: 'POST',
  load: 'GET',
  actions: 'POST',
  getServerSideProps: 'GET',
};

/** Where a framework keeps its route files, and how a path is read from them. */
const conventions: { packages: string[]; framework: string; pattern: RegExp; exports: 'verbs' | 'default' | 'data' }[] =
  [
    { packages: ['next'], framework: 'next', pattern: /^(?:src\/)?app\/(.*?)\/?route\.[jt]sx?$/, exports: 'verbs' },
    {
      packages: ['next'],
      framework: 'next',
      pattern: /^(?:src\/)?pages\/(api\/.*?)(?:\/index)?\.[jt]sx?$/,
      exports: 'default',
    },
    {
      packages: ['next'],
      framework: 'next',
      pattern: /^(?:src\/)?pages\/(?!api\/)(.*?)(?:\/index)?\.[jt]sx?$/,
      exports: 'data',
    },
    {
      packages: ['@remix-run/dev', '@remix-run/node', '@react-router/dev', '@shopify/hydrogen'],
      framework: 'remix',
      pattern: /^app\/(?:routes\/|root(?=\.[jt]sx?$))?(.*?)(?:\/route|\/index|(?<=\/)index)?\.[jt]sx?$/,
      exports: 'data',
    },
    {
      packages: ['@sveltejs/kit'],
      framework: 'sveltekit',
      pattern: /^src\/routes\/(.*?)\/?\+server\.[jt]s$/,
      exports: 'verbs',
    },
    {
      packages: ['@sveltejs/kit'],
      framework: 'sveltekit',
      pattern: /^src\/routes\/(.*?)\/?\+(?:page|layout)\.server\.[jt]s$/,
      exports: 'data',
    },
    { packages: ['astro'], framework: 'astro', pattern: /^src\/pages\/(.*?)(?:\/index)?\.[jt]s$/, exports: 'verbs' },
    {
      packages: ['nuxt', 'nitropack', 'nitro', 'nuxt3'],
      framework: 'nuxt',
      pattern:
        /^(?:src\/)?server\/(?=api\/|routes\/)(?:routes\/)?(.*?)(?:\/index|(?<=\/)index)?(?:\.(?:get|post|put|patch|delete))?\.[jt]s$/,
      exports: 'default',
    },
    {
      packages: ['nitropack', 'nitro'],
      framework: 'nuxt',
      pattern:
        /^(?=api\/|routes\/)(?:routes\/)?(.*?)(?:\/index|(?<=\/)index)?(?:\.(?:get|post|put|patch|delete))?\.[jt]s$/,
      exports: 'default',
    },
    {
      packages: ['@solidjs/start', 'solid-start'],
      framework: 'solid',
      pattern: /^src\/routes\/(.*?)(?:\/index)?\.[jt]sx?$/,
      exports: 'verbs',
    },
    {
      packages: ['@medusajs/medusa', '@medusajs/framework'],
      framework: 'medusa',
      pattern: /^src\/api\/(.*?)\/?route\.[jt]s$/,
      exports: 'verbs',
    },
  ];

/** Frameworks whose routes are files: the exports that answer, and server actions. */
export function fileRoutes(context: RouteContext): Route[] {
  const active = conventions.filter(({ packages }) => context.context.depends(...packages));
  const found: Route[] = [];
  for (const file of context.files) {
    const local = context.context.placeOf(file);
    for (const { framework, pattern, exports } of active) {
      const match = local === null ? null : pattern.exec(local);
      if (match)
        found.push(
          ...routesIn(
            context,
            file,
            framework,
            `/${framework === 'remix' ? flatPath(match[1]!) : tidy(match[1]!)}`,
            exports,
          ),
        );
    }
    if (context.context.depends('next')) found.push(...serverActions(context, file));
  }
  return found;
}

function routesIn(
  context: RouteContext,
  file: string,
  framework: string,
  path: string,
  kind: 'verbs' | 'default' | 'data',
): Route[] {
  const source = context.modules.source(file);
  const code = codeOf(context, file);
  const names = (source?.module.exports ?? []).filter((entry) =>
    kind === 'verbs'
      ? verbs.includes(entry.name) || entry.name === 'ALL' || (framework === 'astro' && entry.name in lowerVerbs)
      : kind === 'data'
        ? entry.name in actions
        : entry.name === 'default',
  );
  return names.flatMap((entry): Route[] => {
    const answered = entry.name === 'actions' ? code?.objects[entry.local ?? entry.name] : undefined;
    // SvelteKit's form actions: each has an address of its own.
    if (answered?.kind === 'object' && Object.keys(answered.props).length > 0)
      return Object.entries(answered.props).map(([name, value]) => ({
        file,
        line: handlerOf(context, file, value)?.fn.line ?? entry.line,
        method: 'POST',
        path: name === 'default' ? path : `${path}?/${name}`,
        live: context.reach.fileLiveness(file),
        framework,
        middleware: [],
        handler: handlerOf(context, file, value),
      }));
    const fn =
      entry.name === 'default'
        ? defaultFunction(code)
        : (code?.functions.find((one) => one.name === entry.local || one.name === entry.name) ?? null);
    const verb =
      kind === 'verbs'
        ? (lowerVerbs[entry.name] ?? entry.name)
        : kind === 'data'
          ? actions[entry.name]!
          : (/\.(get|post|put|patch|delete)\.[jt]s$/.exec(file)?.[1]?.toUpperCase() ?? 'ALL');
    return [
      {
        file,
        line: entry.line,
        method: verb,
        path,
        live: context.reach.fileLiveness(file),
        framework,
        middleware: wrappers(code, entry.local, entry.name),
        handler: fn ? { file, fn } : null,
      },
    ];
  });
}

/** `export const POST = withAuth(handler)`, `client.inputSchema(schema).action(handler)`: what wraps the handler stands before it. */
function wrappers(code: CodeFact | null, local: string | null, name: string): ValueFact[] {
  const calls = code?.calls ?? [];
  const outer = calls.filter((call) => call.within === -1 && (call.assignedTo === local || call.assignedTo === name));
  const chain = outer.flatMap((call) => calls.filter((other) => other.start === call.start && other.end <= call.end));
  return chain.map(asValue);
}

function serverActions(context: RouteContext, file: string): Route[] {
  const code = codeOf(context, file);
  const source = context.modules.source(file);
  if (!code?.directives.includes('use server') || !source) return [];
  return source.module.exports
    .filter((entry) => entry.local)
    .map((entry) => {
      const fn = code.functions.find((one) => one.name === entry.local || one.name === entry.name) ?? null;
      return {
        file,
        line: entry.line,
        method: 'POST',
        path: `action ${entry.name}`,
        live: context.reach.fileLiveness(file),
        framework: 'next-action',
        middleware: wrappers(code, entry.local, entry.name),
        handler: fn ? { file, fn } : null,
      };
    });
}

/** Route groups fall away. */
const tidy = (path: string): string => path.replace(/\([^)]*\)\/?/g, '').replace(/\/$/, '');

/** Remix and React Router: dots are slashes unless in brackets, and what starts with `_` nests without an address of its own. */
const flatPath = (path: string): string =>
  tidy(path)
    .split(/[./](?![^[]*\])/)
    .filter((part) => part !== '' && !part.startsWith('_'))
    .map((part) => part.replace(/[_+]$/, '').replace(/[[\]]/g, ''))
    .join('/');
