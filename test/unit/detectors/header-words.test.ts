import { describe, expect, it } from 'vitest';
import { app, asked, at, framework } from './_asked.ts';

type Row = [code: string, expected: string];
const answer = async (files: Record<string, string>, ask: 'any' | 'strong' | 'defined' = 'any'): Promise<string> =>
  (await asked('sends-headers', { ask }, files))[0]!.replace(/:.*/, '');
const list = "app.get('/notes', (req, res) => res.json([]));";
const helmet = (statements: string, name = 'helmet', as = name.replace(/[^a-z]/g, '')) =>
  at(app(`${statements}\n${list}`, `import ${as} from '${name}';`), {}, [name]);
const sent = async (files: Record<string, string>) =>
  (await asked('sends-headers', { ask: 'any' }, files)).slice(1).map((one) => one.replace(/^[^ ]* /, ''));

describe('what one part of Helmet sends', () => {
  it.each<Row>([
    ['hsts', 'strict-transport-security'],
    ['strictTransportSecurity', 'strict-transport-security'],
    ['contentSecurityPolicy', 'content-security-policy'],
    ['noSniff', 'x-content-type-options'],
    ['xContentTypeOptions', 'x-content-type-options'],
    ['frameguard', 'x-frame-options'],
    ['xFrameOptions', 'x-frame-options'],
    ...'hidePoweredBy,xPoweredBy,xssFilter,xXssProtection,ieNoOpen,xDownloadOptions,dnsPrefetchControl,xDnsPrefetchControl,permittedCrossDomainPolicies,referrerPolicy,originAgentCluster,crossOriginEmbedderPolicy,crossOriginOpenerPolicy'
      .split(',')
      .map((name): Row => [name, 'weak']),
    ['other', 'all'],
    ['hstsAll', 'all'],
    ['myHsts', 'all'],
    ['referrer', 'all'],
    ['crossOrigin', 'all'],
  ])('%s: %s', async (member, expected) => {
    const [shown] = await sent(helmet(`app.use(helmet.${member}());`));
    expect(shown).toBe(expected === 'all' ? 'use(helmet)' : `use(helmet: ${expected})`);
  });
  it.each<Row>([
    ['helmet()', 'yes'],
    ['helmet({ hsts: false })', 'yes'],
    ['helmet({ contentSecurityPolicy: false })', 'yes'],
    ['helmet({ hsts: false, contentSecurityPolicy: false })', 'no'],
    ['helmet({ strictTransportSecurity: false, contentSecurityPolicy: false })', 'no'],
    ['helmet({ noSniff: false, frameguard: false })', 'no'],
    ['helmet({ noSniff: false })', 'yes'],
    ['helmet({ hsts: true, contentSecurityPolicy: false })', 'yes'],
    ['helmet({ other: false })', 'yes'],
    ['helmet.hsts()', 'no'],
    ['helmet.hsts(), helmet.noSniff()', 'yes'],
    ['helmet.contentSecurityPolicy(), helmet.frameguard()', 'yes'],
    ['helmet.hsts(), helmet.contentSecurityPolicy()', 'no'],
    ['helmet.noSniff(), helmet.frameguard()', 'no'],
    ['helmet.hsts(), helmet.xssFilter()', 'no'],
  ])('%s: is it enough: %s', async (made, expected) => {
    expect(await answer(helmet(`app.use(${made});`), 'strong')).toBe(expected);
  });
});

describe('packages of one header', () => {
  it.each<Row>([
    ['hsts', 'strict-transport-security'],
    ['helmet-csp', 'content-security-policy'],
    ['dont-sniff-mimetype', 'x-content-type-options'],
    ['frameguard', 'x-frame-options'],
    ['x-xss-protection', 'weak'],
    ['referrer-policy', 'weak'],
  ])('%s: %s', async (name, expected) => {
    const shown = await sent(helmet('app.use(own());', name, 'own'));
    expect(shown.length === 0 || shown[0] === `use(${name}: ${expected})`).toBe(true);
  });
  it.each<Row>([
    ['lusca({ csrf: true })', ''],
    ['lusca({ hsts: {}, xframe: "DENY" })', 'strict-transport-security, x-frame-options'],
    ['lusca({ csp: {}, nosniff: true })', 'content-security-policy, x-content-type-options'],
    ['lusca({ xssProtection: true, referrerPolicy: "a", p3p: "b" })', 'weak, weak, weak'],
  ])('%s: %s', async (made, expected) => {
    const shown = await sent(helmet(`app.use(${made});`, 'lusca'));
    expect(shown.map((one) => /: (.*)\)/.exec(one)?.[1]).join(', ')).toBe(expected);
  });
});

describe('a header that code sets', () => {
  const set = (call: string) => at(app(`app.use((req, res, next) => { ${call}; next(); });\n${list}`));
  const both = (one: string, two: string) => set(`res.setHeader('${one}', 'a'); res.setHeader('${two}', 'b')`);
  it.each<Row>([
    ["res.setHeader('Strict-Transport-Security', 'max-age=1')", 'yes'],
    ["res.set('Strict-Transport-Security', 'max-age=1')", 'yes'],
    ["res.header('Strict-Transport-Security', 'max-age=1')", 'yes'],
    ["res.append('Strict-Transport-Security', 'max-age=1')", 'yes'],
    ["res.sets('Strict-Transport-Security', 'max-age=1')", 'no'],
    ["res.get('Strict-Transport-Security')", 'no'],
    ["res.setHeader('X-Other', 'a')", 'no'],
  ])('%s: %s', async (call, expected) => {
    expect(await answer(set(call))).toBe(expected);
  });
  it.each<[string, string, string]>([
    ['Strict-Transport-Security', 'X-Content-Type-Options', 'yes'],
    ['content-security-policy', 'x-frame-options', 'yes'],
    ['Strict-Transport-Security', 'Content-Security-Policy', 'no'],
    ['X-Content-Type-Options', 'X-Frame-Options', 'no'],
    ['Strict-Transport-Security', 'X-Other', 'no'],
  ])('%s with %s is enough: %s', async (one, two, expected) => {
    expect(await answer(both(one, two), 'strong')).toBe(expected);
  });
});

describe('what is shown of headers', () => {
  const shown = async (files: Record<string, string>, ask: 'any' | 'strong' | 'defined' = 'any') =>
    (await asked('sends-headers', { ask }, files)).join('; ');
  const set = (code: string, head = '') => at(app(`${code}\n${list}`, head), {}, ['helmet', 'kit']);
  it.each<[code: string, head: string, expected: string]>([
    [
      "app.use((req, res, next) => { res.setHeader('X-Frame-Options', 'DENY'); next(); });",
      '',
      'yes; src/index.js:4 sends X-Frame-Options',
    ],
    [
      "app.use((req, res, next) => { res.set({ 'X-Frame-Options': 'DENY', 'Referrer-Policy': 'a', 'X-Other': 'b' }); next(); });",
      '',
      'yes; src/index.js:4 sends X-Frame-Options; src/index.js:4 sends Referrer-Policy',
    ],
    [
      "app.use((req, res, next) => { res.headers({ 'Permissions-Policy': 'a' }); next(); });",
      '',
      'yes; src/index.js:4 sends Permissions-Policy',
    ],
    ["app.use((req, res, next) => { setHeader('X-Frame-Options', 'DENY'); next(); });", '', 'no'],
    ['app.use((req, res, next) => { res.set(); next(); });', '', 'no'],
    ["app.use((req, res, next) => { res.set(['X-Frame-Options']); next(); });", '', 'no'],
    [
      "app.use((req, res, next) => { res.set('X-Frame-Options-Of', 'a'); res.set('My-X-Frame-Options', 'a'); next(); });",
      '',
      'no',
    ],
    [
      "app.use((req, res, next) => { res.set('Cross-Origin-Opener-Policy', 'a'); res.set('Cross-Origin-Embedder-Policy', 'a'); res.set('Cross-Origin-Resource-Policy', 'a'); res.set('Cross-Origin-Policy', 'a'); next(); });",
      '',
      'yes; src/index.js:4 sends Cross-Origin-Opener-Policy; src/index.js:4 sends Cross-Origin-Embedder-Policy; src/index.js:4 sends Cross-Origin-Resource-Policy',
    ],
    [
      'app.use((req, res, next) => { for (const [name, value] of Object.entries(all)) res.set(name, value); next(); });',
      "const all = { 'X-Frame-Options': 'DENY', 'X-Other': 'a' };",
      'yes; src/index.js:4 sends X-Frame-Options',
    ],
    [
      'app.use((req, res, next) => { for (const [name, value] of Object.values(all)) res.set(name, value); next(); });',
      "const all = { 'X-Frame-Options': 'DENY' };",
      'no',
    ],
    [
      'app.use((req, res, next) => { for (const [name, value] of Object.entries()) res.set(name, value); next(); });',
      '',
      'no',
    ],
    [
      'app.use((req, res, next) => { for (const [name, value] of Object.entries(all, 1)) res.set(name, value); next(); });',
      "const all = { 'X-Frame-Options': 'DENY' };",
      'no',
    ],
    [
      'app.use((req, res, next) => { for (const [name, value] of Object.entries(other)) res.set(name, value); next(); });',
      "const all = { 'X-Frame-Options': 'DENY' };",
      'no',
    ],
    [
      'app.use((req, res, next) => { res.set(name, value); Object.entries(all); next(); });',
      "const all = { 'X-Frame-Options': 'DENY' };",
      'no',
    ],
    [
      `app.use((req, res, next) => { Object.entries(all); ${'pad(1); '.repeat(45)} res.set(name, value); next(); });`,
      "const all = { 'X-Frame-Options': 'DENY' };",
      'no',
    ],
    [
      'Object.entries(all);\napp.use((req, res, next) => { res.set(name, value); next(); });',
      "const all = { 'X-Frame-Options': 'DENY' };",
      'no',
    ],
    [
      "app.get('/a', (req, res) => { res.set('X-Frame-Options', 'DENY'); });",
      '',
      'yes; src/index.js:4 sends X-Frame-Options for one route',
    ],
    [
      "app.get('*', (req, res) => { res.set('X-Frame-Options', 'DENY'); });",
      '',
      'yes; src/index.js:4 sends X-Frame-Options',
    ],
    [
      "app.get('/*', (req, res) => { res.set('X-Frame-Options', 'DENY'); });",
      '',
      'yes; src/index.js:4 sends X-Frame-Options',
    ],
    [
      "app.get('/{*all}', (req, res) => { res.set('X-Frame-Options', 'DENY'); });",
      '',
      'yes; src/index.js:4 sends X-Frame-Options',
    ],
    [
      "app.get('/(.*)', (req, res) => { res.set('X-Frame-Options', 'DENY'); });",
      '',
      'yes; src/index.js:4 sends X-Frame-Options',
    ],
    [
      "const all = () => res.set('X-Frame-Options', 'DENY');\napp.get('/a', (req, res) => { all(); });",
      '',
      'yes; src/index.js:4 sends X-Frame-Options',
    ],
    ['app.use(helmet());', "import helmet from 'helmet';", 'yes; src/index.js:4 use(helmet)'],
    ["app.use('/a', helmet());", "import helmet from 'helmet';", 'yes; src/index.js:4 use(helmet)'],
    ["const made = helmet();\napp.set('a', made);", "import helmet from 'helmet';", 'yes; src/index.js:4 helmet(…)'],
    [
      'helmet({ hsts: false, contentSecurityPolicy: false })(req, res);',
      "import helmet from 'helmet';",
      'yes; src/index.js:4 helmet(…); src/index.js:4 helmet(…); src/index.js:4 helmet(…)',
    ],
    ['app.use(helmet(options));', "import helmet from 'helmet';", 'yes; src/index.js:4 use(helmet)'],
    ['app.use(other());', "import { other } from 'kit';", 'no'],
  ])('%s after %s: %s', async (code, head, expected) => {
    expect(await shown(set(code, head))).toEqual(expected);
  });
  it('is all that one route answers, where there is no other', async () => {
    const one = app("app.get('/a', (req, res) => { res.set('X-Frame-Options', 'DENY'); });");
    expect(await shown(at(one))).toBe('yes; src/index.js:4 sends X-Frame-Options');
  });
  it.each<[title: string, code: string, ask: 'any' | 'strong' | 'defined', expected: string]>([
    [
      'in idle code',
      "import express from 'express';\nexport const a = (res) => res.set('X-Frame-Options', 'DENY');\n",
      'any',
      'no; src/idle.js:2 sends X-Frame-Options',
    ],
    [
      'in idle code',
      "import express from 'express';\nexport const a = (res) => res.set('X-Frame-Options', 'DENY');\n",
      'defined',
      'yes; src/idle.js:2 sends X-Frame-Options',
    ],
    [
      'in idle code',
      "import express from 'express';\nexport const a = (res) => res.set('X-Frame-Options', 'DENY');\n",
      'strong',
      'no',
    ],
    [
      'by a library, in idle code',
      "import helmet from 'helmet';\nexport const a = helmet();\n",
      'any',
      'no; src/idle.js:2 helmet(…)',
    ],
    [
      'by a library, in idle code',
      "import helmet from 'helmet';\nexport const a = helmet();\n",
      'defined',
      'yes; src/idle.js:2 helmet(…)',
    ],
  ])('%s: %s (%s): %s', async (_, code, ask, expected) => {
    expect(await shown({ ...set(''), 'src/idle.js': code }, ask)).toEqual(expected);
  });
  it('shows five of more', async () => {
    const six =
      "res.set({ 'X-Frame-Options': 1, 'Referrer-Policy': 1, 'Permissions-Policy': 1, 'X-Content-Type-Options': 1, 'Content-Security-Policy': 1, 'Strict-Transport-Security': 1 });";
    const files = set(`app.use((req, res, next) => { ${six} next(); });`);
    for (const ask of ['any', 'strong', 'defined'] as const)
      expect((await shown(files, ask)).split('; ').length).toBe(6);
  });

  it.each<[line: string, expected: string]>([
    [
      "{ key: 'X-Frame-Options', value: 'DENY' }",
      'yes; next.config.js:3 sends X-Frame-Options | no; next.config.js:3 sends X-Frame-Options',
    ],
    [
      "{ key: 'x-frame-options', value: 'DENY' }",
      'yes; next.config.js:3 sends x-frame-options | no; next.config.js:3 sends x-frame-options',
    ],
    [
      "{ key: 'Content-Security-Policy', value: \"frame-ancestors 'none'\" }",
      'yes; next.config.js:3 sends Content-Security-Policy; next.config.js:3 sets frame-ancestors | yes; next.config.js:3 sends Content-Security-Policy; next.config.js:3 sets frame-ancestors',
    ],
    [
      "{ key: 'Strict-Transport-Security', value: 'max-age=1' }, { key: 'X-Content-Type-Options', value: 'nosniff' }",
      'yes; next.config.js:3 sends Strict-Transport-Security; next.config.js:3 sends X-Content-Type-Options | yes; next.config.js:3 sends Strict-Transport-Security; next.config.js:3 sends X-Content-Type-Options',
    ],
    ["// { key: 'X-Frame-Options', value: 'DENY' }", 'no | no'],
    ["/* { key: 'X-Frame-Options', value: 'DENY' } */", 'no | no'],
    ["{ key: 'X-Other', value: 'DENY' }", 'no | no'],
  ])('of a configuration, %s: %s', async (line, expected) => {
    const files = framework(
      'next',
      {
        'app/page.tsx': 'export default () => <main />;\n',
        'next.config.js': `module.exports = {\n  headers: () => [{ source: '/', headers: [\n${line}\n] }],\n};\n`,
      },
      ['react'],
    );
    expect([await shown(files), await shown(files, 'strong')].join(' | ')).toEqual(expected);
  });

  it.each([
    ['next.config.js', true],
    ['next.config.mjs', true],
    ['next.config.ts', true],
    ['nuxt.config.ts', true],
    ['nitro.config.ts', true],
    ['astro.config.mjs', true],
    ['svelte.config.js', true],
    ['vite.config.cts', true],
    ['vinxi.config.ts', true],
    ['app.config.ts', true],
    ['public/_headers', true],
    ['staticwebapp.config.json', true],
    ['middleware.ts', true],
    ['src/middleware.js', true],
    ['src/proxy.ts', true],
    ['src/hooks.server.ts', true],
    ['app/entry.server.tsx', true],
    ['entry.server.js', true],
    ['lib/other.config.ts', false],
    ['my-next.config.js', false],
    ['next.config.json', false],
    ['next.config.js.map', false],
    ['_headers.md', false],
    ['src/middlewares.ts', false],
    ['src/entry.servers.ts', false],
    ['examples/next.config.js', false],
    ['web.config.json', false],
  ])('of a file, %s: %s', async (path, is) => {
    const files = { ...at(app(list)), [path]: "'X-Frame-Options': 'DENY'\n" };
    expect(await shown(files)).toBe(is ? `yes; ${path}:1 sends X-Frame-Options` : 'no');
  });
  it.each([
    ["'X-Frame-Options': 'DENY'", 'yes; src/middleware.ts:1 sends X-Frame-Options'],
    ["\n\n'X-Frame-Options': 'DENY'", 'yes; src/middleware.ts:3 sends X-Frame-Options'],
    ["// 'X-Frame-Options': 'DENY'", 'no'],
    ["  // 'X-Frame-Options': 'DENY'", 'no'],
    [" * 'X-Frame-Options': 'DENY'", 'no'],
    ["# 'X-Frame-Options': 'DENY'", 'no'],
    ["const a = 1; // 'X-Frame-Options': 'DENY'", 'no'],
    ["/* 'X-Frame-Options': 'DENY' */", 'no'],
  ])('of a line, %j: %s', async (line, expected) => {
    expect(await shown({ ...at(app(list)), 'src/middleware.ts': `${line}\n` })).toBe(expected);
  });
  it('of a file of headers, comments left out', async () => {
    const files = { ...at(app(list)), 'public/_headers': '/*\n# X-Frame-Options: DENY\n  Referrer-Policy: a // b\n' };
    expect(await shown(files)).toBe('yes; public/_headers:3 sends Referrer-Policy');
  });
  it('of the component alone', async () => {
    const web = {
      'package.json': '{"private":true,"workspaces":["*"]}',
      'api/package.json': at('')['package.json']!,
      'api/src/index.js': app(list),
      'web/package.json': '{"name":"web","scripts":{"start":"next start"},"dependencies":{"next":"15","react":"19"}}',
      'web/app/page.tsx': 'export default () => null;\n',
      'web/next.config.js': "module.exports = { 'X-Frame-Options': 'DENY' };\n",
    };
    expect(await asked('sends-headers', { ask: 'any' }, web, 'api')).toEqual(['no']);
    expect(await asked('sends-headers', { ask: 'any' }, web, 'web')).toEqual([
      'yes',
      'web/next.config.js:1 sends X-Frame-Options',
    ]);
  });

  it.each<[name: string, index: string, more: Record<string, string>, expected: string]>([
    [
      '@hapi/hapi',
      "import Hapi from '@hapi/hapi';\nconst server = Hapi.server({\n  port: 1,\n  routes: { security: true },\n});\nserver.route({ method: 'GET', path: '/a', handler: () => [] });\nserver.start();\n",
      {},
      'yes; src/index.js:4 hapi sends security headers',
    ],
    [
      '@hapi/hapi',
      "import Hapi from '@hapi/hapi';\nconst server = Hapi.server({ port: 1, routes: { cors: true, security : { hsts: true } } });\nserver.route({ method: 'GET', path: '/a', handler: () => [] });\nserver.start();\n",
      {},
      'yes; src/index.js:2 hapi sends security headers',
    ],
    [
      '@hapi/hapi',
      "import Hapi from '@hapi/hapi';\nconst server = Hapi.server({ port: 1, routes: { security: false } });\nserver.route({ method: 'GET', path: '/a', handler: () => [] });\nserver.start();\n",
      {},
      'no',
    ],
    [
      '@hapi/hapi',
      "import Hapi from '@hapi/hapi';\nconst server = Hapi.server({ port: 1, routes: { a: {}, security: true } });\nserver.route({ method: 'GET', path: '/a', handler: () => [] });\nserver.start();\n",
      {},
      'yes; src/index.js:2 hapi sends security headers',
    ],
    [
      '@hapi/hapi',
      "import Hapi from '@hapi/hapi';\nconst server = Hapi.server({ port: 1, routes: { cors: true }, security: true });\nserver.route({ method: 'GET', path: '/a', handler: () => [] });\nserver.start();\n",
      {},
      'no',
    ],
    [
      'express',
      "import express from 'express';\nconst routes = { security: true };\nconst o = { routes: { security: true } };\nexpress().get('/a', list).listen(3000);\n",
      {},
      'no',
    ],
  ])('of %s: %s', async (name, index, more, expected) => {
    expect(await shown(at(index, more, [name]))).toEqual(expected);
  });

  it.each<[path: string, text: string, expected: string]>([
    [
      'svelte.config.js',
      'export default { kit: {\n  csp: { directives: {} },\n} };\n',
      'yes; svelte.config.js:2 SvelteKit sends content-security-policy',
    ],
    [
      'svelte.config.mjs',
      'export default { kit: { csp :  policy } };\n',
      'yes; svelte.config.mjs:1 SvelteKit sends content-security-policy',
    ],
    ['svelte.config.js', 'export default { kit: { csp: [] } };\n', 'no'],
    ['svelte.config.js', 'export default { kit: { mycsp: {} } };\n', 'no'],
    ['vite.config.js', 'export default { kit: { csp: {} } };\n', 'no'],
  ])('of SvelteKit, %s: %s', async (path, text, expected) => {
    const files = {
      'package.json':
        '{"name":"web","scripts":{"build":"vite build","start":"node build"},"dependencies":{"@sveltejs/kit":"2","svelte":"5","@sveltejs/adapter-node":"5"}}',
      'src/routes/+page.svelte': '<main />\n',
      'src/routes/+page.server.ts': 'export const load = () => ({});\n',
      [path]: text,
    };
    expect(await shown(files)).toEqual(expected);
  });

  it.each<[lines: string, expected: string]>([
    [
      'add_header X-Frame-Options DENY;',
      'yes; nginx.conf:3 adds X-Frame-Options | no; nginx.conf:3 adds X-Frame-Options',
    ],
    ['add_header X-Other DENY;', 'no | no'],
    [
      'add_header Strict-Transport-Security "max-age=1"; add_header X-Content-Type-Options nosniff;',
      'yes; nginx.conf:3 adds Strict-Transport-Security; nginx.conf:3 adds X-Content-Type-Options | yes; nginx.conf:3 adds Strict-Transport-Security; nginx.conf:3 adds X-Content-Type-Options',
    ],
  ])('of a proxy, %s: %s', async (lines, expected) => {
    const files = at(app(list), {
      Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "src/index.js"]\n',
      'compose.yaml':
        'services:\n  api:\n    build: .\n  proxy:\n    image: nginx:1\n    ports: ["80:80"]\n    volumes: ["./nginx.conf:/etc/nginx/nginx.conf:ro"]\n',
      'nginx.conf': `server {\n  listen 80;\n  ${lines}\n  location / { proxy_pass http://api:3000; }\n}\n`,
    });
    expect([await shown(files), await shown(files, 'strong')].join(' | ')).toEqual(expected);
  });
});
