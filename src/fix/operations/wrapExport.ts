import { ts } from 'ts-morph';
import { importInsertions } from '../code/requests.ts';
import { parse } from '../code/syntax.ts';
import { inserted } from '../edit/insert.ts';
import { restyle, styleOf } from '../edit/style.ts';
import { pathOf, render } from '../render.ts';
import type { ImportSpec } from '../template.ts';
import { Unfit } from '../types.ts';
import type { Operate } from './_operation.ts';

/** A call around what a config file exports by default (`export default withX(config)`), and a statement before it that makes the function. */
const wrapExport: Operate<{ file: string; call: string; code: string; imports: ImportSpec[] }> = (
  { file: named, call, code, imports },
  surroundings,
) => {
  const { draft, parameters } = surroundings;
  const file = pathOf(named, parameters);
  const text = draft.read(file);
  if (text === null) throw new Unfit(`there is no ${file}`);
  const source = parse(file, text);
  const exported = source.statements.find((one) => ts.isExportAssignment(one) && !one.isExportEquals);
  if (!exported || !ts.isExportAssignment(exported)) throw new Unfit(`${file} has no default export`);
  const style = styleOf(text);
  const made = restyle(render(code, parameters).trimEnd(), style);
  const { expression } = exported;
  draft.edit(
    file,
    inserted(text, [
      ...importInsertions(file, text, imports, surroundings),
      { at: exported.getStart(), text: `${made}${style.eol}${style.eol}` },
      { at: expression.getStart(), text: `${call}(` },
      { at: expression.end, text: ')' },
    ]),
  );
};
export default wrapExport;
