import type { CallFact, CodeFact, FunctionFact } from '../model/facts/source.ts';
import type { RepoView } from '../model/repository.ts';
import { isTestPath } from '../model/source-paths.ts';
import type { Modules } from './modules.ts';

/** Methods that frameworks and languages call, whether or not our code names them. */
const called =
  /^(constructor|use|canActivate|intercept|transform|catch|handle|handler|execute|run|process|perform|validate|resolve|configure|register|init|start|stop|render|on[A-Z].*|component.*|get[A-Z].*|toJSON|toString|connect|up|down|main|default|bootstrap|then)$/;

export interface Methods {
  /** True for a call inside a class method that no file of the repository names: the class may live, the method does not. */
  isNeverAsked(file: string, call: CallFact): boolean;
}

export function createMethods(modules: Modules, view: RepoView): Methods {
  let named: Set<string> | null = null;
  let unread: string[] = [];
  const verdicts = new Map<string, boolean>();
  const answers = new WeakMap<CallFact, boolean>();
  const decorated = new WeakMap<CodeFact, Set<number>>();

  const collect = (): Set<string> => {
    const all = new Set<string>();
    unread = [];
    for (const source of modules.files()) {
      if (isTestPath(source.path)) continue;
      if (source.code) for (const name of source.code.members) all.add(name);
      else unread.push(source.path);
    }
    return all;
  };

  const isNamed = (name: string): boolean => {
    named ??= collect();
    if (named.has(name)) return true;
    let known = verdicts.get(name);
    if (known === undefined) {
      known = unread.some((path) => (view.read(path) ?? '').includes(name));
      verdicts.set(name, known);
    }
    return known;
  };

  /** Units with a decorator on the class or a method, which hands it to a framework. */
  const decoratedIn = (code: CodeFact): Set<number> => {
    let known = decorated.get(code);
    if (!known) {
      known = new Set(code.calls.filter((one) => one.form === 'decorator').map((one) => one.unit));
      decorated.set(code, known);
    }
    return known;
  };

  const decide = (file: string, call: CallFact): boolean => {
    const code = modules.source(file)?.code;
    let fn: FunctionFact | undefined = code?.functions[call.within];
    while (fn && fn.owner === null && fn.within >= 0) fn = code?.functions[fn.within];
    if (!code || !fn?.owner || !fn.name || called.test(fn.name)) return false;
    return !decoratedIn(code).has(fn.unit) && !isNamed(fn.name);
  };

  return {
    isNeverAsked(file, call) {
      // Asked again for every component that reaches the file.
      let known = answers.get(call);
      if (known === undefined) {
        known = decide(file, call);
        answers.set(call, known);
      }
      return known;
    },
  };
}
