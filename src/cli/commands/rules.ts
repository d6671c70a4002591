import { Option } from 'commander';
import { categories } from '../../model/categories.ts';
import { exitCodes, UserError } from '../../model/errors.ts';
import type { Rule } from '../../model/rule.ts';
import type { RegisterCommand } from '../command.ts';

interface RulesOptions {
  format: 'terminal' | 'json';
  category?: string;
}

/** What can be judged, and how much each weighs. */
const register: RegisterCommand = (program, { io, run }) => {
  program
    .command('rules')
    .argument('[path]', 'a repository whose own rules (.readiness/rules) are listed too')
    .summary('list the rules')
    .description('Lists the rules: what each asks for, its level, its severity and whether it blocks that level.')
    .addOption(new Option('-f, --format <format>', 'how').choices(['terminal', 'json']).default('terminal'))
    .addOption(new Option('--category <id>', `only this category: ${categories.join(', ')}`))
    .action(
      run(async (path: string | undefined, { format, category }: RulesOptions) => {
        const { loadRules } = await import('../../catalogue/index.ts');
        const own = path === undefined ? null : (await import('../../repository/index.ts')).openDirectory(path);
        const rules = loadRules({ own }).filter((rule) => category === undefined || rule.category === category);
        if (category !== undefined && rules.length === 0)
          throw new UserError(`There is no rule in the category ${JSON.stringify(category)}.`);
        await io.out(format === 'json' ? asJson(rules) : await asText(rules, io.columns || 80));
        return exitCodes.pass;
      }),
    );
};
export default register;

function asJson(rules: readonly Rule[]): string {
  const plain = rules.map(({ appliesTo: _, signals: __, ...meta }) => meta);
  return `${JSON.stringify(plain, null, 2)}\n`;
}

async function asText(rules: readonly Rule[], width: number): Promise<string> {
  const { pageOf, wrapped, padEnd } = await import('../../report/terminal/layout.ts');
  const { defaultOptions } = await import('../../report/shared/format.ts');
  const { categoryTitle } = await import('../../report/shared/verdict.ts');
  const page = pageOf({ ...defaultOptions, width });
  const groups = [...new Set(rules.map((rule) => rule.category))];
  const column = Math.max(...rules.map((rule) => rule.id.length));
  const blocks = groups.map((category) => [
    categoryTitle(category),
    ...rules
      .filter((rule) => rule.category === category)
      .flatMap((rule) => [
        `  ${padEnd(rule.id, column)}  ${padEnd(rule.level, 10)}  ${padEnd(rule.severity, 8)}${rule.blocking ? '  blocks' : ''}`.trimEnd(),
        ...wrapped(page, rule.required, '      '),
      ]),
  ]);
  return `${[...blocks, [`${rules.length} rules. What one means and how it is judged: readiness explain <rule>`]]
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}
