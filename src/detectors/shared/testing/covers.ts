import picomatch from 'picomatch';
import type { CommandRun } from '../../../commands/index.ts';
import type { AuditModel } from '../../../model/audit-model.ts';
import { deepestHolding, dirOf, isWithin, joinPath, relativeTo } from '../../../model/paths.ts';
import { once } from '../scope.ts';
import type { TestFile } from './files.ts';
import { patternsOf } from './patterns.ts';
import type { Runs } from './runners.ts';

/** Options of test runners that take the next word. */
const valued = new Set(
  '-c --config --config-file --configFile --configuration --preset --project --projects -p --selectProjects --reporter --reporters --report -R --ui -u --opts -r --require --preload --import --loader --experimental-loader --experimental-default-type --testTimeout --test-timeout --timeout -t --testNamePattern --test-name-pattern -g --grep --grep-invert --maxWorkers -w --workers --shard --retries --env --environment --pool --outputFile --coverageDirectory --coverageReporters --setupFiles --setupFilesAfterEnv --rootDir --root --dir --roots --mode --watch-files --ext --extension --exit-code --browser --browsers -b --file -f --ignore --exclude --testPathIgnorePattern --testPathIgnorePatterns --collectCoverageFrom --globalSetup -j --jobs --bail --logHeapUsage --colors --test-reporter --test-concurrency --max_old_space_size'.split(
    ' ',
  ),
);
/** Those whose value says which files. */
const filters = new Set('--testPathPattern --testPathPatterns --spec -s --testMatch --testRegex'.split(' '));
/** A word that a wrapper or the runner itself is given first (`playwright test`, `wdio run`) is no filter. */
const verbs = new Set('test run watch related --test open bench exec start cov t wdio e2e dev'.split(' '));

interface Asked {
  /** Folder that patterns are relative to. */
  base: string;
  config: string | null;
  /** Files or parts of paths that are asked for; empty for all. */
  only: string[];
  ignore: string[];
}

function askedOf(run: CommandRun): Asked {
  const asked: Asked = { base: run.cwd, config: null, only: [], ignore: [] };
  const words = run.argv.slice(1);
  for (let i = 0; i < words.length; i++) {
    const [name, inline] = words[i]!.startsWith('--') ? splitOnce(words[i]!) : [words[i]!, null];
    const takes = valued.has(name) || filters.has(name) || name.startsWith('--coverage.');
    const value = inline ?? (takes ? words[++i] : null);
    if (value) {
      if (filters.has(name)) asked.only.push(...value.split(','));
      else if (name.startsWith('--testPathIgnorePattern')) asked.ignore.push(value);
      else if (/^(?:-c|--config|--configFile|--config-file)$/.test(name)) asked.config = joinPath(run.cwd, value);
      else if (movesTo(name, run.program) && !value.includes('$')) asked.base = joinPath(run.cwd, value) ?? run.cwd;
    }
    // `--watch false` says no more than `--no-watch`; `--silent` may be told of which tests.
    else if (/^(?:true|false|passed-only)$/.test(name)) continue;
    // Angular's word after the verb is a project, whose folder need not be named like it; others take their configuration by place.
    else if (!/^-|\.conf(?:ig)?\.[cm]?[jt]s$/.test(name) && !(i === 0 && verbs.has(name)) && run.program !== 'ng')
      asked.only.push(name);
  }
  return asked;
}

/** The option names the folder that patterns are relative to; `-r` loads a module for all but Vitest. */
const movesTo = (option: string, program: string): boolean =>
  /^(?:--root|--rootDir|--dir|--roots)$/.test(option) ||
  (option === '-r' && program === 'vitest') ||
  (option === '--project' && program === 'cypress');

const splitOnce = (word: string): [string, string | null] => {
  const at = word.indexOf('=');
  return at === -1 ? [word, null] : [word.slice(0, at), word.slice(at + 1)];
};

const askedBy = once((_, run: CommandRun) => askedOf(run));

const patternsFor = once((model, program: string, cwd: string, config: string | null) =>
  patternsOf(model.view, program, cwd, config),
);

/** True when the run reaches the test, as far as its options and the runner's configuration can be read; where they cannot, it does. */
export function covers(model: AuditModel, run: CommandRun, runs: Runs, file: TestFile): boolean {
  if (!fits(runs, file)) return false;
  const asked = askedBy(model, run);
  if (runs === 'any') return coversAny(model, run, file);
  const { path } = file;
  if (asked.only.length > 0 && !asked.only.some((one) => isAsked(one, run.cwd, path))) return false;
  if (asked.ignore.some((one) => path.includes(one.replaceAll('\\', '')))) return false;
  const patterns = patternsFor(model, run.program, run.cwd, asked.config);
  const bases = patterns.bases ?? [asked.base];
  if (!bases.some((base) => isWithin(path, base)) && asked.only.length === 0) return false;
  if (foreignPackage(model, run.cwd, path)) return false;
  return (asked.only.length > 0 && patterns.byArgument) || patterns.takes(path);
}

/** Which kinds of tests a runner can run at all. */
function fits(runs: Runs, file: TestFile): boolean {
  if (runs === 'any') return true;
  if (file.tool === 'browser') return runs === 'browser' || runs === 'unit' || runs === 'playwright';
  return runs === file.tool;
}

/** A script of one's own: it is taken to reach what lies in its package. */
const coversAny = (model: AuditModel, run: CommandRun, file: TestFile): boolean =>
  run.file === file.path ||
  ((isWithin(file.path, run.cwd) || (run.file !== null && isWithin(file.path, dirOf(run.file)))) &&
    !foreignPackage(model, run.cwd, file.path));

const manifestFolders = once((model): ReadonlySet<string> => new Set(model.facts.manifests.map(({ dir }) => dir)));

/** The file lies in a package that is installed by itself, not in one of the workspace the run was started in. */
function foreignPackage(model: AuditModel, cwd: string, path: string): boolean {
  const dir = deepestHolding(path, manifestFolders(model));
  if (dir === null || isWithin(cwd, dir) || model.view.has(`${dir}/project.json`)) return false;
  return !isMember(model, dir);
}

const isMember = once((model, dir: string): boolean =>
  model.facts.manifests.some(
    (one) => one.dir !== dir && isWithin(dir, one.dir) && memberOf(one.workspaces, relativeTo(dir, one.dir)),
  ),
);

export const memberOf = (workspaces: readonly string[], dir: string): boolean =>
  workspaces.some(
    (pattern) => !pattern.startsWith('!') && picomatch.isMatch(dir, pattern.replace(/^\.\//, '').replace(/\/$/, '')),
  );

/** `tests/unit`, `src/**\/*.test.js`, `auth`: a folder, a glob or a part of the path. What the shell puts in may be any. */
function isAsked(word: string, cwd: string, path: string): boolean {
  if (/\$[{(]?\w|`/.test(word)) return true;
  const bare = word.replace(/^\.\//, '').replace(/\/$/, '');
  const joined = joinPath(cwd, bare);
  return (
    path.includes(bare) ||
    (joined !== null && isWithin(path, joined)) ||
    matchesRegex(bare, path) ||
    (/[*{?[(!]/.test(bare) && matchesGlob(bare, cwd, path))
  );
}

const matchesGlob = (glob: string, cwd: string, path: string): boolean =>
  [path, isWithin(path, cwd) ? relativeTo(path, cwd) : path].some((one) => picomatch.isMatch(one, glob, { dot: true }));

function matchesRegex(source: string, path: string): boolean {
  if (source.length > 120 || /[+*]\)[+*]/.test(source)) return true;
  try {
    return new RegExp(source).test(path);
  } catch {
    return false;
  }
}
