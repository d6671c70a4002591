import type Docker from 'dockerode';
import { byCodeUnit } from '../../model/paths.ts';
import { plainLine } from './failure.ts';

/**
 * A container as verify sees it. What may hold a secret is left behind where the engine's answer is read: of environment variables
 * only the names and whether they are empty, of the command only whether it is a development one, of labels only those known here.
 */
export interface LiveContainer {
  id: string;
  name: string;
  /** As it was asked for: `shop-api`, `postgres:16`. */
  image: string;
  imageId: string;
  state: 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
  exitCode: number;
  oomKilled: boolean;
  restarts: number;
  /** Milliseconds since the epoch, by the engine's clock. */
  startedAt: number;
  health: {
    status: 'starting' | 'healthy' | 'unhealthy';

    log: { exitCode: number; output: string }[];
  } | null;
  restartPolicy: string;
  /** Bytes, CPUs and processes; null where there is no limit. */
  limits: { memory: number | null; cpus: number | null; pids: number | null };
  user: string;
  privileged: boolean;
  capabilities: { added: string[]; dropped: string[] };
  readOnlyRoot: boolean;
  ports: { container: number; host: { ip: string; port: number } | null }[];
  /** Networks it is on, by name, sorted, with its address in each. */
  networks: { name: string; address: string }[];
  hostNetwork: boolean;
  env: { name: string; empty: boolean }[];
  mounts: { kind: 'bind' | 'volume' | 'anonymous' | 'tmpfs'; target: string; readOnly: boolean }[];
  logging: { driver: string; bounded: boolean };
  /** The development tool its command starts, or null. */
  development: string | null;
  compose: ComposeLabels | null;
  /** Gone as soon as it stops (`docker run --rm`). */
  removedOnStop: boolean;
  /** A task of a swarm service. */
  task: boolean;
  /** The label that says this is production, as `key=value`; null for none. */
  production: string | null;
}

export interface ComposeLabels {
  project: string;
  service: string;
  /** Absolute folder on the host that started it, or null (Swarm and some clients do not say). */
  folder: string | null;
  /** Absolute paths of the compose files, as the client gave them. */
  files: string[];
  /** `docker compose run`: not part of what stays up. */
  oneOff: boolean;
}

type Inspected = Docker.ContainerInspectInfo;

/** Takes from the engine's answer what is judged, and nothing else. */
export function readContainer(raw: Inspected): LiveContainer {
  const { State: state, Config: config, HostConfig: host } = raw;
  const labels = config.Labels ?? {};
  const values = (config.Env ?? []).map((entry) => entry.slice(entry.indexOf('=') + 1));
  return {
    id: raw.Id,
    name: raw.Name.replace(/^\//, ''),
    image: config.Image,
    imageId: raw.Image,
    state: readState(state.Status),
    exitCode: state.ExitCode,
    oomKilled: state.OOMKilled,
    restarts: (raw as { RestartCount?: number }).RestartCount ?? 0,
    startedAt: Date.parse(state.StartedAt),
    health: readHealth(raw, values),
    restartPolicy: host.RestartPolicy?.Name || 'no',
    limits: {
      memory: positive(host.Memory),
      cpus: positive(host.NanoCpus && host.NanoCpus / 1e9) ?? quota(host),
      pids: positive(host.PidsLimit),
    },
    user: config.User ?? '',
    privileged: host.Privileged === true,
    capabilities: { added: sorted(host.CapAdd), dropped: sorted(host.CapDrop) },
    readOnlyRoot: host.ReadonlyRootfs === true,
    ports: readPorts(raw),
    networks: Object.entries(raw.NetworkSettings?.Networks ?? {})
      .map(([name, network]) => ({ name, address: network.IPAddress ?? '' }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    hostNetwork: host.NetworkMode === 'host',
    env: (config.Env ?? []).map(readName).sort((a, b) => (a.name < b.name ? -1 : 1)),
    mounts: readMounts(raw),
    logging: readLogging(host),
    development: developmentTool([...toList(config.Entrypoint), ...toList(config.Cmd)]),
    compose: readCompose(labels),
    removedOnStop: host.AutoRemove === true,
    task: 'com.docker.swarm.task.id' in labels,
    production: productionLabel(labels),
  };
}

/** Podman has words of its own for what Docker calls created and exited. */
function readState(word: string): LiveContainer['state'] {
  if (/^(configured|initialized)$/.test(word)) return 'created';
  if (/^(stopped|stopping)$/.test(word)) return 'exited';
  return word as LiveContainer['state'];
}

const positive = (value: number | null | undefined): number | null => (value && value > 0 ? value : null);
const sorted = (list: unknown): string[] => (Array.isArray(list) ? list.map(String).sort() : []);
const toList = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : value ? [String(value)] : []);

function quota(host: Docker.HostConfig): number | null {
  return positive(host.CpuQuota) && positive(host.CpuPeriod ?? 100_000)
    ? host.CpuQuota! / (host.CpuPeriod || 100_000)
    : null;
}

function readName(entry: string): { name: string; empty: boolean } {
  const equals = entry.indexOf('=');
  return equals === -1
    ? { name: entry, empty: true }
    : { name: entry.slice(0, equals), empty: equals === entry.length - 1 };
}

/** A probe may print what it was given: values of the container's own variables are blotted out of its last words. */
function readHealth(raw: Inspected, values: string[]): LiveContainer['health'] {
  const health = raw.State.Health;
  // Docker says `none` where there is no health check, Podman an empty word.
  if (!health || !['starting', 'healthy', 'unhealthy'].includes(health.Status)) return null;
  const secrets = values.filter((value) => value.length > 3);
  const log = (health.Log ?? []).slice(-3).map(({ ExitCode, Output }) => ({
    exitCode: ExitCode,
    output: plainLine(
      secrets.reduce((text, secret) => text.replaceAll(secret, '•••'), Output ?? ''),
      120,
    ),
  }));
  return { status: health.Status as 'healthy', log };
}

function readPorts(raw: Inspected): LiveContainer['ports'] {
  const ports = Object.entries(raw.NetworkSettings?.Ports ?? {}).flatMap(([key, bindings]): LiveContainer['ports'] => {
    const [port, protocol] = key.split('/');
    if (protocol !== 'tcp') return [];
    const container = Number(port);
    if (!bindings || bindings.length === 0) return [{ container, host: null }];
    return bindings.map((binding) => ({ container, host: { ip: binding.HostIp, port: Number(binding.HostPort) } }));
  });
  return ports.sort(
    (a, b) =>
      a.container - b.container ||
      (a.host?.port ?? 0) - (b.host?.port ?? 0) ||
      byCodeUnit(a.host?.ip ?? '', b.host?.ip ?? ''),
  );
}

function readMounts(raw: Inspected): LiveContainer['mounts'] {
  const mounts = (raw.Mounts ?? []).map((mount) => ({
    kind: mountKind(mount),
    target: mount.Destination.replace(/(.)\/+$/, '$1'),
    readOnly: mount.RW === false,
  }));
  const memory = Object.keys(raw.HostConfig.Tmpfs ?? {}).map((target) => ({
    kind: 'tmpfs' as const,
    target,
    readOnly: false,
  }));
  return [...mounts, ...memory].sort((a, b) => (a.target < b.target ? -1 : 1));
}

/** A volume that nobody named has 64 hex digits for a name, and no later container will find it. */
function mountKind(mount: Inspected['Mounts'][number]): LiveContainer['mounts'][number]['kind'] {
  const type = (mount as { Type?: string }).Type;
  if (type === 'bind' || type === 'tmpfs') return type;
  return /^[0-9a-f]{64}$/.test(mount.Name ?? '') ? 'anonymous' : 'volume';
}

/** Drivers that write to the host's disk without end, unless told where to stop. */
function readLogging(host: Docker.HostConfig): LiveContainer['logging'] {
  const driver = host.LogConfig?.Type || 'json-file';
  const options: Record<string, string> = host.LogConfig?.Config ?? {};
  return { driver, bounded: driver !== 'json-file' || Boolean(options['max-size']) };
}

/** A command that is meant for a developer's desk. Words only: an argument may be a secret, so none is kept. */
function developmentTool(words: string[]): string | null {
  const command = words.join(' ');
  if (/(^|[\s/])nodemon(\s|$)/.test(command)) return 'nodemon';
  if (
    /(^|[\s/])(next|nuxt|nuxi|astro|remix|gatsby|vite|nest|strapi|medusa) (dev|develop|start --watch)(\s|$)/.test(
      command,
    )
  ) {
    return 'a development server';
  }
  if (/(^|[\s/])(npm|pnpm|yarn|bun)( run)? (dev|develop|start:dev|watch)(\s|$)/.test(command))
    return 'a development script';
  if (/(^|\s)--watch(\s|=|$)/.test(command) || /(^|[\s/])(tsx|node-dev|ts-node-dev) watch(\s|$)/.test(command))
    return 'a watcher';
  const vite = command.split(/\s+/).findIndex((word) => /(^|\/)vite$/.test(word));
  if (vite !== -1 && !/^(build|preview)$/.test(command.split(/\s+/)[vite + 1] ?? '')) return 'a development server';
  return null;
}

function readCompose(labels: Record<string, string>): ComposeLabels | null {
  const project =
    labels['com.docker.compose.project'] ?? labels['io.podman.compose.project'] ?? labels['com.docker.stack.namespace'];
  if (!project) return null;
  const stackService = labels['com.docker.swarm.service.name']?.replace(new RegExp(`^${literally(project)}_`), '');
  const service = labels['com.docker.compose.service'] ?? labels['io.podman.compose.service'] ?? stackService;
  if (!service) return null;
  return {
    project,
    service,
    folder: labels['com.docker.compose.project.working_dir'] ?? null,
    files: (labels['com.docker.compose.project.config_files'] ?? '').split(',').filter(Boolean),
    oneOff: labels['com.docker.compose.oneoff']?.toLowerCase() === 'true',
  };
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function productionLabel(labels: Record<string, string>): string | null {
  const found = Object.entries(labels)
    .filter(
      ([key, value]) => /(^|[./_-])(env|environment|stage|tier)$/i.test(key) && /^(prod|production|live)$/i.test(value),
    )
    .map(([key, value]) => plainLine(`${key}=${value}`))
    .sort();
  return found[0] ?? null;
}
