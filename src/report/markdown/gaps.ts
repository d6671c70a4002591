import type { Evidence } from '../../model/evidence.ts';
import { byCodeUnit } from '../../model/paths.ts';
import type { ReportV1, RuleResultV1 } from '../../model/report.ts';
import type { Level } from '../../model/status.ts';
import { allSearched, blockersOf, gapEvidence, openGaps } from '../shared/gaps.ts';
import { count, hoursText, pointsText, scoreText, shortened, stopped } from '../shared/text.ts';
import {
  categoryIds,
  categoryScore,
  categoryTitle,
  goalOf,
  levelTag,
  statusAndReach,
  statusWords,
  whereText,
} from '../shared/verdict.ts';
import { code, prose, table } from './escape.ts';

const anchorOf = (rule: RuleResultV1): string => `gap-${rule.id.replace(/[^a-z0-9]+/gi, '-')}`;
const link = (rule: RuleResultV1): string => `[${prose(rule.title)}](#${anchorOf(rule)})`;
export const place = ({ file, line }: { file: string; line: number }): string => code(`${file}:${line}`);
export const proof = (evidence: Evidence): string => `${place(evidence)} ${prose(evidence.note)}`;

const sumOf = (gaps: readonly RuleResultV1[], what: 'hours' | 'points'): number =>
  gaps.reduce((sum, gap) => sum + gap[what], 0);

export const effortOf = (gaps: readonly RuleResultV1[]): string =>
  `${count(gaps.length, 'gap')}, ${hoursText(sumOf(gaps, 'hours'))}, ${pointsText(sumOf(gaps, 'points'))} points`;

/** Each level's blockers by name, then what else belongs to the level and does not block it. */
export function mustFix(report: ReportV1, level: Level): string[] {
  const blockers = blockersOf(report, level);
  const others = openGaps(report).filter((rule) => rule.level === level && !blockers.includes(rule));
  const goal = level === 'demo' ? 'a demo' : level;
  const lines = [`## Must fix before ${goal}`, ''];
  if (blockers.length === 0) {
    lines.push(`No gap blocks ${goalOf(level)} by itself.`);
  } else {
    lines.push(`${effortOf(blockers)}.`, '', gapTable(blockers));
  }
  if (others.length > 0) {
    const names = others.map((rule) => `${link(rule)} (${statusWords[rule.status]})`);
    lines.push('', `Also part of this level, without blocking it: ${names.join(', ')}.`);
  }
  return lines;
}

const gapTable = (gaps: readonly RuleResultV1[]): string =>
  table(
    ['Gap', 'Status', 'Where', 'Effort', 'Points'],
    gaps.map((rule) => [
      link(rule),
      statusWords[rule.status],
      prose(whereText(rule) ?? 'the repository'),
      hoursText(rule.hours),
      pointsText(rule.points),
    ]),
    [3, 4],
  );

export function gapsByCategory(report: ReportV1): string[] {
  const gaps = openGaps(report);
  const lines = ['## Gaps by category', ''];
  if (gaps.length === 0) return [...lines, 'None is open.'];
  const chapters = categoryIds(report).flatMap((id) => {
    const own = gaps.filter((rule) => rule.category === id);
    if (own.length === 0) return [];
    const score = categoryScore(report, id);
    const title = `### ${prose(categoryTitle(id))}: ${score === null ? 'no score' : `${scoreText(score)} / 100`}`;
    return [[title, '', ...own.flatMap((rule) => ['', ...gapText(report, rule)]).slice(1)].join('\n')];
  });
  return [...lines, chapters.join('\n\n')];
}

const fewPlaces = 8;

/** One gap, as a hand-written report tells it. */
export function gapText(report: ReportV1, rule: RuleResultV1): string[] {
  const evidence = gapEvidence(rule);
  const effort = [
    hoursText(rule.hours),
    `returns ${pointsText(rule.points).slice(1)} points`,
    levelTag(report, rule),
    ...(rule.fix === null ? [] : [`${code(`readiness fix --rule ${rule.id}`)} does what can be scaffolded`]),
  ];
  const lines = [
    `#### <a id="${anchorOf(rule)}"></a>${prose(rule.title)}: ${statusWords[rule.status]}`,
    '',
    `- **Issue**: ${prose(stopped(rule.issue))}`,
    `- **Impact**: ${prose(stopped(rule.impact))}`,
    `- **Required**: ${prose(stopped(rule.required))}`,
    `- **Status**: ${prose(statusAndReach(rule, 6))}`,
    `- **Effort**: ${effort.join(' · ')}`,
    `- **Rule**: ${code(rule.id)}${rule.owners.length === 0 ? '' : ` · owners ${rule.owners.map(code).join(', ')}`}`,
  ];
  if (evidence.length > 0) {
    lines.push('- **Evidence**:', ...evidence.slice(0, fewPlaces).map((at) => `  - ${proof(at)}`));
    if (evidence.length > fewPlaces) lines.push(`  - and ${evidence.length - fewPlaces} more places`);
  }
  const searched = allSearched(rule);
  if (searched.length > 0)
    lines.push(
      `- **Searched**: ${searched
        .slice(0, 4)
        .map((what) => prose(shortened(what, 240)))
        .join('; ')}`,
    );
  return lines;
}

/** Who closes what: every open gap under each of its owners. Empty where the repository names no owner. */
export function gapsByOwner(report: ReportV1): string[] {
  const gaps = openGaps(report);
  const owners = [...new Set(gaps.flatMap((rule) => rule.owners))].sort(byCodeUnit);
  if (owners.length === 0) return [];
  const groups = owners.map((owner) => ({
    name: code(owner),
    own: gaps.filter((rule) => rule.owners.includes(owner)),
  }));
  const nobody = gaps.filter((rule) => rule.owners.length === 0);
  if (nobody.length > 0) groups.push({ name: 'nobody', own: nobody });
  const rows = groups.map(({ name, own }) => [
    name,
    String(own.length),
    hoursText(sumOf(own, 'hours')),
    own.map(link).join(', '),
  ]);
  return ['## Owners', '', table(['Owner', 'Gaps', 'Effort', 'Which'], rows, [1, 2])];
}
