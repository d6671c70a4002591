import type { ComponentRoot } from '../../model/component.ts';
import { byCodeUnit, dirOf, isWithin } from '../../model/paths.ts';
import type { RepoView } from '../../model/repository.ts';
import { languageOf } from '../languages.ts';

/** Folder names by which a team says "our mobile app goes here". */
const mobileNames = new Set([
  'mobile',
  'mobile-app',
  'mobileapp',
  'mobile_app',
  'app-mobile',
  'react-native',
  'native-app',
]);
const homes = new Set(['.', 'apps', 'packages', 'clients', 'frontends', 'projects']);
const serviceHomes = new Set(['services', 'microservices']);

export const isMobileName = (name: string): boolean => mobileNames.has(name.toLowerCase());

/**
 * Folders meant as a component, by their name or by the company they keep, that no manifest describes: a `mobile/` with a README,
 * an empty folder among services. `roots` are the components found so far.
 */
export function stubRoots(view: RepoView, roots: readonly ComponentRoot[]): ComponentRoot[] {
  const found: ComponentRoot[] = [];
  for (const [folder, files] of foldersIn(view)) {
    if (roots.some((root) => isWithin(root.path, folder))) continue;
    const home = dirOf(folder);
    const name = folder.slice(home === '.' ? 0 : home.length + 1);
    const isMobile = isMobileName(name) && homes.has(home) && !isClaimed(home, roots);
    const isService = serviceHomes.has(home) && siblings(home, roots) >= 2 && files.every(isPlaceholder);
    if (!isMobile && !isService) continue;
    const note = isMobile ? 'folder named for a mobile app' : 'folder among services, nothing in it that runs';
    found.push({
      path: folder,
      name,
      language: 'js',
      manifest: null,
      evidence: [{ file: files[0]!, line: 1, note }],
    });
  }
  return found;
}

/** A package's own folder called `mobile` (its screens, its styles) is part of it; a holder's is not. */
const isClaimed = (home: string, roots: readonly ComponentRoot[]): boolean =>
  home !== '.' && roots.some((root) => root.path !== '.' && isWithin(home, root.path));

const siblings = (home: string, roots: readonly ComponentRoot[]): number =>
  roots.filter((root) => dirOf(root.path) === home).length;

const isPlaceholder = (file: string): boolean =>
  languageOf(file) === null && /(^|\/)(README[^/]*|\.gitkeep|\.keep|\.gitignore|Dockerfile|\.env[^/]*)$/i.test(file);

/** Folders one or two levels down, with their files. */
function foldersIn(view: RepoView): [string, string[]][] {
  const found = new Map<string, string[]>();
  for (const file of view.list()) {
    const parts = file.split('/');
    for (let depth = 1; depth <= 2 && depth < parts.length; depth++) {
      const folder = parts.slice(0, depth).join('/');
      const list = found.get(folder);
      if (list) list.push(file);
      else found.set(folder, [file]);
    }
  }
  return [...found].sort((a, b) => byCodeUnit(a[0], b[0]));
}
