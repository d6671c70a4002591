import { describe, expect, it } from 'vitest';
import { app, asked, at, service } from './_asked.ts';

type Ask = 'exists' | 'registered' | 'each';
const of = async (ask: Ask, files: Record<string, string>, path?: string): Promise<string> =>
  (await asked('logs-requests', { ask }, files, path)).join(' ').replace(/ logs each request/g, '');
const routes = "app.get('/notes', (req, res) => res.json([]));";
const each = (body: string, params = '(req, res, next)', more: Record<string, string> = {}, imports = '') =>
  at(app(`app.use(${params} => {\n${body}\nnext();\n});\n${routes}`, imports), more);

describe('middleware before each request', () => {
  it.each<[body: string, expected: string]>([
    ['console.log(req.method, req.url);', 'yes src/index.js:4 use(function)'],
    ['console.info(req.method, req.originalUrl);', 'yes src/index.js:4 use(function)'],
    ['console.debug(req.method, req.path);', 'yes src/index.js:4 use(function)'],
    ['console.trace(req.method, req.baseUrl);', 'yes src/index.js:4 use(function)'],
    ['logger.http(req.method, req.routerPath);', 'yes src/index.js:4 use(function)'],
    ['logger.verbose(req.method, req.url);', 'yes src/index.js:4 use(function)'],
    ['logger.notice(req.method, req.url);', 'yes src/index.js:4 use(function)'],
    ['stdout.print(req.method, req.url);', 'yes src/index.js:4 use(function)'],
    ['process.stdout.write(req.method + req.url);', 'yes src/index.js:4 use(function)'],
    ['log(req.method, req.url);', 'yes src/index.js:4 use(function)'],
    ['logger(req.method, req.url);', 'yes src/index.js:4 use(function)'],
    ['debug(req.method, req.url);', 'yes src/index.js:4 use(function)'],
    ['winston.info(req.method, req.url);', 'yes src/index.js:4 use(function)'],
    ['pino.info(req.method, req.url);', 'yes src/index.js:4 use(function)'],
    ['bunyan.info(req.method, req.url);', 'yes src/index.js:4 use(function)'],
    ['morgan.info(req.method, req.url);', 'yes src/index.js:4 use(function)'],
    ['signale.info(req.method, req.url);', 'yes src/index.js:4 use(function)'],
    ['console.error(req.method, req.url);', 'no'],
    ['console.logs(req.method, req.url);', 'no'],
    ['console.dialog(req.method, req.url);', 'no'],
    ['my.logger(req.method, req.url);', 'no'],
    ['loggers(req.method, req.url);', 'no'],
    ['statsd.info(req.method, req.url);', 'no'],
    ['console.log(req.method);', 'no'],
    ['console.log(req.methods, req.query);', 'no'],
    ['console.log(req.method, req.urls);', 'no'],
    ['console.log(req.method, req.query);', 'no'],
    ['count(req.method, req.url);', 'no'],
    ['const { method, url } = req;\nconsole.log(method, url);', 'yes src/index.js:4 use(function)'],
    ['const { method, path } = req;\nconsole.log(method, path);', 'yes src/index.js:4 use(function)'],
    ['const { method, originalUrl } = req;\nconsole.log(method, originalUrl);', 'yes src/index.js:4 use(function)'],
    ['const { url, method } = req;\nconsole.log(method, url);', 'yes src/index.js:4 use(function)'],
    ['const { methods, url } = req;\nconsole.log(methods, url);', 'no'],
    ['const { method, urls } = req;\nconsole.log(method, urls);', 'no'],
    ['console.log(req.url);', 'yes src/index.js:4 use(function)'],
    ['console.log(request.url);', 'yes src/index.js:4 use(function)'],
    ['console.log(ctx.path);', 'yes src/index.js:4 use(function)'],
    ['console.log(context.path);', 'yes src/index.js:4 use(function)'],
    ['console.log(c.req.path);', 'yes src/index.js:4 use(function)'],
    ['console.log(ctx.request.url);', 'yes src/index.js:4 use(function)'],
    ['console.log(req.originalUrl);', 'yes src/index.js:4 use(function)'],
    ['console.log(reqs.url);', 'no'],
    ['console.log(parse.url);', 'no'],
    ['console.log(req.body.url);', 'no'],
    ['console.log(req.urls);', 'no'],
    ['count(req.url);\nconsole.log(1);', 'no'],
    ["logger.info('request completed');", 'yes src/index.js:4 use(function)'],
    ["logger.info('request finished in 3 ms');", 'yes src/index.js:4 use(function)'],
    ["logger.info('Request received');", 'yes src/index.js:4 use(function)'],
    ["logger.info('http request started');", 'yes src/index.js:4 use(function)'],
    ["logger.info('request handled');", 'yes src/index.js:4 use(function)'],
    ["logger.info('request processed');", 'yes src/index.js:4 use(function)'],
    ["logger.info('incoming request');", 'yes src/index.js:4 use(function)'],
    ["logger.info('completed http request');", 'yes src/index.js:4 use(function)'],
    ["logger.info('finished request');", 'yes src/index.js:4 use(function)'],
    ["logger.info('handled request');", 'yes src/index.js:4 use(function)'],
    ["logger.info({ id: 1 }, 'request completed');", 'yes src/index.js:4 use(function)'],
    ["logger.info('the request completed');", 'no'],
    ["logger.info('request failed');", 'no'],
    ["logger.info('request completedly');", 'no'],
    ["logger.info('incoming requests');", 'no'],
    ["count('request completed');", 'no'],
    ['logger.info(words);', 'no'],
  ])('%s: %s', async (body, expected) => {
    expect(await of('each', each(body))).toBe(expected);
  });

  it.each<[call: string, helper: string, expected: string]>([
    ['logIt(req)', 'export const logIt = (r) => console.log(r.method, r.url);', 'yes src/index.js:5 use(function)'],
    [
      'logIt(1, req)',
      'export const logIt = (n, r) => console.log(r.method, r.url);',
      'yes src/index.js:5 use(function)',
    ],
    ['note(req)', 'export const note = (r) => console.log(r.method, r.url);', 'yes src/index.js:5 use(function)'],
    ['note(1, req)', 'export const note = (n, r) => console.log(r.method, r.url);', 'no'],
    ['note(res)', 'export const note = (r) => console.log(r.method, r.url);', 'no'],
    ['note(req.body)', 'export const note = (r) => console.log(r.method, r.url);', 'no'],
    ["note('req')", 'export const note = (r) => console.log(r.method, r.url);', 'no'],
    ['note(req)', 'export const note = (r) => console.log(r.method);', 'no'],
    ['note(req)', 'export const note = (req) => console.log(req.url);', 'no'],
    ['note(req)', "export const note = (r) => console.log('request completed');", 'yes src/index.js:5 use(function)'],
    ['note(req)', 'export const note = (r) => count(r.method, r.url);', 'no'],
    ['note(req)', 'export const note = (r) => logMore(r);\nconst logMore = (r) => console.log(r.method, r.url);', 'no'],
    ['logOther(req)', 'export const note = 1;', 'no'],
  ])('by a helper, %s of %s: %s', async (call, helper, expected) => {
    const files = each(
      `${call};`,
      '(req, res, next)',
      { 'src/note.js': `import express from 'express';\n${helper}\n` },
      "import { note, logIt, logOther } from './note.js';\n",
    );
    expect(await of('each', files)).toBe(expected);
  });

  it.each<[registered: string, expected: string]>([
    ['app.use((req, res, next) => LOG);', 'yes src/index.js:4 use(function)'],
    ['app.use((err, req, res, next) => LOG);', 'no'],
    ['app.use((req, res) => LOG);', 'no'],
    ['app.use(async (req, res) => LOG);', 'yes src/index.js:4 use(function)'],
    ['app.use((req, res) => { LOG; nextOf(); });', 'yes src/index.js:4 use(function)'],
    ['app.use((c) => LOG);', 'yes src/index.js:4 use(function)'],
    ["app.use('/notes', (req, res, next) => LOG);", 'no'],
    ["app.get('/other', (req, res, next) => LOG);", 'no'],
    ['const notes = (req, res, next) => LOG;\napp.use(notes);', 'yes src/index.js:5 use(notes)'],
    ['const notes = () => (req, res, next) => LOG;\napp.use(notes());', 'yes src/index.js:5 use(notes)'],
    ['app.use(missing);', 'no'],
    ['class Notes { use(req, res, next) { LOG; } }\napp.use(new Notes());', 'yes src/index.js:5 use(Notes)'],
    ['class Notes { handle(req, res, next) { LOG; } }\napp.use(new Notes());', 'yes src/index.js:5 use(Notes)'],
    ['class Notes { other(req, res, next) { LOG; } }\napp.use(new Notes());', 'no'],
  ])('%s: %s', async (registered, expected) => {
    const statements = `${registered.replace('LOG', 'console.log(req.method, req.url)')}\n${routes}`;
    expect(await of('each', at(app(statements)))).toBe(expected);
  });

  it('in idle code is written, and not registered', async () => {
    const idle = {
      'src/other.js':
        "import express from 'express';\nexport const other = express();\nother.use((req, res, next) => { console.log(req.method, req.url); next(); });\n",
    };
    const files = at(app(routes), idle);
    expect(await of('exists', files)).toBe('yes src/other.js:3 use(function)');
    expect(await of('registered', files)).toBe('no src/other.js:3 use(function)');
  });

  it('shows three of more', async () => {
    const line = 'app.use((req, res, next) => { console.log(req.method, req.url); next(); });';
    expect(await of('each', at(app(`${[line, line, line, line].join('\n')}\n${routes}`)))).toBe(
      'yes src/index.js:4 use(function) src/index.js:5 use(function) src/index.js:6 use(function)',
    );
  });

  it('may run where nothing is known to start', async () => {
    const { 'src/index.js': index } = each('console.log(req.method, req.url);');
    const manifest = JSON.stringify({ name: 'api', dependencies: { express: '4' } });
    const files = { 'package.json': manifest, Dockerfile: 'FROM node:22\nCOPY . .\n', 'lib/start.js': index! };
    expect((await of('registered', files)).split(':')[0]).toBe('unknown');
    expect((await of('exists', files)).split(':')[0]).toBe('unknown');
  });
});

describe('a wrapper that some handlers call', () => {
  const wrapped = (call: string, more = 'export const own = (r) => r;', path = 'src/own.js') =>
    at(
      app(
        `app.get('/notes', (req, res) => { ${call}; res.json([]); });`,
        `import * as own from './${path.slice(4)}';\nimport { NAMES } from './${path.slice(4)}';`.replace(
          'NAMES',
          call.split(/[.(]/)[0] === 'own' ? 'x' : call.split(/[.(]/)[0]!.replace('new ', ''),
        ),
      ),
      { [path]: `${more}\n` },
    );
  const names = (text: string, expected: boolean): [string, boolean][] =>
    text.split(',').map((name) => [name, expected]);
  it.each([
    ...names('logRequest,logRequests,log_request,logApiRequest,logHttpRequest,log_http_requests,apiLog,httpLog', true),
    ...names(
      'requestLog,accessLog,request_log,apiLogger,httpLogging,requestLogger,requestLogging,accessLogHandler',
      true,
    ),
    ...names('requestLogMiddleware,requestLog_interceptor,own.logRequest,own.requestLogger,logRequestMiddleware', true),
    ...names(
      'logRequested,relogRequest,requestLogs,logUser,log,logger,errorLog,requestLoggerOf,own.xlogRequest',
      false,
    ),
    ...names('logRequestMiddlewares,xrequestLog,own.other.logRequest', false),
  ])('%s(req): %s', async (name, expected) => {
    const is = expected || name === 'own.other.logRequest';
    const files = wrapped(`${name}(req)`, `export const ${name.split('.').at(-1)} = (r) => r;`);
    expect(await of('registered', files)).toBe(
      is ? `yes src/index.js:5 ${name}(…) logs the requests that reach it` : 'no',
    );
  });
  it.each<[title: string, files: Record<string, string>, expected: string]>([
    ['without the request', wrapped('logRequest()'), 'no'],
    ['as a class', wrapped('new logRequest(req)'), 'no'],
    [
      'from a package',
      at(app("app.get('/', (req) => logRequest(req));", "import { logRequest } from 'kit';"), {}, ['kit']),
      'no',
    ],
    [
      'from a module that is not there',
      at(app("app.get('/', (req) => logRequest(req));", "import { logRequest } from './none.js';")),
      'no',
    ],
    [
      'declared in the file',
      at(app("const logRequest = (r) => r;\napp.get('/', (req) => logRequest(req));")),
      'yes src/index.js:5 logRequest(…) logs the requests that reach it',
    ],
    ['declared nowhere', at(app("app.get('/', (req) => logRequest(req));")), 'no'],
    [
      'in idle code',
      at(app(routes), {
        'src/idle.js':
          "import { logRequest } from './own.js';\nimport pg from 'pg';\nexport const idle = (req) => logRequest(req);\n",
        'src/own.js': 'export const logRequest = (r) => r;\n',
      }),
      'no',
    ],
    [
      'in a sample',
      at(app(`import './examples/a.js';\n${routes}`), {
        'src/examples/a.js': "import { logRequest } from '../own.js';\nlogRequest(1);\n",
        'src/own.js': 'export const logRequest = (r) => r;\n',
      }),
      'no',
    ],
  ])('%s: %s', async (_, files, expected) => {
    expect(await of('registered', files)).toBe(expected);
  });
  it('of a client in another package logs what it asks for', async () => {
    const files = {
      'package.json': '{"private":true,"workspaces":["*"]}',
      'kit/package.json': '{"name":"kit","main":"index.js","private":true}',
      'kit/index.js': "import { logRequest } from './log.js';\nexport const ask = (url) => logRequest(url);\n",
      'kit/log.js': 'export const logRequest = (url) => url;\n',
      'api/package.json': service({}, ['kit']),
      'api/src/index.js': app("app.get('/', (req, res) => res.end(ask('/a')));", "import { ask } from 'kit';"),
    };
    expect(await of('registered', files, 'api')).toBe('no');
  });
});

describe('what is defined, and not registered', () => {
  const defined = (code: string, path = 'src/idle.js') =>
    at(app(routes), { [path]: `import express from 'express';\n${code}\n` });
  it.each<[code: string, expected: string]>([
    ['export function requestLogger(req, res, next) {}', 'yes src/idle.js:2 defines requestLogger'],
    ['export const logRequests = (req) => {};', 'yes src/idle.js:2 defines logRequests'],
    ['export class RequestLogger { use(req) {} }', 'yes src/idle.js:2 defines RequestLogger'],
    ['export class HttpLoggingInterceptor { intercept(req) {} }', 'yes src/idle.js:2 defines HttpLoggingInterceptor'],
    ['export class Notes { use(req) {} }', 'no'],
    ['export function errorLogger(req, res, next) {}', 'no'],
    ['export const requestLogger = 1;', 'no'],
    [
      'export function other() {}\nexport function accessLog() {}\nexport function requestLog() {}',
      'yes src/idle.js:3 defines accessLog',
    ],
  ])('%s: %s', async (code, expected) => {
    expect(await of('exists', defined(code))).toBe(expected);
    expect(await of('registered', defined(code))).toBe(expected.replace('yes', 'no'));
  });
  it('is nothing in a sample', async () => {
    expect(await of('exists', defined('export function requestLogger() {}', 'examples/a.js'))).toBe('no');
  });
});

describe('interceptors of Nest', () => {
  const nest = (registered: string, method = 'intercept', parent = '') => ({
    'package.json': service({ scripts: { start: 'tsx src/main.ts' } }, ['@nestjs/core', '@nestjs/common']),
    'src/main.ts': `import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module.js';\nimport { Times } from './times.js';\nNestFactory.create(AppModule).then((app) => {\n  ${registered}\n  return app.listen(3000);\n});\n`,
    'src/app.module.ts':
      "import { Controller, Get, Module } from '@nestjs/common';\n@Controller('notes')\nclass Notes { @Get() list() { return []; } }\n@Module({ controllers: [Notes] })\nexport class AppModule {}\n",
    'src/times.ts': `import { Logger } from '@nestjs/common';\nexport class Times${parent} {\n  before() {}\n  ${method}(context, next) {\n    const request = context.switchToHttp().getRequest();\n    Logger.log(\`\${request.method} \${request.url}\`);\n    return next.handle();\n  }\n}\n`,
  });
  it.each<[registered: string, method: string, expected: string]>([
    ['app.useGlobalInterceptors(new Times());', 'intercept', 'yes src/main.ts:5 useGlobalInterceptors(Times)'],
    ['app.useGlobalInterceptors(new Times());', 'onRequest', 'yes src/main.ts:5 useGlobalInterceptors(Times)'],
    ['app.useGlobalInterceptors(new Times());', 'onResponse', 'yes src/main.ts:5 useGlobalInterceptors(Times)'],
    ['app.useGlobalInterceptors(new Times());', 'other', 'no'],
    ['app.useGlobalFilters(new Times());', 'use', 'no'],
    ['app.useGlobalGuards(new Times());', 'handle', 'yes src/main.ts:5 useGlobalGuards(Times)'],
  ])('%s by its method %s: %s', async (registered, method, expected) => {
    expect(await of('each', nest(registered, method))).toBe(expected);
  });
});

describe('hooks that only failures and lost requests meet', () => {
  const fastify = (line: string) => ({
    'package.json': service({}, ['fastify']),
    'src/index.js': `import Fastify from 'fastify';\nconst app = Fastify();\n${line.replace('LOG', '{ console.log(request.method, request.url); }')}\napp.get('/notes', async () => []);\napp.listen({ port: 3000 });\n`,
  });
  it.each<[line: string, expected: string]>([
    ["app.addHook('onRequest', async (request) => LOG);", 'yes src/index.js:3 addHook(function)'],
    ["app.addHook('onResponse', async (request) => LOG);", 'yes src/index.js:3 addHook(function)'],
    ['app.setErrorHandler((error, request, reply) => LOG);', 'no'],
    ['app.setNotFoundHandler((request, reply) => LOG);', 'no'],
  ])('%s: %s', async (line, expected) => {
    expect(await of('each', fastify(line))).toBe(expected);
  });
  it.each<[line: string, expected: string]>([
    ['app.onError((err, c) => { console.log(c.req.method, c.req.url); });', 'no'],
    [
      'app.use(async (c, next) => { console.log(c.req.method, c.req.url); await next(); });',
      'yes src/index.js:4 use(function)',
    ],
  ])('of Hono, %s: %s', async (line, expected) => {
    const files = {
      'package.json': service({}, ['hono', '@hono/node-server']),
      'src/index.js': `import { Hono } from 'hono';\nimport { serve } from '@hono/node-server';\nconst app = new Hono();\n${line}\napp.get('/notes', (c) => c.json([]));\nserve(app);\n`,
    };
    expect(await of('each', files)).toBe(expected);
  });
});

describe("Fastify's own logger", () => {
  const fastify = (made: string, before = '', imports = "import Fastify, { fastify } from 'fastify';", main = '') => ({
    'package.json': service(main ? { scripts: { start: main } } : {}, ['fastify', '@nestjs/platform-fastify', 'kit']),
    'src/index.js': `${imports}\n${before}\nconst app = ${made};\napp.get('/notes', async () => []);\napp.listen({ port: 3000 });\n`,
  });
  const on = 'yes src/index.js:3 Fastify with its logger on, which logs each request';
  const answer = async (name: string, ask: string, files: Record<string, string>) =>
    (await asked(name, { ask }, files)).join(' ');
  it.each<[made: string, before: string, requests: string, structured: string]>([
    ['Fastify({ logger: true })', '', on, on],
    ['fastify({ logger: true })', '', on, on],
    ['Fastify({ logger: { level: "info" } })', '', on, on],
    ['Fastify({ logger: { level: "debug" } })', '', on, on],
    ['Fastify({ logger: { level: "warn" } })', '', 'no', on],
    ['Fastify({ logger: { level: "error" } })', '', 'no', on],
    ['Fastify({ logger: { level: "fatal" } })', '', 'no', on],
    ['Fastify({ logger: { level: "silent" } })', '', 'no', on],
    ['Fastify({ logger: { level: "warning" } })', '', on, on],
    ['Fastify({ logger: { level } })', '', on, on],
    ['Fastify({ logger: make() })', '', on, on],
    ['Fastify({ loggerInstance: make() })', '', on, on],
    ['Fastify({ logger: false })', '', 'no', 'no'],
    ['Fastify({ logger: true, disableRequestLogging: true })', '', 'no', 'no'],
    ['Fastify({ logger: true, disableRequestLogging :  true })', '', 'no', 'no'],
    ['Fastify({ logger: true, disableRequestLogging: false })', '', on, on],
    ['Fastify({ trustProxy: true })', '', 'no', 'no'],
    ['Fastify()', '', 'no', 'no'],
    ['Fastify({ ...options })', '', 'no', 'no'],
    ['Fastify({ ...withLogger(1) })', '', 'no', 'no'],
    ['Fastify({ ...options, /* logger */ })', '', on, on],
    ['Fastify(options)', 'const options = { logger: true };', on, on],
    ['Fastify(options)', 'const options = { trustProxy: true };', 'no', 'no'],
    ['Fastify(make())', 'const logger = 1;', 'no', 'no'],
    ['Fastify(make({ logger: true }))', '', on, on],
    ['Fastify.of({ logger: true })', '', 'no', 'no'],
    ['refastify({ logger: true })', '', 'no', 'no'],
  ])('%s after %s', async (made, before, requests, structured) => {
    expect(await answer('logs-requests', 'each', fastify(made, before))).toBe(requests);
    expect(await answer('logs-structured', 'used', fastify(made, before))).toBe(structured);
  });
  it.each<[imports: string, made: string, expected: string]>([
    ["import * as all from 'fastify';", 'all.fastify({ logger: true })', on],
    ["import { FastifyAdapter } from '@nestjs/platform-fastify';", 'new FastifyAdapter({ logger: true })', on],
    ["import { Fastify } from 'kit';", 'Fastify({ logger: true })', 'no'],
    ["import { Fastify } from './kit.js';", 'Fastify({ logger: true })', 'no'],
  ])('%s %s: %s', async (imports, made, expected) => {
    expect(await answer('logs-requests', 'each', fastify(made, '', imports))).toBe(expected);
  });

  it.each<[command: string, on: boolean]>([
    ['fastify start -l info src/index.js', true],
    ['fastify start -l debug src/index.js', true],
    ['fastify start -l trace src/index.js', true],
    ['fastify start --log-level info src/index.js', true],
    ['fastify start --log-level=info src/index.js', true],
    ['fastify start -l=info src/index.js', true],
    ['fastify start -l infos src/index.js', false],
    ['fastify start -l warn src/index.js', false],
    ['fastify start src/index.js', false],
    ['fastify start --my-l info src/index.js', false],
    ['fastify start -w -l info src/index.js', false],
    ['fastify start --watch -l info src/index.js', false],
    ['fastify start --watcher -l info src/index.js', true],
    ['node start -l info src/index.js', false],
  ])('%s: %s', async (command, is) => {
    const files = fastify('Fastify()', '', undefined, command);
    const expected = is ? `yes package.json:1 script "start" runs ${command.split(' ').slice(0, 6).join(' ')}` : 'no';
    expect(await answer('logs-requests', 'each', files)).toBe(expected);
  });
  it('is asked of what has it', async () => {
    const files = {
      'package.json': service({ scripts: { start: 'node src/index.js', other: 'fastify start -l info a.js' } }),
      'src/index.js': app(routes),
    };
    expect(await answer('logs-requests', 'each', files)).toBe('no');
  });
});

describe('servers of Python', () => {
  const python = (command: string) => ({
    'requirements.txt': 'fastapi\nuvicorn\n',
    'main.py': 'from fastapi import FastAPI\napp = FastAPI()\n',
    Dockerfile: `FROM python:3.12\nCOPY . .\nCMD ${JSON.stringify(command.split(' '))}\n`,
  });
  const unread = 'unknown: root is written in python, whose code is not read';
  it.each<[command: string, on: boolean]>([
    ['uvicorn main:app', true],
    ['hypercorn main:app', true],
    ['fastapi run main.py', true],
    ['fastapi dev main.py', true],
    ['fastapi routes main.py', false],
    ['fastapi running main.py', false],
    ['uvicorn main:app --no-access-log', false],
    ['fastapi run main.py --no-access-log', false],
    ['gunicorn main:app --access-logfile -', true],
    ['gunicorn main:app', false],
    ['gunicorn main:app -k uvicorn.workers.UvicornWorker', false],
    ['gunicorn main:app -k uvicorn.workers.UvicornWorker --access-logfile -', true],
    ['python main.py', false],
    ['myuvicorn main:app', false],
    ['uvicorns main:app', false],
  ])('%s: %s', async (command, is) => {
    const expected = is ? `yes Dockerfile:3 runs ${command.split(' ').slice(0, 6).join(' ')}` : unread;
    expect(await of('each', python(command))).toBe(expected);
  });
  it('that something else in the repository starts', async () => {
    const files = {
      'app/requirements.txt': 'flask\n',
      'app/main.py': 'import flask\napp = flask.Flask(__name__)\n',
      'app/Dockerfile': 'FROM python:3.12\nCOPY . .\nCMD ["python", "main.py"]\n',
      'compose.yml': 'services:\n  app:\n    build: ./app\n    command: uvicorn main:app\n',
    };
    expect((await of('each', files, 'app')).split(':')[0]).toBe('unknown');
  });
});
