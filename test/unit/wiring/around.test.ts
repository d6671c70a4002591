import { describe, expect, it } from 'vitest';
import { pkg, wired } from './_wired.ts';

/** Each route, and what stands before it. */
async function around(files: Record<string, string>): Promise<string[]> {
  const wiring = await wired(files);
  return wiring.routes().map((route) => {
    const before = wiring
      .before(route)
      .map(({ value }) =>
        value.kind === 'call' ? `${value.callee}()` : value.kind === 'ref' ? value.path : value.kind,
      );
    return `${route.method} ${route.path}: ${before.join(', ') || 'nothing'}`;
  });
}

const controller = (name: string, path: string) =>
  `import { Controller, Get } from '@nestjs/common';\n@Controller('${path}')\nexport class ${name} {\n  @Get() all() { return []; }\n}\n`;
/** An application of Nest with two controllers and a check that a module applies. */
const nest = (choice: string, main = '') => ({
  'package.json':
    '{"name":"app","scripts":{"start":"tsx src/main.ts"},"dependencies":{"@nestjs/core":"11","@nestjs/common":"11","helmet":"8","kit":"1"}}',
  'src/main.ts': `import { NestFactory } from '@nestjs/core';\nimport helmet from 'helmet';\nimport { AppModule } from './app.module.js';\nNestFactory.create(AppModule).then((app) => {\n${main}\n  app.listen(1);\n});\n`,
  'src/app.module.ts': `import { Module } from '@nestjs/common';\nimport helmet from 'helmet';\nimport { Shared } from 'kit';\nimport { Notes } from './notes.js';\nimport { Tags } from './tags.js';\n@Module({ controllers: [Notes, Tags] })\nexport class AppModule {\n  configure(consumer) {\n    consumer.${choice};\n  }\n}\n`,
  'src/notes.ts': controller('Notes', 'notes'),
  'src/tags.ts': controller('Tags', 'tags'),
});

describe('Nest, by a module', () => {
  it.each<[string, string, string[], string?]>([
    [
      'every route',
      "apply(helmet()).forRoutes('*')",
      ['GET /notes: Controller(), helmet()', 'GET /tags: Controller(), helmet()'],
    ],
    [
      'the routes of a controller',
      'apply(helmet()).forRoutes(Notes)',
      ['GET /notes: Controller(), helmet()', 'GET /tags: Controller()'],
    ],
    [
      'the routes of two',
      'apply(helmet()).forRoutes(Notes, Tags)',
      ['GET /notes: Controller(), helmet()', 'GET /tags: Controller(), helmet()'],
    ],
    ['a path', "apply(helmet()).forRoutes('tags')", ['GET /notes: Controller()', 'GET /tags: Controller(), helmet()']],
    [
      'a path in an object',
      "apply(helmet()).forRoutes({ path: 'tags', method: RequestMethod.GET })",
      ['GET /notes: Controller()', 'GET /tags: Controller(), helmet()'],
    ],
    [
      'all but one',
      "apply(helmet()).exclude('tags').forRoutes(Notes)",
      ['GET /notes: Controller(), helmet()', 'GET /tags: Controller()'],
    ],
    [
      'a controller of a package',
      'apply(helmet()).forRoutes(Shared)',
      ['GET /notes: Controller(), helmet()', 'GET /tags: Controller(), helmet()'],
    ],
    ['nothing chosen', 'apply(helmet())', ['GET /notes: Controller()', 'GET /tags: Controller()']],
    [
      'two choices',
      "apply(helmet()).forRoutes(Notes);\n    consumer.apply(helmet()).forRoutes('tags')",
      ['GET /notes: Controller(), helmet()', 'GET /tags: Controller(), helmet()'],
    ],
    [
      'by the application',
      'bind()',
      ['GET /notes: Controller(), helmet()', 'GET /tags: Controller(), helmet()'],
      'app.use(helmet());',
    ],
    [
      'by the application, for origins',
      'bind()',
      ['GET /notes: Controller(), enableCors()', 'GET /tags: Controller(), enableCors()'],
      'app.enableCors();',
    ],
  ])('%s', async (_, choice, expected, main = '') => {
    expect(await around(nest(choice, main))).toEqual(expected);
  });
});

describe('Express', () => {
  const express = (statements: string, imports = '') =>
    `import express from 'express';\nimport helmet from 'helmet';\nimport { Router } from 'express';\n${imports}\nconst app = express();\n${statements}\napp.listen(1);\n`;
  const route = (path: string, on = 'app') => `${on}.get('${path}', (req, res) => res.end());`;
  it.each<[string, string, string[], Record<string, string>?]>([
    ['before all', express(`app.use(helmet());\n${route('/a')}`), ['GET /a: helmet()']],
    [
      'in a list',
      express(`app.use([helmet(), express.json()]);\n${route('/a')}`),
      ['GET /a: helmet(), express.json()'],
    ],
    [
      'before a router',
      express(`app.use('/n', helmet(), notes);\n${route('/b')}`, "import notes from './notes.js';"),
      ['GET /b: nothing', 'GET /n/all: helmet()'],
      {
        'src/notes.js':
          "import { Router } from 'express';\nconst notes = Router();\nnotes.get('/all', (req, res) => res.end());\nexport default notes;\n",
      },
    ],
    [
      'in a function that nothing calls',
      express(`export const later = () => app.use(helmet());\n${route('/a')}`),
      ['GET /a: nothing'],
    ],
    ['settings are nothing', express(`app.use('view', { helmet });\n${route('/a')}`), ['GET /a: nothing']],
    ['on something else', express(`list.use(helmet());\n${route('/a')}`, 'const list = [];'), ['GET /a: nothing']],
  ])('%s', async (_, index, expected, more = {}) => {
    expect(await around({ 'package.json': pkg('express', 'helmet'), 'src/index.js': index, ...more })).toEqual(
      expected,
    );
  });
});

describe('the function of a platform', () => {
  const lambda = async (module: string) => {
    const wiring = await wired({
      'package.json': pkg('@middy/core'),
      'serverless.yml':
        'service: a\nprovider: { name: aws }\nfunctions:\n  a: { handler: src/a.main, events: [{ httpApi: GET /a }] }\n',
      'src/a.js': module,
    });
    return wiring.routes().map(({ path, handler }) => `${path} ${handler ? `line ${handler.fn.line}` : 'nobody'}`);
  };
  it.each<[string, string, string[]]>([
    [
      'by its name',
      "import '@middy/core';\nconst other = () => 1;\nexport const main = async () => 1;\n",
      ['/a line 3'],
    ],
    [
      'under another name',
      "import '@middy/core';\nconst other = () => 1;\nconst list = async () => 1;\nexport { list as main };\n",
      ['/a line 3'],
    ],
    [
      'wrapped',
      "import middy from '@middy/core';\nconst other = () => 1;\nexport const main = middy(async () => 1);\n",
      ['/a line 3'],
    ],
    [
      'wrapped by its name',
      "import middy from '@middy/core';\nconst other = () => 1;\nconst list = async () => 1;\nexport const main = middy(list);\n",
      ['/a line 3'],
    ],
    [
      'wrapped, with a function among the options',
      "import middy from '@middy/core';\nexport const main = middy(async () => run(() => 1),\n  { end: () => 1 });\n",
      ['/a line 2'],
    ],
    [
      'beside one that is wrapped for something else',
      "import middy from '@middy/core';\nexport const other = middy(async () => 2);\nexport const main = middy(async () => 1);\n",
      ['/a line 3'],
    ],
    ['of somebody else', "import { main } from 'elsewhere';\nexport { main };\n", ['/a nobody']],
  ])('%s', async (_, module, expected) => {
    expect(await lambda(module)).toEqual(expected);
  });
  it.each([
    ['in the chain that makes it', 'export const main = middy(async () => 1).use(check()).use([shape(), log()]);'],
    ['of its name', 'export const main = wrap(async () => 1);\nmain.use(check()).use([shape(), log()]);'],
    [
      'of its name, one by one',
      'export const main = wrap(async () => 1);\nmain.use(check());\nmain.use([shape(), log()]);',
    ],
  ])('what stands before it, %s', async (_, statements) => {
    const wiring = await wired({
      'package.json': pkg('@middy/core'),
      'serverless.yml':
        'service: a\nprovider: { name: aws }\nfunctions:\n  a: { handler: src/a.main, events: [{ httpApi: GET /a }] }\n',
      'src/a.js': `import middy from '@middy/core';\nimport { check, log, shape, wrap } from './own.js';\n${statements}\n`,
      'src/own.js': 'export const [check, log, shape, wrap] = [];\n',
    });
    const [route] = wiring.routes();
    expect(route!.middleware.map((value) => value.kind === 'call' && value.callee).sort()).toEqual([
      'check',
      'log',
      'shape',
    ]);
  });
});

describe('a route that is described before it is answered', () => {
  const described =
    "import { createRoute } from '@hono/zod-openapi';\nexport const list = createRoute({ method: 'get', path: '/all', request: { query: shape } });\nexport const other = createRoute({ method: 'post', path: '/other', middleware: [check] });\nexport const notes = { path: '/never' };\n";
  it.each<[string, string, string, string[]]>([
    [
      'in place',
      '',
      "app.openapi(createRoute({ method: 'get', path: '/a' }), (c) => c.json(1));",
      ['GET /a, 0 before'],
    ],
    [
      'under a name',
      '',
      "const list = createRoute({ method: 'put', path: '/a' });\napp.openapi(list, (c) => c.json(1));",
      ['PUT /a, 0 before'],
    ],
    [
      'in another module',
      "import { list } from './routes.js';",
      'app.openapi(list, (c) => c.json(1));',
      ['GET /all, 1 before'],
    ],
    [
      'in another module, under another name',
      "import { other as mine } from './routes.js';",
      'app.openapi(mine, (c) => c.json(1));',
      ['POST /other, 1 before'],
    ],
    [
      'in a namespace',
      "import * as routes from './routes.js';",
      'app.openapi(routes.other, (c) => c.json(1));',
      ['POST /other, 1 before'],
    ],
    ['as something else', "import { notes } from './routes.js';", 'app.openapi(notes, (c) => c.json(1));', []],
    ['by another function', '', "app.openapi(createRouter({ method: 'get', path: '/a' }), (c) => c.json(1));", []],
    ['by a text', '', "app.openapi('list', (c) => c.json(1));", []],
  ])('%s', async (_, imports, statements, expected) => {
    const wiring = await wired({
      'package.json': pkg('@hono/zod-openapi'),
      'src/index.js': `import { OpenAPIHono, createRoute } from '@hono/zod-openapi';\n${imports}\nconst app = new OpenAPIHono();\n${statements}\nexport default app;\n`,
      'src/routes.js': described,
    });
    expect(
      wiring.routes().map(({ method, path, middleware }) => `${method} ${path}, ${middleware.length} before`),
    ).toEqual(expected);
  });
});
