import { visible } from '../shared/text.ts';

/** What can be markup inside a line. An underscore inside a word and a bracket's partner cannot. */
const special = /[\\`*[\]<>|~$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|&(?=#|\w+;)/g;
/** What would start a list, a heading or a quote if a line began with it. */
const blockStart = /^(\s*)(?=[#+=>-])|^(\s*\d+)(?=[.)](\s|$))/;
/** `@name` calls people and a bare address becomes a link; what calls or leads nowhere is code. */
const reaching = /(?<![\w`])@[A-Za-z0-9][\w./-]*|(?:https?:\/\/|www\.)[^\s<>"'`|)]+/gi;

/**
 * A sentence as Markdown text. Pairs of backticks stay code; whatever else could be markup, from a rule or from the target, is escaped,
 * so that a report posted as a comment shows no picture, leads nowhere and calls nobody.
 */
export function prose(text: string): string {
  return visible(text)
    .split(/(`[^`]+`)/)
    .map((part, i) => (i % 2 === 1 ? part : plain(part)))
    .join('')
    .replace(blockStart, '$1$2\\');
}

function plain(text: string): string {
  const pieces: string[] = [];
  let from = 0;
  for (const match of text.matchAll(reaching)) {
    const found = match[0].replace(/[.,;:/-]+$/, '');
    pieces.push(escapeMarks(text.slice(from, match.index)), code(found));
    from = match.index + found.length;
  }
  pieces.push(escapeMarks(text.slice(from)));
  return pieces.join('');
}

const escapeMarks = (text: string): string => text.replace(special, (mark) => `\\${mark}`);

/** Literal text in a code span, whatever backticks it holds itself. */
export function code(text: string): string {
  const shown = visible(text);
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const pad = shown.startsWith('`') || shown.endsWith('`') || shown.trim() === '' ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** The same inside a table, where a bar would end the cell even in code. */
export const cell = (markdown: string): string => markdown.replace(/(?<!\\)\|/g, '\\|');

export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const rule = head.map((_, i) => (right.includes(i) ? '--:' : '---'));
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
