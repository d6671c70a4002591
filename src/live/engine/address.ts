import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { exitCodes, UserError } from '../../model/errors.ts';
import { currentContext, type EngineTls, readContext } from './contexts.ts';

/** Where an engine listens, in the words of its own URL, and what says so. */
export interface EngineAddress {
  /** `unix:///var/run/docker.sock`, `tcp://host:2376`, `ssh://user@host`, `npipe:////./pipe/docker_engine`. */
  url: string;
  /** `DOCKER_HOST`, `context "colima"`, `the default socket`, `Podman's socket`. */
  from: string;
  tls: EngineTls | null;
}

export interface AddressChoice {
  /** An address or a context the user named on the command line; either outranks the environment. */
  host?: string | undefined;
  context?: string | undefined;
  env?: NodeJS.ProcessEnv;
  home?: string;
  platform?: NodeJS.Platform;
  /** Tells whether a socket file is there; tests say what a machine has. */
  exists?: (path: string) => boolean;
}

/**
 * Finds the engine in the order the Docker CLI does: a named host or context, `DOCKER_HOST`, `DOCKER_CONTEXT`, the current context of
 * `config.json`, the default socket; and, where that socket is not there, those of Docker Desktop, rootless Docker and Podman.
 * @throws UserError (exit 3) when a context or a certificate that is named cannot be read.
 */
export function engineAddress(choice: AddressChoice = {}): EngineAddress {
  const env = choice.env ?? process.env;
  const config = env.DOCKER_CONFIG || join(choice.home ?? homedir(), '.docker');
  if (choice.host) return { url: withScheme(choice.host), from: '--host', tls: environmentTls(env, config) };
  if (choice.context) return contextAddress(config, choice.context, choice);
  if (env.DOCKER_HOST)
    return { url: withScheme(env.DOCKER_HOST), from: 'DOCKER_HOST', tls: environmentTls(env, config) };
  const context = env.DOCKER_CONTEXT || currentContext(config);
  return context && context !== 'default' ? contextAddress(config, context, choice) : defaultAddress(choice);
}

function contextAddress(config: string, name: string, choice: AddressChoice): EngineAddress {
  if (name === 'default') return defaultAddress(choice);
  const { host, tls } = readContext(config, name);
  return { url: withScheme(host), from: `context "${name}"`, tls };
}

/** `tcp://` is what the Docker CLI assumes of an address without a scheme. */
const withScheme = (host: string): string => (host.includes('://') ? host : `tcp://${host}`);

/** `DOCKER_TLS_VERIFY` (any value) or `DOCKER_TLS` turn TLS on; the certificates lie in `DOCKER_CERT_PATH` or beside `config.json`. */
function environmentTls(env: NodeJS.ProcessEnv, config: string): EngineTls | null {
  const verify = Boolean(env.DOCKER_TLS_VERIFY);
  if (!verify && !env.DOCKER_TLS) return null;
  const folder = env.DOCKER_CERT_PATH || config;
  const read = (name: string): string | null => {
    try {
      return readFileSync(join(folder, name), 'utf8');
    } catch {
      return null;
    }
  };
  const tls = { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem'), verify };
  if (tls.cert !== null && tls.key !== null) return tls;
  throw new UserError(`TLS is asked for, and ${folder} holds no cert.pem and key.pem.`, exitCodes.nothingJudged);
}

function defaultAddress(choice: AddressChoice): EngineAddress {
  const env = choice.env ?? process.env;
  const exists = choice.exists ?? existsSync;
  if ((choice.platform ?? process.platform) === 'win32') {
    return { url: 'npipe:////./pipe/docker_engine', from: 'the default pipe', tls: null };
  }
  const usual = '/var/run/docker.sock';
  const home = choice.home ?? homedir();
  const own = env.XDG_RUNTIME_DIR;
  const sockets: [path: string, from: string][] = [
    [usual, 'the default socket'],
    [join(home, '.docker/run/docker.sock'), "Docker Desktop's socket"],
    ...(own ? ([[join(own, 'docker.sock'), "rootless Docker's socket"]] as [string, string][]) : []),
  ];
  const found = sockets.find(([path]) => exists(path));
  if (found) return { url: `unix://${found[0]}`, from: found[1], tls: null };
  if (env.CONTAINER_HOST) return { url: withScheme(env.CONTAINER_HOST), from: 'CONTAINER_HOST', tls: null };
  const podman = [...(own ? [join(own, 'podman/podman.sock')] : []), '/run/podman/podman.sock'].find(exists);
  if (podman) return { url: `unix://${podman}`, from: "Podman's socket", tls: null };
  return { url: `unix://${usual}`, from: 'the default socket', tls: null };
}
