import { describe, expect, it } from 'vitest';
import { app, asked } from './_asked.ts';

/** A service with tests, and a pipeline of these steps. */
const ci = (steps: string, more: Record<string, string> = {}) => ({
  'package.json':
    '{"name":"api","scripts":{"start":"node src/index.js","test":"vitest run"},"dependencies":{"express":"5"}}',
  'src/index.js': app(''),
  'src/a.test.js': "import { it } from 'vitest';\nit('works', () => {});\n",
  '.github/workflows/ci.yml': `on: push\njobs:\n  check:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`,
  ...more,
});
const tests = async (files: Record<string, string>, options: object = {}, path = '.'): Promise<string> =>
  (await asked('pipeline-runs-tests', options, files, path))[0]!.replace(/:.*/, '');
const step = (uses: string, given: Record<string, string>) =>
  `      - uses: ${uses}@v1\n        with:\n${Object.entries(given)
    .map(([key, value]) => `          ${key}: ${value}\n`)
    .join('')}`;

describe('a command that an action is given', () => {
  it.each<[string, string]>([
    ...'run,command,commands,cmd,script,scripts,args,testScript,test-script,testscript,test,custom-command,execute,runCmd,inline-script,Run'
      .split(',')
      .map((key): [string, string] => [key, 'yes']),
    ...'runs,prerun,cmds,custom-commands,my-inline-script,args2,name'
      .split(',')
      .map((key): [string, string] => [key, 'no']),
  ])('under %s runs: %s', async (key, expected) => {
    expect(await tests(ci(step('acme/run', { [key]: 'npm test' })))).toBe(expected);
  });

  const inner = {
    'package.json': '{"private":true,"workspaces":["web"]}',
    'web/package.json':
      '{"name":"web","scripts":{"start":"node index.js","test":"vitest run"},"dependencies":{"express":"5"}}',
    'web/index.js': app(''),
    'web/a.test.js': "import { it } from 'vitest';\nit('works', () => {});\n",
  };
  const inFolder = (key: string, folder = 'web') => {
    const {
      'src/index.js': _,
      'src/a.test.js': __,
      ...rest
    } = ci(step('acme/run', { run: 'npm test', [key]: folder }), inner);
    return rest as Record<string, string>;
  };
  it.each<[string, string]>([
    ...'working-directory,working_directory,workingDirectory,workdir,cwd,project,dir,directory,DIR'
      .split(',')
      .map((key): [string, string] => [key, 'yes']),
    ...'my-working-directory,directory2,dirs,subproject,path'.split(',').map((key): [string, string] => [key, 'no']),
  ])('in the folder under %s: %s', async (key, expected) => {
    expect(await tests(inFolder(key), {}, 'web')).toBe(expected);
  });
  it.each<[string, string]>([
    ['web', 'yes'],
    ['./web', 'yes'],
    ['other', 'no'],
    ['$' + '{{ matrix.dir }}', 'no'],
  ])('in %s: %s', async (folder, expected) => {
    expect(await tests(inFolder('dir', folder), {}, 'web')).toBe(expected);
  });
});

describe('an action that is a runner itself', () => {
  it.each<[string, Record<string, string>, string]>([
    ['acme/vitest-action', { x: '1' }, 'yes'],
    ['acme/jest-coverage-action', { x: '1' }, 'yes'],
    ['vitest-action', { x: '1' }, 'yes'],
    ['acme/my-vitest-action', { x: '1' }, 'no'],
    ['acme/jest-actions', { x: '1' }, 'no'],
    ['acme/jest-report', { x: '1' }, 'no'],
    ['borales/actions-yarn', { cmd: 'test' }, 'yes'],
    ['acme/npm', { cmd: 'test' }, 'no'],
  ])('%s %j: %s', async (uses, given, expected) => {
    expect(await tests(ci(step(uses, given)))).toBe(expected);
  });
});

describe('an image whose build tests', () => {
  const image = (lines: string) => ({ Dockerfile: lines });
  const staged =
    'FROM node:22 AS base\nCOPY . .\nFROM base AS tested\nRUN npm test\nFROM base\nCMD ["node", "src/index.js"]\n';
  const plain = 'FROM node:22\nCOPY . .\nRUN npm test\nCMD ["node", "src/index.js"]\n';
  const run = (command: string) => `      - run: ${command}\n`;
  it.each<[string, string, string]>([
    [run('docker build .'), plain, 'yes'],
    [run('docker build -t a .'), plain, 'yes'],
    [run('docker buildx build --platform linux/amd64 .'), plain, 'yes'],
    [run('docker image build .'), plain, 'yes'],
    [run('podman build .'), plain, 'yes'],
    [run('buildah b .'), plain, 'yes'],
    [run('docker build --pull .'), plain, 'yes'],
    [run('docker build -f Dockerfile .'), plain, 'yes'],
    [run('docker build --file=Dockerfile .'), plain, 'yes'],
    [run('docker build src'), plain, 'no'],
    [run('docker pull .'), plain, 'no'],
    [run('docker build .'), staged, 'no'],
    [run('docker build --target tested .'), staged, 'yes'],
    [run('docker build --target=tested .'), staged, 'yes'],
    [run('docker build --target base .'), staged, 'no'],
    [run('\'docker build "$GITHUB_WORKSPACE"\''), plain, 'yes'],
    [run('\'docker build "${GITHUB_WORKSPACE}/"\''), plain, 'yes'],
    [run('docker build ${{ github.workspace }}'), plain, 'yes'],
    [run('docker build . || true'), plain, 'no'],
    [step('docker/build-push-action', { context: '.' }), plain, 'yes'],
    [step('docker/build-push-action', { x: '.' }), plain, 'yes'],
    [step('docker/build-push-action', { target: 'tested' }), staged, 'yes'],
    [step('docker/build-push-action', { target: 'base' }), staged, 'no'],
    [step('docker/build-push-action', { file: 'Dockerfile' }), plain, 'yes'],
    [step('docker/bake-action', { x: '1' }), plain, 'yes'],
    [step('mydocker/build-push-action', { x: '1' }), plain, 'no'],
    [step('docker/build-push-actions', { x: '1' }), plain, 'no'],
    [step('docker/login-action', { x: '1' }), plain, 'no'],
  ])('%s %s: %s', async (steps, dockerfile, expected) => {
    expect(await tests(ci(steps, image(dockerfile)))).toBe(expected);
  });

  it.each<[string, string]>([
    ['FROM node:22 AS a\nCOPY . .\nRUN npm test\nFROM node:22\nCOPY --from=a /x /x\n', 'yes'],
    ['FROM node:22 AS a\nCOPY . .\nRUN npm test\nFROM node:22\nCOPY --from=0 /x /x\n', 'yes'],
    ['FROM node:22 AS a\nCOPY . .\nRUN npm test\nFROM node:22\nCOPY --from=b /x /x\n', 'no'],
    ['FROM node:22 AS a\nCOPY . .\nRUN npm test\nFROM node:22 AS b\nFROM node:22\nCOPY --from=1 /x /x\n', 'no'],
    ['FROM node:22 AS 0a\nCOPY . .\nRUN npm test\nFROM node:22\nCOPY --from=0a /x /x\n', 'yes'],
    ['FROM node:22 AS a0\nCOPY . .\nRUN npm test\nFROM node:22\nCOPY --from=a0 /x /x\n', 'yes'],
    ['FROM node:22 AS a\nCOPY . .\nRUN npm test\nFROM a\n', 'yes'],
  ])('%s: %s', async (dockerfile, expected) => {
    expect(await tests(ci(run('docker build .'), image(dockerfile)))).toBe(expected);
  });
});

describe('a container that tests', () => {
  const run = (command: string) => `      - run: ${command}\n`;
  const compose = 'services:\n  api:\n    build: .\n  tests:\n    build: .\n    command: npm test\n';
  it.each<[string, string]>([
    ['docker run node:22 npx vitest run', 'yes'],
    ['docker run --rm -v a:b -w /app node:22 npx vitest run', 'yes'],
    ['docker run -e A=1 --name x --network host node:22 npx vitest run', 'yes'],
    ['docker run --env=A node:22 npx vitest run', 'yes'],
    ['docker container run node:22 npx vitest run', 'yes'],
    ['docker exec api npx vitest run', 'yes'],
    ['docker run node:22', 'no'],
    ['docker run node:22 npx eslint .', 'no'],
    ['docker logs npx vitest run', 'no'],
    ['docker compose run api npx vitest run', 'yes'],
    ['docker compose run --rm api npx vitest run', 'yes'],
    ['docker-compose exec -T api npx vitest run', 'yes'],
    ['docker compose -f compose.yaml run api npx vitest run', 'yes'],
    ['docker compose up tests', 'yes'],
    ['docker compose up --exit-code-from tests', 'yes'],
    ['docker compose up api', 'no'],
    ['docker compose -f compose.yaml up tests', 'yes'],
    ['docker compose --file compose.yaml up tests', 'yes'],
    ['docker compose --file=compose.yaml up tests', 'yes'],
    ['docker compose -f other.yaml up tests', 'no'],
    ['docker compose --files=compose.yaml up tests', 'yes'],
  ])('%s: %s', async (command, expected) => {
    const files = { 'compose.yaml': compose, Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "src/index.js"]\n' };
    expect(await tests(ci(run(command), files))).toBe(expected);
  });
  it.each<[string, string]>([
    ['compose.yml', 'yes'],
    ['docker-compose.yml', 'yes'],
    ['docker-compose.yaml', 'yes'],
    ['docker-compose.test.yml', 'no'],
    ['my-compose.yml', 'no'],
    ['compose.yml.bak', 'no'],
  ])('by the file %s, where none is named: %s', async (name, expected) => {
    const files = { [name]: compose, Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "src/index.js"]\n' };
    expect(await tests(ci(run('docker compose up tests'), files))).toBe(expected);
  });
});

describe('an event that is no change', () => {
  const when = (condition: string) => `      - run: npm test\n        if: ${condition}\n`;
  it.each<[string, string]>([
    ["github.event_name == 'push'", 'yes'],
    ["github.event_name == 'schedule'", 'no'],
    ["github.event_name=='release'", 'no'],
    ['github.event_name  ==  "workflow_dispatch"', 'no'],
    ["github.event_name == 'issue_comment'", 'no'],
    ["github.event_name == 'issues'", 'no'],
    ["github.event_name != 'schedule'", 'yes'],
  ])('%s: %s', async (condition, expected) => {
    expect(await tests(ci(when(condition)))).toBe(expected);
  });
});

describe('a second component takes part in a pipeline', () => {
  const two = (steps: string) => ({
    ...ci(`      - run: npm test\n${steps}`),
    'apps/web/package.json': '{"name":"web","scripts":{"start":"node index.js"},"dependencies":{"express":"5"}}',
    'apps/web/index.js': app(''),
    'apps/web/Dockerfile': 'FROM node:22\nCOPY . .\nCMD ["node", "index.js"]\n',
  });
  it.each<[string, string]>([
    ['npx eslint .', 'yes'],
    ['npx tsc', 'yes'],
    ['npx biome check', 'yes'],
    ['npx oxlint', 'yes'],
    ['npx eslint src', 'no'],
    ['npx eslint app', 'no'],
    ['npx eslint server', 'no'],
    ['npx eslint lib/*', 'no'],
    ['npx eslint lib/deep', 'no'],
    ['npx eslint srcs', 'yes'],
    ['npx eslint my-app', 'yes'],
    ['npx prettier .', 'no'],
    ['docker build apps/web', 'yes'],
    ['docker buildx bake', 'yes'],
    ['docker bake', 'yes'],
    ['skaffold build', 'yes'],
    ['skaffold test', 'yes'],
    ['tilt ci', 'yes'],
    ['earthly +all', 'yes'],
    ['dagger call x', 'yes'],
    ['bazel test //...', 'yes'],
    ['bazel query //...', 'no'],
    ['skaffold dev', 'no'],
    ['lint --in=web', 'yes'],
    ['lint a:web', 'yes'],
    ['lint webs', 'no'],
    ['cd apps/web && ./check', 'yes'],
    ['cd apps/web', 'no'],
    ['echo apps/web', 'no'],
    ['scp apps/web host', 'no'],
    ['rsync apps/web host', 'no'],
    ['kubectl apply -f apps/web', 'no'],
    ['docker push apps/web', 'no'],
    ['docker tag apps/web b', 'no'],
    ['git add apps/web', 'no'],
  ])('%s: %s', async (command, expected) => {
    expect(await tests(two(`      - run: ${command}\n`), { by: 'each' })).toBe(expected);
  });
  it.each<[string, string]>([
    ['docker build apps/web\n      - run: docker push a', 'no'],
    ['docker build apps/web\n      - run: kubectl rollout restart a', 'no'],
    ['docker build apps/web\n      - run: helm upgrade a', 'no'],
    ['docker build apps/web\n      - run: kubectl get a', 'yes'],
    ['docker build --push apps/web', 'no'],
    ['docker build apps/web --push', 'no'],
    ['docker build apps/web --pushed', 'yes'],
    ['docker compose build\n      - run: skaffold run', 'yes'],
  ])('by an image alone, %s: %s', async (command, expected) => {
    expect(await tests(two(`      - run: ${command}\n`), { by: 'each' })).toBe(expected);
  });
});
