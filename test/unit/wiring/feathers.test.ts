import { describe, expect, it } from 'vitest';
import { wired } from './_wired.ts';

/** A module that is handed the application, and the file of its paths. */
async function services(body: string, name = '@feathersjs/feathers'): Promise<string[]> {
  const wiring = await wired({
    'package.json': JSON.stringify({
      name: 'api',
      scripts: { start: 'node src/index.js' },
      dependencies: { [name]: '5' },
    }),
    'src/index.js':
      "import { orders } from './orders.js';\nimport { feathers } from '@feathersjs/feathers';\nconst app = feathers();\napp.configure(orders);\napp.listen(1);\n",
    'src/paths.js': "export const paths = { orders: '/kept/' };\nexport const path = 'kept';\n",
    'src/orders.js': `import { path, paths } from './paths.js';\nimport { check, log, Orders } from './own.js';\nconst own = 'own';\nexport const orders = (app) => {\n  ${body}\n};\n`,
    'src/own.js': 'export const [check, log] = [];\nexport class Orders {}\n',
  });
  return wiring
    .routes()
    .map(({ method, path, file, line, live, framework, middleware, handler }) =>
      [
        `${method} ${path} ${framework} ${file}:${line} ${live}`,
        ...middleware.map((value) =>
          'path' in value ? value.path : 'callee' in value ? `${value.callee}()` : value.kind,
        ),
        ...(handler ? ['answered'] : []),
      ].join(', '),
    );
}

describe('a service of Feathers', () => {
  const whole = [
    'DELETE /orders/:id feathers src/orders.js:5 live',
    'GET /orders feathers src/orders.js:5 live',
    'GET /orders/:id feathers src/orders.js:5 live',
    'PATCH /orders/:id feathers src/orders.js:5 live',
    'POST /orders feathers src/orders.js:5 live',
    'PUT /orders/:id feathers src/orders.js:5 live',
  ];
  it.each<[string, string[]]>([
    ['@feathersjs/feathers', whole],
    ['feathers', whole],
    ['express', []],
  ])('answers what %s has every service answer', async (name, expected) => {
    expect(await services("app.use('/orders', new Orders()); app.service('orders');", name)).toEqual(expected);
  });
  it.each<[string, string[]]>([
    ["app.use('orders', new Orders()); app.service('orders');", ['/orders feathers src/orders.js:5 live']],
    ["app.use('/in/orders/', new Orders()); app.service('in/orders');", ['/in/orders feathers src/orders.js:5 live']],
    ["app.use('orders', new Orders()); app.service('/orders/');", ['/orders feathers src/orders.js:5 live']],
    ["app.use('orders', new Orders()); app.service('order');", []],
    ["app.use('orders', new Orders());", []],
    ["app.use('/orders', express.static('public')); app.service('others');", []],
    ['app.use(own, new Orders()); app.service(own);', ['/own feathers src/orders.js:5 live']],
    ['app.use(path, new Orders()); app.service(path);', ['/kept feathers src/orders.js:5 live']],
    ["app.use(paths.orders, new Orders()); app.service('kept');", ['/kept feathers src/orders.js:5 live']],
    ['app.use(lost, new Orders()); app.service(lost);', []],
    [
      "app.use('orders', check, log(), (req, res, next) => next(), new Orders()); app.service('orders');",
      ['/orders feathers src/orders.js:5 live, check, log()'],
    ],
    [
      "app.use('orders', new Orders()); app.service('orders').hooks(check);",
      ['/orders feathers src/orders.js:5 live, check'],
    ],
    [
      "app.use('orders', new Orders()); const service = app.service('orders');\n  service.hooks({ before: { all: [check] } });",
      ['/orders feathers src/orders.js:5 live, object'],
    ],
    [
      "app.use('orders', new Orders()); const ordersService = app.service('orders');\n  ordersService.hooks(log());",
      ['/orders feathers src/orders.js:5 live, log()'],
    ],
    [
      "app.use('orders', new Orders()); const service = app.service('orders');\n  service.hooks(() => 1);\n  app.hooks(check);",
      ['/orders feathers src/orders.js:5 live'],
    ],
    [
      "app.use('orders', new Orders()); app.service('orders');\n  other.hooked(check);",
      ['/orders feathers src/orders.js:5 live'],
    ],
  ])('%s', async (body, expected) => {
    const found = await services(body);
    expect([...new Set(found.map((one) => one.replace(/^\w+ /, '').replace('/:id', '')))]).toEqual(expected);
  });
});
