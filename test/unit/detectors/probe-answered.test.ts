import { describe, expect, it } from 'vitest';
import { app, asked, at, framework } from './_asked.ts';

const list = '(req, res) => res.json([])';
const image = (path: string) => ({
  Dockerfile: `FROM node:22\nCOPY . .\nHEALTHCHECK CMD curl -f http://localhost:3000${path} || exit 1\nCMD ["node", "src/index.js"]\n`,
});
const compose = (path: string) => ({
  'compose.yaml': `services:\n  api:\n    build: .\n    healthcheck:\n      test: ["CMD", "wget", "-qO-", "http://127.0.0.1:3000${path}"]\n`,
  Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "src/index.js"]\n',
});
const cluster = (path: string) => ({
  'k8s/api.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: api }\nspec: { template: { spec: { containers: [{ name: api, image: api, readinessProbe: { httpGet: { path: ${path}, port: 3000 } } }] } } }\n`,
  Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "src/index.js"]\n',
});
const api = (statements: string) => app(`const api = express.Router();\n${statements}\napp.use('/api', api);`);
const healthy = api(`api.get('/health', ${list});`);
const notes = api(`api.get('/notes/:id', ${list});`);
const page = { 'app/page.tsx': 'export default () => <main />;\n' };

it.each<[title: string, files: Record<string, string>, expected: string[]]>([
  ['the route itself', at(healthy, image('/api/health')), ['yes']],
  [
    'a route that stands below a prefix',
    at(healthy, image('/health')),
    ['no', 'Dockerfile:3 asks /health, which no route answers'],
  ],
  [
    'the same in a compose file',
    at(healthy, compose('/health')),
    ['no', 'compose.yaml:4 asks /health, which no route answers'],
  ],
  [
    'the same in a cluster',
    at(healthy, cluster('/health')),
    ['no', 'k8s/api.yaml:4 asks /health, which no route answers'],
  ],
  [
    'a path of which no code says a word',
    at(notes, image('/ready')),
    ['no', 'Dockerfile:3 asks /ready, which no route answers'],
  ],
  ['a path that a parameter takes', at(notes, image('/api/notes/ready')), ['yes']],
  ['a route for everything', at(`${notes}app.get('*', ${list});\n`, image('/ready')), ['yes']],
  ['a word that code says elsewhere', at(`${notes}const ready = '/ready';\n`, image('/ready')), ['yes']],
  ['the front page', at(notes, image('/')), ['yes']],
  [
    'a server whose routes were not found',
    at('import http from "http";\nhttp.createServer().listen(1);\n', image('/ready')),
    ['yes'],
  ],
  [
    'pages of Next.js without it',
    framework('next', { ...page, ...image('/health') }),
    ['no', 'Dockerfile:3 asks /health, which no route answers'],
  ],
  [
    'pages of Next.js with it',
    framework('next', { ...page, 'app/health/page.tsx': page['app/page.tsx'], ...image('/health') }),
    ['yes'],
  ],
  [
    'pages of Next.js for any path',
    framework('next', { ...page, 'app/[...all]/page.tsx': page['app/page.tsx'], ...image('/health') }),
    ['yes'],
  ],
])('what a health probe asks: %s', async (_, files, expected) => {
  expect(await asked('probe-answered', {}, files)).toEqual(expected);
});

describe('how a probe is written', () => {
  const answer = async (files: Record<string, string>) => await asked('probe-answered', {}, at(healthy, files));
  const check = (text: string) => ({
    Dockerfile: `FROM node:22\nCOPY . .\nHEALTHCHECK ${text}\nCMD ["node", "src/index.js"]\n`,
  });
  it.each<[text: string, expected: string[]]>([
    ['CMD curl -f http://localhost:3000/health', ['no', 'Dockerfile:3 asks /health, which no route answers']],
    ['CMD curl -f https://localhost/health', ['no', 'Dockerfile:3 asks /health, which no route answers']],
    ['CMD curl -f http://127.0.0.1/health', ['no', 'Dockerfile:3 asks /health, which no route answers']],
    ['CMD curl -f http://0.0.0.0:${PORT}/health', ['no', 'Dockerfile:3 asks /health, which no route answers']],
    ['CMD curl -f http://[::1]:3000/health', ['no', 'Dockerfile:3 asks /health, which no route answers']],
    ['CMD curl -f http://[::]:3000/health', ['no', 'Dockerfile:3 asks /health, which no route answers']],
    ['CMD curl -f http://localhost:3000/health/', ['no', 'Dockerfile:3 asks /health, which no route answers']],
    ['CMD curl -f http://localhost:3000/health//', ['no', 'Dockerfile:3 asks /health, which no route answers']],
    ['CMD curl -f http://localhost:3000/HEALTH', ['no', 'Dockerfile:3 asks /health, which no route answers']],
    ['CMD curl -f http://localhost:3000/api/health', ['yes']],
    ['CMD curl -f http://localhost:3000/api/health?full=1', ['yes']],
    ['CMD curl -f http://localhost:3000', ['yes']],
    ['CMD curl -f http://elsewhere:3000/health', ['yes']],
    ['CMD curl -f shttp://localhost:3000/health', ['yes']],
    ['CMD curl -f http://127a0.0.1/health', ['yes']],
    ['CMD node check.js /health', ['yes']],
    ['NONE', ['yes']],
  ])('%s', async (text, expected) => expect(await answer(check(text))).toEqual(expected));
  it('is not asked of a job', async () => {
    const job = cluster('/health')['k8s/api.yaml'].replace('apps/v1', 'batch/v1').replace('Deployment', 'Job');
    expect(await answer({ ...cluster('/health'), 'k8s/api.yaml': job })).toEqual(['yes']);
  });
  it('is read from the stage that is built', async () => {
    const files = {
      Dockerfile:
        'FROM node:22 AS one\nHEALTHCHECK CMD curl http://localhost/health\nFROM node:22\nCOPY . .\nCMD ["node", "src/index.js"]\n',
    };
    expect(await answer(files)).toEqual(['yes']);
  });
});

describe('which routes answer it', () => {
  const answer = async (statements: string, path: string, more: Record<string, string> = {}) =>
    (await asked('probe-answered', {}, at(app(statements), { ...image(path), ...more })))[0];
  it.each<[route: string, path: string, expected: string]>([
    ['/ready', '/ready', 'yes'],
    ['/ready/', '/ready', 'yes'],
    ['/Ready', '/ready', 'yes'],
    ['/:id', '/ready', 'yes'],
    ['/a/:id', '/ready', 'no'],
    ['/:id/a', '/ready', 'no'],
    ['/:id/ready', '/a/ready', 'yes'],
    ['/a/ready', '/b/ready', 'yes'],
    ['/files/*', '/ready', 'yes'],
    ['/(.*)', '/ready', 'yes'],
    ['/ready2', '/ready', 'yes'],
    ['/api/v1/ready', '/v1/ready', 'no'],
    ['/api/notready', '/ready', 'yes'],
  ])('%s, asked %s: %s', async (route, path, expected) => {
    expect(await answer(`app.get('${route}', ${list});`, path)).toBe(expected);
  });
  it.each<[title: string, more: Record<string, string>, expected: string]>([
    ['a file is named so', { 'src/ready.js': '' }, 'yes'],
    ['a file is named so, in capitals', { 'public/READY.txt': '' }, 'yes'],
    ['a page says so', { 'src/a.tsx': 'const path = "/Ready";\n' }, 'yes'],
    ['settings say so', { 'nginx/site.conf': 'location /ready {}\n' }, 'yes'],
    ['settings in JSON say so', { 'a.json': '["ready"]' }, 'yes'],
    ['a text says so', { 'README.md': 'It is ready.\n' }, 'no'],
    ['the lockfile says so', { 'package-lock.json': '{ "packages": { "node_modules/ready": {} } }' }, 'no'],
    [
      'the lockfile of a folder says so',
      { 'a/package-lock.json': '{ "packages": { "node_modules/ready": {} } }' },
      'no',
    ],
    ['nothing does', { 'src/a.ts': 'export const a = 1;\n' }, 'no'],
  ])('where %s: %s', async (_, more, expected) => {
    expect(await answer(`app.get('/notes', ${list});`, '/ready', more)).toBe(expected);
  });
  it('not where code loads routes by names made at run time', async () => {
    const text = `app.get('/notes', ${list});\napp.use(require(process.argv[2]));`;
    expect(await answer(text, '/ready')).toBe('yes');
  });
});

describe('frameworks that answer by themselves', () => {
  const of = async (name: string, text: string) =>
    (
      await asked(
        'probe-answered',
        {},
        {
          'package.json': JSON.stringify({
            name: 'api',
            scripts: { start: 'node src/index.js' },
            dependencies: { [name]: '1' },
          }),
          'src/index.js': text,
          ...image('/ready'),
        },
      )
    )[0];
  it.each<[name: string, text: string, expected: string]>([
    [
      'fastify',
      "import make from 'fastify';\nconst app = make();\napp.get('/notes', () => []);\napp.listen({ port: 1 });\n",
      'no',
    ],
    [
      'hono',
      "import { Hono } from 'hono';\nimport { serve } from '@hono/node-server';\nconst app = new Hono();\napp.get('/notes', (c) => c.json([]));\nserve(app);\n",
      'no',
    ],
    [
      '@koa/router',
      "import Router from '@koa/router';\nconst router = new Router();\nrouter.get('/notes', (ctx) => {});\napp.use(router.routes());\n",
      'no',
    ],
    [
      'koa-router',
      "import Router from 'koa-router';\nconst router = new Router();\nrouter.get('/notes', (ctx) => {});\napp.use(router.routes());\n",
      'no',
    ],
    [
      '@hapi/hapi',
      "import Hapi from '@hapi/hapi';\nconst server = Hapi.server({ port: 1 });\nserver.route({ method: 'GET', path: '/notes', handler: () => [] });\nserver.start();\n",
      'yes',
    ],
    [
      'restify',
      "import restify from 'restify';\nconst server = restify.createServer();\nserver.get('/notes', (req, res) => res.send([]));\nserver.listen(1);\n",
      'yes',
    ],
  ])('%s', async (name, text, expected) => expect(await of(name, text)).toBe(expected));
  const nest = (main: string, decorator = "@Get('health')") => ({
    'package.json': JSON.stringify({
      name: 'api',
      scripts: { start: 'ts-node src/main.ts' },
      dependencies: { '@nestjs/core': '11', '@nestjs/common': '11' },
    }),
    'src/main.ts': `import { NestFactory } from '@nestjs/core';\nimport { Module, Controller, Get } from '@nestjs/common';\n@Controller('api')\nclass Health {\n  ${decorator}\n  show() {\n    return [];\n  }\n}\n@Module({ controllers: [Health] })\nclass All {}\nasync function start() {\n  const app = await NestFactory.create(All);\n  ${main}\n  await app.listen(3000);\n}\nstart();\n`,
    ...image('/health'),
  });
  it.each<[title: string, files: Record<string, string>, expected: string]>([
    ['a prefix of the class', nest(''), 'no'],
    ['a prefix that leaves some out', nest("app.setGlobalPrefix('v1', { exclude: ['health'] });"), 'yes'],
    ['a prefix that leaves none out', nest("app.setGlobalPrefix('v1');"), 'no'],
    ['what is left out of something else', nest("const a = { exclude: ['health'] };"), 'no'],
    ['a route of no version', nest('const version = VERSION_NEUTRAL;'), 'yes'],
    ['settings that say so', { ...nest(''), 'a.md': 'setGlobalPrefix exclude VERSION_NEUTRAL' }, 'no'],
  ])('Nest: %s', async (_, files, expected) => {
    expect((await asked('probe-answered', {}, files))[0]).toBe(expected);
  });
  it.each<[route: string, expected: string]>([
    ['app/[id]/page.tsx', 'yes'],
    ['app/other/page.tsx', 'no'],
    ['app/api/ready/route.ts', 'no'],
    ['pages/api/notes.ts', 'no'],
  ])('Next.js with %s', async (path, expected) => {
    const text = path.endsWith('.tsx')
      ? page['app/page.tsx']
      : 'export const GET = () => Response.json([]);\nexport default () => {};\n';
    const files = framework('next', { ...page, [path]: text, ...image('/ready') });
    expect((await asked('probe-answered', {}, files))[0]).toBe(expected);
  });
});
