import { ts } from 'ts-morph';
import type { AuditModel } from '../../model/audit-model.ts';
import { byCodeUnit } from '../../model/paths.ts';
import type { Route } from '../../model/wiring.ts';
import { schemaOfBody } from '../code/bodies.ts';
import { importInsertions } from '../code/requests.ts';
import { nodeAt, parse, statementOf } from '../code/syntax.ts';
import { schemaOfType } from '../code/types.ts';
import { endOfLine, type Insertion, indentAt, inserted } from '../edit/insert.ts';
import { indented, restyle, styleOf, usualStyle } from '../edit/style.ts';
import { pathOf, render } from '../render.ts';
import { Unfit } from '../types.ts';
import type { Operate, Surroundings } from './_operation.ts';

interface Asked {
  /** The file that the schemas go into. */
  schemas: string;
  /** `before`: an argument before the handler; `first`: what the handler does first; `after`: a statement behind the one that reads the body. */
  place: 'before' | 'first' | 'after';
  /** What the body is called, of the handler's first parameter; without it, a variable that `await request.json()` gives. */
  body?: string;
  /** Text with `<% schema %>`, `<% body %>`, and the handler's parameters `<% request %>` and `<% reply %>`. */
  code: string;
  /** What the code loads besides the schema. */
  middleware?: { file: string; named: string };
}

/** A schema for each route that takes a body and says by its types what it takes. The body itself stays as it was sent. */
const checkBodies: Operate<Asked> = (asked, surroundings) => {
  const { model, component, draft, parameters } = surroundings;
  const routes = model.wiring
    .of(component!)
    .routes()
    .filter(({ method, live, handler }) => /^(POST|PUT|PATCH)$/.test(method) && live === 'live' && handler !== null);
  const schemas = new Map<string, string>();
  const files = [...new Set(routes.map((route) => route.handler!.file))].sort(byCodeUnit);
  for (const file of files) {
    // A middleware goes where the route is declared: the handler has to stand there too.
    const own = routes.filter(
      (route) => route.handler!.file === file && (asked.place !== 'before' || route.file === file),
    );
    checkFile(file, own, asked, schemas, surroundings);
  }
  if (schemas.size === 0) throw new Unfit('no handler says by its types what it takes of a body');
  const lines = [...schemas].map(([name, schema]) => `export const ${name} = ${schema};\n`);
  const style = styleOf(draft.text(routes[0]!.file));
  draft.create(
    pathOf(asked.schemas, parameters),
    restyle(`import { z } from 'zod';\n\n${lines.join('\n')}`, { ...usualStyle, ...style, indent: '  ' }),
  );
};
export default checkBodies;

function checkFile(
  file: string,
  routes: readonly Route[],
  asked: Asked,
  schemas: Map<string, string>,
  surroundings: Surroundings,
): void {
  const { model, draft, parameters, view } = surroundings;
  const text = draft.text(file);
  // Facts speak of the text as it was.
  if (text !== view.read(file)) throw new Unfit(`${file} was changed before`);
  const source = parse(file, text);
  const names: string[] = [];
  const insertions = routes.flatMap((route): Insertion[] => {
    const { fn } = route.handler!;
    const handler = nodeAt(source, fn.start, fn.end);
    const body = bodyOf(handler, asked);
    const at = body && placeIn(handler, asked, body, text);
    const schema =
      body &&
      ((body.type && schemaOfType({ node: body.type, file }, model)) ??
        schemaOfBody(handler, body.is, file, model) ??
        schemaOfGeneric(handler, file, model));
    if (!body || !at || !schema) return [];
    const name = nameOf(route, schemas);
    const style = styleOf(text);
    const [request, reply] = (handler as ts.FunctionLikeDeclaration).parameters.map((one) => one.name.getText());
    const values = { ...parameters, schema: name, body: body.name, request, reply: reply ?? null };
    const code = restyle(render(asked.code, values).trimEnd(), style);
    schemas.set(name, schema);
    names.push(name);
    if (asked.place === 'before') return [{ at: at.offset, text: `${code}, ` }];
    return [{ at: at.offset, text: style.eol + indented(code, at.indent) }];
  });
  if (insertions.length === 0) return;
  const imports = [
    ...(asked.middleware ? [{ file: asked.middleware.file, named: [asked.middleware.named] }] : []),
    { file: asked.schemas, named: names.sort(byCodeUnit) },
  ];
  draft.edit(file, inserted(text, [...importInsertions(file, text, imports, surroundings), ...insertions]));
}

interface Body {
  is: (node: ts.Expression) => boolean;
  name: string;
  statement: ts.Statement | null;
  /** As the variable is declared: `const note: Note = await …`, `await c.req.json<Note>()`. */
  type: ts.TypeNode | null;
}

/** How a handler gets at the body: `req.body`, or a variable that `await request.json()` gives. */
function bodyOf(handler: ts.Node, { place, body }: Asked): Body | null {
  if (!ts.isFunctionLike(handler)) return null;
  const first = handler.parameters[0]?.name.getText();
  if (!first) return null;
  if (place !== 'after') {
    const name = `${first}.${body ?? 'body'}`;
    return { is: (node) => node.getText() === name, name, statement: null, type: null };
  }
  let found: Body | null = null;
  const visit = (node: ts.Node): void => {
    const read = ts.isVariableDeclaration(node) && node.initializer ? readOf(node.initializer) : null;
    if (read && ts.isVariableDeclaration(node) && ts.isIdentifier(node.name)) {
      const [name, declared] = [node.name.text, node.name];
      const statement = statementOf(node)?.statement ?? null;
      if (statement)
        found ??= {
          is: (one) => ts.isIdentifier(one) && one !== declared && one.text === name && !isMemberName(one),
          name,
          statement,
          type: node.type ?? read.type,
        };
    }
    ts.forEachChild(node, visit);
  };
  visit(handler);
  return found;
}

/** `await request.json()`, with the type that is given to it or that it is taken for. */
function readOf(value: ts.Expression): { type: ts.TypeNode | null } | null {
  if (ts.isParenthesizedExpression(value)) return readOf(value.expression);
  if (ts.isAsExpression(value)) return readOf(value.expression) && { type: value.type };
  const call = ts.isAwaitExpression(value) ? value.expression : null;
  if (!call || !ts.isCallExpression(call) || !/^\w+(\.req)?\.json$/.test(call.expression.getText())) return null;
  return { type: call.typeArguments?.[0] ?? null };
}

/** Where the check goes; null where there is no such place: an arrow function without a block, a handler that takes no reply. */
function placeIn(
  handler: ts.Node,
  { place, code }: Asked,
  body: Body,
  text: string,
): { offset: number; indent: string } | null {
  if (place === 'before') return { offset: handler.getStart(), indent: '' };
  if (place === 'after')
    return { offset: endOfLine(text, body.statement!.end), indent: indentAt(text, body.statement!.getStart()) };
  const { body: block, parameters } = handler as ts.FunctionLikeDeclaration;
  const first = block && ts.isBlock(block) ? block.statements[0] : undefined;
  if (!first || (/<% reply %>/.test(code) && parameters.length < 2)) return null;
  const open = endOfLine(text, block!.getStart() + 1);
  // A block on one line has no line to put it on.
  return open > first.getStart() ? null : { offset: open, indent: indentAt(text, first.getStart()) };
}

/** `app.post<{ Body: NewNote }>(…)`. */
function schemaOfGeneric(handler: ts.Node, file: string, model: AuditModel): string | null {
  const call = handler.parent;
  const given = call && ts.isCallExpression(call) ? call.typeArguments?.[0] : undefined;
  if (!given || !ts.isTypeLiteralNode(given)) return null;
  const body = given.members.find((one) => ts.isPropertySignature(one) && one.name.getText() === 'Body');
  return body && ts.isPropertySignature(body) && body.type ? schemaOfType({ node: body.type, file }, model) : null;
}

const isMemberName = (node: ts.Identifier): boolean =>
  (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) ||
  (ts.isPropertyAssignment(node.parent) && node.parent.name === node);

/** `POST /notes/:id/tags` is `postNotesTags`. */
function nameOf({ method, path }: Route, taken: ReadonlyMap<string, string>): string {
  const words = path.split(/[^A-Za-z0-9:*[\]]+/).filter((word) => /^[A-Za-z]/.test(word) && word !== 'api');
  const base = method.toLowerCase() + words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}${n}`;
    if (!taken.has(name)) return name;
  }
}
