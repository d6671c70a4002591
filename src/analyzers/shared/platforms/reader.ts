import { asRecord, dig, lineIn } from '../../../model/data.ts';
import type { PlatformFact, PlatformName } from '../../../model/facts/index.ts';
import { baseOf, dirOf, joinPath } from '../../../model/paths.ts';
import type { RepoView } from '../../../model/repository.ts';
import { readToml } from '../toml.ts';
import { isYamlPath, type Located, type Problem, readJson, yamlOf } from '../yaml.ts';

/** Reads one platform's file. `parsed` is null for files that are no data (Procfile, sst.config.ts). */
export interface PlatformReader {
  /** Tested against the whole path. */
  path: RegExp;
  /** What the text must hold, where the path tells too little. */
  text?: RegExp;
  read(file: PlatformFile): PlatformFact | null;
}
export interface PlatformFile {
  view: RepoView;
  path: string;
  dir: string;
  text: string;
  located: Located | null;
}

export type PlatformService = PlatformFact['services'][number];

export const platformFact = (path: string, platform: PlatformName, rest: Partial<PlatformFact> = {}): PlatformFact => ({
  path,
  platform,
  services: [],
  headers: [],
  resources: [],
  env: [],
  commands: [],
  ...rest,
});

export const platformService = (
  name: string,
  dir: string | null,
  rest: Partial<PlatformService> = {},
): PlatformService => ({
  name,
  dir,
  kind: 'web',
  command: null,
  healthPath: null,
  replicas: null,
  autoscaling: false,
  line: 1,
  ...rest,
});

/**
 * The origins at the first of the places that states a policy: `true` lets any in, an object names them, and a text is one or some.
 * A place is a path of keys with dots between them.
 */
export function originsOf(
  located: Located | null,
  places: readonly string[],
): { allowedOrigins?: { value: string; line: number } } {
  for (const place of places) {
    const stated = dig(located?.data, ...place.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key)));
    if (stated === undefined || stated === null || stated === false) continue;
    const named = ['allowedOrigins', 'origins', 'origin', 'AllowOrigins', 'AllowOrigin']
      .map((key) => asRecord(stated)[key])
      .find((value) => value !== undefined);
    const value = named ?? (typeof stated === 'string' ? stated : '*');
    return { allowedOrigins: { value: JSON.stringify(value), line: lineIn(located?.lines ?? {}, place) } };
  }
  return {};
}

/** A path written relative to `dir`; null outside the repository. */
export const below = (dir: string, written: string | null): string | null =>
  joinPath(dir, (written ?? '.').replace(/^\//, './'));

/** The folder's own name, for a platform that says none. */
export const folderName = (dir: string): string => (dir === '.' ? 'app' : baseOf(dir));

/** Opens a file and parses it by its ending. */
export function openPlatformFile(
  view: RepoView,
  path: string,
  report: (problem: Problem) => void,
): PlatformFile | null {
  const text = view.read(path);
  if (text === null) return null;
  const file = { view, path, dir: dirOf(path), text };
  const name = path.replace(/\.(?:example|sample|template)$/, '');
  if (/\.toml$|(?:^|\/)\.replit$/.test(name)) {
    const { document, problem } = readToml(text);
    if (problem) report(problem);
    return document ? { ...file, located: document } : null;
  }
  if (!isYamlPath(path) && !/\.jsonc?$|(?:^|\/)captain-definition$/.test(name)) return { ...file, located: null };
  const { documents, problems } = isYamlPath(path) ? yamlOf(view, path) : readJson(text);
  if (problems[0]) report(problems[0]);
  return documents[0] ? { ...file, located: documents[0] } : null;
}
