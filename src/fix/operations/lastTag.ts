import { scriptImports, vueFile } from '../code/vue.ts';
import { inserted } from '../edit/insert.ts';
import { styleOf } from '../edit/style.ts';
import type { ImportSpec } from '../template.ts';
import { Unfit } from '../types.ts';
import type { Operate } from './_operation.ts';

/** A last element of a Vue component's template, beside those at its root. */
const lastTag: Operate<{ file: string; code: string; imports: ImportSpec[] }> = (
  { file, code, imports },
  surroundings,
) => {
  const { path, text } = vueFile(file, surroundings);
  if (!/<template>/.test(text)) throw new Unfit(`${path} has no plain template`);
  const end = text.lastIndexOf('</template>');
  const { eol, indent } = styleOf(text);
  const start = text.lastIndexOf('\n', end) + 1;
  if (end === -1 || text.slice(start, end).trim() !== '')
    throw new Unfit(`${path}: its template does not end on a line of its own`);
  const outer = text.slice(start, end);
  surroundings.draft.edit(
    path,
    inserted(text, [
      { at: start, text: `${outer}${indent}${code}${eol}` },
      ...scriptImports(path, text, imports, surroundings),
    ]),
  );
};
export default lastTag;
