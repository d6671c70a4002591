import type { RegisterCommand } from '../command.ts';
import { addDisplayOptions, checkDisplay } from '../display-options.ts';
import { addGateOptions, addPolicyOptions } from '../gate-options.ts';
import type { AuditOptions } from '../run-audit.ts';

/** The main command: judge a repository, show the result, and end as the gate says. */
const register: RegisterCommand = (program, { io, run }) => {
  const command = program
    .command('audit')
    .argument('[path]', 'the folder to audit', '.')
    .summary('audit a repository')
    .description('Audits a repository for production readiness. Reads only; runs nothing of it; needs no network.');
  command.optionsGroup('What is shown:');
  addDisplayOptions(command);
  command.option('--timing', 'add how long each part took (the only figures that differ from run to run)');
  command.option('--no-cache', 'read every file anew, and keep nothing for the next run');
  command.optionsGroup('What fails the run:');
  addGateOptions(command);
  command.optionsGroup('What is judged:');
  addPolicyOptions(command);
  command.action(
    run(async (path: string, options: AuditOptions) => {
      checkDisplay(options);
      const { runAudit } = await import('../run-audit.ts');
      return runAudit(path, options, io);
    }),
  );
};
export default register;
