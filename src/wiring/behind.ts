import type { CallFact, CodeFact, Origin, ValueFact } from '../model/facts/source.ts';
import { rootOf } from '../model/origin.ts';
import type { PackageUse } from '../model/wiring.ts';
import type { Modules } from './modules.ts';

const maxDepth = 4;
const maxUnits = 150;

/** What one piece of code puts to work itself, and which other units it names. */
interface Summary {
  uses: PackageUse[];
  links: UnitRef[];
}
/** The same without repeats, each with what tells it from others: it is walked through again and again. */
interface Digest {
  uses: ReadonlyMap<string, PackageUse>;
  links: ReadonlyMap<string, UnitRef>;
}
interface UnitRef {
  file: string;
  unit: number;
  /** Only this method of it is meant: `middleware.ensureAuthenticated`. */
  member?: string | undefined;
}
/** A file's calls and declarations, indexed once. */
interface Index {
  code: CodeFact;
  byUnit: CallFact[][];
  declaring: Map<string, number>;
  assigned: Map<string, CallFact[]>;
}

export interface Behind {
  behind(file: string, value: ValueFact): readonly PackageUse[];
}

/**
 * Which packages stand behind a value. A name is followed to its declaration, in this file or through imports; a function of ours
 * stands for the calls inside it. Each unit is summed up once; the walk over them is bounded in depth and number.
 */
export function createBehind(modules: Modules): Behind {
  const indexes = new Map<string, Index | null>();
  const digests = new Map<string, Digest>();
  const answers = new WeakMap<ValueFact, { file: string; found: readonly PackageUse[] }>();

  const indexOf = (file: string): Index | null => {
    let known = indexes.get(file);
    if (known === undefined) {
      const code = modules.source(file)?.code ?? null;
      known = code && indexed(code);
      indexes.set(file, known);
    }
    return known;
  };

  const declared = (target: string, name: string): UnitRef[] => {
    const found = modules.declarations(target, name).found.flatMap((declaration): UnitRef[] => {
      const index = indexOf(declaration.file);
      // No tree was read: the file stands for all that it imports.
      if (!index) return [{ file: declaration.file, unit: -1 }];
      const units =
        declaration.local === null
          ? index.code.units.filter((unit) => unit.exported.length > 0).map((unit) => unit.index)
          : [index.declaring.get(declaration.local) ?? -1];
      return units.filter((unit) => unit >= 0).map((unit) => ({ file: declaration.file, unit: named(index, unit) }));
    });
    if (found.length > 0 || name === '*' || name === 'default') return found;
    // `module.exports = make()`: the name is a member of what was made.
    return declared(target, 'default').map((ref) => ({ ...ref, member: name }));
  };

  const ofImport = (at: string, specifier: string, name: string, line: number, into: Summary): void => {
    const target = modules.resolve(at, specifier);
    if (target) into.links.push(...declared(target, name));
    else if (!specifier.startsWith('.')) into.uses.push({ package: specifier, member: name, args: [], file: at, line });
  };

  const ofOrigin = (at: string, origin: Origin | null, args: ValueFact[], line: number, into: Summary): void => {
    const current = rootOf(origin);
    if (current?.from === 'package') {
      const inside = modules.resolve(at, current.package);
      if (inside) into.links.push(...declared(inside, current.member.split('.')[0] || '*'));
      else into.uses.push({ package: current.package, member: current.member, args, file: at, line });
    } else if (current?.from === 'module') {
      const target = modules.resolve(at, current.specifier);
      const member = current.member.split('.')[0] || memberAfter(origin);
      if (target) into.links.push(...declared(target, current.name).map((ref) => ({ ...ref, member })));
    }
  };

  const ofLocal = (at: string, index: Index | null, path: string, into: Summary): void => {
    const root = path.split('.')[0]!;
    const unit = index?.declaring.get(root);
    if (unit !== undefined) into.links.push({ file: at, unit, member: path.split('.')[1]?.replace(/\(\)$/, '') });
    else {
      for (const call of index?.assigned.get(root === 'this' ? path.split('.').slice(0, 2).join('.') : root) ?? []) {
        ofOrigin(at, call.origin, call.args, call.line, into);
      }
    }
  };

  const ofCall = (at: string, index: Index | null, call: CallFact, into: Summary): void => {
    ofOrigin(at, call.origin, call.args, call.line, into);
    ofLocal(at, index, call.callee, into);
    for (const argument of call.args) if (argument.kind !== 'function') ofValue(at, index, argument, into, 0);
  };

  const ofValue = (at: string, index: Index | null, value: ValueFact, into: Summary, depth: number): void => {
    if (depth > 5) return;
    const inner = (child: ValueFact): void => ofValue(at, index, child, into, depth + 1);
    if (value.kind === 'call') {
      const line =
        index?.code.calls.find((call) => call.start >= value.start && call.callee === value.callee)?.line ?? 1;
      ofOrigin(at, value.origin, value.args, line, into);
      ofLocal(at, index, value.callee, into);
      value.args.forEach(inner);
    } else if (value.kind === 'ref') {
      ofOrigin(at, value.origin, [], 1, into);
      ofLocal(at, index, value.path, into);
    } else if (value.kind === 'function') {
      const fn = index?.code.functions[value.index];
      if (fn)
        for (const call of index!.byUnit[fn.unit] ?? [])
          if (call.start >= fn.start && call.end <= fn.end) ofCall(at, index, call, into);
    } else if (value.kind === 'array') value.items.forEach(inner);
    else if (value.kind === 'object') Object.values(value.props).forEach(inner);
    else if (value.kind === 'choice') value.of.forEach(inner);
  };

  const digestOf = (key: string, ref: UnitRef): Digest => {
    let known = digests.get(key);
    if (!known) {
      known = digested(summaryOf(ref));
      digests.set(key, known);
    }
    return known;
  };

  const summaryOf = ({ file, unit, member }: UnitRef): Summary => {
    const known: Summary = { uses: [], links: [] };
    const index = indexOf(file);
    const fact = index?.code.units[unit];
    if (!index || !fact) {
      for (const entry of modules.source(file)?.module.imports ?? []) {
        if (!entry.typeOnly)
          for (const name of entry.names) ofImport(file, entry.specifier, name.imported, entry.line, known);
      }
      for (const link of known.links) link.member = member;
      return known;
    }
    const calls = index.byUnit[unit] ?? [];
    const method =
      member === undefined ? undefined : index.code.functions.find((fn) => fn.unit === unit && fn.name === member);
    if (method) {
      for (const call of calls)
        if (call.start >= method.start && call.end <= method.end) ofCall(file, index, call, known);
      return known;
    }
    for (const call of calls) ofCall(file, index, call, known);
    // `class X extends AuthGuard('jwt')` and `const x = y` have no call of their own.
    for (const use of fact.uses) {
      const [root, member] = use.split('.') as [string, string | undefined];
      const bound = modules.binding(file, root);
      const own = index.declaring.get(root);
      if (own !== undefined && own !== unit) known.links.push({ file, unit: own });
      if (bound)
        ofImport(
          file,
          bound.entry.specifier,
          bound.imported === '*' ? (member ?? '*') : bound.imported,
          fact.line,
          known,
        );
    }
    // An instance passes the wish for one method on to its class, and what a function made to that function.
    const made = fact.declares.includes('*default*') && index.code.objects['*default*']?.kind === 'call';
    if (member !== undefined && (made || calls.some((call) => call.form === 'new')))
      for (const link of known.links) link.member = member;
    return known;
  };

  const search = (file: string, value: ValueFact): readonly PackageUse[] => {
    const first: Summary = { uses: [], links: [] };
    ofValue(file, indexOf(file), value, first, 0);
    const { uses, links } = digested(first);
    const found = new Map(uses);
    const seen = new Set<string>();
    let wave: Iterable<[string, UnitRef]> = links;
    for (let depth = 0; depth < maxDepth && seen.size < maxUnits; depth++) {
      const next: [string, UnitRef][] = [];
      for (const [key, ref] of wave) {
        if (seen.has(key) || seen.size >= maxUnits) continue;
        seen.add(key);
        const digest = digestOf(key, ref);
        for (const [name, use] of digest.uses) if (!found.has(name)) found.set(name, use);
        next.push(...digest.links);
      }
      wave = next;
    }
    return [...found.values()];
  };

  return {
    behind(file, value) {
      // Values are the facts' own objects, and are asked about for every component that reaches them.
      const before = answers.get(value);
      if (before?.file === file) return before.found;
      const found = search(file, value);
      answers.set(value, { file, found });
      return found;
    },
  };
}

function digested({ uses, links }: Summary): Digest {
  const digest = { uses: new Map<string, PackageUse>(), links: new Map<string, UnitRef>() };
  for (const use of uses) {
    const key = `${use.package}\0${use.member}\0${use.file}\0${use.line}`;
    if (!digest.uses.has(key)) digest.uses.set(key, use);
  }
  for (const ref of links) {
    const key = `${ref.unit}\0${ref.file}\0${ref.member ?? ''}`;
    if (!digest.links.has(key)) digest.links.set(key, ref);
  }
  return digest;
}

/** `module.exports = requireLogin` is another name for the function. */
function named({ code, declaring }: Index, unit: number): number {
  const value = code.units[unit]!.declares.includes('*default*') ? code.objects['*default*'] : undefined;
  return (value?.kind === 'ref' ? declaring.get(value.path) : undefined) ?? unit;
}

/** The member asked of what an origin made: `container.get(X).handle`. */
const memberAfter = (origin: Origin | null): string | undefined =>
  origin?.from === 'result' && origin.member ? origin.member.split('.')[0] : undefined;

function indexed(code: CodeFact): Index {
  const byUnit: CallFact[][] = [];
  const assigned = new Map<string, CallFact[]>();
  for (const call of code.calls) {
    byUnit[call.unit] ??= [];
    byUnit[call.unit]!.push(call);
    if (!call.assignedTo) continue;
    const same = assigned.get(call.assignedTo);
    if (same) same.push(call);
    else assigned.set(call.assignedTo, [call]);
  }
  const declaring = new Map<string, number>();
  for (const unit of code.units)
    for (const name of unit.declares) if (!declaring.has(name)) declaring.set(name, unit.index);
  return { code, byUnit, declaring, assigned };
}
