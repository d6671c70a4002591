import { z } from 'zod';
import { argument, holds } from '../../detectors/shared/arguments.ts';
import {
  describePackages,
  matchesOrigin,
  namesPackages,
  packageOf,
  packageOptions,
  wantedPackages,
} from '../../detectors/shared/packages.ts';
import { callsNaming, judgeSightings, livenessIn, shownCall } from '../../detectors/shared/reach.ts';
import { noteOf, placeOf, subjects } from '../../detectors/shared/scope.ts';
import { anyOf, no, yes } from '../../model/signal.ts';
import { defineLeaf } from '../leaf.ts';

export default defineLeaf({
  asks: 'a call, construction or decorator of one of the packages, with arguments as asked, in code that runs',
  example: "call: { packages: [cors], members: [default], with: [{ arg: 0, path: origin, is: '*' }] }",
  reads: 'code',
  options: z.strictObject({
    ...packageOptions,
    /** The member reached last: `default`, `Router`, `setErrorHandler` (of what the package made). Without it: the capability's own, or any. */
    members: z.array(z.string().min(1)).min(1).optional(),
    form: z.enum(['call', 'new', 'decorator', 'tag']).optional(),
    /** Each of them must hold for the same call. */
    with: z.array(argument).default([]),
    live: z.boolean().default(true),
    /** Of the packages by these very names, and of no path below them (`next` without `next/dynamic`). */
    exact: z.boolean().default(false),
  }),
  check: namesPackages,
  judge(model, component, options) {
    const wanted = wantedPackages(model.knowledge, options);
    return anyOf(
      subjects(model, component).map((subject) => {
        const wiring = model.wiring.of(subject);
        const sightings = callsNaming(wiring, wanted)
          .filter(
            ({ fact }) =>
              matchesOrigin(fact.origin, wanted, options.members) &&
              (!options.exact || wanted.some((one) => one.package === packageOf(fact.origin)?.package)) &&
              (!options.form || fact.form === options.form) &&
              options.with.every((one) => holds(one, fact)),
          )
          .map(({ file, fact, live }) => ({
            evidence: noteOf({ file, line: fact.line }, shownCall(fact)),
            live: livenessIn(wiring, live),
          }));
        const what = options.members ? `${options.members.join(', ')} of ` : '';
        const searched = `${placeOf(subject)}: calls of ${what}${describePackages(options, wanted)}`;
        if (options.live) return judgeSightings(sightings, wiring, searched);
        return sightings.length > 0 ? yes(...sightings.map((one) => one.evidence)) : no(searched);
      }),
    );
  },
});
