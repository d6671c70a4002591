import { hint } from '../model/problems.ts';
import { loadKnowledge } from './knowledge.ts';

type NameProblem = { path: (string | number)[]; message: string };

/** Names in a leaf's options that `rules/knowledge` does not have: a misspelt capability would otherwise find nothing, for ever. */
export function unknownNames(leaf: string, options: unknown): NameProblem[] {
  const known = loadKnowledge();
  const asked = [...namesUnder('capability', options), ...(leaf === 'capability' ? namesUnder('name', options) : [])];
  const frameworks = leaf === 'framework' ? namesUnder('anyOf', options) : [];
  return [
    ...asked.flatMap((one) => problemOf('capability', one, known.capabilities)),
    ...frameworks.flatMap((one) => problemOf('framework', one, known.frameworks)),
  ];
}

function problemOf(what: string, { path, name }: Named, all: ReadonlyMap<string, unknown>): NameProblem[] {
  if (all.has(name)) return [];
  return [{ path, message: `unknown ${what} "${name}"${hint(name, all.keys()) || '; rules/knowledge lists them'}` }];
}

interface Named {
  path: (string | number)[];
  name: string;
}

/** Texts under a key, however deep in the options. */
function namesUnder(key: string, value: unknown, path: (string | number)[] = []): Named[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([at, inner]) => {
    if (at !== key) return namesUnder(key, inner, [...path, at]);
    return [inner].flat().flatMap((name) => (typeof name === 'string' ? [{ path: [...path, at], name }] : []));
  });
}
