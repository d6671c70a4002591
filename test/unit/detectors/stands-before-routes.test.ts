import { expect, it } from 'vitest';
import { app, asked, at, service } from './_asked.ts';

type Row = [title: string, options: object, files: Record<string, string>, expected: string];

const limiter = { capability: 'rate-limiter' };
const all = { ...limiter, share: 1 };
const list = '(req, res) => res.json([])';
const limited = (statements: string, more: Record<string, string> = {}) =>
  at(app(statements, "import rateLimit from 'express-rate-limit';\nconst limit = rateLimit({ max: 5 });"), more, [
    'express-rate-limit',
  ]);
const nest = (call: string, name = '@nestjs/throttler') => ({
  'package.json': service({ scripts: { start: 'tsx src/index.ts' } }, ['@nestjs/core', '@nestjs/common', name]),
  'src/index.ts':
    "import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module.js';\nNestFactory.create(AppModule).then((app) => app.listen(3000));\n",
  'src/app.module.ts': `import { APP_GUARD } from '@nestjs/core';\nimport { Controller, Get, Module } from '@nestjs/common';\nimport { ThrottlerGuard, ThrottlerModule } from '${name}';\n@Controller('notes')\nexport class Notes {\n  @Get() all() { return []; }\n}\n@Module({ controllers: [Notes], imports: [${call}], providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }] })\nexport class AppModule {}\n`,
});
const six = ['a', 'b', 'c', 'd', 'e', 'f'];
const strapi = (options: string) =>
  at(app(`app.use(helmet(${options}));\napp.get('/notes', ${list});`, "import helmet from 'helmet';"), {}, ['helmet']);

it.each<Row>([
  [
    'for all',
    limiter,
    limited(`app.use(limit);\napp.get('/notes', ${list});`),
    'yes,src/index.js:5 use(express-rate-limit)',
  ],
  [
    'for all, under a path',
    limiter,
    limited(`app.use('/notes', limit);\napp.get('/notes', ${list});`),
    'yes,src/index.js:5 use(express-rate-limit) on /notes,src/index.js:6 GET /notes goes through it',
  ],
  [
    'for all, in code that nothing runs',
    limiter,
    limited(`app.get('/notes', ${list});\nexport const later = () => app.use(limit);`),
    'no',
  ],
  [
    'before one route',
    limiter,
    limited(`app.get('/notes', limit, ${list});`),
    'yes,src/index.js:5 GET /notes goes through it',
  ],
  [
    'before one of two',
    limiter,
    limited(`app.get('/notes', limit, ${list});\napp.get('/tags', ${list});`),
    'yes,src/index.js:5 GET /notes goes through it',
  ],
  [
    'before one of two, where each is asked for',
    all,
    limited(`app.get('/notes', limit, ${list});\napp.get('/tags', ${list});`),
    'no,src/index.js:6 GET /tags does not: 1 of 2 routes do,src/index.js:5 GET /notes goes through it',
  ],
  [
    'before one of two, where half is asked for',
    { ...limiter, share: 0.5 },
    limited(`app.get('/notes', limit, ${list});\napp.get('/tags', ${list});`),
    'yes,src/index.js:5 GET /notes goes through it',
  ],
  [
    'before each',
    all,
    limited(`app.get('/notes', limit, ${list});\napp.get('/tags', limit, ${list});`),
    'yes,src/index.js:5 GET /notes goes through it,src/index.js:6 GET /tags goes through it',
  ],
  ['before none', limiter, limited(`app.get('/notes', ${list});`), 'no'],
  ['before none, where each is asked for', all, limited(`app.get('/notes', ${list});`), 'no'],
  [
    'before six',
    limiter,
    limited(six.map((path) => `app.get('/${path}', limit, ${list});`).join('\n')),
    'yes,src/index.js:5 GET /a goes through it,src/index.js:6 GET /b goes through it,src/index.js:7 GET /c goes through it,src/index.js:8 GET /d goes through it',
  ],
  ['without routes', all, limited('start();'), 'no'],
  // Before signing in, and nothing else.
  [
    'before signing in alone',
    all,
    limited(`app.post('/login', limit, ${list});`),
    'yes,src/index.js:5 POST /login goes through it',
  ],
  [
    'before signing in',
    { ...limiter, share: 0.5 },
    limited(`app.post('/login', limit, ${list});\napp.get('/notes', ${list});`),
    'no,src/index.js:6 GET /notes does not: 1 of 2 routes do,src/index.js:5 POST /login goes through it',
  ],
  ...[
    'auth',
    'oauth2',
    'log-in',
    'logout',
    'sign-in',
    'signup',
    'sign-out',
    'register',
    'password',
    'sessions',
    'session/new',
    'login-by-mail',
  ].map(
    (path): Row => [
      `before /${path}`,
      { ...limiter, share: 0.5 },
      limited(`app.post('/${path}', limit, ${list});\napp.get('/notes', ${list});`),
      `no,src/index.js:6 GET /notes does not: 1 of 2 routes do,src/index.js:5 POST /${path} goes through it`,
    ],
  ),
  ...['authors', 'relogin', 'registers', 'passwords', 'signings'].map(
    (path): Row => [
      `before /${path}`,
      { ...limiter, share: 0.5 },
      limited(`app.post('/${path}', limit, ${list});\napp.get('/notes', ${list});`),
      `yes,src/index.js:5 POST /${path} goes through it`,
    ],
  ),
  [
    'before signing in and one more',
    { ...limiter, share: 0.5 },
    limited(`app.post('/login', limit, ${list});\napp.post('/tags', limit, ${list});\napp.get('/notes', ${list});`),
    'yes,src/index.js:5 POST /login goes through it,src/index.js:6 POST /tags goes through it',
  ],
  [
    'before signing in, of another kind',
    { capability: 'security-headers', share: 0.5 },
    at(app(`app.post('/login', helmet(), ${list});\napp.get('/notes', ${list});`, "import helmet from 'helmet';"), {}, [
      'helmet',
    ]),
    'yes,src/index.js:4 POST /login goes through it',
  ],
  [
    'before signing in, of two kinds',
    { capability: ['security-headers', 'rate-limiter'], share: 0.5 },
    at(app(`app.post('/login', helmet(), ${list});\napp.get('/notes', ${list});`, "import helmet from 'helmet';"), {}, [
      'helmet',
    ]),
    'no,src/index.js:5 GET /notes does not: 1 of 2 routes do,src/index.js:4 POST /login goes through it',
  ],
  // What changes something.
  [
    'before what changes',
    { ...all, over: 'mutating' },
    limited(`app.post('/notes', limit, ${list});\napp.get('/notes', ${list});`),
    'yes,src/index.js:5 POST /notes goes through it',
  ],
  [
    'not before what changes',
    { ...all, over: 'mutating' },
    limited(`app.post('/notes', limit, ${list});\napp.delete('/notes', ${list});`),
    'no,src/index.js:6 DELETE /notes does not: 1 of 2 routes do,src/index.js:5 POST /notes goes through it',
  ],
  ...['put', 'patch', 'delete', 'all'].map(
    (verb): Row => [
      `not before ${verb}`,
      { ...all, over: 'mutating' },
      limited(`app.post('/tags', limit, ${list});\napp.${verb}('/notes', ${list});`),
      `no,src/index.js:6 ${verb.toUpperCase()} /notes does not: 1 of 2 routes do,src/index.js:5 POST /tags goes through it`,
    ],
  ),
  // In the handler.
  [
    'in the handler',
    limiter,
    limited("app.get('/notes', (req, res) => { limit(req, res); res.json([]); });"),
    'yes,src/index.js:5 GET /notes goes through it',
  ],
  [
    'in the handler, where that is not asked for',
    { ...limiter, inHandler: false },
    limited("app.get('/notes', (req, res) => { limit(req, res); res.json([]); });"),
    'no',
  ],
  [
    'before the handler, where that is not asked for',
    { ...limiter, inHandler: false },
    limited(`app.get('/notes', limit, ${list});`),
    'yes,src/index.js:5 GET /notes goes through it',
  ],
  // Switched off.
  [
    'switched off',
    limiter,
    at(
      app(
        `app.use(makeAll({ rateLimiter: false }));\napp.get('/notes', ${list});`,
        "import makeAll from 'express-rate-limit';",
      ),
      {},
      ['express-rate-limit'],
    ),
    'no',
  ],
  [
    'switched on',
    limiter,
    at(
      app(
        `app.use(makeAll({ rateLimiter: true }));\napp.get('/notes', ${list});`,
        "import makeAll from 'express-rate-limit';",
      ),
      {},
      ['express-rate-limit'],
    ),
    'yes,src/index.js:4 use(express-rate-limit)',
  ],
  [
    'with another switch off',
    limiter,
    at(
      app(
        `app.use(makeAll({ headers: false }));\napp.get('/notes', ${list});`,
        "import makeAll from 'express-rate-limit';",
      ),
      {},
      ['express-rate-limit'],
    ),
    'yes,src/index.js:4 use(express-rate-limit)',
  ],
  [
    'with words for a switch',
    limiter,
    at(
      app(
        `app.use(makeAll({ rateLimiter: '' }));\napp.get('/notes', ${list});`,
        "import makeAll from 'express-rate-limit';",
      ),
      {},
      ['express-rate-limit'],
    ),
    'yes,src/index.js:4 use(express-rate-limit)',
  ],
  [
    'switched off before a route',
    limiter,
    at(
      app(`app.get('/notes', makeAll({ ratelimiter: false }), ${list});`, "import makeAll from 'express-rate-limit';"),
      {},
      ['express-rate-limit'],
    ),
    'no',
  ],
  ['headers', { capability: 'security-headers' }, strapi(''), 'yes,src/index.js:4 use(helmet)'],
  ['headers switched off', { capability: 'security-headers' }, strapi('{ securityHeaders: false }'), 'no'],
  // With nothing to hold them to.
  [
    'with a limit',
    all,
    nest('ThrottlerModule.forRoot([{ limit: 5, ttl: 60 }])'),
    'yes,src/app.module.ts:8 APP_GUARD(@nestjs/throttler)',
  ],
  [
    'without a limit',
    all,
    nest('ThrottlerModule.forRoot({ throttlers: [] })'),
    'no,src/app.module.ts:8 ThrottlerModule.forRoot names no limit',
  ],
  [
    'without a limit, widely',
    all,
    nest('ThrottlerModule.forRoot({ throttlers : [ ] })'),
    'no,src/app.module.ts:8 ThrottlerModule.forRoot names no limit',
  ],
  [
    'without a limit, made later',
    all,
    nest('ThrottlerModule.forRootAsync({ useFactory: () => ({ throttlers: [] }) })'),
    'no,src/app.module.ts:8 ThrottlerModule.forRootAsync names no limit',
  ],
  [
    'without a limit, where one is enough',
    limiter,
    nest('ThrottlerModule.forRoot({ throttlers: [] })'),
    'yes,src/app.module.ts:8 APP_GUARD(@nestjs/throttler)',
  ],
  [
    'without throttlers of another module',
    all,
    nest('Other.forRoot({ throttlers: [] })'),
    'yes,src/app.module.ts:8 APP_GUARD(@nestjs/throttler)',
  ],
  [
    'without a limit, by another call',
    all,
    nest('ThrottlerModule.forFeature({ throttlers: [] })'),
    'yes,src/app.module.ts:8 APP_GUARD(@nestjs/throttler)',
  ],
  [
    'without a limit, by a longer call',
    all,
    nest('ThrottlerModule.forRootOf({ throttlers: [] })'),
    'yes,src/app.module.ts:8 APP_GUARD(@nestjs/throttler)',
  ],
  [
    'without something else',
    all,
    nest('ThrottlerModule.forRoot({ myThrottlers: [], throttlers: [{ limit: 5 }] })'),
    'yes,src/app.module.ts:8 APP_GUARD(@nestjs/throttler)',
  ],
])('%s', async (_, options, files, expected) => {
  expect((await asked('stands-before-routes', { share: 0, ...options }, files)).join()).toEqual(expected);
});
