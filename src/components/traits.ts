import type { ComponentKind, Trait } from '../model/component.ts';
import type { Evidence } from '../model/evidence.ts';
import { joinPath, relativeTo } from '../model/paths.ts';
import { writingMethods } from '../model/wiring.ts';
import { wranglerFiles } from '../model/wrangler.ts';
import type { Decision } from './decision.ts';
import { callsOf, listening, ownRunners, startsInProduction } from './kinds/listening.ts';
import { isServerless } from './serverless.ts';
import { hasFolder, ownFile, runtimeOf, type Signals, startedBy, uses } from './signals.ts';
import { stateOf } from './state.ts';

/** The traits of a component and what shows those that are not given by its kind. */
export function traitsOf(signals: Signals, decision: Decision): { traits: Trait[]; evidence: Evidence[] } {
  const { kind } = decision;
  if (decision.stub) return { traits: kind === 'mobile' ? ['ui'] : ['deployable'], evidence: [] };
  const http = answers(signals, kind);
  const deployable = kind === 'service' || kind === 'worker' || kind === 'web';
  const longrunning =
    (http !== null || kind === 'service' || kind === 'worker') && deployable && !isServerless(signals);
  const state = deployable && (http !== null || kind !== 'web') ? stateOf(signals, http !== null, kind) : null;
  const traits: Trait[] = [];
  if (http) traits.push('http');
  if (kind === 'web' || kind === 'mobile') traits.push('ui');
  if (deployable) traits.push('deployable');
  if (longrunning) traits.push('longrunning');
  if (state) traits.push('state');
  return { traits, evidence: [http, state].filter((one): one is Evidence => one !== null && one.file !== '') };
}

/** Requests it handles on a server, or null. */
function answers(signals: Signals, kind: ComponentKind): Evidence | null {
  if (kind === 'service')
    return isRpcOnly(signals) ? null : (firstRoute(signals) ?? listening(signals)[0] ?? signals.root.evidence[0]!);
  if (kind !== 'web') return null;
  return serverRendered(signals) ?? ownServer(signals) ?? functionsFolder(signals) ?? edgeScript(signals);
}

const importsOf = ({ facts }: Signals, file: string): string[] =>
  facts.sources.find(({ path }) => path === file)?.module.imports.map(({ specifier }) => specifier) ?? [];

/**
 * A server that runs with the app. One whose framework is a development dependency stands in for the host, to try the built files
 * out, unless it takes writes and `start` runs it: then it is the app's API.
 */
function ownServer(signals: Signals): Evidence | null {
  const at = listening(signals)[0] ?? startedServer(signals);
  if (!at || !signals.manifest || signals.images.length > 0 || signals.deployed.length > 0) return at;
  if (startsInProduction(at.file, signals)) return at;
  const isStarted = signals.wiring.entries.some(({ file, phase }) => file === at.file && phase === 'runtime');
  if (isStarted && signals.routes.some(({ method }) => writingMethods.has(method))) return at;
  const { dependencies, devDependencies } = signals.manifest;
  const servers = importsOf(signals, at.file).filter((name) =>
    signals.frameworks.some(({ fact }) => fact.kind === 'server' && fact.packages.includes(name)),
  );
  const isTried =
    servers.length > 0 &&
    servers.every((name) => name in devDependencies && !(name in dependencies)) &&
    Object.keys(dependencies).length > 0;
  return isTried ? null : at;
}

/** `fastify start app.js`: the framework's own program listens, beside the pages that a bundler builds. */
const startedServer = (signals: Signals): Evidence | null =>
  runtimeOf(signals, 'server') && signals.routes.length > 0
    ? (startedBy(signals, ...ownRunners)?.evidence ?? null)
    : null;

const firstRoute = (signals: Signals): Evidence | null => {
  const route = signals.routes.find(({ method }) => method !== 'EVENT');
  return route ? { file: route.file, line: route.line, note: `answers ${route.method} ${route.path}` } : null;
};

/** gRPC or a TCP protocol of its own, and no HTTP route beside it. */
function isRpcOnly(signals: Signals): boolean {
  if (signals.root.language !== 'js') return isForeignRpc(signals);
  if (signals.routes.some(({ method }) => method !== 'EVENT')) return false;
  const nest = callsOf(signals, /NestFactory\.\w+$/);
  if (nest.length > 0) {
    // A context is made to read the configuration, and listens to nothing.
    const made = nest.filter(({ fact }) => !fact.callee.endsWith('createApplicationContext'));
    if (made.every(({ fact }) => fact.callee.endsWith('createMicroservice'))) return made.length > 0;
    // An application that takes messages, and has no route that a request could ask for.
    return callsOf(signals, /\.connectMicroservice$/).length > 0 && signals.wiring.blind.length === 0;
  }
  const isGrpc = callsOf(signals, /\.bindAsync$|(^|\.)bind$/).length > 0 && uses(signals, 'grpc') !== null;
  return (
    isGrpc &&
    !signals.frameworks.some(({ fact, how }) => how === 'runtime' && fact.kind === 'server' && fact.name !== 'grpc')
  );
}

function isForeignRpc(signals: Signals): boolean {
  const names = signals.foreign.flatMap((manifest) => manifest.dependencies.map((d) => d.name));
  // Of .NET's packages only the server's says so: its clients call others.
  const rpc = names.some((name) => /grpc/i.test(name) && !/^Grpc\.(?!AspNetCore)/.test(name));
  const pages = names.some((name) =>
    /^(flask|django|fastapi|axum|actix-web)$|gin-gonic\/gin$|labstack\/echo|gorilla\/mux$|go-chi\/chi|gofiber|spring-boot-starter-web/i.test(
      name,
    ),
  );
  return rpc && !pages;
}

const configFiles = (name: string): string[] => ['js', 'mjs', 'ts', 'mts', 'cjs'].map((ending) => `${name}.${ending}`);

/** A framework that renders or answers on a server, unless it is told to give out files only. */
function serverRendered(signals: Signals): Evidence | null {
  const use = signals.frameworks.find(({ fact }) => fact.kind === 'full-stack');
  if (!use) return null;
  const config = (name: string): string => {
    const path = ownFile(signals, ...configFiles(name));
    return path ? signals.view.text(path) : '';
  };
  switch (use.fact.name) {
    case 'next':
      return exportsFiles(signals, config('next.config')) ? null : use.evidence;
    case 'nuxt':
      if (hasFolder(signals, 'server')) return use.evidence;
      return /\bssr\s*:\s*false/.test(config('nuxt.config')) || /nuxi? generate/.test(buildScript(signals))
        ? null
        : use.evidence;
    case 'react-router-framework':
    case 'remix':
      return /\bssr\s*:\s*false/.test(config('react-router.config') + config('vite.config')) ? null : use.evidence;
    case 'sveltekit':
      return uses(signals, 'sveltekit') && /adapter-static/.test(config('svelte.config')) ? null : use.evidence;
    case 'astro':
      return /output\s*:\s*['"](server|hybrid)|adapter\s*:/.test(config('astro.config')) ? use.evidence : null;
    default:
      return use.evidence;
  }
}

/** Next.js told to write files only. Beside an image or a server bundle, a script that can export is another way to publish. */
function exportsFiles(signals: Signals, config: string): boolean {
  if (/\boutput\s*:\s*['"]export['"]/.test(config)) return true;
  if (/\boutput\s*:\s*['"]standalone['"]/.test(config)) return false;
  return /next export/.test(signals.images.length > 0 ? buildScript(signals) : scripts(signals));
}

const scripts = (signals: Signals): string => Object.values(signals.manifest?.scripts ?? {}).join('\n');
const buildScript = (signals: Signals): string => signals.manifest?.scripts.build ?? '';

/** Functions that a host runs beside a static app. */
function functionsFolder(signals: Signals): Evidence | null {
  if (!signals.managed) return null;
  const folder = /^(api|functions|netlify\/functions|src\/functions|src\/api)\/.*\.[cm]?[jt]s$/;
  const vercel =
    signals.managed.platform === 'vercel' ||
    signals.managed.platform === 'netlify' ||
    signals.managed.platform === 'cloudflare';
  const file = vercel
    ? signals.own.find(
        (path) =>
          folder.test(relativeTo(path, signals.root.path)) && !/^src\/api\//.test(relativeTo(path, signals.root.path)),
      )
    : undefined;
  return file ? { file, line: 1, note: 'function of the host' } : null;
}

/** A script that runs at the edge beside the files of an app. */
function edgeScript(signals: Signals): Evidence | null {
  const path = wranglerFiles(signals.view, signals.root.path)[0];
  const text = path ? signals.view.text(path) : '';
  const at = text.search(/^\s*"?main"?\s*[:=]/m);
  const main = /^\s*"?main"?\s*[:=]\s*["']([^"']+)["']/m.exec(text)?.[1];
  const imports = main ? importsOf(signals, joinPath(signals.root.path, main) ?? main) : [];
  // A script of Workers Sites that only hands out the built files.
  if (imports.length > 0 && imports.every((name) => name === '@cloudflare/kv-asset-handler')) return null;
  return at === -1 ? null : { file: path!, line: text.slice(0, at).split('\n').length, note: 'script at the edge' };
}
