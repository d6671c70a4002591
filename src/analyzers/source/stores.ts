import type { ts } from 'ts-morph';
import type { StoreFact } from '../../model/facts/source.ts';
import type { WalkState } from './state.ts';
import { pathOf, unwrap } from './syntax.ts';
import {
  FirstAssignment,
  forEachChild,
  isArrayLiteralExpression,
  isArrowFunction,
  isBinaryExpression,
  isCallExpression,
  isClassDeclaration,
  isDeleteExpression,
  isElementAccessExpression,
  isExpression,
  isForOfStatement,
  isIdentifier,
  isMethodDeclaration,
  isNewExpression,
  isNumericLiteral,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isRegularExpressionLiteral,
  isReturnStatement,
  isSpreadElement,
  isStringLiteralLike,
  isToken,
  isVariableDeclaration,
  LastAssignment,
} from './typescript.ts';
import type { UnitNode } from './units.ts';

const writing = new Set(['push', 'unshift', 'set', 'add', 'delete', 'clear', 'splice', 'pop', 'shift', 'fill', 'sort']);
const reading = new Set([
  'get',
  'find',
  'filter',
  'map',
  'has',
  'some',
  'every',
  'values',
  'keys',
  'entries',
  'forEach',
  'findIndex',
  'includes',
  'slice',
  'at',
  'reduce',
  'indexOf',
  'length',
  'size',
]);

/** Calls that answer with what they are given. */
const answering = new Set(['json', 'jsonp', 'send', 'end', 'render', 'stringify']);

/** Named as what never changes: `const DNS_SERVERS = […]`. */
const constant = /^[A-Z][A-Z\d]*(_[A-Z\d]+)+$/;

/** Collections that outlive a request: at module level or in a class field, with where they are changed and asked. */
export function collectStores(units: UnitNode[], state: WalkState): void {
  const stores = new Map<string, StoreFact>();
  const add = (name: string, initializer: ts.Expression, unit: UnitNode, at: ts.Node): void => {
    const shape = shapeOf(initializer);
    if (shape && !stores.has(name)) {
      stores.set(name, {
        name,
        ...shape,
        writes: [],
        reads: [],
        line: state.lineOf(at.getStart(state.file)),
        unit: unit.fact.index,
      });
    }
  };
  for (const unit of units) {
    if (isVariableDeclaration(unit.node) && isIdentifier(unit.node.name) && unit.node.initializer)
      add(unit.node.name.text, unit.node.initializer, unit, unit.node);
    if (isClassDeclaration(unit.node)) {
      for (const member of unit.node.members) {
        if (isPropertyDeclaration(member) && isIdentifier(member.name) && member.initializer)
          add(`this.${member.name.text}`, member.initializer, unit, member);
      }
    }
  }
  if (stores.size === 0) return;
  /** Handed out whole. A list that nothing changes may be a constant; one that is changed is read by that. */
  const answered: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (isToken(node)) return;
    if (isCallExpression(node) && isPropertyAccessExpression(node.expression)) {
      note(node.expression.expression, node.expression.name.text, node);
      if (answering.has(node.expression.name.text)) answered.push(...node.arguments);
    } else if (
      isBinaryExpression(node) &&
      node.operatorToken.kind >= FirstAssignment &&
      node.operatorToken.kind <= LastAssignment
    ) {
      const left = unwrap(node.left);
      const target = isElementAccessExpression(left) ? left.expression : left;
      const store = stores.get(pathOf(target)?.join('.') ?? '');
      if (store) store.writes.push(state.lineOf(node.getStart(state.file)));
    } else if (isElementAccessExpression(node)) note(node.expression, 'at', node);
    else if (isDeleteExpression(node) && isElementAccessExpression(node.expression))
      note(node.expression.expression, 'delete', node);
    else if (isReturnStatement(node) && node.expression) note(node.expression, 'get', node);
    else if (isArrowFunction(node) && isExpression(node.body)) answered.push(node.body);
    else if (isSpreadElement(node) || isForOfStatement(node)) note(node.expression, 'get', node);
    forEachChild(node, visit);
  };
  const note = (target: ts.Expression, method: string, node: ts.Node): void => {
    const store = stores.get(pathOf(target)?.join('.') ?? '');
    if (!store) return;
    const line = state.lineOf(node.getStart(state.file));
    if (writing.has(method)) store.writes.push(line);
    else if (reading.has(method)) store.reads.push(line);
  };
  for (const unit of units) visit(unit.node);
  for (const one of answered) if (stores.get(pathOf(one)?.join('.') ?? '')?.writes.length) note(one, 'get', one);
  state.code.stores = [...stores.values()].filter(
    ({ name, writes, reads }) => writes.length > 0 || (reads.length > 0 && !constant.test(name)),
  );
}

/** Words, numbers and patterns: a list of them is a constant of the program, not what it keeps of others. */
const isPlain = (node: ts.Expression): boolean =>
  isStringLiteralLike(node) ||
  isNumericLiteral(node) ||
  isRegularExpressionLiteral(node) ||
  isPropertyAccessExpression(node);

function shapeOf(node: ts.Expression): { form: StoreFact['form']; size: number } | null {
  const initializer = unwrap(node);
  if (isNewExpression(initializer) && isIdentifier(initializer.expression)) {
    if (initializer.expression.text === 'Map') return { form: 'map', size: 0 };
    if (initializer.expression.text === 'Set') return { form: 'set', size: 0 };
  }
  if (isArrayLiteralExpression(initializer))
    return { form: 'array', size: initializer.elements.filter((element) => !isPlain(unwrap(element))).length };
  if (
    isObjectLiteralExpression(initializer) &&
    !initializer.properties.some((property) => isMethodDeclaration(property))
  )
    return { form: 'object', size: initializer.properties.length };
  if (isCallExpression(initializer) && pathOf(initializer.expression)?.join('.') === 'JSON.parse')
    return { form: 'json', size: 0 };
  if (
    isCallExpression(initializer) &&
    isIdentifier(initializer.expression) &&
    initializer.expression.text === 'require'
  ) {
    const first = initializer.arguments[0];
    if (first && isStringLiteralLike(first) && first.text.endsWith('.json')) return { form: 'json', size: 0 };
  }
  return null;
}
