/** Closes gaps: plans on an overlay, proves each fix by auditing again, and writes all files or none. */
export { unifiedDiff } from './diff.ts';
export { loadTemplates, loadVersions, ownFolder } from './load.ts';
export { loadWorkshop } from './perform.ts';
export { planFixes } from './plan.ts';
export type { FixPlan, NotOffered, PlannedFix, Reaudit } from './types.ts';
export { checkWorkTree, writeAll } from './write.ts';
