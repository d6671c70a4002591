import type { ts } from 'ts-morph';
import { lineAt, lineStartsOf } from '../../model/evidence.ts';
import type { CodeFact, ImportFact, ModuleFact, ValueFact } from '../../model/facts/source.ts';
import { collectBindings } from './bindings.ts';
import { envLike, isEnvModule } from './env.ts';
import { markChecked } from './env-reads.ts';
import type { WalkState } from './state.ts';
import { collectStores } from './stores.ts';
import { boundNames, loadedSpecifier, manifestPlugin, staticPath, unwrap } from './syntax.ts';
import {
  createSourceFile,
  forEachChild,
  ImportKeyword,
  isArrayLiteralExpression,
  isArrowFunction,
  isBinaryExpression,
  isCallExpression,
  isExportAssignment,
  isExpressionStatement,
  isExternalModuleReference,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isImportEqualsDeclaration,
  isNewExpression,
  isObjectBindingPattern,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteral,
  isStringLiteralLike,
  isToken,
  isVariableDeclaration,
  JSDocParsingMode,
  ScriptKind,
  ScriptTarget,
} from './typescript.ts';
import { cutUnits, type UnitNode } from './units.ts';
import { simplify } from './values.ts';
import { walkUnit } from './walk.ts';

/**
 * Reads one file by its syntax tree: units and what they use, calls with the origin of their callee, functions, variables read, elements
 * rendered. Adds `require`d modules and CommonJS exports to `module`. No type checker; nodes are dropped.
 */
export function scanCode(path: string, text: string, module: ModuleFact): CodeFact {
  const file = parsed(path, text);
  const starts = lineStartsOf(text);
  const lineOf = (offset: number): number => lineAt(starts, offset);
  const units = cutUnits(file, module.exports, lineOf);
  addRequires(units, module, lineOf, file);
  const bindings = collectBindings(file, module.imports);
  const topLevel = new Set<string>([
    ...units.flatMap((unit) => unit.fact.declares),
    ...module.imports.flatMap((entry) => entry.names.map((name) => name.local).filter(Boolean)),
  ]);
  const code: CodeFact = {
    units: units.map((unit) => unit.fact),
    calls: [],
    functions: [],
    env: [],
    jsx: [],
    stores: [],
    constants: {},
    members: [],
    objects: {},
    directives: file.statements
      .filter(isExpressionStatement)
      .map((statement) => statement.expression)
      .filter(isStringLiteral)
      .map((literal) => literal.text),
  };
  const indexes = new Map<ts.Node, number>();
  const state: WalkState = {
    file,
    code,
    bindings,
    topLevel,
    lineOf,
    functionIndex: (node) => indexes.get(node) ?? -1,
    indexes,
    members: new Set(),
  };
  for (const unit of units) walkUnit(unit, state);
  readEnvModules(code, module);
  code.members = [...state.members].sort();
  collectConstants(units, state);
  collectResolvers(units, state);
  collectStores(units, state);
  markChecked(units, state);
  for (const exported of module.exports) {
    if (!exported.local) continue;
    for (const unit of code.units) if (unit.declares.includes(exported.local)) unit.exported.push(exported.name);
  }
  return code;
}

/** Adds the modules that a file `require`s to `module`, and reads nothing else: tests are judged by what they load. */
export function scanRequires(path: string, text: string, module: ModuleFact): void {
  const file = parsed(path, text);
  const starts = lineStartsOf(text);
  const lineOf = (offset: number): number => lineAt(starts, offset);
  addRequires(cutUnits(file, module.exports, lineOf), module, lineOf, file);
}

function parsed(path: string, text: string): ts.SourceFile {
  const kind = /\.tsx$/.test(path) ? ScriptKind.TSX : /\.(jsx|js|mjs|cjs)$/.test(path) ? ScriptKind.JSX : ScriptKind.TS;
  // Documentation comments are as much work to parse as code, and nothing here asks for them.
  const options = { languageVersion: ScriptTarget.Latest, jsDocParsingMode: JSDocParsingMode.ParseNone };
  const file = createSourceFile(path, text, options, false, kind);
  setParents(file);
  return file;
}

/** Levels of a tree that every visit can follow, however much of the stack is taken. */
const deepest = 800;

/** Tells each node its parent, and throws for a tree that a visit might not come back from. */
function setParents(file: ts.SourceFile): void {
  let parent: ts.Node = file;
  let depth = 0;
  const visit = (node: ts.Node): void => {
    (node as { parent: ts.Node }).parent = parent;
    if (isToken(node)) return;
    if (++depth > deepest) throw new Error('nested too deeply to be parsed');
    const above = parent;
    parent = node;
    forEachChild(node, visit);
    parent = above;
    depth--;
  };
  forEachChild(file, visit);
}

/** `require` in every position: bound to a name, destructured, chained or called at once; and loads whose target is computed. */
function addRequires(
  units: UnitNode[],
  module: ModuleFact,
  lineOf: (offset: number) => number,
  file: ts.SourceFile,
): void {
  for (const unit of units) {
    const note = (node: ts.Expression, specifier: string, names: ImportFact['names'], kind?: 'require'): void => {
      const isRequire =
        kind === 'require' ||
        (isCallExpression(unwrap(node)) && (unwrap(node) as ts.CallExpression).expression.kind !== ImportKeyword);
      const line = lineOf(node.getStart(file));
      if (!isRequire) {
        const known = module.imports.find(
          (entry) => entry.kind === 'dynamic' && entry.specifier === specifier && entry.line === line,
        );
        if (known) {
          known.unit = unit.fact.index;
          if (names.some((name) => name.local)) known.names = names;
          return;
        }
      }
      module.imports.push({
        specifier,
        kind: isRequire ? 'require' : 'dynamic',
        names,
        typeOnly: false,
        line,
        unit: unit.fact.index,
      });
    };
    const seen = new Set<ts.Node>();
    const visit = (node: ts.Node): void => {
      if (isToken(node)) {
        const plugin = manifestPlugin(node);
        if (plugin) note(node as ts.Expression, plugin, [{ imported: '*', local: '' }], 'require');
        return;
      }
      if (isVariableDeclaration(node) && node.initializer) noteDeclaration(node, note, seen);
      if (
        isImportEqualsDeclaration(node) &&
        isExternalModuleReference(node.moduleReference) &&
        isStringLiteralLike(node.moduleReference.expression)
      ) {
        module.imports.push({
          specifier: node.moduleReference.expression.text,
          kind: 'require',
          names: [{ imported: '*', local: node.name.text }],
          typeOnly: node.isTypeOnly,
          line: lineOf(node.getStart(file)),
          unit: unit.fact.index,
        });
      }
      if (isCallExpression(node) && !seen.has(node)) {
        const specifier = loadedSpecifier(node);
        if (typeof specifier === 'string') note(node, specifier, [{ imported: '*', local: '' }]);
        else if (specifier === null) noteComputed(node, module, unit, lineOf, file);
        else noteGlob(node, module, unit, lineOf, file);
      } else if (isNewExpression(node)) noteGlob(node, module, unit, lineOf, file);
      forEachChild(node, visit);
    };
    visit(unit.node);
  }
}

function noteDeclaration(
  node: ts.VariableDeclaration,
  note: (node: ts.Expression, specifier: string, names: ImportFact['names']) => void,
  seen: Set<ts.Node>,
): void {
  const initializer = unwrap(node.initializer!);
  const member = isPropertyAccessExpression(initializer) ? initializer.name.text : null;
  const load = member === null ? initializer : unwrap((initializer as ts.PropertyAccessExpression).expression);
  const specifier = loadedSpecifier(load);
  if (typeof specifier !== 'string') return;
  seen.add(load);
  if (isIdentifier(node.name)) note(load, specifier, [{ imported: member ?? '*', local: node.name.text }]);
  else if (isObjectBindingPattern(node.name) && member === null) {
    note(
      load,
      specifier,
      node.name.elements.flatMap((element) => {
        const imported = element.propertyName && isIdentifier(element.propertyName) ? element.propertyName.text : null;
        return boundNames(element.name).map((local) => ({ imported: imported ?? local, local }));
      }),
    );
  } else note(load, specifier, [{ imported: '*', local: '' }]);
}

function noteComputed(
  node: ts.CallExpression,
  module: ModuleFact,
  unit: UnitNode,
  lineOf: (offset: number) => number,
  file: ts.SourceFile,
): void {
  const argument = node.arguments[0]!;
  const path = staticPath(argument);
  module.dynamicLoads.push({
    prefix: path?.prefix ?? null,
    glob: null,
    line: lineOf(node.getStart(file)),
    text: node.getText(file).slice(0, 80),
    unit: unit.fact.index,
  });
}

/** Calls of frameworks that are handed the folders of their classes. */
const loadsClasses: Readonly<Record<string, string>> = {
  createExpressServer: 'routing-controllers',
  useExpressServer: 'routing-controllers',
  createKoaServer: 'routing-controllers',
  useKoaServer: 'routing-controllers',
  buildSchema: 'type-graphql',
  buildSchemaSync: 'type-graphql',
};

/** Loaders that take a folder or a glob: Vite's `import.meta.glob`, webpack's `require.context`, autoload plugins, glob-loaded entities. */
function noteGlob(
  node: ts.CallExpression | ts.NewExpression,
  module: ModuleFact,
  unit: UnitNode,
  lineOf: (offset: number) => number,
  file: ts.SourceFile,
): void {
  const callee = node.expression.getText(file);
  const push = (prefix: string | null, glob: string | null, at: ts.Node, classesOf?: string): void => {
    module.dynamicLoads.push({
      prefix,
      glob,
      line: lineOf(at.getStart(file)),
      text: at.getText(file).slice(0, 80),
      unit: unit.fact.index,
      ...(classesOf && { classesOf }),
    });
  };
  const framework = Object.hasOwn(loadsClasses, callee) ? loadsClasses[callee] : undefined;
  const given = node.arguments ?? [];
  const first = given[0];
  if (/^import\.meta\.glob/.test(callee) && first) {
    const literals = isArrayLiteralExpression(first) ? [...first.elements] : [first];
    for (const item of literals) if (isStringLiteralLike(item)) push(null, item.text, item);
    return;
  }
  if (callee === 'require.context' && first && isStringLiteralLike(first)) {
    push(first.text, null, node);
    return;
  }
  for (const argument of given) {
    if (!isObjectLiteralExpression(argument)) continue;
    for (const property of argument.properties) {
      if (!isPropertyAssignment(property) || !isIdentifier(property.name)) continue;
      const key = property.name.text;
      if (key === 'dir' && /autoload|load/i.test(given[0]!.getText(file))) {
        const path = staticPath(property.initializer);
        if (path) push(path.prefix, null, property);
      } else if (
        /^(entities|subscribers|models|controllers|resolvers|routes|plugins|commands|jobs|services|modules|middlewares|interceptors)$/.test(
          key,
        )
      ) {
        const items = isArrayLiteralExpression(property.initializer)
          ? [...property.initializer.elements]
          : [property.initializer];
        for (const item of items) {
          const path = staticPath(item);
          if (path && /[*{]/.test(path.prefix)) push(null, path.prefix, item);
          // `createExpressServer({ controllers: env.dirs.controllers })`: classes found where a setting says.
          else if (framework && isPropertyAccessExpression(item)) push(null, null, item, framework);
        }
      }
    }
  }
}

/** `getResolvers() { return { Query: …, Mutation: … }; }`: kept under the function's name with its brackets. */
function collectResolvers(units: UnitNode[], state: WalkState): void {
  if (!/\b(?:Query|Mutation)\s*:/.test(state.file.text)) return;
  for (const { node, fact } of units) {
    const name = fact.declares[0];
    if (name === undefined || name === '__proto__') continue;
    const visit = (inner: ts.Node): void => {
      if (isObjectLiteralExpression(inner)) {
        const value = simplify(inner, state.bindings, state.functionIndex);
        if (value.kind === 'object' && ('Query' in value.props || 'Mutation' in value.props))
          state.code.objects[`${name}()`] ??= value;
      } else forEachChild(inner, visit);
    };
    if (fact.declares.length === 1 && holdsFunction(node)) forEachChild(node, visit);
  }
}

const holdsFunction = (node: ts.Node): boolean =>
  isFunctionDeclaration(node) ||
  (isVariableDeclaration(node) &&
    node.initializer !== undefined &&
    (isArrowFunction(node.initializer) || isFunctionExpression(node.initializer)));

function collectConstants(units: UnitNode[], state: WalkState): void {
  for (const { node, fact } of units) {
    const initializer = isVariableDeclaration(node)
      ? node.initializer
      : isExportAssignment(node)
        ? node.expression
        : exportsRight(node);
    if (!initializer) continue;
    const name = isVariableDeclaration(node)
      ? isIdentifier(node.name)
        ? node.name.text
        : null
      : (fact.declares[0] ?? null);
    if (name === null || name === '__proto__') continue;
    const value = simplify(initializer, state.bindings, state.functionIndex);
    if (value.kind === 'string') state.code.constants[name] = value.value;
    else if (value.kind === 'object') state.code.objects[name] = value;
    else if (value.kind === 'array' && value.items.some(doesOrDescribes)) state.code.objects[name] = value;
    // What production chooses among, and lists made of a text: a policy stands behind such a name as often as an object.
    else if (value.kind === 'choice' || (value.kind === 'call' && listing.test(value.callee)))
      state.code.objects[name] = value;
    else if (value.kind === 'call' && name === '*default*') state.code.objects[name] = value;
    else if (value.kind === 'ref' && name === '*default*') state.code.objects[name] = value;
  }
}

/** A function, or an object that describes a route. */
const doesOrDescribes = (value: ValueFact): boolean =>
  value.kind === 'function' || (value.kind === 'object' && ('path' in value.props || 'url' in value.props));

const listing = /(^|\.)split(\(\))?(\.(map|filter)(\(\))?)?$/;

function exportsRight(node: ts.Node): ts.Expression | undefined {
  return isExpressionStatement(node) && isBinaryExpression(node.expression) ? node.expression.right : undefined;
}

/** Variables that are imported by name, as SvelteKit and Astro give them: read by whatever uses the binding. */
function readEnvModules(code: CodeFact, module: ModuleFact): void {
  for (const { specifier, names, line } of module.imports) {
    if (!isEnvModule(specifier)) continue;
    for (const { imported, local } of names) {
      const user = code.units.find((unit) => unit.uses.includes(local));
      if (user && envLike.test(imported))
        code.env.push({ name: imported, line, unit: user.index, via: 'process.env', fallback: null, checked: false });
    }
  }
}
