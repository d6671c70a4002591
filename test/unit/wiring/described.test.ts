import { expect, it } from 'vitest';
import { pkg, wired } from './_wired.ts';

const express = "import express from 'express';\nconst app = express();\n";
const list = 'export const list = (req, res) => res.json([]);\nexport const signedIn = (req, res, next) => next();\n';

/** Routes that come of objects, as `method path`, who answers, and how many stand before. */
const described = async (index: string, more: Record<string, string> = {}) =>
  (
    await wired({
      'package.json': pkg('express'),
      'src/list.js': list,
      'src/index.js': `${express}${index}\napp.listen(3000);\n`,
      ...more,
    })
  )
    .routes()
    .map(({ method, path, handler, listed, live }) =>
      [`${method} ${path}`, handler?.fn.name ?? '-', listed?.length ?? 0, live].join(' '),
    );

const health = {
  'src/health.js':
    "import { list, signedIn } from './list.js';\nconst path = '/health';\nexport const health = { path, method: 'GET', check: signedIn, handler: (req, res) => list(req, res) };\n",
};
const create = (body: string) => ({
  'src/create.js': `export const createRoute = (server, route) => {\n${body}\n};\n`,
});
const calls =
  "import { createRoute } from './create.js';\nimport { health } from './health.js';\ncreateRoute(app, health);";
const byVerb =
  "const safely = (req, res) => route.handler(req, res);\nif (route.method === 'GET') server.get(route.path, route.check, safely);\nelse server.post(route.path, route.check, safely);";

it.each<[title: string, index: string, more: Record<string, string>, expected: string[]]>([
  ['a function that is given one each', calls, { ...health, ...create(byVerb) }, ['GET /health handler 1 live']],
  [
    'one that asks the router for the method by name',
    calls,
    { ...health, ...create('server[route.method.toLowerCase()](route.path, route.handler);') },
    ['GET /health handler 0 live'],
  ],
  [
    'one that is given an object on the spot',
    "import { createRoute } from './create.js';\nimport { list } from './list.js';\ncreateRoute(app, { path: '/notes', handler: list });",
    create('server.post(route.path, route.handler);'),
    ['POST /notes list 0 live'],
  ],
  [
    'a list of them',
    "import { list } from './list.js';\nconst routes = [{ url: '/notes', method: 'post', handler: list }, { url: '/tags', method: 'get', handler: list }];\nroutes.forEach((route) => app[route.method](route.url, route.handler));",
    {},
    ['GET /tags list 0 live', 'POST /notes list 0 live'],
  ],
  [
    'a list of another module',
    "import { routes } from './routes.js';\nroutes.map((route) => app[route.method](route.path, route.handler));",
    {
      'src/routes.js':
        "import { list } from './list.js';\nexport const routes = [{ path: '/notes', method: 'put', handler: list }];\n",
    },
    ['PUT /notes list 0 live'],
  ],
  [
    'a function that nothing calls',
    '',
    { ...health, ...create(byVerb) },
    ['GET :route.path safely 0 dead', 'POST :route.path safely 0 dead'],
  ],
  [
    'an object that names no path',
    "import { createRoute } from './create.js';\ncreateRoute(app, { method: 'GET' });",
    create('server.get(route.path, route.handler);'),
    ['GET :route.path - 0 live'],
  ],
])('%s', async (_, index, more, expected) => expect(await described(index, more)).toEqual(expected));
