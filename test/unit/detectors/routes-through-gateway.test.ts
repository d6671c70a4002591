import { describe, expect, it } from 'vitest';
import { asked } from './_asked.ts';

type Rung = 'present' | 'wired' | 'complete';
type Row = [title: string, rung: Rung, files: Record<string, string>, expected: string[]];

const express = (name: string, index = '', dependencies: string[] = []) => ({
  [`${name}/package.json`]: JSON.stringify({
    name,
    scripts: { start: 'node src/index.js' },
    dependencies: Object.fromEntries(['express', ...dependencies].map((one) => [one, '1'])),
  }),
  [`${name}/src/index.js`]: `import express from 'express';\nconst app = express();\napp.get('/${name}', (req, res) => res.json([]));\n${index}\napp.listen(3000);\n`,
  [`${name}/Dockerfile`]: 'FROM node:22\nCOPY . .\nCMD ["node", "src/index.js"]\n',
});
/** Two services, and what stands beside them. */
const two = (more: Record<string, string> = {}) => ({
  ...express('notes-service'),
  ...express('users-service'),
  ...more,
});
const compose = (services: Record<string, string>) =>
  `services:\n${Object.entries(services)
    .map(([name, text]) => `  ${name}:\n${text}`)
    .join('')}`;
const built = (name: string, port?: number) =>
  `    build: ./${name}\n    restart: always\n${port ? `    ports: ["${port}:3000"]\n` : ''}`;
const nginx =
  '    image: nginx:1.27\n    restart: always\n    ports: ["80:80"]\n    volumes: ["./nginx.conf:/etc/nginx/nginx.conf:ro"]\n';
const routing = (...names: string[]) =>
  `server {\n  listen 80;\n${names.map((name) => `  location /${name} { proxy_pass http://${name}:3000; }\n`).join('')}}\n`;
const proxied = (
  names: string[],
  services: Record<string, string> = {
    'notes-service': built('notes-service'),
    'users-service': built('users-service'),
  },
) => two({ 'compose.yaml': compose({ ...services, proxy: nginx }), 'nginx.conf': routing(...names) });
const passing = (name: string, to: string[], dependencies = ['http-proxy-middleware']) => {
  const [first] = dependencies;
  return express(
    name,
    to
      .map((one) => `app.use('/${one}', ${first ? 'createProxyMiddleware' : 'ask'}({ target: 'http://${one}:3000' }));`)
      .join('\n'),
    dependencies,
  );
};
const withImport = (files: Record<string, string>, name: string) => ({
  ...files,
  [`${name}/src/index.js`]: `import { createProxyMiddleware } from 'http-proxy-middleware';\n${files[`${name}/src/index.js`]}`,
});

it.each<Row>([
  [
    'a proxy that leads to both',
    'wired',
    proxied(['notes-service', 'users-service']),
    [
      'yes',
      'nginx.conf:3 nginx routes /notes-service to notes-service:3000',
      'nginx.conf:4 nginx routes /users-service to users-service:3000',
    ],
  ],
  ['a proxy that leads to none', 'wired', proxied([]), ['no']],
  [
    'a proxy that is not deployed',
    'wired',
    two({
      'compose.yaml': compose({
        'notes-service': built('notes-service', 1),
        'users-service': built('users-service', 2),
      }),
      'nginx.conf': routing('notes-service'),
    }),
    ['no', 'nginx.conf:1 nginx config'],
  ],
  [
    'a proxy that is not deployed',
    'present',
    two({
      'compose.yaml': compose({
        'notes-service': built('notes-service', 1),
        'users-service': built('users-service', 2),
      }),
      'nginx.conf': routing('notes-service'),
    }),
    ['yes', 'nginx.conf:1 nginx config'],
  ],
  ['nothing', 'present', two(), ['no']],
  [
    'a gateway of .NET, whose settings name the others',
    'wired',
    two({
      'Gateway.Api/Gateway.Api.csproj':
        '<Project Sdk="Microsoft.NET.Sdk.Web">\n  <ItemGroup>\n    <PackageReference Include="Ocelot" Version="17.0.0" />\n  </ItemGroup>\n</Project>\n',
      'Gateway.Api/Program.cs': 'WebApplication.CreateBuilder(args).Build().Run();\n',
      'Gateway.Api/ocelot.json':
        '{ "Routes": [{ "DownstreamHostAndPorts": [{ "Host": "notes-service" }] }, { "DownstreamHostAndPorts": [{ "Host": "users-service" }] }] }\n',
    }),
    ['yes', 'Gateway.Api/Gateway.Api.csproj:1 Gateway.Api stands in front of the services'],
  ],
  [
    'a service that hands requests on',
    'wired',
    two(withImport(passing('front', ['notes-service', 'users-service']), 'front')),
    [
      'yes',
      'front/src/index.js:5 app.use(…)',
      'front/src/index.js:5 createProxyMiddleware(…)',
      'front/src/index.js:6 app.use(…)',
      'front/src/index.js:6 createProxyMiddleware(…)',
    ],
  ],
  [
    'a service that hands requests on, left out of what is deployed',
    'wired',
    two({
      ...withImport(passing('front', ['notes-service', 'users-service']), 'front'),
      'compose.yaml': compose({
        'notes-service': built('notes-service', 1),
        'users-service': built('users-service', 2),
      }),
    }),
    [
      'no',
      'front/src/index.js:5 app.use(…)',
      'compose.yaml:1 compose.yaml does not run front',
      'front/package.json:1 declares http-proxy-middleware',
    ],
  ],
  [
    'a service that hands requests on, left out of what is deployed',
    'present',
    two({
      ...withImport(passing('front', ['notes-service', 'users-service']), 'front'),
      'compose.yaml': compose({
        'notes-service': built('notes-service', 1),
        'users-service': built('users-service', 2),
      }),
    }),
    [
      'yes',
      'front/src/index.js:5 app.use(…)',
      'compose.yaml:1 compose.yaml does not run front',
      'front/package.json:1 declares http-proxy-middleware',
    ],
  ],
  [
    'a package for it that nothing uses',
    'present',
    two(express('front', '', ['http-proxy-middleware'])),
    ['yes', 'front/package.json:1 declares http-proxy-middleware'],
  ],
  [
    'by its name, and theirs in its code',
    'wired',
    two(passing('api-gateway', ['notes-service', 'users-service'], [])),
    ['yes', 'api-gateway/package.json:1 api-gateway stands in front of the services'],
  ],
  [
    'by its name, and none of theirs',
    'wired',
    two(express('api-gateway')),
    ['no', 'api-gateway/package.json:1 package api-gateway'],
  ],
  [
    'by its name, and none of theirs',
    'present',
    two(express('api-gateway')),
    ['yes', 'api-gateway/package.json:1 package api-gateway'],
  ],
  [
    'a name that says another thing',
    'wired',
    two(passing('storage-gateway', ['notes-service', 'users-service'], [])),
    ['no'],
  ],
  [
    'a back end for a front end',
    'wired',
    two(passing('web-bff', ['notes-service', 'users-service'], [])),
    ['yes', 'web-bff/package.json:1 web-bff stands in front of the services'],
  ],
  [
    'by settings that name the others',
    'wired',
    two({
      ...express('gateway'),
      'compose.yaml': compose({
        'notes-service': built('notes-service'),
        'users-service': built('users-service'),
        gateway: `${built('gateway', 80)}    environment:\n      NOTES_URL: http://notes-service:3000\n`,
      }),
    }),
    ['yes', 'gateway/package.json:1 gateway stands in front of the services'],
  ],
  [
    'the only one that is published, which names the others',
    'wired',
    two({
      ...passing('front', ['notes-service', 'users-service'], []),
      'compose.yaml': compose({
        'notes-service': built('notes-service'),
        'users-service': built('users-service'),
        front: built('front', 80),
      }),
    }),
    ['yes', 'compose.yaml:8 front is the only one that is published, and calls the others'],
  ],
  [
    'the only one that is published, which names none',
    'wired',
    two({
      ...express('front'),
      'compose.yaml': compose({
        'notes-service': built('notes-service'),
        'users-service': built('users-service'),
        front: built('front', 80),
      }),
    }),
    ['no'],
  ],
  [
    'one of two that are published',
    'wired',
    two({
      ...passing('front', ['notes-service', 'users-service'], []),
      'compose.yaml': compose({
        'notes-service': built('notes-service', 81),
        'users-service': built('users-service'),
        front: built('front', 80),
      }),
    }),
    ['no'],
  ],
  [
    'where it leads is decided at run time',
    'wired',
    two({
      'compose.yaml': compose({
        'notes-service': built('notes-service'),
        'users-service': built('users-service'),
        proxy: nginx,
      }),
      'nginx.conf': 'server {\n  listen 80;\n  location / { proxy_pass http://$upstream; }\n}\n',
    }),
    ['unknown: where the proxy leads is decided at run time', 'nginx.conf:3 nginx routes / to $upstream'],
  ],

  [
    'to both',
    'complete',
    proxied(['notes-service', 'users-service']),
    [
      'yes',
      'nginx.conf:3 nginx routes /notes-service to notes-service:3000',
      'nginx.conf:4 nginx routes /users-service to users-service:3000',
    ],
  ],
  [
    'to one, and the other is not published',
    'complete',
    proxied(['notes-service']),
    ['yes', 'nginx.conf:3 nginx routes /notes-service to notes-service:3000'],
  ],
  [
    'to one, and the other is published by itself',
    'complete',
    proxied(['notes-service'], {
      'notes-service': built('notes-service'),
      'users-service': built('users-service', 81),
    }),
    ['no', 'compose.yaml:5 users-service is published by itself'],
  ],
  ['of which it is not known where it leads', 'complete', two(withImport(passing('front', []), 'front')), ['yes']],
  [
    'a service in front, which is published itself',
    'complete',
    two({
      ...withImport(passing('front', ['notes', 'users']), 'front'),
      'compose.yaml': compose({
        'notes-service': built('notes-service'),
        'users-service': built('users-service'),
        front: built('front', 80),
      }),
    }),
    [
      'yes',
      'front/src/index.js:5 app.use(…)',
      'front/src/index.js:5 createProxyMiddleware(…)',
      'front/src/index.js:6 app.use(…)',
      'front/src/index.js:6 createProxyMiddleware(…)',
    ],
  ],
  [
    'by the first word of their names',
    'complete',
    two({
      ...withImport(passing('front', ['notes']), 'front'),
      'compose.yaml': compose({
        'notes-service': built('notes-service', 81),
        'users-service': built('users-service', 82),
        front: built('front', 80),
      }),
    }),
    ['no', 'compose.yaml:6 users-service is published by itself'],
  ],
  [
    'by names written otherwise',
    'complete',
    two({
      ...withImport(passing('front', ['notes_service', 'usersservice']), 'front'),
      'compose.yaml': compose({
        'notes-service': built('notes-service', 81),
        'users-service': built('users-service', 82),
        front: built('front', 80),
      }),
    }),
    [
      'yes',
      'front/src/index.js:5 app.use(…)',
      'front/src/index.js:5 createProxyMiddleware(…)',
      'front/src/index.js:6 app.use(…)',
      'front/src/index.js:6 createProxyMiddleware(…)',
    ],
  ],
])('%s (%s)', async (_, rung, files, expected) => {
  expect(await asked('routes-through-gateway', { rung }, files, null)).toEqual(expected);
});

describe('names of a service in front', () => {
  const named = (name: string, dir = 'front') => {
    const files = passing(dir, ['notes-service'], []);
    return two({
      ...files,
      [`${dir}/package.json`]: files[`${dir}/package.json`]!.replace(`"name":"${dir}"`, `"name":"${name}"`),
      [`${dir}/src/index.js`]: files[`${dir}/src/index.js`]!.replace(/ask\(.*\)/, "fetch('http://notes-service')"),
    });
  };
  it.each<[name: string, expected: string]>([
    ['gateway', 'yes'],
    ['gw', 'yes'],
    ['Gateway', 'yes'],
    ['@acme/gateway', 'yes'],
    ['@acme/api-gateway', 'yes'],
    ['api-gateway', 'yes'],
    ['apigateway', 'yes'],
    ['api_gateway', 'yes'],
    ['shop-api-gateway', 'yes'],
    ['my_shop-web-gw', 'yes'],
    ['shop.io-http-gateway', 'yes'],
    ['graphql-gateway', 'yes'],
    ['public-gateway', 'yes'],
    ['main-gateway', 'yes'],
    ['federation-gateway', 'yes'],
    ['gateway-service', 'yes'],
    ['gateway.server', 'yes'],
    ['gateway_app', 'yes'],
    ['gateway-graphql', 'yes'],
    ['gateway-rest', 'yes'],
    ['gateway-http', 'yes'],
    ['gateway-api', 'yes'],
    ['gatewayservice', 'no'],
    ['gateway-services', 'no'],
    ['gateway-storage', 'no'],
    ['storage-gateway', 'no'],
    ['shopapi-gateway', 'no'],
    ['payment-gw', 'no'],
    ['bff', 'yes'],
    ['web-bff', 'yes'],
    ['bff_web', 'yes'],
    ['@acme/bff', 'yes'],
    ['backend-for-frontend', 'yes'],
    ['bffs', 'no'],
    ['webbff', 'no'],
    ['front', 'no'],
  ])('%s', async (name, expected) => {
    expect((await asked('routes-through-gateway', { rung: 'wired' }, named(name), null))[0]).toBe(expected);
  });
  it.each<[dir: string, expected: string[]]>([
    ['gateway', ['yes', 'gateway/package.json:1 shop stands in front of the services']],
    ['apps/bff', ['yes', 'apps/bff/package.json:1 shop stands in front of the services']],
    ['apps/front', ['no']],
  ])('of its folder: %s', async (dir, expected) => {
    expect(await asked('routes-through-gateway', { rung: 'wired' }, named('shop', dir), null)).toEqual(expected);
  });
});

describe('what names a service', () => {
  /** A gateway one of whose files holds a text. */
  const holding = (path: string, text: string, more: Record<string, string> = {}) =>
    two({ ...express('gateway'), [`gateway/${path}`]: text, ...more });
  const answer = async (files: Record<string, string>, rung: Rung = 'wired') =>
    (await asked('routes-through-gateway', { rung }, files, null))[0];
  it.each<[path: string, expected: string]>([
    ...[
      'src/a.js',
      'src/a.mts',
      'src/a.tsx',
      'src/a.jsx',
      'a.json',
      'a.yaml',
      'a.yml',
      'a.toml',
      'a.go',
      'a.py',
      'A.java',
      'a.properties',
      '.env',
      '.env.local',
      'config/.env.sample',
    ].map((path): [string, string] => [path, 'yes']),
    ...[
      'a.md',
      'src/a.js.txt',
      'a.env',
      'test/a.test.js',
      'docs/a.json',
      'package-lock.json',
      'a.lock.yaml',
      'src/a.ejs',
    ].map((path): [string, string] => [path, 'no']),
  ])('in %s: %s', async (path, expected) => {
    expect(await answer(holding(path, 'notes-service'))).toBe(expected);
  });
  it.each<[text: string, expected: string]>([
    ['NOTES-SERVICE', 'yes'],
    ['notes_service', 'yes'],
    ['notesservice', 'yes'],
    ['http://notes', 'yes'],
    ['note-service', 'no'],
    ['nothing', 'no'],
    ['notes\nservice', 'yes'],
  ])('as %s: %s', async (text, expected) => {
    expect(await answer(holding('src/a.js', text))).toBe(expected);
  });
  it.each<[name: string, text: string, expected: string]>([
    ['auth-svc', 'auth', 'yes'],
    ['tax-svc', 'tax', 'no'],
    ['tax-svc', 'tax-svc', 'yes'],
    ['tax', 'tax', 'no'],
    ['mail', 'mail', 'yes'],
    ['orders-api', 'orders', 'yes'],
    ['orders_server', 'orders', 'yes'],
    ['ordersmicroservice', 'orders', 'yes'],
    ['orders-ms', 'orders', 'yes'],
    ['orders-api-v2', 'orders', 'no'],
    ['a-b-service', 'a_b', 'no'],
    ['a-b_service', 'abservice', 'yes'],
    ['big-orders-svc', 'big_orders_svc', 'yes'],
    ['@acme/orders', 'orders', 'yes'],
    ['@acme/orders', 'acme', 'no'],
  ])('%s as %s: %s', async (name, text, expected) => {
    const one = express('one');
    const files = {
      ...one,
      'one/package.json': one['one/package.json']!.replace('"name":"one"', `"name":"${name}"`),
      ...express('gateway'),
      'gateway/src/a.js': text,
    };
    expect(await answer(files)).toBe(expected);
  });
  const environment = (value: string) => ({
    'compose.yaml': compose({
      'notes-service': built('notes-service'),
      'users-service': built('users-service'),
      gateway: `${built('gateway', 80)}    environment:\n      ${value}\n`,
    }),
  });
  it.each<[value: string, expected: string]>([
    ['NOTES: http://notes-service', 'yes'],
    ['NOTES_SERVICE: http://a', 'yes'],
    ['NOTES_SERVICE:', 'yes'],
    ['OTHER: http://a', 'no'],
  ])('in its settings, %s', async (value, expected) => {
    expect(await answer(holding('src/a.js', '', environment(value)))).toBe(expected);
  });
  const listening = (notes: string, users: string, text: string) =>
    holding('src/a.js', text, {
      'compose.yaml': compose({
        'notes-service': `    build: ./notes-service\n    restart: always\n    ports: ["81:${notes}"]\n`,
        'users-service': `    build: ./users-service\n    restart: always\n    ports: ["${users}"]\n`,
        gateway: built('gateway', 80),
      }),
    });
  it.each<[notes: string, users: string, text: string, expected: string]>([
    ['4001', '82:4002', 'http://localhost:4001', 'yes'],
    ['4001', '82:4002', 'http://localhost:4002', 'yes'],
    ['4001', '82:4001', 'http://localhost:4001', 'no'],
    ['4001', '82:4002', 'http://localhost/4001', 'no'],
    ['4001', '82:4002', 'http://localhost:82', 'no'],
  ])('by the port of %s and %s, %s', async (notes, users, text, expected) => {
    expect(await answer(listening(notes, users, text))).toBe(expected);
  });
  it.each<[notes: string, users: string, text: string, expected: string]>([
    ['4001', '82:4002', 'http://localhost:4001', 'no'],
    ['4001', '82:4002', 'http://localhost:4002', 'no'],
  ])('each by the port of %s and %s, %s', async (notes, users, text, expected) => {
    expect(await answer(listening(notes, users, text), 'complete')).toBe(expected);
  });
  it('by the name under which it is run', async () => {
    const files = holding('src/a.js', 'http://paper', {
      'compose.yaml': compose({
        paper: built('notes-service'),
        'users-service': built('users-service'),
        gateway: built('gateway', 80),
      }),
    });
    expect(await answer(files)).toBe('yes');
  });
});

describe('the only one that is published', () => {
  const front = passing('front', ['notes-service', 'users-service'], []);
  const set = (services: Record<string, string>) => compose(services);
  it.each<[title: string, files: Record<string, string>, expected: string[]]>([
    ['of one', two({ ...front, 'compose.yaml': set({ front: built('front', 80) }) }), ['no']],
    [
      'beside one',
      two({ ...front, 'compose.yaml': set({ 'notes-service': built('notes-service'), front: built('front', 80) }) }),
      ['yes', 'compose.yaml:5 front is the only one that is published, and calls the others'],
    ],
    [
      'beside a database',
      two({ ...front, 'compose.yaml': set({ db: '    image: postgres:17\n', front: built('front', 80) }) }),
      ['no'],
    ],
    [
      'beside a database that is published too',
      two({
        ...front,
        'compose.yaml': set({
          db: '    image: postgres:17\n    ports: ["5432:5432"]\n',
          'notes-service': built('notes-service'),
          front: built('front', 80),
        }),
      }),
      ['yes', 'compose.yaml:8 front is the only one that is published, and calls the others'],
    ],
    [
      'of none',
      two({ ...front, 'compose.yaml': set({ 'notes-service': built('notes-service'), front: built('front') }) }),
      ['no'],
    ],
    [
      'in a definition for work',
      two({
        ...front,
        'compose.dev.yaml': set({ 'notes-service': built('notes-service'), front: built('front', 80) }),
      }),
      ['no'],
    ],
  ])('%s', async (_, files, expected) => {
    expect(await asked('routes-through-gateway', { rung: 'wired' }, files, null)).toEqual(expected);
  });
});

describe('hosts that serve each service at an address of its own', () => {
  const rewrite = (source: string, target: string) => ({
    'notes-service/vercel.json': `{ "rewrites": [{ "source": "${source}", "destination": "${target}" }] }\n`,
  });
  const render = (path: string) =>
    `services:\n  - type: web\n    name: notes-service\n    runtime: node\n    rootDir: notes-service\n    startCommand: npm start\n  - type: web\n    name: users-service\n    runtime: node\n    rootDir: users-service\n    startCommand: npm start\n  - type: web\n    name: site\n    runtime: static\n    staticPublishPath: dist\n    routes:\n      - type: rewrite\n        source: ${path}\n        destination: https://notes-service.onrender.com/*\n`;
  it.each<[title: string, rung: Rung, files: Record<string, string>, expected: string[]]>([
    ['Render', 'wired', two({ 'render.yaml': render('/api/*') }), ['no']],
    ['Render', 'present', two({ 'render.yaml': render('/api/*') }), ['no']],
    ['Render, from its root', 'wired', two({ 'render.yaml': render('/') }), ['no']],
    ['Render, from its root', 'present', two({ 'render.yaml': render('/') }), ['no']],
    ['Vercel, within one site', 'present', two(rewrite('/a', '/b')), ['no']],
    ['Vercel, to the other', 'present', two(rewrite('/a', 'https://users-service.example')), ['no']],
    [
      'Fly',
      'present',
      two({ 'notes-service/fly.toml': 'app = "notes"\n[http_service]\n  internal_port = 3000\n' }),
      ['no'],
    ],
  ])('%s (%s)', async (_, rung, files, expected) => {
    expect(await asked('routes-through-gateway', { rung }, files, null)).toEqual(expected);
  });
});

describe('where a proxy leads', () => {
  const conf = (to: string) =>
    two({
      'compose.yaml': compose({
        'notes-service': built('notes-service'),
        'users-service': built('users-service'),
        proxy: nginx,
      }),
      'nginx.conf': `server {\n  listen 80;\n  location / { proxy_pass ${to}; }\n}\n`,
    });
  it.each<[to: string, rung: Rung, expected: string[]]>([
    [
      'http://$upstream',
      'wired',
      ['unknown: where the proxy leads is decided at run time', 'nginx.conf:3 nginx routes / to $upstream'],
    ],
    [
      'http://${UPSTREAM}',
      'wired',
      ['unknown: where the proxy leads is decided at run time', 'nginx.conf:3 nginx routes / to $'],
    ],
    [
      'http://elsewhere.example',
      'wired',
      ['no', 'nginx.conf:3 nginx routes / to elsewhere.example', 'nginx.conf:1 nginx config'],
    ],
    [
      'http://elsewhere.example',
      'present',
      ['yes', 'nginx.conf:3 nginx routes / to elsewhere.example', 'nginx.conf:1 nginx config'],
    ],
    [
      'http://elsewhere.example/$uri',
      'wired',
      ['no', 'nginx.conf:3 nginx routes / to elsewhere.example', 'nginx.conf:1 nginx config'],
    ],
    ['http://notes-service:3000/$uri', 'wired', ['yes', 'nginx.conf:3 nginx routes / to notes-service:3000']],
    ['http://notes-service:3000', 'complete', ['yes', 'nginx.conf:3 nginx routes / to notes-service:3000']],
  ])('%s (%s)', async (to, rung, expected) => {
    expect(await asked('routes-through-gateway', { rung }, conf(to), null)).toEqual(expected);
  });
  it.each<[title: string, files: Record<string, string>, expected: string[]]>([
    ['settings of a proxy that lead somewhere', { 'nginx.conf': routing('a') }, ['yes', 'nginx.conf:1 nginx config']],
    ['settings of a proxy that lead nowhere', { 'nginx.conf': 'server {\n  listen 80;\n}\n' }, ['no']],
    [
      'settings of a proxy, one of whose routes leads somewhere',
      {
        'nginx.conf': `server {\n  listen 80;\n  location /b { root /b; }\n  location /a { proxy_pass http://a:3000; }\n}\n`,
      },
      ['yes', 'nginx.conf:1 nginx config'],
    ],
    ['settings of a proxy among the samples', { 'examples/nginx.conf': routing('a') }, ['no']],
    [
      'a package that nothing imports',
      express('front', '', ['http-proxy-middleware']),
      ['yes', 'front/package.json:1 declares http-proxy-middleware'],
    ],
    ['a package that serves other ends too', express('front', '', ['@apollo/server']), ['no']],
    ['a name that leads nowhere', express('gateway'), ['yes', 'gateway/package.json:1 package gateway']],
  ])('%s', async (_, files, expected) => {
    expect(await asked('routes-through-gateway', { rung: 'present' }, two(files), null)).toEqual(expected);
  });
});

describe('what the deployed set leaves out', () => {
  const both = { 'notes-service': built('notes-service', 81), 'users-service': built('users-service', 82) };
  const front = withImport(passing('front', ['notes-service']), 'front');
  it.each<[title: string, rung: Rung, files: Record<string, string>, expected: string[]]>([
    [
      'a service in front',
      'wired',
      two({ ...front, 'compose.yaml': compose(both) }),
      [
        'no',
        'front/src/index.js:5 app.use(…)',
        'compose.yaml:1 compose.yaml does not run front',
        'front/package.json:1 declares http-proxy-middleware',
      ],
    ],
    [
      'a service in front',
      'present',
      two({ ...front, 'compose.yaml': compose(both) }),
      [
        'yes',
        'front/src/index.js:5 app.use(…)',
        'compose.yaml:1 compose.yaml does not run front',
        'front/package.json:1 declares http-proxy-middleware',
      ],
    ],
    [
      'a service in front that it has',
      'wired',
      two({ ...front, 'compose.yaml': compose({ ...both, front: built('front', 80) }) }),
      ['yes', 'front/src/index.js:5 app.use(…)', 'front/src/index.js:5 createProxyMiddleware(…)'],
    ],
    [
      'a service in front that a host runs',
      'wired',
      two({
        ...front,
        'front/fly.toml': 'app = "front"\n[http_service]\n  internal_port = 3000\n',
        'compose.yaml': compose(both),
      }),
      ['yes', 'front/src/index.js:5 app.use(…)', 'front/src/index.js:5 createProxyMiddleware(…)'],
    ],
    [
      'a service in front, and it runs nothing of ours',
      'wired',
      two({ ...front, 'compose.yaml': compose({ db: '    image: postgres:17\n' }) }),
      ['yes', 'front/src/index.js:5 app.use(…)', 'front/src/index.js:5 createProxyMiddleware(…)'],
    ],
    [
      'a service in front whose code nothing runs',
      'present',
      two({
        ...express('front', '', ['http-proxy-middleware']),
        'front/src/idle.js':
          "import { createProxyMiddleware } from 'http-proxy-middleware';\nexport const proxy = createProxyMiddleware({ target: 'http://notes-service' });\n",
        'compose.yaml': compose(both),
      }),
      ['yes', 'front/package.json:1 declares http-proxy-middleware'],
    ],
  ])('%s (%s)', async (_, rung, files, expected) => {
    expect(await asked('routes-through-gateway', { rung }, files, null)).toEqual(expected);
  });
  it.each<[title: string, files: Record<string, string>, expected: string[]]>([
    [
      'published for work alone',
      two({
        ...front,
        'compose.dev.yaml': compose({
          'notes-service': built('notes-service', 81),
          'users-service': built('users-service', 82),
          front: built('front', 80),
        }),
      }),
      ['yes', 'front/src/index.js:5 app.use(…)', 'front/src/index.js:5 createProxyMiddleware(…)'],
    ],
    [
      'published twice',
      two({
        ...front,
        'compose.yaml': compose({
          front: built('front', 80),
          'notes-service': built('notes-service'),
          'users-service': built('users-service', 82),
          'users-again': built('users-service', 83),
        }),
      }),
      ['no', 'compose.yaml:9 users-service is published by itself'],
    ],
  ])('a service that is %s', async (_, files, expected) => {
    expect(await asked('routes-through-gateway', { rung: 'complete' }, files, null)).toEqual(expected);
  });
});
