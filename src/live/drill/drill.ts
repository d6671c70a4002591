import { hasTrait } from '../../model/component.ts';
import type { Engine } from '../engine/connect.ts';
import type { Scene } from '../judge.ts';
import type { Member } from '../stack.ts';
import { drillRecreate } from './recreate.ts';
import { type Drilled, drillShutdown } from './shutdown.ts';

export interface DrillOptions {
  /** Shown what is about to be done, a line each; false: nothing is done. */
  confirm: (deeds: string[]) => Promise<boolean>;
  allowProduction: boolean;
}

/** Chooses one stateless container and one database of the target's own, asks, drills them and puts everything back. */
export async function drill(
  scene: Scene,
  engine: Engine,
  { confirm, allowProduction }: DrillOptions,
): Promise<Drilled> {
  const { chosen, refused } = choose(scene, allowProduction);
  const deeds = chosen.map(({ deed }) => deed);
  const nothing = { sightings: [], times: {} };
  if (deeds.length === 0) return { ...nothing, notes: [...refused, 'the drill found no container to work on'] };
  if (!(await confirm(deeds))) return { ...nothing, notes: [...refused, 'the drill was called off'] };
  const results: Drilled[] = [];
  for (const { name, run } of chosen)
    results.push(await run(engine).catch((error: Error) => ({ ...nothing, notes: [failed(name, error)] })));
  return {
    sightings: results.flatMap(({ sightings }) => sightings),
    notes: [...refused, ...results.flatMap(({ notes }) => notes)],
    times: Object.assign({}, ...results.map(({ times }) => times)),
  };
}

const failed = (name: string, { message }: Error): string => `the drill of ${name} failed: ${message}`;

interface Choice {
  name: string;
  deed: string;
  run: (engine: Engine) => Promise<Drilled>;
}

export function choose({ stack, model }: Scene, allowProduction: boolean): { chosen: Choice[]; refused: string[] } {
  const refused: string[] = [];
  const running = stack.members.filter(({ container }) => container.state === 'running');
  const first = (candidates: Member[]): Member | undefined =>
    candidates.find((member) => {
      const reason = refusal(member, allowProduction);
      if (reason !== null) refused.push(`${member.container.name} was left alone: ${reason}`);
      return reason === null;
    });
  const serves = ({ component }: Member): boolean =>
    model.components.some((found) => found.path === component && hasTrait(found, 'http'));
  const stateless = running.filter(
    ({ component, container }) => component !== null && !container.mounts.some(({ kind }) => kind === 'volume'),
  );
  const service = first([...stateless.filter(serves), ...stateless.filter((member) => !serves(member))]);
  const database = first(running.filter(({ role }) => role === 'database'));
  const chosen: Choice[] = [];
  if (service) {
    const deed = `stop ${service.container.name} with SIGTERM while a request is in flight, and start it again`;
    chosen.push({ name: service.container.name, deed, run: (engine) => drillShutdown(engine, service) });
  }
  if (database) {
    const deed = `put ${database.container.name} aside, make it anew with the same volumes, look for a marker file, and bring the old one back`;
    chosen.push({ name: database.container.name, deed, run: (engine) => drillRecreate(engine, database, stack) });
  }
  return { chosen, refused };
}

function refusal({ owned, container }: Member, allowProduction: boolean): string | null {
  if (!owned) return `it is not beyond doubt of this repository; --container ${container.name} says it is`;
  if (container.removedOnStop) return 'it would be gone once it is stopped (--rm)';
  if (container.task) return 'the swarm would replace it';
  if (container.production !== null && !allowProduction)
    return `it is labelled ${container.production}; --allow-production permits it`;
  return null;
}
