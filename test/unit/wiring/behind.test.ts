import { expect, it } from 'vitest';
import { wired } from './_wired.ts';

/** The packages behind what the application uses, as `package member`, each once; a bare name beside its members is left out. */
const show = async (head: string, value: string, files: Record<string, string> = {}) => {
  const index = `import express from 'express';\n${head}\nconst app = express();\napp.use(${value});\napp.listen(1);\n`;
  const [registered] = (await wired({ 'src/index.js': index, ...files }))
    .middleware()
    .filter(({ file, how }) => file === 'src/index.js' && how === 'use');
  const uses = new Set(registered!.behind.map((use) => `${use.package} ${use.member}`));
  return [...uses].filter((one) => ![...uses].some((other) => other.startsWith(`${one}.`))).sort();
};

const jwt = "import jwt from 'jsonwebtoken';\nimport limit from 'express-rate-limit';\n";

/** Each row: what the file says first, what the application uses, the files beside it, and what stands behind. */
const rows: [title: string, head: string, value: string, files: Record<string, string>, expected: string[]][] = [
  ['a call in place', "import helmet from 'helmet';", 'helmet()', {}, ['helmet default']],
  ['a member of a package', "import * as auth from 'auth-kit';", 'auth.jwt.check()', {}, ['auth-kit jwt.check']],
  [
    'a function in place stands for what it calls, and for nothing beside it',
    `${jwt}function other() { return limit(); }`,
    '(req, res, next) => jwt.verify(req.token)',
    {},
    ['jsonwebtoken default.verify'],
  ],
  [
    'what a function in place calls by name',
    `${jwt}function check(token) { return jwt.verify(token); }\nfunction other() { return limit(); }`,
    '(req, res, next) => { check(req.token); next(); }',
    {},
    ['jsonwebtoken default.verify'],
  ],
  [
    'a function by its name',
    `${jwt}function check(req) { jwt.verify(req.token); }\nfunction other() { return limit(); }`,
    'check',
    {},
    ['jsonwebtoken default.verify'],
  ],
  [
    'a name for what another name was given',
    `${jwt}const check = (req) => jwt.verify(req.token);\nconst guard = check;`,
    'guard',
    {},
    ['jsonwebtoken default.verify'],
  ],
  [
    'what is handed to a maker, in arrays, objects and choices',
    "import a from 'a';\nimport b from 'b';\nimport c from 'c';\nimport d from 'd';",
    'd({ first: [a()], second: on ? b() : c() })',
    {},
    ['a default', 'b default', 'c default', 'd default'],
  ],
  [
    'what is handed to it inside a function of ours',
    "import store from 'own-store';\nimport session from 'session-kit';\nfunction sessions() { return session({ store: store() }); }",
    'sessions()',
    {},
    ['own-store default', 'session-kit default'],
  ],
  [
    'a function that is handed to a maker is looked through',
    "import wrap from 'wrap-kit';\nimport jwt from 'jsonwebtoken';\nfunction made() { return wrap((req) => jwt.verify(req.token)); }",
    'made()',
    {},
    ['jsonwebtoken default.verify', 'wrap-kit default'],
  ],
  [
    'a name of another file',
    "import { check } from './guards.js';",
    'check',
    {
      'src/guards.js': `${jwt}export const check = (req) => jwt.verify(req.token);\nexport const slow = limit();`,
    },
    ['jsonwebtoken default.verify'],
  ],
  [
    'the first file of a chain that says it',
    "import { one } from './1.js';",
    'one',
    {
      'src/1.js': "import { two } from './2.js';\nexport const one = () => two(process.env.A);",
      'src/2.js': "import { three } from './3.js';\nexport const two = () => three(process.env.A);",
      'src/3.js': "import { four } from './4.js';\nexport const three = () => four(process.env.A);",
      'src/4.js':
        "import four_ from 'fourth';\nimport { five } from './5.js';\nexport const four = () => five(four_());",
      'src/5.js': "import fifth from 'fifth';\nexport const five = () => fifth();",
    },
    ['fourth default'],
  ],
  [
    'one method of a class, made elsewhere',
    "import { guard } from './guard.js';",
    'guard.check',
    {
      'src/guard.js': "import { Guard } from './kind.js';\nexport const guard = new Guard(process.env.KEY);",
      'src/kind.js': `${jwt}export class Guard {\n  check(req) { jwt.verify(req.token); }\n  slow() { return limit(); }\n}`,
    },
    ['jsonwebtoken default.verify'],
  ],
  [
    'the whole of a class that is named without a method',
    "import { Guard } from './kind.js';",
    'new Guard()',
    {
      'src/kind.js': `${jwt}export class Guard {\n  check(req) { jwt.verify(req.token); }\n  slow() { return limit(); }\n}`,
    },
    ['express-rate-limit default', 'jsonwebtoken default.verify'],
  ],
  [
    'one method of a class in the same file',
    `${jwt}class Guard {\n  check(req) { jwt.verify(req.token); }\n  slow() { return limit(); }\n}`,
    'Guard.check',
    {},
    ['jsonwebtoken default.verify'],
  ],
  [
    'what a class extends',
    "import { AuthGuard } from 'auth-kit';\nclass Own extends AuthGuard {}",
    'Own',
    {},
    ['auth-kit AuthGuard'],
  ],
  [
    'a member of a namespace that is only named',
    "import * as kit from 'auth-kit';\nclass Own extends kit.Guard {}",
    'Own',
    {},
    ['auth-kit Guard'],
  ],
  [
    'a member that a class keeps',
    "import limit from 'express-rate-limit';\nimport helmet from 'helmet';\nclass Server {\n  constructor() {\n    this.limiter = limit();\n    this.headers = helmet();\n    this.app = express();\n    this.app.use(this.limiter);\n  }\n}\nnew Server();",
    'express.json()',
    {},
    ['express-rate-limit default'],
  ],
  [
    'a package that a module of ours requires and hands on',
    "const { verify } = require('./tokens');",
    'verify()',
    {
      'src/tokens.js':
        "const jwt = require('jsonwebtoken');\nconst limit = require('express-rate-limit');\nlimit();\nmodule.exports = jwt;",
    },
    ['jsonwebtoken verify'],
  ],
  [
    'CommonJS: another name for the function',
    "import requireLogin from './login.cjs';",
    'requireLogin',
    {
      'src/login.cjs':
        "const jwt = require('jsonwebtoken');\nconst limit = require('express-rate-limit');\nfunction requireLogin(req) { jwt.verify(req.token); }\nfunction slow() { return limit(); }\nmodule.exports = requireLogin;",
    },
    ['jsonwebtoken verify'],
  ],
  [
    'CommonJS: one of many exports',
    "import { check } from './guards.cjs';",
    'check',
    {
      'src/guards.cjs':
        "const jwt = require('jsonwebtoken');\nconst limit = require('express-rate-limit');\nexports.check = (req) => jwt.verify(req.token);\nexports.slow = limit();",
    },
    ['jsonwebtoken verify'],
  ],
  [
    'CommonJS: one method of what was made',
    "import { check } from './guard.cjs';",
    'check',
    {
      'src/guard.cjs': "const make = require('./make.cjs');\nmodule.exports = make(process.env.KEY);",
      'src/make.cjs':
        "const jwt = require('jsonwebtoken');\nconst limit = require('express-rate-limit');\nmodule.exports = class {\n  check(req) { jwt.verify(req.token); }\n  slow() { return limit(); }\n};",
    },
    ['jsonwebtoken verify'],
  ],
  [
    'a package of the workspace is looked into',
    "import { check } from '@acme/guards';",
    'check',
    {
      'packages/guards/package.json': '{"name":"@acme/guards","main":"index.js"}',
      'packages/guards/index.js': `${jwt}export const check = (req) => jwt.verify(req.token);\nexport const slow = limit();`,
    },
    ['jsonwebtoken default.verify'],
  ],
  [
    'a file of the repository that leads nowhere',
    "import { check } from './gone.js';\nclass Own extends check {}",
    'Own',
    {},
    [],
  ],
  [
    'a file that names only itself stands for all that it imports',
    "import { Card } from './plain';",
    'Card',
    {
      'src/plain.ts':
        "import { motion } from 'framer-motion';\nimport type { Own } from 'own-types';\nexport const Card = motion;",
    },
    ['framer-motion motion'],
  ],
  [
    'a function with several declarations: the one with the body',
    "import { check } from './guards.ts';",
    'check',
    {
      'src/guards.ts':
        "import jwt from 'jsonwebtoken';\nexport function check(req: string): void;\nexport function check(req: string) { jwt.verify(req); }",
    },
    ['jsonwebtoken default.verify'],
  ],
  [
    'functions that call each other',
    `${jwt}function a() { b(); }\nfunction b() { a(); jwt.verify(); }`,
    'a',
    {},
    ['jsonwebtoken default.verify'],
  ],
];

it.each(rows)('%s', async (_, head, value, files, expected) => {
  expect(await show(head, value, files)).toEqual(expected);
});

/** Values beside what the file imports, and what stands behind them. */
const kits =
  "import * as all from 'all-kit';\nimport one, { two } from 'one-kit';\nimport { guard, guards, Guard, made, listed, kept } from './own.js';\n";
const ownKit =
  "import three from 'three-kit';\nimport { four } from 'four-kit';\nexport const guard = (req) => three(req.body);\nexport class Guard {\n  check(req) { three.checked(req.body); }\n  slow() { four(); }\n}\nexport const made = new Guard();\nexport const guards = { check: three(), slow: four };\nexport const listed = [three(), four];\nconst left = four.left();\nexport { kept } from './kept.js';\n";
it.each<[string, string[]]>([
  ['one', ['one-kit default']],
  ['one()', ['one-kit default']],
  ['two({ on: true })', ['one-kit two']],
  ['all.in.deep()', ['all-kit in.deep']],
  ['new all.In()', ['all-kit In']],
  ['[one(), two]', ['one-kit default']],
  ['one({ first: two(), second: [all.x] })', ['all-kit x', 'one-kit default', 'one-kit two']],
  ['on ? one() : two()', ['one-kit default', 'one-kit two']],
  ['one() || two()', ['one-kit default', 'one-kit two']],
  ["one('two')", ['one-kit default']],
  ['(req) => { one(req); }', ['one-kit default']],
  ['(req) => { run(() => two(req)); }', ['one-kit two']],
  ['function named(req) { all.x(req); }', ['all-kit x']],
  ['guard', ['three-kit default']],
  ['guard()', ['three-kit default']],
  ['(req) => guard(req)', ['three-kit default']],
  ['one(guard)', ['one-kit default', 'three-kit default']],
  ['new Guard()', ['four-kit four', 'three-kit default.checked']],
  ['Guard', ['four-kit four', 'three-kit default.checked']],
  ['Guard.check', ['three-kit default.checked']],
  ['made.check', ['three-kit default.checked']],
  ['made.slow', ['four-kit four']],
  ['made', ['four-kit four', 'three-kit default.checked']],
  ['made.lost', ['four-kit four', 'three-kit default.checked']],
  ['guards.check', ['four-kit four', 'three-kit default']],
  ['guards', ['four-kit four', 'three-kit default']],
  ['listed', ['four-kit four', 'three-kit default']],
  ['kept', ['five-kit default']],
  ['kept.check', ['five-kit default']],
  ['lost', []],
  ['lost.one', []],
  ['() => lost()', []],
])('behind %s', async (value, expected) => {
  const files = {
    'src/own.js': ownKit,
    'src/kept.js':
      "import five from 'five-kit';\nconst made = () => five(process.env.A);\nexport const kept = made();\n",
  };
  expect(await show(kits, value, files)).toEqual(expected);
});

/** What a module of Nest puts in the place of a name. */
it.each<[string, string[]]>([
  ['{ provide: Tokens, useClass: Signed }', ['jsonwebtoken default.verify']],
  ['{ provide: Tokens, useExisting: Signed }', ['jsonwebtoken default.verify']],
  ['{ provide: Tokens, useFactory: () => jwt.sign(1) }', ['jsonwebtoken default.sign']],
  ['{ provide: Tokens, useValue: Signed }', []],
  ["{ provide: 'Tokens', useClass: Signed }", []],
  ['{ provide: Other, useClass: Signed }', []],
  ['Signed', []],
])('behind a name for which a module provides %s', async (provider, expected) => {
  const files = {
    'src/tokens.js': 'export class Tokens { check(req) { return req.body; } }\nexport class Other {}\n',
    'src/signed.js': "import jwt from 'jsonwebtoken';\nexport class Signed { check(req) { jwt.verify(req.body); } }\n",
    'src/app.module.js': `import { Module } from '@nestjs/common';\nimport jwt from 'jsonwebtoken';\nimport { Tokens, Other } from './tokens.js';\nimport { Signed } from './signed.js';\n@Module({ providers: [${provider}] })\nexport class AppModule {}\n`,
  };
  expect(await show("import { Tokens } from './tokens.js';", '(req) => Tokens.check(req)', files)).toEqual(expected);
});
