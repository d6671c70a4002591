/** The answers a rule can have, from best to worst, then the two that are no judgment (see docs/statuses). */
export const statuses = ['ready', 'partial', 'unwired', 'missing', 'not-applicable', 'unknown'] as const;
export type Status = (typeof statuses)[number];

/** A gap is something the owner can close. `unknown` is never one. */
export const gapStatuses = ['partial', 'unwired', 'missing'] as const;
export type GapStatus = (typeof gapStatuses)[number];

/** Why a rule could not be judged. `no-analyser`: the component's language; `blind`: the wiring cannot be followed; `failed`: a unit of ours threw or ran out of time. */
export const unknownCauses = ['no-analyser', 'blind', 'failed'] as const;
export type UnknownCause = (typeof unknownCauses)[number];

export const levels = ['demo', 'production', 'scale'] as const;
export type Level = (typeof levels)[number];

export const severities = ['critical', 'major', 'minor'] as const;
export type Severity = (typeof severities)[number];

export const isGap = (status: Status): status is GapStatus => (gapStatuses as readonly string[]).includes(status);
export const isJudged = (status: Status): boolean => status === 'ready' || isGap(status);

/** How bad an answer is: `missing` worst; what was not judged outweighs `ready` and no gap. */
const byBadness: readonly Status[] = ['not-applicable', 'ready', 'unknown', 'partial', 'unwired', 'missing'];
export const badness = (status: Status): number => byBadness.indexOf(status);
