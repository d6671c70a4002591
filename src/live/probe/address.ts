import { networkInterfaces } from 'node:os';
import type { EngineAddress } from '../engine/address.ts';
import type { LiveContainer } from '../engine/container.ts';
import type { Member } from '../stack.ts';

/** One address of a matched container on this host: the only kind of place that verify ever sends a request to. */
export interface ProbeAddress {
  host: string;
  port: number;
  /** Published on the host, or reached inside the engine's own network. */
  published: boolean;
}

/** Ports that debuggers listen on. */
const debuggers = new Set([9229, 9230, 5858, 5005, 2345]);

/** Ports on which plain HTTP is refused by custom. */
const secure = new Set([443, 8443]);

/**
 * Where a member can be asked, or why it is not: the engine is on another machine, the container runs nothing, or it has no port.
 */
export function probeAddress(member: Member, engine: EngineAddress): ProbeAddress | { refused: string } {
  if (!isHere(engine)) return { refused: 'the engine is on another machine: only containers on this host are asked' };
  const { container, declared, image } = member;
  if (container.state !== 'running') return { refused: `it is ${container.state}` };
  const wanted = declared?.service.ports.map((port) => port.container) ?? [];
  const spoken = container.ports.filter(({ container: port }) => !debuggers.has(port));
  const open = spoken
    .filter(({ container: port }) => !secure.has(port))
    .sort((a, b) => rank(wanted, a.container) - rank(wanted, b.container));
  if (open.length === 0 && spoken.length > 0) return { refused: 'it has a TLS port only, and TLS is not probed' };
  for (const { host } of open) {
    const address = host && hostAddress(host.ip);
    if (address) return { host: address, port: host.port, published: true };
  }
  const inner =
    open[0]?.container ?? declared?.service.expose[0] ?? image?.exposes.find((port) => !debuggers.has(port));
  const inside = inner === undefined ? null : networkAddress(container);
  return inside
    ? { host: inside, port: inner!, published: false }
    : { refused: 'it publishes no port on this host and exposes none' };
}

const rank = (wanted: number[], port: number): number => (wanted.includes(port) ? wanted.indexOf(port) : wanted.length);

/** The engine shares this machine: a socket file or pipe, or TCP over the loopback address. */
export function isHere({ url }: EngineAddress): boolean {
  if (/^(unix|npipe):/.test(url)) return true;
  return /^(tcp|https?):\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:|\/|$)/.test(url);
}

/** The address by which this host reaches a port published on `ip`; null when that is not an address of this host. */
function hostAddress(ip: string): string | null {
  if (ip === '' || ip === '0.0.0.0') return '127.0.0.1';
  if (ip === '::') return '::1';
  const own = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
  return /^127\./.test(ip) || own.includes(ip) ? ip : null;
}

/** Only on Linux does the host see the engine's networks. */
function networkAddress(container: LiveContainer): string | null {
  if (process.platform !== 'linux') return null;
  if (container.hostNetwork) return '127.0.0.1';
  return container.networks.find(({ address }) => address !== '')?.address ?? null;
}
