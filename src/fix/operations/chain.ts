import { ts } from 'ts-morph';
import { importInsertions } from '../code/requests.ts';
import { parse } from '../code/syntax.ts';
import { inserted } from '../edit/insert.ts';
import { restyle, styleOf } from '../edit/style.ts';
import { render } from '../render.ts';
import type { ImportSpec } from '../template.ts';
import { Unfit } from '../types.ts';
import type { Operate } from './_operation.ts';

/** A call chained to the one call of a package's member: `createApp(App)` becomes `createApp(App).use(plugin)`. */
const chain: Operate<{ package: string; member: string; code: string; imports: ImportSpec[] }> = (
  { package: from, member, code, imports },
  surroundings,
) => {
  const { model, component, draft, parameters } = surroundings;
  const { reached } = model.wiring.of(component!);
  const made = model.facts.sources
    .filter(({ path }) => reached.includes(path) && !model.wiring.isTest(path))
    .flatMap(({ path, module }) =>
      module.imports
        .filter(({ specifier }) => specifier === from)
        .flatMap(({ names }) => names.filter(({ imported }) => imported === member))
        .flatMap(({ local }) => endsOf(local, parse(path, draft.text(path))).map((end) => ({ path, end }))),
    );
  if (made.length !== 1) throw new Unfit(`${member} is ${made.length === 0 ? 'not called' : 'called more than once'}`);
  const { path, end } = made[0]!;
  const text = draft.text(path);
  const added = restyle(render(code, parameters), styleOf(text));
  draft.edit(path, inserted(text, [...importInsertions(path, text, imports, surroundings), { at: end, text: added }]));
};
export default chain;

/** Where each call of a function ends. */
function endsOf(name: string, source: ts.SourceFile): number[] {
  const found: number[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === name)
      found.push(node.end);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
