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
    ['server . close ();', 'yes'],
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
