import { describe, expect, it } from 'vitest';
import { pkg, wired } from './_wired.ts';

/** Middleware of a file, as `how scope`. */
const registered = async (files: Record<string, string>) =>
  (await wired(files)).middleware().map(({ how, scope }) => `${how} ${scope}`);
const index = (text: string, ...packages: string[]) => ({ 'package.json': pkg(...packages), 'src/index.js': text });

describe('on what middleware is registered', () => {
  const on = (receiver: string) =>
    registered(
      index(
        `import limit from 'express-rate-limit';\nexport const start = (${receiver.split('.')[0]}) => ${receiver}.use(limit());\nstart(1);\n`,
        'express-rate-limit',
      ),
    );
  it.each([
    'app',
    'server',
    'fastify',
    'express',
    '_express',
    'expressApp',
    'application',
    'nestApp',
    'koa',
    'hono',
    'api',
    'yoga.express',
    'yoga._express',
    'server.app',
    'app.server',
  ])('%s, the application', async (receiver) => expect(await on(receiver)).toEqual(['use global']));
  it.each(['router', 'notesRouter', 'route', 'notesRoutes', 'myapp', 'appOf', 'notes.api'])(
    '%s, a part of it',
    async (receiver) => expect(await on(receiver)).toEqual(['use path']),
  );
  it.each(['store', 'notes', 'list'])('%s, neither', async (receiver) => expect(await on(receiver)).toEqual([]));
});

describe('what makes an application', () => {
  const made = (name: string) =>
    registered(
      index(
        `import make from '${name}';\nimport limit from 'express-rate-limit';\nconst notes = make();\nnotes.use(limit());\nnotes.listen(1);\n`,
        name.startsWith('@') ? name.split('/').slice(0, 2).join('/') : name,
        'express-rate-limit',
      ),
    );
  it.each([
    'express',
    'koa',
    'hono',
    '@hono/zod-openapi',
    'polka',
    'h3',
    '@tinyhttp/app',
    '@nestjs/core',
    '@nestjs/common',
    '@nestjs/platform-express',
    '@hapi/hapi',
    '@feathersjs/koa',
    '@feathersjs/express',
  ])('%s', async (name) => expect(await made(name)).toEqual(['use global']));
  it.each(['myexpress', 'express-of', 'hono-of', '@nestjs/platform', '@tinyhttp/apps', '@hapi/hapi-of', 'notes'])(
    'not %s',
    async (name) => expect(await made(name)).toEqual([]),
  );

  const browser = (name: string) =>
    registered(
      index(`import { app } from '${name}';\nimport limit from 'express-rate-limit';\napp.use(limit());\n`, name),
    );
  it.each([
    'vue',
    'vue-router',
    '@ionic/vue',
    '@ionic/vue-router',
    'react-router',
    'react-router-dom',
    '@tanstack/router',
    '@tanstack/react-router',
    '@angular/core',
    'axios',
  ])('nor %s, of the browser', async (name) => expect(await browser(name)).toEqual([]));
  it.each(['myvue', 'vuexy', 'i18next-of', '@angular'])('but %s', async (name) =>
    expect(await browser(name)).toEqual(['use path']),
  );
});

describe('which paths are all of it', () => {
  it.each([
    ["'*'", 'global'],
    ["'/'", 'global'],
    ["'/*'", 'global'],
    ["''", 'global'],
    ["'/api'", 'global'],
    ["'/api/'", 'global'],
    ["'/api/*'", 'global'],
    ["'/v1'", 'global'],
    ["'/v12/*'", 'global'],
    ["'/graphql'", 'global'],
    ["'/rest'", 'global'],
    ["'/apis'", 'path'],
    ["'/vx'", 'path'],
    ["'/notes'", 'path'],
    ["'/api/notes'", 'path'],
    ["'/my/api'", 'path'],
  ])('%s: %s', async (path, scope) => {
    const text = `import express from 'express';\nimport limit from 'express-rate-limit';\nconst app = express();\napp.use(${path}, limit());\napp.listen(1);\n`;
    expect(await registered(index(text, 'express', 'express-rate-limit'))).toEqual([`use ${scope}`]);
  });
});

describe('middleware that a framework loads by its place', () => {
  const text =
    "import { all } from 'own-auth';\nexport default all();\nexport const handle = all();\nexport const onRequest = all();\n";
  const at = async (framework: string, path: string) =>
    (await wired({ 'package.json': pkg(framework), 'src/app/page.tsx': 'export default () => null;', [path]: text }))
      .middleware()
      .filter(({ how }) => how.includes('place')).length > 0;
  it.each([
    ['next', 'middleware.js', true],
    ['next', 'src/proxy.ts', true],
    ['next', 'lib/middleware.ts', false],
    ['next', 'src/middleware.tsx', false],
    ['@sveltejs/kit', 'src/hooks.server.ts', true],
    ['@sveltejs/kit', 'src/hooks.server/index.js', true],
    ['@sveltejs/kit', 'lib/src/hooks.server.ts', false],
    ['@sveltejs/kit', 'src/hooks.server.tsx', false],
    ['nuxt', 'server/middleware/auth.ts', true],
    ['nitropack', 'src/server/middleware/deep/auth.js', true],
    ['nuxt', 'myserver/middleware/auth.ts', false],
    ['nuxt', 'server/middleware/auth.tsx', false],
    ['astro', 'src/middleware.ts', true],
    ['astro', 'src/middleware/index.js', true],
    ['astro', 'lib/src/middleware.ts', false],
    ['astro', 'src/middleware.tsx', false],
    ['@medusajs/medusa', 'src/api/middlewares.ts', true],
    ['@medusajs/medusa', 'lib/src/api/middlewares.ts', false],
    ['@medusajs/medusa', 'src/api/middlewares.tsx', false],
    ['express', 'src/middleware.ts', false],
  ])('%s, in %s: %s', async (framework, path, is) => expect(await at(framework, path)).toBe(is));
});

describe('tokens of Nest', () => {
  it.each([
    ['APP_GUARD', 1],
    ['APP_PIPE', 1],
    ['APP_FILTER', 1],
    ['APP_INTERCEPTOR', 1],
    ['MY_APP_GUARD', 0],
    ['APP_GUARDS', 0],
    ['APP_NAME', 0],
  ])('%s: %i', async (token, count) => {
    const files = {
      'package.json': pkg('@nestjs/core'),
      'src/index.js':
        "import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module.js';\nNestFactory.create(AppModule).then((app) => app.listen(1));",
      'src/app.module.js': `import { Module } from '@nestjs/common';\nimport { ${token} } from '@nestjs/core';\nimport { Own } from 'own-guard';\n@Module({ providers: [{ provide: ${token}, useClass: Own }] })\nexport class AppModule {}`,
    };
    expect((await registered(files)).filter((one) => one.startsWith(token))).toHaveLength(count);
  });
});
