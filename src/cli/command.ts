import type { Command } from 'commander';
import type { ExitCode } from '../model/errors.ts';
import type { Io } from './io.ts';

export interface Cli {
  io: Io;
  /** Turns what a command does, given its arguments and options, into a commander action; what it returns becomes the exit code. */
  run<A extends unknown[]>(action: (...given: A) => Promise<ExitCode>): (...given: A) => Promise<void>;
}

/**
 * The default export of every file in src/cli/commands. Importing it must stay cheap: whatever is heavy (the analyzers, git,
 * Docker) is imported inside the action, so that `--help` starts at once.
 */
export type RegisterCommand = (program: Command, cli: Cli) => void;
