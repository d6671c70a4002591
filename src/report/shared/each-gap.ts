import { createHash } from 'node:crypto';
import type { Evidence } from '../../model/evidence.ts';
import type { ComponentVerdictV1, ReportV1, RuleResultV1 } from '../../model/report.ts';
import { isGap, type Severity, type Status } from '../../model/status.ts';
import { anchorOf } from './anchor.ts';
import { ownEvidence, worstFirst } from './gaps.ts';
import { pathText, statusWords } from './verdict.ts';

/** One rule's gap in one component, or in the whole repository: what formats for tools count by. */
export interface GapEntry {
  rule: RuleResultV1;
  /** Null for a rule of the whole repository. */
  component: string | null;
  status: Status;
  severity: Severity;
  accepted: boolean;
  /** Where it is shown. */
  at: Evidence;
  /** Further places, and for an absence the near misses. */
  related: Evidence[];
  owners: string[];
}

/** Every gap, accepted ones too, worst rule first and then by component. */
export function eachGap(report: ReportV1): GapEntry[] {
  const rules = report.rules.filter((rule) => isGap(rule.status)).sort(worstFirst);
  return rules.flatMap((rule) => {
    if (rule.scope === 'repository' || rule.components.length === 0) return [entryOf(report, rule, null)];
    return rule.components.filter((verdict) => isGap(verdict.status)).map((verdict) => entryOf(report, rule, verdict));
  });
}

function entryOf(report: ReportV1, rule: RuleResultV1, verdict: ComponentVerdictV1 | null): GapEntry {
  const at = anchorOf(report, rule, verdict);
  const evidence = [...(verdict?.evidence ?? []), ...ownEvidence(rule)];
  return {
    rule,
    component: verdict?.path ?? null,
    status: verdict?.status ?? rule.status,
    severity: verdict?.severity ?? rule.severity,
    accepted: (verdict === null ? rule.accepted : verdict.accepted) ?? false,
    at,
    related: evidence.filter(({ file, line }) => file !== at.file || line !== at.line),
    owners: verdict?.owners ?? rule.owners,
  };
}

/** The same for as long as rule and component are: lines may move and wording may change. */
export const fingerprintOf = ({ rule, component }: GapEntry): string =>
  createHash('sha256')
    .update(`${rule.id}\0${component ?? '*'}`)
    .digest('hex');

/** `Database: unwired in services/orders`. */
export const headlineOf = ({ rule, component, status }: GapEntry): string =>
  `${rule.title}: ${statusWords[status]}${component === null ? '' : ` in ${pathText(component)}`}`;
