import { posix } from 'node:path';
import type { ts } from 'ts-morph';
import {
  AsExpression,
  AwaitExpression,
  ImportKeyword,
  isArrayLiteralExpression,
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isMetaProperty,
  isNewExpression,
  isOmittedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteralLike,
  isTemplateExpression,
  NonNullExpression,
  ParenthesizedExpression,
  PlusToken,
  SatisfiesExpression,
  SuperKeyword,
  ThisKeyword,
  TypeAssertionExpression,
  VoidExpression,
} from './typescript.ts';

/** Peels what changes nothing for a reader: parentheses, casts, `!`, `await`, `void`, `satisfies`. */
export function unwrap(node: ts.Expression): ts.Expression {
  let current = node;
  while (peeled.has(current.kind)) current = (current as ts.ParenthesizedExpression).expression;
  return current;
}
const peeled = new Set<ts.SyntaxKind>([
  ParenthesizedExpression,
  AsExpression,
  NonNullExpression,
  SatisfiesExpression,
  TypeAssertionExpression,
  AwaitExpression,
  VoidExpression,
]);

/** `a.b['c']` as `['a', 'b', 'c']`; `this` counts as a name; null when the root or a key is computed. */
export function pathOf(node: ts.Expression): string[] | null {
  const current = unwrap(node);
  if (isIdentifier(current)) return [current.text];
  if (current.kind === ThisKeyword) return ['this'];
  if (isMetaProperty(current)) return ['import.meta'];
  if (isPropertyAccessExpression(current)) {
    const left = pathOf(current.expression);
    return left && [...left, current.name.text];
  }
  if (isElementAccessExpression(current) && isStringLiteralLike(current.argumentExpression)) {
    const left = pathOf(current.expression);
    return left && [...left, current.argumentExpression.text];
  }
  return null;
}

/** The literal of `require('x')`, `import('x')` or `import x = require('x')`; undefined when it is neither, null when computed. */
export function loadedSpecifier(node: ts.Expression): string | null | undefined {
  const call = unwrap(node);
  if (!isCallExpression(call)) return undefined;
  const isRequire = isIdentifier(call.expression) && call.expression.text === 'require';
  if (!isRequire && call.expression.kind !== ImportKeyword) return undefined;
  const argument = call.arguments[0];
  if (!argument) return undefined;
  return isStringLiteralLike(argument) ? argument.text : null;
}

/**
 * The static part of a computed path: `{ prefix, exact }`. `prefix` is relative to the file's folder; `~/…` stands for the working
 * directory. Null where nothing of it is static.
 */
export function staticPath(node: ts.Expression): { prefix: string; exact: boolean } | null {
  const current = unwrap(node);
  if (isStringLiteralLike(current)) return { prefix: current.text, exact: true };
  if (isIdentifier(current) && current.text === '__dirname') return { prefix: '.', exact: true };
  if (
    isPropertyAccessExpression(current) &&
    ['import.meta.dirname', 'import.meta.url'].includes(pathOf(current)?.join('.') ?? '')
  )
    return { prefix: '.', exact: true };
  if (isTemplateExpression(current)) {
    const first = current.templateSpans[0];
    const rooted = current.head.text === '' && first ? staticPath(first.expression) : null;
    if (rooted?.exact)
      return { prefix: joined([rooted.prefix, first!.literal.text]), exact: current.templateSpans.length === 1 };
    return current.head.text ? { prefix: current.head.text, exact: false } : null;
  }
  if (isBinaryExpression(current) && current.operatorToken.kind === PlusToken) {
    const left = staticPath(current.left);
    if (!left) return null;
    const right = left.exact ? staticPath(current.right) : null;
    return right
      ? { prefix: joined([left.prefix, right.prefix]), exact: right.exact }
      : { prefix: left.prefix, exact: false };
  }
  if (isNewExpression(current) && pathOf(current.expression)?.[0] === 'URL' && current.arguments?.[0])
    return staticPath(current.arguments[0]);
  if (isCallExpression(current)) return staticCallPath(current);
  return null;
}

function staticCallPath(call: ts.CallExpression): { prefix: string; exact: boolean } | null {
  const name = pathOf(call.expression)?.at(-1);
  if (name === 'cwd') return { prefix: '~', exact: true };
  if (name === 'fileURLToPath' && call.arguments[0]) return staticPath(call.arguments[0]);
  if (name === 'dirname') return { prefix: '.', exact: true };
  if (name !== 'join' && name !== 'resolve' && name !== 'normalize') return null;
  const parts: string[] = [];
  for (const argument of call.arguments) {
    const part = staticPath(argument);
    if (!part) return parts.length > 0 ? { prefix: joined(parts), exact: false } : null;
    parts.push(part.prefix);
    if (!part.exact) return { prefix: joined(parts), exact: false };
  }
  if (parts.length === 0) return null;
  // `path.resolve('src/x')` starts at the working directory, `path.join(__dirname, 'x')` at the file's.
  const fromFile = parts[0] === '.' || parts[0]!.startsWith('~') || parts[0]!.startsWith('.');
  return { prefix: joined(name === 'resolve' && !fromFile ? ['~', ...parts] : parts), exact: true };
}

const joined = (parts: string[]): string => posix.join(...parts.map((part) => (part === '' ? '.' : part)));

/** Names bound by a declaration's left side. */
export function boundNames(name: ts.BindingName): string[] {
  if (isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (isOmittedExpression(element) ? [] : boundNames(element.name)));
}

/** A callee as a person would write it down: `app.use`, `z.object().parse`. */
export function calleeText(node: ts.Expression, depth = 0): string {
  const current = unwrap(node);
  if (isIdentifier(current)) return current.text;
  if (current.kind === ThisKeyword) return 'this';
  if (current.kind === SuperKeyword) return 'super';
  if (current.kind === ImportKeyword) return 'import';
  if (isMetaProperty(current)) return 'import.meta';
  if (depth > 12) return '…';
  if (isPropertyAccessExpression(current)) return `${calleeText(current.expression, depth + 1)}.${current.name.text}`;
  if (isElementAccessExpression(current)) {
    const key = isStringLiteralLike(current.argumentExpression) ? `.${current.argumentExpression.text}` : '[]';
    return calleeText(current.expression, depth + 1) + key;
  }
  if (isCallExpression(current)) return `${calleeText(current.expression, depth + 1)}()`;
  if (isNewExpression(current)) return `${calleeText(current.expression, depth + 1)}()`;
  return '()';
}

/** A plugin that a manifest of hapi names: `register: { plugins: [{ plugin: './routes' }, 'blipp'] }`. Null for any other node. */
export function manifestPlugin(node: ts.Node): string | null {
  if (!isStringLiteralLike(node)) return null;
  const entry = isPropertyAssignment(node.parent) && keyOf(node.parent) === 'plugin' ? node.parent.parent : node;
  const list = entry.parent;
  if (!isArrayLiteralExpression(list) || !isPropertyAssignment(list.parent)) return null;
  const holder = list.parent.parent.parent;
  return keyOf(list.parent) === 'plugins' && isPropertyAssignment(holder) && keyOf(holder) === 'register'
    ? node.text
    : null;
}

const keyOf = ({ name }: ts.PropertyAssignment): string =>
  isIdentifier(name) || isStringLiteralLike(name) ? name.text : '';
