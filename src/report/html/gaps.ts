import { byCodeUnit } from '../../model/paths.ts';
import type { ReportV1, RuleResultV1 } from '../../model/report.ts';
import { gapStatuses, levels } from '../../model/status.ts';
import { allSearched, blockersOf, nextLevel, openGaps, openVerdicts, ownEvidence } from '../shared/gaps.ts';
import { count, hoursText, pointsText, shortened, stopped } from '../shared/text.ts';
import {
  categoryIds,
  categoryTitle,
  levelTag,
  pathText,
  statusAndReach,
  statusMeanings,
  statusWords,
} from '../shared/verdict.ts';
import { html, type Markup, prose } from './markup.ts';
import { anchorOf, badge, evidenceList, place, section } from './parts.ts';

/** Every open gap with what shows it, and the controls that narrow the list. */
export function gaps(report: ReportV1): Markup {
  const open = openGaps(report);
  if (open.length === 0) return section('gaps', 'Gaps', html`<p>No gap is open.</p>`);
  const next = nextLevel(report);
  const first = next === null ? [] : blockersOf(report, next);
  const ordered = [...first, ...open.filter((rule) => !first.includes(rule))];
  return section(
    'gaps',
    'Gaps',
    html`${controls(report, open)}
<p id="found" class="found" role="status" aria-live="polite">${count(open.length, 'gap')} of ${open.length} shown</p>
<div id="gap-list">${ordered.map((rule) => gap(report, rule, first.includes(rule)))}</div>
<p id="none-found" class="note" hidden>No gap matches these filters.</p>`,
    html`What blocks the next level comes first. ${statusMeanings.slice(1).map(([status, meaning], i) => html`${i > 0 && ' · '}<strong>${statusWords[status]}</strong>: ${meaning}`)}`,
  );
}

interface Choice {
  value: string;
  label: string;
}

const select = (id: string, label: string, choices: readonly Choice[]): Markup =>
  html`<div class="field"><label for="${id}">${label}</label><select id="${id}"><option value="">all</option>${choices.map(({ value, label }) => html`<option value="${value}">${label}</option>`)}</select></div>`;

const plain = (values: readonly string[]): Choice[] => values.map((value) => ({ value, label: value }));

/** Without scripts the list is whole and the controls are of no use, so that they stay hidden. */
function controls(report: ReportV1, open: readonly RuleResultV1[]): Markup {
  const owners = [...new Set(open.flatMap((rule) => rule.owners))].sort(byCodeUnit);
  const paths = report.components
    .map(({ path }) => path)
    .filter((path) => open.some((rule) => openVerdicts(rule).some((verdict) => verdict.path === path)));
  const categories = categoryIds(report).filter((id) => open.some((rule) => rule.category === id));
  const repository = open.some((rule) => rule.scope === 'repository') ? [{ value: '*', label: 'the repository' }] : [];
  return html`<form id="filters" class="filters card" role="search" aria-label="Filter gaps" hidden>
<div class="field wide"><label for="find">Search</label><input id="find" type="search" autocomplete="off" placeholder="rule, file, text"></div>
<fieldset><legend>Status</legend>${[...gapStatuses].reverse().map((status) => html`<label><input type="checkbox" name="status" value="${status}" checked> ${statusWords[status]}</label>`)}</fieldset>
${select('level', 'Level', plain(levels.filter((level) => open.some((rule) => rule.level === level))))}
${select(
  'category',
  'Category',
  categories.map((value) => ({ value, label: categoryTitle(value) })),
)}
${select('component', 'Component', [...repository, ...paths.map((value) => ({ value, label: pathText(value) }))])}
${owners.length > 0 && select('owner', 'Owner', [...plain(owners), { value: '*', label: 'nobody' }])}
<div class="actions"><button type="reset">Reset</button><button type="button" id="expand">Open all</button><button type="button" id="collapse">Close all</button></div>
</form>`;
}

/** What the script filters by; lists as JSON, for paths and owners may hold any character. */
function gap(report: ReportV1, rule: RuleResultV1, opened: boolean): Markup {
  const open = openVerdicts(rule);
  const places = rule.scope === 'repository' ? ['*'] : open.map(({ path }) => path);
  const found = [...new Set([rule.status, ...open.map(({ status }) => status)])];
  return html`<details class="gap card ${rule.status}" id="${anchorOf(rule)}"${opened && html` open`} data-status="${JSON.stringify(found)}" data-level="${rule.level}" data-category="${rule.category}" data-components="${JSON.stringify(places)}" data-owners="${JSON.stringify(rule.owners.length > 0 ? rule.owners : ['*'])}">
<summary><span class="name">${rule.title}</span> ${badge(rule.status)} <span class="tag">${levelTag(report, rule)}</span> <span class="effort">${hoursText(rule.hours)}</span> <span class="points">${pointsText(rule.points)}<span class="hidden"> points</span></span></summary>
<dl>
<dt>Issue</dt><dd>${prose(stopped(rule.issue))}</dd>
<dt>Impact</dt><dd>${prose(stopped(rule.impact))}</dd>
<dt>Required</dt><dd>${prose(stopped(rule.required))}</dd>
<dt>Status</dt><dd>${prose(statusAndReach(rule, 6))}</dd>
${rule.owners.length > 0 && html`<dt>Owners</dt><dd>${rule.owners.map((owner, i) => html`${i > 0 && ', '}<code>${owner}</code>`)}</dd>`}
<dt>Rule</dt><dd><code>${rule.id}</code>${rule.fix !== null && html` · scaffolded by <code>readiness fix --rule ${rule.id}</code>`}</dd>
</dl>
${proof(rule)}
</details>
`;
}

/** Evidence by component where the rule is judged by component, then what was searched for in vain. */
function proof(rule: RuleResultV1): Markup {
  const open = openVerdicts(rule);
  const searched = allSearched(rule);
  const byComponent = open.map(
    ({ path, status, evidence }) => html`<li>${badge(status)} <code>${path}</code>${evidenceList(evidence)}</li>`,
  );
  const own = ownEvidence(rule);
  return html`${own.length > 0 && html`<h3>Evidence</h3>${evidenceList(own)}`}${byComponent.length > 0 && html`<h3>By component</h3><ul class="verdicts">${byComponent}</ul>`}${
    searched.length > 0 &&
    html`<details class="more"><summary>Searched in vain: ${count(searched.length, 'thing')}</summary><ul class="evidence">${searched.map((what) => html`<li>${shortened(what, 400)}</li>`)}</ul></details>`
  }`;
}

/** What holds, with the place that shows it. */
export function ready(report: ReportV1): Markup {
  const rules = report.rules.filter((rule) => rule.status === 'ready');
  if (rules.length === 0) return section('ready', 'What works well', html`<p>No rule is wholly ready yet.</p>`);
  const items = rules.map((rule) => {
    const first = [...rule.evidence, ...rule.components.flatMap((verdict) => verdict.evidence)][0];
    return html`<li><strong>${rule.title}</strong> ${prose(stopped(rule.statusText))}${first && html` ${place(first)} <span class="note">${first.note}</span>`}</li>`;
  });
  return section('ready', 'What works well', html`<ul class="card plain">${items}</ul>`);
}
