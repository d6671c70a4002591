import { byCodeUnit } from '../../model/paths.ts';
import type { ReportV1, RuleResultV1 } from '../../model/report.ts';
import {
  allEvidence,
  allSearched,
  blockersOf,
  gapEvidence,
  isAccepted,
  nextLevel,
  notJudged,
  openGaps,
  partlyJudged,
  titleOf,
} from '../shared/gaps.ts';
import { byRule } from '../shared/plan.ts';
import { count, hoursText, listed, pointsText, scoreText, shortened, stopped, visible } from '../shared/text.ts';
import {
  categoryIds,
  categoryScore,
  categoryTitle,
  causeText,
  goalOf,
  levelTag,
  pathText,
  reachText,
  statusSentence,
  statusWords,
} from '../shared/verdict.ts';
import { colorOf, heading, marks, type Page, padEnd, padStart, places, spread, wrapped } from './layout.ts';

const totals = (gaps: readonly RuleResultV1[]): string =>
  `${count(gaps.length, 'gap')} · ${hoursText(gaps.reduce((sum, gap) => sum + gap.hours, 0))} · ${pointsText(
    gaps.reduce((sum, gap) => sum + gap.points, 0),
  )}`;

/** Mark, title, status, effort and points: the line that every gap starts with. */
function gapLine(page: Page, rule: RuleResultV1): string[] {
  const color = colorOf(page, rule.status);
  const right = `${padEnd(color(statusWords[rule.status]), 7)}  ${padStart(hoursText(rule.hours), 6)}  ${padStart(pointsText(rule.points), 5)}`;
  return spread(page, `  ${color(marks[rule.status])} `, page.paint.bold(visible(rule.title)), right);
}

const fewPlaces = 3;

/** A blocker is told in full: what is wrong, what follows, what has to be true, and where to look. */
function inFull(page: Page, rule: RuleResultV1, most: number): string[] {
  const about = [rule.id, reachText(rule)].filter((part) => part !== null).join(' · ');
  const lines = [...gapLine(page, rule), ...wrapped(page, page.paint.dim(visible(about)), '    ')];
  lines.push(...wrapped(page, visible(stopped(rule.issue)), '    '));
  if (page.verbose) {
    lines.push(...wrapped(page, visible(stopped(rule.impact)), '    Impact    '));
    lines.push(...wrapped(page, visible(stopped(statusSentence(rule))), '    Status    '));
  }
  lines.push(...wrapped(page, visible(stopped(rule.required)), '    Required  '));
  if (rule.owners.length > 0) lines.push(...wrapped(page, visible(rule.owners.join(', ')), '    Owners    '));
  const evidence = gapEvidence(rule);
  lines.push(...places(page, evidence.slice(0, most), 6));
  if (evidence.length > most) lines.push(`      … ${evidence.length - most} more (--verbose)`);
  if (page.verbose || evidence.length === 0) lines.push(...searched(page, rule));
  return lines;
}

function searched(page: Page, rule: RuleResultV1): string[] {
  const all = allSearched(rule);
  if (page.verbose) return all.flatMap((what) => wrapped(page, visible(`searched ${what}`), '      '));
  return all
    .slice(0, 2)
    .flatMap((what) => wrapped(page, visible(shortened(`searched ${what}`, page.width + 40)), '      '));
}

/** Any other gap: its line, its id and reach, one sentence and the first place that shows it. */
function inBrief(page: Page, report: ReportV1, rule: RuleResultV1): string[] {
  const about = [rule.id, levelTag(report, rule), reachText(rule)].filter((part) => part !== null).join(' · ');
  const lines = [...gapLine(page, rule), ...wrapped(page, page.paint.dim(visible(about)), '    ')];
  lines.push(...wrapped(page, visible(stopped(rule.issue)), '    '));
  const evidence = gapEvidence(rule);
  if (evidence.length > 0) return [...lines, ...places(page, evidence.slice(0, 1), 6)];
  return [...lines, ...searched(page, rule)];
}

/** What keeps the next level from being reached. */
export function blockers(page: Page, report: ReportV1): string[][] {
  const next = nextLevel(report);
  if (next === null) return [];
  const gaps = blockersOf(report, next);
  if (gaps.length === 0) return [];
  const most = page.verbose ? Number.POSITIVE_INFINITY : fewPlaces;
  return [heading(page, `Blocks ${goalOf(next)}`, totals(gaps)), ...gaps.map((gap) => inFull(page, gap, most))];
}

/** Every other gap, by category or by owner. */
export function otherGaps(page: Page, report: ReportV1, groupBy: 'category' | 'owner'): string[][] {
  const next = nextLevel(report);
  const told = new Set(next === null ? [] : blockersOf(report, next).map((rule) => rule.id));
  const rest = openGaps(report).filter((rule) => !told.has(rule.id));
  if (rest.length === 0) return [];
  const groups = groupBy === 'owner' ? byOwner(rest) : byCategory(report, rest);
  return [
    heading(page, told.size > 0 ? 'Other gaps' : 'Gaps', totals(rest)),
    ...groups.map(({ title, gaps }) => [
      ...wrapped(page, page.paint.underline(visible(title))),
      ...gaps.flatMap((gap) =>
        page.verbose ? inFull(page, gap, Number.POSITIVE_INFINITY) : inBrief(page, report, gap),
      ),
    ]),
  ];
}

interface Group {
  title: string;
  gaps: RuleResultV1[];
}

function byCategory(report: ReportV1, gaps: readonly RuleResultV1[]): Group[] {
  return categoryIds(report)
    .map((id) => {
      const score = categoryScore(report, id);
      return {
        title: `${categoryTitle(id)}${score === null ? '' : ` (score ${scoreText(score)})`}`,
        gaps: gaps.filter((gap) => gap.category === id),
      };
    })
    .filter((group) => group.gaps.length > 0);
}

/** A gap with several owners stands under each. */
function byOwner(gaps: readonly RuleResultV1[]): Group[] {
  const owners = [...new Set(gaps.flatMap((gap) => gap.owners))].sort(byCodeUnit);
  const groups = owners.map((owner) => ({ title: owner, gaps: gaps.filter((gap) => gap.owners.includes(owner)) }));
  const nobody = gaps.filter((gap) => gap.owners.length === 0);
  return nobody.length === 0 ? groups : [...groups, { title: 'No owner', gaps: nobody }];
}

/** Cheap gaps, most points per hour first. */
export function quickWins(page: Page, report: ReportV1): string[] {
  const { quick } = report.plan;
  if (quick.length === 0) return [];
  const points = quick.reduce((sum, item) => sum + item.points, 0);
  const hours = quick.reduce((sum, item) => sum + item.hours, 0);
  const merged = byRule(quick);
  const total = `${count(merged.length, 'gap')} · ${hoursText(hours)} · ${pointsText(points)}`;
  const lines = heading(page, 'Quick wins', total);
  for (const { rule, components, hours, points } of page.verbose ? merged : merged.slice(0, 5)) {
    const where = components.length === 0 ? '' : page.paint.dim(` · ${visible(listed(components.map(pathText), 2))}`);
    const right = `${padStart(hoursText(hours), 6)}  ${padStart(pointsText(points), 5)}`;
    lines.push(...spread(page, '  ', `${visible(titleOf(report, rule))}${where}`, right));
  }
  if (!page.verbose && merged.length > 5) lines.push(`  … and ${merged.length - 5} more (--verbose)`);
  return lines;
}

/** Rules that nobody could answer are named with the cause: they are no pass. */
export function unjudged(page: Page, report: ReportV1): string[] {
  const whole = notJudged(report).map((rule) => ({ id: rule.id, text: causeText(rule) }));
  const some = partlyJudged(report).map(({ rule, left }) => ({
    id: rule.id,
    text: `judged ${rule.judged} of ${rule.judged + left.length}; not ${listed(
      left.map((verdict) => pathText(verdict.path)),
      3,
    )}: ${causeText(left[0]!)}`,
  }));
  if (whole.length + some.length === 0) return [];
  const lines = heading(page, 'Not judged', `${count(whole.length, 'rule')} wholly · ${some.length} in part`);
  for (const { id, text } of [...whole, ...some]) {
    lines.push(...wrapped(page, visible(text), `  ${page.paint.gray(marks.unknown)} ${visible(id)}: `, '      '));
  }
  return lines;
}

/** Only with --verbose: what holds, what does not apply, and by which evidence. */
export function holding(page: Page, report: ReportV1): string[] {
  if (!page.verbose) return [];
  const ready = report.rules.filter((rule) => rule.status === 'ready');
  const idle = report.rules.filter((rule) => rule.status === 'not-applicable');
  const lines: string[] = [];
  if (ready.length > 0) lines.push(...heading(page, 'Ready', count(ready.length, 'rule')));
  for (const rule of ready) {
    const line = `${page.paint.bold(visible(rule.title))}  ${page.paint.dim(rule.id)}`;
    lines.push(...wrapped(page, line, `  ${page.paint.green(marks.ready)} `), ...places(page, allEvidence(rule), 6));
    for (const what of allSearched(rule)) lines.push(...wrapped(page, visible(`searched ${what}`), '      '));
  }
  if (idle.length > 0) lines.push('', ...heading(page, 'Does not apply', count(idle.length, 'rule')));
  for (const rule of idle) {
    const reason = rule.reason ? `: ${rule.reason}` : '';
    lines.push(...wrapped(page, visible(`${rule.id}${reason}`), `  ${marks['not-applicable']} `));
  }
  return lines;
}

/** Accepted gaps whose rule is named nowhere else still have their evidence with --verbose. */
export function acceptedDetails(page: Page, report: ReportV1): string[] {
  if (!page.verbose) return [];
  return report.rules
    .filter((rule) => isAccepted(rule))
    .flatMap((rule) => [
      ...wrapped(page, `${visible(rule.id)}: ${visible(rule.issue)}`, '  '),
      ...places(page, allEvidence(rule), 6),
    ]);
}
