import { describe, expect, it } from 'vitest';
import { failedPart, messageOf, PartFailed } from '../../../src/audit/contain.ts';
import { audit } from '../../../src/audit/index.ts';
import { targetOf } from '../../../src/audit/target.ts';
import { loadRules } from '../../../src/catalogue/index.ts';
import { noPolicy } from '../../../src/model/policy.ts';
import { openMemory } from '../../../src/repository/index.ts';
import { aComponent, aManifest, fakeModel } from '../../support/fake-model.ts';
import { ruleFile, ruleText } from '../../support/rule-text.ts';

describe('what is told of a failure', () => {
  it.each<[unknown, string]>([
    [new Error('boom'), 'boom'],
    [new TypeError('  boom  \n    at somewhere'), 'boom'],
    ['only words', 'only words'],
    [42, '42'],
    [undefined, 'undefined'],
    [new Error(''), 'failed without a message'],
    [new Error('\nsecond line'), 'failed without a message'],
    ['', 'failed without a message'],
  ])('%s', (thrown, message) => expect(messageOf(thrown)).toBe(message));

  it.each<[string, (part: Record<string, unknown>) => unknown]>([
    ['asks for anything', (part) => part.anything],
    ['asks whether it is there', (part) => 'anything' in part],
    ['lists it', (part) => Object.keys(part)],
    ['copies it', (part) => ({ ...part })],
  ])('reaches whoever %s of a part that failed', (_, touch) => {
    const part = failedPart<Record<string, unknown>>('wiring failed: boom');
    expect(() => touch(part)).toThrow(new PartFailed('wiring failed: boom'));
  });
  it('does not reach who only waits for the part', async () => {
    const part = failedPart('wiring failed: boom');
    expect(await Promise.resolve(part)).toBe(part);
  });
});

describe('the name of what was audited', () => {
  const named = (files: Record<string, string>, given: Parameters<typeof fakeModel>[0] = {}, root?: string) => {
    const model = fakeModel({ files, components: [], ...given });
    return targetOf({ ...model, view: { ...model.view, root: root ?? null } });
  };
  const foreign = (dir: string, name: string | null) => ({ path: `${dir}/go.mod`, dir, name, language: 'go' }) as never;
  it.each<[string, string, Parameters<typeof fakeModel>[0], string?]>([
    ['of its manifest', 'shop', { facts: { manifests: [aManifest({ name: 'shop' })] } }, '/srv/folder'],
    [
      'not that of a package in it',
      'folder',
      { facts: { manifests: [aManifest({ name: 'api', dir: 'apps/api' })] } },
      '/srv/folder',
    ],
    ['of a manifest in another language', 'gopher', { facts: { foreignManifests: [foreign('.', 'gopher')] } }, '/a/b'],
    [
      'of the manifest that has one',
      'second',
      { facts: { foreignManifests: [foreign('.', null), foreign('.', 'second')] } },
    ],
    ['not that of a folder in it', 'b', { facts: { foreignManifests: [foreign('api', 'gopher')] } }, '/a/b'],
    [
      'of its component',
      'whole',
      { components: [aComponent({ path: 'x', name: 'x' }), aComponent({ name: 'whole' })] },
    ],
    ['none of them', 'repository', {}],
    ['an empty one', 'repository', { facts: { manifests: [aManifest({ name: '' })] } }],
  ])('is that %s: %s', (_, name, given, root) => {
    expect(named({}, given, root).name).toBe(name);
  });
  it('stands beside the commit and the number of files', () => {
    const model = fakeModel({ files: { 'a.js': '', 'b.js': '' } });
    expect(targetOf(model)).toMatchObject({ path: '.', commit: null, committedAt: null, files: 2 });
    const commit = { hash: 'abc', committedAt: '2027-01-01T00:00:00Z' };
    expect(targetOf({ ...model, view: { ...model.view, commit } })).toMatchObject({
      commit: 'abc',
      committedAt: '2027-01-01T00:00:00Z',
    });
  });
});

const files = {
  'package.json': '{ "name": "shop", "workspaces": ["apps/*"] }',
  'apps/api/package.json': '{ "name": "api", "dependencies": { "express": "5" }, "scripts": { "start": "node a.js" } }',
  'apps/api/a.js': "require('express')().listen(1);\n",
  'apps/pay/package.json': '{ "name": "pay", "dependencies": { "express": "5" }, "scripts": { "start": "node b.js" } }',
  'apps/pay/b.js': "require('express')().listen(2);\n",
};
const rulesOf = (...bodies: [body: string, id?: string][]) =>
  loadRules({
    files: bodies.map(([body, id = 'security/sample']) => ruleFile(ruleText(body, id), `rules/${id}.yaml`)),
  });
const present = (condition: string) => `appliesTo: { trait: http }\nsignals: { present: ${condition} }`;
const told = async (more: Record<string, string>, condition: string, options = {}) => {
  const { findings } = await audit(openMemory({ ...files, ...more }), {
    rules: rulesOf([present(condition)]),
    ...options,
  });
  return findings.map(({ component, status, reason }) =>
    [component, status, reason?.replace(/: .*/s, '')].filter(Boolean).join(' '),
  );
};

describe('a file that cannot be read concerns', () => {
  const both = ['apps/api missing', 'apps/pay missing'];
  const rows: [string, Record<string, string>, string, string[]][] = [
    [
      'the component it lies in: code that it runs',
      { 'apps/api/a.js': "require('express')().listen(1); require('./broken');\n", 'apps/api/broken.js': 'x = {{{\n' },
      '{ call: { packages: [helmet] } }',
      ['apps/api unknown apps/api/broken.js:1 could not be read', 'apps/pay missing'],
    ],
    ['nobody: code that nothing runs', { 'apps/api/broken.js': 'x = {{{\n' }, '{ call: { packages: [helmet] } }', both],
    ['nobody: code of a test', { 'apps/api/a.test.js': 'x = {{{\n' }, '{ call: { packages: [helmet] } }', both],
    [
      'no rule that looks elsewhere',
      { 'apps/api/a.js': "require('express')().listen(1); require('./broken');\n", 'apps/api/broken.js': 'x = {{{\n' },
      '{ file: CODEOWNERS }',
      both,
    ],
  ];
  it.each(rows)('%s', async (_, more, condition, expected) => {
    expect(await told(more, condition)).toEqual(expected);
  });
});

describe('what a rule takes', () => {
  it('is bounded for each component and each condition alone', async () => {
    const rules = rulesOf([present('{ always: true }')]);
    const { report, judged } = await audit(openMemory(files), { rules, unitMilliseconds: -1500 });
    expect(report.rules[0]!.components.map(({ path, status, cause, reason }) => [path, status, cause, reason])).toEqual(
      [
        ['apps/api', 'unknown', 'failed', 'took longer than -1.5 s'],
        ['apps/pay', 'unknown', 'failed', 'took longer than -1.5 s'],
      ],
    );
    expect(report.diagnostics.map(({ unit }) => unit)).toEqual([
      'rule security/sample on apps/api',
      'rule security/sample on apps/pay',
    ]);
    expect(judged).toBe(false);
    const whole = rules.map((rule) => ({ ...rule, scope: 'repository' as const }));
    const none = await audit(openMemory(files), { rules: whole, unitMilliseconds: -1 });
    expect(none.report.diagnostics.map(({ unit }) => unit)).toEqual(['rule security/sample']);
  });

  it('is told where it is asked for, part by part', async () => {
    const rules = rulesOf([present('{ always: true }')]);
    const { report } = await audit(openMemory(files), { rules, timing: true });
    const units = Object.keys(report.timing!);
    for (const unit of ['facts: sources', 'component roots', 'wiring', 'deployment', 'components', 'rules'])
      expect(units).toContain(unit);
    for (const seconds of Object.values(report.timing!)) {
      expect(seconds).toBeGreaterThanOrEqual(0);
      expect(seconds).toBeLessThan(60);
    }
    expect('timing' in (await audit(openMemory(files), { rules })).report).toBe(false);
  });
});

describe('a part that throws', () => {
  const boom = (): never => {
    throw new Error('boom');
  };
  it.each<[string, object, string, string[]]>([
    ['the roots', { findRoots: boom }, 'component roots', ['. component roots failed: boom']],
    ['the components', { classify: boom }, 'components', ['. components failed: boom']],
  ])('leaves every rule unknown where it gives %s', async (_, parts, unit, reasons) => {
    const rules = rulesOf([present('{ always: true }')]);
    const { findings, report } = await audit(openMemory(files), { rules, parts });
    expect(findings.map(({ component, reason }) => `${component} ${reason}`)).toEqual(reasons);
    expect(report.diagnostics.map((one) => one.unit)).toContain(unit);
    const [whole] = rules.map((rule) => ({ ...rule, scope: 'repository' as const }));
    const { findings: of } = await audit(openMemory(files), { rules: [whole!], parts });
    expect(of).toMatchObject([{ component: null, status: 'unknown', cause: 'failed', evidence: [], searched: [] }]);
  });
});

describe('a rule that is switched off', () => {
  const body = present('{ file: CODEOWNERS }');
  const rules = [
    ...rulesOf([body], [body, 'security/other']),
    ...loadRules({
      files: [
        ruleFile(
          ruleText('appliesTo: { always: true }\nsignals: { present: { file: X } }', 'security/whole').replace(
            'scope: component',
            'scope: repository',
          ),
          'rules/security/whole.yaml',
        ),
      ],
    }),
  ];
  const off = async (rule: string, component: string | null, more = {}) => {
    const overrides = [{ rule, component, off: 'not here', from: 'x.yaml:1', ...more }];
    const { findings } = await audit(openMemory(files), { rules, policy: { ...noPolicy, overrides } });
    return findings
      .filter(({ status }) => status === 'not-applicable')
      .map((one) => [one.rule, one.component, one.reason].join(' '));
  };
  it.each<[string, string | null, string[]]>([
    [
      'security/sample',
      null,
      ['security/sample apps/api not here (x.yaml:1)', 'security/sample apps/pay not here (x.yaml:1)'],
    ],
    ['security/sample', 'apps/pay', ['security/sample apps/pay not here (x.yaml:1)']],
    ['security/sample', 'apps', []],
    ['security/whole', null, ['security/whole  not here (x.yaml:1)']],
    ['security/whole', 'apps/api', []],
    ['security/none', null, []],
  ])('%s in %s', async (rule, component, expected) => expect(await off(rule, component)).toEqual(expected));
  it('is not one that only weighs otherwise', async () => {
    expect(await off('security/sample', null, { off: undefined, severity: 'minor' })).toEqual([]);
  });
});
