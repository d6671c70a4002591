import { posix } from 'node:path';
import { createPathsMatcher } from 'get-tsconfig';
import { asList, asRecord, asText, asTexts, type Data, dig, isRecord } from '../model/data.ts';
import { memo } from '../model/memo.ts';
import { dirOf, joinPath } from '../model/paths.ts';
import type { RepoView } from '../model/repository.ts';
import { parseLoose } from './loose-json.ts';

/** Candidates, as repository paths, that a tsconfig's `paths` and `baseUrl` give for a specifier. */
export type AliasMatcher = (specifier: string) => string[];

interface CompilerOptions {
  baseUrl?: string;
  paths?: Record<string, string[]>;
  outDir?: string;
  rootDir?: string;
}

/** Reads tsconfig and jsconfig files, `extends` included, from the view; one instance per audit. */
export interface TsConfigs {
  /** The same matcher for all folders that the same config speaks for. */
  aliasesFor(folder: string): AliasMatcher;
  /** `outDir` and `rootDir` as repository paths, of the nearest config with an `outDir`. */
  outputOf(folder: string): { outDir: string; rootDir: string | null } | null;
}

const noAlias: AliasMatcher = () => [];
const virtualRoot = '/repository';
const ofTheLeaf = /^\$\{configDir\}/;
const longestChain = 8;
const names = ['tsconfig.json', 'jsconfig.json', 'tsconfig.app.json', 'tsconfig.base.json', 'tsconfig.build.json'];

export function readTsConfigs(view: RepoView, packageFolder: (name: string) => string | null): TsConfigs {
  const known = new Map<string, CompilerOptions>();
  const parsed = new Map<string, Data>();
  const matchers = new Map<CompilerOptions, AliasMatcher>();
  const byFolder = new Map<string, AliasMatcher>();

  /**
   * Paths come back rooted at `virtualRoot`, so that each keeps the folder of the file that states it; `${configDir}` is the folder of
   * the config that is asked for (`home`), whichever it inherits from.
   */
  const load = (path: string, home: string, depth: number): CompilerOptions => {
    const key = `${home}\0${path}`;
    const before = known.get(key);
    if (before) return before;
    known.set(key, {});
    if (depth > longestChain) return {};
    const raw = memo(parsed, path, () => parseLoose(view.text(path)));
    const folder = dirOf(path);
    let merged: CompilerOptions = {};
    for (const parent of asTexts(raw.extends)) {
      const at = extended(view, folder, parent, packageFolder);
      if (at) merged = { ...merged, ...load(at, home, depth + 1) };
    }
    for (const reference of asList(raw.references)) {
      // One in another folder speaks for the files there.
      const at = joinPath(folder, asText(dig(reference, 'path')) ?? '');
      if (at && dirOf(at) === folder) merged = { ...load(at, home, depth + 1), ...merged };
    }
    const own = asRecord(raw.compilerOptions);
    const here = posix.join(virtualRoot, folder);
    const placed = (from: string, value: string): string =>
      ofTheLeaf.test(value) ? posix.join(virtualRoot, home, value.replace(ofTheLeaf, '')) : posix.join(from, value);
    const result = { ...merged };
    for (const name of ['baseUrl', 'outDir', 'rootDir'] as const) {
      const value = asText(own[name]);
      if (value !== null) result[name] = placed(here, value);
    }
    if (isRecord(own.paths))
      result.paths = Object.fromEntries(
        Object.entries(own.paths)
          .filter(([pattern]) => isPattern(pattern))
          .map(([pattern, values]) => [
            pattern,
            asList(values)
              .map(asText)
              .filter((value) => value !== null && isPattern(value))
              .map((value) => placed(result.baseUrl ?? here, value!)),
          ]),
      );
    known.set(key, result);
    return result;
  };

  const nearest = (folder: string, wants: (found: CompilerOptions) => boolean): CompilerOptions | null => {
    for (let current = folder; ; current = dirOf(current)) {
      for (const name of names) {
        const path = joinPath(current, name)!;
        const found = view.has(path) ? load(path, current, 0) : {};
        if (wants(found)) return found;
      }
      if (current === '.') return null;
    }
  };

  return {
    aliasesFor: (folder) =>
      memo(byFolder, folder, () => {
        const found = nearest(folder, ({ paths, baseUrl }) => (paths ?? baseUrl) !== undefined);
        return found ? memo(matchers, found, () => matcherOf(found)) : noAlias;
      }),
    outputOf(folder) {
      const { outDir, rootDir } = nearest(folder, (candidate) => candidate.outDir !== undefined) ?? {};
      const output = outDir && inRepository(outDir);
      return output ? { outDir: output, rootDir: rootDir ? inRepository(rootDir) : null } : null;
    },
  };
}

/** TypeScript takes one star. */
const isPattern = (text: string): boolean => !/\*.*\*/.test(text);

/** What a path rooted at `virtualRoot` is in the repository; null outside. */
const inRepository = (path: string): string | null => joinPath(posix.relative(virtualRoot, path));

function matcherOf({ baseUrl, paths }: CompilerOptions): AliasMatcher {
  const match = createPathsMatcher({
    path: `${virtualRoot}/tsconfig.json`,
    config: { compilerOptions: { baseUrl, paths } },
  })!;
  return (specifier) => match(specifier).flatMap((path) => inRepository(path.replace(/\\/g, '/')) ?? []);
}

function extended(
  view: RepoView,
  folder: string,
  parent: string,
  packageFolder: (name: string) => string | null,
): string | null {
  const candidates = (path: string | null): string[] =>
    path === null ? [] : [path, `${path}.json`, `${path}/tsconfig.json`];
  const depth = parent.startsWith('@') ? 2 : 1;
  const parts = parent.split('/');
  const home = parent.startsWith('.') ? folder : packageFolder(parts.slice(0, depth).join('/'));
  if (home === null) return null;
  const written = parent.startsWith('.') ? [parent] : parts.slice(depth);
  return candidates(joinPath(home, ...written)).find((path) => path.endsWith('.json') && view.has(path)) ?? null;
}
