import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The kept values of one target, as JSON text by key. */
export type Pack = ReadonlyMap<string, Uint8Array>;

/** A larger pack takes longer to write than it saves. */
const largest = 256 * 1024 * 1024;
/** Targets that are remembered: those audited last, as many as fit both bounds. */
const targets = 24;
const together = 1024 * 1024 * 1024;

const newline = 10;
const space = 32;

/**
 * Reads a pack: a line with the version and the checksum of the rest, then one `key JSON` a line, keys being hexadecimal. Empty when it is absent, cut short,
 * changed, or kept under another version.
 */
export function readPack(file: string, version: string): Pack {
  const pack = new Map<string, Uint8Array>();
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    return pack;
  }
  const start = bytes.indexOf(newline) + 1;
  const body = bytes.subarray(start);
  if (bytes.toString('latin1', 0, start) !== header(version, checksum([body]))) return pack;
  for (let at = 0; at < body.length; ) {
    const middle = body.indexOf(space, at);
    const end = body.indexOf(newline, middle);
    if (middle === -1 || end === -1) break;
    pack.set(body.toString('latin1', at, middle), body.subarray(middle + 1, end));
    at = end + 1;
  }
  return pack;
}

/** Writes a pack beside its place and renames it, so that a run beside this one reads the old or the new, never half of it. */
export function writePack(file: string, version: string, values: ReadonlyMap<string, Uint8Array | string>): void {
  const parts = [...values].flatMap(([key, value]): Uint8Array[] => [
    Buffer.from(`${key} `),
    typeof value === 'string' ? Buffer.from(value) : value,
    Buffer.of(newline),
  ]);
  if (parts.reduce((sum, part) => sum + part.length, 0) > largest) return;
  const beside = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const whole = Buffer.concat([Buffer.from(header(version, checksum(parts))), ...parts]);
    writeFileSync(beside, whole, { mode: 0o600 });
    renameSync(beside, file);
    prune(dirname(file));
  } catch {
    discard(beside); // a full disk or a folder that is not ours to write costs only the next run's time
  }
}

function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // never written
  }
}

const header = (version: string, sum: string): string => `readiness pack ${version} ${sum}\n`;

function checksum(parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** Forgets the targets that were written longest ago, and what a run that was ended left half-written. */
function prune(folder: string): void {
  const files = readdirSync(folder)
    .map((name) => ({ path: join(folder, name), stat: statSync(join(folder, name), { throwIfNoEntry: false }) }))
    .flatMap(({ path, stat }) => (stat?.isFile() ? [{ path, size: stat.size, time: stat.mtimeMs }] : []))
    .sort((a, b) => b.time - a.time);
  let size = 0;
  for (const [place, file] of files.entries()) {
    size += file.size;
    if (place >= targets || size > together) rmSync(file.path, { force: true });
  }
}
