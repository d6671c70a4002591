import type { ts } from 'ts-morph';
import type { ExportFact, UnitFact } from '../../model/facts/source.ts';
import { boundNames, loadedSpecifier, pathOf, unwrap } from './syntax.ts';
import {
  DefaultKeyword,
  EqualsToken,
  getModifiers,
  isArrowFunction,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isClassDeclaration,
  isElementAccessExpression,
  isEmptyStatement,
  isEnumDeclaration,
  isExportAssignment,
  isExportDeclaration,
  isExpressionStatement,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isImportDeclaration,
  isImportEqualsDeclaration,
  isInterfaceDeclaration,
  isModuleDeclaration,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isStringLiteralLike,
  isTypeAliasDeclaration,
  isVariableStatement,
} from './typescript.ts';

/** Methods that start a thing, so that a statement calling one runs for its effect and is no mere addition to its receiver. */
const starting = new Set([
  'listen',
  'connect',
  'start',
  'init',
  'initialize',
  'bootstrap',
  'launch',
  'serve',
  'run',
  'main',
  'register',
  'setup',
  'configure',
  'startAllMicroservices',
  'mount',
  'render',
  'hydrate',
  'then',
  'catch',
  'finally',
  'schedule',
  'login',
  'activate',
  'ready',
  'bind',
  'boot',
  'createRoot',
  'consume',
  'subscribe',
  'process',
  // It gives itself to the server that it is handed.
  'applyMiddleware',
  'installSubscriptionHandlers',
  'attach',
  // Iterations run what they are given.
  'forEach',
  'map',
  'reduce',
  'filter',
]);

/** A top-level statement (or one declarator of it) as the walk needs it: the node to look into, and what is known of it already. */
export interface UnitNode {
  node: ts.Node;
  fact: UnitFact;
}

/** Cuts a file into units and adds CommonJS exports to `exports`. */
export function cutUnits(file: ts.SourceFile, exports: ExportFact[], lineOf: (offset: number) => number): UnitNode[] {
  const localFunctions = new Set(file.statements.filter(isFunctionDeclaration).map((fn) => fn.name?.text));
  const topLevel = new Set(file.statements.flatMap(declaredBy));
  const units: UnitNode[] = [];
  const add = (node: ts.Node, rest: Partial<UnitFact>): void => {
    const start = node.getStart(file);
    units.push({
      node,
      fact: {
        index: units.length,
        declares: [],
        uses: [],
        effect: false,
        augments: null,
        exported: [],
        line: lineOf(start),
        start,
        end: node.end,
        ...rest,
      },
    });
  };
  for (const statement of file.statements) {
    if (
      isImportDeclaration(statement) ||
      isInterfaceDeclaration(statement) ||
      isTypeAliasDeclaration(statement) ||
      isEmptyStatement(statement)
    )
      continue;
    if (isExportDeclaration(statement)) continue;
    if (isImportEqualsDeclaration(statement)) add(statement, { declares: [statement.name.text] });
    else if (isFunctionDeclaration(statement) || isClassDeclaration(statement)) {
      const isDefault = getModifiers(statement)?.some((modifier) => modifier.kind === DefaultKeyword);
      const names = statement.name ? [statement.name.text] : [];
      add(statement, { declares: isDefault ? [...names, '*default*'] : names });
    } else if (isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) {
        const effect = declaration.initializer ? runsForEffect(declaration.initializer, localFunctions) : false;
        const augments = declaration.initializer ? routerOf(declaration.initializer, topLevel) : null;
        add(declaration, { declares: boundNames(declaration.name), effect, augments });
      }
    } else if (isExportAssignment(statement)) {
      add(statement, { declares: ['*default*'], effect: runsForEffect(statement.expression, localFunctions) });
    } else if (isExpressionStatement(statement))
      addExpression(statement, { add, exports, topLevel, localFunctions, lineOf, file });
    else if (isEnumDeclaration(statement)) add(statement, { declares: [statement.name.text] });
    // A namespace is a value like any other: it runs when somebody asks for it.
    else if (isModuleDeclaration(statement)) add(statement, { declares: [statement.name.text] });
    else add(statement, { effect: true });
  }
  return units;
}

interface ExpressionContext {
  add(node: ts.Node, rest: Partial<UnitFact>): void;
  exports: ExportFact[];
  topLevel: Set<string>;
  localFunctions: Set<string | undefined>;
  lineOf(offset: number): number;
  file: ts.SourceFile;
}

function addExpression(statement: ts.ExpressionStatement, context: ExpressionContext): void {
  const expression = unwrap(statement.expression);
  if (isBinaryExpression(expression) && expression.operatorToken.kind === EqualsToken) {
    addAssignment(statement, expression, context);
    return;
  }
  // `v.method(…)`: adds to v, unless the method starts something or v comes from elsewhere.
  const receiver = isCallExpression(expression) ? chainRoot(expression) : null;
  if (
    receiver &&
    context.topLevel.has(receiver.root) &&
    !receiver.methods.some((method) => starting.has(method)) &&
    !(isCallExpression(expression) && awaitsArrivals(expression)) &&
    !context.localFunctions.has(receiver.root)
  ) {
    context.add(statement, { augments: receiver.root, effect: true });
  } else context.add(statement, { effect: true });
}

function addAssignment(
  statement: ts.ExpressionStatement,
  expression: ts.BinaryExpression,
  context: ExpressionContext,
): void {
  const path = pathOf(expression.left);
  const commonJs =
    path &&
    (path[0] === 'exports' ? path.slice(1) : path[0] === 'module' && path[1] === 'exports' ? path.slice(2) : null);
  if (!path || !commonJs) {
    context.add(
      statement,
      path && path.length > 1 && context.topLevel.has(path[0]!)
        ? { augments: path[0]!, effect: true }
        : { effect: true },
    );
    return;
  }
  const line = context.lineOf(statement.getStart(context.file));
  const right = unwrap(expression.right);
  const effect = runsForEffect(right, context.localFunctions);
  if (commonJs.length > 0) {
    const name = commonJs[0]!;
    context.exports.push({ name, local: `exports.${name}`, from: null, line });
    context.add(statement, { declares: [`exports.${name}`], effect });
    return;
  }
  context.exports.push({ name: 'default', local: '*default*', from: null, line });
  context.add(statement, { declares: ['*default*'], effect });
  const specifier = loadedSpecifier(right);
  if (typeof specifier === 'string')
    context.exports.push({ name: '*', local: null, from: { specifier, imported: '*' }, line });
  if (isObjectLiteralExpression(right)) {
    for (const property of right.properties) {
      const key = property.name && isIdentifier(property.name) ? property.name.text : null;
      if (!key) continue;
      const value = isPropertyAssignment(property)
        ? unwrap(property.initializer)
        : isShorthandPropertyAssignment(property)
          ? property.name
          : null;
      const required = value ? loadedSpecifier(value) : undefined;
      if (typeof required === 'string')
        context.exports.push({ name: key, local: null, from: { specifier: required, imported: '*' }, line });
      else
        context.exports.push({
          name: key,
          local: value && isIdentifier(value) ? value.text : '*default*',
          from: null,
          line,
        });
    }
  }
}

/** `io.on('connection', …)`: a server that was made listens already; what its listeners do needs nobody who uses its name. */
function awaitsArrivals({ expression, arguments: [event] }: ts.CallExpression): boolean {
  if (!isPropertyAccessExpression(expression) || !event || !isStringLiteralLike(event)) return false;
  return (expression.name.text === 'on' || expression.name.text === 'once') && arrivals.has(event.text);
}
const arrivals = new Set(['connection', 'request', 'message', 'upgrade', 'stream']);

/** `a.b().c(…)` → root `a`, methods `b`, `c`. Null when the root is no name. */
function chainRoot(node: ts.CallExpression): { root: string; methods: string[] } | null {
  const methods: string[] = [];
  let current: ts.Expression = node;
  for (;;) {
    current = unwrap(current);
    if (isCallExpression(current)) current = current.expression;
    else if (isPropertyAccessExpression(current)) {
      methods.push(current.name.text);
      current = current.expression;
    } else if (isElementAccessExpression(current)) current = current.expression;
    else break;
  }
  return isIdentifier(current) && methods.length > 0 ? { root: current.text, methods } : null;
}

/** `const routes = app.get(…).route(…)`: Hono's way to give a router's routes a type. They are added to `app`, whoever uses the name. */
function routerOf(node: ts.Expression, topLevel: ReadonlySet<string>): string | null {
  const expression = unwrap(node);
  const chain = isCallExpression(expression) ? chainRoot(expression) : null;
  return chain && topLevel.has(chain.root) && chain.methods.some((method) => routing.has(method)) ? chain.root : null;
}
const routing = new Set('get post put patch delete options all route openapi onError notFound'.split(' '));

/** What begins to work by being made, whoever uses the name. */
const working = /(^|\.)(Worker|CronJob|QueueEvents|QueueScheduler)$/;

/** Does evaluating the initialiser do something, beyond making a value for whoever uses the name? */
function runsForEffect(node: ts.Expression, localFunctions: Set<string | undefined>): boolean {
  if (isAwaitExpression(node)) return true;
  const expression = unwrap(node);
  if (isNewExpression(expression)) return working.test(expression.expression.getText());
  if (!isCallExpression(expression)) return false;
  const callee = unwrap(expression.expression);
  if (isPropertyAccessExpression(callee)) {
    return (
      ['listen', 'connect', 'start', 'launch', 'serve', 'bootstrap', 'init'].includes(callee.name.text) ||
      runsForEffect(callee.expression, localFunctions)
    );
  }
  return (
    (isIdentifier(callee) && localFunctions.has(callee.text)) || isFunctionExpression(callee) || isArrowFunction(callee)
  );
}

function declaredBy(statement: ts.Statement): string[] {
  if (isVariableStatement(statement)) {
    // A required module belongs to its own file: what is done to it there counts wherever it is done.
    const own = statement.declarationList.declarations.filter(
      ({ initializer }) => !initializer || loadedSpecifier(initializer) === undefined,
    );
    return own.flatMap((declaration) => boundNames(declaration.name));
  }
  if (
    (isFunctionDeclaration(statement) || isClassDeclaration(statement) || isEnumDeclaration(statement)) &&
    statement.name
  )
    return [statement.name.text];
  return [];
}
