import { describe, expect, it } from 'vitest';
import { app, asked, at } from './_asked.ts';

type Row = [code: string, expected: string];
const answer = async (files: Record<string, string>, ask: 'used' | 'exists' = 'used'): Promise<string> =>
  (await asked('caches-answers', { ask }, files))[0]!.replace(/:.*/, '');

describe('a client of Redis that answers are kept in', () => {
  const direct = (call: string, key = "'books'") =>
    at(
      app(
        `const redis = new Redis();\napp.get('/books', async (req, res) => { res.json(await ${call}(${key})); });`,
        "import Redis from 'ioredis';",
      ),
      {},
      ['ioredis'],
    );
  it.each<Row>([
    ...'get,set,setex,setEx,psetex,pSetEx,mget,mset,hget,hset,hgetall,hGet,hSet,hGetAll,getex,fetch,wrap,remember,getOrSet,add,replace'
      .split(',')
      .map((name): Row => [`redis.${name}`, 'yes']),
    ['redis.json.get', 'yes'],
    ['redis.json.set', 'yes'],
    ['redis.getset', 'no'],
    ['redis.xadd', 'no'],
    ['redis.ping', 'no'],
  ])('%s: %s', async (call, expected) => {
    expect(await answer(direct(call))).toBe(expected);
  });
  it.each<Row>(
    'session,auth,token,login,otp,verify,confirm,invite,queue,job,bull,worker,rate,limit,throttle,lock,mutex,pubsub,pub_sub,publish,subscribe,socket,presence,online,event,stream,message,broker,blacklist,denylist,counter,leaderboard,health,cart,basket,upload,tus,docstore,doc_store,vector'
      .split(',')
      .map((word): Row => [word, 'no']),
  )('what %s speaks of is kept, not cached', async (word, expected) => {
    expect(await answer(direct('redis.get', `'${word}'`))).toBe(expected);
  });
  it.each<Row>([
    ["'status'", 'yes'],
    ['`books ${req.params.id}`', 'yes'],
    ['`session ${req.params.id}`', 'no'],
    ['sessionKey', 'no'],
    ['bookKey', 'yes'],
  ])('under %s: %s', async (key, expected) => {
    expect(await answer(direct('redis.get', key))).toBe(expected);
  });

  const through = (
    call: string,
    name: string,
    module = "import { createClient } from 'redis';\nexport const CLIENT = createClient();\n",
    path = 'cache.js',
  ) =>
    at(
      app(
        `app.get('/books', async (req, res) => { res.json(await ${call}('books')); });`,
        `import { ${name} } from './${path}';`,
      ),
      { [`src/${path}`]: module.replace('CLIENT', name) },
      ['redis'],
    );
  const opaque = 'export const CLIENT = make();\n';
  it.each<[string, string, string, string, string]>([
    ['cache.get', 'cache', opaque, 'cache.js', 'yes'],
    ['bookCache.get', 'bookCache', opaque, 'store.js', 'yes'],
    ['cacheService.get', 'cacheService', opaque, 'store.js', 'yes'],
    ['redis.get', 'redis', opaque, 'store.js', 'yes'],
    ['redisClient.get', 'redisClient', opaque, 'store.js', 'yes'],
    ['appRedisStore.get', 'appRedisStore', opaque, 'store.js', 'yes'],
    ['store.get', 'store', opaque, 'store.js', 'no'],
    ['books.get', 'books', opaque, 'cache.js', 'no'],
  ])('%s of %s (%s) in %s: %s', async (call, name, module, path, expected) => {
    expect(await answer(through(call, name, module, path))).toBe(expected);
  });

  const owned = (field: string) =>
    at(
      app(
        "const books = new Books();\napp.get('/books', (req, res) => res.json(books.all()));",
        "import { Books } from './books.js';",
      ),
      {
        'src/books.js': `const size = process.env.SIZE;\nexport class Books {\n  constructor(given) { this.given = given; }\n  all() { return ${field}.get('books'); }\n}\n`,
      },
    );
  it.each<Row>([
    ['this.cache', 'yes'],
    ['this.bookCache', 'yes'],
    ['this.redis', 'yes'],
    ['this.given', 'no'],
    ['given.cache', 'no'],
  ])('%s: %s', async (field, expected) => {
    expect(await answer(owned(field))).toBe(expected);
  });

  it('is what those who take a wrapper make of it', async () => {
    const wrapped = (taker: string, wrapper = 'kv.js') =>
      at(
        app("app.get('/books', books);", `import { books } from './${taker}';`),
        {
          [`src/${taker}`]: `import { read } from './${wrapper}';\nexport const books = async (req, res) => res.json(await read(req.params.id));\n`,
          [`src/${wrapper}`]:
            "import Redis from 'ioredis';\nconst client = new Redis();\nexport const read = (id) => client.get(id);\n",
        },
        ['ioredis'],
      );
    expect(await answer(wrapped('books.js'))).toBe('yes');
    expect(await answer(wrapped('session.js'))).toBe('no');
    expect(await answer(wrapped('session.js', 'cache.js'))).toBe('yes');
  });
});

describe('what is shown of a cache', () => {
  const shown = async (ask: 'used' | 'exists', files: Record<string, string>) =>
    (await asked('caches-answers', { ask }, files)).join('; ');
  const redis = "import Redis from 'ioredis';\nconst redis = new Redis();\n";
  const route = (body: string) => `app.get('/books', async (req, res) => { ${body}; res.json([]); });`;
  const direct = (statements: string, more: Record<string, string> = {}) =>
    at(app(statements, redis), more, ['ioredis', 'pg', 'node-cache', 'kit']);
  const idle = (body: string) => direct(route('1'), { 'src/idle.js': `${redis}${body}\n` });
  it.each<[title: string, ask: 'used' | 'exists', files: Record<string, string>, expected: string]>([
    [
      'more uses than are shown',
      'used',
      direct(route("await redis.get('a');\nredis.get('b');\nredis.get('c');\nredis.get('d');\nredis.get('e')")),
      'yes; src/index.js:6 redis.get(…); src/index.js:7 redis.get(…); src/index.js:8 redis.get(…); src/index.js:9 redis.get(…)',
    ],
    [
      'a use in idle code',
      'used',
      idle("export const books = () => redis.get('books');"),
      'no; src/idle.js:3 redis.get(…)',
    ],
    [
      'a use in idle code',
      'exists',
      idle("export const books = () => redis.get('books');"),
      'yes; src/idle.js:3 redis.get(…); src/index.js:2 imports ioredis',
    ],
    [
      'more uses in idle code than are shown',
      'exists',
      idle("export const books = () => redis.get('a');\nredis.get('b');\nredis.get('c');\nredis.get('d');"),
      'yes; src/idle.js:3 redis.get(…); src/idle.js:4 redis.get(…); src/idle.js:5 redis.get(…)',
    ],
    [
      'a use, and one in idle code',
      'used',
      direct(route("await redis.get('a')"), { 'src/idle.js': `${redis}redis.get('b');\n` }),
      'yes; src/index.js:6 redis.get(…)',
    ],
    [
      'a use in a sample',
      'used',
      direct("import('./examples/a.js');", { 'src/examples/a.js': `${redis}redis.get('b');\n` }),
      'no',
    ],
    [
      'a client in a module of queues and caches',
      'exists',
      at(app(route('1')), { 'src/queue-cache.js': redis }, ['ioredis']),
      'yes; src/queue-cache.js:1 imports ioredis',
    ],
    [
      'a client in a module of queues',
      'exists',
      { ...direct(route('1')), 'src/index.js': app(route('1'), "import './queue.js';"), 'src/queue.js': redis },
      'no',
    ],
    [
      'where nothing starts',
      'used',
      {
        'package.json': JSON.stringify({ name: 'api', dependencies: { express: '4', ioredis: '5' } }),
        Dockerfile: 'FROM node:22\nCOPY . .\n',
        'lib/books.js': `import express from 'express';\n${redis}express().listen(redis.get('books'));\n`,
      },
      'unknown: what starts api was not found, so what it reaches is not known; lib/books.js:4 redis.get(…)',
    ],
    [
      'where nothing starts',
      'exists',
      {
        'package.json': JSON.stringify({ name: 'api', dependencies: { express: '4', ioredis: '5' } }),
        Dockerfile: 'FROM node:22\nCOPY . .\n',
        'lib/books.js': `import express from 'express';\n${redis}express().listen(redis.get('books'));\n`,
      },
      'unknown: what starts api was not found, so what it reaches is not known; lib/books.js:4 redis.get(…)',
    ],
    [
      'in a function of what is kept',
      'used',
      direct(`const sessions = async () => redis.get('books');\n${route('await sessions()')}`),
      'no',
    ],
    [
      'in a function of its own name',
      'used',
      direct(`const books = async () => redis.get('books');\n${route('await books()')}`),
      'yes; src/index.js:6 redis.get(…)',
    ],
    [
      'in a class of what is kept',
      'used',
      direct(
        `class Sessions { read() { return redis.get('books'); } }\nconst made = new Sessions();\n${route('await made.read()')}`,
      ),
      'no',
    ],
    [
      'in a class of its own name',
      'used',
      direct(
        `class Books { read() { return redis.get('books'); } }\nconst made = new Books();\n${route('await made.read()')}`,
      ),
      'yes; src/index.js:6 redis.get(…)',
    ],
    [
      'in a folder of what is kept',
      'used',
      {
        ...direct(''),
        'src/index.js': app(route('await books()'), "import { books } from './sessions/books.js';"),
        'src/sessions/books.js': `${redis}export const books = () => redis.get('books');\n`,
      },
      'no',
    ],
    [
      'in a folder further up of what is kept',
      'used',
      {
        ...direct(''),
        'src/index.js': app(route('await books()'), "import { books } from './sessions/a/books.js';"),
        'src/sessions/a/books.js': `${redis}export const books = () => redis.get('books');\n`,
      },
      'yes; src/sessions/a/books.js:3 redis.get(…)',
    ],
    ['without a key', 'used', direct(route('await redis.mget()')), 'yes; src/index.js:6 redis.mget(…)'],
    ['under a number', 'used', direct(route('await redis.get(1)')), 'yes; src/index.js:6 redis.get(…)'],
    [
      'a package of that name that caches nothing',
      'used',
      at(app(route("cache.get('books')"), "import { cache } from 'kit';"), {}, ['kit']),
      'no',
    ],
    [
      'a client of another store, of another module',
      'used',
      at(
        app(route("client.get('books')"), "import { client } from './store.js';"),
        { 'src/store.js': "import pg from 'pg';\nexport const client = new pg.Client();\n" },
        ['pg'],
      ),
      'no',
    ],
    [
      'a client of Redis, of another module',
      'used',
      at(
        app(route("client.get('books')"), "import { client } from './store.js';"),
        { 'src/store.js': "import Redis from 'ioredis';\nexport const client = new Redis();\n" },
        ['ioredis'],
      ),
      'yes; src/index.js:4 client.get(…)',
    ],
    [
      'a client of Redis, of a package',
      'used',
      at(app(route("client.get('books')"), "import { client } from 'kit';"), {}, ['kit', 'ioredis']),
      'no',
    ],
    [
      'a module around a cache of the process and one of all',
      'used',
      at(
        app(route("cache.get('books')"), "import { cache } from './cache.js';"),
        {
          'src/cache.js':
            "import Redis from 'ioredis';\nimport NodeCache from 'node-cache';\nexport const cache = make(Redis, NodeCache);\n",
        },
        ['ioredis', 'node-cache'],
      ),
      'yes; src/index.js:4 cache.get(…)',
    ],
    [
      'a module around a cache of the process',
      'used',
      at(
        app(route("cache.get('books')"), "import { cache } from './cache.js';"),
        { 'src/cache.js': "import NodeCache from 'node-cache';\nexport const cache = make(NodeCache);\n" },
        ['node-cache'],
      ),
      'no',
    ],
    [
      'a module of a folder of that name',
      'used',
      at(app(route("redisOf.get('books')"), "import { redisOf } from './cache/index.js';"), {
        'src/cache/index.js': 'export const redisOf = make();\n',
      }),
      'yes; src/index.js:4 redisOf.get(…)',
    ],
    ['a name that is nowhere', 'used', at(app(route("cache.get('books')"))), 'no'],
    [
      'a type that a module of sessions takes alone',
      'used',
      {
        'package.json': direct('')['package.json']!.replace('node src/index.js', 'tsx src/index.ts'),
        'src/index.ts': app(route('await books(1)'), "import { books } from './books.js';\nimport './session.js';"),
        'src/books.ts':
          "import type { Kv } from './kv.js';\nimport { other } from './other.js';\nexport const books = (id) => other(id);\n",
        'src/other.ts': 'export const other = (id) => id;\n',
        'src/session.ts': "import { read } from './kv.js';\nread(1);\n",
        'src/kv.ts': `${redis}export type Kv = 1;\nexport const read = (id) => redis.get(id);\n`,
      },
      'no',
    ],
    [
      'a wrapper that a module of sessions takes, and a sample',
      'used',
      {
        ...direct(''),
        'src/index.js': app(route('1'), "import './session.js';"),
        'src/session.js': "import { read } from './kv.js';\nread(1);\n",
        'src/examples/books.js': "import { read } from '../kv.js';\nread(1);\n",
        'src/kv.js': `${redis}export const read = (id) => redis.get(id);\n`,
      },
      'no',
    ],
  ])('%s (%s): %s', async (_, ask, files, expected) => {
    expect(await shown(ask, files)).toEqual(expected);
  });
});

describe('headers and files that may be kept', () => {
  const shown = async (files: Record<string, string>) =>
    (await asked('caches-answers', { ask: 'used' }, files)).join('; ');
  const answering = (body: string, imports = '') =>
    at(app(`app.get('/a', (req, res) => { ${body} res.end(); });`, imports));
  it.each<[body: string, expected: string]>([
    ...'set,header,setHeader,append,writeHead,headers,json,send,setHeaders,setResponseHeader,cacheControl'
      .split(',')
      .map((name): [string, string] => [
        `res.${name}('Cache-Control', 'max-age=60');`,
        `yes; src/index.js:4 res.${name}(…) lets answers be kept`,
      ]),
    [
      "new Response('a', { headers: { 'Cache-Control': 'max-age=60' } });",
      'yes; src/index.js:4 Response(…) lets answers be kept; src/index.js:6 sets Cache-Control',
    ],
    ["setHeader(res, 'cache-control', 'max-age=60');", 'yes; src/index.js:4 setHeader(…) lets answers be kept'],
    ["res.reset('Cache-Control', 'max-age=60');", 'no'],
    ["res.settle('Cache-Control', 'max-age=60');", 'no'],
    ["res.set('Cache-Control', 'max-age = 60');", 'yes; src/index.js:4 res.set(…) lets answers be kept'],
    ["res.set('Cache-Control', 'max-age=0');", 'no'],
    ["res.set('Cache-Control', 'max-age=');", 'no'],
    ["res.set('Cache-Control', 's-maxage=60');", 'yes; src/index.js:4 res.set(…) lets answers be kept'],
    ["res.set('Cache-Control', 'stale-while-revalidate=60');", 'yes; src/index.js:4 res.set(…) lets answers be kept'],
    ["res.set('Cache-Control', 'immutable');", 'yes; src/index.js:4 res.set(…) lets answers be kept'],
    ['res.set(`Cache-Control`, `max-age=${age}`);', 'yes; src/index.js:4 res.set(…) lets answers be kept'],
    ["res.set('Cache-Control', 'no-store');", 'no'],
    ["res.set('Cache', 'max-age=60');", 'no'],
    ["res.set('Cache-Control', HOUR);", 'yes; src/index.js:4 res.set(…) lets answers be kept'],
    ["res.set('Cache-Control', $HOUR);", 'yes; src/index.js:4 res.set(…) lets answers be kept'],
    ["res.set('Cache-Control', HOURS);", 'no'],
    ["res.set('Cache-Control', NONE);", 'no'],
    [`res.set('Cache-Control', ${"'a', ".repeat(130)}'max-age=60');`, 'no'],
  ])('%s: %s', async (body, expected) => {
    const imports = "const HOUR = 'max-age=3600';\nconst $HOUR = 'max-age=3600';\nconst NONE = 'no-store';";
    expect(
      (await shown(answering(body, imports))).replace('index.js:7', 'index.js:4').replace('index.js:6', 'index.js:4'),
    ).toEqual(expected);
  });

  it.each<[code: string, expected: string]>([
    ["const kept = { 'Cache-Control': 'max-age=60' };", 'yes; src/index.js:2 sets Cache-Control'],
    ['const kept = { "Cache-Control": "max-age=60" };', 'yes; src/index.js:2 sets Cache-Control'],
    ['const kept = { "Cache-Control" : `max-age=${age}` };', 'yes; src/index.js:2 sets Cache-Control'],
    ["const kept = { ['Cache-Control']: 'public, max-age=60' };", 'yes; src/index.js:2 sets Cache-Control'],
    ["const kept = {\n  // 'Cache-Control': 'max-age=60',\n};", 'no'],
    ["const kept = {\n  /* 'Cache-Control': 'max-age=60', */\n};", 'no'],
    ["const kept = {\n  * 'Cache-Control': 'max-age=60',\n};", 'no'],
    ["const kept = { 'Cache-Control': 'no-store' };", 'no'],
    ["const kept = { 'Cache-Control': '', other: 'max-age=60' };", 'no'],
    ["const kept = { 'Cache-Controls': 'max-age=60' };", 'no'],
    ["const kept = { 'Cache-Control': age };", 'no'],
    ["const kept = {\n  other: 1,\n  'Cache-Control': 'max-age=60',\n};", 'yes; src/index.js:4 sets Cache-Control'],
  ])('%s: %s', async (code, expected) => {
    expect(
      await shown(at(app("app.get('/a', (req, res) => { res.writeHead(200, kept); res.end(); });", code))),
    ).toEqual(expected);
  });

  it.each<[statement: string, imports: string, expected: string]>([
    [
      "app.use(express.static('public', { maxAge: '1h' }));",
      '',
      'yes; src/index.js:4 express.static(…) lets files be kept',
    ],
    [
      "app.use(express.static('public', { maxage: '1h' }));",
      '',
      'yes; src/index.js:4 express.static(…) lets files be kept',
    ],
    [
      "app.use(express.static('public', { maxAge: 60 }));",
      '',
      'yes; src/index.js:4 express.static(…) lets files be kept',
    ],
    ["app.use(express.static('public', { maxAge: 0 }));", '', 'no'],
    ["app.use(express.static('public', { age: 60 }));", '', 'no'],
    ["app.use(express.static('public'));", '', 'no'],
    ['app.use(express.json({ maxAge: 60 }));', '', 'no'],
    [
      "app.use(files('public', { maxAge: 60 }));",
      "import files from 'serve-static';",
      'yes; src/index.js:4 files(…) lets files be kept',
    ],
    [
      "app.use(files('public', { maxAge: 60 }));",
      "import files from 'koa-static';",
      'yes; src/index.js:4 files(…) lets files be kept',
    ],
    [
      "app.use(files('public', { maxAge: 60 }));",
      "import files from 'koa-send';",
      'yes; src/index.js:4 files(…) lets files be kept',
    ],
    [
      "app.use(files('public', { maxAge: 60 }));",
      "import files from 'sirv';",
      'yes; src/index.js:4 files(…) lets files be kept',
    ],
    [
      "app.register(files, { root: 'public', maxAge: 60 });\nfiles({ maxAge: 60 });",
      "import files from '@fastify/static';",
      'yes; src/index.js:5 files(…) lets files be kept',
    ],
    [
      'files({ maxAge: 60 });',
      "import files from 'fastify-static';",
      'yes; src/index.js:4 files(…) lets files be kept',
    ],
    [
      'serveStatic({ maxAge: 60 });',
      "import { serveStatic } from '@hono/node-server/serve-static';",
      'yes; src/index.js:4 serveStatic(…) lets files be kept',
    ],
    [
      'serveStatic({ maxAge: 60 });',
      "import { serveStatic } from 'hono/bun';",
      'yes; src/index.js:4 serveStatic(…) lets files be kept',
    ],
    ['cors({ maxAge: 60 });', "import { cors } from 'hono/cors';", 'no'],
    [
      'serveStatic(event, { maxAge: 60 });',
      "import { serveStatic } from 'h3';",
      'yes; src/index.js:4 serveStatic(…) lets files be kept',
    ],
    ['setCookie(event, { maxAge: 60 });', "import { setCookie } from 'h3';", 'no'],
    ['files({ maxAge: 60 });', "import files from 'polka';", 'no'],
    ['files({ maxAge: 60 });', "import files from 'my-sirv';", 'no'],
    ['files({ maxAge: 60 });', "import files from './sirv.js';", 'no'],
    ['session({ maxAge: 60 });', "import session from 'express-session';", 'no'],
    [
      'files({ maxAge: 60 });',
      "import files from 'serve-static/lib';",
      'yes; src/index.js:4 files(…) lets files be kept',
    ],
    ['files({ maxAge: 60 });', "import files from 'serve-statics';", 'no'],
    ['files({ maxAge: 60 });', "import files from '@hono/node-server';", 'no'],
  ])('%s of %s: %s', async (statement, imports, expected) => {
    expect(await shown(at(app(statement, imports)))).toEqual(expected);
  });

  it('is nothing in a sample, and in idle code nothing that is used', async () => {
    const code =
      "import express from 'express';\nexport const a = express.static('x', { maxAge: 60 });\nexport const kept = { 'Cache-Control': 'max-age=60' };\nexport const b = (res) => res.set('Cache-Control', 'max-age=60');\n";
    expect(await shown(at(app("import('./examples/a.js');"), { 'src/examples/a.js': code }))).toBe('no');
    expect(await shown(at(app(''), { 'src/idle.js': code }))).toEqual(
      'no; src/idle.js:4 res.set(…) lets answers be kept; src/idle.js:3 sets Cache-Control; src/idle.js:2 express.static(…) lets files be kept',
    );
  });
});

describe('what Next.js is told to keep', () => {
  const page = (code: string, path = 'app/page.tsx') => ({
    'package.json': '{"name":"web","scripts":{"start":"next start"},"dependencies":{"next":"15","react":"19"}}',
    'app/page.tsx': 'export default function Page() { return null; }',
    [path]: code,
  });
  const shown = async (files: Record<string, string>) =>
    (await asked('caches-answers', { ask: 'used' }, files)).join('; ');
  it.each<[name: string, expected: string]>([
    ...'unstable_cache,revalidatePath,revalidateTag,updateTag,cacheLife,cacheTag,unstable_cacheLife,unstable_cacheTag'
      .split(',')
      .map((name): [string, string] => [name, `yes; app/page.tsx:2 ${name}(…) lets answers be kept`]),
    ['unstable_noStore', 'no'],
    ['refresh', 'no'],
  ])('%s: %s', async (name, expected) => {
    const code = `import { ${name} } from 'next/cache';\nexport default function Page() { ${name}('a'); return null; }`;
    expect(await shown(page(code))).toBe(expected);
    expect(await shown(page(code.replace('next/cache', './cache')))).toBe('no');
  });
  it('in what it reaches of its own', async () => {
    const code = 'export const revalidate = 60;\n';
    expect(await shown(page(`import './a';\nexport default function Page() { return null; }`, 'app/page.tsx'))).toBe(
      'no',
    );
    const files = { ...page("import './a';\nexport default () => null;\n"), 'app/a.ts': code };
    expect(await shown(files)).toBe('yes; app/a.ts:1 revalidated from time to time');
    expect(await shown({ ...page('export default () => null;\n'), 'app/idle.ts': code })).toBe('no');
    const sample = { ...page("import './examples/a';\nexport default () => null;\n"), 'app/examples/a.ts': code };
    expect(await shown(sample)).toBe('no');
    const other = at(app("import './a.js';"), { 'src/a.js': code });
    expect(await shown(other)).toBe('no');
  });
});

describe('a proxy in front', () => {
  const proxied = (lines: string) =>
    at(app("app.get('/books', (req, res) => res.json([]));"), {
      Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "src/index.js"]\n',
      'compose.yaml':
        'services:\n  api:\n    build: .\n  proxy:\n    image: nginx:1\n    ports: ["80:80"]\n    volumes: ["./nginx.conf:/etc/nginx/nginx.conf:ro"]\n',
      'nginx.conf': `events {}\nhttp {\n  server {\n    listen 80;\n    location / {\n      proxy_pass http://api:3000;\n${lines}\n    }\n  }\n}\n`,
    });
  it.each<Row>([
    ['      proxy_cache books;', 'yes'],
    ['      expires 30d;', 'yes'],
    ['      expires -1;', 'no'],
    ['      expires 0;', 'no'],
    ['      expires epoch;', 'no'],
    ['      expires off;', 'no'],
    ['      add_header Cache-Control "public, max-age=600";', 'yes'],
    ['      add_header cache-control "max-age=600";', 'yes'],
    ['      add_header Cache-Control "no-store";', 'no'],
    ['      add_header Cache-Control "no-cache";', 'no'],
    ['      add_header Cache-Control "max-age=0";', 'no'],
    ['      add_header X-Cache-Control "public, max-age=600";', 'no'],
    ['      add_header Cache-Control-Other "public, max-age=600";', 'no'],
  ])('%s: %s', async (lines, expected) => {
    expect(await answer(proxied(lines))).toBe(expected);
  });
});

describe('a distribution before an API', () => {
  const distribution = (behaviour: string, origin = '!Sub "${Api}.execute-api.eu-west-1.amazonaws.com"') => ({
    'package.json': JSON.stringify({ name: 'api', dependencies: { '@aws-sdk/client-dynamodb': '3' } }),
    'template.yaml': `AWSTemplateFormatVersion: "2010-09-09"\nTransform: AWS::Serverless-2016-10-31\nResources:\n  List:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: ./\n      Handler: list.handler\n      Runtime: nodejs22.x\n      Events:\n        All:\n          Type: HttpApi\n          Properties: { Path: /, Method: get }\n  Front:\n    Type: AWS::CloudFront::Distribution\n    Properties:\n      DistributionConfig:\n        Origins:\n          - Id: api\n            DomainName: ${origin}\n        DefaultCacheBehavior:\n          ${behaviour}\n  Other:\n    Type: AWS::S3::Bucket\n`,
    'list.js': 'exports.handler = async () => ({ statusCode: 200, body: "[]" });\n',
  });
  it.each<Row>([
    ['DefaultTTL: 60', 'yes'],
    ['MinTTL : 5', 'yes'],
    ['MaxTTL:  300', 'yes'],
    ['DefaultTTL: 0', 'no'],
    ['OtherTTL: 60', 'no'],
    ['CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6', 'yes'],
    ['CachePolicyId : "658327ea"', 'yes'],
    ['CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad', 'no'],
    ['CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"', 'no'],
    ["CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad'", 'no'],
  ])('%s: %s', async (behaviour, expected) => {
    expect(await answer(distribution(behaviour))).toBe(expected);
  });
  it.each<Row>([
    ['!GetAtt ListFunctionUrl.FunctionUrl', 'yes'],
    ['!Ref HttpApi', 'yes'],
    ['!Ref ApiGatewayRestApi', 'yes'],
    ['!GetAtt Bucket.DomainName', 'no'],
  ])('of %s: %s', async (origin, expected) => {
    expect(await answer(distribution('DefaultTTL: 60', origin))).toBe(expected);
  });
});
