import { byCodeUnit } from '../model/paths.ts';
import { type HistoryLine, historyLine } from '../model/policy.ts';
import type { ReportV1 } from '../model/report.ts';
import { keyOf, openGaps } from './gaps.ts';

export interface History {
  /** By date, then commit. */
  lines: HistoryLine[];
  /** 1-based numbers of lines that are no run (a merge conflict's marks, say); they are left out. */
  unreadable: number[];
}

/** Reads a history file: one JSON object a line, in any order; of two for one commit the later line counts. */
export function readHistory(text: string): History {
  const runs = new Map<string, HistoryLine>();
  const unreadable: number[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const run = parseLine(line);
    if (run) runs.set(identity(run), run);
    else unreadable.push(index + 1);
  }
  return { lines: [...runs.values()].sort(inTime), unreadable };
}

function parseLine(line: string): HistoryLine | null {
  try {
    return historyLine.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

/** A commit has one line; without git a day has one. */
const identity = (run: HistoryLine) => run.commit ?? `${run.date}`;

const inTime = (a: HistoryLine, b: HistoryLine) =>
  byCodeUnit(a.date ?? '', b.date ?? '') || byCodeUnit(a.commit ?? '', b.commit ?? '');

/** The line of one run. `day` stands in for the commit's date where there is no commit. */
export function historyLineOf(report: ReportV1, day: string): HistoryLine {
  return {
    commit: report.target.commit,
    date: report.target.committedAt ?? day,
    score: report.score,
    level: report.level,
    categories: Object.fromEntries(report.categories.map((c) => [c.id, c.score])),
    gaps: openGaps(report).map(keyOf).sort(byCodeUnit),
  };
}

/** The history with this run in it, in place of an earlier run of the same commit. */
export function withRun(history: History, run: HistoryLine): HistoryLine[] {
  const others = history.lines.filter((line) => identity(line) !== identity(run));
  return [...others, run].sort(inTime);
}

export const writeHistory = (lines: readonly HistoryLine[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('');

/** What a report shows of the history. */
export const trendOf = (lines: readonly HistoryLine[]): ReportV1['history'] =>
  lines.map(({ commit, date, score, level }) => ({ commit, date, score, level }));
