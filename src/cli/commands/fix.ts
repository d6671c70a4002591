import { Option } from 'commander';
import { levels } from '../../model/status.ts';
import type { RegisterCommand } from '../command.ts';
import type { FixOptions } from '../fix-options.ts';
import { addPolicyOptions } from '../gate-options.ts';

const many = (value: string, before: string[]): string[] => [...before, ...value.split(',').map((one) => one.trim())];
const whole = (value: string, before: string[]): string[] => [...before, value];

/** Closes gaps: previews by default, writes when asked to. */
const register: RegisterCommand = (program, { io, run }) => {
  const command = program
    .command('fix')
    .argument('[path]', 'the folder to fix', '.')
    .summary('close gaps from templates')
    .description(
      'Plans fixes for gaps, proves each by auditing the result, and shows what would change. Writes nothing unless told to.',
    );
  command.optionsGroup('Which gaps:');
  command
    .addOption(new Option('--rule <id>', 'only this rule (repeatable)').argParser(many).default([], ''))
    .addOption(new Option('--component <path>', 'only this component (repeatable)').argParser(many).default([], ''))
    .addOption(new Option('--level <level>', 'only gaps up to this level').choices([...levels]))
    .option('--quick', 'only gaps that cost at most two hours');
  command.optionsGroup('What is done:');
  command
    .option('-y, --yes', 'write without asking')
    .option('--diff', 'print a patch for git apply, and write nothing')
    .option('--json', 'print the plan as JSON')
    .option('--allow-dirty', 'write although the work tree has uncommitted changes')
    .option('--install', 'run the package manager after writing')
    .addOption(
      new Option('--set <fix.name=value>', 'a value for a template (repeatable)').argParser(whole).default([], ''),
    )
    .option('-v, --verbose', 'name every file, and why other gaps have no fix')
    .option('--color', 'colour the text')
    .option('--no-color', 'never colour it');
  command.optionsGroup('What is judged:');
  addPolicyOptions(command);
  command.action(
    run(async (path: string, options: FixOptions) => {
      const { runFix } = await import('../run-fix.ts');
      return runFix(path, options, io);
    }),
  );
};
export default register;
