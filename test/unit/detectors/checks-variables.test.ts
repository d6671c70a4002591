import { expect, it } from 'vitest';
import { app, asked, at, service } from './_asked.ts';

/** A program on Nest whose module imports something, and reads a variable. */
const nest = (imported: string, imports = '') => ({
  'package.json': service({ scripts: { start: 'tsx src/main.ts' } }, [
    '@nestjs/core',
    '@nestjs/config',
    'joi',
    'class-validator',
  ]),
  'src/main.ts':
    "import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module.js';\nconsole.log(process.env.STRIPE_KEY);\nNestFactory.create(AppModule).then((app) => app.listen(3000));\n",
  'src/app.module.ts': `import { Module } from '@nestjs/common';\nimport { ConfigModule } from '@nestjs/config';\n${imports}@Module({ imports: [${imported}] })\nexport class AppModule {}\n`,
});

const options =
  "import Joi from 'joi';\nexport const options = { validationSchema: Joi.object({ STRIPE_KEY: Joi.string().required() }) };\n";

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
  ...["import { env as all } from 'std-env';", "import { isCI as all } from 'std-env';"].map(
    (imports, i): [string, object, Record<string, string>, string[]] => [
      `a schema over what a package hands out as the environment: ${imports}`,
      { ask: 'covers' },
      at(
        app('app.set("a", env.STRIPE_KEY);', "import { env } from './env.js';"),
        {
          'src/env.js': `import { z } from 'zod';\n${imports}\nconst Variables = z.object({ STRIPE_KEY: z.string() });\nexport const env = Variables.parse(all);`,
        },
        ['zod', 'std-env'],
      ),
      i === 0
        ? ['yes', 'src/env.js:4 Variables.parse(…) over the environment']
        : ['no', 'src/env.js:3 reads STRIPE_KEY, which nothing checks'],
    ],
  ),
  [
    'a schema whose names are filled from variables for the browser',
    { ask: 'reads' },
    at(
      app('app.set("a", env.API_URL);', "import { env } from './env.js';"),
      {
        'src/env.js':
          "import { z } from 'zod';\nconst Settings = z.object({ API_URL: z.string() });\nconst given = { API_URL: process.env.NEXT_PUBLIC_API_URL };\nexport const env = Settings.parse(given);",
      },
      ['zod'],
    ),
    ['yes', 'src/env.js:2 declares API_URL'],
  ],
  [
    'what a program of the build checks for itself',
    { ask: 'exists' },
    {
      ...at(app('app.set("a", process.env.STRIPE_KEY);')),
      'package.json': service({ scripts: { start: 'node src/index.js', build: 'node src/db/prepare.js' } }),
      'src/db/prepare.js': "if (!process.env.STRIPE_KEY) throw new Error('STRIPE_KEY');\nconsole.log('ready');",
    },
    ['no', 'src/index.js:4 reads STRIPE_KEY'],
  ],
  [
    "variables of node-config's list",
    { ask: 'reads' },
    at(app(''), { 'config/custom-environment-variables.json': '{\n  "mail": "MAIL_KEY"\n}' }),
    ['yes', 'config/custom-environment-variables.json:2 reads MAIL_KEY'],
  ],
  [
    'a schema over a record of variables, made in the function that runs it',
    { ask: 'covers' },
    at(
      app('app.set("a", env.stripe);', "import { env } from './env.js';"),
      {
        'src/env.js':
          "import { z } from 'zod';\nconst schema = z.object({ stripe: z.string(), home: z.string() });\nconst parse = () => {\n  const raw = { stripe: process.env.STRIPE_KEY, home: `${process.env.HOME_URL}/a` };\n  const result = schema.safeParse(raw);\n  if (!result.success) throw new Error('settings');\n  return result.data;\n};\nexport const env = parse();",
      },
      ['zod'],
    ),
    ['yes', 'src/env.js:5 schema.safeParse(…) over the environment'],
  ],
  ...['bin/www', 'bin/tool.js'].map((file): [string, object, Record<string, string>, string[]] => [
    `a program that does without a variable, beside a script that does: ${file}`,
    { ask: 'reads' },
    {
      'package.json': service({ scripts: { start: 'node bin/www' } }, ['mongoose']),
      'bin/www': `#!/usr/bin/env node\nconst app = require('../app');\n${file === 'bin/www' ? "require('mongoose').connect(process.env.STORE_URL || 'mongodb://localhost/notes');\n" : ''}app.listen(3000);\n`,
      'app.js': "const express = require('express');\nmodule.exports = express();\n",
      'bin/tool.js': "console.log(process.env.STORE_URL || 'none');\n",
    },
    file === 'bin/www' ? ['yes', 'bin/www:3 reads STORE_URL'] : ['no'],
  ]),
  [
    'a schema over a record of what was sent',
    { ask: 'exists' },
    at(
      app('app.set("a", process.env.STRIPE_KEY);', "import { read } from './read.js';\nread({});"),
      {
        'src/read.js':
          "import { z } from 'zod';\nconst schema = z.object({ stripe: z.string() });\nexport const read = (sent) => {\n  const raw = { stripe: sent.stripe };\n  return schema.parse(raw);\n};",
      },
      ['zod'],
    ),
    ['no', 'src/index.js:5 reads STRIPE_KEY'],
  ],
  [
    'options of the module of settings, kept in a file of their own',
    { ask: 'covers' },
    {
      ...nest('ConfigModule.forRoot(options)', "import { options } from './options.js';\n"),
      'src/options.ts': options,
    },
    ['yes', 'src/app.module.ts:4 ConfigModule.forRoot(…) over the environment'],
  ],
  [
    'a class of rules that the environment is made into',
    { ask: 'covers' },
    at(
      app('', "import './env.js';"),
      {
        'src/env.js':
          "import { plainToInstance } from 'class-transformer';\nimport { validateSync } from 'class-validator';\nimport { Variables } from './variables.ts';\nconst given = plainToInstance(Variables, process.env);\nif (validateSync(given).length > 0) throw new Error('environment');\nconsole.log(process.env.STRIPE_KEY);\n",
        'src/variables.ts':
          "import { IsString } from 'class-validator';\nexport class Variables {\n  @IsString()\n  STRIPE_KEY: string;\n}\n",
      },
      ['class-validator', 'class-transformer'],
    ),
    ['yes', 'src/env.js:4 plainToInstance(…) over the environment'],
  ],
  [
    'a group of settings, which is no variable',
    { ask: 'reads' },
    {
      ...nest('ConfigModule.forRoot({ load: [all] })', "import { all } from './all.js';\n"),
      'src/all.ts':
        "import { ConfigService, registerAs } from '@nestjs/config';\nexport const all = registerAs('SETTINGS', () => ({ home: '/' }));\nexport const home = (configService: ConfigService) => configService.get('SETTINGS');\n",
    },
    ['yes', 'src/main.ts:3 reads STRIPE_KEY'],
  ],
  [
    'a function that hands out one variable as it is',
    { ask: 'exists' },
    at(
      app(
        "app.set('a', getEnv(process.env, 'STRIPE_KEY') ?? process.env.STRIPE_KEY);",
        "import { getEnv } from './env.js';",
      ),
      { 'src/env.js': 'export const getEnv = (env, name) => env[name];' },
    ),
    ['no', 'src/index.js:4 reads STRIPE_KEY'],
  ],
  [
    'a schema over a file and the environment together',
    { ask: 'covers' },
    at(
      app('app.set("a", env.STRIPE_KEY);', "import { env } from './env.js';"),
      {
        'src/env.js':
          "import { z } from 'zod';\nimport { fromFile } from './file.js';\nconst schema = z.object({ STRIPE_KEY: z.string() });\nconst all = { ...fromFile(), ...process.env };\nconst read = schema.safeParse(all);\nif (!read.success) throw new Error('bad environment');\nexport const env = read.data;\n",
        'src/file.js': 'export const fromFile = () => ({});\n',
      },
      ['zod'],
    ),
    ['yes', 'src/env.js:5 schema.safeParse(…) over the environment'],
  ],
  [
    'a switch that a request meets',
    { ask: 'exists' },
    at(
      app(
        "app.get('/shell', (req, res) => { if (process.env.SHELL_ON !== 'true') throw new Error('off'); res.end(); });",
      ),
    ),
    ['no', 'src/index.js:4 reads SHELL_ON'],
  ],
  [
    'a message parsed in another method of a class that reads one',
    { ask: 'covers' },
    at(app('app.set("a", new Consumer().take("{}"));', "import { Consumer } from './consumer.js';"), {
      'src/consumer.js':
        'export class Consumer {\n  broker = process.env.KAFKA_BROKER;\n  take(raw) { return this.parseEnvelope(raw); }\n  parseEnvelope(raw) {\n    const read = JSON.parse(raw);\n    if (!read.id) throw new Error("malformed");\n    return read;\n  }\n}\n',
    }),
    ['no', 'src/consumer.js:2 reads KAFKA_BROKER, which nothing checks'],
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
    'a configuration service that is told how to look, and given nothing in place of what is absent',
    { ask: 'exists' },
    at(app("app.set('a', config.get('STRIPE_KEY', { infer: true }));", "import { config } from './config.js';"), {
      'src/config.js': 'export const config = { get: (name) => process.env[name] };',
    }),
    ['no', 'src/index.js:4 reads STRIPE_KEY'],
  ],
  [
    'a script of the house that does without',
    { ask: 'reads' },
    {
      'package.json': service({ scripts: { start: 'node scripts/note.js && node src/index.js' } }),
      'src/index.js': app(''),
      'scripts/note.js': "console.log(process.env.SOURCE_NOTE || 'none');\n",
    },
    ['no'],
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
    'a list of variables with more beside each name, and a loop that exits',
    { ask: 'covers' },
    at(
      app(
        "const needed = [\n  { name: 'STRIPE_KEY', hint: 'from the dashboard' },\n  { name: 'MAIL_KEY' },\n];\nfor (const { name } of needed) {\n  if (!process.env[name]?.trim()) process.exit(1);\n}\napp.set('a', process.env.STRIPE_KEY);",
      ),
    ),
    ['yes', 'src/index.js:9 stops without 2 variables of a list'],
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
  [
    'an if that leaves',
    { ask: 'covers' },
    at(app("if (!process.env.STRIPE_KEY) process.exit(1);\napp.set('a', process.env.STRIPE_KEY);")),
    ['yes', 'src/index.js:4 stops without STRIPE_KEY', 'src/index.js:5 stops without STRIPE_KEY'],
  ],
  [
    'an if that only tells',
    { ask: 'exists' },
    at(app("if (!process.env.STRIPE_KEY) console.warn('STRIPE_KEY');\napp.set('a', process.env.STRIPE_KEY);")),
    ['no', 'src/index.js:4 reads STRIPE_KEY'],
  ],
  [
    'an if in code that nothing runs',
    { ask: 'runs' },
    at(app("app.set('a', process.env.STRIPE_KEY);"), {
      'src/check.js': "export const check = () => { if (!process.env.STRIPE_KEY) throw new Error('STRIPE_KEY'); };\n",
    }),
    ['no', 'src/check.js:1 stops without STRIPE_KEY'],
  ],
  [
    'one of eleven is left out',
    { ask: 'covers' },
    at(
      app(
        `app.set('a', [env.A1, ${Array.from({ length: 10 }, (_, i) => `process.env.KEY_${i}`).join(', ')}, process.env.LAST]);`,
        "import { env } from './env.js';",
      ),
      {
        'src/env.js': `import { z } from 'zod';\nexport const env = z.object({ ${Array.from({ length: 10 }, (_, i) => `KEY_${i}: z.string()`).join(', ')} }).parse(process.env);`,
      },
      ['zod'],
    ),
    ['yes', 'src/env.js:2 z.object().parse(…) over the environment'],
  ],
  [
    'two of eleven are left out',
    { ask: 'covers' },
    at(
      app(
        `app.set('a', [env.A1, ${Array.from({ length: 9 }, (_, i) => `process.env.KEY_${i}`).join(', ')}, process.env.LAST, process.env.FIRST]);`,
        "import { env } from './env.js';",
      ),
      {
        'src/env.js': `import { z } from 'zod';\nexport const env = z.object({ ${Array.from({ length: 9 }, (_, i) => `KEY_${i}: z.string()`).join(', ')} }).parse(process.env);`,
      },
      ['zod'],
    ),
    [
      'no',
      'src/index.js:4 reads FIRST, which nothing checks',
      'src/index.js:4 reads LAST, which nothing checks',
      'src/env.js:2 z.object().parse(…) over the environment',
    ],
  ],
  [
    'envalid',
    { ask: 'covers' },
    at(
      app(
        "app.set('a', env.STRIPE_KEY);",
        "import { cleanEnv, str } from 'envalid';\nconst env = cleanEnv(process.env, { STRIPE_KEY: str() });",
      ),
      {},
      ['envalid'],
    ),
    [
      'yes',
      'src/index.js:3 cleanEnv(…) over the environment',
      'src/index.js:3 str(…) over the environment',
      'src/index.js:5 app.set(…) over the environment',
    ],
  ],
  [
    'joi',
    { ask: 'covers' },
    at(
      app(
        "app.set('a', value.STRIPE_KEY);",
        "import Joi from 'joi';\nconst { value } = Joi.object({ STRIPE_KEY: Joi.string().required() }).validate(process.env);",
      ),
      {},
      ['joi'],
    ),
    ['yes', 'src/index.js:3 Joi.object().validate(…) over the environment'],
  ],
  [
    'a schema over something else',
    { ask: 'exists' },
    at(
      app(
        "app.post('/a', (req, res) => res.json(z.object({ name: z.string() }).parse(req.body)));\napp.set('a', process.env.STRIPE_KEY);",
        "import { z } from 'zod';",
      ),
      {},
      ['zod'],
    ),
    ['no', 'src/index.js:5 reads STRIPE_KEY'],
  ],
  [
    'a schema over variables one by one',
    { ask: 'covers' },
    at(
      app(
        "app.set('a', config.key);",
        "import { z } from 'zod';\nconst config = z.object({ key: z.string() }).parse({ key: process.env.STRIPE_KEY });",
      ),
      {},
      ['zod'],
    ),
    ['yes', 'src/index.js:3 z.object().parse(…) over the environment'],
  ],
  [
    'Nest with a schema',
    { ask: 'runs' },
    nest(
      'ConfigModule.forRoot({ validationSchema: Joi.object({ STRIPE_KEY: Joi.string() }) })',
      "import Joi from 'joi';\n",
    ),
    ['yes', 'src/app.module.ts:4 ConfigModule.forRoot(…) over the environment'],
  ],
  [
    'Nest with a function',
    { ask: 'runs' },
    nest('ConfigModule.forRoot({ validate: (env) => env })'),
    ['yes', 'src/app.module.ts:3 ConfigModule.forRoot(…) over the environment'],
  ],
  ['Nest without', { ask: 'runs' }, nest('ConfigModule.forRoot({ isGlobal: true })'), ['no']],
  [
    'a class with decorators',
    { ask: 'covers' },
    {
      ...nest('ConfigModule.forRoot({ validate })', "import { validate } from './env.js';\n"),
      'src/env.ts':
        "import { IsString, validateSync } from 'class-validator';\nimport { plainToInstance } from 'class-transformer';\nexport class Env {\n  @IsString()\n  STRIPE_KEY: string;\n}\nexport const validate = (env) => {\n  const made = plainToInstance(Env, env);\n  if (validateSync(made).length > 0) throw new Error('env');\n  return made;\n};\n",
    },
    ['yes', 'src/app.module.ts:4 ConfigModule.forRoot(…) over the environment'],
  ],
  [
    'a class of requests with decorators',
    { ask: 'exists' },
    at(
      app("app.set('a', process.env.STRIPE_KEY);", "import { Note } from './note.js';\nconsole.log(Note);"),
      {
        'src/note.ts':
          "import { IsString } from 'class-validator';\nexport class Note {\n  @IsString()\n  text: string;\n}\n",
      },
      ['class-validator'],
    ),
    ['no', 'src/index.js:5 reads STRIPE_KEY'],
  ],
  [
    'a method of a class that throws',
    { ask: 'covers' },
    at(app("app.set('a', new Settings().key());", "import { Settings } from './settings.js';"), {
      'src/settings.js':
        "export class Settings {\n  getEnv(name) {\n    const value = process.env[name];\n    if (!value) throw new Error(name);\n    return value;\n  }\n  key() {\n    return this.getEnv('STRIPE_KEY');\n  }\n}\n",
    }),
    ['yes', 'src/settings.js:8 this.getEnv(…) stops without STRIPE_KEY'],
  ],
  [
    'a method that gives what may be missing',
    { ask: 'covers' },
    at(
      app(
        "app.set('a', [process.env.STRIPE_KEY, optionalEnv('STRIPE_KEY')]);",
        "import { optionalEnv } from './env.js';",
      ),
      { 'src/env.js': 'export const optionalEnv = (name) => process.env[name];\n' },
    ),
    ['yes'],
  ],
  [
    'a list and a loop that leaves, in code that nothing runs',
    { ask: 'runs' },
    at(app("app.set('a', process.env.STRIPE_KEY);"), {
      'src/check.js': "for (const name of ['STRIPE_KEY']) if (!process.env[name]) process.exit(1);\n",
    }),
    ['no', 'src/check.js:1 stops without 1 variables of a list'],
  ],
  [
    'what a script checks for itself',
    { ask: 'exists' },
    at(app("app.set('a', process.env.STRIPE_KEY);"), {
      'scripts/send.js': "if (!process.env.STRIPE_KEY) throw new Error('STRIPE_KEY');\n",
    }),
    ['no', 'src/index.js:4 reads STRIPE_KEY'],
  ],
  [
    'what a platform gives',
    { ask: 'reads' },
    at(app("app.set('a', [process.env.PORT, process.env.NODE_ENV]);")),
    ['no'],
  ],
  [
    'what code reads',
    { ask: 'reads' },
    at(app("app.set('a', [process.env.D_KEY, process.env.C_KEY, process.env.B_KEY, process.env.A_KEY]);")),
    ['yes', 'src/index.js:4 reads A_KEY', 'src/index.js:4 reads B_KEY', 'src/index.js:4 reads C_KEY'],
  ],
  [
    'a schema over the environment that a function takes by default',
    { ask: 'covers' },
    at(
      app('validate();\napp.set("a", process.env.STRIPE_KEY);', "import { validate } from './env.js';"),
      {
        'src/env.js':
          "import { z } from 'zod';\nconst schema = z.object({ STRIPE_KEY: z.string() });\nexport function validate(source = process.env) {\n  const read = schema.safeParse(source);\n  if (!read.success) throw new Error('bad environment');\n}\n",
      },
      ['zod'],
    ),
    ['yes', 'src/env.js:4 schema.safeParse(…) over the environment'],
  ],
  ...[
    [
      'one variable beside what it parses',
      'for (const note of notes) render(note.text, process.env.STRIPE_KEY);',
      false,
    ],
    ['settings that it checks', "const own = { STRIPE_KEY: process.env.STRIPE_KEY };\nrender(own, 'own');", true],
  ].map(([what, code, checks]): [string, object, Record<string, string>, string[]] => [
    `a parser that is handed ${what}`,
    { ask: 'exists' },
    at(
      app(
        `function start() {\n${String(code).replace('render', 'parseMarkdown')}\n}\nstart();`,
        "import { parseMarkdown } from './text.js';\nconst notes = [{ text: '' }];",
      ),
      {
        'src/text.js':
          "import { marked } from 'marked';\nexport function parseMarkdown(text, base) {\n  if (!text) throw new Error('empty');\n  return marked.parse(text, base);\n}\n",
      },
    ),
    checks ? ['yes', 'src/index.js:7 parseMarkdown(…) over 1 variables'] : ['no', 'src/index.js:6 reads STRIPE_KEY'],
  ]),
  ...['post', 'use'].map((method): [string, object, Record<string, string>, string[]] => [
    `a throw that only a request meets, by ${method}`,
    { ask: 'exists' },
    at(
      app(
        `app.${method}('/pay', (req, res) => {\n  if (!process.env.STRIPE_KEY) throw new Error('no key');\n  pay();\n  res.end();\n});`,
        "import { pay } from './pay.js';",
      ),
      {
        'src/pay.js':
          "export const pay = () => send();\nconst send = () => {\n  if (!process.env.MAIL_KEY) throw new Error('no key');\n};\n",
      },
    ),
    ['no', 'src/pay.js:3 reads MAIL_KEY', 'src/index.js:5 reads STRIPE_KEY'],
  ]),
  [
    'a throw in a function that is called at start',
    { ask: 'covers' },
    at(
      app(
        "check();\napp.post('/pay', (req, res) => res.end(check()));",
        "const check = () => {\n  if (!process.env.STRIPE_KEY) throw new Error('no key');\n};",
      ),
    ),
    ['yes', 'src/index.js:3 stops without STRIPE_KEY'],
  ],
])('%s', async (_, options, files, expected) => {
  expect(await asked('checks-variables', options, files)).toEqual(expected);
});
