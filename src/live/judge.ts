import type { Component } from '../model/component.ts';
import type { LiveEvidenceV1 } from '../model/live.ts';
import type { ComponentVerdictV1, RuleResultV1 } from '../model/report.ts';
import { badness, type Status } from '../model/status.ts';
import type { LiveContainer } from './engine/container.ts';
import { type Audited, type Member, membersOf, type Stack } from './stack.ts';

/** Everything a judge may look at. */
export interface Scene extends Audited {
  stack: Stack;
  /** The engine's own clock, or null when it does not tell. */
  now: Date | null;
  /** By container id: files added since its image, for those containers where somebody needs to know. */
  added: ReadonlyMap<string, string[]>;
}

/** What running containers show of one rule, for one component or (null) for the repository. */
export interface Sighting {
  rule: string;
  component: string | null;
  status: Status;
  /** A `ready` that proves the rule by itself. Otherwise it says only that no shortfall was seen, and can confirm but not contradict. */
  whole: boolean;
  evidence: LiveEvidenceV1[];
  reason?: string;
}

export interface Judge {
  rule: string;
  judge(scene: Scene): Sighting[];
}

/** One container's part of an answer. */
export interface Part {
  status: Status;
  notes: string[];
  reason?: string;
}

/** Judges each component by its containers: the worst of them counts, and each says why. */
export function perComponent(
  rule: string,
  whole: boolean,
  part: (member: Member, component: Component, scene: Scene) => Part | null,
): Judge {
  return {
    rule,
    judge: (scene) =>
      scene.model.components.flatMap((component) => {
        if (!applies(scene, rule, component.path)) return [];
        const parts = withoutJobs(membersOf(scene.stack, component.path)).flatMap((member) => {
          const found = part(member, component, scene);
          return found ? [{ ...found, container: member.container.name }] : [];
        });
        return parts.length > 0 ? [{ component: component.path, whole, ...together(rule, parts) }] : [];
      }),
  };
}

/** A migration or seed that did its work and ended is no shortfall of the component whose other containers run. */
function withoutJobs(members: Member[]): Member[] {
  const ended = ({ container }: Member): boolean =>
    container.state === 'exited' && container.exitCode === 0 && /^(no|on-failure)$/.test(container.restartPolicy);
  return members.some(({ container }) => isRunning(container)) ? members.filter((member) => !ended(member)) : members;
}

/** Several containers of one component brought to one answer, worst first. */
export function together(
  rule: string,
  parts: (Part & { container: string })[],
): Pick<Sighting, 'rule' | 'status' | 'evidence' | 'reason'> {
  const ordered = [...parts].sort((a, b) => badness(b.status) - badness(a.status));
  const { status, reason } = ordered[0]!;
  const evidence = ordered.flatMap(({ container, notes }) => notes.map((note) => ({ container, note })));
  return { rule, status, evidence: folded(evidence), ...(reason === undefined ? {} : { reason }) };
}

/** Replicas say the same thing over and over: the first three stand for all. */
function folded(evidence: LiveEvidenceV1[]): LiveEvidenceV1[] {
  const counts = new Map<string, number>();
  for (const { note } of evidence) counts.set(note, (counts.get(note) ?? 0) + 1);
  const seen = new Map<string, number>();
  return evidence.flatMap(({ container, note }) => {
    const n = (seen.get(note) ?? 0) + 1;
    seen.set(note, n);
    const total = counts.get(note)!;
    if (n < 3 || total <= 3) return [{ container, note }];
    return n === 3 ? [{ container: `${container} and ${total - 3} more`, note }] : [];
  });
}

export const ruleOf = ({ report }: Audited, rule: string): RuleResultV1 | undefined =>
  report.rules.find(({ id }) => id === rule);

export const verdictOf = (audited: Audited, rule: string, component: string): ComponentVerdictV1 | undefined =>
  ruleOf(audited, rule)?.components.find(({ path }) => path === component);

/** A rule that does not apply to a component is not asked of its containers either. */
export function applies(audited: Audited, rule: string, component: string): boolean {
  const verdict = verdictOf(audited, rule, component);
  return verdict !== undefined && verdict.status !== 'not-applicable';
}

export const isRunning = ({ state }: LiveContainer): boolean => state === 'running';

/** `running`, `running (unhealthy)`, `exited 137 (out of memory)`, `restarting (exit code 1)`. */
export function describeState({ state, exitCode, oomKilled, health }: LiveContainer): string {
  if (state === 'running' && health) return `running (${health.status})`;
  if (state === 'exited' || state === 'dead') return `${state} ${exitCode}${oomKilled ? ' (out of memory)' : ''}`;
  if (state === 'restarting') return `restarting (${oomKilled ? 'out of memory' : `exit code ${exitCode}`})`;
  return state === 'created' ? 'created, never started' : state;
}

export function megabytes(bytes: number): string {
  const mb = bytes / 1024 ** 2;
  return mb >= 1024 ? `${Math.round(mb / 102.4) / 10} GB` : `${Math.round(mb * 10) / 10} MB`;
}
