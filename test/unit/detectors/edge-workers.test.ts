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
