import { joinPath } from '../model/paths.ts';
import { plainRun } from './runtimes.ts';
import { choose, manifestFor, packagesBelow, rootFor, runInPackages, runScript, scriptNames } from './scripts.ts';
import type { CommandRun, Follower, Place } from './types.ts';
import { every, has, programName, readOptions } from './words.ts';

/** Programs that start several package scripts or commands; null when the words start none of them. */
export function followTasks(words: readonly string[], place: Place, self: Follower): CommandRun[] | null {
  const program = programName(words[0]!);
  const args = words.slice(1);
  if (['npm-run-all', 'npm-run-all2', 'run-s', 'run-p'].includes(program)) return scripts(args, place, self);
  if (program === 'better-npm-run' || program === 'bnr') return betterScript(args, place, self);
  if (['concurrently', 'conc', 'concurrent'].includes(program)) return concurrently(args, place, self);
  if (['start-server-and-test', 'start-test', 'server-test'].includes(program)) return serverAndTest(args, place, self);
  if (program === 'lerna') return lerna(words, place, self);
  if (program === 'turbo') return turbo(words, place, self);
  if (program === 'rush') return rush(words, place, self);
  return null;
}

function scripts(args: readonly string[], place: Place, self: Follower): CommandRun[] {
  const manifest = manifestFor(place.cwd, self);
  const dashes = args.indexOf('--');
  const own = dashes === -1 ? args : args.slice(0, dashes);
  const { rest } = readOptions(own, new Set(['--max-parallel', '--npm-path']));
  return rest.flatMap((item) => {
    const [pattern = '', ...more] = item.trim().split(/\s+/);
    const extra = more.filter((word) => word !== '--');
    return scriptNames(manifest, pattern).flatMap((name) => runScript(manifest, name, extra, place, self) ?? []);
  });
}

/** better-npm-run keeps its commands, with their variables, in a section of their own. */
function betterScript(args: readonly string[], place: Place, self: Follower): CommandRun[] {
  const manifest = manifestFor(place.cwd, self);
  const section = manifest?.raw.betterScripts;
  const value: unknown = typeof section === 'object' && section ? (section as Record<string, unknown>)[args[0]!] : null;
  const command: unknown = typeof value === 'object' && value ? (value as Record<string, unknown>).command : value;
  const key = `${manifest?.path} better ${args[0]}`;
  if (typeof command !== 'string' || place.open.includes(key)) return [];
  return self.text(command, { ...place, cwd: manifest!.dir, open: [...place.open, key] });
}

const concurrentlyValued = new Set(
  '-n --names -c --prefix-colors -p --prefix -l --prefix-length -t --timestamp-format -s --success -m --max-processes --restart-tries --restart-after --kill-signal --ks --default-input-target --hide --name-separator'.split(
    ' ',
  ),
);

function concurrently(args: readonly string[], place: Place, self: Follower): CommandRun[] {
  const { rest } = readOptions(args, concurrentlyValued);
  return rest.flatMap((item) => {
    const short = /^(npm|yarn|pnpm|bun):(\S+)(.*)$/s.exec(item);
    if (!short) return self.text(item, place);
    const manifest = manifestFor(place.cwd, self);
    return scriptNames(manifest, short[2]!).flatMap((name) => self.text(`${short[1]} run ${name}${short[3]}`, place));
  });
}

/** `start-server-and-test start http://… test`: names of scripts, or commands. */
function serverAndTest(args: readonly string[], place: Place, self: Follower): CommandRun[] {
  const { rest } = readOptions(args, new Set(['--expect', '--timeout']));
  const manifest = manifestFor(place.cwd, self);
  const commands =
    rest.length === 1 ? [] : rest.filter((word) => !/^(https?|tcp|socket)[:-]|^:?\d+$|^localhost\b|\|http/.test(word));
  return commands.flatMap(
    (word) => runScript(manifest, word, [], place, self) ?? (/\s/.test(word) ? self.text(word, place) : []),
  );
}

function lerna(words: readonly string[], place: Place, self: Follower): CommandRun[] {
  const { rest, ...options } = readOptions(
    words.slice(1),
    new Set(['--scope', '--ignore', '--concurrency', '--since']),
  );
  const packages = packagesBelow(manifestFor(place.cwd, self), self);
  const filters = [
    ...every({ rest, ...options }, '--scope'),
    ...every({ rest, ...options }, '--ignore').map((each) => `!${each}`),
  ];
  if (rest[0] === 'run' && rest[1])
    return rest[1]
      .split(',')
      .flatMap((name) => runInPackages(choose(packages, filters, place.cwd), name, [], place, self));
  const dash = words.indexOf('--');
  if (rest[0] === 'exec')
    return choose(packages, filters, place.cwd).flatMap((each) =>
      self.words(dash === -1 ? rest.slice(1) : words.slice(dash + 1), { ...place, cwd: each.dir }),
    );
  return [plainRun(words, place)];
}

const turboValued = new Set(
  '--filter -F --scope --concurrency --cache-dir --env-mode --log-order --log-prefix --output-logs --team --token --api --cwd --ui --since --cache'.split(
    ' ',
  ),
);
const turboOwn = new Set(
  'prune login link logout unlink gen generate daemon ls query scan telemetry watch boundaries'.split(' '),
);

function turbo(words: readonly string[], place: Place, self: Follower): CommandRun[] {
  const dashes = words.indexOf('--');
  const options = readOptions(words.slice(1, dashes === -1 ? undefined : dashes), turboValued);
  const names =
    options.rest[0] === 'run' || options.rest[0] === 'watch'
      ? options.rest.slice(1)
      : turboOwn.has(options.rest[0] ?? '')
        ? []
        : options.rest;
  if (names.length === 0) return [plainRun(words, place)];
  const args = dashes === -1 ? [] : words.slice(dashes + 1);
  const top = manifestFor(place.cwd, self);
  const root = rootFor(place.cwd, self, (each) => configOf(each.dir, self) !== null);
  // Started inside a package, turbo runs the tasks of that package alone.
  const inside = top !== null && top !== root;
  const packages = inside ? [top] : packagesBelow(root, self);
  const chosen = choose(
    packages,
    [...every(options, '--filter', '-F', '--scope'), ...(has(options, '--affected') ? ['*'] : [])],
    place.cwd,
  );
  return withDependencies(names, root?.dir ?? '.', self).flatMap((name) => {
    const [owner, task] = name.includes('#') ? (name.split('#', 2) as [string, string]) : [null, name];
    if (owner === '//') return runScript(root, task, args, place, self) ?? [];
    return runInPackages(owner ? chosen.filter((each) => each.name === owner) : chosen, task, args, place, self);
  });
}

/** The text of a folder's turbo.json, when it is the root's (a package's own extends that one). */
function configOf(dir: string, self: Follower): string | null {
  const text = self.view.read(joinPath(dir, 'turbo.json')!) ?? self.view.read(joinPath(dir, 'turbo.jsonc')!);
  return text !== null && !/"extends"\s*:\s*\[\s*"\/\/"/.test(text) ? text : null;
}

/** Tasks that turbo.json runs first for a task in the same package. */
function withDependencies(names: readonly string[], dir: string, self: Follower): string[] {
  const text = configOf(dir, self) ?? '';
  const before = (name: string): string[] => {
    const at = text.indexOf(`"${name}"`);
    const block = at === -1 ? '' : text.slice(at, text.indexOf('}', at) + 1 || undefined);
    const list = /"dependsOn"\s*:\s*\[([^\]]*)\]/.exec(block)?.[1] ?? '';
    return [...list.matchAll(/"([^"]+)"/g)].map((match) => match[1]!).filter((task) => !/^[\^$]/.test(task));
  };
  const order: string[] = [];
  const add = (name: string, depth: number) => {
    if (order.includes(name) || depth > 6) return;
    for (const task of before(name)) add(task, depth + 1);
    if (!order.includes(name)) order.push(name);
  };
  for (const name of names) add(name, 0);
  return order;
}

function rush(words: readonly string[], place: Place, self: Follower): CommandRun[] {
  const { rest } = readOptions(words.slice(1), new Set(['-t', '--to', '-o', '--only', '-p', '--parallelism']));
  const name = rest[0] === 'rebuild' ? 'build' : rest[0];
  if (!name || /^(install|update|add|publish|version|change|check|purge|init)$/.test(name))
    return [plainRun(words, place)];
  const runs = runInPackages(
    self.manifests.filter((each) => each.dir !== '.'),
    name,
    [],
    place,
    self,
  );
  return runs.length > 0 ? runs : [plainRun(words, place)];
}
