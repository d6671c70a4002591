import { describe, expect, it } from 'vitest';
import { app, asked, at, framework } from './_asked.ts';

/** Which origins a policy lets in, in the words of the finding; `named` where it names them, `none` where there is no policy. */
async function origins(files: Record<string, string>): Promise<string> {
  const is = async (ask: string) => (await asked('allows-origins', { ask }, files))[0]!.replace(/:.*/, '');
  if ((await is('set')) === 'no') return 'none';
  return (await is('explicit')) === 'yes' ? 'named' : 'open';
}

describe('what is shown of a policy', () => {
  const shown = async (files: Record<string, string>, ask = 'explicit') =>
    (await asked('allows-origins', { ask }, files)).join('; ');
  const used = (statement: string, imports = "import cors from 'cors';", more: Record<string, string> = {}) =>
    at(app(statement, imports), more, ['cors', 'kit', '@fastify/cors']);
  it.each<[statement: string, imports: string | undefined, expected: string]>([
    ['app.use(cors());', undefined, 'no; src/index.js:4 cors(…) sets a CORS policy: defaults, which let any origin in'],
    ['new cors();', undefined, 'yes'],
    [
      'app.use(cors(named));',
      "import cors from 'cors';\nconst named = { origin: 'https://a.example' };",
      'yes; src/index.js:5 cors(…) sets a CORS policy',
    ],
    [
      'app.use(cors(named.all));',
      "import cors from 'cors';\nconst named = { all: { origin: '*' } };",
      'no; src/index.js:5 cors(…) sets a CORS policy: the wildcard *',
    ],
    ["app.use(cors({ origins: '*' }));", undefined, 'no; src/index.js:4 cors(…) sets a CORS policy: the wildcard *'],
    ["app.use(cors({ origin: ' * ' }));", undefined, 'no; src/index.js:4 cors(…) sets a CORS policy: the wildcard *'],
    ['app.use(cors(true));', undefined, 'no; src/index.js:4 cors(…) sets a CORS policy: any origin'],
    ['app.use(cors(false));', undefined, 'yes; src/index.js:4 cors(…) sets a CORS policy'],
    ["app.use(cors('*'));", undefined, 'no; src/index.js:4 cors(…) sets a CORS policy: the wildcard *'],
    ['app.use(cors(given));', undefined, 'yes; src/index.js:4 cors(…) sets a CORS policy'],
    ['app.use(cors(settings.corsOptions));', undefined, 'yes; src/index.js:4 cors(…) sets a CORS policy'],
    ['app.use(cors({ ...given }));', undefined, 'yes; src/index.js:4 cors(…) sets a CORS policy'],
    ['app.use(cors({ origin: [] }));', undefined, 'yes; src/index.js:4 cors(…) sets a CORS policy'],
    [
      "app.use(cors({ origin: [one, 'https://a.example'] }));",
      undefined,
      'yes; src/index.js:4 cors(…) sets a CORS policy',
    ],
    ['app.use(cors({ origin: /a/ }));', undefined, 'yes; src/index.js:4 cors(…) sets a CORS policy'],
    [
      'app.use(cors({ origin: req.headers.origin }));',
      undefined,
      'no; src/index.js:4 cors(…) sets a CORS policy: reflects the origin it is sent',
    ],
    [
      'app.use(cors({ origin: request.header.origin }));',
      undefined,
      'no; src/index.js:4 cors(…) sets a CORS policy: reflects the origin it is sent',
    ],
    [
      'app.use(cors({ origin: ctx.headers.origin }));',
      undefined,
      'no; src/index.js:4 cors(…) sets a CORS policy: reflects the origin it is sent',
    ],
    ['app.use(cors({ origin: req.query.origin }));', undefined, 'yes; src/index.js:4 cors(…) sets a CORS policy'],
    [
      "app.use(cors({ origin: req.header('ORIGIN') }));",
      undefined,
      'no; src/index.js:4 cors(…) sets a CORS policy: reflects the origin it is sent',
    ],
    ["app.use(cors({ origin: req.headers('origin') }));", undefined, 'yes; src/index.js:4 cors(…) sets a CORS policy'],
    ["app.use(cors({ origin: read('origin') }));", undefined, 'yes; src/index.js:4 cors(…) sets a CORS policy'],
    [
      'app.use(cors({ origin: process.env.A ?? true }));',
      undefined,
      'no; src/index.js:4 cors(…) sets a CORS policy: reflects any origin',
    ],
    [
      "app.register(cors, { origin: '*' });",
      "import cors from '@fastify/cors';",
      'no; src/index.js:4 app.register(…) sets a CORS policy: the wildcard *',
    ],
    [
      'app.register(cors);',
      "import cors from '@fastify/cors';",
      'no; src/index.js:4 app.register(…) sets a CORS policy: defaults, which let any origin in',
    ],
    ["app.register(other, { origin: '*' });", "import cors from '@fastify/cors';\nimport { other } from 'kit';", 'yes'],
    ["app.registers(cors, { origin: '*' });", "import cors from '@fastify/cors';", 'yes'],
    ["app.register('cors', { origin: '*' });", "import cors from '@fastify/cors';", 'yes'],
    ['app.register();', "import cors from '@fastify/cors';", 'yes'],
    ["app.enableCors({ origin: '*' });", '', 'no; src/index.js:4 enableCors: the wildcard *'],
    ["app.enableCorsOf({ origin: '*' });", '', 'yes'],
    ['kit.create(App, { cors: true });', "import kit from 'kit';", 'no; src/index.js:4 created with cors: any origin'],
    ['kit.create(App, { cors: false });', "import kit from 'kit';", 'yes'],
    [
      "kit.create(App, { cors: { origin: '*' } });",
      "import kit from 'kit';",
      'no; src/index.js:4 created with cors: the wildcard *',
    ],
    [
      "kit.create(App, adapter, { cors: { origin: 'https://a.example' } });",
      "import kit from 'kit';",
      'yes; src/index.js:4 created with cors',
    ],
    ['kit.create(App, { logger: true });', "import kit from 'kit';", 'yes'],
    ['kit.create({ cors: true });', "import kit from 'kit';", 'yes'],
    ['kit.creates(App, { cors: true });', "import kit from 'kit';", 'yes'],
    [
      'kit.create(App, { ...defaults });',
      "import kit from 'kit';\nconst defaults = { cors: true };",
      'no; src/index.js:5 created with cors: any origin',
    ],
    [
      'kit.create(App, { ...defaults, ...given });',
      "import kit from 'kit';\nconst defaults: Options = { a: 1, cors : true };",
      'no; src/index.js:5 created with cors: any origin',
    ],
    ['kit.create(App, { ...defaults });', "import kit from 'kit';\nconst defaults = { cors: false };", 'yes'],
    ['kit.create(App, { ...defaults });', "import kit from 'kit';\nconst others = { cors: true };", 'yes'],
    [
      'kit.create(App, options);',
      "import kit from 'kit';\nconst options = { cors: { origin: '*' } };",
      'no; src/index.js:5 created with cors: the wildcard *',
    ],
    ['new Server(a, { cors: {} });', '', 'no; src/index.js:4 Server with cors: no origin named, so any is let in'],
    ["new Server(a, { cors: { origin: 'https://a.example' } });", '', 'yes; src/index.js:4 Server with cors'],
    ['new Server(a, { core: {} });', '', 'yes'],
    ['new Server();', '', 'yes'],
  ])('%s after %s: %s', async (statement, imports, expected) => {
    expect(await shown(used(statement, imports))).toEqual(expected);
  });

  it.each<[title: string, files: Record<string, string>, ask: string, expected: string]>([
    [
      'settings that two modules name',
      used('app.use(cors(given.corsOptions));', undefined, {
        'src/a.js': "import 'dotenv/config';\nexport const a = { corsOptions: given };\n",
        'src/b.js': "import 'dotenv/config';\nexport const b = { corsOptions: {} };\n",
      }),
      'explicit',
      'no; src/index.js:4 cors(…) sets a CORS policy: by default, no origin named, so any is let in',
    ],
    [
      'settings of another name',
      used('app.use(cors(given.options));', undefined, {
        'src/b.js': "import 'dotenv/config';\nexport const b = { options: {} };\n",
      }),
      'explicit',
      'yes; src/index.js:4 cors(…) sets a CORS policy',
    ],
    [
      'settings in a sample',
      used('app.use(cors(given.corsOptions));', undefined, {
        'src/examples/b.js': "import 'dotenv/config';\nexport const b = { corsOptions: {} };\n",
      }),
      'explicit',
      'yes; src/index.js:4 cors(…) sets a CORS policy',
    ],
    [
      'settings that name an origin',
      used('app.use(cors(given.corsOptions));', undefined, {
        'src/b.js': "import 'dotenv/config';\nexport const b = { corsOptions: { origin: 'https://a.example' } };\n",
      }),
      'explicit',
      'yes; src/index.js:4 cors(…) sets a CORS policy',
    ],
    [
      'an origin of the configuration, of a group',
      used("app.use(cors(config.get('app.cors')));", undefined, {
        'src/config.js': "registerAs('app', () => ({ cors: { origin: true } }));\n",
      }),
      'explicit',
      'no; src/index.js:4 cors(…) sets a CORS policy: reflects any origin',
    ],
    [
      'an origin of the configuration, of another group',
      used("app.use(cors(config.get('app.cors')));", undefined, {
        'src/config.js': "registerAs('web', () => ({ cors: { origin: true } }));\n",
      }),
      'explicit',
      'yes; src/index.js:4 cors(…) sets a CORS policy',
    ],
    [
      'an origin of the configuration, by a name',
      used("app.use(cors(config.get('cors')));", undefined, {
        'src/config.js': "export default () => ({ cors: { origin: '*' } });\n",
      }),
      'explicit',
      'no; src/index.js:4 cors(…) sets a CORS policy: falls back to the wildcard *',
    ],
    [
      'an origin of the configuration, kept under a name',
      used("app.use(cors(configService.getOrThrow('cors')));", undefined, {
        'src/config.js': "const all = env.ORIGINS ?? '*';\nexport default () => ({ cors: { origin: all } });\n",
      }),
      'explicit',
      'no; src/index.js:4 cors(…) sets a CORS policy: falls back to the wildcard *',
    ],
    [
      'an origin of the configuration that is one',
      used("app.use(cors(config.get('cors')));", undefined, {
        'src/config.js': "export default () => ({ cors: { origin: 'https://a.example' } });\n",
      }),
      'explicit',
      'yes; src/index.js:4 cors(…) sets a CORS policy',
    ],
    [
      'an origin of something else',
      used("app.use(cors(store.get('cors')));", undefined, {
        'src/config.js': 'export default () => ({ cors: { origin: true } });\n',
      }),
      'explicit',
      'yes; src/index.js:4 cors(…) sets a CORS policy',
    ],
    [
      'an origin of a variable',
      used("app.use(cors(config.get('CORS')));", undefined, {
        'src/config.js': 'export default () => ({ CORS: { origin: true } });\n',
      }),
      'explicit',
      'yes; src/index.js:4 cors(…) sets a CORS policy',
    ],
    [
      'an origin of a module that is no configuration',
      used("app.use(cors(config.get('cors')));", undefined, {
        'src/other.js': 'export default () => ({ cors: { origin: true } });\n',
      }),
      'explicit',
      'yes; src/index.js:4 cors(…) sets a CORS policy',
    ],
    [
      'an origin of a configuration that is a sample',
      used("app.use(cors(config.get('cors')));", undefined, {
        'examples/config.js': 'export default () => ({ cors: { origin: true } });\n',
      }),
      'explicit',
      'yes; src/index.js:4 cors(…) sets a CORS policy',
    ],
    [
      'a policy in idle code',
      used('1;', '', { 'src/idle.js': "import cors from 'cors';\nexport const all = cors();\n" }),
      'registered',
      'no; src/idle.js:2 cors(…) sets a CORS policy',
    ],
    [
      'a policy in idle code',
      used('1;', '', { 'src/idle.js': "import cors from 'cors';\nexport const all = cors();\n" }),
      'explicit',
      'yes',
    ],
    [
      'a policy in idle code',
      used('1;', '', { 'src/idle.js': "import cors from 'cors';\nexport const all = cors();\n" }),
      'set',
      'yes; src/idle.js:2 cors(…) sets a CORS policy',
    ],
    [
      'two policies, one of them open',
      used("app.use(cors({ origin: 'https://a.example' }));\napp.get('/a', cors());"),
      'explicit',
      'no; src/index.js:5 cors(…) sets a CORS policy: defaults, which let any origin in',
    ],
    [
      'a module of Python that names them',
      { 'requirements.txt': 'flask\nflask-cors\n', 'app.py': 'import flask\napp = flask.Flask(__name__)\n' },
      'explicit',
      'unknown: root is written in python, whose code is not read; requirements.txt:2 declares flask-cors',
    ],
    [
      'a module of Python that lets all in',
      { 'requirements.txt': 'flask\nflask-cors\n', 'app.py': 'import flask\napp = flask.Flask(__name__)\nCORS(app)\n' },
      'explicit',
      'no; app.py:3 sets a CORS policy: any origin',
    ],
    [
      'a module of another name',
      { 'requirements.txt': 'flask\ncorset\n', 'app.py': 'import flask\napp = flask.Flask(__name__)\n' },
      'explicit',
      'yes',
    ],
    [
      'a module named for it in the middle',
      { 'requirements.txt': 'flask\nmy.cors-kit\n', 'app.py': 'import flask\napp = flask.Flask(__name__)\n' },
      'set',
      'yes; requirements.txt:2 declares my.cors-kit',
    ],
    [
      'a module of another manifest',
      {
        'requirements.txt': 'flask\n',
        'app.py': 'import flask\napp = flask.Flask(__name__)\n',
        'tools/requirements.txt': 'flask-cors\n',
      },
      'set',
      'no',
    ],
  ])('%s (%j, %s): %s', async (_, files, ask, expected) => {
    expect(await shown(files, ask)).toEqual(expected);
  });

  const edge = (code: string, more: Record<string, string> = {}) => ({
    'package.json': JSON.stringify({ name: 'api', devDependencies: { wrangler: '4' } }),
    'wrangler.toml': 'name = "api"\nmain = "src/index.js"\n',
    'src/index.js': code,
    ...more,
  });
  const made = (header: string, before = '') =>
    edge(
      `${before}export default {\n  async fetch(request, env) {\n    return new Response('a', { headers: { ${header} } });\n  },\n};\n`,
    );
  it.each<[header: string, before: string, expected: string]>([
    ["'Access-Control-Allow-Origin': '*'", '', 'no; src/index.js:3 sets Access-Control-Allow-Origin: the wildcard *'],
    ['"Access-Control-Allow-Origin" : "*"', '', 'no; src/index.js:3 sets Access-Control-Allow-Origin: the wildcard *'],
    ['`Access-Control-Allow-Origin`: `*`', '', 'no; src/index.js:3 sets Access-Control-Allow-Origin: the wildcard *'],
    ["['Access-Control-Allow-Origin']: '*'", '', 'no; src/index.js:3 sets Access-Control-Allow-Origin: the wildcard *'],
    ["'access-control-allow-origin': '*.a.example'", '', 'yes; src/index.js:3 sets Access-Control-Allow-Origin'],
    ["'Access-Control-Allow-Origins': '*'", '', 'yes'],
    [
      "'Access-Control-Allow-Origin': env.A || '*'",
      '',
      'no; src/index.js:3 sets Access-Control-Allow-Origin: falls back to the wildcard *',
    ],
    [
      '\'Access-Control-Allow-Origin\': env.A ?? "*"',
      '',
      'no; src/index.js:3 sets Access-Control-Allow-Origin: falls back to the wildcard *',
    ],
    [
      "'Access-Control-Allow-Origin': env.A ? env.A : '*'",
      '',
      'no; src/index.js:3 sets Access-Control-Allow-Origin: falls back to the wildcard *',
    ],
    ["'Access-Control-Allow-Origin': env.A + '*'", '', 'yes; src/index.js:3 sets Access-Control-Allow-Origin'],
    [
      "'Access-Control-Allow-Origin': request.headers.get('Origin')",
      '',
      'no; src/index.js:3 sets Access-Control-Allow-Origin: reflects the origin it is sent',
    ],
    [
      "'Access-Control-Allow-Origin': request.headers.get('Origin')",
      'const list = [];\nlist.includes(1);\n',
      'yes; src/index.js:5 sets Access-Control-Allow-Origin',
    ],
    [
      "'Access-Control-Allow-Origin': request.headers.get('Origin')",
      'const list = [];\nlist.indexOf(1);\n',
      'yes; src/index.js:5 sets Access-Control-Allow-Origin',
    ],
    [
      "'Access-Control-Allow-Origin': request.headers.get('Origin')",
      'const list = new Set();\nlist.has(1);\n',
      'yes; src/index.js:5 sets Access-Control-Allow-Origin',
    ],
    [
      "'Access-Control-Allow-Origin': request.headers.get('Origin')",
      '/a/.test(1);\n',
      'yes; src/index.js:4 sets Access-Control-Allow-Origin',
    ],
    [
      "'Access-Control-Allow-Origin': request.headers.get('Origin')",
      '[].some(is);\n',
      'yes; src/index.js:4 sets Access-Control-Allow-Origin',
    ],
    [
      "'Access-Control-Allow-Origin': request.headers.get('Origin')",
      'const allowed = 1;\n',
      'yes; src/index.js:4 sets Access-Control-Allow-Origin',
    ],
    [
      "'Access-Control-Allow-Origin': request.headers.get('Host')",
      '',
      'yes; src/index.js:3 sets Access-Control-Allow-Origin',
    ],
    ["'Access-Control-Allow-Origin': origin", '', 'yes; src/index.js:3 sets Access-Control-Allow-Origin'],
  ])('{ %s } after %j: %s', async (header, before, expected) => {
    expect(await shown(made(header, before))).toEqual(expected);
  });
  it.each<[code: string, more: Record<string, string>, ask: string, expected: string]>([
    [
      "const headers = new Headers();\nheaders['Access-Control-Allow-Origin'] = '*';\nexport default { fetch: () => new Response('a', { headers }) };\n",
      {},
      'explicit',
      'no; src/index.js:2 sets Access-Control-Allow-Origin: the wildcard *',
    ],
    [
      "const is = h['Access-Control-Allow-Origin'] == '*';\nexport default { fetch: () => new Response(is) };\n",
      {},
      'set',
      'no',
    ],
    [
      "/**\n * 'Access-Control-Allow-Origin': '*'\n */\nexport default { fetch: () => new Response('a') };\n",
      {},
      'set',
      'no',
    ],
    ["// 'Access-Control-Allow-Origin': '*'\nexport default { fetch: () => new Response('a') };\n", {}, 'set', 'no'],
    [
      "const at = 'https://a'; const h = { 'Access-Control-Allow-Origin': '*' };\nexport default { fetch: () => new Response('a', { headers: h }) };\n",
      {},
      'set',
      'yes; src/index.js:1 sets Access-Control-Allow-Origin',
    ],
    [
      "import { h } from './examples/h.js';\nexport default { fetch: () => new Response('a', { headers: h }) };\n",
      { 'src/examples/h.js': "export const h = { 'Access-Control-Allow-Origin': '*' };\n" },
      'set',
      'no',
    ],
    [
      "import { h } from './h.js';\nexport default { fetch: () => new Response('a', { headers: h }) };\n",
      { 'src/h.js': "export const h = { 'Access-Control-Allow-Origin': '*' };\n" },
      'explicit',
      'no; src/h.js:1 sets Access-Control-Allow-Origin: the wildcard *',
    ],
    [
      "export default { fetch: () => new Response('a') };\n",
      { 'src/idle.js': "export const h = { 'Access-Control-Allow-Origin': '*' };\n" },
      'registered',
      'no; src/idle.js:1 sets Access-Control-Allow-Origin',
    ],
    [
      "export default { fetch: () => new Response('a') };\nfunction idle() { return { 'Access-Control-Allow-Origin': '*' }; }\n",
      {},
      'registered',
      'no; src/index.js:2 sets Access-Control-Allow-Origin',
    ],
  ])('%s with %j (%s): %s', async (code, more, ask, expected) => {
    expect(await shown(edge(code, more), ask)).toEqual(expected);
  });

  const header = "{ headers: { 'Access-Control-Allow-Origin': '*' } }";
  it.each<[call: string, expected: string]>([
    ...'fetch,$fetch,ofetch,axios,ky,got,superagent,window.fetch,axios.get,axios.put,axios.patch,axios.delete,axios.request,api.post,http.get,https.get,client.get,instance.get,ky.get,got.get,httpClient.post,this.axios.get'
      .split(',')
      .map((name): [string, string] => [`${name}('/a', ${header})`, 'none']),
    ...'prefetch,fetcher,axios.head,store.get,rapi.get,clients_.list,gotten'
      .split(',')
      .map((name): [string, string] => [`${name}('/a', ${header})`, 'open']),
    [`fetch('/a', { then: () => new Response('', ${header}) })`, 'open'],
    [`(fetch('/a'), ${header})`, 'open'],
    [`(${header}, fetch('/a'))`, 'open'],
  ])('%s sends it: %s', async (call, expected) => {
    expect(await origins(at(app(`app.post('/', (req, res) => {\nres.end(${call});\n});`)))).toEqual(expected);
  });

  it.each<[fn: string, expected: string]>([
    ['(origin, done) => done(null, true)', 'open'],
    ...[
      'if (a) done()',
      'a ? 1 : 2',
      'a.includes(1)',
      'a.indexOf(1)',
      'a.test(1)',
      'a.match(1)',
      'a.some(b)',
      'a.has(1)',
      'a && done()',
      'a || done()',
    ].map((body): [string, string] => [`(origin, done) => { ${body}; }`, 'named']),
    ...[
      'includes',
      'indexOf',
      'test(',
      'match',
      'some(',
      'has(',
      'startsWith',
      'endsWith',
      'allow',
      'white',
      'process.env',
    ].map((word): [string, string] => [`(req, done) => { if (req.headers.origin) done('${word}'); }`, 'named']),
    ["(req, done) => { if (req.headers.origin) done('with'); }", 'open'],
    ["(req, done) => { if (req.headers.referer) done('a'); }", 'open'],
    ['(req, done) => { if (req.header("origin")) done("a"); }', 'open'],
    ['(req, done) => { if (req.header(`referer`)) done("a"); }', 'open'],
    ['(req, done) => { if (req.headers.host) done("a"); }', 'named'],
  ])('a function, %s: %s', async (fn, expected) => {
    expect(await origins(used(`app.use(cors({ origin: ${fn} }));`))).toBe(expected);
  });
});

describe('headers that configuration sets', () => {
  const next = (lines: string) =>
    framework(
      'next',
      {
        'app/page.tsx': 'export default () => <main />;\n',
        'next.config.js': `module.exports = {\n  headers: () => [{ source: '/api', headers: [\n${lines}\n] }],\n};\n`,
      },
      ['react'],
    );
  it.each([
    ["{ key: 'Access-Control-Allow-Origin', value: '*' }", 'open'],
    ["{ key: 'access-control-allow-origin', value:'*' }", 'open'],
    ["'Access-Control-Allow-Origin':'*'", 'open'],
    ['"Access-Control-Allow-Origin": "*"', 'open'],
    ["{\n  key: 'Access-Control-Allow-Origin',\n  value: '*',\n}", 'open'],
    ["{\nkey: 'Access-Control-Allow-Origin',\n'value' : \"*\",\n}", 'open'],
    ['{\nkey: \'Access-Control-Allow-Origin\',\n  "value":`*`,\n}', 'open'],
    ["{\nkey: 'Access-Control-Allow-Origin',\n  value:   '*',\n}", 'open'],
    ["{\n  key: 'Access-Control-Allow-Origin',\n  value: 'https://a.example',\n}", 'named'],
    ["{\n  key: 'Access-Control-Allow-Origin',\n  value: '*.a.example',\n}", 'named'],
    ["{\n  key: 'Access-Control-Allow-Origin',\n  value: /*,\n}", 'named'],
    ["{\n  key: 'Access-Control-Allow-Origin',\n  myvalue: '*',\n}", 'named'],
    ["{\n  key: 'Access-Control-Allow-Origin',\n  // value: '*',\n}", 'named'],
    ["{ key: 'Access-Control-Allow-Origin', value: 'https://a.example' }", 'named'],
    ["{ key: 'Access-Control-Allow-Origins', value: '*' }", 'open'],
    ["{ key: 'X-Frame-Options', value: '*' }", 'none'],
  ])('%s: %s', async (lines, expected) => expect(await origins(next(lines))).toBe(expected));
  it.each([
    ["'/api/**': { cors: true }", 'open'],
    ["'/api/**': { cors :true }", 'open'],
    ["'/api/**': { cors:true }", 'open'],
    ["'/api/**': { cors: false }", 'none'],
    ["'/api/**': { mycors: true }", 'none'],
    ["'/api/**': { cors: true, headers: { 'access-control-allow-origin': 'https://a.example' } }", 'named'],
  ])('route rules of Nuxt, %s: %s', async (rule, expected) => {
    const files = {
      'app.vue': '<template><main /></template>\n',
      'server/api/notes.ts': 'export default defineEventHandler(() => []);\n',
      'nuxt.config.ts': `export default defineNuxtConfig({\n  routeRules: {\n    ${rule},\n  },\n});\n`,
    };
    expect(await origins(framework('nuxt', files))).toBe(expected);
  });
});

describe('headers that code sets', () => {
  const code = (statement: string, more = '') =>
    at(app(`app.use((req, res, next) => { ${statement} next(); });\n${more}`));
  it.each([
    ["res.setHeader('Access-Control-Allow-Origin', '*');", 'open'],
    ["res.header('access-control-allow-origin', 'https://a.example');", 'named'],
    ["res.append('Access-Control-Allow-Origin', req.headers.origin);", 'open'],
    ["res.set('Access-Control-Allow-Origin', req.header('origin'));", 'open'],
    ["res.set('Access-Control-Allow-Origin', req.get('Origin'));", 'open'],
    ["res.set('Access-Control-Allow-Origin', req.get('x-original'));", 'named'],
    ["res.set('Access-Control-Allow-Origin', req.get('origin-of-notes'));", 'named'],
    ["res.set('X-Access-Control-Allow-Origin', '*');", 'none'],
    ["res.set('Access-Control-Allow-Origins', '*');", 'none'],
    ["res.reset('Access-Control-Allow-Origin', '*');", 'none'],
  ])('%s: %s', async (statement, expected) => expect(await origins(code(statement))).toBe(expected));
  it.each([
    ["setHeaders: (res) => res.set('Access-Control-Allow-Origin', '*')", 'none'],
    ["setHeaders : (res) => { res.set('Access-Control-Allow-Origin', '*'); }", 'none'],
    ["setHeaders(res) { res.set('Access-Control-Allow-Origin', '*'); }", 'none'],
    ["resetHeaders: (res) => res.set('Access-Control-Allow-Origin', '*')", 'open'],
    ["setHeaders: () => {}, other: (res) => res.set('Access-Control-Allow-Origin', '*')", 'open'],
  ])('for files, %s: %s', async (option, expected) => {
    expect(await origins(at(app(`app.use(express.static('public', { ${option} }));`)))).toBe(expected);
  });
});

describe('headers of requests and of answers', () => {
  const header = "headers: { 'Access-Control-Allow-Origin': '*' }";
  it.each([
    [`fetch('https://a.example', { ${header} });`, 'none'],
    [`axios.post('https://a.example', {}, { ${header} });`, 'none'],
    [`const made = axios.create({ ${header} });`, 'none'],
    [`apiClient.get('/notes', { ${header} });`, 'none'],
    ["axios.defaults.headers.common['Access-Control-Allow-Origin'] = '*';", 'none'],
    [`const made = new Response('', { ${header} });`, 'open'],
    [`api.get('/notes', () => new Response('', { ${header} }));`, 'open'],
    [`store.get('/notes', { ${header} });`, 'open'],
  ])('%s: %s', async (statement, expected) => {
    expect(await origins(at(app(`app.post('/', (req, res) => {\n${statement}\n});`)))).toBe(expected);
  });
});

describe('an origin that is worked out', () => {
  const cors = (value: string, before = '') =>
    at(app(`${before}\napp.use(cors({ origin: ${value} }));`, "import cors from 'cors';"), {}, ['cors']);
  const list = (text: string) => cors('allowed', `const allowed = ${text};`);
  it.each([
    ["(process.env.ORIGINS || '*').split(',')", 'open'],
    ["(process.env.ORIGINS ?? `*`).split(',').map(trim)", 'open'],
    ["(process.env.ORIGINS || '*').split(',').filter(Boolean)", 'open'],
    ["(process.env.ORIGINS || 'https://a.example').split(',')", 'named'],
    ["process.env.ORIGINS.split(',');\nconst other = a || '*'", 'named'],
    ["process.env.ORIGINS.split(',')\n\nconst other = a || '*'", 'named'],
    ["process.env.ORIGINS.split(',')\n  \nconst other = a || '*'", 'named'],
  ])('%s: %s', async (text, expected) => expect(await origins(list(text))).toBe(expected));
  it.each([
    ['(origin, done) => done(null, true)', 'open'],
    ['(origin, done) => done(null, list.includes(origin))', 'named'],
    ['(origin, done) => (origin ? done(null, true) : done(null, false))', 'named'],
  ])('%s: %s', async (text, expected) => expect(await origins(cors(text))).toBe(expected));
  it.each([
    ['{ if (req.headers.origin) done(null, true); }', 'open'],
    ["{ if (req.header('origin')) done(null, true); }", 'open'],
    ["{ if (req.header( 'Referer')) done(null, true); }", 'open'],
    ['{ if (req.header(origin)) done(null, true); }', 'named'],
    ['{ if (allow.has(req.headers.origin)) done(null, true); }', 'named'],
  ])('by the request, %s: %s', async (text, expected) => {
    expect(await origins(cors(`(req, done) => ${text}`))).toBe(expected);
  });
});

describe('servers that take a policy with their options', () => {
  const made = (call: string) => at(app(`${call};`, "import { all } from 'all';"), {}, ['all']);
  it.each([
    ["new Notes({ cors: { origin: 'https://a.example' } })", 'named'],
    ["createServer({ cors: { origin: '*' } })", 'open'],
    ["createYoga({ cors: { origin: 'https://a.example' } })", 'named'],
    ["all.start({ cors: { origin: '*' } })", 'open'],
    ["buildConfig({ cors: { origin: '*' } })", 'open'],
    ["restart({ cors: { origin: '*' } })", 'none'],
    ["starting({ cors: { origin: '*' } })", 'none'],
    ["createServerOf({ cors: { origin: '*' } })", 'none'],
    ["rebuildConfig({ cors: { origin: '*' } })", 'none'],
    ["buildConfigs({ cors: { origin: '*' } })", 'none'],
    ["show({ cors: { origin: '*' } })", 'none'],
  ])('%s: %s', async (call, expected) => expect(await origins(made(call))).toBe(expected));
});
