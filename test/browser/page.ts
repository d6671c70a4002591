import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { ReportV1 } from '../../src/model/report.ts';
import html from '../../src/report/html.ts';
import { defaultOptions } from '../../src/report/shared/format.ts';

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Debian's Chromium (`apt-get install chromium`), a Chrome in the usual place, or the one that CHROMIUM names. */
const chromiumPath = process.env.CHROMIUM ?? usual.find((path) => existsSync(path)) ?? usual[0]!;

/**
 * Why there is no browser to test in, or null. A developer's machine may do without; CI may not, so that there the tests run and fail.
 */
export const withoutBrowser: string | null =
  existsSync(chromiumPath) || process.env.CI
    ? null
    : `there is no ${chromiumPath}: install Debian's chromium, or name another with CHROMIUM`;

export interface Shown {
  page: Page;
  /** What the browser refused or complained of, and every address asked for besides the file itself. */
  complaints: string[];
}

export interface Studio {
  show(
    report: ReportV1,
    options?: { colorScheme?: 'light' | 'dark'; width?: number; javaScriptEnabled?: boolean },
  ): Promise<Shown>;
  close(): Promise<void>;
}

/** A browser that opens reports from `file://`, as whoever gets one by mail does. */
export async function openStudio(): Promise<Studio> {
  const folder = mkdtempSync(join(tmpdir(), 'readiness-html-'));
  const args = [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  const browser: Browser = await chromium.launch({ executablePath: chromiumPath, args });
  let n = 0;
  return {
    async show(report, { colorScheme = 'light', width = 1200, javaScriptEnabled = true } = {}) {
      n += 1;
      const file = join(folder, `report ${n}.html`);
      writeFileSync(file, html.render(report, defaultOptions));
      const context = await browser.newContext({ colorScheme, javaScriptEnabled, viewport: { width, height: 900 } });
      const page = await context.newPage();
      const address = pathToFileURL(file).href;
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('dialog', (dialog) => {
        complaints.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      page.on('request', (request) => {
        if (request.url().split('#')[0] !== address) complaints.push(`asked for ${request.url()}`);
      });
      await page.goto(address);
      return { page, complaints };
    },
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
