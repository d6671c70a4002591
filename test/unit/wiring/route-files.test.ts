import { describe, expect, it } from 'vitest';
import { wired } from './_wired.ts';

const manifest = (...packages: string[]) =>
  JSON.stringify({
    name: 'app',
    scripts: { start: 'start' },
    dependencies: Object.fromEntries(packages.map((name) => [name, '1'])),
  });
/** The paths that a file answers, as a framework would find it. */
const paths = async (name: string, path: string, text: string): Promise<string[]> => {
  const wiring = await wired({ 'package.json': manifest(name), [path]: text });
  return [...new Set(wiring.routes().map((route) => `${route.method} ${route.path}`))];
};

const verbs = 'export const GET = (request) => new Response(request.headers.get("a"));\n';
const standard = 'export default (req, res) => res.json(req.query);\n';
const loader = 'export const loader = async ({ request }) => new Response(request.url);\n';
const load = 'export const load = async ({ fetch }) => ({ a: await fetch(process.env.API) });\n';
const props = 'export const getServerSideProps = async ({ req }) => ({ props: req.headers });\n';
const event = 'export default defineEventHandler((event) => process.env.A);\n';

describe('a file is a route by its place', () => {
  const rows: [name: string, text: string, path: string, route: string | null][] = [
    ['next', verbs, 'app/notes/route.ts', 'GET /notes'],
    ['next', verbs, 'src/app/notes/route.js', 'GET /notes'],
    ['next', verbs, 'app/route.tsx', 'GET /'],
    ['next', verbs, 'lib/app/notes/route.ts', null],
    ['next', verbs, 'app/notes/route.ts.js', null],
    ['next', verbs, 'app/notes/routes.ts', null],
    ['next', standard, 'pages/api/notes.ts', '/api/notes'],
    ['next', standard, 'src/pages/api/notes/index.js', '/api/notes'],
    ['next', standard, 'lib/pages/api/notes.ts', null],
    ['next', standard, 'pages/api/notes.json.md', null],
    ['next', props, 'pages/notes.tsx', 'GET /notes'],
    ['next', props, 'src/pages/notes/index.jsx', 'GET /notes'],
    ['next', props, 'lib/pages/notes.tsx', null],
    ['remix', loader, 'app/routes/notes.ts', 'GET /notes'],
    ['remix', loader, 'app/routes/notes/route.tsx', 'GET /notes'],
    ['remix', loader, 'app/routes/notes/index.tsx', 'GET /notes'],
    ['remix', loader, 'app/routes/index.tsx', 'GET /'],
    ['remix', loader, 'app/root.tsx', 'GET /'],
    ['remix', loader, 'app/root.js', 'GET /'],
    ['remix', loader, 'lib/app/routes/notes.ts', null],
    ['@sveltejs/kit', verbs, 'src/routes/notes/+server.ts', 'GET /notes'],
    ['@sveltejs/kit', verbs, 'src/routes/+server.js', 'GET /'],
    ['@sveltejs/kit', verbs, 'lib/src/routes/notes/+server.ts', null],
    ['@sveltejs/kit', verbs, 'src/routes/notes/server.ts', null],
    ['@sveltejs/kit', load, 'src/routes/notes/+page.server.ts', 'GET /notes'],
    ['@sveltejs/kit', load, 'src/routes/+layout.server.js', 'GET /'],
    ['@sveltejs/kit', load, 'lib/src/routes/notes/+page.server.ts', null],
    ['@sveltejs/kit', load, 'src/routes/notes/+page.ts', null],
    ['astro', verbs, 'src/pages/notes.ts', 'GET /notes'],
    ['astro', verbs, 'src/pages/notes/index.js', 'GET /notes'],
    ['astro', verbs, 'lib/src/pages/notes.ts', null],
    ['nuxt', event, 'server/api/notes.ts', '/api/notes'],
    ['nuxt', event, 'server/api/notes.get.ts', 'GET /api/notes'],
    ['nuxt', event, 'server/api/notes.delete.js', 'DELETE /api/notes'],
    ['nuxt', event, 'src/server/api/notes/index.post.ts', 'POST /api/notes'],
    ['nuxt', event, 'server/routes/notes.ts', '/notes'],
    ['nuxt', event, 'server/routes/index.ts', '/'],
    ['nuxt', event, 'server/routes/myindex.ts', '/myindex'],
    ['nuxt', event, 'lib/server/api/notes.ts', null],
    ['nuxt', event, 'server/lib/notes.ts', null],
    ['nitropack', event, 'api/notes.ts', '/api/notes'],
    ['nitropack', event, 'routes/notes.put.ts', 'PUT /notes'],
    ['nitropack', event, 'routes/index.ts', '/'],
    ['nitropack', event, 'lib/api/notes.ts', null],
    ['@solidjs/start', verbs, 'src/routes/notes.ts', 'GET /notes'],
    ['@solidjs/start', verbs, 'src/routes/notes/index.tsx', 'GET /notes'],
    ['@solidjs/start', verbs, 'lib/src/routes/notes.ts', null],
    ['@medusajs/medusa', verbs, 'src/api/store/notes/route.ts', 'GET /store/notes'],
    ['@medusajs/medusa', verbs, 'src/api/route.js', 'GET /'],
    ['@medusajs/medusa', verbs, 'lib/src/api/notes/route.ts', null],
    ['express', verbs, 'app/notes/route.ts', null],
  ];
  it.each(rows)('%s %s %s: %s', async (name, text, path, route) => {
    const found = await paths(name === 'remix' ? '@remix-run/node' : name, path, text);
    if (route === null) expect(found).toEqual([]);
    else if (route.startsWith('/')) expect(found.map((one) => one.replace(/^\w+ /, ''))).toContain(route);
    else expect(found).toContain(route);
  });
});

describe('a decorator makes a route', () => {
  const decorated = (from: string, controller = 'Controller', verb = 'Get') => ({
    'package.json': JSON.stringify({
      name: 'app',
      scripts: { start: 'node src/index.js' },
      dependencies: {
        [from
          .split('/')
          .slice(0, from.startsWith('@') ? 2 : 1)
          .join('/')]: '1',
      },
    }),
    'src/index.ts': `import { ${controller}, ${verb} } from '${from}';\n@${controller}('notes')\nexport class Notes {\n  @${verb}('all')\n  all() { return []; }\n}\nconsole.log(Notes);\n`,
  });
  const of = async (...given: Parameters<typeof decorated>) =>
    (await wired(decorated(...given))).routes().map(({ method, path }) => `${method} ${path}`);
  it.each(
    [
      '@nestjs/common',
      'routing-controllers',
      'tsoa',
      '@loopback/rest',
      'inversify-express-utils',
      '@tsed/common',
      '@foal/core',
      '@decorators/express',
      '@nestia/core',
      '@golevelup/x',
      '@overnightjs/core',
      '@midwayjs/core',
      '@ts-rest/nest',
    ].map((name) => [name]),
  )('of %s', async (name) => {
    expect(await of(name)).toEqual(['GET /notes/all']);
  });
  it.each(
    [
      'my-routing-controllers',
      'routing-controllers-openapi',
      'tsoas',
      'mytsoa',
      'type-graphql-x',
      'my-type-graphql',
      'my-inversify-express',
      'nestjs',
      '@other/nestjs',
      '@own/tsoa',
      'mobx',
    ].map((name) => [name]),
  )('none of %s', async (name) => {
    expect(await of(name)).toEqual([]);
  });
  it.each<[string, string, string[]]>([
    ['JsonController', 'Get', ['GET /notes/all']],
    ['Route', 'Get', ['GET /notes/all']],
    ['Routed', 'Get', ['GET /all']],
    ['Injectable', 'Get', ['GET /all']],
    ['Controller', 'Post', ['POST /notes/all']],
    ['Controller', 'Put', ['PUT /notes/all']],
    ['Controller', 'Patch', ['PATCH /notes/all']],
    ['Controller', 'Delete', ['DELETE /notes/all']],
    ['Controller', 'All', ['ALL /notes/all']],
    ['Controller', 'Options', ['OPTIONS /notes/all']],
    ['Controller', 'Head', ['HEAD /notes/all']],
    ['Controller', 'Sse', ['GET /notes/all']],
    ['Controller', 'Search', ['SEARCH /notes/all']],
    ['Controller', 'get', ['GET /notes/all']],
    ['Controller', 'post', ['POST /notes/all']],
    ['Controller', 'put', ['PUT /notes/all']],
    ['Controller', 'patch', ['PATCH /notes/all']],
    ['Controller', 'del', ['DELETE /notes/all']],
    ['Controller', 'httpGet', ['GET /notes/all']],
    ['Controller', 'httpPost', ['POST /notes/all']],
    ['Controller', 'httpPut', ['PUT /notes/all']],
    ['Controller', 'httpDelete', ['DELETE /notes/all']],
    ['Controller', 'httpPatch', ['PATCH /notes/all']],
    ['Controller', 'Gets', []],
  ])('@%s with @%s: %j', async (controller, verb, expected) => {
    expect(await of('@nestjs/common', controller, verb)).toEqual(expected);
  });
  it.each<[string, string]>([
    ['Query', 'QUERY'],
    ['Mutation', 'MUTATION'],
    ['Subscription', 'SUBSCRIPTION'],
    ['ResolveReference', 'QUERY'],
    ['MessagePattern', 'EVENT'],
    ['EventPattern', 'EVENT'],
    ['SubscribeMessage', 'EVENT'],
    ['GrpcMethod', 'EVENT'],
    ['GrpcStreamMethod', 'EVENT'],
    ['Process', 'EVENT'],
    ['OnEvent', 'EVENT'],
    ['RabbitSubscribe', 'EVENT'],
    ['RabbitRPC', 'EVENT'],
  ])('@%s takes no HTTP: %s', async (verb, method) => {
    expect((await of('@nestjs/common', 'Resolver', verb)).map((one) => one.split(' ')[0])).toEqual([method]);
  });
});
