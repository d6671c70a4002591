import { posix } from 'node:path';
import { ts } from 'ts-morph';

/** Peels what changes nothing for a reader: parentheses, casts, `!`, `await`, `void`, `satisfies`. */
export function unwrap(node: ts.Expression): ts.Expression {
  let current: ts.Expression = node;
  for (;;) {
    if (
      ts.isParenthesizedExpression(current) ||
      ts.isAsExpression(current) ||
      ts.isNonNullExpression(current) ||
      ts.isSatisfiesExpression(current) ||
      ts.isTypeAssertionExpression(current) ||
      ts.isAwaitExpression(current) ||
      ts.isVoidExpression(current)
    ) {
      current = current.expression;
    } else return current;
  }
}

/** `a.b['c']` as `['a', 'b', 'c']`; `this` counts as a name; null when the root or a key is computed. */
export function pathOf(node: ts.Expression): string[] | null {
  const current = unwrap(node);
  if (ts.isIdentifier(current)) return [current.text];
  if (current.kind === ts.SyntaxKind.ThisKeyword) return ['this'];
  if (ts.isMetaProperty(current)) return ['import.meta'];
  if (ts.isPropertyAccessExpression(current)) {
    const left = pathOf(current.expression);
    return left && [...left, current.name.text];
  }
  if (ts.isElementAccessExpression(current) && ts.isStringLiteralLike(current.argumentExpression)) {
    const left = pathOf(current.expression);
    return left && [...left, current.argumentExpression.text];
  }
  return null;
}

/** The literal of `require('x')`, `import('x')` or `import x = require('x')`; undefined when it is neither, null when computed. */
export function loadedSpecifier(node: ts.Expression): string | null | undefined {
  const call = unwrap(node);
  if (!ts.isCallExpression(call)) return undefined;
  const isRequire = ts.isIdentifier(call.expression) && call.expression.text === 'require';
  if (!isRequire && call.expression.kind !== ts.SyntaxKind.ImportKeyword) return undefined;
  const argument = call.arguments[0];
  if (!argument) return undefined;
  return ts.isStringLiteralLike(argument) ? argument.text : null;
}

/**
 * The static part of a computed path: `{ prefix, exact }`. `prefix` is relative to the file's folder; `~/…` stands for the working
 * directory. Null where nothing of it is static.
 */
export function staticPath(node: ts.Expression): { prefix: string; exact: boolean } | null {
  const current = unwrap(node);
  if (ts.isStringLiteralLike(current)) return { prefix: current.text, exact: true };
  if (ts.isIdentifier(current) && current.text === '__dirname') return { prefix: '.', exact: true };
  if (
    ts.isPropertyAccessExpression(current) &&
    ['import.meta.dirname', 'import.meta.url'].includes(pathOf(current)?.join('.') ?? '')
  )
    return { prefix: '.', exact: true };
  if (ts.isTemplateExpression(current)) {
    const first = current.templateSpans[0];
    const rooted = current.head.text === '' && first ? staticPath(first.expression) : null;
    if (rooted?.exact)
      return { prefix: joined([rooted.prefix, first!.literal.text]), exact: current.templateSpans.length === 1 };
    return current.head.text ? { prefix: current.head.text, exact: false } : null;
  }
  if (ts.isBinaryExpression(current) && current.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const left = staticPath(current.left);
    if (!left) return null;
    const right = left.exact ? staticPath(current.right) : null;
    return right
      ? { prefix: joined([left.prefix, right.prefix]), exact: right.exact }
      : { prefix: left.prefix, exact: false };
  }
  if (ts.isNewExpression(current) && pathOf(current.expression)?.[0] === 'URL' && current.arguments?.[0])
    return staticPath(current.arguments[0]);
  if (ts.isCallExpression(current)) return staticCallPath(current);
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
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundNames(element.name)));
}

/** A callee as a person would write it down: `app.use`, `z.object().parse`. */
export function calleeText(node: ts.Expression, depth = 0): string {
  const current = unwrap(node);
  if (ts.isIdentifier(current)) return current.text;
  if (current.kind === ts.SyntaxKind.ThisKeyword) return 'this';
  if (current.kind === ts.SyntaxKind.SuperKeyword) return 'super';
  if (current.kind === ts.SyntaxKind.ImportKeyword) return 'import';
  if (ts.isMetaProperty(current)) return 'import.meta';
  if (depth > 12) return '…';
  if (ts.isPropertyAccessExpression(current))
    return `${calleeText(current.expression, depth + 1)}.${current.name.text}`;
  if (ts.isElementAccessExpression(current)) {
    const key = ts.isStringLiteralLike(current.argumentExpression) ? `.${current.argumentExpression.text}` : '[]';
    return calleeText(current.expression, depth + 1) + key;
  }
  if (ts.isCallExpression(current)) return `${calleeText(current.expression, depth + 1)}()`;
  if (ts.isNewExpression(current)) return `${calleeText(current.expression, depth + 1)}()`;
  return '()';
}

/** A plugin that a manifest of hapi names: `register: { plugins: [{ plugin: './routes' }, 'blipp'] }`. Null for any other node. */
export function manifestPlugin(node: ts.Node): string | null {
  if (!ts.isStringLiteralLike(node)) return null;
  const entry = ts.isPropertyAssignment(node.parent) && keyOf(node.parent) === 'plugin' ? node.parent.parent : node;
  const list = entry.parent;
  if (!ts.isArrayLiteralExpression(list) || !ts.isPropertyAssignment(list.parent)) return null;
  const holder = list.parent.parent.parent;
  return keyOf(list.parent) === 'plugins' && ts.isPropertyAssignment(holder) && keyOf(holder) === 'register'
    ? node.text
    : null;
}

const keyOf = ({ name }: ts.PropertyAssignment): string =>
  ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : '';
