import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import type { CallFact } from '../model/facts/index.ts';
import type { CapabilityPackage } from '../model/knowledge.ts';
import { rootOf } from '../model/origin.ts';
import { dirOf } from '../model/paths.ts';
import { allOf, no, type Signal, unknown, yes } from '../model/signal.ts';
import { isUnderWay } from '../model/source-paths.ts';
import type { Located } from '../model/wiring.ts';
import { domainRoutes } from './shared/http.ts';
import { wantedOf, wantedPackages } from './shared/packages.ts';
import { livenessIn, type Sighting, usesOf } from './shared/reach.ts';
import { noteOf, once, placeOf, subjects } from './shared/scope.ts';

export default defineDetector({
  name: 'keeps-data',
  asks: '`in-memory`: code that answers requests keeps domain data in collections of its own; `persistently`: it reads and writes a persistent store; `bound`: one that its platform hands to it',
  options: z.strictObject({ ask: z.enum(['in-memory', 'persistently', 'bound']) }),
  judge(model, component, { ask }) {
    if (ask === 'bound') {
      const found = subjects(model, component).flatMap((subject) => boundStores(model, subject));
      return found.length > 0
        ? yes(...found.slice(0, 3).map((one) => one.evidence))
        : no('stores that a platform hands over');
    }
    return allOf(
      subjects(model, component).map((subject) =>
        ask === 'in-memory' ? inMemory(model, subject) : persistently(model, subject),
      ),
    );
  },
});

/** Names of lists that belong to the program: `PRICE_FACETS`, `countries`. */
const constant = /^[A-Z]+(_[A-Z\d]+)+$|countr|currenc|locale|language|time_?zone|pattern|keyword|facet|menu|column/i;

const technical =
  /bucket|cache|session|socket|client|connection|listener|handler|subscriber|queue|job|timer|metric|rate|limit|registry|route|config|option|plugin|middleware|lock|pending|inflight|room|token|blacklist|nonce|map$|path|endpoint|url|link|schema|model|resolver|loader|provider|header|error|log|cors|origin|whitelist|allowed|online|presence|typing/i;

/** Collections that routes change, or a written-out list that routes answer from. Technical ones (caches, sockets, queues) are not domain data. */
function memoryStores(model: AuditModel, component: Component): Evidence[] {
  const wiring = model.wiring.of(component);
  // The script of a page or component runs anew for each that is shown; what a module draws from is its menu.
  const modules = wiring.own.filter(
    (file) => !/\.(astro|vue|svelte)$/.test(file) && !isUnderWay(file) && !draws(model, component, file),
  );
  return modules.flatMap((file) =>
    (model.wiring.code(file)?.stores ?? [])
      .filter(
        (store) =>
          !technical.test(store.name.replace(/^this\./, '')) && wiring.unitLiveness(file, store.unit) === 'live',
      )
      .filter(
        ({ reads, writes, size, form, name }) =>
          reads.length > 0 && (writes.length > 0 || (size >= 2 && form !== 'object' && !constant.test(name))),
      )
      .filter(() =>
        /(^|\/)(routes?|controllers?|handlers?|services?|stores?|repositor(y|ies)|models?|data|db|api|resolvers?|modules?|features?|domain|src|server)(\/|\.|$)|(store|repository|service|controller|data|db|routes?|index|server|app|main)\.[cm]?[jt]s$/i.test(
          file,
        ),
      )
      .map((store) =>
        noteOf({ file, line: store.line }, `keeps ${store.name.replace(/^this\./, '')} in memory (${store.form})`),
      ),
  );
}

const drawn = /(^|\/)(components?|hooks?|ui|icons?|layouts?|views?)\//i;

const draws = (model: AuditModel, { kind }: Component, file: string): boolean =>
  kind === 'web' && (drawn.test(file) || (model.wiring.code(file)?.jsx.length ?? 0) > 0);

/** `env.DB.prepare(…)`, `ctx.storage.put(…)`: stores that Cloudflare hands to a worker by the names of its configuration. */
function boundStores(model: AuditModel, component: Component): Sighting[] {
  const stores = model.facts.platforms
    .filter(({ platform, path }) => platform === 'cloudflare' && dirOf(path) === component.path)
    .flatMap(({ resources }) => resources);
  const names = new Set(stores.filter(({ type }) => /^(?:d1|kv|r2)$/.test(type)).map(({ name }) => name));
  const objects = stores.some(({ type }) => type === 'durable-object');
  if (names.size === 0 && !objects) return [];
  return model.wiring
    .of(component)
    .calls(({ callee }) => {
      const parts = callee.split('.');
      const owner = parts.at(-2) ?? '';
      return (
        (names.has(owner) && /^(?:prepare|batch|exec|get|put|list|delete|head)$/.test(parts.at(-1)!)) ||
        (objects && /(?:^|\.)storage\.(?:sql\.exec|put|get|list|delete|transaction\w*)$/.test(callee))
      );
    })
    .filter(({ live }) => live === 'live')
    .map(({ file, fact, live }) => ({ live, evidence: noteOf({ file, line: fact.line }, `${fact.callee}(…)`) }));
}

function inMemory(model: AuditModel, component: Component): Signal {
  if (domainRoutes(model, component).length === 0) return no(`${placeOf(component)}: routes that keep data`);
  const stores = memoryStores(model, component);
  return stores.length > 0
    ? yes(...stores.slice(0, 5))
    : no(`${placeOf(component)}: collections that routes change or answer from`);
}

const opening =
  /^(\$?connect|\$?disconnect|close|end|quit|on|once|authenticate|sync|initialize|init|isConnected|ping|\$on|\$use|\$extends|set|plugin|model|Schema|define|createConnection|forRoot|forRootAsync|destroy|use|setOptions|listen|callback|ready|start|serve|duplicate|publish|p?subscribe|p?unsubscribe)$/;

/** Asks whether the database answers, and nothing of what it keeps. */
const asking = /\bselect\s+1\b|\bping\b/i;

/** Several files show more than several lines of one. */
const onePerFile = (evidence: readonly Evidence[]): Evidence[] =>
  evidence.filter((one, index) => evidence.findIndex(({ file }) => file === one.file) === index);

/** A query in code that runs: a member of what the client made, a model's method, a repository, a tagged SQL template. */
function persistently(model: AuditModel, component: Component): Signal {
  const wanted = wantedPackages(model.knowledge, {
    capability: ['orm', 'database-driver', 'database-client', 'baas'],
  }).filter((one) => !one.tags.includes('cache-only'));
  const wiring = model.wiring.of(component);
  const uses = usesOf(model, component, wanted);
  // A client generated into a package of the workspace goes by a name of its own.
  const generated = model.facts.dataSchemas.some((schema) => schema.orm === 'prisma')
    ? wiring.called(/^(\w+\.)?\w*Prisma\w*Client\w*$/).filter(({ fact }) => fact.form === 'new')
    : [];
  const live = [
    ...boundStores(model, component),
    ...ofRegistry(model, component, wanted),
    ...uses.filter((one) => one.live === 'live'),
    ...generated
      .filter((one) => one.live === 'live')
      .map(({ file, fact }) => ({
        live: 'live' as const,
        evidence: noteOf({ file, line: fact.line }, `new ${fact.callee}(…)`),
      })),
  ];
  const searched = `${placeOf(component)}: queries of a database client in code that runs`;
  if (live.length === 0) {
    const open = uses.find((one) => one.live === 'unknown');
    if (open) return unknown('blind', wiring.blind[0]?.reason ?? 'what starts it was not found', [open.evidence]);
    const imported = [...wiring.packages()].filter(([name]) => wantedOf(name, wanted).length > 0);
    return no(searched, [
      ...memoryStores(model, component).slice(0, 3),
      ...uses.map((one) => one.evidence),
      ...imported.map(([, { evidence }]) => evidence),
    ]);
  }
  const stores = memoryStores(model, component);
  const carrier = socketCarrier(model, component);
  if (stores.length === 0 && !carrier) return yes(...onePerFile(live.map((one) => one.evidence)).slice(0, 5));
  const queries = queriesIn(model, component, wanted);
  if (queries.length > 0) return yes(...queries);
  return no(searched, [...(carrier ? [carrier] : live.slice(0, 2).map((one) => one.evidence)), ...stores.slice(0, 3)]);
}

/** `app.models.users.query()`, `req.db.models.User.findOne(…)`: models that one object hands to everybody, beside a client that runs. */
function ofRegistry(model: AuditModel, component: Component, wanted: readonly CapabilityPackage[]): Sighting[] {
  const wiring = model.wiring.of(component);
  const opened = [...wiring.packages()].some(
    ([name, { live }]) => live !== 'dead' && wantedOf(name, wanted).length > 0,
  );
  if (!opened) return [];
  return wiring
    .called(
      /(?:^|\.)models\.\w+\.(?:query|find\w*|create|insert\w*|update\w*|upsert|delete\w*|destroy|count\w*|aggregate)$/,
    )
    .filter(({ live }) => live === 'live')
    .map(({ file, fact, live }) => ({ live, evidence: noteOf({ file, line: fact.line }, `${fact.callee}(…)`) }));
}

/** The first few queries in code that runs: of what a client made here, then of what other modules hand on. */
function queriesIn(model: AuditModel, component: Component, wanted: readonly CapabilityPackage[]): Evidence[] {
  const wiring = model.wiring.of(component);
  const found: Evidence[] = [];
  const search = (is: (one: Located<CallFact>) => boolean): void => {
    for (const one of wiring.calls()) {
      if (found.length >= 5) return;
      const { file, fact } = one;
      if (opening.test(lastName(fact.callee)) || !is(one)) continue;
      if (!asking.test(model.view.text(file).slice(fact.start, fact.end).slice(0, 200)))
        found.push(noteOf({ file, line: fact.line }, `${fact.callee}(…)`));
    }
  };
  const own = workspacePackages(model);
  const keeps = ({ package: name }: { package: string }): boolean => wantedOf(name, wanted).length > 0;
  search(({ fact: { origin }, live }) => {
    const root = origin?.from === 'result' ? rootOf(origin) : null;
    return root?.from === 'package' && keeps(root) && livenessIn(wiring, live) === 'live';
  });
  search(({ file, fact: { origin, callee }, live }) => {
    if (live !== 'live' || !callee.includes('.')) return false;
    const root = rootOf(origin);
    if (root?.from !== 'module' && !(root?.from === 'package' && own.has(root.package))) return false;
    return model.wiring.behind(file, { kind: 'ref', path: callee.split('.')[0]!, origin }).some(keeps);
  });
  return found;
}

const lastName = (callee: string): string => callee.slice(callee.lastIndexOf('.') + 1);

/** Packages that are imported by a name and lie in the repository: what they export is code of its own. */
const workspacePackages = once(
  (model): ReadonlySet<string> => new Set(model.facts.manifests.flatMap(({ name }) => name ?? [])),
);

/** Redis that carries messages between the processes of a socket server keeps nothing; it is all there is of a store. */
function socketCarrier(model: AuditModel, component: Component): Evidence | null {
  const kept = wantedPackages(model.knowledge, { capability: ['orm', 'database-driver', 'database-client', 'baas'] });
  const packages = [...model.wiring.of(component).packages()].filter(([, { live }]) => live === 'live');
  const other = packages.some(([name]) => wantedOf(name, kept).some((one) => !one.tags.includes('redis')));
  const carrier = packages.find(([name]) => /^(@socket\.io\/redis-(streams-)?adapter|socket\.io-redis)$/.test(name));
  return carrier && !other
    ? { ...carrier[1].evidence, note: `${carrier[0]} carries messages and keeps nothing` }
    : null;
}
