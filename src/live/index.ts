import { loadFolder } from '../model/discover.ts';
import type { LiveV1 } from '../model/live.ts';
import { inOrder } from './annotate.ts';
import { buildAll } from './build/build.ts';
import { type DrillOptions, drill } from './drill/drill.ts';
import type { Engine } from './engine/connect.ts';
import { type EngineReading, inParallel, readEngine } from './engine/read.ts';
import { applies, describeState, type Judge, type Scene, type Sighting } from './judge.ts';
import { matchStack } from './match/match.ts';
import { probe } from './probe/probe.ts';
import type { Audited, Stack } from './stack.ts';

export { annotate } from './annotate.ts';
export { connect, type Engine } from './engine/connect.ts';
export type { Audited } from './stack.ts';

export interface VerifyOptions {
  /** Only this compose project; it is then taken to be the target's, wherever it was started. */
  project: string | null;
  /** Only these containers, by name or id prefix. */
  containers: readonly string[];
  /** Ask running services over HTTP. */
  probe: boolean;
  /** Stop, start and re-create what is safe to, and put it back; null: touch nothing. */
  drill: DrillOptions | null;
  /** Build every component's image anew, try it, and take it away. */
  build: boolean;
  /** Told what is being done. */
  say?: (text: string) => void;
}

/** What was seen, ready for `annotate`. */
export interface Verification {
  sightings: Sighting[];
  live: Omit<LiveV1, 'confirmed' | 'contradicted' | 'score' | 'level'>;
}

/** Milliseconds for one request of a probe, and requests of its burst. */
const probing = { timeout: 5_000, burst: 120 };

/**
 * Compares the audit with what the engine runs. Reads only, unless a drill or a build is asked for.
 * @throws UserError (exit 3) when the engine goes away before anything was read.
 */
export async function verify(audited: Audited, engine: Engine, options: VerifyOptions): Promise<Verification> {
  const wanted = byName(options.containers);
  const reading = await readEngine(engine, wanted);
  const stack = matchStack(audited.model, reading, options);
  const scene: Scene = { ...audited, stack, now: await clock(engine), added: await addedFiles(audited, stack, engine) };
  const judges = await loadFolder<Judge>(new URL('./judges/', import.meta.url));
  const notes = absentNames(options.containers, reading);
  const sightings = [...judges.values()].flatMap((judge) => contained(judge, scene, notes));
  if (options.probe) {
    const probed = await probe(scene, engine.address, probing);
    sightings.push(...probed.sightings);
    notes.push(...probed.notes);
  }
  const times: Record<string, number> = {};
  if (options.drill) {
    const drilled = await drill(scene, engine, options.drill);
    sightings.push(...drilled.sightings);
    notes.push(...drilled.notes);
    Object.assign(times, drilled.times);
  }
  if (options.build) {
    const built = await buildAll(scene, engine, options.say ?? (() => {}));
    sightings.push(...built.sightings);
    notes.push(...built.notes);
  }
  const asked = (['probe', 'drill', 'build'] as const).filter((name) => options[name]);
  return { sightings: inOrder(sightings), live: { engine: engine.version, asked, ...describe(stack), notes, times } };
}

/** A judge of ours that throws loses its own rule, and says so; the others go on. */
function contained({ rule, judge }: Judge, scene: Scene, notes: string[]): Sighting[] {
  try {
    return judge(scene);
  } catch (error) {
    notes.push(`${rule} was not compared, for readiness met a bug of its own: ${(error as Error).message}`);
    return [];
  }
}

/** With no names, every container is wanted. */
function byName(names: readonly string[]): (own: string[], id: string) => boolean {
  if (names.length === 0) return () => true;
  return (own, id) => names.some((name) => own.includes(name) || (name.length >= 4 && id.startsWith(name)));
}

const absentNames = (names: readonly string[], { containers, unread }: EngineReading): string[] =>
  names
    .filter((name) => !containers.some((container) => container.name === name || container.id.startsWith(name)))
    .filter((name) => !unread.some((entry) => entry.name === name))
    .map((name) => `there is no container "${name}"`);

/** The engine's clock and not ours: its images are as old as it says. */
async function clock(engine: Engine): Promise<Date | null> {
  const info = await engine.call('info', () => engine.docker.info()).catch(() => null);
  const time = new Date(String((info as { SystemTime?: string } | null)?.SystemTime));
  return Number.isNaN(time.getTime()) ? null : time;
}

/** Files that containers added since their image, asked only where uploads are in question. */
async function addedFiles(audited: Audited, stack: Stack, engine: Engine): Promise<Map<string, string[]>> {
  const added = new Map<string, string[]>();
  const asked = stack.members.filter(
    ({ component }) => component !== null && applies(audited, 'data/file-storage', component),
  );
  await inParallel(asked, async ({ container }) => {
    const changes = await engine
      .call(`changes of ${container.name}`, (abortSignal) =>
        engine.docker.getContainer(container.id).changes({ abortSignal }),
      )
      .catch(() => null);
    const list = (changes ?? []) as { Path: string; Kind: number }[];
    const paths = list.filter(({ Kind }) => Kind === 1).map(({ Path }) => Path);
    // A folder on the way to an added file is listed too: only the ends are files.
    added.set(container.id, paths.filter((path) => !paths.some((other) => other.startsWith(`${path}/`))).sort());
  });
  return added;
}

function describe({
  members,
  unmatched,
  absent,
  projects,
}: Stack): Pick<LiveV1, 'containers' | 'unmatched' | 'absent' | 'projects'> {
  return {
    projects,
    containers: members.map(({ container, component, role, matchedBy }) => ({
      name: container.name,
      image: container.image,
      state: describeState(container),
      component,
      role,
      matchedBy,
    })),
    unmatched,
    absent,
  };
}
