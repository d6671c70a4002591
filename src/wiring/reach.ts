import type { DynamicLoad, SourceFact, UnitFact } from '../model/facts/source.ts';
import { memo } from '../model/memo.ts';
import { dirOf, isWithin, joinPath } from '../model/paths.ts';
import type { RepoView } from '../model/repository.ts';
import { isTestPath } from '../model/source-paths.ts';
import type { Entry, Liveness } from '../model/wiring.ts';
import { type Ask, type Lead, type Links, type Made, madeOf } from './links.ts';
import type { Answer, Modules } from './modules.ts';

export interface Reach {
  /** Files evaluated at run time, each with the file that asked for it first (null for an entry). */
  files: Map<string, string | null>;
  unitLiveness(file: string, unit: number): Liveness;
  /** Of a call or the like: that of its unit, save where production never comes. */
  liveness(file: string, fact: { unit: number; idle?: true }): Liveness;
  fileLiveness(file: string): Liveness;
  /** Files that something loads by folder or glob, without naming them. */
  loaded: ReadonlySet<string>;
  blind: { file: string; load: DynamicLoad; prefix: string | null }[];
}

/**
 * Follows names from the entries. A file that is asked for is evaluated: its statements run. A declaration is live when live code uses
 * it; a statement that only adds to a local (`router.get(…)`) is live when that local is. A barrel is passed through, not run.
 */
export function reachFrom(
  entries: readonly Entry[],
  modules: Modules,
  links: Links,
  view: RepoView,
  home: string,
): Reach {
  const files = new Map<string, string | null>();
  // A barrel that is only passed through is reached, and may be evaluated later.
  const evaluated = new Set<string>();
  const loaded = new Set<string>();
  const live = new Map<string, Set<number>>();
  const blind: Reach['blind'] = [];
  const queue: (() => void)[] = [];

  const evaluate = (file: string, from: string | null): void => {
    if (evaluated.has(file)) return;
    evaluated.add(file);
    const source = modules.source(file);
    if (!files.has(file)) files.set(file, from);
    if (!source) return;
    const { code, module } = source;
    if (!code) {
      // No tree was needed: the file is one unit that uses all it imports.
      for (const entry of module.imports) {
        if (entry.typeOnly || entry.kind === 'reexport') continue;
        queue.push(() =>
          askImport(
            file,
            entry.specifier,
            entry.names.map((name) => name.imported),
          ),
        );
      }
      return;
    }
    const { effects, modules: first } = links.ofFile(source);
    for (const unit of effects) queue.push(() => enliven(source, unit));
    for (const { target, answer } of first) {
      if (answer === null) queue.push(() => evaluate(target, file));
      else queue.push(() => evaluateOnly({ target, answer }, file));
    }
  };

  const isLive = (source: SourceFact, unit: UnitFact): boolean => live.get(source.path)?.has(unit.index) ?? false;
  const isStill = ({ source, unit }: { source: SourceFact; unit: UnitFact }): boolean => !isLive(source, unit);
  const push = (source: SourceFact, unit: UnitFact): void => {
    if (!isLive(source, unit)) queue.push(() => enliven(source, unit));
  };

  /** A module whose name is imported is evaluated (not its barrel), though the name itself may never be used. */
  const evaluateOnly = ({ target, answer: { found, through } }: Ask, from: string): void => {
    for (const barrel of through) if (!files.has(barrel)) files.set(barrel, from);
    for (const declaration of found) evaluate(declaration.file, through.at(-1) ?? from);
    if (found.length === 0) evaluate(target, from);
  };

  // Much asks for the same: all that is left to do then is to run what still waits, and in the end nothing.
  const asked = new Set<Answer>();
  const settled = new Set<Answer>();
  const ask = ({ target, answer }: Ask, from: string): void => {
    if (settled.has(answer)) return;
    if (asked.has(answer)) {
      const waiting = links.behind(answer).filter(isStill);
      for (const { source, unit } of waiting) push(source, unit);
      if (waiting.length === 0) settled.add(answer);
      return;
    }
    asked.add(answer);
    const { found, through } = answer;
    for (const barrel of through) if (!files.has(barrel)) files.set(barrel, from);
    for (const declaration of found) {
      evaluate(declaration.file, declaration.file === target ? from : (through.at(-1) ?? from));
      const source = modules.source(declaration.file);
      if (!source?.code) continue;
      if (declaration.local !== null) follow(source, links.ofName(source, declaration.local));
    }
    if (found.length === 0) evaluate(target, from);
  };

  const askFor = (target: string, name: string, from: string): void =>
    ask({ target, answer: modules.declarations(target, name) }, from);

  const askImport = (file: string, specifier: string, names: string[]): void => {
    const target = modules.resolve(file, specifier);
    if (!target) {
      for (const made of madeOf(specifier)) followMade(file, made);
      return;
    }
    if (names.length === 0) evaluate(target, file);
    for (const name of names) askFor(target, name, file);
  };

  const follow = (source: SourceFact, leads: readonly Lead[]): void => {
    for (const lead of leads) {
      if ('answer' in lead) ask(lead, source.path);
      else if ('folder' in lead) followMade(source.path, lead);
      else push(source, lead);
    }
  };

  const enliven = (source: SourceFact, unit: UnitFact): void => {
    const known = memo(live, source.path, () => new Set());
    if (known.has(unit.index)) return;
    known.add(unit.index);
    const { leads, imports, loads } = links.ofUnit(source, unit);
    follow(source, leads);
    for (const { entry, target } of imports) {
      queue.push(() => evaluate(target, source.path));
      const anonymous = entry.names.filter((name) => !name.local).map((name) => name.imported);
      if (entry.kind === 'dynamic') for (const { imported } of entry.names) askFor(target, imported, source.path);
      else for (const imported of anonymous) askFor(target, imported, source.path);
    }
    for (const load of loads) followLoad(source.path, load);
  };

  /** `virtual:fastify-routes`: a plugin of the bundler makes the module from the folder that it is named for. */
  const followMade = (file: string, { specifier, folder: name }: Made): void => {
    const folder = [joinPath(home, 'src', name), joinPath(home, name)].find((path) => path && view.hasDirectory(path));
    const imported = modules.source(file)?.module.imports.find((entry) => entry.specifier === specifier);
    if (folder) loadFolder(folder, file);
    else {
      const load = { prefix: null, glob: null, line: imported?.line ?? 1, text: specifier };
      blind.push({ file, load, prefix: null });
    }
  };

  /** A load whose folder or glob is known reaches every file there; one that says nothing blinds the component. */
  const followLoad = (file: string, load: DynamicLoad): void => {
    const rooted = (path: string): string | null =>
      /^[~/]/.test(path) ? joinPath(home, path.replace('~', '')) : joinPath(dirOf(file), path);
    if (load.glob !== null) {
      const found = globTargets(load.glob, rooted, home)
        .map((at) => view.glob(at).filter((path) => modules.source(path) && !isTestPath(path)))
        .find((paths) => paths.length > 0);
      for (const target of found ?? []) queue.push(() => evaluateAll(target, file));
      return;
    }
    const classes = load.classesOf ? decorated(load.classesOf) : [];
    for (const target of classes) queue.push(() => evaluateAll(target, file));
    if (classes.length > 0) return;
    const prefix = load.prefix === null ? null : rooted(load.prefix);
    if (prefix === null || prefix === '.' || prefix === home) {
      blind.push({ file, load, prefix });
      return;
    }
    loadFolder(prefix, file);
  };

  /** Files here with classes that a framework's decorators mark for it to find. */
  const decorated = (framework: string): string[] =>
    [...modules.files()]
      .filter(({ path, module }) => isWithin(path, home) && !isTestPath(path) && marksClasses(module, framework))
      .map(({ path }) => path);

  /** Every module in a folder, or whose path begins so where there is no such folder. */
  const loadFolder = (prefix: string, from: string): void => {
    const folder = view.hasDirectory(prefix) ? prefix : null;
    for (const source of modules.files()) {
      const inside = folder ? isWithin(source.path, folder) : source.path.startsWith(prefix);
      if (inside && source.path !== from && !isTestPath(source.path)) queue.push(() => evaluateAll(source.path, from));
    }
  };

  const evaluateAll = (file: string, from: string | null): void => {
    if (from !== null) loaded.add(file);
    evaluate(file, from);
    askFor(file, '*', from ?? file);
    askFor(file, 'default', from ?? file);
  };

  for (const entry of entries) {
    if (entry.phase !== 'runtime') continue;
    queue.push(() => {
      evaluate(entry.file, null);
      if (entry.names === 'all') evaluateAll(entry.file, null);
      else for (const name of entry.names) askFor(entry.file, name, entry.file);
    });
  }
  for (let step = queue.pop(); step; step = queue.pop()) step();

  const covered = (file: string): boolean =>
    blind.some(({ prefix }) => isWithin(file, home) && (prefix === null || isWithin(file, prefix)));
  const fileLiveness = (file: string): Liveness => (files.has(file) ? 'live' : covered(file) ? 'unknown' : 'dead');
  const unitLiveness = (file: string, unit: number): Liveness => {
    if (unit < 0 || !modules.source(file)?.code) return fileLiveness(file);
    if (live.get(file)?.has(unit)) return 'live';
    return files.has(file) ? 'dead' : fileLiveness(file);
  };
  return {
    files,
    loaded,
    blind,
    fileLiveness,
    unitLiveness,
    liveness: (file, { unit, idle }) => (idle ? 'dead' : unitLiveness(file, unit)),
  };
}

const marks = /^(Json)?Controller$|^(Middleware|Interceptor|Resolver)$/;
const marksClasses = ({ imports }: SourceFact['module'], framework: string): boolean =>
  imports.some(
    ({ specifier, typeOnly, names }) =>
      specifier === framework && !typeOnly && names.some(({ imported }) => marks.test(imported)),
  );

/** A glob of modules, as repository globs, likeliest first: compiled endings and output folders widened to their source, bundler aliases tried by habit. */
function globTargets(glob: string, rooted: (path: string) => string | null, home: string): string[] {
  const widened = glob
    .replace(/\{\.ts,\.js\}|\{\.js,\.ts\}|\{\.(ts|js)\}|\.js\b/g, '.{ts,js}')
    .replace(/^(\.{0,2}\/?)(dist|build)\//, '$1{dist,build,src}/');
  const alias = /^[@~]\/(.+)/.exec(widened)?.[1];
  const named = /^@([a-z][\w-]*\/.+)/.exec(widened)?.[1];
  const below = joinPath(home, widened);
  const candidates = alias
    ? [joinPath(home, 'src', alias), joinPath(home, alias)]
    : named
      ? [joinPath(home, 'src', named)]
      : // A library looks from the folder that the program is started in, a bundler from the file.
        /^[./]/.test(widened)
        ? [rooted(widened), below]
        : [below, rooted(widened)];
  return candidates.filter((candidate) => candidate !== null);
}
