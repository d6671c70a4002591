import { z } from 'zod';
import { noteOf, placeOf } from '../../detectors/shared/scope.ts';
import type { Environment } from '../../model/deployment.ts';
import type { Evidence } from '../../model/evidence.ts';
import { no, yes } from '../../model/signal.ts';
import { defineLeaf } from '../leaf.ts';

const options = z.strictObject({
  /** `routes`: a gateway, ingress or proxy leads to it; the rest is what that front does for it. */
  does: z.enum(['routes', 'tls', 'rateLimits', 'headers', 'accessLogs']),
  /** For `headers`: at least one of these, in any case. */
  names: z.array(z.string().min(1)).optional(),
});

export default defineLeaf({
  asks: 'what stands in front of the component in the deployed set (gateway, ingress, proxy, platform) does this for it',
  example: 'front: { does: headers, names: [strict-transport-security] }',
  reads: 'config',
  options,
  short: (value) => ({ does: value }),
  judge(model, component, asked) {
    const environments = component
      ? [...new Set(model.deployment.servicesOf(component.path).map(({ environment }) => environment))]
      : model.deployment.counting;
    const found = environments.flatMap((environment) => shown(environment, component?.path ?? null, asked));
    if (found.length > 0) return yes(...found);
    const what = asked.names ? `${asked.does} ${asked.names.join(', ')}` : asked.does;
    return no(
      `${placeOf(component)}: ${what} in ${environments.map((e) => e.id).join(', ') || 'a deployment definition that runs it'}`,
    );
  },
});

function shown(environment: Environment, path: string | null, { does, names }: z.infer<typeof options>): Evidence[] {
  const routes = environment.routes.filter(
    (route) => route.component !== null && (path === null || route.component === path),
  );
  switch (does) {
    case 'routes':
      return routes.map((route) => route.evidence);
    case 'tls':
      return [...environment.tls, ...routes.filter((route) => route.tls).map((route) => route.evidence)];
    case 'headers': {
      const wanted = names?.map((name) => name.toLowerCase());
      return environment.headers
        .filter((header) => !wanted || wanted.includes(header.name.toLowerCase()))
        .map((header) => noteOf(header.evidence, `sets ${header.name}`));
    }
    default:
      return environment[does];
  }
}
