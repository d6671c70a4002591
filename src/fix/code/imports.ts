import { ts } from 'ts-morph';
import { baseOf, dirOf } from '../../model/paths.ts';
import { endOfLine, type Insertion } from '../edit/insert.ts';
import { restyle, type Style } from '../edit/style.ts';
import { Unfit } from '../types.ts';
import { mentions } from './syntax.ts';

export interface ImportRequest {
  /** A package, or a repository path. */
  from: string;
  local: boolean;
  default?: string;
  named?: string[];
}

/** How a file loads others. */
export interface ModuleStyle {
  esm: boolean;
  /** `import * as x`: the compiler is not set to give default imports of CommonJS packages. */
  namespaces: boolean;
  /** What relative specifiers end in: `.js`, `.ts` or nothing. */
  ending: 'js' | 'ts' | '';
}

export function moduleStyleOf(source: ts.SourceFile, type: 'module' | 'commonjs'): ModuleStyle {
  const path = source.fileName;
  const imports = source.statements.filter(ts.isImportDeclaration);
  const exportsSomething = source.statements.some((s) => ts.isExportAssignment(s) || ts.isExportDeclaration(s));
  const typed = /\.[cm]?tsx?$/.test(path);
  const esm =
    !/\.c[jt]s$/.test(path) &&
    (typed || imports.length > 0 || exportsSomething || /\.mjs$/.test(path) || type === 'module');
  // A path by an alias of the compiler tells as well: `@/lib/x`.
  const relative = specifiersOf(source).filter((one) => /^(\.|[@~]\/)/.test(one));
  const ending = relative.some((one) => /\.[cm]?js$/.test(one))
    ? 'js'
    : relative.some((one) => one.endsWith('.ts'))
      ? 'ts'
      : '';
  const plainNode = esm && !typed;
  return {
    esm,
    namespaces: imports.some((one) => {
      const bound = one.importClause?.namedBindings;
      return (
        bound &&
        ts.isNamespaceImport(bound) &&
        /^(express|helmet|cors|http|fs|path|koa)$/.test((one.moduleSpecifier as ts.StringLiteral).text)
      );
    }),
    ending: relative.length === 0 && (plainNode || (typed && type === 'module')) ? 'js' : ending,
  };
}

function specifiersOf(source: ts.SourceFile): string[] {
  return source.statements.flatMap((statement) => {
    if (ts.isImportDeclaration(statement)) return [(statement.moduleSpecifier as ts.StringLiteral).text];
    const required = requireOf(statement);
    return required === null ? [] : [required];
  });
}

/** What `const x = require('y')`, or a bare `require('y')`, asks for. */
function requireOf(statement: ts.Statement): string | null {
  const found = /^(?:(?:const|let|var)\b[^=]*=\s*)?require\(\s*['"]([^'"]+)['"]\s*\)/.exec(statement.getText());
  return found?.[1] ?? null;
}

/** Where the import goes, or null when the file has it. Before the first import that sorts after it: the order of additions does not show. */
export function importInsertion(
  source: ts.SourceFile,
  request: ImportRequest,
  modules: ModuleStyle,
  style: Style,
  /** The file is a template's own, which uses the names that it is given. */
  fresh = false,
): Insertion | null {
  const specifier = request.local ? localSpecifier(source.fileName, request.from, modules) : request.from;
  const names = [request.default, ...(request.named ?? [])].filter((name) => name !== undefined);
  const text = source.text;
  const loads = loadsOf(source, modules);
  if (names.length > 0 && bindsAll(source, specifier, names)) {
    // A `require` further down has not run yet where the code goes in.
    const early = modules.esm || loads.some((statement) => specifierOf(statement) === specifier);
    if (!early) throw new Unfit(`${source.fileName} loads ${specifier} after its application is made`);
    return null;
  }
  const taken = fresh ? undefined : names.find((name) => mentions(source, name));
  if (taken) throw new Unfit(`${source.fileName} uses the name "${taken}" already`);
  const line = restyle(importLine(request, specifier, modules), style);
  // What is loaded first for its effect (instrumentation, variables) stays first.
  const lead = loads.findIndex((statement) => !isBare(statement));
  const next = loads.slice(Math.max(0, lead)).find((statement) => sortKey(specifierOf(statement)) > sortKey(specifier));
  if (next && next !== loads[0]) {
    const before = loads[loads.indexOf(next) - 1]!;
    // With the group that it sorts into, where a blank line sets that apart.
    if (/^\s*\n\s*\n$/.test(text.slice(endOfLine(text, before.end), next.getStart(source))))
      return { at: next.getStart(source), text: line + style.eol };
    return { at: endOfLine(text, before.end), text: style.eol + line };
  }
  const last = next ? null : loads.at(-1);
  if (last) return { at: endOfLine(text, last.end), text: style.eol + line };
  return { at: startOf(source), text: line + style.eol + (loads.length === 0 ? style.eol : '') };
}

/** Imports; of `require` calls those at the top, for what stands below is not there yet for the code above it. */
function loadsOf(source: ts.SourceFile, { esm }: ModuleStyle): ts.Statement[] {
  const isLoad = (statement: ts.Statement): boolean =>
    ts.isImportDeclaration(statement) || (!esm && requireOf(statement) !== null);
  if (esm) return source.statements.filter(isLoad);
  const isDirective = (statement: ts.Statement): boolean =>
    ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);
  const end = source.statements.findIndex((statement) => !isLoad(statement) && !isDirective(statement));
  return source.statements.slice(0, end === -1 ? undefined : end).filter(isLoad);
}

/** One statement that loads the module binds every name. */
const bindsAll = (source: ts.SourceFile, specifier: string, names: readonly string[]): boolean =>
  source.statements.some(
    (statement) =>
      (ts.isImportDeclaration(statement) || requireOf(statement) !== null) &&
      specifierOf(statement) === specifier &&
      names.every((name) => new RegExp(`\\b${name}\\b`).test(statement.getText())),
  );

const isBare = (statement: ts.Statement): boolean =>
  ts.isImportDeclaration(statement) ? statement.importClause === undefined : ts.isExpressionStatement(statement);

const specifierOf = (statement: ts.Statement): string =>
  ts.isImportDeclaration(statement)
    ? (statement.moduleSpecifier as ts.StringLiteral).text
    : (requireOf(statement) ?? '');

/** Packages before files, each in code unit order. */
const sortKey = (specifier: string): string => (specifier.startsWith('.') ? `1${specifier}` : `0${specifier}`);

/** After a `#!` line, leading comments and directives. */
function startOf(source: ts.SourceFile): number {
  const directives = source.statements.filter(
    (statement) => ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression),
  );
  const last = directives.at(-1);
  if (last) return Math.min(source.text.length, endOfLine(source.text, last.end) + 1);
  const first = source.statements[0];
  if (!first) return source.text.length;
  // A comment right above that gives its type, as in JavaScript, stays with the statement.
  const about = ts.getLeadingCommentRanges(source.text, first.pos)?.at(-1);
  const touches = about && /^[ \t]*\r?\n[ \t]*$/.test(source.text.slice(about.end, first.getStart(source)));
  const typed = about && /^\/\*\*[\s\S]*@(type|param|returns?)\b/.test(source.text.slice(about.pos, about.end));
  return touches && typed ? about.pos : first.getStart(source);
}

function importLine(
  { default: byDefault, named = [] }: ImportRequest,
  specifier: string,
  { esm, namespaces }: ModuleStyle,
): string {
  const names = named.length > 0 ? `{ ${named.join(', ')} }` : '';
  if (!esm)
    return byDefault || names ? `const ${byDefault ?? names} = require('${specifier}');` : `require('${specifier}');`;
  if (!byDefault && !names) return `import '${specifier}';`;
  if (byDefault && namespaces && !specifier.startsWith('.')) return `import * as ${byDefault} from '${specifier}';`;
  return `import ${[byDefault, names].filter(Boolean).join(', ')} from '${specifier}';`;
}

export function localSpecifier(from: string, to: string, { ending, esm }: Pick<ModuleStyle, 'ending' | 'esm'>): string {
  const here = dirOf(from) === '.' ? [] : dirOf(from).split('/');
  const there = dirOf(to) === '.' ? [] : dirOf(to).split('/');
  while (here.length > 0 && there.length > 0 && here[0] === there[0]) {
    here.shift();
    there.shift();
  }
  const up = here.length === 0 ? './' : '../'.repeat(here.length);
  const name = baseOf(to).replace(/\.([cm]?)[jt]sx?$/, (_, kind: string) => {
    if (kind) return `.${kind}js`;
    return ending === '' && !(esm && /js$/.test(to) && /\.m?js$/.test(from) && ending === '')
      ? ''
      : ending === 'ts'
        ? '.ts'
        : ending === 'js'
          ? '.js'
          : '';
  });
  return up + [...there, name].join('/');
}
