import { describe, expect, it } from 'vitest';
import { app, asked, service } from './_asked.ts';

const db = (scripts: Record<string, string>, more: Record<string, string> = {}, dependencies = ['knex']) => ({
  'package.json': service({ scripts: { start: 'node src/index.js', ...scripts } }, dependencies),
  'src/index.js': app(''),
  ...more,
});
const answer = async (ask: string, files: Record<string, string>) =>
  (await asked('moves-schema', { ask }, files))[0]!.replace(/:.*/, '');

describe('commands that bring a database up to date', () => {
  it.each([
    'knex migrate:latest',
    'sequelize db:migrate',
    'sequelize db:migrate:all',
    'typeorm migration:run',
    'typeorm migrations:up',
    'mikro-orm migration:fresh',
    'tool migrations:execute',
    'tool migrate-up',
    'tool migrate-deploy',
    'tool run-migrations',
    'tool migrate:production',
    'prisma migrate deploy',
    'node scripts/migrate.js',
    'node migrate.js',
    'node scripts/apply-migrations.mjs',
    'node scripts/runMigrations.cjs',
    'node scripts/dbmigration.js',
    'node scripts/db-migrate-up.ts',
    'node scripts/db.migrator.js',
    'node scripts/migrations-run.js',
    'node scripts/migratelatest.js',
    'sh scripts/migrate.sh',
    'migrations',
    'migration',
    'run-migrations',
    'run-migration',
  ])('%s', async (command) => expect(await answer('migrates', db({ fill: command }))).toBe('yes'));
  it.each([
    'knex migrate:make notes',
    'knex migrate:rollback',
    'sequelize db:migrate undo',
    'typeorm migration:create',
    'prisma migrate status',
    'tool generate:all migrate',
    'tool migrate --help',
    'tool undb:migrate',
    'tool migrate:latestly',
    'node scripts/migrate.jsx',
    'node scripts/emigrate.js',
    'node scripts/migrated.js',
    'node scripts/migrate.ejs',
    'premigrations',
    'migrations-of-birds',
    'tool migrations:list',
  ])('not %s', async (command) => expect(await answer('migrates', db({ fill: command }))).toBe('no'));
});

describe('tables that code creates', () => {
  const sql = (text: string, path = 'src/tables.js') => db({}, { [path]: `const sql = \`\n${text}\n\`;\n` });
  it.each([
    'CREATE TABLE notes (id int)',
    'create  table  notes (id int)',
    'create table if not exists notes (id int)',
    'CREATE TABLE "notes" (id int)',
    "CREATE TABLE 'notes' (id int)",
    'CREATE TABLE [notes] (id int)',
    'CREATE TABLE ${name} (id int)',
    'CREATE TABLE {{name}} (id int)',
  ])('%s', async (text) => {
    const found = await asked('moves-schema', { ask: 'makes' }, sql(text));
    expect(found).toContain('src/tables.js:2 creates tables in code');
  });
  it.each(['createtable notes', 'create table', 'create table (a)', '// create table notes', '  # create table notes'])(
    'not %s',
    async (text) => {
      const found = await asked('moves-schema', { ask: 'makes' }, sql(text));
      expect(found.filter((one) => one.startsWith('src/tables.js'))).toEqual([]);
    },
  );
  it.each([
    ['src/db.yaml', true],
    ['src/db.yml', true],
    ['src/db.json', true],
    ['src/db.py', true],
    ['ormconfig', true],
    ['src/ormconfig.env.local', true],
    ['src/db.pyc', false],
    ['src/db.md', false],
    ['src/myormconfig', false],
    ['src/ormconfig-notes', false],
    ['src/migrations/first.js', false],
    ['src/migration/first.js', false],
    ['src/tsconfig.base.json', false],
    ['composer.json', false],
    ['pnpm-lock.yaml', false],
    ['src/my-pnpm-lock.yaml', true],
  ])('in %s: %s', async (path, is) => {
    const found = await asked('moves-schema', { ask: 'makes' }, sql('create table notes (id int)', path));
    expect(found.some((one) => one.startsWith(`${path}:`) && one.includes('creates tables'))).toBe(is);
  });
});

describe('settings of an ORM that change tables', () => {
  const typeorm = (line: string) =>
    db(
      {},
      { 'src/db.js': `import { DataSource } from 'typeorm';\nexport const db = new DataSource({\n${line}\n});\n` },
      ['typeorm'],
    );
  it.each([
    ['  synchronize: true,', 'synchronize: true'],
    ['  "synchronize" :true', 'synchronize: true'],
    ["  type: 'pg', synchronize:  true", 'synchronize: true'],
    ['  synchronize: trueish', ''],
    ['  synchronize: false', ''],
    ['  // synchronize: true', ''],
    ['  # synchronize: true', ''],
    ['  url: "pg://a", synchronize: true', ''],
    ['  migrationsRun: true', 'runs migrations at start (migrationsRun)'],
    ["  'migrationsRun' : isProduction", 'runs migrations at start (migrationsRun)'],
    ['  migrationsRun:all', 'runs migrations at start (migrationsRun)'],
    ['  migrationsRun: false', ''],
    ['  migrationsRun:  false', ''],
    ['  migrationsRun: falsely', 'runs migrations at start (migrationsRun)'],
    ['  // migrationsRun: true', ''],
  ])('%s: %s', async (line, note) => {
    const ask = /synchronize/.test(line) ? 'pushes' : 'migrates';
    const found = await asked('moves-schema', { ask }, typeorm(line));
    expect(found.filter((one) => one.startsWith('src/db.js:3'))).toEqual(note ? [`src/db.js:3 ${note}`] : []);
  });
});

const deployed = (script: string) => ({ Dockerfile: `FROM node:22\nCOPY . .\nRUN npm run ${script}\nCMD npm start\n` });

describe('pushes', () => {
  it.each([
    ['build', 'yes'],
    ['prebuild', 'yes'],
    ['poststart', 'yes'],
    ['vercel-build', 'yes'],
    ['rebuild', 'no'],
    ['building', 'no'],
  ])('by the script "%s" of what is deployed: %s', async (name, is) => {
    expect(await answer('pushes-on-deploy', db({ [name]: 'prisma db push' }, deployed(name)))).toBe(is);
  });
  it.each([
    ['prisma db push', 'yes'],
    ['drizzle-kit push', 'yes'],
    ['drizzle-kit push:pg', 'yes'],
    ['drizzle-kit pushing', 'no'],
    ['drizzle-kit unpush', 'no'],
    ['typeorm schema:sync', 'yes'],
    ['mikro-orm schema:fresh', 'yes'],
    ['tool db:push', 'yes'],
    ['tool mydb:push', 'no'],
    ['tool db:pushed', 'no'],
    ['tool myschema:sync', 'no'],
  ])('%s: %s', async (command, is) => {
    expect((await asked('moves-schema', { ask: 'pushes' }, db({ fill: command })))[0]!.slice(0, 2)).toBe(
      is.slice(0, 2),
    );
  });
});

describe('tables that Sequelize makes', () => {
  const sync = (call: string, name = 'sequelize') =>
    db(
      {},
      {
        'src/index.js': app(
          `${call};\napp.get('/', () => ${call.split('.')[0]}.query('x'));`,
          `import { Sequelize } from '${name}';\nconst ${call.split('.')[0]} = new Sequelize('x');`,
        ),
      },
      [name],
    );
  it.each([
    ['sequelize.sync()', 'sequelize', true],
    ['db.sync()', '@sequelize/core', true],
    ['conn.sync()', 'sequelize-typescript', true],
    ['connection.sync()', 'sequelize', true],
    ['model.sync()', 'sequelize', true],
    ['models.sync()', 'sequelize', true],
    ['dbOfNotes.sync()', 'sequelize', true],
    ['db.sync()', 'my-sequelize', false],
    ['clock.sync()', 'sequelize', false],
    ['db.syncAll()', 'sequelize', false],
  ])('%s of %s: %s', async (call, name, is) => {
    const found = await asked('moves-schema', { ask: 'pushes' }, sync(call, name));
    expect(found.some((one) => one.includes('.sync'))).toBe(is);
  });
});
