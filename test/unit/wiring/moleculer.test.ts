import { expect, it } from 'vitest';
import type { ValueFact } from '../../../src/model/facts/source.ts';
import { pkg, wired } from './_wired.ts';

const nameOf = (value: ValueFact): string =>
  value.kind === 'ref' ? value.path : value.kind === 'object' ? `{${Object.keys(value.props)}}` : value.kind;

/** Routes of a gateway with these settings and routes, before services of notes and users. */
async function gateway(settings: string, route: string, more: Record<string, string> = {}): Promise<string[]> {
  const wiring = await wired({
    'package.json': pkg('moleculer'),
    'services/api.service.js': `const Api = require('moleculer-web');\nmodule.exports = {\n  name: 'api',\n  mixins: [Api],\n  settings: {\n    ${settings}\n    routes: [${route}],\n  },\n  methods: { authenticate(ctx) { return process.env.A; }, authorize() {} },\n};\n`,
    'services/notes.service.js':
      "module.exports = {\n  name: 'notes',\n  settings: { rest: '/n' },\n  actions: {\n    list: { rest: 'GET /', params: { page: 'number' }, handler(ctx) { return process.env.B; } },\n    create: { rest: { method: 'POST', path: '/new' }, handler() {} },\n    any: { rest: '/any', handler() {} },\n    open: { rest: { path: '/open' }, handler() {} },\n    plain(ctx) { return ctx; },\n    kept: keep,\n  },\n};\n",
    'services/users.service.js':
      "module.exports = {\n  name: 'users',\n  actions: {\n    get: { rest: 'GET /:id', handler() { return process.env.C; } },\n  },\n};\n",
    ...more,
  });
  return wiring
    .routes()
    .map(({ method, path, file, line, middleware, handler, framework, live }) =>
      [
        `${method} ${path} ${framework} ${live}`,
        `${file.replace('services/', '')}:${line}`,
        ...middleware.map(nameOf),
        handler ? `by ${handler.file.replace('services/', '')}:${handler.fn.line}` : 'by nobody',
      ].join(', '),
    );
}

it.each<[string, string, string[]]>([
  [
    '',
    "{ aliases: { 'GET /all': 'notes.list' } }",
    ['GET /all moleculer live, api.service.js:7, {schema}, by notes.service.js:5'],
  ],
  [
    '',
    "{ path: '/v1/', aliases: { 'GET /all': 'notes.list', 'post all': 'notes.create' } }",
    [
      'GET /v1/all moleculer live, api.service.js:7, {schema}, by notes.service.js:5',
      'POST /v1/all moleculer live, api.service.js:7, by notes.service.js:6',
    ],
  ],
  [
    "path: '/api',",
    "{ aliases: { 'GET all': 'notes.plain' } }",
    ['GET /api/all moleculer live, api.service.js:7, by notes.service.js:9'],
  ],
  [
    "path: '/api',",
    "{ path: '/v1', aliases: { all: 'notes.list' } }",
    ['ALL /api/v1/all moleculer live, api.service.js:7, {schema}, by notes.service.js:5'],
  ],
  [
    '',
    "{ aliases: { 'REST /notes': 'notes' } }",
    [
      'DELETE /notes/:id moleculer live, api.service.js:7, by nobody',
      'GET /notes moleculer live, api.service.js:7, {schema}, by notes.service.js:5',
      'GET /notes/:id moleculer live, api.service.js:7, by nobody',
      'POST /notes moleculer live, api.service.js:7, by notes.service.js:6',
      'PUT /notes/:id moleculer live, api.service.js:7, by nobody',
    ],
  ],
  [
    '',
    "{ aliases: { 'GET /all': [check, 'notes.list'] } }",
    ['GET /all moleculer live, api.service.js:7, {schema}, by notes.service.js:5'],
  ],
  ['', "{ aliases: { 'GET /all': [check, other] } }", ['GET /all moleculer live, api.service.js:7, by nobody']],
  ['', "{ aliases: { 'GET /all': 'notes.lost' } }", ['GET /all moleculer live, api.service.js:7, by nobody']],
  ['', "{ aliases: { 'GET /all': 'notes.kept' } }", ['GET /all moleculer live, api.service.js:7, by nobody']],
  [
    '',
    "{ authorization: true, aliases: { 'GET /all': 'notes.plain' } }",
    ['GET /all moleculer live, api.service.js:7, authorize, by notes.service.js:9'],
  ],
  [
    '',
    "{ authentication: true, aliases: { 'GET /all': 'notes.plain' } }",
    ['GET /all moleculer live, api.service.js:7, authenticate, by notes.service.js:9'],
  ],
  [
    '',
    "{ authentication: 'own', authorization: false, aliases: { 'GET /all': 'notes.plain' } }",
    ['GET /all moleculer live, api.service.js:7, authenticate, by notes.service.js:9'],
  ],
  [
    '',
    "{ authentication: false, aliases: { 'GET /all': 'notes.plain' } }",
    ['GET /all moleculer live, api.service.js:7, by notes.service.js:9'],
  ],
  [
    'rateLimit: { limit: 9 },',
    "{ aliases: { 'GET /all': 'notes.plain' } }",
    ['GET /all moleculer live, api.service.js:7, rateLimit, by notes.service.js:9'],
  ],
  [
    '',
    '{ autoAliases: true }',
    [
      'ALL /n/any moleculer live, api.service.js:7, by notes.service.js:7',
      'ALL /n/open moleculer live, api.service.js:7, by notes.service.js:8',
      'GET /n/ moleculer live, api.service.js:7, {schema}, by notes.service.js:5',
      'GET /users/:id moleculer live, api.service.js:7, by users.service.js:4',
      'POST /n/new moleculer live, api.service.js:7, by notes.service.js:6',
    ],
  ],
  [
    '',
    "{ autoAliases: true, aliases: { 'GET /all': 'notes.plain' } }",
    [
      'ALL /n/any moleculer live, api.service.js:7, by notes.service.js:7',
      'ALL /n/open moleculer live, api.service.js:7, by notes.service.js:8',
      'GET /all moleculer live, api.service.js:7, by notes.service.js:9',
      'GET /n/ moleculer live, api.service.js:7, {schema}, by notes.service.js:5',
      'GET /users/:id moleculer live, api.service.js:7, by users.service.js:4',
      'POST /n/new moleculer live, api.service.js:7, by notes.service.js:6',
    ],
  ],
  ['', '{ autoAliases: false }', []],
  ['', '{}', []],
  [
    '',
    "{ aliases: {} }, { path: '/two', aliases: { 'GET /all': 'users.get' } }",
    ['GET /two/all moleculer live, api.service.js:7, by users.service.js:4'],
  ],
  ['', 'lost', []],
])('%s %s', async (settings, route, expected) => expect(await gateway(settings, route)).toEqual(expected));

it.each<[string, string, string[]]>([
  [
    'kept under a name',
    "const schema = { name: 'tags', actions: { all: { rest: 'GET /tags', handler() { return process.env.A; } } } };\nmodule.exports = schema;\n",
    ['GET /tags/tags moleculer live, api.service.js:7, by tags.service.js:1'],
  ],
  [
    'handed to a service',
    "class Tags extends Service {\n  constructor(broker) {\n    super(broker);\n    this.parseServiceSchema({ name: 'tags', actions: { all: { rest: 'GET /tags', handler() { return process.env.A; } } } });\n  }\n}\nmodule.exports = Tags;\n",
    ['GET /tags/tags moleculer live, api.service.js:7, by tags.service.js:4'],
  ],
  [
    'handed to the broker',
    "broker.createService({ name: 'tags', actions: { all: { rest: 'GET /tags', handler() { return process.env.A; } } } });\n",
    ['GET /tags/tags moleculer live, api.service.js:7, by tags.service.js:1'],
  ],
  [
    'handed elsewhere',
    "broker.create({ name: 'tags', actions: { all: { rest: 'GET /tags', handler() { return process.env.A; } } } });\n",
    [],
  ],
])('a service %s', async (_, text, expected) => {
  const found = await gateway('', '{ autoAliases: true }', { 'services/tags.service.js': text });
  expect(found.filter((one) => one.includes('tags'))).toEqual(expected);
});

it('is none without Moleculer', async () => {
  expect(await gateway('', "{ aliases: { 'GET /all': 'notes.list' } }", { 'package.json': pkg('express') })).toEqual(
    [],
  );
});
