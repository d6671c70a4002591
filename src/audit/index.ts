import { readFileSync } from 'node:fs';
import { loadKnowledge, loadRules, loadScoring } from '../catalogue/index.ts';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import type { Diagnostic, Finding } from '../model/finding.ts';
import { type JudgmentPolicy, noPolicy } from '../model/policy.ts';
import type { ReportV1 } from '../model/report.ts';
import type { RepoView } from '../model/repository.ts';
import type { Rule } from '../model/rule.ts';
import { isJudged } from '../model/status.ts';
import { assemble } from './assemble.ts';
import type { FactCache } from './cache/facts.ts';
import { withEnclosing } from './enclosing.ts';
import { guarded } from './guard.ts';
import { judge } from './judge.ts';
import { targetOf } from './target.ts';
import { type Parts, realParts, understand } from './understand.ts';

export interface AuditOptions {
  /** Rules to judge by; without it our own and those that the target brings. */
  rules?: readonly Rule[];
  /** Where the target's own rules are read from, when not from the target itself; null: none are. */
  ownRules?: RepoView | null;
  /** What the user's settings change in the judgment. */
  policy?: JudgmentPolicy;
  /** Facts of an earlier run, and where this one's are kept. */
  cache?: FactCache | null;
  /** Put the seconds that each part took into the report, which then differs from run to run. */
  timing?: boolean;
  /** Bound for one rule on one component, in milliseconds; 20,000 where not given. */
  unitMilliseconds?: number;
  /** Other parts than the real ones, for tests. */
  parts?: Partial<Parts>;
}

export interface AuditOutcome {
  model: AuditModel;
  rules: readonly Rule[];
  /** One per rule and component, or per rule of the repository; in the order of the rules, then of the components. */
  findings: readonly Finding[];
  report: ReportV1;
  /** False when no component was found or no rule could be judged: never a pass. */
  judged: boolean;
}

/**
 * Audits what a view shows: facts, components, wiring and deployment, then every rule on every component it may apply to.
 * Throws `UserError` for rule files that are wrong; whatever else fails is told in the report.
 */
export async function audit(view: RepoView, options: AuditOptions = {}): Promise<AuditOutcome> {
  const clock = stopwatch();
  const policy = options.policy ?? noPolicy;
  const scoring = loadScoring(policy.scoringVersion);
  const rules = options.rules ?? loadRules({ own: options.ownRules === undefined ? view : options.ownRules });
  const knowledge = loadKnowledge();
  const parts = { ...realParts, ...options.parts };
  const { model, diagnostics } = await understand(view, knowledge, parts, clock.timed, options.cache);
  options.cache?.save();
  const bound = options.unitMilliseconds ?? 20_000;
  const own = await clock.timed('rules', () => judgeAll(model, rules, policy, bound, diagnostics));
  const findings = await clock.timed('enclosing repository', () =>
    withEnclosing(own, view, rules, async (around, asked, part) => {
      const above = await understand(around, knowledge, parts, async (_, run) => run(), options.cache);
      // What fails up there is no failure of the target: its own answer stands.
      return judgeAll(part(above.model), asked, policy, bound, above.diagnostics);
    }),
  );
  const report = assemble({ model, rules, findings, diagnostics, policy, scoring, tool, target: targetOf(model) });
  if (options.timing) report.timing = clock.seconds();
  return {
    model,
    rules,
    findings,
    report,
    judged: model.components.length > 0 && findings.some((finding) => isJudged(finding.status)),
  };
}

function judgeAll(
  model: AuditModel,
  rules: readonly Rule[],
  policy: JudgmentPolicy,
  unitMilliseconds: number,
  diagnostics: Diagnostic[],
): Finding[] {
  const seen = guarded(model);
  const broken = diagnostics.find(({ unit }) => unit === 'components' || unit === 'component roots');
  const settings = { unitMilliseconds, now: () => performance.now() };
  return rules.flatMap((rule) => {
    const subjects: (Component | null)[] = rule.scope === 'repository' ? [null] : model.components;
    if (broken) return [failedFinding(rule, `${broken.unit} failed: ${broken.message}`)];
    return subjects.map((subject) => {
      const off = policy.overrides.find(
        (one) =>
          one.rule === rule.id && one.off && (one.component ?? subject?.path ?? null) === (subject?.path ?? null),
      );
      if (off) return offFinding(rule, subject, `${off.off} (${off.from})`);
      return judge(rule, seen, subject, settings, (diagnostic) => diagnostics.push(diagnostic));
    });
  });
}

const offFinding = (rule: Rule, subject: Component | null, reason: string): Finding => ({
  rule: rule.id,
  component: subject?.path ?? null,
  status: 'not-applicable',
  evidence: [],
  searched: [],
  reason,
});

/** Without components nothing can be judged, and that must not look like a rule that does not apply. */
const failedFinding = (rule: Rule, reason: string): Finding => ({
  rule: rule.id,
  component: rule.scope === 'repository' ? null : '.',
  status: 'unknown',
  evidence: [],
  searched: [],
  cause: 'failed',
  reason,
});

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  name: string;
  version: string;
};
const tool = { name: manifest.name, version: manifest.version };

function stopwatch() {
  const spent: Record<string, number> = {};
  return {
    async timed<T>(unit: string, run: () => T | Promise<T>): Promise<T> {
      const start = performance.now();
      try {
        return await run();
      } finally {
        spent[unit] = (spent[unit] ?? 0) + performance.now() - start;
      }
    },
    seconds: () => Object.fromEntries(Object.entries(spent).map(([unit, ms]) => [unit, Math.round(ms) / 1000])),
  };
}
