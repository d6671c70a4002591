import type { CallFact, CodeFact, FunctionFact, Origin, ValueFact } from '../model/facts/source.ts';
import { memo } from '../model/memo.ts';
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
  uses: ReadonlyMap<unknown, PackageUse>;
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
  const answers = new WeakMap<ValueFact, Map<string, readonly PackageUse[]>>();

  const indexOf = (file: string): Index | null =>
    memo(indexes, file, () => {
      const code = modules.source(file)?.code;
      return code ? indexed(code) : null;
    });

  const declared = (target: string, name: string): UnitRef[] =>
    modules.declarations(target, name).found.flatMap(({ file, local }): UnitRef[] => {
      const index = indexOf(file);
      // No tree was read: the file stands for all that it imports.
      if (!index) return [{ file, unit: -1 }];
      const units =
        local === null
          ? index.code.units.filter((unit) => unit.exported.length > 0).map((unit) => unit.index)
          : [index.declaring.get(local) ?? []].flat();
      // `module.exports = make()`: the name is a member of what was made.
      const member = local === '*default*' ? name : undefined;
      return units.map((unit) => ({ file, unit: named(index, unit), member }));
    });

  const ofImport = (at: string, specifier: string, name: string, into: Summary): void => {
    const target = modules.resolve(at, specifier);
    if (target) into.links.push(...declared(target, name));
    else if (!specifier.startsWith('.')) into.uses.push({ package: specifier, member: name, args: [] });
  };

  const ofOrigin = (at: string, origin: Origin | null, args: ValueFact[], into: Summary): void => {
    const current = rootOf(origin);
    if (current?.from === 'package') {
      const inside = modules.resolve(at, current.package);
      if (inside) into.links.push(...declared(inside, current.member.split('.')[0] || '*'));
      else into.uses.push({ package: current.package, member: current.member, args });
    } else if (current?.from === 'module') {
      const target = modules.resolve(at, current.specifier);
      const member = current.member.split('.')[0] || memberAfter(origin);
      if (target)
        into.links.push(...declared(target, current.name).map((ref) => ({ ...ref, member: member ?? ref.member })));
    }
  };

  const ofLocal = (at: string, index: Index, path: string, into: Summary): void => {
    const [root, member] = path.split('.') as [string, string | undefined];
    const unit = index.declaring.get(root);
    if (unit !== undefined) into.links.push({ file: at, unit, member: member?.replace(/\(\)$/, '') });
    // A class keeps what it made as a member: `this.limiter = rateLimit()`.
    else
      for (const call of index.assigned.get(root === 'this' ? `this.${member}` : root) ?? [])
        ofOrigin(at, call.origin, call.args, into);
  };

  const ofCall = (at: string, index: Index, call: CallFact, into: Summary): void => {
    ofOrigin(at, call.origin, call.args, into);
    ofLocal(at, index, call.callee, into);
    for (const argument of call.args) if (argument.kind !== 'function') ofValue(at, index, argument, into);
  };

  const ofValue = (at: string, index: Index, value: ValueFact, into: Summary): void => {
    const inner = (child: ValueFact): void => ofValue(at, index, child, into);
    if (value.kind === 'call') {
      ofOrigin(at, value.origin, value.args, into);
      ofLocal(at, index, value.callee, into);
      value.args.forEach(inner);
    } else if (value.kind === 'ref') {
      ofOrigin(at, value.origin, [], into);
      ofLocal(at, index, value.path, into);
    } else if (value.kind === 'function') {
      const fn = index.code.functions[value.index];
      if (fn) ofCallsWithin(at, index, fn, into);
    } else if (value.kind === 'array') value.items.forEach(inner);
    else if (value.kind === 'object') Object.values(value.props).forEach(inner);
    else if (value.kind === 'choice') value.of.forEach(inner);
  };

  const ofCallsWithin = (at: string, index: Index, fn: FunctionFact, into: Summary): void => {
    for (const call of index.byUnit[fn.unit] ?? [])
      if (call.start >= fn.start && call.end <= fn.end) ofCall(at, index, call, into);
  };

  /** What a container of Nest hands out for a class that only names it: `{ provide: Tokens, useClass: SignedTokens }`, by the class's unit. */
  let provided: Map<string, { file: string; value: ValueFact }[]> | null = null;
  const providersOf = ({ file, unit }: UnitRef): readonly { file: string; value: ValueFact }[] => {
    provided ??= providersIn(modules, (at, token) => {
      const into: Summary = { uses: [], links: [] };
      const index = indexOf(at);
      if (index) ofValue(at, index, token, into);
      return into.links.map(unitKey);
    });
    return provided.get(unitKey({ file, unit })) ?? [];
  };

  const summaryOf = (ref: UnitRef): Summary => {
    const known = ownSummaryOf(ref);
    for (const { file, value } of providersOf(ref)) {
      const made: Summary = { uses: known.uses, links: [] };
      const index = indexOf(file);
      if (index) ofValue(file, index, value, made);
      for (const link of made.links) known.links.push({ ...link, member: ref.member });
    }
    return known;
  };

  const ownSummaryOf = ({ file, unit, member }: UnitRef): Summary => {
    const known: Summary = { uses: [], links: [] };
    const index = indexOf(file);
    if (!index) {
      for (const entry of modules.source(file)?.module.imports ?? []) {
        if (!entry.typeOnly) for (const name of entry.names) ofImport(file, entry.specifier, name.imported, known);
      }
      for (const link of known.links) link.member = member;
      return known;
    }
    const fact = index.code.units[unit]!;
    const method =
      member === undefined ? undefined : index.code.functions.find((fn) => fn.unit === unit && fn.name === member);
    if (method) {
      ofCallsWithin(file, index, method, known);
      return known;
    }
    const calls = index.byUnit[unit] ?? [];
    for (const call of calls) ofCall(file, index, call, known);
    // `class X extends AuthGuard('jwt')` and `const x = y` have no call of their own.
    for (const use of fact.uses) {
      const [root, member] = use.split('.') as [string, string | undefined];
      const bound = modules.binding(file, root);
      const own = index.declaring.get(root);
      if (own !== undefined) known.links.push({ file, unit: own });
      if (bound)
        ofImport(file, bound.entry.specifier, bound.imported === '*' ? (member ?? '*') : bound.imported, known);
    }
    // An instance passes the wish for one method on to its class, and what a function made to that function.
    const made = fact.declares.includes('*default*') && index.code.objects['*default*']?.kind === 'call';
    if (member !== undefined && (made || calls.some((call) => call.form === 'new')))
      for (const link of known.links) link.member = member;
    return known;
  };

  const search = (file: string, value: ValueFact): readonly PackageUse[] => {
    const index = indexOf(file);
    if (!index) return [];
    const first: Summary = { uses: [], links: [] };
    ofValue(file, index, value, first);
    const { uses, links } = digested(first);
    const found = new Map(uses);
    const seen = new Set<string>();
    let wave: Iterable<[string, UnitRef]> = links;
    for (let depth = 0; depth < maxDepth; depth++) {
      const next: [string, UnitRef][] = [];
      for (const [key, ref] of wave) {
        if (seen.has(key) || seen.size >= maxUnits) continue;
        seen.add(key);
        const digest = memo(digests, key, () => digested(summaryOf(ref)));
        for (const [name, use] of digest.uses) found.set(name, use);
        next.push(...digest.links);
      }
      wave = next;
    }
    return [...found.values()];
  };

  return {
    // Values are the facts' own objects, and are asked about for every component that reaches them.
    behind: (file, value) =>
      memo(
        memo(answers, value, () => new Map()),
        file,
        () => search(file, value),
      ),
  };
}

/** A use without arguments is known by its name, one with arguments by these: options may turn it off. */
const digested = ({ uses, links }: Summary): Digest => ({
  uses: new Map(uses.map((use) => [use.args.length > 0 ? use.args : `${use.package}\0${use.member}`, use])),
  links: new Map(links.map((ref) => [`${ref.unit}\0${ref.file}\0${ref.member ?? ''}`, ref])),
});

const unitKey = ({ file, unit }: UnitRef): string => `${unit}\0${file}`;

/** Providers of Nest's modules that stand for another name, by the keys of the units that declare the name. */
function providersIn(
  modules: Modules,
  declaring: (file: string, token: ValueFact) => string[],
): Map<string, { file: string; value: ValueFact }[]> {
  const found = new Map<string, { file: string; value: ValueFact }[]>();
  for (const { path, code } of modules.files()) {
    for (const { form, callee, args } of code?.calls ?? []) {
      const module = form === 'decorator' && /(^|\.)Module$/.test(callee) ? args[0] : undefined;
      const providers = module?.kind === 'object' ? module.props.providers : undefined;
      for (const one of providers?.kind === 'array' ? providers.items : []) {
        if (one.kind !== 'object' || one.props.provide?.kind !== 'ref') continue;
        const { provide, useClass, useFactory, useExisting } = one.props;
        const value = useClass ?? useFactory ?? useExisting;
        if (!value) continue;
        for (const key of declaring(path, provide)) found.set(key, [...(found.get(key) ?? []), { file: path, value }]);
      }
    }
  }
  return found;
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
    if (call.assignedTo) memo(assigned, call.assignedTo, () => []).push(call);
  }
  const declaring = new Map<string, number>();
  // Of several declarations the last one has the body: those before it only tell the types of a function.
  for (const unit of code.units) for (const name of unit.declares) declaring.set(name, unit.index);
  return { code, byUnit, declaring, assigned };
}
