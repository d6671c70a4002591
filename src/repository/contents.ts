import { createHash } from 'node:crypto';
import type { Bounds, FileSource } from './source.ts';
import { decodeText, isBinary } from './text.ts';

/** Texts kept in memory, in characters: several analyzers read the same files, and a second read should cost nothing. */
const keptSize = 96 * 1024 * 1024;

/** Documentation is often the larger half of a repository, and hardly anyone asks for its text. */
const prose = /\.(mdx?|rst|adoc)$/i;

interface Contents {
  /** Null when absent, unreadable or over `limit` bytes. */
  bytes(path: string, limit: number): Uint8Array | null;
  text(path: string): string | null;
  digest(path: string): string;
}

/**
 * What the files of a source hold, each read once where memory allows. A file that was named by its digest is read as it was then;
 * where it has to be read again and has changed meanwhile, its digest changes with it.
 */
export function contents(source: FileSource, bounds: Bounds): Contents {
  const texts = new Map<string, string | null>();
  const digests = new Map<string, string>();
  /** Read for their digest, and not asked for as text so far. */
  const held = new Map<string, Uint8Array>();
  let room = keptSize;

  function named(path: string): Uint8Array | null {
    const all = source.bytes(path, bounds.byteSize);
    const own = () => (all ? digestOf(all) : `unread, ${source.size(path)} bytes`);
    digests.set(path, source.digest ? source.digest(path) : own());
    return all;
  }

  function bytes(path: string, limit: number): Uint8Array | null {
    const all = held.get(path) ?? (digests.has(path) ? named(path) : source.bytes(path, limit));
    return all && all.length <= limit ? all : null;
  }

  function digest(path: string): string {
    const before = digests.get(path);
    if (before !== undefined) return before;
    if (source.digest) digests.set(path, source.digest(path));
    else hold(path, named(path));
    return digests.get(path)!;
  }

  /** From now on it is read as it was named, whatever was read of it before. */
  function hold(path: string, all: Uint8Array | null): void {
    texts.delete(path);
    if (!all || all.length > Math.min(bounds.textSize, room) || prose.test(path) || isBinary(all)) return;
    held.set(path, all);
    room -= all.length;
  }

  function text(path: string): string | null {
    const before = texts.get(path);
    if (before !== undefined) return before;
    const found = decoded(path);
    const taken = held.delete(path) ? 0 : (found?.length ?? 0);
    if (taken > room) return found;
    room -= taken;
    texts.set(path, found);
    return found;
  }

  function decoded(path: string): string | null {
    const found = bytes(path, bounds.textSize);
    if (found !== null) return decodeText(found);
    if ((source.size(path) ?? 0) > bounds.textSize)
      source.diagnostics.push({ file: path, message: `not read: over ${Math.floor(bounds.textSize / 1024)} KiB` });
    return null;
  }

  return { bytes, text, digest };
}

/** Names bytes. */
export const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
