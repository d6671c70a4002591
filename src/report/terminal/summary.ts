import stringWidth from 'string-width';
import type { ReportV1 } from '../../model/report.ts';
import { nextLevel } from '../shared/gaps.ts';
import { count, dayOf, differenceText, listed, scoreText, shortCommit, stopped, visible } from '../shared/text.ts';
import {
  componentOf,
  componentsText,
  conditionText,
  coverageText,
  heldInPart,
  levelText,
  lowBoundText,
  obstacleOf,
  statusWords,
  verdictOf,
} from '../shared/verdict.ts';
import { heading, type Page, padEnd, padStart, spread, wrapped } from './layout.ts';

/** What was looked at, in one line. */
export function subject(page: Page, report: ReportV1): string[] {
  const { name, commit, files } = report.target;
  const n = report.components.length;
  const kinds = componentsText(report);
  const components = n === 0 ? 'no component' : n === 1 ? kinds : `${count(n, 'component')}: ${kinds}`;
  const at = shortCommit(commit);
  const parts = [components, count(files, 'file'), ...(at ? [`commit ${at}`] : [])];
  return wrapped(page, `${page.paint.bold(visible(name))} · ${parts.join(' · ')}`);
}

/** Verdict, score, coverage; then the ladder of levels. */
export function verdict(page: Page, report: ReportV1): string[] {
  const { paint } = page;
  const color = report.level === 'none' ? paint.red : nextLevel(report) === null ? paint.green : paint.yellow;
  const score = report.score === null ? 'no score' : `${scoreText(report.score)} / 100`;
  const lines = spread(page, '  ', color.bold(verdictOf(report)), `${paint.bold(score)}    ${coverageText(report)}`);
  const more = [obstacleOf(report), lowBoundText(report)].filter((text) => text !== null);
  return [...lines, ...more.flatMap((text) => wrapped(page, visible(text), '  '))];
}

export function ladder(page: Page, report: ReportV1): string[] {
  return report.levels.flatMap((entry) => {
    const half = heldInPart(entry);
    const halves = half.length === 0 ? '' : `; in part: ${half.join(', ')}`;
    const state = entry.reached ? page.paint.green('✓ reached') : page.paint.red('✗ not yet');
    return wrapped(page, levelText(entry) + halves, `  ${padEnd(entry.level, 10)}  ${padEnd(state, 9)}  `);
  });
}

/** Of a list that may be long, what a screen has room for. */
const few = 8;

export function gate(page: Page, report: ReportV1): string[] {
  if (report.gate === null) return [];
  const { passed, conditions } = report.gate;
  const lines = heading(page, passed ? page.paint.green('Gate passed') : page.paint.red('Gate failed'));
  for (const condition of conditions) {
    const mark = condition.passed ? page.paint.green('✓') : page.paint.red('✗');
    lines.push(...wrapped(page, visible(conditionText(condition)), `  ${mark} `));
    if (!condition.passed && condition.restoredBy.length > 0) {
      lines.push(
        ...wrapped(
          page,
          visible(`close ${listed(condition.restoredBy, page.verbose ? undefined : few)}`),
          '    restore it: ',
          '      ',
        ),
      );
    }
  }
  return lines;
}

type Change = NonNullable<ReportV1['changes']>['opened'][number];

const changeText = ({ rule, component, before, after }: Change): string =>
  `${rule}${component === null ? '' : ` in ${componentOf(component)}`}: ${before ? statusWords[before] : 'new'} → ${after ? statusWords[after] : 'gone'}`;

export function changes(page: Page, report: ReportV1): string[] {
  if (report.changes === null) return [];
  const { since, scoreBefore, opened, worsened, improved, closed } = report.changes;
  const score =
    scoreBefore === null || report.score === null
      ? ''
      : `score ${scoreText(scoreBefore)} → ${scoreText(report.score)} (${differenceText(scoreBefore, report.score)})`;
  const lines = heading(page, `Since ${visible(since)}`, score);
  const groups: [string, Change[]][] = [
    ['opened', opened],
    ['worsened', worsened],
    ['improved', improved],
    ['closed', closed],
  ];
  for (const [word, entries] of groups) {
    const shown = page.verbose ? entries : entries.slice(0, few);
    for (const entry of shown) lines.push(...wrapped(page, visible(changeText(entry)), `  ${padEnd(word, 8)}  `));
    if (shown.length < entries.length)
      lines.push(`            … and ${entries.length - shown.length} more (--verbose)`);
  }
  return lines.length > 1 ? lines : [...lines, '  no gap opened or closed'];
}

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** The last scores as a line of bars; only where there is more than one. */
export function trend(page: Page, report: ReportV1): string[] {
  const scored = report.history.flatMap(({ score, date }) => (score === null ? [] : [{ score, date }])).slice(-20);
  const [first, last] = [scored[0], scored.at(-1)];
  if (scored.length < 2 || !first || !last) return [];
  const line = scored.map(({ score }) => bars[Math.min(7, Math.max(0, Math.floor((score / 100) * 8)))]).join('');
  const from = dayOf(first.date);
  const text = `${line}  ${scoreText(first.score)} → ${scoreText(last.score)} over ${scored.length} runs${from ? ` since ${from}` : ''}`;
  return wrapped(page, text, `${page.paint.bold('Trend')}  `);
}

/** A list a little longer is shown whole: "1 more" helps nobody. */
const fewComponents = { most: 12, shown: 10 };

export function components(page: Page, report: ReportV1): string[] {
  const { components: all } = report;
  if (all.length < 2 && !page.verbose) return [];
  const shown = page.verbose || all.length <= fewComponents.most ? all : all.slice(0, fewComponents.shown);
  const column = Math.min(Math.max(...shown.map(({ path }) => stringWidth(visible(path)))), page.width - 24);
  const lines = heading(page, 'Components', 'score');
  for (const { path, kind, traits, score, evidence } of shown) {
    const text = `${padEnd(visible(path), column)}  ${page.paint.dim(kind)}${page.verbose && traits.length > 0 ? page.paint.dim(` · ${traits.join(', ')}`) : ''}`;
    lines.push(...spread(page, '  ', text, padStart(scoreText(score), 5)));
    const because = evidence[0];
    if (page.verbose && because) {
      lines.push(...wrapped(page, visible(`${because.file}:${because.line}  ${because.note}`), '      '));
    }
  }
  if (shown.length < all.length) lines.push(`  … and ${all.length - shown.length} more (--verbose)`);
  return lines;
}

/** Accepted risks stand apart from gaps, and one that lapsed says so. */
export function accepted(page: Page, report: ReportV1): string[] {
  if (report.accepted.length === 0) return [];
  const lines = heading(page, 'Accepted risks', count(report.accepted.length, 'entry', 'entries'));
  for (const { rule, component, status, reason, owner, expires, state } of report.accepted) {
    const where = component === null ? '' : ` in ${componentOf(component)}`;
    const note = {
      active: `until ${expires}`,
      expired: page.paint.red(`EXPIRED on ${expires}: it counts as a gap again`),
      unmatched: page.paint.yellow('matches no gap: remove it'),
    }[state];
    lines.push(...wrapped(page, `${visible(`${rule}${where}`)}  ${statusWords[status]} · ${note}`, '  '));
    lines.push(...wrapped(page, visible(`${stopped(reason)} Owner: ${owner}`), '      '));
  }
  return lines;
}

/** What could not be read, or met a bound. */
export function troubles(page: Page, report: ReportV1): string[] {
  const { diagnostics } = report;
  if (diagnostics.length === 0) return [];
  const shown = page.verbose ? diagnostics : diagnostics.slice(0, 3);
  const lines = heading(page, 'Trouble during the audit', count(diagnostics.length, 'note'));
  for (const { unit, file, line, message } of shown) {
    const at = file === null ? '' : `${file}${line === null ? '' : `:${line}`}  `;
    lines.push(...wrapped(page, visible(`${at}${message} (${unit})`), '  ', '      '));
  }
  if (shown.length < diagnostics.length) lines.push(`  … and ${diagnostics.length - shown.length} more (--verbose)`);
  return lines;
}

export function timing(page: Page, report: ReportV1): string[] {
  if (!report.timing) return [];
  const entries = Object.entries(report.timing);
  const width = Math.max(...entries.map(([unit]) => unit.length));
  return [
    ...heading(page, 'Timing'),
    ...entries.map(([unit, seconds]) => `  ${padEnd(unit, width)}  ${padStart(seconds.toFixed(3), 7)} s`),
  ];
}
