import { ts } from 'ts-morph';
import { endOfLine, type Insertion, indentAt } from '../edit/insert.ts';
import { indented, restyle, type Style } from '../edit/style.ts';
import { type Subject, Unfit } from '../types.ts';
import { type Application, rankOfStatement } from './application.ts';
import { rankOf } from './frameworks.ts';

/** Puts code into a slot: before the first statement of a later slot, after the application is made. */
export function slotInsertion(app: Application, slot: string, code: string, style: Style, subject: Subject): Insertion {
  const wanted = rankOf(slot);
  const statements = app.block.statements.slice(app.block.statements.indexOf(app.creation));
  let after = statements[0]!;
  const last = slot === 'errors' || slot === 'tracking';
  if (last) refuseLater(app, statements.slice(1));
  const lowest = statements.findLastIndex((one) => (rankOfStatement(one, app, subject) ?? wanted + 1) <= wanted);
  for (const statement of statements.slice(1)) {
    const rank = rankOfStatement(statement, app, subject);
    if (rank === null) continue;
    // What comes last comes after all that is registered, also where the server is made first.
    if (rank > wanted && !(last && statements.indexOf(statement) < lowest)) {
      // What comes last stands right before what ends the set-up, whatever else lies in between.
      if (last) after = statements[statements.indexOf(statement) - 1]!;
      break;
    }
    if (rank <= wanted) after = statement;
    if (last && statement === statements.at(-1)) after = statement;
  }
  const text = app.source.text;
  const indent = indentAt(text, app.creation.getStart(app.source));
  const at = endOfLine(text, after.end);
  const gap = last ? style.eol : '';
  const follows = last && /^\r?\n[ \t]*[^\s})]/.test(text.slice(at)) ? style.eol : '';
  return { at, text: style.eol + gap + indented(restyle(code.trimEnd(), style), indent) + follows };
}

/** Routes that a callback adds come after whatever can be put here: an error of theirs would not be met. */
function refuseLater(app: Application, statements: readonly ts.Statement[]): void {
  const adds = new RegExp(`^${app.expression.replace(/[.$]/g, '\\$&')}\\.(use|get|post|put|patch|delete|all|route)$`);
  const isWithin = (node: ts.Node, inside: boolean): boolean =>
    (inside && ts.isCallExpression(node) && adds.test(node.expression.getText())) ||
    (ts.forEachChild(node, (child) => isWithin(child, inside || ts.isFunctionLike(node)) || undefined) ?? false);
  const found = statements.find((statement) => isWithin(statement, false));
  if (found) {
    const { line } = app.source.getLineAndCharacterOfPosition(found.getStart());
    throw new Unfit(`${app.file}:${line + 1}: routes are added later, by a function`);
  }
}
