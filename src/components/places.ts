import { baseOf, relativeTo } from '../model/paths.ts';

/** Folders whose packages are inputs of tests or generators: nobody builds or runs them as they stand. */
const inert = new Set([
  '__fixtures__',
  'fixtures',
  'fixture',
  '__mocks__',
  '__tests__',
  '__testfixtures__',
  '__stubs__',
  'stubs',
  'stub',
  'testdata',
  'test-data',
  'test-fixtures',
  'fake_node_modules',
]);
/** Folders of others' code, kept here as it was. One by itself (`apps/vendor`) may be what vendors use. */
const taken = new Set(['vendor', 'vendored', 'third_party', 'third-party', 'bower_components']);
/** Folders of things to copy, which are a generator's material where there is a generator, and otherwise what the repository is about. */
const material = new Set(['template', 'templates', 'boilerplates', 'scaffold', 'scaffolds', 'starter', 'starters']);
const tooling = new Set([
  'example',
  'examples',
  'sample',
  'samples',
  'demo',
  'demos',
  'playground',
  'playgrounds',
  'sandbox',
  'benchmark',
  'benchmarks',
  'bench',
  'docs',
  'documentation',
  'e2e',
  'test',
  'tests',
  'spec',
  'integration-tests',
  'e2e-tests',
  'storybook',
  'scripts',
  'tools',
  'tooling',
  'generators',
  'codemods',
  'load-tests',
  'load-testing',
  'k6',
]);

const parts = (path: string): string[] => path.toLowerCase().split('/');

export const isInert = (path: string): boolean =>
  parts(path).some(
    (part, at, all) => inert.has(part) || /^fixtures?[-_]/.test(part) || (taken.has(part) && at < all.length - 1),
  );

export const isMaterial = (path: string): boolean => parts(path).some((part) => material.has(part));

/**
 * A path under examples, docs, tests, scripts and their like, or in a hidden folder (`.devcontainer`): what stands there is a tool,
 * whatever it is made of.
 */
const isTooling = (part: string): boolean =>
  tooling.has(part.replaceAll('_', '-')) || /^\.\w|[-_](tests?|e2e)$/.test(part);
export const isToolingPath = (path: string): boolean => parts(path).some(isTooling);

/** A stage of a course: `3-begin`, `lesson-02`, `chapter4`. */
const stage =
  /^\d{1,2}[-_](?:begin|beginning|start|starter|end|final|finished|complete|completed|solution)\b|^(?:chapter|lesson|step|exercise|day|episode|section|part)[-_]?\d{1,2}\b/;
export const isStagePath = (path: string): boolean => parts(path).some((part) => stage.test(part));

const configName =
  /(^\.)|\.config\.[cm]?[jt]s$|^(gulpfile|gruntfile|webpack|rollup|babel|jest|vitest|eslint|prettier|commitlint|knexfile|ormconfig|ecosystem|dangerfile|setupTests|test-setup)\b|\.(test|spec|stories|cy)\.|\.d\.ts$|_test\.(go|py|rb|exs)$|^test_.*\.py$/i;

/** A source file that could be part of what a component does: no configuration, test, script or documentation. `root` holds it. */
export function isOwnWork(file: string, root: string): boolean {
  // A Java package may be called anything: what it is called below its source folder says nothing of what it is for.
  const relative = relativeTo(file, root).replace(/(^|\/)src\/main\/(java|kotlin|scala)\/.*\//, '$1src/main/');
  if (configName.test(baseOf(file))) return false;
  return !parts(relative)
    .slice(0, -1)
    .some(
      (part) =>
        isTooling(part) || inert.has(part) || part.startsWith('.') || part === 'cypress' || part === 'playwright',
    );
}
