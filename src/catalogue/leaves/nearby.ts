import { z } from 'zod';
import { declaredIn } from '../../detectors/shared/manifests.ts';
import { describePackages, wantedPackages } from '../../detectors/shared/packages.ts';
import { once } from '../../detectors/shared/scope.ts';
import type { Component } from '../../model/component.ts';
import { no, yes } from '../../model/signal.ts';
import { defineLeaf } from '../leaf.ts';

export default defineLeaf({
  asks: 'the repository has the capability beside the component: in a library of its own that nothing running reaches, or (`in: service`) in another service',
  example: 'nearby: { capability: auth, in: service }',
  reads: 'config',
  options: z.strictObject({
    capability: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
    in: z.enum(['library', 'service']).default('library'),
  }),
  short: (value) => ({ capability: value }),
  judge(model, component, { capability, in: place }) {
    const wanted = wantedPackages(model.knowledge, { capability });
    const others =
      place === 'library'
        ? idleLibraries(model)
        : model.components.filter(({ kind }) => kind === 'service' || kind === 'worker');
    const found = others
      .filter((other) => other.path !== component?.path && !other.stub)
      .flatMap((other) => declaredIn(model, other, wanted, false));
    const what = describePackages({ capability }, wanted);
    return found.length > 0 ? yes(...found) : no(`beside it, in a ${place}: ${what}`);
  },
});

/** Libraries of which no other component reaches a file at run time: made to be shared, and shared by nobody. */
const idleLibraries = once((model): readonly Component[] => {
  const running = model.components.filter(({ kind }) => kind !== 'library' && kind !== 'tool');
  const reached = new Set(running.flatMap((component) => model.wiring.of(component).reached));
  return model.components.filter(
    (library) => library.kind === 'library' && !model.wiring.of(library).own.some((file) => reached.has(file)),
  );
});
