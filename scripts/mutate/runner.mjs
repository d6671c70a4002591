/**
 * Runs the tests for Stryker, all in one process: Vitest's own `it` and `expect`, and a loop of ours around them, so that a mutant
 * costs its tests and not a start of Vitest with all that they import.
 */
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { collectTests } from '@vitest/runner';
import { register } from 'tsx/esm/api';
import { chai, TestRunner } from 'vitest';

/** The tests that judge a mutant, each a folder or a file below `test`. */
const judges = [
  'unit/detectors',
  'unit/wiring',
  'unit/audit',
  'unit/catalogue/evaluate.test.ts',
  'contract',
  'golden/shop.test.ts',
  // What a detector is called and asks, and the options that it takes, are shown there.
  'docs/rule-pages.test.ts',
];
/** What the run without a mutant tells those with one: time and order of the tests, and which ran code of which file. */
const known = 'mutate-tests.json';
/** Which test noticed a mutant of which file: the next one there meets it first. One JSON array a line. */
const noticed = 'mutate-noticed.jsonl';
/** Tests that are asked together which code they ran: asking takes as long as a test does. */
const together = 10;

process.env.NODE_ENV = 'test';
// A test that took over what another one had judged would count as none of that code.
process.env.EACH_TEST_ALONE = '1';

/** What Stryker's own code in the mutated files asks, and writes into. */
globalThis.__stryker__ ??= {};
const active = globalThis.__stryker__;

// Vitest's own keeps an account of snapshots, which there is nobody here to ask for.
chai.util.addMethod(chai.Assertion.prototype, 'toMatchFileSnapshot', function compare(file) {
  const path = resolve(dirname(running.file), file);
  if (chai.util.flag(this, 'object') !== readFileSync(path, 'utf8')) throw new Error(`differs from ${path}`);
});
let running;

const collector = {
  config: { root: process.cwd(), setupFiles: [], sequence: { shuffle: false }, testTimeout: 0, hookTimeout: 0 },
  trace: (...args) => args.at(-1)(),
  importFile: (path) => import(pathToFileURL(path).href),
};

/** Tests of a file; a suite with something to do before all of its tests is one test, as they share that. */
async function testsOf(file) {
  const [task] = await collectTests([resolve(file)], collector);
  if (task.result?.state === 'fail') throw new Error(`${file}: ${task.result.errors[0].message}`);
  const tests = [];
  const hooks = (suites, name) => suites.flatMap((suite) => TestRunner.getSuiteHooks(suite)?.[name] ?? []);
  const once = (suites, test) => async () => {
    try {
      for (const hook of hooks(suites, 'beforeEach')) await hook();
      await TestRunner.getTestFn(test)();
    } finally {
      for (const hook of hooks(suites.toReversed(), 'afterEach')) await hook();
    }
  };
  const add = (name, run) => tests.push({ id: `${file} ${tests.length} ${name}`, file: resolve(file), name, run });
  const walk = (task, suites, add) => {
    if (task.type === 'test') return add(task.name, once(suites, task));
    const inner = [...suites, task];
    const first = hooks([task], 'beforeAll');
    const parts = [...first];
    for (const one of task.tasks) walk(one, inner, first.length === 0 ? add : (_, run) => parts.push(run));
    if (first.length === 0) return;
    add(task.name, async () => {
      for (const part of parts) await part();
    });
  };
  walk(task, [], add);
  return tests;
}

/** The error of a test, or null where it passes. */
async function errorOf(test) {
  running = test;
  try {
    await test.run();
    return null;
  } catch (error) {
    return error;
  }
}

class InOneProcess {
  #files = new Map();

  capabilities() {
    // A new process is started for what runs while a file is loaded.
    return { reloadEnvironment: false };
  }

  init() {
    register();
  }

  async #load(files) {
    await import(pathToFileURL(resolve('scripts/mutate/setup.ts')).href);
    for (const file of files) if (!this.#files.has(file)) this.#files.set(file, await testsOf(file));
    return new Map([...this.#files.values()].flat().map((test) => [test.id, test]));
  }

  async dryRun() {
    const tests = await this.#load(testFiles());
    const coverage = await startCoverage();
    const results = [];
    for (const test of tests.values()) {
      active.currentTestId = test.id;
      const start = performance.now();
      const error = await errorOf(test);
      const timeSpentMs = performance.now() - start;
      active.currentTestId = undefined;
      results.push({ id: test.id, name: test.name, timeSpentMs, status: error ? 1 : 0, failureMessage: String(error) });
      if (results.length % together === 0 || results.length === tests.size) await coverage.take(results.length);
    }
    coverage.stop();
    const times = results.map(({ id, timeSpentMs }) => [id, timeSpentMs]);
    writeFileSync(known, JSON.stringify({ times, ran: coverage.ran }));
    return { status: 'complete', tests: results, mutantCoverage: active.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, mutantActivation, hitLimit, sandboxFileName }) {
    const order = ordered(sandboxFileName, testFilter);
    const start = () => Object.assign(active, { activeMutant: activeMutant.id, hitCount: 0, hitLimit });
    // What runs while a file is loaded meets its mutant there: a file whose tests are not asked any more need not be.
    const isStatic = mutantActivation === 'static';
    if (isStatic) start();
    let tests = isStatic ? new Map() : await this.#load(new Set(order.map(fileOf)));
    start();
    for (const [i, id] of order.entries()) {
      if (!tests.has(id)) {
        try {
          tests = await this.#load([fileOf(id)]);
        } catch (error) {
          return { status: 'killed', killedBy: [id], failureMessage: String(error), nrOfTests: i + 1 };
        }
      }
      const error = await errorOf(tests.get(id));
      if (!error) continue;
      if (active.hitCount > hitLimit) return { status: 'timeout', reason: 'A loop without end' };
      appendFileSync(noticed, `${JSON.stringify([sandboxFileName, id])}\n`);
      active.activeMutant = undefined;
      // What a mutant left behind would be laid to the next one's charge: Stryker starts anew, and asks once more.
      if (mutantActivation === 'runtime' && (await errorOf(tests.get(id)))) process.exit(1);
      return { status: 'killed', killedBy: [id], failureMessage: String(error), nrOfTests: i + 1 };
    }
    active.activeMutant = undefined;
    return { status: 'survived', nrOfTests: order.length };
  }
}

/** The file in the id of a test. */
const fileOf = (id) => id.slice(0, id.indexOf(' '));

const testFiles = () =>
  judges
    .map((name) => join('test', name))
    .flatMap((path) =>
      path.endsWith('.ts') ? [path] : readdirSync(path, { recursive: true }).map((name) => join(path, name)),
    )
    .filter((path) => path.endsWith('.test.ts'))
    .sort();

/** Ids of the tests that may notice a mutant of a file: those that noticed another one there, then the quickest. */
function ordered(file, filter) {
  const { times, ran } = JSON.parse(readFileSync(known, 'utf8'));
  const lines = existsSync(noticed) ? readFileSync(noticed, 'utf8').trim().split('\n') : [];
  const count = new Map();
  for (const [where, id] of lines.map((line) => JSON.parse(line)))
    if (where === file) count.set(id, (count.get(id) ?? 0) + 1);
  const time = new Map(times);
  // What runs while a file is loaded shows where its code runs, or that of a file that takes something from it, or in the docs.
  const may = () => {
    const own = new Set(takers(file).flatMap((one) => ran[one] ?? []));
    return times.map(([id]) => id).filter((id, i) => own.has(Math.floor(i / together)) || id.startsWith('test/docs/'));
  };
  return (filter ?? may()).toSorted((a, b) => (count.get(b) ?? 0) - (count.get(a) ?? 0) || time.get(a) - time.get(b));
}

/** A file, and those that import it or import one that does. */
function takers(file) {
  const sources = readdirSync('src', { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => resolve('src', name));
  const imported = new Map(
    sources.map((path) => [
      path,
      [...readFileSync(path, 'utf8').matchAll(/from '(\.[^']+)'/g)].map(([, to]) => resolve(dirname(path), to)),
    ]),
  );
  const found = new Set([file]);
  for (const one of found) for (const path of sources) if (imported.get(path).includes(one)) found.add(path);
  return [...found];
}

/** Which files of `src` ran something: `ran` maps an absolute path to the groups of `together` tests that did. */
async function startCoverage() {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  const start = pathToFileURL(resolve('src')).href;
  const ran = {};
  const take = async (count) => {
    const { result } = await session.post('Profiler.takePreciseCoverage');
    for (const { url, functions } of result) {
      if (!url.startsWith(start) || !functions.some(({ ranges }) => ranges[0].count > 0)) continue;
      const { pathname } = new URL(url);
      ran[pathname] ??= [];
      ran[pathname].push(Math.floor((count - 1) / together));
    }
  };
  await take(0);
  return { ran, take, stop: () => session.disconnect() };
}

export const strykerPlugins = [
  { kind: 'TestRunner', name: 'in-one-process', factory: Object.assign(() => new InOneProcess(), { inject: [] }) },
];
