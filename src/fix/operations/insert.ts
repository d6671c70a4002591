import { findApplication } from '../code/application.ts';
import { importInsertion, moduleStyleOf } from '../code/imports.ts';
import { slotInsertion } from '../code/place.ts';
import { parse } from '../code/syntax.ts';
import { inserted } from '../edit/insert.ts';
import { styleOf } from '../edit/style.ts';
import { render } from '../render.ts';
import type { ImportSpec } from '../template.ts';
import { Unfit } from '../types.ts';
import type { Operate, Surroundings } from './_operation.ts';

/** A statement in a slot of the component's application, with the imports it needs. */
const insert: Operate<{ slot: string; code: string; imports: ImportSpec[] }> = (
  { slot, code, imports },
  surroundings,
) => {
  const { draft, parameters } = surroundings;
  const found = findApplication(surroundings);
  const before = draft.read(found.file);
  if (before !== surroundings.view.read(found.file))
    throw new Error('one insertion per file and fix: give the code in one');
  const app = found;
  const style = styleOf(before ?? '');
  const filled = render(code, { ...parameters, app: app.expression });
  const insertions = [slotInsertion(app, slot, filled, style, surroundings)];
  insertions.push(...importInsertions(found.file, before ?? '', imports, surroundings));
  draft.edit(found.file, inserted(before ?? '', insertions));
};
export default insert;

export function importInsertions(
  file: string,
  text: string,
  imports: readonly ImportSpec[],
  { parameters, model, component }: Surroundings,
) {
  const source = parse(file, text);
  const type = model.facts.manifests.find(({ dir }) => dir === component?.path)?.type ?? 'commonjs';
  const modules = moduleStyleOf(source, type);
  return imports.flatMap((spec) => {
    const from = render(spec.file ?? spec.from ?? '', parameters);
    if (from === '') throw new Unfit('an import names nothing');
    const request = { from, local: spec.file !== undefined, default: spec.default, named: spec.named };
    const insertion = importInsertion(source, request, modules, styleOf(text));
    return insertion ? [insertion] : [];
  });
}
