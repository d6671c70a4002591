import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { liveReport } from '../golden/live-report.ts';
import { sampleReport } from '../golden/sample-report.ts';
import { hostileReport } from '../support/hostile-report.ts';
import { openStudio, type Studio, withoutBrowser } from './page.ts';

if (withoutBrowser) process.stderr.write(`The tests in a browser are skipped: ${withoutBrowser}.\n`);

describe.skipIf(withoutBrowser)('the HTML report in Chromium', () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio();
  });
  afterAll(() => studio?.close());

  const gapsShown = (page: Page) => page.locator('#gap-list > .gap:visible .name').allTextContents();

  describe('is usable by everyone', () => {
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

    it.each([
      ['light', 1200],
      ['dark', 1200],
      ['light', 380],
      ['dark', 380],
    ] as const)('axe finds nothing in the %s page %i pixels wide', async (colorScheme, width) => {
      const { page } = await studio.show(liveReport, { colorScheme, width });
      await page.locator('#expand').click();
      await page.locator('details.quick > summary').click();
      // Through the debugger, which the page's policy does not bind: the page itself must refuse scripts.
      const session = await page.context().newCDPSession(page);
      const evaluate = async (expression: string): Promise<unknown> =>
        (await session.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })).result.value;
      await evaluate(axe);
      const { violations, passes } = (await evaluate('axe.run()')) as AxeResults;
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
      expect(passes.map(({ id }) => id)).toContain('color-contrast');
    });

    it('no page is wider than its screen', async () => {
      for (const width of [1200, 760, 320]) {
        const { page } = await studio.show(hostileReport, { width });
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      }
    });

    it('a gap opens and a filter is set from the keyboard alone', async () => {
      const { page } = await studio.show(sampleReport);
      await page.locator('#find').focus();
      await page.keyboard.type('rate limit');
      expect(await gapsShown(page)).toEqual(['Rate limiting']);
      const gap = page.locator('#gap-security-rate-limiting');
      await gap.locator('summary').focus();
      await page.keyboard.press('Enter');
      expect(await gap.getAttribute('open')).not.toBeNull();
    });
  });

  it('says verdict, score and level before anything else', async () => {
    const { page } = await studio.show(sampleReport);
    const above = (await page.locator('header').textContent()) ?? '';
    for (const words of ['Not ready for a demo', '31', 'of 100', 'demo', '✗ not yet', '19 of 21 rules judged']) {
      expect(above.toLowerCase()).toContain(words.toLowerCase());
    }
    const bottom = await page.evaluate("document.querySelector('header').getBoundingClientRect().bottom");
    expect(bottom).toBeLessThan(900);
  });

  describe('filters', () => {
    const all = sampleReport.rules.filter(
      ({ status, id }) => ['missing', 'unwired', 'partial'].includes(status) && id !== 'observability/error-tracking',
    ).length;

    it('start with every open gap, what blocks the next level first', async () => {
      const { page } = await studio.show(sampleReport);
      const shown = await gapsShown(page);
      expect(shown).toHaveLength(all);
      expect(shown.slice(0, 2)).toEqual(['API gateway', 'Database']);
      expect(await page.locator('#found').textContent()).toBe(`${all} gaps of ${all} shown`);
    });

    it.each([
      ['level', 'scale', ['Scaling']],
      ['category', 'delivery', ['Continuous integration', 'Continuous deployment']],
      ['component', 'packages/db', ['Seed data']],
      ['component', '*', ['API gateway', 'Continuous integration', 'Continuous deployment']],
      ['owner', '@acme/data', ['Database', 'Seed data']],
      ['owner', '*', ['Structured logging', 'Mobile app', 'Scaling']],
    ])('by %s %s', async (field, value, expected) => {
      const { page } = await studio.show(sampleReport);
      await page.locator(`#${field}`).selectOption(value);
      expect(await gapsShown(page)).toEqual(expected);
    });

    it('by status, which a gap has if one of its components has it', async () => {
      const { page } = await studio.show(sampleReport);
      await page.getByLabel('unwired').uncheck();
      await page.getByLabel('partial').uncheck();
      expect(await gapsShown(page)).toEqual([
        'Health endpoint',
        'Authentication',
        'Continuous deployment',
        'Structured logging',
        'Scaling',
      ]);
      await page.getByLabel('missing').uncheck();
      expect(await gapsShown(page)).toEqual([]);
      expect(await page.locator('#none-found').isVisible()).toBe(true);
    });

    it('by every word searched for, in evidence too, and together with the others', async () => {
      const { page } = await studio.show(sampleReport);
      await page.locator('#find').fill('NEW map()');
      expect(await gapsShown(page)).toEqual(['Database']);
      await page.locator('#category').selectOption('delivery');
      expect(await gapsShown(page)).toEqual([]);
      await page.getByRole('button', { name: 'Reset' }).click();
      await expect.poll(() => gapsShown(page)).toHaveLength(all);
    });

    it('are set by a cell of the matrix', async () => {
      const { page } = await studio.show(sampleReport);
      await page.getByRole('link', { name: 'unwired, 2 gaps' }).first().click();
      expect(await page.locator('#component').inputValue()).toBe('services/auth');
      expect(await gapsShown(page)).toEqual(['Environment template', 'Rate limiting']);
      await page
        .getByRole('row', { name: /^the repository/ })
        .getByRole('link', { name: 'missing, 2 gaps' })
        .click();
      expect(await gapsShown(page)).toEqual(['Continuous integration', 'Continuous deployment']);
    });

    it('give way to a link from the plan to a gap they hide', async () => {
      const { page } = await studio.show(sampleReport);
      await page.locator('#find').fill('nothing has this');
      await page.locator('#plan').getByRole('link', { name: 'Scaling' }).click();
      const gap = page.locator('#gap-infrastructure-scaling');
      expect(await gap.isVisible()).toBe(true);
      expect(await gap.getAttribute('open')).not.toBeNull();
    });
  });

  it('draws the scores, and says them to whoever does not see the drawing', async () => {
    const { page } = await studio.show(sampleReport);
    const labels = await page.getByRole('img').all();
    expect(await Promise.all(labels.map((chart) => chart.getAttribute('aria-label')))).toEqual([
      'Score after each phase. now: 31; demo: 52; production: 91; scale: 100',
      'Trend. 2026-01-12: 19; 2026-02-09: 28; 2026-03-02: 31',
    ]);
    const bars = page.getByRole('table', { name: 'Score by category, of 100' });
    expect(await bars.getByRole('row', { name: /Data/ }).textContent()).toContain('80');
    const without = await studio.show({ ...sampleReport, history: [] });
    expect(await without.page.getByRole('img').count()).toBe(1);
  });

  it('is whole without scripts, with no control that does nothing', async () => {
    const { page } = await studio.show(sampleReport, { javaScriptEnabled: false });
    expect(await page.locator('#filters').isVisible()).toBe(false);
    expect(await page.locator('#gap-list > .gap').count()).toBeGreaterThan(10);
  });

  it('prints every gap opened, without its controls', async () => {
    const { page } = await studio.show(sampleReport);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#filters').isVisible()).toBe(false);
    await page.evaluate("window.dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('details:not([open])').count()).toBe(0);
    await page.evaluate("window.dispatchEvent(new Event('afterprint'))");
    expect(await page.locator('details:not([open])').count()).toBeGreaterThan(0);
  });

  it.each([
    ['the sample', sampleReport],
    ['hostile text', hostileReport],
  ])('asks the network for nothing and breaks no rule of its own with %s', async (_, report) => {
    const { complaints } = await studio.show(report);
    expect(complaints).toEqual([]);
  });

  it('never takes text of the target for markup', async () => {
    const { page, complaints } = await studio.show(hostileReport);
    await page.locator('#expand').click();
    await page.locator('#find').fill('<img src=x');
    expect(await gapsShown(page)).not.toEqual([]);
    expect(await page.evaluate('window.owned')).toBeUndefined();
    expect(
      await page.locator('img, iframe, object, a[href^="javascript"], [onerror], [style], main script').count(),
    ).toBe(0);
    expect(await page.locator('script').count()).toBe(1);
    expect(await page.locator('.evidence').first().textContent()).toContain(
      '<img src=x onerror="window.owned=1"><script>',
    );
    expect(complaints).toEqual([]);
  });

  it('would stop a script that got in all the same', async () => {
    const { page } = await studio.show(sampleReport);
    await page.evaluate(
      "const s = document.createElement('script'); s.textContent = 'window.owned = 1'; document.body.append(s)",
    );
    expect(await page.evaluate('window.owned')).toBeUndefined();
  });
});
