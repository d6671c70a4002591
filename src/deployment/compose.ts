import type { DefinitionRank, DeployedService, Environment } from '../model/deployment.ts';
import type { Evidence } from '../model/evidence.ts';
import type { ComposeFact, ComposeService, DockerfileFact } from '../model/facts/index.ts';
import { baseOf, dirOf, isWithin } from '../model/paths.ts';
import type { ValueAt } from '../model/value-at.ts';
import type { Application } from './applied.ts';
import { brokenBuild, type ImageProof } from './broken.ts';
import { fileTaken } from './builds.ts';
import { activeProfiles, type Project, projectsOf } from './compose-projects.ts';
import type { Context } from './context.ts';
import { devCommandOf, mountedSource } from './development.ts';
import { emptyEnvironment } from './environment.ts';
import type { Matcher } from './match.ts';
import { saysDevelopment, saysProduction } from './places.ts';
import { roleOfImage } from './roles.ts';
import { chainOf } from './stages.ts';

/** One service of one file; a project may have several layers of the same service, the last one on top. */
interface Layer {
  file: ComposeFact;
  service: ComposeService;
}

/** Every compose project as an environment. `proofs`: what is wrong with each Dockerfile. */
export function composeEnvironments(
  context: Context,
  matcher: Matcher,
  applications: readonly Application[],
  proofs: ImageProof,
): Environment[] {
  const active = activeProfiles(context);
  return projectsOf(context).map((project) => {
    const paths = project.files.map(({ path }) => path);
    const main = project.files.at(-1)!;
    const swarm = /(?:^|[-_.])(?:stack|swarm)(?:[-_.]|$)/i.test(baseOf(main.path));
    const all = layersOf(project).map((stack) => ({
      service: { ...deployed(context, matcher, stack), broken: brokenOf(context, stack, proofs) },
      profiles: profilesOf(stack),
    }));
    const { on, off } = byProfile(all, active);
    const applied = applicationOf(context, project, applications);
    const { rank, because } = rankOf(context, project, on, applied, swarm);
    return {
      ...emptyEnvironment(
        `compose:${paths.join('+')}`,
        applied?.tool === 'stack' || swarm ? 'swarm' : 'compose',
        paths,
        rank,
        because,
      ),
      services: on,
      inactive: off,
      broken: all.flatMap(({ service }) => service.broken),
    };
  });
}

const brokenOf = (context: Context, stack: Layer[], proofs: ImageProof): Evidence[] =>
  brokenBuild(
    context,
    stack.map(({ file, service }) => ({ file: file.path, build: service.build, name: service.name })),
    proofs,
  );

function layersOf(project: Project): Layer[][] {
  const stacks = new Map<string, Layer[]>();
  for (const file of project.files) {
    for (const service of file.services)
      stacks.set(service.name, [...(stacks.get(service.name) ?? []), { file, service }]);
  }
  return [...stacks.values()];
}

const profilesOf = (stack: Layer[]): string[] => stack.flatMap(({ service }) => service.profiles);

/** Profiles whose very name says that they are the usual way to run. */
const usualProfile = /^(?:default|prod|production|all|full|apps?|main|deploy)$/i;
const sideProfile = /dev|test|debug|deprecated|tool|seed|example|local|ci|e2e|legacy/i;

/** Ruling 15: a profile that nothing activates is off, unless nothing of ours would run then. */
function byProfile(
  all: { service: DeployedService; profiles: string[] }[],
  active: ReadonlySet<string>,
): { on: DeployedService[]; off: DeployedService[] } {
  const isOurs = ({ service }: { service: DeployedService }): boolean => service.component !== null;
  const plainOurs = all.some((entry) => isOurs(entry) && entry.profiles.length === 0);
  const isOn = ({ profiles }: { profiles: string[] }): boolean =>
    profiles.length === 0 ||
    profiles.some((name) => usualProfile.test(name) || active.has(name)) ||
    (!plainOurs && !profiles.every((name) => sideProfile.test(name)));
  return {
    on: all.filter(isOn).map(({ service }) => service),
    off: all.filter((entry) => !isOn(entry)).map(({ service }) => service),
  };
}

function applicationOf(context: Context, project: Project, applications: readonly Application[]): Application | null {
  const main = project.files.at(-1)!;
  const ours = new Set(project.files.map(({ path }) => path));
  // A base that is only brought up together with what lies over it is not applied by itself.
  const others = context.facts.compose.map(({ path }) => path).filter((path) => !ours.has(path));
  const fits = applications.filter(({ tool, paths }) => {
    if (tool !== 'compose' && tool !== 'stack') return false;
    if (paths.includes(main.path)) return !others.some((path) => paths.includes(path));
    // `docker compose up` takes the folder's usual file.
    return /^(?:docker-)?compose\.ya?ml$/.test(baseOf(main.path)) && paths.includes(dirOf(main.path));
  });
  return fits.find(({ by }) => by === 'pipeline') ?? fits[0] ?? null;
}

/** Whether a place in the image is, holds or lies in one where the image works or was filled: what is mounted there takes its code's place. */
function liesOver(fact: DockerfileFact, target: string | null, place: string): boolean {
  const stages = chainOf(fact, target);
  const places = stages.flatMap(({ workdir, copies }) => [
    workdir?.value ?? '/',
    ...copies.map(({ dest }) => (dest.startsWith('/') ? dest : `${workdir?.value ?? ''}/${dest}`)),
  ]);
  const at = place.replace(/\/$/, '');
  const told = places.map((one) => one.replace(/\/\.?\/?$/, '')).filter((one) => one !== '');
  return told.length === 0 || told.some((one) => one === at || one.startsWith(`${at}/`) || at.startsWith(`${one}/`));
}

/** The comment that a file opens with says what it is for, whatever its name. */
const declaredAside =
  /\b(?:not\b[^.]{0,40}\b(?:production|deploy\w*)|(?:only|meant|intended|used) for (?:internal |local )?(?:development|testing)|for (?:internal |local )?(?:development|testing) only|internal testing)\b/i;

function opensAsAside(context: Context, path: string): number | null {
  const lines = context.view.text(path).split('\n').slice(0, 20);
  for (const [i, line] of lines.entries()) {
    if (!/^\s*(?:#|---|$)/.test(line)) return null;
    if (declaredAside.test(line)) return i + 1;
  }
  return null;
}

function rankOf(
  context: Context,
  project: Project,
  services: DeployedService[],
  applied: Application | null,
  swarm: boolean,
): { rank: DefinitionRank; because: Evidence } {
  const main = project.files.at(-1)!;
  const here = (note: string): Evidence => ({ file: main.path, line: main.services[0]?.line ?? 1, note });
  const development = services.find((service) => service.development !== null)?.development ?? null;
  if (applied && !saysDevelopment(main.path) && (applied.by === 'pipeline' || !development))
    return { rank: 'applied', because: applied.evidence };
  if (saysDevelopment(main.path)) return { rank: 'development', because: here('its name says development or test') };
  const aside = opensAsAside(context, main.path);
  if (aside !== null)
    return {
      rank: 'development',
      because: { file: main.path, line: aside, note: 'its first lines say what it is for' },
    };
  if (!services.some(runsApp))
    return { rank: 'development', because: here('it starts only supporting software; the apps run by hand') };
  if (saysProduction(main.path)) return { rank: 'named-production', because: here('its name says production') };
  if (development) return { rank: 'development', because: development };
  if (swarm) return { rank: 'infrastructure', because: here('a stack file for Swarm') };
  const ours = services.filter(({ component }) => component !== null);
  const published = !project.files.some(({ services: list }) => list.some(({ build }) => build !== null));
  if (published && ours.some(({ restart }) => restart !== null && restart.value !== 'no')) {
    return { rank: 'infrastructure', because: here('published images with a restart policy: made to be deployed') };
  }
  return { rank: 'plain', because: here('no source is mounted and no dev command is run') };
}

/** One of ours, or an image that is nobody's well-known software. */
const runsApp = (service: DeployedService): boolean =>
  service.component !== null || (service.role === 'other' && service.software === null);

function deployed(context: Context, matcher: Matcher, stack: Layer[]): DeployedService {
  const top = stack.at(-1)!;
  const at = <K extends 'image' | 'restart' | 'memoryLimit' | 'replicas' | 'user'>(
    key: K,
  ): (NonNullable<ComposeService[K]> & { file: string }) | null => {
    const layer = stack.findLast(({ service }) => service[key] !== null);
    return layer ? { ...layer.service[key]!, file: layer.file.path } : null;
  };
  const built = stack.findLast(({ service }) => service.build !== null);
  const build = built?.service.build ?? null;
  const image = at('image');
  const command = stack.findLast(({ service }) => service.command !== null)?.service.command ?? null;
  const entrypoint = stack.findLast(({ service }) => service.entrypoint !== null)?.service.entrypoint ?? null;
  const match = matcher.match({
    names: [top.service.name],
    image: build ? null : (image?.value ?? null),
    context: build?.context ?? null,
    dockerfile: build?.dockerfile ? fileTaken(context, build.dockerfile) : null,
    target: build?.target ?? null,
    args: (build?.args ?? []).map(({ value }) => value),
    command: command?.argv ?? null,
  });
  const fact = context.facts.dockerfiles.find(({ path }) => path === match.dockerfile);
  const role = roleOfImage(match.component, image?.value ?? null, fact, build?.target ?? null);
  const argv = entrypoint || command ? [...(entrypoint?.argv ?? []), ...(command?.argv ?? [])] : null;
  const volumes = stack.flatMap(({ file, service }) => service.volumes.map((volume) => ({ file, volume })));
  const ours = match.component !== null || build !== null;
  const service: DeployedService = {
    name: top.service.name,
    component: match.component,
    alsoRuns: match.alsoRuns,
    ...role,
    image: image?.value ?? null,
    dockerfile: match.dockerfile,
    target: build?.target ?? null,
    command: argv,
    ports: stack.flatMap(({ service: { ports } }) => ports.map(({ host, container }) => ({ host, container }))),
    exposed: stack.some(({ service: { ports } }) =>
      ports.some(({ host, hostIp }) => host !== null && hostIp !== '127.0.0.1'),
    ),
    healthProbe: probeOf(stack, fact, build?.target ?? null),
    restart: at('restart'),
    memoryLimit: at('memoryLimit'),
    replicas: at('replicas'),
    autoscaled: null,
    user: at('user') ?? userOf(fact, build?.target ?? null),
    volumes: volumes.map(({ file, volume }) => ({
      source: volume.source,
      target: volume.target,
      persistent: volume.kind === 'named' || volume.kind === 'bind',
      bindsSource:
        ours &&
        volume.kind === 'bind' &&
        volume.source !== null &&
        (!fact || liesOver(fact, build?.target ?? null, volume.target)) &&
        mountedSource(context, file.dir, volume.source) !== null,
      line: volume.line,
      file: file.path,
    })),
    env: stack.flatMap(({ file, service: { environment } }) =>
      environment.map((entry) => ({ ...entry, file: file.path })),
    ),
    platform: null,
    serverless: false,
    development: null,
    oneShot: endsByItself(top.service.name, argv) || runsTests(top.service.name, match.dockerfile),
    evidence: {
      file: top.file.path,
      line: top.service.line,
      note: `runs ${match.component ?? image?.value ?? top.service.name}`,
    },
  };
  return {
    ...service,
    env: [...service.env, ...fileEnv(context, stack)],
    development: ours && !service.oneShot ? developmentOf(context, service, stack, build?.target ?? null) : null,
  };
}

/** The tests of an image, put beside it to run once. */
const runsTests = (name: string, dockerfile: string | null): boolean =>
  /(?:^|[-_])(?:tests?|tester|testing|e2e|cypress|playwright|integration)(?:[-_]|$)/i.test(name) ||
  /(?:^|[/.])(?:Dockerfile\.)?tests?(?:\.Dockerfile)?$/i.test(dockerfile ?? '');

/** A migration or a seed beside what stays up. */
const endsByItself = (name: string, argv: string[] | null): boolean =>
  argv !== null &&
  (/(?:^|[-_])(?:migrat\w*|seed\w*|init|setup)(?:[-_]|$)/i.test(name) ||
    /(?:^|[\s:])(?:migrat\w*|seed\w*)(?:[\s:]|$)/i.test(argv.join(' '))) &&
  !/\bstart\b|\bserve\b|&&\s*(?:exec\s+)?(?:node|npm|pnpm|yarn|bun)\b/.test(argv.join(' '));

/** Compose's own check, else the image's: Docker runs either. */
function probeOf(stack: Layer[], fact: DockerfileFact | undefined, target: string | null): ValueAt<string> | null {
  const layer = stack.findLast(({ service }) => service.healthcheck !== null);
  const check = layer?.service.healthcheck;
  if (layer && check) return check.disabled ? null : { value: check.test, file: layer.file.path, line: check.line };
  const own = fact ? chainOf(fact, target)[0]?.healthcheck : null;
  return own && !own.none ? { value: own.command, file: fact!.path, line: own.line } : null;
}

function userOf(fact: DockerfileFact | undefined, target: string | null): ValueAt<string> | null {
  const user = fact ? chainOf(fact, target)[0]?.user : null;
  return user ? { ...user, file: fact!.path } : null;
}

function fileEnv(context: Context, stack: Layer[]): DeployedService['env'] {
  return stack.flatMap(({ service }) =>
    service.envFiles.flatMap(({ path }) => {
      const fact = context.facts.envFiles.find((file) => file.path === path);
      return (fact?.variables ?? [])
        .filter(({ commented }) => !commented)
        .map(({ name, value, line }) => ({ name, value, file: path, line }));
    }),
  );
}

function developmentOf(
  context: Context,
  service: DeployedService,
  stack: Layer[],
  target: string | null,
): Evidence | null {
  const mount = service.volumes.find(({ bindsSource }) => bindsSource);
  if (mount) return { file: mount.file, line: mount.line, note: `source is mounted: ${mount.source}` };
  const build = stack.findLast(({ service: { build: own } }) => own !== null);
  if (target !== null && /^(?:dev|development|develop)$/i.test(target))
    return { file: build!.file.path, line: build!.service.build!.line, note: `builds the ${target} stage` };
  if (
    service.dockerfile !== null &&
    saysDevelopment(baseOf(service.dockerfile)) &&
    isWithin(service.dockerfile, dirOf(service.dockerfile))
  ) {
    return {
      file: build?.file.path ?? service.evidence.file,
      line: build?.service.build?.line ?? service.evidence.line,
      note: `builds ${service.dockerfile}`,
    };
  }
  const layer = stack.findLast(({ service: { command, entrypoint } }) => command !== null || entrypoint !== null);
  const command = service.command === null ? null : devCommandOf(context, service.command, service.component ?? '.');
  if (layer && command !== null)
    return {
      file: layer.file.path,
      line: (layer.service.command ?? layer.service.entrypoint)!.line,
      note: `runs ${command}`.slice(0, 120),
    };
  return null;
}
