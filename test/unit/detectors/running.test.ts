import { describe, expect, it } from 'vitest';
import { app, asked, at, service, spa } from './_asked.ts';

/** How a component is run: the definition, the process manager, the server, and those that call it. */
type Row<T = string[]> = [title: string, files: Record<string, string>, expected: T, of?: { path: string | null }];

const api = (scripts: Record<string, string>, more: Record<string, string> = {}) => ({
  'package.json': service({ scripts: { start: 'node src/index.js', ...scripts } }),
  'src/index.js': app(''),
  ...more,
});
const image = (start: string) => ({ Dockerfile: `FROM node:22\nCOPY . .\n${start}\n` });

describe('several processes', () => {
  it.each<Row<string[][]>>([
    [
      'pm2 with a number',
      api({ prod: 'pm2 start src/index.js -i 4' }),
      [
        ['yes', 'package.json:1 script "prod" starts a cluster'],
        ['yes', 'package.json:1 script "prod" starts a cluster'],
      ],
    ],
    [
      'pm2 with a number, in long',
      api({ prod: 'pm2 start src/index.js --instances=max' }),
      [
        ['yes', 'package.json:1 script "prod" starts a cluster'],
        ['yes', 'package.json:1 script "prod" starts a cluster'],
      ],
    ],
    ['pm2 with one process', api({ prod: 'pm2 start src/index.js' }), [['no'], ['no']]],
    [
      'in a container',
      api({}, image('CMD ["pm2-runtime", "src/index.js", "-i", "max"]')),
      [
        ['yes', 'Dockerfile:3 the image starts a cluster'],
        ['yes', 'Dockerfile:3 the image starts a cluster'],
      ],
    ],
    ['of another program', api({ prod: 'node src/index.js -i 4' }), [['no'], ['no']]],
    [
      'a process file that nothing starts',
      api({}, { 'ecosystem.config.js': 'module.exports = {\n  apps: [{ instances: "max" }],\n};\n' }),
      [
        ['yes', 'ecosystem.config.js:2 several instances'],
        ['no', 'ecosystem.config.js:2 several instances'],
      ],
    ],
    [
      'a process file in YAML that a script starts',
      api(
        { prod: 'pm2 start processes.yml' },
        { 'processes.yml': 'apps:\n  - script: src/index.js\n    instances: 3\n' },
      ),
      [
        ['yes', 'processes.yml:3 several instances', 'package.json:1 script "prod" starts a cluster'],
        ['yes', 'package.json:1 script "prod" starts a cluster'],
      ],
    ],
    [
      'a process file that an image starts',
      api(
        {},
        {
          'pm2.json': '{\n  "apps": [{ "script": "src/index.js", "instances": 2 }]\n}\n',
          ...image('CMD ["pm2-runtime", "start", "pm2.json"]'),
        },
      ),
      [
        ['yes', 'pm2.json:2 several instances', 'Dockerfile:3 the image starts a cluster'],
        ['yes', 'Dockerfile:3 the image starts a cluster'],
      ],
    ],
    [
      'pm2 with a process file, which starts one',
      api({ prod: 'pm2 start pm2.json' }, { 'pm2.json': '{ "apps": [{ "instances": 1 }] }\n' }),
      [['no'], ['no']],
    ],
    [
      'a process file with several, and pm2 started without it',
      api({ prod: 'pm2 start src/index' }, { 'pm2.json': '{ "apps": [{ "instances": 2 }] }\n' }),
      [
        ['yes', 'pm2.json:1 several instances'],
        ['no', 'pm2.json:1 several instances'],
      ],
    ],
    [
      'a line that is a comment',
      api({ prod: 'pm2 start pm2.yml' }, { 'pm2.yml': 'apps:\n  # instances: 4\n  - script: a\n' }),
      [['no'], ['no']],
    ],
    [
      'a process file among the examples',
      api({ prod: 'pm2 start' }, { 'examples/pm2.yml': 'apps:\n  - instances: 4\n' }),
      [['no'], ['no']],
    ],
  ])('%s', async (_, files, expected) => {
    expect([
      await asked('runs-in-cluster', { rung: 'present' }, files),
      await asked('runs-in-cluster', { rung: 'wired' }, files),
    ]).toEqual(expected);
  });
});

describe('a server that does the work', () => {
  it.each<Row>([
    [
      'in the image',
      api({}, image('CMD ["nginx", "-g", "daemon off;"]')),
      ['yes', 'Dockerfile:3 starts nginx -g daemon off;'],
    ],
    [
      'as entry point of the image',
      api({}, image('ENTRYPOINT ["caddy", "run"]')),
      ['yes', 'Dockerfile:3 starts caddy run'],
    ],
    [
      'of an earlier stage',
      api({}, { Dockerfile: 'FROM nginx\nCMD ["nginx"]\nFROM node:22\nCMD ["node", "a.js"]\n' }),
      ['no'],
    ],
    [
      'in the start script',
      api({ start: 'caddy run --config Caddyfile' }),
      ['yes', 'package.json:1 starts caddy run --config'],
    ],
    [
      'in the script that serves in production',
      api({ 'serve:production': 'nginx -c nginx.conf' }),
      ['yes', 'package.json:1 starts nginx -c nginx.conf'],
    ],
    [
      'in the start script, and the image starts another program by its file',
      api({ start: 'nginx -c nginx.conf' }, image('CMD ["node", "dist/app.js"]')),
      ['no'],
    ],
    ['in a script for something else', api({ lint: 'nginx -t' }), ['no']],
    ['another program', api({ start: 'serve dist' }), ['no']],
  ])('%s', async (_, files, expected) => {
    expect(await asked('served-by', { programs: ['nginx', 'caddy'] }, files)).toEqual(expected);
  });
});

describe('a definition that runs it', () => {
  const compose = (text: string, name = 'docker-compose.yml') => ({ [name]: `services:\n${text}` });
  const own = '  api:\n    build: .\n    ports: ["80:3000"]\n';
  it.each<Row<string[][]>>([
    ['none', api({}), [['no'], ['no']]],
    [
      'one for production',
      api({}, { ...image('CMD ["node", "src/index.js"]'), ...compose(own, 'compose.prod.yml') }),
      [
        ['yes', 'compose.prod.yml:2 runs .'],
        ['yes', 'compose.prod.yml:2 runs .'],
      ],
    ],
    [
      'one for development',
      api({}, { ...image('CMD ["node", "src/index.js"]'), ...compose(own, 'docker-compose.dev.yml') }),
      [
        ['yes', 'docker-compose.dev.yml:2 runs .'],
        ['no', 'docker-compose.dev.yml:2 its name says development or test'],
      ],
    ],
    [
      'one for development, which runs the database alone',
      api({}, compose('  db:\n    image: postgres:16\n', 'docker-compose.dev.yml')),
      [
        ['yes', 'docker-compose.dev.yml:2 its name says development or test'],
        ['no', 'docker-compose.dev.yml:2 its name says development or test'],
      ],
    ],
    [
      'one for production, which runs the database alone',
      api({}, compose('  db:\n    image: postgres:16\n', 'compose.prod.yml')),
      [
        ['yes', 'compose.prod.yml:2 it starts only supporting software; the apps run by hand'],
        ['no', 'compose.prod.yml:2 it starts only supporting software; the apps run by hand'],
      ],
    ],
    [
      'one that runs another of ours',
      {
        'package.json': '{"private":true,"workspaces":["*"]}',
        'api/package.json': service(),
        'api/src/index.js': app(''),
        'jobs/package.json': service({ name: 'jobs' }),
        'jobs/src/index.js': app(''),
        'jobs/Dockerfile': image('CMD ["node", "src/index.js"]').Dockerfile,
        ...compose('  jobs:\n    build: ./jobs\n', 'docker-compose.dev.yml'),
      },
      [['no'], ['no']],
      { path: 'api' },
    ],
    [
      'one that builds from a folder that is not there',
      api({}, compose('  api:\n    build: ./server\n', 'compose.prod.yml')),
      [
        ['yes', 'compose.prod.yml:2 runs .'],
        ['no', 'compose.prod.yml:3 api builds server, which does not exist'],
      ],
    ],
    [
      'one whose start is not there',
      api({}, { ...image('CMD ["node", "lost.js"]'), ...compose(own, 'compose.prod.yml') }),
      [
        ['yes', 'compose.prod.yml:2 runs .'],
        ['no', 'Dockerfile:3 starts lost.js, which is neither copied nor built'],
      ],
    ],
    [
      'a platform that builds from source',
      api(
        {},
        {
          'render.yaml':
            'services:\n  - type: web\n    name: api\n    runtime: node\n    startCommand: node src/index.js\n',
        },
      ),
      [
        ['yes', 'render.yaml:2 render runs .', 'render.yaml:2 render runs .'],
        ['yes', 'render.yaml:2 render runs .'],
      ],
    ],
    [
      'a platform that takes it as it is',
      api({}, { 'app.json': '{}', Procfile: 'web: node src/index.js\n' }),
      [
        ['yes', 'Procfile:1 heroku runs .', 'Procfile:1 heroku runs .'],
        ['yes', 'Procfile:1 heroku runs .'],
      ],
    ],
    [
      'a platform told to start a file that does not exist',
      api({}, { Procfile: 'web: node server/index.js\n' }),
      [
        ['yes', 'Procfile:1 heroku runs .', 'Procfile:1 heroku runs .'],
        ['no', 'Procfile:1 heroku starts server/index.js, which does not exist'],
      ],
    ],
    [
      'a definition whose image an expression names',
      api(
        {},
        {
          'k8s/api.yaml':
            'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\nspec:\n  template:\n    spec:\n      containers:\n        - name: shop\n          image: ${IMAGE}\n',
        },
      ),
      [
        ['unknown: whose code the definition runs could not be told', 'k8s/api.yaml:2 Deployment shop runs ${IMAGE}'],
        ['no'],
      ],
    ],
    [
      'a folder that is applied, and is not there',
      api(
        {},
        {
          '.github/workflows/ship.yml':
            'on: push\njobs:\n  ship:\n    runs-on: ubuntu-latest\n    steps:\n      - run: kubectl apply -f k8s/\n',
        },
      ),
      [
        ['yes', '.github/workflows/ship.yml:6 kubectl apply -f k8s/'],
        ['no', '.github/workflows/ship.yml:6 kubectl apply -f k8s/'],
      ],
    ],
  ])('%s', async (_, files, expected, { path } = { path: '.' }) => {
    expect([
      await asked('runs-in-production', { rung: 'defined' }, files, path),
      await asked('runs-in-production', { rung: 'sound' }, files, path),
    ]).toEqual(expected);
  });
  it.each(['runs-in-production', 'runs-in-cluster'])('%s is asked of a component', async (name) => {
    expect(await asked(name, { rung: name.endsWith('cluster') ? 'wired' : 'sound' }, api({}), null)).toEqual(['no']);
  });
});

describe('called from a browser at an address of its own', () => {
  const both = (web: Record<string, string>, server = 'app.listen(4000);', dependencies: string[] = []) => ({
    'package.json': '{"private":true,"workspaces":["*"]}',
    ...Object.fromEntries(Object.entries(spa(web, dependencies)).map(([path, text]) => [`web/${path}`, text])),
    'api/package.json': service(),
    'api/src/index.js': `import express from 'express';\nconst app = express();\n${server}\n`,
  });
  const calling = (address: string) => ({
    'src/App.tsx': `export const App = () => {\n  fetch('${address}/notes');\n  return <main />;\n};\n`,
  });
  it.each<Row>([
    ['in its code', both(calling('http://localhost:4000')), ['yes', 'web/src/App.tsx:2 calls http://localhost:4000']],
    ['by number', both(calling('http://127.0.0.1:4000')), ['yes', 'web/src/App.tsx:2 calls http://127.0.0.1:4000']],
    ['at another port', both(calling('http://localhost:5000')), ['no']],
    ['without a port', both(calling('http://localhost')), ['no']],
    [
      'whose port a variable names',
      both(calling('http://localhost:4000'), 'const port = process.env.PORT || 4000;\napp.listen(port);'),
      ['yes', 'web/src/App.tsx:2 calls http://localhost:4000'],
    ],
    [
      'whose port its environment names',
      { ...both(calling('http://localhost:4000'), 'app.listen(process.env.PORT);'), 'api/.env': 'PORT=4000\n' },
      ['yes', 'web/src/App.tsx:2 calls http://localhost:4000'],
    ],
    [
      'whose number is something else',
      both(calling('http://localhost:4000'), 'const most = 4000;\napp.listen(3000);'),
      ['no'],
    ],
    [
      'whose port is that of a test',
      { ...both(calling('http://localhost:4000'), 'app.listen(3000);'), 'api/test/a.test.js': 'app.listen(4000);\n' },
      ['no'],
    ],
    [
      'past a proxy of the dev server',
      both({
        ...calling('http://localhost:4000'),
        'vite.config.ts': "export default { server: { proxy: { '/notes': 'http://localhost:4000' } } };\n",
      }),
      ['no'],
    ],
    [
      'past a proxy of its manifest',
      both({
        ...calling('http://localhost:4000'),
        'package.json':
          '{"name":"web","proxy":"http://localhost:4000","scripts":{"build":"vite build"},"dependencies":{"react":"1","vite":"6"}}',
      }),
      ['no'],
    ],
    [
      'past a proxy of its own file',
      both({ ...calling('http://localhost:4000'), 'src/setupProxy.js': 'module.exports = () => {};\n' }),
      ['no'],
    ],
    ['in code that nothing loads', both({ 'src/old.tsx': calling('http://localhost:4000')['src/App.tsx'] }), ['no']],
    [
      'in its page',
      both({
        'index.html': '<a href="http://localhost:4000">api</a>\n<script type="module" src="/src/main.tsx"></script>\n',
      }),
      ['no'],
    ],
  ])('%s', async (_, files, expected) => {
    expect(await asked('called-across-origins', {}, files, 'api')).toEqual(expected);
  });
  it('is asked of a component', async () => {
    expect(await asked('called-across-origins', {}, both({}), null)).toEqual(['no']);
  });
});

describe('code of its own', () => {
  const library = (files: Record<string, string>) => ({
    'package.json': '{"private":true,"workspaces":["*"]}',
    'kit/package.json': '{"name":"kit","main":"index.js"}',
    ...files,
  });
  it.each<Row>([
    ['a service', at(app('')), ['yes', 'package.json:1 package api'], { path: '.' }],
    ['a library with code', library({ 'kit/index.js': 'export const a = 1;\n' }), ['yes', 'kit/index.js:1 code']],
    ['a library of types', library({ 'kit/index.d.ts': 'export type A = 1;\n' }), ['no']],
    ['a library of settings', library({ 'kit/tsconfig.json': '{}' }), ['no']],
    [
      'a library in Python',
      { 'kit/pyproject.toml': '[project]\nname = "kit"\n' },
      ['yes', 'kit/pyproject.toml:1 pyproject.toml of kit'],
    ],
    ['the repository', at(app('')), ['no'], { path: null }],
  ])('%s', async (_, files, expected, { path } = { path: 'kit' }) => {
    expect(await asked('has-code', {}, files, path)).toEqual(expected);
  });
});

describe('process files', () => {
  it.each<[file: string, text: string, expected: string[]]>([
    [
      'ecosystem.config.cjs',
      'module.exports = { apps: [{ instances: 4 }] };\n',
      ['yes', 'ecosystem.config.cjs:1 several instances'],
    ],
    [
      'ecosystem.js',
      "module.exports = { apps: [{ instances:'max' }] };\n",
      ['yes', 'ecosystem.js:1 several instances'],
    ],
    ['ecosystem.json', '{ "instances" : "max" }\n', ['yes', 'ecosystem.json:1 several instances']],
    ['ecosystem.yml', 'apps:\n  - instances: -1\n', ['yes', 'ecosystem.yml:2 several instances']],
    ['processes.yaml', 'apps:\n  - instances: 0\n', ['yes', 'processes.yaml:2 several instances']],
    ['pm2.json', '{ "instances": 16 }\n', ['yes', 'pm2.json:1 several instances']],
    [
      'pm2.config.js',
      'module.exports = { instances: os.cpus().length };\n',
      ['yes', 'pm2.config.js:1 several instances'],
    ],
    [
      'pm2-live.js',
      'module.exports = { instances: process.env.WORKERS };\n',
      ['yes', 'pm2-live.js:1 several instances'],
    ],
    ['deploy/pm2.json', '{ "instances": 2 }\n', ['yes', 'deploy/pm2.json:1 several instances']],
    ['pm2.json', '{ "instances": 1 }\n', ['no']],
    ['pm2.json', '{ "instances": 05 }\n', ['yes', 'pm2.json:1 several instances']],
    ['pm2.json', '{ "instances": 20 }\n', ['yes', 'pm2.json:1 several instances']],
    ['pm2.json', '{ "instances": "maximum" }\n', ['no']],
    ['pm2.json', '{ "instance": 2 }\n', ['no']],
    ['pm2.js', '// instances: 2\n', ['no']],
    ['pm2.js', '  // instances: 2\n', ['no']],
    ['pm2.js', ' * instances: 2\n', ['no']],
    ['pm2.js', 'module.exports = { instances: 2 }; // two\n', ['yes', 'pm2.js:1 several instances']],
    ['mypm2.js', 'module.exports = { instances: 2 };\n', ['no']],
    ['pm2.jsx', 'module.exports = { instances: 2 };\n', ['no']],
    ['pm2.mjs', 'export default { instances: 2 };\n', ['no']],
    ['test/pm2.js', 'module.exports = { instances: 2 };\n', ['no']],
  ])('%s: %s', async (file, text, expected) => {
    expect(await asked('runs-in-cluster', { rung: 'present' }, api({}, { [file]: text }))).toEqual(expected);
  });
  const workspace = (more: Record<string, string>) => ({
    'package.json': JSON.stringify({ private: true, workspaces: ['apps/*'] }),
    'apps/one/package.json': service({ name: 'one' }),
    'apps/one/src/index.js': app(''),
    'apps/two/package.json': service({ name: 'two' }),
    'apps/two/src/index.js': app(''),
    ...more,
  });
  const several = '{ "instances": 2 }\n';
  it.each<[file: string, expected: string]>([
    ['pm2.json', 'yes'],
    ['apps/one/pm2.json', 'yes'],
    ['apps/two/pm2.json', 'no'],
    ['deploy/pm2.json', 'no'],
  ])('of a workspace, %s', async (file, expected) => {
    expect((await asked('runs-in-cluster', { rung: 'present' }, workspace({ [file]: several }), 'apps/one'))[0]).toBe(
      expected,
    );
  });
  it.each<[command: string, expected: string]>([
    ['pm2-docker start a.js -i 2', 'yes'],
    ['pm2-runtime a.js --instances 2', 'yes'],
    ['pm2-dev a.js -i 2', 'no'],
    ['mypm2 a.js -i 2', 'no'],
    ['pm2 start a.js --instances=2', 'yes'],
    ['pm2 start a.js --instance 2', 'yes'],
    ['pm2 start a.js --my-i 2', 'yes'],
    ['pm2 start a.js -in 2', 'yes'],
    ['pm2 start pm2.json', 'yes'],
    ['pm2 start pm2.yaml', 'yes'],
    ['pm2 start pm2.cjs', 'yes'],
    ['pm2 start pm2.json5', 'no'],
    ['node pm2.json', 'no'],
  ])('beside a process file with several, %s', async (command, expected) => {
    const found = await asked('runs-in-cluster', { rung: 'wired' }, api({ prod: command }, { 'pm2.json': several }));
    expect(found[0]).toBe(expected);
  });
  it.each<[command: string, expected: string]>([
    ['pm2 start pm2.json', 'no'],
    ['pm2 start a.js -i 2', 'yes'],
  ])('without one, %s', async (command, expected) => {
    expect((await asked('runs-in-cluster', { rung: 'wired' }, api({ prod: command })))[0]).toBe(expected);
  });
  it('asks nothing of the repository', async () => {
    expect(await asked('runs-in-cluster', { rung: 'present' }, api({}, { 'pm2.json': several }), null)).toEqual(['no']);
  });
  it('names a script and the image', async () => {
    const files = api({ prod: 'pm2 start a.js -i 2' }, image('CMD ["pm2-runtime", "a.js", "-i", "2"]'));
    expect(await asked('runs-in-cluster', { rung: 'wired' }, files)).toEqual([
      'yes',
      'package.json:1 script "prod" starts a cluster',
      'Dockerfile:3 the image starts a cluster',
    ]);
  });
});

describe('what starts a server', () => {
  const named = ['nginx', 'caddy'];
  const answer = (files: Record<string, string>) => asked('served-by', { programs: named }, files);
  it.each<[script: string, expected: string[]]>([
    ['start', ['yes', 'package.json:1 starts nginx -c nginx.conf']],
    ['serve', ['yes', 'package.json:1 starts nginx -c nginx.conf']],
    ['start:prod', ['yes', 'package.json:1 starts nginx -c nginx.conf']],
    ['start:production', ['yes', 'package.json:1 starts nginx -c nginx.conf']],
    ['serve:prod', ['yes', 'package.json:1 starts nginx -c nginx.conf']],
    ['start:dev', ['no']],
    ['restart', ['no']],
    ['starts', ['no']],
    ['start:prod-all', ['no']],
    ['prestart', ['no']],
  ])('the script %s', async (script, expected) => {
    const files = {
      'package.json': service({ scripts: { [script]: 'nginx -c nginx.conf -g off' } }),
      'src/index.js': app(''),
    };
    expect(await answer(files)).toEqual(expected);
  });
  it.each<[start: string, expected: string[]]>([
    ['CMD ["node", "server.js"]', ['no']],
    ['CMD ["bun", "server.js"]', ['no']],
    ['CMD ["deno", "run", "server.js"]', ['no']],
    ['CMD ["tsx", "server.ts"]', ['no']],
    ['CMD ["node", "-e", "1"]', ['yes', 'package.json:1 starts nginx -g off']],
    ['CMD ["python", "server.py"]', ['yes', 'package.json:1 starts nginx -g off']],
    ['CMD ["npm", "run", "other"]', ['yes', 'Dockerfile:3 starts caddy run', 'package.json:1 starts nginx -g off']],
    ['ENTRYPOINT ["node", "server.js"]', ['no']],
    ['ENTRYPOINT ["caddy"]\nCMD ["nginx"]', ['yes', 'Dockerfile:4 starts nginx', 'package.json:1 starts nginx -g off']],
    ['EXPOSE 80', ['yes', 'package.json:1 starts nginx -g off']],
  ])('an image with %s, beside a start script', async (start, expected) => {
    const files = {
      ...api({ start: 'nginx -g off', other: 'caddy run' }),
      ...image(start),
      'server.js': '',
      'server.ts': '',
      'server.py': '',
    };
    expect(await answer(files)).toEqual(expected);
  });
});
