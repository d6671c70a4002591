import { describe, expect, it } from 'vitest';
import { componentsOf, kindsOf } from './_classified.ts';

const express = `import express from 'express';
const app = express();
app.get('/orders', (req, res) => res.json([]));
app.listen(3000);
`;
const server = { name: 'api', type: 'module', dependencies: { express: '4' }, scripts: { start: 'node index.js' } };
const vite = {
  name: 'ui',
  private: true,
  scripts: { dev: 'vite' },
  dependencies: { react: '18', 'react-dom': '18' },
  devDependencies: { vite: '5' },
};
const page = '<div id="root"></div><script type="module" src="/src/main.tsx"></script>';
const render = `import { createRoot } from 'react-dom/client';\ncreateRoot(document.body).render(null);\n`;

describe('what a component is', () => {
  it.each<[string, Record<string, string | object>, string]>([
    ['an Express server', { 'package.json': server, 'index.js': express }, 'service http deployable longrunning'],
    [
      'pages that a program builds by itself, renders on the server and takes over in the browser',
      {
        'package.json': {
          ...server,
          dependencies: { express: '4', react: '18', 'react-dom': '18', webpack: '5' },
        },
        'index.js': `import './build.js';\nimport './page.js';\n${express}`,
        'build.js': "import webpack from 'webpack';\nwebpack({ entry: './page.js' }).run();\n",
        'page.js':
          "import { renderToString } from 'react-dom/server';\nimport { hydrateRoot } from 'react-dom/client';\nexport const page = () => renderToString(null);\nhydrateRoot(document.body, null);\n",
      },
      'web http ui deployable longrunning',
    ],
    [
      'a server that a program without an ending opens',
      {
        'package.json': { ...server, type: undefined, scripts: { start: 'node ./bin/www' } },
        'bin/www':
          "#!/usr/bin/env node\nvar app = require('../app');\nvar server = require('http').createServer(app);\nserver.listen(3000);\n",
        'app.js':
          "var express = require('express');\nvar app = express();\napp.get('/orders', function (req, res) { res.json([]); });\nmodule.exports = app;\n",
      },
      'service http deployable longrunning',
    ],
    [
      'a program of infrastructure that its own command runs',
      {
        'package.json': { name: 'infra', scripts: { deploy: 'cdk deploy' }, dependencies: { 'aws-cdk-lib': '2' } },
        'main.ts': "import { App } from 'aws-cdk-lib';\nnew App();\n",
      },
      'tool',
    ],
    [
      'a server that reads a table of constants',
      {
        'package.json': server,
        'index.js': `${express}const NAME_SERVERS = [{ ip: '1.1.1.1' }, { ip: '8.8.8.8' }];\napp.get('/all', (req, res) => res.json(NAME_SERVERS.map(({ ip }) => ip)));\n`,
      },
      'service http deployable longrunning',
    ],
    [
      'a server that keeps records in memory',
      {
        'package.json': server,
        'index.js': `${express}const orders = new Map();\napp.post('/orders', (req, res) => { orders.set(1, req.body); res.json(orders.get(1)); });\n`,
      },
      'service http deployable longrunning state',
    ],
    [
      'a server that keeps who is there now in memory',
      {
        'package.json': server,
        'index.js': `${express}const onlineUsers = new Map();\napp.post('/here', (req, res) => { onlineUsers.set(1, req.body); res.json(onlineUsers.get(1)); });\n`,
      },
      'service http deployable longrunning',
    ],
    [
      'a server that tells no more than how another program is',
      {
        'package.json': { ...server, name: 'jobs-healthcheck' },
        'index.js': express.replace('/orders', '/healthz'),
      },
      'tool',
    ],
    [
      'a worker of Cloudflare beside an image that nothing runs',
      {
        'package.json': { name: 'api', dependencies: { hono: '4' }, devDependencies: { wrangler: '4' } },
        'wrangler.toml': 'name = "api"\nmain = "src/index.ts"\n',
        'src/index.ts':
          "import { Hono } from 'hono';\nconst app = new Hono();\napp.get('/notes', (c) => c.json([]));\nexport default app;\n",
        Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "dist/index.js"]\n',
      },
      'service http deployable',
    ],
    [
      'a server that queues messages for a moment',
      {
        'package.json': server,
        'index.js': `import { Line } from './messageQueue.js';\n${express}app.post('/orders', (req, res) => res.json(new Line().add(req.body)));\n`,
        'messageQueue.js':
          'export class Line {\n  messages = [];\n  add(one) { this.messages.push(one); return this.messages.shift(); }\n}\n',
      },
      'service http deployable longrunning',
    ],
    [
      'pages beside a server that the program of its framework starts',
      {
        'package.json': {
          name: 'links',
          private: true,
          scripts: { build: 'rollup -c', start: 'fastify start app.js' },
          dependencies: { fastify: '5', 'fastify-cli': '7', svelte: '4' },
          devDependencies: { rollup: '4' },
        },
        'app.js': "export default async (fastify) => {\n  fastify.get('/links', async () => []);\n};\n",
        'public/index.html': page,
        'rollup.config.js': 'export default { input: "ui/main.js" };\n',
        'ui/main.js': "import App from './App.svelte';\nnew App({ target: document.body });\n",
      },
      'web http ui deployable longrunning',
    ],
    [
      'a worker at the edge whose configuration git keeps out, save for an example',
      {
        '.gitignore': 'wrangler.toml\n',
        'package.json': { name: 'edge', scripts: { deploy: 'wrangler deploy' }, devDependencies: { wrangler: '4' } },
        'wrangler.toml.example': 'name = "edge"\nmain = "worker.js"\n',
        'worker.js': "export default {\n  async fetch(request, env) { return new Response('hello'); },\n};\n",
      },
      'service http deployable',
    ],
    [
      'a game whose server nothing starts but a reader of its manual, beside a page with scripts of its own',
      {
        'package.json': { name: 'quest', dependencies: { log: '1' } },
        'client/index.html': '<script src="js/home.js"></script>',
        'client/js/home.js': 'document.title = "quest";\n',
        'server/js/main.js': "var ws = require('./ws');\nws.open(8000);\n",
        'server/js/ws.js':
          "var http = require('http');\nexports.open = function (port) {\n  this.server = http.createServer(function (req, res) { res.end(); });\n  this.server.listen(port);\n};\n",
      },
      'service http deployable longrunning',
    ],
    [
      'a server that notes for its log which requests it has under way',
      {
        'package.json': server,
        'index.js': `import { note } from './requestLogger.js';\n${express}app.use(note);\n`,
        'requestLogger.js':
          'const requests = {};\nexport const note = (req, res, next) => { requests[req.id] = Date.now(); next(); };\n',
      },
      'service http deployable longrunning',
    ],
    [
      'an app of NativeScript, which nothing here starts',
      {
        'package.json': {
          name: 'mobile',
          main: 'app/app.ts',
          private: true,
          dependencies: { '@nativescript/core': '9' },
        },
        'nativescript.config.ts': "export default { id: 'org.example.app', appPath: 'app' };\n",
        'app/app.ts': "import { Application } from '@nativescript/core';\nApplication.run();\n",
      },
      'mobile ui',
    ],
    [
      'a page that follows who is logged in',
      {
        'package.json': vite,
        'index.html': page,
        'src/main.tsx': `${render}const changed = () => {};\nexport const watch = (auth2) => auth2.currentUser.listen(changed);\nwatch(window.auth2);\n`,
      },
      'web ui deployable',
    ],
    [
      'a server of Hono whose manifest is as `bun init` wrote it',
      {
        'package.json': {
          name: 'notes',
          module: 'index.ts',
          scripts: { dev: 'bun run --hot index.ts' },
          dependencies: { hono: '4' },
          peerDependencies: { typescript: '5' },
        },
        'index.ts':
          "import { Hono } from 'hono';\nconst app = new Hono();\napp.get('/notes', (c) => c.json([]));\nexport default app;\n",
      },
      'service http deployable longrunning',
    ],
    [
      'a library whose manifest names what is built',
      {
        'package.json': {
          name: 'notes',
          module: 'dist/index.mjs',
          scripts: { dev: 'bun run --hot index.ts' },
          dependencies: { hono: '4' },
        },
        'index.ts': "import { Hono } from 'hono';\nexport const app = new Hono();\n",
      },
      'library',
    ],
    [
      'pages that Bun builds and the server renders',
      {
        'package.json': {
          name: 'notes',
          scripts: { dev: 'bun run src/index.tsx' },
          dependencies: { elysia: '1', react: '19', 'react-dom': '19' },
        },
        'src/index.tsx':
          "import { Elysia } from 'elysia';\nimport { renderToReadableStream } from 'react-dom/server';\nimport { App } from './app';\nawait Bun.build({ entrypoints: ['./src/app.tsx'] });\nnew Elysia().get('*', () => renderToReadableStream(<App />)).listen(3000);\n",
        'src/app.tsx':
          "import { hydrateRoot } from 'react-dom/client';\nexport const App = () => <p/>;\nif (typeof document !== 'undefined') hydrateRoot(document, <App />);\n",
      },
      'web http ui deployable longrunning',
    ],
    [
      'a Fresh app of Deno that an image starts by its task',
      {
        'deno.json':
          '{\n  // tasks\n  "tasks": { "start": "deno run -A main.ts" },\n  "imports": { "@/": "./", "$fresh/": "https://deno.land/x/fresh@1.7.3/" }\n}\n',
        'main.ts': "import { start } from '$fresh/server.ts';\nawait start({});\n",
        'routes/index.tsx': 'export default () => <p/>;\n',
        Dockerfile: 'FROM denoland/deno:1.40\nCOPY . .\nCMD ["task", "start"]\n',
      },
      'web http ui deployable longrunning',
    ],
    [
      'an Oak server of Deno, whose packages are named by their addresses',
      {
        'deno.json': { tasks: { dev: { command: 'deno run --allow-net serve.ts' } } },
        'serve.ts':
          "import { Application, Router } from 'https://deno.land/x/oak@v12.6.1/mod.ts';\nimport { MongoClient } from 'npm:mongodb@6';\nnew MongoClient('mongodb://db');\nconst router = new Router();\nrouter.get('/notes', (ctx) => { ctx.response.body = []; });\nconst app = new Application();\napp.use(router.routes());\nawait app.listen({ port: 8000 });\n",
      },
      'service http deployable longrunning state',
    ],
    [
      'a server that a gulp task keeps running from what it has built',
      {
        'package.json': { name: 'arena', scripts: { start: 'gulp run' }, dependencies: { express: '4' } },
        'gulpfile.js':
          "gulp.task('run', ['build'], function () {\n  nodemon({ script: './server/server.js', cwd: './bin/' });\n});\n",
        'src/server/server.js': express,
      },
      'service http deployable longrunning',
    ],
    [
      'a page whose bundler a script of its own calls, in a template that the bundler fills in',
      {
        'package.json': {
          name: 'sling',
          scripts: { start: 'node tools/serve.js' },
          dependencies: { react: '16', 'react-dom': '16' },
          devDependencies: { webpack: '4' },
        },
        'webpack.config.dev.js': "export default {\n  entry: ['hot/client', './src/main.js'],\n};\n",
        'tools/serve.js':
          "import webpack from 'webpack';\nimport config from '../webpack.config.dev.js';\nwebpack(config);\n",
        'src/main.js':
          "import { render } from 'react-dom';\nrender(\n  <p>hello</p>,\n  document.getElementById('root'),\n);\n",
        'src/main.ejs': '<div id="root"></div>',
      },
      'web ui deployable',
    ],
    [
      'a page that its own server renders, built by commands kept in a section of their own',
      {
        'package.json': {
          name: 'universal',
          scripts: { start: 'better-npm-run start', build: 'better-npm-run build' },
          betterScripts: {
            start: { command: 'node serve.js', env: { NODE_ENV: 'production' } },
            build: 'webpack --config webpack/prod.config.js',
          },
          dependencies: { express: '4', react: '15', 'react-dom': '15', webpack: '1' },
        },
        'serve.js':
          "import express from 'express';\nimport { renderToString } from 'react-dom/server';\nconst app = express();\napp.get('/', (req, res) => res.send(renderToString(null)));\napp.listen(3000);\n",
        'webpack/prod.config.js': "module.exports = { entry: { main: './src/client.js' } };\n",
        'src/client.js': "import ReactDOM from 'react-dom';\nReactDOM.render(null, document.body);\n",
      },
      'web http ui deployable longrunning',
    ],
    [
      'a server that takes types and enums of a generated client, and no client',
      {
        'package.json': {
          ...server,
          scripts: { start: 'tsx index.ts' },
          dependencies: { express: '4', '@prisma/client': '6', mongoose: '8' },
        },
        'index.ts': `import { Role } from '@prisma/client';\nimport { Document } from 'mongoose';\n${express}export const shown = (one: Document) => Role.ADMIN;\n`,
      },
      'service http deployable longrunning',
    ],
    [
      'a private package without a name, which nothing can take in',
      { 'package.json': { private: true, dependencies: { 'date-fns': '4' } }, 'fill.js': 'fill();\n' },
      'tool',
    ],
    [
      'a content server, which brings its database',
      {
        'package.json': {
          name: 'cms',
          dependencies: { '@strapi/strapi': '5' },
          scripts: { start: 'strapi start' },
        },
        'config/server.js': 'module.exports = {};\n',
      },
      'service http deployable longrunning state',
    ],
    [
      'a server that Nitro builds from files by their place',
      {
        'package.json': {
          name: 'hooks',
          private: true,
          scripts: { dev: 'nitro dev' },
          devDependencies: { nitropack: '2' },
        },
        'nitro.config.ts': 'export default defineNitroConfig({});\n',
        'routes/hooks.post.ts': 'export default eventHandler(() => null);\n',
      },
      'service http deployable longrunning',
    ],
    [
      'a consumer that opens a server and gives it nothing to answer with',
      {
        'package.json': { ...server, name: 'mailer', dependencies: { koa: '3', amqplib: '1' } },
        'index.js':
          "import amqp from 'amqplib';\nimport Koa from 'koa';\nconst channel = await (await amqp.connect('amqp://bus')).createChannel();\nchannel.consume('mails', (one) => console.log(one));\nnew Koa().listen(8080);\n",
      },
      'worker deployable longrunning',
    ],
    [
      'the same server, with something mounted on it',
      {
        'package.json': { ...server, name: 'mailer', dependencies: { koa: '3', amqplib: '1' } },
        'index.js':
          "import amqp from 'amqplib';\nimport Koa from 'koa';\namqp.connect('amqp://bus');\nconst app = new Koa();\napp.use((ctx) => {\n  ctx.body = 'mails';\n});\napp.listen(8080);\n",
      },
      'service http deployable longrunning',
    ],
    [
      'a consumer that also takes what is sent to its root',
      {
        'package.json': { ...server, name: 'logins', dependencies: { express: '4', amqplib: '1' } },
        'index.js':
          "import amqp from 'amqplib';\nimport express from 'express';\namqp.connect('amqp://bus');\nconst app = express();\napp.post('/', (req, res) => res.json({ token: 1 }));\napp.listen(8080);\n",
      },
      'service http deployable longrunning',
    ],
    [
      'functions that only events call',
      {
        'package.json': { name: 'mails', private: true, dependencies: { ulid: '2' } },
        'serverless.yml':
          'service: mails\nprovider: { name: aws }\nfunctions:\n  send: { handler: send.main, events: [{ sqs: { arn: x } }] }\n',
        'send.js': 'export const main = async () => {};\n',
      },
      'worker deployable',
    ],
    [
      'a server that lists the addresses it closes',
      {
        'package.json': server,
        'index.js': `${express}const CLOSED_PATHS = ['/orders'];\napp.use((req, res, next) => (CLOSED_PATHS.includes(req.path) ? res.sendStatus(401) : next()));\n`,
      },
      'service http deployable longrunning',
    ],
    [
      'a consumer whose bare server answers its health and its figures',
      {
        'package.json': { ...server, name: 'jobs-worker', dependencies: { ioredis: '5' } },
        'index.js':
          "import { createServer } from 'node:http';\nimport Redis from 'ioredis';\nnew Redis().brpop('jobs', 0);\ncreateServer((req, res) => {\n  if (req.url === '/health') res.end('well');\n  else if (req.url === '/metrics') res.end('');\n  else { res.writeHead(404); res.end(); }\n}).listen(9090);\n",
      },
      'worker deployable longrunning',
    ],
    ['a single-page app', { 'package.json': vite, 'index.html': page, 'src/main.tsx': render }, 'web ui deployable'],
    [
      'an app whose page its own server renders',
      {
        'package.json': {
          name: 'iso',
          private: true,
          scripts: { start: 'node server.js', build: 'webpack --config webpack.config.js' },
          dependencies: { express: '4', react: '18', 'react-dom': '18' },
        },
        'webpack.config.js': 'module.exports = {};',
        'server.js':
          "import express from 'express';\nimport { renderToString } from 'react-dom/server';\nimport { App } from './client/app.js';\nconst app = express();\napp.get('/', (req, res) => res.send(renderToString(App())));\napp.listen(3000);",
        'client/app.js': "import React from 'react';\nexport const App = () => <p>notes</p>;",
        'client/index.js':
          "import { hydrate } from 'react-dom';\nimport { App } from './app.js';\nhydrate(<App />, document.body);",
      },
      'web http ui deployable longrunning',
    ],
    [
      'an app that a bundler builds for the pages of the server beside it',
      {
        'package.json': {
          name: 'shop',
          private: true,
          scripts: { start: 'node server.js', build: 'webpack --config webpack.config.js' },
          dependencies: { express: '4', pug: '3' },
          devDependencies: { vue: '2', webpack: '4' },
        },
        'webpack.config.js': "module.exports = { entry: './client/start.js' };",
        'server.js': express,
        'views/front.pug': 'html\n  body\n    #app\n    script(src="/start.js")\n',
        'client/start.js':
          "import Vue from 'vue';\nimport App from './App.vue';\nnew Vue({ el: '#app', render: (h) => h(App) });",
        'client/App.vue': '<template><main /></template>',
      },
      'web http ui deployable longrunning',
    ],
    [
      'a single-page app and its server in one package',
      {
        'package.json': {
          ...vite,
          type: 'module',
          dependencies: { ...vite.dependencies, express: '4' },
          scripts: { dev: 'vite', build: 'vite build', start: 'node server.js' },
        },
        'index.html': page,
        'src/main.tsx': render,
        'server.js': express,
      },
      'web http ui deployable longrunning',
    ],
    [
      'a single-page app with a mock server for development',
      {
        'package.json': {
          ...vite,
          type: 'module',
          devDependencies: { vite: '5', express: '4' },
          scripts: { dev: 'vite', 'run-mock-server': 'node mock-server.js' },
        },
        'index.html': page,
        'src/main.tsx': render,
        'mock-server.js': express,
      },
      'web ui deployable',
    ],
    [
      'a single-page app and a server to try the built files out with',
      {
        'package.json': {
          ...vite,
          type: 'module',
          devDependencies: { vite: '5', express: '4' },
          scripts: { dev: 'vite', 'start:prod': 'npm run build && node server/serve.js' },
        },
        'index.html': page,
        'src/main.tsx': render,
        'server/serve.js': express,
      },
      'web ui deployable',
    ],
    [
      'a single-page app and the API that its start script runs beside it, on packages for development alone',
      {
        'package.json': {
          ...vite,
          type: 'module',
          devDependencies: { vite: '5', express: '4' },
          scripts: { start: 'concurrently vite "node backend/app.js"' },
        },
        'index.html': page,
        'src/main.tsx': render,
        'backend/app.js':
          "import express from 'express';\nconst app = express();\napp.post('/notes', (req, res) => res.json(req.body));\napp.listen(3001);\n",
      },
      'web http ui deployable longrunning',
    ],
    [
      'a single-page app and the stand-in that its start script serves it by in production',
      {
        'package.json': {
          ...vite,
          devDependencies: { vite: '5', 'json-server': '0.17' },
          scripts: {
            dev: 'vite',
            start: 'cross-env NODE_ENV=production npm run api',
            api: 'node mock-server/server.js',
          },
        },
        'index.html': page,
        'src/main.tsx': render,
        'mock-server/server.js':
          "const server = require('json-server').create();\nserver.use(require('json-server').router({ notes: [] }));\nserver.listen(3000);\n",
      },
      'web http ui deployable longrunning state',
    ],
    [
      'a page and its script without a manifest',
      { 'index.html': '<script src="js/game.js"></script>', 'js/game.js': 'document.title = "Game";\n' },
      'web ui deployable',
    ],
    [
      'a page and its script beside the manifest of a linter',
      {
        'package.json': {
          name: 'game',
          private: true,
          devDependencies: { eslint: '9' },
          scripts: { lint: 'eslint .' },
        },
        'index.html': '<script src="js/game.js"></script>',
        'js/game.js': 'document.title = "Game";\n',
      },
      'web ui deployable',
    ],
    [
      'an app whose bundler writes the page',
      {
        'package.json': {
          name: 'news',
          scripts: { start: 'serve public & rollup -w -c', build: 'rollup -c' },
          dependencies: { 'solid-js': '1' },
          devDependencies: { rollup: '4', serve: '14' },
        },
        'src/index.jsx': "import { render } from 'solid-js/web';\nrender(() => null, document.body);\n",
      },
      'web ui deployable',
    ],
    [
      'a Remix app behind a server of its own',
      {
        'package.json': {
          name: 'shop',
          type: 'module',
          scripts: { build: 'remix vite:build', start: 'node server.js' },
          dependencies: { '@remix-run/node': '2', '@remix-run/react': '2', express: '4' },
        },
        'app/root.tsx': 'export default () => null;\n',
        'server.js': express,
      },
      'web http ui deployable longrunning',
    ],
    [
      'the only application of an Angular workspace, in a folder of its own',
      {
        'package.json': {
          name: 'ui',
          private: true,
          scripts: { start: 'ng serve' },
          dependencies: { '@angular/core': '17' },
        },
        'angular.json': {
          projects: {
            ui: {
              root: 'projects/ui',
              projectType: 'application',
              architect: { build: { builder: '@angular-devkit/build-angular:browser' } },
            },
          },
        },
        'projects/ui/src/main.ts': "import { bootstrap } from '@angular/core';\nbootstrap();\n",
      },
      'web ui deployable',
    ],
    [
      'a Next app',
      {
        'package.json': { name: 'web', scripts: { start: 'next start' }, dependencies: { next: '14', react: '18' } },
        'app/page.tsx': 'export default () => null',
      },
      'web http ui deployable longrunning',
    ],
    [
      'a server of Nest that makes Next for a folder of its own',
      {
        'package.json': {
          name: 'web',
          scripts: { start: 'nest start' },
          dependencies: { next: '14', react: '18', '@nestjs/core': '10', '@nestjs/platform-express': '10' },
        },
        'src/server/main.ts':
          "import { NestFactory } from '@nestjs/core';\nimport next from 'next';\nimport { AppModule } from './app.module';\nconst pages = next({ dir: './src/client' });\nNestFactory.create(AppModule).then((app) => app.listen(3000));\n",
        'src/server/app.module.ts': 'export class AppModule {}\n',
        'nest-cli.json': { sourceRoot: 'src/server' },
        'src/client/next.config.js': 'module.exports = {};\n',
        'src/client/pages/home.tsx': 'export default () => null;\n',
      },
      'web http ui deployable longrunning',
    ],
    [
      'a Next app exported as files',
      {
        'package.json': { name: 'web', scripts: { build: 'next build' }, dependencies: { next: '14', react: '18' } },
        'next.config.js': "module.exports = { output: 'export' }",
        'app/page.tsx': 'export default () => null',
      },
      'web ui deployable',
    ],
    [
      'a Next app that an image serves, though a script of it can export',
      {
        'package.json': {
          name: 'web',
          scripts: { build: 'next build', start: 'next start', publish: 'next build && next export' },
          dependencies: { next: '13', react: '18' },
        },
        Dockerfile: 'FROM node:22\nCOPY . .\nRUN npm run build\nCMD ["npm", "start"]\n',
        'app/page.tsx': 'export default () => null',
      },
      'web http ui deployable longrunning',
    ],
    [
      'a Nest app',
      {
        'package.json': { name: 'api', scripts: { start: 'nest start' }, dependencies: { '@nestjs/core': '10' } },
        'src/main.ts':
          "import { NestFactory } from '@nestjs/core';\nasync function run() {\n  const app = await NestFactory.create(AppModule);\n  await app.listen(3000);\n}\nrun();\n",
      },
      'service http deployable longrunning',
    ],
    [
      'a Nest microservice on a broker',
      {
        'package.json': {
          name: 'mail',
          scripts: { start: 'nest start' },
          dependencies: { '@nestjs/core': '10', '@nestjs/microservices': '10' },
        },
        'src/main.ts':
          "import { NestFactory } from '@nestjs/core';\nimport { Transport } from '@nestjs/microservices';\nasync function run() {\n  const app = await NestFactory.createMicroservice(AppModule, { transport: Transport.RMQ });\n  await app.listen();\n}\nrun();\n",
      },
      'worker deployable longrunning',
    ],
    [
      'a queue consumer',
      {
        'package.json': {
          name: 'jobs',
          type: 'module',
          scripts: { start: 'node index.js' },
          dependencies: { bullmq: '5' },
        },
        'index.js': "import { Worker } from 'bullmq';\nnew Worker('mail', async () => {});\n",
      },
      'worker deployable longrunning',
    ],
    [
      'functions of a platform',
      {
        'package.json': { name: 'fn', dependencies: { '@azure/functions': '4' } },
        'host.json': {},
        'src/index.js': "import { app } from '@azure/functions';\napp.http('orders', { handler: async () => ({}) });\n",
      },
      'service http deployable',
    ],
    [
      'an application of Hono that only exports itself',
      {
        'package.json': { name: 'hello', type: 'module', dependencies: { hono: '4' } },
        'src/index.ts':
          "import { Hono } from 'hono';\nconst app = new Hono();\napp.get('/', (c) => c.text('hi'));\nexport default app;\n",
      },
      'service http deployable',
    ],
    [
      'an application of Express that only exports itself, on a platform of functions',
      {
        'package.json': { name: 'hello', type: 'module', dependencies: { express: '5' } },
        'vercel.json': { bunVersion: '1.4.x' },
        'src/index.ts':
          "import express from 'express';\nconst app = express();\napp.get('/', (req, res) => res.send('hi'));\nexport default app;\n",
      },
      'service http deployable',
    ],
    [
      'parts of such an application that others take in',
      {
        'package.json': { name: 'parts', version: '1.0.0', exports: './src/index.ts', dependencies: { hono: '4' } },
        'src/index.ts':
          "import { Hono } from 'hono';\nexport const app = new Hono();\napp.get('/', (c) => c.text('hi'));\n",
      },
      'library',
    ],
    [
      'an Expo app',
      {
        'package.json': {
          name: 'phone',
          main: 'expo-router/entry',
          scripts: { start: 'expo start' },
          dependencies: { expo: '51', 'react-native': '0.74' },
        },
        'app.json': { expo: {} },
        'app/index.tsx': 'export default () => null',
      },
      'mobile ui',
    ],
    [
      'a Flask app',
      { 'requirements.txt': 'flask\npsycopg2\n', 'app.py': '' },
      'service http deployable longrunning state',
    ],
    [
      'functions of Firebase in Python that answer requests',
      {
        'requirements.txt': 'firebase_functions\n',
        'main.py':
          "from firebase_functions import https_fn\n\n@https_fn.on_request()\ndef hook(req):\n    return https_fn.Response('ok')\n",
        'firebase.json': { functions: [{ source: '.', runtime: 'python312' }] },
      },
      'service http deployable',
    ],
    [
      'a gRPC server in Go',
      {
        'go.mod': 'module x\nrequire google.golang.org/grpc v1.0.0\n',
        'main.go': 'package main\nvar s = grpc.NewServer()',
      },
      'service deployable longrunning',
    ],
    ['a command line', { 'package.json': { name: 'ship', bin: 'cli.js' }, 'cli.js': 'console.log(1)' }, 'tool'],
  ])('%s', async (_, files, kind) => {
    expect(await kindsOf(files)).toEqual({ '.': kind });
  });

  it('takes the stages of a course for tools where what it leads to is there, and for itself where they are all', async () => {
    const stages = {
      'book/1-begin/api/package.json': server,
      'book/1-begin/api/index.js': express,
      'book/1-end/api/package.json': server,
      'book/1-end/api/index.js': express,
    };
    expect(await kindsOf({ ...stages, 'product/api/package.json': server, 'product/api/index.js': express })).toEqual({
      'book/1-begin/api': 'tool',
      'book/1-end/api': 'tool',
      'product/api': expect.stringContaining('service'),
    });
    expect(Object.values(await kindsOf(stages))).toEqual([
      expect.stringContaining('service'),
      expect.stringContaining('service'),
    ]);
  });

  it('shared code that queues jobs, and whose folder an image holds for its own program', async () => {
    const kinds = await kindsOf({
      'package.json': '{"private":true,"workspaces":["packages/*","web"]}',
      'packages/shared/package.json': {
        private: true,
        name: '@notes/shared',
        main: 'dist/index.js',
        scripts: { dev: 'tsc --watch' },
        dependencies: { bullmq: '5' },
      },
      'packages/shared/src/index.ts': "import { Queue } from 'bullmq';\nexport const jobs = new Queue('jobs');\n",
      'web/package.json': {
        name: 'web',
        scripts: { start: 'node index.js' },
        dependencies: { '@notes/shared': 'workspace:*', express: '5' },
      },
      'web/index.js':
        "import { jobs } from '@notes/shared';\nimport express from 'express';\nexpress().listen(3000, () => jobs);\n",
      'web/Dockerfile':
        'FROM node:22 AS build\nCOPY . .\nFROM node:22\nCOPY --from=build /app/packages/shared ./packages/shared\nCOPY --from=build /app/web ./web\nCMD ["node", "web/index.js"]\n',
    });
    expect(kinds).toEqual({ 'packages/shared': 'library', web: expect.stringContaining('service') });
  });

  it('shared code that listens when it is asked to, and that an image holds for a program that depends on it', async () => {
    const kinds = (script: string, uses: object) =>
      kindsOf({
        'package.json': '{"private":true,"workspaces":["packages/*","web"]}',
        'packages/server/package.json': { name: '@notes/server', version: '1.0.0', main: 'dist/index.js' },
        'packages/server/src/index.ts':
          "import http from 'node:http';\nexport const open = () => http.createServer((req, res) => res.end()).listen(80);\nopen();\n",
        'web/package.json': {
          name: 'web',
          scripts: { start: 'node index.js' },
          dependencies: { express: '5', ...uses },
        },
        'web/index.js': "import express from 'express';\nexpress().listen(3000);\n",
        Dockerfile: `FROM node:22 AS build\nCOPY . .\nFROM node:22\nCOPY --from=build /app/packages/server/dist ./packages/server/dist\nCOPY --from=build /app/web ./web\nCMD ${script}\n`,
      });
    const asks = { '@notes/server': 'workspace:*' };
    const service = expect.stringContaining('service');
    expect(await kinds('["./run.sh"]', asks)).toMatchObject({ 'packages/server': 'library', web: service });
    expect(await kinds('["./run.sh"]', {})).toMatchObject({ 'packages/server': service, web: service });
  });

  it('a worker that calls procedures in its own process and answers its health, beside tests of them all', async () => {
    const kinds = await kindsOf({
      'package.json': { private: true, workspaces: ['*'] },
      'procedures/package.json': { name: '@x/procedures', main: 'index.js', dependencies: { '@trpc/server': '11' } },
      'procedures/index.js':
        "import { initTRPC } from '@trpc/server';\nconst t = initTRPC.create();\nexport const publicProcedure = t.procedure;\nexport const router = t.router({ add: publicProcedure.mutation(() => 1) });\nexport const factory = t.createCallerFactory;\n",
      'worker/package.json': {
        ...server,
        name: 'worker',
        dependencies: { '@x/procedures': '*', bullmq: '5', hono: '4', '@hono/node-server': '1' },
      },
      'worker/index.js':
        "import { serve } from '@hono/node-server';\nimport { Worker } from 'bullmq';\nimport { Hono } from 'hono';\nimport { factory, router } from '@x/procedures';\nconst call = factory.createCaller(router)({});\nnew Worker('adding', () => call.add());\nconst app = new Hono();\napp.get('/health', (c) => c.text('well'));\nserve({ fetch: app.fetch, port: 8080 });\n",
      'e2e_tests/package.json': { name: 'e2e_tests', private: true, scripts: { test: 'vitest run' } },
      'e2e_tests/tests/add.test.js': "it('adds', async () => fetch('http://localhost:8080/add'));\n",
    });
    expect(kinds).toEqual({ procedures: 'library', worker: 'worker deployable longrunning', e2e_tests: 'tool' });
  });

  it('parts that are shown in stories, code offered to tests, a framework that listens for those who import it', async () => {
    const kinds = await kindsOf({
      'package.json': { workspaces: ['packages/*'] },
      'packages/parts/package.json': {
        name: '@x/parts',
        scripts: { start: 'start-storybook -p 6007' },
        dependencies: { react: '18' },
      },
      'packages/parts/button.jsx': 'export const Button = () => null;',
      'packages/graphql-docs/package.json': {
        name: '@x/graphql-docs',
        version: '1.0.0',
        dependencies: { react: '18' },
      },
      'packages/graphql-docs/pane.jsx': 'export const Pane = () => null;',
      'packages/app/package.json': {
        ...server,
        name: 'app',
        dependencies: { express: '4', '@x/parts': '*', '@x/graphql-docs': '*' },
      },
      'packages/app/index.js': express,
      'packages/api-tests/package.json': { ...server, name: 'api-tests' },
      'packages/api-tests/index.js': express,
      'packages/frame/package.json': {
        name: 'frame',
        main: 'frame.js',
        keywords: ['cms'],
        dependencies: { express: '4' },
      },
      'packages/frame/frame.js': `import express from 'express';\nexports.start = (port) => express().listen(port);\n`,
    });
    expect(kinds).toEqual({
      'packages/api-tests': 'tool',
      'packages/app': 'service http deployable longrunning',
      'packages/frame': 'library',
      'packages/graphql-docs': 'library',
      'packages/parts': 'library',
    });
  });

  it('a published command line that has an image is a tool, and one that listens in it a service', async () => {
    const image = (file: string) => `FROM node:22\nCOPY . .\nCMD ["node", "${file}"]\n`;
    const kinds = await kindsOf({
      'lint/package.json': { name: 'linting', bin: { linting: 'run.js' }, dependencies: { chalk: '5' } },
      'lint/run.js': "import chalk from 'chalk';\nconsole.log(chalk.red('no'));\n",
      'lint/Dockerfile': image('run.js'),
      'mail/package.json': { name: 'mailing', bin: { mailing: 'index.js' }, dependencies: { express: '4' } },
      'mail/index.js': express,
      'mail/Dockerfile': image('index.js'),
      'compose.yaml': 'services:\n  lint: { build: ./lint }\n  mail: { build: ./mail }\n',
    });
    expect(kinds).toEqual({ lint: 'tool', mail: 'service http deployable longrunning' });
  });

  it('a command that an image starts is the service, and what it serves with a library that is tried out by itself', async () => {
    const kinds = await kindsOf({
      'package.json': { workspaces: ['packages/*'] },
      Dockerfile: 'FROM node:22\nCOPY packages packages\nWORKDIR packages/cli\nCMD ["node", "packages/cli/run.js"]\n',
      'packages/cli/package.json': {
        name: 'mailing',
        bin: 'run.js',
        type: 'module',
        dependencies: { '@mailing/api': '*' },
      },
      'packages/cli/run.js': "import { open } from '@mailing/api';\nopen(1080);\n",
      'packages/api/package.json': {
        name: '@mailing/api',
        type: 'module',
        exports: './index.js',
        scripts: { dev: 'node --watch try.js' },
        dependencies: { express: '4' },
      },
      'packages/api/index.js':
        "import express from 'express';\nconst app = express();\napp.get('/mails', (req, res) => res.json([]));\nexport const open = (port) => app.listen(port);\n",
      'packages/api/try.js': "import { open } from './index.js';\nopen(3000);\n",
    });
    expect(kinds).toEqual({ 'packages/api': 'library', 'packages/cli': 'service http deployable longrunning' });
  });

  it('an app that the package of its server names as a dependency', async () => {
    const kinds = await kindsOf({
      'package.json': { ...server, dependencies: { express: '4', front: 'file:front' } },
      'index.js': express,
      'front/package.json': {
        name: 'front',
        private: true,
        scripts: { start: 'react-scripts start', build: 'react-scripts build' },
        dependencies: { react: '17', 'react-dom': '17', 'react-scripts': '4' },
      },
      'front/public/index.html': page,
      'front/src/index.js': render,
    });
    expect(kinds).toEqual({ '.': 'service http deployable longrunning', front: 'web ui deployable' });
  });

  it('beside a service, what is not one', async () => {
    const kinds = await kindsOf({
      'package.json': { workspaces: ['*/*', 'docs', 'e2e'] },
      'services/api/package.json': { ...server, dependencies: { express: '4', '@x/kit': '*' } },
      'services/api/index.js': express,
      'packages/kit/package.json': { name: '@x/kit', main: 'index.js', dependencies: { express: '4' } },
      'packages/kit/index.js': "export { Router } from 'express';",
      'packages/ui/package.json': {
        name: '@x/ui',
        private: true,
        exports: './index.tsx',
        peerDependencies: { react: '18' },
      },
      'packages/ui/index.tsx': 'export const Button = () => null;',
      'packages/tsconfig/package.json': { name: '@x/tsconfig', private: true, version: '0.0.0' },
      'packages/tsconfig/base.json': {},
      'docs/package.json': {
        name: 'docs',
        scripts: { start: 'docusaurus start' },
        dependencies: { '@docusaurus/core': '3', react: '18' },
      },
      'docs/docusaurus.config.js': '',
      'e2e/package.json': { name: 'e2e', devDependencies: { '@playwright/test': '1' } },
      'e2e/a.spec.ts': '',
      'examples/basic/package.json': server,
      'examples/basic/index.js': express,
    });
    expect(kinds).toEqual({
      docs: 'tool',
      e2e: 'tool',
      'examples/basic': 'tool',
      'packages/kit': 'library',
      'packages/tsconfig': 'library',
      'packages/ui': 'library',
      'services/api': 'service http deployable longrunning',
    });
  });

  it('a folder meant as a component that holds none is a stub', async () => {
    const components = await componentsOf({
      'mobile/package.json': { name: 'mobile', version: '0.0.0' },
      'mobile/README.md': '',
      'services/api/package.json': server,
      'services/api/index.js': express,
      'services/mail/package.json': server,
    });
    expect(components.map(({ path, kind, stub }) => [path, kind, stub])).toEqual([
      ['mobile', 'mobile', true],
      ['services/api', 'service', false],
      ['services/mail', 'service', true],
    ]);
  });

  it('functions are what the configuration at the top makes of them', async () => {
    const kinds = await kindsOf({
      'package.json': { name: 'root', private: true, workspaces: ['packages/*'] },
      'sst.config.ts': 'export default $config({});\n',
      'infra/api.ts':
        'new sst.aws.Function("Api", { url: true, handler: "packages/functions/src/api.handler" });\nnew sst.cloudflare.Worker("Proxy", { handler: "packages/edge/src/proxy.ts" });\nnew sst.aws.Cron("Night", { handler: "packages/night/src/night.handler" });\n',
      'packages/functions/package.json': { name: 'functions', dependencies: { hono: '4', sst: '3' } },
      'packages/functions/src/api.ts':
        "import { Hono } from 'hono';\nimport { handle } from 'hono/aws-lambda';\nconst app = new Hono();\napp.get('/x', (c) => c.text('x'));\nexport const handler = handle(app);\n",
      'packages/edge/package.json': { name: 'edge', dependencies: { ms: '2' } },
      'packages/edge/src/proxy.ts': 'export default { async fetch(request) { return fetch(request.url); } };\n',
      'packages/night/package.json': { name: 'night', dependencies: { sst: '3' } },
      'packages/night/src/night.ts': 'export const handler = async () => {};\n',
    });
    expect(kinds).toEqual({
      'packages/edge': 'service http deployable',
      'packages/functions': 'service http deployable',
      'packages/night': 'worker deployable',
    });
  });

  it('a library of a Nest repository starts the server for whoever asks it to', async () => {
    const kinds = await kindsOf({
      'nest-cli.json': { projects: { shell: { type: 'library', root: 'libs/shell', sourceRoot: 'libs/shell/src' } } },
      'package.json': { name: 'api', dependencies: { '@nestjs/core': '10' }, scripts: { start: 'nest start' } },
      'src/main.ts': "import { Shell } from '../libs/shell/src';\nShell.open(class {});\n",
      'libs/shell/src/index.ts':
        "import { NestFactory } from '@nestjs/core';\nexport class Shell {\n  static async open(module) {\n    const app = await NestFactory.create(module);\n    await app.listen(3000);\n  }\n}\n",
    });
    expect(kinds).toEqual({ '.': 'service http deployable longrunning', 'libs/shell': 'library' });
  });

  it('a Nest monorepo is its applications, and one that takes messages alone answers no requests', async () => {
    const start = (body: string) =>
      `import { NestFactory } from '@nestjs/core';\nasync function run() {\n${body}\n}\nrun();\n`;
    const kinds = await kindsOf({
      'package.json': {
        name: 'shop',
        scripts: { start: 'nest start', 'start:prod': 'node dist/apps/orders/main' },
        dependencies: { '@nestjs/core': '11', '@nestjs/microservices': '11', '@nestjs/platform-express': '11' },
      },
      'nest-cli.json': {
        monorepo: true,
        projects: {
          orders: { type: 'application', root: 'apps/orders' },
          stock: { type: 'application', root: 'apps/stock' },
          web: { type: 'application', root: 'apps/web' },
          kit: { type: 'library', root: 'libs/kit' },
        },
      },
      'libs/kit/src/index.ts': 'export const kit = 1;\n',
      'apps/shared/topics.ts': 'export const topics = [];\n',
      'apps/orders/src/main.ts': start(
        '  const app = await NestFactory.create(Orders);\n  app.connectMicroservice({ transport: Transport.GRPC });\n  await app.startAllMicroservices();',
      ),
      'apps/stock/src/main.ts': start(
        '  const settings = await NestFactory.createApplicationContext(Stock);\n  const app = await NestFactory.createMicroservice(Stock, { transport: Transport.GRPC });\n  await app.listen();\n  await settings.close();',
      ),
      'apps/web/src/main.ts': start('  const app = await NestFactory.create(Web);\n  await app.listen(3000);'),
    });
    expect(kinds).toEqual({
      'apps/orders': 'service deployable longrunning',
      'apps/stock': 'service deployable longrunning',
      'apps/web': 'service http deployable longrunning',
      'libs/kit': 'library',
    });
  });

  it('functions of Firebase that requests call are a service', async () => {
    const kinds = await kindsOf({
      'firebase.json': { functions: { source: 'functions' } },
      'functions/package.json': {
        name: 'functions',
        main: 'lib/index.js',
        scripts: { serve: 'firebase emulators:start' },
        dependencies: { 'firebase-functions': '3' },
      },
      'functions/src/index.ts':
        "import * as functions from 'firebase-functions';\nexport const orders = functions.https.onRequest((request, response) => {\n  response.send([]);\n});\n",
    });
    expect(kinds).toEqual({ functions: 'service http deployable' });
  });

  it('functions with an image for development stay functions', async () => {
    const kinds = await kindsOf({
      'package.json': { name: 'api', scripts: { start: 'sls offline' }, devDependencies: { serverless: '3' } },
      'serverless.yml':
        'service: api\nprovider: { name: aws }\nfunctions:\n  hello: { handler: src/hello.main, events: [{ http: GET /hello }] }\n',
      'src/hello.js': 'export const main = async () => ({ statusCode: 200 });\n',
      Dockerfile: 'FROM node:20\nWORKDIR /app\nCOPY package.json .\nRUN npm install\n',
      'docker-compose.yml':
        'services:\n  api:\n    build: .\n    volumes: [".:/app"]\n    command: npm start\n    ports: ["4000:4000"]\n',
    });
    expect(kinds).toEqual({ '.': 'service http deployable' });
  });

  it('an Nx application whose targets are inferred is an app', async () => {
    const kinds = await kindsOf({
      'package.json': { name: 'root', private: true, dependencies: { react: '18', 'react-dom': '18' } },
      'nx.json': {},
      'apps/shop/project.json': { name: 'shop', projectType: 'application', targets: { build: {} } },
      'apps/shop/package.json': { name: 'shop', private: true, dependencies: { lodash: '4' } },
      'apps/shop/rsbuild.config.ts': 'export default {};\n',
      'apps/shop/src/index.html': '<div id="root"></div>',
      'apps/shop/src/main.tsx': render,
    });
    expect(kinds['apps/shop']).toBe('web ui deployable');
  });

  it('a library of Angular that Nx packs is no app', async () => {
    const kinds = await kindsOf({
      'package.json': { name: 'root', private: true, dependencies: { '@angular/core': '19' } },
      'nx.json': {},
      'libs/contracts/project.json': {
        name: 'contracts',
        projectType: 'library',
        targets: { build: { executor: '@nx/angular:ng-packagr-lite' } },
      },
      'libs/contracts/src/index.ts': "import { Injectable } from '@angular/core';\nexport const made = Injectable;\n",
    });
    expect(kinds['libs/contracts']).toBe('library');
  });

  it('a page that the package of its server names as a dependency is an app, and one with an entry for importers a library', async () => {
    const shown = (name: string, more: object) => ({
      ...vite,
      name,
      private: true,
      scripts: { start: 'vite' },
      ...more,
    });
    const kinds = await kindsOf({
      'package.json': { private: true, workspaces: ['packages/*'] },
      'packages/console/package.json': shown('@notes/console', {}),
      'packages/console/index.html': page,
      'packages/console/src/main.tsx': render,
      'packages/parts/package.json': shown('@notes/parts', { exports: { '.': './src/main.tsx' } }),
      'packages/parts/index.html': page,
      'packages/parts/src/main.tsx': render,
      'packages/core/package.json': {
        ...server,
        name: '@notes/core',
        dependencies: { ...server.dependencies, '@notes/console': 'workspace:*', '@notes/parts': 'workspace:*' },
      },
      'packages/core/index.js': `${express}app.listen(3000);\n`,
    });
    expect(kinds['packages/console']).toMatch(/^web/);
    expect(kinds['packages/parts']).toBe('library');
  });

  it('an app that lives by the dependencies of the workspace, a project that starts the same sources, infrastructure without a function', async () => {
    const kinds = await kindsOf({
      'package.json': {
        private: true,
        workspaces: ['apps/*', 'infra'],
        dependencies: { next: '15', react: '19', '@nestjs/core': '11' },
      },
      'apps/frontend/package.json': { name: 'frontend', scripts: { start: 'dotenv -e ../../.env -- next start' } },
      'apps/frontend/next.config.js': 'module.exports = {};\n',
      'apps/frontend/src/app/page.tsx': 'export default () => <main />;\n',
      'apps/server/package.json': {
        name: 'server',
        scripts: { start: 'nest start' },
        dependencies: { '@nestjs/core': '11', '@nestjs/common': '11' },
      },
      'apps/server/nest-cli.json': {
        sourceRoot: 'src',
        projects: { cli: { root: 'src', sourceRoot: 'src', entryFile: 'cli' } },
      },
      'apps/server/src/main.ts':
        "import { NestFactory } from '@nestjs/core';\nNestFactory.create(class {}).then((app) => app.listen(3000));\n",
      'apps/server/src/cli.ts': "console.log('cli');\n",
      'infra/package.json': { name: 'infra', scripts: { sst: 'sst' }, devDependencies: { sst: '3' } },
      'infra/sst.config.ts': 'export default $config({ app: () => ({ name: "notes" }), async run() {} });\n',
    });
    expect(kinds).toMatchObject({
      'apps/frontend': expect.stringMatching(/^web/),
      'apps/server': expect.stringMatching(/^service/),
      infra: expect.stringMatching(/^(tool|library)/),
    });
    expect(Object.keys(kinds)).not.toContain('apps/server/src');
  });

  it('the page that sells a product is a web app however much is written in it; its handbook is a tool, a work place nothing', async () => {
    const texts = (folder: string) =>
      Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`${folder}/content/note-${i}.mdx`, '# Note\n']));
    const site = { ...vite, scripts: { dev: 'vite', build: 'vite build' } };
    const kinds = await kindsOf({
      'package.json': { private: true, workspaces: ['apps/*'] },
      ...Object.fromEntries(
        ['apps/landing-page', 'apps/handbook'].flatMap((folder) => [
          [`${folder}/package.json`, { ...site, name: folder }],
          [`${folder}/index.html`, page],
          [`${folder}/src/main.tsx`, render],
          ...Object.entries(texts(folder)),
        ]),
      ),
      '.devcontainer/Dockerfile': 'FROM node:22\nCMD ["node", "dev.js"]\n',
      '.devcontainer/dev.js': "console.log('ready');\n",
    });
    expect(kinds).toEqual({ 'apps/landing-page': expect.stringMatching(/^web/), 'apps/handbook': 'tool' });
  });

  it('a page that is packaged for the desktop is a desktop app', async () => {
    const manifest = { ...vite, devDependencies: { vite: '5', electron: '30', 'electron-builder': '24' } };
    expect(await kindsOf({ 'package.json': manifest, 'index.html': page, 'src/main.tsx': render })).toEqual({
      '.': 'tool',
    });
  });

  it('parts for a React Native app are a library, though they bring native code', async () => {
    const manifest = {
      name: 'spinner',
      version: '1.0.0',
      main: 'src/index.ts',
      peerDependencies: { 'react-native': '*' },
    };
    const files = {
      'package.json': manifest,
      'src/index.ts': "export { View } from 'react-native';\n",
      'android/build.gradle': '',
      'ios/Spinner.m': '',
    };
    expect(await kindsOf(files)).toEqual({ '.': 'library' });
  });

  it('the applications of an Angular workspace are apps, and its libraries are not', async () => {
    const project = (root: string, projectType: string, builder: string) => ({
      root,
      projectType,
      architect: { build: { builder: `@angular-devkit/build-angular:${builder}` } },
    });
    const main = "import { bootstrap } from '@angular/core';\nbootstrap();\n";
    const kinds = await kindsOf({
      'package.json': {
        name: 'all',
        private: true,
        scripts: { start: 'ng serve' },
        dependencies: { '@angular/core': '17' },
      },
      'angular.json': {
        projects: {
          shop: project('projects/shop', 'application', 'browser'),
          admin: project('projects/admin', 'application', 'application'),
          ui: project('projects/ui', 'library', 'ng-packagr'),
        },
      },
      'projects/shop/src/main.ts': main,
      'projects/admin/src/main.ts': main,
      'projects/ui/src/public-api.ts': 'export const Button = 1;\n',
    });
    expect(kinds).toEqual({
      'projects/admin': 'web ui deployable',
      'projects/shop': 'web ui deployable',
      'projects/ui': 'library',
    });
  });

  it('functions of SAM are services where requests call them', async () => {
    const template = (folder: string, event: string): string =>
      `Transform: AWS::Serverless-2016-10-31\nResources:\n  Fn:\n    Type: AWS::Serverless::Function\n    Properties:\n      Handler: app.handler\n      CodeUri: ../services/${folder}\n      Events:\n        E: { Type: ${event} }\n`;
    const kinds = await kindsOf({
      'infrastructure/search.yml': template('search', 'HttpApi'),
      'infrastructure/index.yml': template('index', 'DynamoDB'),
      'services/search/package.json': { name: 'search', dependencies: { lodash: '4' } },
      'services/search/app.js': 'exports.handler = async () => ({ statusCode: 200 });\n',
      'services/index/package.json': { name: 'index', dependencies: { lodash: '4' } },
      'services/index/app.js': 'exports.handler = async () => {};\n',
    });
    expect(kinds).toEqual({ 'services/index': 'worker deployable', 'services/search': 'service http deployable' });
  });

  it('functions of SAM in a folder of the root are its own, whatever else lies beside it', async () => {
    const kinds = await kindsOf({
      'package.json': { name: 'prices', scripts: { test: 'mocha' } },
      'template.yml':
        'Transform: AWS::Serverless-2016-10-31\nResources:\n  Ask:\n    Type: AWS::Serverless::Function\n    Properties:\n      Handler: ask.handler\n      CodeUri: functions\n',
      'functions/ask.js': 'exports.handler = async () => {};\n',
      'usage/package.json': { name: 'usage', main: 'index.js' },
      'usage/index.js': 'exports.ask = () => {};\n',
    });
    expect(kinds['.']).toBe('worker deployable');
  });

  it('is shown by the lines that decided it', async () => {
    const [component] = await componentsOf({ 'package.json': server, 'index.js': express });
    expect(component?.frameworks[0]).toBe('express');
    expect(component?.evidence).toContainEqual({ file: 'index.js', line: 4, note: 'listens: app.listen' });
    expect(component?.evidence).toContainEqual({ file: 'index.js', line: 3, note: 'answers GET /orders' });
  });

  it('does not fall with the wiring', async () => {
    const { classify, findRoots } = await import('../../../src/components/index.ts');
    const { read } = await import('./_classified.ts');
    const { deploy } = await import('../../../src/deployment/index.ts');
    const { loadKnowledge } = await import('../../../src/catalogue/index.ts');
    const { view, facts } = read({ 'package.json': server, 'index.js': express });
    const roots = findRoots(view, facts);
    const broken = new Proxy(
      {},
      {
        get: () => () => {
          throw new Error('broken');
        },
      },
    );
    const [component] = classify(view, facts, roots, broken as never, deploy(view, facts, roots), loadKnowledge());
    expect(component?.kind).toBe('service');
  });
});
