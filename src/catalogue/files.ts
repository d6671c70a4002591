import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { categories } from '../model/categories.ts';
import { byCodeUnit } from '../model/paths.ts';
import type { RepoView } from '../model/repository.ts';

/** Our own rules; the same two steps up from src/catalogue and from dist/catalogue. */
const rulesFolder = new URL('../../rules/', import.meta.url);
/** Where a target keeps rules of its own. */
const ownRules = ['.readiness/rules/**/*.yaml', '.readiness/rules/**/*.yml'];

export interface RuleFile {
  /** As messages name it: `rules/security/headers.yaml`. */
  file: string;
  text: string;
  own: boolean;
  /** Our own rules are named by their place. */
  expectedId: string | null;
}

/** Our own rules, by category and name. */
export function builtInFiles(): RuleFile[] {
  return categories.flatMap((category) =>
    readdirSync(fileURLToPath(new URL(`${category}/`, rulesFolder)))
      .filter((name) => name.endsWith('.yaml'))
      .sort(byCodeUnit)
      .map((name) => ({
        file: `rules/${category}/${name}`,
        text: readFileSync(fileURLToPath(new URL(`${category}/${name}`, rulesFolder)), 'utf8'),
        own: false,
        expectedId: `${category}/${name.slice(0, -'.yaml'.length)}`,
      })),
  );
}

/** Rules that a target brings itself. */
export const ownFiles = (view: RepoView): RuleFile[] =>
  view.glob(ownRules).map((file) => ({ file, text: view.text(file), own: true, expectedId: null }));

/** The arithmetic, as messages name it. */
export const scoringFile = (): { file: string; text: string } => ({
  file: 'rules/scoring.yaml',
  text: readFileSync(fileURLToPath(new URL('scoring.yaml', rulesFolder)), 'utf8'),
});
