import { expect, it } from 'vitest';
import { app, asked, at } from './_asked.ts';

const logger = { 'src/log.js': "import pino from 'pino';\nexport const logger = pino();\n" };
const imports = "import { logger } from './log.js';\nimport { answer } from './answer.js';";
const console5 = Array.from({ length: 5 }, (_, i) => `  console.log('${i}');\n`).join('');
const answering = (file: string) => ({
  ...at(app("logger.info('up');\napp.use(answer);", imports.replace('./answer.js', file)), logger, ['pino']),
  [`src/${file.slice(2)}`]: `import express from 'express';\nexport const answer = express.Router().get('/a', (req, res) => {\n${console5}});\n`,
});

/** How much of the log is structured: what the files say, the answer and what shows it. */
it.each<[title: string, files: Record<string, string>, expected: string[]]>([
  [
    'requests are logged by the console, the start by the logger',
    answering('./answer.js'),
    [
      'no',
      'src/answer.js:3 console.log(…)',
      'src/answer.js:4 console.log(…)',
      'src/answer.js:5 console.log(…)',
      'src/index.js:5 logger.info(…)',
    ],
  ],
  [
    'what is written in the browser is no log of requests',
    answering('./entry.client.js'),
    ['yes', 'src/log.js:2 pino(…)', 'src/index.js:5 logger.info(…)'],
  ],
])('%s', async (_, files, expected) => {
  expect(await asked('logs-structured', { ask: 'mostly' }, files)).toEqual(expected);
});

it.each<[title: string, dependencies: string[], answer: string]>([
  ['a logger that is installed', ['pino'], 'yes'],
  ['what a tracer asks for beside it', ['@vercel/otel', '@opentelemetry/api-logs', '@opentelemetry/sdk-logs'], 'no'],
])('there is %s', async (_, dependencies, answer) => {
  const files = at(app("app.get('/a', (req, res) => res.send('a'));"), {}, dependencies);
  expect((await asked('logs-structured', { ask: 'exists' }, files))[0]).toBe(answer);
});

const logs = (
  statements: string,
  name = 'pino',
  imports = `import log from '${name}';`,
  more: Record<string, string> = {},
) => at(app(statements, imports), more, [name]);
const routeless = "app.set('a', 1);";
/** A program whose start logs, and a module that answers requests. */
const around = (
  { start, notes, script = '', head = '' }: { start: string; notes: string; script?: string; head?: string },
  dependencies: string[] = [],
) =>
  at(
    app(
      `app.use(answer);\n${start}`,
      "import { logger } from './log.js';\nimport { answer } from './notes.js';\nimport lines from 'lines';",
    ),
    {
      'src/log.js': "import pino from 'pino';\nexport const logger = pino();\n",
      'src/notes.js': `${head}import express from 'express'; import { logger } from './log.js';\nexport const answer = express.Router().get('/a', (req, res) => { ${notes} res.end(); });\n`,
      'scripts/a.js': `import { logger } from '../src/log.js';\n${script}\n`,
    },
    ['pino', 'lines', ...dependencies],
  );
const consoles = (count: number) => Array.from({ length: count }, (_, i) => `console.log('${i}');`).join('\n');
const route = (statement: string) => `app.get('/a', (req, res) => { ${statement} res.end(); });`;

it.each<[title: string, ask: 'exists' | 'used' | 'mostly', files: Record<string, string>, expected: string[]]>([
  ['a logger that is imported alone', 'used', logs(''), ['no']],
  [
    'a logger that is imported alone',
    'exists',
    logs(''),
    ['yes', 'package.json:1 declares pino', 'src/index.js:2 imports pino'],
  ],
  ...(['firebase-functions', 'firebase-functions/v2', 'firebase-functions/logger'] as const).map(
    (name): [string, 'used', Record<string, string>, string[]] => [
      `the logger of ${name}`,
      'used',
      at(
        app(
          route("logger.info('a', { at: 1 });"),
          name.endsWith('logger') ? `import * as logger from '${name}';` : `import { logger } from '${name}';`,
        ),
        {},
        ['firebase-functions'],
      ),
      ['yes', 'src/index.js:4 logger.info(…)'],
    ],
  ),
  [
    'a logger in code that nothing runs',
    'used',
    at(app(''), { 'src/idle.js': "import pino from 'pino';\npino().info(1);\n" }, ['pino']),
    ['no', 'src/idle.js:2 pino().info(…)', 'src/idle.js:2 pino(…)'],
  ],
  [
    'the console',
    'exists',
    at(app(`${consoles(4)}\n${route("console.error('a');")}`)),
    ['no', 'src/index.js:4 console.log(…)', 'src/index.js:5 console.log(…)', 'src/index.js:6 console.log(…)'],
  ],
  [
    'the console in a script',
    'exists',
    at(app("import '../scripts/a.js';"), { 'scripts/a.js': "console.log('a');\n" }),
    ['no'],
  ],
  ['a logger of lines of text', 'exists', logs("log.level = 'info';", 'loglevel'), ['no']],
  [
    'one of our own that writes JSON',
    'used',
    at(app(route("info('a');"), "import { info } from './logger.js';"), {
      'src/logger.js':
        "export const level = process.env.LEVEL;\nexport function info(message) {\n  console.log(JSON.stringify({ level: 'info', message }));\n}\n",
    }),
    ['yes', 'src/logger.js:3 logger of its own that writes JSON'],
  ],
  [
    'one of our own that writes to the stream',
    'used',
    at(app(route("info('a');"), "import { info } from './my-log.js';"), {
      'src/my-log.js':
        "export const level = process.env.LEVEL;\nexport function info(message) {\n  process.stdout.write(JSON.stringify({ severity: 'info', message }));\n}\n",
    }),
    ['yes', 'src/my-log.js:3 logger of its own that writes JSON'],
  ],
  [
    'one of our own that writes text',
    'used',
    at(app(route("info('a');"), "import { info } from './logger.js';"), {
      'src/logger.js':
        "export const level = process.env.LEVEL;\nexport function info(message) {\n  console.log('info', message);\n}\n",
    }),
    ['no'],
  ],
  [
    'one of our own that writes JSON without a level',
    'used',
    at(app(route("info('a');"), "import { info } from './logger.js';"), {
      'src/logger.js':
        'export const level = process.env.LEVEL;\nexport function info(message) {\n  console.log(JSON.stringify({ message }));\n}\n',
    }),
    ['no'],
  ],
  [
    'JSON in a file of another name',
    'used',
    at(app(route("info('a');"), "import { info } from './tell.js';"), {
      'src/tell.js':
        "export const level = process.env.LEVEL;\nexport function info(message) {\n  console.log(JSON.stringify({ level: 'info', message }));\n}\n",
    }),
    ['no'],
  ],
  [
    "Nest's, as JSON",
    'used',
    logs(
      `const logger = new ConsoleLogger({ json: true });\n${route('logger.log(1);')}`,
      '@nestjs/common',
      "import { ConsoleLogger } from '@nestjs/common';",
    ),
    ['yes', "src/index.js:4 Nest's logger with JSON"],
  ],
  [
    "Nest's, as text",
    'used',
    logs(
      `const logger = new ConsoleLogger({ timestamp: true });\n${route('logger.log(1);')}`,
      '@nestjs/common',
      "import { ConsoleLogger } from '@nestjs/common';",
    ),
    ['no'],
  ],
  [
    "Sentry's",
    'used',
    logs(route("Sentry.logger.error('a', { order: 1 });"), '@sentry/node', "import * as Sentry from '@sentry/node';"),
    ['yes', 'src/index.js:4 Sentry.logger.error(…)'],
  ],
  [
    "Sentry's other calls",
    'used',
    logs(route("Sentry.captureMessage('a');"), '@sentry/node', "import * as Sentry from '@sentry/node';"),
    ['no'],
  ],
  [
    'few lines on the console beside it',
    'mostly',
    logs(`const logger = log();\n${route('logger.info(1);')}\n${consoles(4)}`),
    ['yes', 'src/index.js:4 log(…)', 'src/index.js:5 logger.info(…)', 'src/index.js:5 logger.info(…)'],
  ],
  [
    "a class that extends Nest's logger and has it write JSON",
    'used',
    at(
      app("new Log().log('up');", "import { Log } from './log.js';"),
      {
        'src/log.js':
          "import { ConsoleLogger } from '@nestjs/common';\nexport class Log extends ConsoleLogger {\n  constructor() {\n    super({ json: process.env.NODE_ENV === 'production' });\n  }\n}\n",
      },
      ['@nestjs/common'],
    ),
    ['yes', "src/log.js:4 Nest's logger with JSON"],
  ],
  [
    'a class that extends something else and is told of JSON',
    'used',
    at(app("new Log().log('up');", "import { Log } from './log.js';"), {
      'src/log.js':
        "import { Parser } from './parser.js';\nexport class Log extends Parser {\n  constructor() {\n    super({ json: true });\n  }\n}\n",
      'src/parser.js': 'export class Parser {}\n',
    }),
    ['no'],
  ],
  [
    'more on the console than by it',
    'mostly',
    logs(`const logger = log();\n${route('logger.info(1);')}\n${consoles(6)}`),
    [
      'no',
      'src/index.js:6 console.log(…)',
      'src/index.js:7 console.log(…)',
      'src/index.js:8 console.log(…)',
      'src/index.js:4 log(…)',
      'src/index.js:5 logger.info(…)',
    ],
  ],
  [
    'as much on the console as by it',
    'mostly',
    logs(
      `const logger = log();\n${route('logger.info(1); logger.warn(1); logger.error(1); logger.debug(1); logger.child(1);')}\n${consoles(5)}`,
    ),
    [
      'yes',
      'src/index.js:4 log(…)',
      'src/index.js:5 logger.info(…)',
      'src/index.js:5 logger.info(…)',
      'src/index.js:5 logger.warn(…)',
    ],
  ],
  [
    'more lines by the logger than are shown',
    'used',
    logs(
      `const a = log();\n${route('a.info(1);')}\napp.set('b', log());\napp.set('c', log());\napp.set('d', log());\napp.set('e', log());`,
    ),
    ['yes', 'src/index.js:4 log(…)', 'src/index.js:5 a.info(…)', 'src/index.js:6 app.set(…)', 'src/index.js:6 log(…)'],
  ],
  [
    'more of the logger than is shown',
    'exists',
    logs(
      `const a = log();\n${route('a.info(1);')}\napp.set('b', log());\napp.set('c', log());\napp.set('d', log());\napp.set('e', log());`,
    ),
    ['yes', 'src/index.js:4 log(…)', 'src/index.js:5 a.info(…)', 'src/index.js:6 app.set(…)', 'src/index.js:6 log(…)'],
  ],
  [
    'the console in code that nothing runs',
    'exists',
    at(app(routeless), { 'src/idle.js': "import pg from 'pg';\nconsole.log(pg);\n" }, ['pg']),
    ['no'],
  ],
  [
    "Nest's, as JSON, by the name of its package",
    'used',
    logs(
      `const logger = new nest.ConsoleLogger({ json: true });\n${route('logger.log(1);')}`,
      '@nestjs/common',
      "import * as nest from '@nestjs/common';",
    ),
    ['yes', "src/index.js:4 Nest's logger with JSON"],
  ],
  [
    'the logger at the start alone, with more of it than is shown',
    'mostly',
    around({
      start: "logger.info('a');\nlogger.info('b');\nlogger.info('c');\nconsole.log('up');",
      notes: "console.log('a');",
    }),
    ['no', 'src/notes.js:2 console.log(…)', 'src/index.js:7 logger.info(…)', 'src/index.js:8 logger.info(…)'],
  ],
  [
    'the logger at the start and where requests are answered',
    'mostly',
    around({ start: "logger.info('a');", notes: "console.log('a'); logger.info('b');" }),
    ['yes', 'src/log.js:2 pino(…)', 'src/index.js:7 logger.info(…)', 'src/notes.js:2 logger.info(…)'],
  ],
  [
    'the logger in a file of the start that answers requests too',
    'mostly',
    around({ start: "app.get('/b', (req, res) => res.end());\nlogger.info('a');", notes: "console.log('a');" }),
    ['yes', 'src/log.js:2 pino(…)', 'src/index.js:8 logger.info(…)'],
  ],
  [
    'a log of requests that is led to the logger',
    'mostly',
    around({ start: "logger.info('a');\napp.use(lines('tiny', { stream: logger }));", notes: "console.log('a');" }),
    ['yes', 'src/log.js:2 pino(…)', 'src/index.js:7 logger.info(…)'],
  ],
  [
    'options that lead nothing to the logger',
    'mostly',
    around({ start: "logger.info('a');\napp.use(lines('tiny', { streams: logger }));", notes: "console.log('a');" }),
    ['no', 'src/notes.js:2 console.log(…)', 'src/index.js:7 logger.info(…)'],
  ],
  [
    'modules that are loaded by names made at run time',
    'mostly',
    around({ start: "logger.info('a');\nimport(process.argv[2]);", notes: "console.log('a');" }),
    ['yes', 'src/log.js:2 pino(…)', 'src/index.js:7 logger.info(…)'],
  ],
  [
    'a program on Fastify, which logs requests by its own',
    'mostly',
    around({ start: "logger.info('a');", notes: "console.log('a');" }, ['fastify']),
    ['yes', 'src/log.js:2 pino(…)', 'src/index.js:7 logger.info(…)'],
  ],
  [
    'a logger that scripts alone call as often as the console is',
    'mostly',
    around({
      start: "import('../scripts/a.js');",
      notes: `logger.info('a');\n${consoles(6)}`,
      script: Array.from({ length: 9 }, () => "logger.info('a');").join('\n'),
    }),
    [
      'no',
      'src/notes.js:3 console.log(…)',
      'src/notes.js:4 console.log(…)',
      'src/notes.js:5 console.log(…)',
      'src/log.js:2 pino(…)',
    ],
  ],
  [
    'what is rendered in the browser',
    'mostly',
    around({ start: "logger.info('a');", notes: `console.log('a');`, head: "'use client';\n" }),
    ['yes', 'src/log.js:2 pino(…)', 'src/index.js:7 logger.info(…)'],
  ],
  [
    'the console where it connects alone',
    'mostly',
    {
      ...answering('./answer.js'),
      'src/answer.js':
        "import './db.js';\nimport express from 'express';\nexport const answer = express.Router().get('/a', (req, res) => res.end());\n",
      'src/db.js': `export const db = 1;\n${consoles(4)}\n`,
    },
    ['yes', 'src/log.js:2 pino(…)', 'src/index.js:5 logger.info(…)'],
  ],
])('%s (%s)', async (_, ask, files, expected) => {
  expect(await asked('logs-structured', { ask }, files)).toEqual(expected);
});
