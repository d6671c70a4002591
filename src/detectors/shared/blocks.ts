/** Where the brace closes that was opened before `from`. */
export function blockEnd(text: string, from: number): number {
  let depth = 1;
  for (const { 0: brace, index } of text.slice(from).matchAll(/[{}]/g)) {
    depth += brace === '{' ? 1 : -1;
    if (depth === 0) return from + index;
  }
  return text.length;
}
