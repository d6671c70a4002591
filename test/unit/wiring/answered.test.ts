import { describe, expect, it } from 'vitest';
import { pkg, wired } from './_wired.ts';

/** Each route with what it is built on, and how many stand before its handler. */
async function routes(files: Record<string, string>): Promise<string[]> {
  return (await wired(files))
    .routes()
    .map(
      ({ method, path, framework, middleware, handler, line }) =>
        `${line} ${method} ${path}, ${framework}, ${middleware.length} before${handler ? '' : ', nobody'}`,
    );
}

describe('a plain server', () => {
  const http = (body: string, imports = "import http from 'node:http';") =>
    `${imports}\nhttp.createServer((req, res) => {\n${body}\n}).listen(1);\n`;
  it.each<[string, string, string[]]>([
    ['that answers all', http('res.end();'), ['2 ALL *, http, 0 before']],
    [
      'that asks for paths',
      http("if (req.url === '/a') return res.end();\nif (req.url == '/b') return res.end();\nres.statusCode = 404;"),
      ['2 ALL /a, http, 0 before', '2 ALL /b, http, 0 before'],
    ],
    [
      'that asks for paths, each once',
      http("switch (req.url) {\ncase '/a': return res.end();\ncase '/a': return res.end();\n}\nres.writeHead(404);"),
      ['2 ALL /a, http, 0 before'],
    ],
    [
      'that asks for one and answers the rest too',
      http("if (req.url === '/a') return res.end();\nres.end();"),
      ['2 ALL *, http, 0 before'],
    ],
    [
      'of the secure kind',
      "import { createServer } from 'https';\ncreateServer({}, (req, res) => res.end()).listen(1);\n",
      ['2 ALL *, http, 0 before'],
    ],
    ['of sockets alone', "import net from 'node:net';\nnet.createServer((socket) => socket.end()).listen(1);\n", []],
    [
      'of another runtime',
      "import pg from 'pg';\nBun.serve({ fetch: () => new Response() });\n",
      ['2 ALL *, http, 0 before, nobody'],
    ],
    [
      'of events',
      "import { Server } from 'socket.io';\nconst io = new Server(1);\nio.on('connection', (socket) => {});\n",
      ['3 EVENT connection, socket.io, 0 before'],
    ],
    [
      'of events under a name',
      "import { WebSocketServer } from 'ws';\nconst wss = new WebSocketServer({ port: 1 });\nconst name = 'open';\nwss.on(name, (socket) => {});\n",
      ['4 EVENT *, ws, 0 before'],
    ],
  ])('%s', async (_, index, expected) => {
    expect(await routes({ 'package.json': pkg('socket.io', 'ws'), 'src/index.js': index })).toEqual(expected);
  });
});

describe('actions of Astro', () => {
  const astro = (actions: string) => ({
    'package.json': '{"name":"app","scripts":{"start":"astro preview"},"dependencies":{"astro":"5"}}',
    'src/pages/index.astro': '<main></main>\n',
    'src/actions/index.ts': actions,
  });
  const imports = "import { defineAction } from 'astro:actions';\nimport { z } from 'astro:schema';\n";
  it.each<[string, string, string[]]>([
    [
      'with a schema',
      `${imports}export const server = {\n  save: defineAction({ input: z.object({}), handler: async () => 1 }),\n};\n`,
      ['4 POST action save, astro, 1 before'],
    ],
    [
      'without',
      `${imports}export const server = {\n  save: defineAction({ handler: async () => 1 }),\n};\n`,
      ['4 GET action save, astro, 0 before'],
    ],
    [
      'of another package',
      "import { defineAction } from './own';\nexport const server = { save: defineAction({ handler: async () => 1 }) };\n",
      [],
    ],
  ])('%s', async (_, actions, expected) => {
    expect(await routes(astro(actions))).toEqual(expected);
  });
});

describe('decorators', () => {
  const nest = (body: string, imports = 'Controller, Get, Post, UseGuards') => ({
    'package.json': '{"name":"app","scripts":{"start":"tsx src/main.ts"},"dependencies":{"@nestjs/core":"11"}}',
    'src/main.ts': `import { ${imports} } from '@nestjs/common';\nimport { paths } from './paths.js';\nconst base = 'kept';\n${body}\nnew Notes();\n`,
    'src/paths.ts': "export const paths = { notes: 'notes' };\n",
  });
  it.each<[string, string, string[]]>([
    [
      'a prefix',
      "@Controller('notes')\nclass Notes {\n  @Get('all') all() {}\n}",
      ['6 GET /notes/all, @nestjs/common, 1 before'],
    ],
    [
      'a prefix in an object',
      "@Controller({ path: 'notes', version: '1' })\nclass Notes {\n  @Get('all') all() {}\n}",
      ['6 GET /notes/all, @nestjs/common, 1 before'],
    ],
    ['no prefix', '@Controller()\nclass Notes {\n  @Get() all() {}\n}', ['6 GET /, @nestjs/common, 1 before']],
    [
      'slashes',
      "@Controller('/notes/')\nclass Notes {\n  @Get('/all') all() {}\n}",
      ['6 GET /notes/all, @nestjs/common, 1 before'],
    ],
    [
      'a prefix kept here',
      '@Controller(base)\nclass Notes {\n  @Get(base) all() {}\n}',
      ['6 GET /kept/kept, @nestjs/common, 1 before'],
    ],
    [
      'a path kept elsewhere',
      "@Controller('a')\nclass Notes {\n  @Get(paths.notes) all() {}\n}",
      ['6 GET /a/:paths.notes, @nestjs/common, 1 before'],
    ],
    [
      'guards of the class and of the method',
      "@UseGuards(One)\n@Controller('a')\nclass Notes {\n  @UseGuards(Two)\n  @Get('b') all() {}\n  @Post('c') save() {}\n}",
      ['8 GET /a/b, @nestjs/common, 3 before', '9 POST /a/c, @nestjs/common, 2 before'],
    ],
    [
      'guards of another class',
      "@UseGuards(One)\nclass Other {}\n@Controller('a')\nclass Notes {\n  @Get('b') all() {}\n}\nnew Other();",
      ['8 GET /a/b, @nestjs/common, 1 before'],
    ],
    [
      'two classes with methods of one name',
      "@Controller('a')\nclass Notes {\n  @Get() all() {}\n}\n@Controller('b')\nclass Tags {\n  @Get() all() {}\n}\nnew Tags();",
      ['6 GET /a, @nestjs/common, 1 before', '10 GET /b, @nestjs/common, 1 before'],
    ],
  ])('%s', async (_, body, expected) => {
    expect(await routes(nest(body))).toEqual(expected);
  });
});

describe('modules of Nuxt', () => {
  const nuxt = async (config: string, dependencies = '"nuxt":"4"') =>
    (
      await wired({
        'package.json': `{"name":"app","scripts":{"start":"nuxt start"},"dependencies":{${dependencies}}}`,
        'nuxt.config.ts': config,
        'server/api/a.get.ts': 'export default defineEventHandler(() => 1);\n',
      })
    )
      .middleware()
      .map(({ file, line, value, behind }) => {
        const off = value.kind === 'call' && value.args[0]?.kind === 'object' ? Object.keys(value.args[0].props) : [];
        return `${file}:${line} ${behind.map((use) => use.package).join(' ')}${off.length > 0 ? ` without ${off.join(', ')}` : ''}`;
      });
  it.each<[string, string, string[], string?]>([
    [
      'one',
      "export default defineNuxtConfig({\n  modules: ['nuxt-security'],\n});\n",
      ['nuxt.config.ts:2 nuxt-security'],
    ],
    [
      'several, one of a scope',
      "export default {\n  modules: [\n    '@nuxt/image',\n    ['@sidebase/nuxt-auth', { a: [1] }],\n  ],\n};\n",
      ['nuxt.config.ts:3 @nuxt/image', 'nuxt.config.ts:4 @sidebase/nuxt-auth'],
    ],
    [
      'one that is turned off in part',
      "export default defineNuxtConfig({\n  modules: ['nuxt-security'],\n  security: {\n    rateLimiter: false,\n  },\n});\n",
      ['nuxt.config.ts:2 nuxt-security without rateLimiter'],
    ],
    [
      'one whose name is put together',
      "export default {\n  modules: ['nuxt-open-fetch'],\n  openFetch: { clients: false },\n};\n",
      ['nuxt.config.ts:2 nuxt-open-fetch without clients'],
    ],
    [
      'one in a comment',
      "export default {\n  modules: [\n    // 'nuxt-security',\n    'nuxt-csurf',\n  ],\n};\n",
      ['nuxt.config.ts:4 nuxt-csurf'],
    ],
    ['none', 'export default defineNuxtConfig({});\n', []],
    ['of another framework', "export default { modules: ['nuxt-security'] };\n", [], '"vue":"3"'],
  ])('%s', async (_, config, expected, dependencies) => {
    expect(await nuxt(config, dependencies)).toEqual(expected);
  });
});

describe('an Nx project', () => {
  const nx = async (project: string, files: string[], manifest = '{"name":"app"}') =>
    (
      await wired({
        'package.json': manifest,
        ...(project ? { 'project.json': project } : {}),
        ...Object.fromEntries(files.map((file) => [file, ''])),
      })
    ).entries.map(
      ({ phase, file, reason, names, evidence }) =>
        `${phase} ${file}: ${reason}, line ${evidence.line}${names === 'all' ? ', whole' : ''}`,
    );
  const targets = (text: string, more = '') => `{\n"name": "app",${more}\n"targets": {\n${text}\n}\n}\n`;
  it.each<[string, string, string[], string[], string?]>([
    [
      'by a command from its root',
      targets('"serve": { "command": "node {workspaceRoot}/jobs.js" }'),
      ['jobs.js'],
      ['runtime jobs.js: project.json "serve" runs node jobs.js, line 4'],
    ],
    [
      'by what is built',
      targets('"build": { "options": { "main": "{projectRoot}/jobs.ts" } }'),
      ['jobs.ts'],
      ['runtime jobs.ts: project.json "build" starts from {projectRoot}/jobs.ts, line 4'],
    ],
    [
      'by what a library is built from',
      targets('"build": { "options": { "main": "./jobs.ts" } }', '\n"projectType": "library",'),
      ['jobs.ts'],
      ['runtime jobs.ts: project.json "build" starts from ./jobs.ts, line 5, whole'],
    ],
    [
      'by what tests',
      targets('"e2e": { "command": "node jobs.js" },\n"lint": { "command": "node jobs.js" }'),
      ['jobs.js'],
      [],
    ],
    [
      'by a tool',
      targets('"seed": { "command": "node jobs.js" }'),
      ['jobs.js'],
      ['tool jobs.js: project.json "seed" runs node jobs.js, line 4'],
    ],
    [
      'in its manifest',
      '',
      ['jobs.js'],
      ['runtime jobs.js: package.json "serve" runs node jobs.js, line 1'],
      '{\n"name": "app",\n"nx": { "targets": { "serve": { "command": "node jobs.js" } } }\n}',
    ],
    [
      'under the older name',
      '{ "architect": { "serve": { "command": "node jobs.js" } } }',
      ['jobs.js'],
      ['runtime jobs.js: project.json "serve" runs node jobs.js, line 1'],
    ],
    ['that cannot be read', '{ "targets": ', ['jobs.js'], []],
    [
      'that starts what is not there',
      targets('"serve": { "command": "node lost.js", "options": { "main": "lost.ts" } }'),
      ['jobs.js'],
      [],
    ],
  ])('%s', async (_, project, files, expected, manifest) => {
    expect(await nx(project, files, manifest)).toEqual(expected);
  });
});
