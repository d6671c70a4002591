import { describe, expect, it } from 'vitest';
import { app, asked, at, service } from './_asked.ts';

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

const checked =
  "const signedIn = (req, res, next) => { req.user = jwt.verify(req.headers.authorization, 'k'); next(); };";
const jwt = "import jwt from 'jsonwebtoken';";

/** A service that only signs people in, beside one that keeps notes. */
const beside = (notes: string, accounts = "app.post('/login', (req, res) => res.send(jwt.sign({}, 'k')));") => ({
  'package.json': '{"name":"all","private":true,"workspaces":["services/*"]}',
  'services/accounts/package.json': service({ name: 'accounts' }, ['jsonwebtoken']),
  'services/accounts/src/index.js': app(accounts, jwt),
  'services/notes/package.json': service({ name: 'notes' }, ['jsonwebtoken']),
  'services/notes/src/index.js': app(notes, jwt),
});

describe('services beside each other', () => {
  const rows: [title: string, files: Record<string, string>, expected: string][] = [
    [
      'a service that only signs in is asked for by the one beside it',
      beside(`${checked}\napp.get('/notes', signedIn, (req, res) => res.send([]));`),
      'yes',
    ],
    ['nothing asks for what it hands out', beside("app.get('/notes', (req, res) => res.send([]));"), 'no'],
    [
      'it serves more than signing in, and asks nobody',
      beside(
        `${checked}\napp.get('/notes', signedIn, (req, res) => res.send([]));`,
        "app.post('/login', (req, res) => res.send(jwt.sign({}, 'k')));\napp.get('/people', (req, res) => res.send([]));",
      ),
      'no',
    ],
  ];
  it.each(rows)('%s', async (_, files, expected) => {
    expect((await asked('guards-routes', {}, files, 'services/accounts'))[0]).toBe(expected);
  });
});
