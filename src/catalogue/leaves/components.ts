import { z } from 'zod';
import { componentKinds, hasTrait, traits } from '../../model/component.ts';
import { no, yes } from '../../model/signal.ts';
import { defineLeaf } from '../leaf.ts';

export default defineLeaf({
  asks: 'the repository holds at least so many components of the kinds that have every trait named',
  example: 'components: { kinds: [service], traits: [http], atLeast: 2 }',
  reads: 'config',
  options: z.strictObject({
    kinds: z.array(z.enum(componentKinds)).optional(),
    traits: z.array(z.enum(traits)).default([]),
    atLeast: z.int().min(1).default(1),
  }),
  judge(model, _, { kinds, traits: wanted, atLeast }) {
    const found = model.components.filter(
      (c) => !c.stub && (!kinds || kinds.includes(c.kind)) && wanted.every((trait) => hasTrait(c, trait)),
    );
    if (found.length >= atLeast) return yes(...found.flatMap((c) => c.evidence.slice(0, 1)));
    const what = [...wanted, ...(kinds ?? ['component'])].join(' ');
    return no(`${atLeast} or more of: ${what}; found ${found.length}`);
  },
});
