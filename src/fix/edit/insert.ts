/** All that is ever done to code a person wrote: text goes in between, none goes away. */
export interface Insertion {
  at: number;
  text: string;
}

/** @throws when an offset lies outside the text. Insertions at one place keep the order given. */
export function inserted(text: string, insertions: readonly Insertion[]): string {
  let out = '';
  let from = 0;
  for (const { at, text: added } of [...insertions].sort((a, b) => a.at - b.at)) {
    if (at < from || at > text.length) throw new Error(`no place ${at} in a text of ${text.length}`);
    out += text.slice(from, at) + added;
    from = at;
  }
  return out + text.slice(from);
}

/** The end of the line that holds the offset, its line break not included. */
export function endOfLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  if (at === -1) return text.length;
  return text[at - 1] === '\r' && at - 1 >= offset ? at - 1 : at;
}

/** The white space that the line of the offset begins with. */
export function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))![0];
}

/** `text` with a block after it, set apart by one blank line. */
export function appended(text: string, block: string): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const added = eol === '\n' ? block : block.replace(/\r?\n/g, '\r\n');
  if (text === '') return added;
  const gap = /\n\s*\n$/.test(text) ? '' : text.endsWith('\n') ? eol : eol + eol;
  return text + gap + added;
}
