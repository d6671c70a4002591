import { categories } from '../../src/model/categories.ts';
import type { Rule } from '../../src/model/rule.ts';

/** docs/rules.md: every rule at a glance, with the way to its page. */
export function rulesPage(rules: readonly Rule[]): string {
  return [
    '<!-- Made by `npm run docs` from the rule files; change those. -->',
    '',
    '# The rules',
    '',
    'What the answers mean: [statuses](statuses.md). What a condition can ask: [conditions](conditions.md). Hours are for one component that is missing / unwired / partial.',
    '',
    ...categories.flatMap((category) => categoryPart(category, rules)),
  ].join('\n');
}

function categoryPart(category: string, rules: readonly Rule[]): string[] {
  const own = rules.filter((rule) => rule.category === category);
  return [
    `## ${category[0]!.toUpperCase()}${category.slice(1)}`,
    '',
    '| rule | level | severity | hours | ready when |',
    '|---|---|---|---|---|',
    ...own.map(
      (rule) =>
        `| [${cell(rule.title)}](rules/${rule.id.replace('/', '-')}.md) \`${rule.id}\` | ${rule.level}${rule.blocking ? ', blocking' : ''} | ${rule.severity} | ${hoursOf(rule)} | ${cell(rule.required)} |`,
    ),
    '',
  ];
}

/** Hours for one component: missing / unwired / partial. */
const hoursOf = ({ hours }: Rule): string =>
  [hours.missing, hours.unwired, hours.partial].map((value) => value ?? '–').join(' / ');

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
