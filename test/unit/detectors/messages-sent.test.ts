import { describe, expect, it } from 'vitest';
import { app, asked, at, service } from './_asked.ts';

/** Whether a server sends on the message of what is thrown: the answer, and where it says so. */
const hides = async (files: Record<string, string>): Promise<string> => {
  const [answer, first] = await asked('hides-errors', { ask: 'hides' }, files);
  return [answer, first?.replace(/ .*/, '')].filter(Boolean).join(' ');
};
type Row = [code: string, expected: string];

describe('a formatter of Apollo', () => {
  const formatted = (options: string, more: Record<string, string> = {}) => ({
    'package.json': service({}, ['apollo-server', '@nestjs/core']),
    'src/index.js':
      "import { ApolloServer } from 'apollo-server';\nimport { options } from './options.js';\nconst server = new ApolloServer(options);\nserver.listen(3000);\n",
    'src/options.js': options,
    ...more,
  });
  const arrow = (body: string) => `// for Apollo\nexport const options = { formatError: (error) => ${body} };\n`;
  const open = 'no src/options.js:2';
  it.each<Row>([
    [arrow('({ message: error.message })'), open],
    [arrow('({ message: error?.message })'), open],
    [arrow('({ message  :  error.message\n })'), open],
    [arrow('({ message: error.message, code: 1 })'), open],
    [arrow("({ code: error.code ?? 'X', message: error.message })"), open],
    [arrow('({ code: error.extensions?.code, message: error.message })'), open],
    [arrow('/* if */ ({ message: error.message })'), open],
    [arrow('{ // if it is ours\n return { message: error.message }; }'), open],
    [arrow('{ /* switch\n over */ return { message: error.message }; }'), open],
    [arrow('{ // one\n return { /* two */ message: error.message }; /* three if */ }'), open],
    [arrow('({ message: error.message + more })'), 'yes'],
    [arrow('({ message: other.message })'), 'yes'],
    [arrow('({ detail: error.message })'), 'yes'],
    [arrow('({ message: error.messages })'), 'yes'],
    [arrow("({ message: error.safe ? error.message : 'failed', detail: { message: error.message } })"), 'yes'],
    [arrow('{ if (error.safe) return error; return { message: error.message }; }'), 'yes'],
    [arrow('{ switch (error.code) { default: return { message: error.message }; } }'), 'yes'],
    [arrow('{ assert(error instanceof Known); return { message: error.message }; }'), 'yes'],
    [arrow('{ log(process.env.NODE_ENV); return { message: error.message }; }'), 'yes'],
    [arrow('({ message: error.message })').replace('for Apollo', 'for another'), 'yes'],
    [arrow('({ message: error.message })').replace('for Apollo', 'for GraphQL'), open],
    [arrow('({ message: error.message })').replace('formatError', 'formatErrors'), 'yes'],
    [
      '// for Apollo\nexport const options = { formatError({ message, error }) { return { message: error.message }; } };\n',
      'yes',
    ],
    ['// for Apollo\nexport const options = { formatError() { return { message: .message }; } };\n', 'yes'],
    ['// for Apollo\nexport const options = { formatError(e) { return { message: e.message }; } };\n', open],
  ])('%s: %s', async (options, expected) => {
    expect(await hides(formatted(options))).toBe(expected);
  });
  it('counts where the program uses it', async () => {
    const files = formatted('export const options = { formatError };\nconst formatError = (e) => new Error("x");\n', {
      'src/old.js': arrow('({ message: error.message })'),
      'src/options.test.js': arrow('({ message: error.message })'),
    });
    expect(await hides(files)).toBe('yes');
  });
  it('is none of a component without Apollo', async () => {
    const files = {
      ...formatted(arrow('({ message: error.message })')),
      'package.json': service(),
      'src/index.js': app("app.get('/', (req, res) => res.json(options));", "import { options } from './options.js';"),
    };
    expect(await hides(files)).toBe('yes');
  });
});

describe('Apollo itself', () => {
  const made = (expression: string, more = '') =>
    at(
      app(
        `${expression}\napp.use('/graphql', expressMiddleware(server));`,
        `import { ApolloServer } from '@apollo/server';\nimport * as apollo from '@apollo/server';\nimport { expressMiddleware } from '@apollo/server/express4';${more}`,
      ),
      {},
      ['@apollo/server'],
    );
  it.each<Row>([
    ['const server = new ApolloServer({ resolvers });', 'no src/index.js:6'],
    ['const server = new apollo.ApolloServer({ resolvers });', 'no src/index.js:6'],
    ['const server = new ApolloServer({ resolvers, formatError });', 'yes'],
    ['const server = new ApolloServer(options);', 'yes'],
    ['const server = new ApolloServer();', 'yes'],
    ['const server = new ApolloServer({ ...options });', 'yes'],
    ['const server = new ApolloServerMock({ resolvers });', 'yes'],
    ['const server = new MyApolloServer({ resolvers });', 'yes'],
    ['const server = ApolloServer({ resolvers });', 'yes'],
    ['const later = () => new ApolloServer({ resolvers });', 'yes'],
  ])('%s: %s', async (expression, expected) => {
    expect(await hides(made(expression))).toBe(expected);
  });

  const nest = (call: string, more: Record<string, string> = {}) => ({
    'package.json': service({ scripts: { start: 'tsx src/index.ts' } }, [
      '@nestjs/core',
      '@nestjs/graphql',
      '@nestjs/apollo',
    ]),
    'src/index.ts':
      "import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module.js';\nNestFactory.create(AppModule).then((app) => app.listen(3000));\n",
    'src/app.module.ts': `import { Module } from '@nestjs/common';\nimport { GraphQLModule } from '@nestjs/graphql';\nimport { ApolloDriver } from '@nestjs/apollo';\n@Module({ imports: [GraphQLModule.${call}] })\nexport class AppModule {}\n`,
    ...more,
  });
  const bad = 'no src/app.module.ts:4';
  it.each<Row>([
    ['forRoot({ driver: ApolloDriver })', bad],
    ['forRoot<ApolloDriverConfig>({ driver: ApolloDriver })', bad],
    ['forRoot({ driver: ApolloFederationDriver })', bad],
    ['forRoot({ driver: ApolloGatewayDriver, formatError })', 'yes'],
    ['forRoot({ driver: MercuriusDriver })', 'yes'],
    ['forRoot({ driver: ApolloDriverOfOurs })', 'yes'],
    ['forRoot({ driver: ApolloDriver, ...options })', 'yes'],
    ['forRootAsync({ driver: ApolloDriver, useClass: Options })', 'yes'],
    ['forRootAsync({ driver: ApolloDriver, useExisting: Options })', 'yes'],
    ['forRootAsync({ driver: ApolloDriver, useFactory: makeOptions })', 'yes'],
    ['forRootAsync({ driver: ApolloDriver, useFactory: () => ({ playground: false }) })', bad],
    ['forRootAsync({ driver: ApolloDriver, useFactory: () => ({ formatError: hide }) })', 'yes'],
    ['forRootAsync({ driver: ApolloDriver, useFactory: (c) => ({ ...c.get("graphql") }) })', 'yes'],
    ['forRootAsync({ driver: ApolloDriver, useFactory: (config) => ({ ...config.get("graphql") }) })', 'yes'],
    ['forRootAsync({ driver: ApolloDriver, useFactory: () => ({ ...graphqlOptions }) })', 'yes'],
    ['forRootAsync({ driver: ApolloDriver, useFactory: () => ({ ...settings }) })', 'yes'],
    ['forRootAsync({ driver: ApolloDriver, useFactory: async () => ({ ...await load() }) })', 'yes'],
    ['forRootAsync({ driver: ApolloDriver, useFactory: async () => ({ ...(await load()) }) })', 'yes'],
    ['forRootAsync({ driver: ApolloDriver, useFactory: () => ({ ...cors }) })', bad],
    ['forRoots({ driver: ApolloDriver })', 'yes'],
    ['forRootAsyncly({ driver: ApolloDriver })', 'yes'],
    ['forRoot(ApolloDriver)', 'yes'],
  ])('in Nest, %s: %s', async (call, expected) => {
    expect(await hides(nest(call))).toBe(expected);
  });
  it('is another module by another name', async () => {
    const files = nest('forRoot({ driver: ApolloDriver })');
    const other = files['src/app.module.ts'].replaceAll('GraphQLModule', 'OwnGraphQLModule');
    expect(await hides({ ...files, 'src/app.module.ts': other })).toBe('yes');
  });
});

describe('tRPC', () => {
  const trpc = (making: string, more = '') =>
    at(
      app(
        "app.use('/trpc', createExpressMiddleware({ router }));",
        `import { initTRPC } from '@trpc/server';\nimport { createExpressMiddleware } from '@trpc/server/adapters/express';\nconst t = ${making};\nconst router = t.router({ notes: t.procedure.query(() => []) });${more}`,
      ),
      {},
      ['@trpc/server'],
    );
  const bad = 'no src/index.js:4';
  it.each<Row>([
    ['initTRPC.create()', bad],
    ['initTRPC.create({})', bad],
    ['initTRPC.create({ transformer })', bad],
    ['initTRPC.context().create({ transformer })', bad],
    ['initTRPC.create({ ...options })', 'yes'],
    ['initTRPC.create(options)', 'yes'],
    ['initTRPC.create({ errorFormatter })', 'yes'],
    ['initTRPC.create({ errorFormatter: ({ shape }) => shape })', bad],
    ['initTRPC.create({ errorFormatter: (opts) => opts.shape })', bad],
    ['initTRPC.create({ errorFormatter: ({ shape }) => { return shape; } })', bad],
    ['initTRPC.create({ errorFormatter: ({ shape }) => {\n return shape;\n } })', bad],
    ['initTRPC.create({ errorFormatter({ shape }) { return shape; } })', bad],
    ['initTRPC.create({ errorFormatter: ({ shape }) => ({ ...shape }) })', 'yes'],
    ['initTRPC.create({ errorFormatter: ({ shape }) => { hide(shape); return shape; } })', 'yes'],
    ['initTRPC.create({ errorFormatter: ({ shape }) => shape.data })', 'yes'],
    ['initTRPC.create({ errorFormatter: ({ shape }) => hide(shape) })', 'yes'],
  ])('%s: %s', async (making, expected) => {
    expect(await hides(trpc(making))).toBe(expected);
  });
  it('is not what nothing asks of it', async () => {
    const files = trpc('initTRPC.create({ errorFormatter })', '\nexport const other = () => initTRPC.create();');
    expect(await hides(files)).toBe('yes');
  });
  it('is not something else by that name', async () => {
    const files = trpc(
      'initTRPC.create({ errorFormatter })',
      '\nconst copy = Object.create({});\nconst b = other.create();',
    );
    expect(await hides(files)).toBe('yes');
  });
  it('says which of the two it is', async () => {
    const said = async (making: string) => (await asked('hides-errors', { ask: 'hides' }, trpc(making)))[1];
    expect(await said('initTRPC.create()')).toBe('src/index.js:4 tRPC without errorFormatter sends error messages on');
    expect(await said('initTRPC.create({ errorFormatter: ({ shape }) => shape })')).toBe(
      'src/index.js:4 tRPC with an errorFormatter that changes nothing sends error messages on',
    );
  });
});

describe('the hook of SvelteKit', () => {
  const kit = (text: string, path = 'src/hooks.server.ts') => ({
    'package.json': JSON.stringify({
      name: 'web',
      scripts: { build: 'vite build', start: 'node build' },
      devDependencies: { '@sveltejs/kit': '2', svelte: '5', vite: '6' },
    }),
    'svelte.config.js': 'export default {};\n',
    'src/routes/+page.svelte': '<main></main>\n',
    [path]: text,
  });
  const hook = (body: string) => `export const handleError = ({ error }) => {\n  ${body}\n};\n`;
  const bad = 'no src/hooks.server.ts:2';
  it.each<Row>([
    [hook('return { message: error.message };'), bad],
    [hook('return { message : error.message };'), bad],
    [hook('return { message:error.message };'), bad],
    [hook('return { message: (error as Error).message };'), bad],
    [hook('return { message: String(err?.cause.message) };'), bad],
    [hook('return { message: myError.message };'), bad],
    [
      hook('report(error);\n  return {\n    message: error.message };').replace('\n  return', '\n  return'),
      'no src/hooks.server.ts:4',
    ],
    [hook('return { message: "failed", detail: error.message };'), 'yes'],
    [hook('return { message: other.message };'), 'yes'],
    [hook('return { message: error.messages };'), 'yes'],
    [hook('return { message: dev ? error.message : "failed" };'), 'yes'],
    [hook('return { message: process.env.NODE_ENV === "test" ? error.message : "failed" };'), 'yes'],
    [hook('return { message: import.meta.env.DEV ? error.message : "failed" };'), 'yes'],
    [hook('return { message: device ? error.message : "" };'), bad],
    [hook('return { message: error.message };').replace('handleError', 'handle'), 'yes'],
  ])('%s: %s', async (text, expected) => {
    expect(await hides(kit(text))).toBe(expected);
  });
  it.each<[string, string]>([
    ['src/hooks.server.js', 'no src/hooks.server.js:2'],
    ['src/hooks.server/index.ts', 'no src/hooks.server/index.ts:2'],
    ['src/hooks.client.ts', 'yes'],
    ['src/lib/hooks.server.ts', 'yes'],
  ])('in %s: %s', async (path, expected) => {
    expect(await hides(kit(hook('return { message: error.message };'), path))).toBe(expected);
  });
});

describe('the gateway of Moleculer', () => {
  const gateway = (settings: string, more: Record<string, string> = {}) => ({
    'package.json': JSON.stringify({
      name: 'shop',
      scripts: { start: 'moleculer-runner services' },
      dependencies: { moleculer: '0.14', 'moleculer-web': '0.10' },
    }),
    'services/gate.service.js': `const Gateway = require('moleculer-web');\nmodule.exports = {\n  name: 'gate',\n  mixins: [Gateway],\n  settings: { routes: [{ path: '/api' }] },\n${settings}\n};\n`,
    ...more,
  });
  const own = 'no services/gate.service.js:6';
  it.each<Row>([
    ['', 'no services/gate.service.js:1'],
    ['  onError(req, res, err) { res.end("failed"); },', 'yes'],
    ['  onError: (req, res) => res.end("failed"),', 'yes'],
    ['  onError (req, res, err) { res.end(err.message); },', own],
    ['  sendError(req, res, err) { res.end(err.message); },', own],
    ['  onError(req, res, error) { res.end(error.message); },', own],
    ['  onError(req, res, e) { res.end(pick(e, ["message"])); },', own],
    ["  onError(req, res, e) { res.end(pick(e, ['message', 'code'])); },", own],
    ['  onError(req, res, err) { res.send(err); },', own],
    ['  onError(req, res, err) { this.sendAll( err); },', own],
    ['  onError(req, res, err) { res.send("failed"); },', 'yes'],
    ['  onError(req, res, err) { res.end(err.messages + other.message); },', 'yes'],
    ['  /* onError(req, res) { } */', 'no services/gate.service.js:1'],
    [
      '  /* a\n b */ /* onError(req) */ onError(req, res, err) { res.end(err.message); },',
      'no services/gate.service.js:7',
    ],
    ['  onErrors(req, res) { res.end(); },', 'no services/gate.service.js:1'],
  ])('%s: %s', async (settings, expected) => {
    expect(await hides(gateway(settings))).toBe(expected);
  });
  it('is the one that has routes', async () => {
    const files = gateway('  onError(req, res) { res.end(); },', {
      'services/user.service.js':
        "const { Errors } = require('moleculer-web');\nmodule.exports = { name: 'user', actions: {} };\n",
      'test/gate.js': "const G = require('moleculer-web');\nmodule.exports = { settings: { routes: [] } };\n",
    });
    expect(await hides(files)).toBe('yes');
  });
});

describe('the handler of AdonisJS', () => {
  const adonis = (text: string, path = 'app/exceptions/handler.ts') => ({
    'package.json': JSON.stringify({
      name: 'shop',
      private: true,
      type: 'module',
      scripts: { start: 'node bin/server.js', build: 'node ace build' },
      imports: { '#*': './*.js' },
      dependencies: { '@adonisjs/core': '6' },
    }),
    'bin/server.ts':
      "import { Ignitor } from '@adonisjs/core';\nnew Ignitor(new URL('../', import.meta.url)).httpServer().start();\n",
    'start/routes.ts': "import router from '@adonisjs/core/services/router';\nrouter.get('/', () => 'ok');\n",
    [path]: text,
  });
  const handler = (body: string, base = 'ExceptionHandler') =>
    `import { ExceptionHandler } from '@adonisjs/core/http';\nexport default class Handler extends ${base} {\n${body}\n}\n`;
  const bad = 'no app/exceptions/handler.ts:2';
  it.each<Row>([
    [handler(''), bad],
    [handler('', 'HttpExceptionHandler'), bad],
    [handler('', ' ExceptionHandler'), bad],
    [handler('', 'OwnExceptionHandler'), 'yes'],
    [handler('', 'ExceptionHandlers'), 'yes'],
    [handler('  async handle(error, ctx) { return super.handle(error, ctx); }'), bad],
    [handler('  async handle(error, ctx) { ctx.response.status(500).send("failed"); }'), 'yes'],
    [handler('  async handle (error, ctx) { ctx.response.status(500).send("failed"); }'), 'yes'],
    [handler('  async handler(error, ctx) { }'), bad],
    [handler('  async renderErrorAsJSON(error, ctx) { }'), 'yes'],
    [handler('  async makeJSONResponse(error, ctx) { }'), 'yes'],
    [handler('  async makeJSON (error, ctx) { }'), 'yes'],
    [handler('  async renderErrorAsHTML(error, ctx) { }'), bad],
  ])('%s: %s', async (text, expected) => {
    expect(await hides(adonis(text))).toBe(expected);
  });
  it('is none among tests', async () => {
    expect(await hides(adonis(handler(''), 'tests/handler.ts'))).toBe('yes');
  });
});
