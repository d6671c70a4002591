import type { ReportV1 } from '../../model/report.ts';
import { code, prose, table } from '../markdown/escape.ts';
import { place } from '../markdown/gaps.ts';
import { changes } from '../markdown/sections.ts';
import { anchorOf } from '../shared/anchor.ts';
import { inRepository, type RenderOptions } from '../shared/format.ts';
import { blockersOf, nextLevel, openGaps, tellingVerdict } from '../shared/gaps.ts';
import { hoursText, pointsText, scoreText } from '../shared/text.ts';
import {
  conditionText,
  coverageText,
  goalOf,
  nothingJudged,
  obstacleOf,
  statusWords,
  verdictOf,
  whereText,
} from '../shared/verdict.ts';

/**
 * For the page of a workflow run: whether the gate held, by how much not, and which gaps would restore it; then what changed and
 * what blocks. Markdown.
 */
export function renderSummary(report: ReportV1, options: RenderOptions): string {
  const score = report.score === null ? 'no score' : `${scoreText(report.score)} / 100`;
  const sections = [
    [
      `## Production readiness: ${score}`,
      '',
      `**${verdictOf(report)}.** ${prose(obstacleOf(report) ?? '')} ${coverageText(report)}.`.replace(/ {2,}/g, ' '),
    ],
    gate(report),
    changes(report).map((line) => line.replace(/^## /, '### ')),
    blocking(report, options),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function gate(report: ReportV1): string[] {
  if (report.gate === null) return [];
  const rows = report.gate.conditions.map((condition) => [
    condition.passed ? '✓ passed' : '✗ **failed**',
    prose(conditionText(condition)),
    condition.passed ? '' : condition.restoredBy.map(code).join(', ') || 'nothing that is known',
  ]);
  return [
    `### Gate ${report.gate.passed ? 'passed' : 'failed'}`,
    '',
    table(['State', 'Condition', 'Restored by closing'], rows),
  ];
}

const fewGaps = 10;

function blocking(report: ReportV1, { pathPrefix }: RenderOptions): string[] {
  const next = nextLevel(report);
  const blockers = next === null ? [] : blockersOf(report, next);
  const gaps = blockers.length > 0 ? blockers : openGaps(report);
  if (gaps.length === 0) return [];
  const rows = gaps.slice(0, fewGaps).map((rule) => {
    const at = anchorOf(report, rule, tellingVerdict(rule));
    return [
      `**${prose(rule.title)}** ${statusWords[rule.status]}`,
      prose(whereText(rule) ?? 'the repository'),
      place({ file: inRepository(pathPrefix, at.file), line: at.line }),
      hoursText(rule.hours),
      pointsText(rule.points),
    ];
  });
  const title = blockers.length > 0 && next !== null ? `Blocks ${goalOf(next)}` : 'Open gaps';
  const more = gaps.length > fewGaps ? ['', `and ${gaps.length - fewGaps} more.`] : [];
  return [`### ${title}`, '', table(['Gap', 'Where', 'Look at', 'Effort', 'Points'], rows, [3, 4]), ...more];
}

/** `key=value` lines for the steps that follow. `passed` is true where no gate was asked for, and never where nothing was judged. */
export function renderOutputs(report: ReportV1): string {
  const score = report.score === null ? '' : scoreText(report.score);
  const passed = nothingJudged(report) === null && (report.gate?.passed ?? true);
  return `score=${score}\nlevel=${report.level}\npassed=${passed}\n`;
}
