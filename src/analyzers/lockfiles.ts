import type { Analyzer, LockfileFact } from '../model/facts/index.ts';
import { baseOf, dirOf } from '../model/paths.ts';

type Known = Pick<LockfileFact, 'manager' | 'language'>;
const js = (manager: LockfileFact['manager']): Known => ({ manager, language: 'js' });
const other = (language: LockfileFact['language']): Known => ({ manager: 'other', language });

const byName: Record<string, Known> = {
  'package-lock.json': js('npm'),
  'npm-shrinkwrap.json': js('npm'),
  'pnpm-lock.yaml': js('pnpm'),
  'yarn.lock': js('yarn'),
  'bun.lock': js('bun'),
  'bun.lockb': js('bun'),
  'deno.lock': js('deno'),
  'poetry.lock': other('python'),
  'uv.lock': other('python'),
  'pdm.lock': other('python'),
  'Pipfile.lock': other('python'),
  'go.sum': other('go'),
  'gradle.lockfile': other('java'),
  'Cargo.lock': other('rust'),
  'composer.lock': other('php'),
  'Gemfile.lock': other('ruby'),
  'packages.lock.json': other('dotnet'),
  'mix.lock': other('elixir'),
  'Package.resolved': other('swift'),
  'pubspec.lock': other('dart'),
};

const lockfiles: Analyzer<'lockfiles'> = {
  gives: 'lockfiles',
  sees: 'Lockfiles of every common package manager, by name and folder.',
  blindTo: 'Whether a lockfile agrees with its manifest.',
  analyze: (view) =>
    view
      .glob(Object.keys(byName).map((name) => `**/${name}`))
      .map((path) => ({ path, dir: dirOf(path), ...byName[baseOf(path)]! })),
};
export default lockfiles;
