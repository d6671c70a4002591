import { describe, expect, it } from 'vitest';
import { app, asked, at, service } from './_asked.ts';

type Row = [code: string, expected: string];
type Ask = 'reads' | 'exists' | 'runs' | 'covers';
const answer = async (ask: Ask, files: Record<string, string>): Promise<string> =>
  (await asked('checks-variables', { ask }, files))[0]!.replace(/:.*/, '');
const first = async (ask: Ask, files: Record<string, string>): Promise<string> =>
  (await asked('checks-variables', { ask }, files)).slice(0, 2).join(' ');

describe('a list of names and a loop that stops', () => {
  const looped = (list: string, loop = 'for (const name of needed) if (!process.env[name]) throw new Error(name);') =>
    at(app(`const needed = ${list};\n${loop}\napp.set('a', process.env.STRIPE_KEY);`));
  it.each<Row>([
    ["['STRIPE_KEY']", 'yes'],
    ['["STRIPE_KEY"]', 'yes'],
    ['[`STRIPE_KEY`]', 'yes'],
    ["[ 'STRIPE_KEY' ]", 'yes'],
    ["[\n  'A_KEY',\n  'STRIPE_KEY',\n]", 'yes'],
    ["['A_KEY','STRIPE_KEY']", 'yes'],
    ["['A_KEY' , 'STRIPE_KEY' , ]", 'yes'],
    ["[\n  'A_KEY', // of the mailer\n  // of the shop\n  'STRIPE_KEY', //\n]", 'yes'],
    ["['stripe_key']", 'no'],
    ["['A_KEY']", 'no'],
    ["['A_KEY', more, 'STRIPE_KEY']", 'no'],
    ["[{ name: 'STRIPE_KEY' }]", 'yes'],
    ["[{ hint: 'x', name: 'STRIPE_KEY' }]", 'yes'],
    ["[{hint: 'x',name:'STRIPE_KEY'}]", 'yes'],
    ["[{ title: 'STRIPE_KEY' }]", 'no'],
  ])('%s: %s', async (list, expected) => {
    expect(await answer('covers', looped(list))).toBe(expected);
  });
  it.each<Row>([
    ['for (const one of needed) if (!process.env[one]) throw new Error(one);', 'yes'],
    ['for (const one of needed) if (!process.env[ one ]) throw new Error(one);', 'yes'],
    ['for (const one of needed) if (!process.env[one]) process.exit(1);', 'yes'],
    ['for (const a1 of needed) if (!process.env[a1]) throw new Error(a1);', 'yes'],
    ['for (const one of needed) if (!process.env[one]) console.warn(one);', 'no'],
    ['for (const ONE of needed) if (!process.env[ONE]) throw new Error(ONE);', 'no'],
    ["for (const one of needed) if (!process.env['one']) throw new Error(one);", 'no'],
    [`for (const one of needed) if (!process.env[one]) warn(one);\n${'// '.padEnd(700, 'x')}\nif (x) throw x;`, 'no'],
  ])('%s: %s', async (loop, expected) => {
    expect(await answer('covers', looped("['STRIPE_KEY']", loop))).toBe(expected);
  });
  it.each<Row>([
    ["[{ key: 'STRIPE_KEY' }]", 'yes'],
    ["[{ name: 'STRIPE_KEY' }]", 'no'],
  ])('%s, by the name that the loop asks for: %s', async (list, expected) => {
    const loop = 'for (const one of needed) if (!process.env[one.key]) throw new Error(one.key);';
    expect(await answer('covers', looped(list, loop))).toBe(expected);
  });
  it('says where, and of how many', async () => {
    expect(await first('covers', looped("[\n'STRIPE_KEY',\n'B_KEY']"))).toBe(
      'yes src/index.js:7 stops without 2 variables of a list',
    );
  });
});

describe('a function that is asked for a variable', () => {
  const helped = (helper: string, call = "need('STRIPE_KEY')") =>
    at(app(`app.set('a', ${call});`, "import { need, config, own } from './env.js';"), { 'src/env.js': helper });
  it.each<Row>([
    ['export const need = (n) => { if (!process.env[n]) throw new Error(n); return process.env[n]; };', 'yes'],
    ['export const need = (n) => process.env[n] ?? process.exit(1);', 'yes'],
    ['export const need = (n) => process.env[n] ?? panic(n);', 'yes'],
    ['export const need = (n) => { assert(process.env[n]); return process.env[n]; };', 'yes'],
    ['export const need = (n) => { assertSet(process.env[n]); return process.env[n]; };', 'yes'],
    ['export const need = (n) => { invariant(process.env[n]); return process.env[n]; };', 'yes'],
    ['export const need = (n) => { process.exitCode = 1; return process.env[n]; };', 'no'],
    ['export const need = (n) => { overthrow(n); return process.env[n]; };', 'no'],
    ['export const need = (n) => process.env[n];', 'no'],
  ])('%s: %s', async (helper, expected) => {
    const files = helped(helper, "[need('STRIPE_KEY'), process.env.STRIPE_KEY]");
    expect(await answer('exists', files)).toBe(expected);
  });
  const throwing = 'const ask = (n) => { if (!process.env[n]) throw new Error(n); return process.env[n]; };\n';
  it.each<Row>([
    ["config.getOrThrow('STRIPE_KEY')", 'yes'],
    ["config.getOrThrowLater('STRIPE_KEY')", 'no'],
    ["config.get('STRIPE_KEY')", 'no'],
    ["config.has('STRIPE_KEY')", 'no'],
    ["own.requireEnv('stripe_key')", 'no'],
    ["own.requireEnv('STRIPE__KEY')", 'no'],
    ["own.requireEnv('1STRIPE')", 'no'],
    ["own.requireEnv('x STRIPE_KEY')", 'no'],
    ["own.requireEnv('STRIPE_KEY x')", 'no'],
    ["own.translate('STRIPE_KEY')", 'no'],
    ['own.requireEnv(name)', 'no'],
  ])('%s: %s', async (call, expected) => {
    const helper = `${throwing}export const config = { get: ask, has: ask, getOrThrow: ask, getOrThrowLater: (n) => n };\nexport const own = { requireEnv: ask, translate: ask };\nexport const need = ask;\n`;
    expect(await answer('exists', helped(helper, call))).toBe(expected);
  });

  const method = (body: string, more = '') =>
    at(app('app.set("a", new Settings().key());', "import { Settings } from './settings.js';"), {
      'src/settings.js': `export class Settings {\n  key() { return ${body}; }\n  ${more}\n}\n`,
    });
  const thrower = '(n) { const value = process.env[n]; if (!value) throw new Error(n); return value; }';
  it.each<[string, string, string]>([
    ["this.getValue('STRIPE_KEY')", `getValue${thrower}`, 'yes'],
    ["this.getText('STRIPE_KEY')", `getText(n) { return this.getValue(n); }\n  getValue${thrower}`, 'yes'],
    ["this.getText('STRIPE_KEY')", `getText(n) { return this.readEnv(n); }\n  envValue${thrower}`, 'yes'],
    ["this.getText('STRIPE_KEY')", `getText(n) { return this.env(n); }\n  env${thrower}`, 'yes'],
    ["this.getText('STRIPE_KEY')", `getText(n) { return this.get(n); }\n  get${thrower}`, 'yes'],
    ["this.getText('STRIPE_KEY')", `getText(n) { return this.getValue(n); }\n  other${thrower}`, 'no'],
    ["this.getText('STRIPE_KEY')", `getText(n) { return process.env[n]; }\n  getValue${thrower}`, 'no'],
    ["this.absent('STRIPE_KEY')", `getValue${thrower}`, 'no'],
  ])('%s in %s: %s', async (body, more, expected) => {
    expect(await answer('exists', method(`[${body}, process.env.STRIPE_KEY]`, more))).toBe(expected);
  });
});

describe('a schema is run over the environment', () => {
  const schema = (call: string, more = '') =>
    at(
      app('app.set("a", env.STRIPE_KEY);', "import { env } from './env.js';"),
      {
        'src/env.js': `import { z } from 'zod';\nimport * as v from 'valibot';\n${more}const shape = z.object({ STRIPE_KEY: z.string() });\nexport const env = ${call};`,
        'src/own.js': 'export const own = (...all) => all[0];\n',
      },
      ['zod', 'valibot'],
    );
  it.each<Row>([
    ['shape.parse(process.env)', 'yes'],
    ['shape.safeParse(process.env)', 'yes'],
    ['shape.parseAsync(process.env)', 'yes'],
    ['v.parse(shape, process.env)', 'yes'],
    ['shape.parse(import.meta.env)', 'yes'],
    ['shape.parse(Bun.env)', 'yes'],
    ['shape.parse(Deno.env)', 'yes'],
    ['shape.parse({ STRIPE_KEY: process.env.STRIPE_KEY })', 'yes'],
    ['shape.parse({ ...process.env, A: 1 })', 'no'],
    ['shape.validate(process.env)', 'yes'],
    ['shape.validateSync(process.env)', 'yes'],
    ['shape.attempt(process.env)', 'yes'],
    ['shape.assert(process.env)', 'yes'],
    ['shape.check(process.env)', 'yes'],
    ['shape.decode(process.env)', 'yes'],
    ['shape.cast(process.env)', 'yes'],
    ['shape.cleanAll(process.env)', 'yes'],
    ['shape.create(process.env)', 'yes'],
    ['shape.verify(process.env)', 'yes'],
    ['shape.describe(process.env)', 'no'],
    ['shape.parse(other)', 'no'],
    ['shape.parse(process.environment)', 'no'],
    ["getEnv(process.env, 'STRIPE_KEY')", 'no'],
    ["readEnv(process.env, 'STRIPE_KEY')", 'no'],
    ["pickEnv(process.env, 'STRIPE_KEY')", 'no'],
    ["fromEnv(process.env, 'STRIPE_KEY')", 'no'],
    ["a.getEnv(process.env, 'STRIPE_KEY')", 'no'],
    ["targetEnv(process.env, 'STRIPE_KEY')", 'yes'],
    ['getEnv(process.env, shape)', 'yes'],
  ])('%s: %s', async (call, expected) => {
    expect(await answer('runs', schema(call))).toBe(expected);
  });
  it.each<Row>([
    ['const all = { ...process.env };\n', 'yes'],
    ['const all = { ...file, ...process.env };\n', 'yes'],
    ['let all={...process.env};\n', 'yes'],
    ['const all: Record<string, string> = { ...process.env };\n', 'yes'],
    ['const all = { ...file };\nconst b = { ...process.env };\n', 'no'],
    ['const alls = { ...process.env };\n', 'no'],
  ])('by a name: %s: %s', async (more, expected) => {
    expect(await answer('runs', schema('shape.parse(all)', more))).toBe(expected);
  });
});

describe("a worker's environment is handed to a check", () => {
  const worker = (line: string) => ({
    'package.json': JSON.stringify({
      name: 'edge',
      scripts: { deploy: 'wrangler deploy' },
      dependencies: { hono: '4' },
    }),
    'wrangler.toml': 'name = "edge"\nmain = "src/index.ts"\n',
    'src/index.ts': `import { Hono } from 'hono';\nimport { shape, parseEnv, createStore, configSchema, checkAll } from './own.ts';\nconst app = new Hono();\nexport default { fetch(request, env) {\n  ${line}\n  return app.fetch(request, env);\n} };\n`,
    'src/own.ts':
      'export const shape = 1, parseEnv = 2, createStore = 3, checkAll = 4;\nexport const configSchema = { run: 1 };\nexport const key = process.env.STRIPE_KEY;\n',
  });
  it.each<Row>([
    ['parseEnv(env);', 'yes'],
    ['checkAll(env);', 'yes'],
    ['configSchema.create(env);', 'yes'],
    ['createStore(env);', 'no'],
  ])('%s: %s', async (line, expected) => {
    expect(await answer('runs', worker(line))).toBe(expected);
  });
});

describe('classes of class-validator', () => {
  const decorated = (name: string, from = 'class-validator') => ({
    'package.json': service({ scripts: { start: 'tsx src/main.ts' } }, ['@nestjs/core', '@nestjs/config', from]),
    'src/main.ts': `import { NestFactory } from '@nestjs/core';\nimport { Variables } from './variables.js';\nconsole.log(process.env.STRIPE_KEY, Variables);\nNestFactory.create(Variables).then((app) => app.listen(3000));\n`,
    'src/variables.ts': `import { IsString } from '${from}';\nexport class Variables {\n  @IsString()\n  ${name}: string;\n}\n`,
  });
  it.each<[string, string, string]>([
    ['STRIPE_KEY', 'class-validator', 'yes'],
    ['stripeKey', 'class-validator', 'no'],
    ['STRIPE_KEY', 'class-validators', 'no'],
    ['STRIPE_KEY', 'own-class-validator', 'no'],
  ])('whose property is %s, by %s: %s', async (name, from, expected) => {
    expect(await answer('exists', decorated(name, from))).toBe(expected);
  });
});

describe('the module of Nest', () => {
  const nest = (call: string) => ({
    'package.json': service({ scripts: { start: 'tsx src/main.ts' } }, ['@nestjs/core', '@nestjs/config']),
    'src/main.ts':
      "import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module.js';\nconsole.log(process.env.STRIPE_KEY);\nNestFactory.create(AppModule).then((app) => app.listen(3000));\n",
    'src/app.module.ts': `import { Module } from '@nestjs/common';\nimport { ConfigModule } from '@nestjs/config';\nimport { check } from './check.js';\n@Module({ imports: [${call}] })\nexport class AppModule {}\n`,
    'src/check.ts': 'export const check = (all) => all;\n',
  });
  it.each<Row>([
    ['ConfigModule.forRoot({ validate: check })', 'yes'],
    ['ConfigModule.forRoot({ validationSchema: check })', 'yes'],
    ['ConfigModule.forRootAsync({ validate: check })', 'yes'],
    ['ConfigModule.forRoot({ isGlobal: true })', 'no'],
    ['ConfigModule.forRoot()', 'no'],
    ['ConfigModule.forRootAsyncs({ validate: check })', 'no'],
    ['ConfigModule.forFeature({ validate: check })', 'no'],
  ])('%s: %s', async (call, expected) => {
    expect(await answer('runs', nest(call))).toBe(expected);
  });
});

describe('whose check it is', () => {
  const check = "if (!process.env.STRIPE_KEY) throw new Error('STRIPE_KEY');\n";
  it.each<[string, string]>([
    ['scripts/send.js', 'no'],
    ['script/send.js', 'no'],
    ['src/scripts/send.js', 'no'],
    ['bin/send.js', 'no'],
    ['tools/send.js', 'no'],
    ['tool/send.js', 'no'],
    ['helpers/send.js', 'no'],
    ['tasks/send.js', 'no'],
    ['migrate/send.js', 'no'],
    ['migrator/send.js', 'no'],
    ['seeders/send.js', 'no'],
    ['seed/send.js', 'no'],
    ['src/send.js', 'yes'],
    ['src/inscript/send.js', 'yes'],
  ])('in %s, which nothing runs, one is written: %s', async (path, expected) => {
    const files = at(app("app.set('a', process.env.STRIPE_KEY);"), { [path]: check });
    expect(await answer('exists', files)).toBe(expected);
  });

  it.each(
    'NEXT_PUBLIC_A,VITE_A,REACT_APP_A,EXPO_PUBLIC_A,NUXT_PUBLIC_A,PUBLIC_A,GATSBY_A,VUE_APP_A,NG_APP_A,STORYBOOK_A'
      .split(',')
      .map((name) => [name]),
  )('none is asked for of %s, which a browser reads', async (name) => {
    expect(await answer('reads', at(app(`app.set('a', process.env.${name});`)))).toBe('no');
    expect(await answer('reads', at(app(`app.set('a', process.env.MY_${name});`)))).toBe('yes');
  });

  it('is told of up to a tenth of the variables left out', async () => {
    const names = (count: number) => Array.from({ length: count }, (_, i) => `process.env.KEY_${i}`).join(', ');
    const checks = (count: number) =>
      Array.from({ length: count }, (_, i) => `if (!process.env.KEY_${i}) throw new Error('KEY_${i}');`).join('\n');
    const of = (read: number, checked: number) => at(app(`${checks(checked)}\napp.set('a', [${names(read)}]);`));
    expect(await answer('covers', of(10, 9))).toBe('yes');
    expect(await answer('covers', of(10, 8))).toBe('no');
    expect(await answer('covers', of(9, 8))).toBe('no');
    const [said, ...shown] = await asked('checks-variables', { ask: 'covers' }, of(12, 2));
    expect([said, shown.length, shown[0], shown[5]]).toEqual([
      'no',
      7,
      'src/index.js:6 reads KEY_10, which nothing checks',
      'src/index.js:4 stops without KEY_0',
    ]);
    expect((await asked('checks-variables', { ask: 'exists' }, of(8, 8))).length).toBe(5);
    expect((await asked('checks-variables', { ask: 'runs' }, of(8, 8))).length).toBe(5);
    expect((await asked('checks-variables', { ask: 'reads' }, of(8, 8))).length).toBe(4);
    expect((await asked('checks-variables', { ask: 'exists' }, of(8, 0))).length).toBe(5);
  });
});

describe('what is shown of variables and their checks', () => {
  const all = async (ask: Ask, files: Record<string, string>) =>
    (await asked('checks-variables', { ask }, files)).join('; ');
  const zod = (env: string, index = "app.set('a', env);") =>
    at(app(index, "import { env } from './env.js';"), { 'src/env.js': `import { z } from 'zod';\n${env}\n` }, ['zod']);
  it.each<[title: string, ask: Ask, files: Record<string, string>, expected: string]>([
    [
      'only variables that may be left out',
      'exists',
      at(app("app.set('a', process.env.A_KEY ?? 'none');")),
      'no; src/index.js:4 reads A_KEY',
    ],
    [
      'some that may be left out',
      'exists',
      at(app("app.set('a', [process.env.A_KEY ?? 'none', process.env.B_KEY]);")),
      'no; src/index.js:4 reads B_KEY',
    ],
    [
      'read with a fallback, then without',
      'covers',
      at(app("app.set('a', process.env.A_KEY ?? 1);\napp.set('b', process.env.A_KEY);")),
      'no; src/index.js:5 reads A_KEY, which nothing checks',
    ],
    [
      'read without a fallback, then with one',
      'covers',
      at(app("app.set('a', process.env.A_KEY);\napp.set('b', process.env.A_KEY ?? 1);")),
      'no; src/index.js:4 reads A_KEY, which nothing checks',
    ],
    [
      'read twice with a fallback',
      'reads',
      at(app("app.set('a', process.env.A_KEY ?? 2);\napp.set('b', process.env.A_KEY ?? 1);")),
      'yes; src/index.js:4 reads A_KEY',
    ],
    [
      'one without a fallback among a dozen with one',
      'covers',
      at(
        app(
          `app.set('a', [process.env.LAST, ${Array.from({ length: 12 }, (_, i) => `process.env.KEY_${i} ?? 1`).join(', ')}]);`,
        ),
      ),
      'no; src/index.js:4 reads LAST, which nothing checks',
    ],
    [
      'two that nothing checks',
      'covers',
      at(app("app.set('a', [process.env.A_KEY, process.env.B_KEY]);")),
      'no; src/index.js:4 reads A_KEY, which nothing checks; src/index.js:4 reads B_KEY, which nothing checks',
    ],
    [
      'one of a name that is none',
      'reads',
      at(app("app.set('a', process.env['a-key'], process.env['my key']);")),
      'no',
    ],
    ['one that a bundler gives', 'reads', at(app("app.set('a', import.meta.env.A_KEY);")), 'no'],
    [
      'one that a bundler gives and a server has',
      'reads',
      at(app("app.set('a', [import.meta.env.A_KEY, process.env.B_KEY]);")),
      'yes; src/index.js:4 reads B_KEY',
    ],
    [
      'one of a sample',
      'reads',
      at(app("import './examples/a.js';"), { 'src/examples/a.js': 'console.log(process.env.A_KEY);\n' }),
      'no',
    ],
    [
      'checks of more than four',
      'covers',
      at(
        app(
          "for (const n of ['A_KEY']) if (!process.env[n]) throw n;\n" +
            'BCDEFG'
              .split('')
              .map((n) => `if (!process.env.${n}_KEY) throw 1;`)
              .join('\n'),
        ),
      ),
      'yes; src/index.js:5 stops without B_KEY; src/index.js:6 stops without C_KEY; src/index.js:7 stops without D_KEY; src/index.js:8 stops without E_KEY',
    ],
    [
      'a schema',
      'reads',
      zod('export const env = z.object({ A_KEY: z.string() }).parse(process.env);'),
      'yes; src/env.js:2 declares A_KEY',
    ],
    [
      'a schema of a name that a platform gives',
      'reads',
      zod('export const env = z.object({ PORT: z.string(), NODE_ENV: z.string() }).parse(process.env);'),
      'no',
    ],
    [
      'a schema that may be left out, not run',
      'covers',
      zod('export const env = z.object({ A_KEY: z.string().optional() });'),
      'yes',
    ],
    [
      'a schema that may not be left out, not run',
      'covers',
      zod('export const env = z.object({ A_KEY: z.string() });'),
      'no; src/env.js:2 reads A_KEY, which nothing checks',
    ],
    [
      'a schema of what is read too',
      'reads',
      zod(
        'export const env = z.object({ A_KEY: z.string() }).parse(process.env);',
        "app.set('a', [env, process.env.A_KEY]);",
      ),
      'yes; src/env.js:2 declares A_KEY',
    ],
    [
      'a schema of two',
      'exists',
      zod('export const env = z.object({\n  A_KEY: z.string(),\n  B_KEY: z.string(),\n});'),
      'yes; src/env.js:3 schema of 2 variables',
    ],
    [
      'a schema that only idle code has, and another that runs',
      'covers',
      {
        ...zod(
          'export const env = z.object({ A_KEY: z.string() }).parse(process.env);',
          "app.set('a', [env, process.env.B_KEY]);",
        ),
        'src/idle.js': "import { z } from 'zod';\nexport const other = z.object({ B_KEY: z.string() });\n",
      },
      'no; src/index.js:4 reads B_KEY, which nothing checks; src/env.js:2 z.object().parse(…) over the environment',
    ],
    [
      'a schema of an idle file',
      'reads',
      {
        ...zod('export const env = 1;'),
        'src/idle.js': "import { z } from 'zod';\nexport const other = z.object({ B_KEY: z.string() });\n",
      },
      'no',
    ],
    [
      'a schema that idle code alone runs',
      'runs',
      {
        ...zod('export const env = process.env.A_KEY;'),
        'src/idle.js':
          "import { z } from 'zod';\nexport const other = z.object({ A_KEY: z.string() }).parse(process.env);\n",
      },
      'no; src/idle.js:2 schema of 1 variables; src/idle.js:2 z.object().parse(…) over the environment',
    ],
    [
      'a schema in a sample',
      'exists',
      {
        ...zod('export const env = process.env.A_KEY;'),
        'src/examples/a.js':
          "import { z } from 'zod';\nexport const other = z.object({ A_KEY: z.string() }).parse(process.env);\n",
      },
      'no; src/env.js:2 reads A_KEY',
    ],
    [
      'a check and a schema',
      'runs',
      zod(
        "if (!process.env.B_KEY) throw new Error('b');\nexport const env = z.object({ A_KEY: z.string() }).parse(process.env);",
      ),
      'yes; src/env.js:3 z.object().parse(…) over the environment; src/env.js:2 stops without B_KEY',
    ],
    [
      'a check and a schema that nothing runs',
      'exists',
      {
        ...at(app("if (!process.env.B_KEY) throw new Error('b');")),
        'src/idle.js': "import { z } from 'zod';\nexport const other = z.object({ B_KEY: z.string() });\n",
      },
      'yes; src/idle.js:2 schema of 1 variables; src/index.js:4 stops without B_KEY',
    ],
    [
      'more idle checks than are shown',
      'runs',
      at(
        app(
          "app.set('a', [process.env.A_KEY, process.env.B_KEY, process.env.C_KEY, process.env.D_KEY, process.env.E_KEY]);",
        ),
        {
          'src/idle.js': 'ABCDE'
            .split('')
            .map((n) => `if (!process.env.${n}_KEY) throw 1;`)
            .join('\n'),
        },
      ),
      'no; src/idle.js:1 stops without A_KEY; src/idle.js:2 stops without B_KEY; src/idle.js:3 stops without C_KEY; src/idle.js:4 stops without D_KEY',
    ],
    [
      'a list of node-config',
      'covers',
      at(app(''), { 'config/custom-environment-variables.json': '{ "a": "A_KEY", "b": "PORT" }' }),
      'yes',
    ],
    [
      'a list of node-config',
      'reads',
      at(app("app.set('a', process.env.A_KEY);"), {
        'config/custom-environment-variables.json': '{ "a": "A_KEY", "b": "PORT" }',
      }),
      'yes; src/index.js:4 reads A_KEY',
    ],
    [
      'a package that checks by being imported',
      'runs',
      at(app("app.set('a', process.env.A_KEY);", "import 'dotenv-safe/config.js';"), {}, ['dotenv-safe']),
      'yes; src/index.js:2 imports dotenv-safe/config.js',
    ],
    [
      'a package that checks by being imported, where nothing runs it',
      'exists',
      at(app("app.set('a', process.env.A_KEY);"), { 'src/idle.js': "import 'dotenv-safe/config.js';\n" }, [
        'dotenv-safe',
      ]),
      'yes; src/idle.js:1 imports dotenv-safe/config.js',
    ],
    [
      'a package that checks by being imported, where nothing runs it',
      'runs',
      at(app("app.set('a', process.env.A_KEY);"), { 'src/idle.js': "import 'dotenv-safe/config.js';\n" }, [
        'dotenv-safe',
      ]),
      'no; src/idle.js:1 imports dotenv-safe/config.js',
    ],
    [
      'a package that checks only what it is told, imported and no more',
      'runs',
      at(app("app.set('a', process.env.A_KEY);", "import 'envalid';"), {}, ['envalid']),
      'no',
    ],
    [
      'a package that is handed on',
      'covers',
      at(app("app.use(schema);\napp.set('a', process.env.A_KEY);", "import schema from 'env-schema';"), {}, [
        'env-schema',
      ]),
      'yes; src/index.js:4 app.use(…) over the environment',
    ],
    [
      'convict',
      'covers',
      at(
        app(
          "app.set('a', [config, process.env.A_KEY]);",
          "import convict from 'convict';\nconst config = convict({ key: { format: String, env: 'A_KEY' }, other: { env: 1 } });",
        ),
        {},
        ['convict'],
      ),
      'yes; src/index.js:3 convict(…) over the environment; src/index.js:5 app.set(…) over the environment',
    ],
    [
      'env-var, of a name in small letters',
      'reads',
      at(
        app("app.set('a', key);", "import env from 'env-var';\nconst key = env.get('a_key').required().asString();"),
        {},
        ['env-var'],
      ),
      'no',
    ],
    [
      'env-var',
      'reads',
      at(
        app("app.set('a', key);", "import env from 'env-var';\nconst key = env.get('A_KEY').required().asString();"),
        {},
        ['env-var'],
      ),
      'yes; src/index.js:3 reads A_KEY',
    ],
    [
      'a schema that runs and names nothing here',
      'covers',
      at(
        app(
          "app.set('a', [env, process.env.A_KEY]);",
          "import { schema } from './schema.js';\nconst env = schema.parse(process.env);",
        ),
        { 'src/schema.js': 'export const schema = make();\n' },
      ),
      'yes; src/index.js:3 schema.parse(…) over the environment',
    ],
    [
      'a list and a loop in a sample',
      'exists',
      at(app("app.set('a', process.env.A_KEY);"), {
        'src/examples/a.js': "for (const name of ['A_KEY']) if (!process.env[name]) throw 1;\n",
      }),
      'no; src/index.js:4 reads A_KEY',
    ],
    [
      'a list and a loop in idle code',
      'exists',
      at(app("app.set('a', process.env.A_KEY);"), {
        'src/idle.js': "for (const name of ['A_KEY']) if (!process.env[name]) throw 1;\n",
      }),
      'yes; src/idle.js:1 stops without 1 variables of a list',
    ],
    [
      'a list and a loop in a script that people run',
      'exists',
      at(app("app.set('a', process.env.A_KEY);"), {
        'src/scripts/send.js': "for (const name of ['A_KEY']) if (!process.env[name]) throw 1;\n",
      }),
      'no; src/index.js:4 reads A_KEY',
    ],
    [
      'a list and a loop in a script that the program runs',
      'exists',
      at(app("app.set('a', process.env.A_KEY);", "import './scripts/send.js';"), {
        'src/scripts/send.js': "for (const name of ['A_KEY']) if (!process.env[name]) throw 1;\n",
      }),
      'yes; src/scripts/send.js:1 stops without 1 variables of a list',
    ],
    [
      'a helper in a sample',
      'exists',
      at(app("app.set('a', process.env.A_KEY);"), {
        'src/examples/a.js': "import { need } from '../need.js';\nexport const key = need('A_KEY');\n",
        'src/need.js': 'export const need = (n) => { if (!process.env[n]) throw 1; return process.env[n]; };\n',
      }),
      'no; src/index.js:4 reads A_KEY',
    ],
  ])('%s: %s', async (_, ask, files, expected) => {
    expect(await all(ask, files)).toEqual(expected);
  });

  it.each<[title: string, files: Record<string, string>, expected: string]>([
    [
      'nothing starts',
      {
        'package.json': JSON.stringify({ name: 'api', dependencies: { express: '4', zod: '3' } }),
        Dockerfile: 'FROM node:22\nCOPY . .\n',
        'lib/env.js':
          "import { z } from 'zod';\nimport express from 'express';\nexport const shape = z.object({ A_KEY: z.string() });\nexpress().listen(process.env.A_KEY);\n",
      },
      'unknown: what starts api was not found; lib/env.js:3 schema of 1 variables',
    ],
    [
      'what it loads is not known',
      at(app("app.set('a', process.env.A_KEY);\nimport(process.argv[2]);")),
      'unknown: src/index.js:5 loads modules by a computed name; src/index.js:5 loads modules that are named at run time: import(process.argv[2])',
    ],
  ])('%s: %s', async (_, files, expected) => {
    expect(await all('runs', files)).toEqual(expected);
  });
});
