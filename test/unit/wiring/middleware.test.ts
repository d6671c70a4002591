import { describe, expect, it } from 'vitest';
import { pkg, wired } from './_wired.ts';

/** Registered middleware as `how scope package`, first package behind it that is no framework. */
const registered = async (files: Record<string, string>) =>
  (await wired(files))
    .middleware()
    .map(
      (one) =>
        `${one.how} ${one.scope}${one.live === 'live' ? '' : ` ${one.live}`} ${one.behind.map((use) => use.package).find((name) => !/^(express|fastify|@nestjs\/(core|common))$/.test(name)) ?? '-'}`,
    );

type Row = [title: string, files: Record<string, string>, expected: string[]];
const rows: Row[] = [
  [
    'a limiter behind two modules',
    {
      'src/index.js':
        "import express from 'express';\nimport { limiter } from './middleware/index.js';\nconst app = express();\napp.use(limiter);\napp.listen(1);",
      'src/middleware/index.js': "export { limiter } from './limiter.js';",
      'src/middleware/limiter.js':
        "import rateLimit from 'express-rate-limit';\nconst options = { max: 5 };\nexport const limiter = rateLimit(options);",
    },
    ['use global express-rate-limit'],
  ],
  [
    "on the application inside GraphQL Yoga's server",
    {
      'package.json': pkg('graphql-yoga', 'express-rate-limit'),
      'src/index.js':
        "import { GraphQLServer } from 'graphql-yoga';\nimport rateLimit from 'express-rate-limit';\nconst server = new GraphQLServer({});\nserver.express.use(rateLimit());\nserver.start();",
    },
    ['use global express-rate-limit'],
  ],
  [
    'under a path it guards that path alone',
    {
      'src/index.js':
        "import express from 'express';\nimport rateLimit from 'express-rate-limit';\nconst app = express();\napp.use('/login', rateLimit());\napp.listen(1);",
    },
    ['use path express-rate-limit'],
  ],
  [
    'under a list of paths it guards those alone, unless one of them is where all lies',
    {
      'src/index.js':
        "import express from 'express';\nimport rateLimit from 'express-rate-limit';\nimport helmet from 'helmet';\nconst app = express();\napp.use(['/docs', '/docs-json'], rateLimit());\napp.use(['/api', '/docs'], helmet());\napp.listen(1);",
    },
    ['use path express-rate-limit', 'use global helmet'],
  ],
  [
    'in a function that nothing calls',
    {
      'src/index.js':
        "import express from 'express';\nimport helmet from 'helmet';\nconst app = express();\nexport function secure() { app.use(helmet()); }\napp.listen(1);",
      'package.json': '{"name":"a","scripts":{"start":"node src/index.js"}}',
    },
    ['use global dead helmet'],
  ],
  [
    'Nuxt: modules, each by its name, some only at times',
    {
      'package.json': pkg('nuxt', 'nuxt-security'),
      'nuxt.config.ts':
        "// modules: ['nuxt-old']\nexport default defineNuxtConfig({\n  modules: ['@pinia/nuxt', ...(isTest ? [] : ['nuxt-security'])],\n  security: { rateLimiter: false },\n});",
      'app.vue': '<template><p/></template>',
    },
    ['modules global @pinia/nuxt', 'modules global nuxt-security'],
  ],
  ...(
    [
      ["'*'", 'global'],
      ['NotesController', 'path'],
      ["{ path: 'notes', method: RequestMethod.ALL }", 'path'],
    ] as const
  ).map(
    ([chosen, scope]): Row => [
      `Nest: middleware for the routes of ${chosen}`,
      {
        'package.json': pkg('@nestjs/core'),
        'src/main.ts':
          "import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module';\nNestFactory.create(AppModule).then((app) => app.listen(1));",
        'src/app.module.ts': `import { type MiddlewareConsumer, Module, RequestMethod } from '@nestjs/common';\nimport compression from 'compression';\nimport { NotesController } from './notes.controller';\n@Module({ controllers: [NotesController] })\nexport class AppModule {\n  configure(consumer: MiddlewareConsumer) { consumer.apply(compression()).forRoutes(${chosen}); }\n}`,
        'src/notes.controller.ts':
          "import { Controller, Get } from '@nestjs/common';\n@Controller('notes')\nexport class NotesController { @Get() list() { return []; } }",
      },
      [`apply ${scope} compression`],
    ],
  ),
  [
    'Nest: a guard for everything, by its token',
    {
      'package.json': pkg('@nestjs/core'),
      'src/main.ts':
        "import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module';\nNestFactory.create(AppModule).then((app) => { app.useGlobalPipes(new ValidationPipe()); return app.listen(1); });\nimport { ValidationPipe } from '@nestjs/common';",
      'src/app.module.ts':
        "import { Module } from '@nestjs/common';\nimport { APP_GUARD } from '@nestjs/core';\nimport { ThrottlerGuard } from '@nestjs/throttler';\n@Module({ providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }] })\nexport class AppModule {}",
    },
    ['APP_GUARD global @nestjs/throttler', 'useGlobalPipes global -'],
  ],
  [
    'Fastify: a folder of plugins is registered whole',
    {
      'package.json': pkg('fastify', '@fastify/autoload'),
      'src/index.js':
        "import Fastify from 'fastify';\nimport autoLoad from '@fastify/autoload';\nimport path from 'node:path';\nconst app = Fastify();\napp.register(autoLoad, { dir: path.join(import.meta.dirname, 'plugins') });\napp.listen({ port: 1 });",
      'src/plugins/limit.js': "import limit from '@fastify/rate-limit';\nexport default limit;",
    },
    ['autoload global @fastify/rate-limit', 'register global @fastify/autoload'],
  ],
  [
    'Next.js: middleware is there by its place',
    {
      'package.json': pkg('next'),
      'src/app/page.tsx': 'export default () => null;',
      'src/middleware.ts': "import { clerkMiddleware } from '@clerk/nextjs/server';\nexport default clerkMiddleware();",
    },
    ['loaded by its place global @clerk/nextjs/server'],
  ],
];

describe('middleware', () => {
  it.each(rows)('%s', async (_, files, expected) => {
    expect([...(await registered(files))].sort()).toEqual([...expected].sort());
  });

  it('asks one method of a class, not all of it', async () => {
    const wiring = await wired({
      'src/index.js':
        "import express from 'express';\nimport { guard } from './guard.js';\nconst app = express();\napp.get('/me', guard.check, (req, res) => res.json({}));\napp.listen(1);",
      'src/guard.js': "import { Guard } from './guard-class.js';\nexport const guard = new Guard();",
      'src/guard-class.js':
        "import jwt from 'jsonwebtoken';\nimport rateLimit from 'express-rate-limit';\nexport class Guard {\n  check(req, res, next) { jwt.verify(req.token, 'k'); next(); }\n  limiter() { return rateLimit(); }\n}",
    });
    const [route] = wiring.routes();
    const before = wiring.before(route!);
    expect(before.map(({ value }) => (value.kind === 'ref' ? value.path : value.kind))).toEqual(['guard.check']);
    expect(wiring.calls((call) => call.callee === 'rateLimit').map(({ live }) => live)).toEqual(['dead']);
  });
});
