import type { ComponentRoot } from '../model/component.ts';
import { type DeployedService, type Deployment, definitionRanks, type Environment } from '../model/deployment.ts';
import type { Facts } from '../model/facts/index.ts';
import { byCodeUnit } from '../model/paths.ts';
import type { RepoView } from '../model/repository.ts';
import { applicationsOf } from './applied.ts';
import { brokenDockerfiles } from './broken.ts';
import { composeEnvironments } from './compose.ts';
import { contextOf } from './context.ts';
import { dockerfilesByComponent, placeForEach, pushesByComponent } from './dockerfiles.ts';
import { iacEnvironments, joinAzure } from './iac.ts';
import { kubernetesEnvironments } from './kubernetes.ts';
import { matcherOf } from './match.ts';
import { managedComponents, platformEnvironments } from './platforms.ts';
import { connectProxies } from './proxies.ts';

/** Brings compose, Kubernetes, charts, platforms and IaC to one shape, and says which of them count (ruling 2). */
export function deploy(view: RepoView, facts: Facts, roots: readonly ComponentRoot[]): Deployment {
  const context = contextOf(view, facts, roots);
  const matcher = matcherOf(context);
  const applications = applicationsOf(context);
  const proofs = brokenDockerfiles(context, matcher.builds);
  const environments = [
    ...composeEnvironments(context, matcher, applications, proofs),
    ...kubernetesEnvironments(context, matcher, applications),
    ...platformEnvironments(context, matcher, applications),
    ...iacEnvironments(context, matcher, applications),
  ];
  joinAzure(environments);
  placeForEach(context, matcher, environments);
  for (const environment of environments) {
    connectProxies(context, matcher, environment);
    routed(environment);
  }
  yieldToPlatforms(environments);
  environments.sort((a, b) => rankOf(a) - rankOf(b) || byCodeUnit(a.id, b.id));
  const counting = countingOf(environments);
  const dockerfiles = dockerfilesByComponent(context, matcher, counting);
  return {
    environments,
    counting,
    servicesOf: (component, kinds) => bestOf(environments, component, kinds),
    anyServicesOf: (component) => running(environments, component),
    managed: managedComponents(environments),
    dockerfilesOf: (component) => dockerfiles.get(component) ?? [],
    brokenDockerfiles: proofs,
    pushes: pushesByComponent(context, matcher, counting),
  };
}

const rankOf = ({ rank }: Environment): number => definitionRanks.indexOf(rank);

const runs = ({ component, alsoRuns }: DeployedService, path: string): boolean =>
  component === path || (alsoRuns?.includes(path) ?? false);

function running(
  environments: readonly Environment[],
  component: string,
): { environment: Environment; service: DeployedService }[] {
  return environments.flatMap((environment) =>
    environment.services.filter((service) => runs(service, component)).map((service) => ({ environment, service })),
  );
}

function bestOf(
  environments: readonly Environment[],
  component: string,
  kinds?: readonly Environment['kind'][],
): { environment: Environment; service: DeployedService }[] {
  const all = running(environments, component).filter(
    ({ environment }) => kinds === undefined || kinds.includes(environment.kind),
  );
  const best = Math.min(...all.map(({ environment }) => rankOf(environment)));
  return all.filter(({ environment }) => rankOf(environment) === best);
}

/** A service that a route leads to is reachable from outside. */
function routed(environment: Environment): void {
  for (const route of environment.routes) {
    const service = environment.services.find(({ name }) => name === route.service);
    if (service) service.exposed = true;
  }
}

/** A compose file of published images ties with manifests and charts; a platform that runs the same component still goes first. */
function yieldToPlatforms(environments: readonly Environment[]): void {
  const onPlatforms = new Set(
    environments
      .filter(({ kind }) => kind === 'platform')
      .flatMap(({ services }) => services.map(({ component }) => component)),
  );
  for (const environment of environments) {
    if (environment.kind !== 'compose' || environment.rank !== 'infrastructure') continue;
    if (environment.services.some(({ component }) => component !== null && onPlatforms.has(component)))
      environment.rank = 'plain';
  }
}

/**
 * What counts is settled for each component by itself: one may run on a platform and another by compose. Definitions that run
 * no component of ours (a database in Terraform) go along where they stand at least as high as one that counts.
 */
function countingOf(environments: readonly Environment[]): Environment[] {
  const paths = new Set(
    environments.flatMap(({ services }) =>
      services.flatMap(({ component, alsoRuns }) => [component, ...(alsoRuns ?? [])]),
    ),
  );
  const chosen = new Set<Environment>();
  for (const path of paths)
    if (path !== null) for (const { environment } of bestOf(environments, path)) chosen.add(environment);
  // A pipeline that applies what does not exist deploys nothing, and nothing else is deployed in its place.
  const hollow = environments.filter(
    ({ rank, services, broken }) => rank === 'applied' && services.length === 0 && broken.length > 0,
  );
  for (const environment of hollow) chosen.add(environment);
  const lowest = Math.max(-1, ...[...chosen].map(rankOf));
  const best = Math.min(...environments.map(rankOf));
  return environments.filter((environment) => {
    if (chosen.has(environment)) return true;
    const ours = environment.services.some(({ component }) => component !== null);
    return chosen.size === 0 ? rankOf(environment) === best : !ours && rankOf(environment) <= lowest;
  });
}
