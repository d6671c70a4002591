import { describe, expect, it } from 'vitest';
import { app, asked, at, framework } from './_asked.ts';

/** Who is turned away before a route, by how it is written: the first word of the answer. */
const answer = async (files: Record<string, string>): Promise<string> =>
  (await asked('guards-routes', {}, files))[0]!.replace(/:.*/, '');

describe('a page of Next.js', () => {
  const page = (text: string, path = 'app/notes/page.tsx') =>
    framework('next', { 'app/page.tsx': 'export default () => <main />;\n', [path]: text }, ['react']);
  const turns = (text: string) => `${text}\nexport default () => <main />;\n`;
  it.each([
    "if (!session) redirect('/login')",
    "if(!session){redirect('/login')}",
    "if (!session) {\n  redirect(\n    '/log-in');\n}",
    "if (!user) return redirect('/signin');",
    'if (!user)  return   redirect(`/sign-in`);',
    "if (!auth.token) await redirect('/notes/auth');",
    "if (!auth.token) await  redirect('/sign-in?next=/notes');",
    'if (!(await currentUserOf(request)))  {  forbidden();',
    'if (!isLoggedIn(x)) unauthorized();',
    "if (signedOut === true) redirect('/api/auth/signin');",
    "if (!account?.id || closed) redirect('/login');",
    "return { redirect: { destination: '/login', permanent: false } };",
    "return { redirect: { destination : '/api/auth' } };",
    'return { redirect: { destination:"/en/sign-in" } };',
    'return { redirect: { destination:   `/log-in` } };',
  ])('%s', async (text) => {
    expect(await answer(page(turns(text)))).toBe('yes');
    expect(await answer(page(`'use client';\n${turns(text)}`))).toBe('no');
    expect(await answer(page(`// shows notes\n  "use client"\n${turns(text)}`))).toBe('no');
  });
  it.each([
    "if (!session) redirect('/notes');",
    "if (!session) { log(); redirect('/login');",
    "if (!note) redirect('/login');",
    "if (!session) show(); redirect('/login');",
    'if (!session) notFound();',
    'unauthorized();',
    "return { redirect: { destination: '/notes' } };",
    'return { redirect: { destination: login } };',
    'return { redirect: { destination: /login/ } };',
    "diff (!session) redirect('/login');",
  ])('not %s', async (text) => expect(await answer(page(turns(text)))).toBe('no'));

  it.each([
    ['app/notes/layout.jsx', 'yes'],
    ['app/(shop)/template.js', 'yes'],
    ['src/app/notes/deep/page.ts', 'yes'],
    ['pages/notes/[id].tsx', 'yes'],
    ['app/notes/view.tsx', 'no'],
    ['myapp/page.tsx', 'no'],
    ['app/notes/page.tsx.txt', 'no'],
  ])('in %s: %s', async (path, is) => {
    expect(await answer(page(turns("if (!session) redirect('/login')"), path))).toBe(is);
  });
  it('is closed though a text says "use client" further on', async () => {
    const text = "if (!session) redirect('/login');\nconst says = `write 'use client' on top`;\n";
    expect(await answer(page(turns(text)))).toBe('yes');
    expect(await answer(page(turns(`${text}const x = y\n  'use clients'`)))).toBe('yes');
  });
});

describe('a session that some code asks', () => {
  const list = "app.get('/notes', (req, res) => res.json([]));";
  const session = (text: string) =>
    at(
      app(`app.use(session({ secret: process.env.KEY }));\n${list}\n${text}`, "import session from 'express-session';"),
      {},
      ['express-session'],
    );
  it.each([
    "app.get('/me', (req, res) => res.json(req.session.who));",
    "app.get('/me', (req, res) => res.json(req.session?.who));",
    "app.get('/me', (req, res) => res.json(req.session['who']));",
    "app.get('/me', (req, res) => res.json(req.session ['who']));",
    "app.get('/me', (req, res) => { const { session } = req; res.json(session); });",
    "app.get('/me', (req, res) => { const {session}=req; res.json(session); });",
    "app.get('/me', (req, res) => res.json(req.isAuthenticated()));",
    "app.get('/me', (req, res) => res.json(req.isUnauthenticated()));",
    "app.get('/me', (req, res) => res.json(isauthenticated(req)));",
    "app.get('/me', (req, res) => res.json(req.user));",
    "app.get('/me', (req, res) => res.json(req?.user));",
    "app.get('/me', (ctx, res) => res.json(ctx.state.user));",
    'app.use(ensureLoggedIn());',
  ])('%s', async (text) => expect(await answer(session(text))).toBe('yes'));
  it.each([
    '',
    "app.get('/me', (req, res) => res.json(req.session));",
    "app.get('/me', (req, res) => req.session.destroy());",
    "app.get('/me', (req, res) => { req.session.save(); request.session.cookie.maxAge = 1; });",
    "app.get('/me', (req, res) => res.json(req.users));",
    "app.get('/me', (req, res) => res.json({ session: 1 }));",
  ])('not %s', async (text) => expect(await answer(session(text))).toBe('no'));
});

describe('names by which something says that it asks', () => {
  const behind = (name: string, more = '') =>
    at(
      app(
        `app.get('/notes', ${name}, (req, res) => res.json([]));`,
        `import { ${name.split('.')[0]} } from './own.js';`,
      ),
      {
        'src/own.js': `import axios from 'axios';\nconst ask = async (req, res, next) => {\n  await axios.get(process.env.PEOPLE, { headers: req.headers });\n  next();\n};\n${
          name.includes('.')
            ? `export const ${name.split('.')[0]} = { ${name.split('.')[1]}: ask };`
            : `export const ${name} = ask;`
        }\n${more}`,
      },
      ['axios'],
    );
  it.each([
    'requireAuth',
    'ensureLoggedIn',
    'verifyToken',
    'checkJwt',
    'isAuthenticated',
    'isAuthorised',
    'isAuthorized',
    'authorize',
    'authorise',
    'hasRole',
    'roles',
    'role',
    'withUser',
    'currentUser',
    'current_user',
    'apiKey',
    'api_key',
    'checkPermission',
    'permissions',
    'secured',
    'secure',
    'notesGuard',
    'members.check_session',
    'onlyWith_admin',
    'authenticate',
    'owner',
  ])('%s', async (name) => expect(await answer(behind(name))).toBe('yes'));
  it.each(['showNotes', 'reader', 'countNotes', 'apis', 'notesGuardians'])('not %s', async (name) =>
    expect(await answer(behind(name))).toBe('no'),
  );

  const asking = (module: string, text: string) =>
    at(
      app("app.get('/notes', requireAuth, (req, res) => res.json([]));", "import { requireAuth } from './own.js';"),
      { 'src/own.js': `import ask from '${module}';\nexport const requireAuth = (req, res, next) => ${text};\n` },
      [module],
    );
  it.each([
    ['node:crypto', 'ask.timingSafeEqual(req.a, next())', 'yes'],
    ['crypto', 'ask.timingSafeEqual(req.a, next())', 'yes'],
    ['axios', 'ask.get(req.a).then(next)', 'yes'],
    ['request', 'ask.get(req.a).then(next)', 'yes'],
    ['request-promise', 'ask.get(req.a).then(next)', 'yes'],
    ['request-promise-native', 'ask.get(req.a).then(next)', 'yes'],
    ['@hapi/wreck', 'ask.get(req.a).then(next)', 'yes'],
    ['crypto-random', 'ask.get(req.a).then(next)', 'no'],
    ['my-crypto', 'ask.get(req.a).then(next)', 'no'],
    ['request-ip', 'ask.get(req.a).then(next)', 'no'],
    ['pretty-axios', 'ask.get(req.a).then(next)', 'no'],
    ['axios-logger', 'ask.get(req.a).then(next)', 'no'],
  ])('what asks %s by %s: %s', async (module, text, is) => expect(await answer(asking(module, text))).toBe(is));

  it.each([
    ['{ authorization: req.headers.authorization }', 'fetch', 'yes'],
    ['{ cookie: req.headers.cookie }', '$fetch', 'yes'],
    ['{ cookie: req.headers.cookie }', 'ofetch', 'yes'],
    ['{ cookie: req.headers.cookie }', 'prefetch', 'no'],
    ['{ cookie: req.headers.cookie }', 'fetchAll', 'no'],
    ['{ accept: req.headers.accept }', 'fetch', 'no'],
  ])('what hands %s to another service by %s: %s', async (headers, fetch, is) => {
    const files = asking('node:http', `${fetch}(url, { headers: ${headers} }).then(next)`);
    expect(await answer(files)).toBe(is);
  });

  it.each([
    ['req.headers.authorization !== process.env.KEY', 'yes'],
    ["req.get('x-api-key') === process.env.API_KEY", 'yes'],
    ["req.get('x-own-long-token') == process.env.TOKEN", 'yes'],
    ["req.get('x-secret') != process.env['APP_SECRET']", 'yes'],
    ['req.query.apikey === process.env.KEY', 'yes'],
    ["req.get('api-key') === process.env.KEY", 'yes'],
    ['timingSafeEqual(req.query.apikey, process.env.KEY)', 'yes'],
    ['compare(req.query.apikey, process.env.KEY)', 'yes'],
    ['req.query.apikey === process.env.NAME', 'no'],
    ['req.query.name === process.env.KEY', 'no'],
    ["req.get('x-trace') === process.env.KEY", 'no'],
    ['note(req.query.apikey, process.env.KEY)', 'no'],
  ])('what compares a key, %s: %s', async (text, is) => {
    expect(await answer(asking('node:http', `${text} ? next() : res.end()`))).toBe(is);
  });
});
