import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { renderSummary } from '../../../src/report/github/step.ts';
import { code, prose, table } from '../../../src/report/markdown/escape.ts';
import markdown from '../../../src/report/markdown.ts';
import { defaultOptions } from '../../../src/report/shared/format.ts';
import { sampleReport } from '../../golden/sample-report.ts';
import { hostileReport } from '../../support/hostile-report.ts';

const textOf = (report = sampleReport, options = {}) => markdown.render(report, { ...defaultOptions, ...options });
/** As GitHub reads it, with every tag let through that a reader of less care would let through. */
const htmlOf = (text: string) =>
  micromark(text, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
const headings = (text: string) => [...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title);

describe('the Markdown report', () => {
  it('has the sections a lead reads, in order', () => {
    expect(headings(textOf())).toEqual([
      'Score and levels',
      'Gate: failed',
      'Changes since main',
      'Components',
      'Must fix before a demo',
      'Must fix before production',
      'Gaps by category',
      'Quick fixes',
      'What works well',
      'What needs work',
      'Action plan',
      'Owners',
      'Accepted risks',
      'Trend',
      'Not judged, and why',
      'Key insight',
      'How to read this report',
    ]);
  });

  it('tells each gap by Issue, Impact, Required, Status and Effort, with its places', () => {
    const text = textOf();
    const gap = text.slice(text.indexOf('Database: unwired'), text.indexOf('Authentication: partial'));
    for (const word of ['Issue', 'Impact', 'Required', 'Status', 'Effort', 'Evidence'])
      expect(gap).toContain(`- **${word}**:`);
    expect(gap).toContain('`services/orders/src/store.ts:3` new Map() behind POST /orders');
    expect(gap).toContain(
      '9 h · returns 4.2 points · blocks the demo · `readiness fix --rule infrastructure/database`',
    );
  });

  it('links to every gap that it details, and to no other', () => {
    const text = textOf();
    const anchors = new Set([...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id));
    const links = new Set([...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, id]) => id));
    expect([...links].filter((id) => !anchors.has(id))).toEqual([]);
    expect(anchors.size).toBe(13);
  });

  it('has every accepted risk with owner, expiry and state, and none of them among the gaps', () => {
    const text = textOf();
    expect(text).toMatch(
      /Error tracking \(`observability\/error-tracking`\) \| everywhere \| missing \| .* \| `dana@acme\.example` \| 2026-06-30 \| accepted \|/,
    );
    expect(text).toContain('| **expired**, a gap again |');
    expect(text).toContain('| matches no gap, to be removed |');
    expect(text).not.toContain('gap-observability-error-tracking');
  });

  it('leaves out what there is nothing to say of', () => {
    const text = textOf({ ...sampleReport, gate: null, changes: null, accepted: [], history: [], insight: '' });
    for (const title of ['Gate', 'Changes', 'Accepted', 'Trend', 'Key insight'])
      expect(text).not.toContain(`\n## ${title}`);
  });

  it('puts owners before the gaps when asked to group by them', () => {
    const titles = headings(textOf(sampleReport, { groupBy: 'owner' }));
    expect(titles.indexOf('Owners')).toBeLessThan(titles.indexOf('Gaps by category'));
  });

  it.each([
    ['the report', () => textOf(hostileReport, { narrowed: `<b>${hostileReport.target.name}</b>` })],
    ["the step's summary", () => renderSummary(hostileReport, defaultOptions)],
  ])('no text of the target becomes markup in %s', (_, render) => {
    const html = htmlOf(render());
    const tags = new Set([...html.matchAll(/<([a-z][a-z0-9]*)/gi)].map(([, tag]) => tag!.toLowerCase()));
    for (const tag of ['img', 'script', 'b', 'iframe']) expect(tags).not.toContain(tag);
    const links = [...html.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href!);
    expect(links.filter((href) => !href.startsWith('#gap-'))).toEqual([]);
    expect(html).not.toMatch(/onerror="/);
    const mentions = html.replaceAll(/<code>.*?<\/code>/g, '').match(/(^|[^\w])@acme\/everyone/g);
    expect(mentions).toBeNull();
  });

  it('keeps every table whole whatever its cells hold', () => {
    const columns = (line: string) => line.replaceAll('\\|', '').split('|').length;
    const lines = textOf(hostileReport).split('\n');
    let head = 0;
    for (const line of lines) {
      if (!line.startsWith('| ')) head = 0;
      else if (head === 0) head = columns(line);
      else expect(columns(line)).toBe(head);
    }
  });
});

it('no mixture of marks becomes markup', () => {
  const pieces = [
    '`',
    '``',
    '\\',
    '<b>',
    '[x](y)',
    '![x](y)',
    '|',
    '*',
    '**',
    '_',
    '~~',
    ' ',
    'a',
    '@a',
    'https://e.x/',
    '<!--',
    '&lt;',
    '\n',
    '# ',
    '- ',
    '1. ',
    '> ',
    '$',
    '---',
    '<http://e.x>',
  ];
  let seed = 7;
  const next = (n: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % n;
  };
  for (let i = 0; i < 1000; i++) {
    const text = Array.from({ length: 1 + next(9) }, () => pieces[next(pieces.length)]).join('');
    const shown = htmlOf(`${prose(text)}\n\n- ${prose(text)}\n\n${table(['A', 'B'], [[prose(text), code(text)]])}\n`);
    const tags = new Set([...shown.matchAll(/<\/?([a-z!][a-z0-9-]*)/gi)].map(([, tag]) => tag));
    for (const tag of ['p', 'code', 'ul', 'li', 'table', 'thead', 'tbody', 'tr', 'th', 'td']) tags.delete(tag);
    expect({ text, tags: [...tags] }).toEqual({ text, tags: [] });
  }
});
