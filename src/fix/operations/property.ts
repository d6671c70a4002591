import { ts } from 'ts-morph';
import { parse } from '../code/syntax.ts';
import { indentAt, inserted } from '../edit/insert.ts';
import { indented, restyle, styleOf } from '../edit/style.ts';
import { render } from '../render.ts';
import { Unfit } from '../types.ts';
import type { Operate } from './_operation.ts';

/** A property at the end of the object that a config file exports; one that stands there already is left alone. */
const property: Operate<{ files: string[]; key: string; code: string }> = (
  { files, key, code },
  { draft, parameters },
) => {
  const paths = files.map((name) => render(name, parameters));
  const file = paths.find((path) => draft.read(path) !== null);
  if (!file) throw new Unfit(`there is no ${paths.join(' or ')}`);
  const text = draft.read(file)!;
  const source = parse(file, text);
  const object = exportedObject(source);
  if (!object) throw new Unfit(`${file}: the object that it exports could not be read`);
  if (object.properties.some((one) => one.name?.getText() === key)) throw new Unfit(`${file} sets "${key}" already`);
  const style = styleOf(text);
  const last = object.properties.at(-1);
  const inside = last ? indentAt(text, last.getStart()) : indentAt(text, object.getStart()) + style.indent;
  const block = indented(restyle(render(code, parameters).trimEnd(), style), inside);
  if (!last) {
    const close = style.eol + indentAt(text, object.getStart());
    draft.edit(file, inserted(text, [{ at: object.getStart() + 1, text: `${style.eol}${block},${close}` }]));
    return;
  }
  const trailing = object.properties.hasTrailingComma;
  const comma = trailing ? text.indexOf(',', last.end) + 1 : last.end;
  draft.edit(
    file,
    inserted(text, [{ at: comma, text: `${trailing ? '' : ','}${style.eol}${block}${trailing ? ',' : ''}` }]),
  );
};
export default property;

/** `export default {…}`, `module.exports = {…}`, a variable of it, through wrappers (`withX({…})`) and type assertions. */
function exportedObject(source: ts.SourceFile): ts.ObjectLiteralExpression | null {
  for (const statement of source.statements) {
    if (ts.isExportAssignment(statement)) return objectOf(statement.expression, source);
    if (
      ts.isExpressionStatement(statement) &&
      ts.isBinaryExpression(statement.expression) &&
      statement.expression.left.getText() === 'module.exports'
    )
      return objectOf(statement.expression.right, source);
  }
  return null;
}

function objectOf(node: ts.Expression, source: ts.SourceFile, depth = 0): ts.ObjectLiteralExpression | null {
  if (depth > 6) return null;
  if (ts.isObjectLiteralExpression(node)) return node;
  if (ts.isSatisfiesExpression(node) || ts.isAsExpression(node) || ts.isParenthesizedExpression(node))
    return objectOf(node.expression, source, depth + 1);
  if (ts.isCallExpression(node)) {
    // A wrapper that takes options of its own first is called with them: the config is what comes last, or alone.
    const given = node.arguments[0];
    return given ? objectOf(given, source, depth + 1) : null;
  }
  if (ts.isConditionalExpression(node)) {
    // Wrapped on one way and bare on the other.
    const both = [node.whenTrue, node.whenFalse].map((one) => objectOf(one, source, depth + 1));
    return both[0] === both[1] ? both[0]! : null;
  }
  if (!ts.isIdentifier(node)) return null;
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const declared of statement.declarationList.declarations)
      if (declared.name.getText() === node.text && declared.initializer)
        return objectOf(declared.initializer, source, depth + 1);
  }
  return null;
}
