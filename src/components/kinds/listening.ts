import type { Evidence } from '../../model/evidence.ts';
import type { CallFact } from '../../model/facts/index.ts';
import { isWithin } from '../../model/paths.ts';
import type { Located } from '../../model/wiring.ts';
import { packageBehind, type Signals } from '../signals.ts';

const nodeServers = new Set(['http', 'https', 'http2', 'node:http', 'node:https', 'node:http2']);
/** Functions that start to listen by being called, whatever they are given. */
const serving = /^(serve|startStandaloneServer|Bun\.serve|Deno\.serve)$/;
/** Listeners of changes, who is logged in or where the browser is, which take a function by its name. */
const follows = /(^|\.)(currentUser|isSignedIn|auth2?|history|store|observer|emitter|events?|bus)\.listen$/;
const listenMember = /(^|\.)(listen|listenAsync|bindAsync|startAllMicroservicesAsync)$/;
/** Every way a call that opens a port may end. */
const opening =
  /(^|\.)(serve|startStandaloneServer|listen|listenAsync|bindAsync|startAllMicroservicesAsync|start|lift)$/;
const consumers = new Set([
  'nats',
  'node-nats-streaming',
  'stan',
  'kafkajs',
  'amqplib',
  'history',
  'tsee',
  'events',
  'node:events',
]);

/** Programs of server frameworks that open the port for the code they are given. */
export const ownRunners = 'adonis ace egg-bin egg-scripts sails feathers moleculer-runner fastify encore nest'.split(
  ' ',
);

/** Servers that stand in for another one while developing. */
const standIn = /(^|[/._-])(mocks?|msw|stubs?|fake)([/._-]|$)/i;

/** `"start": "NODE_ENV=production node mock-server/server.js"`: the program says itself that this is what serves, whatever its name. */
export const startsInProduction = (file: string, { manifest, wiring }: Signals): boolean =>
  /\bNODE_ENV=production\b/.test(manifest?.scripts.start ?? '') &&
  wiring.entries.some((entry) => entry.file === file && entry.phase === 'runtime');

const known = new WeakMap<Signals, Evidence[]>();

/** Calls that open a port, with what they stand for. Asked for by several decisions, looked for once. */
export function listening(signals: Signals): Evidence[] {
  let found = known.get(signals);
  if (!found) {
    found = signals.calls
      .filter(
        ({ file, fact }) =>
          opensPort(fact, file, signals) &&
          ((!standIn.test(file) && isWork(file, signals)) || startsInProduction(file, signals)),
      )
      .map(({ file, fact }) => ({ file, line: fact.line, note: `listens: ${fact.callee}` }));
    known.set(signals, found);
  }
  return found;
}

/** Scripts and tools of the component may listen for a moment; that is not what it is. */
const isWork = (file: string, { root, work }: Signals): boolean => !isWithin(file, root.path) || work.includes(file);

function opensPort(call: CallFact, file: string, signals: Signals): boolean {
  const { callee, form, origin, args } = call;
  if (form === 'new' ? !/Server$/.test(callee) : form !== 'call' || !opening.test(callee)) return false;
  const from = packageBehind(origin);
  if (from !== null && consumers.has(from)) return false;
  if (form === 'new') return from === 'socket.io' ? args.length > 0 : from === 'ws' && hasPort(call);
  const server = from !== null && (nodeServers.has(from) || isServer(from, signals));
  // What made the value is not always to be seen; in its own code a component may listen on anything that takes a port.
  if (listenMember.test(callee))
    return server || (from === null && takesPort(call) && !follows.test(callee) && isWithin(file, signals.root.path));
  return server || (serving.test(callee) && callee.includes('.'));
}

/** A package of a server framework. */
export const isServer = (name: string, signals: Signals): boolean =>
  [...signals.knowledge.frameworks.values()].some(
    (fact) =>
      (fact.kind === 'server' || fact.kind === 'cms') &&
      fact.packages.some((p) => name === p || name.startsWith(`${p}/`)),
  );

const takesPort = ({ args }: CallFact): boolean =>
  args[0] !== undefined && !['string', 'template', 'function', 'array', 'null'].includes(args[0].kind);
const hasPort = ({ args }: CallFact): boolean =>
  args.some((arg) => arg.kind === 'number' || (arg.kind === 'object' && 'port' in arg.props));

/** Calls whose callee ends in one of the names. */
export const callsOf = (signals: Signals, callee: RegExp): Located<CallFact>[] =>
  signals.calls.filter(({ fact }) => callee.test(fact.callee));
