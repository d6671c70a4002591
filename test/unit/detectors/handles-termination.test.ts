import { expect, it } from 'vitest';
import { asked, at, service } from './_asked.ts';

type Ask = 'handler' | 'installed' | 'server' | 'connections';
type Row = [title: string, ask: Ask, files: Record<string, string>, expected: string[]];

/** A server, and statements after it. */
const serving = (statements: string, imports = '', more: Record<string, string> = {}, dependencies: string[] = []) =>
  at(
    `import express from 'express';\n${imports}\nconst app = express();\nconst server = app.listen(3000);\n${statements}\n`,
    more,
    dependencies,
  );
/** One that holds a database open. */
const holding = (statements: string) =>
  serving(
    `app.get('/', () => pool.query('select 1'));\n${statements}`,
    "import { Pool } from 'pg';\nconst pool = new Pool();",
    {},
    ['pg'],
  );
const nest = (main: string, more: Record<string, string> = {}, dependencies: string[] = []) => ({
  'package.json': service({ scripts: { start: 'tsx src/main.ts' } }, ['@nestjs/core', ...dependencies]),
  'src/main.ts': `import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module.js';\nNestFactory.create(AppModule).then((app) => {\n${main}\n  app.listen(3000);\n});\n`,
  'src/app.module.ts': 'export class AppModule {}\n',
  ...more,
});
const worker = (statements: string, dependencies: string[]) => ({
  'package.json': JSON.stringify({
    name: 'jobs',
    scripts: { start: 'node src/index.js' },
    dependencies: Object.fromEntries(dependencies.map((name) => [name, '1'])),
  }),
  'src/index.js': `import { Worker } from '${dependencies[0]}';\nconst worker = new Worker('mails', async () => {});\n${statements}\n`,
});

it.each<Row>([
  [
    'a handler of the signal',
    'handler',
    serving("process.on('SIGTERM', () => server.close());"),
    ['yes', 'src/index.js:5 process.on(SIGTERM)'],
  ],
  [
    'once',
    'handler',
    serving("process.once('SIGTERM', () => server.close());"),
    ['yes', 'src/index.js:5 process.once(SIGTERM)'],
  ],
  ['of another signal', 'handler', serving("process.on('SIGINT', () => server.close());"), ['no']],
  ['of another event', 'handler', serving("process.on('uncaughtException', () => server.close());"), ['no']],
  [
    'of signals from a list',
    'handler',
    serving("for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.close());"),
    ['yes', 'src/index.js:5 process.on(…)'],
  ],
  [
    'of signals from a list under another name',
    'handler',
    serving("['SIGINT', 'SIGTERM'].forEach((name) => process.on(name, () => server.close()));"),
    ['yes', 'src/index.js:5 process.on(…)'],
  ],
  [
    'of events from a list without it',
    'handler',
    serving("['exit', 'warning'].forEach((name) => process.on(name, () => server.close()));"),
    ['no'],
  ],
  [
    'a package made for it',
    'handler',
    serving('createTerminus(server, {});', "import { createTerminus } from '@godaddy/terminus';", {}, [
      '@godaddy/terminus',
    ]),
    ['yes', 'src/index.js:5 createTerminus(…)'],
  ],
  [
    'a package made for it, handed on by a module',
    'handler',
    serving(
      'createTerminus(server);',
      "import { createTerminus } from './health.js';",
      {
        'src/health.js':
          "import * as terminus from '@godaddy/terminus';\nexport const createTerminus = terminus.createTerminus;\n",
      },
      ['@godaddy/terminus'],
    ),
    ['yes', 'src/index.js:5 createTerminus(…)'],
  ],
  [
    'a module of that name',
    'handler',
    serving('health.createTerminus(server);', "import * as health from './health.js';", {
      'src/health.js': 'export const createTerminus = () => {};\n',
    }),
    ['no'],
  ],
  [
    "Apollo's own server",
    'connections',
    serving(
      'startStandaloneServer(apollo);',
      "import { startStandaloneServer } from '@apollo/server/standalone';",
      {},
      ['@apollo/server'],
    ),
    ['yes', 'src/index.js:5 startStandaloneServer(…)'],
  ],
  [
    'hooks of Nest',
    'handler',
    nest('  app.enableShutdownHooks();'),
    ['yes', 'src/main.ts:4 app.enableShutdownHooks(…)'],
  ],
  [
    'the end of Prisma',
    'handler',
    serving("prisma.$on('beforeExit', () => server.close());"),
    ['yes', 'src/index.js:5 prisma.$on(beforeExit)'],
  ],
  ['another event of Prisma', 'handler', serving("prisma.$on('query', () => server.close());"), ['no']],
  ['none', 'handler', serving(''), ['no']],

  [
    'in code that runs',
    'installed',
    serving("process.on('SIGTERM', () => server.close());"),
    ['yes', 'src/index.js:5 process.on(SIGTERM)'],
  ],
  [
    'in a function that nothing calls',
    'installed',
    serving("export function install() {\n  process.on('SIGTERM', () => server.close());\n}"),
    ['no', 'src/index.js:6 process.on(SIGTERM)'],
  ],

  [
    'it closes the server',
    'server',
    serving("process.on('SIGTERM', () => server.close());"),
    ['yes', 'src/index.js:5 process.on(SIGTERM)'],
  ],
  [
    'it closes the server through a function',
    'server',
    serving("const stop = () => end();\nfunction end() { server.close(); }\nprocess.on('SIGTERM', stop);"),
    ['yes', 'src/index.js:7 process.on(SIGTERM)'],
  ],
  [
    'it closes the server through a module',
    'server',
    serving("process.on('SIGTERM', () => stop(server));", "import { stop } from './stop.js';", {
      'src/stop.js': 'export const stop = (server) => server.close();\n',
    }),
    ['yes', 'src/index.js:5 process.on(SIGTERM)'],
  ],
  [
    'it only leaves',
    'server',
    serving("process.on('SIGTERM', () => process.exit(0));"),
    ['no', 'src/index.js:5 process.on(SIGTERM)'],
  ],
  [
    'it only tells',
    'server',
    serving("process.on('SIGTERM', () => console.log('bye'));"),
    ['no', 'src/index.js:5 process.on(SIGTERM)'],
  ],
  [
    'it closes something else',
    'server',
    serving("process.on('SIGTERM', () => mongoose.connection.close(() => process.exit(0)));"),
    ['no', 'src/index.js:5 process.on(SIGTERM)'],
  ],
  [
    'it closes what it calls otherwise, and waits',
    'server',
    serving("process.on('SIGTERM', () => web.close(() => process.exit(0)));"),
    ['yes', 'src/index.js:5 process.on(SIGTERM)'],
  ],
  [
    'it closes what it calls otherwise, if it is there',
    'server',
    serving("process.on('SIGTERM', () => httpServer?.close());"),
    ['yes', 'src/index.js:5 process.on(SIGTERM)'],
  ],
  [
    'a function named for it',
    'server',
    serving("process.on('SIGTERM', () => closeServer());", "import { closeServer } from 'other';"),
    ['yes', 'src/index.js:5 process.on(SIGTERM)'],
  ],
  [
    'a hook does it',
    'server',
    nest('  app.enableShutdownHooks();'),
    ['yes', 'src/main.ts:4 app.enableShutdownHooks(…)'],
  ],
  [
    'a hook in code that nothing runs',
    'server',
    nest('', { 'src/other.ts': 'export const hook = (app) => app.enableShutdownHooks();\n' }),
    ['no'],
  ],
  [
    'a worker stops its jobs',
    'server',
    worker("process.on('SIGTERM', () => worker.close());", ['bullmq']),
    ['yes', 'src/index.js:3 process.on(SIGTERM)'],
  ],
  [
    'a worker that only leaves',
    'server',
    worker("process.on('SIGTERM', () => process.exit(0));", ['bullmq']),
    ['no', 'src/index.js:3 process.on(SIGTERM)'],
  ],

  [
    'where none are held',
    'connections',
    serving("process.on('SIGTERM', () => server.close());"),
    ['yes', 'src/index.js:5 process.on(SIGTERM)'],
  ],
  [
    'it closes them',
    'connections',
    holding("process.on('SIGTERM', () => server.close(() => pool.end()));"),
    ['yes', 'src/index.js:7 process.on(SIGTERM)'],
  ],
  [
    'it leaves them open',
    'connections',
    holding("process.on('SIGTERM', () => server.close());"),
    ['no', 'src/index.js:7 process.on(SIGTERM)'],
  ],
  [
    'the server does when it closes',
    'connections',
    holding("server.on('close', () => pool.end());\nprocess.on('SIGTERM', () => server.close());"),
    ['yes', 'src/index.js:8 process.on(SIGTERM)'],
  ],
  [
    'something else does when it closes',
    'connections',
    holding("socket.on('close', () => pool.end());\nprocess.on('SIGTERM', () => server.close());"),
    ['no', 'src/index.js:8 process.on(SIGTERM)'],
  ],
  [
    'Fastify does when it closes',
    'connections',
    {
      'package.json': service({}, ['fastify', 'pg']),
      'src/index.js':
        "import Fastify from 'fastify';\nimport { Pool } from 'pg';\nconst pool = new Pool();\nconst app = Fastify();\napp.get('/', () => pool.query('select 1'));\napp.addHook('onClose', () => pool.end());\napp.listen({ port: 3000 });\nprocess.on('SIGTERM', () => app.close());\n",
    },
    ['yes', 'src/index.js:8 process.on(SIGTERM)'],
  ],
  [
    'Fastify when it answers',
    'connections',
    {
      'package.json': service({}, ['fastify', 'pg']),
      'src/index.js':
        "import Fastify from 'fastify';\nimport { Pool } from 'pg';\nconst pool = new Pool();\nconst app = Fastify();\napp.get('/', () => pool.query('select 1'));\napp.addHook('onSend', () => pool.end());\napp.listen({ port: 3000 });\nprocess.on('SIGTERM', () => app.close());\n",
    },
    ['no', 'src/index.js:8 process.on(SIGTERM)'],
  ],
  [
    'the options of a package do',
    'connections',
    serving(
      "app.get('/', () => pool.query('select 1'));\ncreateTerminus(server, options);",
      "import { createTerminus } from '@godaddy/terminus';\nimport { Pool } from 'pg';\nimport { options } from './options.js';\nconst pool = new Pool();",
      {
        'src/options.js': "import { pool } from './pool.js';\nexport const options = { onSignal: () => pool.end() };\n",
      },
      ['@godaddy/terminus', 'pg'],
    ),
    ['yes', 'src/index.js:9 createTerminus(…)'],
  ],
  [
    'hooks of Nest, and a module that holds them',
    'connections',
    nest(
      '  app.enableShutdownHooks();',
      {
        'src/app.module.ts':
          "import { TypeOrmModule } from '@nestjs/typeorm';\nexport class AppModule { imports = [TypeOrmModule.forRoot()]; }\n",
      },
      ['@nestjs/typeorm', 'typeorm'],
    ),
    ['yes', 'src/main.ts:4 app.enableShutdownHooks(…)'],
  ],
  [
    'a worker that stops its jobs',
    'connections',
    worker("process.on('SIGTERM', () => worker.close());", ['bullmq']),
    ['yes', 'src/index.js:3 process.on(SIGTERM)'],
  ],
  [
    'a worker that leaves its jobs',
    'connections',
    worker("process.on('SIGTERM', () => pool.end());", ['bullmq']),
    ['no', 'src/index.js:3 process.on(SIGTERM)'],
  ],
  [
    'a worker of an older package that leaves its jobs',
    'connections',
    worker("process.on('SIGTERM', () => pool.end());", ['bull']),
    ['no', 'src/index.js:3 process.on(SIGTERM)'],
  ],
  [
    'a worker of a small package that leaves its jobs',
    'connections',
    worker("process.on('SIGTERM', () => pool.end());", ['bee-queue']),
    ['no', 'src/index.js:3 process.on(SIGTERM)'],
  ],
  [
    'a worker that shuts all down',
    'connections',
    worker("process.on('SIGTERM', () => shutdown(pool.end()));", ['bullmq']),
    ['yes', 'src/index.js:3 process.on(SIGTERM)'],
  ],
  [
    'a worker of messages',
    'connections',
    worker("process.on('SIGTERM', () => connection.end());", ['amqplib']),
    ['yes', 'src/index.js:3 process.on(SIGTERM)'],
  ],

  [
    'a service leaves jobs to others',
    'connections',
    serving(
      "process.on('SIGTERM', () => { server.close(); pool.end(); });\napp.post('/mail', () => queue.add('mail', {}));",
      "import { Queue } from 'bullmq';\nconst queue = new Queue('mails');",
      {},
      ['bullmq'],
    ),
    ['yes', 'src/index.js:6 process.on(SIGTERM)'],
  ],
  [
    'what is named for the application, and takes no requests',
    'server',
    serving("process.on('SIGTERM', () => { appScheduler.stop(); dbInstance.close(); process.exit(0); });"),
    ['no', 'src/index.js:5 process.on(SIGTERM)'],
  ],
  [
    'a script of the house',
    'handler',
    {
      ...serving(''),
      'package.json': service({ scripts: { start: 'node src/index.js', setup: 'node ops/setup.js' } }),
      'ops/setup.js': "process.on('SIGTERM', () => process.exit(1));\n",
    },
    ['no'],
  ],
  [
    'a worker that cleans up',
    'connections',
    worker("process.on('SIGTERM', () => cleanup(pool));", ['bullmq']),
    ['yes', 'src/index.js:3 process.on(SIGTERM)'],
  ],
  [
    'a worker of another package',
    'connections',
    worker("process.on('SIGTERM', () => pool.end());", ['agenda']),
    ['yes', 'src/index.js:3 process.on(SIGTERM)'],
  ],
])('%s (%s)', async (_, ask, files, expected) => {
  expect(await asked('handles-termination', { ask }, files)).toEqual(expected);
});

/** An image that starts a script, and what stands in it. */
const scripted = (script: string, entrypoint = 'ENTRYPOINT ["/app/run.sh"]') => ({
  ...serving(''),
  Dockerfile: `FROM node:22\nCOPY . .\n${entrypoint}\n`,
  'run.sh': `#!/bin/sh\n${script}\n`,
});
const kept = [
  'no',
  'Dockerfile:3 starts run.sh',
  'run.sh:3 runs the program under the shell, which hears the signal and keeps it',
];

it.each<[title: string, files: Record<string, string>, expected: string[]]>([
  ['no image', serving(''), ['yes']],
  ['a program that the image starts', scripted('', 'CMD ["node", "src/index.js"]'), ['yes']],
  ['a program under the shell', scripted('set -e\nnode src/index.js'), kept],
  ['a script of the manifest under the shell', scripted('node migrate.js\nPORT=80 npm run start:prod'), kept],
  [
    'a program in a folder of its own under the shell',
    scripted('(cd web && node server.js) &\ncd src && node index.js'),
    kept,
  ],
  ['a program in the place of the shell', scripted('node migrate.js\nexec node src/index.js'), ['yes']],
  ['what the image says after the script', scripted('node migrate.js\nexec "$@"'), ['yes']],
  ['a shell that passes on what it hears', scripted('trap "kill $child" TERM\nnode src/index.js'), ['yes']],
  ['set-up alone', scripted('node migrate.js'), ['yes']],
  ['a note on it', scripted('echo a\n# node src/index.js'), ['yes']],
  [
    'an init that signals all below it',
    scripted('set -e\nnode src/index.js', 'ENTRYPOINT ["dumb-init", "--", "/app/run.sh"]'),
    ['yes'],
  ],
])('whether the signal reaches the program: %s', async (_, files, expected) => {
  expect(await asked('hands-on-signals', {}, files)).toEqual(expected);
});

const lineOf = async (script: string, more: Record<string, string> = {}) => {
  const [answer, , at] = await asked('hands-on-signals', {}, { ...scripted(script), ...more });
  return [answer, at?.replace(/ .*/, '')].filter(Boolean).join(' ');
};
it.each(
  [
    'npm start',
    'npm run start',
    'pnpm run serve',
    'yarn  prod',
    'bun run start',
    '  npm start',
    'NODE_ENV=production npm start',
    'A=1 B_2=two npm start',
    '_A=1 npm start',
    'npm run start:prod',
    'node server.js',
    'bun server.ts',
    'tsx src/server.mts',
    'node  --enable-source-maps  --max-old-space-size=512 dist/a.cjs',
    'node dist/main',
    'node build/server',
    'node src/index',
    'node server/app',
    'node ./www',
    'node --inspect ./bin/www',
    'npm start # and nothing else',
    'npm start && echo done',
    'npm start &\nnode server.js',
    'node server.js\necho stopped',
    'execute node\nnpm start',
    'trap "rm lock" EXIT\nnpm start',
  ].map((script) => [script]),
)('a script keeps the signal where it runs %j', async (script) => {
  expect(await lineOf(script)).toMatch(/^no run.sh:\d$/);
});
it.each(
  [
    'npm ci',
    'npm run build',
    'npm restart',
    'npm starting',
    'npm test',
    'echo npm start',
    'a=1 npm start',
    '# npm start',
    'npm start &',
    'npm start & ',
    'node migrate.js',
    'node seed.js',
    'node run-script.js',
    'node db-setup.js',
    'node init.js',
    'node wait-for.js',
    'node check-env.js',
    'node generate.js',
    'node server.json',
    'node server.jsx',
    'node dist/cleanup',
    'node dist/mainly',
    'deno server.js',
    'exec npm start',
    'a; exec npm start',
    'a && exec npm start',
    'if a; then exec node b.js; fi\nnpm start',
    'while a; do exec node b.js; done\nnpm start',
    'trap "kill $p" TERM\nnpm start',
    'trap stop TERM; stop() { kill $p; }\nnpm start',
    'pm2-runtime server.js\nnpm start',
    'supervisord -c x\nnpm start',
    'nginx -g x\nnpm start',
    '  exec npm start',
  ].map((script) => [script]),
)('a script keeps no signal where it runs %j', async (script) => {
  expect(await lineOf(script)).toBe('yes');
});
it.each<[string, string]>([
  ['ENTRYPOINT ["dumb-init", "/app/run.sh"]', 'yes'],
  ['ENTRYPOINT ["tini", "-g", "--", "/app/run.sh"]', 'yes'],
  ['ENTRYPOINT ["tini", "-v", "-s", "-g", "/app/run.sh"]', 'yes'],
  ['ENTRYPOINT ["tini", "--", "/app/run.sh"]', 'no'],
  ['ENTRYPOINT ["tini", "/app/run.sh", "-g"]', 'no'],
  ['ENTRYPOINT ["s6-svscan", "/app/run.sh"]', 'yes'],
  ['ENTRYPOINT ["supervisord", "/app/run.sh"]', 'yes'],
  ['ENTRYPOINT ["pm2-runtime", "/app/run.sh"]', 'yes'],
  ['CMD ["/app/run.sh"]', 'no'],
  ['CMD ./run.sh', 'no'],
  ['CMD ["sh", "/app/run.bash"]', 'yes'],
])('%s: does the signal reach what the script starts: %s', async (entrypoint, expected) => {
  expect((await asked('hands-on-signals', {}, scripted('npm start', entrypoint)))[0]).toBe(expected);
});
it('names the last line that serves, in the first script that has one', async () => {
  expect(await lineOf('npm start\nnode a.js\necho')).toBe('no run.sh:3');
  const two = { ...scripted('exec "$@"', 'ENTRYPOINT ["/app/run.sh", "/app/then.sh"]'), 'then.sh': 'npm start\n' };
  expect((await asked('hands-on-signals', {}, two)).slice(0, 2)).toEqual(['no', 'Dockerfile:3 starts then.sh']);
  const none = { ...scripted('echo', 'ENTRYPOINT ["/app/run.sh", "/app/then.sh"]'), 'then.sh': 'npm start\n' };
  expect((await asked('hands-on-signals', {}, none))[0]).toBe('no');
});

it('reads the script of the image’s own folder, of several by one name', async () => {
  const files = {
    'package.json': '{ "private": true, "workspaces": ["api", "worker"] }',
    'api/entrypoint.sh': '#!/bin/sh\nnode index.js\n',
    'worker/package.json':
      '{ "name": "worker", "scripts": { "start": "node index.js" }, "dependencies": { "bullmq": "5" } }',
    'worker/index.js': "import { Worker } from 'bullmq';\nnew Worker('mails', async () => {});\n",
    'worker/Dockerfile': 'FROM node:22\nCOPY . .\nCMD ["./entrypoint.sh"]\n',
    'compose.yml': 'services:\n  worker: { build: ./worker }\n',
  };
  const own = { ...files, 'worker/entrypoint.sh': '#!/bin/sh\nexec node index.js\n' };
  expect(await asked('hands-on-signals', {}, own, 'worker')).toEqual(['yes']);
  expect((await asked('hands-on-signals', {}, files, 'worker'))[0]).toBe('no');
});
