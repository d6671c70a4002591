import { runsOf } from '../../commands/index.ts';
import type { ManifestFact } from '../../model/facts/index.ts';
import { byCodeUnit, dirOf, isWithin } from '../../model/paths.ts';
import { isSamplePath, isTestPath } from '../../model/source-paths.ts';
import type { Subject } from '../types.ts';
import { installingOf } from './_packages.ts';
import type { Parameters } from './_parameter.ts';
import { testStoresIn } from './_test-stores.ts';
import { slugOf } from './project.ts';

/** What pipelines are written from: every folder that packages are installed in, and what can be run there. */
const repository: Parameters = (subject) => {
  const roots = installRoots(subject);
  const ecosystems = ecosystemsOf(
    subject,
    roots.map(({ dir }) => dir),
  );
  return {
    /** Those in which there is something to run. */
    checkedRoots: roots.filter((root) => root.steps.length > 0),
    ecosystems,
    dockerFolders: [...new Set(subject.model.facts.dockerfiles.map(({ path }) => dirOf(path)))]
      .filter((dir) => !isSamplePath(`${dir}/Dockerfile`))
      .sort(byCodeUnit)
      .map((dir) => ({ directory: dir === '.' ? '/' : `/${dir}` })),
    usesActions: subject.view.glob('.github/workflows/*.{yml,yaml}').length > 0,
    branch: 'main',
  };
};
export default repository;

function ecosystemsOf({ model }: Subject, npmRoots: readonly string[]) {
  const other: Record<string, string> = {
    python: 'pip',
    go: 'gomod',
    java: 'maven',
    rust: 'cargo',
    php: 'composer',
    ruby: 'bundler',
    dotnet: 'nuget',
    elixir: 'mix',
    dart: 'pub',
  };
  const found = npmRoots.map((dir) => ({ ecosystem: 'npm', dir }));
  for (const manifest of model.facts.foreignManifests) {
    const gradle = /gradle/.test(manifest.path);
    const ecosystem = gradle ? 'gradle' : other[manifest.language];
    if (
      ecosystem &&
      !isSamplePath(manifest.path) &&
      !found.some((one) => one.ecosystem === ecosystem && one.dir === manifest.dir)
    )
      found.push({ ecosystem, dir: manifest.dir });
  }
  return found
    .map(({ ecosystem, dir }) => ({ ecosystem, directory: dir === '.' ? '/' : `/${dir}` }))
    .sort((a, b) => byCodeUnit(a.ecosystem, b.ecosystem) || byCodeUnit(a.directory, b.directory));
}

/** One per lockfile or workspace; a package alone is its own. Samples and tests are left out. */
function installRoots(subject: Subject) {
  const { model } = subject;
  const manifests = model.facts.manifests.filter(({ path }) => !isSamplePath(path) && !isTestPath(path));
  const dirs = [...new Set(manifests.map(({ dir }) => installingOf(model, dir).root))].sort(byCodeUnit);
  return dirs.map((dir) => {
    const { manager, lockfile, berry } = installingOf(model, dir);
    const members = manifests.filter((one) => installingOf(model, one.dir).root === dir);
    return {
      dir,
      job: dir === '.' ? 'test' : slugOf(dir.replaceAll('/', '-')),
      atRoot: dir === '.',
      manager,
      npm: manager === 'npm',
      pnpm: manager === 'pnpm',
      bun: manager === 'bun',
      pnpmVersion: manager === 'pnpm' && !manifests.some((one) => one.packageManager?.startsWith('pnpm')),
      berry,
      locked: lockfile !== null,
      lockfile: lockfile?.path ?? null,
      cache: lockfile !== null && manager !== 'bun',
      install:
        lockfile === null
          ? `${manager} install`
          : manager === 'npm'
            ? 'npm ci'
            : berry
              ? 'yarn install --immutable'
              : `${manager} install --frozen-lockfile`,
      steps: steps(members, dir, manager, subject),
      ...testStoresIn(subject, dir),
    };
  });
}

const wanted = [
  { title: 'Lint', scripts: ['lint'] },
  { title: 'Check types', scripts: ['typecheck', 'type-check', 'check-types', 'tsc'] },
  { title: 'Test', scripts: ['test:ci', 'test'] },
  { title: 'Build', scripts: ['build'] },
];

/** The scripts of the root, or where it has none those of each package in it. */
function steps(members: readonly ManifestFact[], root: string, manager: string, subject: Subject) {
  const top = members.find(({ dir }) => dir === root);
  return wanted.flatMap(({ title, scripts }) => {
    const of = (manifest: ManifestFact | undefined) => scripts.find((name) => usable(manifest, name, subject));
    const own = of(top);
    const run = (script: string) =>
      script === 'test' && manager !== 'bun' ? `${manager} test` : `${manager} run ${script}`;
    if (own && top) return [{ title, run: run(own), folder: root, atRoot: root === '.' }];
    return members
      .filter((member) => member !== top && of(member) && isWithin(member.dir, root))
      .sort((a, b) => byCodeUnit(a.dir, b.dir))
      .map((member) => ({ title: `${title} ${member.dir}`, run: run(of(member)!), folder: member.dir, atRoot: false }));
  });
}

/** Declared, and neither a placeholder nor something that waits for changes. */
function usable(manifest: ManifestFact | undefined, script: string, { model, view }: Subject): boolean {
  const text = manifest?.scripts[script];
  if (!manifest || text === undefined || /no test specified|--watch\b(?!=false|All=false)/.test(text)) return false;
  const runs = runsOf(text, { cwd: manifest.dir, facts: model.facts, view });
  return runs.some((run) => !run.echoOnly && !['nodemon', 'tsx watch'].includes(run.program));
}
