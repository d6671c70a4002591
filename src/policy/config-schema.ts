import { z } from 'zod';
import { joinPath } from '../model/paths.ts';
import { levels, severities } from '../model/status.ts';
import { isTame } from './globs.ts';

const percent = z.number().min(0).max(100);
const level = z.enum(levels);

/** `null` takes back what a preset set. */
const unset = <T extends z.ZodType>(type: T) => type.nullable().optional();

const glob = z.string().min(1).refine(isTame, 'is too intricate a glob: at most three * in a name, no parentheses');

const insideRoot = z
  .string()
  .min(1)
  .refine((path) => joinPath(path) !== null, 'lies outside the repository')
  .meta({ description: 'A path relative to the repository root.' });

export const ruleSetting = z
  .strictObject({
    off: z
      .string()
      .min(1)
      .optional()
      .meta({ description: 'Why the rule does not count here. It is then not-applicable.' }),
    severity: z.enum(severities).optional().meta({ description: 'Another severity, and so another weight.' }),
  })
  .refine(
    (setting) => setting.off !== undefined || setting.severity !== undefined,
    'needs `off` (a reason) or `severity`',
  );

const ruleSettings = z.record(z.string(), ruleSetting.nullable()).meta({ description: 'By rule id.' });

export const componentSetting = z.strictObject({
  level: unset(level).meta({ description: 'The level that this component has to reach.' }),
  tier: unset(z.string().min(1)).meta({ description: 'A name of `tiers`, which gives the level.' }),
  owners: z.array(z.string().min(1)).optional().meta({ description: 'Who owns it, in place of CODEOWNERS.' }),
  rules: ruleSettings.optional(),
});

export const acceptanceSetting = z.strictObject({
  rule: z.string().min(1),
  component: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'A component path; absent: wherever the rule has a gap.' }),
  reason: z.string().min(1),
  owner: z.string().min(1),
  expires: z.iso.date('is no date (YYYY-MM-DD)').meta({ description: 'The last day on which it counts.' }),
});

export const gateSetting = z.strictObject({
  minScore: unset(percent).meta({ description: 'Least score; what failed to be judged counts as missing.' }),
  minLevel: unset(level).meta({ description: 'Level to reach.' }),
  minCategory: z.record(z.string(), percent.nullable()).optional().meta({ description: 'Least score by category.' }),
  minComponent: z
    .record(z.string(), percent.nullable())
    .optional()
    .meta({ description: 'Least score by component path.' }),
  failOn: unset(z.enum(severities)).meta({ description: 'No gap of this severity or a worse one.' }),
  noNewGaps: unset(z.boolean()).meta({ description: 'No gap that is not in the baseline, or worse than there.' }),
  minCoverage: unset(percent).meta({ description: 'Least percentage of the applicable rules that are judged.' }),
  advisory: unset(z.boolean()).meta({ description: 'Report the verdict and exit 0 all the same.' }),
});

/** What a readiness.config.yaml may say. Every key may be left out, and so may the file. */
export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  extends: z
    .union([z.string().min(1), z.array(z.string().min(1))])
    .optional()
    .meta({
      description:
        'Presets: a file (./…) or an npm package of the repository that holds YAML. Later ones and this file win.',
    }),
  scoringVersion: unset(z.int().min(1)).meta({
    description: 'Keeps weights, credits and rule ids through an upgrade.',
  }),
  ignore: z.array(glob).optional().meta({ description: 'Globs of files that the audit does not see.' }),
  gate: gateSetting.optional(),
  rules: ruleSettings.optional(),
  tiers: z.record(z.string(), level.nullable()).optional().meta({ description: 'The level that each tier requires.' }),
  components: z.record(z.string(), componentSetting).optional().meta({ description: 'Settings by component path.' }),
  accepted: z.array(acceptanceSetting).optional().meta({ description: 'Accepted risks.' }),
  baseline: insideRoot.optional().meta({ description: 'File of the baseline.' }),
  history: unset(insideRoot).meta({ description: 'File to which each run adds a line.' }),
  owners: unset(insideRoot).meta({ description: 'The CODEOWNERS file, where it is not in its usual place.' }),
});
export type ConfigInput = z.infer<typeof configSchema>;
