import { follower } from './follow.ts';
import type { CommandContext, CommandRun } from './types.ts';

export { expandMatrix } from './matrix.ts';
export type { CommandContext, CommandRun } from './types.ts';

/** What a shell text really runs: package scripts, task runners, wrappers and shell files are followed to the programs behind them. */
export function runsOf(text: string, context: CommandContext): CommandRun[] {
  return follower(context).text(text, {
    cwd: context.cwd,
    script: null,
    via: [],
    tolerated: false,
    env: {},
    open: [],
    scriptDir: null,
    errexit: context.errexit ?? false,
  });
}

/** The same for words that are already split (`CMD ["node", "x.js"]`). */
export function runsOfArgv(words: readonly string[], context: CommandContext): CommandRun[] {
  return follower(context).words(words, {
    cwd: context.cwd,
    script: null,
    via: [],
    tolerated: false,
    env: {},
    open: [],
    scriptDir: null,
    errexit: context.errexit ?? false,
  });
}
