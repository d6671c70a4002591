import { describe, expect, it } from 'vitest';
import { liveness, wired, wiringOf } from './_wired.ts';

/** A file that calls `own-kit` twice: at its top, and in a function that it exports under the file's name. */
const module = (name: string) =>
  `import kit from 'own-kit';\nexport const ${name} = () => kit.inside_${name}(process.env.A);\nkit.top_${name}.start();\n`;
const modules = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [`src/${name}.js`, module(name.split('/').at(-1)!)]));

/** Each row: files beside those named `a`, `b` and so on in `src`, and the files that are reached, without their folder. */
const rows: [title: string, files: Record<string, string>, reached: string[]][] = [
  ['an import for its effect', { 'src/index.js': "import './a.js';" }, ['a.js', 'index.js']],
  [
    'what a program without an ending starts, and none for the shell beside it',
    {
      'package.json': '{"name":"app","scripts":{"start":"node ./bin/www"}}',
      'bin/www': "#!/usr/bin/env node\nvar a = require('../src/a');\na.a(process.env.PORT);\n",
      'bin/setup': '#!/bin/sh\nnode ../src/b.js\n',
    },
    ['bin/www', 'a.js'],
  ],
  [
    'a program without an ending that an image starts',
    {
      'package.json': '{"name":"app"}',
      Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["node", "bin/www"]\n',
      'bin/www': "#!/usr/bin/env node\nvar a = require('../src/a');\na.a(process.env.PORT);\n",
    },
    ['bin/www', 'a.js'],
  ],
  [
    'a class though a function of its file loads something by the same name',
    {
      'src/index.js': "import Notes from './notes.js';\nNotes.open(process.env.A);",
      'src/notes.js':
        "import { a } from './a.js';\nclass Notes {\n  static open() { return a(process.env.A); }\n}\nexport const load = () => {\n  const Notes = require('./b.js');\n  return Notes;\n};\nexport default Notes;\n",
    },
    ['a.js', 'index.js', 'notes.js'],
  ],
  ['an import whose name nobody uses', { 'src/index.js': "import { a } from './a.js';" }, ['a.js', 'index.js']],
  [
    'classes that a framework finds by its decorators, in folders that a setting names',
    {
      'package.json': '{"name":"app","scripts":{"start":"tsx src/index.ts"}}',
      'src/index.ts':
        "import { createExpressServer } from 'routing-controllers';\nimport { dirs } from './dirs.js';\ncreateExpressServer({ controllers: [], middlewares: dirs.middlewares });",
      'src/dirs.ts': 'export const dirs = { middlewares: [process.env.MIDDLEWARES] };',
      'src/log.ts':
        "import { Middleware } from 'routing-controllers';\n@Middleware({ type: 'before' })\nexport class Log {}",
      'src/action.ts': "import { Action } from 'routing-controllers';\nexport const of = (action: Action) => action;",
    },
    ['dirs.ts', 'index.ts', 'log.ts'],
  ],
  [
    'none that TypeScript drops, since nobody uses its name',
    {
      'package.json': '{"name":"app","scripts":{"start":"tsx src/index.ts"}}',
      'src/index.ts': "import { a } from './a.js';\nimport { b } from './b.js';\nimport './c.js';\nb(process.env.A);",
    },
    ['b.js', 'c.js', 'index.ts'],
  ],
  [
    'one of two names keeps the import of TypeScript',
    {
      'package.json': '{"name":"app","scripts":{"start":"tsx src/index.ts"}}',
      'src/index.ts': "import { a, gone } from './a.js';\na(process.env.A);",
    },
    ['a.js', 'index.ts'],
  ],
  [
    'a member of a whole module keeps the import of TypeScript',
    {
      'package.json': '{"name":"app","scripts":{"start":"tsx src/index.mts"}}',
      'src/index.mts': "import * as all from './a.js';\nimport * as none from './b.js';\nall.a(process.env.A);",
    },
    ['a.js', 'index.mts'],
  ],
  [
    'what a function of TypeScript uses, though nobody calls it',
    {
      'package.json': '{"name":"app","scripts":{"start":"tsx src/index.ts"}}',
      'src/index.ts':
        "import { a } from './a.js';\nimport * as all from './b.js';\nimport { c } from './c.js';\nfunction later() { a(all.b); }",
    },
    ['a.js', 'b.js', 'index.ts'],
  ],
  [
    'types alone reach nothing',
    {
      'package.json': '{"name":"app","scripts":{"start":"tsx src/index.ts"}}',
      'src/index.ts':
        "import type { a } from './a.js';\nimport { type b } from './b.js';\nlet x: a | b = process.env.A;\nrun(x);",
    },
    ['index.ts'],
  ],
  ['a module that is required', { 'src/index.js': "require('./a.js');" }, ['a.js', 'index.js']],
  [
    'a module that a function requires, where it is called',
    {
      'src/index.js':
        "function used() { return require('./a.js'); }\nfunction left() { return require('./b.js'); }\nused();",
    },
    ['a.js', 'index.js'],
  ],
  [
    'a module that a function imports, where it is called',
    {
      'src/index.js':
        "async function used() { await import('./a.js'); }\nasync function left() { await import('./b.js'); }\nused(process.env.A);",
    },
    ['a.js', 'index.js'],
  ],
  [
    'a barrel and the module of the name, not its others',
    {
      'src/index.js': "import { a } from './all.js';\na();",
      'src/all.js': "export * from './a.js';\nexport { b } from './b.js';",
    },
    ['a.js', 'all.js', 'index.js'],
  ],
  [
    'a barrel whose name nobody uses, and the module of the name',
    {
      'src/index.js': "import { a } from './all.js';",
      'src/all.js': "export * from './a.js';\nexport { b } from './b.js';",
    },
    ['a.js', 'all.js', 'index.js'],
  ],
  [
    'a barrel that passes on what it imports',
    {
      'src/index.js': "import { a, c as d } from './all.js';\na(d);",
      'src/all.js':
        "import { a } from './a.js';\nimport b from './b.js';\nimport * as c from './c.js';\nexport { a, b, c };",
    },
    ['a.js', 'all.js', 'c.js', 'index.js'],
  ],
  [
    'a name that the module does not have',
    { 'src/index.js': "import { gone } from './a.js';\ngone();" },
    ['a.js', 'index.js'],
  ],
  [
    'everything of a module that is named whole',
    {
      'src/index.js': "import * as all from './all.js';\nrun(all);",
      'src/all.js': "export * from './a.js';\nexport * from './b.js';",
    },
    ['a.js', 'all.js', 'b.js', 'index.js'],
  ],
  [
    'what a file without calls imports',
    {
      'src/index.js': "import { Card } from './card';\nCard(process.env.A);",
      'src/card.ts':
        "import { a } from './a.js';\nimport type { b } from './b.js';\nimport './c.js';\nexport const Card = 'x';\nexport { d } from './d.js';",
    },
    ['a.js', 'c.js', 'card.ts', 'index.js'],
  ],
  [
    'a page of another kind, and what it imports',
    {
      'src/index.js': "import Page from './page.vue';\nPage(process.env.A);",
      'src/page.vue': "<script setup>\nimport { a } from './a.js';\n</script>\n<template><p/></template>",
    },
    ['a.js', 'index.js', 'page.vue'],
  ],
  [
    'a folder whose modules are loaded by name, tests left out',
    {
      'src/index.js': 'const load = (name) => require(`./all/${name}`);\nload(process.env.A);',
      'src/all/one.js': '',
      'src/all/in/two.js': '',
      'src/all/one.test.js': '',
      'src/all-other/three.js': '',
    },
    ['all/in/two.js', 'all/one.js', 'index.js'],
  ],
  [
    'modules whose name begins so',
    {
      'src/index.js': 'const load = (name) => require(`./all/mail-${name}.js`);\nload(process.env.A);',
      'src/all/mail-one.js': '',
      'src/all/other.js': '',
    },
    ['all/mail-one.js', 'index.js'],
  ],
  [
    'modules that a bundler finds by a glob, tests left out',
    {
      'src/index.js': "run(import.meta.glob('./all/*.js'));",
      'src/all/one.js': '',
      'src/all/one.test.js': '',
      'src/all/in/two.js': '',
      'src/all/notes.json': '{}',
    },
    ['all/one.js', 'index.js'],
  ],
  ...['@/all/*.js', '~/all/*.js', '@all/*.js', '/src/all/*.js'].map((glob): (typeof rows)[number] => [
    `modules that a bundler finds by ${glob}`,
    { 'src/index.js': `run(import.meta.glob('${glob}'));`, 'src/all/one.js': '', 'src/other/two.js': '' },
    ['all/one.js', 'index.js'],
  ]),
  ...['dist/all/*.js', 'build/all/*{.ts,.js}', './dist/all/*{.js,.ts}', 'src/all/*.{js,ts}'].map(
    (glob): (typeof rows)[number] => [
      `classes that a library finds by ${glob}`,
      {
        'src/index.js': `import { DataSource } from 'typeorm';\nnew DataSource({ entities: ['${glob}'], names: ['src/other/*.js'] });`,
        'src/all/one.ts': '',
        'src/other/two.js': '',
      },
      ['all/one.ts', 'index.js'],
    ],
  ),
  ...["path.join(__dirname, 'all/*{.ts,.js}')", '`${__dirname}/all/*.js`', "__dirname + '/all/*.ts'"].map(
    (glob): (typeof rows)[number] => [
      `classes that a library finds by ${glob}`,
      {
        'src/index.js': `import { createConnection } from 'typeorm';\ncreateConnection({ entities: [${glob}] });`,
        'src/all/one.ts': '',
        'src/all/one.spec.ts': '',
        'src/other/two.js': '',
      },
      ['all/one.ts', 'index.js'],
    ],
  ),
];

/** With a line in the file that starts by which it is known for code that must be read whole. */
const read = (files: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      path.startsWith('src/index.') ? `${text}\nbegin(process.env.PORT);` : text,
    ]),
  );
const reached = async (files: Record<string, string>) =>
  (await wired({ ...modules('a', 'b', 'c', 'd'), ...read(files) })).reached.map((file) => file.replace(/^src\//, ''));

describe('files that are reached', () => {
  it.each(rows)('%s', async (_, files, expected) => expect(await reached(files)).toEqual(expected));

  it('are told with the way that leads there', async () => {
    const wiring = await wired({
      'src/index.js': "import { a } from './all.js';\na();",
      'src/all.js': "export * from './b.js';",
      'src/b.js': "import { c } from './c.js';\nexport const a = () => c(process.env.A);",
      ...modules('c', 'd'),
    });
    expect(wiring.pathTo('src/c.js')).toEqual(['src/index.js', 'src/all.js', 'src/b.js', 'src/c.js']);
    expect(wiring.pathTo('src/index.js')).toEqual(['src/index.js']);
    expect(wiring.pathTo('src/d.js')).toEqual([]);
  });
});

/** Each row: files, and the calls of `own-kit` that run, those at the top of a module as `top_x`, those in its function as `inside_x`. */
const calls: [title: string, files: Record<string, string>, live: string[]][] = [
  [
    'an imported module runs, its functions wait to be called',
    { 'src/index.js': "import { a } from './a.js';\nrun(1, process.env.A);" },
    ['top_a'],
  ],
  ['called by its name', { 'src/index.js': "import { a } from './a.js';\na();" }, ['top_a', 'inside_a']],
  ['called by another name', { 'src/index.js': "import { a as x } from './a.js';\nx();" }, ['top_a', 'inside_a']],
  [
    'called as a member',
    { 'src/index.js': "import * as x from './a.js';\nx.a(process.env.A);" },
    ['top_a', 'inside_a'],
  ],
  ['handed on', { 'src/index.js': "import { a } from './a.js';\nrun(a);" }, ['top_a', 'inside_a']],
  [
    'called in a function that is not',
    { 'src/index.js': "import { a } from './a.js';\nfunction later() { a(process.env.A); }" },
    ['top_a'],
  ],
  [
    'called in a function that another calls',
    {
      'src/index.js':
        "import { a } from './a.js';\nfunction first() { second(); }\nfunction second() { a(process.env.A); }\nfirst();",
    },
    ['top_a', 'inside_a'],
  ],
  [
    'taken out of what is required',
    { 'src/index.js': "const { a } = require('./a.js');\na();" },
    ['top_a', 'inside_a'],
  ],
  [
    'asked of what is required',
    { 'src/index.js': "const x = require('./a.js');\nx.a(process.env.A);" },
    ['top_a', 'inside_a'],
  ],
  ['asked of what is required, in place', { 'src/index.js': "require('./a.js').a();" }, ['top_a', 'inside_a']],
  [
    'the one default of what is required whole',
    {
      'src/index.js': "const x = require('./e.cjs');\nx.run();",
      'src/e.cjs': "const kit = require('own-kit');\nmodule.exports = { run() { kit.inside_e(); } };",
    },
    ['inside_e'],
  ],
  [
    'taken out of what is imported later',
    { 'src/index.js': "async function go() { const { a } = await import('./a.js'); a(process.env.A); }\ngo();" },
    ['top_a', 'inside_a'],
  ],
  [
    'through a barrel',
    { 'src/index.js': "import { a } from './all.js';\na();", 'src/all.js': "export * from './a.js';" },
    ['top_a', 'inside_a'],
  ],
  [
    'through a barrel under another name',
    { 'src/index.js': "import { x } from './all.js';\nx();", 'src/all.js': "export { a as x, b } from './a.js';" },
    ['top_a', 'inside_a'],
  ],
  [
    'through a barrel that names the module',
    {
      'src/index.js': "import { x } from './all.js';\nx.a(process.env.A);",
      'src/all.js': "export * as x from './a.js';",
    },
    ['top_a', 'inside_a'],
  ],
  [
    'asked of a barrel that is named whole, the others left alone',
    {
      'src/index.js': "import * as x from './all.js';\nx.a(process.env.A);",
      'src/all.js': "export * from './a.js';\nexport * from './b.js';",
    },
    ['top_a', 'inside_a', 'top_b'],
  ],
  [
    'of its own before those that it passes on',
    {
      'src/index.js': "import { a } from './own.js';\na();",
      'src/own.js': "import kit from 'own-kit';\nexport * from './a.js';\nexport const a = () => kit.inside_own();",
    },
    ['inside_own'],
  ],
  [
    'that CommonJS does not export',
    {
      'src/index.js': "const { gone } = require('./e.cjs');\ngone();",
      'src/e.cjs': "const kit = require('own-kit');\nexports.here = () => kit.inside_e();\nkit.top_e.start();",
    },
    ['top_e'],
  ],
  [
    'by default, of a module without one',
    {
      'src/index.js': "import e from './e.js';\ne();",
      'src/e.js': "import kit from 'own-kit';\nexport const here = () => kit.inside_e();\nkit.top_e.start();",
    },
    ['top_e'],
  ],
  [
    'through an export of what was imported',
    {
      'src/index.js': "import x from './all.js';\nx();",
      'src/all.js': "import { a } from './a.js';\nexport default a;",
    },
    ['top_a', 'inside_a'],
  ],
  [
    'added to what is used elsewhere',
    {
      'src/index.js': "import { app } from './app.js';\napp.listen(1);",
      'src/app.js':
        "import express from 'express';\nimport { a } from './a.js';\nimport { b } from './b.js';\nexport const app = express();\nconst other = express();\napp.use(a);\nother.use(b);",
    },
    ['top_a', 'inside_a', 'top_b'],
  ],
  [
    'added to what only a name of its own uses',
    {
      'src/index.js': "import { on } from './app.js';\non(1);",
      'src/app.js':
        "import express from 'express';\nimport { a } from './a.js';\nconst app = express();\napp.use(a);\nexport const on = (port) => app.listen(port);",
    },
    ['top_a', 'inside_a'],
  ],
  [
    'in a folder that is loaded by name: all that each module exports',
    {
      'src/index.js': 'const load = (name) => require(`./all/${name}`);\nload(process.env.A);',
      ...modules('all/e'),
      'src/all/f.js':
        "import kit from 'own-kit';\nexport default () => kit.inside_f();\nfunction left() { kit.left_f(); }",
    },
    ['top_e', 'inside_e', 'inside_f'],
  ],
];

describe('calls that run', () => {
  it.each(calls)('%s', async (_, files, expected) => {
    const wiring = await wired({ ...modules('a', 'b'), ...read(files) });
    const live = wiring.calls((call) => /^kit\./.test(call.callee)).filter((call) => call.live === 'live');
    const named = live.map(({ fact }) => fact.callee.split('.')[1]!);
    expect(named.sort()).toEqual([...expected].sort());
  });
});

describe('loads that cannot be followed', () => {
  const all = (load: string) => ({
    'package.json': '{"name":"root","workspaces":["apps/*"]}',
    'apps/api/package.json': '{"name":"api","scripts":{"start":"node src/index.js"}}',
    'apps/api/src/index.js': `run(1);\n${load}`,
    'apps/api/src/near/limiter.js': module('near'),
    'apps/api/far/limiter.js': module('far'),
    'apps/web/package.json': '{"name":"web","scripts":{"start":"node index.js"}}',
    'apps/web/index.js': module('web'),
  });
  const rows: [load: string, blind: string[], near: string, far: string][] = [
    ['require(process.argv[2]);', ['apps/api/src/index.js:2 loads modules by a computed name'], 'unknown', 'unknown'],
    [
      'require(`../${process.argv[2]}`);',
      ['apps/api/src/index.js:2 loads modules by a computed name'],
      'unknown',
      'unknown',
    ],
    ['require(`./near/${process.argv[2]}`);', [], 'live', 'dead'],
    ['run(process.argv[2]);', [], 'dead', 'dead'],
  ];
  it.each(rows)('%s', async (load, blind, near, far) => {
    const wiring = (await wiringOf(all(load))).of({ path: 'apps/api' });
    expect(wiring.blind.map(({ reason }) => reason)).toEqual(blind);
    for (const { evidence } of wiring.blind)
      expect(evidence).toEqual({
        file: 'apps/api/src/index.js',
        line: 2,
        note: `loads modules that are named at run time: ${load.slice(0, -1)}`,
      });
    expect([
      wiring.fileLiveness('apps/api/src/near/limiter.js'),
      wiring.fileLiveness('apps/api/far/limiter.js'),
      wiring.fileLiveness('apps/web/index.js'),
    ]).toEqual([near, far, 'dead']);
    expect(liveness(wiring, 'kit.inside_far')).toEqual([far]);
  });
});
