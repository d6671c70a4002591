import type { Io } from './io.ts';

/** Shows that work goes on, on a terminal's error stream only; anywhere else nothing is written. */
export async function withSpinner<T>(
  io: Io,
  text: string,
  work: (say: (text: string) => void) => Promise<T>,
): Promise<T> {
  if (!io.errIsTerminal || io.env.CI || io.env.TERM === 'dumb') return work(() => {});
  const { default: ora } = await import('ora');
  const spinner = ora({ text, stream: process.stderr, discardStdin: false }).start();
  try {
    return await work((now) => {
      spinner.text = now;
    });
  } finally {
    spinner.stop();
  }
}
