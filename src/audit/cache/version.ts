import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { byCodeUnit } from '../../model/paths.ts';

/** Where this code lies: `src` or `dist`, beside the rules and the manifest. */
const ownCode = fileURLToPath(new URL('../../', import.meta.url));

/** What facts are read by: the analyzers of sources with what they are given. */
const readers = /^(?:analyzers\/sources?\b|model\/|repository\/)/;

/**
 * Names the code that reads facts, by its text and all that it stands on: kept facts can never outlive a change of it. Null where
 * the code cannot be found as files.
 */
export const factsVersion = (code = ownCode): string | null => versionOf(code, (path) => readers.test(path));

/** Names the whole program: all its code, its rules and knowledge, the packages it stands on and the Node it runs on. */
export const programVersion = (code = ownCode): string | null => versionOf(code, () => true);

function versionOf(code: string, counts: (path: string) => boolean): string | null {
  const home = join(code, '..');
  try {
    const hash = createHash('sha256').update(`${process.version} ${process.platform} ${process.arch}`);
    const add = (folder: string, path: string) => hash.update(`\0${path}\0`).update(readFileSync(join(folder, path)));
    for (const path of filesIn(code)) if (isCode(path) && counts(path)) add(code, path);
    for (const path of filesIn(join(home, 'rules'))) add(join(home, 'rules'), path);
    for (const dependency of installed(home)) hash.update(`\0${dependency}`);
    return hash.digest('hex');
  } catch {
    return null;
  }
}

const isCode = (path: string): boolean => /\.([jt]s|json)$/.test(path) && !path.endsWith('.d.ts');

/** Every file below a folder, relative to it, in one order. */
function filesIn(folder: string, below = ''): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .sort((a, b) => byCodeUnit(a.name, b.name))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(folder, `${below}${entry.name}/`) : [below + entry.name]));
}

interface Manifest {
  name?: string;
  version?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

/** Every package that ours stands on, with its version, as they are installed. */
function installed(home: string): string[] {
  const seen = new Map<string, string>();
  const visit = (folder: string): void => {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
    seen.set(folder, `${manifest.name}@${manifest.version}`);
    for (const name of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })) {
      const found = folderOf(name, folder);
      if (found !== null && !seen.has(found)) visit(found);
    }
  };
  visit(home);
  return [...seen.values()];
}

/** Where Node finds a package that a module in `from` imports. */
function folderOf(name: string, from: string): string | null {
  const folder = join(from, 'node_modules', name);
  if (existsSync(join(folder, 'package.json'))) return folder;
  return dirname(from) === from ? null : folderOf(name, dirname(from));
}
