import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import type { DeployedService, Environment } from '../model/deployment.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import { no, type Signal, unknown, yes } from '../model/signal.ts';
import { noteOf, placeOf } from './shared/scope.ts';
import { unplaced } from './shared/unplaced.ts';

/** `defined`: some definition runs it, if only for development. `sound`: one for production does, and can work. */
const options = z.strictObject({ rung: z.enum(['defined', 'sound']) });
type Running = { environment: Environment; service: DeployedService };

export default defineDetector({
  name: 'runs-in-production',
  asks: 'a deployment definition runs the component (defined), for production and without proof that it fails (sound)',
  reads: 'config',
  options,
  judge(model, component, { rung }) {
    if (!component) return no('asked of a component only');
    const running = model.deployment.servicesOf(component.path);
    const managed = model.deployment.managed.get(component.path)?.evidence;
    if (rung === 'defined') {
      const shown = [...(managed ? [managed] : []), ...running.map(({ service }) => service.evidence)];
      const open = shown.length > 0 ? [] : unplaced(model);
      if (open.length > 0)
        return unknown(
          'blind',
          'whose code the definition runs could not be told',
          open.map(({ service }) => service.evidence),
        );
      const known = shown.length > 0 ? shown : meant(model);
      return known.length > 0 ? yes(...known) : no(`${placeOf(component)}: a definition that runs it`);
    }
    return soundness(model, component, running, managed ?? null);
  },
});

/** Definitions that run nothing of ours: what a pipeline applies in vain, and the one that serves development. */
function meant(model: AuditModel): Evidence[] {
  const { counting, environments } = model.deployment;
  const hollow = counting.filter(
    ({ rank, services, broken }) => rank === 'applied' && services.length === 0 && broken.length > 0,
  );
  if (hollow.length > 0) return hollow.map(({ because }) => because);
  const ours = environments.some(({ services }) => services.some(({ component }) => component !== null));
  // A definition that runs others, and not this one, leaves it out.
  if (ours) return [];
  return environments
    .filter(({ rank, kind }) => rank === 'development' && kind !== 'platform')
    .map(({ because }) => because);
}

function soundness(
  model: AuditModel,
  component: Component,
  running: readonly Running[],
  managed: Evidence | null,
): Signal {
  const searched = `${placeOf(component)}: a production definition that can work`;
  const real = running.filter(({ environment }) => environment.rank !== 'development');
  if (real.length === 0) {
    if (managed) return yes(managed);
    const because = running.length > 0 ? running.map(({ environment }) => environment.because) : meant(model);
    return no(searched, because);
  }
  const problems = real.map(problemsOf);
  if (problems.some((list) => list.length === 0)) return yes(...real.map(({ service }) => service.evidence));
  return no(searched, problems.flat());
}

/** Its own proofs, or those of the whole definition (a folder that is applied and does not exist). */
function problemsOf({ environment, service }: Running): Evidence[] {
  const others = new Set(environment.services.flatMap(({ broken }) => broken ?? []));
  const whole = environment.broken.filter((proof) => !others.has(proof));
  return [...(service.broken ?? []), ...whole].map((proof) => noteOf(proof, proof.note));
}
