import type { Origin } from './facts/source.ts';

/** Where a value comes from in the end, through whatever made it: `app` of `const app = express()` comes from express. */
export function rootOf(origin: Origin | null | undefined): Exclude<Origin, { from: 'result' }> | null {
  let current = origin;
  while (current?.from === 'result') current = current.of;
  return current ?? null;
}
