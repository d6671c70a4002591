import { categories } from '../../model/categories.ts';
import type { ComponentKind } from '../../model/component.ts';
import { componentKinds } from '../../model/component.ts';
import { byCodeUnit } from '../../model/paths.ts';
import type { GateV1, ReportV1, RuleResultV1 } from '../../model/report.ts';
import type { Level, Status, UnknownCause } from '../../model/status.ts';
import { blockersOf, failingOf, nextLevel, openVerdicts } from './gaps.ts';
import { count, listed, scoreText, sentenceCase, shortened, stopped } from './text.ts';

const goals: Record<Level, string> = { demo: 'a demo', production: 'production', scale: 'scale' };
export const goalOf = (level: Level): string => (level === 'demo' ? 'the demo' : level);

/** The first thing any reader wants: `Ready for a demo, not for production`. */
export function verdictOf(report: ReportV1): string {
  if (nothingJudged(report) !== null) return 'Nothing could be judged';
  const next = nextLevel(report);
  if (report.level === 'none') return `Not ready for ${goals[next ?? 'demo']}`;
  return next === null ? 'Ready at every level' : `Ready for ${goals[report.level]}, not for ${goals[next]}`;
}

/** Why there is nothing to pass or fail, in one sentence; null when something was judged. */
export function nothingJudged(report: ReportV1): string | null {
  const { name } = report.target;
  if (report.components.length === 0)
    return `No component was found in ${name}: there is no manifest, Dockerfile or compose build in it to audit.`;
  return report.coverage.judged === 0 ? `No rule could be judged in ${name}.` : null;
}

/** `2 of 5 blocking rules hold, 1 of them accepted`. */
export function levelText(entry: ReportV1['levels'][number]): string {
  if (entry.blocking.length === 0) return 'no blocking rule of its own applies';
  const accepted = entry.blocking.filter((rule) => rule.accepted).length;
  const held = entry.blocking.filter((rule) => rule.holds || rule.accepted).length;
  const note = accepted === 0 ? '' : `, ${accepted} of them as an accepted risk`;
  return `${held} of ${count(entry.blocking.length, 'blocking rule')} ${held === 1 ? 'holds' : 'hold'}${note}`;
}

/** Blocking rules that hold in part only: a level reached with them deserves their names. */
export const heldInPart = (entry: ReportV1['levels'][number]): string[] =>
  entry.blocking
    .filter((rule) => rule.holds && !rule.accepted && rule.credit !== null && rule.credit < 1)
    .map((rule) => rule.rule);

/** `blocks production` for a blocking rule that does not hold, else just its level. */
export function levelTag(report: ReportV1, rule: RuleResultV1): string {
  const standing = report.levels.flatMap((entry) => entry.blocking).find((entry) => entry.rule === rule.id);
  return standing && !standing.holds && !standing.accepted ? `blocks ${goalOf(rule.level)}` : rule.level;
}

/**
 * What keeps the next level away, in one sentence, or null when nothing does: gaps worst first, then what could not be judged. Told by
 * the levels, which no display filter narrows.
 */
export function obstacleOf(report: ReportV1): string | null {
  const next = nextLevel(report);
  if (next === null || nothingJudged(report) !== null) return null;
  const failing = failingOf(report, next);
  if (failing.length === 0) return null;
  const gaps = blockersOf(report, next);
  const others = failing
    .filter((id) => !gaps.some((rule) => rule.id === id))
    .map((id) => report.rules.find((r) => r.id === id) ?? id);
  const names = [...gaps, ...others].map((rule) =>
    typeof rule === 'string' ? rule : `${rule.title} (${statusWords[rule.status]})`,
  );
  return `${sentenceCase(goalOf(next))} waits for ${count(failing.length, 'blocking rule')}: ${listed(names, 4)}.`;
}

export const statusWords: Record<Status, string> = {
  ready: 'ready',
  partial: 'partial',
  unwired: 'unwired',
  missing: 'missing',
  'not-applicable': 'does not apply',
  unknown: 'not judged',
};

/** What the words mean, for reports that reach people who have not read the documentation. */
export const statusMeanings: [Status, string][] = [
  ['ready', 'in place and wired into what runs'],
  ['partial', 'in place for some components, or with a named shortfall'],
  ['unwired', 'it exists, and nothing that runs uses it'],
  ['missing', 'no trace of it'],
];

export const causeWords: Record<UnknownCause, string> = {
  'no-analyser': 'no analyser for its language',
  blind: 'the wiring cannot be followed here',
  failed: 'the audit itself failed here',
};

/** Cause and reason without saying the same twice. */
export function causeText(at: { cause?: UnknownCause; reason?: string }): string {
  const cause = at.cause ? causeWords[at.cause] : null;
  if (!at.reason) return cause ?? 'no reason is recorded';
  return cause === null || at.cause === 'no-analyser' ? at.reason : `${cause}: ${at.reason}`;
}

/**
 * How far the rule reaches: `2 of 3 components ready; missing in services/payments; judged 3 of 4`.
 * Null for a rule of the whole repository.
 */
export function reachText(rule: RuleResultV1, most = 3): string | null {
  if (rule.scope === 'repository' || rule.components.length === 0) return null;
  const where = whereText(rule, most);
  if (rule.judged < 2) return where;
  const unknown = rule.components.filter((verdict) => verdict.status === 'unknown').length;
  return [
    `${rule.ready} of ${count(rule.judged, 'component')} ready`,
    where,
    unknown === 0 ? null : `judged ${rule.judged} of ${rule.judged + unknown}`,
  ]
    .filter((part) => part !== null)
    .join('; ');
}

/** `missing in services/a and services/b; unwired in services/c`; null when no component is named. */
export function whereText(rule: RuleResultV1, most = 3): string | null {
  const groups = new Map<Status, string[]>();
  for (const { status, path } of openVerdicts(rule)) {
    groups.set(status, [...(groups.get(status) ?? []), pathText(path)]);
  }
  if (groups.size === 0) return null;
  return [...groups].map(([status, paths]) => `${statusWords[status]} in ${listed(paths, most)}`).join('; ');
}

export const pathText = (path: string): string => (path === '.' ? 'the root' : path);

/** `5 services, 1 web app and 1 library`, in the order of importance. */
export function componentsText(report: ReportV1): string {
  const words: Record<ComponentKind, [string, string]> = {
    service: ['service', 'services'],
    worker: ['worker', 'workers'],
    web: ['web app', 'web apps'],
    mobile: ['mobile app', 'mobile apps'],
    library: ['library', 'libraries'],
    tool: ['tool', 'tools'],
  };
  return componentKinds
    .map((kind) => ({ kind, n: report.components.filter((component) => component.kind === kind).length }))
    .filter(({ n }) => n > 0)
    .map(({ kind, n }) => count(n, ...words[kind]))
    .join(', ');
}

/** Share of the applicable rules that was judged; `19 of 21 rules judged (90 %)`. */
export function coverageText({ coverage }: ReportV1): string {
  const share = coverage.applicable === 0 ? 0 : Math.floor((100 * coverage.judged) / coverage.applicable);
  return `${coverage.judged} of ${count(coverage.applicable, 'rule')} judged (${share} %)`;
}

/** The gate's figure, where failures of ours make it lower than the score. */
export const lowBoundText = (report: ReportV1): string | null =>
  report.scoreLowBound === null || report.score === null || scoreText(report.scoreLowBound) === scoreText(report.score)
    ? null
    : `A gate counts ${scoreText(report.scoreLowBound)}: what the audit failed to judge is taken as missing.`;

type Condition = GateV1['conditions'][number];

/** `min-score: 29.5, at least 40 asked (short by 10.5)`. */
export function conditionText({ name, value, bound, passed }: Condition): string {
  const shown = value === null ? 'none' : typeof value === 'number' ? scoreText(value) : value;
  const limit = typeof bound === 'number' ? scoreText(bound) : bound;
  if (name === 'fail-on') return `${name}: ${shown} open of severity ${limit} or worse, none allowed`;
  if (name === 'no-new-gaps') return `${name}: ${shown} new, none allowed`;
  const short =
    !passed && typeof value === 'number' && typeof bound === 'number' ? ` (short by ${scoreText(bound - value)})` : '';
  return `${name}: ${shown}, at least ${limit} asked${short}`;
}

const categoryTitles: Record<string, string> = {
  infrastructure: 'Infrastructure',
  security: 'Security',
  data: 'Data',
  testing: 'Testing',
  delivery: 'Delivery',
  observability: 'Observability',
  resilience: 'Resilience',
  experience: 'Experience',
};
/** A user's own categories are shown as they are written. */
export const categoryTitle = (id: string): string => categoryTitles[id] ?? id;

/** Ids of every category, ours in the order of the catalogue and then a user's own. */
export function categoryIds(report: ReportV1): string[] {
  const all = new Set([...report.categories.map(({ id }) => id), ...report.rules.map(({ category }) => category)]);
  const ours: readonly string[] = categories;
  return [...ours.filter((id) => all.has(id)), ...[...all].filter((id) => !ours.includes(id)).sort(byCodeUnit)];
}

/** Null where nothing in it was judged, or it is unknown. */
export const categoryScore = (report: ReportV1, id: string): number | null =>
  report.categories.find((category) => category.id === id)?.score ?? null;

const longestStatus = 320;

/** What stands after "Status:", with the word first whatever the rule's sentence starts with. */
export function statusSentence(rule: RuleResultV1): string {
  const word = statusWords[rule.status];
  const text = shortened(rule.statusText.trim(), longestStatus);
  if (text === '' || text.toLowerCase().startsWith(word)) return text || word;
  return /^[a-z]/.test(text) ? `${word}: ${text}` : `${word}. ${text}`;
}

/** The same with how far the rule reaches, unless its sentence says so already. */
export function statusAndReach(rule: RuleResultV1, most: number): string {
  const sentence = stopped(statusSentence(rule));
  const reach = reachText(rule, most);
  const told = rule.statusText.includes(`of ${rule.judged} `);
  return reach === null || told ? sentence : `${sentence} ${stopped(sentenceCase(reach))}`;
}

export const componentOf = (path: string | null): string => (path === null ? 'the repository' : pathText(path));
