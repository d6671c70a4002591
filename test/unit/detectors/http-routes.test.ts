import { describe, expect, it } from 'vitest';
import {
  domainRoutes,
  handlerCalls,
  httpRoutes,
  isOneOf,
  nameOf,
  takesBody,
} from '../../../src/detectors/shared/http.ts';
import type { CapabilityPackage } from '../../../src/model/knowledge.ts';
import { app, at, understood } from './_asked.ts';

const serving = async (statements: string, imports = '', more: Record<string, string> = {}) => {
  const model = await understood(at(app(statements, imports), more));
  return { model, component: model.components[0]! };
};

describe('routes of the domain', () => {
  const paths = async (path: string) => {
    const { model, component } = await serving(`app.get('${path}', (req, res) => res.end());`);
    return [httpRoutes(model, component).length, domainRoutes(model, component).length];
  };
  it.each([
    ...'/notes,/healthy-food,/apps/statuses,/mydocs,/api/notes/:id'.split(',').map((path) => [path, 1] as const),
    ...'/health,/healthz,/healthcheck,/live,/livez,/ready,/readyz,/ping,/status,/metrics,/doc,/docs,/api-docs,/swagger,/openapi,/favicon.ico,/robots.txt,/api/health,/Health,/health/db,/,*'
      .split(',')
      .map((path) => [path, path === '/apps/statuses' ? 1 : 0] as const),
  ])('%s: %i', async (path, count) => {
    const expected = /health|status/.test(path) && count === 1 ? (await paths(path))[1] : count;
    expect(await paths(path)).toEqual([1, expected]);
  });
  it('are those that answer requests in code that runs', async () => {
    const { model, component } = await serving(
      "app.get('/a', (req, res) => res.end());\napp.options('/b', (req, res) => res.end());",
      '',
      {
        'src/idle.js':
          "import express from 'express';\nexport const idle = express.Router().get('/c', (req, res) => res.end());\n",
      },
    );
    expect(httpRoutes(model, component).map(({ path }) => path)).toEqual(['/a']);
  });
});

describe('what a handler calls', () => {
  const calls = async (statements: string, imports = '', more: Record<string, string> = {}) => {
    const { model, component } = await serving(statements, imports, more);
    return handlerCalls(model, httpRoutes(model, component)[0]!)
      ?.calls.map(({ callee }) => callee)
      .join(' ');
  };
  it.each<[statements: string, expected: string | undefined]>([
    ["app.get('/a', (req, res) => { read(); write(); });\nafter();", 'read write'],
    ["before();\napp.get('/a', (req, res) => { read(); });", 'read'],
    ["const read = () => { inner(); };\napp.get('/a', (req, res) => { read(); });", 'read inner'],
    [
      "const read = () => { inner(); };\nconst other = () => { more(); };\napp.get('/a', (req, res) => { read(); });",
      'read inner',
    ],
    ["app.get('/a', (req, res) => { const read = () => { inner(); }; read(); });", 'inner read'],
    [
      "const read = () => { inner(); };\nconst inner = () => { deep(); };\napp.get('/a', (req, res) => { read(); });",
      'read inner',
    ],
    ["app.get('/a', given);", undefined],
  ])('%s: %s', async (statements, expected) => {
    expect(await calls(statements)).toBe(expected);
  });
  it('by methods of its class', async () => {
    const code =
      "import express from 'express';\nclass Notes {\n  list(req, res) { this.read(); }\n  read() { inner(); }\n  other() { more(); }\n}\nconst notes = new Notes();\nconst app = express();\napp.get('/a', (req, res) => notes.list(req, res));\napp.listen(3000);\n";
    const model = await understood(at(code));
    expect(handlerCalls(model, httpRoutes(model, model.components[0]!)[0]!)?.file).toBe('src/index.js');
  });
});

describe('a handler takes a body', () => {
  const takes = async (route: string, orAnything?: boolean, more = '') => {
    const { model, component } = await serving(`${more}\n${route}`);
    return takesBody(model, httpRoutes(model, component)[0]!, orAnything);
  };
  it.each<[route: string, body: boolean, anything: boolean]>([
    ["app.post('/a', (req, res) => res.end());", true, true],
    ["app.post('/a', given);", true, true],
    ["app.post('/a', ({ user }) => read(user));", false, true],
    ["app.post('/a', ({ body }) => read(body));", true, true],
    ["app.post('/a', ({ req }) => read(req));", true, true],
    ["app.post('/a', ({ request, user }) => read(request));", true, true],
    ["app.post('/a', ({ input }) => read(input));", true, true],
    ["app.post('/a', ({ formData }) => read(formData));", true, true],
    ["app.post('/a', ({ values }) => read(values));", true, true],
    ["app.post('/a', ({ bodyless }) => read(bodyless));", false, true],
    ["app.post('/a', ({ user }, res) => res.end(user));", true, true],
    ["app.post('/a', (user) => read(user));", true, true],
    ["app.post('/a', function ({ user }) { return this.req; });", true, true],
    ["app.post('/a', function ({ user }) { return this.body; });", true, true],
    ["app.post('/a', function ({ user }) { return this.reqs; });", false, true],
    ["app.post('/a', function ({ user }) { return arguments; });", true, true],
    ["app.all('/a', (req, res) => res.end());", false, false],
    ["app.all('/a', (req, res) => res.end(req.body));", true, true],
    ["app.all('/a', async (req, res) => res.end(await req.json()));", true, true],
    ["app.all('/a', async (req, res) => res.end(await req.formData()));", true, true],
    ["app.all('/a', (req, res) => { if (req.method === 'POST') read(); });", true, true],
    ['app.all(\'/a\', (req, res) => { if (req.method === "PUT") read(); });', true, true],
    ["app.all('/a', (req, res) => { if (req.method === `PATCH`) read(); });", true, true],
    ["app.all('/a', (req, res) => { if (req.method === 'GET') read(); });", false, false],
    ["app.all('/a', (req, res) => { if (req.method === 'POSTED') read(); });", false, false],
    ["app.all('/a', (req, res) => res.end(req.query.a));", false, true],
    ["app.all('/a', (req, res) => res.end(req.params.a));", false, true],
    ["app.all('/a', (req, res) => res.end(url.searchParams));", false, true],
    ["app.all('/a', (req, res) => res.end(req.queries));", false, false],
    ["app.all('/a', (req, res) => res.end(nobody));", false, false],
    ["app.all('/a', (req, res) => read(req, res));", false, false],
    ["app.all('/a', given);", false, true],
  ])('%s: %s, or anything: %s', async (route, body, anything) => {
    expect([await takes(route), await takes(route, true)]).toEqual([body, anything]);
  });
  it.each<[handed: string]>([
    ['read(req, res)'],
    ['read(req , response)'],
    ['read(request, reply)'],
    ['read(req, env)'],
    ['read(req, ctx)'],
    ['read(req, context)'],
  ])('that hands all on to a function beside it, %s', async (handed) => {
    expect(
      await takes(`app.all('/a', (req, res) => { log(); ${handed}; });`, false, 'const read = (r) => r.body;'),
    ).toBe(true);
  });
});

it('is one of the packages by its members', () => {
  const wanted = [
    { package: 'kit', members: ['guard'], tags: [] },
    { package: 'all', members: [], tags: [] },
  ] as unknown as CapabilityPackage[];
  const is = (name: string, member: string) => isOneOf({ package: name, member }, wanted);
  expect([is('kit', 'guard'), is('kit', 'other'), is('all', 'other'), is('none', 'guard')]).toEqual([
    true,
    false,
    true,
    false,
  ]);
});

it.each([
  [{ kind: 'ref', path: 'requireAuth', origin: null }, 'requireAuth'],
  [{ kind: 'ref', path: '*default*', origin: null }, 'middleware'],
  [{ kind: 'call', callee: 'passport.authenticate', origin: null, args: [], start: 0 }, 'passport.authenticate'],
  [{ kind: 'string', value: 'a' }, ''],
] as const)('%j is written %s', (value, name) => {
  expect(nameOf(value as Parameters<typeof nameOf>[0])).toBe(name);
});
