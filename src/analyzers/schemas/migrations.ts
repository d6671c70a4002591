import { asText, isRecord } from '../../model/data.ts';
import type { DataSchemaFact } from '../../model/facts/config.ts';
import { baseOf, byCodeUnit, dirOf } from '../../model/paths.ts';
import type { RepoView } from '../../model/repository.ts';
import { type Orm, providerOf, schema, statedProvider } from './parts.ts';

/** Folders of versioned migrations, whatever the tool, one fact each with how many there are. */
export function migrationFolders(view: RepoView): DataSchemaFact[] {
  const found = new Map<string, DataSchemaFact>();
  const add = (fact: DataSchemaFact) => {
    if (!found.has(fact.path)) found.set(fact.path, fact);
  };
  for (const [dir, files] of group(view.glob('**/migration.sql'), (path) => dirOf(dirOf(path)))) {
    const stated = view.read(`${dir}/migration_lock.toml`);
    const snapshot = stated === null ? view.read(`${dirOf(files.at(-1)!)}/snapshot.json`) : null;
    const provider = providerOf(/(?:provider\s*=|"dialect"\s*:)\s*"([^"]*)"/.exec(stated ?? snapshot ?? '')?.[1]);
    const orm = snapshot === null ? 'prisma' : 'drizzle';
    add(schema({ path: dir, orm, role: 'migrations', provider, count: files.length }));
  }
  for (const journal of view.glob('**/meta/_journal.json')) {
    const dir = dirOf(dirOf(journal));
    const provider = providerOf(/"dialect"\s*:\s*"([^"]*)"/.exec(view.text(journal))?.[1]);
    const count = view.glob(`${dir}/*.sql`).length;
    if (count > 0) add(schema({ path: dir, orm: 'drizzle', role: 'migrations', provider, count }));
  }
  const candidates = view.list().filter((path) => inMigrationFolder(path) && versioned(baseOf(path)));
  for (const [dir, files] of group(candidates, dirOf)) {
    if (found.has(dir) || (files.length > 0 && found.has(dirOf(dir)))) continue;
    add(folderFact(view, dir, files));
  }
  // Hasura's: a folder for each step, below one for each database.
  for (const [dir, files] of group(view.glob('**/migrations/*/*/up.sql'), (path) => dirOf(dirOf(path)))) {
    const steps = files.filter((path) => /^\d{10,}_/.test(baseOf(dirOf(path))));
    if (steps.length > 0) add(schema({ path: dir, orm: 'sql', role: 'migrations', count: steps.length }));
  }
  for (const [dir, files] of group(view.glob('**/V*__*.sql'), dirOf)) {
    const flyway = files.filter((path) => /^V\d[\d._]*__.+\.sql$/.test(baseOf(path)));
    if (flyway.length > 0) add(schema({ path: dir, orm: 'sql', role: 'migrations', count: flyway.length }));
  }
  for (const path of view.glob('**/*migration*.{ts,js,mts,mjs,cts,cjs}')) {
    const text = inMigrationFolder(path) ? '' : view.text(path);
    const steps = [...text.matchAll(step)];
    if (steps.length === 0 || ofDocuments.test(text)) continue;
    const line = text.slice(0, steps[0]!.index).split('\n').length;
    const orm = ormOf(path, text);
    add(schema({ path, orm, role: 'migrations', provider: statedProvider(text), count: steps.length, line }));
  }
  return [...found.values()].sort((a, b) => byCodeUnit(a.path, b.path));
}

/** Steps of one file, each under the name that puts it in order: `migrations['001'] = { async up(db) {…} }`. */
const step = /["'`]\w*\d{2,}[\w-]*["'`]\]?\s*[=:]\s*\{\s*(?:async\s+)?up\b/g;

function group(paths: readonly string[], key: (path: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const path of paths) groups.set(key(path), [...(groups.get(key(path)) ?? []), path]);
  return groups;
}

/** `migrations/`, `db/migrate/`, `alembic/versions/`; one level of folders below (a folder per version) is allowed. */
const inMigrationFolder = (path: string): boolean =>
  /(^|\/)((?:[\w-]+[-_])?migrations?|migrate|changelogs?|alembic\/versions|migrations\/versions)\/(?:[^/]+\/)?[^/]+$/i.test(
    path,
  );

/** A name that puts a file in order: a date, a time stamp, a number, `Migration2024…`, `V1__…`. */
function versioned(name: string): boolean {
  if (!/\.(sql|ts|js|mjs|cjs|mts|cts|py|rb|php|go|cs|xml|ya?ml|edgeql)$/.test(name)) return false;
  if (/\.(test|spec|d)\.\w+$|\.snapshot|\.Designer\.cs$/.test(name)) return false;
  return /^(v|m)?\d{3,}|^\d+[_.-]|^migration_?\d|^v\d+(\.\d+)*__|^[0-9a-f]{12}_\w+\.py$/i.test(name);
}

function folderFact(view: RepoView, dir: string, files: readonly string[]): DataSchemaFact {
  // The first may need no more than a model's name: a few tell what all are steps of.
  const text = files
    .slice(0, 8)
    .map((path) => view.text(path))
    .join('\n');
  const supabase = /(^|\/)supabase\/migrations$/.test(dir);
  const orm: Orm = supabase ? 'supabase' : ormOf(files[0]!, text);
  // An up and a down file are one migration.
  const up = files.filter((path) => !/[._-](down|undo|rollback)\.\w+$/i.test(path));
  const provider = supabase
    ? 'postgresql'
    : orm === 'sql'
      ? null
      : ofDocuments.test(text)
        ? 'mongodb'
        : statedProvider(text);
  return schema({ path: dir, orm, role: 'migrations', provider, count: (up.length > 0 ? up : files).length });
}

/** Steps over a document store: they move records, and no relational schema. */
const ofDocuments =
  /(?:from|require\()\s*['"](?:mongodb|mongoose)['"]|\bdb\.collection\(|\$(?:set|unset|rename|push|pull)\b\s*['"]?\s*:/;

const signs: [RegExp, Orm][] = [
  [/\bMigrationInterface\b|from ['"]typeorm['"]/, 'typeorm'],
  [/@mikro-orm\//, 'mikro-orm'],
  [/\bqueryInterface\b|\bSequelize\b/, 'sequelize'],
  [/\bKysely\b|from ['"]kysely['"]/, 'kysely'],
  [/\bknex\b|\bKnex\b/, 'knex'],
  [/\bdrizzle\b/, 'drizzle'],
  [/\bmongoose\b/, 'mongoose'],
];

function ormOf(path: string, text: string): Orm {
  if (path.endsWith('.sql')) return /--> statement-breakpoint/.test(text) ? 'drizzle' : 'sql';
  return signs.find(([pattern]) => pattern.test(text))?.[1] ?? 'other';
}

/** A SQL file that creates tables outside any migration folder: a schema kept by hand or an image's init script. */
export function sqlSchemas(view: RepoView): DataSchemaFact[] {
  return view.glob('**/*.sql').flatMap((path) => {
    if (inMigrationFolder(path) || baseOf(path) === 'migration.sql' || /^V\d[\d._]*__/.test(baseOf(path))) return [];
    const text = view.text(path);
    const tables = [...text.matchAll(/^[ \t]*create\s+table\s+(?:if\s+not\s+exists\s+)?([`"[\]\w.]+)/gim)];
    if (tables.length === 0) return [];
    const models = tables.map((match) => ({
      name: match[1]!.replace(/[`"[\]]/g, ''),
      line: text.slice(0, match.index).split('\n').length,
    }));
    const fact = schema({
      path,
      orm: 'sql',
      role: 'schema',
      provider: sqlDialect(text),
      models,
      line: models[0]!.line,
    });
    return [fact];
  });
}

function sqlDialect(text: string): string | null {
  if (/\b(bigserial|serial|jsonb|timestamptz|uuid_generate|create extension|gen_random_uuid)\b/i.test(text))
    return 'postgresql';
  if (/\bauto_increment\b|engine\s*=\s*innodb/i.test(text)) return 'mysql';
  return /\bautoincrement\b|\bpragma\b/i.test(text) ? 'sqlite' : null;
}

/** Where Sequelize's command line keeps connections by stage, and Supabase its project. */
export function dataConfigs(view: RepoView): DataSchemaFact[] {
  const sequelize = view.glob('**/config/{config,database}.json').flatMap((path) => {
    const text = view.text(path);
    if (!/"dialect"\s*:/.test(text)) return [];
    return [schema({ path, orm: 'sequelize', role: 'config', provider: statedProvider(text), env: useEnv(text) })];
  });
  const supabase = view
    .glob('**/supabase/config.toml')
    .map((path) => schema({ path, orm: 'supabase', role: 'config', provider: 'postgresql' }));
  return [...sequelize, ...supabase];
}

/** `"use_env_variable": "DATABASE_URL"`. */
function useEnv(text: string): { name: string; line: number }[] {
  try {
    const data: unknown = JSON.parse(text);
    const names = isRecord(data)
      ? Object.values(data).map((each) => asText(isRecord(each) ? each.use_env_variable : null))
      : [];
    return [...new Set(names)].flatMap((name) =>
      name ? [{ name, line: text.slice(0, text.indexOf(name)).split('\n').length }] : [],
    );
  } catch {
    return [];
  }
}
