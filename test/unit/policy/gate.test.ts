import { describe, expect, it } from 'vitest';
import type { GapKey, GateConditions } from '../../../src/model/policy.ts';
import { reportV1 } from '../../../src/model/report.ts';
import { openGaps } from '../../../src/policy/gaps.ts';
import { judgeGate } from '../../../src/policy/gate.ts';
import { withClosed } from '../../../src/policy/restore.ts';
import { type RuleSketch, rescore, sketch } from './reports.ts';

const none: GateConditions = { minCategory: {}, minComponent: {}, componentLevel: {}, noNewGaps: false };

const shop = sketch({
  'infrastructure/database': { is: { api: 'missing', web: 'ready' }, severity: 'critical', blocking: true },
  'security/https': { is: { api: 'ready', web: 'ready' }, severity: 'critical', level: 'production', blocking: true },
  'security/rate-limiting': {
    is: { api: 'unwired', web: 'missing' },
    severity: 'critical',
    level: 'production',
    blocking: true,
  },
  'security/headers': { is: { api: 'partial', web: 'missing' }, severity: 'major', level: 'production' },
  'delivery/ci': { is: 'missing', severity: 'critical', level: 'production', blocking: true },
  'data/seed': { is: { api: 'missing' }, severity: 'minor' },
  'data/backups': { is: 'not-applicable' },
  'testing/unit': { is: { api: 'unknown', web: 'unknown' } },
});

const judge = (conditions: Partial<GateConditions>, report = shop, newGaps: string[] | null = null) =>
  judgeGate({ report, conditions: { ...none, ...conditions }, rescore, newGaps });

describe('gate', () => {
  it('works on a valid report, and asks nothing by itself', () => {
    expect(reportV1.parse(shop)).toBeTruthy();
    expect(judge({})).toBeNull();
  });

  it.each([
    ['min-score', { minScore: 30 }, true],
    ['min-score', { minScore: 90 }, false],
    ['min-level', { minLevel: 'demo' }, true],
    ['min-level', { minLevel: 'production' }, false],
    ['min-category security', { minCategory: { security: 40 } }, true],
    ['min-category security', { minCategory: { security: 90 } }, false],
    ['min-category testing', { minCategory: { testing: 1 } }, false],
    ['min-component web', { minComponent: { web: 50 } }, true],
    ['min-component api', { minComponent: { api: 99 } }, false],
    ['min-component gone', { minComponent: { gone: 0 } }, false],
    ['min-level web', { componentLevel: { web: 'demo' } }, true],
    ['min-level api', { componentLevel: { api: 'demo' } }, false],
    ['fail-on', { failOn: 'critical' }, false],
    ['min-coverage', { minCoverage: 80 }, true],
    ['min-coverage', { minCoverage: 90 }, false],
  ] as [string, Partial<GateConditions>, boolean][])('%s %j → %s', (name, conditions, passed) => {
    const gate = judge(conditions)!;
    expect(gate.conditions.map((c) => c.name)).toEqual([name]);
    expect(gate.passed).toBe(passed);
    if (passed) expect(gate.conditions[0]!.restoredBy).toEqual([]);
  });

  it('passes only when every condition does', () => {
    expect(judge({ minScore: 10, minLevel: 'scale' })!.passed).toBe(false);
    expect(judge({ minScore: 10, minLevel: 'demo' })!.passed).toBe(true);
  });

  it('names gaps that, closed, truly restore the score, and none too many', () => {
    const [condition] = judge({ minScore: 75 })!.conditions;
    expect(condition!.restoredBy).toEqual(['delivery/ci', 'security/rate-limiting']);
    const closed = [
      { rule: 'delivery/ci', component: null },
      { rule: 'security/rate-limiting', component: 'api' },
      { rule: 'security/rate-limiting', component: 'web' },
    ];
    expect(rescore(withClosed(shop, closed)).scoreLowBound).toBeGreaterThanOrEqual(75);
    for (const gap of closed)
      expect(
        rescore(
          withClosed(
            shop,
            closed.filter((g) => g !== gap),
          ),
        ).scoreLowBound,
      ).toBeLessThan(75);
  });

  it('restores a level by its blocking rules alone, and only as far as they have to hold', () => {
    expect(judge({ minLevel: 'production' })!.conditions[0]!.restoredBy).toEqual([
      'delivery/ci',
      'security/rate-limiting api',
    ]);
  });

  it('keeps to the component and the category asked', () => {
    expect(judge({ minComponent: { api: 85 } })!.conditions[0]!.restoredBy).toEqual([
      'security/rate-limiting api',
      'infrastructure/database api',
    ]);
    expect(judge({ minCategory: { security: 100 } })!.conditions[0]!.restoredBy).toEqual([
      'security/rate-limiting',
      'security/headers',
    ]);
  });

  it('counts what failed to be judged as missing, and names it', () => {
    const report = sketch({
      'a/one': { is: 'ready', severity: 'critical' },
      'a/two': { is: { api: 'unknown' }, failed: ['api'], severity: 'critical' },
    });
    expect(report.score).toBe(100);
    const [condition] = judge({ minScore: 80 }, report)!.conditions;
    expect(condition).toMatchObject({ value: 50, passed: false, restoredBy: ['a/two api'] });
  });

  it('never passes where nothing was judged', () => {
    const nothing = sketch({ 'a/one': { is: { api: 'unknown' } }, 'b/two': { is: 'not-applicable' } });
    const asked: Partial<GateConditions> = {
      minScore: 0,
      minLevel: 'demo',
      minCategory: { a: 0 },
      minComponent: { api: 0 },
      componentLevel: { api: 'demo' },
      failOn: 'critical',
      noNewGaps: true,
      minCoverage: 0,
    };
    const gate = judge(asked, nothing, [])!;
    expect(gate.conditions.map((c) => [c.name, c.value, c.passed])).toEqual([
      ['min-score', null, false],
      ['min-level', null, false],
      ['min-category a', null, false],
      ['min-component api', null, false],
      ['min-level api', null, false],
      ['fail-on', null, false],
      ['no-new-gaps', null, false],
      ['min-coverage', null, false],
    ]);
  });

  it('lets accepted gaps be: for fail-on, for a component level, and among what restores', () => {
    const report = sketch({
      'a/one': { is: { api: 'missing', web: 'missing' }, accepted: ['api'], severity: 'critical', blocking: true },
      'a/two': { is: 'missing', accepted: ['*'], severity: 'critical' },
      'a/six': { is: { api: 'ready' }, severity: 'critical', blocking: true },
    });
    expect(judge({ failOn: 'minor' }, report)!.conditions[0]).toMatchObject({ value: 1, restoredBy: ['a/one web'] });
    expect(judge({ componentLevel: { api: 'scale' } }, report)!.passed).toBe(true);
  });

  it('reports new gaps by name and bound', () => {
    expect(judge({ noNewGaps: true }, shop, [])!.passed).toBe(true);
    expect(judge({ noNewGaps: true }, shop, ['data/seed api'])!.conditions).toEqual([
      { name: 'no-new-gaps', value: 1, bound: 0, passed: false, restoredBy: ['data/seed api'] },
    ]);
    expect(judge({ noNewGaps: true }, shop, null)!.passed).toBe(false);
  });

  describe('on reports of every kind', () => {
    const seeds = Array.from({ length: 60 }, (_, seed) => seed);
    it.each(seeds)('names what restores it, and nothing that could be left out (%i)', (seed) => {
      const report = random(seed);
      const conditions = {
        minScore: 75,
        minLevel: 'production' as const,
        minCategory: { a: 80 },
        minComponent: { api: 70 },
      };
      for (const [name, bound] of Object.entries(conditions)) {
        const gate = judge({ [name]: bound }, report)!;
        const { passed, restoredBy } = gate.conditions[0]!;
        expect(passed).toBe(gate.passed);
        if (restoredBy.length === 0) continue;
        const gaps = restoredBy.flatMap((text) => named(report, text));
        const again = (closed: GapKey[]) => {
          const next = withClosed(report, closed);
          return judgeGate({
            report: { ...next, ...rescore(next), components: report.components },
            conditions: { ...none, [name]: bound },
            rescore,
            newGaps: null,
          })!.passed;
        };
        expect(again(gaps)).toBe(true);
        for (const gap of gaps) expect(again(gaps.filter((other) => other !== gap))).toBe(false);
      }
    });
  });
});

/** The gaps that a name in `restoredBy` stands for. */
function named(report: ReturnType<typeof sketch>, text: string): GapKey[] {
  const [rule, component] = text.split(' ');
  if (component !== undefined) return [{ rule: rule!, component }];
  return openGaps(report).filter((gap) => gap.rule === rule);
}

/** A report of any shape, the same for the same seed. */
function random(seed: number) {
  let state = seed * 7919 + 17;
  const pick = <T>(of: readonly T[]): T => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return of[Math.floor((state / 2_147_483_648) * of.length)]!;
  };
  const status = () => pick(['ready', 'partial', 'unwired', 'missing', 'missing', 'not-applicable'] as const);
  const rules = Array.from({ length: 12 }, (_, i): [string, RuleSketch] => [
    `${pick(['a', 'b'])}/r${i}`,
    {
      is: pick([true, false, false]) ? status() : { api: status(), web: status(), job: status() },
      severity: pick(['critical', 'major', 'minor']),
      level: pick(['demo', 'production', 'scale']),
      blocking: pick([true, false]),
      accepted: pick([true, false, false]) ? ['web'] : [],
    },
  ]);
  return sketch(Object.fromEntries(rules));
}
