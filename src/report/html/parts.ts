import type { Evidence } from '../../model/evidence.ts';
import type { ReportV1, RuleResultV1 } from '../../model/report.ts';
import type { Status } from '../../model/status.ts';
import { scoreText } from '../shared/text.ts';
import { statusWords } from '../shared/verdict.ts';
import { html, type Markup } from './markup.ts';

export const marks: Record<Status, string> = {
  ready: '✓',
  partial: '◐',
  unwired: '○',
  missing: '✗',
  'not-applicable': '–',
  unknown: '?',
};

/** Mark and word together, so that colour says nothing by itself. */
export const badge = (status: Status): Markup =>
  html`<span class="badge ${status}"><span aria-hidden="true">${marks[status]}</span> ${statusWords[status]}</span>`;

export const place = ({ file, line }: { file: string; line: number }): Markup =>
  html`<code class="place">${file}:${line}</code>`;

export const evidenceList = (evidence: readonly Evidence[]): Markup | null =>
  evidence.length === 0
    ? null
    : html`<ul class="evidence">${evidence.map((at) => html`<li>${place(at)} <span>${at.note}</span></li>`)}</ul>`;

export const anchorOf = (rule: RuleResultV1): string => `gap-${rule.id.replace(/[^a-z0-9]+/gi, '-')}`;

export const scoreOf = (score: number | null): string => (score === null ? 'none' : scoreText(score));

export const section = (id: string, title: string, content: Markup, note: Markup | string | null = null): Markup =>
  html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${note === null ? null : html`<p class="note">${note}</p>`}${content}</section>
`;

/** A table that scrolls by itself where the screen is narrow; the caption is for screen readers. */
export const table = (caption: string, head: readonly (string | Markup)[], rows: readonly Markup[]): Markup =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="Table: ${caption}"><table><caption class="hidden">${caption}</caption><thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;

export const idle = (report: ReportV1): RuleResultV1[] =>
  report.rules.filter((rule) => rule.status === 'not-applicable');
