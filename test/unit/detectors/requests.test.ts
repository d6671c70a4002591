import { describe, expect, it } from 'vitest';
import { app, asked, at, framework, service } from './_asked.ts';

/** What stands around requests: headers, limits, checks of what is sent, the log. */
type Row = [title: string, options: object, files: Record<string, string>, expected: string[]];

const list = 'const list = (req, res) => res.json([]);';
const routes = "app.get('/notes', list);\napp.post('/notes', list);";
const fastify = (statements: string, imports = '', dependencies: string[] = [], options = '') => ({
  'package.json': service({}, ['fastify', ...dependencies]),
  'src/index.js': `import Fastify from 'fastify';\n${imports}\nconst app = Fastify(${options});\n${statements}\napp.listen({ port: 3000 });\n`,
});
const nest = (
  main: string,
  module: string,
  imports = '',
  dependencies: string[] = [],
  more: Record<string, string> = {},
) => ({
  'package.json': service({ scripts: { start: 'tsx src/main.ts' } }, ['@nestjs/core', ...dependencies]),
  'src/main.ts': `import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module.js';\n${imports}\nNestFactory.create(AppModule).then((app) => {\n${main}\n  app.listen(3000);\n});\n`,
  'src/app.module.ts': module,
  ...more,
});
const notes =
  "import { Body, Controller, Get, Module, Post } from '@nestjs/common';\n@Controller('notes')\nexport class Notes {\n  @Get() all() { return []; }\n  @Post() add(@Body() body) { return body; }\n}\n@Module({ controllers: [Notes] })\nexport class AppModule {}\n";
const proxied = (conf: string) => ({
  ...at(app(routes, list)),
  Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "src/index.js"]\n',
  'compose.yaml':
    'services:\n  api:\n    build: .\n  proxy:\n    image: nginx:1.27\n    ports: ["80:80"]\n    volumes: ["./nginx.conf:/etc/nginx/nginx.conf"]\n',
  'nginx.conf': `server {\n  listen 80;\n${conf}\n  location / { proxy_pass http://api:3000; }\n}\n`,
});

describe('security headers', () => {
  const helmet = (statement: string, name = 'helmet') =>
    at(app(`${statement}\n${routes}`, `import ${name === 'helmet' ? 'helmet' : 'send'} from '${name}';\n${list}`), {}, [
      name,
    ]);
  const sent = (statement: string) =>
    at(app(`app.use((req, res, next) => {\n${statement}\n  next();\n});\n${routes}`, list));
  it.each<Row>([
    ['helmet', { ask: 'strong' }, helmet('app.use(helmet());'), ['yes', 'src/index.js:5 use(helmet)']],
    [
      'helmet for one header',
      { ask: 'any' },
      helmet('app.use(helmet.frameguard());'),
      ['yes', 'src/index.js:5 use(helmet: x-frame-options)'],
    ],
    [
      'helmet for one header',
      { ask: 'strong' },
      helmet('app.use(helmet.frameguard());'),
      ['no', 'src/index.js:5 use(helmet: x-frame-options)'],
    ],
    [
      'helmet for two headers',
      { ask: 'strong' },
      helmet('app.use(helmet.hsts());\napp.use(helmet.noSniff());'),
      [
        'yes',
        'src/index.js:5 use(helmet: strict-transport-security)',
        'src/index.js:6 use(helmet: x-content-type-options)',
      ],
    ],
    [
      'names that stand in an object, set one by one',
      { ask: 'strong' },
      sent(
        "  const kept = { 'Strict-Transport-Security': 'max-age=1', 'X-Content-Type-Options': 'nosniff' };\n  for (const [name, value] of Object.entries(always)) res.set(name, value);",
      ),
      ['no'],
    ],
    [
      'names that stand in an object at the top, set one by one',
      { ask: 'strong' },
      at(
        app(
          `app.use((req, res, next) => {\n  for (const [name, value] of Object.entries(always)) res.set(name, value);\n  next();\n});\n${routes}`,
          `${list}\nconst always = { 'Strict-Transport-Security': 'max-age=1', 'X-Content-Type-Options': 'nosniff' };`,
        ),
      ),
      ['yes', 'src/index.js:6 sends Strict-Transport-Security', 'src/index.js:6 sends X-Content-Type-Options'],
    ],
    [
      'helmet for two headers of one sort',
      { ask: 'strong' },
      helmet('app.use(helmet.hsts());\napp.use(helmet.contentSecurityPolicy());'),
      [
        'no',
        'src/index.js:5 use(helmet: strict-transport-security)',
        'src/index.js:6 use(helmet: content-security-policy)',
      ],
    ],
    [
      'helmet without both that say where from and how',
      { ask: 'strong' },
      helmet('app.use(helmet({ contentSecurityPolicy: false, strictTransportSecurity: false }));'),
      [
        'no',
        'src/index.js:5 use(helmet: weak)',
        'src/index.js:5 use(helmet: x-content-type-options)',
        'src/index.js:5 use(helmet: x-frame-options)',
      ],
    ],
    [
      'helmet without one of them',
      { ask: 'strong' },
      helmet('app.use(helmet({ contentSecurityPolicy: false }));'),
      ['yes', 'src/index.js:5 use(helmet)'],
    ],
    [
      'helmet for what proves little',
      { ask: 'strong' },
      helmet('app.use(helmet.hidePoweredBy());\napp.use(helmet.xssFilter());'),
      ['no', 'src/index.js:5 use(helmet: weak)', 'src/index.js:6 use(helmet: weak)'],
    ],
    [
      'a package for one header',
      { ask: 'any' },
      helmet('app.use(send());', 'helmet-csp'),
      ['yes', 'src/index.js:5 use(helmet-csp: content-security-policy)'],
    ],
    [
      'lusca, as it is told',
      { ask: 'strong' },
      helmet("app.use(send({ csrf: true, xframe: 'DENY', hsts: { maxAge: 1 } }));", 'lusca'),
      ['yes', 'src/index.js:5 use(lusca: x-frame-options)', 'src/index.js:5 use(lusca: strict-transport-security)'],
    ],
    ['lusca, against forgery alone', { ask: 'any' }, helmet('app.use(send({ csrf: true }));', 'lusca'), ['no']],
    [
      'helmet that nothing registers',
      { ask: 'any' },
      at(app(routes, list), { 'src/other.js': "import helmet from 'helmet';\nexport const all = helmet();\n" }, [
        'helmet',
      ]),
      ['no', 'src/other.js:2 helmet(…)'],
    ],
    [
      'helmet that nothing registers',
      { ask: 'defined' },
      at(app(routes, list), { 'src/other.js': "import helmet from 'helmet';\nexport const all = helmet();\n" }, [
        'helmet',
      ]),
      ['yes', 'src/other.js:2 helmet(…)'],
    ],
    [
      'set by hand',
      { ask: 'strong' },
      sent("  res.setHeader('Strict-Transport-Security', 'max-age=1');\n  res.header('X-Frame-Options', 'DENY');"),
      ['yes', 'src/index.js:5 sends Strict-Transport-Security', 'src/index.js:6 sends X-Frame-Options'],
    ],
    [
      'set by hand, all at once',
      { ask: 'strong' },
      sent("  res.set({ 'content-security-policy': \"default-src 'self'\", 'x-content-type-options': 'nosniff' });"),
      ['yes', 'src/index.js:5 sends content-security-policy', 'src/index.js:5 sends x-content-type-options'],
    ],
    [
      'set by hand for the pictures that one route hands out',
      { ask: 'strong' },
      at(
        app(
          `${routes}\napp.get('/pictures/:id', (req, res) => {\n  res.set({ 'content-security-policy': "default-src 'none'", 'x-content-type-options': 'nosniff' });\n  res.send('');\n});`,
          list,
        ),
      ),
      [
        'no',
        expect.stringMatching(/sends content-security-policy for one route$/),
        expect.stringMatching(/sends x-content-type-options for one route$/),
      ],
    ],
    ['set by hand, of another kind', { ask: 'any' }, sent("  res.setHeader('X-Powered-By', 'notes');"), ['no']],
    [
      'hapi, told so',
      { ask: 'strong' },
      {
        'package.json': service({}, ['@hapi/hapi']),
        'src/index.js':
          "import Hapi from '@hapi/hapi';\nconst server = Hapi.server({\n  port: 3000,\n  routes: { cors: true, security: true },\n});\nserver.route({ method: 'GET', path: '/', handler: () => 'a' });\nserver.start();\n",
      },
      ['yes', 'src/index.js:4 hapi sends security headers'],
    ],
    [
      'hapi, not told so',
      { ask: 'any' },
      {
        'package.json': service({}, ['@hapi/hapi']),
        'src/index.js':
          "import Hapi from '@hapi/hapi';\nconst server = Hapi.server({ port: 3000, routes: { security: false } });\nserver.route({ method: 'GET', path: '/', handler: () => 'a' });\nserver.start();\n",
      },
      ['no'],
    ],
    [
      'settings of Next.js',
      { ask: 'strong' },
      framework(
        'next',
        {
          'app/api/a/route.ts': 'export const GET = () => new Response();\n',
          'app/page.tsx': 'export default () => <main />;\n',
          'next.config.js':
            "module.exports = {\n  async headers() {\n    return [{ source: '/(.*)', headers: [\n      { key: 'Strict-Transport-Security', value: 'max-age=1' },\n      { key: 'Content-Security-Policy', value: \"frame-ancestors 'none'\" },\n    ] }];\n  },\n};\n",
        },
        ['react'],
      ),
      [
        'yes',
        'next.config.js:4 sends Strict-Transport-Security',
        'next.config.js:5 sends Content-Security-Policy',
        'next.config.js:5 sets frame-ancestors',
      ],
    ],
    [
      'a proxy in front',
      { ask: 'strong' },
      proxied('  add_header Strict-Transport-Security "max-age=1";\n  add_header X-Content-Type-Options nosniff;'),
      ['yes', 'nginx.conf:3 adds Strict-Transport-Security', 'nginx.conf:4 adds X-Content-Type-Options'],
    ],
    [
      'the policy of SvelteKit',
      { ask: 'any' },
      framework(
        'vite',
        {
          'svelte.config.js':
            "export default {\n  kit: {\n    csp: { directives: { 'default-src': ['self'] } },\n  },\n};\n",
          'src/routes/+page.svelte': '<main />\n',
        },
        ['@sveltejs/kit', 'svelte'],
      ),
      ['yes', 'svelte.config.js:3 SvelteKit sends content-security-policy'],
    ],
    ['nothing', { ask: 'defined' }, at(app(routes, list)), ['no']],
  ])('%s (%j)', async (_, options, files, expected) => {
    expect(await asked('sends-headers', options, files)).toEqual(expected);
  });
});

describe('limits', () => {
  const limited = (statements: string) =>
    at(
      app(
        `${statements}`,
        `import rateLimit from 'express-rate-limit';\nconst limit = rateLimit({ max: 9 });\n${list}`,
      ),
      {},
      ['express-rate-limit'],
    );
  const limiter = { capability: 'rate-limiter' };
  const most = { capability: 'rate-limiter', share: 0.6 };
  it.each<Row>([
    [
      'before every route',
      most,
      limited(`app.use(limit);\n${routes}`),
      ['yes', 'src/index.js:6 use(express-rate-limit)'],
    ],
    [
      'before the routes of a path',
      most,
      limited(`app.use('/notes', limit);\n${routes}`),
      [
        'yes',
        'src/index.js:6 use(express-rate-limit) on /notes',
        'src/index.js:7 GET /notes goes through it',
        'src/index.js:8 POST /notes goes through it',
      ],
    ],
    [
      'before one of three',
      limiter,
      limited("app.get('/notes', limit, list);\napp.get('/tags', list);\napp.get('/users', list);"),
      ['yes', 'src/index.js:6 GET /notes goes through it'],
    ],
    [
      'before one of three, of most',
      most,
      limited("app.get('/notes', limit, list);\napp.get('/tags', list);\napp.get('/users', list);"),
      ['no', 'src/index.js:7 GET /tags does not: 1 of 3 routes do', 'src/index.js:6 GET /notes goes through it'],
    ],
    [
      'before two of three, of most',
      most,
      limited("app.get('/notes', limit, list);\napp.get('/tags', limit, list);\napp.get('/users', list);"),
      ['yes', 'src/index.js:6 GET /notes goes through it', 'src/index.js:7 GET /tags goes through it'],
    ],
    [
      'before signing in and nothing else, though that is most',
      most,
      limited("app.post('/auth/in', limit, list);\napp.post('/auth/up', limit, list);\napp.get('/users', list);"),
      [
        'no',
        'src/index.js:8 GET /users does not: 2 of 3 routes do',
        'src/index.js:6 POST /auth/in goes through it',
        'src/index.js:7 POST /auth/up goes through it',
      ],
    ],
    [
      'before what changes data alone',
      { ...most, over: 'mutating' },
      limited("app.post('/notes', limit, list);\napp.get('/tags', list);\napp.get('/users', list);"),
      ['yes', 'src/index.js:6 POST /notes goes through it'],
    ],
    [
      'before what only reads',
      { ...limiter, over: 'mutating' },
      limited("app.get('/notes', limit, list);\napp.post('/tags', list);"),
      ['no'],
    ],
    ['before none', limiter, at(app(routes, list), {}, ['express-rate-limit']), ['no']],
    [
      'Nest without a limit to keep to',
      most,
      nest(
        '',
        "import { Module } from '@nestjs/common';\nimport { APP_GUARD } from '@nestjs/core';\nimport { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';\n@Module({ imports: [ThrottlerModule.forRoot({ throttlers: [] })], providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }] })\nexport class AppModule {}\n",
        '',
        ['@nestjs/throttler'],
      ),
      ['no', 'src/app.module.ts:4 ThrottlerModule.forRoot names no limit'],
    ],
    [
      'Nest with one',
      most,
      nest(
        '',
        "import { Module } from '@nestjs/common';\nimport { APP_GUARD } from '@nestjs/core';\nimport { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';\n@Module({ imports: [ThrottlerModule.forRoot({ throttlers: [{ ttl: 1, limit: 9 }] })], providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }] })\nexport class AppModule {}\n",
        '',
        ['@nestjs/throttler'],
      ),
      ['yes', 'src/app.module.ts:4 APP_GUARD(@nestjs/throttler)'],
    ],
    [
      'before what is done on a page of SvelteKit, whose loads are free',
      most,
      {
        'package.json': JSON.stringify({
          name: 'web',
          scripts: { build: 'vite build' },
          dependencies: { '@sveltejs/kit': '2', 'sveltekit-rate-limiter': '1' },
        }),
        'src/routes/notes/+page.server.ts':
          "import { RateLimiter } from 'sveltekit-rate-limiter/server';\nconst limiter = new RateLimiter({ IP: [9, 'h'] });\nexport const load = async () => ({ notes: [] });\nexport const actions = { add: async (event) => { if (await limiter.isLimited(event)) return {}; } };\n",
        'src/routes/tags/+page.server.ts': 'export const load = async () => ({ tags: [] });\n',
      },
      ['yes', 'src/routes/notes/+page.server.ts:4 POST /notes?/add goes through it'],
    ],
  ])('%s (%j)', async (_, options, files, expected) => {
    expect(await asked('stands-before-routes', { share: 0, over: 'all', ...options }, files)).toEqual(expected);
  });
});

describe('checks of what is sent', () => {
  const zod = (statements: string) =>
    at(app(statements, `import { z } from 'zod';\nconst note = z.object({ text: z.string() });\n${list}`), {}, ['zod']);
  const tidied = (statements: string) =>
    at(
      app(statements, "import { tidy } from './tidy.js';"),
      {
        'src/tidy.js':
          "import { z } from 'zod';\nconst note = z.object({ text: z.string() });\nexport const tidy = (sent) => note.safeParse(sent);\n",
      },
      ['zod'],
    );
  const parsed = '(req, res) => res.json(note.parse(req.body))';
  it.each<Row>([
    [
      'a schema asked in the handler',
      {},
      zod(`app.post('/notes', ${parsed});`),
      ['yes', 'src/index.js:6 POST /notes is checked by a schema'],
    ],
    [
      'a schema that a service asks of the body and something beside it',
      {},
      at(
        app(
          "app.post('/notes', (req, res) => {\n  const values = req.getBody();\n  res.json(tidy({ ...values, ip: req.ip }));\n});",
          "import { tidy } from './tidy.js';",
        ),
        {
          'src/tidy.js':
            "import { z } from 'zod';\nconst note = z.object({ text: z.string() });\nexport const tidy = (sent) => note.safeParse(sent);\n",
        },
        ['zod'],
      ),
      ['yes', 'src/index.js:4 POST /notes is checked by a schema'],
    ],
    [
      'a schema that nothing asks',
      {},
      zod("app.post('/notes', list);"),
      [
        'no',
        'src/index.js:6 POST /notes takes what it is sent: 0 of 1 routes are checked',
        'src/index.js:2 imports zod',
      ],
    ],
    [
      'one of two',
      { share: 0.7 },
      zod(`app.post('/notes', ${parsed});\napp.put('/tags', (req, res) => res.json(req.body));`),
      [
        'no',
        'src/index.js:7 PUT /tags takes what it is sent: 1 of 2 routes are checked',
        'src/index.js:6 POST /notes is checked by a schema',
      ],
    ],
    [
      'one of two, and half is enough',
      { share: 0.5 },
      zod(`app.post('/notes', ${parsed});\napp.put('/tags', list);`),
      ['yes', 'src/index.js:6 POST /notes is checked by a schema'],
    ],
    [
      'what takes nothing is not asked',
      { share: 1 },
      zod(`app.post('/notes', ${parsed});\napp.post('/logout', list);\napp.get('/tags', list);`),
      ['yes', 'src/index.js:6 POST /notes is checked by a schema'],
    ],
    [
      'where none takes a body, what stands in the address',
      {},
      zod("app.get('/notes/:id', (req, res) => res.json(note.parse(req.params)));"),
      ['yes', 'src/index.js:6 GET /notes/:id is checked by a schema'],
    ],
    [
      'where none takes a body, and nothing is asked of the address',
      {},
      zod("app.get('/notes/:id', list);"),
      [
        'no',
        'src/index.js:6 GET /notes/:id takes what it is sent: 0 of 1 routes are checked',
        'src/index.js:2 imports zod',
      ],
    ],
    [
      'a helper of ours that the body is handed to, in one of the handlers of an address, beside one that reads no more than the session',
      { share: 1 },
      tidied(
        "app.post('/notes', (req, res, next) => (req.user ? next() : res.end()));\napp.post('/notes', (req, res) => {\n  const sent = req.body;\n  res.json(tidy(sent));\n});\napp.post('/leave', (req, res) => res.json(req.session));",
      ),
      ['yes', 'src/index.js:5 POST /notes is checked by a schema'],
    ],
    [
      'a helper of ours that is handed something else',
      {},
      tidied("app.post('/notes', (req, res) => res.json(tidy(config), req.body));"),
      [
        'no',
        'src/index.js:4 POST /notes takes what it is sent: 0 of 1 routes are checked',
        'src/tidy.js:1 imports zod',
      ],
    ],
    [
      'a validator before the handler',
      {},
      at(
        app("app.post('/notes', body('text').notEmpty(), list);", `import { body } from 'express-validator';\n${list}`),
        {},
        ['express-validator'],
      ),
      ['yes', 'src/index.js:5 POST /notes is checked by a schema'],
    ],
    [
      'a check put on the request by express-validator of before its sixth version',
      {},
      at(
        app(
          "app.use(expressValidator());\napp.post('/notes', add);",
          "import expressValidator from 'express-validator';\nconst add = (req, res) => { req.checkBody('text').notEmpty(); res.json(req.validationErrors() || req.body); };",
        ),
        {},
        ['express-validator'],
      ),
      ['yes', 'src/index.js:6 POST /notes is checked by a schema'],
    ],
    [
      'a check of that name without the package',
      {},
      at(app("app.post('/notes', add);", 'const add = (req, res) => { req.checkBody(); res.json(req.body); };')),
      ['no', 'src/index.js:4 POST /notes takes what it is sent: 0 of 1 routes are checked'],
    ],
    [
      'a validator before everything',
      {},
      zod("app.use((req, res, next) => { note.parse(config); next(); });\napp.post('/notes', list);"),
      [
        'no',
        'src/index.js:7 POST /notes takes what it is sent: 0 of 1 routes are checked',
        'src/index.js:2 imports zod',
      ],
    ],
    [
      'a schema of the route',
      {},
      fastify("app.post('/notes', { schema: { body: { type: 'object' } } }, async () => []);"),
      ['yes', 'src/index.js:4 POST /notes is checked by a schema'],
    ],
    [
      'a schema of the route, kept under a name inside a plugin',
      {},
      fastify(
        "app.register(async (fastify) => {\n  const adding = { schema: { body: { type: 'object' } } };\n  fastify.post('/notes', adding, async () => []);\n});",
      ),
      ['yes', 'src/index.js:6 POST /notes is checked by a schema'],
    ],
    [
      'options of the route without one',
      {},
      fastify("app.post('/notes', { config: { a: 1 } }, async ({ body }) => body);"),
      ['no', 'src/index.js:4 POST /notes takes what it is sent: 0 of 1 routes are checked'],
    ],
    [
      'a pipe of Nest',
      {},
      nest('  app.useGlobalPipes(new ValidationPipe());', notes, "import { ValidationPipe } from '@nestjs/common';", [
        'class-validator',
      ]),
      ['yes', 'src/main.ts:5 useGlobalPipes: every request goes through a validation pipe'],
    ],
    [
      'a contract of ts-rest',
      {},
      nest(
        '',
        "import { Controller, Module } from '@nestjs/common';\nimport { TsRestHandler, tsRestHandler } from '@ts-rest/nest';\nimport { contract } from './contract.js';\n@Controller()\nexport class Notes {\n  @TsRestHandler(contract.add)\n  add() {\n    return tsRestHandler(contract.add, async ({ body }) => ({ status: 201, body }));\n  }\n}\n@Module({ controllers: [Notes] })\nexport class AppModule {}\n",
        '',
        ['@ts-rest/nest', '@ts-rest/core', 'zod'],
        {
          'src/contract.ts':
            "import { initContract } from '@ts-rest/core';\nimport { z } from 'zod';\nexport const contract = initContract().router({ add: { method: 'POST', path: '/notes', body: z.object({ text: z.string() }) } });\n",
        },
      ),
      ['yes', 'src/app.module.ts:6 ALL /:contract.add is checked by a schema'],
    ],
    [
      'a handler that is given nothing beside one that is',
      {},
      nest('', notes.replace('@Post() add', "@Post('read') readAll() { return []; }\n  @Post() add")),
      ['no', 'src/app.module.ts:6 POST /notes takes what it is sent: 0 of 1 routes are checked'],
    ],
    [
      'a handler that gets at the request without a parameter',
      {},
      nest('', notes.replace('add(@Body() body) { return body; }', 'add() { return this.request.body; }')),
      ['no', 'src/app.module.ts:5 POST /notes takes what it is sent: 0 of 1 routes are checked'],
    ],
    [
      'Nest without one',
      {},
      nest('', notes),
      ['no', 'src/app.module.ts:5 POST /notes takes what it is sent: 0 of 1 routes are checked'],
    ],
  ])('%s (%j)', async (_, options, files, expected) => {
    expect(await asked('validates-input', { share: 0, ...options }, files)).toEqual(expected);
  });
});

describe('the log of requests', () => {
  const used = (body: string, more = '') =>
    at(app(`app.use((req, res, next) => {\n${body}\n  next();\n});\n${routes}`, `${more}\n${list}`));
  it.each<Row>([
    [
      'what was asked of which address',
      { ask: 'each' },
      used('  console.log(req.method, req.url);'),
      ['yes', 'src/index.js:5 use(function) logs each request'],
    ],
    [
      'the address alone',
      { ask: 'each' },
      used('  logger.info(`-> ${req.originalUrl}`);'),
      ['yes', 'src/index.js:5 use(function) logs each request'],
    ],
    ['an address of something else', { ask: 'each' }, used('  logger.info(settings.url);'), ['no']],
    ['the method alone', { ask: 'each' }, used('  console.log(req.method);'), ['no']],
    ['both, and nothing is logged', { ask: 'each' }, used('  res.locals.what = `${req.method} ${req.url}`;'), ['no']],
    [
      'by what is taken apart',
      { ask: 'each' },
      used('  const { method, originalUrl } = req;\n  logger.info(`${method} ${originalUrl}`);'),
      ['yes', 'src/index.js:5 use(function) logs each request'],
    ],
    [
      'by a sentence of loggers',
      { ask: 'each' },
      used("  req.log.info('request completed');"),
      ['yes', 'src/index.js:5 use(function) logs each request'],
    ],
    ['by another sentence', { ask: 'each' }, used("  req.log.info('user found');"), ['no']],
    [
      'by a function of ours',
      { ask: 'each' },
      at(
        app(
          `app.use((req, res, next) => {\n  logRequest(req);\n  next();\n});\n${routes}`,
          `import { logRequest } from './log.js';\n${list}`,
        ),
        { 'src/log.js': 'export const logRequest = (req) => console.log(req.method, req.path);\n' },
      ),
      ['yes', 'src/index.js:5 use(function) logs each request'],
    ],
    [
      'by a function of ours that logs nothing of it',
      { ask: 'each' },
      at(
        app(
          `app.use((req, res, next) => {\n  logVisit(req);\n  next();\n});\n${routes}`,
          `import { logVisit } from './log.js';\n${list}`,
        ),
        { 'src/log.js': "export const logVisit = (req) => console.log('visit');\n" },
      ),
      ['no'],
    ],
    [
      'only what no route took',
      { ask: 'each' },
      at(
        app(
          `${routes}\napp.use((req, res) => {\n  console.log(req.method, req.url);\n  res.sendStatus(404);\n});`,
          list,
        ),
      ),
      ['no'],
    ],
    [
      'only what failed',
      { ask: 'each' },
      at(
        app(
          `${routes}\napp.use((err, req, res, next) => {\n  console.log(req.method, req.url);\n  res.sendStatus(500);\n});`,
          list,
        ),
      ),
      ['no'],
    ],
    [
      'before one route',
      { ask: 'each' },
      at(app("app.get('/notes', (req, res, next) => { console.log(req.method, req.url); next(); }, list);", list)),
      ['no'],
    ],
    [
      'by a wrapper of some handlers',
      { ask: 'registered' },
      at(
        app(
          "app.get('/notes', (req, res) => { logRequest(req); res.json([]); });",
          "import { logRequest } from './log.js';",
        ),
        { 'src/log.js': 'export const logRequest = (req) => {};\n' },
      ),
      ['yes', 'src/index.js:4 logRequest(…) logs the requests that reach it'],
    ],
    [
      'by a wrapper of some handlers',
      { ask: 'each' },
      at(
        app(
          "app.get('/notes', (req, res) => { logRequest(req); res.json([]); });",
          "import { logRequest } from './log.js';",
        ),
        { 'src/log.js': 'export const logRequest = (req) => {};\n' },
      ),
      ['no'],
    ],
    [
      'written, and not registered',
      { ask: 'exists' },
      at(app(routes, list), {
        'src/log.js':
          "import express from 'express';\nexport function requestLogger(req, res, next) {\n  console.log(req.method, req.url);\n  next();\n}\n",
      }),
      ['yes', 'src/log.js:2 defines requestLogger'],
    ],
    [
      'written, and not registered',
      { ask: 'registered' },
      at(app(routes, list), {
        'src/log.js':
          "import express from 'express';\nexport function requestLogger(req, res, next) {\n  console.log(req.method, req.url);\n  next();\n}\n",
      }),
      ['no', 'src/log.js:2 defines requestLogger'],
    ],
    [
      'Fastify with its logger',
      { ask: 'each' },
      fastify("app.get('/notes', async () => []);", '', [], '{ logger: true }'),
      ['yes', 'src/index.js:3 Fastify with its logger on, which logs each request'],
    ],
    [
      'Fastify without it',
      { ask: 'exists' },
      fastify("app.get('/notes', async () => []);", '', [], '{ logger: false }'),
      ['no'],
    ],
    [
      'a hook of Fastify',
      { ask: 'each' },
      fastify(
        "app.addHook('onRequest', async (request) => { console.log(request.method, request.url); });\napp.get('/notes', async () => []);",
      ),
      ['yes', 'src/index.js:4 addHook(function) logs each request'],
    ],
    [
      'an interceptor of Nest',
      { ask: 'each' },
      nest('  app.useGlobalInterceptors(new Times());', notes, "import { Times } from './times.js';", [], {
        'src/times.ts':
          "import { Injectable, Logger } from '@nestjs/common';\n@Injectable()\nexport class Times {\n  intercept(context, next) {\n    const request = context.switchToHttp().getRequest();\n    Logger.log(`${request.method} ${request.url}`);\n    return next.handle();\n  }\n}\n",
      }),
      ['yes', 'src/main.ts:5 useGlobalInterceptors(Times) logs each request'],
    ],
    [
      'a server of Python',
      { ask: 'each' },
      {
        'requirements.txt': 'fastapi\nuvicorn\n',
        'main.py': 'from fastapi import FastAPI\napp = FastAPI()\n',
        Dockerfile: 'FROM python:3.12\nCOPY . .\nCMD ["uvicorn", "main:app", "--host", "0.0.0.0"]\n',
      },
      ['yes', 'Dockerfile:3 runs uvicorn main:app --host 0.0.0.0'],
    ],
    [
      'a server of Python that is told not to',
      { ask: 'each' },
      {
        'requirements.txt': 'fastapi\nuvicorn\n',
        'main.py': 'from fastapi import FastAPI\napp = FastAPI()\n',
        Dockerfile: 'FROM python:3.12\nCOPY . .\nCMD ["uvicorn", "main:app", "--no-access-log"]\n',
      },
      ['unknown: root is written in python, whose code is not read'],
    ],
    ['nothing', { ask: 'exists' }, at(app(routes, list)), ['no']],
  ])('%s (%j)', async (_, options, files, expected) => {
    expect(await asked('logs-requests', options, files)).toEqual(expected);
  });
});
