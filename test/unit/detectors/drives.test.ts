import { describe, expect, it } from 'vitest';
import { drives } from '../../../src/detectors/shared/testing/drives.ts';
import { testFiles } from '../../../src/detectors/shared/testing/files.ts';
import { at, service, understood } from './_asked.ts';

/** What a test drives, by the note of its evidence; null where it drives nothing but code. */
async function driven(text: string, more: Record<string, string> = {}, path = 'test/notes.test.js') {
  const model = await understood({ ...at(''), [path]: `it('works', async () => {\n${text}\n});\n`, ...more });
  const file = testFiles(model).find((one) => one.path === path)!;
  return drives(model, file)?.note ?? null;
}

describe('requests inside the process', () => {
  it.each([
    ["app.inject({ method: 'GET' });", 'injects requests'],
    ['app.inject( { url });', 'injects requests'],
    ["app.inject('/notes');", 'injects requests'],
    ['app.inject(request);', 'injects requests'],
    ['server.inject( made.request , done);', 'injects requests'],
    ['store.inject(make());', null],
    ['store.inject(=>', null],
    ['store.inject(a b)', null],
    ["app.request('/notes');", 'sends requests to the app'],
    ['appOfNotes.fetch( new Request(url));', 'sends requests to the app'],
    ['app.handle(wanted);', 'sends requests to the app'],
    ['app.request();', null],
    ['shop-app-of.request(url);', null],
    ['testClient(app).notes.$get();', 'sends requests through a test client'],
    ['testClient <typeof app>(app);', 'sends requests through a test client'],
    ['server.executeOperation({ query });', 'runs a request through the handler'],
    ['testApiHandler<Notes>({ handler });', 'runs a request through the handler'],
    ['executeOperation <Notes>({});', 'runs a request through the handler'],
    ['appRouter.createCaller({});', 'calls procedures through the router'],
    ["SELF.fetch('https://a.example');", 'sends requests to the worker'],
  ])('%s', async (text, note) => expect(await driven(text)).toBe(note));
});

describe('handlers that are called with a request', () => {
  const made = "await run(new Request('https://a.example'));";
  it.each([
    "import { GET } from '../app/notes/route';",
    "import { GET } from'../app/notes/route.ts';",
    'import { GET } from   "../app/notes/route.js"',
    "import list from '../api/notes';",
    "import list from '../pages/api/notes/all.tsx';",
    "import list from '../src/handler';",
    "import list from '../src/handlers/notes';",
    "import { load } from '../routes/+page.server.js';",
    "import { handle } from '../src/hooks.server';",
    "import { GET } from '../routes/+server.ts';",
    "import worker from '../entry.worker';",
    "import { action } from '~/notes';",
    "import { one, load, two } from '#notes';",
    "import {loader}from'@/notes';",
    "import { loader }  from  './notes';",
  ])('%s', async (line) => expect(await driven(`${line}\n${made}`)).toBe('calls a route with a request'));
  it.each([
    "import { GET } from '../app/notes/router';",
    "import { GET } from '../app/notes/route.css';",
    "import { loader } from 'notes';",
    "import { unload } from './notes';",
    'from(/notes/api/list)',
  ])('not %s', async (line) => expect(await driven(`${line}\n${made}`)).toBe(null));
});

describe('requests to an app that runs', () => {
  const sent = 'sends requests to the running app';
  const at3000 = "const at = 'http://localhost:3000';\n";
  it.each([
    'fetch(at);',
    'axios(at);',
    'axios.get(at);',
    'got(at);',
    'got.post(at);',
    'ky(at);',
    'ky.put(at);',
    'needle(at);',
    'superagent(at);',
    'superagent.get(at);',
    'undici.request(at);',
    'http.get(at);',
    'request(at);',
    'request.delete(at);',
    'axios.get<Notes>(at);',
    'fetch <Notes>(at);',
    '$fetch(at);',
  ])('%s', async (text) => expect(await driven(`${at3000}${text}`)).toBe(sent));
  it.each(['prefetch(at);', 'my$fetch(at);', 'axios;', 'http.close(at);'])('not %s', async (text) =>
    expect(await driven(`${at3000}${text}`)).toBe(null),
  );
  it.each([
    'app.listen(0);',
    'startServer();',
    'await startTestServer();',
    'createNotesApp();',
    'const at = BASE_URL;',
    'const at = API_HOST;',
    'const at = TESTURL;',
    'const at = SERVER_ADMIN_ORIGIN;',
    'const at = server.url;',
  ])('where %s', async (text) => expect(await driven(`${text}\nfetch(at);`)).toBe(sent));
  it.each([
    "import { http } from 'msw';",
    'import nock from"nock";',
    "import mock from  'axios-mock-adapter';",
    "jest.mock('axios');",
    "vi.mock( 'undici');",
    'global.fetch = answer;',
    'globalThis.fetch= answer;',
    "vi.stubGlobal('fetch', answer);",
    "vi.stubGlobal( 'fetch', answer);",
    'vi.spyOn(globalThis, "fetch");',
    "vi.spyOn( axios, 'get');",
    'get.mockResolvedValue({});',
    'get.mockImplementation(answer);',
  ])('not where its answers are made up: %s', async (text) =>
    expect(await driven(`${at3000}${text}\nfetch(at);`)).toBe(null),
  );
  it.each(['app.listen(0);', 'startServer();', 'bootTestApp();'])(
    'though other answers are made up, where %s starts it',
    async (text) => expect(await driven(`${text}\nglobal.fetch = answer;\naxios.get(at);`)).toBe(sent),
  );
  it.each([
    ['a client of the suite', 'axios.create({ baseURL })', 'api.get("/notes");', sent],
    ['one of another make', 'ky.extend({})', 'notesClient.post<Note>("/notes");', sent],
    ['a class of it', 'new NotesApiClient (at)', 'request.delete <Note>("/notes");', sent],
    ['a class of it', 'new ApiClient(at)', 'http.put("/notes");', sent],
    ['an own one', 'open()', 'api.get("/notes");', null],
    ['a client that nothing asks', 'axios.create({})', 'notes.get("/notes");', null],
    ['a client that is only made', 'axios.create({})', 'api.get;', null],
  ])('%s: %s, then %s', async (_, client, text, note) => {
    const helper = { 'test/client.js': `export const api = ${client};\n` };
    expect(await driven(`${text}\n});\nimport { api } from './client.js';\nit('again', () => {`, helper)).toBe(note);
  });
});

describe('a suite that stands apart', () => {
  const asks = "it('works', () => { fetch(at); });\n";
  it.each([
    ['e2e/notes.test.js', true],
    ['notes-e2e/notes.test.js', true],
    ['integration-test/notes.test.js', true],
    ['integration-tests/notes.test.js', true],
    ['api-test/notes.test.js', true],
    ['api-tests/notes.test.js', true],
    ['tests/e2e/notes.test.js', true],
    ['tests/my_e2e/notes.test.js', false],
    ['tests/notes.test.js', false],
  ])('%s: %s', async (path, is) => {
    const model = await understood({
      'package.json': '{"name":"all","private":true,"workspaces":["apps/*"]}',
      'apps/api/package.json': service(),
      'apps/api/src/index.js': "import express from 'express';\nexpress().listen(1);\n",
      [path]: asks,
    });
    const file = testFiles(model).find((one) => one.path === path)!;
    expect(drives(model, file) !== null).toBe(is);
  });
});

describe('a database', () => {
  it.each([
    ['await mongoose.connect(url);', 'opens a database'],
    ['mongoose.connection (url);', 'opens a database'],
    ['new PrismaClient();', 'opens a database'],
    ['MikroORM.init (options);', 'opens a database'],
    ['new Pool({});', 'opens a database'],
    ['renew PrismaClients();', null],
    ["vi.mock('./prisma.js');\nnew PrismaClient();", null],
    ["proxyquire('./db', { pg: { createPool } });\nthis.createPool({});", null],
    ['const db = mockDeep();\nnew PrismaClient();', null],
  ])('%s', async (text, note) => expect(await driven(text)).toBe(note));
});
