import type { AuditModel } from '../../model/audit-model.ts';
import { type Component, hasTrait } from '../../model/component.ts';
import type { DeployedRole, DeployedService } from '../../model/deployment.ts';
import { baseOf, byCodeUnit, deepestHolding } from '../../model/paths.ts';
import type { LiveContainer } from '../engine/container.ts';
import type { EngineReading } from '../engine/read.ts';
import type { Member, Stack } from '../stack.ts';
import { imageName, softwareOf } from './images.ts';
import { serviceOf, standing } from './projects.ts';

/** What the user narrowed the run to. */
export interface Narrowing {
  project: string | null;
  /** Names or id prefixes. */
  containers: readonly string[];
}

type Match = Pick<Member, 'component' | 'declared' | 'matchedBy' | 'owned'> & { service: DeployedService | null };

/** Says for every container whether it is the target's, what it runs, and how that is known; or why not. */
export function matchStack(model: AuditModel, reading: EngineReading, narrowing: Narrowing): Stack {
  const members: Member[] = [];
  const unmatched: Stack['unmatched'] = reading.unread.map(({ name, reason }) => ({ name, image: '', reason }));
  const projects = new Set<string>();
  for (const container of reading.containers) {
    const match = matchOne(model, container, narrowing);
    if ('reason' in match) {
      if (match.reason !== '') unmatched.push({ name: container.name, image: container.image, reason: match.reason });
      continue;
    }
    if (container.compose) projects.add(container.compose.project);
    members.push(member(container, reading, match));
  }
  unmatched.sort((a, b) => byCodeUnit(a.name, b.name));
  const stack = { members, unmatched, absent: [], projects: [...projects].sort(byCodeUnit) };
  return { ...stack, absent: narrowing.containers.length > 0 ? [] : findAbsent(model, stack) };
}

function member(container: LiveContainer, reading: EngineReading, match: Match): Member {
  const { service, ...rest } = match;
  const byImage = match.component === null ? softwareOf(container.image) : null;
  const stated: DeployedRole | null = service && service.role !== 'other' ? service.role : null;
  return {
    ...rest,
    container,
    image: reading.images.get(container.imageId) ?? null,
    role: stated ?? byImage?.role ?? (match.component === null ? 'other' : 'component'),
    software: service?.software ?? byImage?.software ?? null,
  };
}

/** A blank reason: outside what the user asked for, so not worth a line. */
function matchOne(model: AuditModel, container: LiveContainer, narrowing: Narrowing): Match | { reason: string } {
  const named = narrowing.containers.length > 0;
  if (narrowing.project !== null && container.compose?.project !== narrowing.project) return { reason: '' };
  if (container.compose) return byProject(model, container, container.compose, narrowing, named);
  return (
    byImage(model, container, named) ??
    byPort(model, container, named) ??
    onlyOne(model, container, narrowing) ??
    unknownTo(container)
  );
}

function byProject(
  model: AuditModel,
  container: LiveContainer,
  labels: NonNullable<LiveContainer['compose']>,
  narrowing: Narrowing,
  named: boolean,
): Match | { reason: string } {
  if (labels.oneOff) return { reason: `a one-off run of service "${labels.service}"` };
  const whose = standing(model, labels, narrowing.project);
  if (!whose.ours) return (named && byImage(model, container, named)) || whose;
  const declared = serviceOf(whose.files, labels.service);
  if (!declared)
    return {
      reason: `service "${labels.service}" is in no compose file here (an orphan of project "${labels.project}")`,
    };
  const service = deployedService(model, labels.service, declared.file.path);
  return {
    component: service?.component ?? componentBuiltFrom(model, declared.service.build),
    service,
    declared,
    matchedBy: `compose service "${labels.service}"`,
    owned: whose.owned || named,
  };
}

function deployedService(model: AuditModel, name: string, file: string): DeployedService | null {
  const homes = model.deployment.environments.filter(({ files }) => files.includes(file));
  const found = homes.flatMap(({ services }) => services.filter((service) => service.name === name));
  return found.find(({ component }) => component !== null) ?? found[0] ?? null;
}

function componentBuiltFrom(
  model: AuditModel,
  build: { context: string | null; dockerfile: string | null } | null,
): string | null {
  if (!build) return null;
  const paths = model.components.map(({ path }) => path);
  const from = (place: string | null): string | null => (place === null ? null : deepestHolding(place, paths));
  const byFile = from(build.dockerfile);
  return byFile !== null && byFile !== '.' ? byFile : (from(build.context) ?? byFile);
}

/** The image is one that a definition here names and builds, or bears the name of exactly one component. */
function byImage(model: AuditModel, container: LiveContainer, named: boolean): Match | null {
  const { repository, base } = imageName(container.image);
  const services = model.deployment.environments
    .flatMap((environment) => environment.services)
    .filter(
      ({ image, component }) => component !== null && image !== null && imageName(image).repository === repository,
    );
  const components = [...new Set(services.map(({ component }) => component!))];
  if (components.length === 1) {
    return {
      component: components[0]!,
      service: services[0]!,
      declared: null,
      matchedBy: `image "${repository}"`,
      owned: named,
    };
  }
  const project = baseOf(model.view.root ?? '').toLowerCase();
  const bearers = deployables(model).filter((component) =>
    namesOf(component).some((name) => base === name || base === `${project}-${name}` || base === `${project}_${name}`),
  );
  if (bearers.length !== 1) return null;
  return {
    component: bearers[0]!.path,
    service: null,
    declared: null,
    matchedBy: `image name "${base}"`,
    owned: named,
  };
}

function namesOf(component: Component): string[] {
  const unscoped = component.name.replace(/^@[^/]+\//, '').toLowerCase();
  const folder = component.path === '.' ? unscoped : baseOf(component.path).toLowerCase();
  return [...new Set([unscoped, folder])].filter((name) => !generic.has(name));
}

/** Names that any repository's image might bear: alone they match nothing. */
const generic = new Set([
  'app',
  'api',
  'web',
  'server',
  'client',
  'backend',
  'frontend',
  'service',
  'worker',
  'src',
  'main',
]);

/** The same published port and container port as exactly one service here; well-known software is matched by its own image only. */
function byPort(model: AuditModel, container: LiveContainer, named: boolean): Match | null {
  const repository = imageName(container.image).repository;
  const possible = (image: string | null): boolean =>
    image === null ? softwareOf(container.image) === null : imageName(image).repository === repository;
  for (const { container: inner, host } of container.ports) {
    if (host === null) continue;
    const services = model.deployment.environments
      .flatMap((environment) => environment.services)
      .filter(({ ports }) => ports.some((port) => port.host === host.port && port.container === inner))
      .filter(({ image }) => possible(image));
    const names = new Set(services.map(({ name }) => name));
    if (names.size !== 1) continue;
    const service = services[0]!;
    return {
      component: service.component,
      service,
      declared: null,
      matchedBy: `published port ${host.port}`,
      owned: named,
    };
  }
  return null;
}

/** The user names one container of a repository that deploys one thing: then it is that. */
function onlyOne(model: AuditModel, container: LiveContainer, { containers }: Narrowing): Match | null {
  const all = deployables(model);
  if (containers.length !== 1 || all.length !== 1 || softwareOf(container.image)) return null;
  const matchedBy = '--container, the only deployable component';
  return { component: all[0]!.path, service: null, declared: null, matchedBy, owned: true };
}

const unknownTo = (container: LiveContainer): { reason: string } => ({
  reason: `no compose labels, and neither the image "${imageName(container.image).repository}" nor a published port is of this repository`,
});

const deployables = (model: AuditModel): Component[] =>
  model.components.filter((component) => hasTrait(component, 'deployable') && !component.stub);

/** Services of the projects that run, without a container and outside every profile, though they run a component. */
function findAbsent(model: AuditModel, stack: Pick<Stack, 'members'>): Stack['absent'] {
  const running = new Map<string, Set<string>>();
  for (const { container, declared, owned } of stack.members) {
    if (!container.compose || !declared || !owned) continue;
    const files = running.get(container.compose.project) ?? new Set();
    running.set(container.compose.project, files.add(declared.file.path));
  }
  const present = new Set(stack.members.map(({ component }) => component));
  const absent = [...running].flatMap(([project, files]) =>
    model.facts.compose
      .filter(({ path }) => files.has(path))
      .flatMap((file) => file.services.map((service) => ({ file, service })))
      .filter(({ service }) => service.profiles.length === 0 && service.replicas?.value !== 0)
      .map(({ file, service }) => ({
        project,
        service: service.name,
        component:
          deployedService(model, service.name, file.path)?.component ?? componentBuiltFrom(model, service.build),
      })),
  );
  const seen = new Set<string>();
  return absent
    .filter((entry): entry is Stack['absent'][number] => entry.component !== null && !present.has(entry.component))
    .filter(({ component }) => !seen.has(component) && seen.add(component))
    .sort((a, b) => byCodeUnit(a.component, b.component));
}
