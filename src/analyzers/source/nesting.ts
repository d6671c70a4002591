/**
 * The parser is native and recursive: a file nested a few thousand levels deep overflows its stack and ends the whole process,
 * which no try/catch can hold (measured on a stack of 8 MB: 3,400 functions, 4,200 type arguments, 5,900 brackets, 6,500 `else if`, 8,300 `a => a =>`, 28,000 `!`).
 * Code that people write stays under a hundred.
 */
const bounds = { brackets: 1000, chain: 4000, otherwise: 3000, unary: 10_000 };
/** A shorter text cannot nest that deep, at one character a level. */
const shortest = 4000;

/**
 * Offset at which the text is nested deeper than the parser is trusted with, or -1. One pass, blind to strings and comments on purpose.
 * Counted are open brackets, signs that nest without one (`a => b => …`, `a ? b : …`, `A<B<…`, `if (a) if (b) …`) since the last separator,
 * unary operators in a row, and `else`.
 */
export function tooDeepAt(text: string): number {
  if (text.length < shortest) return -1;
  let brackets = 0;
  let chain = 0;
  let otherwise = 0;
  let unary = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 32) continue;
    // Lower case letters are most of any file.
    if (code > 96 && code < 123) {
      unary = 0;
      if (code === 101 && text.startsWith('else', at) && ++otherwise > bounds.otherwise) return at;
      continue;
    }
    const sign = signs[code] ?? 0;
    if (sign === unarySign) unary++;
    else unary = 0;
    if (sign === opening) brackets++;
    else if (sign === closing) brackets = Math.max(0, brackets - 1);
    else if (sign === separator || (sign === newline && startsStatement(text, at + 1))) chain = 0;
    if (sign === chaining || code === parenthesis) chain++;
    if (brackets > bounds.brackets || chain > bounds.chain || unary > bounds.unary) return at;
  }
  return -1;
}

const opening = 1;
const closing = 2;
const separator = 3;
const newline = 4;
const chaining = 5;
const unarySign = 6;
const parenthesis = ')'.charCodeAt(0);

const signs = new Uint8Array(128);
for (const [kind, characters] of [
  [opening, '([{'],
  [closing, ')]}'],
  [separator, ',;'],
  [newline, '\n'],
  [chaining, '=?:<'],
  [unarySign, '!~+-'],
] as const) {
  for (const character of characters) signs[character.charCodeAt(0)] = kind;
}

/** A line that starts with a word, a quote or a comment begins a statement in code without semicolons, or is prose. */
function startsStatement(text: string, lineStart: number): boolean {
  let at = lineStart;
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at++;
  const code = text.charCodeAt(at) | 32;
  return (code > 96 && code < 123) || `'"\`/*@}<`.includes(text.charAt(at));
}
