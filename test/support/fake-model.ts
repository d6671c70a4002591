import type { AuditModel } from '../../src/model/audit-model.ts';
import type { Component } from '../../src/model/component.ts';
import type { Deployment, Environment } from '../../src/model/deployment.ts';
import type { CallFact, EnvRead, FactMap, JsxFact, ManifestFact } from '../../src/model/facts/index.ts';
import type { Knowledge } from '../../src/model/knowledge.ts';
import type { ComponentWiring, Liveness, Located, Route, Wiring } from '../../src/model/wiring.ts';
import { openMemory } from '../../src/repository/index.ts';

/** A model put together by hand, for units that only read one. */
export interface Fake {
  files?: Record<string, string>;
  components?: Component[];
  facts?: Partial<FactMap>;
  wiring?: Record<string, Partial<FakeWiring>>;
  environments?: Environment[];
  knowledge?: Partial<Knowledge>;
}
interface FakeWiring {
  started: boolean;
  calls: Located<CallFact>[];
  jsx: Located<JsxFact>[];
  env: Located<EnvRead>[];
  routes: Route[];
  packages: Record<string, Liveness>;
}

export const aComponent = (given: Partial<Component> = {}): Component => ({
  path: '.',
  name: 'api',
  language: 'js',
  manifest: 'package.json',
  evidence: [{ file: 'package.json', line: 2, note: 'declares express' }],
  kind: 'service',
  traits: ['http', 'deployable', 'longrunning'],
  frameworks: ['express'],
  stub: false,
  ...given,
});

export const aManifest = (given: Partial<ManifestFact> = {}): ManifestFact => ({
  path: 'package.json',
  dir: '.',
  name: 'api',
  private: true,
  main: null,
  module: null,
  type: 'module',
  bin: {},
  exports: undefined,
  imports: undefined,
  scripts: {},
  dependencies: {},
  devDependencies: {},
  peerDependencies: {},
  optionalDependencies: {},
  workspaces: [],
  packageManager: null,
  engines: {},
  lines: {},
  raw: {},
  ...given,
});

export const aCall = (given: Partial<CallFact> = {}): CallFact => ({
  callee: 'rateLimit',
  form: 'call',
  origin: { from: 'package', package: 'express-rate-limit', member: 'default' },
  args: [],
  line: 4,
  start: 0,
  end: 1,
  unit: 0,
  within: -1,
  ...given,
});

export const located = <T>(fact: T, live: Liveness = 'live', file = 'src/app.ts'): Located<T> => ({ file, fact, live });

export function fakeModel(fake: Fake = {}): AuditModel {
  const facts = {
    manifests: [],
    foreignManifests: [],
    lockfiles: [],
    sources: [],
    envFiles: [],
    dockerfiles: [],
    compose: [],
    kubernetes: [],
    helm: [],
    kustomizations: [],
    pipelines: [],
    proxies: [],
    platforms: [],
    iac: [],
    dataSchemas: [],
    pages: [],
    webManifests: [],
    failures: [],
    ...fake.facts,
  };
  const components = fake.components ?? [aComponent()];
  return {
    view: openMemory(fake.files ?? { 'package.json': '{}' }),
    facts,
    components,
    wiring: fakeWiring(components, fake.wiring ?? {}),
    deployment: fakeDeployment(fake.environments ?? []),
    knowledge: { capabilities: new Map(), frameworks: new Map(), defaults: [], ...fake.knowledge },
  };
}

function fakeWiring(components: Component[], given: NonNullable<Fake['wiring']>): Wiring {
  const of = (root: { path: string }): ComponentWiring => {
    const w = given[root.path] ?? {};
    const started = w.started ?? true;
    return {
      root: components.find((c) => c.path === root.path)!,
      entries: started
        ? [
            {
              file: 'src/app.ts',
              phase: 'runtime',
              reason: 'start',
              names: [],
              evidence: { file: 'package.json', line: 1, note: 'start' },
            },
          ]
        : [],
      reached: ['src/app.ts'],
      own: ['src/app.ts'],
      placeOf: (file) => file,
      fileLiveness: () => 'live',
      unitLiveness: () => 'live',
      calls: (filter) => (w.calls ?? []).filter((c) => !filter || filter(c.fact, c.file)),
      called: (callee) => (w.calls ?? []).filter((c) => callee.test(c.fact.callee)),
      env: () => w.env ?? [],
      jsx: (filter) => (w.jsx ?? []).filter((j) => !filter || filter(j.fact, j.file)),
      routes: () => w.routes ?? [],
      packages: () =>
        new Map(
          Object.entries(w.packages ?? {}).map(([name, live]) => [
            name,
            { live, evidence: { file: 'src/app.ts', line: 1, note: `imports ${name}` }, names: new Set(['*']) },
          ]),
        ),
      pathTo: () => [],
      blind: [],
      middleware: () => [],
      before: (route) => route.middleware.map((value) => ({ file: route.file, value })),
    };
  };
  return {
    of,
    testFiles: () => [],
    code: () => ({
      units: [],
      calls: [],
      functions: [],
      env: [],
      jsx: [],
      stores: [],
      constants: {},
      objects: {},
      directives: [],
      members: [],
    }),
    resolveOrigin: () => null,
    behind: () => [],
    functionOf: () => null,
    resolve: () => null,
    isTest: () => false,
  };
}

function fakeDeployment(environments: Environment[]): Deployment {
  const servicesOf = (path: string) =>
    environments.flatMap((environment) =>
      environment.services.filter((s) => s.component === path).map((service) => ({ environment, service })),
    );
  return {
    environments,
    counting: environments,
    servicesOf,
    anyServicesOf: servicesOf,
    managed: new Map(),
    dockerfilesOf: () => [],
  };
}
