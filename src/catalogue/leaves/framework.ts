import { z } from 'zod';
import { placeOf, subjects } from '../../detectors/shared/scope.ts';
import { no, yes } from '../../model/signal.ts';
import { defineLeaf } from '../leaf.ts';

export default defineLeaf({
  asks: 'the component uses one of the frameworks (names of rules/knowledge/frameworks.yaml)',
  example: 'framework: [next, remix]',
  reads: 'config',
  options: z.strictObject({ anyOf: z.array(z.string().min(1)).min(1) }),
  short: (value) => ({ anyOf: [value].flat() }),
  judge(model, component, { anyOf }) {
    const found = subjects(model, component).filter((c) => c.frameworks.some((name) => anyOf.includes(name)));
    if (found.length > 0) return yes(...found.flatMap((c) => c.evidence.slice(0, 1)));
    return no(`${placeOf(component)}: ${anyOf.join(' or ')}`);
  },
});
