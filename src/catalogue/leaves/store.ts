import { z } from 'zod';
import { judgeSightings, livenessIn, type Sighting } from '../../detectors/shared/reach.ts';
import { noteOf, placeOf, subjects } from '../../detectors/shared/scope.ts';
import { anyOf } from '../../model/signal.ts';
import { defineLeaf } from '../leaf.ts';

export default defineLeaf({
  asks: 'code that runs keeps data in a collection of its own module: it is changed there, or searched as if it were a table',
  example: 'store: { forms: [map, array], written: true }',
  reads: 'code',
  options: z.strictObject({
    forms: z
      .array(z.enum(['map', 'set', 'array', 'object', 'json']))
      .default(['map', 'set', 'array', 'object', 'json']),
    /** Only collections that the code changes. */
    written: z.boolean().default(true),
  }),
  short: () => ({}),
  judge(model, component, { forms, written }) {
    return anyOf(
      subjects(model, component).map((subject) => {
        const wiring = model.wiring.of(subject);
        const files = new Set([...wiring.own, ...wiring.reached]);
        const sightings = [...files].flatMap((file) =>
          (model.wiring.code(file)?.stores ?? [])
            .filter(
              (store) => forms.includes(store.form) && (written ? store.writes.length > 0 : store.reads.length > 0),
            )
            .map(
              (store): Sighting => ({
                evidence: noteOf({ file, line: store.line }, `keeps data in "${store.name}"`),
                live: livenessIn(wiring, wiring.unitLiveness(file, store.unit)),
              }),
            ),
        );
        return judgeSightings(sightings, wiring, `${placeOf(subject)}: data kept in memory`);
      }),
    );
  },
});
