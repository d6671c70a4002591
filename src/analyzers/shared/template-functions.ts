import { isRecord } from '../../model/data.ts';

/** A value that the tree does not say. Conditions on it hold, so that nothing is taken for absent. */
export const unknownValue = Symbol('unknown');

export function truthy(value: unknown): boolean {
  if (value === unknownValue) return true;
  if (Array.isArray(value)) return value.length > 0;
  if (isRecord(value)) return Object.keys(value).length > 0;
  return Boolean(value);
}

type Fn = (...args: unknown[]) => unknown;
const text = (value: unknown): string =>
  value === unknownValue ? 'unknown' : value === undefined || value === null ? '' : String(value);
const any = (args: unknown[]): boolean => args.includes(unknownValue);
/** A function of texts: an unknown argument makes an unknown result. */
const onText =
  (fn: (...args: string[]) => unknown): Fn =>
  (...args) =>
    any(args) ? unknownValue : fn(...args.map(text));
const compare =
  (fn: (a: number, b: number) => boolean): Fn =>
  (a, b) =>
    any([a, b]) ? unknownValue : fn(Number(a), Number(b));
const indent = (width: unknown, value: unknown): string =>
  text(value)
    .split('\n')
    .map((line) => ' '.repeat(Math.min(80, Number(width) || 0)) + line)
    .join('\n');

function printf(format: unknown, ...args: unknown[]): string {
  let next = 0;
  return text(format).replace(/%[-+ #0]*\d*(?:\.\d+)?([a-zA-Z%])/g, (_, verb: string) =>
    verb === '%' ? '%' : verb === 'q' ? `"${text(args[next++])}"` : text(args[next++]),
  );
}

function dict(...args: unknown[]): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (let i = 0; i + 1 < args.length; i += 2) if (args[i] !== '__proto__') result[text(args[i])] = args[i + 1];
  return result;
}

function index(value: unknown, ...keys: unknown[]): unknown {
  let current = value;
  for (const key of keys) {
    if (current === unknownValue || key === unknownValue) return unknownValue;
    if (Array.isArray(current)) current = current[Number(key)];
    else current = isRecord(current) && Object.hasOwn(current, text(key)) ? current[text(key)] : undefined;
  }
  return current;
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return 'invalid';
  if (Array.isArray(value)) return 'slice';
  if (isRecord(value)) return 'map';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'number' ? 'float64' : 'string';
}

const equal = (a: unknown, b: unknown): unknown => (any([a, b]) ? unknownValue : a === b || text(a) === text(b));
const negate = (value: unknown): unknown => (value === unknownValue ? unknownValue : !truthy(value));
const merge = (...args: unknown[]): unknown => Object.assign({}, ...[...args].reverse().filter(isRecord));

/** Of Sprig and Helm what charts commonly decide by. A function that is not here gives an unknown. */
export const functions: Readonly<Record<string, Fn>> = {
  default: (fallback, value) =>
    value !== unknownValue && truthy(value) ? value : value === unknownValue ? unknownValue : fallback,
  quote: (...args) => args.map((arg) => JSON.stringify(text(arg))).join(' '),
  squote: (...args) => args.map((arg) => `'${text(arg)}'`).join(' '),
  indent,
  nindent: (width, value) => `\n${indent(width, value)}`,
  trim: onText((value) => value.trim()),
  trunc: onText((length, value) => value?.slice(0, Math.abs(Number(length)))),
  trimSuffix: onText((suffix, value) => (suffix && value?.endsWith(suffix) ? value.slice(0, -suffix.length) : value)),
  trimPrefix: onText((prefix, value) => (prefix && value?.startsWith(prefix) ? value.slice(prefix.length) : value)),
  lower: onText((value) => value.toLowerCase()),
  upper: onText((value) => value.toUpperCase()),
  replace: onText((from, to, value) => (from && value !== undefined ? value.split(from).join(to) : value)),
  contains: onText((part, value) => value?.includes(part ?? '') ?? false),
  hasPrefix: onText((part, value) => value?.startsWith(part ?? '') ?? false),
  hasSuffix: onText((part, value) => value?.endsWith(part ?? '') ?? false),
  toString: (value?: unknown) => (value === unknownValue ? value : text(value)),
  int: (value) => (value === unknownValue ? value : Math.trunc(Number(value) || 0)),
  int64: (value) => (value === unknownValue ? value : Math.trunc(Number(value) || 0)),
  toJson: (value) => (value === unknownValue ? value : JSON.stringify(value)),
  printf,
  print: (...args) => args.map(text).join(''),
  eq: (value, ...others) =>
    others.some((other) => equal(value, other) === true) ? true : any([value, ...others]) ? unknownValue : false,
  ne: (a, b) => negate(equal(a, b)),
  not: negate,
  and: (...args) => args.find((arg) => !truthy(arg)) ?? (args.some((arg) => !truthy(arg)) ? false : args.at(-1)),
  or: (...args) => args.find((arg) => arg !== unknownValue && truthy(arg)) ?? (any(args) ? unknownValue : args.at(-1)),
  gt: compare((a, b) => a > b),
  lt: compare((a, b) => a < b),
  ge: compare((a, b) => a >= b),
  le: compare((a, b) => a <= b),
  empty: (value) => (value === unknownValue ? unknownValue : !truthy(value)),
  coalesce: (...args) => args.find(truthy),
  ternary: (yes, no, test) => (truthy(test) ? yes : no),
  required: (_, value) => value,
  fail: () => undefined,
  lookup: () => ({}),
  dict,
  list: (...args) => args,
  get: index,
  index,
  hasKey: (map, key) => (any([map, key]) ? unknownValue : isRecord(map) && Object.hasOwn(map, text(key))),
  kindIs: (kind, value) => (value === unknownValue ? unknownValue : kindOf(value) === kind),
  kindOf: (value) => (value === unknownValue ? unknownValue : kindOf(value)),
  len: (value) =>
    Array.isArray(value) ? value.length : isRecord(value) ? Object.keys(value).length : text(value).length,
  first: (value) => (Array.isArray(value) ? value[0] : unknownValue),
  keys: (value) => (isRecord(value) ? Object.keys(value) : unknownValue),
  join: (separator, value) => (Array.isArray(value) ? value.map(text).join(text(separator)) : unknownValue),
  merge,
  mergeOverwrite: (...args) => merge(...[...args].reverse()),
  deepCopy: (value: unknown) => value,
  add: (...args) => (any(args) ? unknownValue : args.reduce<number>((sum, arg) => sum + (Number(arg) || 0), 0)),
  sub: (a, b) => (any([a, b]) ? unknownValue : Number(a) - Number(b)),
};
