import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { formatNames } from '../../src/cli/formats.ts';
import { holds, shop, type World, world } from './policy-world.ts';

vi.mock('../../src/catalogue/index.ts', async (original) => {
  const actual = await original<typeof import('../../src/catalogue/index.ts')>();
  return { ...actual, loadRules: (options = {}) => actual.loadRules({ ...options, files: [] }) };
});

/** Score 66.7: alpha (weight 8) holds, beta (8) in half, gamma (4) does not, delta (4) does. Level demo. */
const files = shop({
  alpha: { severity: 'critical', blocking: true },
  beta: { severity: 'critical', level: 'production', blocking: true, scope: 'repository' },
  gamma: { severity: 'major', level: 'production', blocking: true },
  delta: { severity: 'major', level: 'production' },
});
const statuses = {
  ...holds('alpha', 'apps/api', 'ready'),
  ...holds('alpha', 'apps/web', 'ready'),
  ...holds('beta', '.', 'partial'),
  ...holds('gamma', 'apps/api', 'unwired'),
  ...holds('delta', 'apps/api', 'ready'),
  ...holds('delta', 'apps/web', 'ready'),
};

let bar: World;
let empty: World;
let unjudged: World;
beforeAll(() => {
  bar = world(files);
  bar.write(statuses);
  bar.write({
    '.readiness/baseline.yaml': 'own/beta *: partial\nown/gamma apps/api: unwired\nown/gamma apps/web: missing\n',
    'tight.yaml': 'own/beta *: partial\nown/gamma apps/api: partial\n',
    'config/pass.yaml': 'gate: { minScore: 60, failOn: null }\n',
    'config/fail.yaml': 'gate: { minScore: 80 }\n',
    'config/level.yaml': 'components: { apps/api: { tier: standard } }\n',
    'config/demo.yaml': 'components: { apps/api: { level: demo } }\n',
    'config/advisory.yaml': 'gate: { minScore: 80, advisory: true }\n',
    'config/broken.yaml': 'gate: { minScore: 800 }\n',
    'config/stale.yaml': 'gate: { minComponent: { apps/gone: 1 } }\n',
  });
  empty = world({ 'README.md': '# Nothing\n' });
  unjudged = world({ 'package.json': '{"name":"x"}', 'index.js': 'x();\n' });
});
afterAll(() => vi.restoreAllMocks());

const conditions: [string, string[], number][] = [
  ['no gate', [], 0],
  ['a score that is reached', ['--min-score', '60'], 0],
  ['a score that is just reached', ['--min-score', '66.7'], 0],
  ['a score that is not', ['--min-score', '70'], 1],
  ['a level that is reached', ['--min-level', 'demo'], 0],
  ['a level that is not', ['--min-level', 'production'], 1],
  ['a category above its floor', ['--min-category', 'own=50'], 0],
  ['a category below it', ['--min-category', 'own=90'], 1],
  ['a category in which nothing is judged', ['--min-category', 'security=0'], 1],
  ['components above their floors', ['--min-component', 'apps/api=50', '--min-component', 'apps/web=50'], 0],
  ['one component below', ['--min-component', 'apps/api=50', '--min-component', 'apps/web=99'], 1],
  ['gaps of the severity', ['--fail-on', 'critical'], 1],
  ['gaps of a worse severity', ['--fail-on', 'minor'], 1],
  ['no new gaps', ['--no-new-gaps'], 0],
  ['new and worse gaps', ['--no-new-gaps', '--baseline', 'tight.yaml'], 1],
  ['no baseline to compare with', ['--no-new-gaps', '--baseline', 'gone.yaml'], 2],
  ['enough coverage', ['--min-coverage', '100'], 0],
  ['all of several', ['--min-score', '50', '--min-level', 'demo', '--no-new-gaps'], 0],
  ['not all of several', ['--min-score', '50', '--min-level', 'scale', '--no-new-gaps'], 1],
  ['a failed gate that is advisory', ['--min-score', '100', '--advisory'], 0],
  ['a failed gate with the gaps filtered away', ['--min-score', '70', '--rule', 'own/alpha', '--only-gaps'], 1],
  ['a passed gate with a filter', ['--min-score', '60', '--rule', 'own/gamma'], 0],
  ['a bound of the config that is kept', ['--config', 'config/pass.yaml'], 0],
  ['one that is not', ['--config', 'config/fail.yaml'], 1],
  ['a flag over the config', ['--config', 'config/fail.yaml', '--min-score', '10'], 0],
  ['a tier that is not reached', ['--config', 'config/level.yaml'], 1],
  ['a level of a component that is', ['--config', 'config/demo.yaml'], 0],
  ['advisory in the config', ['--config', 'config/advisory.yaml'], 0],
  ['a config that is wrong', ['--config', 'config/broken.yaml'], 2],
  ['a floor for a component that is gone', ['--config', 'config/stale.yaml'], 1],
  ['a bound that is no number', ['--min-score', 'high'], 2],
  ['an unknown severity', ['--fail-on', 'fatal'], 2],
  ['a component that is not there', ['--min-component', 'apps/wbe=5'], 2],
  ['an unknown category', ['--min-category', 'secruity=5'], 2],
  ['a day that is none', ['--as-of', '2027-13-45'], 2],
];

describe('exit codes: conditions × formats', () => {
  // Passed and failed in every format, and each other condition in three that go round.
  const everywhere = new Set(['a score that is reached', 'a score that is not']);
  const rows = conditions.flatMap(([name, flags, code], i) => {
    const some = [0, 3, 5].map((step) => formatNames[(i + step) % formatNames.length]!);
    return (everywhere.has(name) ? formatNames : some).map((format) => ({ name, flags, code, format }));
  });

  it.each(rows)('$name, as $format: $code', async ({ flags, code, format }) => {
    const run = await bar.run('audit', '.', '--format', format, ...flags);
    expect(run.code).toBe(code);
    if (code === 2) expect(run.out).toBe('');
    else expect(run.out).not.toBe('');
  });

  it.each(formatNames)('nothing to judge, as %s: 3, even when advisory', async (format) => {
    for (const target of [empty, unjudged])
      expect((await target.run('audit', '.', '--format', format, '--min-score', '0', '--advisory')).code).toBe(3);
  });
});

describe('the verdict', () => {
  it('names every condition with value, bound and what would restore it, and says so where the format does not', async () => {
    const { gate } = await bar.report(
      '--min-score',
      '80',
      '--min-level',
      'production',
      '--fail-on',
      'critical',
      '--no-new-gaps',
    );
    expect(gate).toEqual({
      passed: false,
      conditions: [
        { name: 'min-score', value: 66.7, bound: 80, passed: false, restoredBy: ['own/beta'] },
        { name: 'min-level', value: 'demo', bound: 'production', passed: false, restoredBy: ['own/gamma apps/api'] },
        { name: 'fail-on', value: 1, bound: 'critical', passed: false, restoredBy: ['own/beta'] },
        { name: 'no-new-gaps', value: 0, bound: 0, passed: true, restoredBy: [] },
      ],
    });
    const run = await bar.run('audit', '.', '--format', 'json', '--min-score', '80');
    expect(run.err).toMatch(/gate failed:\s+min-score: 66\.7, at least 80 asked/i);
  });

  it('is the same whatever is shown, in several formats of one run', async () => {
    const filtered = await bar.report('--min-score', '80', '--component', 'apps/web', '--only-gaps');
    const whole = await bar.report('--min-score', '80', '--report', 'json=whole.json', '--report', 'junit=out.xml');
    expect(filtered.gate).toEqual(whole.gate);
    expect(JSON.parse(bar.read('whole.json'))).toEqual(whole);
    expect(bar.read('out.xml')).toContain('<testsuite');
    bar.write({ 'whole.json': null, 'out.xml': null });
  });

  it('truly is restored by what it names', async () => {
    const fixed = world({ ...files });
    fixed.write({ ...statuses, ...holds('gamma', 'apps/api', 'ready') });
    expect((await fixed.run('audit', '.', '--min-level', 'production')).code).toBe(0);
  });
});
