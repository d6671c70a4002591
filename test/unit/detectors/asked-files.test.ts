import { describe, expect, it } from 'vitest';
import { runsOf } from '../../../src/commands/index.ts';
import { covers } from '../../../src/detectors/shared/testing/covers.ts';
import { testFiles } from '../../../src/detectors/shared/testing/files.ts';
import { runnerOf } from '../../../src/detectors/shared/testing/runners.ts';
import { understood } from './_asked.ts';

/** Which of these files a command reaches, by its words and by the folder it is started in. */
const test = "import { it } from 'vitest';\nit('works', () => {});\n";
const page =
  "import { test } from '@playwright/test';\ntest('shows', async ({ page }) => { await page.goto('/'); });\n";
const cypress = "it('shows', () => { cy.visit('/'); });\n";
const files: Record<string, string> = {
  a: 'src/a.test.ts',
  b: 'src/b.test.ts',
  id: 'src/[id].test.ts',
  deep: 'src/deep/c.test.ts',
  unit: 'tests/unit/d.test.ts',
  check: 'tests/d.check.ts',
  member: 'packages/x/e.test.ts',
  other: 'packages/y/src/f.test.ts',
  apart: 'client/g.test.ts',
  project: 'apps/web/h.test.ts',
  inner: 'self/i.test.ts',
  left: 'packages/out/j.test.ts',
};
const model = await understood({
  'package.json': JSON.stringify({
    name: 'all',
    workspaces: ['./packages/*/', '!packages/out'],
    scripts: { 'test:own': 'node tools/run.js' },
  }),
  'packages/x/package.json': '{"name":"x"}',
  'packages/y/package.json': '{"name":"y"}',
  'packages/out/package.json': '{"name":"out"}',
  'client/package.json': '{"name":"client"}',
  'self/package.json': '{"name":"self","workspaces":["**"]}',
  'apps/web/package.json': '{"name":"web"}',
  'apps/web/project.json': '{"name":"web"}',
  'tools/run.js': '',
  'client/tools/test.js': '',
  'tests/test.js': '',
  'configs/jest.config.js': "module.exports = { rootDir: '..', testMatch: ['**/b.test.ts'] };",
  'e2e/opens.test.ts': "import puppeteer from 'puppeteer';\nit('shows', async () => { await puppeteer.launch(); });\n",
  'e2e/page.spec.ts': page,
  'cypress/e2e/shop.cy.ts': cypress,
  ...Object.fromEntries(Object.values(files).map((path) => [path, test])),
});
const named = [
  ...Object.entries(files),
  ['page', 'e2e/page.spec.ts'],
  ['shop', 'cypress/e2e/shop.cy.ts'],
  ['opens', 'e2e/opens.test.ts'],
];
const tests = testFiles(model);

function reached(command: string, cwd: string): string[] {
  const runs = runsOf(command, { cwd, facts: model.facts, view: model.view });
  return named
    .filter(([, path]) =>
      runs.some((run) => {
        const of = runnerOf(run);
        return of !== null && covers(model, run, of, tests.find((one) => one.path === path)!);
      }),
    )
    .map(([name]) => name!);
}

const valued =
  '-c --config --config-file --configFile --configuration --preset --project --projects -p --selectProjects --reporter --reporters --report -R --ui -u --opts -r --require --preload --import --loader --experimental-loader --experimental-default-type --testTimeout --test-timeout --timeout -t --testNamePattern --test-name-pattern -g --grep --grep-invert --maxWorkers -w --workers --shard --retries --env --environment --pool --outputFile --coverageDirectory --coverageReporters --setupFiles --setupFilesAfterEnv --rootDir --root --dir --roots --mode --watch-files --ext --extension --exit-code --browser --browsers -b --file -f --ignore --exclude --testPathIgnorePattern --testPathIgnorePatterns --collectCoverageFrom --globalSetup -j --jobs --bail --logHeapUsage --colors --test-reporter --test-concurrency --max_old_space_size --coverage.provider --coverage.reporter'.split(
    ' ',
  );

describe('the word after an option', () => {
  it.each(valued)('%s tests src/a', (option) => expect(reached(`jest ${option} b.test src/a`, '.')).toEqual(['a']));
  it.each(['--ci', '--run', '--coverage', '--experimental-vm-modules', '--experimental-test-coverage', '-v'])(
    '%s takes none',
    (option) => expect(reached(`jest ${option} b.test src/a`, '.')).toEqual(['a', 'b']),
  );
  it.each(['--testPathPattern', '--testPathPatterns', '--spec', '-s', '--testMatch', '--testRegex'])(
    '%s says which files',
    (option) => expect(reached(`jest ${option} src/a`, '.')).toEqual(['a']),
  );
  it.each(['test', 'run', 'watch', 'related', 'open', 'bench', 'exec', 'start', 'cov', 't', 'wdio', 'e2e', 'dev'])(
    '%s comes first and is no file',
    (verb) => {
      expect(reached(`jest ${verb} src/a`, '.')).toEqual(['a']);
      expect(reached(`jest src/a ${verb}.none`, '.')).toEqual(['a']);
    },
  );
});

it.each<[command: string, cwd: string, expected: string[]]>([
  ['vitest run', '.', ['a', 'b', 'id', 'deep', 'unit', 'member', 'other', 'project', 'left', 'opens']],
  ['vitest run', 'packages/x', ['member']],
  ['vitest run', 'client', ['apart']],
  ['vitest run', 'self', ['inner']],
  ['vitest run', 'apps/web', ['project']],
  ['vitest run', 'src', ['a', 'b', 'id', 'deep']],
  ['jest', '.', ['a', 'b', 'id', 'deep', 'unit', 'member', 'other', 'project', 'left', 'opens']],
  ['playwright test', '.', ['page', 'opens']],
  ['cypress run', '.', ['shop']],
  ['pytest', '.', []],
  ['newman run a.json', '.', []],
  // Files, folders and parts of paths
  ['vitest run src/a.test.ts', '.', ['a']],
  ['vitest run ./src/a.test.ts', '.', ['a']],
  ['vitest run src/', '.', ['a', 'b', 'id', 'deep', 'other']],
  ['vitest run ./src/deep/', '.', ['deep']],
  ['vitest run deep', '.', ['deep']],
  ['vitest run .', '.', ['a', 'b', 'id', 'deep', 'unit', 'member', 'other', 'project', 'left', 'opens']],
  ['vitest run ./', '.', ['a', 'b', 'id', 'deep', 'unit', 'member', 'other', 'project', 'left', 'opens']],
  ['vitest run deep unit', '.', ['deep', 'unit']],
  ['vitest run none', '.', []],
  ['vitest run test', '.', ['a', 'b', 'id', 'deep', 'unit', 'member', 'other', 'project', 'left', 'opens']],
  ['vitest run src/a test', '.', ['a', 'b', 'id', 'deep', 'unit', 'member', 'other', 'project', 'left', 'opens']],
  ['vitest run "src/[id].test.ts"', '.', ['id']],
  ['vitest run ../packages/x', 'src', ['member']],
  ['vitest run ../../src', 'packages/x', ['a', 'b', 'id', 'deep']],
  ['vitest run ../../..', 'packages/x', []],
  ['vitest run deep', 'src', ['deep']],
  ['vitest run src', 'src', ['a', 'b', 'id', 'deep', 'other']],
  ['vitest run $FILES', '.', ['a', 'b', 'id', 'deep', 'unit', 'member', 'other', 'project', 'left', 'opens']],
  ['vitest run ${FILES}', '.', ['a', 'b', 'id', 'deep', 'unit', 'member', 'other', 'project', 'left', 'opens']],
  ['vitest run "$(git diff)"', '.', ['a', 'b', 'id', 'deep', 'unit', 'member', 'other', 'project', 'left', 'opens']],
  ['jest a.test.ts$', '.', ['a']],
  ['jest "d.test$"', '.', []],
  ['jest "src/(a|b)"', '.', ['a', 'b']],
  ['jest "src/[ab]\\."', '.', ['a', 'b']],
  ['jest "^src/.*test"', '.', ['a', 'b', 'id', 'deep']],
  ['jest "(src+)*"', '.', ['a', 'b', 'id', 'deep', 'unit', 'member', 'other', 'project', 'left', 'opens']],
  ['jest "(src*)+"', '.', ['a', 'b', 'id', 'deep', 'unit', 'member', 'other', 'project', 'left', 'opens']],
  ['jest "(none+)x"', '.', []],
  ['jest "(none"', '.', []],
  ['vitest run "src/*.test.ts"', '.', ['a', 'b', 'id']],
  ['vitest run "src/**/*.test.ts"', '.', ['a', 'b', 'id', 'deep']],
  ['vitest run "*.test.ts"', 'src', ['a', 'b', 'id']],
  ['vitest run "src/{a,b}.test.ts"', '.', ['a', 'b']],
  ['vitest run "src/?.test.ts"', '.', ['a', 'b']],
  ['vitest run "src/+(a|b).test.ts"', '.', ['a', 'b']],
  ['vitest run "src/!(a|id).test.ts"', '.', ['b', 'id']],
  ['vitest run "packages/*/e.test.ts"', 'packages/x', ['member']],
  ['vitest run "?.test.ts"', 'packages/y/src', ['other']],
  ['vitest run "?/f.test.ts"', 'src/deep', []],
  // Options with their value beside them
  ['jest --testPathPattern=src/a', '.', ['a']],
  ['jest --testPathPattern src/a,src/b', '.', ['a', 'b']],
  ['jest --testPathPattern=src/a=b', '.', []],
  ['jest --testPathPattern', '.', ['a', 'b', 'id', 'deep', 'unit', 'member', 'other', 'project', 'left', 'opens']],
  ['jest --testPathPattern=', '.', ['a', 'b', 'id', 'deep', 'unit', 'member', 'other', 'project', 'left', 'opens']],
  ['jest --bail=3 src/a', '.', ['a']],
  ['jest -t=works src/a', '.', ['a']],
  ['jest --testPathIgnorePatterns src', '.', ['unit', 'member', 'project', 'left', 'opens']],
  ['jest --testPathIgnorePattern=src', '.', ['unit', 'member', 'project', 'left', 'opens']],
  [
    'jest --testPathIgnorePatterns "src\\\\/a"',
    '.',
    ['b', 'id', 'deep', 'unit', 'member', 'other', 'project', 'left', 'opens'],
  ],
  ['jest --testPathIgnorePatterns src --testPathIgnorePatterns tests', '.', ['member', 'project', 'left', 'opens']],
  [
    'jest --testPathIgnorePatterns',
    '.',
    ['a', 'b', 'id', 'deep', 'unit', 'member', 'other', 'project', 'left', 'opens'],
  ],
  [
    'jest --modulePathIgnorePatterns=src',
    '.',
    ['a', 'b', 'id', 'deep', 'unit', 'member', 'other', 'project', 'left', 'opens'],
  ],
  // Folders
  ['vitest run --root src', '.', ['a', 'b', 'id', 'deep']],
  ['vitest run --root=src', '.', ['a', 'b', 'id', 'deep']],
  ['vitest run -r src', '.', ['a', 'b', 'id', 'deep']],
  ['vitest run --dir src/deep', '.', ['deep']],
  ['jest --rootDir src', '.', ['a', 'b', 'id', 'deep']],
  ['jest --rootDir ..', '.', ['a', 'b', 'id', 'deep', 'unit', 'member', 'other', 'project', 'left', 'opens']],
  ['jest --rootDir=..', 'src', ['a', 'b', 'id', 'deep', 'unit', 'member', 'other', 'project', 'left', 'opens']],
  ['jest --rootDir $DIR', '.', ['a', 'b', 'id', 'deep', 'unit', 'member', 'other', 'project', 'left', 'opens']],
  ['jest --roots tests', '.', ['unit']],
  ['jest --rootDirs tests', '.', ['unit']],
  ['jest --my--root=tests', '.', ['a', 'b', 'id', 'deep', 'unit', 'member', 'other', 'project', 'left', 'opens']],
  ['mocha -r ts-node/register "src/*.test.ts"', '.', ['a', 'b', 'id']],
  [
    'node -r tsx/cjs --test',
    '.',
    ['a', 'b', 'id', 'deep', 'unit', 'check', 'member', 'other', 'project', 'left', 'opens'],
  ],
  ['tap -r tsx/cjs', '.', ['a', 'b', 'id', 'deep', 'unit', 'check', 'member', 'other', 'project', 'left', 'opens']],
  [
    'node --import tsx --test',
    '.',
    ['a', 'b', 'id', 'deep', 'unit', 'check', 'member', 'other', 'project', 'left', 'opens'],
  ],
  ['node --test --import tsx src/a.test.ts', '.', ['a']],
  ['node --test', 'packages/x', ['member']],
  ['cypress run --project cypress', '.', ['shop']],
  ['cypress run --project tests', '.', []],
  ['cypress run --project=..', '.', ['shop']],
  ['playwright test --project tests', '.', ['page', 'opens']],
  ['playwright test --project=chromium e2e/page', '.', ['page']],
  ['cypress run --spec "cypress/e2e/*.cy.ts"', '.', ['shop']],
  ['cypress run -s cypress/e2e/other.cy.ts', '.', []],
  // Words that name no file
  ['vitest run --watch false', '.', ['a', 'b', 'id', 'deep', 'unit', 'member', 'other', 'project', 'left', 'opens']],
  ['vitest run --watch true', '.', ['a', 'b', 'id', 'deep', 'unit', 'member', 'other', 'project', 'left', 'opens']],
  [
    'vitest run --silent passed-only',
    '.',
    ['a', 'b', 'id', 'deep', 'unit', 'member', 'other', 'project', 'left', 'opens'],
  ],
  ['vitest run falsetto', '.', []],
  ['vitest run nottrue', '.', []],
  ['ng test web', '.', ['a', 'b', 'id', 'deep', 'unit', 'check', 'member', 'other', 'project', 'left', 'opens']],
  [
    'karma start karma.conf.js',
    '.',
    ['a', 'b', 'id', 'deep', 'unit', 'check', 'member', 'other', 'project', 'left', 'opens'],
  ],
  [
    'wtr web-test-runner.config.mjs',
    '.',
    ['a', 'b', 'id', 'deep', 'unit', 'check', 'member', 'other', 'project', 'left', 'opens'],
  ],
  [
    'karma start karma.config.cts',
    '.',
    ['a', 'b', 'id', 'deep', 'unit', 'check', 'member', 'other', 'project', 'left', 'opens'],
  ],
  ['karma start karma.conf.json', '.', []],
  ['karma start karma_conf.js', '.', []],
  ['karma start karma.conf.js.txt', '.', []],
  ['mocha --exit', '.', []],
  ['mocha test', '.', []],
  ['mocha tests/d.check.ts', '.', ['check']],
  ['mocha "tests/*.check.ts"', '.', ['check']],
  ['vitest run tests/d.check.ts', '.', []],
  ['tape tests/*.ts', '.', ['check']],
  ['tape "{src,tests}/**/*.ts"', '.', ['a', 'b', 'id', 'deep', 'unit', 'check']],
  ['jest opens', '.', ['opens']],
  ['playwright test opens', '.', ['opens']],
  ['wdio run wdio.conf.js', '.', ['opens']],
  ['cypress run', '.', ['shop']],
  ['jest -c configs/jest.config.js', '.', ['b']],
  ['jest --config configs/jest.config.js', '.', ['b']],
  ['jest --config=configs/jest.config.js', '.', ['b']],
  ['jest --configFile configs/jest.config.js', '.', ['b']],
  ['jest --config-file configs/jest.config.js', '.', ['b']],
  [
    'jest --my--config=configs/jest.config.js',
    '.',
    ['a', 'b', 'id', 'deep', 'unit', 'member', 'other', 'project', 'left', 'opens'],
  ],
  [
    'jest --configs=configs/jest.config.js',
    '.',
    ['a', 'b', 'id', 'deep', 'unit', 'member', 'other', 'project', 'left', 'opens'],
  ],
  ['vitest run no-such', '.', []],
  ['jest --rootDirs=tests', '.', ['a', 'b', 'id', 'deep', 'unit', 'member', 'other', 'project', 'left', 'opens']],
  [
    'vitest run --reporter verbose',
    '.',
    ['a', 'b', 'id', 'deep', 'unit', 'member', 'other', 'project', 'left', 'opens'],
  ],
  ['cypress run --browser chrome', '.', ['shop']],
  [
    'node client/g.test.ts',
    '.',
    ['a', 'b', 'id', 'deep', 'unit', 'check', 'member', 'other', 'apart', 'project', 'left', 'page', 'shop', 'opens'],
  ],
  ['node ../tests/test.js', 'client', ['unit', 'check', 'apart']],
  ['node tests/test.js', 'src', ['a', 'b', 'id', 'deep']],
  // Programs of one's own
  [
    'npm run test:own',
    '.',
    ['a', 'b', 'id', 'deep', 'unit', 'check', 'member', 'other', 'project', 'left', 'page', 'shop', 'opens'],
  ],
  ['node tools/test.js', 'client', ['apart']],
  [
    'node client/tools/test.js',
    '.',
    ['a', 'b', 'id', 'deep', 'unit', 'check', 'member', 'other', 'project', 'left', 'page', 'shop', 'opens'],
  ],
  ['node ../client/tools/test.js', 'src', ['a', 'b', 'id', 'deep']],
  ['node --import tsx tests/unit/d.test.ts', 'client', ['apart']],
  ['node ../tests/unit/d.test.ts', 'client', ['unit', 'apart']],
  ['node ../tests/unit/d.test.ts', 'packages/x', ['member']],
  [
    'vitest run $(git diff --name-only)',
    '.',
    ['a', 'b', 'id', 'deep', 'unit', 'member', 'other', 'project', 'left', 'opens'],
  ],
  [
    'vitest run `git diff --name-only`',
    '.',
    ['a', 'b', 'id', 'deep', 'unit', 'member', 'other', 'project', 'left', 'opens'],
  ],
])('%s in %s', (command, cwd, expected) => expect(reached(command, cwd)).toEqual(expected));
