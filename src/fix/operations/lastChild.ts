import { ts } from 'ts-morph';
import { importInsertions } from '../code/requests.ts';
import { parse, rendering } from '../code/syntax.ts';
import { endOfLine, indentAt, inserted } from '../edit/insert.ts';
import { restyle, styleOf } from '../edit/style.ts';
import { pathOf } from '../render.ts';
import type { ImportSpec } from '../template.ts';
import { Unfit } from '../types.ts';
import type { Operate } from './_operation.ts';

/** A last child for the one element of a name that the component renders (`Routes`). */
const lastChild: Operate<{ element: string; file?: string; code: string; imports: ImportSpec[] }> = (
  { element, file: named, code, imports },
  surroundings,
) => {
  const { model, component, draft, view, parameters } = surroundings;
  const files =
    named !== undefined
      ? [pathOf(named, parameters)]
      : component
        ? rendering(element, model.wiring.of(component).reached, view)
        : [];
  if (files.length !== 1) throw new Unfit(`${files.length === 0 ? 'no' : 'more than one'} file renders <${element}>`);
  const file = files[0]!;
  const text = draft.text(file);
  const parent = elementOf(parse(file, text), element);
  const last = parent?.children.findLast((one) => ts.isJsxElement(one) || ts.isJsxSelfClosingElement(one));
  if (!last) throw new Unfit(`${file}: <${element}> has no child to stand behind`);
  const style = styleOf(text);
  const line = style.eol + indentAt(text, last.getStart()) + restyle(code, { ...style, quote: "'" });
  draft.edit(
    file,
    inserted(text, [
      ...importInsertions(file, text, imports, surroundings),
      { at: endOfLine(text, last.end), text: line },
    ]),
  );
};
export default lastChild;

function elementOf(source: ts.SourceFile, name: string): ts.JsxElement | null {
  let found: ts.JsxElement | null = null;
  const visit = (node: ts.Node): void => {
    if (ts.isJsxElement(node) && node.openingElement.tagName.getText() === name) found ??= node;
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
