import { z } from 'zod';
import { componentKinds, traits } from './component.ts';
import { liveV1, liveVerdictV1 } from './live.ts';
import { levels, severities, statuses, unknownCauses } from './status.ts';

/** ReportV1: the one contract between the audit and whatever shows it. Sorted, relative POSIX paths, no clock and no machine in it. */

export const evidenceV1 = z.strictObject({ file: z.string(), line: z.int().min(1), note: z.string() });
const status = z.enum(statuses);
const cause = z.enum(unknownCauses);

export const componentV1 = z.strictObject({
  path: z.string(),
  name: z.string(),
  kind: z.enum(componentKinds),
  traits: z.array(z.enum(traits)),
  language: z.string(),
  score: z.number().nullable(),
  evidence: z.array(evidenceV1),
});

export const componentVerdictV1 = z.strictObject({
  path: z.string(),
  status,
  cause: cause.optional(),
  reason: z.string().optional(),
  accepted: z.boolean().optional(),
  /** Severity of the gap here, where a setting gives this component another than the rule's. */
  severity: z.enum(severities).optional(),
  /** Who owns the component, by CODEOWNERS or the config; absent when nobody does. */
  owners: z.array(z.string()).optional(),
  evidence: z.array(evidenceV1),
  searched: z.array(z.string()),
  /** What runs says of it (`verify`). */
  live: liveVerdictV1.optional(),
});

export const ruleResultV1 = z.strictObject({
  id: z.string(),
  title: z.string(),
  category: z.string(),
  status,
  /** Components that are ready, of those judged; for a rule of the repository 0 or 1 of 1. */
  ready: z.int(),
  judged: z.int(),
  level: z.enum(levels),
  severity: z.enum(severities),
  blocking: z.boolean(),
  scope: z.enum(['component', 'repository']),
  /** `most`: more than half of the components give the full credit; absent where each one counts. */
  quorum: z.enum(['each', 'most']).optional(),
  /** Mean over the judged components, 0 to 1; null when none was judged. */
  credit: z.number().nullable(),
  /** Points of the score that closing the gap returns; 0 for no gap. */
  points: z.number(),
  /** Hours to close every gap of the rule; 0 for no gap. */
  hours: z.number(),
  issue: z.string(),
  impact: z.string(),
  required: z.string(),
  statusText: z.string(),
  fix: z.string().nullable(),
  owners: z.array(z.string()),
  cause: cause.optional(),
  reason: z.string().optional(),
  /** For a rule of the repository: its gap is an accepted risk. */
  accepted: z.boolean().optional(),
  components: z.array(componentVerdictV1),
  evidence: z.array(evidenceV1),
  searched: z.array(z.string()),
  /** For a rule of the whole repository: what runs says of it (`verify`). */
  live: liveVerdictV1.optional(),
});

export const levelV1 = z.strictObject({
  level: z.enum(levels),
  reached: z.boolean(),
  blocking: z.array(
    z.strictObject({
      rule: z.string(),
      holds: z.boolean(),
      credit: z.number().nullable(),
      accepted: z.boolean().optional(),
    }),
  ),
});

export const planItemV1 = z.strictObject({
  rule: z.string(),
  component: z.string().nullable(),
  status,
  hours: z.number(),
  points: z.number(),
});
export const planV1 = z.strictObject({
  phases: z.array(
    z.strictObject({
      level: z.enum(levels),
      title: z.string(),
      hours: z.number(),
      scoreAfter: z.number().nullable(),
      items: z.array(planItemV1),
    }),
  ),
  /** Gaps that cost at most two hours each, most points per hour first. */
  quick: z.array(planItemV1),
});

export const gateV1 = z.strictObject({
  passed: z.boolean(),
  conditions: z.array(
    z.strictObject({
      name: z.string(),
      value: z.union([z.number(), z.string()]).nullable(),
      bound: z.union([z.number(), z.string()]),
      passed: z.boolean(),
      /** Gaps (rule, or rule and component) whose closing would restore it. */
      restoredBy: z.array(z.string()),
    }),
  ),
});

export const acceptedV1 = z.strictObject({
  rule: z.string(),
  component: z.string().nullable(),
  status,
  reason: z.string(),
  owner: z.string(),
  expires: z.string(),
  state: z.enum(['active', 'expired', 'unmatched']),
});

export const diagnosticV1 = z.strictObject({
  unit: z.string(),
  file: z.string().nullable(),
  line: z.int().nullable(),
  message: z.string(),
});

const change = z.strictObject({
  rule: z.string(),
  component: z.string().nullable(),
  before: status.nullable(),
  after: status.nullable(),
});
export const changesV1 = z.strictObject({
  /** What it is compared with: a ref, a baseline, a history line. */
  since: z.string(),
  scoreBefore: z.number().nullable(),
  opened: z.array(change),
  closed: z.array(change),
  worsened: z.array(change),
  improved: z.array(change),
});

export const reportV1 = z.strictObject({
  schemaVersion: z.literal(1),
  scoringVersion: z.int(),
  tool: z.strictObject({ name: z.string(), version: z.string() }),
  target: z.strictObject({
    path: z.string(),
    name: z.string(),
    commit: z.string().nullable(),
    committedAt: z.string().nullable(),
    files: z.int(),
  }),
  score: z.number().nullable(),
  /** The score with every `unknown (failed)` counted as missing: what the gate uses. */
  scoreLowBound: z.number().nullable(),
  level: z.enum(['none', ...levels]),
  levels: z.array(levelV1),
  coverage: z.strictObject({ judged: z.int(), applicable: z.int() }),
  categories: z.array(z.strictObject({ id: z.string(), score: z.number().nullable() })),
  components: z.array(componentV1),
  rules: z.array(ruleResultV1),
  gate: gateV1.nullable(),
  plan: planV1,
  accepted: z.array(acceptedV1),
  changes: changesV1.nullable(),
  history: z.array(
    z.strictObject({
      commit: z.string().nullable(),
      date: z.string().nullable(),
      score: z.number().nullable(),
      level: z.string(),
    }),
  ),
  insight: z.string(),
  diagnostics: z.array(diagnosticV1),
  /** Seconds by part of the audit; only with `--timing`. */
  timing: z.record(z.string(), z.number()).optional(),
  /** What the Docker Engine was asked and answered (`verify`). */
  live: liveV1.optional(),
});

export type ReportV1 = z.infer<typeof reportV1>;
export type RuleResultV1 = z.infer<typeof ruleResultV1>;
export type ComponentV1 = z.infer<typeof componentV1>;
export type ComponentVerdictV1 = z.infer<typeof componentVerdictV1>;
export type GateV1 = z.infer<typeof gateV1>;
export type PlanV1 = z.infer<typeof planV1>;
