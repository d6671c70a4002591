import { z } from 'zod';
import { placeOf, subjects } from '../../detectors/shared/scope.ts';
import { hasTrait, traits } from '../../model/component.ts';
import { no, yes } from '../../model/signal.ts';
import { defineLeaf } from '../leaf.ts';

export default defineLeaf({
  asks: 'the component has one of the traits; for the repository, some component has',
  example: 'trait: [http, ui]',
  reads: 'config',
  options: z.strictObject({ anyOf: z.array(z.enum(traits)).min(1) }),
  short: (value) => ({ anyOf: [value].flat() }),
  judge(model, component, { anyOf }) {
    const found = subjects(model, component).filter((c) => anyOf.some((trait) => hasTrait(c, trait)));
    if (found.length > 0) return yes(...found.flatMap((c) => c.evidence.slice(0, 1)));
    return no(`${placeOf(component)}: trait ${anyOf.join(' or ')}`);
  },
});
