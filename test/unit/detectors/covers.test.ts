import { expect, it } from 'vitest';
import { audit } from '../../../src/audit/index.ts';
import { testFiles } from '../../../src/detectors/shared/testing/files.ts';
import { runOf } from '../../../src/detectors/shared/testing/suites.ts';
import { openMemory } from '../../../src/repository/index.ts';

const test = "import { it } from 'vitest';\nit('works', () => {});\n";
const page =
  "import { test } from '@playwright/test';\ntest('shows', async ({ page }) => { await page.goto('/'); });\n";

/** Test files that some script runs. */
async function run(scripts: Record<string, string>, files: Record<string, string>): Promise<string[]> {
  const manifest = JSON.stringify({ name: 'app', workspaces: ['packages/*'], scripts });
  const { model } = await audit(openMemory({ 'package.json': manifest, 'src/index.js': '', ...files }), { rules: [] });
  return testFiles(model)
    .filter((file) => runOf(model, file))
    .map((file) => file.path);
}

it.each<[string, string, Record<string, string>, string[]]>([
  ['the default pattern', 'vitest run', { 'src/a.test.ts': test, 'tests/b.ts': test }, ['src/a.test.ts']],
  ['a filter', 'vitest run src/b', { 'src/a.test.ts': test, 'src/b.test.ts': test }, ['src/b.test.ts']],
  ['a browser to run it in', 'ng test --browsers ChromeHeadless', { 'src/a.spec.ts': test }, ['src/a.spec.ts']],
  [
    'a reporter',
    'nyc _mocha --exit --report lcovonly -- -R spec',
    { 'test/a.js': "describe('a', () => { it('works', () => {}); });\n", 'src/b.test.ts': test },
    ['test/a.js'],
  ],
  ['a set-up of Bun', 'bun test --preload ./setup.ts', { 'src/a.test.ts': test, 'setup.ts': '' }, ['src/a.test.ts']],
  ['another tool', 'vitest run', { 'e2e/a.spec.ts': page }, []],
  ['the right tool', 'playwright test', { 'e2e/a.spec.ts': page, 'src/a.test.ts': test }, ['e2e/a.spec.ts']],
  [
    'a configured folder',
    'playwright test',
    { 'playwright.config.ts': "export default { testDir: './e2e' }", 'e2e/a.spec.ts': page, 'other/b.spec.ts': page },
    ['e2e/a.spec.ts'],
  ],
  [
    'a regular expression',
    'jest',
    {
      'jest.config.js': "module.exports = { testRegex: '/src/.*\\\\.check\\\\.js$' }",
      'src/a.check.test.js': test,
      'test/b.check.js': test,
    },
    [],
  ],
  ['a filter by a pattern', "jest 'a.t.st'", { 'src/a.test.js': test, 'src/b.test.js': test }, ['src/a.test.js']],
  [
    'a pattern that could run for ever is taken at its word',
    "jest '(x+)+y'",
    { 'src/a.test.js': test },
    ['src/a.test.js'],
  ],
  ['so is one of unusual length', `jest ${'x'.repeat(121)}`, { 'src/a.test.js': test }, ['src/a.test.js']],
  ['one as long as that and no longer is asked', `jest ${'x'.repeat(120)}`, { 'src/a.test.js': test }, []],
  ['a pattern that is broken takes nothing', "jest '('", { 'src/a.test.js': test }, []],
  [
    'a package of the workspace',
    'vitest run',
    { 'packages/a/package.json': '{}', 'packages/a/x.test.ts': test },
    ['packages/a/x.test.ts'],
  ],
  ['a package that is installed apart', 'vitest run', { 'client/package.json': '{}', 'client/x.test.ts': test }, []],
  [
    'a configuration given by its place',
    'wdio run ./wdio.conf.ts',
    { 'wdio.conf.ts': '', 'test/a.e2e.ts': "import { $ } from '@wdio/globals';\nit('shows', () => $('h1'));\n" },
    ['test/a.e2e.ts'],
  ],
  ['a script of their own', 'node tests/run.js', { 'tests/run.js': '', 'tests/a.test.js': test }, ['tests/a.test.js']],
  ['a placeholder', 'echo "no test specified" && exit 1', { 'src/a.test.ts': test }, []],
  ['a linter', 'eslint .', { 'src/a.test.ts': test }, []],
])('%s', async (_, script, files, expected) => expect(await run({ test: script }, files)).toEqual(expected));

it('takes a layer of views called templates for code of the app, and templates of a generator for nobody’s', async () => {
  const view = { 'src/templates/Welcome.test.tsx': test };
  const app = { 'index.html': '<script type="module" src="/src/main.tsx"></script>', 'src/main.tsx': '', ...view };
  expect(await run({ test: 'vitest run', dev: 'vite' }, app)).toEqual(['src/templates/Welcome.test.tsx']);
  expect(await run({ test: 'vitest run' }, view)).toEqual([]);
});
