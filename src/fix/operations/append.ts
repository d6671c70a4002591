import { appended } from '../edit/insert.ts';
import { pathOf, render } from '../render.ts';
import type { Operate } from './_operation.ts';

/** A block at the end of a file, which is made where there is none. */
const append: Operate<{ file: string; from: string }> = ({ file, from }, { template, parameters, draft }) => {
  const text = template.file(from);
  if (text === null) throw new Error(`templates/${template.id}/files/${from} does not exist`);
  const path = pathOf(file, parameters);
  const block = render(text, parameters);
  const before = draft.read(path);
  if (before === null) draft.create(path, block);
  else draft.edit(path, appended(before, block));
};
export default append;
