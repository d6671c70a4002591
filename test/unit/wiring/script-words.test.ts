import { describe, expect, it } from 'vitest';
import { wired } from './_wired.ts';

const manifest = (scripts: Record<string, string>, more: object = {}) =>
  JSON.stringify({ name: 'app', scripts, ...more });
const started = async (files: Record<string, string>) => (await wired(files)).entries;

describe('a script by its name', () => {
  const phase = async (name: string) => {
    const entries = await started({ 'package.json': manifest({ [name]: 'node a.js' }), 'a.js': '' });
    return entries.find(({ file }) => file === 'a.js')?.phase;
  };
  it.each<[string, string]>([
    ...'start,serve,prod,production,server,api,worker,workers,web,service,run,launch,live,up,start:api,worker-mail,api_v2,START,app:start,app-serve,app_prod,app:production'
      .split(',')
      .map((name): [string, string] => [name, 'runtime']),
    ...'restart,starting,server2,appstart,start-mock,serve:storybook,worker:fake,api:stub,run:seed,run:migrate,start:codegen,run-generate,run:lint,run:format,run:fixture,run:docs,web:doc,reports'
      .split(',')
      .map((name): [string, string] => [name, 'tool']),
    ['db:start', 'tool'],
    ['db-up', 'tool'],
    ['mydb:start', 'runtime'],
    ['start:docker', 'runtime'],
  ])('%s: %s', async (name, expected) => {
    expect(await phase(name)).toBe(expected);
  });
  it.each<[string, boolean]>([
    ...'dev,develop,development,watch,local,dev:api,watch-all,local_x,start:dev,serve-watch,api_dev'
      .split(',')
      .map((name): [string, boolean] => [name, false]),
    ...'device,locally,start:devices,start:watched'.split(',').map((name): [string, boolean] => [name, true]),
  ])('%s beside one that starts runs for users: %s', async (name, expected) => {
    const entries = await started({
      'package.json': manifest({ start: 'node a.js', [name]: 'node b.js' }),
      'a.js': '',
      'b.js': '',
    });
    const other = entries.find(({ file }) => file === 'b.js')?.phase ?? 'none';
    expect(entries.find(({ file }) => file === 'a.js')?.phase).toBe('runtime');
    expect(name.startsWith('start:') ? other === 'runtime' : other === 'tool').toBe(expected);
  });
});

describe('the entries that a configuration gives', () => {
  const build = { 'package.json': manifest({ build: 'webpack' }) };
  const given = async (config: string, file = 'webpack.config.js', more: Record<string, string> = {}) =>
    (await started({ ...build, 'src/a.js': '', 'lib/b.ts': '', 'c.mjs': '', [file]: config, ...more }))
      .filter(({ reason }) => reason.includes('bundler'))
      .map((entry) => entry.file);
  it.each<[string, string[]]>([
    ["module.exports = { entry: './src/a.js' };", ['src/a.js']],
    ["module.exports = { entry : './src/a.js' };", ['src/a.js']],
    ["module.exports = { entry:'./src/a.js' };", ['src/a.js']],
    ["module.exports = { entry: 'src/a' };", ['src/a.js']],
    ["module.exports = { entry: '/src/a' };", ['src/a.js']],
    ["module.exports = { entry: './a' };", ['src/a.js']],
    ["module.exports = { entry: '../src/a' };", ['src/a.js']],
    ["module.exports = { entry: 'c.mjs' };", ['c.mjs']],
    ["module.exports = { entry: 'lib/b.ts' };", ['lib/b.ts']],
    ["module.exports = { entry: 'lib/b' };", []],
    ["module.exports = { entry: 'my/src/a' };", []],
    ["module.exports = { entryPoints: ['src/a.js', 'lib/b.ts'] };", ['lib/b.ts', 'src/a.js']],
    ["module.exports = { input: { a: 'src/a.js' } };", ['src/a.js']],
    ["config.entry = 'src/a.js';", ['src/a.js']],
    ["config.entry= 'src/a.js';", ['src/a.js']],
    ["module.exports = { entries: 'src/a.js' };", []],
    ["module.exports = { reentry: 'src/a.js' };", []],
    ["module.exports = { output: 'src/a.js' };", []],
    ["const dir = path.join(__dirname, 'src');\nmodule.exports = { entry: path.join(dir, 'a.js') };", ['src/a.js']],
    ['let dir  =  path.resolve(\'src\');\nmodule.exports = { entry: path.resolve(dir, "a.js") };', ['src/a.js']],
    ["var $dir=path.join('src');\nmodule.exports = { entry: path.join($dir, `a.js`) };", ['src/a.js']],
    ["module.exports = { entry: path.join(other, 'a.js') };", ['src/a.js']],
  ])('%s: %j', async (config, expected) => {
    expect(await given(config)).toEqual(expected);
  });

  it.each<[string, string[]]>([
    ["import { build } from 'esbuild';\nbuild({ entryPoints: ['src/a.js'] });", ['src/a.js']],
    ["import { build } from'rollup';\nbuild({ input: 'src/a.js' });", ['src/a.js']],
    ["const w = require('webpack');\nw({ entry: './src/a.js' });", ['src/a.js']],
    ["const w = require( 'webpack' );\nw({ entry: './src/a.js' });", ['src/a.js']],
    ["const w = await import('tsup');\nw.build({ entry: ['src/a.js'] });", ['src/a.js']],
    ["const w = await import( 'tsdown');\nw.build({ entry: ['src/a.js'] });", ['src/a.js']],
    ["const w = require('@rspack/core');\nw({ entry: './src/a.js' });", ['src/a.js']],
    ["const w = require('other');\nw({ entry: './src/a.js' });", []],
    ["const w = require('webpack-merge');\nw({ entry: './src/a.js' });", []],
  ])('a program that bundles: %s', async (text, expected) => {
    const files = { 'package.json': manifest({ build: 'node make.mjs' }) };
    expect(await given(text, 'make.mjs', files)).toEqual(expected);
  });
});

describe('a bundle whose source the build names', () => {
  it.each<[string, string]>([
    ...'tsup,esbuild,ncc,rollup,webpack,swc,microbundle,unbuild,tsdown,rspack'
      .split(',')
      .map((tool): [string, string] => [`${tool} src/api.ts`, 'src/api.ts']),
    ['esbuild src/api.mts --bundle', 'src/api.mts'],
    ['esbuild src/api.tsx --bundle', 'src/api.tsx'],
    ['esbuild src/api.cjs --bundle', 'src/api.cjs'],
    ['my-esbuild src/api.ts', ''],
    ['esbuild-x src/api.ts', ''],
    ['esbuild src/config.ts', ''],
    ['esbuild src/api.ts.txt', ''],
  ])('%s: %s', async (build, expected) => {
    const files = Object.fromEntries(
      ['api.ts', 'api.mts', 'api.tsx', 'api.cjs', 'config.ts', 'api.ts.txt']
        .filter((name) => build.includes(` src/${name}`) && !(name === 'api.ts' && build.includes('api.ts.txt')))
        .map((name) => [`src/${name}`, '']),
    );
    const entries = await started({ 'package.json': manifest({ start: 'node out/bundle.js', build }), ...files });
    expect(entries.filter(({ phase }) => phase === 'runtime').map(({ file }) => file)).toEqual(
      expected === '' ? [] : [expected],
    );
  });
});
