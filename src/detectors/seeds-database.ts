import { z } from 'zod';
import type { CommandRun } from '../commands/index.ts';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { dig } from '../model/data.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import { baseOf, isWithin, joinPath } from '../model/paths.ts';
import { allOf, no, type Signal, yes } from '../model/signal.ts';
import { schemasOf } from './shared/schemas.ts';
import { filesOf, isAside, noteOf, once, ownerOf, placeOf, subjects } from './shared/scope.ts';
import { startedFor, startedIn } from './shared/started.ts';

export default defineDetector({
  name: 'seeds-database',
  asks: '`exists`: data to begin with is written, as a script or a file; `runs`: a package script, the ORM, an image, a pipeline or the program itself puts it into the database',
  reads: 'config',
  options: z.strictObject({ ask: z.enum(['exists', 'runs']) }),
  judge(model, component, { ask }) {
    return allOf(subjects(model, component).map((subject) => judgeOne(model, subject, ask)));
  },
});

const seedWord =
  /(^|[/:._-])(seed(er)?s?|seeding)([/:._-]|$)|seed((er)?s?|data)\.([cm]?[jt]s|sql|py|sh)$|(populate|sample|import|demo|dummy)[_-]?data|populate-?db|load-?fixtures/i;
/** `seedRoutes.js`: the word within a name that is one word. */
const seedName = /(^|\/)seed[A-Z]\w*\.[cm]?[jt]s$/;
const namesSeed = (file: string): boolean => seedWord.test(file) || seedName.test(file);
/** `seeding.entity.ts`: a kind of record, as of plants, not the first of them. */
const notSeed =
  /\.(spec|test)\.|random-?seed|seedrandom|reseed|\.(css|svg|png|md|mdx)$|\.([\w-]*entity|dto|model|interface|types?|enum|repository|factory)\.[cm]?[jt]s$/i;

function judgeOne(model: AuditModel, component: Component, ask: 'exists' | 'runs'): Signal {
  const running = [
    ...byPrograms(model, component),
    ...bySeeders(model),
    ...bySetup(model, component),
    ...byOrm(model, component),
    ...byCompose(model, component),
    ...byCode(model, component),
    ...byNeighbours(model, component),
  ];
  if (running.length > 0) return yes(...running.slice(0, 4));
  const files = seedFiles(model, component);
  const searched = `${placeOf(component)}: seed scripts, seed files, the database's init folder`;
  return ask === 'exists' && files.length > 0 ? yes(...files.slice(0, 4)) : no(searched, files.slice(0, 4));
}

const scriptOf = (run: CommandRun, { note }: Evidence): string =>
  run.script?.name ?? /^script "([^"]+)"/.exec(note)?.[1] ?? '';

const byPrograms = (model: AuditModel, component: Component): Evidence[] =>
  startedFor(model, component, seeds)
    .filter(({ run }) => !startsNothing(model, run) && !(asksPrisma(run) && !toldToSeed(model)))
    .map(({ evidence }) => evidence);

/** `prisma db seed` runs what the settings name, and nothing where they name nothing. */
const asksPrisma = ({ program, argv }: CommandRun): boolean => program === 'prisma' && argv.includes('seed');
const toldToSeed = once((model): boolean => model.components.some((component) => byOrm(model, component).length > 0));

const seederName = /(^|[/-])(seed(er)?s?|(mock|demo|sample|dummy)-?data)$/i;

/** Packages beside the programs that fill their database, or send the records to their API. */
const bySeeders = once((model): Evidence[] =>
  startedIn(model)
    .filter(({ run, evidence }) => {
      const place = ownerOf(model, evidence.file);
      const owner = model.components.find(({ path }) => path === place);
      if (!owner || run.file === null) return false;
      const text = model.view.text(run.file);
      return (
        (owner.kind === 'tool' && text !== '' && seeds(run, evidence)) ||
        (seederName.test(owner.path) && fillsDatabase(text))
      );
    })
    .map(({ evidence }) => evidence),
);

/** `node seed.js` without such a file; what a build writes is not there yet. */
const startsNothing = (model: AuditModel, { program, argv, file }: CommandRun): boolean =>
  !model.view.has(file ?? '') &&
  runtimes.has(program) &&
  argv.some((word) => /\.[cm]?[jt]s$/.test(word) && !/(^|\/)(dist|build|lib|out)\/|[*$]/.test(word));
const runtimes = new Set(['node', 'tsx', 'ts-node', 'bun']);

function seeds(run: CommandRun, evidence: Evidence): boolean {
  const script = scriptOf(run, evidence);
  return (
    [...run.argv, run.file ?? '', script].some(
      (word) => seedWord.test(word) && !notSeed.test(word) && !/^\W*\$/.test(word),
    ) &&
    !handling.has(run.program) &&
    !run.argv.some((word) => writing.has(word) || word.startsWith('banner')) &&
    !/create|generate|make|banner/i.test(script)
  );
}
/** Programs that handle files of seeds, and words that write or undo one. */
const handling = new Set(['rm', 'cp', 'mv', 'eslint', 'prettier', 'tsc', 'git', 'rimraf', 'mkdir', 'COPY']);
const writing = new Set(['seed:generate', 'seed:make', 'seed:create', 'make', 'generate', 'undo']);

/** Scripts that prepare an installation: they seed where their program opens the database and writes records. */
const setupScript =
  /(^|:)(first-?time-?)?(setup|init|initiali[sz]e|install|bootstrap|reset|fixtures?|populate)([-:](db|data|database|app))?$/i;
const opensDatabase =
  /\.connect\(|createConnection|createPool|createClient\(|new (PrismaClient|Sequelize|DataSource|Pool|MongoClient)|models?\/|(?:from|require\()\s*['"][^'"\n]*\/(?:database|db|prisma|mongo\w*)(?:\.[cm]?[jt]s)?['"]/;
const writesRecords =
  /\.(insert|insertOne|insertMany|bulkCreate|createMany|upsert)\(|new \w+\([^)]*\)\.save\(|\binsert into\b/i;
const fillsDatabase = (text: string): boolean => opensDatabase.test(text) && writesRecords.test(text);

const setsUp = (run: CommandRun, evidence: Evidence): boolean =>
  run.file !== null && setupScript.test(scriptOf(run, evidence));

const bySetup = (model: AuditModel, component: Component): Evidence[] =>
  startedFor(model, component, setsUp)
    .filter(({ run }) => fillsDatabase(model.view.text(run.file!)))
    .map(({ evidence }) => evidence);

/** `prisma.seed` in a manifest, `seed:` of a Prisma config, Supabase's own seed file. */
function byOrm(model: AuditModel, component: Component): Evidence[] {
  return filesOf(model, component)
    .filter(
      (file) =>
        /(^|\/)(package\.json|prisma\.config\.[cm]?[jt]s|supabase\/config\.toml|supabase\/seed\.sql|[\w.-]+\.wasp(\.ts)?)$/.test(
          file,
        ) && !isAside(file, component.path),
    )
    .flatMap((file) => {
      if (file.endsWith('.sql')) return [noteOf({ file, line: 1 }, 'seed that Supabase runs on reset')];
      const manifest = model.facts.manifests.find(({ path }) => path === file);
      if (manifest)
        return typeof dig(manifest.raw, 'prisma', 'seed') === 'string'
          ? [noteOf({ file, line: manifest.lines['prisma.seed'] ?? 1 }, "the ORM's seed setting")]
          : [];
      const lines = model.view.text(file).split('\n');
      const index = lines.findIndex((line) => /^\s*(seeds?\s*[:=]|\[db\.seed\])/.test(line));
      return index < 0 ? [] : [noteOf({ file, line: index + 1 }, "the ORM's seed setting")];
    });
}

/** SQL that the database's image runs when it is empty, and a service that is there to fill it. */
function byCompose(model: AuditModel, component: Component): Evidence[] {
  return model.facts.compose
    .filter((fact) => [component.path, null, '.'].includes(ownerOf(model, fact.path)))
    .flatMap((fact) =>
      fact.services.flatMap((service) => [
        ...service.volumes
          .filter(({ target }) => target.includes('docker-entrypoint-initdb.d'))
          .filter(({ source }) => source !== null && fills(model, source, fact.dir))
          .map((volume) =>
            noteOf({ file: fact.path, line: volume.line }, 'mounts what the database runs when it is empty'),
          ),
        ...(/(^|[-_])seed(er|s)?([-_]|$)/i.test(service.name)
          ? [noteOf({ file: fact.path, line: service.line }, `service ${service.name}`)]
          : []),
      ]),
    );
}

/** Many init folders only make users and empty databases. A path may be meant from the root, where compose is started. */
function fills(model: AuditModel, source: string, dir: string): boolean {
  const places = [joinPath(dir, source), joinPath(source)];
  return model.view
    .list()
    .filter((file) => places.some((one) => one !== null && isWithin(file, one)))
    .some((file) =>
      /^\s*(insert\s+into|copy\s+\w)|insert(Many|One)?\(|mongoimport|mongorestore|pg_restore/im.test(
        model.view.text(file),
      ),
    );
}

/** An import that people start by a request is no seed. */
const answersRequests = /(^|\/)(routes?|controllers?|pages|api|handlers?)\//i;

/** `initializeSiteConfig.ts`, `createDefaultRoles.js`: writes the first records where it finds none. */
const beginningName =
  /^([Ii]nit(iali[sz]e)?[A-Z_-]|([Cc]reate|[Ii]nsert|[Aa]dd)[-_]?([Dd]efault|[Ii]nitial)([A-Z_-]|s?\.))/;
const fillsWhatIsEmpty =
  /if\s*\(\s*(!\w+|\w+(\.length)?\s*={2,3}\s*0)\s*\)\s*\{?[^;{}]{0,200}\.(create|createMany|insertMany|insertOne|bulkCreate)\(/;

/** A seeder that the program runs itself. */
function byCode(model: AuditModel, component: Component): Evidence[] {
  if (component.language !== 'js') return [];
  const wiring = model.wiring.of(component);
  return [...new Set([...wiring.own, ...wiring.reached])]
    .filter(
      (file) =>
        (namesSeed(file) || (beginningName.test(baseOf(file)) && fillsWhatIsEmpty.test(model.view.text(file)))) &&
        !notSeed.test(file) &&
        // What is called a seed is one, whoever starts it.
        (!answersRequests.test(file) || /seed[^/]*$/i.test(file)) &&
        !isAside(file) &&
        wiring.fileLiveness(file) === 'live',
    )
    .map((file) => noteOf({ file, line: 1 }, 'seeder that the program runs'));
}

/** A schema that lies beside several programs is one database: what one of them writes at start is there for all. */
function byNeighbours(model: AuditModel, component: Component): Evidence[] {
  const shared = schemasOf(model, component)
    .filter(({ role, path }) => role === 'schema' && !isWithin(path, component.path))
    .map(({ path }) => path);
  if (shared.length === 0) return [];
  return model.components
    .filter((other) => other !== component && schemasOf(model, other).some(({ path }) => shared.includes(path)))
    .flatMap((other) => byCode(model, other));
}

const seedFiles = (model: AuditModel, component: Component): Evidence[] =>
  filesOf(model, component)
    .filter((file) => /(?<!\.d)\.([cm]?[jt]s|sql|json|py|rb|php|go|sh|ya?ml|csv)$/.test(file))
    .filter((file) => namesSeed(file) && !notSeed.test(file) && !isAside(file, component.path))
    .map((file) => noteOf({ file, line: 1 }, 'seed file'));
