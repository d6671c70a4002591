import { describe, expect, it } from 'vitest';
import { app, asked, at, service, spa } from './_asked.ts';

/** What is read from pipelines, definitions and settings of hosts. */
type Row = [title: string, options: object, files: Record<string, string>, expected: string[]];

const docker = { Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "src/index.js"]\n' };
const api = (more: Record<string, string> = {}) => ({ ...at(app('')), ...docker, ...more });
const workflow = (on: string, steps: string, more = '') =>
  `on: ${on}\njobs:\n  ship:\n    runs-on: ubuntu-latest\n${more}    steps:\n${steps}`;
const flow = (on: string, steps: string, more = '') => api({ '.github/workflows/ship.yml': workflow(on, steps, more) });
const fly = '      - name: Ship it\n        run: flyctl deploy\n';

const present = { rung: 'present' };
const wired = { rung: 'wired' };
const complete = { rung: 'complete' };

describe('deploys', () => {
  it.each<Row>([
    ['on a push', complete, flow('push', fly), ['yes', '.github/workflows/ship.yml:7 Ship it']],
    ['on a tag', complete, flow('{ push: { tags: ["v*"] } }', fly), ['yes', '.github/workflows/ship.yml:7 Ship it']],
    ['by hand', wired, flow('workflow_dispatch', fly), ['yes', '.github/workflows/ship.yml:7 Ship it']],
    ['by hand', complete, flow('workflow_dispatch', fly), ['no', '.github/workflows/ship.yml:7 started by hand only']],
    [
      'on pull requests alone',
      complete,
      flow('pull_request', fly),
      ['no', '.github/workflows/ship.yml:7 started by hand only'],
    ],
    [
      'when another calls it, and none does',
      wired,
      flow('workflow_call', fly),
      ['no', '.github/workflows/ship.yml:7 Ship it'],
    ],
    ['in a step that may fail', present, flow('push', `${fly}        continue-on-error: true\n`), ['no']],
    [
      'for pull requests alone, by its condition',
      present,
      flow('push', `${fly}        if: github.event_name == 'pull_request'\n`),
      ['no'],
    ],
    [
      'in a cluster made for the job',
      present,
      flow('push', '      - uses: helm/kind-action@v1\n      - run: kubectl apply -f k8s\n'),
      ['no'],
    ],
    [
      'by an action',
      complete,
      flow('push', '      - uses: superfly/flyctl-actions@v1\n'),
      ['yes', '.github/workflows/ship.yml:6 superfly/flyctl-actions@v1'],
    ],
    [
      'by an action that puts a version on Elastic Beanstalk',
      wired,
      {
        ...flow('push', '      - uses: einaregilsson/beanstalk-deploy@v22\n'),
        'Dockerrun.aws.json': '{ "AWSEBDockerrunVersion": "1",\n  "Image": { "Name": "acme/api" } }\n',
      },
      [
        'yes',
        '.github/workflows/ship.yml:6 einaregilsson/beanstalk-deploy@v22',
        'Dockerrun.aws.json:2 elastic-beanstalk runs .',
      ],
    ],
    [
      'by a release that pushes an image',
      complete,
      {
        ...flow('push', '      - run: npx semantic-release\n'),
        'package.json': service({ devDependencies: { 'semantic-release': '24', 'semantic-release-docker': '2' } }),
      },
      ['yes', '.github/workflows/ship.yml:6 npx semantic-release'],
    ],
    [
      'by a release that pushes none',
      present,
      {
        ...flow('push', '      - run: npx semantic-release\n'),
        'package.json': service({ devDependencies: { 'semantic-release': '24' } }),
      },
      ['no'],
    ],
    [
      'by a command',
      complete,
      flow('push', '      - run: |\n          flyctl deploy\n          echo done\n'),
      ['yes', '.github/workflows/ship.yml:6 flyctl deploy'],
    ],
    [
      'an image that is pushed',
      complete,
      flow(
        'push',
        '      - uses: docker/build-push-action@v6\n        with:\n          context: .\n          push: true\n',
      ),
      ['yes', '.github/workflows/ship.yml:6 docker/build-push-action@v6'],
    ],
    [
      'one of two images',
      complete,
      {
        ...flow(
          'push',
          '      - uses: docker/build-push-action@v6\n        with:\n          context: ./api\n          push: true\n',
        ),
        'package.json': '{"private":true}',
        'api/package.json': service(),
        'api/src/index.js': app(''),
        'api/Dockerfile': docker.Dockerfile,
        'web/package.json': service({ name: 'web' }),
        'web/src/index.js': app(''),
        'web/Dockerfile': docker.Dockerfile,
      },
      ['no', '.github/workflows/ship.yml:6 docker/build-push-action@v6'],
    ],
    [
      'by a workflow of another repository',
      complete,
      api({
        '.github/workflows/ship.yml':
          'on: push\njobs:\n  ship:\n    uses: acme/flows/.github/workflows/deploy.yml@v1\n',
      }),
      ['yes', '.github/workflows/ship.yml:3 calls acme/flows/.github/workflows/deploy.yml@v1'],
    ],
    [
      'by a workflow of another repository that tests',
      present,
      api({
        '.github/workflows/ship.yml': 'on: push\njobs:\n  ship:\n    uses: acme/flows/.github/workflows/test.yml@v1\n',
      }),
      ['no'],
    ],
    [
      'by a host that follows the repository',
      complete,
      api({
        'render.yaml':
          'services:\n  - type: web\n    name: api\n    runtime: node\n    startCommand: node src/index.js\n',
      }),
      ['yes', 'render.yaml:2 render runs .'],
    ],
    [
      'by a host that waits for a command',
      wired,
      api({ 'fly.toml': 'app = "api"\n[http_service]\n  internal_port = 3000\n' }),
      ['no', 'fly.toml:1 fly runs .'],
    ],
    [
      'by a host that waits for a command',
      present,
      api({ 'fly.toml': 'app = "api"\n[http_service]\n  internal_port = 3000\n' }),
      ['yes', 'fly.toml:1 fly runs .'],
    ],
    [
      'by what follows it in the cluster',
      complete,
      api({ 'argo.yaml': 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: api\n' }),
      ['yes', 'argo.yaml:2 Application api follows the repository'],
    ],
    [
      'by Flux',
      complete,
      api({ 'flux.yaml': 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: api\n' }),
      ['yes', 'flux.yaml:2 Kustomization api follows the repository'],
    ],
    [
      'a kustomization of no controller',
      present,
      api({
        'k8s/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []\n',
      }),
      ['no'],
    ],
    [
      'by a script that people run',
      present,
      { ...api(), 'package.json': service({ scripts: { start: 'node src/index.js', deploy: 'flyctl deploy' } }) },
      ['yes', 'package.json:1 script "deploy"'],
    ],
    [
      'by a script that people run',
      wired,
      { ...api(), 'package.json': service({ scripts: { start: 'node src/index.js', deploy: 'flyctl deploy' } }) },
      ['no', 'package.json:1 script "deploy"'],
    ],
    [
      'by a script of that name that does not',
      present,
      { ...api(), 'package.json': service({ scripts: { start: 'node src/index.js', release: 'npm version patch' } }) },
      ['no'],
    ],
    [
      'by a file that people run',
      present,
      api({ 'bin/deploy.sh': 'ssh host ./run\n' }),
      ['yes', 'bin/deploy.sh:1 deploy script'],
    ],
    [
      'by a file that pushes an image',
      present,
      api({ 'bin/image.sh': '#!/bin/sh\ndocker push acme/api\n' }),
      ['yes', 'bin/image.sh:2 pushes an image'],
    ],
    [
      'by a file that does not',
      present,
      api({ 'bin/image.sh': '#!/bin/sh\n# docker push acme/api\ndocker build .\n' }),
      ['no'],
    ],
    [
      'software of others, from a folder of its own',
      present,
      {
        ...flow('{ push: { paths: ["broker/**"] } }', '      - run: kubectl apply -f broker\n'),
        'broker/a.yaml':
          'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: broker\nspec:\n  template:\n    spec:\n      containers:\n        - name: broker\n          image: rabbitmq:4\n',
      },
      ['no'],
    ],
    ['nothing', present, api(), ['no']],
  ])('%s (%j)', async (_, options, files, expected) => {
    expect(await asked('deploys', options, files, null)).toEqual(expected);
  });
});

const proxied = (conf: string, more: Record<string, string> = {}, ports = '["443:443"]') =>
  api({
    'compose.yaml': `services:\n  api:\n    build: .\n    restart: always\n  proxy:\n    image: nginx:1.27\n    restart: always\n    ports: ${ports}\n    volumes: ["./nginx.conf:/etc/nginx/nginx.conf"]\n`,
    'nginx.conf': conf,
    ...more,
  });
const secure =
  'server {\n  listen 443 ssl;\n  ssl_certificate /a.pem;\n  location / { proxy_pass http://api:3000; }\n}\n';
const plain = 'server {\n  listen 80;\n  location / { proxy_pass http://api:3000; }\n}\n';

describe('TLS', () => {
  it.each<Row>([
    [
      'at the proxy in front',
      complete,
      proxied(secure),
      ['yes', 'nginx.conf:3 ssl_certificate /a.pem', 'nginx.conf:4 nginx routes / to api:3000'],
    ],
    [
      'at a server of ours on a machine of our own alone',
      wired,
      {
        'package.json': service({ scripts: { start: 'tsx src/main.ts' } }, ['@nestjs/core']),
        'src/main.ts':
          "import { readFileSync } from 'node:fs';\nimport { NestFactory } from '@nestjs/core';\nasync function start() {\n  const isLocalDeploy = process.env.NODE_ENV === 'local';\n  let httpsOptions = null;\n  if (isLocalDeploy) {\n    httpsOptions = { key: readFileSync('key.pem'), cert: readFileSync('cert.pem') };\n  }\n  const app = await NestFactory.create(class {}, { httpsOptions });\n  await app.listen(3000);\n}\nstart();\n",
      },
      ['no', 'src/main.ts:9 NestFactory.create(…)'],
    ],
    ['not at the proxy in front', wired, proxied(plain, {}, '["80:80"]'), ['no']],
    [
      'in settings of a proxy that nothing deploys',
      wired,
      api({ 'nginx.conf': secure }),
      ['no', 'nginx.conf:3 ssl_certificate /a.pem', 'nginx.conf:2 listens on 443 with TLS'],
    ],
    [
      'in settings of a proxy that nothing deploys',
      present,
      api({ 'nginx.conf': secure }),
      ['yes', 'nginx.conf:3 ssl_certificate /a.pem', 'nginx.conf:2 listens on 443 with TLS'],
    ],
    [
      'at the host',
      complete,
      api({ 'fly.toml': 'app = "api"\n[http_service]\n  internal_port = 3000\n  force_https = true\n' }),
      ['yes', 'fly.toml:1 fly ends TLS for api', 'fly.toml:1 fly serves api', 'fly.toml:1 fly ends TLS'],
    ],
    [
      'at a tunnel',
      wired,
      api({
        'compose.yaml':
          'services:\n  api:\n    build: .\n    restart: always\n  tunnel:\n    image: cloudflare/cloudflared:2025.1.0\n    command: tunnel run\n',
      }),
      ['yes', 'compose.yaml:5 a Cloudflare tunnel ends TLS'],
    ],
    [
      'by the server itself',
      wired,
      {
        ...at(
          "import https from 'node:https';\nimport express from 'express';\nconst app = express();\nhttps.createServer({ key, cert }, app).listen(443);\n",
        ),
      },
      ['yes', 'src/index.js:4 https.createServer(…)'],
    ],
    [
      'by a server that nothing runs',
      present,
      at(app(''), {
        'src/other.js':
          "import https from 'node:https';\nexport const make = () => https.createServer({ key, cert });\n",
      }),
      ['yes', 'src/other.js:2 https.createServer(…)'],
    ],
    [
      'by a client',
      present,
      at(app("app.set('agent', new https.Agent({ keepAlive: true }));", "import https from 'node:https';")),
      ['no'],
    ],
    [
      'by the settings of the server',
      wired,
      {
        'package.json': service({}, ['fastify']),
        'src/index.js':
          "import Fastify from 'fastify';\nconst app = Fastify({ https: { key, cert } });\napp.get('/', () => 'a');\napp.listen({ port: 443 });\n",
      },
      ['yes', 'src/index.js:2 Fastify(…)'],
    ],
    [
      'by settings that turn it off',
      wired,
      {
        'package.json': service({}, ['fastify']),
        'src/index.js':
          "import Fastify from 'fastify';\nconst app = Fastify({ https: null });\napp.get('/', () => 'a');\napp.listen({ port: 80 });\n",
      },
      ['no'],
    ],
    [
      'at an ingress',
      complete,
      api({
        'k8s/api.yaml':
          'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\nspec:\n  template:\n    metadata:\n      labels: { app: api }\n    spec:\n      containers:\n        - name: api\n          image: api\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: api\nspec:\n  selector: { app: api }\n  ports: [{ port: 80 }]\n---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: api\nspec:\n  tls: [{ hosts: [a.example], secretName: tls }]\n  rules:\n    - host: a.example\n      http:\n        paths:\n          - path: /\n            pathType: Prefix\n            backend: { service: { name: api, port: { number: 80 } } }\n',
      }),
      ['yes', 'k8s/api.yaml:27 Ingress api ends TLS', 'k8s/api.yaml:32 Ingress api routes a.example/ to api'],
    ],
    [
      'at Elastic Beanstalk, which is told to',
      wired,
      api({
        'Dockerrun.aws.json': '{ "AWSEBDockerrunVersion": "1" }\n',
        '.ebextensions/https.config': 'option_settings:\n  aws:elbv2:listener:443: { Protocol: HTTPS }\n',
      }),
      [
        'yes',
        'Dockerrun.aws.json:1 elastic-beanstalk ends TLS for app',
        'Dockerrun.aws.json:1 elastic-beanstalk serves app',
        'Dockerrun.aws.json:1 elastic-beanstalk ends TLS',
      ],
    ],
    [
      'at Elastic Beanstalk, which is not',
      wired,
      api({
        'Dockerrun.aws.json': '{ "AWSEBDockerrunVersion": "1" }\n',
        '.ebextensions/timeout.config': 'option_settings:\n  aws:elbv2:loadbalancer: { IdleTimeout: 100 }\n',
      }),
      ['no'],
    ],
    ['nowhere', present, api(), ['no']],
  ])('%s (%j)', async (_, options, files, expected) => {
    expect(await asked('ends-tls', options, files)).toEqual(expected);
  });
});

const database = (more: string) =>
  api({
    'compose.yaml': `services:\n  api:\n    build: .\n    restart: always\n  db:\n    image: postgres:17\n${more}`,
  });
const iac = (text: string) => api({ 'infra/main.tf': text });

describe('backups', () => {
  it.each<Row>([
    [
      'by a service made for it',
      wired,
      database('  keeper:\n    image: prodrigestivill/postgres-backup-local:17\n'),
      ['yes', 'compose.yaml:7 keeper backs up'],
    ],
    [
      'by a service that dumps',
      wired,
      database('  keeper:\n    image: postgres:17\n    command: sh -c "pg_dump notes > /a"\n'),
      ['yes', 'compose.yaml:7 keeper backs up'],
    ],
    ['by none of the services', present, database(''), ['no']],
    [
      'by a job of the cluster',
      wired,
      api({ 'k8s/a.yaml': 'apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: nightly-dump\nspec: {}\n' }),
      ['yes', 'k8s/a.yaml:2 CronJob nightly-dump backs up'],
    ],
    [
      'by what a job of the cluster runs',
      wired,
      api({
        'k8s/a.yaml':
          'apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: nightly\nspec:\n  command: [pg_dump, notes]\n',
      }),
      ['yes', 'k8s/a.yaml:2 CronJob nightly backs up'],
    ],
    [
      'by another job of the cluster',
      present,
      api({
        'k8s/a.yaml': 'apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: mails\nspec:\n  command: [send]\n',
      }),
      ['no'],
    ],
    [
      'by an operator',
      wired,
      api({
        'k8s/a.yaml': 'apiVersion: postgresql.cnpg.io/v1\nkind: ScheduledBackup\nmetadata:\n  name: notes\nspec: {}\n',
      }),
      ['yes', 'k8s/a.yaml:2 ScheduledBackup notes backs up'],
    ],
    [
      'by the settings of an operator',
      wired,
      api({
        'k8s/a.yaml':
          'apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata:\n  name: notes\nspec:\n  backup: {}\n',
      }),
      ['yes', 'k8s/a.yaml:2 Cluster notes backs up'],
    ],
    [
      'by an operator that is told nothing',
      present,
      api({
        'k8s/a.yaml':
          'apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata:\n  name: notes\nspec:\n  instances: 3\n',
      }),
      ['no'],
    ],
    [
      'by Velero',
      wired,
      api({ 'k8s/a.yaml': 'apiVersion: velero.io/v1\nkind: Schedule\nmetadata:\n  name: nightly\nspec: {}\n' }),
      ['yes', 'k8s/a.yaml:2 Schedule nightly backs up'],
    ],
    [
      'by a schedule of another kind',
      present,
      api({ 'k8s/a.yaml': 'apiVersion: acme.io/v1\nkind: Schedule\nmetadata:\n  name: nightly\nspec: {}\n' }),
      ['no'],
    ],
    [
      'by a managed database',
      wired,
      iac('resource "aws_db_instance" "notes" {\n  engine = "postgres"\n  backup_retention_period = 7\n}\n'),
      ['yes', 'infra/main.tf:3 backup_retention_period'],
    ],
    [
      'by a managed database that keeps none',
      present,
      iac('resource "aws_db_instance" "notes" {\n  engine = "postgres"\n  backup_retention_period = 0\n}\n'),
      ['no'],
    ],
    [
      'by a plan',
      wired,
      iac('resource "aws_backup_plan" "nightly" {\n  name = "nightly"\n}\n'),
      ['yes', 'infra/main.tf:1 aws_backup_plan nightly'],
    ],
    [
      'by a pipeline on a schedule',
      wired,
      api({
        '.github/workflows/a.yml': workflow(
          '{ schedule: [{ cron: "0 3 * * *" }] }',
          '      - name: Keep\n        run: pg_dump notes > a.sql\n',
        ),
      }),
      ['yes', '.github/workflows/a.yml:7 Keep'],
    ],
    [
      'by a pipeline that somebody starts',
      wired,
      api({ '.github/workflows/a.yml': workflow('workflow_dispatch', '      - run: pg_dump notes > a.sql\n') }),
      ['no'],
    ],
    [
      'by a pipeline that somebody starts',
      present,
      api({ '.github/workflows/a.yml': workflow('workflow_dispatch', '      - run: pg_dump notes > a.sql\n') }),
      ['yes', '.github/workflows/a.yml:6 dumps the database'],
    ],
    [
      'by a script that nothing starts',
      wired,
      api({ 'bin/backup.sh': '#!/bin/sh\n# pg_dump\nmysqldump notes\n' }),
      ['no', 'bin/backup.sh:3 dumps the database'],
    ],
    [
      'by a script that nothing starts',
      present,
      api({ 'bin/backup.sh': '#!/bin/sh\n# pg_dump\nmysqldump notes\n' }),
      ['yes', 'bin/backup.sh:3 dumps the database'],
    ],
    [
      'by a container beside the database, in a file of their own',
      wired,
      api({
        'compose.data.yml':
          'services:\n  store: { image: "mongo:8" }\n  keeper: { image: acme/mongodb-backup, environment: { CRON_TIME: "0 3 * * *" } }\n',
      }),
      ['yes', 'compose.data.yml:3 keeper backs up'],
    ],
    ...['serverless.yml', 'template.yml'].flatMap((file) =>
      [true, false].map((on): [string, object, Record<string, string>, string[]] => {
        const table = `Notes:\n      Type: AWS::DynamoDB::Table\n      Properties:\n        PointInTimeRecoverySpecification:\n          PointInTimeRecoveryEnabled: ${on}\n`;
        const isOwn = file === 'serverless.yml';
        const head = isOwn
          ? 'service: api\nprovider: { name: aws }\nresources:\n  Resources:\n    '
          : 'Transform: AWS::Serverless-2016-10-31\nResources:\n    ';
        const shown = isOwn
          ? 'serverless.yml:9 Notes: PointInTimeRecoveryEnabled: true'
          : 'template.yml:3 PointInTimeRecoverySpecification';
        return [
          `by a setting of a table in ${file} that is ${on}`,
          wired,
          { [file]: head + table },
          on ? ['yes', shown] : ['no'],
        ];
      }),
    ),
    [
      'by code that hands the program to a shell',
      present,
      api({ 'src/keep.js': "// mongodump\nrun('/usr/bin/mongodump', ['--gzip']);\n" }),
      ['yes', 'src/keep.js:2 dumps the database'],
    ],
    [
      'by a text that names the program',
      present,
      api({ 'src/keep.js': "tell('Keep a copy by mongodump first');\n" }),
      ['no'],
    ],
    [
      'by a file of that name that does not',
      present,
      api({ 'src/backup.js': 'export const backup = true;\n' }),
      ['no'],
    ],
    [
      'by a script of a package',
      present,
      { ...api(), 'package.json': service({ scripts: { start: 'node src/index.js', keep: 'mongodump --out a' } }) },
      ['yes', 'package.json:1 script "keep" dumps'],
    ],
  ])('%s (%j)', async (_, options, files, expected) => {
    expect(await asked('backs-up', options, files, null)).toEqual(expected);
  });
});

const site = (more: Record<string, string>) => spa(more);
const vite = (line: string) => site({ 'vite.config.js': `export default {\n  ${line},\n};\n` });

describe('an edge', () => {
  it.each<Row>([
    [
      'a host that has one',
      wired,
      site({ 'vercel.json': '{}' }),
      ['yes', 'vercel.json:1 vercel serves static files from its edge'],
    ],
    [
      'a host that has one for sites',
      wired,
      site({
        'render.yaml':
          'services:\n  - type: static\n    name: web\n    runtime: static\n    buildCommand: npm run build\n    staticPublishPath: dist\n',
      }),
      ['yes', 'render.yaml:2 render serves static files from its edge'],
    ],
    [
      'a host that has none',
      present,
      site({ 'fly.toml': 'app = "web"\n[http_service]\n  internal_port = 80\n' }),
      ['no'],
    ],
    [
      'an address in the build',
      wired,
      vite("base: 'https://cdn.company.io/web/'"),
      ['yes', "vite.config.js:2 base: 'https://cdn.company.io/web/',"],
    ],
    [
      'an address without a scheme',
      wired,
      vite("base: '//cdn.company.io/'"),
      ['yes', "vite.config.js:2 base: '//cdn.company.io/',"],
    ],
    ['a path in the build', present, vite("base: '/web/'"), ['no']],
    ['an address of this machine', present, vite("base: 'http://localhost:3000/'"), ['no']],
    [
      'an address that is commented out',
      present,
      site({ 'vite.config.js': "export default {\n  // base: 'https://cdn.company.io/',\n};\n" }),
      ['no'],
    ],
    [
      'a variable that nothing sets',
      wired,
      vite('base: process.env.CDN_URL'),
      ['no', 'vite.config.js:2 base: process.env.CDN_URL,'],
    ],
    [
      'a variable that nothing sets',
      present,
      vite('base: process.env.CDN_URL'),
      ['yes', 'vite.config.js:2 base: process.env.CDN_URL,'],
    ],
    ['a variable that may be empty', present, vite("base: process.env.CDN_URL || ''"), ['no']],
    [
      'a variable that production sets',
      wired,
      { ...vite('base: process.env.CDN_URL'), '.env.production': 'CDN_URL=https://cdn.company.io\n' },
      ['yes', 'vite.config.js:2 base: process.env.CDN_URL,'],
    ],
    [
      'settings for development',
      present,
      site({
        'vite.config.dev.js': "export default { base: 'https://cdn.company.io/' };\n",
        'webpack.dev.js': "module.exports = {\n  publicPath: 'https://cdn.company.io/' };\n",
      }),
      ['no'],
    ],
    [
      'a distribution of the stack',
      present,
      site({ 'infra/main.tf': 'resource "aws_cloudfront_distribution" "web" {\n  enabled = true\n}\n' }),
      ['yes', 'infra/main.tf:1 aws_cloudfront_distribution web'],
    ],
    [
      'what only secures a distribution',
      present,
      site({ 'infra/main.tf': 'resource "aws_cloudfront_origin_access_identity" "web" {\n}\n' }),
      ['no'],
    ],
    [
      'a record that goes through it',
      present,
      site({ 'infra/main.tf': 'resource "cloudflare_record" "web" {\n  proxied = true\n}\n' }),
      ['yes', 'infra/main.tf:1 cloudflare_record web'],
    ],
    [
      'a record that does not',
      present,
      site({ 'infra/main.tf': 'resource "cloudflare_record" "web" {\n  proxied = false\n}\n' }),
      ['no'],
    ],
    ...(['true', 'false'] as const).map(
      (on): Row => [
        `what leads into the cluster, Cloudflare in front of it: ${on}`,
        wired,
        site({
          Dockerfile: 'FROM nginx:1.27\nCOPY dist /usr/share/nginx/html\n',
          'k8s/web.yaml':
            'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { template: { spec: { containers: [{ name: web, image: web }] } } }\n',
          'k8s/ingress.yaml': `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: all, annotations: { external-dns.alpha.kubernetes.io/cloudflare-proxied: "${on}" } }\nspec: {}\n`,
        }),
        on === 'true' ? ['yes', 'k8s/ingress.yaml:2 Ingress all: Cloudflare in front'] : ['no'],
      ],
    ),
    [
      'a distribution that is only looked up',
      present,
      site({ 'infra/main.tf': 'data "aws_cloudfront_distribution" "web" {\n  id = "a"\n}\n' }),
      ['no'],
    ],
  ])('%s (%j)', async (_, options, files, expected) => {
    expect(await asked('served-from-edge', options, files)).toEqual(expected);
  });
});
