import { describe, expect, it } from 'vitest';
import { pkg, wired } from './_wired.ts';

/** Routes of one file, as method, path, framework, and how many stand before the handler. */
const routes = async (text: string, more: Record<string, string> = {}) =>
  (await wired({ 'package.json': pkg('express'), 'src/index.js': `${text}\nbegin(process.env.PORT);\n`, ...more }))
    .routes()
    .map(({ method, path, framework, middleware, handler }) =>
      [
        `${method} ${path}`,
        framework,
        ...(middleware.length > 0 ? [`${middleware.length} before`] : []),
        ...(handler ? [] : ['nobody']),
      ].join(', '),
    );

describe('a router', () => {
  it.each([
    ...[
      'express',
      'express-promise-router',
      'koa-router',
      '@koa/router',
      'fastify',
      'hono',
      'hono/quick',
      '@hono/zod-openapi',
      'polka',
      'restify',
      'find-my-way',
      'h3',
      'itty-router',
      '@tinyhttp/app',
      'hyper-express',
      'ultimate-express',
      'elysia',
      'oak',
      '@oak/oak',
      'micro-router',
      'feathers',
      '@feathersjs/express',
      'json-server',
      'total.js',
      'tinyhttp',
      'worktop',
      'restana',
      '0http',
      'light-my-request',
      'uWebSockets.js',
    ],
    ...['my-router', 'http-own', 'own-server', 'fast-koa', '@adonisjs/core/router'],
  ])('of %s', async (name) => {
    expect(
      await routes(`import make from '${name}';\nconst own = make();\nown.get('/a', (req, res) => res.end());`),
    ).toEqual([`GET /a, ${name}`]);
  });
  it.each([
    'axios',
    'supertest',
    'got',
    'ky',
    'node-fetch',
    'superagent',
    'ioredis',
    'redis',
    '@nestjs/config',
    '@nestjs/axios',
    '@nestjs/core',
    '@nestjs/common',
    'lru-cache',
    'keyv',
    'http-cache',
    'own-map',
    'lodash',
    'mongoose',
    'knex',
    'aws-http',
    '@aws-sdk/http',
    '@angular/router',
    'react-router',
    'vue-router',
    'http-conf',
    'jquery',
    'i18n-http',
    'yup',
    'zod',
    'joi',
    '@trpc/server',
    '@orpc/server',
    'own-kit',
  ])('not of %s', async (name) => {
    expect(
      await routes(`import make from '${name}';\nconst app = make();\napp.get('/a', (req, res) => res.end());`),
    ).toEqual([]);
  });
  it.each([
    'app',
    'router',
    'server',
    'fastify',
    'api',
    'route',
    'routes',
    'instance',
    'group',
    'web',
    'http',
    '_router',
    'r',
    'hono',
    'koa',
    'x.server.router',
    'this.app',
    'this.router',
    'this.server',
    'this._express',
    'this.express',
    'this.route',
    'this.fastify',
    'notesRouter',
    'notes.routes',
    'myApp',
    'restApi',
    'httpServer',
  ])('by its name: %s', async (receiver) => {
    const [root] = receiver.split('.');
    const text =
      root === 'this'
        ? `class Own { all() { ${receiver}.get('/a', (req, res) => res.end()); } }\nnew Own().all();`
        : `export const on = (${root}) => ${receiver}.get('/a', (req, res) => res.end());\non(1);`;
    expect(await routes(text)).toEqual(['GET /a, router']);
  });
  it.each(['store', 'apps', 'rs', 'xhr', 'grouped', 'this.store', 'map', 'cache'])(
    'not by its name: %s',
    async (receiver) => {
      const [root] = receiver.split('.');
      const text =
        root === 'this'
          ? `class Own { all() { ${receiver}.get('/a', (req, res) => res.end()); } }\nnew Own().all();`
          : `export const on = (${root}) => ${receiver}.get('/a', (req, res) => res.end());\non(1);`;
      expect(await routes(text)).toEqual([]);
    },
  );
  it.each([
    'route',
    'withTypeProvider',
    'get',
    'post',
    'put',
    'patch',
    'delete',
    'all',
    'options',
    'head',
    'use',
    'group',
    'guard',
    'derive',
    'resolve',
    'decorate',
    'model',
    'macro',
    'state',
    'basePath',
    'onBeforeHandle',
    'onError',
    'onRequest',
    'onAfterHandle',
    'onTransform',
  ])('handed back by %s', async (name) => {
    const found = await routes(
      `export const on = (app) => app.${name}(own).post('/b', (req, res) => res.end());\non(1);`,
    );
    expect(found).toEqual(name === 'route' ? [] : ['POST /b, router']);
  });
  it.each(['listen', 'gets', 'forget', 'onClose'])('not handed back by %s', async (name) => {
    expect(
      await routes(`export const on = (store) => store.app.${name}(own).post('/b', (req, res) => res.end());\non(1);`),
    ).toEqual([]);
  });
});

describe('a route', () => {
  const head =
    "import express from 'express';\nconst app = express();\nconst go = (req, res) => res.end();\nconst check = (req, res, next) => next();\n";
  it.each<[string, string[]]>([
    ...['get', 'post', 'put', 'patch', 'delete', 'all', 'options', 'head'].map((verb): [string, string[]] => [
      `app.${verb}('/a', go);`,
      [`${verb.toUpperCase()} /a, express`],
    ]),
    ["app.del('/a', go);", ['DELETE /a, express']],
    ["app.any('/a', go);", ['ALL /a, express']],
    ["app.search('/a', go);", []],
    ["app.get('/a', check, go);", ['GET /a, express, 1 before']],
    ["app.get('/a', [check, check], go);", ['GET /a, express, 1 before']],
    ["app.get('/a', [check, go]);", ['GET /a, express']],
    ["app.get('setting');", []],
    ["app.get('/a');", []],
    ["app.get('/a', 'text');", []],
    ["app.get('/a', 3);", []],
    ["app.get('/a', check, 3);", ['GET /a, express, 1 before, nobody']],
    ["app.get('/a', { schema: {} }, go);", ['GET /a, express, 1 before']],
    ["app.get('/a', { schema: {}, handler: go });", ['GET /a, express, 1 before']],
    ["const options = { schema: {}, handler: go };\napp.get('/a', options);", ['GET /a, express']],
    ["app.get('/a', go, { body: {} });", ['GET /a, express, 1 before']],
    ["app.get('/a', { body: {} });", ['GET /a, express, nobody']],
    ["app.route('/a').get(go).post(check, go);", ['GET /a, express', 'POST /a, express, 1 before']],
    ["app.route('/a').all(check).delete(go);", ['ALL /a, express', 'DELETE /a, express']],
    ['app.route(lost).get(go);', []],
    ["app.route({ method: 'GET', url: '/a', handler: go });", ['GET /a, express, 1 before']],
    [
      "app.route({ method: ['GET', 'put'], path: '/a', handler: go });",
      ['GET /a, express, 1 before', 'PUT /a, express, 1 before'],
    ],
    [
      "app.route([{ method: '*', path: '/a', options: { handler: go } }, { path: '/b', handler: go }]);",
      ['ALL /a, express, 1 before', 'ALL /b, express, 1 before'],
    ],
    ["app.route({ method: 'GET', handler: go }, 3);", []],
    ["app.addRoute({ method: 'GET', path: '/a', handler: go });", ['GET /a, express, 1 before']],
    ["app.on('GET', '/a', go);", ['GET /a, express']],
    ["app.on(['PUT', 'GET'], '/a', check, go);", ['GET /a, express, 1 before', 'PUT /a, express, 1 before']],
    ["app.on('mount', '/a', go);", []],
    ["app.on('GET', go);", []],
    ["app.use('/a', (req, res) => res.end());", ['ALL /a, express']],
    ["app.use('/a', (request, response) => response.end());", ['ALL /a, express']],
    ["app.use('/a', (_req, _res) => _res.end());", ['ALL /a, express']],
    ["app.use('/a', (req, res, next) => next());", []],
    ["app.use('/', (req, res) => res.end());", []],
    ['app.use((req, res) => res.end());', []],
    ["app.use('/a', (error, req) => req);", []],
    ["app.use('/a', check, (req, res) => res.end());", ['ALL /a, express, 1 before']],
    ["app.use('/a', go);", []],
    ["app.resource('notes', Notes);", []],
    ["new app.get('/a', go);", []],
    ["get('/a', go);", []],
    ["app.gets('/a', go);", []],
  ])('%s', async (statement, expected) => expect(await routes(head + statement)).toEqual(expected));

  it.each<[string, string[]]>([
    ["api.post('/notes', data);", []],
    ["api.post('/notes', { data });", []],
    ["api.post('/notes', save);", ['POST /notes, router']],
    ["notesApi.post('/notes', save);", ['POST /notes, router']],
    ["client.api.post('/notes', data);", []],
    ["router.post('/notes', lost);", ['POST /notes, router, nobody']],
    ["router.post('/notes', lost());", ['POST /notes, router, nobody']],
    ["router.post('/notes', [lost]);", ['POST /notes, router, nobody']],
    ["router.post('/notes', true);", []],
    ["app.post('/notes', lost);", ['POST /notes, router, nobody']],
    ["_router.post('/notes', lost);", ['POST /notes, router, nobody']],
    ["notesRouter.post('/notes', lost);", ['POST /notes, router, nobody']],
    ["http.post('/notes', lost);", []],
    ["http.post('/notes', (answer) => answer);", ['POST /notes, router']],
  ])('or a request: %s', async (statement, expected) => {
    const [root] = statement.split('.');
    expect(
      await routes(`const save = (req, res) => res.end();\nexport const on = (${root}) => { ${statement} };\non(1);`),
    ).toEqual(expected);
  });

  it.each<[string, string[]]>([
    ["Route.get('/a', 'NotesController.list');", ['GET /a, @ioc:Adonis/Core/Route']],
    ["Route.get('/a', 'NotesController.lost');", []],
    ["Route.get('/a', 'LostController.list');", []],
    ["Route.get('/a', 'in/NotesController.list');", []],
    ["Route.get('/a', 'In/NotesController.list');", ['GET /a, @ioc:Adonis/Core/Route']],
    ["Route.get('/a', 'NotesController');", []],
    [
      "Route.resource('notes', 'NotesController');",
      [
        'GET /notes, @ioc:Adonis/Core/Route',
        'GET /notes/:id, @ioc:Adonis/Core/Route',
        'POST /notes, @ioc:Adonis/Core/Route',
      ],
    ],
    [
      "Route.resource('/notes', 'NotesController');",
      [
        'GET /notes, @ioc:Adonis/Core/Route',
        'GET /notes/:id, @ioc:Adonis/Core/Route',
        'POST /notes, @ioc:Adonis/Core/Route',
      ],
    ],
    ["Route.resource('notes', 'LostController');", []],
    ["Route.resource(lost, 'NotesController');", []],
    ["Route.resource('notes');", []],
  ])('of Adonis: %s', async (statement, expected) => {
    const text = (n: number) =>
      `export default class Notes {\n  async list({ request }) { return request.body + ${n}; }\n  async index() {}\n  async store() {}\n  async show() {}\n}\n`;
    const more = {
      'package.json': pkg('@adonisjs/core'),
      'start/routes.js': `import Route from '@ioc:Adonis/Core/Route';\n${statement}\n`,
      'app/Controllers/Http/NotesController.js': text(1),
      'app/Controllers/Http/In/NotesController.js': text(2),
    };
    expect(await routes('', more)).toEqual(expected);
  });
});
