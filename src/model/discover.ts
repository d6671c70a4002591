import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Loads the default export of every module in a folder of ours, sorted by file name, so that a new detector, entry provider or
 * report format is one new file and no list to edit. `folder` is a file URL ending in a slash.
 */
export async function loadFolder<T>(folder: URL): Promise<Map<string, T>> {
  const directory = fileURLToPath(folder);
  const names = readdirSync(directory)
    .filter((name) => /\.(js|ts)$/.test(name) && !/\.d\.ts$/.test(name) && !name.startsWith('_'))
    .sort();
  const loaded = await Promise.all(names.map((name) => import(pathToFileURL(join(directory, name)).href)));
  return new Map(names.map((name, i) => [name.replace(/\.(js|ts)$/, ''), (loaded[i] as { default: T }).default]));
}
