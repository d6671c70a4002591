import { describe, expect, it } from 'vitest';
import { wiringOf } from './_wired.ts';

const json = (value: object) => JSON.stringify(value);
/** Empty files. */
const empty = (...paths: string[]) => Object.fromEntries(paths.map((path) => [path, '']));

type Row = [specifier: string, expected: string | null, files: Record<string, string>, from?: string];

const check = async (
  specifier: string,
  expected: string | null,
  files: Record<string, string>,
  from = 'src/index.ts',
) => {
  const wiring = await wiringOf({ [from]: '', ...files });
  expect(wiring.resolve(from, specifier)).toBe(expected);
};

describe('a path resolves to', () => {
  const rows: Row[] = [
    ['./a', 'src/a.ts', empty('src/a.ts', 'src/a.js')],
    [
      'shared/db',
      'shared/db.js',
      { ...empty('shared/db.js'), 'package.json': json({ name: 'top' }), 'api/package.json': json({ name: 'api' }) },
      'api/index.js',
    ],
    ['./a', 'src/a.tsx', empty('src/a.tsx', 'src/a.vue')],
    ['./a', 'src/a.json', empty('src/a.json', 'src/ab.ts')],
    ...['mts', 'cts', 'jsx', 'mjs', 'cjs', 'vue', 'svelte', 'astro'].map((ending): Row => {
      const file = `src/a.${ending}`;
      return ['./a', file, empty(file)];
    }),
    ['./a.js', 'src/a.ts', empty('src/a.ts')],
    ['./a.js', 'src/a.js', empty('src/a.ts', 'src/a.js')],
    ['./a.js', 'src/a.tsx', empty('src/a.tsx')],
    ['./a.js', 'src/a.jsx', empty('src/a.jsx')],
    ['./a.jsx', 'src/a.tsx', empty('src/a.tsx')],
    ['./a.mjs', 'src/a.mts', empty('src/a.mts', 'src/a.ts')],
    ['./a.cjs', 'src/a.cts', empty('src/a.cts', 'src/a.ts')],
    ['./a.js', null, empty('src/a.mts', 'src/a.cts')],
    ['./a.css', null, empty('src/a.ts')],
    ['./a.config', 'src/a.config.ts', empty('src/a.config.ts', 'src/a.ts')],
    ['./a', 'src/a/index.ts', empty('src/a/index.ts', 'src/a/other.ts')],
    ['./a', 'src/a.ts', empty('src/a/index.ts', 'src/a.ts')],
    ['./a/', 'src/a/index.js', empty('src/a/index.js')],
    ['./LICENSE', 'src/LICENSE', empty('src/LICENSE')],
    ['./a.mp3', 'src/a.mp3', empty('src/a.mp3')],
    ['.', 'src/index.ts', {}],
    ['..', 'index.js', empty('index.js')],
    ['../..', null, empty('index.js')],
    ['../../a', null, empty('a.ts')],
    ['./a?raw', 'src/a.ts', empty('src/a.ts')],
    ['./a.ts?worker&inline', 'src/a.ts', empty('src/a.ts')],
    ['./what?/a', 'src/what?/a.ts', empty('src/what?/a.ts')],
    ['/a', 'a.ts', empty('a.ts', 'src/a.ts')],
    ['/a', 'apps/web/a.ts', { ...empty('apps/web/a.ts', 'a.ts'), 'apps/web/package.json': '{}' }, 'apps/web/src/x.ts'],
    ['./gone', null, empty('src/a.ts')],
    ['node:fs', null, empty('src/fs.ts')],
    ['express', null, empty('src/express.ts')],
  ];
  it.each(rows)('%s → %s', check);
});

describe('a build output is read from its source', () => {
  const rows: Row[] = [
    ...['dist', 'build', 'lib', 'out', 'output', '.output', 'esm', 'cjs', 'compiled', 'bin', 'public/build'].map(
      (folder): Row => [`../${folder}/a.js`, 'src/a.ts', empty('src/a.ts', 'a.ts')],
    ),
    ['../made/a.js', null, empty('src/a.ts')],
    ['../dist/a.js', 'a.ts', empty('a.ts')],
    ...['app', 'server', 'source'].map((base): Row => ['../dist/a.js', `${base}/a.ts`, empty(`${base}/a.ts`)]),
    ['../dist/a.js', null, empty('other/a.ts')],
    ['../dist', 'src/index.ts', {}],
    ['../dist/in/esm/a.js', null, empty('src/in/a.ts')],
    ['../dist/a.js', null, empty('lib/a.ts', 'other/dist/a.ts')],
    [
      '../a.js',
      'src/a.ts',
      { 'tsconfig.json': json({ compilerOptions: { outDir: '.', rootDir: 'src' } }), ...empty('src/a.ts') },
      'bin/x.ts',
    ],
    [
      '../dist/a.js',
      'lib/api/src/a.ts',
      { 'lib/api/package.json': '{}', ...empty('lib/api/src/a.ts', 'src/a.ts', 'lib/src/a.ts') },
      'lib/api/in/x.js',
    ],
    ['../../dist/api/a.js', 'src/api/a.ts', { 'lib/api/package.json': '{}', ...empty('src/api/a.ts') }, 'lib/api/x.js'],
    [
      '../made/a.js',
      'src/a.ts',
      {
        'base/t.json': json({ compilerOptions: { outDir: '${configDir}/made' } }),
        'tsconfig.json': json({ extends: './base/t.json' }),
        ...empty('src/a.ts'),
      },
    ],
    ['../made/a.js', null, { 'tsconfig.json': json({ compilerOptions: { outDir: '../made' } }), ...empty('src/a.ts') }],
    [
      '../made/a.js',
      'src/a.ts',
      { 'tsconfig.json': json({ compilerOptions: { outDir: 'made', rootDir: '../..' } }), ...empty('src/a.ts') },
    ],
    ['../dist/in/a.js', 'src/in/a.ts', empty('src/in/a.ts', 'src/a.ts')],
    ['../dist/esm/a.js', 'src/a.ts', empty('src/a.ts')],
    ['../dist/cjs/in/a.js', 'src/in/a.ts', empty('src/in/a.ts')],
    ['../dist/any/in/a.js', 'src/in/a.ts', empty('src/in/a.ts')],
    ['../dist/any/a.js', null, empty('src/a.ts')],
    ['../dist/apps/api/src/a.js', 'apps/api/src/a.ts', empty('apps/api/src/a.ts')],
    [
      '../dist/a.js',
      'apps/api/src/a.ts',
      { 'apps/api/package.json': '{}', ...empty('apps/api/src/a.ts', 'src/a.ts') },
      'apps/api/bin/x.js',
    ],
    [
      '../made/a.js',
      'src/a.ts',
      { 'tsconfig.json': json({ compilerOptions: { outDir: 'made' } }), ...empty('src/a.ts', 'a.ts') },
    ],
    [
      '../made/a.js',
      'lib/a.ts',
      {
        'tsconfig.json': json({ compilerOptions: { outDir: './made', rootDir: './lib' } }),
        ...empty('lib/a.ts', 'src/a.ts'),
      },
    ],
    ['../made/a.js', 'a.ts', { 'tsconfig.json': json({ compilerOptions: { outDir: 'made' } }), ...empty('a.ts') }],
    [
      '../made/a.js',
      'a.ts',
      { 'tsconfig.json': json({ compilerOptions: { outDir: 'made', rootDir: '.' } }), ...empty('a.ts') },
    ],
    ['../made-by/a.js', null, { 'tsconfig.json': json({ compilerOptions: { outDir: 'made' } }), ...empty('src/a.ts') }],
    [
      '../made/a.js',
      'apps/api/src/a.ts',
      {
        'apps/api/package.json': '{}',
        'tsconfig.base.json': json({ compilerOptions: { outDir: './all' } }),
        'apps/api/tsconfig.json': json({ compilerOptions: { outDir: './made' } }),
        ...empty('apps/api/src/a.ts', 'src/a.ts'),
      },
      'apps/api/bin/x.js',
    ],
  ];
  it.each(rows)('%s → %s', check);
});

describe('an alias of TypeScript leads', () => {
  const config = (compilerOptions: object, more: object = {}) => json({ compilerOptions, ...more });
  const paths = { '@x/*': ['./x/*'] };
  const rows: Row[] = [
    ['@x/a', 'x/a.ts', { 'tsconfig.json': config({ paths }), ...empty('x/a.ts', 'src/x/a.ts') }],
    ['@x/a', 'src/x/a.ts', { 'tsconfig.json': config({ paths, baseUrl: './src' }), ...empty('x/a.ts', 'src/x/a.ts') }],
    ['@x/a', 'x/a.js', { 'jsconfig.json': config({ paths }), ...empty('x/a.js') }],
    ['@x/a', 'x/a.js', { 'tsconfig.app.json': config({ paths }), ...empty('x/a.js') }],
    ['@x/a', 'x/a.js', { 'tsconfig.base.json': config({ paths }), ...empty('x/a.js') }],
    ['@x/a', 'x/a.js', { 'tsconfig.build.json': config({ paths }), ...empty('x/a.js') }],
    ['@x/a', null, { 'tsconfig.other.json': config({ paths }), ...empty('x/a.js') }],
    ['@x/a', 'y/a.ts', { 'tsconfig.json': config({ paths: { '@x/*': ['gone/*', 'y/*'] } }), ...empty('y/a.ts') }],
    ['@x/a', 'src/a.ts', { 'tsconfig.json': config({ paths: { '@x/*': ['dist/*'] } }), ...empty('src/a.ts') }],
    ['@x/a', 'y/a.ts', { 'tsconfig.json': config({ paths: { '@x/*': ['${configDir}/y/*'] } }), ...empty('y/a.ts') }],
    ['@x/a', null, { 'tsconfig.json': config({ paths: { '@x/*': ['../y/*'] } }), ...empty('y/a.ts') }],
    ['@x/a', null, { 'tsconfig.json': config({ paths: { '@x/*': './x/*', other: [1] } }), ...empty('x/a.ts') }],
    ['@x/a', null, { 'tsconfig.json': '{ "compilerOptions": ', ...empty('x/a.ts') }],
    [
      '@x/a',
      'x/a.ts',
      {
        'tsconfig.json': config({ paths: { '@x/*': [null, './x/*/*', './x/*'], '@y/*/*': ['./y/*'] } }),
        ...empty('x/a.ts'),
      },
    ],
    ['@x/a', null, { 'tsconfig.json': config({ paths: 'x' }), ...empty('x/a.ts') }],
    [
      '@x/a',
      'src/a.ts',
      {
        'tsconfig.json': config({ paths: { '@x/*': ['${configDir}/src/*'] }, baseUrl: './lib' }),
        ...empty('src/a.ts', 'lib/src/a.ts'),
      },
    ],
    [
      '@x/a',
      'apps/web/x/a.ts',
      {
        'base/t.json': config({ paths: { '@x/*': ['${configDir}/x/*'] } }),
        'apps/web/tsconfig.json': json({ extends: '../../base/t.json' }),
        'apps/api/tsconfig.json': json({ extends: '../../base/t.json' }),
        ...empty('base/x/a.ts', 'apps/web/x/a.ts', 'apps/api/x/a.ts'),
      },
      'apps/web/src/x.ts',
    ],
    ...[8, 9].map(
      (length): Row => [
        '@x/a',
        length === 8 ? 'x/a.ts' : null,
        {
          'tsconfig.json': json({ extends: './t1.json' }),
          ...Object.fromEntries(
            Array.from({ length }, (_, i) => [
              `t${i + 1}.json`,
              i + 1 === length ? config({ paths }) : json({ extends: `./t${i + 2}.json` }),
            ]),
          ),
          ...empty('x/a.ts'),
        },
      ],
    ),
    [
      '@x/a',
      'x/a.ts',
      {
        'tsconfig.json': '{\n\t// here\n\tcompilerOptions: {\n\t\tpaths: { "@x/*": ["./x/*", ], },\n\t},\n}\n',
        ...empty('x/a.ts'),
      },
    ],
    [
      '@x/a',
      'base/x/a.ts',
      {
        'tsconfig.json': json({ extends: './base/all' }),
        'base/all': '{}',
        'base/all.json': config({ paths }),
        ...empty('base/x/a.ts'),
      },
    ],
    [
      '@x/a',
      null,
      { 'tsconfig.json': json({ extends: '../all.json' }), 'all.json': config({ paths }), ...empty('x/a.ts') },
    ],
    [
      '@x/a',
      null,
      {
        'tsconfig.json': json({ extends: '@acme/conf' }),
        'conf/package.json': json({ name: '@acme' }),
        'conf/tsconfig.json': config({ paths }),
        ...empty('conf/x/a.ts'),
      },
    ],
    [
      '@x/a',
      null,
      {
        'tsconfig.json': json({ references: [{ path: './web/tsconfig.json' }, { path: '../other.json' }] }),
        'web/tsconfig.json': config({ paths }),
        ...empty('web/x/a.ts', 'x/a.ts'),
      },
    ],
    ['@x/a', null, { 'tsconfig.json': '[]', ...empty('x/a.ts') }],
    ['@x/a', null, { 'tsconfig.json': '"text"', ...empty('x/a.ts') }],
    [
      '@x/a',
      'x/a.ts',
      {
        'tsconfig.json':
          '{\n  // here\n  "compilerOptions": { /* all\n of it */ "paths": { "@x/*": ["./x/*"], "//": ["./y"], }, },\n}\n',
        ...empty('x/a.ts'),
      },
    ],
    [
      '@x/a',
      'x/a.ts',
      { 'tsconfig.json': "{ compilerOptions: { paths: { '@x/*': ['./x/*'] } } }", ...empty('x/a.ts') },
    ],
    ['x/a', 'src/x/a.ts', { 'tsconfig.json': config({ baseUrl: 'src' }), ...empty('src/x/a.ts', 'x/a.ts') }],
    [
      '@x/a',
      'base/x/a.ts',
      {
        'tsconfig.json': json({ extends: './base/all.json' }),
        'base/all.json': config({ paths }),
        ...empty('base/x/a.ts', 'x/a.ts'),
      },
    ],
    [
      '@x/a',
      'base/x/a.ts',
      {
        'tsconfig.json': json({ extends: './base/all' }),
        'base/all.json': config({ paths }),
        ...empty('base/x/a.ts', 'x/a.ts'),
      },
    ],
    [
      '@x/a',
      'base/x/a.ts',
      {
        'tsconfig.json': json({ extends: './base' }),
        'base/tsconfig.json': config({ paths }),
        ...empty('base/x/a.ts', 'x/a.ts'),
      },
    ],
    [
      '@x/a',
      'two/x/a.ts',
      {
        'tsconfig.json': json({ extends: ['./one/t.json', './two/t.json'] }),
        'one/t.json': config({ paths }),
        'two/t.json': config({ paths }),
        ...empty('one/x/a.ts', 'two/x/a.ts'),
      },
    ],
    [
      '@x/a',
      'own/a.ts',
      {
        'tsconfig.json': config({ paths: { '@x/*': ['own/*'] } }, { extends: './t.json' }),
        't.json': config({ paths }),
        ...empty('own/a.ts', 'x/a.ts'),
      },
    ],
    [
      '@x/a',
      'src/x/a.ts',
      {
        'tsconfig.json': config({ paths }, { extends: './t.json' }),
        't.json': config({ baseUrl: 'src' }),
        ...empty('src/x/a.ts', 'x/a.ts'),
      },
    ],
    [
      '@x/a',
      'conf/x/a.ts',
      {
        'tsconfig.json': json({ extends: '@acme/conf/base.json' }),
        'conf/package.json': json({ name: '@acme/conf' }),
        'conf/base.json': config({ paths }),
        ...empty('conf/x/a.ts'),
      },
    ],
    [
      '@x/a',
      'conf/x/a.ts',
      {
        'tsconfig.json': json({ extends: 'conf' }),
        'conf/package.json': json({ name: 'conf' }),
        'conf/tsconfig.json': config({ paths }),
        ...empty('conf/x/a.ts'),
      },
    ],
    ['@x/a', null, { 'tsconfig.json': json({ extends: 'gone/base.json' }), ...empty('x/a.ts') }],
    ['@x/a', null, { 'tsconfig.json': json({ extends: './tsconfig.json' }), ...empty('x/a.ts') }],
    [
      '@x/a',
      'x/a.ts',
      {
        'tsconfig.json': json({ references: [{ path: './tsconfig.web.json' }, 3, { path: 4 }] }),
        'tsconfig.web.json': config({ paths }),
        ...empty('x/a.ts'),
      },
    ],
    [
      '@x/a',
      null,
      {
        'tsconfig.json': json({ references: [{ path: './web' }] }),
        'web/tsconfig.json': config({ paths }),
        ...empty('web/x/a.ts'),
      },
    ],
    [
      '@x/a',
      'own/a.ts',
      {
        'tsconfig.json': config({ paths: { '@x/*': ['own/*'] } }, { references: [{ path: './tsconfig.web.json' }] }),
        'tsconfig.web.json': config({ paths }),
        ...empty('x/a.ts', 'own/a.ts'),
      },
    ],
    [
      '@x/a',
      'apps/web/x/a.ts',
      {
        'tsconfig.json': config({ paths }),
        'apps/web/tsconfig.json': config({ paths }),
        ...empty('x/a.ts', 'apps/web/x/a.ts'),
      },
      'apps/web/src/x.ts',
    ],
    [
      '@x/a',
      'x/a.ts',
      {
        'tsconfig.json': config({ paths }),
        'apps/web/tsconfig.json': config({ strict: true }),
        ...empty('x/a.ts', 'apps/web/x/a.ts'),
      },
      'apps/web/src/x.ts',
    ],
  ];
  it.each(rows)('%s → %s (%o)', check);
});

describe('an alias of a bundler leads', () => {
  const a = empty('ui/a.ts', 'src/ui/a.ts');
  const rows: Row[] = [
    ['own/a', 'ui/a.ts', { 'vite.config.ts': "export default { resolve: { alias: { own: './ui' } } };", ...a }],
    [
      'own',
      'ui/index.ts',
      { 'vite.config.ts': "export default { resolve: { alias: { 'own': '/ui' } } };", ...empty('ui/index.ts') },
    ],
    ['owner/a', null, { 'vite.config.ts': "export default { resolve: { alias: { own: './ui' } } };", ...a }],
    [
      'own/a',
      null,
      { 'vite.config.ts': "// alias: { own: './ui' }\n/* alias: { own: './ui' } */\nexport default {};", ...a },
    ],
    ['own/a', null, { 'other.ts': "export default { alias: { own: './ui' } };", ...a }],
    ['own/a', null, { 'vite.config.ts': 'export default { alias: { own: `${place}` } };', ...a }],
    [
      'own/a',
      'src/ui/a.ts',
      { 'vite.config.ts': "export default { alias: { own: path.resolve(__dirname, 'src', 'ui') } };", ...a },
    ],
    [
      'own/a',
      'src/ui/a.ts',
      {
        'vite.config.ts': "export default { alias: { own: fileURLToPath(new URL('./src/ui', import.meta.url)) } };",
        ...a,
      },
    ],
    [
      'own/a',
      'src/ui/a.ts',
      {
        'vite.config.ts':
          "export default { alias: [{ find: 'other', replacement: './x' }, { find: 'own', replacement: './src/ui' }] };",
        ...a,
      },
    ],
    [
      'own/a',
      'src/ui/a.ts',
      { 'vite.config.ts': "export default { alias: [{ find: /^own\\/(.*)$/, replacement: './src/ui' }] };", ...a },
    ],
    [
      'own',
      'ui/index.ts',
      { 'webpack.config.js': "module.exports = { resolve: { alias: { own$: './ui' } } };", ...empty('ui/index.ts') },
    ],
    [
      'own/a',
      'ui/a.ts',
      { 'config/webpack.common.js': "module.exports = { resolve: { alias: { own: '../ui' } } };", ...a },
    ],
    [
      'own/a',
      'ui/a.ts',
      { 'vue.config.js': "module.exports = { chainWebpack: (c) => c.resolve.alias.set('own', resolve('ui')) };", ...a },
    ],
    [
      'own/a',
      'src/ui/a.ts',
      { '.babelrc': "{ plugins: [['module-resolver', { alias: { 'own': './src/ui' } }]] }", ...a },
    ],
    [
      'ui/a',
      'src/ui/a.ts',
      { 'babel.config.js': "plugins: [['module-resolver', { root: ['./src'] }]]", ...empty('src/ui/a.ts') },
    ],
    [
      'in/a',
      'lib/ui/in/a.ts',
      { 'babel.config.js': "plugins: [['module-resolver', { 'root': './lib/ui' }]]", ...empty('lib/ui/in/a.ts') },
    ],
    ['in/a', null, { 'babel.config.js': "plugins: [['other', { root: ['./lib/ui'] }]]", ...empty('lib/ui/in/a.ts') }],
    [
      'own/a',
      'apps/web/ui/a.ts',
      {
        'apps/web/package.json': '{}',
        'apps/web/vite.config.ts': "export default { alias: { own: './ui' } };",
        ...empty('apps/web/ui/a.ts', 'ui/a.ts'),
      },
      'apps/web/src/x.ts',
    ],
    [
      'own/a',
      null,
      {
        'apps/web/package.json': '{}',
        'vite.config.ts': "export default { alias: { own: './ui' } };",
        ...empty('apps/web/ui/a.ts', 'ui/a.ts'),
      },
      'apps/web/src/x.ts',
    ],
  ];
  it.each(rows)('%s → %s (%o)', check);
});

describe('a habit of bundlers leads', () => {
  const rows: Row[] = [
    ...['@/a', '~/a', '~~/a', '@@/a', '#/a', '~a'].map(
      (specifier): Row => [specifier, 'src/a.ts', empty('src/a.ts', 'a.ts')],
    ),
    ...['a.ts', 'app/a.ts', 'client/a.ts', 'src/app/a.ts'].map((file): Row => ['@/a', file, empty(file)]),
    ['@/in/a', 'src/in/a.ts', empty('src/in/a.ts')],
    ['@/a', null, empty('lib/a.ts')],
    ['x@/a', null, empty('src/a.ts', 'a.ts')],
    ...['src', 'app', 'server'].map(
      (folder): Row => [`${folder}/a`, `${folder}/a.ts`, { 'package.json': '{}', ...empty(`${folder}/a.ts`) }],
    ),
    ['$lib', 'src/lib/index.ts', empty('src/lib/index.ts')],
    ['$lib/in/a', 'src/lib/in/a.ts', empty('src/lib/in/a.ts')],
    ['$library/a', null, empty('src/lib/a.ts', 'src/lib/rary/a.ts')],
    ['@ui/in/a', 'src/ui/in/a.ts', empty('src/ui/in/a.ts')],
    ['@9i/a', null, empty('src/9i/a.ts', 'src/a.ts')],
    ['x@ui/a', null, empty('src/ui/a.ts')],
    ['ui/a', 'ui/a.ts', empty('ui/a.ts', 'src/ui/a.ts')],
    ['ui/a', 'src/ui/a.ts', empty('src/ui/a.ts')],
    ['ui', null, empty('ui/index.ts')],
    ['ui/', 'ui/index.ts', empty('ui/index.ts')],
    ['ui@/a', 'ui@/a.ts', empty('ui@/a.ts')],
    ['src/a', null, empty('src/src/a.ts')],
    ['in/src/a', null, empty('src/a.ts')],
    ['a~b', null, empty('src/b.ts', 'b.ts')],
    ['x$lib', null, empty('src/lib/index.ts')],
    ['$libs', null, empty('src/lib/index.ts')],
    ['@acme/db', null, { 'apps/web/package.json': '{}', ...empty('@acme/db.ts') }, 'apps/web/src/x.ts'],
    [
      'shared/db',
      null,
      {
        'package.json': json({ name: 'top', dependencies: { shared: '1' } }),
        'apps/web/package.json': '{}',
        ...empty('shared/db.ts'),
      },
      'apps/web/src/x.ts',
    ],
    ...['dependencies', 'devDependencies', 'peerDependencies'].map(
      (group): Row => [
        'ui/a',
        null,
        { 'package.json': json({ name: 'app', [group]: { ui: '1' } }), ...empty('ui/a.ts') },
      ],
    ),
    [
      'ui/a',
      'apps/web/ui/a.ts',
      { 'apps/web/package.json': '{}', ...empty('apps/web/ui/a.ts', 'ui/a.ts') },
      'apps/web/src/x.ts',
    ],
    [
      '@/a',
      'apps/web/src/a.ts',
      { 'apps/web/package.json': '{}', ...empty('apps/web/src/a.ts', 'src/a.ts') },
      'apps/web/src/x.ts',
    ],
  ];
  it.each(rows)('%s → %s', check);
});

describe('a package of the workspace leads', () => {
  const kit = (manifest: object) => ({ 'kit/package.json': json({ name: '@acme/kit', ...manifest }) });
  const rows: Row[] = [
    ['@acme/kit', 'kit/src/index.ts', { ...kit({}), ...empty('kit/src/index.ts', 'kit/index.ts') }],
    ...['index.ts', 'src/main.ts', 'lib/index.ts'].map(
      (file): Row => ['@acme/kit', `kit/${file}`, { ...kit({}), ...empty(`kit/${file}`) }],
    ),
    ['@acme/kit', null, { ...kit({}), ...empty('kit/other.ts') }],
    ['@acme/kit', 'kit/own.ts', { ...kit({ main: './own.js' }), ...empty('kit/own.ts', 'kit/index.ts') }],
    ['@acme/kit', 'kit/src/own.ts', { ...kit({ main: 'dist/own.js' }), ...empty('kit/src/own.ts', 'kit/index.ts') }],
    ['@acme/kit', 'kit/m.ts', { ...kit({ module: 'm.js', main: 'c.js' }), ...empty('kit/m.ts', 'kit/c.ts') }],
    ['@acme/kit', 'kit/s.ts', { ...kit({ source: 's.ts', module: 'm.js' }), ...empty('kit/s.ts', 'kit/m.ts') }],
    [
      '@acme/kit',
      'kit/t.ts',
      { ...kit({ types: 'dist/t.d.ts', main: 'gone.js' }), ...empty('kit/t.ts', 'kit/index.ts') },
    ],
    ['@acme/kit', 'kit/t.mts', { ...kit({ types: 'dist/t.d.mts' }), ...empty('kit/t.mts', 'kit/index.ts') }],
    ['@acme/kit', 'kit/index.ts', { ...kit({ main: 3, source: {} }), ...empty('kit/index.ts') }],
    ['@acme/kit', 'kit/e.ts', { ...kit({ exports: './e.js', main: 'm.js' }), ...empty('kit/e.ts', 'kit/m.ts') }],
    [
      '@acme/kit',
      'kit/i.ts',
      { ...kit({ exports: { '.': { import: './i.js', require: './r.cjs' } } }), ...empty('kit/i.ts', 'kit/r.cts') },
    ],
    [
      '@acme/kit',
      'kit/r.cts',
      { ...kit({ exports: { '.': { require: './r.cjs' } } }), ...empty('kit/r.cts', 'kit/index.ts') },
    ],
    ...['source', 'development', 'ts', 'typescript', 'types'].map(
      (condition): Row => [
        '@acme/kit',
        'kit/own.ts',
        {
          ...kit({ exports: { '.': { [condition]: './own.ts', default: './gone.js' } } }),
          ...empty('kit/own.ts', 'kit/index.ts'),
        },
      ],
    ),
    [
      '@acme/kit',
      'kit/s.ts',
      { ...kit({ exports: { '.': { source: './s.ts', import: './i.js' } } }), ...empty('kit/s.ts', 'kit/i.ts') },
    ],
    [
      '@acme/kit',
      'kit/i.ts',
      { ...kit({ exports: { '.': { types: './t.d.ts', import: './i.js' } } }), ...empty('kit/t.ts', 'kit/i.ts') },
    ],
    [
      '@acme/kit/log',
      'kit/log.ts',
      { ...kit({ exports: { './log': './log.js', '.': './e.js' } }), ...empty('kit/log.ts', 'kit/e.ts') },
    ],
    [
      '@acme/kit/in/log',
      'kit/src/in/log.ts',
      { ...kit({ exports: { './*': './dist/*.js' } }), ...empty('kit/src/in/log.ts') },
    ],
    ['@acme/kit/log', 'kit/log.ts', { ...kit({ main: 'm.js' }), ...empty('kit/log.ts', 'kit/m.ts') }],
    ['@acme/kit/log', 'kit/src/log.ts', { ...kit({}), ...empty('kit/src/log.ts') }],
    ['@acme/kit/log', 'kit/lib/log.ts', { ...kit({}), ...empty('kit/lib/log.ts') }],
    ['@acme/kit/log', null, { ...kit({}), ...empty('kit/index.ts') }],
    ['@acme/other', null, { ...kit({}), ...empty('kit/index.ts', 'kit/src/index.ts') }],
    ['kit', 'kit/index.ts', { 'kit/package.json': json({ name: 'kit' }), ...empty('kit/index.ts') }],
    ['kit/log', 'kit/log.ts', { 'kit/package.json': json({ name: 'kit' }), ...empty('kit/log.ts') }],
    ['app', null, empty('index.ts', 'src/app.ts')],
    ['app/log', 'log.ts', empty('log.ts')],
    [
      '@acme/kit',
      'a/index.ts',
      {
        'a/package.json': json({ name: '@acme/kit' }),
        'b/package.json': json({ name: '@acme/kit' }),
        ...empty('a/index.ts', 'b/index.ts'),
      },
    ],
    [
      '#db',
      'src/db.ts',
      { 'package.json': json({ name: 'app', imports: { '#db': './src/db.js' } }), ...empty('src/db.ts') },
    ],
    [
      '#in/db',
      'src/in/db.ts',
      { 'package.json': json({ name: 'app', imports: { '#in/*': './dist/in/*.js' } }), ...empty('src/in/db.ts') },
    ],
    [
      '#kit',
      'kit/index.ts',
      { 'package.json': json({ name: 'app', imports: { '#kit': '@acme/kit' } }), ...kit({}), ...empty('kit/index.ts') },
    ],
    [
      '#gone',
      null,
      { 'package.json': json({ name: 'app', imports: { '#db': './src/db.js' } }), ...empty('src/gone.ts') },
    ],
    ['#db', null, { 'package.json': json({ name: 'app' }), ...empty('src/db.ts') }],
    ['#db', null, { 'package.json': json({ name: 'app', imports: { '#db': '#db' } }), ...empty('src/db.ts') }],
    ['#db', null, { 'package.json': json({ name: 'app', imports: { '#db': '../db.js' } }), ...empty('db.ts') }],
    ['#db', null, { 'package.json': json({ name: 'app', imports: { '#db': null } }), ...empty('src/db.ts') }],
    ...['import', 'source', 'development'].map(
      (condition): Row => [
        '#db',
        'src/own.ts',
        {
          'package.json': json({
            name: 'app',
            imports: { '#db': { [condition]: './src/own.js', default: './src/db.js' } },
          }),
          ...empty('src/own.ts', 'src/db.ts'),
        },
      ],
    ),
    [
      '#db',
      'src/db.ts',
      {
        'package.json': json({ name: 'app', imports: { '#db': { require: './src/own.cjs', default: './src/db.js' } } }),
        ...empty('src/own.cts', 'src/db.ts'),
      },
    ],
    [
      '#db',
      'src/db.ts',
      {
        'package.json': json({ name: 'app', imports: { '#db': ['./gone.js', './src/db.js'] } }),
        ...empty('src/db.ts'),
      },
    ],
  ];
  it.each(rows)('%s → %s (%o)', check);
});
