import { createHash } from 'node:crypto';
import type { ReportV1 } from '../model/report.ts';
import { accepted, footer, plan, unjudged } from './html/closing.ts';
import { gaps, ready } from './html/gaps.ts';
import { live } from './html/live.ts';
import { html, Markup, nothing } from './html/markup.ts';
import { matrix } from './html/matrix.ts';
import { changes, charts, gate, hero, insight } from './html/overview.ts';
import { script } from './html/script.ts';
import { style } from './html/style.ts';
import type { RenderOptions, ReportFormat } from './shared/format.ts';
import { scoreText } from './shared/text.ts';
import { verdictOf } from './shared/verdict.ts';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing is loaded and nothing runs but the one sheet and the one script in the page, whatever the target's text says. */
const policy = [
  "default-src 'none'",
  `style-src ${hashOf(style)}`,
  `script-src ${hashOf(script)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** One file that needs no network and no server, for looking around in and for printing. */
const page: ReportFormat = {
  name: 'html',
  describes: 'for reading and printing: one file with charts and filters',
  render(report: ReportV1, options: RenderOptions): string {
    const score = report.score === null ? 'no score' : `${scoreText(report.score)} of 100`;
    const body = [
      hero(report),
      navigation(report),
      html`<main id="main">`,
      options.narrowed === null ? nothing : html`<p class="insight">${options.narrowed}</p>`,
      insight(report),
      gate(report),
      changes(report),
      live(report),
      charts(report),
      matrix(report),
      gaps(report),
      plan(report),
      ready(report),
      accepted(report),
      unjudged(report),
      html`</main>`,
      footer(report),
    ];
    return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Production readiness of ${report.target.name}: ${verdictOf(report)}, ${score}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
${body}<script>${new Markup(script)}</script>
</body>
</html>
`.text;
  },
};
export default page;

function navigation(report: ReportV1): Markup {
  const places: [string, string][] = [
    ...(report.gate === null ? [] : [['gate', 'Gate'] as [string, string]]),
    ...(report.changes === null ? [] : [['changes', 'Changes'] as [string, string]]),
    ...(report.live ? [['live', 'As it runs'] as [string, string]] : []),
    ['charts', 'Charts'],
    ...(report.components.length === 0 ? [] : [['components', 'Components'] as [string, string]]),
    ['gaps', 'Gaps'],
    ['plan', 'Plan'],
    ['ready', 'What works'],
    ...(report.accepted.length === 0 ? [] : [['accepted', 'Accepted risks'] as [string, string]]),
    ['unjudged', 'Not judged'],
  ];
  return html`<nav aria-label="Sections"><ul>${places.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
`;
}
