import type { Component } from '../../model/component.ts';
import type { FunctionFact } from '../../model/facts/index.ts';
import { httpRoutes } from './http.ts';
import { isAside, once } from './scope.ts';

const takesRequest = /^_?(req|request|res|reply|ctx|event)$/;
/** Who calls a function that calls one that meets a request: this far it is followed. */
const hops = 4;

/**
 * Tells whether a line stands in code that only a request brings to run: a handler, middleware, or a function that nothing else
 * calls. What is called from nowhere that is known may run at start.
 */
export const meetsRequest = once((model, component: Component): ((file: string, line: number) => boolean) => {
  const wiring = model.wiring.of(component);
  const files = [...new Set([...wiring.own, ...wiring.reached])].filter((file) => !isAside(file));
  const meeting = new Set<FunctionFact>(httpRoutes(model, component).flatMap(({ handler }) => handler?.fn ?? []));
  const inner = new Map<string, FunctionFact[]>();
  /** By the name called, the functions that hold such a call; undefined for one at top level. */
  const callers = new Map<string, Set<FunctionFact | undefined>>();
  for (const file of files) {
    const code = model.wiring.code(file);
    if (!code) continue;
    inner.set(file, code.functions);
    for (const fn of code.functions)
      if (
        fn.params.some((name) => takesRequest.test(name)) ||
        (fn.within >= 0 && meeting.has(code.functions[fn.within]!))
      )
        meeting.add(fn);
    for (const { callee, within } of code.calls) {
      const name = callee.slice(callee.lastIndexOf('.') + 1);
      const known = callers.get(name) ?? new Set();
      callers.set(name, known.add(code.functions[within]));
    }
  }
  const named = [...inner.values()].flat().filter(({ name }) => name !== '' && name !== 'constructor');
  for (let hop = 0; hop < hops; hop++)
    for (const fn of named) {
      const by = callers.get(fn.name);
      if (by && [...by].every((caller) => caller !== undefined && meeting.has(caller))) meeting.add(fn);
    }
  return (file, line) =>
    (inner.get(file) ?? []).some((fn) => meeting.has(fn) && holds(model.view.text(file), fn, line));
});

const holds = (text: string, fn: FunctionFact, line: number): boolean =>
  fn.line <= line && line < fn.line + text.slice(fn.start, fn.end).split('\n').length;
