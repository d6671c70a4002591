import { describe, expect, it } from 'vitest';
import { app, asked, at } from './_asked.ts';

const answer = async (files: Record<string, string>) =>
  (await asked('guards-routes', {}, files))[0]!.replace(/:.*/, '');
/** A route behind a function of ours. */
const behind = (
  name: string,
  body: string,
  more = '',
  statements = `app.get('/notes', ${name}, list);`,
): Record<string, string> =>
  at(
    app(`const list = (req, res) => res.json([]);\n${statements}`, `import { ${name} } from './middleware/auth.js';`),
    {
      'src/middleware/auth.js': `import { findKey } from '../services/keys.js';\n${more}\nexport const ${name} = async (req, res, next) => {\n${body}\n};\n`,
      'src/services/keys.js': 'export const findKey = async (key) => db.keys.get(key);\nexport const keep = () => 1;\n',
    },
  );

describe('a function named for it that asks another service', () => {
  it.each<[name: string, body: string, expected: string]>([
    ['requireAuth', 'await fetch(url, { headers: { authorization: req.headers.authorization } }); next();', 'yes'],
    ['requireAuth', 'await $fetch(url, { headers: { cookie: req.headers.cookie } }); next();', 'yes'],
    ['requireAuth', 'await ofetch(url, { headers: { Authorization: key } }); next();', 'yes'],
    ['requireAuth', 'await refetch(url, { headers: { authorization: key } }); next();', 'no'],
    ['requireAuth', 'await fetchAll(url, { headers: { authorization: key } }); next();', 'no'],
    ['requireAuth', 'await fetch(url); next();', 'no'],
    ['requireAuth', 'read(req.headers.authorization); next();', 'no'],
    ['logRequest', 'await fetch(url, { headers: { authorization: req.headers.authorization } }); next();', 'no'],
  ])('%s { %s }', async (name, body, expected) => expect(await answer(behind(name, body))).toBe(expected));
  it('not one beside it', async () => {
    const more = 'export const other = (req) => fetch(url, { headers: { authorization: req.headers.authorization } });';
    expect(await answer(behind('requireAuth', 'read(req.headers.authorization); next();', more))).toBe('no');
    const after = behind('requireAuth', 'read(req.headers.authorization); next();');
    after['src/middleware/auth.js'] += `${more}\n`;
    expect(await answer(after)).toBe('no');
  });
});

describe('a function named for it that compares a key', () => {
  const secret = 'const key = process.env.API_KEY;';
  it.each<[body: string, more: string, expected: string]>([
    ['if (req.headers.authorization !== key) return res.end(); next();', secret, 'yes'],
    ['if (req.headers.authorization != key) return res.end(); next();', secret, 'yes'],
    ['if (req.headers.authorization === key) next();', secret, 'yes'],
    ['if (req.headers.authorization == key) next();', secret, 'yes'],
    ["if (timingSafeEqual(req.headers['x-api-key'], key)) next();", secret, 'yes'],
    ["if (compare(req.headers['x-my-token'], key)) next();", secret, 'yes'],
    ["if (compare(req.headers['x-secret'], key)) next();", secret, 'yes'],
    ["if (compare(req.query['apikey'], key)) next();", secret, 'yes'],
    ["if (compare(req.query['api-key'], key)) next();", secret, 'yes'],
    ["if (recompare(req.query['api-key'], key)) next();", secret, 'no'],
    ["if (compare(req.query['x-name'], key)) next();", secret, 'no'],
    ["if (compare(req.query['myapikeys'], key)) next();", secret, 'no'],
    ['if (compare(req.headers.authorizations, key)) next();', secret, 'no'],
    ['if (req.headers.authorization) next();', secret, 'no'],
    ['if (req.headers.authorization = key) next();', secret, 'no'],
    ['if (req.headers.authorization === key) next();', "const key = process.env['MY_SECRET'];", 'yes'],
    ['if (req.headers.authorization === key) next();', 'const key = process.env["TOKEN"];', 'yes'],
    ['if (req.headers.authorization === key) next();', 'const key = env.ADMIN_PASSWORD;', 'yes'],
    ['if (req.headers.authorization === key) next();', 'const key = process.env.NAME;', 'no'],
    ['if (req.headers.authorization === key) next();', 'const key = myenv.KEY;', 'no'],
    ['if (req.headers.authorization === key) next();', 'const key = settings.KEY;', 'no'],
  ])('%s, %s', async (body, more, expected) => expect(await answer(behind('checkApiKey', body, more))).toBe(expected));
  it.each<[name: string, body: string, expected: string]>([
    ['checkApiKey', "if (req.headers['x-api-key'] === process.env.API_KEY) next();", 'yes'],
    ['logRequest', "if (req.headers['x-api-key'] === process.env.API_KEY) next();", 'no'],
  ])('%s { %s }', async (name, body, expected) => expect(await answer(behind(name, body))).toBe(expected));
});

describe('a function named for it that looks up a token', () => {
  const refuse = 'if (!found) return res.status(401).end(); next();';
  it.each<[body: string, expected: string]>([
    [`const found = await findKey(req.headers.authorization); ${refuse}`, 'yes'],
    [`const found = await findKey(req.headers['x-api-key']); ${refuse}`, 'yes'],
    [`const found = await findKey(req.headers["x-my-token"]); ${refuse}`, 'yes'],
    [`const found = await findKey(req.header('authorization')); ${refuse}`, 'yes'],
    [`const found = await findKey(req.token); ${refuse}`, 'yes'],
    [`const found = await findKey(request.cookies.sid); ${refuse}`, 'yes'],
    [`const found = await findKey(req.headers.host); ${refuse}`, 'no'],
    [`const found = await findKey(req.headers['x-name']); ${refuse}`, 'no'],
    [`const found = await findKey(myreq.token); ${refuse}`, 'no'],
    [`const key = req.headers.authorization; const found = await findKey(key); ${refuse}`, 'yes'],
    [`let key = req.headers.authorization;\nconst found = await findKey(1, key); ${refuse}`, 'yes'],
    [`var { key } = read(req.headers.authorization);\nconst found = await findKey( key ); ${refuse}`, 'yes'],
    [`const {key} = read(req.headers.authorization);\nconst found = await findKey(key); ${refuse}`, 'yes'],
    [`const key = req.headers.authorization;\nconst found = await findKey(keys); ${refuse}`, 'no'],
    [`const key = req.headers.authorization;\nconst found = await findKey(other); ${refuse}`, 'no'],
    [
      `const key = req.headers.host; read(req.headers.authorization);\nconst found = await findKey(key); ${refuse}`,
      'no',
    ],
    [`const found = await db.find(req.headers.authorization); ${refuse}`, 'no'],
    [
      'const found = await findKey(req.headers.authorization); if (!found) return res.status(403).end(); next();',
      'yes',
    ],
    ['const found = await findKey(req.headers.authorization); if (!found) throw new Unauthorized(); next();', 'yes'],
    [
      "const found = await findKey(req.headers.authorization); if (!found) throw new Error('un-authorised'); next();",
      'yes',
    ],
    [
      "const found = await findKey(req.headers.authorization); if (!found) throw new Error('Forbidden'); next();",
      'yes',
    ],
    [
      "const found = await findKey(req.headers.authorization); if (!found) throw new Error('NOT_AUTHENTICATED'); next();",
      'yes',
    ],
    [
      "const found = await findKey(req.headers.authorization); if (!found) throw new Error('notAuthenticated'); next();",
      'yes',
    ],
    ['const found = await findKey(req.headers.authorization); if (!found) return res.status(404).end(); next();', 'no'],
    [
      'const found = await findKey(req.headers.authorization); if (!found) return res.status(4012).end(); next();',
      'no',
    ],
    ['const found = await findKey(req.headers.authorization); next();', 'no'],
  ])('%s', async (body, expected) => expect(await answer(behind('requireToken', body))).toBe(expected));
  it.each<[call: string, expected: string]>([
    ['lookUpKey', 'yes'],
    ['look_up_key', 'yes'],
    ['getKey', 'yes'],
    ['fetchKey', 'yes'],
    ['loadKey', 'yes'],
    ['verifyKey', 'yes'],
    ['validateKey', 'yes'],
    ['checkKey', 'yes'],
    ['resolveKey', 'yes'],
    ['keep', 'no'],
  ])('by %s', async (call, expected) => {
    const files = behind('requireToken', `const found = await ${call}(req.headers.authorization); ${refuse}`);
    files['src/middleware/auth.js'] = files['src/middleware/auth.js']!.replace('{ findKey }', `{ ${call} }`);
    files['src/services/keys.js'] = `export const ${call} = async (key) => db.keys.one(key);\n`;
    expect(await answer(files)).toBe(expected);
  });
  it('not one of another name, and not beside it', async () => {
    const body = `const found = await findKey(req.headers.authorization); ${refuse}`;
    expect(await answer(behind('logRequest', body))).toBe('no');
    expect(
      await answer(
        behind(
          'requireToken',
          'res.status(401); next();',
          'export const other = (req) => findKey(req.headers.authorization);',
        ),
      ),
    ).toBe('no');
  });
});

describe('one that turns away whom another did not find', () => {
  const two = (finds: string, asks: string, order = 'findUser, requireUser', name = 'requireUser') =>
    at(
      app(
        `const list = (req, res) => res.json([]);\napp.get('/notes', ${order}, list);`,
        `import { findUser, ${name} } from './middleware/auth.js';`,
      ),
      {
        'src/middleware/auth.js': `import { Pool } from 'pg';\nconst pool = new Pool();\nexport const findUser = async (req, res, next) => {\n  ${finds}\n  next();\n};\nexport const ${name} = (req, res, next) => {\n  ${asks}\n  next();\n};\n`,
      },
      ['pg'],
    );
  const asks = 'if (!req.user) return res.status(401).end();';
  const plain = 'req.user = read(req);';
  it.each<[finds: string, asks: string, expected: string]>([
    ['req.user = await pool.query(req.headers.a);', asks, 'yes'],
    ['req.user=await pool.query(req.headers.a);', asks, 'yes'],
    ['req.account = await pool.query(req.headers.a);', asks, 'no'],
    ['if (req.user == await pool.query(req.headers.a)) log();', asks, 'no'],
    [plain, asks, 'no'],
    [
      'res.locals.user = await pool.query(req.headers.a);',
      'if (!res.locals.user) return res.status(403).end();',
      'yes',
    ],
    ['ctx.state.user = await pool.query(req.headers.a);', 'if (!ctx.state.user) ctx.throw(401);', 'yes'],
    ['req.session = await pool.query(req.headers.a);', 'if (!req.session) return res.status(401).end();', 'yes'],
    [
      'req.currentUser = await pool.query(req.headers.a);',
      'if (!req.currentUser) return res.status(401).end();',
      'yes',
    ],
    ['req.auth = await pool.query(req.headers.a);', 'if (req.auth == null) return res.status(401).end();', 'yes'],
    ['req.user = await pool.query(req.headers.a);', 'if (!req.user) return res.status(404).end();', 'no'],
    ['req.user = await pool.query(req.headers.a);', 'req.user = 1; res.status(401);', 'no'],
    ['req.name = await pool.query(req.headers.a);', 'if (!req.name) return res.status(401).end();', 'no'],
  ])('%s %s', async (finds, body, expected) => expect(await answer(two(finds, body))).toBe(expected));
});

describe('pages that send a token on', () => {
  const pages = (line: string, more: Record<string, string> = {}) => ({
    'package.json': JSON.stringify({ private: true, workspaces: ['api', 'web'] }),
    'api/package.json': JSON.stringify({
      name: 'api',
      scripts: { start: 'node src/index.js' },
      dependencies: { express: '5', jsonwebtoken: '9' },
    }),
    'api/src/index.js': app(
      "app.get('/notes', requireAuth, (req, res) => res.json([]));",
      "import jwt from 'jsonwebtoken';\nconst requireAuth = (req, res, next) => { jwt.verify(req.headers.authorization, process.env.KEY); next(); };",
    ),
    'web/package.json': JSON.stringify({
      name: 'web',
      scripts: { build: 'next build', start: 'next start' },
      dependencies: { next: '15', react: '19' },
    }),
    'web/app/page.tsx': 'export default () => <main />;\n',
    'web/app/api/notes/route.ts': `export const GET = async (request) => {\n  ${line}\n};\n`,
    ...more,
  });
  it.each<[line: string, expected: string[]]>([
    [
      'return fetch(url, { headers: { Authorization: `Bearer ${token}` } });',
      ['yes', 'web/app/api/notes/route.ts:2 hands the token on', 'api/src/index.js:5 GET /notes asks requireAuth'],
    ],
    [
      "return fetch(url, { headers: { 'authorization':`Bearer ${token}` } });",
      ['yes', 'web/app/api/notes/route.ts:2 hands the token on', 'api/src/index.js:5 GET /notes asks requireAuth'],
    ],
    [
      "headers['Authorization'] = `Bearer ${token}`; return fetch(url, { headers });",
      ['yes', 'web/app/api/notes/route.ts:2 hands the token on', 'api/src/index.js:5 GET /notes asks requireAuth'],
    ],
    [
      "headers.set('authorization', `Bearer ${token}`); return fetch(url, { headers });",
      ['yes', 'web/app/api/notes/route.ts:2 hands the token on', 'api/src/index.js:5 GET /notes asks requireAuth'],
    ],
    ['return fetch(url, { headers: { XAuthorizationY: `Bearer ${token}` } });', ['no']],
    ["return fetch(url, { headers: { Authorization: 'Bearer a' } });", ['no']],
    ['return fetch(url, { headers: { Other: `Bearer ${token}` } });', ['no']],
    ['return fetch(url);', ['no']],
  ])('%s', async (line, expected) => {
    expect(await asked('guards-routes', {}, pages(line), 'web')).toEqual(expected);
  });
});
