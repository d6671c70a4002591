import { describe, expect, it } from 'vitest';
import { asked } from './_asked.ts';

/** A Cloudflare worker of one file, with what stands beside it. */
const worker = (index: string, more: Record<string, string> = {}) => ({
  'package.json': JSON.stringify({ name: 'links', private: true, devDependencies: { wrangler: '4' } }),
  'wrangler.toml':
    'name = "links"\nmain = "src/index.js"\n\n[[kv_namespaces]]\nbinding = "LINKS"\nid = "1"\n\n[vars]\nSITE = "https://links.test"\n',
  'src/index.js': index,
  ...more,
});
/** What answers the requests that the worker hands on. */
const answering = (body: string, method = 'GET') =>
  worker(
    `import { answer } from './answer.js';\nexport default { async fetch(request, env) { return answer(request, env); } };\n`,
    {
      'src/answer.js': `export async function answer(request, env) {\n  if (request.method === '${method}') await env.LINKS.get('a');\n${body}\n}\n`,
    },
  );

describe('variables of a worker', () => {
  const reading = worker(
    'export default {\n  async fetch(request, env) {\n    return fetch(env.SITE, { headers: { key: env.API_KEY } });\n  },\n};\n',
  );
  const template = { ...reading, '.dev.vars.example': 'API_KEY=\n' };
  const stores = worker(
    'export default {\n  fetch: async (request, env) => new Response(await env.LINKS.get(env.SITE)),\n};\n',
  );
  const words = worker(
    'export default {\n  async fetch(request, env) {\n    return fetch(request, { headers: { key: env.ApiToken } });\n  },\n};\n',
  );
  const aside = worker(
    "export default {\n  async fetch() {\n    // fetch(env.API_KEY);\n    return new Response('https://a.example');\n  },\n};\n",
  );
  const given = worker(
    'export default {\n  async fetch(request, env) {\n    env.STORE = make(env);\n    return env.STORE.answer(request);\n  },\n};\n',
  );
  it.each<[string, Record<string, string>, object, string[]]>([
    ['are asked for', reading, { ask: 'reads' }, ['yes', 'src/index.js:3 reads API_KEY']],
    ['without a template', reading, { ask: 'template' }, ['no', 'src/index.js:3 reads API_KEY']],
    ['named by its own kind of template', template, { ask: 'all' }, ['yes', '.dev.vars.example:1 names 1 variables']],
    ['that the configuration gives', stores, { ask: 'reads' }, ['no']],
    ['in words of small letters', words, { ask: 'reads' }, ['yes', 'src/index.js:3 reads ApiToken']],
    ['in a comment', aside, { ask: 'reads' }, ['no']],
    ['that it keeps there itself', given, { ask: 'reads' }, ['no']],
  ])('%s', async (_, files, options, expected) => {
    expect(await asked('names-variables', options, files)).toEqual(expected);
  });

  it.each<[string, string, string]>([
    ['refuses to work', "if (!env.API_KEY) throw new Error('no key');", 'yes'],
    ['answers that it cannot', "if (!env.API_KEY) return new Response('no key', { status: 500 });", 'yes'],
    ['does without', 'if (!env.API_KEY) return null;', 'no'],
    ['hands them on', 'await createLink(env);', 'no'],
  ])('%s', async (_, statement, expected) => {
    const files = worker(
      `import { createLink } from './link.js';\nexport default {\n  async fetch(request, env) {\n    ${statement}\n    return createLink(env.API_KEY);\n  },\n};\n`,
      { 'src/link.js': 'export const createLink = async (key) => new Response(key);\n' },
    );
    expect((await asked('checks-variables', { ask: 'runs' }, files))[0]).toBe(expected);
  });
});

describe("what is asked of a worker's environment", () => {
  const reading = (line: string, head = '') =>
    worker(
      `${head}export default {\n  async fetch(request, env, ctx) {\n    ${line}\n    return new Response('a');\n  },\n};\n`,
    );
  const read = async (files: Record<string, string>) =>
    (await asked('names-variables', { ask: 'reads' }, files)).slice(1).join(' ');
  const found = 'src/index.js:3 reads API_KEY';
  it.each<[line: string, expected: string]>([
    ['send(env.API_KEY);', found],
    ['send(c.env.API_KEY);', found],
    ['send(ctx.env.API_KEY);', found],
    ['send(context.env.API_KEY);', found],
    ['send(this.env.API_KEY);', found],
    ['send(settings.env.API_KEY);', ''],
    ['send(cc.env.API_KEY);', ''],
    ['send(xc.env.API_KEY);', ''],
    ['send(a.c.env.API_KEY);', ''],
    ['send($env.API_KEY);', ''],
    ['send(myenv.API_KEY);', ''],
    ['send(environment.API_KEY);', ''],
    ['send(env.apiKey);', ''],
    ['send(env.AB);', ''],
    ['send(env.ABC);', 'src/index.js:3 reads ABC'],
    ['send(env.ApiKey1);', 'src/index.js:3 reads ApiKey1'],
    ['send(env.SITE);', ''],
    ['send(env.LINKS);', ''],
    ['send(env.SITES);', 'src/index.js:3 reads SITES'],
    ['// send(env.API_KEY);', ''],
    ['send(); // env.API_KEY', ''],
    ['* env.API_KEY', ''],
    ['*env.API_KEY', ''],
    ['send(2 * env.API_KEY);', found],
    ["send('https://a.example/' + env.API_KEY);", found],
    ["send('a', // where to\n      env.API_KEY);", 'src/index.js:4 reads API_KEY'],
    ['send(\n      env.API_KEY);', 'src/index.js:4 reads API_KEY'],
    ['env.API_KEY = 1;', ''],
    ['env.API_KEY=1;\nsend(env.API_KEY);', ''],
    ['env.API_KEY  =  1; send(env.API_KEY);', ''],
    ['if (env.API_KEY == 1) send();', found],
    ['if (env.API_KEY === 1) send();', found],
    ['send(env.API_KEY, env.API_KEY);', found],
    ['send(env.API_KEY, env.MAIL_KEY);', `${found} src/index.js:3 reads MAIL_KEY`],
    ['const env = load(); send(env.API_KEY);', ''],
    ['let env = load(); send(env.API_KEY);', ''],
    ['var  env = load(); send(env.API_KEY);', ''],
    ['const environment = load(env); send(env.API_KEY);', found],
    ['const { a } = env; send(env.API_KEY);', found],
    ['myconst env; send(env.API_KEY);', found],
  ])('%s: %s', async (line, expected) => {
    expect(await read(reading(line))).toBe(expected);
  });

  it.each<[head: string, expected: string]>([
    ["import { env } from 'cloudflare:workers'; ", ''],
    ["import env from './env.js'; ", ''],
    ["import { environment } from './env.js'; ", found],
    ["import { send } from './send.js'; env; ", found],
    ["import { send } from './env-of.js'; ", found],
    ["import { a } from './send.js'; const b = { env }; from(b); ", found],
    ["import {\n  env,\n} from './env.js'; ", ''],
  ])('where the file begins with %s: %s', async (head, expected) => {
    const files = { ...reading('send(env.API_KEY);', head), 'src/env.js': '', 'src/send.js': '', 'src/env-of.js': '' };
    expect(await read(files)).toBe(expected);
  });

  it.each<[path: string, expected: string]>([
    ['src/send.js', 'src/send.js:1 reads API_KEY'],
    ['src/examples/send.js', ''],
    ['src/idle.js', ''],
  ])('in %s: %s', async (path, expected) => {
    const from = path === 'src/idle.js' ? 'send' : path.slice(4, -3);
    const head = `import { send } from './${from}.js'; `;
    const files = {
      'src/send.js': 'export const send = () => 1;\n',
      [path]: 'export const send = (c) => c.env.API_KEY;\n',
    };
    expect(await read({ ...reading('send(env);', head), ...files })).toBe(expected);
  });

  it('is nothing where no worker is configured', async () => {
    const files: Record<string, string> = reading('send(env.API_KEY);');
    delete files['wrangler.toml'];
    expect(await read({ ...files, 'package.json': '{"name":"links","main":"src/index.js"}' })).toBe('');
  });

  const checked = async (line: string) => {
    const files = worker(
      `export default {\n  async fetch(request, env, c) {\n    ${line}\n    return send(env.API_KEY);\n  },\n};\n`,
    );
    return (await asked('checks-variables', { ask: 'covers' }, files)).join(' ');
  };
  const stops = 'yes src/index.js:3 stops without API_KEY';
  const unchecked = (line = 3) => `no src/index.js:${line} reads API_KEY, which nothing checks`;
  it.each<[line: string, expected: string]>([
    ["if (!env.API_KEY) throw new Error('key');", stops],
    ["if ( ! env.API_KEY ) { throw new Error('key'); }", stops],
    ["if(!env.API_KEY){throw new Error('key');}", stops],
    ["if (!c.env.API_KEY) throw new Error('key');", stops],
    ["if (!this.env.API_KEY) throw new Error('key');", stops],
    ["if (!env.LINKS || !env.API_KEY) throw new Error('key');", stops],
    ["if (!env.API_KEY) return new Response('key');", stops],
    ["if (!env.API_KEY) return c.json({ error: 'key' });", stops],
    ["if (!env.API_KEY) return c.text('key');", stops],
    ["if (!env.API_KEY) {\n      return answer('key', 503);\n    }", stops],
    ["if (!env.API_KEY) return answer('key', 404);", unchecked()],
    ['if (!env.API_KEY) return c.redirect();', unchecked()],
    ['if (!env.API_KEY) return null;', unchecked()],
    ['if (!env.API_KEY) overthrow();', unchecked()],
    ['if (!env.API_KEY) throws();', unchecked()],
    ["if (!env.API_KEY) warn(); throw new Error('key');", unchecked()],
    ["if (!env.API_KEY) { warn(1) } throw new Error('key');", unchecked()],
    ["if (env.API_KEY) throw new Error('key');", unchecked()],
    ["if (!env.LINKS) { send(!env.API_KEY); throw new Error('key'); }", unchecked()],
    ["if (!c.get() || !env.API_KEY) throw new Error('key');", unchecked()],
    ["when (!env.API_KEY) throw new Error('key');", unchecked()],
    ["if (!env.API_KEYS) throw new Error('key');", `${unchecked(4)} src/index.js:3 stops without API_KEYS`],
    ["if (!a.c.env.API_KEY) throw new Error('key');", unchecked(4)],
  ])('%s: %s', async (line, expected) => {
    expect(await checked(line)).toBe(expected);
  });

  it('counts as checked where one file of several does', async () => {
    const index = (first: string, second: string) =>
      worker(
        `import { a } from './a.js';\nimport { b } from './b.js';\nexport default { fetch: (request, env) => a(b(request, env), env) };\n`,
        {
          'src/a.js': `export const a = (r, env) => { ${first} };\n`,
          'src/b.js': `export const b = (r, env) => { ${second} };\n`,
        },
      );
    const asks = 'return env.API_KEY;';
    const refuses = "if (!env.API_KEY) throw new Error('key');";
    const answer = async (first: string, second: string) =>
      (await asked('checks-variables', { ask: 'runs' }, index(first, second))).join(' ');
    expect(await answer(asks, refuses)).toBe('yes src/a.js:1 stops without API_KEY');
    expect(await answer(refuses, asks)).toBe('yes src/a.js:1 stops without API_KEY');
    expect(await answer(asks, asks)).toBe('no');
  });
});

it.each<[string, string, string]>([
  ['sends what was thrown', 'return new Response(`Error: ${error.message}`, { status: 500 });', 'no'],
  [
    'sends it for one kind alone',
    "if (error instanceof Refused) {\n      return new Response(error.message, { status: error.status });\n    }\n    return new Response('failed', { status: 500 });",
    'yes',
  ],
  [
    'sends it for one kind and for what is left',
    'if (error instanceof Refused) {\n      return new Response(error.message, { status: 500 });\n    } else {\n      return new Response(`Error: ${error.message}`, { status: 500 });\n    }',
    'no',
  ],
])('%s', async (_, caught, expected) => {
  const files = answering(`  try {\n    return await read(request);\n  } catch (error) {\n    ${caught}\n  }`);
  expect((await asked('hides-errors', { ask: 'hides' }, files))[0]).toBe(expected);
});

it('lets an answer be kept for a time that is set elsewhere', async () => {
  const kept = (age: string) =>
    answering(
      `  const headers = { 'cache-control': \`public, max-age=${age}\` };\n  return new Response('a', { headers });`,
    );
  expect((await asked('caches-answers', { ask: 'used' }, kept('${env.AGE}')))[0]).toBe('yes');
  expect((await asked('caches-answers', { ask: 'used' }, kept('0')))[0]).toBe('no');
});

it('takes a body in the function that it hands the request to', async () => {
  const taking = worker(
    "import { answer } from './answer.js';\nexport default {\n  async fetch(request, env) {\n    return request.method === 'POST' ? answer(request, env) : new Response();\n  },\n};\n",
    { 'src/answer.js': "export const answer = async (request, env) => env.LINKS.put('a', await request.text());\n" },
  );
  expect(await asked('validates-input', {}, taking)).toEqual([
    'no',
    'src/index.js:2 ALL /src/index takes what it is sent: 0 of 1 routes are checked',
  ]);
});
