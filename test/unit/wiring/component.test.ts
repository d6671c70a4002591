import { describe, expect, it } from 'vitest';
import { wired, wiringOf } from './_wired.ts';

const manifest = (given: object) => JSON.stringify({ name: 'app', ...given });
const depending = (group: string, ...names: string[]) =>
  manifest({ [group]: Object.fromEntries(names.map((name) => [name, '1'])) });

describe('what a script is for, by its name', () => {
  const names: Record<string, string[]> = {
    runtime: [
      'serve',
      'production',
      'server',
      'api',
      'worker',
      'workers:mail',
      'web',
      'service',
      'run-all',
      'launch',
      'live',
      'up',
      'app:start',
      'app-serve',
      'app_prod',
      'SERVE',
    ],
    build: ['build', 'compile', 'bundle', 'postinstall', 'prepare', 'prebuild', 'postbuild', 'build:app'],
    test: ['test', 'e2e', 'cypress:run', 'playwright', 'spec', 'coverage', 'start:test'],
    tool: [
      'mock',
      'fake-api',
      'stub',
      'story',
      'stories',
      'seed',
      'migrate',
      'codegen',
      'generate',
      'lint',
      'format',
      'fixtures',
      'docs',
      'doc:serve',
      'db:start',
      'db-up',
      'started',
      'rebuild',
      'clean',
      'mystart',
      'doctor',
    ],
    none: ['dev', 'develop', 'development', 'watch', 'local:api', 'api:dev', 'api-watch'],
  };
  const rows = Object.entries(names).flatMap(([phase, scripts]) => scripts.map((name) => [name, phase] as const));
  it.each(rows)('%s is of %s', async (name, phase) => {
    const scripts = { start: 'node main.js', [name]: 'node run.js' };
    const { entries } = await wired({ 'package.json': manifest({ scripts }), 'main.js': '', 'run.js': '' });
    expect(entries.find(({ file }) => file === 'run.js')?.phase ?? 'none').toBe(phase);
  });
});

describe('the manifest that speaks for a component', () => {
  const page = 'apps/web/app/page.tsx';
  const rows: [title: string, files: Record<string, string>, expected: boolean][] = [
    ['is its own', { 'apps/web/package.json': depending('dependencies', 'next'), 'package.json': '{}' }, true],
    ['by what it builds with, too', { 'apps/web/package.json': depending('devDependencies', 'next') }, true],
    ['and by what it expects', { 'apps/web/package.json': depending('peerDependencies', 'next') }, true],
    [
      'is that of the workspace where it declares nothing',
      { 'package.json': depending('dependencies', 'next'), 'apps/web/package.json': '{}' },
      true,
    ],
    [
      'and is not where it declares something',
      { 'package.json': depending('dependencies', 'next'), 'apps/web/package.json': depending('devDependencies', 'x') },
      false,
    ],
    [
      'is the nearest above',
      {
        'package.json': depending('dependencies', 'next'),
        'apps/package.json': depending('dependencies', 'x'),
        'apps/web/package.json': '{}',
      },
      false,
    ],
    [
      'is none beside it',
      {
        'package.json': '{}',
        'apps/api/package.json': depending('dependencies', 'next'),
        'apps/web/package.json': '{}',
      },
      false,
    ],
  ];
  it.each(rows)('%s', async (_, files, expected) => {
    const { entries } = await wired({ ...files, [page]: '' }, 'apps/web');
    expect(entries.map(({ file }) => file)).toEqual(expected ? [page] : []);
  });
});

describe('a component', () => {
  const files = {
    'package.json': manifest({ scripts: { start: 'node src/index.js' }, workspaces: ['apps/*'] }),
    'src/index.js':
      "import express from 'express';\nimport { used } from './used.js';\nimport type { T } from 'types-only';\nimport '@acme/kit';\nconst app = express();\nused(process.env.LIVE);\napp.listen(1);\n",
    'src/used.js':
      "import pino from 'pino';\nimport fs from 'node:fs';\nexport const used = (x) => pino(x, process.env.ALSO);\nexport const left = () => process.env.LEFT;\n",
    'src/dead.js': "import express from 'express';\nimport chalk from 'chalk';\nchalk(express, process.env.DEAD);\n",
    'src/app.jsx': "import { Suspense } from 'react';\nexport const App = () => <Suspense><Own on /></Suspense>;\n",
    'src/used.test.js': "import { used } from './used.js';\nimport chai from 'chai';\nused(chai, process.env.TEST);\n",
    'apps/kit/package.json': '{"name":"@acme/kit"}',
    'apps/kit/index.js': "import zod from 'zod';\nzod(process.env.KIT);\n",
    'apps/kit/index.spec.js': '',
  };
  it('owns its files, without those of what lies in it and without tests', async () => {
    const wiring = await wiringOf(files);
    const { own, reached } = wiring.of({ path: '.' });
    expect(own).toEqual(['src/app.jsx', 'src/dead.js', 'src/index.js', 'src/used.js']);
    expect(reached).toEqual(['apps/kit/index.js', 'src/index.js', 'src/used.js']);
    expect(wiring.testFiles({ path: '.' })).toEqual(['src/used.test.js']);
    expect(wiring.testFiles({ path: 'apps/kit' })).toEqual(['apps/kit/index.spec.js']);
    expect(wiring.testFiles({ path: 'apps' })).toEqual([]);
    expect(() => wiring.of({ path: 'apps' })).toThrow('no component root at apps');
    expect(wiring.of({ path: '.' })).toBe(wiring.of({ path: '.' }));
  });
  it('imports packages, each shown where it runs', async () => {
    const packages = (await wired(files)).packages();
    expect(
      [...packages].map(
        ([name, { live, evidence }]) => `${name} ${live}: ${evidence.file}:${evidence.line} ${evidence.note}`,
      ),
    ).toEqual([
      'zod live: apps/kit/index.js:1 imports zod',
      'react dead: src/app.jsx:1 imports react',
      'express live: src/index.js:1 imports express',
      'chalk dead: src/dead.js:2 imports chalk',
      'pino live: src/used.js:1 imports pino',
      'node:fs live: src/used.js:2 imports node:fs',
    ]);
  });
  it('reads variables and renders elements, each dead or live', async () => {
    const wiring = await wired(files);
    expect(wiring.env().map(({ fact, file, live }) => `${fact.name} ${live} ${file}`)).toEqual([
      'KIT live apps/kit/index.js',
      'DEAD dead src/dead.js',
      'LIVE live src/index.js',
      'ALSO live src/used.js',
      'LEFT dead src/used.js',
    ]);
    expect(wiring.jsx().map(({ fact, live }) => `${fact.name} ${live}`)).toEqual(['Suspense dead', 'Own dead']);
    expect(wiring.jsx(({ name }) => name === 'Own').map(({ fact }) => fact.line)).toEqual([2]);
    expect(wiring.called(/^(pino|chalk|used)$/).map(({ fact, file }) => `${fact.callee} ${file}`)).toEqual([
      'chalk src/dead.js',
      'used src/index.js',
      'pino src/used.js',
    ]);
    expect(wiring.calls(({ callee }, file) => callee === 'pino' && file === 'src/used.js')).toHaveLength(1);
  });
});

describe('a name', () => {
  const files = {
    'src/index.js':
      "import { a } from './all.js';\nimport kit, { b } from '@acme/kit';\nimport x from 'express';\nimport { gone } from './gone.js';\nrun(a.in, b, kit, x, gone, process.env.A);\n",
    'src/all.js': "export { first as a } from './first.js';\n",
    'src/first.js': 'export const first = (x) => process.env[x];\n',
    'kit/package.json': '{"name":"@acme/kit"}',
    'kit/index.js': 'export const b = () => process.env.B;\nexport default function kit() { return process.env.C; }\n',
  };
  it('leads to the file that declares it', async () => {
    const wiring = await wiringOf(files);
    const [call] = wiring.of({ path: '.' }).calls(({ callee }) => callee === 'run');
    const found = call!.fact.args.map((value) => {
      const at = value.kind === 'ref' && value.origin ? wiring.resolveOrigin('src/index.js', value.origin) : undefined;
      const fn = wiring.functionOf('src/index.js', value);
      return [at && `${at.file} ${at.name}`, fn && `${fn.file}:${fn.fn.line}`];
    });
    expect(found).toEqual([
      ['src/first.js first', 'src/first.js:1'],
      ['kit/index.js b', 'kit/index.js:1'],
      ['kit/index.js *default*', 'kit/index.js:2'],
      [null, null],
      [null, null],
      [undefined, null],
    ]);
    expect([wiring.code('src/first.js')?.functions.length, wiring.code('gone.js')]).toEqual([1, null]);
  });
});

describe('methods', () => {
  const of = async (body: string, more: Record<string, string> = {}) => {
    const wiring = await wired({
      'src/index.ts': `import kit from 'own-kit';\nimport { Own } from './own.ts';\nconst own = new Own(process.env.A);\n${body}`,
      'src/own.ts':
        "import kit from 'own-kit';\nexport class Own {\n  constructor() { kit.made(); }\n  save() { const deep = () => kit.saved(); deep(); }\n  onReady() { kit.ready(); }\n  drop() { kit.dropped(); }\n}\n",
      'package.json': manifest({ scripts: { start: 'tsx src/index.ts' } }),
      ...more,
    });
    return wiring
      .calls(({ callee }) => /^kit\./.test(callee))
      .filter(({ live }) => live === 'live')
      .map(({ fact }) => fact.callee);
  };
  it('run when something names them, or a framework would', async () => {
    expect(await of('run(own);')).toEqual(['kit.made', 'kit.ready']);
    expect(await of('run(own.save());')).toEqual(['kit.made', 'kit.saved', 'kit.ready']);
    expect(await of('const { drop } = own;\nrun(drop);')).toEqual(['kit.made', 'kit.ready', 'kit.dropped']);
  });
  it('run when a file that was not read whole names them, and not when a test does', async () => {
    expect(await of('run(own);', { 'src/page.vue': '<script setup>\nown.save();\n</script>' })).toContain('kit.saved');
    expect(await of('run(own);', { 'src/own.test.ts': 'own.save(process.env.A);' })).not.toContain('kit.saved');
  });
  it('run when a decorator hands the class to a framework', async () => {
    const decorated =
      "import kit from 'own-kit';\nimport { Injectable } from '@nestjs/common';\n@Injectable()\nexport class Own {\n  save() { kit.saved(); }\n}\n";
    expect(await of('run(own);', { 'src/own.ts': decorated })).toEqual(['kit.saved']);
  });
  const names =
    'use canActivate intercept transform catch handle handler execute run process perform validate resolve configure register init start stop render toJSON toString connect up down main default bootstrap then';
  it.each([...names.split(' '), 'onReady', 'getAll', 'componentDidMount'])('run by a framework: %s', async (name) => {
    const own = `import kit from 'own-kit';\nexport class Own {\n  ${name}() { kit.run(); }\n}\n`;
    expect(await of('later(own);', { 'src/own.ts': own })).toEqual(['kit.run']);
  });
  it.each([
    'user',
    'reuse',
    'handles',
    'onward',
    'once',
    'gets',
    'get',
    'isOn',
    'forgetAll',
    'mycomponent',
    'upper',
    'ups',
  ])('run by nobody: %s', async (name) => {
    const own = `import kit from 'own-kit';\nexport class Own {\n  ${name}() { kit.run(); }\n}\n`;
    expect(await of('later(own);', { 'src/own.ts': own })).toEqual([]);
  });
  it.each<[string, string[]]>([
    ['export class Own {\n  one() { this.two(); }\n  two() { kit.two(); }\n}\n', ['kit.two']],
    ['export class Own {\n  one() { kit.one(); }\n}\nexport const other = { one() { kit.other(); } };\n', ['kit.one']],
    ['export class Own {\n  one = () => kit.one();\n}\n', ['kit.one']],
    ['export class Own {\n  static one() { kit.one(); }\n}\n', ['kit.one']],
    ['export class Own {\n  one() { function inner() { return () => kit.one(); } return inner; }\n}\n', ['kit.one']],
    ['@Injectable()\nexport class Own {\n  one() { kit.one(); }\n}\n', ['kit.one']],
    ['@Controller()\nexport class Own {\n  one() { kit.one(); }\n}\n', ['kit.one']],
    ['export class Own {\n  @Cron() one() { kit.one(); }\n  two() { kit.two(); }\n}\n', ['kit.one', 'kit.two']],
    ['export class Own {\n  one(@Body() body) { kit.one(); }\n}\n', ['kit.one']],
    ['export class Own {\n  one() { kit.one(); }\n}\n@Controller()\nexport class Other {}\n', ['kit.one']],
  ])('%s', async (text, expected) => {
    const own = `import kit from 'own-kit';\nimport { Body, Controller, Cron, Injectable } from 'own-frame';\n${text}`;
    expect(await of('later(own);', { 'src/own.ts': own })).toEqual(expected);
  });
  describe('of a provider of Nest that a module lists', () => {
    const provider = (more = '') =>
      `import kit from 'own-kit';\nimport { Injectable } from '@nestjs/common';\n@Injectable()\nexport class Own {\n  ${more}get() { kit.saved(); }\n}\n`;
    const listed = (how: string) =>
      `import { Module } from '@nestjs/common';\nimport { Own } from './own';\n@Module({ providers: [${how}], exports: [Own] })\nexport class OwnModule {}\n`;
    const nest = (own: string, how: string, more: Record<string, string> = {}) =>
      of('', {
        'src/index.ts': "import { OwnModule } from './own.module';\nrun(OwnModule, process.env.A);\n",
        'src/own.ts': own,
        'src/own.module.ts': listed(how),
        ...more,
      });
    it('run when another asks for it', async () => {
      const user =
        "import { Injectable } from '@nestjs/common';\nimport { Own } from './own';\n@Injectable()\nexport class User {\n  constructor(private own: Own) {}\n}\n";
      expect(await nest(provider(), 'Own', { 'src/user.ts': user })).toEqual(['kit.saved']);
    });
    it('never run when none does', async () => {
      expect(await nest(provider(), 'Own')).toEqual([]);
    });
    it('run when it stands in the place of another, or begins by itself', async () => {
      expect(await nest(provider(), "{ provide: 'own', useClass: Own }")).toEqual(['kit.saved']);
      expect(await nest(provider('onModuleInit() { this.get(); }\n  '), 'Own')).toEqual(['kit.saved']);
    });
    it('run when a hook of its own calls them', async () => {
      expect(await nest(provider('use() { this.get(); }\n  '), 'Own')).toEqual(['kit.saved']);
    });
    it('run when another asks for it through a whole module', async () => {
      const user =
        "import * as own from './own';\nimport { Injectable } from '@nestjs/common';\n@Injectable()\nexport class User {\n  constructor(private one: own.Own) {}\n}\n";
      expect(await nest(provider(), 'Own', { 'src/user.ts': user })).toEqual(['kit.saved']);
    });
    const module = (text: string) => ({
      'src/own.module.ts': `import { Global, Module, Other } from '@nestjs/common';\nimport { Own } from './own';\n${text}\nexport class OwnModule {}\n`,
    });
    it.each<[string, string[]]>([
      ['@Module({ providers: [Own] })', []],
      ['@Global()\n@Module({ providers: [Own] })', []],
      ['@Other()\n@Module({ providers: [Own] })', ['kit.saved']],
      ['@Other({ providers: [Own] })', ['kit.saved']],
      ['@Module({ providers: [{ provide: A, useClass: Own }] })', ['kit.saved']],
      ['@Module({ providers: [{ provide: A, useExisting : Own }] })', ['kit.saved']],
      ['@Module({ providers: [{ provide: A, useFactory:Own }] })', ['kit.saved']],
      ['@Module({ providers: [{ provide: Own, useValue: 1 }, { provide: A, useClass: Owner }] })', []],
      ['@Module({ providers: [Own, { provide: A, useFactory: make, inject: [B, Own] }] })', ['kit.saved']],
      ['@Module({ providers: [Own, { provide: A, inject: [] }] })', []],
    ])('%s', async (text, expected) => expect(await nest(provider(), 'Own', module(text))).toEqual(expected));
    it.each<[string, string[]]>([
      ['constructor(app) { app.get(Own); }', ['kit.saved']],
      ['configure(consumer) { consumer.apply(Other, Own).forRoutes(1); }', ['kit.saved']],
      ['configure(consumer) { consumer.bind(Own); }', []],
      ['configure(consumer) { consumer.apply(Owner); }', []],
    ])('a module with %s', async (body, expected) => {
      const text = module('@Module({ providers: [Own] })')['src/own.module.ts'].replace(
        'Module {}',
        `Module { ${body} }`,
      );
      expect(await nest(provider(), 'Own', { 'src/own.module.ts': text })).toEqual(expected);
    });
    it.each<[string, string[]]>([
      [provider('onApplicationBootstrap() { run(); }\n  '), ['kit.saved']],
      [provider('onModuleDestroy() { run(); }\n  '), []],
      [provider('constructor(a) { this.get(); }\n  '), ['kit.saved']],
      [provider('constructor(a) { this.a = a; }\n  '), []],
      [provider().replace('class Own', 'class Own extends Base'), ['kit.saved']],
      [provider().replace('@Injectable()', '@Injectable({ scope: 2 })'), []],
      [provider().replace('@Injectable()', '@Controller()'), ['kit.saved']],
      [provider().replace('get()', '@Cron() get()'), ['kit.saved']],
      [provider().replace('get()', 'get(@Body() body)'), []],
      [`${provider()}export class Other { constructor(private own: Own) {} }\n`, ['kit.saved']],
      [`${provider()}export const made = new Own();\n`, ['kit.saved']],
      [`${provider()}export default Own;\n`, ['kit.saved']],
      [`${provider()}export default Owner;\n`, []],
      [`${provider('all() { this.get(); }\n  ')}`, ['kit.saved']],
      [`${provider('use() { this.gets(); }\n  ')}`, []],
    ])('%s', async (own, expected) => expect(await nest(own, 'Own')).toEqual(expected));
    it.each<[string, Record<string, string>, string[]]>([
      ['a test', { 'src/own.test.ts': "import { Own } from './own';\nnew Own();\n" }, []],
      ['a type', { 'src/user.ts': "import type { Own } from './own';\nexport const user = (own: Own) => own;\n" }, []],
      ['another name', { 'src/user.ts': "import { Other } from './own';\nexport const user = Other;\n" }, []],
      [
        'another module of all',
        { 'src/user.ts': "import * as all from './own';\nexport const user = all.Other;\n" },
        [],
      ],
    ])('that %s imports', async (_, more, expected) => expect(await nest(provider(), 'Own', more)).toEqual(expected));
    it('run when any name may ask for it', async () => {
      const byDefault = provider().replace('export class', 'export default class');
      expect(await nest(byDefault, 'Own', { 'src/user.ts': '' })).toEqual(['kit.saved']);
    });
  });
});
