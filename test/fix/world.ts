import { audit } from '../../src/audit/index.ts';
import { type FixPlan, loadTemplates, loadVersions, loadWorkshop, planFixes } from '../../src/fix/index.ts';
import type { RepoView } from '../../src/model/repository.ts';
import { openMemory } from '../../src/repository/index.ts';

const workshop = await loadWorkshop(loadVersions());
export const templates = loadTemplates(null);

export interface Asked {
  /** Names of fixes; all without it. */
  fixes?: readonly string[];
}

export const planOn = (view: RepoView, { fixes }: Asked = {}): Promise<FixPlan> =>
  planFixes(view, (state) => audit(state), {
    workshop,
    templates: fixes ? templates.filter(({ id }) => fixes.includes(id)) : templates,
  });

export type Files = Readonly<Record<string, string | Uint8Array>>;

export const planFor = (files: Files, asked?: Asked): Promise<FixPlan> => planOn(openMemory(files), asked);

/** The new text of one file of a plan. */
export const textIn = ({ changes }: FixPlan, path: string): string => String(changes.get(path));

/** The files as they are once a plan is written. */
export const fixed = (files: Files, plan: FixPlan): Record<string, string | Uint8Array> => ({
  ...files,
  ...Object.fromEntries(plan.changes),
});
