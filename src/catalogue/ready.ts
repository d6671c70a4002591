import { UserError } from '../model/errors.ts';
import type { Rule } from '../model/rule.ts';
import type { Scoring } from '../model/scoring.ts';
import { compiled } from './compiled.ts';
import { builtInFiles, scoringFile } from './files.ts';

// What the build left ready to use, for runs that have nothing else to read or check. Nothing heavy may be imported here.

/** Our own rules; null where they have to be read. */
export const readyRules = (): Rule[] | null => compiled('rules', builtInFiles()) as Rule[] | null;

/** Every version of the arithmetic, newest first; null where it has to be read. */
export const readyScorings = (): Scoring[] | null => compiled('scoring', [scoringFile()]) as Scoring[] | null;

/** One version, or the newest (`null`). @throws UserError for one that never was. */
export function scoringOf(versions: readonly Scoring[], version: number | null): Scoring {
  const found = version === null ? versions[0] : versions.find((one) => one.version === version);
  if (found) return found;
  const known = versions.map((one) => one.version).join(', ');
  throw new UserError(`scoringVersion ${version} is not known; this release knows ${known}`);
}
