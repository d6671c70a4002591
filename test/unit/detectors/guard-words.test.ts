import { describe, expect, it } from 'vitest';
import { app, asked, at, framework, service } from './_asked.ts';

const answer = async (files: Record<string, string>): Promise<string> =>
  (await asked('guards-routes', {}, files))[0]!.replace(/:.*/, '');
type Row = [code: string, expected: string];

describe('a resolver of GraphQL turns away whom the context does not know', () => {
  const graphql = (resolver: string, server = 'new ApolloServer({ typeDefs, resolvers, context })') =>
    at(
      `import { ApolloServer } from 'apollo-server';\nimport jwt from 'jsonwebtoken';\nconst context = ({ req }) => ({ user: jwt.verify(req.headers.authorization, process.env.KEY) });\nconst resolvers = { Query: { notes: async (parent, args, ctx) => {\n  ${resolver}\n  return [];\n} } };\nconst typeDefs = '';\nconst server = ${server};\nserver.listen(3000);\n`,
      {},
      ['apollo-server', 'jsonwebtoken'],
    );
  const refusing = "if (!ctx.user) throw new AuthenticationError('x');";
  it.each<Row>([
    [refusing, 'yes'],
    ["if (!ctx.user) throw new ForbiddenError('x');", 'yes'],
    ["if (!ctx.user) throw fail('UNAUTHENTICATED');", 'yes'],
    ["if (!ctx.user) throw fail('UNAUTHORIZED');", 'yes'],
    ["if (!ctx.user) throw fail('unauthenticated');", 'yes'],
    ["if (!ctx.user) throw fail('Un-authenticated');", 'yes'],
    ["if (!ctx.user) throw fail('un-authorized');", 'yes'],
    ["if (!ctx.user) throw fail('Unauthorised');", 'yes'],
    ["if (!ctx.user) throw fail('not authenticated');", 'yes'],
    ["if (!ctx.user) throw fail('Not authorised');", 'yes'],
    ["if (!ctx.user) throw fail('not authorized');", 'yes'],
    ["if (!ctx.user) throw fail('You are not logged in');", 'yes'],
    ["if (!ctx.user) throw fail('not signed in');", 'yes'],
    ['checkAuth(ctx);', 'yes'],
    ['requireAuthentication(ctx);', 'yes'],
    ['ensureSignedIn(ctx);', 'yes'],
    ['assert_logged_in(ctx);', 'yes'],
    ['isAuth(ctx);', 'yes'],
    ['isLog(ctx);', 'yes'],
    ['check_auth(ctx);', 'yes'],
    ['checkEmail(ctx);', 'no'],
    ["if (!ctx.user) throw fail('not found');", 'no'],
    ["log('authenticated');", 'no'],
    ['const user = ctx.user;', 'no'],
    ['isAuth = ctx;', 'no'],
  ])('%s: %s', async (resolver, expected) => {
    expect(await answer(graphql(resolver))).toBe(expected);
  });
  it.each<Row>([
    ['new ApolloServer({ typeDefs, resolvers })', 'no'],
    ['new ApolloServer({ typeDefs, resolvers, context: () => ({}) })', 'no'],
    ['new ApolloServer({ typeDefs, resolvers, createContext: context })', 'yes'],
    ['new ApolloServer({ typeDefs, resolvers, other: context })', 'no'],
  ])('by %s: %s', async (server, expected) => {
    expect(await answer(graphql(refusing, server))).toBe(expected);
  });
});

describe('a session of the framework is asked for people', () => {
  const remix = (line: string) =>
    framework(
      'remix',
      {
        'app/root.tsx': 'export default () => <main />;\n',
        'app/routes/notes.tsx':
          "import { requireUser } from '../session.server';\nexport const loader = async ({ request }) => ({ notes: await requireUser(request) });\nexport default () => <ul />;\n",
        'app/session.server.ts': `import { createCookieSessionStorage, redirect } from '@remix-run/node';\nconst KEY = 'kept';\nconst storage = createCookieSessionStorage({ cookie: { name: 'a', secrets: [process.env.KEY] } });\nexport const requireUser = async (request) => {\n  const session = await storage.getSession(request.headers.get('Cookie'));\n  if (!session.get(KEY)) throw redirect('/');\n  return session.get(KEY);\n};\nexport const keep = (session, value) => ${line};\n`,
      },
      ['@remix-run/react', '@remix-run/node', '@remix-run/dev', 'react'],
    );
  it.each<Row>([
    ["session.set('user', value)", 'yes'],
    ["session.get('userId')", 'yes'],
    ["session.has('auth')", 'yes'],
    ['session.set("account", value)', 'yes'],
    ['session.set(`member`, value)', 'yes'],
    ["session.set(  'admin', value)", 'yes'],
    ["session.set('current.token', value)", 'yes'],
    ['session.set(keys.login, value)', 'yes'],
    ['session.set(userKey, value)', 'yes'],
    ["session.set(ctx, 'identity', value)", 'yes'],
    ["session.set(ctx,   'person', value)", 'yes'],
    ["session.set('email', value)", 'yes'],
    ["session.set('jwt', value)", 'yes'],
    ['session.user', 'yes'],
    ['session?.user', 'yes'],
    ['session.users()', 'no'],
    ["session.set('cart', value)", 'no'],
    ["session.set('locale', value)", 'no'],
    ["session.get('user-agent')", 'no'],
    ["session.put('user', value)", 'no'],
    ["session.set('cart user', value)", 'no'],
    ["session.set('a', 'b', 'user')", 'no'],
    ['mysession.user', 'no'],
  ])('%s: %s', async (line, expected) => {
    expect(await answer(remix(line))).toBe(expected);
  });
});

const list = 'const list = (req, res) => res.json([]);';

describe('the handler of Express asks', () => {
  const inside = (statement: string, module: string, dependencies: string[] = ['jsonwebtoken']) =>
    at(
      app(
        `app.get('/notes', async (req, res) => {\n  ${statement}\n  res.json([]);\n});`,
        "import * as own from './own.js';\nimport { jwt, tokens, apiKeys, verifyToken, requireUser, numbers } from './own.js';",
      ),
      { 'src/own.js': module },
      dependencies,
    );
  const crypto =
    "import crypto from 'node:crypto';\nconst check = (t) => crypto.createHmac('sha256', process.env.KEY).update(t).digest('hex') === t;\nexport const jwt = { verify: check, validateAll: check, checkNow: check, decode: check };\nexport const tokens = jwt, apiKeys = jwt, numbers = jwt;\nexport const verifyToken = check, requireUser = check;\n";
  it.each<Row>([
    ['jwt.verify(req.headers.authorization);', 'yes'],
    ['jwt.validateAll(req.headers.authorization);', 'yes'],
    ['jwt.checkNow(req.headers.authorization);', 'yes'],
    ['jwt.decode(req.headers.authorization);', 'no'],
    ['numbers.verify(req.headers.authorization);', 'no'],
  ])('%s of a module of its own: %s', async (statement, expected) => {
    expect(await answer(inside(statement, crypto))).toBe(expected);
  });

  const library =
    "import jsonwebtoken from 'jsonwebtoken';\nexport const jwt = jsonwebtoken;\nconst check = (t) => jsonwebtoken.verify(t, process.env.KEY);\nexport const tokens = 1, apiKeys = 2, numbers = 3;\nexport const verifyToken = check, requireUser = check, sendTokenMail = check, users = check;\n";
  it.each<Row>([
    ['verifyToken(req.headers.authorization);', 'yes'],
    ['requireUser(req.headers.authorization);', 'yes'],
    ['own.verifyToken(req.headers.authorization);', 'yes'],
  ])('%s by a library: %s', async (statement, expected) => {
    expect(await answer(inside(statement, library))).toBe(expected);
  });
});

describe('a function of ours that answers 401 stands before a route', () => {
  const wrapped = (body: string) =>
    at(
      app(`${list}\napp.get('/notes', pass, list);`, "import { pass } from './pass.js';"),
      {
        'src/pass.js': `import fetch from 'node-fetch';\nexport const pass = async (req, res, next) => {\n  const known = await fetch('http://people');\n  ${body}\n  next();\n};\n`,
      },
      ['node-fetch'],
    );
  it.each<Row>([
    ['if (!known.ok) return res.status(401).end();', 'yes'],
    ['if (!known.ok) return res.sendStatus(401);', 'yes'],
    ['if (!known.ok) return reply.code(401).send();', 'yes'],
    ['if (!known.ok) { res.statusCode = 401; return; }', 'yes'],
    ["if (!known.ok) return answer(res, 401, 'no');", 'yes'],
    ['if (!known.ok) return answer(res,401);', 'yes'],
    ['if (!known.ok) return answer(res, 401 );', 'yes'],
    ['if (!known.ok) return answer(res, 4010);', 'no'],
    ['if (!known.ok) return answer(401 + 1);', 'no'],
    ['if (!known.ok) return res.status(403).end();', 'no'],
    ['if (!known.ok) return res.status(4012).end();', 'no'],
    ['if (!known.ok) return res.statusText = "x", 401;', 'no'],
  ])('%s: %s', async (body, expected) => {
    expect(await answer(wrapped(body))).toBe(expected);
  });
});

describe('what is only named like a guard', () => {
  const named = (name: string, module: string, dependencies = ['jsonwebtoken']) =>
    at(
      app(`${list}\napp.get('/notes', own.${name}, list);`, "import * as own from './own.js';"),
      { 'src/own.js': module },
      dependencies,
    );
  const verifies = (name: string, params = 'req, res, next') =>
    `import jwt from 'jsonwebtoken';\nexport const ${name} = (${params}) => {\n  jwt.verify(req.headers.authorization, process.env.KEY);\n  next();\n};\n`;
  it.each<[string, string, string]>([
    ['authenticate', 'req, res, next', 'yes'],
    ['error_handler', 'req, res, next', 'no'],
    ['exceptionsFilter', 'req, res, next', 'no'],
    ['errorMiddleware', 'req, res, next', 'no'],
    ['authenticate', 'err, req, res, next', 'no'],
    ['authLimiter', 'req, res, next', 'no'],
    ['throttleUser', 'req, res, next', 'no'],
  ])('%s(%s): %s', async (name, params, expected) => {
    expect(await answer(named(name, verifies(name, params)))).toBe(expected);
  });
});

describe('a page of Next.js that the server renders only for who is signed in', () => {
  const pages = (text: string, path = 'app/notes/page.tsx') =>
    framework(
      'next',
      {
        'app/page.tsx': 'export default () => <main />;\n',
        'app/api/notes/route.ts': 'export const GET = () => Response.json([]);\n',
        'lib/auth.ts':
          "import NextAuth from 'next-auth';\nexport const { auth, handlers } = NextAuth({ providers: [] });\n",
        [path]: text,
      },
      ['react', 'next-auth'],
    );
  const page = (line: string) =>
    `import { redirect } from 'next/navigation';\nimport { auth } from '../../lib/auth';\nexport default async () => {\n  const session = await auth();\n  ${line}\n  return <ul />;\n};\n`;
  it.each<[string, string]>([
    ["if (!session) redirect('/login');", 'app/notes/page.tsx'],
    ["if (!session) return redirect('/log-in');", 'app/notes/page.tsx'],
    ['if (!session?.user) { redirect(`/api/auth/signin`); }', 'app/notes/page.tsx'],
    ['if (!mysession) return unauthorized();', 'app/notes/page.tsx'],
    ['if (!session) forbidden();', 'app/notes/layout.tsx'],
    ["if (!session) redirect('/sign-in');", 'app/template.jsx'],
    ["if (!session) redirect('/');", 'app/notes/page.tsx'],
    ["if (!session) redirect('/login');", 'app/notes/panel.tsx'],
    ["if (!notes) redirect('/login');", 'app/notes/page.tsx'],
  ])('%s in %s', async (line, path) => {
    const shown = await asked('guards-routes', {}, pages(page(line), path));
    const expected =
      /'\/'\)|notes\)/.test(line) || path.includes('panel') ? [] : [`${path}:5 turns away who is not signed in`];
    expect(shown.filter((one) => one.includes('turns away'))).toEqual(expected);
  });
  it('is none where the browser does it', async () => {
    const text = `'use client';\n${page("if (!session) redirect('/login');")}`;
    expect((await asked('guards-routes', {}, pages(text))).join()).not.toContain('turns away');
  });
});

describe('a route of a framework without middleware turns away', () => {
  const kit = (line: string, path = 'notes') =>
    framework(
      'vite',
      {
        'svelte.config.js': 'export default {};\n',
        'src/routes/+page.svelte': '<main></main>\n',
        'src/hooks.server.ts':
          "export const handle = async ({ event, resolve }) => {\n  event.locals.user = event.cookies.get('a');\n  return resolve(event);\n};\n",
        [`src/routes/${path}/+server.ts`]: `import { error, fail, json, redirect } from '@sveltejs/kit';\nexport const GET = async ({ locals }) => {\n  ${line}\n  return json([]);\n};\n`,
      },
      ['@sveltejs/kit', 'svelte', 'jsonwebtoken'],
    );
  const turned = async (line: string, path?: string) => answer(kit(line, path));
  it.each<Row>([
    ['if (!locals.user) error(401);', 'yes'],
    ["if (!locals.user) throw error(401, 'no');", 'yes'],
    ['if (!locals.user) return fail(401, {});', 'yes'],
    ["if (!locals.user) return new Response('', { status: 401 });", 'yes'],
    ['if (!locals.user) return json({}, { status: 401 });', 'yes'],
    ["if (!locals.user) redirect(302, '/login');", 'yes'],
    ["if (!locals.user) throw redirect(302, '/sign-in');", 'yes'],
    ["if (!locals.user) redirect(302, '/auth/start');", 'yes'],
    ["if (!locals.user) redirect(302, '/');", 'no'],
    ['if (!locals.user) error(403);', 'no'],
    ['if (!locals.user) errors(401);', 'no'],
    ['if (!locals.user) return json({}, { status: 404 });', 'no'],
  ])('%s: %s', async (line, expected) => {
    expect(await turned(line)).toBe(expected);
  });
  it.each<[string, string]>([
    ['auth/state', 'no'],
    ['api/session', 'no'],
    ['tokens', 'no'],
    ['authors', 'yes'],
  ])('and is asked for %s: %s', async (path, expected) => {
    expect(await turned('if (!locals.user) error(401);', path)).toBe(expected);
  });
});

it('takes the word of decorators that hand the question to a checker of ours', async () => {
  const files = (name: string, from: string) => ({
    'package.json': service({ scripts: { start: 'tsx src/index.ts' } }, [from]),
    'src/index.ts': `import 'reflect-metadata';\nimport { createExpressServer, JsonController, Get, Authorized } from '${from}';\n@JsonController('/notes')\nclass Notes {\n  @${name}()\n  @Get('/')\n  all() { return []; }\n}\ncreateExpressServer({ controllers: [Notes] }).listen(3000);\n`,
  });
  expect(await answer(files('Authorized', 'routing-controllers'))).toBe('yes');
  expect(await answer(files('Other', 'routing-controllers'))).toBe('no');
});
