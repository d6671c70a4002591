const bound = 24;
const loop =
  /\bfor\s+([A-Za-z_]\w*)\s+in\s+([^;\n`()]+?)\s*(?:;|\n)\s*do\b((?:(?!\bdone\b|\bfor\s+\w+\s+in\b)[\s\S])*)\bdone\b/;

/** A shell text with each `for x in a b; do … done` over written values put out as its rounds (at most 24). */
export function unrolled(text: string): string {
  let source = text;
  for (let i = 0; i < 8; i++) {
    const match = loop.exec(source);
    if (!match) return source;
    const [whole, name, list, body] = match as unknown as [string, string, string, string];
    const values = list
      .split(/\s+/)
      .map((value) => value.replace(/^(['"])(.*)\1$/, '$2'))
      .filter(Boolean)
      .slice(0, bound);
    const variable = new RegExp(`\\$\\{${name}\\}|\\$${name}\\b`, 'g');
    const rounds = values.map((value) => body.replace(variable, () => value).replace(/^\s+|\s+$/g, ''));
    source = `${source.slice(0, match.index)}\n${rounds.join('\n')}\n${source.slice(match.index + whole.length)}`;
  }
  return source;
}
