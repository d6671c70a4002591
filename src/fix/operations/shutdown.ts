import { ts } from 'ts-morph';
import type { CallFact } from '../../model/facts/index.ts';
import { occurrence } from '../code/application.ts';
import { importInsertions } from '../code/requests.ts';
import { nodeAt, parse, statementOf } from '../code/syntax.ts';
import { endOfLine, type Insertion, indentAt, inserted } from '../edit/insert.ts';
import { indented, restyle, styleOf } from '../edit/style.ts';
import { render } from '../render.ts';
import type { ImportSpec } from '../template.ts';
import { Unfit } from '../types.ts';
import type { Operate, Surroundings } from './_operation.ts';

/**
 * A statement after the one that listens, or that makes what `makes` names. `<% server %>` is what it made: the name it has, or
 * `server`, which is then given to it.
 */
const shutdown: Operate<{
  code: string;
  imports: ImportSpec[];
  named: boolean;
  connections: boolean;
  makes?: { package: string; member: string };
}> = (asked, surroundings) => {
  const { model, component, draft, view } = surroundings;
  if (!component) throw new Unfit('it is asked of the whole repository');
  const wiring = model.wiring.of(component);
  const listening = wiring
    .calls((call, file) => (asked.makes ? isMade(call, asked.makes) : listens(call)) && !model.wiring.isTest(file))
    // What nothing reads works all the same, where it is made as the module runs.
    .filter(({ file, fact, live }) =>
      asked.makes ? fact.within === -1 && wiring.fileLiveness(file) === 'live' : live === 'live',
    );
  if (listening.length !== 1)
    throw new Unfit(
      listening.length === 0
        ? `the call that ${asked.makes ? `makes its ${asked.makes.member}` : 'listens'} was not found`
        : `it ${asked.makes ? 'works' : 'listens'} in more than one place`,
    );
  refuseSecond(surroundings);
  const { file, fact } = listening[0]!;
  const before = view.text(file);
  const text = draft.text(file);
  const words = before.slice(fact.start, fact.end);
  const start = text === before ? fact.start : occurrence(text, words);
  const source = parse(file, text);
  const place = statementOf(nodeAt(source, start, start + words.length));
  if (!place) throw new Unfit(`${file}:${fact.line}: the statement that listens stands in no block`);
  const { server, insertions } = asked.named
    ? serverOf(place.statement, fact, source)
    : { server: ownerOf(fact), insertions: [] };
  const held = asked.connections ? (surroundings.parameters.connections as { name: string; file: string }[]) : [];
  const others = held.filter((one) => one.file !== file).map((one) => ({ file: one.file, named: [one.name] }));
  const imports = [...asked.imports, ...others];
  const style = styleOf(text);
  const indent = indentAt(text, place.statement.getStart(source));
  const code = indented(
    restyle(render(asked.code, { ...surroundings.parameters, server, app: ownerOf(fact) }).trimEnd(), style),
    indent,
  );
  const at = endOfLine(text, place.statement.end);
  draft.edit(
    file,
    inserted(text, [
      ...importInsertions(file, text, imports, surroundings),
      ...insertions,
      { at, text: style.eol + style.eol + code },
    ]),
  );
};
export default shutdown;

/** Held by a name, so that it can be closed. */
const isMade = ({ origin, assignedTo }: CallFact, wanted: { package: string; member: string }): boolean =>
  origin?.from === 'package' &&
  origin.package === wanted.package &&
  origin.member === wanted.member &&
  assignedTo !== undefined;

const listens = ({ callee, form, origin }: CallFact): boolean =>
  form === 'call' &&
  (/(^|\.)listen$/.test(callee) ||
    (origin?.from === 'package' && origin.package === '@hono/node-server' && origin.member === 'serve'));

/** What a person does on the signal is theirs to complete; two handlers would each do half. */
function refuseSecond({ model, component }: Surroundings): void {
  const handled = model.wiring
    .of(component!)
    .calls(({ callee, args }, file) => {
      const [first] = args;
      const signal = first?.kind === 'string' && first.value === 'SIGTERM';
      return /^process\.(on|once|addListener)$/.test(callee) && signal && !model.wiring.isTest(file);
    })
    .find(({ live }) => live === 'live');
  if (handled) throw new Unfit(`${handled.file}:${handled.fact.line} handles SIGTERM already`);
}

const ownerOf = ({ callee }: CallFact): string => callee.slice(0, callee.lastIndexOf('.'));

/** The name of the server: bound already, the thing told to listen where it is one, or newly bound. */
function serverOf(
  statement: ts.Statement,
  fact: CallFact,
  source: ts.SourceFile,
): { server: string; insertions: Insertion[] } {
  if (fact.assignedTo) return { server: fact.assignedTo, insertions: [] };
  const bound = ts.isVariableStatement(statement) ? statement.declarationList.declarations[0] : undefined;
  if (bound && ts.isIdentifier(bound.name)) return { server: bound.name.text, insertions: [] };
  const owner = ownerOf(fact);
  if (/server$/i.test(owner)) return { server: owner, insertions: [] };
  if (!ts.isExpressionStatement(statement) || ts.isAwaitExpression(statement.expression))
    throw new Unfit(`${source.fileName}:${fact.line}: what listens has no name`);
  if (
    /\b(?:const|let|var|function|class)\s+server\b/.test(source.text) ||
    /\bimport\b[^;]*\bserver\b[^;]*\bfrom\b/.test(source.text)
  )
    throw new Unfit(`${source.fileName} uses the name "server" already`);
  return { server: 'server', insertions: [{ at: statement.getStart(source), text: 'const server = ' }] };
}
