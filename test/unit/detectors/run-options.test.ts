import { describe, expect, it } from 'vitest';
import { memberOf } from '../../../src/detectors/shared/testing/covers.ts';
import { testFiles } from '../../../src/detectors/shared/testing/files.ts';
import { runOf } from '../../../src/detectors/shared/testing/suites.ts';
import { understood } from './_asked.ts';

const test = "import { it } from 'vitest';\nit('works', () => {});\n";
const both = ['src/a.test.ts', 'src/b.test.ts'];

/** Which of two tests a command runs, and of a third beside them. */
async function run(command: string, more: Record<string, string> = {}): Promise<string[]> {
  const model = await understood({
    'package.json': JSON.stringify({ name: 'app', scripts: { test: command } }),
    'src/index.js': '',
    'src/a.test.ts': test,
    'src/b.test.ts': test,
    ...more,
  });
  return testFiles(model)
    .filter((file) => runOf(model, file))
    .map((file) => file.path);
}

describe('options and the words they take', () => {
  it.each([
    'vitest run -t adds',
    'vitest run -c all.config.ts',
    'vitest run --config all',
    'vitest run --reporter dot',
    'vitest run --project unit',
    'vitest run --browser firefox',
    'vitest run --browsers firefox',
    'vitest run --coverage.provider v8',
    'vitest run --coverage.reporter text',
    'jest --max_old_space_size 4096',
    'jest --forceExit=true',
    'jest --watch false',
    'jest --setupFiles dotenv/config --coverage',
    "vitest run --silent 'passed-only'",
    'jest --watchAll=false',
    'jest --ci',
    'vitest --run true',
    'vitest run ./all.config.ts',
    'vitest run all.conf.mjs',
    'vitest run .',
    'vitest run ./',
    'vitest run src',
    'vitest run ./src/',
    "vitest run 'src'",
    'vitest run $FILES',
    'vitest run ${FILES}',
    "vitest run 'src/**/*.test.ts'",
  ])('%s runs all', async (command) => expect(await run(command)).toEqual(both));
  it.each([
    'vitest run src/a',
    'vitest run a.test',
    'vitest run "src/a.test.ts"',
    'vitest run ./src/a.test.ts',
    'jest --testPathPattern a.test',
    'jest --testPathPatterns=a.test',
    'jest --testMatch "**/a.test.ts"',
    'jest --testRegex=a.test',
    'jest --testPathIgnorePatterns b.test',
    'jest --testPathIgnorePattern=b.test',
    'jest --testPathIgnorePatterns "b\\.test"',
    'vitest run --ci src/a',
    'vitest run --coverages.of src/a',
    'vitest run --my-config src/a',
    'vitest run --config-of src/a',
    'vitest run --mytestPathPattern src/a',
    'vitest run --testRegexes src/a',
    'vitest run truely src/a',
    'vitest run -x src/a',
  ])('%s runs one', async (command) => expect(await run(command)).toEqual(['src/a.test.ts']));
  it.each([
    'vitest run src/c',
    'vitest run a.config.tsx',
    'vitest run truely',
    'vitest run untrue',
    'jest --testPathIgnorePatterns test',
    'vitest run --dir lib',
    'vitest run --root lib',
    'jest --rootDir=lib',
    'jest --roots lib',
    'vitest run -r lib',
  ])('%s runs none', async (command) => expect(await run(command)).toEqual([]));
  it.each([
    ['vitest run --dir src', both],
    ['vitest run --dir $ROOT', both],
    ['vitest run --mydir lib', []],
    ['vitest run --dirs lib', []],
  ])('%s: %j', async (command, expected) => expect(await run(command)).toEqual(expected));

  it.each([
    ['mocha -r ts-node/register', true],
    ['_mocha -r ts-node/register', true],
    ['mocha -r lib', true],
    ['mocha test/a.js', true],
    ['mocha test/b.js', false],
  ])('%s: %s', async (command, is) => {
    const text = "describe('a', () => { it('works', () => {}); });\n";
    expect((await run(command, { 'test/a.js': text })).includes('test/a.js')).toBe(is);
  });

  it.each([
    ['vitest run --config lib/own.config.ts', ['lib/c.check.ts']],
    ['vitest run -c lib/own.config.ts', ['lib/c.check.ts']],
    ['vitest run --configFile lib/own.config.ts', ['lib/c.check.ts']],
    ['vitest run --config-file=lib/own.config.ts', ['lib/c.check.ts']],
    ['vitest run --configs lib/own.config.ts', both],
  ])('%s, by the patterns of that file', async (command, expected) => {
    const more = {
      'lib/own.config.ts': "export default { test: { root: '..', include: ['**/*.check.ts'] } };\n",
      'lib/c.check.ts': test,
      'test/c.check.ts': test,
    };
    const found = await run(command, more);
    expect(found.filter((path) => path.startsWith('src/'))).toEqual(expected.filter((path) => path.startsWith('src/')));
  });
});

describe('packages of a workspace', () => {
  it.each([
    [['packages/*'], 'packages/a', true],
    [['./packages/*'], 'packages/a', true],
    [['packages/*/'], 'packages/a', true],
    [['packages/a'], 'packages/a', true],
    [['!packages/a', 'apps/*'], 'packages/a', false],
    [['packages/*'], 'packages/a/b', false],
    [['x./packages/*'], 'packages/a', false],
    [[], 'packages/a', false],
  ])('%j, %s: %s', (workspaces, dir, is) => expect(memberOf(workspaces, dir)).toBe(is));
});
