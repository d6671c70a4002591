import { joinPath } from '../model/paths.ts';
import type { ConfigInput } from './config-schema.ts';
import type { Layer } from './layers.ts';
import type { SettingsPath } from './settings-file.ts';

/** Layers laid over each other: the value, and for each part of it the place that set it. */
export interface Merged {
  value: ConfigInput;
  from(path: SettingsPath): string;
}

type Tree = Record<string, unknown>;

/** Lists that grow from layer to layer; every other list is replaced as a whole. */
const growing = new Set(['ignore', 'accepted']);
/** Keys that speak of the file itself. */
const ofTheFile = new Set(['extends', '$schema']);

/** Later layers win; objects are merged key by key, and null takes back what an earlier layer set. */
export function mergeLayers(layers: readonly Layer[]): Merged {
  const value: Tree = {};
  const origins = new Map<string, string>();
  for (const layer of layers) {
    for (const [key, part] of Object.entries(layer.value)) {
      if (!ofTheFile.has(key)) lay(value, key, part, { layer, origins, source: [key], target: [key] });
    }
  }
  return { value: value as ConfigInput, from: (path) => origins.get(keyOf(path)) ?? 'default' };
}

interface At {
  layer: Layer;
  origins: Map<string, string>;
  /** Where it stands in the layer, for its line. */
  source: SettingsPath;
  /** Where it is put. */
  target: SettingsPath;
}

function lay(into: Tree, key: string, part: unknown, at: At): void {
  const { layer, origins, source, target } = at;
  if (part === undefined) return;
  if (part === null) {
    delete into[key];
    return;
  }
  origins.set(keyOf(target), layer.from(source));
  if (Array.isArray(part)) {
    const before = growing.has(key) && Array.isArray(into[key]) ? (into[key] as unknown[]) : [];
    for (const [index, item] of part.entries()) note(item, [...source, index], [...target, before.length + index], at);
    into[key] = [...before, ...part];
  } else if (typeof part === 'object') {
    const inner: Tree = isTree(into[key]) ? into[key] : {};
    into[key] = inner;
    for (const [name, value] of Object.entries(part)) {
      const put = holdsPaths(target) ? (joinPath(name) ?? name) : name;
      lay(inner, put, value, { layer, origins, source: [...source, name], target: [...target, put] });
    }
  } else into[key] = part;
}

/** What a list holds was set where the list says it, down to the last field. */
function note(value: unknown, source: SettingsPath, target: SettingsPath, at: At): void {
  at.origins.set(keyOf(target), at.layer.from(source));
  if (isTree(value)) for (const name of Object.keys(value)) note(value[name], [...source, name], [...target, name], at);
}

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** True where the keys are component paths, which may be written `./apps/api/`. */
const holdsPaths = (path: SettingsPath) =>
  (path.length === 1 && path[0] === 'components') || (path[0] === 'gate' && path[1] === 'minComponent');

const keyOf = (path: SettingsPath) => JSON.stringify(path.map(String));
