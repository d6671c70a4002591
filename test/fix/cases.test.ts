import { describe, expect, it } from 'vitest';
import { readBase } from '../support/fixtures.ts';
import { fixed, planFor, textIn } from './world.ts';

type Files = Record<string, string>;
interface Case {
  fix: string;
  name: string;
  base: string;
  add: Files;
  before: string;
  after: string;
  /** Text that the result must hold, by file. */
  holds?: Files;
}

const compose = (more = '') => `services:
  # what people use
  api:
    build: .
    environment:
      NODE_ENV: production
${more}`;
const dockerfile = 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nUSER node\nCMD ["node", "dist/index.js"]\n';
const manifest = (base: string, change: (manifest: Record<string, Record<string, string>>) => void): string => {
  const read = JSON.parse(readBase(base)['package.json']!);
  change(read);
  return `${JSON.stringify(read, null, 2)}\n`;
};
const lock = '{ "name": "notes-api", "lockfileVersion": 3, "packages": {} }\n';
const deployment = `apiVersion: v1
kind: Service
metadata:
  name: notes-api
spec:
  selector: { app: notes-api }
  ports: [{ port: 3000 }]
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: notes-api
spec:
  template:
    spec:
      containers:
        - name: notes-api
          image: example/notes-api:1.0
`;

const reading = readBase('express')['src/index.ts']!.replace(
  'const port',
  "const database = process.env.DATABASE_URL;\nconst level = process.env.LOG_LEVEL ?? 'info';\nconsole.log(database, level);\nconst port",
);

const limited = manifest('express', (it) => Object.assign(it.dependencies!, { 'express-rate-limit': '^7.5.0' }));
const limits = "import { rateLimit } from 'express-rate-limit';\n\n";
const handler = `import type { NextFunction, Request, Response } from 'express';

export function onError(error: Error, _req: Request, res: Response, _next: NextFunction) {
  console.error(error);
  res.status(500).json({ error: 'something went wrong' });
}
`;

/** A small Vue application whose one view, `src/Notes.vue`, asks for data. */
const vue = (dependencies: Record<string, string>): Files => ({
  'package.json': JSON.stringify({
    name: 'notes',
    type: 'module',
    scripts: { build: 'vite build' },
    dependencies: { vue: '^3.5.0', ...dependencies },
    devDependencies: { vite: '^6.0.0', '@vitejs/plugin-vue': '^5.0.0' },
  }),
  'index.html':
    '<!doctype html>\n<html>\n  <head><title>Notes</title></head>\n  <body>\n    <div id="app"></div>\n    <script type="module" src="/src/main.js"></script>\n  </body>\n</html>\n',
  'src/main.js': "import { createApp } from 'vue';\nimport App from './App.vue';\n\ncreateApp(App).mount('#app');\n",
  'src/App.vue':
    "<script setup>\nimport Notes from './Notes.vue';\n</script>\n\n<template>\n  <Notes />\n</template>\n",
});

const cases: Case[] = [
  {
    fix: 'rate-limiting',
    name: 'a limiter that nothing registers, beside one for a few routes',
    base: 'express',
    add: {
      'package.json': limited,
      'src/limits.ts': `${limits}export const everyone = rateLimit({ limit: 100 });\nexport const loginLimit = rateLimit({ limit: 5 });\n`,
    },
    before: 'unwired',
    after: 'ready',
    holds: { 'src/app.ts': "import { everyone } from './limits.js';", 'package.json': limited },
  },
  {
    fix: 'rate-limiting',
    name: 'a limiter in the file of the application',
    base: 'express',
    add: {
      'package.json': limited,
      'src/app.ts': `${limits}const limiter = rateLimit({ limit: 100 });\n${readBase('express')['src/app.ts']}`,
    },
    before: 'unwired',
    after: 'ready',
    holds: { 'src/app.ts': '  app.use(limiter);\n' },
  },
  {
    fix: 'rate-limiting',
    name: 'two limiters, of which either could be meant',
    base: 'express',
    add: {
      'package.json': limited,
      'src/limits.ts': `${limits}export const slow = rateLimit({ limit: 10 });\nexport const fast = rateLimit({ limit: 100 });\n`,
    },
    before: 'unwired',
    after: 'ready',
    holds: { 'src/app.ts': '  app.use(limitRequests);' },
  },
  {
    fix: 'error-handling',
    name: 'a handler that nothing registers',
    base: 'express',
    add: { 'src/errors.ts': handler },
    before: 'unwired',
    after: 'ready',
    holds: { 'src/app.ts': "app.use('/notes', notes);\n\n  app.use(onError);\n" },
  },
  {
    fix: 'env-template',
    name: 'variables that nothing names',
    base: 'express',
    add: { 'src/index.ts': reading },
    before: 'missing',
    after: 'ready',
    holds: {
      '.env.example': '# Read in src/index.ts:3 (secret)\nDATABASE_URL=\n\n# Read in src/index.ts:4\nLOG_LEVEL=info\n',
    },
  },
  {
    fix: 'env-template',
    name: 'what a schema lets be left out, which blank is not',
    base: 'express',
    add: {
      'package.json': manifest('express', (it) => Object.assign(it.dependencies!, { zod: '^3.24.0' })),
      'src/index.ts': `import { z } from 'zod';\n\nexport const env = z.object({ DATABASE_URL: z.string(), AUTH_TOKEN: z.string().min(8).optional() }).parse(process.env);\n${readBase('express')['src/index.ts']}`,
    },
    before: 'missing',
    after: 'ready',
    holds: {
      '.env.example':
        '# Read in src/index.ts:3 (secret)\n# AUTH_TOKEN=\n\n# Read in src/index.ts:3 (secret)\nDATABASE_URL=\n',
    },
  },
  {
    fix: 'env-template',
    name: 'a template that lacks some',
    base: 'express',
    add: { 'src/index.ts': reading, '.env.example': '# mine\nLOG_LEVEL=debug' },
    before: 'partial',
    after: 'ready',
    holds: { '.env.example': '# mine\nLOG_LEVEL=debug\n\n# Read in src/index.ts:3 (secret)\nDATABASE_URL=\n' },
  },
  {
    fix: 'env-validation',
    name: 'variables that nothing checks',
    base: 'express',
    add: { 'src/index.ts': reading },
    before: 'missing',
    after: 'ready',
    holds: { 'src/check-environment.ts': '  DATABASE_URL: z.string().min(1),\n  LOG_LEVEL: z.string().optional(),\n' },
  },
  {
    fix: 'container-limits',
    name: 'a compose file for production',
    base: 'express',
    add: { Dockerfile: dockerfile, 'docker-compose.prod.yml': compose() },
    before: 'missing',
    after: 'ready',
    holds: {
      'docker-compose.prod.yml':
        '  # what people use\n  api:\n    build: .\n    environment:\n      NODE_ENV: production\n    restart: unless-stopped\n',
    },
  },
  {
    fix: 'container-limits',
    name: 'a Kubernetes deployment in a file of several documents',
    base: 'express',
    add: { Dockerfile: dockerfile, 'k8s/api.yaml': deployment },
    before: 'partial',
    after: 'ready',
    holds: { 'k8s/api.yaml': '          resources:\n            limits:\n              memory: 512Mi\n' },
  },
  {
    fix: 'health-probes',
    name: 'a compose file for production',
    base: 'express',
    add: { Dockerfile: dockerfile, 'docker-compose.prod.yml': compose() },
    before: 'missing',
    after: 'ready',
  },
  {
    fix: 'health-probes',
    name: 'an image alone',
    base: 'express',
    add: { Dockerfile: dockerfile },
    before: 'missing',
    after: 'ready',
    holds: { Dockerfile: 'USER node\nHEALTHCHECK ' },
  },
  {
    fix: 'scaling',
    name: 'a compose file for production',
    base: 'express',
    add: { Dockerfile: dockerfile, 'docker-compose.prod.yml': compose() },
    before: 'missing',
    after: 'ready',
  },
  {
    fix: 'https',
    name: 'a compose file without a proxy',
    base: 'express',
    add: { Dockerfile: dockerfile, 'docker-compose.prod.yml': compose() },
    before: 'missing',
    after: 'ready',
  },
  {
    fix: 'backups',
    name: 'PostgreSQL in a compose file',
    base: 'express',
    add: {
      Dockerfile: dockerfile,
      'docker-compose.prod.yml': compose(
        '  db:\n    image: postgres:17-alpine\n    environment:\n      POSTGRES_DB: notes\n      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD}\n',
      ),
    },
    before: 'missing',
    after: 'ready',
    holds: { 'docker-compose.prod.yml': 'pg_dump -h db -U postgres notes' },
  },
  {
    fix: 'cors',
    name: 'Express without options',
    base: 'express',
    add: {
      'package.json': manifest('express', (it) => Object.assign(it.dependencies!, { cors: '^2.8.5' })),
      'src/app.ts':
        'import cors from "cors"\nimport express from "express"\n\nexport function createApp() {\n  const app = express()\n  app.use(cors())\n  app.get("/", (_req, res) => res.send("x"))\n  return app\n}\n',
    },
    before: 'partial',
    after: 'ready',
    holds: {
      'src/app.ts':
        'app.use(cors({ origin: process.env.CORS_ORIGINS?.split(",") ?? ["http://localhost:3000", "http://localhost:5173"] }))\n',
    },
  },
  {
    fix: 'cors',
    name: 'Nest without options',
    base: 'nest',
    add: {
      'src/main.ts': readBase('nest')['src/main.ts']!.replace(
        '  await app.listen',
        '  app.enableCors();\n  await app.listen',
      ),
    },
    before: 'partial',
    after: 'ready',
  },
  {
    fix: 'lockfile',
    name: 'an image and a pipeline that pass it over',
    base: 'express',
    add: {
      'package-lock.json': lock,
      Dockerfile:
        'FROM node:22-slim\nCOPY package*.json ./\nRUN npm install && npm install -g pm2\nCOPY . .\nCMD ["node", "dist/index.js"]\n',
      '.github/workflows/ci.yml':
        'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: npm install\n      - run: npm install left-pad\n',
    },
    before: 'partial',
    after: 'ready',
    holds: {
      Dockerfile: 'RUN npm ci && npm install -g pm2\n',
      '.github/workflows/ci.yml': '- run: npm ci\n      - run: npm install left-pad\n',
    },
  },
  {
    fix: 'ci',
    name: 'a package with tests',
    base: 'express',
    add: {
      'package.json': manifest('express', (it) => {
        Object.assign(it.scripts!, { test: 'vitest run' });
        Object.assign(it.devDependencies!, { vitest: '^3.0.0' });
      }),
      'test/store.test.ts':
        "import { expect, it } from 'vitest';\nimport { listNotes } from '../src/store.js';\nit('is empty', () => expect(listNotes()).toEqual([]));\n",
    },
    before: 'missing',
    after: 'ready',
  },
  {
    fix: 'structured-logging',
    name: 'Express with a request logger that writes lines',
    base: 'express',
    add: {
      'package.json': manifest('express', (it) => Object.assign(it.dependencies!, { morgan: '^1.10.0' })),
      'src/app.ts':
        "import express from 'express';\nimport morgan from 'morgan';\n\nexport function createApp() {\n  const app = express();\n  app.use(morgan('dev'));\n  app.get('/', (_req, res) => res.send('x'));\n  return app;\n}\n",
    },
    before: 'missing',
    after: 'ready',
  },
  {
    fix: 'migrations',
    name: 'Prisma migrations that nothing runs',
    base: 'express',
    add: {
      'package.json': manifest('express', (it) => {
        Object.assign(it.devDependencies!, { prisma: '^6.0.0' });
        Object.assign(it.dependencies!, { '@prisma/client': '^6.0.0' });
      }),
      'prisma/schema.prisma':
        'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\nmodel Note {\n  id Int @id\n}\n',
      'prisma/migrations/20240101000000_init/migration.sql': 'CREATE TABLE "Note" ("id" INTEGER PRIMARY KEY);\n',
    },
    before: 'partial',
    after: 'ready',
  },
  {
    fix: 'database',
    name: 'a Prisma schema, and a compose file without the database',
    base: 'express',
    add: {
      'src/app.ts':
        "import express from 'express';\n\nexport function createApp() {\n  const app = express();\n  app.get('/notes', (_req, res) => {\n    res.status(501).end();\n  });\n  return app;\n}\n",
      'src/store.ts': 'export {};\n',
      'src/routes/notes.ts': 'export {};\n',
      Dockerfile: dockerfile,
      'docker-compose.prod.yml': compose(),
      'prisma/schema.prisma':
        'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\ngenerator client {\n  provider = "prisma-client-js"\n}\nmodel Note {\n  id Int @id\n}\n',
    },
    before: 'unwired',
    after: 'ready',
    holds: {
      'docker-compose.prod.yml':
        '      NODE_ENV: production\n      DATABASE_URL: postgres://app:${POSTGRES_PASSWORD:?set it in .env}@postgres:5432/app\n',
      'src/app.ts': 'await prisma.$queryRaw`SELECT 1`;',
      'package.json': '"db:migrate": "prisma migrate deploy"',
    },
  },
  {
    fix: 'file-storage',
    name: 'uploads in a folder of the image',
    base: 'express',
    add: {
      'package.json': manifest('express', (it) => Object.assign(it.dependencies!, { multer: '^2.0.0' })),
      'src/routes/notes.ts':
        "import { Router } from 'express';\nimport multer from 'multer';\n\nexport const notes = Router();\nconst upload = multer({ dest: 'uploads/' });\n\nnotes.post('/:id/picture', upload.single('picture'), (_req, res) => {\n  res.status(201).end();\n});\n",
      Dockerfile: dockerfile,
      'docker-compose.prod.yml': compose(),
    },
    before: 'missing',
    after: 'ready',
    holds: {
      'docker-compose.prod.yml': '    volumes:\n      - uploads:/app/uploads\n',
      Dockerfile: 'RUN mkdir -p /app/uploads && chown node /app/uploads\nUSER node\n',
    },
  },
  {
    fix: 'input-validation',
    name: 'what a handler may leave out, and types of other files',
    base: 'express',
    add: {
      'src/store.ts':
        "export interface Draft {\n  title: string;\n  tags?: string[];\n  kind: 'long' | 'short';\n}\nexport const keep = (draft: Draft) => draft;\nexport const rename = (id: string, title: string) => ({ id, title });\n",
      'src/routes/notes.ts':
        "import { Router } from 'express';\nimport { type Draft, keep, rename } from '../store.js';\n\nexport const notes = Router();\n\nnotes.post('/', (req, res) => {\n  const draft = req.body as Draft;\n  res.json(keep(draft));\n});\n\nnotes.patch('/:id', (req, res) => {\n  if (req.body.title) res.json(rename(req.params.id, req.body.title));\n  else res.end();\n});\n",
    },
    before: 'missing',
    after: 'ready',
    holds: {
      'src/request-schemas.ts':
        "z.object({ title: z.string(), tags: z.array(z.string()).optional(), kind: z.enum(['long', 'short']) });\n\nexport const patchNotes = z.object({ title: z.string().nullish() });\n",
      'src/routes/notes.ts': "notes.patch('/:id', validateBody(patchNotes), (req, res) => {",
    },
  },
  {
    fix: 'health-endpoint',
    name: 'stores that modules hand out',
    base: 'express',
    add: {
      'package.json': manifest('express', (it) => Object.assign(it.dependencies!, { pg: '^8.0.0', ioredis: '^5.0.0' })),
      'src/store.ts':
        "import { Redis } from 'ioredis';\nimport { Pool } from 'pg';\n\nexport const pool = new Pool();\nexport const redis = new Redis();\n\nexport const listNotes = async () => (await redis.get('notes')) ?? (await pool.query('select * from note')).rows;\n",
      'src/routes/notes.ts':
        "import { Router } from 'express';\nimport { listNotes } from '../store.js';\n\nexport const notes = Router();\n\nnotes.get('/', async (_req, res) => {\n  res.json(await listNotes());\n});\n",
    },
    before: 'missing',
    after: 'ready',
    holds: {
      'src/app.ts':
        "    try {\n      await pool.query('SELECT 1');\n      await redis.ping();\n      res.json({ status: 'ok' });\n",
    },
  },
  {
    fix: 'health-endpoint',
    name: 'a client that Prisma generates into the source folder',
    base: 'none',
    add: {
      'package.json':
        '{ "name": "notes", "type": "module", "scripts": { "start": "node dist/server.js" }, "dependencies": { "@prisma/client": "^7.0.0", "express": "^5.0.0" }, "devDependencies": { "typescript": "^5.7.0" } }\n',
      'prisma/schema.prisma':
        'generator client {\n  provider = "prisma-client"\n  output = "../src/made/prisma"\n}\ndatasource db {\n  provider = "postgresql"\n}\nmodel Note {\n  id Int @id\n}\n',
      'src/db.ts':
        "import { PrismaPg } from '@prisma/adapter-pg';\nimport { PrismaClient } from './made/prisma/client.js';\n\nexport const db = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }) });\n",
      'src/server.ts':
        "import express from 'express';\nimport { db } from './db.js';\n\nconst app = express();\napp.get('/notes', async (_req, res) => res.json(await db.note.findMany()));\n\napp.listen(process.env.PORT);\n",
    },
    before: 'missing',
    after: 'ready',
    holds: {
      'src/server.ts': "app.get('/ready', async (_req, res) => {\n  try {\n    await db.$queryRaw`SELECT 1`;\n",
    },
  },
  {
    fix: 'error-handling',
    name: 'CommonJS in its own style',
    base: 'none',
    add: {
      'package.json':
        '{\n    "name": "plain",\n    "main": "server.js",\n    "scripts": { "start": "node server.js" },\n    "dependencies": { "express": "^4.19.0" }\n}\n',
      'server.js':
        "const express = require('express')\n\nconst app = express()\napp.get('/', (req, res) => {\n    res.send('x')\n})\n\napp.listen(3000)\n",
    },
    before: 'missing',
    after: 'ready',
    holds: {
      'server.js':
        "const express = require('express')\nconst { errorHandler } = require('./middleware/error-handler')\n",
      'middleware/error-handler.js': 'module.exports = { errorHandler }\n',
    },
  },
  {
    fix: 'input-validation',
    name: 'Fastify handlers that say what they take, by a generic or a cast',
    base: 'none',
    add: {
      'package.json':
        '{ "name": "notes", "type": "module", "scripts": { "start": "node dist/server.js" }, "dependencies": { "fastify": "^5.2.0" }, "devDependencies": { "typescript": "^5.7.0" } }\n',
      'src/server.ts':
        "import Fastify from 'fastify';\n\ninterface Draft {\n  title: string;\n}\n\nconst app = Fastify();\n\napp.post<{ Body: Draft }>('/notes', async (request, reply) => {\n  reply.code(201);\n  return { title: request.body.title };\n});\n\napp.put('/notes/:id', async (request, reply) => {\n  const draft = request.body as Draft;\n  return reply.send(draft);\n});\n\nawait app.listen({ port: 3000 });\n",
    },
    before: 'missing',
    after: 'ready',
    holds: {
      'src/request-schemas.ts': 'export const putNotes = z.object({ title: z.string() });',
      'src/server.ts': '  const checked = postNotes.safeParse(request.body);\n  if (!checked.success) {\n',
    },
  },
  {
    fix: 'input-validation',
    name: 'Koa handlers that say what they take',
    base: 'none',
    add: {
      'package.json':
        '{ "name": "notes", "type": "module", "scripts": { "start": "node dist/server.js" }, "dependencies": { "koa": "^2.15.0", "@koa/router": "^13.1.0", "koa-body": "^6.0.1" }, "devDependencies": { "typescript": "^5.7.0" } }\n',
      'src/server.ts':
        "import Router from '@koa/router';\nimport Koa from 'koa';\nimport { koaBody } from 'koa-body';\n\ninterface Draft {\n  title: string;\n  tags?: string[];\n}\n\nconst app = new Koa();\nconst router = new Router();\n\nrouter.post('/notes', async (ctx) => {\n  const draft = ctx.request.body as Draft;\n  ctx.status = 201;\n  ctx.body = draft;\n});\n\napp.use(koaBody());\napp.use(router.routes());\napp.listen(3000);\n",
    },
    before: 'missing',
    after: 'ready',
    holds: {
      'src/request-schemas.ts': 'z.object({ title: z.string(), tags: z.array(z.string()).optional() });',
      'src/server.ts': "    ctx.status = 400;\n    ctx.body = { error: 'Invalid body', issues };\n    return;\n",
    },
  },
  {
    fix: 'offline',
    name: 'a Next.js configuration whose type a comment gives',
    base: 'next',
    add: {
      'next.config.mjs':
        "/** @type {import('next').NextConfig} */\nconst nextConfig = {};\n\nexport default nextConfig;\n",
    },
    before: 'missing',
    after: 'ready',
    holds: {
      'next.config.mjs':
        "import withSerwistInit from '@serwist/next';\n\n/** @type {import('next').NextConfig} */\nconst nextConfig = {};\n",
    },
  },
  {
    fix: 'loading-states',
    name: 'a page that asks through TanStack Query',
    base: 'vite-react',
    add: {
      'package.json': manifest('vite-react', (it) =>
        Object.assign(it.dependencies!, { '@tanstack/react-query': '^5.62.0' }),
      ),
      'src/main.tsx':
        "import { QueryClient, QueryClientProvider } from '@tanstack/react-query';\nimport { createRoot } from 'react-dom/client';\nimport { BrowserRouter } from 'react-router-dom';\nimport { App } from './App';\n\ncreateRoot(document.getElementById('root')!).render(\n  <QueryClientProvider client={new QueryClient()}>\n    <BrowserRouter>\n      <App />\n    </BrowserRouter>\n  </QueryClientProvider>,\n);\n",
      'src/pages/Notes.tsx':
        "import { useQuery } from '@tanstack/react-query';\n\nexport function Notes() {\n  const { data = [] } = useQuery({ queryKey: ['notes'], queryFn: () => fetch('/api/notes').then((answer) => answer.json()) });\n  return <p>{data.length} notes</p>;\n}\n",
    },
    before: 'missing',
    after: 'ready',
    holds: { 'src/main.tsx': '    </BrowserRouter>\n    <FetchingSign />\n  </QueryClientProvider>' },
  },
  {
    fix: 'loading-states',
    name: 'pages that ask through the one client of axios that a module makes',
    base: 'vite-react',
    add: {
      'package.json': manifest('vite-react', (it) => Object.assign(it.dependencies!, { axios: '^1.7.0' })),
      'src/lib/client.ts': "import axios from 'axios';\n\nexport const notesApi = axios.create({ baseURL: '/api' });\n",
      'src/pages/Notes.tsx':
        "import { useEffect, useState } from 'react';\nimport { notesApi } from '../lib/client';\n\nexport function Notes() {\n  const [notes, setNotes] = useState<string[]>([]);\n  useEffect(() => {\n    void notesApi.get('/notes').then(({ data }) => setNotes(data));\n  }, []);\n  return <p>{notes.length} notes</p>;\n}\n",
    },
    before: 'missing',
    after: 'ready',
    holds: {
      'src/FetchingSign.tsx': 'notesApi.interceptors.request.use((config) => {\n  count(1);\n',
      'src/main.tsx': '      <FetchingSign>\n        <App />\n      </FetchingSign>\n',
    },
  },
  {
    fix: 'loading-states',
    name: 'routes that load what their views show',
    base: 'vite-react',
    add: {
      'src/main.tsx':
        "import { createRoot } from 'react-dom/client';\nimport { createBrowserRouter, RouterProvider } from 'react-router-dom';\nimport { Layout } from './Layout';\nimport { Notes } from './pages/Notes';\n\nconst router = createBrowserRouter([\n  { path: '/', element: <Layout />, children: [{ path: 'notes', element: <Notes />, loader: () => fetch('/api/notes') }] },\n]);\n\ncreateRoot(document.getElementById('root')!).render(<RouterProvider router={router} />);\n",
      'src/Layout.tsx':
        "import { Outlet } from 'react-router-dom';\n\nexport function Layout() {\n  return (\n    <main>\n      <Outlet />\n    </main>\n  );\n}\n",
      'src/pages/Notes.tsx':
        "import { useLoaderData } from 'react-router-dom';\n\nexport function Notes() {\n  const notes = useLoaderData() as string[];\n  return <p>{notes.length} notes</p>;\n}\n",
    },
    before: 'missing',
    after: 'ready',
    holds: {
      'src/Layout.tsx': '      <FetchingSign>\n        <Outlet />\n      </FetchingSign>\n',
      'src/FetchingSign.tsx': "import { useNavigation } from 'react-router-dom';\n",
    },
  },
  {
    fix: 'loading-states',
    name: 'a Vue application that asks through axios',
    base: 'none',
    add: {
      ...vue({ axios: '^1.7.0' }),
      'src/http-common.js': "import axios from 'axios';\n\nexport default axios.create({ baseURL: '/api' });\n",
      'src/Notes.vue':
        "<script setup>\nimport { onMounted, ref } from 'vue';\nimport http from './http-common';\n\nconst notes = ref([]);\nonMounted(async () => {\n  notes.value = (await http.get('/notes')).data;\n});\n</script>\n\n<template>\n  <p>{{ notes.length }} notes</p>\n</template>\n",
    },
    before: 'missing',
    after: 'ready',
    holds: {
      'src/App.vue':
        "import FetchingSign from './FetchingSign.vue';\nimport Notes from './Notes.vue';\n</script>\n\n<template>\n  <Notes />\n  <FetchingSign />\n</template>\n",
      'src/requests-in-flight.js': "import client from './http-common.js';\n",
      'src/FetchingSign.vue': '<p v-if="loading > 0" role="status"',
    },
  },
  {
    fix: 'loading-states',
    name: 'a Vue application that asks through TanStack Query',
    base: 'none',
    add: {
      ...vue({ '@tanstack/vue-query': '^5.62.0' }),
      'src/Notes.vue':
        "<script setup>\nimport { useQuery } from '@tanstack/vue-query';\n\nconst { data } = useQuery({ queryKey: ['notes'], queryFn: () => fetch('/api/notes').then((answer) => answer.json()) });\n</script>\n\n<template>\n  <p>{{ data?.length }} notes</p>\n</template>\n",
    },
    before: 'missing',
    after: 'ready',
    holds: { 'src/FetchingSign.vue': "import { useIsFetching } from '@tanstack/vue-query';" },
  },
];

describe.each(cases.map((one) => [`${one.fix}: ${one.name}`, one] as const))(
  '%s',
  (_, { fix, base, add, before, after, holds }) => {
    const files: Files = base === 'none' ? add : { ...readBase(base), ...add };
    const planned = planFor(files, { fixes: [fix] });

    it(`comes from ${before} to ${after}, and stays`, async () => {
      const plan = await planned;
      expect(
        plan.fixes.map((one) => [one.before, one.after]),
        JSON.stringify(plan.notOffered),
      ).toEqual([[before, after]]);
      expect((await planFor(fixed(files, plan), { fixes: [fix] })).fixes).toEqual([]);
    });

    if (!holds) return;
    it('is written where it belongs', async () => {
      const now = fixed(files, await planned);
      for (const [path, text] of Object.entries(holds)) expect(now[path]).toContain(text);
    });
  },
);

it('offers nothing where it does not know what to change, and says why', async () => {
  const opaque = {
    ...readBase('express'),
    'src/index.ts': readBase('express')['src/index.ts']!.replace('import {', "import './other.js';\nimport {"),
    'src/other.ts': "import express from 'express';\n\nexport const other = express();\nother.listen(4000);\n",
  };
  const plan = await planFor(opaque, { fixes: ['headers'] });
  expect(plan.fixes).toEqual([]);
  expect(plan.notOffered.map(({ reason }) => reason).join()).toMatch(/more than one application/);
});

it('does not run a second process beside a database that lies with the first', async () => {
  const files = {
    ...readBase('express'),
    'package.json': manifest('express', (it) => Object.assign(it.dependencies!, { 'better-sqlite3': '^11.0.0' })),
    Dockerfile: dockerfile,
    'docker-compose.prod.yml': compose(),
  };
  expect((await planFor(files, { fixes: ['scaling'] })).fixes).toEqual([]);
});

it('believes a proxy that the code believes already', async () => {
  const own = {
    ...readBase('express'),
    'src/app.ts':
      "import express from 'express';\n\nexport function createApp() {\n  const app = express();\n  app.set('trust proxy', 1);\n  app.get('/', (_req, res) => res.send('x'));\n  return app;\n}\n",
  };
  const ask = async (files: Files) => textIn(await planFor(files, { fixes: ['rate-limiting'] }), 'src/app.ts');
  expect(await ask(own)).not.toContain('loopback');
  expect(await ask(readBase('express'))).toContain("app.set('trust proxy', 'loopback, linklocal, uniquelocal');");
});

it('adds no package whose types the compiler that is declared cannot read', async () => {
  const old = {
    ...readBase('express'),
    'package.json': manifest('express', (it) => Object.assign(it.devDependencies!, { typescript: '^4.1.2' })),
  };
  const plan = await planFor(old, { fixes: ['headers', 'health-endpoint'] });
  expect(plan.fixes.map(({ fix }) => fix)).toEqual(['health-endpoint']);
  expect(plan.notOffered.map(({ reason }) => reason)).toEqual(['TypeScript ^4.1.2 cannot read the types of helmet']);
});
