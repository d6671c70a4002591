import { z } from 'zod';

const share = z.number().min(0).max(1);

/** The figures of `rules/scoring.yaml`: what a status and a severity are worth. Pinned by its version. */
export const scoring = z.strictObject({
  version: z.int().min(1),
  /** What a component's verdict counts. */
  credit: z.strictObject({ ready: share, partial: share, unwired: share, missing: share }),
  /** What a rule weighs, by severity. */
  weight: z.strictObject({
    critical: z.number().positive(),
    major: z.number().positive(),
    minor: z.number().positive(),
  }),
  /** A blocking rule holds from this credit on. */
  holds: share,
  /** A gap that costs at most so many hours is a quick one. */
  quickHours: z.number().positive(),
  /** Our rules that count, by id; without it all do. A target's own rules always count. */
  rules: z.array(z.string()).optional(),
});
export type Scoring = z.infer<typeof scoring>;
