import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import type { CallFact } from '../model/facts/index.ts';
import type { CapabilityPackage } from '../model/knowledge.ts';
import { rootOf } from '../model/origin.ts';
import { baseOf, isWithin } from '../model/paths.ts';
import { allOf, no, type Signal, yes } from '../model/signal.ts';
import { httpCaching, keptByConfiguration, lasting } from './shared/http-caching.ts';
import { packageOf, wantedOf, wantedPackages } from './shared/packages.ts';
import { importsOf, judgeSightings, livenessIn, type Sighting, usesOf } from './shared/reach.ts';
import { linesOfResource } from './shared/resources.ts';
import { isAside, noteOf, once, placeOf, sourcesByPath, subjects } from './shared/scope.ts';

export default defineDetector({
  name: 'caches-answers',
  asks: '`exists`: a cache shared by instances, or HTTP caching, is set up; `used`: and what answers requests uses it. A store of sessions, jobs or limits is no cache',
  options: z.strictObject({ ask: z.enum(['exists', 'used']) }),
  judge(model, component, { ask }) {
    return allOf(subjects(model, component).map((subject) => judgeOne(model, subject, ask)));
  },
});

function judgeOne(model: AuditModel, component: Component, ask: 'exists' | 'used'): Signal {
  const every = wantedPackages(model.knowledge, { capability: 'cache' });
  const stores = every.filter((one) => !one.tags.includes('redis'));
  const sightings = [
    ...usesOf(model, component, stores),
    ...storeUses(model, component),
    ...httpCaching(model, component),
  ];
  const configured = [
    ...keptByConfiguration(model, component),
    ...byProxy(model, component),
    ...byDistribution(model, component),
  ];
  const live = sightings.filter((one) => one.live === 'live').map((one) => one.evidence);
  const searched = `${placeOf(component)}: a cache client on request paths, Cache-Control, revalidation, a caching proxy`;
  if (live.length > 0 || configured.length > 0) return yes(...live.slice(0, 4), ...configured.slice(0, 2));
  if (ask === 'used' || sightings.some((one) => one.live === 'unknown'))
    return judgeSightings(sightings, model.wiring.of(component), searched);
  // A client named for caching, or one that nothing at all uses, is a cache that was meant.
  const idle = [...sightings.map((one) => one.evidence), ...idleClients(model, component)];
  return idle.length > 0 ? yes(...idle.slice(0, 3)) : no(searched);
}

/** Redis holds many things; what these words speak of is kept, not cached. */
const kept =
  /session|auth|token|login|otp|verif|confirm|invit|queue|job|bull|worker|rate|limit|throttl|lock|mutex|pub_?sub|publish|subscrib|socket|presence|online|event|stream|message|broker|blacklist|denylist|counter|leaderboard|health|cart|basket|upload|\btus\b|doc_?store|vector/i;
const storing =
  /(^|\.)(get|set|setex|setEx|psetex|pSetEx|mget|mset|hget|hset|hgetall|hGet|hSet|hGetAll|getex|json\.get|json\.set|fetch|wrap|remember|getOrSet|add|replace)$/;

function storeUses(model: AuditModel, component: Component): Sighting[] {
  const wiring = model.wiring.of(component);
  const redis = wantedPackages(model.knowledge, { capability: 'cache', tags: ['redis'] });
  const stores = wiring.called(storing);
  const direct = stores.filter(({ fact }) => {
    const from = packageOf(fact.origin);
    return from?.made === true && wantedOf(from.package, redis).length > 0;
  });
  const through = stores.filter(({ fact, file }) => leadsTo(model, fact, file) || isClientOf(model, fact, file, redis));
  return [...direct, ...through]
    .filter(
      ({ file, fact }) =>
        !isAside(file) && !kept.test(speaks(model, file, fact)) && !servesKept(model, component, file),
    )
    .map(({ file, fact, live }) => ({
      evidence: noteOf({ file, line: fact.line }, `${fact.callee}(…)`),
      live: livenessIn(wiring, live),
    }));
}

/** A wrapper around the client is what those who take it make of it. */
function servesKept(model: AuditModel, component: Component, file: string): boolean {
  if (/cache/i.test(file)) return false;
  const takers = (importers(model).get(file) ?? []).filter((path) => isWithin(path, component.path));
  return takers.length > 0 && takers.every((path) => kept.test(baseOf(path)));
}

/** By file, those that import it for more than its types. */
const importers = once((model): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>();
  for (const { path, module } of model.facts.sources) {
    if (isAside(path)) continue;
    const targets = module.imports
      .filter((one) => !one.typeOnly)
      .map((one) => model.wiring.resolve(path, one.specifier));
    for (const target of new Set(targets)) {
      if (target === null) continue;
      const paths = found.get(target);
      if (paths) paths.push(path);
      else found.set(target, [path]);
    }
  }
  return found;
});

const cacheName = /(?:cache|redis)\w*\./i;

/** A name alone is no cache: it has to come from a module of the repository or from a package. */
function leadsTo(model: AuditModel, call: CallFact, file: string): boolean {
  if (!cacheName.test(call.callee)) return false;
  const origin = rootOf(call.origin);
  if (origin === null) return call.callee.startsWith('this.');
  if (origin.from !== 'module') return false;
  // `from '.'` inside `cache/` says no more than its folder does.
  const target = model.wiring.resolveOrigin(file, origin)?.file ?? '';
  if (keepsInProcess(model, target)) return false;
  return /cache|redis/i.test(`${origin.specifier} ${origin.name} ${target}`);
}

/** A module around a cache that one process keeps for itself. */
function keepsInProcess(model: AuditModel, file: string): boolean {
  const imported = (sourcesByPath(model).get(file)?.module.imports ?? []).map(({ specifier }) => specifier);
  const of = (capability: string): boolean =>
    wantedPackages(model.knowledge, { capability }).some((one) => imported.includes(one.package));
  return of('memory-cache') && !of('cache');
}

/** A client of Redis that another module made, whatever both call it. */
function isClientOf(model: AuditModel, call: CallFact, file: string, redis: readonly CapabilityPackage[]): boolean {
  const origin = rootOf(call.origin);
  if (origin?.from !== 'module') return false;
  const made = model.wiring.resolveOrigin(file, origin);
  if (!made) return false;
  const code = model.wiring.code(made.file);
  // `export default client` declares nothing of its own: it is what it reads.
  const names = [
    made.name,
    ...(code?.units ?? []).flatMap((unit) =>
      unit.declares.includes('*default*') && made.name === '*default*' ? unit.uses : [],
    ),
  ];
  return (code?.calls ?? []).some((one) => {
    const from = names.includes(one.assignedTo ?? '') ? packageOf(one.origin) : null;
    return from !== null && wantedOf(from.package, redis).length > 0;
  });
}

/** The words around a use: its file, the function that holds it, the key. */
function speaks(model: AuditModel, file: string, call: CallFact): string {
  const fn = model.wiring.code(file)?.functions[call.within];
  const key = call.args[0];
  const written = key?.kind === 'template' ? key.parts.join(' ') : key?.kind === 'string' ? key.value : undefined;
  const words = key?.kind === 'ref' ? key.path : written;
  return [...file.split('/').slice(-2), fn?.name, fn?.owner, words, call.callee].join(' ');
}

/** Of a proxy's directive that keeps answers from being kept. */
const forbids = /no-store|no-cache|max-age=0|^expires (?:-|0|epoch|off)/i;

/** A proxy or platform in front that keeps answers or tells clients to. */
function byProxy(model: AuditModel, component: Component): Evidence[] {
  const environments = new Set(model.deployment.servicesOf(component.path).map(({ environment }) => environment));
  const headers = [...environments].flatMap((one) =>
    one.headers
      .filter((header) => /^cache-control$/i.test(header.name) && lasting.test(header.value))
      .map((header) => header.evidence),
  );
  const told = [...environments]
    .flatMap((one) => one.caching)
    .filter(({ note }) => lasting.test(note) || !forbids.test(note));
  return [...headers, ...told];
}

/** A distribution among the resources of its platform that keeps the answers of the API. */
function byDistribution(model: AuditModel, component: Component): Evidence[] {
  const files = new Set(model.deployment.servicesOf(component.path).flatMap(({ environment }) => environment.files));
  return model.facts.platforms
    .filter(({ path }) => files.has(path))
    .flatMap(({ path, resources }) =>
      resources
        .filter(({ type }) => type === 'AWS::CloudFront::Distribution')
        .filter(({ line }) => {
          const text = linesOfResource(model, path, resources, line).join('\n');
          return ofAnApi.test(text) && keeping.test(text);
        })
        .map(({ name, line }) => noteOf({ file: path, line }, `${name} keeps answers of the API`)),
    );
}
const ofAnApi = /execute-api|\bApiGatewayRestApi\b|\bHttpApi\b|FunctionUrl/;
const keeping = /\b(?:Default|Min|Max)TTL\s*:\s*[1-9]|\bCachePolicyId\s*:(?!\s*['"]?4135ea2d-)/;

/** Cache clients that are imported somewhere or declared for caching, and asked for nothing. */
function idleClients(model: AuditModel, component: Component): Evidence[] {
  const wiring = model.wiring.of(component);
  const redis = wantedPackages(model.knowledge, { capability: 'cache', tags: ['redis'] });
  const used = new Set(
    usesOf(model, component, redis)
      .filter((one) => one.live === 'live')
      .map((one) => one.evidence.file),
  );
  return importsOf(wiring, redis)
    .map((one) => one.evidence)
    .filter(({ file }) => !used.has(file) && (/cache/i.test(file) || !kept.test(file)));
}
