import { describe, expect, it } from 'vitest';
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

describe('names of what is written here', () => {
  const named = async (does: string, name: string) =>
    (
      await asked(
        'own-function',
        { does },
        used(name, `app.use(${name});`, `export function ${name}(req, res, next) {}\n`),
      )
    )[0];
  it.each([
    'rateLimit',
    'rateLimits',
    'rate_limit',
    'ratelimit',
    'rateLimiter',
    'rateLimited',
    'rateLimiting',
    'checkRateLimit',
    'check_rate_limit',
    'applyRateLimit',
    'enforceRateLimit',
    'withRateLimit',
    'useRateLimit',
    'isRateLimited',
    'createRateLimiter',
    'getRateLimiter',
    'apiRateLimit',
    'api_rate_limit',
    'ipRateLimit',
    'userRateLimit',
    'checkIpRateLimit',
    'throttler',
    'throttleRequest',
    'throttleRequests',
    'rateLimitMiddleware',
    'rate_limit_middleware',
    'rateLimitGuard',
    'rateLimitCheck',
    'rateLimitHandler',
    'rateLimitRequest',
    'rateLimitByIp',
    'rateLimitByKey',
  ])('a limiter: %s', async (name) => expect(await named('rate-limiter', name)).toBe('yes'));
  it.each([
    'rateLimitError',
    'rateLimitOptions',
    'myRateLimit',
    'rateLimitStore',
    'rateLimitBy',
    'rate__limit',
    'rateLimitBys2ms'.replace('Bys2ms', 'Bucket'),
    'throttleCalls',
    'uncheckedRateLimit',
    'limit',
  ])('no limiter: %s', async (name) => expect(await named('rate-limiter', name)).toBe('no'));
  it.each([
    'httpLogger',
    'requestLogger',
    'reqLog',
    'accessLogging',
    'http_logger',
    'requestLoggerMiddleware',
    'request_logger_middleware',
    'httpLoggerInterceptor',
    'logRequest',
    'logRequests',
    'logHttpRequest',
    'log_http_request',
    'loggingMiddleware',
    'logInterceptor',
    'loggingInterceptor',
  ])('a log of requests: %s', async (name) => expect(await named('request-logger', name)).toBe('yes'));
  it.each([
    'logger',
    'httpLoggers',
    'myHttpLogger',
    'logRequested',
    'relogRequest',
    'requestLoggerOptions',
    'logError',
  ])('no log of requests: %s', async (name) => expect(await named('request-logger', name)).toBe('no'));
  it.each<[file: string, expected: string]>([
    ['src/middleware/schema.js', 'no'],
    ['src/middleware/schemas/limit.js', 'no'],
    ['src/middleware/limit.types.js', 'no'],
    ['src/middleware/type/limit.js', 'no'],
    ['src/middleware/sdk/limit.js', 'no'],
    ['src/middleware/api-client.js', 'no'],
    ['src/middleware/generated/limit.js', 'no'],
    ['src/middleware/models/limit.js', 'no'],
    ['src/middleware/model_limit.js', 'no'],
    ['src/middleware/clients.js', 'yes'],
    ['src/middleware/mytypes.js', 'yes'],
    ['src/middleware/remodel.js', 'yes'],
  ])('in %s: %s', async (file, expected) => {
    const files = used('rateLimit', 'app.use(rateLimit);', limiter, file);
    expect((await asked('own-function', { does: 'rate-limiter', called: true }, files))[0]).toBe(expected);
  });
  it.each<[param: string, name: string, expected: string]>([
    ['f', 'throttle', 'no'],
    ['fn', 'throttle', 'no'],
    ['func', 'throttle', 'no'],
    ['function_', 'throttle', 'yes'],
    ['callback', 'throttle', 'no'],
    ['cb', 'throttle', 'no'],
    ['run', 'throttle', 'no'],
    ['action', 'throttle', 'no'],
    ['method', 'throttle', 'no'],
    ['task', 'throttle', 'no'],
    ['Task', 'Throttle', 'no'],
    ['request', 'throttle', 'yes'],
    ['tasks', 'throttle', 'yes'],
    ['mytask', 'throttle', 'yes'],
    ['fn', 'throttler', 'yes'],
    ['', 'throttle', 'yes'],
  ])('given (%s), %s: %s', async (param, name, expected) => {
    const files = used(name, `app.use(${name}(next));`, `export function ${name}(${param}) {}\n`);
    expect((await asked('own-function', { does: 'rate-limiter', called: true }, files))[0]).toBe(expected);
  });
  const object = (cls: string, method: string, use: string, from = 'export default new Own();') =>
    at(app(use, "import limiter, { rateLimiter, other } from './middleware/limit.js';"), {
      'src/middleware/limit.js': `class ${cls} {\n  ${method}(req) {}\n}\nconst Own = ${cls};\nexport const rateLimiter = new Own();\nexport const other = new Own();\n${from}\n`,
    });
  it.each<[cls: string, method: string, use: string, expected: string[]]>([
    ['RateLimiter', 'limit', 'rateLimiter.limit(1);', ['yes', 'src/index.js:4 rateLimiter.limit(…)']],
    ['RateLimiter', 'check', 'rateLimiter.check(1);', ['yes', 'src/index.js:4 rateLimiter.check(…)']],
    ['RateLimiter', 'consume', 'rateLimiter.consume(1);', ['yes', 'src/index.js:4 rateLimiter.consume(…)']],
    ['RateLimiter', 'protect', 'app.use(rateLimiter.protect);', ['yes', 'src/index.js:4 app.use(…)']],
    ['RateLimiter', 'apply', 'rateLimiter.apply(app);', ['yes', 'src/index.js:4 rateLimiter.apply(…)']],
    [
      'RateLimiter',
      'middleware',
      'app.use(rateLimiter.middleware());',
      ['yes', 'src/index.js:4 app.use(…)', 'src/index.js:4 rateLimiter.middleware(…)'],
    ],
    ['RateLimiter', 'handle', 'app.use(rateLimiter.handle);', ['yes', 'src/index.js:4 app.use(…)']],
    ['RateLimiter', 'handler', 'app.use(rateLimiter.handler);', ['no']],
    ['RateLimiter', 'unlimit', 'rateLimiter.unlimit(1);', ['no']],
    ['RateLimiter', 'check', 'other.check(1);', ['no', 'src/middleware/limit.js:2 defines check']],
    ['Keeper', 'check', 'rateLimiter.check(1);', ['no']],
    ['RateLimiter', 'check', 'check(1);', ['no', 'src/middleware/limit.js:2 defines check']],
    ['RequestLogger', 'check', 'rateLimiter.check(1);', ['no']],
  ])('%s has %s, and %s', async (cls, method, use, expected) => {
    expect(await asked('own-function', { does: 'rate-limiter', called: true }, object(cls, method, use))).toEqual(
      expected,
    );
  });
});

describe('a limiter that some routes ask', () => {
  const limited = (...asking: string[]) =>
    at(
      app(
        ['notes', 'tags', 'users', 'teams']
          .map((name) => `app.post('/${name}', ${asking.includes(name) ? 'rateLimit, ' : ''}(req, res) => res.end());`)
          .join('\n'),
        "import { rateLimit } from './middleware/limit.js';",
      ),
      { 'src/middleware/limit.js': limiter },
    );
  const answer = (files: Record<string, string>, share = 0.5) =>
    asked('own-function', { does: 'rate-limiter', called: true, share }, files);
  it.each<[names: string[], share: number, expected: string[]]>([
    [
      ['notes'],
      0.5,
      ['no', 'src/index.js:5 POST /tags does not ask it: 1 of 4 routes do', 'src/index.js:4 app.post(…)'],
    ],
    [['notes', 'tags'], 0.5, ['yes', 'src/index.js:4 app.post(…)', 'src/index.js:5 app.post(…)']],
    [
      ['tags', 'users', 'teams'],
      0.8,
      [
        'no',
        'src/index.js:4 POST /notes does not ask it: 3 of 4 routes do',
        'src/index.js:5 app.post(…)',
        'src/index.js:6 app.post(…)',
        'src/index.js:7 app.post(…)',
      ],
    ],
    [
      ['notes', 'tags', 'users', 'teams'],
      1,
      [
        'yes',
        'src/index.js:4 app.post(…)',
        'src/index.js:5 app.post(…)',
        'src/index.js:6 app.post(…)',
        'src/index.js:7 app.post(…)',
      ],
    ],
    [['notes'], 0, ['yes', 'src/index.js:4 app.post(…)']],
    [[], 0.5, ['no', 'src/middleware/limit.js:1 defines rateLimit']],
  ])('%j of four, where %d is asked', async (names, share, expected) => {
    expect(await answer(limited(...names), share)).toEqual(expected);
  });
  it.each<[title: string, files: Record<string, string>, expected: string[]]>([
    [
      'within the handlers',
      at(
        app(
          "app.post('/a', (req, res) => { if (!rateLimit(req)) return res.status(429).end(); res.end(); });\napp.post('/b', (req, res) => res.end());\napp.post('/c', (req, res) => res.end());",
          "import { rateLimit } from './middleware/limit.js';",
        ),
        { 'src/middleware/limit.js': limiter },
      ),
      ['no', 'src/index.js:5 POST /b does not ask it: 1 of 3 routes do', 'src/index.js:4 rateLimit(…)'],
    ],
    [
      'within a wrapper',
      at(
        app(
          "app.post('/a', guard((req, res) => res.end()));\napp.post('/b', (req, res) => res.end());\napp.post('/c', (req, res) => res.end());",
          "import { guard } from './middleware/guard.js';",
        ),
        {
          'src/middleware/limit.js': limiter,
          'src/middleware/guard.js':
            "import { rateLimit } from './limit.js';\nexport const guard = (run) => (req, res, next) => rateLimit(req, res, () => run(req, res));\n",
        },
      ),
      ['yes', 'src/middleware/guard.js:2 rateLimit(…)'],
    ],
    [
      'for all at once',
      at(
        app(
          "app.use(rateLimit);\napp.post('/a', (req, res) => res.end());\napp.post('/b', (req, res) => res.end());",
          "import { rateLimit } from './middleware/limit.js';",
        ),
        { 'src/middleware/limit.js': limiter },
      ),
      ['yes', 'src/index.js:4 app.use(…)'],
    ],
    [
      'and there is no route',
      at(app('app.use(rateLimit);', "import { rateLimit } from './middleware/limit.js';"), {
        'src/middleware/limit.js': limiter,
      }),
      ['yes', 'src/index.js:4 app.use(…)'],
    ],
  ])('%s', async (_, files, expected) => expect(await answer(files)).toEqual(expected));
  it.each<[condition: string, list: string, expected: string[]]>([
    ['limited.has(req.path)', "['/notes', '/tags', '/users', '/teams']", ['yes', 'src/index.js:7 rateLimit(…)']],
    [
      'limited.has( req.pathname )',
      "['/notes']",
      ['no', 'src/index.js:12 POST /tags is not in the list', 'src/index.js:7 rateLimit(…)'],
    ],
    [
      'limited.has(path)',
      "['/notes']",
      ['no', 'src/index.js:12 POST /tags is not in the list', 'src/index.js:7 rateLimit(…)'],
    ],
    ['limited.has(req.originalUrl)', "['/notes']", ['yes', 'src/index.js:7 rateLimit(…)']],
    ['other.has(req.path)', "['/notes']", ['yes', 'src/index.js:7 rateLimit(…)']],
    ['limited.has(req.path)', "['/notes', `/tags`]", ['yes', 'src/index.js:7 rateLimit(…)']],
    ['limited.has(req.path)', '["/notes", "/tags"]', ['yes', 'src/index.js:7 rateLimit(…)']],
    ['limited.has(req.path)', 'listOf(1)', ['yes', 'src/index.js:7 rateLimit(…)']],
  ])('for the addresses of a list: %s of %s', async (condition, list, expected) => {
    expect(await answer(guarded(condition, list))).toEqual(expected);
  });
  it.each<[declaration: string, expected: string[]]>([
    [
      "const limited = ['/notes'];",
      ['no', 'src/index.js:12 POST /tags is not in the list', 'src/index.js:7 rateLimit(…)'],
    ],
    [
      "const limited: string[] = ['/notes'];",
      ['no', 'src/index.js:12 POST /tags is not in the list', 'src/index.js:7 rateLimit(…)'],
    ],
    [
      "const limited = new Set<string>(['/notes']);",
      ['no', 'src/index.js:12 POST /tags is not in the list', 'src/index.js:7 rateLimit(…)'],
    ],
    [
      "const limited = new Set( [\n'/notes',\n]);",
      ['no', 'src/index.js:14 POST /tags is not in the list', 'src/index.js:9 rateLimit(…)'],
    ],
    ["const unlimited = ['/notes'];", ['yes', 'src/index.js:7 rateLimit(…)']],
    ["const limited = list(['/notes']);", ['yes', 'src/index.js:7 rateLimit(…)']],
  ])('for the addresses of %s', async (declaration, expected) => {
    const files = guarded('limited.includes(req.path)');
    files['src/index.js'] = files['src/index.js']!.replace(/const limited = .*;/, declaration);
    expect(await answer(files)).toEqual(expected);
  });
});
