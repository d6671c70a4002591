import type { ReportV1 } from '../../model/report.ts';
import { dayOf, scoreText } from '../shared/text.ts';
import { categoryIds, categoryScore, categoryTitle } from '../shared/verdict.ts';
import { html, type Markup, nothing } from './markup.ts';
import { scoreOf } from './parts.ts';

const round = (n: number): number => Math.round(n * 10) / 10;

/** The score as a ring. The figure stands beside it as text. */
export function ring(score: number | null): Markup {
  const around = 2 * Math.PI * 52;
  const filled = round((around * (score ?? 0)) / 100);
  return html`<svg class="ring" viewBox="0 0 120 120" aria-hidden="true" focusable="false"><circle class="track" cx="60" cy="60" r="52"/><circle class="fill" cx="60" cy="60" r="52" stroke-dasharray="${filled} ${round(around)}" transform="rotate(-90 60 60)"/></svg>`;
}

/** A table whose middle column is drawn: figures for those who do not see the bars. */
export function categoryChart(report: ReportV1): Markup {
  if (report.categories.length === 0) return nothing;
  const rows = categoryIds(report).map((id) => {
    const score = categoryScore(report, id);
    return html`<tr><th scope="row">${categoryTitle(id)}</th><td class="bar"><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="track" width="100" height="8" rx="1"/><rect class="fill" width="${round(score ?? 0)}" height="8" rx="1"/></svg></td><td class="number">${scoreOf(score)}</td></tr>`;
  });
  return html`<figure class="card"><figcaption>Score by category</figcaption><table class="bars"><caption class="hidden">Score by category, of 100</caption><thead class="hidden"><tr><th scope="col">Category</th><td></td><th scope="col">Score</th></tr></thead><tbody>${rows}</tbody></table></figure>`;
}

interface Point {
  label: string;
  score: number;
}

const frame = { width: 320, height: 170, left: 30, right: 12, top: 22, bottom: 26 };
const xOf = (i: number, n: number): number =>
  round(frame.left + (n === 1 ? 0 : (i * (frame.width - frame.left - frame.right)) / (n - 1)));
const yOf = (score: number): number =>
  round(frame.top + ((100 - score) * (frame.height - frame.top - frame.bottom)) / 100);

/** Scores in order as a line with its figures; the same is told in words to whoever does not see it. */
function lineChart(id: string, title: string, points: readonly Point[]): Markup {
  const n = points.length;
  const path = points.map(({ score }, i) => `${i === 0 ? 'M' : 'L'}${xOf(i, n)} ${yOf(score)}`).join(' ');
  const area = `${path} L${xOf(n - 1, n)} ${yOf(0)} L${xOf(0, n)} ${yOf(0)} Z`;
  const told = points.map(({ label, score }) => `${label}: ${scoreText(score)}`).join('; ');
  const named = (i: number) => n <= 5 || i === 0 || i === n - 1;
  const anchor = (i: number) => (i === 0 ? 'start' : i === n - 1 ? 'end' : 'middle');
  return html`<figure class="card"><figcaption id="${id}">${title}</figcaption><svg class="line" viewBox="0 0 ${frame.width} ${frame.height}" role="img" aria-label="${title}. ${told}">${[
    0, 50, 100,
  ].map(
    (score) =>
      html`<line class="grid" x1="${frame.left}" x2="${frame.width - frame.right}" y1="${yOf(score)}" y2="${yOf(score)}"/><text class="axis" x="${frame.left - 6}" y="${yOf(score) + 4}" text-anchor="end">${score}</text>`,
  )}<path class="area" d="${area}"/><path class="stroke" d="${path}"/>${points.map(
    ({ label, score }, i) =>
      html`<circle class="dot" cx="${xOf(i, n)}" cy="${yOf(score)}" r="4"/>${named(i) && html`<text class="figure" x="${xOf(i, n)}" y="${yOf(score) - 9}" text-anchor="${anchor(i)}">${scoreText(score)}</text><text class="axis" x="${xOf(i, n)}" y="${frame.height - 6}" text-anchor="${anchor(i)}">${label}</text>`}`,
  )}</svg></figure>`;
}

/** What the score becomes when each phase of the plan is done. */
export function planChart(report: ReportV1): Markup {
  const after = report.plan.phases.flatMap(({ level, scoreAfter, items }) =>
    scoreAfter === null || items.length === 0 ? [] : [{ label: level, score: scoreAfter }],
  );
  if (report.score === null || after.length === 0) return nothing;
  return lineChart('chart-plan', 'Score after each phase', [{ label: 'now', score: report.score }, ...after]);
}

const shownRuns = 30;

export function trendChart(report: ReportV1): Markup {
  const points = report.history
    .flatMap(({ score, date, commit }) =>
      score === null ? [] : [{ score, label: dayOf(date) ?? commit?.slice(0, 7) ?? 'a run' }],
    )
    .slice(-shownRuns);
  return points.length < 2 ? nothing : lineChart('chart-trend', 'Trend', points);
}
