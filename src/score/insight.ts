import type { Scores } from '../model/policy.ts';
import type { PlanV1 } from '../model/report.ts';
import { isGap } from '../model/status.ts';
import { type ScoredRule, verdictsOf } from './credit.ts';

/** What the gaps have in common, in at most three sentences, each of figures of this repository. */
export function insightOf(
  rules: readonly ScoredRule[],
  plan: PlanV1,
  { score, levels }: Pick<Scores, 'score' | 'levels'>,
): string {
  if (score === null) return '';
  const gaps = rules.filter((rule) => isGap(rule.status));
  if (gaps.length === 0) {
    const judged = rules.filter((rule) => rule.status === 'ready').length;
    return `All ${judged} rules that could be judged hold.`;
  }
  return [whereTheyLie(rules, gaps), whatExists(gaps), whatNext(plan, score, blockersOf(levels))]
    .filter((text) => text !== '')
    .join(' ');
}

/** The fewest categories that hold three quarters of the gaps, and those that hold none. */
function whereTheyLie(rules: readonly ScoredRule[], gaps: readonly ScoredRule[]): string {
  const count = (category: string) => gaps.filter((rule) => rule.category === category).length;
  const ranked = [...new Set(rules.map((rule) => rule.category))].sort((a, b) => count(b) - count(a));
  const heavy: string[] = [];
  let sum = 0;
  for (const category of ranked) {
    if (sum * 4 >= gaps.length * 3) break;
    heavy.push(category);
    sum += count(category);
  }
  const sound = ranked.filter(
    (c) => count(c) === 0 && rules.some((rule) => rule.category === c && rule.status === 'ready'),
  );
  const all =
    sum === gaps.length
      ? `All ${plural(sum, 'gap')} ${sum === 1 ? 'lies' : 'lie'}`
      : `${sum} of ${plural(gaps.length, 'gap')} lie`;
  const rest = sound.length === 0 ? '' : `; ${listed(sound)} ${sound.length === 1 ? 'holds' : 'hold'}`;
  return `${all} in ${listed(heavy)}${rest}.`;
}

/** The cheapest kind of gap: what is there already and only has to be connected or finished. */
function whatExists(gaps: readonly ScoredRule[]): string {
  const unwired = gaps.filter((rule) => verdictsOf(rule).some((verdict) => verdict.status === 'unwired'));
  if (unwired.length === 0) return '';
  const ids = unwired.slice(0, 3).map((rule) => rule.id);
  const named = unwired.length > 3 ? `${ids.join(', ')}, …` : listed(ids);
  return `${unwired.length} of them ${unwired.length === 1 ? 'exists and waits' : 'exist and wait'} to be connected (${named}).`;
}

/** Blocking rules that do not hold; one that holds in part blocks nothing. */
const blockersOf = (levels: Scores['levels']): Set<string> =>
  new Set(levels.flatMap(({ blocking }) => blocking.filter((one) => !one.holds).map((one) => one.rule)));

/** What the first unfinished phase costs and returns. */
function whatNext(plan: PlanV1, score: number, blocking: ReadonlySet<string>): string {
  const phase = plan.phases[0];
  if (!phase) return '';
  const blockers = new Set(phase.items.filter((item) => blocking.has(item.rule)).map((item) => item.rule)).size;
  const what = blockers === 0 ? plural(phase.items.length, 'gap') : plural(blockers, 'blocker');
  const when = { demo: 'before a demo', production: 'before production', scale: 'on the way to scale' }[phase.level];
  const after =
    phase.scoreAfter === null
      ? ''
      : ` and takes the score from ${Math.round(score)} to ${Math.round(phase.scoreAfter)}`;
  return `The work ${when} (${what}${blockers === 0 ? '' : ' among it'}) is about ${hours(phase.hours)}${after}.`;
}

const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;
const hours = (n: number): string => (n < 1 ? `${Math.round(n * 60)} minutes` : plural(Math.round(n * 4) / 4, 'hour'));
const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
