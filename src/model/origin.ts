import type { CallFact, Origin, ValueFact } from './facts/source.ts';

/** Where a value comes from in the end, through whatever made it: `app` of `const app = express()` comes from express. */
export function rootOf(origin: Origin | null | undefined): Exclude<Origin, { from: 'result' }> | null {
  let current = origin;
  while (current?.from === 'result') current = current.of;
  return current ?? null;
}

/** A call as a value: what it stands for before a handler. */
export const asValue = ({ callee, origin, args, start }: CallFact): ValueFact => ({
  kind: 'call',
  callee,
  origin,
  args,
  start,
});
