import { asList, asRecord, asText, isRecord } from '../../model/data.ts';

export type Combination = Record<string, string>;
const bound = 24;

/** Values of a matrix by key, `include` read in; objects in a list give `key.field` too. */
export function matrixValues(matrix: unknown): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  const add = (key: string, value: unknown) => {
    if (isRecord(value)) for (const [field, inner] of Object.entries(value)) add(`${key}.${field}`, inner);
    const text = asText(value);
    if (text === null) return;
    values[key] ??= [];
    if (!values[key].includes(text)) values[key].push(text);
  };
  for (const [key, list] of Object.entries(asRecord(matrix))) {
    if (key === 'exclude') continue;
    if (key === 'include')
      for (const item of asList(list)) for (const [name, value] of Object.entries(asRecord(item))) add(name, value);
    else for (const value of asList(list)) add(key, value);
  }
  return values;
}

/** What a matrix runs with, `include` entries as they are written; at most 24. */
export function combinations(matrix: unknown): Combination[] {
  let found: Combination[] = [];
  for (const [key, list] of Object.entries(asRecord(matrix))) {
    if (key === 'exclude' || key === 'include' || !Array.isArray(list) || list.length === 0) continue;
    const options = list.map((value) => flat(key, value));
    found = (found.length === 0 ? [{}] : found)
      .flatMap((base) => options.map((option) => ({ ...base, ...option })))
      .slice(0, bound);
  }
  const included = asList(asRecord(matrix).include).map((item) =>
    Object.assign({}, ...Object.entries(asRecord(item)).map(([key, value]) => flat(key, value))),
  );
  return [...found, ...included].slice(0, bound);
}

function flat(key: string, value: unknown): Combination {
  const text = asText(value);
  if (text !== null) return { [key]: text };
  const fields = Object.entries(asRecord(value)).flatMap(([field, inner]) => {
    const shown = asText(inner);
    return shown === null ? [] : [[`${key}.${field}`, shown] as const];
  });
  return Object.fromEntries(fields);
}

const used = /\$\{\{\s*matrix\.([\w.-]+)\s*\}\}/g;

/** The combinations a text can tell apart. */
export function relevant(text: string, all: readonly Combination[]): Combination[] {
  const keys = [...text.matchAll(used)].map((match) => match[1]!);
  if (keys.length === 0) return [];
  const seen = new Map<string, Combination>();
  for (const each of all) {
    if (keys.every((key) => Object.hasOwn(each, key))) seen.set(keys.map((key) => each[key]).join('\u0000'), each);
  }
  return [...seen.values()];
}

export const putMatrix = (text: string, values: Combination): string =>
  text.replace(used, (all, key: string) => (Object.hasOwn(values, key) ? values[key]! : all));
