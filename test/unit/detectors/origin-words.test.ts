import { describe, expect, it } from 'vitest';
import { app, asked, at, framework } from './_asked.ts';

/** Which origins a policy lets in, in the words of the finding; `named` where it names them, `none` where there is no policy. */
async function origins(files: Record<string, string>): Promise<string> {
  const is = async (ask: string) => (await asked('allows-origins', { ask }, files))[0]!.replace(/:.*/, '');
  if ((await is('set')) === 'no') return 'none';
  return (await is('explicit')) === 'yes' ? 'named' : 'open';
}

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
