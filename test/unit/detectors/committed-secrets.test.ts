import { expect, it } from 'vitest';
import { app, asked, at } from './_asked.ts';

const hardCoded = { without: 'hard-coded' };
const live = { without: 'live' };

/** Secrets in code: what the files say, what is asked of them, the answer and what shows it. */
it.each<[title: string, options: object, files: Record<string, string>, expected: string[]]>([
  [
    'a fallback that signs',
    hardCoded,
    at(app("app.set('a', jwt.sign({}, process.env.JWT_SECRET || 'dev'));", "import jwt from 'jsonwebtoken';")),
    ['no', 'src/index.js:4 JWT_SECRET falls back to a value written in the code'],
  ],
  [
    'a fallback that signs, kept in a constant',
    hardCoded,
    at(
      app(
        "app.set('a', jwt.sign({}, process.env.JWT_SECRET || fallback));",
        "import jwt from 'jsonwebtoken';\nconst fallback = 'dev';",
      ),
    ),
    ['no', 'src/index.js:5 JWT_SECRET falls back to a value written in the code'],
  ],
  [
    'a signing secret that a published image is started with',
    hardCoded,
    at(app(''), {
      Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "src/index.js"]\n',
      'compose.yml':
        'services:\n  api: { build: ., image: acme/api, environment: { SESSION_SECRET: notes4ever, MAIL_SECRET: "${MAIL_SECRET}" } }\n',
    }),
    ['no', 'compose.yml:2 SESSION_SECRET is written in the definition'],
  ],
  [
    'a signing secret of what is built on the spot',
    hardCoded,
    at(app(''), {
      Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "src/index.js"]\n',
      'compose.yml': 'services:\n  api: { build: ., environment: { SESSION_SECRET: notes4ever } }\n',
    }),
    ['yes', 'package.json:1 no credential in 4 files'],
  ],
  [
    'a secret given by place',
    hardCoded,
    at(app("app.set('a', jwt.sign({}, 'mySigningKey'));", "import jwt from 'jsonwebtoken';")),
    ['no', 'src/index.js:4 the secret of jwt.sign is written in the code'],
  ],
  [
    'a secret given by name',
    hardCoded,
    at(app("app.use(session({ secret: 'keyboard cat' }));", "import session from 'express-session';")),
    ['no', 'src/index.js:4 secret is written in the code'],
  ],
  [
    'a secret of the settings that tests run with',
    hardCoded,
    at(app("require('../config/test.js');"), {
      'config/test.js': "module.exports = { sessionSecret: 'MB9x-hOkx-UdcCbOprxg' };\n",
    }),
    ['yes', 'package.json:1 no credential in 3 files'],
  ],
  [
    'a secret that tests sign with',
    hardCoded,
    at(app(''), { 'test/a.test.js': "import jwt from 'jsonwebtoken';\njwt.sign({}, 'mySigningKey');" }),
    ['yes', 'package.json:1 no credential in 3 files'],
  ],
  [
    'a hash key given by place',
    hardCoded,
    at(app("createHmac('sha256', 'mySigningKey');", "import { createHmac } from 'node:crypto';")),
    ['no', 'src/index.js:4 the secret of createHmac is written in the code'],
  ],
  [
    'the names by which a browser keeps its tokens, and rules for an action that changes passwords',
    hardCoded,
    at(app('keep(config);', "import config, { rules } from './config/keys.js';\nconst keep = (c) => c ?? rules;"), {
      'src/config/keys.js':
        "export default { ACCESS_TOKEN_KEY: 'accessToken', jwtKey: 'jwt', GithubTokenKey: 'blog-github-token' };\nexport const rules = { 'users/update-password': 'is-signed-in' };\n",
    }),
    ['yes', 'package.json:1 no credential in 3 files'],
  ],
  [
    'a key that echoes its name and yet signs',
    hardCoded,
    at(app('keep(config);', "import config from './config/keys.js';\nconst keep = (c) => c;"), {
      'src/config/keys.js': "export default { secretKey: 'secret' };\n",
    }),
    ['no', 'src/config/keys.js:1 secretKey is written in the code'],
  ],
  [
    'a constant drawn by a generator',
    hardCoded,
    at(app('app.set("a", API_SECRET);', "import { API_SECRET } from './own.js';"), {
      'src/own.js': "export const API_SECRET = 'q8Zr4Tn1Wb7Yk3Lm9Px2';\nconsole.log(process.env.X);",
    }),
    ['no', 'src/own.js:1 API_SECRET is written in the code'],
  ],
  [
    'a schema with a default',
    hardCoded,
    at(app('app.set("a", env.JWT_SECRET);', "import { env } from './env.js';"), {
      'src/env.js':
        "import { z } from 'zod';\nexport const env = z.object({\n  JWT_SECRET: z.string().default('change'),\n}).parse(process.env);",
    }),
    ['no', 'src/env.js:3 JWT_SECRET falls back to a value written in the code'],
  ],
  [
    'settings as data',
    hardCoded,
    at(app(''), { 'config/production.json': '{\n  "jwtSecret": "q8Zr4Tn1Wb7Yk3Lm9Px2"\n}' }),
    ['no', 'config/production.json:2 jwtSecret is written in the configuration'],
  ],
  [
    'settings as data, as long as a generator draws them',
    hardCoded,
    at(app(''), { 'config/default.json': `{\n  "secret": "${'q8Zr4Tn1Wb7Yk3Lm'.repeat(32)}"\n}` }),
    ['no', 'config/default.json:2 secret is written in the configuration'],
  ],
  [
    'settings as data for development',
    hardCoded,
    at(app(''), { 'config/development.json': '{\n  "jwtSecret": "q8Zr4Tn1Wb7Yk3Lm9Px2"\n}' }),
    ['yes', 'package.json:1 no credential in 3 files'],
  ],
  [
    'settings of Django',
    hardCoded,
    {
      'requirements.txt': 'django',
      'manage.py': '',
      'app/settings.py': "DEBUG = False\nSECRET_KEY = 'q8Zr4Tn1Wb7Yk3Lm9Px2'\n",
    },
    ['no', 'app/settings.py:2 SECRET_KEY is written in the code'],
  ],
  [
    'settings of Flask',
    hardCoded,
    { 'requirements.txt': 'flask', 'app.py': "app.config['SECRET_KEY'] = 'q8Zr4Tn1Wb7Yk3Lm9Px2'\n" },
    ['no', 'app.py:1 SECRET_KEY is written in the code'],
  ],
  [
    'from the environment',
    hardCoded,
    at(app("app.set('a', jwt.sign({}, process.env.JWT_SECRET));", "import jwt from 'jsonwebtoken';")),
    ['yes', 'package.json:1 no credential in 2 files'],
  ],
  [
    'a fallback that is empty',
    hardCoded,
    at(app("app.set('a', process.env.JWT_SECRET || '');")),
    ['yes', 'package.json:1 no credential in 2 files'],
  ],
  [
    'a fallback to another variable',
    hardCoded,
    at(app("app.set('a', process.env.JWT_SECRET || '${SECRET}');")),
    ['yes', 'package.json:1 no credential in 2 files'],
  ],
  [
    'a fallback of a password that everybody has',
    hardCoded,
    at(app("app.set('a', process.env.DB_PASSWORD || 'postgres');")),
    ['yes', 'package.json:1 no credential in 2 files'],
  ],
  [
    'a fallback of a password of its own',
    hardCoded,
    at(app("app.set('a', process.env.DB_PASSWORD || 'q8Zr4Tn1Wb7');")),
    ['no', 'src/index.js:4 DB_PASSWORD falls back to a value written in the code'],
  ],
  [
    'a fallback of no secret',
    hardCoded,
    at(app("app.set('a', process.env.REGION || 'q8Zr4Tn1Wb7');")),
    ['yes', 'package.json:1 no credential in 2 files'],
  ],
  [
    'a fallback in code that nothing runs',
    hardCoded,
    at(app(''), { 'src/other.js': "export const a = process.env.JWT_SECRET || 'dev';\n" }),
    ['yes', 'package.json:1 no credential in 3 files'],
  ],
  [
    'a fallback in a seed',
    hardCoded,
    at(app('', "import './seed.js';"), { 'src/seed.js': "export const a = process.env.JWT_SECRET || 'dev';\n" }),
    ['yes', 'package.json:1 no credential in 3 files'],
  ],
  [
    'a schema with a default beside another',
    hardCoded,
    at(app('app.set("a", env.A);', "import { env } from './env.js';"), {
      'src/env.js':
        "import { z } from 'zod';\nexport const env = z.object({\n  JWT_SECRET: z.string(),\n  REGION: z.string().default('q8Zr4Tn1Wb7'),\n}).parse(process.env);",
    }),
    ['yes', 'package.json:1 no credential in 3 files'],
  ],
  [
    'a schema with a default beside another, and a remark between them',
    hardCoded,
    at(app('app.set("a", env.A);', "import { env } from './env.js';"), {
      'src/env.js':
        "import { z } from 'zod';\nexport const env = z.object({\n  JWT_SECRET: z.string(), // drawn\n  REGION: z.string().default('q8Zr4Tn1Wb7'),\n}).parse(process.env);",
    }),
    ['yes', 'package.json:1 no credential in 3 files'],
  ],
  [
    'a schema of envalid with a default',
    hardCoded,
    at(
      app('app.set("a", env.A);', "import { env } from './env.js';"),
      {
        'src/env.js':
          "import { cleanEnv, str } from 'envalid';\nexport const env = cleanEnv(process.env, {\n  JWT_SECRET: str({ default: 'change' }),\n});",
      },
      ['envalid'],
    ),
    ['no', 'src/env.js:3 JWT_SECRET falls back to a value written in the code'],
  ],
  [
    'what verifies',
    hardCoded,
    at(app("app.use((req) => jwt.verify(req.token, 'mySigningKey'));", "import jwt from 'jsonwebtoken';")),
    ['no', 'src/index.js:4 the secret of jwt.verify is written in the code'],
  ],
  [
    'what only reads',
    hardCoded,
    at(app("app.use((req) => jwt.decode(req.token, 'mySigningKey'));", "import jwt from 'jsonwebtoken';")),
    ['yes', 'package.json:1 no credential in 2 files'],
  ],
  [
    'a secret under a name',
    hardCoded,
    at(
      app(
        "const secret = 'mySigningKey';\napp.use((req) => jwt.verify(req.token, secret));",
        "import jwt from 'jsonwebtoken';",
      ),
    ),
    ['no', 'src/index.js:5 the secret of jwt.verify is written in the code'],
  ],
  [
    'a secret of cookies',
    hardCoded,
    at(app("app.use(cookieParser('mySigningKey'));", "import cookieParser from 'cookie-parser';")),
    ['no', 'src/index.js:4 the secret of cookieParser is written in the code'],
  ],
  [
    'cookies without a secret',
    hardCoded,
    at(app('app.use(cookieParser());', "import cookieParser from 'cookie-parser';")),
    ['yes', 'package.json:1 no credential in 2 files'],
  ],
  [
    'an empty secret of cookies',
    hardCoded,
    at(app("app.use(cookieParser(''));", "import cookieParser from 'cookie-parser';")),
    ['yes', 'package.json:1 no credential in 2 files'],
  ],
  [
    'a key that encrypts',
    hardCoded,
    at(app("app.set('a', CryptoJS.AES.encrypt('text', 'mySigningKey'));", "import CryptoJS from 'crypto-js';")),
    ['no', 'src/index.js:4 the secret of CryptoJS.AES.encrypt is written in the code'],
  ],
  [
    'a key of Hono',
    hardCoded,
    at(app("app.set('a', sign({ id: 1 }, 'mySigningKey'));", "import { sign } from 'hono/jwt';")),
    ['no', 'src/index.js:4 the secret of sign is written in the code'],
  ],
  [
    'a key of the old package',
    hardCoded,
    at(app("app.set('a', jwt.encode({ id: 1 }, 'mySigningKey'));", "import jwt from 'jwt-simple';")),
    ['no', 'src/index.js:4 the secret of jwt.encode is written in the code'],
  ],
  [
    'a hash without a key',
    hardCoded,
    at(app("createHash('sha256', 'mySigningKey');", "import { createHash } from 'crypto';")),
    ['yes', 'package.json:1 no credential in 2 files'],
  ],
  [
    'sessions of Koa',
    hardCoded,
    at(
      app(
        "app.use(session({ keys: ['one-key'], cookie: { secret: 'mySigningKey' } }));",
        "import session from 'koa-session';",
      ),
      {},
      ['koa-session'],
    ),
    ['no', 'src/index.js:4 secret is written in the code'],
  ],
  [
    'sessions with what is no secret',
    hardCoded,
    at(
      app(
        "app.use(session({ name: 'mySigningKey', secret: process.env.SECRET }));",
        "import session from 'express-session';",
      ),
      {},
      ['express-session'],
    ),
    ['yes', 'package.json:1 no credential in 2 files'],
  ],
  [
    'a secret that is a sentence',
    hardCoded,
    at(app("app.use(session({ secret: 'say what it is here' }));", "import session from 'express-session';"), {}, [
      'express-session',
    ]),
    ['yes', 'package.json:1 no credential in 2 files'],
  ],
  [
    'a secret of two letters',
    hardCoded,
    at(app("app.use(session({ secret: 'ab' }));", "import session from 'express-session';"), {}, ['express-session']),
    ['yes', 'package.json:1 no credential in 2 files'],
  ],
  [
    'a secret for tests',
    hardCoded,
    at(app("app.use(session({ test: { secret: 'mySigningKey' } }));", "import session from 'express-session';"), {}, [
      'express-session',
    ]),
    ['yes', 'package.json:1 no credential in 2 files'],
  ],
  [
    'a secret on a list of what is refused',
    hardCoded,
    at(
      app("app.use(session({ insecure: { secret: 'mySigningKey' } }));", "import session from 'express-session';"),
      {},
      ['express-session'],
    ),
    ['yes', 'package.json:1 no credential in 2 files'],
  ],
  [
    'one of two secrets',
    hardCoded,
    at(
      app(
        "app.use(session({ secret: production ? process.env.SECRET : 'mySigningKey' }));",
        "import session from 'express-session';",
      ),
      {},
      ['express-session'],
    ),
    ['yes', 'package.json:1 no credential in 2 files'],
  ],
  [
    'the strategy of a token',
    hardCoded,
    at(
      app(
        "passport.use(new Strategy({ jwtFromRequest: from, secretOrKey: 'mySigningKey' }, done));",
        "import passport from 'passport';\nimport { Strategy } from 'passport-jwt';",
      ),
      {},
      ['passport', 'passport-jwt'],
    ),
    ['no', 'src/index.js:5 secretOrKey is written in the code'],
  ],
  [
    'the password of a database',
    hardCoded,
    at(
      app("app.set('db', new Pool({ host: 'db.company.io', password: 'q8Zr4Tn1Wb7' }));", "import { Pool } from 'pg';"),
      {},
      ['pg'],
    ),
    ['no', 'src/index.js:4 password is written in the code'],
  ],
  [
    'the stock password of a database',
    hardCoded,
    at(app("app.set('db', new Pool({ host: 'db', password: 'postgres' }));", "import { Pool } from 'pg';"), {}, ['pg']),
    ['yes', 'package.json:1 no credential in 2 files'],
  ],
  [
    'the password of a database, further in',
    hardCoded,
    at(
      app(
        "app.set('db', new Pool({ database: { password: 'postgres' }, mail: { auth: { password: 'rooted9' } } }));",
        "import { Pool } from 'pg';",
      ),
      {},
      ['pg'],
    ),
    ['no', 'src/index.js:4 password is written in the code'],
  ],
  [
    'the password of a mail server',
    hardCoded,
    at(
      app(
        "app.set('mail', createTransport({ auth: { user: 'a', pass: 'q8Zr4Tn1Wb7' } }));",
        "import { createTransport } from 'nodemailer';",
      ),
      {},
      ['nodemailer'],
    ),
    ['no', 'src/index.js:4 pass is written in the code'],
  ],
  [
    'the type of a field',
    hardCoded,
    at(
      app(
        "app.set('mail', createTransport({ auth: { user: 'a', pass: 'text' } }));",
        "import { createTransport } from 'nodemailer';",
      ),
      {},
      ['nodemailer'],
    ),
    ['yes', 'package.json:1 no credential in 2 files'],
  ],
  [
    'options of a package that takes no secrets',
    hardCoded,
    at(app("app.use(compression({ secret: 'mySigningKey' }));", "import compression from 'compression';"), {}, [
      'compression',
    ]),
    ['yes', 'package.json:1 no credential in 2 files'],
  ],
  [
    'a package that is handed what reads tokens',
    hardCoded,
    at(app("app.register(fastifyJwt, { secret: 'mySigningKey' });", "import fastifyJwt from '@fastify/jwt';"), {}, [
      '@fastify/jwt',
    ]),
    ['no', 'src/index.js:4 secret is written in the code'],
  ],
  [
    'a constant that a person made up',
    hardCoded,
    at(app('app.set("a", API_SECRET);', "import { API_SECRET } from './own.js';"), {
      'src/own.js': "export const API_SECRET = 'only-letters-and-no-more';\nconsole.log(process.env.X);",
    }),
    ['yes', 'package.json:1 no credential in 3 files'],
  ],
  [
    'a constant of no secret',
    hardCoded,
    at(app('app.set("a", BUILD_HASH);', "import { BUILD_HASH } from './own.js';"), {
      'src/own.js': "export const BUILD_HASH = 'q8Zr4Tn1Wb7Yk3Lm9Px2';\nconsole.log(process.env.X);",
    }),
    ['yes', 'package.json:1 no credential in 3 files'],
  ],
  [
    'a constant that is too short',
    hardCoded,
    at(app('app.set("a", API_SECRET);', "import { API_SECRET } from './own.js';"), {
      'src/own.js': "export const API_SECRET = 'q8Zr4Tn1Wb7';\nconsole.log(process.env.X);",
    }),
    ['yes', 'package.json:1 no credential in 3 files'],
  ],
  [
    'settings as code',
    hardCoded,
    at(app('app.set("a", config.jwt.secret);', "import { config } from './config.js';"), {
      'src/config.js':
        "export const config = {\n  region: process.env.REGION,\n  jwt: {\n    secret: 'mySigningKey',\n  },\n};\n",
    }),
    ['no', 'src/config.js:4 secret is written in the code'],
  ],
  [
    'settings as code, for tests',
    hardCoded,
    at(app('app.set("a", testConfig.jwt.secret);', "import { testConfig } from './config.js';"), {
      'src/config.js': "export const testConfig = { region: process.env.REGION, jwt: { secret: 'mySigningKey' } };\n",
    }),
    ['yes', 'package.json:1 no credential in 3 files'],
  ],
  [
    'settings as code of which nothing marks a server',
    hardCoded,
    at(app('app.set("a", secretKey);', "import { secretKey } from './settings.js';"), {
      'src/settings.js': "export const secretKey = 'mySigningKey';\n",
    }),
    ['no', 'src/settings.js:1 secretKey is written in the code'],
  ],
  [
    'the same in a file that is no settings',
    hardCoded,
    at(app('app.set("a", secretKey);', "import { secretKey } from './notes.js';"), {
      'src/notes.js': "export const secretKey = 'mySigningKey';\n",
    }),
    ['yes', 'package.json:1 no credential in 3 files'],
  ],
  [
    'settings as YAML',
    hardCoded,
    at(app(''), { 'config/default.yml': 'jwt:\n  secret: secret\n  issuer: q8Zr4Tn1Wb7Yk3Lm9Px2\n' }),
    ['no', 'config/default.yml:2 secret is written in the configuration'],
  ],
  [
    'settings as YAML from the environment',
    hardCoded,
    at(app(''), { 'config/default.yml': 'jwtSecret: ${JWT_SECRET}\npassword: true\nsessionSecret: 12345\n' }),
    ['yes', 'package.json:1 no credential in 3 files'],
  ],
  [
    'settings as YAML that say what to put there',
    hardCoded,
    at(app(''), { 'config/default.yml': 'jwtSecret: change-me\n' }),
    ['yes', 'package.json:1 no credential in 3 files'],
  ],
  [
    'settings of a service',
    hardCoded,
    at(app(''), { 'appsettings.json': '{\n  "DbPassword": "q8Zr4Tn1Wb7"\n}' }),
    ['no', 'appsettings.json:2 DbPassword is written in the configuration'],
  ],
  [
    'settings of another folder',
    hardCoded,
    at(app(''), { 'data/default.json': '{\n  "jwtSecret": "q8Zr4Tn1Wb7Yk3Lm9Px2"\n}' }),
    ['yes', 'package.json:1 no credential in 3 files'],
  ],
  [
    'settings that map variables',
    hardCoded,
    at(app(''), { 'config/custom-environment-variables.json': '{\n  "jwtSecret": "q8Zr4Tn1Wb7Yk3Lm9Px2"\n}' }),
    ['yes', 'package.json:1 no credential in 3 files'],
  ],
  [
    'settings of Django from the environment',
    hardCoded,
    {
      'requirements.txt': 'django',
      'manage.py': '',
      'app/settings.py': "SECRET_KEY = os.environ['SECRET_KEY']\nJWT_SECRET_NAME = 'q8Zr4Tn1Wb7'\n",
    },
    ['yes', 'requirements.txt:1 no credential in 3 files'],
  ],
  [
    'settings of Django for tests',
    hardCoded,
    { 'requirements.txt': 'django', 'manage.py': '', 'app/tests/settings.py': "SECRET_KEY = 'q8Zr4Tn1Wb7Yk3Lm9Px2'\n" },
    ['yes', 'requirements.txt:1 no credential in 3 files'],
  ],

  [
    'a token in code',
    live,
    at(app(`app.set('a', 'gh${'p_'}${'q7Rk2Zp9Lw4Xt8Vb3Nc6Ys1Md5Hf0Gj7Ku2E'}');`)),
    ['no', 'src/index.js:4 holds a GitHub token'],
  ],
  [
    'a token in a document',
    live,
    at(app(''), { 'README.md': `gh${'p_'}${'q7Rk2Zp9Lw4Xt8Vb3Nc6Ys1Md5Hf0Gj7Ku2E'}` }),
    ['yes', 'package.json:1 no credential in 3 files'],
  ],
  [
    'a token in a test',
    live,
    at(app(''), { 'test/a.test.js': `'gh${'p_'}${'q7Rk2Zp9Lw4Xt8Vb3Nc6Ys1Md5Hf0Gj7Ku2E'}'` }),
    ['yes', 'package.json:1 no credential in 3 files'],
  ],
  [
    'a token in a seed',
    live,
    at(app(''), { 'src/seeds/a.js': `'gh${'p_'}${'q7Rk2Zp9Lw4Xt8Vb3Nc6Ys1Md5Hf0Gj7Ku2E'}'` }),
    ['yes', 'package.json:1 no credential in 3 files'],
  ],
  [
    'a token in a template',
    live,
    at(app(''), { '.env.example': `TOKEN=gh${'p_'}${'q7Rk2Zp9Lw4Xt8Vb3Nc6Ys1Md5Hf0Gj7Ku2E'}` }),
    ['yes', 'package.json:1 no credential in 3 files'],
  ],
  [
    'an environment file',
    live,
    at(app(''), {
      '.env': 'PORT=3000\nJWT_SECRET=q8Zr4Tn1Wb7Yk3Lm\n# OLD_SECRET=q8Zr4Tn1Wb7Yk3Lm\nDB_PASSWORD=postgres\n',
    }),
    ['no', '.env:2 environment file in git with a value for JWT_SECRET'],
  ],
  [
    'an environment file for development',
    live,
    at(app(''), { '.env.development': 'JWT_SECRET=q8Zr4Tn1Wb7Yk3Lm\n' }),
    ['yes', 'package.json:1 no credential in 3 files'],
  ],
  [
    'nothing, and what keeps it so',
    live,
    at(app(''), { '.gitignore': '.env.example\n# .env is ours\n.env\n' }),
    ['yes', '.gitignore:3 keeps environment files out of git'],
  ],
  ['nothing', live, at(app(''), { '.gitignore': 'dist\n' }), ['yes', 'package.json:1 no credential in 3 files']],
  [
    'a value that says in words of its name what belongs there',
    live,
    at(app(''), { 'site.env': 'MAIL_APP_PASSWORD=mail_password\n' }),
    ['yes', 'package.json:1 no credential in 3 files'],
  ],
  [
    'two, in their order',
    live,
    at(app(''), {
      'b.json': `"gh${'p_'}${'q7Rk2Zp9Lw4Xt8Vb3Nc6Ys1Md5Hf0Gj7Ku2E'}"`,
      '.env': 'JWT_SECRET=q8Zr4Tn1Wb7Yk3Lm\n',
    }),
    ['no', '.env:1 environment file in git with a value for JWT_SECRET', 'b.json:1 holds a GitHub token'],
  ],
])('%s', async (_, options, files, expected) => {
  expect(await asked('committed-secrets', options, files, null)).toEqual(expected);
});
