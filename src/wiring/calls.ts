import type { CallFact, CodeFact } from '../model/facts/source.ts';
import { memo } from '../model/memo.ts';

/** The name that a callee ends with: `use` of `app.use`. */
export const lastName = (callee: string): string => callee.slice(callee.lastIndexOf('.') + 1);

interface Index {
  byName: Map<string, CallFact[]>;
  decorators: CallFact[];
}
const indexes = new WeakMap<CodeFact, Index>();

const indexOf = (code: CodeFact): Index =>
  memo(indexes, code, () => {
    const index: Index = { byName: new Map(), decorators: [] };
    for (const call of code.calls) {
      if (call.form === 'decorator') index.decorators.push(call);
      memo(index.byName, lastName(call.callee), () => []).push(call);
    }
    return index;
  });

/** Decorators of a file, in their order. */
export const decoratorsIn = (code: CodeFact): readonly CallFact[] => indexOf(code).decorators;

/**
 * Calls of a file whose callee ends with one of the names, in their order. Whoever looks for routes or middleware wants few of the
 * calls, and looks through every file again for each component that reaches it.
 */
export function callsNamed(code: CodeFact, names: ReadonlySet<string>): readonly CallFact[] {
  const { byName } = indexOf(code);
  const found: CallFact[][] = [];
  // The smaller of the two is gone through.
  if (byName.size < names.size) {
    for (const [name, calls] of byName) if (names.has(name)) found.push(calls);
  } else {
    for (const name of names) {
      const calls = byName.get(name);
      if (calls) found.push(calls);
    }
  }
  if (found.length <= 1) return found[0] ?? none;
  return code.calls.filter((call) => names.has(lastName(call.callee)));
}
const none: readonly CallFact[] = [];
