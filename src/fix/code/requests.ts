import type { Insertion } from '../edit/insert.ts';
import { styleOf } from '../edit/style.ts';
import type { Surroundings } from '../operations/_operation.ts';
import { pathOf, render } from '../render.ts';
import type { ImportSpec } from '../template.ts';
import { importInsertion, moduleStyleOf } from './imports.ts';
import { parse } from './syntax.ts';

/** The imports that a template asks for, as insertions into a file; those it has already are left out. */
export function importInsertions(
  file: string,
  text: string,
  imports: readonly ImportSpec[],
  { parameters, model, component }: Surroundings,
  fresh = false,
): Insertion[] {
  const source = parse(file, text);
  const type = model.facts.manifests.find(({ dir }) => dir === component?.path)?.type ?? 'commonjs';
  const modules = moduleStyleOf(source, type);
  const style = styleOf(text);
  return imports.flatMap((spec) => {
    const from = spec.file === undefined ? (spec.from ?? '') : pathOf(spec.file, parameters);
    const named = spec.named?.map((name) => render(name, parameters));
    const request = { from, local: spec.file !== undefined, default: spec.default, named };
    const insertion = importInsertion(source, request, modules, style, fresh);
    return insertion ? [insertion] : [];
  });
}

/** The connections that a readiness check asks, as imports of a file that does not make them itself. */
export const askedImports = (parameters: Readonly<Record<string, unknown>>, file: string): ImportSpec[] =>
  (parameters.asked as { name: string; file: string }[])
    .filter((one) => one.file !== file)
    .map((one) => ({ file: one.file, named: [one.name] }));
