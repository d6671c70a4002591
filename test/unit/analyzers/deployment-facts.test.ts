import { describe, expect, it } from 'vitest';
import compose from '../../../src/analyzers/compose.ts';
import dockerfiles from '../../../src/analyzers/dockerfiles.ts';
import helm from '../../../src/analyzers/helm.ts';
import iac from '../../../src/analyzers/iac.ts';
import kubernetes from '../../../src/analyzers/kubernetes.ts';
import kustomizations from '../../../src/analyzers/kustomizations.ts';
import platforms from '../../../src/analyzers/platforms.ts';
import proxies from '../../../src/analyzers/proxies.ts';
import type { Analyzer, FactMap, FactName } from '../../../src/model/facts/index.ts';
import { openMemory } from '../../../src/repository/index.ts';

function read<K extends FactName>(analyzer: Analyzer<K>, files: Record<string, string>) {
  const failures: { file: string | null; line: number | null; message: string }[] = [];
  const facts: FactMap[K] = analyzer.analyze(openMemory(files), (failure) => failures.push(failure));
  return { facts, failures };
}

describe('Dockerfiles', () => {
  const one = (text: string) => read(dockerfiles, { Dockerfile: text }).facts[0]!;

  it('fills ARG defaults into the base, and tells tag, digest and earlier stages apart', () => {
    const fact = one(
      'ARG NODE=20\nFROM localhost:5000/team/node:${NODE}-alpine AS base\nFROM base AS run\nFROM redis@sha256:abc\nFROM ${BASE}\n',
    );
    expect(fact.stages.map(({ base }) => [base.image, base.tag, base.digest, base.stage])).toEqual([
      ['localhost:5000/team/node', '20-alpine', null, null],
      ['base', null, null, 0],
      ['redis', null, 'sha256:abc', null],
      ['${BASE}', null, null, null],
    ]);
    expect(fact.args).toEqual([{ name: 'NODE', default: '20', line: 1 }]);
  });

  it('hands user, command and check down to a stage built on another', () => {
    const fact = one(
      'FROM node:20 AS base\nUSER node\nHEALTHCHECK --interval=5s CMD curl -f localhost || exit 1\nCMD ["node","a.js"]\nFROM base\nENTRYPOINT ["tini","--"]\n',
    );
    const last = fact.stages[fact.final]!;
    expect(last.user).toEqual({ value: 'node', line: 2 });
    expect(last.healthcheck).toEqual({ none: false, command: 'curl -f localhost || exit 1', line: 3 });
    expect(last.cmd).toBeNull();
    expect(last.entrypoint?.argv).toEqual(['tini', '--']);
  });

  it('reads shell form, continuations, copies from stages and exposed ports', () => {
    const fact = one(
      'FROM node:20 AS build\nRUN npm ci \\\n  # a note\n  && npm run build\nFROM node:20\nWORKDIR /app\nWORKDIR web\nENV PORT=3000 NAME="two words"\nCOPY --from=build --chown=node:node /app/dist ./dist\nCOPY ["a.json", "b.json", "./"]\nEXPOSE ${PORT}/tcp 9229\nCMD npm run "start prod"\n',
    );
    const last = fact.stages[1]!;
    expect(fact.stages[0]!.runs[0]).toEqual({ text: expect.stringMatching(/npm ci\s+&& npm run build/), line: 2 });
    expect(last.workdir?.value).toBe('/app/web');
    expect(last.env.map(({ name, value }) => [name, value])).toEqual([
      ['PORT', '3000'],
      ['NAME', 'two words'],
    ]);
    expect(last.copies.map(({ from, sources, dest }) => [from, sources, dest])).toEqual([
      ['build', ['/app/dist'], './dist'],
      [null, ['a.json', 'b.json'], './'],
    ]);
    expect(last.exposes.map(({ port }) => port)).toEqual([3000, 9229]);
    expect(last.cmd).toEqual({ argv: ['npm', 'run', 'start prod'], form: 'shell', line: 12 });
  });

  it('copies no file for text that stands in the Dockerfile itself', () => {
    const fact = one('FROM node:20\nCOPY --link <<EOF process.json\n{ "a": 1 }\nEOF\nCOPY dist dist\n');
    expect(fact.stages[0]!.copies.map(({ sources, dest }) => [sources, dest])).toEqual([
      [[], 'process.json'],
      [['dist'], 'dist'],
    ]);
  });

  it('takes every usual name and no note, template or ignore file', () => {
    const names = [
      'Dockerfile',
      'Dockerfile.prod',
      'api.Dockerfile',
      'Dockerhubfile',
      'Containerfile',
      'Dockerfile.dockerignore',
      'Dockerfile.md',
      'Dockerfile.ejs',
    ];
    const { facts } = read(dockerfiles, Object.fromEntries(names.map((name) => [name, 'FROM node:20\n'])));
    expect(facts.map(({ path }) => path)).toEqual([
      'Containerfile',
      'Dockerfile',
      'Dockerfile.prod',
      'Dockerhubfile',
      'api.Dockerfile',
    ]);
  });

  it('says what it could not read and goes on', () => {
    const { facts, failures } = read(dockerfiles, { 'a/Dockerfile': 'hello\n', 'b/Dockerfile': 'FROM node:20\n' });
    expect(facts.map(({ path }) => path)).toEqual(['b/Dockerfile']);
    expect(failures).toMatchObject([{ file: 'a/Dockerfile' }]);
    expect(read(dockerfiles, { 'Dockerfile.append': 'ENV A=1\n' }).failures).toEqual([]);
  });
});

describe('compose', () => {
  const service = (body: string, files: Record<string, string> = {}) =>
    read(compose, { 'docker-compose.yml': `services:\n  api:\n${body.replace(/^/gm, '    ')}\n`, ...files }).facts[0]!
      .services[0]!;

  it.each([
    ['"8080:80"', { host: 8080, container: 80, hostIp: null }],
    ['"127.0.0.1:5432:5432"', { host: 5432, container: 5432, hostIp: '127.0.0.1' }],
    ['"3000"', { host: null, container: 3000, hostIp: null }],
    ['"${PORT:-4000}:3000/tcp"', { host: 4000, container: 3000, hostIp: null }],
    ['"${PORT}:3000"', { host: 3000, container: 3000, hostIp: null }],
    ['9000-9001:9000-9001', { host: 9000, container: 9000, hostIp: null }],
    ['{ target: 80, published: "8080" }', { host: 8080, container: 80, hostIp: null }],
  ])('port %s', (written, expected) => {
    expect(service(`image: a\nports:\n  - ${written}`).ports).toMatchObject([expected]);
  });

  it.each([
    ['./src:/app/src:ro', { source: './src', target: '/app/src', kind: 'bind', readOnly: true }],
    ['data:/var/lib/data', { source: 'data', target: '/var/lib/data', kind: 'named', readOnly: false }],
    ['/app/node_modules', { source: null, target: '/app/node_modules', kind: 'anonymous', readOnly: false }],
    ['{ type: bind, source: ./x, target: /x }', { source: './x', target: '/x', kind: 'bind', readOnly: false }],
  ])('volume %s', (written, expected) => {
    expect(service(`image: a\nvolumes:\n  - ${written}`).volumes).toMatchObject([expected]);
  });

  it('reads limits, restarts, replicas, labels and checks in every form', () => {
    const found = service(
      'image: a\nrestart: no\nlabels: [traefik.enable=true]\nenvironment: { A: 1, B: }\nhealthcheck: { test: ["CMD", "curl", "x"] }\ndeploy:\n  replicas: 3\n  resources: { limits: { memory: 256M } }',
    );
    expect(found).toMatchObject({
      restart: { value: 'no', line: 4 },
      memoryLimit: { value: '256M' },
      replicas: { value: 3, line: 9 },
      labels: [{ key: 'traefik.enable', value: 'true' }],
      environment: [
        { name: 'A', value: '1' },
        { name: 'B', value: null },
      ],
      healthcheck: { test: 'curl x', disabled: false },
    });
  });

  it('resolves build paths, also those that leave the repository', () => {
    const files = {
      'deploy/compose.yml':
        'services:\n  a: { build: { context: .., dockerfile: ../Dockerfile } }\n  b: { build: ../api }\n',
    };
    const [a, b] = read(compose, files).facts[0]!.services;
    expect(a!.build).toMatchObject({ context: '.', dockerfile: null, dockerfileWritten: '../Dockerfile' });
    expect(b!.build).toMatchObject({ context: 'api', dockerfile: 'api/Dockerfile' });
  });

  it('merges anchors and extends, in the file and out of it', () => {
    const { facts } = read(compose, {
      'docker-compose.yml':
        'x-base: &base\n  restart: always\n  mem_limit: 1g\nservices:\n  web:\n    <<: *base\n    image: web\n  job:\n    extends: { file: common/base.yml, service: node }\n    command: npm run job\n',
      'common/base.yml': 'services:\n  node:\n    build: ./node\n    environment: { A: "1" }\n',
    });
    const [web, job] = facts.find(({ path }) => path === 'docker-compose.yml')!.services;
    expect(web).toMatchObject({ restart: { value: 'always', line: 2 }, memoryLimit: { value: '1g' } });
    expect(job).toMatchObject({
      build: { context: 'common/node' },
      command: { argv: ['npm', 'run', 'job'] },
      environment: [{ name: 'A' }],
    });
  });

  it('fills in what the .env beside it says, and carries no secret', () => {
    const built = service(
      'build: { context: ., dockerfile: "${API_FILE}" }\nenvironment:\n  API_SECRET: ${API_SECRET}',
      {
        '.env': 'ROOT=./images\nAPI_FILE=${ROOT}/api.Dockerfile\nAPI_SECRET=abc\n',
      },
    );
    expect(built.build?.dockerfile).toBe('images/api.Dockerfile');
    expect(JSON.stringify(built)).not.toContain('abc');
  });

  it('knows a compose file by its shape, and other tools with services by theirs', () => {
    const { facts } = read(compose, {
      'stack/app.yml': 'services:\n  a: { image: x }\n',
      'workflow.yml': 'jobs: {}\nservices:\n  a: { image: x }\n',
      'symfony.yaml': 'services:\n  App\\Kernel: ~\n',
    });
    expect(facts.map(({ path }) => path)).toEqual(['stack/app.yml']);
  });

  it('names the variables that it interpolates', () => {
    const { facts } = read(compose, {
      'compose.yml': 'services:\n  a:\n    image: "x:${TAG:-1}" # ${NOT}\n    environment: { K: $KEY, P: $$X }\n',
    });
    expect(facts[0]!.variables).toEqual([
      { name: 'TAG', default: '1', line: 3 },
      { name: 'KEY', default: null, line: 4 },
    ]);
  });

  it('survives aliases that would grow without bound', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
      .split('')
      .map((name, i) => `${name}: &${name} [${`*${'abcdefgh'[i]},`.repeat(9)}]`)
      .join('\n')}\nservices:\n  s: { image: x }\n`;
    expect(read(compose, { 'compose.yml': bomb }).facts.length).toBeLessThanOrEqual(1);
  });
});

describe('Kubernetes and charts', () => {
  it('reads every document, lists too, with lines', () => {
    const { facts } = read(kubernetes, {
      'k8s/a.yaml':
        'apiVersion: v1\nkind: Service\nmetadata: { name: a }\n---\napiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Secret\n    metadata: { name: b }\n',
      'skaffold.yaml': 'apiVersion: skaffold/v2\nkind: Config\n',
    });
    expect(facts.map(({ kind, name, line }) => [kind, name, line])).toEqual([
      ['Service', 'a', 2],
      ['Secret', 'b', 9],
    ]);
  });

  const chart = {
    'chart/Chart.yaml':
      'apiVersion: v2\nname: shop\ndependencies:\n  - { name: redis, condition: redis.enabled }\n  - { name: postgresql }\n',
    'chart/values.yaml':
      'replicas: 3\nimage: { repository: acme/shop, tag: "1.2" }\nresources: { limits: { memory: 1Gi } }\ningress: { enabled: false }\nredis: { enabled: false }\nports:\n  http: 80\n',
    'chart/templates/_helpers.tpl':
      '{{- define "shop.name" -}}\n{{ .Chart.Name | trunc 63 | trimSuffix "-" }}\n{{- end }}\n{{- define "shop.labels" -}}\napp: {{ include "shop.name" . }}\n{{- end }}\n',
    'chart/templates/app.yaml': `{{- if .Values.image }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "shop.name" . }}-web
  labels:
    {{- include "shop.labels" . | nindent 4 }}
spec:
  replicas: {{ .Values.replicas | default 1 }}
  template:
    spec:
      containers:
        - name: web
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
          ports:
          {{- range $name, $port := .Values.ports }}
            - { name: {{ $name | quote }}, containerPort: {{ $port }} }
          {{- end }}
          {{- with .Values.resources }}
          resources:
            {{- toYaml . | nindent 12 }}
          {{- end }}
          {{- if (lookup "v1" "Secret" "" "x") }}
          never: true
          {{- end }}
{{- end }}
`,
    'chart/templates/ingress.yaml':
      '{{- if .Values.ingress.enabled }}\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: x }\n{{- end }}\n',
  };

  it("renders templates with the chart's own values, and keeps the lines of the template", () => {
    const { facts } = read(kubernetes, chart);
    expect(facts).toHaveLength(1);
    const [deployment] = facts;
    expect(deployment).toMatchObject({
      kind: 'Deployment',
      name: 'shop-web',
      chart: 'chart',
      templated: true,
      line: 3,
    });
    expect(deployment!.doc.spec).toMatchObject({
      replicas: 3,
      template: {
        spec: {
          containers: [
            { image: 'acme/shop:1.2', ports: [{ containerPort: 80 }], resources: { limits: { memory: '1Gi' } } },
          ],
        },
      },
    });
    expect(deployment!.lines['spec.replicas']).toBe(9);
    expect(JSON.stringify(deployment!.doc)).not.toContain('never');
  });

  it('knows which charts a chart asks for', () => {
    expect(read(helm, chart).facts[0]!.dependencies?.map(({ name, enabled }) => [name, enabled])).toEqual([
      ['redis', false],
      ['postgresql', true],
    ]);
  });

  it('takes broken and endless templates without harm', () => {
    const { facts } = read(kubernetes, {
      'chart/Chart.yaml': 'name: x\n',
      'chart/templates/_h.tpl': '{{ define "loop" }}{{ include "loop" . }}{{ include "loop" . }}{{ end }}',
      'chart/templates/a.yaml':
        'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ include "loop" . }}\n  x: {{ ( | ) "\n',
    });
    expect(Array.isArray(facts)).toBe(true);
  });

  it('follows kustomizations', () => {
    const { facts } = read(kustomizations, {
      'k/prod/kustomization.yaml':
        'resources:\n  - ../base\n  - https://example.com/x\npatches:\n  - path: patch.yaml\nimages:\n  - { name: api, newName: ghcr.io/acme/api }\n',
    });
    expect(facts[0]).toMatchObject({
      dir: 'k/prod',
      resources: [
        { path: 'k/base', line: 2 },
        { path: 'k/prod/patch.yaml', line: 5 },
      ],
      images: [{ newName: 'ghcr.io/acme/api' }],
    });
  });
});

describe('proxies', () => {
  it('reads nginx: upstreams, TLS, limits, headers, logs', () => {
    const { facts } = read(proxies, {
      'nginx/nginx.conf': `http {
  limit_req_zone $binary_remote_addr zone=a:10m rate=10r/s;
  upstream api { server api:3000; server api2:3000; }
  server {
    listen 443 ssl;
    access_log off;
    add_header X-Frame-Options "DENY" always;
    location /api/ { limit_req zone=a; proxy_pass http://api/; }
    location / { root /usr/share/nginx/html; expires 1y; }
  }
}
`,
      'other.conf': 'key = value\n',
    });
    expect(facts).toHaveLength(1);
    expect(facts[0]).toMatchObject({
      routes: [
        { match: '/api/', upstream: 'api:3000', line: 8 },
        { match: '/api/', upstream: 'api2:3000' },
        { match: '/', upstream: null },
      ],
      listens: [{ port: 443, tls: true }],
      headers: [{ name: 'X-Frame-Options', value: 'DENY' }],
      rateLimits: [{ line: 8 }],
      accessLog: { on: false },
      caching: [{ note: 'expires 1y' }],
    });
  });

  it.each([
    ['example.com {\n  reverse_proxy api:3000\n}\n', true],
    [':80 {\n  reverse_proxy api:3000\n}\n', false],
    [':{$PORT:8080} {\n  reverse_proxy api:3000\n}\n', false],
    ['http://example.com {\n  reverse_proxy api:3000\n}\n', false],
    ['{$DOMAIN} {\n  handle /api/* {\n    reverse_proxy api:3000\n  }\n}\n', true],
  ])('Caddy gets certificates for names: %j', (text, tls) => {
    const [fact] = read(proxies, { Caddyfile: text }).facts;
    expect(fact!.tls.length > 0).toBe(tls);
    expect(fact!.routes.map(({ upstream }) => upstream)).toEqual(['api:3000']);
  });

  it.each([
    ['{ name: cors, config: { origins: ["https://a.example"] } }', 'https://a.example'],
    ['{ name: cors }', '*'],
  ])('reads the origins that Kong lets in: %s', (plugin, value) => {
    const [fact] = read(proxies, { 'kong.yml': `_format_version: "3.0"\nplugins: [${plugin}]\n` }).facts;
    expect(fact!.headers).toMatchObject([{ name: 'Access-Control-Allow-Origin', value }]);
  });

  it('reads gateways by their shape', () => {
    const { facts } = read(proxies, {
      'kong.yml':
        '_format_version: "3.0"\nservices:\n  - { name: a, url: "http://orders:3000", routes: [{ paths: [/orders] }], plugins: [{ name: rate-limiting }] }\n',
      'traefik.yml': 'entryPoints:\n  web: { address: ":80" }\ncertificatesResolvers:\n  le: { acme: {} }\n',
      'dynamic.toml':
        '[http.routers.a]\nrule = "Host(`x`)"\nservice = "s"\n[[http.services.s.loadBalancer.servers]]\nurl = "http://api:3000"\n',
      'haproxy.cfg': 'frontend f\n  bind *:80\n  default_backend b\nbackend b\n  server s1 api:3000\n',
      'envoy.yaml':
        'static_resources:\n  listeners:\n    - filter_chains: [{ routes: [{ match: { prefix: / }, route: { cluster: c } }] }]\n  clusters:\n    - { name: c, a: { socket_address: { address: api, port_value: 3000 } } }\n',
    });
    expect(
      Object.fromEntries(
        facts.map(({ kind, path, routes }) => [`${kind} ${path}`, routes.map(({ upstream }) => upstream)]),
      ),
    ).toEqual({
      'kong kong.yml': ['orders:3000'],
      'traefik traefik.yml': [],
      'traefik dynamic.toml': ['api:3000'],
      'haproxy haproxy.cfg': ['api:3000'],
      'envoy envoy.yaml': ['api:3000'],
    });
  });
});

describe('platforms', () => {
  it.each([
    [
      'vercel.json',
      '{ "headers": [{ "source": "/", "headers": [{ "key": "X-A", "value": "b" }] }], }',
      'vercel',
      'web',
    ],
    ['apps/web/netlify.toml', '[build]\npublish = "dist"\n', 'netlify', 'static'],
    [
      'fly.toml',
      'app = "a"\n[http_service]\ninternal_port = 3000\nmin_machines_running = 2\n[[http_service.checks]]\npath = "/healthz"\n',
      'fly',
      'web',
    ],
    [
      'render.yaml',
      'services:\n  - { type: web, name: api, rootDir: apps/api, healthCheckPath: /ok }\n',
      'render',
      'web',
    ],
    ['railway.json', '{"deploy": {"startCommand": "node x"}}', 'railway', 'web'],
    ['Procfile', 'web: node x.js\nrelease: npm run migrate\n', 'heroku', 'web'],
    ['wrangler.jsonc', '{ // a note\n "name": "w", "main": "src/index.ts" }', 'cloudflare', 'function'],
    ['app.yaml', 'runtime: nodejs20\n', 'app-engine', 'web'],
    ['firebase.json', '{"hosting": {"public": "web/dist"}}', 'firebase', 'static'],
    [
      'serverless.yml',
      'service: s\nprovider: { name: aws }\nfunctions: { a: { handler: h.a } }\n',
      'serverless',
      'function',
    ],
    [
      'app.arc',
      '@app\nnotes\n\n@http # answers all\n/*\n  method any\n  src server\n\n@tables\nnote\n  pk *String\n',
      'architect',
      'function',
    ],
    ['app.arc', '@app\nnotes\n\n@scheduled\nnightly rate(1 day)\n', 'architect', 'job'],
    ['azure.yaml', 'services:\n  api: { project: src/api, host: containerapp }\n', 'azure', 'web'],
    ['sst.config.ts', 'new sst.aws.Nextjs("Web", { path: "packages/web" });', 'sst', 'web'],
    ['sst.config.ts', 'cluster.addService("Api", { image: { dockerfile: "api/Dockerfile" } });', 'sst', 'web'],
    ['svelte.config.js', "import adapter from '@sveltejs/adapter-vercel';\n", 'vercel', 'web'],
    ['vite.config.ts', "import netlify from 'solid-start-netlify';\n", 'netlify', 'web'],
    [
      'app.config.ts',
      "export default defineConfig({ server: { preset: 'cloudflare-pages' } });\n",
      'cloudflare',
      'web',
    ],
    [
      'vite.config.ts',
      "export default {\n  build: { target: 'es2022' },\n  plugins: [nitro({\n    preset: 'vercel',\n  })],\n};\n",
      'vercel',
      'web',
    ],
    ['nuxt.config.ts', "export default { nitro: { preset: 'netlify' } };\n", 'netlify', 'web'],
    [
      'template.yaml',
      'Transform: AWS::Serverless-2016-10-31\nResources:\n  F: { Type: AWS::Serverless::Function, Properties: { CodeUri: fn/ } }\n',
      'aws-sam',
      'function',
    ],
    ['.replit', '[deployment]\nrun = ["npm", "start"]\n', 'replit', 'web'],
    ['app.json', '{ "scripts": { "dokku": { "predeploy": "npm run migrate" } } }', 'dokku', 'web'],
  ])('%s', (path, text, platform, kind) => {
    const { facts } = read(platforms, { [path]: text });
    expect(facts.map((fact) => [fact.platform, fact.services[0]?.kind])).toEqual([[platform, kind]]);
  });

  it.each([
    ['app.json', '{"expo": {"name": "x"}}'],
    ['app.yaml', 'apiVersion: apps/v1\nkind: Deployment\nruntime: x\n'],
    ['.replit', 'run = "npm start"\n'],
    ['template.yaml', 'foo: bar\n'],
    ['svelte.config.js', "import adapter from '@sveltejs/adapter-node';\n"],
    [
      'astro.config.mjs',
      "import node from '@astrojs/node';\nimport vercel from '@astrojs/vercel';\nconst adapter = process.env.X ? node() : vercel();\n",
    ],
  ])('%s of another kind is none', (path, text) => {
    expect(read(platforms, { [path]: text }).facts).toEqual([]);
  });

  it('leaves a build adapter to the file of its platform', () => {
    const files = { 'svelte.config.js': "import a from '@sveltejs/adapter-vercel';\n", 'vercel.json': '{}' };
    expect(read(platforms, files).facts.map(({ path }) => path)).toEqual(['vercel.json']);
  });

  it('gives each service of SST the folder of its own code', () => {
    const { facts } = read(platforms, {
      'sst.config.ts': '',
      'infra/all.ts':
        'new sst.aws.Function("Api", { url: true, handler: "api/src/index.handler" });\ncluster.addService("Ssh", { image: { context: "./go" }, scaling: { min: 2 } });\nnew sst.aws.Bucket("Files");\n',
    });
    expect(facts[0]!.services.map(({ name, dir, autoscaling }) => [name, dir, autoscaling])).toEqual([
      ['Api', 'api/src', false],
      ['Ssh', 'go', true],
    ]);
  });

  it('reports a broken file', () => {
    expect(read(platforms, { 'fly.toml': 'app = \n[' }).failures).toMatchObject([{ file: 'fly.toml' }]);
  });
});

describe('infrastructure as code', () => {
  it('finds resources by type and name, and what a flag turns off', () => {
    const { facts } = read(iac, {
      'infra/main.tf':
        'variable "cdn" {\n  default = false\n}\nresource "aws_ecs_service" "api" {\n  desired_count = 2 # } no\n  name = "a}b"\n}\nresource "aws_cloudfront_distribution" "cdn" {\n  count = var.cdn ? 1 : 0\n}\nmodule "db" {\n  source = "./db"\n}\n',
      'infra/main.bicep':
        "param useApim bool = false\nmodule apim './apim.bicep' = if (useApim) {\n  name: 'x'\n}\nresource db 'Microsoft.Sql/servers@2022' existing = {\n}\n",
      'cfn.yaml': 'Resources:\n  Api: { Type: AWS::ECS::Service, Properties: { Cluster: !Ref C } }\n',
      'package.json': '{"dependencies": {"aws-cdk-lib": "2"}}',
      'stack.ts': "import * as s3 from 'aws-cdk-lib/aws-s3';\nnew s3.Bucket(this, 'Files', {});\n",
    });
    const found = facts.flatMap(({ tool, resources }) =>
      resources.map(({ type, name, line, condition }) => [tool, type, name, line, condition]),
    );
    expect(found).toEqual([
      ['cloudformation', 'AWS::ECS::Service', 'Api', 2, undefined],
      ['bicep', 'module:./apim.bicep', 'apim', 2, 'false'],
      ['bicep', 'existing:Microsoft.Sql/servers', 'db', 5, undefined],
      ['terraform', 'aws_ecs_service', 'api', 4, undefined],
      ['terraform', 'aws_cloudfront_distribution', 'cdn', 8, 'false'],
      ['terraform', 'module:./db', 'db', 11, undefined],
      ['cdk', 's3.Bucket', 'Files', 2, undefined],
    ]);
  });
});
