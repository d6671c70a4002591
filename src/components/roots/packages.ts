import { runsOf } from '../../commands/index.ts';
import type { ComponentRoot } from '../../model/component.ts';
import type { Facts, ManifestFact } from '../../model/facts/index.ts';
import { baseOf, isWithin, joinPath, relativeTo } from '../../model/paths.ts';
import type { RepoView } from '../../model/repository.ts';
import { languageOf } from '../languages.ts';
import { isInert, isOwnWork } from '../places.ts';

/** Packages that have something to say: not a `{"type": "commonjs"}` that only steers the module system. */
export function packageRoots(facts: Facts): ComponentRoot[] {
  return facts.manifests.filter((m) => hasSubstance(m) && !isInert(m.dir)).map(rootOf);
}

export function rootOf(manifest: ManifestFact): ComponentRoot {
  const name = manifest.name ?? (manifest.dir === '.' ? 'root' : baseOf(manifest.dir));
  return {
    path: manifest.dir,
    name,
    language: 'js',
    manifest: manifest.path,
    evidence: [{ file: manifest.path, line: manifest.lines.name ?? 1, note: `package ${name}` }],
  };
}

function hasSubstance(m: ManifestFact): boolean {
  const lists = [m.scripts, m.dependencies, m.devDependencies, m.peerDependencies, m.optionalDependencies, m.bin];
  if (lists.some((list) => Object.keys(list).length > 0)) return true;
  if (m.main || m.module || m.exports || m.workspaces.length > 0) return true;
  return (
    m.name !== null && (m.raw.description !== undefined || m.raw.files !== undefined || m.raw.version !== undefined)
  );
}

const starting =
  /^(start|dev|serve|develop|prod|production|server)([:-](dev|prod|production|local|watch|server|web|app))?$/;

/** Programs that run the folder they are started in. */
const folderRunners = new Set(
  'next nuxt nuxi vite react-scripts react-app-rewired craco ng nest expo react-native astro gatsby remix react-router vue-cli-service umi max vinxi waku meteor strapi medusa wrangler func ionic sls serverless webpack webpack-dev-server rspack rsbuild farm parcel ember quasar adonis sails electron electron-forge electron-vite backpack node'.split(
    ' ',
  ),
);
const outputFolder = /^(dist|build|out|lib|\.output|\.next)\//;

/**
 * Whether a package that holds others below it is something by itself. One that only holds the workspace together, with tooling
 * and scripts that call its members, is not: it needs code of its own and a way in which that code runs or is taken in.
 */
export function isMoreThanHolder(
  manifest: ManifestFact,
  own: readonly string[],
  view: RepoView,
  facts: Facts,
): boolean {
  const work = new Set(own.filter((file) => languageOf(file) !== null && isOwnWork(file, manifest.dir)));
  if (work.size === 0) return false;
  // In a monorepo of Nest's own kind `nest start` starts one of its projects.
  const ofProjects = /"monorepo"\s*:\s*true/.test(view.text(joinPath(manifest.dir, 'nest-cli.json') ?? ''));
  const isOwn = (file: string): boolean =>
    work.has(file) ||
    work.has(file.replace(/\.js$/, '.ts')) ||
    work.has(`${file}/index.js`) ||
    (outputFolder.test(relativeTo(file, manifest.dir)) &&
      isWithin(file, manifest.dir) &&
      !(ofProjects && /^dist\/apps\//.test(relativeTo(file, manifest.dir))));
  const given = [manifest.main, manifest.module, ...Object.values(manifest.bin), ...exportTargets(manifest.exports)];
  if (given.some((file) => file !== null && isOwn(joinPath(manifest.dir, file) ?? ''))) return true;
  const starts = Object.entries(manifest.scripts)
    .filter(([name]) => starting.test(name))
    .flatMap(([, text]) => runsOf(text, { cwd: manifest.dir, facts, view }));
  const startsFolder = (program: string): boolean => folderRunners.has(program) && !(program === 'nest' && ofProjects);
  if (
    starts.some((run) => (run.file === null ? run.cwd === manifest.dir && startsFolder(run.program) : isOwn(run.file)))
  )
    return true;
  // Functions that a platform's definition names by their modules.
  const called = [...facts.platforms, ...facts.iac]
    .flatMap(({ functions }) => functions ?? [])
    .flatMap(({ modules }) => modules);
  if (called.some((module) => ['.ts', '.js', '.mjs', '.mts', '.cjs'].some((ending) => work.has(module + ending))))
    return true;
  const beside = (name: string) => view.has(joinPath(manifest.dir, name) ?? name);
  if (beside('Procfile') && !startsOthers(manifest.dir, view, facts)) return true;
  return [
    '.meteor/release',
    'index.html',
    'main.wasp',
    'main.wasp.ts',
    'next.config.js',
    'next.config.mjs',
    'next.config.ts',
  ].some(beside);
}

/** What its Procfile starts are packages below, through scripts that only call them. */
function startsOthers(dir: string, view: RepoView, facts: Facts): boolean {
  const below = facts.manifests.map((other) => other.dir).filter((other) => other !== dir && isWithin(other, dir));
  const commands = facts.platforms
    .filter(({ path }) => path === joinPath(dir, 'Procfile'))
    .flatMap(({ services }) => services.flatMap(({ command }) => command ?? []));
  const runs = commands.flatMap((command) => runsOf(command, { cwd: dir, facts, view }));
  return runs.length > 0 && runs.every(({ file, cwd }) => below.some((other) => isWithin(file ?? cwd, other)));
}

/** The files named in an `exports` field, wherever in it. */
function exportTargets(exports: unknown, depth = 0): string[] {
  if (typeof exports === 'string') return [exports];
  if (typeof exports !== 'object' || exports === null || depth > 4) return [];
  return Object.values(exports).flatMap((value) => exportTargets(value, depth + 1));
}
