import picomatch from 'picomatch';
import { z } from 'zod';
import { judgeSightings, livenessIn } from '../../detectors/shared/reach.ts';
import { noteOf, placeOf, subjects } from '../../detectors/shared/scope.ts';
import { anyOf } from '../../model/signal.ts';
import { defineLeaf } from '../leaf.ts';

export default defineLeaf({
  asks: 'code of the component reads an environment variable of such a name',
  example: "env: { names: [DATABASE_URL, 'REDIS_*'], except: [REDIS_TLS] }",
  reads: 'code',
  options: z.strictObject({
    names: z.array(z.string().min(1)).min(1),
    except: z.array(z.string().min(1)).default([]),
    live: z.boolean().default(true),
  }),
  short: (value) => ({ names: [value].flat() }),
  judge(model, component, { names, except, live }) {
    const matches = picomatch(names, { ignore: except });
    return anyOf(
      subjects(model, component).map((subject) => {
        const wiring = model.wiring.of(subject);
        const sightings = wiring
          .env()
          .filter(({ fact }) => matches(fact.name))
          .map((read) => ({
            evidence: noteOf({ file: read.file, line: read.fact.line }, `reads ${read.fact.name}`),
            live: live ? livenessIn(wiring, read.live) : ('live' as const),
          }));
        return judgeSightings(sightings, wiring, `${placeOf(subject)}: environment variable ${names.join(', ')}`);
      }),
    );
  },
});
