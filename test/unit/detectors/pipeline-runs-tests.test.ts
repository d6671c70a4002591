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

const image = {
  Dockerfile:
    'FROM node:22 AS base\nCOPY . .\nFROM base AS test\nRUN npm test\nFROM base\nCMD ["node", "src/index.js"]\n',
};
const composed = {
  ...image,
  'compose.yaml': 'services:\n  api:\n    build: .\n  tests:\n    build: .\n    command: npm test\n',
};
const web = {
  'web/package.json':
    '{"name":"web","scripts":{"start":"vite","build":"vite build"},"dependencies":{"vite":"7","react":"19"}}',
  'web/index.html': '<script type="module" src="/src/main.js"></script>',
  'web/src/main.js': "import 'react';",
};

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
  [
    'commands that an action is given, in a folder of its choice',
    { by: 'each' },
    {
      ...web,
      'web/src/a.test.js': "import { it } from 'vitest';\nit('works', () => {});\n",
      '.github/workflows/ci.yml':
        'on: push\njobs:\n  check:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: acme/action-test@v1\n        with:\n          dir: web\n          commands: |\n            npm ci\n            npx vitest run\n',
    },
    ['yes'],
  ],
  ['a switch that is said in two words', { by: 'each' }, ci('      - run: npx vitest run --watch false\n'), ['yes']],
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
  [
    'a step of an action that is handed it',
    {},
    ci('      - uses: acme/run@v1\n        with:\n          run: npm test\n'),
    ['yes', '.github/workflows/ci.yml:6 runs vitest run'],
  ],
  [
    'a step of an action that is handed something else',
    {},
    ci('      - uses: acme/run@v1\n        with:\n          name: npm test\n'),
    ['no', '.github/workflows/ci.yml:1 runs no tests'],
  ],
  [
    'an action that runs Cypress',
    {},
    ci('      - uses: cypress-io/github-action@v6\n'),
    ['yes', '.github/workflows/ci.yml:6 runs cypress run'],
  ],
  [
    'an action that plays a collection',
    {},
    ci('      - uses: matt-ball/newman-action@v1\n'),
    ['yes', '.github/workflows/ci.yml:6 runs newman run'],
  ],
  [
    'an action of Jest',
    {},
    ci('      - uses: acme/jest-coverage-action@v1\n'),
    ['yes', '.github/workflows/ci.yml:6 runs jest'],
  ],
  [
    'an action of Gradle',
    {},
    ci('      - uses: gradle/gradle-build-action@v3\n        with:\n          arguments: test\n'),
    ['yes', '.github/workflows/ci.yml:6 runs gradle test'],
  ],
  [
    'an action of Yarn',
    {},
    ci('      - uses: borales/actions-yarn@v5\n        with:\n          cmd: test\n'),
    ['yes', '.github/workflows/ci.yml:6 runs vitest run'],
  ],
  [
    'while an image is built',
    {},
    ci('      - run: docker build --target test .\n', image),
    ['yes', '.github/workflows/ci.yml:6 runs vitest run'],
  ],
  [
    'while an image is built, to a stage without them',
    {},
    ci('      - run: docker build --target base .\n', image),
    ['no', '.github/workflows/ci.yml:1 runs no tests'],
  ],
  [
    'while an image is built, in a stage that it does not need',
    {},
    ci('      - run: docker build .\n', image),
    ['no', '.github/workflows/ci.yml:1 runs no tests'],
  ],
  [
    'while an image is built from its file',
    {},
    ci('      - run: docker buildx build -t api -f ops/Dockerfile --target=test .\n', {
      'ops/Dockerfile': image.Dockerfile,
    }),
    ['yes', '.github/workflows/ci.yml:6 runs vitest run'],
  ],
  [
    'while an action builds an image',
    {},
    ci(
      '      - uses: docker/build-push-action@v6\n        with:\n          context: .\n          target: test\n',
      image,
    ),
    ['yes', '.github/workflows/ci.yml:6 runs vitest run'],
  ],
  [
    'in a stage that another copies from',
    {},
    ci('      - run: docker build .\n', {
      Dockerfile: 'FROM node:22 AS check\nCOPY . .\nRUN npm test\nFROM node:22\nCOPY --from=check /app .\n',
    }),
    ['yes', '.github/workflows/ci.yml:6 runs vitest run'],
  ],
  [
    'in a stage that another copies from by its number',
    {},
    ci('      - run: docker build .\n', {
      Dockerfile: 'FROM node:22\nCOPY . .\nRUN npm test\nFROM node:22\nCOPY --from=0 /app .\n',
    }),
    ['yes', '.github/workflows/ci.yml:6 runs vitest run'],
  ],
  [
    'in a container',
    {},
    ci('      - run: docker run --rm -v .:/app -w /app node:22 npm test\n'),
    ['yes', '.github/workflows/ci.yml:6 runs vitest run'],
  ],
  [
    'in a container, and it may fail',
    {},
    ci('      - run: docker run --rm node:22 npm test || true\n'),
    ['no', '.github/workflows/ci.yml:1 runs no tests'],
  ],
  [
    'in a service of compose',
    {},
    ci('      - run: docker compose run --rm api npm test\n', composed),
    ['yes', '.github/workflows/ci.yml:6 runs vitest run'],
  ],
  [
    'by the command of a service of compose',
    {},
    ci('      - run: docker compose run tests\n', composed),
    ['yes', '.github/workflows/ci.yml:6 runs vitest run'],
  ],
  [
    'by all services of compose',
    {},
    ci('      - run: docker compose up --exit-code-from tests\n', composed),
    ['yes', '.github/workflows/ci.yml:6 runs vitest run'],
  ],
  [
    'by a service of compose beside',
    {},
    ci('      - run: docker compose up api\n', composed),
    ['no', '.github/workflows/ci.yml:1 runs no tests'],
  ],
  [
    'by a service of another file of compose',
    {},
    ci('      - run: docker-compose -f ops/test.yml run tests\n', {
      'ops/test.yml': composed['compose.yaml'],
      ...image,
    }),
    ['yes', '.github/workflows/ci.yml:6 runs vitest run'],
  ],
  [
    'by a file of compose that is not asked',
    {},
    ci('      - run: docker compose run tests\n', { 'ops/compose.yaml': composed['compose.yaml'], ...image }),
    ['no', '.github/workflows/ci.yml:1 runs no tests'],
  ],
  [
    'when somebody starts it, by its condition',
    {},
    ci("      - run: npm test\n        if: github.event_name == 'workflow_dispatch'\n"),
    ['no', '.github/workflows/ci.yml:1 runs no tests'],
  ],
  [
    'when it is pushed, by its condition',
    {},
    ci("      - run: npm test\n        if: github.event_name == 'push'\n"),
    ['yes', '.github/workflows/ci.yml:6 runs vitest run'],
  ],
  [
    'when either, by its condition',
    {},
    ci("      - run: npm test\n        if: github.event_name == 'schedule' || github.event_name == 'push'\n"),
    ['yes', '.github/workflows/ci.yml:6 runs vitest run'],
  ],
  [
    'on a pull request',
    {},
    {
      ...ci(''),
      '.github/workflows/ci.yml':
        'on: pull_request\njobs:\n  check:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm test\n',
    },
    ['yes', '.github/workflows/ci.yml:6 runs vitest run'],
  ],
  [
    'at night',
    {},
    {
      ...ci(''),
      '.github/workflows/ci.yml':
        'on: { schedule: [{ cron: "0 3 * * *" }] }\njobs:\n  check:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm test\n',
    },
    ['no'],
  ],
  [
    'a component whose image is built',
    { by: 'each' },
    ci('      - run: npm test\n      - run: docker build web\n', web),
    ['yes'],
  ],
  [
    'a component whose image is only shipped',
    { by: 'each' },
    ci('      - run: npm test\n      - run: docker build web\n      - run: docker push a/web\n', web),
    ['no', 'web/package.json:1 web: no pipeline builds, checks or tests it on a change'],
  ],
  [
    'a component that is named',
    { by: 'each' },
    ci('      - run: npm test\n      - run: npx eslint web/src\n', web),
    ['yes'],
  ],
  [
    'a component below what a linter takes',
    { by: 'each' },
    ci('      - run: npm test\n      - run: npx eslint .\n', web),
    ['yes'],
  ],
  [
    'a component beside what a linter takes',
    { by: 'each' },
    ci('      - run: npm test\n      - run: npx eslint src\n', web),
    ['no', 'web/package.json:1 web: no pipeline builds, checks or tests it on a change'],
  ],
  [
    'a component that a step works in',
    { by: 'each' },
    ci('      - run: npm test\n      - run: npm run build\n        working-directory: web\n', web),
    ['yes'],
  ],
  [
    'a component that is only copied',
    { by: 'each' },
    ci('      - run: npm test\n      - run: rsync -a web host:/a\n', web),
    ['no', 'web/package.json:1 web: no pipeline builds, checks or tests it on a change'],
  ],
  [
    'tests of another language',
    { by: 'each' },
    ci('      - run: npm test\n      - run: pytest jobs\n', {
      'jobs/requirements.txt': 'celery\n',
      'jobs/app.py': 'import celery\n',
      'jobs/test_app.py': 'def test(): pass\n',
      'jobs/Dockerfile': 'FROM python:3.12\nCMD ["celery", "worker"]\n',
    }),
    ['yes'],
  ],
  [
    'tests of another language that nothing runs',
    { by: 'each' },
    ci('      - run: npm test\n', {
      'jobs/requirements.txt': 'celery\n',
      'jobs/app.py': 'import celery\n',
      'jobs/test_app.py': 'def test(): pass\n',
      'jobs/Dockerfile': 'FROM python:3.12\nCMD ["celery", "worker"]\n',
    }),
    ['no', 'jobs/test_app.py:1 tests jobs; no pipeline runs it on a change'],
  ],
])('%s', async (_, options, files, expected) => {
  expect(await asked('pipeline-runs-tests', options, files, null)).toEqual(expected);
});
