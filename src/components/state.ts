import type { Evidence } from '../model/evidence.ts';
import type { Knowledge } from '../model/knowledge.ts';
import { isWithin } from '../model/paths.ts';
import type { Signals } from './signals.ts';

/** Capabilities whose packages keep domain data. */
const keeping = ['orm', 'database-client', 'database', 'database-driver', 'odm', 'query-builder', 'baas'];
const foreignKeeping =
  /sqlalchemy|psycopg|asyncpg|pymongo|motor|mysql|django|tortoise|peewee|sqlmodel|redis|gorm|pgx|lib\/pq|go-sql-driver|mongo-driver|sqlx|ent\b|diesel|sea-orm|tokio-postgres|jpa|jdbc|hibernate|mybatis|spring-data|mongodb|laravel|doctrine|eloquent|rails|activerecord|sequel|mongoid|npgsql|entityframework|dapper|ecto|postgrex|firestore/i;

/** What shows that it keeps domain data: a store it opens, a schema it owns, or records that its routes hold in memory. */
export function stateOf(signals: Signals, answers: boolean): Evidence | null {
  if (signals.root.language !== 'js') return foreignState(signals);
  return opened(signals) ?? schema(signals) ?? (answers ? inMemory(signals) : null);
}

const packagesOf = (knowledge: Knowledge): string[] =>
  keeping.flatMap((name) => knowledge.capabilities.get(name) ?? []).map((known) => known.package);

const matches = (name: string, pattern: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

function opened(signals: Signals): Evidence | null {
  const known = packagesOf(signals.knowledge);
  for (const [name, { live, evidence }] of signals.wiring.packages())
    if (live !== 'dead' && known.some((pattern) => matches(name, pattern)))
      return { ...evidence, note: `keeps data with ${name}` };
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
function inMemory(signals: Signals): Evidence | null {
  if (signals.routes.length === 0) return null;
  const own = new Set(signals.work);
  const code = new Map(signals.facts.sources.map((source) => [source.path, source.code]));
  for (const file of signals.wiring.reached) {
    if (!own.has(file)) continue;
    const store = code
      .get(file)
      ?.stores.find((one) => one.writes.length > 0 || (one.form === 'array' && one.size > 0 && one.reads.length > 0));
    if (store) return { file, line: store.line, note: `keeps ${store.name} in memory` };
  }
  return null;
}

function foreignState(signals: Signals): Evidence | null {
  for (const manifest of signals.foreign) {
    const hit = manifest.dependencies.find((d) => foreignKeeping.test(d.name));
    if (hit) return { file: manifest.path, line: hit.line, note: `keeps data with ${hit.name}` };
  }
  return null;
}
