import compose from '../../../src/analyzers/compose.ts';
import type { Audited } from '../../../src/live/stack.ts';
import type { AuditModel } from '../../../src/model/audit-model.ts';
import type { Component, ComponentKind, Trait } from '../../../src/model/component.ts';
import type { DeployedService, Environment } from '../../../src/model/deployment.ts';
import type { ComposeFact, ComposeService, EnvFileFact, EnvRead } from '../../../src/model/facts/index.ts';
import { deepestHolding } from '../../../src/model/paths.ts';
import type { ReportV1, RuleResultV1 } from '../../../src/model/report.ts';
import type { RepoView } from '../../../src/model/repository.ts';
import type { Status } from '../../../src/model/status.ts';
import type { Route } from '../../../src/model/wiring.ts';
import { openMemory } from '../../../src/repository/index.ts';

/** An audited target in few words: what verify needs of one, and nothing of how it came about. */
export interface TargetSpec {
  files?: Record<string, string>;
  /** Where it lies on disk, as compose labels name it. */
  root?: string;
  components: Record<string, { kind?: ComponentKind; traits?: Trait[]; routes?: string[]; reads?: ReadSpec[] }>;
  /** By rule id, what the audit said: for every component, or for each by path. `null`: a rule of the repository. */
  rules: Record<string, Status | Record<string, Status>>;
}
interface ReadSpec {
  name: string;
  fallback?: boolean;
  via?: EnvRead['via'];
  live?: 'live' | 'dead';
  checked?: boolean;
}

/** Templates alone: `NAME=value` and `# NAME=value` lines. */
const envFiles = (files: Record<string, string>): EnvFileFact[] =>
  Object.entries(files)
    .filter(([path]) => path.endsWith('.env.example'))
    .map(([path, text]) => ({
      path,
      role: 'template',
      tracked: true,
      variables: text.split('\n').flatMap((line, i) => {
        const [, comment, name, value] = /^(# ?)?([A-Z_]+)=(.*)$/.exec(line) ?? [];
        return name ? [{ name, value: value!, line: i + 1, commented: comment !== undefined }] : [];
      }),
    }));

const repositoryRules = new Set(['infrastructure/api-gateway']);

export function target(spec: TargetSpec): Audited {
  const files = spec.files ?? {};
  const view: RepoView = { ...openMemory(files), root: spec.root ?? '/srv/shop' };
  const facts = { compose: compose.analyze(view, () => {}), envFiles: envFiles(files) };
  const components = Object.entries(spec.components).map(([path, given]) => component(path, given));
  const model = {
    view,
    facts,
    components,
    wiring: { of: ({ path }: { path: string }) => wiringOf(spec.components[path] ?? {}) },
    deployment: {
      environments: facts.compose.map((fact) => environment(fact, components)),
      dockerfilesOf: dockerfilesIn(files),
    },
  };
  return { model: model as unknown as AuditModel, report: report(spec, components) };
}

function component(path: string, { kind = 'service', traits }: TargetSpec['components'][string]): Component {
  return {
    path,
    name: path.split('/').at(-1)!,
    kind,
    traits: traits ?? ['http', 'deployable', 'longrunning'],
    language: 'js',
    manifest: `${path}/package.json`,
    evidence: [],
    frameworks: [],
    stub: false,
  };
}

function wiringOf({ routes = [], reads = [] }: TargetSpec['components'][string]): unknown {
  return {
    routes: (): Route[] =>
      routes.map((path) => ({
        file: 'app.js',
        line: 1,
        method: 'GET',
        path,
        live: 'live',
        framework: 'express',
        middleware: [],
        handler: null,
      })),
    env: () =>
      reads.map(({ name, fallback = false, via = 'process.env', live = 'live', checked = false }) => ({
        file: 'src/app.js',
        live,
        fact: {
          name,
          line: 7,
          unit: 0,
          via,
          fallback: fallback ? { kind: 'string', value: 'x' } : null,
          checked,
        },
      })),
  };
}

function environment(fact: ComposeFact, components: Component[]): Environment {
  const services = fact.services.map((service) => deployed(service, components));
  return { id: fact.path, kind: 'compose', files: [fact.path], services, routes: [] } as unknown as Environment;
}

function deployed(service: ComposeService, components: Component[]): DeployedService {
  const paths = components.map(({ path }) => path);
  return {
    name: service.name,
    component: service.build?.context ? deepestHolding(service.build.context, paths) : null,
    role: service.build ? 'component' : 'other',
    software: null,
    image: service.image?.value ?? null,
    ports: service.ports,
  } as unknown as DeployedService;
}

const dockerfilesIn =
  (files: Record<string, string>) =>
  (path: string): string[] =>
    Object.keys(files).filter((file) => file === (path === '.' ? 'Dockerfile' : `${path}/Dockerfile`));

function report(spec: TargetSpec, components: Component[]): ReportV1 {
  const rules = Object.entries(spec.rules).map(([id, given]) => rule(id, given, components));
  return { rules, score: 80, level: 'demo', components: [] } as unknown as ReportV1;
}

function rule(id: string, given: Status | Record<string, Status>, components: Component[]): RuleResultV1 {
  const status = typeof given === 'string' ? given : (Object.values(given)[0] ?? 'ready');
  const whole = repositoryRules.has(id);
  const verdicts = components.map(({ path }) => ({
    path,
    status: typeof given === 'string' ? given : (given[path] ?? 'not-applicable'),
    evidence: [],
    searched: [],
  }));
  return {
    id,
    status,
    scope: whole ? 'repository' : 'component',
    components: whole ? [] : verdicts,
  } as unknown as RuleResultV1;
}
