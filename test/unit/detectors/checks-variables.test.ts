import { expect, it } from 'vitest';
import { app, asked, at } from './_asked.ts';

/** Checks of variables: what the files say, what is asked of them, the answer and what shows it. */
it.each<[title: string, options: object, files: Record<string, string>, expected: string[]]>([
  [
    'a schema that runs',
    { ask: 'covers' },
    at(
      app('app.set("a", env.STRIPE_KEY);', "import { env } from './env.js';"),
      {
        'src/env.js':
          "import { z } from 'zod';\nexport const env = z.object({ STRIPE_KEY: z.string() }).parse(process.env);",
      },
      ['zod'],
    ),
    ['yes', 'src/env.js:2 z.object().parse(…) over the environment'],
  ],
  [
    'a schema beside a migration that reads one more',
    { ask: 'covers' },
    at(
      app('app.set("a", env.STRIPE_KEY);', "import { env } from './env.js';\nimport './migrations/1-domains.js';"),
      {
        'src/env.js':
          "import { z } from 'zod';\nexport const env = z.object({ STRIPE_KEY: z.string() }).parse(process.env);",
        'src/migrations/1-domains.js': 'export const domains = process.env.ALLOWED_DOMAINS;',
      },
      ['zod'],
    ),
    ['yes', 'src/env.js:2 z.object().parse(…) over the environment'],
  ],
  [
    'a schema that nothing imports',
    { ask: 'runs' },
    at(
      app('app.set("a", process.env.STRIPE_KEY);'),
      {
        'src/env.js':
          "import { z } from 'zod';\nexport const env = z.object({ STRIPE_KEY: z.string() }).parse(process.env);",
      },
      ['zod'],
    ),
    ['no', 'src/env.js:2 schema of 1 variables', 'src/env.js:2 z.object().parse(…) over the environment'],
  ],
  [
    'a schema that leaves one out',
    { ask: 'covers' },
    at(
      app('app.set("a", env.STRIPE_KEY);\napp.set("b", process.env.MAIL_KEY);', "import { env } from './env.js';"),
      {
        'src/env.js':
          "import { z } from 'zod';\nexport const env = z.object({ STRIPE_KEY: z.string() }).parse(process.env);",
      },
      ['zod'],
    ),
    [
      'no',
      'src/index.js:5 reads MAIL_KEY, which nothing checks',
      'src/env.js:2 z.object().parse(…) over the environment',
    ],
  ],
  ['a fallback needs no check', { ask: 'covers' }, at(app("app.set('a', process.env.STRIPE_KEY ?? 'none');")), ['yes']],
  [
    'an if that throws',
    { ask: 'covers' },
    at(app("if (!process.env.STRIPE_KEY) throw new Error('STRIPE_KEY');\napp.set('a', process.env.STRIPE_KEY);")),
    ['yes', 'src/index.js:4 stops without STRIPE_KEY', 'src/index.js:5 stops without STRIPE_KEY'],
  ],
  [
    'a helper that throws',
    { ask: 'covers' },
    at(app("app.set('a', requireEnv('STRIPE_KEY'));", "import { requireEnv } from './require-env.js';"), {
      'src/require-env.js':
        'export function requireEnv(name) {\n  const value = process.env[name];\n  if (!value) throw new Error(`${name} is not set`);\n  return value;\n}',
    }),
    ['yes', 'src/index.js:4 requireEnv(…) stops without STRIPE_KEY'],
  ],
  [
    'a helper that does not throw',
    { ask: 'exists' },
    at(app("app.set('a', getEnv('STRIPE_KEY'));", "import { getEnv } from './get-env.js';"), {
      'src/get-env.js': 'export function getEnv(name) {\n  return process.env[name];\n}',
    }),
    ['no', 'src/index.js:4 reads STRIPE_KEY'],
  ],
  [
    'a configuration service that throws',
    { ask: 'covers' },
    at(app("app.set('a', config.getOrThrow('STRIPE_KEY'));", "import { config } from './config.js';"), {
      'src/config.js': 'export const config = { getOrThrow(name) { return name; } };',
    }),
    ['yes', 'src/index.js:4 config.getOrThrow(…) stops without STRIPE_KEY'],
  ],
  [
    'a list and a loop that throws',
    { ask: 'covers' },
    at(
      app(
        "const needed = ['STRIPE_KEY', 'MAIL_KEY'];\nfor (const name of needed) if (!process.env[name]) throw new Error(name);\napp.set('a', process.env.STRIPE_KEY);",
      ),
    ),
    ['yes', 'src/index.js:5 stops without 2 variables of a list'],
  ],
  [
    'a list and a loop that only tells',
    { ask: 'exists' },
    at(
      app(
        "const needed = ['STRIPE_KEY', 'MAIL_KEY'];\nfor (const name of needed) if (!process.env[name]) console.warn(name);\napp.set('a', process.env.STRIPE_KEY);",
      ),
    ),
    ['no', 'src/index.js:6 reads STRIPE_KEY'],
  ],
  [
    'a package made for it',
    { ask: 'covers' },
    at(
      app("app.set('a', key);", "import env from 'env-var';\nconst key = env.get('STRIPE_KEY').required().asString();"),
      {},
      ['env-var'],
    ),
    [
      'yes',
      'src/index.js:3 env.get().required().asString(…) over the environment',
      'src/index.js:3 env.get().required(…) over the environment',
      'src/index.js:3 env.get(…) over the environment',
      'src/index.js:5 app.set(…) over the environment',
    ],
  ],
  ['what a browser is given', { ask: 'reads' }, at(app("app.set('a', process.env.NEXT_PUBLIC_KEY);")), ['no']],
  ['nothing read', { ask: 'reads' }, at(app('')), ['no']],
  [
    'nothing written',
    { ask: 'exists' },
    at(app("app.set('a', process.env.STRIPE_KEY);")),
    ['no', 'src/index.js:4 reads STRIPE_KEY'],
  ],
])('%s', async (_, options, files, expected) => {
  expect(await asked('checks-variables', options, files)).toEqual(expected);
});
