import type { AuditModel } from '../../model/audit-model.ts';
import type { Component } from '../../model/component.ts';
import { byCodeUnit, dirOf } from '../../model/paths.ts';
import type { Subject } from '../types.ts';
import { addressIn, productionCompose } from './_compose.ts';
import { installingOf, manifestOf } from './_packages.ts';
import { type Parameters, within } from './_parameter.ts';
import { portIn, portVariablesIn } from './_ports.ts';
import { healthPath } from './image.ts';
import { slugOf } from './project.ts';
import { bundled, variablesOf } from './variables.ts';

interface Store {
  id: string;
  packages: RegExp;
  schema: RegExp;
}
const stores: readonly Store[] = [
  {
    id: 'postgres',
    packages: /^(pg|postgres|pg-promise|@fastify\/postgres|slonik|@mikro-orm\/postgresql)$/,
    schema: /^postgres|^cockroach/,
  },
  { id: 'mysql', packages: /^(mysql|mysql2|mariadb|@fastify\/mysql)$/, schema: /^(mysql|mariadb)/ },
  {
    id: 'mongo',
    packages: /^(mongoose|mongodb|@nestjs\/mongoose|@typegoose\/typegoose|@fastify\/mongodb)$/,
    schema: /^mongo/,
  },
  {
    id: 'redis',
    packages: /^(redis|ioredis|bullmq|bull|@fastify\/redis|@nestjs\/bullmq|@nestjs\/bull|connect-redis)$/,
    schema: /^$/,
  },
];

/** What a production definition runs: every component with an image, the stores they use, and the proxy in front. */
const deployment: Parameters = (subject) => {
  const { model, view } = subject;
  const services = model.components.filter(deployed(model)).map((component) => serviceOf({ ...subject, component }));
  const used = new Set(services.flatMap(({ stores: ids }) => ids));
  const compose = productionCompose(subject);
  const proxies = model.deployment.environments
    .flatMap((environment) => environment.services)
    .filter(({ role }) => role === 'proxy');
  const routed = services.filter(({ http }) => http);
  const web = routed.find(({ web: isWeb }) => isWeb);
  const single = routed.length === 1;
  return {
    deployables: services,
    anyDeployable: services.length > 0,
    routed: routed.map((one) => ({
      ...one,
      ...addressIn(subject, compose, one),
      location: one === web || single ? '/' : `/${one.id}/`,
      strips: one !== web && !single,
    })),
    anyRouted: routed.length > 0,
    hasProxy: proxies.length > 0,
    composeFile: compose,
    composeFiles: composedFrom(subject, compose),
    hasCompose: compose !== null,
    postgres: used.has('postgres'),
    mysql: used.has('mysql'),
    mongo: used.has('mongo'),
    redis: used.has('redis'),
    anyStore: used.size > 0,
    unaddressed: services
      .filter(({ stores: ids, environment }) => ids.length > 0 && environment.length === 0)
      .map(({ id, stores: ids }) => ({ id, stores: ids.join(', ') })),
    anyUnaddressed: services.some(({ stores: ids, environment }) => ids.length > 0 && environment.length === 0),
    keepsFile: subject.component !== null && keepsFile({ ...subject, component: subject.component }),
    volumes: [...used].sort(byCodeUnit).map((id) => ({ volume: `${id}-data` })),
    composed: composedServices(subject, compose),
    dockerfiles: services.map(({ id, dockerfile, context }) => ({ id, dockerfile, context })),
    hasProxyConfig: view.has('deploy/nginx.conf'),
    /** Kubernetes runs it, which does not read what an image says of its health. */
    inCluster: model.deployment.counting.some(
      ({ kind, services: there }) =>
        /^(kubernetes|helm)$/.test(kind) && there.some((one) => one.component === subject.component?.path),
    ),
    composeAtRoot: compose !== null && !compose.includes('/'),
    ownDockerfile: subject.component !== null && model.deployment.dockerfilesOf(subject.component.path).length > 0,
    nodeProbed:
      subject.component?.language === 'js' &&
      (subject.component.kind !== 'web' || subject.component.traits.includes('http')) &&
      imageHasFetch(subject),
  };
};
export default deployment;

const deployed =
  (model: AuditModel) =>
  (component: Component): boolean =>
    component.traits.includes('deployable') &&
    !component.stub &&
    !model.deployment.managed.has(component.path) &&
    model.deployment.dockerfilesOf(component.path).length > 0;

function serviceOf(subject: Subject & { component: Component }) {
  const { model, component } = subject;
  const dockerfile = model.deployment.dockerfilesOf(component.path)[0]!;
  const fact = model.facts.dockerfiles.find(({ path }) => path === dockerfile);
  const root = installingOf(model, component.path).root;
  const copiesRoot =
    fact?.stages.some((stage) =>
      stage.copies.some(({ sources }) => sources.some((one) => one.includes(component.path))),
    ) ?? false;
  const byWorkspace = /workspace's root/.test(model.view.text(dockerfile));
  const context = byWorkspace || copiesRoot ? root : dirOf(dockerfile);
  const exposed = fact?.stages.at(-1)?.exposes[0]?.port ?? null;
  const names = storesOf(subject);
  const health = healthPath(subject);
  const http = component.traits.includes('http') || component.kind === 'web';
  const port = exposed ?? portIn(subject);
  const envFile = within(component.path, '.env');
  const isStatic = component.kind === 'web' && !component.traits.includes('http');
  return {
    id: slugOf(component.path === '.' ? component.name : component.path.split('/').at(-1)!),
    path: component.path,
    context: context === '.' ? '.' : `./${context}`,
    dockerfile: context === '.' ? dockerfile : dockerfile.slice(context.length + 1),
    port,
    portVariables: http ? portVariablesIn(subject).map((name) => ({ name })) : [],
    http,
    web: component.kind === 'web',
    worker: component.kind === 'worker',
    inImage: /HEALTHCHECK/.test(model.view.text(dockerfile)),
    nodeProbe:
      component.language === 'js' &&
      http &&
      !/HEALTHCHECK/.test(model.view.text(dockerfile)) &&
      component.kind !== 'web' &&
      (imageNode(subject) ?? 18) >= 18,
    health: health ?? '/',
    stores: names,
    depends: names.map((store) => ({ store })),
    dependsOn: names.length > 0,
    envFile: envFile === '.env' ? '.env' : `./${envFile}`,
    /** Files behind a web server: what they know of the environment they were built with. */
    isStatic,
    readsVariables: !isStatic && variablesOf(subject).some(({ name }) => name !== 'PORT'),
    buildArguments: variablesOf(subject).filter(({ name }) => isStatic && bundled.test(name)),
    hasBuildArguments: variablesOf(subject).some(({ name }) => isStatic && bundled.test(name)),
    environment: variablesOf(subject).flatMap(({ name }) => connection(name, names)),
    memory: isStatic ? '128M' : '512M',
  };
}

export function storesOf({ model, component }: Subject & { component: Component }): string[] {
  const live =
    component.language === 'js'
      ? [...model.wiring.of(component).packages()]
          .filter(([, { live: is }]) => is === 'live')
          .map(([name]) => packageOf(name))
      : [];
  const declared = Object.keys(manifestOf(model, component.path)?.dependencies ?? {});
  const orm = live.some((name) =>
    /^(typeorm|@nestjs\/typeorm|sequelize|@nestjs\/sequelize|knex|drizzle-orm.*|kysely|@mikro-orm\/.*)$/.test(name),
  );
  const providers = model.facts.dataSchemas
    .filter(({ path, provider }) => provider && (component.path === '.' || path.startsWith(`${component.path}/`)))
    .map(({ provider }) => provider!);
  return stores
    .filter(
      ({ packages, schema }) =>
        live.some((name) => packages.test(name)) ||
        (orm && declared.some((name) => packages.test(name))) ||
        providers.some((name) => schema.test(name)),
    )
    .map(({ id }) => id);
}

/** SQLite lies beside the process: what one replica writes, the others never see. */
function keepsFile({ model, component }: Subject & { component: Component }): boolean {
  const embedded = /^(better-sqlite3|sqlite3?|sql\.js|@libsql\/client|node:sqlite|bun:sqlite|lowdb|nedb.*)$/;
  const declared = Object.keys(manifestOf(model, component.path)?.dependencies ?? {});
  return (
    declared.some((name) => embedded.test(name)) ||
    model.facts.dataSchemas.some(
      ({ path, provider }) =>
        provider !== null &&
        /^sqlite/.test(provider) &&
        (component.path === '.' || path.startsWith(`${component.path}/`)),
    )
  );
}

/** `mysql2/promise` is of mysql2. */
const packageOf = (imported: string): string => /^(?:@[^/]+\/)?[^/]+/.exec(imported)?.[0] ?? imported;

const variable = (name: string): string => ['$', '{', name, '}'].join('');

/** Addresses inside the deployment for the variables whose name says what they hold. Passwords stay variables. */
function connection(name: string, used: readonly string[]): { name: string; value: string }[] {
  const is = (pattern: RegExp, store: string): boolean => pattern.test(name) && used.includes(store);
  if (is(/^(DATABASE|DB|POSTGRES(QL)?|PG)_?(URL|URI|CONNECTION_STRING)$/i, 'postgres'))
    return [{ name, value: `postgres://app:${variable('POSTGRES_PASSWORD')}@postgres:5432/app` }];
  if (is(/^(DATABASE|DB|MYSQL)_?(URL|URI)$/i, 'mysql'))
    return [{ name, value: `mysql://app:${variable('MYSQL_PASSWORD')}@mysql:3306/app` }];
  if (is(/^(MONGO(DB)?|DATABASE|DB)_?(URL|URI|CONNECTION_STRING)$/i, 'mongo'))
    return [{ name, value: 'mongodb://mongo:27017/app' }];
  if (is(/^REDIS_?(URL|URI)$/i, 'redis')) return [{ name, value: 'redis://redis:6379' }];
  if (is(/^REDIS_?HOST$/i, 'redis')) return [{ name, value: 'redis' }];
  const part = partOf(name, used);
  return part === null ? [] : [{ name, value: part }];
}

const servers = [
  { store: 'postgres', prefix: /^(POSTGRES(QL)?|PG|DB|DATABASE)_?/i, port: '5432', password: 'POSTGRES_PASSWORD' },
  { store: 'mysql', prefix: /^(MYSQL|DB|DATABASE)_?/i, port: '3306', password: 'MYSQL_PASSWORD' },
];

/** Where the address is given in parts: `DB_HOST`, `MYSQL_USER`. */
function partOf(name: string, used: readonly string[]): string | null {
  const there = servers.filter(({ store }) => used.includes(store));
  const own = there.filter(({ prefix }) => prefix.test(name));
  // `DB_HOST` says nothing where there are two.
  if (own.length !== 1) return null;
  const { store, prefix, port, password } = own[0]!;
  const part = name.replace(prefix, '').toUpperCase();
  if (/^HOST(NAME)?$/.test(part)) return store;
  if (part === 'PORT') return `"${port}"`;
  if (/^(USER(NAME)?|NAME|DATABASE|DB)$/.test(part)) return 'app';
  return /^PASS(WORD)?$/.test(part) ? variable(password) : null;
}

/** All files that are read together with it. */
const composedFrom = ({ model }: Subject, file: string | null): string[] =>
  model.deployment.counting.find(({ files }) => file !== null && files.includes(file))?.files.slice() ?? [];

/** Services of that file that run a component of ours. */
function composedServices({ model, component }: Subject, file: string | null) {
  return model.deployment.counting
    .filter(({ kind, files }) => kind === 'compose' && file !== null && files.includes(file))
    .flatMap(({ services }) => services)
    .filter(
      (service) =>
        service.component !== null &&
        (component === null || service.component === component.path) &&
        service.evidence.file === file,
    )
    .map(({ name }) => name);
}

/** `fetch` came with Node 18; a probe by it in an older image would always fail. */
const imageHasFetch = (subject: Subject): boolean => (imageNode(subject) ?? 0) >= 18;

/** The Node that the component's image runs, where its tag says it. */
function imageNode({ model, component }: Subject): number | null {
  const path = model.deployment.dockerfilesOf(component!.path)[0];
  const fact = model.facts.dockerfiles.find((one) => one.path === path);
  if (!fact) return null;
  let stage = fact.stages[fact.final];
  while (stage && stage.base.stage !== null) stage = fact.stages[stage.base.stage];
  const major = /^\d+/.exec(stage?.base.tag ?? '')?.[0];
  return stage?.base.image === 'node' && major !== undefined ? Number(major) : null;
}
