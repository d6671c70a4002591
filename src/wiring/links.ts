import type { DynamicLoad, ImportFact, SourceFact, UnitFact } from '../model/facts/source.ts';
import { memo } from '../model/memo.ts';
import type { Answer, Modules } from './modules.ts';

/** A name that a module is asked for, and where it is declared. */
export interface Ask {
  target: string;
  answer: Answer;
}

/** A module that a plugin of the bundler makes from the folder it is named for. */
export interface Made {
  specifier: string;
  folder: string;
}
export type Lead = UnitFact | Ask | Made;

/** What leads on from one unit, as far as it can be known before asking who runs it. */
export interface UnitLinks {
  /** In their order: units of the same file that are live with this one, and what is asked of other modules. */
  leads: readonly Lead[];
  /** Modules that the unit loads itself. */
  imports: readonly { entry: ImportFact; target: string }[];
  loads: readonly DynamicLoad[];
}

/** What evaluating a file does: statements that run for their effect, and modules that are evaluated first. */
export interface FileLinks {
  effects: readonly UnitFact[];
  /** `answer` is null for an import for its effect. */
  modules: readonly { target: string; answer: Answer | null }[];
}

export interface Links {
  /** What a name of the file stands for: what it is imported as, and the units that declare it, then those that add to it. */
  ofName(source: SourceFact, name: string): readonly Lead[];
  /** Every unit that is live once an answer is asked for. */
  behind(answer: Answer): readonly { source: SourceFact; unit: UnitFact }[];
  ofFile(source: SourceFact): FileLinks;
  ofUnit(source: SourceFact, unit: UnitFact): UnitLinks;
}

/** What leads where, worked out once for a file however many components run it. Only for files whose tree was read. */
export function createLinks(modules: Modules): Links {
  const names = new Map<string, Map<string, UnitFact[]>>();
  const files = new Map<string, FileLinks>();
  const byUnit = new WeakMap<UnitFact, UnitLinks>();
  const byAnswer = new WeakMap<Answer, { source: SourceFact; unit: UnitFact }[]>();

  /** Units by the names they declare, and by `+name` for what they add to. */
  const namesOf = (source: SourceFact): Map<string, UnitFact[]> =>
    memo(names, source.path, () => {
      const known = new Map<string, UnitFact[]>();
      for (const unit of source.code?.units ?? [])
        for (const name of unit.augments ? [...unit.declares, `+${unit.augments}`] : unit.declares)
          memo(known, name, () => []).push(unit);
      return known;
    });
  const unitsOf = (source: SourceFact, name: string): UnitFact[] => {
    const known = namesOf(source);
    return [...(known.get(name) ?? []), ...(known.get(`+${name}`) ?? [])];
  };

  /** What is asked of another module where a name, or a member of one, was imported; null where it was not. */
  const asksOf = (source: SourceFact, name: string, member: string | null): Lead[] | null => {
    const { path } = source;
    const bound = modules.binding(path, name);
    if (!bound) return null;
    const { entry, imported } = bound;
    // A `require` inside a function may bind a name that the file declares for something else.
    const declared = namesOf(source).get(name);
    if (entry.unit !== undefined && declared && !declared.some(({ index }) => index === entry.unit)) return null;
    if (entry.typeOnly) return [];
    const target = modules.resolve(path, entry.specifier);
    if (!target) return madeOf(entry.specifier);
    const asked = imported === '*' && member !== null ? [member] : [imported];
    if (imported === '*' && member !== null && entry.kind === 'require') asked.push('default');
    return asked.map((one) => ({ target, answer: modules.declarations(target, one) }));
  };

  const ofName = (source: SourceFact, name: string): Lead[] => [
    ...(asksOf(source, name, null) ?? []),
    ...unitsOf(source, name),
  ];

  const ofUse = (source: SourceFact, use: string): Lead[] => {
    const [root, member = '*'] = use.split('.', 2) as [string, string?];
    // Statements that add to an imported object (`app.use(…)` on `import { app }`) are live as soon as they are reached;
    // to one that `require` bound, with the name.
    return [...(asksOf(source, root, member) ?? []), ...unitsOf(source, root)];
  };

  const behind = (answer: Answer): readonly { source: SourceFact; unit: UnitFact }[] =>
    memo(byAnswer, answer, () =>
      answer.found.flatMap(({ file, local }) => {
        const source = modules.source(file);
        if (!source?.code || local === null) return [];
        return ofName(source, local).flatMap((lead) => {
          if ('answer' in lead) return behind(lead.answer);
          return 'folder' in lead ? [] : [{ source, unit: lead }];
        });
      }),
    );

  return {
    ofName,
    behind,
    ofFile: (source) => memo(files, source.path, () => fileLinks(source, modules)),
    ofUnit: (source, unit) =>
      memo(byUnit, unit, () => ({
        leads: [
          ...unit.declares.flatMap((name) => namesOf(source).get(`+${name}`) ?? []),
          ...unit.uses.flatMap((use) => ofUse(source, use)),
        ],
        imports: source.module.imports.flatMap((entry) => {
          if (entry.unit !== unit.index || entry.typeOnly) return [];
          const target = modules.resolve(source.path, entry.specifier);
          return target ? [{ entry, target }] : [];
        }),
        loads: source.module.dynamicLoads.filter((load) => load.unit === undefined || load.unit === unit.index),
      })),
  };
}

/** `virtual:fastify-routes`: no module has that name. */
export function madeOf(specifier: string): Made[] {
  const made = /^virtual:(?:.*[/:-])?(routes|pages|layouts|handlers|controllers|modules|plugins|jobs)$/.exec(specifier);
  return made ? [{ specifier, folder: made[1]! }] : [];
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
    if (sideEffect) found.push({ target, answer: null });
    else for (const { imported } of entry.names) found.push({ target, answer: modules.declarations(target, imported) });
  }
  return { effects: units.filter((unit) => unit.effect && !unit.augments), modules: found };
}
