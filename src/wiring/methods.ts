import type { CallFact, CodeFact, FunctionFact } from '../model/facts/source.ts';
import { memo } from '../model/memo.ts';
import type { RepoView } from '../model/repository.ts';
import { isTestPath } from '../model/source-paths.ts';
import { decoratorsIn } from './calls.ts';
import type { Modules } from './modules.ts';

/** Methods that frameworks and languages call, whether or not our code names them. */
const called =
  /^(constructor|use|canActivate|intercept|transform|catch|handle|handler|execute|run|process|perform|validate|resolve|configure|register|init|start|stop|render|on[A-Z].*|component.*|get[A-Z].*|toJSON|toString|connect|up|down|main|default|bootstrap|then)$/;

export interface Methods {
  /** True for a call inside a class method that no file of the repository names: the class may live, the method does not. */
  isNeverAsked(file: string, call: CallFact): boolean;
}

export function createMethods(modules: Modules, view: RepoView): Methods {
  let read: { named: Set<string>; unread: string[] } | null = null;
  const verdicts = new Map<string, boolean>();
  const answers = new WeakMap<CallFact, boolean>();
  const decorated = new WeakMap<CodeFact, Set<number>>();

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
    if (!fn || called.test(fn.name)) return false;
    return !decoratedIn(code).has(fn.unit) && !isNamed(fn.name);
  };

  return {
    // Asked again for every component that reaches the file.
    isNeverAsked: (file, call) => memo(answers, call, () => decide(file, call)),
  };
}
