import type { Engine } from './engine/connect.ts';
import type { LiveContainer } from './engine/container.ts';
import { inspect } from './engine/read.ts';
import type { ProbeAddress } from './probe/address.ts';
import { ask, hasFailed } from './probe/http.ts';

const every = 200;

/**
 * Waits until a container is up: healthy where it has a health check, else answering at `address`, else running for a second.
 * @returns milliseconds, or null when it ended or was not up within `limit`.
 */
export async function untilUp(
  engine: Engine,
  id: string,
  address: ProbeAddress | null,
  limit: number,
): Promise<number | null> {
  const started = Date.now();
  while (Date.now() - started < limit) {
    const container = await inspect(engine, id);
    if (container.state === 'exited' || container.state === 'dead') return null;
    if (await isUp(container, address, Date.now() - started)) return Date.now() - started;
    await pause(every);
  }
  return null;
}

async function isUp({ state, health }: LiveContainer, address: ProbeAddress | null, since: number): Promise<boolean> {
  if (state !== 'running') return false;
  if (health) return health.status === 'healthy';
  if (address) return !hasFailed(await ask(address, { path: '/' }, 1_000));
  return since >= 1_000;
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
