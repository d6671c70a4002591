import { describe, expect, it } from 'vitest';
import type { ReportV1, RuleResultV1 } from '../../../src/model/report.ts';
import { renderOutputs, renderSummary } from '../../../src/report/github/step.ts';
import github from '../../../src/report/github.ts';
import { defaultOptions } from '../../../src/report/shared/format.ts';
import { sampleReport } from '../../golden/sample-report.ts';
import { hostileReport, payload } from '../../support/hostile-report.ts';

const linesOf = (report: ReportV1, options = {}) =>
  github
    .render(report, { ...defaultOptions, ...options })
    .trimEnd()
    .split('\n');
const annotations = (report: ReportV1, kind: string) => linesOf(report).filter((line) => line.startsWith(`::${kind} `));

/** The sample with `n` more gaps, each worth less than the one before. */
function withGaps(n: number): ReportV1 {
  const model = sampleReport.rules.find(({ id }) => id === 'delivery/cd')!;
  const more = Array.from(
    { length: n },
    (_, i): RuleResultV1 => ({ ...model, id: `own/rule-${i}`, title: `Rule ${i}`, points: 1 - i / 100 }),
  );
  return { ...sampleReport, rules: [...sampleReport.rules, ...more] };
}

describe('annotations', () => {
  it('start with why the gate failed, then what blocks the next level', () => {
    const titles = annotations(sampleReport, 'error').map((line) => line.match(/title=([^:]*)::/)![1]);
    expect(titles.slice(0, 3)).toEqual([
      'Readiness gate failed',
      'API gateway%3A unwired (infrastructure/api-gateway)',
      'Database%3A unwired (infrastructure/database)',
    ]);
    expect(annotations(sampleReport, 'error')[0]).toContain(
      'min-score: 29.5, at least 40 asked (short by 10.5); closing infrastructure/database, infrastructure/api-gateway and security/rate-limiting restores it',
    );
  });

  it('never exceed what is shown of a kind, and the last one names the rest', () => {
    const warnings = annotations(withGaps(30), 'warning');
    expect(warnings).toHaveLength(10);
    expect(warnings[0]).toContain('security/env-template');
    expect(warnings.at(-1)).toMatch(/title=\d+ more gaps::/);
    expect(warnings.at(-1)).toContain('own/rule-29');
    const log = linesOf(withGaps(30));
    for (const i of [0, 15, 29]) expect(log.some((line) => line.startsWith(`- Rule ${i}: missing`))).toBe(true);
  });

  it('leave accepted risks out', () => {
    expect(linesOf(sampleReport).join('\n')).not.toContain('error-tracking');
  });

  it('point into the repository, not into the audited folder of it', () => {
    expect(linesOf(sampleReport, { pathPrefix: 'apps/shop/' })[1]).toContain(
      'file=apps/shop/services/gateway/src/index.ts,line=14,',
    );
  });

  it('give the runner no command that the target wrote', () => {
    const lines = linesOf(hostileReport);
    const commands = lines.filter((line) => line.trimStart().startsWith('::'));
    for (const line of commands) expect(line).toMatch(/^::(error|warning|notice|group|endgroup)( |::)/);
    expect(commands.filter((line) => line.startsWith('::error::'))).toEqual([]);
    expect(lines.join('\n')).not.toContain('##[');
    for (const line of lines.filter((line) => line.startsWith('::error '))) {
      expect(line.slice(2).split('::')[0]).toMatch(/^error (file=[^,:]*,line=\d+,)?title=[^,:]*$/);
    }
    expect(payload).toContain('##[');
  });
});

describe('the step', () => {
  it('says which condition failed, by how much, and what restores it', () => {
    const summary = renderSummary(sampleReport, defaultOptions);
    expect(summary).toContain('## Production readiness: 31 / 100');
    expect(summary).toContain('### Gate failed');
    expect(summary).toContain(
      '| ✗ **failed** | min-score: 29.5, at least 40 asked (short by 10.5) | `infrastructure/database`, `infrastructure/api-gateway`, `security/rate-limiting` |',
    );
    expect(summary).toContain('| ✓ passed | min-coverage: 90.5, at least 80 asked |');
  });

  it.each([
    ['a failed gate', sampleReport, 'score=31\nlevel=none\npassed=false\n'],
    ['no gate', { ...sampleReport, gate: null }, 'score=31\nlevel=none\npassed=true\n'],
    [
      'nothing judged',
      { ...sampleReport, gate: null, score: null, coverage: { judged: 0, applicable: 3 } },
      'score=\nlevel=none\npassed=false\n',
    ],
    ['no component', { ...sampleReport, gate: null, components: [] }, 'score=31\nlevel=none\npassed=false\n'],
  ])('sets outputs for %s', (_, report, expected) => {
    expect(renderOutputs(report)).toBe(expected);
  });
});
