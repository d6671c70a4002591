import picomatch from 'picomatch';
import { type CommandRun, runsOf } from '../commands/index.ts';
import type { ComponentRoot } from '../model/component.ts';
import type { Facts } from '../model/facts/index.ts';
import { memo } from '../model/memo.ts';
import { deepestHolding, relativeTo } from '../model/paths.ts';
import type { RepoView } from '../model/repository.ts';
import { isTestPath } from '../model/source-paths.ts';
import type { EntryContext } from './entries/_provider.ts';
import type { Modules } from './modules.ts';
import { nuxtLayers } from './nuxt-layers.ts';
import type { Resolver } from './resolver.ts';

/** Source files by the component that holds them (the deepest root), tests apart. */
export interface Ownership {
  own(root: string): readonly string[];
  tests(root: string): readonly string[];
}

export function ownershipOf(facts: Facts, roots: readonly ComponentRoot[]): Ownership {
  const folders = new Set(roots.map((root) => root.path));
  const own = new Map<string, string[]>();
  const tests = new Map<string, string[]>();
  const byFolder = new Map<string, string | null>();
  for (const { path } of facts.sources) {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    const holder = memo(byFolder, folder, () => deepestHolding(path, folders));
    if (holder === null) continue;
    memo(isTestPath(relativeTo(path, holder)) ? tests : own, holder, () => []).push(path);
  }
  return { own: (root) => own.get(root) ?? [], tests: (root) => tests.get(root) ?? [] };
}

function nearest(manifests: Facts['manifests'], path: string): Facts['manifests'][number] | null {
  const dir = deepestHolding(
    path,
    manifests.map((one) => one.dir),
  );
  return manifests.find((one) => one.dir === dir) ?? null;
}

const declaresAny = (manifest: Facts['manifests'][number]): boolean =>
  [manifest.dependencies, manifest.devDependencies, manifest.peerDependencies].some(
    (one) => Object.keys(one).length > 0,
  );

const sourcesIn = (folders: readonly string[], facts: Facts): string[] =>
  facts.sources.flatMap(({ path }) => {
    const folder = deepestHolding(path, folders);
    return folder !== null && !isTestPath(relativeTo(path, folder)) ? [path] : [];
  });

export function entryContext(
  root: ComponentRoot,
  facts: Facts,
  view: RepoView,
  resolver: Resolver,
  modules: Modules,
  own: readonly string[],
): EntryContext {
  const manifest = facts.manifests.find((candidate) => candidate.dir === root.path) ?? null;
  // A project without a manifest of its own, or whose manifest declares nothing, lives by that of the workspace it lies in.
  const speaking =
    manifest && (root.path === '.' || declaresAny(manifest))
      ? manifest
      : (nearest(
          facts.manifests.filter((one) => one !== manifest),
          root.path,
        ) ?? manifest);
  const declared = new Set(
    speaking
      ? [
          ...Object.keys(speaking.dependencies),
          ...Object.keys(speaking.devDependencies),
          ...Object.keys(speaking.peerDependencies),
        ]
      : [],
  );
  const runs = new Map<string, CommandRun[]>();
  const inside = (path: string): string => (root.path === '.' ? path : `${root.path}/${path}`);
  const depends = (...packages: string[]): boolean => packages.some((name) => declared.has(name));
  const layers = depends('nuxt', 'nuxt3') ? nuxtLayers(root.path, view, resolver) : [];
  const files = layers.length === 0 ? own : [...new Set([...own, ...sourcesIn(layers, facts)])];
  const homes = new Set([root.path, ...layers]);
  const placeOf = (path: string): string | null => {
    const home = deepestHolding(path, homes);
    return home === null ? null : relativeTo(path, home);
  };
  return {
    root,
    manifest,
    own,
    facts,
    view,
    resolver,
    modules,
    depends,
    runsOfScript: (name) =>
      memo(runs, name, () =>
        manifest ? runsOf(manifest.scripts[name] ?? '', { cwd: manifest.dir, facts, view }) : [],
      ),
    inside,
    layers,
    placeOf,
    match(...globs) {
      const matches = picomatch(globs, { dot: true });
      return files.filter((file) => matches(placeOf(file)!));
    },
  };
}
