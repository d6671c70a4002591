import { expect, it } from 'vitest';
import { app, asked, at, service } from './_asked.ts';

const foreign = (files: Record<string, string>) => ({ Dockerfile: 'FROM scratch\n', ...files });

/** Variables that are read and named: what the files say, what is asked of them, the answer and what shows it. */
it.each<[title: string, options: object, files: Record<string, string>, expected: string[]]>([
  [
    'in JavaScript',
    { ask: 'reads' },
    at(app('app.set("a", process.env.STRIPE_KEY);\napp.set("b", process.env.NODE_ENV);')),
    ['yes', 'src/index.js:4 reads STRIPE_KEY'],
  ],
  ...(
    [
      ['playwright-tests', 'no'],
      ['smoke_tests', 'no'],
      ['ab-tests', 'yes'],
    ] as const
  ).map(([folder, is]): [string, object, Record<string, string>, string[]] => [
    `in helpers below ${folder}`,
    { ask: 'reads' },
    at(app(`import './${folder}/sign-in.js';`), {
      [`src/${folder}/sign-in.js`]: 'console.log(process.env.STRIPE_KEY);\n',
    }),
    is === 'yes' ? ['yes', `src/${folder}/sign-in.js:1 reads STRIPE_KEY`] : ['no'],
  ]),
  [
    "through Vite's loadEnv",
    { ask: 'reads' },
    at(app("import './vite.js';"), {
      'src/vite.js':
        "import { loadEnv } from 'vite';\nconst env = loadEnv('production', process.cwd(), '');\nconst { MAIL_KEY } = loadEnv('production', '.');\nconsole.log(env.STRIPE_KEY, MAIL_KEY);\n",
    }),
    ['yes', 'src/vite.js:3 reads MAIL_KEY', 'src/vite.js:4 reads STRIPE_KEY'],
  ],
  [
    'through a parameter that is the environment by default or by its type',
    { ask: 'reads' },
    at(app("import { load } from './load.js';\nload();"), {
      'src/load.js':
        "import { check } from './check';\nexport const load = (given = process.env) => check(given.STRIPE_KEY);\n",
      'src/check.ts': 'export const check = (all: NodeJS.ProcessEnv) => all.MAIL_KEY;\n',
    }),
    ['yes', 'src/check.ts:1 reads MAIL_KEY', 'src/load.js:2 reads STRIPE_KEY'],
  ],
  [
    'of a schema over an object that gives some names values of its own',
    { ask: 'reads' },
    at(
      app("import './env.js';"),
      {
        'src/env.js':
          "import { z } from 'zod';\nimport manifest from '../package.json';\nconst asked = z.object({ STRIPE_KEY: z.string(), RELEASE: z.string() });\nconst given = { STRIPE_KEY: process.env.STRIPE_KEY, RELEASE: manifest.version };\nexport const env = asked.parse(given);\n",
      },
      ['zod'],
    ),
    ['yes', 'src/env.js:3 reads STRIPE_KEY'],
  ],
  ...(
    [
      ['USD: z.number(), EUR: z.number()', ['no']],
      ['LOW: z.string(), HIGH: z.string()', ['no']],
      ['TOKEN: z.string()', ['yes', 'src/index.js:4 reads TOKEN']],
      ['MAIL_FROM: z.string()', ['yes', 'src/index.js:4 reads MAIL_FROM']],
    ] as const
  ).map(([shape, expected]): [string, object, Record<string, string>, string[]] => [
    `in a schema of words in capitals: ${shape}`,
    { ask: 'reads' },
    at(app(`z.object({ ${shape} });`, "import { z } from 'zod';"), {}, ['zod']),
    [...expected],
  ]),
  [
    'named by an example of the settings that they stand in for',
    { ask: 'all' },
    at(app('app.set("a", process.env.BOT_TOKEN);'), { 'config.json.example': '{\n  "BOT_TOKEN": ""\n}\n' }),
    ['yes', 'config.json.example:1 names 1 variables'],
  ],
  [
    'beside an example of other settings',
    { ask: 'template' },
    at(app('app.set("a", process.env.BOT_TOKEN);'), { 'config.json.example': '{\n  "VOLUME": 1\n}\n' }),
    ['no', 'src/index.js:4 reads BOT_TOKEN'],
  ],
  [
    'that a template of functions sets, whatever their letters',
    { ask: 'reads' },
    {
      'package.json': JSON.stringify({ name: 'prices', dependencies: { got: '14' } }),
      'ask.js': 'exports.handler = async () => [process.env.baseCosts, process.env.apiKey, process.env.Type];\n',
      'template.yml':
        'Transform: AWS::Serverless-2016-10-31\nResources:\n  ask:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: .\n      Handler: ask.handler\n      Environment:\n        Variables:\n          baseCosts: 1\n',
    },
    ['yes', 'ask.js:1 reads Type', 'ask.js:1 reads apiKey'],
  ],
  [
    'that SST sets by itself',
    { ask: 'reads' },
    at(app('app.set("a", process.env.IS_LOCAL);\napp.set("b", process.env.STRIPE_KEY);'), {
      'sst.config.ts':
        "export default { config: () => ({ name: 'api' }), stacks(app) { app.stack(({ stack }) => new Function(stack, 'api', { handler: 'src/index.handler' })); } };\n",
    }),
    ['yes', 'src/index.js:5 reads STRIPE_KEY'],
  ],
  [
    'by a migration, and what every program takes from its machine',
    { ask: 'reads' },
    at(
      app(
        "import './migrations/1-domains.js';\napp.set('a', process.env.HTTPS_PROXY ?? process.env.https_proxy ?? process.env.NODE_APP_INSTANCE ?? process.env.PLAYWRIGHT_TEST_BASE_URL);",
      ),
      {
        'src/migrations/1-domains.js': 'export const domains = process.env.ALLOWED_DOMAINS;',
      },
    ),
    ['no'],
  ],
  [
    'what a bundler gives to a page, and a server has to be given',
    { ask: 'reads' },
    at(app('app.set("a", import.meta.env.MODE);\napp.set("b", process.env.BASE_URL);')),
    ['yes', 'src/index.js:5 reads BASE_URL'],
  ],
  [
    'of the JSON Schema that Fastify is told, built up and written out',
    { ask: 'reads' },
    {
      'package.json': service({}, ['fastify', '@fastify/env', 'fluent-json-schema']),
      'src/index.js':
        "import Fastify from 'fastify';\nimport env from '@fastify/env';\nimport S from 'fluent-json-schema';\nconst app = Fastify();\nawait app.register(env, { schema: S.object().prop('STRIPE_KEY', S.string().required()).valueOf() });\nawait app.register(env, { schema: { type: 'object', properties: { MAIL_KEY: { type: 'string' } } } });\napp.listen({ port: 3000 });\n",
    },
    ['yes', 'src/index.js:6 reads MAIL_KEY', 'src/index.js:5 reads STRIPE_KEY'],
  ],
  [
    'of two templates, the one that names more of them',
    { ask: 'all' },
    at(app('app.set("a", [process.env.STRIPE_KEY, process.env.MAIL_KEY, process.env.SMS_KEY]);'), {
      '.env.development': 'LOG_LEVEL=debug\n',
      '.env.sample': 'STRIPE_KEY=\nMAIL_KEY=\n',
    }),
    [
      'no',
      '.env.sample:1 names 2 of 3 variables that are read',
      'src/index.js:4 reads SMS_KEY, which no template names',
    ],
  ],
  [
    'by the methods that a class has from ConfigService, and not by those of another',
    { ask: 'reads' },
    at(
      app(
        "import { settings } from './settings.js';\nimport { boxes } from './boxes.js';\napp.set('a', [settings.key, boxes.key]);",
      ),
      {
        'src/settings.js':
          "import { ConfigService } from '@nestjs/config';\nclass Settings extends ConfigService {\n  key = this.get('STRIPE_KEY');\n}\nexport const settings = new Settings();",
        'src/boxes.js':
          "class Boxes extends Map {\n  key = this.get('FIRST_BOX');\n}\nexport const boxes = new Boxes();",
      },
    ),
    ['yes', 'src/settings.js:3 reads STRIPE_KEY'],
  ],
  [
    'that the program gives itself, but for one it only gives where there is none',
    { ask: 'reads' },
    at(
      app(
        "process.env.APP_ROOT = '/srv';\nprocess.env.MAIL_KEY = process.env.MAIL_KEY || 'none';\napp.set('a', process.env.APP_ROOT);",
      ),
    ),
    ['yes', 'src/index.js:5 reads MAIL_KEY'],
  ],
  [
    'in Python',
    { ask: 'reads' },
    foreign({
      'requirements.txt': 'flask',
      'app.py': "import os\na = os.environ['STRIPE_KEY']\nb = os.getenv('MAIL_KEY')\nc = os.environ.get('SMS_KEY')\n",
    }),
    ['yes', 'app.py:3 reads MAIL_KEY', 'app.py:4 reads SMS_KEY', 'app.py:2 reads STRIPE_KEY'],
  ],
  [
    'in Go',
    { ask: 'reads' },
    foreign({
      'go.mod': 'module a\n',
      'main.go':
        'package main\nfunc main() { a := os.Getenv("STRIPE_KEY"); b, ok := os.LookupEnv("MAIL_KEY"); http.ListenAndServe(":80", nil) }\n',
      'main_test.go': 'os.Getenv("TEST_KEY")',
    }),
    ['yes', 'main.go:2 reads MAIL_KEY', 'main.go:2 reads STRIPE_KEY'],
  ],
  [
    'in Ruby',
    { ask: 'reads' },
    foreign({ Gemfile: "gem 'rails'\n", 'app.rb': "a = ENV['STRIPE_KEY']\nb = ENV.fetch('MAIL_KEY')\n" }),
    ['yes', 'app.rb:2 reads MAIL_KEY', 'app.rb:1 reads STRIPE_KEY'],
  ],
  [
    'in PHP',
    { ask: 'reads' },
    foreign({
      'composer.json': '{"require":{"laravel/framework":"11"}}',
      'index.php': "<?php $a = getenv('STRIPE_KEY'); $b = env('MAIL_KEY');\n",
    }),
    ['yes', 'index.php:1 reads MAIL_KEY', 'index.php:1 reads STRIPE_KEY'],
  ],
  [
    'in Rust',
    { ask: 'reads' },
    foreign({
      'Cargo.toml': '[package]\nname = "a"\n',
      'src/main.rs': 'fn main() { let a = env::var("STRIPE_KEY"); let b = env!("MAIL_KEY"); }\n',
    }),
    ['yes', 'src/main.rs:1 reads MAIL_KEY', 'src/main.rs:1 reads STRIPE_KEY'],
  ],
  [
    'in Java',
    { ask: 'reads' },
    foreign({
      'pom.xml': '<project><artifactId>a</artifactId></project>',
      'src/main/java/A.java': 'class A { String a = System.getenv("STRIPE_KEY"); }\n',
    }),
    ['yes', 'src/main/java/A.java:1 reads STRIPE_KEY'],
  ],
  [
    'in C#',
    { ask: 'reads' },
    foreign({
      'A.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>',
      'Program.cs': 'var a = Environment.GetEnvironmentVariable("STRIPE_KEY");\n',
    }),
    ['yes', 'Program.cs:1 reads STRIPE_KEY'],
  ],
  [
    'in compose files and schemas',
    { ask: 'reads' },
    at(app(''), {
      'compose.yaml':
        'services:\n  api:\n    build: .\n    environment:\n      # ${OLD_KEY}\n      KEY: ${STRIPE_KEY}\n      OTHER: $${NOT_READ}\n',
      'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n',
    }),
    ['yes', 'prisma/schema.prisma:3 reads DATABASE_URL', 'compose.yaml:6 reads STRIPE_KEY'],
  ],
  [
    'what a script gives itself',
    { ask: 'reads' },
    {
      'package.json': service({ scripts: { start: 'cross-env STRICT=1 node src/index.js' } }),
      'src/index.js': app('app.set("a", process.env.STRICT);'),
    },
    ['no'],
  ],
  [
    'a template that names all',
    { ask: 'all' },
    at(app('app.set("a", process.env.STRIPE_KEY);'), { '.env.example': 'STRIPE_KEY=\n' }),
    ['yes', '.env.example:1 names 1 variables'],
  ],
  [
    'a template that lacks one',
    { ask: 'all' },
    at(app('app.set("a", process.env.STRIPE_KEY);\napp.set("b", process.env.MAIL_KEY);'), {
      '.env.example': '# mail\nSTRIPE_KEY=\n',
    }),
    [
      'no',
      '.env.example:1 names 1 of 2 variables that are read',
      'src/index.js:5 reads MAIL_KEY, which no template names',
    ],
  ],
  [
    'a template for tests',
    { ask: 'template' },
    at(app('app.set("a", process.env.STRIPE_KEY);'), { '.env.test': 'STRIPE_KEY=x\n' }),
    ['no', 'src/index.js:4 reads STRIPE_KEY'],
  ],
  [
    "node-config's list, written as code",
    { ask: 'all' },
    at(app(''), {
      'config/custom-environment-variables.ts':
        "export default {\n  stripe: { key: 'STRIPE_KEY' },\n  mail: 'MAIL_KEY'\n};\n",
    }),
    ['yes', 'config/custom-environment-variables.ts:1 names 2 variables'],
  ],
  [
    "node-config's list",
    { ask: 'all' },
    at(app(''), {
      'config/custom-environment-variables.json': '{\n  "stripe": { "key": "STRIPE_KEY" },\n  "mail": "MAIL_KEY"\n}',
    }),
    ['yes', 'config/custom-environment-variables.json:1 names 2 variables'],
  ],
  [
    'a typed schema beside committed defaults',
    { ask: 'all' },
    at(
      app('app.set("a", env.STRIPE_KEY);', "import { env } from './env.js';"),
      {
        'src/env.js':
          "import { z } from 'zod';\nexport const env = z.object({ STRIPE_KEY: z.string(), MAIL_KEY: z.string() }).parse(process.env);",
        '.env': 'STRIPE_KEY=x\n',
      },
      ['zod'],
    ),
    ['yes', 'src/env.js:1 names 2 variables', '.env:1 names 1 variables'],
  ],
  [
    'no template at all',
    { ask: 'template' },
    at(app('app.set("a", process.env.STRIPE_KEY);')),
    ['no', 'src/index.js:4 reads STRIPE_KEY'],
  ],

  [
    'that the build writes in',
    { ask: 'reads' },
    at(app('app.set("a", process.env.VERSION);\napp.set("b", process.env.KEY);'), {
      'webpack.config.js':
        "module.exports = { plugins: [new DefinePlugin({ 'process.env.VERSION': JSON.stringify(version), 'process.env.KEY': JSON.stringify(process.env.KEY) })] };\n",
    }),
    ['yes', 'src/index.js:5 reads KEY'],
  ],
  [
    'that a bundler is told by its command',
    { ask: 'reads' },
    at(app('app.set("a", process.env.BUILD);\napp.set("b", process.env.OTHER);'), {
      'package.json': service({
        scripts: { start: 'node src/index.js', build: 'rollup -c --environment production,BUILD:dev' },
      }),
    }),
    ['yes', 'src/index.js:5 reads OTHER'],
  ],
  [
    'in compose files, but for comments and what is escaped',
    { ask: 'reads' },
    {
      ...at(app('')),
      'compose.yaml':
        'services:\n  api:\n    build: .\n    # uses ${UNUSED}\n    command: echo $$HOME_OF ${WANTED:-x} $BARE\n',
    },
    ['yes', 'compose.yaml:5 reads BARE', 'compose.yaml:5 reads WANTED'],
  ],
  [
    'in a script for chores that nothing runs',
    { ask: 'reads' },
    at(app(''), { 'scripts/clean.js': "import pg from 'pg';\npg.x(process.env.CHORE);\n" }, ['pg']),
    ['no'],
  ],
  [
    'in a file that nothing runs',
    { ask: 'reads' },
    at(app(''), { 'src/idle.js': "import pg from 'pg';\npg.x(process.env.IDLE);\n" }, ['pg']),
    ['yes', 'src/idle.js:2 reads IDLE'],
  ],
  [
    'a template above',
    { ask: 'template' },
    {
      'package.json': '{"private":true,"workspaces":["*"]}',
      '.env.example': 'KEY=\n',
      'api/package.json': service(),
      'api/src/index.js': app('app.set("a", process.env.KEY);'),
    },
    ['yes', '.env.example:1 names 1 variables'],
  ],
  [
    'a template that another part owns',
    { ask: 'template' },
    {
      'package.json': '{"private":true,"workspaces":["*"]}',
      'jobs/package.json': service({ name: 'jobs' }),
      'jobs/src/index.js': app(''),
      'jobs/.env.example': 'KEY=\n',
      'api/package.json': service(),
      'api/src/index.js': app('app.set("a", process.env.KEY);'),
    },
    ['no', 'api/src/index.js:4 reads KEY'],
  ],
  [
    'a template among the examples',
    { ask: 'template' },
    at(app('app.set("a", process.env.KEY);'), { 'examples/.env.example': 'KEY=\n' }),
    ['no', 'src/index.js:4 reads KEY'],
  ],
  [
    'a template of a shared package',
    { ask: 'all' },
    {
      'package.json': '{"private":true,"workspaces":["*"]}',
      'kit/package.json': '{"name":"kit","main":"index.js","private":true}',
      'kit/index.js': 'export const key = process.env.KIT_KEY;\n',
      'kit/.env.example': 'KIT_KEY=\n',
      'api/package.json': service({}, ['kit']),
      'api/src/index.js': app('app.set("a", key);\napp.set("b", process.env.KEY);', "import { key } from 'kit';"),
      'api/.env.example': 'KEY=\n',
    },
    ['yes', 'api/.env.example:1 names 1 variables'],
  ],
])('%s', async (_, options, files, expected) => {
  const path = 'api/package.json' in files ? 'api' : '.';
  expect(await asked('names-variables', options, files, path)).toEqual(expected);
});

it('takes the template of the shared package whose code reads a variable', async () => {
  const files = {
    'package.json': JSON.stringify({ private: true, workspaces: ['*'] }),
    'api/package.json': JSON.stringify({
      name: 'api',
      scripts: { start: 'node index.js' },
      dependencies: { express: '4', store: '*' },
    }),
    'api/index.js': app('app.set("a", [url, process.env.STRIPE_KEY]);', "import { url } from 'store';"),
    'api/.env.example': 'STRIPE_KEY=\n',
    'store/package.json': JSON.stringify({ name: 'store', private: true, main: 'index.js' }),
    'store/index.js': 'export const url = process.env.STORE_URL;\n',
  };
  expect((await asked('names-variables', { ask: 'all' }, files, 'api'))[0]).toBe('no');
  const named = { ...files, 'store/.env.example': 'STORE_URL=\n' };
  expect((await asked('names-variables', { ask: 'all' }, named, 'api'))[0]).toBe('yes');
});
