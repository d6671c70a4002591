import { parseDocument } from 'yaml';
import type { AuditModel } from '../../model/audit-model.ts';
import type { DataSchemaFact } from '../../model/facts/index.ts';
import { isWithin } from '../../model/paths.ts';
import type { Subject } from '../types.ts';
import { manifestOf } from './_packages.ts';
import { type Parameters, within } from './_parameter.ts';
import { connectionsOf } from './connections.ts';

/** A store that is declared and that nothing asks: a Prisma schema without a client, or a client that a module makes for nobody. */
const database: Parameters = (subject) => {
  const { model, component } = subject;
  const folder = component?.path ?? '.';
  const manifest = manifestOf(model, folder);
  const schema = schemaOf(subject);
  const idle = component?.language === 'js' ? connectionsOf(model, component).filter((one) => one.live === 'dead') : [];
  const client = idle.find(({ ping }) => ping !== null) ?? null;
  const migrated = model.facts.dataSchemas.some(
    ({ orm, role, count, path }) => orm === 'prisma' && role === 'migrations' && count > 0 && isWithin(path, folder),
  );
  const scripts = Object.values(manifest?.scripts ?? {}).join('\n');
  return {
    idleName: client?.name ?? null,
    idleFile: client?.file ?? null,
    idlePing: client ? `${client.name}${client.ping}` : null,
    /** Generated where Prisma does by itself, for every provider but those that need an adapter. */
    prismaSchema: schema?.path ?? null,
    prismaPing: schema?.provider === 'mongodb' ? 'prisma.$runCommandRaw({ ping: 1 })' : 'prisma.$queryRaw`SELECT 1`',
    prismaVariable: schema?.env[0]?.name ?? null,
    prismaUnmigrated: schema !== null && schema.provider !== 'mongodb' && !migrated,
    prismaPushed: schema?.provider === 'mongodb' && !/prisma db push/.test(scripts),
    prismaMigrates: schema !== null && schema.provider !== 'mongodb' && !/prisma migrate/.test(scripts),
    generatesNowhere: !/prisma generate/.test(scripts) && manifest?.scripts.postinstall === undefined,
    ...composeNeeds(subject, schema),
  };
};
export default database;

/** The component's own schema, where the client that it generates is the one of the package. */
function schemaOf({ model, component, view }: Pick<Subject, 'model' | 'component' | 'view'>): DataSchemaFact | null {
  const folder = component?.path ?? '.';
  const found = model.facts.dataSchemas.filter(
    ({ orm, role, path, models }) =>
      orm === 'prisma' && role === 'schema' && models.length > 0 && ownerOf(model, path) === folder,
  );
  const schema = found.length === 1 ? found[0]! : null;
  const usual = [within(folder, 'prisma/schema.prisma'), within(folder, 'schema.prisma')];
  const generator = /\bgenerator\s+\w+\s*\{([^}]*)\}/.exec(schema ? view.text(schema.path) : '')?.[1] ?? '';
  const plain = /provider\s*=\s*"prisma-client-js"/.test(generator) && !/\boutput\s*=/.test(generator);
  return schema && usual.includes(schema.path) && plain ? schema : null;
}

const ownerOf = ({ components }: AuditModel, file: string): string | null =>
  components
    .filter(({ path }) => isWithin(file, path))
    .sort((a, b) => (a.path === '.' ? 1 : b.path === '.' ? -1 : b.path.length - a.path.length))[0]?.path ?? null;

/** A variable that compose refuses to start without. */
function given(name: string): string {
  return ['$', `{${name}:?set it in .env}`].join('');
}

/** Databases that a compose file can run, and the address that a service beside them is given. */
const composed: Readonly<Record<string, { software: string; address: string }>> = {
  postgresql: { software: 'postgres', address: `postgres://app:${given('POSTGRES_PASSWORD')}@postgres:5432/app` },
  mysql: { software: 'mysql', address: `mysql://app:${given('MYSQL_PASSWORD')}@mysql:3306/app` },
};

/** What the production compose file lacks for the schema: a service for the database, its address for those that use it. */
function composeNeeds({ model, component, view }: Subject, schema: DataSchemaFact | null) {
  const wanted = composed[schema?.provider ?? ''];
  const environment = model.deployment.counting.find(({ kind, rank }) => kind === 'compose' && rank !== 'development');
  const file = environment?.files.at(-1);
  const own = environment?.services.filter((one) => one.component === component?.path) ?? [];
  const document = file === undefined ? null : parseDocument(view.text(file));
  const takes = own.every(({ name, env }) => {
    const written: unknown = document?.getIn(['services', name, 'environment']);
    const isMap =
      written === undefined ||
      (typeof written === 'object' && written !== null && 'has' in written && !('flow' in written && written.flow));
    return isMap && !env.some((one) => one.name === schema?.env[0]?.name);
  });
  const there = environment?.services.some(({ role }) => role === 'database') ?? false;
  const lacks = wanted !== undefined && own.length > 0 && takes && !there ? wanted : null;
  return {
    composeLacksPostgres: lacks?.software === 'postgres',
    composeLacksMysql: lacks?.software === 'mysql',
    storeAddress: lacks?.address ?? null,
  };
}
