import { describe, expect, it } from 'vitest';
import { audit } from '../../../src/audit/index.ts';
import type { AuditModel } from '../../../src/model/audit-model.ts';
import { openMemory } from '../../../src/repository/index.ts';

/** The model of a repository whose services listen; `paths` are their folders. */
async function modelOf(paths: string[], files: Record<string, string>): Promise<AuditModel> {
  const whole: Record<string, string> = { ...files };
  for (const path of paths) {
    const prefix = path === '.' ? '' : `${path}/`;
    const name = path === '.' ? 'shop' : path.split('/').at(-1);
    whole[`${prefix}package.json`] ??= JSON.stringify({
      name,
      scripts: { start: 'node index.js' },
      dependencies: { express: '5' },
    });
    whole[`${prefix}index.js`] ??= "import express from 'express';\nexpress().listen(3000);\n";
  }
  return (await audit(openMemory(whole), { rules: [] })).model;
}
const start = 'CMD ["node", "index.js"]\n';
const runs = (model: AuditModel, path: string) => model.deployment.servicesOf(path).map(({ service }) => service.name);

describe('whose image it is', () => {
  it('prefers the component of the very name where tags tell two apart', async () => {
    const model = await modelOf(['.', 'agents/shop-push'], {
      Dockerfile: `FROM node:22\nCOPY . .\n${start}`,
      'agents/shop-push/Dockerfile': `FROM node:22\nCOPY . .\n${start}`,
      'build.sh': 'docker build -t me/shop:push agents/shop-push\ndocker build -t me/shop:2 .\n',
      'compose.yaml': 'services:\n  shop: { image: "me/shop:2", restart: always }\n',
    });
    expect(runs(model, '.')).toEqual(['shop']);
    expect(runs(model, 'agents/shop-push')).toEqual([]);
  });

  it('tells namesakes apart by where they stand, and knows its own service under the name of software', async () => {
    const model = await modelOf(['services/api', 'packages/api', 'services/vault'], {
      'package.json': '{"name":"shop","workspaces":["services/*","packages/*"]}',
      'k8s/all.yaml': ['api', 'vault']
        .map(
          (name) =>
            `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name} }\nspec:\n  template:\n    spec:\n      containers: [{ name: ${name}, image: "shop/${name}:1.2" }]\n`,
        )
        .join('---\n'),
    });
    expect(runs(model, 'services/api')).toEqual(['api']);
    expect(runs(model, 'packages/api')).toEqual([]);
    expect(runs(model, 'services/vault')).toEqual(['vault']);
  });

  it('follows a matrix that names folder and file of each image, in the repository as the builder fetches it', async () => {
    const model = await modelOf(['modules/back/src/api', 'modules/back/src/kit', 'modules/mail'], {
      'modules/back/deploy/Dockerfile':
        'FROM node:22 AS build\nCOPY . .\nWORKDIR /source/src/api\nRUN npm run build\nFROM node:22\nCOPY --from=build /out ./\nCMD ["./start.sh"]\n',
      'modules/mail/Dockerfile': `FROM node:22\nCOPY . .\n${start}`,
      '.github/workflows/publish.yml': `on: push
jobs:
  images:
    runs-on: x
    strategy:
      matrix:
        include:
          - { image: shop-server, folder: modules/back, file: ./deploy/Dockerfile }
          - { image: shop-post, folder: modules/mail, file: ./Dockerfile }
    steps:
      - uses: docker/build-push-action@v6
        with:
          context: "{{defaultContext}}:\${{ matrix.folder }}"
          file: \${{ matrix.file }}
          push: true
          tags: \${{ secrets.OWNER }}/\${{ matrix.image }}:latest
`,
      'compose.yaml':
        'services:\n  first: { image: "me/shop-server:latest", restart: always }\n  second: { image: "me/shop-post:latest", restart: always }\n',
    });
    expect(runs(model, 'modules/back/src/api')).toEqual(['first']);
    expect(runs(model, 'modules/mail')).toEqual(['second']);
    expect(runs(model, 'modules/back/src/kit')).toEqual([]);
  });

  it('counts the image of a server for the front end that is built into its folder', async () => {
    const page = (config: string) => ({
      'client/package.json':
        '{"name":"client","scripts":{"build":"vite build"},"dependencies":{"vue":"3"},"devDependencies":{"vite":"6"}}',
      'client/index.html': '<script type="module" src="/main.js"></script>',
      'client/main.js': "import { createApp } from 'vue';\ncreateApp({}).mount('#app');\n",
      'client/vite.config.ts': `export default { build: { ${config} } };\n`,
      Dockerfile: `FROM node:22 AS build\nWORKDIR /build\nCOPY server ./server\nCOPY client ./client\nRUN cd /build/server && npm run build && cd /build/client && npm run build\nFROM node:22\nCOPY --from=build /build/server/dist /app/server\n${start}`,
      'compose.yaml': 'services:\n  shop: { build: ., restart: always }\n',
    });
    const runsClient = async (config: string) => runs(await modelOf(['server'], page(config)), 'client');
    expect(await runsClient("outDir: '../server/dist/public'")).toEqual(['shop']);
    expect(await runsClient("outDir: '../elsewhere'")).toEqual([]);
  });

  it('follows an image that only starts another of ours in its own way, to the script that starts the program', async () => {
    const model = await modelOf(['packages/server'], {
      'packages/site/package.json':
        '{"name":"site","scripts":{"build":"vite build"},"dependencies":{"vue":"3"},"devDependencies":{"vite":"6"}}',
      'packages/site/index.html': '<script type="module" src="/main.js"></script>',
      'packages/site/main.js': "import { createApp } from 'vue';\ncreateApp({}).mount('#app');\n",
      'docker/Dockerfile':
        'FROM node:22\nCOPY . /app\nRUN cd packages/site && yarn build\nRUN cd packages/server && yarn --production\nCOPY ./docker/start.sh /start.sh\nENTRYPOINT ["sh", "/start.sh"]\n',
      'docker/start.sh': 'cd packages/server\nyarn start\n',
      'docker/Dockerfile.compose':
        'FROM me/notes:latest\nCOPY ./with-keys.sh /with-keys.sh\nENTRYPOINT ["sh", "/with-keys.sh"]\n',
      'docker/with-keys.sh': 'export KEY=$(openssl rand -hex 16)\nsh /start.sh\n',
      'release.sh': 'docker build -f docker/Dockerfile -t me/notes:latest .\n',
      'docker-compose.yml':
        'services:\n  main:\n    build: { context: ./docker, dockerfile: Dockerfile.compose }\n    restart: always\n',
    });
    expect(model.components.map(({ path }) => path)).toEqual(['packages/server', 'packages/site']);
    expect(runs(model, 'packages/server')).toEqual(['main']);
    expect(runs(model, 'packages/site')).toEqual(['main']);
  });

  it('gives the image of the repository’s own name what the same service is built from elsewhere', async () => {
    const model = await modelOf(['apps/web', 'apps/jobs'], {
      'package.json': '{"name":"@notes/all","private":true,"workspaces":["apps/*"]}',
      'docker/Dockerfile':
        'FROM node:22 AS build\nCOPY . .\nRUN npm run build\nFROM node:22 AS whole\nCOPY --from=build /app/apps/web/dist ./apps/web\nCOPY --from=build /app/apps/jobs/dist ./apps/jobs\nENTRYPOINT ["/init"]\nFROM whole AS all-in-one\nRUN touch /all\n',
      'docker/compose.build.yml':
        'services:\n  web: { build: { context: .., dockerfile: docker/Dockerfile, target: all-in-one } }\n',
      'docker/compose.yml': 'services:\n  web: { image: "registry.example/notes:2", restart: always }\n',
    });
    expect(runs(model, 'apps/web')).toContain('web');
    expect(runs(model, 'apps/jobs')).toEqual(runs(model, 'apps/web'));
  });

  it('takes manifests among samples for none that is deployed', async () => {
    const deployment = (probe: string) =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: api }\nspec:\n  template:\n    spec:\n      containers: [{ name: api, image: "shop/api:1.2"${probe} }]\n`;
    const model = await modelOf(['api'], {
      'k8s/api.yaml': deployment(', readinessProbe: { httpGet: { path: /well } }'),
      'sample-manifests/docs/api.yaml': deployment(''),
    });
    expect(model.deployment.servicesOf('api').map(({ service }) => service.evidence.file)).toEqual(['k8s/api.yaml']);
  });

  it('knows what another file builds under the same service name, and prefers the image that is not for work', async () => {
    const model = await modelOf(['api'], {
      'api/Dockerfile': `FROM node:22\nCOPY . .\n${start}`,
      'api/Dockerfile-dev': `FROM node:22\nCOPY . .\n${start}`,
      'web/nginx.conf': 'server { listen 80; location / { proxy_pass http://api:3000; } }',
      'web/Dockerfile': 'FROM nginx:1\nCOPY nginx.conf /etc/nginx/nginx.conf\n',
      'compose.yaml': 'services:\n  api: { build: api, image: shop_api }\n  web: { build: web }\n',
      'compose.dev.yaml':
        'services:\n  api: { build: { context: api, dockerfile: Dockerfile-dev }, image: shop_api }\n',
      'stack.yml':
        'services:\n  api: { image: "acme/shop_api", deploy: { replicas: 2 } }\n  web: { image: "acme/shop_web", ports: ["80:80"] }\n',
    });
    const stack = model.deployment.environments.find(({ id }) => id.endsWith('stack.yml'))!;
    expect(stack.services.map(({ dockerfile }) => dockerfile)).toEqual(['api/Dockerfile', 'web/Dockerfile']);
    expect(stack.routes.map(({ component }) => component)).toEqual(['api']);
  });

  it('gives each component of a common output folder to the image that copies it', async () => {
    const model = await modelOf(['apps/api', 'apps/mail'], {
      Dockerfile: `FROM node:22 AS build\nCOPY . .\nRUN npx nx build api\nFROM node:22\nCOPY --from=build /app/dist/apps /app/apps\n${start}`,
    });
    expect(model.deployment.dockerfilesOf('apps/api')).toEqual(['Dockerfile']);
    expect(model.deployment.dockerfilesOf('apps/mail')).toEqual(['Dockerfile']);
  });

  it('counts an image for the page that a stage builds from the root, and for the server whose folder it is filled with', async () => {
    const page = 'FROM node:22 AS page\nWORKDIR /app\nCOPY . .\nRUN npm run build\n';
    const server = 'FROM node:22\nWORKDIR /srv\nCOPY /server /srv\n';
    const compose = { 'compose.yaml': 'services:\n  shop: { build: ., restart: always }\n' };
    const both = await modelOf(['.', 'server'], {
      Dockerfile: `${page}${server}COPY --from=page /app/dist ./public\n${start}`,
      ...compose,
    });
    expect([runs(both, '.'), runs(both, 'server')]).toEqual([['shop'], ['shop']]);
    const alone = await modelOf(['.', 'server'], {
      Dockerfile: `${page}${server}COPY --from=page /app/node_modules ./node_modules\n${start}`,
      ...compose,
    });
    expect([runs(alone, '.'), runs(alone, 'server')]).toEqual([[], ['shop']]);
  });

  it('counts an image for each component whose folder fills a stage that it takes files of, the one at its work place first', async () => {
    const page = 'FROM node:22 AS page\nWORKDIR /app\nCOPY client .\nRUN npm run build\n';
    const server = 'FROM node:22 AS server\nWORKDIR /app\nCOPY ./server/ ./\nRUN npm run build\n';
    const last = 'FROM node:22\nWORKDIR /app\n';
    const shipped = async (copies: string) => {
      const model = await modelOf(['client', 'server'], {
        'package.json': '{"name":"shop"}',
        Dockerfile: `${page}${server}${last}${copies}CMD ["./start.sh"]\n`,
        'compose.yaml': 'services:\n  shop: { image: "me/shop:2", restart: always }\n',
      });
      return ['client', 'server'].map((path) => [
        model.deployment.dockerfilesOf(path),
        model.deployment.servicesOf(path).map(({ service }) => service.component),
      ]);
    };
    expect(await shipped('COPY --from=page /app/dist public\nCOPY --from=server /app/dist .\n')).toEqual([
      [['Dockerfile'], ['server']],
      [['Dockerfile'], ['server']],
    ]);
    expect(await shipped('COPY --from=page /app/node_modules .\nCOPY --from=server /app/dist .\n')).toEqual([
      [[], []],
      [['Dockerfile'], ['server']],
    ]);
  });

  it.each([
    ['cd packages/core && npm start', 'CMD ["npm", "start"]'],
    ['cd packages/core && npm start', 'ENTRYPOINT ["npm", "run"]\nCMD ["start"]'],
    ['cd packages/core && npm start', 'CMD ["sh", "-c", "yarn start"]'],
    ['node ./packages/core/dist/main.js', 'CMD ["npm", "run", "start"]'],
    ['notes serve', 'CMD ["npm", "start"]'],
  ])('follows the script of the root that an image starts to where it goes: %s by %s', async (script, started) => {
    const model = await modelOf(['packages/core', 'packages/jobs'], {
      'package.json': JSON.stringify({ name: 'root', private: true, scripts: { start: script } }),
      'packages/core/package.json': '{"name":"core","bin":{"notes":"dist/cli.js"}}',
      Dockerfile: `FROM node:22 AS build\nCOPY . .\nRUN npm run build\nFROM node:22\nCOPY --from=build /app .\n${started}\n`,
    });
    expect(model.deployment.dockerfilesOf('packages/core')).toEqual(['Dockerfile']);
    expect(model.deployment.dockerfilesOf('packages/jobs')).toEqual([]);
  });

  it('counts an image for every component that its one script starts side by side', async () => {
    const script = (name: string) =>
      JSON.stringify({ name, scripts: { up: 'node index.js' }, dependencies: { express: '5' } });
    const model = await modelOf(['apps/api', 'apps/jobs'], {
      'package.json': '{"name":"notes","private":true,"scripts":{"up":"pnpm run --parallel up"}}',
      'pnpm-workspace.yaml': 'packages: ["apps/*"]\n',
      'apps/api/package.json': script('api'),
      'apps/jobs/package.json': script('jobs'),
      Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . /app\nCMD ["sh", "-c", "nginx && pnpm run up"]\n',
    });
    for (const path of ['apps/api', 'apps/jobs']) expect(model.deployment.dockerfilesOf(path)).toEqual(['Dockerfile']);
  });

  it('reads the script that an image starts for what it starts, wherever it lies', async () => {
    const model = await modelOf(['backend', 'frontend', 'scripts'], {
      Dockerfile:
        'FROM node:22\nWORKDIR /opt/app\nCOPY backend ./backend\nCOPY frontend ./frontend\nCOPY scripts ./scripts\nCMD ["sh", "./scripts/docker/entrypoint.sh"]\n',
      'scripts/docker/entrypoint.sh': 'node frontend/index.js &\ncd backend && npm start\nwait -n\n',
      'compose.yaml': 'services:\n  shop: { build: . }\n',
    });
    expect(['backend', 'frontend'].map((path) => model.deployment.dockerfilesOf(path))).toEqual([
      ['Dockerfile'],
      ['Dockerfile'],
    ]);
    expect(model.deployment.dockerfilesOf('scripts')).toEqual([]);
    expect(model.components.find(({ path }) => path === 'scripts')?.kind).toBe('tool');
  });

  it('counts an image for what its process manager starts, and a service for what its command starts', async () => {
    const model = await modelOf(['packages/api', 'packages/site', 'packages/mail'], {
      'package.json': '{"name":"shop","workspaces":["packages/*"]}',
      Dockerfile:
        'FROM node:22\nCOPY packages packages\nCMD ["node", "node_modules/pm2/bin/pm2-runtime", "start", "pm2.config.js"]\n',
      'pm2.config.js':
        'module.exports = { apps: [\n  { name: "api", script: "index.js", cwd: "./packages/api" },\n  { name: "site", script: "index.js", cwd: "./packages/site" },\n] };\n',
      'compose.yaml':
        'services:\n  all: { build: . }\n  post:\n    build: .\n    command: npm start --workspace packages/mail\n',
    });
    expect(['api', 'site', 'mail'].map((name) => model.deployment.dockerfilesOf(`packages/${name}`))).toEqual([
      ['Dockerfile'],
      ['Dockerfile'],
      ['Dockerfile'],
    ]);
    expect(runs(model, 'packages/mail')).toEqual(['post']);
  });

  it.each([
    [
      'built and given out',
      'heroku-postbuild',
      'npm run build --prefix pages',
      "express.static(path.join(here, '/pages/build'))",
      ['web'],
    ],
    [
      'built for one platform of several, and given out',
      'render-postbuild',
      'npm run build --prefix pages',
      "express.static('pages/build')",
      ['web'],
    ],
    [
      'given out, and built elsewhere',
      'heroku-postbuild',
      'tsc',
      "express.static(path.join(here, '/pages/build'))",
      [],
    ],
    [
      'built, and given out elsewhere',
      'heroku-postbuild',
      'npm run build --prefix pages',
      "express.static('uploads')",
      [],
    ],
  ])(
    'runs pages beside a server on its platform where they are %s there',
    async (_, script, build, statement, expected) => {
      const model = await modelOf(['.', 'pages'], {
        'package.json': JSON.stringify({
          name: 'notes',
          scripts: { start: 'node server.js', [script]: build },
          dependencies: { express: '5' },
        }),
        'server.js': `const express = require('express');\nconst app = express();\napp.use(${statement});\napp.listen(1);\n`,
        'pages/package.json': '{"name":"pages","scripts":{"build":"react-scripts build"}}',
        Procfile: 'web: node server.js\n',
      });
      expect(runs(model, '.')).toEqual(['web']);
      expect(runs(model, 'pages')).toEqual(expected);
      expect(model.deployment.managed.has('pages')).toBe(expected.length > 0);
    },
  );

  it('follows what a platform starts through the scripts of a root that only holds', async () => {
    const model = await modelOf(['packages/server'], {
      'package.json':
        '{"name":"shop","workspaces":["packages/*"],"scripts":{"start":"lerna run --scope=server start"}}',
      Procfile: 'web: npm start\n',
      'packages/kit/package.json': '{"name":"kit","main":"kit.js"}',
      'packages/kit/kit.js': '',
    });
    expect(runs(model, 'packages/server')).toEqual(['web']);
  });

  it('knows a program of .NET by the library that its image starts', async () => {
    const project = (sdk: string) => `<Project Sdk="${sdk}"></Project>`;
    const model = await modelOf([], {
      'api/Shop.Api/Shop.Api.csproj': project('Microsoft.NET.Sdk.Web'),
      'api/Shop.Core/Shop.Core.csproj': project('Microsoft.NET.Sdk'),
      'api/Dockerfile': 'FROM mcr.microsoft.com/dotnet/aspnet:8.0\nCOPY . .\nENTRYPOINT ["dotnet", "Shop.Api.dll"]\n',
    });
    expect(model.deployment.dockerfilesOf('api/Shop.Api')).toEqual(['api/Dockerfile']);
  });

  it('fills in the parameters of an OpenShift template, and leaves out what documentation shows', async () => {
    const deployment = (name: string, image: string) =>
      `apiVersion: apps/v1\n    kind: Deployment\n    metadata: { name: "${name}" }\n    spec:\n      replicas: \${{COUNT}}\n      template: { spec: { containers: [{ name: app, image: "${image}" }] } }\n`;
    const model = await modelOf(['services/orders'], {
      'openshift/orders.yaml': `apiVersion: template.openshift.io/v1\nkind: Template\nobjects:\n  - ${deployment('${NAME}', 'reg/shop/${NAME}:1')}parameters:\n  - { name: NAME, value: orders }\n  - { name: COUNT, value: "3" }\n`,
      'docs/k8s/orders.yaml': `apiVersion: v1\nkind: List\nitems:\n  - ${deployment('orders-shown', 'reg/shop/orders:1')}`,
    });
    expect(
      model.deployment.servicesOf('services/orders').map(({ service }) => [service.name, service.replicas?.value]),
    ).toEqual([['orders', 3]]);
  });

  it('reads manifests that a pipeline fills in, and tags that a step before has made', async () => {
    const model = await modelOf(['.'], {
      'package.json': '{"name":"storing","scripts":{"start":"node index.js"},"dependencies":{"express":"5"}}',
      Dockerfile: `FROM node:22\nCOPY . .\n${start}`,
      '.github/workflows/release.yml':
        'on: push\njobs:\n  image:\n    runs-on: ubuntu-latest\n    steps:\n      - id: meta\n        uses: docker/metadata-action@v5\n        with: { images: "ghcr.io/me/store-api" }\n      - uses: docker/build-push-action@v6\n        with: { push: true, tags: "${{ steps.meta.outputs.tags }}" }\n',
      'kubernetes/production.tmpl':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: main }\nspec:\n  template:\n    spec:\n      containers: [{ name: main, image: "ghcr.io/me/store-api:__TAG__" }]\n',
    });
    expect(runs(model, '.')).toEqual(['main']);
  });

  it('knows a component whose name is written as one word, and takes another’s software with additions for none of ours', async () => {
    const model = await modelOf(['apps/SignServer'], {
      'package.json': '{"name":"sign"}',
      'apps/store/Dockerfile': 'FROM mongo:7\nRUN echo ok\n',
      'tools/search.Dockerfile': 'FROM orioledb/orioledb:pg17\nRUN make install\n',
      'compose.yaml':
        'services:\n  server: { image: "sign/signserver:main" }\n  client: { image: "sign/sign:main" }\n  search: { build: { context: ., dockerfile: tools/search.Dockerfile } }\n',
    });
    expect(runs(model, 'apps/SignServer')).toEqual(['server']);
    const services = model.deployment.environments.flatMap((environment) => environment.services);
    expect(services.filter(({ component }) => component !== null).map(({ name }) => name)).toEqual(['server']);
  });

  it('reads what a chart kept elsewhere is given for the program that it runs', async () => {
    const model = await modelOf(['.'], {
      'package.json': '{"name":"shop","scripts":{"start":"node index.js"},"dependencies":{"express":"5"}}',
      Dockerfile: `FROM node:22\nCOPY . .\n${start}`,
      'helm/shop/Chart.yaml':
        'apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies:\n  - { name: generic, version: "3", repository: "https://charts.example.org" }\n  - { name: alerts, version: "1", repository: "https://charts.example.org" }\n',
      'helm/shop/values.yaml':
        'generic:\n  replicaCount: 4\n  image: { repository: ghcr.io/me/shop, tag: x }\n  ingress: { enabled: true, host: shop.example.org, tlsSecretName: cert }\n  livenessProbe: { httpGet: { path: /ping } }\n  resources: { limits: { memory: 512Mi } }\nalerts: { targetApplication: shop }\n',
    });
    const [environment] = model.deployment.counting;
    expect(environment?.services).toMatchObject([
      {
        name: 'shop',
        component: '.',
        exposed: true,
        replicas: { value: 4, file: 'helm/shop/values.yaml', line: 2 },
        healthProbe: { value: 'livenessProbe /ping', line: 5 },
        memoryLimit: { value: '512Mi' },
      },
    ]);
    expect(environment?.tls).toMatchObject([{ file: 'helm/shop/values.yaml', line: 4 }]);
  });

  it('takes the folders that every system has for those', async () => {
    const model = await modelOf(['bin', 'server'], {
      'package.json': '{"name":"notes","private":true,"workspaces":["bin","server"]}',
      Dockerfile: 'FROM node:22\nCOPY . .\nRUN /bin/sh -c "npm ci"\nWORKDIR /opt/notes/server\n',
      'compose.yaml': 'services:\n  app: { build: . }\n',
    });
    expect([runs(model, 'bin'), runs(model, 'server')]).toEqual([[], ['app']]);
  });

  it('counts no image for a component of which it takes the migrations alone', async () => {
    const model = await modelOf(['apps/web', 'packages/store'], {
      'apps/web/Dockerfile':
        'FROM node:22 AS build\nCOPY . .\nFROM node:22\nCOPY --from=build /app/apps/web/.next/standalone ./\nCOPY --from=build /app/packages/store/prisma ./packages/store/prisma\nCMD ["node", "apps/web/server.js"]\n',
    });
    expect(model.deployment.dockerfilesOf('apps/web')).toEqual(['apps/web/Dockerfile']);
    expect(model.deployment.dockerfilesOf('packages/store')).toEqual([]);
  });

  it("tells another's software with additions from a component whose image is as short", async () => {
    const model = await modelOf(['.', 'jobs'], {
      'browser/Dockerfile': 'FROM them/headless:2\nRUN apt-get install -y fonts-noto\n',
      'jobs/Dockerfile': 'FROM us/jobs-base:2\nUSER app\n',
      'compose.yaml': 'services:\n  browser: { build: ./browser }\n  jobs: { build: ./jobs }\n',
    });
    expect(runs(model, '.')).toEqual([]);
    expect(runs(model, 'jobs')).toEqual(['jobs']);
    const [compose] = model.deployment.environments;
    expect(compose?.services.map(({ name, role }) => [name, role])).toEqual([
      ['browser', 'other'],
      ['jobs', 'component'],
    ]);
  });

  it("takes an image of the repository's own name for what a Dockerfile named for it builds", async () => {
    const model = await modelOf(['.'], {
      'package.json': '{"name":"notes","dependencies":{"express":"5"}}',
      'Dockerfile.backend': `FROM node:22\nCOPY . .\n${start}`,
      'compose.yaml':
        'services:\n  backend: { image: "us/notes-backend:1" }\n  search: { image: "them/search-backend:1" }\n',
    });
    expect(runs(model, '.')).toEqual(['backend']);
  });

  it('takes an image that only installs well-known software for that software', async () => {
    const model = await modelOf(['.'], {
      Dockerfile: `FROM node:22\nCOPY . .\n${start}`,
      'mail.Dockerfile': 'FROM node:22\nRUN npm i -g maildev\nCMD maildev\n',
      'compose.yaml':
        'services:\n  api: { build: . }\n  maildev: { build: { context: ., dockerfile: mail.Dockerfile } }\n',
    });
    expect(runs(model, '.')).toEqual(['api']);
  });

  it('makes no component of the folder that holds the image of another', async () => {
    const model = await modelOf(['apps/web'], {
      'docker/Dockerfile':
        'FROM node:22 AS build\nCOPY . .\nFROM node:22\nCOPY --from=build /app/apps/web/build ./apps/web/build\nCOPY docker/start.sh ./\nCMD ["sh", "start.sh"]\n',
      'docker/start.sh': 'node apps/web/build/index.js\n',
    });
    expect(model.components.map(({ path }) => path)).toEqual(['apps/web']);
    expect(model.deployment.dockerfilesOf('apps/web')).toEqual(['docker/Dockerfile']);
  });
});

describe('what a compose file is for', () => {
  it.each([
    ['# Only for local development.\n', 'development'],
    ['# THIS IS NOT TO BE USED FOR DEPLOYMENTS\n', 'development'],
    ['# Runs the shop. See the guide before you deploy it.\n', 'plain'],
    ['services: # not for production\n', 'plain'],
  ])('%j opens it: %s', async (opening, rank) => {
    const body = 'services:\n  api: { build: . }\n';
    const text = opening.startsWith('services') ? body.replace('services:\n', opening) : opening + body;
    const model = await modelOf(['.'], { Dockerfile: `FROM node:22\n${start}`, 'compose.yaml': text });
    expect(model.deployment.environments.map((one) => one.rank)).toEqual([rank]);
  });

  it('tells what ends by itself from what stays', async () => {
    const model = await modelOf(['.'], {
      Dockerfile: `FROM node:22\n${start}`,
      'compose.yaml':
        'services:\n  api: { build: ., command: sh -c "npm run migrate && npm start" }\n  migrate: { build: ., command: npm run migrate }\n',
    });
    expect(model.deployment.servicesOf('.').map(({ service }) => [service.name, service.oneShot])).toEqual([
      ['api', false],
      ['migrate', true],
    ]);
  });
});

describe('which pipeline pushes whose image', () => {
  const step = (input: string) =>
    `on: push\njobs:\n  image:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          context: api\n${input}`;
  it.each([
    ['          push: true\n', ['api']],
    ['          push: false\n', []],
    // The action keeps the image unless it is told to push.
    ['          tags: me/api\n', []],
    ['          outputs: type=image,push=true\n', ['api']],
  ])('%j', async (input, pushed) => {
    const model = await modelOf(['api', 'mail'], {
      'api/Dockerfile': `FROM node:22\nCOPY . .\n${start}`,
      '.github/workflows/image.yml': step(input),
    });
    expect([...(model.deployment.pushes?.keys() ?? [])]).toEqual(pushed);
  });
});
