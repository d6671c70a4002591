import type { ComponentRoot } from '../../model/component.ts';
import type { Facts, ManifestFact } from '../../model/facts/index.ts';
import { baseOf } from '../../model/paths.ts';
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

/** Words of a script that hands the work to other packages or to a task runner. */
const delegating =
  /\b(turbo|nx|lerna|rush|wsrun|moon|lage|concurrently|npm-run-all|run-p|run-s|docker(-compose)?|make|workspaces?|husky|changeset|manypkg|syncpack|azd|swa|tilt|skaffold)\b|--(filter|prefix|cwd|dir)\b|\s-(C|r|F)\s|\bcd\s+\S/;
const starting = /^(start|dev|serve|develop|preview|prod|production|server|watch|run)([:-].+)?$/;

/**
 * Whether a package that holds others below it is something by itself. One that only holds the workspace together, with tooling
 * and scripts that call its members, is not: it needs code of its own and a way in which that code runs or is taken in.
 */
export function isMoreThanHolder(manifest: ManifestFact, own: readonly string[], view: RepoView): boolean {
  const work = own.filter((file) => languageOf(file) !== null && isOwnWork(file, manifest.dir));
  if (work.length === 0) return false;
  if (manifest.main || manifest.module || manifest.exports || Object.keys(manifest.bin).length > 0)
    return work.length > 0 && Object.keys(manifest.dependencies).length + work.length > 1;
  if (Object.entries(manifest.scripts).some(([name, text]) => starting.test(name) && !delegating.test(text)))
    return true;
  const beside = (name: string) => view.has(manifest.dir === '.' ? name : `${manifest.dir}/${name}`);
  return ['Procfile', 'Dockerfile', 'index.html', 'next.config.js', 'next.config.mjs', 'next.config.ts'].some(beside);
}
