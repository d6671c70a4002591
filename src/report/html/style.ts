/** One sheet for screen, dark screen and paper. Every pair of text and ground keeps a contrast of 4.5 or more. */
export const style = `
:root { color-scheme: light dark; --ground: #f6f7f9; --card: #fff; --text: #1b2430; --soft: #556072; --line: #d9dee6; --track: #e6eaf0;
  --accent: #1f5fbf; --ready: #146c3b; --ready-bg: #e2f4e8; --partial: #7d4e00; --partial-bg: #fdf0d5; --unwired: #6a3bb5; --unwired-bg: #efe6fb;
  --missing: #b3261e; --missing-bg: #fde7e5; --idle: #556072; --idle-bg: #eceff3; --shadow: 0 1px 2px rgb(20 30 50 / .08), 0 2px 8px rgb(20 30 50 / .05); }
@media (prefers-color-scheme: dark) { :root { --ground: #11161d; --card: #1a212b; --text: #e7ecf3; --soft: #a5b1c2; --line: #2f3947; --track: #2a3341;
  --accent: #8ab8ff; --ready: #7bdc9f; --ready-bg: #163524; --partial: #f3c46a; --partial-bg: #3a2c10; --unwired: #cbaeff; --unwired-bg: #2f2349;
  --missing: #ff9d94; --missing-bg: #431f1d; --idle: #a5b1c2; --idle-bg: #262e3a; --shadow: none; } }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 4rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere; }
main, .hero, footer, nav ul { max-width: 72rem; margin-inline: auto; padding-inline: 1.25rem; }
h1 { font-size: clamp(1.7rem, 4vw, 2.6rem); line-height: 1.15; margin: .1em 0 .3em; letter-spacing: -.015em; }
h2 { font-size: 1.35rem; margin: 2.6rem 0 .5rem; letter-spacing: -.01em; }
h3 { font-size: 1rem; margin: 1.2rem 0 .4rem; }
p { margin: .4rem 0; }
a { color: var(--accent); text-underline-offset: .15em; }
code { font: .88em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; background: var(--idle-bg); padding: .1em .35em; border-radius: .3em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: .25rem; }
.hidden, .skip:not(:focus) { position: absolute; width: 1px; height: 1px; margin: -1px; padding: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; border: 0; }
.skip:focus { position: fixed; z-index: 9; top: .5rem; left: .5rem; background: var(--card); padding: .5rem 1rem; border-radius: .5rem; }
.note, .about, .kind, .target, .coverage { color: var(--soft); }
.kind { font-weight: 400; font-size: .85em; white-space: nowrap; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; box-shadow: var(--shadow); padding: 1rem 1.25rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }

.hero { display: grid; grid-template-columns: 1fr auto; gap: .5rem 2rem; align-items: center; padding-top: 2.2rem; }
.hero .target { margin: 0; font-size: 1.05rem; }
.hero .lead { font-size: 1.1rem; max-width: 46rem; }
.score { position: relative; width: 9.5rem; height: 9.5rem; }
.score p { position: absolute; inset: 0; margin: 0; display: flex; flex-direction: column; align-items: center; justify-content: center; line-height: 1.1; }
.score strong { font-size: 2.7rem; letter-spacing: -.03em; }
.score span { color: var(--soft); font-size: .9rem; }
.ring { width: 100%; height: 100%; }
.ring circle { fill: none; stroke-width: 11; }
.ring .track { stroke: var(--track); }
.ring .fill { stroke: var(--missing); stroke-linecap: round; }
.fair .ring .fill { stroke: var(--partial); } .good .ring .fill { stroke: var(--ready); }
.bad h1 { color: var(--missing); } .fair h1 { color: var(--partial); } .good h1 { color: var(--ready); }
.ladder { grid-column: 1 / -1; list-style: none; display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: .75rem; margin: .8rem 0 0; padding: 0; }
.ladder li { background: var(--card); border: 1px solid var(--line); border-top: 4px solid var(--missing); border-radius: .75rem; padding: .7rem 1rem; box-shadow: var(--shadow); }
.ladder .reached { border-top-color: var(--ready); }
.ladder strong { text-transform: capitalize; margin-right: .4rem; }
.ladder .state { color: var(--missing); white-space: nowrap; } .ladder .reached .state { color: var(--ready); }
.ladder .why { display: block; color: var(--soft); font-size: .9rem; }
.coverage { grid-column: 1 / -1; font-size: .92rem; }
.insight { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--accent); border-radius: .5rem; padding: .8rem 1.1rem; margin-top: 1rem; }
.insight strong { display: block; }

nav { position: sticky; top: 0; z-index: 5; background: var(--ground); border-bottom: 1px solid var(--line); margin-top: 1.2rem; }
nav ul { list-style: none; display: flex; gap: .2rem 1.3rem; flex-wrap: wrap; padding-block: .55rem; margin-block: 0; }
nav a { text-decoration: none; font-weight: 600; font-size: .95rem; }
nav a:hover { text-decoration: underline; }

.conditions, .changes, .plain { list-style: none; margin: 0; padding: .6rem 1.25rem; }
.conditions li, .changes li, .plain li { padding: .4rem 0; border-bottom: 1px solid var(--line); }
.conditions li:last-child, .changes li:last-child, .plain li:last-child { border: 0; }
.conditions .state { font-weight: 600; margin-right: .4rem; } .held .state { color: var(--ready); } .broken .state { color: var(--missing); }
.change { display: inline-block; min-width: 6.3rem; } .opened, .worsened { color: var(--missing); } .improved, .closed { color: var(--ready); }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(19rem, 100%), 1fr)); gap: 1rem; }
figure { margin: 0; } figcaption { font-weight: 600; margin-bottom: .4rem; }
.bars { width: 100%; border-collapse: collapse; font-size: .95rem; } .bars th { text-align: left; font-weight: 400; padding: .16rem 0; } .bars td.bar { width: 50%; padding: 0 .6rem; vertical-align: middle; }
.bars svg { display: block; width: 100%; height: .6rem; } svg .track { fill: var(--track); } .ring .track { fill: none; } .bars .fill { fill: var(--accent); }
.line { width: 100%; max-width: 26rem; height: auto; } .line .grid { stroke: var(--line); } .line .stroke { fill: none; stroke: var(--accent); stroke-width: 2.5; stroke-linejoin: round; } .line .area { fill: var(--accent); opacity: .12; } .line .dot { fill: var(--accent); stroke: var(--card); stroke-width: 2; }
.line text { font: 11px system-ui, sans-serif; fill: var(--soft); } .line .figure { font-weight: 700; font-size: 12px; fill: var(--text); }

.scroll { position: relative; overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; box-shadow: var(--shadow); }
.scroll table { border-collapse: collapse; width: 100%; font-size: .95rem; overflow-wrap: normal; }
.scroll td, .scroll tbody th { min-width: 5rem; } .scroll code { white-space: nowrap; }
.scroll th, .scroll td { padding: .5rem .75rem; text-align: left; border-bottom: 1px solid var(--line); vertical-align: top; }
.scroll thead th { color: var(--soft); font-size: .85rem; white-space: nowrap; }
.scroll tbody tr:last-child > * { border-bottom: 0; }
.scroll tbody th { font-weight: 600; } .scroll td.number { text-align: right; }
.scroll td.cell { text-align: center; white-space: nowrap; padding: 0; }
.cell > span[aria-hidden], .cell a { display: block; padding: .5rem .75rem; min-width: 3rem; color: inherit; text-decoration: none; font-weight: 600; }
.cell a:hover { text-decoration: underline; }
.cell.ready { color: var(--ready); background: var(--ready-bg); } .cell.partial { color: var(--partial); background: var(--partial-bg); } .cell.unwired { color: var(--unwired); background: var(--unwired-bg); }
.cell.missing { color: var(--missing); background: var(--missing-bg); } .cell.unknown, .cell.none { color: var(--soft); }
.risk.expired { color: var(--missing); font-weight: 600; } .risk.unmatched { color: var(--partial); font-weight: 600; }

.badge { display: inline-block; padding: .05rem .55rem; border-radius: 1rem; font-size: .85rem; font-weight: 600; white-space: nowrap; }
.badge.ready { color: var(--ready); background: var(--ready-bg); } .badge.partial { color: var(--partial); background: var(--partial-bg); } .badge.unwired { color: var(--unwired); background: var(--unwired-bg); }
.badge.missing { color: var(--missing); background: var(--missing-bg); } .badge.unknown, .badge.not-applicable { color: var(--idle); background: var(--idle-bg); }
.filters { display: flex; flex-wrap: wrap; gap: .7rem 1rem; align-items: end; } .filters[hidden] { display: none; }
.field { display: flex; flex-direction: column; gap: .15rem; } .field.wide { flex: 1 1 14rem; } .field label, legend { font-size: .85rem; color: var(--soft); padding: 0; }
input[type=search], select, button { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--soft); border-radius: .45rem; padding: .3rem .6rem; max-width: 16rem; } input[type=search] { max-width: none; }
input::placeholder { color: var(--soft); opacity: 1; }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; } fieldset label { margin-right: .8rem; white-space: nowrap; } input[type=checkbox] { accent-color: var(--accent); }
.actions { display: flex; gap: .4rem; } button { cursor: pointer; } button:hover { border-color: var(--accent); color: var(--accent); }
.found { color: var(--soft); margin: .7rem 0; }
.gap { margin: .6rem 0; padding: 0; border-left-width: 5px; } .gap.missing { border-left-color: var(--missing); } .gap.unwired { border-left-color: var(--unwired); } .gap.partial { border-left-color: var(--partial); }
summary { cursor: pointer; padding: .7rem 1.1rem; display: flex; flex-wrap: wrap; gap: .2rem .8rem; align-items: baseline; border-radius: .75rem; }
summary::before { content: "\\25b8"; color: var(--soft); } [open] > summary::before { content: "\\25be"; } summary::-webkit-details-marker { display: none; }
.name { font-weight: 650; } .gap .name { flex: 1 1 12rem; } summary .badge { min-width: 5.8rem; text-align: center; } .gap .tag { min-width: 8.2rem; } .tag { color: var(--soft); font-size: .9rem; } .effort, .points { font-variant-numeric: tabular-nums; min-width: 3.6rem; text-align: right; } .points { font-weight: 600; }
.gap > :not(summary) { margin-inline: 1.25rem; } .gap > :last-child { margin-bottom: 1rem; }
dl { display: grid; grid-template-columns: minmax(5rem, max-content) 1fr; gap: .3rem 1.1rem; margin-block: .2rem .6rem; } dt { color: var(--soft); } dd { margin: 0; }
.evidence, .verdicts { margin-block: .3rem; padding-left: 1.1rem; } .evidence li { margin: .15rem 0; } .place { background: none; padding: 0; color: var(--accent); } .verdicts { list-style: none; padding-left: 0; } .verdicts > li { margin: .35rem 0; }
.more > summary { padding: .3rem 0; font-weight: 600; }
.quick { padding: 0; margin-top: .6rem; } .quick .scroll { border: 0; box-shadow: none; border-top: 1px solid var(--line); border-radius: 0 0 .75rem .75rem; }
footer { color: var(--soft); font-size: .9rem; padding-block: 2.5rem; }
@media (max-width: 40rem) { .hero { grid-template-columns: 1fr; } dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .4rem; } nav { position: static; } }
@media print { :root { color-scheme: light; --ground: #fff; --card: #fff; --text: #000; --soft: #444; --line: #bbb; --track: #ddd; --accent: #1f4f9f; --ready: #146c3b; --ready-bg: #fff; --partial: #7d4e00; --partial-bg: #fff; --unwired: #6a3bb5; --unwired-bg: #fff; --missing: #b3261e; --missing-bg: #fff; --idle: #444; --idle-bg: #f2f2f2; --shadow: none; }
  body { font-size: 10.5pt; } nav, .filters, .found, .skip { display: none !important; } .gap, .card, tr, figure { break-inside: avoid; } h2, h3 { break-after: avoid; } .scroll { overflow: visible; } summary::before { content: none !important; } }
`;
