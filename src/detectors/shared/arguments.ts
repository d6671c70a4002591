import { z } from 'zod';
import type { CallFact, ValueFact } from '../../model/facts/index.ts';

/** A constraint on a call's arguments. What cannot be read (a variable, another call) satisfies no `is`. */
export const argument = z.strictObject({
  /** Position of the argument; without it, any of them. */
  arg: z.int().min(0).optional(),
  /** Dotted path inside the argument; without it, the argument itself. */
  path: z.string().min(1).optional(),
  is: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
  oneOf: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
  /** False: the path is certainly not there (an object with a spread proves nothing). */
  exists: z.boolean().optional(),
});
export type ArgumentConstraint = z.infer<typeof argument>;

export function holds(constraint: ArgumentConstraint, call: CallFact): boolean {
  const candidates = constraint.arg === undefined ? call.args : call.args.slice(constraint.arg, constraint.arg + 1);
  const path = constraint.path?.split('.') ?? [];
  if (constraint.exists === false) return candidates.every((value) => certainlyLacks(value, path));
  const found = candidates.flatMap((value) => valuesAt(value, path));
  if (constraint.exists) return found.length > 0;
  const accepted = constraint.oneOf ?? [constraint.is ?? null];
  return found.some((value) => accepted.some((literal) => isLiteral(value, literal)));
}

/** Each outcome of the value at the path. */
export function valuesAt(value: ValueFact, path: readonly string[]): ValueFact[] {
  if (value.kind === 'choice') return value.of.flatMap((outcome) => valuesAt(outcome, path));
  if (value.kind === 'env' && value.fallback && path.length === 0) return [value, ...valuesAt(value.fallback, path)];
  const [key, ...rest] = path;
  if (key === undefined) return value.kind === 'array' ? [value, ...value.items] : [value];
  if (value.kind === 'array') return value.items.flatMap((item) => valuesAt(item, path));
  const inner = value.kind === 'object' && Object.hasOwn(value.props, key) ? value.props[key] : undefined;
  return inner ? valuesAt(inner, rest) : [];
}

function certainlyLacks(value: ValueFact, path: readonly string[]): boolean {
  if (value.kind === 'choice') return value.of.every((outcome) => certainlyLacks(outcome, path));
  if (path.length === 0) return value.kind === 'null';
  if (value.kind !== 'object') return value.kind !== 'ref' && value.kind !== 'call' && value.kind !== 'other';
  const inner = Object.hasOwn(value.props, path[0]!) ? value.props[path[0]!] : undefined;
  return inner ? certainlyLacks(inner, path.slice(1)) : !value.spread;
}

function isLiteral(value: ValueFact, literal: string | number | boolean | null): boolean {
  if (literal === null) return value.kind === 'null';
  if (value.kind === 'template') return value.parts.length === 1 && value.parts[0] === literal;
  return (value.kind === 'string' || value.kind === 'number' || value.kind === 'boolean') && value.value === literal;
}
