import type { CommandRun } from '../../commands/index.ts';
import { dirOf, joinPath } from '../../model/paths.ts';
import { isScript } from '../../model/source-paths.ts';
import type { Entry, Phase } from '../../model/wiring.ts';
import { askedFor, type EntryContext, type EntryProvider, entry } from './_provider.ts';

const serving =
  /^(start|serve|prod|production|server|api|worker|workers|web|service|run|launch|live|up)([:\-_].*)?$|[:\-_](start|serve|prod|production)$/i;
const developing = /^(dev|develop|development|watch|local)([:\-_].*)?$|[:\-_](dev|watch)$/i;
const building = /^(build|compile|bundle|postinstall|prepare|prebuild|postbuild)([:\-_].*)?$/i;
const testing = /test|e2e|cypress|playwright|spec|coverage/i;

/** Chores that may be named for a server: a mocked one, the one that shows stories. */
const aside = /mock|fake|stub|stor(y|ies)|seed|migrat|codegen|generate|lint|format|fixture|docs?([:\-_]|$)|^db[:\-_]/i;

const phaseOf = (script: string): Phase | 'development' =>
  aside.test(script)
    ? 'tool'
    : testing.test(script)
      ? 'test'
      : serving.test(script) && !developing.test(script)
        ? 'runtime'
        : developing.test(script)
          ? 'development'
          : building.test(script)
            ? 'build'
            : 'tool';

/** Files that package scripts start, through every launcher; `main` and `bin`; where none resolves, the file that such packages start by habit. */
const scripts: EntryProvider = {
  name: 'scripts',
  entries(context) {
    const { manifest } = context;
    if (!manifest) return [];
    const found: Entry[] = [];
    const development: Entry[] = [];
    for (const name of Object.keys(manifest.scripts)) {
      const phase = phaseOf(name);
      const at = { file: manifest.path, line: manifest.lines[`scripts.${name}`] ?? 1 };
      for (const run of context.runsOfScript(name)) {
        const named = run.file ?? servedBy(run);
        const file = named && sourceFile(context, named, run.cwd);
        if (!file || !isScript(file)) continue;
        const made = entry(
          file,
          phase === 'development' ? 'runtime' : phase,
          `${manifest.path} "${name}" runs ${run.argv.slice(0, 4).join(' ')}`,
          at,
          // A server's own command line asks for what the file exports.
          run.file ? askedFor(run) : 'all',
        );
        (phase === 'development' ? development : found).push(made);
      }
    }
    if (!found.some((made) => made.phase === 'runtime')) found.push(...development);
    found.push(...published(context));
    if (!found.some((made) => made.phase === 'runtime')) found.push(...habitual(context));
    return found;
  },
};
export default scripts;

/** Packages that the start script or the image has Node load before the program: `node --require dd-trace/init dist/index.js`. */
export function preloaded({ manifest, facts, root }: EntryContext): { name: string; file: string; line: number }[] {
  const started = Object.entries(manifest?.scripts ?? {})
    .filter(([name]) => phaseOf(name) === 'runtime')
    .map(([name, text]) => ({ text, file: manifest!.path, line: manifest!.lines[`scripts.${name}`] ?? 1 }));
  const images = facts.dockerfiles
    .filter(({ dir }) => dir === root.path)
    .flatMap(({ path, stages, final }) =>
      [stages[final]?.entrypoint, stages[final]?.cmd].flatMap((command) =>
        command ? [{ text: ` ${command.argv.join(' ')}`, file: path, line: command.line }] : [],
      ),
    );
  return [...started, ...images].flatMap(({ text, file, line }) =>
    [...text.matchAll(/\s(?:-r|--require|--import|--preload)[ =]([@\w][\w@./-]*)/g)].map(([, name]) => ({
      name: name!,
      file,
      line,
    })),
  );
}

/** Servers that are started by a command line of their own, with the application file as an argument. */
const servers = new Set([
  'fastify',
  'moleculer-runner',
  'probot',
  'micro',
  'functions-framework',
  'wrangler',
  'workerd',
  'nodecg',
  'hypercorn',
  'strapi',
  'listhen',
  'srvx',
]);
const servedBy = (run: CommandRun): string | null =>
  servers.has(run.program)
    ? (run.argv.slice(1).find((word) => /\.[cm]?[jt]s$/.test(word) && !word.startsWith('-')) ?? null)
    : null;

function sourceFile(context: EntryContext, file: string, cwd: string): string | null {
  return (
    context.resolver.sourceOf(file) ??
    (cwd === '.' ? null : context.resolver.sourceOf(`${cwd}/${file}`)) ??
    builtFrom(context)
  );
}

/** A bundle named after nothing in the source: the file that the build script is given. */
function builtFrom(context: EntryContext): string | null {
  for (const name of Object.keys(context.manifest?.scripts ?? {})) {
    if (!building.test(name)) continue;
    for (const run of context.runsOfScript(name)) {
      if (!/^(tsup|esbuild|ncc|rollup|webpack|swc|microbundle|unbuild|tsdown|bun|rspack)$/.test(run.program)) continue;
      for (const word of run.argv.slice(1)) {
        const file =
          /\.[cm]?[jt]sx?$/.test(word) && !/config/.test(word)
            ? context.resolver.sourceOf(run.cwd === '.' ? word : `${run.cwd}/${word}`)
            : null;
        if (file) return file;
      }
    }
  }
  return bundled(context)[0] ?? null;
}

/** Folders that people keep the configuration of a bundler in. */
const kept =
  '{config,configs,build,webpack,rspack,rollup,vite,esbuild,bundler,scripts,_scripts,tools,internals/webpack}';

/** `entry` of a bundler's configuration, as far as it is written out: one file, a list, or several by name. */
function bundled(context: EntryContext): string[] {
  const found = new Set<string>();
  const configs = context.match(
    '{tsup,tsdown,webpack,rollup,rspack,esbuild,build,vite}*.{js,ts,mjs,cjs,mts}',
    `${kept}/*{webpack,rspack,rollup,esbuild,config}*.{js,ts,mjs,cjs,mts}`,
  );
  for (const config of new Set([...configs, ...bundlingScripts(context)])) {
    const text = context.view.text(config);
    for (const { index, 0: key } of text.matchAll(/\b(?:entry\s*=|(?:entry|entryPoints|input)\s*:)\s*/g)) {
      const value = writtenOut(valueAt(text, index + key.length), text);
      for (const [, quoted] of value.matchAll(/['"`]([^'"`\s]+)['"`]/g)) {
        const path = quoted!;
        if (!/^\.{0,2}\/|^src\/|\.[cm]?[jt]sx?$/.test(path)) continue;
        // Read from where the bundler is started, from where the configuration lies, or from the usual folder of sources.
        const below = path.replace(/^(?:\.{0,2}\/)+/, '');
        const places = [context.inside(below), joinPath(dirOf(config), path), context.inside(`src/${below}`)];
        const file = places.map((place) => place && context.resolver.sourceOf(place)).find(Boolean);
        if (file) found.add(file);
      }
    }
  }
  return [...found];
}

const joining = /\bpath\.(?:join|resolve)\(([^()]*)\)/g;

/** `path.join(sources, 'index.tsx')` as one path from the configuration's folder, where the text says what `sources` is. */
function writtenOut(value: string, text: string): string {
  const named = new Map<string, string>();
  const joined = (parts: string): string | null => {
    const said = parts
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map((part) =>
        part === '__dirname' ? '.' : (/^['"`]([^'"`$]*)['"`]$/.exec(part)?.[1] ?? named.get(part) ?? null),
      );
    return said.length === 0 || said.includes(null) ? null : ['.', ...said].join('/');
  };
  for (const [, name, parts] of text.matchAll(
    /\b(?:const|let|var)\s+([\w$]+)\s*=\s*path\.(?:join|resolve)\(([^()]*)\)/g,
  )) {
    const path = joined(parts!);
    if (path !== null) named.set(name!, path);
  }
  return value.replace(joining, (whole, parts: string) => {
    const path = joined(parts);
    return path === null ? whole : `'${path}'`;
  });
}

/** Programs that the package's build starts and that call a bundler themselves: `node scripts/build.mjs`. */
function bundlingScripts(context: EntryContext): string[] {
  return Object.keys(context.manifest?.scripts ?? {})
    .filter((name) => building.test(name))
    .flatMap((name) => context.runsOfScript(name))
    .flatMap((run) => (run.file && context.resolver.sourceOf(run.file)) || [])
    .filter((file) => callsBundler.test(context.view.text(file)));
}
const callsBundler =
  /\b(?:from\s*|require\(\s*|import\(\s*)['"](?:esbuild|rollup|webpack|tsup|tsdown|@rspack\/core)['"]/;

/** The value that starts there: to the bracket that closes it, or to the end of the line. */
function valueAt(text: string, from: number): string {
  if (!'[{'.includes(text[from] ?? ' ')) return text.slice(from, text.indexOf('\n', from) + 1 || undefined);
  let depth = 0;
  for (let at = from; at < Math.min(text.length, from + 4000); at++) {
    if ('[{('.includes(text[at]!)) depth++;
    else if (']})'.includes(text[at]!) && --depth === 0) return text.slice(from, at);
  }
  return '';
}

function published(context: EntryContext): Entry[] {
  const manifest = context.manifest!;
  const made: Entry[] = [];
  for (const [name, target] of Object.entries(manifest.bin)) {
    const file = context.resolver.sourceOf(context.inside(target.replace(/^\.\//, '')));
    if (file)
      made.push(
        entry(file, 'runtime', `${manifest.path} "bin" ${name}`, {
          file: manifest.path,
          line: manifest.lines.bin ?? 1,
        }),
      );
  }
  const isLibrary = manifest.main !== null || manifest.module !== null || manifest.exports !== null;
  if (isLibrary) {
    const names = exportTargets(manifest.exports);
    for (const target of [manifest.main, manifest.module, ...names].filter((t): t is string => typeof t === 'string')) {
      const file = context.resolver.sourceOf(
        context.inside(target.replace(/^\.\//, '').replace(/\.d\.([cm]?ts)$/, '.$1')),
      );
      if (file && /\.([cm]?[jt]sx?|vue|svelte)$/.test(file)) {
        made.push(
          entry(
            file,
            'runtime',
            `${manifest.path} exports ${target}`,
            { file: manifest.path, line: manifest.lines.main ?? manifest.lines.module ?? manifest.lines.exports ?? 1 },
            'all',
          ),
        );
      }
    }
  }
  // What a bundle exports is asked for by whoever loads the bundle.
  for (const file of bundled(context))
    made.push(entry(file, 'runtime', 'entry of the bundler configuration', undefined, 'all'));
  return made;
}

function exportTargets(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return value.includes('*') ? [] : [value];
  if (!value || typeof value !== 'object' || depth > 4) return [];
  return Object.values(value).flatMap((inner) => exportTargets(inner, depth + 1));
}

const habits = [
  'src/index',
  'src/main',
  'src/server',
  'src/app',
  'server',
  'index',
  'app',
  'main',
  'src/server/index',
  'server/index',
  'src/bin/www',
  'bin/www',
  'src/worker',
  ...['server', 'src/server', 'backend', 'server/src', 'server/js'].flatMap((folder) =>
    ['index', 'main', 'server', 'app'].map((name) => `${folder}/${name}`),
  ),
];

function habitual(context: EntryContext): Entry[] {
  for (const habit of habits) {
    const file = context.resolver.sourceOf(context.inside(habit));
    if (file && context.own.includes(file))
      return [entry(file, 'runtime', `${file} is the usual start file, and no script names another`, undefined, 'all')];
  }
  return [];
}
