import { openFactCache } from '../audit/cache/facts.ts';
import { type Asked, reportOf } from '../audit/cache/reports.ts';
import type { AuditOptions, AuditOutcome } from '../audit/index.ts';
import type { ReportV1 } from '../model/report.ts';
import type { RepoView } from '../model/repository.ts';
import { acceptedOn } from '../policy/acceptances.ts';
import type { Io } from './io.ts';
import type { Policy } from './policy-run.ts';

/** The audit alone, under a policy's rules and accepted risks. */
export async function auditUnder(
  policy: Policy,
  view: RepoView,
  how: Pick<AuditOptions, 'timing' | 'cache'> = {},
): Promise<AuditOutcome> {
  // The analyzers and detectors with all that they stand on: a run that has its report kept does without.
  const { audit } = await import('../audit/index.ts');
  return audit(view, { ...askedOf(policy, view), ...how });
}

/** The report alone, which an earlier run on the same files may have kept. */
export function reportUnder(policy: Policy, view: RepoView, env: Io['env']): Promise<ReportV1> {
  return reportOf(askedOf(policy, view), env, async () => {
    const { report } = await auditUnder(policy, view, { cache: openFactCache(view.root, env) });
    return report;
  });
}

function askedOf({ config, rules, day }: Policy, view: RepoView): Asked {
  const { scoringVersion, overrides, acceptances } = config;
  return { view, rules, policy: { scoringVersion, overrides, accepted: acceptedOn(acceptances, day) } };
}
