import { runsOf } from '../commands/index.ts';
import type { DefinitionRank, DeployedRole, DeployedService, Environment } from '../model/deployment.ts';
import type { Evidence } from '../model/evidence.ts';
import type { PlatformFact } from '../model/facts/index.ts';
import { baseOf, dirOf, isWithin, joinPath } from '../model/paths.ts';
import type { Application } from './applied.ts';
import { pagesBuiltWith } from './built-with.ts';
import type { Context } from './context.ts';
import { emptyEnvironment } from './environment.ts';
import { softwareOf } from './images.ts';
import type { Match, Matcher } from './match.ts';
import { pagesEnvironments } from './pages.ts';
import { saysDevelopment } from './places.ts';
import { bareService } from './service.ts';
import { uploadEnvironments } from './uploads.ts';

type PlatformService = PlatformFact['services'][number];

/** Platforms that run a web app as functions. */
const functionPlatforms = new Set([
  'vercel',
  'netlify',
  'cloudflare',
  'firebase',
  'amplify',
  'serverless',
  'architect',
  'aws-sam',
  'github-pages',
  'deno-deploy',
]);
/** Platforms that look for a Dockerfile by themselves and build it where there is one. */
const dockerFirst = new Set(['fly', 'railway', 'render']);
/** Azure hosts that run an image. */
const containerHosts = new Set(['containerapp', 'aks', 'copilot', 'Service', 'Task']);

/** An environment per platform config, and one where a workflow publishes to GitHub Pages or uploads a site to a host. */
export function platformEnvironments(
  context: Context,
  matcher: Matcher,
  applications: readonly Application[],
): Environment[] {
  const facts = context.facts.platforms.filter(
    ({ platform, path }) => platform !== 'expo-eas' && platform !== 'cdk' && !/(?:^|\/)node_modules\//.test(path),
  );
  return [
    ...facts.map((fact) => platformEnvironment(context, matcher, fact, applications)),
    ...pagesEnvironments(context, matcher),
    ...uploadEnvironments(context, matcher),
  ];
}

function platformEnvironment(
  context: Context,
  matcher: Matcher,
  fact: PlatformFact,
  applications: readonly Application[],
): Environment {
  const { rank, because } = rankOf(fact, applications);
  const environment = emptyEnvironment(`platform:${fact.path}`, 'platform', [fact.path], rank, because);
  for (const service of fact.services) {
    const deployed = serviceOf(context, matcher, fact, service);
    environment.services.push(deployed);
    const broken = brokenFolder(context, fact, service) ?? brokenStart(context, fact, service);
    if (broken) {
      environment.broken.push(broken);
      deployed.broken = [broken];
    }
    if (deployed.exposed) {
      const evidence = { file: fact.path, line: service.line, note: `${fact.platform} ends TLS for ${service.name}` };
      if (environment.tls.length === 0 && fact.tls !== false) environment.tls.push(evidence);
      environment.routes.push({
        match: '/',
        service: service.name,
        component: deployed.component,
        tls: fact.tls !== false,
        evidence: { ...evidence, note: `${fact.platform} serves ${service.name}` },
      });
    }
  }
  for (const { type, name, line } of fact.resources) environment.services.push(resourceOf(fact, type, name, line));
  for (const route of fact.routes ?? []) {
    const target =
      environment.services.find(({ name }) => route.target === name) ??
      environment.services.find(({ name }) => route.target.includes(name));
    environment.routes.push({
      match: route.match,
      service: target?.name ?? null,
      component: target?.component ?? null,
      tls: true,
      evidence: { file: fact.path, line: route.line, note: `${route.match} goes to ${route.target}` },
    });
  }
  for (const { note, line } of fact.rateLimits ?? []) environment.rateLimits.push({ file: fact.path, line, note });
  environment.headers = fact.headers.map(({ name, value, line }) => ({
    name,
    value,
    evidence: { file: fact.path, line, note: `sets ${name}` },
  }));
  return environment;
}

function rankOf(fact: PlatformFact, applications: readonly Application[]): { rank: DefinitionRank; because: Evidence } {
  const application = applications.find(
    ({ tool, platform, paths, by }) =>
      tool === 'platform' &&
      by === 'pipeline' &&
      platform === fact.platform &&
      paths.some((path) => path === fact.path || path === '.' || isWithin(dirOf(fact.path), path)),
  );
  if (application) return { rank: 'applied', because: application.evidence };
  const here = (note: string): Evidence => ({ file: fact.path, line: fact.services[0]?.line ?? 1, note });
  if (saysDevelopment(baseOf(fact.path)))
    return { rank: 'development', because: here('its name says development or test') };
  return { rank: 'infrastructure', because: here(`${fact.platform} deploys from this file`) };
}

function serviceOf(context: Context, matcher: Matcher, fact: PlatformFact, service: PlatformService): DeployedService {
  // `dist/apps/shop`: a workspace builds each app into a folder that repeats where its sources lie.
  const built = isBuilt(context, service.dir) ? service.dir : service.published;
  const texts = [startText(context, fact, service), ...fact.commands.map(({ text }) => text), built ?? ''];
  const match = matched(context, matcher, fact, service, texts);
  const evidence = {
    file: fact.path,
    line: service.line,
    note: `${fact.platform} runs ${service.kind === 'job' ? `the job ${service.name} of ` : ''}${match.component ?? service.name}`,
  };
  const at = { file: fact.path, line: service.line };
  const builds = fact.commands.flatMap(({ phase, text }) => (phase === 'build' ? [text] : []));
  const isBuiltThere = match.component !== null && match.dockerfile === null && !service.image;
  return bareService(service.name, evidence, {
    component: match.component,
    alsoRuns: isBuiltThere ? pagesBuiltWith(context, match.component!, builds) : match.alsoRuns,
    role: match.component !== null ? 'component' : (service.image && softwareOf(service.image)?.role) || 'other',
    image: service.image ?? null,
    dockerfile: match.dockerfile,
    command: service.command === null ? null : service.command.split(/\s+/),
    exposed: service.kind === 'web' || service.kind === 'static' || service.kind === 'function',
    healthProbe: service.healthPath === null ? null : { value: service.healthPath, ...at },
    restart: service.kind === 'job' ? null : { value: 'platform', ...at },
    memoryLimit: service.memory ? { value: service.memory, ...at } : null,
    replicas: service.replicas === null ? null : { value: service.replicas, ...at },
    autoscaled: service.autoscaling ? { value: `${fact.platform} scales it`, ...at } : null,
    env: fact.env.map(({ name, line }) => ({ name, value: null, file: fact.path, line })),
    platform: fact.platform,
    ...(fact.allowedOrigins && service.kind === 'function'
      ? { allowedOrigins: { ...fact.allowedOrigins, file: fact.path } }
      : {}),
    oneShot: service.kind === 'job',
    serverless:
      service.kind === 'function' ||
      service.kind === 'static' ||
      ((service.kind === 'web' || service.kind === 'job') && functionPlatforms.has(fact.platform)),
  });
}

/** The command that starts it, with the folders that its scripts go to: `npm start` may be `lerna run --scope=server start`. */
function startText({ facts, view }: Context, { path }: PlatformFact, { command, dir }: PlatformService): string {
  if (command === null) return '';
  const runs = runsOf(command, { cwd: dir ?? dirOf(path), facts, view });
  return [command, ...new Set(runs.map(({ cwd }) => cwd))].join(' ');
}

function matched(
  context: Context,
  matcher: Matcher,
  fact: PlatformFact,
  service: PlatformService,
  texts: string[],
): Match {
  const claim = { names: [service.name], image: null, context: service.dir, dockerfile: null, target: null, args: [] };
  if (service.dockerfile) return matcher.match({ ...claim, dockerfile: service.dockerfile });
  if (service.image) return matcher.match({ ...claim, image: service.image, context: null });
  const dir = isBuilt(context, service.dir) ? '.' : service.dir;
  const declared = fact.functions?.find(({ line }) => service.kind === 'function' && line === service.line);
  const component = matcher.matchFolder(dir, texts, [service.name]) ?? matcher.holderOf(declared?.modules ?? []);
  const builds =
    (dockerFirst.has(fact.platform) && service.kind !== 'static' && service.command === null) ||
    containerHosts.has(service.host ?? '');
  const own = service.dir === null ? null : joinPath(service.dir, 'Dockerfile');
  if (!builds || own === null || !context.view.has(own)) return { component, alsoRuns: [], dockerfile: null };
  // The image may hold more programs than the one that the folder stands for.
  const image = matcher.match({ ...claim, dockerfile: own });
  if (component === null) return { ...image, dockerfile: own };
  const all = [image.component, ...image.alsoRuns].filter((path): path is string => path !== null);
  const alsoRuns = all.includes(component) ? all.filter((path) => path !== component) : [];
  return { component, alsoRuns, dockerfile: own };
}

/** A folder that a build makes. */
const isBuilt = (context: Context, dir: string | null): boolean =>
  dir !== null && /^(?:dist|build|out)\//.test(dir) && !context.view.hasDirectory(dir);

/** A folder that the platform is told to build or publish, and that the tree does not have. */
function brokenFolder(context: Context, fact: PlatformFact, service: PlatformService): Evidence | null {
  if (service.dir === null || isBuilt(context, service.dir) || context.view.hasDirectory(service.dir)) return null;
  return { file: fact.path, line: service.line, note: `${fact.platform} deploys ${service.dir}, which does not exist` };
}

/** `node backend/server.js` where no such file is, nor the source that a build would make it of. */
function brokenStart(context: Context, fact: PlatformFact, service: PlatformService): Evidence | null {
  const [, started] = /^(?:\w+=\S+ )*node ([\w./-]+\.[cm]?js)$/.exec(service.command?.trim() ?? '') ?? [];
  const path = started === undefined ? null : joinPath(service.dir ?? dirOf(fact.path), started);
  if (path === null || /(?:^|\/)(?:dist|build|out|lib|output|\.\w+)\//.test(path)) return null;
  const { facts, view } = context;
  if (view.has(path) || view.has(path.replace(/js$/, 'ts')) || !facts.sources.some(({ path: one }) => /js$/.test(one)))
    return null;
  return { file: fact.path, line: service.line, note: `${fact.platform} starts ${path}, which does not exist` };
}

const stores: [RegExp, DeployedRole, string][] = [
  [/postgres|^d1$|hyperdrive|aurora|^rds$/i, 'database', 'postgres'],
  [/mysql|jawsdb|cleardb|planetscale/i, 'database', 'mysql'],
  [/mongo/i, 'database', 'mongo'],
  [/dynamo/i, 'database', 'dynamodb'],
  [/firestore|^database$|dataconnect|^table$|cosmos/i, 'database', 'document store'],
  [/redis|valkey|memcache|^kv$/i, 'cache', 'redis'],
  [/queue|rabbit|kafka|sqs|cloudamqp/i, 'queue', 'queue'],
  [/r2|bucket|storage|s3|volume/i, 'storage', 'object storage'],
  [/papertrail|logdna|sentry|newrelic|logtail|librato/i, 'monitoring', 'monitoring'],
];

function resourceOf(fact: PlatformFact, type: string, name: string, line: number): DeployedService {
  const [, role, software] = stores.find(([pattern]) => pattern.test(type)) ?? [null, 'other' as const, type];
  const evidence = { file: fact.path, line, note: `${fact.platform} provides ${type}` };
  return bareService(name, evidence, { role, software: type === 'd1' ? 'sqlite' : software, platform: fact.platform });
}

/** Components that a platform builds and runs by itself, from their source: no image is ours to make. */
export function managedComponents(
  environments: readonly Environment[],
): Map<string, { platform: string; serverless: boolean; evidence: Evidence }> {
  const managed = new Map<string, { platform: string; serverless: boolean; evidence: Evidence }>();
  for (const { kind, rank, services } of environments) {
    if ((kind !== 'platform' && kind !== 'iac') || rank === 'development') continue;
    for (const { component, alsoRuns = [], platform, dockerfile, image, serverless, evidence } of services) {
      if (component === null || platform === null || dockerfile !== null || image !== null) continue;
      // Of what IaC declares, only functions take their code as it is.
      if (kind === 'iac' && !serverless) continue;
      for (const path of [component, ...alsoRuns])
        if (!managed.has(path)) managed.set(path, { platform, serverless, evidence });
    }
  }
  return managed;
}
