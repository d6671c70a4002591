import type { Evidence } from '../../model/evidence.ts';
import { baseOf, isWithin } from '../../model/paths.ts';
import { type Decide, type Decision, home } from '../decision.ts';
import { functionConfig, handedOver } from '../serverless.ts';
import { type FrameworkUse, ownFile, packageBehind, runtimeOf, type Signals, startedBy, uses } from '../signals.ts';
import { hasMain, isOffered, isPlaced } from './library.ts';
import { callsOf, isServer, listening, ownRunners } from './listening.ts';
import { workspaceProject } from './workspace-project.ts';

/** Server kits that do nothing by being there: they show a service only where something listens. */
const onlyParts = new Set(
  'trpc orpc ts-rest mcp ws socket.io grpc connect-rpc aws-lambda serverless sst express-graphql json-server convex hasura probot bolt cloudflare-workers vercel-functions netlify-functions'.split(
    ' ',
  ),
);
const cmsPrograms = 'strapi medusa directus keystone payload sanity ghost'.split(' ');
const runtimes =
  'node tsx ts-node ts-node-dev tsnd nodemon bun deno pm2 pm2-runtime swc-node babel-node esrun vite-node'.split(' ');

/** Back ends that listen, functions that a platform calls with requests, and what listens to nobody but runs. */
export const service: Decide = (signals) =>
  functions(signals) ??
  contentServer(signals) ??
  nest(signals) ??
  listener(signals) ??
  byKit(signals) ??
  byStart(signals);

function functions(signals: Signals): Decision | null {
  if (isOffered(signals) && !isPlaced(signals)) return null;
  const config = functionConfig(signals) ?? ownFile(signals, 'sst.config.ts');
  const use = uses(
    signals,
    'azure-functions',
    'google-functions',
    'serverless',
    'cloudflare-workers',
    'aws-lambda',
    'hono',
    'sst',
    'itty-router',
  );
  const request = signals.routes.find(({ framework }) => framework === 'firebase-functions');
  if (!config && request)
    return {
      kind: 'service',
      evidence: [{ file: request.file, line: request.line, note: 'a function that requests call' }],
      framework: 'google-functions',
    };
  if (!config) return named(signals, use);
  if (signals.work.length === 0 && (!use || use.fact.name === 'sst')) return null;
  const known = signals.facts.platforms.find(({ path }) => path === config)?.functions ?? [];
  return {
    kind: known.length > 0 && known.every(({ by }) => by === 'event') ? 'worker' : 'service',
    evidence: [{ file: config, line: 1, note: 'functions that a platform runs' }, ...(use ? [use.evidence] : [])],
    ...(use && { framework: use.fact.name }),
  };
}

/** Named by a configuration further up: requests reach it where a framework answers them, or where it has the shape of a fetch handler. */
function named(signals: Signals, use: FrameworkUse | null): Decision | null {
  const entries = signals.wiring.entries.filter(
    ({ reason, phase }) => phase === 'runtime' && reason.endsWith('the function configuration names it'),
  );
  const asked = signals.wiring.entries.find(({ reason }) => reason.endsWith('an HTTP event calls it'));
  const answers = use !== null && use.fact.name !== 'sst' && signals.routes.some(({ method }) => method !== 'EVENT');
  const fetches = ({ file }: { file: string }): boolean =>
    /export\s+default\s*\{[^}]*?\bfetch\s*[(:,]/.test(signals.view.text(file));
  const entry = asked ?? (answers ? entries[0] : entries.find(fetches));
  // A route of the stack leads to it.
  const routed = signals.deployed.find(
    ({ serverless, exposed, platform }) => serverless && exposed && /lambda/.test(platform ?? ''),
  );
  if (!entry && routed) return { kind: 'service', evidence: [routed.evidence] };
  const answered = handedOver(signals);
  if (!entry && answered)
    return {
      kind: 'service',
      evidence: [{ file: answered.file, line: answered.line, note: 'answers requests, and a platform starts it' }],
    };
  if (!entry) return null;
  return {
    kind: 'service',
    evidence: [entry.evidence, ...(use ? [use.evidence] : [])],
    ...(use && { framework: use.fact.name }),
  };
}

function contentServer(signals: Signals): Decision | null {
  const use = runtimeOf(signals, 'cms');
  const started = startedBy(signals, ...cmsPrograms);
  return use && started
    ? { kind: 'service', evidence: [use.evidence, started.evidence], framework: use.fact.name }
    : null;
}

const brokers = /RMQ|KAFKA|NATS|REDIS|MQTT/;

/** Nest says at its start what it listens to: requests, a broker, or nothing. */
function nest(signals: Signals): Decision | null {
  const started = callsOf(signals, /NestFactory\.(create|createMicroservice|createApplicationContext)$/);
  if (started.length === 0 || (isOffered(signals) && !isPlaced(signals) && signals.starts.length === 0)) return null;
  const evidence = started.map(({ file, fact }) => ({ file, line: fact.line, note: fact.callee }));
  if (started.some(({ fact }) => fact.callee.endsWith('.create')))
    return healthOnly(signals, { kind: 'service', evidence, framework: 'nest' });
  const options = JSON.stringify(started.map(({ fact }) => fact.args));
  const overBroker =
    brokers.test(options) || (!/TCP|GRPC/.test(options) && uses(signals, 'rabbitmq', 'kafka', 'nats') !== null);
  const isContext = started.every(({ fact }) => fact.callee.endsWith('createApplicationContext'));
  if (isContext && !isPlaced(signals) && !runtimeOf(signals, 'worker')) return null;
  return { kind: overBroker || isContext ? 'worker' : 'service', evidence, framework: 'nest' };
}

function listener(signals: Signals): Decision | null {
  const found = listening(signals);
  if (found.length === 0) return null;
  // What is published for others and only tried out here runs in whatever asks for it.
  const triedOut = signals.manifest?.private === false && signals.imported ? /^(dev|develop|preview|watch)/ : /^watch/;
  const isRun = isPlaced(signals) || signals.starts.some(({ by }) => !triedOut.test(by));
  if ((isOffered(signals) || isPublished(signals)) && !isRun) return null;
  if (isCommand(signals) && !isPlaced(signals)) return null;
  const use = runtimeOf(signals, 'server', 'cms');
  return healthOnly(signals, {
    kind: 'service',
    evidence: [...found.slice(0, 2), ...(use ? [use.evidence] : [])],
    ...(use && { framework: use.fact.name }),
  });
}

/** Described for a registry, with a file for importers: what listens in it does so when they ask. */
const isPublished = (signals: Signals): boolean =>
  hasMain(signals) &&
  !signals.manifest!.private &&
  [signals.manifest!.raw.keywords, signals.manifest!.raw.files].some((list) => Array.isArray(list) && list.length > 0);

const workerName = /(^|[-_])(workers?|consumers?|processors?|schedulers?|crons?|jobs?|queue)$/i;
/** A server beside a program that has none, for whoever asks how that one is. */
const healthName = /(^|[-_])(health-?checks?|health|heartbeat|probe)$/i;
const healthPath =
  /^\/?(api\/)?(v\d\/)?(health|healthz|healthcheck|health-check|ready|readyz|readiness|live|livez|liveness|metrics|ping|status)?(\/(live|ready))?\/?$/i;

/** A consumer that answers only "are you well" still listens to nobody. */
function healthOnly(signals: Signals, decision: Decision): Decision {
  const asked = signals.routes.filter((route) => route.method !== 'EVENT');
  if (!asked.every(({ method, path }) => /^(GET|HEAD|ALL)$/.test(method) && healthPath.test(path))) return decision;
  const name = signals.root.path === '.' ? signals.root.name : baseOf(signals.root.path);
  if (asked.length > 0 && healthName.test(name))
    return { kind: 'tool', evidence: [home(signals, `named ${name}, and answers no more than that`)] };
  const consumer = runtimeOf(signals, 'worker')?.evidence;
  const shown = workerName.test(name)
    ? home(signals, `named ${name}, and answers no more than its health`)
    : asked.length > 0 || answersNothing(signals)
      ? consumer
      : null;
  return shown ? { ...decision, kind: 'worker', evidence: [shown, ...decision.evidence] } : decision;
}

/** A server that its kit builds from files by their place: the kit is needed for the build alone, so a devDependency shows it. */
function byKit(signals: Signals): Decision | null {
  const use = uses(signals, 'nitro');
  const started = startedBy(signals, 'nitropack', 'nitro');
  if (!use || !started || signals.routes.length === 0) return null;
  return { kind: 'service', evidence: [use.evidence, started.evidence], framework: use.fact.name };
}

/** A server that is opened, and given nothing to answer with. */
const answersNothing = (signals: Signals): boolean =>
  signals.wiring.blind.length === 0 &&
  signals.wiring.middleware().length === 0 &&
  callsOf(signals, /\.(use|register|route|routes|all|on|decorate|setGlobalPrefix)$/).every(
    ({ fact }) => !isServer(packageBehind(fact.origin) ?? '', signals),
  );

/** A server framework and a script that starts a file of ours: the call that listens may stand where it cannot be read. */
function byStart(signals: Signals): Decision | null {
  const use = signals.frameworks.find(
    ({ fact, how }) => fact.kind === 'server' && how === 'runtime' && !onlyParts.has(fact.name),
  );
  if (!use || signals.work.length === 0 || isContextOnly(signals)) return null;
  const started = startedBy(signals, ...ownRunners) ?? startedBy(signals, ...runtimes);
  const executor = workspaceProject(signals).executors.find((name) => /:(node|serve)$|nest|node:/.test(name));
  if (!started && !executor) return null;
  if (isOffered(signals) && !isPlaced(signals)) return null;
  if (signals.routes.length === 0 && runtimeOf(signals, 'worker') && !isListeningUnseen(signals)) return null;
  return {
    kind: 'service',
    evidence: [use.evidence, started?.evidence ?? home(signals, `run by ${executor}`)],
    framework: use.fact.name,
  };
}

/** Nest without a server: a command line or a job. */
function isContextOnly(signals: Signals): boolean {
  const started = callsOf(
    signals,
    /NestFactory\.(create|createMicroservice|createApplicationContext)$|CommandFactory\.run\w*$/,
  );
  return started.length > 0 && started.every(({ fact }) => !/\.create(Microservice)?$/.test(fact.callee));
}

const isListeningUnseen = (signals: Signals): boolean => signals.wiring.blind.length > 0;

/** Consumers, schedules, bots: started or deployed, and open to nobody. */
export const worker: Decide = (signals) => {
  if (!isPlaced(signals) && isContextOnly(signals) && usesCommands(signals)) return null;
  const use = runtimeOf(signals, 'worker');
  const run = signals.starts.find(
    ({ run: { file, program }, by }) => by === 'image' || file !== null || runtimes.includes(program),
  );
  const started: Evidence | undefined = (run ?? signals.starts[0])?.evidence;
  // Code for others that an image holds for their sake runs only if something of its own is started.
  if (use && started && (!isOffered(signals) || (run && isPlaced(signals))))
    return { kind: 'worker', evidence: [use.evidence, started], framework: use.fact.name };
  if (isOffered(signals) || isCommand(signals) || signals.work.length === 0) return null;
  const placed = signals.deployed.find((found) => !preparing.test(found.name));
  if (placed) return { kind: 'worker', evidence: [placed.evidence, ...(started ? [started] : [])] };
  const image = signals.images.find((path) => isWithin(path, signals.root.path));
  return image && started && !preparing.test(signals.root.name)
    ? { kind: 'worker', evidence: [{ file: image, line: 1, note: 'image of its own' }, started] }
    : null;
};

/** A published command line may have an image for those who would rather not install it. */
const isCommand = ({ manifest }: Signals): boolean =>
  manifest !== null && !manifest.private && Object.keys(manifest.bin).length > 0;

const usesCommands = (signals: Signals): boolean =>
  [...signals.wiring.packages().keys()].some((name) => /^nest(js)?-command(er)?$/.test(name));

const preparing = /seed|migrat|init|setup|bootstrap|install/i;

/** A folder with a server's manifest and none of its code. */
export const serviceStub: Decide = (signals) => {
  if (signals.own.some((file) => /\.([cm]?[jt]sx?|vue|py|go|java|rb|php|cs|rs)$/.test(file))) return null;
  const use = runtimeOf(signals, 'server');
  const isMeant =
    use !== null || (signals.manifest === null && /(^|\/)(services|microservices)\//.test(signals.root.path));
  return isMeant
    ? {
        kind: 'service',
        evidence: [use?.evidence ?? home(signals, 'meant as a service, nothing in it that runs')],
        stub: true,
      }
    : null;
};
