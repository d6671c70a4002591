import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/catalogue/evaluate.ts';
import { loadRules } from '../../../src/catalogue/load.ts';
import type { AuditModel } from '../../../src/model/audit-model.ts';
import type { Component } from '../../../src/model/component.ts';
import type { DeployedService, Environment } from '../../../src/model/deployment.ts';
import type { Signal } from '../../../src/model/signal.ts';
import type { Route } from '../../../src/model/wiring.ts';
import { aCall, aComponent, aManifest, fakeModel, located } from '../../support/fake-model.ts';
import { ruleFile, ruleText } from '../../support/rule-text.ts';

/** What a condition, written as a rule author would, answers. */
function ask(condition: string, model: AuditModel, component: Component | null = model.components[0]!): Signal {
  const [rule] = loadRules({
    files: [ruleFile(ruleText(`appliesTo: { trait: http }\nsignals: { present: ${condition} }`))],
  });
  return evaluate(rule!.signals.present, model, component);
}

const limiter = {
  package: 'express-rate-limit',
  members: ['default', 'rateLimit'],
  sideEffect: false,
  tags: ['express'],
};
const knowledge = {
  capabilities: new Map([
    ['rate-limiter', [limiter]],
    ['tracing', [{ package: 'dd-trace', members: ['init'], sideEffect: true, tags: [] }]],
  ]),
  frameworks: new Map([['nest', { name: 'nest', packages: ['@nestjs/core'], kind: 'server' as const }]]),
  defaults: [
    {
      framework: 'nest',
      rule: 'security/sample',
      supplies: 'a filter',
      signals: ['present' as const],
      documentation: 'https://docs.nestjs.com',
    },
  ],
};
const declared = [
  aManifest({ dependencies: { 'express-rate-limit': '^7' }, lines: { 'dependencies.express-rate-limit': 9 } }),
];

describe("Kleene's logic over leaves", () => {
  const py = fakeModel({
    components: [aComponent({ language: 'python', manifest: null })],
    knowledge,
    files: { Dockerfile: 'FROM x' },
  });
  const unknown = '{ capability: rate-limiter }';
  it.each([
    [`{ any: [{ file: Dockerfile }, ${unknown}] }`, 'yes'],
    [`{ any: [{ file: absent }, ${unknown}] }`, 'unknown'],
    [`{ all: [{ file: Dockerfile }, ${unknown}] }`, 'unknown'],
    [`{ all: [{ file: absent }, ${unknown}] }`, 'no'],
    [`{ not: ${unknown} }`, 'unknown'],
    ['{ not: { file: absent } }', 'yes'],
  ])('%s is %s where code is not read', (condition, answer) => {
    const signal = ask(condition, py);
    expect(signal.answer).toBe(answer);
    if (answer === 'unknown') expect(signal.cause).toBe('no-analyser');
  });
});

describe('the ladder of a capability', () => {
  const rung = (given: Parameters<typeof fakeModel>[0], at: string) =>
    ask(`{ capability: { name: rate-limiter, at: ${at} } }`, fakeModel({ knowledge, ...given }));
  const states = {
    nothing: {},
    declared: { facts: { manifests: declared } },
    'imported by dead code': {
      facts: { manifests: declared },
      wiring: { '.': { packages: { 'express-rate-limit': 'dead' as const } } },
    },
    'imported by live code': {
      facts: { manifests: declared },
      wiring: { '.': { packages: { 'express-rate-limit': 'live' as const } } },
    },
    'called by dead code': {
      facts: { manifests: declared },
      wiring: { '.': { packages: { 'express-rate-limit': 'live' as const }, calls: [located(aCall(), 'dead')] } },
    },
    'called by live code': {
      facts: { manifests: declared },
      wiring: { '.': { packages: { 'express-rate-limit': 'live' as const }, calls: [located(aCall())] } },
    },
    'under a load that cannot be followed': {
      wiring: { '.': { packages: { 'express-rate-limit': 'unknown' as const }, calls: [located(aCall(), 'unknown')] } },
    },
    'imported where no entry was found': {
      wiring: {
        '.': { started: false, packages: { 'express-rate-limit': 'dead' as const }, calls: [located(aCall(), 'dead')] },
      },
    },
  };
  it.each<[keyof typeof states, string[]]>([
    ['nothing', ['no', 'no', 'no', 'no']],
    ['declared', ['yes', 'no', 'no', 'no']],
    ['imported by dead code', ['yes', 'yes', 'no', 'no']],
    ['imported by live code', ['yes', 'yes', 'yes', 'no']],
    ['called by dead code', ['yes', 'yes', 'yes', 'no']],
    ['called by live code', ['yes', 'yes', 'yes', 'yes']],
    ['under a load that cannot be followed', ['yes', 'yes', 'unknown', 'unknown']],
    ['imported where no entry was found', ['yes', 'yes', 'unknown', 'unknown']],
  ])('%s', (state, expected) => {
    expect(['declared', 'imported', 'reached', 'live'].map((at) => rung(states[state], at).answer)).toEqual(expected);
  });

  it('shows the rungs below as near misses of a no', () => {
    expect(rung(states['imported by live code'], 'live').evidence).toEqual([
      { file: 'src/app.ts', line: 1, note: 'imports express-rate-limit' },
    ]);
    expect(rung(states.declared, 'live').evidence).toEqual([
      { file: 'package.json', line: 9, note: 'declares express-rate-limit' },
    ]);
  });

  it('counts a package handed to another call, and one whose import alone starts it', () => {
    const handed = aCall({
      callee: 'app.register',
      origin: { from: 'result', of: { from: 'package', package: 'fastify', member: 'default' }, member: 'register' },
      args: [
        {
          kind: 'ref',
          path: 'rateLimit',
          origin: { from: 'package', package: 'express-rate-limit', member: 'default' },
        },
      ],
    });
    const model = fakeModel({
      knowledge,
      wiring: { '.': { packages: { 'express-rate-limit': 'live', 'dd-trace': 'live' }, calls: [located(handed)] } },
    });
    expect(ask('{ capability: rate-limiter }', model).answer).toBe('yes');
    expect(ask('{ capability: tracing }', model).answer).toBe('yes');
  });

  it('leaves out packages without the tag asked for', () => {
    const model = fakeModel({ knowledge, facts: { manifests: declared } });
    expect(ask('{ capability: { name: rate-limiter, at: declared, tags: [express] } }', model).answer).toBe('yes');
    expect(ask('{ capability: { name: rate-limiter, at: declared, tags: [redis] } }', model).answer).toBe('no');
  });
});

describe('dependencies of a workspace root', () => {
  const component = aComponent({ path: 'apps/api' });
  const root = aManifest({
    dependencies: { helmet: '1' },
    workspaces: ['apps/*'],
    lines: { 'dependencies.helmet': 7 },
  });
  it('count for the member that imports them, and for no other', () => {
    const facts = { manifests: [root] };
    expect(ask('{ dependency: helmet }', fakeModel({ components: [component], facts })).answer).toBe('no');
    const wiring = { 'apps/api': { packages: { helmet: 'dead' as const } } };
    expect(ask('{ dependency: helmet }', fakeModel({ components: [component], facts, wiring }))).toMatchObject({
      answer: 'yes',
      evidence: [{ file: 'package.json', line: 7 }],
    });
  });
});

describe('arguments of a call', () => {
  const cors = (
    args: Parameters<typeof aCall>[0] extends infer C ? NonNullable<C extends { args?: infer A } ? A : never> : never,
  ) =>
    fakeModel({
      wiring: {
        '.': {
          calls: [
            located(aCall({ callee: 'cors', args, origin: { from: 'package', package: 'cors', member: 'default' } })),
          ],
        },
      },
    });
  const wildcard = "{ call: { packages: [cors], with: [{ arg: 0, path: origin, is: '*' }] } }";
  const bare = '{ call: { packages: [cors], with: [{ arg: 0, path: origin, exists: false }] } }';
  const origin = (value: import('../../../src/model/facts/index.ts').ValueFact, spread = false) => [
    { kind: 'object' as const, props: { origin: value }, spread },
  ];
  it.each([
    ['a literal', origin({ kind: 'string', value: '*' }), 'yes', 'no'],
    ['a fallback', origin({ kind: 'env', name: 'ORIGIN', fallback: { kind: 'string', value: '*' } }), 'yes', 'no'],
    [
      'one outcome',
      origin({
        kind: 'choice',
        of: [
          { kind: 'string', value: 'https://a' },
          { kind: 'string', value: '*' },
        ],
      }),
      'yes',
      'no',
    ],
    ['a variable that cannot be read', origin({ kind: 'ref', path: 'allowed', origin: null }), 'no', 'no'],
    ['no argument', [], 'no', 'yes'],
    ['other settings', [{ kind: 'object' as const, props: {}, spread: false }], 'no', 'yes'],
    ['settings spread from elsewhere', [{ kind: 'object' as const, props: {}, spread: true }], 'no', 'no'],
  ])('%s', (_, args, isWildcard, isBare) => {
    expect([ask(wildcard, cors(args)).answer, ask(bare, cors(args)).answer]).toEqual([isWildcard, isBare]);
  });
});

const aService = (given: Partial<DeployedService>): DeployedService => ({
  name: 'api',
  component: '.',
  role: 'component',
  software: null,
  image: null,
  dockerfile: 'Dockerfile',
  command: null,
  ports: [],
  exposed: true,
  healthProbe: null,
  restart: null,
  memoryLimit: null,
  replicas: null,
  autoscaled: null,
  user: null,
  volumes: [],
  env: [],
  platform: null,
  serverless: false,
  development: null,
  evidence: { file: 'compose.yml', line: 3, note: 'service api' },
  ...given,
});
const anEnvironment = (...services: DeployedService[]): Environment => ({
  id: 'compose.yml',
  kind: 'compose',
  files: ['compose.yml'],
  rank: 'plain',
  because: { file: 'compose.yml', line: 1, note: 'compose' },
  services,
  routes: [],
  tls: [],
  rateLimits: [],
  headers: [],
  accessLogs: [],
  caching: [],
  broken: [],
});

describe('what is deployed', () => {
  const probed = aService({ healthProbe: { value: 'curl /health', file: 'compose.yml', line: 5 } });
  const bare = aService({ restart: { value: 'no', file: 'compose.yml', line: 4 } });
  it.each([
    ['{ deployed: healthProbe }', [probed], 'yes'],
    ['{ deployed: healthProbe }', [probed, bare], 'no'],
    ['{ deployed: { field: healthProbe, by: some } }', [probed, bare], 'yes'],
    ['{ deployed: healthProbe }', [], 'no'],
    ['{ deployed: restart }', [bare], 'no'],
    [
      '{ some: { over: services, where: { deployed: exposed }, hold: { deployed: healthProbe } } }',
      [probed, bare],
      'yes',
    ],
    ['{ most: { over: services, hold: { deployed: healthProbe } } }', [probed, bare], 'no'],
    ['{ most: { over: services, hold: { deployed: healthProbe } } }', [probed, probed, bare], 'yes'],
    ['{ each: { over: services, hold: { deployed: healthProbe } } }', [], 'no'],
  ])('%s', (condition, services, answer) => {
    expect(ask(condition, fakeModel({ environments: [anEnvironment(...services)] })).answer).toBe(answer);
  });

  it('shows the service that falls short', () => {
    expect(ask('{ deployed: healthProbe }', fakeModel({ environments: [anEnvironment(bare)] }))).toMatchObject({
      searched: ['compose.yml, api: health probe'],
      evidence: [{ file: 'compose.yml', line: 3, note: 'api: no health probe' }],
    });
  });
});

describe('routes', () => {
  const route = (path: string, given: Partial<Route> = {}): Route => ({
    file: 'src/app.ts',
    line: 8,
    method: 'GET',
    path,
    live: 'live',
    framework: 'express',
    middleware: [],
    handler: null,
    ...given,
  });
  const health = "{ route: ['/health', '/**/healthz'] }";
  it.each([
    [health, [route('/health/')], 'yes'],
    [health, [route('/api/v1/healthz')], 'yes'],
    [health, [route('/healthy')], 'no'],
    [health, [route('/health', { live: 'dead' })], 'no'],
    [health, [route('/health', { live: 'unknown' })], 'unknown'],
    ['{ route: { methods: [POST] } }', [route('/x', { method: 'ALL' })], 'yes'],
    [
      '{ most: { over: routes, where: { route: { methods: [POST] } }, hold: { route: { through: { packages: [zod] } } } } }',
      [
        route('/a', {
          method: 'POST',
          middleware: [
            {
              kind: 'call',
              callee: 'validate',
              origin: null,
              start: 0,
              args: [{ kind: 'ref', path: 'z', origin: { from: 'package', package: 'zod', member: 'z' } }],
            },
          ],
        }),
        route('/b'),
      ],
      'yes',
    ],
  ])('%s', (condition, routes, answer) => {
    expect(ask(condition, fakeModel({ wiring: { '.': { routes } } })).answer).toBe(answer);
  });
});

describe('configuration', () => {
  const model = fakeModel({
    files: {
      'tsconfig.json': '{\n  // strict\n  "compilerOptions": { "strict": true }\n}',
      'app.yaml': 'a:\n  - name: x\n  - name: y\n',
      'fly.toml': '[http_service]\nforce_https = true\n',
      'broken.json': '{',
      'test/app.yaml': 'b: 1\n',
    },
  });
  it.each([
    ['{ config: { files: [tsconfig.json], path: compilerOptions.strict, is: true } }', 'yes', 3],
    ['{ config: { files: [tsconfig.json], path: compilerOptions.strict, is: false } }', 'no', null],
    ["{ config: { files: ['*.yaml'], path: 'a.*.name', is: y } }", 'yes', 3],
    ['{ config: { files: [fly.toml], path: http_service.force_https } }', 'yes', 2],
    ['{ config: { files: [broken.json], path: a } }', 'unknown', null],
    ["{ config: { files: ['**/*.yaml'], path: b } }", 'no', null],
  ])('%s', (condition, answer, line) => {
    const signal = ask(condition, model);
    expect([signal.answer, signal.evidence[0]?.line ?? null]).toEqual([answer, line]);
  });
});

describe('scripts and pipelines', () => {
  const manifest = aManifest({
    scripts: {
      'db:migrate': 'npm run migrate --',
      migrate: 'dotenv -e .env -- prisma migrate deploy',
      deploy: 'echo later',
    },
    lines: { 'scripts.db:migrate': 4, 'scripts.migrate': 5 },
  });
  const step = {
    name: null,
    uses: null,
    with: {},
    workingDirectory: '.',
    continueOnError: false,
    condition: null,
    disabled: false,
  };
  const job = {
    id: 'j',
    name: null,
    line: 2,
    disabled: false,
    condition: null,
    needs: [],
    uses: null,
    services: [],
    environment: null,
    matrix: {},
  };
  const pipelines = [
    {
      path: '.github/workflows/ci.yml',
      host: 'github' as const,
      name: null,
      triggers: [{ event: 'push', branches: [], paths: [], line: 1 }],
      jobs: [
        {
          ...job,
          steps: [
            { ...step, line: 6, run: 'npm run migrate' },
            { ...step, line: 7, run: 'npx jest || true' },
            { ...step, line: 8, run: null, uses: 'docker/build-push-action@v6' },
          ],
        },
      ],
    },
  ];
  const model = fakeModel({ facts: { manifests: [manifest], pipelines } });
  it.each([
    ['{ script: { runs: [prisma migrate deploy] } }', 'yes', 4],
    ['{ script: { names: [migrate], runs: [prisma migrate deploy] } }', 'yes', 5],
    ['{ script: { runs: [prisma db push] } }', 'no', null],
    ['{ script: deploy }', 'no', null],
    ['{ workflowStep: { runs: [prisma migrate deploy] } }', 'yes', 6],
    ['{ workflowStep: { runs: [jest] } }', 'no', null],
    ['{ workflowStep: { runs: [jest], tolerated: true } }', 'yes', 7],
    ["{ workflowStep: { uses: ['docker/*'] } }", 'yes', 8],
    ["{ workflowStep: { uses: ['docker/*'], on: [schedule] } }", 'no', null],
  ])('%s', (condition, answer, line) => {
    const signal = ask(condition, model);
    expect([signal.answer, signal.evidence[0]?.line ?? null]).toEqual([answer, line]);
  });
});

describe('what a framework supplies', () => {
  it('is a yes with the manifest line and the documentation', () => {
    const manifests = [
      aManifest({ dependencies: { '@nestjs/core': '11' }, lines: { 'dependencies.@nestjs/core': 6 } }),
    ];
    const model = fakeModel({ knowledge, facts: { manifests }, components: [aComponent({ frameworks: ['nest'] })] });
    expect(ask('{ frameworkDefault: present }', model)).toMatchObject({
      answer: 'yes',
      evidence: [{ file: 'package.json', line: 6, note: 'a filter (https://docs.nestjs.com)' }],
    });
    expect(ask('{ frameworkDefault: wired }', model).answer).toBe('no');
    expect(ask('{ frameworkDefault: present }', fakeModel({ knowledge })).answer).toBe('no');
  });

  it.each([
    ['^9', 'no'],
    ['^10', 'yes'],
    ['^11.2', 'yes'],
    ['^12', 'no'],
    ['>=9', 'yes'],
    ['latest', 'yes'],
  ])('holds for the versions that supply it: %s', (range, answer) => {
    const between = { ...knowledge, defaults: knowledge.defaults.map((one) => ({ ...one, since: 10, until: 11 })) };
    const manifests = [aManifest({ dependencies: { '@nestjs/core': range } })];
    const components = [aComponent({ frameworks: ['nest'] })];
    const model = fakeModel({ knowledge: between, facts: { manifests }, components });
    expect(ask('{ frameworkDefault: present }', model).answer).toBe(answer);
  });
});
