import { ts } from 'ts-morph';
import type { RepoView } from '../../model/repository.ts';
import { Unfit } from '../types.ts';

export function parse(path: string, text: string): ts.SourceFile {
  const kind = /\.[jt]sx$/.test(path)
    ? ts.ScriptKind.TSX
    : /\.[cm]?ts$/.test(path)
      ? ts.ScriptKind.TS
      : ts.ScriptKind.JSX;
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
  const broken = (source as { parseDiagnostics?: readonly unknown[] }).parseDiagnostics ?? [];
  if (broken.length > 0) throw new Unfit(`${path} does not parse`);
  return source;
}

/** The innermost node that spans exactly or most closely the range. */
export function nodeAt(source: ts.SourceFile, start: number, end: number): ts.Node {
  let best: ts.Node = source;
  const visit = (node: ts.Node): void => {
    if (node.getStart(source) > start || node.end < end) return;
    best = node;
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return best;
}

export type Block = ts.SourceFile | ts.Block | ts.ModuleBlock;

/** The statement that holds a node, and the list it stands in; null for what no list holds (a class member, an arrow's expression). */
export function statementOf(node: ts.Node): { statement: ts.Statement; block: Block } | null {
  for (let at = node; at.parent; at = at.parent) {
    if (ts.isClassElement(at)) return null;
    if (ts.isSourceFile(at.parent) || ts.isBlock(at.parent) || ts.isModuleBlock(at.parent))
      return { statement: at as ts.Statement, block: at.parent };
    if (ts.isArrowFunction(at.parent) && at.parent.body === at) return null;
  }
  return null;
}

/** True when an identifier of that name is bound or used anywhere in the file. */
export function mentions(source: ts.SourceFile, name: string): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    if (found) return;
    if (ts.isIdentifier(node) && node.text === name && !isMember(node)) found = true;
    else ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const isMember = (node: ts.Identifier): boolean =>
  (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) ||
  (ts.isPropertyAssignment(node.parent) && node.parent.name === node);

/** Files that write an element of that name. */
export const rendering = (element: string, files: readonly string[], view: RepoView): string[] =>
  files.filter((file) => /\.[jt]sx$/.test(file) && new RegExp(`<${element}[\\s/>]`).test(view.text(file)));
