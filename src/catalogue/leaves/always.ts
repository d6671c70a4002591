import { z } from 'zod';
import { yes } from '../../model/signal.ts';
import { defineLeaf } from '../leaf.ts';

export default defineLeaf({
  asks: 'nothing: it always holds',
  example: 'always: true',
  reads: 'config',
  options: z.strictObject({}),
  short: () => ({}),
  judge: () => yes(),
});
