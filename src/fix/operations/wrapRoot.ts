import { ts } from 'ts-morph';
import { importInsertions } from '../code/requests.ts';
import { parse } from '../code/syntax.ts';
import { inserted } from '../edit/insert.ts';
import { restyle, styleOf } from '../edit/style.ts';
import type { ImportSpec } from '../template.ts';
import { Unfit } from '../types.ts';
import type { Operate } from './_operation.ts';

/** An element around the whole of what the entry renders. */
const wrapRoot: Operate<{ open: string; close: string; imports: ImportSpec[] }> = (
  { open, close, imports },
  surroundings,
) => {
  const { draft, parameters } = surroundings;
  const file = parameters.pageEntry;
  if (typeof file !== 'string') throw new Unfit('the file that renders the page was not found');
  const text = draft.read(file) ?? '';
  const root = rendered(parse(file, text));
  if (!root) throw new Unfit(`${file}: what is rendered could not be read`);
  const style = styleOf(text);
  draft.edit(
    file,
    inserted(text, [
      ...importInsertions(file, text, imports, surroundings),
      { at: root.getStart(), text: restyle(open, style) },
      { at: root.end, text: close },
    ]),
  );
};
export default wrapRoot;

/** The element given to `createRoot(…).render(…)`, `hydrateRoot` or `ReactDOM.render`. */
function rendered(source: ts.SourceFile): ts.Expression | null {
  let found: ts.Expression | null = null;
  const visit = (node: ts.Node): void => {
    if (
      ts.isCallExpression(node) &&
      /(^|\.)(render|hydrateRoot)$/.test(node.expression.getText().replace(/\([^)]*\)!?/g, ''))
    ) {
      const element = node.arguments.find((one) => ts.isJsxElement(one) || ts.isJsxSelfClosingElement(one));
      if (element) found ??= element;
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
