import { describe, expect, it } from 'vitest';
import { app, asked, at } from './_asked.ts';

/** The variables that are found to be read, in order. */
const read = async (files: Record<string, string>): Promise<string> =>
  (await asked('names-variables', { ask: 'reads' }, files))
    .slice(1)
    .map((one) => one.replace(/.* reads /, ''))
    .join(' ');

describe('a variable is read in another language', () => {
  const rows: [language: string, manifest: Record<string, string>, file: string, text: string, names: string][] = [
    ['Python', { 'requirements.txt': 'flask\n' }, 'app.py', "os.environ['A_KEY']", 'A_KEY'],
    ['Python', { 'requirements.txt': 'flask\n' }, 'app.py', 'os.environ[ "A_KEY" ]', 'A_KEY'],
    ['Python', { 'requirements.txt': 'flask\n' }, 'app.py', "os.environ.get('A_KEY', 'x')", 'A_KEY'],
    ['Python', { 'requirements.txt': 'flask\n' }, 'app.py', "os.getenv( 'A_KEY')", 'A_KEY'],
    ['Python', { 'requirements.txt': 'flask\n' }, 'app.py', "os.environ.pop('A_KEY')", ''],
    ['Python', { 'requirements.txt': 'flask\n' }, 'app.py', "os.getenv('a_key')", ''],
    ['Python', { 'requirements.txt': 'flask\n' }, 'app.pyc', "os.getenv('A_KEY')", ''],
    ['Go', { 'go.mod': 'module x\n' }, 'main.go', 'os.Getenv("A_KEY")', 'A_KEY'],
    ['Go', { 'go.mod': 'module x\n' }, 'main.go', 'os.LookupEnv( "A_KEY" )', 'A_KEY'],
    ['Go', { 'go.mod': 'module x\n' }, 'main.go', 'os.Setenv("A_KEY")', ''],
    ['Go', { 'go.mod': 'module x\n' }, 'main_test.go', 'os.Getenv("A_KEY")', ''],
    ['Go', { 'go.mod': 'module x\n' }, 'main.go.tmpl', 'os.Getenv("A_KEY")', ''],
    ['Ruby', { Gemfile: "gem 'rails'\n" }, 'app.rb', "ENV['A_KEY']", 'A_KEY'],
    ['Ruby', { Gemfile: "gem 'rails'\n" }, 'app.rb', 'ENV[ "A_KEY" ]', 'A_KEY'],
    ['Ruby', { Gemfile: "gem 'rails'\n" }, 'app.rb', "ENV.fetch( 'A_KEY')", 'A_KEY'],
    ['Ruby', { Gemfile: "gem 'rails'\n" }, 'app.rb.erb', "ENV['A_KEY']", ''],
    ['PHP', { 'composer.json': '{ "name": "a/b" }' }, 'index.php', "getenv('A_KEY')", 'A_KEY'],
    ['PHP', { 'composer.json': '{ "name": "a/b" }' }, 'index.php', "env( 'A_KEY' )", 'A_KEY'],
    ['PHP', { 'composer.json': '{ "name": "a/b" }' }, 'index.phpt', "env('A_KEY')", ''],
    ['Rust', { 'Cargo.toml': '[package]\nname = "x"\n' }, 'src/main.rs', 'env::var("A_KEY")', 'A_KEY'],
    ['Rust', { 'Cargo.toml': '[package]\nname = "x"\n' }, 'src/main.rs', 'env::var_os( "A_KEY")', 'A_KEY'],
    ['Rust', { 'Cargo.toml': '[package]\nname = "x"\n' }, 'src/main.rs', 'env!( "A_KEY")', 'A_KEY'],
    ['Rust', { 'Cargo.toml': '[package]\nname = "x"\n' }, 'src/main.rs', 'env::vars("A_KEY")', ''],
    ['Rust', { 'Cargo.toml': '[package]\nname = "x"\n' }, 'src/main.rs.in', 'env::var("A_KEY")', ''],
    [
      'Java',
      { 'pom.xml': '<project><artifactId>x</artifactId></project>' },
      'A.java',
      'System.getenv("A_KEY")',
      'A_KEY',
    ],
    [
      'Java',
      { 'pom.xml': '<project><artifactId>x</artifactId></project>' },
      'A.kt',
      'System.getenv( "A_KEY" )',
      'A_KEY',
    ],
    ['Java', { 'pom.xml': '<project><artifactId>x</artifactId></project>' }, 'A.kts', 'System.getenv("A_KEY")', ''],
  ];
  it.each(rows)('%s %j %s: %s: %s', async (_, manifest, file, text, names) => {
    expect(await read({ Dockerfile: 'FROM scratch\n', ...manifest, [file]: `${text}\n` })).toBe(names);
  });
});

describe('a variable that nobody has to set', () => {
  const reads = 'app.set("a", process.env.STRIPE_KEY);';
  const scripted = (script: string) => {
    const files: Record<string, string> = at(app(reads));
    return {
      ...files,
      'package.json': files['package.json']!.replace('"start":', `"other":${JSON.stringify(script)},"start":`),
    };
  };
  it.each<[string, string]>([
    ['cross-env STRIPE_KEY=1 node a.js', ''],
    ['STRIPE_KEY=1 node a.js', ''],
    ['a && STRIPE_KEY=1 node a.js', ''],
    ['a;STRIPE_KEY=1 node a.js', ''],
    ['a|STRIPE_KEY=1 node a.js', ''],
    ['sh -c "STRIPE_KEY=1 node a.js"', ''],
    ["sh -c 'STRIPE_KEY=1 node a.js'", ''],
    ['node a.js --STRIPE_KEY=1', 'STRIPE_KEY'],
    ['MY_STRIPE_KEY=1 node a.js', 'STRIPE_KEY'],
    ['node $STRIPE_KEY', 'STRIPE_KEY'],
    ['rollup --environment STRIPE_KEY', ''],
    ['rollup --environment=STRIPE_KEY', ''],
    ['rollup --environment  production,STRIPE_KEY:dev', ''],
    ['rollup --environment A:b,STRIPE_KEY', ''],
    ['rollup --environment A:STRIPE_KEY', 'STRIPE_KEY'],
    ['rollup --environments STRIPE_KEY', 'STRIPE_KEY'],
  ])('%s leaves %s', async (script, names) => {
    expect(await read(scripted(script))).toBe(names);
  });

  it.each<[string, string]>([
    ['process.env.STRIPE_KEY = "1";', ''],
    ['process.env.STRIPE_KEY="1";', ''],
    ['process.env.STRIPE_KEY  =  "1";', ''],
    ['process.env.STRIPE_KEY == "1";', 'STRIPE_KEY'],
    ['process.env.STRIPE_KEY = process.env.STRIPE_KEY || "1";', 'STRIPE_KEY'],
    ['process.env.OTHER = "1";', 'STRIPE_KEY'],
  ])('%s leaves %s', async (statement, names) => {
    expect(await read(at(app(`${statement}\n${reads}`)))).toBe(names);
  });

  it.each<[string, string]>([
    ...'scripts,script,tools,tool,tooling,extra,release,ci,build,bench,benchmark,benchmarks,migration,.github,src/scripts'
      .split(',')
      .map((folder): [string, string] => [folder, '']),
    ...'lib,src/manuscripts,cipher,src/rebuild,stool'
      .split(',')
      .map((folder): [string, string] => [folder, 'STRIPE_KEY']),
  ])('by a chore that nothing runs, in %s: %s', async (folder, names) => {
    const chore = { [`${folder}/chore.js`]: 'console.log(process.env.STRIPE_KEY);\n' };
    expect(await read(at(app(''), chore))).toBe(names);
  });
});

describe('settings that stand in for variables', () => {
  const named = async (path: string, text: string) =>
    (
      await asked('names-variables', { ask: 'all' }, at(app('app.set("a", process.env.STRIPE_KEY);'), { [path]: text }))
    )[0];
  it.each<[string, string, string]>([
    ['config.json.example', '{ "STRIPE_KEY": "" }', 'yes'],
    ['config.example.json', '{ "STRIPE_KEY" : "" }', 'yes'],
    ['config.sample.json', '{ "STRIPE_KEY": "" }', 'yes'],
    ['config.json.template', '{ "STRIPE_KEY": "" }', 'yes'],
    ['my-config.json.dist', '{ "STRIPE_KEY": "" }', 'yes'],
    ['src/config.json.example', '{ "STRIPE_KEY": "" }', 'yes'],
    ['config.json', '{ "STRIPE_KEY": "" }', 'no'],
    ['config.example', '{ "STRIPE_KEY": "" }', 'no'],
    ['config.json.examples', '{ "STRIPE_KEY": "" }', 'no'],
    ['config.example.json.md', '{ "STRIPE_KEY": "" }', 'no'],
    ['config.json.example', '{ "MAIL_KEY": "" }', 'no'],
    ['config.json.example', '{ "a": "STRIPE_KEY" }', 'no'],
  ])('%s %s: %s', async (path, text, expected) => {
    expect(await named(path, text)).toBe(expected);
  });
});

describe('what is read, by whom and where', () => {
  const shown = async (files: Record<string, string>, ask = 'reads', path = '.') =>
    (await asked('names-variables', { ask }, files, path)).join('; ');
  const two = (more: Record<string, string>) => ({
    'package.json': '{"private":true,"workspaces":["*"]}',
    'jobs/package.json': JSON.stringify({
      name: 'jobs',
      scripts: { start: 'node src/index.js' },
      dependencies: { express: '1' },
    }),
    'jobs/src/index.js': app(''),
    'api/package.json': JSON.stringify({
      name: 'api',
      scripts: { start: 'node src/index.js' },
      dependencies: { express: '1' },
    }),
    'api/src/index.js': app(''),
    ...more,
  });
  it.each<[title: string, files: Record<string, string>, ask: string, expected: string]>([
    [
      'more than are shown',
      at(
        app(
          "app.set('a', [process.env.A_KEY, process.env.B_KEY, process.env.C_KEY, process.env.D_KEY, process.env.E_KEY, process.env.F_KEY]);",
        ),
      ),
      'reads',
      'yes; src/index.js:4 reads A_KEY; src/index.js:4 reads B_KEY; src/index.js:4 reads C_KEY; src/index.js:4 reads D_KEY; src/index.js:4 reads E_KEY',
    ],
    [
      'more than are shown',
      at(app("app.set('a', [process.env.A_KEY, process.env.B_KEY, process.env.C_KEY, process.env.D_KEY]);")),
      'template',
      'no; src/index.js:4 reads A_KEY; src/index.js:4 reads B_KEY; src/index.js:4 reads C_KEY',
    ],
    [
      'more than are shown of those that no template names',
      at(
        app(
          `app.set('a', [${'ABCDEFGH'
            .split('')
            .map((n) => `process.env.${n}_KEY`)
            .join(', ')}]);`,
        ),
        { '.env.example': 'X_KEY=\n' },
      ),
      'all',
      'no; .env.example:1 names 0 of 8 variables that are read; src/index.js:4 reads A_KEY, which no template names; src/index.js:4 reads B_KEY, which no template names; src/index.js:4 reads C_KEY, which no template names; src/index.js:4 reads D_KEY, which no template names; src/index.js:4 reads E_KEY, which no template names; src/index.js:4 reads F_KEY, which no template names',
    ],
    [
      'in two places',
      at(app("app.set('a', process.env.A_KEY);\napp.set('b', process.env.A_KEY);")),
      'reads',
      'yes; src/index.js:4 reads A_KEY',
    ],
    [
      'by names that are none',
      at(app("app.set('a', [process.env['a-key'], process.env['1KEY'], process.env['A KEY']]);")),
      'reads',
      'no',
    ],
    [
      'in small letters',
      at(app("app.set('a', process.env.stripeKey);")),
      'reads',
      'yes; src/index.js:4 reads stripeKey',
    ],
    [
      'in a sample',
      at(app("import './examples/a.js';"), { 'src/examples/a.js': 'console.log(process.env.A_KEY);\n' }),
      'reads',
      'no',
    ],
    [
      'of a schema in a sample',
      at(app(''), {
        'examples/prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n',
      }),
      'reads',
      'no',
    ],
    [
      'of a compose file in a sample',
      at(app(''), { 'examples/compose.yml': 'services:\n  api:\n    build: .\n    command: run ${A_KEY}\n' }),
      'reads',
      'no',
    ],
    [
      'of a compose file',
      at(app(''), {
        'compose.yml':
          'services:\n  api:\n    build: .\n    command: run ${A_KEY} $B_KEY $$C_KEY ${d_key} $1 ${E}\n    # ${F_KEY}\n',
      }),
      'reads',
      'yes; compose.yml:4 reads A_KEY; compose.yml:4 reads B_KEY',
    ],
    [
      'given by Vue, in its own way',
      {
        'package.json': JSON.stringify({
          name: 'web',
          scripts: { build: 'vue-cli-service build' },
          dependencies: { vue: '3', '@vue/cli-service': '5' },
        }),
        'src/main.js':
          "import { createApp } from 'vue';\ncreateApp({}).mount(process.env.BASE_URL, process.env.A_KEY);\n",
        'public/index.html': '<div id="app"></div>',
      },
      'reads',
      'yes; src/main.js:2 reads A_KEY',
    ],
    [
      'given by the program itself, in idle code',
      at(
        app("app.set('a', process.env.A_KEY);"),
        { 'src/idle.js': "import pg from 'pg';\nprocess.env.A_KEY = pg;\n" },
        ['pg'],
      ),
      'reads',
      'yes; src/index.js:4 reads A_KEY',
    ],
    [
      'given by the program itself, in a sample',
      at(app("import './examples/a.js';\napp.set('a', process.env.A_KEY);"), {
        'src/examples/a.js': "process.env.A_KEY = '1';\n",
      }),
      'reads',
      'yes; src/index.js:5 reads A_KEY',
    ],
    [
      'written in by the build',
      at(app("app.set('a', process.env.A_KEY);"), {
        'vite.config.js': "export default { define: { 'process.env.A_KEY': '1' } };\n",
      }),
      'reads',
      'no',
    ],
    [
      'written in by the build, in a list',
      at(app("app.set('a', process.env.A_KEY);"), {
        'vite.config.js': "export default { define: list(['process.env.A_KEY' , 1]) };\n",
      }),
      'reads',
      'no',
    ],
    [
      'told of by the build, and no more',
      at(app("app.set('a', process.env.A_KEY);"), {
        'vite.config.js': "export default { define: list(['process.env.A_KEY']) };\n",
      }),
      'reads',
      'yes; src/index.js:4 reads A_KEY',
    ],
    [
      'written in by the build from a variable of that name',
      at(app("app.set('a', process.env.A_KEY);"), {
        'vite.config.js': "export default { define: { 'process.env.A_KEY': process.env.A_KEY } };\n",
      }),
      'reads',
      'yes; src/index.js:4 reads A_KEY',
    ],
    [
      'written in by the build from a variable of a longer name',
      at(app("app.set('a', process.env.A_KEY);"), {
        'vite.config.js': "export default { define: { 'process.env.A_KEY': process.env.A_KEY_OF } };\n",
      }),
      'reads',
      'yes; vite.config.js:1 reads A_KEY_OF',
    ],
  ])('%s (%j, %s): %s', async (_, files, ask, expected) => {
    expect(await shown(files, ask)).toEqual(expected);
  });

  it.each<[title: string, more: Record<string, string>, ask: string, expected: string]>([
    [
      'a compose file of another part',
      { 'jobs/compose.yml': 'services:\n  a:\n    image: b\n    command: ${A_KEY}\n' },
      'reads',
      'no',
    ],
    [
      'a schema of another part',
      { 'jobs/prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n' },
      'reads',
      'no',
    ],
    [
      'a template of another part',
      { 'api/src/index.js': app("app.set('a', process.env.A_KEY);"), 'jobs/.env.example': 'A_KEY=\n' },
      'all',
      'no; api/src/index.js:4 reads A_KEY',
    ],
    [
      'a template above',
      { 'api/src/index.js': app("app.set('a', process.env.A_KEY);"), '.env.example': 'A_KEY=\n' },
      'all',
      'yes; .env.example:1 names 1 variables',
    ],
    [
      'a template in a folder of no part',
      { 'api/src/index.js': app("app.set('a', process.env.A_KEY);"), 'deploy/.env.example': 'A_KEY=\n' },
      'all',
      'yes; deploy/.env.example:1 names 1 variables',
    ],
    [
      'settings of another part',
      { 'api/src/index.js': app("app.set('a', process.env.A_KEY);"), 'jobs/config.example.json': '{ "A_KEY": "" }' },
      'all',
      'no; api/src/index.js:4 reads A_KEY',
    ],
  ])('%s (%s): %s', async (_, more, ask, expected) => {
    expect(await shown(two(more), ask, 'api')).toEqual(expected);
  });

  it.each<[path: string, text: string, expected: string]>([
    ['.env.example', 'A_KEY=\n', 'yes; .env.example:1 names 1 variables'],
    ['.env.sample', 'A_KEY=\n', 'yes; .env.sample:1 names 1 variables'],
    ['.env.template', 'A_KEY=\n', 'yes; .env.template:1 names 1 variables'],
    ['.env.development', 'A_KEY=1\n', 'yes; .env.development:1 names 1 variables'],
    ['.env.ci', 'A_KEY=1\n', 'yes; .env.ci:1 names 1 variables'],
    ['.env.test', 'A_KEY=1\n', 'no; src/index.js:4 reads A_KEY'],
    ['.env.Testing', 'A_KEY=1\n', 'no; src/index.js:4 reads A_KEY'],
    ['.env.test.example', 'A_KEY=\n', 'yes; .env.test.example:1 names 1 variables'],
    ['.env', 'A_KEY=1\n', 'yes; .env:1 names 1 variables'],
    ['.env.local', 'A_KEY=1\n', 'no; src/index.js:4 reads A_KEY'],
    ['.env.example', '# A_KEY=\n', 'yes; .env.example:1 names 1 variables'],
    [
      '.env.example',
      'B_KEY=\n',
      'no; .env.example:1 names 0 of 1 variables that are read; src/index.js:4 reads A_KEY, which no template names',
    ],
    [
      '.env.example',
      '',
      'no; .env.example:1 names 0 of 1 variables that are read; src/index.js:4 reads A_KEY, which no template names',
    ],
    ['test/.env.example', 'A_KEY=\n', 'no; src/index.js:4 reads A_KEY'],
    ['config.example.json', '{ "A_KEY" : 1, "B": 2 }', 'yes; config.example.json:1 names 1 variables'],
    ['config.example.json', '{ "my_A_KEY": 1 }', 'no; src/index.js:4 reads A_KEY'],
  ])('%s: %j: %s', async (path, text, expected) => {
    expect(await shown(at(app("app.set('a', process.env.A_KEY);"), { [path]: text }), 'all')).toEqual(expected);
  });

  it.each<[title: string, env: string, more: Record<string, string>, expected: string]>([
    [
      'a typed schema beside committed defaults',
      'z.object({ A_KEY: z.string() }).parse(process.env)',
      { '.env': 'B_KEY=1\n' },
      'yes; src/env.js:1 names 1 variables; .env:1 names 1 variables',
    ],
    [
      'a typed schema beside defaults of another folder',
      'z.object({ A_KEY: z.string() }).parse(process.env)',
      { 'config/.env': 'B_KEY=1\n' },
      'yes; src/env.js:1 names 1 variables; config/.env:1 names 1 variables',
    ],
    [
      'a typed schema beside no defaults',
      'z.object({ A_KEY: z.string() }).parse(process.env)',
      {},
      'no; src/env.js:2 reads A_KEY',
    ],
    [
      'a typed schema beside defaults of a stage',
      'z.object({ A_KEY: z.string() }).parse(process.env)',
      { '.env.staging': 'B_KEY=1\n' },
      'no; .env.staging:1 names 0 of 1 variables that are read; src/env.js:2 reads A_KEY, which no template names',
    ],
    [
      'defaults beside no schema',
      'process.env.A_KEY',
      { '.env': 'B_KEY=1\n' },
      'no; .env:1 names 0 of 1 variables that are read; src/env.js:2 reads A_KEY, which no template names',
    ],
  ])('%s: %s: %s', async (_, env, more, expected) => {
    const files = at(
      app("app.set('a', env);", "import { env } from './env.js';"),
      { 'src/env.js': `import { z } from 'zod';\nexport const env = ${env};\n`, ...more },
      ['zod'],
    );
    expect(await shown(files, 'all')).toEqual(expected);
  });
});

describe('on SIGTERM', () => {
  const serving = (handler: string) =>
    at(
      `import express from 'express';\nconst app = express();\nconst httpServer = app.listen(3000);\nprocess.on('SIGTERM', () => { ${handler} });\n`,
    );
  const closes = async (handler: string) =>
    (await asked('handles-termination', { ask: 'server' }, serving(handler)))[0]!.replace(/:.*/, '');
  it.each<[string, string]>([
    ['httpServer.close();', 'yes'],
    ['server.close(() => {});', 'yes'],
    ['server?.close();', 'yes'],
    ['_server.stop();', 'yes'],
    ['app.shutdown();', 'yes'],
    ['fastify.close();', 'yes'],
    ['http.destroy();', 'yes'],
    ['https.terminate();', 'yes'],
    ['srv.disconnect();', 'yes'],
    ['api.closeAll();', 'yes'],
    ['instance.close();', 'yes'],
    ['listener.close();', 'yes'],
    ['this.close();', 'yes'],
    ['closeServer();', 'yes'],
    ['stopServer();', 'yes'],
    ['shutdownServer();', 'yes'],
    ['other.close();', 'yes'],
    ['other.close(async () => {});', 'yes'],
    ['other.close(function () {});', 'yes'],
    ['other.close( (e) => {});', 'yes'],
    ['other.close(err);', 'yes'],
    ['other.close(resolve);', 'yes'],
    ['other.close(1);', 'no'],
    ['other.stop();', 'no'],
    ['client.close();', 'no'],
    ['dbClient.close();', 'no'],
    ['pool.close();', 'no'],
    ['cacheService.close();', 'no'],
    ['queueManagers.close();', 'no'],
    ['redisInstance.close();', 'no'],
    ['poolServices.close();', 'no'],
    ['appScheduler.stop();', 'no'],
    ['appSchedulers.stop();', 'no'],
    ['appQueue.stop();', 'no'],
    ['apiWorkers.stop();', 'no'],
    ['appCrons.stop();', 'no'],
    ['appJob.stop();', 'no'],
    ['appSchedulerHost.stop();', 'yes'],
    ['process.exit(0);', 'no'],
  ])('%s closes the server: %s', async (handler, expected) => {
    expect(await closes(handler)).toBe(expected);
  });
});
