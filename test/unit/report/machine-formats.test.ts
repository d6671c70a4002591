import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import AjvDraft4 from 'ajv-draft-04';
import formats from 'ajv-formats';
import type { Log, Result } from 'sarif';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import type { ReportV1 } from '../../../src/model/report.ts';
import gitlab from '../../../src/report/gitlab.ts';
import junit from '../../../src/report/junit.ts';
import sarif from '../../../src/report/sarif.ts';
import { defaultOptions } from '../../../src/report/shared/format.ts';
import { sampleReport } from '../../golden/sample-report.ts';
import { hostileReport } from '../../support/hostile-report.ts';

const nothing: ReportV1 = { ...sampleReport, rules: [], components: [], accepted: [], diagnostics: [], categories: [] };
const reports: [string, ReportV1][] = [
  ['the sample', sampleReport],
  ['hostile text', hostileReport],
  ['nothing at all', nothing],
];

describe('SARIF', () => {
  const require = createRequire(import.meta.url);
  const schema = JSON.parse(
    readFileSync(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'),
  );
  const ajv = new AjvDraft4.default({ strict: false, allErrors: true, unicodeRegExp: false });
  formats.default(ajv as unknown as Ajv);
  const isValid = ajv.compile(schema);
  const logOf = (report: ReportV1, options = {}): Log =>
    JSON.parse(sarif.render(report, { ...defaultOptions, ...options }));
  const resultsOf = (report: ReportV1, options = {}): Result[] => logOf(report, options).runs[0]!.results!;
  const find = (rule: string, component: string | null) =>
    resultsOf(sampleReport).find((result) => result.ruleId === rule && result.properties!.component === component)!;
  const placeOf = (result: Result) => {
    const { artifactLocation, region } = result.locations![0]!.physicalLocation!;
    return `${artifactLocation!.uri}:${region!.startLine}`;
  };

  it.each(reports)('is valid by the schema for %s', (_, report) => {
    isValid(logOf(report));
    expect(isValid.errors ?? []).toEqual([]);
  });

  it('has one result for each gap and component, critical ones as errors', () => {
    const database = resultsOf(sampleReport).filter((result) => result.ruleId === 'infrastructure/database');
    expect(database.map((result) => result.properties!.component)).toEqual([
      'services/auth',
      'services/orders',
      'services/payments',
    ]);
    expect(new Set(database.map((result) => result.level))).toEqual(new Set(['error']));
    const ids = new Set(resultsOf(sampleReport).map((result) => result.ruleId));
    for (const rule of sampleReport.rules.filter(({ status }) =>
      ['ready', 'unknown', 'not-applicable'].includes(status),
    )) {
      expect(ids).not.toContain(rule.id);
    }
  });

  it('shows what exists where it is, and what is missing at the manifest, with near misses as related places', () => {
    expect(placeOf(find('infrastructure/database', 'services/orders'))).toBe('services/orders/src/store.ts:3');
    expect(placeOf(find('observability/health-endpoint', 'services/payments'))).toBe(
      'services/payments/package.json:1',
    );
    const auth = find('infrastructure/auth', 'services/orders');
    expect(placeOf(auth)).toBe('services/orders/package.json:1');
    expect(auth.relatedLocations!.map((at) => at.message!.text)).toEqual(['trusts header x-user-id']);
    expect(placeOf(find('delivery/cd', null))).toBe('README.md:1');
  });

  it('keeps a gap’s identity when lines move and wording changes, and gives each gap its own', () => {
    const fingerprints = (report: ReportV1) =>
      resultsOf(report).map((result) => result.partialFingerprints!['readinessGap/v1']);
    const before = fingerprints(sampleReport);
    expect(new Set(before).size).toBe(before.length);
    const moved = structuredClone(sampleReport);
    for (const rule of moved.rules) {
      rule.issue = 'said otherwise';
      for (const at of [...rule.evidence, ...rule.components.flatMap((verdict) => verdict.evidence)]) at.line += 40;
    }
    expect(fingerprints(moved)).toEqual(before);
  });

  it('carries an accepted risk as a suppression with its reason, and no other', () => {
    const suppressed = resultsOf(sampleReport).filter((result) => result.suppressions);
    expect(new Set(suppressed.map((result) => result.ruleId))).toEqual(new Set(['observability/error-tracking']));
    expect(suppressed[0]!.suppressions).toEqual([
      {
        kind: 'external',
        status: 'accepted',
        justification:
          'The company tracker is being replaced; the pilot runs without one (owner: dana@acme.example, until 2026-06-30)',
      },
    ]);
  });

  it('names what was not judged in the run, and has help for every rule', () => {
    const { invocations, tool } = logOf(sampleReport).runs[0]!;
    const texts = invocations![0]!.toolExecutionNotifications!.map((notification) => notification.message.text);
    expect(texts).toContain(
      'Unit tests was not judged: the audit itself failed here: the analyzer "tests" ran out of time on apps/web',
    );
    for (const rule of tool.driver.rules!) expect(rule.help!.text).toContain(`readiness explain ${rule.id}`);
  });

  it('counts paths from the repository’s root, as URIs', () => {
    const report = structuredClone(sampleReport);
    report.rules.find(({ id }) => id === 'data/seed')!.components[0]!.evidence[0]!.file = 'packages/db/a b#c?.ts';
    const seed = resultsOf(report, { pathPrefix: 'apps/shop/' }).find((result) => result.ruleId === 'data/seed')!;
    expect(placeOf(seed)).toBe('apps/shop/packages/db/a%20b%23c%3F.ts:1');
  });
});

describe('JUnit', () => {
  const schema = readFileSync(new URL('../../schemas/junit.xsd', import.meta.url), 'utf8');
  const xmlOf = (report: ReportV1) => junit.render(report, defaultOptions);

  it.each(reports)('is valid XML of the known shape for %s', async (_, report) => {
    const { valid, errors } = await validateXML({
      xml: [{ fileName: 'junit.xml', contents: xmlOf(report) }],
      schema: [{ fileName: 'junit.xsd', contents: schema }],
    });
    expect(errors).toEqual([]);
    expect(valid).toBe(true);
  });

  it('counts what it holds', () => {
    const xml = xmlOf(sampleReport);
    const [, tests, failures] = xml.match(/<testsuites [^>]*tests="(\d+)" failures="(\d+)"/)!;
    expect(xml.split('<testcase ').length - 1).toBe(Number(tests));
    expect(xml.split('<failure ').length - 1).toBe(Number(failures));
  });

  it.each([
    ['a ready answer passes', /name="Health endpoint in services\/auth" time="0"\/>/],
    [
      'a gap fails and says why',
      /name="Health endpoint in services\/payments" time="0">\s*<failure message="missing: 2 of 3 services/,
    ],
    [
      'what was not judged is skipped',
      /name="Unit tests in apps\/web" time="0">\s*<skipped message="not judged: the audit itself failed/,
    ],
    [
      'an accepted risk is skipped',
      /name="Error tracking in apps\/web" time="0">\s*<skipped message="accepted risk: The company tracker/,
    ],
    ['what does not apply is skipped', /name="CORS" time="0">\s*<skipped message="does not apply: no browser app/],
  ])('%s', (_, expected) => {
    expect(xmlOf(sampleReport)).toMatch(expected);
  });
});

describe('GitLab code quality', () => {
  const entriesOf = (report: ReportV1) => JSON.parse(gitlab.render(report, defaultOptions));
  /** What GitLab's documentation says it reads. */
  const isValid = new Ajv({ strict: true }).compile({
    type: 'array',
    items: {
      type: 'object',
      required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
      additionalProperties: false,
      properties: {
        description: { type: 'string', minLength: 1 },
        check_name: { type: 'string', minLength: 1 },
        fingerprint: { type: 'string', pattern: '^[0-9a-f]{64}$' },
        severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
        location: {
          type: 'object',
          required: ['path', 'lines'],
          additionalProperties: false,
          properties: {
            path: { type: 'string', pattern: '^[^/.]|^\\.[^./]' },
            lines: {
              type: 'object',
              required: ['begin'],
              additionalProperties: false,
              properties: { begin: { type: 'integer', minimum: 1 } },
            },
          },
        },
      },
    },
  });

  it.each(reports)('has the documented shape for %s', (_, report) => {
    isValid(entriesOf(report));
    expect(isValid.errors ?? []).toEqual([]);
  });

  it('tells blockers from the rest, gives each entry its own fingerprint and leaves accepted risks out', () => {
    const entries: { check_name: string; severity: string; fingerprint: string }[] = entriesOf(sampleReport);
    const blockers = new Set(entries.filter(({ severity }) => severity === 'blocker').map((entry) => entry.check_name));
    expect([...blockers].sort()).toEqual([
      'infrastructure/api-gateway',
      'infrastructure/auth',
      'infrastructure/database',
      'security/rate-limiting',
    ]);
    expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(entries.length);
    expect(entries.map((entry) => entry.check_name)).not.toContain('observability/error-tracking');
  });
});
