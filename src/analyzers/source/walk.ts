import type { ts } from 'ts-morph';
import type { CallFact, CallForm, FunctionFact, Origin } from '../../model/facts/source.ts';
import { readEnv } from './env-reads.ts';
import { idleChildren } from './production.ts';
import type { WalkState } from './state.ts';
import { boundNames, calleeText, loadedSpecifier, manifestPlugin, unwrap } from './syntax.ts';
import {
  AsyncKeyword,
  canHaveDecorators,
  canHaveModifiers,
  EqualsToken,
  ExtendsKeyword,
  forEachChild,
  getDecorators,
  getModifiers,
  isArrowFunction,
  isAsExpression,
  isAwaitExpression,
  isBinaryExpression,
  isBindingElement,
  isBlock,
  isCallExpression,
  isClassLike,
  isComputedPropertyName,
  isConstructorDeclaration,
  isEnumMember,
  isExportAssignment,
  isExpressionWithTypeArguments,
  isFunctionDeclaration,
  isFunctionExpression,
  isGetAccessorDeclaration,
  isIdentifier,
  isJsxAttribute,
  isJsxOpeningElement,
  isJsxSelfClosingElement,
  isLabeledStatement,
  isMethodDeclaration,
  isNewExpression,
  isNonNullExpression,
  isObjectLiteralExpression,
  isParameter,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isSatisfiesExpression,
  isSetAccessorDeclaration,
  isShorthandPropertyAssignment,
  isSpreadElement,
  isStringLiteralLike,
  isTaggedTemplateExpression,
  isToken,
  isTypeNode,
  isVariableDeclaration,
} from './typescript.ts';
import type { UnitNode } from './units.ts';
import { simplify } from './values.ts';

type FunctionNode = ts.FunctionLikeDeclaration;

/** Fills the facts of one unit: one visit that notes functions, calls, uses, environment reads and rendered elements. */
export function walkUnit(unit: UnitNode, state: WalkState): void {
  const { code, file } = state;
  const uses = new Set<string>();
  const index = unit.fact.index;
  /** True while the visit is where production never comes. */
  let idle = false;
  const use = (name: string): void => {
    if (!idle) uses.add(name);
  };

  const visit = (node: ts.Node, within: number, owner: string | null): void => {
    if (isIdentifier(node)) {
      if (state.topLevel.has(node.text)) use(node.text);
      return;
    }
    if (isToken(node)) {
      const plugin = manifestPlugin(node);
      if (plugin) addPlugin(node, plugin, within);
      return;
    }
    if (isTypeNode(node) && !isExpressionWithTypeArguments(node)) return;
    readEnv(node, index, state);
    if (isPropertyAccessExpression(node)) {
      if (!idle) state.members.add(node.name.text);
      if (isIdentifier(node.expression) && state.topLevel.has(node.expression.text))
        use(`${node.expression.text}.${node.name.text}`);
      else visit(node.expression, within, owner);
      return;
    }
    if (isFunctionNode(node)) {
      visitFunction(node, within, owner);
      return;
    }
    if (isCallExpression(node) || isNewExpression(node)) addCall(node, within);
    if (isTaggedTemplateExpression(node)) addCall(node, within);
    if (isClassLike(node)) visitClass(node, within);
    else if (isJsxOpeningElement(node) || isJsxSelfClosingElement(node)) visitJsx(node, within, owner);
    else visitNamed(node, within, owner);
  };

  /** Children whose own name is a declaration or a key, not a use. */
  const visitNamed = (node: ts.Node, within: number, owner: string | null): void => {
    if (isPropertyAssignment(node)) {
      if (isComputedPropertyName(node.name)) visit(node.name.expression, within, owner);
      visit(node.initializer, within, owner);
    } else if (isVariableDeclaration(node) || isBindingElement(node)) {
      if (isBindingElement(node)) for (const name of boundNames(node.name)) state.members.add(name);
      if (isBindingElement(node) && node.propertyName && isIdentifier(node.propertyName))
        state.members.add(node.propertyName.text);
      if (!isIdentifier(node.name)) visit(node.name, within, owner);
      if (node.initializer) visit(node.initializer, within, owner);
      // Options written down inside a function are read as well as those at top level.
      if (within >= 0 && isIdentifier(node.name) && node.initializer && isObjectLiteralExpression(node.initializer)) {
        const { text } = node.name;
        const literal = node.initializer;
        if (text !== '__proto__')
          pending.push(() => (code.objects[text] ??= simplify(literal, state.bindings, state.functionIndex)));
      }
    } else if (isPropertyDeclaration(node)) {
      for (const modifier of getDecorators(node) ?? []) addDecorator(modifier, within, node, owner);
      if (node.initializer) visit(node.initializer, within, owner);
    } else if (isShorthandPropertyAssignment(node)) visit(node.name, within, owner);
    else if (isLabeledStatement(node)) visit(node.statement, within, owner);
    else if (isEnumMember(node)) {
      if (node.initializer) visit(node.initializer, within, owner);
    } else visitChildren(node, within, owner);
  };

  const visitChildren = (node: ts.Node, within: number, owner: string | null): void => {
    const never = idle ? null : idleChildren(node);
    forEachChild(node, (child) => {
      const before = idle;
      if (never?.has(child)) idle = true;
      visit(child, within, owner);
      idle = before;
    });
  };

  const visitClass = (node: ts.ClassLikeDeclaration, within: number): void => {
    for (const decorator of getDecorators(node) ?? []) addDecorator(decorator, within, node, null);
    for (const clause of node.heritageClauses ?? []) {
      if (clause.token === ExtendsKeyword) for (const type of clause.types) visit(type.expression, within, null);
    }
    for (const member of node.members) visit(member, within, node.name?.text ?? '');
  };

  const visitFunction = (node: FunctionNode, within: number, owner: string | null): void => {
    const at = code.functions.length;
    state.indexes.set(node, at);
    code.functions.push(functionFact(node, index, within, owner, state));
    for (const decorator of (canHaveDecorators(node) && getDecorators(node)) || [])
      addDecorator(decorator, within, node, owner);
    for (const parameter of node.parameters) {
      for (const decorator of getDecorators(parameter) ?? []) addDecorator(decorator, at, parameter, owner);
      if (parameter.initializer) visit(parameter.initializer, at, owner);
      if (!isIdentifier(parameter.name)) visit(parameter.name, at, owner);
      // Injection and binding by type: the class named there is made and used at run time.
      if (parameter.type && (isConstructorDeclaration(node) || getDecorators(parameter)?.length))
        typeNames(parameter.type, state.topLevel, uses);
    }
    if (node.body) visit(node.body, at, owner);
  };

  const visitJsx = (
    node: ts.JsxOpeningElement | ts.JsxSelfClosingElement,
    within: number,
    owner: string | null,
  ): void => {
    const name = calleeText(node.tagName as ts.Expression);
    if (/^[A-Z]/.test(name) || name.includes('.')) {
      code.jsx.push({
        name,
        origin: state.bindings.originOf(node.tagName as ts.Expression),
        attributes: node.attributes.properties.map((attribute) =>
          isJsxAttribute(attribute) ? attribute.name.getText(file) : '...',
        ),
        line: state.lineOf(node.getStart(file)),
        unit: index,
      });
    }
    visit(node.tagName, within, owner);
    for (const attribute of node.attributes.properties) {
      if (isJsxAttribute(attribute)) {
        if (attribute.initializer) visit(attribute.initializer, within, owner);
      } else visit(attribute.expression, within, owner);
    }
  };

  const addCall = (node: ts.CallExpression | ts.NewExpression | ts.TaggedTemplateExpression, within: number): void => {
    const callee = isTaggedTemplateExpression(node) ? node.tag : node.expression;
    const form: CallForm = isNewExpression(node) ? 'new' : isTaggedTemplateExpression(node) ? 'tag' : 'call';
    pushCall(node, callee, form, isTaggedTemplateExpression(node) ? [] : [...(node.arguments ?? [])], within);
  };

  const pushCall = (
    node: ts.Node,
    callee: ts.Expression,
    form: CallForm,
    args: ts.Expression[],
    within: number,
    target?: CallFact['target'],
  ): void => {
    const start = node.getStart(file);
    const at = code.calls.length;
    code.calls.push({
      callee: calleeText(callee).slice(0, 120),
      form,
      origin: state.bindings.originOf(callee),
      args: [],
      line: state.lineOf(calleeEnd(callee, file)),
      start,
      end: node.end,
      unit: index,
      within,
      ...(target ? { target } : {}),
      ...(idle ? { idle } : {}),
      ...assignedTo(node),
    });
    pending.push(() => {
      code.calls[at]!.args = args
        .slice(0, 12)
        .map((argument) =>
          simplify(isSpreadElement(argument) ? argument.expression : argument, state.bindings, state.functionIndex),
        );
    });
  };

  /** What a manifest names is registered on the server as if it were written down. */
  const addPlugin = (node: ts.Node, specifier: string, within: number): void => {
    const origin: Origin = specifier.startsWith('.')
      ? { from: 'module', specifier, name: '*', member: '' }
      : { from: 'package', package: specifier, member: 'default' };
    const start = node.getStart(file);
    code.calls.push({
      callee: 'server.register',
      form: 'call',
      origin: null,
      args: [{ kind: 'ref', path: specifier, origin }],
      line: state.lineOf(start),
      start,
      end: node.end,
      unit: index,
      within,
      ...(idle ? { idle } : {}),
    });
  };

  const addDecorator = (decorator: ts.Decorator, within: number, on: ts.Node, owner: string | null): void => {
    const expression = unwrap(decorator.expression);
    const called = isCallExpression(expression);
    const named = on as ts.NamedDeclaration;
    const name = named.name && (isIdentifier(named.name) || isStringLiteralLike(named.name)) ? named.name.text : '';
    const kind = isClassLike(on)
      ? 'class'
      : isParameter(on)
        ? 'parameter'
        : isMethodDeclaration(on)
          ? 'method'
          : 'property';
    pushCall(
      decorator,
      called ? expression.expression : expression,
      'decorator',
      called ? [...expression.arguments] : [],
      within,
      {
        kind,
        name,
        ...(owner !== null ? { owner } : {}),
      },
    );
    if (called) for (const argument of expression.arguments) visit(argument, within, owner);
    visit(called ? expression.expression : expression, within, owner);
  };

  // Arguments are simplified after the walk, when every function has its index.
  const pending: (() => void)[] = [];
  if (isVariableDeclaration(unit.node)) {
    readEnv(unit.node, index, state);
    visitNamed(unit.node, -1, null);
  } else visit(unit.node, -1, null);
  for (const finish of pending) finish();
  for (const name of unit.fact.declares) uses.delete(name);
  unit.fact.uses = [...uses].sort();
}

const isFunctionNode = (node: ts.Node): node is FunctionNode =>
  isFunctionDeclaration(node) ||
  isFunctionExpression(node) ||
  isArrowFunction(node) ||
  isMethodDeclaration(node) ||
  isConstructorDeclaration(node) ||
  isGetAccessorDeclaration(node) ||
  isSetAccessorDeclaration(node);

function functionFact(
  node: FunctionNode,
  unit: number,
  within: number,
  owner: string | null,
  state: WalkState,
): FunctionFact {
  const start = node.getStart(state.file);
  const loads = node.body && !isBlock(node.body) && node.parameters.length === 0 ? loadedSpecifier(node.body) : null;
  return {
    name: functionName(node),
    owner:
      isMethodDeclaration(node) || isConstructorDeclaration(node) || isPropertyDeclaration(node.parent) ? owner : null,
    params: node.parameters.flatMap((parameter) =>
      isIdentifier(parameter.name) ? [parameter.name.text] : [`{${boundNames(parameter.name).join(',')}}`],
    ),
    async: canHaveModifiers(node) && (getModifiers(node) ?? []).some((modifier) => modifier.kind === AsyncKeyword),
    unit,
    within,
    paramTypes: node.parameters.map((parameter) => parameter.type?.getText(state.file).slice(0, 80) ?? ''),
    line: state.lineOf(start),
    start,
    end: node.end,
    ...(loads && { loads }),
  };
}

function functionName(node: FunctionNode): string {
  if (isConstructorDeclaration(node)) return 'constructor';
  if (node.name && (isIdentifier(node.name) || isStringLiteralLike(node.name))) return node.name.text;
  // `const x = wrap(async () => …)` names the function it wraps.
  let parent: ts.Node = node.parent;
  while (
    isCallExpression(parent) ||
    isParenthesizedExpression(parent) ||
    isAsExpression(parent) ||
    isSatisfiesExpression(parent)
  )
    parent = parent.parent;
  if (
    (isVariableDeclaration(parent) || isPropertyAssignment(parent) || isPropertyDeclaration(parent)) &&
    isIdentifier(parent.name)
  )
    return parent.name.text;
  if (isExportAssignment(parent)) return 'default';
  if (isBinaryExpression(parent) && parent.operatorToken.kind === EqualsToken) {
    const left = parent.left.getText().split('.');
    if (left[0] === 'module' && left.length === 2) return 'default';
    return left.at(-1) ?? '';
  }
  return '';
}

function assignedTo(node: ts.Node): { assignedTo?: string } {
  let parent = node.parent;
  while (
    isAwaitExpression(parent) ||
    isParenthesizedExpression(parent) ||
    isAsExpression(parent) ||
    isSatisfiesExpression(parent) ||
    isNonNullExpression(parent)
  ) {
    parent = parent.parent;
  }
  if (isBinaryExpression(parent) && parent.operatorToken.kind !== EqualsToken) parent = parent.parent;
  if (isVariableDeclaration(parent) && isIdentifier(parent.name)) return { assignedTo: parent.name.text };
  if (isPropertyDeclaration(parent) && isIdentifier(parent.name)) return { assignedTo: `this.${parent.name.text}` };
  if (isBinaryExpression(parent) && parent.operatorToken.kind === EqualsToken && parent.right.end >= node.end)
    return { assignedTo: parent.left.getText().slice(0, 60) };
  if (isExportAssignment(parent)) return { assignedTo: 'default' };
  return {};
}

/** The line of the last name of the callee, so that a chain's call is shown where its method stands. */
function calleeEnd(callee: ts.Expression, file: ts.SourceFile): number {
  const current = unwrap(callee);
  return isPropertyAccessExpression(current) ? current.name.getStart(file) : current.getStart(file);
}

function typeNames(type: ts.TypeNode, topLevel: ReadonlySet<string>, into: Set<string>): void {
  const visit = (node: ts.Node): void => {
    if (isIdentifier(node) && topLevel.has(node.text)) into.add(node.text);
    forEachChild(node, visit);
  };
  visit(type);
}
