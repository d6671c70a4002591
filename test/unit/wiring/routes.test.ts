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
    'classes that register routes through methods of the class they extend, mounted as instances',
    {
      'package.json': pkg('express'),
      'src/index.js':
        "import express from 'express';\nimport { Health } from './health.js';\nimport { Notes } from './notes.js';\nconst app = express();\napp.use('/health', new Health().router);\napp.use('/notes', new Notes({ a: 1 }).router);\napp.listen(1);\n",
      'src/base.js':
        "import { Router } from 'express';\nexport class Base {\n  constructor() { this.router = Router(); }\n  route(options) {\n    this.router[options.method](options.path, options.handler.bind(this));\n  }\n  get(path, handler) {\n    this.route({ method: 'get', path, handler });\n  }\n  upload(path, take, handler) {\n    this.router.post(path, take, handler.bind(this));\n  }\n}\n",
      'src/health.js':
        "import { Base } from './base.js';\nexport class Health extends Base {\n  constructor() {\n    super();\n    this.route({ method: 'get', path: '', handler: this.answer });\n  }\n  answer(req, res) { res.send('ok'); }\n}\n",
      'src/notes.js':
        "import { Base } from './base.js';\nexport class Notes extends Base {\n  constructor(options) {\n    super();\n    this.get('/', this.list);\n    this.get('/:id', this.one);\n    this.upload('/picture', options.take, this.picture);\n    this.cache.get('/none', 1);\n  }\n  list(req, res) { res.json([]); }\n  one(req, res) { res.json({}); }\n  picture(req, res) { res.json({}); }\n}\n",
    },
    ['GET /health', 'GET /notes', 'GET /notes/:id', 'POST /notes/picture'],
  ],
  [
    'Elysia: a chain on a parameter, with what a route takes after its handler',
    {
      'package.json': pkg('elysia'),
      'server.js':
        "import { Elysia } from 'elysia';\nimport { notes } from './notes.js';\nnotes(new Elysia()).listen(3000);\n",
      'notes.js':
        "export const notes = (app) =>\n  app.group('/notes', (group) =>\n    group\n      .get('/all', async () => [])\n      .post('/new', async ({ body }) => body, { body: schema }),\n  );\n",
    },
    ['GET /all', 'POST /new'],
  ],
  [
    'Restify: the path beside the name and the schemas',
    {
      'package.json': pkg('restify'),
      'server.js':
        "const restify = require('restify');\nconst users = require('./users');\nconst server = restify.createServer();\nusers(server);\nserver.listen(8080);\n",
      'users.js':
        "module.exports = (server) => {\n  server.post({ name: 'createUser', path: '/users', schemas: {} }, (req, res, next) => res.json({}));\n};\n",
    },
    ['POST /users'],
  ],
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
    'Serverless Framework: functions that are kept in files of their own',
    {
      'package.json': pkg(),
      'serverless.yml':
        'service: notes\nprovider: { name: aws }\nfunctions:\n  - ${file(./parts/read.yml)}\n  - ${file(parts/all.yml):write}\n',
      'parts/read.yml': 'list: { handler: src/notes.list, events: [{ httpApi: GET /notes }] }\n',
      'parts/all.yml':
        'write:\n  save: { handler: src/notes.save, events: [{ http: { method: post, path: notes } }] }\n',
      'src/notes.js':
        'export const list = async () => ({ statusCode: 200 });\nexport const save = async () => ({ statusCode: 201 });\n',
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
    'GraphQL: resolvers kept in modules of their own, of a server that gives itself to the application',
    {
      'package.json': pkg('apollo-server-express', 'express'),
      'src/index.js':
        "import express from 'express';\nimport { ApolloServer } from 'apollo-server-express';\nimport Query from './queries.js';\nimport { Mutation } from './mutations.js';\nconst app = express();\nconst resolvers = { Query, Mutation };\nconst server = new ApolloServer({ resolvers });\nserver.applyMiddleware({ app });\napp.listen(1);",
      'src/queries.js': 'const notes = () => [];\nexport default { notes };\n',
      'src/mutations.js':
        "import { combineResolvers } from 'graphql-resolvers';\nexport const Mutation = { addNote: combineResolvers(signedIn, (_, { text }) => text) };\n",
    },
    ['QUERY notes', 'MUTATION addNote'],
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
    'Express: what answers all that begins with its path, and middleware that passes on',
    {
      'src/index.js':
        "import express from 'express';\nconst app = express();\napp.use('/healthz', (req, res) => res.send('ok'));\napp.use('/notes', (req, res, next) => next());\napp.use('/', (req, res) => res.sendStatus(404));\napp.listen(1);",
    },
    ['ALL /healthz'],
  ],
  [
    'Express: a path kept in an object',
    {
      'src/index.js':
        "import express from 'express';\nconst PATHS = { health: '/healthz' };\nconst app = express();\napp.get(PATHS.health, (req, res) => res.send('ok'));\napp.listen(1);",
    },
    ['GET /healthz'],
  ],
  [
    'SvelteKit: each form action, with its handler',
    {
      'package.json': pkg('@sveltejs/kit'),
      'src/routes/notes/+page.server.ts':
        'export const actions = { default: async (event) => ({}), archive: async (event) => ({}) } satisfies Actions;',
    },
    ['POST /notes', 'POST /notes?/archive'],
  ],
  [
    'TanStack Start: what a page asks before it shows, server routes and server functions',
    {
      'package.json': pkg('@tanstack/react-start', '@tanstack/react-router'),
      'src/routes/notes.tsx':
        "import { createFileRoute } from '@tanstack/react-router';\nexport const Route = createFileRoute('/notes')({ beforeLoad: async () => ({}), component: () => null });",
      'src/routes/api/notes.ts':
        "import { createFileRoute } from '@tanstack/react-router';\nexport const Route = createFileRoute('/api/notes')({ server: { handlers: { POST: async () => new Response() } } });\n",
      'src/lib/notes.ts':
        "import { createServerFn } from '@tanstack/react-start';\nexport const addNote = createServerFn({ method: 'POST' }).handler(async () => 1);",
      'src/routes/index.tsx':
        "import { createFileRoute } from '@tanstack/react-router';\nimport { addNote } from '../lib/notes';\nexport const Route = createFileRoute('/')({ component: () => addNote() });",
    },
    ['POST function addNote', 'POST /api/notes', 'GET /notes'],
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
    ['QUERY all', 'MUTATION add'],
  ],
  [
    'oRPC: procedures at the address that they state, or by their name',
    {
      'src/index.js':
        "import { RPCHandler } from '@orpc/server/node';\nimport { router } from './router.js';\nimport { createServer } from 'node:http';\nconst rpc = new RPCHandler(router);\ncreateServer((req, res) => rpc.handle(req, res)).listen(1);",
      'src/router.js':
        "import { os } from '@orpc/server';\nimport { z } from 'zod';\nexport const router = { add: os.route({ method: 'POST', path: '/notes' }).input(z.object({})).handler(() => 1), all: os.handler(() => []), move: os.input(z.string()).handler(() => 1) };",
    },
    ['ALL *', 'POST /notes', 'QUERY all', 'MUTATION move'],
  ],
  [
    'Astro: actions, with the schema before the handler',
    {
      'package.json': pkg('astro'),
      'src/actions/index.ts':
        "import { defineAction } from 'astro:actions';\nimport { z } from 'astro:schema';\nexport const cart = { add: defineAction({ input: z.object({}), handler: async () => 1 }), all: defineAction({ handler: async () => [] }) };\nexport const server = { cart };",
    },
    ['GET action all', 'POST action add'],
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
    'paths below one that the environment may give',
    {
      'src/index.js':
        "import express from 'express';\nconst base = process.env.BASE_PATH || '';\nconst app = express();\napp.get(base + '/healthcheck', (req, res) => res.end());\napp.get(`${base}/notes/${kind}`, (req, res) => res.end());\napp.get('/a/' + kind + '/b', (req, res) => res.end());\napp.listen(1);",
    },
    ['GET /healthcheck', 'GET /notes/:x', 'GET /a/:x/b'],
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

/** Files of a framework that routes by place: the package, the files, the routes. */
const placed: [packages: string[], files: Record<string, string>, expected: string[]][] = [
  [
    ['next'],
    {
      'src/app/route.ts': 'export async function GET() {}',
      'app/users/[id]/route.js': 'export const PUT = () => {};\nexport const dynamic = "force-dynamic";',
      'pages/api/users.ts': 'export default function handler() {}',
      'src/pages/api/users/[id].tsx': 'export default () => {};',
      'pages/about.tsx': 'export const getServerSideProps = async () => ({});\nexport default function About() {}',
      'pages/plain.tsx': 'export default function Plain() {}',
      'app/users/page.tsx': 'export default function Page() {}',
    },
    ['GET /', 'PUT /users/[id]', 'ALL /api/users', 'ALL /api/users/[id]', 'GET /about'],
  ],
  [
    ['@remix-run/dev', '@remix-run/node', '@react-router/dev', '@shopify/hydrogen'],
    {
      'app/routes/users.$id.tsx':
        'export async function loader() {}\nexport async function action() {}\nexport default function User() {}',
      'app/routes/shop/route.tsx': 'export const loader = () => {};',
      'app/routes/index.tsx': 'export const loader = () => {};',
      'app/root.tsx': 'export const loader = () => {};',
      'app/routes/_auth.sign-in.tsx': 'export const action = () => {};',
      'app/routes/_site+/about_.team.tsx': 'export const loader = () => {};',
      'app/routes/[feed.xml].ts': 'export const loader = () => {};',
      'other/x.tsx': 'export const loader = () => {};',
    },
    [
      'GET /users/$id',
      'POST /users/$id',
      'GET /shop',
      'GET /',
      'GET /',
      'POST /sign-in',
      'GET /about/team',
      'GET /feed.xml',
    ],
  ],
  [
    ['@sveltejs/kit'],
    {
      'src/routes/api/users/+server.ts': 'export const GET = () => {};\nexport async function DELETE() {}',
      'src/routes/(app)/users/+page.server.ts': 'export const load = () => {};\nexport const actions = {};',
      'src/routes/+layout.server.js': 'export const load = () => {};',
      'src/routes/users/+page.ts': 'export const load = () => {};',
    },
    ['GET /api/users', 'DELETE /api/users', 'GET /users', 'POST /users', 'GET /'],
  ],
  [
    ['nuxt', 'nitropack', 'nitro', 'nuxt3'],
    {
      'server/api/users/index.get.ts': 'export default defineEventHandler(() => []);',
      'server/api/users/[id].delete.ts': 'export default defineEventHandler(() => []);',
      'server/routes/hook.post.js': 'export default defineEventHandler(() => []);',
      'server/routes/any.ts': 'export default defineEventHandler(() => []);',
      'server/utils/db.ts': 'export default defineEventHandler(() => []);',
    },
    ['GET /api/users', 'DELETE /api/users/[id]', 'POST /hook', 'ALL /any'],
  ],
  [
    ['nitropack', 'nitro'],
    {
      'routes/index.ts': 'export default eventHandler(() => "hello");',
      'routes/notes/[id].put.ts': 'export default eventHandler(() => null);',
      'api/notes.ts': 'export default eventHandler(() => []);',
      'utils/notes.ts': 'export default eventHandler(() => []);',
    },
    ['ALL /', 'PUT /notes/[id]', 'ALL /api/notes'],
  ],
  [
    ['@solidjs/start', 'solid-start'],
    {
      'src/routes/api/users/index.ts': 'export const GET = () => {};',
      'src/routes/api/[id].tsx': 'export const PATCH = () => {};\nexport default () => {};',
      'src/lib/x.ts': 'export const GET = () => {};',
    },
    ['GET /api/users', 'PATCH /api/[id]'],
  ],
  [
    ['@medusajs/medusa', '@medusajs/framework'],
    {
      'src/api/store/orders/route.ts': 'export const GET = () => {};\nexport const POST = () => {};',
      'src/api/store/x.ts': 'export const GET = () => {};',
    },
    ['GET /store/orders', 'POST /store/orders'],
  ],
  [
    ['astro'],
    {
      'src/pages/api/users/index.ts':
        'export const GET = () => {};\nexport const HEAD = () => {};\nexport const OPTIONS = () => {};\nexport const ALL = () => {};',
      'src/pages/api/old.js':
        'export const all = () => {};\nexport const get = () => {};\nexport const put = () => {};\nexport const patch = () => {};',
      'src/other/x.ts': 'export const GET = () => {};',
    },
    [
      'GET /api/users',
      'HEAD /api/users',
      'OPTIONS /api/users',
      'ALL /api/users',
      'ALL /api/old',
      'GET /api/old',
      'PUT /api/old',
      'PATCH /api/old',
    ],
  ],
  [
    ['express'],
    {
      'api/users.ts': 'export default function handler() {}',
      'vercel.json': '{}',
      'api/verbs.ts': 'export const GET = () => {};\nexport const config = {};',
    },
    ['ALL /users', 'GET /verbs'],
  ],
  [
    ['express'],
    {
      'netlify/functions/mail.ts': 'export const handler = async () => {};',
      'netlify/edge-functions/geo.ts': 'export default async () => {};',
      'wrangler.toml': '',
      'functions/hook.ts': 'export const onRequestPost = () => {};\nexport function fetch() {}',
    },
    ['ALL /mail', 'ALL /geo', 'POST /hook', 'ALL /hook'],
  ],
  [
    ['express'],
    {
      'serverless.yml': 'functions:\n  mail:\n    handler: src/mail.handler\n',
      'src/mail.js': 'exports.handler = async () => {};',
    },
    ['ALL /src/mail'],
  ],
  [
    ['firebase-functions'],
    {
      'src/index.ts':
        "import { onRequest, onCall } from 'firebase-functions/v2/https';\nimport * as functions from 'firebase-functions';\nexport const hook = onRequest((req, res) => res.send(''));\nexport const ask = onCall(() => 1);\nexport const old = functions.https.onRequest((req, res) => res.send(''));\nexport const timed = functions.pubsub.schedule('every day').onRun(() => null);",
    },
    ['ALL /hook', 'ALL /ask', 'ALL /old'],
  ],
  [
    ['@azure/functions'],
    {
      'src/functions/own.ts':
        "import { app } from '@azure/functions';\napp.get('users', async () => ({}));\napp.http('any', { handler: async () => ({}) });\napp.timer('nightly', { handler: async () => {} });\napp.deleteRequest;\napp.delete('gone', { route: 'gone/{id}', handler: gone });\nasync function gone() {}",
    },
    ['GET /users', 'ALL /any', 'DELETE /gone/{id}'],
  ],
];

/** Decorators of routing frameworks, and what each of them answers. */
const decorators: [from: string, decorator: string, expected: string][] = [
  ['@nestjs/common', "Put(':id')", 'PUT /cats/:id'],
  ['@nestjs/common', "Patch('a')", 'PATCH /cats/a'],
  ['@nestjs/common', 'Delete()', 'DELETE /cats'],
  ['@nestjs/common', 'All()', 'ALL /cats'],
  ['@nestjs/common', 'Options()', 'OPTIONS /cats'],
  ['@nestjs/common', 'Head()', 'HEAD /cats'],
  ['@nestjs/common', "Sse('events')", 'GET /cats/events'],
  ['@nestjs/common', 'Search()', 'SEARCH /cats'],
  ['@nestjs/common', "Get(['first', 'second'])", 'GET /cats/first'],
  ['@nestjs/common', 'Get(paths.one)', 'GET /cats/:paths.one'],
  ['@nestjs/graphql', 'Query(() => Cat)', 'QUERY run'],
  ['@nestjs/graphql', 'Mutation(() => Cat)', 'MUTATION run'],
  ['@nestjs/graphql', 'Subscription(() => Cat)', 'SUBSCRIPTION run'],
  ['@nestjs/graphql', 'ResolveReference()', 'QUERY run'],
  ['@nestjs/microservices', "MessagePattern('cat.get')", 'EVENT cat.get'],
  ['@nestjs/microservices', "GrpcMethod('Cats')", 'EVENT Cats'],
  ['@nestjs/microservices', "GrpcStreamMethod('Cats')", 'EVENT Cats'],
  ['@nestjs/websockets', "SubscribeMessage('cat')", 'EVENT cat'],
  ['@nestjs/bullmq', "Process('cat')", 'EVENT cat'],
  ['@nestjs/event-emitter', "OnEvent('cat')", 'EVENT cat'],
  ['@golevelup/nestjs-rabbitmq', 'RabbitSubscribe({})', 'EVENT run'],
  ['@golevelup/nestjs-rabbitmq', 'RabbitRPC({})', 'EVENT run'],
  ['@nestia/core', "TypedRoute.Get('x')", 'GET /cats/x'],
  ['@ts-rest/nest', 'TsRestHandler(contract)', 'ALL /cats/:contract'],
  ['routing-controllers', "Get('/x')", 'GET /cats/x'],
  ['tsoa', "Post('x')", 'POST /cats/x'],
  ['type-graphql', 'Query()', 'QUERY run'],
  ['@loopback/rest', "get('/x')", 'GET /cats/x'],
  ['@loopback/rest', "post('/x')", 'POST /cats/x'],
  ['@loopback/rest', "put('/x')", 'PUT /cats/x'],
  ['@loopback/rest', "patch('/x')", 'PATCH /cats/x'],
  ['@loopback/rest', "del('/x')", 'DELETE /cats/x'],
  ['inversify-express-utils', "httpGet('/x')", 'GET /cats/x'],
  ['inversify-express-utils', "httpPost('/x')", 'POST /cats/x'],
  ['inversify-express-utils', "httpPut('/x')", 'PUT /cats/x'],
  ['inversify-express-utils', "httpPatch('/x')", 'PATCH /cats/x'],
  ['inversify-express-utils', "httpDelete('/x')", 'DELETE /cats/x'],
  ['@tsed/common', "Get('/x')", 'GET /cats/x'],
  ['@foal/core', "Get('/x')", 'GET /cats/x'],
  ['@decorators/express', "Get('/x')", 'GET /cats/x'],
  ['@overnightjs/core', "Get('x')", 'GET /cats/x'],
  ['@midwayjs/core', "Get('/x')", 'GET /cats/x'],
  ['./own-decorators', "Get('/x')", 'GET /cats/x'],
];

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

  it.each(placed.flatMap(([packages, files, expected]) => packages.map((name) => [name, files, expected] as const)))(
    '%s routes by place',
    async (name, files, expected) => {
      const found = await routes({ 'package.json': pkg(name), ...files });
      expect(found.map((one) => one.replace(' ?', '')).sort()).toEqual([...expected].sort());
    },
  );

  it.each(decorators)('%s routes by @%s', async (from, decorator, expected) => {
    const name = decorator.split(/[.(]/)[0];
    const files = {
      'package.json': '{"name":"app","scripts":{"start":"tsx src/index.ts"}}',
      'src/index.ts': `import { ${name} } from '${from}';\nimport { Controller } from '${from}';\n@Controller('cats')\nclass Cats {\n  @${decorator} run() {}\n  @Other() not() {}\n}\nnew Cats();`,
    };
    expect(await routes(files)).toEqual([expected]);
  });

  it('reads paths that another module keeps, by decorators and where a router is mounted', async () => {
    const files = {
      'package.json': '{"name":"app","type":"module","scripts":{"start":"tsx src/index.ts"}}',
      'src/index.ts':
        "import express from 'express';\nimport { Controller, Get } from '@nestjs/common';\nimport { paths } from './constants';\nimport { notes } from './notes';\n@Controller(paths.Cats.Base)\nclass Cats {\n  @Get(paths.Cats.Get.Health) run() {}\n}\nnew Cats();\nexpress().use(paths.Notes, notes);",
      'src/constants/index.ts': "export * from './paths';",
      'src/constants/paths.ts':
        "export const paths = { Cats: { Base: '/cats', Get: { Health: '/healthcheck' } }, Notes: '/notes' } as const;",
      'src/notes.ts':
        "import { Router } from 'express';\nexport const notes = Router();\nnotes.get('/all', (req, res) => res.json([]));",
    };
    expect((await routes(files)).map((one) => one.split(' ').slice(0, 2).join(' ')).sort()).toEqual([
      'GET /cats/healthcheck',
      'GET /notes/all',
    ]);
  });

  it('routes nothing by decorators of another trade', async () => {
    const files = {
      'package.json': '{"name":"app","scripts":{"start":"tsx src/index.ts"}}',
      'src/index.ts':
        "import { Get, Query } from 'own-orm';\nclass Cats {\n  @Get('/x') one() {}\n  @Query() two() {}\n}\nnew Cats();",
    };
    expect(await routes(files)).toEqual([]);
  });

  it.each(rows)('%s', async (_, files, expected) => {
    expect([...(await routes(files))].sort()).toEqual([...expected].sort());
  });
});
