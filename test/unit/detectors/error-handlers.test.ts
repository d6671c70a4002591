import { describe, expect, it } from 'vitest';
import { app, asked, at, service } from './_asked.ts';

const hides = (files: Record<string, string>) => asked('hides-errors', { ask: 'hides' }, files);
const registered = (files: Record<string, string>) => asked('hides-errors', { ask: 'registered' }, files);
/** `hidden`, or where the error is shown. */
const shown = async (files: Record<string, string>): Promise<string> => {
  const [answer, ...evidence] = await hides(files);
  return answer === 'no' ? evidence.join() : 'hidden';
};

const stage = 'export const stage = process.env.STAGE;\n';
const koa = (statements: string, imports = '', more: Record<string, string> = {}, dependencies: string[] = []) => ({
  'package.json': service({}, ['koa', ...dependencies]),
  'src/index.js': `import Koa from 'koa';\n${imports}\nconst app = new Koa();\n${statements}\napp.listen(3000);\n`,
  ...more,
});
const nest = (module: string, more: Record<string, string> = {}, dependencies: string[] = [], main = '') => ({
  'package.json': service({ scripts: { start: 'tsx src/index.ts' } }, [
    '@nestjs/core',
    '@nestjs/common',
    ...dependencies,
  ]),
  'src/index.ts': `import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module.js';\n${main}\nNestFactory.create(AppModule).then((app) => app.listen(3000));\n`,
  'src/app.module.ts': `import { Controller, Get, Module } from '@nestjs/common';\n@Controller('notes')\nexport class Notes {\n  @Get() all() { return []; }\n}\n${module}\nexport class AppModule {}\n`,
  ...more,
});
const filter = (body: string, head = '@Catch()\nexport class AllFilter {') =>
  `import { Catch } from '@nestjs/common';\n${head}\n  catch(exception, host) { ${body} }\n}\n`;
const fails = "host.switchToHttp().getResponse().status(500).json({ error: 'failed' });";
const tells = 'host.switchToHttp().getResponse().status(500).json({ error: exception.message });';

describe('a handler in use', () => {
  const ends = '(req, res) => res.status(500).end()';
  it.each<[string, Record<string, string>, string[]]>([
    ...(
      [
        ['errorHandler', ['yes', 'src/index.js:5 use: error handler']],
        ['onError', ['yes', 'src/index.js:5 use: error handler']],
        ['on_error', ['yes', 'src/index.js:5 use: error handler']],
        ['_errorHandler', ['yes', 'src/index.js:5 use: error handler']],
        ['exceptionFilter', ['yes', 'src/index.js:5 use: error handler']],
        ['errors', ['yes', 'src/index.js:5 use: error handler']],
        ['handleError', ['no']],
        ['terrorHandler', ['no']],
      ] as const
    ).map(([name, expected]): [string, Record<string, string>, string[]] => [
      `by the name ${name}`,
      at(app(`const ${name} = ${ends};\napp.use(${name});`)),
      expected as unknown as string[],
    ]),
    [
      'by the name of a member',
      at(app(`const all = { errorHandler: ${ends} };\napp.use(all.errorHandler);`)),
      ['yes', 'src/index.js:5 use: error handler'],
    ],
    [
      'made by a name',
      at(app(`const errorHandler = () => ${ends};\napp.use(errorHandler());`)),
      ['yes', 'src/index.js:5 use: error handler'],
    ],
    [
      'written there by a name alone',
      at(app(`app.use(function errorHandler(req, res) { res.status(500).end(); });`)),
      ['no'],
    ],
    [
      'of a package',
      at(app('app.use(problems({}));', "import problems from 'express-http-problem-details';"), {}, [
        'express-http-problem-details',
      ]),
      ['yes', 'src/index.js:4 use: error handler'],
    ],
    [
      'of a package that is none',
      at(app('app.use(squeeze({}));', "import squeeze from 'compression';"), {}, ['compression']),
      ['no'],
    ],
    [
      'of Hono',
      {
        'package.json': service({}, ['hono', '@hono/node-server']),
        'src/index.js':
          "import { serve } from '@hono/node-server';\nimport { Hono } from 'hono';\nconst app = new Hono();\napp.get('/notes', (c) => c.json([]));\napp.onError((problem, c) => c.json({ error: 'failed' }, 500));\nserve(app);\n",
      },
      ['yes', 'src/index.js:5 onError: error handler'],
    ],
    [
      'a plugin of Fastify by its name',
      {
        'package.json': service({}, ['fastify']),
        'src/index.js':
          "import Fastify from 'fastify';\nimport { errorHandler } from './errors.js';\nconst app = Fastify();\napp.get('/notes', async () => []);\napp.register(errorHandler);\napp.listen({ port: 3000 });\n",
        'src/errors.js': `export const errorHandler = async (app) => app.log.info('a');\n${stage}`,
      },
      ['no'],
    ],
    [
      'of Nest, among what the module provides',
      nest(
        "import { APP_FILTER } from '@nestjs/core';\nimport { AllFilter } from './all.filter.js';\n@Module({ controllers: [Notes], providers: [{ provide: APP_FILTER, useClass: AllFilter }] })",
        { 'src/all.filter.ts': filter(fails) },
      ),
      ['yes', 'src/app.module.ts:8 APP_FILTER: error handler', 'src/all.filter.ts:2 exception filter AllFilter'],
    ],
    [
      'with four parameters, elsewhere than in use',
      at(app("app.all('/notes', (a, req, res, next) => res.status(500).end());")),
      ['no'],
    ],
    [
      'with four parameters that end a hook',
      {
        'package.json': service({}, ['fastify']),
        'src/index.js':
          "import Fastify from 'fastify';\nconst app = Fastify();\napp.get('/notes', async () => []);\napp.addHook('preHandler', (a, req, res, next) => res.send(500));\napp.listen({ port: 3000 });\n",
      },
      ['no'],
    ],
    [
      'of Koa, by a promise',
      koa('app.use((ctx, next) => next().catch((e) => { ctx.status = 500; }));'),
      ['yes', 'src/index.js:4 a function catches what the handlers it wraps throw'],
    ],
    [
      'of Koa, without await',
      koa('app.use((ctx, next) => { try { return next(); } catch (e) { ctx.status = 500; } });'),
      ['no'],
    ],
    [
      'of Koa, not asynchronous',
      koa('app.use((ctx, next) => { try { await next(); } catch (e) { ctx.status = 400; } });'),
      ['no'],
    ],
    [
      'of Koa, with three parameters',
      koa('app.use(async (a, b, next) => { try { await next(); } catch (e) { a.status = 400; } });'),
      ['no'],
    ],
    [
      'of Koa, with a parameter',
      koa('app.use(async (next) => { try { await next(); } catch (e) { a.status = 400; } });'),
      ['no'],
    ],
    ['nothing', at(app(ends)), ['no']],
  ])('%s', async (_, files, expected) => expect(await registered(files)).toEqual(expected));
});

describe('a handler that exists', () => {
  const beside = (source: string) =>
    at(app("app.get('/notes', (req, res) => res.json([]));"), { 'src/errors.js': source });
  const answers = '{ res.status(500).json({}); }';
  it.each<[string, string]>([
    [
      `export const failed = (err, req, res, next) => ${answers};`,
      'src/errors.js:1 failed has the shape of error middleware and is not registered',
    ],
    [
      `export const failed = (_err, req, res, next) => ${answers};`,
      'src/errors.js:1 failed has the shape of error middleware and is not registered',
    ],
    [
      `export const failed = (e, req, res, next) => ${answers};`,
      'src/errors.js:1 failed has the shape of error middleware and is not registered',
    ],
    [
      `export const failed = (ex, req, res, next) => ${answers};`,
      'src/errors.js:1 failed has the shape of error middleware and is not registered',
    ],
    [
      `export const failed = (exception, req, res, next) => ${answers};`,
      'src/errors.js:1 failed has the shape of error middleware and is not registered',
    ],
    [`export const failed = (errs, req, res, next) => ${answers};`, 'none'],
    [`export const failed = (merr, req, res, next) => ${answers};`, 'none'],
    [`export const failed = (err, req, res) => ${answers};`, 'none'],
    [`export const failed = (err, req, res, next, more) => ${answers};`, 'none'],
    [`export const failed = (err, req, out, next) => { out.status(500).json(res.json); };`, 'none'],
    [
      `export const failed = (err, req, reply, next) => { reply.code(500).send(res.json); };`,
      'src/errors.js:1 failed has the shape of error middleware and is not registered',
    ],
    [
      `export const failed = (err, req, res, next) => { next(err); res.json; };`,
      'src/errors.js:1 failed has the shape of error middleware and is not registered',
    ],
    [`export const failed = (err, req, res, next) => { next(err); log(req.body); };`, 'none'],
    [
      `export const failed = (err, req, $res, next) => { $res.status(500).json(req.body); next(); };`,
      'src/errors.js:1 failed has the shape of error middleware and is not registered',
    ],
    [`export const failed = (err, req, $res, next) => { next(err); log(req.body); };`, 'none'],
    [
      `export const failed = (err, req, { res }, next) => { next(err); res.json({}); };`,
      'src/errors.js:1 failed has the shape of error middleware and is not registered',
    ],
    [
      `export default (err, req, res, next) => ${answers};`,
      'src/errors.js:1 default has the shape of error middleware and is not registered',
    ],
    [
      `export const all = [(err, req, res, next) => ${answers}];`,
      'src/errors.js:1 a function has the shape of error middleware and is not registered',
    ],
  ])('%s', async (source, expected) => {
    const [answer, ...found] = await asked('hides-errors', { ask: 'handler' }, beside(source));
    expect(answer === 'yes' ? found.join() : 'none').toEqual(expected);
  });
});

describe('classes', () => {
  const controllers = (source: string, used = 'Failures') =>
    at(
      app(
        `useExpressServer(app, { middlewares: [${used}] });`,
        "import { useExpressServer } from 'routing-controllers';\nimport * as all from './failures.js';\nconst { Failures } = all;",
      ),
      {
        'src/failures.ts': `import { Middleware } from 'routing-controllers';\nimport * as rc from 'routing-controllers';\n${source}\n${stage}`,
      },
      ['routing-controllers'],
    );
  const body = '  error(error, request, response, next) { response.sendStatus(500); }\n';
  it.each<[string, Record<string, string>, string[]]>([
    [
      'of middleware',
      controllers(`@Middleware({ type: 'after' })\nexport class Failures {\n${body}}`),
      ['yes', 'src/failures.ts:5 error middleware Failures'],
    ],
    [
      'of middleware, by the module',
      controllers(`@rc.Middleware({ type: 'after' })\nexport class Failures {\n${body}}`),
      ['yes', 'src/failures.ts:5 error middleware Failures'],
    ],
    [
      'of middleware of another kind',
      controllers(`@Middlewares({ type: 'after' })\nexport class Failures {\n${body}}`),
      ['yes', 'src/failures.ts:5 error has the shape of error middleware and is not registered'],
    ],
    [
      'with a call of the name',
      controllers(`Middleware({ type: 'after' });\nexport class Failures {\n${body}}`),
      ['yes', 'src/failures.ts:5 error has the shape of error middleware and is not registered'],
    ],
    [
      'with a method of the name',
      controllers(`export class Failures {\n  @Middleware() run() {}\n${body}}`),
      ['yes', 'src/failures.ts:5 error has the shape of error middleware and is not registered'],
    ],
    [
      'with three parameters',
      controllers(
        `@Middleware({ type: 'after' })\nexport class Failures {\n  error(error, request, response) { response.sendStatus(500); }\n}`,
      ),
      ['yes', 'src/failures.ts:5 error middleware Failures'],
    ],
    [
      'with two',
      controllers(
        `@Middleware({ type: 'after' })\nexport class Failures {\n  error(error, response) { response.sendStatus(500); }\n}`,
      ),
      ['no'],
    ],
    [
      'with the method in another',
      controllers(
        `@Middleware({ type: 'after' })\nexport class Failures {\n  use() {}\n}\nexport class Other {\n${body}}`,
      ),
      ['yes', 'src/failures.ts:8 error has the shape of error middleware and is not registered'],
    ],
    [
      'that nothing uses',
      {
        ...controllers(`export class Failures {}`),
        'src/other.ts': `import { Middleware } from 'routing-controllers';\n@Middleware({ type: 'after' })\nexport class Other {\n${body}}\n${stage}`,
      },
      [
        'yes',
        'src/other.ts:4 error has the shape of error middleware and is not registered',
        'src/other.ts:4 error middleware Other',
      ],
    ],
    [
      'a filter that nothing uses',
      nest('@Module({ controllers: [Notes] })', { 'src/all.filter.ts': filter(fails) }),
      ['yes', 'src/all.filter.ts:2 exception filter AllFilter'],
    ],
    [
      'a filter of another name',
      nest('@Module({ controllers: [Notes] })', {
        'src/all.filter.ts': filter(fails, '@Catches()\nexport class AllFilter {'),
      }),
      ['no'],
    ],
    [
      'a filter by the module',
      nest('@Module({ controllers: [Notes] })', {
        'src/all.filter.ts': filter(
          fails,
          "import * as nest from '@nestjs/common';\n@nest.Catch()\nexport class AllFilter {",
        ),
      }),
      ['yes', 'src/all.filter.ts:3 exception filter AllFilter'],
    ],
    [
      'a filter that is called',
      nest('@Module({ controllers: [Notes] })', {
        'src/all.filter.ts': filter(fails, 'Catch();\nexport class AllFilter {'),
      }),
      ['no'],
    ],
  ])('%s', async (_, files, expected) =>
    expect(await asked('hides-errors', { ask: 'handler' }, files)).toEqual(expected),
  );

  const used = (head: string, source: string, name = 'AllFilter') =>
    nest(
      '@Module({ controllers: [Notes] })',
      { 'src/all.filter.ts': source },
      [],
      `${head}\nNestFactory.create(AppModule).then((app) => app.useGlobalFilters(${name}));`,
    );
  const anonymous = (head: string) => `${head}\n  catch(exception, host) { ${tells} }\n}\n${stage}`;
  it.each<[string, Record<string, string>, string]>([
    [
      'made there',
      used("import { AllFilter } from './all.filter.js';", anonymous('export class AllFilter {'), 'new AllFilter()'),
      'src/all.filter.ts:2 sends exception.message or the error itself to the caller',
    ],
    [
      'by its default',
      used("import Filter from './all.filter.js';", anonymous('export default class AllFilter {'), 'new Filter()'),
      'src/all.filter.ts:2 sends exception.message or the error itself to the caller',
    ],
    [
      'by its default, named after',
      used(
        "import Filter from './all.filter.js';",
        `${anonymous('class AllFilter {')}export default AllFilter;\n`,
        'new Filter()',
      ),
      'src/all.filter.ts:2 sends exception.message or the error itself to the caller',
    ],
    [
      'by its default, without a name',
      used("import Filter from './all.filter.js';", anonymous('export default class {'), 'new Filter()'),
      'src/all.filter.ts:2 sends exception.message or the error itself to the caller',
    ],
    [
      'by its default, without a name, of another',
      used("import Filter from './all.filter.js';", anonymous('export default class extends Base {'), 'new Filter()'),
      'src/all.filter.ts:2 sends exception.message or the error itself to the caller',
    ],
    [
      'by its default, beside another',
      used(
        "import Filter from './all.filter.js';",
        `class Other {\n  catch(exception, host) { ${fails} }\n}\n${anonymous('export default class AllFilter {')}`,
        'new Filter()',
      ),
      'src/all.filter.ts:5 sends exception.message or the error itself to the caller',
    ],
    [
      'beside another',
      used(
        "import { AllFilter } from './all.filter.js';",
        `class Other {\n  catch(exception, host) { ${fails} }\n}\n${anonymous('export class AllFilter {')}`,
        'new AllFilter()',
      ),
      'src/all.filter.ts:5 sends exception.message or the error itself to the caller',
    ],
    [
      'the other',
      used(
        "import { AllFilter } from './all.filter.js';",
        `${anonymous('class Other {')}export class AllFilter {\n  catch(exception, host) { ${fails} }\n}\n`,
        'new AllFilter()',
      ),
      'hidden',
    ],
    [
      'with another method before',
      used(
        "import { AllFilter } from './all.filter.js';",
        anonymous(`export class AllFilter {\n  other(exception, host) { ${fails} }`),
        'new AllFilter()',
      ),
      'src/all.filter.ts:3 sends exception.message or the error itself to the caller',
    ],
    [
      'with another method that tells',
      used(
        "import { AllFilter } from './all.filter.js';",
        `export class AllFilter {\n  other(exception, host) { ${tells} }\n  catch(exception, host) { ${fails} }\n}\n`,
        'new AllFilter()',
      ),
      'hidden',
    ],
    [
      'of the same file',
      nest(
        '@Module({ controllers: [Notes] })',
        {},
        [],
        `class AllFilter {\n  catch(exception, host) { ${tells} }\n}\nNestFactory.create(AppModule).then((app) => app.useGlobalFilters(new AllFilter()));`,
      ),
      'src/index.ts:4 sends exception.message or the error itself to the caller',
    ],
    [
      'made before',
      nest(
        '@Module({ controllers: [Notes] })',
        {},
        [],
        `class AllFilter {\n  catch(exception, host) { ${tells} }\n}\nconst all = new AllFilter();\nNestFactory.create(AppModule).then((app) => app.useGlobalFilters(all));`,
      ),
      'hidden',
    ],
    [
      'handed over as a class',
      nest(
        '@Module({ controllers: [Notes] })',
        {},
        [],
        `class AllFilter {\n  catch(exception, host) { ${tells} }\n}\nNestFactory.create(AppModule).then((app) => app.useGlobalFilters(AllFilter));`,
      ),
      'src/index.ts:4 sends exception.message or the error itself to the caller',
    ],
  ])('a filter %s', async (_, files, expected) => expect(await shown(files)).toEqual(expected));
});

describe('the place of the handler', () => {
  const handler = "app.use((err, req, res, next) => res.status(500).json({ error: 'failed' }));";
  const list = '(req, res) => res.json([])';
  it.each<[string, string, string]>([
    ['behind the routes', `app.get('/a', ${list});\n${handler}`, 'hidden'],
    [
      'before a route',
      `${handler}\napp.get('/a', ${list});`,
      'src/index.js:4 stands before the first route (line 5), and gets no error of any',
    ],
    [
      'before a router',
      `${handler}\napp.use('/a', notes);`,
      'src/index.js:4 stands before the first route (line 5), and gets no error of any',
    ],
    [
      'before two',
      `${handler}\napp.post('/a', ${list});\napp.put('/b', ${list});`,
      'src/index.js:4 stands before the first route (line 5), and gets no error of any',
    ],
    ['between two', `app.put('/a', ${list});\n${handler}\napp.patch('/b', ${list});`, 'hidden'],
    ['before other middleware', `${handler}\napp.use(notes);`, 'hidden'],
    ['before a setting', `${handler}\napp.get('port');`, 'hidden'],
    [
      'before a deletion',
      `${handler}\n\napp.delete('/a', ${list});`,
      'src/index.js:4 stands before the first route (line 6), and gets no error of any',
    ],
    [
      'before any verb',
      `${handler}\napp.all('/a', ${list});`,
      'src/index.js:4 stands before the first route (line 5), and gets no error of any',
    ],
    [
      'before a group',
      `${handler}\napp.route('/a', notes);`,
      'src/index.js:4 stands before the first route (line 5), and gets no error of any',
    ],
    ['before a setting with a value', `${handler}\napp.set('a', 'b');`, 'hidden'],
    ['before a list of paths', `${handler}\napp.get(['/a', '/b'], ${list});`, 'hidden'],
    ["before another's routes", `${handler}\nnotes.get('/a', ${list});`, 'hidden'],
    ["before a member's routes", `${handler}\napp.notes.get('/a', ${list});`, 'hidden'],
    ['before routes of a longer name', `${handler}\napplication.get('/a', ${list});`, 'hidden'],
    ['twice, once before and once behind', `${handler}\napp.get('/a', ${list});\n${handler}`, 'hidden'],
    [
      'twice, each before',
      `${handler}\n${handler}\napp.get('/a', ${list});`,
      'src/index.js:4 stands before the first route (line 6), and gets no error of any,src/index.js:5 stands before the first route (line 6), and gets no error of any',
    ],
    ['without any routes', handler, 'hidden'],
    [
      'under a path',
      `app.use('/a', (err, req, res, next) => res.status(500).end());\napp.get('/a', ${list});`,
      'hidden',
    ],
    [
      'with three parameters, by its name',
      `const errorHandler = (req, res, next) => res.status(500).end();\napp.use(errorHandler);\napp.get('/a', ${list});`,
      'hidden',
    ],
    [
      'with others of the line',
      `app.use(json); ${handler}\napp.get('/a', ${list});`,
      'src/index.js:4 stands before the first route (line 5), and gets no error of any',
    ],
  ])('%s', async (_, statements, expected) => {
    expect(await shown(at(app(statements, 'const notes = express.Router();')))).toEqual(expected);
  });
});

describe("Koa's answer", () => {
  const caught = (body: string, name = 'err') =>
    koa(`app.use(async (ctx, next) => {\n  try {\n    await next();\n  } catch (${name}) {\n    ${body}\n  }\n});`);
  it.each<[string, string]>([
    [
      'ctx.status = 400;\n    ctx.body = { message: err.message };',
      'src/index.js:9 answers with err.message or the error itself',
    ],
    ["ctx.status = 400;\n    ctx.body = { message: 'failed' };", 'hidden'],
    ['ctx.body = err;', 'src/index.js:8 answers with err.message or the error itself'],
    [
      'ctx.body = { message: err.message };\n    ctx.body = { stack: err.stack };',
      'src/index.js:8 answers with err.message or the error itself,src/index.js:9 answers with err.message or the error itself',
    ],
    [
      "if (err instanceof Refused) {\n      ctx.body = { message: err.message };\n    } else {\n      ctx.body = { message: 'failed' };\n    }",
      'hidden',
    ],
    [
      'if (err instanceof Refused) {\n      ctx.body = { code: err.code };\n    } else {\n      ctx.body = { message: err.message };\n    }',
      'src/index.js:11 answers with err.message or the error itself',
    ],
    [
      "if (err.name === 'Refused') ctx.body = 'refused';\n    else ctx.body = err.message;",
      'src/index.js:9 answers with err.message or the error itself',
    ],
    ["ctx.body = isProd ? 'failed' : err.message;", 'hidden'],
    ['ctx.throw(500, err.message);', 'hidden'],
  ])('%s', async (body, expected) => expect(await shown(caught(body))).toEqual(expected));
  it.each<[string, string, string]>([
    ['problem', 'ctx.body = problem.message;', 'src/index.js:8 answers with problem.message or the error itself'],
    ['problem', 'ctx.body = err.message;', 'hidden'],
    ['e', 'ctx.body = e.message;', 'src/index.js:8 answers with e.message or the error itself'],
  ])('%s: %s', async (name, body, expected) => expect(await shown(caught(body, name))).toEqual(expected));
});

describe('a GraphQL server', () => {
  const apollo = (
    made: string,
    more = '',
    dependencies: string[] = ['@apollo/server'],
    imports = "import { ApolloServer } from '@apollo/server';\nimport { startStandaloneServer } from '@apollo/server/standalone';",
  ) => ({
    'package.json': service({}, dependencies),
    'src/index.js': `${imports}\n${more}\nconst server = ${made};\nstartStandaloneServer(server, { listen: { port: 4000 } });\n`,
  });
  it.each<[string, Record<string, string>, string]>([
    [
      'without a say',
      apollo('new ApolloServer({ typeDefs, resolvers })'),
      'src/index.js:4 ApolloServer without formatError sends error messages on',
    ],
    ['with a say', apollo('new ApolloServer({ typeDefs, resolvers, formatError: tidy })'), 'hidden'],
    ['with what is spread', apollo('new ApolloServer({ ...options })'), 'hidden'],
    ['with options of a name', apollo('new ApolloServer(options)'), 'hidden'],
    ['without options', apollo('new ApolloServer()'), 'hidden'],
    ['by a function', apollo('ApolloServer({ typeDefs, resolvers })'), 'hidden'],
    ['of another name', apollo('new ApolloServerOfOurs({ typeDefs, resolvers })'), 'hidden'],
    ['of a longer name', apollo('new MyApolloServer({ typeDefs, resolvers })'), 'hidden'],
    [
      'by the module',
      apollo('new apollo.ApolloServer({ typeDefs, resolvers })', "import * as apollo from '@apollo/server';"),
      'src/index.js:4 apollo.ApolloServer without formatError sends error messages on',
    ],
    [
      'that nothing makes',
      {
        ...at(app("app.get('/notes', (req, res) => res.json([]));"), {}, ['@apollo/server']),
        'src/other.js': `import { ApolloServer } from '@apollo/server';\nexport const make = () => new ApolloServer({ typeDefs });\n${stage}`,
      },
      'hidden',
    ],
  ])('%s', async (_, files, expected) => expect(await shown(files)).toEqual(expected));

  const formatted = (fn: string, more = '', dependencies = ['@apollo/server']) =>
    apollo('new ApolloServer(options)', `${more}const options = {\n  typeDefs,\n  ${fn},\n};`, dependencies);
  it.each<[string, string]>([
    ['formatError: (error) => ({ message: error.message })', 'src/index.js:5 formatError sends error messages on'],
    [
      'formatError(error) {\n    return { message: error.message };\n  }',
      'src/index.js:5 formatError sends error messages on',
    ],
    ['formatError: (error)=>({message:error.message})', 'src/index.js:5 formatError sends error messages on'],
    [
      'formatError: (error) => ({ message: error?.message, path: error.path })',
      'src/index.js:5 formatError sends error messages on',
    ],
    [
      'formatError: (error) => ({\n    message : error.message\n  })',
      'src/index.js:5 formatError sends error messages on',
    ],
    ["formatError: (error) => ({ message: error.message + '' })", 'hidden'],
    ['formatError: (error) => ({ message: other.message })', 'hidden'],
    ['formatError: (error) => ({ messages: error.message })', 'hidden'],
    ['formatError: ({ message }) => ({ message })', 'hidden'],
    ['formatError: () => ({ message: error.message })', 'hidden'],
    ['formatErrors: (error) => ({ message: error.message })', 'hidden'],
    ['format: (error) => ({ message: error.message })', 'hidden'],
    ["formatError: (error) => error.known ? { message: error.message } : { message: 'failed' }", 'hidden'],
    ['formatError: (error) => { if (error.known) log(error); return { message: error.message }; }', 'hidden'],
    ['formatError: (error) => { switch (error.code) {} return { message: error.message }; }', 'hidden'],
    ['formatError: (error) => { log(process.env.NODE_ENV); return { message: error.message }; }', 'hidden'],
    ['formatError: (error) => { log(error instanceof A); return { message: error.message }; }', 'hidden'],
    [
      'formatError: (error) => ({ code: error.code ?? 1, message: error.message })',
      'src/index.js:5 formatError sends error messages on',
    ],
    [
      'formatError: (error) => ({ code: error.extensions?.code, message: error.message })',
      'src/index.js:5 formatError sends error messages on',
    ],
    [
      'formatError: (error) => {\n    // if it is known\n    return { message: error.message };\n  }',
      'src/index.js:5 formatError sends error messages on',
    ],
    [
      'formatError: (error) => {\n    /* if it\n * is known */\n    return { message: error.message };\n  }',
      'src/index.js:5 formatError sends error messages on',
    ],
    [
      "formatError: (error) => {\n    // return { message: error.message };\n    return { message: 'failed' };\n  }",
      'hidden',
    ],
    [
      "formatError: (error) => {\n    /* return {\n message: error.message }; */\n    return { message: 'failed' };\n  }",
      'hidden',
    ],
    ["formatError: (error) => ({ message: 'failed' }),\n  other: (error) => ({ message: error.message })", 'hidden'],
  ])('that shows %s', async (fn, expected) => expect(await shown(formatted(fn))).toEqual(expected));

  it.each<[string, Record<string, string>, string]>([
    [
      'of no server of the kind',
      at(
        app(
          "const options = { formatError: (error) => ({ message: error.message }) };\napp.get('/graphql', (req, res) => res.json(options));",
        ),
      ),
      'hidden',
    ],
    [
      'of a framework that looks alike',
      { ...formatted('formatError: (error) => ({ message: error.message })', '', ['my-apollo-server']) },
      'src/index.js:5 formatError sends error messages on',
    ],
    [
      'of a file that speaks of no such server',
      {
        ...apollo('new ApolloServer(options)', "import { options } from './options.js';"),
        'src/options.js': `export const options = { formatError: (error) => ({ message: error.message }) };\n${stage}`,
      },
      'hidden',
    ],
    [
      'of a file that is not reached',
      {
        ...apollo('new ApolloServer(options)', ''),
        'src/options.js': `// for GraphQL\nexport const options = { formatError: (error) => ({ message: error.message }) };\n${stage}`,
      },
      'hidden',
    ],
    [
      'of a file of GraphQL',
      {
        ...apollo('new ApolloServer(options)', "import { options } from './options.js';"),
        'src/options.js': `// for GraphQL\nexport const options = { formatError: (error) => ({ message: error.message }) };\n${stage}`,
      },
      'src/options.js:2 formatError sends error messages on',
    ],
  ])('that is %s', async (_, files, expected) => expect(await shown(files)).toEqual(expected));

  const module = (call: string, more = '') => {
    const files = nest(
      `@Module({ controllers: [Notes], imports: [${call}] })`,
      { 'src/options.ts': 'export class Options {}\n' },
      ['@nestjs/graphql', '@nestjs/apollo'],
    );
    const imports =
      "import { GraphQLModule } from '@nestjs/graphql';\nimport { ApolloDriver } from '@nestjs/apollo';\nimport { Options } from './options.js';\n";
    return { ...files, 'src/app.module.ts': imports + more + files['src/app.module.ts'] };
  };
  it.each<[string, string]>([
    [
      'GraphQLModule.forRoot({ driver: ApolloDriver })',
      'src/app.module.ts:9 GraphQLModule.forRoot without formatError sends error messages on',
    ],
    [
      'GraphQLModule.forRoot<ApolloDriverConfig>({ driver: ApolloFederationDriver })',
      'src/app.module.ts:9 GraphQLModule.forRoot without formatError sends error messages on',
    ],
    ['GraphQLModule.forRoot({ driver: MercuriusDriver })', 'hidden'],
    ['GraphQLModule.forRoot({ driver: ApolloDriver, formatError: tidy })', 'hidden'],
    ['GraphQLModule.forRoot({ driver: ApolloDriver, ...options })', 'hidden'],
    ['GraphQLModule.forRoot(options)', 'hidden'],
    ['GraphQLModule.forRoot()', 'hidden'],
    ['GraphQLModule.forRootOf({ driver: ApolloDriver })', 'hidden'],
    ['MyGraphQLModule.forRoot({ driver: ApolloDriver })', 'hidden'],
    ['GraphQLModule.forRootAsync({ driver: ApolloDriver, useClass: Options })', 'hidden'],
    ['GraphQLModule.forRootAsync({ driver: ApolloDriver, useExisting: Options })', 'hidden'],
    [
      'GraphQLModule.forRootAsync({ driver: ApolloDriver, useFactory: () => ({ playground: false }) })',
      'src/app.module.ts:9 GraphQLModule.forRootAsync without formatError sends error messages on',
    ],
    ['GraphQLModule.forRootAsync({ driver: ApolloDriver, useFactory: makeOptions })', 'hidden'],
    ['GraphQLModule.forRootAsync({ driver: ApolloDriver, useFactory: () => ({ ...config }) })', 'hidden'],
    ['GraphQLModule.forRootAsync({ driver: ApolloDriver, useFactory: () => ({ ...this.all.config }) })', 'hidden'],
    ['GraphQLModule.forRootAsync({ driver: ApolloDriver, useFactory: () => ({ ...graphqlSettings }) })', 'hidden'],
    ['GraphQLModule.forRootAsync({ driver: ApolloDriver, useFactory: () => ({ ...await made() }) })', 'hidden'],
    ['GraphQLModule.forRootAsync({ driver: ApolloDriver, useFactory: async () => ({ ...(await made()) }) })', 'hidden'],
    [
      "GraphQLModule.forRootAsync({ driver: ApolloDriver, useFactory: (all) => ({ ...all.get('graphql') }) })",
      'hidden',
    ],
    [
      'GraphQLModule.forRootAsync({ driver: ApolloDriver, useFactory: () => ({ ...extra }) })',
      'src/app.module.ts:9 GraphQLModule.forRootAsync without formatError sends error messages on',
    ],
  ])('%s', async (call, expected) => expect(await shown(module(call))).toEqual(expected));
  it('says so in another place', async () => {
    expect(
      await shown(module('GraphQLModule.forRoot({ driver: ApolloDriver })', '// formatError is left out\n')),
    ).toEqual('src/app.module.ts:10 GraphQLModule.forRoot without formatError sends error messages on');
  });
});

describe('tRPC', () => {
  const trpc = (made: string, more = '', routes = "app.use('/trpc', createExpressMiddleware({ router }));") =>
    at(
      app(
        routes,
        `import { initTRPC } from '@trpc/server';\nimport { createExpressMiddleware } from '@trpc/server/adapters/express';\n${more}const t = ${made};\nconst router = t.router({ notes: t.procedure.query(() => []) });`,
      ),
      {},
      ['@trpc/server'],
    );
  it.each<[string, string]>([
    ['initTRPC.create()', 'src/index.js:4 tRPC without errorFormatter sends error messages on'],
    ['initTRPC.context().create()', 'src/index.js:4 tRPC without errorFormatter sends error messages on'],
    ['initTRPC.create({ transformer })', 'src/index.js:4 tRPC without errorFormatter sends error messages on'],
    ['initTRPC.create({ ...options })', 'hidden'],
    ['initTRPC.create(options)', 'hidden'],
    ['initTRPC.create({ errorFormatter })', 'hidden'],
    [
      'initTRPC.create({ errorFormatter: ({ shape }) => shape })',
      'src/index.js:4 tRPC with an errorFormatter that changes nothing sends error messages on',
    ],
    ['initTRPC.create({ errorFormatter: ({ shape })=>shape })', 'hidden'],
    [
      'initTRPC.create({ errorFormatter: (given) => given.shape })',
      'src/index.js:4 tRPC with an errorFormatter that changes nothing sends error messages on',
    ],
    [
      'initTRPC.create({ errorFormatter: ({ shape }) => { return shape; } })',
      'src/index.js:4 tRPC with an errorFormatter that changes nothing sends error messages on',
    ],
    [
      'initTRPC.create({ errorFormatter: ({ shape }) => {\n  return shape\n} })',
      'src/index.js:4 tRPC with an errorFormatter that changes nothing sends error messages on',
    ],
    [
      'initTRPC.create({ errorFormatter({ shape }) { return shape; } })',
      'src/index.js:4 tRPC with an errorFormatter that changes nothing sends error messages on',
    ],
    ['initTRPC.create({ errorFormatter: ({ shape }) => ({ ...shape }) })', 'hidden'],
    ['initTRPC.create({ errorFormatter: ({ shape }) => shape.data })', 'hidden'],
    ['initTRPC.create({ errorFormatter: ({ shape }) => tidy(shape) })', 'hidden'],
    [
      'initTRPC.create({ errorFormatter: ({ shape, error }) => { log(error); return { ...shape, message: "failed" }; } })',
      'hidden',
    ],
    ['initTRPC.createOf()', 'hidden'],
    ['other.create()', 'hidden'],
  ])('%s', async (made, expected) => expect(await shown(trpc(made))).toEqual(expected));
  it.each<[string, Record<string, string>, string]>([
    [
      'without routes',
      at(
        app(
          "app.get('/notes', (req, res) => res.json([]));",
          "import { initTRPC } from '@trpc/server';\nconst t = initTRPC.create();",
        ),
        {},
        ['@trpc/server'],
      ),
      'hidden',
    ],
    [
      'beside other routes',
      trpc(
        'initTRPC.create()',
        '',
        "app.use('/trpc', createExpressMiddleware({ router }));\napp.get('/notes', (req, res) => res.json([]));",
      ),
      'src/index.js:4 tRPC without errorFormatter sends error messages on',
    ],
    ['of another package', trpc('makeTRPC.create()', "import { makeTRPC } from '@trpc/client';\n"), 'hidden'],
    ['of another member', trpc('lazy.create()', "import { lazy } from '@trpc/server';\n"), 'hidden'],
    [
      'that nothing makes',
      {
        ...trpc('initTRPC.create({ errorFormatter: tidy })'),
        'src/other.js': `import { initTRPC } from '@trpc/server';\nexport const make = () => initTRPC.create();\n${stage}`,
      },
      'hidden',
    ],
  ])('%s', async (_, files, expected) => expect(await shown(files)).toEqual(expected));
});

describe('SvelteKit', () => {
  const kit = (source: string, file = 'src/hooks.server.ts', frameworkOf = '@sveltejs/kit') => ({
    'package.json': JSON.stringify({
      name: 'web',
      scripts: { build: 'vite build', start: 'node build' },
      devDependencies: { [frameworkOf]: '2', svelte: '5', vite: '6' },
    }),
    'svelte.config.js': 'export default {};\n',
    'src/routes/+page.svelte': '<main></main>\n',
    'src/routes/api/+server.ts': 'export const GET = () => Response.json([]);\n',
    [file]: source,
  });
  const hook = (body: string) => `export const handleError = ({ error, id }) => {\n  ${body}\n};\n${stage}`;
  it.each<[string, Record<string, string>, string]>([
    [
      'the message',
      kit(hook('return { message: error.message };')),
      "src/hooks.server.ts:2 handleError hands the error's message on",
    ],
    [
      'the message, closely',
      kit(hook('return {message:error.message};')),
      "src/hooks.server.ts:2 handleError hands the error's message on",
    ],
    [
      'the message, widely',
      kit(hook('return {\n    message :  error.message };')),
      "src/hooks.server.ts:3 handleError hands the error's message on",
    ],
    [
      'the message as an error',
      kit(hook('return { message: (error as Error).message };')),
      "src/hooks.server.ts:2 handleError hands the error's message on",
    ],
    [
      'the message in a text',
      kit(hook('return { message: `failed: ${error.message}` };')),
      "src/hooks.server.ts:2 handleError hands the error's message on",
    ],
    [
      'the message of another name',
      kit(hook('const myError = error;\n  return { message: myError.message };')),
      "src/hooks.server.ts:3 handleError hands the error's message on",
    ],
    ['the message of something else', kit(hook('return { message: words.message };')), 'hidden'],
    ['in another member', kit(hook('return { code: 1, text: error.message };')), 'hidden'],
    ['beside another member', kit(hook("return { message: 'failed', text: error.message };")), 'hidden'],
    ['in development', kit(hook("return { message: dev ? error.message : '' };")), 'hidden'],
    ['by the environment', kit(hook('log(process.env.NODE_ENV);\n  return { message: error.message };')), 'hidden'],
    ['by that of the build', kit(hook('log(import.meta.env.PROD);\n  return { message: error.message };')), 'hidden'],
    [
      'from a folder of hooks',
      kit(hook('return { message: error.message };'), 'src/hooks.server/index.js'),
      "src/hooks.server/index.js:2 handleError hands the error's message on",
    ],
    ['from a hook of the browser', kit(hook('return { message: error.message };'), 'src/hooks.client.ts'), 'hidden'],
    [
      'from another hook',
      kit(
        `export const handle = ({ event }) => event;\nexport const other = ({ error }) => ({ message: error.message });\n${stage}`,
      ),
      'hidden',
    ],
    [
      'after another hook',
      kit(
        `export const handle = ({ event, err }) => ({ message: err.message });\nexport const handleError = () => ({ message: 'failed' });\n${stage}`,
      ),
      'hidden',
    ],
    ['without a hook', kit(stage), 'hidden'],
  ])('hands on %s', async (_, files, expected) => expect(await shown(files)).toEqual(expected));
});

describe('AdonisJS', () => {
  const adonis = (
    body: string,
    head = 'extends ExceptionHandler',
    file = 'app/exceptions/handler.ts',
    name = '@adonisjs/core',
  ) => ({
    'package.json': JSON.stringify({
      name: 'api',
      scripts: { start: 'node bin/server.js' },
      dependencies: { [name]: '6' },
    }),
    'adonisrc.ts': "import { defineConfig } from '@adonisjs/core/app';\nexport default defineConfig({});\n",
    'bin/server.ts': "import { Ignitor } from '@adonisjs/core';\nnew Ignitor().httpServer().start();\n",
    'start/routes.ts': "import router from '@adonisjs/core/services/router';\nrouter.get('/notes', () => []);\n",
    [file]: `import { ExceptionHandler } from '@adonisjs/core/http';\nexport default class Answers ${head} {\n  ${body}\n}\n`,
  });
  it.each<[string, Record<string, string>, string]>([
    [
      'nothing',
      adonis('status = 1;'),
      "app/exceptions/handler.ts:2 leaves the answer to AdonisJS, which sends the error's message on",
    ],
    [
      'to super',
      adonis('async handle(error, ctx) { return super.handle(error, ctx); }'),
      "app/exceptions/handler.ts:2 leaves the answer to AdonisJS, which sends the error's message on",
    ],
    ['to itself', adonis("async handle(error, ctx) { ctx.response.send('failed'); }"), 'hidden'],
    ['to itself, with room', adonis("async handle (error, ctx) { ctx.response.send('failed'); }"), 'hidden'],
    [
      'to another method',
      adonis("async rehandle(error, ctx) { ctx.response.send('failed'); }"),
      "app/exceptions/handler.ts:2 leaves the answer to AdonisJS, which sends the error's message on",
    ],
    ['to a renderer', adonis('async renderErrorAsJSON(error, ctx) { return super.handle(error, ctx); }'), 'hidden'],
    [
      'to a renderer, with room',
      adonis('async renderErrorAsJSON (error, ctx) { return super.handle(error, ctx); }'),
      'hidden',
    ],
    [
      'to a renderer of the fifth version',
      adonis('async makeJSONResponse(error, ctx) { return super.handle(error, ctx); }', 'extends HttpExceptionHandler'),
      'hidden',
    ],
    [
      'to a renderer of pages',
      adonis('async renderErrorAsHTML(error, ctx) { return super.handle(error, ctx); }'),
      "app/exceptions/handler.ts:2 leaves the answer to AdonisJS, which sends the error's message on",
    ],
    [
      'to the handler of HTTP',
      adonis('status = 1;', 'extends  HttpExceptionHandler'),
      "app/exceptions/handler.ts:2 leaves the answer to AdonisJS, which sends the error's message on",
    ],
    ['to a class of its own', adonis('status = 1;', 'extends Handler'), 'hidden'],
    ['in a sample', adonis('status = 1;', 'extends ExceptionHandler', 'examples/handler.ts'), 'hidden'],
  ])('leaves %s', async (_, files, expected) => expect(await shown(files)).toEqual(expected));
  it('is asked of its applications alone', async () => {
    expect(
      await shown(
        at(app("app.get('/a', (req, res) => res.json([]));"), {
          'src/errors.js': 'export class Answers extends ExceptionHandler {}\n',
        }),
      ),
    ).toEqual('hidden');
  });
});

describe('Moleculer', () => {
  const gateway = (
    more: string,
    head = "const Gateway = require('moleculer-web');",
    routes = "routes: [{ path: '/api' }]",
    file = 'services/gate.service.js',
    name = 'moleculer',
  ) => ({
    'package.json': JSON.stringify({
      name: 'shop',
      scripts: { start: 'moleculer-runner services' },
      dependencies: { [name]: '0.14', 'moleculer-web': '0.10' },
    }),
    [file]: `${head}\nmodule.exports = {\n  name: 'gate',\n  mixins: [Gateway],\n  settings: { ${routes} },\n  ${more}\n};\n`,
  });
  it.each<[string, Record<string, string>, string]>([
    ['nothing', gateway('created() {},'), "services/gate.service.js:1 the gateway answers with the error's message"],
    [
      'nothing, in other quotes',
      gateway('created() {},', '\n\nconst Gateway = require("moleculer-web");'),
      "services/gate.service.js:3 the gateway answers with the error's message",
    ],
    [
      'the message',
      gateway('onError(req, res, err) { res.end(err.message); },'),
      "services/gate.service.js:6 the gateway answers with the error's message",
    ],
    [
      'the message of an error',
      gateway('onError (req, res, error) { res.end(error.message); },'),
      "services/gate.service.js:6 the gateway answers with the error's message",
    ],
    [
      'the message by its name',
      gateway("onError: (req, res, err) => res.end(pick(err, 'message')),"),
      "services/gate.service.js:6 the gateway answers with the error's message",
    ],
    [
      'the error',
      gateway('methods: { sendError(req, res, err) { this.sendResponse(res, err); this.send(err); } },'),
      "services/gate.service.js:6 the gateway answers with the error's message",
    ],
    [
      'the error, with room',
      gateway('onError(req, res, err) { this.sendAll( err ); },'),
      "services/gate.service.js:6 the gateway answers with the error's message",
    ],
    ['words of its own', gateway("onError(req, res, err) { res.end('failed'); },"), 'hidden'],
    [
      'words of its own, by a code',
      gateway('onError(req, res, err) { res.end(err.code); res.resend(messages); },'),
      'hidden',
    ],
    [
      'nothing, but for a comment',
      gateway("/*\n onError(req, res, err) { res.end('failed'); } */"),
      "services/gate.service.js:1 the gateway answers with the error's message",
    ],
    [
      'a text far below',
      gateway(
        `onError(req, res, err) { res.end('failed'); },\n  text: '${'a'.repeat(1600)}',\n  other(err) { log(err.message); },`,
      ),
      'hidden',
    ],
    [
      'a text above',
      gateway(
        "onError(req, res, err) { res.end('failed'); },",
        "const Gateway = require('moleculer-web');\nconst told = (err) => err.message;",
      ),
      'hidden',
    ],
    ['no routes', gateway('created() {},', "const Gateway = require('moleculer-web');", 'paths: []'), 'hidden'],
    [
      'routes, with room',
      gateway('created() {},', "const Gateway = require('moleculer-web');", 'routes : []'),
      "services/gate.service.js:1 the gateway answers with the error's message",
    ],
    ['another gateway', gateway('created() {},', "const Gateway = require('moleculer-websockets');"), 'hidden'],
    [
      'a sample',
      gateway('created() {},', "const Gateway = require('moleculer-web');", 'routes: []', 'examples/gate.service.js'),
      'hidden',
    ],
    [
      'no Moleculer',
      {
        ...at(app("app.get('/a', (req, res) => res.json([]));")),
        'src/gate.js': "const Gateway = require('moleculer-web');\nexport const a = { routes: [] };\n",
      },
      'hidden',
    ],
  ])('answers with %s', async (_, files, expected) => expect(await shown(files)).toEqual(expected));
});
