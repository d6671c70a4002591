import { describe, expect, it } from 'vitest';
import { wired } from './_wired.ts';

/** What starts, as a reader is told of it: the file, because of what, where that is written, and what is asked of it. */
const started = async (files: Record<string, string>, path = '.') =>
  (await wired({ 'package.json': '{"name":"app"}', ...files }, path)).entries
    .filter(({ reason }) => !/usual start file/.test(reason))
    .map(({ phase, file, reason, evidence, names }) =>
      [
        ...(phase === 'runtime' ? [] : [phase]),
        `${file}: ${reason}`,
        ...(evidence.file === file ? [] : [`${evidence.file}:${evidence.line}`]),
        ...(names.length > 0 ? [`${names}`] : []),
      ].join(', '),
    );
const empty = (...paths: string[]) => Object.fromEntries(paths.map((path) => [path, '']));
const needs = (...names: string[]) =>
  JSON.stringify({ name: 'app', dependencies: Object.fromEntries(names.map((name) => [name, '1'])) });

describe('by an image', () => {
  const files = empty('jobs.js', 'src/jobs.ts', 'data.json', 'in/jobs.js', 'jobs.shop.js');
  it.each<[string, string[]]>([
    ['CMD ["node", "jobs.js"]', ['jobs.js: Dockerfile starts node jobs.js, Dockerfile:2']],
    ['CMD node jobs.js --all now please', ['jobs.js: Dockerfile starts node jobs.js --all now, Dockerfile:2']],
    ['CMD ["node", "a", "b", "c", "d"]', []],
    ['CMD ["node", "data.json"]', []],
    ['CMD ["node", "lost.js"]', []],
    ['CMD ["bun", "jobs.js"]', ['jobs.js: Dockerfile starts bun jobs.js, Dockerfile:2, default']],
    ['CMD ["bun", "run", "jobs.js"]', ['jobs.js: Dockerfile starts bun run jobs.js, Dockerfile:2, default']],
    ['CMD ["deno", "run", "jobs.js"]', ['jobs.js: Dockerfile starts deno run jobs.js, Dockerfile:2']],
    ['CMD ["deno", "serve", "jobs.js"]', ['jobs.js: Dockerfile starts deno serve jobs.js, Dockerfile:2, default']],
    ['ENTRYPOINT ["node"]\nCMD ["jobs.js"]', ['jobs.js: Dockerfile starts node jobs.js, Dockerfile:3']],
    ['ENTRYPOINT ["node", "jobs.js"]\nCMD ["--all"]', ['jobs.js: Dockerfile starts node jobs.js --all, Dockerfile:3']],
    ['ENTRYPOINT ["./start.sh"]\nCMD ["node", "jobs.js"]', ['jobs.js: Dockerfile starts node jobs.js, Dockerfile:3']],
    [
      'ENTRYPOINT ["./jobs.shop.js"]\nCMD ["--all"]',
      ['jobs.shop.js: Dockerfile starts ./jobs.shop.js --all, Dockerfile:3'],
    ],
    ['ENTRYPOINT ["node", "jobs.js"]', ['jobs.js: Dockerfile starts node jobs.js, Dockerfile:2']],
    ['WORKDIR /data\nCMD ["node", "/data/jobs.js"]', ['jobs.js: Dockerfile starts node /data/jobs.js, Dockerfile:3']],
    ['WORKDIR /data\nCMD ["node", "/database/jobs.js"]', []],
    ['CMD ["node", "/app/jobs.js"]', ['jobs.js: Dockerfile starts node /app/jobs.js, Dockerfile:2']],
    ['CMD ["node", "/app/dist/jobs.js"]', ['src/jobs.ts: Dockerfile starts node /app/dist/jobs.js, Dockerfile:2']],
    ['CMD ["node", "/usr/app/jobs.js"]', []],
    ['CMD ["node", "/in/app/jobs.js"]', []],
    ['CMD ["node", "in/jobs.js"]', ['in/jobs.js: Dockerfile starts node in/jobs.js, Dockerfile:2']],
    ['RUN node jobs.js', []],
  ])('%s', async (text, expected) =>
    expect(await started({ Dockerfile: `FROM node:22\n${text}\n`, ...files })).toEqual(expected),
  );

  it.each<[string, string, string[]]>([
    [
      'WORKDIR /srv/build',
      'COPY --from=made /srv/build/dist ./',
      ['src/deep/task.ts: Dockerfile starts node deep/task.js, Dockerfile:6'],
    ],
    [
      'WORKDIR /srv/build',
      'COPY --from=made /srv/build/dist /run',
      ['src/deep/task.ts: Dockerfile starts node deep/task.js, Dockerfile:6'],
    ],
    ['WORKDIR /srv/build', 'COPY --from=made /srv/build/dist /other', []],
    [
      'WORKDIR /srv/build',
      'COPY --from=0 /srv/build/dist .',
      ['src/deep/task.ts: Dockerfile starts node deep/task.js, Dockerfile:6'],
    ],
    ['WORKDIR /srv/build', 'COPY --from=made /srv/builds/dist .', []],
    ['WORKDIR /srv/build', 'COPY --from=other /srv/build/dist .', []],
    ['WORKDIR /srv/build', 'COPY dist .', []],
    [
      'RUN npm run build',
      'COPY --from=made /dist .',
      ['src/deep/task.ts: Dockerfile starts node deep/task.js, Dockerfile:6'],
    ],
  ])('%s, %s', async (made, copied, expected) => {
    const text = `FROM node:22 AS made\n${made}\nFROM node:22\nWORKDIR /run\n${copied}\nCMD ["node", "deep/task.js"]\n`;
    expect(await started({ Dockerfile: text, ...empty('src/deep/task.ts') })).toEqual(expected);
  });

  it.each<[string, string, string[]]>([
    ['Dockerfile', '.', ['jobs.js: Dockerfile starts node jobs.js, Dockerfile:2']],
    [
      'apps/api/Dockerfile',
      'apps/api',
      ['apps/api/jobs.js: apps/api/Dockerfile starts node jobs.js, apps/api/Dockerfile:2'],
    ],
    [
      'apps/api/docker/Dockerfile',
      'apps/api',
      ['apps/api/jobs.js: apps/api/docker/Dockerfile starts node jobs.js, apps/api/docker/Dockerfile:2'],
    ],
    ['apps/api/docker/dev.Dockerfile', 'apps/api', []],
    ['apps/api/tests/Dockerfile', 'apps/api', []],
    ['apps/web/Dockerfile', 'apps/api', []],
    ['docker/Dockerfile', 'apps/api', []],
    ['docker/Dockerfile', '.', ['jobs.js: docker/Dockerfile starts node jobs.js, docker/Dockerfile:2']],
  ])('%s for %s', async (dockerfile, path, expected) => {
    const files = {
      'apps/api/package.json': '{"name":"api"}',
      'apps/web/package.json': '{"name":"web"}',
      ...empty('jobs.js', 'apps/api/jobs.js'),
    };
    expect(await started({ [dockerfile]: 'FROM node:22\nCMD ["node", "jobs.js"]\n', ...files }, path)).toEqual(
      expected,
    );
  });
});

describe('by a service of compose', () => {
  const api = { 'apps/api/package.json': '{"name":"api"}', ...empty('apps/api/jobs.js', 'jobs.js') };
  it.each<[string, string, string[]]>([
    ['build: .\n    command: node jobs.js', '.', ['jobs.js: compose.yaml runs own with node jobs.js, compose.yaml:4']],
    [
      'build: { context: . }\n    command: ["node", "/app/jobs.js", "a", "b", "c"]',
      '.',
      ['jobs.js: compose.yaml runs own with node /app/jobs.js a b, compose.yaml:4'],
    ],
    [
      'build: ./apps/api\n    command: node jobs.js',
      'apps/api',
      ['apps/api/jobs.js: compose.yaml runs own with node jobs.js, compose.yaml:4'],
    ],
    [
      'build: ./apps\n    command: node jobs.js',
      'apps/api',
      ['apps/api/jobs.js: compose.yaml runs own with node jobs.js, compose.yaml:4'],
    ],
    [
      'build: .\n    command: node jobs.js',
      'apps/api',
      ['apps/api/jobs.js: compose.yaml runs own with node jobs.js, compose.yaml:4'],
    ],
    ['build: ./apps/web\n    command: node jobs.js', 'apps/api', []],
    ['image: node\n    command: node jobs.js', '.', []],
    ['build: .', '.', []],
    [
      'build: .\n    command: bun jobs.js',
      '.',
      ['jobs.js: compose.yaml runs own with bun jobs.js, compose.yaml:4, default'],
    ],
  ])('%s for %s', async (service, path, expected) => {
    expect(await started({ 'compose.yaml': `services:\n  own:\n    ${service}\n`, ...api }, path)).toEqual(expected);
  });
});

describe('by a page', () => {
  const files = empty('app.js', 'web/app.js', 'public/own/own.js', 'web/in/app.ts', 'apps/x/app.js');
  it.each<[string, string, string[]]>([
    ['web/index.html', './app.js', ['web/app.js: web/index.html loads it, web/index.html:2']],
    ['web/index.html', 'in/app.ts', ['web/in/app.ts: web/index.html loads it, web/index.html:2']],
    ['web/index.html', 'app.js?v=3', ['web/app.js: web/index.html loads it, web/index.html:2']],
    ['web/index.html', 'app.js#top', ['web/app.js: web/index.html loads it, web/index.html:2']],
    ['web/index.html', '/app.js', ['app.js: web/index.html loads it, web/index.html:2, all']],
    ['web/index.html', '/in/app.ts', ['web/in/app.ts: web/index.html loads it, web/index.html:2']],
    ['web/index.html', '/own/own.js', ['public/own/own.js: web/index.html loads it, web/index.html:2']],
    ['web/index.html', 'own/own.js', []],
    ['web/index.html', '//web/app.js', []],
    ['web/index.html', 'https://host.example/app.js', []],
    ['web/index.html', '../../app.js', []],
    ['web/index.htm', 'app.js', ['web/app.js: web/index.htm loads it, web/index.htm:2']],
    ['web/index.html', '../apps/x/app.js', []],
    ['apps/x/index.html', 'app.js', []],
  ])('%s loads %s', async (page, src, expected) => {
    expect(
      await started({
        [page]: `<html>\n<script type="module" src="${src}"></script>\n</html>\n`,
        'apps/x/package.json': '{}',
        ...files,
      }),
    ).toEqual(expected);
  });
  it('of another package', async () => {
    const all = { 'web/index.html': '<script src="/app.js"></script>', 'apps/x/package.json': '{}', ...files };
    expect(await started(all, 'apps/x')).toEqual([]);
  });

  it.each<[string, Record<string, string>, string[]]>([
    ...['vite', 'parcel', '@ionic/react', '@ionic/vue', '@capacitor/core', '@vitejs/plugin-react'].map(
      (name): [string, Record<string, string>, string[]] => [
        name,
        empty('src/main.tsx', 'src/index.js', 'src/other.js'),
        ['src/index.js: the bundler starts here, all', 'src/main.tsx: the bundler starts here, all'],
      ],
    ),
    [
      'vite',
      { 'index.html': '<script src="/src/own.js"></script>', ...empty('src/own.js', 'src/main.js') },
      ['src/own.js: index.html loads it, index.html:1'],
    ],
    ['express', empty('src/main.tsx'), []],
    [
      'react-native',
      empty('index.js', 'App.tsx', 'index.ios.js', 'src/App.js', 'app.json'),
      [
        'App.tsx: React Native starts here, all',
        'index.ios.js: React Native starts here, all',
        'index.js: React Native starts here, all',
        'src/App.js: React Native starts here, all',
      ],
    ],
    [
      'react-app-rewired',
      empty('src/index.js', 'src/setupProxy.js', 'src/service-worker.ts', 'src/App.js'),
      [
        'src/index.js: create-react-app starts here, all',
        'src/service-worker.ts: create-react-app starts here, all',
        'src/setupProxy.js: create-react-app starts here, all',
      ],
    ],
    ['@craco/craco', empty('src/index.tsx'), ['src/index.tsx: create-react-app starts here, all']],
    [
      '@angular/core',
      {
        'angular.json':
          '{ "main": "src/own.ts", "browser" : "in/app.ts", "server": "lost.ts", "other": "no.ts", "entry": "../up.ts" }',
        ...empty('src/own.ts', 'in/app.ts', 'no.ts', 'src/main.ts'),
      },
      [
        'in/app.ts: Angular starts here, all',
        'src/main.ts: Angular starts here, all',
        'src/own.ts: Angular starts here, all',
      ],
    ],
  ])('%s, %o', async (name, more, expected) =>
    expect(await started({ 'package.json': needs(name), ...more })).toEqual(expected),
  );
});

describe('by a target of Nx', () => {
  const library = '"projectType": "library", ';
  it.each<[string, string[]]>([
    ...['main', 'browser', 'server', 'ssr', 'entryFile', 'entry', 'entryPoint'].map((key): [string, string[]] => [
      `{ "targets": { "build": { "options": { "${key}": "jobs.ts" } } } }`,
      ['jobs.ts: project.json "build" starts from jobs.ts, project.json:1'],
    ]),
    ['{ "targets": { "build": { "options": { "mains": "jobs.ts" } } } }', []],
    [
      '{ "targets": { "build": { "options": { "ssr": { "entry": "jobs.ts" } } } } }',
      ['jobs.ts: project.json "build" starts from jobs.ts, project.json:1'],
    ],
    ['{ "targets": { "build": { "options": { "main": "" } } } }', []],
    [
      `{ ${library}"targets": { "build": { "options": { "main": "jobs.ts" } } } }`,
      ['jobs.ts: project.json "build" starts from jobs.ts, project.json:1, all'],
    ],
    [
      '{ "targets": { "serve": { "command": "node jobs.ts a b c d e" } } }',
      ['jobs.ts: project.json "serve" runs node jobs.ts a b, project.json:1'],
    ],
    [
      '{ "targets": { "serve": { "options": { "command": "node jobs.ts" } } } }',
      ['jobs.ts: project.json "serve" runs node jobs.ts, project.json:1'],
    ],
    [
      '{ "targets": { "serve": { "options": { "commands": ["node jobs.ts", { "command": "node in/task.js" }, 3] } } } }',
      [
        'in/task.js: project.json "serve" runs node in/task.js, project.json:1',
        'jobs.ts: project.json "serve" runs node jobs.ts, project.json:1',
      ],
    ],
    [
      '{ "targets": { "serve": { "options": { "command": "node task.js", "cwd": "in" } } } }',
      ['in/task.js: project.json "serve" runs node task.js, project.json:1'],
    ],
    [
      '{ "targets": { "serve": { "options": { "command": "node task.js", "cwd": "{projectRoot}/in" } } } }',
      ['in/task.js: project.json "serve" runs node task.js, project.json:1'],
    ],
    [
      '{ "targets": { "reserve": { "command": "node jobs.ts" } } }',
      ['tool, jobs.ts: project.json "reserve" runs node jobs.ts, project.json:1'],
    ],
    ...['build', 'serve', 'start', 'run', 'dev', 'deploy', 'container', 'docker', 'prune', 'package'].map(
      (name): [string, string[]] => [
        `{ "targets": { "${name}-all": { "command": "node jobs.ts" } } }`,
        [`jobs.ts: project.json "${name}-all" runs node jobs.ts, project.json:1`],
      ],
    ),
    ...['test', 'my-e2e', 'Lint', 'cypress', 'playwright', 'storybook'].map((name): [string, string[]] => [
      `{ "targets": { "build-${name}": { "command": "node jobs.ts" } } }`,
      [],
    ]),
    ['{ "targets": { "serve": "node jobs.ts" } }', []],
    [
      '{ // as people write\n "targets": { "serve": { "command": "node jobs.ts", }, }, }',
      ['jobs.ts: project.json "serve" runs node jobs.ts, project.json:2'],
    ],
  ])('%s', async (project, expected) =>
    expect(await started({ 'project.json': project, ...empty('jobs.ts', 'in/task.js') })).toEqual(expected),
  );
});

describe('before the program', () => {
  const loaded = async (files: Record<string, string>, path = '.') =>
    [...(await wired({ 'src/index.js': '', ...files }, path)).packages()].map(
      ([name, { live, evidence, names }]) =>
        `${name} ${live} ${evidence.file}:${evidence.line} ${evidence.note} ${[...(names ?? [])]}`,
    );
  const script = (text: string, name = 'start') => ({
    'package.json': `{\n"name": "app",\n"scripts": {\n"${name}": ${JSON.stringify(text)}\n}\n}\n`,
  });
  it.each<[string, string[]]>([
    [
      'node -r dd-trace/init src/index.js',
      ['dd-trace/init live package.json:4 loads dd-trace/init before the program *'],
    ],
    [
      'node --require=@sentry/node/preload src/index.js',
      ['@sentry/node/preload live package.json:4 loads @sentry/node/preload before the program *'],
    ],
    ['node --import tsx src/index.js', ['tsx live package.json:4 loads tsx before the program *']],
    ['bun --preload=own-trace src/index.js', ['own-trace live package.json:4 loads own-trace before the program *']],
    [
      'node -r one -r two.js src/index.js',
      [
        'one live package.json:4 loads one before the program *',
        'two.js live package.json:4 loads two.js before the program *',
      ],
    ],
    ['node --require ./trace.js src/index.js', []],
    ['node --required own src/index.js', []],
    ['node x-r own src/index.js', []],
    ['node src/index.js', []],
  ])('%s', async (text, expected) => expect(await loaded(script(text))).toEqual(expected));
  it.each<[string, string[]]>([
    ['dev', []],
    ['build', []],
    ['test', []],
    ['serve', ['own-trace live package.json:4 loads own-trace before the program *']],
  ])('by the script %s', async (name, expected) =>
    expect(await loaded(script('node -r own-trace src/index.js', name))).toEqual(expected),
  );
  it.each<[string, string, string[]]>([
    [
      'Dockerfile',
      'CMD ["node", "-r", "own-trace", "src/index.js"]',
      ['own-trace live Dockerfile:2 loads own-trace before the program *'],
    ],
    [
      'Dockerfile',
      'ENTRYPOINT ["node", "--import", "own-trace", "src/index.js"]',
      ['own-trace live Dockerfile:2 loads own-trace before the program *'],
    ],
    [
      'Dockerfile',
      'ENTRYPOINT ["node", "--import", "own-trace"]\nCMD ["src/index.js"]',
      ['own-trace live Dockerfile:2 loads own-trace before the program *'],
    ],
    ['Dockerfile', 'RUN node -r own-trace src/index.js', []],
    ['docker/Dockerfile', 'CMD ["node", "-r", "own-trace", "src/index.js"]', []],
  ])('%s, %s', async (path, text, expected) =>
    expect(await loaded({ 'package.json': '{"name":"app"}', [path]: `FROM node:22\n${text}\n` })).toEqual(expected),
  );
});

describe('by what a package publishes', () => {
  it.each<[string, Record<string, string>, string[]]>([
    ['"bin": "./src/cli.js"', empty('src/cli.js'), ['src/cli.js: package.json "bin" app, package.json:3']],
    [
      '"bin": { "own": "dist/cli.js", "other": "lost.js" }',
      empty('src/cli.ts'),
      ['src/cli.ts: package.json "bin" own, package.json:3'],
    ],
    [
      '"main": "./dist/index.js"',
      empty('src/index.ts'),
      ['src/index.ts: package.json exports ./dist/index.js, package.json:3, all'],
    ],
    ['"module": "index.mjs"', empty('index.mjs'), ['index.mjs: package.json exports index.mjs, package.json:3, all']],
    ['"main": "index.css"', empty('index.css'), []],
    ['"main": "index.vue"', empty('index.vue'), ['index.vue: package.json exports index.vue, package.json:3, all']],
    ['"main": "lost.js"', empty('index.js'), []],
    ['"exports": "./own.js"', empty('own.js'), ['own.js: package.json exports ./own.js, package.json:3, all']],
    [
      '"exports": { ".": { "types": "./dist/own.d.ts" } }',
      empty('src/own.ts'),
      ['src/own.ts: package.json exports ./dist/own.d.ts, package.json:3, all'],
    ],
    [
      '"exports": { "./a": "./a.js", "./b": { "import": "./b.mjs", "require": "./b.cjs" }, "./c/*": "./c/*.js", "./d": null }',
      empty('a.js', 'b.mjs', 'b.cjs', 'c/one.js'),
      [
        'a.js: package.json exports ./a.js, package.json:3, all',
        'b.cjs: package.json exports ./b.cjs, package.json:3, all',
        'b.mjs: package.json exports ./b.mjs, package.json:3, all',
      ],
    ],
    [
      '"exports": { "a": { "b": { "c": { "d": { "e": "./deep.js" } } } } }',
      empty('deep.js'),
      ['deep.js: package.json exports ./deep.js, package.json:3, all'],
    ],
    [
      '"exports": { "a": { "b": { "c": { "d": "./deep.js" } } } }',
      empty('deep.js'),
      ['deep.js: package.json exports ./deep.js, package.json:3, all'],
    ],
  ])('%s', async (given, files, expected) =>
    expect(await started({ 'package.json': `{\n"name": "app",\n${given}\n}\n`, ...files })).toEqual(expected),
  );

  it.each<[string, string[]]>([
    ...[
      'fastify',
      'moleculer-runner',
      'probot',
      'micro',
      'functions-framework',
      'wrangler',
      'workerd',
      'nodecg',
      'hypercorn',
      'strapi',
      'listhen',
      'srvx',
    ].map((name): [string, string[]] => [
      `${name} run src/own.ts`,
      [`src/own.ts: package.json "start" runs ${name} run src/own.ts, package.json:1, all`],
    ]),
    ['fastify start --own=src/own.ts', []],
    ['fastify start src/own.ts.txt', []],
    ['other start src/own.ts', []],
    [
      'fastify start src/own.mts',
      ['src/own.mts: package.json "start" runs fastify start src/own.mts, package.json:1, all'],
    ],
  ])('a server that is told what to serve: %s', async (start, expected) =>
    expect(
      await started({
        'package.json': JSON.stringify({ name: 'app', scripts: { start } }),
        ...empty('src/own.ts', 'src/own.mts'),
      }),
    ).toEqual(expected),
  );
});
