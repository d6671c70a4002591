import type { RegisterCommand } from '../command.ts';
import { addPolicyOptions } from '../gate-options.ts';
import type { ExplainOptions } from '../run-explain.ts';

/** Why a rule is there, how it is judged and, with a path, what it says of a repository. */
const register: RegisterCommand = (program, { io, run }) => {
  const command = program
    .command('explain')
    .argument('<rule>', 'a rule id, such as security/rate-limiting')
    .argument('[path]', 'a folder to judge by it')
    .summary('explain a rule, and its verdict on a repository')
    .description(
      'Explains what a rule means, why it matters and how it is judged; with a path, what it says of that repository.',
    );
  addPolicyOptions(command)
    .option('--color', 'colour the text')
    .option('--no-color', 'never colour it')
    .action(
      run(async (rule: string, path: string | undefined, options: ExplainOptions) => {
        const { runExplain } = await import('../run-explain.ts');
        return runExplain(rule, path, options, io);
      }),
    );
};
export default register;
