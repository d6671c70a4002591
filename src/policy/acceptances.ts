import type { GapKey } from '../model/policy.ts';
import type { ReportV1 } from '../model/report.ts';
import type { Status } from '../model/status.ts';
import { gapsOf, statusAt } from './gaps.ts';
import type { Acceptance } from './resolve.ts';

/** The gaps that count as accepted on a day (ISO date): what has expired counts no longer. */
export function acceptedOn(acceptances: readonly Acceptance[], day: string): GapKey[] {
  return acceptances.filter((a) => !hasExpired(a, day)).map(({ rule, component }) => ({ rule, component }));
}

const hasExpired = (acceptance: Acceptance, day: string) => acceptance.expires < day;

/** How each acceptance stands against a report, in the order of the config. */
export function acceptedIn(report: ReportV1, acceptances: readonly Acceptance[], day: string): ReportV1['accepted'] {
  const gaps = gapsOf(report);
  return acceptances.map((acceptance) => {
    const { rule, component, reason, owner, expires } = acceptance;
    const matches = gaps.some((gap) => gap.rule === rule && (component === null || gap.component === component));
    const state = !matches ? 'unmatched' : hasExpired(acceptance, day) ? 'expired' : 'active';
    const status: Status = statusAt(report, acceptance) ?? 'not-applicable';
    return { rule, component, status, reason, owner, expires, state } as const;
  });
}
