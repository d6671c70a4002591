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
  /** The code that answers, where it could be found. */
  handler: { file: string; fn: FunctionFact } | null;
}

/** What runs, for one component. A file of a shared package counts for every component whose entries reach it. */
export interface ComponentWiring {
  root: ComponentRoot;
  entries: Entry[];
  /** Files reached at run time, sorted (through shared workspace packages too). */
  reached: readonly string[];
  /** Every source file that is the component's own, tests and tools left out, sorted. */
  own: readonly string[];
  fileLiveness(file: string): Liveness;
  unitLiveness(file: string, unit: number): Liveness;
  /** Calls in the component's own and reached files, tests left out. */
  calls(filter?: (call: CallFact, file: string) => boolean): Located<CallFact>[];
  env(): Located<EnvRead>[];
  jsx(filter?: (jsx: JsxFact, file: string) => boolean): Located<JsxFact>[];
  routes(): Route[];
  /** Packages imported in own or reached files, with the best liveness, tests left out. */
  packages(): ReadonlyMap<string, { live: Liveness; evidence: Evidence }>;
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
  /** Value of a call, following `const x = …` in other modules of the repository when the origin is a module. */
  isTest(file: string): boolean;
}
