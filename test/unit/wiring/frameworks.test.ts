import { describe, expect, it } from 'vitest';
import type { ValueFact } from '../../../src/model/facts/source.ts';
import { pkg, wired } from './_wired.ts';

const nameOf = (value: ValueFact): string =>
  value.kind === 'call'
    ? `${value.callee}()`
    : value.kind === 'ref'
      ? value.path
      : value.kind === 'object'
        ? `{${Object.keys(value.props)}}`
        : value.kind;

/** Routes as a reader would list them: what is asked, where it is written, what stands before, and the line of who answers. */
const routes = async (files: Record<string, string>) =>
  (await wired(files))
    .routes()
    .map(({ method, path, framework, file, line, live, middleware, handler }) =>
      [
        `${method} ${path} ${framework} ${file.replace(/^src\//, '')}:${line}`,
        ...(live === 'live' ? [] : [live]),
        ...(middleware.length > 0 ? [`after ${middleware.map(nameOf).join(' ')}`] : []),
        handler ? `by ${handler.fn.line}` : 'by nobody',
      ].join(', '),
    );

describe('procedures', () => {
  const of = (text: string, imports = '', more: Record<string, string> = {}) =>
    routes({
      'package.json': pkg('@trpc/server', '@orpc/server'),
      'src/index.js': `import { initTRPC } from '@trpc/server';\n${imports}\nconst t = initTRPC.create();\nconst router = t.router;\nconst publicProcedure = t.procedure;\nconst go = () => 1;\nbegin(process.env.PORT);\n${text}\n`,
      ...more,
    });
  it.each<[string, string[]]>([
    [
      'export const app = router({ add: publicProcedure.mutation(go) });',
      ['MUTATION add trpc index.js:8, dead, after publicProcedure, by 6'],
    ],
    [
      'export const app = router({ all: publicProcedure.query(() => 1), on: publicProcedure.subscription(go) });',
      [
        'QUERY all trpc index.js:8, dead, after publicProcedure, by 8',
        'SUBSCRIPTION on trpc index.js:8, dead, after publicProcedure, by 6',
      ],
    ],
    [
      'export const app = router({ all: publicProcedure.input(shape).use(check).query(go) });',
      ['QUERY all trpc index.js:8, dead, after publicProcedure check publicProcedure.input(), by 6'],
    ],
    [
      'export const app = router({ all: publicProcedure.use(check, log).input(shape).validator(other).mutation(go) });',
      [
        'MUTATION all trpc index.js:8, dead, after publicProcedure check log publicProcedure.use().input().validator() publicProcedure.use().input(), by 6',
      ],
    ],
    [
      'export const add = publicProcedure.mutation(go);',
      ['MUTATION add trpc index.js:8, dead, after publicProcedure, by 6'],
    ],
    ['publicProcedure.query(go);', ['QUERY query trpc index.js:8, dead, after publicProcedure, by 6']],
    ['export const app = router({ all: publicProcedure.query(lost) });', []],
    ['export const app = router({ all: store.query(go) });', []],
    [
      'export const app = router({ all: procedure.query(go), in: { deep: protectedProcedure.query(go) } });',
      [
        'QUERY all trpc index.js:8, dead, after procedure, by 6',
        'QUERY deep trpc index.js:8, dead, after protectedProcedure, by 6',
      ],
    ],
    ['export const app = router({ all: publicProcedure.queries(go) });', []],
    [
      'export const all = publicProcedure.handler(go);',
      ['QUERY all orpc index.js:8, dead, after publicProcedure, by 6'],
    ],
    [
      'export const all = publicProcedure.input(shape).handler(go);',
      ['MUTATION all orpc index.js:8, dead, after publicProcedure publicProcedure.input(), by 6'],
    ],
    ['export const app = router({ all: publicProcedure.query(go) });\nconst caller = app.createCaller({});', []],
    ['export const app = router({ all: publicProcedure.query(go) });\nconst caller = t.createCallerFactory(app);', []],
    [
      'export const app = router({ all: publicProcedure.query(go) });\nconst caller = app.createCallers({});',
      ['QUERY all trpc index.js:8, dead, after publicProcedure, by 6'],
    ],
  ])('%s', async (text, expected) => expect(await of(text)).toEqual(expected));
  it.each<[string, string[]]>([
    [
      "import { os } from '@orpc/server';",
      [
        'MUTATION add orpc index.js:8, dead, after os os.input(), by 6',
        'MUTATION /part orpc index.js:8, dead, after os os.route().input(), by 6',
        'PUT /at orpc index.js:8, dead, after os, by 6',
        'QUERY all orpc index.js:8, dead, after os, by 6',
      ],
    ],
    [
      "import { os } from '@orpc/contract';",
      [
        'MUTATION add orpc index.js:8, dead, after os os.input(), by 6',
        'MUTATION /part orpc index.js:8, dead, after os os.route().input(), by 6',
        'PUT /at orpc index.js:8, dead, after os, by 6',
        'QUERY all orpc index.js:8, dead, after os, by 6',
      ],
    ],
    ["import { os } from '@orpc/client';", []],
  ])('of oRPC: %s', async (imports, expected) => {
    expect(
      await of(
        "export const app = { all: os.handler(go), add: os.input(shape).handler(go), at: os.route({ method: 'PUT', path: '/at' }).handler(go), part: os.route({ path: '/part' }).input(shape).handler(go) };",
        imports,
      ),
    ).toEqual(expected);
  });
  it.each<[string, boolean]>([
    ['@trpc/server/adapters/express', true],
    ['@trpc/next', true],
    ['@orpc/server/fetch', true],
    ['trpc-server', true],
    ['own-trpc-openapi', true],
    ['trpc-playground', true],
    ['trpc-panel', true],
    ['@elysiajs/trpc', true],
    ['fastify-trpc', true],
    ['nestjs-trpc', true],
    ['nest-trpc', true],
    ['nuxt-trpc', true],
    ['@trpc/server', false],
    ['@trpc/client', false],
    ['@orpc/server', false],
    ['own-trpc', false],
    ['@trpc/nextjs', false],
  ])('that the program calls itself, beside %s: %s', async (name, expected) => {
    const found = await of(
      `export const app = router({ all: publicProcedure.query(go) });\nconst caller = app.createCaller({});`,
      `import own from '${name}';\nown();`,
    );
    expect(found.length > 0).toBe(expected);
  });
});

describe('bare servers', () => {
  it.each<[string, string[]]>([
    [
      "import { createServer } from 'node:http';\ncreateServer((req, res) => res.end()).listen(1);",
      ['ALL * http index.js:2, by 2'],
    ],
    [
      "import https from 'https';\nhttps.createServer({ key }, (req, res) => res.end()).listen(1);",
      ['ALL * http index.js:2, by 2'],
    ],
    [
      "import http2 from 'node:http2';\nhttp2.createServer((req, res) => res.end()).listen(1);",
      ['ALL * http index.js:2, by 2'],
    ],
    ["import net from 'node:net';\nnet.createServer((socket) => socket.end()).listen(1);", []],
    ["import { createServer } from 'node:http';\ncreateServer(app).listen(1);", []],
    [
      "import { createServer } from 'node:http';\ncreateServer((req, res) => {\n  if (req.url === '/health') return res.end();\n  if ('/no' !== req.url) res.statusCode = 404;\n  switch (url.pathname) { case \"/deep/in\": break; case '/health': break; }\n  if (path == `/notes`) run('/never');\n}).listen(1);",
      ['ALL /health http index.js:2, by 2', 'ALL /deep/in http index.js:2, by 2', 'ALL /notes http index.js:2, by 2'],
    ],
    [
      "import { createServer } from 'node:http';\ncreateServer((req, res) => {\n  if (req.url === '/health') return res.end();\n}).listen(1);",
      ['ALL * http index.js:2, by 2'],
    ],
    ['Bun.serve({ fetch: () => new Response() });', ['ALL * http index.js:1, by nobody']],
    ['Deno.serve(() => new Response());', ['ALL * http index.js:1, by nobody']],
    ['own.serve(() => new Response());', []],
    [
      "import { Server } from 'socket.io';\nconst io = new Server();\nio.on('connection', (socket) => socket.emit(1));\nio.on(name, lost);",
      ['EVENT connection socket.io index.js:3, by 3', 'EVENT * socket.io index.js:4, by nobody'],
    ],
    [
      "import { WebSocketServer } from 'ws';\nconst all = new WebSocketServer({ port: 1 });\nall.on('connection', (socket) => socket.send(1));",
      ['EVENT connection ws index.js:3, by 3'],
    ],
    ["import events from 'node:events';\nevents.on('connection', (socket) => socket.send(1));", []],
    [
      "import { defineAction } from 'astro:actions';\nexport const server = { add: defineAction({ input: shape, handler: (input) => input }), all: defineAction({ handler: () => 1 }), none: defineAction(options) };",
      [
        'GET action all astro index.js:2, dead, by 2',
        'GET action none astro index.js:2, dead, by nobody',
        'POST action add astro index.js:2, dead, after shape, by 2',
      ],
    ],
    ["import { defineAction } from 'other';\nexport const server = { add: defineAction({ handler: () => 1 }) };", []],
  ])('%s', async (text, expected) =>
    expect(
      await routes({ 'package.json': pkg('ws', 'socket.io'), 'src/index.js': `${text}\nbegin(process.env.PORT);\n` }),
    ).toEqual(expected),
  );
});

describe('resolvers of GraphQL', () => {
  const files = (text: string) => ({
    'package.json': pkg('graphql-yoga'),
    'src/index.js': `import { createSchema, createYoga } from 'graphql-yoga';\nimport * as Query from './queries.js';\nimport { queries, one } from './queries.js';\nimport all from './all.js';\nconst go = () => 1;\nbegin(process.env.PORT);\n${text}\n`,
    'src/queries.js':
      'export const one = (a, req) => req.body;\nexport const queries = {\n  two: (a, req) => req.body,\n};\n',
    'src/all.js': 'export default {\n  three: (a, req) => req.body,\n};\n',
  });
  it.each<[string, string[]]>([
    [
      'createSchema({ resolvers: { Query: { notes: () => 1 }, Mutation: { add: go }, Subscription: { on: go }, Note: { id: go } } });',
      [
        'MUTATION add graphql index.js:5, by 5',
        'SUBSCRIPTION on graphql index.js:5, by 5',
        'QUERY notes graphql index.js:7, by 7',
      ],
    ],
    [
      'createSchema({ resolvers: [{ Query: { notes: go } }, { Query: { tags: go } }] });',
      ['QUERY notes graphql index.js:5, by 5', 'QUERY tags graphql index.js:5, by 5'],
    ],
    ['createYoga({ resolvers: { Query: queries } });', ['QUERY two graphql queries.js:3, by 3']],
    ['createYoga({ resolvers: { Query: all } });', ['QUERY three graphql all.js:2, by 2']],
    ['createYoga({ resolvers: { Query: lost } });', []],
    [
      'new ApolloServer({ resolvers: { Query: { notes: combine(check, go) } } });',
      ['QUERY notes graphql index.js:5, after check, by 5'],
    ],
    ['new GraphQLServer({ resolvers: { Query: { notes: wrap(go) } } });', ['QUERY notes graphql index.js:5, by 5']],
    ['makeExecutableSchema({ resolvers: { Query: { notes: one } } });', ['QUERY notes graphql queries.js:1, by 1']],
    ['makeExecutableSchemas({ resolvers: { Query: { notes: one } } });', []],
    ['makeExecutableSchema({ resolver: { Query: { notes: one } } });', []],
    [
      'export const resolvers = { Query: { notes: go }, Queries: { other: go } };',
      ['QUERY notes graphql index.js:5, dead, by 5'],
    ],
    [
      'export function getResolvers() { return { Query: { notes: go } }; }',
      ['QUERY notes graphql index.js:5, dead, by 5'],
    ],
  ])('%s', async (text, expected) => expect(await routes(files(text))).toEqual(expected));
});

describe('fields that code makes', () => {
  const of = (text: string) =>
    routes({
      'package.json': pkg('@pothos/core'),
      'src/index.js': `import { builder } from './builder.js';\nconst go = () => 1;\nbegin(process.env.PORT);\n${text}\n`,
      'src/builder.js': 'export const builder = 1;\n',
    });
  it.each<[string, string[]]>([
    ...['query', 'mutation', 'subscription'].flatMap((word): [string, string[]][] => [
      [
        `builder.${word}Type({ fields: (t) => ({ notes: t.field({ resolve: go }) }) });`,
        [`${word.toUpperCase()} notes graphql index.js:4, by 2`],
      ],
      [
        `builder.${word}Field('notes', (t) => t.field({ resolve: go }));`,
        [`${word.toUpperCase()} notes graphql index.js:4, by 2`],
      ],
      [
        `builder.${word}Fields((t) => ({ notes: t.prisma.list({ resolve: go }) }));`,
        [`${word.toUpperCase()} notes graphql index.js:4, by 2`],
      ],
    ]),
    ["mutationField('add', { resolve: go });", ['MUTATION add graphql index.js:4, by 2']],
    ["mutationField('add', { type: 'Note' });", []],
    ["subscriptionField('on', { subscribe: go });", ['SUBSCRIPTION on graphql index.js:4, by 2']],
    [
      "objectType({ name: 'Query', definition(t) { t.field('notes', { resolve: go }); t.list.string('tags', { resolve: go }); t.string('plain'); } });",
      ['QUERY notes graphql index.js:4, by 2', 'QUERY tags graphql index.js:4, by 2'],
    ],
    [
      "extendType({ type: 'Mutation', definition(t) { t.field('add', { resolve: go }); } });",
      ['MUTATION add graphql index.js:4, by 2'],
    ],
    ["extendType({ type: 'Note', definition(t) { t.field('id', { resolve: go }); } });", []],
    ["objectType({ name: 'Queries', definition(t) { t.field('id', { resolve: go }); } });", []],
    ['objectType(name);', []],
    ['builder.queryTypes({ fields: (t) => ({ notes: t.field({ resolve: go }) }) });', []],
    [
      'builder.queryType({ fields: (t) => ({ notes: field({ resolve: go }), other: new t.field({ resolve: go }) }) });',
      [],
    ],
    ['builder.queryType({});\nbuilder.other({ fields: (t) => ({ notes: t.field({ resolve: go }) }) });', []],
  ])('%s', async (text, expected) => expect(await of(text)).toEqual(expected));
});

describe('TanStack Start', () => {
  const of = (text: string, name = '@tanstack/react-start', file = 'src/routes/notes/index.tsx') =>
    routes({
      'package.json': pkg(name),
      [file]: `import { createFileRoute, createRootRoute, createServerFileRoute } from '@tanstack/react-router';\nimport { createServerFn } from '@tanstack/react-start';\nimport { createFileRoute as other } from 'other';\nconst go = () => 1;\nbegin(process.env.PORT);\n${text}\n`,
    });
  it.each<[string, string[]]>([
    [
      "export const Route = createFileRoute('/notes/$id')({ loader: go, beforeLoad: go, component: Page });",
      [
        'GET /notes/$id tanstack routes/notes/index.tsx:6, by 4',
        'GET /notes/$id tanstack routes/notes/index.tsx:6, by 4',
      ],
    ],
    [
      'export const Route = createFileRoute()({ loader: () => 1 });',
      ['GET /notes tanstack routes/notes/index.tsx:6, by 6'],
    ],
    [
      "export const Route = createFileRoute('/a')({ server: { middleware: [check], handlers: { GET: go, ANY: go, get: go, POSTS: go } } });",
      [
        'ALL /a tanstack routes/notes/index.tsx:6, after check, by 4',
        'GET /a tanstack routes/notes/index.tsx:6, after check, by 4',
      ],
    ],
    ["export const Route = createFileRoute('/a')(options);", []],
    ["export const Route = other('/a')({ loader: go });", []],
    [
      "export const ask = createServerFn({ method: 'POST' }).validator(shape).middleware([check]).handler(go);",
      [
        'POST function ask tanstack routes/notes/index.tsx:6, after createServerFn().validator().middleware() createServerFn().validator(), by 4',
      ],
    ],
    [
      'export const ask = createServerFn().inputValidator(shape).handler(go);',
      ['GET function ask tanstack routes/notes/index.tsx:6, after createServerFn().inputValidator(), by 4'],
    ],
    ['createServerFn().handler(lost);', ['GET function tanstack routes/notes/index.tsx:6, by nobody']],
    ['export const ask = createServerFn().handlers(go);', []],
  ])('%s', async (text, expected) => expect(await of(text)).toEqual(expected));
  it.each<[string, string, string[]]>([
    ['@tanstack/solid-start', 'src/routes/a.b/route.tsx', ['GET /a.b tanstack routes/a.b/route.tsx:6, by 4']],
    ['@tanstack/start', 'app/routes/index.ts', ['GET / tanstack app/routes/index.ts:6, by 4']],
    ['@tanstack/react-router', 'src/routes/a.tsx', []],
  ])('of %s, in %s', async (name, file, expected) =>
    expect(await of('export const Route = createFileRoute()({ loader: go });', name, file)).toEqual(expected),
  );
});

describe('Qwik City', () => {
  const imports =
    "import { globalAction$, routeAction$, routeLoader$, server$, zod$ } from '@builder.io/qwik-city';\nimport { routeLoader$ as other } from 'other';\nconst go = () => process.env.A;\n";
  it.each<[string, string, string[]]>([
    [
      'src/routes/notes/index.tsx',
      'export const useNotes = routeLoader$(go);',
      ['GET function useNotes qwik routes/notes/index.tsx:4, by 3'],
    ],
    [
      'src/routes/notes/index.tsx',
      'export const useAdd = routeAction$(go, zod$({ a: 1 }));\nexport const useAll = globalAction$(go, { validation: [check], id: 3 });',
      [
        'POST function useAdd qwik routes/notes/index.tsx:4, after zod$(), by 3',
        'POST function useAll qwik routes/notes/index.tsx:5, after array number, by 3',
      ],
    ],
    [
      'src/lib/ask.ts',
      'export const ask = server$(function () { return process.env.A; });\nserver$(lost);',
      ['POST function ask qwik lib/ask.ts:4, dead, by 4', 'POST function qwik lib/ask.ts:5, dead, by nobody'],
    ],
    ['src/routes/notes/index.tsx', 'export const useNotes = other(go);', []],
    [
      'src/routes/notes/[id]/layout.tsx',
      ['Request', 'Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Gets']
        .map((name) => `export const on${name} = () => process.env.A;`)
        .join('\n'),
      [
        'ALL /notes/[id] qwik routes/notes/[id]/layout.tsx:4, by 4',
        'GET /notes/[id] qwik routes/notes/[id]/layout.tsx:5, by 5',
        'POST /notes/[id] qwik routes/notes/[id]/layout.tsx:6, by 6',
        'PUT /notes/[id] qwik routes/notes/[id]/layout.tsx:7, by 7',
        'PATCH /notes/[id] qwik routes/notes/[id]/layout.tsx:8, by 8',
        'DELETE /notes/[id] qwik routes/notes/[id]/layout.tsx:9, by 9',
      ],
    ],
    [
      'src/routes/index.ts',
      'export const notOnGet = () => process.env.A;\nconst own = () => process.env.B;\nexport { own as onGet };',
      ['GET / qwik routes/index.ts:6, by 5'],
    ],
    ['src/routes/index.css.json', 'export const onGet = 1;', []],
    ['lib/src/routes/index.ts', 'export const onGet = () => process.env.A;', []],
  ])('%s: %s', async (file, text, expected) =>
    expect(await routes({ 'package.json': pkg('@builder.io/qwik-city'), [file]: imports + text })).toEqual(expected),
  );
  it.each<[string, string[]]>([
    ['@qwik.dev/router', ['GET /a qwik routes/a/index.ts:1, by 1']],
    ['qwik', []],
  ])('of %s', async (name, expected) =>
    expect(
      await routes({ 'package.json': pkg(name), 'src/routes/a/index.ts': 'export const onGet = () => process.env.A;' }),
    ).toEqual(expected),
  );
});
