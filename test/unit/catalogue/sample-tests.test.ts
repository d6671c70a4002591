import { expect, it } from 'vitest';
import { isSampleTest } from '../../../src/detectors/shared/sample-tests.ts';

it.each([
  ['src/App.test.tsx', 'screen.getByText(/learn react/i)', true],
  ['src/App.test.tsx', "screen.getByText('Your orders')", false],
  ['src/app.controller.spec.ts', "expect(c.getHello()).toBe('Hello World!')", true],
  ['src/orders.controller.spec.ts', "expect(c.greet()).toBe('Hello World!')", false],
  ['tests/sample.test.ts', 'expect(1 + 2).toBe(3)', true],
  ['tests/basic.test.js', 'assert.ok(true)', true],
  ['tests/sum.test.ts', 'expect(sum(1, 2)).toBe(3); expect(1 + 2).toBe(3)', false],
  ['e2e/example.spec.ts', "await page.goto('https://playwright.dev/')", true],
  [
    'apps/web-e2e/src/e2e/app.cy.ts',
    "it('should display welcome message', () => {\n  getGreeting().contains('Welcome web');\n});\n",
    true,
  ],
])('%s: %s', (path, text, sample) => expect(isSampleTest(path, text)).toBe(sample));
