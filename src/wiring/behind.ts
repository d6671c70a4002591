import type { CallFact, CodeFact, FunctionFact, Origin, ValueFact } from '../model/facts/source.ts';
import { memo } from '../model/memo.ts';
import { rootOf } from '../model/origin.ts';
import type { PackageUse } from '../model/wiring.ts';
import { decoratorsIn } from './calls.ts';
import type { Modules } from './modules.ts';

const maxDepth = 4;
const maxUnits = 150;

/** A piece of code that others lead to. There is one object for each, so that a walk knows by it where it has been. */
interface Unit {
  file: string;
  /** -1: the file stands for all that it imports, since no tree was read. */
  index: number;
  /** Only this method of it is meant: `middleware.ensureAuthenticated`; '' for all of it. */
  member: string;
  /** Once it was asked for. */
  summary: Summary | null;
}
/**
 * What one piece of code puts to work itself, and which other units it names. A use without arguments is known by its name, one with
 * arguments by these: options may turn it off. A walk visits no more than `maxUnits` in all, and the barrel of a large package names
 * thousands: the rest of them could never be used.
 */
interface Summary {
  uses: Map<unknown, PackageUse>;
  links: Set<Unit>;
  /** The member that every link is asked for, whatever it says itself; null: what it says. */
  member: string | null;
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
  const units = new Map<string, Map<string, Unit>>();
  const declarations = new Map<string, Map<string, readonly Unit[]>>();
  const answers = new WeakMap<object, Map<string, readonly PackageUse[]>>();

  const indexOf = (file: string): Index | null =>
    memo(indexes, file, () => {
      const code = modules.source(file)?.code;
      return code ? indexed(code) : null;
    });

  const unitOf = (file: string, index: number, member: string): Unit => {
    const inFile = memo(units, file, () => new Map<string, Unit>());
    return memo(inFile, `${index} ${member}`, () => ({ file, index, member, summary: null }));
  };

  const link = (into: Summary, { file, index }: { file: string; index: number }, member: string): void => {
    if (into.links.size < maxUnits) into.links.add(unitOf(file, index, into.member ?? member));
  };

  const declared = (target: string, name: string): readonly Unit[] => {
    const inFile = memo(declarations, target, () => new Map<string, readonly Unit[]>());
    return memo(inFile, name, () => {
      const found = new Set<Unit>();
      for (const { file, local } of modules.declarations(target, name).found) {
        if (found.size >= maxUnits) break;
        // `module.exports = make()`: the name is a member of what was made.
        const member = local === '*default*' ? name : '';
        for (const index of unitsOf(indexOf(file), local)) found.add(unitOf(file, index, index === -1 ? '' : member));
      }
      return [...found];
    });
  };

  const ofImport = (at: string, specifier: string, name: string, into: Summary): void => {
    const target = modules.resolve(at, specifier);
    if (target) for (const unit of declared(target, name)) link(into, unit, unit.member);
    else if (!specifier.startsWith('.')) use(into, { package: specifier, member: name, args: [] });
  };

  const ofOrigin = (at: string, origin: Origin | null, args: ValueFact[], into: Summary): void => {
    const current = rootOf(origin);
    if (current?.from === 'package') {
      const inside = modules.resolve(at, current.package);
      if (!inside) use(into, { package: current.package, member: current.member, args });
      else for (const unit of declared(inside, current.member.split('.')[0] || '*')) link(into, unit, unit.member);
    } else if (current?.from === 'module') {
      const target = modules.resolve(at, current.specifier);
      const member = current.member.split('.')[0] || memberAfter(origin);
      if (target) for (const unit of declared(target, current.name)) link(into, unit, member || unit.member);
    }
  };

  const ofLocal = (at: string, index: Index, path: string, into: Summary): void => {
    const [root, member = ''] = path.split('.', 2) as [string, string?];
    const unit = index.declaring.get(root);
    if (unit !== undefined) link(into, { file: at, index: unit }, member.replace(/\(\)$/, ''));
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

  /** What a value of a file puts to work and names. */
  const ofValueIn = (file: string, value: ValueFact, member: string | null = null): Summary => {
    const found = summary(member);
    const index = indexOf(file);
    if (index) ofValue(file, index, value, found);
    return found;
  };

  /** What a container of Nest hands out for a class that only names it: `{ provide: Tokens, useClass: SignedTokens }`. */
  let provided: Map<Unit, { file: string; value: ValueFact }[]> | null = null;
  const providersOf = ({ file, index }: Unit): readonly { file: string; value: ValueFact }[] => {
    provided ??= providersIn(modules, (at, token) => [...ofValueIn(at, token, '').links]);
    return provided.get(unitOf(file, index, '')) ?? [];
  };

  const summaryOf = (unit: Unit): Summary => {
    const known = ownSummaryOf(unit);
    for (const { file, value } of providersOf(unit)) {
      const made = ofValueIn(file, value);
      for (const [key, one] of made.uses) known.uses.set(key, one);
      for (const one of made.links)
        if (known.links.size < maxUnits) known.links.add(unitOf(one.file, one.index, unit.member));
    }
    return known;
  };

  const ownSummaryOf = ({ file, index: place, member }: Unit): Summary => {
    const index = indexOf(file);
    if (!index) {
      const all = summary(member);
      for (const entry of modules.source(file)?.module.imports ?? []) {
        if (!entry.typeOnly) for (const name of entry.names) ofImport(file, entry.specifier, name.imported, all);
      }
      return all;
    }
    const fact = index.code.units[place]!;
    const method =
      member === '' ? undefined : index.code.functions.find((fn) => fn.unit === place && fn.name === member);
    if (method) {
      const inside = summary();
      ofCallsWithin(file, index, method, inside);
      return inside;
    }
    const calls = index.byUnit[place] ?? [];
    // An instance passes the wish for one method on to its class, and what a function made to that function.
    const made = fact.declares.includes('*default*') && index.code.objects['*default*']?.kind === 'call';
    const all = summary(member !== '' && (made || calls.some((call) => call.form === 'new')) ? member : null);
    for (const call of calls) ofCall(file, index, call, all);
    const isAlias = fact.declares.includes('*default*') && index.code.objects['*default*']?.kind === 'ref';
    // `class X extends AuthGuard('jwt')` and `const x = y` have no call of their own.
    for (const used of fact.uses) {
      const [root, property = (isAlias && member) || '*'] = used.split('.', 2) as [string, string?];
      const bound = modules.binding(file, root);
      const own = index.declaring.get(root);
      if (own !== undefined) link(all, { file, index: own }, '');
      if (bound) ofImport(file, bound.entry.specifier, bound.imported === '*' ? property : bound.imported, all);
    }
    return all;
  };

  const search = (file: string, value: ValueFact): readonly PackageUse[] => {
    const first = ofValueIn(file, value);
    const found = new Map(first.uses);
    const seen = new Set<Unit>();
    let wave = [first];
    for (let depth = 0; depth < maxDepth; depth++) {
      const next: Summary[] = [];
      for (const { links } of wave)
        for (const unit of links) {
          if (seen.size >= maxUnits) return [...found.values()];
          if (seen.has(unit)) continue;
          seen.add(unit);
          unit.summary ??= summaryOf(unit);
          for (const [key, one] of unit.summary.uses) found.set(key, one);
          next.push(unit.summary);
        }
      wave = next;
    }
    return [...found.values()];
  };

  return {
    behind(file, value) {
      // Facts are asked about for every component that reaches them. A value that stands for a function is made anew each time.
      const fact = (value.kind === 'function' ? indexOf(file)?.code.functions[value.index] : null) ?? value;
      return memo(
        memo(answers, fact, () => new Map()),
        file,
        () => search(file, value),
      );
    },
  };
}

const summary = (member: string | null = null): Summary => ({ uses: new Map(), links: new Set(), member });

const use = (into: Summary, one: PackageUse): unknown =>
  into.uses.set(one.args.length > 0 ? one.args : `${one.package}\0${one.member}`, one);

/** The units that declare a name of a file; null asks for all that it exports. */
function unitsOf(index: Index | null, local: string | null): number[] {
  if (!index) return [-1];
  const units =
    local === null
      ? index.code.units.filter((unit) => unit.exported.length > 0).map((unit) => unit.index)
      : [index.declaring.get(local) ?? []].flat();
  return units.map((unit) => named(index, unit));
}

/** Providers of Nest's modules that stand for another name, by the units that declare the name. */
function providersIn(
  modules: Modules,
  declaring: (file: string, token: ValueFact) => Unit[],
): Map<Unit, { file: string; value: ValueFact }[]> {
  const found = new Map<Unit, { file: string; value: ValueFact }[]>();
  for (const { path, code } of modules.files()) {
    for (const { callee, args } of code ? decoratorsIn(code) : []) {
      const module = /(^|\.)Module$/.test(callee) ? args[0] : undefined;
      const providers = module?.kind === 'object' ? module.props.providers : undefined;
      for (const one of providers?.kind === 'array' ? providers.items : []) {
        if (one.kind !== 'object' || one.props.provide?.kind !== 'ref') continue;
        const { provide, useClass, useFactory, useExisting } = one.props;
        const value = useClass ?? useFactory ?? useExisting;
        if (value) for (const unit of declaring(path, provide)) memo(found, unit, () => []).push({ file: path, value });
      }
    }
  }
  return found;
}

/** `module.exports = requireLogin` is another name for the function; what was required and is handed on is no code of the file. */
function named({ code, declaring, byUnit }: Index, unit: number): number {
  const value = code.units[unit]!.declares.includes('*default*') ? code.objects['*default*'] : undefined;
  const declared = value?.kind === 'ref' ? declaring.get(value.path) : undefined;
  const isRequired = declared !== undefined && byUnit[declared]?.some(({ callee }) => callee === 'require');
  return declared === undefined || isRequired ? unit : declared;
}

/** The member asked of what an origin made: `container.get(X).handle`. */
const memberAfter = (origin: Origin | null): string => (origin?.from === 'result' ? origin.member.split('.')[0]! : '');

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
