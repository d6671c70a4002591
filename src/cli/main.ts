import { Command, CommanderError, Help, type Option } from 'commander';
import { loadFolder } from '../model/discover.ts';
import { type ExitCode, exitCodes, UserError } from '../model/errors.ts';
import type { Cli, RegisterCommand } from './command.ts';
import { type Io, processIo } from './io.ts';
import { bugsUrl, packageInfo } from './package-info.ts';

/**
 * Runs one command line and returns its exit code (see `exitCodes`); it never throws and never ends the process.
 * @param argv as `process.argv`: the first two entries are skipped.
 */
export async function main(argv: readonly string[], io: Io = processIo()): Promise<number> {
  let exitCode: ExitCode = exitCodes.pass;
  const cli: Cli = {
    io,
    run:
      (action) =>
      async (...given) => {
        exitCode = await action(...given);
      },
  };
  try {
    const program = await buildProgram(cli);
    await program.parseAsync(argv);
    return exitCode;
  } catch (error) {
    return report(error, argv, io);
  }
}

async function buildProgram(cli: Cli): Promise<Command> {
  const written: Promise<void>[] = [];
  const program = new Command('readiness')
    .description('Audits a repository for production readiness: what is missing, and what exists but nothing runs.')
    .version(packageInfo.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .configureHelp({ optionDescription: describe })
    .showSuggestionAfterError()
    .showHelpAfterError('(--help shows what can be asked)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void written.push(cli.io.out(text)),
      writeErr: (text) => void written.push(cli.io.err(text)),
      getOutHelpWidth: () => cli.io.columns || 80,
      getErrHelpWidth: () => cli.io.columns || 80,
    })
    .addHelpText('after', exitCodeHelp);
  const commands = await loadFolder<RegisterCommand>(new URL('./commands/', import.meta.url));
  for (const register of commands.values()) register(program, cli);
  return program;
}

/** An option that starts as an empty list has no default worth telling. */
function describe(option: Option): string {
  const empty = typeof option.defaultValue === 'object' && Object.keys(option.defaultValue ?? {}).length === 0;
  return new Help().optionDescription(empty ? Object.create(option, { defaultValue: { value: undefined } }) : option);
}

const exitCodeHelp = `
Exit codes: 0 passed, or no gate was asked for · 1 the gate failed ·
2 wrong usage or config, or no such folder · 3 nothing could be judged ·
70 a bug of readiness itself`;

async function report(error: unknown, argv: readonly string[], io: Io): Promise<ExitCode> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.pass : exitCodes.usage;
  if (error instanceof UserError) {
    await io.err(`${error.message}\n`);
    return error.exitCode;
  }
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
  const told = argv.includes('--verbose') || Boolean(io.env.DEBUG);
  await io.err(
    `readiness met a bug of its own: ${message}\n${told && stack ? `${stack}\n` : ''}` +
      `Please report it to ${bugsUrl()} with the command you gave${told ? '' : '; --verbose adds where it happened'}.\n`,
  );
  return exitCodes.bug;
}
