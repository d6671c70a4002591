import type { ComponentVerdictV1, ReportV1, RuleResultV1 } from './report.ts';
import { badness, isGap, isJudged, type Status } from './status.ts';

/**
 * The report as a gate should see it: every status that runs worse than it is written is lowered. None is raised, for what is not in the
 * repository is gone with the next deploy.
 */
export function lowered(report: ReportV1): ReportV1 {
  return { ...report, rules: report.rules.map(lowerRule) };
}

function lowerRule(rule: RuleResultV1): RuleResultV1 {
  const status = rule.scope === 'repository' ? lower(rule) : rule.status;
  const components = rule.components.map((entry) => ({ ...entry, status: lower(entry) }));
  if (status === rule.status && components.every((entry, i) => entry.status === rule.components[i]!.status))
    return rule;
  if (rule.scope === 'repository')
    return { ...rule, status, ready: status === 'ready' ? 1 : 0, credit: credit(status) };
  const judged = components.filter((entry) => isJudged(entry.status) && !entry.accepted);
  const ready = judged.filter((entry) => entry.status === 'ready').length;
  const sum = judged.reduce((total, entry) => total + credit(entry.status), 0);
  return {
    ...rule,
    components,
    status: overall(judged),
    ready,
    credit: judged.length === 0 ? null : sum / judged.length,
  };
}

function lower({ status, live }: Pick<ComponentVerdictV1, 'status' | 'live'>): Status {
  return live?.contradicts && isGap(live.status) && badness(live.status) > badness(status) ? live.status : status;
}

const credit = (status: Status): number => (status === 'ready' ? 1 : status === 'partial' ? 0.5 : 0);

/** Components brought to one status, as the catalogue has it. */
function overall(judged: readonly { status: Status }[]): Status {
  const found = new Set(judged.map(({ status }) => status));
  if (found.size === 0) return 'unknown';
  if (found.size === 1) return [...found][0]!;
  if (found.has('ready') || found.has('partial')) return 'partial';
  return 'unwired';
}
