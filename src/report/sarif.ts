import type { Log, ReportingDescriptor, Result, Run } from 'sarif';
import { byCodeUnit } from '../model/paths.ts';
import type { ReportV1, RuleResultV1 } from '../model/report.ts';
import type { Severity } from '../model/status.ts';
import { prose } from './markdown/escape.ts';
import { acceptanceOf, location, notifications } from './sarif/parts.ts';
import { eachGap, fingerprintOf, type GapEntry, headlineOf } from './shared/each-gap.ts';
import type { RenderOptions, ReportFormat } from './shared/format.ts';
import { asItRuns } from './shared/live.ts';
import { stopped, toJson, visible } from './shared/text.ts';

const levels: Record<Severity, 'error' | 'warning' | 'note'> = { critical: 'error', major: 'warning', minor: 'note' };

/** For code scanning: one result a gap and component, the same identity from run to run, accepted risks as suppressions. */
const sarif: ReportFormat = {
  name: 'sarif',
  describes: 'for code scanning: SARIF 2.1.0',
  render(report: ReportV1, options: RenderOptions): string {
    const log: Log = {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [runOf(asItRuns(report), options)],
    };
    return toJson(log);
  },
};
export default sarif;

function runOf(report: ReportV1, { pathPrefix }: RenderOptions): Run {
  const rules = [...report.rules].sort((a, b) => byCodeUnit(a.id, b.id));
  const indexes = new Map(rules.map((rule, i) => [rule.id, i]));
  return {
    tool: {
      driver: { name: report.tool.name, semanticVersion: report.tool.version, rules: rules.map(descriptorOf) },
    },
    automationDetails: { id: `readiness/${pathPrefix}` },
    ...(report.target.commit === null ? {} : { properties: { commit: report.target.commit } }),
    invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications(report, pathPrefix) }],
    columnKind: 'utf16CodeUnits',
    results: eachGap(report).map((gap) => resultOf(report, gap, indexes.get(gap.rule.id)!, pathPrefix)),
  };
}

function descriptorOf(rule: RuleResultV1): ReportingDescriptor {
  const help = [
    `Impact: ${stopped(rule.impact)}`,
    `Required: ${stopped(rule.required)}`,
    `How it is judged, and the verdict here: readiness explain ${rule.id}`,
  ];
  return {
    id: rule.id,
    name: rule.title,
    shortDescription: { text: rule.title },
    fullDescription: { text: stopped(rule.required) },
    help: {
      text: help.join('\n'),
      markdown: `**Impact**: ${prose(stopped(rule.impact))}\n\n**Required**: ${prose(stopped(rule.required))}\n\nHow it is judged, and the verdict here: \`readiness explain ${rule.id}\``,
    },
    defaultConfiguration: { level: levels[rule.severity] },
    properties: {
      tags: ['production-readiness', rule.category, rule.level],
      precision: 'high',
      blocking: rule.blocking,
    },
  };
}

function resultOf(report: ReportV1, gap: GapEntry, ruleIndex: number, pathPrefix: string): Result {
  const { rule, status, component } = gap;
  const suppression = gap.accepted ? acceptanceOf(report, rule.id, component) : null;
  return {
    ruleId: rule.id,
    ruleIndex,
    level: levels[gap.severity],
    kind: 'fail',
    message: { text: visible(`${headlineOf(gap)}. ${stopped(rule.issue)} Required: ${stopped(rule.required)}`) },
    locations: [location(gap.at, pathPrefix)],
    ...(gap.related.length === 0
      ? {}
      : { relatedLocations: gap.related.slice(0, 20).map((at, i) => ({ id: i + 1, ...location(at, pathPrefix) })) }),
    partialFingerprints: { 'readinessGap/v1': fingerprintOf(gap) },
    ...(suppression === null ? {} : { suppressions: [suppression] }),
    properties: { status, component, hours: rule.hours, points: rule.points, owners: gap.owners },
  };
}
