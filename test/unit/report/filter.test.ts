import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/model/errors.ts';
import { narrow } from '../../../src/report/shared/filter.ts';
import { sampleReport } from '../../golden/sample-report.ts';

const all = { rule: [], category: [], component: [] };
const idsOf = (filter: Partial<Parameters<typeof narrow>[1]>) =>
  narrow(sampleReport, { ...all, ...filter }).report.rules.map((rule) => rule.id);

describe('display filters', () => {
  it('leave the result alone when none is given', () => {
    expect(narrow(sampleReport, all)).toEqual({ report: sampleReport, narrowed: null });
  });

  it.each([
    ['a rule', { rule: ['delivery/ci'] }, ['delivery/ci']],
    ['a category', { category: ['data'] }, ['data/migrations', 'data/seed']],
    ['rules of one category only', { category: ['data'], rule: ['data/seed', 'delivery/ci'] }, ['data/seed']],
    ['a component', { component: ['packages/db'] }, ['data/migrations', 'data/seed']],
    ['gaps of a component', { component: ['packages/db'], onlyGaps: true }, ['data/seed']],
    ['gaps of a category', { category: ['delivery'], onlyGaps: true }, ['delivery/cd', 'delivery/ci']],
  ])('show %s', (_, filter, expected) => {
    expect(idsOf(filter)).toEqual(expected);
  });

  it('never change what was judged and gated, and say so', () => {
    const { report, narrowed } = narrow(sampleReport, { ...all, category: ['data'] });
    for (const key of ['score', 'scoreLowBound', 'level', 'levels', 'coverage', 'categories', 'gate'] as const) {
      expect(report[key]).toEqual(sampleReport[key]);
    }
    expect(narrowed).toBe(
      'Shown: 2 of 22 rules (--category data). Verdict, score, levels and gate are those of the whole audit.',
    );
  });

  it('show a component without the answers of others', () => {
    const { report } = narrow(sampleReport, { ...all, component: ['services/auth'] });
    expect(report.components.map(({ path }) => path)).toEqual(['services/auth']);
    expect(new Set(report.rules.flatMap((rule) => rule.components.map(({ path }) => path)))).toEqual(
      new Set(['services/auth']),
    );
  });

  it.each([
    [
      { rule: ['rate-limiting'] },
      'There is no rule "rate-limiting" in this audit; did you mean security/rate-limiting?',
    ],
    [{ category: ['datas'] }, /There is no category "datas" in this audit; there is infrastructure, security, data,/],
    [{ component: ['apps/api'] }, /There is no component "apps\/api" in this audit; there is apps\/web, mobile,/],
  ])('refuse what the audit does not know: %j', (filter, message) => {
    expect(() => idsOf(filter)).toThrow(UserError);
    expect(() => idsOf(filter)).toThrow(message);
  });
});
