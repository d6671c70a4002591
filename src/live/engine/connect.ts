import { Agent as HttpsAgent } from 'node:https';
import type Docker from 'dockerode';
import { asRecord, asText } from '../../model/data.ts';
import { exitCodes, UserError } from '../../model/errors.ts';
import { type AddressChoice, type EngineAddress, engineAddress } from './address.ts';
import { asFailure, EngineFailure, unusable } from './failure.ts';
import { sshAgent } from './ssh.ts';

/** An engine that answered. Every call goes through `call`, so that none can hang and every failure has one shape. */
export interface Engine {
  address: EngineAddress;
  docker: Docker;
  version: { name: 'Docker' | 'Podman'; version: string; apiVersion: string; os: string; arch: string };
  /** Milliseconds one ordinary call may take. */
  patience: number;
  /**
   * Runs one call. `asked` names it in a message: `inspect shop-api-1`.
   * @throws EngineFailure when it fails or takes longer than `patience` (or `ms`).
   */
  call<T>(asked: string, run: (signal: AbortSignal) => Promise<T>, ms?: number): Promise<T>;
}

/**
 * Finds the engine, greets it and gives it back.
 * @throws UserError (exit 3), one clear sentence, when there is none, it refuses, hangs or is no engine.
 */
export async function connect(choice: AddressChoice = {}, patience = 10_000): Promise<Engine> {
  const address = engineAddress(choice);
  // Loaded here: dockerode brings ssh2 and gRPC with it, which nobody should pay for who only asks for help.
  const { default: Dockerode } = await import('dockerode');
  const call = caller(patience);
  try {
    const docker = new Dockerode(options(address));
    // dockerode takes a signal here too; its types do not say so.
    const ask = docker.version.bind(docker) as (options: { abortSignal: AbortSignal }) => Promise<unknown>;
    const said = await call('version', (abortSignal) => ask({ abortSignal }));
    return { address, docker, version: readVersion(said), patience, call };
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw unusable(asFailure(error, 'version'), address);
  }
}

function caller(patience: number): Engine['call'] {
  return async (asked, run, ms = patience) => {
    const abort = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new EngineFailure('timeout', `no answer to "${asked}" within ${ms / 1000} s`));
        abort.abort();
      }, ms);
    });
    try {
      return await Promise.race([run(abort.signal), late]);
    } catch (error) {
      throw asFailure(error, asked);
    } finally {
      clearTimeout(timer);
    }
  };
}

function readVersion(said: unknown): Engine['version'] {
  const version = asRecord(said);
  const apiVersion = asText(version.ApiVersion);
  if (apiVersion === null) throw new EngineFailure('gone', 'its answer to "version" is not one');
  const podman = JSON.stringify(version.Components ?? '').includes('Podman');
  return {
    name: podman ? 'Podman' : 'Docker',
    version: asText(version.Version) ?? 'unknown',
    apiVersion,
    os: asText(version.Os) ?? 'unknown',
    arch: asText(version.Arch) ?? 'unknown',
  };
}

/** Every key that dockerode would otherwise fill from `DOCKER_HOST` is stated, so that a named context is not mixed with it. */
function options(address: EngineAddress): Docker.DockerOptions {
  const blank = {
    host: undefined,
    port: undefined,
    socketPath: undefined,
    ca: undefined,
    cert: undefined,
    key: undefined,
  };
  const match = /^([a-z]+):\/\/(.*)$/.exec(address.url);
  const [, scheme, rest] = match ?? [];
  if ((scheme === 'unix' || scheme === 'npipe') && rest) return { ...blank, protocol: 'http', socketPath: rest };
  if (scheme === 'ssh')
    return { ...blank, protocol: 'http', host: 'engine', port: 80, agent: sshAgent(address.url) } as never;
  if (scheme === 'tcp' || scheme === 'http' || scheme === 'https') return { ...blank, ...network(address, scheme) };
  throw new UserError(`"${address.url}" (${address.from}) is no address of an engine.`, exitCodes.nothingJudged);
}

function network(address: EngineAddress, scheme: string): Docker.DockerOptions {
  let url: URL;
  try {
    url = new URL(address.url.replace(/^[a-z]+:/, 'http:'));
  } catch {
    throw new UserError(`"${address.url}" (${address.from}) is no address of an engine.`, exitCodes.nothingJudged);
  }
  const secure = address.tls !== null || scheme === 'https';
  const port = url.port || (scheme === 'tcp' ? (secure ? 2376 : 2375) : secure ? 443 : 80);
  const { ca, cert, key, verify } = address.tls ?? { ca: null, cert: null, key: null, verify: true };
  const given = Object.fromEntries(Object.entries({ ca, cert, key }).filter(([, text]) => text !== null));
  const agent = secure ? new HttpsAgent({ ...given, rejectUnauthorized: verify }) : undefined;
  return { host: url.hostname, port, protocol: secure ? 'https' : 'http', agent } as never;
}
