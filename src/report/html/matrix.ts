import type { ReportV1, RuleResultV1 } from '../../model/report.ts';
import { isGap, type Status, statuses } from '../../model/status.ts';
import { categoryIds, categoryTitle, statusWords } from '../shared/verdict.ts';
import { html, type Markup, nothing } from './markup.ts';
import { marks, scoreOf, section, table } from './parts.ts';

/** Components by categories: the worst status of each cell and how many gaps it holds. A cell with gaps leads to them. */
export function matrix(report: ReportV1): Markup {
  if (report.components.length === 0) return nothing;
  const categories = categoryIds(report).filter((id) => report.rules.some((rule) => rule.category === id));
  const rows = report.components.map(
    ({ path, kind, score, language }) =>
      html`<tr><th scope="row"><code>${path}</code> <span class="kind">${kind}${language !== 'js' && html`, ${language}`}</span></th><td class="number">${scoreOf(score)}</td>${categories.map((category) => cell(path, category, at(report.rules, path, category)))}</tr>`,
  );
  const whole = report.rules.filter((rule) => rule.scope === 'repository');
  const repository = html`<tr><th scope="row">the repository <span class="kind">rules judged once</span></th><td class="number">–</td>${categories.map(
    (category) =>
      cell(
        '',
        category,
        whole.filter((rule) => rule.category === category),
      ),
  )}</tr>`;
  return section(
    'components',
    'Components',
    table(
      'Components by categories',
      ['Component', 'Score', ...categories.map(categoryTitle)],
      [...rows, ...(whole.length > 0 ? [repository] : [])],
    ),
    'The worst answer in each category, and how many gaps are behind it.',
  );
}

interface Answer {
  status: Status;
  accepted?: boolean;
}

const at = (rules: readonly RuleResultV1[], path: string, category: string): Answer[] =>
  rules
    .filter((rule) => rule.category === category)
    .flatMap((rule) => rule.components.filter((verdict) => verdict.path === path));

function cell(path: string, category: string, answers: readonly Answer[]): Markup {
  const judged = answers.filter(({ status, accepted }) => status !== 'not-applicable' && !(isGap(status) && accepted));
  if (judged.length === 0)
    return html`<td class="cell none"><span aria-hidden="true">·</span><span class="hidden">${answers.some(({ accepted }) => accepted) ? 'accepted' : 'nothing applies'}</span></td>`;
  const gaps = judged.filter(({ status }) => isGap(status)).length;
  const worst = judged.map(({ status }) => status).reduce((a, b) => (rank(b) > rank(a) ? b : a));
  const words = `${statusWords[worst]}${gaps > 0 ? `, ${gaps} ${gaps === 1 ? 'gap' : 'gaps'}` : ''}`;
  const mark = html`<span aria-hidden="true">${marks[worst]}${gaps > 0 && html` ${gaps}`}</span><span class="hidden">${words}</span>`;
  if (gaps === 0) return html`<td class="cell ${worst}">${mark}</td>`;
  return html`<td class="cell ${worst}"><a href="#gaps" title="${words}" data-component="${path}" data-category="${category}">${mark}</a></td>`;
}

/** Gaps outrank what was not judged, which outranks ready. */
const rank = (status: Status): number => (isGap(status) ? 10 + statuses.indexOf(status) : status === 'unknown' ? 5 : 0);
