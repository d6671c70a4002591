import type { AuditModel } from '../model/audit-model.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Diagnostic, Finding } from '../model/finding.ts';
import { byCodeUnit } from '../model/paths.ts';
import type { JudgmentPolicy } from '../model/policy.ts';
import type { ComponentVerdictV1, ReportV1, RuleResultV1 } from '../model/report.ts';
import type { Rule } from '../model/rule.ts';
import type { Scoring } from '../model/scoring.ts';
import { isGap } from '../model/status.ts';
import {
  insightOf,
  type PlannedRule,
  planOf,
  rounded,
  ruleCredit,
  ruleHours,
  rulePoints,
  scores,
  wholeWeight,
} from '../score/index.ts';
import { type Aggregate, aggregate } from './aggregate.ts';
import { issueText, statusText } from './texts.ts';

/** Lines a rule shows for all its components together; each component keeps its own. */
const evidenceBound = 20;

export interface Judged {
  model: AuditModel;
  rules: readonly Rule[];
  findings: readonly Finding[];
  diagnostics: readonly Diagnostic[];
  policy: JudgmentPolicy;
  scoring: Scoring;
  tool: { name: string; version: string };
  target: ReportV1['target'];
}

type Result = RuleResultV1 & PlannedRule;

/** The report of an audit: all figures, texts and evidence, in an order that depends on nothing but the findings. */
export function assemble(judged: Judged): ReportV1 {
  const { model, rules, scoring } = judged;
  const results = rules.map((rule) => ruleResult(rule, judged));
  const whole = wholeWeight(results, scoring);
  for (const result of results) {
    result.points = rounded(rulePoints(result, whole, scoring));
    result.hours = ruleHours(result);
  }
  const figures = scores(
    results,
    model.components.map((component) => component.path),
    scoring,
  );
  const plan = planOf(results, scoring);
  return {
    schemaVersion: 1,
    scoringVersion: scoring.version,
    tool: judged.tool,
    target: judged.target,
    ...withoutComponents(figures),
    components: componentsOf(model, figures.components),
    rules: results.map(({ costs: _, ...result }) => result),
    gate: null,
    plan,
    accepted: [],
    changes: null,
    history: [],
    insight: insightOf(results, plan, figures),
    diagnostics: diagnosticsOf(judged),
  };
}

const withoutComponents = ({ components: _, ...figures }: ReturnType<typeof scores>) => figures;

const componentsOf = (model: AuditModel, scored: Record<string, number | null>): ReportV1['components'] =>
  [...model.components]
    .sort((a, b) => byCodeUnit(a.path, b.path))
    .map(({ path, name, kind, traits, language, evidence }) => ({
      path,
      name,
      kind,
      traits: [...traits].sort(byCodeUnit),
      language,
      score: scored[path] ?? null,
      evidence,
    }));

function ruleResult(rule: Rule, { findings, policy, scoring }: Judged): Result {
  const own = findings
    .filter((finding) => finding.rule === rule.id)
    .sort((a, b) => byCodeUnit(a.component ?? '', b.component ?? ''));
  const total = aggregate(own, rule.quorum);
  const everywhere = policy.overrides.find((one) => one.rule === rule.id && one.component === null && one.severity);
  const repository = rule.scope === 'repository';
  const result: Result = {
    id: rule.id,
    title: rule.title,
    category: rule.category,
    status: total.status,
    ready: total.ready,
    judged: total.judged,
    level: rule.level,
    severity: everywhere?.severity ?? rule.severity,
    blocking: rule.blocking,
    scope: rule.scope,
    ...(rule.quorum === 'most' && { quorum: rule.quorum }),
    credit: null,
    points: 0,
    hours: 0,
    issue: issueText(rule, total),
    impact: rule.impact,
    required: rule.required,
    statusText: statusText(rule, total, own),
    fix: rule.fix,
    owners: [],
    ...(total.cause && { cause: total.cause }),
    ...reasonOf(total, own),
    ...(repository && isGap(total.status) && isAccepted(policy, rule.id, null) && { accepted: true }),
    components: repository ? [] : own.map((finding) => verdict(finding, policy)),
    ...shownOf(own, total),
    costs: rule.hours,
  };
  return { ...result, credit: ruleCredit(result, scoring) };
}

/** Why it does not apply or could not be judged; for a rule that mixed answers, how many could be. */
function reasonOf(total: Aggregate, own: readonly Finding[]): { reason?: string } {
  if (total.reason !== undefined) return { reason: total.reason };
  const reason = total.status === 'not-applicable' ? own[0]?.reason : undefined;
  return reason === undefined ? {} : { reason };
}

function verdict(finding: Finding, policy: JudgmentPolicy): ComponentVerdictV1 {
  const { component, status, cause, reason, evidence, searched } = finding;
  const path = component ?? '.';
  const severity = policy.overrides.find((one) => one.rule === finding.rule && one.component === path)?.severity;
  return {
    path,
    status,
    ...(cause && { cause }),
    ...(reason !== undefined && { reason }),
    ...(isGap(status) && isAccepted(policy, finding.rule, path) && { accepted: true }),
    ...(severity && isGap(status) && { severity }),
    evidence,
    searched,
  };
}

const isAccepted = (policy: JudgmentPolicy, rule: string, component: string | null): boolean =>
  policy.accepted.some((gap) => gap.rule === rule && (gap.component === null || gap.component === component));

/** For a gap what shows the gap, worst first; else what shows that it holds. */
function shownOf(own: readonly Finding[], total: Aggregate): Pick<RuleResultV1, 'evidence' | 'searched'> {
  const order = isGap(total.status) ? ['unwired', 'partial', 'missing', 'ready'] : ['ready', 'unknown'];
  const ranked = order.flatMap((status) => own.filter((finding) => finding.status === status));
  const evidence = new Map<string, Evidence>();
  for (const one of ranked.flatMap((finding) => finding.evidence)) {
    evidence.set(`${one.file}\0${one.line}\0${one.note}`, one);
  }
  const searched = new Set(ranked.flatMap((finding) => finding.searched));
  return { evidence: [...evidence.values()].slice(0, evidenceBound), searched: [...searched].slice(0, evidenceBound) };
}

function diagnosticsOf({ model, diagnostics }: Judged): Diagnostic[] {
  const bounds = model.view.diagnostics.map(({ file, message }) => ({ unit: 'repository', file, line: null, message }));
  const facts = model.facts.failures.map(({ fact, file, line, message }) => ({
    unit: `facts: ${fact}`,
    file,
    line,
    message,
  }));
  return [...bounds, ...facts, ...diagnostics].sort(
    (a, b) => byCodeUnit(a.unit, b.unit) || byCodeUnit(a.file ?? '', b.file ?? '') || (a.line ?? 0) - (b.line ?? 0),
  );
}
