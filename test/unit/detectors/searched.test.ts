import { expect, it } from 'vitest';
import { detectors } from '../../../src/catalogue/detectors.ts';
import { app, at, understood } from './_asked.ts';

const bare = at(app("app.get('/a', (req, res) => res.end());"));
const reading = at(app("app.set('a', [process.env.A_KEY, process.env.B_KEY]);"));
const python = { 'requirements.txt': 'flask\n', 'app.py': 'import flask\napp = flask.Flask(__name__)\n' };
const cors = at(app('app.use(cors());', "import cors from 'cors';"), {}, ['cors']);
const pino = at(
  app(
    `const log = pino();\napp.get('/a', (req, res) => { log.info('a'); res.end(); });\n${'console.log(1);\n'.repeat(7)}`,
    "import pino from 'pino';",
  ),
  {},
  ['pino'],
);
const started = at(
  app(
    "logger.info('a');\napp.use(answer);",
    "import { logger } from './log.js';\nimport { answer } from './notes.js';",
  ),
  {
    'src/log.js': "import pino from 'pino';\nexport const logger = pino();\n",
    'src/notes.js':
      "import express from 'express';\nexport const answer = express.Router().get('/a', (req, res) => { console.log('a'); res.end(); });\n",
  },
  ['pino'],
);
const weak = at(app("app.use((req, res, next) => { res.set('Referrer-Policy', 'a'); next(); });"));
const template = { ...reading, '.env.example': 'A_KEY=\n' };
const leak = { ...bare, '.env': 'JWT_SECRET=q8Zr4Tn1Wb7Yk3Lm\n' };
const written = at(app("app.set('a', jwt.sign({}, 'mySigningKey'));", "import jwt from 'jsonwebtoken';"));
const beside = { ...bare, 'web/index.html': '' };

/** What a finding says was looked for where nothing, or too little, was found; why it could not be told. */
it.each<[detector: string, options: object, files: Record<string, string>, expected: string]>([
  ['checks-variables', { ask: 'reads' }, bare, 'no: api: variables read by its code'],
  [
    'checks-variables',
    { ask: 'exists' },
    reading,
    'no: api: a schema over the environment, or checks that throw or exit',
  ],
  [
    'checks-variables',
    { ask: 'runs' },
    reading,
    'no: api: a schema over the environment, or checks that throw or exit',
  ],
  ['checks-variables', { ask: 'covers' }, reading, 'no: api: checks of A_KEY, B_KEY'],
  ['names-variables', { ask: 'reads' }, bare, 'no: api: variables read by code, compose or schema'],
  [
    'names-variables',
    { ask: 'template' },
    reading,
    'no: api: .env.example, .env.sample, .env.template and their kin, here and above',
  ],
  ['names-variables', { ask: 'all' }, template, 'no: api: B_KEY in a template'],
  [
    'committed-secrets',
    { without: 'live' },
    leak,
    'no: tracked files: private keys, tokens of known services, environment files with secrets',
  ],
  [
    'committed-secrets',
    { without: 'hard-coded' },
    written,
    'no: code that runs and its configuration: signing secrets and passwords written out',
  ],
  ['allows-origins', { ask: 'set' }, bare, 'no: api: a CORS policy, or an Access-Control-Allow-Origin header'],
  ['allows-origins', { ask: 'registered' }, bare, 'no: api: a CORS policy, or an Access-Control-Allow-Origin header'],
  ['allows-origins', { ask: 'explicit' }, cors, 'no: api: a list of origins'],
  ['called-across-origins', {}, beside, 'no: api: browser apps that call it at an address of its own'],
  [
    'sends-headers',
    { ask: 'defined' },
    bare,
    'no: api: helmet and its kin, header calls, framework, platform and proxy headers',
  ],
  [
    'sends-headers',
    { ask: 'any' },
    bare,
    'no: api: helmet and its kin, header calls, framework, platform and proxy headers',
  ],
  ['sends-headers', { ask: 'strong' }, weak, 'no: api: HSTS or CSP, together with nosniff or frame rules'],
  [
    'caches-answers',
    { ask: 'exists' },
    bare,
    'no: api: a cache client on request paths, Cache-Control, revalidation, a caching proxy',
  ],
  [
    'caches-answers',
    { ask: 'used' },
    bare,
    'no: api: a cache client on request paths, Cache-Control, revalidation, a caching proxy',
  ],
  [
    'logs-structured',
    { ask: 'exists' },
    bare,
    "no: api: a structured logger (pino, winston, bunyan and their kin, Nest's with JSON) in code that runs",
  ],
  [
    'logs-structured',
    { ask: 'used' },
    bare,
    "no: api: a structured logger (pino, winston, bunyan and their kin, Nest's with JSON) in code that runs",
  ],
  ['logs-structured', { ask: 'mostly' }, pino, 'no: api: more by the logger (1) than by console (7)'],
  [
    'logs-structured',
    { ask: 'mostly' },
    started,
    'no: api: the logger in code that answers requests, not only where the program starts',
  ],
  ['logs-requests', { ask: 'exists' }, bare, 'no: api: middleware, interceptors and servers that log each request'],
  ['logs-requests', { ask: 'each' }, bare, 'no: api: middleware, interceptors and servers that log each request'],
  ['logs-requests', { ask: 'each' }, python, 'unknown: root is written in python, whose code is not read'],
  ['writes-metrics', {}, bare, 'no: api: metrics written as text'],
])('%s %j', async (name, options, files, expected) => {
  const model = await understood(files);
  const detector = detectors.get(name)!;
  const { answer, searched, reason } = detector.judge(model, model.components[0]!, detector.options.parse(options));
  expect(`${answer}: ${[...searched, reason].join('')}`).toEqual(expected);
});
