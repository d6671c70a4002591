/** The texts of Bicep and Terraform, as far as both are written alike: entries of a block, and values with their brackets. */

/** What is read of one value, in characters. */
const maxValue = 2_000;
const closers = new Set(['}', ')', ']']);

/** The value that starts at `from`: to the end of its line, or to the bracket that closes the last one it opens. Line breaks in it become spaces. */
export function valueFrom(text: string, from: number): { text: string; end: number } {
  const limit = Math.min(text.length, from + maxValue);
  let depth = 0;
  let value = '';
  let i = from;
  for (; i < limit; i++) {
    const char = text[i]!;
    const comment = commentAt(text, i);
    if (comment > i) {
      i = comment - 1;
      continue;
    }
    if (char === '"' || char === "'") {
      const end = endOfQuote(text, i, limit);
      value += text.slice(i, end);
      i = end - 1;
      continue;
    }
    if (depth === 0 && (char === '\n' || char === ',' || closers.has(char))) break;
    if (char === '{' || char === '(' || char === '[') depth++;
    else if (closers.has(char)) depth--;
    value += char === '\n' || char === '\r' ? ' ' : char;
  }
  return { text: value.trim(), end: i };
}

/** The entries of the first level of the block whose bracket stands at `from`: `key: value` of Bicep, `key = value` of Terraform. */
export function entriesOf(text: string, from: number): Map<string, string> {
  const entries = new Map<string, string>();
  const key = /["']?([\w-]+)["']?[ \t]*([:=](?!=))?[ \t]*/y;
  let i = from + 1;
  while (i < text.length && text[i] !== '}') {
    const comment = commentAt(text, i);
    key.lastIndex = i;
    const match = comment > i || /[\s,]/.test(text[i]!) ? null : key.exec(text);
    if (!match) {
      i = Math.max(comment, i + 1);
      continue;
    }
    // A block of its own (`default_action {`) has no sign between its name and its bracket.
    const { text: value, end } = valueFrom(text, i + match[0].length);
    if (match[2]) entries.set(match[1]!, value);
    i = Math.max(end, i + match[0].length);
  }
  return entries;
}

/** Offset after the comment that starts at `at`, or `at`. */
function commentAt(text: string, at: number): number {
  const line = text[at] === '#' || text.startsWith('//', at);
  if (!line && !text.startsWith('/*', at)) return at;
  const end = line ? text.indexOf('\n', at) : text.indexOf('*/', at + 2) + 2;
  return end <= at ? text.length : end;
}

/** Offset after the closing quote; a text that its line does not close is one character. */
function endOfQuote(text: string, from: number, limit: number): number {
  const quote = text[from];
  for (let i = from + 1; i < limit; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === quote) return i + 1;
    else if (text[i] === '\n') break;
  }
  return from + 1;
}
