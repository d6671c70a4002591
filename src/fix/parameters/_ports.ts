import type { Subject } from '../types.ts';

type Asked = Pick<Subject, 'model' | 'component'>;

/** Names under which a server is told its own port; others (`REDIS_PORT`) are ports of what it connects to. */
const own = /^((API|APP|BACKEND|HTTP|LISTEN|NODE|SERVER|SERVICE|WEB)_)?PORT$/;

/** The variables that say on which port a component listens, `PORT` first; `PORT` alone where the code reads none. */
export function portVariablesIn({ model, component }: Asked): string[] {
  const read = component?.language === 'js' ? model.wiring.of(component).env() : [];
  const names = new Set(read.filter(({ live }) => live !== 'dead').map(({ fact }) => fact.name));
  const found = [...names].filter((name) => own.test(name)).sort((a, b) => a.length - b.length);
  return found.length > 0 ? found : ['PORT'];
}

/** The port that a component listens on when no variable says another. */
export function portIn({ model, component }: Asked): number {
  if (component?.language !== 'js') return 3000;
  const wiring = model.wiring.of(component);
  for (const name of portVariablesIn({ model, component })) {
    const read = wiring.env().find(({ fact }) => fact.name === name && fact.fallback !== null)?.fact.fallback;
    if (read?.kind === 'number') return read.value;
    if (read?.kind === 'string' && /^\d+$/.test(read.value)) return Number(read.value);
  }
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
