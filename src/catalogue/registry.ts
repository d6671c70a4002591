import { loadFolder } from '../model/discover.ts';
import type { Leaf } from './leaf.ts';

/** Every leaf, by the name YAML calls it: the file's name in `leaves/`, in camel case. */
export const leaves: ReadonlyMap<string, Leaf> = new Map(
  [...(await loadFolder<Leaf>(new URL('./leaves/', import.meta.url)))].map(([file, leaf]) => [camel(file), leaf]),
);

function camel(kebab: string): string {
  return kebab.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
