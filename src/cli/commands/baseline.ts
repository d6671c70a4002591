import type { RegisterCommand } from '../command.ts';
import { addPolicyOptions } from '../gate-options.ts';
import type { BaselineOptions } from '../run-baseline.ts';

/** Takes today's gaps as known, so that a gate can ask for no new ones. */
const register: RegisterCommand = (program, { io, run }) => {
  const command = program
    .command('baseline')
    .argument('[path]', 'the folder to audit', '.')
    .summary("record today's gaps as known")
    .description(
      "Records today's gaps as known, in .readiness/baseline.yaml: with --no-new-gaps an audit then fails on others, or on worse ones.",
    );
  addPolicyOptions(command)
    .option('--prune', 'only take out what holds no longer; add nothing')
    .action(
      run(async (path: string, options: BaselineOptions) => {
        const { runBaseline } = await import('../run-baseline.ts');
        return runBaseline(path, options, io);
      }),
    );
};
export default register;
