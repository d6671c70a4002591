import type { ts } from 'ts-morph';
import type { EnvRead, ValueFact } from '../../model/facts/source.ts';
import { rootOf } from '../../model/origin.ts';
import { envLike, envName, isEnvObject } from './env.ts';
import type { WalkState } from './state.ts';
import { calleeText, pathOf, unwrap } from './syntax.ts';
import {
  BarBarToken,
  EqualsToken,
  ExtendsKeyword,
  findAncestor,
  forEachChild,
  isAsExpression,
  isBinaryExpression,
  isCallExpression,
  isClassDeclaration,
  isElementAccessExpression,
  isExpression,
  isForOfStatement,
  isIdentifier,
  isIfStatement,
  isNonNullExpression,
  isObjectBindingPattern,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteral,
  isStringLiteralLike,
  isThrowStatement,
  isVariableDeclaration,
  QuestionQuestionToken,
} from './typescript.ts';
import type { UnitNode } from './units.ts';
import { simplify } from './values.ts';

/** Packages whose object keys, where they look like variables, declare the environment. */
const schemaPackages =
  /^(zod|zod\/.*|joi|@hapi\/joi|yup|valibot|envalid|envsafe|znv|@t3-oss\/env-.*|arktype|@sinclair\/typebox|typebox|env-schema|superstruct|env-var|convict)$/;

/** Notes every way in which `node` itself reads variables. */
export function readEnv(node: ts.Node, unit: number, state: WalkState): void {
  const push = (name: string, at: ts.Node, via: EnvRead['via'], fallback: ValueFact | null): void => {
    state.code.env.push({ name, line: state.lineOf(at.getStart(state.file)), unit, via, fallback, checked: false });
  };
  if (isPropertyAccessExpression(node) || isElementAccessExpression(node)) {
    const name = envName(node, state.bindings);
    if (name && !isAssigned(node)) {
      const vite = pathOf(node.expression)?.join('.') === 'import.meta.env';
      push(name, node, vite ? 'import.meta.env' : 'process.env', fallbackOf(node, state));
    }
  } else if (
    isVariableDeclaration(node) &&
    node.initializer &&
    isObjectBindingPattern(node.name) &&
    isEnvObject(node.initializer, state.bindings)
  ) {
    for (const element of node.name.elements) {
      const key =
        element.propertyName && isIdentifier(element.propertyName)
          ? element.propertyName.text
          : isIdentifier(element.name)
            ? element.name.text
            : null;
      if (key && !element.dotDotDotToken) {
        push(
          key,
          element,
          'process.env',
          element.initializer ? simplify(element.initializer, state.bindings, state.functionIndex) : null,
        );
      }
    }
  } else if (isCallExpression(node)) readCall(node, push, state);
  else if (isObjectLiteralExpression(node) && declaresEnvironment(node, state)) {
    for (const property of node.properties) {
      if (
        isPropertyAssignment(property) &&
        (isIdentifier(property.name) || isStringLiteral(property.name)) &&
        /^\w+$/.test(property.name.text)
      ) {
        push(
          property.name.text,
          property,
          'schema',
          /\.default\(|\.optional\(|default:/.test(property.initializer.getText(state.file))
            ? { kind: 'other', text: 'schema' }
            : null,
        );
      }
    }
  }
}

function readCall(
  node: ts.CallExpression,
  push: (name: string, at: ts.Node, via: EnvRead['via'], fallback: ValueFact | null) => void,
  state: WalkState,
): void {
  const first = node.arguments[0];
  if (
    !first ||
    !isStringLiteralLike(first) ||
    !/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(first.text) ||
    first.text.length < 3
  )
    return;
  const callee = calleeText(node.expression);
  const last = callee.split('.').at(-1)!;
  const second = node.arguments[1] && simplify(node.arguments[1], state.bindings, state.functionIndex);
  // Nest's `get('PORT', { infer: true })` gives how to look, no value for what is absent.
  const fallback = second && !(second.kind === 'object' && 'infer' in second.props) ? second : fallbackOf(node, state);
  if (last === 'prop' && takesSchema(state)) push(first.text, node, 'schema', null);
  else if (callee === 'Deno.env.get') push(first.text, node, 'process.env', null);
  else if (
    (/config(uration)?(service)?$/i.test(callee.split('.').at(-2) ?? '') ||
      (callee === `this.${last}` && extendsConfig(node))) &&
    /^(get|getOrThrow|getNumber|getString|getBoolean|has)$/.test(last)
  )
    push(first.text, node, 'config', fallback);
  else if (
    /env|^(required|optional)$/i.test(last) ||
    /^env\.(int|bool|json|array|date|float|get|string|number)/.test(callee)
  ) {
    push(first.text, node, 'env()', fallback);
  }
}

/** Inside `class Settings extends ConfigService`, whose own methods look variables up. */
function extendsConfig(node: ts.Node): boolean {
  const owner = findAncestor(node, isClassDeclaration);
  const parent = owner?.heritageClauses?.find(({ token }) => token === ExtendsKeyword)?.types[0];
  return parent !== undefined && /(^|\.)Config(uration)?Service$/.test(calleeText(parent.expression));
}

/** Fastify's plugin for the environment is told the variables as a JSON Schema, written out or built up. */
const takesSchema = ({ file }: WalkState): boolean => /['"](@fastify\/env|fastify-env|env-schema)['"]/.test(file.text);

/** One word in capitals may name anything, as `USD` does. */
const ofEnvironment =
  /_|PORT|HOST|UR[IL]|KEY|SECRET|TOKEN|ENV|DEBUG|DATABASE|DB|REDIS|MONGO|LOG|DOMAIN|ORIGIN|REGION|BUCKET|DSN/;

/** `z.object({ PORT: … })` and its kin, where most keys look like variables. */
function declaresEnvironment(node: ts.ObjectLiteralExpression, state: WalkState): boolean {
  const keys = node.properties.filter(
    (property) => isPropertyAssignment(property) && (isIdentifier(property.name) || isStringLiteral(property.name)),
  );
  const names = keys.map((key) => (key.name as ts.Identifier).text);
  if (
    !names.some((name) => ofEnvironment.test(name)) ||
    names.filter((name) => envLike.test(name)).length * 2 < names.length
  )
    return false;
  if (isPropertyAssignment(node.parent) && node.parent.name.getText(state.file) === 'properties')
    return takesSchema(state);
  return keys.some((key) => {
    const root = schemaRoot((key as ts.PropertyAssignment).initializer);
    if (!root) return false;
    const origin = rootOf(state.bindings.originOfName(root));
    return origin?.from === 'package' && schemaPackages.test(origin.package);
  });
}

function schemaRoot(node: ts.Expression): string | null {
  let current = unwrap(node);
  while (isCallExpression(current) || isPropertyAccessExpression(current)) current = unwrap(current.expression);
  return isIdentifier(current) ? current.text : null;
}

const isAssigned = (node: ts.Node): boolean =>
  isBinaryExpression(node.parent) && node.parent.left === node && node.parent.operatorToken.kind === EqualsToken;

function fallbackOf(node: ts.Node, state: WalkState): ValueFact | null {
  let child = node;
  let parent = node.parent;
  while (isAsExpression(parent) || isNonNullExpression(parent) || isParenthesizedExpression(parent)) {
    child = parent;
    parent = parent.parent;
  }
  if (!isBinaryExpression(parent) || parent.left !== child) return null;
  const kind = parent.operatorToken.kind;
  if (kind !== BarBarToken && kind !== QuestionQuestionToken) return null;
  return simplify(parent.right, state.bindings, state.functionIndex);
}

/** Marks reads whose absence stops the process: an `if` on it that throws or exits in either branch, an assertion, `?? throw`-like helpers. */
export function markChecked(units: UnitNode[], state: WalkState): void {
  if (state.code.env.length === 0) return;
  const checked = new Set<string>();
  const kept = new Map<string, string[]>();
  const namesIn = (node: ts.Node): string[] => {
    const found: string[] = [];
    const visit = (child: ts.Node): void => {
      if (isSwitch(child)) return;
      const name = isExpression(child) ? envName(child, state.bindings) : null;
      const path = isIdentifier(child) || isPropertyAccessExpression(child) ? pathOf(child)?.join('.') : undefined;
      if (name) found.push(name);
      else if (path !== undefined && kept.has(path)) found.push(...kept.get(path)!);
      else if (isCallExpression(child) && child.arguments[0] && allOf.test(calleeText(child.expression)))
        found.push(...below(kept, calleeText(child.arguments[0])));
      forEachChild(child, visit);
    };
    visit(node);
    return found;
  };
  const keep = (path: string, value: ts.Expression): void => {
    const current = unwrap(value);
    if (isObjectLiteralExpression(current)) {
      for (const property of current.properties)
        if (isPropertyAssignment(property) && (isIdentifier(property.name) || isStringLiteral(property.name)))
          keep(`${path}.${property.name.text}`, property.initializer);
      return;
    }
    const name = envName(unwrap(withoutFallback(current)), state.bindings);
    if (name) kept.set(path, [name]);
  };
  const visit = (node: ts.Node): void => {
    if (isVariableDeclaration(node) && node.initializer) {
      if (isIdentifier(node.name)) keep(node.name.text, node.initializer);
      else if (isObjectBindingPattern(node.name) && isEnvObject(node.initializer, state.bindings))
        for (const element of node.name.elements)
          if (isIdentifier(element.name))
            kept.set(element.name.text, [
              element.propertyName && isIdentifier(element.propertyName)
                ? element.propertyName.text
                : element.name.text,
            ]);
    }
    if (isIfStatement(node) && (stops(node.thenStatement) || (node.elseStatement && stops(node.elseStatement))))
      for (const name of namesIn(node.expression)) checked.add(name);
    // `for (const value of Object.values(settings)) if (!value) throw …`
    if (isForOfStatement(node) && stops(node.statement)) for (const name of namesIn(node.expression)) checked.add(name);
    if (isCallExpression(node)) {
      const last = calleeText(node.expression).split('.').at(-1)!;
      if (last === 'forEach' && node.arguments[0] && stops(node.arguments[0]))
        for (const name of namesIn(node.expression)) checked.add(name);
      if (/^(assert|invariant|ok|tiny_?invariant|nullthrows|ensure|check|require[A-Z]\w*)/i.test(last))
        for (const argument of node.arguments) for (const name of namesIn(argument)) checked.add(name);
    }
    forEachChild(node, visit);
  };
  for (const unit of units) visit(unit.node);
  for (const read of state.code.env) if (checked.has(read.name)) read.checked = true;
}

/** `process.env.FEATURE !== 'true'`: what is off is not used, and that it is unset stops nothing. */
const isSwitch = (node: ts.Node): boolean =>
  isBinaryExpression(node) &&
  [node.left, node.right].some(
    (side) => isStringLiteral(side) && /^(true|false|1|0|yes|no|on|off|enabled|disabled)$/i.test(side.text),
  );

const allOf = /^Object\.(entries|values|keys)$/;

/** What stands before `|| ''`: an empty text is no value to go on with. */
function withoutFallback(node: ts.Expression): ts.Expression {
  if (!isBinaryExpression(node)) return node;
  const kind = node.operatorToken.kind;
  return kind === BarBarToken || kind === QuestionQuestionToken ? node.left : node;
}

/** All variables of the settings at a path. */
const below = (kept: ReadonlyMap<string, string[]>, path: string): string[] =>
  [...kept].flatMap(([known, names]) => (known.startsWith(`${path}.`) ? names : []));

function stops(node: ts.Node): boolean {
  let found = false;
  const visit = (child: ts.Node): void => {
    if (isThrowStatement(child)) found = true;
    if (isCallExpression(child) && /^process\.(exit|abort)$/.test(calleeText(child.expression))) found = true;
    if (!found) forEachChild(child, visit);
  };
  visit(node);
  return found;
}
