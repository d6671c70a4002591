import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Docker from 'dockerode';
import { afterAll, describe, inject } from 'vitest';
import { image } from './image.ts';

const given = inject('engine');

/** A suite that needs the engine: skipped, and said to be, where there is none. */
export const describeDocker: typeof describe.skip = given
  ? describe
  : (((name: string, body?: () => void) =>
      describe.skip(`${name} [SKIPPED, no engine: ${inject('engineLacks')}]`, body)) as never);

export const host = given?.host ?? '';
export const docker = new Docker({ socketPath: host.replace('unix://', ''), host: undefined } as never);

export interface RunOptions {
  name?: string;
  /** Compose labels; `folder` is where the project was started. */
  project?: string;
  service?: string;
  folder?: string;
  files?: string[];
  labels?: Record<string, string>;
  command?: string[];
  /** Container port to publish, and the address to publish it on. */
  port?: number;
  ip?: string;
  env?: string[];
  health?: Docker.HealthConfig;
  user?: string;
  image?: string;
  volumes?: Record<string, object>;
  network?: string;
  start?: boolean;
  hostConfig?: Docker.HostConfig;
}

/** Sleeps until it is told to go, and goes at once: a shell that is process 1 would not. */
export const idle = ['/bin/sh', '-c', 'trap "exit 0" TERM; while true; do sleep 0.1; done'];
/** Serves the folder /www, in which `health` lies. */
export const web = [
  '/bin/sh',
  '-c',
  'mkdir -p /www; echo ok > /www/health; echo home > /www/index.html; exec httpd -f -p 8080 -h /www',
];

let counter = 0;

/** A test file's own corner of the engine: what is made in it is taken away after its last test. */
export function world(): {
  run: (options?: RunOptions) => Promise<string>;
  folder: (files: Record<string, string>) => string;
} {
  const made: string[] = [];
  const folders: string[] = [];
  afterAll(async () => {
    await Promise.all(
      made.map((id) =>
        docker
          .getContainer(id)
          .remove({ force: true, v: true })
          .catch(() => {}),
      ),
    );
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
  return {
    run: async (options = {}) => {
      const container = await docker.createContainer(spec(options));
      made.push(container.id);
      if (options.start !== false) await container.start();
      return container.id;
    },
    folder: (files) => {
      const folder = mkdtempSync(join(tmpdir(), 'readiness-target-'));
      folders.push(folder);
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      return folder;
    },
  };
}

function spec(options: RunOptions): Docker.ContainerCreateOptions {
  const { project, service, folder, files, port, ip = '127.0.0.1' } = options;
  const labels: Record<string, string> = { ...options.labels };
  if (project) labels['com.docker.compose.project'] = project;
  if (service) labels['com.docker.compose.service'] = service;
  if (folder) labels['com.docker.compose.project.working_dir'] = folder;
  if (files) labels['com.docker.compose.project.config_files'] = files.join(',');
  return {
    name: options.name ?? `${project ?? 'lone'}-${service ?? 'x'}-${process.pid}-${++counter}`,
    Image: options.image ?? image,
    Cmd: options.command ?? idle,
    Labels: labels,
    Env: options.env ?? [],
    User: options.user ?? '',
    Volumes: options.volumes,
    Healthcheck: options.health,
    StopTimeout: 1,
    ExposedPorts: port ? { [`${port}/tcp`]: {} } : {},
    HostConfig: {
      ...(port ? { PortBindings: { [`${port}/tcp`]: [{ HostIp: ip, HostPort: '' }] } } : {}),
      ...(options.network ? { NetworkMode: options.network } : {}),
      ...options.hostConfig,
    },
  } as Docker.ContainerCreateOptions;
}

/** Waits until `holds` is true of the container, or fails after `seconds`. */
export async function until(
  id: string,
  holds: (state: Docker.ContainerInspectInfo) => boolean,
  seconds = 20,
): Promise<void> {
  for (let i = 0; i < seconds * 20; i++) {
    if (holds(await docker.getContainer(id).inspect())) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${id.slice(0, 12)} did not come to the state waited for within ${seconds} s`);
}

/** A server on a free port of the loopback address, closed after the last test. */
export async function listening(server: Server = createServer()): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as { port: number }).port;
}

/** Lends this machine's Node to a container: the binary and the libraries it needs, mounted read-only, so that no layer has to hold them. */
export function nodeRuntime(): string[] {
  if (!given) return [];
  const libraries = execFileSync('ldd', [process.execPath], { encoding: 'utf8' })
    .split('\n')
    .map((line) => /(\/[^ ]+) \(0x/.exec(line)?.[1])
    .filter((path): path is string => path !== undefined);
  return [`${process.execPath}:/bin/node:ro`, ...libraries.map((path) => `${realpathSync(path)}:${path}:ro`)];
}
