import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import type { ValueFact } from '../model/facts/index.ts';
import { baseOf } from '../model/paths.ts';
import { no, type Signal, yes } from '../model/signal.ts';
import { describePackages, wantedPackages } from './shared/packages.ts';
import { usesOf } from './shared/reach.ts';
import { noteOf } from './shared/scope.ts';

const query = { capability: 'api-gateway' };

export default defineDetector({
  name: 'gateway-leads',
  asks: '`exists`: something is there that could stand before the services, deployed or not; `to-some`: what is deployed leads to a service; `to-each`: and to every one that requests from outside may reach',
  options: z.strictObject({ ask: z.enum(['exists', 'to-some', 'to-each']) }),
  judge(model, _component, { ask }) {
    const gateways = gatewaysOf(model);
    if (ask === 'exists') {
      const routes = model.deployment.environments.flatMap((environment) => environment.routes);
      const found = [...gateways.flatMap((one) => one.evidence), ...routes.map((route) => route.evidence)];
      return found.length > 0 ? yes(...found) : no(`the repository: ${describe(model)}`);
    }
    const standing = gateways.filter((one) => isDeployed(model, one.component));
    const routed = new Map(
      model.deployment.counting.flatMap(({ routes }) =>
        routes.filter((route) => route.component).map((route) => [route.component!, route.evidence] as const),
      ),
    );
    return ask === 'to-some' ? leads(model, gateways, standing, routed) : leadsToEach(model, standing, routed);
  },
});

interface Gateway {
  component: Component;
  /** Where it hands requests on, in code that runs. */
  evidence: Evidence[];
}

const describe = (model: AuditModel): string =>
  `a route of a proxy or ingress, or ${describePackages(query, wantedPackages(model.knowledge, query))}`;

/** Services whose own code hands requests on to others. */
function gatewaysOf(model: AuditModel): Gateway[] {
  const wanted = wantedPackages(model.knowledge, query);
  return model.components
    .filter((component) => component.language === 'js' && component.kind === 'service' && !component.stub)
    .map((component) => ({
      component,
      evidence: usesOf(model, component, wanted).flatMap((use) => (use.live === 'live' ? [use.evidence] : [])),
    }))
    .filter(({ evidence }) => evidence.length > 0);
}

/** Where nothing at all is deployed from the tree, what has a start script is taken to run. */
const isDeployed = (model: AuditModel, { path }: Component): boolean =>
  model.deployment.counting.length === 0 ||
  model.deployment.servicesOf(path).length > 0 ||
  model.deployment.managed.has(path);

function leads(
  model: AuditModel,
  gateways: readonly Gateway[],
  standing: readonly Gateway[],
  routed: ReadonlyMap<string, Evidence>,
): Signal {
  const found = [...standing.flatMap((one) => one.evidence), ...routed.values()];
  if (found.length > 0) return yes(...found);
  const leftOut = gateways.flatMap(({ component, evidence }) => [
    ...evidence,
    ...model.deployment.counting.map((environment) =>
      noteOf(environment.because, `${environment.id} does not run ${component.path}`),
    ),
  ]);
  return no(`the deployed set: ${describe(model)}`, leftOut);
}

function leadsToEach(model: AuditModel, standing: readonly Gateway[], routed: ReadonlyMap<string, Evidence>): Signal {
  const gateways = new Set(standing.map(({ component }) => component.path));
  const targets = model.components.filter(
    (component) =>
      component.kind === 'service' &&
      component.traits.includes('http') &&
      !gateways.has(component.path) &&
      isPublic(model, component),
  );
  const spoken = standing.flatMap(({ component }) => wordsOf(model, component));
  const missed = targets.filter(
    (target) => !routed.has(target.path) && !namesOf(model, target).some((name) => name.test(spoken.join('\n'))),
  );
  if (missed.length === 0) return yes(...standing.flatMap((one) => one.evidence), ...routed.values());
  return no(
    missed.map(({ path }) => `a route to ${path}`),
    missed.flatMap((target) => target.evidence.slice(0, 1)),
  );
}

/** A deployed service that no port or route opens is called by other services only. */
function isPublic(model: AuditModel, { path }: Component): boolean {
  const runs = model.deployment.servicesOf(path);
  return runs.length === 0 || runs.some(({ service }) => service.exposed);
}

/** Words by which a gateway may know a service: its name, that of its deployed service, and its ports. */
function namesOf(model: AuditModel, component: Component): RegExp[] {
  const runs = model.deployment.servicesOf(component.path).map(({ service }) => service);
  const names = [baseOf(component.path), baseOf(component.name), ...runs.map(({ name }) => name)].map((name) =>
    name.replace(/[-_.]?(service|svc|api|server|app)$/i, '').replaceAll(/[^a-z0-9]+/gi, '[-_. ]?'),
  );
  const ports = runs.flatMap(({ ports: open }) => open.map(({ container }) => container));
  return [
    ...names.filter((name) => name.length > 2).map((name) => new RegExp(`(^|[^a-z])${name}`, 'i')),
    ...ports.map((port) => new RegExp(`:${port}\\b`)),
  ];
}

/** Every string that a component's own code holds where it runs: variables, addresses, paths. */
function wordsOf(model: AuditModel, component: Component): string[] {
  const wiring = model.wiring.of(component);
  const constants = wiring.reached.flatMap((file) => Object.values(model.wiring.code(file)?.constants ?? {}));
  const env = wiring.env().flatMap(({ fact }) => [fact.name, ...stringsOf(fact.fallback)]);
  const called = wiring.calls().flatMap(({ fact }) => fact.args.flatMap(stringsOf));
  return [...constants, ...env, ...called];
}

function stringsOf(value: ValueFact | null): string[] {
  switch (value?.kind) {
    case 'string':
      return [value.value];
    case 'template':
      return value.parts;
    case 'env':
      return [value.name, ...stringsOf(value.fallback)];
    case 'ref':
      return [value.path];
    case 'object':
      return Object.entries(value.props).flatMap(([key, one]) => [key, ...stringsOf(one)]);
    case 'array':
      return value.items.flatMap(stringsOf);
    case 'choice':
      return value.of.flatMap(stringsOf);
    case 'call':
      return value.args.flatMap(stringsOf);
    default:
      return [];
  }
}
