import { describe, expect, it } from 'vitest';
import { expandMatrix, runsOf } from '../../../src/commands/index.ts';
import { splitShell } from '../../../src/commands/split.ts';
import type { ManifestFact } from '../../../src/model/facts/manifest.ts';
import { dirOf } from '../../../src/model/paths.ts';
import { openMemory } from '../../../src/repository/index.ts';

function contextOf(files: Record<string, string | object>, cwd = '.') {
  const texts = Object.fromEntries(
    Object.entries(files).map(([path, value]) => [path, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
  const manifests = Object.keys(texts)
    .filter((path) => /(^|\/)package\.json$/.test(path))
    .map((path) => {
      const raw = JSON.parse(texts[path]!);
      return {
        scripts: {},
        workspaces: [],
        main: null,
        name: null,
        ...raw,
        path,
        dir: dirOf(path),
        raw,
      } as ManifestFact;
    });
  return { cwd, facts: { manifests }, view: openMemory(texts) };
}
const shown = (text: string, files: Record<string, string | object> = {}, cwd = '.') =>
  runsOf(text, contextOf(files, cwd)).map((run) => `${run.cwd}: ${run.file ?? run.argv.join(' ')}`);

describe('containers that are up', () => {
  it.each([
    ['docker exec -t app-tester npm run test', '.: jest'],
    ['docker compose exec -T api npm run test', '.: jest'],
    ['docker push acme/api', '.: docker push acme/api'],
    ['docker compose exec api npm run orm migration:run -- -d src/db.ts', '.: typeorm migration:run -d src/db.ts'],
  ])('%s', (text, expected) => {
    expect(shown(text, { 'package.json': { scripts: { test: 'jest', orm: 'typeorm' } } })).toEqual([expected]);
  });
});

describe('splitShell', () => {
  const cases: [string, string[][]][] = [
    ['a b && c || d; e | f', [['a', 'b'], ['c'], ['d'], ['e'], ['f']]],
    ['a \\\n  --x "y z"\n# comment\nb # more', [['a', '--x', 'y z'], ['b']]],
    ['echo ${{ secrets.A b }} $(date +%s) > out.txt 2>&1', [['echo', '${{ secrets.A b }}', '$(date +%s)']]],
    [
      'if [ -f x ]; then\n  npm ci\nfi',
      [
        ['[', '-f', 'x', ']'],
        ['npm', 'ci'],
      ],
    ],
    ['cat <<EOF\nnpm test\nEOF\nnpm start', [['cat'], ['npm', 'start']]],
    [
      'npm run ${TASK:-build} && ls *.ts',
      [
        ['npm', 'run', 'build'],
        ['ls', '*.ts'],
      ],
    ],
    ["sh -c 'a && b'", [['sh', '-c', 'a && b']]],
    ['"unclosed', [['unclosed']]],
    ['', []],
  ];
  it.each(cases)('%s', (text, words) => {
    expect(splitShell(text).map((command) => command.words)).toEqual(words);
  });

  const tolerated: [string, boolean[]][] = [
    ['a || true', [true, false]],
    ['a && b || echo "no"', [true, true, false]],
    ['a || { echo no; exit 1; }', [false, false, false]],
    ['a || (echo no && exit 1)', [false, false, false]],
    ['a || exit 0', [true, false]],
    ['a || exit 1', [false, false]],
    ['a || b', [false, false]],
    ['a; true', [true, true]],
    ['a; echo done', [false, false]],
    ['set +e\na\nset -e\nb', [true, true, false, false]],
  ];
  it.each(tolerated)('forgives in: %s', (text, expected) => {
    expect(splitShell(text).map((command) => command.tolerated)).toEqual(expected);
  });
  it('forgives nothing after a stop at the first failure', () => {
    expect(splitShell('a; true', true).map((command) => command.tolerated)).toEqual([false, false]);
  });
});

describe('moon', () => {
  const files = {
    'package.json': { name: 'top' },
    'apps/api/package.json': { name: 'api' },
    'apps/web/package.json': { name: 'web' },
    '.moon/workspace.yml': "projects: ['apps/*']\n",
    '.moon/tasks/node.yml':
      "tasks:\n  test:\n    command: ['jest', '--preset', 'ours']\n  lint: { command: eslint, args: . }\n",
    'apps/web/moon.yml':
      'workspace: { inheritedTasks: { exclude: [lint] } }\ntasks:\n  test: { command: vitest run }\n  dev: { command: vite, local: true }\n',
  };
  it.each<[string, string[]]>([
    ['moon ci', ['apps/api: jest --preset ours', 'apps/api: eslint .', 'apps/web: vitest run']],
    ['moon run :test', ['apps/api: jest --preset ours', 'apps/web: vitest run']],
    ['moon run web:dev', ['apps/web: vite']],
    ['moon check api', ['apps/api: jest --preset ours', 'apps/api: eslint .']],
    ['moon setup', ['.: moon setup']],
  ])('%s', (text, expected) => {
    expect(shown(text, files)).toEqual(expected);
  });
});

describe('gulp and grunt', () => {
  const gulpfile = (text: string) => ({ 'gulpfile.js': text, 'server/main.js': '', 'jobs/mail.js': '' });
  it.each<[string, string, Record<string, string>, string[]]>([
    [
      'the server that a task keeps running, where it is started',
      'gulp run',
      gulpfile(
        "gulp.task('build', () => gulp.src('a'));\ngulp.task('run', ['build', 'keep']);\ngulp.task('keep', () => nodemon({ script: './main.js', cwd: './server/' }));\ngulp.task('mail', () => nodemon({ script: 'jobs/mail.js' }));\n",
      ),
      ['.: gulp run', 'server: server/main.js'],
    ],
    [
      'the default of functions that are exported',
      'gulp',
      gulpfile(
        "function serve(done) {\n  spawn('node', ['server/main.js']);\n  done();\n}\nexports.default = series(clean, serve);\nexports.mail = () => exec('node jobs/mail.js');\n",
      ),
      ['.: gulp', '.: server/main.js'],
    ],
    [
      'a server of grunt',
      'grunt serve',
      {
        'Gruntfile.js': "grunt.initConfig({ nodemon: { dev: { script: 'server/main.js' } } });\n",
        'server/main.js': '',
      },
      ['.: grunt serve', '.: server/main.js'],
    ],
    ['no task that starts nothing', 'gulp lint', gulpfile("gulp.task('lint', () => {});\n"), ['.: gulp lint']],
  ])('%s', (_, text, files, expected) => {
    expect(shown(text, files)).toEqual(expected);
  });
});

describe('runtimes and wrappers', () => {
  const files = {
    'package.json': { main: 'dist/main.js' },
    'src/app.ts': '',
    'src/server/index.js': '',
    'nodemon.json': { exec: 'ts-node src/app.ts' },
    'ecosystem.config.js': "module.exports = { apps: [{ name: 'api', script: './src/server', instances: 2 }] }",
  };
  const cases: [string, string[]][] = [
    ['node dist/index.js', ['.: dist/index.js']],
    ['node .', ['.: dist/main.js']],
    ['node --max-old-space-size=512 -r ./tracing.js src/server', ['.: tracing.js', '.: src/server/index.js']],
    ['NODE_ENV=production node -r dotenv/config src/app', ['.: src/app.ts']],
    ['tsx watch --env-file=.env src/app.ts', ['.: src/app.ts']],
    ['ts-node-dev --respawn --transpile-only -r tsconfig-paths/register src/app.ts', ['.: src/app.ts']],
    ['ts-node-dev --notify false src/app.ts', ['.: src/app.ts']],
    ['nodemon', ['.: src/app.ts']],
    ['nodemon --watch src --exec "ts-node" src/app.ts', ['.: src/app.ts']],
    ['nodemon --exec "tsc && node dist/x.js"', ['.: tsc', '.: dist/x.js']],
    ['pm2-runtime start ecosystem.config.js', ['.: pm2-runtime start ecosystem.config.js', '.: src/server/index.js']],
    ['pm2-runtime dist/main.js -i max', ['.: dist/main.js']],
    ['bun --watch src/app.ts', ['.: src/app.ts']],
    ['deno run -A src/app.ts', ['.: src/app.ts']],
    ['cross-env A=b C=d node src/app', ['.: src/app.ts']],
    ['dotenv -e .env.test -- jest --ci', ['.: jest --ci']],
    ['env-cmd -f .env node src/app.ts', ['.: src/app.ts']],
    ['doppler run -- node src/app.ts', ['.: src/app.ts']],
    ['uv run --with tsx node src/app.ts', ['.: src/app.ts']],
    ['infisical run --env=dev -- next dev', ['.: next dev']],
    ['sudo -u node time exec node src/app.ts', ['.: src/app.ts']],
    ['timeout 60 npx -y vitest@2 run', ['.: vitest run']],
    ['node --inspect ./node_modules/.bin/jest -i', ['.: jest -i']],
    ['cd packages/a && (cd b && x) && y', ['packages/a/b: x', 'packages/a: y']],
    ['for A in a "b/c"; do\n  pushd packages/$A\n  npx jest\n  popd\ndone', ['packages/a: jest', 'packages/b/c: jest']],
    ['wait-on tcp:3000 && cypress run', ['.: wait-on tcp:3000', '.: cypress run']],
    ['tsup --watch --onSuccess "node dist/x.js"', ['.: tsup --watch --onSuccess node dist/x.js', '.: dist/x.js']],
    [
      `node -e "require('child_process').execSync('npx knex migrate:latest', { stdio: 'inherit' })"`,
      [
        ".: node -e require('child_process').execSync('npx knex migrate:latest', { stdio: 'inherit' })",
        '.: knex migrate:latest',
      ],
    ],
    ['node --test test/', ['.: node --test test/']],
    ['nest start --watch', ['.: nest start --watch']],
    ['c8 --reporter=lcov mocha', ['.: mocha']],
  ];
  it.each(cases)('%s', (text, expected) => expect(shown(text, files)).toEqual(expected));

  it('keeps what wrappers set', () => {
    const [run] = runsOf('export B=2 && A=1 cross-env NODE_ENV=test jest', contextOf({}));
    expect(run).toMatchObject({ program: 'jest', env: { A: '1', B: '2', NODE_ENV: 'test' } });
  });
  it('says what only prints', () => {
    expect(runsOf('echo deploy && exit 1', contextOf({})).map((run) => run.echoOnly)).toEqual([true, true]);
  });
});

describe('package scripts', () => {
  const files = {
    'package.json': {
      scripts: {
        start: 'node index.js',
        pretest: 'npm run lint',
        test: 'jest',
        lint: 'eslint .',
        'build:a': 'a',
        'build:b': 'b',
        'build:b:c': 'c',
        all: 'run-s lint "build:*"',
        par: 'concurrently -n x,y "npm:build:*" "yarn lint"',
        e2e: 'start-server-and-test start http://localhost:3000 test',
        loop: 'npm run loop2',
        loop2: 'npm run loop',
        wired: 'wireit',
      },
      wireit: { wired: { command: 'tsc', dependencies: ['lint'] } },
    },
    'turbo.json': { tasks: { test: { dependsOn: ['^build', 'gen'] } } },
    'apps/api/package.json': { name: '@x/api', scripts: { test: 'vitest run', gen: 'prisma generate' } },
    'apps/web/package.json': { name: 'web', scripts: { test: 'jest', dev: 'next dev' } },
    'apps/web/project.json': {
      name: 'web-app',
      targets: {
        serve: { executor: '@nx/js:node', options: { main: 'apps/web/src/main.ts' } },
        lint: { command: 'eslint {projectRoot}' },
      },
    },
    'apps/web/src/main.ts': '',
  };
  const cases: [string, string[]][] = [
    ['npm start', ['.: index.js']],
    ['npm t -- --ci', ['.: eslint .', '.: jest --ci']],
    ['yarn test --ci', ['.: eslint .', '.: jest --ci']],
    ['npm run all', ['.: eslint .', '.: a', '.: b']],
    ['npm run par', ['.: a', '.: b', '.: eslint .']],
    ['npm run e2e', ['.: index.js', '.: eslint .', '.: jest']],
    ['npm run loop', []],
    ['npm run wired', ['.: eslint .', '.: tsc']],
    ['npm run absent', ['.: npm run absent']],
    ['yarn vitest --run', ['.: vitest --run']],
    ['yarn workspace @x/api test', ['apps/api: vitest run']],
    ['yarn workspaces foreach -A run test', ['apps/api: vitest run', 'apps/web: jest']],
    ['npm run test -w apps/api', ['apps/api: vitest run']],
    ['npm test --workspaces --if-present', ['apps/api: vitest run', 'apps/web: jest']],
    ['npm --prefix apps/web run dev', ['apps/web: next dev']],
    ['pnpm -r test', ['apps/api: vitest run', 'apps/web: jest']],
    ['pnpm --filter web... run dev', ['apps/web: next dev']],
    ['pnpm --filter=@x/api exec prisma migrate deploy', ['apps/api: prisma migrate deploy']],
    ['pnpm -C apps/api gen', ['apps/api: prisma generate']],
    ['pnpm exec jest', ['.: jest']],
    ['lerna run test --scope web', ['apps/web: jest']],
    ['turbo run test --filter=@x/api', ['apps/api: prisma generate', 'apps/api: vitest run']],
    ['npx turbo test', ['apps/api: prisma generate', 'apps/api: vitest run', 'apps/web: jest']],
    ['nx run-many -t test', ['apps/api: vitest run', 'apps/web: jest']],
    ['nx affected --target=lint', ['.: eslint apps/web']],
    ['nx serve web-app', ['apps/web: apps/web/src/main.ts']],
    ['bun run test', ['.: eslint .', '.: jest']],
    ['npm ci', ['.: npm ci']],
  ];
  it.each(cases)('%s', (text, expected) => expect(shown(text, files)).toEqual(expected));

  it('keeps the script and the way to it', () => {
    const run = runsOf('yarn workspace web test || true', contextOf(files))[0]!;
    expect(run).toMatchObject({
      script: { manifest: 'apps/web/package.json', name: 'test' },
      via: ['apps/web/package.json "test"'],
      tolerated: true,
    });
  });
});

describe('files of commands', () => {
  const files = {
    'scripts/ci.sh': '#!/bin/bash\nset -e\ncd "$(dirname "$0")/.."\nnpm test\nbash scripts/ci.sh\n',
    'package.json': { scripts: { test: 'mocha' } },
    Makefile: 'NODE := node\n.PHONY: test\ntest: lint\n\t@$(NODE) t.js\n\t-rm x\nlint:\n\teslint .\n',
    justfile: 'dev port="1":\n  vite\n',
    'Taskfile.yml':
      "version: '3'\ntasks:\n  dev:\n    deps: [gen]\n    cmds:\n      - go run .\n  gen:\n    cmds:\n      - sqlc generate\n",
  };
  const cases: [string, string[]][] = [
    ['./scripts/ci.sh', ['.: scripts/ci.sh', '.: mocha', '.: scripts/ci.sh']],
    ['bash -lc "npm test"', ['.: mocha']],
    ['make test', ['.: eslint .', '.: t.js', '.: rm x']],
    ['just dev', ['.: vite']],
    ['task dev', ['.: sqlc generate', '.: go run .']],
  ];
  it.each(cases)('%s', (text, expected) => expect(shown(text, files)).toEqual(expected));
});

it('puts matrix values in', () => {
  expect(expandMatrix('npm run ${{ matrix.task }}', { task: ['a', 'b'], node: ['20'] })).toEqual([
    'npm run a',
    'npm run b',
  ]);
});
