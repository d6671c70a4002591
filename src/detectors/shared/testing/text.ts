/** JavaScript with its comments blanked: lines and offsets stay. Strings are kept. */
export function withoutComments(text: string): string {
  return text.replace(
    /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (found) => (found.startsWith('/') ? found.replace(/[^\n]/g, ' ') : found),
  );
}
