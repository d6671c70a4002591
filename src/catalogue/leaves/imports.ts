import { z } from 'zod';
import { describePackages, namesPackages, packageOptions, wantedPackages } from '../../detectors/shared/packages.ts';
import { importsOf, judgeSightings } from '../../detectors/shared/reach.ts';
import { placeOf, subjects } from '../../detectors/shared/scope.ts';
import { anyOf, no, yes } from '../../model/signal.ts';
import { defineLeaf } from '../leaf.ts';

export default defineLeaf({
  asks: 'code of the component imports one of the packages; `live: true`: code that runs does',
  example: 'imports: { capability: structured-logger, live: true }',
  reads: 'code',
  options: z.strictObject({ ...packageOptions, live: z.boolean().default(true) }),
  short: (value) => ({ packages: [value].flat() }),
  check: namesPackages,
  judge(model, component, options) {
    const wanted = wantedPackages(model.knowledge, options);
    return anyOf(
      subjects(model, component).map((subject) => {
        const wiring = model.wiring.of(subject);
        const sightings = importsOf(wiring, wanted);
        const searched = `${placeOf(subject)}: imports of ${describePackages(options, wanted)}`;
        if (options.live) return judgeSightings(sightings, wiring, searched);
        return sightings.length > 0 ? yes(...sightings.map((one) => one.evidence)) : no(searched);
      }),
    );
  },
});
