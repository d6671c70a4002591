import type { ts } from 'ts-morph';
import { calleeText } from './syntax.ts';
import {
  AmpersandAmpersandToken,
  BarBarToken,
  EqualsEqualsEqualsToken,
  EqualsEqualsToken,
  ExclamationEqualsEqualsToken,
  ExclamationEqualsToken,
  ExclamationToken,
  forEachChild,
  isArrayLiteralExpression,
  isAsExpression,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isConditionalExpression,
  isIdentifier,
  isIfStatement,
  isNonNullExpression,
  isParenthesizedExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isReturnStatement,
  isStringLiteralLike,
} from './typescript.ts';

/** Values of an environment name that say production, and those that say anything else. */
const productionValue = /^(prod|production|live)$/i;
const otherValue = /^(dev|develop|development|local|localhost|test|testing|ci)$/i;
/** What is compared with such a value: `process.env.NODE_ENV`, `config.env`, `app.get('env')`, `mode`. */
const environment = /env|\bstage\b|\bmode\b/i;
/** Flags that hold in production, or only outside it: `isProd`, `HelperService.isProd()`, `import.meta.env.DEV`, `__DEV__`. */
const productionFlag = /^_*((is|in|on)_?)?(prod|production)(_?(mode|env|environment))?_*$/i;
const otherFlag =
  /^_*((is|in|on)_?(dev|develop|development|local|test|testing)(_?(mode|env|environment|deploy|deployment|build|machine))?|dev|development)_*$/i;
/** A branch that starts the program is how a host that listens by itself is told from one that does not: it is no mere aid. */
const starting = /(^|\.)(listen|serve|createServer|start)$/;

/** What the condition comes to in production; null where that does not depend on the environment alone. */
function inProduction(condition: ts.Expression): boolean | null {
  const node = bare(condition);
  if (isPrefixUnaryExpression(node) && node.operator === ExclamationToken) {
    const inner = inProduction(node.operand);
    return inner === null ? null : !inner;
  }
  if (isBinaryExpression(node)) return ofBinary(node);
  if (isCallExpression(node) && isPropertyAccessExpression(node.expression) && node.arguments[0]) {
    // `['development', 'test'].includes(process.env.NODE_ENV)`
    const list = bare(node.expression.expression);
    if (node.expression.name.text !== 'includes' || !isArrayLiteralExpression(list)) return null;
    if (!environment.test(node.arguments[0].getText())) return null;
    const names = list.elements.map((element) => (isStringLiteralLike(element) ? element.text : ''));
    if (names.some((name) => productionValue.test(name))) return true;
    return names.length > 0 && names.every((name) => otherValue.test(name)) ? false : null;
  }
  const name = flagName(node);
  if (productionFlag.test(name)) return true;
  return otherFlag.test(name) ? false : null;
}

function ofBinary(node: ts.BinaryExpression): boolean | null {
  const { kind } = node.operatorToken;
  if (kind === AmpersandAmpersandToken || kind === BarBarToken) {
    const decisive = kind === BarBarToken;
    const [left, right] = [inProduction(node.left), inProduction(node.right)];
    if (left === decisive || right === decisive) return decisive;
    return left === null || right === null ? null : !decisive;
  }
  const equal = kind === EqualsEqualsEqualsToken || kind === EqualsEqualsToken;
  const unequal = kind === ExclamationEqualsEqualsToken || kind === ExclamationEqualsToken;
  if (!equal && !unequal) return null;
  const sides = [bare(node.left), bare(node.right)];
  const literal = sides.find(isStringLiteralLike);
  const asked = sides.find((side) => side !== literal);
  if (!literal || !asked || !environment.test(asked.getText())) return null;
  if (productionValue.test(literal.text)) return equal;
  return otherValue.test(literal.text) ? unequal : null;
}

/** The last name of `isProd`, `config.isProd` or `config.isProd()`. */
function flagName(node: ts.Expression): string {
  if (isCallExpression(node)) return node.arguments.length === 0 ? flagName(node.expression) : '';
  if (isIdentifier(node)) return node.text;
  return isPropertyAccessExpression(node) ? node.name.text : '';
}

function bare(node: ts.Expression): ts.Expression {
  return isParenthesizedExpression(node) || isNonNullExpression(node) || isAsExpression(node)
    ? bare(node.expression)
    : node;
}

/** Of two outcomes the one that production takes; null where it may take either. */
export function takenInProduction<T>(condition: ts.Expression, whenTrue: T, whenFalse: T): T | null {
  const holds = inProduction(condition);
  return holds === null ? null : holds ? whenTrue : whenFalse;
}

/** Children of the node that production never comes to: branches for development, and what follows a return that production takes. */
export function idleChildren(node: ts.Node): ReadonlySet<ts.Node> | null {
  if (isIfStatement(node)) return idle(node.expression, node.thenStatement, node.elseStatement);
  if (isConditionalExpression(node)) return idle(node.condition, node.whenTrue, node.whenFalse);
  if (isBinaryExpression(node)) {
    if (node.operatorToken.kind === AmpersandAmpersandToken) return idle(node.left, node.right, undefined);
    if (node.operatorToken.kind === BarBarToken) return idle(node.left, undefined, node.right);
  }
  if (isBlock(node)) return afterReturn(node);
  return null;
}

function idle(condition: ts.Expression, whenTrue: ts.Node | undefined, whenFalse: ts.Node | undefined) {
  const never = takenInProduction(condition, whenFalse, whenTrue);
  return never && !starts(never) ? new Set<ts.Node>([never]) : null;
}

/** `if (isProduction) return;` at the head of a function: the rest is for development. */
function afterReturn({ statements }: ts.Block): ReadonlySet<ts.Node> | null {
  const at = statements.findIndex(
    (statement) =>
      isIfStatement(statement) &&
      !statement.elseStatement &&
      leaves(statement.thenStatement) &&
      inProduction(statement.expression) === true,
  );
  const rest = at < 0 ? [] : statements.slice(at + 1);
  return rest.length > 0 && !rest.some(starts) ? new Set<ts.Node>(rest) : null;
}

const leaves = (node: ts.Statement): boolean =>
  isBlock(node) ? node.statements.length > 0 && leaves(node.statements.at(-1)!) : isReturnStatement(node);

function starts(node: ts.Node): boolean {
  if (isCallExpression(node) && starting.test(calleeText(node.expression))) return true;
  return forEachChild(node, starts) ?? false;
}
