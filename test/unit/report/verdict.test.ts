import { describe, expect, it } from 'vitest';
import type { ReportV1 } from '../../../src/model/report.ts';
import { narrow } from '../../../src/report/shared/filter.ts';
import { differenceText, hoursText, listed, shortened, visible } from '../../../src/report/shared/text.ts';
import { conditionText, obstacleOf, verdictOf } from '../../../src/report/shared/verdict.ts';
import { sampleReport } from '../../golden/sample-report.ts';

const at = (level: ReportV1['level'], reached: number): ReportV1 => ({
  ...sampleReport,
  level,
  levels: sampleReport.levels.map((entry, i) => ({ ...entry, reached: i < reached })),
});

describe('the verdict', () => {
  it.each([
    [at('none', 0), 'Not ready for a demo'],
    [at('demo', 1), 'Ready for a demo, not for production'],
    [at('production', 2), 'Ready for production, not for scale'],
    [at('scale', 3), 'Ready at every level'],
    [{ ...at('none', 0), coverage: { judged: 0, applicable: 4 } }, 'Nothing could be judged'],
    [{ ...at('demo', 1), components: [] }, 'Nothing could be judged'],
  ])('%#: %s', (report, expected) => {
    expect(verdictOf(report)).toBe(expected);
  });

  it('names what the next level waits for, also what could not be judged', () => {
    const report = structuredClone(sampleReport);
    const demo = report.levels[0]!;
    demo.blocking.push({ rule: 'testing/unit', holds: false, credit: null });
    expect(obstacleOf(report)).toBe(
      'The demo waits for 3 blocking rules: API gateway (unwired), Database (unwired) and Unit tests (not judged).',
    );
    demo.blocking[0]!.accepted = true;
    expect(obstacleOf(report)).toMatch(/^The demo waits for 2 blocking rules: Database/);
    expect(obstacleOf(at('demo', 1))).toMatch(/^Production waits for 2 blocking rules: Rate limiting \(unwired\)/);
    expect(obstacleOf(at('scale', 3))).toBeNull();
  });

  it('stays that of the whole audit when less is shown', () => {
    const { report } = narrow(sampleReport, { rule: ['infrastructure/database'], category: [], component: [] });
    expect(obstacleOf(report)).toBe(
      'The demo waits for 2 blocking rules: Database (unwired) and infrastructure/api-gateway.',
    );
  });
});

it.each([
  [{ name: 'min-score', value: 29.5, bound: 40, passed: false }, 'min-score: 29.5, at least 40 asked (short by 10.5)'],
  [{ name: 'min-score', value: null, bound: 40, passed: false }, 'min-score: none, at least 40 asked'],
  [
    { name: 'min-level', value: 'demo', bound: 'production', passed: false },
    'min-level: demo, at least production asked',
  ],
  [{ name: 'level apps/web', value: 'demo', bound: 'demo', passed: true }, 'level apps/web: demo, at least demo asked'],
  [
    { name: 'fail-on', value: 2, bound: 'critical', passed: false },
    'fail-on: 2 open of severity critical or worse, none allowed',
  ],
  [{ name: 'no-new-gaps', value: 1, bound: 0, passed: false }, 'no-new-gaps: 1 new, none allowed'],
])('a condition: %j', (condition, expected) => {
  expect(conditionText({ ...condition, restoredBy: [] })).toBe(expected);
});

it.each([
  [0.25, '15 min'],
  [0.5, '30 min'],
  [0.999, '1 h'],
  [1, '1 h'],
  [1.25, '1.3 h'],
  [19.5, '19.5 h'],
  [268.25, '268 h'],
])('%f hours are told as %s', (hours, expected) => {
  expect(hoursText(hours)).toBe(expected);
});

it.each([
  [28, 31, '+3'],
  [31.04, 31, '±0'],
  [31, 29.5, '-1.5'],
])('from %f to %f is %s', (before, after, expected) => {
  expect(differenceText(before, after)).toBe(expected);
});

it('lists and shortens', () => {
  expect(listed([])).toBe('');
  expect(listed(['a'])).toBe('a');
  expect(listed(['a', 'b', 'c'])).toBe('a, b and c');
  expect(listed(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more');
  expect(shortened('one two, three', 11)).toBe('one two …');
  expect(shortened('one', 3)).toBe('one');
  expect(shortened('a'.repeat(20), 10)).toBe(`${'a'.repeat(8)} …`);
});

it('shows control and reordering marks instead of obeying them, and leaves every script alone', () => {
  expect(visible('a\u001b[31m\u202eb\u0000\u2028')).toBe('a\\u001b[31m\\u202eb\\u0000\\u2028');
  expect(visible('naïve 日本語 😀 a\u0301')).toBe('naïve 日本語 😀 a\u0301');
});
