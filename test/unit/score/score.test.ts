import { describe, expect, it } from 'vitest';
import { loadScoring } from '../../../src/catalogue/scoring.ts';
import type { RuleResultV1 } from '../../../src/model/report.ts';
import type { Status } from '../../../src/model/status.ts';
import {
  insightOf,
  type PlannedRule,
  planOf,
  ruleCredit,
  rulePoints,
  scores,
  wholeWeight,
} from '../../../src/score/index.ts';

const scoring = loadScoring();
type Given = Partial<PlannedRule> & { verdicts?: Record<string, Status> };
function rule(id: string, { verdicts, ...given }: Given): PlannedRule {
  return {
    id,
    category: id.split('/')[0]!,
    status: 'missing',
    level: 'production',
    severity: 'major',
    blocking: false,
    scope: verdicts ? 'component' : 'repository',
    components: Object.entries(verdicts ?? {}).map(([path, status]) => ({ path, status })),
    costs: { missing: 3, unwired: 1, partial: 0.5 },
    ...given,
  };
}
const scoreOf = (...rules: PlannedRule[]) => scores(rules, ['a', 'b'], scoring);

describe('credit and score', () => {
  it.each<[string, Given, number | null]>([
    ['every component ready', { verdicts: { a: 'ready', b: 'ready' } }, 1],
    ['one of two', { verdicts: { a: 'ready', b: 'missing' } }, 0.5],
    ['partial is worth a half', { verdicts: { a: 'partial' } }, 0.5],
    ['unwired is worth nothing', { verdicts: { a: 'unwired' } }, 0],
    ['what does not apply leaves the mean', { verdicts: { a: 'ready', b: 'not-applicable' } }, 1],
    ['so does what is unknown', { verdicts: { a: 'missing', b: 'unknown' } }, 0],
    [
      'most are enough where most is asked for',
      { verdicts: { a: 'ready', b: 'ready', c: 'missing' }, quorum: 'most' },
      1,
    ],
    ['half is not most', { verdicts: { a: 'ready', b: 'missing' }, quorum: 'most' }, 0.5],
    ['nothing judged', { verdicts: { a: 'unknown' } }, null],
    ['a rule of the repository', { status: 'partial' }, 0.5],
    [
      'an accepted gap leaves the mean',
      {
        components: [
          { path: 'a', status: 'ready' },
          { path: 'b', status: 'missing', accepted: true },
        ],
        scope: 'component',
      },
      1,
    ],
  ])('%s', (_, given, credit) => expect(ruleCredit(rule('x/y', given), scoring)).toBe(credit));

  it('is the example of docs/scoring.md', () => {
    const limiter = rule('security/rate-limiting', { severity: 'critical', verdicts: { a: 'ready', b: 'missing' } });
    const updates = rule('delivery/dependency-updates', { severity: 'minor' });
    expect(scoreOf(limiter, updates).score).toBe(44.4);
    const whole = wholeWeight([limiter, updates], scoring);
    expect(rulePoints(limiter, whole, scoring)).toBeCloseTo(44.4, 1);
    expect(rulePoints(updates, whole, scoring)).toBeCloseTo(11.1, 1);
  });

  it('has no score where nothing was judged, and no level', () => {
    expect(scoreOf(rule('x/y', { status: 'unknown', cause: 'blind' }))).toMatchObject({
      score: null,
      level: 'none',
      coverage: { judged: 0, applicable: 1 },
    });
  });

  it('counts what failed in us as missing in the low bound, and nothing else that is unknown', () => {
    const ready = rule('a/a', { status: 'ready' });
    expect(scoreOf(ready, rule('b/b', { status: 'unknown', cause: 'failed' }))).toMatchObject({
      score: 100,
      scoreLowBound: 50,
    });
    expect(scoreOf(ready, rule('b/b', { status: 'unknown', cause: 'blind' }))).toMatchObject({
      score: 100,
      scoreLowBound: 100,
    });
  });

  it('scores a component by its own answers alone', () => {
    const figures = scoreOf(
      rule('a/a', { verdicts: { a: 'ready', b: 'missing' } }),
      rule('a/b', { status: 'missing' }),
    );
    expect(figures.components).toEqual({ a: 100, b: 0 });
    expect(figures.categories).toEqual([{ id: 'a', score: 25 }]);
  });
});

describe('levels', () => {
  const demo = (given: Given) => rule('a/demo', { level: 'demo', blocking: true, ...given });
  const production = (given: Given) => rule('b/production', { blocking: true, ...given });
  const scale = (given: Given) => rule('c/scale', { level: 'scale', ...given });
  it.each<[string, PlannedRule[], string]>([
    ['a blocking rule below a half blocks', [demo({ status: 'missing' }), production({ status: 'ready' })], 'none'],
    ['a half is enough', [demo({ status: 'partial' }), production({ status: 'missing' })], 'demo'],
    [
      'all blocking rules hold',
      [demo({ status: 'ready' }), production({ status: 'ready' }), scale({ status: 'missing' })],
      'production',
    ],
    [
      'a level nothing blocks asks for half of its own',
      [demo({ status: 'ready' }), production({ status: 'ready' }), scale({ status: 'ready' })],
      'scale',
    ],
    [
      'a gap that does not block',
      [demo({ status: 'ready' }), rule('x/y', { level: 'demo' }), production({ status: 'missing' })],
      'demo',
    ],
    [
      'an accepted gap counts as held',
      [demo({ status: 'missing', accepted: true }), production({ status: 'ready' }), scale({})],
      'production',
    ],
    [
      'what does not apply does not block',
      [demo({ status: 'not-applicable' }), production({ status: 'ready' }), scale({})],
      'production',
    ],
    [
      'what cannot be judged does not block',
      [demo({ status: 'unknown', cause: 'blind' }), production({ status: 'ready' }), scale({})],
      'production',
    ],
    [
      'what failed in us blocks',
      [demo({ status: 'unknown', cause: 'failed' }), production({ status: 'ready' })],
      'none',
    ],
  ])('%s', (_, rules, level) => expect(scoreOf(...rules).level).toBe(level));
});

describe('the plan', () => {
  const rules = [
    rule('a/cheap', { level: 'demo', severity: 'minor', verdicts: { a: 'unwired', b: 'ready' } }),
    rule('a/dear', { level: 'demo', severity: 'critical', blocking: true, verdicts: { a: 'missing', b: 'partial' } }),
    rule('b/later', { level: 'scale', status: 'missing' }),
    rule('b/kept', { level: 'scale', status: 'missing', accepted: true }),
  ];
  const plan = planOf(rules, scoring);
  it('has a phase per level with gaps, what blocks first, each with the score it reaches', () => {
    expect(plan.phases.map(({ level, hours, scoreAfter }) => [level, hours, scoreAfter])).toEqual([
      ['demo', 4.5, 69.2],
      ['scale', 3, 100],
    ]);
    expect(plan.phases[0]!.items.map(({ rule: id, component }) => [id, component])).toEqual([
      ['a/dear', 'b'],
      ['a/dear', 'a'],
      ['a/cheap', 'a'],
    ]);
  });
  it("shares a rule's points out by what each gap lacks", () => {
    const points = Object.fromEntries(
      plan.phases[0]!.items.map((item) => [`${item.rule} ${item.component}`, item.points]),
    );
    expect(points).toEqual({ 'a/dear a': 30.8, 'a/dear b': 15.4, 'a/cheap a': 3.8 });
  });
  it('leaves accepted gaps out, and calls quick what costs two hours at most', () => {
    expect(plan.quick.map((item) => `${item.rule} ${item.component}`)).toEqual(['a/dear b', 'a/cheap a']);
  });
});

describe('the insight', () => {
  const gap = (id: string, given: Partial<RuleResultV1> = {}) => rule(id, given as Given);
  it('says where the gaps lie, what waits to be connected and what comes next, in figures', () => {
    const rules = [
      gap('security/a', { level: 'demo', blocking: true }),
      gap('security/b', { status: 'unwired' }),
      gap('data/a', { level: 'demo', blocking: true, status: 'partial' }),
      rule('testing/a', { status: 'ready' }),
    ];
    expect(insightOf(rules, planOf(rules, scoring), { ...scores(rules, [], scoring), score: 25 })).toBe(
      'All 3 gaps lie in security and data; testing holds. 1 of them exists and waits to be connected (security/b). ' +
        'The work before a demo (1 blocker among it) is about 3.5 hours and takes the score from 25 to 75.',
    );
  });
  it('says nothing where nothing was judged', () =>
    expect(insightOf([], { phases: [], quick: [] }, { score: null, levels: [] })).toBe(''));
});
