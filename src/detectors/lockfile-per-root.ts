import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import { defineDetector } from '../model/detector.ts';
import type { ForeignManifestFact, ManifestFact } from '../model/facts/index.ts';
import { isWithin, relativeTo } from '../model/paths.ts';
import { allOf, no, type Signal, yes } from '../model/signal.ts';
import { isAside, noteOf } from './shared/scope.ts';

export default defineDetector({
  name: 'lockfile-per-root',
  asks: 'every folder that packages are installed in has a lockfile; `by: some`: at least one has; `by: none`: there is such a folder',
  reads: 'config',
  options: z.strictObject({ by: z.enum(['each', 'some', 'none']).default('each') }),
  judge(model, _, { by }) {
    const signals = [...installRoots(model).map((root) => judgeRoot(model, root)), ...foreignRoots(model)];
    if (signals.length === 0) return no('package manifests with dependencies');
    if (by === 'none') return yes(...signals.flatMap((signal) => signal.evidence).slice(0, 1));
    const held = signals.filter((signal) => signal.answer === 'yes');
    return by === 'some' && held.length > 0 ? yes(...held.flatMap((signal) => signal.evidence)) : allOf(signals);
  },
});

/** Manifests that are installed by themselves: no workspace above lists them. */
function installRoots(model: AuditModel): ManifestFact[] {
  const asking = model.facts.manifests.filter(hasDependencies);
  const workspaces = model.facts.manifests.filter((manifest) => manifest.workspaces.length > 0);
  // A workspace's root may ask for nothing itself: its members are installed there.
  const roots = workspaces.filter((root) => asking.some(({ dir }) => isWithin(dir, root.dir)));
  const manifests = [...new Set([...asking, ...roots])].filter(({ path }) => !isAside(path) && !samples.test(path));
  return manifests.filter((manifest) => {
    // Nx installs once at the root, whatever manifests its projects keep for publishing.
    if (manifest.dir !== '.' && model.view.has(`${manifest.dir}/project.json`) && model.view.has('nx.json'))
      return false;
    const roots = workspaces.filter((root) => root.dir !== manifest.dir && isWithin(manifest.dir, root.dir));
    return roots.length === 0 || standsOutside(model, roots, manifest);
  });
}

/** A component below a workspace that no pattern of it takes in, nor a lockfile: it is installed by itself. */
function standsOutside(model: AuditModel, roots: readonly ManifestFact[], { dir, path, name }: ManifestFact): boolean {
  if (!model.components.some((one) => one.path === dir) || isNamed(model, roots, dir)) return false;
  const isTaken = roots.some((root) => {
    const prefix = root.dir === '.' ? '' : `${root.dir}/`;
    return root.workspaces.some((pattern) =>
      model.view.glob(`${prefix}${pattern.replace(/^\.\//, '').replace(/\/$/, '')}/package.json`).includes(path),
    );
  });
  const isImported = model.facts.manifests.some(({ dependencies }) => name !== null && name in dependencies);
  return !isTaken && !isImported;
}

/** The lockfile of the workspace says the folder: its patterns were read wrongly, or they have changed since. */
const isNamed = (model: AuditModel, roots: readonly ManifestFact[], dir: string): boolean =>
  roots.some((root) => {
    const inside = relativeTo(dir, root.dir).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const entry = new RegExp(`^\\s*["']?${inside}["']?:|workspace:${inside}\\b`, 'm');
    return model.facts.lockfiles
      .filter((lock) => lock.language === 'js' && lock.dir === root.dir)
      .some((lock) => entry.test(model.view.text(lock.path)));
  });

const samples = /(^|[/_-])(examples?|samples?|demos?|fixtures?)\//i;

const hasDependencies = (manifest: ManifestFact): boolean =>
  [manifest.dependencies, manifest.devDependencies, manifest.optionalDependencies].some(
    (section) => Object.keys(section).length > 0,
  );

function judgeRoot(model: AuditModel, manifest: ManifestFact): Signal {
  const lockfile = model.facts.lockfiles.find((lock) => lock.language === 'js' && lock.dir === manifest.dir);
  if (lockfile) return yes(noteOf({ file: lockfile.path, line: 1 }, `locks ${manifest.dir}`));
  return no(`${manifest.dir}: a lockfile`, [
    noteOf({ file: manifest.path, line: 1 }, 'dependencies are installed here, and no lockfile lies beside it'),
  ]);
}

/** Languages whose package manager writes a lockfile by itself; for the others a missing one says nothing. */
const locking = ['python', 'ruby', 'php', 'rust', 'elixir', 'dart', 'go', 'dotnet'];

function foreignRoots(model: AuditModel): Signal[] {
  return model.facts.foreignManifests
    .filter(
      (manifest) =>
        locking.includes(manifest.language) &&
        installed(manifest) &&
        !isAside(manifest.path) &&
        !isPublished(model, manifest),
    )
    .map((manifest) => {
      const lockfile = model.facts.lockfiles.find(
        (lock) => lock.language === manifest.language && isWithin(manifest.dir, lock.dir),
      );
      if (lockfile) return yes(noteOf({ file: lockfile.path, line: 1 }, `locks ${manifest.dir}`));
      const loose = unpinned(model, manifest);
      if (loose === null) return yes(noteOf({ file: manifest.path, line: 1 }, 'pins every version'));
      return no(`${manifest.dir}: a lockfile`, [
        noteOf({ file: manifest.path, line: loose }, 'asks for packages, and no lockfile fixes their versions'),
      ]);
    });
}

/** It asks for packages of others. The SDK that a .NET project is built with is none. */
const installed = (manifest: ForeignManifestFact): boolean =>
  manifest.dependencies.some(({ name }) => !/^Microsoft\.(NET|AspNetCore)\.(Sdk|App)/.test(name));

/** A library is installed by whoever uses it, with a lockfile of their own. */
const isPublished = (model: AuditModel, manifest: ForeignManifestFact): boolean =>
  model.components.some((one) => one.path === manifest.dir && one.kind === 'library');

/** The first line that fixes no version; null for a requirements file that pins all, which is a lockfile by itself. */
function unpinned(model: AuditModel, manifest: ForeignManifestFact): number | null {
  if (!/requirements[^/]*\.txt$/.test(manifest.path)) return manifest.dependencies[0]!.line;
  const lines = model.view.read(manifest.path)?.split('\n') ?? [];
  const loose = manifest.dependencies.find(({ line }) => !/===?|@ (https?|git)/.test(lines[line - 1] ?? ''));
  return loose?.line ?? null;
}
