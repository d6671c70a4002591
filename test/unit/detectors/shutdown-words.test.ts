import { describe, expect, it } from 'vitest';
import { asked, at, service } from './_asked.ts';

type Ask = 'handler' | 'installed' | 'server' | 'connections';
const answer = async (ask: Ask, files: Record<string, string>): Promise<string> =>
  (await asked('handles-termination', { ask }, files))[0]!;
const told = async (ask: Ask, files: Record<string, string>): Promise<string> =>
  (await asked('handles-termination', { ask }, files)).join();
/** A server, and statements after it. */
const serving = (statements: string, imports = '', more: Record<string, string> = {}, dependencies: string[] = []) =>
  at(
    `import express from 'express';\n${imports}\nconst app = express();\nconst server = app.listen(3000);\n${statements}\n`,
    more,
    dependencies,
  );
const worker = (statements: string, dependencies: string[] = ['bullmq'], more: Record<string, string> = {}) => ({
  'package.json': JSON.stringify({
    name: 'jobs',
    scripts: { start: 'node src/index.js' },
    dependencies: Object.fromEntries(dependencies.map((name) => [name, '1'])),
  }),
  'src/index.js': `import { Worker } from '${dependencies[0]}';\nconst worker = new Worker('mails', async () => {});\n${statements}\n`,
  ...more,
});
const nest = (main: string, more: Record<string, string> = {}, dependencies: string[] = []) => ({
  'package.json': service({ scripts: { start: 'tsx src/main.ts' } }, ['@nestjs/core', ...dependencies]),
  'src/main.ts': `import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module.js';\nNestFactory.create(AppModule).then((app) => {\n${main}\n  app.listen(3000);\n});\n`,
  'src/app.module.ts': 'export class AppModule {}\n',
  ...more,
});

describe('what waits for the signal', () => {
  it.each([
    ["process.on('SIGTERM', stop);", 'yes,process.on(SIGTERM)'],
    ["process.once('SIGTERM', stop);", 'yes,process.once(SIGTERM)'],
    ["process.addListener('SIGTERM', stop);", 'yes,process.addListener(SIGTERM)'],
    ["process.prependListener('SIGTERM', stop);", 'no'],
    ["process.only('SIGTERM', stop);", 'no'],
    ["emitter.on('SIGTERM', stop);", 'no'],
    ["process.on('SIGTERMS', stop);", 'no'],
    ["process.on('SIGINT', stop);\nlog('no SIGTERM');", 'no'],
    ['process.on(sigterm, stop);', 'yes,process.on(…)'],
    ['process.on(shutdownSignal, stop);', 'yes,process.on(…)'],
    ['process.on(event, stop);', 'no'],
    ["process.on(event, stop);\nconst events = ['SIGTERM'];", 'yes,process.on(…)'],
    ['process.on(names[0], stop);', 'no'],
    ["process.on(`SIG${'TERM'}`, stop);", 'no'],
    ["prisma.$on('beforeExit', stop);", 'yes,prisma.$on(beforeExit)'],
    ["prisma.$on('beforeExit');", 'no'],
    ["prisma.$on('error', stop);", 'no'],
    ['prisma.$on(beforeExit, stop);', 'no'],
    ["prisma.$once('beforeExit', stop);", 'no'],
    ['app.enableShutdownHooks();', 'yes,app.enableShutdownHooks(…)'],
    ['this.nestApp.enableShutdownHooks();', 'yes,this.nestApp.enableShutdownHooks(…)'],
    ['applicationContext.enableShutdownHooks();', 'yes,applicationContext.enableShutdownHooks(…)'],
    ['myServer.enableShutdownHooks();', 'yes,myServer.enableShutdownHooks(…)'],
    ['prisma.enableShutdownHooks(app);', 'no'],
    ['app.enableShutdownHooksOf();', 'no'],
    ['new Terminus();', 'no'],
  ])('%s', async (statement, expected) =>
    expect((await told('handler', serving(statement))).replace('src/index.js:5 ', '')).toEqual(expected),
  );

  const handed = (name: string, use: string, from = '@godaddy/terminus') =>
    serving(
      use,
      `import { ${name} } from './health.js';`,
      { 'src/health.js': `import * as kept from '${from}';\nexport const ${name} = kept.createTerminus;\n` },
      [from],
    );
  it.each<[string, Record<string, string>, string]>([
    ['createTerminus', handed('createTerminus', 'createTerminus(server);'), 'yes,src/index.js:5 createTerminus(…)'],
    ['httpTerminator', handed('httpTerminator', 'httpTerminator(server);'), 'yes,src/index.js:5 httpTerminator(…)'],
    ['gracefulStop', handed('gracefulStop', 'gracefulStop(server);'), 'yes,src/index.js:5 gracefulStop(…)'],
    ['closeWithGrace', handed('closeWithGrace', 'closeWithGrace(server);'), 'yes,src/index.js:5 closeWithGrace(…)'],
    ['stoppable', handed('stoppable', 'stoppable(server);'), 'yes,src/index.js:5 stoppable(…)'],
    ['lightship', handed('lightship', 'lightship(server);'), 'yes,src/index.js:5 lightship(…)'],
    ['ends', handed('ends', 'ends(server);'), 'no'],
    ['a class', handed('Terminus', 'new Terminus(server);'), 'no'],
    ['of another package', handed('createTerminus', 'createTerminus(server);', 'terminus-of-ours'), 'no'],
    [
      'of the package itself',
      serving('shut(server);', "import { createTerminus as shut } from '@godaddy/terminus';", {}, [
        '@godaddy/terminus',
      ]),
      'yes,src/index.js:5 shut(…)',
    ],
    [
      'of another package itself',
      serving('createTerminus(server);', "import { createTerminus } from 'terminus-of-ours';", {}, [
        'terminus-of-ours',
      ]),
      'no',
    ],
  ])('a package, as %s', async (_, files, expected) => expect(await told('handler', files)).toEqual(expected));

  it('is shown four times, and no more', async () => {
    const five = "process.on('SIGTERM', stop);\n".repeat(5);
    expect(await told('handler', serving(five))).toEqual(
      'yes,src/index.js:5 process.on(SIGTERM),src/index.js:6 process.on(SIGTERM),src/index.js:7 process.on(SIGTERM),src/index.js:8 process.on(SIGTERM)',
    );
    expect(await told('installed', serving(five))).toEqual(
      'yes,src/index.js:5 process.on(SIGTERM),src/index.js:6 process.on(SIGTERM),src/index.js:7 process.on(SIGTERM),src/index.js:8 process.on(SIGTERM)',
    );
  });
});

describe('what is installed', () => {
  const hook = "import { install } from './install.js';";
  const other = "export const install = () => process.on('SIGTERM', () => server.close());\n";
  it.each<[string, Record<string, string>, string]>([
    [
      'a module that is called',
      serving('install();', hook, { 'src/install.js': other }),
      'yes,src/install.js:1 process.on(SIGTERM)',
    ],
    ['a module that is not', serving('', '', { 'src/install.js': other }), 'no,src/install.js:1 process.on(SIGTERM)'],
    [
      'a script of the house, where the server has its own',
      {
        ...serving("process.on('SIGTERM', () => server.close());"),
        'package.json': service({ scripts: { start: 'node src/index.js', setup: 'node ops/setup.js' } }),
        'ops/setup.js': "process.on('SIGTERM', () => process.exit(1));\n",
      },
      'yes,src/index.js:5 process.on(SIGTERM)',
    ],
    ['hooks of Nest', nest('  app.enableShutdownHooks();'), 'yes,src/main.ts:4 app.enableShutdownHooks(…)'],
    [
      'hooks of Nest that nothing calls',
      nest('', { 'src/other.ts': 'export const hook = (app) => app.enableShutdownHooks();\n' }),
      'no',
    ],
  ])('%s', async (_, files, expected) => expect(await told('installed', files)).toEqual(expected));
});

describe('calls that close the server', () => {
  it.each([
    ['server.close()', 'yes'],
    ['server?.close()', 'yes'],
    ['server\n  .close()', 'yes'],
    ['server.close( () => process.exit(0))', 'yes'],
    ['httpServer.shutdown()', 'yes'],
    ['app.stop()', 'yes'],
    ['fastify.destroy()', 'yes'],
    ['http.terminate()', 'yes'],
    ['https.close()', 'yes'],
    ['srv.closeAllConnections()', 'yes'],
    ['api.close()', 'yes'],
    ['instance.close()', 'yes'],
    ['listener.disconnect()', 'yes'],
    ['_server.close()', 'yes'],
    ['this.close()', 'yes'],
    ['this.server.close()', 'yes'],
    ['server.unref()', 'no'],
    ['server.closed', 'no'],
    ['appScheduler.stop()', 'no'],
    ['serverJobs.stop()', 'no'],
    ['appQueue.close()', 'no'],
    ['apiWorkers.stop()', 'no'],
    ['appCron.stop()', 'no'],
    ['appQueueServer.close()', 'yes'],
    ['web.close()', 'yes'],
    ['web.close(() => leave())', 'yes'],
    ['web.close(async () => leave())', 'yes'],
    ['web.close(function () { leave(); })', 'yes'],
    ['web.close((err) => leave())', 'yes'],
    ['web.close(err => leave())', 'yes'],
    ['new Promise((resolve) => web.close(resolve))', 'yes'],
    ['web.close(now)', 'no'],
    ['web.stop(() => leave())', 'no'],
    ['client.close(() => leave())', 'no'],
    ['mongoClient.close(() => leave())', 'no'],
    ['amqpConn.close(() => leave())', 'no'],
    ['redisInstance.close(() => leave())', 'no'],
    ['dbs.close(() => leave())', 'no'],
    ['kafkaService.close(() => leave())', 'no'],
    ['poolManager.close(() => leave())', 'no'],
    ['clientele.close(() => leave())', 'yes'],
    ['closeServer()', 'yes'],
    ['stopServer()', 'yes'],
    ['shutdownServer()', 'yes'],
    ['closeAll()', 'yes'],
    ['leave()', 'no'],
  ])('%s', async (call, expected) => {
    expect(await answer('server', serving(`process.on('SIGTERM', () => { ${call}; });`))).toEqual(expected);
  });
  it('says what lacks', async () => {
    expect(
      (await asked('handles-termination', { ask: 'server' }, serving("process.on('SIGTERM', leave);"))).join(),
    ).toEqual('no,src/index.js:5 process.on(SIGTERM)');
  });
  it.each([
    ['worker.close()', 'yes'],
    ['consumer.stop()', 'yes'],
    ['channel.disconnect()', 'yes'],
    ['jobs.drain()', 'yes'],
    ['channel.quit()', 'yes'],
    ['pool.end()', 'yes'],
    ['pool.ending', 'no'],
    ['leave()', 'no'],
  ])('a worker: %s', async (call, expected) => {
    expect(await answer('server', worker(`process.on('SIGTERM', () => { ${call}; });`))).toEqual(expected);
  });
});

describe('what a handler leads to', () => {
  const chain = (depth: number, last: string) =>
    Array.from(
      { length: depth },
      (_, i) => `const step${i} = () => ${i + 1 === depth ? last : `step${i + 1}()`};`,
    ).join('\n');
  it.each<[string, Record<string, string>, string]>([
    ['one function', serving(`${chain(1, 'server.close()')}\nprocess.on('SIGTERM', step0);`), 'yes'],
    ['three functions', serving(`${chain(3, 'server.close()')}\nprocess.on('SIGTERM', step0);`), 'yes'],
    ['four functions', serving(`${chain(4, 'server.close()')}\nprocess.on('SIGTERM', step0);`), 'yes'],
    ['six functions', serving(`${chain(6, 'server.close()')}\nprocess.on('SIGTERM', step0);`), 'no'],
    [
      'a function that calls itself',
      serving("const again = () => again(leave());\nprocess.on('SIGTERM', again);"),
      'no',
    ],
    [
      'a function beside it',
      serving("const other = () => server.close();\nprocess.on('SIGTERM', () => leave());\nother;"),
      'no',
    ],
    [
      'what is called before',
      serving("const stop = () => server.close();\nstop();\nprocess.on('SIGTERM', () => leave());"),
      'no',
    ],
    [
      'what is called after',
      serving("const stop = () => server.close();\nprocess.on('SIGTERM', () => leave());\nstop();"),
      'no',
    ],
    ['without a function', serving("process.on('SIGTERM');\nserver.close();"), 'no'],
    [
      'a class of a module',
      serving("process.on('SIGTERM', () => stopper.stop());", "import { stopper } from './stopper.js';", {
        'src/stopper.js': 'export const stopper = { stop() { return server.close(); } };\n',
      }),
      'yes',
    ],
    [
      'a module that says it in its text',
      serving("process.on('SIGTERM', () => stopper.stop());", "import stopper from './stopper.cjs';", {
        'src/stopper.cjs': 'module.exports.stop = function () { server.close(); };\n',
      }),
      'yes',
    ],
    [
      'a module that says something else',
      serving("process.on('SIGTERM', () => stopper.stop());", "import stopper from './stopper.cjs';", {
        'src/stopper.cjs': 'module.exports.stop = function () { leave(); };\n',
      }),
      'no',
    ],
    [
      'a package',
      serving("process.on('SIGTERM', () => stopper.stop());", "import stopper from 'stopper';", {}, ['stopper']),
      'no',
    ],
  ])('%s', async (_, files, expected) => expect(await answer('server', files)).toEqual(expected));
});

describe('connections', () => {
  const holding = (statements: string, name = 'pg', more: Record<string, string> = {}, imports = '') =>
    serving(
      `${statements}\nprocess.on('SIGTERM', () => server.close());`,
      `import held from '${name}';\n${imports}`,
      more,
      [name],
    );
  it.each<[string, Record<string, string>, string]>([
    ['of a driver', holding('held();'), 'no,src/index.js:7 process.on(SIGTERM)'],
    ['of a mapper', holding('held();', 'typeorm'), 'no,src/index.js:7 process.on(SIGTERM)'],
    ['of a queue', holding('held();', 'bullmq'), 'no,src/index.js:7 process.on(SIGTERM)'],
    ['of a part of a package', holding('held();', 'typeorm/driver'), 'no,src/index.js:7 process.on(SIGTERM)'],
    ['of something that is none', holding('held();', 'compression'), 'yes,src/index.js:7 process.on(SIGTERM)'],
    ['of a name that begins like one', holding('held();', 'pgenerator'), 'yes,src/index.js:7 process.on(SIGTERM)'],
    [
      'in code that nothing runs',
      serving(
        "process.on('SIGTERM', () => server.close());",
        '',
        { 'src/other.js': "import held from 'pg';\nheld();\n" },
        ['pg'],
      ),
      'yes,src/index.js:5 process.on(SIGTERM)',
    ],
  ])('%s', async (_, files, expected) => expect(await told('connections', files)).toEqual(expected));

  it.each([
    ['held.disconnect()', 'yes'],
    ['held.$disconnect()', 'yes'],
    ['held.quit()', 'yes'],
    ['held.end()', 'yes'],
    ['held.ended()', 'no'],
    ['drain(pool)', 'yes'],
    ['mongoose.close()', 'yes'],
    ['close(connection)', 'yes'],
    ['close(database)', 'yes'],
    ['close(db)', 'yes'],
    ['close(dbs)', 'no'],
    ['prisma.close()', 'yes'],
    ['redis.close()', 'yes'],
    ['sequelize.close()', 'yes'],
    ['knex.close()', 'yes'],
    ['dataSource.close()', 'yes'],
    ['client.close()', 'yes'],
    ['held.destroy()', 'yes'],
    ['closeDb()', 'yes'],
    ['cleanup()', 'yes'],
    ['held.close()', 'no'],
  ])('closed by %s', async (call, expected) => {
    expect(
      await answer(
        'connections',
        serving(`process.on('SIGTERM', () => { server.close(); ${call}; });`, "import held from 'pg';\nheld();", {}, [
          'pg',
        ]),
      ),
    ).toEqual(expected);
  });

  it.each([
    ["server.on('close', () => held.end());", 'yes'],
    ["server.once('close', () => held.end());", 'yes'],
    ["myApp.on('close', () => held.end());", 'yes'],
    ["fastifyOne.on('close', () => held.end());", 'yes'],
    ["app.addHook('onClose', () => held.end());", 'yes'],
    ["app.addHook('preClose', () => held.end());", 'yes'],
    ["anything.ext('onPostStop', () => held.end());", 'yes'],
    ["anything.ext('onPreStop', () => held.end());", 'yes'],
    ["anything.ext('onPreStart', () => held.end());", 'no'],
    ["app.addHook('onCloser', () => held.end());", 'no'],
    ["app.addHook('reonClose', () => held.end());", 'no'],
    ["app.addHook('onClose');\nheld.end();", 'no'],
    ['app.addHook(onClose, () => held.end());', 'no'],
    ["server.on('closed', () => held.end());", 'no'],
    ["socket.on('close', () => held.end());", 'no'],
    ["process.on('onClose', () => held.end());", 'no'],
    ["server.off('close', () => held.end());", 'no'],
    ["server.sockets('close', () => held.end());", 'no'],
    ["export const hook = () => server.on('close', () => held.end());", 'no'],
  ])('closed with the server: %s', async (statement, expected) => {
    expect(await answer('connections', holding(statement))).toEqual(expected);
  });

  const terminus = (options: string, more: Record<string, string>) =>
    serving(
      `createTerminus(server, ${options});`,
      "import { createTerminus } from '@godaddy/terminus';\nimport held from 'pg';\nimport { options, other } from './options.js';\nheld();",
      more,
      ['@godaddy/terminus', 'pg'],
    );
  const hooks = nest(
    '  app.enableShutdownHooks();',
    {
      'src/held.ts': "import held from 'pg';\nheld();\n",
      'src/app.module.ts': "import './held.js';\nexport class AppModule {}\n",
    },
    ['pg'],
  );
  it.each<[string, Record<string, string>, string]>([
    [
      'options that close',
      terminus('options', {
        'src/options.js': 'export const options = { onSignal: () => held.end() };\nexport const other = 1;\n',
      }),
      'yes',
    ],
    [
      'options that close nothing',
      terminus('options', {
        'src/options.js': 'export const options = { onSignal: () => leave() };\nexport const other = 1;\n',
      }),
      'yes',
    ],
    [
      'options written there',
      terminus('{ onSignal: () => held.end() }', { 'src/options.js': 'export const options = {}, other = 1;\n' }),
      'yes',
    ],
    [
      'options of no module',
      terminus('settings', {
        'src/options.js': 'export const options = { onSignal: () => held.end() };\nexport const other = 1;\n',
      }),
      'yes',
    ],
    ['hooks of Nest alone', hooks, 'yes'],
    [
      'hooks of Nest beside a signal',
      { ...hooks, 'src/main.ts': `${hooks['src/main.ts']}process.on('SIGTERM', () => leave());\n` },
      'no',
    ],
    ...['onModuleDestroy', 'onApplicationShutdown', 'beforeApplicationShutdown'].map(
      (method): [string, Record<string, string>, string] => [
        `hooks of Nest beside a signal, with ${method}`,
        {
          ...hooks,
          'src/main.ts': `${hooks['src/main.ts']}process.on('SIGTERM', () => leave());\n`,
          'src/held.ts': `import held from 'pg';\nheld();\nexport class Held { ${method}() {} }\n`,
        },
        'yes',
      ],
    ),
    ...['typeorm', 'mongoose', 'sequelize', 'bull'].map((name): [string, Record<string, string>, string] => [
      `hooks of Nest beside a signal, with @nestjs/${name}`,
      {
        ...hooks,
        'src/main.ts': `${hooks['src/main.ts']}process.on('SIGTERM', () => leave());\n`,
        'src/held.ts': `import held from 'pg';\nimport '@nestjs/${name}';\nheld();\n`,
      },
      'yes',
    ]),
    [
      'Apollo',
      serving(
        'startStandaloneServer(apollo);',
        "import { startStandaloneServer } from '@apollo/server/standalone';\nimport held from 'pg';\nheld();",
        {},
        ['@apollo/server', 'pg'],
      ),
      'no',
    ],
    [
      'Apollo that drains',
      serving(
        'ApolloServerPluginDrainHttpServer({});',
        "import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';\nimport held from 'pg';\nheld();",
        {},
        ['@apollo/server', 'pg'],
      ),
      'no',
    ],
    [
      'another package alone',
      serving(
        'closeWithGrace({});',
        "import closeWithGrace from 'close-with-grace';\nimport held from 'pg';\nheld();",
        {},
        ['close-with-grace', 'pg'],
      ),
      'yes',
    ],
  ])('%s', async (_, files, expected) => expect(await answer('connections', files)).toEqual(expected));

  it.each([
    ['worker.close()', 'yes'],
    ['mailWorker.stop()', 'yes'],
    ['consumer.disconnect()', 'yes'],
    ['queue.cancel()', 'yes'],
    ['subscriber.close()', 'yes'],
    ['scheduler.stop()', 'yes'],
    ['worker.pause()', 'no'],
    ['pool.end()', 'no'],
    ['shutdown()', 'no'],
    ['closeAll()', 'no'],
    ['cleanup(pool)', 'yes'],
    ['leave()', 'no'],
  ])('a worker: %s', async (call, expected) => {
    expect(await answer('connections', worker(`process.on('SIGTERM', () => { ${call}; });`))).toEqual(expected);
  });
  it.each([
    ['bull', 'no'],
    ['bullmq', 'no'],
    ['bee-queue', 'no'],
    ['amqplib', 'yes'],
  ])('a worker of %s that leaves its jobs', async (name, expected) => {
    expect(await answer('connections', worker("process.on('SIGTERM', () => pool.end());", [name]))).toEqual(expected);
  });
  it('of a library that nothing of the worker runs are none', async () => {
    const idle = worker("process.on('SIGTERM', () => pool.end());", ['amqplib'], {
      'src/other.js': "import { Queue } from 'bullmq';\nnew Queue('a');\n",
    });
    expect(await answer('connections', idle)).toEqual('yes');
  });
});
