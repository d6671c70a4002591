import type { ts } from 'ts-morph';
import type { ImportFact, Origin } from '../../model/facts/source.ts';
import { loadedSpecifier, pathOf, unwrap } from './syntax.ts';
import {
  AmpersandAmpersandToken,
  BarBarToken,
  canHaveModifiers,
  EqualsToken,
  forEachChild,
  getModifiers,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isElementAccessExpression,
  isIdentifier,
  isMetaProperty,
  isNewExpression,
  isObjectBindingPattern,
  isParameter,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isStringLiteralLike,
  isToken,
  isTypeReferenceNode,
  isVariableDeclaration,
  QuestionQuestionToken,
  ThisKeyword,
} from './typescript.ts';

const globals = new Set([
  'process',
  'console',
  'window',
  'document',
  'globalThis',
  'global',
  'self',
  'navigator',
  'fetch',
  'Deno',
  'Bun',
  'module',
  'exports',
  'localStorage',
  'sessionStorage',
  'Response',
  'Request',
  'setInterval',
  'setTimeout',
  'Map',
  'Set',
  'WeakMap',
  'import.meta',
  'URL',
  'WebSocket',
  'caches',
]);

/** Tracers that hand back the client or the SDK they are given. */
const instruments = /^(captureAWS\w*|captureHTTPs)$/;

/** Where names of one file come from. Scopes are not told apart: the first binding of a name wins, which is right for nearly all server code. */
export interface Bindings {
  originOfName(name: string): Origin | null;
  originOf(node: ts.Expression): Origin | null;
  /** False for a file without these letters: it names the environment in no way that we know. */
  mentionsEnv: boolean;
}

const isLocalSpecifier = (specifier: string): boolean => /^(\.{1,2}(\/|$)|\/|[@~]\/|#|~[^/]*\/|src\/)/.test(specifier);

const rooted = (specifier: string, name: string): Origin =>
  isLocalSpecifier(specifier)
    ? { from: 'module', specifier, name, member: '' }
    : { from: 'package', package: specifier, member: name };

export function withMember(origin: Origin, member: string): Origin {
  if (member === '') return origin;
  if (origin.from === 'global') return { from: 'global', name: `${origin.name}.${member}` };
  // A namespace or a whole module: the member is the imported name.
  if (origin.from === 'package' && origin.member === '*') return { ...origin, member };
  if (origin.from === 'module' && origin.name === '*') return { ...origin, name: member };
  return { ...origin, member: origin.member === '' ? member : `${origin.member}.${member}` };
}

/** Tells `this.db.query` from `db.query` without taking it apart: nearly all that is asked after is the latter. */
function startsAtThis(node: ts.Expression): boolean {
  let current = node;
  while (isPropertyAccessExpression(current) || isElementAccessExpression(current))
    current = unwrap(current.expression);
  return current.kind === ThisKeyword;
}

/** Collects what each name is bound to, in one walk over the declarations of the file. */
export function collectBindings(file: ts.SourceFile, imports: readonly ImportFact[]): Bindings {
  const names = new Map<string, Origin>();
  const add = (name: string, origin: Origin | null): void => {
    if (origin && !names.has(name)) names.set(name, origin);
  };
  for (const entry of imports) {
    if (entry.kind === 'reexport') continue;
    for (const { imported, local } of entry.names) if (local) add(local, rooted(entry.specifier, imported));
  }

  const originOf = (node: ts.Expression): Origin | null => {
    const current = unwrap(node);
    if (isIdentifier(current)) return originOfName(current.text);
    if (isMetaProperty(current)) return { from: 'global', name: 'import.meta' };
    if (isPropertyAccessExpression(current) || isElementAccessExpression(current)) {
      const whole = startsAtThis(current) ? pathOf(current) : null;
      if (whole?.[0] === 'this' && whole.length > 1) {
        const field = names.get(`this.${whole[1]}`);
        return field ? withMember(field, whole.slice(2).join('.')) : null;
      }
      const left = originOf(current.expression);
      const key = isPropertyAccessExpression(current)
        ? current.name.text
        : isStringLiteralLike(current.argumentExpression)
          ? current.argumentExpression.text
          : null;
      return left && (key === null ? { from: 'result', of: left, member: '' } : withMember(left, key));
    }
    if (isCallExpression(current) || isNewExpression(current)) {
      const specifier = loadedSpecifier(current);
      if (typeof specifier === 'string') return rooted(specifier, '*');
      const { expression } = current;
      const name = isPropertyAccessExpression(expression) ? expression.name : expression;
      const handed = current.arguments?.[0];
      if (handed && isIdentifier(name) && instruments.test(name.text)) return originOf(handed);
      const of = originOf(current.expression);
      return of && { from: 'result', of, member: '' };
    }
    if (isBinaryExpression(current)) {
      const kind = current.operatorToken.kind;
      if (kind === BarBarToken || kind === QuestionQuestionToken || kind === AmpersandAmpersandToken) {
        return originOf(current.left) ?? originOf(current.right);
      }
      if (kind === EqualsToken) return originOf(current.right);
    }
    if (isConditionalExpression(current)) return originOf(current.whenTrue) ?? originOf(current.whenFalse);
    return null;
  };
  const originOfName = (name: string): Origin | null =>
    names.get(name) ?? (globals.has(name) ? { from: 'global', name } : null);

  const bind = (name: ts.BindingName, origin: Origin | null): void => {
    if (!origin) return;
    if (isIdentifier(name)) add(name.text, origin);
    else if (isObjectBindingPattern(name)) {
      for (const element of name.elements) {
        const key =
          element.propertyName && isIdentifier(element.propertyName)
            ? element.propertyName.text
            : isIdentifier(element.name)
              ? element.name.text
              : null;
        if (key && !element.dotDotDotToken) bind(element.name, withMember(origin, key));
      }
    }
  };

  const typeOrigin = (type: ts.TypeNode | undefined): Origin | null => {
    if (!type || !isTypeReferenceNode(type)) return null;
    const entity = type.typeName;
    if (isIdentifier(entity)) return names.get(entity.text) ?? null;
    const left = isIdentifier(entity.left) ? names.get(entity.left.text) : undefined;
    return left ? withMember(left, entity.right.text) : null;
  };
  /** A parameter or field typed by an imported class holds an instance of it: dependency injection and `(app: Express)` alike. */
  const instanceOf = (type: ts.TypeNode | undefined): Origin | null => {
    if (type?.getText(file) === 'NodeJS.ProcessEnv') return { from: 'global', name: 'process.env' };
    const of = typeOrigin(type);
    return of && { from: 'result', of, member: '' };
  };

  const visit = (node: ts.Node): void => {
    if (isToken(node)) return;
    if (isVariableDeclaration(node)) {
      bind(node.name, node.initializer ? originOf(node.initializer) : instanceOf(node.type));
      if (isIdentifier(node.name) && node.type) add(node.name.text, instanceOf(node.type));
    } else if (isBinaryExpression(node) && node.operatorToken.kind === EqualsToken) {
      const path = pathOf(node.left);
      if (path && (path.length === 1 || (path.length === 2 && path[0] === 'this')))
        add(path.join('.'), originOf(node.right));
    } else if (isParameter(node)) {
      // A default says what callers mean who give nothing: `load(env = process.env)`.
      const origin = instanceOf(node.type) ?? (node.initializer ? originOf(node.initializer) : null);
      if (origin) {
        bind(node.name, origin);
        if (isIdentifier(node.name) && canHaveModifiers(node) && getModifiers(node)?.length)
          add(`this.${node.name.text}`, origin);
      }
    } else if (isPropertyDeclaration(node) && isIdentifier(node.name)) {
      add(`this.${node.name.text}`, node.initializer ? originOf(node.initializer) : instanceOf(node.type));
    }
    forEachChild(node, visit);
  };
  visit(file);
  return { originOfName, originOf, mentionsEnv: /[eE]nv/.test(file.text) };
}
