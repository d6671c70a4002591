import { expect, it } from 'vitest';
import { app, asked } from './_asked.ts';

const ci = (steps: string, more: Record<string, string> = {}) => ({
  'package.json':
    '{"name":"api","scripts":{"start":"node src/index.js","test":"vitest run"},"dependencies":{"express":"5"}}',
  'src/index.js': app(''),
  'src/a.test.js': "import { it } from 'vitest';\nit('works', () => {});\n",
  '.github/workflows/ci.yml': `on: push\njobs:\n  check:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`,
  ...more,
});

/** Pipelines that test: what the files say, what is asked of them, the answer and what shows it. */
it.each<[title: string, options: object, files: Record<string, string>, expected: string[]]>([
  ['a step that tests', {}, ci('      - run: npm test\n'), ['yes', '.github/workflows/ci.yml:6 runs vitest run']],
  [
    'a step that may fail',
    {},
    ci('      - run: npm test || true\n'),
    ['no', '.github/workflows/ci.yml:1 runs no tests'],
  ],
  [
    'a step whose failure is let pass',
    {},
    ci('      - run: npm test\n        continue-on-error: true\n'),
    ['no', '.github/workflows/ci.yml:1 runs no tests'],
  ],
  ['a step that only lints', {}, ci('      - run: npx eslint .\n'), ['no', '.github/workflows/ci.yml:1 runs no tests']],
  ['the tool itself', {}, ci('      - run: npx vitest run\n'), ['yes', '.github/workflows/ci.yml:6 runs vitest run']],
  [
    'a pipeline of another repository',
    {},
    {
      ...ci(''),
      '.github/workflows/ci.yml': 'on: push\njobs:\n  check:\n    uses: acme/flows/.github/workflows/node-ci.yml@v1\n',
    },
    [
      'unknown: what acme/flows/.github/workflows/node-ci.yml@v1 runs is kept in another repository',
      '.github/workflows/ci.yml:3 calls acme/flows/.github/workflows/node-ci.yml@v1',
    ],
  ],
  [
    'a pipeline of another repository that deploys',
    {},
    {
      ...ci(''),
      '.github/workflows/ci.yml':
        'on: push\njobs:\n  check:\n    uses: acme/flows/.github/workflows/deploy-node.yml@v1\n',
    },
    ['no', '.github/workflows/ci.yml:1 runs no tests'],
  ],
  [
    'a pipeline that a person starts',
    {},
    {
      ...ci(''),
      '.github/workflows/ci.yml':
        'on: workflow_dispatch\njobs:\n  check:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm test\n',
    },
    ['no'],
  ],
  ['tests of each component', { by: 'each' }, ci('      - run: npm test\n'), ['yes']],
  [
    'tests in another folder alone',
    { by: 'each' },
    ci('      - run: npm test\n', {
      'web/package.json':
        '{"name":"web","scripts":{"start":"vite","test":"vitest run"},"dependencies":{"vite":"7","react":"19"}}',
      'web/index.html': '<script type="module" src="/src/main.js"></script>',
      'web/src/main.js': "import 'react';",
      'web/src/b.test.js': "import { it } from 'vitest';\nit('works', () => {});\n",
    }),
    ['no', 'web/package.json:1 web: no pipeline builds, checks or tests it on a change'],
  ],
  [
    'tests in a folder of their own',
    { by: 'each' },
    ci('      - run: npm test\n      - run: npm test\n        working-directory: web\n', {
      'web/package.json':
        '{"name":"web","scripts":{"start":"vite","test":"vitest run"},"dependencies":{"vite":"7","react":"19"}}',
      'web/index.html': '<script type="module" src="/src/main.js"></script>',
      'web/src/main.js': "import 'react';",
      'web/src/b.test.js': "import { it } from 'vitest';\nit('works', () => {});\n",
    }),
    ['yes'],
  ],
])('%s', async (_, options, files, expected) => {
  expect(await asked('pipeline-runs-tests', options, files, null)).toEqual(expected);
});
