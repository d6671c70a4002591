import type { Rescore, Scores } from '../../../src/model/policy.ts';
import type { ReportV1, RuleResultV1 } from '../../../src/model/report.ts';
import { isGap, isJudged, type Level, levels, type Severity, type Status } from '../../../src/model/status.ts';

export interface RuleSketch {
  /** Status by component path; one status for a rule of the repository. */
  is: Record<string, Status> | Status;
  severity?: Severity;
  level?: Level;
  blocking?: boolean;
  accepted?: string[];
  failed?: string[];
  evidence?: { file: string; note: string }[];
}

const weights = { critical: 8, major: 4, minor: 1 };
const creditOf = (status: Status) => (status === 'ready' ? 1 : status === 'partial' ? 0.5 : 0);

/** A whole report from a few words, scored by the documented arithmetic. */
export function sketch(rules: Record<string, RuleSketch>, target: Partial<ReportV1['target']> = {}): ReportV1 {
  const paths = [
    ...new Set(Object.values(rules).flatMap((r) => (typeof r.is === 'string' ? [] : Object.keys(r.is)))),
  ].sort();
  const report: ReportV1 = {
    schemaVersion: 1,
    scoringVersion: 1,
    tool: { name: 'readiness', version: '0.0.0' },
    target: { path: '.', name: 'sketch', commit: null, committedAt: null, files: 1, ...target },
    score: null,
    scoreLowBound: null,
    level: 'none',
    levels: [],
    coverage: { judged: 0, applicable: 0 },
    categories: [],
    components: paths.map((path) => ({
      path,
      name: path,
      kind: 'service',
      traits: [],
      language: 'js',
      score: null,
      evidence: [],
    })),
    rules: Object.keys(rules)
      .sort()
      .map((id) => ruleOf(id, rules[id]!)),
    gate: null,
    plan: { phases: [], quick: [] },
    accepted: [],
    changes: null,
    history: [],
    insight: '',
    diagnostics: [],
  };
  return scored(report);
}

function scored(report: ReportV1): ReportV1 {
  const { components, ...scores } = rescore(report);
  const full = scores.score ?? 0;
  const rules = report.rules.map((rule) => {
    if (!isGap(rule.status)) return rule;
    const closed = {
      ...rule,
      status: 'ready' as const,
      components: rule.components.map((c) => ({ ...c, status: isGap(c.status) ? ('ready' as const) : c.status })),
    };
    const after = rescore({ ...report, rules: report.rules.map((r) => (r === rule ? closed : r)) }).score ?? 0;
    return { ...rule, points: after - full };
  });
  return {
    ...report,
    ...scores,
    rules,
    components: report.components.map((c) => ({ ...c, score: components[c.path] ?? null })),
  };
}

function ruleOf(
  id: string,
  { is, severity = 'major', level = 'demo', blocking = false, ...rest }: RuleSketch,
): RuleResultV1 {
  const scope = typeof is === 'string' ? 'repository' : 'component';
  const of = typeof is === 'string' ? [] : Object.entries(is);
  const judged = of.map(([, s]) => s).filter(isJudged);
  const status: Status =
    typeof is === 'string'
      ? is
      : rollUp(
          judged,
          of.map(([, s]) => s),
        );
  return {
    id,
    title: id,
    category: id.split('/')[0]!,
    status,
    ready: 0,
    judged: judged.length,
    level,
    severity,
    blocking,
    scope,
    credit: null,
    points: 0,
    hours: 1,
    issue: 'issue',
    impact: 'impact',
    required: 'required',
    statusText: status,
    fix: null,
    owners: [],
    ...(rest.failed?.includes('*') ? { cause: 'failed' as const } : {}),
    ...(rest.accepted?.includes('*') ? { accepted: true } : {}),
    components: of.map(([path, s]) => ({
      path,
      status: s,
      evidence: [],
      searched: [],
      ...(rest.accepted?.includes(path) ? { accepted: true } : {}),
      ...(rest.failed?.includes(path) ? { cause: 'failed' as const } : {}),
    })),
    evidence: (rest.evidence ?? []).map((e) => ({ ...e, line: 1 })),
    searched: [],
  };
}

function rollUp(judged: Status[], all: Status[]): Status {
  if (judged.length === 0) return all.includes('unknown') ? 'unknown' : 'not-applicable';
  if (judged.every((s) => s === 'ready')) return 'ready';
  if (judged.some((s) => s === 'ready' || s === 'partial')) return 'partial';
  return judged.includes('unwired') ? 'unwired' : 'missing';
}

/** Credits of one rule: of the judged, and with what failed counted as missing. Accepted gaps are left out. */
function credits(rule: RuleResultV1, low: boolean, path?: string): number | null {
  const verdicts =
    rule.scope === 'repository' ? [rule] : rule.components.filter((c) => path === undefined || c.path === path);
  const counted = verdicts.flatMap((v) => {
    if (v.accepted) return [];
    if (isJudged(v.status)) return [creditOf(v.status)];
    return low && v.cause === 'failed' ? [0] : [];
  });
  return counted.length === 0 ? null : counted.reduce((a, b) => a + b, 0) / counted.length;
}

const mean = (rules: RuleResultV1[], credit: (rule: RuleResultV1) => number | null) => {
  const known = rules.flatMap((rule) => {
    const value = credit(rule);
    return value === null ? [] : [[value, weights[rule.severity]] as const];
  });
  const whole = known.reduce((sum, [, w]) => sum + w, 0);
  return whole === 0 ? null : (100 * known.reduce((sum, [v, w]) => sum + v * w, 0)) / whole;
};

/** The documented arithmetic in a few lines, so that the gate is tested apart from the score's own code. */
export const rescore: Rescore = (report): Scores => {
  const { rules } = report;
  const reached: { level: Level; reached: boolean; blocking: ReportV1['levels'][number]['blocking'] }[] = levels.map(
    (level) => {
      const blocking = rules
        .filter((r) => r.blocking && r.level === level)
        .flatMap((r) => {
          const credit = credits(r, true);
          return credit === null ? [] : [{ rule: r.id, holds: credit >= 0.5, credit }];
        });
      return { level, reached: blocking.every((b) => b.holds), blocking };
    },
  );
  const open = reached.findIndex((l) => !l.reached);
  const score = mean(rules, (r) => credits(r, false));
  const applicable = rules.filter((r) => r.status !== 'not-applicable');
  return {
    score,
    scoreLowBound: mean(rules, (r) => credits(r, true)),
    level: score === null ? 'none' : open === -1 ? 'scale' : (levels[open - 1] ?? 'none'),
    levels: reached,
    coverage: { judged: applicable.filter((r) => r.status !== 'unknown').length, applicable: applicable.length },
    categories: [...new Set(rules.map((r) => r.category))].map((id) => ({
      id,
      score: mean(
        rules.filter((r) => r.category === id),
        (r) => credits(r, true),
      ),
    })),
    components: Object.fromEntries(
      report.components.map((c) => [
        c.path,
        mean(rules, (r) => (r.scope === 'repository' ? null : credits(r, true, c.path))),
      ]),
    ),
  };
};
