import { z } from 'zod';
import type { CommandRun } from '../commands/index.ts';
import type { AuditModel } from '../model/audit-model.ts';
import { type Component, hasTrait } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import type { ManifestFact } from '../model/facts/index.ts';
import { allOf, no, type Signal, yes } from '../model/signal.ts';
import { isSamplePath, isTestPath } from '../model/source-paths.ts';
import { declaredIn } from './shared/manifests.ts';
import { wantedPackages } from './shared/packages.ts';
import { leavesSchemaTo, schemasOf } from './shared/schemas.ts';
import { filesOf, isAside, noteOf, once, placeOf, subjects } from './shared/scope.ts';
import { type Accept, startedFor } from './shared/started.ts';

export default defineDetector({
  name: 'moves-schema',
  asks: '`keeps`: the component is one that keeps a schema of its own: no example, no published library, no app with a database of its own on the device; `keeps-data`: and a database with it; `makes`: code creates tables itself; `migrates`: a script, an image, a pipeline or the program runs versioned migrations; `pushes`: the schema is pushed to the database, or made to fit it at start',
  reads: 'config',
  options: z.strictObject({ ask: z.enum(['keeps', 'keeps-data', 'makes', 'migrates', 'pushes', 'pushes-on-deploy']) }),
  judge(model, component, { ask }) {
    return allOf(subjects(model, component).map((subject) => judgeOne(model, subject, ask)));
  },
});

type Asked = 'keeps' | 'keeps-data' | 'makes' | 'migrates' | 'pushes' | 'pushes-on-deploy';

const searched = {
  'pushes-on-deploy': 'a schema pushed where it is built or started',
  makes: 'tables made by code',
  migrates: 'scripts, images, pipelines and code that run migrations',
  pushes: 'a schema pushed or synchronized at start',
};

function judgeOne(model: AuditModel, component: Component, ask: Asked): Signal {
  if (ask === 'keeps' || ask === 'keeps-data') return keepsSchema(model, component, ask === 'keeps-data');
  const started = (accept: Accept): Evidence[] => startedFor(model, component, accept).map(({ evidence }) => evidence);
  const found =
    ask === 'makes'
      ? tablesMade(model, component)
      : ask === 'pushes-on-deploy'
        ? started(isPushOnDeploy)
        : ask === 'migrates'
          ? [
              ...started(isMigration),
              ...byCode(model, component),
              ...linesOf(model, component, migratesOnStart),
              ...byModule(model, component),
            ]
          : [
              ...started(isPush),
              ...linesOf(model, component, synchronizing),
              ...syncCalls(model, component),
              ...tablesMade(model, component),
            ];
  return found.length > 0 ? yes(...found.slice(0, 4)) : no(`${placeOf(component)}: ${searched[ask]}`);
}

function keepsSchema(model: AuditModel, component: Component, data: boolean): Signal {
  const here = `${placeOf(component)}: a schema of its own`;
  if (
    component.kind === 'mobile' ||
    isAside(`${component.path}/.`) ||
    isSamplePath(component.path) ||
    isTestPath(component.path)
  )
    return no(here);
  const manifest = model.facts.manifests.find((one) => one.path === component.manifest);
  const schemas = schemasOf(model, component);
  const own = schemas.some(({ role }) => role === 'migrations');
  // One that only opens a database, and whose tables are nowhere in it, leaves them to whoever takes it in.
  const published =
    component.kind === 'library' && manifest !== undefined && !manifest.private && (isOffered(manifest) || !own);
  // A page in the browser that names a driver asks no database.
  if (component.kind === 'web' && !hasTrait(component, 'http') && schemas.length === 0) return no(here);
  if (leavesSchemaTo(model, component)) return no(here);
  // What writes models for others has nothing to open a database with.
  const openers = wantedPackages(model.knowledge, { capability: ['orm', 'database-driver'] });
  const written = schemas.every(({ path }) => /\.[cm]?[jt]sx?$/.test(path));
  if (data && component.kind === 'tool' && written && declaredIn(model, component, openers).length === 0)
    return no(here);
  if (published && data) return no(here);
  if (published && !own && !Object.keys(manifest.scripts).some((name) => /db|migrat|prisma|drizzle/i.test(name)))
    return no(here);
  return yes(...component.evidence.slice(0, 1));
}

/**
 * Meant for a registry, which takes no package without a version; one whose entry is source, or that lies among others and
 * tells a stranger nothing of itself, is for the workspace alone.
 */
const isOffered = ({ dir, private: isPrivate, main, raw }: ManifestFact): boolean =>
  !isPrivate &&
  typeof raw.version === 'string' &&
  raw.version !== '0.0.0' &&
  !/(?<!\.d)\.[cm]?tsx?$/.test(main ?? '') &&
  (dir === '.' || ['license', 'files', 'publishConfig', 'repository', 'bin'].some((field) => raw[field] !== undefined));

const applyWord =
  /^(migrate|db:migrate(:\w+)*|migrations?:(run|up|latest|deploy|execute|apply|start|fresh)|migrate:(deploy|up|latest|run|dev|prod|production|all|start|ci|reset)|migrate-(dev|deploy|up|db|database|schema)|run-migrations)$/i;
const otherWord =
  /^(generate|create|make|new|add|diff|status|rollback|revert|down|undo|init|list|pull|resolve|validate|squash|drop|generate:\w+|help|--help|migrate:(make|rollback|down|status|create|generate)|--create-only)$/i;
const migrationFile =
  /(^|[/._-])(apply|run|do|start|execute)?[-_.]?(db|database|data|sql|schema)?[-_.]?migrat(e|es|ions?|or)(-?(up|run|latest|deploy|prod|all))?\.([cm]?[jt]s|sh|py)$/i;

/** Code that a program is given to run: `--script "await umzug.up()"`. */
const appliesInCode = /\b(umzug|migrator)\.up\(|\brunMigrations\(/;

/** A program that brings a database up to date by migrations; making, listing or undoing one is none. */
function isMigration(run: CommandRun): boolean {
  const words = run.argv.slice(1);
  if (words.some((word) => otherWord.test(word))) return false;
  if (words.some((word) => applyWord.test(word) || appliesInCode.test(word))) return true;
  if ((run.file && migrationFile.test(run.file)) || words.some((word) => migrationFile.test(word))) return true;
  const has = (...wanted: string[]): boolean => wanted.every((word) => words.includes(word));
  switch (run.program) {
    case 'supabase':
      return has('db', 'push') || has('db', 'reset') || has('migration', 'up');
    case 'alembic':
      return has('upgrade');
    case 'dotnet':
    case 'dotnet-ef':
      return has('database', 'update');
    case 'wrangler':
      return has('migrations', 'apply');
    case 'liquibase':
      return has('update');
    case 'node-pg-migrate':
    case 'db-migrate':
    case 'dbmate':
    case 'goose':
    case 'migrate':
    case 'migrate-mongo':
      return has('up');
    case 'atlas':
      return has('migrate', 'apply');
    default:
      return /^(run-)?migrations?$/.test(run.program);
  }
}

function isPush(run: CommandRun): boolean {
  const words = run.argv.slice(1);
  const has = (...wanted: string[]): boolean => wanted.every((word) => words.includes(word));
  if (run.program === 'prisma') return has('db', 'push');
  if (run.program.startsWith('drizzle-kit')) return words.some((word) => /^push(:\w+)?$/.test(word));
  return words.some((word) => /^(schema:(sync|update|create|fresh)|db:push)$/.test(word));
}

const isPushOnDeploy = (run: CommandRun): boolean =>
  isPush(run) &&
  run.script !== null &&
  /^(pre|post)?(build|start|deploy|install|vercel-build|start:prod|release)$/.test(run.script.name);

const source = /\.([cm]?[jt]s|json|ya?ml|py|go|cs|java|kt|rb|php|rs|example)$|(^|\/)ormconfig[\w.]*$/;
const lockfile = /(^|\/)(package-lock|composer|tsconfig[\w.]*)\.json$|(^|\/)pnpm-lock\.yaml$|(^|\/)migrations?\//i;
const creating = /create\s+table\s+["'`\w$[{]/i;
const synchronizing = /^[^/#*]*\bsynchronize["']?\s*:\s*true\b/;
const migratesOnStart = /^[^/#*]*\bmigrationsRun["']?\s*:(?!\s*false\b)/;

/** Statements that make tables. In pages that keep nothing they are shown to people, in a tool they are made for its own run. */
const tablesMade = (model: AuditModel, component: Component): Evidence[] =>
  component.kind === 'tool' || (component.kind === 'web' && !hasTrait(component, 'state'))
    ? []
    : linesOf(model, component, creating);

const tellingOfTables = once((model, component: Component) =>
  filesOf(model, component).filter(
    (file) =>
      source.test(file) &&
      !lockfile.test(file) &&
      !isAside(file, component.path) &&
      /create\s+table|synchronize|migrationsRun/i.test(model.view.text(file)),
  ),
);

/** Lines of the component's source and settings that say so, comments left out. */
function linesOf(model: AuditModel, component: Component, pattern: RegExp): Evidence[] {
  return tellingOfTables(model, component).flatMap((file) => {
    const text = model.view.text(file);
    const index = text.split('\n').findIndex((line) => pattern.test(line) && !/^\s*(\/\/|#|\*)/.test(line));
    return index < 0 ? [] : [noteOf({ file, line: index + 1 }, noteFor(pattern))];
  });
}
const noteFor = (pattern: RegExp): string =>
  pattern === creating
    ? 'creates tables in code'
    : pattern === synchronizing
      ? 'synchronize: true'
      : 'runs migrations at start (migrationsRun)';

const migrating =
  /(^|\.)(runMigrations?|runPendingMigrations|migrateToLatest|migrate\.latest|migrate\.up|getMigrator\(\)\.up|migrator\.up|umzug\.up)$/;

const migratingOrNamedSo = new RegExp(`${migrating.source}|(^|\\.)migrate$`);

/** `migrate(db, …)` of a migrator, `dataSource.runMigrations()`, `knex.migrate.latest()`. */
const byCode = (model: AuditModel, component: Component): Evidence[] =>
  component.language !== 'js'
    ? []
    : model.wiring
        .of(component)
        .called(migratingOrNamedSo)
        .filter(
          ({ file, fact: { callee, origin } }) =>
            !isAside(file) && (migrating.test(callee) || (origin?.from === 'package' && /migrat/.test(origin.package))),
        )
        .map(({ file, fact }) => noteOf({ file, line: fact.line }, `${fact.callee}(…)`));

/** NuxtHub applies what lies in the server's folder of migrations when it builds the app. */
function byModule(model: AuditModel, component: Component): Evidence[] {
  const manifest = model.facts.manifests.find(({ path }) => path === component.manifest);
  const section = (['dependencies', 'devDependencies'] as const).find((one) => manifest?.[one]['@nuxthub/core']);
  if (!manifest || !section) return [];
  return filesOf(model, component).some((file) => /(^|\/)server\/(db|database)\/migrations\/.+\.sql$/.test(file))
    ? [
        noteOf(
          { file: manifest.path, line: manifest.lines[`${section}.@nuxthub/core`] ?? 1 },
          'NuxtHub applies migrations where it builds',
        ),
      ]
    : [];
}

/** `sequelize.sync()` makes tables that are not there, and never changes one. */
function syncCalls(model: AuditModel, component: Component): Evidence[] {
  if (component.language !== 'js') return [];
  const wiring = model.wiring.of(component);
  if (![...wiring.packages().keys()].some((name) => /^(@sequelize\/|sequelize)/.test(name))) return [];
  return wiring
    .called(/(sequelize|db|database|conn(ection)?|models?|instance)\w*\.sync$/i)
    .filter(({ file, live }) => live === 'live' && !isAside(file))
    .map(({ file, fact }) => noteOf({ file, line: fact.line }, `${fact.callee}(…)`));
}
