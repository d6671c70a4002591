import type { ComponentKind } from '../model/component.ts';
import type { Evidence } from '../model/evidence.ts';
import type { StoreFact } from '../model/facts/index.ts';
import type { CapabilityPackage, Knowledge } from '../model/knowledge.ts';
import { baseOf, dirOf, isWithin } from '../model/paths.ts';
import { isUnderWay } from '../model/source-paths.ts';
import { packageBehind, type Signals } from './signals.ts';

/** Capabilities whose packages keep domain data, save those tagged as caches, stores of the device, test doubles and indexes. */
const keeping = ['orm', 'database-driver'];
const elsewhere = ['redis', 'key-value', 'client', 'test', 'vector'];
/** Names of collections that serve the program rather than its users. */
const technical =
  /cache|session|socket|client|connection|listener|handler|callback|hook|cookie|invalid|subscri|queue|timer|metric|limit|registry|config|option|plugin|pending|token|header|whitelist|allowed|origin|error|ignored|excluded|supported|permission|permitted|path|endpoint|locale|online|presence|typing/i;
/** Modules that write down what the program does. */
const watching = /log(?:ger|ging)|trac(?:er|ing)|telemetry|metrics|monitor/i;
/** Bindings that keep what may be lost. */
const passing = /cache|session|token|limit|nonce|queue/i;
const foreignKeeping =
  /sqlalchemy|psycopg|asyncpg|pymongo|motor|mysql|django|tortoise|peewee|sqlmodel|redis|gorm|pgx|lib\/pq|go-sql-driver|mongo-driver|sqlx|(?<![a-z])ent$|diesel|sea-orm|tokio-postgres|jpa|jdbc|hibernate|mybatis|spring-data|mongodb|laravel|doctrine|eloquent|rails|activerecord|sequel|mongoid|npgsql|entityframework|dapper|ecto|postgrex|firestore/i;

/** What shows that it keeps domain data: a store it opens, a schema it owns, or records that its routes hold in memory. */
export function stateOf(signals: Signals, answers: boolean, kind: ComponentKind): Evidence | null {
  if (signals.root.language !== 'js') return foreignState(signals);
  return (
    opened(signals) ??
    ofGeneralUse(signals) ??
    bound(signals) ??
    schema(signals) ??
    supplied(signals) ??
    (answers ? inMemory(signals, kind) : null)
  );
}

/** A framework that brings a database of its own. */
function supplied({ frameworks, knowledge }: Signals): Evidence | null {
  const keeps = knowledge.defaults.filter(({ rule }) => rule === 'infrastructure/database');
  const use = frameworks.find(
    ({ fact, how }) => how === 'runtime' && keeps.some(({ framework }) => framework === fact.name),
  );
  return use ? { ...use.evidence, note: `keeps data with ${use.fact.name}` } : null;
}

/** In a browser app a collection is the browser's, unless it stands where its server does. */
const serverSide = /(^|\/)(server|api|routes?|backend|controllers?)(\/|\.)[^/]*.*\.[cm]?[jt]s$/;

const packagesOf = (knowledge: Knowledge): CapabilityPackage[] =>
  keeping
    .flatMap((name) => knowledge.capabilities.get(name) ?? [])
    .filter(({ tags, general }) => !general && !tags.some((tag) => elsewhere.includes(tag)));

/** Types and enums of a generated client are no client. */
const brings = (names: ReadonlySet<string>, members: readonly string[]): boolean =>
  members.length === 0 || ['*', 'default', ...members].some((member) => names.has(member));

const matches = (name: string, pattern: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

function opened(signals: Signals): Evidence | null {
  const known = packagesOf(signals.knowledge);
  for (const [name, { live, evidence, names }] of signals.wiring.packages())
    if (live !== 'dead' && known.some((one) => matches(name, one.package) && brings(names, one.members)))
      return { ...evidence, note: `keeps data with ${name}` };
  return null;
}

/** `new AWS.DynamoDB()`: of a package of general use only a member says what it is taken for. */
function ofGeneralUse({ knowledge, calls }: Signals): Evidence | null {
  const known = keeping.flatMap((name) => knowledge.capabilities.get(name) ?? []).filter(({ general }) => general);
  for (const { file, fact } of calls) {
    const from = packageBehind(fact.origin);
    const use = known.find((one) => from === one.package && one.members.some((member) => fact.callee.endsWith(member)));
    if (use && fact.form === 'new') return { file, line: fact.line, note: `keeps data with ${fact.callee}` };
  }
  return null;
}

/** Stores that the platform hands to a worker by name. */
const kept = /^(?:d1|kv|r2|durable-object|hyperdrive)$/;

function bound({ facts, root, wiring }: Signals): Evidence | null {
  const own = facts.platforms.filter(({ platform, path }) => platform === 'cloudflare' && dirOf(path) === root.path);
  if (own.length === 0) return null;
  const used = new Set(wiring.called(/[A-Za-z_]\w*\.\w+/).flatMap(({ fact }) => fact.callee.split('.')));
  for (const { path, resources } of own) {
    const store = resources.find(({ type, name }) => kept.test(type) && !passing.test(name) && used.has(name));
    if (store) return { file: path, line: store.line, note: `keeps data in ${store.name} (${store.type})` };
  }
  return null;
}

function schema(signals: Signals): Evidence | null {
  const reached = new Set(signals.wiring.reached);
  const found = signals.facts.dataSchemas.find(
    (fact) =>
      fact.role === 'schema' &&
      (signals.own.includes(fact.path) || reached.has(fact.path) || isWithin(fact.path, `${signals.root.path}/prisma`)),
  );
  return found ? { file: found.path, line: found.line, note: 'schema of its data' } : null;
}

/** A module-level collection that code which runs reads or changes, in a component that answers requests. */
function inMemory(signals: Signals, kind: ComponentKind): Evidence | null {
  if (signals.routes.length === 0) return null;
  const own = new Set(signals.work);
  const code = new Map(signals.facts.sources.map((source) => [source.path, source.code]));
  for (const file of signals.wiring.reached) {
    if (!own.has(file) || isUnderWay(file) || watching.test(baseOf(file)) || (kind === 'web' && !serverSide.test(file)))
      continue;
    const store = code.get(file)?.stores.find(holdsRecords);
    if (store) return { file, line: store.line, note: `keeps ${store.name} in memory` };
  }
  return null;
}

const holdsRecords = ({ name, form, size, writes, reads }: StoreFact): boolean =>
  !technical.test(name) && (writes.length > 0 || (form === 'array' && size > 0 && reads.length > 0));

function foreignState(signals: Signals): Evidence | null {
  for (const manifest of signals.foreign) {
    const hit = manifest.dependencies.find((d) => foreignKeeping.test(d.name));
    if (hit) return { file: manifest.path, line: hit.line, note: `keeps data with ${hit.name}` };
  }
  return null;
}
