import { type Component, hasTrait } from '../../model/component.ts';
import type { EngineAddress } from '../engine/address.ts';
import { applies, isRunning, type Part, type Scene, type Sighting } from '../judge.ts';
import { type Member, membersOf } from '../stack.ts';
import { probeAddress } from './address.ts';
import { cors, errors, headers, health, rateLimit, type Target } from './checks.ts';

/** In this order: the burst last, for what comes after it might be refused. `inside`: also asked where only the engine's network reaches. */
const checks: { rule: string; whole: boolean; inside: boolean; check: (target: Target) => Promise<Part | null> }[] = [
  { rule: 'observability/health-endpoint', whole: true, inside: true, check: health },
  { rule: 'security/headers', whole: true, inside: false, check: headers },
  { rule: 'security/cors', whole: false, inside: false, check: cors },
  { rule: 'resilience/error-handling', whole: false, inside: true, check: errors },
  { rule: 'security/rate-limiting', whole: true, inside: false, check: rateLimit },
];

export interface ProbeOptions {
  /** Milliseconds for one request. */
  timeout: number;
  /** Requests of the burst, at most. */
  burst: number;
}

/** Asks one running container of every component that speaks HTTP; what could not be asked is told in `notes`. */
export async function probe(
  scene: Scene,
  engine: EngineAddress,
  options: ProbeOptions,
): Promise<{ sightings: Sighting[]; notes: string[] }> {
  const sightings: Sighting[] = [];
  const notes: string[] = [];
  for (const component of scene.model.components) {
    const member = membersOf(scene.stack, component.path).find(({ container }) => isRunning(container));
    if (!member || !hasTrait(component, 'http')) continue;
    const starting = member.container.health?.status === 'starting';
    const address = starting ? { refused: 'it is still starting' } : probeAddress(member, engine);
    if ('refused' in address) {
      notes.push(`${member.container.name} was not probed: ${address.refused}`);
      continue;
    }
    const target = { address, ...pathsOf(scene, component), ...options };
    for (const { rule, whole, inside, check } of checks) {
      if (!applies(scene, rule, component.path) || !(inside || address.published)) continue;
      const part = await check(target);
      if (part) sightings.push(sighting(rule, whole, component, member, part));
    }
  }
  return { sightings, notes };
}

function sighting(rule: string, whole: boolean, component: Component, { container }: Member, part: Part): Sighting {
  return {
    rule,
    component: component.path,
    status: part.status,
    whole,
    evidence: part.notes.map((note) => ({ container: container.name, note })),
    ...(part.reason === undefined ? {} : { reason: part.reason }),
  };
}

const healthName = /^(_?health(z|check|-check)?|live(z|ness)?|ready|readyz|readiness|ping|status|alive|heartbeat)$/;

/** Paths without parameters that the code answers to GET. */
export function pathsOf({ model }: Scene, component: Component): Pick<Target, 'healthPaths' | 'plainPath'> {
  const paths = model.wiring
    .of(component)
    .routes()
    .filter(({ method, live }) => (method === 'GET' || method === 'ALL') && live !== 'dead')
    .map(({ path }) => (path.startsWith('/') ? path : `/${path}`))
    .filter((path) => /^[\w/.~-]+$/.test(path));
  const unique = [...new Set(paths)].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const isHealth = (path: string): boolean => healthName.test(path.split('/').findLast((part) => part !== '') ?? '');
  return { healthPaths: unique.filter(isHealth), plainPath: unique.find((path) => !isHealth(path)) ?? '/' };
}
