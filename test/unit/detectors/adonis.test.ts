import { describe, expect, it } from 'vitest';
import { asked, understood } from './_asked.ts';

const manifest = (dependencies: string[]) =>
  JSON.stringify({
    name: 'shop',
    private: true,
    type: 'module',
    scripts: { start: 'node bin/server.js', build: 'node ace build' },
    imports: { '#*': './*.js' },
    dependencies: Object.fromEntries(['@adonisjs/core', ...dependencies].map((name) => [name, '6'])),
  });

/** Routes of an application, with what its kernel and its other files hold. */
const adonis = (routes: string, more: Record<string, string> = {}, dependencies: string[] = []) => ({
  'package.json': manifest(['@adonisjs/auth', '@vinejs/vine', ...dependencies]),
  'bin/server.ts':
    "import { Ignitor } from '@adonisjs/core';\nnew Ignitor(new URL('../', import.meta.url)).httpServer().start();\n",
  'start/kernel.ts':
    "import router from '@adonisjs/core/services/router';\nexport const middleware = router.named({\n  auth: () => import('#app/middleware/signed_in'),\n  lang: () => import('#app/middleware/lang'),\n});\n",
  'start/routes.ts': `import router from '@adonisjs/core/services/router';\nimport { middleware } from '#start/kernel';\nconst Orders = () => import('#app/controllers/orders');\n${routes}\n`,
  'app/middleware/signed_in.ts':
    'export default class SignedIn {\n  async handle(ctx, next) {\n    await ctx.auth.authenticateUsing();\n    return next();\n  }\n}\n',
  'app/middleware/lang.ts': 'export default class Lang {\n  async handle(ctx, next) {\n    return next();\n  }\n}\n',
  'app/controllers/orders.ts':
    "import { order } from '#app/validators/order';\nexport default class Orders {\n  async index({ response }) {\n    return response.json([]);\n  }\n  async store({ request }) {\n    return request.validateUsing(order);\n  }\n  async update({ request }) {\n    return request.all();\n  }\n  async seen({ auth, params }) {\n    return params.id;\n  }\n}\n",
  'app/validators/order.ts': "import vine from '@vinejs/vine';\nexport const order = vine.compile(vine.object({}));\n",
  ...more,
});

/** Controllers and middleware under their names alone, as up to the fifth version. */
const byName = (route: string, kernel: string) => ({
  'package.json': manifest(['@adonisjs/auth']),
  'tsconfig.json': JSON.stringify({ compilerOptions: { baseUrl: '.', paths: { 'App/*': ['./app/*'] } } }),
  'server.ts':
    "import { Ignitor } from '@adonisjs/core/build/standalone';\nnew Ignitor(__dirname).httpServer().start();\n",
  'start/kernel.ts': kernel,
  'start/routes.ts': `import Route from '@ioc:Adonis/Core/Route';\n${route}\n`,
  'app/Controllers/Http/OrdersController.ts':
    'export default class OrdersController {\n  public async index({ response }) {\n    return response.json([]);\n  }\n}\n',
  'app/Middleware/SignedIn.ts':
    "export default class SignedIn {\n  public async handle({ auth }, next) {\n    if (!(await auth.use('web').check())) throw new Error('no');\n    await next();\n  }\n}\n",
});
const registered =
  "import Server from '@ioc:Adonis/Core/Server';\nServer.middleware.registerNamed({ auth: () => import('App/Middleware/SignedIn') });\n";

describe('who may ask', () => {
  it.each<[string, Record<string, string>, string]>([
    [
      'a guard by its name in the kernel',
      adonis("router.get('/orders', [Orders, 'index']).use(middleware.auth());"),
      'yes',
    ],
    [
      'around a group',
      adonis("router.group(() => {\n  router.get('/orders', [Orders, 'index']);\n}).use([middleware.auth()]);"),
      'yes',
    ],
    ['middleware that asks nothing', adonis("router.get('/orders', [Orders, 'index']).use(middleware.lang());"), 'no'],
    [
      'a guard that asks nothing',
      adonis("router.get('/orders', [Orders, 'index']).use(middleware.auth());", {
        'app/middleware/signed_in.ts':
          'export default class SignedIn {\n  async handle(ctx, next) {\n    return next();\n  }\n}\n',
      }),
      'no',
    ],
    [
      'a name that is registered',
      byName("Route.get('/orders', 'OrdersController.index').middleware('auth');", registered),
      'yes',
    ],
    ['without it', byName("Route.get('/orders', 'OrdersController.index');", registered), 'no'],
  ])('%s', async (_, files, expected) => {
    expect((await asked('guards-routes', {}, files))[0]).toBe(expected);
  });
});

describe('what is taken', () => {
  it.each<[string, string, string]>([
    ['by a schema', "router.post('/orders', [Orders, 'store']);", 'yes'],
    ['as it comes', "router.put('/orders', [Orders, 'update']);", 'no'],
    [
      'beside a handler that never sees a body',
      "router.post('/orders', [Orders, 'store']);\nrouter.post('/orders/:id/seen', [Orders, 'seen']);",
      'yes',
    ],
    ['of a resource, half of it', "router.resource('orders', Orders);", 'no'],
  ])('%s', async (_, routes, expected) => {
    expect((await asked('validates-input', { share: 1 }, adonis(routes)))[0]).toBe(expected);
  });
});

it.each<[string, string, string]>([
  ['left to the framework', 'async handle(error, ctx) {\n    return super.handle(error, ctx);\n  }', 'no'],
  [
    'in words of its own',
    "async renderErrorAsJSON(error, ctx) {\n    ctx.response.send({ message: 'failed' });\n  }",
    'yes',
  ],
])('errors %s', async (_, body, expected) => {
  const files = adonis("router.get('/orders', [Orders, 'index']);", {
    'app/exceptions/handler.ts': `import { ExceptionHandler } from '@adonisjs/core/http';\nexport default class Answers extends ExceptionHandler {\n  ${body}\n}\n`,
  });
  expect((await asked('hides-errors', { ask: 'hides' }, files))[0]).toBe(expected);
});

it('is a web where it hands out pages of a front end that it builds', async () => {
  const page = {
    'vite.config.ts': "import adonisjs from '@adonisjs/vite/client';\nexport default { plugins: [adonisjs()] };\n",
    'app/ui/app.tsx':
      "import { createInertiaApp } from '@inertiajs/react';\nimport { createRoot } from 'react-dom/client';\ncreateInertiaApp({ setup({ el, App, props }) { createRoot(el).render(<App {...props} />); } });\n",
  };
  const kind = async (files: Record<string, string>) => {
    const [component] = (await understood(files)).components;
    return [component!.kind, component!.traits.includes('http')];
  };
  const routes = "router.get('/orders', [Orders, 'index']);";
  expect(await kind(adonis(routes, page, ['react', 'react-dom', '@inertiajs/react', '@adonisjs/vite']))).toEqual([
    'web',
    true,
  ]);
  expect(await kind(adonis(routes))).toEqual(['service', true]);
});
