import { asList, asNumber, asRecord, asText, asTexts, type Data, dig, isRecord, lineIn } from '../../model/data.ts';
import type { ComposeService } from '../../model/facts/index.ts';
import { joinPath } from '../../model/paths.ts';
import { argvOf } from './shell.ts';

/** One compose service in the fact's shape. `at` is its dotted path in `lines`; `dir` the folder that its paths start from. */
export function readService(
  name: string,
  service: Data,
  dir: string,
  lines: Record<string, number>,
  at: string,
): ComposeService {
  const line = (path: string): number => lineIn(lines, `${at}.${path}`);
  const text = (value: unknown, path: string): { value: string; line: number } | null => {
    const written = asText(value);
    return written === null ? null : { value: written, line: line(path) };
  };
  const restart =
    text(service.restart, 'restart') ??
    text(dig(service, 'deploy', 'restart_policy', 'condition'), 'deploy.restart_policy');
  return {
    name,
    line: lineIn(lines, at),
    image: text(service.image, 'image'),
    build: buildOf(service.build, dir, line),
    command: argv(service.command, line('command')),
    entrypoint: argv(service.entrypoint, line('entrypoint')),
    environment: environment(service.environment, line),
    envFiles: asList(typeof service.env_file === 'string' ? [service.env_file] : service.env_file).flatMap(
      (file, i) => {
        const path = joinPath(dir, asText(isRecord(file) ? file.path : file) ?? '');
        return path === null ? [] : [{ path, line: line(`env_file.${i}`) }];
      },
    ),
    ports: asList(service.ports).flatMap((port, i) => portOf(port, line(`ports.${i}`))),
    expose: asTexts(service.expose ?? [])
      .map((port) => Number.parseInt(port, 10))
      .filter(Number.isInteger),
    volumes: asList(service.volumes).flatMap((volume, i) => volumeOf(volume, line(`volumes.${i}`))),
    dependsOn: isRecord(service.depends_on) ? Object.keys(service.depends_on) : asTexts(service.depends_on ?? []),
    healthcheck: healthcheck(service.healthcheck, line('healthcheck')),
    // YAML reads an unquoted `no` as text in 1.2 and as false in 1.1: both mean never.
    restart: restart?.value === 'false' ? { ...restart, value: 'no' } : restart,
    memoryLimit:
      text(dig(service, 'deploy', 'resources', 'limits', 'memory'), 'deploy.resources.limits.memory') ??
      text(service.mem_limit, 'mem_limit'),
    cpuLimit:
      text(dig(service, 'deploy', 'resources', 'limits', 'cpus'), 'deploy.resources.limits.cpus') ??
      text(service.cpus, 'cpus'),
    replicas: replicas(service, line),
    user: text(service.user, 'user'),
    profiles: asTexts(service.profiles ?? []),
    labels: [
      ...labels(service.labels, 'labels', line),
      ...labels(dig(service, 'deploy', 'labels'), 'deploy.labels', line),
    ],
    networks: isRecord(service.networks) ? Object.keys(service.networks) : asTexts(service.networks ?? []),
    logging: isRecord(service.logging)
      ? { driver: asText(service.logging.driver) ?? 'json-file', line: line('logging') }
      : null,
  };
}

type LineOf = (path: string) => number;

function buildOf(build: unknown, dir: string, line: LineOf): ComposeService['build'] {
  if (typeof build !== 'string' && !isRecord(build)) return null;
  const record: Data = isRecord(build) ? build : { context: build };
  const written = asText(record.context) ?? '.';
  const remote = /^(?:https?:|git@|git:|ssh:|github\.com\/)|\.git(?:#|$)|\$\{/.test(written);
  const context = remote ? null : joinPath(dir, written);
  const inline = record.dockerfile_inline !== undefined;
  const file = asText(record.dockerfile);
  return {
    context,
    dockerfile: context === null || inline ? null : joinPath(context, file ?? 'Dockerfile'),
    target: asText(record.target),
    line: line('build'),
    dockerfileWritten: file,
    args: entries(record.args).map(([key, value]) => ({ name: key, value: value ?? '' })),
    outside: !remote && context === null,
  };
}

const argv = (value: unknown, line: number): { argv: string[]; line: number } | null =>
  value === undefined || value === null ? null : { argv: argvOf(value), line };

/** Pairs of a map, or of a list of `A=B`. */
function entries(value: unknown): [string, string | null][] {
  if (isRecord(value)) return Object.entries(value).map(([key, item]) => [key, asText(item)]);
  return asTexts(value ?? []).map((item) => {
    const cut = item.indexOf('=');
    return cut === -1 ? [item, null] : [item.slice(0, cut), item.slice(cut + 1)];
  });
}

function environment(value: unknown, line: LineOf): ComposeService['environment'] {
  return entries(value).map(([name, text], i) => ({
    name,
    value: text,
    line: line(isRecord(value) ? `environment.${name}` : `environment.${i}`),
  }));
}

function labels(value: unknown, at: string, line: LineOf): ComposeService['labels'] {
  return entries(value).map(([key, text], i) => ({
    key,
    value: text ?? '',
    line: line(isRecord(value) ? `${at}.${key}` : `${at}.${i}`),
  }));
}

/** `[ip:][host:]container[/protocol]`, ranges by their first port, and the long form. */
function portOf(value: unknown, line: number): ComposeService['ports'] {
  if (isRecord(value)) {
    const container = firstPort(asText(value.target));
    if (container === null) return [];
    return [{ host: firstPort(asText(value.published)), container, hostIp: asText(value.host_ip), line }];
  }
  const written = asText(value)?.replace(/\/(?:tcp|udp)$/i, '') ?? '';
  const match = /^(?:(\[[^\]]+\]|[\d.]+|\$\{?\w+\}?):)?(?:([^:]*):)?([^:]+)$/.exec(written);
  const container = firstPort(match?.[3] ?? null);
  // A host port that only the environment knows is still a published one: the container's own port stands for it.
  if (!match) return [];
  const [, ip = null, host] = match;
  if (host === undefined && ip !== null)
    return [{ host: firstPort(ip) ?? container ?? 0, container: container ?? 0, hostIp: null, line }];
  const published = host === undefined ? null : (firstPort(host) ?? container ?? 0);
  return [{ host: published, container: container ?? published ?? 0, hostIp: ip, line }];
}

const firstPort = (text: string | null): number | null => {
  const port = Number.parseInt(text ?? '', 10);
  return Number.isInteger(port) && port > 0 ? port : null;
};

function volumeOf(value: unknown, line: number): ComposeService['volumes'] {
  if (isRecord(value)) {
    const source = asText(value.source);
    const target = asText(value.target) ?? '';
    const type = asText(value.type) ?? 'volume';
    const kind = type === 'bind' ? 'bind' : type === 'tmpfs' ? 'tmpfs' : source === null ? 'anonymous' : 'named';
    return [{ source, target, kind, readOnly: value.read_only === true, line }];
  }
  const text = asText(value);
  if (text === null) return [];
  // A Windows drive letter or a variable's default holds a colon of its own.
  const parts = text.split(/:(?![\\-])/);
  if (parts.length === 1) return [{ source: null, target: text, kind: 'anonymous', readOnly: false, line }];
  const [source = '', target = '', mode = ''] = parts;
  const kind = /^(?:\.|\/|~|\$|[A-Za-z]:)/.test(source) ? 'bind' : 'named';
  return [{ source, target, kind, readOnly: mode.split(',').includes('ro'), line }];
}

function healthcheck(value: unknown, line: number): ComposeService['healthcheck'] {
  if (!isRecord(value)) return null;
  const test = asTexts(value.test ?? []);
  const disabled = value.disable === true || test[0] === 'NONE';
  return { test: test.filter((word, i) => i > 0 || !/^CMD(-SHELL)?$/.test(word)).join(' '), disabled, line };
}

function replicas(service: Data, line: LineOf): ComposeService['replicas'] {
  const deploy = asRecord(service.deploy);
  if (asText(deploy.mode) === 'global') return { value: 2, line: line('deploy.mode') };
  const stated = asNumber(deploy.replicas) ?? asNumber(service.scale);
  return stated === null
    ? null
    : { value: stated, line: line(deploy.replicas === undefined ? 'scale' : 'deploy.replicas') };
}
