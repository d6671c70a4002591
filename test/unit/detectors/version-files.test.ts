import { describe, expect, it } from 'vitest';
import { app, asked, at, service } from './_asked.ts';

const pinned = (more: Record<string, string>) => ({
  ...at(app('')),
  'package.json': service({ scripts: { start: 'node src/index.js', test: 'node --test' } }),
  ...more,
});
const shown = async (ask: string, files: Record<string, string>) =>
  (await asked('names-node-version', { ask }, files)).slice(1);

describe('files that name the version', () => {
  it.each([
    ['.nvmrc', '  20  # ours', '20'],
    ['.tool-versions', 'node 20.1.0', '20.1.0'],
    ['.tool-versions', '  nodejs  20.1.0', '20.1.0'],
    ['mise.toml', 'node="20"', '20'],
    ['mise.toml', '  node  =  "20"', '20'],
    ['.mise.toml', "node='20'", '20'],
    ['.mise.toml', '\tnode  =  "20"', '20'],
    ['.npmrc', '  use-node-version = 20.1.0', '20.1.0'],
    ['.npmrc', 'use-node-version  =20.1.0', '20.1.0'],
    ['.prototools', '  node = "20"', '20'],
    ['.prototools', "node='20'", '20'],
    ['.prototools', 'node  =  "20"', '20'],
  ])('%s: %s', async (file, line, version) => {
    expect(await shown('pinned', pinned({ [file]: `${line}\n` }))).toEqual([`${file}:1 ${version}`]);
  });
  it.each([
    ['.tool-versions', 'denode 20.1.0'],
    ['.tool-versions', '# node 20.1.0'],
    ['.tool-versions', 'node-build 20.1.0'],
    ['mise.toml', '# node = "20"'],
    ['mise.toml', 'denode = "20"'],
    ['.mise.toml', 'x.node = "20"'],
    ['.npmrc', 'not-use-node-version=20'],
    ['.npmrc', '#use-node-version=20'],
    ['.prototools', 'x-node = "20"'],
    ['.prototools', '#node = "20"'],
  ])('not %s: %s', async (file, line) => expect(await shown('pinned', pinned({ [file]: `${line}\n` }))).toEqual([]));
});

describe('hosts and pipelines that name it', () => {
  const netlify = (line: string) =>
    pinned({ 'netlify.toml': `[build]\n  command = "npm test"\n[build.environment]\n${line}\n` });
  it.each([
    ['NODE_VERSION = "20"', 'netlify.toml:4 NODE_VERSION 20'],
    ['  NODE_VERSION="20.1"', 'netlify.toml:4 NODE_VERSION 20.1'],
    ["NODE_VERSION  =  '20'", 'netlify.toml:4 NODE_VERSION 20'],
    ['NODE_VERSION = 20', 'netlify.toml:4 NODE_VERSION 20'],
    ['# NODE_VERSION = "20"', undefined],
    ['MY_NODE_VERSION = "20"', undefined],
  ])('%s', async (line, evidence) => {
    expect((await shown('pinned', netlify(line))).find((one) => one.startsWith('netlify.toml'))).toBe(evidence);
  });

  const step = (uses: string, given: string, more = '') =>
    pinned({
      '.nvmrc': '20\n',
      '.github/workflows/ci.yml': `on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n${more}    steps:\n      - uses: ${uses}\n        with:\n          ${given}\n      - run: npm test\n`,
    });
  const agreed = async (files: Record<string, string>) =>
    (await asked('names-node-version', { ask: 'agreed' }, files))[0]!.slice(0, 2);
  it.each([
    ['actions/setup-node@v4', "node-version: '18'", 'no'],
    ['actions/setup-node@v4', "node_version: '18'", 'no'],
    ['actions/setup-node@v4', "nodeversion: '18'", 'no'],
    ['acme/test@v1', "NODE-VERSION: '18'", 'no'],
    ['actions/setup-node@v4', "node-version: '20'", 'ye'],
    ['actions/setup-node@v4', "my-node-version: '18'", 'ye'],
    ['actions/setup-node@v4', "node-version-file: '18'", 'ye'],
    ['actions/setup-python@v5', "node-version: '18'", 'ye'],
    ['actions/setup-go-all@v5', "node-version: '18'", 'ye'],
  ])('%s with %s', async (uses, given, is) => expect(await agreed(step(uses, given))).toBe(is));
  it.each([
    ['${{ matrix.node }}', 'no'],
    ['${{matrix.node}}', 'no'],
    ['${{  matrix.node  }}', 'no'],
    ['v${{ matrix.node }}', 'ye'],
    ['${{ matrix.node }}.1', 'ye'],
    ['${{ matrix.other }}', 'ye'],
  ])('a matrix, by %s', async (written, is) => {
    const matrix = "    strategy:\n      matrix:\n        node: ['18']\n";
    expect(await agreed(step('actions/setup-node@v4', `node-version: ${written}`, matrix))).toBe(is);
  });
  it.each([
    ["node_js: '18'", 1],
    ["language: node_js\nnode_js:\n  - '18'", 2],
    ["language: node_js\nnode_js :\n  - '18'", 2],
  ])('Travis, %j', async (text, line) => {
    const found = await shown('agreed', pinned({ '.nvmrc': '20\n', '.travis.yml': `${text}\nscript: npm test\n` }));
    expect(found).toContain(`.travis.yml:${line} node_js 18`);
  });
});
