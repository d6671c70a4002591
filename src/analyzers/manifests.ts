import { parse as parseYaml } from 'yaml';
import type { Analyzer, ManifestFact } from '../model/facts/index.ts';
import { baseOf, dirOf, isWithin, joinPath } from '../model/paths.ts';
import type { RepoView } from '../model/repository.ts';
import { denoManifest } from './shared/deno.ts';
import { jsonErrorLine, jsonLines } from './shared/json-lines.ts';

type Plain = Record<string, unknown>;
type Fail = Parameters<Analyzer<'manifests'>['analyze']>[1];

const manifests: Analyzer<'manifests'> = {
  gives: 'manifests',
  sees: 'Every package.json, with the line of each key, and the workspaces that pnpm, Lerna and Rush declare beside it; deno.json where that stands alone.',
  blindTo: 'package.json5 and package.yaml; fields that a tool adds at run time.',
  analyze: (view, fail) => {
    const packages = view.glob('**/package.json').flatMap((path) => readManifest(view, path, fail) ?? []);
    return [...packages, ...denoManifests(view, new Set(packages.map(({ dir }) => dir)))];
  },
};
export default manifests;

function readManifest(view: RepoView, path: string, fail: Fail): ManifestFact | null {
  const text = view.read(path);
  if (text === null) {
    fail({ file: path, line: null, message: 'could not be read' });
    return null;
  }
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    fail({ file: path, line: jsonErrorLine(text, error), message: 'is not valid JSON' });
    return null;
  }
  if (!isObject(raw)) {
    fail({ file: path, line: 1, message: 'is not a JSON object' });
    return null;
  }
  return factOf(view, path, raw, jsonLines(text));
}

const starting = /^(start|serve|dev|server|prod|preview)\b/;

/** deno.json of programs: not one that only steers an editor, the functions of a host or a part of a package. */
function denoManifests(view: RepoView, packages: ReadonlySet<string>): ManifestFact[] {
  return view.glob(['**/deno.json', '**/deno.jsonc']).flatMap((path) => {
    const dir = dirOf(path);
    if (packages.has(dir) || /(^|\/)(supabase|netlify)\//.test(`${dir}/`)) return [];
    const read = (name: string): Plain => readPlain(view, joinPath(dir, name) ?? name);
    const raw = denoManifest(read(baseOf(path)), read);
    const scripts = strings(raw.scripts);
    const isPart = [...packages].some((outer) => isWithin(dir, outer));
    if (Object.keys(scripts).length + Object.keys(strings(raw.dependencies)).length === 0) return [];
    if (isPart && !Object.keys(scripts).some((name) => starting.test(name))) return [];
    const named = jsonLines(view.text(path));
    const lines = Object.fromEntries(
      Object.entries(named).map(([key, line]) => [key.replace(/^tasks\./, 'scripts.'), line]),
    );
    return [factOf(view, path, raw, lines)];
  });
}

function factOf(view: RepoView, path: string, raw: Plain, lines: Record<string, number>): ManifestFact {
  const dir = dirOf(path);
  const name = stringOr(raw.name);
  return {
    path,
    dir,
    name,
    private: raw.private === true || raw.private === 'true',
    main: stringOr(raw.main),
    module: stringOr(raw.module),
    type: raw.type === 'module' ? 'module' : 'commonjs',
    bin: typeof raw.bin === 'string' ? { [name?.replace(/^@[^/]*\//, '') ?? 'bin']: raw.bin } : strings(raw.bin),
    exports: raw.exports ?? null,
    imports: raw.imports ?? null,
    scripts: strings(raw.scripts),
    dependencies: strings(raw.dependencies),
    devDependencies: strings(raw.devDependencies),
    peerDependencies: strings(raw.peerDependencies),
    optionalDependencies: strings(raw.optionalDependencies),
    workspaces: [...new Set([...ownWorkspaces(raw.workspaces), ...declaredBeside(view, dir)])],
    packageManager: stringOr(raw.packageManager),
    engines: strings(raw.engines),
    lines,
    raw,
  };
}

function ownWorkspaces(value: unknown): string[] {
  return stringList(isObject(value) ? value.packages : value);
}

/** Workspace patterns of the tools that keep them in a file of their own. */
function declaredBeside(view: RepoView, dir: string): string[] {
  const beside = (name: string): Plain => readPlain(view, joinPath(dir, name) ?? name);
  const rush = beside('rush.json').projects;
  return [
    ...stringList(beside('pnpm-workspace.yaml').packages),
    ...stringList(beside('lerna.json').packages),
    ...(Array.isArray(rush)
      ? rush.flatMap((project) => stringOr(isObject(project) && project.projectFolder) ?? [])
      : []),
  ];
}

/** YAML reads JSON too, with the comments that these files allow. */
function readPlain(view: RepoView, path: string): Plain {
  if (!view.has(path)) return {};
  try {
    const text = view.text(path);
    const value: unknown = parseYaml(/\.jsonc?$/.test(path) ? withoutComments(text) : text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** Globs in strings (`packages/**`) look like comments and are none. */
const withoutComments = (text: string): string =>
  text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (found) => (found.startsWith('"') ? found : ''));

const isObject = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const stringOr = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const stringList = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
const strings = (value: unknown): Record<string, string> =>
  isObject(value)
    ? Object.fromEntries(
        Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      )
    : {};
