import { z } from 'zod';
import { placeOf } from '../../detectors/shared/scope.ts';
import { componentKinds } from '../../model/component.ts';
import { no, yes } from '../../model/signal.ts';
import { defineLeaf } from '../leaf.ts';

export default defineLeaf({
  asks: 'the component is of one of the kinds; for the repository, some component is',
  example: 'kind: [service, worker]',
  reads: 'config',
  options: z.strictObject({ anyOf: z.array(z.enum(componentKinds)).min(1) }),
  short: (value) => ({ anyOf: [value].flat() }),
  judge(model, component, { anyOf }) {
    const asked = component ? [component] : model.components;
    const found = asked.filter((c) => anyOf.includes(c.kind));
    if (found.length > 0) return yes(...found.flatMap((c) => c.evidence.slice(0, 1)));
    return no(`${placeOf(component)}: kind ${anyOf.join(' or ')}`);
  },
});
