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
