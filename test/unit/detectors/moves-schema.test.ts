import { expect, it } from 'vitest';
import { app, asked, service } from './_asked.ts';

const db = (scripts: Record<string, string>, more: Record<string, string> = {}) => ({
  'package.json': service({ scripts: { start: 'node src/index.js', ...scripts } }, ['knex']),
  'src/index.js': app(''),
  ...more,
});

/** What moves a schema: what the files say, what is asked of them, the answer and what shows it. */
it.each<[title: string, options: object, files: Record<string, string>, expected: string[]]>([
  [
    'knex migrate:latest',
    { ask: 'migrates' },
    db({ migrate: 'knex migrate:latest' }),
    ['yes', 'package.json:1 script "migrate" runs knex migrate:latest'],
  ],
  [
    'sequelize db:migrate',
    { ask: 'migrates' },
    db({ migrate: 'sequelize db:migrate' }),
    ['yes', 'package.json:1 script "migrate" runs sequelize db:migrate'],
  ],
  [
    'typeorm migration:run -d src/db.js',
    { ask: 'migrates' },
    db({ migrate: 'typeorm migration:run -d src/db.js' }),
    ['yes', 'package.json:1 script "migrate" runs typeorm migration:run -d src/db.js'],
  ],
  [
    'prisma migrate deploy',
    { ask: 'migrates' },
    db({ migrate: 'prisma migrate deploy' }),
    ['yes', 'package.json:1 script "migrate" runs prisma migrate deploy'],
  ],
  [
    'drizzle-kit migrate',
    { ask: 'migrates' },
    db({ migrate: 'drizzle-kit migrate' }),
    ['yes', 'package.json:1 script "migrate" runs drizzle-kit migrate'],
  ],
  [
    'supabase db push',
    { ask: 'migrates' },
    db({ migrate: 'supabase db push' }),
    ['yes', 'package.json:1 script "migrate" runs supabase db push'],
  ],
  [
    'alembic upgrade head',
    { ask: 'migrates' },
    db({ migrate: 'alembic upgrade head' }),
    ['yes', 'package.json:1 script "migrate" runs alembic upgrade head'],
  ],
  [
    'dotnet ef database update',
    { ask: 'migrates' },
    db({ migrate: 'dotnet ef database update' }),
    ['yes', 'package.json:1 script "migrate" runs dotnet ef database update'],
  ],
  [
    'wrangler d1 migrations apply app',
    { ask: 'migrates' },
    db({ migrate: 'wrangler d1 migrations apply app' }),
    ['yes', 'package.json:1 script "migrate" runs wrangler d1 migrations apply app'],
  ],
  [
    'liquibase update',
    { ask: 'migrates' },
    db({ migrate: 'liquibase update' }),
    ['yes', 'package.json:1 script "migrate" runs liquibase update'],
  ],
  [
    'node-pg-migrate up',
    { ask: 'migrates' },
    db({ migrate: 'node-pg-migrate up' }),
    ['yes', 'package.json:1 script "migrate" runs node-pg-migrate up'],
  ],
  [
    'db-migrate up',
    { ask: 'migrates' },
    db({ migrate: 'db-migrate up' }),
    ['yes', 'package.json:1 script "migrate" runs db-migrate up'],
  ],
  [
    'dbmate up',
    { ask: 'migrates' },
    db({ migrate: 'dbmate up' }),
    ['yes', 'package.json:1 script "migrate" runs dbmate up'],
  ],
  [
    'goose up',
    { ask: 'migrates' },
    db({ migrate: 'goose up' }),
    ['yes', 'package.json:1 script "migrate" runs goose up'],
  ],
  [
    'migrate -path db up',
    { ask: 'migrates' },
    db({ migrate: 'migrate -path db up' }),
    ['yes', 'package.json:1 script "migrate" runs migrate -path db up'],
  ],
  [
    'migrate-mongo up',
    { ask: 'migrates' },
    db({ migrate: 'migrate-mongo up' }),
    ['yes', 'package.json:1 script "migrate" runs migrate-mongo up'],
  ],
  [
    'atlas migrate apply',
    { ask: 'migrates' },
    db({ migrate: 'atlas migrate apply' }),
    ['yes', 'package.json:1 script "migrate" runs atlas migrate apply'],
  ],
  [
    'node scripts/migrate.js',
    { ask: 'migrates' },
    db({ migrate: 'node scripts/migrate.js' }),
    ['yes', 'package.json:1 script "migrate" runs node scripts/migrate.js'],
  ],
  [
    'node db/run-migrations.js',
    { ask: 'migrates' },
    db({ migrate: 'node db/run-migrations.js' }),
    ['yes', 'package.json:1 script "migrate" runs node db/run-migrations.js'],
  ],
  [
    'mikro-orm migration:up',
    { ask: 'migrates' },
    db({ migrate: 'mikro-orm migration:up' }),
    ['yes', 'package.json:1 script "migrate" runs mikro-orm migration:up'],
  ],
  [
    'knex migrate:make users brings nothing up to date',
    { ask: 'migrates' },
    db({ migrate: 'knex migrate:make users' }),
    ['no'],
  ],
  [
    'knex migrate:rollback brings nothing up to date',
    { ask: 'migrates' },
    db({ migrate: 'knex migrate:rollback' }),
    ['no'],
  ],
  [
    'prisma migrate status brings nothing up to date',
    { ask: 'migrates' },
    db({ migrate: 'prisma migrate status' }),
    ['no'],
  ],
  [
    'typeorm migration:generate x brings nothing up to date',
    { ask: 'migrates' },
    db({ migrate: 'typeorm migration:generate x' }),
    ['no'],
  ],
  ['dbmate down brings nothing up to date', { ask: 'migrates' }, db({ migrate: 'dbmate down' }), ['no']],
  ['atlas migrate diff brings nothing up to date', { ask: 'migrates' }, db({ migrate: 'atlas migrate diff' }), ['no']],
  [
    'node scripts/seed.js brings nothing up to date',
    { ask: 'migrates' },
    db({ migrate: 'node scripts/seed.js' }),
    ['no'],
  ],
  [
    'prisma db push',
    { ask: 'pushes' },
    db({ push: 'prisma db push' }),
    ['yes', 'package.json:1 script "push" runs prisma db push'],
  ],
  [
    'drizzle-kit push',
    { ask: 'pushes' },
    db({ push: 'drizzle-kit push' }),
    ['yes', 'package.json:1 script "push" runs drizzle-kit push'],
  ],
  [
    'typeorm schema:sync',
    { ask: 'pushes' },
    db({ push: 'typeorm schema:sync' }),
    ['yes', 'package.json:1 script "push" runs typeorm schema:sync'],
  ],
  [
    'mikro-orm schema:update',
    { ask: 'pushes' },
    db({ push: 'mikro-orm schema:update' }),
    ['yes', 'package.json:1 script "push" runs mikro-orm schema:update'],
  ],
  [
    'migrations run by code',
    { ask: 'migrates' },
    db(
      {},
      {
        'src/index.js': app('knex.migrate.latest();', "import { knex } from './db.js';"),
        'src/db.js': "import Knex from 'knex';\nexport const knex = Knex({});",
      },
    ),
    ['yes', 'src/index.js:4 knex.migrate.latest(…)'],
  ],
  [
    'tables made by code',
    { ask: 'makes' },
    db({}, { 'src/index.js': app('db.query(`\n  CREATE TABLE IF NOT EXISTS books (id int)`);') }),
    ['yes', 'src/index.js:5 creates tables in code'],
  ],
  [
    'tables that a comment speaks of',
    { ask: 'makes' },
    db({}, { 'src/index.js': app('// CREATE TABLE books (id int)') }),
    ['no'],
  ],
  [
    'a schema brought in line at start',
    { ask: 'pushes' },
    db(
      {},
      { 'src/index.js': app('new DataSource({\n  synchronize: true,\n});', "import { DataSource } from 'typeorm';") },
    ),
    ['yes', 'src/index.js:5 synchronize: true'],
  ],
])('%s', async (_, options, files, expected) => {
  expect(await asked('moves-schema', options, files)).toEqual(expected);
});
