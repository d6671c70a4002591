import { joinPath } from '../model/paths.ts';
import { plainRun, runtimeRuns } from './runtimes.ts';
import { choose, manifestFor, packagesBelow, rootFor, runInPackages, runScript, scriptNames } from './scripts.ts';
import type { CommandRun, Follower, Place } from './types.ts';
import { every, first, has, type Options, programName, readOptions, withoutVersion } from './words.ts';

const own: Record<string, ReadonlySet<string>> = {
  npm: new Set(
    'ci i install add uninstall update audit publish pack version cache config link login ls outdated prune rebuild root set view init create pkg'.split(
      ' ',
    ),
  ),
  pnpm: new Set(
    'i install add remove rm update up audit publish pack deploy fetch import link list ls outdated prune rebuild store config create init dedupe patch env setup approve-builds'.split(
      ' ',
    ),
  ),
  yarn: new Set(
    'install add remove up upgrade audit npm publish pack version cache config link list outdated why init create dedupe plugin set import constraints info global'.split(
      ' ',
    ),
  ),
  bun: new Set('install i add remove update link pm build init create upgrade outdated publish patch'.split(' ')),
};
const valued = new Set([
  '--prefix',
  '-C',
  '--dir',
  '--cwd',
  '--filter',
  '-F',
  '--workspace',
  '-w',
  '--scope',
  '--include',
  '--exclude',
  '--from',
  '--workspace-concurrency',
  '--reporter',
  '-j',
  '--jobs',
  '--loglevel',
  '-p',
  '--package',
  '-c',
  '--call',
  '--node-options',
]);
const aliases: Record<string, string> = {
  t: 'test',
  tst: 'test',
  'run-script': 'run',
  rum: 'run',
  urn: 'run',
  x: 'exec',
};

/** npm, pnpm, yarn, bun and their runners of other packages; null when the words start none of them. */
export function followPackageManager(words: readonly string[], place: Place, self: Follower): CommandRun[] | null {
  const program = withoutVersion(programName(words[0]!));
  const args = words.slice(1);
  if (program === 'corepack') return self.words(args[0] === 'enable' || args[0] === 'prepare' ? [] : args, place);
  if (program === 'npx' || program === 'pnpx' || program === 'bunx') return otherPackage(words, args, place, self);
  if (program === 'npm' || program === 'pnpm' || program === 'yarn' || program === 'bun')
    return managed(program, words, place, self);
  if (program === 'rushx')
    return (
      runScript(manifestFor(place.cwd, self), args[0] ?? '', args.slice(1), place, self) ?? [plainRun(words, place)]
    );
  return null;
}

/** `npx -y tool@1 …`: the tool itself. */
function otherPackage(words: readonly string[], args: readonly string[], place: Place, self: Follower): CommandRun[] {
  const options = readOptions(
    args,
    new Set(['-p', '--package', '-c', '--call', '--prefix', '--workspace', '-w']),
    true,
  );
  const call = first(options, '-c', '--call');
  if (call) return self.text(call, place);
  const [tool, ...rest] = options.rest[0] === '--' ? options.rest.slice(1) : options.rest;
  if (!tool) return [plainRun(words, place)];
  return self.words([withoutVersion(tool), ...rest], { ...place, cwd: inFolder(place.cwd, options) });
}

const inFolder = (cwd: string, options: Options): string => {
  const folder = first(options, '--prefix', '-C', '--dir', '--cwd');
  return folder && !/^[/$]/.test(folder) ? (joinPath(cwd, folder) ?? cwd) : cwd;
};

function managed(
  program: 'npm' | 'pnpm' | 'yarn' | 'bun',
  words: readonly string[],
  place: Place,
  self: Follower,
): CommandRun[] {
  // `-w` names a package for npm, and is a flag (the root) for pnpm.
  const takes =
    program === 'pnpm'
      ? new Set([...valued].filter((each) => each !== '-w' && each !== '-c' && each !== '-p'))
      : valued;
  const before = readOptions(words.slice(1), takes, true);
  const [given, ...after] = before.rest;
  const verb = aliases[given ?? ''] ?? given ?? '';
  const cwd = inFolder(place.cwd, before);
  const here: Place = { ...place, cwd };
  if (program === 'yarn' && (verb === 'workspace' || verb === 'workspaces'))
    return yarnWorkspaces(verb, after, words, here, self);
  if (verb === 'exec' || verb === 'dlx') {
    const packages = selected(program, before, after, here, self);
    const start = after.filter((_, i) => i >= (after[0]?.startsWith('-') ? commandStart(after) : 0));
    const rest = start[0] === '--' ? start.slice(1) : start;
    if (rest.length === 0) return [plainRun(words, here)];
    const places = packages ? packages.map((each) => ({ ...here, cwd: each.dir })) : [here];
    return places.flatMap((each) => self.words([withoutVersion(rest[0]!), ...rest.slice(1)], each));
  }
  if (program === 'yarn' && verb === 'node') return self.words(['node', ...after], here);
  const recursive = program === 'pnpm' && (verb === 'recursive' || verb === 'multi' || verb === 'm');
  const explicit = verb === 'run';
  const tail = recursive && after[0] === 'run' ? after.slice(1) : after;
  const call = explicit || recursive ? readOptions(tail, takes, true) : { ...before, rest: [verb, ...after] };
  const [name, ...rest] = call.rest;
  if (!name || (!explicit && !recursive && isOwn(program, verb))) return [plainRun(words, here)];
  if (program === 'bun' && verb === 'test') return [plainRun(words, here)];
  if (program === 'npm' && !explicit && !['test', 'start', 'stop', 'restart'].includes(verb))
    return [plainRun(words, here)];
  const at: Place = { ...here, cwd: inFolder(cwd, call) };
  return runNamed(program, { name, rest, words, explicit }, { before, call, recursive }, at, self);
}

const isOwn = (program: string, verb: string): boolean => own[program]!.has(verb);
const commandStart = (words: readonly string[]): number => {
  const dashes = words.indexOf('--');
  if (dashes !== -1) return dashes + 1;
  const at = words.findIndex((word) => !word.startsWith('-'));
  return at === -1 ? words.length : at;
};

function runNamed(
  program: 'npm' | 'pnpm' | 'yarn' | 'bun',
  call: { name: string; rest: string[]; words: readonly string[]; explicit: boolean },
  options: { before: Options; call: Options; recursive: boolean },
  place: Place,
  self: Follower,
): CommandRun[] {
  const { name } = call;
  // npm hands on only what follows `--` (its own flags may follow the name); the others hand on everything.
  const tail = readOptions(call.rest, valued);
  const dashes = call.rest.indexOf('--');
  const args =
    program === 'npm'
      ? dashes === -1
        ? tail.rest
        : [...readOptions(call.rest.slice(0, dashes), valued).rest, ...call.rest.slice(dashes + 1)]
      : call.rest.filter((arg, i) => !(i === 0 && arg === '--'));
  const packages = selected(
    program,
    options.before,
    call.explicit || options.recursive ? options.call : null,
    place,
    self,
    options.recursive,
    program === 'npm' ? tail : null,
  );
  if (packages) return runInPackages(packages, name, args, place, self);
  const folder = program === 'npm' ? inFolder(place.cwd, tail) : place.cwd;
  const manifest = manifestFor(folder, self);
  if (/^\/.*\/$/.test(name) && program === 'pnpm') {
    return scriptNames(
      manifest,
      name
        .slice(1, -1)
        .replace(/^\^|\$$/g, '')
        .replaceAll('.*', '*'),
    ).flatMap((each) => runScript(manifest, each, args, place, self) ?? []);
  }
  const runs = runScript(manifest, name, args, place, self);
  if (runs) return runs;
  if (program === 'bun') {
    const file = runtimeRuns(['bun', name, ...call.rest], place, self);
    if (file?.some((run) => run.file !== null)) return file;
  }
  if (program === 'npm' && name === 'start' && self.view.has(joinPath(folder, 'server.js') ?? ''))
    return self.words(['node', 'server.js'], { ...place, cwd: folder });
  if (program === 'npm' || (name === 'test' && program === 'pnpm')) return [plainRun(call.words, place)];
  // yarn, pnpm and bun start an installed program when there is no script of that name.
  return self.words([name, ...call.rest], place);
}

/** Packages that a recursive or filtered call means; null when it means the one it stands in. */
function selected(
  program: string,
  before: Options,
  after: Options | readonly string[] | null,
  place: Place,
  self: Follower,
  recursive = false,
  tail: Options | null = null,
): ReturnType<typeof packagesBelow> | null {
  const options = [
    before,
    ...(after === null ? [] : [Array.isArray(after) ? readOptions(after, valued, true) : (after as Options)]),
    ...(tail ? [tail] : []),
  ];
  const root = manifestFor(place.cwd, self);
  if (program === 'pnpm' && options.some((each) => has(each, '-w', '--workspace-root'))) {
    const top = rootFor(place.cwd, self, (each) => each.workspaces.length > 0);
    return top ? [top] : null;
  }
  const filters = options.flatMap((each) =>
    every(each, '--filter', '-F', '--filter-prod', ...(program === 'npm' ? ['--workspace', '-w'] : [])),
  );
  const everywhere = [
    '-r',
    '--recursive',
    '--workspaces',
    '-ws',
    '--ws',
    ...(program === 'pnpm' ? ['--parallel'] : []),
  ];
  const all = recursive || options.some((each) => has(each, ...everywhere));
  if (filters.length === 0 && !all) return null;
  const packages = packagesBelow(
    program === 'pnpm' ? rootFor(place.cwd, self, (each) => each.workspaces.length > 0) : root,
    self,
  );
  return choose(filters.length > 0 && root ? [...packages, root] : packages, filters, place.cwd);
}

function yarnWorkspaces(
  verb: string,
  args: readonly string[],
  words: readonly string[],
  place: Place,
  self: Follower,
): CommandRun[] {
  const root = manifestFor(place.cwd, self);
  if (verb === 'workspace') {
    const packages = choose(packagesBelow(root, self), args.slice(0, 1), place.cwd);
    return packages.flatMap((each) => self.words(['yarn', ...args.slice(1)], { ...place, cwd: each.dir }));
  }
  const options = readOptions(
    args.filter((arg) => arg !== 'foreach'),
    new Set(['--include', '--exclude', '--from', '-j', '--jobs', '--since']),
    true,
  );
  const rest = options.rest[0] === 'run' ? options.rest.slice(1) : options.rest;
  if (rest.length === 0 || rest[0] === 'focus' || rest[0] === 'list') return [plainRun(words, place)];
  const included = every(options, '--include', '--from');
  const excluded = every(options, '--exclude').map((each) => `!${each}`);
  const packages = choose(packagesBelow(root, self), [...included, ...excluded], place.cwd);
  if (options.rest[0] === 'exec')
    return packages.flatMap((each) => self.words(rest.slice(1), { ...place, cwd: each.dir }));
  return runInPackages(packages, rest[0]!, rest.slice(1), place, self);
}
