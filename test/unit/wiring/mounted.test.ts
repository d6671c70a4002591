import { describe, expect, it } from 'vitest';
import { pkg, wired } from './_wired.ts';

/** Under which path a route answers: what the files say, and each route with its handler's file and the middleware before it. */
type Row = [title: string, statements: string, expected: string[], more?: Record<string, string>];

const list = 'const list = (req, res) => res.json([]);\n';
const head = "import express from 'express';\nconst app = express();\n";
const router = (statements: string, out = 'export default router;') =>
  `import { Router } from 'express';\n${list}const router = Router();\n${statements}\n${out}\n`;
const notes = { 'src/notes.js': router("router.get('/all', list);") };

async function routes(statements: string, more: Record<string, string>, name = 'express'): Promise<string[]> {
  const wiring = await wired({ 'package.json': pkg(name), 'src/index.js': statements, ...more });
  return wiring
    .routes()
    .map(({ method, path, live }) => `${method} ${path}${live === 'live' ? '' : ` ${live}`}`)
    .sort();
}

describe('Express', () => {
  it.each<Row>([
    ['a router at its root', "import notes from './notes.js';\napp.use('/', notes);", ['GET /all'], notes],
    ['a router everywhere', "import notes from './notes.js';\napp.use('*', notes);", ['GET /all'], notes],
    ['a router without a path', "import notes from './notes.js';\napp.use(notes);", ['GET /all'], notes],
    [
      'a path that ends in a slash',
      "import notes from './notes.js';\napp.use('/notes/', notes);",
      ['GET /notes/all'],
      notes,
    ],
    ['a router that nothing mounts', "import './notes.js';", ['GET /all dead'], notes],
    ['a router in a file that nothing loads', '', ['GET /all dead'], notes],
    [
      'its root and nothing at all',
      "import notes from './notes.js';\napp.use('/notes', notes);",
      ['GET /notes', 'POST /notes'],
      { 'src/notes.js': router("router.get('/', list);\nrouter.post('', list);") },
    ],
    [
      'routers in routers',
      "import api from './api.js';\napp.use('/api', api);",
      ['GET /api/v1/all'],
      {
        'src/api.js':
          "import { Router } from 'express';\nimport notes from './notes.js';\nconst api = Router();\napi.use('/v1', notes);\nexport default api;\n",
        ...notes,
      },
    ],
    [
      'two routers of one file',
      'const one = express.Router();\nconst two = express.Router();\none.get("/a", (req, res) => res.end());\ntwo.get("/b", (req, res) => res.end());\napp.use("/one", one);\napp.use("/two", two);',
      ['GET /one/a', 'GET /two/b'],
    ],
    [
      'one path, several methods',
      `${list}app.route('/notes').get(list).post(list);\napp.route('/tags').put(list);\napp.get('/plain', list);`,
      ['GET /notes', 'GET /plain', 'POST /notes', 'PUT /tags'],
    ],
    [
      'one path, with something before its methods',
      `${list}app.route('/notes').all(list).get(list).delete(list);`,
      ['ALL /notes', 'DELETE /notes', 'GET /notes'],
    ],
    [
      'one path in a router',
      "import notes from './notes.js';\napp.use('/notes', notes);",
      ['GET /notes/:id', 'PATCH /notes/:id'],
      { 'src/notes.js': router("router.route('/:id').get(list).patch(list);") },
    ],
    [
      'routers in routers, of one file',
      `${list}const api = express.Router();\nconst v1 = express.Router();\nv1.get('/a', list);\napi.get('/c', list);\napi.use('/v1', v1);\napp.use('/api', api);\napp.get('/b', list);`,
      ['GET /api/c', 'GET /api/v1/a', 'GET /b'],
    ],
    [
      'a router beside its root',
      "import notes from './notes.js';\nconst api = express.Router();\napi.use('/', notes);\napp.use('/api', api);",
      ['GET /api/all'],
      notes,
    ],
    ['middleware under a path', "app.use('/assets', express.static('public'));", []],
    ['several paths', `${list}app.get(['/a', '/b'], list);`, ['GET /a', 'GET /b']],
    ['a path kept in a constant', `${list}const base = '/kept';\napp.get(base, list);`, ['GET /kept']],
    [
      'a path kept elsewhere',
      `${list}import { notesPath } from './paths.js';\napp.get(notesPath, list);`,
      ['GET /elsewhere'],
      { 'src/paths.js': "export const notesPath = '/elsewhere';\n" },
    ],
    ['a setting', "app.get('env');\napp.set('port', 1);\nmap.get('/x');", []],
  ])('%s', async (_, statements, expected, more = {}) => {
    expect(await routes(`${head}${statements}\napp.listen(1);\n`, more)).toEqual(expected);
  });
});

describe('a router that CommonJS hands over', () => {
  const common = "const express = require('express');\nconst app = express();\n";
  const made = `const { Router } = require('express');\n${list}const router = Router();\nrouter.get('/all', list);\n`;
  it.each<Row>([
    [
      'as the module',
      "app.use('/notes', require('./notes'));",
      ['GET /notes/all'],
      { 'src/notes.js': `${made}module.exports = router;\n` },
    ],
    [
      'by its name',
      "const { router } = require('./notes');\napp.use('/notes', router);",
      ['GET /notes/all'],
      { 'src/notes.js': `${made}exports.router = router;\n` },
    ],
    [
      'as a member',
      "const notes = require('./notes');\napp.use('/notes', notes.router);",
      ['GET /notes/all'],
      { 'src/notes.js': `${made}exports.router = router;\n` },
    ],
    [
      'as a member of an object',
      "const notes = require('./notes');\napp.use('/notes', notes.router);",
      ['GET /notes/all'],
      { 'src/notes.js': `${made}module.exports = { router };\n` },
    ],
    [
      'by its name, out of an object',
      "const { router } = require('./notes');\napp.use('/notes', router);",
      ['GET /notes/all'],
      { 'src/notes.js': `${made}module.exports = { router };\n` },
    ],
    [
      'through a folder, as an object',
      "const routes = require('./routes');\napp.use('/notes', routes.notes);",
      ['GET /notes/all'],
      {
        'src/routes/index.js': "const notes = require('../notes');\nmodule.exports = { notes };\n",
        'src/notes.js': `${made}module.exports = router;\n`,
      },
    ],
    [
      'to an import',
      "import notes from './notes.js';\napp.use('/notes', notes.router);",
      ['GET /notes/all'],
      { 'src/notes.js': `${made}exports.router = router;\n` },
    ],
    [
      'in a function',
      "require('./notes')(app);",
      ['GET /all'],
      { 'src/notes.js': `module.exports = (app) => {\n  app.get('/all', (req, res) => res.end());\n};\n` },
    ],
  ])('%s', async (_, statements, expected, more = {}) => {
    expect(await routes(`${common}${statements}\napp.listen(1);\n`, more)).toEqual(expected);
  });
});

describe('a router that a module hands over', () => {
  it.each<Row>([
    [
      'by its name',
      "import { router } from './notes.js';\napp.use('/notes', router);",
      ['GET /notes/all'],
      { 'src/notes.js': router("router.get('/all', list);", 'export { router };') },
    ],
    [
      'by another name',
      "import { notes } from './notes.js';\napp.use('/notes', notes);",
      ['GET /notes/all'],
      { 'src/notes.js': router("router.get('/all', list);", 'export { router as notes };') },
    ],
    [
      'through a barrel',
      "import { notes } from './routes/index.js';\napp.use('/notes', notes);",
      ['GET /notes/all'],
      { 'src/routes/index.js': "export { default as notes } from '../notes.js';\n", ...notes },
    ],
    [
      'through a barrel of everything',
      "import { router } from './routes/index.js';\napp.use('/notes', router);",
      ['GET /notes/all'],
      {
        'src/routes/index.js': "export * from '../notes.js';\n",
        'src/notes.js': router("router.get('/all', list);", 'export { router };'),
      },
    ],
    [
      'through a module that imports it',
      "import { notes } from './routes/index.js';\napp.use('/notes', notes);",
      ['GET /notes/all'],
      { 'src/routes/index.js': "import notes from '../notes.js';\nexport { notes };\n", ...notes },
    ],
    [
      'as a namespace',
      "import * as all from './notes.js';\napp.use('/notes', all.router);",
      ['GET /notes/all'],
      { 'src/notes.js': router("router.get('/all', list);", 'export { router };') },
    ],
    [
      'through barrels that name each other',
      "import { router } from './a.js';\napp.use('/notes', router);",
      [],
      { 'src/a.js': "export * from './b.js';\n", 'src/b.js': "export * from './a.js';\n" },
    ],
  ])('%s', async (_, statements, expected, more = {}) => {
    expect(await routes(`${head}${statements}\napp.listen(1);\n`, more)).toEqual(expected);
  });
});

describe('Fastify', () => {
  const fastify = "import Fastify from 'fastify';\nconst app = Fastify();\n";
  const plugin = "export default async (app) => {\n  app.get('/all', async () => []);\n};\n";
  it.each<Row>([
    [
      'a plugin under a prefix',
      "import notes from './notes.js';\napp.register(notes, { prefix: '/notes' });",
      ['GET /notes/all'],
      { 'src/notes.js': plugin },
    ],
    [
      'a plugin without',
      "import notes from './notes.js';\napp.register(notes);",
      ['GET /all'],
      { 'src/notes.js': plugin },
    ],
    [
      'plugins loaded from a folder',
      "import autoload from '@fastify/autoload';\nimport { join } from 'node:path';\napp.register(autoload, { dir: join(import.meta.dirname, 'routes') });",
      ['GET /all', 'GET /labels/all', 'GET /notes/all'],
      {
        'src/routes/root.js': plugin,
        'src/routes/notes/index.js': plugin,
        'src/routes/tags/index.js': `${plugin}export const autoPrefix = '/labels';\n`,
      },
    ],
    [
      'plugins loaded from a folder under a prefix',
      "import autoload from '@fastify/autoload';\nimport { join } from 'node:path';\napp.register(autoload, { dir: join(import.meta.dirname, 'routes'), options: { prefix: '/api' } });",
      ['GET /api/notes/all'],
      { 'src/routes/notes/index.js': plugin },
    ],
    [
      'plugins loaded from a folder, whose names count for nothing',
      "import autoload from '@fastify/autoload';\nimport { join } from 'node:path';\napp.register(autoload, { dir: join(import.meta.dirname, 'routes'), dirNameRoutePrefix: false });",
      ['GET /all'],
      { 'src/routes/notes/index.js': plugin },
    ],
    [
      'a route with its handler among the options',
      "app.route({ method: ['GET', 'HEAD'], url: '/a', handler: async () => 1 });\napp.post('/b', { schema: {}, handler: async () => 1 });\napp.route({ method: '*', url: '/c', handler: async () => 1 });",
      ['ALL /c', 'GET /a', 'HEAD /a', 'POST /b'],
    ],
  ])('%s', async (_, statements, expected, more = {}) => {
    expect(await routes(`${fastify}${statements}\napp.listen({ port: 1 });\n`, more, 'fastify')).toEqual(expected);
  });
});

describe('functions of a platform', () => {
  const yml = (functions: string) => `service: notes\nprovider: { name: aws }\nfunctions:\n${functions}`;
  it.each<[string, Record<string, string>, string[], string?]>([
    [
      'the same name in two files',
      {
        'package.json': pkg(),
        'serverless.yml': yml(
          '  a: { handler: src/a.handler, events: [{ httpApi: GET /a }] }\n  b: { handler: src/b.handler, events: [{ httpApi: POST /b }] }\n',
        ),
        'src/a.js': 'export const handler = async () => 1;\n',
        'src/b.js': 'export const handler = async () => 1;\n',
      },
      ['GET /a', 'POST /b'],
    ],
    [
      'a name that only an event calls',
      {
        'package.json': pkg(),
        'serverless.yml': yml('  a: { handler: src/a.handler, events: [{ sqs: arn:aws:sqs:x }] }\n'),
        'src/a.js': 'export const handler = async () => 1;\n',
      },
      [],
    ],
    [
      'in the folder of a package',
      {
        'package.json': '{}',
        'web/package.json': pkg(),
        'web/wrangler.toml': 'name = "web"\npages_build_output_dir = "dist"\n',
        'web/functions/notes.js': 'export const onRequestGet = () => new Response();\nexport const helper = 1;\n',
      },
      ['GET /notes'],
      'web',
    ],
  ])('%s', async (_, files, expected, path = '.') => {
    expect(
      (await wired(files, path))
        .routes()
        .map(({ method, path }) => `${method} ${path}`)
        .sort(),
    ).toEqual(expected);
  });
});
