import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { detectors } from '../../src/catalogue/detectors.ts';
import { domains } from '../../src/catalogue/domains.ts';
import { loadRules } from '../../src/catalogue/index.ts';
import { leaves } from '../../src/catalogue/registry.ts';
import { byCodeUnit } from '../../src/model/paths.ts';
import type { Condition, Rule } from '../../src/model/rule.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The pages under docs/ that are made from the rules and from what conditions can ask, by file name. */
export function rulePages(): Map<string, string> {
  const rules = loadRules();
  const pages = new Map(rules.map((rule) => [`rules/${rule.id.replace('/', '-')}.md`, rulePage(rule)]));
  pages.set('conditions.md', conditionsPage());
  return pages;
}

const made = '<!-- Made by `npm run docs` from the rule files; change those. -->\n';

function rulePage(rule: Rule): string {
  const [missing, unwired, partial] = [rule.hours.missing, rule.hours.unwired, rule.hours.partial];
  const row = (status: string, text: string | undefined, hours: number | null) =>
    text === undefined ? [] : [`| \`${status}\` | ${text} | ${hours === null ? '' : hoursText(hours)} |`];
  const asked = questions(rule);
  return [
    made,
    `# ${rule.title}`,
    '',
    `\`${rule.id}\` · level **${rule.level}** · **${rule.severity}**${rule.blocking ? ' · blocks its level' : ''} · judged ${rule.scope === 'repository' ? 'once for the repository' : 'for each component'}${rule.quorum === 'most' ? ', most of which suffice' : ''}`,
    '',
    `**Required**: ${rule.required}.`,
    '',
    `**Why**: ${rule.impact}.`,
    '',
    '| status | meaning | to close it |',
    '|---|---|---|',
    ...row('ready', rule.holds, null),
    ...row('partial', rule.issue.partial, partial),
    ...row('unwired', rule.issue.unwired, unwired),
    ...row('missing', rule.issue.missing, missing),
    '',
    '## How it is judged',
    '',
    `From [\`${rule.source}\`](../../${rule.source}); the words are explained in [conditions](../conditions.md).`,
    '',
    '```yaml',
    conditionsOf(rule.source),
    '```',
    ...(asked.length > 0 ? ['', 'Asked of the detectors:', '', ...asked] : []),
    ...examples(rule),
    ...(rule.references.length > 0
      ? ['', '## Further reading', '', ...rule.references.map((url) => `- <${url}>`)]
      : []),
    '',
  ].join('\n');
}

/** The conditions as the file states them, comments included. */
function conditionsOf(source: string): string {
  const text = readFileSync(root + source, 'utf8');
  return text.slice(text.search(/^appliesTo:/m)).trimEnd();
}

function questions(rule: Rule): string[] {
  const named = new Set(
    [rule.appliesTo, ...Object.values(rule.signals)].flatMap((condition) => (condition ? detectorsIn(condition) : [])),
  );
  return [...named].sort(byCodeUnit).map((name) => `- \`${name}\`: ${detectors.get(name)!.asks}`);
}

function detectorsIn(condition: Condition): string[] {
  switch (condition.op) {
    case 'leaf':
      return condition.leaf === 'detector' ? [(condition.options as { name: string }).name] : [];
    case 'all':
    case 'any':
      return condition.of.flatMap(detectorsIn);
    case 'not':
      return detectorsIn(condition.of);
    default:
      return [...detectorsIn(condition.of), ...(condition.where ? detectorsIn(condition.where) : [])];
  }
}

function examples(rule: Rule): string[] {
  const folder = `fixtures/rules/${rule.id}`;
  if (!existsSync(root + folder)) return [];
  const names = readdirSync(root + folder).sort(byCodeUnit);
  const lines = names.map((name) => `- [\`${name}\`](../../${folder}/${name})`);
  return ['', '## Examples', '', 'What differs from a small app, for each answer; the tests hold them.', '', ...lines];
}

const hoursText = (hours: number): string => (hours < 1 ? `${Math.round(hours * 60)} min` : `${hours} h`);

const intro = `# What a rule can ask

A rule file states when it applies and up to three signals; nobody writes how a status comes about (see [statuses](statuses.md)).

\`\`\`yaml
appliesTo: { trait: http }
signals:
  present: { any: [{ capability: { name: rate-limiter, at: declared } }, { front: rateLimits }] }
  wired: { any: [{ capability: rate-limiter }, { front: rateLimits }] }
\`\`\`

A condition is a mapping with one key: an operator or a leaf. A key, leaf, detector or option that does not exist is an error that
names file and line, and all of them are shown at once.

| operator | holds when |
|---|---|
| \`all: […]\` | every condition holds |
| \`any: […]\` | at least one does |
| \`not: …\` | it does not; unknown stays unknown |
| \`each\`, \`some\`, \`most\`: \`{ over, where?, hold }\` | every, one, or more than half of what is gone over holds; over nothing, it does not |

\`over\` is one of {domains}. Inside, \`route\` and \`deployed\` judge the one at hand.

An answer is yes, no or unknown. A leaf that reads code is unknown on a component in a language whose code is not read; so
\`any\` with a leaf that reads configuration can still be a yes.

Packages are named by \`packages\` or by \`capability\` (\`rules/knowledge/capabilities\`), narrowed by \`tags\`.
`;

function conditionsPage(): string {
  const over = [...domains].map(([name, { plural }]) => `\`${name}\` (${plural})`).join(', ');
  return [
    made,
    intro.replace('{domains}', over),
    '## Leaves',
    ...[...leaves]
      .sort(([a], [b]) => byCodeUnit(a, b))
      .flatMap(([name, leaf]) => [
        '',
        `### ${name}`,
        '',
        `Holds when: ${leaf.asks}. Reads ${leaf.reads === 'code' ? 'code' : 'configuration'}${leaf.short ? '; has a short form' : ''}.`,
        '',
        '```yaml',
        leaf.example,
        '```',
        ...optionLines(leaf.options),
      ]),
    '',
    '## Detectors',
    '',
    'Named questions that YAML cannot put: `detector: name`, or `detector: { name, options }`.',
    ...[...detectors].flatMap(([name, detector]) => [
      '',
      `### ${name}`,
      '',
      `${detector.asks}.`,
      ...optionLines(detector.options),
    ]),
    '',
  ].join('\n');
}

interface Described {
  type?: string | string[];
  enum?: unknown[];
  anyOf?: Described[];
  items?: Described;
  properties?: Record<string, Described>;
  required?: string[];
  default?: unknown;
}

function optionLines(schema: z.ZodType): string[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
  }) as Described;
  const lines = Object.entries(properties).map(([name, option]) => {
    const rest = option.default === undefined ? '' : `, else \`${JSON.stringify(option.default)}\``;
    return `- \`${name}\`${required.includes(name) ? '' : '?'}: ${typeText(option)}${rest}`;
  });
  return lines.length === 0 ? [] : ['', ...lines];
}

function typeText(option: Described): string {
  if (option.enum) return option.enum.map((value) => `\`${value}\``).join(', ');
  if (option.anyOf) return [...new Set(option.anyOf.map(typeText))].join(' or ');
  if (option.items) return `list of ${typeText(option.items)}`;
  if (option.properties) return `{ ${Object.keys(option.properties).join(', ')} }`;
  return [option.type ?? 'anything'].flat().join(' or ');
}
