import { describe, expect, it } from 'vitest';
import { rootsOf } from './_classified.ts';

const app = { name: 'app', dependencies: { express: '4' }, scripts: { start: 'node index.js' } };
const code = 'console.log(1)';

describe('where components live', () => {
  it.each<[string, Record<string, string | object>, string[]]>([
    [
      'members of a workspace, without the root that only holds them',
      {
        'package.json': { workspaces: ['apps/*'], scripts: { dev: 'turbo run dev' } },
        'scripts/x.js': code,
        'apps/api/package.json': app,
        'apps/api/index.js': code,
      },
      ['apps/api'],
    ],
    [
      'what vendors use, and nothing that was taken in from them',
      {
        'package.json': { workspaces: ['apps/*'] },
        'apps/vendor/package.json': app,
        'apps/vendor/index.js': code,
        'apps/shop/package.json': app,
        'apps/shop/index.js': code,
        'apps/shop/vendor/parser/package.json': app,
        'apps/shop/vendor/parser/index.js': code,
      },
      ['apps/shop', 'apps/vendor'],
    ],
    [
      'a root that runs something of its own beside its nested app',
      {
        'package.json': app,
        'index.js': code,
        'client/package.json': { name: 'client', scripts: { start: 'vite' } },
        'client/main.js': code,
      },
      ['.', 'client'],
    ],
    [
      'nested apps outside any workspace, the root only delegating to them',
      {
        'package.json': {
          name: 'all',
          main: 'server/index.js',
          scripts: { dev: 'npm --prefix server run start', start: 'cd server && npm start' },
        },
        'server/package.json': app,
        'server/index.js': code,
        'client/package.json': { name: 'client', scripts: { start: 'vite' } },
      },
      ['client', 'server'],
    ],
    [
      'no package that only steers the module system',
      { 'package.json': app, 'index.js': code, 'src/esm/package.json': { type: 'module' } },
      ['.'],
    ],
    ['no fixtures', { 'package.json': app, 'index.js': code, 'test/fixtures/a/package.json': app }, ['.']],
    [
      'projects of Nx without a package.json',
      {
        'package.json': { name: 'mono' },
        'apps/api/project.json': { name: 'api', targets: {} },
        'apps/api/src/main.ts': code,
      },
      ['apps/api'],
    ],
    [
      'apps that nest-cli.json declares',
      {
        'package.json': { name: 'mono', scripts: { build: 'nest build' } },
        'nest-cli.json': { monorepo: true, projects: { api: { type: 'application', root: 'apps/api' } } },
        'apps/api/src/main.ts': code,
      },
      ['apps/api'],
    ],
    [
      'other languages by manifest',
      {
        'vote/requirements.txt': 'flask',
        'vote/app.py': '',
        'worker/Worker.csproj': '<Project Sdk="Microsoft.NET.Sdk" />',
        'go/go.mod': 'module x',
        'go/main.go': 'package main',
      },
      ['go', 'vote', 'worker'],
    ],
    [
      'not test projects nor module holders',
      {
        'src/Api/Api.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web" />',
        'tests/Api.Tests/Api.Tests.csproj': '<PackageReference Include="xunit" />',
        'pom.xml': '<project><modules><module>a</module></modules></project>',
      },
      ['src/Api'],
    ],
    [
      'not the native half of an app',
      {
        'package.json': app,
        'index.js': code,
        'src-tauri/Cargo.toml': '[package]\nname = "x"',
        'src-tauri/src/main.rs': '',
      },
      ['.'],
    ],
    [
      'a folder that only an image is built from',
      { 'seed/Dockerfile': 'FROM python:3\nCOPY . .\nCMD ["python", "make.py"]', 'seed/make.py': '' },
      ['seed'],
    ],
    [
      'not a folder with an image of what lies at the top',
      {
        'package.json': app,
        'index.js': code,
        'recipes/Dockerfile': 'FROM node:20\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nCMD ["node", "serve.js"]',
        'recipes/serve.js': code,
      },
      ['.'],
    ],
    [
      'not a folder with an image that installs what lies at the top, and the script that starts it',
      {
        'package.json': app,
        'index.js': code,
        'deployments/Dockerfile':
          'FROM node:20 AS build\nCOPY . .\nRUN npm install && npm run build\nENTRYPOINT ["/app/start.sh"]',
        'deployments/start.sh': 'node index.js\n',
      },
      ['.'],
    ],
    [
      'a compose build context',
      {
        'docker-compose.yml': 'services:\n  api:\n    build: ./api\n',
        'api/Dockerfile': 'FROM node:20\n',
        'api/index.js': code,
      },
      ['api'],
    ],
    [
      'not an image of other software with configuration',
      {
        'db/Dockerfile': 'FROM postgres:16\nCOPY init.sql /docker-entrypoint-initdb.d/',
        'db/init.sql': '',
        'proxy/Dockerfile': 'FROM nginx:1',
        'proxy/nginx.conf': '',
      },
      [],
    ],
    [
      'a folder meant as a mobile app',
      {
        'package.json': { workspaces: ['apps/*'] },
        'apps/api/package.json': app,
        'apps/api/index.js': code,
        'mobile/README.md': 'soon',
      },
      ['apps/api', 'mobile'],
    ],
    [
      'not a folder of that name inside an app',
      { 'apps/web/package.json': app, 'apps/web/src/mobile/menu.ts': code },
      ['apps/web'],
    ],
    [
      'a root whose files a platform calls as functions, beside packages that show how to use it',
      {
        'package.json': { name: 'prices', scripts: { test: 'mocha' }, devDependencies: { mocha: '11' } },
        'functions/ask.js': 'exports.handler = async () => 1;',
        'template.yml': `Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    VpcConfig: !If [Inside, {
      Subnets: !Ref subnets
    }, !Ref AWS::NoValue]
Resources:
  ask:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: functions
      Handler: ask.handler
`,
        'usage/package.json': app,
        'usage/index.js': code,
      },
      ['.', 'usage'],
    ],
    [
      'services that are deployed from one Go module',
      {
        'go.mod': 'module x',
        'main.go': 'package main',
        'services/api/run.go': 'package api',
        'services/mail/main.go': 'package main',
        'docker-compose.yml': 'services:\n  api:\n    image: x\n  mail:\n    image: x\n',
      },
      ['services/api', 'services/mail'],
    ],
    [
      'parts of a Go service that are deployed each by itself',
      {
        'go.mod': 'module x',
        'services/api/main.go': 'package main',
        'services/control/api/run.go': 'package api',
        'services/control/jobs/run.go': 'package jobs',
        'services/control/store/store.go': 'package store',
        'docker-compose.yml':
          'services:\n  api:\n    image: x\n  control-api:\n    image: x\n  control-jobs:\n    image: x\n',
      },
      ['services/api', 'services/control/api', 'services/control/jobs'],
    ],
    [
      'not the root whose Procfile starts what lies below it, through scripts that only call that',
      {
        'package.json': {
          name: 'all',
          workspaces: ['packages/*'],
          scripts: { start: 'lerna run --scope=server start' },
        },
        Procfile: 'web: npm start\n',
        'settings.js': code,
        'packages/server/package.json': { ...app, name: 'server' },
        'packages/server/index.js': code,
      },
      ['packages/server'],
    ],
    [
      'a root that its own program starts beside a nested server',
      {
        'package.json': { name: 'site', scripts: { 'dev:web': 'react-app-rewired start' } },
        'src/index.js': code,
        'api/package.json': app,
        'api/index.js': code,
      },
      ['.', 'api'],
    ],
    [
      'programs of Deno, but not what steers an editor or the functions of a host',
      {
        'api/deno.json': { tasks: { start: 'deno run api.ts' }, imports: { oak: 'jsr:@oak/oak@17' } },
        'api/api.ts': code,
        'web/package.json': app,
        'web/index.js': code,
        'web/tools/deno.json': { imports: { oak: 'jsr:@oak/oak@17' } },
        'supabase/functions/hello/deno.json': { imports: { oak: 'jsr:@oak/oak@17' } },
        'supabase/functions/hello/index.ts': code,
        'notes/deno.json': { fmt: { lineWidth: 100 } },
      },
      ['api', 'web'],
    ],
    [
      'an app in an unusual place beside packages that its tests are given',
      {
        'package.json': { name: 'flow', scripts: { start: 'node packages/run.js' } },
        Makefile: '',
        'test/resources/sub/package.json': { name: 'sub', dependencies: { lodash: '4' } },
        'docs/package.json': { name: 'docs', scripts: { start: 'docusaurus start' } },
      },
      ['.', 'docs', 'test/resources/sub'],
    ],
    [
      'an app of Meteor beside packages of its own',
      {
        'package.json': { name: 'board', scripts: { test: 'meteor test' } },
        '.meteor/release': 'METEOR@3.0',
        'client/main.js': code,
        'packages/kit/package.json': { name: 'kit', main: 'kit.js', dependencies: { lodash: '4' } },
        'packages/kit/kit.js': code,
      },
      ['.', 'packages/kit'],
    ],
    [
      'members of a workspace that say next to nothing, and not the folders that stand for an entry of one',
      {
        'package.json': { name: 'top', workspaces: ['packages/*'] },
        'packages/kit/package.json': { name: 'kit', exports: './kit.js', scripts: { build: 'tsc' } },
        'packages/kit/kit.js': code,
        'packages/kit/plugins/package.json': { main: '../dist/plugins.js', types: '../dist/plugins.d.ts' },
        'packages/config/package.json': { name: 'config', main: 'base.js' },
        'packages/config/base.js': code,
      },
      ['packages/config', 'packages/kit'],
    ],
    [
      'not somebody else’s code that a package took in as it was',
      {
        'package.json': app,
        'index.js': code,
        'lib/digest/package.json': { name: 'digest', main: 'digest.js' },
        'lib/digest/digest.js': code,
        'vendor/parser/package.json': { name: 'parser', scripts: { start: 'node cli.js' } },
        'vendor/parser/cli.js': code,
      },
      ['.'],
    ],
  ])('%s', (_, files, found) => {
    expect(rootsOf(files)).toEqual(found);
  });
});
