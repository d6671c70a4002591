import type { Engine } from '../engine/connect.ts';
import { inspect } from '../engine/read.ts';
import type { Part, Sighting } from '../judge.ts';
import { type ProbeAddress, probeAddress } from '../probe/address.ts';
import type { Member } from '../stack.ts';
import { puttingBack } from '../undo.ts';
import { pause, untilUp } from '../up.ts';
import { type HeldRequest, holdRequest } from './in-flight.ts';

/** Seconds between SIGTERM and SIGKILL: what `docker stop` grants. */
const grace = 10;
/** Milliseconds a container may take to be up again. */
export const upWithin = 60_000;

export interface Drilled {
  sightings: Sighting[];
  notes: string[];
  times: Record<string, number>;
}

/** Stops one container while it owes an answer, sees how it goes, starts it again and measures until it is up. */
export async function drillShutdown(engine: Engine, member: Member): Promise<Drilled> {
  const { id, name } = member.container;
  const found = probeAddress(member, engine.address);
  const address = 'refused' in found ? null : found;
  const { value, left } = await puttingBack(async (undo) => {
    const held = address && (await holdRequest(address));
    undo(`start ${name} (docker start ${name})`, () => startIfStopped(engine, id));
    const part = await stop(engine, id, name, held);
    await startIfStopped(engine, id);
    return { part, up: await untilUp(engine, id, await addressNow(engine, member, address), upWithin) };
  });
  const { part, up } = value;
  const again: Part =
    up === null
      ? { status: 'partial', notes: [`not up within ${upWithin / 1000} s of a stop and start`] }
      : { status: 'ready', notes: ['up again after a stop and start'] };
  const sighting = (rule: string, whole: boolean, { status, notes, reason }: Part): Sighting => ({
    rule,
    component: member.component,
    status,
    whole,
    evidence: notes.map((note) => ({ container: name, note })),
    ...(reason === undefined ? {} : { reason }),
  });
  return {
    sightings: [
      sighting('resilience/graceful-shutdown', true, part),
      sighting('infrastructure/orchestration', false, again),
    ],
    notes: left,
    times: up === null ? {} : { [`${name} up again`]: up },
  };
}

async function stop(engine: Engine, id: string, name: string, held: HeldRequest | null): Promise<Part> {
  const stopping = engine.call(
    `stop ${name}`,
    (abortSignal) => engine.docker.getContainer(id).stop({ t: grace, abortSignal } as object),
    (grace + 20) * 1000,
  );
  // The signal goes first, then the rest of the request.
  const finishing = pause(500).then(() => held?.finish(grace * 1000));
  const [, answer] = await Promise.all([stopping, finishing]);
  const { exitCode } = await inspect(engine, id, name);
  if (exitCode === 137)
    return { status: 'missing', notes: [`did not end within ${grace} s of SIGTERM and was killed`] };
  const ended = `ended on SIGTERM with ${exitCode}`;
  if (answer === 'answered') return { status: 'ready', notes: [`a request in flight at SIGTERM was answered`, ended] };
  if (answer === 'cut') return { status: 'partial', notes: ['a request in flight at SIGTERM was cut off', ended] };
  return { status: 'unknown', reason: 'no request could be held in flight', notes: [ended] };
}

async function startIfStopped(engine: Engine, id: string): Promise<void> {
  if ((await inspect(engine, id)).state === 'running') return;
  await engine.call('start', (abortSignal) => engine.docker.getContainer(id).start({ abortSignal }), 30_000);
}

/** A container that is started again may have other ports and addresses than before. */
async function addressNow(engine: Engine, member: Member, before: ProbeAddress | null): Promise<ProbeAddress | null> {
  if (before === null) return null;
  const found = probeAddress({ ...member, container: await inspect(engine, member.container.id) }, engine.address);
  return 'refused' in found ? null : found;
}
