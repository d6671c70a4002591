import { endOfLine, type Insertion, indentAt } from '../edit/insert.ts';
import { indented, restyle, type Style } from '../edit/style.ts';
import type { Subject } from '../types.ts';
import { type Application, rankOfStatement } from './application.ts';
import { rankOf } from './frameworks.ts';

/** Puts code into a slot: before the first statement of a later slot, after the application is made. */
export function slotInsertion(app: Application, slot: string, code: string, style: Style, subject: Subject): Insertion {
  const wanted = rankOf(slot);
  const statements = app.block.statements.slice(app.block.statements.indexOf(app.creation));
  let after = statements[0]!;
  const last = slot === 'errors' || slot === 'tracking';
  for (const statement of statements.slice(1)) {
    const rank = rankOfStatement(statement, app, subject);
    if (rank === null) continue;
    if (rank > wanted) {
      // What comes last stands right before what ends the set-up, whatever else lies in between.
      if (last) after = statements[statements.indexOf(statement) - 1]!;
      break;
    }
    after = statement;
    if (last && statement === statements.at(-1)) after = statement;
  }
  const text = app.source.text;
  const indent = indentAt(text, app.creation.getStart(app.source));
  const at = endOfLine(text, after.end);
  const gap = last ? style.eol : '';
  const follows = last && /^\r?\n[ \t]*[^\s})]/.test(text.slice(at)) ? style.eol : '';
  return { at, text: style.eol + gap + indented(restyle(code.trimEnd(), style), indent) + follows };
}
