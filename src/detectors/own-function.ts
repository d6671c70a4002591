import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import { allOf, no, type Signal, yes } from '../model/signal.ts';
import { noteOf, placeOf, subjects } from './shared/scope.ts';

/** What people write themselves instead of installing it, known by the words of its name. */
const words = {
  'rate-limiter':
    /^(?!.*(error|exception|config|options|response|result|header|key|type|schema)s?$)(check|apply|enforce|with|use|is|create|get)?_?(api|ip|user)?_?(rate_?limit(er|ed|ing|s)?|throttler?|throttleRequests?)(_?(middleware|guard|check|handler|request|by\w+))?$/i,
  'request-logger':
    /^(http|request|req|access)_?(logger|log|logging)(_?(middleware|interceptor))?$|^(log|logging)_?(http)?_?(request|requests|middleware|interceptor)$/i,
} as const;

export default defineDetector({
  name: 'own-function',
  asks: 'a function or class of the component itself, known by its name, does it; `called`: and code that runs calls or registers it',
  options: z.strictObject({
    does: z.enum(Object.keys(words) as [keyof typeof words, ...(keyof typeof words)[]]),
    called: z.boolean().default(false),
  }),
  judge(model, component, { does, called }) {
    return allOf(subjects(model, component).map((subject) => judgeOne(model, subject, words[does], does, called)));
  },
});

function judgeOne(model: AuditModel, component: Component, pattern: RegExp, does: string, called: boolean): Signal {
  const wiring = model.wiring.of(component);
  const files = [...new Set([...wiring.own, ...wiring.reached])];
  const defined: Evidence[] = files.flatMap((file) =>
    (model.wiring.code(file)?.functions ?? [])
      .filter((fn) => pattern.test(fn.name) || (fn.owner !== null && pattern.test(fn.owner)))
      .map((fn) =>
        noteOf({ file, line: fn.line }, `defines ${fn.owner && !pattern.test(fn.name) ? fn.owner : fn.name}`),
      ),
  );
  const searched = `${placeOf(component)}: a ${does.replace('-', ' ')} written here`;
  if (!called) return defined.length > 0 ? yes(...defined.slice(0, 3)) : no(searched);
  const uses = wiring
    .calls(
      (call) =>
        pattern.test(call.callee.split('.').at(-1)!) ||
        call.args.some(
          (argument) =>
            (argument.kind === 'ref' || argument.kind === 'call') &&
            pattern.test((argument.kind === 'ref' ? argument.path : argument.callee).split('.').at(-1)!),
        ),
    )
    .filter((one) => one.live === 'live')
    .map(({ file, fact }) => noteOf({ file, line: fact.line }, `${fact.callee}(…)`));
  // A call of that name proves something only where the repository defines it; a package's is judged by its capability.
  return defined.length > 0 && uses.length > 0 ? yes(...uses.slice(0, 4)) : no(searched, defined.slice(0, 3));
}
