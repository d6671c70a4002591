import { z } from 'zod';
import { noteOf, placeOf } from '../../detectors/shared/scope.ts';
import type { DeployedService } from '../../model/deployment.ts';
import { allOf, anyOf, no, type Signal, yes } from '../../model/signal.ts';
import type { ValueAt } from '../../model/value-at.ts';
import { domains } from '../domains.ts';
import { defineLeaf, type Focus } from '../leaf.ts';

/** What may be asked of a deployed service: what shows it, or null. */
const stated = (value: ValueAt<unknown> | null, what: string) =>
  value && noteOf(value, `${what}: ${String(value.value)}`);
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
    const volume = s.volumes.find((v) => v.persistent);
    return volume ? noteOf(volume, `volume at ${volume.target}`) : null;
  },
  ownProcess: (s) => (s.serverless ? null : noteOf(s.evidence, `runs ${s.name}`)),
  image: (s) => (s.image || s.dockerfile ? noteOf(s.evidence, `runs ${s.name} from ${s.dockerfile ?? s.image}`) : null),
  any: (s) => noteOf(s.evidence, `runs ${s.name}`),
} satisfies Record<string, (service: DeployedService) => ReturnType<typeof stated>>;
type Field = keyof typeof fields;

export default defineLeaf({
  asks: 'what the deployed set says of the services that run the component: each of them (or some) has the field',
  example: 'deployed: { field: healthProbe, by: each }',
  reads: 'config',
  options: z.strictObject({
    field: z.enum(Object.keys(fields) as [Field, ...Field[]]),
    by: z.enum(['each', 'some']).default('each'),
  }),
  short: (value) => ({ field: value }),
  judge(model, component, { field, by }, focus: Focus) {
    const elements = focus.service ? [{ focus }] : domains.get('services')!.of(model, component, focus);
    if (elements.length === 0) return no(`${placeOf(component)}: a deployment definition that runs it`);
    const signals = elements.map((element): Signal => {
      const { service, environment } = element.focus.service!;
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

const spoken = (field: string): string => field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
