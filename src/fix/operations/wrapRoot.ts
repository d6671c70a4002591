import { ts } from 'ts-morph';
import { importInsertions } from '../code/requests.ts';
import { parse } from '../code/syntax.ts';
import { type Insertion, indentAt, inserted } from '../edit/insert.ts';
import { styleOf } from '../edit/style.ts';
import { pathOf } from '../render.ts';
import type { ImportSpec } from '../template.ts';
import { Unfit } from '../types.ts';
import type { Operate } from './_operation.ts';

interface Asked {
  open: string;
  close: string;
  element?: string;
  file?: string;
  outside?: string;
  aside?: string;
  imports: ImportSpec[];
}

/**
 * An element around what the entry renders, inside the providers that hold one element each, or around the one element of a name;
 * what is wrapped moves in by one step. Both options make the result the same in whatever order fixes are made.
 */
const wrapRoot: Operate<Asked> = ({ open, close, element, file: named, outside, aside, imports }, surroundings) => {
  const { draft, parameters } = surroundings;
  const file = named === undefined ? parameters.pageEntry : pathOf(named, parameters);
  if (typeof file !== 'string') throw new Unfit('the file that renders the page was not found');
  const text = draft.text(file);
  const source = parse(file, text);
  const root = element === undefined ? rendered(source) : only(source, element);
  if (!root) throw new Unfit(`${file}: what is rendered could not be read`);
  draft.edit(
    file,
    inserted(text, [
      ...importInsertions(file, text, imports, surroundings),
      ...around(innermost(root, outside, aside), open, close),
    ]),
  );
};
export default wrapRoot;

function around(element: ts.Expression | ts.JsxChild, open: string, close: string): Insertion[] {
  const text = element.getSourceFile().text;
  const style = styleOf(text);
  const start = element.getStart();
  const indent = indentAt(text, start);
  const step = indent + style.indent;
  const alone = text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() === '';
  // Where it shares its line with other code, or holds text whose white space counts.
  if (!alone || /`/.test(element.getText()))
    return [
      { at: start, text: open },
      { at: element.end, text: close },
    ];
  const breaks = [...element.getText().matchAll(/\n(?=[ \t]*\S)/g)].map(({ index }) => start + index + 1);
  return [
    { at: start, text: `${open}${style.eol}${step}` },
    ...breaks.map((at) => ({ at, text: style.indent })),
    { at: element.end, text: `${style.eol}${indent}${close}` },
  ];
}

/** Through elements that hold nothing but one other, empty ones named `aside` not counted, up to one named `outside`. */
function innermost(
  element: ts.Expression | ts.JsxChild,
  outside?: string,
  aside?: string,
): ts.Expression | ts.JsxChild {
  if (!ts.isJsxElement(element) || (outside && tagOf(element) === outside)) return element;
  const held = element.children.filter(
    (child) =>
      !(ts.isJsxText(child) && child.text.trim() === '') &&
      !(aside && ts.isJsxSelfClosingElement(child) && tagOf(child) === aside),
  );
  const only = held.length === 1 ? held[0]! : null;
  return only && (ts.isJsxElement(only) || ts.isJsxSelfClosingElement(only))
    ? innermost(only, outside, aside)
    : element;
}

function tagOf(node: ts.Node): string | null {
  if (ts.isJsxElement(node)) return node.openingElement.tagName.getText();
  return ts.isJsxSelfClosingElement(node) ? node.tagName.getText() : null;
}

/** The element given to `createRoot(…).render(…)`, `hydrateRoot` or `ReactDOM.render`. */
function rendered(source: ts.SourceFile): ts.Expression | null {
  let found: ts.Expression | null = null;
  const visit = (node: ts.Node): void => {
    if (
      ts.isCallExpression(node) &&
      /(^|\.)(render|hydrateRoot)$/.test(node.expression.getText().replace(/\([^)]*\)!?/g, ''))
    ) {
      const element = node.arguments.find((one) => ts.isJsxElement(one) || ts.isJsxSelfClosingElement(one));
      if (element) found ??= element;
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The element of a name, where there is exactly one. */
function only(source: ts.SourceFile, name: string): ts.Expression | null {
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (tagOf(node) === name) found.push(node as ts.Expression);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.length === 1 ? found[0]! : null;
}
