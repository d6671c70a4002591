import type { AuditModel } from '../model/audit-model.ts';
import type { DeployedRole } from '../model/deployment.ts';
import type { ComposeFact, ComposeService } from '../model/facts/index.ts';
import type { ReportV1 } from '../model/report.ts';
import type { LiveContainer } from './engine/container.ts';
import type { LiveImage } from './engine/read.ts';

/** What the audit found, as verify needs it: what was known, and what was answered. */
export interface Audited {
  model: AuditModel;
  report: ReportV1;
}

/** A container that belongs to the target. */
export interface Member {
  container: LiveContainer;
  image: LiveImage | null;
  /** Path of the component it runs; null for third-party software. */
  component: string | null;
  role: DeployedRole;
  /** `postgres`, `nginx`, …: by what the deployment says, else by the image's name. */
  software: string | null;
  /** The service of a compose file that it was made from. */
  declared: { file: ComposeFact; service: ComposeService } | null;
  /** A phrase: `compose service "api"`, `image name`, `published port 3000`. */
  matchedBy: string;
  /** Beyond doubt the target's own: started from its compose files, or named by the user. Only such a container is ever touched. */
  owned: boolean;
}

/** What runs of the target, and what else runs beside it. */
export interface Stack {
  members: Member[];
  unmatched: { name: string; image: string; reason: string }[];
  /** Components that a matched project should run and no container runs. */
  absent: { component: string; service: string; project: string }[];
  projects: string[];
}

/** Members that run a component, one after the other. */
export const membersOf = (stack: Stack, component: string): Member[] =>
  stack.members.filter((member) => member.component === component);

/** True when two containers can reach each other by name or address. */
export function shareNetwork(a: LiveContainer, b: LiveContainer): boolean {
  return (
    (a.hostNetwork && b.hostNetwork) || a.networks.some(({ name }) => b.networks.some((other) => other.name === name))
  );
}
