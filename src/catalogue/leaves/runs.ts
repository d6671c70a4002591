import { z } from 'zod';
import { noteOf } from '../../detectors/shared/scope.ts';
import type { DeployedRole, Environment } from '../../model/deployment.ts';
import { no, yes } from '../../model/signal.ts';
import { defineLeaf } from '../leaf.ts';

const roles = [
  'database',
  'cache',
  'queue',
  'proxy',
  'storage',
  'monitoring',
  'identity',
] as const satisfies readonly DeployedRole[];
const kinds = [
  'compose',
  'swarm',
  'kubernetes',
  'helm',
  'platform',
  'iac',
] as const satisfies readonly Environment['kind'][];

export default defineLeaf({
  asks: 'the deployed set runs third-party software of the role (database, cache, queue, proxy, …) beside the components',
  example: 'runs: [database, cache]',
  reads: 'config',
  options: z.strictObject({
    roles: z.array(z.enum(roles)).min(1),
    software: z.array(z.string().min(1)).optional(),
    /** Only what definitions of these kinds run. */
    by: z.array(z.enum(kinds)).optional(),
    /** Definitions of a lower rank too, but for those of development. */
    anywhere: z.boolean().default(false),
  }),
  short: (value) => ({ roles: [value].flat() }),
  judge(model, _, asked) {
    const { counting, environments } = model.deployment;
    const found = environments
      .filter((environment) => counting.includes(environment) || (asked.anywhere && environment.rank !== 'development'))
      .filter(({ kind }) => !asked.by || asked.by.includes(kind))
      .flatMap((environment) => environment.services)
      .filter((service) => (asked.roles as readonly DeployedRole[]).includes(service.role))
      .filter((service) => !asked.software || (service.software !== null && asked.software.includes(service.software)));
    if (found.length > 0) return yes(...found.map((s) => noteOf(s.evidence, `runs ${s.software ?? s.name}`)));
    return no(`the deployed set: a ${asked.roles.join(' or ')}`);
  },
});
