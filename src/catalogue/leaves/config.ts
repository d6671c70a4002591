import picomatch from 'picomatch';
import { z } from 'zod';
import { filesOf, isAside, noteOf, placeOf } from '../../detectors/shared/scope.ts';
import { settingsAt } from '../../detectors/shared/settings.ts';
import { isWithin, relativeTo } from '../../model/paths.ts';
import { no, unknown, yes } from '../../model/signal.ts';
import { defineLeaf } from '../leaf.ts';

const literal = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export default defineLeaf({
  asks: 'a JSON, YAML or TOML file says so at a dotted path (`*` is any key or item)',
  example: 'config: { files: [tsconfig.json], path: compilerOptions.strict, is: true }',
  reads: 'config',
  options: z.strictObject({
    files: z.array(z.string().min(1)).min(1),
    path: z.string().min(1),
    /** Without either, the path only has to be there. */
    is: literal.optional(),
    oneOf: z.array(literal).optional(),
    where: z.enum(['component', 'repository']).default('component'),
  }),
  judge(model, component, { files, path, is, oneOf, where }) {
    const scope = where === 'component' ? component : null;
    const base = scope?.path ?? '.';
    const matches = picomatch(files, { dot: true });
    const accepted = oneOf ?? (is === undefined ? null : [is]);
    const found = [];
    for (const file of filesOf(model, scope)) {
      if (!isWithin(file, base) || !matches(relativeTo(file, base)) || isAside(file, base)) continue;
      const settings = settingsAt(model.view.text(file), file, path.split('.'));
      if (settings === null) return unknown('failed', `${file} could not be parsed`);
      for (const { value, line } of settings) {
        if (!accepted || accepted.includes(value as string))
          found.push(noteOf({ file, line }, `${path}: ${shown(value)}`));
      }
    }
    if (found.length > 0) return yes(...found);
    return no(`${placeOf(scope)}: ${path}${accepted ? ` = ${accepted.join(' or ')}` : ''} in ${files.join(', ')}`);
  },
});

const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
};
