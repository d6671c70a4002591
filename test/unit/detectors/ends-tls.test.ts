import { describe, expect, it } from 'vitest';
import { app, asked, at, service } from './_asked.ts';

const present = { rung: 'present' };
const wired = { rung: 'wired' };
const complete = { rung: 'complete' };
const docker = 'FROM node:22\nCOPY . .\nCMD ["node", "src/index.js"]\n';
/** Two services of a workspace. */
const two = (more: Record<string, string>): Record<string, string> => ({
  'package.json': JSON.stringify({ private: true, workspaces: ['notes', 'users'] }),
  ...Object.fromEntries(
    ['notes', 'users'].flatMap((name) => [
      [`${name}/package.json`, service({ name })],
      [`${name}/src/index.js`, app('')],
      [`${name}/Dockerfile`, docker],
    ]),
  ),
  ...more,
});
const proxy =
  '  proxy:\n    image: nginx:1.27\n    restart: always\n    ports: ["443:443"]\n    volumes: ["./nginx.conf:/etc/nginx/nginx.conf"]\n';
const compose = (notes: string, users: string, rest = proxy) =>
  `services:\n  notes:\n    build: notes\n    restart: always\n${notes}  users:\n    build: users\n    restart: always\n${users}${rest}`;
const nginx = (locations: string, listen = '443 ssl') =>
  `server {\n  listen ${listen};\n  ssl_certificate /a.pem;\n${locations}}\n`;
const toUsers = '  location / { proxy_pass http://users:3000; }\n';
const ports = (...list: string[]) => `    ports: [${list.map((one) => `"${one}"`).join(', ')}]\n`;

describe('a port beside the proxy that ends TLS', () => {
  it.each<[title: string, notes: string, conf: string, expected: string[]]>([
    [
      'of its own',
      ports('81:3000'),
      nginx(toUsers),
      ['no', 'compose.yaml:2 notes is published beside the TLS front, which does not lead to it'],
    ],
    [
      'of its own, and one that is secure',
      ports('443:8443', '81:3000'),
      nginx(toUsers),
      ['no', 'compose.yaml:2 notes is published beside the TLS front, which does not lead to it'],
    ],
    ['that is the secure one', ports('443:3000'), nginx(toUsers), ['yes', 'nginx.conf:3 ssl_certificate /a.pem']],
    ['that leads to the secure one', ports('8443:443'), nginx(toUsers), ['yes', 'nginx.conf:3 ssl_certificate /a.pem']],
    [
      'that is open to the other services alone',
      '    expose: ["3000"]\n',
      nginx(toUsers),
      ['yes', 'nginx.conf:3 ssl_certificate /a.pem'],
    ],
    ['that the machine chooses', ports('3000'), nginx(toUsers), ['yes', 'nginx.conf:3 ssl_certificate /a.pem']],
    [
      'and the proxy leads to it too',
      ports('81:3000'),
      nginx('  location /notes { proxy_pass http://notes:3000; }\n  location / { proxy_pass http://users:3000; }\n'),
      ['yes', 'nginx.conf:3 ssl_certificate /a.pem', 'nginx.conf:4 nginx routes /notes to notes:3000'],
    ],
    ['and the proxy leads nowhere', ports('81:3000'), nginx(''), ['yes', 'nginx.conf:3 ssl_certificate /a.pem']],
    [
      'and the proxy leads to what is not ours',
      ports('81:3000'),
      nginx('  location / { proxy_pass http://elsewhere:3000; }\n'),
      ['yes', 'nginx.conf:3 ssl_certificate /a.pem'],
    ],
    [
      'and the proxy ends none',
      ports('81:3000'),
      'server {\n  listen 80;\n  location / { proxy_pass http://users:3000; }\n}\n',
      ['no', 'compose.yaml:2 notes in compose:compose.yaml: no TLS in front'],
    ],
  ])('%s', async (_, notes, conf, expected) => {
    expect(
      await asked('ends-tls', complete, two({ 'compose.yaml': compose(notes, ''), 'nginx.conf': conf }), 'notes'),
    ).toEqual(expected);
  });
  it('says nothing of the one that the proxy leads to', async () => {
    const files = two({ 'compose.yaml': compose(ports('81:3000'), ports('82:3000')), 'nginx.conf': nginx(toUsers) });
    expect(await asked('ends-tls', complete, files, 'users')).toEqual([
      'yes',
      'nginx.conf:3 ssl_certificate /a.pem',
      'nginx.conf:4 nginx routes / to users:3000',
    ]);
  });
  it('does not matter where the service ends TLS itself', async () => {
    const files = two({ 'compose.yaml': compose(ports('81:3000'), ''), 'nginx.conf': nginx(toUsers) });
    files['notes/src/index.js'] = "import https from 'node:https';\nhttps.createServer({ key, cert }).listen(81);\n";
    expect(await asked('ends-tls', complete, files, 'notes')).toEqual([
      'yes',
      'notes/src/index.js:2 https.createServer(…)',
    ]);
  });
});

const deployment = (name: string, image = name) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\nspec:\n  template:\n    metadata:\n      labels: { app: ${name} }\n    spec:\n      containers:\n        - name: ${name}\n          image: ${image}\n`;
const serviceOf = (name: string, more = '') =>
  `---\napiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n  selector: { app: ${name} }\n  ports: [{ port: 80 }]\n${more}`;
const ingress = (name: string, tls = '  tls: [{ hosts: [a.example], secretName: tls }]\n') =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: ${name}\nspec:\n${tls}  rules:\n    - host: a.example\n      http:\n        paths:\n          - path: /\n            pathType: Prefix\n            backend: { service: { name: ${name}, port: { number: 80 } } }\n`;
const pipeline = (...commands: string[]) =>
  `on: push\njobs:\n  ship:\n    runs-on: ubuntu-latest\n    steps:\n${commands.map((one) => `      - run: ${one}\n`).join('')}`;

describe('definitions of a cluster', () => {
  it.each<[title: string, options: object, files: Record<string, string>, expected: string[]]>([
    [
      'an ingress to it',
      wired,
      { 'k8s/a.yaml': deployment('notes') + serviceOf('notes'), 'k8s/b.yaml': ingress('notes') },
      ['yes', 'k8s/b.yaml:6 Ingress notes ends TLS', 'k8s/b.yaml:11 Ingress notes routes a.example/ to notes'],
    ],
    [
      'an ingress to the other, in the same set',
      complete,
      {
        'k8s/a.yaml': deployment('notes') + serviceOf('notes'),
        'k8s/b.yaml': `${deployment('users')}${serviceOf('users')}---\n${ingress('users')}`,
      },
      ['yes', 'k8s/b.yaml:27 Ingress users ends TLS'],
    ],
    [
      'an ingress that is applied by itself',
      wired,
      {
        'a/a.yaml': deployment('notes') + serviceOf('notes'),
        'b/b.yaml': ingress('notes'),
        '.github/workflows/ship.yml': pipeline('kubectl apply -f a', 'kubectl apply -f b'),
      },
      ['yes', 'b/b.yaml:6 Ingress notes ends TLS', 'b/b.yaml:11 Ingress notes routes a.example/ to notes'],
    ],
    [
      'an ingress to the other that is applied by itself',
      wired,
      {
        'a/a.yaml': deployment('notes') + serviceOf('notes'),
        'b/b.yaml': ingress('users'),
        '.github/workflows/ship.yml': pipeline('kubectl apply -f a', 'kubectl apply -f b'),
      },
      ['yes', 'b/b.yaml:6 Ingress users ends TLS'],
    ],
    [
      'an ingress that nothing applies',
      wired,
      {
        'a/a.yaml': deployment('notes') + serviceOf('notes'),
        'b/b.yaml': ingress('notes'),
        '.github/workflows/ship.yml': pipeline('kubectl apply -f a'),
      },
      ['no', 'b/b.yaml:6 Ingress notes ends TLS'],
    ],
    [
      'an ingress that nothing applies',
      present,
      {
        'a/a.yaml': deployment('notes') + serviceOf('notes'),
        'b/b.yaml': ingress('notes'),
        '.github/workflows/ship.yml': pipeline('kubectl apply -f a'),
      },
      ['yes', 'b/b.yaml:6 Ingress notes ends TLS'],
    ],
    [
      'an ingress beside a chart',
      wired,
      {
        'chart/Chart.yaml': 'apiVersion: v2\nname: notes\nversion: 1.0.0\n',
        'chart/templates/a.yaml': deployment('notes') + serviceOf('notes'),
        'b/b.yaml': `${serviceOf('notes')}---\n${ingress('notes')}`,
      },
      ['yes', 'b/b.yaml:15 Ingress notes ends TLS'],
    ],
    [
      'an ingress to the other beside a chart',
      wired,
      {
        'chart/Chart.yaml': 'apiVersion: v2\nname: notes\nversion: 1.0.0\n',
        'chart/templates/a.yaml': deployment('notes') + serviceOf('notes'),
        'b/b.yaml': `${serviceOf('users')}---\n${ingress('users')}`,
      },
      ['no'],
    ],
    [
      'a job',
      wired,
      {
        'k8s/a.yaml': deployment('notes').replace('apps/v1', 'batch/v1').replace('Deployment', 'Job'),
        'k8s/b.yaml': ingress('users'),
      },
      ['no'],
    ],
    [
      'a tunnel of its own name',
      wired,
      { 'k8s/a.yaml': `${deployment('notes')}---\n${deployment('tunnel', 'cloudflared:1')}` },
      ['yes', 'k8s/a.yaml:15 a Cloudflare tunnel ends TLS'],
    ],
    [
      'a tunnel in a registry',
      wired,
      { 'k8s/a.yaml': `${deployment('notes')}---\n${deployment('tunnel', 'ghcr.io/acme/cloudflared:1')}` },
      ['yes', 'k8s/a.yaml:15 a Cloudflare tunnel ends TLS'],
    ],
    [
      'what is called like a tunnel',
      wired,
      { 'k8s/a.yaml': `${deployment('notes')}---\n${deployment('tunnel', 'acme/my-cloudflared:1')}` },
      ['no'],
    ],
    [
      'an image that an expression names, beside what ends TLS',
      wired,
      { 'k8s/a.yaml': `${deployment('main', '$IMAGE')}---\n${ingress('main')}` },
      ['unknown: whether the stack that ends TLS runs it could not be told', 'k8s/a.yaml:19 Ingress main ends TLS'],
    ],
    ['an image that an expression names, and no TLS', wired, { 'k8s/a.yaml': deployment('main', '$IMAGE') }, ['no']],
    [
      'an image of others, beside what ends TLS',
      wired,
      { 'k8s/a.yaml': `${deployment('main', 'acme/main:1')}---\n${ingress('main')}` },
      ['no'],
    ],
  ])('%s (%j)', async (_, options, files, expected) => {
    expect(await asked('ends-tls', options, two(files), 'notes')).toEqual(expected);
  });
});

describe('stacks', () => {
  const certificate = 'resource "aws_acm_certificate" "main" {\n}\n';
  const task = (name: string) => `resource "aws_ecs_service" "${name}" {\n  name = "${name}"\n}\n`;
  it.each<[title: string, options: object, files: Record<string, string>, expected: string[]]>([
    [
      'that run it',
      wired,
      { 'infra/main.tf': task('notes') + certificate },
      ['yes', 'infra/main.tf:4 aws_acm_certificate main'],
    ],
    [
      'that run something, maybe it',
      wired,
      { 'infra/main.tf': task('main') + certificate },
      [
        'unknown: whether the stack that ends TLS runs it could not be told',
        'infra/main.tf:4 aws_acm_certificate main',
      ],
    ],
    ['that run something, and end no TLS', wired, { 'infra/main.tf': task('main') }, ['no']],
    [
      'that run a database alone',
      wired,
      { 'infra/main.tf': `resource "aws_db_instance" "main" {\n}\n${certificate}` },
      ['no'],
    ],
    ['for work that run something', wired, { 'infra/dev/main.tf': task('main') + certificate }, ['no']],
    [
      'that run something, and it runs elsewhere',
      wired,
      {
        'infra/main.tf': task('main') + certificate,
        'compose.prod.yaml': 'services:\n  notes:\n    build: notes\n    restart: always\n',
      },
      ['no', 'infra/main.tf:4 aws_acm_certificate main'],
    ],
    [
      'that a platform names the services of',
      wired,
      {
        'infra/main.bicep': "resource a 'Microsoft.App/containerApps@2023-05-01' = {\n  name: 'main'\n}\n",
        'azure.yaml': 'name: all\nservices:\n  users:\n    project: users\n    host: containerapp\n',
      },
      ['no'],
    ],
  ])('%s (%j)', async (_, options, files, expected) => {
    expect(await asked('ends-tls', options, two(files), 'notes')).toEqual(expected);
  });
});

describe('definitions that do not count, and settings that nothing uses', () => {
  const secure = nginx('  location / { proxy_pass http://notes:3000; }\n');
  it.each<[title: string, options: object, files: Record<string, string>, expected: string[]]>([
    ['settings of a proxy among the samples', present, { 'examples/nginx.conf': secure }, ['no']],
    [
      'settings of a proxy with no certificate yet',
      present,
      { 'nginx.conf': 'server {\n  listen 80;\n  listen 443 ssl;\n}\n' },
      ['yes', 'nginx.conf:3 listens on 443 with TLS'],
    ],
    ['settings of a proxy without TLS', present, { 'nginx.conf': 'server {\n  listen 80;\n}\n' }, ['no']],
    [
      'a platform that runs the other alone',
      present,
      { 'users/fly.toml': 'app = "users"\n[http_service]\n  internal_port = 3000\n  force_https = true\n' },
      ['no'],
    ],
    [
      'settings of a proxy that is used',
      wired,
      { 'compose.yaml': compose('', ''), 'nginx.conf': secure },
      ['yes', 'nginx.conf:3 ssl_certificate /a.pem', 'nginx.conf:4 nginx routes / to notes:3000'],
    ],
    [
      'one of two that a proxy stands in front of',
      complete,
      { 'compose.prod.yaml': compose('', ''), 'compose.production.yaml': compose('', '', ''), 'nginx.conf': secure },
      ['no', 'compose.production.yaml:2 notes in compose:compose.production.yaml: no TLS in front'],
    ],
  ])('%s (%j)', async (_, options, files, expected) => {
    expect(await asked('ends-tls', options, two(files), 'notes')).toEqual(expected);
  });
  it('asks nothing of the repository', async () => {
    expect(await asked('ends-tls', present, two({ 'nginx.conf': secure }), null)).toEqual(['no']);
  });
});

describe('servers of the code', () => {
  const https = (text: string) =>
    at(`import https from 'node:https';\nimport http from 'node:http';\nimport fs from 'node:fs';\n${text}\n`);
  it.each<[text: string, expected: string]>([
    ['https.createServer({ key, cert }).listen(443);', 'yes'],
    [
      'if (settings.key) {\n  https.createServer({ key, cert }).listen(443);\n} else {\n  http.createServer().listen(80);\n}',
      'no',
    ],
    ['if (settings.key){https.createServer({ key, cert }).listen(443)}else{http.createServer().listen(80)}', 'no'],
    [
      'if (settings.key) {\n  https.createServer({ key, cert }).listen(443);\n}\nelse  {\n  http2.createServer().listen(80);\n}',
      'no',
    ],
    ['if (settings.key) {\n  https.createServer({ key, cert }).listen(443);\n} else {\n  server.listen(80);\n}', 'no'],
    ['if (settings.key) {\n  https.createServer({ key, cert }).listen(443);\n} else {\n  console.log(80);\n}', 'yes'],
    ['https.createServer({ key, cert }).listen(443);\nif (a) {\n  b();\n} else {\n  server.listen(80);\n}', 'yes'],
    [
      "if (process.env.NODE_ENV === 'production') {\n  https.createServer({ key, cert }).listen(443);\n} else {\n  http.createServer().listen(80);\n}",
      'yes',
    ],
    [
      'if (isProd) {\n  https.createServer({ key, cert }).listen(443);\n} else {\n  http.createServer().listen(80);\n}',
      'yes',
    ],
    [
      "if (stage === 'production') {\n  https.createServer({ key, cert }).listen(443);\n} else {\n  http.createServer().listen(80);\n}",
      'yes',
    ],
    [
      `if (isProd) log();\n${'// what stands between them\n'.repeat(14)}if (settings.key) {\n  https.createServer({ key, cert }).listen(443);\n} else {\n  http.createServer().listen(80);\n}`,
      'no',
    ],
    [
      'if (settings.key) {\n  https.createServer({ key, cert }).listen(443);\n} else {\n  http.createServer().listen(80);\n}\nif (isProd) log();',
      'no',
    ],
  ])('%s', async (text, expected) => {
    expect((await asked('ends-tls', wired, https(text)))[0]).toBe(expected);
  });
  const framework = (name: string, text: string) => ({ 'package.json': service({}, [name]), 'src/index.js': text });
  it.each<[name: string, options: string, expected: string]>([
    ['fastify', '{ https: { key, cert } }', 'yes'],
    ['fastify', '{ https: certificate }', 'yes'],
    ['fastify', '{ https: true }', 'yes'],
    ['fastify', '{ https: false }', 'no'],
    ['fastify', '{ https: null }', 'no'],
    ['fastify', '{ http2: true }', 'no'],
    ['fastify', '{ httpsOptions: {} }', 'yes'],
    ['fastify', '{ logger: true, https: {} }', 'yes'],
    ['fastify', '{ server: { deep: { deeper: { https: {} } } } }', 'yes'],
    ['fastify', '{ server: { logger: true } }', 'no'],
    ['fastify', '{ https2: {} }', 'no'],
    ['fastify', '{ myhttps: {} }', 'no'],
    ['fastify', '', 'no'],
    ['@hapi/hapi', '{ tls: { key, cert } }', 'yes'],
    ['@nestjs/core', '{ httpsOptions: {} }', 'yes'],
    ['restify', '{ certificate: cert, key }', 'yes'],
    ['restify', '{ certificates: cert, key }', 'no'],
    ['restify-clients', '{ certificate: cert, key }', 'no'],
    ['@acme/fastify', '{ https: {} }', 'no'],
    ['fastify-plugin', '{ https: {} }', 'no'],
  ])('a server of %s, given %s', async (name, options, expected) => {
    const text = `import make from '${name}';\nconst app = make(${options});\napp.listen(443);\n`;
    expect((await asked('ends-tls', wired, framework(name, text)))[0]).toBe(expected);
  });
  const held = (statements: string, options = '{ https: options }') =>
    framework(
      'fastify',
      `import { readFile, readFileSync } from 'node:fs';\nimport make from 'fastify';\n${statements}\nconst app = make(${options});\napp.listen(443);\n`,
    );
  const read = "{ key: readFileSync('key.pem'), cert: readFileSync('cert.pem') }";
  it.each<[title: string, files: Record<string, string>, expected: string]>([
    ['is read', held(`const options = ${read};`), 'yes'],
    [
      'is read for work alone',
      held(`let options = null;\nif (process.env.NODE_ENV === 'development') options = ${read};`),
      'no',
    ],
    [
      'is read for work alone, another way',
      held("let options;\nif (process.env.NODE_ENV === 'development') {\n  options={ key: fs.readFileSync('a') };\n}"),
      'no',
    ],
    [
      'is read for work alone, while the program goes on',
      held("let options;\nif (process.env.NODE_ENV === 'development') {\n  options = { key: await readFile('a') };\n}"),
      'no',
    ],
    [
      'is read in production',
      held(`let options;\nif (process.env.NODE_ENV === 'production') options = ${read};`),
      'yes',
    ],
    [
      'is held by another name',
      held(`let others = null;\nif (process.env.NODE_ENV === 'development') others = ${read};`),
      'yes',
    ],
    [
      'is held by a longer name',
      held(`let myoptions = null;\nif (process.env.NODE_ENV === 'development') myoptions = ${read};`),
      'yes',
    ],
    [
      'is held by a part',
      held(`const a = {};\nif (process.env.NODE_ENV === 'development') a.options = ${read};`),
      'yes',
    ],
    [
      'is a part',
      held(`const a = {};\nif (process.env.NODE_ENV === 'development') a.options = ${read};`, '{ https: a.options }'),
      'no',
    ],
    [
      'holds something else for work',
      held("let options = {};\nif (process.env.NODE_ENV === 'development') options = { key: make() };\n"),
      'yes',
    ],
    [
      'lies beside what is read for work',
      held(`const options = {};\nif (process.env.NODE_ENV === 'development') { const data = readFileSync('notes'); }`),
      'yes',
    ],
    [
      'lies before what is read for work',
      held(`const options = {};\nif (process.env.NODE_ENV === 'development') { readFileSync('notes'); }`),
      'yes',
    ],
    [
      'stands with another option',
      held(
        `let logger = null;\nif (process.env.NODE_ENV === 'development') logger = { file: readFileSync('a') };`,
        '{ logger, https: {} }',
      ),
      'yes',
    ],
  ])('a certificate that %s', async (_, files, expected) => {
    expect((await asked('ends-tls', wired, files))[0]).toBe(expected);
  });
});
