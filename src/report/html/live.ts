import type { ReportV1 } from '../../model/report.ts';
import { engineText, liveEntries, liveNotes, liveSummary, liveTimes } from '../shared/live.ts';
import { componentOf } from '../shared/verdict.ts';
import { html, type Markup, nothing } from './markup.ts';
import { badge, section, table } from './parts.ts';

/** What the engine showed, where it was asked: every answer, contradictions first. */
export function live(report: ReportV1): Markup {
  if (!report.live) return nothing;
  const rows = liveEntries(report).map(
    ({ rule, component, written, live: seen }) =>
      html`<tr><th scope="row">${rule.title}</th><td>${componentOf(component)}</td><td>${badge(written)}</td><td>${badge(seen.status)}${seen.contradicts && html` <strong>contradicts</strong>`}</td><td>${seen.reason && html`${seen.reason} `}${seen.evidence.map(({ container, note }) => html`<code>${container}</code> ${note} `)}</td></tr>`,
  );
  const notes = [...liveNotes(report.live), ...liveTimes(report.live)];
  return section(
    'live',
    'As it runs',
    html`${rows.length > 0 && table('As it runs', ['Rule', 'Where', 'As written', 'As it runs', 'Seen'], rows)}${notes.length > 0 && html`<ul class="card plain">${notes.map((note) => html`<li>${note}</li>`)}</ul>`}`,
    `${engineText(report.live)}. ${liveSummary(report, report.live)}.`,
  );
}
