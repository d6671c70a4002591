import type { ReportV1, RuleResultV1 } from '../../model/report.ts';
import { notJudged, openGaps, partlyJudged, titleOf } from '../shared/gaps.ts';
import { byRule, type PlanEntry } from '../shared/plan.ts';
import { count, hoursText, pointsText, scoreText } from '../shared/text.ts';
import { causeText, pathText } from '../shared/verdict.ts';
import { html, type Markup, nothing } from './markup.ts';
import { anchorOf, badge, idle, place, section, table } from './parts.ts';

export function plan(report: ReportV1): Markup {
  const phases = report.plan.phases.filter((phase) => phase.items.length > 0);
  if (phases.length === 0) return section('plan', 'Action plan', html`<p>Nothing is left to do.</p>`);
  let sofar = 0;
  const blocks = phases.map((phase, i) => {
    sofar += phase.hours;
    const after =
      phase.scoreAfter === null ? null : html`; the score then is <strong>${scoreText(phase.scoreAfter)}</strong>`;
    return html`<h3>Phase ${i + 1}: ${phase.title}</h3><p class="note">${hoursText(phase.hours)}, ${hoursText(sofar)} in all so far${after}</p>${entries(report, `Phase ${i + 1}: ${phase.title}`, byRule(phase.items))}`;
  });
  return section('plan', 'Action plan', html`${quick(report)}${blocks}`);
}

function quick(report: ReportV1): Markup {
  const items = report.plan.quick;
  if (items.length === 0) return nothing;
  const hours = items.reduce((sum, item) => sum + item.hours, 0);
  const points = items.reduce((sum, item) => sum + item.points, 0);
  return html`<details class="quick card"><summary><span class="name">Quick wins</span> <span class="note">${count(byRule(items).length, 'gap')} of at most two hours in each place: ${hoursText(hours)} in all return ${pointsText(points).slice(1)} points</span></summary>${entries(report, 'Quick wins', byRule(items))}</details>`;
}

function entries(report: ReportV1, caption: string, list: readonly PlanEntry[]): Markup {
  const rows = list.map(
    (entry) =>
      html`<tr><th scope="row">${gapLink(report, entry.rule)}</th><td>${entry.components.length === 0 ? 'the repository' : entry.components.map((path, i) => html`${i > 0 && ', '}<code>${path}</code>`)}</td><td>${entry.statuses.map((status) => html`${badge(status)} `)}</td><td class="number">${hoursText(entry.hours)}</td><td class="number">${pointsText(entry.points)}</td></tr>`,
  );
  return table(caption, ['Gap', 'Where', 'Status', 'Effort', 'Points'], rows);
}

function gapLink(report: ReportV1, id: string): Markup {
  const rule: RuleResultV1 | undefined = openGaps(report).find((gap) => gap.id === id);
  return rule ? html`<a href="#${anchorOf(rule)}">${rule.title}</a>` : html`${titleOf(report, id)}`;
}

export function accepted(report: ReportV1): Markup {
  if (report.accepted.length === 0) return nothing;
  const states = { active: 'accepted', expired: 'expired: a gap again', unmatched: 'matches no gap: remove it' };
  const rows = report.accepted.map(
    (entry) =>
      html`<tr><th scope="row">${titleOf(report, entry.rule)} <code>${entry.rule}</code></th><td>${entry.component === null ? 'everywhere' : pathText(entry.component)}</td><td>${badge(entry.status)}</td><td>${entry.reason}</td><td><code>${entry.owner}</code></td><td>${entry.expires}</td><td class="risk ${entry.state}">${states[entry.state]}</td></tr>`,
  );
  return section(
    'accepted',
    'Accepted risks',
    table('Accepted risks', ['Risk', 'Where', 'Status', 'Reason', 'Owner', 'Expires', 'State'], rows),
  );
}

export function unjudged(report: ReportV1): Markup {
  const items = [
    ...notJudged(report).map(
      (rule) => html`<li><strong>${rule.title}</strong> <code>${rule.id}</code>: ${causeText(rule)}</li>`,
    ),
    ...partlyJudged(report).map(
      ({ rule, left }) =>
        html`<li><strong>${rule.title}</strong> <code>${rule.id}</code>, judged ${rule.judged} of ${rule.judged + left.length}: not ${left.map(({ path }, i) => html`${i > 0 && ', '}<code>${path}</code>`)}, ${causeText(left[0]!)}</li>`,
    ),
    ...report.diagnostics.map(
      ({ unit, file, line, message }) =>
        html`<li>${file !== null && (line === null ? html`<code>${file}</code> ` : html`${place({ file, line })} `)}${message} <span class="note">(${unit})</span></li>`,
    ),
  ];
  const none = idle(report);
  return section(
    'unjudged',
    'Not judged, and why',
    html`${items.length === 0 ? html`<p>Every rule that applies was judged.</p>` : html`<ul class="card plain">${items}</ul>`}${
      none.length > 0 &&
      html`<p class="note">Does not apply here: ${none.map((rule, i) => html`${i > 0 && ', '}${rule.title}${rule.reason && html` (${rule.reason})`}`)}.</p>`
    }`,
  );
}

export const footer = (report: ReportV1): Markup =>
  html`<footer><p>Levels build on each other: demo, then production, then scale. Effort is a first estimate; points are what closing the gap adds to the score.</p><p>Made by ${report.tool.name} ${report.tool.version} with scoring version ${report.scoringVersion}. The same commit and settings give the same report.</p></footer>
`;
