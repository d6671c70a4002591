import { describe, expect, it } from 'vitest';
import { audit } from '../../src/audit/index.ts';
import { loadRules } from '../../src/catalogue/index.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Rule } from '../../src/model/rule.ts';
import type { Status } from '../../src/model/status.ts';
import { openMemory } from '../../src/repository/index.ts';
import { filesOf, type RuleFixture, ruleFixtures } from '../support/fixtures.ts';
import { addedCode, firstCodeFile, withMentions, withoutEvidence, withTestCopies } from '../support/mutate.ts';

/*
 * What every rule promises, held by its fixtures (fixtures/rules/<category>/<name>/<status>[.<variant>], found by folder).
 * A rule judged by strings has nothing to do with comments; the testing rules are the ones that tests are evidence for.
 */
const judgedByStrings = ['security/no-committed-secrets'];

const rules = new Map(loadRules().map((rule) => [rule.id, rule]));
const fixtures = ruleFixtures();
const rank: Partial<Record<Status, number>> = { missing: 0, unwired: 1, partial: 2, ready: 3 };

interface Judged {
  finding: Finding;
  reached: readonly string[];
}
/** Facts of the bases' files, which are the same in every fixture. */
const facts = new Map<string, string>();
const cache = {
  get: (key: string) => (facts.has(key) ? JSON.parse(facts.get(key)!) : undefined),
  keep: (key: string, value: unknown) => void facts.set(key, JSON.stringify(value)),
  save: () => {},
};

async function judge(fixture: RuleFixture, files: Record<string, string>): Promise<Judged> {
  const rule = rules.get(fixture.rule)!;
  const { findings, model } = await audit(openMemory(files), { rules: [rule], cache });
  const component = rule.scope === 'repository' ? null : fixture.component;
  const finding = findings.find((one) => one.component === component);
  if (!finding) {
    const paths = model.components.map((one) => one.path).join(', ');
    return { finding: absent(rule, `no component ${component}; there are ${paths}`), reached: [] };
  }
  const subject = model.components.find((one) => one.path === fixture.component);
  return { finding, reached: subject ? model.wiring.of(subject).reached : [] };
}
const absent = (rule: Rule, reason: string): Finding => ({
  rule: rule.id,
  component: null,
  status: 'not-applicable',
  evidence: [],
  searched: [],
  reason,
});

const judged = new Map<string, Promise<Judged>>();
/** The answer for a fixture as it stands, asked once; or by each test for itself, where it is asked which tests run a line. */
function judgeAsIs(fixture: RuleFixture): Promise<Judged> {
  const known = judged.get(fixture.name) ?? judge(fixture, filesOf(fixture.base, fixture.changes));
  if (!process.env.EACH_TEST_ALONE) judged.set(fixture.name, known);
  return known;
}

describe.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', (_, fixture) => {
  const files = filesOf(fixture.base, fixture.changes);
  const asIs = () => judgeAsIs(fixture);
  const sibling = (status: Status) =>
    fixtures.find((one) => one.rule === fixture.rule && one.status === status && one.base === fixture.base) ??
    fixtures.find((one) => one.rule === fixture.rule && one.status === status && sameBase(one, fixture));

  it('is what its folder says, with evidence at lines that exist', async () => {
    const { finding } = await asIs();
    expect({ status: finding.status, reason: finding.reason }).toEqual({
      status: fixture.status,
      reason: finding.reason,
    });
    for (const { file, line, note } of finding.evidence) {
      expect(files[file], `evidence names ${file}`).toBeDefined();
      expect(line, `${file}:${line} (${note})`).toBeLessThanOrEqual(files[file]!.split('\n').length);
    }
    if (fixture.status === 'ready' || fixture.status === 'partial') expect(finding.evidence).not.toEqual([]);
    if (fixture.status === 'missing') expect(finding.searched.length + finding.evidence.length).toBeGreaterThan(0);
  });

  if (judgedByStrings.includes(fixture.rule)) return;

  if (fixture.status === 'ready' || fixture.status === 'unwired') {
    it('falls when what shows it is taken away', async () => {
      const { finding } = await asIs();
      const { finding: after } = await judge(fixture, withoutEvidence(fixture, finding.evidence));
      expect(rank[after.status] ?? -1, `still ${after.status}`).toBeLessThan(rank[fixture.status]!);
      expect(after.status).not.toBe('unknown');
    });
  }

  const ready = fixture.status === 'missing' ? sibling('ready') : undefined;
  if (!ready || addedCode(ready).size === 0) return;

  it('stays missing when comments and strings speak of it', async () => {
    const { reached } = await asIs();
    const at = firstCodeFile(reached, files);
    expect(at, 'a code file that runs').toBeDefined();
    expect((await judge(fixture, withMentions(fixture, ready, at!))).finding.status).toBe('missing');
  });

  if (fixture.rule.startsWith('testing/')) return;

  it('stays missing when only tests do it', async () => {
    expect((await judge(fixture, withTestCopies(fixture, ready))).finding.status).toBe('missing');
  });
});

const sameBase = (a: RuleFixture, b: RuleFixture): boolean => JSON.stringify(a.base) === JSON.stringify(b.base);

/** What a reader is shown for each fixture of a rule. `npm run docs` renews it; read the difference as that reader would. */
describe.each([...rules.keys()])('%s', (id) => {
  it('shows for its fixtures what it showed before', async () => {
    const own = fixtures.filter((fixture) => fixture.rule === id);
    const shown = await Promise.all(own.map(async (one) => shownFor(one, (await judgeAsIs(one)).finding)));
    await expect(shown.join('\n')).toMatchFileSnapshot(`../golden/rules/${id}.txt`);
  });
});

function shownFor({ name }: RuleFixture, { evidence, searched, reason }: Finding): string {
  const lines = [
    ...evidence.map(({ file, line, note }) => `${file}:${line} ${note}`),
    ...searched.map((text) => `looked for: ${text}`),
    ...(reason === undefined ? [] : [`because: ${reason}`]),
  ];
  return [name.slice(name.lastIndexOf('/') + 1), ...lines.map((line) => `  ${line}`), ''].join('\n');
}

describe('every rule', () => {
  it('has a fixture for each status that it can have', () => {
    const lacking = [...rules.values()].flatMap((rule) =>
      possible(rule)
        .filter((status) => !fixtures.some((fixture) => fixture.rule === rule.id && fixture.status === status))
        .map((status) => `${rule.id}: ${status}`),
    );
    expect(lacking).toEqual([]);
  });
  it('is known to every fixture', () => {
    expect(fixtures.filter((fixture) => !rules.has(fixture.rule)).map((fixture) => fixture.name)).toEqual([]);
  });
});

/** Of one component or one repository; what only several components together can be is the aggregate's test. */
function possible(rule: Rule): Status[] {
  const { present } = rule.signals;
  const list: Status[] = ['ready'];
  // Where the rule applies only to what is there, it cannot be missing.
  if (present.op !== 'leaf' || present.leaf !== 'always') list.push('missing');
  if (rule.signals.wired) list.push('unwired');
  if (rule.signals.complete) list.push('partial');
  return list;
}
