/** Facts from configuration files: what is declared, with the line that declares it. Analyzers fill them; `src/deployment` brings them to one shape. */

export interface EnvFileFact {
  path: string;
  /** `template`: meant to be copied (.env.example and its kin); `real`: read by the program; `default`: a committed default by design (.env.development, .env.test, .env with no secret). */
  role: 'template' | 'real' | 'default';
  variables: { name: string; value: string; line: number; commented: boolean }[];
  tracked: boolean;
}

export interface DockerfileFact {
  path: string;
  dir: string;
  stages: DockerStage[];
  /** Index of the stage an ordinary build ends in. */
  final: number;
  args: { name: string; default: string | null; line: number }[];
}
export interface DockerStage {
  name: string | null;
  line: number;
  base: {
    image: string;
    tag: string | null;
    digest: string | null /** index of an earlier stage */;
    stage: number | null;
    line: number;
  };
  user: { value: string; line: number } | null;
  cmd: DockerCommand | null;
  entrypoint: DockerCommand | null;
  healthcheck: { none: boolean; command: string; line: number } | null;
  copies: { from: string | null; sources: string[]; dest: string; line: number }[];
  runs: { text: string; line: number }[];
  env: { name: string; value: string; line: number }[];
  exposes: { port: number; line: number }[];
  workdir: { value: string; line: number } | null;
}
export interface DockerCommand {
  /** Words after shell or exec form is taken apart. */
  argv: string[];
  form: 'exec' | 'shell';
  line: number;
}

export interface ComposeFact {
  path: string;
  dir: string;
  services: ComposeService[];
  volumes: { name: string; external: boolean; line: number }[];
  include: string[];
  /** Variables that the file interpolates (`${X:-default}`), one entry per place. */
  variables?: { name: string; default: string | null; line: number }[];
}
export interface ComposeService {
  name: string;
  line: number;
  image: { value: string; line: number } | null;
  /** `context` and `dockerfile` are repository paths; null where they point outside or are remote. */
  build: {
    context: string | null;
    dockerfile: string | null;
    target: string | null;
    line: number;
    /** The `dockerfile` value as written. */
    dockerfileWritten?: string | null;
    args?: { name: string; value: string }[];
    /** The context is a local path that lies outside the repository. */
    outside?: boolean;
  } | null;
  command: { argv: string[]; line: number } | null;
  entrypoint: { argv: string[]; line: number } | null;
  environment: { name: string; value: string | null; line: number }[];
  envFiles: { path: string; line: number }[];
  ports: { host: number | null; container: number; hostIp: string | null; line: number }[];
  expose: number[];
  volumes: {
    source: string | null;
    target: string;
    kind: 'bind' | 'named' | 'anonymous' | 'tmpfs';
    readOnly: boolean;
    line: number;
  }[];
  dependsOn: string[];
  healthcheck: { test: string; disabled: boolean; line: number } | null;
  restart: { value: string; line: number } | null;
  memoryLimit: { value: string; line: number } | null;
  cpuLimit: { value: string; line: number } | null;
  replicas: { value: number; line: number } | null;
  user: { value: string; line: number } | null;
  profiles: string[];
  labels: { key: string; value: string; line: number }[];
  networks: string[];
  logging: { driver: string; line: number } | null;
}

/** One document of a Kubernetes manifest or rendered-by-tolerance Helm template. `doc` is plain data; `lineOf` maps a dotted path in it to its line. */
export interface KubernetesFact {
  path: string;
  line: number;
  apiVersion: string;
  kind: string;
  name: string;
  namespace: string | null;
  doc: Record<string, unknown>;
  lines: Record<string, number>;
  /** The chart or kustomization it belongs to. */
  chart: string | null;
  templated: boolean;
}
export interface HelmChartFact {
  dir: string;
  name: string;
  values: Record<string, unknown>;
  lines: Record<string, number>;
  templates: string[];
  /** Charts that Chart.yaml asks for; `enabled` false where its condition is off in the values. */
  dependencies?: { name: string; repository: string | null; enabled: boolean; line: number }[];
}
export interface KustomizationFact {
  path: string;
  dir: string;
  /** Resources, bases, components and patch files, as repository paths. */
  resources: { path: string; line: number }[];
  /** `images:` entries: what a base's image is replaced by. */
  images?: { name: string; newName: string | null; newTag: string | null; line: number }[];
  /** Charts it inflates (`helmCharts`). */
  charts?: { name: string; line: number }[];
}

export type PipelineHost =
  | 'github'
  | 'gitlab'
  | 'circleci'
  | 'azure'
  | 'jenkins'
  | 'bitbucket'
  | 'travis'
  | 'buildkite'
  | 'drone'
  | 'appveyor'
  | 'cloudbuild'
  | 'codebuild'
  | 'other';
export interface PipelineFact {
  path: string;
  host: PipelineHost;
  name: string | null;
  triggers: PipelineTrigger[];
  jobs: PipelineJob[];
}
export interface PipelineTrigger {
  /** `push`, `pull_request`, `schedule`, `manual` (workflow_dispatch), `release`, `tag`, `call` (workflow_call), `external` (the host's own settings decide), or the host's own word. */
  event: string;
  branches: string[];
  paths: string[];
  line: number;
}
export interface PipelineJob {
  id: string;
  name: string | null;
  line: number;
  /** An `if` that never holds. */
  disabled: boolean;
  condition: string | null;
  needs: string[];
  /** A reusable workflow it calls (`./.github/workflows/x.yml`, `org/repo/...@ref`). */
  uses: string | null;
  steps: PipelineStep[];
  services: { name: string; image: string; line: number }[];
  environment: string | null;
  /** Values of a matrix by key, flattened to strings. */
  matrix: Record<string, string[]>;
  /** What the matrix runs with, one record for each run; absent where a host's matrix is read by its values alone. */
  combinations?: Record<string, string>[];
  /** The file it stands in, when that is not the pipeline's own (a reusable workflow, an include). */
  file?: string;
}
export interface PipelineStep {
  /** Of the `run` or `uses` key, or of the step. */
  line: number;
  /** The file it stands in, when that is not the pipeline's own (a composite action, an include). */
  file?: string;
  /** Line of the first line of `run`. */
  runLine?: number;
  name: string | null;
  run: string | null;
  uses: string | null;
  with: Record<string, string>;
  /** Repository path the command starts in; `.` when not said, null when it is an expression. */
  workingDirectory: string | null;
  continueOnError: boolean;
  condition: string | null;
  disabled: boolean;
}

export interface ProxyFact {
  path: string;
  kind: 'nginx' | 'caddy' | 'traefik' | 'envoy' | 'kong' | 'haproxy' | 'apache' | 'other';
  /** `upstream` is host[:port] as written, with nginx `upstream` blocks resolved; null for static files. */
  routes: { match: string; upstream: string | null; line: number }[];
  listens: { port: number; tls: boolean; line: number }[];
  tls: { note: string; line: number }[];
  headers: { name: string; value: string; line: number }[];
  rateLimits: { note: string; line: number }[];
  accessLog: { on: boolean; line: number } | null;
  caching: { note: string; line: number }[];
}

export type PlatformName =
  | 'vercel'
  | 'netlify'
  | 'fly'
  | 'render'
  | 'railway'
  | 'heroku'
  | 'dokku'
  | 'cloudflare'
  | 'app-engine'
  | 'firebase'
  | 'amplify'
  | 'sst'
  | 'serverless'
  | 'architect'
  | 'azure'
  | 'replit'
  | 'cloud-run'
  | 'app-runner'
  | 'elastic-beanstalk'
  | 'digitalocean'
  | 'aws-sam'
  | 'cdk'
  | 'expo-eas'
  | 'deno-deploy'
  | 'github-pages'
  | 'other';
export interface PlatformFact {
  path: string;
  platform: PlatformName;
  /** One per thing deployed; `dir` is the repository folder it builds from. `healthPath`, `replicas`: as declared. */
  services: {
    name: string;
    dir: string | null;
    kind: 'web' | 'static' | 'function' | 'worker' | 'database' | 'job';
    command: string | null;
    healthPath: string | null;
    replicas: number | null;
    autoscaling: boolean;
    line: number;
    /** The repository folder of built files that it publishes. */
    published?: string | null;
    /** The Dockerfile it builds, where it says one. */
    dockerfile?: string | null;
    /** A published image that it runs. */
    image?: string | null;
    memory?: string | null;
    /** The host's own word for what runs it (`containerapp`, `staticwebapp`, `function`). */
    host?: string | null;
  }[];
  /** `false`: it ends TLS only where it is told to, and it is not. */
  tls?: boolean;
  /** Rewrites and proxied paths; `target` as written. */
  routes?: { match: string; target: string; line: number }[];
  headers: { name: string; value: string; line: number }[];
  /** Managed data stores and add-ons it declares. */
  resources: { type: string; name: string; line: number }[];
  /** Functions whose code it names one by one. */
  functions?: DeclaredFunction[];
  /** Origins that its gateway lets call from a browser, as written. */
  allowedOrigins?: { value: string; line: number };
  /** Limits of the rate that its gateway keeps. */
  rateLimits?: { note: string; line: number }[];
  /** Variables it declares. */
  env: { name: string; line: number }[];
  /** Commands run at release or build (`release:`, `postdeploy`, `buildCommand`). */
  commands: { phase: 'build' | 'release' | 'start' | 'other'; text: string; line: number }[];
}

/** One function that a platform calls, as a configuration or a program of infrastructure names it. */
export interface DeclaredFunction {
  /** Where its code may be, as repository paths without their ending, likeliest first. */
  modules: string[];
  /** The export that is called. */
  member: string;
  /** What calls it; null where that is not said beside it. */
  by: 'request' | 'event' | null;
  /** The requests it answers; empty where they are not said. `method` in upper case, `ALL` for any. */
  requests: { method: string; path: string }[];
  /** Something asks who calls before it runs. */
  authorized: boolean;
  /** What it runs on, as the platform calls it: `nodejs22.x`. */
  runtime?: { name: string; file: string; line: number };
  file: string;
  line: number;
}

/** Infrastructure as code: resources by type. `text` is the block as written, at most 4,000 characters, for attribute look-ups. */
export interface IacFact {
  path: string;
  tool: 'terraform' | 'bicep' | 'pulumi' | 'cdk' | 'cloudformation' | 'arm' | 'nomad' | 'ansible';
  /** `module:<source>` is a module's type, `data.<type>` and `existing:<type>` what is only looked up. `condition`: a Bicep `if (…)`; `false` where the flag's default turns it off. */
  resources: { type: string; name: string; line: number; text: string; condition?: string }[];
  functions?: DeclaredFunction[];
  /** Parameters with their defaults and local values, as written; `tfvars` files give values of parameters. */
  values?: { name: string; kind: 'parameter' | 'local' | 'given'; text: string | null }[];
}

/** A database schema, ORM set-up or migration folder. */
export interface DataSchemaFact {
  path: string;
  orm:
    | 'prisma'
    | 'drizzle'
    | 'typeorm'
    | 'sequelize'
    | 'mikro-orm'
    | 'mongoose'
    | 'knex'
    | 'objection'
    | 'kysely'
    | 'sql'
    | 'supabase'
    | 'other';
  role: 'schema' | 'config' | 'migrations';
  /** `postgresql`, `mysql`, `sqlite`, `mongodb`, `sqlserver`, `cockroachdb`; null when not said. */
  provider: string | null;
  models: { name: string; line: number }[];
  /** Environment variables the file itself names. */
  env: { name: string; line: number }[];
  /** For a schema of Prisma: the folder that a client is generated into, where it says one in the repository. */
  client?: string;
  /** For migrations: how many versioned files. */
  count: number;
  line: number;
}

/** An HTML page or template, and web app manifests. */
export interface PageFact {
  path: string;
  scripts: { src: string; line: number }[];
  /** Code that stands in the page itself, at most 4,000 characters each. */
  inline?: { text: string; line: number; module: boolean }[];
  links: { rel: string; href: string; line: number }[];
}
export interface WebManifestFact {
  path: string;
  name: string | null;
  startUrl: string | null;
  icons: { src: string; sizes: string; exists: boolean }[];
  line: number;
}
