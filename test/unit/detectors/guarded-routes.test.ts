import { describe, expect, it } from 'vitest';
import { app, asked, at, framework, service } from './_asked.ts';

const answered = async (files: Record<string, string>, options: object = {}): Promise<string> =>
  (await asked('guards-routes', { share: 0, ...options }, files)).join();
const jwt = "import jwt from 'jsonwebtoken';\n";
const list = 'const list = (req, res) => res.json([]);\n';
/** A route behind `name`, which stands in a module of its own. */
const behind = (name: string, module: string, dependencies: string[] = []) =>
  at(
    app(`${list}app.get('/notes', ${name}, list);`, `import { ${name} } from './auth.js';`),
    { 'src/auth.js': module },
    dependencies,
  );

describe('a function of ours, by what stands behind it', () => {
  const asks = (imports: string, call: string, name = 'requireUser') =>
    behind(name, `${imports}\nexport const ${name} = async (req, res, next) => {\n  ${call};\n  next();\n};\n`);
  it.each<[string, string, string]>([
    [
      "import crypto from 'node:crypto';",
      'crypto.timingSafeEqual(a, b)',
      'yes,src/index.js:5 GET /notes asks requireUser',
    ],
    ["import crypto from 'crypto';", 'crypto.timingSafeEqual(a, b)', 'yes,src/index.js:5 GET /notes asks requireUser'],
    [
      "import crypto from 'crypto-of-ours';",
      'crypto.timingSafeEqual(a, b)',
      'no,src/index.js:5 GET /notes trusts requireUser, which proves nothing',
    ],
    [
      "import crypto from 'mycrypto';",
      'crypto.timingSafeEqual(a, b)',
      'no,src/index.js:5 GET /notes trusts requireUser, which proves nothing',
    ],
    [
      "import { Pool } from 'pg';\nconst pool = new Pool();",
      "await pool.query('select 1')",
      'yes,src/index.js:5 GET /notes asks requireUser',
    ],
    ['', 'log(req)', 'no,src/index.js:5 GET /notes trusts requireUser, which proves nothing'],
  ])('%s %s', async (imports, call, expected) => expect(await answered(asks(imports, call))).toEqual(expected));

  it.each([
    ['axios', 'yes'],
    ['got', 'yes'],
    ['node-fetch', 'yes'],
    ['cross-fetch', 'yes'],
    ['isomorphic-fetch', 'yes'],
    ['undici', 'yes'],
    ['ky', 'yes'],
    ['request', 'yes'],
    ['request-promise', 'yes'],
    ['request-promise-native', 'yes'],
    ['superagent', 'yes'],
    ['needle', 'yes'],
    ['@hapi/wreck', 'yes'],
    ['axios-of-ours', 'no'],
    ['my-axios', 'no'],
    ['request-promised', 'no'],
    ['kyoto', 'no'],
  ])('a question by %s', async (name, expected) => {
    const files = asks(`import ask from '${name}';`, 'await ask(url)');
    expect((await answered(files)).split(',')[0]).toEqual(expected);
  });

  it.each<[string, Record<string, string>, string]>([
    ['a limiter', asks(jwt, 'jwt.verify(req.token, key)', 'userLimiter'), 'no,src/auth.js:1 imports jsonwebtoken'],
    ['a throttle', asks(jwt, 'jwt.verify(req.token, key)', 'throttleUsers'), 'no,src/auth.js:1 imports jsonwebtoken'],
    [
      'error middleware',
      asks(jwt, 'jwt.verify(req.token, key)', 'errorHandler'),
      'no,src/auth.js:1 imports jsonwebtoken',
    ],
    [
      'exception middleware of a member',
      at(
        app(`${list}app.get('/notes', all.exceptionFilter, list);`, "import * as all from './auth.js';"),
        {
          'src/auth.js': `${jwt}export const exceptionFilter = (req, res, next) => { jwt.verify(req.token, key); next(); };\n`,
        },
        ['jsonwebtoken'],
      ),
      'no,src/auth.js:1 imports jsonwebtoken',
    ],
    [
      'one with four parameters',
      behind(
        'requireUser',
        `${jwt}export const requireUser = (err, req, res, next) => { jwt.verify(req.token, key); next(); };\n`,
        ['jsonwebtoken'],
      ),
      'no,src/index.js:5 GET /notes trusts requireUser, which proves nothing,src/auth.js:1 imports jsonwebtoken',
    ],
    [
      'terrorHandler',
      asks(jwt, 'jwt.verify(req.token, key)', 'terrorHandler'),
      'yes,src/index.js:5 GET /notes asks terrorHandler',
    ],
    [
      'one that answers 401',
      asks(
        "import { Pool } from 'pg';\nconst pool = new Pool();",
        "if (!(await pool.query('a'))) res.status(401).end()",
        'withUser2',
      ),
      'yes,src/index.js:5 GET /notes asks withUser2',
    ],
    [
      'one that answers 401 by its code',
      asks(
        "import { Pool } from 'pg';\nconst pool = new Pool();",
        "if (!(await pool.query('a'))) reply.code( 401 ).send()",
        'checked',
      ),
      'yes,src/index.js:5 GET /notes asks checked',
    ],
    [
      'one that answers 401 at the end',
      asks(
        "import { Pool } from 'pg';\nconst pool = new Pool();",
        "if (!(await pool.query('a'))) fail('a', 401)",
        'checked',
      ),
      'yes,src/index.js:5 GET /notes asks checked',
    ],
    [
      'one that answers 402',
      asks(
        "import { Pool } from 'pg';\nconst pool = new Pool();",
        "if (!(await pool.query('a'))) res.status(402).end()",
        'checked',
      ),
      'no',
    ],
    [
      'of a library of another trade',
      at(app(`${list}app.get('/notes', helmet.frameguard, list);`, "import helmet from 'helmet';"), {}, ['helmet']),
      'no,src/index.js:5 GET /notes trusts helmet.frameguard, which proves nothing',
    ],
    [
      'of a package of the same organisation',
      at(app(`${list}app.get('/notes', requireUser(), list);`, "import { requireUser } from '@acme/auth';"), {}, [
        '@acme/auth',
      ]),
      'yes,src/index.js:5 GET /notes asks requireUser',
    ],
    [
      'of a package of nobody',
      at(app(`${list}app.get('/notes', requireUser(), list);`, "import { requireUser } from 'acme-auth';"), {}, [
        'acme-auth',
      ]),
      'no,src/index.js:5 GET /notes trusts requireUser, which proves nothing',
    ],
    [
      'of another name, of a package of the same organisation',
      at(app(`${list}app.get('/notes', fetchAll(), list);`, "import { fetchAll } from '@acme/auth';"), {}, [
        '@acme/auth',
      ]),
      'no',
    ],
  ])('%s', async (_, files, expected) => expect(await answered(files)).toEqual(expected));
});

describe('sessions', () => {
  const session = (statements: string, name = 'express-session', more: Record<string, string> = {}) =>
    at(
      app(
        `${list}app.use(session({ secret: process.env.KEY }));\napp.get('/notes', list);\n${statements}`,
        `import session from '${name}';`,
      ),
      more,
      [name],
    );
  it.each<[string, Record<string, string>, string]>([
    [
      'kept alone',
      session(''),
      'no,src/index.js:6 GET /notes trusts session, which proves nothing,src/index.js:2 imports express-session',
    ],
    [
      'kept for a time',
      session("app.get('/a', (req, res) => { req.session.cookie.maxAge = 1; res.end(); });"),
      'no,src/index.js:6 GET /notes trusts session, which proves nothing,src/index.js:7 GET /a trusts session, which proves nothing,src/index.js:2 imports express-session',
    ],
    [
      'written down',
      session("app.get('/a', (req, res) => { req.session.save(); res.end(); });"),
      'no,src/index.js:6 GET /notes trusts session, which proves nothing,src/index.js:7 GET /a trusts session, which proves nothing,src/index.js:2 imports express-session',
    ],
    [
      'ended',
      session("app.get('/a', (req, res) => { request.session.destroy(); res.end(); });"),
      'no,src/index.js:6 GET /notes trusts session, which proves nothing,src/index.js:7 GET /a trusts session, which proves nothing,src/index.js:2 imports express-session',
    ],
    [
      'asked in another file',
      session('load();', 'express-session', { 'src/other.js': 'export const a = (req) => req.session.name;\n' }),
      'no,src/index.js:6 GET /notes trusts session, which proves nothing,src/index.js:2 imports express-session',
    ],
    [
      'of passport, that only gets ready',
      at(
        app(`${list}app.use(passport.initialize());\napp.get('/notes', list);`, "import passport from 'passport';"),
        {},
        ['passport'],
      ),
      'no,src/index.js:2 imports passport',
    ],
    [
      'of passport, that only keeps',
      at(app(`${list}app.use(passport.session());\napp.get('/notes', list);`, "import passport from 'passport';"), {}, [
        'passport',
      ]),
      'no,src/index.js:6 GET /notes trusts passport.session, which proves nothing,src/index.js:2 imports passport',
    ],
    [
      'of passport for Koa',
      at(
        app(`${list}app.use(passport.initialize());\napp.get('/notes', list);`, "import passport from 'koa-passport';"),
        {},
        ['koa-passport'],
      ),
      'no,src/index.js:2 imports koa-passport',
    ],
    [
      'of passport, that asks',
      at(
        app(
          `${list}app.use(passport.authenticate('jwt'));\napp.get('/notes', list);`,
          "import passport from 'passport';",
        ),
        {},
        ['passport'],
      ),
      'yes,src/index.js:6 GET /notes asks passport.authenticate,src/index.js:5 use(passport.authenticate)',
    ],
  ])('%s', async (_, files, expected) => expect(await answered(files)).toEqual(expected));

  it.each([
    ['req.session.name', 'yes'],
    ['req.session?.name', 'yes'],
    ["req.session['name']", 'yes'],
    ["req.session  ['name']", 'yes'],
    ['const { session } = req', 'yes'],
    ['const { session}=req', 'yes'],
    ['req.isAuthenticated()', 'yes'],
    ['req.isUnauthenticated()', 'yes'],
    ['req.isauthenticated', 'yes'],
    ['ensureLoggedIn()', 'yes'],
    ["passport.authenticate('a')", 'yes'],
    ['req.user', 'yes'],
    ['request.user', 'yes'],
    ['ctx.user', 'yes'],
    ['ctx.state.user', 'yes'],
    ['req?.user', 'yes'],
    ['ctx.state?.user', 'yes'],
    ['req.users', 'no'],
    ['my.user', 'no'],
    ['sessions.name', 'no'],
    ['session.of', 'yes'],
    ['passport.session()', 'no'],
  ])('asked as %s', async (asks, expected) => {
    const files = session(`app.get('/a', (req, res) => {\n  ${asks};\n  res.end();\n});`);
    expect((await answered(files)).split(',')[0]).toEqual(expected);
  });

  it.each([
    ['express-session'],
    ['cookie-session'],
    ['koa-session'],
    ['koa-generic-session'],
    ['@fastify/session'],
    ['@fastify/secure-session'],
    ['client-sessions'],
  ])('of %s, kept alone', async (name) => {
    expect((await answered(session('', name))).split(',')[0]).toEqual('no');
  });
});

describe('guards of Nest', () => {
  const nest = (guard: string, used = '@UseGuards(SignedIn)', more: Record<string, string> = {}) => ({
    'package.json': service({ scripts: { start: 'tsx src/index.ts' } }, [
      '@nestjs/core',
      '@nestjs/common',
      '@nestjs/jwt',
      '@nestjs/passport',
    ]),
    'src/index.ts':
      "import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module.js';\nNestFactory.create(AppModule).then((app) => app.listen(3000));\n",
    'src/app.module.ts': `import { Controller, Get, Module, UseGuards } from '@nestjs/common';\nimport { SignedIn, Other } from './guards.js';\n@Controller('notes')\nexport class Notes {\n  ${used}\n  @Get() all() { return []; }\n}\n@Module({ controllers: [Notes] })\nexport class AppModule {}\n`,
    'src/guards.ts': `import { JwtService } from '@nestjs/jwt';\nimport { Injectable } from '@nestjs/common';\n@Injectable()\nexport class SignedIn {\n  ${guard}\n}\nexport class Other {\n  canActivate() { return true; }\n}\n`,
    ...more,
  });
  it.each<[string, Record<string, string>, string]>([
    [
      'that lets all pass',
      nest('canActivate() { return true; }'),
      'no,src/app.module.ts:6 GET /notes trusts UseGuards, which proves nothing',
    ],
    [
      'that lets some pass',
      nest('canActivate(context) { return context.user.known; }'),
      'yes,src/app.module.ts:6 GET /notes asks UseGuards',
    ],
    [
      'that lets all pass, or throws',
      nest("canActivate(context) { if (!context.user) throw new Error('no'); return true; }"),
      'yes,src/app.module.ts:6 GET /notes asks UseGuards',
    ],
    [
      'that lets some pass first',
      nest('canActivate(context) { if (context.a) return false; return true; }'),
      'yes,src/app.module.ts:6 GET /notes asks UseGuards',
    ],
    [
      'that says true of something',
      nest('canActivate(context) { return trueOf(context); }'),
      'yes,src/app.module.ts:6 GET /notes asks UseGuards',
    ],
    [
      'with another method',
      nest('other() { throw 1; }\n  canActivate() { return true; }'),
      'no,src/app.module.ts:6 GET /notes trusts UseGuards, which proves nothing',
    ],
    ['without the method', nest('other() { return true; }'), 'yes,src/app.module.ts:6 GET /notes asks UseGuards'],
    [
      'two that let all pass',
      nest('canActivate() { return true; }', '@UseGuards(SignedIn, Other)'),
      'no,src/app.module.ts:6 GET /notes trusts UseGuards, which proves nothing',
    ],
    [
      'two of which one asks',
      nest('canActivate(context) { return context.user.known; }', '@UseGuards(Other, SignedIn)'),
      'yes,src/app.module.ts:6 GET /notes asks UseGuards',
    ],
    [
      'made there',
      nest('canActivate() { return true; }', '@UseGuards(new SignedIn())'),
      'no,src/app.module.ts:6 GET /notes trusts UseGuards, which proves nothing',
    ],
    [
      'of the library',
      nest('', "@UseGuards(AuthGuard('jwt'))", {}),
      'yes,src/app.module.ts:6 GET /notes asks UseGuards',
    ],
    ['by another decorator', nest('canActivate() { return true; }', '@MyGuards(SignedIn)'), 'no'],
    ['none', nest('', ''), 'no'],
  ])('%s', async (_, files, expected) => expect(await answered(files)).toEqual(expected));
});

describe('pages of Next.js', () => {
  const next = (text: string, file = 'app/notes/layout.tsx') =>
    framework(
      'next',
      {
        'app/page.tsx': 'export default () => <main />;\n',
        'app/api/notes/route.ts': 'export const GET = () => Response.json([]);\n',
        [file]: text,
      },
      ['react'],
    );
  const page = (statement: string) => `export default async function Page() {\n  ${statement}\n  return <main />;\n}\n`;
  const closed = page("if (!session) redirect('/login');");
  it.each<[string, Record<string, string>, string]>([
    [
      'a template',
      next(closed, 'app/(in)/notes/template.ts'),
      'yes,app/(in)/notes/template.ts:2 turns away who is not signed in',
    ],
    ['the layout of all', next(closed, 'app/layout.tsx'), 'yes,app/layout.tsx:2 turns away who is not signed in'],
    [
      'a page of the older kind',
      next(closed, 'pages/notes/all.js'),
      'yes,pages/notes/all.js:2 turns away who is not signed in',
    ],
    [
      'the older kind, deep',
      next(closed, 'src/pages/a/b/c.tsx'),
      'yes,src/pages/a/b/c.tsx:2 turns away who is not signed in',
    ],
    ['another file', next(closed, 'app/notes/part.tsx'), 'no'],
    ['another format', next(closed, 'app/notes/layout.tsx.md'), 'no'],
    ['in the browser', next(`'use client';\n${closed}`), 'no'],
    ['in the browser, further down', next(`// a note\n  "use client";\n${closed}`), 'no'],
    [
      'in a text of it',
      next(`const a = "it says 'use client' there";\n${closed}`),
      'yes,app/notes/layout.tsx:3 turns away who is not signed in',
    ],
    [
      'many',
      {
        ...next(closed),
        ...Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [`app/${name}/layout.tsx`, closed])),
      },
      'yes,app/a/layout.tsx:2 turns away who is not signed in,app/b/layout.tsx:2 turns away who is not signed in,app/c/layout.tsx:2 turns away who is not signed in,app/d/layout.tsx:2 turns away who is not signed in',
    ],
    [
      'of another framework',
      framework('vite', { 'index.html': '<div id="root"></div>', 'pages/notes.tsx': closed }, ['react']),
      'no',
    ],
  ])('%s', async (_, files, expected) => expect(await answered(files)).toEqual(expected));

  it.each([
    ["if (!session) redirect('/login');", 'yes'],
    ["if(!session){redirect('/login')}", 'yes'],
    ["if (!session)  {  return  redirect( '/sign-in'); }", 'yes'],
    ["if (!user.id) { await redirect('/auth'); }", 'yes'],
    ["if (!user) {\n    return await2 || redirect('/signin'); }", 'no'],
    ['if (!isLoggedIn) unauthorized();', 'yes'],
    ['if (!authToken) forbidden();', 'yes'],
    ['if (!account) redirect(`/account/log-in`);', 'yes'],
    ["if (!signedUser(await read(a, b))) redirect('/login');", 'yes'],
    ["if (!session) redirect('/home');", 'no'],
    ["if (!notes) redirect('/login');", 'no'],
    ["if (!session) log(); redirect('/login');", 'no'],
    ['if (!session) notFound();', 'no'],
    ["const to = { destination: '/login' };", 'yes'],
    ['const to = { destination : `/a/sign-in` };', 'yes'],
    ["const to = { destination:'/auth/a' };", 'yes'],
    ["const to = { destination: '/home' };", 'no'],
    ["const to = { destinations: '/login' };", 'no'],
  ])('%s', async (statement, expected) => {
    expect((await answered(next(page(statement)))).split(',')[0]).toEqual(expected);
  });
});

describe('in the handler', () => {
  const inside = (
    call: string,
    module: string,
    dependencies: string[] = ['jsonwebtoken'],
    imports = "import * as mine from './auth.js';\nimport { requireUser, verifyToken, AuthClient, listUsers, tokens, jwtOf } from './auth.js';",
  ) =>
    at(
      app(`app.get('/notes', async (req, res) => {\n  ${call}\n  res.json([]);\n});`, imports),
      { 'src/auth.js': `${module}export const stage = process.env.STAGE;\n` },
      dependencies,
    );
  const asks = (name: string, how = 'jwt.verify(token, key)') =>
    `${jwt}export const ${name} = async (token) => ${how};\n`;
  it.each<[string, Record<string, string>, string]>([
    [
      'a function of ours',
      inside('await requireUser(req);', asks('requireUser')),
      'yes,src/index.js:5 GET /notes asks jsonwebtoken',
    ],
    [
      'a member of ours',
      inside('await mine.requireUser(req);', asks('requireUser')),
      'yes,src/index.js:5 GET /notes asks jsonwebtoken',
    ],
    [
      'a function of ours that proves nothing',
      inside('await requireUser(req);', asks('requireUser', 'token.user')),
      'no,src/auth.js:1 imports jsonwebtoken',
    ],
    [
      'a function of ours, named for a list',
      inside('await listUsers(req);', asks('listUsers')),
      'yes,src/index.js:5 GET /notes asks jsonwebtoken',
    ],
    [
      'a class of ours',
      inside(
        'const a = new AuthClient(req);',
        `${jwt}export class AuthClient {\n  constructor(token) { jwt.verify(token, key); }\n}\n`,
      ),
      'yes,src/index.js:5 GET /notes asks jsonwebtoken',
    ],
    [
      'a look into the store',
      inside(
        'await requireUser(req);',
        "import { Pool } from 'pg';\nconst pool = new Pool();\nexport const requireUser = async (token) => pool.query('a', token);\n",
        ['pg'],
      ),
      'yes,src/index.js:5 GET /notes asks requireUser',
    ],
    [
      'a look into the store for others',
      inside(
        'await mine.isOwner(req);',
        "import { Pool } from 'pg';\nconst pool = new Pool();\nexport const isOwner = async (token) => pool.query('a', token);\n",
        ['pg'],
      ),
      'no',
    ],
    [
      'the library',
      inside('jwt.verify(req.token, key);', '', ['jsonwebtoken'], jwt),
      'yes,src/index.js:5 GET /notes asks jsonwebtoken',
    ],
    [
      'the library, by a name for it',
      inside(
        'verifyToken(req.token, key);',
        '',
        ['jsonwebtoken'],
        "import { verify as verifyToken } from 'jsonwebtoken';",
      ),
      'yes,src/index.js:4 GET /notes asks jsonwebtoken',
    ],
    [
      'the library that signs',
      inside('jwt.sign(req.token, key);', '', ['jsonwebtoken'], jwt),
      'no,src/index.js:2 imports jsonwebtoken',
    ],
    ['another library', inside('requireUser(req);', '', ['users'], "import { requireUser } from 'users';"), 'no'],
    ['nobody', inside('requireUser(req);', '', [], ''), 'no'],
  ])('%s', async (_, files, expected) => expect(await answered(files)).toEqual(expected));

  it.each([
    ['tokens', 'verify', 'crypto', 'yes'],
    ['token', 'verify', 'node:crypto', 'yes'],
    ['sessions', 'verify', 'crypto', 'yes'],
    ['session', 'check', 'crypto', 'yes'],
    ['authOf', 'validate', 'crypto', 'yes'],
    ['auth', 'verify', 'crypto', 'yes'],
    ['apiKey', 'verify', 'crypto', 'yes'],
    ['api_keys', 'verify', 'crypto', 'yes'],
    ['apis', 'verify', 'crypto', 'no'],
    ['tokens', 'verifyAll', 'crypto', 'yes'],
    ['tokens', 'read', 'crypto', 'no'],
    ['tokens', 'verify', 'crypto-js', 'no'],
    ['tokens', 'verify', 'mycrypto', 'no'],
  ])('%s of ours that %s, by %s', async (tokens, verb, name, expected) => {
    const hmac = "(token) => crypto.createHmac('a', token)";
    const module = `import crypto from '${name}';\nexport const ${verb} = ${hmac};\n`;
    const files = inside(`${tokens}.${verb}(req.token);`, module, [name], `import * as ${tokens} from './auth.js';`);
    expect((await answered(files)).split(',')[0]).toEqual(expected);
  });

  const kit = (statement: string, at = 'notes') =>
    framework(
      'vite',
      {
        'svelte.config.js': 'export default {};\n',
        'src/routes/+page.svelte': '<main></main>\n',
        [`src/routes/${at}/+server.ts`]: `import { error, fail, json, redirect } from '@sveltejs/kit';\nexport const GET = async ({ locals }) => {\n  ${statement}\n  return json([]);\n};\n`,
      },
      ['@sveltejs/kit', 'svelte'],
    );
  it.each<[string, string, string]>([
    ['error(401);', 'notes', 'yes,src/routes/notes/+server.ts:2 GET /notes asks error'],
    ["error(401, 'no');", 'notes', 'yes,src/routes/notes/+server.ts:2 GET /notes asks error'],
    ['fail(401);', 'notes', 'yes,src/routes/notes/+server.ts:2 GET /notes asks fail'],
    ['error(404);', 'notes', 'no'],
    ['myerror(401);', 'notes', 'no'],
    [
      'throw createError({ statusCode: 401 });',
      'notes',
      'yes,src/routes/notes/+server.ts:2 GET /notes asks createError',
    ],
    ['return json({}, { status: 401 });', 'notes', 'yes,src/routes/notes/+server.ts:2 GET /notes asks json'],
    [
      'return new Response(null, { status: 401 });',
      'notes',
      'yes,src/routes/notes/+server.ts:2 GET /notes asks Response',
    ],
    ['return new Response(null, { status: 403 });', 'notes', 'no'],
    ['return new Response(null, { code: 401 });', 'notes', 'no'],
    ["redirect(303, '/login');", 'notes', 'yes,src/routes/notes/+server.ts:2 GET /notes asks redirect'],
    ["redirect(303, '/a/sign-in');", 'notes', 'yes,src/routes/notes/+server.ts:2 GET /notes asks redirect'],
    ["redirect(303, '/auth');", 'notes', 'yes,src/routes/notes/+server.ts:2 GET /notes asks redirect'],
    ["redirect(303, '/notes');", 'notes', 'no'],
    ["redirect({ to: '/login' });", 'notes', 'yes,src/routes/notes/+server.ts:2 GET /notes asks redirect'],
    ["redirect({ href: '/login' });", 'notes', 'yes,src/routes/notes/+server.ts:2 GET /notes asks redirect'],
    ["redirect({ at: '/login' });", 'notes', 'no'],
    ["myRedirect(303, '/login');", 'notes', 'yes,src/routes/notes/+server.ts:2 GET /notes asks myRedirect'],
    ["redirected(303, '/login');", 'notes', 'no'],
    ['redirect(303, login);', 'notes', 'no'],
    ['error(401);', 'auth', 'no'],
    ['error(401);', 'api/tokens/new', 'no'],
    ['error(401);', 'api/sessions', 'no'],
    ['error(401);', 'authors', 'yes,src/routes/authors/+server.ts:2 GET /authors asks error'],
    ['error(401);', 'a/auth/b', 'no'],
  ])('%s of /%s', async (statement, at, expected) => expect(await answered(kit(statement, at))).toEqual(expected));
  it('refuses nobody in a framework with middleware', async () => {
    expect(await answered(at(app("app.get('/notes', (req, res) => { error(401); res.json([]); });")))).toEqual('no');
  });
});

describe('a service that only signs in', () => {
  const notes =
    "const signedIn = (req, res, next) => { req.user = jwt.verify(req.token, 'k'); next(); };\napp.get('/notes', signedIn, (req, res) => res.send([]));";
  const beside = (
    accounts: string,
    dependencies = ['jsonwebtoken', 'bcrypt'],
    imports = `${jwt}import bcrypt from 'bcrypt';\n`,
  ) => ({
    'package.json': '{"name":"all","private":true,"workspaces":["services/*"]}',
    'services/accounts/package.json': service({ name: 'accounts' }, dependencies),
    'services/accounts/src/index.js': app(accounts, imports),
    'services/notes/package.json': service({ name: 'notes' }, ['jsonwebtoken']),
    'services/notes/src/index.js': app(notes, jwt),
  });
  it.each<[string, string]>([
    [
      "app.post('/login', (req, res) => res.send(jwt.sign({}, 'k')));",
      'yes,services/notes/src/index.js:6 GET /notes asks signedIn',
    ],
    [
      "app.post('/tokens', (req, res) => res.send(jwt.sign({}, 'k')));",
      'yes,services/notes/src/index.js:6 GET /notes asks signedIn',
    ],
    [
      "app.post('/tokens', (req, res) => res.send(bcrypt.compareSync('a', 'k')));",
      'yes,services/notes/src/index.js:6 GET /notes asks signedIn',
    ],
    [
      "app.post('/tokens', (req, res) => res.send(jwt.resign('k')));",
      'no,services/accounts/src/index.js:2 imports jsonwebtoken',
    ],
    [
      "app.post('/', (req, res) => res.send(jwt.sign({}, 'k')));",
      'yes,services/notes/src/index.js:6 GET /notes asks signedIn',
    ],
    [
      "app.post('/', (req, res) => res.send([]));\napp.post('/login', (req, res) => res.send(jwt.sign({}, 'k')));",
      'no,services/accounts/src/index.js:2 imports jsonwebtoken',
    ],
    [
      "app.get('/', (req, res) => res.send([]));\napp.post('/login', (req, res) => res.send(jwt.sign({}, 'k')));",
      'yes,services/notes/src/index.js:6 GET /notes asks signedIn',
    ],
    [
      "app.all('/', (req, res) => res.send([]));\napp.post('/login', (req, res) => res.send(jwt.sign({}, 'k')));",
      'yes,services/notes/src/index.js:6 GET /notes asks signedIn',
    ],
    ["app.get('/', (req, res) => res.send('up'));", 'no,services/accounts/src/index.js:2 imports jsonwebtoken'],
    [
      "app.post('/login', (req, res) => res.send(jwt.sign({}, 'k')));\napp.get('/people', (req, res) => res.send([]));",
      'no,services/accounts/src/index.js:2 imports jsonwebtoken',
    ],
    [
      'start(jwt);',
      'unknown: the routes of services/accounts are kept where they are not read,services/accounts/src/index.js:2 imports jsonwebtoken',
    ],
  ])('%s', async (accounts, expected) => {
    expect((await asked('guards-routes', {}, beside(accounts), 'services/accounts')).join()).toEqual(expected);
  });
  it('needs a library of the kind', async () => {
    expect(
      (
        await asked(
          'guards-routes',
          {},
          beside("app.post('/login', (req, res) => res.send('a'));", [], ''),
          'services/accounts',
        )
      ).join(),
    ).toEqual('no');
  });
});

describe('what cannot be followed', () => {
  it.each<[string, Record<string, string>, string, object]>([
    [
      'handlers of a package, with a library at hand',
      at(app("app.get('/notes', list);\njwt.verify(a, b);", `${jwt}import list from 'lists';`), {}, ['jsonwebtoken']),
      'unknown: the handlers of api are handed over by name at run time,src/index.js:5 GET /notes: its handler cannot be followed',
      {},
    ],
    ['handlers of a package, without one', at(app("app.get('/notes', list);", "import list from 'lists';")), 'no', {}],
    [
      'one handler of a package, of two',
      at(
        app(
          "app.get('/notes', list);\napp.get('/tags', (req, res) => res.json([]));\njwt.verify(a, b);",
          `${jwt}import list from 'lists';`,
        ),
        {},
        ['jsonwebtoken'],
      ),
      'no,src/index.js:2 imports jsonwebtoken',
      {},
    ],
    [
      'a handler of a package beside one that is guarded',
      at(
        app(
          "const signedIn = (req, res, next) => { jwt.verify(req.token, 'k'); next(); };\napp.get('/notes', list);\napp.get('/tags', signedIn, (req, res) => res.json([]));",
          `${jwt}import list from 'lists';`,
        ),
        {},
        ['jsonwebtoken'],
      ),
      'unknown: the handlers of api are handed over by name at run time,src/index.js:6 GET /notes: its handler cannot be followed',
      { share: 1 },
    ],
    [
      'a library in code that nothing runs',
      at(
        app("app.get('/notes', list);", "import list from 'lists';"),
        { 'src/other.js': `${jwt}export const a = jwt.verify;\n` },
        ['jsonwebtoken'],
      ),
      'no,src/other.js:1 imports jsonwebtoken',
      {},
    ],
    [
      'code that is loaded by a name',
      at(
        app("app.get('/notes', (req, res) => res.json([]));\nfor (const name of names) await import(name);"),
        { 'src/other.js': `${jwt}export const a = jwt.verify;\n` },
        ['jsonwebtoken'],
      ),
      'unknown: src/index.js:5 loads modules by a computed name,src/other.js:1 imports jsonwebtoken',
      {},
    ],
    [
      'many that are trusted',
      at(
        app(
          ['a', 'b', 'c', 'd']
            .map((path) => `app.get('/${path}', requireUser, (req, res) => res.json([]));`)
            .join('\n'),
          'const requireUser = (req, res, next) => next();',
        ),
      ),
      'no,src/index.js:4 GET /a trusts requireUser, which proves nothing,src/index.js:5 GET /b trusts requireUser, which proves nothing,src/index.js:6 GET /c trusts requireUser, which proves nothing',
      {},
    ],
    [
      'many files with a library',
      at(
        app("app.get('/notes', (req, res) => res.json([]));"),
        Object.fromEntries(
          ['a', 'b', 'c', 'd'].map((name) => [`src/${name}.js`, `${jwt}export const a = jwt.verify;\n`]),
        ),
        ['jsonwebtoken'],
      ),
      'no,src/a.js:1 imports jsonwebtoken',
      {},
    ],
  ])('%s', async (_, files, expected, options) => expect(await answered(files, options)).toEqual(expected));
});

describe('an authorizer of the gateway', () => {
  const gateway = (functions: string, files: string[]) => ({
    'package.json': JSON.stringify({ name: 'api', dependencies: { '@aws-sdk/client-s3': '3' } }),
    'serverless.yml': `service: api\nprovider:\n  name: aws\n  runtime: nodejs20.x\nfunctions:\n${functions}`,
    ...Object.fromEntries(
      files.map((file) => [file, "export const handler = async () => ({ statusCode: 200, body: '[]' });\n"]),
    ),
  });
  const http = (name: string, authorizer = '\n          authorizer: users') =>
    `  ${name}:\n    handler: src/${name}.handler\n    events:\n      - httpApi:\n          path: /${name}\n          method: get${authorizer}\n`;
  it.each<[string, Record<string, string>, string]>([
    ...['.ts', '.js', '.mts', '.mjs', '.cjs', '/index.ts', '/index.js', '/index.mjs'].map(
      (ending): [string, Record<string, string>, string] => [
        `before src/list${ending}`,
        gateway(http('list'), [`src/list${ending}`, 'src/other.js']),
        'yes,serverless.yml:6 an authorizer of the gateway asks who calls it',
      ],
    ),
    ['before a file that is not there', gateway(http('list'), ['src/other.js']), 'no'],
    [
      'before an event of another kind',
      gateway(
        '  list:\n    handler: src/list.handler\n    events:\n      - sqs:\n          arn: a\n          authorizer: users\n',
        ['src/list.js'],
      ),
      'no',
    ],
    ['before none', gateway(http('list', ''), ['src/list.js']), 'no'],
    [
      'before six',
      gateway(
        ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => http(name)).join(''),
        ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `src/${name}.js`),
      ),
      'yes,serverless.yml:6 an authorizer of the gateway asks who calls it,serverless.yml:13 an authorizer of the gateway asks who calls it,serverless.yml:20 an authorizer of the gateway asks who calls it,serverless.yml:27 an authorizer of the gateway asks who calls it',
    ],
  ])('%s', async (_, files, expected) => expect(await answered(files)).toEqual(expected));
});
