import type { Component } from '../../model/component.ts';
import { remove } from '../drill/recreate.ts';
import type { Engine } from '../engine/connect.ts';
import { inspect, type LiveImage } from '../engine/read.ts';
import type { Scene } from '../judge.ts';
import { type ProbeAddress, probeAddress } from '../probe/address.ts';
import { ask, hasFailed } from '../probe/http.ts';
import { pathsOf } from '../probe/probe.ts';
import type { Member } from '../stack.ts';
import { puttingBack } from '../undo.ts';
import { pause, untilUp } from '../up.ts';

const patience = 60_000;

/** What an engine says when the image, and not the host, is why a container cannot start. */
const imageAtFault =
  /executable file not found|no such file or directory|no command specified|exec format error|unable to find user/i;

/**
 * Runs a fresh image for a moment, alone, without its stack and its variables, and asks it what its health check would.
 * @returns what was seen. That it did not come up proves little, as it may only miss its database; `broken`: its command cannot be started.
 */
export async function tryImage(
  engine: Engine,
  scene: Scene,
  component: Component,
  image: LiveImage,
): Promise<{ broken: boolean; notes: string[] }> {
  try {
    return { broken: false, notes: await runAlone(engine, scene, component, image) };
  } catch (error) {
    const { message } = error as Error;
    return { broken: imageAtFault.test(message), notes: [`its container could not be started: ${message}`] };
  }
}

async function runAlone(engine: Engine, scene: Scene, component: Component, image: LiveImage): Promise<string[]> {
  const { value, left } = await puttingBack(async (undo) => {
    let made: string | null = null;
    undo('remove the container that tried the image', async () => {
      if (made !== null) await remove(engine, made);
    });
    const created = await engine.call('create a container', () => engine.docker.createContainer(alone(image) as never));
    made = created.id;
    await engine.call('start the new container', (abortSignal) => created.start({ abortSignal }), 30_000);
    return outcome(engine, scene, component, image, created.id);
  });
  return [value, ...left];
}

/** Published for this host only, bounded, and marked as ours. */
const alone = (image: LiveImage): object => ({
  Image: image.id,
  Labels: { 'readiness.verify': 'build' },
  ExposedPorts: Object.fromEntries(image.exposes.map((port) => [`${port}/tcp`, {}])),
  HostConfig: {
    Memory: 1024 ** 3,
    PidsLimit: 512,
    PortBindings: Object.fromEntries(
      image.exposes.map((port) => [`${port}/tcp`, [{ HostIp: '127.0.0.1', HostPort: '' }]]),
    ),
  },
});

async function outcome(
  engine: Engine,
  scene: Scene,
  component: Component,
  image: LiveImage,
  id: string,
): Promise<string> {
  const container = await inspect(engine, id);
  const found = probeAddress({ container, image, declared: null } as Member, engine.address);
  const address = 'refused' in found ? null : found;
  const path = pathsOf(scene, component).healthPaths[0];
  const up =
    image.healthcheck || !address || !path
      ? await untilUp(engine, id, null, patience)
      : await untilHealthy(engine, id, address, path);
  if (up !== null) {
    if (image.healthcheck) return 'run alone, it passes its health check';
    return address && path ? `run alone, it answers GET ${path}` : 'run alone, it stays up';
  }
  const { state, exitCode } = await inspect(engine, id);
  if (state === 'exited') return `run alone, without its variables and its stack, it ended with ${exitCode}`;
  return `run alone, without its variables and its stack, it was not healthy within ${patience / 1000} s`;
}

async function untilHealthy(engine: Engine, id: string, address: ProbeAddress, path: string): Promise<number | null> {
  for (const started = Date.now(); Date.now() - started < patience; await pause(300)) {
    const answer = await ask(address, { path }, 2_000);
    if (!hasFailed(answer) && answer.status >= 200 && answer.status < 300) return Date.now() - started;
    if ((await inspect(engine, id)).state !== 'running') return null;
  }
  return null;
}
