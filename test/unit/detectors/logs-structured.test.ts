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
