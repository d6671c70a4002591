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

export const planFor = (files: Readonly<Record<string, string>>, asked?: Asked): Promise<FixPlan> =>
  planOn(openMemory(files), asked);

/** The files as they are once a plan is written. */
export const fixed = (files: Readonly<Record<string, string>>, plan: FixPlan): Record<string, string> => ({
  ...files,
  ...Object.fromEntries(plan.changes),
});
