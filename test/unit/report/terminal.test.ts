import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { defaultOptions } from '../../../src/report/shared/format.ts';
import terminal from '../../../src/report/terminal.ts';
import { sampleReport } from '../../golden/sample-report.ts';
import { hostileReport } from '../../support/hostile-report.ts';

const shown = (report = sampleReport, options = {}) => terminal.render(report, { ...defaultOptions, ...options });

describe('the terminal report', () => {
  it.each([40, 60, 80, 100])('never exceeds %i columns, whatever names the target has', (width) => {
    for (const verbose of [false, true]) {
      for (const report of [sampleReport, hostileReport]) {
        const tooLong = shown(report, { width, verbose })
          .split('\n')
          .filter((line) => stringWidth(line) > width);
        expect(tooLong).toEqual([]);
      }
    }
  });

  it('lets no control character of the target through, coloured or not', () => {
    const plain = shown(hostileReport, { verbose: true });
    expect(plain).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    const colored = shown(hostileReport, { verbose: true, color: true });
    expect(colored.replaceAll(/\u001b\[\d+m/g, '')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it('says in words what it says in colour', () => {
    const colored = shown(sampleReport, { color: true });
    expect(colored).toMatch(/\u001b\[/);
    expect(colored.replaceAll(/\u001b\[\d+m/g, '')).toBe(shown(sampleReport));
  });

  it('starts with the verdict, the score and what blocks', () => {
    const [, , , verdict, blockers] = shown().split('\n');
    expect(verdict).toMatch(/Not ready for a demo +31 \/ 100 +19 of 21 rules judged \(90 %\)/);
    expect(blockers).toBe('  The demo waits for 2 blocking rules: API gateway (unwired) and Database');
  });

  it('shows blockers with issue, place, effort and points', () => {
    const text = shown();
    const database = text.slice(text.indexOf('○ Database'), text.indexOf('Other gaps'));
    expect(database).toMatch(/^○ Database +unwired +9 h +\+4\.2\n/);
    expect(database).toContain('0 of 3 components ready');
    expect(database).toContain('services/auth/src/users.ts:5');
    expect(database).toContain('… 2 more (--verbose)');
  });

  it('says of a partial answer how many of how many, and where not', () => {
    expect(shown()).toContain('2 of 3 components ready; missing in\n    services/payments');
  });

  it('names what was not judged, with the cause', () => {
    const text = shown().replaceAll(/\n +/g, ' ');
    expect(text).toContain(
      '? resilience/graceful-shutdown: the wiring cannot be followed here: plugins are loaded by a computed path',
    );
    expect(text).toContain('judged 3 of 4; not services/scoring: no analyser for python');
  });

  it('keeps accepted risks out of the gaps, and tells of one that has expired', () => {
    const text = shown();
    const gaps = text.slice(text.indexOf('Other gaps'), text.indexOf('Quick wins'));
    expect(gaps).not.toContain('observability/error-tracking');
    expect(text).toContain('observability/error-tracking  missing · until 2026-06-30');
    expect(text).toContain('EXPIRED on 2026-03-01');
    expect(text).toContain('data/backups  missing · matches no gap: remove it');
  });

  it('shows what is ready and what was searched only when asked', () => {
    expect(shown()).not.toContain('Central error handling  resilience');
    const verbose = shown(sampleReport, { verbose: true });
    expect(verbose).toContain('✓ Central error handling  resilience/error-handling');
    expect(verbose).toContain('searched 212 tracked files for 31 kinds of credential');
    expect(verbose).toContain('– security/cors: no browser app on another origin calls the API');
  });

  it('groups by owner when asked, nobody last', () => {
    const text = shown(sampleReport, { groupBy: 'owner' });
    const owners = [...text.matchAll(/^(@acme\/\w+|No owner)$/gm)].map(([owner]) => owner);
    expect(owners).toEqual(['@acme/data', '@acme/payments', '@acme/platform', '@acme/web', 'No owner']);
  });

  it('has no gap, no plan and no trend to show for a repository that is ready', () => {
    const ready = sampleReport.rules.filter((rule) => rule.status === 'ready');
    const text = shown({
      ...sampleReport,
      score: 100,
      scoreLowBound: 100,
      level: 'scale',
      levels: sampleReport.levels.map((entry) => ({ ...entry, reached: true, blocking: [] })),
      rules: ready,
      plan: { phases: [], quick: [] },
      gate: null,
      accepted: [],
      changes: null,
      history: [],
      diagnostics: [],
    });
    expect(text).toContain('Ready at every level');
    for (const title of ['Blocks', 'gaps', 'Quick wins', 'Gate', 'Trend', 'Accepted', 'Not judged'])
      expect(text).not.toContain(`\n${title}`);
  });
});
