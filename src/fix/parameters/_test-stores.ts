import { isWithin } from '../../model/paths.ts';
import type { Subject } from '../types.ts';
import { storesOf } from './deployment.ts';
import { variablesOf } from './variables.ts';

interface TestStore {
  store: string;
  image: string;
  port: number;
  check: string;
  settings: readonly { name: string; value: string }[];
  address: string;
  variables: RegExp;
}

/** Stores as a pipeline runs them beside the tests: empty, and gone with the job, so that their passwords guard nothing. */
const testStores: readonly TestStore[] = [
  {
    store: 'postgres',
    image: 'postgres:17-alpine',
    port: 5432,
    check: 'pg_isready',
    settings: [{ name: 'POSTGRES_PASSWORD', value: 'postgres' }],
    address: 'postgres://postgres:postgres@localhost:5432/postgres',
    variables: /^(TEST_)?(DATABASE|DB|POSTGRES(QL)?|PG)_?(URL|URI|CONNECTION_STRING)$/i,
  },
  {
    store: 'mysql',
    image: 'mysql:8.4',
    port: 3306,
    check: 'mysqladmin ping',
    settings: [
      { name: 'MYSQL_ROOT_PASSWORD', value: 'mysql' },
      { name: 'MYSQL_DATABASE', value: 'test' },
    ],
    address: 'mysql://root:mysql@localhost:3306/test',
    variables: /^(TEST_)?(DATABASE|DB|MYSQL)_?(URL|URI)$/i,
  },
  {
    store: 'mongo',
    image: 'mongo:8.0',
    port: 27017,
    check: "mongosh --quiet --eval 'db.runCommand({ ping: 1 }).ok'",
    settings: [],
    address: 'mongodb://localhost:27017/test',
    variables: /^(TEST_)?(MONGO(DB)?|DATABASE|DB)_?(URL|URI|CONNECTION_STRING)$/i,
  },
  {
    store: 'redis',
    image: 'redis:7.4-alpine',
    port: 6379,
    check: 'redis-cli ping',
    settings: [],
    address: 'redis://localhost:6379',
    variables: /^(TEST_)?REDIS_?(URL|URI)$/i,
  },
];

/** What the tests in a folder need: the stores of components that have tests, and the variables that lead to them. */
export function testStoresIn(subject: Subject, folder: string) {
  const tested = subject.model.components.filter(
    (component) =>
      component.language === 'js' &&
      component.traits.includes('http') &&
      isWithin(component.path, folder) &&
      subject.model.wiring.testFiles(component).length > 0,
  );
  const used = tested.map((component) => ({
    stores: storesOf({ ...subject, component }),
    names: variablesOf({ ...subject, component }).map(({ name }) => name),
  }));
  const needed = testStores.filter(({ store }) => used.some(({ stores }) => stores.includes(store)));
  const variables = needed.flatMap(({ store, address, variables: pattern }) =>
    used
      .filter(({ stores }) => stores.includes(store))
      .flatMap(({ names }) => names.filter((name) => pattern.test(name)).map((name) => ({ name, value: address }))),
  );
  return {
    stores: needed.map((one) => ({ ...one, anySettings: one.settings.length > 0 })),
    anyStores: needed.length > 0,
    // Two that could be meant by one name: the first.
    addresses: variables.filter(({ name }, index) => variables.findIndex((one) => one.name === name) === index),
    anyAddresses: variables.length > 0,
  };
}
