/** From answers to figures: score, levels, plan and insight. Pure; the weights are data (rules/scoring.yaml). */
export { rounded, ruleCredit, type ScoredRule } from './credit.ts';
export { insightOf } from './insight.ts';
export { type PlannedRule, planOf, ruleHours, rulePoints, wholeWeight } from './plan.ts';
export { scores } from './scores.ts';
