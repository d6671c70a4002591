import type { Facts } from '../model/facts/index.ts';
import type { ExportFact, ImportFact, SourceFact } from '../model/facts/source.ts';
import { memo } from '../model/memo.ts';
import type { Resolver } from './resolver.ts';

/** A name as a file declares it: what an import or re-export finally leads to. `local` null: the whole file. */
export interface Declaration {
  file: string;
  local: string | null;
}

/** Where a name is declared. The same object for the same question. */
export interface Answer {
  found: readonly Declaration[];
  /** Barrels on the way. */
  through: readonly string[];
}

/** `names` as in the fact, `*` for what is imported for its effect. */
export interface PackageImport {
  specifier: string;
  line: number;
  names: string[];
}

export interface Modules {
  source(file: string): SourceFact | undefined;
  files(): Iterable<SourceFact>;
  resolve(from: string, specifier: string): string | null;
  /** Packages from outside the repository that the file imports, types left out: where first, and what of them. */
  packages(file: string): readonly PackageImport[];
  /** The import that binds `local` in `file`. */
  binding(file: string, local: string): { entry: ImportFact; imported: string } | null;
  /** Where an export is declared, through barrels; `*` asks for every export. */
  declarations(file: string, name: string): Answer;
}

const maxHops = 40;
const none: readonly ExportFact[] = [];

export function createModules(facts: Facts, resolver: Resolver): Modules {
  const byPath = new Map(facts.sources.map((source) => [source.path, source]));
  const bindings = new Map<string, Map<string, { entry: ImportFact; imported: string }>>();
  const answers = new Map<string, Map<string, Answer>>();
  const packages = new Map<string, readonly PackageImport[]>();
  const exportsByName = new Map<string, Map<string, ExportFact[]>>();

  /** The exports of a file by name: a barrel has hundreds, and is asked for each. */
  const named = (source: SourceFact, name: string): readonly ExportFact[] => {
    const byName = memo(exportsByName, source.path, () => {
      const known = new Map<string, ExportFact[]>();
      for (const entry of source.module.exports) memo(known, entry.name, () => []).push(entry);
      return known;
    });
    return byName.get(name) ?? none;
  };

  const bindingsOf = (file: string): Map<string, { entry: ImportFact; imported: string }> =>
    memo(bindings, file, () => {
      const known = new Map<string, { entry: ImportFact; imported: string }>();
      for (const entry of byPath.get(file)?.module.imports ?? [])
        for (const { imported, local } of entry.names) if (local) memo(known, local, () => ({ entry, imported }));
      return known;
    });

  const search = (file: string, name: string, seen: Set<string>, through: Set<string>): Declaration[] => {
    const key = `${file}\0${name}`;
    const source = byPath.get(file);
    if (!source || seen.has(key) || seen.size > maxHops * 10) return [];
    seen.add(key);
    const { exports } = source.module;
    if (name === '*') {
      const own: Declaration[] = [];
      for (const entry of exports) {
        if (!entry.from) own.push({ file, local: entry.local });
        else own.push(...follow(file, entry.from.specifier, entry.from.imported, seen, through));
      }
      return own.length > 0 ? own : [{ file, local: null }];
    }
    const found: Declaration[] = [];
    for (const entry of named(source, name)) {
      if (entry.from) found.push(...follow(file, entry.from.specifier, entry.from.imported, seen, through));
      else {
        // `import x from './x'; export { x }` passes it on.
        const bound = entry.local ? bindingsOf(file).get(entry.local) : undefined;
        if (bound) found.push(...follow(file, bound.entry.specifier, bound.imported, seen, through));
        else found.push({ file, local: entry.local });
      }
    }
    if (found.length > 0) return found;
    for (const entry of named(source, '*')) {
      if (entry.from) found.push(...follow(file, entry.from.specifier, name, seen, through));
    }
    if (found.length > 0) return found;
    // CommonJS: the default of a module without a default export is the module, and a member may hang on its one export.
    if (
      name === 'default' &&
      exports.length > 0 &&
      source.module.exports.every((entry) => entry.local?.startsWith('exports.') ?? true)
    )
      return search(file, '*', seen, through);
    if (name !== 'default' && exports.some((entry) => entry.local === '*default*'))
      return [{ file, local: '*default*' }];
    return [];
  };

  const follow = (
    from: string,
    specifier: string,
    name: string,
    seen: Set<string>,
    through: Set<string>,
  ): Declaration[] => {
    const target = resolver.resolve(from, specifier);
    if (!target) return [];
    through.add(from);
    const found = search(target, name, seen, through);
    return found.length > 0 ? found : name === '*' || !byPath.has(target) ? [{ file: target, local: null }] : [];
  };

  return {
    source: (file) => byPath.get(file),
    files: () => byPath.values(),
    resolve: resolver.resolve,
    packages: (file) =>
      memo(packages, file, () => {
        const found = new Map<string, PackageImport>();
        for (const { specifier, line, typeOnly, names } of byPath.get(file)?.module.imports ?? []) {
          if (typeOnly || specifier.startsWith('.')) continue;
          // What is imported for its effect, or whole, may bring anything.
          const brought = names.length > 0 ? names.map(({ imported }) => imported) : ['*'];
          const seen = found.get(specifier);
          if (seen) seen.names.push(...brought);
          else if (!resolver.resolve(file, specifier)) found.set(specifier, { specifier, line, names: brought });
        }
        return [...found.values()];
      }),
    binding: (file, local) => bindingsOf(file).get(local) ?? null,
    declarations: (file, name) =>
      memo(
        memo(answers, file, () => new Map()),
        name,
        () => {
          const through = new Set<string>();
          const found = search(file, name, new Set(), through);
          return { found, through: [...through] };
        },
      ),
  };
}
