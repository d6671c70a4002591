import type { Evidence } from './evidence.ts';
import type { ValueAt } from './value-at.ts';

/** How strongly a definition speaks for production (ruling 2): lower counts first. */
export const definitionRanks = ['applied', 'named-production', 'infrastructure', 'plain', 'development'] as const;
export type DefinitionRank = (typeof definitionRanks)[number];

export type DeployedRole =
  | 'component'
  | 'database'
  | 'cache'
  | 'queue'
  | 'proxy'
  | 'storage'
  | 'monitoring'
  | 'identity'
  | 'other';

/** One thing that a definition runs. */
export interface DeployedService {
  name: string;
  /** Path of the component it runs, or null for third-party software and what could not be matched. */
  component: string | null;
  /** Further components whose code the same image runs. */
  alsoRuns?: string[];
  role: DeployedRole;
  /** For a database or cache: `postgres`, `mysql`, `mongo`, `redis`, … */
  software: string | null;
  image: string | null;
  dockerfile: string | null;
  /** The stage of it that is built, where one is asked for. */
  target?: string | null;
  command: string[] | null;
  ports: { host: number | null; container: number }[];
  /** Reachable from outside the deployment: a published port, a route to it, a LoadBalancer or NodePort. */
  exposed: boolean;
  healthProbe: ValueAt<string> | null;
  restart: ValueAt<string> | null;
  memoryLimit: ValueAt<string> | null;
  /** 1 when stated as such; null when not stated. */
  replicas: ValueAt<number> | null;
  autoscaled: ValueAt<string> | null;
  user: ValueAt<string> | null;
  /** Origins that may call it from a browser, as the definition states them: the platform answers with the headers. */
  allowedOrigins?: ValueAt<string>;
  volumes: {
    source: string | null;
    target: string;
    persistent: boolean;
    bindsSource: boolean;
    line: number;
    file: string;
  }[];
  env: { name: string; value: string | null; file: string; line: number }[];
  /** A platform that builds and runs it, where no image is ours to make. */
  platform: string | null;
  /** A function on a serverless or edge platform: not a process that stays up. */
  serverless: boolean;
  /** Source is bind-mounted, or a dev command is run. */
  development: Evidence | null;
  /** It does one thing and ends: a migration, a seed, a job. */
  oneShot?: boolean;
  /** Proof in the tree that this one cannot be built or started. */
  broken?: Evidence[];
  evidence: Evidence;
}

/** Container definitions: what runs images, as opposed to platforms that build and run by themselves. */
export const containerKinds = ['compose', 'swarm', 'kubernetes', 'helm'] as const;

export interface DeployedRoute {
  match: string;
  /** Name of the service it leads to. */
  service: string | null;
  component: string | null;
  tls: boolean;
  evidence: Evidence;
}

/** One deployment definition: a compose project (base and overrides merged), a set of Kubernetes manifests, a chart, a platform's config, an IaC folder. */
export interface Environment {
  id: string;
  kind: 'compose' | 'swarm' | 'kubernetes' | 'helm' | 'platform' | 'iac';
  files: string[];
  rank: DefinitionRank;
  /** Why it has that rank: the pipeline step that applies it, the name that says production. */
  because: Evidence;
  services: DeployedService[];
  /** Services that a switch leaves out: a profile that nothing activates (ruling 15). */
  inactive?: DeployedService[];
  routes: DeployedRoute[];
  tls: Evidence[];
  rateLimits: Evidence[];
  headers: { name: string; value: string; evidence: Evidence }[];
  accessLogs: Evidence[];
  /** Where a proxy keeps answers, or tells clients to. */
  caching: Evidence[];
  /** Proof in the tree that it cannot work: a build path that does not exist, an image whose start file is not copied. */
  broken: Evidence[];
}

/** Dockerfiles of what definitions for work, or those for anything else, run. */
export const dockerfilesBuilt = (environments: readonly Environment[], development: boolean): ReadonlySet<string> =>
  new Set(
    environments
      .filter(({ rank }) => (rank === 'development') === development)
      .flatMap(({ services }) => services.flatMap(({ dockerfile }) => dockerfile ?? [])),
  );

export interface Deployment {
  environments: Environment[];
  /**
   * "The deployed set": for each component the environments of the best rank that runs it, and what stands at least as high.
   * Where no environment runs a component of ours, those of the best rank present. Empty when nothing deploys.
   */
  counting: Environment[];
  /** Services that run the component (by path), of the environments of the best rank that has it; `kinds` narrows the environments asked. */
  servicesOf(
    component: string,
    kinds?: readonly Environment['kind'][],
  ): { environment: Environment; service: DeployedService }[];
  /** The same over every environment. */
  anyServicesOf(component: string): { environment: Environment; service: DeployedService }[];
  /** Component paths built and run by a managed platform itself. */
  managed: ReadonlyMap<string, { platform: string; serverless: boolean; evidence: Evidence }>;
  /** Dockerfiles that build a component, best first. */
  dockerfilesOf(component: string): string[];
  /** Proof, by Dockerfile, that its image cannot be built or started: a copied path or start file that the tree does not have. */
  brokenDockerfiles?: ReadonlyMap<string, Evidence[]>;
  /** The pipeline steps that push the image of a component, by its path. */
  pushes?: ReadonlyMap<string, Evidence[]>;
}
