import { describe, expect, it } from 'vitest';
import { app, asked, at } from './_asked.ts';

const answer = async (ask: 'exists' | 'used' | 'mostly', files: Record<string, string>): Promise<string> =>
  (await asked('logs-structured', { ask }, files))[0]!.replace(/:.*/, '');
const lines = (count: number, call = 'console.log') =>
  Array.from({ length: count }, (_, i) => `  ${call}('${i}');\n`).join('');

describe('a console in a module of its own', () => {
  const logger = { 'src/log.js': "import pino from 'pino';\nexport const logger = pino();\n" };
  /** The program logs its start; a module that answers a request writes to the console. */
  const module = (path: string, call = 'console.log', count = 5) => ({
    ...at(
      app(
        "logger.info('up');\napp.use(answer);",
        `import { logger } from './log.js';\nimport { answer } from './${path}';`,
      ),
      logger,
      ['pino'],
    ),
    [`src/${path}`]: `import express from 'express';\nexport const answer = express.Router().get('/a', (req, res) => {\n${lines(count, call)}});\n`,
  });
  it.each<[string, string]>([
    ['answer.js', 'no'],
    ['scripting/answer.js', 'no'],
    ['cabin/answer.js', 'no'],
    ['clients.js', 'no'],
    ['scripts/answer.js', 'yes'],
    ['script/answer.js', 'yes'],
    ['bin/answer.js', 'yes'],
    ['cli/answer.js', 'yes'],
    ['tools/answer.js', 'yes'],
    ['tool/answer.js', 'yes'],
    ['migrations/answer.js', 'yes'],
    ['migration/answer.js', 'yes'],
    ['seeds/answer.js', 'yes'],
    ['seed/answer.js', 'yes'],
    ['client/answer.js', 'yes'],
    ['clients/answer.js', 'no'],
    ['frontend/answer.js', 'yes'],
    ['public/answer.js', 'yes'],
    ['components/answer.js', 'yes'],
    ['hooks/answer.js', 'yes'],
    ['answer.client.js', 'yes'],
    ['answer.client.mjs', 'yes'],
    ['deep/client.jsx', 'yes'],
    ['logging.js', 'yes'],
  ])('%s: is most of the log structured: %s', async (path, expected) => {
    expect(await answer('mostly', module(path))).toBe(expected);
  });
  it.each<[string, string]>([
    ['console.log', 'no'],
    ['console.info', 'no'],
    ['console.warn', 'no'],
    ['console.error', 'no'],
    ['console.debug', 'no'],
    ['console.table', 'yes'],
    ['console.errors', 'yes'],
    ['myconsole.log', 'yes'],
    ['my.console.log', 'yes'],
  ])('by %s: %s', async (call, expected) => {
    expect(await answer('mostly', module('answer.js', call))).toBe(expected);
  });
  it.each<[string, string]>([
    ['express-pino-logger', 'yes'],
    ['pino-http', 'yes'],
    ['express-winston', 'yes'],
    ['hono-pino', 'yes'],
    ['express-bunyan-logger', 'yes'],
    ['some-request-logger', 'yes'],
    ['pino-pretty', 'no'],
  ])('beside %s: %s', async (name, expected) => {
    const files = module('answer.js', 'console.log', 4);
    const index = files['src/index.js']!.replace('import { logger }', `import '${name}';\nimport { logger }`);
    const manifest = files['package.json']!.replace('"pino":', `"${name}":"1","pino":`);
    expect(await answer('mostly', { ...files, 'src/index.js': index, 'package.json': manifest })).toBe(expected);
  });

  /** Requests are answered in the entry's own module; the console speaks elsewhere. */
  const connecting = (path: string) => ({
    ...at(
      app(
        "app.get('/a', answer);\nstart();",
        `import { start } from './${path}';\nimport { answer } from './answer.js';\nimport { logger } from './log.js';`,
      ),
      logger,
      ['pino'],
    ),
    'src/answer.js':
      "import { logger } from './log.js';\nexport const answer = (req, res) => { console.log('a'); res.end(); };\n",
    [`src/${path}`]: `import { logger } from './log.js';\nexport const start = () => {\n  logger.info('a');\n${lines(5)}};\n`,
  });
  it.each<[string, string]>([
    ['db.js', 'no'],
    ['my-db.js', 'no'],
    ['db-pool.ts', 'no'],
    ['mongo.mjs', 'no'],
    ['mongoose.cjs', 'no'],
    ['sequelize.js', 'no'],
    ['prisma-client.js', 'no'],
    ['redis.js', 'no'],
    ['connection.js', 'no'],
    ['connect.js', 'no'],
    ['server.js', 'no'],
    ['the-connector.cjs', 'no'],
    ['database.mts', 'no'],
    ['logging.js', 'no'],
    ['mylogger2.ts', 'no'],
  ])('%s is where it connects, which says nothing of requests: %s', async (path, expected) => {
    const shown = await asked('logs-structured', { ask: 'mostly' }, connecting(path));
    expect([shown[0], shown[1]]).toEqual([expected, 'src/answer.js:2 console.log(…)']);
  });
});

describe('a logger by its name', () => {
  const level = 'log,info,warn,warning,error,debug,trace,fatal,verbose,http,silly,notice,child'.split(',');
  const called = (callee: string) => {
    const name = callee.split('.')[0]!.replace('()', '');
    const made = callee.includes('()')
      ? 'const made = pino();\nexport const NAME = () => made;'
      : 'export const NAME = pino();';
    return at(
      app(
        `app.get('/a', (req, res) => {\n${lines(5)}${lines(6, callee)}res.end(); });`,
        `import { ${name} } from './log.js';`,
      ),
      { 'src/log.js': `import pino from 'pino';\n${made.replace('NAME', name)}\n` },
      ['pino'],
    );
  };
  it.each([
    ...level.map((name) => [`logger.${name}`, 'yes']),
    ...['log', 'logging', 'winston', 'bunyan', 'consola', 'tslog', 'myLogger', 'my.log', 'my.logger'].map((name) => [
      `${name}.info`,
      'yes',
    ]),
    ['logger().info', 'yes'],
    ['logger.infos', 'no'],
    ['logger.inform', 'no'],
    ['catalog.info', 'no'],
    ['loggers.info', 'no'],
    ['blog.info', 'no'],
  ])('%s counts: %s', async (callee, expected) => {
    expect(await answer('mostly', called(callee!))).toBe(expected);
  });
});

describe('a logger of the repository that writes JSON', () => {
  const own = (text: string, path = 'log.js') => ({
    ...at(app("app.get('/a', (req, res) => { write('a'); res.end(); });", `import { write } from './${path}';`)),
    [`src/${path}`]: `const least = process.env.LEVEL;\n${text}`,
  });
  const json = (call: string) => `export const write = (text) => ${call}(JSON.stringify({ level: 'info', text }));\n`;
  it.each<[string, string]>([
    ...['console.log', 'console.info', 'console.error', 'console.warn', 'console.debug', 'process.stdout.write'].map(
      (call): [string, string] => [json(call), 'yes'],
    ),
    [json('console.table'), 'no'],
    [json('my.console.log'), 'no'],
    [json('process.stdout.writer'), 'no'],
    [json('console.log').replace('level', 'severity'), 'yes'],
    [json('console.log').replace('level', 'rank'), 'no'],
    [json('console.log').replace('JSON.stringify', 'format'), 'no'],
    ["console.log(JSON.stringify({ level: 'info' }));\nexport const write = () => {};\n", 'yes'],
  ])('%s: %s', async (text, expected) => {
    expect(await answer('used', own(text))).toBe(expected);
  });
  it.each<[string, string]>([
    ['logger.js', 'yes'],
    ['Log.js', 'yes'],
    ['audit.js', 'no'],
    ['log/write.js', 'no'],
  ])('in %s: %s', async (path, expected) => {
    expect(await answer('used', own(json('console.log'), path))).toBe(expected);
  });
  it.each<[string, string]>([
    [
      "import { ConsoleLogger } from '@nestjs/common';\nexport const write = new ConsoleLogger({ json: true });\n",
      'yes',
    ],
    [
      "import { ConsoleLogger } from '@nestjs/common';\nexport const write = new ConsoleLogger({ colors: true });\n",
      'no',
    ],
    ["import { ConsoleLogger } from '@nestjs/common';\nexport const write = new ConsoleLogger();\n", 'no'],
    [
      "import { ConsoleLoggers } from '@nestjs/common';\nexport const write = new ConsoleLoggers({ json: true });\n",
      'no',
    ],
    [
      "import { ConsoleLogger } from '@nestjs/common';\nclass Own extends ConsoleLogger { constructor() { super({ json: true }); } }\nexport const write = new Own();\n",
      'yes',
    ],
    [
      "import { Base } from '@nestjs/common';\nclass Own extends Base { constructor() { super({ json: true }); } }\nexport const write = new Own();\n",
      'no',
    ],
    ["import * as Sentry from '@sentry/node';\nexport const write = (t) => Sentry.logger.error(t);\n", 'yes'],
    ["import * as Sentry from '@sentry/node';\nexport const write = (t) => Sentry.logger.flush(t);\n", 'no'],
    ["import * as Sentry from '@other/node';\nexport const write = (t) => Sentry.logger.error(t);\n", 'no'],
  ])('%s: %s', async (text, expected) => {
    expect(await answer('used', own(text))).toBe(expected);
  });
});
