import { expect, it } from 'vitest';
import { app, asked, service } from './_asked.ts';

type Row = [title: string, files: Record<string, string>, expected: string[]];

const locks: Record<string, Record<string, string>> = {
  npm: { 'package-lock.json': '{ "lockfileVersion": 3 }' },
  yarn: { 'yarn.lock': '# yarn lockfile v1\n' },
  berry: { 'yarn.lock': '__metadata:\n  version: 8\n' },
  pnpm: { 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n" },
  bun: { 'bun.lock': '{}' },
};
const locked = (manager: string, more: Record<string, string>) => ({
  'package.json': service(),
  'src/index.js': app(''),
  ...locks[manager],
  ...more,
});
const image = (...lines: string[]) => ({
  Dockerfile: `FROM node:22\n${lines.join('\n')}\nCMD ["node", "src/index.js"]\n`,
});
const ci = (...commands: string[]) => ({
  '.github/workflows/ci.yml': `on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n${commands.map((one) => `      - run: ${one}\n`).join('')}`,
});

it.each<Row>([
  ['npm ci in an image', locked('npm', image('COPY . .', 'RUN npm ci')), ['yes']],
  [
    'npm install in an image',
    locked('npm', image('COPY . .', 'RUN npm install --omit=dev')),
    ['no', 'Dockerfile:3 installs past the lockfile: npm install --omit=dev'],
  ],
  [
    'npm i in an image',
    locked('npm', image('COPY . .', 'RUN npm i')),
    ['no', 'Dockerfile:3 installs past the lockfile: npm i'],
  ],
  [
    'npm install in the image that people work in, beside one for production',
    locked('npm', {
      Dockerfile: 'FROM node:22\nCOPY . .\nRUN npm install\nCMD ["npm", "run", "dev"]\n',
      'Dockerfile.prod': 'FROM node:22\nCOPY . .\nRUN npm ci\nCMD ["node", "src/index.js"]\n',
      'compose.yaml': 'services:\n  api:\n    build: .\n    volumes: [./:/work]\n',
    }),
    ['yes'],
  ],
  [
    'npm install in a stage that people work in, beside the one that is shipped',
    locked('npm', {
      Dockerfile:
        'FROM node:22 AS base\nCOPY . .\nFROM base AS development\nRUN npm install\nFROM base AS production\nRUN npm ci\nCMD ["node", "src/index.js"]\n',
    }),
    ['yes'],
  ],
  [
    'npm install in a stage of that name which the shipped one builds on',
    locked('npm', {
      Dockerfile:
        'FROM node:22 AS dev\nCOPY . .\nRUN npm install\nFROM dev AS production\nCMD ["node", "src/index.js"]\n',
    }),
    ['no', 'Dockerfile:3 installs past the lockfile: npm install'],
  ],
  ['a tool installed in an image', locked('npm', image('COPY . .', 'RUN npm install -g pm2 && npm ci')), ['yes']],
  ['a package named in an image', locked('npm', image('COPY . .', 'RUN npm install pm2 && npm ci')), ['yes']],
  ['the lockfile alone made', locked('npm', image('COPY . .', 'RUN npm install --package-lock-only')), ['yes']],
  [
    'npm install where there is no lockfile',
    { 'package.json': service(), 'src/index.js': app(''), ...image('COPY . .', 'RUN npm install') },
    ['yes'],
  ],
  [
    'yarn in an image, in a folder of the image',
    {
      'server/package.json': service(),
      'server/src/index.js': app(''),
      'server/yarn.lock': '# yarn lockfile v1\n',
      ...image('COPY server /build/server', 'RUN cd /build/server && yarn install'),
    },
    ['no', 'Dockerfile:3 installs past the lockfile: yarn install'],
  ],
  [
    'yarn in an image',
    locked('yarn', image('COPY . .', 'RUN yarn')),
    ['no', 'Dockerfile:3 installs past the lockfile: yarn'],
  ],
  [
    'yarn install in an image, frozen',
    locked('yarn', image('COPY . .', 'RUN yarn install --frozen-lockfile --network-timeout 100000')),
    ['yes'],
  ],
  [
    'yarn install in an image, waiting long',
    locked('yarn', image('COPY . .', 'RUN yarn install --network-timeout 100000')),
    ['no', 'Dockerfile:3 installs past the lockfile: yarn install --network-timeout 100000'],
  ],
  ['yarn add in an image', locked('yarn', image('COPY . .', 'RUN yarn add pm2 && yarn --frozen-lockfile')), ['yes']],
  ['Yarn of today in an image', locked('berry', image('COPY . .', 'RUN yarn install')), ['yes']],
  [
    'Yarn of today in an image, told to write',
    locked('berry', image('COPY . .', 'RUN yarn install --no-immutable')),
    ['no', 'Dockerfile:3 installs past the lockfile: yarn install --no-immutable'],
  ],
  ['pnpm in an image', locked('pnpm', image('COPY . .', 'RUN pnpm install')), ['yes']],
  [
    'pnpm in an image, told to write',
    locked('pnpm', image('COPY . .', 'RUN pnpm i --no-frozen-lockfile')),
    ['no', 'Dockerfile:3 installs past the lockfile: pnpm i --no-frozen-lockfile'],
  ],
  [
    'bun in an image',
    locked('bun', image('COPY . .', 'RUN bun install')),
    ['no', 'Dockerfile:3 installs past the lockfile: bun install'],
  ],
  ['bun in an image, frozen', locked('bun', image('COPY . .', 'RUN bun install --frozen-lockfile')), ['yes']],
  [
    'the lockfile is not copied',
    locked('pnpm', image('COPY package.json ./', 'RUN pnpm install', 'COPY . .')),
    ['no', 'Dockerfile:3 pnpm install without the lockfile, which is not copied'],
  ],
  [
    'a glob takes the lockfile',
    locked('yarn', image('COPY package.json yarn* ./', 'RUN yarn --immutable', 'COPY . .')),
    ['yes'],
  ],
  [
    'the lockfile by its name',
    locked('yarn', image('COPY package.json yarn.lock ./', 'RUN yarn --frozen-lockfile', 'COPY . .')),
    ['yes'],
  ],
  [
    'the lockfile mounted',
    locked(
      'pnpm',
      image(
        'COPY package.json ./',
        'RUN --mount=type=bind,source=pnpm-lock.yaml,target=pnpm-lock.yaml pnpm install',
        'COPY . .',
      ),
    ),
    ['no', 'Dockerfile:3 pnpm install without the lockfile, which is not copied'],
  ],
  [
    'the lockfile copied by the stage before',
    locked('pnpm', {
      Dockerfile:
        'FROM node:22 AS base\nCOPY . .\nFROM base\nCOPY package.json ./\nRUN pnpm install\nCMD ["node", "src/index.js"]\n',
    }),
    ['yes'],
  ],
  [
    'what another stage installed',
    locked('pnpm', {
      Dockerfile:
        'FROM node:22 AS build\nCOPY . .\nRUN pnpm install\nFROM node:22\nCOPY package.json ./\nCOPY --from=build /app .\nRUN pnpm install\nCMD ["node", "src/index.js"]\n',
    }),
    ['yes'],
  ],
  [
    'an image for development',
    locked('npm', {
      ...image('COPY . .', 'RUN npm ci'),
      'Dockerfile.dev': 'FROM node:22\nCOPY . .\nRUN npm install\nCMD ["npm", "run", "dev"]\n',
    }),
    ['yes'],
  ],
  [
    'an image for another manager',
    locked('npm', {
      ...image('COPY . .', 'RUN npm ci'),
      'Dockerfile.bun': 'FROM oven/bun:1\nCOPY . .\nRUN bun install\nCMD ["bun", "src/index.js"]\n',
    }),
    ['yes'],
  ],
  [
    'an image for development that is the one that runs',
    locked('npm', {
      'Dockerfile.dev': 'FROM node:22\nCOPY . .\nRUN npm install\nCMD ["node", "src/index.js"]\n',
      'compose.yaml': 'services:\n  api:\n    build:\n      context: .\n      dockerfile: Dockerfile.dev\n',
    }),
    ['no', 'Dockerfile.dev:3 installs past the lockfile: npm install'],
  ],

  ['npm ci in a pipeline', locked('npm', ci('npm ci', 'npm test')), ['yes']],
  [
    'npm install in a pipeline',
    locked('npm', ci('npm install', 'npm test')),
    ['no', '.github/workflows/ci.yml:6 installs past the lockfile: npm install'],
  ],
  [
    'npm install in a pipeline that renews the lockfile',
    locked('npm', ci('npm install', 'git commit -am lock', 'git push')),
    ['yes'],
  ],
  [
    'npm ci where only another manager locks',
    locked('pnpm', ci('npm ci')),
    ['no', '.github/workflows/ci.yml:6 npm ci, and the lockfile is of another manager'],
  ],
  [
    'npm ci where the step before makes the lockfile',
    locked('pnpm', ci('npm install --package-lock-only && ls package-lock.json', 'npm ci')),
    ['yes'],
  ],
  [
    'npm install in a folder that is checked out from elsewhere',
    locked('npm', {
      '.github/workflows/ci.yml':
        'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm install\n        working-directory: other\n',
    }),
    ['yes'],
  ],
  ['Yarn of today in a pipeline', locked('berry', ci('yarn install --no-immutable')), ['yes']],
  [
    'yarn in a pipeline',
    locked('yarn', ci('yarn install')),
    ['no', '.github/workflows/ci.yml:6 installs past the lockfile: yarn install'],
  ],
  ['bun tried beside npm', locked('npm', ci('bun install')), ['yes']],
  ['pnpm in a pipeline', locked('pnpm', ci('pnpm install')), ['yes']],
  [
    'a very long command',
    locked('npm', ci('npm install --no-audit --no-fund --prefer-offline --loglevel error --cache .npm')),
    [
      'no',
      '.github/workflows/ci.yml:6 installs past the lockfile: npm install --no-audit --no-fund --prefer-offline --logleve…',
    ],
  ],
])('an install keeps to the lockfile: %s', async (_, files, expected) => {
  expect(await asked('installs-from-lockfile', {}, files, null)).toEqual(expected);
});

type Rooted = [title: string, by: 'each' | 'some' | 'none', files: Record<string, string>, expected: string[]];
const manifest = (more: object = {}) => JSON.stringify({ name: 'a', dependencies: { express: '5' }, ...more });
it.each<Rooted>([
  [
    'one folder that is locked',
    'each',
    { 'package.json': manifest(), ...locks.npm },
    ['yes', 'package-lock.json:1 locks .'],
  ],
  [
    'one folder that is not',
    'each',
    { 'package.json': manifest() },
    ['no', 'package.json:1 dependencies are installed here, and no lockfile lies beside it'],
  ],
  [
    'one of two',
    'each',
    { 'package.json': manifest(), ...locks.npm, 'web/package.json': manifest() },
    ['no', 'web/package.json:1 dependencies are installed here, and no lockfile lies beside it'],
  ],
  [
    'one of two',
    'some',
    { 'package.json': manifest(), ...locks.npm, 'web/package.json': manifest() },
    ['yes', 'package-lock.json:1 locks .'],
  ],
  [
    'none of one',
    'some',
    { 'package.json': manifest() },
    ['no', 'package.json:1 dependencies are installed here, and no lockfile lies beside it'],
  ],
  [
    'a folder at all',
    'none',
    { 'package.json': manifest() },
    ['yes', 'package.json:1 dependencies are installed here, and no lockfile lies beside it'],
  ],
  ['no folder that asks for anything', 'none', { 'package.json': manifest({ dependencies: {} }) }, ['no']],
  [
    'a folder that asks for tools alone',
    'each',
    { 'package.json': manifest({ dependencies: {}, devDependencies: { jest: '1' } }) },
    ['no', 'package.json:1 dependencies are installed here, and no lockfile lies beside it'],
  ],
  [
    'a folder that asks for what it may lack',
    'each',
    { 'package.json': manifest({ dependencies: {}, optionalDependencies: { jest: '1' } }) },
    ['no', 'package.json:1 dependencies are installed here, and no lockfile lies beside it'],
  ],
  [
    'members of a workspace',
    'each',
    {
      'package.json': manifest({ workspaces: ['apps/*'], dependencies: {} }),
      ...locks.npm,
      'apps/a/package.json': manifest(),
    },
    ['yes', 'package-lock.json:1 locks .'],
  ],
  [
    'members of a workspace that is not locked',
    'each',
    { 'package.json': manifest({ workspaces: ['apps/*'], dependencies: {} }), 'apps/a/package.json': manifest() },
    ['no', 'package.json:1 dependencies are installed here, and no lockfile lies beside it'],
  ],
  [
    'a sample',
    'each',
    {
      'package.json': manifest(),
      ...locks.npm,
      'examples/a/package.json': manifest(),
      'my-demo/package.json': manifest(),
    },
    ['yes', 'package-lock.json:1 locks .'],
  ],
  [
    'a project of Nx',
    'each',
    {
      'package.json': manifest(),
      ...locks.npm,
      'nx.json': '{}',
      'libs/a/package.json': manifest(),
      'libs/a/project.json': '{}',
    },
    ['yes', 'package-lock.json:1 locks .'],
  ],
  [
    'a project of nothing',
    'each',
    { 'package.json': manifest(), ...locks.npm, 'libs/a/package.json': manifest(), 'libs/a/project.json': '{}' },
    ['no', 'libs/a/package.json:1 dependencies are installed here, and no lockfile lies beside it'],
  ],
  ...(
    [
      [
        'a program below a workspace that takes no part in it',
        "packages: ['apps/*', 'infra/*']\n",
        'importers:\n  .: {}\n',
        'no',
      ],
      ['one that takes part by its pattern', "packages: ['apps/*', infra]\n", 'importers:\n  .: {}\n', 'yes'],
      [
        'one that the lockfile names',
        "packages: ['apps/*']\n",
        'importers:\n  .: {}\n  infra:\n    dependencies: {}\n',
        'yes',
      ],
    ] as const
  ).map(
    ([title, workspace, lock, answer]): Rooted => [
      title,
      'each',
      {
        'package.json': '{ "private": true }',
        'pnpm-workspace.yaml': workspace,
        'pnpm-lock.yaml': lock,
        'apps/api/package.json': service(),
        'apps/api/src/index.js': app(''),
        'infra/package.json': '{ "name": "infra", "dependencies": { "aws-cdk-lib": "2" } }',
        'infra/main.ts': "import { App } from 'aws-cdk-lib';\nnew App();\n",
      },
      answer === 'yes'
        ? ['yes', 'pnpm-lock.yaml:1 locks .']
        : ['no', 'infra/package.json:1 dependencies are installed here, and no lockfile lies beside it'],
    ],
  ),
  [
    'Python that pins all',
    'each',
    { 'requirements.txt': 'flask==3.0.0\nrequests @ git+https://a.example/r\n', 'app.py': '' },
    ['yes', 'requirements.txt:1 pins every version'],
  ],
  [
    'Python that does not',
    'each',
    { 'requirements.txt': 'flask==3.0.0\nrequests>=2\n', 'app.py': '' },
    ['no', 'requirements.txt:2 asks for packages, and no lockfile fixes their versions'],
  ],
  [
    'Ruby that is locked',
    'each',
    { Gemfile: "gem 'rails'\n", 'Gemfile.lock': 'GEM\n', 'config.ru': '' },
    ['yes', 'Gemfile.lock:1 locks .'],
  ],
  [
    'Ruby that is not',
    'each',
    { Gemfile: "source 'https://rubygems.org'\ngem 'rails'\n", 'config.ru': '' },
    ['no', 'Gemfile:2 asks for packages, and no lockfile fixes their versions'],
  ],
  ['Go that asks for nothing', 'none', { 'go.mod': 'module a\n', 'main.go': 'package main\nfunc main() {}\n' }, ['no']],
])('folders that are installed in: %s (%s)', async (_, by, files, expected) => {
  expect(await asked('lockfile-per-root', { by }, files, null)).toEqual(expected);
});
