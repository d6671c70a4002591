import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { containerKinds, type DeployedService, type Environment } from '../model/deployment.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import type { CallFact, ValueFact } from '../model/facts/index.ts';
import { no, type Signal, unknown, yes } from '../model/signal.ts';
import { matchesMember, packageOf, wantedOf, wantedPackages } from './shared/packages.ts';
import { livenessIn, shownCall } from './shared/reach.ts';
import { isAside, noteOf, placeOf } from './shared/scope.ts';
import { unplaced } from './shared/unplaced.ts';

const options = z.strictObject({ rung: z.enum(['present', 'wired', 'complete']) });
type Running = { environment: Environment; service: DeployedService };

export default defineDetector({
  name: 'ends-tls',
  asks: 'TLS is configured somewhere (present), in front of the component as it is deployed (wired), in each definition that runs it and at its own public port (complete)',
  reads: 'config',
  options,
  judge(model, component, { rung }) {
    if (!component) return no('asked of a component only');
    const running = model.deployment.servicesOf(component.path).filter(({ service }) => !service.oneShot);
    const managed = model.deployment.managed.get(component.path);
    const servers = serversOf(model, component);
    const own = [
      ...(managed ? [noteOf(managed.evidence, `${managed.platform} ends TLS`)] : []),
      ...servers.live,
      ...besideOf(model, component, running),
    ];
    const fronts = running.map((one) => ({ ...one, tls: frontOf(one, component) }));
    const shown = [...own, ...fronts.flatMap(({ tls }) => tls)];
    if (rung === 'complete') return completeness(component, own, fronts);
    if (shown.length > 0) return yes(...shown);
    // What ends TLS in a stack may do so for this one too.
    const open = running.length > 0 ? [] : unplaced(model).filter(({ environment }) => environment.tls.length > 0);
    if (open.length > 0)
      return unknown(
        'blind',
        'whether the stack that ends TLS runs it could not be told',
        open.flatMap(({ environment }) => environment.tls),
      );
    const idle = [...servers.dead, ...elsewhere(model)];
    const searched = `${placeOf(component)}: TLS at a platform, ingress, proxy, load balancer or https server`;
    return rung === 'present' && idle.length > 0 ? yes(...idle) : no(searched, idle);
  },
});

/** What ends TLS in front of the component in one definition. */
function frontOf({ environment, service }: Running, component: Component): Evidence[] {
  const own = environment.routes.filter((route) => route.component === component.path && route.tls);
  const tunnel = environment.services.filter(({ image }) => /(?:^|\/)cloudflared\b/.test(image ?? ''));
  return [
    ...environment.tls,
    ...own.map(({ evidence }) => evidence),
    ...tunnel.map(({ evidence }) => noteOf(evidence, 'a Cloudflare tunnel ends TLS')),
    ...(service.platform !== null && service.exposed && !isOpen(environment, service)
      ? [noteOf(service.evidence, `${service.platform} ends TLS`)]
      : []),
  ];
}

/** A platform that ends TLS only where it is told to, and is not. */
const isOpen = ({ routes }: Environment, { name }: DeployedService): boolean =>
  routes.some((route) => route.service === name && !route.tls);

/** An ingress may be applied by a definition of its own, which runs nothing. */
const besideOf = (model: AuditModel, component: Component, running: readonly Running[]): Evidence[] =>
  model.deployment.counting
    .filter((environment) => !running.some((one) => one.environment === environment))
    .filter((environment) => environment.routes.some((route) => route.component === component.path))
    .flatMap(({ tls }) => tls);

/** On a tie each definition has it; a port of its own beside a TLS front for the others is a plain entry point. */
function completeness(component: Component, own: Evidence[], fronts: (Running & { tls: Evidence[] })[]): Signal {
  if (own.length > 0) return yes(...own);
  const bare = fronts
    .filter(({ tls }) => tls.length === 0)
    .map(({ service, environment }) =>
      noteOf(service.evidence, `${service.name} in ${environment.id}: no TLS in front`),
    );
  const direct = fronts
    .filter(({ environment, service, tls }) => tls.length > 0 && isBeside(environment, service, component))
    .map(({ service }) =>
      noteOf(service.evidence, `${service.name} is published beside the TLS front, which does not lead to it`),
    );
  const short = [...bare, ...direct];
  return short.length === 0
    ? yes(...fronts.flatMap(({ tls }) => tls))
    : no(`${placeOf(component)}: TLS at each public entry point`, short);
}

const isBeside = ({ kind, routes }: Environment, service: DeployedService, component: Component): boolean =>
  containerKinds.some((one) => one === kind) &&
  routes.some((route) => route.tls && route.component !== null) &&
  !routes.some((route) => route.component === component.path || route.service === service.name) &&
  service.ports.some(({ host, container }) => host !== null && host !== 443 && container !== 443);

/** TLS in definitions that do not count, and in proxy configs that nothing deploys. */
function elsewhere(model: AuditModel): Evidence[] {
  const idle = model.deployment.environments
    .filter((environment) => !model.deployment.counting.includes(environment) && environment.kind !== 'platform')
    .flatMap(({ tls }) => tls);
  const used = new Set(
    model.deployment.environments
      .flatMap(({ tls, routes }) => [...tls, ...routes.map((r) => r.evidence)])
      .map(({ file }) => file),
  );
  const configs = model.facts.proxies
    .filter(({ path }) => !used.has(path) && !isAside(path))
    .flatMap(({ path, tls, listens }) => [
      ...tls.map(({ line, note }) => noteOf({ file: path, line }, note)),
      ...listens
        .filter((one) => one.tls)
        .map(({ line, port }) => noteOf({ file: path, line }, `listens on ${port} with TLS`)),
    ]);
  return [...idle, ...configs];
}

/** Servers of the code that are given a certificate: an `https.Agent` is a client's. */
function serversOf(model: AuditModel, component: Component): { live: Evidence[]; dead: Evidence[] } {
  const found = { live: [] as Evidence[], dead: [] as Evidence[] };
  if (component.language !== 'js') return found;
  const wiring = model.wiring.of(component);
  const wanted = wantedPackages(model.knowledge, { capability: 'tls-server' });
  for (const { file, fact, live } of wiring.calls()) {
    if (!isServer(fact, wanted)) continue;
    const evidence = noteOf({ file, line: fact.line }, shownCall(fact));
    const idle =
      livenessIn(wiring, live) === 'dead' ||
      isOptional(model.view.text(file), fact) ||
      readsElsewhere(model, file, fact);
    (idle ? found.dead : found.live).push(evidence);
  }
  return found;
}

/** `if (settings.key) https.createServer(…) else http.createServer(…)`: off unless a setting turns it on (ruling 15), other than the stage. */
const isOptional = (text: string, { start, end }: CallFact): boolean =>
  /^[^{}]*\}\s*else\s*\{[^{}]*(?:\bhttp\d?\.createServer\(|\.listen\()/.test(text.slice(end, end + 900)) &&
  !/NODE_ENV|isProd|production/i.test(text.slice(Math.max(0, start - 300), start));

/** `let httpsOptions = null; if (isLocal) httpsOptions = { key: readFileSync(…) }`: production reads no certificate. */
function readsElsewhere(model: AuditModel, file: string, { args }: CallFact): boolean {
  const props = args.flatMap((value) => (value.kind === 'object' ? Object.entries(value.props) : []));
  const held = props.flatMap(([name, value]) => (certifying.has(name) && value.kind === 'ref' ? [value.path] : []));
  const text = model.view.text(file);
  const reads = (model.wiring.code(file)?.calls ?? []).filter(({ callee }) => /(^|\.)readFile(Sync)?$/.test(callee));
  return held.some((name) => {
    const at = name.replace(/\W/g, '\\$&');
    const given = [...text.matchAll(new RegExp(`(?<![.\\w])${at}\\s*=\\s*\\{[^{}]*\\}`, 'g'))];
    return reads.some(
      ({ start, idle }) => idle && given.some(({ index, 0: whole }) => start > index && start < index + whole.length),
    );
  });
}

function isServer(call: CallFact, wanted: ReturnType<typeof wantedPackages>): boolean {
  const from = packageOf(call.origin);
  if (from === null) return false;
  if (wantedOf(from.package, wanted).some((one) => matchesMember(from.member, one.members))) return !from.made;
  return bySettings.has(from.package) && call.args.some(givesCertificate);
}

/** Frameworks that take the certificate as an option of the server. */
const bySettings = new Set(['fastify', '@nestjs/core', '@hapi/hapi', 'restify']);
const certifying = new Set(['https', 'httpsOptions', 'tls', 'certificate']);

const givesCertificate = (value: ValueFact): boolean =>
  value.kind === 'object' &&
  Object.entries(value.props).some(
    ([name, inner]) =>
      (certifying.has(name) && inner.kind !== 'null' && !(inner.kind === 'boolean' && !inner.value)) ||
      givesCertificate(inner),
  );
