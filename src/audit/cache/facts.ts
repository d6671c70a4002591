import type { FactStore } from '../../model/facts/index.ts';
import { type Pack, readPack, writePack } from './pack.ts';
import { type Environment, placeFor } from './place.ts';
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
export function openFactCache(root: string | null, env: Environment): FactCache | null {
  const file = placeFor(root, 'facts', env);
  const version = file && factsVersion();
  if (!file || !version) return null;
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
