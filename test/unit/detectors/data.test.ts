import { describe, expect, it } from 'vitest';
import { app, asked, at, framework, service } from './_asked.ts';

/** What a program keeps: records, files of users, data to begin with. */
type Row = [title: string, options: object, files: Record<string, string>, expected: string[]];

const persistently = { ask: 'persistently' };
const inMemory = { ask: 'in-memory' };
const pg = (statements: string, more: Record<string, string> = {}) =>
  at(app(statements, "import { Pool } from 'pg';\nconst pool = new Pool();"), more, ['pg']);
const orders = "const orders = [];\napp.post('/orders', (req, res) => { orders.push(req.body); res.json(orders); });\n";
const worker = (body: string, settings: string) => ({
  'package.json': JSON.stringify({ name: 'api', devDependencies: { wrangler: '4' } }),
  'wrangler.toml': `name = "api"\nmain = "src/index.js"\n${settings}`,
  'src/index.js': `export default {\n  async fetch(request, env) {\n    return Response.json(${body});\n  },\n};\n`,
});
const d1 = '[[d1_databases]]\nbinding = "DB"\ndatabase_name = "notes"\ndatabase_id = "1"\n';

const topics =
  'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\nmodel Topic {\n  id Int @id\n}\n';

describe('where records are kept', () => {
  it.each<Row>([
    [
      'an array that routes change',
      inMemory,
      at(app(orders)),
      ['yes', 'src/index.js:4 keeps orders in memory (array)'],
    ],
    [
      'a map that routes change',
      inMemory,
      at(
        app(
          "const orders = new Map();\napp.post('/orders', (req, res) => { orders.set(req.body.id, req.body); res.json(orders.get(req.body.id)); });",
        ),
      ),
      ['yes', 'src/index.js:4 keeps orders in memory (map)'],
    ],
    [
      'a list that routes look through',
      inMemory,
      at(
        app(
          "const notes = [{ id: 1 }, { id: 2 }];\napp.get('/notes/:id', (req, res) => res.json(notes.find((one) => one.id === req.params.id)));",
        ),
      ),
      ['yes', 'src/index.js:4 keeps notes in memory (array)'],
    ],
    [
      'a list that routes hand out and nothing changes',
      inMemory,
      at(app("const notes = [{ id: 1 }, { id: 2 }];\napp.get('/notes', (req, res) => res.json(notes));")),
      ['no'],
    ],
    [
      'a list of one',
      inMemory,
      at(app("const notes = [{ id: 1 }];\napp.get('/notes', (req, res) => res.json(notes));")),
      ['no'],
    ],
    [
      'a menu that a component is drawn from',
      inMemory,
      framework(
        'next',
        {
          'pages/index.js':
            'export const getServerSideProps = () => ({ props: {} });\nexport default () => <Menu />;\n',
          'src/Menu.js':
            'const items = [{ id: 1 }, { id: 2 }];\nexport const Menu = ({ id }) => <Item {...items.find((one) => one.id === id)} />;\n',
        },
        ['react'],
      ),
      ['no'],
    ],
    [
      'a list that nothing reads',
      inMemory,
      at(app("const orders = [];\napp.post('/orders', (req, res) => { orders.push(req.body); res.json([]); });")),
      ['no'],
    ],
    [
      'a list of what is technical',
      inMemory,
      at(
        app(
          "const sessions = [];\napp.post('/orders', (req, res) => { sessions.push(req.body); res.json(sessions); });",
        ),
      ),
      ['no'],
    ],
    [
      'a list where nothing but health is asked',
      inMemory,
      at(app("const orders = [];\napp.get('/health', (req, res) => { orders.push(1); res.json(orders); });")),
      ['no'],
    ],
    [
      'a list in code that nothing runs',
      inMemory,
      at(app("app.get('/notes', (req, res) => res.json([]));"), {
        'src/other.js':
          "import express from 'express';\nconst orders = [];\nexport const add = (req, res) => { orders.push(req.body); res.json(orders); };\n",
      }),
      ['no'],
    ],
    [
      'a database that requests ask',
      persistently,
      pg("app.get('/notes', async (req, res) => res.json(await pool.query('select * from notes')));"),
      ['yes', 'src/index.js:3 new Pool(…)'],
    ],
    [
      'a database that nothing asks',
      persistently,
      at(
        app("app.get('/notes', (req, res) => res.json([]));"),
        { 'src/db.js': "import { Pool } from 'pg';\nexport const pool = new Pool();\n" },
        ['pg'],
      ),
      ['no', 'src/db.js:2 new Pool(…)', 'src/db.js:1 imports pg'],
    ],
    [
      'a database that is only opened, beside an array',
      persistently,
      pg(`${orders}pool.connect();`),
      [
        'no',
        'src/index.js:3 new Pool(…)',
        'src/index.js:7 pool.connect(…)',
        'src/index.js:5 keeps orders in memory (array)',
      ],
    ],
    [
      'a database that is only asked whether it is there, beside an array',
      persistently,
      pg(`${orders}app.get('/ready', async (req, res) => res.json(await pool.query('select 1')));`),
      [
        'no',
        'src/index.js:3 new Pool(…)',
        'src/index.js:7 res.json(…)',
        'src/index.js:5 keeps orders in memory (array)',
      ],
    ],
    [
      'a database that requests ask, beside an array',
      persistently,
      pg(`${orders}app.get('/notes', async (req, res) => res.json(await pool.query('select * from notes')));`),
      ['yes', 'src/index.js:7 pool.query(…)'],
    ],
    [
      'a client of Prisma under a name of its own',
      persistently,
      at(
        app(
          "app.get('/notes', async (req, res) => res.json(await db.note.findMany()));",
          "import { NotesPrismaClient } from './generated/client.js';\nconst db = new NotesPrismaClient();",
        ),
        {
          'prisma/schema.prisma':
            'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\nmodel Note {\n  id Int @id\n}\n',
          'src/generated/client.js': 'export class NotesPrismaClient {}\n',
        },
      ),
      ['yes', 'src/index.js:3 new NotesPrismaClient(…)'],
    ],
    [
      'a client generated into a folder that is not committed, which a class extends',
      persistently,
      at(
        app(
          "app.get('/notes', async (req, res) => res.json(await db.note.findMany()));",
          "import { Store } from './store.js';\nconst db = new Store();",
        ),
        {
          'prisma/schema.prisma':
            'generator client {\n  provider = "prisma-client"\n  output = "../src/made/db"\n}\nmodel Note {\n  id Int @id\n}\n',
          'src/store.js':
            "import { PrismaClient } from './made/db/client.js';\nexport class Store extends PrismaClient {}\n",
        },
      ),
      ['yes', 'src/store.js:2 uses PrismaClient'],
    ],
    [
      'Redis that carries messages of sockets',
      persistently,
      at(
        app(
          `${orders}const io = new Server(app.listen(1));\nio.adapter(createAdapter(client, client));`,
          "import { Server } from 'socket.io';\nimport { createAdapter } from '@socket.io/redis-adapter';\nimport { createClient } from 'redis';\nconst client = createClient();",
        ),
        {},
        ['socket.io', '@socket.io/redis-adapter', 'redis'],
      ),
      [
        'no',
        'src/index.js:7 keeps orders in memory (array)',
        'src/index.js:5 createClient(…)',
        'src/index.js:10 io.adapter(…)',
        'src/index.js:10 createAdapter(…)',
        'src/index.js:4 imports redis',
      ],
    ],
    ['nothing', persistently, at(app("app.get('/notes', (req, res) => res.json([]));")), ['no']],
    [
      'a database that the platform binds',
      { ask: 'bound' },
      worker("await env.DB.prepare('select * from notes').all()", d1),
      ['yes', 'src/index.js:3 env.DB.prepare(…)'],
    ],
    ['a database that the platform binds, and nothing asks', { ask: 'bound' }, worker('[]', d1), ['no']],
    ['another member of what is bound', { ask: 'bound' }, worker('env.DB.name', d1), ['no']],
    [
      'a store of keys that the platform binds',
      { ask: 'bound' },
      worker("await env.NOTES.get('all')", '[[kv_namespaces]]\nbinding = "NOTES"\nid = "1"\n'),
      ['yes', 'src/index.js:3 env.NOTES.get(…)'],
    ],
    [
      'what is called like one',
      { ask: 'bound' },
      worker("await env.OTHER.get('all')", '[[kv_namespaces]]\nbinding = "NOTES"\nid = "1"\n'),
      ['no'],
    ],
  ])('%s (%j)', async (_, options, files, expected) => {
    expect(await asked('keeps-data', options, files)).toEqual(expected);
  });
});

const takes = { ask: 'takes' };
const stores = { ask: 'stores' };
/** An upload, and what is done with it, beside a module that sets Cloudinary up. */
const cloud = (imports: string, keeps: string) =>
  at(
    app(
      `app.post('/files', multer().single('file'), async (req, res) => res.json(await ${keeps}));`,
      `${imports}\nimport multer from 'multer';`,
    ),
    {
      'src/cloud.js':
        "import { v2 as cloudinary } from 'cloudinary';\ncloudinary.config({ cloud_name: process.env.CLOUD });\nexport default cloudinary;\n",
    },
    ['cloudinary', 'multer'],
  );
const taken = [
  'src/cloud.js:2 cloudinary.config(…): takes files',
  'src/index.js:5 app.post(…): takes files',
  'src/index.js:5 multer().single(…): takes files',
  'src/index.js:5 multer(…): takes files',
];
const multer = (more = '', statements = '') =>
  at(
    app(
      `app.post('/files', upload.single('file'), (req, res) => res.json({}));\n${statements}`,
      `import multer from 'multer';\nconst upload = multer({ dest: 'uploads' });\n${more}`,
    ),
    {},
    ['multer', '@aws-sdk/client-s3'],
  );
const s3 = "import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';\nconst s3 = new S3Client({});";
const other = (path: string, text: string, more: Record<string, string>) => ({
  [path]: text,
  Dockerfile: 'FROM scratch\n',
  ...more,
});

describe('where files of users go', () => {
  it.each<Row>([
    [
      'an upload',
      takes,
      multer(),
      ['yes', 'src/index.js:3 multer(…)', 'src/index.js:6 app.post(…)', 'src/index.js:6 upload.single(…)'],
    ],
    [
      'object storage',
      takes,
      at(
        app("app.post('/files', async (req, res) => { await s3.send(new PutObjectCommand({})); res.json({}); });", s3),
        {},
        ['@aws-sdk/client-s3'],
      ),
      ['yes', 'src/index.js:3 new S3Client(…)', 'src/index.js:5 s3.send(…)', 'src/index.js:5 new PutObjectCommand(…)'],
    ],
    [
      'a form that is read by hand',
      takes,
      at(
        app(
          "app.post('/files', async (req, res) => { const form = await req.formData(); const file = form.get('file'); await save(await file.arrayBuffer()); res.json({}); });",
        ),
      ),
      ['yes', 'src/index.js:4 file.arrayBuffer(…) of an uploaded file'],
    ],
    [
      'a picture of a form that Bun writes',
      takes,
      at(
        app(
          "app.post('/files', async (req, res) => { const form = await req.parseBody(); await Bun.write('static/a', form.image); res.json({}); });",
        ),
      ),
      ['yes', 'src/index.js:4 Bun.write(…) of an uploaded file'],
    ],
    [
      'bytes of something else',
      takes,
      at(
        app(
          "app.post('/files', async (req, res) => { const answer = await fetch('https://a.example'); await save(await answer.arrayBuffer()); res.json({}); });",
        ),
      ),
      ['no'],
    ],
    [
      'an upload of another language',
      takes,
      other('main.go', 'package main\nfunc f() { r.FormFile("a") }\n', {
        'go.mod': 'module a\nrequire github.com/gin-gonic/gin v1.0.0\n',
      }),
      ['yes', 'main.go:2 takes or keeps a file'],
    ],
    [
      'an upload of Python',
      takes,
      other('app.py', 'from flask import request\nrequest.files["a"]\n', { 'requirements.txt': 'flask\n' }),
      ['yes', 'app.py:2 takes or keeps a file'],
    ],
    [
      'nothing of another language',
      takes,
      other('app.py', 'from flask import request\n', { 'requirements.txt': 'flask\n' }),
      ['no'],
    ],
    ['nothing', takes, at(app("app.get('/notes', (req, res) => res.json([]));")), ['no']],
    [
      'on the disk',
      stores,
      multer(),
      [
        'no',
        'src/index.js:3 multer(…): takes files',
        'src/index.js:6 app.post(…): takes files',
        'src/index.js:6 upload.single(…): takes files',
      ],
    ],
    [
      'in object storage',
      stores,
      multer(s3, "app.set('put', () => s3.send(new PutObjectCommand({})));"),
      ['yes', 'src/index.js:5 new S3Client(…)', 'src/index.js:8 s3.send(…)', 'src/index.js:8 new PutObjectCommand(…)'],
    ],
    [
      'in the buckets of a back end whose client another module makes',
      stores,
      {
        ...at(
          app(
            "app.post('/files', async (req, res) => { await client.storage.from('a').upload('b', req.body); res.json({}); });",
            "import { client } from './client.js';",
          ),
          {
            'src/client.js':
              "import { createClient } from '@supabase/supabase-js';\nexport const client = createClient(process.env.A_URL, process.env.A_KEY);\n",
          },
          ['@supabase/supabase-js'],
        ),
      },
      ['yes', 'src/index.js:4 client.storage.from(…)'],
    ],
    [
      'in object storage that nothing uses',
      stores,
      { ...multer(), 'src/store.js': `${s3}\nexport const put = () => s3.send(new PutObjectCommand({}));\n` },
      [
        'no',
        'src/index.js:3 multer(…): takes files',
        'src/index.js:6 app.post(…): takes files',
        'src/index.js:6 upload.single(…): takes files',
      ],
    ],
    [
      'in a bucket that is bound',
      stores,
      worker("await env.FILES.put('a', request.body)", '[[r2_buckets]]\nbinding = "FILES"\nbucket_name = "files"\n'),
      ['yes', 'src/index.js:3 env.FILES.put(…) keeps it in a bucket that is bound'],
    ],
    [
      'in what is called like one',
      stores,
      worker("await env.OTHER.put('a', request.body)", '[[r2_buckets]]\nbinding = "FILES"\nbucket_name = "files"\n'),
      ['no'],
    ],
    [
      'where Strapi is told to',
      stores,
      {
        'package.json': JSON.stringify({
          name: 'cms',
          scripts: { start: 'strapi start' },
          dependencies: { '@strapi/strapi': '5' },
        }),
        'config/plugins.js':
          "module.exports = {\n  upload: {\n    config: {\n      provider: 'aws-s3',\n    },\n  },\n};\n",
        'src/index.js': 'module.exports = {};\n',
      },
      ['yes', 'config/plugins.js:4 uploads go to aws-s3'],
    ],
    [
      'where Strapi keeps them itself',
      stores,
      {
        'package.json': JSON.stringify({
          name: 'cms',
          scripts: { start: 'strapi start' },
          dependencies: { '@strapi/strapi': '5' },
        }),
        'config/plugins.js': "module.exports = { upload: { config: { provider: 'local' } } };\n",
        'src/index.js': 'module.exports = {};\n',
      },
      ['no'],
    ],
    ['where a client is only told its account', stores, cloud("import './cloud.js';", 'null'), ['no', ...taken]],
    [
      'through a client that a module hands on',
      stores,
      cloud("import cloud from './cloud.js';", 'cloud.uploader.upload(req.file.path)'),
      ['yes', 'src/index.js:5 cloud.uploader.upload(…)'],
    ],
  ])('%s (%j)', async (_, options, files, expected) => {
    expect(await asked('takes-files', options, files)).toEqual(expected);
  });
});

const runs = { ask: 'runs' };
const exists = { ask: 'exists' };
const scripted = (scripts: Record<string, string>, more: Record<string, string> = {}, rest: object = {}) => ({
  'package.json': JSON.stringify(
    {
      name: 'api',
      scripts: { start: 'node src/index.js', ...scripts },
      dependencies: { express: '5', pg: '8' },
      ...rest,
    },
    null,
    1,
  ),
  'src/index.js': app(''),
  ...more,
});
const database = (more: string) => ({ 'compose.yaml': `services:\n  db:\n    image: postgres:17\n${more}` });

describe('data to begin with', () => {
  it.each<Row>([
    [
      'a script',
      runs,
      scripted({ seed: 'node db/seed.js' }, { 'db/seed.js': '' }),
      ['yes', 'package.json:5 script "seed" runs node db/seed.js'],
    ],
    [
      'a script under another name',
      runs,
      scripted({ 'db:fill': 'node db/seed-notes.js' }, { 'db/seed-notes.js': '' }),
      ['yes', 'package.json:5 script "db:fill" runs node db/seed-notes.js'],
    ],
    ['a script that writes a new one', runs, scripted({ 'seed:create': 'sequelize seed:generate --name a' }), ['no']],
    [
      'a script that copies one',
      runs,
      scripted({ copy: 'cp db/seed.js dist' }, { 'db/seed.js': '' }),
      ['no', 'db/seed.js:1 seed file'],
    ],
    [
      'a script that draws at random',
      runs,
      scripted({ draw: 'node tools/random-seed.js' }, { 'tools/random-seed.js': '' }),
      ['no'],
    ],
    [
      'a script that sets up',
      runs,
      scripted(
        { setup: 'node db/setup.js' },
        {
          'db/setup.js':
            "import { pool } from './db.js';\nawait pool.query('insert into notes values (1)');\nawait pool.query('insert into tags values (1)');\n",
          'db/db.js': '',
        },
      ),
      ['yes', 'package.json:5 script "setup" runs node db/setup.js'],
    ],
    [
      'a script that sets up, and fills nothing',
      runs,
      scripted(
        { setup: 'node db/setup.js' },
        { 'db/setup.js': "import { pool } from './db.js';\nawait pool.query('create table notes (id int)');\n" },
      ),
      ['no'],
    ],
    [
      'a script that sets up something else',
      runs,
      scripted({ setup: 'node tools/setup.js' }, { 'tools/setup.js': 'list.insert(1);\nlist.insert(2);\n' }),
      ['no'],
    ],
    [
      'the setting of Prisma',
      runs,
      scripted({}, { 'prisma/fill.js': '' }, { prisma: { seed: 'node prisma/fill.js' } }),
      ['yes', "package.json:11 the ORM's seed setting"],
    ],
    [
      'the setting of a configuration',
      runs,
      scripted(
        {},
        { 'prisma.config.ts': "export default {\n  migrations: {\n    seed: 'tsx prisma/fill.ts',\n  },\n};\n" },
      ),
      ['yes', "prisma.config.ts:3 the ORM's seed setting"],
    ],
    [
      'Supabase',
      runs,
      scripted({}, { 'supabase/seed.sql': 'insert into notes values (1);\n' }),
      ['yes', 'supabase/seed.sql:1 seed that Supabase runs on reset'],
    ],
    [
      'what the database runs when it is empty',
      runs,
      scripted(
        {},
        {
          ...database('    volumes: ["./db/init:/docker-entrypoint-initdb.d"]\n'),
          'db/init/1.sql': 'INSERT INTO notes VALUES (1);\n',
        },
      ),
      ['yes', 'compose.yaml:4 mounts what the database runs when it is empty'],
    ],
    [
      'what the database runs, which makes tables alone',
      runs,
      scripted(
        {},
        {
          ...database('    volumes: ["./db/init:/docker-entrypoint-initdb.d"]\n'),
          'db/init/1.sql': 'CREATE TABLE notes (id int);\n',
        },
      ),
      ['no'],
    ],
    [
      'a volume of the database',
      runs,
      scripted(
        {},
        {
          ...database('    volumes: ["./db/init:/var/lib/postgresql"]\n'),
          'db/init/1.sql': 'INSERT INTO notes VALUES (1);\n',
        },
      ),
      ['no'],
    ],
    [
      'a service that fills',
      runs,
      scripted({}, database('  db-seed:\n    image: postgres:17\n')),
      ['yes', 'compose.yaml:4 service db-seed'],
    ],
    [
      'a service whose name holds the word',
      runs,
      scripted({}, database('  seedling:\n    image: postgres:17\n')),
      ['no'],
    ],
    [
      'the program itself',
      runs,
      {
        ...scripted({}),
        'src/index.js': app('seedNotes();', "import { seedNotes } from './seedNotes.js';"),
        'src/seedNotes.js': 'export const seedNotes = () => {};\n',
      },
      ['yes', 'src/seedNotes.js:1 seeder that the program runs'],
    ],
    [
      'the program, where it finds nothing yet',
      runs,
      {
        ...scripted({}),
        'src/index.js': app('initTopics();', "import { initTopics } from './initTopics.js';"),
        'src/initTopics.js':
          "export async function initTopics() {\n  const found = await db.topics.findFirst();\n  if (!found) {\n    await db.topics.create({ data: { names: ['cats', 'dogs'] } });\n  }\n}\n",
      },
      ['yes', 'src/initTopics.js:1 seeder that the program runs'],
    ],
    [
      'the program, which sets something else up',
      runs,
      {
        ...scripted({}),
        'src/index.js': app('initQueue();', "import { initQueue } from './initQueue.js';"),
        'src/initQueue.js':
          "export async function initQueue() {\n  const open = queue.isOpen();\n  if (!open) {\n    throw new Error('closed');\n  }\n  return queue.create('mail');\n}\n",
      },
      ['no'],
    ],
    [
      'a route that people ask',
      runs,
      {
        ...scripted({}),
        'src/index.js': app('add(app);', "import { add } from './routes/seeds/import.js';"),
        'src/routes/seeds/import.js': 'export const add = (app) => {};\n',
      },
      ['no', 'src/routes/seeds/import.js:1 seed file'],
    ],
    ['a file that nothing runs', runs, scripted({}, { 'db/seed.js': '' }), ['no', 'db/seed.js:1 seed file']],
    ['a file that nothing runs', exists, scripted({}, { 'db/seed.js': '' }), ['yes', 'db/seed.js:1 seed file']],
    [
      'a file of records that nothing runs',
      exists,
      scripted({}, { 'db/seeds/notes.csv': '' }),
      ['yes', 'db/seeds/notes.csv:1 seed file'],
    ],
    ['a picture of that name', exists, scripted({}, { 'public/seed.svg': '' }), ['no']],
    ['a test of that name', exists, scripted({}, { 'test/seed.test.js': '' }), ['no']],
    [
      'the seed of a key, in a script of the shell',
      runs,
      scripted({}, { 'start.sh': '#!/bin/sh\nprintf a | openssl dgst -hmac "${key_seed}"\n' }),
      ['no'],
    ],
    ['nothing', exists, scripted({}), ['no']],
  ])('%s (%j)', async (_, options, files, expected) => {
    expect(await asked('seeds-database', options, files)).toEqual(expected);
  });

  /** A script that sets up, by how it opens the database and how it fills it. */
  const setup = (opens: string, writes: string) =>
    scripted({ setup: 'node db/setup.js' }, { 'db/setup.js': `${opens}\n${writes}\n${writes}\n` });
  const opening = "import { pool } from '../lib/database.js';";
  const filling = "pool.query('insert into notes values (1)');";
  it.each([
    'mongoose.connect(url);',
    'const db = createConnection({});',
    'const db = createPool({});',
    'const db = new PrismaClient();',
    'const db = new Sequelize(url);',
    'const db = new DataSource({});',
    'const db = new MongoClient(url);',
    "const Note = require('../models/note');",
    "const Note = require('./model/note');",
    "import { db } from '../db.js';",
    "const db = require('../src/mongoClient');",
    "import prisma from './lib/prisma';",
  ])('a script that sets up opens it: %s', async (opens) => {
    expect((await asked('seeds-database', runs, setup(opens, filling)))[0]).toBe('yes');
  });
  it.each([
    'Note.insertMany([]);',
    'db.collection.insertOne({});',
    'Note.bulkCreate([]);',
    'prisma.note.createMany({});',
    'db.note.upsert({});',
    'knex.insert({});',
    'await new Note({ text: 1 }).save();',
    "pool.query('INSERT INTO notes values (1)');",
  ])('and fills it: %s', async (writes) => {
    expect((await asked('seeds-database', runs, setup(opening, writes)))[0]).toBe('yes');
  });
  /** A package beside the service. */
  const beside = (path: string, scripts: object, text: string) =>
    at(app(''), {
      [`${path}/package.json`]: JSON.stringify({ name: path, private: true, scripts, dependencies: { pg: '8' } }),
      [`${path}/index.js`]: text,
    });
  it.each([
    [
      'sends records to its API',
      beside('scripts', { seed: 'node index.js' }, "fetch('http://localhost:3000/notes');\n"),
      'yes',
    ],
    ['is named for its data', beside('mock-data', { generate: 'node index.js' }, `${opening}\n${filling}\n`), 'yes'],
    [
      'is named for data that it only prints',
      beside('mock-data', { generate: 'node index.js' }, 'console.log([]);\n'),
      'no',
    ],
    ['is named for nothing', beside('scripts', { generate: 'node index.js' }, `${opening}\n${filling}\n`), 'no'],
  ])('a package beside it that %s', async (_, files, answer) => {
    expect((await asked('seeds-database', runs, files))[0]).toBe(answer);
  });
  it('nor by records that are named after seeds', async () => {
    const files = at(app('use(Seeding);', "import { Seeding } from './seeding.entity.js';"), {
      'src/seeding.entity.js': 'export class Seeding {}\n',
    });
    expect((await asked('seeds-database', exists, files))[0]).toBe('no');
  });
  it('nor by a script that names a file which is not there', async () => {
    const files = at(app(''), {
      'package.json': service({ scripts: { start: 'node src/index.js', seed: 'node seed.js' } }),
    });
    expect((await asked('seeds-database', runs, files))[0]).toBe('no');
    expect((await asked('seeds-database', runs, { ...files, 'seed.js': 'fill();\n' }))[0]).toBe('yes');
  });

  it.each([
    ['it is told what to run', { prisma: { seed: 'tsx fill.ts' } }, 'yes'],
    ['it is told nothing', {}, 'no'],
  ])('Prisma seeds where %s', async (_, settings, answer) => {
    const files = {
      'package.json': service({ scripts: { start: 'node src/index.js', 'db:seed': 'prisma db seed' }, ...settings }),
      'src/index.js': app(''),
    };
    expect((await asked('seeds-database', runs, files))[0]).toBe(answer);
  });
  it.each([
    ['what opens nothing', "import { list } from './list.js';", 'list.insert(1);'],
    ['what only reads', opening, "pool.query('select * from notes');"],
  ])('nor by %s', async (_, opens, writes) => {
    expect((await asked('seeds-database', runs, setup(opens, writes)))[0]).toBe('no');
  });

  it.each([
    ['one schema beside them', { 'prisma/schema.prisma': topics }, 'yes'],
    ['a schema each', { 'apps/shop/prisma/schema.prisma': topics, 'apps/staff/prisma/schema.prisma': topics }, 'no'],
  ])('what another program writes at start counts with %s', async (_, schemas, answer) => {
    const program = (body: string) =>
      `import { PrismaClient } from '@prisma/client';\n${app(`${body}\nnew PrismaClient().topic.findMany();`)}`;
    const files = {
      'package.json': JSON.stringify({ private: true, workspaces: ['apps/*'] }),
      'apps/shop/package.json': service({ name: 'shop' }, ['@prisma/client']),
      'apps/shop/src/index.js': program('').replace('import', "import './seed.js';\nimport"),
      'apps/shop/src/seed.js': 'fill();\n',
      'apps/staff/package.json': service({ name: 'staff' }, ['@prisma/client']),
      'apps/staff/src/index.js': program(''),
      ...schemas,
    };
    expect((await asked('seeds-database', runs, files, 'apps/shop'))[0]).toBe('yes');
    expect((await asked('seeds-database', runs, files, 'apps/staff'))[0]).toBe(answer);
  });
});
