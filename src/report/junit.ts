import XMLBuilder from 'fast-xml-builder';
import type { ComponentVerdictV1, ReportV1, RuleResultV1 } from '../model/report.ts';
import { isGap } from '../model/status.ts';
import type { ReportFormat } from './shared/format.ts';
import { gapEvidence, ownEvidence } from './shared/gaps.ts';
import { asItRuns } from './shared/live.ts';
import { scoreText, stopped, visible } from './shared/text.ts';
import { categoryIds, causeText, pathText, statusWords } from './shared/verdict.ts';

/** For test dashboards: a suite for each category, a case for each rule and component; a gap fails, what was not judged is skipped. */
const junit: ReportFormat = {
  name: 'junit',
  describes: 'for test dashboards: a case for each rule and component',
  render(given: ReportV1): string {
    const report = asItRuns(given);
    const suites = categoryIds(report)
      .map((id) => suiteOf(report, id))
      .filter((suite) => suite !== null);
    const sum = (key: '@tests' | '@failures' | '@skipped') => suites.reduce((total, suite) => total + suite[key], 0);
    const builder = new XMLBuilder({
      attributeNamePrefix: '@',
      ignoreAttributes: false,
      format: true,
      suppressEmptyNode: true,
    });
    return builder.build({
      '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
      testsuites: {
        '@name': visible(`readiness of ${report.target.name}`),
        '@tests': sum('@tests'),
        '@failures': sum('@failures'),
        '@errors': 0,
        '@time': '0',
        testsuite: suites,
      },
    });
  },
};
export default junit;

interface Case {
  '@classname': string;
  '@name': string;
  '@time': '0';
  failure?: { '@message': string; '@type': string; '#text': string };
  skipped?: { '@message': string };
}

function suiteOf(report: ReportV1, category: string) {
  const cases = report.rules.filter((rule) => rule.category === category).flatMap((rule) => casesOf(report, rule));
  if (cases.length === 0) return null;
  const score = report.categories.find(({ id }) => id === category)?.score ?? null;
  return {
    '@name': category,
    '@tests': cases.length,
    '@failures': cases.filter((test) => test.failure).length,
    '@errors': 0,
    '@skipped': cases.filter((test) => test.skipped).length,
    '@time': '0',
    properties: { property: [{ '@name': 'score', '@value': scoreText(score) }] },
    testcase: cases,
  };
}

const casesOf = (report: ReportV1, rule: RuleResultV1): Case[] =>
  rule.scope === 'repository' || rule.components.length === 0
    ? [caseOf(report, rule, null)]
    : rule.components.map((verdict) => caseOf(report, rule, verdict));

function caseOf(report: ReportV1, rule: RuleResultV1, verdict: ComponentVerdictV1 | null): Case {
  const place = verdict === null ? '' : ` in ${pathText(verdict.path)}`;
  const named: Case = {
    '@classname': rule.id.replace('/', '.'),
    '@name': visible(`${rule.title}${place}`),
    '@time': '0',
  };
  const { status } = verdict ?? rule;
  if (status === 'ready') return named;
  if (status === 'not-applicable')
    return { ...named, skipped: { '@message': visible(`does not apply${rule.reason ? `: ${rule.reason}` : ''}`) } };
  if (status === 'unknown')
    return { ...named, skipped: { '@message': visible(`not judged: ${causeText(verdict ?? rule)}`) } };
  if ((verdict ?? rule).accepted)
    return { ...named, skipped: { '@message': visible(acceptedText(report, rule, verdict)) } };
  return isGap(status) ? { ...named, failure: failureOf(rule, verdict) } : named;
}

function failureOf(rule: RuleResultV1, verdict: ComponentVerdictV1 | null): NonNullable<Case['failure']> {
  const evidence = verdict === null ? gapEvidence(rule) : [...verdict.evidence, ...ownEvidence(rule)];
  const searched = verdict === null ? rule.searched : verdict.searched;
  const status = verdict?.status ?? rule.status;
  const lines = [
    stopped(rule.issue),
    `Impact: ${stopped(rule.impact)}`,
    `Required: ${stopped(rule.required)}`,
    ...evidence.map((at) => `${at.file}:${at.line} ${at.note}`),
    ...searched.map((what) => `searched ${what}`),
    `More: readiness explain ${rule.id}`,
  ];
  return {
    '@message': visible(`${statusWords[status]}: ${stopped(rule.issue)}`),
    '@type': status,
    '#text': lines.map(visible).join('\n'),
  };
}

function acceptedText(report: ReportV1, rule: RuleResultV1, verdict: ComponentVerdictV1 | null): string {
  const active = report.accepted.filter((entry) => entry.rule === rule.id && entry.state === 'active');
  const entry = active.find(({ component }) => component === (verdict?.path ?? null)) ?? active[0];
  return entry ? `accepted risk: ${entry.reason} (owner: ${entry.owner}, until ${entry.expires})` : 'accepted risk';
}
