import { z } from 'zod';
import { defineDetector } from '../model/detector.ts';
import { no, yes } from '../model/signal.ts';
import { noteOf } from './shared/scope.ts';

export default defineDetector({
  name: 'has-code',
  asks: 'the component has code of its own, tests and declarations of types left out',
  options: z.strictObject({}),
  judge(model, component) {
    if (!component) return no('asked of a component only');
    const first = component.evidence[0] ?? noteOf({ file: component.manifest ?? component.path, line: 1 }, 'component');
    // A library of another language, or an app, has some by being one.
    if (component.language !== 'js' || component.kind !== 'library') return yes(first);
    const code = model.wiring.of(component).own.find((file) => !/\.d\.[cm]?ts$/.test(file));
    return code ? yes(noteOf({ file: code, line: 1 }, 'code')) : no(`${component.path}: code of its own`);
  },
});
