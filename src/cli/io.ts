/** Where a run reads its surroundings and writes what it has to say; a test hands in another. */
export interface Io {
  /** For the report. Resolves when the text has been taken, so that nothing is lost when the process ends. */
  out(text: string): Promise<void>;
  /** For progress and messages. */
  err(text: string): Promise<void>;
  outIsTerminal: boolean;
  errIsTerminal: boolean;
  columns: number;
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
}

export function processIo(): Io {
  const { stdout, stderr, env } = process;
  return {
    out: writer(stdout),
    err: writer(stderr),
    outIsTerminal: stdout.isTTY === true,
    errIsTerminal: stderr.isTTY === true,
    columns: stdout.columns ?? Number(env.COLUMNS ?? 0),
    env,
    cwd: process.cwd(),
  };
}

/** A reader that goes away (`| head`) is no error of ours: what is left unwritten is not wanted. */
function writer(stream: NodeJS.WriteStream): (text: string) => Promise<void> {
  let gone = false;
  let failure: Error | null = null;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    gone = true;
    if (error.code !== 'EPIPE') failure = error;
  });
  return async (text) => {
    if (gone) return;
    await new Promise<void>((taken) => {
      stream.write(text, () => taken());
      stream.once('error', () => taken());
    });
    if (failure) throw failure;
  };
}

/** Colour by flag, then FORCE_COLOR, then NO_COLOR, then by what the output is. */
export function wantsColor(io: Io, flag: boolean | undefined): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: none, TERM: term } = io.env;
  if (flag !== undefined) return flag;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (none) return false;
  return io.outIsTerminal && term !== 'dumb';
}
