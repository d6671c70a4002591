import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import type { CallFact, FunctionFact } from '../model/facts/index.ts';
import { rootOf } from '../model/origin.ts';
import { allOf, no, type Signal, yes } from '../model/signal.ts';
import type { Located } from '../model/wiring.ts';
import { isOneOf } from './shared/http.ts';
import { matchesPackage, wantedPackages } from './shared/packages.ts';
import { noteOf, placeOf, subjects } from './shared/scope.ts';

export default defineDetector({
  name: 'handles-termination',
  asks: '`handler`: something waits for SIGTERM; `installed`: in code that runs; `server`: and closes the server; `connections`: and the connections it holds',
  options: z.strictObject({ ask: z.enum(['handler', 'installed', 'server', 'connections']) }),
  judge(model, component, { ask }) {
    return allOf(subjects(model, component).map((subject) => judgeOne(model, subject, ask)));
  },
});

function judgeOne(
  model: AuditModel,
  component: Component,
  ask: 'handler' | 'installed' | 'server' | 'connections',
): Signal {
  const wiring = model.wiring.of(component);
  const helpers = wantedPackages(model.knowledge, { capability: 'graceful-shutdown' });
  const searched = `${placeOf(component)}: SIGTERM handlers, shutdown hooks, terminus and its kin`;
  const signals = wiring
    .called(/^process\.(on|once|addListener)$/)
    .filter((call) => listens(model, call))
    .concat(beforeExit(model, component));
  const hooks = wiring.calls(
    (call, file) =>
      /(^|\.)\w*(app|server|application|context|ctx)\w*\.enableShutdownHooks$/i.test(call.callee) ||
      isHelper(call) ||
      handedOn(call, file),
  );
  /** `health.createTerminus(server)`, where a module of ours exports the package's function again. */
  function handedOn({ form, callee, origin }: CallFact, file: string): boolean {
    return (
      form === 'call' &&
      origin?.from === 'module' &&
      /terminus|terminator|graceful|closeWithGrace|stoppable|lightship/i.test(callee) &&
      model.wiring.behind(file, { kind: 'ref', path: callee, origin }).some((use) => isOneOf(use, helpers))
    );
  }
  function isHelper(call: CallFact): boolean {
    const origin = rootOf(call.origin);
    return origin?.from === 'package' && isOneOf(origin, helpers);
  }
  // What a script of the house keeps for itself is no handler that somebody forgot to install.
  const ofTools = new Set(wiring.entries.filter(({ phase }) => phase !== 'runtime').map(({ file }) => file));
  const all = [...signals, ...hooks].filter(({ file, live }) => live === 'live' || !ofTools.has(file));
  const shown = (some: readonly Located<CallFact>[]) =>
    some
      .slice(0, 4)
      .map(({ file, fact }) =>
        noteOf(
          { file, line: fact.line },
          `${fact.callee}(${fact.args[0]?.kind === 'string' ? fact.args[0].value : '…'})`,
        ),
      );
  if (ask === 'handler') return all.length > 0 ? yes(...shown(all)) : no(searched);
  const live = all.filter((one) => one.live === 'live');
  if (ask === 'installed') return live.length > 0 ? yes(...shown(live)) : no(searched, shown(all));
  const hooked = hooks.filter((one) => one.live === 'live');
  if (hooked.length > 0 && ask === 'server') return yes(...shown(hooked));
  const textOf = (some: readonly Located<CallFact>[]) => some.map((one) => handlerText(model, one)).join('\n');
  const text = textOf(live);
  if (ask === 'server') {
    const worker = component.kind === 'worker' && /close|stop|disconnect|drain|quit|end\(/i.test(text);
    return closesServer(text) || worker
      ? yes(...shown(live))
      : no(`${placeOf(component)}: a call that closes the server on SIGTERM`, shown(live));
  }
  if (!holdsConnections(model, component)) return yes(...shown(live));
  const releases =
    releasing.test(`${text}\n${textOf(closingHooks(model, component))}\n${optionsText(model, hooked)}`) &&
    !leavesJobs(model, component, text);
  // Apollo drains the server, and knows of nothing else that is open.
  const nestHooks =
    hooked.some(({ fact }) => !/DrainHttpServer$|startStandaloneServer$|ApolloServer$/.test(fact.callee)) &&
    (wiring.own.some((file) =>
      /onModuleDestroy|onApplicationShutdown|beforeApplicationShutdown|@nestjs\/(typeorm|mongoose|sequelize|bull)/.test(
        model.view.text(file),
      ),
    ) ||
      signals.length === 0);
  // What a worker takes its jobs from is the connection that it holds.
  const stops = component.kind === 'worker' && stopsJobs.test(text);
  return releases || stops || nestHooks
    ? yes(...shown(live))
    : no(`${placeOf(component)}: connections closed on SIGTERM`, shown(live));
}

const closing =
  /([\w$]+)\s*\??\.(close|stop|shutdown|destroy|terminate|disconnect)\w*\(\s*(\(|async|function|err|resolve|\))?/gi;
const server =
  /^(server|httpServer|app|fastify|http|https|srv|api|instance|listener|_server|this)(?!\w*(schedulers?|queues?|workers?|crons?|jobs?)$)/i;
/** What a program holds open besides its server. */
const connection =
  /(client|conn|connection|channel|mongo|mongoose|redis|nats|stan|amqp|rabbit|mqtt|kafka|db|database|pool|prisma|knex|sequelize|queue|producer|consumer|publisher|subscriber|cache|source|orm|wrapper)(?:instance|service|manager)?s?$/i;
const releasing =
  /disconnect|\$disconnect|beforeExit|\.quit\(|\.end\(|pool|mongoose|connection|database|\bdb\b|prisma|redis|sequelize|knex|dataSource|client\.close|destroy\(|onApplicationShutdown|onModuleDestroy|closeDb|closeConnections|cleanup/i;
const stopsJobs = /(worker|consumer|queue|channel|subscriber|scheduler)\w*\.(close|stop|disconnect|cancel)\(/i;

/** A call that closes what takes requests; closing a connection to something else is not that. */
function closesServer(text: string): boolean {
  if (/closeServer|stopServer|shutdownServer|closeAll/i.test(text)) return true;
  return [...text.matchAll(closing)].some(
    ([, receiver, verb, argument]) =>
      server.test(receiver!) || (verb === 'close' && argument !== undefined && !connection.test(receiver!)),
  );
}

/** Jobs taken from Redis that go on until they are cut off, whatever else is closed. */
function leavesJobs(model: AuditModel, component: Component, text: string): boolean {
  if (component.kind !== 'worker' || stopsJobs.test(text) || /shutdown|closeAll|cleanup/i.test(text)) return false;
  const packages = model.wiring.of(component).packages();
  return ['bull', 'bullmq', 'bee-queue'].some((name) => packages.get(name)?.live === 'live');
}

/** Prisma's own hook of the process's end, in which a Nest application is closed. */
const beforeExit = (model: AuditModel, component: Component): Located<CallFact>[] =>
  model.wiring
    .of(component)
    .called(/\.\$on$/)
    .filter(({ fact: { args } }) => args[0]?.kind === 'string' && args[0].value === 'beforeExit' && args.length > 1);

/** `process.on('SIGTERM', …)`, or on a signal named by a variable, as `['SIGINT', 'SIGTERM'].forEach` feeds it. */
function listens(model: AuditModel, { file, fact }: Located<CallFact>): boolean {
  const [signal] = fact.args;
  if (signal?.kind === 'string') return signal.value === 'SIGTERM';
  return (signal?.kind === 'ref' && /sig/i.test(signal.path)) || model.view.text(file).includes('SIGTERM');
}

/** Files that hold the options of such a hook: what it calls on a signal is written there. */
const optionsText = (model: AuditModel, hooked: readonly Located<CallFact>[]): string =>
  hooked
    .flatMap(({ file, fact }) =>
      fact.args.flatMap((arg) => {
        const at = arg.kind === 'ref' && arg.origin ? model.wiring.resolveOrigin(file, arg.origin) : null;
        return at ? [model.view.text(at.file)] : [];
      }),
    )
    .join('\n');

/** What a server runs when it is closed: Fastify's `onClose`, hapi's `onPostStop`, the event of a plain one. */
const closingHooks = (model: AuditModel, component: Component): Located<CallFact>[] =>
  model.wiring
    .of(component)
    .called(/\.(addHook|ext|on|once)$/)
    .filter(
      ({ fact: { callee, args } }) =>
        !callee.startsWith('process.') &&
        args.length > 1 &&
        args[0]?.kind === 'string' &&
        (/^(onClose|preClose|onPreStop|onPostStop)$/.test(args[0].value) ||
          (args[0].value === 'close' && /(app|server|fastify)\w*\.on(ce)?$/i.test(callee))),
    )
    .filter(({ live }) => live === 'live');

/** The handler as text, with the functions that it calls by name in the same file and behind imports, four deep. */
function handlerText(model: AuditModel, { file, fact }: Located<CallFact>): string {
  const target = fact.args.length > 1 ? model.wiring.functionOf(file, fact.args.at(-1)!) : null;
  const parts: string[] = [];
  const seen = new Set<FunctionFact>();
  let open = [{ file, fn: fact as Pick<CallFact, 'start' | 'end'> }, ...(target ? [target] : [])];
  for (let depth = 0; depth < 4; depth++)
    open = open.flatMap(({ file: at, fn }) => {
      parts.push(model.view.text(at).slice(fn.start, fn.end));
      const calls = (model.wiring.code(at)?.calls ?? []).filter(({ start, end }) => start >= fn.start && end <= fn.end);
      return calls.flatMap(({ callee, origin }) => {
        const called = model.wiring.functionOf(at, { kind: 'ref', path: callee, origin });
        // A module of which no tree was read says what it does in its text alone.
        const module = called ? null : origin && model.wiring.resolveOrigin(at, origin)?.file;
        if (module && !model.wiring.code(module)) parts.push(model.view.text(module));
        if (!called || seen.has(called.fn)) return [];
        seen.add(called.fn);
        return [called];
      });
    });
  return parts.join('\n');
}

function holdsConnections(model: AuditModel, component: Component): boolean {
  const wanted = wantedPackages(model.knowledge, { capability: ['orm', 'database-driver', 'queue'] });
  return [...model.wiring.of(component).packages()].some(
    ([name, { live }]) => live === 'live' && wanted.some((one) => matchesPackage(name, one.package)),
  );
}
