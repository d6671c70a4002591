import { z } from 'zod';
import { declaredIn } from '../../detectors/shared/manifests.ts';
import { describePackages, namesPackages, packageOptions, wantedPackages } from '../../detectors/shared/packages.ts';
import { noAnalyser, placeOf } from '../../detectors/shared/scope.ts';
import { anyOf, no, type Signal, yes } from '../../model/signal.ts';
import { defineLeaf } from '../leaf.ts';

export default defineLeaf({
  asks: 'a manifest declares one of the packages; a workspace root counts for the members that import it',
  example: "dependency: { packages: ['@nestjs/terminus'] }",
  reads: 'config',
  options: z.strictObject({
    ...packageOptions,
    /** Count development dependencies as well. */
    dev: z.boolean().default(true),
  }),
  short: (value) => ({ packages: [value].flat() }),
  check: namesPackages,
  judge(model, component, options) {
    const wanted = wantedPackages(model.knowledge, options);
    const found = declaredIn(model, component, wanted, options.dev);
    if (found.length > 0) return yes(...found);
    const absent: Signal = no(`${placeOf(component)}: dependency on ${describePackages(options, wanted)}`);
    // The names are npm's: their absence from another language's manifest says nothing.
    return component && component.language !== 'js' ? anyOf([absent, noAnalyser(component)]) : absent;
  },
});
