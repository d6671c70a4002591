import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import { type Component, hasTrait } from '../model/component.ts';
import type { DeployedRoute, Environment } from '../model/deployment.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import { baseOf } from '../model/paths.ts';
import { no, type Signal, unknown, yes } from '../model/signal.ts';
import { declaredIn } from './shared/manifests.ts';
import { wantedPackages } from './shared/packages.ts';
import { usesOf } from './shared/reach.ts';
import { filesOf, isAside, noteOf, once } from './shared/scope.ts';

const options = z.strictObject({ rung: z.enum(['present', 'wired', 'complete']) });

/** One entry point, and the services that it is known to lead to. */
interface Gateway {
  evidence: Evidence[];
  leadsTo: Set<string>;
  /** The component that is the gateway, where code of ours is. */
  path: string | null;
}

export default defineDetector({
  name: 'routes-through-gateway',
  asks: 'a gateway, ingress, proxy or service in front of others exists (present), leads to a service as deployed (wired), and to every public one (complete)',
  reads: 'config',
  options,
  judge(model, _, { rung }) {
    const gateways = gatewaysOf(model);
    const shown = gateways.flatMap(({ evidence }) => evidence);
    if (rung === 'complete') return completeness(model, gateways);
    if (shown.length > 0) return yes(...shown);
    const blind = unresolved(model);
    if (blind.length > 0) return unknown('blind', 'where the proxy leads is decided at run time', blind);
    const idle = idleGateways(model);
    const searched = 'a reverse proxy, ingress, gateway service or federation router that leads to the services';
    return rung === 'present' && idle.length > 0 ? yes(...idle) : no(searched, idle);
  },
});

const gatewaysOf = once((model) => {
  const found = [...proxiesOf(model), ...codeGateways(model)];
  return found.length > 0 ? found : soleFronts(model);
});

/** A platform serves each service at an address of its own: only a rewrite leads from one to another. */
const leads = (environment: Environment, { match }: DeployedRoute): boolean =>
  environment.kind !== 'platform' || match !== '/';

function proxiesOf(model: AuditModel): Gateway[] {
  return model.deployment.counting.flatMap((environment) => {
    const routes = environment.routes.filter((route) => route.component !== null && leads(environment, route));
    if (routes.length === 0) return [];
    return [
      {
        evidence: routes.map(({ evidence }) => evidence),
        leadsTo: new Set(routes.map(({ component }) => component!)),
        path: null,
      },
    ];
  });
}

const services = (model: AuditModel): Component[] =>
  model.components.filter((c) => c.kind === 'service' && !c.stub && hasTrait(c, 'http'));

/** A name that says gateway and nothing else: a `storage-gateway` is none. */
const gatewayName =
  /^(?:@[^/]+\/)?(?:(?:.+[-_])?(?:api|graphql|web|http|public|main|federation)[-_]?)?(?:gateway|gw)(?:[-_.](?:service|server|api|app|graphql|rest|http))?$|(?:^|[-_/])(?:bff|backend-for-frontend)(?:[-_]|$)/i;

/** Services of ours that stand in front: by a proxy or federation package in use, or by their name and the others' names in their code. */
function codeGateways(model: AuditModel): Gateway[] {
  const wanted = wantedPackages(model.knowledge, { capability: 'api-gateway' });
  const deployed = model.deployment.counting.some(({ services: list }) =>
    list.some(({ component }) => component !== null),
  );
  return model.components.flatMap((component): Gateway[] => {
    // A web app's proxy serves its own development.
    if (component.stub || component.kind !== 'service') return [];
    // What the deployed set leaves out is no entry point.
    const runs = model.deployment.servicesOf(component.path);
    if (deployed && runs.length === 0 && !model.deployment.managed.has(component.path)) return [];
    const uses = usesOf(model, component, wanted).filter(({ live }) => live === 'live');
    const isNamed = [component.name, baseOf(component.path)].some((name) => gatewayName.test(name));
    if (uses.length === 0 && !isNamed) return [];
    const leadsTo = mentioned(model, component);
    if (uses.length === 0 && leadsTo.size === 0) return [];
    const evidence =
      uses.length > 0
        ? uses.map((one) => one.evidence)
        : component.evidence.slice(0, 1).map((one) => noteOf(one, `${component.name} stands in front of the services`));
    return [{ evidence, leadsTo, path: component.path }];
  });
}

/**
 * Of the services that a definition runs together, the only one that is reachable from outside, where its code or settings name
 * the others. A definition for each service alone does not say who stands in front, so any that runs them together may.
 */
const soleFronts = (model: AuditModel): Gateway[] =>
  model.deployment.environments
    .filter(({ rank }) => rank !== 'development')
    .flatMap((environment): Gateway[] => {
      const run = environment.services.filter(({ component }) =>
        services(model).some(({ path }) => path === component),
      );
      const open = run.filter(({ exposed }) => exposed);
      const front = model.components.find(({ path }) => path === open[0]?.component);
      if (open.length !== 1 || run.length < 2 || !front) return [];
      const leadsTo = mentioned(model, front);
      if (leadsTo.size === 0) return [];
      const note = `${open[0]!.name} is the only one that is published, and calls the others`;
      return [{ evidence: [noteOf(open[0]!.evidence, note)], leadsTo, path: front.path }];
    });

/** The other services whose name or address the component's own files say. */
function mentioned(model: AuditModel, component: Component): Set<string> {
  const text = filesOf(model, component)
    .filter(
      (path) =>
        !isAside(path, component.path) &&
        (/\.(?:[cm]?[jt]sx?|json|ya?ml|toml|go|py|java|properties)$/.test(path) || baseOf(path).startsWith('.env')) &&
        !baseOf(path).includes('lock'),
    )
    .map((path) => model.view.text(path))
    .concat(
      model.deployment
        .servicesOf(component.path)
        .flatMap(({ service }) => service.env.map(({ name, value }) => `${name}=${value ?? ''}`)),
    )
    .join('\n')
    .toLowerCase();
  const found = new Set<string>();
  for (const other of services(model)) {
    if (other.path === component.path) continue;
    const names = [
      baseOf(other.name),
      baseOf(other.path),
      ...model.deployment.servicesOf(other.path).map(({ service }) => service.name),
    ];
    // A port on which several listen names none of them.
    const ports = portsOf(model, other).filter((port) =>
      services(model).every((one) => one.path === other.path || !portsOf(model, one).includes(port)),
    );
    if ([...names.flatMap(spellings), ...ports].some((word) => word.length > 3 && text.includes(word)))
      found.add(other.path);
  }
  return found;
}

const portsOf = (model: AuditModel, { path }: Component): string[] =>
  model.deployment.servicesOf(path).flatMap(({ service }) => service.ports.map(({ container }) => `:${container}`));

/** `user-service` is also `user_service`, `userservice`, and for a telling first word `user`. */
const spellings = (name: string): string[] => {
  const plain = name.toLowerCase();
  const core = plain.replace(/[-_]?(?:service|svc|api|server|microservice|ms)$/, '');
  return [plain, plain.replace(/-/g, '_'), plain.replace(/[-_]/g, ''), ...(core.length > 3 ? [core] : [])];
};

/** A public service that none of them leads to is called by its own address. */
function completeness(model: AuditModel, gateways: readonly Gateway[]): Signal {
  const known = gateways.filter(({ leadsTo }) => leadsTo.size > 0);
  const reached = new Set(known.flatMap(({ leadsTo, path }) => [...leadsTo, ...(path === null ? [] : [path])]));
  const shown = gateways.flatMap(({ evidence }) => evidence);
  if (known.length === 0) return yes(...shown);
  const left = services(model)
    .filter(({ path }) => !reached.has(path))
    .flatMap(({ path }) => published(model, path));
  return left.length === 0 ? yes(...shown) : no('a route to every public service', left);
}

const published = (model: AuditModel, path: string): Evidence[] =>
  model.deployment
    .servicesOf(path)
    .filter(({ environment, service }) => environment.rank !== 'development' && service.exposed)
    .slice(0, 1)
    .map(({ service }) => noteOf(service.evidence, `${service.name} is published by itself`));

/** A proxy of the deployed set whose routes go to what only run time knows. */
const unresolved = (model: AuditModel): Evidence[] =>
  model.deployment.counting
    .flatMap((environment) => environment.routes.filter((route) => leads(environment, route)))
    .filter(({ service, evidence }) => service === null && /[$}]/.test(evidence.note))
    .map(({ evidence }) => evidence);

/** What would lead there if the deployed set had it: routes of other definitions, proxy configs, packages that nothing uses. */
function idleGateways(model: AuditModel): Evidence[] {
  const routes = model.deployment.environments
    // A rewrite within one site leads to no service.
    .flatMap((environment) =>
      environment.routes.filter(
        (route) => leads(environment, route) && (environment.kind !== 'platform' || route.component !== null),
      ),
    )
    .map(({ evidence }) => evidence);
  const configs = model.facts.proxies
    .filter(({ path, routes: list }) => !isAside(path) && list.some(({ upstream }) => upstream !== null))
    .map(({ path, kind }) => noteOf({ file: path, line: 1 }, `${kind} config`));
  const wanted = wantedPackages(model.knowledge, { capability: 'api-gateway' }).filter((one) => !one.general);
  const packages = services(model).flatMap((service) => declaredIn(model, service, wanted));
  const named = services(model)
    .filter(({ name, path }) => [name, baseOf(path)].some((word) => gatewayName.test(word)))
    .flatMap(({ evidence }) => evidence.slice(0, 1));
  return [...leftOut(model), ...routes, ...configs, ...packages, ...named];
}

/** Code that hands requests on, in a service that no definition runs: where it does so, and the definition without it. */
function leftOut(model: AuditModel): Evidence[] {
  const wanted = wantedPackages(model.knowledge, { capability: 'api-gateway' });
  return services(model)
    .filter(({ path }) => model.deployment.servicesOf(path).length === 0)
    .flatMap((component) => {
      const uses = usesOf(model, component, wanted).filter(({ live }) => live === 'live');
      if (uses.length === 0) return [];
      const without = model.deployment.counting.map(({ because, id }) =>
        noteOf({ file: because.file, line: 1 }, `${id.replace(/^\w+:/, '')} does not run ${component.path}`),
      );
      return [...uses.slice(0, 1).map(({ evidence }) => evidence), ...without];
    });
}
