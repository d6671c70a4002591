import type { Subject } from '../types.ts';

/** The port that a component listens on when no variable says another. */
export function portIn({ model, component }: Subject): number {
  if (component?.language !== 'js') return 3000;
  const wiring = model.wiring.of(component);
  const read = wiring.env().find(({ fact }) => fact.name === 'PORT' && fact.fallback !== null)?.fact.fallback;
  if (read?.kind === 'number') return read.value;
  if (read?.kind === 'string' && /^\d+$/.test(read.value)) return Number(read.value);
  for (const { fact } of wiring.calls((call) => /\.listen$/.test(call.callee))) {
    const first = fact.args[0];
    if (first?.kind === 'number' && first.value > 0) return first.value;
  }
  const files = model.deployment.dockerfilesOf(component.path);
  const exposed = model.facts.dockerfiles
    .filter(({ path }) => files.includes(path))
    .flatMap(({ stages }) => stages.flatMap(({ exposes }) => exposes));
  return exposed[0]?.port ?? 3000;
}
