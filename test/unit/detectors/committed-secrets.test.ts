import { expect, it } from 'vitest';
import { app, asked, at } from './_asked.ts';

/** Secrets in code: what the files say, what is asked of them, the answer and what shows it. */
it.each<[title: string, options: object, files: Record<string, string>, expected: string[]]>([
  [
    'a fallback that signs',
    { without: 'hard-coded' },
    at(app("app.set('a', jwt.sign({}, process.env.JWT_SECRET || 'dev'));", "import jwt from 'jsonwebtoken';")),
    ['no', 'src/index.js:4 JWT_SECRET falls back to a value written in the code'],
  ],
  [
    'a secret given by place',
    { without: 'hard-coded' },
    at(app("app.set('a', jwt.sign({}, 'mySigningKey'));", "import jwt from 'jsonwebtoken';")),
    ['no', 'src/index.js:4 the secret of jwt.sign is written in the code'],
  ],
  [
    'a secret given by name',
    { without: 'hard-coded' },
    at(app("app.use(session({ secret: 'keyboard cat' }));", "import session from 'express-session';")),
    ['no', 'src/index.js:4 secret is written in the code'],
  ],
  [
    'a secret that tests sign with',
    { without: 'hard-coded' },
    at(app(''), { 'test/a.test.js': "import jwt from 'jsonwebtoken';\njwt.sign({}, 'mySigningKey');" }),
    ['yes', 'package.json:1 no credential in 3 files'],
  ],
  [
    'a hash key given by place',
    { without: 'hard-coded' },
    at(app("createHmac('sha256', 'mySigningKey');", "import { createHmac } from 'node:crypto';")),
    ['no', 'src/index.js:4 the secret of createHmac is written in the code'],
  ],
  [
    'a constant drawn by a generator',
    { without: 'hard-coded' },
    at(app('app.set("a", API_SECRET);', "import { API_SECRET } from './own.js';"), {
      'src/own.js': "export const API_SECRET = 'q8Zr4Tn1Wb7Yk3Lm9Px2';\nconsole.log(process.env.X);",
    }),
    ['no', 'src/own.js:1 API_SECRET is written in the code'],
  ],
  [
    'a schema with a default',
    { without: 'hard-coded' },
    at(app('app.set("a", env.JWT_SECRET);', "import { env } from './env.js';"), {
      'src/env.js':
        "import { z } from 'zod';\nexport const env = z.object({\n  JWT_SECRET: z.string().default('change'),\n}).parse(process.env);",
    }),
    ['no', 'src/env.js:3 JWT_SECRET falls back to a value written in the code'],
  ],
  [
    'settings as data',
    { without: 'hard-coded' },
    at(app(''), { 'config/production.json': '{\n  "jwtSecret": "q8Zr4Tn1Wb7Yk3Lm9Px2"\n}' }),
    ['no', 'config/production.json:2 jwtSecret is written in the configuration'],
  ],
  [
    'settings as data for development',
    { without: 'hard-coded' },
    at(app(''), { 'config/development.json': '{\n  "jwtSecret": "q8Zr4Tn1Wb7Yk3Lm9Px2"\n}' }),
    ['yes', 'package.json:1 no credential in 3 files'],
  ],
  [
    'settings of Django',
    { without: 'hard-coded' },
    {
      'requirements.txt': 'django',
      'manage.py': '',
      'app/settings.py': "DEBUG = False\nSECRET_KEY = 'q8Zr4Tn1Wb7Yk3Lm9Px2'\n",
    },
    ['no', 'app/settings.py:2 SECRET_KEY is written in the code'],
  ],
  [
    'settings of Flask',
    { without: 'hard-coded' },
    { 'requirements.txt': 'flask', 'app.py': "app.config['SECRET_KEY'] = 'q8Zr4Tn1Wb7Yk3Lm9Px2'\n" },
    ['no', 'app.py:1 SECRET_KEY is written in the code'],
  ],
  [
    'from the environment',
    { without: 'hard-coded' },
    at(app("app.set('a', jwt.sign({}, process.env.JWT_SECRET));", "import jwt from 'jsonwebtoken';")),
    ['yes', 'package.json:1 no credential in 2 files'],
  ],
])('%s', async (_, options, files, expected) => {
  expect(await asked('committed-secrets', options, files, null)).toEqual(expected);
});
