import { z } from 'zod';
import { levels, severities } from './status.ts';

/** A sentence for people. `{n}`, `{of}` are filled with how many components hold and how many were judged. */
const sentence = z.string().min(1);

/** Hours to close the gap for one component; null where the status cannot occur. */
const hours = z.strictObject({
  missing: z.number().positive(),
  unwired: z.number().positive().nullable(),
  partial: z.number().positive().nullable(),
});

/** The part of a rule file that is not a condition; conditions are checked by the catalogue, which knows leaves and detectors. */
export const ruleMeta = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/),
  title: sentence,
  level: z.enum(levels),
  severity: z.enum(severities),
  blocking: z.boolean(),
  scope: z.enum(['component', 'repository']),
  /** `most`: more than half of the components suffice for `ready` (testing/unit). */
  quorum: z.enum(['each', 'most']).default('each'),
  hours,
  /** What is wrong, by status. The evidence follows it in every report. */
  issue: z.strictObject({ missing: sentence, unwired: sentence.optional(), partial: sentence.optional() }),
  /** What happens to the owner if it stays so. */
  impact: sentence,
  /** What has to be true for `ready`. */
  required: sentence,
  /** What holds when it is ready, for "what works well". */
  holds: sentence,
  fix: z.string().nullable().default(null),
  /** In a folder of a larger repository, what stands above the folder counts too: CI, say, is set up once for all of it. */
  enclosing: z.boolean().default(false),
  /** Judges stubs too (a directory meant as a component, with nothing in it that could run); other rules never see one. */
  stubs: z.boolean().default(false),
  references: z.array(z.url()).default([]),
});
export type RuleMeta = z.infer<typeof ruleMeta>;

export interface Rule extends RuleMeta {
  category: string;
  /** Where it was read from, for messages: a path of ours or of the target. */
  source: string;
  own: boolean;
  appliesTo: Condition;
  signals: { present: Condition; wired: Condition | null; complete: Condition | null };
}

/** A compiled condition: see src/catalogue/leaves for the leaf forms. */
export type Condition =
  | { op: 'all' | 'any'; of: Condition[]; line: number }
  | { op: 'not'; of: Condition; line: number }
  /** `where` narrows what it goes over. Over nothing the answer is no. */
  | { op: 'each' | 'some' | 'most'; over: string; where?: Condition; of: Condition; line: number }
  | { op: 'leaf'; leaf: string; options: unknown; line: number };
