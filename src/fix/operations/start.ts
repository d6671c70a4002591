import { ts } from 'ts-morph';
import { importInsertions } from '../code/requests.ts';
import { parse } from '../code/syntax.ts';
import { endOfLine, inserted } from '../edit/insert.ts';
import { restyle, styleOf } from '../edit/style.ts';
import { render } from '../render.ts';
import type { ImportSpec } from '../template.ts';
import { Unfit } from '../types.ts';
import type { Operate } from './_operation.ts';

/** A statement at the top of the file that the process starts with, or with `page` of the one that a page loads: `first`, before all other imports, or after them and after dotenv. */
const start: Operate<{ page: boolean; first: boolean; code: string; imports: ImportSpec[] }> = (
  asked,
  surroundings,
) => {
  const { draft, parameters } = surroundings;
  const file = asked.page ? parameters.pageEntry : parameters.entry;
  if (typeof file !== 'string') throw new Unfit('the file that its process starts with was not found');
  const text = draft.text(file);
  const style = styleOf(text);
  const source = parse(file, text);
  const lines = importInsertions(file, text, asked.imports, surroundings);
  if (asked.first) {
    const at = firstPlace(source);
    draft.edit(
      file,
      inserted(
        text,
        lines.map(({ text: line }) => ({ at, text: line.trim() + style.eol })),
      ),
    );
    return;
  }
  const code = restyle(render(asked.code, parameters).trimEnd(), style);
  const after = lastLoad(source);
  const at = after ? endOfLine(text, after.end) : firstPlace(source);
  const added = after ? style.eol + style.eol + code : code + style.eol + style.eol;
  draft.edit(file, inserted(text, [...lines, { at, text: added }]));
};
export default start;

/** Before the first statement that is no directive; its comment stays with it. */
function firstPlace(source: ts.SourceFile): number {
  const first = source.statements.find((one) => !(ts.isExpressionStatement(one) && ts.isStringLiteral(one.expression)));
  if (!first) return source.text.length;
  const at = first.getFullStart();
  const shebang = ts.getShebang(source.text)?.length ?? 0;
  const lead = /^\s*/.exec(source.text.slice(Math.max(at, shebang)))![0].length;
  return Math.max(at, shebang) + lead;
}

/** The last statement that brings something in, a call that loads a file of variables included. */
function lastLoad(source: ts.SourceFile): ts.Statement | undefined {
  return source.statements.findLast(
    (one) =>
      ts.isImportDeclaration(one) ||
      /^(?:(?:const|let|var)\b[^=]*=\s*)?require\(\s*['"]/.test(one.getText()) ||
      /^(?:\w+\s*=\s*)?(?:const \w+\s*=\s*)?(?:require\(['"]dotenv['"]\)|dotenv)\.config\(|^config\(/.test(
        one.getText(),
      ),
  );
}
