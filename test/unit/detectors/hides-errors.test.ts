import { describe, expect, it } from 'vitest';
import { app, asked, at, framework, service } from './_asked.ts';

type Row = [title: string, files: Record<string, string>, expected: string[]];

/** An application with one handler of errors behind its routes. */
const handled = (body: string, params = 'err, req, res, next') =>
  at(
    app(`app.get('/notes', list);\napp.use((${params}) => {\n${body}\n});`, 'const list = (req, res) => res.json([]);'),
  );

/** An application with one route, and what the route does about an error. */
const caught = (body: string, name = 'err') =>
  at(
    app(
      `app.get('/notes', async (req, res) => {\n  try { res.json(await all()); } catch (${name}) {\n${body}\n  }\n});`,
    ),
  );

/** A Nuxt app with one route, and what the route does about an error. */
const nuxt = (body: string) => ({
  'package.json': JSON.stringify({
    name: 'web',
    scripts: { build: 'nuxt build', start: 'node .output/server/index.mjs' },
    dependencies: { nuxt: '3' },
  }),
  'app.vue': '<template><main /></template>\n',
  'server/api/notes.ts': `export default defineEventHandler(async (event) => {\n  try { return await all(); } catch (err) {\n${body}\n  }\n});\n`,
});

/** A SvelteKit app with a hook of errors. */
const kit = (body: string) => ({
  'package.json': JSON.stringify({
    name: 'web',
    scripts: { build: 'vite build', start: 'node build' },
    devDependencies: { '@sveltejs/kit': '2', svelte: '5', vite: '6' },
  }),
  'svelte.config.js': 'export default {};\n',
  'src/routes/+page.svelte': '<main></main>\n',
  'src/hooks.server.ts': `import { dev } from '$app/environment';\nexport const handleError = ({ error, id }) => {\n  ${body}\n};\n`,
});

const koa = (statements: string) => ({
  'package.json': service({}, ['koa']),
  'src/index.js': `import Koa from 'koa';\nconst app = new Koa();\n${statements}\napp.listen(3000);\n`,
});

const lambda = (body: string, more = '') => ({
  'package.json': JSON.stringify({ name: 'api', dependencies: { '@aws-sdk/client-s3': '3' } }),
  'serverless.yml':
    'service: api\nprovider:\n  name: aws\n  runtime: nodejs20.x\nfunctions:\n  list:\n    handler: src/list.handler\n    events:\n      - httpApi: GET /notes\n',
  'src/list.js': `${more}export const handler = async (event) => {\n  try { return { statusCode: 200, body: '[]' }; } catch (error) {\n${body}\n  }\n};\n`,
});

const nest = (main: string, more: Record<string, string> = {}, dependencies: string[] = []) => ({
  'package.json': service({ scripts: { start: 'tsx src/index.ts' } }, ['@nestjs/core', ...dependencies]),
  'src/index.ts': `import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module.js';\n${main}\n`,
  'src/app.module.ts':
    "import { Controller, Get, Module } from '@nestjs/common';\n@Controller('notes')\nexport class Notes {\n  @Get() all() { return []; }\n}\n@Module({ controllers: [Notes] })\nexport class AppModule {}\n",
  ...more,
});
const booted = 'NestFactory.create(AppModule).then((app) => app.listen(3000));';

describe('a handler that exists', () => {
  it.each<Row>([
    [
      'four parameters, given to use',
      handled("  res.status(500).json({ error: 'failed' });"),
      ['yes', 'src/index.js:5 use: error handler'],
    ],
    ['three parameters are ordinary middleware', handled('  res.end();', 'req, res, next'), ['no']],
    ['it hands the error on and answers nothing', handled('  console.error(err);\n  next(err);'), ['no']],
    [
      'it hands on only what it does not answer',
      handled('  if (res.headersSent) return next(err);\n  res.sendStatus(500);'),
      ['yes', 'src/index.js:5 use: error handler'],
    ],
    [
      'it hands the answer to a function of its own',
      handled('  answer(err, res);\n  next();'),
      ['yes', 'src/index.js:5 use: error handler'],
    ],
    [
      'by its name, from a module of ours',
      at(app('app.use(errorHandler());', "import { errorHandler } from './errors.js';"), {
        'src/errors.js': 'export const errorHandler = () => (err, req, res, next) => res.sendStatus(500);',
      }),
      ['yes', 'src/index.js:4 use: error handler'],
    ],
    [
      'a wrapper of handlers is named so and is none',
      at(app('app.use(catchAsyncErrorHandler(list));', "import { catchAsyncErrorHandler, list } from './errors.js';"), {
        'src/errors.js':
          'export const list = (req, res) => res.json([]);\nexport const catchAsyncErrorHandler = (fn) => (req, res, next) => fn(req, res, next);',
      }),
      ['no'],
    ],
    [
      'of a package',
      at(app('app.use(errorhandler());', "import errorhandler from 'errorhandler';"), {}, ['errorhandler']),
      ['yes', 'src/index.js:4 use: error handler'],
    ],
    [
      'written and not registered',
      at(app(''), {
        'src/errors.js':
          "export function onFailure(err, req, res, next) {\n  res.status(500).json({ error: 'failed' });\n}",
      }),
      ['yes', 'src/errors.js:1 onFailure has the shape of error middleware and is not registered'],
    ],
    [
      'written and not registered, by parameters of other names',
      at(app(''), {
        'src/errors.js':
          "export function onFailure(_error, req, reply, next) {\n  reply.status(500).json({ error: 'failed' });\n}",
        'src/middleware/other.js':
          "export function other(errors, req, res, next) {\n  res.status(500).json({ error: 'failed' });\n}\nexport function third(myerr, req, res, next) {\n  res.status(500).end();\n}",
      }),
      ['yes', 'src/errors.js:1 onFailure has the shape of error middleware and is not registered'],
    ],
    [
      'four parameters of something else',
      at(app(''), {
        'src/mail.js': 'export function send(from, to, response, text) {\n  return [from, to, response, text];\n}',
      }),
      ['no'],
    ],
    [
      'an error first, and no answer to give',
      at(app(''), { 'src/read.js': 'export function done(err, rows, fields, next) {\n  next(err);\n}' }),
      ['no'],
    ],
    [
      'Koa: the middleware around the others catches',
      koa(
        'app.use(async (ctx, next) => {\n  try {\n    await next();\n  } catch (err) {\n    ctx.status = 500;\n  }\n});',
      ),
      [
        'yes',
        'src/index.js:3 use: error handler',
        'src/index.js:3 a function catches what the handlers it wraps throw',
      ],
    ],
    [
      'Koa: it awaits the others and catches nothing',
      koa('app.use(async (ctx, next) => {\n  await next();\n  ctx.set("a", "b");\n});'),
      ['no'],
    ],
    [
      'Fastify: a hook of the server',
      {
        'package.json': service({}, ['fastify']),
        'src/index.js':
          "import Fastify from 'fastify';\nconst app = Fastify();\napp.get('/notes', async () => []);\napp.setErrorHandler((error, request, reply) => reply.code(500).send({ error: 'failed' }));\napp.listen({ port: 3000 });\n",
      },
      ['yes', 'src/index.js:4 setErrorHandler: error handler'],
    ],
    [
      'Nest: a filter in use',
      nest(
        "import { AllFilter } from './all.filter.js';\nNestFactory.create(AppModule).then((app) => { app.useGlobalFilters(new AllFilter()); app.listen(3000); });",
        {
          'src/all.filter.ts':
            "import { Catch } from '@nestjs/common';\n@Catch()\nexport class AllFilter {\n  catch(exception, host) { host.switchToHttp().getResponse().status(500).json({ error: 'failed' }); }\n}\n",
        },
      ),
      ['yes', 'src/index.ts:4 useGlobalFilters: error handler', 'src/all.filter.ts:2 exception filter AllFilter'],
    ],
    [
      'Nest: a filter that nothing uses',
      nest(booted, {
        'src/all.filter.ts':
          "import { Catch } from '@nestjs/common';\n@Catch()\nexport class AllFilter {\n  catch(exception, host) { host.switchToHttp().getResponse().status(500).json({ error: 'failed' }); }\n}\n",
      }),
      ['yes', 'src/all.filter.ts:2 exception filter AllFilter'],
    ],
    [
      'routing-controllers: a class of middleware with a method for it',
      at(
        app(
          'useExpressServer(app, { middlewares: [Failures] });',
          "import { useExpressServer } from 'routing-controllers';\nimport { Failures } from './failures.js';",
        ),
        {
          'src/failures.ts':
            "import { Middleware } from 'routing-controllers';\n@Middleware({ type: 'after' })\nexport class Failures {\n  error(error, request, response, next) { response.sendStatus(500); }\n}\n",
        },
        ['routing-controllers'],
      ),
      ['yes', 'src/failures.ts:4 error middleware Failures'],
    ],
    [
      'routing-controllers: a class of middleware without one',
      at(
        app(
          'useExpressServer(app, { middlewares: [Times] });',
          "import { useExpressServer } from 'routing-controllers';\nimport { Times } from './times.js';",
        ),
        {
          'src/times.ts':
            "import { Middleware } from 'routing-controllers';\n@Middleware({ type: 'before' })\nexport class Times {\n  use(request, response, next) { next(); }\n}\n",
        },
        ['routing-controllers'],
      ),
      ['no'],
    ],
    [
      'a function of a platform, which answers for it',
      lambda("    return { statusCode: 500, body: 'failed' };"),
      [
        'yes',
        'src/list.js:1 the platform answers what it throws with a plain 5xx (https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html)',
      ],
    ],
    [
      'a function around handlers, which hands on what it caught with the response',
      at(
        app(
          "app.get('/notes', adapter.adapt(list));",
          "import { adapter } from './adapter.js';\nconst list = async (asked) => [];",
        ),
        {
          'src/adapter.js':
            "class Adapter {\n  adapt = (handler) => async (req, res) => {\n    try {\n      res.json(await handler(req));\n    } catch (error) {\n      console.error(error);\n      this.handleError(res, error);\n    }\n  };\n\n  handleError(res, error) {\n    res.status(error.code ?? this.unknown).json({ error: 'failed' });\n  }\n}\nexport const adapter = new Adapter();\n",
        },
      ),
      ['yes', 'src/adapter.js:2 adapt catches what the handlers it wraps throw'],
    ],
    [
      'a function around handlers',
      at(
        app(
          "app.get('/notes', safely(list));",
          "import { safely } from './safely.js';\nconst list = async (req, res) => res.json([]);",
        ),
        {
          'src/safely.js':
            "export const safely = (run) => async (req, res) => {\n  try {\n    await run(req, res);\n  } catch (error) {\n    res.status(500).json({ error: 'failed' });\n  }\n};\n",
        },
      ),
      ['yes', 'src/safely.js:1 safely catches what the handlers it wraps throw'],
    ],
    [
      'a function around handlers, in a file of examples',
      at(
        app(
          "app.get('/notes', safely(list));",
          "import { safely } from '../examples/safely.js';\nconst list = async (req, res) => res.json([]);",
        ),
        {
          'examples/safely.js':
            "export const safely = (run) => async (req, res) => {\n  try {\n    await run(req, res);\n  } catch (error) {\n    res.status(500).json({ error: 'failed' });\n  }\n};\n",
        },
      ),
      ['no'],
    ],
    [
      'a function around handlers that answers nothing of 500',
      at(
        app(
          "app.get('/notes', safely(list));",
          "import { safely } from './safely.js';\nconst list = async (req, res) => res.json([]);",
        ),
        {
          'src/safely.js':
            "export const safely = (run) => async (req, res) => {\n  try {\n    await run(req, res);\n  } catch (error) {\n    res.status(400).json({ error: 'failed' });\n  }\n};\n",
        },
      ),
      ['no'],
    ],
    [
      'a function that answers what the promise of a handler rejects with',
      at(
        app(
          "app.get('/notes', safely(list));",
          "import { safely } from './safely.js';\nconst list = async (req, res) => res.json([]);",
        ),
        {
          'src/safely.js':
            "export const safely = (run) => (req, res) => {\n  Promise.resolve(run(req, res)).catch((error) => {\n    res.status(500).json({ error: 'failed' });\n  });\n};\n",
        },
      ),
      ['yes', 'src/safely.js:1 safely catches what the handlers it wraps throw'],
    ],
    [
      'a function around handlers that throws it again',
      at(
        app(
          "app.get('/notes', safely(list));",
          "import { safely } from './safely.js';\nconst list = async (req, res) => res.json([]);",
        ),
        {
          'src/safely.js':
            'export const safely = (run) => async (req, res) => {\n  try {\n    await run(req, res);\n  } catch (error) {\n    throw error;\n  }\n};\n',
        },
      ),
      ['no'],
    ],
    ['nothing', at(app("app.get('/notes', (req, res) => res.json([]));")), ['no']],
  ])('%s', async (_, files, expected) => {
    expect(await asked('hides-errors', { ask: 'handler' }, files)).toEqual(expected);
  });
});

it('follows a function that makes the handler', async () => {
  const files = at(
    app(
      "app.get('/notes', list);\napp.use(failures(console));",
      'const list = (req, res) => res.json([]);\nconst failures = (log) => (error, req, res, next) => {\n  log.error(error);\n  res.status(500).json({ said: error.message });\n};',
    ),
  );
  expect(await asked('hides-errors', { ask: 'hides' }, files)).toEqual([
    'no',
    'src/index.js:5 sends error.message or the error itself to the caller',
  ]);
});

describe('a handler that is registered', () => {
  it.each<Row>([
    ['in code that runs', handled('  res.sendStatus(500);'), ['yes', 'src/index.js:5 use: error handler']],
    [
      'in code that nothing runs',
      at(app(''), {
        'src/other.js':
          "import express from 'express';\nexport function make() {\n  const app = express();\n  app.use((err, req, res, next) => res.sendStatus(500));\n  return app;\n}\n",
      }),
      ['no', 'src/other.js:4 use: error handler, in code that nothing runs'],
    ],
    [
      'one that runs, of two',
      at(app('app.use((err, req, res, next) => res.sendStatus(500));'), {
        'src/errors.js': 'export function unused(err, req, res, next) {\n  res.sendStatus(500);\n}',
      }),
      ['yes', 'src/index.js:4 use: error handler'],
    ],
    [
      'where code is loaded by a name made at run time',
      at(app('for (const name of names) await import(name);'), {
        'src/errors.js': 'export function unused(err, req, res, next) {\n  res.sendStatus(500);\n}',
      }),
      [
        'unknown: src/index.js:4 loads modules by a computed name',
        'src/index.js:4 loads modules that are named at run time: import(name)',
      ],
    ],
  ])('%s', async (_, files, expected) => {
    expect(await asked('hides-errors', { ask: 'registered' }, files)).toEqual(expected);
  });
});

describe('what the handler tells the caller', () => {
  it.each<Row>([
    [
      'a sentence of its own',
      handled("  res.status(500).json({ error: 'failed' });"),
      ['yes', 'src/index.js:5 use: error handler'],
    ],
    [
      'the message of errors of a kind, for 500',
      handled(
        '  if (err instanceof Missing) return res.status(404).json({ error: err.message });\n  if (err instanceof StoreError) return res.status(500).json({ error: `store: ${err.message}` });\n  next(err);',
      ),
      ['no', 'src/index.js:7 sends err.message or the error itself to the caller'],
    ],
    [
      'a message that a kind gives, else words of its own',
      handled(
        "  let message;\n  if (err instanceof Missing) {\n    message = err.message;\n  } else {\n    message = 'failed';\n  }\n  res.json({ message });",
      ),
      ['yes', 'src/index.js:5 use: error handler'],
    ],
    [
      'a message that any error gives',
      handled(
        "  let message;\n  if (err instanceof Missing) {\n    message = 'none';\n  } else if (err instanceof Error) {\n    message = err.message;\n  } else {\n    message = 'failed';\n  }\n  res.json({ message });",
      ),
      ['no', 'src/index.js:14 sends err.message or the error itself to the caller'],
    ],
    [
      'the message through a function of ours that is named for it',
      lambda(
        "    return httpServerError(error instanceof Error ? error.message : 'failed');",
        'const httpServerError = (text, statusCode = 500) => ({ statusCode, body: text });\n',
      ),
      ['no', 'src/list.js:4 answers 500 with error as it was thrown'],
    ],
    [
      'what a function of ours makes of the error, with its message',
      at(
        app(
          `app.get('/notes', list);\napp.use((err, req, res, next) => {\n  const body = answer.error(err, 500);\n  res.status(body.code).json(body);\n});`,
          "import { answer } from './middleware/answer.js';\nconst list = (req, res) => res.json([]);",
        ),
        {
          'src/middleware/answer.js':
            'export class Failure extends Error {}\nexport const answer = {\n  error: (error, code) => {\n    if (error instanceof Failure) {\n      return { code: 400, message: error.message };\n    }\n    return { code, message: error.message };\n  },\n};\n',
        },
      ),
      ['no', 'src/index.js:8 sends err.message or the error itself to the caller'],
    ],
    [
      'what a function of ours makes of the error, in its own words but for a kind that it knows',
      at(
        app(
          `app.get('/notes', list);\napp.use((err, req, res, next) => {\n  const body = answer.error(err, 500);\n  res.status(body.code).json(body);\n});`,
          "import { answer } from './middleware/answer.js';\nconst list = (req, res) => res.json([]);",
        ),
        {
          'src/middleware/answer.js':
            "export class Failure extends Error {}\nexport const answer = {\n  error: (error, code) => {\n    if (error instanceof Failure) {\n      return { code: 400, message: error.message };\n    }\n    console.error({ message: error.message });\n    return { code, message: 'failed' };\n  },\n};\n",
        },
      ),
      ['yes', 'src/index.js:6 use: error handler'],
    ],
    [
      'the message',
      handled('  res.status(500).json({ error: err.message });'),
      ['no', 'src/index.js:6 sends err.message or the error itself to the caller'],
    ],
    [
      'the error itself',
      handled('  res.status(500).send(err);'),
      ['no', 'src/index.js:6 sends err.message or the error itself to the caller'],
    ],
    [
      'the message, and a log outside development',
      handled(
        "  if (env !== 'development') {\n    signale.error(err);\n  }\n  res.status(500).json({ error: err.message });",
      ),
      ['no', 'src/index.js:9 sends err.message or the error itself to the caller'],
    ],
    [
      'the message under its short name',
      handled('  const { message } = err;\n  res.status(500).json({ message });'),
      ['no', 'src/index.js:7 sends err.message or the error itself to the caller'],
    ],
    [
      'the message of what a handler rejects with, from the function around it',
      at(
        app("app.get('/notes', safely(list));", "import { safely } from './safely.js';\nconst list = async () => {};"),
        {
          'src/safely.js':
            'export const safely = (run) => (req, res) => {\n  run(req, res).catch((error) => {\n    res.status(500).json({ error: error.message });\n  });\n};\n',
        },
      ),
      ['no', 'src/safely.js:3 answers 500 with error as it was thrown'],
    ],
    ...(
      [
        ['reply.send(error);', true],
        ['if (error.statusCode === 429) return reply.send({ error: error.message });\n  reply.send(error);', true],
        ['reply.code(500).send({ error: error.message });', false],
      ] as const
    ).map(([body, hides]): Row => {
      const line = 4 + body.split('\n').length;
      const sent = `src/index.js:${line} sends error.message or the error itself to the caller`;
      return [
        `Fastify: ${body}`,
        {
          'package.json': service({}, ['fastify']),
          'src/index.js': `import Fastify from 'fastify';\nconst app = Fastify();\napp.get('/notes', async () => []);\napp.setErrorHandler((error, request, reply) => {\n  ${body}\n});\napp.listen({ port: 3000 });\n`,
        },
        hides ? ['yes', 'src/index.js:4 setErrorHandler: error handler'] : ['no', sent],
      ];
    }),
    [
      'the message, by a handler that a function makes',
      at(
        app(
          "app.get('/notes', (req, res) => res.json([]));\napp.use(answers('notes'));",
          "import { answers } from './answers.js';",
        ),
        {
          'src/answers.js':
            'export function answers(name) {\n  return (error, req, res, _next) => {\n    console.error(name, error);\n    res.status(500).json({ message: error.message });\n  };\n}\n',
        },
      ),
      ['no', 'src/answers.js:4 sends error.message or the error itself to the caller'],
    ],
    [
      'the error under another name',
      handled('  const failure = err;\n  res.status(500).json(failure);'),
      ['no', 'src/index.js:7 sends err.message or the error itself to the caller'],
    ],
    [
      'a copy of the error',
      handled('  const failure = { ...err };\n  res.status(500).json({ error: failure.message });'),
      ['no', 'src/index.js:7 sends err.message or the error itself to the caller'],
    ],
    [
      'an answer put together before',
      handled('  const answer = { error: err.message };\n  res.status(500).json(answer);'),
      ['no', 'src/index.js:7 sends err.message or the error itself to the caller'],
    ],
    [
      'the message or a sentence',
      handled("  res.status(500).json({ error: err.message || 'failed' });"),
      ['no', 'src/index.js:6 sends err.message or the error itself to the caller'],
    ],
    [
      'a text with the message in it',
      handled('  res.status(500).send(`failed: ${err.message}`);'),
      ['yes', 'src/index.js:5 use: error handler'],
    ],
    [
      'the error as text',
      handled('  res.status(500).send(err.toString());'),
      ['no', 'src/index.js:6 sends err.message or the error itself to the caller'],
    ],
    [
      'the error handed to a log',
      handled("  logger.error(err.message);\n  res.status(500).end('failed');"),
      ['yes', 'src/index.js:5 use: error handler'],
    ],
    [
      'a member of the error that says its kind',
      handled('  res.status(500).json({ code: err.code });'),
      ['yes', 'src/index.js:5 use: error handler'],
    ],
    [
      'the stack',
      handled('  res.status(500).json({ stack: err.stack });'),
      ['no', 'src/index.js:6 hands err.stack to the caller'],
    ],
    [
      'the stack, to a log',
      handled("  console.error(err.stack);\n  res.status(500).json({ error: 'failed' });"),
      ['yes', 'src/index.js:5 use: error handler'],
    ],
    [
      'the stack, in an error of ours',
      handled("  const wrapped = new AppError(err.stack);\n  res.status(500).json({ error: 'failed' });"),
      ['yes', 'src/index.js:5 use: error handler'],
    ],
    [
      'the message, where it is no production',
      handled("  res.status(500).json({ error: process.env.NODE_ENV === 'production' ? 'failed' : err.message });"),
      ['yes', 'src/index.js:5 use: error handler'],
    ],
    [
      'only the stack is left out of production',
      handled(
        "  res.status(500).json({ message: err.message, stack: process.env.NODE_ENV === 'production' ? null : err.stack });",
      ),
      ['no', 'src/index.js:6 sends err.message or the error itself to the caller'],
    ],
    [
      'the message only of errors made for callers',
      handled(
        "  if (err.isOperational) return res.status(400).json({ error: err.message });\n  res.status(500).json({ error: 'failed' });",
      ),
      ['yes', 'src/index.js:5 use: error handler'],
    ],
    [
      'the message of one kind of error',
      handled(
        "  if (err instanceof Missing) return res.status(404).json({ error: err.message });\n  res.status(500).json({ error: 'failed' });",
      ),
      ['yes', 'src/index.js:5 use: error handler'],
    ],
    [
      'the message of one kind of error, and the others go on',
      handled(
        '  if (err instanceof Missing) {\n    return res.status(404).json({ error: err.message });\n  } else if (err) {\n    return next(err);\n  }',
      ),
      ['yes', 'src/index.js:5 use: error handler'],
    ],
    [
      'a message of its own',
      handled(
        "  let message = 'Failed.';\n  if (trace) message = `Failed, see ${trace}.`;\n  res.status(500).json({ message });",
      ),
      ['yes', 'src/index.js:5 use: error handler'],
    ],
    [
      "a message that may be the error's",
      handled(
        "  let message = 'Failed.';\n  if (err.message) message = err.message;\n  res.status(500).json({ message });",
      ),
      ['no', 'src/index.js:8 sends err.message or the error itself to the caller'],
    ],
    [
      'the message of the last kind as well',
      handled(
        '  if (err instanceof Missing) return res.status(404).json({ error: err.message });\n  res.status(500).json({ error: err.message });',
      ),
      ['no', 'src/index.js:7 sends err.message or the error itself to the caller'],
    ],
    ...(
      [
        ["err instanceof Refusal ? err.message : 'failed'", true],
        ["isRefusal(err) ? err.message : 'failed'", true],
        ["status >= 500 ? 'failed' : err.message", true],
        ["err instanceof Error ? err.message : 'failed'", false],
        ["err.message ? err.message : 'failed'", false],
        ['err instanceof Refusal ? err.message : err.toString()', false],
      ] as const
    ).map(([chosen, hides]): Row => {
      const sent = 'src/index.js:7 sends err.message or the error itself to the caller';
      return [
        `the message kept under a name: ${chosen}`,
        handled(`  const message = ${chosen};\n  res.status(500).json({ message });`),
        hides ? ['yes', 'src/index.js:5 use: error handler'] : ['no', sent],
      ];
    }),
    [
      'a page that shows the message',
      at(
        app(
          "app.use((err, req, res, next) => {\n  res.locals.message = err.message;\n  res.status(500);\n  res.render('failed');\n});",
        ),
        {
          'views/failed.ejs': '<h1><%= message %></h1>',
        },
      ),
      ['no', 'src/index.js:5 views/failed.ejs shows err.message to the caller'],
    ],
    [
      'a page that does not',
      at(
        app(
          "app.use((err, req, res, next) => {\n  res.locals.message = err.message;\n  res.status(500);\n  res.render('failed');\n});",
        ),
        {
          'views/failed.ejs': '<h1>Sorry</h1>',
        },
      ),
      ['yes', 'src/index.js:4 use: error handler'],
    ],
    [
      'a filter of Nest that answers the message',
      nest(
        "import { AllFilter } from './all.filter.js';\nNestFactory.create(AppModule).then((app) => { app.useGlobalFilters(new AllFilter()); app.listen(3000); });",
        {
          'src/all.filter.ts':
            "import { Catch } from '@nestjs/common';\n@Catch()\nexport class AllFilter {\n  catch(exception, host) { host.switchToHttp().getResponse().status(500).json({ error: exception.message }); }\n}\n",
        },
      ),
      [
        'no',
        'src/all.filter.ts:4 sends exception.message or the error itself to the caller',
        'src/all.filter.ts:4 sends exception.message or the error itself to the caller',
      ],
    ],
    [
      'what another function of the file sends',
      at(
        app(
          "const before = (err, res) => res.status(500).send(err.message);\napp.get('/notes', async (req, res) => {\n  try { res.json([]); } catch (err) { res.sendStatus(500); }\n});\nconst after = (err, res) => res.status(500).send(err.stack);\napp.use((err, req, res, next) => {\n  res.sendStatus(500);\n});\nconst last = (err, res) => res.status(500).json(err);",
        ),
      ),
      ['yes', 'src/index.js:9 use: error handler'],
    ],
    [
      'an error that the route made of another kind',
      handled("  if (err.code === 'ENOENT') return res.status(404).send(err.message);\n  res.sendStatus(500);"),
      ['no', 'src/index.js:6 sends err.message or the error itself to the caller'],
    ],
    [
      'its name for a kind of error',
      handled("  if (err.name === 'Missing') return res.status(404).send(err.message);\n  res.sendStatus(500);"),
      ['no', 'src/index.js:6 sends err.message or the error itself to the caller'],
    ],
    [
      'the stack, to a service that tracks errors',
      handled(
        '  trackFailure(err.stack);\n  captureException(err.stack);\n  reportError(err.stack);\n  res.sendStatus(500);',
      ),
      ['yes', 'src/index.js:5 use: error handler'],
    ],
    [
      'a text made of the error by a function',
      handled('  res.status(500).json({ error: describe(err) });'),
      ['yes', 'src/index.js:5 use: error handler'],
    ],
    [
      'a text made of its message by a function',
      handled('  res.status(500).json({ error: describe(err.message) });'),
      ['no', 'src/index.js:6 sends err.message or the error itself to the caller'],
    ],
    [
      'a route that answers 500 with it',
      caught('    res.status(500).json({ error: err.message });'),
      ['no', 'src/index.js:6 answers 500 with err as it was thrown'],
    ],
    ['a route that answers 400 with it', caught('    res.status(400).json({ error: err.message });'), ['yes']],
    ['a route that answers 500 without it', caught("    res.status(500).json({ error: 'failed' });"), ['yes']],
    [
      'a route that answers with the stack',
      caught('    res.status(500).send(err.stack);'),
      ['no', 'src/index.js:6 answers 500 with err as it was thrown'],
    ],
    [
      'a route that asks where it runs',
      caught("    res.status(500).json({ error: isProduction ? 'failed' : err.message });"),
      ['yes'],
    ],
    [
      'a route, under another name',
      caught('    const failure = err as Error;\n    res.status(500).json({ error: failure.message });'),
      ['no', 'src/index.js:7 answers 500 with err as it was thrown'],
    ],
    [
      'a route, in a text of its own',
      caught('    const text = `failed: ${err.message}`;\n    res.status(500).json({ error: text });'),
      ['no', 'src/index.js:7 answers 500 with err as it was thrown'],
    ],
    [
      'a route, kept first',
      caught('    const why = err.message;\n    res.status(500).json({ error: why });'),
      ['no', 'src/index.js:7 answers 500 with err as it was thrown'],
    ],
    [
      'a route that answers 500 with its message where it is an error at all',
      caught(
        "    const why = err instanceof Error ? err.message : 'failed';\n    res.status(500).json({ error: why });",
      ),
      ['no', 'src/index.js:7 answers 500 with err as it was thrown'],
    ],
    [
      'an action of React Router that answers 500 with its message',
      framework('react-router', {
        'package.json': JSON.stringify({
          name: 'web',
          scripts: { build: 'react-router build', start: 'react-router-serve ./build/server/index.js' },
          dependencies: { 'react-router': '7', '@react-router/dev': '7', react: '19' },
        }),
        'app/root.tsx': 'export default function App() {\n  return <main />;\n}\n',
        'app/routes.ts': "import { flatRoutes } from '@react-router/fs-routes';\nexport default flatRoutes();\n",
        'app/routes/notes.ts':
          "import { data } from 'react-router';\nexport async function action({ request }) {\n  try {\n    return await keep(await request.formData());\n  } catch (error) {\n    return data({ said: error.message }, { status: 500 });\n  }\n}\n",
      }),
      ['no', 'app/routes/notes.ts:6 answers 500 with error as it was thrown'],
    ],
    [
      'a route whose status is 500 if nothing else',
      caught('    const status = err.status || 500;\n    res.status(status).json({ error: err.message });'),
      ['no', 'src/index.js:7 answers 500 with err as it was thrown'],
    ],
    [
      'a route whose status is something else',
      caught('    const status = 404;\n    res.status(status).json({ error: err.message });'),
      ['yes'],
    ],
    [
      'a route that returns what it answers',
      {
        'package.json': service({}, ['fastify']),
        'src/index.js':
          "import Fastify from 'fastify';\nconst app = Fastify();\napp.get('/notes', async (request, reply) => {\n  try {\n    return await all();\n  } catch (error) {\n    reply.statusCode = 500;\n    return { error: error.message };\n  }\n});\napp.listen({ port: 3000 });\n",
      },
      ['no', 'src/index.js:8 answers 500 with error as it was thrown'],
    ],
    [
      'a route that returns a sentence',
      {
        'package.json': service({}, ['fastify']),
        'src/index.js':
          "import Fastify from 'fastify';\nconst app = Fastify();\napp.get('/notes', async (request, reply) => {\n  try {\n    return await all();\n  } catch (error) {\n    reply.statusCode = 500;\n    return { error: 'failed' };\n  }\n});\napp.listen({ port: 3000 });\n",
      },
      ['yes'],
    ],
    [
      'a function of a platform that answers with it',
      lambda('    return { statusCode: 500, body: JSON.stringify({ error: error.message }) };'),
      ['no', 'src/list.js:3 answers 500 with error as it was thrown'],
    ],
    [
      'a function of a platform that answers with a message it kept',
      lambda(
        "    const message = error instanceof Error ? error.message : 'failed';\n    return { statusCode: 500, body: JSON.stringify({ message }) };",
      ),
      ['no', 'src/list.js:4 answers 500 with error as it was thrown'],
    ],
    [
      'a function of a platform that answers with a text it gave the message to',
      lambda(
        "    let said = 'failed';\n    if (error instanceof Error) said = error.message;\n    return { statusCode: 500, body: JSON.stringify({ error: said }) };",
      ),
      ['no', 'src/list.js:5 answers 500 with error as it was thrown'],
    ],
    [
      'a function of a platform that logs a message it kept',
      lambda(
        "    const message = error.message;\n    console.error(message);\n    return { statusCode: 500, body: 'failed' };",
      ),
      [
        'yes',
        'src/list.js:1 the platform answers what it throws with a plain 5xx (https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html)',
      ],
    ],
    [
      'a function of a platform that logs it',
      lambda("    console.error(JSON.stringify(error));\n    return { statusCode: 500, body: 'failed' };"),
      [
        'yes',
        'src/list.js:1 the platform answers what it throws with a plain 5xx (https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html)',
      ],
    ],
    [
      'a function of a platform that answers 400 with it',
      lambda('    return { statusCode: 400, body: error.message };'),
      [
        'yes',
        'src/list.js:1 the platform answers what it throws with a plain 5xx (https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html)',
      ],
    ],
    [
      'a function of a platform that looks at its kind',
      lambda(
        "    if (error instanceof Missing) return { statusCode: 500, body: error.message };\n    return { statusCode: 500, body: 'failed' };",
      ),
      [
        'yes',
        'src/list.js:1 the platform answers what it throws with a plain 5xx (https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html)',
      ],
    ],
    [
      'Apollo without a say in it',
      at(
        app(
          "const server = new ApolloServer({ typeDefs, resolvers });\nawait server.start();\napp.use('/graphql', expressMiddleware(server));",
          "import { ApolloServer } from '@apollo/server';\nimport { expressMiddleware } from '@apollo/server/express4';",
        ),
        {},
        ['@apollo/server'],
      ),
      ['no', 'src/index.js:5 ApolloServer without formatError sends error messages on'],
    ],
    [
      'Apollo with a say in it',
      at(
        app(
          "const server = new ApolloServer({ typeDefs, resolvers, formatError });\nawait server.start();\napp.use('/graphql', expressMiddleware(server));",
          "import { ApolloServer } from '@apollo/server';\nimport { expressMiddleware } from '@apollo/server/express4';",
        ),
        {},
        ['@apollo/server'],
      ),
      ['yes'],
    ],
    [
      'Apollo with options from elsewhere',
      at(
        app(
          "const server = new ApolloServer({ ...options, resolvers });\nawait server.start();\napp.use('/graphql', expressMiddleware(server));",
          "import { ApolloServer } from '@apollo/server';\nimport { expressMiddleware } from '@apollo/server/express4';",
        ),
        {},
        ['@apollo/server'],
      ),
      ['yes'],
    ],
    [
      'tRPC without a say in it',
      at(
        app(
          "app.use('/trpc', createExpressMiddleware({ router }));",
          "import { initTRPC } from '@trpc/server';\nimport { createExpressMiddleware } from '@trpc/server/adapters/express';\nconst t = initTRPC.create();\nconst router = t.router({ notes: t.procedure.query(() => []) });",
        ),
        {},
        ['@trpc/server'],
      ),
      ['no', 'src/index.js:4 tRPC without errorFormatter sends error messages on'],
    ],
    [
      'tRPC with a say in it',
      at(
        app(
          "app.use('/trpc', createExpressMiddleware({ router }));",
          "import { initTRPC } from '@trpc/server';\nimport { createExpressMiddleware } from '@trpc/server/adapters/express';\nconst t = initTRPC.create({ errorFormatter: ({ shape }) => ({ ...shape, message: 'failed' }) });\nconst router = t.router({ notes: t.procedure.query(() => []) });",
        ),
        {},
        ['@trpc/server'],
      ),
      ['yes'],
    ],
    [
      'GraphQL of Nest without a say in it',
      nest(
        booted,
        {
          'src/app.module.ts':
            "import { Module } from '@nestjs/common';\nimport { GraphQLModule } from '@nestjs/graphql';\nimport { ApolloDriver } from '@nestjs/apollo';\n@Module({ imports: [GraphQLModule.forRoot({ driver: ApolloDriver, autoSchemaFile: true })] })\nexport class AppModule {}\n",
        },
        ['@nestjs/graphql', '@nestjs/apollo'],
      ),
      ['no', 'src/app.module.ts:4 GraphQLModule.forRoot without formatError sends error messages on'],
    ],
    [
      'GraphQL of Nest with a say in it',
      nest(
        booted,
        {
          'src/app.module.ts':
            "import { Module } from '@nestjs/common';\nimport { GraphQLModule } from '@nestjs/graphql';\nimport { ApolloDriver } from '@nestjs/apollo';\n@Module({ imports: [GraphQLModule.forRoot({ driver: ApolloDriver, formatError: () => ({ message: 'failed' }) })] })\nexport class AppModule {}\n",
        },
        ['@nestjs/graphql', '@nestjs/apollo'],
      ),
      ['yes'],
    ],
    [
      'GraphQL of Nest, its options made elsewhere',
      nest(
        booted,
        {
          'src/app.module.ts':
            "import { Module } from '@nestjs/common';\nimport { GraphQLModule } from '@nestjs/graphql';\nimport { ApolloDriver } from '@nestjs/apollo';\nimport { Options } from './options.js';\n@Module({ imports: [GraphQLModule.forRootAsync({ driver: ApolloDriver, useClass: Options })] })\nexport class AppModule {}\n",
          'src/options.ts': 'export class Options {}\n',
        },
        ['@nestjs/graphql', '@nestjs/apollo'],
      ),
      ['yes'],
    ],
    [
      'GraphQL of Nest, its options made by a function',
      nest(
        booted,
        {
          'src/app.module.ts':
            "import { Module } from '@nestjs/common';\nimport { GraphQLModule } from '@nestjs/graphql';\nimport { ApolloDriver } from '@nestjs/apollo';\n@Module({ imports: [GraphQLModule.forRootAsync({ driver: ApolloDriver, useFactory: () => ({ playground: false }) })] })\nexport class AppModule {}\n",
        },
        ['@nestjs/graphql', '@nestjs/apollo'],
      ),
      ['no', 'src/app.module.ts:4 GraphQLModule.forRootAsync without formatError sends error messages on'],
    ],
    [
      'a route of Nuxt that answers with what it caught',
      nuxt('throw createError({ statusCode: 500, statusMessage: err.message });'),
      ['no', 'server/api/notes.ts:3 answers 500 with err as it was thrown'],
    ],
    [
      'a route of Nuxt that answers with words of its own',
      nuxt("throw createError({ statusCode: 500, statusMessage: 'Failed' });"),
      ['yes'],
    ],
    [
      'a hook of SvelteKit that hands the message on',
      kit('return { message: error.message, code: 500 };'),
      ['no', "src/hooks.server.ts:3 handleError hands the error's message on"],
    ],
    [
      'a hook of SvelteKit that says something of its own',
      kit("report(error.message);\n  return { message: 'Something broke', id };"),
      ['yes'],
    ],
    [
      'a hook of SvelteKit that hands the message on in development',
      kit("return { message: dev ? error.message : 'Something broke' };"),
      ['yes'],
    ],
  ])('%s', async (_, files, expected) => {
    expect(await asked('hides-errors', { ask: 'hides' }, files)).toEqual(expected);
  });
});

it('follows what promises of the handlers hand to a function that sends it', async () => {
  const route = (path: string) =>
    `app.get('/${path}', (req, res) => { all().then((a) => res.json(a)).catch((err) => failed(res, err)); });`;
  const files = (body: string) =>
    at(app(`const failed = (res, err) => res.status(500).send(${body});\n${route('notes')}\n${route('tags')}`));
  expect(await asked('hides-errors', { ask: 'hides' }, files('err.message'))).toEqual([
    'no',
    'src/index.js:4 sends err.message or the error itself to the caller',
  ]);
  expect((await asked('hides-errors', { ask: 'hides' }, files("'failed'")))[0]).toBe('yes');
});

it.each<[string, string, string]>([
  ['the message of whatever it was', '({ message: error.message, path: error.path })', 'no'],
  ['words of its own', "({ message: 'failed', path: error.path })", 'yes'],
  [
    'it where the environment says so',
    "({ message: process.env.NODE_ENV === 'test' ? error.message : 'failed' })",
    'yes',
  ],
])('a formatter of GraphQL shows %s', async (_, shown, expected) => {
  const files = {
    'package.json': service({}, ['apollo-server', '@nestjs/core']),
    'src/index.js':
      "import { ApolloServer } from 'apollo-server';\nimport { options } from './options.js';\nconst server = new ApolloServer(options);\nserver.listen(3000);\n",
    'src/options.js': `// for Apollo\nexport const options = {\n  resolvers: { Query: { notes: () => [] } },\n  formatError: (error) => ${shown},\n};\n`,
  };
  expect((await asked('hides-errors', { ask: 'hides' }, files))[0]).toBe(expected);
});
