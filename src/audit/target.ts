import { basename } from 'node:path';
import type { AuditModel } from '../model/audit-model.ts';
import type { ReportV1 } from '../model/report.ts';

/** What was audited. The folder's own name is used only where no manifest names the project. */
export function targetOf({ view, facts, components }: AuditModel): ReportV1['target'] {
  const named =
    facts.manifests.find((manifest) => manifest.dir === '.')?.name ??
    facts.foreignManifests.find((manifest) => manifest.dir === '.' && manifest.name)?.name ??
    (view.root ? basename(view.root) : components.find((component) => component.path === '.')?.name);
  return {
    path: '.',
    name: named || 'repository',
    commit: view.commit?.hash ?? null,
    committedAt: view.commit?.committedAt ?? null,
    files: view.list().length,
  };
}
