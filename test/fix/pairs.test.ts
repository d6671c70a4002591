import { describe, expect, it } from 'vitest';
import { readBase } from '../support/fixtures.ts';
import { type Files, fixed, planFor } from './world.ts';

const manifest = (dependencies: Record<string, string>, more: object = {}): string =>
  `${JSON.stringify({ name: 'notes', type: 'module', scripts: { start: 'node src/server.js' }, dependencies, ...more }, null, 2)}\n`;

/** An application in a file of its own, so that tests can ask it, and what serves it; `line` is put where middleware goes. */
interface Made {
  dependencies?: Record<string, string>;
  imports?: string;
  line?: string;
}
const express = ({ dependencies, imports = '', line = '' }: Made = {}): Files => ({
  'package.json': manifest({ express: '^5.0.0', ...dependencies }),
  'src/app.js': `${imports}import express from 'express';\n\nexport const app = express();\n${line}app.get('/notes', (_req, res) => {\n  res.json([]);\n});\n`,
  'src/server.js': "import { app } from './app.js';\n\napp.listen(process.env.PORT ?? 3000);\n",
});
const koa = ({ dependencies, imports = '', line = '' }: Made = {}): Files => ({
  'package.json': manifest({ koa: '^2.15.0', '@koa/router': '^13.0.0', ...dependencies }),
  'src/app.js': `${imports}import Router from '@koa/router';\nimport Koa from 'koa';\n\nexport const app = new Koa();\n${line}const router = new Router();\nrouter.get('/health', (ctx) => {\n  ctx.body = { status: 'ok' };\n});\napp.use(router.routes());\n`,
  'src/server.js': "import { app } from './app.js';\n\napp.listen(process.env.PORT ?? 3000);\n",
});
const fastify = ({ dependencies, imports = '', line = '' }: Made = {}): Files => ({
  'package.json': manifest({ fastify: '^5.2.0', ...dependencies }),
  'src/app.js': `${imports}import Fastify from 'fastify';\n\nexport const app = Fastify();\n${line}app.get('/health', async () => ({ status: 'ok' }));\n`,
  'src/server.js': "import { app } from './app.js';\n\nawait app.listen({ port: 3000 });\n",
});
const hono = ({ dependencies, imports = '', line = '' }: Made = {}): Files => ({
  'package.json': manifest({ hono: '^4.6.0', '@hono/node-server': '^1.13.0', ...dependencies }),
  'src/app.js': `${imports}import { Hono } from 'hono';\n\nexport const app = new Hono();\n${line}app.get('/health', (c) => c.json({ status: 'ok' }));\n`,
  'src/server.js':
    "import { serve } from '@hono/node-server';\nimport { app } from './app.js';\n\nserve({ fetch: app.fetch, port: 3000 });\n",
});

const healthy = "app.get('/health', (_req, res) => {\n  res.json({ status: 'ok' });\n});\n";
const loose = '{ "compilerOptions": { "esModuleInterop": true, "experimentalDecorators": true } }\n';

const image = 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nUSER node\nCMD ["node", "src/server.js"]\n';
const workload = `apiVersion: v1
kind: Service
metadata:
  name: notes
spec:
  selector: { app: notes }
  ports: [{ port: 3000 }]
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: notes
spec:
  template:
    spec:
      containers:
        - name: notes
          image: example/notes:1.0
`;
const beside = (compose: string): Files => ({
  ...express(),
  Dockerfile: image,
  'docker-compose.prod.yml': `services:\n  api:\n    build: .\n    restart: always\n${compose}`,
});

/** With something that answers, so that there is something to test. */
const healthyNest: Files = {
  ...readBase('nest'),
  'src/health.controller.ts':
    "import { Controller, Get } from '@nestjs/common';\n\n@Controller('health')\nexport class HealthController {\n  @Get()\n  read() {\n    return { status: 'ok' };\n  }\n}\n",
  'src/app.module.ts':
    "import { Module } from '@nestjs/common';\nimport { HealthController } from './health.controller';\nimport { NotesModule } from './notes/notes.module';\n\n@Module({\n  imports: [NotesModule],\n  controllers: [HealthController],\n})\nexport class AppModule {}\n",
};

const nextWithRoute: Files = {
  ...readBase('next'),
  'app/api/notes/route.ts': 'export async function GET() {\n  return Response.json([]);\n}\n',
};

/** What docs/fixes.md claims of a fix and a framework, or of another shape, where no other test holds it. */
const pairs: Record<string, [fix: string, before: string, after: string, files: Files][]> = {
  'what is declared and nothing registers': [
    ['cors', 'unwired', 'ready', express({ dependencies: { cors: '^2.8.5' } })],
    ['cors', 'unwired', 'ready', fastify({ dependencies: { '@fastify/cors': '^10.0.0' } })],
    ['cors', 'unwired', 'ready', koa({ dependencies: { '@koa/cors': '^5.0.0' } })],
    ['headers', 'unwired', 'ready', express({ dependencies: { helmet: '^8.0.0' } })],
    ['headers', 'unwired', 'ready', fastify({ dependencies: { '@fastify/helmet': '^13.0.0' } })],
    ['headers', 'unwired', 'ready', koa({ dependencies: { 'koa-helmet': '^8.0.0' } })],
    ['rate-limiting', 'unwired', 'ready', fastify({ dependencies: { '@fastify/rate-limit': '^10.0.0' } })],
    ['rate-limiting', 'unwired', 'ready', koa({ dependencies: { 'koa-ratelimit': '^6.0.0' } })],
    ['rate-limiting', 'unwired', 'ready', hono({ dependencies: { 'hono-rate-limiter': '^0.4.0' } })],
    ['metrics', 'unwired', 'ready', express({ dependencies: { 'prom-client': '^15.1.0' } })],
    ['error-tracking', 'unwired', 'ready', koa({ dependencies: { '@sentry/node': '^8.0.0' } })],
  ],
  'options that are not given': [
    [
      'cors',
      'partial',
      'ready',
      fastify({
        dependencies: { '@fastify/cors': '^10.0.0' },
        imports: "import cors from '@fastify/cors';\n",
        line: 'app.register(cors);\n',
      }),
    ],
    ['cors', 'partial', 'ready', hono({ imports: "import { cors } from 'hono/cors';\n", line: 'app.use(cors());\n' })],
  ],
  Express: [['integration', 'missing', 'ready', express({ line: healthy })]],
  Koa: [
    ['metrics', 'missing', 'ready', koa()],
    ['structured-logging', 'missing', 'ready', koa()],
    ['integration', 'missing', 'ready', koa()],
  ],
  Fastify: [
    ['request-logging', 'missing', 'ready', fastify()],
    ['structured-logging', 'missing', 'ready', fastify()],
    ['integration', 'missing', 'ready', fastify()],
  ],
  Hono: [
    ['graceful-shutdown', 'missing', 'ready', hono()],
    ['integration', 'missing', 'ready', hono()],
    [
      'input-validation',
      'missing',
      'ready',
      {
        'package.json': manifest(
          { hono: '^4.6.0', '@hono/node-server': '^1.13.0' },
          { devDependencies: { typescript: '^5.7.0' } },
        ),
        'src/server.ts':
          "import { serve } from '@hono/node-server';\nimport { Hono } from 'hono';\n\ninterface Draft {\n  title: string;\n}\nconst app = new Hono();\napp.post('/notes', async (c) => {\n  const draft: Draft = await c.req.json();\n  return c.json({ title: draft.title });\n});\napp.put('/notes', async (c) => {\n  const draft = await c.req.json<Draft>();\n  return c.json(draft);\n});\n\nserve({ fetch: app.fetch, port: 3000 });\n",
      },
    ],
  ],
  Nest: [
    ['request-logging', 'missing', 'ready', { ...readBase('nest'), 'tsconfig.json': loose }],
    ['integration', 'missing', 'ready', healthyNest],
  ],
  'Next.js': [
    ['headers', 'missing', 'ready', readBase('next')],
    ['metrics', 'missing', 'ready', nextWithRoute],
    ['offline', 'missing', 'ready', readBase('next')],
  ],
  'compose and Kubernetes': [
    [
      'health-probes',
      'missing',
      'ready',
      { ...express({ line: healthy }), Dockerfile: image, 'k8s/notes.yaml': workload },
    ],
    ['scaling', 'missing', 'ready', { ...express(), Dockerfile: image, 'k8s/notes.yaml': workload }],
    ['backups', 'missing', 'ready', beside('  store:\n    image: mongo:8.0\n')],
    [
      'backups',
      'missing',
      'ready',
      beside('  store:\n    image: mysql:8.4\n    environment:\n      MYSQL_ROOT_PASSWORD: ${ROOT_PASSWORD}\n'),
    ],
  ],
};

describe.each(Object.entries(pairs))('%s', (_, list) => {
  it.each(list)('%s: from %s to %s, and nothing for a second run', async (fix, before, after, files) => {
    const plan = await planFor(files, { fixes: [fix] });
    expect(
      plan.fixes.map((one) => [one.before, one.after]),
      JSON.stringify(plan.notOffered),
    ).toEqual([[before, after]]);
    expect((await planFor(fixed(files, plan), { fixes: [fix] })).fixes).toEqual([]);
  });
});
