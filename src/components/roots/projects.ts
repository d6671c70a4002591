import { parse as parseYaml } from 'yaml';
import type { ComponentRoot } from '../../model/component.ts';
import { asRecord, asText, type Data } from '../../model/data.ts';
import { baseOf, dirOf, joinPath } from '../../model/paths.ts';
import type { RepoView } from '../../model/repository.ts';
import { isInert } from '../places.ts';

/**
 * Projects that a workspace file declares and that may have no package.json of their own: Nx `project.json`,
 * the `projects` of `nest-cli.json`, `angular.json` and an old `workspace.json`.
 */
export function projectRoots(view: RepoView): ComponentRoot[] {
  return [
    ...view.glob('**/project.json').flatMap((path) => nxProject(view, path)),
    ...view.glob(['**/nest-cli.json', '**/angular.json', '**/workspace.json']).flatMap((path) => declared(view, path)),
  ].filter((root) => !isInert(root.path));
}

function nxProject(view: RepoView, path: string): ComponentRoot[] {
  const project = readRelaxed(view, path);
  // Other tools keep a project.json too; an Nx project names its targets or its source.
  if (!('targets' in project || 'sourceRoot' in project || 'projectType' in project)) return [];
  return [root(dirOf(path), asText(project.name), path, 'Nx project')];
}

function declared(view: RepoView, path: string): ComponentRoot[] {
  const data = readRelaxed(view, path);
  const projects = Object.entries(asRecord(data.projects));
  // Another way to start what the package holds: Nest's projects may share its sources.
  const shared = joinPath(dirOf(path), asText(data.sourceRoot) ?? '.');
  const built = baseOf(path) === 'angular.json' ? projects.filter(([, value]) => isBuiltApplication(value)) : [];
  return projects.flatMap(([name, value]) => {
    const stated = typeof value === 'string' ? value : (asText(asRecord(value).root) ?? '');
    const folder = joinPath(dirOf(path), stated);
    // The single project of an ordinary Angular or Nest app is the package itself, in whatever folder its sources are.
    if (folder === null || folder === dirOf(path) || folder === shared || !view.hasDirectory(folder)) return [];
    if (built.length === 1 && built[0]![0] === name && !view.has(`${folder}/package.json`)) return [];
    return [root(folder, name, path, `project ${name}`)];
  });
}

/** An application that Angular builds; the suites that old versions declare beside it have nothing to build. */
function isBuiltApplication(value: unknown): boolean {
  const project = asRecord(value);
  return project.projectType === 'application' && 'build' in asRecord(project.architect ?? project.targets);
}

const root = (folder: string, name: string | null, path: string, note: string): ComponentRoot => ({
  path: folder,
  name: name ?? baseOf(folder),
  language: 'js',
  manifest: path,
  evidence: [{ file: path, line: 1, note }],
});

/** These files allow comments and trailing commas, as YAML's flow style does once comments are gone. */
export function readRelaxed(view: RepoView, path: string): Data {
  const text = view.read(path);
  if (text === null) return {};
  try {
    return asRecord(JSON.parse(text));
  } catch {
    try {
      return asRecord(parseYaml(text.replace(/^\s*\/\/.*$/gm, '').replace(/\/\*[\s\S]*?\*\//g, '')));
    } catch {
      return {};
    }
  }
}
