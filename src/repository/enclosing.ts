import { baseOf, byCodeUnit, dirOf, isWithin } from '../model/paths.ts';
import type { FileSource } from './source.ts';

const code = /\.([cm]?[jt]sx?|vue|svelte|astro|py|go|rb|php|java|kt|cs|rs)$/;
const manifest =
  /^(package\.json|package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|go\.mod|pyproject\.toml|requirements[\w.-]*\.txt|Cargo\.toml|pom\.xml|composer\.json|Gemfile)$/;

/**
 * The repository around a folder of it, as far as it says something of the folder: the folder's own files, those that lie on the
 * way up, and of the folders beside it neither code nor manifests, for those are other people's parts.
 * @param own what is seen of the folder itself.
 * @param top the whole repository, at the same moment.
 */
export function enclosing(own: FileSource, top: FileSource): FileSource {
  const prefix = own.gitPrefix!;
  const within = own.paths.map((path) => `${prefix}/${path}`);
  const around = top.paths.filter((path) => !isWithin(path, prefix) && tells(path, prefix));
  return { ...top, paths: [...around, ...within].sort(byCodeUnit) };
}

const tells = (path: string, prefix: string): boolean =>
  isWithin(prefix, dirOf(path)) || !(code.test(path) || manifest.test(baseOf(path)));
