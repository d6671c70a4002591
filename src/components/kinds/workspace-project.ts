import { asRecord, asText, isRecord } from '../../model/data.ts';
import { baseOf } from '../../model/paths.ts';
import { readRelaxed } from '../roots/projects.ts';
import type { Signals } from '../signals.ts';

interface WorkspaceProject {
  /** `application` or `library`. */
  type: string | null;
  /** What builds, serves and tests it, as `@nx/next:server`. */
  executors: string[];
}

const known = new WeakMap<Signals, WorkspaceProject>();

/** What Nx's `project.json` or the workspace file that declares it says of a component. */
export function workspaceProject(signals: Signals): WorkspaceProject {
  let found = known.get(signals);
  if (!found) {
    found = read(signals);
    known.set(signals, found);
  }
  return found;
}

function read({ root, view }: Signals): WorkspaceProject {
  const own = root.path === '.' ? 'project.json' : `${root.path}/project.json`;
  const declares = root.manifest !== null && /^(angular|workspace|nest-cli)\.json$/.test(baseOf(root.manifest));
  const project = view.has(own)
    ? readRelaxed(view, own)
    : declares
      ? asRecord(asRecord(readRelaxed(view, root.manifest!).projects)[root.name])
      : {};
  const targets = Object.values(asRecord(project.targets ?? project.architect)).filter(isRecord);
  return {
    type: asText(project.projectType ?? project.type),
    executors: targets.map(({ executor, builder }) => asText(executor ?? builder)).filter((name) => name !== null),
  };
}
