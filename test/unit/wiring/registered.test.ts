import { expect, it } from 'vitest';
import type { ValueFact } from '../../../src/model/facts/source.ts';
import type { ComponentWiring, Middleware } from '../../../src/model/wiring.ts';
import { wired } from './_wired.ts';

const shown = (value: ValueFact): string => {
  if (value.kind === 'ref') return value.path;
  if (value.kind === 'call') return `${value.callee}(${value.args.map(shown).join(', ')})`;
  if (value.kind !== 'object') return 'value' in value ? `${value.value}` : value.kind;
  return `{ ${Object.entries(value.props)
    .map(([name, prop]) => `${name}: ${shown(prop)}`)
    .join(', ')} }`;
};
const registration = ({ how, value, scope, path, file, line, live }: Middleware): string =>
  [
    `${how} ${shown(value)}`,
    path === null ? scope : `${scope} ${path}`,
    `${file}:${line}`,
    ...(live === 'live' ? [] : [live]),
  ].join(' | ');

/** What is registered round the routes, and then what stands before each of them. */
const told = (wiring: ComponentWiring): string[] => [
  ...wiring.middleware().map(registration),
  ...wiring.routes().map((route) => {
    const before = wiring.before(route).map(({ value }) => shown(value));
    return `${route.method} ${route.path} after ${before.join(', ') || 'nothing'}`;
  }),
];

const lines = (...all: string[]): string => all.join('\n');

/** Each row: files, and all that is told of them; what stands beside a registration and is none is told of nowhere. */
const rows: [title: string, files: Record<string, string>, expected: string[], path?: string][] = [
  [
    'under a path where another statement mounts a router',
    {
      'src/index.js': lines(
        "import users from './users.js';",
        "import a from 'a';",
        "import express from 'express';",
        'const app = express();',
        "app.use('/api/v2', a.version);",
        "app.use('/accounts', a.limit);",
        "app.use('/account', a.other);",
        "app.use('/accounts', users);",
        'app.listen(1);',
      ),
      'src/users.js': lines(
        "import { Router } from 'express';",
        'const users = Router();',
        "users.get('/me', (req, res) => res.send());",
        'export default users;',
      ),
    },
    [
      'use a.version | global /api/v2 | src/index.js:5',
      'use a.limit | path /accounts | src/index.js:6',
      'use a.other | path /account | src/index.js:7',
      'GET /accounts/me after a.version, a.limit',
    ],
  ],
  [
    'for all, under a path, with a router',
    {
      'src/index.js': lines(
        "import users from './users.js';",
        "import a from 'a';",
        "import express from 'express';",
        'const app = express();',
        'app.use(a());',
        "app.use('/api', a.api);",
        "app.use('/v2/', a.v2);",
        "app.use('*', a.star);",
        "app.use('/', a.slash);",
        "app.use('/*', a.glob);",
        "app.use('', a.none);",
        "app.use('/login', a.login);",
        "app.use('/apis', a.apis);",
        "app.use('/users', a.own, users);",
        'app.use([a.one, a.two]);',
        "app.get('/direct', a.mid, (req, res) => res.send());",
        'app.listen(1);',
      ),
      'src/users.js': lines(
        "import { Router } from 'express';",
        'const users = Router();',
        "users.get('/users', (req, res) => res.send());",
        'export default users;',
      ),
    },
    [
      'use a() | global | src/index.js:5',
      'use a.api | global /api | src/index.js:6',
      'use a.v2 | global /v2/ | src/index.js:7',
      'use a.star | global * | src/index.js:8',
      'use a.slash | global / | src/index.js:9',
      'use a.glob | global /* | src/index.js:10',
      'use a.none | global  | src/index.js:11',
      'use a.login | path /login | src/index.js:12',
      'use a.apis | path /apis | src/index.js:13',
      'use a.own | path /users | src/index.js:14',
      'use a.one | global | src/index.js:15',
      'use a.two | global | src/index.js:15',
      'GET /direct after a.mid, a(), a.api, a.v2, a.star, a.slash, a.glob, a.none, a.one, a.two',
      'GET /users/users after a(), a.api, a.v2, a.star, a.slash, a.glob, a.none, a.own, a.one, a.two',
    ],
  ],
  [
    'in the file of the routes alone',
    {
      'src/index.js': lines(
        "import users from './users.js';",
        "import express from 'express';",
        'const app = express();',
        'app.use(users);',
        'app.listen(1);',
      ),
      'src/users.js': lines(
        "import { Router } from 'express';",
        "import a from 'a';",
        'const users = Router();',
        'users.use(a());',
        "users.get('/users', (req, res) => res.send());",
        'export default users;',
      ),
    },
    ['use a() | path | src/users.js:4', 'GET /users after a()'],
  ],
  [
    'in what production does not come to, or nothing calls',
    {
      'src/index.js': lines(
        "import a from 'a';",
        "import express from 'express';",
        'const app = express();',
        "if (process.env.NODE_ENV === 'development') app.use(a());",
        'function left() { app.use(a.left); }',
        "app.get('/direct', (req, res) => res.send());",
        'app.listen(1);',
      ),
    },
    [
      'use a() | global | src/index.js:4 | dead',
      'use a.left | global | src/index.js:5 | dead',
      'GET /direct after nothing',
    ],
  ],
  [
    'what only looks so',
    {
      'src/index.js': lines(
        "import { createApp } from 'vue';",
        "import axios from 'axios';",
        "import a from 'a';",
        "import x from 'own-kit';",
        "import express from 'express';",
        'const app = express();',
        'createApp().use(a());',
        'axios.use(a());',
        'use(a());',
        'thing.use(a());',
        'x.use(a());',
        'new app.use(a());',
        'app.uses(a());',
        "app.use('only');",
        'app.use({ on: true });',
        "app.set('x', a);",
        "app.get('/direct', (req, res) => res.send());",
        'app.listen(1);',
      ),
    },
    ['GET /direct after nothing'],
  ],
  [
    'receivers',
    {
      'src/index.js': lines(
        "import a from 'a';",
        "import express from 'express';",
        'const app = express();',
        'router.use(a());',
        'apiRouter.use(a());',
        'server.use(a());',
        'fastify.use(a());',
        'this.app.use(a());',
        'nestApp.use(a());',
        'instance.use(a());',
        'consumer.use(a());',
        'routes.in.use(a());',
        'express.Router().use(a());',
        "app.get('/direct', (req, res) => res.send());",
        'app.listen(1);',
      ),
    },
    [
      'use a() | path | src/index.js:4',
      'use a() | path | src/index.js:5',
      'use a() | global | src/index.js:6',
      'use a() | global | src/index.js:7',
      'use a() | global | src/index.js:8',
      'use a() | global | src/index.js:9',
      'use a() | global | src/index.js:10',
      'use a() | path | src/index.js:11',
      'use a() | path | src/index.js:12',
      'use a() | path | src/index.js:13',
      'GET /direct after a(), a(), a(), a(), a(), a(), a(), a(), a(), a()',
    ],
  ],
  [
    'Fastify: hooks, handlers and plugins',
    {
      'package.json': lines('{"name":"app","scripts":{"start":"node src/index.js"},"dependencies":{"fastify":"1"}}'),
      'src/index.js': lines(
        "import Fastify from 'fastify';",
        "import a from 'a';",
        'const app = Fastify();',
        "app.addHook('onRequest', a.hook);",
        'app.register(a, { global: true });',
        'app.setErrorHandler(a.error);',
        'app.setNotFoundHandler(a.gone);',
        "app.get('/direct', async () => 1);",
        'app.listen({ port: 1 });',
      ),
    },
    [
      'addHook a.hook | global | src/index.js:4',
      'register a | global | src/index.js:5',
      'setErrorHandler a.error | global | src/index.js:6',
      'setNotFoundHandler a.gone | global | src/index.js:7',
      'GET /direct after a.hook, a, a.error, a.gone',
    ],
  ],
  [
    'hapi and Hono',
    {
      'src/index.js': lines(
        "import Hapi from '@hapi/hapi';",
        "import { Hono } from 'hono';",
        "import { serve } from '@hono/node-server';",
        "import a from 'a';",
        'const server = Hapi.server();',
        "server.ext('onPreAuth', a.before);",
        'server.register([a.one, a.two]);',
        'const web = new Hono();',
        "web.use('/x/*', a.path);",
        'web.onError(a.error);',
        'web.notFound(a.gone);',
        'server.start();',
        'serve(web);',
      ),
    },
    [
      'ext a.before | global | src/index.js:6',
      'register a.one | global | src/index.js:7',
      'register a.two | global | src/index.js:7',
      'use a.path | path /x/* | src/index.js:9',
      'onError a.error | global | src/index.js:10',
      'notFound a.gone | global | src/index.js:11',
    ],
  ],
  [
    'Nest',
    {
      'package.json': lines(
        '{"name":"app","scripts":{"start":"tsx src/main.ts"},"dependencies":{"@nestjs/core":"11"}}',
      ),
      'src/main.ts': lines(
        "import { NestFactory } from '@nestjs/core';",
        "import { AppModule } from './app.module';",
        "import a from 'a';",
        'async function bootstrap() {',
        '  const app = await NestFactory.create(AppModule);',
        "  app.enableCors({ origin: 'x' });",
        '  app.useGlobalGuards(new a.Guard());',
        '  app.useGlobalFilters(new a.Filter(), new a.Other());',
        '  await app.listen(1);',
        '}',
        'bootstrap();',
      ),
      'src/app.module.ts': lines(
        "import { Module } from '@nestjs/common';",
        "import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';",
        "import a from 'a';",
        "const APP_OTHER = 'x';",
        '@Module({',
        '  providers: [',
        '    { provide: APP_GUARD, useClass: a.Guard },',
        '    { provide: APP_FILTER, useExisting: a.Filter },',
        '    { provide: APP_INTERCEPTOR, useFactory: () => a.make() },',
        '    { provide: APP_PIPE, useValue: a.pipe },',
        '    { provide: APP_PIPE },',
        '    { provide: APP_OTHER, useClass: a.Other },',
        "    { provide: 'APP_GUARD', useClass: a.Text },",
        '    a.Plain,',
        '  ],',
        '})',
        'export class AppModule {}',
        '@Module()',
        'export class Bare {}',
        '@Modules({ providers: [{ provide: APP_GUARD, useClass: a.Guard }] })',
        'export class Not {}',
        'Module({ providers: [{ provide: APP_GUARD, useClass: a.Guard }] });',
        '@Module({ providers: all })',
        'export class Listed {}',
      ),
    },
    [
      'APP_GUARD a.Guard | global | src/app.module.ts:5',
      'APP_FILTER a.Filter | global | src/app.module.ts:5',
      'APP_INTERCEPTOR function | global | src/app.module.ts:5',
      'APP_PIPE a.pipe | global | src/app.module.ts:5',
      'enableCors enableCors({ origin: x }) | global | src/main.ts:6',
      'useGlobalGuards a.Guard() | global | src/main.ts:7',
      'useGlobalFilters a.Filter() | global | src/main.ts:8',
      'useGlobalFilters a.Other() | global | src/main.ts:8',
    ],
  ],
  [
    'Next.js: handed on',
    {
      'package.json': lines('{"name":"app","scripts":{"start":"node src/index.js"},"dependencies":{"next":"1"}}'),
      'src/app/page.tsx': lines('export default () => null;'),
      'src/middleware.ts': lines(
        "export { auth as middleware, other } from './auth';",
        "export { default } from 'next-auth/middleware';",
        'export const config = { matcher: process.env.A };',
      ),
      'src/auth.ts': lines("import a from 'a';", 'export const auth = a(process.env.KEY);', 'export const other = 1;'),
    },
    [
      'loaded by its place auth | global | src/middleware.ts:1',
      'loaded by its place default | global | src/middleware.ts:2',
      'loaded by its place config | global | src/middleware.ts:3',
    ],
  ],
  [
    'Next.js: by name and by default, and files that are none',
    {
      'package.json': lines('{"name":"app","scripts":{"start":"node src/index.js"},"dependencies":{"next":"1"}}'),
      'app/page.tsx': lines('export default () => null;'),
      'proxy.ts': lines(
        "import a from 'a';",
        'const own = a();',
        'function helper() { return process.env.A; }',
        'export function proxy(req) { return own(req); }',
      ),
      'lib/middleware.ts': lines("import a from 'a';", 'export const middleware = a();'),
    },
    ['loaded by its place proxy | global | proxy.ts:4'],
  ],
  [
    '@sveltejs/kit: src/hooks.server.ts',
    {
      'package.json': lines(
        '{"name":"app","scripts":{"start":"node src/index.js"},"dependencies":{"@sveltejs/kit":"1"}}',
      ),
      'src/hooks.server.ts': lines("import a from 'a';", 'export default a();'),
      'src/other/middleware.ts': lines("import a from 'a';", 'export default a();'),
    },
    ['loaded by its place *default* | global | src/hooks.server.ts:2'],
  ],
  [
    '@sveltejs/kit: src/hooks.server/index.js',
    {
      'package.json': lines(
        '{"name":"app","scripts":{"start":"node src/index.js"},"dependencies":{"@sveltejs/kit":"1"}}',
      ),
      'src/hooks.server/index.js': lines("import a from 'a';", 'export default a();'),
      'src/other/middleware.ts': lines("import a from 'a';", 'export default a();'),
    },
    ['loaded by its place *default* | global | src/hooks.server/index.js:2'],
  ],
  [
    'nuxt: server/middleware/in/auth.ts',
    {
      'package.json': lines('{"name":"app","scripts":{"start":"node src/index.js"},"dependencies":{"nuxt":"1"}}'),
      'server/middleware/in/auth.ts': lines("import a from 'a';", 'export default a();'),
      'src/other/middleware.ts': lines("import a from 'a';", 'export default a();'),
    },
    ['loaded by its place *default* | global | server/middleware/in/auth.ts:2'],
  ],
  [
    'nuxt: src/server/middleware/auth.ts',
    {
      'package.json': lines('{"name":"app","scripts":{"start":"node src/index.js"},"dependencies":{"nuxt":"1"}}'),
      'src/server/middleware/auth.ts': lines("import a from 'a';", 'export default a();'),
      'src/other/middleware.ts': lines("import a from 'a';", 'export default a();'),
    },
    ['loaded by its place *default* | global | src/server/middleware/auth.ts:2'],
  ],
  [
    'nitropack: server/middleware/auth.ts',
    {
      'package.json': lines('{"name":"app","scripts":{"start":"node src/index.js"},"dependencies":{"nitropack":"1"}}'),
      'server/middleware/auth.ts': lines("import a from 'a';", 'export default a();'),
      'src/other/middleware.ts': lines("import a from 'a';", 'export default a();'),
    },
    ['loaded by its place *default* | global | server/middleware/auth.ts:2'],
  ],
  [
    'astro: src/middleware/index.ts',
    {
      'package.json': lines('{"name":"app","scripts":{"start":"node src/index.js"},"dependencies":{"astro":"1"}}'),
      'src/middleware/index.ts': lines("import a from 'a';", 'export default a();'),
      'src/other/middleware.ts': lines("import a from 'a';", 'export default a();'),
    },
    ['loaded by its place *default* | global | src/middleware/index.ts:2'],
  ],
  [
    '@solidjs/start: src/middleware.ts',
    {
      'package.json': lines(
        '{"name":"app","scripts":{"start":"node src/index.js"},"dependencies":{"@solidjs/start":"1"}}',
      ),
      'src/middleware.ts': lines("import a from 'a';", 'export default a();'),
      'src/other/middleware.ts': lines("import a from 'a';", 'export default a();'),
    },
    ['loaded by its place *default* | global | src/middleware.ts:2'],
  ],
  [
    '@medusajs/medusa: src/api/middlewares.ts',
    {
      'package.json': lines(
        '{"name":"app","scripts":{"start":"node src/index.js"},"dependencies":{"@medusajs/medusa":"1"}}',
      ),
      'src/api/middlewares.ts': lines("import a from 'a';", 'export default a();'),
      'src/other/middleware.ts': lines("import a from 'a';", 'export default a();'),
    },
    ['loaded by its place *default* | global | src/api/middlewares.ts:2'],
  ],
  [
    'no framework loads it',
    {
      'package.json': lines('{"name":"app","scripts":{"start":"node src/index.js"},"dependencies":{"express":"1"}}'),
      'src/middleware.ts': lines("import a from 'a';", 'export default a();'),
    },
    [],
  ],
  [
    'in a folder of the workspace',
    {
      'package.json': lines('{"workspaces":["apps/*"]}'),
      'apps/web/package.json': lines(
        '{"name":"app","scripts":{"start":"node src/index.js"},"dependencies":{"next":"1"}}',
      ),
      'apps/web/app/page.tsx': lines('export default () => null;'),
      'apps/web/middleware.ts': lines("import a from 'a';", 'export default a();'),
      'middleware.ts': lines("import b from 'b';", 'export default b();'),
    },
    ['loaded by its place *default* | global | apps/web/middleware.ts:2'],
    'apps/web',
  ],
  [
    'Nuxt: its configuration',
    {
      'package.json': lines('{"name":"app","scripts":{"start":"node src/index.js"},"dependencies":{"nuxt3":"1"}}'),
      'nuxt.config.js': lines(
        'export default {',
        "  // modules: ['old'],",
        '  modules : [',
        "    '@own/nuxt-kit',",
        "    ['nuxt-rate-limit', { on: [1] }],",
        '    "in/a.b",',
        '  ],',
        '  kit: { on: true, off: false },',
        '  rateLimit: {',
        '    deep: { more : false },',
        '  },',
        '};',
      ),
      'app.vue': lines('<template><p/></template>'),
    },
    [
      'modules @own/nuxt-kit({ off: false }) | global | nuxt.config.js:4',
      'modules nuxt-rate-limit({ more: false }) | global | nuxt.config.js:5',
      'modules in/a.b({  }) | global | nuxt.config.js:6',
    ],
  ],
  [
    'Nuxt: none',
    {
      'package.json': lines('{"name":"app","scripts":{"start":"node src/index.js"},"dependencies":{"nuxt":"1"}}'),
      'nuxt.config.mjs': lines('export default { modules: all };'),
      'app.vue': lines('<template><p/></template>'),
    },
    [],
  ],
  [
    'not Nuxt',
    {
      'package.json': lines('{"name":"app","scripts":{"start":"node src/index.js"},"dependencies":{"vue":"1"}}'),
      'nuxt.config.ts': lines("export default { modules: ['own'] };"),
    },
    [],
  ],
];

it.each(rows)('%s', async (_, files, expected, path) => {
  expect(told(await wired(files, path))).toEqual(expected);
});
