import { describe, expect, it } from 'vitest';
import { app, asked, at, service } from './_asked.ts';

const answer = async (files: Record<string, string>) => (await asked('serves-people', {}, files))[0]!.slice(0, 2);

describe('what belongs to people', () => {
  it.each([
    '/login',
    '/api/logout',
    '/signin',
    '/sign-in',
    '/signup',
    '/sign-up',
    '/signout',
    '/sign-out',
    '/users/:id',
    '/user',
    '/account',
    '/accounts',
    '/profile',
    '/profiles',
    '/v1.session',
    '/my-password',
    '/notes_sso',
    '/me',
  ])('the route %s', async (path) => expect(await answer(at(app(`app.get('${path}', list);`)))).toBe('ye'));
  it.each(['/notes', '/blogin', '/loginless', '/usersof', '/mean', '/home', '/profileless'])(
    'not the route %s',
    async (path) => expect(await answer(at(app(`app.get('${path}', list);`)))).toBe('no'),
  );

  it.each([
    'User',
    'users',
    'Account',
    'Accounts',
    'Profile',
    'Profiles',
    'Member',
    'Members',
    'Customer',
    'Customers',
    'Session',
    'Sessions',
    'Employee',
    'Employees',
    'Identity',
    'Identities',
    'Tenant',
    'Tenants',
    'Organization',
    'Organisations',
    'Team',
    'Teams',
    'Patient',
    'Patients',
  ])('the model %s', async (name) => {
    expect(await answer(at(app(''), { 'prisma/schema.prisma': `model ${name} {\n  id Int @id\n}\n` }))).toBe('ye');
  });
  it.each(['Note', 'SuperUser', 'UserNote', 'Steam', 'Organizations2', 'PatientFile'])(
    'not the model %s',
    async (name) => {
      expect(await answer(at(app(''), { 'prisma/schema.prisma': `model ${name} {\n  id Int @id\n}\n` }))).toBe('no');
    },
  );

  it.each([
    'authorization',
    'Authorization',
    'x-auth',
    'x-auth-token',
    'x-authenticated',
    'x-user-id',
    'x-user_email',
    'x-account-name',
    'x-tenant',
  ])('the header %s', async (name) => {
    expect(await answer(at(app(`app.get('/notes', (req, res) => res.json(req.header('${name}')));`)))).toBe('ye');
  });
  it.each(['x-forwarded-for', 'proxy-authorization', 'authorizations', 'x-user-agent', 'x-users'])(
    'not the header %s',
    async (name) => {
      expect(await answer(at(app(`app.get('/notes', (req, res) => res.json(req.header('${name}')));`)))).toBe('no');
    },
  );

  it.each([
    'django-auth',
    'authlib',
    'flask-authenticate',
    'pyjwt',
    'python-jwt',
    'oauthlib',
    'requests_oauth',
    'flask-login',
    'openid-connect',
    'openidc',
    'sessions',
    'flask-session',
    'python-keycloak',
    'keycloak_client',
    'clerk',
    'clerk-backend-api',
    'clerks',
  ])('the package %s', async (name) => {
    expect(await answer({ Dockerfile: 'FROM python:3\n', 'app.py': '', 'requirements.txt': `flask\n${name}\n` })).toBe(
      'ye',
    );
  });
  it.each(['flaskauth', 'notes', 'obsession', 'loginless'])('not the package %s', async (name) => {
    expect(await answer({ Dockerfile: 'FROM python:3\n', 'app.py': '', 'requirements.txt': `flask\n${name}\n` })).toBe(
      'no',
    );
  });
});

describe('where people are looked for', () => {
  const found = (files: Record<string, string>, path = '.') => asked('serves-people', {}, files, path);
  const user = 'model User {\n  id Int @id\n}\n';
  const nuxt = (path: string, more: Record<string, string> = {}) => ({
    'package.json':
      '{ "name": "news", "private": true, "scripts": { "build": "nuxt build" }, "devDependencies": { "nuxt": "4" } }',
    'nuxt.config.ts': 'export default defineNuxtConfig({});',
    [`server/api/${path}.get.ts`]: 'export default defineEventHandler(() => []);',
    'app/pages/index.vue': '<template><p>news</p></template>',
    ...more,
  });
  it.each<[title: string, files: Record<string, string>, expected: string[]]>([
    ['pages: a profile', nuxt('profile'), ['no']],
    ['pages: a login', nuxt('login'), ['yes', 'server/api/login.get.ts:1 GET /api/login']],
    ['pages: signing up', nuxt('sign-up'), ['yes', 'server/api/sign-up.get.ts:1 GET /api/sign-up']],
    ['pages: auth', nuxt('auth'), ['yes', 'server/api/auth.get.ts:1 GET /api/auth']],
    ['pages: registering', nuxt('register'), ['yes', 'server/api/register.get.ts:1 GET /api/register']],
    ['pages: a session', nuxt('session'), ['yes', 'server/api/session.get.ts:1 GET /api/session']],
    ['pages: a password', nuxt('password'), ['yes', 'server/api/password.get.ts:1 GET /api/password']],
    ['pages: SSO', nuxt('sso'), ['yes', 'server/api/sso.get.ts:1 GET /api/sso']],
    [
      'pages that keep data: a profile',
      nuxt('profile', {
        'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n}\nmodel Note {\n  id Int @id\n}\n',
        'server/db.ts': "import { PrismaClient } from '@prisma/client';\nexport const db = new PrismaClient();\n",
      }),
      ['yes', 'server/api/profile.get.ts:1 GET /api/profile'],
    ],
    [
      'five routes',
      at(app([1, 2, 3, 4, 5].map((n) => `app.get('/users/${n}', list);`).join('\n'))),
      ['yes', 'src/index.js:4 GET /users/1', 'src/index.js:5 GET /users/2', 'src/index.js:6 GET /users/3'],
    ],
    [
      'four libraries and more',
      at(app("app.get('/login', list);"), { 'prisma/schema.prisma': user }, [
        'passport',
        'passport-local',
        'jsonwebtoken',
        'bcrypt',
      ]),
      [
        'yes',
        'package.json:1 declares passport',
        'package.json:1 declares passport-local',
        'package.json:1 declares jsonwebtoken',
        'prisma/schema.prisma:1 model User',
      ],
    ],
    [
      'three callers',
      at(
        app(
          "app.get('/a', (req, res) => { req.get('x-user-id'); req.get('authorization'); req.header('x-tenant'); res.end(); });",
        ),
      ),
      ['yes', 'src/index.js:4 tells callers apart: req.get(…)', 'src/index.js:4 tells callers apart: req.get(…)'],
    ],
    [
      'callers in code that nothing runs',
      at(app(''), { 'src/middleware/idle.js': "export const a = (req) => req.get('x-user-id');\n" }),
      ['no'],
    ],
    [
      'a header of a variable',
      at(app("app.get('/a', (req, res) => { req.get(name); req.get(); res.end(); });")),
      ['no'],
    ],
    [
      'a header of something else that is got',
      at(app("app.get('/a', (req, res) => { req.gets('x-user-id'); res.end(); });")),
      ['no'],
    ],
    ['a model among the examples', at(app(''), { 'examples/schema.prisma': user }), ['no']],
  ])('%s', async (_, files, expected) => expect(await found(files)).toEqual(expected));
  const two = (more: Record<string, string>) => ({
    'package.json': JSON.stringify({ private: true, workspaces: ['apps/*'] }),
    'apps/notes/package.json': service({ name: 'notes' }),
    'apps/notes/src/index.js': app(''),
    'apps/staff/package.json': service({ name: 'staff' }),
    'apps/staff/src/index.js': app(''),
    ...more,
  });
  it.each<[title: string, files: Record<string, string>, expected: string[]]>([
    [
      'a model of its own',
      two({ 'apps/notes/prisma/schema.prisma': user }),
      ['yes', 'apps/notes/prisma/schema.prisma:1 model User'],
    ],
    ['a model of the other', two({ 'apps/staff/prisma/schema.prisma': user }), ['no']],
    ['a model of none', two({ 'prisma/schema.prisma': user }), ['no']],
  ])('%s', async (_, files, expected) => expect(await found(files, 'apps/notes')).toEqual(expected));
  it.each<[title: string, files: Record<string, string>, expected: string[]]>([
    [
      'a package of Python',
      {
        'a/requirements.txt': 'flask\npyjwt\n',
        'a/app.py': '',
        'a/Dockerfile': 'FROM python:3\n',
        'b/requirements.txt': 'flask\n',
        'b/app.py': '',
        'b/Dockerfile': 'FROM python:3\n',
      },
      ['yes', 'a/requirements.txt:2 declares pyjwt'],
    ],
    [
      'a package of Python, of the other',
      {
        'a/requirements.txt': 'flask\n',
        'a/app.py': '',
        'a/Dockerfile': 'FROM python:3\n',
        'b/requirements.txt': 'flask\npyjwt\n',
        'b/app.py': '',
        'b/Dockerfile': 'FROM python:3\n',
      },
      ['no'],
    ],
  ])('%s', async (_, files, expected) => expect(await found(files, 'a')).toEqual(expected));
});
