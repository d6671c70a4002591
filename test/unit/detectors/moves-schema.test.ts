import { expect, it } from 'vitest';
import { app, asked, service, spa } from './_asked.ts';

const db = (scripts: Record<string, string>, more: Record<string, string> = {}) => ({
  'package.json': service({ scripts: { start: 'node src/index.js', ...scripts } }, ['knex']),
  'src/index.js': app(''),
  ...more,
});

/** An image that builds and starts by the scripts. */
const building = { Dockerfile: 'FROM node:22\nCOPY . .\nRUN npm run build\nCMD npm start\n' };
/** A library, published unless it is private. */
const kit = (manifest: object, more: Record<string, string> = {}) => ({
  'package.json': JSON.stringify({
    name: 'kit',
    version: '1.0.0',
    main: 'index.js',
    dependencies: { knex: '3' },
    ...manifest,
  }),
  'index.js': "import knex from 'knex';\nexport const db = knex({});\n",
  ...more,
});

/** What moves a schema: what the files say, what is asked of them, the answer and what shows it. */
it.each<[title: string, options: object, files: Record<string, string>, expected: string[]]>([
  [
    'a statement that pages show to people',
    { ask: 'makes' },
    spa({ 'src/App.tsx': 'export const App = () => <pre>CREATE TABLE notes (id int)</pre>;\n' }),
    ['no'],
  ],
  [
    'NuxtHub, which applies them where it builds',
    { ask: 'migrates' },
    db(
      {},
      {
        'package.json': service({ scripts: { start: 'node src/index.js' } }, ['@nuxthub/core']),
        'server/db/migrations/sqlite/0000_first.sql': 'CREATE TABLE notes (id int);\n',
      },
    ),
    ['yes', 'package.json:1 NuxtHub applies migrations where it builds'],
  ],
  [
    'NuxtHub without migrations',
    { ask: 'migrates' },
    db({}, { 'package.json': service({ scripts: { start: 'node src/index.js' } }, ['@nuxthub/core']) }),
    ['no'],
  ],
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

  ['a service keeps a schema', { ask: 'keeps' }, db({}), ['yes', 'package.json:1 package api']],
  ['a service keeps data', { ask: 'keeps-data' }, db({}), ['yes', 'package.json:1 package api']],
  ['a library that is published keeps none', { ask: 'keeps' }, kit({}), ['no']],
  [
    'a library that is published keeps no data',
    { ask: 'keeps-data' },
    kit({ scripts: { 'db:migrate': 'knex migrate:latest' } }),
    ['no'],
  ],
  [
    'a library that is published, with a script for its schema',
    { ask: 'keeps' },
    kit({ scripts: { 'db:migrate': 'knex migrate:latest' } }),
    ['yes', 'package.json:1 package kit'],
  ],
  [
    'a library that is published, with migrations',
    { ask: 'keeps' },
    kit({}, { 'migrations/001_notes.sql': 'CREATE TABLE notes (id int);\n' }),
    ['yes', 'package.json:1 package kit'],
  ],
  ['a library of the workspace', { ask: 'keeps' }, kit({ private: true }), ['yes', 'package.json:1 package kit']],
  ...[{ version: '0.0.0' }, { version: undefined }, { main: 'src/index.ts' }].map(
    (manifest): [string, object, Record<string, string>, string[]] => [
      `a library that no registry is meant to have: ${JSON.stringify(manifest)}`,
      { ask: 'keeps-data' },
      kit(manifest, { 'migrations/001_notes.sql': 'CREATE TABLE notes (id int);\n' }),
      ['yes', 'package.json:1 package kit'],
    ],
  ),
  [
    'a library without a version that only opens a database',
    { ask: 'keeps-data' },
    kit({ version: undefined }),
    ['no'],
  ],
  ['a library with types written out', { ask: 'keeps-data' }, kit({ main: 'src/index.d.ts' }), ['no']],
  [
    'a library of the workspace, and its data',
    { ask: 'keeps-data' },
    kit({ private: true }),
    ['yes', 'package.json:1 package kit'],
  ],
  [
    'a command line that writes models for others',
    { ask: 'keeps-data' },
    {
      'package.json': JSON.stringify({ name: 'make', bin: 'make.js', dependencies: { commander: '12' } }),
      'make.js': '#!/usr/bin/env node\nconst model = require("./model.js");\nconsole.log(model);\n',
      'model.js':
        "module.exports = `\nconst mongoose = require('mongoose');\nmodule.exports = mongoose.model('Note', new mongoose.Schema({}));\n`;\n",
    },
    ['no'],
  ],
  [
    'an app on a phone',
    { ask: 'keeps' },
    {
      'package.json': JSON.stringify({
        name: 'phone',
        main: 'expo-router/entry',
        dependencies: { expo: '50', 'react-native': '0.7' },
      }),
      'app.json': '{"expo":{"name":"phone"}}',
      'app/index.tsx': 'export default () => null;\n',
    },
    ['no'],
  ],
  [
    'pushed where it is built',
    { ask: 'pushes-on-deploy' },
    db({ build: 'prisma db push' }, building),
    ['yes', 'Dockerfile:3 runs prisma db push'],
  ],
  [
    'pushed before it is started',
    { ask: 'pushes-on-deploy' },
    db({ prestart: 'prisma db push' }, building),
    ['yes', 'Dockerfile:4 runs prisma db push'],
  ],
  ['pushed after it is installed', { ask: 'pushes-on-deploy' }, db({ postinstall: 'drizzle-kit push' }), ['no']],
  ['pushed by hand', { ask: 'pushes-on-deploy' }, db({ push: 'prisma db push' }, building), ['no']],
  [
    'pushed by an image, not by a script',
    { ask: 'pushes-on-deploy' },
    db({}, { Dockerfile: 'FROM node:22\nCOPY . .\nCMD npx prisma db push && node src/index.js\n' }),
    ['no'],
  ],
  [
    'pushed by an image',
    { ask: 'pushes' },
    db({}, { Dockerfile: 'FROM node:22\nCOPY . .\nCMD npx prisma db push && node src/index.js\n' }),
    ['yes', 'Dockerfile:3 runs prisma db push && node src/index.js'],
  ],
  [
    'drizzle-kit push:pg',
    { ask: 'pushes' },
    db({ push: 'drizzle-kit push:pg' }),
    ['yes', 'package.json:1 script "push" runs drizzle-kit push:pg'],
  ],
  ['drizzle-kit generate', { ask: 'pushes' }, db({ push: 'drizzle-kit generate' }), ['no']],
  ['prisma db pull', { ask: 'pushes' }, db({ push: 'prisma db pull' }), ['no']],
  [
    'mikro-orm schema:fresh',
    { ask: 'pushes' },
    db({ push: 'mikro-orm schema:fresh --run' }),
    ['yes', 'package.json:1 script "push" runs mikro-orm schema:fresh --run'],
  ],
  [
    'migrations that the options run at start',
    { ask: 'migrates' },
    db(
      {},
      { 'src/index.js': app('new DataSource({\n  migrationsRun: true,\n});', "import { DataSource } from 'typeorm';") },
    ),
    ['yes', 'src/index.js:5 runs migrations at start (migrationsRun)'],
  ],
  [
    'migrations that the options run at start, by a variable',
    { ask: 'migrates' },
    db(
      {},
      {
        'src/index.js': app(
          'new DataSource({\n  migrationsRun: process.env.MIGRATE,\n});',
          "import { DataSource } from 'typeorm';",
        ),
      },
    ),
    ['yes', 'src/index.js:5 runs migrations at start (migrationsRun)'],
  ],
  [
    'migrations that the options do not run',
    { ask: 'migrates' },
    db(
      {},
      {
        'src/index.js': app('new DataSource({\n  migrationsRun: false,\n});', "import { DataSource } from 'typeorm';"),
      },
    ),
    ['no'],
  ],
  [
    'a schema that is not brought in line',
    { ask: 'pushes' },
    db(
      {},
      { 'src/index.js': app('new DataSource({\n  synchronize: false,\n});', "import { DataSource } from 'typeorm';") },
    ),
    ['no'],
  ],
  [
    'a schema brought in line, in a comment',
    { ask: 'pushes' },
    db(
      {},
      {
        'src/index.js': app('new DataSource({\n  // synchronize: true,\n});', "import { DataSource } from 'typeorm';"),
      },
    ),
    ['no'],
  ],
  [
    'a schema brought in line by settings',
    { ask: 'pushes' },
    db({}, { 'ormconfig.json': '{\n  "synchronize": true\n}\n' }),
    ['yes', 'ormconfig.json:2 synchronize: true'],
  ],
  [
    'a schema brought in line in a test',
    { ask: 'pushes' },
    db({}, { 'test/db.test.js': 'new DataSource({ synchronize: true });\n' }),
    ['no'],
  ],
  [
    'tables that a migration makes',
    { ask: 'makes' },
    db({}, { 'migrations/001.sql.js': 'db.query(`CREATE TABLE "notes" (id int)`);\n' }),
    ['no'],
  ],
  [
    'a sentence about tables',
    { ask: 'makes' },
    db({}, { 'src/index.js': app("console.log('we create tables here');") }),
    ['no'],
  ],
  [
    'tables made in Python',
    { ask: 'makes' },
    {
      'pyproject.toml': '[project]\nname = "api"\ndependencies = ["fastapi"]\n',
      'main.py': 'import sqlite3\nsqlite3.connect("a.db").execute("CREATE TABLE notes (id int)")\n',
    },
    ['yes', 'main.py:2 creates tables in code'],
  ],
  [
    'Sequelize makes tables',
    { ask: 'pushes' },
    db(
      {},
      {
        'package.json': service({}, ['sequelize']),
        'src/index.js': app(
          "sequelize.sync();\napp.get('/', () => sequelize.query('x'));",
          "import { Sequelize } from 'sequelize';\nconst sequelize = new Sequelize('x');",
        ),
      },
    ),
    ['yes', 'src/index.js:5 sequelize.sync(…)'],
  ],
  [
    'a model of Sequelize makes its table',
    { ask: 'pushes' },
    db(
      {},
      {
        'package.json': service({}, ['sequelize']),
        'src/index.js': app(
          "db.models.sync();\napp.get('/', () => db.query('x'));",
          "import { Sequelize } from 'sequelize';\nconst db = new Sequelize('x');",
        ),
      },
    ),
    ['yes', 'src/index.js:5 db.models.sync(…)'],
  ],
  [
    'something else is brought in line',
    { ask: 'pushes' },
    db(
      {},
      {
        'src/index.js': app('db.sync();', "import { db } from './db.js';"),
        'src/db.js': 'export const db = { sync() {} };\n',
      },
    ),
    ['no'],
  ],
  [
    'a migrator of a package',
    { ask: 'migrates' },
    db(
      {},
      {
        'package.json': service({}, ['drizzle-orm']),
        'src/index.js': app(
          "migrate(db, { migrationsFolder: 'drizzle' });",
          "import { migrate } from 'drizzle-orm/node-postgres/migrator';\nimport { db } from './db.js';",
        ),
        'src/db.js': 'export const db = 1;\n',
      },
    ),
    ['yes', 'src/index.js:5 migrate(…)'],
  ],
  [
    'a function of ours of that name',
    { ask: 'migrates' },
    db(
      {},
      {
        'src/index.js': app('migrate();', "import { migrate } from './data.js';"),
        'src/data.js': 'export const migrate = () => {};\n',
      },
    ),
    ['no'],
  ],
  [
    'a data source runs them',
    { ask: 'migrates' },
    db(
      {},
      {
        'package.json': service({}, ['typeorm']),
        'src/index.js': app(
          'source.runMigrations();',
          "import { DataSource } from 'typeorm';\nconst source = new DataSource({});",
        ),
      },
    ),
    ['yes', 'src/index.js:5 source.runMigrations(…)'],
  ],
  [
    'code that a program is given',
    { ask: 'migrates' },
    db({ up: 'node console.js --script "await umzug.up()"' }),
    ['yes', 'package.json:1 script "up" runs node console.js --script await umzug.up()'],
  ],
  [
    'a program of ours',
    { ask: 'migrates' },
    db({ up: 'run-migrations' }),
    ['yes', 'package.json:1 script "up" runs run-migrations'],
  ],
  [
    'a file of SQL by its name',
    { ask: 'migrates' },
    db({ up: 'sh db/migrate.sh' }, { 'db/migrate.sh': 'psql -f all.sql\n' }),
    ['yes', 'package.json:1 script "up" runs sh db/migrate.sh'],
  ],
])('%s', async (_, options, files, expected) => {
  expect(await asked('moves-schema', options, files)).toEqual(expected);
});

it('takes a tool that makes files of data for the keeper of no schema', async () => {
  const files = db(
    {},
    {
      'scripts/package.json': JSON.stringify({ name: 'icons', private: true, scripts: { generate: 'node build.js' } }),
      'scripts/build.js':
        "import Database from 'better-sqlite3';\nnew Database('icons.db').exec('CREATE TABLE `icons` (id)');\n",
    },
  );
  expect(await asked('moves-schema', { ask: 'makes' }, files, 'scripts')).toEqual(['no']);
});

it.each([
  ['without models of its own', '', ['no']],
  ['with models of its own', "db.define('job', { name: 'text' });\n", ['yes', 'worker/package.json:1 package worker']],
])('leaves the schema of a worker to the service beside it: %s', async (_, models, expected) => {
  const opened = "import { Sequelize } from 'sequelize';\nexport const db = new Sequelize(process.env.DB_URI);\n";
  const named = (name: string, dependencies: string[]) =>
    JSON.stringify({
      name,
      scripts: { start: 'node index.js' },
      dependencies: Object.fromEntries(dependencies.map((one) => [one, '6'])),
    });
  const files = {
    'package.json': '{ "private": true, "workspaces": ["api", "worker"] }',
    'api/package.json': named('api', ['express', 'sequelize']),
    'api/index.js': `import express from 'express';\n${opened}express().listen(1);\n`,
    'api/migrations/20240101000000-jobs.js':
      'module.exports = { up: (q, Sequelize) => q.createTable("jobs", {}), down() {} };\n',
    'worker/package.json': named('worker', ['bullmq', 'sequelize']),
    'worker/index.js': `import { Worker } from 'bullmq';\n${opened}${models}new Worker('jobs', () => db.query('select 1'));\n`,
  };
  expect(await asked('moves-schema', { ask: 'keeps' }, files, 'worker')).toEqual(expected);
});

it.each([
  ['that tells a registry nothing of itself', {}, ['yes', 'packages/kit/package.json:1 package kit']],
  ['with a licence for those who take it', { license: 'MIT' }, ['no']],
])('a library among others %s', async (_, manifest, expected) => {
  const own = kit(manifest, { 'migrations/001_notes.sql': 'CREATE TABLE notes (id int);\n' });
  const files = {
    'package.json': '{"private":true,"workspaces":["packages/*"]}',
    ...Object.fromEntries(Object.entries(own).map(([path, text]) => [`packages/kit/${path}`, text])),
  };
  expect(await asked('moves-schema', { ask: 'keeps-data' }, files, 'packages/kit')).toEqual(expected);
});
