import type { ReportV1 } from '../../model/report.ts';
import { nextLevel, titleOf } from '../shared/gaps.ts';
import { count, dayOf, differenceText, scoreText, shortCommit } from '../shared/text.ts';
import {
  componentOf,
  componentsText,
  conditionText,
  coverageText,
  heldInPart,
  levelText,
  lowBoundText,
  obstacleOf,
  verdictOf,
} from '../shared/verdict.ts';
import { categoryChart, planChart, ring, trendChart } from './charts.ts';
import { html, type Markup, nothing, prose } from './markup.ts';
import { badge, scoreOf, section } from './parts.ts';

/** Verdict, score and levels: what has to be read even if nothing else is. */
export function hero(report: ReportV1): Markup {
  const { name, commit, committedAt, files } = report.target;
  const hash = shortCommit(commit);
  const day = dayOf(committedAt);
  const about = [
    hash === null ? 'not under git' : `commit ${hash}${day === null ? '' : ` of ${day}`}`,
    count(files, 'file'),
    ...(report.components.length === 0 ? ['no component'] : [componentsText(report)]),
  ];
  const state = report.level === 'none' ? 'bad' : nextLevel(report) === null ? 'good' : 'fair';
  const low = lowBoundText(report);
  return html`<header class="hero ${state}">
<div class="words"><p class="target">Production readiness of <strong>${name}</strong></p>
<h1>${verdictOf(report)}</h1>
<p class="lead">${obstacleOf(report)}</p>
<p class="about">${about.join(' · ')}</p></div>
<div class="score">${ring(report.score)}<p><strong>${report.score === null ? '–' : scoreText(report.score)}</strong><span>${report.score === null ? 'no score' : 'of 100'}</span></p></div>
${ladder(report)}
<p class="coverage">${coverageText(report)}${low === null ? null : html` · ${low}`}</p>
</header>
`;
}

const ladder = (report: ReportV1): Markup =>
  html`<ol class="ladder" aria-label="Levels">${report.levels.map((entry) => {
    const part = heldInPart(entry);
    return html`<li class="${entry.reached ? 'reached' : 'open'}"><strong>${entry.level}</strong> <span class="state"><span aria-hidden="true">${entry.reached ? '✓' : '✗'}</span> ${entry.reached ? 'reached' : 'not yet'}</span><span class="why">${levelText(entry)}${part.length > 0 && html`; in part: ${part.join(', ')}`}</span></li>`;
  })}</ol>`;

export const insight = (report: ReportV1): Markup =>
  report.insight
    ? html`<aside class="insight" aria-label="Key insight"><strong>Key insight</strong> ${prose(report.insight)}</aside>
`
    : nothing;

export function gate(report: ReportV1): Markup {
  if (report.gate === null) return nothing;
  const { passed, conditions } = report.gate;
  const items = conditions.map(
    (condition) =>
      html`<li class="${condition.passed ? 'held' : 'broken'}"><span class="state"><span aria-hidden="true">${condition.passed ? '✓' : '✗'}</span> ${condition.passed ? 'passed' : 'failed'}</span> ${conditionText(condition)}${
        !condition.passed &&
        condition.restoredBy.length > 0 &&
        html`<br><span class="note">Restored by closing ${condition.restoredBy.map((gap, i) => html`${i > 0 && ', '}<code>${gap}</code>`)}</span>`
      }</li>`,
  );
  return section('gate', `Gate: ${passed ? 'passed' : 'failed'}`, html`<ul class="conditions card">${items}</ul>`);
}

type Change = NonNullable<ReportV1['changes']>['opened'][number];

export function changes(report: ReportV1): Markup {
  if (report.changes === null) return nothing;
  const { since, scoreBefore, opened, worsened, improved, closed } = report.changes;
  const entries = Object.entries({ opened, worsened, improved, closed }) as [string, Change[]][];
  const items = entries.flatMap(([word, list]) =>
    list.map(
      ({ rule, component, before, after }) =>
        html`<li><strong class="change ${word}">${word}</strong> <span>${titleOf(report, rule)}${component !== null && html` in <code>${componentOf(component)}</code>`}</span> <span class="from">${before === null ? 'new' : badge(before)} <span aria-label="to">→</span> ${after === null ? 'gone' : badge(after)}</span></li>`,
    ),
  );
  const score =
    scoreBefore === null || report.score === null
      ? null
      : `Score ${scoreText(scoreBefore)} → ${scoreText(report.score)} (${differenceText(scoreBefore, report.score)})`;
  return section(
    'changes',
    `Changes since ${since}`,
    items.length === 0 ? html`<p>No gap opened or closed.</p>` : html`<ul class="changes card">${items}</ul>`,
    score,
  );
}

export function charts(report: ReportV1): Markup {
  return html`<section id="charts" aria-labelledby="charts-title"><h2 id="charts-title">At a glance</h2><div class="charts">${categoryChart(report)}${planChart(report)}${trendChart(report)}</div></section>
`;
}

export const componentScore = (report: ReportV1, path: string): string =>
  scoreOf(report.components.find((component) => component.path === path)?.score ?? null);
