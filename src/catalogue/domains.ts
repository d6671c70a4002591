import { noteOf } from '../detectors/shared/scope.ts';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Focus } from './leaf.ts';

/** One of the things a quantifier goes over: what the inner condition is asked of, and where it stands. */
export interface Element {
  component: Component | null;
  focus: Focus;
  evidence: Evidence | null;
}
type Domain = { plural: string; of(model: AuditModel, component: Component | null, focus: Focus): Element[] };

/** What `each`, `some` and `most` may go over. */
export const domains: ReadonlyMap<string, Domain> = new Map<string, Domain>([
  ['routes', { plural: 'routes that answer requests', of: routes }],
  ['services', { plural: 'services of the deployed set that run it', of: services }],
  ['environments', { plural: 'deployment definitions that count', of: environments }],
  ['components', { plural: 'components', of: components }],
]);

function routes(model: AuditModel, component: Component | null, focus: Focus): Element[] {
  const owners = component ? [component] : model.components;
  return owners.flatMap((owner) =>
    model.wiring
      .of(owner)
      .routes()
      .filter((route) => route.live !== 'dead')
      .map((route) => ({
        component,
        focus: { ...focus, route },
        evidence: noteOf(route, `${route.method} ${route.path}`),
      })),
  );
}

function services(model: AuditModel, component: Component | null, focus: Focus): Element[] {
  const pairs = component
    ? model.deployment.servicesOf(component.path)
    : model.deployment.counting.flatMap((environment) =>
        environment.services
          .filter((service) => service.role === 'component')
          .map((service) => ({ environment, service })),
      );
  const within = focus.environment;
  return pairs
    .filter((pair) => !within || pair.environment.id === within.id)
    .map((pair) => ({ component, focus: { ...focus, service: pair }, evidence: pair.service.evidence }));
}

function environments(model: AuditModel, component: Component | null, focus: Focus): Element[] {
  return model.deployment.counting.map((environment) => ({
    component,
    focus: { ...focus, environment },
    evidence: environment.because,
  }));
}

function components(model: AuditModel, _: Component | null, focus: Focus): Element[] {
  return model.components
    .filter((component) => !component.stub)
    .map((component) => ({ component, focus, evidence: component.evidence[0] ?? null }));
}
