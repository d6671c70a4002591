import { resolve } from 'node:path';
import { exitCodes } from '../../model/errors.ts';
import type { RegisterCommand } from '../command.ts';
import { addGateOptions, addPolicyOptions, type PolicyOptions } from '../gate-options.ts';

interface ConfigOptions extends PolicyOptions {
  print?: boolean;
}

/** Checks the settings without an audit, and shows what they come to. */
const register: RegisterCommand = (program, { io, run }) => {
  const command = program
    .command('config')
    .argument('[path]', 'the folder whose config is read', '.')
    .summary('check the config, or show what it comes to')
    .description('Checks the config and its presets; --print shows every setting with the place that set it.')
    .option('--print', 'print the resolved settings as YAML');
  command.optionsGroup('What fails the run:');
  addGateOptions(command);
  command.optionsGroup('What is judged:');
  addPolicyOptions(command);
  command.action(
    run(async (path: string, options: ConfigOptions) => {
      const { readPolicy } = await import('../policy-run.ts');
      const { config } = await readPolicy(resolve(io.cwd, path), options);
      if (options.print) {
        const { printSettings } = await import('../../policy/print.ts');
        await io.out(printSettings(config.merged));
      } else {
        const { files } = config;
        await io.out(
          files.length === 0
            ? 'There is no config; every setting has its default, which --print shows.\n'
            : `${files.join(', ')}: no problem found.\n`,
        );
      }
      return exitCodes.pass;
    }),
  );
};
export default register;
