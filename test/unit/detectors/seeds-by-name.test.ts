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
  ])('a program that loads %s: %s', async (path, is) => {
    expect(await answer(runs, { 'src/index.js': `import '../${path}';\n`, [path]: 'fill();\n' })).toBe(is);
  });
});
