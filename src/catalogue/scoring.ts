import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { UserError } from '../model/errors.ts';
import { type Scoring, scoring } from '../model/scoring.ts';
import { rulesFolder } from './load.ts';
import { type Problem, throwProblems } from './problems.ts';
import { readYaml, zodProblems } from './yaml-source.ts';

const file = 'rules/scoring.yaml';

/** The arithmetic of a version, or of the newest (`null`). Throws a `UserError` for a version that never was. */
export function loadScoring(version: number | null = null): Scoring {
  const problems: Problem[] = [];
  const source = readYaml(file, readFileSync(fileURLToPath(new URL('scoring.yaml', rulesFolder)), 'utf8'), problems);
  const parsed = z.array(scoring).min(1).safeParse(source?.plain);
  if (source && !parsed.success) problems.push(...zodProblems(source, parsed.error, [], Object.keys(scoring.shape)));
  throwProblems(problems);
  const versions = parsed.data!.sort((a, b) => b.version - a.version);
  const found = version === null ? versions[0] : versions.find((one) => one.version === version);
  if (found) return found;
  throw new UserError(
    `scoringVersion ${version} is not known; this release knows ${versions.map((one) => one.version).join(', ')}`,
  );
}
