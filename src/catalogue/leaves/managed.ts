import { z } from 'zod';
import { placeOf, subjects } from '../../detectors/shared/scope.ts';
import { no, yes } from '../../model/signal.ts';
import { defineLeaf } from '../leaf.ts';

export default defineLeaf({
  asks: 'a managed platform builds and runs the component, by a config file of its own',
  example: 'managed: { platforms: [vercel, netlify], serverless: false }',
  reads: 'config',
  options: z.strictObject({
    /** Names of PlatformName; without them, any. */
    platforms: z.array(z.string().min(1)).optional(),
    serverless: z.boolean().optional(),
  }),
  short: (value) => (value === true ? {} : { platforms: [value].flat() }),
  judge(model, component, { platforms, serverless }) {
    const found = subjects(model, component).flatMap((subject) => {
      const managed = model.deployment.managed.get(subject.path);
      if (!managed || (platforms && !platforms.includes(managed.platform))) return [];
      return serverless === undefined || managed.serverless === serverless ? [managed.evidence] : [];
    });
    if (found.length > 0) return yes(...found);
    return no(`${placeOf(component)}: config of ${platforms?.join(', ') ?? 'a managed platform'}`);
  },
});
