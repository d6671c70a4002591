import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import type { FactStore } from '../../model/facts/index.ts';
import { type Pack, readPack, writePack } from './pack.ts';
import { factsVersion } from './version.ts';

/** Facts of an earlier run on the same folder, and of this one for the next. */
export interface FactCache extends FactStore {
  /** Writes what this run asked for and kept, unless the next run would find the same. Never throws: a cache is no duty. */
  save(): void;
}

/**
 * Opens the cache of one target, in the user's cache folder and never in the target itself. Null where there is no such folder.
 * What cannot be read, or was kept by other analyzers than ours, is as if it were not there.
 */
export function openFactCache(
  root: string | null,
  env: Readonly<Record<string, string | undefined>>,
): FactCache | null {
  const folder = cacheFolder(env);
  if (root === null || folder === null || isInside(folder, root)) return null;
  const version = factsVersion();
  if (version === null) return null;
  const file = join(folder, 'readiness-audit', 'facts', `${hash(real(root))}.pack`);
  const before: Pack = readPack(file, version);
  const now = new Map<string, Uint8Array | string>();
  let news = 0;
  return {
    get(key) {
      const at = before.get(key);
      if (!at) return undefined;
      now.set(key, at);
      return JSON.parse(Buffer.from(at.buffer, at.byteOffset, at.byteLength).toString());
    },
    keep(key, value) {
      news++;
      now.set(key, JSON.stringify(value));
    },
    save() {
      if (news > 0 || now.size < before.size) writePack(file, version, now);
    },
  };
}

const hash = (text: string): string => createHash('sha1').update(text).digest('hex');

/** Where the platform wants caches; null where neither it nor a home folder is named. */
function cacheFolder(env: Readonly<Record<string, string | undefined>>): string | null {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local, HOME: home } = env;
  const folder = xdg || local || (home ? join(home, '.cache') : '');
  return isAbsolute(folder) ? folder : null;
}

function isInside(path: string, folder: string): boolean {
  const way = relative(real(folder), real(path));
  return !way.startsWith('..') && !isAbsolute(way);
}

/** The path without links, as far as it exists. */
function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
