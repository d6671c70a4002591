import { describe, expect, it } from 'vitest';
import { testFiles } from '../../../src/detectors/shared/testing/files.ts';
import { runOf } from '../../../src/detectors/shared/testing/suites.ts';
import { understood } from './_asked.ts';

/** Which of these files a runner takes, by its own patterns and by what its configuration says. */
const test = "import { it } from 'vitest';\nit('works', () => {});\n";
const page =
  "import { test } from '@playwright/test';\ntest('shows', async ({ page }) => { await page.goto('/'); });\n";

async function run(script: string, files: Record<string, string>, manifest: object = {}): Promise<string[]> {
  const model = await understood({
    'package.json': JSON.stringify({ name: 'app', scripts: { test: script }, ...manifest }),
    'src/index.js': '',
    ...files,
  });
  return testFiles(model)
    .filter((file) => runOf(model, file))
    .map((file) => file.path);
}
const named = (text: string, ...paths: string[]) => Object.fromEntries(paths.map((path) => [path, text]));

const jest = named(
  test,
  'src/a.test.js',
  'src/b.spec.ts',
  'src/__tests__/c.js',
  'test/d.test.js',
  'src/test.js',
  'lib/e.check.js',
);
describe('Jest', () => {
  it.each<[string, object | string, string[]]>([
    ['nothing', {}, ['src/__tests__/c.js', 'src/a.test.js', 'src/b.spec.ts', 'src/test.js', 'test/d.test.js']],
    ['a folder', { testMatch: ['<rootDir>/test/**/*.js'] }, ['test/d.test.js']],
    ['a pattern', { testMatch: ['**/?(*.)check.js'] }, []],
    ['a regular expression', { testRegex: '/test/.*\\.js$' }, ['test/d.test.js']],
    ['several', { testRegex: ['/test/.*\\.js$', 'spec\\.ts$'] }, ['src/b.spec.ts', 'test/d.test.js']],
    [
      'one that is broken',
      { testRegex: '(' },
      ['src/__tests__/c.js', 'src/a.test.js', 'src/b.spec.ts', 'src/test.js', 'test/d.test.js'],
    ],
    [
      'one that could run for ever',
      { testRegex: '(x+)+$' },
      ['src/__tests__/c.js', 'src/a.test.js', 'src/b.spec.ts', 'src/test.js', 'test/d.test.js'],
    ],
    ['where it looks', { roots: ['<rootDir>/test'] }, ['test/d.test.js']],
    [
      'where it looks, in two',
      { roots: ['<rootDir>/test', '<rootDir>/lib'], testMatch: ['**/*.js'] },
      ['test/d.test.js'],
    ],
    ['its root', { rootDir: 'src', testMatch: ['<rootDir>/*.js'] }, ['src/a.test.js', 'src/test.js']],
    [
      'a preset beside a pattern',
      { preset: 'ts-jest', testMatch: ['**/test/**/*.js'] },
      ['src/__tests__/c.js', 'src/a.test.js', 'src/b.spec.ts', 'src/test.js', 'test/d.test.js'],
    ],
    [
      'projects',
      { projects: [{ testMatch: ['<rootDir>/test/**/*.js'] }] },
      ['src/__tests__/c.js', 'src/a.test.js', 'src/b.spec.ts', 'src/test.js', 'test/d.test.js'],
    ],
    [
      'coverage alone',
      { collectCoverageFrom: ['src/**'] },
      ['src/__tests__/c.js', 'src/a.test.js', 'src/b.spec.ts', 'src/test.js', 'test/d.test.js'],
    ],
    [
      'files left out',
      { testPathIgnorePatterns: ['/lib/'] },
      ['src/__tests__/c.js', 'src/a.test.js', 'src/b.spec.ts', 'src/test.js', 'test/d.test.js'],
    ],
    ['in its file', "module.exports = { testMatch: ['<rootDir>/test/**/*.js'] };\n", ['test/d.test.js']],
    [
      'in its file, in a comment',
      "module.exports = {\n  // testMatch: ['<rootDir>/test/**/*.js'],\n};\n",
      ['src/__tests__/c.js', 'src/a.test.js', 'src/b.spec.ts', 'src/test.js', 'test/d.test.js'],
    ],
    [
      'by code',
      'const dir = process.env.DIR;\nmodule.exports = { testMatch: [`${dir}/**/*.js`] };\n',
      ['src/__tests__/c.js', 'src/a.test.js', 'src/b.spec.ts', 'src/test.js', 'test/d.test.js'],
    ],
    [
      'by a name',
      'module.exports = { testMatch: patterns };\n',
      ['src/__tests__/c.js', 'src/a.test.js', 'src/b.spec.ts', 'src/test.js', 'test/d.test.js'],
    ],
    [
      'over something else',
      "module.exports = { ...base, testMatch: ['**/lib/**/*.js'] };\n",
      ['src/__tests__/c.js', 'src/a.test.js', 'src/b.spec.ts', 'src/test.js', 'test/d.test.js'],
    ],
  ])('%s', async (_, config, expected) => {
    const given = typeof config === 'string' ? { ...jest, 'jest.config.js': config } : jest;
    expect(await run('jest', given, typeof config === 'string' ? {} : { jest: config })).toEqual(expected);
  });
  it('takes the configuration that it is given', async () => {
    const files = {
      ...jest,
      'jest.config.js': "module.exports = { testMatch: ['**/lib/**/*.js'] };\n",
      'jest.unit.js': "module.exports = { testMatch: ['**/test/**/*.js'] };\n",
    };
    expect(await run('jest --config jest.unit.js', files)).toEqual(['test/d.test.js']);
  });
  it('takes what React scripts take', async () => {
    expect(await run('react-scripts test', jest)).toEqual(['src/__tests__/c.js', 'src/a.test.js', 'src/b.spec.ts']);
  });
});

const vite = named(
  test,
  'src/a.test.ts',
  'src/b.spec.tsx',
  'test/c.test.js',
  'test/d.check.js',
  'packages/x/e.test.js',
);
describe('Vitest', () => {
  const config = (text: string, name = 'vitest.config.ts') => ({
    ...vite,
    [name]: `export default defineConfig({ ${text} });\n`,
  });
  it.each<[string, Record<string, string>, string[]]>([
    ['nothing', vite, ['packages/x/e.test.js', 'src/a.test.ts', 'src/b.spec.tsx', 'test/c.test.js']],
    ['a pattern', config("test: { include: ['test/**/*.js'] }"), ['test/c.test.js', 'test/d.check.js']],
    [
      'a pattern in the file of Vite',
      config("test: { include: ['test/**/*.js'] }", 'vite.config.ts'),
      ['test/c.test.js', 'test/d.check.js'],
    ],
    [
      'both files',
      {
        ...config("test: { include: ['test/**/*.js'] }"),
        'vite.config.ts': "export default { test: { include: ['src/**/*.ts'] } };\n",
      },
      ['test/c.test.js', 'test/d.check.js'],
    ],
    [
      'what is covered',
      config("test: { coverage: { include: ['src/**'] } }"),
      ['packages/x/e.test.js', 'src/a.test.ts', 'src/b.spec.tsx', 'test/c.test.js'],
    ],
    [
      'what is covered, after a pattern',
      config("test: { include: ['test/**/*.js'], coverage: { include: ['src/**'] } }"),
      ['test/c.test.js', 'test/d.check.js'],
    ],
    [
      'what is optimized',
      config("optimizeDeps: { include: ['a'] }, test: { globals: true }"),
      ['packages/x/e.test.js', 'src/a.test.ts', 'src/b.spec.tsx', 'test/c.test.js'],
    ],
    ['a folder', config("test: { dir: 'test' }"), ['test/c.test.js']],
    ['a root', config("root: 'src', test: { root: './test' }"), ['test/c.test.js']],
    [
      'its own defaults and more',
      config('test: { include: [...configDefaults.include] }'),
      ['packages/x/e.test.js', 'src/a.test.ts', 'src/b.spec.tsx', 'test/c.test.js', 'test/d.check.js'],
    ],
    [
      'projects beside a pattern',
      config("test: { include: ['lib/**'], projects: ['packages/*'] }"),
      ['packages/x/e.test.js', 'src/a.test.ts', 'src/b.spec.tsx', 'test/c.test.js'],
    ],
    [
      'merged into',
      { ...vite, 'vitest.config.ts': "export default mergeConfig(base, { test: { include: ['lib/**'] } });\n" },
      [],
    ],
  ])('%s', async (_, files, expected) => {
    expect(await run('vitest run', files)).toEqual(expected);
  });
});

const bdd = "describe('a', () => { it('works', () => {}); });\n";
const mocha = named(bdd, 'test/a.js', 'test/deep/b.js', 'spec/c.js', 'src/d.test.js', 'test/e.ts');
describe('Mocha', () => {
  it.each<[string, string, Record<string, string>, object, string[]]>([
    ['nothing', 'mocha', {}, {}, ['test/a.js']],
    ['a folder given', 'mocha spec', {}, {}, ['spec/c.js']],
    ['a pattern given', "mocha 'src/**/*.test.js'", {}, {}, ['src/d.test.js']],
    ['a pattern in its file', 'mocha', { '.mocharc.yml': "spec: 'spec/**/*.js'\n" }, {}, ['spec/c.js']],
    [
      'patterns in its file',
      'mocha',
      { '.mocharc.json': '{ "spec": ["spec/**/*.js", "./src/*.test.js"] }' },
      {},
      ['spec/c.js', 'src/d.test.js'],
    ],
    ['in the manifest', 'mocha', {}, { mocha: { spec: 'test/**/*.js' } }, ['test/a.js', 'test/deep/b.js']],
    ['nothing of that in its file', 'mocha', { '.mocharc.json': '{ "timeout": 5000 }' }, {}, ['test/a.js']],
  ])('%s', async (_, script, files, manifest, expected) => {
    expect(await run(script, { ...mocha, ...files }, manifest)).toEqual(expected);
  });
});

const pages = named(page, 'e2e/a.spec.ts', 'e2e/b.e2e.ts', 'tests/c.spec.ts', 'd.spec.ts');
describe('Playwright', () => {
  it.each<[string, string | null, string[]]>([
    ['nothing', null, ['d.spec.ts', 'e2e/a.spec.ts', 'tests/c.spec.ts']],
    ['a folder', "testDir: './e2e'", ['e2e/a.spec.ts']],
    ['a pattern', "testMatch: '*.e2e.ts'", ['e2e/b.e2e.ts']],
    ['a pattern with its folder', "testMatch: 'tests/*.spec.ts'", ['tests/c.spec.ts']],
    ['a pattern at any depth', "testMatch: '**/c.spec.ts'", ['tests/c.spec.ts']],
    [
      'a regular expression',
      'testMatch: /c\\.spec/',
      ['d.spec.ts', 'e2e/a.spec.ts', 'e2e/b.e2e.ts', 'tests/c.spec.ts'],
    ],
    [
      'projects with folders of their own',
      "projects: [{ testDir: './e2e' }, { testDir: 'tests' }]",
      ['e2e/a.spec.ts', 'tests/c.spec.ts'],
    ],
    [
      'what it includes, which is not its word',
      "include: ['tests/**']",
      ['d.spec.ts', 'e2e/a.spec.ts', 'tests/c.spec.ts'],
    ],
  ])('%s', async (_, config, expected) => {
    const files = config === null ? pages : { ...pages, 'playwright.config.ts': `export default { ${config} };\n` };
    expect(await run('playwright test', files)).toEqual(expected);
  });
});

describe('by its name alone a file is taken', () => {
  const taken = async (script: string, path: string, text = test) =>
    (await run(script, named(text, path))).length === 1;
  it.each<[string, string, boolean]>([
    ['jest', '__tests__/a.js', true],
    ['jest', 'src/__tests__/a.ts', true],
    ['jest', 'src/__tests__/deep/a.tsx', true],
    ['jest', 'src/__tests__/a.mjs', true],
    ['jest', 'test.js', true],
    ['jest', 'spec.ts', true],
    ['jest', 'src/long-name.test.cjs', true],
    ['jest', 'src/long-name.spec.jsx', true],
    ['jest', 'src/a.test.mts', true],
    ['vitest run', 'a.test.js', true],
    ['vitest run', 'src/a.spec.mts', true],
    ['vitest run', 'src/a.test.tsx', true],
    ['vitest run', 'src/a.spec.cjs', true],
    ['vitest run', '__tests__/a.js', false],
    ['react-scripts test', 'src/__tests__/deep/a.js', true],
    ['react-scripts test', 'src/deep/a.test.tsx', true],
    ['react-scripts test', 'src/a.spec.mjs', true],
    ['react-scripts test', 'test/a.test.js', false],
  ])('%s, %s: %s', async (script, path, expected) => {
    expect(await taken(script, path)).toBe(expected);
  });
  it.each<[string, string, string, boolean]>([
    ['mocha', 'test/abc.js', bdd, true],
    ['mocha', 'test/a.cjs', bdd, true],
    ['mocha', 'test/a.mjs', bdd, true],
    ['mocha', 'packages/x/test/abc.js', bdd, true],
    ['mocha', 'test/a.ts', bdd, false],
    ['playwright test', 'a.spec.mts', page, true],
    ['playwright test', 'e2e/a.test.tsx', page, true],
    ['playwright test', 'e2e/a.spec.cjs', page, true],
    ['playwright test', 'e2e/a.e2e.ts', page, false],
  ])('%s, %s', async (script, path, text, expected) => {
    expect(await taken(script, path, text)).toBe(expected);
  });
});

describe('what a configuration says, written in other ways', () => {
  const all = named(test, 'src/a.test.js', 'test/b.test.js', 'spec/c.check.js');
  const default_ = ['src/a.test.js', 'test/b.test.js'];
  it.each<[string, string[]]>([
    ["module.exports = { testMatch : ['**/test/**/*.js'] };", ['test/b.test.js']],
    ["module.exports = { 'testMatch': ['**/test/**/*.js'] };", ['test/b.test.js']],
    ['module.exports = { "testMatch" : ["**/test/**/*.js"] };', ['test/b.test.js']],
    ["module.exports = { testMatch:['**/test/**/*.js'] };", ['test/b.test.js']],
    ["module.exports = { testMatch: '**/test/**/*.js' };", ['test/b.test.js']],
    ['module.exports = { testRegex: "/test/.*" };', ['test/b.test.js']],
    ["module.exports = { testMatch: ['<rootDir>test/**/*.js'] };", ['test/b.test.js']],
    ["module.exports = { testMatch: ['./test/**/*.js'] };", ['test/b.test.js']],
    ["module.exports = { testMatch: ['**/x./test/**/*.js'] };", []],
    [
      "module.exports = { testMatch: [\n    '**/test/**/*.js',\n    '**/spec/**/*.js',\n  ] };",
      ['spec/c.check.js', 'test/b.test.js'],
    ],
    ["module.exports = { roots : ['<rootDir>/test'] };", ['test/b.test.js']],
    ['module.exports = { "roots": ["test"] };', ['test/b.test.js']],
    ["module.exports = { roots: ['<rootDir>test'] };", ['test/b.test.js']],
    ['module.exports = { roots: [`${__dirname}/test`] };', ['test/b.test.js']],
    ['module.exports = { roots: [`${root}test`] };', ['test/b.test.js']],
    ["module.exports = { rootDir : 'test' };", ['test/b.test.js']],
    ["module.exports = { rootDir: './test' };", ['test/b.test.js']],
    ["module.exports = { rootDir: '.', testMatch: ['**/spec/**'] };", ['spec/c.check.js']],
    ["module.exports = { preset : 'ts-jest', testMatch: ['**/spec/**'] };", ['spec/c.check.js', ...default_]],
    ["module.exports = { 'preset': 'ts-jest', testMatch: ['**/spec/**'] };", ['spec/c.check.js', ...default_]],
    ["module.exports = mergeConfig(base, { testMatch: ['**/spec/**'] });", ['spec/c.check.js', ...default_]],
    ["module.exports = createJestConfig({ testMatch: ['**/spec/**'] });", ['spec/c.check.js', ...default_]],
    ['module.exports = { timeout: 5 };', default_],
    ["module.exports = { coverage: { testMatch: ['**/spec/**'] } };", default_],
    ["module.exports = { 'coverage' : { testMatch: ['**/spec/**'] } };", default_],
    ["module.exports = { typecheck: { a: { b: 1 }, testMatch: ['**/spec/**'] } };", default_],
    ["module.exports = { discover: { testMatch: ['**/spec/**'] } };", ['spec/c.check.js']],
  ])('Jest: %s', async (config, expected) => {
    expect(await run('jest', { ...all, 'jest.config.js': `${config}\n` })).toEqual(expected.toSorted());
  });

  it.each<[string, string[]]>([
    ["export default { test : { include: ['spec/**'] } };", ['spec/c.check.js']],
    ["export default { test:{ include : ['spec/**'] } };", ['spec/c.check.js']],
    ["export default { test: { 'include': ['spec/**'] } };", ['spec/c.check.js']],
    ["export default { test: { dir: './test' } };", ['test/b.test.js']],
    ["export default { test: { root: 'test' } };", ['test/b.test.js']],
    ["export default { test: { root: '.', dir: 'src' } };", ['src/a.test.js']],
    ["export default { include: ['spec/**'] };", default_],
    ["export default { test: { typecheck: { include: ['spec/**'] } } };", default_],
    ["export default { test: { benchmark: { include: ['spec/**'] } } };", default_],
    ["export default { test: { coverage: { thresholds: { a: 1 }, include: ['spec/**'] } } };", default_],
    ['export default { test: { include: patterns } };', ['spec/c.check.js', ...default_]],
    ['export default { test: { include: [`${a}/**`] } };', ['spec/c.check.js', ...default_]],
    ["export default { test: { workspace: ['a'], include: ['spec/**'] } };", ['spec/c.check.js', ...default_]],
    ["export default defineProject({ test: { include: ['spec/**'] } });", ['spec/c.check.js']],
    ["export default { test: { extends: './a', include: ['spec/**'] } };", ['spec/c.check.js', ...default_]],
  ])('Vitest: %s', async (config, expected) => {
    expect(await run('vitest run', { ...all, 'vitest.config.ts': `${config}\n` })).toEqual(expected.toSorted());
  });

  it.each<[string, string[]]>([
    ["export default { testDir : 'e2e' };", ['e2e/a.spec.ts']],
    ['export default { \'testDir\': "e2e" };', ['e2e/a.spec.ts']],
    ['export default { testDir:`e2e` };', ['e2e/a.spec.ts']],
    ["export default { testDir: '.' };", ['d.spec.ts', 'e2e/a.spec.ts', 'tests/c.spec.ts']],
    ["export default { testDir: './e2e', testMatch: '*.e2e.ts' };", ['e2e/b.e2e.ts']],
    ["export default { testMatch: ['e2e/*.ts', 'tests/*.ts'] };", ['e2e/a.spec.ts', 'e2e/b.e2e.ts', 'tests/c.spec.ts']],
    ["export default { spec: 'tests/**' };", ['d.spec.ts', 'e2e/a.spec.ts', 'tests/c.spec.ts']],
  ])('Playwright: %s', async (config, expected) => {
    expect(await run('playwright test', { ...pages, 'playwright.config.ts': `${config}\n` })).toEqual(expected);
  });

  it.each<[string, Record<string, string>, object, string[]]>([
    ['mocha', { '.mocharc.cjs': "module.exports = { spec: 'spec/**/*.js' };\n" }, {}, ['spec/c.js']],
    ['mocha', { '.mocharc.yaml': 'spec: "./spec/c.js"\n' }, {}, ['spec/c.js']],
    ['mocha', { '.mocharc.yml': 'include: "spec/**"\n' }, {}, ['test/a.js']],
    ['mocha', {}, { mocha: { spec: ['test/deep/b.js'] } }, ['test/deep/b.js']],
    ['mocha', {}, { mocha: { timeout: 5 } }, ['test/a.js']],
    ['c8 _mocha', {}, {}, ['test/a.js']],
    ['c8 mocha spec', {}, {}, ['spec/c.js']],
  ])('%s with %j %j', async (script, files, manifest, expected) => {
    expect(await run(script, { ...mocha, ...files }, manifest)).toEqual(expected);
  });
});

it('takes everything where the runner is not known', async () => {
  expect(await run('tap', jest)).toEqual([
    'src/__tests__/c.js',
    'src/a.test.js',
    'src/b.spec.ts',
    'src/test.js',
    'test/d.test.js',
  ]);
});
