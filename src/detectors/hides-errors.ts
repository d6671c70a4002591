import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import type { CallFact, CodeFact, FunctionFact, ValueFact } from '../model/facts/index.ts';
import { allOf, no, type Signal, unknown, yes } from '../model/signal.ts';
import { methodsOf } from './shared/class-methods.ts';
import { helpersOf, leaksOfFunctions, platformAnswers, wrappersOf } from './shared/function-errors.ts';
import { beforeAllRoutes } from './shared/handler-order.ts';
import { httpRoutes, isOneOf } from './shared/http.ts';
import { wantedPackages } from './shared/packages.ts';
import { noteOf, placeOf, subjects } from './shared/scope.ts';
import {
  bodiesIn,
  choosesByKind,
  failingNames,
  goesOn,
  isGivenByKind,
  isWrittenOut,
  namesOf,
  saysInternal,
  shapedByOurs,
  shownByView,
  spelledOut,
} from './shared/sent-errors.ts';
import {
  openFormatters,
  unmaskedAdonis,
  unmaskedApollo,
  unmaskedKit,
  unmaskedMoleculer,
  unmaskedTrpc,
} from './shared/unmasked-errors.ts';

export default defineDetector({
  name: 'hides-errors',
  asks: '`handler`: a central error handler exists; `registered`: it is put in place in code that runs; `hides`: and it does not send an unexpected error to the caller',
  options: z.strictObject({ ask: z.enum(['handler', 'registered', 'hides']) }),
  judge(model, component, { ask }) {
    return allOf(subjects(model, component).map((subject) => judgeOne(model, subject, ask)));
  },
});

interface Handler {
  file: string;
  fn: FunctionFact | null;
  evidence: Evidence;
  live: boolean;
  /** What it was given to, where that is known. */
  how?: string;
}

function judgeOne(model: AuditModel, component: Component, ask: 'handler' | 'registered' | 'hides'): Signal {
  const handlers = handlersOf(model, component);
  const searched = `${placeOf(component)}: error middleware, exception filters, error hooks`;
  if (ask === 'handler') return handlers.length > 0 ? yes(...handlers.map((one) => one.evidence)) : no(searched);
  const live = handlers.filter((one) => one.live);
  if (ask === 'registered') {
    if (live.length > 0) return yes(...live.map((one) => one.evidence));
    const blind = model.wiring.of(component).blind[0];
    return blind
      ? unknown('blind', blind.reason, [blind.evidence])
      : no(
          searched,
          handlers.map((one) => one.evidence),
        );
  }
  const early = live.map(({ evidence, fn }) => (fn?.params.length === 4 ? beforeAllRoutes(model, evidence) : null));
  const leaks = [
    ...(early.every((one) => one !== null) ? early : []),
    ...sentByPackages(model, component),
    ...live.flatMap((one) => (one.fn ? leaksOf(model, one.file, one.fn, one.how) : [])),
    ...wrappersOf(model, component).flatMap((one) => (one.live ? one.leaks : [])),
    ...leaksInHandlers(model, component),
    ...leaksOfFunctions(model, component),
    ...unmaskedApollo(model, component),
    ...openFormatters(model, component),
    ...unmaskedTrpc(model, component),
    ...unmaskedKit(model, component),
    ...unmaskedAdonis(model, component),
    ...unmaskedMoleculer(model, component),
  ];
  return leaks.length === 0
    ? yes(...live.map((one) => one.evidence))
    : no(`${placeOf(component)}: answers that carry the error itself`, leaks);
}

/** Express and Connect know an error handler by its four parameters; Fastify, Koa, Hono, Nest and Apollo by where it is given. */
function handlersOf(model: AuditModel, component: Component): Handler[] {
  const wiring = model.wiring.of(component);
  const ready = wantedPackages(model.knowledge, { capability: 'error-handler' });
  const found: Handler[] = [];
  const registered = new Set<FunctionFact | undefined>();
  for (const one of wiring.middleware()) {
    const made = model.wiring.functionOf(one.file, one.value);
    const target = (made && handedBack(model, made, one.value)) ?? made ?? catchMethod(model, one.file, one.value);
    const named = /(^|[._])(on)?_?(error|exception)\w*$/i.test(nameOfValue(one.value));
    const byShape =
      target !== null &&
      target.fn.params.length === 4 &&
      one.how === 'use' &&
      answersItself(model, target.file, target.fn);
    const byHook = ['setErrorHandler', 'onError', 'useGlobalFilters', 'APP_FILTER'].includes(one.how);
    const byPackage = one.behind.some((use) => isOneOf(use, ready));
    const wrapsNext = one.how === 'use' && target !== null && catchesNext(model, target.file, target.fn);
    if (!byShape && !byHook && !byPackage && !wrapsNext && !(named && one.how !== 'register')) continue;
    registered.add(target?.fn);
    found.push({
      file: target?.file ?? one.file,
      fn: target?.fn ?? null,
      live: one.live === 'live',
      how: one.how,
      evidence: noteOf(one, `${one.how}: error handler${one.live === 'live' ? '' : ', in code that nothing runs'}`),
    });
  }
  for (const file of wiring.own) {
    const code = model.wiring.code(file);
    for (const fn of code?.functions ?? []) {
      if (fn.params.length !== 4 || !/^_?(err|error|e|ex|exception)$/i.test(fn.params[0]!) || registered.has(fn))
        continue;
      if (!/res|reply/i.test(fn.params[2]!) || !answersItself(model, file, fn)) continue;
      found.push({
        file,
        fn,
        live: false,
        evidence: noteOf(
          { file, line: fn.line },
          `${fn.name || 'a function'} has the shape of error middleware and is not registered`,
        ),
      });
    }
    found.push(
      ...catchDecorated(model, component, file, code),
      ...errorMiddlewareClasses(model, component, file, code),
    );
  }
  found.push(...wrappersOf(model, component), ...helpersOf(model, component));
  for (const evidence of platformAnswers(model, component))
    found.push({ file: evidence.file, fn: null, live: true, evidence });
  // A function found unregistered while another use of it is registered is one handler.
  return found.some((one) => one.live) ? found.filter((one) => one.live) : found;
}

/** `app.use(handleErrors(logger))`: the middleware that such a function makes. */
function handedBack(
  model: AuditModel,
  { file, fn }: { file: string; fn: FunctionFact },
  value: ValueFact,
): { file: string; fn: FunctionFact } | null {
  if (value.kind !== 'call' || fn.params.length === 4) return null;
  const inner = model.wiring
    .code(file)
    ?.functions.find((one) => one.params.length === 4 && one.start > fn.start && one.end <= fn.end);
  return inner ? { file, fn: inner } : null;
}

/** Handlers of packages that answer with the message, or the whole stack, of whatever was thrown. */
const sendsOn = /^(errorhandler|stoker\/middlewares(\/.*)?|koa-json-error)$/;

function sentByPackages(model: AuditModel, component: Component): Evidence[] {
  return model.wiring
    .of(component)
    .middleware()
    .filter(({ live }) => live === 'live')
    .flatMap((one) => {
      const used = one.behind.find(
        ({ package: name, member }) => sendsOn.test(name) && !/notFound|favicon/i.test(member),
      );
      return used ? [noteOf(one, `${used.package} sends the error's message on`)] : [];
    });
}

const nameOfValue = (value: ValueFact): string =>
  value.kind === 'ref' ? value.path : value.kind === 'call' ? value.callee : '';

/** `new AllExceptionsFilter()`: the method that a filter's class catches with. */
function catchMethod(model: AuditModel, file: string, value: ValueFact): { file: string; fn: FunctionFact } | null {
  const origin = value.kind === 'ref' || value.kind === 'call' ? value.origin : null;
  const found = origin ? model.wiring.resolveOrigin(file, origin) : null;
  const at = found?.file ?? file;
  const fn = methodsOf(model, at, found?.name ?? nameOfValue(value)).find(({ name }) => name === 'catch');
  return fn ? { file: at, fn } : null;
}

/** routing-controllers: a class of middleware whose method is called `error`. */
function errorMiddlewareClasses(
  model: AuditModel,
  component: Component,
  file: string,
  code: CodeFact | null,
): Handler[] {
  return (code?.calls ?? [])
    .filter(
      (call) => call.form === 'decorator' && call.target?.kind === 'class' && /(^|\.)Middleware$/.test(call.callee),
    )
    .flatMap((call): Handler[] => {
      const fn = code!.functions.find(
        (one) => one.name === 'error' && one.unit === call.unit && one.params.length >= 3,
      );
      const live = model.wiring.of(component).unitLiveness(file, call.unit) === 'live';
      return fn
        ? [{ file, fn, live, evidence: noteOf({ file, line: fn.line }, `error middleware ${call.target!.name}`) }]
        : [];
    });
}

/** `@Catch()` classes count when something uses them; live only as a unit that is used. */
function catchDecorated(model: AuditModel, component: Component, file: string, code: CodeFact | null): Handler[] {
  return (code?.calls ?? [])
    .filter((call) => call.form === 'decorator' && /(^|\.)Catch$/.test(call.callee))
    .map((call) => {
      const fn = code!.functions.find((one) => one.name === 'catch' && one.unit === call.unit) ?? null;
      return {
        file,
        fn,
        live: model.wiring.of(component).unitLiveness(file, call.unit) === 'live',
        evidence: noteOf({ file, line: call.line }, `exception filter ${call.target?.name ?? ''}`.trim()),
      };
    });
}

/** It names its third parameter again, or hands it on: one that only logs and passes the error on answers nothing. */
function answersItself(model: AuditModel, file: string, fn: FunctionFact): boolean {
  const [, , response = '', next = ''] = fn.params;
  const text = textIn(model, file, fn);
  const times = (name: string): number =>
    /^[\w$]+$/.test(name) ? text.split(new RegExp(`(?<![\\w$])${name.replace(/\$/g, '\\$')}(?![\\w$])`)).length - 1 : 2;
  return times(response) > 1 || times(next) <= 1;
}

/** Koa's way: `try { await next() } catch`. */
function catchesNext(model: AuditModel, file: string, fn: FunctionFact): boolean {
  if (fn.params.length !== 2 || !fn.async) return false;
  const text = textIn(model, file, fn);
  return /try\s*\{[\s\S]{0,200}await\s+next\s*\(\s*\)/.test(text) && /catch\s*\(/.test(text);
}

const sending = /(^|\.)(send|json|jsonp|render|end|text|html|code\(\)\.send|status\(\)\.(json|send))$/;
const logging =
  /(^|\.)(log|logger|console|error|warn|info|debug|trace|fatal|captureException|capture\w*|report\w*|track\w*|addBreadcrumb)(\.|$)/i;
const ofTheRequest = /^_?(req|request|res|response|reply|ctx|context|c|host|next|done)$/i;
/** `if (isDev) console.log(err)`: what is written to a log is not what is answered. */
const loggedSometimes =
  /\bif\s*\([^\n]*\)\s*\{?\s*(?:console|\w*log(?:ger)?|winston|signale|debug)\.\w+\([^\n]*\);?\s*\}?/g;
const asksEnvironment = /NODE_ENV|isProd|isDev|production|development|isLocal|isTest|debug\s*[&?=]/i;
/** The message itself is chosen by environment or kind, not just the stack left out. */
const choosesMessage =
  /message\s*[:=][^,;\n]*(\?|===|isProd|isDev|NODE_ENV)|(isOperational|production)[\s\S]{0,160}(message|err(or)?)\s*=/i;
const asksKind = /isOperational|\.expose\b|statusCode\s*(<|>=|===)\s*500|status\s*(<|>=|===)\s*500|isBoom|isHttpError/i;

/** Calls in the handler that hand the error's own message or stack to the caller. */
function leaksOf(model: AuditModel, file: string, fn: FunctionFact, how?: string): Evidence[] {
  const code = model.wiring.code(file);
  if (!code) return [];
  const text = textIn(model, file, fn).replace(loggedSometimes, '');
  const error =
    fn.params.find((name) => /err|exception|^e$/i.test(name)) ??
    /\bcatch\s*\(\s*(\w+)/.exec(text)?.[1] ??
    fn.params.find((name) => !ofTheRequest.test(name)) ??
    'err';
  // A handler that asks which environment it runs in chooses what to show; whether it chooses well is not guessed at.
  const shown = shownByView(model, file, text, fn, error);
  if (shown.length > 0) return shown;
  const guardsStackOnly = asksEnvironment.test(text) && /stack/.test(text) && !choosesMessage.test(text);
  if (asksEnvironment.test(text) && !guardsStackOnly) return [];
  const calls = code.calls.filter((call) => call.start >= fn.start && call.end <= fn.end);
  const stacks = calls.filter(
    (call) =>
      !logging.test(call.callee) &&
      !(call.form === 'new' && /error|exception/i.test(call.callee)) &&
      !guardsStackOnly &&
      call.args.some((argument) => carries(argument, [`${error}.stack`])),
  );
  if (stacks.length > 0)
    return stacks.slice(0, 2).map((call) => noteOf({ file, line: call.line }, `hands ${error}.stack to the caller`));
  if (asksKind.test(text)) return [];
  // What is sent for a kind of error that was asked for may be its own message; what is left at the end is the unexpected one.
  const sends = calls.filter((call) => sending.test(call.callee));
  // `let error = { ...err }`, `const response = { message: err.message }`: the same under another name.
  const aliases = [
    ...text.matchAll(
      new RegExp(`(?:let|const|var)\\s+(\\w+)\\s*=\\s*(?:\\{\\s*\\.\\.\\.${error}\\b|${error}\\s*;)`, 'g'),
    ),
  ].map((match) => match[1]!);
  const sent = [error, ...aliases]
    // Fastify is handed the error back and answers it by its own rules, as it does without a handler.
    .flatMap((name) => (how === 'setErrorHandler' ? [`${name}.message`] : [name, `${name}.message`]))
    .concat(
      choosesByKind(text) || isWrittenOut(text, 'message', error) || isGivenByKind(text, 'message', error)
        ? []
        : 'message',
    )
    .concat(shapedByOurs(model, file, calls, error));
  const written = (value: ValueFact): ValueFact =>
    value.kind === 'ref' && Object.hasOwn(code.objects, value.path) ? code.objects[value.path]! : value;
  const byKind = /instanceof|\.name\s*===|\.code\s*===|\.statusCode\s*===\s*4\d\d/.test(text);
  const given = bodiesIn(text, error).map((offset) => fn.line + text.slice(0, offset).split('\n').length - 1);
  if (given.length > 0 && (!byKind || bodiesIn(text.slice(text.lastIndexOf('.body') - 9), error).length > 0))
    return given.map((line) => noteOf({ file, line }, `answers with ${error}.message or the error itself`));
  // `res.status(500).json({ message: err.message })` answers no kind of error that the caller made.
  const failed = byKind
    ? sends.filter(({ start, end }) => saysInternal(model.view.text(file).slice(start, end), error))
    : [];
  if (failed.length > 0)
    return failed.map(({ line }) => noteOf({ file, line }, `sends ${error}.message or the error itself to the caller`));
  // `if (err instanceof OurError) return res.json({ message: err.message }); else next(err)`: the unexpected one goes on.
  if (byKind && /instanceof/.test(text) && goesOn(text, error)) return [];
  return (byKind ? sends.slice(-1) : sends)
    .filter((call) => call.args.some((argument) => carries(written(argument), sent)))
    .map((call: CallFact) =>
      noteOf({ file, line: call.line }, `sends ${error}.message or the error itself to the caller`),
    );
}

/** A route's own `catch` that answers 500 with the error's message or stack. */
function leaksInHandlers(model: AuditModel, component: Component): Evidence[] {
  return httpRoutes(model, component).flatMap((route) => {
    const code = route.handler ? model.wiring.code(route.handler.file) : null;
    if (!route.handler || !code) return [];
    const { file, fn } = route.handler;
    const text = textIn(model, file, fn);
    const caught = /catch\s*\(\s*(\w+)/.exec(text);
    if (!caught || asksEnvironment.test(text)) return [];
    const from = fn.start + caught.index;
    const name = caught[1]!;
    const thrown = namesOf(text.slice(caught.index), name);
    const carried = thrown.flatMap((one) => [one, `${one}.message`, `${one}.stack`]);
    const codes = failingNames(text.slice(caught.index));
    const fails = (answer: string) =>
      failing.test(answer) || codes.some((code) => new RegExp(`\\b${code}\\b`).test(answer));
    const calls = code.calls
      .filter((call) => call.start >= from && call.end <= fn.end && answering.test(call.callee))
      .filter((call) => fails(model.view.text(file).slice(call.start, call.end)))
      .filter(
        (call) =>
          call.args.some((argument) => carries(argument, carried)) ||
          spelledOut(thrown).test(model.view.text(file).slice(call.start, call.end)),
      );
    const lines = calls.length > 0 ? [calls[0]!.line] : returnedLine(text, caught.index, thrown, fn.line);
    return lines.map((line) => noteOf({ file, line }, `answers 500 with ${name} as it was thrown`));
  });
}

const failing = /5\d\d|internal|serverError/i;

/** `reply.statusCode = 500; return { error: text }`: the answer is what the handler returns. */
function returnedLine(text: string, from: number, thrown: readonly string[], firstLine: number): number[] {
  const block = text.slice(from);
  const status = /(?:statusCode|\.status|\.code|set\.status)\s*(?:=|\()\s*5\d\d/.exec(block);
  if (!status) return [];
  const words = thrown.map((one, i) => (i === 0 || !/message|text/i.test(one) ? `${one}\\.(?:message|stack)` : one));
  const answer = new RegExp(`return\\s*\\{[^{}]{0,200}[:{]\\s*(?:${words.join('|')})\\s*[,}]`).exec(
    block.slice(status.index),
  );
  if (!answer) return [];
  const at = from + status.index + answer.index;
  return [firstLine + text.slice(0, at).split('\n').length - 1];
}

const answering = /(^|[. ])(send|json|jsonp|Response|\w*(?:[sS]erverError|[iI]nternalError)|text|createError)$|^data$/;

function carries(value: ValueFact, paths: readonly string[]): boolean {
  if (value.kind === 'ref') return paths.includes(value.path);
  if (value.kind === 'object') return Object.values(value.props).some((inner) => carries(inner, paths));
  if (value.kind === 'choice') return value.of.some((inner) => carries(inner, paths));
  if (value.kind === 'call')
    return (
      paths.some((path) => value.callee === `${path}.toString`) ||
      value.args.some((inner) =>
        carries(
          inner,
          // `String(error)` and `log(error)` say less than its message does; a text that holds the message says as much.
          paths.filter((path) => path.includes('.') || /message|text|msg/i.test(path)),
        ),
      )
    );
  return false;
}

const textIn = (model: AuditModel, file: string, fn: FunctionFact): string =>
  model.view.text(file).slice(fn.start, fn.end);
