const declaration = /^(?:export\s+)?(?:opaque\s+)?type\s+\w+/gm;
const openers = '{[(';
const closers = '}])';

/**
 * Flow's types in the shape of TypeScript's, or blanked: aliases go, `?T` and `{| |}` lose their marks. Offsets and lines hold. Not all of
 * Flow: what is left over is then reported as it stands.
 */
export function withoutFlow(text: string): string {
  let plain = text;
  for (const match of text.matchAll(declaration)) {
    const end = endOf(text, match.index);
    plain = plain.slice(0, match.index) + text.slice(match.index, end).replace(/[^\n]/g, ' ') + plain.slice(end);
  }
  return plain
    .replace(/\bimport typeof\b/g, 'import type  ')
    .replaceAll('<*>', '<0>')
    .replaceAll('{|', '{ ')
    .replace(/(?<!\|)\|\}/g, ' }')
    .replace(/([:<|,(]\s?|=>\s)\?(?=[\w{([$*'"])/g, '$1 ');
}

/** Where the alias ends: at a semicolon outside of brackets, or at an empty line. */
function endOf(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text[at]!;
    if (openers.includes(char)) depth++;
    else if (closers.includes(char)) depth--;
    else if (depth <= 0 && (char === ';' || (char === '\n' && text[at + 1] === '\n'))) return at + 1;
  }
  return text.length;
}
