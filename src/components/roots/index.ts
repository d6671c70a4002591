import type { ComponentRoot } from '../../model/component.ts';
import type { Facts } from '../../model/facts/index.ts';
import { byCodeUnit, isWithin, relativeTo } from '../../model/paths.ts';
import type { RepoView } from '../../model/repository.ts';
import { languageOf, mainLanguage } from '../languages.ts';
import { ownFiles } from '../own-files.ts';
import { isMaterial, isOwnWork, isToolingPath } from '../places.ts';
import { foreignRoots } from './foreign.ts';
import { goServices } from './go.ts';
import { imageRoots } from './images.ts';
import { isMoreThanHolder, packageRoots } from './packages.ts';
import { pageRoot } from './pages.ts';
import { projectRoots } from './projects.ts';
import { stubRoots } from './stubs.ts';

/**
 * Where components live: packages of every workspace tool and outside of any, projects without a manifest, other languages by
 * theirs, folders that only an image is built from, and folders meant as a component. Sorted by path; what each is comes later.
 */
export function findRoots(view: RepoView, facts: Facts): ComponentRoot[] {
  const roots = new Map<string, ComponentRoot>();
  const add = (found: ComponentRoot[]): void => {
    for (const root of found) if (!roots.has(root.path)) roots.set(root.path, root);
  };
  add([...packageRoots(facts), ...projectRoots(view)]);
  dropMaterial(facts, roots);
  dropInner(view, facts, roots);
  add(foreignRoots(view, facts, new Set(roots.keys())));
  add(imageRoots(view, facts, new Set(roots.keys())));
  splitModules(view, facts, roots);
  dropHolders(view, facts, roots);
  add(stubRoots(view, [...roots.values()]));
  if (roots.size === 0) add(pageRoot(view));
  speakTheirLanguage(view, facts, roots);
  return [...roots.values()].sort((a, b) => byCodeUnit(a.path, b.path));
}

function splitModules(view: RepoView, facts: Facts, roots: Map<string, ComponentRoot>): void {
  for (const module of [...roots.values()].filter((root) => root.manifest?.endsWith('go.mod'))) {
    const services = goServices(view, facts, module.path);
    if (services.length === 0) continue;
    roots.delete(module.path);
    for (const service of services) if (!roots.has(service.path)) roots.set(service.path, service);
  }
}

/** What a generator copies is its input; a repository without one may be a template itself. */
function dropMaterial(facts: Facts, roots: Map<string, ComponentRoot>): void {
  const generators = facts.manifests.filter(
    ({ name, bin }) => Object.keys(bin).length > 0 || /(^|\/)(create|generator)(-|$)/.test(name ?? ''),
  );
  for (const path of roots.keys()) {
    if (isMaterial(path) && generators.some((generator) => generator.dir !== path)) roots.delete(path);
  }
}

/**
 * A package.json below another package's `src` steers a part of that package (its icons, a template it writes); so does one
 * anywhere in it that installs nothing and runs nothing: somebody else's code, taken in as it was.
 */
function dropInner(view: RepoView, facts: Facts, roots: Map<string, ComponentRoot>): void {
  const paths = [...roots.keys()].filter((path) => path !== '.');
  for (const path of paths) {
    if (paths.some((outer) => path.startsWith(`${outer}/src/`)) || isTakenIn(path, view, facts)) roots.delete(path);
  }
}

function isTakenIn(path: string, view: RepoView, facts: Facts): boolean {
  const manifest = facts.manifests.find(({ dir }) => dir === path);
  const outer = facts.manifests.filter(({ dir }) => dir !== path && isWithin(path, dir));
  if (!manifest || outer.length === 0) return false;
  const isMember = outer.some(({ dir, workspaces }) =>
    workspaces.some((pattern) =>
      view.glob(`${dir === '.' ? '' : `${dir}/`}${pattern.replace(/\/$/, '')}/package.json`).includes(manifest.path),
    ),
  );
  if (isMember || (manifest.main === null && manifest.module === null)) return false;
  const { name, scripts, dependencies, devDependencies, peerDependencies, bin } = manifest;
  const says = [scripts, dependencies, devDependencies, peerDependencies, bin];
  if (says.some((list) => Object.keys(list).length > 0)) return false;
  if (facts.manifests.some((other) => name !== null && name in other.dependencies)) return false;
  return !beside.some((file) => view.has(`${path}/${file}`));
}
/** What a folder that is run or published by itself may hold instead of scripts. */
const beside = [
  'Dockerfile',
  'Procfile',
  'index.html',
  'project.json',
  'host.json',
  'function.json',
  'serverless.yml',
  'wrangler.toml',
  'wrangler.jsonc',
  'moon.yml',
];

/** Folders that only hold other components go; innermost first, so that a holder of holders is seen as one. */
function dropHolders(view: RepoView, facts: Facts, roots: Map<string, ComponentRoot>): void {
  const manifests = new Map(facts.manifests.map((manifest) => [manifest.dir, manifest]));
  const own = ownFiles(view.list(), roots.keys());
  for (const path of [...roots.keys()].sort((a, b) => b.length - a.length)) {
    const manifest = manifests.get(path);
    // What stands among its tests and its documentation is held by nobody.
    const holds = [...roots.keys()].some(
      (other) => other !== path && isWithin(other, path) && !isToolingPath(relativeTo(other, path)),
    );
    if (!holds && !(manifest && manifest.workspaces.length > 0)) continue;
    const files = own.get(path) ?? [];
    const isProject = view.has(path === '.' ? 'project.json' : `${path}/project.json`);
    const stays =
      manifest && holds && !isProject
        ? isMoreThanHolder(manifest, files, view, facts)
        : files.some((file) => languageOf(file) !== null && isOwnWork(file, path));
    if (!stays) roots.delete(path);
  }
}

/** A package.json beside a Rails, Laravel or Django project only builds its assets: the language most files are in counts. */
function speakTheirLanguage(view: RepoView, facts: Facts, roots: Map<string, ComponentRoot>): void {
  const own = ownFiles(view.list(), roots.keys());
  for (const [path, root] of roots) {
    if (root.language !== 'js') continue;
    const foreign = facts.foreignManifests.filter((manifest) => manifest.dir === path);
    if (foreign.length === 0) continue;
    const language = mainLanguage((own.get(path) ?? []).filter((file) => isOwnWork(file, path)));
    const match = foreign.find((manifest) => manifest.language === language);
    if (!match) continue;
    const evidence = { file: match.path, line: 1, note: `most of it is written in ${match.language}` };
    roots.set(path, { ...root, language: match.language, evidence: [...root.evidence, evidence] });
  }
}
