import { describe, expect, it } from 'vitest';
import { openMemory } from '../../../src/repository/index.ts';
import { readBundlerAliases } from '../../../src/wiring/bundler-aliases.ts';

/** Where a specifier may lead, by one configuration in a package. */
const leads = (specifier: string, text: string, file = 'vite.config.ts', home = '.') =>
  readBundlerAliases(openMemory({ [file]: text }), home)(specifier);
const aliased = (written: string) => `export default { resolve: { alias: ${written} } };\n`;

describe('an alias in the configuration of a bundler', () => {
  it.each<[string, string, string[]]>([
    ["{ '@ui': './src/ui' }", '@ui/a', ['src/ui/a']],
    ["{ '@ui': './src/ui' }", '@ui', ['src/ui']],
    ["{ '@ui': './src/ui' }", '@uis', []],
    ["{ '@ui': './src/ui' }", 'x@ui/a', []],
    ["{ ui: './src/ui' }", 'ui/a', ['src/ui/a']],
    ['{ $ui: "./src/ui" }', '$ui/a', ['src/ui/a']],
    ['{ "@ui" : `src/ui` }', '@ui/a', ['src/ui/a']],
    ["{\n  a: './src/a',\n  b: './src/b',\n}", 'b/x', ['src/b/x']],
    ["{ '@ui/': './src/ui' }", '@ui/a', ['src/ui/a']],
    ["{ '@ui/*': './src/ui' }", '@ui/a', ['src/ui/a']],
    ["{ '@ui$': './src/ui' }", '@ui', ['src/ui']],
    ["{ 'a$b': './src/ui' }", 'a$b', ['src/ui']],
    ["{ 'a/*b': './src/ui' }", 'a/*b', ['src/ui']],
    ["{ '@ui': path.resolve(__dirname, 'src', 'ui') }", '@ui/a', ['src/ui/a']],
    ["{ '@ui': path.resolve(__dirname, '/src/ui') }", '@ui/a', ['src/ui/a']],
    ["{ '@ui': fileURLToPath(new URL('./src/ui', import.meta.url)) }", '@ui/a', ['src/ui/a']],
    ["{ '@ui': `${root}/src/ui` }", '@ui/a', ['src/ui/a']],
    ["{ '@ui': `${root}src/ui` }", '@ui/a', ['src/ui/a']],
    ["{ '@ui': '<rootDir>/src/ui' }", '@ui/a', ['src/ui/a']],
    ["{ '@ui': '<rootDir>src/ui' }", '@ui/a', ['src/ui/a']],
    ["{ '@ui': '~/src/ui' }", '@ui/a', ['src/ui/a']],
    ["{ '@ui': '~src/ui' }", '@ui/a', ['src/ui/a']],
    ["{ '@ui': '@/src/ui' }", '@ui/a', ['src/ui/a']],
    ["{ '@ui': 'src/@/ui' }", '@ui/a', ['src/@/ui/a']],
    ["{ '@ui': 'src/~ui' }", '@ui/a', ['src/~ui/a']],
    ["{ '@ui': 'src/<rootDir>' }", '@ui/a', ['src/<rootDir>/a']],
    ["{ '@ui': `src/${name}` }", '@ui/a', []],
    ["{ '@ui': 'src/*' }", '@ui/a', []],
    ["{ '@ui': join('a', 'b', 'c', 'd') }", '@ui/x', ['a/b/c/d/x']],
    ["{ '@ui': join('a', 'b', 'c', 'd', 'e') }", '@ui/x', []],
    ["{ '@ui': '../out' }", '@ui/x', []],
    ["[{ find: '@ui', replacement: './src/ui' }]", '@ui/a', ['src/ui/a']],
    ["[{ find : '@ui' , replacement : './src/ui' }]", '@ui/a', ['src/ui/a']],
    ["[{ find:'@ui',replacement:'./src/ui' }]", '@ui/a', ['src/ui/a']],
    ['[{ find: /^@ui/, replacement: "./src/ui" }]', '@ui/a', ['src/ui/a']],
    ['[{ find: /@ui/, replacement: "./src/ui" }]', '@ui/a', ['src/ui/a']],
    ['[{ find: /^@ui\\/(.*)$/, replacement: "./src/ui" }]', '@ui/a', ['src/ui/a']],
    ['[{ find: /^@ui\\/.*/, replacement: "./src/ui" }]', '@ui/a', ['src/ui/a']],
    ['[{ find: /^@ui(.*)$/i, replacement: "./src/ui" }]', '@ui/a', ['src/ui/a']],
    ["[{ find: 'a', replacement: './src/a' }, { find: 'b', replacement: './src/b' }]", 'b/x', ['src/b/x']],
    ["[{ find: 'a', other: './src/a' }]", 'a/x', []],
  ])('%s: %s', (written, specifier, expected) => {
    expect(leads(specifier, aliased(written))).toEqual(expected);
  });

  it.each<[string, string[]]>([
    ["config.resolve.alias = { '@ui': './src/ui' };", ['src/ui/a']],
    ["config.resolve.alias={ '@ui': './src/ui' };", ['src/ui/a']],
    ["({ 'alias': { '@ui': './src/ui' } });", ['src/ui/a']],
    ['({ "alias" : { "@ui": "./src/ui" } });', ['src/ui/a']],
    ["({ alias:  { '@ui': './src/ui' } });", ['src/ui/a']],
    ["({ aliases: { '@ui': './src/ui' } });", []],
    ["({ myalias: { '@ui': './src/ui' } });", []],
    ["({ alias: { a: 1 }, other: { '@ui': './src/ui' } });", []],
    ["({ alias: { '@ui': './src/ui' ", []],
    ["config.resolve.alias.set('@ui', './src/ui');", ['src/ui/a']],
    ["config.resolve.alias.set( '@ui' , resolve('src/ui'));", ['src/ui/a']],
    ["// alias: { '@ui': './src/ui' }", []],
    ["/* alias: { '@ui': './src/ui' } */", []],
    ["({ // alias: { '@ui': './src/x' }\n alias: { '@ui': './src/ui' } });", ['src/ui/a']],
    ["({ url: 'http://a', alias: { '@ui': './src/ui' } });", ['src/ui/a']],
  ])('%s', (text, expected) => {
    expect(leads('@ui/a', text)).toEqual(expected);
  });

  it.each<[string, string[]]>([
    ["plugins: [['module-resolver', { root: ['./src'] }]]", ['src/ui/a']],
    ["plugins: [['module-resolver', { root: './src' }]]", ['src/ui/a']],
    ["plugins: [['module-resolver', { 'root' : ['./src', './lib'] }]]", ['src/ui/a', 'lib/ui/a']],
    ['plugins: [["module-resolver", { "root": ["src"] }]]', ['src/ui/a']],
    ["plugins: [['module-resolver', { root: [\n 'src',\n 'lib',\n] }]]", ['src/ui/a', 'lib/ui/a']],
    ["plugins: [['module-resolver', { roots: ['./src'] }]]", []],
    ["plugins: [['other', { root: ['./src'] }]]", []],
  ])('the roots of Babel: %s', (written, expected) => {
    expect(leads('ui/a', `module.exports = { ${written} };\n`, 'babel.config.js')).toEqual(expected);
  });

  it.each<[string, boolean]>([
    ...(
      'babel.config.js,babel.config.json,.babelrc,.babelrc.js,.babelrc.json,vite.config.mts,vue.config.js,craco.config.cjs,' +
      'svelte.config.js,nuxt.config.ts,astro.config.mjs,next.config.js,rsbuild.config.ts,rspack.config.js,rollup.config.mjs,' +
      'app.config.ts,electron.vite.config.ts,config-overrides.js,webpack.config.js,webpack.dev.ts,config/webpack.js,' +
      'configs/vite.base.ts,build/rollup.js,webpack/my-webpack.mjs,scripts/rspack.ts,tools/vite.js,internals/webpack/webpack.base.js'
    )
      .split(',')
      .map((file): [string, boolean] => [file, true]),
    ...'other.config.js,config/other.js,deep/config/webpack.js,lib/webpack.config.js'
      .split(',')
      .map((file): [string, boolean] => [file, false]),
  ])('in %s: %s', (file, expected) => {
    expect(leads('@ui/a', aliased("{ '@ui': '~/src/ui' }"), file).length > 0).toBe(expected);
  });

  it('is read for its own package, from its folder and from where it is written', () => {
    const text = aliased("{ '@ui': './src/ui' }");
    expect(leads('@ui/a', text, 'apps/web/vite.config.ts', 'apps/web')).toEqual(['apps/web/src/ui/a']);
    expect(leads('@ui/a', text, 'apps/web/config/vite.js', 'apps/web')).toEqual([
      'apps/web/config/src/ui/a',
      'apps/web/src/ui/a',
    ]);
    expect(leads('@ui/a', text, 'apps/web/vite.config.ts', '.')).toEqual([]);
    expect(leads('@ui/a', text, 'vite.config.ts', 'apps/web')).toEqual([]);
  });
});
