import { describe, expect, it } from 'vitest';
import { withEnclosing } from '../../../src/audit/enclosing.ts';
import { audit } from '../../../src/audit/index.ts';
import { loadRules } from '../../../src/catalogue/index.ts';
import type { Finding } from '../../../src/model/finding.ts';
import type { RepoView } from '../../../src/model/repository.ts';
import type { Status } from '../../../src/model/status.ts';
import { openMemory } from '../../../src/repository/index.ts';
import { aComponent, fakeModel } from '../../support/fake-model.ts';
import { ruleFile, ruleText } from '../../support/rule-text.ts';

const body = 'appliesTo: { always: true }\nsignals: { present: { file: CODEOWNERS } }';
const above = ruleText(`${body}\nenclosing: true`);
const whole = ruleText(`${body}\nenclosing: true`, 'security/whole').replace('scope: component', 'scope: repository');
const own = ruleText(body, 'security/own').replace('scope: component', 'scope: repository');
const rules = loadRules({
  files: [ruleFile(above), ruleFile(whole, 'rules/security/whole.yaml'), ruleFile(own, 'rules/security/own.yaml')],
});

const finding = (rule: string, component: string | null, status: Status, more: Partial<Finding> = {}): Finding => ({
  rule: `security/${rule}`,
  component,
  status,
  evidence: [],
  searched: [],
  ...more,
});

/** The findings of a folder, where the repository around it was judged as `there`. */
async function seen(here: Finding[], there: Finding[], folder: Partial<RepoView> = {}) {
  const asked: string[] = [];
  const view = { ...openMemory({}), gitPrefix: 'apps/api', enclosing: () => openMemory({}), ...folder };
  const found = await withEnclosing(here, view, rules, async (_, judged, part) => {
    asked.push(...judged.map(({ id }) => id));
    const components = ['.', 'apps', 'apps/api', 'apps/api/jobs', 'apps/api-docs'].map((path) => aComponent({ path }));
    asked.push(...part(fakeModel({ components })).components.map(({ path }) => path));
    return there;
  });
  return { found, asked };
}

describe('what a folder misses and the repository around it has', () => {
  const ranks: [Status, Status, Status][] = [
    ['missing', 'ready', 'ready'],
    ['missing', 'partial', 'partial'],
    ['missing', 'unwired', 'unwired'],
    ['missing', 'unknown', 'unknown'],
    ['missing', 'missing', 'missing'],
    ['missing', 'not-applicable', 'missing'],
    ['unwired', 'ready', 'ready'],
    ['unwired', 'partial', 'partial'],
    ['unwired', 'unknown', 'unwired'],
    ['unwired', 'missing', 'unwired'],
    ['partial', 'ready', 'ready'],
    ['partial', 'unwired', 'partial'],
    ['partial', 'unknown', 'partial'],
    ['ready', 'missing', 'ready'],
    ['unknown', 'ready', 'unknown'],
    ['not-applicable', 'ready', 'not-applicable'],
  ];
  it.each(ranks)('%s here and %s there is %s', async (here, there, expected) => {
    const gap = finding('whole', null, 'missing');
    const { found } = await seen([gap, finding('sample', '.', here)], [finding('sample', 'apps/api', there)]);
    expect(found.map(({ component, status }) => [component, status])).toEqual([
      [null, 'missing'],
      ['.', expected],
    ]);
  });

  it('is not taken from a rule that failed there', async () => {
    const there = [finding('sample', 'apps/api', 'unknown', { cause: 'failed' })];
    expect((await seen([finding('sample', '.', 'missing')], there)).found[0]!.status).toBe('missing');
  });

  it('is asked of the rules that say so and have a gap, for the components in the folder', async () => {
    const gaps = [finding('sample', '.', 'missing'), finding('whole', null, 'ready'), finding('own', null, 'missing')];
    expect((await seen(gaps, [])).asked).toEqual(['security/sample', 'apps/api', 'apps/api/jobs']);
    expect((await seen([finding('own', null, 'missing')], [])).asked).toEqual([]);
    expect((await seen([finding('whole', null, 'ready')], [])).asked).toEqual([]);
    expect((await seen([finding('whole', null, 'missing')], [], { enclosing: () => null })).asked).toEqual([]);
  });

  it('is looked up by rule and component', async () => {
    const here = [
      finding('sample', '.', 'missing'),
      finding('sample', 'jobs', 'missing'),
      finding('whole', null, 'missing'),
    ];
    const there = [
      finding('sample', 'apps/api/jobs', 'partial'),
      finding('whole', null, 'ready'),
      finding('sample', 'jobs', 'ready'),
    ];
    const { found } = await seen(here, there);
    expect(found.map(({ rule, component, status }) => [rule, component, status])).toEqual([
      ['security/sample', '.', 'missing'],
      ['security/sample', 'jobs', 'partial'],
      ['security/whole', null, 'ready'],
    ]);
  });

  it('is shown by paths that lead there, with what the rule says of it', async () => {
    const at = (file: string) => ({ file, line: 3, note: 'has it' });
    const evidence = ['CODEOWNERS', 'apps/api/server.js', 'apps/api-docs/a.md', 'apps/web/b.js'].map(at);
    const there = [finding('sample', 'apps/api', 'ready', { evidence, searched: ['it'] })];
    expect((await seen([finding('sample', '.', 'missing')], there)).found).toEqual([
      {
        ...finding('sample', '.', 'ready', { searched: ['it'] }),
        evidence: [
          { file: '../../CODEOWNERS', line: 3, note: 'has it, above this folder' },
          { file: 'server.js', line: 3, note: 'has it' },
          { file: '../../apps/api-docs/a.md', line: 3, note: 'has it, above this folder' },
          { file: '../../apps/web/b.js', line: 3, note: 'has it, above this folder' },
        ],
      },
    ]);
  });
});

describe('the audit of a folder', () => {
  const api = {
    'package.json': '{ "name": "api", "main": "a.js" }',
    'a.js': "require('http').createServer().listen(1)",
  };
  const around = Object.fromEntries(Object.entries(api).map(([path, text]) => [`apps/api/${path}`, text]));
  const statuses = async (more: Record<string, string>, options = {}) => {
    const view = { ...openMemory(api), gitPrefix: 'apps/api', enclosing: () => openMemory({ ...around, ...more }) };
    const { report } = await audit(view, { rules, ...options });
    return [report.rules.map(({ id, status }) => `${id} ${status}`).sort(), report.diagnostics] as const;
  };
  const gaps = ['security/own missing', 'security/sample missing', 'security/whole missing'];
  it('finds what stands above it', async () => {
    expect(await statuses({})).toEqual([gaps, []]);
    const [found] = await statuses({ CODEOWNERS: '* @us' });
    expect(found).toContain('security/whole ready');
    expect(found).toContain('security/own missing');
  });
  it('is not touched by what fails up there', async () => {
    const broken = { ...openMemory(around), list: () => ['apps/api/a.js'], has: () => false };
    const view = { ...openMemory(api), gitPrefix: 'apps/api', enclosing: () => broken };
    const wire = (await import('../../../src/wiring/index.ts')).wire;
    const parts = {
      wire: (...args: Parameters<typeof wire>) => {
        if (args[0] === broken) throw new Error('boom');
        return wire(...args);
      },
    };
    const { report } = await audit(view, { rules, parts });
    expect(report.rules.map(({ id, status }) => `${id} ${status}`).sort()).toEqual(gaps);
    expect(report.diagnostics).toEqual([]);
  });
});
