import { describe, expect, it } from 'vitest';
import { readBase } from '../support/fixtures.ts';
import { fixed, planFor } from './world.ts';

type Files = Record<string, string>;

const manifest = (base: string, change: (manifest: Record<string, Record<string, string>>) => void): string => {
  const read = JSON.parse(readBase(base)['package.json']!);
  change(read);
  return `${JSON.stringify(read, null, 2)}\n`;
};

const web = (dependencies: Record<string, string>, scripts: Record<string, string>): string =>
  JSON.stringify({
    name: 'notes',
    type: 'module',
    scripts: { build: 'vite build', ...scripts },
    dependencies: { react: '^19.0.0', 'react-dom': '^19.0.0', ...dependencies },
    devDependencies: { vite: '^6.0.0', '@vitejs/plugin-react': '^4.3.0' },
  });
const page: Files = {
  'index.html':
    '<!doctype html>\n<html>\n  <head><title>Notes</title></head>\n  <body>\n    <div id="root"></div>\n    <script type="module" src="/src/client/main.jsx"></script>\n  </body>\n</html>\n',
  'vite.config.js': "import react from '@vitejs/plugin-react';\n\nexport default { plugins: [react()] };\n",
  'src/client/main.jsx':
    "import { StrictMode } from 'react';\nimport { createRoot } from 'react-dom/client';\nimport { App } from './App.jsx';\n\ncreateRoot(document.getElementById('root')).render(\n  <StrictMode>\n    <App />\n  </StrictMode>,\n);\n",
  'src/client/App.jsx': 'export const App = () => <h1>Notes</h1>;\n',
};
/** A Hono server whose application and parts one function makes, and an entry that serves it. */
const honoParts: Files = {
  'package.json': JSON.stringify({
    name: 'notes',
    type: 'module',
    scripts: { start: 'node src/index.js' },
    dependencies: { hono: '^4.6.0', '@hono/node-server': '^1.13.0', kysely: '^0.27.0', pg: '^8.0.0' },
  }),
  'src/make.js': "import { Hono } from 'hono';\n\nexport const make = () => new Hono({ strict: false });\n",
  'src/notes.js':
    "import { db } from './db.js';\nimport { make } from './make.js';\n\nexport const notes = make();\nnotes.get('/notes', async (c) => c.json(await db.selectFrom('note').selectAll().execute()));\n",
  'src/db.js':
    "import { Kysely, PostgresDialect } from 'kysely';\nimport pg from 'pg';\n\nexport const db = new Kysely({ dialect: new PostgresDialect({ pool: new pg.Pool() }) });\n",
  'src/app.js':
    "import { make } from './make.js';\nimport { notes } from './notes.js';\n\nconst app = make();\n\napp.route('/', notes);\n\nexport default app;\n",
  'src/index.js':
    "import { serve } from '@hono/node-server';\nimport app from './app.js';\n\nserve({ fetch: app.fetch, port: 3000 });\n",
};

const server =
  "import express from 'express';\n\nconst app = express();\napp.get('/api/notes', (_req, res) => res.json([process.env.DATABASE_URL]));\napp.listen(process.env.PORT ?? 3000);\n";

/** What goes where, in repositories in which more than one place could be meant. */
const cases: { name: string; fixes: string[]; files: Files; holds: Files; lacks?: Files }[] = [
  {
    name: 'a server with a command line beside it begins in the server',
    fixes: ['error-tracking', 'metrics'],
    files: {
      'package.json': JSON.stringify({
        name: 'notes',
        bin: { notes: 'bin/notes.js' },
        scripts: { start: 'node src/index.js' },
        dependencies: { express: '^5.0.0' },
      }),
      'bin/notes.js': "#!/usr/bin/env node\nconsole.log('notes');\n",
      'src/app.js':
        "const express = require('express');\n\nconst app = express();\napp.get('/', (req, res) => res.send('notes'));\n\nmodule.exports = app;\n",
      'src/index.js': "const app = require('./app');\n\napp.listen(process.env.PORT || 3000);\n",
    },
    holds: {
      'src/index.js': "require('./instrument');\n",
      'src/instrument.js': '@sentry/node',
      'src/metrics.js': 'prom-client',
    },
    lacks: { 'bin/notes.js': 'instrument' },
  },
  {
    name: 'a page and its server in one package: variables are checked in the server',
    fixes: ['env-validation'],
    files: {
      ...page,
      'src/server/index.js': server,
      'package.json': web({ express: '^5.0.0' }, { start: 'node src/server/index.js' }),
    },
    holds: { 'src/server/index.js': 'checkEnvironment();', 'src/check-environment.js': 'DATABASE_URL' },
    lacks: { 'src/client/main.jsx': 'checkEnvironment' },
  },
  {
    name: 'an image of a workspace builds first what its package uses',
    fixes: ['container-image'],
    files: {
      'package.json': JSON.stringify({ name: 'all', private: true, workspaces: ['packages/*'] }),
      'package-lock.json': '{ "name": "all", "lockfileVersion": 3, "packages": {} }\n',
      'packages/api/package.json': JSON.stringify({
        name: 'api',
        scripts: { build: 'tsc', start: 'node src/index.js' },
        dependencies: { express: '^5.0.0', client: '*' },
      }),
      'packages/api/src/index.js': server,
      'packages/client/package.json': JSON.stringify({
        name: 'client',
        scripts: { build: 'tsc' },
        dependencies: { types: '*' },
      }),
      'packages/types/package.json': JSON.stringify({ name: 'types', scripts: { build: 'tsc' } }),
    },
    holds: {
      'packages/api/Dockerfile':
        'RUN cd packages/types && npm run build\nRUN cd packages/client && npm run build\nWORKDIR /app/packages/api\n',
    },
  },
  {
    name: 'a database addressed in parts',
    fixes: ['container-image', 'orchestration'],
    files: {
      'package.json': JSON.stringify({
        name: 'api',
        type: 'module',
        scripts: { start: 'node src/index.js' },
        dependencies: { express: '^5.0.0', mysql2: '^3.0.0' },
      }),
      'src/index.js': `import mysql from 'mysql2/promise';\nconst { DB_HOST, DB_PORT, DB_USER, DB_PASSWORD, DB_NAME } = process.env;\nmysql.createPool({ host: DB_HOST, port: Number(DB_PORT), user: DB_USER, password: DB_PASSWORD, database: DB_NAME });\n${server}`,
    },
    holds: {
      'docker-compose.prod.yml':
        '      DB_HOST: mysql\n      DB_NAME: app\n      DB_PASSWORD: ${MYSQL_PASSWORD}\n      DB_PORT: "3306"\n      DB_USER: app\n',
    },
  },
  {
    name: 'a page that asks its server through a client of that framework is a page',
    fixes: ['error-tracking', 'error-boundary'],
    files: { ...page, 'package.json': web({ hono: '^4.6.0' }, {}) },
    holds: {
      'package.json': '"@sentry/react"',
      'src/client/main.jsx':
        '  <StrictMode>\n    <ErrorBoundary>\n      <App />\n    </ErrorBoundary>\n  </StrictMode>,\n',
    },
    lacks: { 'package.json': '@sentry/node' },
  },
  {
    name: 'of the applications that one function makes, the one that is served is meant',
    fixes: ['headers', 'rate-limiting', 'health-endpoint', 'graceful-shutdown'],
    files: honoParts,
    holds: {
      'src/app.js':
        "const app = make();\napp.use(secureHeaders());\napp.get('/health', (c) => c.json({ status: 'ok' }));\napp.use(limitRequests);\n",
      'src/limit-requests.js': 'const incoming = c.env?.incoming;',
      'src/index.js': 'Promise.allSettled([db.destroy()])',
    },
  },
  {
    name: 'errors are reported before the handler that answers them, and its address is read as the rest is',
    fixes: ['error-tracking'],
    files: {
      'package.json': JSON.stringify({
        name: 'notes',
        scripts: { start: 'node src/index.js' },
        dependencies: { express: '^5.0.0', dotenv: '^16.0.0' },
      }),
      'src/index.js':
        "require('dotenv').config();\nconst express = require('express');\n\nconst app = express();\napp.get('/', (req, res) => res.send(process.env.TITLE));\n\napp.use((err, req, res, next) => {\n  res.status(500).json({ message: 'failed' });\n});\n\napp.listen(3000);\n",
    },
    holds: {
      'src/index.js': 'setupExpressErrorHandler(app);\n\napp.use((err, req, res, next) => {',
      'src/instrument.js': "require('dotenv').config();\nconst { init }",
    },
  },
  {
    name: 'what comes last in Express comes after routes that are added once the server is made',
    fixes: ['error-handling'],
    files: {
      'package.json': JSON.stringify({
        name: 'notes',
        scripts: { start: 'node src/index.js' },
        dependencies: { express: '^5.0.0' },
      }),
      'src/index.js':
        "const http = require('http');\nconst express = require('express');\n\nconst app = express();\nconst server = http.createServer(app);\napp.get('/', (req, res) => res.send('notes'));\nserver.listen(3000);\n",
    },
    holds: { 'src/index.js': "res.send('notes'));\n\napp.use(errorHandler);\n" },
  },
  {
    name: 'the module that Nest serves, and not that of a seed beside it',
    fixes: ['health-endpoint'],
    files: {
      ...readBase('nest'),
      'package.json': manifest('nest', ({ scripts }) => Object.assign(scripts!, { seed: 'node dist/a-seed/run.js' })),
      'src/a-seed/seed.module.ts':
        "import { Module } from '@nestjs/common';\n\n@Module({})\nexport class SeedModule {}\n",
      'src/a-seed/run.ts':
        "import { NestFactory } from '@nestjs/core';\nimport { SeedModule } from './seed.module';\n\nvoid NestFactory.create(SeedModule).then((app) => app.close());\n",
    },
    holds: { 'src/app.module.ts': 'HealthController' },
  },
  {
    name: 'the page that is served, and not a theme that lies beside it',
    fixes: ['error-tracking'],
    files: {
      ...page,
      'package.json': web({}, {}),
      '_theme/index.html':
        '<!doctype html>\n<html>\n  <body>\n    <script src="js/menu.js"></script>\n  </body>\n</html>\n',
      '_theme/js/menu.js': "document.querySelector('#menu').classList.add('ready');\n",
    },
    holds: { 'src/client/main.jsx': 'instrument' },
  },
  {
    name: 'Vue is told of the plugin that reports what its components throw',
    fixes: ['error-tracking'],
    files: {
      'package.json': JSON.stringify({
        name: 'notes',
        type: 'module',
        scripts: { build: 'vite build' },
        dependencies: { vue: '^3.5.0' },
        devDependencies: { vite: '^6.0.0', '@vitejs/plugin-vue': '^5.0.0' },
      }),
      'index.html': page['index.html']!.replace('/src/client/main.jsx', '/src/main.js'),
      'src/main.js':
        "import { createApp } from 'vue';\nimport App from './App.vue';\n\ncreateApp(App).mount('#root');\n",
      'src/App.vue': '<template>\n  <h1>Notes</h1>\n</template>\n',
    },
    holds: {
      'src/main.js': "createApp(App).use(errorTracking).mount('#root');",
      'src/error-tracking.js': 'init({ app, dsn: import.meta.env.VITE_SENTRY_DSN });',
    },
  },
  {
    name: 'a configuration of Next.js that is wrapped on one way only',
    fixes: ['headers'],
    files: {
      ...readBase('next'),
      'next.config.mjs':
        'const config = {\n  reactStrictMode: true,\n};\n\nexport default process.env.ANALYZE ? withAnalyzer({ enabled: true })(config) : config;\n',
    },
    holds: { 'next.config.mjs': '  reactStrictMode: true,\n  async headers() {\n' },
  },
  {
    name: 'a server that is told its port by another variable than PORT',
    fixes: ['container-image', 'orchestration'],
    files: {
      'package.json': JSON.stringify({
        name: 'notes',
        scripts: { start: 'node src/index.js' },
        dependencies: { express: '^5.0.0' },
      }),
      'src/index.js':
        "const express = require('express');\n\nconst app = express();\napp.get('/', (req, res) => res.send('notes'));\n\napp.listen(process.env.APP_PORT || 7071);\n",
    },
    holds: {
      Dockerfile: '(process.env.APP_PORT || 7071)',
      'docker-compose.prod.yml': '      NODE_ENV: production\n      APP_PORT: "7071"\n',
      'deploy/nginx.conf': 'set $service http://notes:7071;',
    },
  },
  {
    name: 'a proxy is put on the networks of what it leads to, and calls it as the compose file does',
    fixes: ['https'],
    files: {
      ...readBase('express'),
      Dockerfile: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nUSER node\nCMD ["node", "dist/index.js"]\n',
      'docker-compose.prod.yml':
        "services:\n  backend:\n    build: .\n    restart: always\n    ports: ['8080:4000']\n    networks: [inside]\nnetworks:\n  inside: {}\n",
    },
    holds: {
      'deploy/nginx.conf': 'set $service http://backend:4000;',
      'docker-compose.prod.yml': '          memory: 128M\n    networks:\n      - inside\n',
    },
  },
  {
    name: 'a backup asks the database as the compose file says',
    fixes: ['backups'],
    files: {
      ...readBase('express'),
      Dockerfile: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nUSER node\nCMD ["node", "dist/index.js"]\n',
      'docker-compose.prod.yml':
        'services:\n  api:\n    build: .\n    restart: always\n  store:\n    image: mariadb:11\n    environment:\n      MARIADB_USER: keeper\n      MARIADB_DATABASE: notes\n      MARIADB_PASSWORD: ${STORE_PASSWORD}\n    networks:\n      - inside\nnetworks:\n  inside: {}\n',
    },
    holds: {
      'docker-compose.prod.yml':
        '  backup:\n    image: mariadb:11\n    restart: unless-stopped\n    environment:\n      MYSQL_PWD: ${STORE_PASSWORD}\n',
    },
  },
  {
    name: 'installs keep to the lockfile in commands alone',
    fixes: ['lockfile'],
    files: {
      ...readBase('express'),
      'yarn.lock': '# yarn lockfile v1\n',
      '.github/workflows/ci.yml':
        'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/setup-node@v4\n        with:\n          cache: yarn\n      - name: yarn install\n        run: yarn\n',
    },
    holds: {
      '.github/workflows/ci.yml':
        '          cache: yarn\n      - name: yarn install\n        run: yarn install --frozen-lockfile\n',
    },
  },
];

it.each(cases.map((one) => [one.name, one] as const))('%s', async (_, { fixes, files, holds, lacks }) => {
  const plan = await planFor(files, { fixes });
  const now = fixed(files, plan);
  for (const [path, text] of Object.entries(holds)) expect(now[path], JSON.stringify(plan.notOffered)).toContain(text);
  for (const [path, text] of Object.entries(lacks ?? {})) expect(now[path]).not.toContain(text);
});

const index = readBase('express')['src/index.ts']!;
const compose = (more: string): string => `services:\n  api:\n    build: .\n    restart: always\n${more}`;
const dockerfile = 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nUSER node\nCMD ["node", "dist/index.js"]\n';

describe('is not offered', () => {
  it.each<[string, string, string, Files, RegExp]>([
    [
      'a second handler of SIGTERM',
      'graceful-shutdown',
      'express',
      { 'src/index.ts': `${index}\nprocess.on('SIGTERM', () => console.log('bye'));\n` },
      /src\/index\.ts:\d+ handles SIGTERM already/,
    ],
    [
      'a second one of what has a name of its own',
      'scaling',
      'express',
      { Dockerfile: dockerfile, 'docker-compose.prod.yml': compose('    container_name: notes\n') },
      /api has "container_name"/,
    ],
    [
      'a second one on the same port of the machine',
      'scaling',
      'express',
      { Dockerfile: dockerfile, 'docker-compose.prod.yml': compose("    ports: ['3000:3000']\n") },
      /api has "ports"/,
    ],
    [
      'a package that the Node of the repository is too old for',
      'metrics',
      'express',
      { '.nvmrc': '12\n' },
      /Node 12 is too old/,
    ],
    [
      'a package for Node on Cloudflare',
      'error-tracking',
      'express',
      { 'wrangler.toml': 'name = "notes"\nmain = "src/index.ts"\n' },
      /is written for Node/,
    ],
    [
      'a handler of errors in front of routes that a callback adds',
      'error-handling',
      'express',
      {
        'src/app.ts':
          "import express from 'express';\nimport { listNotes } from './store.js';\n\nexport function createApp() {\n  const app = express();\n  queueMicrotask(() => {\n    app.get('/notes', (_req, res) => {\n      res.json(listNotes());\n    });\n  });\n  return app;\n}\n",
      },
      /src\/app\.ts:6: routes are added later, by a function/,
    ],
    [
      'a pipeline that runs nothing',
      'ci',
      'express',
      {
        'package.json': manifest('express', ({ scripts }) => {
          delete scripts!.build;
        }),
      },
      /nothing in "ci" fits it/,
    ],
  ])('%s', async (_name, fix, base, add, reason) => {
    const plan = await planFor({ ...readBase(base), ...add }, { fixes: [fix] });
    expect(plan.fixes).toEqual([]);
    expect(plan.notOffered.map((one) => one.reason).join()).toMatch(reason);
  });
});

it('probes no image whose Node has no fetch', async () => {
  const files = { ...readBase('express'), '.nvmrc': '14\n' };
  const { changes } = await planFor(files, { fixes: ['container-image', 'orchestration'] });
  expect(changes.get('Dockerfile')).toContain('npm prune --production');
  expect(`${changes.get('Dockerfile')}${changes.get('docker-compose.prod.yml')}`).not.toMatch(/fetch\(/);
});

it('ends a Hono server that @hono/node-server serves', async () => {
  const files = {
    'package.json': JSON.stringify({
      name: 'notes',
      type: 'module',
      scripts: { start: 'node src/index.js' },
      dependencies: { hono: '^4.6.0', '@hono/node-server': '^1.13.0' },
    }),
    'src/index.js':
      "import { serve } from '@hono/node-server';\nimport { Hono } from 'hono';\n\nconst app = new Hono();\napp.get('/', (c) => c.text('notes'));\n\nserve({ fetch: app.fetch, port: 3000 });\n",
  };
  const { changes } = await planFor(files, { fixes: ['graceful-shutdown'] });
  expect(changes.get('src/index.js')).toContain(
    'const server = serve({ fetch: app.fetch, port: 3000 });\n\nprocess.once(',
  );
});
