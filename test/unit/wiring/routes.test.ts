import { describe, expect, it } from 'vitest';
import { pkg, wired } from './_wired.ts';

const routes = async (files: Record<string, string>) =>
  (await wired(files))
    .routes()
    .map(
      ({ method, path, live, handler }) =>
        `${method} ${path}${live === 'live' ? '' : ` ${live}`}${handler ? '' : ' ?'}`,
    );

/** Each row: what the files say, and the routes as a reader would list them; `?` where the handler cannot be followed. */
const rows: [title: string, files: Record<string, string>, expected: string[]][] = [
  [
    'Serverless Framework: methods and paths of the configuration, and nothing for a schedule',
    {
      'package.json': pkg(),
      'serverless.yml':
        'service: notes\nprovider: { name: aws }\nfunctions:\n  list: { handler: src/notes.list, events: [{ httpApi: GET /notes }] }\n  save: { handler: src/notes.save, events: [{ http: { method: post, path: notes } }] }\n  night: { handler: src/night.run, events: [{ schedule: rate(1 day) }] }\n',
      'src/notes.js':
        'import { wrap } from "./wrap.js";\nexport const list = async () => ({ statusCode: 200 });\nexport const save = wrap(async (event) => ({ statusCode: 201 }));\n',
      'src/wrap.js': 'export const wrap = (fn) => async (event) => fn(event);\n',
      'src/night.js': 'export const run = async () => {};\n',
    },
    ['GET /notes', 'POST /notes'],
  ],
  [
    'Serverless Framework: the TypeScript template, with a configuration beside each handler',
    {
      'package.json': pkg(),
      'serverless.ts': "import hello from './src/hello';\nmodule.exports = { provider: {}, functions: { hello } };\n",
      'src/hello/index.ts':
        "import { handlerPath } from '../path';\nexport default {\n  handler: `${handlerPath(__dirname)}/handler.main`,\n  events: [{ http: { method: 'post', path: 'hello' } }],\n};\n",
      'src/hello/handler.ts': 'const hello = async (event) => ({ statusCode: 200 });\nexport const main = hello;\n',
      'src/path.ts': 'export const handlerPath = (dir: string) => dir;\n',
    },
    ['POST /hello'],
  ],
  [
    'SST: the routes of an API in a stack, under its source folder',
    {
      'package.json': pkg(),
      'sst.json': '{ "name": "notes", "main": "stacks/index.js" }',
      'stacks/index.js':
        'export default (app) => app.setDefaultFunctionProps({ srcPath: "services" });\nexport const api = (stack) => new Api(stack, "Api", { routes: { "GET    /notes": "notes.list", "POST /notes": { function: { handler: "notes.save" } } } });\n',
      'services/notes.js':
        'export const list = async () => ({ statusCode: 200 });\nexport const save = async () => ({ statusCode: 201 });\n',
    },
    ['GET /notes', 'POST /notes'],
  ],
  [
    'a bare edge worker is one route, and none where a router answers for it',
    {
      'package.json': pkg('hono'),
      'wrangler.toml': 'name = "edge"\nmain = "src/index.js"\n',
      'src/index.js':
        "import { Hono } from 'hono';\nconst app = new Hono();\napp.get('/notes', (c) => c.json([]));\nexport default app;\n",
    },
    ['GET /notes'],
  ],
  [
    'Express: routers under prefixes, through two files',
    {
      'src/index.js':
        "import express from 'express';\nimport api from './api.js';\nconst app = express();\napp.use('/api', api);\napp.listen(1);",
      'src/api.js':
        "import { Router } from 'express';\nimport users from './users.js';\nconst router = Router();\nrouter.use('/users', users);\nexport default router;",
      'src/users.js':
        "import { Router } from 'express';\nimport { list } from './list.js';\nconst router = Router();\nrouter.get('/', list);\nrouter.route('/:id').get((req, res) => res.json({})).delete(list);\nexport default router;",
      'src/list.js': 'export function list(req, res) { res.json([]); }',
    },
    ['GET /api/users', 'DELETE /api/users/:id', 'GET /api/users/:id'],
  ],
  [
    'CommonJS: a router in a function that is given the app',
    {
      'src/index.js': "const app = require('express')();\nrequire('./routes')(app);\napp.listen(1);",
      'src/routes.js': "module.exports = (app) => {\n  app.get('/health', (req, res) => res.send('ok'));\n};",
    },
    ['GET /health'],
  ],
  [
    'a client that sends requests answers none',
    {
      'src/index.js':
        "import { api } from './client.js';\nexport const create = (data) => api.post('/comments', data);\ncreate({});",
      'src/client.js': "import axios from 'axios';\nexport const api = axios.create();",
    },
    [],
  ],
  [
    'settings are no routes',
    {
      'src/index.js':
        "import express from 'express';\nconst app = express();\napp.get('env');\napp.set('x', 1);\napp.listen(1);",
    },
    [],
  ],
  [
    'Fastify: route objects, and a plugin under a prefix',
    {
      'src/index.js':
        "import Fastify from 'fastify';\nimport users from './users.js';\nconst fastify = Fastify();\nfastify.register(users, { prefix: '/v1' });\nfastify.route({ method: ['GET', 'HEAD'], url: '/health', handler: async () => 'ok' });\nfastify.listen({ port: 1 });",
      'src/users.js': "export default async function users(fastify) {\n  fastify.get('/users', async () => []);\n}",
    },
    ['GET /health', 'HEAD /health', 'GET /v1/users'],
  ],
  [
    'Hono: chained routes and sub-applications',
    {
      'src/index.js':
        "import { Hono } from 'hono';\nimport { serve } from '@hono/node-server';\nconst books = new Hono();\nbooks.get('/:id', (c) => c.json({}));\nconst app = new Hono();\napp.route('/books', books);\napp.on('PUT', '/post', (c) => c.text(''));\nserve(app);",
    },
    ['GET /books/:id', 'PUT /post'],
  ],
  [
    'NestJS: prefixes of controllers, guards and messages',
    {
      'package.json': pkg('@nestjs/core', '@nestjs/common'),
      'src/main.ts':
        "import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module';\nNestFactory.create(AppModule).then((app) => app.listen(1));",
      'src/app.module.ts':
        "import { Module } from '@nestjs/common';\nimport { CatsController } from './cats';\n@Module({ controllers: [CatsController] })\nexport class AppModule {}",
      'src/cats.ts':
        "import { Controller, Get, Post } from '@nestjs/common';\nimport { EventPattern } from '@nestjs/microservices';\n@Controller('cats')\nexport class CatsController {\n  @Get(':id') one() {}\n  @Post() add() {}\n  @EventPattern('cat.born') born() {}\n}",
    },
    ['GET /cats/:id', 'POST /cats', 'EVENT cat.born'],
  ],
  [
    'Next.js: route handlers, pages, server actions',
    {
      'package.json': pkg('next'),
      'src/app/(shop)/api/orders/[id]/route.ts':
        'export async function GET() { return Response.json({}); }\nexport const POST = withAuth(async () => new Response());\nfunction withAuth(fn) { return fn; }',
      'src/pages/api/users/index.ts': 'export default function handler(req, res) { res.json([]); }',
      'src/app/actions.ts': "'use server';\nexport async function save() {}",
      'src/app/page.tsx':
        "import { save } from './actions';\nexport default function Page() { return <form action={save} />; }",
    },
    ['GET /api/orders/[id]', 'POST /api/orders/[id]', 'POST action save', 'ALL /api/users'],
  ],
  [
    'tRPC: procedures with what they build on',
    {
      'src/index.js':
        "import { appRouter } from './router.js';\nimport { createHTTPServer } from '@trpc/server/adapters/standalone';\ncreateHTTPServer({ router: appRouter }).listen(1);",
      'src/router.js':
        "import { z } from 'zod';\nimport { t, protectedProcedure } from './trpc.js';\nexport const appRouter = t.router({ add: protectedProcedure.input(z.object({})).mutation(() => 1), all: t.procedure.query(() => []) });",
      'src/trpc.js':
        "import { initTRPC } from '@trpc/server';\nexport const t = initTRPC.create();\nexport const protectedProcedure = t.procedure.use(({ next }) => next());",
    },
    ['MUTATION mutation', 'QUERY query'],
  ],
  [
    'Azure Functions: both programming models',
    {
      'package.json': pkg('@azure/functions'),
      'src/functions/users.ts':
        "import { app } from '@azure/functions';\napp.http('users', { methods: ['GET', 'POST'], route: 'people', handler: async () => ({}) });",
      'old/function.json':
        '{"bindings":[{"type":"httpTrigger","methods":["get"],"route":"old"}],"scriptFile":"index.js"}',
      'old/index.js': 'module.exports = async function (context) {};',
    },
    ['GET /old', 'GET /people', 'POST /people'],
  ],
];

rows.push(
  [
    'routers and handlers under a baseUrl',
    {
      'tsconfig.json': '{"compilerOptions":{"baseUrl":"src"}}',
      'src/index.js':
        "import express from 'express';\nimport users from 'routes/users';\nimport { ping } from 'controllers/ping';\nconst app = express();\napp.use('/users', users);\napp.get('/ping', ping);\napp.listen(1);",
      'src/routes/users.js':
        "import { Router } from 'express';\nconst router = Router();\nrouter.get('/:id', (req, res) => res.json({}));\nexport default router;",
      'src/controllers/ping.js': "export const ping = (req, res) => res.send('pong');",
    },
    ['GET /ping', 'GET /users/:id'],
  ],
  [
    'Hono: routes described for OpenAPI, in place, by name and in another module',
    {
      'src/index.js':
        "import { OpenAPIHono, createRoute, z } from '@hono/zod-openapi';\nimport { serve } from '@hono/node-server';\nimport { removed } from './described.js';\nconst app = new OpenAPIHono();\nconst listed = createRoute({ method: 'get', path: '/books', responses: {} });\napp.openapi(listed, (c) => c.json([]));\napp.openapi(createRoute({ method: 'post', path: '/books', request: { body: z.object({}) } }), (c) => c.json({}));\napp.openapi(removed, (c) => c.json({}));\nserve(app);",
      'src/described.js':
        "import { createRoute } from '@hono/zod-openapi';\nexport const removed = createRoute({ method: 'delete', path: '/books/{id}' });",
    },
    ['DELETE /books/{id}', 'GET /books', 'POST /books'],
  ],
  [
    'routes in a namespace',
    {
      'src/index.ts':
        "import { Hono } from 'hono';\nimport { serve } from '@hono/node-server';\nimport { Books } from './books';\nconst app = new Hono();\napp.route('/books', Books.route);\nserve(app);",
      'src/books.ts':
        "import { Hono } from 'hono';\nexport namespace Books {\n  export const route = new Hono().get('/:id', (c) => c.json({}));\n}",
      'package.json': '{"name":"app","scripts":{"start":"tsx src/index.ts"}}',
    },
    ['GET /books/:id'],
  ],
  [
    'Astro: verbs in either case, pages left out',
    {
      'package.json': pkg('astro'),
      'src/pages/api/old.ts':
        'export const post = async () => new Response();\nexport const del = () => new Response();',
      'src/pages/api/new.ts': 'export const GET = () => new Response();\nexport const prerender = false;',
      'src/pages/index.astro': '<p>hello</p>',
    },
    ['DELETE /api/old', 'GET /api/new', 'POST /api/old'],
  ],
);

describe('routes', () => {
  it('finds handlers through workspace packages and folders under a baseUrl', async () => {
    const wiring = await wired(
      {
        'package.json': '{"name":"root","workspaces":["apps/*","packages/*"]}',
        'apps/api/package.json':
          '{"name":"api","scripts":{"start":"node src/index.js"},"dependencies":{"@acme/http":"*"}}',
        'apps/api/tsconfig.json': '{"compilerOptions":{"baseUrl":"src"}}',
        'apps/api/src/index.js':
          "import express from 'express';\nimport { ping } from 'controllers/ping';\nimport { health } from '@acme/http';\nconst app = express();\napp.get('/ping', ping);\napp.get('/health', health);\napp.listen(1);",
        'apps/api/src/controllers/ping.js': "export const ping = (req, res) => res.send('pong');",
        'packages/http/package.json': '{"name":"@acme/http","main":"index.js"}',
        'packages/http/index.js': "export const health = (req, res) => res.send('ok');",
      },
      'apps/api',
    );
    expect(wiring.routes().map(({ path, handler }) => [path, handler?.file])).toEqual([
      ['/ping', 'apps/api/src/controllers/ping.js'],
      ['/health', 'packages/http/index.js'],
    ]);
  });

  it.each(rows)('%s', async (_, files, expected) => {
    expect([...(await routes(files))].sort()).toEqual([...expected].sort());
  });
});
