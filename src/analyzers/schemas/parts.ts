import { lineAt, lineStartsOf } from '../../model/evidence.ts';
import type { DataSchemaFact } from '../../model/facts/config.ts';

export type Orm = DataSchemaFact['orm'];

export const schema = (
  part: Pick<DataSchemaFact, 'path' | 'orm' | 'role'> & Partial<DataSchemaFact>,
): DataSchemaFact => ({
  provider: null,
  models: [],
  env: [],
  count: 0,
  line: 1,
  ...part,
});

/** A name in each match of `pattern` (its first group that took part), with its line. */
export function named(text: string, pattern: RegExp): { name: string; line: number }[] {
  const starts = lineStartsOf(text);
  return [...text.matchAll(pattern)].flatMap((match) => {
    const name = match.slice(1).find((group) => group !== undefined && group !== '');
    return name === undefined ? [] : [{ name, line: lineAt(starts, match.index + Math.max(0, match[0].search(/\S/))) }];
  });
}

export const lineOf = (text: string, pattern: RegExp): number | null => {
  const at = text.search(pattern);
  return at === -1 ? null : lineAt(lineStartsOf(text), at);
};

/** Variables that code names: `process.env.X`, `process.env['X']`, `env("X")`. */
export const envOf = (text: string): { name: string; line: number }[] =>
  named(
    text,
    /process\.env\.([A-Za-z_]\w*)|process\.env\[\s*["'`]([A-Za-z_]\w*)["'`]\s*\]|\benv\(\s*["'`]([A-Z_][A-Z0-9_]*)["'`]\s*\)/g,
  );

const providers: [RegExp, string][] = [
  [/cockroach/i, 'cockroachdb'],
  [/postgres|\bpg\b|\bpglite\b|neon|aurora-postgres/i, 'postgresql'],
  [/mysql|maria|planetscale|singlestore/i, 'mysql'],
  [/sqlite|libsql|turso|\bd1\b|expo-sqlite/i, 'sqlite'],
  [/mssql|sqlserver|tedious/i, 'sqlserver'],
  [/mongo/i, 'mongodb'],
  [/oracle/i, 'oracle'],
];

/** The database by the word that names a dialect, client or driver. */
export const providerOf = (word: string | null | undefined): string | null =>
  word ? (providers.find(([pattern]) => pattern.test(word))?.[1] ?? null) : null;

/** The dialect that a configuration states: `dialect: 'postgresql'`, `type: "mysql"`, `client: 'pg'`, `driver: PostgreSqlDriver`. */
export function statedProvider(text: string): string | null {
  for (const match of text.matchAll(/\b(?:dialect|type|client|driver|provider)\b["']?\s*[:=]\s*["'`]?([\w-]+)/g)) {
    const provider = providerOf(match[1]);
    if (provider) return provider;
  }
  return providerOf(/(?:postgres(?:ql)?|mysql|mongodb(?:\+srv)?|sqlite):\/\//.exec(text)?.[0]);
}
