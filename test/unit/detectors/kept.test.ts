import { describe, expect, it } from 'vitest';
import { app, asked, at, service } from './_asked.ts';

const answers = "app.get('/notes', (req, res) => res.json(notes));";
const answer = async (ask: string, files: Record<string, string>) =>
  (await asked('keeps-data', { ask }, files))[0]!.slice(0, 2);

describe('collections in memory', () => {
  /** A server in one file, which answers from a list that it changes. */
  const server = (path: string) => ({
    'package.json': JSON.stringify({ name: 'api', scripts: { start: `node ${path}` }, dependencies: { express: '5' } }),
    [path]: app(
      `const notes = [];\napp.post('/notes', (req, res) => { notes.push(req.body); res.end(); });\n${answers}`,
    ),
  });
  it.each([
    'src/a.js',
    'lib/route/a.js',
    'lib/routes/a.js',
    'lib/controller/a.js',
    'lib/controllers/a.js',
    'lib/handler/a.js',
    'lib/handlers/a.js',
    'lib/service/a.js',
    'lib/services/a.js',
    'lib/store/a.js',
    'lib/stores/a.js',
    'lib/repository/a.js',
    'lib/repositories/a.js',
    'lib/model/a.js',
    'lib/models/a.js',
    'lib/data/a.js',
    'lib/api.v1.js',
    'lib/resolver/a.js',
    'lib/resolvers/a.js',
    'lib/module/a.js',
    'lib/modules/a.js',
    'lib/feature/a.js',
    'lib/features/a.js',
    'domain/a.js',
    'lib/noteStore.js',
    'lib/note-repository.mjs',
    'lib/noteroute.cjs',
    'lib/noteroutes.js',
    'index.js',
    'lib/webserver.js',
    'main.js',
  ])('in %s', async (path) => expect(await answer('in-memory', server(path))).toBe('ye'));
  it.each(['lib/a.js', 'lib/myroutes-of/a.js', 'lib/noteStores.js', 'start.js'])('not in %s', async (path) =>
    expect(await answer('in-memory', server(path))).toBe('no'),
  );

  const list = (name: string) =>
    at(
      app(
        `const ${name} = [{ id: 1, text: "a" }, { id: 2, text: "b" }];\napp.get('/a', (req, res) => res.json(${name}.find((one) => one.id === req.query.id)));`,
      ),
    );
  it.each(['notes', 'NOTES', 'accounts', 'mapped'])('a list called %s', async (name) =>
    expect(await answer('in-memory', list(name))).toBe('ye'),
  );
  it.each([
    'PRICE_LEVELS',
    'A_B',
    'TOP_10_NOTES',
    'countries',
    'currencies',
    'localeNames',
    'timezones',
    'time_zones',
    'keywords',
    'noteMap',
    'userSessions',
  ])('not one called %s', async (name) => expect(await answer('in-memory', list(name))).toBe('no'));

  it.each([
    ['component', 'no'],
    ['components', 'no'],
    ['hook', 'no'],
    ['hooks', 'no'],
    ['ui', 'no'],
    ['icon', 'no'],
    ['icons', 'no'],
    ['layout', 'no'],
    ['layouts', 'no'],
    ['view', 'no'],
    ['views', 'no'],
    ['data', 'ye'],
  ])('of a web in src/%s: %s', async (folder, is) => {
    const files = {
      'package.json': JSON.stringify({
        name: 'web',
        scripts: { build: 'next build', start: 'next start' },
        dependencies: { next: '15', react: '19' },
      }),
      'app/page.tsx': 'export default () => <main />;\n',
      'app/api/notes/route.ts': `import { notes } from '../../../src/${folder}/notes';\nexport const GET = () => Response.json(notes);\n`,
      [`src/${folder}/notes.ts`]:
        'export const notes = [{ id: 1, text: "a" }, { id: 2, text: "b" }];\nexport const all = () => notes.filter(Boolean);\n',
    };
    expect(await answer('in-memory', files)).toBe(is);
  });
});

describe('queries', () => {
  it.each([
    'query()',
    'find({})',
    'findOne({})',
    'findById(1)',
    'create({})',
    'insert({})',
    'insertMany([])',
    'update({})',
    'updateOne({})',
    'upsert({})',
    'delete(1)',
    'deleteMany({})',
    'destroy()',
    'count()',
    'countDocuments()',
    'aggregate([])',
  ])('of a model that one object hands to everybody: %s', async (call) => {
    const files = (receiver: string) =>
      at(
        app(
          `open();\napp.get('/notes', async (req, res) => res.json(await ${receiver}.notes.${call}));`,
          "import { open } from './db.js';",
        ),
        { 'src/db.js': "import { Model } from 'objection';\nexport const open = () => Model.knex({});\n" },
        ['objection'],
      );
    expect((await asked('keeps-data', { ask: 'persistently' }, files('req.app.models')))[1]).toMatch(
      /^src\/index.js:5/,
    );
    expect((await asked('keeps-data', { ask: 'persistently' }, files('models')))[1]).toMatch(/^src\/index.js:5/);
    expect(await asked('keeps-data', { ask: 'persistently' }, files('req.app.supermodels'))).not.toContainEqual(
      expect.stringMatching(/^src\/index.js:5/),
    );
  });
  it.each(['finder()', 'show()', 'creates()', 'counter.of()'])('none: %s', async (call) => {
    const files = at(
      app(
        `open();\napp.get('/notes', async (req, res) => res.json(await req.app.models.notes.${call}));`,
        "import { open } from './db.js';",
      ),
      { 'src/db.js': "import { Model } from 'objection';\nexport const open = () => Model.knex({});\n" },
      ['objection'],
    );
    const is = call === 'finder()';
    const found = await asked('keeps-data', { ask: 'persistently' }, files);
    expect(found.some((one) => one.startsWith('src/index.js:5'))).toBe(is);
  });

  const queried = (call: string) =>
    at(
      app(
        `app.get('/notes', async (req, res) => res.json(await client.${call}));`,
        "import pg from 'pg';\nconst client = new pg.Client();",
      ),
      {},
      ['pg'],
    );
  it.each(['query("SELECT a")', 'startle()', 'subscribers()', 'query("SELECT 10")', 'query("shopping")'])(
    'by %s',
    async (call) => expect(await answer('persistently', queried(call))).toBe('ye'),
  );
});

describe('stores that Cloudflare hands over', () => {
  const worker = (binding: string, call: string) => ({
    'package.json': '{"name":"api","scripts":{"deploy":"wrangler deploy"},"devDependencies":{"wrangler":"4"}}',
    'wrangler.toml': `name = "api"\nmain = "src/index.js"\n${binding}`,
    'src/index.js': `export default {\n  async fetch(request, env) {\n    return Response.json(await ${call});\n  },\n};\n`,
  });
  const d1 = '[[d1_databases]]\nbinding = "DB"\ndatabase_name = "notes"\ndatabase_id = "a"\n';
  const kv = '[[kv_namespaces]]\nbinding = "KV"\nid = "a"\n';
  const r2 = '[[r2_buckets]]\nbinding = "FILES"\nbucket_name = "a"\n';
  const queue = '[[queues.producers]]\nbinding = "JOBS"\nqueue = "a"\n';
  const objects = '[[durable_objects.bindings]]\nname = "ROOM"\nclass_name = "Room"\n';
  it.each([
    [d1, 'env.DB.prepare("SELECT a")', 'ye'],
    [d1, 'env.DB.batch([])', 'ye'],
    [d1, 'env.DB.prepared("SELECT a")', 'no'],
    [d1, 'env.DB.unprepare("SELECT a")', 'no'],
    [d1, 'env.OTHER.prepare("SELECT a")', 'no'],
    [kv, 'env.KV.get("a")', 'ye'],
    [kv, 'env.KV.getWithMetadata("a")', 'no'],
    [r2, 'env.FILES.head("a")', 'ye'],
    [queue, 'env.JOBS.put("a")', 'no'],
    [objects, 'this.ctx.storage.put("a", 1)', 'ye'],
    [objects, 'storage.get("a")', 'ye'],
    [objects, 'this.ctx.storage.sql.exec("a")', 'ye'],
    [objects, 'this.ctx.storage.transaction(f)', 'ye'],
    [objects, 'this.ctx.storage.transactionSync(f)', 'ye'],
    [objects, 'this.ctx.mystorage.get("a")', 'no'],
    [objects, 'this.ctx.storage.getAlarm()', 'no'],
    ['', 'env.DB.prepare("SELECT a")', 'no'],
  ])('%j, asked by %s: %s', async (binding, call, is) => {
    expect(await answer('persistently', worker(binding, call))).toBe(is);
  });
});

describe('a client that Prisma generates into a package', () => {
  it.each([
    ['new PrismaClient()', true],
    ['new db.PrismaClient()', true],
    ['new ExtendedPrismaReadClientOfNotes()', true],
    ['new PrismaNotes()', false],
    ['new db.inner.Prisma()', false],
    ['PrismaClient()', false],
  ])('%s: %s', async (made, is) => {
    const files = {
      'package.json': service({}, ['own-db']),
      'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n}\nmodel Note {\n  id Int @id\n}\n',
      'src/index.js': app(
        `app.get('/', (req, res) => client.note.findMany());`,
        `import { PrismaClient, ExtendedPrismaReadClientOfNotes, PrismaNotes, db } from 'own-db';\nconst client = ${made};`,
      ),
    };
    const found = await asked('keeps-data', { ask: 'persistently' }, files);
    expect(found.some((one) => one.startsWith('src/index.js:3 new'))).toBe(is);
  });
});
