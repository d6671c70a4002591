import { describe, expect, it, vi } from 'vitest';
import { holds, shop, type World, world } from './policy-world.ts';

vi.mock('../../src/catalogue/index.ts', async (original) => {
  const actual = await original<typeof import('../../src/catalogue/index.ts')>();
  return { ...actual, loadRules: (options = {}) => actual.loadRules({ ...options, files: [] }) };
});

const rules = {
  alpha: { severity: 'critical', blocking: true },
  beta: { severity: 'major', scope: 'repository' as const },
  gamma: { severity: 'major' },
};

function repository(more: Record<string, string> = {}): World {
  const made = world({ ...shop(rules), ...more });
  made.write({ ...holds('alpha', 'apps/api', 'ready'), ...holds('alpha', 'apps/web', 'partial') });
  made.git('init', '-q', '-b', 'main');
  made.commit('first', '2027-01-01T12:00:00Z');
  return made;
}

const names = (changes: { rule: string; component: string | null }[]) =>
  changes.map((c) => `${c.rule} ${c.component ?? '*'}`);

describe('against a ref', () => {
  it('tells what opened, closed, worsened and improved, and leaves the work tree alone', async () => {
    const repo = repository();
    repo.git('checkout', '-q', '-b', 'feature');
    repo.write({
      ...holds('alpha', 'apps/api', 'missing'),
      ...holds('alpha', 'apps/web', 'unwired'),
      ...holds('beta', '.', 'ready'),
      ...holds('gamma', 'apps/api', 'partial'),
      'uncommitted.txt': 'still here',
    });
    const { changes, score } = await repo.report('--since', 'main');
    expect(changes).toMatchObject({ since: 'main', scoreBefore: 37.5 });
    expect(score).not.toBe(37.5);
    expect(names(changes!.opened)).toEqual(['own/alpha apps/api']);
    expect(names(changes!.closed)).toEqual(['own/beta *']);
    expect(names(changes!.worsened)).toEqual(['own/alpha apps/web']);
    expect(names(changes!.improved)).toEqual(['own/gamma apps/api']);
    expect(repo.read('uncommitted.txt')).toBe('still here');
    expect(repo.git('rev-parse', '--abbrev-ref', 'HEAD').trim()).toBe('feature');
  });

  it('is what --no-new-gaps looks at where there is no baseline', async () => {
    const repo = repository();
    expect((await repo.run('audit', '--no-new-gaps', '--since', 'main')).code).toBe(0);
    repo.write(holds('alpha', 'apps/api', 'unwired'));
    const { gate } = await repo.report('--no-new-gaps', '--since', 'main');
    expect(gate!.conditions[0]!.restoredBy).toEqual(['own/alpha apps/api']);
    repo.write({ ...holds('alpha', 'apps/api', 'ready'), ...holds('alpha', 'apps/web', 'unwired') });
    expect((await repo.run('audit', '--no-new-gaps', '--since', 'main')).code).toBe(1);
  });

  it('or against a saved result', async () => {
    const repo = repository();
    await repo.run('audit', '--format', 'json', '--output', 'before.json');
    repo.write(holds('beta', '.', 'ready'));
    const { changes } = await repo.report('--since-report', 'before.json');
    expect(names(changes!.closed)).toEqual(['own/beta *']);
    expect((await repo.run('audit', '--since', 'main', '--since-report', 'before.json')).code).toBe(2);
  });

  it.each(['nowhere', '--output=/tmp/x', 'main:package.json', ''])('refuses %j as a ref', async (ref) => {
    const run = await repository().run('audit', `--since=${ref}`);
    expect(run.code).toBe(2);
    expect(run.err).toMatch(/Git knows no commit/);
  });
});

describe('--policy-from', () => {
  it('judges a pull request by the policy of the base, whatever it changed in it', async () => {
    const strict = 'gate: { minScore: 30, noNewGaps: true, failOn: null }\n';
    const repo = repository({ 'readiness.config.yaml': strict });
    await repo.run('baseline');
    repo.commit('baseline');
    expect((await repo.run('audit')).code).toBe(0);
    repo.git('checkout', '-q', '-b', 'loose');
    repo.write({
      ...holds('alpha', 'apps/api', 'missing'),
      'readiness.config.yaml': "rules: { own/alpha: { off: 'not today' } }\n",
      '.readiness/rules/gamma.yaml': null,
    });
    await repo.run('baseline');
    repo.commit('loosen');
    expect((await repo.run('audit')).code).toBe(0);
    const judged = await repo.report('--policy-from', 'main');
    expect(judged.gate!.conditions.filter((c) => !c.passed).map((c) => [c.name, c.restoredBy])).toEqual([
      ['min-score', ['own/alpha apps/api']],
      ['no-new-gaps', ['own/alpha apps/api']],
    ]);
    expect(judged.rules.map((rule) => rule.id)).toContain('own/gamma');
  });
});

describe('the baseline in git', () => {
  it('merges what two branches change, each at its place', async () => {
    const repo = repository();
    await repo.run('baseline');
    repo.commit('baseline');
    const whole = [
      'own/alpha apps/web: partial',
      'own/beta *: missing',
      'own/gamma apps/api: missing',
      'own/gamma apps/web: missing',
    ];
    expect(repo.read('.readiness/baseline.yaml').trim().split('\n').slice(1)).toEqual(whole);

    repo.git('checkout', '-q', '-b', 'one');
    repo.write(holds('alpha', 'apps/web', 'ready'));
    await repo.run('baseline', '--prune');
    repo.commit('close alpha');
    repo.git('checkout', '-q', '-b', 'two', 'main');
    repo.write(holds('gamma', 'apps/web', 'ready'));
    await repo.run('baseline', '--prune');
    repo.commit('close gamma in web');
    repo.git('merge', '-q', '--no-edit', 'one');

    const { gate, diagnostics } = await repo.report('--no-new-gaps');
    expect(gate!.passed).toBe(true);
    expect(diagnostics).toEqual([]);
    expect(repo.read('.readiness/baseline.yaml').trim().split('\n').slice(1)).toEqual([
      'own/beta *: missing',
      'own/gamma apps/api: missing',
    ]);
  });

  it('merges changes of neighbouring lines without a conflict; what is left over is told and pruned', async () => {
    const repo = repository();
    await repo.run('baseline');
    repo.commit('baseline');
    for (const [branch, rule] of [
      ['one', 'beta'],
      ['two', 'gamma'],
    ] as const) {
      repo.git('checkout', '-q', '-b', branch, 'main');
      repo.write({ ...holds(rule, '.', 'ready'), ...holds(rule, 'apps/api', 'ready') });
      await repo.run('baseline', '--prune');
      repo.commit(`close ${rule}`);
    }
    repo.git('merge', '-q', '--no-edit', 'one');
    expect((await repo.run('audit', '--no-new-gaps')).code).toBe(0);
    await repo.run('baseline', '--prune');
    expect(repo.read('.readiness/baseline.yaml').trim().split('\n').slice(1)).toEqual([
      'own/alpha apps/web: partial',
      'own/gamma apps/web: missing',
    ]);
  });

  it('merges what two branches add side by side', async () => {
    const repo = repository();
    repo.write({
      ...holds('beta', '.', 'ready'),
      ...holds('gamma', 'apps/api', 'ready'),
      ...holds('gamma', 'apps/web', 'ready'),
    });
    await repo.run('baseline');
    repo.commit('baseline');
    for (const [branch, rule, component] of [
      ['one', 'beta', '.'],
      ['two', 'gamma', 'apps/web'],
    ] as const) {
      repo.git('checkout', '-q', '-b', branch, 'main');
      repo.write(holds(rule, component, 'partial'));
      await repo.run('baseline');
      repo.commit(`a debt in ${rule}`);
    }
    repo.git('merge', '-q', '--no-edit', 'one');
    const { gate, diagnostics } = await repo.report('--no-new-gaps');
    expect([gate!.passed, diagnostics]).toEqual([true, []]);
  });
});

describe('a baseline that git ignores', () => {
  it('is written, and the user is told that no audit sees it', async () => {
    const repo = repository({ '.gitignore': '.readiness/baseline.yaml\n' });
    expect((await repo.run('baseline')).err).toContain('.readiness/baseline.yaml is ignored by git');
  });
});

describe('history', () => {
  it('has one line a commit, draws the trend, and merges', async () => {
    const repo = repository();
    const audit = () => repo.report('--history', '.readiness/history.jsonl');
    await repo.run('baseline');
    const first = await audit();
    expect(await audit()).toEqual(first);
    expect(first.history.map((run) => [run.date?.slice(0, 10), run.score])).toEqual([['2027-01-01', 37.5]]);
    expect((await audit()).history).toHaveLength(1);
    repo.commit('history', '2027-01-02T12:00:00Z');
    for (const [branch, day] of [
      ['one', '03'],
      ['two', '04'],
    ] as const) {
      repo.git('checkout', '-q', '-b', branch, 'main');
      repo.write({ [`${branch}.txt`]: 'x', ...holds('beta', '.', branch === 'two' ? 'ready' : 'missing') });
      repo.commit(branch, `2027-01-${day}T12:00:00Z`);
      await audit();
      repo.commit(`history of ${branch}`, `2027-01-${day}T13:00:00Z`);
    }
    repo.git('merge', '-q', '--no-edit', 'one');
    const { history, changes } = await audit();
    expect(history.map((run) => run.date?.slice(0, 10)).slice(0, 3)).toEqual([
      '2027-01-01',
      '2027-01-03',
      '2027-01-04',
    ]);
    expect(history).toHaveLength(4);
    expect(changes).not.toBeNull();
  });

  it('is read and not written where only the config names it', async () => {
    const repo = repository({ 'readiness.config.yaml': 'history: runs.jsonl\n' });
    expect((await repo.report()).history).toEqual([]);
    await repo.report('--history', 'runs.jsonl');
    const before = repo.read('runs.jsonl');
    repo.write(holds('beta', '.', 'ready'));
    const { history, changes } = await repo.report();
    expect(history).toHaveLength(1);
    expect(changes).toBeNull();
    expect(repo.read('runs.jsonl')).toBe(before);
  });

  it('tells what changed since the run before', async () => {
    const repo = repository();
    await repo.report('--history', 'runs.jsonl');
    repo.write({ ...holds('beta', '.', 'ready'), ...holds('alpha', 'apps/api', 'missing') });
    repo.commit('second', '2027-01-02T12:00:00Z');
    const { changes } = await repo.report('--history', 'runs.jsonl');
    expect(changes!.scoreBefore).toBe(37.5);
    expect([names(changes!.opened), names(changes!.closed)]).toEqual([['own/alpha apps/api'], ['own/beta *']]);
  });
});

describe('accepted risks', () => {
  const accepted = `accepted:
  - { rule: own/beta, reason: later, owner: '@lead', expires: 2027-01-01 }
  - { rule: own/gamma, component: apps/api, reason: never there, owner: '@lead', expires: 2027-02-01 }
  - { rule: own/alpha, component: apps/api, reason: done, owner: '@lead', expires: 2027-02-01 }
`;

  it('leave the score, count as held, and end on their day', async () => {
    const repo = repository({ 'readiness.config.yaml': accepted });
    const report = await repo.report('--fail-on', 'minor');
    expect(report.accepted.map((a) => [a.rule, a.state])).toEqual([
      ['own/beta', 'active'],
      ['own/gamma', 'active'],
      ['own/alpha', 'unmatched'],
    ]);
    // alpha (8) 0.75, gamma (4) missing in web only; beta is out.
    expect(report.score).toBe(50);
    expect(report.gate!.conditions[0]!.restoredBy).toEqual(['own/alpha apps/web', 'own/gamma apps/web']);
    expect(report.diagnostics.map((d) => `${d.file}:${d.line} ${d.message}`)).toEqual([
      'readiness.config.yaml:4 accepted risk own/alpha apps/api matches no gap; it can be removed',
    ]);

    const later = await repo.report('--as-of', '2027-01-02');
    expect(later.accepted[0]!.state).toBe('expired');
    expect(later.score).toBe(37.5);
    expect(later.diagnostics.map((d) => d.message)).toContain(
      'accepted risk own/beta expired on 2027-01-01 and counts no longer',
    );
    expect((await repo.report('--as-of', 'today')).accepted.map((a) => a.state)).toContain('active');
  });

  it('are judged on the day of the commit, so that one commit gives the same bytes whenever it is audited', async () => {
    const repo = repository({ 'readiness.config.yaml': accepted });
    const once = await repo.run('audit', '--format', 'json');
    vi.useFakeTimers({ now: new Date('2031-01-01'), toFake: ['Date'] });
    const again = await repo.run('audit', '--format', 'json');
    vi.useRealTimers();
    expect(again.out).toBe(once.out);
  });
});

describe('as a new user would: below the bar, passed by a baseline, ratcheted up, an acceptance that runs out', () => {
  it('goes as it should', async () => {
    const repo = repository();
    expect((await repo.run('audit', '--min-score', '70')).code).toBe(1);
    expect((await repo.run('audit', '--min-score', '70', '--advisory')).code).toBe(0);
    const told = await repo.run('baseline');
    expect(told.out).toBe('Wrote 4 known gaps to .readiness/baseline.yaml. Commit it, and audit with --no-new-gaps.\n');
    repo.write({ 'readiness.config.yaml': 'gate: { noNewGaps: true }\n' });
    repo.commit('start', '2027-01-05T12:00:00Z');
    expect((await repo.run('audit')).code).toBe(0);

    repo.write({
      ...holds('gamma', 'apps/api', 'ready'),
      ...holds('gamma', 'apps/web', 'partial'),
      ...holds('beta', '.', 'ready'),
    });
    const report = await repo.report();
    expect(report.diagnostics[0]!.message).toMatch(
      /^entries that hold no longer: own\/beta \*, own\/gamma apps\/api, own\/gamma apps\/web \(now partial\);/,
    );
    expect((await repo.run('baseline', '--prune')).out).toBe(
      'Wrote 2 known gaps to .readiness/baseline.yaml: 2 closed, 1 improved.\n',
    );
    repo.write(holds('gamma', 'apps/web', 'missing'));
    expect((await repo.run('audit')).code).toBe(1);

    repo.write({
      'readiness.config.yaml':
        'gate: { noNewGaps: true }\naccepted: [{ rule: own/gamma, reason: a rewrite is under way, owner: "@web", expires: 2027-01-31 }]\n',
    });
    repo.commit('accept', '2027-01-31T12:00:00Z');
    expect((await repo.run('audit')).code).toBe(0);
    expect((await repo.run('audit', '--as-of', '2027-02-01')).code).toBe(1);
  });
});

describe('owners', () => {
  it('stand at every gap', async () => {
    const repo = repository({ CODEOWNERS: '* @all\n/apps/web/ @web\n' });
    const { rules: judged } = await repo.report();
    const owners = Object.fromEntries(judged.map((rule) => [rule.id, rule.owners]));
    expect(owners).toEqual({ 'own/alpha': ['@web'], 'own/beta': ['@all'], 'own/gamma': ['@all', '@web'] });
  });
});

describe('readiness config', () => {
  it('checks, and prints where each setting came from', async () => {
    const repo = repository();
    expect((await repo.run('config')).out).toMatch(/^There is no config/);
    repo.write({
      'readiness.config.yaml': "extends: '@acme/preset'\ngate: { minScore: 50 }\n",
      'node_modules/@acme/preset/readiness.config.yaml': 'gate: { minScore: 40, failOn: critical }\n',
    });
    expect((await repo.run('config')).out).toBe(
      'node_modules/@acme/preset/readiness.config.yaml, readiness.config.yaml: no problem found.\n',
    );
    const { out } = await repo.run('config', '--print', '--min-level', 'demo');
    expect(out).toContain(
      'minScore: 50 # readiness.config.yaml:2\n  failOn: critical # node_modules/@acme/preset/readiness.config.yaml:1\n  minLevel: demo # --min-level\n',
    );
  });

  it('names problems with file and line, and exits 2, in every command', async () => {
    const repo = repository({ 'readiness.config.yaml': 'gate:\n  minScroe: 50\nrules:\n  own/alhpa: { off: why }\n' });
    for (const command of [['config'], ['audit'], ['baseline'], ['explain', 'own/alpha', '.']]) {
      const run = await repo.run(...command);
      expect(run.code).toBe(2);
      expect(run.err).toMatch(/readiness\.config\.yaml:2: unknown key gate\.minScroe \(did you mean minScore\?\)\n/);
    }
    repo.write({ 'readiness.config.yaml': 'rules:\n  own/alhpa: { off: why }\n' });
    expect((await repo.run('config')).err).toBe(
      'readiness.config.yaml:2: unknown rule own/alhpa (did you mean own/alpha?)\n',
    );
  });

  it('reads no preset through a link that leads out of the repository', async () => {
    const outside = world({ 'readiness.config.yaml': 'gate: { minScore: 1 }\n' });
    const repo = repository({ 'readiness.config.yaml': 'extends: evil\n', 'node_modules/x.txt': '' });
    repo.git('init', '-q');
    const { symlinkSync } = await import('node:fs');
    symlinkSync(outside.root, `${repo.root}/node_modules/evil`);
    expect((await repo.run('config')).code).toBe(2);
  });
});

describe('a rule that is off', () => {
  it('does not apply, says why, and leaves the score', async () => {
    const repo = repository({ 'readiness.config.yaml': "rules: { own/gamma: { off: 'we do without' } }\n" });
    const report = await repo.report();
    const gamma = report.rules.find((rule) => rule.id === 'own/gamma')!;
    expect(gamma.status).toBe('not-applicable');
    expect(gamma.reason).toBe('we do without (readiness.config.yaml:1)');
    expect(report.score).toBe(50);
  });
});

describe('readiness explain', () => {
  it('tells what a rule means, and with a path the verdict there', async () => {
    const repo = repository();
    const { out, code } = await repo.run('explain', 'alpha', '.');
    expect(code).toBe(0);
    for (const text of [
      'own/alpha',
      'Ready when',
      'It hurts.',
      'It is present when',
      'apps/web: partial',
      'apps/api: ready',
    ])
      expect(out).toContain(text);
  });

  it('suggests the rule that was meant', async () => {
    const run = await repository().run('explain', 'own/alhpa', '.');
    expect([run.code, run.err]).toEqual([
      2,
      'There is no rule own/alhpa (did you mean own/alpha?). "readiness rules" lists them.\n',
    ]);
  });
});
