import type { Finding } from '../model/finding.ts';
import { isJudged, type Status, type UnknownCause } from '../model/status.ts';

export interface Aggregate {
  status: Status;
  ready: number;
  judged: number;
  cause?: UnknownCause;
  reason?: string;
}

/** The answer for the repository from the answers for its components (docs/statuses.md, "Over several components"). */
export function aggregate(
  findings: readonly Pick<Finding, 'component' | 'status' | 'cause' | 'reason'>[],
  quorum: 'each' | 'most',
): Aggregate {
  const judged = findings.filter((finding) => isJudged(finding.status));
  const open = findings.filter((finding) => finding.status === 'unknown');
  const has = (status: Status) => judged.some((finding) => finding.status === status);
  const ready = judged.filter((finding) => finding.status === 'ready').length;
  const counts = { ready, judged: judged.length };
  if (judged.length === 0) {
    const first = open.find((finding) => finding.cause === 'failed') ?? open[0];
    if (!first) return { status: 'not-applicable', ...counts };
    return { status: 'unknown', ...counts, cause: first.cause ?? 'blind', reason: first.reason };
  }
  const enough = quorum === 'most' ? ready * 2 > judged.length : ready === judged.length;
  const status = enough ? 'ready' : ready > 0 || has('partial') ? 'partial' : has('unwired') ? 'unwired' : 'missing';
  if (open.length === 0) return { status, ...counts };
  const of = judged.length + open.length;
  return {
    status,
    ...counts,
    reason: `judged ${judged.length} of ${of}: ${open[0]!.reason ?? 'the rest could not be judged'}`,
  };
}
