import type { AuditModel } from '../../model/audit-model.ts';
import type { LockfileFact, ManifestFact } from '../../model/facts/index.ts';
import { isWithin } from '../../model/paths.ts';

export type Manager = 'npm' | 'pnpm' | 'yarn' | 'bun';

export interface Installing {
  manager: Manager;
  /** Folder that packages are installed in: the lockfile's, or the workspace's root. */
  root: string;
  lockfile: LockfileFact | null;
  /** Yarn 2 or later. */
  berry: boolean;
}

export const manifestOf = ({ facts }: AuditModel, folder: string): ManifestFact | null =>
  facts.manifests.find(({ dir }) => dir === folder) ?? null;

/** How packages of a folder are installed: by the nearest lockfile above it, else by what its manifests say. */
export function installingOf(model: AuditModel, folder: string): Installing {
  const nearest = <T extends { dir: string }>(list: readonly T[]): T | null =>
    [...list].filter(({ dir }) => isWithin(folder, dir)).sort((a, b) => b.dir.length - a.dir.length)[0] ?? null;
  const lockfile = nearest(model.facts.lockfiles.filter((one) => one.language === 'js'));
  const workspace = nearest(model.facts.manifests.filter((one) => one.workspaces.length > 0));
  const said = nearest(model.facts.manifests.filter((one) => one.packageManager !== null))?.packageManager ?? '';
  const manager = known(lockfile?.manager) ?? known(said.split('@')[0]) ?? 'npm';
  const root = lockfile?.dir ?? (workspace && belongs(model, workspace, folder) ? workspace.dir : folder);
  const berry =
    manager === 'yarn' &&
    (/^yarn@[2-9]/.test(said) || model.view.has(root === '.' ? '.yarnrc.yml' : `${root}/.yarnrc.yml`));
  return { manager, root, lockfile, berry };
}

const belongs = (model: AuditModel, workspace: ManifestFact, folder: string): boolean =>
  folder !== workspace.dir && manifestOf(model, folder) !== null;

const known = (name: string | undefined): Manager | null =>
  name === 'npm' || name === 'pnpm' || name === 'yarn' || name === 'bun' ? name : null;
