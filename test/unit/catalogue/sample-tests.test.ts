import { expect, it } from 'vitest';
import { isSampleTest } from '../../../src/detectors/shared/sample-tests.ts';

it.each([
  ['src/App.test.tsx', 'screen.getByText(/learn react/i)', true],
  ['src/App.test.tsx', "screen.getByText('Your orders')", false],
  ['src/app.controller.spec.ts', "expect(c.getHello()).toBe('Hello World!')", true],
  ['src/orders.controller.spec.ts', "expect(c.greet()).toBe('Hello World!')", false],
  ['test/routes/root.test.js', 't.same(JSON.parse(res.payload), { root: true })', true],
  ['test/routes/root.test.js', "t.same(JSON.parse(res.payload), { service: 'orders' })", false],
  ['tests/sample.test.ts', 'expect(1 + 2).toBe(3)', true],
  ['tests/basic.test.js', 'assert.ok(true)', true],
  ['tests/sum.test.ts', 'expect(sum(1, 2)).toBe(3); expect(1 + 2).toBe(3)', false],
  ['e2e/example.spec.ts', "await page.goto('https://playwright.dev/')", true],
  [
    'apps/web-e2e/src/e2e/app.cy.ts',
    "it('should display welcome message', () => {\n  getGreeting().contains('Welcome web');\n});\n",
    true,
  ],
  ['src/App.test.js', "it('renders without crashing', () => {});", true],
  ['test/app.e2e-spec.ts', "it('/ (GET)', () => request(app).get('/').expect('Hello World!'));", true],
  [
    'src/app.component.spec.ts',
    "it('should create the app', () => {}); it(`should have the 'web' title`, () => {});",
    true,
  ],
  [
    'src/app.component.spec.ts',
    "it('should create the app', () => { expect(app).toBeTruthy(); }); it('lists notes', () => { expect(app.notes).toEqual([]); });",
    false,
  ],
  ['tests/unit/HelloWorld.spec.js', "expect(wrapper.text()).toContain('Hello')", true],
  ['cypress/e2e/spec.cy.js', "it('My First Test', () => cy.visit('/'))", true],
  ['e2e/src/api.spec.ts', "expect(res.data).toEqual({ message: 'Hello API' })", true],
  ['e2e/starter.test.js', "it('should have welcome screen', async () => {})", true],
  ['src/note.service.spec.ts', "it('should be defined', () => { expect(service).toBeDefined(); });", true],
  [
    'src/note.component.spec.ts',
    'test(`should create the component`, () => { expect(component).toBeTruthy(); });',
    true,
  ],
  [
    'src/note.service.spec.ts',
    "it('should be defined', () => { expect(service).toBeDefined(); }); it('adds', () => { expect(service.add()).toBe(1); });",
    false,
  ],
  ['test/later.test.js', 'it(\'adds\', () => {});\ntest.only("takes away", async function () { });', true],
  ['test/later.test.js', "it('adds', () => {});\nit('takes away', () => { expect(take()).toBe(1); });", false],
  ['test/basic.test.js', 'assert(true); assert.equal(1, 1);', true],
  ['test/basic.test.js', 'expect( 2 * 2 ).toBe(4)', true],
  ['test/basic.test.js', 'assert.equal(sum(1), 1)', false],
  ['test/basic.test.js', 'import "./helper.js";', false],
  [
    'src/App.test.tsx',
    `${Array.from({ length: 5 }, (_, i) => `it('${i}', () => { show(); });`).join('\n')} screen.getByText(/learn react/i)`,
    false,
  ],
])('%s: %s', (path, text, sample) => expect(isSampleTest(path, text)).toBe(sample));
