import { expect, it } from 'vitest';
import { asked, understood } from './_asked.ts';

/** A service under a path, with its hooks. */
const feathers = (service: string, hooks: string, more: Record<string, string> = {}) => ({
  'package.json': JSON.stringify({
    name: 'api',
    scripts: { start: 'node src/index.js' },
    dependencies: {
      '@feathersjs/feathers': '5',
      '@feathersjs/express': '5',
      '@feathersjs/authentication': '5',
      ajv: '8',
    },
  }),
  'src/index.js': `const { feathers } = require('@feathersjs/feathers');\nconst express = require('@feathersjs/express');\nconst orders = require('./orders');\nconst app = express(feathers());\napp.use('/assets', express.static('public'));\napp.configure(orders);\napp.listen(3030);\n`,
  'src/orders.js': `const { Orders } = require('./orders.class');\nconst hooks = require('./orders.hooks');\nmodule.exports = function (app) {\n  ${service}\n};\n`,
  'src/orders.class.js': 'exports.Orders = class { async create(data) { return data; } };\n',
  'src/orders.hooks.js': hooks,
  ...more,
});
const named = "app.use('/orders', new Orders());\n  app.service('orders').hooks(hooks);";
const open = 'module.exports = { before: { all: [] } };\n';
const signedIn =
  "const { authenticate } = require('@feathersjs/authentication');\nmodule.exports = { before: { all: [authenticate('jwt')] } };\n";
const checked =
  "const Ajv = require('ajv');\nconst validate = new Ajv().compile({});\nmodule.exports = { before: { create: [(context) => validate(context.data)] } };\n";

it.each<[string, string, string[]]>([
  ['a path', named, ['/orders', '/orders/:id']],
  [
    'a name kept for it',
    "const service = app.service('orders');\n  app.use('orders', new Orders());\n  service.hooks(hooks);",
    ['/orders', '/orders/:id'],
  ],
  ['nothing that is asked for', "app.use('/orders', new Orders());", []],
])('answers under %s', async (_, service, expected) => {
  const model = await understood(feathers(service, open));
  const routes = model.wiring.of(model.components[0]!).routes();
  expect([...new Set(routes.map(({ path }) => path))].sort()).toEqual(expected);
});

it.each<[string, string, object, Record<string, string>, string]>([
  ['asks who is there before each method', 'guards-routes', {}, feathers(named, signedIn), 'yes'],
  ['asks nobody', 'guards-routes', {}, feathers(named, open), 'no'],
  ['checks what is sent', 'validates-input', {}, feathers(named, checked), 'yes'],
  ['checks nothing', 'validates-input', {}, feathers(named, open), 'no'],
])('a service %s', async (_, detector, options, files, expected) => {
  expect((await asked(detector, options, files))[0]).toBe(expected);
});

it('has hooks of the application before every service', async () => {
  const files = feathers(named, open);
  const whole = "app.hooks(require('./app.hooks'));\napp.listen";
  const withHooks = {
    ...files,
    'src/index.js': files['src/index.js'].replace('app.listen', whole),
    'src/app.hooks.js': signedIn,
  };
  expect((await asked('guards-routes', {}, withHooks))[0]).toBe('yes');
});
