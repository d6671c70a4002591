import { describe, expect, it } from 'vitest';
import { formatNames, loadFormat } from '../../src/cli/formats.ts';
import { reportV1 } from '../../src/model/report.ts';
import { renderSummary } from '../../src/report/github/step.ts';
import { defaultOptions } from '../../src/report/shared/format.ts';
import { liveReport } from './live-report.ts';
import { sampleReport } from './sample-report.ts';

const endings: Record<string, string> = { terminal: 'txt', github: 'txt', markdown: 'md', junit: 'xml', html: 'html' };

/** What each format makes of one fixed result. A change of wording is read in the diff of these files; `vitest -u` writes them anew. */
describe('one result in every format', () => {
  it('is a result by the contract', () => {
    expect(reportV1.safeParse(sampleReport).error?.issues ?? []).toEqual([]);
  });

  it.each(formatNames)('%s', async (name) => {
    const format = await loadFormat(name);
    expect(format.name).toBe(name);
    const text = format.render(sampleReport, defaultOptions);
    expect(text.endsWith('\n')).toBe(true);
    expect(format.render(structuredClone(sampleReport), defaultOptions)).toBe(text);
    await expect(text).toMatchFileSnapshot(`formats/${name}.${endings[name] ?? 'json'}`);
  });

  it('terminal, in full', async () => {
    const text = (await loadFormat('terminal')).render(sampleReport, { ...defaultOptions, verbose: true });
    await expect(text).toMatchFileSnapshot('formats/terminal-verbose.txt');
  });

  it.each(['terminal', 'markdown'])('%s, beside what runs', async (name) => {
    expect(reportV1.safeParse(liveReport).error?.issues ?? []).toEqual([]);
    const text = (await loadFormat(name)).render(liveReport, { ...defaultOptions, verbose: true });
    await expect(text).toMatchFileSnapshot(`formats/${name}-live.${endings[name]}`);
  });

  it("the workflow step's summary", async () => {
    await expect(renderSummary(sampleReport, defaultOptions)).toMatchFileSnapshot('formats/github-summary.md');
  });
});
