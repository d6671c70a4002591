import { realpathSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import type { AuditModel } from '../../model/audit-model.ts';
import type { ComposeFact, ComposeService } from '../../model/facts/index.ts';
import { baseOf, dirOf } from '../../model/paths.ts';
import type { ComposeLabels } from '../engine/container.ts';

/** How a compose project stands to the target. */
export type Standing = { ours: true; owned: boolean; files: ComposeFact[] } | { ours: false; reason: string };

/**
 * Whose project is it? Ours when it was started from the target's folder or the user named it; probably ours when its client left no
 * folder and both project name and service are in our compose files. A like name alone, from another folder, is somebody else's.
 */
export function standing(model: AuditModel, labels: ComposeLabels, named: string | null): Standing {
  const files = model.facts.compose;
  const started = [...labels.files, ...(labels.folder ? [labels.folder] : [])].map((path) =>
    within(model.view.root, path),
  );
  const inside = started.filter((path): path is string => path !== null);
  if (inside.length > 0) {
    const used = files.filter(({ path }) => inside.includes(path));
    const beside = files.filter(({ dir }) => inside.includes(dir));
    return { ours: true, owned: true, files: used.length > 0 ? used : beside.length > 0 ? beside : files };
  }
  if (named === labels.project) return { ours: true, owned: true, files };
  if (labels.folder !== null || labels.files.length > 0) {
    return {
      ours: false,
      reason: `project "${labels.project}" was started from another folder; --project ${labels.project} takes it`,
    };
  }
  const likely = files.filter(
    (file) => projectName(model, file) === labels.project && serviceOf([file], labels.service),
  );
  if (likely.length > 0) return { ours: true, owned: false, files: likely };
  return {
    ours: false,
    reason: `project "${labels.project}" is not of this repository; --project ${labels.project} takes it`,
  };
}

/** The declaration of a service; the last file that has it, as an override stands after what it overrides. */
export function serviceOf(
  files: readonly ComposeFact[],
  name: string,
): { file: ComposeFact; service: ComposeService } | null {
  const found = files.flatMap((file) => {
    const service = file.services.find((candidate) => candidate.name === name);
    return service ? [{ file, service }] : [];
  });
  return found.find(({ service }) => service.build) ?? found.at(-1) ?? null;
}

/** The path of `path` in the target, POSIX, `.` for its root; null when it lies elsewhere. */
function within(root: string | null, path: string): string | null {
  if (root === null || !isAbsolute(path)) return null;
  const between = relative(real(root), real(path));
  if (isAbsolute(between) || between === '..' || between.startsWith(`..${sep}`)) return null;
  return between === '' ? '.' : between.split(sep).join('/');
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** The project name compose would choose: the file's own `name`, else its folder's. */
function projectName(model: AuditModel, file: ComposeFact): string {
  const own = /^name:[ \t]*["']?([\w.-]+)/m.exec(model.view.text(file.path))?.[1];
  const folder =
    dirOf(file.path) === '.' ? baseOf((model.view.root ?? '').split(sep).join('/')) : baseOf(dirOf(file.path));
  return (own ?? folder)
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
}
