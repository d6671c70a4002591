import picomatch from 'picomatch';
import { dirOf, isWithin, joinPath, relativeTo } from '../../../model/paths.ts';
import type { RepoView } from '../../../model/repository.ts';
import { withoutComments } from './text.ts';

/** Which files a runner takes by its own patterns. */
export interface Patterns {
  takes(path: string): boolean;
  /** Folders it looks in, where its configuration says so. */
  bases: string[] | null;
  /** Files given on the command line are run whatever the patterns say. */
  byArgument: boolean;
}

interface Defaults {
  configs: string;
  include: RegExp;
  byArgument?: boolean;
}
const jest: Defaults = {
  configs: 'jest.config.{js,cjs,mjs,ts,cts,mts,json}',
  include: /(^|\/)__tests__\/.*\.[cm]?[jt]sx?$|(^|\/)([^/]*\.)?(spec|test)\.[cm]?[jt]sx?$/,
};
const vitest: Defaults = {
  configs: '{vitest,vite}.config.{js,cjs,mjs,ts,cts,mts}',
  include: /\.(test|spec)\.[cm]?[jt]sx?$/,
};
const defaults: Record<string, Defaults> = {
  jest,
  'react-scripts': { configs: '', include: /(^|\/)src\/.*(__tests__\/.*|\.(spec|test))\.[cm]?[jt]sx?$/ },
  vitest,
  mocha: { configs: '.mocharc.{js,cjs,json,yml,yaml,jsonc}', include: /(^|\/)test\/[^/]+\.[cm]?js$/, byArgument: true },
  playwright: {
    configs: 'playwright.config.{js,cjs,mjs,ts,cts,mts}',
    include: /\.(test|spec)\.[cm]?[jt]sx?$/,
  },
};

/** Keys by which a configuration says what it takes. */
const keys =
  /\b(testMatch|testRegex|include|spec|projects|workspace|testDir|roots|rootDir|preset|dir|root|extends|specs?Pattern|testPathIgnorePatterns|files)\b['"]?\s*:/;

/** The patterns of the runner started in `cwd`. What its configuration does not spell out is taken to match. */
export function patternsOf(view: RepoView, name: string, cwd: string, config: string | null): Patterns {
  // What coverage tools start, as Mocha's own command line does.
  const program = name === '_mocha' ? 'mocha' : name;
  const known = Object.hasOwn(defaults, program) ? defaults[program]! : null;
  const anything: Patterns = { takes: () => true, bases: null, byArgument: true };
  if (!known) return anything;
  const found = configText(view, known, program, cwd, config);
  const byArgument = known.byArgument ?? false;
  if (found === null) return { takes: (path) => known.include.test(path), bases: null, byArgument };
  const { text, dir } = found;
  // Projects, presets and values put together by code can take more than what is spelled out.
  const more =
    /\b(projects|workspace|extends|preset)\b['"]?\s*:|mergeConfig|defineProject|createJestConfig|\.\.\.\w/.test(text);
  const base = baseIn(text, dir, program);
  const written = literals(text, program);
  if (written === 'unreadable') return { ...anything, bases: program === 'vitest' ? null : base };
  const inside = (path: string): string[] => [
    path,
    ...[dir, ...base].filter((one) => isWithin(path, one)).map((one) => relativeTo(path, one)),
  ];
  const spelled = (path: string): boolean =>
    written?.some((test) => inside(path).some((one) => test(one))) ?? known.include.test(path);
  return {
    takes: (path) => spelled(path) || (more && known.include.test(path)),
    bases: program === 'jest' && /\bprojects\b/.test(text) ? [dir] : base,
    byArgument,
  };
}

function configText(
  view: RepoView,
  known: Defaults,
  program: string,
  cwd: string,
  config: string | null,
): { text: string; dir: string } | null {
  const paths =
    config !== null && view.has(config)
      ? [config]
      : known.configs
        ? view.glob(cwd === '.' ? known.configs : `${cwd}/${known.configs}`)
        : [];
  // Vitest's own file goes before Vite's.
  const path = paths.find((one) => one.includes(program)) ?? paths[0];
  if (path) {
    const text = withoutComments(view.text(path));
    const section = program === 'vitest' ? (/\btest\s*:\s*\{([\s\S]*)/.exec(text)?.[1] ?? '') : text;
    return keys.test(section) ? { text: section, dir: program === 'vitest' ? cwd : dirOf(path) } : null;
  }
  if (program !== 'jest' && program !== 'mocha') return null;
  try {
    const raw = JSON.parse(view.read(joinPath(cwd, 'package.json') ?? '') ?? '{}') as Record<string, unknown>;
    const text = JSON.stringify(raw[program] ?? null);
    return keys.test(text) ? { text, dir: cwd } : null;
  } catch {
    return null;
  }
}

function baseIn(text: string, dir: string, program: string): string[] {
  const list = (key: string): string[] | null => {
    const match = new RegExp(`\\b${key}['"]?\\s*:\\s*(\\[[^\\]]*\\]|['"\`][^'"\`\\n]*['"\`])`).exec(text)?.[1];
    return match ? [...match.matchAll(/['"`]([^'"`\n]*)['"`]/g)].map((one) => one[1]!) : null;
  };
  const at = (base: string, folder: string): string =>
    joinPath(base, folder.replace(/<rootDir>\/?/, '').replace(/^\$\{.*?\}\/?/, '') || '.') ?? '.';
  if (program === 'playwright') {
    const folders = [...text.matchAll(/\btestDir['"]?\s*:\s*['"`]([^'"`\n]*)['"`]/g)].map((one) => one[1]!);
    return folders.length > 0 ? folders.map((one) => at(dir, one)) : [dir];
  }
  if (program === 'vitest') return [at(dir, list('root')?.[0] ?? '.')].map((one) => at(one, list('dir')?.[0] ?? '.'));
  const root = at(dir, list('rootDir')?.[0] ?? '.');
  const roots = list('roots');
  return roots ? roots.map((one) => at(root, one)) : [root];
}

/** What the configuration says it takes, where every part is written out; null where it says nothing. */
function literals(text: string, program: string): ((path: string) => boolean)[] | 'unreadable' | null {
  const made: ((path: string) => boolean)[] = [];
  for (const match of text.matchAll(
    /\b(testMatch|testRegex|include|spec)['"]?\s*:\s*(\[[^\]]*\]?|['"`][^'"`\n]*['"`]|\/(?:[^/\\\n]|\\.)+\/|[^,\n]+)/g,
  )) {
    const [, key, value] = match as unknown as [string, string, string];
    if (key === 'include' && program !== 'vitest') continue;
    if (key === 'spec' && program !== 'mocha') continue;
    if (/^(coverage|typecheck|benchmark|optimizeDeps|esbuild)$/.test(enclosingKey(text, match.index))) continue;
    const texts = [...value.matchAll(/(['"`])((?:\\.|(?!\1)[^\\\n])*)\1/g)].map((one) => one[2]!);
    if (texts.length === 0 || /\$\{|\.\.\./.test(value)) return 'unreadable';
    for (const one of texts) {
      if (key === 'testRegex') {
        const regex = safeRegex(one.replaceAll('\\\\', '\\'));
        if (!regex) return 'unreadable';
        // Jest matches absolute paths.
        made.push((path) => regex.test(`/${path}`));
      } else {
        const glob = one.replace(/<rootDir>\/?/, '').replace(/^\.\//, '');
        // Playwright looks for its patterns at any depth below the folder.
        const matches = picomatch(program === 'playwright' && !glob.startsWith('**/') ? [glob, `**/${glob}`] : glob, {
          dot: true,
        });
        made.push((path) => matches(path) || isWithin(path, glob));
      }
    }
  }
  return made.length > 0 ? made : null;
}

/** The key of the object that holds the offset: `coverage` in `coverage: { include: …`. */
function enclosingKey(text: string, offset: number): string {
  let depth = 0;
  for (let i = offset - 1; i >= 0; i--) {
    if (text[i] === '}') depth++;
    else if (text[i] === '{' && depth-- === 0)
      return /([\w$]+)['"]?\s*:\s*$/.exec(text.slice(Math.max(0, i - 60), i))?.[1] ?? '';
  }
  return '';
}

function safeRegex(source: string): RegExp | null {
  if (source.length > 200 || /[+*]\)[+*]/.test(source)) return null;
  try {
    return new RegExp(source);
  } catch {
    return null;
  }
}
