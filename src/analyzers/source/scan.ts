import { lineAt, lineStartsOf } from '../../model/evidence.ts';
import type { CodeFact, SourceFact } from '../../model/facts/source.ts';
import { isTestPath } from '../../model/source-paths.ts';
import { scanCode, scanRequires } from './code-scan.ts';
import { scanModule } from './module-scan.ts';
import { tooDeepAt } from './nesting.ts';
import { scriptOf } from './single-file.ts';

/** Longest file whose syntax tree is read, in characters: beyond it stand bundles and data, not code that a person wires. */
const longest = 400_000;

/** Text that only code which must be judged by its tree holds. Cheap: one pass, no backtracking. */
const marks =
  /\b(res|reply|response|ctx|context|c)\.(json|send|status|render|text|body|redirect)\b|\b(req|request)\.(body|params|query|headers|method)\b|['"]use server['"]|process\.env|NodeJS\.ProcessEnv|import\.meta\.(env|glob)|\bimport\s*\((?:\s|\/\*[^*]*\*\/)*[^'"/\s)]|\brequire\s*\(|\bexports\s*[.=]|process\.on\(|createServer|\.listen\(|@(Controller|Module|Injectable|Resolver|Entity|Catch|WebSocketGateway|Processor|Cron|Get|Post)\b|\b(app|router|server|fastify|api|route|routes)\.(use|get|post|put|patch|delete|all|route|register|group|on|onError)\(|\b(app|router|server|fastify)\[[\w.]+(\(\))?\]\(|Deno\.env|ErrorBoundary|componentDidCatch|<Suspense|serviceWorker|PrismaClient|new (Map|Set)\b|\w\[\] = \[|\.(query|mutation|subscription|input)\(|\b(Query|Mutation)\s*[:=]|unhandledRejection|\bpreHandler\b|\bRouteShorthandOptions|\b(?:handle|format)Error\b|\bstatusCode\s*:|\bnew Response\(|\bResponse\.json\(|\bfetch\s*\(\s*(req|request)\b|\bstorage\.(get|put|sql)\b|\$env\/|astro:env|\benv\(|\bexport\s+(const|(async\s+)?function)\s+(loader|action|getServerSideProps)\b/;

/** Packages that say nothing about readiness: a file that imports only these (and its own modules) needs no tree. */
const plain =
  /^(react|react-dom|react-dom\/.*|react\/.*|vue|svelte|solid-js|preact|@radix-ui\/.*|lucide-.*|@heroicons\/.*|@mui\/.*|@chakra-ui\/.*|antd|@ant-design\/.*|@headlessui\/.*|@medusajs\/(ui|icons|ui-preset).*|clsx|classnames|tailwind-.*|class-variance-authority|lodash.*|ramda|date-fns.*|dayjs|moment|uuid|nanoid|framer-motion|motion\/.*|next\/(link|image|font.*|navigation|router|head|dynamic)|react-router-dom|react-hook-form|@hookform\/.*|react-i18next|i18next|next-intl.*|vue-i18n|styled-components|@emotion\/.*|react-native|expo-.*|@expo\/.*|@react-navigation\/.*|prop-types|type-fest|@types\/.*|rxjs.*|@angular\/.*|@storybook\/.*|recharts|d3.*|node:(path|url|util|assert|events|os)|path|url|util|assert|events|os|react-icons\/.*|@tabler\/.*|@tiptap\/.*|prosemirror.*|@dnd-kit\/.*|zustand.*|jotai.*|@reduxjs\/.*|redux|react-redux|typescript)$/;

/** Paths of code that answers requests or keeps data: its collections and barrels matter though no text marks them. */
const serving =
  /(^|\/)(api|server|backend|routes?|controllers?|handlers?|repositor(y|ies)|middlewares?|models|db|database|data|caches?|caching|redis|services?|loaders|guards?|resolvers?|queries|mutations)\/[^.]*[^/]*\.[cm]?[jt]s$|(^|\/)(query|queries|mutations?)\.[cm]?[jt]s$|(repositor|controller|handler|middleware|resolver|router|database|datastore|guard|cache|redis)[^/]*\.[cm]?[jt]s$/i;

export function scanSource(path: string, whole: string): SourceFact {
  const { text: written, parseAs, template } = scriptOf(path, whole);
  const deep = tooDeepAt(written);
  if (deep !== -1) {
    const parseError = { line: lineAt(lineStartsOf(written), deep), message: 'nested too deeply to be parsed' };
    return { path, parseError, module: { imports: [], exports: [], dynamicLoads: [] }, code: null };
  }
  const { module, parseError, text } = scanModule(parseAs, written);
  const isTest = isTestPath(path);
  if (isTest && text.length <= longest && /\brequire\s*\(/.test(text)) scanRequires(parseAs, text, module);
  const wanted =
    text.length <= longest &&
    !isTest &&
    (serving.test(path) || needsTree(text, module.imports) || passesOn(path, text, module) || keepsPaths(path, text));
  const code = wanted ? scanCode(parseAs, text, module) : null;
  if (code && !template && /\.[cm]?tsx?$/.test(parseAs)) leaveTypesOut(module, code);
  if (code && template) {
    code.jsx.push(...template);
    // A template uses what its script binds, by names we do not look for there: all of them.
    const bound = [
      ...code.units.flatMap((unit) => unit.declares),
      ...module.imports.flatMap((entry) => entry.names.map((name) => name.local)),
    ];
    code.units.push({
      index: code.units.length,
      declares: [],
      uses: bound.filter(Boolean),
      effect: true,
      augments: null,
      exported: [],
      line: 1,
      start: 0,
      end: 0,
    });
  }
  return { path, parseError, module, code };
}

/** The compiler leaves an import out whose names stand for types only, though it does not say `type`. */
function leaveTypesOut(module: SourceFact['module'], code: CodeFact): void {
  const used = new Set(
    code.units.flatMap(({ uses, exported }) => [...uses.map((name) => name.split('.')[0]!), ...exported]),
  );
  for (const { local } of module.exports) if (local !== null) used.add(local);
  for (const entry of module.imports)
    if (entry.kind === 'static' && entry.names.length > 0 && !entry.specifier.startsWith('.'))
      entry.typeOnly ||= !entry.names.some(({ local }) => used.has(local));
}

/** Folders of what is drawn, named or listed: nothing there passes a call on. */
const drawn =
  /(^|\/)(components?|hooks?|ui|icons?|types?|constants?|locales?|i18n|styles?|themes?|generated|__generated__|assets|stories)\//i;
const smallest = 8_000;

/** A wrapper round the repository's own modules (a cache, a mailer): calls go through it, though it names no package and no mark. */
const passesOn = (path: string, text: string, module: SourceFact['module']): boolean =>
  /\.[cm]?[jt]s$/.test(path) &&
  text.length < smallest &&
  !drawn.test(path) &&
  module.imports.some(({ specifier, typeOnly }) => !typeOnly && /^[.@~#]/.test(specifier)) &&
  /\bfunction\b|=>|\bclass\b/.test(text);

/** Paths that routes are named by, kept in constants of their own. */
const keepsPaths = (path: string, text: string): boolean =>
  /(^|\/)(constants?|config|routes?|paths?|endpoints?|urls?)([./-][^/]*)?\.[cm]?[jt]s$|(^|\/)(constants?|config)\//i.test(
    path,
  ) &&
  text.length < smallest &&
  /[:=]\s*['"`]\/[\w:/{}.-]*['"`]/.test(text);

function needsTree(text: string, imports: SourceFact['module']['imports']): boolean {
  if (marks.test(text)) return true;
  return imports.some(
    ({ specifier, typeOnly }) =>
      !typeOnly && !/^[.@~#]?\//.test(specifier) && !specifier.startsWith('.') && !plain.test(specifier),
  );
}
