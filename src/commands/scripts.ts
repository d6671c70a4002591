import picomatch from 'picomatch';
import { quote } from 'shell-quote';
import type { ManifestFact } from '../model/facts/manifest.ts';
import { byCodeUnit, dirOf, isWithin, relativeTo } from '../model/paths.ts';
import type { CommandRun, Follower, Place } from './types.ts';

/** The manifest that a package manager started in `cwd` would use. */
export function manifestFor(cwd: string, self: Follower): ManifestFact | null {
  for (let dir = cwd; ; dir = dirOf(dir)) {
    const manifest = self.manifests.find((each) => each.dir === dir);
    if (manifest) return manifest;
    if (dir === '.') return null;
  }
}

/** Runs a script with its `pre` and `post`; null when the manifest has none of that name. */
export function runScript(
  manifest: ManifestFact | null,
  name: string,
  args: readonly string[],
  place: Place,
  self: Follower,
): CommandRun[] | null {
  if (!manifest || !Object.hasOwn(manifest.scripts, name)) return null;
  const key = `${manifest.path} ${name}`;
  if (place.open.includes(key)) return [];
  const runs: CommandRun[] = [];
  for (const part of [`pre${name}`, name, `post${name}`]) {
    const text = Object.hasOwn(manifest.scripts, part) ? manifest.scripts[part] : undefined;
    if (!text) continue;
    const inner: Place = {
      ...place,
      cwd: manifest.dir,
      script: { manifest: manifest.path, name: part },
      via: [...place.via, `${manifest.path} "${part}"`],
      open: [...place.open, key],
      scriptDir: null,
      errexit: false,
    };
    if (/^wireit\b/.test(text.trim())) runs.push(...runWireit(manifest, part, inner, self));
    else runs.push(...self.text(part === name && args.length > 0 ? `${text} ${quote([...args])}` : text, inner));
  }
  return runs;
}

/** wireit keeps the command, and what must run before it, in a section of its own. */
function runWireit(manifest: ManifestFact, name: string, place: Place, self: Follower): CommandRun[] {
  const section = (manifest.raw.wireit as Record<string, unknown> | undefined)?.[name];
  if (typeof section !== 'object' || section === null) return [];
  const { command, dependencies } = section as { command?: unknown; dependencies?: unknown };
  const runs: CommandRun[] = [];
  for (const dependency of Array.isArray(dependencies) ? dependencies : []) {
    const target: unknown = typeof dependency === 'string' ? dependency : dependency?.script;
    if (typeof target === 'string' && !target.includes(':') && !target.startsWith('.'))
      runs.push(...(runScript(manifest, target, [], place, self) ?? []));
  }
  if (typeof command === 'string') runs.push(...self.text(command, place));
  return runs;
}

/** Script names that a pattern such as `build:*` asks for, in the order of the manifest; `*` stops at a colon. */
export function scriptNames(manifest: ManifestFact | null, pattern: string): string[] {
  if (!manifest) return [];
  if (!/[*?[{]/.test(pattern)) return Object.hasOwn(manifest.scripts, pattern) ? [pattern] : [];
  const matches = picomatch(pattern.replaceAll('/', '\\/').replaceAll(':', '/'), { dot: true });
  return Object.keys(manifest.scripts).filter((name) => matches(name.replaceAll(':', '/')));
}

/** The script in each of the packages that has it. */
export function runInPackages(
  packages: readonly ManifestFact[],
  name: string,
  args: readonly string[],
  place: Place,
  self: Follower,
): CommandRun[] {
  return packages.flatMap((manifest) => runScript(manifest, name, args, place, self) ?? []);
}

/** Every package below the folder of `root` but itself, by path. */
export function packagesBelow(root: ManifestFact | null, self: Follower): ManifestFact[] {
  const dir = root?.dir ?? '.';
  return self.manifests
    .filter((each) => each.dir !== dir && isWithin(each.dir, dir))
    .sort((a, b) => byCodeUnit(a.path, b.path));
}

/** The nearest manifest at or above `cwd` that `holds`; the repository's own when none does. */
export function rootFor(cwd: string, self: Follower, holds: (manifest: ManifestFact) => boolean): ManifestFact | null {
  for (let dir = cwd; ; dir = dirOf(dir)) {
    const manifest = self.manifests.find((each) => each.dir === dir);
    if (manifest && (dir === '.' || holds(manifest))) return manifest;
    if (dir === '.') return manifestFor(cwd, self);
  }
}

/**
 * Packages that filters of pnpm, turbo, lerna, yarn or npm choose: by name, name glob, `./folder`, `{folder}`; `...` and `^` around a name
 * (its dependencies or dependents) are read as the name itself, `[ref]` as everything, a leading `!` takes away.
 */
export function choose(packages: readonly ManifestFact[], filters: readonly string[], from: string): ManifestFact[] {
  const chosen = filters.filter((filter) => !filter.startsWith('!'));
  const left = filters.filter((filter) => filter.startsWith('!')).map((filter) => filter.slice(1));
  return packages.filter(
    (each) =>
      (chosen.length === 0 || chosen.some((filter) => fits(each, filter, from))) &&
      !left.some((filter) => fits(each, filter, from)),
  );
}

function fits(manifest: ManifestFact, filter: string, from: string): boolean {
  if (/\$\{?/.test(filter)) return true;
  const core = filter
    .replace(/^\.\.\.\^?|\^?\.\.\.$/g, '')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/^\{(.*)\}$/, '$1');
  if (core === '' || core === '*') return true;
  if (core.startsWith('.') || core.includes('/')) {
    const folder = core.replace(/^\.\//, '').replace(/\/$/, '');
    const here = isWithin(manifest.dir, from) ? relativeTo(manifest.dir, from) : manifest.dir;
    if (here === folder || manifest.dir === folder || picomatch.isMatch(here, folder)) return true;
  }
  const name = manifest.name ?? '';
  return name === core || name.replace(/^@[^/]+\//, '') === core || picomatch.isMatch(name, core);
}
