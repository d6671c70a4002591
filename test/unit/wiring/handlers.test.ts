import { describe, expect, it } from 'vitest';
import { liveness, pkg, wired } from './_wired.ts';

const head = "import express from 'express';\n";
const serve = 'const app = express();\n';
const list = 'const list = (req, res) => res.json([]);\n';

/** Each route, with the line of the function that answers it, and how many stand before that in its list. */
async function answers(files: Record<string, string>): Promise<string[]> {
  return (await wired({ 'package.json': pkg('express'), ...files }))
    .routes()
    .map(
      ({ method, path, handler, listed }) =>
        `${method} ${path} ${handler ? `${handler.file}:${handler.fn.line}` : 'nobody'}${listed ? ` after ${listed.length}` : ''}`,
    );
}

type Row = [title: string, imports: string, statements: string, expected: string[], more?: Record<string, string>];
const many = 'export const first = (req, res) => res.json(1);\nexport const list = (req, res) => res.json([]);\n';
const rows: Row[] = [
  ['written there', '', "app.get('/a', (req, res) => res.end());", ['GET /a src/index.js:4']],
  ['by its name', '', `${list}app.get('/a', list);`, ['GET /a src/index.js:4']],
  [
    'of a function that comes later',
    '',
    "app.get('/a', list);\nfunction list(req, res) { res.end(); }",
    ['GET /a src/index.js:5'],
  ],
  [
    'imported by its name',
    "import { list } from './notes.js';",
    "app.get('/a', list);",
    ['GET /a src/notes.js:2'],
    { 'src/notes.js': many },
  ],
  [
    'imported under another name',
    "import { list as all } from './notes.js';",
    "app.get('/a', all);",
    ['GET /a src/notes.js:2'],
    { 'src/notes.js': many },
  ],
  [
    'a default',
    "import list from './notes.js';",
    "app.get('/a', list);",
    ['GET /a src/notes.js:2'],
    { 'src/notes.js': `${many}export default list;\n` },
  ],
  [
    'a default without a name',
    "import all from './notes.js';",
    "app.get('/a', all);",
    ['GET /a src/notes.js:2'],
    { 'src/notes.js': 'const other = () => 1;\nexport default (req, res) => res.json(other());\n' },
  ],
  [
    'a member of a default',
    "import notes from './notes.js';",
    "app.get('/a', notes.list);",
    ['GET /a src/notes.js:2'],
    { 'src/notes.js': `${many}export default { list, first };\n` },
  ],
  [
    'a member of a namespace',
    "import * as notes from './notes.js';",
    "app.get('/a', notes.list);",
    ['GET /a src/notes.js:2'],
    { 'src/notes.js': many },
  ],
  [
    'a method of an instance',
    "import { Notes } from './notes.js';",
    "const notes = new Notes();\napp.get('/a', notes.list);",
    ['GET /a src/notes.js:3'],
    { 'src/notes.js': 'export class Notes {\n  first() {}\n  list(req, res) { res.json([]); }\n}\n' },
  ],
  [
    'a method of an instance, bound',
    "import { notes } from './notes.js';",
    "app.get('/a', notes.list.bind(notes));",
    ['GET /a src/notes.js:3'],
    {
      'src/notes.js':
        'class Notes {\n  first() {}\n  list(req, res) { res.json([]); }\n}\nexport const notes = new Notes();\n',
    },
  ],
  [
    'wrapped',
    "import wrap from 'express-async-handler';",
    `${list}app.get('/a', wrap(list));`,
    ['GET /a src/index.js:4'],
  ],
  [
    'wrapped twice',
    "import wrap from 'express-async-handler';",
    `${list}app.get('/a', wrap(other(list)));`,
    ['GET /a src/index.js:4'],
  ],
  [
    'wrapped where it is written',
    "import wrap from 'express-async-handler';",
    "app.get('/a', wrap(async (req, res) => res.end()));",
    ['GET /a src/index.js:4'],
  ],
  [
    'made by a call',
    "import { make } from './notes.js';",
    "app.get('/a', make('notes'));",
    ['GET /a src/notes.js:1'],
    { 'src/notes.js': 'export const make = (name) => (req, res) => res.json(name);\n' },
  ],
  [
    'in a list',
    '',
    `const check = (req, res, next) => next();\n${list}app.get('/a', [check, list]);`,
    ['GET /a src/index.js:5 after 1'],
  ],
  [
    'in a list that has a name',
    '',
    `const check = (req, res, next) => next();\n${list}const both = [check, (req, res) => res.end()];\napp.get('/a', both);`,
    ['GET /a src/index.js:6 after 1'],
  ],
  [
    'in a list of another module',
    "import { both } from './notes.js';",
    "app.get('/a', both);",
    ['GET /a src/notes.js:3 after 2'],
    {
      'src/notes.js': `const check = (req, res, next) => next();\n${list}export const both = [check, check, (req, res) => res.end()];\n`,
    },
  ],
  [
    'in a list that CommonJS hands over',
    "import notes from './notes.js';",
    "app.get('/a', notes.both);",
    ['GET /a src/notes.js:4 after 1'],
    {
      'src/notes.js': `const express = require('express');\nconst check = (req, res, next) => next();\n${list}exports.both = [check, (req, res) => res.end()];\n`,
    },
  ],
  ['of a package', "import { list } from 'notes';", "app.get('/a', list);", ['GET /a nobody']],
  ['of a module that is not there', "import { list } from './lost.js';", "app.get('/a', list);", ['GET /a nobody']],
  [
    'a path in an object',
    '',
    `${list}const paths = { notes: { all: '/kept' } };\napp.get(paths.notes.all, list);`,
    ['GET /kept src/index.js:4'],
  ],
  [
    'a path in an object of another module',
    "import { paths } from './paths.js';",
    `${list}app.get(paths.all, list);`,
    ['GET /kept src/index.js:4'],
    { 'src/paths.js': "export const paths = { all: '/kept' };\n" },
  ],
  [
    'a path in an object that lacks it',
    "import { paths } from './paths.js';",
    `${list}app.get(paths.other, list);`,
    ['GET :paths.other src/index.js:4'],
    { 'src/paths.js': "export const paths = { all: '/kept' };\n" },
  ],
  [
    'a path of the environment, with a default',
    '',
    `${list}app.get(process.env.BASE || '/base', list);`,
    ['GET /base src/index.js:4'],
  ],
  [
    'one path or another',
    '',
    `${list}const old = true;\napp.get(old ? '/old' : '/new', list);`,
    ['GET /old src/index.js:4'],
  ],
  ['a path put together', '', `${list}app.get(\`/notes/\${kind}/all\`, list);`, ['GET /notes/:x/all src/index.js:4']],
];

describe('the function that answers', () => {
  it.each(rows)('%s', async (_, imports, statements, expected, more = {}) => {
    const index = `${head}${imports}\n${serve}${statements}\napp.listen(1);\n`;
    expect(await answers({ 'src/index.js': index, ...more })).toEqual(expected);
  });
});

describe('the function that answers, near by and far', () => {
  const call = (handler: string) => `app.get('/a', ${handler});`;
  it.each<[string, string, Record<string, string>, string[]]>([
    [
      "import { notes } from './notes.js';",
      call('notes.list'),
      { 'src/notes.js': `${many}export const notes = { list };\n` },
      ['GET /a src/notes.js:2'],
    ],
    ["import { lists } from './notes.js';", call('lists'), { 'src/notes.js': many }, ['GET /a nobody']],
    [
      "import all from './notes.js';",
      call('all'),
      { 'src/notes.js': 'const make = () => 1;\nexport default make();\n' },
      ['GET /a nobody'],
    ],
    [
      "import all from './notes.js';",
      call('all'),
      { 'src/notes.js': 'const made = wrap((req, res) => res.json(1), { on: () => 1 });\nexport default made;\n' },
      ['GET /a src/notes.js:1'],
    ],
    [
      "import all from './notes.js';",
      call('all'),
      { 'src/notes.js': '\nexport default function (req, res) { const inner = () => res.json(1); inner(); }\n' },
      ['GET /a src/notes.js:2'],
    ],
    [
      "import all from './notes.js';",
      call('all'),
      { 'src/notes.js': 'export default class { list(req, res) { res.json(1); } }\n' },
      ['GET /a nobody'],
    ],
    [
      "import all from './notes.js';",
      call('all'),
      { 'src/notes.js': 'export const other = (req, res) => res.json(1);\n' },
      ['GET /a nobody'],
    ],
    [
      "const notes = require('./notes.cjs');",
      call('notes.list'),
      { 'src/notes.cjs': 'exports.first = (req, res) => res.json(1);\nexports.list = (req, res) => res.json(1);\n' },
      ['GET /a src/notes.cjs:2'],
    ],
    [
      "const { list } = require('./notes.cjs');",
      call('list'),
      { 'src/notes.cjs': 'const all = (req, res) => res.json(1);\nmodule.exports = { list: all };\n' },
      ['GET /a src/notes.cjs:1'],
    ],
    [
      "const notes = require('./notes.cjs');",
      call('notes'),
      { 'src/notes.cjs': '\nmodule.exports = (req, res) => res.json(1);\n' },
      ['GET /a src/notes.cjs:2'],
    ],
    [
      "import { list } from './barrel.js';",
      call('list'),
      { 'src/barrel.js': "export { first as list } from './notes.js';\n", 'src/notes.js': many },
      ['GET /a src/notes.js:2'],
    ],
    [
      "import { make } from './notes.js';",
      call('make(first, list)'),
      { 'src/notes.js': `${many}export const make = (a, b) => b;\n` },
      ['GET /a src/notes.js:3'],
    ],
    [
      "import { first, list } from './notes.js';",
      call('wrap(first, list)'),
      { 'src/notes.js': many },
      ['GET /a src/notes.js:2'],
    ],
    [
      "import { first, list } from './notes.js';",
      call("wrap(list, 'list', 3)"),
      { 'src/notes.js': many },
      ['GET /a src/notes.js:2'],
    ],
    [
      "import { first, list } from './notes.js';",
      call('[first, list]'),
      { 'src/notes.js': many },
      ['GET /a src/notes.js:2 after 1'],
    ],
    [
      "import { first, list } from './notes.js';",
      call('list.bind(first)'),
      { 'src/notes.js': many },
      ['GET /a src/notes.js:2'],
    ],
    [
      "import { first, list } from './notes.js';",
      call('list.binder(first)'),
      { 'src/notes.js': many },
      ['GET /a src/notes.js:1'],
    ],
    ["import { list } from './notes.js';", call('on ? list : other'), { 'src/notes.js': many }, ['GET /a nobody']],
    [
      "import { list } from './notes.js';",
      call('() => import("./notes.js")'),
      { 'src/notes.js': `${many}export default list;\n` },
      ['GET /a src/notes.js:2'],
    ],
    [
      "import { Notes } from './notes.js';",
      call('[Notes, "list"]'),
      {
        'src/notes.js':
          'export class Notes {\n  handle(req, res) { res.json(2); }\n  list(req, res) { res.json(1); }\n}\n',
      },
      ['GET /a src/notes.js:3'],
    ],
    [
      "import { Notes } from './notes.js';",
      call('[Notes]'),
      {
        'src/notes.js':
          'export class Notes {\n  list(req, res) { res.json(1); }\n  handle(req, res) { res.json(2); }\n}\n',
      },
      ['GET /a src/notes.js:3'],
    ],
    [
      "import { Notes } from './notes.js';",
      call('[Notes, "lost"]'),
      { 'src/notes.js': 'export class Notes {\n  list(req, res) { res.json(1); }\n}\n' },
      ['GET /a nobody after 1'],
    ],
    [
      "const Notes = () => import('./notes.js');",
      call('[Notes, "list"]'),
      {
        'src/notes.js':
          'export default class Notes {\n  handle(req, res) { res.json(2); }\n  list(req, res) { res.json(1); }\n}\n',
      },
      ['GET /a src/notes.js:3'],
    ],
    [
      "const Notes = () => import('./notes.js');",
      call('[Notes]'),
      {
        'src/notes.js':
          'export default class Notes {\n  list(req, res) { res.json(1); }\n  handle(req, res) { res.json(2); }\n}\n',
      },
      ['GET /a src/notes.js:3'],
    ],
    ["const Notes = () => import('./lost.js');", call('[Notes, "list"]'), {}, ['GET /a nobody after 1']],
    [
      "import { Notes } from './kept.js';",
      call('[Notes, "list"]'),
      {
        'src/kept.js': "export const Notes = () => import('./notes.js');\n",
        'src/notes.js': 'export default class Notes {\n  list(req, res) { res.json(1); }\n}\n',
      },
      ['GET /a src/notes.js:2'],
    ],
    ['class Notes { list(req, res) { res.json(1); } }', call('[Notes, "list"]'), {}, ['GET /a src/index.js:2']],
    [
      "import { both } from './notes.js';",
      call('both'),
      { 'src/notes.js': `${many}export const both = [first, list, (req, res) => res.json(1)];\n` },
      ['GET /a src/notes.js:3 after 2'],
    ],
    [
      "import { both } from './notes.js';",
      call('both.own'),
      { 'src/notes.js': `${many}export const both = { own: list };\n` },
      ['GET /a nobody'],
    ],
    ["import { both } from './lost.js';", call('both'), {}, ['GET /a nobody']],
  ])('%s %s', async (imports, statement, more, expected) => {
    const index = `${head}${imports}\n${serve}${statement}\napp.listen(1);\n`;
    expect(await answers({ 'src/index.js': index, ...more })).toEqual(expected);
  });

  it.each<[string, string, Record<string, string>, string[]]>([
    [
      "import { path } from './paths.js';",
      'path',
      { 'src/paths.js': "export const path = '/kept';\n" },
      ['GET /kept src/index.js:4'],
    ],
    [
      "import path from './paths.js';",
      'path',
      { 'src/paths.js': "const path = '/kept';\nexport default path;\n" },
      ['GET :path src/index.js:4'],
    ],
    [
      "import { paths } from './paths.js';",
      'paths.in.a',
      { 'src/paths.js': "export const paths = { in: { a: '/deep' }, a: '/flat' };\n" },
      ['GET /deep src/index.js:4'],
    ],
    [
      "import { paths } from './paths.js';",
      'paths.in',
      { 'src/paths.js': "export const paths = { in: { a: '/deep' } };\n" },
      ['GET :paths.in src/index.js:4'],
    ],
    [
      "import { paths } from './paths.js';",
      'paths.a.b',
      { 'src/paths.js': "export const paths = { a: '/flat' };\n" },
      ['GET :paths.a.b src/index.js:4'],
    ],
    [
      "import { paths } from './paths.js';",
      'paths.a',
      { 'src/paths.js': "const base = '/base';\nexport const paths = { a: base };\n" },
      ['GET /base src/index.js:4'],
    ],
    [
      "import { paths } from './barrel.js';",
      'paths.a',
      { 'src/barrel.js': "export * from './paths.js';\n", 'src/paths.js': "export const paths = { a: '/flat' };\n" },
      ['GET /flat src/index.js:4'],
    ],
    [
      "import * as all from './paths.js';",
      'all.path',
      { 'src/paths.js': "export const path = '/kept';\n" },
      ['GET :all.path src/index.js:4'],
    ],
    ["import { path } from 'own-paths';", 'path', {}, ['GET :path src/index.js:4']],
    ["const path = '/here';", 'path', {}, ['GET /here src/index.js:4']],
    ["const paths = { a: '/here' };", 'paths.a', {}, ['GET /here src/index.js:4']],
    ["const paths = { a: '/here' };", 'paths.b', {}, ['GET :paths.b src/index.js:4']],
    ['const lost = 1;', 'lost', {}, []],
    ['', "process.env.BASE ?? '/base'", {}, ['GET /base src/index.js:4']],
    ['', 'process.env.BASE', {}, []],
    ['', "on ? path : '/new'", {}, ['GET /new src/index.js:4']],
    ['', '`${base}/notes`', {}, ['GET /notes src/index.js:4']],
    ['', '`/notes/${kind}`', {}, ['GET /notes/:x src/index.js:4']],
    ['', '`${base}`', {}, ['GET :x src/index.js:4']],
    ['', "['/a', '/b']", {}, ['GET /a src/index.js:4', 'GET /b src/index.js:4']],
    ['', '/^.a$/', {}, ['GET /^.a$/ src/index.js:4']],
    ['', "{ path: '/a', version: '1' }", {}, ['GET /a src/index.js:4']],
    ['', "{ url: '/a' }", {}, ['GET /a src/index.js:4']],
    ['', "'notes'", {}, []],
    ['', "'*'", {}, ['GET * src/index.js:4']],
    ['', "':id'", {}, ['GET :id src/index.js:4']],
    ['', "''", {}, ['GET  src/index.js:4']],
  ])('under a path: %s %s', async (imports, path, more, expected) => {
    const index = `${head}${imports}\n${serve}${list}app.get(${path}, list);\napp.listen(1);\n`;
    expect(await answers({ 'src/index.js': index, ...more })).toEqual(expected);
  });
});

describe('a method of a class that lives', () => {
  const wiring = (method: string, index: string, more: Record<string, string> = {}) =>
    wired({
      'package.json': pkg('express', 'pg'),
      'src/index.js': `import { Notes } from './notes.js';\nconst notes = new Notes();\n${index}\n`,
      'src/notes.js': `import pg from 'pg';\nconst pool = new pg.Pool();\n${method}`,
      ...more,
    });
  const method = (name: string, before = '') =>
    `${before}export class Notes {\n  ${name}() {\n    return pool.query('select');\n  }\n}\n`;
  it.each<[string, string, string, string[], Record<string, string>?]>([
    ['is live where somebody names it', method('all'), 'notes.all();', ['live']],
    ['is dead where nobody does', method('all'), 'notes.other;', ['dead']],
    [
      'is live where a file without a tree names it',
      method('all'),
      '',
      ['live'],
      { 'src/page.js': 'export const page = (notes) => notes.all;\n' },
    ],
    [
      'is dead where a test alone names it',
      method('all'),
      '',
      ['dead'],
      { 'test/notes.test.js': "import { Notes } from '../src/notes.js';\nnew Notes().all();\n" },
    ],
    ['is live where frameworks call it', method('handle'), '', ['live']],
    ['is live where it listens', method('onMessage'), '', ['live']],
    ['is live where a decorator hands the class over', method('all', '@Injectable()\n'), '', ['live']],
    [
      'is dead where a function inside it asks',
      'export class Notes {\n  all() {\n    return [1].map(() => pool.query("select"));\n  }\n}\n',
      '',
      ['dead'],
    ],
  ])('%s', async (_, method, index, expected, more = {}) => {
    expect(liveness(await wiring(method, index, more), 'pool.query')).toEqual(expected);
  });
});

describe('what is asked of a component', () => {
  const files = {
    'package.json': pkg('express', 'pg', 'pino'),
    'src/index.js':
      "import './a.js';\nimport express, { Router } from 'express';\nexpress().listen(1);\nif (process.env.A) Router();\n",
    'src/a.js': "import './b.js';\nimport { json } from 'express';\njson();\n",
    'src/b.js': "import pino from 'pino';\npino();\nexport const b = process.env.B;\n",
    'src/idle.js': "import pg from 'pg';\nimport pino from 'pino';\nnew pg.Pool();\npino();\n",
  };
  it('lists packages, with the best that is known of each and all that is taken from it', async () => {
    const packages = [...(await wired(files)).packages()].map(
      ([name, { live, evidence, names }]) =>
        `${name} ${live} ${evidence.file}:${evidence.line} ${[...(names ?? [])].sort()}`,
    );
    expect(packages.sort()).toEqual([
      'express live src/a.js:2 Router,default,json',
      'pg dead src/idle.js:1 default',
      'pino live src/b.js:1 default',
    ]);
  });
  it('leads to a file from what starts', async () => {
    const wiring = await wired(files);
    expect([wiring.pathTo('src/b.js'), wiring.pathTo('src/index.js'), wiring.pathTo('src/idle.js')]).toEqual([
      ['src/index.js', 'src/a.js', 'src/b.js'],
      ['src/index.js'],
      [],
    ]);
  });
  it('lists what is called, in the order of files and lines', async () => {
    const wiring = await wired(files);
    expect(
      wiring
        .called(/^(pino|json|Router|pg\.Pool)$/)
        .map(({ file, fact, live }) => `${file}:${fact.line} ${fact.callee} ${live}`),
    ).toEqual([
      'src/a.js:3 json live',
      'src/b.js:2 pino live',
      'src/idle.js:3 pg.Pool dead',
      'src/idle.js:4 pino dead',
      'src/index.js:4 Router live',
    ]);
    expect(wiring.env().map(({ file, fact }) => `${file}:${fact.line} ${fact.name}`)).toEqual([
      'src/b.js:3 B',
      'src/index.js:4 A',
    ]);
  });
});
