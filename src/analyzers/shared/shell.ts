import { parse } from 'shell-quote';

/** The words of a shell text; operators (`&&`, `|`) stand as words, globs as written, comments are dropped. */
export function wordsOf(text: string): string[] {
  let parts: ReturnType<typeof parse>;
  try {
    parts = parse(text, (name) => `\${${name}}`);
  } catch {
    return text.split(/\s+/).filter(Boolean);
  }
  const words: string[] = [];
  for (const part of parts) {
    if (typeof part === 'string') words.push(part);
    else if ('pattern' in part) words.push(part.pattern);
    else if ('op' in part) words.push(part.op);
  }
  return words;
}

/** Words of a command given as a list or as one text. */
export const argvOf = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.filter((word) => word !== null && typeof word !== 'object').map(String)
    : wordsOf(String(value));

/** Replaces `$X`, `${X}`, `${X:-default}` by what is known; what is not known stays as written. `$$` is a plain `$`. */
export function interpolate(text: string, known: (name: string) => string | undefined): string {
  if (!text.includes('$')) return text;
  return text.replace(
    /\$\$|\$\{([A-Za-z_]\w*)(?:(:?[-+?])([^{}]*(?:\{[^{}]*\}[^{}]*)*))?\}|\$([A-Za-z_]\w*)/g,
    (
      match,
      braced: string | undefined,
      operator: string | undefined,
      word: string | undefined,
      bare: string | undefined,
    ) => {
      if (match === '$$') return '$';
      const value = known((braced ?? bare)!);
      if (operator?.endsWith('-')) return value !== undefined && value !== '' ? value : interpolate(word ?? '', known);
      if (operator?.endsWith('+')) return value !== undefined && value !== '' ? (word ?? '') : '';
      return value ?? match;
    },
  );
}
