import { describe, expect, it } from 'vitest';
import { app, asked, service } from './_asked.ts';

const db = (scripts: Record<string, string>, more: Record<string, string> = {}, dependencies = ['knex']) => ({
  'package.json': service({ scripts: { start: 'node src/index.js', ...scripts } }, dependencies),
  'src/index.js': app(''),
  ...more,
});
const answer = async (ask: string, files: Record<string, string>) =>
  (await asked('moves-schema', { ask }, files))[0]!.replace(/:.*/, '');

describe('programs that bring a database up to date, and their words', () => {
  it.each<[command: string, expected: string]>([
    ['supabase db reset', 'yes'],
    ['supabase migration up', 'yes'],
    ['supabase db start', 'no'],
    ['supabase start push', 'no'],
    ['supabase start reset', 'no'],
    ['supabase migration fetch', 'no'],
    ['supabase up', 'no'],
    ['alembic current', 'no'],
    ['dotnet ef database', 'no'],
    ['dotnet ef update', 'no'],
    ['dotnet-ef database update', 'yes'],
    ['dotnet-ef database', 'no'],
    ['wrangler d1 migrations', 'no'],
    ['wrangler d1 apply', 'no'],
    ['liquibase tag', 'no'],
    ['node-pg-migrate redo', 'no'],
    ['db-migrate check', 'no'],
    ['dbmate dump', 'no'],
    ['goose version', 'no'],
    ['migrate version', 'no'],
    ['migrate-mongo version', 'no'],
    ['atlas schema apply', 'no'],
    ['atlas migrate hash', 'yes'],
    ['tool up', 'no'],
    ['tool database update', 'no'],
    ['tool db push', 'no'],
    ['node -e "umzug.up()"', 'yes'],
    ['node -e "migrator.up()"', 'yes'],
    ['node -e "runMigrations()"', 'yes'],
    ['node -e "myrunMigrations()"', 'no'],
    ['node -e "umzug.down()"', 'no'],
  ])('%s: %s', async (command, expected) => expect(await answer('migrates', db({ fill: command }))).toBe(expected));
  const called = (call: string, imports = "import { db, orm, migrate } from './db.js';") =>
    db(
      {},
      {
        'src/index.js': app(`${call};`, imports),
        'src/db.js': "import Knex from 'knex';\nexport const db = Knex({});\n",
      },
    );
  it.each<[call: string, expected: string]>([
    ['db.runMigrations()', 'src/index.js:4 db.runMigrations(…)'],
    ['db.runMigration()', 'src/index.js:4 db.runMigration(…)'],
    ['runMigrations(db)', 'src/index.js:4 runMigrations(…)'],
    ['db.runPendingMigrations()', 'src/index.js:4 db.runPendingMigrations(…)'],
    ['db.migrateToLatest()', 'src/index.js:4 db.migrateToLatest(…)'],
    ['db.migrate.latest()', 'src/index.js:4 db.migrate.latest(…)'],
    ['db.migrate.up()', 'src/index.js:4 db.migrate.up(…)'],
    ['orm.getMigrator().up()', 'src/index.js:4 orm.getMigrator().up(…)'],
    ['migrator.up()', 'src/index.js:4 migrator.up(…)'],
    ['umzug.up()', 'src/index.js:4 umzug.up(…)'],
    ['db.rerunMigrations()', 'none'],
    ['db.runMigrationsOf()', 'none'],
    ['db.migrate.down()', 'none'],
    ['migrate(db)', 'none'],
  ])('%s: %s', async (call, expected) =>
    expect((await asked('moves-schema', { ask: 'migrates' }, called(call)))[1] ?? 'none').toBe(expected),
  );
  it.each<[imports: string, call: string, expected: string]>([
    ["import { migrate } from 'drizzle-orm/node-postgres/migrator';", 'migrate(db)', 'src/index.js:4 migrate(…)'],
    ["import { migrate } from 'other';", 'migrate(db)', 'none'],
    ["import { runner } from 'node-pg-migrate';", 'runner.migrate(db)', 'src/index.js:4 runner.migrate(…)'],
    ["import { runner } from 'node-pg-migrate';", 'runner.migrated(db)', 'none'],
  ])('%s %s', async (imports, call, expected) =>
    expect((await asked('moves-schema', { ask: 'migrates' }, called(call, imports)))[1] ?? 'none').toBe(expected),
  );
  it('not in a test', async () => {
    const files = db({}, { 'src/a.test.js': "import Knex from 'knex';\nKnex({}).migrate.latest();\n" });
    expect(await asked('moves-schema', { ask: 'migrates' }, files)).toEqual(['no']);
  });
});

describe('NuxtHub', () => {
  const hub = (section: string, path: string) => ({
    'package.json': JSON.stringify(
      {
        name: 'api',
        scripts: { start: 'node src/index.js' },
        dependencies: { express: '5' },
        [section]: { express: '5', '@nuxthub/core': '1' },
      },
      null,
      1,
    ),
    'src/index.js': app(''),
    [path]: 'create table notes (id int);\n',
  });
  it.each<[section: string, path: string, expected: string]>([
    ['dependencies', 'server/db/migrations/1.sql', 'package.json:8 NuxtHub applies migrations where it builds'],
    [
      'devDependencies',
      'server/database/migrations/a/1.sql',
      'package.json:11 NuxtHub applies migrations where it builds',
    ],
    [
      'devDependencies',
      'layers/a/server/db/migrations/1.sql',
      'package.json:11 NuxtHub applies migrations where it builds',
    ],
    ['peerDependencies', 'server/db/migrations/1.sql', 'none'],
    ['dependencies', 'myserver/db/migrations/1.sql', 'none'],
    ['dependencies', 'server/db/migrations/1.sql.md', 'none'],
    ['dependencies', 'server/data/migrations/1.sql', 'none'],
  ])('in %s, %s', async (section, path, expected) => {
    expect((await asked('moves-schema', { ask: 'migrates' }, hub(section, path)))[1] ?? 'none').toBe(expected);
  });
});

describe('what keeps a schema, by where it lies', () => {
  const knex = (path: string, more: object = {}) => ({
    'package.json': JSON.stringify({ private: true, workspaces: ['**'] }),
    [`${path}/package.json`]: service({ name: 'notes', ...more }, ['knex']),
    [`${path}/src/index.js`]: app('', "import knex from 'knex';\nconst db = knex({});"),
    [`${path}/migrations/1.js`]: 'exports.up = (knex) => knex.schema.createTable("notes");\n',
  });
  it.each<[path: string, expected: string]>([
    ['apps/notes', 'yes'],
    ['examples/notes', 'no'],
    ['demo/notes', 'no'],
    ['tests/notes', 'no'],
    ['e2e/notes', 'no'],
    ['docs', 'no'],
  ])('%s', async (path, expected) => {
    expect((await asked('moves-schema', { ask: 'keeps' }, knex(path), path))[0]).toBe(expected);
  });
  it.each<[script: string, expected: string]>([
    ['db:up', 'yes'],
    ['migrate', 'yes'],
    ['prisma:up', 'yes'],
    ['drizzle', 'yes'],
    ['build', 'no'],
  ])('a published library with the script %s', async (script, expected) => {
    const files = {
      'package.json': JSON.stringify({
        name: 'kit',
        version: '1.0.0',
        main: 'index.js',
        scripts: { lint: 'biome', [script]: 'x' },
        dependencies: { knex: '3' },
      }),
      'index.js': "import knex from 'knex';\nexport const db = knex({});\n",
    };
    expect((await asked('moves-schema', { ask: 'keeps' }, files))[0]).toBe(expected);
  });
});
