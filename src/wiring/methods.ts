import type { CallFact, CodeFact, FunctionFact } from '../model/facts/source.ts';
import { memo } from '../model/memo.ts';
import type { RepoView } from '../model/repository.ts';
import { isTestPath } from '../model/source-paths.ts';
import { decoratorsIn } from './calls.ts';
import type { Modules } from './modules.ts';

/** Methods that frameworks and languages call, whether or not our code names them. */
const called = new Set(
  (
    'constructor use canActivate intercept transform catch handle handler execute run process perform validate resolve ' +
    'configure register init start stop render toJSON toString connect up down main default bootstrap then'
  ).split(' '),
);
const calledBy = /^(?:on|get)[A-Z]|^component/;

export interface Methods {
  /** True for a call inside a class method that no file of the repository names: the class may live, the method does not. */
  isNeverAsked(file: string, call: CallFact): boolean;
}

export function createMethods(modules: Modules, view: RepoView): Methods {
  let read: { named: Set<string>; unread: string[] } | null = null;
  const verdicts = new Map<string, boolean>();
  const answers = new WeakMap<CallFact, boolean>();
  const decorated = new WeakMap<CodeFact, Set<number>>();
  const asked = new Map<string, boolean>();
  let importers: ReadonlyMap<string, readonly string[]> | null = null;

  const collect = (): { named: Set<string>; unread: string[] } => {
    const files = [...modules.files()].filter(({ path }) => !isTestPath(path));
    return {
      named: new Set(files.flatMap(({ code }) => code?.members ?? [])),
      unread: files.filter(({ code }) => !code).map(({ path }) => path),
    };
  };

  const isNamed = (name: string): boolean => {
    read ??= collect();
    const { named, unread } = read;
    return memo(verdicts, name, () => named.has(name) || unread.some((path) => view.text(path).includes(name)));
  };

  /** Units with a decorator on the class or a method, which hands it to a framework. */
  const decoratedIn = (code: CodeFact): Set<number> =>
    memo(decorated, code, () => new Set(decoratorsIn(code).map((one) => one.unit)));

  const decide = (file: string, call: CallFact): boolean => {
    const code = modules.source(file)!.code!;
    let fn: FunctionFact | undefined = code.functions[call.within];
    while (fn && fn.owner === null) fn = code.functions[fn.within];
    if (!fn || called.has(fn.name) || calledBy.test(fn.name)) return false;
    // Hooks that its framework calls may call it in turn.
    const itself = new RegExp(`\\bthis\\.${fn.name.replace(/\W/g, '')}\\b`);
    if (isProvider(code, fn)) return !isAskedFor(file, code, fn.owner!) && !itself.test(view.text(file));
    return !decoratedIn(code).has(fn.unit) && !isNamed(fn.name);
  };

  /** `@Injectable()` on the class and nothing on its methods: its framework only makes it, for those that ask for it. */
  const isProvider = (code: CodeFact, { unit, owner }: FunctionFact): boolean => {
    const on = decoratorsIn(code).filter((one) => one.unit === unit && one.target?.kind !== 'parameter');
    return (
      on.length > 0 &&
      on.every(({ callee, target }) => callee === 'Injectable' && target?.kind === 'class' && target.name === owner)
    );
  };

  /** A file other than the modules that list it takes it in, a module puts it in another's place, or it begins to work by itself. */
  const isAskedFor = (file: string, code: CodeFact, name: string): boolean =>
    memo(asked, `${file}\0${name}`, () => {
      const named = ({ declares, uses }: CodeFact['units'][number]): boolean =>
        !declares.includes(name) && uses.some((use) => use.split('.')[0] === name);
      if (startsItself.test(view.text(file)) || code.units.some(named)) return true;
      importers ??= importersByName(modules);
      const placed = new RegExp(
        `\\buse(?:Class|Existing|Factory)\\s*:\\s*${name}\\b|\\binject\\s*:\\s*\\[[^\\]]*\\b${name}\\b|\\.(?:get|apply)\\([^)]*\\b${name}\\b`,
      );
      const whole = new RegExp(`\\.${name}\\b`);
      return (
        new RegExp(`\\bexport\\s+default\\s+(?:class\\s+)?${name}\\b`).test(view.text(file)) ||
        (importers.get('*') ?? []).some((path) => whole.test(view.text(path))) ||
        (importers.get(name) ?? []).some(
          (path) => path !== file && (!listsProviders(modules, path) || placed.test(view.text(path))),
        )
      );
    });

  return {
    // Asked again for every component that reaches the file.
    isNeverAsked: (file, call) => memo(answers, call, () => decide(file, call)),
  };
}

/** Hooks in which a provider may set itself to work, a constructor that does, and a class that stands on another. */
const startsItself =
  /\bon(?:ModuleInit|ApplicationBootstrap)\b|\bconstructor\s*\([^)]*\)\s*\{[^}]*\bthis\.\w+\(|\bextends\b/;

/** Files that import a name, tests left out, types included: what is asked for in a constructor is named as a type. */
function importersByName(modules: Modules): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { path, module } of modules.files()) {
    if (isTestPath(path)) continue;
    for (const { names } of module.imports)
      for (const { imported } of names) memo(found, imported, () => []).push(path);
  }
  return found;
}

/** A module of Nest, and nothing beside it that could ask. */
function listsProviders(modules: Modules, path: string): boolean {
  const code = modules.source(path)?.code;
  const on = code ? decoratorsIn(code) : [];
  return on.some(({ callee }) => callee === 'Module') && on.every(({ callee }) => /^(Module|Global)$/.test(callee));
}
