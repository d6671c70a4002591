import type { AuditModel } from '../../model/audit-model.ts';
import type { FunctionFact } from '../../model/facts/index.ts';

/** The methods of a class of a file; `*default*` stands for the one that it exports as its default. */
export function methodsOf(model: AuditModel, file: string, name: string): FunctionFact[] {
  const methods = (model.wiring.code(file)?.functions ?? []).filter(({ owner }) => owner !== null);
  if (name !== '*default*') return methods.filter(({ owner }) => owner === name);
  const written = /export\s+default\s+(?:abstract\s+)?(?:class\s+)?(\w+)/.exec(model.view.text(file))?.[1];
  return methods.filter(({ owner }) => owner === written || owner === 'default' || owner === '*default*');
}
