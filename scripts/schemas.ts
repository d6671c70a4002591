import { z } from 'zod';
import { reportV1 } from '../src/model/report.ts';
import { configSchema } from '../src/policy/config-schema.ts';

const sources: Record<string, { title: string; schema: z.ZodType }> = {
  'config.schema.json': { title: 'readiness.config.yaml', schema: configSchema },
  'report.schema.json': { title: 'A result of readiness audit --format json', schema: reportV1 },
};

/** The JSON Schemas for editors and other programs, by file name in `schema/`. Draft 7 is what editors know best. */
export function schemas(): Map<string, string> {
  return new Map(
    Object.entries(sources).map(([file, { title, schema }]) => {
      const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' });
      return [file, `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`];
    }),
  );
}
