import { dirOf, joinPath } from '../model/paths.ts';
import type { RepoView } from '../model/repository.ts';
import { configNames, mayHoldConfig } from './config-place.ts';
import { type ConfigInput, configSchema } from './config-schema.ts';
import { type Problem, readSettings, type SettingsFile, type SettingsPath } from './settings-file.ts';
import { didYouMean } from './suggest.ts';

const maxDepth = 8;

/** One source of settings. */
export interface Layer {
  name: string;
  value: ConfigInput;
  /** `file:line` or a flag's name. */
  from(path: SettingsPath): string;
  /** Null for a flag. */
  lineOf(path: SettingsPath): number | null;
}

/**
 * Reads a file of an npm package that is installed for the target, as text; nothing of it is run. `path` null asks for the
 * package's own config by its usual names. Null when there is none.
 */
export type PackageReader = (name: string, path: string | null) => { path: string; text: string } | null;

interface Source {
  /** The package that holds it, or null for the repository itself. */
  pack: string | null;
  path: string;
  text: string;
  under: SettingsPath;
}

/** The config of a repository and the presets it extends, lowest first. `file` names one in place of the usual names. */
export function readLayers(
  view: RepoView,
  readPackage: PackageReader,
  file?: string,
): { layers: Layer[]; problems: Problem[] } {
  const layers: Layer[] = [];
  const problems: Problem[] = [];
  const visit = (source: Source, chain: string[]) => {
    const name = nameOf(source);
    const settings = readSettings(name, source.text, source.under);
    problems.push(...settings.problems);
    if (settings.problems.length > 0 || settings.value === undefined) return;
    const value = check(settings, problems);
    if (value === null) return;
    for (const [index, wanted] of [value.extends ?? []].flat().entries()) {
      const line = settings.lineOf(Array.isArray(value.extends) ? ['extends', index] : ['extends']);
      const preset = findPreset(view, readPackage, source, wanted);
      if (typeof preset === 'string') problems.push({ file: name, line, message: preset });
      else if (chain.includes(nameOf(preset)))
        problems.push({ file: name, line, message: `extends itself: ${[...chain, nameOf(preset)].join(' → ')}` });
      else if (chain.length >= maxDepth)
        problems.push({ file: name, line, message: `presets extend each other more than ${maxDepth} deep` });
      else visit(preset, [...chain, nameOf(preset)]);
    }
    layers.push({ name, value, lineOf: settings.lineOf, from: (path) => `${name}:${settings.lineOf(path)}` });
  };
  const own = ownConfig(view, problems, file);
  if (own) visit(own, [nameOf(own)]);
  return { layers, problems };
}

const nameOf = (source: Source) => (source.pack === null ? source.path : `node_modules/${source.pack}/${source.path}`);

function ownConfig(view: RepoView, problems: Problem[], file?: string): Source | null {
  const found: Source[] = [];
  for (const path of file === undefined ? configNames : [file]) {
    const text = view.read(path);
    if (text !== null) found.push({ pack: null, path, text, under: [] });
    else if (file !== undefined) problems.push({ file, line: 1, message: 'cannot be read' });
  }
  if (file === undefined) {
    const manifest = view.read('package.json');
    if (manifest !== null && mayHoldConfig(manifest)) {
      const keyed = readSettings('package.json', manifest, ['readiness']);
      // A `readiness` that is no object (a dependency's or a script's name, say) is none of ours.
      if (typeof keyed.value === 'object' && keyed.value !== null)
        found.push({ pack: null, path: 'package.json', text: manifest, under: ['readiness'] });
    }
  }
  for (const extra of found.slice(1))
    problems.push({ file: extra.path, line: 1, message: `a second config beside ${found[0]!.path}: keep one of them` });
  return found[0] ?? null;
}

/** A preset's source, or what is wrong with its name. */
function findPreset(view: RepoView, readPackage: PackageReader, by: Source, wanted: string): Source | string {
  if (wanted.startsWith('./') || wanted.startsWith('../')) {
    const path = joinPath(dirOf(by.path), wanted);
    if (path === null) return `preset ${wanted} lies outside ${by.pack ?? 'the repository'}`;
    if (by.pack !== null) {
      const read = readPackage(by.pack, path);
      return read ? { pack: by.pack, ...read, under: [] } : `preset ${wanted} is not in ${by.pack}`;
    }
    const text = view.read(path);
    return text === null ? `preset ${wanted} cannot be read` : { pack: null, path, text, under: [] };
  }
  const [, pack, rest] = /^((?:@[^/\s]+\/)?[^/@.\s][^/\s]*)(?:\/(.+))?$/.exec(wanted) ?? [];
  if (pack === undefined) return `${wanted} is neither a file (./…) nor a package name`;
  const path = rest === undefined ? null : joinPath(rest);
  if (rest !== undefined && path === null) return `preset ${wanted} lies outside its package`;
  const read = readPackage(pack, path);
  if (read) return { pack, ...read, under: [] };
  return `preset ${wanted}: no ${path ?? configNames[0]} in node_modules/${pack}; is it installed? (a file of the repository starts with ./)`;
}

function check(settings: SettingsFile, problems: Problem[]): ConfigInput | null {
  const { file } = settings;
  const parsed = configSchema.safeParse(settings.value ?? {});
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const path = issue.path as (string | number)[];
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys)
        problems.push({
          file,
          line: settings.lineOf([...path, key]),
          message: `unknown key ${[...path, key].join('.')}${didYouMean(key, knownKeys(path))}`,
        });
    } else
      problems.push({
        file,
        line: settings.lineOf(path),
        message: `${path.join('.') || 'config'}: ${plain(issue.message)}`,
      });
  }
  return null;
}

const plain = (message: string) => message.replace(/^Invalid (input|option): /, '').replace(/^expected/, 'expected');

/** The keys that the schema has at a path, for suggestions. */
function knownKeys(path: SettingsPath): string[] {
  // biome-ignore lint/suspicious/noExplicitAny: zod's own type for a walk over any schema
  let schema: any = configSchema;
  for (const key of path) {
    while (schema?.def?.innerType) schema = schema.def.innerType;
    schema = schema?.def?.shape?.[key] ?? schema?.def?.valueType ?? schema?.def?.element;
  }
  while (schema?.def?.innerType) schema = schema.def.innerType;
  return Object.keys(schema?.def?.shape ?? {});
}
