import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asRecord, asText, dig } from '../../model/data.ts';
import { exitCodes, UserError } from '../../model/errors.ts';

/** PEM texts. `verify` is false only where the context or the user says so. */
export interface EngineTls {
  ca: string | null;
  cert: string | null;
  key: string | null;
  verify: boolean;
}

/** The context that `docker context use` chose, or null; a broken config file chooses none, as with the Docker CLI. */
export function currentContext(config: string): string | null {
  try {
    return asText(asRecord(JSON.parse(readFileSync(join(config, 'config.json'), 'utf8'))).currentContext);
  } catch {
    return null;
  }
}

/**
 * The endpoint of a context in the Docker CLI's own store: `contexts/meta/<sha256 of its name>/meta.json`, certificates beside it.
 * @throws UserError (exit 3) when there is no such context or it names no Docker endpoint.
 */
export function readContext(config: string, name: string): { host: string; tls: EngineTls | null } {
  const id = createHash('sha256').update(name).digest('hex');
  let meta: unknown;
  try {
    meta = JSON.parse(readFileSync(join(config, 'contexts/meta', id, 'meta.json'), 'utf8'));
  } catch {
    throw new UserError(`There is no Docker context "${name}" in ${config}.`, exitCodes.nothingJudged);
  }
  const host = asText(dig(meta, 'Endpoints', 'docker', 'Host'));
  if (!host) throw new UserError(`The Docker context "${name}" names no Docker endpoint.`, exitCodes.nothingJudged);
  const verify = dig(meta, 'Endpoints', 'docker', 'SkipTLSVerify') !== true;
  return { host, tls: readTls(join(config, 'contexts/tls', id, 'docker'), verify) };
}

function readTls(folder: string, verify: boolean): EngineTls | null {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return verify ? null : { ca: null, cert: null, key: null, verify };
  }
  const read = (name: string): string | null =>
    names.includes(name) ? readFileSync(join(folder, name), 'utf8') : null;
  return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem'), verify };
}
