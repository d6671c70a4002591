import type { AuditModel } from '../model/audit-model.ts';
import type { ReportV1, RuleResultV1 } from '../model/report.ts';
import { badness, isGap, isJudged, type Status } from '../model/status.ts';

export const statusAt = (report: ReportV1, rule: string, component: string | null): Status | null => {
  const result = report.rules.find(({ id }) => id === rule);
  if (!result) return null;
  if (component === null || result.scope === 'repository') return result.status;
  return result.components.find(({ path }) => path === component)?.status ?? null;
};

export const raises = (before: Status, after: Status | null): boolean =>
  after !== null && isGap(before) && isJudged(after) && badness(after) < badness(before);

export interface Effects {
  /** `rule (component): ready to partial`. */
  fell: string[];
  /** Gaps of what did not apply before. */
  opens: string[];
}

/**
 * What a change for a rule does to every rule and component besides the gap it is meant for. What one component puts to use no
 * longer lies idle beside the others: the same rule going from unwired to missing there takes nothing away.
 */
export function effects(before: ReportV1, after: ReportV1, rule: string): Effects {
  const fell: string[] = [];
  const opens: string[] = [];
  const known = new Map(before.rules.flatMap(verdicts));
  for (const [key, now] of after.rules.flatMap(verdicts)) {
    const was = known.get(key) ?? 'not-applicable';
    known.delete(key);
    if (was === now || (was === 'unwired' && now === 'missing' && key.startsWith(`${rule} (`))) continue;
    if (was === 'not-applicable') {
      if (isGap(now)) opens.push(`${key}: ${now}`);
    } else if (badness(now) > badness(was) || (isJudged(was) && now === 'unknown'))
      fell.push(`${key}: ${was} to ${now}`);
  }
  for (const [key, was] of known) if (isJudged(was)) fell.push(`${key}: ${was}, and no longer judged`);
  return { fell, opens };
}

const verdicts = (rule: RuleResultV1): [string, Status][] =>
  rule.scope === 'repository'
    ? [[rule.id, rule.status]]
    : rule.components.map(({ path, status }) => [`${rule.id} (${path})`, status]);

/** Files that could be read before and cannot now: a fix that breaks a file is no fix. */
export function newlyBroken(before: AuditModel, after: AuditModel): string[] {
  const known = new Set(before.facts.failures.map(({ fact, file }) => `${fact} ${file}`));
  return after.facts.failures
    .filter(({ fact, file }) => !known.has(`${fact} ${file}`))
    .map(({ file, message }) => `${file}: ${message}`);
}
