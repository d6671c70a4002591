import type { Engine } from './connect.ts';
import { type LiveContainer, readContainer } from './container.ts';
import { EngineFailure, plainLine, unusable } from './failure.ts';

/** An image as verify sees it. */
export interface LiveImage {
  id: string;
  /** ISO time of its making. */
  created: string;
  bytes: number;
  user: string;
  /** Folders that the image itself declares as volumes. */
  volumes: string[];
  /** It came from a registry, so its tag says which version that was; an image built here is tagged by the builder. */
  pulled: boolean;
  env: string[];
  exposes: number[];
  healthcheck: boolean;
}

/** Everything read of an engine, before it is compared with anything. */
export interface EngineReading {
  containers: LiveContainer[];
  images: ReadonlyMap<string, LiveImage>;
  /** Containers that were listed and could not be read, and why. */
  unread: { name: string; reason: string }[];
}

/** How many containers are asked for at once: an engine answers these from memory, but one connection each. */
const atOnce = 8;

/**
 * Lists and inspects the containers that `wanted` lets through by name and labels; nothing is changed.
 * A container that vanishes or whose answer fails is named in `unread`, and the run goes on.
 * @throws UserError (exit 3) when the list itself cannot be had, or the engine went away while it was read.
 */
export async function readEngine(
  engine: Engine,
  wanted: (names: string[], id: string) => boolean,
): Promise<EngineReading> {
  const listed = await engine
    .call('list containers', (abortSignal) => engine.docker.listContainers({ all: true, abortSignal }))
    .catch((error: EngineFailure) => {
      throw unusable(error, engine.address);
    });
  const chosen = listed
    .map((entry) => ({ id: entry.Id, names: (entry.Names ?? []).map((name) => name.replace(/^\//, '')) }))
    .filter(({ id, names }) => wanted(names, id));
  const containers: LiveContainer[] = [];
  const unread: EngineReading['unread'] = [];
  const failures: EngineFailure[] = [];
  await inParallel(chosen, async ({ id, names }) => {
    const name = names[0] ?? id.slice(0, 12);
    // An engine that answers nobody is not asked two hundred times.
    if (failures.filter(({ kind }) => kind === 'timeout').length >= atOnce) {
      unread.push({ name: plainLine(name), reason: 'the engine had stopped answering' });
      return;
    }
    try {
      containers.push(await inspect(engine, id, name));
    } catch (error) {
      const failure = error as EngineFailure;
      failures.push(failure);
      unread.push({
        name: plainLine(name),
        reason: failure.kind === 'gone' ? 'it vanished while it was read' : failure.message,
      });
    }
  });
  const fatal = failures.find(({ kind }) => kind !== 'gone');
  if (fatal && containers.length === 0) throw unusable(fatal, engine.address);
  containers.sort((a, b) => (a.name < b.name ? -1 : 1));
  unread.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { containers, unread, images: await readImages(engine, containers) };
}

/** One container as it is now. @throws EngineFailure, kind `gone` when it is no more. */
export async function inspect(engine: Engine, id: string, name = id.slice(0, 12)): Promise<LiveContainer> {
  const raw = await engine.call(`inspect ${name}`, (abortSignal) =>
    engine.docker.getContainer(id).inspect({ abortSignal }),
  );
  if (typeof raw?.Id !== 'string' || !raw.State || !raw.Config || !raw.HostConfig) {
    throw new EngineFailure('broken', `its answer to "inspect ${name}" is not one`);
  }
  return readContainer(raw);
}

/** Images by id. One that was deleted under its container, or cannot be read, is left out: what asks for it then says nothing. */
async function readImages(engine: Engine, containers: LiveContainer[]): Promise<Map<string, LiveImage>> {
  const images = new Map<string, LiveImage>();
  const ids = [...new Set(containers.map(({ imageId }) => imageId))].sort();
  await inParallel(ids, async (id) => {
    const image = await readImage(engine, id).catch(() => null);
    if (image) images.set(id, image);
  });
  return images;
}

export async function readImage(engine: Engine, id: string): Promise<LiveImage> {
  const raw = await engine.call(`inspect image ${id.replace('sha256:', '').slice(0, 12)}`, (abortSignal) =>
    engine.docker.getImage(id).inspect({ abortSignal } as object),
  );
  const config = raw.Config ?? {};
  return {
    id: raw.Id,
    created: raw.Created,
    bytes: raw.Size,
    user: config.User ?? '',
    volumes: Object.keys(config.Volumes ?? {}).sort(),
    pulled: (raw.RepoDigests ?? []).length > 0,
    env: (config.Env ?? []).map((entry) => entry.split('=')[0]!).sort(),
    exposes: Object.keys(config.ExposedPorts ?? {})
      .map((key) => Number.parseInt(key, 10))
      .filter((port) => port > 0)
      .sort((a, b) => a - b),
    healthcheck: isHealthcheck((config as { Healthcheck?: { Test?: string[] } }).Healthcheck?.Test),
  };
}

const isHealthcheck = (test: string[] | undefined): boolean =>
  test !== undefined && test.length > 0 && test[0] !== 'NONE';

/** Runs `work` for every item, a few at once, and waits for all. */
export async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, lane));
}
