/**
 * Lines of the keys of a JSON object, by dotted path (`name`, `scripts.start`), down to `depth` levels.
 * The text must already have passed `JSON.parse`: this only follows its tokens.
 */
export function jsonLines(text: string, depth = 3): Record<string, number> {
  const lines: Record<string, number> = {};
  const path: string[] = [];
  const kinds: ('object' | 'array')[] = [];
  let line = 1;
  let key: string | null = null;
  for (const token of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\],\n]/g)) {
    const [written, colon] = token;
    switch (written[0]) {
      case '"':
        if (colon !== undefined) {
          key = JSON.parse(written.slice(0, written.length - colon.length)) as string;
          if (kinds.length <= depth && !kinds.includes('array')) lines[[...path, key].join('.')] = line;
          line += newlines(colon);
        }
        break;
      case '{':
      case '[':
        kinds.push(written === '{' ? 'object' : 'array');
        if (kinds.length > 1) path.push(key ?? '');
        key = null;
        break;
      case '}':
      case ']':
        kinds.pop();
        path.pop();
        break;
      case '\n':
        line++;
        break;
    }
  }
  return lines;
}

const newlines = (text: string): number => text.split('\n').length - 1;

/** Line of a `JSON.parse` error, as far as its message tells; else 1. */
export function jsonErrorLine(text: string, error: unknown): number {
  const position = /position (\d+)/.exec(String(error))?.[1];
  return position === undefined ? 1 : newlines(text.slice(0, Number(position))) + 1;
}
