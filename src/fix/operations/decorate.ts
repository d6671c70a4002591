import { ts } from 'ts-morph';
import { findApplication } from '../code/application.ts';
import { importInsertions } from '../code/requests.ts';
import { parse } from '../code/syntax.ts';
import { indentAt, inserted } from '../edit/insert.ts';
import { restyle, styleOf } from '../edit/style.ts';
import { render } from '../render.ts';
import type { ImportSpec } from '../template.ts';
import { Unfit } from '../types.ts';
import type { Operate, Surroundings } from './_operation.ts';

/** An element in a list of the root module's `@Module({ … })`: a controller, an import, a provider. */
const decorate: Operate<{ key: string; code: string; imports: ImportSpec[] }> = (
  { key, code, imports },
  surroundings,
) => {
  const { component, draft, parameters } = surroundings;
  const file = component ? rootModule(surroundings) : null;
  if (!file) throw new Unfit('its root module was not found');
  const text = draft.text(file);
  const source = parse(file, text);
  const options = moduleOptions(source);
  if (!options) throw new Unfit(`${file}: @Module takes no object`);
  const style = styleOf(text);
  const element = restyle(render(code, parameters), style);
  const property = options.properties.find(
    (one): one is ts.PropertyAssignment => ts.isPropertyAssignment(one) && one.name.getText() === key,
  );
  const at = property
    ? inList(property, element, text)
    : inObject(options, `${key}: [${element}]`, text, style.indent, style.eol);
  if (!at) throw new Unfit(`${file}: ${key} is no list written there`);
  draft.edit(file, inserted(text, [...importInsertions(file, text, imports, surroundings), at]));
};
export default decorate;

/** The module that the application which serves is made of; a seed or a command makes one of its own. */
function rootModule(surroundings: Surroundings): string | null {
  const { model, component, draft } = surroundings;
  const { file } = findApplication(surroundings, draft);
  const made = model.wiring.of(component!).calls((call, at) => at === file && /NestFactory\.create$/.test(call.callee));
  for (const { fact } of made) {
    const first = fact.args[0];
    const found = first?.kind === 'ref' && first.origin ? model.wiring.resolveOrigin(file, first.origin) : null;
    if (found) return found.file;
  }
  return null;
}

function moduleOptions(source: ts.SourceFile): ts.ObjectLiteralExpression | null {
  for (const statement of source.statements) {
    if (!ts.isClassDeclaration(statement)) continue;
    for (const decorator of ts.getDecorators(statement) ?? []) {
      const call = decorator.expression;
      if (!ts.isCallExpression(call) || call.expression.getText() !== 'Module') continue;
      const first = call.arguments[0];
      if (first && ts.isObjectLiteralExpression(first)) return first;
    }
  }
  return null;
}

function inList(property: ts.PropertyAssignment, element: string, text: string) {
  const list = property.initializer;
  if (!ts.isArrayLiteralExpression(list)) return null;
  const last = list.elements.at(-1);
  if (!last) return { at: list.getStart() + 1, text: element };
  const multiline = text.slice(list.getStart(), list.end).includes('\n');
  return { at: last.end, text: multiline ? `,\n${indentAt(text, last.getStart())}${element}` : `, ${element}` };
}

function inObject(options: ts.ObjectLiteralExpression, line: string, text: string, indent: string, eol: string) {
  const first = options.properties[0];
  const before = first ? indentAt(text, first.getStart()) : indent;
  const rest = first ? '' : eol;
  return { at: options.getStart() + 1, text: `${eol}${before}${line},${rest}` };
}
