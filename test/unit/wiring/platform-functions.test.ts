import { describe, expect, it } from 'vitest';
import type { ValueFact } from '../../../src/model/facts/source.ts';
import { pkg, wired } from './_wired.ts';

const nameOf = (value: ValueFact): string =>
  value.kind === 'call' ? `${value.callee}()` : value.kind === 'ref' ? value.path : value.kind;

/** The routes as a reader would list them: what is asked, by which platform, where it is written, what stands before, who answers. */
async function answered(files: Record<string, string>, path = '.'): Promise<string[]> {
  return (await wired(files, path))
    .routes()
    .map(({ method, path: at, framework, line, live, middleware, handler }) =>
      [
        `${method} ${at} ${framework}:${line}`,
        ...(live === 'live' ? [] : [live]),
        ...(middleware.length > 0 ? [`after ${middleware.map(nameOf).join(', ')}`] : []),
        handler ? `by ${handler.file}:${handler.fn.line}` : 'by nobody',
      ].join(' '),
    );
}

const started = async (files: Record<string, string>, path = '.') =>
  (await wired(files, path)).entries.map(({ file, reason, evidence, names }) =>
    [file, reason, `${evidence.file}:${evidence.line}`, `${names}`].join(', '),
  );

describe('functions of Azure', () => {
  const imports =
    "import { app, output as other } from '@azure/functions';\nimport * as azure from '@azure/functions';\n";
  it.each<[string, string[]]>([
    [
      "app.http('notes', { methods: ['GET', 'POST'], authLevel: 'anonymous', route: 'all', handler: go });",
      ['GET /all azure-functions:4 by src/index.js:3', 'POST /all azure-functions:4 by src/index.js:3'],
    ],
    ["app.http('notes', { methods: ['delete'], handler: go });", ['DELETE /notes azure-functions:4 by src/index.js:3']],
    [
      "app.http('notes', { methods: [verb, 'PUT'], handler: go });",
      ['ALL /notes azure-functions:4 by src/index.js:3', 'PUT /notes azure-functions:4 by src/index.js:3'],
    ],
    ["app.http('notes', { methods: 'GET', handler: go });", ['ALL /notes azure-functions:4 by src/index.js:3']],
    [
      "app.http('notes', { route: 'n/{id}', handler: async () => ({}) });",
      ['ALL /n/{id} azure-functions:4 by src/index.js:4'],
    ],
    ["app.http('notes', { route: 'n', handler: lost });", ['ALL /n azure-functions:4 by nobody']],
    ["app.http('notes', { route, handler: go });", ['ALL /notes azure-functions:4 by src/index.js:3']],
    ["app.http('notes', go);", ['ALL /notes azure-functions:4 by src/index.js:3']],
    ["app.http('notes');", ['ALL /notes azure-functions:4 by nobody']],
    ['app.http();', ['ALL /* azure-functions:4 by nobody']],
    ['app.http(name, { handler: go });', ['ALL /* azure-functions:4 by src/index.js:3']],
    ["app.get('notes', go);", ['GET /notes azure-functions:4 by src/index.js:3']],
    ["app.post('notes', go);", ['POST /notes azure-functions:4 by src/index.js:3']],
    ["app.put('notes', go);", ['PUT /notes azure-functions:4 by src/index.js:3']],
    ["app.patch('notes', go);", ['PATCH /notes azure-functions:4 by src/index.js:3']],
    ["app.delete('notes', go);", ['DELETE /notes azure-functions:4 by src/index.js:3']],
    ["app.deleted('notes', go);", []],
    ["app.timer('notes', { handler: go });", []],
    ["azure.app.http('notes', { handler: go });", ['ALL /notes azure-functions:4 by src/index.js:3']],
    ["other.http('notes', { handler: go });", []],
    ["http('notes', { handler: go });", []],
    ["const app = own(); app.http('notes', { handler: go });", ['ALL /notes azure-functions:4 dead by src/index.js:3']],
  ])('%s', async (statement, expected) => {
    const files = {
      'package.json': pkg('@azure/functions'),
      'src/index.js': `${imports}async function go() {}\n${statement}\n`,
    };
    expect(await answered(files)).toEqual(expected);
  });

  const bound = '{ "bindings": [{ "type": "httpTrigger", "direction": "in", "name": "req" }] }';
  it.each<[string, string, Record<string, string>, string[]]>([
    [
      '@azure/functions',
      bound,
      { 'notes/index.js': 'module.exports = async () => {};\n' },
      [
        'ALL /notes azure-functions:1 by notes/index.js:1',
        'notes/index.js, notes/function.json binds it, notes/function.json:1, all',
      ],
    ],
    [
      'azure-functions-core-tools',
      bound,
      { 'notes/index.js': 'module.exports = async () => {};\n' },
      ['ALL /notes azure-functions:1 dead by notes/index.js:1'],
    ],
    ['express', bound, { 'notes/index.js': 'module.exports = async () => {};\n' }, []],
    [
      '@azure/functions',
      bound,
      { 'notes/index.ts': '\nexport default async function run() {}\n' },
      [
        'ALL /notes azure-functions:1 by nobody',
        'notes/index.ts, notes/function.json binds it, notes/function.json:1, all',
      ],
    ],
    [
      '@azure/functions',
      bound,
      { 'notes/index.js': 'other();\n' },
      [
        'ALL /notes azure-functions:1 by nobody',
        'notes/index.js, notes/function.json binds it, notes/function.json:1, all',
      ],
    ],
    ['@azure/functions', bound, { 'notes/run.js': 'module.exports = async () => {};\n' }, []],
    [
      '@azure/functions',
      '{ "bindings": [{ "type": "httpTrigger", "methods": ["get", "delete"], "route": "notes/{id:int?}" }, { "type": "http" }] }',
      { 'notes/index.js': 'module.exports = async () => {};\n' },
      [
        'DELETE /notes/{id:int?} azure-functions:1 by notes/index.js:1',
        'GET /notes/{id:int?} azure-functions:1 by notes/index.js:1',
        'notes/index.js, notes/function.json binds it, notes/function.json:1, all',
      ],
    ],
    [
      '@azure/functions',
      '{ "bindings": [{ "type": "http", "name": "res" }, { "type": "httpTrigger", "methods": [], "route": "" }] }',
      { 'notes/index.js': 'module.exports = async () => {};\n' },
      [
        'ALL / azure-functions:1 by notes/index.js:1',
        'notes/index.js, notes/function.json binds it, notes/function.json:1, all',
      ],
    ],
    [
      '@azure/functions',
      '{ "bindings": [{ "type": "http", "name": "res" }, { "type": "httpTrigger", "methods": ["any"], "route": "" }] }',
      { 'notes/index.js': 'module.exports = async () => {};\n' },
      [
        'ANY / azure-functions:1 by notes/index.js:1',
        'notes/index.js, notes/function.json binds it, notes/function.json:1, all',
      ],
    ],
    [
      '@azure/functions',
      '{ /* every night */ "bindings": [{ "type": "timerTrigger", "schedule": "0 0 3 * * *" }], }',
      { 'notes/index.js': 'module.exports = async () => {};\n' },
      ['notes/index.js, notes/function.json binds it, notes/function.json:1, all'],
    ],
    [
      '@azure/functions',
      '{ // compiled\n "scriptFile": "../dist/notes/index.js", "bindings": [{ "type": "httpTrigger" }], }',
      { 'notes/index.ts': 'export default async () => {};\n' },
      [
        'ALL /notes azure-functions:1 by nobody',
        'notes/index.ts, notes/function.json binds it, notes/function.json:1, all',
      ],
    ],
    [
      '@azure/functions',
      '{ "scriptFile": "../lib/run.js", "bindings": [{ "type": "httpTrigger" }] }',
      { 'lib/run.js': 'module.exports = async () => {};\n' },
      [
        'ALL /notes azure-functions:1 by lib/run.js:1',
        'lib/run.js, notes/function.json binds it, notes/function.json:1, all',
      ],
    ],
    [
      '@azure/functions',
      '{ "scriptFile": "../../run.js", "bindings": [{ "type": "httpTrigger" }] }',
      { 'run.js': 'module.exports = async () => {};\n' },
      [],
    ],
    [
      '@azure/functions',
      '{ "bindings": [{ "type": "httpTrigger"',
      { 'notes/index.js': 'module.exports = 1;\n' },
      ['notes/index.js, notes/function.json binds it, notes/function.json:1, all'],
    ],
    [
      '@azure/functions',
      '[]',
      { 'notes/index.js': 'module.exports = async () => {};\n' },
      ['notes/index.js, notes/function.json binds it, notes/function.json:1, all'],
    ],
  ])('%s binds %s', async (name, text, files, expected) => {
    const all = { 'package.json': JSON.stringify({ name: 'app', dependencies: { [name]: '1' } }), ...files };
    const bindings = { 'notes/function.json': text };
    const reasons = (await started({ ...all, ...bindings })).filter((one) => /binds it/.test(one));
    expect([...(await answered({ ...all, ...bindings })), ...reasons]).toEqual(expected);
  });
});

describe('functions of Firebase', () => {
  it.each<[string, string, string[]]>([
    [
      "import { onRequest } from 'firebase-functions/v2/https';",
      'export const hook = onRequest((req, res) => res.end());',
      ['ALL /hook firebase-functions:2 by src/index.js:2'],
    ],
    [
      "import { onRequest } from 'firebase-functions/v2/https';",
      'export const hook = onRequest({ cors: true }, (req, res) => res.end());',
      ['ALL /hook firebase-functions:2 by src/index.js:2'],
    ],
    [
      "import { onCall } from 'firebase-functions/https';",
      'export const ask = onCall(answer);\nfunction answer() {}',
      ['ALL /ask firebase-functions:2 by src/index.js:3'],
    ],
    [
      "import * as functions from 'firebase-functions';",
      'export const hook = functions.https.onRequest(go);',
      ['ALL /hook firebase-functions:2 by nobody'],
    ],
    [
      "import * as functions from 'firebase-functions';",
      'export const hook = functions.region("eu").https.onCall(() => 1);',
      ['ALL /hook firebase-functions:2 by src/index.js:2'],
    ],
    [
      "const functions = require('firebase-functions');",
      'exports.hook = functions.https.onRequest((req, res) => res.end());',
      ['ALL /hook firebase-functions:2 by src/index.js:2'],
    ],
    [
      "const functions = require('firebase-functions');",
      'module.exports.hook = functions.https.onRequest((req, res) => res.end());',
      ['ALL /hook firebase-functions:2 by src/index.js:2'],
    ],
    [
      "const functions = require('firebase-functions');",
      'functions.https.onRequest((req, res) => res.end());',
      ['ALL /* firebase-functions:2 by src/index.js:2'],
    ],
    [
      "import { onSchedule } from 'firebase-functions/v2/scheduler';",
      "export const hook = onSchedule('every day', () => 1);",
      [],
    ],
    [
      "import { onRequest } from 'own/firebase-functions';",
      'export const hook = onRequest((req, res) => res.end());',
      [],
    ],
    ['', 'export const hook = onRequest((req, res) => res.end());', []],
  ])('%s %s', async (imports, statement, expected) => {
    expect(
      await answered({ 'package.json': pkg('firebase-functions'), 'src/index.js': `${imports}\n${statement}\n` }),
    ).toEqual(expected);
  });
});

describe('a function by its place', () => {
  const run = 'export default async (request) => request.body;\n';
  it.each<[string, Record<string, string>, string[], string?]>([
    [
      'Vercel',
      { 'vercel.json': '{}', 'api/in/notes.ts': run, 'lib/api/other.ts': run },
      ['ALL /in/notes vercel:1 by api/in/notes.ts:1', 'api/in/notes.ts, Vercel function, api/in/notes.ts:1, all'],
    ],
    [
      'Vercel, below an own folder',
      { 'vercel.json': '{}', 'api/api/notes.v2.ts': run },
      [
        'ALL /api/notes.v2 vercel:1 by api/api/notes.v2.ts:1',
        'api/api/notes.v2.ts, Vercel function, api/api/notes.v2.ts:1, all',
      ],
    ],
    [
      'Vercel, what is left for the functions',
      { 'vercel.json': '{}', 'api/_own.ts': run, 'api/_in/a.ts': run, 'api/.b/a.ts': run, 'api/a_b.ts': run },
      ['ALL /a_b vercel:1 by api/a_b.ts:1', 'api/a_b.ts, Vercel function, api/a_b.ts:1, all'],
    ],
    ['Vercel beside Next.js', { 'package.json': pkg('next'), 'vercel.json': '{}', 'api/notes.ts': run }, []],
    ['no Vercel', { 'api/notes.ts': run }, []],
    [
      'Netlify',
      {
        'netlify/functions/notes.mts': run,
        'netlify/edge-functions/in/geo.js': run,
        'netlify/other/a.js': run,
        'in/netlify/functions/a.js': run,
      },
      [
        'ALL /in/geo netlify:1 by netlify/edge-functions/in/geo.js:1',
        'ALL /notes netlify:1 by netlify/functions/notes.mts:1',
        'netlify/edge-functions/in/geo.js, Netlify function, netlify/edge-functions/in/geo.js:1, all',
        'netlify/functions/notes.mts, Netlify function, netlify/functions/notes.mts:1, all',
      ],
    ],
    [
      'Supabase',
      { 'supabase/functions/mail/index.ts': run, 'supabase/functions/mail/own.ts': run },
      ['supabase/functions/mail/index.ts, Supabase function, supabase/functions/mail/index.ts:1, all'],
    ],
    [
      'Cloudflare Pages',
      {
        'wrangler.toml': '',
        'functions/api/notes.js':
          'export const onRequest = () => 1;\nexport const onRequestPatch = () => 1;\nexport const onRequests = 1;\nexport const request = 1;\n',
      },
      [
        'ALL /api/notes cloudflare:1 by functions/api/notes.js:1',
        'PATCH /api/notes cloudflare:2 by functions/api/notes.js:2',
        'functions/api/notes.js, Cloudflare Pages function, functions/api/notes.js:1, all',
      ],
    ],
    ['no Cloudflare', { 'functions/api/notes.js': run }, []],
    [
      'Cloudflare Pages in a package',
      {
        'package.json': '{}',
        'web/package.json': '{"name":"web"}',
        'web/wrangler.json': '{}',
        'web/functions/functions/notes.js': run,
        'functions/other.js': run,
      },
      [
        'ALL /functions/notes cloudflare:1 by web/functions/functions/notes.js:1',
        'web/functions/functions/notes.js, Cloudflare Pages function, web/functions/functions/notes.js:1, all',
      ],
      'web',
    ],
    [
      'a worker',
      {
        'wrangler.toml': 'name = "a"\nmain = "./src/worker.ts"\n',
        'src/worker.ts': '\nexport default { async fetch() { return new Response(); } };\n',
      },
      [
        'ALL /src/worker cloudflare-worker:2 by src/worker.ts:2',
        'src/worker.ts, wrangler.toml: wrangler runs it, wrangler.toml:2, all',
      ],
    ],
    [
      'a worker that hands on',
      {
        'wrangler.toml': "main = 'src/worker.ts'\n",
        'src/worker.ts': "import { answer } from './answer';\nexport default { fetch: answer };\nprocess.env.A;\n",
        'src/answer.ts': 'export const answer = () => 1;\n',
      },
      [
        'ALL /src/worker cloudflare-worker:2 by nobody',
        'src/worker.ts, wrangler.toml: wrangler runs it, wrangler.toml:1, all',
      ],
    ],
    [
      'a worker of two',
      {
        'wrangler.toml': 'domain = "src/other.ts"\nmain = "src/worker.ts"\n',
        'src/worker.ts':
          'class Other { fetch() {} }\nconst own = { fetch() {} };\nexport default {\n  fetch() { return new Response(); },\n};\n',
        'src/other.ts': run,
      },
      [
        'ALL /src/worker cloudflare-worker:3 by src/worker.ts:4',
        'src/worker.ts, wrangler.toml: wrangler runs it, wrangler.toml:2, all',
      ],
    ],
    [
      'a worker and its tool',
      {
        'package.json': '{"name":"app","scripts":{"build":"node src/worker.js"}}',
        'wrangler.toml': 'main = "src/worker.js"',
        'src/worker.js': run,
      },
      [
        'ALL /src/worker cloudflare-worker:1 by src/worker.js:1',
        'src/worker.js, wrangler.toml: wrangler runs it, wrangler.toml:1, all',
        'src/worker.js, package.json "build" runs node src/worker.js, package.json:1, ',
      ],
    ],
    [
      'exports that platforms call',
      {
        'vercel.json': '{}',
        'api/a.ts': [
          'handler',
          'GET',
          'POST',
          'PUT',
          'PATCH',
          'DELETE',
          'fetch',
          'onRequestGet',
          'HEAD',
          'myhandler',
          'handlers',
          'GETS',
          'fetched',
          'config',
          'dynamic',
        ]
          .map((name) => `export const ${name} = async () => 1;\n`)
          .join(''),
      },
      [
        'ALL /a vercel:1 by api/a.ts:1',
        'GET /a vercel:2 by api/a.ts:2',
        'POST /a vercel:3 by api/a.ts:3',
        'PUT /a vercel:4 by api/a.ts:4',
        'PATCH /a vercel:5 by api/a.ts:5',
        'DELETE /a vercel:6 by api/a.ts:6',
        'ALL /a vercel:7 by api/a.ts:7',
        'GET /a vercel:8 by api/a.ts:8',
        'HEAD /a vercel:9 by api/a.ts:9',
        'api/a.ts, Vercel function, api/a.ts:1, all',
      ],
    ],
    [
      'what it exports under another name',
      {
        'vercel.json': '{}',
        'api/a.ts': 'const list = async () => 1;\nconst GET = async () => 2;\nexport { list as GET };\n',
      },
      ['GET /a vercel:3 by api/a.ts:2', 'api/a.ts, Vercel function, api/a.ts:1, all'],
    ],
    [
      'what it hands on',
      {
        'vercel.json': '{}',
        'api/a.ts': "export { GET } from '../lib/a';\nexport { default } from '../lib/a';\n",
        'lib/a.ts': 'export const GET = async () => 1;\nexport default GET;\n',
      },
      ['GET /a vercel:1 by nobody', 'ALL /a vercel:2 by nobody', 'api/a.ts, Vercel function, api/a.ts:1, all'],
    ],
  ])('%s', async (_, files, expected, path = '.') => {
    const all = { 'package.json': '{"name":"app"}', ...files };
    expect([...(await answered(all, path)), ...(await started(all, path))]).toEqual(expected);
  });
});

describe('a function that a configuration names', () => {
  const yml = (functions: string) => `service: notes\nprovider: { name: aws }\nfunctions:\n${functions}`;
  const one = yml('  notes: { handler: src/notes.main, events: [{ httpApi: GET /notes }] }\n');
  const own = "import { check, log, make, wrap } from './own.js';\nimport middy from '@middy/core';\n";
  const files = (configuration: string, module: string) => ({
    'package.json': pkg('@middy/core'),
    'serverless.yml': configuration,
    'src/notes.js': own + module,
    'src/own.js': 'export const [check, log, make, wrap] = [];\n',
  });
  it.each<[string, string[]]>([
    ['export const main = async () => 1;', ['GET /notes lambda:3 by src/notes.js:3']],
    ['export async function main() {}', ['GET /notes lambda:3 by src/notes.js:3']],
    ['export const main = middy(async () => 1).use(check());', ['GET /notes lambda:3 after check() by src/notes.js:3']],
    [
      'export const main = middy(() => 1)\n  .use(check()).use([log(), other]);',
      ['GET /notes lambda:3 after log(), other, check() by src/notes.js:3'],
    ],
    [
      'export const main = middy().use(check()).handler(async () => 1);',
      ['GET /notes lambda:3 after check() by src/notes.js:3'],
    ],
    [
      'export const main = middyfy(async () => 1);\nconst list = middy(async () => 2).use(log());',
      ['GET /notes lambda:3 by src/notes.js:3'],
    ],
    [
      'const list = async () => 1;\nexport const main = middy(list);\nmain.use(check());',
      ['GET /notes lambda:4 after check() by src/notes.js:3'],
    ],
    [
      'const list = async () => 1;\nexport const main = middy(list);\nmain.before(a).use(check()).use(log());',
      ['GET /notes lambda:4 after log(), check() by src/notes.js:3'],
    ],
    [
      'const list = async () => 1;\nexport const main = middy(list);\nmain.used(check());\nmain.in.use(log());\nmains.use(log());',
      ['GET /notes lambda:4 by src/notes.js:3'],
    ],
    ['export const main = make(async () => 1).run();', ['GET /notes lambda:3 by src/notes.js:3']],
    ['export const main = make({ handle: async () => 1 }).run();', ['GET /notes lambda:3 by nobody']],
    ['export const main = make(1, async () => 1).run();', ['GET /notes lambda:3 by src/notes.js:3']],
    [
      'export const other = make(async () => 2).run();\nexport const main = make(\n  async () => 1).run();',
      ['GET /notes lambda:4 by src/notes.js:5'],
    ],
    [
      'const list = async () => 1;\nconst all = async () => 2;\nexport { all as main };',
      ['GET /notes lambda:5 by src/notes.js:4'],
    ],
    ['const all = make(\n async () => 2).run();\nexport { all as main };', ['GET /notes lambda:5 by src/notes.js:4']],
    [
      'const all = async () => 2;\nconst made = wrap(all);\nexport { made as main };',
      ['GET /notes lambda:5 by src/notes.js:3'],
    ],
    ["export { main } from './other.js';", ['GET /notes lambda:3 by nobody']],
    ['exports.main = async () => 1;', ['GET /notes lambda:3 by src/notes.js:3']],
    [
      'exports.main = wrap(async () => 1).run();\nexports.main.use(check());',
      ['GET /notes lambda:3 after check() by src/notes.js:3'],
    ],
    ['export const handler = async () => 1;', []],
  ])('%s', async (module, expected) => expect(await answered(files(one, `${module}\n`))).toEqual(expected));

  it.each<[string, string, string[]]>([
    [
      'of two methods',
      '  notes: { handler: src/notes.main, events: [{ httpApi: GET /notes }, { http: POST /notes }] }\n',
      [
        'GET /notes lambda:3 by src/notes.js:3',
        'POST /notes lambda:3 by src/notes.js:3',
        'src/notes.js, serverless.yml: an HTTP event calls it, serverless.yml:4, all',
      ],
    ],
    [
      'without a path',
      '  notes: { handler: src/notes.main, url: true }\n',
      [
        'ALL /src/notes lambda:3 by src/notes.js:3',
        'src/notes.js, serverless.yml: an HTTP event calls it, serverless.yml:4, all',
      ],
    ],
    [
      'by an event alone',
      '  notes: { handler: src/notes.main, events: [{ sqs: arn:aws:sqs:a }] }\n',
      ['src/notes.js, serverless.yml: an event calls it, serverless.yml:4, all'],
    ],
    [
      'by nothing',
      '  notes: { handler: src/notes.main }\n',
      ['src/notes.js, serverless.yml: the function configuration names it, serverless.yml:4, all'],
    ],
    [
      'two in one file',
      '  a: { handler: src/notes.main, events: [{ httpApi: GET /a }] }\n  b: { handler: src/notes.handler, events: [{ httpApi: GET /b }] }\n',
      [
        'GET /a lambda:3 by src/notes.js:3',
        'GET /b lambda:4 by src/notes.js:4',
        'src/notes.js, serverless.yml: an HTTP event calls it, serverless.yml:4, all',
      ],
    ],
    [
      'one of two in a file',
      '  a: { handler: src/notes.main, events: [{ sqs: arn:aws:sqs:a }] }\n  b: { handler: src/notes.handler, events: [{ httpApi: GET /b }] }\n',
      ['src/notes.js, serverless.yml: an event calls it, serverless.yml:4, all'],
    ],
    [
      'the other of two in a file',
      '  a: { handler: src/notes.main, events: [{ httpApi: GET /a }] }\n  b: { handler: src/notes.handler, events: [{ schedule: rate(1 day) }] }\n',
      [
        'GET /a lambda:3 by src/notes.js:3',
        'src/notes.js, serverless.yml: an HTTP event calls it, serverless.yml:4, all',
      ],
    ],
  ])('%s', async (_, functions, expected) => {
    const all = files(yml(functions), 'export const main = async () => 1;\nexport const handler = async () => 2;\n');
    expect([...(await answered(all)), ...(await started(all)).filter((one) => /serverless/.test(one))]).toEqual(
      expected,
    );
  });
});
