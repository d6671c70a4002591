import type { AuditModel } from '../../model/audit-model.ts';
import type { ValueFact } from '../../model/facts/index.ts';

/** Follows a name to the value it was declared with, in this file or behind an import; the value itself where it is none. */
export function declaredValue(
  model: AuditModel,
  file: string,
  value: ValueFact,
  depth = 0,
): { file: string; value: ValueFact } {
  if (value.kind !== 'ref' || depth > 3) return { file, value };
  const [root, ...rest] = value.path.split('.');
  const own = valueNamed(model, file, root!);
  if (own) return declaredValue(model, file, inside(own, rest), depth + 1);
  const found = value.origin ? model.wiring.resolveOrigin(file, value.origin) : null;
  const target = found ? valueNamed(model, found.file, found.name) : null;
  return found && target ? declaredValue(model, found.file, inside(target, rest), depth + 1) : { file, value };
}

function valueNamed(model: AuditModel, file: string, name: string): ValueFact | null {
  const { constants = {}, objects = {} } = model.wiring.code(file) ?? {};
  if (Object.hasOwn(constants, name)) return { kind: 'string', value: constants[name]! };
  return Object.hasOwn(objects, name) ? objects[name]! : null;
}

function inside(value: ValueFact, path: readonly string[]): ValueFact {
  let current = value;
  for (const key of path) {
    const next = current.kind === 'object' && Object.hasOwn(current.props, key) ? current.props[key] : undefined;
    if (!next) return { kind: 'other', text: path.join('.') };
    current = next;
  }
  return current;
}

/** Every outcome of a value, fallbacks and branches taken apart. */
export function outcomes(value: ValueFact): ValueFact[] {
  if (value.kind === 'choice') return value.of.flatMap(outcomes);
  if (value.kind === 'env' && value.fallback) return [{ ...value, fallback: null }, ...outcomes(value.fallback)];
  return [value];
}
