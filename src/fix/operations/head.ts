import { indentAt, inserted } from '../edit/insert.ts';
import { render } from '../render.ts';
import { Unfit } from '../types.ts';
import type { Operate } from './_operation.ts';

/** A line at the end of a page's head. */
const head: Operate<{ file: string; line: string }> = ({ file, line }, { draft, parameters }) => {
  const path = render(file, parameters);
  const text = draft.read(path);
  const close = text === null ? null : /^([ \t]*)<\/head>/im.exec(text);
  if (text === null || !close) throw new Unfit(`${path} has no head that ends on a line of its own`);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const before = text.lastIndexOf('<', close.index - 1);
  const indent = before === -1 ? `${close[1]}  ` : indentAt(text, before);
  draft.edit(path, inserted(text, [{ at: close.index, text: `${indent}${render(line, parameters)}${eol}` }]));
};
export default head;
