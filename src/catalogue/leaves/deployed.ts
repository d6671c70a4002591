import { z } from 'zod';
import { noteOf, placeOf } from '../../detectors/shared/scope.ts';
import type { AuditModel } from '../../model/audit-model.ts';
import type { Component } from '../../model/component.ts';
import { containerKinds, type DeployedService, type Environment } from '../../model/deployment.ts';
import { allOf, anyOf, no, type Signal, yes } from '../../model/signal.ts';
import type { ValueAt } from '../../model/value-at.ts';
import { defineLeaf, type Focus } from '../leaf.ts';

/** What may be asked of a deployed service: what shows it, or null. */
const stated = (value: ValueAt<unknown> | null, what: string) =>
  value && noteOf(value, `${what}: ${String(value.value)}`);
/** A socket, a certificate or a configuration file is shared with the host, and keeps nothing of users. */
const ofTheHost = /\.(?:sock|conf|cnf|cfg|ini|json|ya?ml|toml|env|crt|pem|key)$|^\/(?:etc|var\/run|run|proc|sys|dev)\//;

const fields = {
  healthProbe: (s: DeployedService) => stated(s.healthProbe, 'health probe'),
  memoryLimit: (s) => stated(s.memoryLimit, 'memory limit'),
  restart: (s) => (s.restart && /^(no|never)$/i.test(s.restart.value) ? null : stated(s.restart, 'restart policy')),
  scaled: (s) =>
    s.autoscaled
      ? stated(s.autoscaled, 'autoscaled')
      : s.replicas && s.replicas.value > 1
        ? stated(s.replicas, 'replicas')
        : null,
  nonRoot: (s) => (s.user && !/^(root|0)(:|$)/.test(s.user.value) ? stated(s.user, 'user') : null),
  exposed: (s) => (s.exposed ? noteOf(s.evidence, `${s.name} is reachable from outside`) : null),
  persistent: (s) => {
    const volume = s.volumes.find((v) => v.persistent && !v.bindsSource && !ofTheHost.test(v.target));
    return volume ? noteOf(volume, `volume at ${volume.target}`) : null;
  },
  ownProcess: (s) => (s.serverless ? null : noteOf(s.evidence, `runs ${s.name}`)),
  image: (s) => (s.image || s.dockerfile ? noteOf(s.evidence, `runs ${s.name} from ${s.dockerfile ?? s.image}`) : null),
  any: (s) => noteOf(s.evidence, `runs ${s.name}`),
} satisfies Record<string, (service: DeployedService) => ReturnType<typeof stated>>;
type Field = keyof typeof fields;

const options = z.strictObject({
  field: z.enum(Object.keys(fields) as [Field, ...Field[]]),
  by: z.enum(['each', 'some']).default('each'),
  /** `containers`: only what compose, Swarm, Kubernetes and Helm run. */
  among: z.enum(['all', 'containers']).default('all'),
  /** Every definition, not those of the best rank alone. */
  anywhere: z.boolean().default(false),
});
type Running = { environment: Environment; service: DeployedService };

export default defineLeaf({
  asks: 'what the deployed set says of the services that run the component: each of them (or some) has the field',
  example: 'deployed: { field: healthProbe, by: each, among: containers }',
  reads: 'config',
  options,
  short: (value) => ({ field: value }),
  judge(model, component, asked, focus: Focus) {
    const { field, by } = asked;
    const running = focus.service ? [focus.service] : runningOf(model, component, asked);
    if (running.length === 0) return no(`${placeOf(component)}: a deployment definition that runs it`);
    const signals = running.map(({ service, environment }): Signal => {
      const found = fields[field](service);
      return found
        ? yes(found)
        : no(`${environment.id}, ${service.name}: ${spoken(field)}`, [
            noteOf(service.evidence, `${service.name}: no ${spoken(field)}`),
          ]);
    });
    return by === 'each' ? allOf(signals) : anyOf(signals);
  },
});

function runningOf(model: AuditModel, component: Component | null, asked: z.infer<typeof options>): Running[] {
  const { deployment } = model;
  const kinds = asked.among === 'containers' ? containerKinds : undefined;
  const inKinds = ({ environment }: Running): boolean =>
    kinds === undefined || (kinds as readonly Environment['kind'][]).includes(environment.kind);
  const environments = asked.anywhere ? deployment.environments : deployment.counting;
  const found = component
    ? asked.anywhere
      ? deployment.anyServicesOf(component.path).filter(inKinds)
      : deployment.servicesOf(component.path, kinds)
    : environments
        .flatMap((environment) =>
          environment.services
            .filter(({ role }) => role === 'component')
            .map((service): Running => ({ environment, service })),
        )
        .filter(inKinds);
  // Where it is deployed otherwise, the containers of a work place are not what runs.
  const elsewhere =
    component !== null &&
    asked.among === 'containers' &&
    found.every(({ environment }) => environment.rank === 'development') &&
    deployment.servicesOf(component.path).some(({ environment }) => environment.rank !== 'development');
  if (elsewhere) return [];
  // A migration that ends by itself needs no probe and no second instance.
  const staying = found.filter(({ service }) => !service.oneShot);
  return staying.length > 0 ? staying : found;
}

const spoken = (field: string): string => field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
