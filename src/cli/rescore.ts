import type { Rescore } from '../model/policy.ts';
import type { ReportV1 } from '../model/report.ts';
import type { Scoring } from '../model/scoring.ts';
import { scores } from '../score/index.ts';

/** Scores a report anew by an arithmetic, for the gate: what failed to be judged counts as missing in every figure. */
export function rescorer(scoring: Scoring): Rescore {
  return ({ rules, components }) =>
    scores(
      rules.map(failedAsMissing),
      components.map((component) => component.path),
      scoring,
    );
}

type Rule = ReportV1['rules'][number];

function failedAsMissing(rule: Rule): Rule {
  const asMissing = <T extends Pick<Rule, 'status' | 'cause'>>(at: T): T =>
    at.status === 'unknown' && at.cause === 'failed' ? { ...at, status: 'missing' } : at;
  return { ...asMissing(rule), components: rule.components.map(asMissing) };
}
