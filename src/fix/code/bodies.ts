import { ts } from 'ts-morph';
import type { AuditModel } from '../../model/audit-model.ts';
import { parametersOf, schemaOfType } from './types.ts';

/** What a handler takes of a body, as a zod schema; null where that cannot be read, or nothing is known of what it reads. */
export function schemaOfBody(
  handler: ts.Node,
  isBody: (node: ts.Expression) => boolean,
  file: string,
  model: AuditModel,
): string | null {
  const fields = new Map<string, Field>();
  let whole: string | null = null;
  let lost = false;
  const take = (name: string, uses: readonly ts.Node[]): void => {
    const field = fields.get(name) ?? { schema: null, needed: true };
    fields.set(name, field);
    for (const node of uses) {
      const schema = schemaOfArgument(node, file, model);
      field.schema ??= schema;
      // Looked at in another way, or not on every path: it may be left out.
      if (schema === null || isConditional(node, handler)) field.needed = false;
    }
  };
  const visit = (node: ts.Node): void => {
    if (!ts.isExpression(node) || !isBody(node)) {
      ts.forEachChild(node, visit);
      return;
    }
    const use = useOf(node);
    if (use.kind === 'field') take(use.name, [use.node]);
    else if (use.kind === 'fields') for (const one of use.names) take(one.field, usesOf(one.binding, handler));
    else if (use.kind === 'typed') whole ??= schemaOfType({ node: use.type, file }, model);
    else lost = true;
  };
  visit(handler);
  if (whole !== null) return whole;
  const known = [...fields].flatMap(([name, { schema, needed }]) =>
    schema === null ? [] : [`${name}: ${needed || /\.optional\(\)$/.test(schema) ? schema : `${schema}.nullish()`}`],
  );
  return lost || known.length === 0 ? null : `z.object({ ${known.join(', ')} })`;
}

interface Field {
  schema: string | null;
  /** It is handed on, whatever else the request says. */
  needed: boolean;
}

type Use =
  | { kind: 'field'; name: string; node: ts.Node }
  | { kind: 'fields'; names: { field: string; binding: ts.Identifier }[] }
  | { kind: 'typed'; type: ts.TypeNode }
  | { kind: 'other' };

/** `body.title`, `const { title } = body`, `body as NewNote`, `const note: NewNote = body`. */
function useOf(body: ts.Expression): Use {
  const { parent } = body;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === body)
    return { kind: 'field', name: parent.name.text, node: parent };
  if ((ts.isAsExpression(parent) || ts.isSatisfiesExpression(parent)) && parent.expression === body)
    return { kind: 'typed', type: parent.type };
  if (ts.isVariableDeclaration(parent) && parent.initializer === body) {
    if (parent.type) return { kind: 'typed', type: parent.type };
    if (ts.isObjectBindingPattern(parent.name)) {
      const names = parent.name.elements.map((one) =>
        one.dotDotDotToken || one.initializer || !ts.isIdentifier(one.name)
          ? null
          : { field: (one.propertyName ?? one.name).getText(), binding: one.name },
      );
      return names.includes(null) ? { kind: 'other' } : { kind: 'fields', names: names.filter((one) => one !== null) };
    }
  }
  return { kind: 'other' };
}

/** By the parameter of the function that a value is handed to. */
function schemaOfArgument(node: ts.Node, file: string, model: AuditModel): string | null {
  const { parent } = node;
  if (!ts.isCallExpression(parent) || !ts.isIdentifier(parent.expression)) return null;
  const called = parametersOf(parent.expression.text, file, model);
  const parameter = called?.parameters[parent.arguments.indexOf(node as ts.Expression)];
  if (!called || !parameter?.type || parameter.dotDotDotToken) return null;
  const schema = schemaOfType({ node: parameter.type, file: called.file }, model);
  const open = parameter.questionToken !== undefined || parameter.initializer !== undefined;
  return schema && open && !schema.endsWith('.optional()') ? `${schema}.optional()` : schema;
}

function usesOf(binding: ts.Identifier, handler: ts.Node): ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node !== binding && node.text === binding.text) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(handler);
  return found;
}

/** Whether it depends on something that the handler comes to it: a branch, or an answer that was given before. */
function isConditional(node: ts.Node, handler: ts.Node): boolean {
  for (let at = node; at !== handler; at = at.parent) {
    const { parent } = at;
    if (ts.isIfStatement(parent) || ts.isConditionalExpression(parent) || ts.isCaseOrDefaultClause(parent)) return true;
    if (ts.isBinaryExpression(parent) && /^(&&|\|\||\?\?)$/.test(parent.operatorToken.getText())) return true;
  }
  return false;
}
