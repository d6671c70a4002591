import { InvalidArgumentError, Option } from 'commander';
import type { RegisterCommand } from '../command.ts';
import { addDisplayOptions, checkDisplay } from '../display-options.ts';
import { addGateOptions, addPolicyOptions } from '../gate-options.ts';
import type { VerifyCommandOptions } from '../run-verify.ts';

const repeated = (value: string, before: string[]): string[] => [...before, value];

function seconds(value: string): number {
  const number = Number(value);
  if (!(number > 0 && number <= 600)) throw new InvalidArgumentError('It has to be a number of seconds up to 600.');
  return number;
}

/** Asks the Docker Engine whether what runs is what the repository says. */
const register: RegisterCommand = (program, { io, run }) => {
  const command = program
    .command('verify')
    .argument('[path]', 'the folder to audit', '.')
    .summary('compare the audit with the containers that run')
    .description(
      'Audits a repository and asks the Docker Engine what runs of it: where they confirm and where they contradict each other. ' +
        'Reads only, unless --drill or --build is given.',
    );
  command.optionsGroup('Which engine and containers:');
  command
    .option('--host <address>', 'engine to ask (usual: DOCKER_HOST, the current context, the default socket)')
    .option('--context <name>', 'Docker context to use')
    .option('--project <name>', 'only this compose project, wherever it was started')
    .addOption(
      new Option('--container <name>', 'only this container, by name or id (repeatable)')
        .argParser(repeated)
        .default([], ''),
    )
    .addOption(
      new Option('--timeout <seconds>', 'how long one answer of the engine may take').argParser(seconds).default(10),
    );
  command.optionsGroup('What is done besides reading:');
  command
    .option('--probe', 'ask matched containers over HTTP: health, headers, CORS, errors, a bounded burst')
    .option('--drill', 'stop and start one stateless container, re-create one database container; all is put back')
    .option('--build', 'build the image of every component without a cache; all is taken away again')
    .option('-y, --yes', 'do not ask before a drill')
    .option('--allow-production', 'let a drill touch what is labelled production');
  command.optionsGroup('What is shown:');
  addDisplayOptions(command);
  command.optionsGroup('What fails the run:');
  addGateOptions(command);
  command.optionsGroup('What is judged:');
  addPolicyOptions(command);
  command.action(
    run(async (path: string, options: VerifyCommandOptions) => {
      checkDisplay(options);
      const { runVerify } = await import('../run-verify.ts');
      return runVerify(path, options, io);
    }),
  );
};
export default register;
