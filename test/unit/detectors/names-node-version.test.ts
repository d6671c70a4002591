import { describe, expect, it } from 'vitest';
import { contradict, majorsOf } from '../../../src/detectors/shared/node-range.ts';
import { app, asked, at, service } from './_asked.ts';

/** Majors of 16 to 26 that a text admits, and the one it names. */
const admitted = (text: string) => {
  const majors = majorsOf(text);
  return (
    majors && [
      Array.from({ length: 11 }, (_, i) => i + 16)
        .filter((major) => majors.has(major))
        .join(' '),
      majors.exact,
    ]
  );
};

describe('majors', () => {
  it.each<[text: string, expected: [string, number | null] | null]>([
    ['20', ['20', 20]],
    ['v20.1.0', ['20', 20]],
    ['node-20.1', ['20', 20]],
    ['20.x', ['20', 20]],
    ['20.*.*', ['20', 20]],
    ['20.1.0-rc.1', ['20', 20]],
    ['lts/iron', ['20', 20]],
    ['lts/Jod', ['22', 22]],
    ['lts/*', null],
    ['lts/alpine', null],
    ['latest', null],
    ['', null],
    ['*', ['16 17 18 19 20 21 22 23 24 25 26', null]],
    ['>=22', ['22 23 24 25 26', null]],
    ['>=22.12.0', ['22 23 24 25 26', null]],
    ['>22', ['23 24 25 26', null]],
    ['>22.4', ['22 23 24 25 26', null]],
    ['>22.0.0', ['22 23 24 25 26', null]],
    ['>=18 <21', ['18 19 20', null]],
    ['>= 18 < 21.5', ['18 19 20 21', null]],
    ['>=18 <21.0.0', ['18 19 20', null]],
    ['>=18 <=21', ['18 19 20 21', null]],
    ['^18 || ^20', ['18 20', null]],
    ['^18||~20.1', ['18 20', null]],
    ['^20.1.0', ['20', 20]],
    ['=20', ['20', 20]],
    ['18 - 20', ['18 19 20', null]],
    ['v18.1.0  -  v20', ['18 19 20', null]],
    ['^20 || latest', null],
    ['lts/hydrogen', ['18', 18]],
    ['lts/gallium', ['16', 16]],
    ['lts/krypton', ['24', 24]],
    ['lts/iron-slim', ['20', 20]],
    ['my-lts/iron', null],
    ['  20  ', ['20', 20]],
    ['Node20', ['20', 20]],
    ['node 20', ['20', 20]],
    ['20.1', ['20', 20]],
    ['20.1.2.3', ['20', 20]],
    ['20+build.1', ['20', 20]],
    ['20-alpine', ['20', 20]],
    ['20.', ['20', 20]],
    ['x20', ['20', 20]],
    ['20y', null],
    ['x', null],
    ['>=20 <21', ['20', 20]],
    ['>=20.1 <21', ['20', 20]],
    ['>20 <22', ['21', 21]],
    ['<=20 >=20', ['20', 20]],
    ['>20.x', ['20 21 22 23 24 25 26', null]],
    ['>20.0', ['20 21 22 23 24 25 26', null]],
    ['<20.0', ['16 17 18 19', null]],
    ['<20.1', ['16 17 18 19 20', null]],
    ['<=20.1', ['16 17 18 19 20', null]],
    ['>=20.x', ['20 21 22 23 24 25 26', null]],
    ['~20.1.0', ['20', 20]],
    ['^v20', ['20', 20]],
    ['18.x || 20.x', ['18 20', null]],
    ['18||20||22', ['18 20 22', null]],
    [' * || 20', ['16 17 18 19 20 21 22 23 24 25 26', null]],
    ['18.1.0 - 20.2.0', ['18 19 20', null]],
    ['18-20', ['18', 18]],
    ['20 - 20', ['20', 20]],
    ['>=20 latest', null],
    ['next || 20', null],
  ])('%s', (text, expected) => expect(admitted(text)).toEqual(expected));

  it.each([
    ['20', '22', true],
    ['20', '>=18', false],
    ['^18 || ^20', '20', false],
    ['>=22', '<20', true],
    ['<20', '>=18', false],
    ['>=59', '59', false],
    ['0', '0', false],
    ['0', '1', true],
    ['>=20 <22', '22', true],
    ['>=20 <=22', '22', false],
  ])('%s against %s', (a, b, expected) => expect(contradict(majorsOf(a)!, majorsOf(b)!)).toBe(expected));
});

const dockerfile = (from: string) => `FROM ${from}\nCOPY . .\nCMD ["node", "src/index.js"]\n`;
const workflow = (steps: string, more = '') =>
  `on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n${more}    steps:\n      - uses: actions/checkout@v4\n${steps}`;
const setup = (version: string) =>
  `      - uses: actions/setup-node@v4\n        with:\n          node-version: ${version}\n      - run: npm test\n`;
const pinned = (more: Record<string, string>, manifest: object = {}) => ({
  ...at(app('')),
  'package.json': service({ scripts: { start: 'node src/index.js', test: 'node --test' }, ...manifest }),
  ...more,
});
const ci = (text: string) => ({ '.nvmrc': '20\n', '.github/workflows/ci.yml': text });
/** Two packages beside each other. */
const two = (more: Record<string, string>, root: object = {}) => ({
  'package.json': JSON.stringify({ private: true, ...root }),
  'api/package.json': service({ engines: { node: '20' } }),
  'api/src/index.js': app(''),
  'web/package.json': service({ name: 'web' }),
  'web/src/index.js': app(''),
  ...more,
});

type Row = [title: string, ask: 'pinned' | 'agreed', files: Record<string, string>, expected: string[], path?: string];
it.each<Row>([
  ['nowhere', 'pinned', pinned({}), ['no']],
  ['engines', 'pinned', pinned({}, { engines: { node: '>=20' } }), ['yes', 'package.json:1 engines.node >=20']],
  ['engines of npm alone', 'pinned', pinned({}, { engines: { npm: '>=10' } }), ['no']],
  ['any version', 'pinned', pinned({}, { engines: { node: 'latest' } }), ['no']],
  ['Volta', 'pinned', pinned({}, { volta: { node: '20.1.0' } }), ['yes', 'package.json:1 volta 20.1.0']],
  [
    'engines for developers',
    'pinned',
    pinned({}, { devEngines: { runtime: { name: 'node', version: '^20' } } }),
    ['yes', 'package.json:1 devEngines ^20'],
  ],
  ['Bun', 'pinned', pinned({}, { engines: { bun: '1.1' } }), ['yes', 'package.json:1 engines.bun 1.1']],
  ['.nvmrc', 'pinned', pinned({ '.nvmrc': '\n# ours\nv20\n' }), ['yes', '.nvmrc:3 v20']],
  ['.nvmrc that follows the newest', 'pinned', pinned({ '.nvmrc': 'lts/*\n' }), ['no']],
  ['.node-version', 'pinned', pinned({ '.node-version': '20.1.0' }), ['yes', '.node-version:1 20.1.0']],
  [
    '.tool-versions',
    'pinned',
    pinned({ '.tool-versions': 'ruby 3.3.0\nnodejs 20.1.0\n' }),
    ['yes', '.tool-versions:2 20.1.0'],
  ],
  ['.tool-versions of another tool', 'pinned', pinned({ '.tool-versions': 'ruby 3.3.0\n' }), ['no']],
  ['mise', 'pinned', pinned({ 'mise.toml': '[tools]\nnode = "20"\n' }), ['yes', 'mise.toml:2 20']],
  ['mise, hidden', 'pinned', pinned({ '.mise.toml': '[tools]\n"node" = \'20\'\n' }), ['yes', '.mise.toml:2 20']],
  ['.npmrc', 'pinned', pinned({ '.npmrc': 'audit=false\nuse-node-version=20.1.0\n' }), ['yes', '.npmrc:2 20.1.0']],
  ['.prototools', 'pinned', pinned({ '.prototools': 'node = "20"\n' }), ['yes', '.prototools:1 20']],
  [
    'devbox',
    'pinned',
    pinned({ 'devbox.json': '{\n"packages": ["nodejs@20.1.0"] }' }),
    ['yes', 'devbox.json:2 20.1.0'],
  ],
  ['devbox that follows the newest', 'pinned', pinned({ 'devbox.json': '{ "packages": ["nodejs@latest"] }' }), ['no']],
  [
    'an image by its digest',
    'pinned',
    pinned({ Dockerfile: dockerfile(`node@sha256:${'0f'.repeat(32)}`) }),
    ['yes', 'Dockerfile:1 node by its digest'],
  ],
  ['.bun-version', 'pinned', pinned({ '.bun-version': '1.1' }), ['yes', '.bun-version:1 fixes the Bun version']],
  ['an image', 'pinned', pinned({ Dockerfile: dockerfile('node:20-alpine') }), ['yes', 'Dockerfile:1 node:20-alpine']],
  [
    'an image by its code name',
    'pinned',
    pinned({ Dockerfile: dockerfile('docker.io/library/node:iron-slim') }),
    ['yes', 'Dockerfile:1 node:iron-slim'],
  ],
  [
    'an image without a number',
    'pinned',
    pinned({ Dockerfile: dockerfile('node:lts-alpine') }),
    ['no', 'Dockerfile:1 node:lts-alpine names no version'],
  ],
  [
    'an image without a tag',
    'pinned',
    pinned({ Dockerfile: dockerfile('node') }),
    ['no', 'Dockerfile:1 node names no version'],
  ],
  ['an image of Bun', 'pinned', pinned({ Dockerfile: dockerfile('oven/bun:1.1') }), ['yes', 'Dockerfile:1 bun:1.1']],
  [
    'an image of Bun without a number',
    'pinned',
    pinned({ Dockerfile: dockerfile('oven/bun:latest') }),
    ['no', 'Dockerfile:1 bun:latest names no version'],
  ],
  ['an image of another thing', 'pinned', pinned({ Dockerfile: dockerfile('nginx:1.27') }), ['no']],
  [
    'a stage of an image',
    'pinned',
    pinned({ Dockerfile: 'FROM node:20 AS node\nFROM node\nCOPY . .\nCMD ["node", "src/index.js"]\n' }),
    ['yes', 'Dockerfile:1 node:20'],
  ],
  [
    'the settings of a host',
    'pinned',
    pinned({ 'netlify.toml': '[build.environment]\n  NODE_VERSION = "20"\n' }),
    ['yes', 'netlify.toml:2 NODE_VERSION 20'],
  ],
  [
    'the settings of a host without it',
    'pinned',
    pinned({ 'netlify.toml': '[build]\n  command = "npm run build"\n' }),
    ['no'],
  ],
  ['the folder above', 'pinned', two({ '.nvmrc': '22\n' }), ['yes', '.nvmrc:1 22'], 'web'],
  ['the folder beside', 'pinned', two({}), ['no'], 'web'],
  [
    'an inner folder speaks before an outer',
    'pinned',
    two({ '.nvmrc': '22\n', 'api/.nvmrc': '20\n' }, { engines: { node: '22' } }),
    ['yes', 'api/package.json:1 engines.node 20', 'api/.nvmrc:1 20'],
    'api',
  ],

  ['one place alone', 'agreed', pinned({ '.nvmrc': '20' }), ['yes']],
  ['two that agree', 'agreed', pinned({ '.nvmrc': '20' }, { engines: { node: '>=18' } }), ['yes']],
  [
    'two that do not',
    'agreed',
    pinned({ '.nvmrc': '20' }, { engines: { node: '>=22' } }),
    ['no', 'package.json:1 engines.node >=22', '.nvmrc:1 20'],
  ],
  ['a stand-in contradicts nothing', 'agreed', pinned({ '.nvmrc': '20', '.bun-version': '1.1' }), ['yes']],
  ['a pipeline that agrees', 'agreed', pinned(ci(workflow(setup('20')))), ['yes']],
  [
    'a pipeline that does not',
    'agreed',
    pinned(ci(workflow(setup('22')))),
    ['no', '.nvmrc:1 20', '.github/workflows/ci.yml:7 node-version 22'],
  ],
  ['a pipeline that follows the newest', 'agreed', pinned(ci(workflow(setup('lts/*')))), ['yes']],
  [
    'a pipeline with several, one of which agrees',
    'agreed',
    pinned(ci(workflow(setup('${{ matrix.node }}'), '    strategy:\n      matrix:\n        node: [20, 22]\n'))),
    ['yes'],
  ],
  [
    'a pipeline with several, none of which agrees',
    'agreed',
    pinned(ci(workflow(setup('${{ matrix.node }}'), '    strategy:\n      matrix:\n        node: [22, 24]\n'))),
    ['no', '.nvmrc:1 20', '.github/workflows/ci.yml:10 node-version 22, 24'],
  ],
  [
    'a pipeline with a version of something else',
    'agreed',
    pinned(
      ci(
        workflow(
          '      - uses: actions/setup-python@v5\n        with:\n          node-version: 22\n      - run: npm test\n',
        ),
      ),
    ),
    ['yes'],
  ],
  [
    'a pipeline that says none',
    'agreed',
    pinned(ci(workflow('      - uses: actions/setup-node@v4\n      - run: npm test\n'))),
    ['yes'],
  ],
  [
    'a pipeline of the folder',
    'agreed',
    two({
      '.github/workflows/ci.yml': workflow(
        setup('22').replace('- run: npm test', '- run: npm test\n        working-directory: api'),
      ),
    }),
    ['no', 'api/package.json:1 engines.node 20', '.github/workflows/ci.yml:7 node-version 22'],
    'api',
  ],
  [
    'an action that works on another major',
    'agreed',
    two({
      '.github/workflows/ci.yml': workflow(
        '      - uses: acme/action-test@v2\n        with:\n          node_version: 22\n          dir: api\n          commands: npm test\n',
      ),
    }),
    ['no', 'api/package.json:1 engines.node 20', '.github/workflows/ci.yml:7 node-version 22'],
    'api',
  ],
  [
    'a pipeline of the folder beside',
    'agreed',
    two({
      '.github/workflows/ci.yml': workflow(
        setup('22').replace('- run: npm test', '- run: npm test\n        working-directory: web'),
      ),
    }),
    ['yes'],
    'api',
  ],
  [
    'a pipeline above, for all that is installed together',
    'agreed',
    two(
      { '.github/workflows/ci.yml': workflow(setup('22')) },
      { workspaces: ['api', 'web'], scripts: { test: 'node --test' } },
    ),
    ['no', 'api/package.json:1 engines.node 20', '.github/workflows/ci.yml:7 node-version 22'],
    'api',
  ],
  [
    'a pipeline above that only installs',
    'agreed',
    two(
      { '.github/workflows/ci.yml': workflow(setup('22').replace('npm test', 'npm ci')) },
      { workspaces: ['api', 'web'] },
    ),
    ['yes'],
    'api',
  ],
  [
    'Travis',
    'agreed',
    pinned({ '.nvmrc': '20', '.travis.yml': 'language: node_js\nnode_js:\n  - "22"\n  - "24"\nscript: npm test\n' }),
    ['no', '.nvmrc:1 20', '.travis.yml:2 node_js 22, 24'],
  ],
  [
    'Travis, which agrees',
    'agreed',
    pinned({ '.nvmrc': '20', '.travis.yml': 'language: node_js\nnode_js:\n  - "20"\n  - "24"\nscript: npm test\n' }),
    ['yes'],
  ],
])('%s (%s)', async (_, ask, files, expected, path = '.') => {
  expect(await asked('names-node-version', { ask }, files, path)).toEqual(expected);
});
