import { describe, expect, it } from 'vitest';
import { app, asked, at, service } from './_asked.ts';

const schema = "import { z } from 'zod';\nconst note = z.object({ text: z.string() });\n";
/** An application on Express with a schema at hand. */
const taking = (statements: string, imports = '', more: Record<string, string> = {}, dependencies: string[] = []) =>
  at(app(statements, `${schema}${imports}`), more, ['zod', ...dependencies]);
const answered = async (files: Record<string, string>, options: object = {}): Promise<string> =>
  (await asked('validates-input', options, files)).join();
const parsed = '(req, res) => res.json(note.parse(req.body))';
const open = '(req, res) => res.json(req.body)';

describe('routes that bring data', () => {
  it.each<[string, string]>([
    [
      `app.post('/notes', ${open});`,
      'no,src/index.js:6 POST /notes takes what it is sent: 0 of 1 routes are checked,src/index.js:2 imports zod',
    ],
    [
      `app.put('/notes', ${open});`,
      'no,src/index.js:6 PUT /notes takes what it is sent: 0 of 1 routes are checked,src/index.js:2 imports zod',
    ],
    [
      `app.patch('/notes', ${open});`,
      'no,src/index.js:6 PATCH /notes takes what it is sent: 0 of 1 routes are checked,src/index.js:2 imports zod',
    ],
    [`app.delete('/notes', ${open});`, 'no,src/index.js:2 imports zod'],
    [`app.get('/notes', ${open});`, 'no,src/index.js:2 imports zod'],
    [
      `app.all('/notes', ${open});`,
      'no,src/index.js:6 ALL /notes takes what it is sent: 0 of 1 routes are checked,src/index.js:2 imports zod',
    ],
    ["app.all('/notes', (req, res) => res.json(req.method));", 'no,src/index.js:2 imports zod'],
    [`app.all('/notes', (req, res) => res.json(note.parse(req.headers)));`, 'no,src/index.js:2 imports zod'],
    [`app.post('/notes/*', ${open});`, 'no,src/index.js:2 imports zod'],
    ...[
      'logout',
      'log-out',
      'log_out',
      'signout',
      'sign-out',
      'health',
      'oauth/callback',
      'webhooks',
      'trpc',
      'graphql',
      'api/uploadthing',
      'inngest',
    ].map((path) => [`app.post('/${path}', ${open});`, 'no,src/index.js:2 imports zod'] as [string, string]),
    // What stands in the address, where none brings a body.
    [
      `app.get('/notes/:id', ${open});`,
      'no,src/index.js:6 GET /notes/:id takes what it is sent: 0 of 1 routes are checked,src/index.js:2 imports zod',
    ],
    [
      `app.delete('/notes/:id', ${open});`,
      'no,src/index.js:6 DELETE /notes/:id takes what it is sent: 0 of 1 routes are checked,src/index.js:2 imports zod',
    ],
    [`app.get('/auth/:provider', ${open});`, 'no,src/index.js:2 imports zod'],
    [
      `app.get('/auth/notes/:id', ${open});`,
      'no,src/index.js:6 GET /auth/notes/:id takes what it is sent: 0 of 1 routes are checked,src/index.js:2 imports zod',
    ],
    [
      `app.get('/notes/:id', ${open});\napp.post('/notes', ${open});`,
      'no,src/index.js:7 POST /notes takes what it is sent: 0 of 1 routes are checked,src/index.js:2 imports zod',
    ],
    [
      `app.get('/notes/:id', (req, res) => res.json(note.parse(req.params)));`,
      'yes,src/index.js:6 GET /notes/:id is checked by a schema',
    ],
    [`app.get('/notes/list', ${open});`, 'no,src/index.js:2 imports zod'],
    // Who asks, and nothing else of the request.
    [
      `app.post('/me', (req, res) => res.json(req.user));\napp.post('/notes', ${open});`,
      'no,src/index.js:7 POST /notes takes what it is sent: 0 of 1 routes are checked,src/index.js:2 imports zod',
    ],
    [
      "app.post('/me', (req, res) => res.json(req.user));",
      'no,src/index.js:6 POST /me takes what it is sent: 0 of 1 routes are checked,src/index.js:2 imports zod',
    ],
    ...[
      'ip',
      'ips',
      'user',
      'session',
      'header',
      'headers',
      'cookies',
      'signedCookies',
      'get',
      'log',
      'logger',
      'method',
      'path',
      'url',
      'originalUrl',
      'hostname',
      'protocol',
      'app',
      'isAuthenticated',
      'logout',
      'logOut',
    ].map(
      (member) =>
        [
          `app.post('/me', (req, res) => res.json(req.${member}));\napp.post('/notes', ${parsed});`,
          'yes,src/index.js:7 POST /notes is checked by a schema',
        ] as [string, string],
    ),
    [
      `app.post('/me', (req, res) => res.json(req.users));\napp.post('/notes', ${parsed});`,
      'no,src/index.js:6 POST /me takes what it is sent: 1 of 2 routes are checked,src/index.js:7 POST /notes is checked by a schema',
    ],
    [
      `app.post('/me', (req, res) => res.json(req.query));\napp.post('/notes', ${parsed});`,
      'no,src/index.js:6 POST /me takes what it is sent: 1 of 2 routes are checked,src/index.js:7 POST /notes is checked by a schema',
    ],
    [
      `app.post('/me', (req, res) => save(req));\napp.post('/notes', ${parsed});`,
      'no,src/index.js:6 POST /me takes what it is sent: 1 of 2 routes are checked,src/index.js:7 POST /notes is checked by a schema',
    ],
    [
      `app.post('/me', (req, res) => res.json(myreq.body));\napp.post('/notes', ${parsed});`,
      'yes,src/index.js:7 POST /notes is checked by a schema',
    ],
    [
      `app.post('/me', (req, res) => { res.json(req.user); });\napp.post('/notes', ${parsed});`,
      'yes,src/index.js:7 POST /notes is checked by a schema',
    ],
    [
      `app.post('/me', function (req, res) { res.json(req.user); });\napp.post('/notes', ${parsed});`,
      'yes,src/index.js:7 POST /notes is checked by a schema',
    ],
    [
      `app.post('/me', ({ body }, res) => res.json(body));\napp.post('/notes', ${parsed});`,
      'no,src/index.js:6 POST /me takes what it is sent: 1 of 2 routes are checked,src/index.js:7 POST /notes is checked by a schema',
    ],
    [
      `app.post('/me', () => all());\napp.post('/notes', ${parsed});`,
      'yes,src/index.js:7 POST /notes is checked by a schema',
    ],
    [
      `app.post('/me', upload, (req, res) => res.json(req.user));\napp.post('/notes', ${parsed});`,
      'no,src/index.js:6 POST /me takes what it is sent: 1 of 2 routes are checked,src/index.js:7 POST /notes is checked by a schema',
    ],
    [
      `app.post('/me', files.single('a'), (req, res) => res.json(req.user));\napp.post('/notes', ${parsed});`,
      'no,src/index.js:6 POST /me takes what it is sent: 1 of 2 routes are checked,src/index.js:7 POST /notes is checked by a schema',
    ],
    [
      `app.post('/me', signedIn, (req, res) => res.json(req.user));\napp.post('/notes', ${parsed});`,
      'yes,src/index.js:7 POST /notes is checked by a schema',
    ],
    // Several handlers of one address.
    [
      `app.post('/notes', ${parsed});\napp.post('/notes', ${open});`,
      'yes,src/index.js:7 POST /notes is checked by a schema',
    ],
    [
      `app.post('/notes', ${parsed});\napp.put('/notes', ${open});`,
      'no,src/index.js:7 PUT /notes takes what it is sent: 1 of 2 routes are checked,src/index.js:6 POST /notes is checked by a schema',
    ],
  ])('%s', async (statements, expected) => expect(await answered(taking(statements), { share: 1 })).toEqual(expected));
});

describe('checks', () => {
  const handler = (body: string) => `app.post('/notes', async (req, res) => {\n  ${body}\n  res.end();\n});`;
  it.each<[string, string]>([
    [handler('note.parse(req.body);'), 'yes,src/index.js:6 POST /notes is checked by a schema'],
    [handler('note.safeParse(req.body);'), 'yes,src/index.js:6 POST /notes is checked by a schema'],
    [handler('await note.parseAsync(req.body);'), 'yes,src/index.js:6 POST /notes is checked by a schema'],
    [handler('const checked = z.object({}).parse(req.body);'), 'yes,src/index.js:6 POST /notes is checked by a schema'],
    [handler('note.validate(req.body);'), 'yes,src/index.js:6 POST /notes is checked by a schema'],
    [handler('note.assert(req.body);'), 'yes,src/index.js:6 POST /notes is checked by a schema'],
    [handler('note.check(req.body);'), 'yes,src/index.js:6 POST /notes is checked by a schema'],
    [handler('note.decode(req.body);'), 'yes,src/index.js:6 POST /notes is checked by a schema'],
    [handler('note.is(req.body);'), 'yes,src/index.js:6 POST /notes is checked by a schema'],
    [
      handler('note.isList(req.body);'),
      'no,src/index.js:6 POST /notes takes what it is sent: 0 of 1 routes are checked,src/index.js:2 imports zod',
    ],
    [
      handler('note.extend(req.body);'),
      'no,src/index.js:6 POST /notes takes what it is sent: 0 of 1 routes are checked,src/index.js:2 imports zod',
    ],
    [
      handler('note.recheck(req.body);'),
      'no,src/index.js:6 POST /notes takes what it is sent: 0 of 1 routes are checked,src/index.js:2 imports zod',
    ],
    [
      handler('JSON.parse(req.body);'),
      'no,src/index.js:6 POST /notes takes what it is sent: 0 of 1 routes are checked,src/index.js:2 imports zod',
    ],
    [
      handler('other.parse(req.body);'),
      'no,src/index.js:6 POST /notes takes what it is sent: 0 of 1 routes are checked,src/index.js:2 imports zod',
    ],
    [
      `const tidy = (sent) => note.parse(sent);\nconst sent = req.body;\n${handler('tidy(sent);')}`,
      'yes,src/index.js:8 POST /notes is checked by a schema',
    ],
    [
      `const tidy = (sent) => sent;\nnote.parse({});\n${handler('tidy(req.body);')}`,
      'no,src/index.js:8 POST /notes takes what it is sent: 0 of 1 routes are checked,src/index.js:2 imports zod',
    ],
    [
      `const tidy = (sent) => sent;\n${handler('tidy(req.body);')}\nnote.parse({});`,
      'no,src/index.js:7 POST /notes takes what it is sent: 0 of 1 routes are checked,src/index.js:2 imports zod',
    ],
    [
      `const tidy = (sent) => note.extend(sent);\n${handler('tidy(req.body);')}`,
      'no,src/index.js:7 POST /notes takes what it is sent: 0 of 1 routes are checked,src/index.js:2 imports zod',
    ],
    // What stands before the handler.
    [`app.post('/notes', checks(note), ${open});`, 'yes,src/index.js:6 POST /notes is checked by a schema'],
    [
      `const checks = (one) => (req, res, next) => { one.parse(req.body); next(); };\napp.post('/notes', checks(note), ${open});`,
      'yes,src/index.js:7 POST /notes is checked by a schema',
    ],
    [
      `const checks = (req, res, next) => { note.parse(req.body); next(); };\napp.post('/notes', checks, ${open});`,
      'yes,src/index.js:7 POST /notes is checked by a schema',
    ],
    [
      `const checks = (req, res, next) => { note.parse(req.body); next(); };\napp.use(checks);\napp.post('/notes', ${open});`,
      'no,src/index.js:8 POST /notes takes what it is sent: 0 of 1 routes are checked,src/index.js:2 imports zod',
    ],
    ...[
      'auth',
      'authenticate',
      'jwt',
      'isOwner',
      'verifyToken',
      'verify_token',
      'checkAuth',
      'requireUser',
      'requireSession',
      'checkRole',
      'check_roles',
      'verifyJwt',
    ].map(
      (name) =>
        [
          `const ${name} = (req, res, next) => { note.parse(req.user); next(); };\napp.post('/notes', ${name}, ${open});`,
          'no,src/index.js:7 POST /notes takes what it is sent: 0 of 1 routes are checked,src/index.js:2 imports zod',
        ] as [string, string],
    ),
    ...['noteAuthOf', 'checkRoles2', 'myAuthBody', 'requireBody', 'jwts'].map(
      (name) =>
        [
          `const ${name} = (req, res, next) => { note.parse(req.body); next(); };\napp.post('/notes', ${name}, ${open});`,
          'yes,src/index.js:7 POST /notes is checked by a schema',
        ] as [string, string],
    ),
    // Of many.
    [
      ['a', 'b', 'c', 'd', 'e'].map((path) => `app.post('/${path}', ${parsed});`).join('\n'),
      'yes,src/index.js:6 POST /a is checked by a schema,src/index.js:7 POST /b is checked by a schema,src/index.js:8 POST /c is checked by a schema,src/index.js:9 POST /d is checked by a schema',
    ],
    [
      `${['a', 'b', 'c', 'd', 'e'].map((path) => `app.post('/${path}', ${parsed});`).join('\n')}\napp.post('/f', ${open});`,
      'no,src/index.js:11 POST /f takes what it is sent: 5 of 6 routes are checked,src/index.js:6 POST /a is checked by a schema,src/index.js:7 POST /b is checked by a schema,src/index.js:8 POST /c is checked by a schema,src/index.js:9 POST /d is checked by a schema',
    ],
  ])('%s', async (statements, expected) => expect(await answered(taking(statements), { share: 1 })).toEqual(expected));

  it.each<[string, string]>([
    ['tidy(req.body);', 'yes'],
    ['tidy(req.query);', 'yes'],
    ['tidy(req.bodyOf);', 'no'],
    ['tidy(req.headers);', 'no'],
    ['tidy(body);', 'yes'],
    ['const sent = req.body;\n  tidy(sent);', 'yes'],
    ['const sent=await req.json()\n  tidy(sent);', 'yes'],
    ['const sent  =  await  req.formData() ;\n  tidy(sent);', 'yes'],
    ['const sent = req.query;\n  tidy(sent);', 'yes'],
    ['const sent = this.req.getBody();\n  tidy(sent);', 'yes'],
    ['const sent = req.body.text;\n  tidy(sent);', 'no'],
    ['const sent = req.user;\n  tidy(sent);', 'no'],
    ['const unsent = req.body;\n  tidy(sent);', 'no'],
    ['tidy(await req.json());', 'yes'],
    ['tidy(await req.formData());', 'yes'],
    ['tidy(req.body());', 'yes'],
    ['tidy(req.getBody());', 'yes'],
    ['tidy(req.getHeaders());', 'no'],
    ['tidy({ ...req.body });', 'yes'],
    ['tidy({ ...req.query, a });', 'yes'],
    ['const sent = req.body;\n  tidy({ a, ...sent });', 'yes'],
    ['tidy({ ...req.headers });', 'no'],
    ['tidy({ sent: req.body });', 'no'],
    ["tidy('a', req.body);", 'yes'],
    ['tidy();', 'no'],
  ])('by a helper of ours: %s', async (body, expected) => {
    const files = at(
      app(handler(body), "import { tidy } from './tidy.js';"),
      { 'src/tidy.js': `${schema}export const tidy = (sent) => note.parse(sent);\n` },
      ['zod'],
    );
    expect((await answered(files)).split(',')[0]).toEqual(expected);
  });

  it.each<[number, string]>([
    [0, 'yes,src/index.js:6 POST /a is checked by a schema'],
    [0.5, 'yes,src/index.js:6 POST /a is checked by a schema'],
    [
      0.51,
      'no,src/index.js:7 POST /b takes what it is sent: 1 of 2 routes are checked,src/index.js:6 POST /a is checked by a schema',
    ],
  ])('in a share of %s', async (share, expected) => {
    expect(await answered(taking(`app.post('/a', ${parsed});\napp.post('/b', ${open});`), { share })).toEqual(expected);
  });
});

describe('checks put on the request', () => {
  const express = (statements: string, version = 'express-validator') =>
    at(app(statements, `import validator from '${version}';\napp.use(validator());`), {}, [version]);
  it.each<[Record<string, string>, string]>([
    [express("app.post('/notes', (req, res) => { req.checkBody('a').notEmpty(); res.end(); });"), 'yes'],
    [express("app.post('/notes', (req, res) => { req.checkParams('a').notEmpty(); res.end(); });"), 'yes'],
    [express("app.post('/notes', (req, res) => { req.checkQuery('a').notEmpty(); res.end(); });"), 'yes'],
    [express("app.post('/notes', (req, res) => { req.check('a').notEmpty(); res.json(req.body); });"), 'no'],
    [express("app.post('/notes', (req, res) => { req.assert('a').notEmpty(); res.json(req.body); });"), 'yes'],
    [express("app.post('/notes', (req, res) => { const e = req.validationErrors(); res.json(req.body); });"), 'yes'],
    [express("app.post('/notes', (req, res) => { req.getValidationResult(); res.json(req.body); });"), 'yes'],
    [express("app.post('/notes', (req, res) => { req.validationErrorsOf(); res.json(req.body); });"), 'no'],
    [express("app.post('/notes', (req, res) => { this.req.assert('a'); res.json(req.body); });"), 'no'],
    [
      express(
        "const checks = (req, res, next) => { req.checkBody('a'); next(); };\napp.post('/notes', checks, (req, res) => res.json(req.body));",
      ),
      'yes',
    ],
    [
      express(
        "const checks = (req, res, next) => { next(); };\napp.post('/notes', checks, (req, res) => res.json(req.body));\nreq.checkBody('a');",
      ),
      'no',
    ],
    [
      express(
        "req.checkBody('a');\nconst checks = (req, res, next) => { next(); };\napp.post('/notes', checks, (req, res) => res.json(req.body));",
      ),
      'no',
    ],
    [express("app.post('/notes', (req, res) => { req.checkBody('a'); res.json(req.body); });", 'my-validator'), 'no'],
  ])('%#', async (files, expected) => expect((await answered(files)).split(',')[0]).toEqual(expected));
});

describe('frameworks that check by themselves', () => {
  const fastify = (statements: string) => ({
    'package.json': service({}, ['fastify']),
    'src/index.js': `import Fastify from 'fastify';\nconst app = Fastify();\n${statements}\napp.listen({ port: 3000 });\n`,
  });
  const nest = (main: string, module = '@Module({ controllers: [Notes] })', dependencies: string[] = []) => ({
    'package.json': service({ scripts: { start: 'tsx src/index.ts' } }, [
      '@nestjs/core',
      '@nestjs/common',
      ...dependencies,
    ]),
    'src/index.ts': `import { NestFactory } from '@nestjs/core';\nimport { ValidationPipe } from '@nestjs/common';\nimport { AppModule } from './app.module.js';\n${main}\n`,
    'src/app.module.ts': `import { APP_PIPE, APP_GUARD } from '@nestjs/core';\nimport { Body, Controller, Module, Post, ValidationPipe } from '@nestjs/common';\n@Controller('notes')\nexport class Notes {\n  @Post() add(@Body() body) { return body; }\n}\n${module}\nexport class AppModule {}\n`,
  });
  const booted = (before: string) =>
    `NestFactory.create(AppModule).then((app) => {\n  ${before}\n  app.listen(3000);\n});`;
  it.each<[string, Record<string, string>, string]>([
    [
      'a schema among the options',
      fastify("app.post('/notes', { schema: { body: note } }, async (request) => request.body);"),
      'yes,src/index.js:3 POST /notes is checked by a schema',
    ],
    [
      'options by a name',
      fastify(
        "const options = { schema: { body: note } };\napp.post('/notes', options, async (request) => request.body);",
      ),
      'yes,src/index.js:4 POST /notes is checked by a schema',
    ],
    [
      'options without a schema',
      fastify("app.post('/notes', { bodyLimit: 1 }, async (request) => request.body);"),
      'no,src/index.js:3 POST /notes takes what it is sent: 0 of 1 routes are checked',
    ],
    [
      'no options',
      fastify("app.post('/notes', async (request) => request.body);"),
      'no,src/index.js:3 POST /notes takes what it is sent: 0 of 1 routes are checked',
    ],
    [
      'who sends it alone',
      fastify("app.post('/notes', async (request) => request.user);"),
      'no,src/index.js:3 POST /notes takes what it is sent: 0 of 1 routes are checked',
    ],
    [
      'a pipe for all',
      nest(booted('app.useGlobalPipes(new ValidationPipe());')),
      'yes,src/index.ts:5 useGlobalPipes: every request goes through a validation pipe',
    ],
    [
      'a pipe among the providers',
      nest(
        booted(''),
        '@Module({ controllers: [Notes], providers: [{ provide: APP_PIPE, useClass: ValidationPipe }] })',
      ),
      'yes,src/app.module.ts:7 APP_PIPE: every request goes through a validation pipe',
    ],
    [
      'a guard among the providers',
      nest(
        booted(''),
        '@Module({ controllers: [Notes], providers: [{ provide: APP_GUARD, useClass: ValidationPipe }] })',
      ),
      'no,src/app.module.ts:5 POST /notes takes what it is sent: 0 of 1 routes are checked',
    ],
    [
      'a pipe that nothing puts there',
      nest(`${booted('')}\nexport const put = (app) => app.useGlobalPipes(new ValidationPipe());`),
      'no,src/app.module.ts:5 POST /notes takes what it is sent: 0 of 1 routes are checked',
    ],
    [
      'no pipe',
      nest(booted('')),
      'no,src/app.module.ts:5 POST /notes takes what it is sent: 0 of 1 routes are checked',
    ],
  ])('%s', async (_, files, expected) => expect(await answered(files)).toEqual(expected));
});

describe('what cannot be followed', () => {
  const handed = "import list from 'lists';\n";
  it.each<[string, Record<string, string>, string]>([
    [
      'a handler of a package',
      taking("app.post('/notes', list);", handed),
      'unknown: the handlers of api are handed over by name at run time,src/index.js:7 POST /notes: its handler cannot be followed',
    ],
    ['a handler of a package, without a library', at(app("app.post('/notes', list);", handed)), 'no'],
    [
      'a handler of a package beside another',
      taking(`app.post('/notes', list);\napp.post('/tags', ${open});`, handed),
      'no,src/index.js:8 POST /tags takes what it is sent: 0 of 1 routes are checked,src/index.js:2 imports zod',
    ],
    [
      'a handler of a package beside one that checks',
      taking(`app.post('/notes', list);\napp.post('/tags', ${parsed});`, handed),
      'yes,src/index.js:8 POST /tags is checked by a schema',
    ],
    [
      'a handler of a package behind a check',
      taking(
        "app.post('/notes', checks, list);\nconst checks = (req, res, next) => { note.parse(req.body); next(); };",
        handed,
      ),
      'yes,src/index.js:7 POST /notes is checked by a schema',
    ],
    [
      'code that is loaded by a name',
      at(
        app(`app.post('/notes', ${open});\nfor (const name of names) await import(name);`),
        { 'src/notes.js': `${schema}export const check = (body) => note.parse(body);\n` },
        ['zod'],
      ),
      'unknown: src/index.js:5 loads modules by a computed name,src/notes.js:1 imports zod',
    ],
    [
      'code that is loaded by a name, beside a check',
      taking(
        `app.post('/notes', ${open});\napp.post('/tags', ${parsed});\nfor (const name of names) await import(name);`,
        '',
        { 'src/notes.js': `${schema}export const check = (body) => note.parse(body);\n` },
      ),
      'no,src/index.js:6 POST /notes takes what it is sent: 1 of 2 routes are checked,src/index.js:7 POST /tags is checked by a schema',
    ],
    [
      'code that is loaded by a name, without a library',
      at(app(`app.post('/notes', ${open});\nfor (const name of names) await import(name);`)),
      'no,src/index.js:4 POST /notes takes what it is sent: 0 of 1 routes are checked',
    ],
    [
      'schemas that nothing asks',
      at(
        app(`app.post('/notes', ${open});`),
        Object.fromEntries(
          ['a', 'b', 'c', 'd'].map((name) => [
            `src/${name}.js`,
            `${schema}export const check = (body) => note.parse(body);\n`,
          ]),
        ),
        ['zod'],
      ),
      'no,src/index.js:4 POST /notes takes what it is sent: 0 of 1 routes are checked,src/a.js:1 imports zod',
    ],
    ['no routes', taking('start();'), 'no,src/index.js:2 imports zod'],
    ['no routes and no library', at(app('start();')), 'no'],
  ])('%s', async (_, files, expected) => expect(await answered(files, { share: 1 })).toEqual(expected));
});
