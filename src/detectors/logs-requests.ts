import { z } from 'zod';
import type { CommandRun } from '../commands/index.ts';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import type { CallFact, FunctionFact } from '../model/facts/index.ts';
import { isWithin } from '../model/paths.ts';
import { allOf, no, type Signal, yes } from '../model/signal.ts';
import { methodsOf } from './shared/class-methods.ts';
import { loggingFastify } from './shared/fastify-logger.ts';
import { judgeSightings, livenessIn, type Sighting } from './shared/reach.ts';
import { isAside, noAnalyser, noteOf, placeOf, subjects } from './shared/scope.ts';
import { startedFor } from './shared/started.ts';

export default defineDetector({
  name: 'logs-requests',
  asks: '`exists`: code that logs what was requested is written, or a server that does so is set up; `registered`: and it stands around the requests; `each`: around all of them',
  reads: 'config',
  options: z.strictObject({ ask: z.enum(['exists', 'registered', 'each']) }),
  judge(model, component, { ask }) {
    return allOf(subjects(model, component).map((subject) => judgeOne(model, subject, ask)));
  },
});

function judgeOne(model: AuditModel, component: Component, ask: 'exists' | 'registered' | 'each'): Signal {
  const searched = `${placeOf(component)}: middleware, interceptors and servers that log each request`;
  const served = byServer(model, component);
  if (served.length > 0) return yes(...served);
  if (component.language !== 'js') return noAnalyser(component);
  const around = [...byMiddleware(model, component), ...loggingFastify(model, component, true)];
  const live = around.filter((one) => one.live === 'live').map((one) => one.evidence);
  if (live.length > 0) return yes(...live.slice(0, 3));
  const some = ask === 'each' ? [] : byWrapper(model, component);
  if (some.length > 0) return yes(...some.slice(0, 3));
  if (around.some((one) => one.live === 'unknown')) return judgeSightings(around, model.wiring.of(component), searched);
  const written = [...around.map((one) => one.evidence), ...definitions(model, component)];
  return ask === 'exists' && written.length > 0 ? yes(...written.slice(0, 3)) : no(searched, written.slice(0, 3));
}

const logCall = /(^|\.)(log|info|debug|http|write|print|verbose|trace|notice)$|^logger$/i;
const logger = /console|log|winston|pino|bunyan|morgan|debug|stdout|signale/i;

const asked = /\.method\b|\bmethod\b[^;{}]{0,120}\}\s*=/;
const address = /\.(originalUrl|url|path|baseUrl|routerPath)\b|\b(originalUrl|url|path)\b[^;{}]{0,120}\}\s*=/;

/** The address of the request itself in what is logged: `logger.info(req.originalUrl)`. */
const addressOf = /\b(?:req|request|ctx|context|c)(?:\.req(?:uest)?)?\.(?:originalUrl|url|path)\b/;

/** What loggers that carry the request in their context say once for each: `request completed`. */
const said =
  /^(?:(?:http )?request (?:completed|finished|received|started|handled|processed)|(?:incoming|completed|finished|handled) (?:http )?request)\b/i;

/** It says which method was asked of which address, by something that logs. */
function logsRequest(model: AuditModel, file: string, fn: FunctionFact, isHelper = false): boolean {
  const text = model.view.text(file);
  const body = text.slice(fn.start, fn.end);
  const calls = (model.wiring.code(file)?.calls ?? []).filter(({ start, end }) => start >= fn.start && end <= fn.end);
  const logs = calls.filter(({ callee }) => logCall.test(callee) && logger.test(callee));
  if (logs.some(({ args }) => args.some((one) => one.kind === 'string' && said.test(one.value)))) return true;
  if (asked.test(body) && address.test(body)) return logs.length > 0;
  if (isHelper) return false;
  if (logs.some(({ start, end }) => addressOf.test(text.slice(start, end)))) return true;
  // The words may be put together by a function of ours that is handed the request.
  return calls.some(({ callee, origin, args: [first] }) => {
    // So it is where the whole of the work is handed on.
    const handedOn = first?.kind === 'ref' && first.path === fn.params[0];
    if (!/log/i.test(callee) && !handedOn) return false;
    const target = model.wiring.functionOf(file, { kind: 'ref', path: callee, origin });
    return target !== null && logsRequest(model, target.file, target.fn, true);
  });
}

/** Middleware before every request, hooks and interceptors, judged by what they do. */
function byMiddleware(model: AuditModel, component: Component): Sighting[] {
  const wiring = model.wiring.of(component);
  return wiring
    .middleware()
    .filter((one) => one.scope === 'global' || one.how === 'apply')
    .flatMap((one): Sighting[] => {
      if (['setErrorHandler', 'onError', 'useGlobalFilters', 'APP_FILTER', 'setNotFoundHandler'].includes(one.how))
        return [];
      const origin = one.value.kind === 'ref' || one.value.kind === 'call' ? one.value.origin : null;
      const name = one.value.kind === 'ref' ? one.value.path : one.value.kind === 'call' ? one.value.callee : '';
      const target = model.wiring.functionOf(one.file, one.value) ?? methodOf(model, one.file, origin, name);
      // Two parameters are a request and its answer: nothing is passed on, so that only what no route took comes here.
      const ends =
        one.how === 'use' && target?.fn.params.length === 2 && !target.fn.async && !/next/.test(textOf(model, target));
      if (!target || ends || target.fn.params.length === 4 || !logsRequest(model, target.file, target.fn)) return [];
      return [
        {
          evidence: noteOf(one, `${one.how}(${name || 'function'}) logs each request`),
          live: livenessIn(wiring, one.live),
        },
      ];
    });
}

const textOf = (model: AuditModel, { file, fn }: { file: string; fn: FunctionFact }): string =>
  model.view.text(file).slice(fn.start, fn.end);

const ofRequests = new Set(['intercept', 'use', 'handle', 'onRequest', 'onResponse']);

/** `new LoggingInterceptor()` and its kin: the method that stands around the request. */
function methodOf(
  model: AuditModel,
  file: string,
  origin: Parameters<typeof model.wiring.resolveOrigin>[1] | null,
  name: string,
): { file: string; fn: FunctionFact } | null {
  const found = origin ? model.wiring.resolveOrigin(file, origin) : null;
  const at = found?.file ?? file;
  const owner = found?.name ?? name;
  const fn = methodsOf(model, at, owner).find((one) => ofRequests.has(one.name));
  return fn ? { file: at, fn } : null;
}

const named =
  /^(log_?(api|http)?_?requests?|(api|http|request|access)_?log(ger|ging)?)(_?(middleware|interceptor|handler))?$/i;

const callingNamed = new RegExp(named.source.replace('^', '(^|\\.)'), 'i');

/** A function of that name that the component's own handlers, or what wraps them, call: some requests are logged. A client logs what it asks, elsewhere. */
function byWrapper(model: AuditModel, component: Component): Evidence[] {
  const wiring = model.wiring.of(component);
  const own = new Set(wiring.own);
  return wiring
    .called(callingNamed)
    .filter(({ file, fact }) => own.has(file) && !isAside(file) && fact.form === 'call' && fact.args.length > 0)
    .filter((one) => one.live === 'live' && isOwn(model, one.file, one.fact))
    .map(({ file, fact }) => noteOf({ file, line: fact.line }, `${fact.callee}(…) logs the requests that reach it`));
}

/** Declared in this file, or in another of the repository. */
const isOwn = (model: AuditModel, file: string, call: CallFact): boolean =>
  call.origin?.from === 'module'
    ? model.wiring.resolve(file, call.origin.specifier) !== null
    : model.wiring.functionOf(file, { kind: 'ref', path: call.callee, origin: call.origin }) !== null;

const definitions = (model: AuditModel, component: Component): Evidence[] =>
  model.wiring
    .of(component)
    .own.filter((file) => !isAside(file))
    .flatMap((file) =>
      (model.wiring.code(file)?.functions ?? [])
        .filter((fn) => named.test(fn.name) || named.test(fn.owner ?? ''))
        .slice(0, 1)
        .map((fn) => noteOf({ file, line: fn.line }, `defines ${named.test(fn.name) ? fn.name : fn.owner}`)),
    );

/** Servers of other languages whose access log is on by an option, or by default. */
const byServer = (model: AuditModel, component: Component): Evidence[] =>
  component.language !== 'python'
    ? []
    : startedFor(model, component, logsAccess)
        .map(({ evidence }) => evidence)
        .filter(({ file }) => isWithin(file, component.path));

function logsAccess({ argv }: CommandRun): boolean {
  const words = argv.join(' ');
  if (/\bgunicorn\b/.test(words)) return /--access-logfile/.test(words);
  return /\b(uvicorn|hypercorn)\b|\bfastapi (run|dev)\b/.test(words) && !/--no-access-log/.test(words);
}
