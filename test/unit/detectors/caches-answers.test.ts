import { expect, it } from 'vitest';
import { app, asked, at } from './_asked.ts';

/** What keeps answers: what the files say, what is asked of them, the answer and what shows it. */
it.each<[title: string, options: object, files: Record<string, string>, expected: string[]]>([
  [
    'files handed out with an age',
    { ask: 'used' },
    at(app("app.use('/build', express.static('public/build', { immutable: true, maxAge: '1y' }));")),
    ['yes', 'src/index.js:4 express.static(…) lets files be kept'],
  ],
  [
    'options of the file server kept under a name',
    { ask: 'used' },
    at(app("const kept = { maxAge: 31557600 };\napp.use('/build', express.static('public/build', kept));")),
    ['yes', 'src/index.js:5 express.static(…) lets files be kept'],
  ],
  [
    'files handed out as they are, and a cookie with an age',
    { ask: 'used' },
    at(
      app(
        "app.use(express.static('public', { maxAge: 0 }));\napp.get('/', (req, res) => { res.cookie('seen', '1', { maxAge: 1000 }); res.json([]); });",
      ),
    ),
    ['no'],
  ],
  [
    'a cache that the process keeps for itself, in a module of that name',
    { ask: 'used' },
    at(
      app("app.get('/books', (req, res) => res.json(bookCache.get('all')));", "import bookCache from './cache.js';"),
      { 'src/cache.js': "import NodeCache from 'node-cache';\nexport default new NodeCache({ stdTTL: 60 });\n" },
      ['node-cache'],
    ),
    ['no'],
  ],
  [
    'a wrapper of caches over what the process keeps for itself',
    { ask: 'used' },
    at(
      app("app.get('/books', async (req, res) => res.json(await books()));", "import { books } from './books.js';"),
      {
        'src/books.js':
          "import { cachified } from '@epic-web/cachified';\nimport { LRUCache } from 'lru-cache';\nconst cache = new LRUCache({ max: 100 });\nexport const books = () => cachified({ cache, key: 'books', getFreshValue: () => [] });\n",
      },
      ['@epic-web/cachified', 'lru-cache'],
    ),
    ['no'],
  ],
  [
    'a cookie of Hono with an age',
    { ask: 'used' },
    at(
      "import { Hono } from 'hono';\nimport { setCookie } from 'hono/cookie';\nimport { serve } from '@hono/node-server';\nconst app = new Hono();\napp.get('/', (c) => { setCookie(c, 'seen', '1', { maxAge: 1000 }); return c.json([]); });\nserve(app);\n",
      {},
      ['hono', '@hono/node-server'],
    ),
    ['no'],
  ],
  [
    'an age kept in a constant',
    { ask: 'used' },
    at(
      app(
        "app.get('/books', (req, res) => { res.set('Cache-Control', hour); res.json([]); });",
        "const hour = 'public, max-age=3600';",
      ),
    ),
    ['yes', 'src/index.js:4 res.set(…) lets answers be kept'],
  ],
  [
    'headers kept under a name',
    { ask: 'used' },
    at(
      app(
        "app.get('/books', (req, res) => { res.set(kept); res.json([]); });",
        "const kept = {\n  'Cache-Control': 'max-age=60',\n};",
      ),
    ),
    ['yes', 'src/index.js:3 sets Cache-Control'],
  ],
  [
    'headers that nothing sends',
    { ask: 'used' },
    at(app("app.get('/books', (req, res) => res.json([]));"), {
      'src/headers.js': "export const kept = { 'Cache-Control': 'max-age=60' };\n",
    }),
    ['no'],
  ],
  [
    'an answer kept in Redis',
    { ask: 'used' },
    at(
      app(
        "const redis = new Redis();\napp.get('/books', async (req, res) => { const known = await redis.get(`books:${req.query.page}`); res.json(known); });",
        "import Redis from 'ioredis';",
      ),
      {},
      ['ioredis'],
    ),
    ['yes', 'src/index.js:5 redis.get(…)'],
  ],
  [
    'a session kept in Redis',
    { ask: 'used' },
    at(
      app(
        "const redis = new Redis();\napp.get('/books', async (req, res) => { await redis.get(`session:${req.id}`); res.json([]); });",
        "import Redis from 'ioredis';",
      ),
      {},
      ['ioredis'],
    ),
    ['no'],
  ],
  [
    'a client of Redis from another module',
    { ask: 'used' },
    at(
      app(
        "app.get('/books', async (req, res) => res.json(await client.get('books')));",
        "import client from './store.js';",
      ),
      { 'src/store.js': "import Redis from 'ioredis';\nconst client = new Redis();\nexport default client;" },
      ['ioredis'],
    ),
    ['yes', 'src/index.js:4 client.get(…)'],
  ],
  [
    'another name of a module that makes a client as well',
    { ask: 'used' },
    at(
      app(
        "app.get('/books', async (req, res) => res.json(await books.get('all')));",
        "import { books } from './store.js';",
      ),
      {
        'src/store.js':
          "import Redis from 'ioredis';\nconst client = new Redis();\nexport const books = new Map();\nexport default client;",
      },
      ['ioredis'],
    ),
    ['no'],
  ],
  [
    'a module that is not there',
    { ask: 'used' },
    at(
      app(
        "app.get('/books', async (req, res) => res.json(await gone.get('all')));",
        "import { gone } from './gone.js';",
      ),
      {},
      ['ioredis'],
    ),
    ['no'],
  ],
  [
    'a wrapper of ours named for it',
    { ask: 'used' },
    at(
      app(
        "app.get('/books', async (req, res) => res.json(await cache.remember('books', load)));",
        "import { cache } from './cache.js';",
      ),
      { 'src/cache.js': 'export const cache = { remember() {} };' },
    ),
    ['yes', 'src/index.js:4 cache.remember(…)'],
  ],
  [
    'a client that nothing asks',
    { ask: 'exists' },
    at(
      app("app.get('/books', (req, res) => res.json([]));", "import { client } from './store.js';"),
      { 'src/store.js': "import Redis from 'ioredis';\nexport const client = new Redis();" },
      ['ioredis'],
    ),
    ['yes', 'src/store.js:1 imports ioredis'],
  ],
  [
    'a client of jobs that nothing asks',
    { ask: 'exists' },
    at(
      app('', "import { client } from './queue.js';"),
      { 'src/queue.js': "import Redis from 'ioredis';\nexport const client = new Redis();" },
      ['ioredis'],
    ),
    ['no'],
  ],
  [
    'answers that may be kept',
    { ask: 'used' },
    at(app("app.get('/books', (req, res) => { res.set('Cache-Control', 'public, max-age=60'); res.json([]); });")),
    ['yes', 'src/index.js:4 res.set(…) lets answers be kept'],
  ],
  [
    'answers that may not be kept',
    { ask: 'used' },
    at(app("app.get('/books', (req, res) => { res.set('Cache-Control', 'no-store, max-age=0'); res.json([]); });")),
    ['no'],
  ],
  [
    'Next.js: what is revalidated',
    { ask: 'used' },
    {
      'package.json': '{"name":"web","scripts":{"start":"next start"},"dependencies":{"next":"15","react":"19"}}',
      'app/page.tsx':
        'export const dynamic = "auto";\nexport const revalidate = 60;\nexport default function Page() { return null; }',
    },
    ['yes', 'app/page.tsx:2 revalidated from time to time'],
  ],
  [
    'Next.js: what is asked for again',
    { ask: 'used' },
    {
      'package.json': '{"name":"web","scripts":{"start":"next start"},"dependencies":{"next":"15","react":"19"}}',
      'app/page.tsx':
        "export default async function Page() { await fetch('https://a.example', { next: { revalidate: 60 } }); return null; }",
    },
    ['yes', 'app/page.tsx:1 revalidated from time to time'],
  ],
  [
    'Next.js: what is made again on a change',
    { ask: 'used' },
    {
      'package.json': '{"name":"web","scripts":{"start":"next start"},"dependencies":{"next":"15","react":"19"}}',
      'app/api/books/route.ts':
        "import { revalidatePath } from 'next/cache';\nexport async function POST() { revalidatePath('/books'); return Response.json({}); }",
    },
    ['yes', 'app/api/books/route.ts:2 revalidatePath(…) lets answers be kept'],
  ],
  [
    'Next.js: nothing kept',
    { ask: 'used' },
    {
      'package.json': '{"name":"web","scripts":{"start":"next start"},"dependencies":{"next":"15","react":"19"}}',
      'app/page.tsx': 'export const revalidate = 0;\nexport default function Page() { return null; }',
    },
    ['no'],
  ],
  [
    'a proxy that keeps answers',
    { ask: 'used' },
    at(app(''), {
      'compose.yaml':
        'services:\n  api:\n    build: .\n  proxy:\n    image: nginx:1.27\n    ports: ["80:80"]\n    volumes: ["./nginx.conf:/etc/nginx/nginx.conf"]\n',
      Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "src/index.js"]\n',
      'nginx.conf':
        'proxy_cache_path /tmp/x keys_zone=own:1m;\nserver {\n  listen 80;\n  location / { proxy_cache own; proxy_pass http://api:3000; }\n}\n',
    }),
    ['yes', 'nginx.conf:4 proxy_cache own'],
  ],
  [
    'a proxy that forbids to keep them',
    { ask: 'used' },
    at(app(''), {
      'compose.yaml':
        'services:\n  api:\n    build: .\n  proxy:\n    image: caddy:2\n    ports: ["80:80"]\n    volumes: ["./Caddyfile:/etc/caddy/Caddyfile"]\n',
      Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "src/index.js"]\n',
      Caddyfile: ':80 {\n  reverse_proxy api:3000\n  header {\n    Cache-Control "no-store, must-revalidate"\n  }\n}\n',
    }),
    ['no'],
  ],
  ...[
    [
      'a distribution before the API of its stack',
      'execute-api',
      60,
      ['yes', 'serverless.yml:12 Edge keeps answers of the API'],
    ],
    ['one that keeps nothing', 'execute-api', 0, ['no']],
    ['one before files', 's3', 60, ['no']],
  ].map(([title, origin, age, expected]): [string, object, Record<string, string>, string[]] => [
    title as string,
    { ask: 'used' },
    {
      'package.json': JSON.stringify({ name: 'api', dependencies: { got: '14' } }),
      'src/list.js': 'exports.handler = async () => ({ statusCode: 200 });\n',
      'serverless.yml': `service: api\nprovider:\n  name: aws\nfunctions:\n  list:\n    handler: src/list.handler\n    events:\n      - http: GET notes\nresources:\n  Resources:\n    # for readers\n    Edge:\n      Type: AWS::CloudFront::Distribution\n      Properties:\n        DistributionConfig:\n          DefaultCacheBehavior: { DefaultTTL: ${age} }\n          Origins: [{ DomainName: !Sub 'a.${origin}.amazonaws.com' }]\n    Notes:\n      Type: AWS::DynamoDB::Table\n`,
    },
    expected as string[],
  ]),
  [
    'headers of a host',
    { ask: 'used' },
    at(app(''), {
      'vercel.json':
        '{\n"headers": [{ "source": "/(.*)", "headers": [\n{ "key": "Cache-Control", "value": "s-maxage=60" }] }]\n}',
    }),
    ['yes', 'vercel.json:3 sets Cache-Control'],
  ],
])('%s', async (_, options, files, expected) => {
  expect(await asked('caches-answers', options, files)).toEqual(expected);
});
