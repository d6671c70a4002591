/** Says what is done, and how it is undone; called before the deed, so that a half-done one is undone too. */
export type Undo = (what: string, step: () => Promise<unknown>) => void;

/** One piece of work that is under way. */
interface Open {
  unwind: () => Promise<void>;
  left: string[];
}
/** Outermost first: work may hold work, and a signal has to put all of it back. */
const open: Open[] = [];
let stopped = false;

/**
 * Does work that changes something, and puts everything back, last deed first: also when the work fails, and when the user stops the
 * program in the middle of it.
 * @returns what the work gave, and a sentence for each thing that could not be put back.
 * @throws Error when the work failed; its message says too whether everything was put back.
 */
export async function puttingBack<T>(work: (undo: Undo) => Promise<T>): Promise<{ value: T; left: string[] }> {
  const steps: Parameters<Undo>[] = [];
  const left: string[] = [];
  const unwind = async (): Promise<void> => {
    for (let last = steps.pop(); last; last = steps.pop()) {
      const [what, step] = last;
      await step().catch((error: Error) => left.push(`NOT PUT BACK: ${what}: ${error.message}`));
    }
  };
  const own = { unwind, left };
  if (open.push(own) === 1) listen();
  try {
    const value = await work((...step) => {
      if (stopped) throw new Error('stopped by the user');
      steps.push(step);
    });
    await unwind();
    return { value, left };
  } catch (error) {
    await unwind();
    const { message } = error as Error;
    throw new Error(left.length === 0 ? `${message}; everything was put back` : [message, ...left].join('; '));
  } finally {
    open.splice(open.indexOf(own), 1);
    if (open.length === 0) process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

function listen(): void {
  stopped = false;
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
}

/** The first signal puts back, innermost work first; more of them are not heard, so that no impatience leaves things half done. */
function onSignal(): void {
  if (stopped) return;
  stopped = true;
  process.stderr.write('\nPutting everything back …\n');
  void putAllBack().then(() => process.exit(130));
}

async function putAllBack(): Promise<void> {
  for (const { unwind, left } of [...open].reverse()) {
    await unwind();
    for (const sentence of left) process.stderr.write(`${sentence}\n`);
  }
}
