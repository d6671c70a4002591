import { describe, expect, it } from 'vitest';
import { app, asked, at } from './_asked.ts';

describe('what a list is, and what is done with it', () => {
  const memory = async (statements: string, path = 'src/index.js') =>
    await asked('keeps-data', { ask: 'in-memory' }, { ...at(''), [path]: app(statements) });
  it.each<[title: string, statements: string, expected: string[]]>([
    [
      'changed and read',
      "const notes = [];\napp.post('/a', (req, res) => { notes.push(req.body); res.json(notes); });",
      ['yes', 'src/index.js:4 keeps notes in memory (array)'],
    ],
    ['changed alone', "const notes = [];\napp.post('/a', (req, res) => { notes.push(req.body); res.end(); });", ['no']],
    [
      'of two, searched',
      "const notes = [{ id: 1 }, { id: 2 }];\napp.get('/a', (req, res) => res.json(notes.find((one) => one.id === 1)));",
      ['yes', 'src/index.js:4 keeps notes in memory (array)'],
    ],
    [
      'of one, searched',
      "const notes = [{ id: 1 }];\napp.get('/a', (req, res) => res.json(notes.find((one) => one.id === 1)));",
      ['no'],
    ],
    [
      'of one, changed and searched',
      "const notes = [{ id: 1 }];\napp.post('/a', (req, res) => { notes.push(req.body); res.json(notes.find((one) => one.id === 1)); });",
      ['yes', 'src/index.js:4 keeps notes in memory (array)'],
    ],
    [
      'by names, read',
      "const notes = { a: { id: 1 }, b: { id: 2 } };\napp.get('/a', (req, res) => res.json(notes[req.query.id]));",
      ['no'],
    ],
    [
      'by names, changed and read',
      "const notes = {};\napp.post('/a', (req, res) => { notes[req.body.id] = req.body; res.json(notes[req.query.id]); });",
      ['yes', 'src/index.js:4 keeps notes in memory (object)'],
    ],
    [
      'a constant, searched',
      "const NOTE_KINDS = [{ id: 1 }, { id: 2 }];\napp.get('/a', (req, res) => res.json(NOTE_KINDS.find((one) => one.id === 1)));",
      ['no'],
    ],
    [
      'a constant, changed',
      "const NOTE_KINDS = [];\napp.post('/a', (req, res) => { NOTE_KINDS.push(req.body); res.json(NOTE_KINDS); });",
      ['yes', 'src/index.js:4 keeps NOTE_KINDS in memory (array)'],
    ],
    [
      'six of them',
      [1, 2, 3, 4, 5, 6]
        .map(
          (n) =>
            `const notes${n} = [];\napp.post('/a${n}', (req, res) => { notes${n}.push(req.body); res.json(notes${n}); });`,
        )
        .join('\n'),
      [
        'yes',
        'src/index.js:4 keeps notes1 in memory (array)',
        'src/index.js:6 keeps notes2 in memory (array)',
        'src/index.js:8 keeps notes3 in memory (array)',
        'src/index.js:10 keeps notes4 in memory (array)',
        'src/index.js:12 keeps notes5 in memory (array)',
      ],
    ],
  ])('%s', async (_, statements, expected) => expect(await memory(statements)).toEqual(expected));
  it('kept by a class', async () => {
    const files = at(
      app(
        "app.post('/a', (req, res) => { store.add(req.body); res.json(store.all()); });",
        "import { store } from './services/notes.js';",
      ),
      {
        'src/services/notes.js':
          'class Notes {\n  notes = [];\n  add(one) {\n    this.notes.push(one);\n  }\n  all() {\n    return this.notes;\n  }\n}\nexport const store = new Notes();\n',
      },
    );
    expect(await asked('keeps-data', { ask: 'in-memory' }, files)).toEqual([
      'yes',
      'src/services/notes.js:2 keeps notes in memory (array)',
    ]);
  });
});

describe('stores beside a client', () => {
  const pg = (statements: string) =>
    at(app(statements, "import { Pool } from 'pg';\nconst pool = new Pool();"), {}, ['pg']);
  const orders =
    "const orders = [];\napp.post('/orders', (req, res) => { orders.push(req.body); res.json(orders); });\n";
  it.each<[title: string, statements: string, expected: string[]]>([
    [
      'a query',
      "app.get('/a', (req, res) => res.json(pool.query('select * from a')));",
      ['yes', 'src/index.js:3 new Pool(…)'],
    ],
    [
      'no query',
      "app.get('/a', (req, res) => res.json([]));",
      ['no', 'src/index.js:3 new Pool(…)', 'src/index.js:2 imports pg'],
    ],
    [
      'a query beside a list',
      `${orders}app.get('/a', (req, res) => res.json(pool.query('select * from a')));`,
      ['yes', 'src/index.js:7 pool.query(…)'],
    ],
    [
      'six queries beside a list',
      `${orders}${[1, 2, 3, 4, 5, 6].map((n) => `app.get('/a${n}', (req, res) => res.json(pool.query('select * from a${n}')));`).join('\n')}`,
      [
        'yes',
        'src/index.js:7 pool.query(…)',
        'src/index.js:8 pool.query(…)',
        'src/index.js:9 pool.query(…)',
        'src/index.js:10 pool.query(…)',
        'src/index.js:11 pool.query(…)',
      ],
    ],
    [
      'a look whether it answers, beside a list',
      `${orders}app.get('/a', (req, res) => res.json(pool.query('SELECT 1')));`,
      [
        'no',
        'src/index.js:3 new Pool(…)',
        'src/index.js:7 res.json(…)',
        'src/index.js:5 keeps orders in memory (array)',
      ],
    ],
    [
      'a ping, beside a list',
      `${orders}app.get('/a', (req, res) => res.json(pool.query('ping')));`,
      [
        'no',
        'src/index.js:3 new Pool(…)',
        'src/index.js:7 res.json(…)',
        'src/index.js:5 keeps orders in memory (array)',
      ],
    ],
    [
      'a connection, beside a list',
      `${orders}pool.connect();`,
      [
        'no',
        'src/index.js:3 new Pool(…)',
        'src/index.js:7 pool.connect(…)',
        'src/index.js:5 keeps orders in memory (array)',
      ],
    ],
    [
      'events, beside a list',
      `${orders}pool.on('error', () => {});`,
      [
        'no',
        'src/index.js:5 keeps orders in memory (array)',
        'src/index.js:3 new Pool(…)',
        'src/index.js:7 pool.on(…)',
        'src/index.js:2 imports pg',
      ],
    ],
    [
      'its end, beside a list',
      `${orders}pool.end();`,
      [
        'no',
        'src/index.js:5 keeps orders in memory (array)',
        'src/index.js:3 new Pool(…)',
        'src/index.js:7 pool.end(…)',
        'src/index.js:2 imports pg',
      ],
    ],
  ])('%s', async (_, statements, expected) => {
    expect(await asked('keeps-data', { ask: 'persistently' }, pg(statements))).toEqual(expected);
  });
  const socket = (adapter: string, more = '', dependencies: string[] = []) =>
    at(
      app(
        `${more}\nio.adapter(createAdapter(pub, sub));\napp.get('/a', (req, res) => res.json([]));`,
        `import { createAdapter } from '${adapter}';\nimport { createClient } from 'redis';\nconst pub = createClient();\nconst sub = pub.duplicate();`,
      ),
      {},
      [adapter, 'redis', 'socket.io', ...dependencies],
    );
  it.each<[title: string, files: Record<string, string>, expected: string[]]>([
    [
      'Redis that carries messages',
      socket('@socket.io/redis-adapter'),
      ['no', 'src/index.js:2 @socket.io/redis-adapter carries messages and keeps nothing'],
    ],
    [
      'Redis that carries streams of messages',
      socket('@socket.io/redis-streams-adapter'),
      ['no', 'src/index.js:2 @socket.io/redis-streams-adapter carries messages and keeps nothing'],
    ],
    [
      'Redis that carries messages, as it was done before',
      socket('socket.io-redis'),
      ['no', 'src/index.js:2 socket.io-redis carries messages and keeps nothing'],
    ],
    ['Redis beside another adapter', socket('@acme/socket.io-redis'), ['yes', 'src/index.js:4 createClient(…)']],
    [
      'Redis that carries messages, and is asked',
      socket('@socket.io/redis-adapter', "app.get('/b', (req, res) => res.json(pub.get('a')));"),
      ['yes', 'src/index.js:7 pub.get(…)'],
    ],
  ])('%s', async (_, files, expected) => {
    expect(await asked('keeps-data', { ask: 'persistently' }, files)).toEqual(expected);
  });
});
