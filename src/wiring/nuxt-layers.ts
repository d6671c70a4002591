import { dirOf, joinPath } from '../model/paths.ts';
import type { RepoView } from '../model/repository.ts';
import type { Resolver } from './resolver.ts';

const configs = ['ts', 'js', 'mjs'].map((ending) => `nuxt.config.${ending}`);
const longestChain = 20;

/**
 * Folders whose files a Nuxt application takes as if they lay in its own: each of `layers/`, and those of this repository that its
 * configuration, or a layer's, names under `extends`. Without the application's own folder.
 */
export function nuxtLayers(home: string, view: RepoView, resolver: Resolver): string[] {
  const folders = [home];
  for (const folder of folders) {
    if (folders.length > longestChain) break;
    const config = configIn(folder, view);
    const named = config ? extended(view.text(config)).map((name) => layerAt(config, name, view, resolver)) : [];
    for (const layer of [...placed(folder, view), ...named]) {
      if (layer !== null && !folders.includes(layer)) folders.push(layer);
    }
  }
  return folders.slice(1);
}

function configIn(folder: string, view: RepoView): string | null {
  return configs.map((name) => joinPath(folder, name)).find((path) => path !== null && view.has(path)) ?? null;
}

function placed(folder: string, view: RepoView): string[] {
  const prefix = folder === '.' ? 'layers/' : `${folder}/layers/`;
  const names = view.list().flatMap((path) => {
    const rest = path.startsWith(prefix) ? path.slice(prefix.length) : '';
    return /^[^/]+\/nuxt\.config\.(ts|js|mjs)$/.test(rest) ? [dirOf(path)] : [];
  });
  return [...new Set(names)];
}

/** The strings under `extends`; a layer with options of its own stands in brackets within them. */
function extended(text: string): string[] {
  const bare = text.replace(/^\s*\/\/.*$/gm, '');
  const value = /\bextends\s*:\s*(\[[\s\S]{0,2000}?\]\s*[,}]|(['"])[^'"\n]+\2)/.exec(bare)?.[1] ?? '';
  return [...value.matchAll(/['"]([@.\w][^'"\n]*)['"]/g)].map((match) => match[1]!);
}

function layerAt(config: string, name: string, view: RepoView, resolver: Resolver): string | null {
  const folder = name.startsWith('.') ? joinPath(dirOf(config), name) : dirOf(resolver.resolve(config, name) ?? config);
  return folder !== null && configIn(folder, view) ? folder : null;
}
