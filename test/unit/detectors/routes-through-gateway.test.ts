import { expect, it } from 'vitest';
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
