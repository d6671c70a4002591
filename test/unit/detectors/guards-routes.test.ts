import { expect, it } from 'vitest';
import { app, asked, at } from './_asked.ts';

const verify = (body: string) => ({
  'src/token.js': `import jwt from 'jsonwebtoken';\nexport const ${body}`,
});

/** What proves who is asking: what the files say, the answer and what shows it. */
it.each<[title: string, files: Record<string, string>, expected: string[]]>([
  [
    'middleware that verifies a token',
    at(
      app("app.get('/orders', requireUser, (req, res) => res.json([]));", "import { requireUser } from './token.js';"),
      verify('requireUser = (req, res, next) => { jwt.verify(req.headers.authorization, process.env.KEY); next(); };'),
      ['jsonwebtoken'],
    ),
    ['yes', 'src/index.js:4 GET /orders asks requireUser'],
  ],
  [
    'a limiter that counts by the user of a token, and lets everybody pass',
    at(
      app(
        "app.use(userRateLimiter);\napp.get('/orders', (req, res) => res.json([]));",
        "import { userRateLimiter } from './token.js';",
      ),
      verify(
        'userRateLimiter = (req, res, next) => { jwt.verify(req.headers.authorization, process.env.KEY); next(); };',
      ),
      ['jsonwebtoken'],
    ),
    ['no', 'src/token.js:1 imports jsonwebtoken'],
  ],
])('%s', async (_, files, expected) => {
  expect(await asked('guards-routes', {}, files)).toEqual(expected);
});
