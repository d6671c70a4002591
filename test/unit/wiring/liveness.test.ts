import { describe, expect, it } from 'vitest';
import { liveness, wired } from './_wired.ts';

const limiter = "import rateLimit from 'express-rate-limit';\nexport const limiter = rateLimit({ max: 5 });\n";
const server = "import express from 'express';\nconst app = express();\n";

/** Each row: what the files say, the call asked about, and whether it runs. */
type Row = [title: string, files: Record<string, string>, callee: string, expected: string[]];
const rows: Row[] = [
  [
    'a limiter that the app uses',
    {
      'src/index.js': `${server}import { limiter } from './limiter.js';\napp.use(limiter);\napp.listen(1);`,
      'src/limiter.js': limiter,
    },
    'rateLimit',
    ['live'],
  ],
  [
    'a limiter found by an alias of the bundler',
    {
      'vite.config.js':
        "import path from 'node:path';\nexport default { resolve: { alias: { '@guards': path.resolve(__dirname, 'src/guards') } } };\n",
      'src/index.js': `${server}import { limiter } from '@guards/limiter.js';\napp.use(limiter);\napp.listen(1);`,
      'src/guards/limiter.js': limiter,
    },
    'rateLimit',
    ['live'],
  ],
  [
    "a limiter found by the root of Babel's resolver",
    {
      'babel.config.js': "module.exports = { plugins: [['module-resolver', { root: ['./src'] }]] };\n",
      'src/index.js': `${server}import { limiter } from 'guards/limiter';\napp.use(limiter);\napp.listen(1);`,
      'src/guards/limiter.js': limiter,
    },
    'rateLimit',
    ['live'],
  ],
  ...(
    [
      ['src/routes', 'live'],
      ['src/places', 'unknown'],
    ] as const
  ).map(
    ([folder, expected]): Row => [
      `a limiter in ${folder}, for a module of routes that the bundler makes`,
      {
        'src/index.js': `${server}import routes from 'virtual:made-routes';\nroutes(app);\napp.listen(1);`,
        [`${folder}/notes.js`]: limiter,
      },
      'rateLimit',
      [expected],
    ],
  ),
  [
    'a limiter of the app that a bundle exports, where the program loads the bundle',
    {
      'package.json': '{ "type": "module", "scripts": { "start": "node build/server/main.js", "build": "rollup -c" } }',
      'rollup.config.js': "export default { input: 'server/router.js', output: { dir: 'build/server' } };\n",
      'server/main.js': "import app from './server/router.js';\napp.listen(1);\n",
      'server/router.js': `${server}import { limiter } from './limiter.js';\napp.use(limiter);\nexport default app;\n`,
      'server/limiter.js': limiter,
    },
    'rateLimit',
    ['live'],
  ],
  [
    'what a consumer does whose name nobody reads',
    {
      'src/index.js':
        "import { Worker } from 'bullmq';\nimport { limiter } from './limiter.js';\nconst worker = new Worker('mail', () => limiter());",
      'src/limiter.js': limiter,
    },
    'rateLimit',
    ['live'],
  ],
  [
    'a limiter that is imported and not used',
    { 'src/index.js': `${server}import { limiter } from './limiter.js';\napp.listen(1);`, 'src/limiter.js': limiter },
    'rateLimit',
    ['dead'],
  ],
  [
    'routes that are given a name for their type alone',
    {
      'src/index.js': `import { Hono } from 'hono';\nimport { serve } from '@hono/node-server';\nimport { limiter } from './limiter.js';\nconst app = new Hono();\nconst routes = app.get('/', limiter).onError(() => {});\nserve(app);`,
      'src/limiter.js': limiter,
    },
    'rateLimit',
    ['live'],
  ],
  [
    'a procedure built on another that nothing uses',
    {
      'src/index.js': `${server}import { limiter } from './limiter.js';\nconst base = make();\nconst limited = base.use(limiter);\napp.use(base);\napp.listen(1);`,
      'src/limiter.js': limiter,
    },
    'rateLimit',
    ['dead'],
  ],
  [
    'a limiter that nothing imports',
    { 'src/index.js': `${server}app.listen(1);`, 'src/limiter.js': limiter },
    'rateLimit',
    ['dead'],
  ],
  [
    'a limiter used in a function that nothing calls',
    {
      'src/index.js': `${server}import { limiter } from './limiter.js';\nfunction secure() { app.use(limiter); }\napp.listen(1);`,
      'src/limiter.js': limiter,
    },
    'rateLimit',
    ['dead'],
  ],
  [
    'a limiter used in a function that is called',
    {
      'src/index.js': `${server}import { limiter } from './limiter.js';\nfunction secure() { app.use(limiter); }\nsecure();\napp.listen(1);`,
      'src/limiter.js': limiter,
    },
    'rateLimit',
    ['live'],
  ],
  [
    'a server that listens where it is made, and whose name nobody uses',
    {
      'src/index.js':
        "import { Server } from 'socket.io';\nimport { allow } from './limiter.js';\nconst io = new Server(3000);\nio.on('connection', (socket) => allow(socket));",
      'src/limiter.js':
        "import { RateLimiterMemory } from 'rate-limiter-flexible';\nexport const allow = (socket) => new RateLimiterMemory({ points: 5 }).consume(socket.id);",
    },
    'RateLimiterMemory',
    ['live'],
  ],
  [
    'a connection that only tells of its errors, and that nobody asks',
    {
      'src/index.js': `${server}import './cache.js';\napp.listen(1);`,
      'src/cache.js':
        "import Redis from 'ioredis';\nconst redis = new Redis();\nredis.on('error', (error) => console.error(error));",
    },
    'Redis',
    ['dead'],
  ],
  [
    'a barrel passes only what is asked for',
    {
      'src/index.js': `${server}import { other } from './middleware/index.js';\napp.use(other);\napp.listen(1);`,
      'src/middleware/index.js': "export * from './limiter.js';\nexport * from './other.js';",
      'src/middleware/limiter.js': limiter,
      'src/middleware/other.js': 'export const other = () => {};',
    },
    'rateLimit',
    ['dead'],
  ],
  [
    'a barrel passes what is asked for',
    {
      'src/index.js': `${server}import { limiter as l } from './middleware/index.js';\napp.use(l);\napp.listen(1);`,
      'src/middleware/index.js': "export * from './limiter.js';",
      'src/middleware/limiter.js': limiter,
    },
    'rateLimit',
    ['live'],
  ],
  [
    'a router that is mounted',
    {
      'src/index.js': `${server}import router from './routes.js';\napp.use('/api', router);\napp.listen(1);`,
      'src/routes.js':
        "import { Router } from 'express';\nconst router = Router();\nrouter.get('/health', (req, res) => res.send('ok'));\nexport default router;",
    },
    'router.get',
    ['live'],
  ],
  [
    'a router that is imported and never mounted',
    {
      'src/index.js': `${server}import router from './routes.js';\napp.listen(1);`,
      'src/routes.js':
        "import { Router } from 'express';\nconst router = Router();\nrouter.get('/health', (req, res) => res.send('ok'));\nexport default router;",
    },
    'router.get',
    ['dead'],
  ],
  [
    'CommonJS: a module used at once',
    {
      'src/index.js': "const app = require('express')();\nrequire('./secure')(app);\napp.listen(1);",
      'src/secure.js': "const helmet = require('helmet');\nmodule.exports = (app) => { app.use(helmet()); };",
    },
    'helmet',
    ['live'],
  ],
  [
    'CommonJS: a module required and left alone',
    {
      'src/index.js': "const app = require('express')();\nconst secure = require('./secure');\napp.listen(1);",
      'src/secure.js': "const helmet = require('helmet');\nmodule.exports = (app) => { app.use(helmet()); };",
    },
    'helmet',
    ['dead'],
  ],
  [
    'CommonJS: one of several exports',
    {
      'src/index.js': "const { a } = require('./both');\na();",
      'src/both.js':
        "const x = require('x');\nconst y = require('y');\nfunction a() { x(); }\nfunction b() { y(); }\nmodule.exports = { a, b };",
    },
    'y',
    ['dead'],
  ],
  [
    'TypeScript through .js endings',
    {
      'package.json': '{"name":"a","scripts":{"start":"tsx src/index.ts"}}',
      'src/index.ts': `${server}import { limiter } from './limiter.js';\napp.use(limiter);\napp.listen(1);`,
      'src/limiter.ts': limiter,
    },
    'rateLimit',
    ['live'],
  ],
  [
    'build output mapped back to its source',
    {
      'package.json': '{"name":"a","scripts":{"start":"node dist/server.js"}}',
      'src/server.ts': `${server}import { limiter } from './limiter';\napp.use(limiter);\napp.listen(1);`,
      'src/limiter.ts': limiter,
    },
    'rateLimit',
    ['live'],
  ],
  [
    'the folder of build output required as a whole',
    {
      'package.json': '{"name":"a","main":"index.js","scripts":{"start":"node .","build":"babel --out-dir dist src"}}',
      'index.js': "require('./dist');",
      'src/index.js': `${server}import { limiter } from './limiter';\napp.use(limiter);\napp.listen(1);`,
      'src/limiter.js': limiter,
    },
    'rateLimit',
    ['live'],
  ],
  [
    'tsconfig paths',
    {
      'package.json': '{"name":"a","scripts":{"start":"tsx src/index.ts"}}',
      'tsconfig.json':
        '{ // aliases\n "compilerOptions": { "baseUrl": ".", "paths": { "@mw/*": ["src/middleware/*"] }, } }',
      'src/index.ts': `${server}import { limiter } from '@mw/limiter';\napp.use(limiter);\napp.listen(1);`,
      'src/middleware/limiter.ts': limiter,
    },
    'rateLimit',
    ['live'],
  ],
  [
    'a folder of modules loaded by name',
    {
      'src/index.js':
        "const fs = require('fs'); const path = require('path');\nfs.readdirSync(path.join(__dirname, 'routes')).forEach((f) => require(path.join(__dirname, 'routes', f)));",
      'src/routes/limit.js': "const rateLimit = require('express-rate-limit');\nmodule.exports = rateLimit();",
    },
    'rateLimit',
    ['live'],
  ],
  [
    'a load of which nothing is known blinds the component',
    { 'src/index.js': 'const name = process.argv[2];\nrequire(name);', 'src/limiter.js': limiter },
    'rateLimit',
    ['unknown'],
  ],
  [
    'a dynamic import whose folder alone is known',
    {
      'src/index.js': "export const open = (name) => import(/* chunk */ `./pages/${name}.js`);\nopen('limiter');",
      'src/pages/limiter.js': limiter,
    },
    'rateLimit',
    ['live'],
  ],
  [
    'a dynamic import',
    {
      'src/index.js': "const load = async () => { const m = await import('./limiter.js'); m.limiter(); };\nload();",
      'src/limiter.js': limiter,
    },
    'rateLimit',
    ['live'],
  ],
  [
    'reached only from a test',
    {
      'src/index.js': `${server}app.listen(1);`,
      'test/limiter.test.js': "import { limiter } from '../src/limiter.js';\nlimiter();",
      'src/limiter.js': limiter,
    },
    'rateLimit',
    ['dead'],
  ],
  [
    'named in a comment and a string',
    { 'src/index.js': `${server}// app.use(rateLimit())\nconst text = 'app.use(rateLimit())';\napp.listen(1);` },
    'rateLimit',
    [],
  ],
];

/** Conditions on the environment, and whether production comes to what stands under them. */
const environments: [condition: string, expected: string][] = [
  ["process.env.NODE_ENV === 'development'", 'dead'],
  ["process.env.NODE_ENV !== 'production'", 'dead'],
  ["process.env.NODE_ENV === 'production'", 'live'],
  ["process.env.NODE_ENV !== 'test'", 'live'],
  ["app.get('env') === 'development'", 'dead'],
  ["['development', 'test'].includes(config.env)", 'dead'],
  ['!isProduction', 'dead'],
  ['!Helper.isProd()', 'dead'],
  ['isProduction', 'live'],
  ['config.isDev && verbose', 'dead'],
  ['config.isDev || verbose', 'live'],
  ["config.kind === 'development'", 'live'],
];

describe('what runs', () => {
  it.each(rows)('%s', async (_, files, callee, expected) => {
    expect(liveness(await wired(files), callee)).toEqual(expected);
  });
});

describe('workspaces', () => {
  const files = {
    'package.json': '{"name":"root","private":true,"workspaces":["packages/*","apps/*"]}',
    'packages/observe/package.json':
      '{"name":"@acme/observe","main":"dist/index.js","exports":{".":"./dist/index.js","./log":"./dist/log.js"}}',
    'packages/observe/src/index.ts':
      "import * as Sentry from '@sentry/node';\nexport function observe() { Sentry.init({}); }",
    'packages/observe/src/log.ts': "import pino from 'pino';\nexport const log = pino();",
    'apps/api/package.json':
      '{"name":"api","scripts":{"start":"node dist/main.js"},"dependencies":{"@acme/observe":"*"}}',
    'apps/api/src/main.ts':
      "import { observe } from '@acme/observe';\nobserve();\nrequire('http').createServer(() => {}).listen(1);",
    'apps/jobs/package.json': '{"name":"jobs","scripts":{"start":"node dist/main.js"}}',
    'apps/jobs/src/main.ts': "import { log } from '@acme/observe/log';\nlog.info('up');",
  };
  it('counts a shared package for the component whose entry reaches it, by name', async () => {
    expect(liveness(await wired(files, 'apps/api'), 'Sentry.init')).toEqual(['live']);
    expect(liveness(await wired(files, 'apps/jobs'), 'Sentry.init')).toEqual([]);
    expect(liveness(await wired(files, 'apps/jobs'), 'pino')).toEqual(['live']);
  });
});

describe('what a program exports as its default', () => {
  const routes = async (start: string, more: Record<string, string> = {}) =>
    (
      await wired({
        'package.json': JSON.stringify({ name: 'api', scripts: { start }, dependencies: { hono: '4' } }),
        'src/index.ts':
          "import { Hono } from 'hono';\nconst app = new Hono();\napp.get('/notes', (c) => c.json([]));\nexport default app;\n",
        ...more,
      })
    )
      .routes()
      .map(({ live }) => live);
  it.each([
    ['bun src/index.ts', 'live'],
    ['NODE_ENV=production bun run --hot src/index.ts', 'live'],
    ['deno serve src/index.ts', 'live'],
    ['node src/index.ts', 'dead'],
    ['deno run src/index.ts', 'dead'],
  ])('%s: %s', async (start, live) => expect(await routes(start)).toEqual([live]));
  it('an image that starts Bun', async () => {
    const files = { Dockerfile: 'FROM oven/bun:1\nWORKDIR /app\nCOPY . .\nCMD ["bun", "src/index.ts"]\n' };
    expect(await routes('node src/other.ts', { ...files, 'src/other.ts': '' })).toEqual(['live']);
  });
});

describe('decorated applications', () => {
  const main =
    "import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module';\nasync function bootstrap() { const app = await NestFactory.create(AppModule); await app.listen(3000); }\nbootstrap();";
  const controller = (name: string, path: string) =>
    `import { Controller, Get } from '@nestjs/common';\n@Controller('${path}')\nexport class ${name} { @Get('live') live() { return 'ok'; } }`;
  const files = {
    'package.json': '{"name":"n","scripts":{"start":"nest start"},"dependencies":{"@nestjs/core":"11"}}',
    'src/main.ts': main,
    'src/app.module.ts':
      "import { Module } from '@nestjs/common';\nimport { HealthController } from './health.controller';\n@Module({ controllers: [HealthController] })\nexport class AppModule {}",
    'src/health.controller.ts': controller('HealthController', 'health'),
    'src/stray.controller.ts': controller('StrayController', 'stray'),
  };
  it('routes a controller that a module lists, and not one that none lists', async () => {
    const routes = (await wired(files)).routes().map(({ method, path, live }) => `${method} ${path} ${live}`);
    expect(routes).toEqual(['GET /health/live live', 'GET /stray/live dead']);
  });
});

describe('conditions on the environment', () => {
  const of = async (body: string) =>
    (await wired({ 'src/index.js': `${server}import cors from 'cors';\n${body}\napp.listen(1);` })).middleware();
  it.each(environments)('if (%s)', async (condition, expected) => {
    expect((await of(`if (${condition}) app.use(cors());`)).map(({ live }) => live)).toEqual([expected]);
  });
  it('sees the other branch, a return for production and short circuits', async () => {
    const lives = async (body: string) => (await of(body)).map(({ live }) => live);
    expect(await lives('if (isProd) { app.use(cors()); } else { app.use(cors()); }')).toEqual(['live', 'dead']);
    expect(await lives('function dev() { if (isProd) return; app.use(cors()); }\ndev();')).toEqual(['dead']);
    expect(await lives('isDev && app.use(cors());')).toEqual(['dead']);
  });
  it('keeps the program that is started by itself outside production only', async () => {
    const wiring = await wired({
      'src/index.js': `${server}app.use(cors());\nif (process.env.NODE_ENV !== 'production') app.listen(1);\nexport default app;`,
    });
    expect(wiring.middleware().map(({ live }) => live)).toEqual(['live']);
  });
});
