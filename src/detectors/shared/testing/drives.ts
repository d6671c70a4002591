import type { AuditModel } from '../../../model/audit-model.ts';
import type { Evidence } from '../../../model/evidence.ts';
import { matchesPackage, wantedPackages } from '../packages.ts';
import { noteOf, once, ownerOf, sourcesByPath } from '../scope.ts';
import type { TestFile } from './files.ts';
import { withoutComments } from './text.ts';

/** Requests made inside the process, by the ways that frameworks offer. */
const inProcess: readonly { shape: RegExp; what: string }[] = [
  { shape: /\.inject\(\s*(\{|['"`]|[\w.]+\s*[,)])/, what: 'injects requests' },
  { shape: /\bapp\w*\.(request|fetch|handle)\(\s*(['"`/]|new Request|\w+)/, what: 'sends requests to the app' },
  { shape: /\btestClient\s*(<[^>]*>)?\(/, what: 'sends requests through a test client' },
  { shape: /\b(executeOperation|testApiHandler)\s*(<[^>]*>)?\(/, what: 'runs a request through the handler' },
  {
    shape: /\b(createCaller|createCallerFactory|appRouter\.createCaller)\b/,
    what: 'calls procedures through the router',
  },
  { shape: /\bSELF\.fetch\(|\bunstable_dev\(|\bworker\.fetch\(/, what: 'sends requests to the worker' },
];
/** A handler of a route, called with a request made for it. */
const handlerImport =
  /(?:from|import\()\s*['"][^'"]*(\/route|\/(api|routes)\/[^'"]*|\/handlers?[^'"]*|(\+page|\+layout|hooks|entry)\.server|\+server|entry\.worker)(\.[jt]sx?)?['"]|\{[^}]*\b(loader|action|load|actions)\b[^}]*\}\s*from\s*['"]([.~#]|@\/)/;
const madeRequest = /new (Next)?Request\(/;

const overHttp =
  /(?<![\w$])(fetch|axios(\.\w+)?|got(\.\w+)?|ky(\.\w+)?|needle|superagent(\.\w+)?|undici\.(request|fetch)|\$fetch|ofetch|http\.(get|request)|https\.(get|request)|rp|request(\.\w+)?)\s*(<[^>]*>)?\(/;
const running =
  /\.listen\(|https?:\/\/(localhost|127\.0\.0\.1|0\.0\.0\.0)|\b(start|create|boot|launch)\w*(Server|App|Api|WebServer)\(|\b(BASE|API|SERVER|TEST)_?\w*(URL|HOST|ORIGIN)\b|\bbaseURL\b|server\.url|getPort\(/;
const started = /\.listen\(|\b(start|create|boot|launch)\w*(Server|App|Api|WebServer)\(/;
const faked =
  /(setupServer|from\s*['"](msw|nock|fetch-mock|jest-fetch-mock|vitest-fetch-mock|axios-mock-adapter|jest-mock-axios)|(jest|vi)\.mock\(\s*['"](axios|node-fetch|got|undici)|global(This)?\.fetch\s*=|stubGlobal\(\s*['"]fetch|spyOn\(\s*(global|globalThis|window|axios)|mock(Resolved|Implementation)\w*)/;

/** A client for the API that the suite makes for itself, and requests through it. */
const madeClient = /\b(axios\.create|got\.extend|ky\.(create|extend)|ofetch\.create|new \w*ApiClient)\s*\(/;
const throughClient = /\b\w*(client|api|http|axios|request)\w*\.(get|post|put|patch|delete)\s*(<[^>]*>)?\(/i;

const database =
  /(?<![\w$])(mongoose\.connect(ion)?|connectToDatabase|connectDB|new (PrismaClient|DataSource|Sequelize|MongoClient|PGlite)|createConnection|createPool|new pg\.(Pool|Client)|new Pool|knex\.migrate|migrate\.latest|sequelize\.sync|synchronize|dataSource\.initialize|AppDataSource\.initialize|orm\.schema|getConnection|MikroORM\.init)\s*\(/;
const fakedDatabase =
  /(jest|vi)\.mock\([^)]*(prisma|database|\bdb\b|mongoose|typeorm|sequelize|knex|drizzle|repositor)|\bproxyquire\w*\(|mockDeep|prismaMock|createMockPrisma|mongodb-memory-server-mock/i;

const inBrowser =
  /\bcy\.(request|api)\(|\brequest\.(get|post|put|patch|delete|fetch)\(|request\.newContext|apiRequestContext|apiContext/;

/** Where a test drives an API or a real database; null where it does neither. Helpers that it imports count as itself. */
export const drives = once((model, file: TestFile): Evidence | null => {
  if (file.tool !== 'unit') return inText(file.path, file.text, inBrowser, 'sends requests to the API');
  return byPackages(model, file.path, 0, new Set()) ?? byShape(model, file);
});

function inText(file: string, text: string, shape: RegExp, what: string): Evidence | null {
  const at = shape.exec(text);
  return at ? noteOf({ file, line: text.slice(0, at.index).split('\n').length }, what) : null;
}

/** An import of a tool for it, in the test or in a helper of the tests. */
function byPackages(model: AuditModel, path: string, depth: number, seen: Set<string>): Evidence | null {
  if (seen.has(path) || depth > 2) return null;
  seen.add(path);
  const wanted = wantedPackages(model.knowledge, { capability: 'http-testing' });
  const sources = sourcesByPath(model);
  const imports = sources.get(path)?.module.imports ?? [];
  const hit = imports.find(
    (one) =>
      !one.typeOnly &&
      wanted.some(
        (tool) =>
          matchesPackage(one.specifier, tool.package) &&
          (!tool.general || one.names.some(({ imported }) => tool.members.includes(imported))),
      ),
  );
  if (hit) return noteOf({ file: path, line: hit.line }, `imports ${hit.specifier}`);
  for (const one of imports) {
    const target = one.typeOnly ? null : model.wiring.resolve(path, one.specifier);
    const found = target && model.wiring.isTest(target) ? byPackages(model, target, depth + 1, seen) : null;
    if (found) return found;
  }
  return null;
}

function byShape(model: AuditModel, file: TestFile): Evidence | null {
  const helpers = helpersOf(model, file.path);
  const whole = [file.text, ...helpers].join('\n');
  for (const { shape, what } of inProcess) {
    const found = inText(file.path, file.text, shape, what);
    if (found) return found;
  }
  if (handlerImport.test(file.text)) {
    const found = inText(file.path, file.text, madeRequest, 'calls a route with a request');
    if (found) return found;
  }
  if ((running.test(whole) || apart(model, file)) && (!faked.test(file.text) || started.test(whole))) {
    const what = 'sends requests to the running app';
    const found = inText(file.path, file.text, overHttp, what);
    if (found) return found;
    if (helpers.some((text) => overHttp.test(text))) return noteOf({ file: file.path, line: file.line }, what);
  }
  if (helpers.some((text) => madeClient.test(text)) && !faked.test(file.text)) {
    const found = inText(file.path, file.text, throughClient, 'sends requests to the running app');
    if (found) return found;
  }
  if (fakedDatabase.test(whole)) return null;
  const own = inText(file.path, file.text, database, 'opens a database');
  return (
    own ??
    (helpers.some((text) => database.test(text))
      ? noteOf({ file: file.path, line: file.line }, 'works on a database that its set-up opens')
      : null)
  );
}

/** In a suite that stands apart from what it tests, requests go to a running app, whose address the set-up knows. */
const apart = (model: AuditModel, file: TestFile): boolean =>
  /(^|\/)(e2e|[\w-]+-e2e|integration-tests?|api-tests?)\//.test(file.path) &&
  !model.components.some((one) => one.path === file.owner && one.kind !== 'tool' && one.kind !== 'service');

/** In a package of tests all code is there for them. */
const ofSuite = (model: AuditModel, path: string): boolean => {
  const owner = model.components.find((one) => one.path === ownerOf(model, path));
  return owner?.kind === 'tool' && /(^|[-_/])(tests?|e2e|integration|acceptance)([-_/]|$)/.test(owner.path);
};

/** Texts of the tests' own helpers that a test imports. */
function helpersOf(model: AuditModel, path: string): string[] {
  const sources = sourcesByPath(model);
  return (sources.get(path)?.module.imports ?? []).flatMap((one) => {
    const target = one.typeOnly ? null : model.wiring.resolve(path, one.specifier);
    return target && (model.wiring.isTest(target) || ofSuite(model, target))
      ? [withoutComments(model.view.text(target))]
      : [];
  });
}
