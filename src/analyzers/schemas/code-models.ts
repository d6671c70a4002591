import type { DataSchemaFact } from '../../model/facts/config.ts';
import { baseOf } from '../../model/paths.ts';
import type { RepoView } from '../../model/repository.ts';
import { envOf, lineOf, named, type Orm, schema, statedProvider } from './parts.ts';

interface Reader {
  orm: Orm;
  /** A text without this cannot hold a model of the library. */
  mark: RegExp;
  /** The first group that took part is the model's name. */
  models: RegExp;
  /** Asked when no model is found. */
  otherwise?: RegExp;
  provider?: (text: string) => string | null;
}

const drizzleDialect = (text: string): string | null => {
  const dialect = /\b(pg|mysql|sqlite|singlestore)(?:Table|-core|Schema)/.exec(text)?.[1];
  return dialect === undefined
    ? null
    : { pg: 'postgresql', mysql: 'mysql', sqlite: 'sqlite', singlestore: 'mysql' }[dialect]!;
};

const readers: readonly Reader[] = [
  {
    orm: 'drizzle',
    mark: /drizzle-orm/,
    models:
      /^[ \t]*(?:export\s+)?const\s+(\w+)(?:\s*:\s*\w+)?\s*=\s*(?:\w+\.)?(?:pgTable|mysqlTable|sqliteTable|singlestoreTable|\w*[cC]reateTable|\w*[sS]chema\.table|table)\s*\(/gm,
    provider: drizzleDialect,
  },
  {
    orm: 'typeorm',
    mark: /['"]typeorm['"]/,
    models:
      /^[ \t]*@Entity\([\s\S]{0,600}?\bclass\s+(\w+)|new\s+EntitySchema(?:<[^>]*>)?\(\s*\{\s*name:\s*["'`](\w+)/gm,
    // Records of a document store are known by its own kind of key.
    provider: (text) => (/@ObjectIdColumn\b/.test(text) ? 'mongodb' : null),
  },
  {
    orm: 'mikro-orm',
    mark: /@mikro-orm\//,
    models:
      /^[ \t]*@Entity\([\s\S]{0,600}?\bclass\s+(\w+)|\bdefineEntity\(\s*\{\s*(?:class:\s*\w+,\s*)?name:\s*["'`](\w+)/gm,
  },
  {
    orm: 'mikro-orm',
    mark: /@medusajs\/(framework|utils)/,
    models: /\bmodel\s*\.define\(\s*(?:\{\s*name:\s*)?["'`](\w+)/g,
    provider: () => 'postgresql',
  },
  {
    orm: 'sequelize',
    mark: /sequelize/i,
    models:
      /\b(?:sequelize|db|connection|instance)\.define(?:<[^(]*>)?\(\s*["'`](\w+)|^[ \t]*(\w+)\.init\(\s*\{[\s\S]{0,4000}?\bsequelize\b|^[ \t]*@Table\b[\s\S]{0,300}?\bclass\s+(\w+)/gm,
  },
  {
    orm: 'mongoose',
    mark: /mongoose|typegoose/,
    // Asking for a model by its name alone (`model('User')`) declares none.
    models:
      /\b(?:mongoose\.)?model\s*(?:<[^(]*>)?\(\s*["'`](\w+)["'`]\s*,|^[ \t]*@Schema\([\s\S]{0,400}?\bclass\s+(\w+)|\bgetModelForClass\(\s*(\w+)/gm,
    otherwise: /^[ \t]*(?:export\s+)?const\s+(\w+)(?:\s*:[^=\n]*)?\s*=\s*new\s+(?:mongoose\.)?Schema\b/gm,
    provider: () => 'mongodb',
  },
  { orm: 'objection', mark: /['"]objection['"]/, models: /\bclass\s+(\w+)\s+extends\s+\w*Model\b/g },
  { orm: 'kysely', mark: /['"]kysely['"]/, models: /^[ \t]*(?:export\s+)?interface\s+(\w+Table)\b/gm },
  { orm: 'other', mark: /convex\/server/, models: /^[ \t]*["']?(\w+)["']?\s*:\s*defineTable\(/gm },
];

const configName =
  /^(drizzle\.config|knexfile|ormconfig|mikro-orm\.config|prisma\.config|kysely\.config|database\.config)(\.[\w-]+)*\.(ts|js|mjs|cjs|mts|cts|json|ya?ml)$|^\.sequelizerc$/;
const configOrms: [RegExp, Orm][] = [
  [/^drizzle/, 'drizzle'],
  [/^knex/, 'knex'],
  [/^ormconfig/, 'typeorm'],
  [/^mikro/, 'mikro-orm'],
  [/^prisma/, 'prisma'],
  [/^kysely/, 'kysely'],
  [/sequelizerc/, 'sequelize'],
];
/** Code that opens a data source. */
const opened: [RegExp, RegExp, Orm][] = [
  [
    /['"]typeorm['"]|@nestjs\/typeorm/,
    /\bnew\s+DataSource\s*\(|\bTypeOrmModule\.forRoot(?:Async)?\s*\(|\bcreateConnection\s*\(/,
    'typeorm',
  ],
  [/sequelize/, /\bnew\s+Sequelize\s*[(<]|\bSequelizeModule\.forRoot(?:Async)?\s*\(/, 'sequelize'],
  [/@mikro-orm\//, /\bMikroORM\.init(?:Sync)?\s*\(|\bMikroOrmModule\.forRoot(?:Async)?\s*\(/, 'mikro-orm'],
  [
    /mongoose/,
    /\bmongoose\s*\.\s*connect\s*\(|\bMongooseModule\.forRoot(?:Async)?\s*\(|\bcreateConnection\s*\(/,
    'mongoose',
  ],
  [/['"]knex['"]/, /\bknex\s*\(/i, 'knex'],
  [/['"]kysely['"]/, /\bnew\s+Kysely\b/, 'kysely'],
  [/drizzle-orm/, /\bdrizzle\s*\(/, 'drizzle'],
];

const source = /\.(ts|js|mts|mjs|cts|cjs)$/;
const aside =
  /(^|\/)(__\w+__|tests?|spec|e2e|fixtures?|mocks?|node_modules|dist|build|migrations?)\/|\.(test|spec|e2e-spec|d|stories)\.\w+$/;
/** One pass over the text decides whether anything else is looked for. */
const any =
  /drizzle|typeorm|sequelize|mongoose|typegoose|mikro-orm|objection|kysely|knex|@medusajs\/(?:framework|utils)|convex\/server/i;

/** Models and data sources that JavaScript or TypeScript declares, read as text. */
export function codeSchemas(view: RepoView): DataSchemaFact[] {
  return view.list().flatMap((path) => {
    const named = configName.test(baseOf(path));
    if (!named && (!source.test(path) || aside.test(path))) return [];
    const text = view.read(path);
    if (text === null) return [];
    if (named) return [configFact(path, text)];
    if (!any.test(text)) return [];
    const code = withoutComments(text);
    return [...modelFacts(path, code), ...openedFact(path, code)];
  });
}

/** Comments become blanks of the same length, so that lines hold. */
const withoutComments = (text: string): string =>
  text.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (match) =>
    // A string that holds lines of code quotes it.
    match.startsWith('/') || (!match.startsWith('`') && match.includes('\\n')) ? match.replace(/[^\n]/g, ' ') : match,
  );

function configFact(path: string, text: string): DataSchemaFact {
  const orm = configOrms.find(([pattern]) => pattern.test(baseOf(path)))?.[1] ?? 'other';
  return schema({ path, orm, role: 'config', provider: statedProvider(text), env: envOf(text) });
}

function modelFacts(path: string, text: string): DataSchemaFact[] {
  return readers.flatMap((reader) => {
    if (!reader.mark.test(text)) return [];
    const found = unique(named(text, reader.models));
    const models = found.length === 0 && reader.otherwise ? unique(named(text, reader.otherwise)) : found;
    if (models.length === 0) return [];
    return [
      schema({
        path,
        orm: reader.orm,
        role: 'schema',
        provider: reader.provider?.(text) ?? null,
        models,
        line: models[0]!.line,
      }),
    ];
  });
}

function unique(models: { name: string; line: number }[]): { name: string; line: number }[] {
  return models.filter((model, i) => models.findIndex((each) => each.name === model.name) === i);
}

function openedFact(path: string, text: string): DataSchemaFact[] {
  for (const [mark, call, orm] of opened) {
    const line = mark.test(text) ? lineOf(text, call) : null;
    if (line !== null) {
      const provider =
        orm === 'mongoose' ? 'mongodb' : (statedProvider(text) ?? (orm === 'drizzle' ? drizzleDriver(text) : null));
      return [schema({ path, orm, role: 'config', provider, env: envOf(text), line })];
    }
  }
  return [];
}

function drizzleDriver(text: string): string | null {
  const driver = /drizzle-orm\/([\w-]+)/.exec(text)?.[1] ?? '';
  if (/postgres|neon|pglite|vercel|xata|aws-data-api/.test(driver)) return 'postgresql';
  if (/mysql|planetscale|tidb|singlestore/.test(driver)) return 'mysql';
  return /sqlite|libsql|d1|durable|op-/.test(driver) ? 'sqlite' : null;
}
