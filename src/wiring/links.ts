import type { DynamicLoad, ImportFact, SourceFact, UnitFact } from '../model/facts/source.ts';
import { memo } from '../model/memo.ts';
import type { Modules } from './modules.ts';

/** A name that a unit uses, as far as it can be known before asking who runs it. */
export interface Use {
  root: string;
  member: string | undefined;
  bound: { entry: ImportFact; imported: string } | null;
}

/** What leads on from one unit. */
export interface UnitLinks {
  /** Units that only add to what this one declares. */
  additions: readonly UnitFact[];
  uses: readonly Use[];
  /** Modules that the unit loads itself. */
  imports: readonly { entry: ImportFact; target: string }[];
  loads: readonly DynamicLoad[];
}

/** What evaluating a file does: statements that run for their effect, and modules that are evaluated first. */
export interface FileLinks {
  effects: readonly UnitFact[];
  /** `imported` is null for an import for its effect. */
  modules: readonly { target: string; imported: string | null }[];
}

export interface Links {
  /** Units of the file that declare a name, or add to it where the name is given as `+name`. */
  units(source: SourceFact, name: string): readonly UnitFact[];
  ofFile(source: SourceFact): FileLinks;
  ofUnit(source: SourceFact, unit: UnitFact): UnitLinks;
}

const none: readonly UnitFact[] = [];

/** What leads where, worked out once for a file however many components run it. Only for files whose tree was read. */
export function createLinks(modules: Modules): Links {
  const names = new Map<string, Map<string, UnitFact[]>>();
  const files = new Map<string, FileLinks>();
  const byUnit = new WeakMap<UnitFact, UnitLinks>();

  const namesOf = (source: SourceFact): Map<string, UnitFact[]> =>
    memo(names, source.path, () => {
      const known = new Map<string, UnitFact[]>();
      for (const unit of source.code?.units ?? []) {
        for (const name of unit.augments ? [...unit.declares, `+${unit.augments}`] : unit.declares)
          memo(known, name, () => []).push(unit);
      }
      return known;
    });

  return {
    units: (source, name) => namesOf(source).get(name) ?? none,
    ofFile: (source) => memo(files, source.path, () => fileLinks(source, modules)),
    ofUnit: (source, unit) =>
      memo(byUnit, unit, () => ({
        ...unitLinks(source, unit, modules),
        additions: unit.declares.flatMap((name) => namesOf(source).get(`+${name}`) ?? []),
      })),
  };
}

function fileLinks({ path, code, module }: SourceFact, modules: Modules): FileLinks {
  const units = code?.units ?? [];
  const used = new Set(units.flatMap((unit) => unit.uses.flatMap((use) => [use, use.split('.')[0]!])));
  const found: FileLinks['modules'][number][] = [];
  for (const entry of module.imports) {
    if (entry.typeOnly || entry.kind !== 'static') continue;
    const sideEffect = entry.names.length === 0;
    // The compiler drops an import of which nothing is used.
    const elided = !sideEffect && /\.[cm]?tsx?$/.test(path) && entry.names.every((name) => !used.has(name.local));
    const target = elided ? null : modules.resolve(path, entry.specifier);
    if (!target) continue;
    if (sideEffect) found.push({ target, imported: null });
    else for (const { imported } of entry.names) found.push({ target, imported });
  }
  return { effects: units.filter((unit) => unit.effect && !unit.augments), modules: found };
}

function unitLinks({ path, module }: SourceFact, unit: UnitFact, modules: Modules): Omit<UnitLinks, 'additions'> {
  return {
    uses: unit.uses.map((use) => {
      const [root, member] = use.split('.') as [string, string | undefined];
      return { root, member, bound: modules.binding(path, root) };
    }),
    imports: module.imports.flatMap((entry) => {
      if (entry.unit !== unit.index || entry.typeOnly) return [];
      const target = modules.resolve(path, entry.specifier);
      return target ? [{ entry, target }] : [];
    }),
    loads: module.dynamicLoads.filter((load) => load.unit === undefined || load.unit === unit.index),
  };
}
