import { describe, expect, it } from 'vitest';
import compose from '../../../src/analyzers/compose.ts';
import dockerfiles from '../../../src/analyzers/dockerfiles.ts';
import helm from '../../../src/analyzers/helm.ts';
import iac from '../../../src/analyzers/iac.ts';
import kubernetes from '../../../src/analyzers/kubernetes.ts';
import kustomizations from '../../../src/analyzers/kustomizations.ts';
import manifests from '../../../src/analyzers/manifests.ts';
import pipelines from '../../../src/analyzers/pipelines.ts';
import platforms from '../../../src/analyzers/platforms.ts';
import proxies from '../../../src/analyzers/proxies.ts';
import { deploy } from '../../../src/deployment/index.ts';
import type { ComponentRoot } from '../../../src/model/component.ts';
import { containerKinds, type Deployment } from '../../../src/model/deployment.ts';
import type { Facts } from '../../../src/model/facts/index.ts';
import { openMemory } from '../../../src/repository/index.ts';

const analyzers = [
  compose,
  dockerfiles,
  helm,
  iac,
  kubernetes,
  kustomizations,
  manifests,
  pipelines,
  platforms,
  proxies,
];

/** `paths` are the components, each with a package.json unless the files hold one. */
function deployed(paths: string[], files: Record<string, string>): Deployment {
  const whole: Record<string, string> = { ...files };
  for (const path of paths) {
    const prefix = path === '.' ? '' : `${path}/`;
    whole[`${prefix}package.json`] ??= JSON.stringify({ name: path === '.' ? 'root' : path.split('/').at(-1) });
    whole[`${prefix}src/index.js`] ??= '';
  }
  const view = openMemory(whole);
  const facts = Object.fromEntries(analyzers.map((a) => [a.gives, a.analyze(view, () => {})])) as unknown as Facts;
  const roots: ComponentRoot[] = paths.map((path) => ({
    path,
    name: path === '.' ? 'root' : path.split('/').at(-1)!,
    language: 'js',
    manifest: path === '.' ? 'package.json' : `${path}/package.json`,
    evidence: [],
  }));
  return deploy(view, facts, roots);
}

const ranks = (deployment: Deployment) => Object.fromEntries(deployment.environments.map(({ id, rank }) => [id, rank]));
const counting = (deployment: Deployment) => deployment.counting.map(({ id }) => id);
const api = 'services:\n  api: { build: ./api }\n';
const workflow = (run: string, name = 'deploy') =>
  `name: ${name}\non: push\njobs:\n  ${name}:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ${run}\n`;
const workload = (name: string, image: string, extra = '') =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name} }\nspec:\n  template:\n    metadata: { labels: { app: ${name} } }\n    spec:\n      containers:\n        - name: ${name}\n          image: ${image}\n${extra}`;

describe('which definition counts', () => {
  it.each<[string, Record<string, string>, Record<string, string>]>([
    ['plain compose', { 'docker-compose.yml': api }, { 'compose:docker-compose.yml': 'plain' }],
    ['a name that says production', { 'compose.prod.yml': api }, { 'compose:compose.prod.yml': 'named-production' }],
    ['a name that says test', { 'compose.test.yml': api }, { 'compose:compose.test.yml': 'development' }],
    [
      'a base that a pipeline brings up only with what lies over it',
      {
        'compose.yml': api,
        'compose.deploy.yml': 'services:\n  api: { restart: always }\n',
        '.github/workflows/deploy.yml': workflow('docker compose -f compose.yml -f compose.deploy.yml up -d'),
      },
      { 'compose:compose.yml': 'plain', 'compose:compose.yml+compose.deploy.yml': 'applied' },
    ],
    [
      'an overlay in a folder of its own, whose paths are those of its base',
      {
        'compose.yml': 'services:\n  db: { image: postgres }\n',
        'more/compose.api.yml': api,
        '.github/workflows/deploy.yml': workflow('docker compose -f compose.yml -f more/compose.api.yml up -d'),
      },
      { 'compose:compose.yml': 'development', 'compose:compose.yml+more/compose.api.yml': 'applied' },
    ],
    [
      'mounted source',
      { 'compose.yml': 'services:\n  api: { build: ./api, volumes: ["./api:/app"] }\n' },
      { 'compose:compose.yml': 'development' },
    ],
    [
      'a mounted config file is no source',
      {
        'compose.yml': 'services:\n  api: { build: ./api, volumes: ["./conf/a.yml:/a.yml", "./data:/data"] }\n',
        'conf/a.yml': '',
      },
      { 'compose:compose.yml': 'plain' },
    ],
    [
      'a dev command behind a package script',
      {
        'compose.yml': 'services:\n  api: { build: ./api, command: npm start }\n',
        'api/package.json': '{"name": "api", "scripts": {"start": "nodemon src/index.js"}}',
      },
      { 'compose:compose.yml': 'development' },
    ],
    [
      'databases only',
      { 'compose.yml': 'services:\n  db: { image: "postgres:16" }\n' },
      { 'compose:compose.yml': 'development' },
    ],
    [
      'published images that restart',
      { 'compose.yml': 'services:\n  api: { image: acme/api, restart: always }\n' },
      { 'compose:compose.yml': 'infrastructure' },
    ],
    [
      'a stack for Swarm',
      { 'docker-stack.yml': 'services:\n  api: { image: acme/api }\n' },
      { 'compose:docker-stack.yml': 'infrastructure' },
    ],
    [
      'a pipeline brings it up',
      { 'compose.yml': api, '.github/workflows/deploy.yml': workflow('docker compose up -d') },
      { 'compose:compose.yml': 'applied' },
    ],
    [
      'a host brings one program of it up, in its own clone',
      {
        'hosting/compose.yml': 'services:\n  api: { image: acme/api }\n  db: { image: "postgres:16" }\n',
        '.github/workflows/deploy.yml': workflow('cd clone && git pull && cd hosting && docker compose up -d api'),
      },
      { 'compose:hosting/compose.yml': 'applied' },
    ],
    [
      'a host brings up the database alone',
      {
        'hosting/compose.yml': 'services:\n  api: { build: ../api }\n  db: { image: "postgres:16" }\n',
        '.github/workflows/deploy.yml': workflow('cd clone && git pull && cd hosting && docker compose up -d db'),
      },
      { 'compose:hosting/compose.yml': 'plain' },
    ],
    [
      'CI brings it up for its tests',
      { 'compose.yml': api, '.github/workflows/test.yml': workflow('docker compose up -d', 'test') },
      { 'compose:compose.yml': 'plain' },
    ],
    [
      'a pipeline deploys the chart',
      {
        'chart/Chart.yaml': 'name: api\n',
        'chart/templates/api.yaml': workload('api', 'acme/api'),
        '.github/workflows/cd.yml': workflow('helm upgrade --install --wait api ./chart -f chart/values.yaml'),
      },
      { 'helm:chart': 'applied' },
    ],
  ])('%s', (_, files, expected) => {
    expect(ranks(deployed(['api'], { 'api/Dockerfile': 'FROM node:20\n', ...files }))).toEqual(expected);
  });

  it('takes an override as a layer, and a variant without images as a layer over its base', () => {
    const deployment = deployed(['api'], {
      'api/Dockerfile': 'FROM node:20\n',
      'docker-compose.yml': 'services:\n  api:\n    build: ./api\n    environment: { A: "1" }\n',
      'docker-compose.override.yml': 'services:\n  api:\n    volumes: ["./api/src:/app/src"]\n',
      'docker-compose.prod.yml':
        'services:\n  api:\n    restart: always\n    deploy: { resources: { limits: { memory: 1G } } }\n',
    });
    expect(ranks(deployment)).toEqual({
      'compose:docker-compose.yml': 'plain',
      'compose:docker-compose.yml+docker-compose.override.yml': 'development',
      'compose:docker-compose.yml+docker-compose.prod.yml': 'named-production',
    });
    const [found] = deployment.servicesOf('api');
    expect(found!.service).toMatchObject({
      component: 'api',
      restart: { value: 'always', file: 'docker-compose.prod.yml', line: 3 },
      memoryLimit: { value: '1G', file: 'docker-compose.prod.yml' },
      env: [{ name: 'A', file: 'docker-compose.yml' }],
    });
  });

  it('leaves out what the pipeline does not apply, and says what it applies in vain', () => {
    const deployment = deployed(['api'], {
      'k8s/api.yaml': workload('api', 'acme/api'),
      'k8s-prod/ingress.yaml':
        'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: i }\nspec: { rules: [{ http: { paths: [{ path: /, backend: { service: { name: api-srv } } }] } }] }\n',
      '.github/workflows/deploy.yml': workflow('kubectl apply -f k8s && kubectl apply -f k8s/prod'),
    });
    expect(counting(deployment)).toEqual(['kubernetes:k8s+k8s/prod']);
    expect(deployment.counting[0]!.broken).toMatchObject([
      { file: '.github/workflows/deploy.yml', note: 'applies k8s/prod, which does not exist' },
    ]);
    expect(deployment.counting[0]!.routes).toEqual([]);
    expect(deployment.environments[1]!.routes).toMatchObject([{ component: 'api' }]);
  });

  it('deploys nothing where the pipeline applies only what does not exist', () => {
    const deployment = deployed(['api'], {
      'ops/api.yaml': workload('api', 'acme/api'),
      '.github/workflows/deploy.yml': workflow('kubectl apply -f k8s/'),
    });
    expect(deployment.counting.some(({ rank, services }) => rank === 'applied' && services.length === 0)).toBe(true);
  });

  it('settles it for each component by itself', () => {
    const deployment = deployed(['api', 'web'], {
      'api/Dockerfile': 'FROM node:20\n',
      'compose.yml': api,
      'web/vercel.json': '{}',
    });
    expect(counting(deployment)).toEqual(['platform:web/vercel.json', 'compose:compose.yml']);
    expect(deployment.servicesOf('api').map(({ environment }) => environment.id)).toEqual(['compose:compose.yml']);
  });

  it('can be asked for containers alone', () => {
    const deployment = deployed(['.'], {
      'fly.toml': 'app = "x"\n',
      Dockerfile: 'FROM node:20\n',
      'compose.yml': 'services:\n  x: { build: . }\n',
    });
    expect(deployment.servicesOf('.').map(({ environment }) => environment.kind)).toEqual(['platform']);
    expect(deployment.servicesOf('.', containerKinds).map(({ environment }) => environment.kind)).toEqual(['compose']);
  });

  it('takes neither generator templates nor kustomize components that nothing takes in', () => {
    const deployment = deployed(['api'], {
      'src/templates/docker-compose.yml': api,
      'k/components/x/kustomization.yaml': 'kind: Component\nresources: [a.yaml]\n',
      'k/components/x/a.yaml': workload('api', 'acme/api'),
    });
    expect(deployment.environments).toEqual([]);
  });

  it('counts GitHub Pages for the program, not for its documentation', () => {
    const pages = (folder: string) =>
      `on: push\njobs:\n  p:\n    runs-on: x\n    steps:\n      - run: npm run build\n      - uses: actions/upload-pages-artifact@v3\n        with: { path: ${folder} }\n      - uses: actions/deploy-pages@v4\n`;
    const component = (folder: string) =>
      deployed(['.'], { '.github/workflows/pages.yml': pages(folder) }).environments[0]?.services[0]?.component;
    expect(component('dist')).toBe('.');
    expect(component('docs/.vitepress/dist')).toBeUndefined();
  });

  it('sees pushes to GitHub Pages by scripts, in a pipeline or by hand', () => {
    const rankOf = (files: Record<string, string>) => {
      const [environment] = deployed(['.'], files).environments;
      return environment && [environment.rank, environment.services[0]?.platform];
    };
    const script = (text: string) => JSON.stringify({ name: 'site', scripts: { deploy: text } });
    expect(rankOf({ 'package.json': script('gh-pages -d build') })).toEqual(['infrastructure', 'github-pages']);
    expect(rankOf({ 'package.json': script('gh-pages -d storybook-static') })).toBeUndefined();
    const angular = (builder: string) =>
      JSON.stringify({ name: 'site', scripts: { deploy: 'ng deploy' }, devDependencies: { [builder]: '1' } });
    expect(rankOf({ 'package.json': angular('angular-cli-ghpages') })).toEqual(['infrastructure', 'github-pages']);
    expect(rankOf({ 'package.json': angular('@angular/fire') })).toBeUndefined();
    const travis = 'language: node_js\nscript:\n  - npm run build\n  - bash ./publish.sh\n';
    const push = 'cd dist\ngit push --force "https://$TOKEN@github.com/o/r" main:gh-pages\n';
    expect(rankOf({ '.travis.yml': travis, 'publish.sh': push })).toEqual(['applied', 'github-pages']);
  });

  it('leaves out profiles that nothing activates, and examples', () => {
    const files = {
      'api/Dockerfile': 'FROM node:20\n',
      'compose.yml': 'services:\n  api: { build: ./api }\n  proxy: { image: nginx, profiles: [edge] }\n',
      'examples/compose.yml': 'services:\n  a: { image: x }\n',
    };
    const names = (deployment: Deployment) =>
      deployment.environments.map(({ services, inactive }) => [
        services.map(({ name }) => name),
        inactive?.map(({ name }) => name),
      ]);
    expect(names(deployed(['api'], files))).toEqual([[['api'], ['proxy']]]);
    expect(names(deployed(['api'], { ...files, Makefile: 'up:\n\tdocker compose --profile edge up\n' }))).toEqual([
      [['api', 'proxy'], []],
    ]);
  });
});

describe('which component a service runs', () => {
  const turbo =
    'FROM node:20 AS build\nCOPY . .\nRUN turbo prune --scope=orders --docker && pnpm --filter orders build\nFROM node:20\nCOPY --from=build /app .\nCMD ["node", "apps/orders/dist/main.js"]\n';
  it.each<[string, string, Record<string, string>, string | null]>([
    ['build context', 'build: ./apps/orders', { 'apps/orders/Dockerfile': 'FROM node:20\n' }, 'apps/orders'],
    [
      'Dockerfile in its folder',
      'build: { context: ., dockerfile: apps/orders/Dockerfile }',
      { 'apps/orders/Dockerfile': 'FROM node:20\n' },
      'apps/orders',
    ],
    ['filters and start file', 'build: .', { Dockerfile: turbo }, 'apps/orders'],
    [
      'build argument',
      'build: { context: ., args: { APP: orders } }',
      { Dockerfile: 'FROM node:20\nARG APP\nRUN nx build $APP\n' },
      'apps/orders',
    ],
    [
      'Dockerfile name',
      'build: { context: ., dockerfile: docker/Dockerfile.orders }',
      { 'docker/Dockerfile.orders': 'FROM node:20\n' },
      'apps/orders',
    ],
    ['image name', 'image: ghcr.io/acme/orders-service:1', {}, 'apps/orders'],
    [
      'image that a pipeline builds',
      'image: acme/backend:1',
      {
        'apps/orders/Dockerfile': 'FROM node:20\n',
        '.github/workflows/cd.yml': workflow('docker build -t acme/backend:latest apps/orders'),
      },
      'apps/orders',
    ],
    ["another's image with our word at its end", 'image: quay.io/cilium/hubble-orders', {}, null],
    ['well-known software under our name', 'image: redis:7', {}, null],
  ])('%s', (_, service, files, component) => {
    const deployment = deployed(['apps/orders', 'apps/web', 'packages/db'], {
      'compose.yml': `services:\n  thing: { ${service.startsWith('build: {') || service.startsWith('image') || service.startsWith('build') ? service : ''} }\n`,
      ...files,
    });
    expect(deployment.environments[0]!.services[0]!.component).toBe(component);
  });

  it('tells what third-party software is for', () => {
    const images = [
      'postgres:16',
      'bitnami/redis:7',
      'rediscommander/redis-commander',
      'pgvector/pgvector:pg16',
      'prom/prometheus',
      'prometheuscommunity/postgres-exporter',
      'quay.io/keycloak/keycloak:24',
      'minio/minio',
      'rabbitmq:3-management',
      'traefik:v3',
      'mcr.microsoft.com/mssql/server:2022',
      'temporalio/auto-setup',
    ];
    const text = images.map((image, i) => `  s${i}: { image: "${image}" }`).join('\n');
    const [environment] = deployed([], { 'compose.yml': `services:\n${text}\n` }).environments;
    expect(environment!.services.map(({ role, software }) => `${role} ${software}`)).toEqual([
      'database postgres',
      'cache redis',
      'other redis-commander',
      'database postgres',
      'monitoring prometheus',
      'monitoring postgres-exporter',
      'identity keycloak',
      'storage minio',
      'queue rabbitmq',
      'proxy traefik',
      'database mssql',
      'queue auto-setup',
    ]);
  });

  it('lists the Dockerfiles of a component, development last', () => {
    const deployment = deployed(['api', 'web'], {
      'api/Dockerfile.dev': 'FROM node:20\n',
      'api/Dockerfile': 'FROM node:20\n',
      '.devcontainer/Dockerfile': 'FROM node:20\n',
    });
    expect(deployment.dockerfilesOf('api')).toEqual(['api/Dockerfile', 'api/Dockerfile.dev']);
    expect(deployment.dockerfilesOf('web')).toEqual([]);
  });

  it('knows what a platform builds by itself, and what it only runs', () => {
    const deployment = deployed(['api', 'web', 'jobs'], {
      'web/netlify.toml': '[build]\ncommand = "npm run build"\n',
      'render.yaml':
        'services:\n  - { type: web, name: api, rootDir: api, runtime: docker, dockerfilePath: ./api/Dockerfile }\n  - { type: worker, name: jobs, rootDir: jobs, startCommand: node x.js }\n',
      'api/Dockerfile': 'FROM node:20\n',
    });
    expect([...deployment.managed].map(([path, { platform, serverless }]) => [path, platform, serverless])).toEqual([
      ['jobs', 'render', false],
      ['web', 'netlify', true],
    ]);
    expect(deployment.servicesOf('api')[0]!.service).toMatchObject({
      platform: 'render',
      dockerfile: 'api/Dockerfile',
    });
  });
});

it.each([
  ['app.json', '{ "scripts": { "dokku": { "predeploy": "node migrate.js" } } }', 'dokku'],
  ['fly.toml', "app = 'all'\n[http_service]\ninternal_port = 3000\n", 'fly'],
  ['render.yaml', 'services:\n  - { type: web, name: all, runtime: docker, dockerfilePath: ./Dockerfile }\n', 'render'],
])('runs every program of the image that a platform is given: %s', (path, text, platform) => {
  const deployment = deployed(['api', 'web'], {
    [path]: text,
    Dockerfile:
      'FROM node:20 AS build\nWORKDIR /app\nCOPY . .\nRUN npm run build\nFROM node:20\nCOPY --from=build /app/api/dist ./api/dist\nCOPY --from=build /app/web/dist ./web/dist\nCOPY start.sh ./\nCMD ["sh", "./start.sh"]\n',
    'start.sh': '(cd web && node server.js) &\ncd api && node index.js\n',
  });
  for (const component of ['api', 'web'])
    expect(deployment.servicesOf(component).map(({ service }) => [service.platform, service.dockerfile])).toEqual([
      [platform, 'Dockerfile'],
    ]);
});

it.each<[title: string, files: Record<string, string>, expected: string[]]>([
  [
    'a site of Firebase and the function that it calls',
    {
      'firebase.json': JSON.stringify({
        hosting: { public: 'dist/apps/shop/browser' },
        functions: { source: 'dist/apps/api' },
      }),
    },
    ['apps/api', 'apps/shop'],
  ],
  ['a site of Netlify', { 'netlify.toml': '[build]\npublish = "dist/apps/shop"\n' }, ['apps/shop']],
  ['a site of Vercel', { 'vercel.json': '{ "outputDirectory": "dist/apps/shop" }' }, ['apps/shop']],
  [
    'files of a Cloudflare worker',
    { 'wrangler.json': '{ "assets": { "directory": "dist/apps/shop" } }' },
    ['apps/shop'],
  ],
  ['a folder that bears the name of none', { 'netlify.toml': '[build]\npublish = "dist/apps/help"\n' }, []],
])('finds the component by the folder that a workspace builds it into: %s', (_, files, expected) => {
  const { managed, environments } = deployed(['apps/shop', 'apps/api', 'apps/admin'], files);
  expect([...managed.keys()].sort()).toEqual(expected);
  expect(environments.flatMap(({ broken }) => broken)).toEqual([]);
});

it('tells the programs of one image apart by the folder that a command goes to, and leaves a mount beside them alone', () => {
  const deployment = deployed(['packages/shop', 'packages/desk'], {
    Dockerfile: 'FROM node:22\nWORKDIR /\nCOPY packages/shop /shop\nCOPY packages/desk /desk\n',
    'compose.yml':
      'services:\n  first:\n    image: acme/all:1\n    command: sh -c "cd /shop && npm start"\n    volumes: [".:/data"]\n  second:\n    image: acme/all:1\n    command: sh -c "cd /desk; npm start"\n',
    '.github/workflows/release.yml':
      'on: push\njobs:\n  all:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: docker/build-push-action@v6\n        with: { context: ., push: true, tags: "acme/all:1" }\n',
  });
  expect(ranks(deployment)).toEqual({ 'compose:compose.yml': 'plain' });
  expect(deployment.environments[0]!.services.map(({ component }) => component)).toEqual([
    'packages/shop',
    'packages/desk',
  ]);
  for (const path of ['packages/shop', 'packages/desk']) {
    expect(deployment.dockerfilesOf(path)).toEqual(['Dockerfile']);
    expect(deployment.pushes?.get(path)).toHaveLength(1);
  }
});

it('takes the program that the arguments of a common Dockerfile name, and no other', () => {
  const deployment = deployed(['api/orders', 'api/users'], {
    'package.json': '{ "private": true, "workspaces": ["api/*"], "scripts": { "start": "npm start --workspaces" } }',
    'api/orders/package.json': '{ "name": "@acme/orders", "scripts": { "start": "node dist/main.js" } }',
    'api/users/package.json': '{ "name": "@acme/users", "scripts": { "start": "node dist/main.js" } }',
    Dockerfile:
      'FROM node:22 AS build\nARG APP\nWORKDIR /srv/shop\nCOPY . .\nRUN npm run build -w $APP\nFROM node:22\nWORKDIR /srv/shop\nCOPY --from=build /srv/shop/out .\nCMD ["npm", "run", "start"]\n',
    'compose.yml': 'services:\n  orders:\n    build: { context: ., args: { APP: api/orders } }\n',
  });
  const [orders] = deployment.environments[0]!.services;
  expect([orders!.component, orders!.alsoRuns]).toEqual(['api/orders', []]);
});

describe('what leads in', () => {
  it('follows Kong to the ports of the host, with the log that it keeps', () => {
    const kong = (port: number) =>
      `_format_version: "3.0"\nservices:\n  - { name: a, url: "http://host.docker.internal:${port}", routes: [{ paths: [/orders] }] }\n`;
    const led = (port: number, log = '') =>
      deployed(['api'], {
        'api/Dockerfile': 'FROM node:20\n',
        'kong.yml': kong(port),
        'compose.yml': `services:\n  api: { build: ./api, ports: ["5001:3000"] }\n  kong: { image: "kong:3.9", volumes: ["./kong.yml:/kong/kong.yml"], environment: { KONG_DATABASE: "off"${log} } }\n`,
      }).environments[0]!;
    expect(led(5001)).toMatchObject({
      routes: [{ match: '/orders', component: 'api' }],
      accessLogs: [{ note: 'kong writes an access log by default' }],
    });
    expect(led(3000).routes).toMatchObject([{ component: null }]);
    expect(led(5001, ', KONG_PROXY_ACCESS_LOG: "off"').accessLogs).toEqual([]);
  });

  const nginx = 'server { listen 443 ssl; limit_req zone=a; location /api/ { proxy_pass http://api:3000; } }\n';
  it('counts a proxy config only where a deployed service mounts or copies it', () => {
    const files = { 'api/Dockerfile': 'FROM node:20\n', 'nginx/default.conf': nginx };
    const services = (proxy: string) => `services:\n  api: { build: ./api }\n${proxy}`;
    const routes = (more: Record<string, string>) => deployed(['api'], { ...files, ...more }).environments[0]!;
    expect(routes({ 'compose.yml': services('') }).routes).toEqual([]);
    const mounted = routes({
      'compose.yml': services('  proxy: { image: nginx, ports: ["80:80"], volumes: ["./nginx:/etc/nginx/conf.d"] }\n'),
    });
    expect(mounted).toMatchObject({
      routes: [
        {
          match: '/api/',
          service: 'api',
          component: 'api',
          tls: true,
          evidence: { file: 'nginx/default.conf', line: 1 },
        },
      ],
      rateLimits: [{ file: 'nginx/default.conf' }],
      accessLogs: [{ note: 'nginx writes an access log by default' }],
    });
    const copied = routes({
      'compose.yml': services('  proxy: { build: ./nginx }\n'),
      'nginx/Dockerfile': 'FROM nginx:1.27\nCOPY default.conf /etc/nginx/conf.d/\n',
    });
    expect(copied.routes).toMatchObject([{ component: 'api' }]);
    expect(copied.services.map(({ name, role, component }) => [name, role, component])).toEqual([
      ['api', 'component', 'api'],
      ['proxy', 'proxy', null],
    ]);
  });

  it('reads Traefik labels where a Traefik runs', () => {
    const labelled =
      'services:\n  api:\n    image: acme/api\n    labels:\n      - traefik.http.routers.a.rule=Host(`x.y`)\n      - traefik.http.routers.a.tls.certresolver=le\n';
    expect(deployed(['api'], { 'compose.yml': labelled }).environments[0]!.routes).toEqual([]);
    const whole = deployed(['api'], { 'compose.yml': `${labelled}  traefik: { image: "traefik:v3" }\n` })
      .environments[0]!;
    expect(whole.routes).toMatchObject([{ component: 'api', tls: true }]);
    expect(whole.tls).toHaveLength(1);
  });

  it('follows an ingress to the workload, and reads probes, limits, replicas and users', () => {
    const deployment = deployed(['api'], {
      'k8s/api.yaml': `${workload('api-depl', 'acme/api', '          readinessProbe: { httpGet: { path: /ready } }\n          resources: { limits: { memory: 512Mi } }\n          securityContext: { runAsNonRoot: true }\n')}---
apiVersion: v1
kind: Service
metadata: { name: api-srv }
spec: { selector: { app: api-depl } }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: h }
spec: { minReplicas: 2, maxReplicas: 5, scaleTargetRef: { name: api-depl } }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: i
  annotations:
    cert-manager.io/cluster-issuer: le
    nginx.ingress.kubernetes.io/limit-rps: "10"
spec: { rules: [{ host: a.b, http: { paths: [{ path: /, backend: { service: { name: api-srv } } }] } }] }
`,
    });
    const [environment] = deployment.counting;
    expect(environment!.services[0]).toMatchObject({
      component: 'api',
      exposed: true,
      healthProbe: { value: 'readinessProbe /ready' },
      memoryLimit: { value: '512Mi' },
      restart: { value: 'Always' },
      replicas: null,
      autoscaled: { value: 'HorizontalPodAutoscaler 2 to 5' },
      user: { value: 'runAsNonRoot' },
    });
    expect(environment!.routes).toMatchObject([{ component: 'api', tls: true }]);
    expect(environment!.rateLimits).toMatchObject([{ note: 'nginx.ingress.kubernetes.io/limit-rps: 10' }]);
  });

  it('reads OpenShift templates with the defaults of their parameters, as a pipeline processes them', () => {
    const template = (name: string, more = '') => `apiVersion: template.openshift.io/v1
kind: Template
parameters:
  - { name: ZONE, required: true }
  - { name: NAME, value: ${name} }
  - { name: LEAST, value: "2" }
objects:
  - apiVersion: apps/v1
    kind: Deployment
    metadata: { name: "shop-\${ZONE}-\${NAME}" }
    spec:
      template:
        spec:
          containers:
            - name: \${NAME}
              image: ghcr.io/acme/shop/\${NAME}:\${ZONE}
              env: [{ name: API_URL, value: "http://shop-\${ZONE}-api" }]
  - apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: { name: h }
    spec:
      minReplicas: \${{LEAST}}
      maxReplicas: 5
      scaleTargetRef: { name: "shop-\${ZONE}-\${NAME}" }
${more}`;
    const route = `  - apiVersion: route.openshift.io/v1
    kind: Route
    metadata: { name: web }
    spec: { host: shop.test, to: { kind: Service, name: "shop-\${ZONE}-web" }, tls: { termination: edge } }
`;
    const files = (deploying: string) => ({
      'api/openshift.yml': template('api'),
      'web/openshift.yml': template('web', route),
      'web/Dockerfile': 'FROM caddy:2\nCOPY . /srv\nCOPY Caddyfile /etc/caddy/Caddyfile\n',
      'web/Caddyfile': ':80 {\n  reverse_proxy /api* {$API_URL}\n}\n',
      '.github/workflows/deploy.yml': `on: push\njobs:\n  deploy:\n    runs-on: x\n    strategy: { matrix: { part: [api, web] } }\n    steps:\n      - ${deploying}\n`,
    });
    const byAction = files(
      'uses: acme/deploy-openshift@v1\n        with: { file: "${{ matrix.part }}/openshift.yml" }',
    );
    const byCommand = files('run: oc process -f api/openshift.yml -f web/openshift.yml | oc apply -f -');
    for (const tree of [byAction, byCommand]) {
      const [environment, ...others] = deployed(['api', 'web'], tree).counting;
      expect(others).toEqual([]);
      expect(environment).toMatchObject({
        rank: 'applied',
        services: [
          { component: 'api', autoscaled: { value: 'HorizontalPodAutoscaler 2 to 5' }, exposed: true },
          { component: 'web', exposed: true },
        ],
        tls: [{ note: 'Route web ends TLS' }],
      });
      expect(environment!.routes.map(({ match, component }) => [match, component])).toEqual([
        ['shop.test/', 'web'],
        ['/api*', 'api'],
      ]);
    }
  });

  it.each([
    ['run: npx wrangler pages deploy web/dist', 'cloudflare', {}],
    [
      'uses: cloudflare/wrangler-action@v3\n        with: { command: pages deploy dist, workingDirectory: web }',
      'cloudflare',
      {},
    ],
    [
      'uses: cloudflare/wrangler-action@v3\n        with: { command: deploy, workingDirectory: ./web }',
      'cloudflare',
      {},
    ],
    ['uses: azure/static-web-apps-deploy@v1\n        with: { app_location: web }', 'azure', {}],
    ['run: npx netlify deploy --prod --dir=web/dist', 'netlify', {}],
    ['run: npx vercel deploy --prod --cwd web', 'vercel', {}],
    [
      'run: aws s3 sync --delete web/dist s3://site && aws cloudfront create-invalidation --distribution-id E1 --paths "/*"',
      'cloudfront',
      {},
    ],
    ['run: aws s3 cp --recursive web/dist s3://site', undefined, {}],
    [
      'run: bash publish.sh',
      'cloudfront',
      {
        'publish.sh':
          'cd web\naws --profile site s3 cp --recursive "$BUILD/" "$BUCKET"\nID=$(aws cloudfront create-invalidation --paths "/*")\n',
      },
    ],
    ['run: npx wrangler tail web', undefined, {}],
    ['run: mkdir site && cp -r web/texts site && npx wrangler pages deploy site', undefined, {}],
    ['run: npx netlify deploy --prod --dir=web/dist', undefined, { 'api/netlify.toml': '[build]\n' }],
  ])(
    'takes the pipeline that uploads a site for its definition, unless a file of the host speaks: %s',
    (step, platform, more) => {
      const deployment = deployed(['api', 'web'], {
        '.github/workflows/site.yml': `on: push\njobs:\n  site:\n    runs-on: x\n    steps:\n      - ${step}\n`,
        ...more,
      });
      expect(deployment.managed.get('web')?.platform).toBe(platform);
    },
  );

  it('follows a route to the workload of another set, by what its service selects', () => {
    const deployment = deployed(['pay'], {
      'k8s/route.yaml':
        'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: i }\nspec: { rules: [{ http: { paths: [{ path: /pay, backend: { service: { name: till-srv } } }] } }] }\n',
      'k8s/pay.yaml': `${workload('till', 'acme/pay')}---\napiVersion: v1\nkind: Service\nmetadata: { name: till-srv }\nspec: { selector: { app: till } }\n`,
      '.github/workflows/deploy.yml': workflow('kubectl apply -f k8s/route.yaml'),
    });
    expect(deployment.environments.flatMap(({ routes }) => routes.map(({ component }) => component))).toEqual(['pay']);
  });

  it('lets an overlay patch its base', () => {
    const deployment = deployed(['api'], {
      'k8s/base/kustomization.yaml': 'resources: [api.yaml]\n',
      'k8s/base/api.yaml': workload('api', 'acme/api'),
      'k8s/overlays/prod/kustomization.yaml': 'resources: [../../base]\npatches: [{ path: patch.yaml }]\n',
      'k8s/overlays/prod/patch.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: api }\nspec: { replicas: 3, template: { spec: { containers: [{ name: api, resources: { limits: { memory: 1Gi } } }] } } }\n',
    });
    expect(counting(deployment)).toEqual(['kustomize:k8s/overlays/prod']);
    expect(deployment.counting[0]!.services).toMatchObject([
      { replicas: { value: 3, file: 'k8s/overlays/prod/patch.yaml' }, memoryLimit: { value: '1Gi' }, component: 'api' },
    ]);
  });
});

describe('what cannot work', () => {
  it.each<[string, Record<string, string>, string[]]>([
    [
      'a context that does not exist',
      { 'compose.yml': 'services:\n  x: { build: ./gone }\n' },
      ['x builds gone, which does not exist'],
    ],
    [
      'a submodule is elsewhere',
      { 'compose.yml': 'services:\n  x: { build: ./gone }\n', '.gitmodules': '[submodule "g"]\n\tpath = gone\n' },
      [],
    ],
    [
      'a Dockerfile that does not exist',
      { 'compose.yml': 'services:\n  x: { build: ./api }\n' },
      ['x builds with api/Dockerfile, which does not exist'],
    ],
    [
      'a Dockerfile outside the repository',
      { 'compose.yml': 'services:\n  x: { build: { context: ., dockerfile: ../api/Dockerfile } }\n' },
      ['x: dockerfile ../api/Dockerfile lies outside the repository, seen from its context .'],
    ],
    [
      'a copied file that is not there',
      {
        'compose.yml': 'services:\n  x: { build: ./api }\n',
        'api/Dockerfile': 'FROM node:20\nCOPY package.json yarn.lock ./\nCOPY dist ./dist\n',
      },
      ['copies yarn.lock, which api does not have'],
    ],
    [
      'a template of variables that is not there',
      {
        'compose.yml': 'services:\n  x: { build: ./api }\n',
        'api/Dockerfile': 'FROM node:20\nCOPY .env.example .env\nCOPY .env.production ./\n',
      },
      ['copies .env.example, which api does not have'],
    ],
    ...(
      [
        ['a server of Next.js that its configuration does not ask for', '{}', '', true],
        ['one that it asks for', "{ output: 'standalone' }", '', false],
        [
          'one that a file may ask for which it takes in',
          '{ ...shared }',
          "import { shared } from './shared';\n",
          false,
        ],
      ] as const
    ).map(([title, config, imports, broken]): [string, Record<string, string>, string[]] => [
      title,
      {
        'compose.yml': 'services:\n  x: { build: { context: ., dockerfile: api/Dockerfile } }\n',
        'api/next.config.mjs': `${imports}export default ${config};\n`,
        'web/next.config.mjs': "export default { output: 'standalone' };\n",
        'api/Dockerfile':
          'FROM node:20 AS build\nWORKDIR /app\nCOPY . .\nRUN npm run build\nFROM node:20\nCOPY --from=build /app/api/.next/standalone ./\nCMD ["node", "server.js"]\n',
      },
      broken ? ['copies .next/standalone, which api/next.config.mjs does not ask for'] : [],
    ]),
    [
      'a start file that is neither copied nor built',
      {
        'compose.yml': 'services:\n  x: { build: ./api }\n',
        'api/Dockerfile': 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "server.js"]\n',
      },
      ['starts server.js, which is neither copied nor built'],
    ],
    [
      'a start file that a step may write',
      {
        'compose.yml': 'services:\n  x: { build: ./api }\n',
        'api/Dockerfile': 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm run build\nCMD ["node", "server.js"]\n',
      },
      [],
    ],
  ])('%s', (_, files, notes) => {
    expect(deployed(['api'], files).environments[0]!.broken.map(({ note }) => note)).toEqual(notes);
  });
});

describe('azure.yaml and its Bicep', () => {
  it('joins what to deploy with how', () => {
    const deployment = deployed(['src/api'], {
      'azure.yaml': 'services:\n  api: { project: ./src/api, host: containerapp }\n',
      'src/api/Dockerfile': 'FROM node:20\n',
      'infra/main.bicep':
        "module api 'br/public:avm/ptn/azd/container-app-upsert:0.1.1' = {\n  params: {\n    containerMinReplicas: 2\n    containerMemory: '2.0Gi'\n  }\n}\nresource db 'Microsoft.DBforPostgreSQL/flexibleServers@2022' = {\n  name: 'db'\n}\n",
    });
    expect(deployment.servicesOf('src/api')[0]!.service).toMatchObject({
      autoscaled: { value: 'containerMinReplicas: 2', file: 'infra/main.bicep', line: 3 },
      memoryLimit: { value: '2.0Gi' },
      dockerfile: 'src/api/Dockerfile',
    });
    expect(deployment.managed.size).toBe(0);
    expect(
      deployment.counting.flatMap(({ services }) => services).find(({ role }) => role === 'database'),
    ).toMatchObject({ software: 'postgres' });
  });
});
