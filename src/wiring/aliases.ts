import { posix } from 'node:path';
import { createPathsMatcher } from 'get-tsconfig';
import { parse as parseYaml } from 'yaml';
import { memo } from '../model/memo.ts';
import { dirOf, joinPath } from '../model/paths.ts';
import type { RepoView } from '../model/repository.ts';

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
const names = ['tsconfig.json', 'jsconfig.json', 'tsconfig.app.json', 'tsconfig.base.json', 'tsconfig.build.json'];

export function readTsConfigs(view: RepoView, packageFolder: (name: string) => string | null): TsConfigs {
  const options = new Map<string, CompilerOptions | null>();
  const matchers = new Map<CompilerOptions, AliasMatcher>();
  const byFolder = new Map<string, AliasMatcher>();

  /** `paths` and `baseUrl` come back rooted at `virtualRoot`, so that each keeps the folder of the file that states it. */
  const load = (path: string, depth: number): CompilerOptions | null => {
    const known = options.get(path);
    if (known !== undefined) return known;
    options.set(path, null);
    const raw = parseLoose(view.read(path));
    if (!raw || depth > 8) return null;
    const folder = dirOf(path);
    let merged: CompilerOptions = {};
    const parents: unknown[] = Array.isArray(raw.extends) ? raw.extends : raw.extends ? [raw.extends] : [];
    for (const parent of parents) {
      const at = typeof parent === 'string' ? extended(view, folder, parent, packageFolder) : null;
      if (at) merged = { ...merged, ...load(at, depth + 1) };
    }
    for (const reference of (Array.isArray(raw.references) ? raw.references : []) as { path?: unknown }[]) {
      const target = typeof reference?.path === 'string' ? joinPath(folder, reference.path) : null;
      const at =
        target && (view.has(target) ? target : view.has(`${target}/tsconfig.json`) ? `${target}/tsconfig.json` : null);
      if (at && dirOf(at) === folder) merged = { ...load(at, depth + 1), ...merged };
    }
    const own = (raw.compilerOptions ?? {}) as CompilerOptions;
    const rooted = (value: string): string => posix.join(virtualRoot, folder, value);
    const base = typeof own.baseUrl === 'string' ? rooted(own.baseUrl) : merged.baseUrl;
    const result: CompilerOptions = { ...merged, ...(base ? { baseUrl: base } : {}) };
    if (own.paths && typeof own.paths === 'object') {
      const from = base ?? posix.join(virtualRoot, folder);
      result.paths = Object.fromEntries(
        Object.entries(own.paths).map(([key, values]) => [
          key,
          (Array.isArray(values) ? values : [])
            .filter((v) => typeof v === 'string')
            .map((v) => posix.join(from, v.replace(/\$\{configDir\}\/?/, './'))),
        ]),
      );
    }
    if (typeof own.outDir === 'string') result.outDir = joinPath(folder, own.outDir) ?? undefined;
    if (typeof own.rootDir === 'string') result.rootDir = joinPath(folder, own.rootDir) ?? undefined;
    options.set(path, result);
    return result;
  };

  const nearest = (folder: string, wants: (found: CompilerOptions) => boolean): CompilerOptions | null => {
    for (let current = folder; ; current = dirOf(current)) {
      for (const name of names) {
        const path = current === '.' ? name : `${current}/${name}`;
        const found = view.has(path) ? load(path, 0) : null;
        if (found && wants(found)) return found;
      }
      if (current === '.') return null;
    }
  };

  return {
    aliasesFor: (folder) =>
      memo(byFolder, folder, () => {
        const found = nearest(folder, (candidate) => candidate.paths !== undefined || candidate.baseUrl !== undefined);
        return found ? memo(matchers, found, () => matcherOf(found)) : noAlias;
      }),
    outputOf(folder) {
      const found = nearest(folder, (candidate) => candidate.outDir !== undefined);
      return found?.outDir ? { outDir: found.outDir, rootDir: found.rootDir ?? null } : null;
    },
  };
}

function matcherOf(found: CompilerOptions): AliasMatcher {
  const match = createPathsMatcher({
    path: `${virtualRoot}/tsconfig.json`,
    config: {
      compilerOptions: {
        ...(found.baseUrl ? { baseUrl: found.baseUrl } : {}),
        ...(found.paths ? { paths: found.paths } : {}),
      },
    },
  } as Parameters<typeof createPathsMatcher>[0]);
  if (!match) return () => [];
  return (specifier) =>
    match(specifier).flatMap((path) => {
      const plain = path.replace(/\\/g, '/');
      return plain.startsWith(`${virtualRoot}/`) ? [plain.slice(virtualRoot.length + 1)] : [];
    });
}

function extended(
  view: RepoView,
  folder: string,
  parent: string,
  packageFolder: (name: string) => string | null,
): string | null {
  const withEnding = (path: string | null): string | null =>
    path === null
      ? null
      : ([path, `${path}.json`, `${path}/tsconfig.json`].find(
          (candidate) => candidate.endsWith('.json') && view.has(candidate),
        ) ?? null);
  if (parent.startsWith('.') || parent.startsWith('/')) return withEnding(joinPath(folder, parent));
  const parts = parent.split('/');
  const name = parent.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]!;
  const home = packageFolder(name);
  return home === null ? null : withEnding(joinPath(home, ...parts.slice(name.split('/').length)) ?? home);
}

/** JSON with comments and trailing commas is also YAML flow syntax, once the comments are gone. */
function parseLoose(text: string | null): Record<string, unknown> | null {
  if (text === null) return null;
  const bare = text
    .replace(/("(?:[^"\\]|\\.)*")|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (_, kept: string | undefined) => kept ?? '')
    .replace(/,(\s*[}\]])/g, '$1');
  try {
    const value: unknown = JSON.parse(bare);
    return value && typeof value === 'object' ? (value as Record<string, unknown>) : null;
  } catch {
    try {
      const value: unknown = parseYaml(bare.replace(/\t/g, '  '));
      return value && typeof value === 'object' ? (value as Record<string, unknown>) : null;
    } catch {
      return null;
    }
  }
}
