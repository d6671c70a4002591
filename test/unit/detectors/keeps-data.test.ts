import { expect, it } from 'vitest';
import { app, asked, at, service } from './_asked.ts';

const workspace = {
  'package.json': JSON.stringify({ name: 'shop', private: true, workspaces: ['apps/*', 'packages/*'] }),
  'apps/api/package.json': service({}, ['@shop/db']),
  'packages/db/package.json': JSON.stringify({ name: '@shop/db', main: 'index.js', dependencies: { pg: '8' } }),
  'packages/db/index.js': "import pg from 'pg';\nexport const db = { pool: new pg.Pool({ max: 2 }) };\n",
};
const orders = "const orders = [];\napp.post('/orders', (req, res) => { orders.push(req.body); res.json(orders); });\n";

/** Where the data of requests is kept: what the files say, what is asked of them, the answer and what shows it. */
it.each<[title: string, ask: string, files: Record<string, string>, path: string, expected: string[]]>([
  [
    'in an array that routes change',
    'in-memory',
    at(app(orders)),
    '.',
    ['yes', 'src/index.js:4 keeps orders in memory (array)'],
  ],
  [
    'a list of addresses that a route hands out is no data',
    'in-memory',
    at(
      app(
        "const paths = [{ path: '/a', title: 'A' }, { path: '/b', title: 'B' }];\napp.get('/', (req, res) => res.json(paths));",
      ),
    ),
    '.',
    ['no'],
  ],
  [
    'a list of who is there now is no data',
    'in-memory',
    at(
      app(
        "let onlineUsers = [];\napp.post('/here', (req, res) => { onlineUsers.push(req.body.id); res.json(onlineUsers); });",
      ),
    ),
    '.',
    ['no'],
  ],
  [
    'by models that one object hands to everybody',
    'persistently',
    at(
      app(
        "open();\napp.get('/notes', async (req, res) => res.json(await req.app.models.notes.query().limit(9)));",
        "import { open } from './db.js';",
      ),
      {
        'src/db.js':
          "import { Model } from 'objection';\nimport Knex from 'knex';\nexport const open = () => Model.knex(Knex({}));\n",
      },
      ['objection', 'knex'],
    ),
    '.',
    ['yes', 'src/index.js:5 req.app.models.notes.query(…)', 'src/db.js:3 Model.knex(…)'],
  ],
  [
    'the same words without a client',
    'persistently',
    at(app("app.get('/notes', async (req, res) => res.json(await req.app.models.notes.query()));")),
    '.',
    ['no'],
  ],
  [
    'by models of a client that a module of ours hands on',
    'persistently',
    {
      'package.json': service({}, ['mongoose']),
      'src/index.js':
        "const express = require('express');\nconst Note = require('./note');\nconst app = express();\nconst orders = [];\napp.post('/orders', (req, res) => { orders.push(req.body); res.json(orders); });\napp.get('/notes', async (req, res) => res.json(await Note.find({})));\napp.listen(3000);\n",
      'src/note.js':
        "const store = require('./store');\nmodule.exports = store.model('Note', new store.Schema({ text: String }));\n",
      'src/store.js':
        "const mongoose = require('mongoose');\nmongoose.set('strict', true);\nmodule.exports = mongoose;\n",
    },
    '.',
    ['yes', 'src/index.js:6 Note.find(…)'],
  ],
  [
    'by a client of the workspace, known by the name of its package',
    'persistently',
    {
      ...workspace,
      'apps/api/src/index.js': app(
        `${orders}app.get('/users', async (req, res) => res.json(await db.pool.query('SELECT * FROM users')));`,
        "import { db } from '@shop/db';",
      ),
    },
    'apps/api',
    ['yes', 'apps/api/src/index.js:6 db.pool.query(…)'],
  ],
  [
    "by a client of Prisma's, which another module makes",
    'persistently',
    at(
      app(
        "app.get('/users', async (req, res) => res.json(await db.user.findMany()));",
        "import { db } from './db.js';",
      ),
      { 'src/db.js': "import { PrismaClient } from '@prisma/client';\nexport const db = new PrismaClient();\n" },
      ['@prisma/client'],
    ),
    '.',
    ['yes', 'src/db.js:2 new PrismaClient(…)'],
  ],
  [
    'a record whose type Prisma gives is no client',
    'persistently',
    {
      ...at("import './main.ts';\n", {}, ['@prisma/client']),
      'src/main.ts': app(
        "const shown = (document: Document) => document.getElementById('a');\napp.get('/', (req, res) => res.send(shown(req)));",
        "import { Document } from '@prisma/client';",
      ),
    },
    '.',
    ['no'],
  ],
  [
    'in an array, beside a client of the workspace that nothing asks',
    'persistently',
    { ...workspace, 'apps/api/src/index.js': app(orders, "import { db } from '@shop/db';\nexport { db };") },
    'apps/api',
    [
      'no',
      'apps/api/src/index.js:5 keeps orders in memory (array)',
      'packages/db/index.js:2 new pg.Pool(…)',
      'packages/db/index.js:1 imports pg',
    ],
  ],

  [
    'by a client, in code that nothing runs, beside an array',
    'persistently',
    at(
      app(orders, "import './db.js';"),
      {
        'src/db.js':
          "import pg from 'pg';\nexport const pool = new pg.Pool();\nexport const all = () => pool.query('SELECT * FROM orders');\n",
      },
      ['pg'],
    ),
    '.',
    [
      'no',
      'src/index.js:4 keeps orders in memory (array)',
      'src/db.js:2 new pg.Pool(…)',
      'src/db.js:3 pool.query(…)',
      'src/db.js:1 imports pg',
    ],
  ],
  [
    'by a client, in code that runs, beside an array',
    'persistently',
    at(
      app(
        `${orders}app.get('/all', (req, res) => all().then((rows) => res.json(rows)));`,
        "import { all } from './db.js';",
      ),
      {
        'src/db.js':
          "import pg from 'pg';\nexport const pool = new pg.Pool();\nexport const all = () => pool.query('SELECT * FROM orders');\n",
      },
      ['pg'],
    ),
    '.',
    ['yes', 'src/db.js:3 pool.query(…)', 'src/index.js:6 all().then(…)'],
  ],
  [
    'by a client that is only asked whether it is there, beside an array',
    'persistently',
    at(
      app(
        `${orders}app.get('/health', (req, res) => pool.query('SELECT 1').then(() => res.end()));`,
        "import pg from 'pg';\nconst pool = new pg.Pool();",
      ),
      {},
      ['pg'],
    ),
    '.',
    [
      'no',
      'src/index.js:3 new pg.Pool(…)',
      'src/index.js:7 pool.query().then(…)',
      'src/index.js:5 keeps orders in memory (array)',
    ],
  ],
  [
    'by a client that is only opened, beside an array',
    'persistently',
    at(app(`${orders}pool.connect();`, "import pg from 'pg';\nconst pool = new pg.Pool();"), {}, ['pg']),
    '.',
    [
      'no',
      'src/index.js:3 new pg.Pool(…)',
      'src/index.js:7 pool.connect(…)',
      'src/index.js:5 keeps orders in memory (array)',
    ],
  ],
  [
    'by a client of another module, beside an array',
    'persistently',
    at(
      app(
        `${orders}app.get('/all', (req, res) => db.query('SELECT * FROM a').then((rows) => res.json(rows)));`,
        "import { db } from './db.js';",
      ),
      { 'src/db.js': "import pg from 'pg';\nexport const db = new pg.Pool();\n" },
      ['pg'],
    ),
    '.',
    ['yes', 'src/index.js:6 db.query().then(…)', 'src/index.js:6 db.query(…)'],
  ],
  ['by nothing', 'persistently', at(app('')), '.', ['no']],
  ['by a client that is installed alone', 'persistently', at(app(''), {}, ['pg']), '.', ['no']],
])('%s', async (_, ask, files, path, expected) => {
  expect(await asked('keeps-data', { ask }, files, path)).toEqual(expected);
});
