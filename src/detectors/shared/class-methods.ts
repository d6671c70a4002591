import type { AuditModel } from '../../model/audit-model.ts';
import type { FunctionFact } from '../../model/facts/index.ts';

/** The methods of a class of a file; `*default*` stands for the one that it exports as its default. */
export function methodsOf(model: AuditModel, file: string, name: string): FunctionFact[] {
  // What has no name of its own is owned by ''.
  const owner =
    name === '*default*'
      ? (/export default (?:class )?(?!class\b|extends\b)(\w+)/.exec(model.view.text(file))?.[1] ?? '')
      : name;
  return (model.wiring.code(file)?.functions ?? []).filter((fn) => fn.owner === owner);
}
