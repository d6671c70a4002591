import type { Leaf } from '../../src/catalogue/leaf.ts';
import type { Detector } from '../../src/model/detector.ts';
import type { Rule } from '../../src/model/rule.ts';
import { categories } from '../../src/model/rule.ts';

/** docs/rules.md: every rule in its own words, and what a condition of a rule can ask. */
export function rulesPage(
  rules: readonly Rule[],
  leaves: ReadonlyMap<string, Leaf>,
  detectors: ReadonlyMap<string, Detector>,
): string {
  return [
    '# The rules',
    '',
    'Made from the rules themselves by `npm run docs`. What the answers mean: [statuses](statuses.md). `readiness explain <rule>` says how one is judged, and what it finds in a repository.',
    '',
    ...categories.flatMap((category) => categoryPart(category, rules)),
    '## What a condition can ask',
    '',
    'For authors of rules. Conditions are joined by `all`, `any` and `not`, and by `each`, `some` and `most` over routes, services and the like.',
    '',
    '| leaf | a yes means |',
    '|---|---|',
    ...[...leaves].map(([name, leaf]) => `| \`${name}\` | ${cell(leaf.asks)} |`),
    '',
    '| `detector` | a yes means |',
    '|---|---|',
    ...[...detectors.values()].map((detector) => `| \`${detector.name}\` | ${cell(detector.asks)} |`),
    '',
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
        `| \`${rule.id}\` ${cell(rule.title)} | ${rule.level}${rule.blocking ? ', blocking' : ''} | ${rule.severity} | ${hoursOf(rule)} | ${cell(rule.required)} |`,
    ),
    '',
    ...own.flatMap(({ title, issue, impact }) => [`- **${title}**: ${gapsOf(issue)}. ${impact}.`]),
    '',
  ];
}

/** Hours for one component: missing / unwired / partial. */
const hoursOf = ({ hours }: Rule): string =>
  [hours.missing, hours.unwired, hours.partial].map((value) => value ?? '–').join(' / ');

const gapsOf = (issue: Rule['issue']): string =>
  (['missing', 'unwired', 'partial'] as const)
    .flatMap((status) => (issue[status] ? [`*${status}*: ${issue[status]}`] : []))
    .join('; ');

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
