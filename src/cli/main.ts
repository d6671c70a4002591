import { writeSync } from 'node:fs';
import { Command, CommanderError, Help, type Option } from 'commander';
import { loadFolder } from '../model/discover.ts';
import { type ExitCode, exitCodes, UserError } from '../model/errors.ts';
import { visible } from '../report/shared/text.ts';
import type { Cli, RegisterCommand } from './command.ts';
import { type Io, processIo } from './io.ts';
import { bugsUrl, packageInfo } from './package-info.ts';

/**
 * Runs one command line and returns its exit code (see `exitCodes`); it never throws and never ends the process.
 * @param argv as `process.argv`: the first two entries are skipped.
 */
export async function main(argv: readonly string[], io: Io = ownProcess(argv)): Promise<number> {
  let exitCode: ExitCode = exitCodes.pass;
  const cli: Cli = {
    io,
    run:
      (action) =>
      async (...given) => {
        exitCode = await action(...given);
      },
  };
  const written: Promise<void>[] = [];
  try {
    const program = await buildProgram(cli, written);
    await program.parseAsync(argv);
    return exitCode;
  } catch (error) {
    return await tellError(error, argv, io);
  } finally {
    await Promise.all(written);
  }
}

/** Whatever slips past every `await` is still a bug of ours and must not look like a failed gate. */
function ownProcess(argv: readonly string[]): Io {
  process.once('uncaughtException', (error) => {
    writeSync(2, bugText(error, argv, process.env));
    process.exit(exitCodes.bug);
  });
  return processIo();
}

async function tellError(error: unknown, argv: readonly string[], io: Io): Promise<ExitCode> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.pass : exitCodes.usage;
  if (error instanceof UserError) {
    await io.err(`${error.message.split('\n').map(visible).join('\n')}\n`);
    return error.exitCode;
  }
  await io.err(bugText(error, argv, io.env));
  return exitCodes.bug;
}

function bugText(error: unknown, argv: readonly string[], env: Io['env']): string {
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
  const told = argv.includes('--verbose') || argv.includes('-v') || Boolean(env.DEBUG);
  return (
    `readiness met a bug of its own: ${message}\n${told && stack ? `${stack}\n` : ''}` +
    `Please report it to ${bugsUrl()} with the command you gave${told ? '' : '; --verbose adds where it happened'}.\n`
  );
}

/** @param written commander writes help and usage errors without waiting: what has to be taken before the process ends. */
async function buildProgram(cli: Cli, written: Promise<void>[]): Promise<Command> {
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
