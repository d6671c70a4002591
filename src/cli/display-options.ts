import { type Command, InvalidArgumentError, Option } from 'commander';
import { categories } from '../model/categories.ts';
import { UserError } from '../model/errors.ts';
import { checkFormat, formatNames } from './formats.ts';

/** What is shown and where. Nothing here changes what is judged or gated. */
export interface DisplayOptions {
  format: string;
  report: ReportFile[];
  output?: string;
  verbose?: boolean;
  color?: boolean;
  groupBy: 'category' | 'owner';
  rule: string[];
  category: string[];
  component: string[];
  onlyGaps?: boolean;
}

/** One more report, written to a file: `--report sarif=out.sarif`. */
export interface ReportFile {
  format: string;
  file: string;
}

const many = (value: string, before: string[]): string[] => [
  ...before,
  ...value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
];

function reportFile(value: string, before: ReportFile[]): ReportFile[] {
  const at = value.indexOf('=');
  const file = value.slice(at + 1);
  if (at < 1 || file === '') throw new InvalidArgumentError('It takes FORMAT=FILE, such as markdown=READINESS.md.');
  return [...before, { format: value.slice(0, at), file }];
}

export function addDisplayOptions(command: Command): Command {
  return command
    .addOption(new Option('-f, --format <format>', 'how the result is shown').choices(formatNames).default('terminal'))
    .addOption(new Option('--json', 'the same as --format json').implies({ format: 'json' }))
    .option('-o, --output <file>', 'write it there instead of to the standard output')
    .addOption(
      new Option('--report <format=file>', 'write one more report to a file, whole and unfiltered (repeatable)')
        .argParser(reportFile)
        .default([], ''),
    )
    .option('-v, --verbose', 'show what is ready and what was searched too')
    .addOption(
      new Option('--group-by <what>', 'order gaps by category or by owner')
        .choices(['category', 'owner'])
        .default('category'),
    )
    .addOption(new Option('--rule <id>', 'show only this rule (repeatable)').argParser(many).default([], ''))
    .addOption(
      new Option('--category <id>', `show only this category (repeatable): ${categories.join(', ')}`)
        .argParser(many)
        .default([], ''),
    )
    .addOption(
      new Option('--component <path>', 'show only this component (repeatable)').argParser(many).default([], ''),
    )
    .option('--only-gaps', 'show gaps only')
    .option('--color', 'colour the terminal report')
    .option('--no-color', 'never colour it');
}

/** @throws UserError before anything runs, for what would fail after a long audit. */
export function checkDisplay(options: DisplayOptions): void {
  for (const { format } of options.report) checkFormat(format);
  const files = [...options.report.map(({ file }) => file), ...(options.output ? [options.output] : [])];
  const twice = files.find((file, i) => files.indexOf(file) !== i);
  if (twice) throw new UserError(`Two reports would be written to ${twice}.`);
}
