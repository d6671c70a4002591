import { describe, expect, it } from 'vitest';
import { wired } from './_wired.ts';

const own = (...paths: string[]) =>
  Object.fromEntries(
    paths.map((path) => [
      path,
      "import kit from 'own-kit';\nkit.top();\nexport const one = () => kit.named();\nexport default () => kit.byDefault();\nconst left = () => kit.left(process.env.A);\n",
    ]),
  );

/** What is reached beside the program, and what is unknown for a load that cannot be followed. */
async function loaded(statement: string, files: Record<string, string>, path = '.'): Promise<string[]> {
  const home = path === '.' ? '' : `${path}/`;
  const wiring = await wired(
    {
      [`${home}package.json`]: '{"name":"app","scripts":{"start":"node src/index.js"}}',
      [`${home}src/index.js`]: `${statement}\nbegin(process.env.PORT);\n`,
      ...files,
    },
    path,
  );
  return [
    ...wiring.reached.filter((file) => file !== `${home}src/index.js`),
    ...wiring.blind.map(({ reason, prefix, evidence }) => `blind: ${reason} below ${prefix}, line ${evidence.line}`),
    ...Object.keys(files).flatMap((file) => (wiring.fileLiveness(file) === 'unknown' ? [`unknown ${file}`] : [])),
  ];
}

const files = own(
  'src/all/one.js',
  'src/all/in/two.ts',
  'src/all/one.test.js',
  'src/allies/three.js',
  'all/four.js',
  'src/other.js',
  'lib/all/five.js',
);

describe('what is loaded by a pattern', () => {
  it.each<[string, string[]]>([
    ["run(import.meta.glob('./all/*.js'));", ['src/all/one.js']],
    ["run(import.meta.glob('./all/**/*.{js,ts}'));", ['src/all/in/two.ts', 'src/all/one.js']],
    ["run(import.meta.glob(['./all/*.js', './other.js']));", ['src/all/one.js', 'src/other.js']],
    ["run(import.meta.glob('../all/*.js'));", ['all/four.js']],
    ["run(import.meta.glob('/all/*.js'));", ['all/four.js']],
    ["run(import.meta.glob('@/all/*.js'));", ['src/all/one.js']],
    ["run(import.meta.glob('~/all/*.js'));", ['src/all/one.js']],
    ["run(import.meta.glob('@all/in/*.ts'));", ['src/all/in/two.ts']],
    ["run(import.meta.glob('@9/all/*.js'));", []],
    ["run(import.meta.glob('../../../all/*.js'));", []],
    ["run(import.meta.glob('./lost/*.js'));", []],
    ["new Source({ entities: ['dist/all/*.js'] });", ['src/all/one.js']],
    ["new Source({ entities: ['./build/all/*.js'] });", ['src/all/one.js']],
    ["new Source({ entities: ['all/*.js'] });", ['all/four.js']],
    ["new Source({ entities: ['src/all/**/*{.ts,.js}'] });", ['src/all/in/two.ts', 'src/all/one.js']],
    ["new Source({ entities: ['src/all/**/*{.js,.ts}'] });", ['src/all/in/two.ts', 'src/all/one.js']],
    ["new Source({ entities: ['src/all/**/*.{ts,js}'] });", ['src/all/in/two.ts', 'src/all/one.js']],
    ["new Source({ entities: ['src/all/in/*{.ts}'] });", ['src/all/in/two.ts']],
    ["new Source({ entities: ['src/all/in/*{.js}'] });", ['src/all/in/two.ts']],
    ["new Source({ entities: ['src/all/in/*.json'] });", []],
    ["new Source({ entities: ['lib/dist/all/*.js'] });", []],
    ["run(require.context('./all', true, /js$/));", ['src/all/in/two.ts', 'src/all/one.js']],
    ['require(`./all/${name}`);', ['src/all/in/two.ts', 'src/all/one.js']],
    ['require(`./all/in/${name}.ts`);', ['src/all/in/two.ts']],
    ['require(`./al${name}`);', ['src/all/in/two.ts', 'src/all/one.js', 'src/allies/three.js']],
    ['require(`../all/${name}`);', ['all/four.js']],
    ['require(`~/src/all/${name}`);', ['src/all/in/two.ts', 'src/all/one.js']],
    ['require(`~all/${name}`);', ['all/four.js']],
    ['require(`/src/all/${name}`);', ['src/all/in/two.ts', 'src/all/one.js']],
    ['require(`./lost/${name}`);', []],
    [
      'require(`../${name}`);',
      [
        'blind: src/index.js:1 loads modules by a computed name below ., line 1',
        'unknown src/all/one.js',
        'unknown src/all/in/two.ts',
        'unknown src/all/one.test.js',
        'unknown src/allies/three.js',
        'unknown all/four.js',
        'unknown src/other.js',
        'unknown lib/all/five.js',
      ],
    ],
    ['require(`./${name}`);', ['src/all/in/two.ts', 'src/all/one.js', 'src/allies/three.js', 'src/other.js']],
    [
      'require(name);',
      [
        'blind: src/index.js:1 loads modules by a computed name below null, line 1',
        'unknown src/all/one.js',
        'unknown src/all/in/two.ts',
        'unknown src/all/one.test.js',
        'unknown src/allies/three.js',
        'unknown all/four.js',
        'unknown src/other.js',
        'unknown lib/all/five.js',
      ],
    ],
    ["require('./all/' + name);", ['src/all/in/two.ts', 'src/all/one.js']],
    ['import(`./all/${name}.js`);', ['src/all/in/two.ts', 'src/all/one.js']],
    ["app.register(autoload, { dir: path.join(__dirname, 'all') });", ['src/all/in/two.ts', 'src/all/one.js']],
  ])('%s', async (statement, expected) => expect(await loaded(statement, files)).toEqual(expected));

  it('of a package, by its own folder', async () => {
    const all = {
      ...files,
      ...own('apps/api/all/six.js', 'apps/api/src/all/seven.js'),
      'package.json': '{"name":"top"}',
    };
    expect([
      ...(await loaded("run(import.meta.glob('/all/*.js'));", all, 'apps/api')),
      ...(await loaded("run(import.meta.glob('@/all/*.js'));", all, 'apps/api')),
      ...(await loaded('require(`~/all/${name}`);', all, 'apps/api')),
      ...(await loaded('require(name);', all, 'apps/api')),
      ...(await loaded('require(`../${name}`);', all, 'apps/api')),
      ...(await loaded('require(`../../../${name}`);', all, 'apps/api')),
    ]).toEqual([
      'apps/api/all/six.js',
      'apps/api/src/all/seven.js',
      'apps/api/all/six.js',
      'blind: apps/api/src/index.js:1 loads modules by a computed name below null, line 1',
      'unknown apps/api/all/six.js',
      'unknown apps/api/src/all/seven.js',
      'blind: apps/api/src/index.js:1 loads modules by a computed name below apps/api, line 1',
      'unknown apps/api/all/six.js',
      'unknown apps/api/src/all/seven.js',
      'blind: apps/api/src/index.js:1 loads modules by a computed name below ., line 1',
      'unknown apps/api/all/six.js',
      'unknown apps/api/src/all/seven.js',
    ]);
  });

  it('in a function that nothing calls, not', async () => {
    expect(await loaded('function later() { require(`./all/${name}`); }', files)).toEqual([]);
  });

  it('runs all that its modules export', async () => {
    const wiring = await wired({
      'package.json': '{"name":"app","scripts":{"start":"node src/index.js"}}',
      'src/index.js': "run(import.meta.glob('./all/*.js'), process.env.A);\n",
      ...files,
    });
    expect(
      wiring
        .calls(({ callee }) => callee.startsWith('kit.'))
        .filter(({ live }) => live === 'live')
        .map(({ file, fact }) => `${file} ${fact.callee}`),
    ).toEqual(['src/all/one.js kit.top', 'src/all/one.js kit.named', 'src/all/one.js kit.byDefault']);
  });
});

describe('what is loaded for its decorated classes', () => {
  const classes = {
    'src/notes.js': "import { JsonController } from 'routing-controllers';\n@JsonController()\nexport class Notes {}\n",
    'src/tags.js': "import { Controller, Get } from 'routing-controllers';\n@Controller()\nexport class Tags {}\n",
    'src/log.js':
      "import { Middleware } from 'routing-controllers';\n@Middleware({ type: 'before' })\nexport class Log {}\n",
    'src/wrap.js': "import { Interceptor } from 'routing-controllers';\n@Interceptor()\nexport class Wrap {}\n",
    'src/get.js':
      "import { Get, Controllers, MyController } from 'routing-controllers';\nexport class Other { @Get() all() {} }\n",
    'src/type.ts': "import type { Controller } from 'routing-controllers';\nexport type One = Controller;\n",
    'src/users.js': "import { Resolver } from 'type-graphql';\n@Resolver()\nexport class Users {}\n",
    'test/notes.test.js': "import { Controller } from 'routing-controllers';\n@Controller()\nclass Own {}\n",
  };
  it.each<[string, string[]]>([
    [
      'createExpressServer({ controllers: env.dirs.controllers });',
      ['src/log.js', 'src/notes.js', 'src/tags.js', 'src/wrap.js'],
    ],
    [
      'useKoaServer(app, { middlewares: env.dirs.middlewares });',
      ['src/log.js', 'src/notes.js', 'src/tags.js', 'src/wrap.js'],
    ],
    ['buildSchema({ resolvers: env.dirs.resolvers });', ['src/users.js']],
    ['createServer({ controllers: env.dirs.controllers });', []],
    ['createExpressServer({ controllers: [Notes] });', []],
  ])('%s', async (statement, expected) => expect(await loaded(statement, classes)).toEqual(expected));
  it('where there are none', async () => {
    expect(await loaded('createExpressServer({ controllers: env.dirs.controllers });', own('src/a.js'))).toEqual([
      'blind: src/index.js:1 loads modules by a computed name below null, line 1',
      'unknown src/a.js',
    ]);
  });
});

describe('what a plugin of the bundler makes', () => {
  it.each<[string, Record<string, string>, string[]]>([
    [
      "import routes from 'virtual:own-routes';\nrun(routes);",
      own('src/routes/a.js', 'src/pages/b.js'),
      ['src/routes/a.js'],
    ],
    ["import pages from 'virtual:pages';\nrun(pages);", own('pages/b.js', 'src/other/c.js'), ['pages/b.js']],
    ["import { jobs } from 'virtual:own/jobs';\nrun(jobs);", own('jobs/b.js'), ['jobs/b.js']],
    [
      "import pages from 'virtual:pages';\nrun(pages);",
      own('lib/b.js'),
      ['blind: src/index.js:1 loads modules by a computed name below null, line 1', 'unknown lib/b.js'],
    ],
    ["import pages from 'virtual:ownpages';\nrun(pages);", own('pages/b.js'), []],
    ["import pages from 'virtual:pages-own';\nrun(pages);", own('pages/b.js'), []],
    ...['handlers', 'controllers', 'modules', 'plugins'].map((name): [string, Record<string, string>, string[]] => [
      `import all from 'virtual:${name}';\nrun(all);`,
      own(`src/${name}/b.js`),
      [`src/${name}/b.js`],
    ]),
  ])('%s', async (statement, more, expected) => expect(await loaded(statement, more)).toEqual(expected));
});
