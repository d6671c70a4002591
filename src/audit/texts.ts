import type { Finding } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import { isGap, type Status } from '../model/status.ts';
import type { Aggregate } from './aggregate.ts';

/** Names that are listed before the rest is only counted. */
const named = 4;

/** The rule's own sentence for the gap; empty where there is none to name. */
export function issueText(rule: Rule, aggregate: Aggregate): string {
  if (!isGap(aggregate.status)) return '';
  const text = rule.issue[aggregate.status] ?? rule.issue.missing;
  return text.replaceAll('{n}', String(aggregate.ready)).replaceAll('{of}', String(aggregate.judged));
}

/** Where it stands: how many of how many, and which components fall short in which way. */
export function statusText(rule: Rule, aggregate: Aggregate, findings: readonly Finding[]): string {
  if (aggregate.status === 'ready' && aggregate.reason === undefined) return rule.holds;
  if (aggregate.status === 'not-applicable') return findings[0]?.reason ?? 'does not apply here';
  if (aggregate.status === 'unknown') return `could not be judged: ${aggregate.reason ?? 'the reason is not known'}`;
  const judged = findings.filter((finding) => finding.status === 'ready' || isGap(finding.status));
  const text = judged.length === 1 ? single(rule, judged[0]!) : several(aggregate, judged);
  return aggregate.reason ? `${text}; ${aggregate.reason}` : text;
}

function single(rule: Rule, finding: Finding): string {
  if (finding.status === 'ready') return rule.holds;
  const looked = finding.searched[0];
  const words: Partial<Record<Status, string>> = {
    partial: looked ? `partial: lacking ${looked}` : 'partial',
    unwired: looked
      ? `exists, and nothing that runs uses it; looked for ${looked}`
      : 'exists, and nothing that runs uses it',
    missing: looked ? `no trace; looked for ${looked}` : 'no trace',
  };
  return words[finding.status] ?? finding.status;
}

function several(aggregate: Aggregate, judged: readonly Finding[]): string {
  const groups = (['partial', 'unwired', 'missing'] as const).map((status) => {
    const paths = judged.filter((finding) => finding.status === status).map((finding) => finding.component ?? '.');
    if (paths.length === 0) return '';
    const more = paths.length > named ? ` and ${paths.length - named} more` : '';
    return `${status}: ${paths.slice(0, named).join(', ')}${more}`;
  });
  return [`${aggregate.ready} of ${aggregate.judged} components ready`, ...groups.filter((text) => text !== '')].join(
    '; ',
  );
}
