import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type Component, hasTrait } from '../../model/component.ts';
import { dirOf, isWithin, relativeTo } from '../../model/paths.ts';
import type { Engine } from '../engine/connect.ts';
import { readImage } from '../engine/read.ts';
import { applies, megabytes, type Scene, type Sighting } from '../judge.ts';
import { puttingBack } from '../undo.ts';
import { packContext } from './context.ts';
import { type BuildEnd, follower } from './progress.ts';
import { tryImage } from './trial.ts';

const rule = 'infrastructure/container-image';
const longestBuild = 20 * 60_000;

/** What to build for a component. Paths are of the repository. */
interface Plan {
  context: string;
  dockerfile: string;
  target: string | null;
  args: Record<string, string>;
}

/** Builds the image of every component that has a Dockerfile, one after the other, tries it, and takes it all away again. */
export async function buildAll(
  scene: Scene,
  engine: Engine,
  say: (text: string) => void,
): Promise<{ sightings: Sighting[]; notes: string[] }> {
  const sightings: Sighting[] = [];
  const notes: string[] = [];
  for (const component of scene.model.components) {
    if (!hasTrait(component, 'deployable') || !applies(scene, rule, component.path)) continue;
    const plan = planOf(scene, component);
    if (plan === null) continue;
    say(`Building ${component.path}`);
    const container = `build of ${component.path}`;
    try {
      const { status, reason, evidence } = await buildOne(scene, engine, component, plan);
      const told = evidence.map((note) => ({ container, note }));
      sightings.push({
        rule,
        component: component.path,
        whole: false,
        status,
        evidence: told,
        ...(reason ? { reason } : {}),
      });
    } catch (error) {
      notes.push(`${component.path} was not built: ${(error as Error).message}`);
    }
  }
  return { sightings, notes };
}

function planOf({ model }: Scene, { path }: Component): Plan | null {
  const dockerfile = model.deployment.dockerfilesOf(path)[0];
  const services = model.facts.compose.flatMap((fact) => fact.services);
  const build = services
    .map((service) => service.build)
    .find((found) => found?.dockerfile != null && found.dockerfile === dockerfile);
  if (dockerfile === undefined) return null;
  const args = Object.fromEntries((build?.args ?? []).map(({ name, value }) => [name, value]));
  return { context: build?.context ?? dirOf(dockerfile), dockerfile, target: build?.target ?? null, args };
}

interface Built {
  status: Sighting['status'];
  reason?: string;
  evidence: string[];
}

async function buildOne(scene: Scene, engine: Engine, component: Component, plan: Plan): Promise<Built> {
  const { root } = scene.model.view;
  if (root === null) throw new Error('the repository is not on this disk');
  if (!isWithin(plan.dockerfile, plan.context)) throw new Error('its Dockerfile lies outside its build context');
  const text = scene.model.view.read(plan.dockerfile);
  if (text === null) throw new Error(`${plan.dockerfile} could not be read`);
  const before = await imageIds(engine);
  const made: string[] = [];
  const { value } = await puttingBack(async (undo) => {
    undo('remove the images that were built', () => removeImages(engine, made, before));
    let end = await run(engine, root, plan, text, '1', made);
    if (!end.built && end.needsBuildKit) end = await run(engine, root, plan, text, '2', made);
    return end.built ? success(scene, engine, component, end.image) : failure(plan, end);
  });
  return value;
}

async function success(scene: Scene, engine: Engine, component: Component, id: string): Promise<Built> {
  const image = await readImage(engine, id);
  const user = image.user === '' || /^(0|root)(:|$)/.test(image.user) ? 'root' : image.user;
  const trial = await tryImage(engine, scene, component, image);
  const status = user === 'root' || trial.broken ? 'partial' : 'ready';
  return { status, evidence: [`builds: an image of ${megabytes(image.bytes)} that runs as ${user}`, ...trial.notes] };
}

function failure({ dockerfile }: Plan, end: BuildEnd & { built: false }): Built {
  const place = end.line === null ? dockerfile : `${dockerfile}:${end.line} (${end.instruction})`;
  const evidence = [`the build fails at ${place}: ${end.message}`];
  // No line of the repository is at fault for a registry that is not reached.
  if (end.instruction?.toUpperCase().startsWith('FROM')) {
    return { status: 'unknown', reason: 'the base image could not be had', evidence };
  }
  return { status: 'partial', evidence };
}

/** One build, without a cache. `version`: 1 is the engine's own builder, 2 is BuildKit. Ids of images that it made go into `made`. */
async function run(
  engine: Engine,
  root: string,
  plan: Plan,
  text: string,
  version: '1' | '2',
  made: string[],
): Promise<BuildEnd> {
  const name = relativeTo(plan.dockerfile, plan.context);
  const context = packContext(root, join(root, plan.context), name);
  const follow = follower(text);
  try {
    await engine.call(
      `build ${plan.dockerfile}`,
      async (abortSignal) => {
        const options = {
          dockerfile: name,
          nocache: true,
          rm: true,
          forcerm: true,
          version,
          buildargs: plan.args,
          labels: { 'readiness.verify': 'build' },
          ...(plan.target === null ? {} : { target: plan.target }),
          abortSignal,
        };
        const stream = await engine.docker.buildImage(context as never, options);
        await eachLine(stream as Readable, (line) => follow.read(JSON.parse(line)));
      },
      longestBuild,
    );
  } finally {
    context.destroy();
    made.push(...follow.layers);
    const end = follow.end();
    if (end.built) made.push(end.image);
  }
  return follow.end();
}

/** A message a line; a stream that breaks off throws. */
async function eachLine(stream: Readable, take: (line: string) => void): Promise<void> {
  let rest = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop()!;
    for (const line of lines) if (line.trim() !== '') take(line);
  }
  if (rest.trim() !== '') take(rest);
}

async function imageIds(engine: Engine): Promise<Set<string>> {
  const list = await engine.call('list images', (abortSignal) => engine.docker.listImages({ all: true, abortSignal }));
  return new Set(list.map(({ Id }) => shortId(Id)));
}

const shortId = (id: string): string => id.replace('sha256:', '').slice(0, 12);

/** Newest first, as each stands on the one before; what was there before the build stays. */
async function removeImages(engine: Engine, made: readonly string[], before: ReadonlySet<string>): Promise<void> {
  for (const id of new Set([...made].reverse().map(shortId))) {
    if ([...before].some((there) => there.startsWith(id))) continue;
    await engine
      .call(`remove image ${id}`, (abortSignal) => engine.docker.getImage(id).remove({ force: true, abortSignal }))
      .catch(() => {});
  }
}
