import picomatch from 'picomatch';
import { z } from 'zod';
import { filesOf, isAside, noteOf, placeOf } from '../../detectors/shared/scope.ts';
import { isWithin, relativeTo } from '../../model/paths.ts';
import { no, yes } from '../../model/signal.ts';
import { defineLeaf } from '../leaf.ts';

/** More than this many files show nothing more. */
const shown = 5;

export default defineLeaf({
  asks: 'a file matching one of the globs exists; globs are relative to the component, or to the repository',
  example: "file: { globs: ['.env.example'], where: repository }",
  reads: 'config',
  options: z.strictObject({
    globs: z.array(z.string().min(1)).min(1),
    where: z.enum(['component', 'repository']).default('component'),
    /** Tests, fixtures, examples and docs count too. */
    aside: z.boolean().default(false),
  }),
  short: (value) => ({ globs: [value].flat() }),
  judge(model, component, { globs, where, aside }) {
    const scope = where === 'component' ? component : null;
    const base = scope?.path ?? '.';
    const matches = picomatch(globs, { dot: true });
    const found = filesOf(model, scope)
      .filter((file) => isWithin(file, base) && matches(relativeTo(file, base)))
      .filter((file) => aside || !isAside(file, base));
    if (found.length > 0) return yes(...found.slice(0, shown).map((file) => noteOf({ file, line: 1 }, 'exists')));
    return no(`${placeOf(scope)}: ${globs.join(', ')}`);
  },
});
