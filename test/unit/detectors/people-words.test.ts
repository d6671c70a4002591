import { describe, expect, it } from 'vitest';
import { app, asked, at } from './_asked.ts';

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
