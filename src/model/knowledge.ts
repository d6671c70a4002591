/**
 * What the audit knows of the world's packages and frameworks: data in `rules/knowledge/*.yaml`, never in code.
 */
export interface Knowledge {
  /** By capability name (`rate-limiter`, `structured-logger`, `orm`, …): the packages that give it. */
  capabilities: ReadonlyMap<string, CapabilityPackage[]>;
  frameworks: ReadonlyMap<string, FrameworkFact>;
  /** What a framework supplies by default, with the page that says so. */
  defaults: FrameworkDefault[];
}
export interface CapabilityPackage {
  /** Package name; a trailing `*` matches a scope or prefix (`@sentry/*`). */
  package: string;
  /** Members that put it to work when called or constructed (`default`, `init`, `rateLimit`, `PrismaClient`); empty: any. */
  members: string[];
  /** Importing it for its side effect is enough. */
  sideEffect: boolean;
  /** It does many other things too: declaring or importing it shows nothing, only the use of a member does. */
  general?: boolean;
  /** Free words that narrow a search (`express`, `postgresql`, `redis`, `persistent`). */
  tags: string[];
}
export interface FrameworkFact {
  name: string;
  packages: string[];
  kind: 'server' | 'web' | 'full-stack' | 'mobile' | 'worker' | 'cms' | 'static-site';
}
export interface FrameworkDefault {
  framework: string;
  rule: string;
  /** What it supplies, as evidence says it. */
  supplies: string;
  /** Which signals it answers. */
  signals: ('present' | 'wired' | 'complete')[];
  /** The first major version that supplies it; every one where left out. */
  since?: number | undefined;
  /** The last one that does. */
  until?: number | undefined;
  /** The program of the framework that supplies it, which something has to start; none where the framework always does. */
  program?: string | undefined;
  /** How the path of its built handler ends: a program of the repository that imports it serves in the framework's place. */
  handler?: string | undefined;
  documentation: string;
}
