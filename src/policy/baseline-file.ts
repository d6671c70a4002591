import { isMap, isScalar, type Node, stringify } from 'yaml';
import { UserError } from '../model/errors.ts';
import { byCodeUnit } from '../model/paths.ts';
import { type GapStatus, gapStatuses } from '../model/status.ts';
import type { Baseline } from './baseline.ts';
import { worseBy } from './gaps.ts';
import { listProblems } from './resolve.ts';
import { parseYaml } from './settings-file.ts';

const heading = `# Known gaps, written by \`readiness baseline\`. A gap that is not here, or is worse than here, is new.
`;

/**
 * Reads a baseline. Order does not matter, and of two lines for one gap the better status counts, so that a union merge of two
 * branches is a valid baseline.
 * @throws UserError with every problem at file:line.
 */
export function readBaseline(file: string, text: string): Baseline {
  const { document, lines, problems } = parseYaml(file, text, { uniqueKeys: false });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const known = new Map<string, { status: GapStatus; line: number }>();
  const root = document?.contents ?? null;
  if (problems.length === 0 && root !== null && !isMap(root))
    problems.push({ file, line: 1, message: 'a baseline holds one `rule component: status` a line' });
  for (const pair of isMap(root) && problems.length === 0 ? root.items : []) {
    const key = String(isScalar(pair.key) ? pair.key.value : pair.key);
    const line = lineAt((pair.key as Node).range?.[0] ?? 0);
    const status = gapStatuses.find((s) => isScalar(pair.value) && s === pair.value.value);
    if (status === undefined)
      problems.push({ file, line, message: `${key}: the status has to be one of ${gapStatuses.join(', ')}` });
    else {
      const before = known.get(key);
      if (!before || worseBy(before.status, status) > 0) known.set(key, { status, line });
    }
  }
  if (problems.length > 0) throw new UserError(listProblems(problems));
  return known;
}

/** One entry a line, sorted, so that git merges what two branches add in different places. */
export function writeBaseline(entries: ReadonlyMap<string, GapStatus>): string {
  const lines = [...entries]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([key, status]) => {
      const quoted = stringify(key, { lineWidth: 0 }).trimEnd();
      return `${quoted}: ${status}\n`;
    });
  return heading + lines.join('');
}
