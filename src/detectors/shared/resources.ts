import type { AuditModel } from '../../model/audit-model.ts';

/** The lines of one resource of a platform's file, from its name to where the next one begins. */
export function linesOfResource(
  model: AuditModel,
  path: string,
  resources: readonly { line: number }[],
  line: number,
): string[] {
  const after = resources.map((one) => one.line).filter((one) => one > line);
  return model.view
    .text(path)
    .split('\n')
    .slice(line - 1, Math.min(...after) - 1);
}
