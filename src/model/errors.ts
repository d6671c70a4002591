export const exitCodes = { pass: 0, gateFailed: 1, usage: 2, nothingJudged: 3, bug: 70 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A problem the user can mend: shown as one clear sentence (a line per problem), never with a stack. */
export class UserError extends Error {
  override readonly name = 'UserError';
  constructor(
    message: string,
    readonly exitCode: ExitCode = exitCodes.usage,
  ) {
    super(message);
  }
}
