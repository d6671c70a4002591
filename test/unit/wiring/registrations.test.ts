import { describe, expect, it } from 'vitest';
import type { ValueFact } from '../../../src/model/facts/source.ts';
import { pkg, wired } from './_wired.ts';

const nameOf = (value: ValueFact): string =>
  value.kind === 'call' ? `${value.callee}()` : value.kind === 'ref' ? value.path : value.kind;

/** What is registered, as a reader would list it, then what stands before each route. */
async function around(files: Record<string, string>, path = '.'): Promise<string[]> {
  const wiring = await wired(files, path);
  return [
    ...wiring
      .middleware()
      .map(({ how, scope, path: at, value, live, file, line, behind }) =>
        [
          how,
          nameOf(value),
          scope,
          ...(at === null ? [] : [`at '${at}'`]),
          ...(live === 'live' ? [] : [live]),
          `${file}:${line}`,
          ...behind.map((one) => `${one.package}.${one.member}`),
        ].join(' '),
      ),
    ...wiring.routes().map(
      (route) =>
        `${route.method} ${route.path}: ${
          wiring
            .before(route)
            .map(({ value }) => nameOf(value))
            .join(', ') || 'nothing'
        }`,
    ),
  ];
}

const users = {
  'src/users.js':
    "import { Router } from 'express';\nexport const users = Router();\nusers.get('/all', (req, res) => res.end());\nexport default users;\n",
  'src/kept.js':
    "import helmet from 'helmet';\nexport const guard = (req, res, next) => next();\nexport const made = () => helmet();\n",
};
const head =
  "import express from 'express';\nimport { users } from './users.js';\nimport { guard, made } from './kept.js';\nconst app = express();\n";

describe('on an application of Express', () => {
  it.each<[string, string[]]>([
    ["app.use(guard);\napp.use('/users', users);", ['use guard global src/index.js:5', 'GET /users/all: guard']],
    [
      "app.use(made());\napp.use('/users', users);",
      ['use made() global src/index.js:5 helmet.default', 'GET /users/all: made()'],
    ],
    ["app.use('/users', guard, users);", ["use guard path at '/users' src/index.js:5", 'GET /users/all: guard']],
    [
      "app.use('/users', [guard, made()], users);",
      [
        "use guard path at '/users' src/index.js:5",
        "use made() path at '/users' src/index.js:5 helmet.default",
        'GET /users/all: guard, made()',
      ],
    ],
    [
      "app.use('/users', guard);\napp.use('/users', users);",
      ["use guard path at '/users' src/index.js:5", 'GET /users/all: guard'],
    ],
    [
      "app.use('/user', guard);\napp.use('/users', users);",
      ["use guard path at '/user' src/index.js:5", 'GET /users/all: nothing'],
    ],
    [
      "app.use('/users/all', guard);\napp.use('/users', users);",
      ["use guard path at '/users/all' src/index.js:5", 'GET /users/all: guard'],
    ],
    [
      "app.use('/users/*', guard);\napp.use('/users', users);",
      ["use guard path at '/users/*' src/index.js:5", 'GET /users/all: guard'],
    ],
    [
      "app.use('/:any', guard);\napp.use('/users', users);",
      ["use guard path at '/:any' src/index.js:5", 'GET /users/all: nothing'],
    ],
    [
      "app.use(['/users', '/notes'], guard);\napp.use('/users', users);",
      ["use guard path at '/users' src/index.js:5", 'GET /users/all: guard'],
    ],
    [
      "app.use(['/users', '/api'], guard);\napp.use('/users', users);",
      ["use guard global at '/api' src/index.js:5", 'GET /users/all: guard'],
    ],
    [
      "app.use([path, '/api'], guard);\napp.use('/users', users);",
      ['use path global src/index.js:5', 'use guard global src/index.js:5', 'GET /users/all: path, guard'],
    ],
    [
      'app.use([guard, made()]);\napp.use(users);',
      ['use guard global src/index.js:5', 'use made() global src/index.js:5 helmet.default', 'GET /all: guard, made()'],
    ],
    [
      "const path = '/users';\napp.use(path, guard);\napp.use(path, users);",
      ["use guard path at '/users' src/index.js:6", 'GET /users/all: guard'],
    ],
    ["app.use('guard', { on: true });\napp.use(users);", ['GET /all: nothing']],
    ['app.used(guard);\napp.use(users);', ['GET /all: nothing']],
    ['use(guard);\napp.use(users);', ['GET /all: nothing']],
    ['new app.use(guard);\napp.use(users);', ['GET /all: nothing']],
    ['express.Router().use(guard);\napp.use(users);', ['use guard path src/index.js:5', 'GET /all: nothing']],
    [
      'const inner = express.Router();\ninner.use(guard);\napp.use(inner);\napp.use(users);',
      ['use guard path src/index.js:6', 'GET /all: nothing'],
    ],
    [
      "const inner = express.Router();\ninner.use(guard);\ninner.get('/in', (req, res) => res.end());\napp.use('/inner', inner);\napp.use(users);",
      ['use guard path src/index.js:6', 'GET /inner/in: guard', 'GET /all: nothing'],
    ],
    [
      "app.all('/users/*', (req, res, next) => { next(); });\napp.use('/users', users);",
      ["all function path at '/users/*' src/index.js:5", 'ALL /users/*: nothing', 'GET /users/all: function'],
    ],
    [
      "app.all('/users/*', (req, res, next) => { next(new Error()); });\napp.use('/users', users);",
      ['ALL /users/*: nothing', 'GET /users/all: nothing'],
    ],
    [
      "app.all('/users/*', (req, res) => { next(); });\napp.use('/users', users);",
      ['ALL /users/*: nothing', 'GET /users/all: nothing'],
    ],
    [
      "app.all('/users', guard);\napp.use('/users', users);",
      ["all guard path at '/users' src/index.js:5", 'ALL /users: nothing', 'GET /users/all: nothing'],
    ],
    [
      "app.get('/users/', guard);\napp.use('/users', users);",
      ["get guard path at '/users/' src/index.js:5", 'GET /users/: nothing', 'GET /users/all: nothing'],
    ],
    [
      "app.post('/users{/*rest}', guard);\napp.use('/users', users);",
      ["post guard path at '/users{/*rest}' src/index.js:5", 'POST /users{/*rest}: nothing', 'GET /users/all: nothing'],
    ],
    [
      "app.post('/users/*', guard);\napp.use('/users', users);",
      ["post guard path at '/users/*' src/index.js:5", 'POST /users/*: nothing', 'GET /users/all: nothing'],
    ],
    [
      "app.get('/users{/*rest}', guard);\napp.use('/users', users);",
      ["get guard path at '/users{/*rest}' src/index.js:5", 'GET /users{/*rest}: nothing', 'GET /users/all: guard'],
    ],
    [
      "app.get('/users/all', guard);\napp.use('/users', users);",
      ["get guard path at '/users/all' src/index.js:5", 'GET /users/all: nothing', 'GET /users/all: guard'],
    ],
    [
      "app.use('/notes', guard);\napp.get('/notes/a', (req, res) => res.end());\napp.get('/note', (req, res) => res.end());",
      ["use guard path at '/notes' src/index.js:5", 'GET /notes/a: guard', 'GET /note: nothing', 'GET /all: nothing'],
    ],
    [
      "app.use('/:any', guard);\napp.get('/notes', (req, res) => res.end());",
      ["use guard path at '/:any' src/index.js:5", 'GET /notes: guard', 'GET /all: nothing'],
    ],
    ["app.put('/users/*', guard);\napp.use('/users', users);", ['PUT /users/*: nothing', 'GET /users/all: nothing']],
    [
      "app.all('/user', guard);\napp.use('/users', users);",
      ["all guard path at '/user' src/index.js:5", 'ALL /user: nothing', 'GET /users/all: nothing'],
    ],
    [
      "app.all('/users/*', guard, made());\napp.use('/users', users);",
      ['ALL /users/*: guard', 'GET /users/all: nothing'],
    ],
    ["app.all(lost, guard);\napp.use('/users', users);", ['GET /users/all: nothing']],
    ["app.all('/users/*', lost);\napp.use('/users', users);", ['ALL /users/*: nothing', 'GET /users/all: nothing']],
    ["users.all('/users/*', guard);\napp.use('/users', users);", ['GET /users/all: nothing']],
    [
      "if (process.env.NODE_ENV === 'development') app.use(guard);\napp.use(users);",
      ['use guard global dead src/index.js:5', 'GET /all: nothing'],
    ],
  ])('%s', async (statements, expected) => {
    const files = {
      'package.json': pkg('express', 'helmet'),
      'src/index.js': `${head}${statements}\napp.listen(1);\n`,
      ...users,
    };
    expect(await around(files)).toEqual(expected);
  });
});

describe('on an application of another framework', () => {
  const frames: Record<string, string> = {
    fastify: "import Fastify from 'fastify';\nconst app = Fastify();\napp.get('/a', async () => 1);\n",
    hono: "import { Hono } from 'hono';\nconst app = new Hono();\napp.get('/a', (c) => c.json(1));\n",
    elysia: "import { Elysia } from 'elysia';\nconst app = new Elysia();\napp.get('/a', () => 1);\n",
    '@hapi/hapi':
      "import Hapi from '@hapi/hapi';\nconst app = Hapi.server();\napp.route({ method: 'GET', path: '/a', handler: () => 1 });\n",
    koa: "import Koa from 'koa';\nimport Router from '@koa/router';\nconst app = new Koa();\nconst router = new Router();\nrouter.get('/a', (ctx) => {});\napp.use(router.routes());\n",
    '@nestjs/core': "import { NestFactory } from '@nestjs/core';\nconst app = await NestFactory.create(Own);\n",
  };
  it.each<[string, string, string[]]>([
    ['fastify', 'app.register(guard);', ['register guard global src/index.js:5', 'GET /a: guard']],
    ['fastify', "app.register(guard, { prefix: '/in' });", ['register guard global src/index.js:5', 'GET /a: guard']],
    ['fastify', "app.register('guard');", ['GET /a: nothing']],
    ['fastify', "app.addHook('onRequest', guard);", ['addHook guard global src/index.js:5', 'GET /a: guard']],
    [
      'fastify',
      "app.addHook('preHandler', made());",
      ['addHook made() global src/index.js:5 helmet.default', 'GET /a: made()'],
    ],
    [
      'fastify',
      'app.setErrorHandler(guard);\napp.setNotFoundHandler(guard);',
      [
        'setErrorHandler guard global src/index.js:5',
        'setNotFoundHandler guard global src/index.js:6',
        'GET /a: guard, guard',
      ],
    ],
    ['fastify', "app.addHooks('onRequest', guard);", ['GET /a: nothing']],
    ['hono', "app.use('*', guard);", ["use guard global at '*' src/index.js:5", 'GET /a: guard']],
    ['hono', "app.use('/a/*', guard);", ["use guard path at '/a/*' src/index.js:5", 'GET /a: guard']],
    ['hono', "app.use('/b/*', guard);", ["use guard path at '/b/*' src/index.js:5", 'GET /a: nothing']],
    [
      'hono',
      'app.onError(guard);\napp.notFound(guard);',
      ['onError guard global src/index.js:5', 'notFound guard global src/index.js:6', 'GET /a: guard, guard'],
    ],
    [
      'elysia',
      'app.use(guard);\napp.onRequest(guard);',
      ['use guard global src/index.js:5', 'onRequest guard global src/index.js:6', 'GET /a: guard, guard'],
    ],
    [
      'elysia',
      'app.onError(guard);\napp.plug(guard);',
      ['onError guard global src/index.js:5', 'plug guard global src/index.js:6', 'GET /a: guard, guard'],
    ],
    ['@hapi/hapi', "app.ext('onPreAuth', guard);", ['ext guard global src/index.js:5', 'GET /a: object, guard']],
    [
      '@hapi/hapi',
      'app.register([guard, { plugin: made }]);',
      [
        'register guard global src/index.js:5',
        'register object global src/index.js:5 helmet.default',
        'GET /a: object, guard, object',
      ],
    ],
    [
      'koa',
      'app.use(guard);',
      [
        'use router.routes() global src/index.js:7 @koa/router.default',
        'use guard global src/index.js:8',
        'GET /a: router.routes(), guard',
      ],
    ],
    [
      'koa',
      'router.use(guard);',
      [
        'use router.routes() global src/index.js:7 @koa/router.default',
        'use guard path src/index.js:8',
        'GET /a: router.routes(), guard',
      ],
    ],
    [
      '@nestjs/core',
      'app.useGlobalPipes(new Own());\napp.useGlobalGuards(guard);',
      ['useGlobalPipes Own() global src/index.js:4', 'useGlobalGuards guard global src/index.js:5'],
    ],
    [
      '@nestjs/core',
      'app.useGlobalFilters(guard);\napp.useGlobalInterceptors(guard, made());',
      [
        'useGlobalFilters guard global src/index.js:4',
        'useGlobalInterceptors guard global src/index.js:5',
        'useGlobalInterceptors made() global src/index.js:5 helmet.default',
      ],
    ],
    [
      '@nestjs/core',
      "app.enableCors({ origin: '*' });\napp.use(made());",
      [
        'enableCors enableCors() global src/index.js:4 @nestjs/core.enableCors',
        'use made() global src/index.js:5 helmet.default',
      ],
    ],
    [
      '@nestjs/core',
      'service.enableCors();\nservice.useGlobalPipe(guard);',
      ['enableCors enableCors() global src/index.js:4 @nestjs/core.enableCors'],
    ],
    [
      '@feathersjs/feathers',
      "import { feathers } from '@feathersjs/feathers';\nconst app = feathers();\napp.configure(guard);\napp.hooks({ all: [guard] });\napp.service('a').hooks({ all: [guard] });",
      ['configure guard global src/index.js:4', 'hooks object global src/index.js:5'],
    ],
  ])('%s: %s', async (name, statements, expected) => {
    const text = `import { guard, made } from './kept.js';\n${frames[name] ?? ''}${statements}\napp.listen(1);\n`;
    expect(
      await around({ 'package.json': pkg(name, 'helmet'), 'src/index.js': text, 'src/kept.js': users['src/kept.js'] }),
    ).toEqual(expected);
  });

  it.each<[string, string[]]>([
    [
      'next',
      [
        'use guard path app/api/[[...route]]/route.ts:5',
        'GET /a: guard',
        'GET /api/[[...route]]: handle()',
        'GET /api/other: nothing',
      ],
    ],
    ['@sveltejs/kit', ['use guard path dead app/api/[[...route]]/route.ts:5', 'GET /a: nothing']],
    ['astro', ['use guard path dead app/api/[[...route]]/route.ts:5', 'GET /a: nothing']],
    ['@solidjs/start', ['use guard path dead app/api/[[...route]]/route.ts:5', 'GET /a: nothing']],
    ['nuxt', ['use guard global dead app/api/[[...route]]/route.ts:5', 'GET /a: nothing']],
  ])('an application of Hono inside %s', async (name, expected) => {
    const files = {
      'package.json': JSON.stringify({ name: 'app', dependencies: { [name]: '1', hono: '4' } }),
      'app/api/[[...route]]/route.ts':
        "import { Hono } from 'hono';\nimport { handle } from 'hono/vercel';\nimport { guard } from '../../../src/kept';\nconst app = new Hono().basePath('/api');\napp.use(guard);\napp.get('/a', (c) => c.json(1));\nexport const GET = handle(app);\n",
      'app/api/other/route.ts': 'export const GET = (request) => new Response(request.url);\n',
      'src/kept.ts': 'export const guard = (c, next) => next();\n',
    };
    expect(await around(files)).toEqual(expected);
  });
});

describe('by a name that the kernel of Adonis knows', () => {
  const kernel =
    "import { guard } from './kept.js';\nimport Server from '@ioc:Adonis/Core/Server';\nServer.middleware.registerNamed({ signed: guard, other: guard });\n";
  it.each<[string, string, string[]]>([
    ["Route.get('/a', 'Notes.all').middleware('signed');", kernel, ['middleware signed path start/kernel.js:2']],
    [
      "Route.get('/a', 'Notes.all').middleware(['signed:api', 'other']);",
      kernel,
      ['middleware signed path start/kernel.js:2', 'middleware other path start/kernel.js:2'],
    ],
    [
      "Route.get('/a', 'Notes.all').middleware('auth');",
      kernel,
      ['middleware auth path start/routes.js:2 @adonisjs/auth.auth'],
    ],
    [
      "Route.get('/a', 'Notes.all').middleware('auth:web');",
      'export const nothing = 1;\n',
      ['middleware auth path start/routes.js:2 @adonisjs/auth.auth'],
    ],
    ["Route.get('/a', 'Notes.all').middleware('lost');", kernel, ['middleware lost path start/routes.js:2']],
    ["Route.get('/a', 'Notes.all').middleware(guard);", kernel, []],
    ["router.get('/a', 'Notes.all').middleware('signed');", kernel, ['middleware signed path start/kernel.js:2']],
    ["other.get('/a', 'Notes.all').middleware('signed');", kernel, []],
  ])('%s', async (statement, text, expected) => {
    const files = {
      'package.json': pkg('@adonisjs/core'),
      'start/routes.js': `import Route from '@ioc:Adonis/Core/Route';\n${statement}\n`,
      'start/kernel.js': text,
      'start/kept.js': 'export const guard = () => 1;\n',
      'src/index.js': '',
    };
    expect((await around(files)).filter((one) => one.startsWith('middleware'))).toEqual(expected);
  });
});

describe('on the endpoint of GraphQL', () => {
  const served =
    "import express from 'express';\nimport { guard } from './kept.js';\nimport { graphqlHTTP } from 'express-graphql';\nimport { makeExecutableSchema } from '@graphql-tools/schema';\nconst app = express();\nconst schema = makeExecutableSchema({ resolvers: { Query: { notes: () => 1 } } });\napp.get('/notes', (req, res) => res.end());\n";
  it.each<[string, string[]]>([
    [
      "app.post('/graphql', guard);",
      [
        "post guard path at '/graphql' src/index.js:8",
        'QUERY notes: guard',
        'GET /notes: nothing',
        'POST /graphql: nothing',
      ],
    ],
    [
      "app.all('/api/graphql', guard);",
      [
        "all guard path at '/api/graphql' src/index.js:8",
        'QUERY notes: guard',
        'GET /notes: nothing',
        'ALL /api/graphql: nothing',
      ],
    ],
    [
      "app.use('/graphql', guard);",
      ["use guard global at '/graphql' src/index.js:8", 'QUERY notes: guard', 'GET /notes: guard'],
    ],
    [
      "app.all('/notes', guard);",
      ["all guard path at '/notes' src/index.js:8", 'QUERY notes: nothing', 'GET /notes: guard', 'ALL /notes: nothing'],
    ],
    [
      "app.all('/note', guard);",
      ["all guard path at '/note' src/index.js:8", 'QUERY notes: nothing', 'GET /notes: nothing', 'ALL /note: nothing'],
    ],
  ])('%s', async (statement, expected) => {
    const files = {
      'package.json': pkg('express'),
      'src/index.js': `${served}${statement}\napp.listen(1);\n`,
      'src/kept.js': users['src/kept.js'],
    };
    expect(await around(files)).toEqual(expected);
  });
});

describe('by a module of Nest', () => {
  const nest = (choice: string, providers = '') => ({
    'package.json':
      '{"name":"app","scripts":{"start":"tsx src/main.ts"},"dependencies":{"@nestjs/core":"11","@nestjs/common":"11","helmet":"8"}}',
    'src/main.ts':
      "import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module.js';\nNestFactory.create(AppModule).then((app) => app.listen(1));\n",
    'src/app.module.ts': `import { Module } from '@nestjs/common';\nimport { APP_GUARD, APP_PIPE, APP_FILTER } from '@nestjs/core';\nimport { Notes } from './notes.js';\nimport { Own } from './own.js';\nimport helmet from 'helmet';\nconst base = 'notes';\n@Module({ controllers: [Notes], providers: [${providers}] })\nexport class AppModule {\n  configure(consumer) {\n    consumer.${choice};\n  }\n}\n`,
    'src/notes.ts':
      "import { Controller, Get } from '@nestjs/common';\n@Controller('notes')\nexport class Notes {\n  @Get(':id') one() { return []; }\n  @Get('all/deep') all() { return []; }\n}\n",
    'src/own.ts':
      "import helmet from 'helmet';\nexport class Own { use(req, res, next) { helmet()(req, res, next); } }\n",
  });
  it.each<[string, string[]]>([
    [
      "apply(Own).forRoutes('/notes/')",
      [
        'apply Own path src/app.module.ts:10 helmet.default helmet.default',
        'GET /notes/:id: Controller(), Own',
        'GET /notes/all/deep: Controller(), Own',
      ],
    ],
    [
      "apply(Own).forRoutes('notes/*')",
      [
        'apply Own path src/app.module.ts:10 helmet.default helmet.default',
        'GET /notes/:id: Controller(), Own',
        'GET /notes/all/deep: Controller(), Own',
      ],
    ],
    [
      "apply(Own).forRoutes('notes/(.*)')",
      [
        'apply Own path src/app.module.ts:10 helmet.default helmet.default',
        'GET /notes/:id: Controller(), Own',
        'GET /notes/all/deep: Controller(), Own',
      ],
    ],
    [
      "apply(Own).forRoutes('notes/{*rest}')",
      [
        'apply Own path src/app.module.ts:10 helmet.default helmet.default',
        'GET /notes/:id: Controller(), Own',
        'GET /notes/all/deep: Controller(), Own',
      ],
    ],
    [
      "apply(Own).forRoutes('notes{/*rest}')",
      [
        'apply Own path src/app.module.ts:10 helmet.default helmet.default',
        'GET /notes/:id: Controller(), Own',
        'GET /notes/all/deep: Controller(), Own',
      ],
    ],
    [
      "apply(Own).forRoutes('all')",
      [
        'apply Own path src/app.module.ts:10 helmet.default helmet.default',
        'GET /notes/:id: Controller()',
        'GET /notes/all/deep: Controller(), Own',
      ],
    ],
    [
      "apply(Own).forRoutes('note')",
      [
        'apply Own path src/app.module.ts:10 helmet.default helmet.default',
        'GET /notes/:id: Controller()',
        'GET /notes/all/deep: Controller()',
      ],
    ],
    [
      "apply(Own).forRoutes('notes/:id')",
      [
        'apply Own path src/app.module.ts:10 helmet.default helmet.default',
        'GET /notes/:id: Controller(), Own',
        'GET /notes/all/deep: Controller()',
      ],
    ],
    [
      "apply(Own).forRoutes('notes.all')",
      [
        'apply Own path src/app.module.ts:10 helmet.default helmet.default',
        'GET /notes/:id: Controller()',
        'GET /notes/all/deep: Controller()',
      ],
    ],
    [
      "apply(Own).forRoutes('(.*)')",
      [
        'apply Own global src/app.module.ts:10 helmet.default helmet.default',
        'GET /notes/:id: Controller(), Own',
        'GET /notes/all/deep: Controller(), Own',
      ],
    ],
    [
      "apply(Own).forRoutes('')",
      [
        'apply Own global src/app.module.ts:10 helmet.default helmet.default',
        'GET /notes/:id: Controller(), Own',
        'GET /notes/all/deep: Controller(), Own',
      ],
    ],
    [
      "apply(Own).forRoutes('/')",
      [
        'apply Own global src/app.module.ts:10 helmet.default helmet.default',
        'GET /notes/:id: Controller(), Own',
        'GET /notes/all/deep: Controller(), Own',
      ],
    ],
    [
      'apply(Own).forRoutes(base)',
      [
        'apply Own path src/app.module.ts:10 helmet.default helmet.default',
        'GET /notes/:id: Controller(), Own',
        'GET /notes/all/deep: Controller(), Own',
      ],
    ],
    [
      'apply(Own).forRoutes(lost)',
      [
        'apply Own global src/app.module.ts:10 helmet.default helmet.default',
        'GET /notes/:id: Controller(), Own',
        'GET /notes/all/deep: Controller(), Own',
      ],
    ],
    [
      "apply(Own).forRoutes('other', Notes)",
      [
        'apply Own path src/app.module.ts:10 helmet.default helmet.default',
        'GET /notes/:id: Controller(), Own',
        'GET /notes/all/deep: Controller(), Own',
      ],
    ],
    [
      "apply(Own).forRoutes('other', lost)",
      [
        'apply Own global src/app.module.ts:10 helmet.default helmet.default',
        'GET /notes/:id: Controller(), Own',
        'GET /notes/all/deep: Controller(), Own',
      ],
    ],
    [
      "apply(Own).forRoutes({ path: 'notes', method: 1 }, 'other')",
      [
        'apply Own path src/app.module.ts:10 helmet.default helmet.default',
        'GET /notes/:id: Controller(), Own',
        'GET /notes/all/deep: Controller(), Own',
      ],
    ],
    [
      'apply(Own).forRoutes({ method: 1 })',
      [
        'apply Own global src/app.module.ts:10 helmet.default helmet.default',
        'GET /notes/:id: Controller(), Own',
        'GET /notes/all/deep: Controller(), Own',
      ],
    ],
    [
      "apply(Own, helmet()).exclude('a').with(1).forRoutes('*')",
      [
        'apply Own global src/app.module.ts:10 helmet.default helmet.default',
        'apply helmet() global src/app.module.ts:10 helmet.default',
        'GET /notes/:id: Controller(), Own, helmet()',
        'GET /notes/all/deep: Controller(), Own, helmet()',
      ],
    ],
    [
      "apply(Own).for('notes')",
      [
        'apply Own path src/app.module.ts:10 helmet.default helmet.default',
        'GET /notes/:id: Controller()',
        'GET /notes/all/deep: Controller()',
      ],
    ],
    ["bind(Own).forRoutes('notes')", ['GET /notes/:id: Controller()', 'GET /notes/all/deep: Controller()']],
  ])('%s', async (choice, expected) => expect(await around(nest(choice))).toEqual(expected));
  it.each<[string, string[]]>([
    [
      '{ provide: APP_GUARD, useClass: Own }',
      [
        'APP_GUARD Own global src/app.module.ts:7 helmet.default helmet.default',
        'GET /notes/:id: Controller(), Own',
        'GET /notes/all/deep: Controller(), Own',
      ],
    ],
    [
      '{ provide: APP_PIPE, useExisting: Own }',
      [
        'APP_PIPE Own global src/app.module.ts:7 helmet.default helmet.default',
        'GET /notes/:id: Controller(), Own',
        'GET /notes/all/deep: Controller(), Own',
      ],
    ],
    [
      '{ provide: APP_FILTER, useFactory: () => new Own() }',
      [
        'APP_FILTER function global src/app.module.ts:7 helmet.default helmet.default',
        'GET /notes/:id: Controller(), function',
        'GET /notes/all/deep: Controller(), function',
      ],
    ],
    [
      "{ provide: APP_GUARD, useValue: helmet() }, { provide: 'APP_GUARD', useClass: Own }",
      [
        'APP_GUARD helmet() global src/app.module.ts:7 helmet.default',
        'GET /notes/:id: Controller(), helmet()',
        'GET /notes/all/deep: Controller(), helmet()',
      ],
    ],
    ['{ provide: APP_GUARD }', ['GET /notes/:id: Controller()', 'GET /notes/all/deep: Controller()']],
    ['{ provide: OTHER, useClass: Own }, Own', ['GET /notes/:id: Controller()', 'GET /notes/all/deep: Controller()']],
    ['{ useClass: Own }', ['GET /notes/:id: Controller()', 'GET /notes/all/deep: Controller()']],
  ])('%s', async (providers, expected) => expect(await around(nest('bind()', providers))).toEqual(expected));
});

describe('by its place', () => {
  it.each<[string, Record<string, string>, string[]]>([
    [
      'next',
      {
        'src/middleware.ts':
          "import helmet from 'helmet';\nexport const middleware = () => helmet();\nexport const config = { matcher: '/a' };\nconst own = process.env.A;\n",
      },
      [
        'loaded by its place middleware global src/middleware.ts:2 helmet.default',
        'loaded by its place config global src/middleware.ts:3',
      ],
    ],
    [
      'next',
      {
        'src/middleware.ts': "export { guard as middleware, other } from './kept';\n",
        'src/kept.ts': "import helmet from 'helmet';\nexport const guard = () => helmet(process.env.A);\n",
      },
      ['loaded by its place guard global src/middleware.ts:1 helmet.default helmet.default'],
    ],
    [
      'next',
      {
        'proxy.ts':
          "export { proxy } from 'own-proxy';\nexport { default } from 'next-auth/middleware';\nexport { handle } from './lost';\nexport { onRequest } from 'own-proxy';\nexport { middlewares } from 'own-proxy';\n",
      },
      [
        'loaded by its place proxy global proxy.ts:1 own-proxy.proxy',
        'loaded by its place default global proxy.ts:2 next-auth/middleware.default',
        'loaded by its place handle global proxy.ts:3',
        'loaded by its place onRequest global proxy.ts:4 own-proxy.onRequest',
      ],
    ],
    [
      '@sveltejs/kit',
      { 'src/hooks.server.ts': "import helmet from 'helmet';\nexport const handle = () => helmet(process.env.A);\n" },
      ['loaded by its place handle global src/hooks.server.ts:2 helmet.default helmet.default'],
    ],
    [
      'nitro',
      {
        'server/middleware/a.ts':
          "import helmet from 'helmet';\nexport default defineEventHandler(() => helmet(process.env.A));\n",
      },
      ['loaded by its place *default* global server/middleware/a.ts:2 helmet.default helmet.default'],
    ],
    [
      '@solidjs/start',
      {
        'src/middleware/index.ts':
          "import helmet from 'helmet';\nexport default createMiddleware({ onRequest: [helmet(process.env.A)] });\n",
      },
      ['loaded by its place *default* global src/middleware/index.ts:2 helmet.default helmet.default helmet.default'],
    ],
    [
      '@medusajs/framework',
      {
        'src/api/middlewares.ts':
          "import helmet from 'helmet';\nexport default defineMiddlewares({ routes: [helmet(process.env.A)] });\n",
      },
      ['loaded by its place *default* global src/api/middlewares.ts:2 helmet.default helmet.default helmet.default'],
    ],
    [
      'express',
      { 'src/middleware.ts': "import helmet from 'helmet';\nexport const middleware = () => helmet(process.env.A);\n" },
      [],
    ],
    [
      'nuxt',
      {
        'nuxt.config.ts':
          "export default defineNuxtConfig({\n  modules: ['nuxt-security', '@nuxt/image'],\n  security: { rateLimiter: false },\n});\n",
      },
      [
        'modules nuxt-security() global nuxt.config.ts:2 nuxt-security.default',
        'modules @nuxt/image() global nuxt.config.ts:2 @nuxt/image.default',
      ],
    ],
  ])('%s %o', async (name, files, expected) => {
    expect(
      await around({
        'package.json': JSON.stringify({ name: 'app', dependencies: { [name]: '1', helmet: '8' } }),
        'app/page.tsx': '',
        ...files,
      }),
    ).toEqual(expected);
  });

  it.each<[string, string, string[]]>([
    [
      '@fastify/autoload',
      'export default async (app) => { app.register(helmet); };\n',
      [
        'register autoload global src/index.js:5 @fastify/autoload.default',
        'register helmet global src/plugins/own.js:2 helmet.default',
        'autoload *default* global src/plugins/own.js:2 helmet.default',
        'GET /a: autoload, helmet, *default*',
      ],
    ],
    [
      'fastify-autoload',
      'export default async (app) => { app.register(helmet); };\n',
      [
        'register autoload global src/index.js:5 fastify-autoload.default',
        'register helmet global src/plugins/own.js:2 helmet.default',
        'autoload *default* global src/plugins/own.js:2 helmet.default',
        'GET /a: autoload, helmet, *default*',
      ],
    ],
    [
      '@fastify/autoload',
      'export const plugin = async (app) => { app.register(helmet); };\n',
      [
        'register autoload global src/index.js:5 @fastify/autoload.default',
        'register helmet global src/plugins/own.js:2 helmet.default',
        'GET /a: autoload, helmet',
      ],
    ],
  ])('a plugin that %s loads', async (name, plugin, expected) => {
    const files = {
      'package.json': pkg('fastify', 'helmet', name),
      'src/index.js': `import autoload from '${name}';\nimport Fastify from 'fastify';\nimport { join } from 'node:path';\nconst app = Fastify();\napp.register(autoload, { dir: join(import.meta.dirname, 'plugins') });\napp.get('/a', async () => 1);\napp.listen({ port: 1 });\n`,
      'src/plugins/own.js': `import helmet from 'helmet';\n${plugin}`,
    };
    expect(await around(files)).toEqual(expected);
  });
});
