import { joinPath } from '../model/paths.ts';
import type { Place } from './types.ts';
import { every, first, programName, readOptions } from './words.ts';

interface Wrapper {
  /** Options that take the next word. */
  valued?: string[];
  /** Words that are the wrapper's own before its command (`run` of `doppler run`). */
  verb?: string | string[];
  /** How many words without a dash are the wrapper's own. */
  skip?: number;
  /** The command stands only after `--`. */
  dashes?: boolean;
  /** The option that holds the command as one text. */
  text?: string;
}

/** Programs that do nothing but start another one. Matched by name, then by their verb. */
const wrappers: Record<string, Wrapper> = {
  'cross-env': {},
  'cross-env-shell': {},
  env: { valued: ['-u', '-C', '-S'] },
  dotenv: { valued: ['-e', '-c', '-v', '-p', '-f'] },
  dotenvx: { verb: 'run', valued: ['-f', '-e', '--env-file', '-fk'] },
  'env-cmd': { valued: ['-f', '--file', '-e', '--environments', '-r', '--rc-file'] },
  doppler: {
    verb: 'run',
    valued: ['-p', '-c', '--project', '--config', '-t', '--token', '--scope'],
    text: '--command',
  },
  infisical: { verb: 'run', valued: ['--env', '--path', '--projectId', '--token', '--tags'], text: '--command' },
  op: { verb: 'run', valued: ['--env-file', '--account'] },
  chamber: { verb: 'exec', dashes: true },
  'aws-vault': { verb: 'exec', dashes: true },
  varlock: { verb: 'run' },
  sudo: { valued: ['-u', '-g', '-C'] },
  time: {},
  command: {},
  exec: {},
  nohup: {},
  nice: { valued: ['-n'] },
  setsid: {},
  stdbuf: { valued: ['-i', '-o', '-e'] },
  timeout: { valued: ['-k', '-s', '--signal', '--kill-after'], skip: 1 },
  gtimeout: { valued: ['-k', '-s'], skip: 1 },
  tini: {},
  'dumb-init': {},
  'su-exec': { skip: 1 },
  gosu: { skip: 1 },
  'xvfb-run': { valued: ['-e', '-n', '-s', '--server-args'] },
  c8: { valued: ['-r', '--reporter', '-o', '-x', '-n', '--all'] },
  nyc: { valued: ['-r', '--reporter', '--report-dir', '--temp-dir', '-x', '-n'] },
  percy: { verb: 'exec', dashes: true },
  'wait-on': { dashes: true, valued: ['-t', '-i', '-d', '-c', '--timeout'] },
  'wait-for-it': { dashes: true },
  'wait-for-it.sh': { dashes: true },
  'wait-for': { dashes: true },
  dockerize: { valued: ['-wait', '-timeout', '-template'] },
  // Inside a container that is up; options stand before its name.
  docker: { verb: 'exec', valued: ['-e', '--env', '-u', '--user', '-w', '--workdir', '--env-file'], skip: 1 },
  'docker-compose': { verb: 'exec', valued: ['-e', '--env', '-u', '--user', '-w', '--workdir', '--index'], skip: 1 },
  'with-env': {},
  'sst-env': {},
  sst: { verb: ['bind', 'env', 'shell', 'dev'], valued: ['--stage', '--profile'] },
  uv: {
    verb: 'run',
    valued: ['--with', '--group', '--extra', '--package', '--python', '-p', '--project', '--directory', '--env-file'],
  },
  poetry: { verb: 'run' },
  pipenv: { verb: 'run' },
  rye: { verb: 'run' },
  firebase: { verb: 'emulators:exec', valued: ['--only', '--project', '-P', '--import'] },
  retry: { dashes: true },
};

/** The command inside any number of wrappers, with the variables they set. `texts` when it is given as shell text. */
export function unwrap(words: readonly string[], place: Place): { words: string[]; place: Place; texts?: string[] } {
  let rest = [...words];
  let here = place;
  for (let i = 0; i < 8; i++) {
    const taken = assignmentsOf(rest);
    rest = taken.rest;
    if (Object.keys(taken.env).length > 0) here = { ...here, env: { ...here.env, ...taken.env } };
    const name = programName(rest[0] ?? '');
    const inner = Object.hasOwn(wrappers, name) ? inside(rest, wrappers[name]!, name) : null;
    if (inner === null || (inner.words.length === 0 && !inner.text)) break;
    if (inner.folder) here = { ...here, cwd: joinPath(here.cwd, inner.folder) ?? here.cwd };
    if (inner.text) return { words: [], place: here, texts: [inner.text] };
    // A single quoted command: `cross-env-shell "a && b"`, `dotenv -- "next dev"`.
    if (inner.words.length === 1 && /\s/.test(inner.words[0]!)) return { words: [], place: here, texts: inner.words };
    rest = inner.words;
  }
  return { words: rest, place: here };
}

function inside(
  words: readonly string[],
  wrapper: Wrapper,
  name: string,
): { words: string[]; text?: string | null; folder?: string | null } | null {
  let args = words.slice(1);
  if (wrapper.verb) {
    const verbs = [wrapper.verb].flat();
    const at = args.findIndex((word) => verbs.includes(word));
    if (at === -1) return null;
    args = args.slice(at + 1);
  }
  const dash = args.indexOf('--');
  if (wrapper.dashes) return dash === -1 ? null : { words: args.slice(dash + 1) };
  const valued = new Set(wrapper.valued ?? []);
  const options = readOptions(args, valued, true);
  // Dashes after the command has begun are its own: `docker compose exec api npm run typeorm -- -d x`.
  const begun = dash !== -1 && readOptions(args.slice(0, dash), valued, true).rest.length > (wrapper.skip ?? 0);
  const own = begun ? -1 : dash;
  const text = wrapper.text ? first(options, wrapper.text) : null;
  // `dotenv -e .env -- cmd` and old env-cmd's `env-cmd .env cmd`.
  let rest = own === -1 ? options.rest : args.slice(own + 1);
  if (
    name === 'env-cmd' &&
    own === -1 &&
    every(options, '-f', '--file').length === 0 &&
    /^\.?\/?.*\.env|^\.env/.test(rest[0] ?? '')
  )
    rest = rest.slice(1);
  if (own === -1) rest = rest.slice(wrapper.skip ?? 0);
  return { words: rest, text, folder: name === 'env' ? first(options, '-C') : null };
}

function assignmentsOf(words: readonly string[]): { env: Record<string, string>; rest: string[] } {
  const env: Record<string, string> = {};
  let i = 0;
  for (; i < words.length; i++) {
    const match = /^([A-Za-z_]\w*)=(.*)$/s.exec(words[i]!);
    if (!match) break;
    env[match[1]!] = match[2]!;
  }
  return { env, rest: words.slice(i) };
}
