import { ts } from 'ts-morph';

/** How a file is written; read from it, so that what is added looks like the rest. */
export interface Style {
  quote: "'" | '"';
  semicolons: boolean;
  indent: string;
  eol: '\n' | '\r\n';
}

export const usualStyle: Style = { quote: "'", semicolons: true, indent: '  ', eol: '\n' };

export function styleOf(text: string): Style {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  const ended = count(/[\w)\]'"`];[ \t]*\r?$/gm);
  const bare = count(/[\w)\]'"`][ \t]*\r?$/gm);
  return {
    quote: count(/"[^"'\n]*"/g) > count(/'[^"'\n]*'/g) ? '"' : "'",
    semicolons: bare + ended === 0 || ended * 3 >= bare,
    indent: indentOf(text),
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

/** The smallest step by which a line is further in than the one before. */
export function indentOf(text: string): string {
  if (/^\t/m.test(text)) return '\t';
  const widths = [...text.matchAll(/^( +)\S/gm)].map((match) => match[1]!.length).filter((n) => n > 1);
  const four = widths.filter((n) => n % 4 === 0).length;
  return widths.length > 0 && four === widths.length ? '    ' : '  ';
}

/** A snippet written with two spaces, single quotes and semicolons, brought to a file's style. */
export function restyle(code: string, style: Style): string {
  let text = style.quote === '"' ? withDoubleQuotes(code) : code;
  if (!style.semicolons) text = text.replace(/;$/gm, '');
  text = text.replace(/^(?: {2})+/gm, (spaces) => style.indent.repeat(spaces.length / 2));
  return style.eol === '\n' ? text : text.replace(/\r?\n/g, '\r\n');
}

function withDoubleQuotes(code: string): string {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.JSX, code);
  let out = '';
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    const token = scanner.getTokenText();
    const plain = kind === ts.SyntaxKind.StringLiteral && /^'[^'"\\]*'$/.test(token);
    out += plain ? `"${token.slice(1, -1)}"` : token;
  }
  return out;
}

/** Each line of a block further in by `indent`; blank ones stay blank. */
export const indented = (text: string, indent: string): string => text.replace(/^(?=[^\r\n])/gm, indent);
