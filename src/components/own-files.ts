import { dirOf } from '../model/paths.ts';

/** Files of each folder given, a file belonging to the deepest of them that holds it. Sorted as `files` is. */
export function ownFiles(files: readonly string[], folders: Iterable<string>): Map<string, string[]> {
  const own = new Map<string, string[]>([...folders].map((folder) => [folder, []]));
  const holders = new Map<string, string | null>();
  const holderOf = (folder: string): string | null => {
    const known = holders.get(folder);
    if (known !== undefined) return known;
    const holder = own.has(folder) ? folder : folder === '.' ? null : holderOf(dirOf(folder));
    holders.set(folder, holder);
    return holder;
  };
  for (const file of files) {
    const holder = holderOf(dirOf(file));
    if (holder !== null) own.get(holder)!.push(file);
  }
  return own;
}
