import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import { allOf, no, type Signal, yes } from '../model/signal.ts';
import { loggingFastify } from './shared/fastify-logger.ts';
import { declaredIn } from './shared/manifests.ts';
import { wantedPackages } from './shared/packages.ts';
import { importsOf, judgeSightings, livenessIn, type Sighting, usesOf } from './shared/reach.ts';
import { isAside, noteOf, once, placeOf, subjects } from './shared/scope.ts';

export default defineDetector({
  name: 'logs-structured',
  asks: '`exists`: a structured logger is installed or written; `used`: code that runs logs by it; `mostly`: and more of it than writes to the console',
  options: z.strictObject({ ask: z.enum(['exists', 'used', 'mostly']) }),
  judge(model, component, { ask }) {
    return allOf(subjects(model, component).map((subject) => judgeOne(model, subject, ask)));
  },
});

const structuredLoggers = once((model) =>
  wantedPackages(model.knowledge, { capability: 'structured-logger' }).filter(
    (one) => !one.tags.includes('text') && !one.tags.includes('default-logger'),
  ),
);

function judgeOne(model: AuditModel, component: Component, ask: 'exists' | 'used' | 'mostly'): Signal {
  const wiring = model.wiring.of(component);
  const wanted = structuredLoggers(model);
  const uses = [
    ...usesOf(model, component, wanted),
    ...loggingFastify(model, component),
    ...ownLoggers(model, component),
    ...jsonNest(model, component),
    ...sentryLogs(model, component),
  ];
  const live = uses.filter((one) => one.live === 'live').map((one) => one.evidence);
  const searched = `${placeOf(component)}: a structured logger (pino, winston, bunyan and their kin, Nest's with JSON) in code that runs`;
  if (ask === 'exists') {
    const found = [
      ...live,
      ...declaredIn(model, component, wanted),
      ...importsOf(wiring, wanted).map((one) => one.evidence),
    ];
    return found.length > 0 ? yes(...found.slice(0, 4)) : no(searched, consoleCalls(model, component).slice(0, 3));
  }
  if (live.length === 0) return judgeSightings(uses, wiring, searched);
  if (ask === 'used') return yes(...live.slice(0, 4));
  const written = consoleCalls(model, component);
  const logged = loggerCalls(model, component);
  const beside = onlyAroundStart(model, component, written, logged);
  if (beside.length > 0)
    return no(`${placeOf(component)}: the logger in code that answers requests, not only where the program starts`, [
      ...beside.slice(0, 3),
      ...logged.slice(0, 2),
    ]);
  if (written.length < 5 || written.length <= logged.length) return yes(...live.slice(0, 2), ...logged.slice(0, 2));
  return no(`${placeOf(component)}: more by the logger (${logged.length}) than by console (${written.length})`, [
    ...written.slice(0, 3),
    ...live.slice(0, 2),
  ]);
}

/** Where a program starts, connects and stops: what is logged there says nothing of requests. */
const connecting = /(?:db|database|mongo|sequelize|prisma|redis|connect|server|logger|logging)[\w-]*\.[cm]?[jt]s$/i;
/** They log each request by a structured logger, or hand what they log on to one. */
const requestLogger =
  /pino-http|pino-logger|nestjs-pino|hono-pino|express-winston|nest-winston|bunyan-(logger|middleware)|request-logger/;

/** Calls of the console in code under requests, where the logger is called at the start alone. */
function onlyAroundStart(
  model: AuditModel,
  component: Component,
  written: readonly Evidence[],
  logged: readonly Evidence[],
): Evidence[] {
  const wiring = model.wiring.of(component);
  if (wiring.blind.length > 0 || component.frameworks.includes('fastify')) return [];
  if ([...wiring.packages().keys()].some((name) => requestLogger.test(name))) return [];
  // A logger that is called by no name we know, or that takes over what another one writes, may log anything.
  if (wiring.called(byLogger).length === 0) return [];
  const piped = wiring.calls((call) => call.args.some((arg) => arg.kind === 'object' && 'stream' in arg.props));
  if (piped.length > 0) return [];
  const answering = new Set(wiring.routes().map(({ file }) => file));
  const starts = new Set(wiring.entries.map(({ file }) => file).filter((file) => !answering.has(file)));
  const isStart = ({ file }: Evidence): boolean => starts.has(file) || connecting.test(file);
  if (logged.some((one) => !isStart(one))) return [];
  return written.filter((one) => !isStart(one));
}

const levels = '(log|info|warn|warning|error|debug|trace|fatal|verbose|http|silly|notice|child)';
const ofLogger = new RegExp(`(^|\\.)logger\\.${levels}$`);
const byLogger = new RegExp(
  `(^|\\.)(\\w*logger|log|logging|winston|pino|bunyan|consola|tslog)(\\(\\))?\\.${levels}$`,
  'i',
);

/** Code for the browser and scripts beside the program do not log requests. */
const serves = (model: AuditModel, file: string): boolean =>
  !isAside(file) &&
  !/(^|\/)(scripts?|bin|cli|tools?|migrations?|seeds?|client|frontend|public|components|hooks)\/|[./]client\.[cm]?[jt]sx?$|\.(vue|svelte)$/i.test(
    file,
  ) &&
  model.wiring.code(file)?.directives.includes('use client') !== true;

const consoleCalls = once((model, component: Component): Evidence[] => {
  const wiring = model.wiring.of(component);
  return wiring
    .called(/^console\.(log|info|warn|error|debug)$/)
    .filter(({ file, live }) => live === 'live' && serves(model, file) && !/logger|logging/i.test(file))
    .map(({ file, fact }) => noteOf({ file, line: fact.line }, `${fact.callee}(…)`));
});

const loggerCalls = once((model, component: Component): Evidence[] =>
  model.wiring
    .of(component)
    .called(byLogger)
    .filter(({ file, live }) => live !== 'dead' && serves(model, file))
    .map(({ file, fact }) => noteOf({ file, line: fact.line }, `${fact.callee}(…)`)),
);

/** A logger of the repository that writes one JSON object a line. */
function ownLoggers(model: AuditModel, component: Component): Sighting[] {
  const wiring = model.wiring.of(component);
  return wiring
    .called(/^(console\.(log|info|error|warn|debug)|process\.stdout\.write)$/)
    .filter(({ file }) => /log/i.test(file.slice(file.lastIndexOf('/') + 1)) && !isAside(file))
    .filter(({ file, fact }) => {
      const fn = model.wiring.code(file)?.functions[fact.within];
      const text = model.view.text(file).slice(fn?.start ?? fact.start, fn?.end ?? fact.end);
      return /JSON\.stringify\(/.test(text) && /level|severity/i.test(text);
    })
    .map(({ file, fact, live }) => ({
      evidence: noteOf({ file, line: fact.line }, 'logger of its own that writes JSON'),
      live: livenessIn(wiring, live),
    }));
}

/** `new ConsoleLogger({ json: true })`, or `super({ json: true })` of a class that extends it. */
function jsonNest(model: AuditModel, component: Component): Sighting[] {
  const wiring = model.wiring.of(component);
  return wiring
    .called(/ConsoleLogger$|^super$/)
    .filter(
      ({ file, fact }) =>
        fact.callee !== 'super' || model.wiring.code(file)?.units[fact.unit]?.uses.includes('ConsoleLogger') === true,
    )
    .filter(({ fact }) => fact.args.some((arg) => arg.kind === 'object' && 'json' in arg.props))
    .map(({ file, fact, live }) => ({
      evidence: noteOf({ file, line: fact.line }, "Nest's logger with JSON"),
      live: livenessIn(wiring, live),
    }));
}

/** `Sentry.logger.error('…', { order })`: its structured logs, which are apart from the errors it records. */
function sentryLogs(model: AuditModel, component: Component): Sighting[] {
  const wiring = model.wiring.of(component);
  return wiring
    .called(ofLogger)
    .filter(({ fact: { origin } }) => origin?.from === 'package' && origin.package.startsWith('@sentry/'))
    .map(({ file, fact, live }) => ({
      evidence: noteOf({ file, line: fact.line }, `${fact.callee}(…)`),
      live: livenessIn(wiring, live),
    }));
}
