import { describe, expect, it } from 'vitest';
import { app, asked, at, framework, service } from './_asked.ts';

type Row = [title: string, files: Record<string, string>, expected: string[], options?: object];

const jwt = "import jwt from 'jsonwebtoken';\n";
const list = 'const list = (req, res) => res.json([]);';
/** A route behind something, and a module that holds it. */
const behind = (
  name: string,
  module: string,
  dependencies: string[] = ['jsonwebtoken'],
  statements = `app.get('/notes', ${name}, list);`,
) => at(app(`${list}\n${statements}`, `import { ${name} } from './auth.js';`), { 'src/auth.js': module }, dependencies);
const verifying = (name: string) =>
  `${jwt}export const ${name} = (req, res, next) => {\n  jwt.verify(req.headers.authorization, process.env.KEY);\n  next();\n};\n`;
const session = (statements: string, more = '') =>
  at(
    app(
      `${list}\napp.use(session({ secret: process.env.KEY }));\n${statements}`,
      `import session from 'express-session';\n${more}`,
    ),
    {},
    ['express-session', 'passport'],
  );
const next = (handler: string, more: Record<string, string> = {}) =>
  framework(
    'next',
    { 'app/page.tsx': 'export default () => <main />;\n', 'app/api/notes/route.ts': handler, ...more },
    ['react', 'jsonwebtoken', '@prisma/client'],
  );
const kit = (load: string, at = 'notes') =>
  framework(
    'vite',
    {
      'svelte.config.js': 'export default {};\n',
      'src/routes/+page.svelte': '<main></main>\n',
      [`src/routes/${at}/+server.ts`]: load,
    },
    ['@sveltejs/kit', 'svelte'],
  );

/** A loader of Remix that asks a session kept in a signed cookie. */
const remix = (keep: string) =>
  framework(
    'remix',
    {
      'app/root.tsx': 'export default () => <main />;\n',
      'app/routes/notes.tsx':
        "import { requireUser } from '../session.server';\nexport const loader = async ({ request }) => ({ notes: await requireUser(request) });\nexport default () => <ul />;\n",
      'app/session.server.ts': `import { createCookieSessionStorage, redirect } from '@remix-run/node';\nconst KEY = 'kept';\nconst storage = createCookieSessionStorage({ cookie: { name: 'a', secrets: [process.env.KEY] } });\nexport const requireUser = async (request) => {\n  const session = await storage.getSession(request.headers.get('Cookie'));\n  if (!session.get(KEY)) throw redirect('/');\n  return session.get(KEY);\n};\nexport const keep = (session, value) => session.set(${keep});\n`,
    },
    ['@remix-run/react', '@remix-run/node', '@remix-run/dev', 'react'],
  );

const verify = (body: string) => ({
  'src/token.js': `import jwt from 'jsonwebtoken';\nexport const ${body}`,
});

it.each<Row>([
  [
    'authors, who are none of those that ask',
    at(
      app(
        "app.post('/authors', findAuthor, async (req, res) => res.json(await new Author(req.body).save()));",
        "import { Author, findAuthor } from './author.js';",
      ),
      {
        'src/author.js':
          "import mongoose from 'mongoose';\nexport const Author = mongoose.model('Author', {});\nexport const findAuthor = async (req, res, next) => {\n  req.author = await Author.findOne(req.query);\n  next();\n};\n",
      },
      ['mongoose'],
    ),
    ['no'],
  ],
  [
    'a handler of every method that passes the request on',
    behind(
      'signedIn',
      verifying('signedIn'),
      ['jsonwebtoken'],
      "app.all('/notes*', signedIn);\napp.get('/notes', list);",
    ),
    ['yes', 'src/index.js:5 ALL /notes* asks jsonwebtoken', 'src/index.js:6 GET /notes asks signedIn'],
    { share: 1 },
  ],
  [
    'one that turns away whom another before it did not find',
    at(
      app(
        "app.use(find);\napp.get('/notes', signedIn, list);".replace('app.use', `${list}\napp.use`),
        "import { find, signedIn } from './auth.js';",
      ),
      {
        'src/auth.js':
          "import mongoose from 'mongoose';\nconst Person = mongoose.model('Person', {});\nexport const find = async (req, res, next) => {\n  req.user = await Person.findOne({ token: req.cookies.token });\n  next();\n};\nexport const signedIn = (req, res, next) => (req.user ? next() : res.sendStatus(401));\n",
      },
      ['mongoose'],
    ),
    ['yes', 'src/index.js:6 GET /notes asks signedIn'],
  ],
  [
    'one that asks for a user whom nothing finds',
    at(app(`${list}\napp.get('/notes', signedIn, list);`, "import { signedIn } from './auth.js';"), {
      'src/auth.js': 'export const signedIn = (req, res, next) => (req.user ? next() : res.sendStatus(401));\n',
    }),
    ['no', 'src/index.js:5 GET /notes trusts signedIn, which proves nothing'],
  ],
  [
    'one for other addresses',
    behind(
      'signedIn',
      verifying('signedIn'),
      ['jsonwebtoken'],
      "app.all('/tags/*', signedIn);\napp.get('/notes', list);",
    ),
    ['no', 'src/index.js:5 ALL /tags/* asks jsonwebtoken', 'src/auth.js:1 imports jsonwebtoken'],
    { share: 1 },
  ],
  [
    'a wrapper of no telling name that looks for the caller and answers 401',
    next(
      "import { withApi } from '../../../lib/api';\nconst handler = async () => Response.json([]);\nexport const GET = withApi(handler, { user: true });\n",
      {
        'lib/api.ts':
          "import { prisma } from './prisma';\nexport const withApi = (handler, options) => async (req) => {\n  const user = await prisma.user.findFirst({ where: { token: req.headers.get('authorization') } });\n  if (options.user && !user) return Response.json({}, { status: 401 });\n  return handler(req);\n};\n",
        'lib/prisma.ts': "import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n",
      },
    ),
    ['yes', 'app/api/notes/route.ts:3 GET /api/notes asks withApi'],
  ],
  [
    'a wrapper that looks into the store and turns nobody away',
    next(
      "import { withApi } from '../../../lib/api';\nconst handler = async () => Response.json([]);\nexport const GET = withApi(handler);\n",
      {
        'lib/api.ts':
          "import { prisma } from './prisma';\nexport const withApi = (handler) => async (req) => {\n  await prisma.visit.create({ data: {} });\n  return handler(req);\n};\n",
        'lib/prisma.ts': "import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n",
      },
    ),
    ['no'],
  ],
  [
    'a function of ours that looks up whose token was shown',
    at(app(`${list}\napp.get('/notes', adminAuth, list);`, "import { adminAuth } from './auth.js';"), {
      'src/auth.js':
        "import { people } from './people.js';\nconst findByToken = (token) => people.find((one) => one.token === token);\nexport const adminAuth = (req, res, next) => {\n  const person = findByToken(req.headers.authorization);\n  person ? next() : res.sendStatus(401);\n};\n",
      'src/people.js': 'export const people = [];\n',
    }),
    ['yes', 'src/index.js:5 GET /notes asks adminAuth'],
  ],
  [
    'one that only wants a token to be there',
    at(app(`${list}\napp.get('/notes', adminAuth, list);`, "import { adminAuth } from './auth.js';"), {
      'src/auth.js':
        'const findByToken = (token) => token;\nexport const adminAuth = (req, res, next) => {\n  req.headers.authorization ? next() : res.sendStatus(401);\n};\n',
    }),
    ['no', 'src/index.js:5 GET /notes trusts adminAuth, which proves nothing'],
  ],
  [
    'tokens that a module of our own signs and verifies, asked in the handler',
    at(
      app(
        "app.post('/notes', (req, res, next) => (token.verify(req.header('authorization')) ? next() : res.sendStatus(401)));",
        "import token from './token.js';",
      ),
      {
        'src/token.js':
          "import { createHmac } from 'node:crypto';\nconst verify = (given) => createHmac('sha256', process.env.KEY).update(given).digest('hex');\nexport default { verify };\n",
      },
    ),
    ['yes', 'src/index.js:4 POST /notes asks token.verify'],
  ],
  [
    'plugins that are loaded by names made at run time, a library of identity among what they may ask',
    at(
      app(
        `${list}\nfor (const name of process.env.PLUGINS.split(',')) await import(name);\napp.get('/notes', list);`,
        "import './sign.js';",
      ),
      { 'src/sign.js': `${jwt}export const sign = (id) => jwt.sign({ id }, process.env.KEY);\n` },
      ['jsonwebtoken'],
    ),
    ['unknown: src/index.js:5 loads modules by a computed name', 'src/sign.js:1 imports jsonwebtoken'],
  ],
  [
    'a procedure that turns away whom the context of the request does not know',
    at(
      app(
        'const rpc = new OpenAPIHandler({ all });\napp.use((req, res) => rpc.handle(req, { context: makeContext({ who: async () => find(req) }) }));',
        "import { OpenAPIHandler } from '@orpc/openapi/node';\nimport { all } from './notes.js';\nimport { makeContext } from './base.js';\nimport { find } from './people.js';",
      ),
      {
        'src/base.js':
          "import { ORPCError, os } from '@orpc/server';\nexport const makeContext = ({ who }) => ({ who });\nconst known = os.middleware(async ({ context, next }) => {\n  if (!(await context.who())) throw new ORPCError('UNAUTHORIZED');\n  return next();\n});\nexport const protectedProcedure = os.use(known);\n",
        'src/notes.js':
          "import { protectedProcedure } from './base.js';\nexport const all = protectedProcedure.route({ method: 'GET', path: '/notes' }).handler(() => []);\n",
        'src/people.js':
          "import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\nexport const find = (req) => prisma.token.findFirst({ where: { token: req.headers.authorization } });\n",
      },
      ['@orpc/server', '@orpc/openapi', '@prisma/client', 'express'],
    ),
    ['yes', 'src/notes.js:2 GET /notes asks protectedProcedure'],
  ],
  [
    'an application inside one route file of pages, whose check the actions and the other routes do not pass',
    next(
      "import { Hono } from 'hono';\nimport { handle } from 'hono/vercel';\nimport { bearerAuth } from 'hono/bearer-auth';\nconst app = new Hono();\napp.use(bearerAuth({ token: process.env.KEY }));\napp.get('/api/notes', (c) => c.json([]));\nexport const GET = handle(app);\n",
      {
        'app/api/people/route.ts': 'export const GET = async () => Response.json([]);\n',
        'app/actions.ts': "'use server';\nexport async function rename(name) {\n  return name;\n}\n",
      },
    ),
    [
      'no',
      'app/api/notes/route.ts:6 GET /api/notes asks bearerAuth',
      'app/api/notes/route.ts:3 imports hono/bearer-auth',
    ],
    { share: 0.8 },
  ],
  [
    'a server whose framework finds its actions by itself',
    {
      'package.json':
        '{"name":"notes","scripts":{"start":"node app.js"},"dependencies":{"jsonwebtoken":"9","sails":"1"}}',
      'app.js': "require('sails').lift();\n",
      'api/helpers/sign.js':
        "const jwt = require('jsonwebtoken');\nmodule.exports = { fn: (user) => jwt.sign(user, process.env.KEY) };\n",
    },
    ['unknown: the routes of notes are kept where they are not read', 'api/helpers/sign.js:1 imports jsonwebtoken'],
  ],
  [
    'a session that keeps an account under a name of ours',
    remix('KEY, authSession(value)'),
    ['yes', 'app/routes/notes.tsx:2 GET /notes asks @remix-run/node'],
  ],
  ['a session that keeps a language under a name of ours', remix('KEY, language(value)'), ['no']],
  [
    'a limiter that counts by the user of a token, and lets everybody pass',
    at(
      app(
        "app.use(userRateLimiter);\napp.get('/orders', (req, res) => res.json([]));",
        "import { userRateLimiter } from './token.js';",
      ),
      verify(
        'userRateLimiter = (req, res, next) => { jwt.verify(req.headers.authorization, process.env.KEY); next(); };',
      ),
      ['jsonwebtoken'],
    ),
    ['no', 'src/token.js:1 imports jsonwebtoken'],
  ],
  [
    'a token is verified before it',
    behind('requireAuth', verifying('requireAuth')),
    ['yes', 'src/index.js:5 GET /notes asks requireAuth'],
  ],
  [
    'a token is verified before every route',
    behind(
      'requireAuth',
      verifying('requireAuth'),
      ['jsonwebtoken'],
      "app.use(requireAuth);\napp.get('/notes', list);",
    ),
    ['yes', 'src/index.js:6 GET /notes asks requireAuth', 'src/index.js:5 use(requireAuth)'],
  ],
  [
    'something of another name that verifies a token',
    behind('first', verifying('first')),
    ['yes', 'src/index.js:5 GET /notes asks first'],
  ],
  [
    'a name that says so and does nothing',
    behind('requireAuth', 'export const requireAuth = (req, res, next) => next();\n', []),
    ['no', 'src/index.js:5 GET /notes trusts requireAuth, which proves nothing'],
  ],
  ...(
    [
      ["import jwt from 'jsonwebtoken';", 'jwt.decode(token)', 'trusts requireAuth, which proves nothing'],
      ["import jwt from 'jsonwebtoken';", 'jwt.verify(token, process.env.KEY)', 'asks requireAuth'],
      ["import { decode } from 'jsonwebtoken';", 'decode(token)', 'trusts requireAuth, which proves nothing'],
      ["import * as jose from 'jose';", 'jose.decodeJwt(token)', 'trusts requireAuth, which proves nothing'],
      ["import * as jose from 'jose';", 'await jose.jwtVerify(token, key)', 'asks requireAuth'],
      // This library's word for what others call verifying.
      ["import jwt from 'jwt-simple';", 'jwt.decode(token, process.env.KEY)', 'asks requireAuth'],
    ] as const
  ).map(([imported, call, says]): [string, Record<string, string>, string[]] => [
    `a token that is read: ${imported} ${call}`,
    behind(
      'requireAuth',
      `${imported}\nexport const requireAuth = async (req, res, next) => {\n  const token = req.headers.authorization;\n  req.user = ${call};\n  if (!req.user) return res.sendStatus(401);\n  next();\n};\n`,
      ['jsonwebtoken', 'jose', 'jwt-simple'],
    ),
    says.startsWith('asks')
      ? ['yes', `src/index.js:5 GET /notes ${says}`]
      : ['no', `src/index.js:5 GET /notes ${says}`, `src/auth.js:1 imports ${/'(.+)'/.exec(imported)![1]}`],
  ]),
  [
    'error middleware of a module that also knows tokens',
    behind(
      'errorHandler',
      `${jwt}export const errorHandler = (error, req, res, next) => {\n  jwt.decode(req.headers.authorization);\n  res.sendStatus(500);\n};\n`,
      ['jsonwebtoken'],
      "app.get('/notes', list);\napp.use(errorHandler);",
    ),
    ['no', 'src/auth.js:1 imports jsonwebtoken'],
  ],
  [
    'the library stands there and nothing uses it',
    at(app(`${list}\napp.get('/notes', list);`, jwt), {}, ['jsonwebtoken']),
    ['no', 'src/index.js:2 imports jsonwebtoken'],
  ],
  [
    'a name that says so, with a look into the sessions',
    behind(
      'requireUser',
      "import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\nexport const requireUser = async (req, res, next) => {\n  await prisma.session.findFirst();\n  next();\n};\n",
      ['@prisma/client'],
    ),
    ['yes', 'src/index.js:5 GET /notes asks requireUser'],
  ],
  [
    'another name, with a look into the database',
    behind(
      'countVisits',
      "import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\nexport const countVisits = async (req, res, next) => {\n  await prisma.visit.create();\n  next();\n};\n",
      ['@prisma/client'],
    ),
    ['no'],
  ],
  [
    'a name that says so, which asks another service',
    behind(
      'requireUser',
      "import axios from 'axios';\nexport const requireUser = async (req, res, next) => {\n  await axios.get(process.env.USERS);\n  next();\n};\n",
      ['axios'],
    ),
    ['yes', 'src/index.js:5 GET /notes asks requireUser'],
  ],
  [
    'a name that says so, which sends the token on',
    behind(
      'requireUser',
      'export const requireUser = async (req, res, next) => {\n  await fetch(process.env.USERS, { headers: { authorization: req.headers.authorization } });\n  next();\n};\n',
      [],
    ),
    ['yes', 'src/index.js:5 GET /notes asks requireUser'],
  ],
  [
    'a name that says so, which sends nothing on',
    behind(
      'requireUser',
      'export const requireUser = async (req, res, next) => {\n  await fetch(process.env.USERS);\n  next();\n};\n',
      [],
    ),
    ['no', 'src/index.js:5 GET /notes trusts requireUser, which proves nothing'],
  ],
  [
    'a name that says so, from a library of another trade',
    at(app(`${list}\napp.get('/notes', helmet.frameguard(), list);`, "import helmet from 'helmet';"), {}, ['helmet']),
    ['no', 'src/index.js:5 GET /notes trusts helmet.frameguard, which proves nothing'],
  ],
  [
    'the library itself',
    at(app(`${list}\napp.get('/notes', passport.authenticate('jwt'), list);`, "import passport from 'passport';"), {}, [
      'passport',
    ]),
    ['yes', 'src/index.js:5 GET /notes asks passport.authenticate'],
  ],
  [
    'the library, which only gets ready',
    at(
      app(`${list}\napp.use(passport.initialize());\napp.get('/notes', list);`, "import passport from 'passport';"),
      {},
      ['passport'],
    ),
    ['no', 'src/index.js:2 imports passport'],
  ],
  [
    'sessions that nobody looks into',
    session("app.get('/notes', list);"),
    ['no', 'src/index.js:7 GET /notes trusts session, which proves nothing', 'src/index.js:2 imports express-session'],
  ],
  [
    'sessions that are kept alone',
    session("app.get('/notes', (req, res) => { req.session.save(); res.json([]); });"),
    ['no', 'src/index.js:7 GET /notes trusts session, which proves nothing', 'src/index.js:2 imports express-session'],
  ],
  [
    'sessions that are asked',
    session("app.get('/notes', (req, res) => { if (!req.session.user) return res.sendStatus(401); res.json([]); });"),
    ['yes', 'src/index.js:7 GET /notes asks session', 'src/index.js:6 use(session)'],
  ],
  [
    'only where one logs in',
    behind(
      'requireAuth',
      verifying('requireAuth'),
      ['jsonwebtoken'],
      "app.post('/login', requireAuth, list);\napp.get('/notes', list);",
    ),
    ['no', 'src/auth.js:1 imports jsonwebtoken'],
  ],
  [
    'one of three',
    behind(
      'requireAuth',
      verifying('requireAuth'),
      ['jsonwebtoken'],
      "app.get('/notes', requireAuth, list);\napp.get('/tags', list);\napp.get('/users', list);",
    ),
    ['yes', 'src/index.js:5 GET /notes asks requireAuth'],
  ],
  [
    'one of three, where half is asked',
    behind(
      'requireAuth',
      verifying('requireAuth'),
      ['jsonwebtoken'],
      "app.get('/notes', requireAuth, list);\napp.get('/tags', list);\napp.get('/users', list);",
    ),
    ['no', 'src/index.js:5 GET /notes asks requireAuth', 'src/auth.js:1 imports jsonwebtoken'],
    { share: 0.5 },
  ],
  [
    'two of three, where half is asked',
    behind(
      'requireAuth',
      verifying('requireAuth'),
      ['jsonwebtoken'],
      "app.get('/notes', requireAuth, list);\napp.get('/tags', requireAuth, list);\napp.get('/users', list);",
    ),
    ['yes', 'src/index.js:5 GET /notes asks requireAuth', 'src/index.js:6 GET /tags asks requireAuth'],
    { share: 0.5 },
  ],
  [
    'more than are shown',
    behind(
      'requireAuth',
      verifying('requireAuth'),
      ['jsonwebtoken'],
      ['a', 'b', 'c', 'd', 'e'].map((name) => `app.get('/${name}', requireAuth, list);`).join('\n'),
    ),
    [
      'yes',
      'src/index.js:5 GET /a asks requireAuth',
      'src/index.js:6 GET /b asks requireAuth',
      'src/index.js:7 GET /c asks requireAuth',
      'src/index.js:8 GET /d asks requireAuth',
    ],
  ],
  [
    'in the handler: it signs',
    at(app("app.post('/notes', (req, res) => res.json(jwt.sign({ id: 1 }, process.env.KEY)));", jwt), {}, [
      'jsonwebtoken',
    ]),
    ['no', 'src/index.js:2 imports jsonwebtoken'],
  ],
  [
    'in the handler: it verifies',
    at(
      app(
        "app.get('/notes', (req, res) => { jwt.verify(req.headers.authorization, process.env.KEY); res.json([]); });",
        jwt,
      ),
      {},
      ['jsonwebtoken'],
    ),
    ['yes', 'src/index.js:5 GET /notes asks jsonwebtoken'],
  ],
  [
    'in the handler: it asks a function of ours',
    next(
      "import { requireUser } from '../../../auth';\nexport async function GET(request) {\n  await requireUser(request);\n  return Response.json([]);\n}\n",
      {
        'auth.ts': `${jwt}export const requireUser = async (request) => jwt.verify(request.headers.get('authorization'), process.env.KEY);\n`,
      },
    ),
    ['yes', 'app/api/notes/route.ts:2 GET /api/notes asks jsonwebtoken'],
  ],
  [
    'in the handler: a function of ours that asks nobody',
    next(
      "import { requireUser } from '../../../auth';\nexport async function GET(request) {\n  await requireUser(request);\n  return Response.json([]);\n}\n",
      { 'auth.ts': 'export const requireUser = async (request) => request;\n' },
    ),
    ['no'],
  ],
  [
    'in the handler: a look for users',
    next(
      "import { findUsers } from '../../../users';\nexport async function GET(request) {\n  return Response.json(await findUsers());\n}\n",
      {
        'users.ts':
          "import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\nexport const findUsers = async () => prisma.user.findMany();\n",
      },
    ),
    ['no'],
  ],
  [
    'SvelteKit: turned away in the handler',
    kit(
      "import { error, json } from '@sveltejs/kit';\nexport const GET = ({ locals }) => {\n  if (!locals.user) error(401, 'no');\n  return json([]);\n};\n",
    ),
    ['yes', 'src/routes/notes/+server.ts:2 GET /notes asks error'],
  ],
  [
    'SvelteKit: sent to log in',
    kit(
      "import { redirect, json } from '@sveltejs/kit';\nexport const GET = ({ locals }) => {\n  if (!locals.user) throw redirect(302, '/login');\n  return json([]);\n};\n",
    ),
    ['yes', 'src/routes/notes/+server.ts:2 GET /notes asks redirect'],
  ],
  [
    'SvelteKit: sent elsewhere',
    kit("import { redirect } from '@sveltejs/kit';\nexport const GET = () => {\n  throw redirect(302, '/home');\n};\n"),
    ['no'],
  ],
  [
    'SvelteKit: an answer of 401',
    kit('export const GET = ({ locals }) => (locals.user ? new Response() : new Response(null, { status: 401 }));\n'),
    ['yes', 'src/routes/notes/+server.ts:1 GET /notes asks Response'],
  ],
  [
    'SvelteKit: an answer of 404',
    kit('export const GET = ({ locals }) => (locals.note ? new Response() : new Response(null, { status: 404 }));\n'),
    ['no'],
  ],
  [
    'SvelteKit: where one logs in',
    kit("import { error } from '@sveltejs/kit';\nexport const POST = () => {\n  error(401, 'no');\n};\n", 'api/auth'),
    ['no'],
  ],
  [
    'a guard of Nest',
    {
      'package.json': service({ scripts: { start: 'tsx src/main.ts' } }, ['@nestjs/core', '@nestjs/jwt']),
      'src/main.ts':
        "import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module.js';\nNestFactory.create(AppModule).then((app) => app.listen(3000));\n",
      'src/app.module.ts':
        "import { Controller, Get, Module, UseGuards } from '@nestjs/common';\nimport { UserGuard } from './user.guard.js';\n@Controller('notes')\nexport class Notes {\n  @UseGuards(UserGuard)\n  @Get() all() { return []; }\n}\n@Module({ controllers: [Notes] })\nexport class AppModule {}\n",
      'src/user.guard.ts':
        "import { Injectable } from '@nestjs/common';\nimport { JwtService } from '@nestjs/jwt';\n@Injectable()\nexport class UserGuard {\n  constructor(private jwt: JwtService) {}\n  canActivate(context) { return this.jwt.verify(context.token); }\n}\n",
    },
    ['yes', 'src/app.module.ts:6 GET /notes asks UseGuards'],
  ],
  [
    'an authorizer of the gateway',
    {
      'package.json': JSON.stringify({ name: 'api', dependencies: { '@aws-sdk/client-s3': '3' } }),
      'serverless.yml':
        'service: api\nprovider:\n  name: aws\n  runtime: nodejs20.x\nfunctions:\n  list:\n    handler: src/list.handler\n    events:\n      - httpApi:\n          path: /notes\n          method: get\n          authorizer: users\n',
      'src/list.js': "export const handler = async () => ({ statusCode: 200, body: '[]' });\n",
    },
    ['yes', 'serverless.yml:6 an authorizer of the gateway asks who calls it'],
  ],
  [
    'the gateway without one',
    {
      'package.json': JSON.stringify({ name: 'api', dependencies: { '@aws-sdk/client-s3': '3' } }),
      'serverless.yml':
        'service: api\nprovider:\n  name: aws\n  runtime: nodejs20.x\nfunctions:\n  list:\n    handler: src/list.handler\n    events:\n      - httpApi:\n          path: /notes\n          method: get\n',
      'src/list.js': "export const handler = async () => ({ statusCode: 200, body: '[]' });\n",
    },
    ['no'],
  ],
  [
    'a guard first in the list that stands for a handler, of a router that is required where it is mounted',
    {
      'package.json': service({}, ['express-jwt']),
      'src/index.js':
        "const express = require('express');\nconst app = express();\napp.use('/books', require('./books').router);\napp.listen(3000);\n",
      'src/books.js':
        "const express = require('express');\nconst shelf = require('./shelf');\nconst router = express.Router();\nrouter.get('/', shelf.list);\nexports.router = router;\n",
      'src/shelf.js': "const auth = require('./jwt');\nexports.list = [auth, (req, res) => res.json([])];\n",
      'src/jwt.js': "const jwt = require('express-jwt');\nmodule.exports = jwt({ secret: process.env.KEY });\n",
    },
    ['yes', 'src/books.js:4 GET /books asks auth'],
  ],
  [
    'a list without a guard',
    {
      'package.json': service({}, ['express-jwt']),
      'src/index.js':
        "const express = require('express');\nconst app = express();\napp.get('/books', require('./shelf').list);\napp.listen(3000);\n",
      'src/shelf.js':
        "const log = require('./log');\nexports.list = [log, (req, res) => res.json([])];\nexports.sign = require('express-jwt');\n",
      'src/log.js': 'module.exports = (req, res, next) => next();\n',
    },
    ['no', 'src/shelf.js:3 imports express-jwt'],
  ],
])('%s', async (_, files, expected, options = { share: 0 }) => {
  expect(await asked('guards-routes', options, files)).toEqual(expected);
});

const checked =
  "const signedIn = (req, res, next) => { req.user = jwt.verify(req.headers.authorization, 'k'); next(); };";

/** A service that only signs people in, beside one that keeps notes. */
const beside = (notes: string, accounts = "app.post('/login', (req, res) => res.send(jwt.sign({}, 'k')));") => ({
  'package.json': '{"name":"all","private":true,"workspaces":["services/*"]}',
  'services/accounts/package.json': service({ name: 'accounts' }, ['jsonwebtoken']),
  'services/accounts/src/index.js': app(accounts, jwt),
  'services/notes/package.json': service({ name: 'notes' }, ['jsonwebtoken']),
  'services/notes/src/index.js': app(notes, jwt),
});

describe('services beside each other', () => {
  const rows: [title: string, files: Record<string, string>, expected: string][] = [
    [
      'a service that only signs in is asked for by the one beside it',
      beside(`${checked}\napp.get('/notes', signedIn, (req, res) => res.send([]));`),
      'yes',
    ],
    ['nothing asks for what it hands out', beside("app.get('/notes', (req, res) => res.send([]));"), 'no'],
    [
      'it serves more than signing in, and asks nobody',
      beside(
        `${checked}\napp.get('/notes', signedIn, (req, res) => res.send([]));`,
        "app.post('/login', (req, res) => res.send(jwt.sign({}, 'k')));\napp.get('/people', (req, res) => res.send([]));",
      ),
      'no',
    ],
  ];
  it.each(rows)('%s', async (_, files, expected) => {
    expect((await asked('guards-routes', {}, files, 'services/accounts'))[0]).toBe(expected);
  });

  it.each<[string, string, string]>([
    ['pages that send the token along to it', 'headers: { Authorization: `Bearer ${token}` }', 'yes'],
    ['pages that send none', "headers: { Accept: 'text/html' }", 'no'],
  ])('%s', async (_, headers, expected) => {
    const action = `'use server';\nexport async function addNote(data) {\n  const token = data.get('token');\n  return fetch('http://api/notes', { method: 'POST', ${headers} });\n}\n`;
    const web = framework('next', {
      'app/actions.ts': action,
      'app/page.tsx': "import { addNote } from './actions';\nexport default () => <form action={addNote} />;\n",
    });
    const files = {
      ...beside(`${checked}\napp.get('/notes', signedIn, (req, res) => res.send([]));`),
      ...Object.fromEntries(Object.entries(web).map(([path, text]) => [`web/${path}`, text])),
    };
    expect((await asked('guards-routes', {}, files, 'web'))[0]).toBe(expected);
  });
});
