import { describe, expect, it } from 'vitest';
import { asked, service } from './_asked.ts';

const exists = { ask: 'exists' };
const runs = { ask: 'runs' };
const scripts = (more: Record<string, string>) => service({ scripts: { start: 'node src/index.js', ...more } }, ['pg']);
const answer = async (options: object, files: Record<string, string>) =>
  (await asked('seeds-database', options, { 'package.json': scripts({}), 'src/index.js': '', ...files }))[0]!.slice(
    0,
    2,
  );

describe('files that hold data to begin with, by their names', () => {
  it.each([
    'seed.js',
    'seeds/notes.json',
    'db/seeders/notes.js',
    'db/seeder/notes.ts',
    'db/seeding/notes.rb',
    'src/db-seed/notes.sql',
    'src/db_seeds.yml',
    'src/notes.seed.csv',
    'src/userseed.ts',
    'src/userseeds.mjs',
    'src/seeddata.sql',
    'src/userseeder.py',
    'src/userseeders.sh',
    'scripts/seedNotes.ts',
    'seedNotes.cjs',
    'src/noteSeed.js',
    'src/noteSeeder.ts',
    'src/note2Seeds.mts',
    'src/noteSeedData.js',
    'scripts/populatedb.js',
    'scripts/populate-db.js',
    'scripts/populatedata.js',
    'scripts/populate_data.js',
    'scripts/populate-data.js',
    'scripts/loadfixtures.py',
    'scripts/load-fixtures.py',
    'db/sampledata.json',
    'db/sample-data.json',
    'scripts/importdata.js',
    'scripts/import-data.js',
    'db/demodata.json',
    'db/demo-data.json',
    'db/dummydata.json',
    'db/dummy-data.json',
    'db/dummy_data.json',
    'db/seed.svg.sql',
    'db/seed.model.json',
    'db/seed.types.json',
    'seed/notes.go',
    'seed/notes.php',
    'seed/notes.yaml',
    'seed/notes.cjs',
    'db/mydemo_data.json',
    'populate_data.js',
  ])('%s', async (path) => expect(await answer(exists, { [path]: '' })).toBe('ye'));
  it.each([
    '.claude/skills/notes/seed-notes.js',
    'src/seedling.js',
    'src/proceed.jsx',
    'src/linseed.css',
    'src/userseed.tsx',
    'src/userseed.ejs',
    'src/myseedNotes.js',
    'src/noteSeed.ejs',
    'src/noteSeedling.js',
    'src/seednotes.ts',
    'src/-Seed.txt.js.map',
    'src/seed.md',
    'src/seed.test.js',
    'src/random-seed.js',
    'src/seed.d.ts',
    'src/populate.js',
    'src/userseed.sql.json',
    'src/seedNotes.js.json',
    'src/seedNotes.txt',
    'src/randomseed.js',
    'src/seedrandom.js',
    'src/reseed.js',
    'src/seed.entity.ts',
    'src/seed.plant-entity.js',
    'src/seed.type.ts',
    'src/seed.types.ts',
    'src/seed.dto.mts',
    'src/seed.model.cjs',
    'src/seed.interface.ts',
    'src/seed.enum.ts',
    'src/seed.repository.ts',
    'src/seed.factory.ts',
    'src/seed.spec.ts',
    'test/seed.ts',
    'src/seeds.d.ts',
    'src/seed.jsx',
    'src/seed.json5',
    'src/populate.db.js',
    'src/load.fixtures.js',
    'src/sample.data.js',
    'src/import/data.js',
    'src/notes.js',
  ])('not %s', async (path) => expect(await answer(exists, { [path]: '' })).toBe('no'));
});

describe('settings of an ORM', () => {
  it.each([
    ['prisma.config.ts', "export default {\n  migrations: {\n    seed: 'tsx fill.ts',\n  },\n};\n", 'ye'],
    ['prisma.config.mjs', "seeds = 'fill.ts'\n", 'ye'],
    ['prisma.config.js', "  seed: 'fill.ts'\n", 'ye'],
    ['apps.prisma.config.js', "  seed: 'fill.ts'\n", 'no'],
    ['prisma.config.jsx', "  seed: 'fill.ts'\n", 'no'],
    ['prisma.config.ts', "export default { reseed: 'a' };\n", 'no'],
    ['prisma.config.ts', '// what seed: means\n', 'no'],
    ['supabase/config.toml', '[db.seed]\nenabled = true\n', 'ye'],
    ['supabase/config.toml', '  [db.seed]\n', 'ye'],
    ['mysupabase/config.toml', '[db.seed]\n', 'no'],
    ['supabase/config.toml', 'path = "[db.seed]"\n', 'no'],
    ['supabase/seed.sql', 'insert into notes values (1);\n', 'ye'],
    ['main.wasp', 'app notes {\n  db: {\n    seeds: [fill]\n  }\n}\n', 'ye'],
    ['main.wasp.ts', 'app.db({\n  seeds: [fill],\n});\n', 'ye'],
  ])('%s: %s', async (path, text, is) => expect(await answer(runs, { [path]: text })).toBe(is));
});

describe('scripts that set up, by their names', () => {
  const fill = "const db = require('./db');\ndb.connect(process.env.DB);\ndb.insert({ a: 1 });\ndb.insert({ a: 2 });\n";
  it.each([
    ['setup', 'ye'],
    ['first-time-setup', 'ye'],
    ['firsttimesetup', 'ye'],
    ['initialize', 'ye'],
    ['initialise', 'ye'],
    ['install:db', 'ye'],
    ['bootstrap-database', 'ye'],
    ['db:reset', 'ye'],
    ['fixture', 'ye'],
    ['fixtures', 'ye'],
    ['populate-app', 'ye'],
    ['setup-mail', 'no'],
    ['presetup', 'no'],
    ['initialixe', 'no'],
    ['setup_db', 'no'],
    ['fill', 'no'],
  ])('%s: %s', async (name, is) => {
    const files = { 'package.json': scripts({ [name]: 'node tools/start.js' }), 'tools/start.js': fill };
    expect(await answer(runs, files)).toBe(is);
  });
  it.each([
    ["import { db } from './database.js';\n", 'ye'],
    ["import { db } from '../lib/db';\n", 'ye'],
    ["const db = require('./mongodb.cjs');\n", 'ye'],
    ["const db = require('./prisma');\n", 'ye'],
    ["import { db } from 'database';\n", 'no'],
    ["import { db } from './databases';\n", 'no'],
    ["const { User } = require('./model/user');\n", 'ye'],
    ["const { User } = require('./models/user');\n", 'ye'],
    ['const pool = new Pool();\n', 'ye'],
    ['', 'no'],
  ])('%s opens what it fills: %s', async (head, is) => {
    const text = `${head}insert.all();\nnew Note({ a: 1 }).save();\nnew Note().save();\n`;
    const files = { 'package.json': scripts({ setup: 'node tools/start.js' }), 'tools/start.js': text };
    expect(await answer(runs, files)).toBe(is);
  });
});

describe('programs that seed', () => {
  it.each([
    ['node tools/seed.js', 'ye'],
    ['node tools/missing-seed.js', 'no'],
    ['node dist/missing-seed.js', 'ye'],
    ['node build/missing-seed.mjs', 'ye'],
    ['tsx rebuild/missing-seed.js', 'no'],
    ['knex seed:run', 'ye'],
    ['knex seed:make notes', 'no'],
    ['sequelize seed:generate --name notes', 'no'],
    ['sequelize db:seed:all', 'ye'],
    ['sequelize db:seed undo', 'no'],
    ['cp tools/seed.js out', 'no'],
    ['rm -rf db/seeds', 'no'],
    ['eslint db/seeds', 'no'],
    ['gitmoji db/seeds', 'ye'],
    ['cpx db/seeds', 'ye'],
    ['mv db/seeds old', 'no'],
    ['prettier db/seeds', 'no'],
    ['tsc db/seeds', 'no'],
    ['git add db/seeds', 'no'],
    ['rimraf db/seeds', 'no'],
    ['mkdir db/seeds', 'no'],
    ['sequelize seed:create --name notes', 'no'],
    ['artisan make seeder', 'no'],
    ['plop generate seeds', 'no'],
    ['artisan remake seeder', 'ye'],
    ['mikro-orm seed', 'ye'],
    ['prisma db execute --file db/seed.sql', 'ye'],
    ['prisma db seed', 'no'],
    ['node tools/missing-seed.js --all', 'no'],
    ['node --watch tools/missing-seed.mjs', 'no'],
    ['tsx missing-seed.ts', 'no'],
    ['ts-node missing-seed.cts', 'no'],
    ['bun missing-seed.ts', 'no'],
    ['vite-node missing-seed.ts', 'ye'],
    ['tsx lib/missing-seed.js', 'ye'],
    ['node out/missing-seed.js', 'ye'],
    ['node api/dist/missing-seed.js', 'ye'],
    ['node tools/*-seed.js', 'ye'],
    ['node $TOOLS/missing-seed.js', 'no'],
    ['node tools/$STAGE-seed.js', 'ye'],
    ['psql -f db/seed-$STAGE.sql', 'ye'],
    ['psql --$my_seed', 'no'],
    ['nps banner.seed', 'no'],
    ['nps db.seed', 'ye'],
    ['psql -f db/seeds.test.sql', 'no'],
  ])('%s: %s', async (command, is) => {
    const files = { 'package.json': scripts({ fill: command }), 'tools/seed.js': '' };
    expect(await answer(runs, files)).toBe(is);
  });
  it.each([
    ['seed-db', 'ye'],
    ['db-seeder', 'ye'],
    ['seeds', 'ye'],
    ['my_seed', 'ye'],
    ['seedling', 'no'],
    ['linseed', 'no'],
  ])('a service of compose called %s: %s', async (name, is) => {
    const files = {
      Dockerfile: 'FROM node:22\nCMD ["node", "src/index.js"]\n',
      'compose.yml': `services:\n  api: { build: . }\n  ${name}: { image: acme/fill }\n`,
    };
    expect(await answer(runs, files)).toBe(is);
  });
  it.each([
    ['INSERT INTO notes VALUES (1);', 'ye'],
    ['  insert   into notes values (1);', 'ye'],
    ['copy notes from stdin;', 'ye'],
    ['db.notes.insertMany([]);', 'ye'],
    ['db.notes.insertOne({});', 'ye'],
    ['db.notes.insert({});', 'ye'],
    ['mongoimport --file a.json', 'ye'],
    ['-- insert into', 'no'],
    ['CREATE DATABASE notes;', 'no'],
    ['copy', 'no'],
    ['copy   notes from stdin;', 'ye'],
    ['create table notes (id int);\n  copy notes from stdin;', 'ye'],
    ['create table notes (id int);\ninsert into notes values (1);', 'ye'],
    ['mongorestore dump', 'ye'],
    ['pg_restore dump', 'ye'],
    ['insertinto notes', 'no'],
    ['recopy notes', 'no'],
  ])('what the database runs when it is empty, %s: %s', async (text, is) => {
    const files = {
      'init/notes.sql': text,
      'compose.yml': 'services:\n  db:\n    image: postgres:16\n    volumes: ["./init:/docker-entrypoint-initdb.d"]\n',
    };
    expect(await answer(runs, files)).toBe(is);
  });
  it.each([
    ['src/seed.js', 'ye'],
    ['src/routes/seeds.js', 'ye'],
    ['src/api/importdata.js', 'no'],
    ['src/handler/importdata.js', 'no'],
    ['src/controllers/importdata.js', 'no'],
    ['src/apis/importdata.js', 'ye'],
    ['route/importdata.js', 'no'],
    ['controller/importdata.js', 'no'],
    ['pages/importdata.js', 'no'],
    ['handlers/importdata.js', 'no'],
    ['src/pages/importdata.js', 'no'],
    ['src/router/importdata.js', 'ye'],
    ['src/pages/seed-notes.js', 'ye'],
    ['src/pages/seeds/importdata.js', 'no'],
    ['src/seed.model.js', 'no'],
  ])('a program that loads %s: %s', async (path, is) => {
    expect(await answer(runs, { 'src/index.js': `import '../${path}';\n`, [path]: 'fill();\n' })).toBe(is);
  });
});

describe('scripts and files in number', () => {
  const many = [1, 2, 3, 4, 5];
  it('names four of the scripts', async () => {
    const files = {
      'package.json': scripts(Object.fromEntries(many.map((n) => [`seed:${n}`, `knex seed:run --only ${n}`]))),
      'src/index.js': '',
    };
    expect(await asked('seeds-database', runs, files)).toEqual([
      'yes',
      'package.json:1 script "seed:1" runs knex seed:run --only 1',
      'package.json:1 script "seed:2" runs knex seed:run --only 2',
      'package.json:1 script "seed:3" runs knex seed:run --only 3',
      'package.json:1 script "seed:4" runs knex seed:run --only 4',
    ]);
  });
  it.each([
    [exists, 'yes'],
    [runs, 'no'],
  ])('names four of the files (%j)', async (options, is) => {
    const files = {
      'package.json': scripts({}),
      'src/index.js': '',
      ...Object.fromEntries(many.map((n) => [`db/seeds/${n}.sql`, ''])),
    };
    expect(await asked('seeds-database', options, files)).toEqual([
      is,
      'db/seeds/1.sql:1 seed file',
      'db/seeds/2.sql:1 seed file',
      'db/seeds/3.sql:1 seed file',
      'db/seeds/4.sql:1 seed file',
    ]);
  });
});

describe('where the folder lies that the database runs when it is empty', () => {
  it.each([
    ['compose.yml', './init', 'init/1.sql', 'ye'],
    ['compose.yml', './init/', 'init/1.sql', 'ye'],
    ['compose.yml', './init/1.sql', 'init/1.sql', 'ye'],
    ['compose.yml', './init', 'init/sub/1.sql', 'ye'],
    ['compose.yml', './init', 'initial/1.sql', 'no'],
    ['compose.yml', './init', 'db/init/1.sql', 'no'],
    ['compose.yml', '../init', 'init/1.sql', 'no'],
    ['deploy/compose.yml', './init', 'deploy/init/1.sql', 'ye'],
    ['deploy/compose.yml', '../init', 'init/1.sql', 'ye'],
    ['deploy/compose.yml', './init', 'init/1.sql', 'ye'],
    ['deploy/compose.yml', './init', 'other/init/1.sql', 'no'],
  ])('%s mounts %s, and there is %s: %s', async (compose, source, file, is) => {
    const files = {
      [file]: 'insert into notes values (1);\n',
      [compose]: `services:\n  db:\n    image: postgres:16\n    volumes: ["${source}:/docker-entrypoint-initdb.d"]\n`,
    };
    expect(await answer(runs, files)).toBe(is);
  });
  it('is nowhere where the volume has no name', async () => {
    const files = {
      'init.sql': 'insert into notes values (1);\n',
      'compose.yml': 'services:\n  db:\n    image: postgres:16\n    volumes: ["/docker-entrypoint-initdb.d"]\n',
    };
    expect(await answer(runs, files)).toBe('no');
  });
  it('has one file of several that fills', async () => {
    const files = {
      'init/1.sql': 'create database notes;\n',
      'init/2.sql': 'insert into notes values (1);\n',
      'compose.yml': 'services:\n  db:\n    image: postgres:16\n    volumes: ["./init:/docker-entrypoint-initdb.d"]\n',
    };
    expect(await answer(runs, files)).toBe('ye');
  });
});

describe('what writes the first records, by its name', () => {
  const fill = 'export const fill = async () => {\n  if (!found) {\n    await db.topics.create({});\n  }\n};\n';
  const program = (path: string, text: string) =>
    answer(runs, { 'src/index.js': `import '../${path}';\n`, [path]: text });
  it.each([
    'src/initTopics.js',
    'initTopics.mjs',
    'src/InitTopics.js',
    'src/init-topics.js',
    'src/init_topics.js',
    'src/initializeTopics.js',
    'src/initialiseTopics.js',
    'src/createDefaultTopics.js',
    'src/CreateDefaultTopics.js',
    'src/create-default-topics.js',
    'src/create_initial_topics.js',
    'src/createInitial.js',
    'src/createInitials.js',
    'src/createDefaults.js',
    'src/insertDefaultTopics.js',
    'src/InsertInitialTopics.js',
    'src/addDefaultTopics.js',
    'src/AddInitialTopics.js',
    'src/addInitial-topics.js',
  ])('%s', async (path) => expect(await program(path, fill)).toBe('ye'));
  it.each([
    'src/init.js',
    'src/initial.js',
    'src/initialTopics.js',
    'src/initials/topics.js',
    'src/initTopics/fill.js',
    'src/reinitTopics.js',
    'src/recreateDefaultTopics.js',
    'src/createTopics.js',
    'src/createDefaulted.js',
    'src/create.default.js',
    'src/createdDefaults.js',
    'src/topics.js',
  ])('not %s', async (path) => expect(await program(path, fill)).toBe('no'));
  it.each([
    ['if (!found) db.topics.create({});', 'ye'],
    ['if(!found){db.topics.create({});}', 'ye'],
    ['if  (  !found  )  {  db.topics.createMany([]); }', 'ye'],
    ['if (count === 0) { db.topics.insertMany([]); }', 'ye'],
    ['if (count==0) { db.topics.insertOne({}); }', 'ye'],
    ['if (topics.length === 0) { Topic.bulkCreate([]); }', 'ye'],
    ['if (topics.size === 0) { Topic.bulkCreate([]); }', 'no'],
    ['if (count = 0) { db.topics.create({}); }', 'no'],
    ['if (count === 10) { db.topics.create({}); }', 'no'],
    ['if (found) { db.topics.create({}); }', 'no'],
    ['if (!found) { return; } db.topics.create({});', 'no'],
    ['if (!found) { log(1); db.topics.create({}); }', 'no'],
    ['if (!found) { createTopic({}); }', 'no'],
    ['if (!found) { db.topics.creates({}); }', 'no'],
  ])('where it finds none: %s: %s', async (text, is) => expect(await program('src/initTopics.js', text)).toBe(is));
});

describe('a package beside the program that fills its database', () => {
  const opens = "import { pool } from './lib/database.js';\n";
  const inserts = "pool.query('insert into notes values (1)');\n";
  it.each([
    ['seed', 'ye'],
    ['seeds', 'ye'],
    ['seeder', 'ye'],
    ['seeders', 'ye'],
    ['packages/seed', 'ye'],
    ['packages/db-seed', 'ye'],
    ['packages/mock-data', 'ye'],
    ['packages/mockdata', 'ye'],
    ['packages/demo-data', 'ye'],
    ['packages/sampledata', 'ye'],
    ['packages/dummy-data', 'ye'],
    ['packages/mock-data-types', 'no'],
    ['packages/unmockdata', 'no'],
    ['packages/birdseed', 'no'],
    ['packages/mock-datum', 'no'],
  ])('%s: %s', async (path, is) => {
    const files = {
      [`${path}/package.json`]: JSON.stringify({
        name: 'fill',
        private: true,
        scripts: { write: 'node index.js' },
        dependencies: { pg: '8' },
      }),
      [`${path}/index.js`]: opens + inserts,
    };
    expect(await answer(runs, files)).toBe(is);
  });
  it.each([
    ['opens it alone', opens],
    ['writes into something else', inserts],
    ['does nothing', ''],
  ])('not one that %s', async (_, text) => {
    const files = {
      'mock-data/package.json': JSON.stringify({ name: 'fill', private: true, scripts: { write: 'node index.js' } }),
      'mock-data/index.js': text,
    };
    expect(await answer(runs, files)).toBe('no');
  });
  it('not a library of the workspace with a seeder of its own', async () => {
    const files = {
      'packages/notes/package.json': JSON.stringify({
        name: 'notes',
        version: '1.0.0',
        main: 'index.js',
        scripts: { seed: 'node fill.js' },
      }),
      'packages/notes/index.js': 'export const a = 1;\n',
      'packages/notes/fill.js': 'fetch("http://localhost:3000");\n',
      'scripts/package.json': JSON.stringify({ name: 'scripts', private: true, scripts: { hello: 'node index.js' } }),
      'scripts/index.js': 'console.log(1);\n',
    };
    expect(await answer(runs, files)).toBe('no');
  });
});

describe('programs of a workspace', () => {
  const workspace = (more: Record<string, string>) => ({
    'package.json': JSON.stringify({ private: true, workspaces: ['apps/*'] }),
    'apps/shop/package.json': scripts({}),
    'apps/shop/src/index.js': '',
    'apps/staff/package.json': scripts({}).replace('"api"', '"staff"'),
    'apps/staff/src/index.js': '',
    ...more,
  });
  const seeder = 'services:\n  seeder: { image: acme/fill }\n';
  const asksPrisma = { private: true, workspaces: ['apps/*'], scripts: { fill: 'prisma db seed' } };
  it.each([
    ['compose.yml', { 'compose.yml': seeder }, 'ye'],
    ['deploy/compose.yml', { 'deploy/compose.yml': seeder }, 'ye'],
    ['apps/shop/compose.yml', { 'apps/shop/compose.yml': seeder }, 'ye'],
    ['apps/staff/compose.yml', { 'apps/staff/compose.yml': seeder }, 'no'],
    ['a script of the root that asks Prisma', { 'package.json': JSON.stringify(asksPrisma) }, 'no'],
    [
      'a script of the root that asks Prisma, which another package tells what to run',
      {
        'package.json': JSON.stringify(asksPrisma),
        'apps/staff/package.json': scripts({})
          .replace('{', '{"prisma":{"seed":"tsx fill.ts"},')
          .replace('"api"', '"staff"'),
      },
      'ye',
    ],
  ])('%s', async (_, more, is) => {
    expect((await asked('seeds-database', runs, workspace(more), 'apps/shop'))[0]!.slice(0, 2)).toBe(is);
  });
});
