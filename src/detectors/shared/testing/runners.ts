import type { CommandRun } from '../../../commands/index.ts';
import type { Language } from '../../../model/component.ts';
import { memo } from '../../../model/memo.ts';
import { baseOf } from '../../../model/paths.ts';
import { isProgram, matchesProgram } from '../programs.ts';
import type { TestTool } from './files.ts';

/** What a program that runs tests can run. `any`: a script of one's own, named for tests. */
export type Runs = TestTool | 'any' | 'http' | Language;

const table: readonly [Runs, readonly string[]][] = [
  [
    'unit',
    [
      'jest',
      'vitest',
      'mocha',
      '_mocha',
      'ava',
      'tap',
      'tape',
      'uvu',
      'jasmine',
      'jasmine-ts',
      'qunit',
      'lab',
      'poku',
      'borp',
      'baretest',
      'zora',
      'japa',
      'testem',
      'wtr',
      'web-test-runner',
      'intern',
      'aegir test',
      'tsdx test',
      'dts test',
      'kcd-scripts test',
      'tapenade',
      'mocha-*',
      'jest-*',
      'nodeunit',
      'vows',
      'react-scripts test',
      'craco test',
      'react-app-rewired test',
      'razzle test',
      'wp-scripts test-unit-js',
      'vue-cli-service test:unit',
      'umi-test',
      'max test',
      'backpack test',
      'ng test',
      'ember test',
      'stencil test',
      'node|tsx|ts-node|node-dev --test',
      'node --test-*',
      'bun test',
      'deno test',
      'node ace|ace.js test',
      'egg-bin test|cov',
      'test-storybook',
      'glub',
      'jake test',
      'gulp test*',
      'grunt test*',
      'heft test',
      'nps test*',
      'cds test',
      'ts-mocha',
      'mochapack',
      'electron-mocha',
      'karma',
      'buster-test',
      'tst',
      'tsd-lite',
      'jestx',
      'rstest',
      'twd',
      'cucumber-js',
      'cucumber',
      '*:jest',
      '*:vitest',
      '*:test',
      '*:karma',
      '*:unit-test',
      '*:mocha',
      '*:vite-test',
    ],
  ],
  ['playwright', ['playwright test', 'playwright-*', '*:playwright', 'bddgen', 'wp-scripts test-playwright', 'pwtest']],
  ['cypress', ['cypress run|open|run-ct', '*:cypress', 'cypress-*', 'vue-cli-service test:e2e']],
  ['maestro', ['maestro test|cloud', 'maestro-*']],
  [
    'browser',
    [
      'wdio',
      'detox test',
      'testcafe',
      'nightwatch',
      'codeceptjs run*',
      'protractor',
      'ng e2e',
      'wp-scripts test-e2e',
      '*:detox*',
      '*:protractor',
      'shortest',
      'taiko',
      'magnitude',
    ],
  ],
  [
    'http',
    ['newman run', 'bru run', 'stepci run', 'dredd', 'hurl', 'tavern-*', 'schemathesis run', 'pactum*', 'karate'],
  ],
  [
    'python',
    [
      'pytest',
      'py.test',
      'tox',
      'nox',
      'python|python3 pytest',
      'python|python3 unittest',
      'python|python3 manage.py test',
      'python|python3 setup.py test',
      'nose2|nosetests',
      'hatch|pdm run pytest*',
      'hatch|pdm run python* test*',
      'hatch test',
      'trial',
    ],
  ],
  ['go', ['go test', 'gotestsum', 'ginkgo', 'gotest']],
  ['rust', ['cargo test|t|nextest', 'cargo llvm-cov']],
  [
    'java',
    [
      'mvn|mvnw|mvnd test|verify|install|package|deploy',
      'gradle|gradlew *test*|*build*|*check*|*Test*|*Check*',
      'sbt test',
      'lein test',
    ],
  ],
  ['dotnet', ['dotnet test', 'vstest*']],
  [
    'php',
    [
      'phpunit',
      'pest',
      'paratest',
      'php artisan test',
      'php *phpunit',
      'php *pest',
      'composer *test*',
      'codecept run',
      'behat',
      'artisan test',
      'sail test',
    ],
  ],
  [
    'ruby',
    [
      'rspec',
      'bundle exec rspec|rake|cucumber',
      'rake test*|spec*|default',
      'rails test*|spec',
      'bundle exec rails test*',
      'minitest',
    ],
  ],
  ['elixir', ['mix test|coveralls*']],
  ['dart', ['flutter test', 'dart test', 'melos *test*', 'very_good test']],
  ['swift', ['swift test', 'xcodebuild test*', 'fastlane test*|tests|scan']],
  [
    'other',
    [
      'ctest',
      'bats',
      'zig test',
      'elm-test',
      'spago test',
      'stack test',
      'cabal test',
      'dune test|runtest',
      'prove',
      'meson test',
      'bazel|bazelisk test',
      'buck test',
      'pants test',
    ],
  ],
];

/** Programs of a test script that test nothing by running it. */
const noTest = new Set(
  'eslint tslint oxlint biome prettier stylelint tsc vue-tsc tsgo svelte-check tsd xo standard ts-standard dtslint attw publint knip depcheck madge commitlint cspell markdownlint markdownlint-cli markdownlint-cli2 npm yarn pnpm bun npx nx turbo lerna mkdir rm rimraf cp cpy mv cat cd git docker docker-compose podman kubectl wait-on kill-port lsof kill pkill export prisma knex sequelize sequelize-cli typeorm drizzle-kit next vite astro nuxt nuxi webpack rollup tsup esbuild tsdown unbuild swc babel next-env curl wget openssl dotenv codecov coveralls nyc c8 serve http-server react-native expo pod adb xcrun chmod which test [ if only-allow is-ci husky size-limit bundlesize playwright cypress allure sass svgo makefile make cmake npm-run-all npm-run-all2 run-s run-p concurrently install-peerdeps patch-package tail head tee grep sed awk jq touch ls pwd node-gyp license-checker audit-ci snyk nest tsx ts-node ng gulp grunt wrangler firebase supabase sst serverless sls cargo go python python3 pip pip3 mvn mvnw gradle gradlew dotnet composer bundle gem php ruby sh bash'.split(
    ' ',
  ),
);

const testScript = /(?:^|[:._-])(?:tests?|specs?|e2e|integration|coverage|unit)(?:$|[:._-])/i;
const runtimes = new Set(
  'node nodejs tsx ts-node ts-node-esm bun deno zx babel-node vite-node esno jiti sh bash python python3'.split(' '),
);

interface Candidate {
  runs: Runs;
  pattern: string;
}
/** By program, the patterns that may fit it, in their order: few programs run tests, and every command is asked. */
const candidates = new Map<string, readonly Candidate[]>();
const candidatesFor = (program: string): readonly Candidate[] =>
  memo(candidates, program, () =>
    table.flatMap(([runs, patterns]) =>
      patterns.filter((pattern) => isProgram(program, pattern)).map((pattern) => ({ runs, pattern })),
    ),
  );

/** Their tasks, where they could not be followed further, are known by name. */
const monorepoTools = new Set('nx turbo lerna moon rush bazel wireit'.split(' '));

const skipsTests = /^(?:(?:-DskipTests|-Dmaven\.test\.skip)(?:=true)?|-x)$/;

/** What tests the program runs; null when it runs none. */
export function runnerOf(run: CommandRun): Runs | null {
  if (run.echoOnly) return null;
  const known = candidatesFor(run.program).find(({ pattern }) => matchesProgram(run, pattern));
  // Maven's `install` tests on its way.
  if (known?.runs === 'java') return run.argv.some((word) => skipsTests.test(word)) ? null : 'java';
  if (/^(?:install|init|list|show-|codegen|open-report|merge-reports)/.test(run.argv[1] ?? '')) return null;
  if (known) return known.runs;
  if (monorepoTools.has(run.program) && run.argv.some((word) => testScript.test(word))) return 'any';
  const named = run.script !== null && testScript.test(run.script.name);
  if (run.file !== null && runtimes.has(run.program) && (named || testScript.test(baseOf(run.file))))
    return /\b(?:lint|build|seed|setup|prepare|clean|reset|migrate)/.test(baseOf(run.file)) ? null : 'any';
  if (run.file !== null && testScript.test(baseOf(run.file)) && /\.(?:sh|bash)$/.test(run.file)) return 'any';
  return named && !noTest.has(run.program) && !/lint|types?$|typecheck/.test(run.script!.name) ? 'any' : null;
}
