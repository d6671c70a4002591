import { exitCodes, UserError } from './errors.ts';
import { byCodeUnit } from './paths.ts';

/** Something wrong in a file of rules, templates or data, at the line that has to be mended. */
export interface Problem {
  file: string;
  line: number;
  message: string;
}

const shown = (problem: Problem): string => `${problem.file}:${problem.line}: ${problem.message}`;

/** All problems at once, in the order of file and line; `where` says what kind of files they are in. */
export function throwProblems(problems: readonly Problem[], where = 'rule files'): void {
  if (problems.length === 0) return;
  const sorted = [...problems].sort((a, b) => byCodeUnit(a.file, b.file) || a.line - b.line);
  const lines = sorted.map(shown).filter((line, i, all) => line !== all[i - 1]);
  const head = lines.length === 1 ? '' : `${lines.length} problems in ${where}:\n`;
  throw new UserError(head + lines.join('\n'), exitCodes.usage);
}

/** `; did you mean "x"?` when one of the known words is close. */
export function hint(word: string, known: Iterable<string>): string {
  let best: string | null = null;
  let least = 3;
  for (const candidate of known) {
    const d = distance(word.toLowerCase(), candidate.toLowerCase());
    if (d < least) [best, least] = [candidate, d];
  }
  return best === null ? '' : `; did you mean "${best}"?`;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}
