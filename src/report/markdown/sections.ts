import type { ReportV1 } from '../../model/report.ts';
import { statuses } from '../../model/status.ts';
import { allEvidence, notJudged, openGaps, partlyJudged, titleOf } from '../shared/gaps.ts';
import { byRule, type PlanEntry, statusesText } from '../shared/plan.ts';
import {
  count,
  dayOf,
  differenceText,
  hoursText,
  listed,
  pointsText,
  scoreText,
  shortCommit,
  stopped,
} from '../shared/text.ts';
import {
  categoryIds,
  categoryScore,
  categoryTitle,
  causeText,
  componentOf,
  conditionText,
  coverageText,
  goalOf,
  heldInPart,
  levelText,
  lowBoundText,
  obstacleOf,
  pathText,
  statusMeanings,
  statusWords,
  verdictOf,
} from '../shared/verdict.ts';
import { code, prose, table } from './escape.ts';
import { effortOf, proof } from './gaps.ts';

export function title(report: ReportV1): string[] {
  const { name, commit, committedAt, files } = report.target;
  const hash = shortCommit(commit);
  const day = dayOf(committedAt);
  const at = hash === null ? 'not under git' : `commit ${code(hash)}${day === null ? '' : ` of ${day}`}`;
  return [
    `# Production readiness of ${prose(name)}`,
    '',
    `${at} · ${count(files, 'file')} · ${count(report.components.length, 'component')}`,
  ];
}

/** The verdict as a paragraph: what is reached, what stands in the way, what the next level costs. */
export function verdict(report: ReportV1): string[] {
  const gaps = openGaps(report);
  const next = report.plan.phases.find((phase) => phase.items.length > 0);
  const sentences = [
    `**${verdictOf(report)}.**`,
    obstacleOf(report),
    gaps.length > 0
      ? `${count(gaps.length, 'gap')} ${gaps.length === 1 ? 'is' : 'are'} open in all.`
      : 'No gap is open.',
    next
      ? `The ${next.level} phase of the plan takes ${hoursText(next.hours)}${next.scoreAfter === null ? '' : ` and brings the score to ${scoreText(next.scoreAfter)}`}.`
      : null,
  ];
  return [
    sentences
      .filter((sentence) => sentence !== null)
      .map((text, i) => (i === 0 ? text : prose(text)))
      .join(' '),
  ];
}

export function standing(report: ReportV1): string[] {
  const low = lowBoundText(report);
  const rows = report.levels.map((entry) => {
    const half = heldInPart(entry);
    return [
      entry.level,
      entry.reached ? 'reached' : 'not reached',
      `${levelText(entry)}${half.length === 0 ? '' : `; in part: ${half.map(code).join(', ')}`}`,
    ];
  });
  const score = report.score === null ? 'none' : `${scoreText(report.score)} / 100`;
  return [
    '## Score and levels',
    '',
    `**Score ${score}** · level **${report.level}** · ${coverageText(report)}${low === null ? '' : ` · ${low}`}`,
    '',
    table(['Level', 'State', 'Blocking rules'], rows),
  ];
}

export function gate(report: ReportV1): string[] {
  if (report.gate === null) return [];
  const lines = report.gate.conditions.map((condition) => {
    const restore =
      condition.passed || condition.restoredBy.length === 0
        ? ''
        : `; closing ${condition.restoredBy.map(code).join(', ')} restores it`;
    return `- ${condition.passed ? 'passed' : '**failed**'}: ${prose(conditionText(condition))}${restore}`;
  });
  return [`## Gate: ${report.gate.passed ? 'passed' : 'failed'}`, '', ...lines];
}

type Change = NonNullable<ReportV1['changes']>['opened'][number];

export function changes(report: ReportV1): string[] {
  if (report.changes === null) return [];
  const { since, scoreBefore, opened, worsened, improved, closed } = report.changes;
  const lines = [`## Changes since ${prose(since)}`, ''];
  if (scoreBefore !== null && report.score !== null) {
    lines.push(
      `Score ${scoreText(scoreBefore)} → ${scoreText(report.score)} (${differenceText(scoreBefore, report.score)}).`,
      '',
    );
  }
  const rows = Object.entries({ opened, worsened, improved, closed }).flatMap(([what, entries]) =>
    (entries as Change[]).map(({ rule, component, before, after }) => [
      what,
      prose(titleOf(report, rule)),
      prose(componentOf(component)),
      before === null ? 'new' : statusWords[before],
      after === null ? 'gone' : statusWords[after],
    ]),
  );
  lines.push(rows.length === 0 ? 'No gap opened or closed.' : table(['Change', 'Gap', 'Where', 'Before', 'Now'], rows));
  return lines;
}

export function components(report: ReportV1): string[] {
  const rows = report.components.map(({ path, kind, score }) => [
    code(path),
    kind,
    scoreText(score),
    worstGap(report, path),
  ]);
  const lines = ['## Components', ''];
  return [...lines, rows.length === 0 ? 'None was found.' : table(['Path', 'Kind', 'Score', 'Worst gap'], rows, [2])];
}

/** The first by the order of the gaps, with the status it has in this component. */
function worstGap(report: ReportV1, path: string): string {
  for (const rule of openGaps(report)) {
    const here = rule.components.find((verdict) => verdict.path === path);
    if (here && !here.accepted && ['partial', 'unwired', 'missing'].includes(here.status)) {
      return `${prose(rule.title)} (${statusWords[here.status]})`;
    }
  }
  return '–';
}

export function quickFixes(report: ReportV1): string[] {
  const { quick } = report.plan;
  if (quick.length === 0) return ['## Quick fixes', '', 'No gap costs two hours or less.'];
  const hours = quick.reduce((sum, item) => sum + item.hours, 0);
  const points = quick.reduce((sum, item) => sum + item.points, 0);
  const rows = byRule(quick).map((entry) => [
    prose(titleOf(report, entry.rule)),
    placesOf(entry),
    statusesText(entry),
    hoursText(entry.hours),
    pointsText(entry.points),
  ]);
  return [
    '## Quick fixes',
    '',
    `${count(rows.length, 'gap')} of at most two hours in each place: ${hoursText(hours)} in all return ${pointsText(points).slice(1)} points. Most points per hour first.`,
    '',
    table(['Gap', 'Where', 'Status', 'Effort', 'Points'], rows, [3, 4]),
  ];
}

const placesOf = ({ components }: PlanEntry): string =>
  components.length === 0 ? 'the repository' : components.map(code).join(', ');

export function worksWell(report: ReportV1): string[] {
  const ready = report.rules.filter((rule) => rule.status === 'ready');
  if (ready.length === 0) return ['## What works well', '', 'No rule is wholly ready yet.'];
  const items = ready.map((rule) => {
    const first = allEvidence(rule)[0];
    return `- **${prose(rule.title)}**: ${prose(stopped(rule.statusText))}${first ? ` ${proof(first)}` : ''}`;
  });
  return ['## What works well', '', ...items];
}

export function needsWork(report: ReportV1): string[] {
  const gaps = openGaps(report);
  const rows = categoryIds(report).flatMap((id) => {
    const own = gaps.filter((rule) => rule.category === id);
    if (own.length === 0) return [];
    const score = categoryScore(report, id);
    const byStatus = [...statuses].reverse().flatMap((status) => {
      const n = own.filter((rule) => rule.status === status).length;
      return n === 0 ? [] : [`${n} ${statusWords[status]}`];
    });
    return [[prose(categoryTitle(id)), scoreText(score), byStatus.join(', '), effortOf(own)]];
  });
  const lines = ['## What needs work', ''];
  return [
    ...lines,
    rows.length === 0 ? 'Nothing that was judged.' : table(['Category', 'Score', 'Gaps', 'To close them'], rows, [1]),
  ];
}

export function plan(report: ReportV1): string[] {
  const phases = report.plan.phases.filter((phase) => phase.items.length > 0);
  const lines = ['## Action plan'];
  if (phases.length === 0) return [...lines, '', 'Nothing is left to do.'];
  let total = 0;
  phases.forEach((phase, i) => {
    total += phase.hours;
    const after = phase.scoreAfter === null ? '' : `; the score then is **${scoreText(phase.scoreAfter)}**`;
    lines.push(
      '',
      `### Phase ${i + 1}: ${prose(phase.title)}`,
      '',
      `${hoursText(phase.hours)}, ${hoursText(total)} in all so far${after}.`,
      '',
    );
    for (const entry of byRule(phase.items)) {
      lines.push(
        `- [ ] **${prose(titleOf(report, entry.rule))}** in ${placesOf(entry)} (${statusesText(entry)}): ${hoursText(entry.hours)}, ${pointsText(entry.points)}`,
      );
    }
  });
  return lines;
}

export function accepted(report: ReportV1): string[] {
  if (report.accepted.length === 0) return [];
  const states = {
    active: 'accepted',
    expired: '**expired**, a gap again',
    unmatched: 'matches no gap, to be removed',
  };
  const rows = report.accepted.map(({ rule, component, status, reason, owner, expires, state }) => [
    ruleName(report, rule),
    prose(component === null ? 'everywhere' : pathText(component)),
    statusWords[status],
    prose(reason),
    code(owner),
    expires,
    states[state],
  ]);
  return ['## Accepted risks', '', table(['Risk', 'Where', 'Status', 'Reason', 'Owner', 'Expires', 'State'], rows)];
}

/** Title and id; an acceptance may name a rule that the result does not have. */
const ruleName = (report: ReportV1, id: string): string => {
  const title = titleOf(report, id);
  return title === id ? code(id) : `${prose(title)} (${code(id)})`;
};

export function trend(report: ReportV1): string[] {
  if (report.history.length < 2) return [];
  const rows = report.history.slice(-12).map(({ commit, date, score, level }, i, all) => {
    const before = all[i - 1]?.score ?? null;
    return [
      dayOf(date) ?? '–',
      code(shortCommit(commit) ?? '–'),
      scoreText(score),
      before === null || score === null ? '–' : differenceText(before, score),
      prose(level),
    ];
  });
  return ['## Trend', '', table(['Date', 'Commit', 'Score', 'Change', 'Level'], rows, [2, 3])];
}

export function unjudged(report: ReportV1): string[] {
  const items = [
    ...notJudged(report).map((rule) => `- **${prose(rule.title)}** (${code(rule.id)}): ${prose(causeText(rule))}`),
    ...partlyJudged(report).map(
      ({ rule, left }) =>
        `- **${prose(rule.title)}** (${code(rule.id)}), judged ${rule.judged} of ${rule.judged + left.length}: not ${left.map((verdict) => code(verdict.path)).join(', ')}, ${prose(causeText(left[0]!))}`,
    ),
    ...report.diagnostics.map(({ unit, file, line, message }) => {
      const at = file === null ? '' : `${code(line === null ? file : `${file}:${line}`)} `;
      return `- ${at}${prose(message)} (${prose(unit)})`;
    }),
  ];
  const idle = report.rules.filter((rule) => rule.status === 'not-applicable');
  const lines = [
    '## Not judged, and why',
    '',
    ...(items.length === 0 ? ['Every rule that applies was judged.'] : items),
  ];
  if (idle.length > 0) {
    const names = idle.map((rule) => `${prose(rule.title)}${rule.reason ? ` (${prose(rule.reason)})` : ''}`);
    lines.push('', `Does not apply here: ${listed(names)}.`);
  }
  return lines;
}

export const insight = (report: ReportV1): string[] =>
  report.insight ? ['## Key insight', '', prose(report.insight)] : [];

export function howToRead(report: ReportV1): string[] {
  const words = statusMeanings.map(([status, meaning]) => `**${statusWords[status]}** ${meaning}`).join('; ');
  const next = report.levels.map(({ level }) => goalOf(level)).join(', then ');
  return [
    '## How to read this report',
    '',
    `Statuses: ${words}. Levels build on each other: ${next}. Effort is a first estimate; points are what closing the gap adds to the score.`,
    `Made by ${prose(report.tool.name)} ${prose(report.tool.version)} with scoring version ${report.scoringVersion}; the same commit and settings give the same report.`,
  ];
}
