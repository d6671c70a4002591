import { ts } from 'ts-morph';
import type { CallFact } from '../../model/facts/index.ts';
import type { ComponentWiring, Located } from '../../model/wiring.ts';
import { type Draft, type Subject, Unfit } from '../types.ts';
import { type Framework, frameworks, rankOf, slots } from './frameworks.ts';
import { type Binding, servedApplication } from './served.ts';
import { type Block, nodeAt, parse, statementOf } from './syntax.ts';

/** The place in the code where a component's application is made. */
export interface Application {
  file: string;
  framework: Framework;
  source: ts.SourceFile;
  /** As it is written there: `app`, `this.app`. */
  expression: string;
  creation: ts.Statement;
  block: Block;
}

/** @throws Unfit where there is none, or more than one that could be meant. */
export function findApplication({ model, component, view }: Subject, draft: Pick<Draft, 'text'> = view): Application {
  if (!component) throw new Unfit('it is asked of the whole repository');
  const wiring = model.wiring.of(component);
  for (const framework of frameworks) {
    const made = wiring
      .calls((call) => makes(call, framework))
      .filter(({ file, live }) => live === 'live' && !model.wiring.isTest(file));
    if (made.length === 0) continue;
    const served = framework.served ? servedApplication({ model, component, view }) : null;
    const place = served && boundAt(served, framework, draft.text(served.file));
    if (place) return place;
    const one = made.length === 1 ? made[0]! : chooseMain(made, wiring);
    return applicationAt(one, framework, view.text(one.file), draft.text(one.file));
  }
  throw new Unfit('the place where its application is made was not found');
}

const makes = ({ origin, form }: CallFact, framework: Framework): boolean =>
  origin?.from === 'package' &&
  origin.package === framework.package &&
  framework.makes.includes(origin.member) &&
  (form === 'call' || form === 'new');

/** Whether a call makes an application of a framework known here. */
export const isMaking = (call: CallFact): boolean => frameworks.some((framework) => makes(call, framework));

/** Of several applications the one that the others are mounted in. Which of two is meant is not guessed. */
function chooseMain(made: Located<CallFact>[], wiring: ComponentWiring): Located<CallFact> {
  const mounted = ({ file, fact }: Located<CallFact>): boolean =>
    wiring.calls(
      (call, at) =>
        at === file &&
        /\.(use|register|route|mount)$/.test(call.callee) &&
        call.args.some((argument) => argument.kind === 'ref' && argument.path === fact.assignedTo),
    ).length > 0;
  const main = made.filter((one) => !mounted(one));
  if (main.length === 1) return main[0]!;
  throw new Unfit(
    `more than one application is made (${made.map(({ file, fact }) => `${file}:${fact.line}`).join(', ')})`,
  );
}

/** `const app = createApp()` at the top of the file that makes what is served. */
function boundAt({ file, name }: Binding, framework: Framework, text: string): Application | null {
  const source = parse(file, text);
  const creation = source.statements.find(
    (statement) =>
      ts.isVariableStatement(statement) &&
      statement.declarationList.declarations.some(
        ({ name: bound, initializer }) => bound.getText() === name && initializer !== undefined && isMade(initializer),
      ),
  );
  return creation ? { file, framework, source, expression: name, creation, block: source } : null;
}

/** By a call or a construction, to which nothing is chained that has to come after the rest. */
const isMade = (node: ts.Expression): boolean => {
  if (ts.isNewExpression(node)) return true;
  if (!ts.isCallExpression(node)) return false;
  const { expression } = node;
  if (!ts.isPropertyAccessExpression(expression)) return true;
  return !routing.test(expression.name.text) && isMade(expression.expression);
};

/** Routes that are chained to what makes the application come before whatever is put behind it. */
function refuseChained(made: ts.Node): void {
  for (let at = made.parent; ts.isPropertyAccessExpression(at) || ts.isCallExpression(at); at = at.parent)
    if (ts.isPropertyAccessExpression(at) && routing.test(at.name.text))
      throw new Unfit('routes are chained to where the application is made');
}
const routing = /^(get|post|put|patch|delete|all|on|route|mount|use|openapi)$/;

/** Facts speak of the text as it was; where a fix has put something in already, the call is looked for by its words. */
function applicationAt(
  { file, fact }: Located<CallFact>,
  framework: Framework,
  before: string,
  text: string,
): Application {
  const source = parse(file, text);
  const words = before.slice(fact.start, fact.end);
  const moved = text === before ? 0 : occurrence(text, words) - fact.start;
  const node = nodeAt(source, fact.start + moved, fact.end + moved);
  const place = statementOf(node);
  const expression = place && boundName(node, place.statement);
  if (framework.served) refuseChained(node);
  if (!place || !expression) throw new Unfit(`${file}: what the application is called could not be read`);
  return { file, framework, source, expression, creation: place.statement, block: place.block };
}

export function occurrence(text: string, words: string): number {
  const at = text.indexOf(words);
  if (at === -1 || text.indexOf(words, at + 1) !== -1) throw new Unfit(`"${words}" is not found once`);
  return at;
}

/** `const app = …`, `app = …`, `this.app = …`. */
function boundName(node: ts.Node, statement: ts.Statement): string | null {
  for (let at = node; at !== statement.parent; at = at.parent) {
    if (ts.isVariableDeclaration(at)) return ts.isIdentifier(at.name) ? at.name.text : null;
    if (ts.isBinaryExpression(at) && at.operatorToken.kind === ts.SyntaxKind.EqualsToken) return at.left.getText();
    if (ts.isFunctionLike(at)) return null;
  }
  return null;
}

/** Where a statement of the application stands among the slots; null for one that has nothing to do with it. */
export function rankOfStatement(
  statement: ts.Statement,
  app: Application,
  { model, component, view }: Subject,
): number | null {
  if (!touches(statement, app.expression)) return null;
  if (ts.isReturnStatement(statement) || ts.isExportAssignment(statement)) return rankOf('end');
  const text = statement.getText();
  if (/\b(listen|createServer)\s*\(/.test(text) || /^(module\.)?exports\b/.test(text)) return rankOf('end');
  const call = memberCall(statement, app.expression);
  if (!call) return rankOf('routes');
  if (
    /^(set|disable|enable|engine|setGlobalPrefix|decorate|addContentTypeParser|setValidatorCompiler|setSerializerCompiler)$/.test(
      call.name,
    )
  )
    return rankOf('setup');
  const original = view.text(app.file).split('\n');
  const packages = model.wiring
    .of(component!)
    .middleware()
    .filter(({ file, line }) => file === app.file && text.includes(original[line - 1]?.trim() || '\n\n'))
    .flatMap(({ behind }) => behind.map((use) => use.package));
  for (const { name, capabilities } of slots) {
    const known = capabilities.flatMap((capability) => model.knowledge.capabilities.get(capability) ?? []);
    if (known.some((one) => packages.includes(one.package))) return rankOf(name);
  }
  if (call.name === 'setErrorHandler' || call.name === 'onError' || call.name === 'useGlobalFilters')
    return rankOf('errors');
  if (call.name === 'use' && handlesErrors(call.arguments.at(-1))) return rankOf('errors');
  if (call.name === 'get' && /['"]\/metrics['"]/.test(text)) return rankOf('metrics');
  if (call.name === 'get' && /['"]\/(health|healthz|ready|readyz|live|livez)['"]/.test(text)) return rankOf('health');
  const first = call.arguments[0];
  const onPath =
    first &&
    (ts.isStringLiteralLike(first) || ts.isArrayLiteralExpression(first) || ts.isRegularExpressionLiteral(first));
  return call.name === 'use' && !onPath ? rankOf('parsing') : rankOf('routes');
}

/** A function of four parameters, as Express tells a handler of errors, or a name that says so. */
const handlesErrors = (handler: ts.Expression | undefined): boolean =>
  handler !== undefined &&
  (ts.isArrowFunction(handler) || ts.isFunctionExpression(handler)
    ? handler.parameters.length === 4
    : /error|exception/i.test(handler.getText().slice(0, 120)));

function touches(statement: ts.Statement, expression: string): boolean {
  const escaped = expression.replace(/[.$]/g, '\\$&');
  return new RegExp(`(?<![\\w$.])${escaped}(?![\\w$])`).test(statement.getText());
}

/** The first member of the application that a statement calls, through chains (`app.use(a).use(b)`) and `await`. */
function memberCall(
  statement: ts.Statement,
  expression: string,
): { name: string; arguments: readonly ts.Expression[] } | null {
  if (!ts.isExpressionStatement(statement)) return null;
  let node: ts.Expression = ts.isAwaitExpression(statement.expression)
    ? statement.expression.expression
    : statement.expression;
  while (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const owner: ts.Expression = node.expression.expression;
    if (owner.getText() === expression) return { name: node.expression.name.text, arguments: node.arguments };
    node = owner;
  }
  return null;
}
