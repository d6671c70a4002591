import { expect, it } from 'vitest';
import { app, asked, at, service } from './_asked.ts';

const cors = (statements: string, more: Record<string, string> = {}) =>
  at(app(statements, "import cors from 'cors';"), more, ['cors']);

const explicit = { ask: 'explicit' };
const payload = (origins: string) => ({
  'package.json': service({ scripts: { start: 'next start' } }, ['payload', 'next', 'react']),
  'app/page.tsx': 'export default () => <main />;\n',
  'src/payload.config.ts': `import { buildConfig } from 'payload';\nexport default buildConfig({ cors: ${origins}, collections: [] });\n`,
});
/** A worker at the edge that makes its own answers. */
const edge = (answer: string) => ({
  'package.json': JSON.stringify({ name: 'api', devDependencies: { wrangler: '4' } }),
  'wrangler.toml': 'name = "api"\nmain = "src/index.js"\n',
  'src/index.js': `export default {\n  async fetch(request, env) {\n    return ${answer};\n  },\n};\n`,
});

/** What lets other origins in: what the files say, what is asked of them, the answer and what shows it. */
it.each<[title: string, options: object, files: Record<string, string>, expected: string[]]>([
  [
    'a list',
    explicit,
    cors("app.use(cors({ origin: ['https://a.example'] }));"),
    ['yes', 'src/index.js:4 cors(…) sets a CORS policy'],
  ],
  ...(
    [
      [
        "process.env.ORIGINS ? process.env.ORIGINS.split(',') : ['*']",
        ['no', 'src/main.ts:5 enableCors: falls back to the wildcard *'],
      ],
      ["(process.env.ORIGINS ?? 'https://a.example').split(',')", ['yes', 'src/main.ts:5 enableCors']],
    ] as const
  ).map(([origins, expected]): [string, object, Record<string, string>, string[]] => [
    `Nest's settings of one name, ${origins}`,
    explicit,
    {
      'package.json': service({ scripts: { start: 'tsx src/main.ts' } }, ['@nestjs/core', '@nestjs/config']),
      'src/main.ts':
        "import { NestFactory } from '@nestjs/core';\nimport { ConfigService } from '@nestjs/config';\nNestFactory.create(class {}).then((app) => {\n  const config = app.get(ConfigService);\n  app.enableCors(config.get('app.cors'));\n  return app.listen(3000);\n});\n",
      'src/config/app.config.ts': `import { registerAs } from '@nestjs/config';\nexport default registerAs('app', () => {\n  const origins = ${origins};\n  return { cors: { origin: origins } };\n});\n`,
    },
    [...expected],
  ]),
  [
    'a wildcard in the list',
    explicit,
    cors("app.use(cors({ origin: ['https://a.example', '*'] }));"),
    ['no', 'src/index.js:4 cors(…) sets a CORS policy: the wildcard * in its list'],
  ],
  [
    'no origin named',
    explicit,
    cors('app.use(cors({ credentials: true }));'),
    ['no', 'src/index.js:4 cors(…) sets a CORS policy: no origin named, so any is let in'],
  ],
  [
    'options of which a part is spread',
    explicit,
    cors('app.use(cors({ ...shared, credentials: true }));'),
    ['yes', 'src/index.js:4 cors(…) sets a CORS policy'],
  ],
  [
    'settings whose default in another module reflects any origin',
    explicit,
    {
      ...cors(''),
      'src/index.js':
        "import { api } from './api.js';\nimport { defaults } from './config.js';\nexport const serve = (given) => api({ ...defaults, ...given });\nserve({}).listen(3000);\n",
      'src/api.js':
        "import express from 'express';\nimport cors from 'cors';\nexport const api = (settings) => express().use(cors(settings.corsOptions));\n",
      'src/config.js':
        "import 'dotenv/config';\nexport const defaults = { port: 3000, corsOptions: { origin: true } };\n",
    },
    ['no', 'src/api.js:3 cors(…) sets a CORS policy: by default, reflects any origin'],
  ],
  [
    'turned off',
    explicit,
    cors('app.use(cors({ origin: false }));'),
    ['yes', 'src/index.js:4 cors(…) sets a CORS policy'],
  ],
  [
    'the wildcard for files that are served as they lie, beside a list for the rest',
    explicit,
    cors(
      "app.use(express.static('fonts', { setHeaders: (res) => res.set('Access-Control-Allow-Origin', '*') }));\napp.use(cors({ origin: ['https://a.example'] }));",
    ),
    ['yes', 'src/index.js:5 cors(…) sets a CORS policy'],
  ],
  [
    'the wildcard as a header of every answer',
    explicit,
    at(app("app.use((req, res, next) => { res.set('Access-Control-Allow-Origin', '*'); next(); });")),
    ['no', 'src/index.js:4 sets Access-Control-Allow-Origin: the wildcard *'],
  ],
  [
    'any, by true',
    explicit,
    cors('app.use(cors({ origin: true }));'),
    ['no', 'src/index.js:4 cors(…) sets a CORS policy: reflects any origin'],
  ],
  [
    'a fallback to the wildcard',
    explicit,
    cors("app.use(cors({ origin: process.env.ORIGIN || '*' }));"),
    ['no', 'src/index.js:4 cors(…) sets a CORS policy: falls back to the wildcard *'],
  ],
  [
    'options under a name',
    explicit,
    cors("const options = { origin: '*' };\napp.use(cors(options));"),
    ['no', 'src/index.js:5 cors(…) sets a CORS policy: the wildcard *'],
  ],
  [
    'a function that looks at the origin',
    explicit,
    cors('app.use(cors({ origin: (origin, done) => done(null, list.includes(origin)) }));'),
    ['yes', 'src/index.js:4 cors(…) sets a CORS policy'],
  ],
  [
    'a function that lets all in',
    explicit,
    cors('app.use(cors({ origin: (origin, done) => done(null, true) }));'),
    ['no', 'src/index.js:4 cors(…) sets a CORS policy: a function that lets any origin in'],
  ],
  [
    'a header that says the wildcard',
    explicit,
    at(app("app.use((req, res, next) => { res.setHeader('Access-Control-Allow-Origin', '*'); next(); });")),
    ['no', 'src/index.js:4 sets Access-Control-Allow-Origin: the wildcard *'],
  ],
  [
    'a header that says one origin',
    explicit,
    at(
      app("app.use((req, res, next) => { res.header('access-control-allow-origin', 'https://a.example'); next(); });"),
    ),
    ['yes', 'src/index.js:4 sets Access-Control-Allow-Origin'],
  ],
  [
    'a header that repeats what was sent',
    explicit,
    at(app("app.use((req, res, next) => { res.set('Access-Control-Allow-Origin', req.headers.origin); next(); });")),
    ['no', 'src/index.js:4 sets Access-Control-Allow-Origin: reflects the origin it is sent'],
  ],
  [
    'a header that repeats what was asked for',
    explicit,
    at(app("app.use((req, res, next) => { res.set('Access-Control-Allow-Origin', req.get('Origin')); next(); });")),
    ['no', 'src/index.js:4 sets Access-Control-Allow-Origin: reflects the origin it is sent'],
  ],
  [
    'Nest, when it is created',
    explicit,
    {
      'package.json': service({}, ['@nestjs/core']),
      'src/index.js':
        "import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module.js';\nNestFactory.create(AppModule, { cors: true }).then((app) => app.listen(3000));",
      'src/app.module.js': 'export class AppModule {}',
    },
    ['no', 'src/index.js:3 created with cors: any origin'],
  ],
  [
    'Nest, when it is created with a list',
    explicit,
    {
      'package.json': service({}, ['@nestjs/core']),
      'src/index.js':
        "import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module.js';\nconst options = { cors: { origin: 'https://a.example' } };\nNestFactory.create(AppModule, options).then((app) => app.listen(3000));",
      'src/app.module.js': 'export class AppModule {}',
    },
    ['yes', 'src/index.js:4 created with cors'],
  ],
  [
    'Nest, created without',
    { ask: 'set' },
    {
      'package.json': service({}, ['@nestjs/core']),
      'src/index.js':
        "import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module.js';\nNestFactory.create(AppModule, { cors: false }).then((app) => app.listen(3000));",
      'src/app.module.js': 'export class AppModule {}',
    },
    ['no'],
  ],
  [
    'a gateway of sockets',
    explicit,
    {
      'package.json': service({ scripts: { start: 'tsx src/index.ts' } }, ['@nestjs/core', '@nestjs/websockets']),
      'src/index.ts':
        "import { NestFactory } from '@nestjs/core';\nimport { WebSocketGateway } from '@nestjs/websockets';\n@WebSocketGateway({ cors: { origin: 'https://a.example' } })\nclass Chat {}\nNestFactory.create(Chat).then((app) => app.listen(3000));",
    },
    ['yes', 'src/index.ts:3 WebSocketGateway with cors'],
  ],
  [
    'headers of a proxy in front',
    explicit,
    at(app(''), {
      'compose.yaml':
        'services:\n  api:\n    build: .\n  proxy:\n    image: nginx:1.27\n    ports: ["80:80"]\n    volumes: ["./nginx.conf:/etc/nginx/nginx.conf"]\n',
      Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "src/index.js"]\n',
      'nginx.conf':
        'server {\n  listen 80;\n  add_header Access-Control-Allow-Origin *;\n  location / { proxy_pass http://api:3000; }\n}\n',
    }),
    ['no', 'nginx.conf:3 adds Access-Control-Allow-Origin: the wildcard *'],
  ],
  [
    'headers of a host',
    explicit,
    at(app(''), {
      'vercel.json':
        '{\n"headers": [{ "source": "/(.*)", "headers": [\n{ "key": "Access-Control-Allow-Origin",\n"value": "*" }] }]\n}',
    }),
    ['no', 'vercel.json:3 sets Access-Control-Allow-Origin: the wildcard *'],
  ],
  [
    'a library of another language',
    explicit,
    {
      'go.mod': 'module a\nrequire github.com/rs/cors v1.0.0\nrequire github.com/gin-gonic/gin v1.0.0\n',
      'main.go': 'package main\nfunc main() { http.ListenAndServe(":80", nil) }',
    },
    ['unknown: a is written in go, whose code is not read', 'go.mod:2 declares github.com/rs/cors'],
  ],
  [
    'a route rule of Nuxt or Nitro, which sends the wildcard',
    explicit,
    at(app(''), {
      'nitro.config.ts': "export default defineNitroConfig({\n  routeRules: { '/feed/**': { cors: true } },\n});\n",
    }),
    ['no', 'nitro.config.ts:2 route rule with cors: the wildcard *'],
  ],
  [
    'a route rule whose headers name the origin',
    explicit,
    at(app(''), {
      'nuxt.config.ts':
        "export default defineNuxtConfig({\n  routeRules: {\n    '/feed/**': {\n      cors: true,\n      headers: { 'access-control-allow-origin': 'https://a.example' },\n    },\n  },\n});\n",
    }),
    ['yes', 'nuxt.config.ts:5 sets Access-Control-Allow-Origin'],
  ],
  ['nothing at all', { ask: 'set' }, at(app('')), ['no']],
  [
    'a header of the development server alone',
    { ask: 'set' },
    at(
      app(
        "if (process.env.NODE_ENV !== 'production') {\n  app.use(bundle(compiler, { headers: { 'Access-Control-Allow-Origin': '*' } }));\n}",
        "import bundle from 'webpack-dev-middleware';",
      ),
    ),
    ['no'],
  ],
  [
    'origins of Payload',
    explicit,
    payload("['https://a.example', process.env.SITE]"),
    ['yes', 'src/payload.config.ts:2 buildConfig with cors'],
  ],
  [
    'any origin, told to Payload',
    explicit,
    payload("'*'"),
    ['no', 'src/payload.config.ts:2 buildConfig with cors: the wildcard *'],
  ],
  [
    'any origin, told to GraphQL Yoga at its start',
    explicit,
    at(
      "import { GraphQLServer } from 'graphql-yoga';\nconst server = new GraphQLServer({ typeDefs, resolvers });\nserver.start({ port: 4000, cors: { credentials: true } });\n",
      {},
      ['graphql-yoga'],
    ),
    ['no', 'src/index.js:3 server.start with cors: no origin named, so any is let in'],
  ],
  [
    'written and never registered',
    { ask: 'registered' },
    at(app(''), { 'src/other.js': "import cors from 'cors';\nexport const all = cors();" }, ['cors']),
    ['no', 'src/other.js:2 cors(…) sets a CORS policy'],
  ],
  [
    'no options',
    explicit,
    cors('app.use(cors());'),
    ['no', 'src/index.js:4 cors(…) sets a CORS policy: defaults, which let any origin in'],
  ],
  [
    'one origin',
    explicit,
    cors("app.use(cors({ origin: 'https://a.example' }));"),
    ['yes', 'src/index.js:4 cors(…) sets a CORS policy'],
  ],
  [
    'origins under their other name',
    explicit,
    cors("app.use(cors({ origins: ['*'] }));"),
    ['no', 'src/index.js:4 cors(…) sets a CORS policy: the wildcard * in its list'],
  ],
  [
    'a function that compares',
    explicit,
    cors('app.use(cors({ origin: (origin, done) => (origin === own ? done(null, true) : done(null, false)) }));'),
    ['yes', 'src/index.js:4 cors(…) sets a CORS policy'],
  ],
  [
    'one of two',
    explicit,
    cors("app.use(cors({ origin: production ? 'https://a.example' : '*' }));"),
    ['yes', 'src/index.js:4 cors(…) sets a CORS policy'],
  ],
  [
    'from the environment',
    explicit,
    cors('app.use(cors({ origin: process.env.ORIGIN }));'),
    ['yes', 'src/index.js:4 cors(…) sets a CORS policy'],
  ],
  [
    'for one route',
    explicit,
    cors("app.get('/notes', cors({ origin: '*' }), (req, res) => res.json([]));"),
    ['no', 'src/index.js:4 cors(…) sets a CORS policy: the wildcard *'],
  ],
  [
    'registered',
    { ask: 'registered' },
    cors("app.use(cors({ origin: 'https://a.example' }));"),
    ['yes', 'src/index.js:4 cors(…) sets a CORS policy'],
  ],
  [
    'a header that says another thing',
    { ask: 'set' },
    at(app("app.use((req, res, next) => { res.set('Access-Control-Allow-Methods', 'GET'); next(); });")),
    ['no'],
  ],
  [
    'a header that repeats what is on a list',
    explicit,
    at(
      app(
        "app.use((req, res, next) => { if (list.includes(req.headers.origin)) res.set('Access-Control-Allow-Origin', req.headers.origin); next(); });",
      ),
    ),
    ['yes', 'src/index.js:4 sets Access-Control-Allow-Origin'],
  ],
  [
    'a header that repeats what is on a list, under a name',
    explicit,
    at(
      app(
        "app.use((req, res, next) => { const origin = req.headers.origin; if (list.includes(origin)) { res.setHeader('Access-Control-Allow-Origin', origin); } next(); });",
      ),
    ),
    ['yes', 'src/index.js:4 sets Access-Control-Allow-Origin'],
  ],
  [
    'a wildcard where something else is compared',
    explicit,
    at(
      app(
        "app.use((req, res, next) => { if (list.includes(req.path)) res.set('Access-Control-Allow-Origin', '*'); next(); });",
      ),
    ),
    ['no', 'src/index.js:4 sets Access-Control-Allow-Origin: the wildcard *'],
  ],
  [
    'a header in code that nothing runs',
    { ask: 'registered' },
    at(app(''), { 'src/other.js': "export const open = (req, res) => res.set('Access-Control-Allow-Origin', '*');\n" }),
    ['no'],
  ],
  [
    'an answer made by hand',
    explicit,
    edge("new Response('a', { headers: { 'Access-Control-Allow-Origin': '*' } })"),
    ['no', 'src/index.js:3 sets Access-Control-Allow-Origin: the wildcard *'],
  ],
  [
    'an answer made by hand, for one origin',
    explicit,
    edge("new Response('a', { headers: { 'Access-Control-Allow-Origin': 'https://a.example' } })"),
    ['yes', 'src/index.js:3 sets Access-Control-Allow-Origin'],
  ],
  [
    'an answer made by hand, with a fallback',
    explicit,
    edge("new Response('a', { headers: { 'Access-Control-Allow-Origin': env.ORIGIN ?? '*' } })"),
    ['no', 'src/index.js:3 sets Access-Control-Allow-Origin: falls back to the wildcard *'],
  ],
  [
    'an answer made by hand, which repeats what was sent',
    explicit,
    edge("new Response('a', { headers: { 'Access-Control-Allow-Origin': request.headers.get('Origin') } })"),
    ['no', 'src/index.js:3 sets Access-Control-Allow-Origin: reflects the origin it is sent'],
  ],
  [
    'an answer made by hand, which repeats what is on a list',
    explicit,
    edge(
      "new Response('a', { headers: { 'Access-Control-Allow-Origin': allowed(request) && request.headers.get('Origin') } })",
    ),
    ['yes', 'src/index.js:3 sets Access-Control-Allow-Origin'],
  ],
  [
    'an answer made by hand, in a comment',
    { ask: 'set' },
    edge("new Response('a') // 'Access-Control-Allow-Origin': '*'"),
    ['no'],
  ],
  [
    'headers of a host for one origin',
    explicit,
    at(app(''), {
      'vercel.json':
        '{\n"headers": [{ "source": "/(.*)", "headers": [\n{ "key": "Access-Control-Allow-Origin",\n"value": "https://a.example" }] }]\n}',
    }),
    ['yes', 'vercel.json:3 sets Access-Control-Allow-Origin'],
  ],
  [
    'a file of headers',
    explicit,
    at(app(''), { 'public/_headers': '/*\n  Access-Control-Allow-Origin: *\n' }),
    ['no', 'public/_headers:2 sets Access-Control-Allow-Origin: the wildcard *'],
  ],
  [
    'Nest, when it is told to',
    explicit,
    {
      'package.json': service({}, ['@nestjs/core']),
      'src/index.js':
        "import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module.js';\nNestFactory.create(AppModule).then((app) => {\n  app.enableCors();\n  app.listen(3000);\n});",
      'src/app.module.js': 'export class AppModule {}',
    },
    ['no', 'src/index.js:4 enableCors: defaults, which let any origin in'],
  ],
  [
    'Nest, when it is told which',
    explicit,
    {
      'package.json': service({}, ['@nestjs/core']),
      'src/index.js':
        "import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module.js';\nNestFactory.create(AppModule).then((app) => {\n  app.enableCors({ origin: ['https://a.example'] });\n  app.listen(3000);\n});",
      'src/app.module.js': 'export class AppModule {}',
    },
    ['yes', 'src/index.js:4 enableCors'],
  ],
  [
    'sockets',
    explicit,
    at(
      "import { createServer } from 'node:http';\nimport { Server } from 'socket.io';\nconst server = createServer();\nconst io = new Server(server, { cors: { origin: '*' } });\nio.on('connection', () => {});\nserver.listen(3000);\n",
      {},
      ['socket.io'],
    ),
    ['no', 'src/index.js:4 Server with cors: the wildcard *'],
  ],
  [
    'Fastify',
    explicit,
    {
      'package.json': service({}, ['fastify', '@fastify/cors']),
      'src/index.js':
        "import Fastify from 'fastify';\nimport cors from '@fastify/cors';\nconst app = Fastify();\napp.register(cors, { origin: true });\napp.get('/', () => 'a');\napp.listen({ port: 3000 });\n",
    },
    ['no', 'src/index.js:4 app.register(…) sets a CORS policy: reflects any origin'],
  ],
  [
    'Hono',
    explicit,
    {
      'package.json': service({ scripts: { start: 'node src/index.js' } }, ['hono', '@hono/node-server']),
      'src/index.js':
        "import { serve } from '@hono/node-server';\nimport { Hono } from 'hono';\nimport { cors } from 'hono/cors';\nconst app = new Hono();\napp.use('*', cors({ origin: 'https://a.example' }));\napp.get('/', (c) => c.text('a'));\nserve(app);\n",
    },
    ['yes', 'src/index.js:5 cors(…) sets a CORS policy'],
  ],

  [
    'a plugin handed over by its name',
    explicit,
    at(
      "import Fastify from 'fastify';\nimport cors from '@fastify/cors';\nconst app = Fastify();\napp.register(cors, { origin: ['https://a.example'] });\napp.listen({ port: 1 });\n",
      {},
      ['fastify', '@fastify/cors'],
    ),
    ['yes', 'src/index.js:4 app.register(…) sets a CORS policy'],
  ],
  [
    'a plugin handed over by its name, open to all',
    explicit,
    at(
      "import Fastify from 'fastify';\nimport cors from '@fastify/cors';\nconst app = Fastify();\napp.register(cors, { origin: '*' });\napp.listen({ port: 1 });\n",
      {},
      ['fastify', '@fastify/cors'],
    ),
    ['no', 'src/index.js:4 app.register(…) sets a CORS policy: the wildcard *'],
  ],
  [
    'a plugin handed to use',
    explicit,
    at(
      "import Koa from 'koa';\nimport cors from '@koa/cors';\nconst app = new Koa();\napp.use(cors, { origin: 'https://a.example' });\napp.listen(1);\n",
      {},
      ['koa', '@koa/cors'],
    ),
    ['yes', 'src/index.js:4 app.use(…) sets a CORS policy'],
  ],
  [
    'a plugin handed to something else',
    explicit,
    at(
      "import Fastify from 'fastify';\nimport cors from '@fastify/cors';\nconst app = Fastify();\nconsole.log(cors, { origin: '*' });\napp.listen({ port: 1 });\n",
      {},
      ['fastify', '@fastify/cors'],
    ),
    ['yes'],
  ],
  [
    'another plugin handed over',
    explicit,
    at(
      "import Fastify from 'fastify';\nimport helmet from '@fastify/helmet';\nconst app = Fastify();\napp.register(helmet, { origin: '*' });\napp.listen({ port: 1 });\n",
      {},
      ['fastify', '@fastify/helmet'],
    ),
    ['yes'],
  ],
  ['something else of the package', explicit, cors('new cors.Other({ origin: "*" });'), ['yes']],
])('%s', async (_, options, files, expected) => {
  expect(await asked('allows-origins', options, files)).toEqual(expected);
});
