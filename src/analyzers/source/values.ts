import type { ts } from 'ts-morph';
import type { ValueFact } from '../../model/facts/source.ts';
import type { Bindings } from './bindings.ts';
import { envName } from './env.ts';
import { takenInProduction } from './production.ts';
import { calleeText, loadedSpecifier, pathOf, unwrap } from './syntax.ts';
import {
  BarBarToken,
  FalseKeyword,
  ImportKeyword,
  isArrayLiteralExpression,
  isArrowFunction,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isFunctionExpression,
  isIdentifier,
  isNewExpression,
  isNumericLiteral,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isRegularExpressionLiteral,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isSpreadElement,
  isStringLiteralLike,
  isTemplateExpression,
  NullKeyword,
  PlusToken,
  QuestionQuestionToken,
  TrueKeyword,
} from './typescript.ts';

const maxDepth = 5;
const maxBreadth = 60;

/** Index of a function node in the file's list, filled by the walk. */
export type FunctionIndex = (node: ts.Node) => number;

/** Simplifies an expression to what can be known without running it. */
export function simplify(node: ts.Expression, bindings: Bindings, functionIndex: FunctionIndex, depth = 0): ValueFact {
  const current = unwrap(node);
  const next = (child: ts.Expression): ValueFact => simplify(child, bindings, functionIndex, depth + 1);
  if (isStringLiteralLike(current)) return { kind: 'string', value: current.text };
  if (isNumericLiteral(current)) {
    const value = Number(current.text);
    // JSON has no number for what is too large to count.
    return Number.isFinite(value) ? { kind: 'number', value } : other(current);
  }
  if (current.kind === TrueKeyword) return { kind: 'boolean', value: true };
  if (current.kind === FalseKeyword) return { kind: 'boolean', value: false };
  if (current.kind === NullKeyword) return { kind: 'null' };
  if (isRegularExpressionLiteral(current)) return { kind: 'regex', value: current.text };
  if (isTemplateExpression(current))
    return { kind: 'template', parts: [current.head.text, ...current.templateSpans.map((span) => span.literal.text)] };
  const env = envName(current, bindings);
  if (env) return { kind: 'env', name: env, fallback: null };
  if (isArrowFunction(current) || isFunctionExpression(current))
    return { kind: 'function', index: functionIndex(current) };
  if (depth >= maxDepth) return other(current);
  if (isBinaryExpression(current)) return binaryValue(current, next);
  if (isConditionalExpression(current)) {
    const taken = takenInProduction(current.condition, current.whenTrue, current.whenFalse);
    return taken ? next(taken) : { kind: 'choice', of: [next(current.whenTrue), next(current.whenFalse)] };
  }
  if (isObjectLiteralExpression(current)) return objectValue(current, next, functionIndex);
  if (isArrayLiteralExpression(current)) {
    return {
      kind: 'array',
      items: current.elements
        .slice(0, maxBreadth)
        .map((element) => next(isSpreadElement(element) ? element.expression : element)),
    };
  }
  if (isCallExpression(current) && current.expression.kind === ImportKeyword) {
    // `register(import('@fastify/cors'))`: what takes a module so takes its default.
    const whole = bindings.originOf(current);
    if (whole?.from === 'package') return { kind: 'ref', path: whole.package, origin: { ...whole, member: 'default' } };
    if (whole?.from === 'module') return { kind: 'ref', path: whole.specifier, origin: { ...whole, name: 'default' } };
  }
  // `require('./users')` and `require('./users').router` name what a module exports, as a name bound to it would.
  const loaded = isPropertyAccessExpression(current) ? unwrap(current.expression) : current;
  if (typeof loadedSpecifier(loaded) === 'string')
    return { kind: 'ref', path: calleeText(current), origin: bindings.originOf(current) };
  if (isCallExpression(current) || isNewExpression(current)) {
    return {
      kind: 'call',
      callee: calleeText(current.expression),
      origin: bindings.originOf(current.expression),
      args: (current.arguments ?? [])
        .slice(0, 8)
        .map((argument) => next(isSpreadElement(argument) ? argument.expression : argument)),
      start: current.getStart(),
    };
  }
  // `new Users(store).router` is a member of what it makes.
  const made = isPropertyAccessExpression(current) && isNewExpression(unwrap(current.expression));
  const origin = made ? bindings.originOf(current) : null;
  if (origin) return { kind: 'ref', path: calleeText(current), origin };
  const path = pathOf(current);
  if (path) return { kind: 'ref', path: path.join('.'), origin: bindings.originOf(current) };
  return other(current);
}

function binaryValue(node: ts.BinaryExpression, next: (child: ts.Expression) => ValueFact): ValueFact {
  const kind = node.operatorToken.kind;
  if (kind === BarBarToken || kind === QuestionQuestionToken) {
    const left = next(node.left);
    const right = next(node.right);
    if (left.kind === 'env') return { ...left, fallback: right };
    return { kind: 'choice', of: [left, right] };
  }
  if (kind === PlusToken) {
    const [left, right] = [next(node.left), next(node.right)];
    const parts = (value: ValueFact): string[] =>
      value.kind === 'string' ? [value.value] : value.kind === 'template' ? value.parts : ['', ''];
    if (left.kind === 'string' && right.kind === 'string') return { kind: 'string', value: left.value + right.value };
    const [before, after] = [parts(left), parts(right)];
    return {
      kind: 'template',
      parts: [...before.slice(0, -1), before.at(-1)! + after[0]!, ...after.slice(1)],
    };
  }
  return other(node);
}

function objectValue(
  node: ts.ObjectLiteralExpression,
  next: (child: ts.Expression) => ValueFact,
  functionIndex: FunctionIndex,
): ValueFact {
  const props: Record<string, ValueFact> = {};
  let spread = false;
  for (const property of node.properties.slice(0, maxBreadth)) {
    if (isSpreadAssignment(property)) {
      spread = true;
      const inner = next(property.expression);
      if (inner.kind === 'object') Object.assign(props, inner.props);
      continue;
    }
    const key =
      property.name &&
      (isIdentifier(property.name) || isStringLiteralLike(property.name) || isNumericLiteral(property.name))
        ? property.name.text
        : null;
    if (key === null || key === '__proto__') continue;
    if (isPropertyAssignment(property)) props[key] = next(property.initializer);
    else if (isShorthandPropertyAssignment(property)) props[key] = next(property.name);
    else props[key] = { kind: 'function', index: functionIndex(property) };
  }
  return { kind: 'object', props, spread };
}

const other = (node: ts.Node): ValueFact => ({ kind: 'other', text: node.getText().slice(0, 80) });
