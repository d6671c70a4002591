import type Docker from 'dockerode';
import type { Engine } from '../engine/connect.ts';
import { EngineFailure } from '../engine/failure.ts';
import { inspect } from '../engine/read.ts';
import type { Part, Sighting } from '../judge.ts';
import { dataFolders } from '../match/images.ts';
import { type Member, type Stack, shareNetwork } from '../stack.ts';
import { puttingBack, type Undo } from '../undo.ts';
import { untilUp } from '../up.ts';
import { hasMarker, putMarker, removeMarker } from './marker.ts';
import { type Drilled, upWithin } from './shutdown.ts';

/**
 * Makes a database's container anew, as an update would, and looks whether a file beside its data is still there. The old container is
 * only put aside: it comes back with its name, its data and its network, whatever happens. The two never run at once.
 */
export async function drillRecreate(engine: Engine, member: Member, stack: Stack): Promise<Drilled> {
  const { container } = member;
  const folder = dataFolder(member);
  if (folder === null)
    return {
      sightings: [],
      notes: [`${container.name} was left alone: where it keeps its data is not known`],
      times: {},
    };
  try {
    await removeMarker(engine, container.id, folder);
  } catch {
    const note = `${container.name} was left alone: its image has no rm, so a marker could not be taken away again`;
    return { sightings: [], notes: [note], times: {} };
  }
  const { value, left } = await puttingBack((undo) => recreate(engine, member, folder, undo));
  const users = stack.members.filter(
    ({ component, container: own }) => component !== null && shareNetwork(own, container),
  );
  const components = [...new Set(users.map(({ component }) => component!))].sort();
  const sightings = components.map(
    (component): Sighting => ({
      rule: 'infrastructure/database',
      component,
      status: value.status,
      whole: false,
      evidence: value.notes.map((note) => ({ container: container.name, note })),
    }),
  );
  return { sightings, notes: left, times: {} };
}

function dataFolder({ container, image, software }: Member): string | null {
  const folders = [...(image?.volumes ?? []), ...dataFolders(software)];
  const mounted = container.mounts.find(({ target }) =>
    folders.some((folder) => target === folder || target.startsWith(`${folder}/`)),
  );
  return mounted?.target ?? folders[0] ?? container.mounts.find(({ kind }) => kind === 'volume')?.target ?? null;
}

async function recreate(engine: Engine, { container }: Member, folder: string, undo: Undo): Promise<Part> {
  const { id, name } = container;
  const old = engine.docker.getContainer(id);
  // The whole answer, values of variables included, goes back to the engine as it came and is kept nowhere else.
  const raw = await engine.call(`inspect ${name}`, (abortSignal) => old.inspect({ abortSignal }));
  const grace = (raw.Config as { StopTimeout?: number }).StopTimeout ?? 10;

  undo(`remove the marker from ${folder} in ${name}`, () => removeMarker(engine, id, folder));
  await putMarker(engine, id, folder);
  undo(`start ${name} (docker start ${name})`, async () => {
    await engine.call(`start ${name}`, (abortSignal) => old.start({ abortSignal }), 60_000);
    await untilUp(engine, id, null, upWithin);
  });
  await engine.call(`stop ${name}`, (abortSignal) => old.stop({ abortSignal } as object), (grace + 20) * 1000);
  const aside = `${name}-put-aside-by-readiness`;
  undo(`rename ${aside} (docker rename ${aside} ${name})`, async () => {
    if ((await inspect(engine, id)).name !== name) await rename(engine, id, name);
  });
  await rename(engine, id, aside);

  let made: string | null = null;
  undo(`remove the new ${name}`, async () => {
    if (made !== null) await remove(engine, made);
  });
  made = await create(engine, name, raw);
  await engine.call(
    `start the new ${name}`,
    (abortSignal) => engine.docker.getContainer(made!).start({ abortSignal }),
    60_000,
  );
  const up = await untilUp(engine, made, null, upWithin);
  if (!(await hasMarker(engine, made, folder))) {
    return { status: 'partial', notes: [`a file put into ${folder} was gone after the container was made anew`] };
  }
  if (up === null) return { status: 'partial', notes: [`made anew, it was not up within ${upWithin / 1000} s`] };
  return { status: 'ready', notes: [`a file put into ${folder} was still there after the container was made anew`] };
}

const rename = (engine: Engine, id: string, name: string): Promise<unknown> =>
  engine.call(`rename to ${name}`, (abortSignal) => engine.docker.getContainer(id).rename({ name, abortSignal }));

/** With its nameless volumes, which nobody else can have. */
export const remove = (engine: Engine, id: string): Promise<unknown> =>
  engine
    .call(
      `remove ${id.slice(0, 12)}`,
      (abortSignal) => engine.docker.getContainer(id).remove({ force: true, v: true, abortSignal }),
      60_000,
    )
    .catch((error) => {
      if (!(error instanceof EngineFailure && error.kind === 'gone')) throw error;
    });

/** The same container once more: its own configuration, mounts and networks. */
async function create(engine: Engine, name: string, raw: Docker.ContainerInspectInfo): Promise<string> {
  const { Hostname, ...config } = raw.Config;
  const own = Hostname !== raw.Id.slice(0, 12) ? { Hostname } : {};
  const [first, ...others] = Object.entries(raw.NetworkSettings.Networks ?? {})
    .filter(([network]) => !['bridge', 'host', 'none'].includes(network))
    .map(([network, given]) => [network, endpoint(given, raw.Id)] as const);
  const options = {
    name,
    ...config,
    ...own,
    HostConfig: raw.HostConfig,
    ...(first ? { NetworkingConfig: { EndpointsConfig: { [first[0]]: first[1] } } } : {}),
  };
  const made = await engine.call(`create ${name}`, () => engine.docker.createContainer(options as never), 60_000);
  for (const [network, EndpointConfig] of others) {
    await engine.call(`connect ${name} to ${network}`, () =>
      engine.docker.getNetwork(network).connect({ Container: made.id, EndpointConfig }),
    );
  }
  return made.id;
}

/** What the user chose of a network; the rest was given by the engine and would be in the way. */
function endpoint(given: Docker.EndpointSettings, oldId: string): object {
  const { IPAMConfig, Aliases, DriverOpts, Links } = given;
  const aliases = ((Aliases ?? []) as string[]).filter((alias) => alias !== oldId.slice(0, 12));
  return { IPAMConfig, DriverOpts, Links, Aliases: aliases };
}
