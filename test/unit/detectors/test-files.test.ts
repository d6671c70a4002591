import { describe, expect, it } from 'vitest';
import { foreignTests, testFiles } from '../../../src/detectors/shared/testing/files.ts';
import { understood } from './_asked.ts';

/** The tests of a repository, by their tool. */
async function found(files: Record<string, string>, scripts: Record<string, string> = {}) {
  const model = await understood({ 'package.json': JSON.stringify({ name: 'app', scripts }), ...files });
  return Object.fromEntries(testFiles(model).map(({ path, tool }) => [path, tool]));
}
const tool = async (text: string, path = 'test/notes.test.js') => (await found({ [path]: text }))[path];

describe('files that hold tests, by name and place', () => {
  const test = "it('works', () => {});\n";
  it.each([
    'src/notes.test.js',
    'src/notes.tests.mts',
    'src/notes-spec.jsx',
    'src/notes_unit.ts',
    'src/notes.e2e.ts',
    'src/notes.cy.tsx',
    'src/notes.steps.ts',
    'src/test.js',
    'src/spec-of-notes.cjs',
    'src/tests.notes.js',
    'src/NotesTest.ts',
    'src/NotesSpec.js',
    'spec/notes.js',
    'src/app/templates/notes.test.js',
    'src/template/notes.test.js',
    'src/mockups/notes.test.js',
    'src/mydocs/notes.test.js',
  ])('%s', async (path) => {
    const web = { 'index.html': '<script type="module" src="/src/main.js"></script>', 'src/main.js': '' };
    const manifest = '{"name":"web","scripts":{"build":"vite build"},"devDependencies":{"vite":"6"}}';
    expect(await found({ 'package.json': manifest, ...web, [path]: test })).toEqual({ [path]: 'unit' });
  });
  it.each([
    'src/notes.js',
    'src/latest.js',
    'src/contest.js',
    'src/testing.js',
    'src/notes.test.js.md',
    'src/notes.test.yjs',
    'mocks/notes.test.js',
    'src/mock/notes.test.js',
    'src/__fixtures__/notes.test.js',
    'src/fixture/notes.test.js',
    'src/fixtures/notes.test.js',
    '.storybook/notes.test.js',
    'test/notes.config.ts',
    'test/notes.stories.tsx',
    'test/notes.d.mts',
    'example/notes.test.js',
    'samples/notes.test.js',
    'sample/notes.test.js',
    'doc/notes.test.js',
    'templates/notes.test.js',
    'template/notes.test.js',
    'boilerplate/notes.test.js',
    'scaffold/notes.test.js',
    'scaffolds/notes.test.js',
    'src/templates/notes.test.js',
  ])('not %s', async (path) => expect(await found({ [path]: test })).toEqual({}));
});

describe('what makes a file one of tests', () => {
  it.each([
    "it('works', f);",
    "it.only('works', f);",
    'it.each`a`("works", f);',
    "test.describe.parallel('works', f);",
    "describe ('works', f);",
    "test<Context>('works', f);",
    "suite('works', f);",
    "page.test('works', f);",
    "Deno.test ('works', f);",
    "QUnit.module('works', f);",
    "t.test('works', f);",
    "Given('a note', f);",
    'When( /a note/, f);',
    'Then("a note", f);',
    "module.exports = {\n  'shows notes': (browser) => {},\n};",
    "module.exports = {\n  'shows notes' : async function ( browser ) {},\n};",
    "module.exports = {\n  'shows notes': async(client ) => {},\n};",
    "module.exports = {\n  'shows notes':function(browser) {},\n};",
    "module.exports = {\n  'shows notes'( client) {},\n};",
  ])('%s', async (text) => expect(await tool(text)).toBe('unit'));
  it.each([
    'const it = 1;',
    "wait('works', f);",
    "app.test('works', f);",
    "profit.test('works', f);",
    "myt.test('works', f);",
    '$t.test(a);',
    "when('a note', f);",
    'WhenAll(f);',
    'Given(f);',
    "myGiven('a note', f);",
    'a < b; it < c;',
    "const at = { 'shows notes': (reader) => {} };",
    "import { check } from 'k6';\nit('works', f);",
    "import http from 'k6/http';\nit('works', f);",
    "import run from'autocannon';\nit('works', f);",
    "const run = require( 'loadtest');\nit('works', f);",
  ])('not %s', async (text) => expect(await tool(text)).toBe(undefined));
  it('takes no package whose name begins like one for load', async () => {
    expect(await tool("import a from 'k6s';\nit('works', f);")).toBe('unit');
    expect(await tool("import a from 'loadtests';\nit('works', f);")).toBe('unit');
  });
});

describe('programs that a script named for tests starts', () => {
  it.each([
    ['test', 'node scripts/check.js', 'assert(true === sum());', true],
    ['tests', 'tsx scripts/check.js', 'assert.equal(sum(), 1);', true],
    ['test:mail', 'bun scripts/check.js', 'assert (sum());', true],
    ['test-mail', 'ts-node scripts/check.js', 'assert(sum());', true],
    ['latest', 'node scripts/check.js', 'assert(sum());', false],
    ['testing', 'node scripts/check.js', 'assert(sum());', false],
    ['test', 'nodemon scripts/check.js', 'assert(sum());', false],
    ['test', 'node scripts/check.js', 'reassert(sum());', false],
    ['test', 'node scripts/check.js', 'sum();', false],
  ])('"%s": %s, of %s', async (name, command, text, is) => {
    expect(Object.keys(await found({ 'scripts/check.js': text }, { [name]: command }))).toEqual(
      is ? ['scripts/check.js'] : [],
    );
  });
});

describe('which tool a test is written for', () => {
  it.each([
    ["import { test } from '@playwright/test';\ntest('a', f);", 'playwright'],
    ["test('shows', async ({ page }) => {});", 'playwright'],
    ["it( title,{ tag: 'a' }, async({request,page}) => {});", 'playwright'],
    ["test.only('shows',async ( { browser } ) => {});", 'playwright'],
    ["test('shows', {}, async ({ context }) => {});", 'playwright'],
    ["import { test } from 'vitest';\ntest('shows', async ({ page }) => {});", 'unit'],
    ["test('shows', async ({ pages }) => {});", 'unit'],
    ["test('shows', async (page) => {});", 'unit'],
    ["import puppeteer from 'puppeteer';\nit('a', f);", 'browser'],
    ["it('a', () => cy.visit('/'));", 'cypress'],
    ["it('a', () => cy . visit('/'));", 'cypress'],
    ["it('a', () => spicy.visit('/'));", 'unit'],
    ["it('a', () => cy.get('a'));", 'unit'],
    ["it('a', f).waitForElementVisible('a');", 'browser'],
    ["it('a', f).assert.urlEquals('/');", 'browser'],
    ["it('a', async () => { await device.launchApp(); });", 'browser'],
    ["it('a', async () => { await $('a').click(); });", 'browser'],
    ["it('a', async () => { await $(a).click(); });", 'unit'],
    ["it('a', async () => { await browser.url('/'); });", 'browser'],
    ["it('a', ({ I }) => I.amOnPage('/'));", 'browser'],
    ["fixture('Notes').page('https://a.example');\ntest('a', f);", 'browser'],
    ["fixture ( 'Notes of mine' )\n  .page`https://a.example`;\ntest('a', f);", 'browser'],
    ['fixture`Notes`.page`https://a.example`;\ntest("a", f);', 'browser'],
    ['fixture(notes).page(at);\ntest("a", f);', 'browser'],
    ["fixture('Notes').pages(at);\ntest('a', f);", 'unit'],
    ["it('a', () => element(by.id('a')));", 'browser'],
    ["it('a', () => sum(1));", 'unit'],
  ])('%s: %s', async (text, expected) => expect(await tool(text)).toBe(expected));

  it.each([
    ['cypress/e2e/notes.js', 'cypress'],
    ['src/notes.cy.js', 'cypress'],
    ['test/notes.test.js', 'unit'],
  ])('a chain of Cypress in %s: %s', async (path, expected) => {
    expect(await tool("it('a', () => cy.get('a'));", path)).toBe(expected);
    expect(await tool("it('a', () => cy\n  .get('a'));", path)).toBe(expected);
    expect(await tool("it('a', () => Cypress.env('a'));", path)).toBe(expected);
    expect(await tool("it('a', () => cy. get('a'));", path)).toBe(expected);
    expect(await tool("it('a', () => spicy.get('a'));", path)).toBe('unit');
  });

  it.each([
    ['test', 'playwright'],
    ['it', 'playwright'],
    ['base', 'playwright'],
    ['attest', 'unit'],
    ['tests', 'unit'],
  ])("what a fixture over Playwright's hands out as %s: %s", async (name, expected) => {
    const files = {
      'test/notes.test.js': `import { ${name} } from './fixtures.js';\nit('a', () => ${name}());\n`,
      'test/fixtures.js': `import { test as own } from '@playwright/test';\nexport const ${name} = own.extend({});\n`,
    };
    expect((await found(files))['test/notes.test.js']).toBe(expected);
  });
});

describe('flows of Maestro', () => {
  it.each([
    ['.maestro/login.yaml', 'appId: a\n---\n- launchApp\n', true],
    ['.maestro/login.yml', 'appId: a\n---\n-tapOn: a\n', true],
    ['.maestro/login.yaml', 'appId: a\n---\n-   assertVisible: a\n', true],
    ['.maestro/login.yaml', 'appId: a\nnote: "- launchApp"\n', false],
    ['.maestro/config.yaml', '- runFlow: a\n', false],
    ['.maestro/config.yml', '- runFlow: a\n', false],
    ['.maestro/my-config.yaml', '- runFlow: a\n', true],
    ['.maestro/config.yaml.maestro.yaml', '- runFlow: a\n', true],
    ['flows/login.yaml', 'appId: a\n---\n- launchApp\n', false],
  ])('%s: %s', async (path, text, is) =>
    expect(await found({ [path]: text })).toEqual(is ? { [path]: 'maestro' } : {}),
  );
  it('lie where a script says', async () => {
    const manifest = JSON.stringify({ name: 'phone', scripts: { 'test:e2e': 'maestro test --debug ./flows' } });
    const flow = { 'flows/login.yaml': 'appId: a\n---\n- launchApp\n' };
    expect(await found({ 'package.json': manifest, ...flow })).toEqual({ 'flows/login.yaml': 'maestro' });
  });
});

describe('tests of other languages', () => {
  it.each([
    ['test_notes.py', true],
    ['tests/test_notes.py', true],
    ['notes/notes_test.py', true],
    ['notes_test.go', true],
    ['spec/notes_spec.rb', true],
    ['NotesTest.java', true],
    ['src/NotesTests.kt', true],
    ['src/NotesSpec.scala', true],
    ['src/NotesIT.java', true],
    ['tests/notes.rs', true],
    ['tests/all/notes.rs', false],
    ['mytests/notes.rs', false],
    ['contest_notes.py', false],
    ['test_notes.pyc', false],
    ['src/notes.rs', false],
  ])('%s', async (path, is) => {
    const model = await understood({ 'requirements.txt': 'flask\n', 'app.py': 'import flask\n', [path]: '' });
    expect(foreignTests(model, model.components[0]!)).toEqual(is ? [path] : []);
  });
});
