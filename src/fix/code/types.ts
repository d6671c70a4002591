import { ts } from 'ts-morph';
import type { AuditModel } from '../../model/audit-model.ts';
import { parse } from './syntax.ts';

/** A type with the file that it is written in, for what it refers to. */
export interface TypeAt {
  node: ts.TypeNode;
  file: string;
}

const deep = 4;

/**
 * The zod schema of a type as far as it can be read: what it does not know is `z.unknown()`. A number may come as text, as forms send
 * it. null where nothing of it is known.
 */
export function schemaOfType({ node, file }: TypeAt, model: AuditModel, depth = 0): string | null {
  if (depth > deep) return null;
  const inner = (one: ts.TypeNode): string => schemaOfType({ node: one, file }, model, depth + 1) ?? 'z.unknown()';
  switch (node.kind) {
    case ts.SyntaxKind.StringKeyword:
      return 'z.string()';
    case ts.SyntaxKind.NumberKeyword:
      return 'z.coerce.number()';
    case ts.SyntaxKind.BooleanKeyword:
      return 'z.boolean()';
  }
  if (ts.isParenthesizedTypeNode(node)) return schemaOfType({ node: node.type, file }, model, depth + 1);
  if (ts.isArrayTypeNode(node)) return `z.array(${inner(node.elementType)})`;
  if (ts.isLiteralTypeNode(node)) return ts.isStringLiteral(node.literal) ? `z.literal(${node.getText()})` : null;
  if (ts.isTypeLiteralNode(node)) return schemaOfMembers(node.members, file, model, depth);
  if (ts.isUnionTypeNode(node)) return schemaOfUnion(node, inner);
  if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName) && !node.typeArguments) {
    const found = declarationOf(node.typeName.text, file, model);
    if (found && ts.isTypeAliasDeclaration(found.node))
      return schemaOfType({ node: found.node.type, file: found.file }, model, depth + 1);
    if (found && ts.isInterfaceDeclaration(found.node) && !found.node.heritageClauses)
      return schemaOfMembers(found.node.members, found.file, model, depth);
  }
  return null;
}

function schemaOfMembers(
  members: ts.NodeArray<ts.TypeElement>,
  file: string,
  model: AuditModel,
  depth: number,
): string | null {
  const fields = members.flatMap((member): string[] => {
    if (!ts.isPropertySignature(member) || !member.type || !ts.isIdentifier(member.name)) return [];
    const schema = schemaOfType({ node: member.type, file }, model, depth + 1) ?? 'z.unknown().optional()';
    const open = member.questionToken !== undefined && !schema.endsWith('.optional()') ? '.optional()' : '';
    return [`${member.name.text}: ${schema}${open}`];
  });
  return fields.length === 0 || fields.length < members.length ? null : `z.object({ ${fields.join(', ')} })`;
}

function schemaOfUnion(node: ts.UnionTypeNode, inner: (one: ts.TypeNode) => string): string {
  const isNull = (one: ts.TypeNode): boolean =>
    ts.isLiteralTypeNode(one) && one.literal.kind === ts.SyntaxKind.NullKeyword;
  const isOpen = (one: ts.TypeNode): boolean => one.kind === ts.SyntaxKind.UndefinedKeyword;
  const rest = node.types.filter((one) => !isNull(one) && !isOpen(one));
  const words = rest.map((one) =>
    ts.isLiteralTypeNode(one) && ts.isStringLiteral(one.literal) ? one.getText() : null,
  );
  const base =
    rest.length === 1
      ? inner(rest[0]!)
      : words.every((word) => word !== null)
        ? `z.enum([${words.join(', ')}])`
        : `z.union([${rest.map(inner).join(', ')}])`;
  return `${base}${node.types.some(isNull) ? '.nullable()' : ''}${node.types.some(isOpen) ? '.optional()' : ''}`;
}

type Declared = ts.TypeAliasDeclaration | ts.InterfaceDeclaration | ts.FunctionDeclaration | ts.VariableStatement;

/** The top-level declaration of a name, in the file or where the file imports it from. */
export function declarationOf(name: string, file: string, model: AuditModel): { node: Declared; file: string } | null {
  const here = topLevel(name, file, model);
  if (here) return { node: here, file };
  const imported = importOf(name, file, model);
  const target = imported && model.wiring.resolve(file, imported.specifier);
  const node = target ? topLevel(imported.name, target, model) : null;
  return node ? { node, file: target! } : null;
}

/** Types too, which the wiring does not follow. */
function importOf(name: string, file: string, { view }: AuditModel): { specifier: string; name: string } | null {
  for (const statement of parse(file, view.text(file)).statements) {
    const bound = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : undefined;
    if (!bound || !ts.isNamedImports(bound)) continue;
    const found = bound.elements.find((one) => one.name.text === name);
    if (found) {
      const specifier = ((statement as ts.ImportDeclaration).moduleSpecifier as ts.StringLiteral).text;
      return { specifier, name: (found.propertyName ?? found.name).text };
    }
  }
  return null;
}

function topLevel(name: string, file: string, { view }: AuditModel): Declared | null {
  const text = view.read(file);
  if (text === null) return null;
  for (const statement of parse(file, text).statements) {
    if (
      (ts.isTypeAliasDeclaration(statement) ||
        ts.isInterfaceDeclaration(statement) ||
        ts.isFunctionDeclaration(statement)) &&
      statement.name?.text === name
    )
      return statement;
    if (
      ts.isVariableStatement(statement) &&
      statement.declarationList.declarations.some((one) => one.name.getText() === name)
    )
      return statement;
  }
  return null;
}

/** Parameters of a function that a name stands for. */
export function parametersOf(name: string, file: string, model: AuditModel) {
  const found = declarationOf(name, file, model);
  if (!found) return null;
  const fn = ts.isVariableStatement(found.node)
    ? found.node.declarationList.declarations.find((one) => one.name.getText() === name)?.initializer
    : found.node;
  const isFunction = fn && (ts.isFunctionDeclaration(fn) || ts.isArrowFunction(fn) || ts.isFunctionExpression(fn));
  return isFunction ? { parameters: fn.parameters, file: found.file } : null;
}
