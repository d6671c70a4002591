import { describe, expect, it } from 'vitest';
import { audit } from '../../../src/audit/index.ts';
import { loadRules } from '../../../src/catalogue/index.ts';
import { noPolicy } from '../../../src/model/policy.ts';
import { reportV1 } from '../../../src/model/report.ts';
import { openMemory, overlay } from '../../../src/repository/index.ts';
import { readBase } from '../../support/fixtures.ts';
import { ruleFile, ruleText } from '../../support/rule-text.ts';

const express = openMemory(readBase('express'));
const ruleOf = (body: string) => loadRules({ files: [ruleFile(ruleText(body))] });
const statusIn = async (view: typeof express, body: string, options = {}) => {
  const { report } = await audit(view, { rules: ruleOf(body), ...options });
  const { status, cause, reason } = report.rules[0]!;
  return { status, cause, reason };
};
const signals = (present: string, wired = '{ always: true }', complete = '{ always: true }') =>
  `appliesTo: { trait: http }\nsignals: { present: ${present}, wired: ${wired}, complete: ${complete} }`;
const [yes, no] = ['{ always: true }', '{ not: { always: true } }'];
const boom = (): never => {
  throw new Error('boom\n  at somewhere');
};

describe('the status formula', () => {
  it.each([
    [signals(no, no, no), 'missing'],
    [signals(yes, no, no), 'unwired'],
    [signals(yes, yes, no), 'partial'],
    [signals(yes, yes, yes), 'ready'],
    [signals(yes, yes, yes).replace('trait: http', 'trait: ui'), 'not-applicable'],
  ])('%s', async (body, status) => expect((await statusIn(express, body)).status).toBe(status));
});

describe('a report', () => {
  it('holds every rule, keeps its contract, and is the same each time', async () => {
    const [first, second] = [await audit(express), await audit(express)];
    expect(reportV1.safeParse(first.report).error).toBeUndefined();
    expect(JSON.stringify(first.report)).toBe(JSON.stringify(second.report));
    expect(first.report.rules.map((rule) => rule.id)).toEqual(loadRules().map((rule) => rule.id));
    expect(first.report.components.map(({ path, kind }) => [path, kind])).toEqual([['.', 'service']]);
    expect(first.judged).toBe(true);
  });

  it.each(['express', 'fastify', 'nest', 'next', 'vite-react', 'expo', 'worker', 'monorepo'])(
    'of the base %s names no failure and only lines that exist',
    async (base) => {
      const files = readBase(base);
      const { report } = await audit(openMemory(files));
      expect(report.diagnostics).toEqual([]);
      for (const rule of report.rules) {
        expect(rule.cause, rule.id).not.toBe('failed');
        for (const { file, line } of [...rule.evidence, ...rule.components.flatMap((one) => one.evidence)]) {
          expect(files[file]?.split('\n').length ?? 0, `${rule.id}: ${file}:${line}`).toBeGreaterThanOrEqual(line);
        }
      }
    },
  );

  it('tells the parts of a gap: how many, where, what it costs and returns', async () => {
    const body = `appliesTo: { kind: service }\nsignals: { present: { dependency: nodemailer } }`;
    const { report } = await audit(openMemory(readBase('monorepo')), { rules: ruleOf(body) });
    expect(report.rules[0]).toMatchObject({
      status: 'partial',
      ready: 1,
      judged: 2,
      credit: 0.5,
      points: 50,
      hours: 1,
      issue: '1 of 2 have it',
      statusText: '1 of 2 components ready; missing: services/api',
    });
    expect(report.score).toBe(50);
  });

  it('is no judgment where no component was found', async () => {
    const { report, judged } = await audit(openMemory({ 'README.md': '# nothing yet' }));
    expect([report.components, judged]).toEqual([[], false]);
  });
});

describe('what fails in us', () => {
  const needsDeployment = signals('{ deployed: any }');
  it('is unknown for the rules that rest on it, and nothing else', async () => {
    const parts = { deploy: boom };
    const rules = loadRules({
      files: [
        ruleFile(ruleText(needsDeployment)),
        ruleFile(ruleText(signals(yes), 'security/other'), 'rules/security/other.yaml'),
      ],
    });
    // Kinds are told without the deployment here, so that only the rules feel its absence.
    const { components } = (await audit(express)).model;
    const { report } = await audit(express, { rules, parts: { ...parts, classify: () => components } });
    expect(report.rules.map(({ status, cause, reason }) => [status, cause, reason])).toEqual([
      ['ready', undefined, undefined],
      ['unknown', 'failed', 'deployment failed: boom'],
    ]);
    expect(report.diagnostics).toEqual([{ unit: 'deployment', file: null, line: null, message: 'boom' }]);
    expect([report.score, report.scoreLowBound]).toEqual([100, 50]);
  });

  it('leaves no rule judged when the components cannot be told', async () => {
    const { report, judged } = await audit(express, { parts: { classify: boom } });
    expect(new Set(report.rules.map((rule) => `${rule.status} ${rule.cause}`))).toEqual(new Set(['unknown failed']));
    expect([report.score, report.scoreLowBound, report.level, judged]).toEqual([null, 0, 'none', false]);
  });

  it('of an analyzer is told by the rules that need its facts', async () => {
    const pipelines = { gives: 'pipelines' as const, sees: '', blindTo: '', analyze: boom };
    const parts = {
      loadAnalyzers: async () => {
        const { loadAnalyzers } = await import('../../../src/audit/collect.ts');
        return new Map([...(await loadAnalyzers()), ['pipelines', pipelines]]);
      },
    };
    const body = signals('{ workflowStep: { runs: [jest] } }');
    expect(await statusIn(express, body, { parts: { ...parts, ...(await withoutDeployment()) } })).toEqual({
      status: 'unknown',
      cause: 'failed',
      reason: 'pipelines could not be read: boom',
    });
  });
  const withoutDeployment = async () => {
    const { model } = await audit(express);
    return { deploy: () => model.deployment, classify: () => model.components };
  };

  it('in a rule ends that rule alone, within its bound of time', async () => {
    const slow = await audit(express, { rules: ruleOf(signals(yes)), unitMilliseconds: -1 });
    expect(slow.report.rules[0]).toMatchObject({ status: 'unknown', cause: 'failed' });
    expect(slow.report.diagnostics[0]).toMatchObject({
      unit: 'rule security/sample on .',
      message: expect.stringContaining('took longer'),
    });
  });
});

describe('a file that cannot be read', () => {
  const broken = overlay(express, new Map([['.github/workflows/ci.yml', 'on: push\njobs: [\n']]));
  it('makes an absence unknown where it might have held the thing, and changes nothing elsewhere', async () => {
    expect(await statusIn(broken, signals('{ workflowStep: { runs: [jest] } }'))).toMatchObject({
      status: 'unknown',
      cause: 'failed',
      reason: expect.stringMatching(/^\.github\/workflows\/ci\.yml(:\d+)? could not be read/),
    });
    expect((await statusIn(broken, signals('{ dependency: helmet }'))).status).toBe('missing');
  });
});

describe('a file that cannot be read, told apart', () => {
  const yaml = 'on: push\njobs: [\n';
  const asked = async (files: Record<string, string>, present: string) =>
    (await audit(overlay(express, new Map(Object.entries(files))), { rules: ruleOf(signals(present)) })).findings.map(
      ({ component, status, reason }) => [component, status, reason?.replace(/: .*/, '')].filter(Boolean).join(' '),
    );

  it('says where it breaks', async () => {
    const [found] = await asked({ '.github/workflows/ci.yml': yaml }, '{ workflowStep: { runs: [jest] } }');
    expect(found).toBe('. unknown .github/workflows/ci.yml:3 could not be read');
  });
  it('takes nothing from what is shown elsewhere', async () => {
    const whole = {
      '.github/workflows/ci.yml': yaml,
      '.github/workflows/own.yml': 'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: jest\n',
    };
    expect(await asked(whole, '{ workflowStep: { runs: [jest] } }')).toEqual(['. ready']);
  });
  it.each([
    ['runs tests alone', 'script: npm test', '. missing'],
    ['deploys', 'script: ./deploy.sh production', '. unknown .travis.yml:3 could not be read'],
  ])('bears on what is deployed where a pipeline says so: one that %s', async (_, text, expected) => {
    expect(await asked({ '.travis.yml': `${text}\njobs: [\n` }, '{ deployed: any }')).toEqual([expected]);
  });
  it('means nothing among examples', async () => {
    expect(await asked({ 'examples/compose.yaml': 'services: [\n' }, '{ deployed: any }')).toEqual(['. missing']);
  });
});

describe('what an analyzer that throws leaves behind', () => {
  it('is no fact and the reason', async () => {
    const { collect } = await import('../../../src/audit/collect.ts');
    const broken = { gives: 'pages' as const, sees: '', blindTo: '', analyze: boom };
    const facts = await collect(express, [broken], async (_, run) => run());
    expect([facts.pages, facts.failures]).toEqual([[], [{ fact: 'pages', file: null, line: null, message: 'boom' }]]);
  });
});

describe("a user's settings", () => {
  const body = signals(no);
  const rules = ruleOf(body);
  it('switch a rule off, with the reason', async () => {
    const overrides = [
      { rule: 'security/sample', component: '.', off: 'an internal tool', from: 'readiness.config.yaml:3' },
    ];
    const { report } = await audit(express, { rules, policy: { ...noPolicy, overrides } });
    expect(report.rules[0]).toMatchObject({
      status: 'not-applicable',
      reason: 'an internal tool (readiness.config.yaml:3)',
    });
  });
  it('weigh it otherwise', async () => {
    const overrides = [{ rule: 'security/sample', component: null, severity: 'minor' as const, from: 'x' }];
    expect((await audit(express, { rules, policy: { ...noPolicy, overrides } })).report.rules[0]!.severity).toBe(
      'minor',
    );
  });
  it('accept a gap, which then leaves the score and costs nothing', async () => {
    const accepted = [{ rule: 'security/sample', component: '.' }];
    const { report } = await audit(express, { rules, policy: { ...noPolicy, accepted } });
    expect(report.rules[0]).toMatchObject({ status: 'missing', credit: null, hours: 0, points: 0 });
    expect(report.rules[0]!.components[0]).toMatchObject({ status: 'missing', accepted: true });
    expect([report.score, report.plan.phases]).toEqual([null, []]);
  });
});

describe('rules of the target', () => {
  const own = ruleText('appliesTo: { trait: http }\nsignals: { present: { file: LICENSE } }', 'team/licence');
  it('are judged beside ours, and stop the run when they are wrong', async () => {
    const { report } = await audit(overlay(express, new Map([['.readiness/rules/licence.yaml', own]])));
    expect(report.rules.find((rule) => rule.id === 'team/licence')?.status).toBe('missing');
    const wrong = overlay(express, new Map([['.readiness/rules/licence.yaml', own.replace('file:', 'files:')]]));
    await expect(audit(wrong)).rejects.toThrow(
      '.readiness/rules/licence.yaml:16: unknown condition "files"; did you mean "file"?',
    );
  });
});
