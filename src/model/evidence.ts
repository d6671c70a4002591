/**
 * A place in the target that shows something.
 * `file` is POSIX and relative to the target's root; `line` is 1-based; `note` is a short phrase without a final full stop.
 */
export interface Evidence {
  file: string;
  line: number;
  note: string;
}

/** Source offsets are turned into lines in one place, so that every fact counts alike. */
export function lineAt(lineStarts: readonly number[], offset: number): number {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lineStarts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

export function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
  return starts;
}
