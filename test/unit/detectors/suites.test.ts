import { describe, expect, it } from 'vitest';
import { app, asked, service } from './_asked.ts';

/** Whose tests are found where a repository has several parts: what lies where, and for each part whether it has any. */
const plain = (imports = '') =>
  `import { expect, it } from 'vitest';\n${imports}it('adds', () => expect(sum(1, 2)).toBe(3));\n`;
const parts = (files: Record<string, string>, workspaces = ['*']) => ({
  'package.json': JSON.stringify({ name: 'all', private: true, workspaces, scripts: { test: 'vitest run' } }),
  'api/package.json': service(),
  'api/src/index.js': app("app.get('/notes', (req, res) => res.json([]));"),
  'jobs/package.json': service({ name: 'jobs' }),
  'jobs/src/index.js': app("app.get('/jobs', (req, res) => res.json([]));"),
  ...files,
});

describe('tests of several parts', () => {
  it.each<[string, Record<string, string>, string[][]]>([
    ['beside the code', parts({ 'api/test/a.test.js': plain() }), [['yes', 'api/test/a.test.js:2 tests'], ['no']]],
    [
      'at the top, of what they import',
      parts({ 'test/a.test.js': plain("import { sum } from '../jobs/src/index.js';\n") }),
      [['no'], ['yes', 'test/a.test.js:3 tests']],
    ],
    [
      'at the top, of both',
      parts({
        'test/a.test.js': plain("import { sum } from '../jobs/src/index.js';\nimport '../api/src/index.js';\n"),
      }),
      [
        ['yes', 'test/a.test.js:4 tests'],
        ['yes', 'test/a.test.js:4 tests'],
      ],
    ],
    [
      'at the top, of files that lie there',
      parts({ 'test/a.test.js': plain("import { readFileSync } from 'node:fs';\n") }),
      [['no'], ['no']],
    ],
    [
      'at the top, of a package',
      parts({ 'test/a.test.js': plain("import { sum } from 'sums';\n") }),
      [
        ['yes', 'test/a.test.js:3 tests'],
        ['yes', 'test/a.test.js:3 tests'],
      ],
    ],
    [
      'at the top, of one that they name',
      parts({ 'test/api.test.js': plain() }),
      [['yes', 'test/api.test.js:2 tests'], ['no']],
    ],
    [
      'of one part, which import the other',
      parts({ 'api/test/a.test.js': plain("import { sum } from '../../jobs/src/index.js';\n") }),
      [
        ['yes', 'api/test/a.test.js:3 tests'],
        ['yes', 'api/test/a.test.js:3 tests'],
      ],
    ],
    [
      'in a package of tests',
      parts({ 'e2e/package.json': '{"name":"e2e"}', 'e2e/a.test.js': plain() }),
      [
        ['yes', 'e2e/a.test.js:2 tests'],
        ['yes', 'e2e/a.test.js:2 tests'],
      ],
    ],
    [
      'in a package of tests, of what they import',
      parts({ 'e2e/package.json': '{"name":"e2e"}', 'e2e/a.test.js': plain("import '../jobs/src/index.js';\n") }),
      [['no'], ['yes', 'e2e/a.test.js:3 tests']],
    ],
    [
      'in a library',
      parts({
        'kit/package.json': '{"name":"kit","main":"index.js"}',
        'kit/index.js': 'export const sum = 1;\n',
        'kit/a.test.js': plain("import { sum } from './index.js';\n"),
      }),
      [['no'], ['no']],
    ],
    ['none', parts({}), [['no'], ['no']]],
  ])('%s', async (_, files, expected) => {
    expect([
      await asked('runs-tests', { kind: 'unit', ask: 'exist' }, files, 'api'),
      await asked('runs-tests', { kind: 'unit', ask: 'exist' }, files, 'jobs'),
    ]).toEqual(expected);
  });
});
