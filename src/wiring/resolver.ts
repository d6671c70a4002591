import { exports as resolveExports, imports as resolveImports } from 'resolve.exports';
import type { Facts } from '../model/facts/index.ts';
import type { ManifestFact } from '../model/facts/manifest.ts';
import { memo } from '../model/memo.ts';
import { deepestHolding, dirOf, isWithin, joinPath, relativeTo } from '../model/paths.ts';
import type { RepoView } from '../model/repository.ts';
import { type AliasMatcher, readTsConfigs, type TsConfigs } from './aliases.ts';
import { type BundlerAliases, readBundlerAliases } from './bundler-aliases.ts';

const sourceEndings = [
  '.ts',
  '.tsx',
  '.mts',
  '.cts',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '.vue',
  '.svelte',
  '.astro',
  '.json',
];
const written: Record<string, string[]> = {
  '.js': ['.ts', '.tsx', '.jsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

export interface Resolver {
  /** The repository file that `specifier`, written in `from`, leads to; null for packages from the registry and what cannot be found. */
  resolve(from: string, specifier: string): string | null;
  /** Where the specifier may lie, whether or not a file is there. */
  placesOf(from: string, specifier: string): string[];
  /** A file as a person would name it in a script: with or without ending, a folder with an index, or a build output. */
  sourceOf(path: string): string | null;
}

/**
 * Resolves imports over a view, without node_modules: relative paths with the endings TypeScript allows, tsconfig `paths`, package
 * `imports`, and workspace packages to their source (through `exports`, with build output mapped back).
 */
export function createResolver(view: RepoView, facts: Facts): Resolver {
  const packages = new Map<string, ManifestFact>();
  for (const manifest of facts.manifests)
    if (manifest.name && !packages.has(manifest.name)) packages.set(manifest.name, manifest);
  const folders = new Set(facts.manifests.map((manifest) => manifest.dir));
  const byFolder = new Map(facts.manifests.map((manifest) => [manifest.dir, manifest]));
  const configs = readTsConfigs(view, (name) => packages.get(name)?.dir ?? null);
  const holders = new Map<string, string | null>();
  const holderOf = (file: string): string | null => {
    return memo(holders, dirOf(file), () => deepestHolding(file, folders));
  };
  // What a specifier leads to depends on the folder that it is written in.
  const byFolderOf = new Map<string, Map<string, string | null>>();
  const byFile = new Map<string, Map<string, string | null>>();
  const answersIn = (from: string): Map<string, string | null> =>
    memo(byFile, from, () => memo(byFolderOf, dirOf(from), () => new Map()));
  const existing = finder(view);

  const sourceOf = (path: string): string | null =>
    existing(path) ?? fromOutput(existing, configs, holderOf(path) ?? '.', path);

  const inPackage = (manifest: ManifestFact, sub: string): string | null => {
    const candidates: string[] = [];
    for (const conditions of [['source', 'development', 'ts', 'typescript'], [], ['require'], ['types']])
      candidates.push(...safely(() => resolveExports(manifest.raw, sub || '.', { conditions })));
    if (sub === '') {
      const raw = manifest.raw as { source?: unknown; types?: unknown };
      for (const field of [raw.source, manifest.module, manifest.main, raw.types])
        if (typeof field === 'string') candidates.push(field);
    }
    for (const candidate of candidates) {
      const at = joinPath(manifest.dir, candidate);
      const found = at && sourceOf(at.replace(/\.d\.([cm]?ts)$/, '.$1'));
      if (found) return found;
    }
    const bases = sub === '' ? ['src/index', 'index', 'src/main', 'lib/index'] : [sub, `src/${sub}`, `lib/${sub}`];
    for (const base of bases) {
      const found = existing(joinPath(manifest.dir, base));
      if (found) return found;
    }
    return null;
  };

  const aliases = new Map<string, BundlerAliases>();
  const bundled = (home: string): BundlerAliases => memo(aliases, home, () => readBundlerAliases(view, home));

  // What is no path means the same in every folder of a package that the same tsconfig speaks for.
  const perPackage = <T>(ask: (holder: string | null, aliased: AliasMatcher, specifier: string) => T) => {
    const byHolder = new Map<string | null, Map<AliasMatcher, Map<string, T>>>();
    return (from: string, specifier: string): T => {
      const holder = holderOf(from);
      const aliased = configs.aliasesFor(dirOf(from));
      const inHolder = memo(byHolder, holder, () => new Map());
      const known = memo(inHolder, aliased, () => new Map<string, T>());
      return memo(known, specifier, () => ask(holder, aliased, specifier));
    };
  };

  const named = (holder: string | null, aliased: AliasMatcher, specifier: string): string | null => {
    const manifest = byFolder.get(holder ?? '');
    const targets = specifier.startsWith('#') && manifest ? importsOf(manifest, specifier) : [];
    for (const target of targets) {
      const found = target.startsWith('.')
        ? sourceOf(joinPath(manifest!.dir, target) ?? '')
        : outside(holder, aliased, target);
      if (found) return found;
    }
    return outside(holder, aliased, specifier);
  };

  const outside = (holder: string | null, aliased: AliasMatcher, specifier: string): string | null => {
    for (const candidate of aliased(specifier)) {
      const found = sourceOf(candidate);
      if (found) return found;
    }
    for (const candidate of bundled(holder ?? '.')(specifier)) {
      const found = existing(candidate);
      if (found) return found;
    }
    const parts = specifier.split('/');
    const name = specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]!;
    const sub = parts.slice(name.split('/').length).join('/');
    const workspace = packages.get(name);
    // A package that is named like one it depends on means the other.
    if (workspace && (workspace.dir !== holder || sub !== '')) return inPackage(workspace, sub);
    return conventional(specifier, holder ?? '.');
  };

  const conventional = (specifier: string, holder: string): string | null => {
    const places = byHabit(specifier);
    // `require('rootpath')`, NODE_PATH and their kin: a folder of the component named as if it were a package.
    const manifest = byFolder.get(holder);
    const head = specifier.split('/')[0]!;
    const isNamed =
      places.length === 0 && specifier.includes('/') && !head.startsWith('@') && !declares(manifest, head);
    if (isNamed) places.push(specifier, `src/${specifier}`);
    for (const place of places) {
      const found = existing(joinPath(holder, place));
      if (found) return found;
    }
    // A package below may be built from the top, where the path is set.
    return isNamed && holder !== '.' && !declares(byFolder.get('.'), head) ? existing(specifier) : null;
  };

  const bare = perPackage(named);
  const aliasedPlaces = perPackage((holder, aliased, specifier) => [
    ...aliased(specifier),
    ...byHabit(specifier).flatMap((place) => joinPath(holder ?? '.', place) ?? []),
  ]);
  const placesOf = (from: string, specifier: string): string[] =>
    specifier.startsWith('.') ? [joinPath(dirOf(from), specifier) ?? []].flat() : aliasedPlaces(from, specifier);

  const lookUp = (from: string, specifier: string): string | null => {
    const clean = specifier.replace(/[?#](?=[^/]*$).*$/, '') || specifier;
    if (clean.startsWith('.')) {
      const at = joinPath(dirOf(from), clean);
      return at === null ? null : sourceOf(at);
    }
    return clean.startsWith('/') ? existing(joinPath(holderOf(from) ?? '.', clean)) : bare(from, clean);
  };

  return {
    resolve: (from, specifier) => memo(answersIn(from), specifier, () => lookUp(from, specifier)),
    placesOf,
    sourceOf,
  };
}

/** Aliases that bundlers set in code we do not run (`@/x`, `~/x`, `src/x`, `$lib/x`), as paths in the component. */
function byHabit(specifier: string): string[] {
  const tail = /^(?:@|~|~~|@@|#)\/(.+)$/.exec(specifier)?.[1] ?? /^~([^/].*)$/.exec(specifier)?.[1];
  const places = tail ? ['src', '.', 'app', 'client', 'src/app'].map((base) => `${base}/${tail}`) : [];
  if (/^(src|app|server)\//.test(specifier)) places.push(specifier);
  const lib = /^\$lib(?:\/(.+))?$/.exec(specifier);
  if (lib) places.push(`src/lib/${lib[1] ?? 'index'}`);
  const scoped = /^@([a-z][\w-]*)\/(.+)$/.exec(specifier);
  if (scoped) places.push(`src/${scoped[1]}/${scoped[2]}`);
  return places;
}

const declares = (manifest: ManifestFact | undefined, name: string): boolean =>
  manifest !== undefined &&
  (name in manifest.dependencies || name in manifest.devDependencies || name in manifest.peerDependencies);

type Existing = (path: string | null) => string | null;

/** Finds the file that a path written in code stands for. Paths without their last ending are kept, since most tries lead nowhere. */
function finder(view: RepoView): Existing {
  const stems = new Set(view.list().map((path) => path.slice(0, Math.max(path.lastIndexOf('.'), 0))));
  const ended = (path: string): string | null => {
    if (!stems.has(path)) return null;
    for (const added of sourceEndings) if (view.has(path + added)) return path + added;
    return null;
  };
  return (path) => {
    if (path === null) return null;
    const ending = /\.(d\.)?[a-z]+$/.exec(path)?.[0];
    if (ending && view.has(path)) return path;
    for (const other of (ending && written[ending]) || []) {
      const candidate = path.slice(0, -ending!.length) + other;
      if (view.has(candidate)) return candidate;
    }
    return ended(path) ?? ended(path === '.' ? 'index' : `${path}/index`) ?? (view.has(path) ? path : null);
  };
}

const outputFolder =
  /(^|\/)(dist|build|lib|out|output|\.output|\.medusa\/server|esm|cjs|compiled|bin|public\/build)(?=\/)/;

/** `dist/server/index.js` → `src/server/index.ts`, by the tsconfig's outDir, then by habit. */
function fromOutput(existing: Existing, configs: TsConfigs, holder: string, asked: string): string | null {
  // `require('./dist')`: the folder itself.
  const path = outputFolder.test(`${asked}/`) && !outputFolder.test(asked) ? `${asked}/index` : asked;
  const output = configs.outputOf(dirOf(path));
  if (output && isWithin(path, output.outDir)) {
    const tail = relativeTo(path, output.outDir);
    for (const base of [output.rootDir, joinPath(holder, 'src'), holder]) {
      const found = base && existing(joinPath(base, tail));
      if (found) return found;
    }
  }
  const local = isWithin(path, holder) ? relativeTo(path, holder) : path;
  const match = outputFolder.exec(local);
  if (!match) return null;
  const tail = local.slice(match.index + match[0].length + 1);
  const slashes = tail.split('/');
  // `dist/apps/api/src/main.js` (nx) names the source folder in full; `dist/esm/index.js` has a format folder in between.
  const options = [tail, tail.replace(/^(esm|cjs|es|module|node|server)\//, '')];
  if (slashes.length > 2) options.push(slashes.slice(1).join('/'));
  for (const option of options) {
    for (const base of ['src', '', 'app', 'server', 'source']) {
      const found = existing(joinPath(holder, base, option));
      if (found && !outputFolder.test(relativeTo(found, holder))) return found;
    }
    const whole = existing(option);
    if (whole) return whole;
  }
  return null;
}

const importsOf = ({ raw }: ManifestFact, specifier: string): readonly string[] =>
  safely(() => resolveImports(raw, specifier, { conditions: ['import', 'source', 'development'] }));

function safely(run: () => unknown): readonly string[] {
  try {
    return (run() ?? []) as string[];
  } catch {
    return []; // the package does not export that path under these conditions
  }
}
