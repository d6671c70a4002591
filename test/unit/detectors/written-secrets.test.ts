import { describe, expect, it } from 'vitest';
import { app, asked, at } from './_asked.ts';

const value = 'q8Zr4Tn1Wb7Yk3Lm9Px2';
/** Notes of the secrets that stand in code, or nothing. */
const written = async (files: Record<string, string>): Promise<string[]> => {
  const [answer, ...shown] = await asked('committed-secrets', { without: 'hard-coded' }, files);
  return answer === 'no' ? shown.map((one) => one.replace(/^\S+ /, '')) : [];
};
const code = async (statements: string, imports = '', more: Record<string, string> = {}) =>
  written(at(app(statements, imports), more));

describe('files that hold settings', () => {
  const holding = (path: string) => {
    const up = '../'.repeat(path.split('/').length - 1 || 0);
    return {
      ...at(
        `import './${path.startsWith('src/') ? path.slice(4) : `../${path}`}';\nimport express from 'express';\nexpress().listen(1);\n`,
      ),
      [path]: `export const all = { jwtSecret: '${value}' };\nconsole.log('${up}');\n`,
    };
  };
  it.each([
    'src/config.js',
    'src/my.config.js',
    'src/config-of-notes.ts',
    'src/app_config.mjs',
    'src/settings.js',
    'src/secret.js',
    'src/secrets.js',
    'src/credentials.js',
    'src/env.js',
    'src/envs.js',
    'src/environment.js',
    'src/environments/notes.js',
    'src/keys.cjs',
    'src/constant.js',
    'src/constants.mts',
    'src/settings/notes.js',
    'config/notes.js',
    'src/config/deep/notes.js',
    'src/configs/deep/notes.js',
  ])('%s', async (path) => expect(await written(holding(path))).toEqual(['jwtSecret is written in the code']));
  it.each([
    'src/notes.js',
    'src/settings/deep/notes.js',
    'src/mysettings.js',
    'src/reconfigs/deep/all.js',
    'src/config.seed.js',
    'src/config.seeds.js',
    'src/seeder/config.js',
    'src/seeders/config.js',
    'seed/config.js',
    'src/mock/config.js',
    'src/mocks/config.js',
    'src/config.dev.js',
    'src/config-development.js',
    'src/config_local.js',
    'src/testing/config.js',
    'src/playwright/config.js',
    'src/config/local',
  ])('not %s', async (path) => expect(await written(holding(path))).toEqual([]));
  it.each(['src/devices/config.js', 'src/seedling/config.js', 'src/latest/config.js'])('but %s', async (path) =>
    expect(await written(holding(path))).toEqual(['jwtSecret is written in the code']),
  );
});

describe('settings as data', () => {
  const line = `jwtSecret: ${value}\n`;
  it.each([
    ['config/production.yaml', line],
    ['config/production.yml', line],
    ['apps/api/config/notes.yml', line],
    ['config/notes.json', `{\n  "jwtSecret": "${value}",\n}`],
    ['config/notes.json', `{\n"jwtSecret" :"${value}"\n}`],
    ['config/notes.json', `{\n    "jwtSecret"  :  "${value}"  \n}`],
    ['config/notes.yml', `'jwtSecret':'${value}'\n`],
    ['appsettings.json', `{\n  "jwtSecret": "${value}"\n}`],
    ['src/appsettings.production.json', `{\n  "jwtSecret": "${value}"\n}`],
    ['application.properties', `jwtSecret=${value}\n`],
    ['src/application.yml', line],
    ['src/application-prod.yaml', line],
    ['src/application-production.properties', `jwtSecret = ${value}\n`],
    ['config/contest.yml', line],
  ])('%s: %j', async (path, text) => {
    expect(await code('', '', { [path]: text })).toEqual(['jwtSecret is written in the configuration']);
  });
  it.each([
    ['config/production.yaml.md', line],
    ['reconfig/production.yaml', line],
    ['config/deep/production.yaml', line],
    ['src/myapplication.yml', line],
    ['src/application-prod.of.yml', line],
    ['src/application.ymlx', line],
    ['src/appsettings.json5', line],
    ['config/dev.yml', line],
    ['config/development.yml', line],
    ['config/my-local.yml', line],
    ['config/notes.example.yml', line],
    ['config/custom-environment-variables.json', `{\n  "jwtSecret": "${value}"\n}`],
    ['config/production.yaml', `about jwtSecret: ${value}\n`],
    ['config/production.yaml', `jwtSecret: ${value} for all\n`],
    ['config/production.yaml', '# jwtSecret: none\n'],
    ['config/production.yaml', 'jwtSecret: true\n'],
    ['config/production.yaml', 'jwtSecret: 86400\n'],
  ])('not %s: %j', async (path, text) => expect(await code('', '', { [path]: text })).toEqual([]));
  it('takes a number with a letter for a value', async () => {
    const text = 'jwtSecret: 12345678a\n';
    expect(await code('', '', { 'config/production.yaml': text })).toEqual([]);
    expect(await code('', '', { 'config/production.yaml': 'jwtSecret: 86402a9b\n' })).toHaveLength(1);
    expect(await code('', '', { 'config/production.yaml': 'jwtSecret: secret\n' })).toHaveLength(1);
    expect(await code('', '', { 'config/production.yaml': 'jwtSecret: Secretly\n' })).toHaveLength(1);
  });
});

describe('what packages sign with, by place', () => {
  it.each([
    ["jwt.sign({}, 'mySigningKey')", "import jwt from 'jsonwebtoken';", 1],
    ["sign({}, 'mySigningKey')", "import { sign } from 'jsonwebtoken';", 1],
    ["jwt.signed({}, 'mySigningKey')", "import jwt from 'jsonwebtoken';", 0],
    ["resign({}, 'mySigningKey')", "import { resign } from 'jsonwebtoken';", 0],
    ["encode({}, 'mySigningKey')", "import { encode } from 'jwt-simple';", 1],
    ["jwt.encoded({}, 'mySigningKey')", "import jwt from 'jwt-simple';", 0],
    ["cookies.JSONCookie('mySigningKey')", "import cookies from 'cookie-parser';", 0],
    ["cookies.default.of('mySigningKey')", "import * as cookies from 'cookie-parser';", 0],
    ["crypto.HmacSHA256('a', 'mySigningKey')", "import crypto from 'crypto-js';", 1],
    ["crypto.AES.decrypt('a', 'mySigningKey')", "import crypto from 'crypto-js';", 1],
    ["crypto.AES.decrypted('a', 'mySigningKey')", "import crypto from 'crypto-js';", 0],
    ["crypto.createHmac('a', 'mySigningKey')", "import crypto from 'crypto';", 1],
    ["crypto.createHmacs('a', 'mySigningKey')", "import crypto from 'crypto';", 0],
    ["crypto.createHmacs('a', 'mySigningKey')", "import crypto from 'node:crypto';", 0],
    ["verify('a', 'mySigningKey')", "import { verify } from 'hono/jwt';", 1],
    ["verifying('a', 'mySigningKey')", "import { verifying } from 'hono/jwt';", 0],
    ["jwt.verify('a', 'mySigningKey')", "import * as own from 'hono/jwt';\nconst jwt = { verify: own.decode };", 0],
  ])('%s of %s', async (call, imports, count) => {
    expect(await code(`app.set('a', ${call});`, imports)).toHaveLength(count);
  });
});

describe('passwords that open a database', () => {
  const opening = (options: string) =>
    written(
      at(
        app(`const pool = new Pool(${options});\napp.get('/', () => pool.query('x'));`, "import { Pool } from 'pg';"),
        {},
        ['pg'],
      ),
    );
  it.each([
    "{ host: 'db', password: 'q8Zr4' }",
    "{ dbname: 'db', password: 'q8Zr4' }",
    "{ uri: 'db', password: 'q8Zr4' }",
    "{ settings: { host: 'db' }, password: 'hunter2z' }",
    "{ production: { host: 'db', password: 'q8Zr4' } }",
    "{ developments: { host: 'db', password: 'q8Zr4' } }",
  ])('%s', async (options) => expect(await opening(options)).toEqual(['password is written in the code']));
  it.each([
    "{ host: 'db', password: 'postgres' }",
    "{ uri: 'db', password: 'secret1' }",
    "{ myhost: 'db', password: 'Password' }",
    "{ hostname: 'db', password: 'text' }",
    "{ test: { host: 'db', password: 'q8Zr4' } }",
    "{ ci: { host: 'db', password: 'q8Zr4' } }",
    "{ host: 'db', password: 'your-password' }",
  ])('not %s', async (options) => expect(await opening(options)).toEqual([]));
});

describe('options that hold secrets', () => {
  const given = async (options: string, call = 'session', imports = "import session from 'express-session';") =>
    written(at(app(`app.use(${call}(${options}));`, imports), {}, ['express-session', 'nodemailer', 'kit']));
  const deep = (text: string, levels: number): string => (levels === 0 ? text : `{ a: ${deep(text, levels - 1)} }`);
  it.each<[options: string, names: string[]]>([
    ["{ secret: 'abc' }", ['secret']],
    ["{ secret: 'ab' }", []],
    ["{ secret: 'keyboard cat' }", ['secret']],
    ["{ secret: 'say it here' }", []],
    ["{ Secret: 'keyboard cat' }", ['Secret']],
    ["{ sessionSecret: 'keyboard cat' }", []],
    ["{ sessionSecret: 'keyboardcat' }", ['sessionSecret']],
    ["{ secrets: ['keyboardcat', process.env.A] }", ['secrets']],
    ["{ cookieKeys: ['keyboardcat'] }", ['cookieKeys']],
    ["{ passwords: ['q8Zr4Tn1Wb7'] }", []],
    ["{ secret: read('keyboardcat') }", []],
    ["{ secret: production ? read() : 'keyboardcat' }", []],
    [deep("{ secret: 'keyboardcat' }", 2), ['secret']],
    ["{ secret: 'keyboardcat', password: 'text' }", ['secret']],
    ["{ password: 'string' }", []],
    ["{ password: 'PASSWORD' }", []],
    ["{ password: 'mypassword1' }", ['password']],
    ["{ password: 'texts1' }", ['password']],
    ["{ password: 'your-own' }", []],
    [`{ apiKey: '${value}' }`, ['apiKey']],
    ["{ apiKey: 'short' }", []],
    [`{ label: '${value}' }`, []],
    ["{ ci: { secret: 'keyboardcat' } }", []],
    ["{ local: { secret: 'keyboardcat' } }", []],
    ["{ dev: { secret: 'keyboardcat' } }", []],
    ["{ Development: { secret: 'keyboardcat' } }", []],
    ["{ developments: { secret: 'keyboardcat' } }", ['secret']],
    ["{ mydev: { secret: 'keyboardcat' } }", ['secret']],
    ["{ placeholder: { secret: 'keyboardcat' } }", []],
    ["{ weakSecrets: ['keyboardcat'] }", []],
    ["{ exampleSecret: 'keyboardcat' }", []],
  ])('%s: %j', async (options, names) => {
    expect(await given(options)).toEqual(names.map((name) => `${name} is written in the code`));
  });

  it.each<[call: string, imports: string, count: number]>([
    ['createTransport', "import { createTransport } from 'nodemailer';", 1],
    ['make', "import { make } from 'kit';", 0],
    ['make', "import { make } from './kit.js';", 0],
    ['make', "import { make } from 'nodemailer/lib/mailer';", 1],
    ['make', "import { make } from 'nodemailers';", 0],
  ])('handed to %s of %s', async (call, imports, count) => {
    expect((await given("{ secret: 'keyboardcat' }", call, imports)).length).toBe(count);
  });

  it.each<[call: string, count: number]>([
    ["app.register(jwtPlugin, { secret: 'keyboardcat' })", 1],
    ["app.register(cookiePlugin, { secret: 'keyboardcat' })", 1],
    ["app.register(sessionPlugin, { secret: 'keyboardcat' })", 1],
    ["register(cookiePlugin, { secret: 'keyboardcat' })", 1],
    ["app.register(otherPlugin, { secret: 'keyboardcat' })", 0],
    ["app.register('cookie', { secret: 'keyboardcat' })", 0],
    ["app.registers(cookiePlugin, { secret: 'keyboardcat' })", 0],
    ["app.preregister(cookiePlugin, { secret: 'keyboardcat' })", 0],
    ["app.hand(jwtPlugin, { secret: 'keyboardcat' })", 1],
    ["app.hand(cookiePlugin, { secret: 'keyboardcat' })", 0],
  ])('%s: %i', async (call, count) => {
    const files = {
      'package.json': JSON.stringify({
        name: 'api',
        scripts: { start: 'node src/index.js' },
        dependencies: { fastify: '5', kit: '1' },
      }),
      'src/index.js': `import Fastify from 'fastify';\nimport { jwtPlugin, cookiePlugin, sessionPlugin, otherPlugin, register } from 'kit';\nconst app = Fastify();\n${call};\napp.listen({ port: 3000 });\n`,
    };
    expect((await written(files)).length).toBe(count);
  });
});

describe('passwords beside the name of a database', () => {
  it.each([
    ['postgres', 1],
    ['postgresMain', 1],
    ['mysql', 1],
    ['mongo', 1],
    ['mongodb', 1],
    ['sql', 1],
    ['sqlite', 1],
    ['rabbit', 1],
    ['rabbitmq', 1],
    ['notes_db', 1],
    ['development', 0],
    ['mail', 0],
    ['dbs', 0],
  ])('%s: %i', async (name, count) => {
    const more = {
      'src/config.js': `export default { ${name}: { password: 'q8Zr4' } };\nconsole.log(process.env.REGION);\n`,
    };
    const plain = {
      'src/config.js': `export default { ${name}: { password: 'text' } };\nconsole.log(process.env.REGION);\n`,
    };
    const used = [`app.set('a', config);`, "import config from './config.js';"] as const;
    expect(await code(...used, more)).toHaveLength(name === 'development' ? 0 : 1);
    expect(await code(...used, plain)).toHaveLength(count);
  });
});

describe('settings of Python', () => {
  const python = (line: string) =>
    written({ 'requirements.txt': 'django', 'manage.py': '', 'app/settings.py': `${line}\n` });
  it.each([
    `SECRET_KEY = '${value}'`,
    `SECRET_KEY='${value}'`,
    `  SECRET_KEY  =  "${value}"  `,
    `app.secret_key = '${value}'`,
    `app.config['SECRET_KEY'] = '${value}'`,
    `app.config["JWT_SECRET_KEY"]='${value}'`,
  ])('%s', async (line) => expect(await python(line)).toHaveLength(1));
  it.each([
    `SECRET_KEY = '${value}' if a else b`,
    `print(SECRET_KEY = '${value}'`,
    `SECRET_KEY = "${value}'s"`,
    'SECRET_KEY = read()',
    `SECRET_NAME = '${value}'`,
  ])('not %s', async (line) => expect(await python(line)).toEqual([]));
});

describe('constants that a generator drew', () => {
  const constant = (name: string, text: string) =>
    code(`app.set('a', ${name});`, `import { ${name} } from './own.js';`, {
      'src/own.js': `export const ${name} = '${text}';\nconsole.log(process.env.REGION);\n`,
    });
  it.each([
    ['API_SECRET', value],
    ['PRIVATE_KEY', value],
    ['JWT_PRIVATEKEY', value],
    ['appSecret', 'q8Zr/4Tn1+Wb7Yk3Lm9Px2=='],
    ['API_SECRET', 'abzy1290871290871290'],
    ['API_SECRET', 'zbcdyfghkmnpqrst1290'],
  ])('%s', async (name, text) => expect(await constant(name, text)).toEqual([`${name} is written in the code`]));
  it.each([
    ['API_TOKEN', value],
    ['API_SECRET', value.slice(0, 19)],
    ['API_SECRET', `${value} ${value}`],
    ['API_SECRET', `"${value}`],
    ['API_SECRET', `${value}!`],
    ['API_SECRET', 'harbourlightandseaandsand'],
    ['API_SECRET', '12345678901234567890'],
    ['API_SECRET', 'abc12345678901234567'],
    ['API_SECRET', 'zbcdyfghkmnpqrstu123'],
    ['API_SECRETS_NAME', value],
  ])('not %s, %s', async (name, text) => expect(await constant(name, text)).toEqual([]));
});

it('the secret of cookies, given to a plugin', async () => {
  const files = {
    'package.json': JSON.stringify({
      name: 'api',
      scripts: { start: 'node src/index.js' },
      dependencies: { fastify: '5' },
    }),
    'src/index.js':
      "import Fastify from 'fastify';\nimport cookies from '@fastify/cookie';\nconst app = Fastify();\napp.register(cookies, { secret: 'my-key' });\napp.get('/a', async () => []);\napp.listen({ port: 3000 });\n",
  };
  expect(await written(files)).toEqual(['secret is written in the code']);
});

describe('what a fallback gives away', () => {
  it.each([
    ["process.env.JWT_SECRET || 'dev'", 1],
    ["process.env.JWT_SECRET ?? 'cost$5'", 1],
    ["process.env.JWT_SECRET ?? 'a<b'", 1],
    ["config.get('JWT_SECRET', 'dev')", 1],
    ["config.get('JWT_SECRET') || 'dev'", 1],
    ["config.get('JWT_SECRET') ?? other", 0],
    ["process.env.JWT_SECRET || ' '", 0],
    ["process.env.JWT_SECRET || '$JWT_SECRET'", 0],
    ["process.env.JWT_SECRET || '<secret>'", 0],
    ["process.env.JWT_SECRET || 'a{{ secret }}'", 0],
  ])('%s', async (text, count) => expect(await code(`app.set('a', ${text});`)).toHaveLength(count));
  it.each([
    ["z.string().default('change')", 1],
    ["z.string().default( 'change' )", 1],
    ["z.string().min(1)\n    .max(9)\n    .trim()\n    .default('change')", 1],
    ["z.string().min(1)\n    .max(9)\n    .trim()\n    .toLowerCase()\n    .default('change')", 1],
    ["z.string(), // so that\n  REGION: z.string().default('change')", 0],
    ["z.string(), //\n  REGION: z.string().default('change')", 0],
    ["z.string(),  // a\n  REGION: z.string().default('change')", 0],
    ["z.enum(['a', 'b']).default('change')", 1],
    ["z.string().default('${OTHER}')", 0],
    ['z.string().default(`change`)', 1],
    ["z.string().default('')", 0],
    ['z.string().default(change)', 0],
    ["z.string(),\n  REGION: z.string().default('change')", 0],
    ["z.string() ,  \n  REGION: z.string().default('change')", 0],
    ["z.string()\n    .default('change')", 1],
  ])('a schema, %s', async (text, count) => {
    const more = {
      'src/env.js': `import { z } from 'zod';\nexport const env = z.object({\n  JWT_SECRET: ${text},\n}).parse(process.env);`,
    };
    expect(await code('app.set("a", env.JWT_SECRET);', "import { env } from './env.js';", more)).toHaveLength(count);
  });
  it.each([
    ['vite.config.ts', 'define: { a: K }', 1],
    ['webpack.config.cjs', 'define : { a: K }', 1],
    ['rollup.config.mjs', 'new DefinePlugin(K)', 1],
    ['tsup.config.ts', 'x: K', 0],
    ['my-vite.config.ts', 'define: { a: K }', 0],
    ['vite.config.tsx', 'define: { a: K }', 0],
  ])('a bundler, %s with %s', async (path, text, count) => {
    const file = `const K = process.env.JWT_SECRET || 'dev';\nexport default { ${text} };\n`;
    expect(await code('', '', { [path]: file })).toHaveLength(count);
  });
});

it('texts shown to people in a language of their own', async () => {
  const files = at("import './constants/errors.js';\nimport express from 'express';\nexpress().listen(1);\n", {
    'src/constants/errors.js': "export const errors = { INVALID_REFRESH_TOKEN: '登入狀態異常，請重新登入' };\n",
  });
  expect(await written(files)).toEqual([]);
});
