import picomatch from 'picomatch';
import type { CommandRun } from '../../../commands/index.ts';
import type { AuditModel } from '../../../model/audit-model.ts';
import { deepestHolding, dirOf, isWithin, joinPath, relativeTo } from '../../../model/paths.ts';
import { once } from '../scope.ts';
import type { TestFile } from './files.ts';
import { patternsOf } from './patterns.ts';
import type { Runs } from './runners.ts';

/** Options of test runners that take the next word. */
const valued =
  /^(-c|--config|--preset|--configFile|--project|--projects|-p|--selectProjects|--reporter|--reporters|--report|-R|--ui|-u|--opts|-r|--require|--preload|--import|--loader|--testTimeout|--test-timeout|--timeout|-t|--testNamePattern|--test-name-pattern|-g|--grep|--grep-invert|--maxWorkers|-w|--workers|--shard|--retries|--env|--environment|--pool|--coverage\.\w+|--outputFile|--coverageDirectory|--coverageReporters|--setupFiles(?:AfterEnv)?|--rootDir|--root|--dir|--roots|--mode|--watch-files|--ext|--extension|--exit-code|--browsers?|-b|--spec|-s|--config-file|--file|-f|--ignore|--exclude|--testPathIgnorePatterns?|--collectCoverageFrom|--globalSetup|-j|--jobs|--bail|--logHeapUsage|--colors|--experimental-\S+|--test-reporter|--test-concurrency|--configuration|--forceExit=.*|--max_old_space_size)$/;
const filters = /^(--testPathPatterns?|--spec|-s|--testMatch|--testRegex)$/;

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
  // A file that the run itself was given by a wrapper's verb (`playwright test`, `wdio run`) is no filter.
  const verbs = /^(test|run|watch|related|--test|open|bench|exec|start|cov|t|wdio|e2e|dev)$/;
  const words = run.argv.slice(1);
  for (let i = 0; i < words.length; i++) {
    const [name, inline] = words[i]!.startsWith('--') ? splitOnce(words[i]!) : [words[i]!, null];
    const takes = valued.test(name) || filters.test(name);
    const value = inline ?? (takes ? (words[++i] ?? null) : null);
    if (filters.test(name) && value) asked.only.push(...value.split(','));
    else if (/^--testPathIgnorePatterns?$/.test(name) && value) asked.ignore.push(value);
    else if (/^(-c|--config|--configFile|--config-file)$/.test(name) && value && !value.startsWith('{'))
      asked.config = joinPath(run.cwd, value);
    else if (
      /^(--root|--rootDir|--dir|--roots|-r)$/.test(name) &&
      value &&
      !/[$]/.test(value) &&
      !/^_?mocha$/.test(run.program)
    )
      asked.base = joinPath(run.cwd, value) ?? run.cwd;
    else if (name === '--project' && run.program === 'cypress' && value)
      asked.base = joinPath(run.cwd, value) ?? run.cwd;
    // `--watch false` says no more than `--no-watch`; `--silent` may be told of which tests.
    else if (/^(true|false|passed-only)$/.test(name)) continue;
    // Angular's word after the verb is a project, whose folder need not be named like it; others take their configuration by place.
    else if (!/^-|\.conf(ig)?\.[cm]?[jt]s$/.test(name) && !(i === 0 && verbs.test(name)) && run.program !== 'ng')
      asked.only.push(name);
  }
  return asked;
}

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
  return asked.only.length > 0 && patterns.byArgument ? true : patterns.takes(path);
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
  if (dir === null || dir === '.' || isWithin(cwd, dir) || model.view.has(`${dir}/project.json`)) return false;
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

/** `tests/unit`, `src/**\/*.test.js`, `auth`: a folder, a glob or a part of the path. */
function isAsked(word: string, cwd: string, path: string): boolean {
  if (/[$]\{?\w/.test(word)) return true;
  const bare = word
    .replace(/^['"]|['"]$/g, '')
    .replace(/^\.\//, '')
    .replace(/\/$/, '');
  if (bare === '.' || bare === '') return true;
  const inside = isWithin(path, cwd) ? relativeTo(path, cwd) : path;
  if (/[*{?[(!]/.test(bare)) {
    if (picomatch.isMatch(inside, bare, { dot: true }) || picomatch.isMatch(path, bare, { dot: true })) return true;
    return matchesRegex(bare, path);
  }
  const joined = joinPath(cwd, bare);
  return (
    inside.includes(bare) ||
    path.includes(bare) ||
    (joined !== null && isWithin(path, joined)) ||
    matchesRegex(bare, path)
  );
}

function matchesRegex(source: string, path: string): boolean {
  if (source.length > 120 || /[+*]\)[+*]/.test(source)) return true;
  try {
    return new RegExp(source).test(path);
  } catch {
    return false;
  }
}
