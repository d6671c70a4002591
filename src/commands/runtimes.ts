import { joinPath } from '../model/paths.ts';
import { manifestFor, runScript } from './scripts.ts';
import type { CommandRun, Follower, Place } from './types.ts';
import { every, first, has, programName, readOptions } from './words.ts';

interface Runtime {
  /** Options that take the next word. */
  valued: string;
  /** Options that load a module before the script. */
  preload?: string;
  /** Words that may stand before the script (`watch`, `run`). */
  verbs?: string;
}
const nodeOptions =
  '-r --require --import --loader --experimental-loader --env-file --env-file-if-exists -e --eval -p --print -C --conditions --test-name-pattern --test-reporter --test-reporter-destination --test-concurrency --max-old-space-size --watch-path --title --icu-data-dir';
const node: Runtime = { valued: nodeOptions, preload: '-r --require --import' };
const tsNode: Runtime = {
  valued: `${nodeOptions} -P --project -O --compiler-options -O -I --ignore --cwd --dir --tsconfig --debounce --watch --ignore-watch -H --scope-dir`,
  preload: '-r --require --import',
};

/** Programs that are given a script file and run it. */
const runtimes: Record<string, Runtime> = {
  node,
  nodejs: node,
  'node-dev': node,
  electron: node,
  'babel-node': { ...node, valued: `${nodeOptions} -x --extensions --config-file --presets` },
  'ts-node': tsNode,
  'ts-node-esm': tsNode,
  'ts-node-script': tsNode,
  'ts-node-transpile-only': tsNode,
  'ts-node-dev': tsNode,
  tsnd: tsNode,
  tsx: { ...tsNode, verbs: 'watch' },
  tsm: tsNode,
  esno: tsNode,
  esmo: tsNode,
  jiti: tsNode,
  esr: tsNode,
  'vite-node': { valued: `${nodeOptions} -c --config -m --mode`, preload: '-r' },
  'swc-node': tsNode,
  'sucrase-node': tsNode,
  zx: node,
  coffee: node,
  bun: { valued: '--preload -r --env-file --cwd --config -c --filter', preload: '--preload -r', verbs: 'run' },
  deno: { valued: '--config -c --import-map --lock --env-file --preload', preload: '--preload', verbs: 'run serve' },
  nodemon: {
    valued: `${nodeOptions} --watch -w --ext -e --ignore -i --exec -x --delay -d --config --signal -s --cwd`,
    preload: '-r --require',
  },
  'pm2-runtime': {
    valued: '-i --instances --name -n --env --only --interpreter --node-args --max-memory-restart -o -e -l',
    verbs: 'start',
  },
  'pm2-docker': { valued: '-i --instances --name -n --env --only', verbs: 'start' },
  pm2: {
    valued: '-i --instances --name -n --env --only --interpreter --node-args --max-memory-restart -o -e -l',
    verbs: 'start startOrRestart startOrReload reload restart',
  },
  forever: { valued: '-l -o -e -a --uid -c', verbs: 'start' },
  python: { valued: '-m -c -W -X' },
  python3: { valued: '-m -c -W -X' },
  php: { valued: '-d -S -t -c' },
  ruby: { valued: '-I -r -e' },
};

const extensions = ['.ts', '.js', '.mts', '.mjs', '.cts', '.cjs', '.tsx', '.jsx', '.json'];
const silent = new Set(['echo', 'printf', 'true', ':', 'false', 'exit', 'sleep', 'return']);

/** A run with nothing more to follow. */
export function plainRun(words: readonly string[], place: Place, file: string | null = null): CommandRun {
  const program = programName(words[0] ?? '');
  return {
    program,
    argv: [program, ...words.slice(1)],
    cwd: place.cwd,
    file,
    script: place.script,
    via: [...place.via],
    tolerated: place.tolerated,
    env: { ...place.env },
    echoOnly: silent.has(program),
  };
}

/** `node x.js` and its kin, with the modules that are loaded before the script; null when the program is no such runtime. */
export function runtimeRuns(words: readonly string[], place: Place, self: Follower): CommandRun[] | null {
  const program = programName(words[0]!);
  const runtime = Object.hasOwn(runtimes, program) ? runtimes[program] : undefined;
  if (!runtime) return watcherRuns(program, words, place, self) ?? executable(words, place, self);
  const options = readOptions(words.slice(1), new Set(runtime.valued.split(' ')), true);
  let rest = options.rest;
  const verb = runtime.verbs?.split(' ').includes(rest[0] ?? '') ? rest[0]! : null;
  let more = options;
  if (verb) {
    more = readOptions(rest.slice(1), new Set(runtime.valued.split(' ')), true);
    rest = more.rest;
  }
  const here: Place = { ...place, cwd: folderOf(place.cwd, first(options, '--cwd') ?? first(more, '--cwd')) };
  if (program === 'nodemon') return nodemon(words, options, here, self);
  if (program.startsWith('pm2'))
    return verb || program !== 'pm2' ? pm2(words, rest, more, here, self) : [plainRun(words, here)];
  if (program === 'deno' && !verb) return denoTask(words, rest, here, self);
  if (program === 'forever' && !verb && rest.length === 0) return [plainRun(words, here)];
  const loaded =
    runtime.preload
      ?.split(' ')
      .flatMap((name) => [...every(options, name), ...(more === options ? [] : every(more, name))]) ?? [];
  const preloads = loaded
    .filter((name) => /^\.{1,2}\//.test(name))
    .map((name) => plainRun(words, here, scriptFile(name, here.cwd, self)));
  const code = first(options, '-e', '--eval', '-p', '--print');
  if (has(options, '--test') || code !== null || first(options, '-m') !== null)
    return [...preloads, plainRun(words, here), ...commandsIn(code ?? '').flatMap((text) => self.text(text, here))];
  const script = rest[0];
  if (script === undefined) return [...preloads, plainRun(words, here)];
  // `node node_modules/.bin/jest`, `node --inspect ./node_modules/jest/bin/jest.js`: the tool, not the runtime.
  if (script.includes('node_modules/'))
    return [...preloads, ...self.words([programName(script), ...rest.slice(1)], here)];
  return [...preloads, plainRun(words, here, scriptFile(script, here.cwd, self))];
}

/** `node -e "require('child_process').execSync('prisma migrate deploy')"`. */
const commandsIn = (code: string): string[] =>
  [...code.matchAll(/\bexec(?:Sync)?\(\s*(['"`])(.+?)\1/g)].map(([, , text]) => text!);

const folderOf = (cwd: string, folder: string | null): string =>
  folder && !/^[/$~]/.test(folder) ? (joinPath(cwd, folder) ?? cwd) : cwd;

/** The repository path a runtime would load for `word`; as written when nothing is there (build output). */
export function scriptFile(word: string, cwd: string, self: Follower): string | null {
  if (/^[/~$]|[*\s]|\$\{/.test(word) || /^\w+:/.test(word)) return null;
  const path = joinPath(cwd, word);
  if (path === null) return null;
  if (word === '.' || word === './') {
    const main = manifestFor(cwd, self)?.main ?? 'index.js';
    return scriptFile(main, cwd, self);
  }
  if (self.view.has(path)) return path;
  for (const ending of extensions) if (self.view.has(path + ending)) return path + ending;
  for (const ending of extensions) if (self.view.has(`${path}/index${ending}`)) return `${path}/index${ending}`;
  return path;
}

/** `./bin/serve` with a shebang, or a script file started by its own name. */
function executable(words: readonly string[], place: Place, self: Follower): CommandRun[] | null {
  if (!/^\.{0,2}\/?[\w@.-]+\//.test(words[0]!) && !/^\.\//.test(words[0]!)) return null;
  if (words[0]!.includes('node_modules/')) return null;
  const path = joinPath(place.cwd, words[0]!);
  if (path === null || words[0]!.startsWith('/') || !self.view.has(path)) return null;
  const shebang = self.view.read(path)?.slice(0, 120).split('\n', 1)[0] ?? '';
  const interpreter = /^#!.*?\b(node|tsx|ts-node|bun|deno|zx)\b/.exec(shebang)?.[1];
  if (interpreter) return [plainRun([interpreter, ...words], place, path)];
  return [plainRun(words, place, path)];
}

/** Compilers that start a program after each build: `tsc-watch --onSuccess "node dist"`, `tsup --onSuccess`, `nodemon --exec`. */
function watcherRuns(program: string, words: readonly string[], place: Place, self: Follower): CommandRun[] | null {
  if (
    !['tsc-watch', 'tsup', 'tsdown', 'tsc-multi', 'chokidar', 'onchange', 'watchexec', 'watch', 'supervisor'].includes(
      program,
    )
  )
    return null;
  const options = readOptions(
    words.slice(1),
    new Set(['--onSuccess', '--onFirstSuccess', '--on-success', '-c', '--command', '-w', '-e', '-i']),
  );
  const texts = every(
    options,
    '--onSuccess',
    '--onFirstSuccess',
    '--on-success',
    ...(program === 'chokidar' ? ['-c', '--command'] : []),
  );
  const dash = words.indexOf('--');
  const after =
    (program === 'onchange' || program === 'watchexec') && dash !== -1 ? self.words(words.slice(dash + 1), place) : [];
  return [plainRun(words, place), ...texts.flatMap((text) => self.text(text, place)), ...after];
}

function nodemon(
  words: readonly string[],
  options: ReturnType<typeof readOptions>,
  place: Place,
  self: Follower,
): CommandRun[] {
  const settings = nodemonSettings(first(options, '--config'), place.cwd, self);
  const exec = first(options, '--exec', '-x') ?? settings?.exec ?? null;
  const script = options.rest[0] ?? settings?.script ?? null;
  if (exec) {
    const words = options.rest.length > 0 ? `${exec} ${options.rest.join(' ')}` : exec;
    return self.text(words, { ...place, via: [...place.via, 'nodemon'] });
  }
  const main = script ?? manifestFor(place.cwd, self)?.main ?? null;
  return [plainRun(words, place, main === null ? null : scriptFile(main, place.cwd, self))];
}

function nodemonSettings(
  config: string | null,
  cwd: string,
  self: Follower,
): { exec?: string; script?: string } | null {
  const text = self.view.read(joinPath(cwd, config ?? 'nodemon.json') ?? '');
  let data: unknown = manifestFor(cwd, self)?.raw.nodemonConfig;
  try {
    if (text) data = JSON.parse(text);
  } catch {
    data = { exec: /"exec"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(text ?? '')?.[1] };
  }
  if (typeof data !== 'object' || data === null) return null;
  const { exec, script } = data as Record<string, unknown>;
  return { exec: typeof exec === 'string' ? exec : undefined, script: typeof script === 'string' ? script : undefined };
}

/** pm2 is given a script, a program (`npm -- start`) or an ecosystem file whose apps are read as text. */
function pm2(
  words: readonly string[],
  rest: readonly string[],
  options: ReturnType<typeof readOptions>,
  place: Place,
  self: Follower,
): CommandRun[] {
  const target = rest[0] ?? 'ecosystem.config.js';
  const via: Place = { ...place, via: [...place.via, 'pm2'] };
  if (target === 'npm' || target === 'yarn' || target === 'pnpm')
    return self.words([target, ...rest.slice(1).filter((word) => word !== '--')], via);
  if (
    /(ecosystem|pm2|process)[\w.-]*\.(c?js|mjs|json|ya?ml)$/.test(target) ||
    target.endsWith('.json') ||
    target.endsWith('.config.js')
  ) {
    return [plainRun(words, place), ...ecosystem(target, first(options, '--only'), via, self)];
  }
  if (/\s/.test(target)) return self.text(target, via);
  return [plainRun(words, place, scriptFile(target, place.cwd, self))];
}

function ecosystem(target: string, only: string | null, place: Place, self: Follower): CommandRun[] {
  const path = joinPath(place.cwd, target);
  const text = path === null ? null : self.view.read(path);
  if (text === null) return [];
  const value = (block: string, key: string) =>
    new RegExp(`["']?\\b${key}["']?\\s*:\\s*(["'\`])([^"'\`\\n]*)\\1`).exec(block)?.[2] ?? null;
  return text
    .split(/(?=\{)/)
    .map((block) => ({
      name: value(block, 'name'),
      script: value(block, 'script'),
      args: value(block, 'args'),
      cwd: value(block, 'cwd'),
    }))
    .filter((app) => app.script !== null && (only === null || app.name === null || only.split(',').includes(app.name)))
    .flatMap((app) => {
      const here: Place = { ...place, cwd: folderOf(place.cwd, app.cwd), via: [...place.via, path!] };
      const script = app.script!;
      if (/^(npm|yarn|pnpm|bun|node|npx)$/.test(script) || script.includes('node_modules'))
        return self.text(`${script} ${app.args ?? ''}`, here);
      return /\s/.test(script)
        ? self.text(script, here)
        : [plainRun(['pm2', 'start', script], here, scriptFile(script, here.cwd, self))];
    });
}

function denoTask(words: readonly string[], rest: readonly string[], place: Place, self: Follower): CommandRun[] {
  if (rest[0] !== 'task' || !rest[1]) return [plainRun(words, place)];
  const known = runScript(manifestFor(place.cwd, self), rest[1], rest.slice(2), place, self);
  if (known) return known;
  const path = ['deno.json', 'deno.jsonc']
    .map((name) => joinPath(place.cwd, name)!)
    .find((name) => self.view.has(name));
  const text = path ? self.view.text(path) : '';
  const task = new RegExp(`"${rest[1].replace(/[^\w:-]/g, '.')}"\\s*:\\s*"((?:[^"\\\\]|\\\\.)*)"`).exec(text)?.[1];
  const key = `${path} ${rest[1]}`;
  if (!task || place.open.includes(key)) return [plainRun(words, place)];
  return self.text(task.replace(/\\"/g, '"'), {
    ...place,
    open: [...place.open, key],
    via: [...place.via, `${path} "${rest[1]}"`],
  });
}
