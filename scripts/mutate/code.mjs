/**
 * Mutates a sample of src/detectors, src/wiring and src/audit with Stryker and prints the share that a test notices, by folder:
 * `npm run mutate:code -- [--seed 1] [--windows 12] [--folder src/wiring]… [--concurrency 1]`.
 * Slow, so no part of the tests, which `runner.mjs` runs. Stryker comes through npx and is no dependency: nothing else here needs it.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const stryker = '9.6.1';
/** Lines of one place that is mutated: whole statements, and few enough that a sample spreads over many files. */
const windowLines = 8;

const { values: asked } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    windows: { type: 'string', default: '12' },
    folder: { type: 'string', multiple: true, default: ['src/detectors', 'src/wiring', 'src/audit'] },
    concurrency: { type: 'string', default: '1' },
  },
});

/** The same numbers for the same seed (mulberry32). */
function randomOf(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Places spread over the lines of a folder, each line as likely as any other; none twice. */
function sample(folder, random) {
  const places = readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      const lines = readFileSync(path, 'utf8').split('\n').length;
      return Array.from({ length: Math.ceil(lines / windowLines) }, (_, i) => [path, i * windowLines + 1, lines]);
    });
  return Array.from({ length: Math.min(Number(asked.windows), places.length) }, () => {
    const [[path, from, last]] = places.splice(Math.floor(random() * places.length), 1);
    return `${path}:${from}-${Math.min(from + windowLines - 1, last)}`;
  });
}

const folder = mkdtempSync(join(tmpdir(), 'mutate-code-'));
try {
  const report = join(folder, 'report.json');
  const config = join(folder, 'stryker.config.json');
  writeFileSync(
    config,
    JSON.stringify({
      mutate: asked.folder.flatMap((one) => sample(one, randomOf(Number(asked.seed)))),
      testRunner: 'in-one-process',
      plugins: ['./scripts/mutate/runner.mjs'],
      coverageAnalysis: 'perTest',
      // Nothing is type-checked here, and a line put before every file would move the lines that the golden files name.
      disableTypeChecks: false,
      concurrency: Number(asked.concurrency),
      timeoutMS: 60_000,
      // On a busy machine the run without a mutant alone takes longer than the five minutes that Stryker grants it.
      dryRunTimeoutMinutes: 60,
      // TypeScript 7 cannot be asked for what a tsconfig says, and nothing here extends one.
      tsconfigFile: 'none.json',
      reporters: ['clear-text', 'json', 'progress-append-only'],
      clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
      jsonReporter: { fileName: report },
    }),
  );
  const npx = ['--yes', '-p', `@stryker-mutator/core@${stryker}`, '--', 'stryker', 'run', config];
  const { status } = spawnSync('npx', npx, { stdio: 'inherit' });
  if (status === 0) print(JSON.parse(readFileSync(report, 'utf8')).files);
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Stryker's own score, by folder: what was noticed, or ran without end, of all that was mutated. */
function print(files) {
  for (const one of asked.folder) {
    const mutants = Object.entries(files)
      .filter(([path]) => path.startsWith(`${one}/`))
      .flatMap(([, file]) => file.mutants.map(({ status }) => status))
      .filter((status) => status !== 'Ignored' && status !== 'CompileError');
    const noticed = mutants.filter(
      (status) => status === 'Killed' || status === 'Timeout' || status === 'RuntimeError',
    );
    const share = mutants.length === 0 ? 0 : Math.round((1000 * noticed.length) / mutants.length) / 10;
    console.log(`${one}: ${noticed.length} of ${mutants.length} mutants noticed (${share} %), seed ${asked.seed}`);
  }
}
