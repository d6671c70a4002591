import { z } from 'zod';
import { placeOf } from '../../detectors/shared/scope.ts';
import { no, yes } from '../../model/signal.ts';
import { defineLeaf } from '../leaf.ts';

export default defineLeaf({
  asks: 'the directory is meant as a component and holds nothing that could run; only rules with `stubs: true` see one',
  example: 'stub: true',
  reads: 'config',
  options: z.strictObject({}),
  short: () => ({}),
  judge(model, component) {
    const found = (component ? [component] : model.components).filter((c) => c.stub);
    return found.length > 0 ? yes(...found.flatMap((c) => c.evidence)) : no(`${placeOf(component)}: a stub`);
  },
});
