import { z } from 'zod';
import { type Problem, throwProblems } from '../model/problems.ts';
import { type Scoring, scoring } from '../model/scoring.ts';
import { readYaml, zodProblems } from '../model/yaml-source.ts';
import { scoringFile } from './files.ts';
import { readyScorings, scoringOf } from './ready.ts';

/** The arithmetic of a version, or of the newest (`null`). Throws a `UserError` for a version that never was. */
export const loadScoring = (version: number | null = null): Scoring => scoringOf(loadScorings(), version);

let ours: Scoring[] | null = null;

/** Every version of the arithmetic, newest first; read once. */
export function loadScorings(): Scoring[] {
  ours ??= readyScorings() ?? readScorings();
  return ours;
}

/** Reads and checks the arithmetic. */
export function readScorings(): Scoring[] {
  const { file, text } = scoringFile();
  const problems: Problem[] = [];
  const source = readYaml(file, text, problems);
  const parsed = z.array(scoring).min(1).safeParse(source?.plain);
  if (source && !parsed.success) problems.push(...zodProblems(source, parsed.error, [], Object.keys(scoring.shape)));
  throwProblems(problems);
  return parsed.data!.sort((a, b) => b.version - a.version);
}
