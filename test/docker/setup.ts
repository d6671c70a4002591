import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import Docker from 'dockerode';
import type { TestProject } from 'vitest/node';
import { busyboxTar, image } from './image.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** `unix://…` of the private engine; null where none could be started, and the reason. */
    engine: { host: string; folder: string } | null;
    engineLacks: string;
  }
}

/**
 * Starts an engine of our own: its own socket, folders and bridge, no iptables, and containers in a cgroup of their own name, so that it
 * meets no other engine on the machine. What was started here is stopped by its process id, and the bridge is taken down.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const lacks = lacking();
  const started = lacks ?? (await start());
  if (typeof started === 'string') {
    process.stderr.write(`\n!! NO DOCKER ENGINE, so every test of test/docker is SKIPPED: ${started}\n\n`);
    project.provide('engine', null);
    project.provide('engineLacks', started);
    return async () => {};
  }
  project.provide('engine', { host: started.host, folder: started.folder });
  project.provide('engineLacks', '');
  return started.stop;
}

function lacking(): string | null {
  if (process.platform !== 'linux') return 'a private dockerd needs Linux';
  if (process.getuid?.() !== 0) return 'a private dockerd needs root';
  if (!works('dockerd', ['--version'])) return 'dockerd is not installed (apt-get install docker.io)';
  if (!works('ip', ['-V'])) return 'ip is not installed (apt-get install iproute2)';
  if (!existsSync('/bin/busybox') || works('ldd', ['/bin/busybox']))
    return 'no static /bin/busybox (apt-get install busybox-static)';
  return null;
}

function works(command: string, args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

interface Started {
  host: string;
  folder: string;
  stop: () => Promise<void>;
}

/** A bridge and a subnet that nobody else holds: by our process id, among the addresses kept for benchmarks. */
async function start(): Promise<Started | string> {
  const bridge = `rdy${process.pid % 100_000}`;
  const subnet = `198.18.${process.pid % 250}`;
  const folder = mkdtempSync(join(tmpdir(), 'readiness-docker-'));
  let daemon: ChildProcess | null = null;
  const stop = async (): Promise<void> => {
    if (daemon) await end(daemon, folder);
    works('ip', ['link', 'delete', bridge]);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  try {
    execFileSync('ip', ['link', 'add', bridge, 'type', 'bridge']);
    execFileSync('ip', ['address', 'add', `${subnet}.1/24`, 'dev', bridge]);
    execFileSync('ip', ['link', 'set', bridge, 'up']);
    for (const name of ['data', 'exec']) mkdirSync(join(folder, name));
    const socket = join(folder, 'docker.sock');
    daemon = spawn('dockerd', flags(bridge, subnet, folder, socket), { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    daemon.stderr?.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-2000);
    });
    const docker = new Docker({ socketPath: socket, host: undefined } as never);
    if (await answers(docker, daemon)) {
      await loadImage(docker);
      return { host: `unix://${socket}`, folder, stop };
    }
    await stop();
    return `dockerd did not come up; it says: ${said.slice(-300)}`;
  } catch (error) {
    await stop();
    return `dockerd could not be started: ${(error as Error).message}`;
  }
}

async function answers(docker: Docker, daemon: ChildProcess): Promise<boolean> {
  for (let i = 0; i < 150 && daemon.exitCode === null; i++) {
    if (await docker.ping().then(Boolean, () => false)) return true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
}

async function loadImage(docker: Docker): Promise<void> {
  const [repo, tag] = image.split(':');
  const stream = await docker.importImage(Readable.from([busyboxTar()]) as never, { repo, tag } as never);
  await new Promise<void>((resolve, reject) =>
    docker.modem.followProgress(stream as never, (error) => (error ? reject(error) : resolve())),
  );
}

const flags = (bridge: string, subnet: string, folder: string, socket: string): string[] => [
  `--bridge=${bridge}`,
  '--iptables=false',
  '--ip6tables=false',
  '--storage-driver=vfs',
  '--shutdown-timeout=1',
  `--default-address-pool=base=${subnet.replace('198.18', '198.19')}.0/24,size=28`,
  `--data-root=${join(folder, 'data')}`,
  `--exec-root=${join(folder, 'exec')}`,
  `--host=unix://${socket}`,
  `--pidfile=${join(folder, 'pid')}`,
];

/** Asks it to go and waits; dockerd stops its containers itself. */
async function end(daemon: ChildProcess, folder: string): Promise<void> {
  const gone = new Promise<void>((resolve) => daemon.once('exit', () => resolve()));
  if (daemon.exitCode !== null) return;
  daemon.kill('SIGTERM');
  const late = setTimeout(() => daemon.kill('SIGKILL'), 20_000);
  await gone;
  clearTimeout(late);
  // Mounts outlive a daemon that was killed, and keep the folder from being removed.
  const mounts = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
    .filter((path) => path.startsWith(`${folder}/`));
  for (const path of mounts.reverse()) works('umount', ['-l', path]);
}
