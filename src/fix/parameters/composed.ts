import type { DeployedService } from '../../model/deployment.ts';
import type { Subject } from '../types.ts';
import { networksOf, productionCompose, servicesIn } from './_compose.ts';
import type { Parameters } from './_parameter.ts';

/** What stands in the production compose file, for what is put beside it: databases, and the networks that lead to each. */
const composed: Parameters = (subject) => {
  const file = productionCompose(subject);
  const services = servicesIn(subject, file);
  const databases = services.filter(({ role }) => role === 'database');
  const of = (software: RegExp) =>
    databases.find((service) => software.test(service.software ?? service.image ?? '')) ?? null;
  const ours = services.filter(({ component }) => component !== null).map(({ name }) => name);
  return {
    ourNetworks: networksOf(subject, file, ours),
    ...postgresIn(subject, file, of(/postgres/)),
    ...mysqlIn(subject, file, of(/mysql|mariadb/)),
    ...mongoIn(subject, file, of(/mongo/)),
  };
};
export default composed;

type Place = [Pick<Subject, 'view'>, string | null, DeployedService | null];

function postgresIn(...[subject, file, service]: Place) {
  const user = valueIn(service, 'POSTGRES_USER') ?? 'postgres';
  return {
    composePostgres: service?.name ?? null,
    composePostgresImage: service?.image ?? null,
    composePostgresUser: user,
    composePostgresDatabase: valueIn(service, 'POSTGRES_DB') ?? user,
    composePostgresPassword: variableOf(service, 'POSTGRES_PASSWORD'),
    composePostgresNetworks: service ? networksOf(subject, file, [service.name]) : [],
  };
}

function mysqlIn(...[subject, file, service]: Place) {
  const kind = /^MARIADB_/.test(service?.env.map(({ name }) => name).join() ?? '') ? 'MARIADB' : 'MYSQL';
  const user = valueIn(service, `${kind}_USER`);
  return {
    composeMysql: service?.name ?? null,
    composeMysqlImage: service?.image ?? null,
    composeMysqlUser: user ?? 'root',
    composeMysqlDatabase: valueIn(service, `${kind}_DATABASE`) ?? '--all-databases',
    composeMysqlPassword: variableOf(service, user ? `${kind}_PASSWORD` : `${kind}_ROOT_PASSWORD`),
    composeMysqlNetworks: service ? networksOf(subject, file, [service.name]) : [],
  };
}

function mongoIn(...[subject, file, service]: Place) {
  return {
    composeMongo: service?.name ?? null,
    composeMongoImage: service?.image ?? null,
    composeMongoGuarded: valueIn(service, 'MONGO_INITDB_ROOT_USERNAME') !== null,
    composeMongoNetworks: service ? networksOf(subject, file, [service.name]) : [],
  };
}

const valueIn = (service: DeployedService | null, name: string): string | null =>
  service?.env.find((one) => one.name === name)?.value ?? null;

/** As the file reads it, where that is from a variable; a password that stands there is not written a second time. */
function variableOf(service: DeployedService | null, name: string): string {
  const written = valueIn(service, name);
  return written?.startsWith('$') ? written : ['$', `{${name}:?set it in .env}`].join('');
}
