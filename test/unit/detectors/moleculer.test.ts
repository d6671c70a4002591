import { describe, expect, it } from 'vitest';
import { asked, understood } from './_asked.ts';

/** A gateway with its settings, and a service that it leads to. */
const moleculer = (route: string, settings = '', more = '') => ({
  'package.json': JSON.stringify({
    name: 'shop',
    scripts: { start: 'moleculer-runner services' },
    dependencies: { moleculer: '0.14', 'moleculer-web': '0.10', jsonwebtoken: '9' },
  }),
  'services/gate.service.js': `const Gateway = require('moleculer-web');\nmodule.exports = {\n  name: 'gate',\n  mixins: [Gateway],\n  settings: { ${settings} routes: [{ path: '/api', ${route} }] },\n  ${more}\n};\n`,
  'services/orders.service.js':
    "module.exports = {\n  name: 'orders',\n  actions: {\n    create: { rest: 'POST /', params: { title: 'string' }, handler(ctx) { return ctx.params; } },\n    list: { handler() { return []; } },\n    change(ctx) { return ctx.params; },\n  },\n};\n",
});
const create = "aliases: { 'POST /orders': 'orders.create' }";
const authorize = (body: string) => `methods: { async authorize(ctx, route, req) { ${body} } },`;
const looksUp =
  "const user = await ctx.call('people.byToken', { token: req.headers.authorization }); if (!user) throw new Gateway.Errors.UnAuthorizedError();";

const routes = async (files: Record<string, string>) => {
  const model = await understood(files);
  return model.wiring
    .of(model.components[0]!)
    .routes()
    .map(({ method, path, handler }) => `${method} ${path} ${handler?.file ?? ''}`.trim());
};

describe('the gateway', () => {
  it.each<[string, string, string[]]>([
    ['names an action', create, ['POST /api/orders services/orders.service.js']],
    [
      'names it behind middleware',
      "aliases: { 'PUT /orders/:id': [parse, 'orders.change'] }",
      ['PUT /api/orders/:id services/orders.service.js'],
    ],
    [
      'stands for the five of a resource',
      "aliases: { 'REST /orders': 'orders' }",
      [
        'DELETE /api/orders/:id',
        'GET /api/orders services/orders.service.js',
        'GET /api/orders/:id',
        'POST /api/orders services/orders.service.js',
        'PUT /api/orders/:id',
      ],
    ],
    ['asks the actions', 'autoAliases: true', ['POST /api/orders/ services/orders.service.js']],
  ])('%s', async (_, route, expected) => {
    expect(await routes(moleculer(route))).toEqual(expected);
  });

  it('makes a service of it', async () => {
    const [component] = (await understood(moleculer(create))).components;
    expect([component!.kind, component!.traits.includes('http')]).toEqual(['service', true]);
  });
});

it.each<[string, string, object, Record<string, string>, string]>([
  ['who may pass', 'guards-routes', {}, moleculer(`authorization: true, ${create}`, '', authorize(looksUp)), 'yes'],
  ['a method that is not asked', 'guards-routes', {}, moleculer(create, '', authorize(looksUp)), 'no'],
  [
    'a method that lets all pass',
    'guards-routes',
    {},
    moleculer(`authorization: true, ${create}`, '', authorize('return null;')),
    'no',
  ],
  ['parameters of an action', 'validates-input', { share: 1 }, moleculer(create), 'yes'],
  ['an action without any', 'validates-input', {}, moleculer("aliases: { 'PUT /orders/:id': 'orders.change' }"), 'no'],
  [
    'its limiter',
    'stands-before-routes',
    { capability: 'rate-limiter' },
    moleculer(create, 'rateLimit: { limit: 10 },'),
    'yes',
  ],
  ['without it', 'stands-before-routes', { capability: 'rate-limiter' }, moleculer(create), 'no'],
  ['origins of anywhere', 'allows-origins', { ask: 'explicit' }, moleculer(`cors: true, ${create}`), 'no'],
  [
    'origins by name',
    'allows-origins',
    { ask: 'explicit' },
    moleculer(create, "cors: { origin: ['https://shop.test'] },"),
    'yes',
  ],
  ['messages of errors', 'hides-errors', { ask: 'hides' }, moleculer(create), 'no'],
  [
    'words of its own',
    'hides-errors',
    { ask: 'hides' },
    moleculer(create, "onError(req, res) { res.writeHead(500); res.end('failed'); },"),
    'yes',
  ],
])('%s', async (_, detector, options, files, expected) => {
  expect((await asked(detector, options, files))[0]).toBe(expected);
});
