import { z } from 'zod';
import { noAnalyser } from '../../detectors/shared/scope.ts';
import { hint } from '../../model/problems.ts';
import { detectors } from '../detectors.ts';
import { defineLeaf } from '../leaf.ts';

export default defineLeaf({
  asks: 'what a named detector of src/detectors finds',
  example: 'detector: { name: lockfile-per-root, options: { by: some } }',
  // Each detector says for itself what it reads.
  reads: 'config',
  options: z.strictObject({ name: z.string().min(1), options: z.unknown().optional() }),
  short: (value) => ({ name: value }),
  bind({ name, options }) {
    const parsed = detectors.get(name)?.options.safeParse(options ?? {});
    return { name, options: parsed?.success ? parsed.data : options };
  },
  check({ name, options }) {
    const detector = detectors.get(name);
    if (!detector) {
      const known = [...detectors.keys()];
      return [
        { path: ['name'], message: `unknown detector "${name}"${hint(name, known) || `; known: ${known.join(', ')}`}` },
      ];
    }
    const parsed = detector.options.safeParse(options ?? {});
    if (parsed.success) return [];
    return parsed.error.issues.map((issue) => ({
      path: ['options', ...(issue.path as (string | number)[])],
      message: `detector "${name}": ${issue.message}`,
    }));
  },
  judge(model, component, { name, options }) {
    const detector = detectors.get(name)!;
    const needsCode = (detector.reads ?? 'code') === 'code';
    if (needsCode && component && component.language !== 'js') return noAnalyser(component);
    return detector.judge(model, component, options);
  },
});
