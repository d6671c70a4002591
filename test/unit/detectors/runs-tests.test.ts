import { describe, expect, it } from 'vitest';
import { app, asked, at, service, spa } from './_asked.ts';

type Row = [title: string, options: object, files: Record<string, string>, expected: string[]];

const exist = (kind: string) => ({ kind, ask: 'exist' });
const run = (kind: string) => ({ kind, ask: 'run' });
/** A service with tests. */
const tested = (
  path: string,
  text: string,
  more: Record<string, string> = {},
  script: string | null = 'vitest run',
  dependencies: string[] = [],
) => ({
  ...at(app("app.get('/notes', (req, res) => res.json([]));")),
  'package.json': service(
    { scripts: { start: 'node src/index.js', ...(script ? { test: script } : {}) } },
    dependencies,
  ),
  [path]: text,
  ...more,
});
const plain =
  "import { expect, it } from 'vitest';\nimport { sum } from '../src/sum.js';\nit('adds', () => expect(sum(1, 2)).toBe(3));\n";
const driving = (body: string, imports = '') =>
  `import { expect, it } from 'vitest';\n${imports}\nit('answers', async () => {\n${body}\n});\n`;

describe('unit tests', () => {
  it.each<Row>([
    [
      'a test that the script runs',
      run('unit'),
      tested('test/sum.test.js', plain),
      ['yes', 'test/sum.test.js:3 tests', 'package.json:1 script "test"'],
    ],
    [
      'a test that no script runs',
      run('unit'),
      tested('test/sum.test.js', plain, {}, null),
      ['no', 'test/sum.test.js:3 tests; no script and no pipeline runs it'],
    ],
    [
      'what Karma starts with, which finds the tests and has none',
      exist('unit'),
      tested(
        'src/test.ts',
        "import { getTestBed } from '@angular/core/testing';\ngetTestBed().initTestEnvironment(a, b);\nconst context = require.context('./', true, /\\.spec\\.ts$/);\ncontext.keys().map(context);\n",
      ),
      ['no'],
    ],
    [
      'a test that a pipeline runs',
      run('unit'),
      tested(
        'test/sum.test.js',
        plain,
        {
          '.github/workflows/ci.yml':
            'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - name: Check\n        run: npx vitest run\n',
        },
        null,
      ),
      ['yes', 'test/sum.test.js:3 tests', '.github/workflows/ci.yml:7 Check'],
    ],
    [
      'a program of assertions that a script named for tests starts',
      run('unit'),
      tested(
        'scripts/sum-check.js',
        "const assert = require('node:assert');\nassert.equal(require('../src/sum.js').sum(1, 2), 3);\n",
        {},
        'node scripts/sum-check.js',
      ),
      ['yes', 'scripts/sum-check.js:2 tests', 'package.json:1 script "test"'],
    ],
    [
      'a program of assertions that another script starts',
      exist('unit'),
      {
        ...tested(
          'scripts/sum-check.js',
          "const assert = require('node:assert');\nassert(sum(1, 2) === 3);\n",
          {},
          null,
        ),
        'package.json': service({ scripts: { start: 'node src/index.js', check: 'node scripts/sum-check.js' } }),
      },
      ['no'],
    ],
    [
      'a test that cannot fail',
      run('unit'),
      tested('test/sum.test.js', "import { expect, it } from 'vitest';\nit('works', () => expect(true).toBe(true));\n"),
      ['no', 'test/sum.test.js:2 is as a generator left it, or cannot fail'],
    ],
    [
      'a test that cannot fail',
      exist('unit'),
      tested('test/sum.test.js', "import { expect, it } from 'vitest';\nit('works', () => expect(true).toBe(true));\n"),
      ['yes', 'test/sum.test.js:2 tests'],
    ],
    ['no test', exist('unit'), tested('test/sum.js', 'export const a = 1;\n'), ['no']],
    ['a sample in the documentation', exist('unit'), tested('docs/sum.test.js', plain), ['no']],
    ['a test beside', exist('unit'), tested('src/sum.spec.ts', plain), ['yes', 'src/sum.spec.ts:3 tests']],
    ['a stand-in', exist('unit'), tested('test/__mocks__/sum.test.js', plain), ['no']],
    [
      'more than are shown',
      exist('unit'),
      {
        ...tested('test/a.test.js', plain),
        'test/b.test.js': plain,
        'test/c.test.js': plain,
        'test/d.test.js': plain,
        'test/e.test.js': plain,
      },
      ['yes', 'test/a.test.js:3 tests', 'test/b.test.js:3 tests', 'test/c.test.js:3 tests', 'test/d.test.js:3 tests'],
    ],
    [
      'a test of Node',
      run('unit'),
      tested(
        'test/sum.test.js',
        "import test from 'node:test';\ntest('adds', (t) => { sum(1, 2); });\n",
        {},
        'node --test',
      ),
      ['yes', 'test/sum.test.js:2 tests', 'package.json:1 script "test"'],
    ],
  ])('%s (%j)', async (_, options, files, expected) => {
    expect(await asked('runs-tests', options, files)).toEqual(expected);
  });
});

describe('tests of the API', () => {
  it.each<Row>([
    [
      'supertest',
      run('integration'),
      tested(
        'test/notes.test.js',
        driving('  await request(app).get("/notes");', "import request from 'supertest';"),
        {},
        'vitest run',
        ['supertest'],
      ),
      ['yes', 'test/notes.test.js:2 imports supertest', 'package.json:1 script "test"'],
    ],
    [
      'supertest that nothing imports',
      exist('integration'),
      tested('test/sum.test.js', plain, {}, 'vitest run', ['supertest']),
      ['yes', 'package.json:1 declares supertest'],
    ],
    [
      'supertest that nothing imports',
      run('integration'),
      tested('test/sum.test.js', plain, {}, 'vitest run', ['supertest']),
      ['no'],
    ],
    [
      'supertest of a helper',
      run('integration'),
      tested(
        'test/notes.test.js',
        driving('  await client.get("/notes");', "import { client } from './client.js';"),
        { 'test/client.js': "import request from 'supertest';\nexport const client = request('a');\n" },
        'vitest run',
        ['supertest'],
      ),
      ['yes', 'test/client.js:1 imports supertest', 'package.json:1 script "test"'],
    ],
    [
      'a type of supertest',
      exist('integration'),
      tested('test/notes.test.ts', driving('  sum(1);', "import type { Test } from 'supertest';")),
      ['no'],
    ],
    [
      'a request that is injected',
      run('integration'),
      tested('test/notes.test.js', driving('  await app.inject({ url: "/notes" });')),
      ['yes', 'test/notes.test.js:4 injects requests', 'package.json:1 script "test"'],
    ],
    [
      'a request to the app',
      run('integration'),
      tested('test/notes.test.js', driving("  await app.request('/notes');")),
      ['yes', 'test/notes.test.js:4 sends requests to the app', 'package.json:1 script "test"'],
    ],
    [
      'a client for tests',
      run('integration'),
      tested('test/notes.test.js', driving('  await testClient(app).notes.$get();')),
      ['yes', 'test/notes.test.js:4 sends requests through a test client', 'package.json:1 script "test"'],
    ],
    [
      'an operation',
      run('integration'),
      tested('test/notes.test.js', driving('  await server.executeOperation({ query });')),
      ['yes', 'test/notes.test.js:4 runs a request through the handler', 'package.json:1 script "test"'],
    ],
    [
      'a caller',
      run('integration'),
      tested('test/notes.test.js', driving('  await createCaller({}).notes();')),
      ['yes', 'test/notes.test.js:4 calls procedures through the router', 'package.json:1 script "test"'],
    ],
    [
      'a worker',
      run('integration'),
      tested('test/notes.test.js', driving("  await SELF.fetch('https://a.example');")),
      ['yes', 'test/notes.test.js:4 sends requests to the worker', 'package.json:1 script "test"'],
    ],
    [
      'a route with a request',
      run('integration'),
      tested(
        'test/notes.test.js',
        driving("  await GET(new Request('https://a.example'));", "import { GET } from '../src/api/notes.js';"),
      ),
      ['yes', 'test/notes.test.js:4 calls a route with a request', 'package.json:1 script "test"'],
    ],
    [
      'a route that is loaded after what it uses was replaced',
      run('integration'),
      tested(
        'test/notes.test.js',
        driving(
          "  const { GET } = await import('../src/api/notes/route');\n  await GET(new Request('https://a.example'));",
        ),
      ),
      ['yes', 'test/notes.test.js:5 calls a route with a request', 'package.json:1 script "test"'],
    ],
    [
      'a function of a file of routes with a request',
      run('integration'),
      tested(
        'test/notes.test.js',
        driving(
          "  await answer({ request: new Request('https://a.example') });",
          "import { answer } from '../src/routes/notes.$id';",
        ),
      ),
      ['yes', 'test/notes.test.js:4 calls a route with a request', 'package.json:1 script "test"'],
    ],
    [
      'a loader with a request',
      run('integration'),
      tested(
        'test/notes.test.js',
        driving(
          "  await loader({ request: new Request('https://a.example') });",
          "import { loader } from '../src/notes';",
        ),
      ),
      ['yes', 'test/notes.test.js:4 calls a route with a request', 'package.json:1 script "test"'],
    ],
    [
      'a helper of the server with a request',
      run('integration'),
      tested(
        'test/notes.test.js',
        driving("  isGet(new Request('https://a.example'));", "import { isGet } from '../src/http.server';"),
      ),
      ['no'],
    ],
    [
      'something else with a request',
      exist('integration'),
      tested(
        'test/notes.test.js',
        driving("  await key(new Request('https://a.example'));", "import { key } from '../src/key.js';"),
      ),
      ['no'],
    ],
    [
      'a running app',
      run('integration'),
      tested('test/notes.test.js', driving("  await fetch('http://localhost:3000/notes');")),
      ['yes', 'test/notes.test.js:4 sends requests to the running app', 'package.json:1 script "test"'],
    ],
    [
      'an app that the test starts',
      run('integration'),
      tested('test/notes.test.js', driving('  const server = app.listen(0);\n  await axios.get(address(server));')),
      ['yes', 'test/notes.test.js:5 sends requests to the running app', 'package.json:1 script "test"'],
    ],
    [
      'somebody else',
      exist('integration'),
      tested('test/notes.test.js', driving("  await fetch('https://a.example/notes');")),
      ['no'],
    ],
    [
      'a running app that is made up',
      exist('integration'),
      tested(
        'test/notes.test.js',
        driving("  globalThis.fetch = () => [];\n  await fetch('http://localhost:3000/notes');"),
      ),
      ['no'],
    ],
    [
      'a running app beside what is made up',
      run('integration'),
      tested(
        'test/notes.test.js',
        driving("  const server = app.listen(0);\n  vi.mock('axios');\n  await fetch('http://localhost:3000/notes');"),
      ),
      ['yes', 'test/notes.test.js:6 sends requests to the running app', 'package.json:1 script "test"'],
    ],
    [
      'a database',
      run('integration'),
      tested('test/notes.test.js', driving('  await mongoose.connect(process.env.TEST_DB);')),
      ['yes', 'test/notes.test.js:4 opens a database', 'package.json:1 script "test"'],
    ],
    [
      'a database that is made up',
      exist('integration'),
      tested(
        'test/notes.test.js',
        driving("  vi.mock('../src/database');\n  await mongoose.connect(process.env.TEST_DB);"),
      ),
      ['no'],
    ],
    [
      'a database that a helper opens',
      run('integration'),
      tested('test/notes.test.js', driving('  await open();', "import { open } from './open.js';"), {
        'test/open.js': 'export const open = () => new PrismaClient();\n',
      }),
      ['yes', 'test/notes.test.js:3 works on a database that its set-up opens', 'package.json:1 script "test"'],
    ],
    [
      'a collection',
      run('integration'),
      tested('test/sum.test.js', plain, { 'api.json': '{}' }, 'newman run api.json'),
      ['yes', 'package.json:1 script "test"'],
    ],
    [
      'a script of the shell',
      exist('integration'),
      tested('tests/smoke.sh', '#!/bin/sh\n# curl http://localhost:1\ncurl -f http://localhost:3000/notes\n'),
      ['yes', 'tests/smoke.sh:3 sends requests to the API'],
    ],
    [
      'a script of the shell that plays a collection',
      exist('integration'),
      tested('tools/check.sh', '#!/bin/sh\nnewman run api.json\n'),
      ['yes', 'tools/check.sh:2 sends requests to the API'],
    ],
    [
      'a script of the shell beside the tests',
      exist('integration'),
      tested('tools/check.sh', '#!/bin/sh\ncurl -f http://localhost:3000/notes\n'),
      ['no'],
    ],
    ['none', exist('integration'), tested('test/sum.test.js', plain), ['no']],
  ])('%s (%j)', async (_, options, files, expected) => {
    expect(await asked('runs-tests', options, files)).toEqual(expected);
  });
});

const page =
  "import { expect, test } from '@playwright/test';\ntest('shows', async ({ page }) => {\n  await page.goto('/');\n  await expect(page).toHaveTitle('Notes');\n});\n";
const web = (more: Record<string, string>, script = 'playwright test') => {
  const files = spa(more);
  return {
    ...files,
    'package.json': JSON.stringify({
      ...JSON.parse(files['package.json']),
      scripts: { build: 'vite build', e2e: script },
    }),
  };
};

describe('tests in a browser', () => {
  it.each<Row>([
    [
      'Playwright',
      run('e2e'),
      web({ 'e2e/a.spec.ts': page }),
      ['yes', 'e2e/a.spec.ts:2 drives the app', 'package.json:1 script "e2e"'],
    ],
    [
      'Playwright that no script runs',
      run('e2e'),
      web({ 'e2e/a.spec.ts': page }, 'vite'),
      ['no', 'e2e/a.spec.ts:2 drives the app; no script and no pipeline runs it'],
    ],
    [
      'Playwright as it was generated',
      run('e2e'),
      web({ 'e2e/example.spec.ts': page.replace("'/'", "'https://playwright.dev/'") }),
      ['no', 'e2e/example.spec.ts:2 is as a generator left it, or cannot fail'],
    ],
    [
      'Playwright without a test',
      exist('e2e'),
      web({ 'playwright.config.ts': 'export default {};\n' }),
      ['yes', 'playwright.config.ts:1 configures a browser or device test tool'],
    ],
    [
      'a test of a unit that names Playwright among its words',
      exist('e2e'),
      web({ 'src/words.test.ts': "it('knows tools', () => expect(tools).toContain('playwright'));\n" }),
      ['no'],
    ],
    [
      'Playwright as what the program itself drives a browser with',
      exist('e2e'),
      spa({}, ['playwright-core', 'puppeteer']),
      ['no'],
    ],
    ['Playwright without a test', run('e2e'), web({ 'playwright.config.ts': 'export default {};\n' }), ['no']],
    [
      'a fixture over Playwright',
      run('e2e'),
      web({
        'e2e/a.spec.ts': page.replace('@playwright/test', './own'),
        'e2e/own.ts':
          "import { test as base } from '@playwright/test';\nexport const test = base.extend({});\nexport { expect } from '@playwright/test';\n",
      }),
      ['yes', 'e2e/a.spec.ts:2 drives the app', 'package.json:1 script "e2e"'],
    ],
    ...[
      ['createPage', '@nuxt/test-utils/e2e', 'createPage(path)'],
      ['chromium', 'playwright', 'chromium.launch().then((one) => one.newPage())'],
    ].map(
      ([name, from, opens]): Row => [
        `pages that a helper opens by ${from}`,
        run('e2e'),
        web(
          {
            'e2e/notes.test.ts':
              "import { expect, it } from 'vitest';\nimport { open } from './helpers';\nit('shows', async () => {\n  const page = await open('/notes');\n  expect(await page.title()).toBe('Notes');\n});\n",
            'e2e/helpers.ts': `import { ${name} } from '${from}';\nexport const open = (path: string) => ${opens};\n`,
          },
          'vitest run --dir ./e2e',
        ),
        ['yes', 'e2e/notes.test.ts:3 drives the app', 'package.json:1 script "e2e"'],
      ],
    ),
    [
      'Cypress',
      run('e2e'),
      web(
        { 'cypress/e2e/a.cy.ts': "it('shows', () => {\n  cy.visit('/');\n  cy.contains('Notes');\n});\n" },
        'cypress run',
      ),
      ['yes', 'cypress/e2e/a.cy.ts:1 drives the app', 'package.json:1 script "e2e"'],
    ],
    [
      'Cypress that an action of the pipeline runs',
      run('e2e'),
      web(
        {
          'cypress/e2e/a.cy.ts': "it('shows', () => {\n  cy.visit('/');\n  cy.contains('Notes');\n});\n",
          '.github/workflows/ci.yml':
            'on: push\njobs:\n  pages:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: cypress-io/github-action@v6\n',
        },
        'vite',
      ),
      ['yes', 'cypress/e2e/a.cy.ts:1 drives the app', '.github/workflows/ci.yml:6 step'],
    ],
    [
      'WebdriverIO',
      run('e2e'),
      web(
        {
          'test/a.spec.ts':
            "import { expect } from '@wdio/globals';\nit('shows', async () => {\n  await browser.url('/');\n  await expect($('h1')).toHaveText('Notes');\n});\n",
        },
        'wdio run wdio.conf.ts',
      ),
      ['yes', 'test/a.spec.ts:2 drives the app', 'package.json:1 script "e2e"'],
    ],
    [
      'Nightwatch, which hands the browser to tests that are members of an object',
      run('e2e'),
      web(
        {
          'test/e2e/specs/notes.js':
            "module.exports = {\n  'shows the notes': function (browser) {\n    browser.url('/').waitForElementVisible('#app', 500).end();\n  },\n};\n",
        },
        'nightwatch --config nightwatch.conf.js',
      ),
      ['yes', 'test/e2e/specs/notes.js:2 drives the app', 'package.json:1 script "e2e"'],
    ],
    ['a unit test', exist('e2e'), web({ 'src/a.test.ts': plain }), ['no']],
    ['none', exist('e2e'), web({}), ['no']],
  ])('%s (%j)', async (_, options, files, expected) => {
    expect(await asked('runs-tests', options, files)).toEqual(expected);
  });
});
