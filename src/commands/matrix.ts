const bound = 24;

/**
 * `text` with each `${{ matrix.key }}` replaced by the values it takes, one text per combination (at most 24).
 * A key without values stays as written.
 */
export function expandMatrix(text: string, matrix: Readonly<Record<string, readonly string[]>>): string[] {
  let texts = [text];
  for (const [key, values] of Object.entries(matrix)) {
    const expression = new RegExp(`\\$\\{\\{\\s*matrix\\.${key.replace(/[^\w.-]/g, '')}\\s*\\}\\}`, 'g');
    if (values.length === 0 || !expression.test(text)) continue;
    texts = texts.flatMap((each) => values.map((value) => each.replace(expression, () => value))).slice(0, bound);
  }
  return texts;
}
