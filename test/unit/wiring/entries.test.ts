import { expect, it } from 'vitest';
import { audit } from '../../../src/audit/index.ts';
import { openMemory } from '../../../src/repository/index.ts';
import { wired } from './_wired.ts';

const manifest = (given: object) => JSON.stringify({ name: 'app', ...given });
const scripts = (given: Record<string, string>, more: object = {}) => manifest({ scripts: given, ...more });

/** What starts, as a reader would list it: `phase file, because`. */
const started = async (files: Record<string, string>, path = '.') =>
  (await wired(files, path)).entries.map(({ phase, file, reason }) => `${phase} ${file}: ${reason}`);

const rows: [title: string, files: Record<string, string>, expected: string[]][] = [
  [
    'scripts, by what they are for',
    {
      'package.json': scripts({
        start: 'node src/server.js',
        'worker:mail': 'node src/worker.js',
        build: 'node build.js',
        dev: 'node src/dev.js',
        test: 'node check.js',
        seed: 'node seed.js',
        'start:mock': 'node mock.js',
        'report:daily': 'node report.js',
      }),
      ...Object.fromEntries(
        ['src/server', 'src/worker', 'src/dev', 'build', 'check', 'seed', 'mock', 'report'].map((name) => [
          `${name}.js`,
          '',
        ]),
      ),
    },
    [
      'runtime src/server.js: package.json "start" runs node src/server.js',
      'runtime src/worker.js: package.json "worker:mail" runs node src/worker.js',
      'build build.js: package.json "build" runs node build.js',
      'tool mock.js: package.json "start:mock" runs node mock.js',
      'tool report.js: package.json "report:daily" runs node report.js',
      'tool seed.js: package.json "seed" runs node seed.js',
      'test check.js: package.json "test" runs node check.js',
    ],
  ],
  [
    'entries that a configuration in a folder of its own gives a bundler',
    {
      'package.json': scripts({ build: 'rspack build -c rspack/rspack.config.prod.js' }),
      'rspack/rspack.config.prod.js':
        "module.exports = { entry: { site: './web/site.js', admin: path.join(__dirname, '../web/admin.js') } };\n",
      'web/site.js': '',
      'web/admin.js': '',
    },
    [
      'runtime web/admin.js: entry of the bundler configuration',
      'runtime web/site.js: entry of the bundler configuration',
    ],
  ],
  [
    'a development script where nothing else starts',
    { 'package.json': scripts({ dev: 'nodemon src/server.js' }), 'src/server.js': '' },
    ['runtime src/server.js: package.json "dev" runs nodemon src/server.js'],
  ],
  [
    'one that serves in development beside one that serves',
    {
      'package.json': scripts({
        'start:dev': 'node dev.js',
        'serve:watch': 'node watch.js',
        'api:prod': 'node api.js',
      }),
      'dev.js': '',
      'watch.js': '',
      'api.js': '',
    },
    ['runtime api.js: package.json "api:prod" runs node api.js'],
  ],
  [
    "a server's own command line is given the application",
    { 'package.json': scripts({ start: 'fastify start -l info src/app.js' }), 'src/app.js': '' },
    ['runtime src/app.js: package.json "start" runs fastify start -l info'],
  ],
  [
    'a stylesheet is no program',
    { 'package.json': scripts({ start: 'node public/style.css' }), 'public/style.css': '' },
    [],
  ],
  [
    'a bundle of another name, by the build script',
    {
      'package.json': scripts({
        start: 'node out/bundle.js',
        build: 'esbuild src/api.ts --bundle --outfile=out/bundle.js',
      }),
      'src/api.ts': '',
    },
    ['runtime src/api.ts: package.json "start" runs node out/bundle.js'],
  ],
  [
    "a bundle of another name, by the bundler's configuration",
    {
      'package.json': scripts({ start: 'node out/bundle.js', build: 'tsup' }),
      'tsup.config.ts': "import { defineConfig } from 'tsup';\nexport default defineConfig({ entry: ['src/api.ts'] });",
      'src/api.ts': '',
    },
    ['runtime src/api.ts: package.json "start" runs node out/bundle.js'],
  ],
  [
    'the programs and the exports of a package',
    {
      'package.json': manifest({
        bin: { own: './dist/cli.js' },
        main: 'dist/index.js',
        module: './dist/index.mjs',
        exports: {
          '.': { types: './dist/index.d.ts', import: './dist/index.js' },
          './log': './dist/log.js',
          './all/*': './dist/*.js',
        },
      }),
      'src/cli.ts': '',
      'src/index.ts': '',
      'src/log.ts': '',
      'src/other.ts': '',
    },
    [
      'runtime src/cli.ts: package.json "bin" own',
      'runtime src/index.ts: package.json exports dist/index.js',
      'runtime src/log.ts: package.json exports ./dist/log.js',
    ],
  ],
  [
    'the usual file where nothing is named',
    { 'package.json': manifest({}), 'src/server.ts': '', 'lib/x.ts': '' },
    ['runtime src/server.ts: src/server.ts is the usual start file, and no script names another'],
  ],
  ...[
    'src/index',
    'src/main',
    'src/server',
    'src/app',
    'server',
    'index',
    'app',
    'main',
    'src/bin/www',
    'bin/www',
    'src/worker',
  ].map((file): (typeof rows)[number] => [
    `the usual file ${file}`,
    { 'package.json': manifest({}), [`${file}.js`]: '', 'src/other.js': '' },
    [`runtime ${file}.js: ${file}.js is the usual start file, and no script names another`],
  ]),
  ...['/usr/src/app', '/usr/src', '/app', '/srv', '/opt/app', '/home/node/app', '/workspace', '/code'].map(
    (folder): (typeof rows)[number] => [
      `an image whose work folder is ${folder}`,
      {
        'package.json': manifest({}),
        Dockerfile: `FROM node:22\nCMD ["node", "${folder}/dist/jobs.js"]\n`,
        'src/jobs.ts': '',
      },
      [`runtime src/jobs.ts: Dockerfile starts node ${folder}/dist/jobs.js`],
    ],
  ),
  [
    'an image that names its work folder',
    {
      'package.json': manifest({}),
      Dockerfile: 'FROM node:22\nWORKDIR /data/own\nCMD ["node", "/data/own/jobs.js"]\n',
      'jobs.js': '',
    },
    ['runtime jobs.js: Dockerfile starts node /data/own/jobs.js'],
  ],
  [
    'what another stage built and laid open where the image works',
    {
      'package.json': manifest({}),
      'tsconfig.json': '{"compilerOptions":{"rootDir":"src","outDir":"build"}}',
      Dockerfile:
        'FROM node:22 AS made\nWORKDIR /app\nCOPY . .\nRUN tsc\nFROM node:22\nWORKDIR /srv\nCOPY --from=made /app/package*.json /app/build ./\nCMD ["node", "jobs.js"]\n',
      'src/jobs.ts': '',
      'src/other.ts': '',
    },
    ['runtime src/jobs.ts: Dockerfile starts node jobs.js'],
  ],
  [
    'an image, by its entry point and what that is given',
    { 'package.json': manifest({}), Dockerfile: 'FROM node:22\nENTRYPOINT ["node"]\nCMD ["jobs.js"]\n', 'jobs.js': '' },
    ['runtime jobs.js: Dockerfile starts node jobs.js'],
  ],
  [
    'an image made for development elsewhere starts nothing here',
    { 'package.json': manifest({}), 'dev/Dockerfile': 'FROM node:22\nCMD ["node", "jobs.js"]\n', 'jobs.js': '' },
    [],
  ],
  [
    'an image described elsewhere',
    { 'package.json': manifest({}), 'docker/Dockerfile': 'FROM node:22\nCMD ["node", "jobs.js"]\n', 'jobs.js': '' },
    ['runtime jobs.js: docker/Dockerfile starts node jobs.js'],
  ],
  [
    'an image for development, beside the code',
    { 'package.json': manifest({}), 'Dockerfile.dev': 'FROM node:22\nCMD ["node", "jobs.js"]\n', 'jobs.js': '' },
    ['runtime jobs.js: Dockerfile.dev starts node jobs.js'],
  ],
  [
    'an image whose entry point is a script of the shell',
    {
      'package.json': manifest({}),
      Dockerfile: 'FROM node:22\nENTRYPOINT ["/wait.sh"]\nCMD ["node", "jobs.js"]\n',
      'jobs.js': '',
    },
    ['runtime jobs.js: Dockerfile starts node jobs.js'],
  ],
  [
    'an image with an entry point alone',
    { 'package.json': manifest({}), Dockerfile: 'FROM node:22\nENTRYPOINT ["node", "jobs.js"]\n', 'jobs.js': '' },
    ['runtime jobs.js: Dockerfile starts node jobs.js'],
  ],
  [
    'an image that starts nothing, and one that starts what is not there',
    {
      'package.json': manifest({}),
      Dockerfile: 'FROM node:22\nCOPY . .\n',
      'jobs.Dockerfile': 'FROM node:22\nCMD ["node", "lost.js"]\n',
      'jobs.js': '',
    },
    [],
  ],
  [
    'a work folder that images are given by habit',
    { 'package.json': manifest({}), Dockerfile: 'FROM node:22\nCMD ["node", "/usr/src/app/jobs.js"]\n', 'jobs.js': '' },
    ['runtime jobs.js: Dockerfile starts node /usr/src/app/jobs.js'],
  ],
  [
    'a settings file that an image starts with is no code',
    { 'package.json': manifest({}), Dockerfile: 'FROM node:22\nCMD ["node", "jobs.json"]\n', 'jobs.json': '{}' },
    [],
  ],
  [
    'a compose service built from another folder',
    {
      'package.json': manifest({}),
      'compose.yaml': 'services:\n  mail:\n    build: ./mail\n    command: node jobs.js\n',
      'jobs.js': '',
    },
    [],
  ],
  [
    'a compose service, by a place in the container',
    {
      'package.json': manifest({}),
      'compose.yaml': 'services:\n  mail:\n    build: .\n    command: ["node", "/app/jobs.js"]\n',
      'jobs.js': '',
    },
    ['runtime jobs.js: compose.yaml runs mail with node /app/jobs.js'],
  ],
  [
    'a compose service, by its command',
    {
      'package.json': manifest({}),
      'compose.yaml':
        'services:\n  mail:\n    build: .\n    command: node jobs.js --queue mail --fast\n  db:\n    image: postgres\n    command: node other.js\n',
      'jobs.js': '',
      'other.js': '',
    },
    ['runtime jobs.js: compose.yaml runs mail with node jobs.js --queue mail'],
  ],
  [
    'pages of a browser app, from the root, beside the page and in public',
    {
      'package.json': manifest({}),
      'index.html':
        '<script type="module" src="/src/page.ts?v=1"></script><script src="https://cdn.example.com/x.js"></script><script src="//cdn.example.com/y.js"></script>',
      'admin/index.html': '<script src="admin.js"></script>\n<script src="/own.js"></script>',
      'src/page.ts': '',
      'admin/admin.js': '',
      'public/own.js': '',
    },
    [
      'runtime admin/admin.js: admin/index.html loads it',
      'runtime public/own.js: admin/index.html loads it',
      'runtime src/page.ts: index.html loads it',
    ],
  ],
  [
    'a bundler without a page',
    { 'package.json': manifest({ dependencies: { vite: '7' } }), 'src/main.tsx': '' },
    ['runtime src/main.tsx: the bundler starts here'],
  ],
  [
    'Angular, by its workspace',
    {
      'package.json': manifest({ dependencies: { '@angular/core': '20' } }),
      'angular.json':
        '{"projects":{"app":{"architect":{"build":{"options":{"browser":"web/start.ts","server" : "web/server.ts"}}}}}}',
      'web/start.ts': '',
      'web/server.ts': '',
    },
    ['runtime web/server.ts: Angular starts here', 'runtime web/start.ts: Angular starts here'],
  ],
  [
    'Nest, by its configuration',
    {
      'package.json': manifest({ dependencies: { '@nestjs/core': '11' } }),
      'nest-cli.json': '{ "sourceRoot": "apps/api/src", "entryFile" : "boot" }',
      'apps/api/src/boot.ts': '',
      'apps/api/src/main.ts': '',
    },
    ['runtime apps/api/src/boot.ts: nest start runs it'],
  ],
  [
    'Vercel functions, which Next.js has no need of',
    { 'package.json': manifest({}), 'vercel.json': '{}', 'api/users/[id].ts': '', 'lib/own.ts': '' },
    ['runtime api/users/[id].ts: Vercel function'],
  ],
  ['a folder named api without Vercel', { 'package.json': manifest({}), 'api/users.ts': '' }, []],
  [
    'functions of Netlify and Supabase',
    {
      'package.json': manifest({}),
      'netlify/functions/mail.ts': '',
      'netlify/edge-functions/geo.ts': '',
      'supabase/functions/hook/index.ts': '',
      'supabase/functions/hook/own.ts': '',
    },
    [
      'runtime netlify/edge-functions/geo.ts: Netlify function',
      'runtime netlify/functions/mail.ts: Netlify function',
      'runtime supabase/functions/hook/index.ts: Supabase function',
    ],
  ],
  [
    'Cloudflare, by its configuration and by place',
    {
      'package.json': manifest({}),
      'wrangler.toml': 'name = "edge"\nmain = "./edge/worker.ts"\n',
      'edge/worker.ts': '',
      'functions/hook.ts': '',
    },
    ['runtime edge/worker.ts: wrangler.toml: wrangler runs it', 'runtime functions/hook.ts: Cloudflare Pages function'],
  ],
  [
    'Serverless and SST, by the handlers that they name',
    {
      'package.json': manifest({}),
      'serverless.yml': 'functions:\n  mail:\n    handler: src/mail.send\n  gone:\n    handler: src/gone.send\n',
      'sst.config.ts': "new Function({ handler: './src/hook.main', timeout: 1 });",
      'src/mail.ts': '',
      'src/hook.ts': '',
    },
    [
      'runtime src/hook.ts: sst.config.ts: the function configuration names it',
      'runtime src/mail.ts: serverless.yml: the function configuration names it',
    ],
  ],
  [
    'AWS SAM, by what calls each function',
    {
      'package.json': manifest({}),
      'template.yaml':
        'AWSTemplateFormatVersion: "2010-09-09"\nTransform: AWS::Serverless-2016-10-31\nResources:\n  Hook:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: src/\n      Handler: hook.main\n      Runtime: nodejs22.x\n      Events:\n        Api:\n          Type: Api\n          Properties: { Path: /hook, Method: post }\n  Mail:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: src/\n      Handler: mail.main\n      Runtime: nodejs22.x\n',
      'src/hook.ts': '',
      'src/mail.ts': '',
    },
    [
      'runtime src/hook.ts: template.yaml: an HTTP event calls it',
      'runtime src/mail.ts: template.yaml: an event calls it',
    ],
  ],
  [
    'Azure, by bindings',
    {
      'package.json': manifest({ dependencies: { '@azure/functions': '3' } }),
      'hook/function.json': '{ "scriptFile": "../dist/hook/run.js", "bindings": [] }',
      'hook/run.ts': '',
      'mail/function.json': '{ "bindings": [] }',
      'mail/index.js': '',
    },
    ['runtime hook/run.ts: hook/function.json binds it', 'runtime mail/index.js: mail/function.json binds it'],
  ],
  [
    'a bundler, by a list',
    {
      'package.json': manifest({}),
      'tsup.config.ts': "export default { entry: ['src/jobs.ts'] };\n",
      'src/jobs.ts': '',
    },
    ['runtime src/jobs.ts: entry of the bundler configuration'],
  ],
  [
    'a bundler, by a path that is joined',
    {
      'package.json': manifest({}),
      'webpack.config.js':
        "const sources = path.join(__dirname, 'src');\nmodule.exports = { entry: { main: ['polyfill', path.join(sources, 'jobs.ts')], other: path.resolve(elsewhere, 'b.ts') } };\n",
      'src/jobs.ts': '',
    },
    ['runtime src/jobs.ts: entry of the bundler configuration'],
  ],
  [
    'a bundler, by names',
    {
      'package.json': manifest({}),
      'tsdown.config.ts': 'export default { entry: {\n  main : "./src/jobs.ts" } };\n',
      'src/jobs.ts': '',
    },
    ['runtime src/jobs.ts: entry of the bundler configuration'],
  ],
  [
    'a bundler that a program of the build calls',
    {
      'package.json': scripts({ 'build:worker': 'cross-env NODE_ENV=production V=$(git log) node ./tasks/make.mjs' }),
      'tasks/make.mjs': "import * as esbuild from 'esbuild';\nesbuild.build({ entryPoints: ['./deep/jobs.ts'] });\n",
      'tasks/other.mjs': "import * as esbuild from 'esbuild';\nesbuild.build({ entryPoints: ['./deep/other.ts'] });\n",
      'deep/jobs.ts': '',
      'deep/other.ts': '',
    },
    [
      'build tasks/make.mjs: package.json "build:worker" runs node ./tasks/make.mjs',
      'runtime deep/jobs.ts: entry of the bundler configuration',
    ],
  ],
  [
    'a bundler, by points',
    {
      'package.json': manifest({}),
      'esbuild.mjs': "build({ entryPoints: [\n    'src/jobs.tsx'\n] });\n",
      'src/jobs.tsx': '',
    },
    ['runtime src/jobs.tsx: entry of the bundler configuration'],
  ],
  [
    'a bundler, by a path put together',
    {
      'package.json': manifest({}),
      'webpack.config.js': "module.exports = { entry: path.resolve(__dirname, 'src/jobs.cjs') };\n",
      'src/jobs.cjs': '',
    },
    ['runtime src/jobs.cjs: entry of the bundler configuration'],
  ],
  [
    'a bundler, by a path without an ending',
    {
      'package.json': manifest({}),
      'config/webpack.prod.js': "module.exports = { entry: './src/deep/my-jobs' };\n",
      'src/deep/my-jobs.ts': '',
    },
    ['runtime src/deep/my-jobs.ts: entry of the bundler configuration'],
  ],
  [
    'a bundler, by a path without an ending or a dot',
    {
      'package.json': manifest({}),
      'rspack.config.mjs': "export default { entry:'src/deep/my-jobs' };\n",
      'src/deep/my-jobs.ts': '',
    },
    ['runtime src/deep/my-jobs.ts: entry of the bundler configuration'],
  ],
  [
    'a bundler, by what it is given',
    {
      'package.json': manifest({}),
      'rollup.config.mjs': "export default { input: 'lib/jobs.js' };\n",
      'lib/jobs.js': '',
    },
    ['runtime lib/jobs.js: entry of the bundler configuration'],
  ],
  [
    'what a bundler puts out is no start',
    {
      'package.json': manifest({}),
      'rollup.config.mjs': "export default { output: 'lib/jobs.js' };\n",
      'lib/jobs.js': '',
    },
    [],
  ],
  [
    'settings of something else name no start',
    {
      'package.json': manifest({}),
      'other.config.mjs': "export default { input: 'lib/jobs.js' };\n",
      'lib/jobs.js': '',
    },
    [],
  ],
  [
    'a bundle, by the command that makes it',
    {
      'package.json': scripts({
        start: 'node dist/all.js',
        build: 'esbuild --bundle esbuild.config.js src/jobs.ts --outfile=dist/all.js',
      }),
      'esbuild.config.js': '',
      'src/jobs.ts': '',
    },
    ['runtime src/jobs.ts: package.json "start" runs node dist/all.js'],
  ],
  [
    'a bundle, by the configuration that makes it',
    {
      'package.json': scripts({ start: 'node dist/all.js', build: 'tsup' }),
      'tsup.config.ts': "export default { entry: ['src/jobs.ts'] };\n",
      'src/jobs.ts': '',
    },
    ['runtime src/jobs.ts: package.json "start" runs node dist/all.js'],
  ],
  [
    'a server with a command line of its own',
    { 'package.json': scripts({ start: 'fastify start -l info jobs.js' }), 'jobs.js': '' },
    ['runtime jobs.js: package.json "start" runs fastify start -l info'],
  ],
  [
    'what a library exports',
    {
      'package.json': manifest({
        main: './dist/a.js',
        module: 'dist/b.mjs',
        exports: {
          '.': { types: './dist/c.d.ts', import: './dist/c.js' },
          './d': './dist/d.d.mts',
          './e/*': './dist/e/*.js',
          './f': { deep: { er: './f.css' } },
          './g': './g.vue',
        },
      }),
      ...Object.fromEntries(
        ['src/a.ts', 'src/b.mts', 'src/c.ts', 'src/d.mts', 'src/e/x.ts', 'f.css', 'g.vue'].map((name) => [name, '']),
      ),
    },
    [
      'runtime g.vue: package.json exports ./g.vue',
      'runtime src/a.ts: package.json exports ./dist/a.js',
      'runtime src/b.mts: package.json exports dist/b.mjs',
      'runtime src/c.ts: package.json exports ./dist/c.d.ts',
      'runtime src/d.mts: package.json exports ./dist/d.d.mts',
    ],
  ],
  [
    'what a program is called',
    {
      'package.json': manifest({ bin: { one: './bin/one.js', two: 'bin/two.mjs', three: 'lost.js' } }),
      'bin/one.js': '',
      'bin/two.mjs': '',
    },
    ['runtime bin/one.js: package.json "bin" one', 'runtime bin/two.mjs: package.json "bin" two'],
  ],
  [
    'the usual file, where nothing says what starts',
    { 'package.json': manifest({}), 'src/server.ts': '', 'app.ts': '', 'other.ts': '' },
    ['runtime src/server.ts: src/server.ts is the usual start file, and no script names another'],
  ],
];

it.each(rows)('%s', async (_, files, expected) => expect((await started(files)).sort()).toEqual([...expected].sort()));

it('starts what the image of a component starts, where the image lies elsewhere and names its folder', async () => {
  const files = {
    'package.json': '{"name":"all","workspaces":["apps/*"]}',
    'docker/api.Dockerfile': 'FROM node:22\nCOPY apps/api .\nCMD ["node", "jobs.js"]\n',
    'apps/api/package.json': '{"name":"api"}',
    'apps/api/jobs.js': '',
    'apps/web/package.json': '{"name":"web"}',
    'apps/web/jobs.js': '',
  };
  expect(await started(files, 'apps/api')).toEqual([
    'runtime apps/api/jobs.js: docker/api.Dockerfile starts node jobs.js',
  ]);
  expect(await started(files, 'apps/web')).toEqual([]);
});

it('starts an Nx project without a manifest from its targets', async () => {
  const { model } = await audit(
    openMemory({
      'package.json': '{"name":"all","dependencies":{"express":"5"}}',
      'nx.json': '{}',
      'apps/api/project.json': JSON.stringify(
        {
          name: 'api',
          targets: {
            build: { executor: '@nx/webpack:webpack', options: { main: 'apps/api/src/main.ts' } },
            'serve-ssr': { options: { ssr: { entry: './src/ssr.ts' } } },
            deploy: { options: { commands: ['node apps/api/deploy.js', { command: 'node apps/api/notify.js' }] } },
            run: { command: 'node run.js', options: { cwd: '{projectRoot}' } },
            worker: { executor: 'nx:run-commands', options: { command: 'tsx {projectRoot}/src/worker.ts' } },
            test: { executor: '@nx/jest:jest', options: { main: 'apps/api/src/other.ts' } },
            broken: true,
          },
        },
        null,
        2,
      ),
      'apps/api/src/main.ts': "import express from 'express';\nexpress().listen(3000);\n",
      ...Object.fromEntries(
        ['src/ssr.ts', 'deploy.js', 'notify.js', 'run.js', 'src/worker.ts', 'src/other.ts'].map((file) => [
          `apps/api/${file}`,
          '',
        ]),
      ),
    }),
    { rules: [] },
  );
  const { entries } = model.wiring.of({ path: 'apps/api' });
  expect(entries.map(({ phase, reason, evidence }) => `${phase} ${reason}, line ${evidence.line}`)).toEqual([
    'runtime apps/api/project.json "deploy" runs node apps/api/deploy.js, line 17',
    'runtime apps/api/project.json "deploy" runs node apps/api/notify.js, line 17',
    'runtime apps/api/project.json "run" runs node run.js, line 27',
    'runtime apps/api/project.json "build" starts from apps/api/src/main.ts, line 4',
    'runtime apps/api/project.json "serve-ssr" starts from ./src/ssr.ts, line 10',
    'tool apps/api/project.json "worker" runs tsx apps/api/src/worker.ts, line 33',
  ]);
});
