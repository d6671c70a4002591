import type { CallFact, CodeFact, Origin, ValueFact } from '../model/facts/source.ts';
import type { PackageUse } from '../model/wiring.ts';
import type { Modules } from './modules.ts';

const maxDepth = 4;

/**
 * Which packages stand behind a value. A name is followed to its declaration, in this file or through imports; a function of ours
 * stands for the calls inside it. Bounded in depth; each declaration is looked at once.
 */
export function packagesBehind(modules: Modules, file: string, value: ValueFact): PackageUse[] {
  const found = new Map<string, PackageUse>();
  const seen = new Set<string>();

  const add = (use: PackageUse): void => {
    const key = `${use.package}\0${use.member}\0${use.file}\0${use.line}`;
    if (!found.has(key)) found.set(key, use);
  };

  const lineOf = (at: string, start: number): number =>
    modules.source(at)?.code?.calls.find((call) => call.start >= start && call.start <= start + 40)?.line ?? 1;

  const ofOrigin = (at: string, origin: Origin | null, args: ValueFact[], line: number, depth: number): void => {
    let current = origin;
    while (current?.from === 'result') current = current.of;
    if (current?.from === 'package') {
      const inside = modules.resolve(at, current.package);
      if (!inside) add({ package: current.package, member: current.member, args, file: at, line });
      else declared(inside, current.member.split('.')[0] || '*', depth);
    } else if (current?.from === 'module') {
      const target = modules.resolve(at, current.specifier);
      if (target) declared(target, current.name, depth);
    }
  };

  const declared = (target: string, name: string, depth: number): void => {
    for (const declaration of modules.declarations(target, name).found) {
      const code = modules.source(declaration.file)?.code;
      if (!code) continue;
      const local = declaration.local;
      for (const unit of code.units) {
        if (local === null ? unit.exported.length > 0 : unit.declares.includes(local))
          ofUnit(declaration.file, code, unit.index, depth + 1);
      }
    }
  };

  const ofUnit = (at: string, code: CodeFact, unit: number, depth: number): void => {
    const key = `${at}\0${unit}`;
    if (seen.has(key) || depth > maxDepth) return;
    seen.add(key);
    for (const call of code.calls) if (call.unit === unit) ofCall(at, call, depth);
    // `class X extends AuthGuard('jwt')` and `const x = y` have no call of their own.
    for (const use of code.units[unit]!.uses) {
      const bound = modules.binding(at, use.split('.')[0]!);
      if (bound && !bound.entry.specifier.startsWith('.') && !modules.resolve(at, bound.entry.specifier)) {
        add({
          package: bound.entry.specifier,
          member: bound.imported === '*' ? (use.split('.')[1] ?? '*') : bound.imported,
          args: [],
          file: at,
          line: code.units[unit]!.line,
        });
      }
    }
    for (const use of code.units[unit]!.uses) {
      const other = code.units.find((candidate) => candidate.declares.includes(use.split('.')[0]!));
      if (other && other.index !== unit) ofUnit(at, code, other.index, depth + 1);
    }
  };

  const ofCall = (at: string, call: CallFact, depth: number): void => {
    ofOrigin(at, call.origin, call.args, call.line, depth);
    for (const argument of call.args) ofValue(at, argument, depth + 1);
  };

  const ofValue = (at: string, current: ValueFact, depth: number): void => {
    if (depth > maxDepth) return;
    const code = modules.source(at)?.code;
    if (current.kind === 'call') {
      ofOrigin(at, current.origin, current.args, lineOf(at, current.start), depth);
      local(at, code, current.callee, depth);
      for (const argument of current.args) ofValue(at, argument, depth + 1);
    } else if (current.kind === 'ref') {
      ofOrigin(at, current.origin, [], 1, depth);
      local(at, code, current.path, depth);
    } else if (current.kind === 'function') {
      const fn = code?.functions[current.index];
      if (fn)
        for (const call of code!.calls) if (call.start >= fn.start && call.end <= fn.end) ofCall(at, call, depth + 1);
    } else if (current.kind === 'array') for (const item of current.items) ofValue(at, item, depth + 1);
    else if (current.kind === 'object') for (const item of Object.values(current.props)) ofValue(at, item, depth + 1);
    else if (current.kind === 'choice') for (const item of current.of) ofValue(at, item, depth + 1);
  };

  const local = (at: string, code: CodeFact | null | undefined, path: string, depth: number): void => {
    const root = path.split('.')[0]!;
    const unit = code?.units.find((candidate) => candidate.declares.includes(root));
    if (unit) ofUnit(at, code!, unit.index, depth + 1);
    else if (root === 'this' || code?.calls.some((call) => call.assignedTo === root)) {
      for (const call of code?.calls ?? [])
        if (call.assignedTo === (root === 'this' ? path.split('.').slice(0, 2).join('.') : root))
          ofOrigin(at, call.origin, call.args, call.line, depth + 1);
    }
  };

  ofValue(file, value, 0);
  return [...found.values()];
}
