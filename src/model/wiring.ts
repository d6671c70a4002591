import type { ComponentRoot } from './component.ts';
import type { Evidence } from './evidence.ts';
import type { CallFact, CodeFact, EnvRead, FunctionFact, JsxFact, Origin, ValueFact } from './facts/source.ts';

export type Phase = 'runtime' | 'build' | 'test' | 'tool';

/** A file that something starts, with what starts it. */
export interface Entry {
  file: string;
  phase: Phase;
  /** A phrase: `package.json "start" runs node dist/index.js`, `Next.js route`. */
  reason: string;
  evidence: Evidence;
  /** `all`: every export is asked for by a framework; otherwise just the names (empty: the module is only run). */
  names: 'all' | string[];
}

/** `unknown`: it stands under a load that cannot be followed. */
export type Liveness = 'live' | 'dead' | 'unknown';

export interface Located<T> {
  file: string;
  fact: T;
  live: Liveness;
}

/** Methods by which a request changes something. */
export const writingMethods: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** A place that answers requests, whatever the framework. */
export interface Route {
  file: string;
  line: number;
  /** Upper case; `ALL` where any; `QUERY`, `MUTATION`, `SUBSCRIPTION` for GraphQL and tRPC; `EVENT` for sockets and messages. */
  method: string;
  /** As far as it can be put together from mounts and prefixes. */
  path: string;
  live: Liveness;
  framework: string;
  /** Everything between path and handler, as simplified values. */
  middleware: ValueFact[];
  /** The same, where a list of another module holds them together with the handler. */
  listed?: { file: string; value: ValueFact }[];
  /** The code that answers, where it could be found. */
  handler: { file: string; fn: FunctionFact } | null;
}

/** A call of a package's member that stands behind a value: `app.use(limiter)` where another module says `const limiter = rateLimit({…})`. */
export interface PackageUse {
  package: string;
  member: string;
  args: ValueFact[];
}

/** Something registered around request handling: `app.use(x)`, `fastify.register(x)`, a global guard, pipe, filter or interceptor, a mount's own middleware. */
export interface Middleware {
  file: string;
  line: number;
  live: Liveness;
  /** `global`: every request of the application; `path`: those of a router or path prefix. */
  scope: 'global' | 'path';
  /** Prefix it is mounted at, where one is written. */
  path: string | null;
  /** How it was registered: `use`, `register`, `addHook`, `useGlobalPipes`, `APP_GUARD`, … */
  how: string;
  value: ValueFact;
  behind: readonly PackageUse[];
}

/** A package that code imports. */
export interface ImportedPackage {
  live: Liveness;
  evidence: Evidence;
  /** What is imported of it anywhere: names, `default`, `*` for all of it. */
  names: ReadonlySet<string>;
}

/** What runs, for one component. A file of a shared package counts for every component whose entries reach it. */
export interface ComponentWiring {
  root: ComponentRoot;
  entries: Entry[];
  /** Files reached at run time, sorted (through shared workspace packages too). */
  reached: readonly string[];
  /** Every source file that is the component's own, tests and tools left out, sorted. */
  own: readonly string[];
  /** The file's path inside the component, or inside the layer of Nuxt that holds it; null elsewhere. */
  placeOf(file: string): string | null;
  fileLiveness(file: string): Liveness;
  unitLiveness(file: string, unit: number): Liveness;
  /** Calls in the component's own and reached files, tests left out. */
  calls(filter?: (call: CallFact, file: string) => boolean): Located<CallFact>[];
  /** Those whose callee matches, in their order: each name is asked once, however often it is called. */
  called(callee: RegExp): Located<CallFact>[];
  env(): Located<EnvRead>[];
  jsx(filter?: (jsx: JsxFact, file: string) => boolean): Located<JsxFact>[];
  routes(): Route[];
  middleware(): Middleware[];
  /** Everything that stands before a route's handler: its own middleware, its router's, its mount's and the global ones. */
  before(route: Route): { file: string; value: ValueFact }[];
  /** Packages imported in own or reached files, with the best liveness, tests left out. */
  packages(): ReadonlyMap<string, ImportedPackage>;
  /** Shortest path of imports from a run time entry, entry first; empty when not reached. */
  pathTo(file: string): string[];
  /** Loads that cannot be followed, so that absence under them proves nothing. */
  blind: { evidence: Evidence; reason: string; prefix: string | null }[];
}

export interface Wiring {
  of(root: { path: string }): ComponentWiring;
  /** Test files and the component they belong to. */
  testFiles(root: { path: string }): readonly string[];
  code(file: string): CodeFact | null;
  /** Follows a module origin through imports and re-exports to the declaring file and top-level name. */
  resolveOrigin(file: string, origin: Origin): { file: string; name: string } | null;
  /** The repository file an import leads to, or null for packages and what cannot be resolved. */
  resolve(file: string, specifier: string): string | null;
  /** Calls of packages that stand behind a value or inside the function it names, through modules of the repository. */
  behind(file: string, value: ValueFact): readonly PackageUse[];
  /** The function a value names or is, through imports. */
  functionOf(file: string, value: ValueFact): { file: string; fn: FunctionFact } | null;
  isTest(file: string): boolean;
}
