import { expect, it } from 'vitest';
import { app, asked, at } from './_asked.ts';

/** Something written here: what the files say, whether it is there, and whether anything that runs uses it. */
const limiter = 'export function rateLimit(req, res, next) {\n  next();\n}\n';
const used = (name: string, statements: string, text: string, file = 'src/middleware/limit.js') =>
  at(app(statements, `import { ${name} } from './${file.slice(4)}';`), { [file]: text });

it.each<[title: string, files: Record<string, string>, expected: string[][], does?: string]>([
  [
    'a function that calls another no more than so often',
    used(
      'throttle',
      'throttle(console.log, 100);',
      'export const throttle = (run, ms) => () => setTimeout(run, ms);\n',
    ),
    [['no'], ['no']],
  ],
  [
    'used before every route',
    used('rateLimit', 'app.use(rateLimit);', limiter),
    [
      ['yes', 'src/middleware/limit.js:1 defines rateLimit'],
      ['yes', 'src/index.js:4 app.use(…)'],
    ],
  ],
  [
    'used before a route',
    used('rateLimit', "app.get('/a', rateLimit, (req, res) => res.end());", limiter),
    [
      ['yes', 'src/middleware/limit.js:1 defines rateLimit'],
      ['yes', 'src/index.js:4 app.get(…)'],
    ],
  ],
  [
    'called',
    used('rateLimit', 'rateLimit(app);', limiter),
    [
      ['yes', 'src/middleware/limit.js:1 defines rateLimit'],
      ['yes', 'src/index.js:4 rateLimit(…)'],
    ],
  ],
  [
    'made by a call',
    used(
      'createRateLimiter',
      'app.use(createRateLimiter());',
      'export const createRateLimiter = () => (req, res, next) => next();\n',
    ),
    [
      ['yes', 'src/middleware/limit.js:1 defines createRateLimiter'],
      ['yes', 'src/index.js:4 app.use(…)', 'src/index.js:4 createRateLimiter(…)'],
    ],
  ],
  [
    'a method of a class of that name, handed on by a wrapper',
    at(
      app(
        "const adapt = (run) => async (req, res, next) => ((await run(req)) ? next() : res.status(429).end());\napp.get('/a', adapt(rateLimiter.limit({ max: 5 })), (req, res) => res.end());",
        "import rateLimiter from './limit.js';",
      ),
      {
        'src/limit.js':
          'class RateLimiter {\n  limit = ({ max }) => async (req) => req.headers.length < max;\n}\nexport default new RateLimiter();\n',
      },
    ),
    [
      ['yes', 'src/limit.js:2 defines limit'],
      ['yes', 'src/index.js:5 app.get(…)', 'src/index.js:5 adapt(…)', 'src/index.js:5 rateLimiter.limit(…)'],
    ],
  ],
  [
    'used by nothing',
    at(app('', "import './middleware/limit.js';"), { 'src/middleware/limit.js': limiter }),
    [
      ['yes', 'src/middleware/limit.js:1 defines rateLimit'],
      ['no', 'src/middleware/limit.js:1 defines rateLimit'],
    ],
  ],
  [
    'in a file that nothing loads',
    at(app(''), { 'src/middleware/limit.js': limiter }),
    [
      ['yes', 'src/middleware/limit.js:1 defines rateLimit'],
      ['no', 'src/middleware/limit.js:1 defines rateLimit'],
    ],
  ],
  [
    'as a guard',
    used(
      'apiThrottlerGuard',
      'app.use(apiThrottlerGuard);',
      'export const apiThrottlerGuard = (req, res, next) => next();\n',
    ),
    [
      ['yes', 'src/middleware/limit.js:1 defines apiThrottlerGuard'],
      ['yes', 'src/index.js:4 app.use(…)'],
    ],
  ],
  [
    'that only names an error',
    used('rateLimitError', 'app.use(rateLimitError);', 'export const rateLimitError = (req, res, next) => next();\n'),
    [['no'], ['no']],
  ],
  ['of the schemas', used('rateLimit', 'app.use(rateLimit);', limiter, 'src/middleware/schemas.js'), [['no'], ['no']]],
  [
    'of a package',
    at(app('app.use(rateLimit());', "import { rateLimit } from 'express-rate-limit';"), {}, ['express-rate-limit']),
    [['no'], ['no']],
  ],
  [
    'of a package, beside one of ours',
    at(
      app('app.use(rateLimit());', "import { rateLimit } from 'express-rate-limit';\nimport './middleware/limit.js';"),
      { 'src/middleware/limit.js': limiter },
      ['express-rate-limit'],
    ),
    [
      ['yes', 'src/middleware/limit.js:1 defines rateLimit'],
      ['no', 'src/middleware/limit.js:1 defines rateLimit'],
    ],
  ],
  [
    'requests logged',
    used(
      'requestLogger',
      'app.use(requestLogger);',
      'export const requestLogger = (req, res, next) => {\n  console.log(req.url);\n  next();\n};\n',
    ),
    [
      ['yes', 'src/middleware/limit.js:1 defines requestLogger'],
      ['yes', 'src/index.js:4 app.use(…)'],
    ],
    'request-logger',
  ],
  [
    'requests logged, by another name',
    used('logRequest', 'app.use(logRequest);', 'export function logRequest(req, res, next) {\n  next();\n}\n'),
    [
      ['yes', 'src/middleware/limit.js:1 defines logRequest'],
      ['yes', 'src/index.js:4 app.use(…)'],
    ],
    'request-logger',
  ],
  [
    'a logger of something else',
    used('logger', 'app.use(logger);', 'export const logger = (req, res, next) => next();\n'),
    [['no'], ['no']],
    'request-logger',
  ],
  [
    'limits where logging is asked',
    used('rateLimit', 'app.use(rateLimit);', limiter),
    [['no'], ['no']],
    'request-logger',
  ],
])('%s', async (_, files, expected, does = 'rate-limiter') => {
  expect([
    await asked('own-function', { does }, files),
    await asked('own-function', { does, called: true }, files),
  ]).toEqual(expected);
});

const routes = ['notes', 'tags', 'users', 'teams'].map((name) => `app.post('/${name}', (req, res) => res.end());`);
/** A limiter asked in middleware for some addresses alone, or for all. */
const guarded = (condition: string, list = "['/notes']") =>
  at(
    app(
      [
        `const limited = new Set(${list});`,
        `app.use((req, res, next) => {\n  if (${condition}) {\n    if (!rateLimit(req)) return res.status(429).end();\n  }\n  next();\n});`,
        ...routes,
      ].join('\n'),
      'const rateLimit = (req) => req.ip !== null;',
    ),
  );
it.each<[title: string, files: Record<string, string>, expected: string[]]>([
  [
    'for one address of four',
    guarded('limited.has(req.path)'),
    ['no', 'src/index.js:12 POST /tags is not in the list', 'src/index.js:7 rateLimit(…)'],
  ],
  [
    'for most addresses',
    guarded('limited.has(req.path)', "['/notes', '/tags', '/users']"),
    ['yes', 'src/index.js:7 rateLimit(…)'],
  ],
  ['for whoever is not known', guarded('!req.user'), ['yes', 'src/index.js:7 rateLimit(…)']],
])('a limiter asked %s', async (_, files, expected) =>
  expect(await asked('own-function', { does: 'rate-limiter', called: true, share: 0.6 }, files)).toEqual(expected),
);
