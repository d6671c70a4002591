import { describe, expect, it } from 'vitest';
import { app, asked, at } from './_asked.ts';

const hides = (files: Record<string, string>) => asked('hides-errors', { ask: 'hides' }, files);
const registered = (files: Record<string, string>) => asked('hides-errors', { ask: 'registered' }, files);
const manifest = (more: object = {}) => JSON.stringify({ name: 'api', ...more });
const plain = 'export default async function handler(req, res) {\n  res.json([]);\n}\n';

describe('platforms that answer for their functions', () => {
  const lambda = (routes: string, more: Record<string, string> = {}) => ({
    'package.json': manifest({ dependencies: { '@aws-sdk/client-s3': '3' } }),
    'serverless.yml': `service: api\nprovider:\n  name: aws\n  runtime: nodejs20.x\nfunctions:\n${routes}`,
    ...more,
  });
  const named = (...names: string[]) =>
    names
      .map((name) => `  ${name}:\n    handler: src/${name}.handler\n    events:\n      - httpApi: GET /${name}\n`)
      .join('');
  const answers = "export const handler = async () => ({ statusCode: 200, body: '[]' });\n";
  it.each<[string, Record<string, string>, string[]]>([
    [
      'Vercel',
      { 'package.json': manifest({ dependencies: { zod: '3' } }), 'vercel.json': '{}', 'api/notes.js': plain },
      [
        'yes',
        'api/notes.js:1 the platform answers what it throws with a plain 5xx (https://vercel.com/docs/errors/FUNCTION_INVOCATION_FAILED)',
      ],
    ],
    [
      'Netlify',
      {
        'package.json': manifest({ dependencies: { zod: '3' } }),
        'netlify.toml': '[build]\n  functions = "netlify/functions"\n',
        'netlify/functions/notes.js': "export const handler = async () => ({ statusCode: 200, body: '[]' });\n",
      },
      ['yes', 'netlify/functions/notes.js:1 the platform answers what it throws with a plain 5xx'],
    ],
    [
      'Cloudflare Pages',
      {
        'package.json': manifest({ devDependencies: { wrangler: '4' } }),
        'wrangler.toml': 'name = "links"\npages_build_output_dir = "dist"\n',
        'functions/notes.js': "export const onRequestGet = async () => new Response('[]');\n",
      },
      [
        'yes',
        'functions/notes.js:1 the platform answers what it throws with a plain 5xx (https://developers.cloudflare.com/workers/observability/errors/)',
      ],
    ],
    [
      'a Cloudflare worker',
      {
        'package.json': manifest({ devDependencies: { wrangler: '4' } }),
        'wrangler.toml': 'name = "links"\nmain = "src/index.js"\n',
        'src/index.js': "export default {\n  async fetch(request) {\n    return new Response('[]');\n  },\n};\n",
      },
      [
        'yes',
        'src/index.js:1 the platform answers what it throws with a plain 5xx (https://developers.cloudflare.com/workers/observability/errors/)',
      ],
    ],
    [
      'Azure',
      {
        'package.json': manifest({ main: 'src/index.js', dependencies: { '@azure/functions': '4' } }),
        'host.json': '{ "version": "2.0" }',
        'src/index.js':
          "import { app } from '@azure/functions';\napp.http('notes', { methods: ['GET'], handler: async () => ({ jsonBody: [] }) });\n",
      },
      ['yes', 'src/index.js:2 the platform answers what it throws with a plain 5xx'],
    ],
    [
      'Firebase',
      {
        'package.json': manifest({ main: 'index.js', dependencies: { 'firebase-functions': '6' } }),
        'firebase.json': '{ "functions": { "source": "." } }',
        'index.js':
          "import { onRequest } from 'firebase-functions/v2/https';\nexport const notes = onRequest((req, res) => res.json([]));\n",
      },
      ['yes', 'index.js:2 the platform answers what it throws with a plain 5xx'],
    ],
    [
      'AWS, of six functions four',
      lambda(
        named('a', 'b', 'c', 'd', 'e', 'f'),
        Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [`src/${name}.js`, answers])),
      ),
      [
        'yes',
        'src/a.js:1 the platform answers what it throws with a plain 5xx (https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html)',
        'src/b.js:1 the platform answers what it throws with a plain 5xx (https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html)',
        'src/c.js:1 the platform answers what it throws with a plain 5xx (https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html)',
        'src/d.js:1 the platform answers what it throws with a plain 5xx (https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html)',
      ],
    ],
    [
      'AWS, with functions in Python',
      {
        'requirements.txt': 'boto3==1.0\n',
        'serverless.yml': `service: api\nprovider:\n  name: aws\n  runtime: python3.12\nfunctions:\n${named('notes')}`,
        'src/notes.py': 'def handler(event, context):\n  return { "statusCode": 200 }\n',
      },
      ['no'],
    ],
    [
      'a server of our own beside one',
      at(app("app.get('/notes', (req, res) => res.json([]));"), { 'vercel.json': '{}', 'api/notes.js': plain }),
      ['no'],
    ],
    [
      'Next beside one',
      {
        'package.json': manifest({ scripts: { build: 'next build' }, dependencies: { next: '15', react: '19' } }),
        'vercel.json': '{}',
        'app/page.js': 'export default () => <main />;\n',
        'app/api/notes/route.js': 'export const GET = () => Response.json([]);\n',
        'api/tags.js': plain,
      },
      ['no'],
    ],
  ])('%s', async (_, files, expected) => expect(await registered(files)).toEqual(expected));
});

describe('a function around handlers', () => {
  const around = (source: string) =>
    at(
      app(
        "app.get('/notes', safely(list));",
        "import { safely } from './safely.js';\nconst list = async (req, res) => res.json([]);",
      ),
      { 'src/safely.js': `${source}export const stage = process.env.STAGE;\n` },
    );
  const fails = "res.status(500).json({ error: 'failed' });";
  const trying = (body: string, head = '(run) => async (req, res) =>') =>
    `export const safely = ${head} {\n${body}\n};\n`;
  it.each<[string, string, string[]]>([
    [
      'as one line',
      `export const safely=(run)=>async(req,res)=>{try{await run(req,res)}catch(e){${fails}}};`,
      ['yes', 'src/safely.js:1 safely catches what the handlers it wraps throw'],
    ],
    [
      'with room',
      trying(`  try  {\n    await  run (req, res);\n  } catch (e) { ${fails} }`),
      ['yes', 'src/safely.js:1 safely catches what the handlers it wraps throw'],
    ],
    ['what is awaited is no handler', trying(`  try { await start(req, res); } catch (e) { ${fails} }`), ['yes']],
    ['no await', trying(`  try { return run(req, res); } catch (e) { ${fails} }`, '(run) => (req, res) =>'), ['yes']],
    [
      'not in the block',
      trying(`  try { start(); } finally { end(); }\n  await run(req, res); // catch\n  ${fails}`),
      ['yes'],
    ],
    [
      'a promise',
      trying(`  run(req, res).catch(() => ${fails.replace(';', '')});`, '(run) => (req, res) =>'),
      ['yes', 'src/safely.js:1 safely catches what the handlers it wraps throw'],
    ],
    [
      'a promise, with room',
      trying(`  run (req, res)\n    .catch(() => ${fails.replace(';', '')});`, '(run) => (req, res) =>'),
      ['yes', 'src/safely.js:1 safely catches what the handlers it wraps throw'],
    ],
    [
      'a promise of another',
      trying(`  run(req, res);\n  start().catch(() => ${fails.replace(';', '')});`, '(run) => (req, res) =>'),
      ['yes'],
    ],
    [
      'a promise, in a function without parameters',
      `export const safely = (list) => list;\nexport const warm = () => {\n  let res;\n  Promise.resolve(all()).catch(() => ${fails.replace(';', '')});\n};\n`,
      ['yes'],
    ],
    [
      'which is one of what it is given',
      trying(`  try { await run(req, res); } catch (e) { ${fails} }`, '({ run, log }) => async (req, res) =>'),
      ['yes'],
    ],
    [
      'beside what else it is given',
      trying(`  try { await run(req, res); } catch (e) { ${fails} }`, '({ log }, run) => async (req, res) =>'),
      ['yes', 'src/safely.js:1 safely catches what the handlers it wraps throw'],
    ],
    [
      'made by a function of its own',
      `export const make = (log) => (run) => async (req, res) => {\n  try { await run(req, res); } catch (e) { ${fails} }\n};\nexport const safely = make(console);\n`,
      ['yes', 'src/safely.js:1 a function catches what the handlers it wraps throw'],
    ],
    [
      'in a function of a name',
      `export function safely(run) {\n  return async function answered(req, res) {\n    try { await run(req, res); } catch (e) { ${fails} }\n  };\n}\n`,
      [
        'yes',
        'src/safely.js:1 safely catches what the handlers it wraps throw',
        'src/safely.js:2 answered catches what the handlers it wraps throw',
      ],
    ],
    [
      'in a function without one',
      `export function safely(run) {\n  return async (req, res) => {\n    try { await run(req, res); } catch (e) { ${fails} }\n  };\n}\n`,
      ['yes', 'src/safely.js:1 safely catches what the handlers it wraps throw'],
    ],
    [
      'within one that takes no handler',
      `export function safely() {\n  return (run) => async (req, res) => {\n    try { await run(req, res); } catch (e) { ${fails} }\n  };\n}\n`,
      ['yes', 'src/safely.js:2 a function catches what the handlers it wraps throw'],
    ],
    [
      'that nothing uses',
      `export const safely = (run) => run;\nexport const other = (run) => async (req, res) => {\n  try { await run(req, res); } catch (e) { res.status(500).json({ error: e.message }); }\n};\n`,
      ['yes'],
    ],
    [
      'whose file says 500 of something else',
      `const failed = { status: 500 };\nexport const safely = (run) => async (req, res) => {\n  try { await run(req, res); } catch (e) { throw failed; }\n};\n`,
      ['yes'],
    ],
    [
      'of any kind',
      trying('  try { await run(req, res); } catch (e: any) { handleError(res, e); }'),
      ['yes', 'src/safely.js:1 safely catches what the handlers it wraps throw'],
    ],
    [
      'without room',
      trying('  try { await run(req, res); } catch(e){handleError(res, e);}'),
      ['yes', 'src/safely.js:1 safely catches what the handlers it wraps throw'],
    ],
    [
      'with room for it',
      trying('  try { await run(req, res); } catch  ( e )  {  handleError(res, e); }'),
      ['yes', 'src/safely.js:1 safely catches what the handlers it wraps throw'],
    ],
    [
      'a promise of a method',
      trying('  this.start(req).catch((e) => { res.status(500).end(); });', '(start) => (req, res) =>'),
      ['yes', 'src/safely.js:1 safely catches what the handlers it wraps throw'],
    ],
  ])('%s', async (_, source, expected) => expect(await hides(around(source))).toEqual(expected));

  it.each([
    ['res.sendStatus(500)', 'yes'],
    ['res.status(503).end()', 'yes'],
    ['res.status( 500 ).end()', 'yes'],
    ['res.status (500).end()', 'yes'],
    ['res.statusCode = 500', 'yes'],
    ['res.statusCode=500', 'yes'],
    ["send(res, { 'status': 502 })", 'yes'],
    ['send(res, { "statusCode" : 502 })', 'yes'],
    ['send(res, { status: 400 })', 'no'],
    ['send(res, { httpstatus: 500 })', 'no'],
    ['send(res, { status: 5 })', 'no'],
    ['send(res, { status: code500 })', 'no'],
    ["return new Response('failed', { code: 500 })", 'yes'],
    ["return new Response('1500')", 'no'],
    ["return new Response('failed'); log(500)", 'no'],
    ['return new Response(null, { code: 50 })', 'no'],
    ['this.handleError(res, e)', 'yes'],
    ['handleError ( res, e )', 'no'],
    ['handleError(e, res)', 'yes'],
    ['handleError( e , res )', 'yes'],
    ['handleError( res , e )', 'yes'],
    ['handleError(res,e)', 'yes'],
    ['handleError(e,res)', 'yes'],
    ['handleException(response, e)', 'yes'],
    ['answers.errorOf(reply, e)', 'yes'],
    ['error(ctx, e)', 'yes'],
    ['failWith(res, e)', 'no'],
    ['handleError(e)', 'no'],
    ['handleError(res)', 'no'],
    ['handleError(results, e)', 'no'],
    ['handleError(res, err)', 'no'],
    ['if (e) { log(e); } handleError(res, e)', 'no'],
  ])('that says %s', async (says, expected) => {
    const source = trying(`  try { await run(req, res); } catch (e) { ${says}; }`);
    expect((await registered(around(source)))[0]).toEqual(expected);
  });
});

describe('a function that handlers hand what they caught', () => {
  const routes = (bodies: readonly string[], failed = 'const failed = (res, err) => res.sendStatus(500);') =>
    at(
      app(
        [failed, ...bodies.map((body, i) => `app.get('/notes/${i}', (req, res) => {\n  ${body}\n});`)].join('\n'),
        "import { other } from './other.js';",
      ),
      { 'src/other.js': 'export const other = (res, err) => res.status(500).end();\n' },
    );
  const hands = 'try { res.json(all()); } catch (err) { failed(res, err); }';
  const ends = 'try { res.json(all()); } catch (err) { res.end(); }';
  const goes = 'res.json(all());';
  it.each<[string, Record<string, string>, string[]]>([
    ['each of two', routes([hands, hands]), ['yes', 'src/index.js:4 failed answers what the handlers catch']],
    ['one alone', routes([hands]), ['no']],
    ['half of those that catch', routes([hands, hands, ends, ends]), ['no']],
    [
      'more than half of those that catch',
      routes([hands, hands, ends]),
      ['yes', 'src/index.js:4 failed answers what the handlers catch'],
    ],
    ['half of the handlers', routes([hands, hands, goes, goes]), ['no']],
    [
      'more than half of the handlers',
      routes([hands, hands, goes]),
      ['yes', 'src/index.js:4 failed answers what the handlers catch'],
    ],
    [
      'two functions',
      routes([hands, hands, hands.replace('failed', 'other')]),
      ['yes', 'src/index.js:4 failed answers what the handlers catch'],
    ],
    [
      'another file',
      routes([hands.replace('failed', 'other'), hands.replace('failed', 'other')]),
      ['yes', 'src/other.js:1 other answers what the handlers catch'],
    ],
    [
      'a handler that is handed over by name',
      routes(
        [hands, hands],
        "import list from 'lists';\napp.get('/a', list);\napp.get('/b', list);\napp.get('/c', list);\nconst failed = (res, err) => res.end();",
      ),
      ['yes', 'src/index.js:8 failed answers what the handlers catch'],
    ],
    [
      'what comes after the handlers',
      at(
        app(
          "const failed = (res, err) => res.end();\napp.get('/a', (req, res) => {\n  try { all(); } catch (err) { res.end(); }\n});\napp.get('/b', (req, res) => {\n  try { all(); } catch (err) { res.end(); }\n});\nconst later = (res, err) => failed(res, err);",
        ),
      ),
      ['no'],
    ],
  ])('%s', async (_, files, expected) => expect(await registered(files)).toEqual(expected));

  it.each([
    ['try { res.json(all()); } catch(err){failed(res, err); }', 'yes'],
    ['try { res.json(all()); } catch  ( err ) { failed(res, err); }', 'yes'],
    ['all().catch(async (err) => { failed(res, err); });', 'yes'],
    ['all().catch( async (err) => failed(res, err));', 'yes'],
    ['all().catch((err) => failed(res, err));', 'yes'],
    ['all().catch(err => failed(res, err));', 'yes'],
    ['try { failed(res, err); } catch (err) { res.end(); }', 'no'],
    ['try { all(); } catch (err) { failed(err); }', 'no'],
    ['try { all(); } catch (err) { failed(res); }', 'no'],
    ['try { all(); } catch (err) { failed(res, err.message); }', 'no'],
    ['try { all(); } catch (err) { failed({ err }, res, err); }', 'yes'],
    ['try { all(); } catch (err) { failed(results, err); }', 'no'],
    ['try { all(); } catch (err) { failed(httpres, err); }', 'no'],
    ['try { all(); } catch (err) { unknown(res, err); }', 'no'],
    ['try { all(); } catch (err) { failed(other, res, err); }', 'yes'],
    ['try { all(); } catch { failed(res, err); }', 'no'],
  ])('by %s', async (body, expected) => {
    expect((await registered(routes([body, body])))[0]).toEqual(expected);
  });
});

describe('what a function of a platform answers', () => {
  const lambda = (body: string) => ({
    'package.json': manifest({ dependencies: { '@aws-sdk/client-s3': '3' } }),
    'serverless.yml':
      'service: api\nprovider:\n  name: aws\n  runtime: nodejs20.x\nfunctions:\n  list:\n    handler: src/list.handler\n    events:\n      - httpApi: GET /notes\n',
    'src/list.js': `export const handler = async (event) => {\n${body}\n};\nexport const stage = process.env.STAGE;\n`,
  });
  const sends = 'return { statusCode: 500, body: error.message };';
  it.each<[string, string[] | string]>([
    [`try { return all(); } catch (error) { ${sends} }`, ['src/list.js:2 answers 500 with error as it was thrown']],
    [`try { return all(); } catch(error){${sends}}`, ['src/list.js:2 answers 500 with error as it was thrown']],
    [`try { return all(); } catch  (error)  {  ${sends} }`, ['src/list.js:2 answers 500 with error as it was thrown']],
    [
      `try { return all(); } catch (error: unknown) { ${sends} }`,
      ['src/list.js:2 answers 500 with error as it was thrown'],
    ],
    [`return all().catch((error) => { ${sends} });`, ['src/list.js:2 answers 500 with error as it was thrown']],
    [`return all().catch(async (error) => { ${sends} });`, ['src/list.js:2 answers 500 with error as it was thrown']],
    [`return all().catch( async (error) => { ${sends} });`, ['src/list.js:2 answers 500 with error as it was thrown']],
    [`return all().catch((error)=>{ ${sends} });`, ['src/list.js:2 answers 500 with error as it was thrown']],
    [`return all().catch(error => { ${sends} });`, ['src/list.js:2 answers 500 with error as it was thrown']],
    [`return all().catch(error  =>  { ${sends} });`, ['src/list.js:2 answers 500 with error as it was thrown']],
    [`const text = 'catch';\nconst error = all();\nif (error) { ${sends} }`, 'hidden'],
    [`try { return all(); } catch (error) { log(error); }\nconst error = other();\n${sends}`, 'hidden'],
    [
      `try { return all(); } catch (error) { if (error.code) { log(error); }\n${sends} }`,
      ['src/list.js:3 answers 500 with error as it was thrown'],
    ],
    [`try { return all(); } catch (error) { throw error; }\nfunction told(error) { ${sends} }`, 'hidden'],
    // What says that it failed.
    ['try { return all(); } catch (error) { return { statusCode: 404, body: error.message }; }', 'hidden'],
    [
      'try { return all(); } catch (error) { return { "statusCode": 502, "body": error.stack }; }',
      ['src/list.js:2 answers 500 with error as it was thrown'],
    ],
    [
      "try { return all(); } catch (error) { return { 'status' : 500, 'body' : String(error) }; }",
      ['src/list.js:2 answers 500 with error as it was thrown'],
    ],
    [
      'try { return all(); } catch (error) { return new Response(error.message, { code: 500 }); }',
      [
        'src/list.js:2 answers 500 with error as it was thrown',
        'src/list.js:2 answers 500 with error as it was thrown',
      ],
    ],
    // Another answer, by where it runs or by the kind of error.
    [`try { return all(); } catch (error) { if (process.env.NODE_ENV === 'a') return;\n${sends} }`, 'hidden'],
    [`try { return all(); } catch (error) { if (isProd) return;\n${sends} }`, 'hidden'],
    [
      `try { return all(); } catch (error) { if (error instanceof Missing) return;\n${sends} }`,
      ['src/list.js:3 answers 500 with error as it was thrown'],
    ],
    [
      `try { return all(); } catch (error) { if(error.name==='Missing') { return; }\n${sends} }`,
      ['src/list.js:3 answers 500 with error as it was thrown'],
    ],
    [
      `try { return all(); } catch (error) { if  (error.name  ===  'Missing')  { return; }\n${sends} }`,
      ['src/list.js:3 answers 500 with error as it was thrown'],
    ],
    [
      `try { return all(); } catch (error) {\n  if (error instanceof Missing && (await known(error))) {\n    if (a) { b(); }\n    if (c) { d(); }\n    ${sends}\n  }\n  return { statusCode: 500, body: 'failed' };\n}`,
      'hidden',
    ],
    [
      `try { return all(); } catch (error) {\n  if (error instanceof Missing) return { statusCode: 500, body: error.message };\n  return { statusCode: 500, body: 'failed' };\n}`,
      'hidden',
    ],
    [
      `try { return all(); } catch (error) {\n  if (error instanceof Missing) {\n    if (a) {}\n    ${sends}\n  }\n  return { statusCode: 500, body: 'failed' };\n}`,
      'hidden',
    ],
    [
      `try { return all(); } catch (error) {\n  if (error instanceof Missing) fail(error);\n  if (a) { b(); }\n  ${sends}\n}`,
      ['src/list.js:5 answers 500 with error as it was thrown'],
    ],
    [`try { return all(); } catch (error) {\n  const known = error instanceof Missing;\n  ${sends}\n}`, 'hidden'],
    [`try { return all(); } catch (error) {\n  const known = error.name==='Missing';\n  ${sends}\n}`, 'hidden'],
    [`try { return all(); } catch (error) {\n  const known = error.name  === 'Missing';\n  ${sends}\n}`, 'hidden'],
    // What is carried.
    [
      'try { return all(); } catch (error) {\n\n  return { statusCode: 500, body: JSON.stringify(error) };\n}',
      ['src/list.js:4 answers 500 with error as it was thrown'],
    ],
    [
      'try { return all(); } catch (error) { return { statusCode: 500, body: JSON.stringify({ error }) }; }',
      ['src/list.js:2 answers 500 with error as it was thrown'],
    ],
    [
      'try { return all(); } catch (error) { return { statusCode: 500, error: error.toString() }; }',
      ['src/list.js:2 answers 500 with error as it was thrown'],
    ],
    [
      'try { return all(); } catch (error) { return { statusCode: 500, message: `Error: ${error.message}` }; }',
      ['src/list.js:2 answers 500 with error as it was thrown'],
    ],
    ['try { return all(); } catch (error) { return { statusCode: 500, details: error.code }; }', 'hidden'],
    [
      'try { return all(); } catch (error) { return { statusCode: 500, body: codes.error }; }',
      ['src/list.js:2 answers 500 with error as it was thrown'],
    ],
    ['try { return all(); } catch (error) { return { statusCode: 500, body: errors[0] }; }', 'hidden'],
    [
      'try { return all(); } catch (error) { return { statusCode: 500, body: error\n  }; }',
      ['src/list.js:2 answers 500 with error as it was thrown'],
    ],
    [
      'try { return all(); } catch (error) {\n  event.status = 500;\n  event.body = error\n  return event;\n}',
      ['src/list.js:4 answers 500 with error as it was thrown'],
    ],
    ['try { return all(); } catch (error) { return { statusCode: 500, title: error.message }; }', 'hidden'],
    ["try { return all(); } catch (error) { return { statusCode: 500, body: 'a' }; log(error.message); }", 'hidden'],
    // What is logged.
    [
      'try { return all(); } catch (error) { console.error({ error: error.message }); return { statusCode: 500 }; }',
      'hidden',
    ],
    [
      'try { return all(); } catch (error) { logger.error(JSON.stringify(error), 1); return { statusCode: 500 }; }',
      'hidden',
    ],
    [
      'try { return all(); } catch (error) { appLogger.error({ message: error }); return { statusCode: 500 }; }',
      'hidden',
    ],
    [
      'try { return all(); } catch (error) { Sentry.captureException({ error }); return { statusCode: 500 }; }',
      'hidden',
    ],
    [
      'try { return all(); } catch (error) { tracer.addError({ body: error.stack }); return { statusCode: 500 }; }',
      'hidden',
    ],
    [
      'try { return all(); } catch (error) { shown.add({ body: error.stack }); return { statusCode: 500 }; }',
      ['src/list.js:2 answers 500 with error as it was thrown'],
    ],
    [
      'try { return all(); } catch (error) { blogger.show({ body: error.stack }); return { statusCode: 500 }; }',
      'hidden',
    ],
    [
      `try { return all(); } catch (error) {\n  console.error(error);\n\n  ${sends}\n}`,
      ['src/list.js:5 answers 500 with error as it was thrown'],
    ],
    [
      "try { return all(); } catch (error) { console.error('failed'); return { statusCode: 500, body: error.message }; }",
      ['src/list.js:2 answers 500 with error as it was thrown'],
    ],
    [
      'try { return all(); } catch (error) {\n  if (a) { return { statusCode: 500, body: error.message }; }\n  return { statusCode: 500, body: error.stack };\n}',
      ['src/list.js:3 answers 500 with error as it was thrown'],
    ],
    [
      `try { all(); } catch (error) { ${sends} }\ntry { all(); } catch (error) { ${sends} }\ntry { all(); } catch (error) { ${sends} }\ntry { all(); } catch (error) { ${sends} }\ntry { all(); } catch (error) { ${sends} }`,
      [
        'src/list.js:2 answers 500 with error as it was thrown',
        'src/list.js:3 answers 500 with error as it was thrown',
        'src/list.js:4 answers 500 with error as it was thrown',
        'src/list.js:5 answers 500 with error as it was thrown',
      ],
    ],
  ])('%s', async (body, expected) => {
    const [answer, ...shown] = await hides(lambda(body));
    expect(answer === 'no' ? shown : 'hidden').toEqual(expected);
  });
});

describe('a worker that hands its requests on', () => {
  const worker = (index: string, answer: string) => ({
    'package.json': manifest({ private: true, devDependencies: { wrangler: '4' } }),
    'wrangler.toml': 'name = "links"\nmain = "src/index.js"\n',
    'src/index.js': `import { answer } from './answer.js';\n${index}\n`,
    'src/answer.js': `${answer}\n`,
  });
  const sends =
    'export async function answer(request, env) {\n  try {\n    return await read(request);\n  } catch (error) {\n    return new Response(error.message, { status: 500 });\n  }\n}';
  it.each<[string, string]>([
    [
      'export default { fetch: (request, env) => answer(request, env) };',
      'src/answer.js:5 answers 500 with error as it was thrown',
    ],
    [
      'export default { async fetch(request, env) { return answer(request, env); } };',
      'src/answer.js:5 answers 500 with error as it was thrown',
    ],
    ['export default { async fetch(request, env) { return answer(env, request); } };', 'hidden'],
    ['export default { async fetch(request, env) { return answer(); } };', 'hidden'],
    ["export default { async fetch(request, env) { return answer('request'); } };", 'hidden'],
    ['export default { async fetch(request, env) { return answer(request.url, env); } };', 'hidden'],
    ['export default { async fetch() { return answer(); } };', 'hidden'],
    ['export default { async fetch({ url }) { return answer(url); } };', 'hidden'],
    ['export default { async fetch(request) { return unknown(request); } };', 'hidden'],
    [
      "export default { async fetch(request) { try { return await answer(request); } catch { return new Response('failed'); } } };",
      'hidden',
    ],
    [
      'export default { async fetch(request) { return new Response(); } };\nexport const other = (request) => answer(request);',
      'hidden',
    ],
    [
      'export const other = (request) => answer(request);\nexport default { async fetch(request) { return new Response(); } };',
      'hidden',
    ],
    [
      'const other = () => { try { a(); } catch { b(); } };\nexport default { async fetch(request) { return answer(request); } };',
      'src/answer.js:5 answers 500 with error as it was thrown',
    ],
    [
      'const answered = (request) => answer(request);\nexport default { fetch: answered };',
      'src/answer.js:5 answers 500 with error as it was thrown',
    ],
  ])('%s', async (index, expected) => {
    const [said, ...shown] = await hides(worker(index, sends));
    expect(said === 'no' ? shown.join() : 'hidden').toEqual(expected);
  });
});
