import { z } from 'zod';
import { statuses } from './status.ts';

/** What the Docker Engine shows, beside what the repository says. Optional everywhere in ReportV1: only `verify` fills it. */

/** `container` is a container's name, or `build of <component>` for what a build showed; `note` a short phrase without a full stop. */
export const liveEvidenceV1 = z.strictObject({ container: z.string(), note: z.string() });

export const liveVerdictV1 = z.strictObject({
  /** `unknown`: looked at, and what was seen decides nothing; `reason` says what is lacking. */
  status: z.enum(statuses),
  reason: z.string().optional(),
  evidence: z.array(liveEvidenceV1),
  /** What runs is worse than what the repository says, or proves it better. */
  contradicts: z.boolean(),
});

export const liveV1 = z.strictObject({
  engine: z.strictObject({
    name: z.enum(['Docker', 'Podman']),
    version: z.string(),
    apiVersion: z.string(),
    os: z.string(),
    arch: z.string(),
  }),
  /** What was done besides inspecting. */
  asked: z.array(z.enum(['probe', 'drill', 'build'])),
  projects: z.array(z.string()),
  containers: z.array(
    z.strictObject({
      name: z.string(),
      image: z.string(),
      /** `running`, `running (unhealthy)`, `exited 137 (out of memory)`. */
      state: z.string(),
      component: z.string().nullable(),
      role: z.string(),
      matchedBy: z.string(),
    }),
  ),
  unmatched: z.array(z.strictObject({ name: z.string(), image: z.string(), reason: z.string() })),
  /** Components that a running project leaves out. */
  absent: z.array(z.strictObject({ component: z.string(), service: z.string(), project: z.string() })),
  confirmed: z.int(),
  contradicted: z.int(),
  /** The score and level with every status lowered to what runs; never higher than the repository's own. */
  score: z.number().nullable(),
  level: z.string(),
  /** What was refused or could not be done, and why. */
  notes: z.array(z.string()),
  /** Times measured, in milliseconds; the one part that differs between two runs. */
  times: z.record(z.string(), z.number()),
});

export type LiveEvidenceV1 = z.infer<typeof liveEvidenceV1>;
export type LiveVerdictV1 = z.infer<typeof liveVerdictV1>;
export type LiveV1 = z.infer<typeof liveV1>;
