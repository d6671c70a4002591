import type { Condition, Rule } from '../../model/rule.ts';
import { hoursText } from '../../report/shared/text.ts';
import { heading, type Page, wrapped } from '../../report/terminal/layout.ts';
import { conditionWords, type Words } from './words.ts';

/** What a rule means and how it is judged, whatever the repository. */
export function rulePage(page: Page, rule: Rule): string[] {
  const blocks = rule.blocking ? `blocks ${rule.level}` : rule.level;
  const scope = rule.scope === 'repository' ? 'judged once for the repository' : 'judged for each component';
  return [
    ...heading(page, rule.title, rule.id),
    ...wrapped(page, `${blocks} · ${rule.severity} · ${scope}`, '  '),
    '',
    ...section(page, 'Ready when', wrapped(page, rule.required, '  ')),
    ...section(page, 'Why it matters', wrapped(page, rule.impact, '  ')),
    ...section(page, 'How it is judged', judging(page, rule)),
    ...section(page, 'How to fix', fixing(page, rule)),
    ...section(
      page,
      'More',
      rule.references.map((url) => `  ${url}`),
    ),
  ];
}

export const section = (page: Page, title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [page.paint.bold(title), ...lines, ''];

/** The formula in words: each signal that can say no, with the status it then gives. */
function judging(page: Page, rule: Rule): string[] {
  const { present, wired, complete } = rule.signals;
  const steps: [string, Condition | null, string | undefined][] = [
    ['It applies when', rule.appliesTo, 'else: not-applicable'],
    ['It is present when', present, `else missing: ${rule.issue.missing}`],
    ['It is wired when', wired, `else unwired: ${rule.issue.unwired ?? ''}`],
    ['It is complete when', complete, `else partial: ${rule.issue.partial ?? ''}`],
  ];
  const lines = steps.flatMap(([title, condition, otherwise]) =>
    condition === null
      ? []
      : [`  ${title}`, ...listed(page, conditionWords(condition), 4), ...wrapped(page, plain(otherwise!), '  → ')],
  );
  const several = rule.scope === 'component' ? [quorum[rule.quorum]] : [];
  return [...lines, ...several.flatMap((text) => wrapped(page, text, '  '))];
}

const quorum = {
  each: 'Over several components it is ready when each is.',
  most: 'Over several components it is ready when more than half are.',
};

/** `{n} of {of}` is filled with figures of a repository; here there is none. */
const plain = (text: string) =>
  text.replaceAll('{n} of {of}', 'some').replaceAll('{n}', 'some').replaceAll('{of}', 'all');

function listed(page: Page, { text, below }: Words, indent: number): string[] {
  const lines = wrapped(page, text, `${' '.repeat(indent)}- `);
  return [...lines, ...below.flatMap((words) => listed(page, words, indent + 2))];
}

function fixing(page: Page, { fix, hours, id, scope }: Rule): string[] {
  const costs = (['missing', 'unwired', 'partial'] as const).flatMap((status) => {
    const cost = hours[status];
    return cost === null ? [] : [`${hoursText(cost)} when ${status}`];
  });
  const effort = `First estimate${scope === 'component' ? ' for each component' : ''}: ${costs.join(', ')}.`;
  const command =
    fix === null ? 'There is no scaffold for it.' : `readiness fix --rule ${id} shows what it would write.`;
  return [...wrapped(page, effort, '  '), ...wrapped(page, command, '  ')];
}
