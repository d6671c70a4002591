import { describe, expect, it } from 'vitest';
import { assemble } from '../../../src/audit/assemble.ts';
import { loadRules, loadScoring } from '../../../src/catalogue/index.ts';
import type { Diagnostic, Finding } from '../../../src/model/finding.ts';
import { type JudgmentPolicy, noPolicy } from '../../../src/model/policy.ts';
import { aComponent, fakeModel } from '../../support/fake-model.ts';
import { ruleFile, ruleText } from '../../support/rule-text.ts';

const body = 'appliesTo: { trait: http }\nsignals: { present: { always: true } }';
const one = ruleText(body);
const whole = ruleText(body, 'security/whole').replace('scope: component', 'scope: repository');
const most = ruleText(`${body}\nquorum: most`, 'security/most');
const rules = loadRules({
  files: [ruleFile(one), ruleFile(whole, 'rules/security/whole.yaml'), ruleFile(most, 'rules/security/most.yaml')],
});

const at = (file: string, line = 1, note = 'shows it') => ({ file, line, note });
const finding = (component: string | null, status: Finding['status'], more: Partial<Finding> = {}): Finding => ({
  rule: component === null ? 'security/whole' : 'security/sample',
  component,
  status,
  evidence: [],
  searched: [],
  ...more,
});
const components = [aComponent({ path: 'b', name: 'bee', traits: ['state', 'http'] }), aComponent({ path: 'a' })];
const model = fakeModel({ components });
const report = (
  findings: Finding[],
  policy: Partial<JudgmentPolicy> = {},
  diagnostics: Diagnostic[] = [],
  of = model,
) =>
  assemble({
    model: of,
    rules,
    findings,
    diagnostics,
    policy: { ...noPolicy, ...policy },
    scoring: loadScoring(),
    tool: { name: 'readiness', version: '1' },
    target: { name: 'x', commit: null },
  } as unknown as Parameters<typeof assemble>[0]);
const ruleIn = (made: ReturnType<typeof report>, id: string) => made.rules.find((rule) => rule.id === id)!;
const sample = (findings: Finding[], policy: Partial<JudgmentPolicy> = {}) =>
  ruleIn(report(findings, policy), 'security/sample');

describe('a report', () => {
  it('lists components by their path, each with its traits in order and its own score', () => {
    const made = report([finding('b', 'ready'), finding('a', 'missing')]);
    expect(made.components.map(({ path, name, traits, score }) => [path, name, traits, score])).toEqual([
      ['a', 'api', ['deployable', 'http', 'longrunning'], 0],
      ['b', 'bee', ['http', 'state'], 100],
    ]);
    expect(report([]).components.map(({ score }) => score)).toEqual([null, null]);
  });

  it('keeps the verdicts of a rule apart by component, in order, and shows none for a rule of the repository', () => {
    const findings = [finding('b', 'ready'), finding('a', 'missing', { searched: ['x'] }), finding(null, 'missing')];
    expect(sample(findings).components).toEqual([
      { path: 'a', status: 'missing', evidence: [], searched: ['x'] },
      { path: 'b', status: 'ready', evidence: [], searched: [] },
    ]);
    expect(ruleIn(report(findings), 'security/whole')).toMatchObject({ status: 'missing', judged: 1, components: [] });
  });

  it('says why a component was not judged, and how the rule counts', () => {
    const findings = [finding('a', 'unknown', { cause: 'blind', reason: 'loads by name' }), finding('b', 'ready')];
    const rule = sample(findings);
    expect(rule.components[0]).toEqual({
      path: 'a',
      status: 'unknown',
      cause: 'blind',
      reason: 'loads by name',
      evidence: [],
      searched: [],
    });
    expect([rule.reason, rule.owners, 'quorum' in rule]).toEqual(['judged 1 of 2: loads by name', [], false]);
    expect(ruleIn(report(findings), 'security/most').quorum).toBe('most');
    expect(sample([finding('a', 'not-applicable', { reason: 'a tool' })]).reason).toBe('a tool');
    expect('reason' in sample([finding('a', 'missing', { reason: 'said aside' })])).toBe(false);
    expect('reason' in sample([finding('a', 'not-applicable')])).toBe(false);
  });

  const evidence = (letter: string) => [at(`${letter}.ts`)];
  const all = (['missing', 'ready', 'unknown', 'partial', 'unwired', 'not-applicable'] as const).map((status, i) =>
    finding(`${i}`, status, { evidence: evidence(status), searched: [status] }),
  );
  it.each([
    ['a gap: the worst first, then what holds', all, ['unwired', 'partial', 'missing', 'ready']],
    ['what holds: where it does', [all[1]!, all[2]!, all[5]!], ['ready', 'unknown']],
  ])('shows of %s', (_, findings, expected) => {
    const rule = sample(findings);
    expect(rule.evidence.map(({ file }) => file.replace('.ts', ''))).toEqual(expected);
    expect(rule.searched).toEqual(expected);
  });

  it('shows a line once, and no more than twenty', () => {
    const many = (letter: string) => Array.from({ length: 15 }, (_, i) => at(`${letter}.ts`, i + 1));
    const [a, b] = [many('a'), many('b')];
    const same = [finding('a', 'missing', { evidence: a }), finding('b', 'missing', { evidence: a })];
    expect(sample(same).evidence).toEqual(a);
    const other = [finding('a', 'missing', { evidence: a }), finding('b', 'missing', { evidence: b })];
    expect(sample(other).evidence).toEqual([...a, ...b].slice(0, 20));
    const words = [...a, ...b].map(({ file, line }) => `${file} ${line}`);
    expect(sample([finding('a', 'missing', { searched: words })]).searched).toEqual(words.slice(0, 20));
  });

  it('tells what was bounded, what could not be read and what failed, in order', () => {
    const unread = { fact: 'sources' as const, file: 'b.ts', line: 2, message: 'odd' };
    const failing = fakeModel({ components });
    const of = {
      ...failing,
      view: { ...failing.view, diagnostics: [{ file: null, message: 'too many' }] },
      facts: { ...failing.facts, failures: [unread, { ...unread, line: 1 }, { ...unread, file: 'a.ts', line: null }] },
    };
    const failed = { unit: 'deployment', file: null, line: null, message: 'boom' };
    expect(report([], {}, [failed], of).diagnostics).toEqual([
      failed,
      { unit: 'facts: sources', file: 'a.ts', line: null, message: 'odd' },
      { unit: 'facts: sources', file: 'b.ts', line: 1, message: 'odd' },
      { unit: 'facts: sources', file: 'b.ts', line: 2, message: 'odd' },
      { unit: 'repository', file: null, line: null, message: 'too many' },
    ]);
  });
});

describe('settings', () => {
  const gaps = [finding('a', 'missing'), finding('b', 'missing'), finding(null, 'missing')];
  const accepting = (rule: string, component: string | null) => report(gaps, { accepted: [{ rule, component }] });
  it.each<[string, string | null, string[]]>([
    ['security/sample', 'a', ['security/sample a']],
    ['security/sample', null, ['security/sample a', 'security/sample b']],
    ['security/whole', null, ['security/whole']],
    ['security/whole', 'a', []],
    ['security/other', null, []],
  ])('accept %s of %s', (rule, component, expected) => {
    const accepted = accepting(rule, component).rules.flatMap((made) => [
      ...(made.accepted ? [made.id] : []),
      ...made.components.filter((verdict) => verdict.accepted).map(({ path }) => `${made.id} ${path}`),
    ]);
    expect(accepted).toEqual(expected);
  });
  it('accept no rule that holds', () => {
    const holding = [finding(null, 'ready'), finding('a', 'ready')];
    const accepted = [
      { rule: 'security/whole', component: null },
      { rule: 'security/sample', component: null },
    ];
    expect(JSON.stringify(report(holding, { accepted }).rules)).not.toContain('accepted');
  });

  const weighing = (rule: string, component: string | null, findings = gaps) => {
    const made = report(findings, { overrides: [{ rule, component, severity: 'minor', from: 'x' }] });
    return [
      ...made.rules.filter(({ severity }) => severity === 'minor').map(({ id }) => id),
      ...made.rules.flatMap((of) => of.components.flatMap((v) => (v.severity ? [`${of.id} ${v.path}`] : []))),
    ];
  };
  it.each<[string, string | null, string[]]>([
    ['security/sample', null, ['security/sample']],
    ['security/sample', 'a', ['security/sample a']],
    ['security/other', 'a', []],
    ['security/other', null, []],
  ])('weigh %s of %s', (rule, component, expected) => expect(weighing(rule, component)).toEqual(expected));
  it('weigh no component that holds', () => {
    expect(weighing('security/sample', 'a', [finding('a', 'ready')])).toEqual([]);
  });
});
