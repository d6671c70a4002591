import { ts } from 'ts-morph';
import { importInsertions } from '../code/requests.ts';
import { parse } from '../code/syntax.ts';
import { indentAt, inserted } from '../edit/insert.ts';
import { restyle, styleOf } from '../edit/style.ts';
import { render } from '../render.ts';
import type { ImportSpec } from '../template.ts';
import { Unfit } from '../types.ts';
import type { Operate } from './_operation.ts';

/** An element at the end of a list in a config file's object: `plugins: [react()]` gains one. */
const listed: Operate<{ files: string[]; key: string; code: string; imports: ImportSpec[] }> = (
  asked,
  surroundings,
) => {
  const { draft, parameters, view } = surroundings;
  const file = asked.files.map((name) => render(name, parameters)).find((path) => view.has(path));
  if (!file) throw new Unfit(`there is no ${asked.files.map((name) => render(name, parameters)).join(' or ')}`);
  const text = draft.text(file);
  const list = listOf(parse(file, text), asked.key);
  const last = list?.elements.at(-1);
  if (!list || !last) throw new Unfit(`${file}: "${asked.key}" is no list with something in it`);
  const style = styleOf(text);
  const code = restyle(render(asked.code, parameters), style);
  const multiline = text.slice(list.getStart(), list.end).includes('\n');
  // A comma that stands behind the last stays where it is: the element goes between, and takes one of its own.
  const added = multiline ? `,${style.eol}${indentAt(text, last.getStart())}${code}` : `, ${code}`;
  draft.edit(
    file,
    inserted(text, [...importInsertions(file, text, asked.imports, surroundings), { at: last.end, text: added }]),
  );
};
export default listed;

function listOf(source: ts.SourceFile, key: string): ts.ArrayLiteralExpression | null {
  let found: ts.ArrayLiteralExpression | null = null;
  const visit = (node: ts.Node): void => {
    const holds = ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node);
    if (holds && node.name.getText() === key && node.initializer && ts.isArrayLiteralExpression(node.initializer))
      found ??= node.initializer;
    else ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
