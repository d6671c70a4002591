import { ts } from 'ts-morph';
import { byCodeUnit } from '../../model/paths.ts';
import type { Route } from '../../model/wiring.ts';
import { schemaOfBody } from '../code/bodies.ts';
import { importInsertions } from '../code/requests.ts';
import { nodeAt, parse, statementOf } from '../code/syntax.ts';
import { endOfLine, type Insertion, indentAt, inserted } from '../edit/insert.ts';
import { indented, restyle, styleOf, usualStyle } from '../edit/style.ts';
import { pathOf, render } from '../render.ts';
import { Unfit } from '../types.ts';
import type { Operate, Surroundings } from './_operation.ts';

interface Asked {
  /** The file that the schemas go into. */
  schemas: string;
  /** `before`: an argument before the handler; `after`: a statement behind the one that reads the body. */
  place: 'before' | 'after';
  /** Text with `<% schema %>`, and for `after` `<% body %>`. */
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
      (route) => route.handler!.file === file && (asked.place === 'after' || route.file === file),
    );
    checkFile(file, own, asked, schemas, surroundings);
  }
  if (schemas.size === 0) throw new Unfit('no handler says by its types what it takes of a body');
  const lines = [...schemas].map(([name, schema]) => `export const ${name} = ${schema};\n`);
  const style = styleOf(draft.read(routes[0]!.file) ?? '');
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
  const text = draft.read(file) ?? '';
  // Facts speak of the text as it was.
  if (text !== view.read(file)) throw new Unfit(`${file} was changed before`);
  const source = parse(file, text);
  const names: string[] = [];
  const insertions = routes.flatMap((route): Insertion[] => {
    const { fn } = route.handler!;
    const handler = nodeAt(source, fn.start, fn.end);
    const body = bodyOf(handler, asked.place);
    const schema = body && schemaOfBody(handler, body.is, file, model);
    if (!body || !schema) return [];
    const name = nameOf(route, schemas);
    const style = styleOf(text);
    const code = restyle(render(asked.code, { ...parameters, schema: name, body: body.name }).trimEnd(), style);
    schemas.set(name, schema);
    names.push(name);
    if (asked.place === 'before') return [{ at: handler.getStart(), text: `${code}, ` }];
    const at = endOfLine(text, body.statement!.end);
    const indent = indentAt(text, body.statement!.getStart());
    return [{ at, text: style.eol + indented(code, indent) }];
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
}

/** How a handler gets at the body: `req.body`, or a variable that `await request.json()` gives. */
function bodyOf(handler: ts.Node, place: Asked['place']): Body | null {
  if (!ts.isFunctionLike(handler)) return null;
  const first = handler.parameters[0]?.name.getText();
  if (!first) return null;
  if (place === 'before')
    return { is: (node) => node.getText() === `${first}.body`, name: `${first}.body`, statement: null };
  let found: Body | null = null;
  const visit = (node: ts.Node): void => {
    if (
      ts.isVariableDeclaration(node) &&
      ts.isIdentifier(node.name) &&
      node.initializer &&
      /^await \w+(\.req)?\.json\(\)$/.test(node.initializer.getText())
    ) {
      const [name, declared] = [node.name.text, node.name];
      const statement = statementOf(node)?.statement ?? null;
      if (statement)
        found ??= {
          is: (one) => ts.isIdentifier(one) && one !== declared && one.text === name && !isMemberName(one),
          name,
          statement,
        };
    }
    ts.forEachChild(node, visit);
  };
  visit(handler);
  return found;
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
