/** Says what was done, and how it is undone; called before the deed, so that a half-done one is undone too. */
export type Undo = (what: string, step: () => Promise<unknown>) => void;

/**
 * Does work that changes something, and puts everything back, last deed first: also when the work fails, and when the user stops the
 * program in the middle of it.
 * @returns what the work gave, and a sentence for each thing that could not be put back.
 * @throws Error when the work failed; its message says too whether everything was put back.
 */
export async function puttingBack<T>(work: (undo: Undo) => Promise<T>): Promise<{ value: T; left: string[] }> {
  const steps: { what: string; step: () => Promise<unknown> }[] = [];
  const left: string[] = [];
  let stopped = false;
  const unwind = async (): Promise<void> => {
    for (let last = steps.pop(); last; last = steps.pop()) {
      const { what, step } = last;
      await step().catch((error: Error) => left.push(`NOT PUT BACK: ${what}: ${error.message}`));
    }
  };
  const onSignal = (): void => {
    stopped = true;
    process.stderr.write('\nPutting everything back …\n');
    void unwind().finally(() => {
      for (const sentence of left) process.stderr.write(`${sentence}\n`);
      process.exit(130);
    });
  };
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  try {
    const value = await work((what, step) => {
      if (stopped) throw new Error('stopped by the user');
      steps.push({ what, step });
    });
    await unwind();
    return { value, left };
  } catch (error) {
    await unwind();
    const { message } = error as Error;
    throw new Error(left.length === 0 ? `${message}; everything was put back` : [message, ...left].join('; '));
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}
