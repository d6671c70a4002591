/** What the names of files and folders say of them. */

const tokensOf = (path: string): string[] => path.toLowerCase().split(/[/._\-\s]+/);

const production = new Set([
  'prod',
  'prd',
  'production',
  'deploy',
  'deployment',
  'deployments',
  'release',
  'live',
  'selfhost',
  'selfhosted',
]);
const development = new Set([
  'dev',
  'devel',
  'develop',
  'development',
  'local',
  'localhost',
  'test',
  'tests',
  'testing',
  'ci',
  'e2e',
  'debug',
  'devcontainer',
  'gitpod',
  'sandbox',
  'cypress',
  'playwright',
  'integration',
  'mock',
  'bench',
  'benchmark',
  'perf',
]);
const samples = new Set([
  'example',
  'examples',
  'sample',
  'samples',
  'fixture',
  'fixtures',
  '__fixtures__',
  '__tests__',
  'testdata',
  'demo',
  'demos',
  'node_modules',
  'vendor',
]);

/** A file or folder name says production, and none says development. */
export const saysProduction = (path: string): boolean =>
  !saysDevelopment(path) && tokensOf(path).some((token) => production.has(token));

export const saysDevelopment = (path: string): boolean => tokensOf(path).some((token) => development.has(token));

/** Examples, samples and fixtures are never evidence of what is deployed. */
export const isSample = (path: string): boolean =>
  path.split('/').some((segment) => samples.has(segment.toLowerCase()) || sampleFiles.test(segment));
const sampleFiles =
  /^(?:examples?|samples?|demos?)[-_](?:manifests?|configs?|deployments?|k8s|kubernetes|yamls?|charts?)$/i;

/** Sources of what a generator writes are no definitions of this repository. */
export const isTemplate = (path: string): boolean =>
  path
    .split('/')
    .some((segment) =>
      /^(?:templates?|scaffolds?|skeletons?|stubs|blueprints|generators?)$|\.(?:template|tmpl|tpl)\./i.test(segment),
    );

/** Words of a name that say what it is, without those that nearly every name has. */
export function nameTokens(name: string): string[] {
  const words = name
    .replace(/^@[^/]+\//, '')
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  const telling = words.filter((word) => !filler.has(word));
  return telling.length > 0 ? telling : words;
}

const filler = new Set([
  'service',
  'services',
  'svc',
  'srv',
  'app',
  'apps',
  'application',
  'deployment',
  'deploy',
  'depl',
  'image',
  'docker',
  'container',
  'microservice',
  'ms',
  'pod',
  'packages',
  'package',
  'src',
  'the',
]);

/** Is `part` the end of `whole`, word by word? */
export const endsWithTokens = (whole: readonly string[], part: readonly string[]): boolean =>
  part.length > 0 &&
  part.length <= whole.length &&
  part.every((token, i) => token === whole[whole.length - part.length + i]);
