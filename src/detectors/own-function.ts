import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import type { CallFact, FunctionFact, ValueFact } from '../model/facts/index.ts';
import { rootOf } from '../model/origin.ts';
import { allOf, no, type Signal, yes } from '../model/signal.ts';
import type { Route } from '../model/wiring.ts';
import { beforeRoute, domainRoutes, handlerCalls, nameOf } from './shared/http.ts';
import { noteOf, placeOf, subjects } from './shared/scope.ts';

/** What people write themselves instead of installing it, known by the words of its name. */
const words = {
  'rate-limiter':
    /^(check|apply|enforce|with|use|is|create|get)?_?(api|ip|user)?_?(rate_?limit(er|ed|ing|s)?|throttler?|throttleRequests?)(_?(middleware|guard|check|handler|request|by\w+))?$/i,
  'request-logger':
    /^(http|request|req|access)_?(logger|log|logging)(_?(middleware|interceptor))?$|^(log|logging)_?(http)?_?(request|requests|middleware|interceptor)$/i,
} as const;

/** What a class named so does under a name of its own: `rateLimiter.limit(…)`. */
const methods: Partial<Record<keyof typeof words, RegExp>> = {
  'rate-limiter': /^(limit|check|consume|protect|apply|middleware|handle)$/i,
};

interface Names {
  own: RegExp;
  method: RegExp | undefined;
}

export default defineDetector({
  name: 'own-function',
  asks: 'a function or class of the component itself, known by its name, does it; `called`: and code that runs calls or registers it; `share`: where routes ask it one by one, at least that share of them',
  options: z.strictObject({
    does: z.enum(Object.keys(words) as [keyof typeof words, ...(keyof typeof words)[]]),
    called: z.boolean().default(false),
    share: z.number().min(0).max(1).default(0),
  }),
  judge(model, component, { does, called, share }) {
    return allOf(
      subjects(model, component).map((subject) =>
        judgeOne(model, subject, { own: words[does], method: methods[does] }, does, called, share),
      ),
    );
  },
});

/** Schemas, types and clients of somebody's API are named for what they describe. */
const declaring = /(^|[/._-])(schemas?|types?|sdk|client|generated|models?)([/._-]|$)/i;

function isMethod(name: string, { own, method }: Names): boolean {
  const [last = '', receiver = ''] = name.split('.').reverse();
  return method?.test(last) === true && own.test(receiver);
}

const isCalled = (name: string, names: Names): boolean =>
  names.own.test(name.split('.').at(-1)!) || isMethod(name, names);

/** A function, or what a wrapper makes of it: `adapt(limiter.limit({ max: 5 }))`. */
const handsOver = (value: ValueFact, names: Names): boolean =>
  isCalled(nameOf(value), names) || (value.kind === 'call' && value.args.some((one) => handsOver(one, names)));

const isNamed = ({ name, owner }: FunctionFact, { own, method }: Names): boolean =>
  own.test(name) || (method?.test(name) === true && owner !== null && own.test(owner));

/** Of the routes, those that ask it: none where it stands at another place than a route. */
const asking = (model: AuditModel, component: Component, names: Names, routes: readonly Route[]): Route[] =>
  routes.filter(
    (route) =>
      beforeRoute(model, component, route).some(({ value }) => handsOver(value, names)) ||
      handlerCalls(model, route)?.calls.some(({ callee }) => isCalled(callee, names)),
  );

/** The name leads to a function of the repository, by the call itself or by what is handed over. */
function isOurs(model: AuditModel, file: string, call: CallFact, names: Names): boolean {
  const values: ValueFact[] = [
    { kind: 'ref', path: call.callee, origin: call.origin },
    ...call.args.filter((argument) => handsOver(argument, names)),
  ];
  return values.some((value) => {
    // The one object of a class that a module hands out.
    if (isMethod(nameOf(value), names) && 'origin' in value && rootOf(value.origin)?.from === 'module') return true;
    const target = model.wiring.functionOf(file, value);
    return target !== null && isNamed(target.fn, names) && !isTimer(target.fn) && !declaring.test(target.file);
  });
}

/** `throttle(callback, 100)` spares the program work: it sees no request. */
const isTimer = ({ name, params }: FunctionFact): boolean =>
  /^throttle$/i.test(name) && /^(fn?|func|function|callback|cb|run|action|method|task)$/i.test(params[0] ?? '');

/** The addresses alone for which it is asked: `if (limited.has(url.pathname))` in the lines before, of a list in the same file. */
function pathsBefore(text: string, line: number): string[] | null {
  const lines = text.split('\n');
  const asked = /\b(\w+)\.(?:has|includes)\(\s*[\w.]*path(?:name)?\s*\)/.exec(
    lines.slice(Math.max(0, line - 5), line).join('\n'),
  );
  const list = asked && new RegExp(`\\b${asked[1]}\\b[^=\\n]*=\\s*(?:new Set[^(]*\\(\\s*)?\\[([^\\]]*)\\]`).exec(text);
  return list ? [...list[1]!.matchAll(/['"`]([^'"`]+)['"`]/g)].map((one) => one[1]!) : null;
}

function judgeOne(
  model: AuditModel,
  component: Component,
  names: Names,
  does: string,
  called: boolean,
  share: number,
): Signal {
  const wiring = model.wiring.of(component);
  const files = [...new Set([...wiring.own, ...wiring.reached])];
  const defined: Evidence[] = files
    .filter((file) => !declaring.test(file))
    .flatMap((file) =>
      (model.wiring.code(file)?.functions ?? [])
        .filter((fn) => isNamed(fn, names) && fn.name !== fn.owner && !isTimer(fn))
        .map((fn) => noteOf({ file, line: fn.line }, `defines ${fn.name}`)),
    );
  const searched = `${placeOf(component)}: a ${does.replace('-', ' ')} written here`;
  if (defined.length === 0) return no(searched);
  if (!called) return yes(...defined.slice(0, 3));
  const uses = wiring
    .calls((call) => isCalled(call.callee, names) || call.args.some((argument) => handsOver(argument, names)))
    .filter((one) => one.live === 'live' && isOurs(model, one.file, one.fact, names))
    .map(({ file, fact }) => noteOf({ file, line: fact.line }, `${fact.callee}(…)`));
  if (uses.length > 0 && share > 0) {
    const routes = domainRoutes(model, component);
    const those = asking(model, component, names, routes);
    const bare = routes.find((route) => !those.includes(route));
    // A use in a file without such a route is a wrapper's, around routes that cannot be counted here.
    const counted = new Set(those.flatMap(({ file, handler }) => [file, handler?.file ?? file]));
    const listed = uses.map((use) => pathsBefore(model.view.text(use.file), use.line));
    if (listed.every((paths) => paths !== null)) {
      const paths = new Set(listed.flat());
      const open = routes.filter((route) => !paths.has(route.path));
      if (open.length > routes.length * (1 - share))
        return no(searched, [
          noteOf(open[0]!, `${open[0]!.method} ${open[0]!.path} is not in the list`),
          ...uses.slice(0, 3),
        ]);
    }
    if (bare && uses.every(({ file }) => counted.has(file)) && those.length / routes.length < share) {
      const count = `${those.length} of ${routes.length} routes do`;
      return no(searched, [noteOf(bare, `${bare.method} ${bare.path} does not ask it: ${count}`), ...uses.slice(0, 3)]);
    }
  }
  // A call of that name proves something only where the repository defines it; a package's is judged by its capability.
  return uses.length > 0 ? yes(...uses.slice(0, 4)) : no(searched, defined.slice(0, 3));
}
