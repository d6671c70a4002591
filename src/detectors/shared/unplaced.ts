import type { AuditModel } from '../../model/audit-model.ts';
import type { DeployedService, Environment } from '../../model/deployment.ts';

type Running = { environment: Environment; service: DeployedService };

/**
 * What production definitions run without our knowing whose it is: compute of IaC, which is matched by names alone, and images
 * that an expression names. Beside such a thing, a component that nothing seems to run may well be it.
 */
export const unplaced = (model: AuditModel): Running[] =>
  model.deployment.counting
    .filter((environment) => environment.rank !== 'development' && !isNamedElsewhere(model, environment))
    .flatMap((environment) => environment.services.map((service) => ({ environment, service })))
    .filter(
      ({ environment, service }) =>
        service.component === null &&
        service.role === 'other' &&
        service.software === null &&
        (environment.kind === 'iac' || /[${}]/.test(service.image ?? '')),
    );

/** A platform's config that deploys the stack names what runs there. */
const isNamedElsewhere = (model: AuditModel, stack: Environment): boolean =>
  stack.kind === 'iac' &&
  model.deployment.environments.some(({ kind, because }) => kind === 'platform' && because === stack.because);
