import type Docker from 'dockerode';
import { beforeAll, expect, it } from 'vitest';
import { connect, type Engine, type VerifyOptions, verify } from '../../src/live/index.ts';
import type { Sighting } from '../../src/live/judge.ts';
import { target } from '../unit/live/target.ts';
import { describeDocker, docker, host, idle, type RunOptions, until, web, world } from './world.ts';

const compose = `
services:
  api:
    build: ./services/api
  db:
    image: postgres:16
`;
const components = { 'services/api': {} };
const rules = {
  'infrastructure/orchestration': 'ready',
  'infrastructure/container-image': 'ready',
  'infrastructure/database': 'ready',
  'data/file-storage': 'ready',
  'resilience/container-limits': 'ready',
  'observability/health-probes': 'ready',
  'security/env-template': 'ready',
} as const;

const nothing: VerifyOptions = { project: null, containers: [], probe: false, drill: null, build: false };
const MB = 1024 ** 2;
const ns = 1_000_000;
const good: Docker.HostConfig = {
  Memory: 64 * MB,
  MemorySwap: 64 * MB,
  PidsLimit: 50,
  NanoCpus: 5e8,
  RestartPolicy: { Name: 'unless-stopped' },
  LogConfig: { Type: 'json-file', Config: { 'max-size': '1m' } },
};
const probeEvery = (test: string, retries = 1): Docker.HealthConfig => ({
  Test: ['CMD-SHELL', test],
  Interval: 200 * ns,
  Timeout: 2000 * ns,
  Retries: retries,
});
const healthy = (state: Docker.ContainerInspectInfo): boolean => state.State.Health?.Status === 'healthy';

interface Case {
  name: string;
  rule: keyof typeof rules;
  container: RunOptions;
  /** Waits for the state that is to be seen. */
  when?: (state: Docker.ContainerInspectInfo) => boolean;
  status: string;
  notes: (string | RegExp)[];
}

const cases: Case[] = [
  {
    name: 'running',
    rule: 'infrastructure/orchestration',
    container: {},
    status: 'ready',
    notes: ['running'],
  },
  {
    name: 'exited with an error',
    rule: 'infrastructure/orchestration',
    container: { command: ['/bin/sh', '-c', 'exit 3'] },
    when: ({ State }) => State.Status === 'exited',
    status: 'partial',
    notes: ['exited 3'],
  },
  {
    name: 'restarting over and over',
    rule: 'infrastructure/orchestration',
    container: { command: ['/bin/sh', '-c', 'exit 4'], hostConfig: { RestartPolicy: { Name: 'always' } } },
    when: ({ State, RestartCount }) => State.Restarting && RestartCount >= 3,
    status: 'partial',
    notes: [/^(restarting \(exit code 4\)|running)$/, 'restarted by the engine several times'],
  },
  {
    name: 'created and never started',
    rule: 'infrastructure/orchestration',
    container: { start: false },
    status: 'partial',
    notes: ['created, never started'],
  },
  {
    name: 'killed for want of memory',
    rule: 'resilience/container-limits',
    container: { command: ['/bin/tail', '/dev/zero'], hostConfig: { Memory: 16 * MB, MemorySwap: 16 * MB } },
    when: ({ State }) => State.Status === 'exited',
    status: 'partial',
    notes: ['killed for want of memory at 16 MB', /^no restart policy, memory at most 16 MB/, /^log driver/],
  },
  {
    name: 'every limit',
    rule: 'resilience/container-limits',
    container: { hostConfig: good },
    status: 'ready',
    notes: ['restart unless-stopped, memory at most 64 MB, CPUs at most 0.5, processes at most 50'],
  },
  {
    name: 'no limits and an endless log',
    rule: 'resilience/container-limits',
    container: {},
    status: 'missing',
    notes: [
      'no restart policy, no memory limit, no CPU limit, no process limit',
      'log driver json-file without max-size: the log grows until the disk is full',
    ],
  },
  {
    name: 'healthy',
    rule: 'observability/health-probes',
    container: { health: probeEvery('true') },
    when: healthy,
    status: 'ready',
    notes: ['healthy'],
  },
  {
    name: 'unhealthy, and its probe tells a secret',
    rule: 'observability/health-probes',
    container: { health: probeEvery('echo cannot log in with $PASSWORD; exit 1'), env: ['PASSWORD=hunter22'] },
    when: ({ State }) => State.Health?.Status === 'unhealthy',
    status: 'partial',
    notes: ['unhealthy', 'the last probe that failed ended with 1: cannot log in with •••'],
  },
  {
    name: 'still starting',
    rule: 'observability/health-probes',
    container: { health: { ...probeEvery('true'), Interval: 60_000 * ns } },
    status: 'unknown',
    notes: ['health check present, no answer yet'],
  },
  {
    name: 'a health check that is switched off',
    rule: 'observability/health-probes',
    container: { health: { Test: ['NONE'] } },
    status: 'missing',
    notes: ['no health check'],
  },
  {
    name: 'an ordinary user',
    rule: 'infrastructure/container-image',
    container: { user: '1000', hostConfig: { CapDrop: ['ALL'], ReadonlyRootfs: true } },
    status: 'ready',
    notes: ['runs as user 1000', 'capabilities dropped: ALL', 'root file system is read-only'],
  },
  {
    name: 'root, by default',
    rule: 'infrastructure/container-image',
    container: {},
    status: 'partial',
    notes: ['runs as root'],
  },
  {
    name: 'root, with a group',
    rule: 'infrastructure/container-image',
    container: { user: '0:1000' },
    status: 'partial',
    notes: ['runs as root'],
  },
  {
    name: 'more powers',
    rule: 'infrastructure/container-image',
    container: { user: 'app', hostConfig: { CapAdd: ['SYS_ADMIN'] } },
    status: 'ready',
    notes: ['runs as user app', /^capabilities added: (CAP_)?SYS_ADMIN$/],
  },
  {
    name: 'privileged',
    rule: 'infrastructure/container-image',
    container: { user: 'app', hostConfig: { Privileged: true } },
    status: 'partial',
    notes: ['privileged: root on the host'],
  },
  {
    name: 'a development server',
    rule: 'infrastructure/container-image',
    container: { user: 'app', command: ['/bin/sh', '-c', 'npm run dev || sleep 60'] },
    status: 'partial',
    notes: ['its command starts a development script'],
  },
  {
    name: 'uploads in the container',
    rule: 'data/file-storage',
    container: { command: ['/bin/sh', '-c', 'mkdir -p /app/uploads; echo x > /app/uploads/a.png; sleep 60'] },
    when: ({ State }) => State.Running,
    status: 'partial',
    notes: ['/app/uploads/a.png lies in the container itself and dies with it'],
  },
  {
    name: 'uploads on a volume',
    rule: 'data/file-storage',
    container: {
      command: ['/bin/sh', '-c', 'echo x > /app/uploads/a.png; sleep 60'],
      hostConfig: { Tmpfs: {}, Binds: ['/tmp:/app/uploads:ro'] },
    },
    status: 'ready',
    notes: ['/app/uploads lies on a volume'],
  },
];

describeDocker('what one container shows', () => {
  const { run, folder } = world();
  let engine: Engine;
  let root: string;
  beforeAll(async () => {
    engine = await connect({ host });
    root = folder({ 'compose.yaml': compose });
  });

  const look = async (id: string, rule: string): Promise<Sighting | undefined> => {
    const shop = target({ root, files: { 'compose.yaml': compose }, components, rules });
    const { sightings } = await verify(shop, engine, { ...nothing, containers: [id] });
    return sightings.find((sighting) => sighting.rule === rule);
  };

  it.concurrent.each(cases)('$rule: $name', async ({ rule, container, when, status, notes }) => {
    const id = await run({ project: 'one', service: 'api', folder: root, ...container });
    if (when) await until(id, when);
    // A shell takes a moment to have made its files.
    if (rule === 'data/file-storage') await new Promise((resolve) => setTimeout(resolve, 400));
    const seen = await look(id, rule);
    expect(seen?.status).toBe(status);
    expect(seen?.evidence.map(({ note }) => note)).toEqual(
      notes.map((note) => (typeof note === 'string' ? note : expect.stringMatching(note))),
    );
  });
});

describeDocker('a stack of several containers', () => {
  const { run, folder } = world();
  let engine: Engine;
  beforeAll(async () => {
    engine = await connect({ host });
  });
  const seen = async (
    given: Parameters<typeof target>[0],
    project: string,
  ): Promise<(rule: string) => { status: string; notes: string[] } | null> => {
    const { sightings } = await verify(target(given), engine, { ...nothing, project });
    return (rule) => {
      const found = sightings.find((sighting) => sighting.rule === rule);
      return found ? { status: found.status, notes: found.evidence.map(({ note }) => note) } : null;
    };
  };

  const databases: [string, RunOptions['hostConfig'], Record<string, object> | undefined, string, string][] = [
    ['no volume', {}, undefined, 'partial', 'no volume on /var/lib/postgresql: the data dies with the container'],
    [
      'an anonymous volume',
      {},
      { '/var/lib/postgresql/data': {} },
      'partial',
      'data in /var/lib/postgresql/data lies on an anonymous volume: a new container starts empty',
    ],
    [
      'memory',
      { Tmpfs: { '/var/lib/postgresql/data': '' } },
      undefined,
      'partial',
      'data in /var/lib/postgresql/data lies in memory',
    ],
    [
      'a named volume',
      { Binds: ['readiness-test-db:/var/lib/postgresql/data'] },
      undefined,
      'ready',
      'data in /var/lib/postgresql/data lies on a named volume',
    ],
    [
      'a folder of the host',
      { Binds: ['/tmp:/var/lib/postgresql/data:ro'] },
      undefined,
      'ready',
      'data in /var/lib/postgresql/data lies on a folder of the host',
    ],
  ];
  it.each(databases)('a database with %s', async (name, hostConfig, volumes, status, note) => {
    const root = folder({ 'compose.yaml': compose });
    const project = `db-${name.replaceAll(' ', '-')}`;
    await docker.getImage('readiness-test/busy:1.0').tag({ repo: 'readiness-test/postgres', tag: '16' });
    await run({ project, service: 'api', folder: root });
    await run({ project, service: 'db', folder: root, image: 'readiness-test/postgres:16', hostConfig, volumes });
    const found = await seen({ root, files: { 'compose.yaml': compose }, components, rules }, project);
    expect(found('infrastructure/database')).toEqual({ status, notes: [note] });
    await docker
      .getVolume('readiness-test-db')
      .remove({ force: true })
      .catch(() => {});
  });

  it('a database that ended', async () => {
    const root = folder({ 'compose.yaml': compose });
    const image = 'readiness-test/postgres:16';
    await docker.getImage('readiness-test/busy:1.0').tag({ repo: 'readiness-test/postgres', tag: '16' });
    await run({ project: 'ended', service: 'api', folder: root });
    const id = await run({ project: 'ended', service: 'db', folder: root, image, command: ['/bin/false'] });
    await until(id, ({ State }) => State.Status === 'exited');
    const found = await seen({ root, files: { 'compose.yaml': compose }, components, rules }, 'ended');
    expect(found('infrastructure/database')).toEqual({ status: 'partial', notes: ['exited 1'] });
  });

  const gatewayCompose = `
services:
  edge:
    image: nginx:1.27
    ports: ["8080:8080"]
  orders:
    build: ./services/orders
  catalog:
    build: ./services/catalog
`;
  const gateways: [string, string[], { orders?: string; catalog?: string }, string, string[]][] = [
    ['none around it', ['edge'], {}, 'ready', ['the gateway', 'none of 2 services is published around it']],
    [
      'a service published around it',
      ['edge'],
      { orders: '0.0.0.0' },
      'partial',
      [expect.stringMatching(/^port 8080 published on \d+: reachable around the gateway$/) as never, 'the gateway'],
    ],
    [
      'one published for this host only',
      ['edge'],
      { orders: '127.0.0.1' },
      'ready',
      ['the gateway', 'none of 2 services is published around it'],
    ],
    [
      'not running',
      [],
      { orders: '0.0.0.0', catalog: '0.0.0.0' },
      'unwired',
      [
        'no gateway runs',
        expect.stringMatching(/reachable directly$/) as never,
        expect.stringMatching(/reachable directly$/) as never,
      ],
    ],
  ];
  it.each(gateways)('a gateway: %s', async (name, running, published, status, notes) => {
    const root = folder({ 'compose.yaml': gatewayCompose });
    const project = `gw-${name.replaceAll(' ', '-')}`;
    await docker.getImage('readiness-test/busy:1.0').tag({ repo: 'nginx', tag: '1.27' });
    for (const service of running)
      await run({ project, service, folder: root, image: 'nginx:1.27', command: web, port: 8080, ip: '0.0.0.0' });
    for (const service of ['catalog', 'orders'] as const) {
      const ip = published[service];
      await run({ project, service, folder: root, command: web, ...(ip ? { port: 8080, ip } : {}) });
    }
    const found = await seen(
      {
        root,
        files: { 'compose.yaml': gatewayCompose },
        components: { 'services/orders': {}, 'services/catalog': {} },
        rules: { 'infrastructure/api-gateway': 'ready' },
      },
      project,
    );
    expect(found('infrastructure/api-gateway')).toEqual({ status, notes });
  });

  it('compares variables by name, with the template and with what the code reads', async () => {
    const files = {
      'compose.yaml': compose,
      'services/api/.env.example': 'DATABASE_URL=postgres://x\nJWT_SECRET=x\n# SENTRY_DSN=\nSMTP_HOST=mail\n',
    };
    const root = folder(files);
    const env = [
      'DATABASE_URL=postgres://app:hunter22@db/shop',
      'JWT_SECRET=',
      'STRIPE_KEY=sk_live_hunter22',
      'UNRELATED=1',
    ];
    await run({ project: 'names', service: 'api', folder: root, env });
    const reads = ['DATABASE_URL', 'JWT_SECRET', 'SENTRY_DSN', 'STRIPE_KEY', 'SMTP_HOST'].map((name) => ({ name }));
    const found = await seen({ root, files, components: { 'services/api': { reads } }, rules }, 'names');
    expect(found('security/env-template')).toEqual({
      status: 'partial',
      notes: [
        'JWT_SECRET is empty here, though read at src/app.js:7 and named in services/api/.env.example:2',
        'SMTP_HOST is not set here, though read at src/app.js:7 and named in services/api/.env.example:4',
        'STRIPE_KEY is set here and read at src/app.js:7; no template names it',
      ],
    });
    const whole = await verify(target({ root, files, components: { 'services/api': { reads } }, rules }), engine, {
      ...nothing,
      project: 'names',
    });
    expect(JSON.stringify(whole)).not.toContain('hunter22');
  });
});

describeDocker('whose container is it', () => {
  const { run, folder } = world();
  let engine: Engine;
  beforeAll(async () => {
    engine = await connect({ host });
  });

  it('tells two compose projects with like names apart by the folder they were started from', async () => {
    const here = folder({ 'compose.yaml': compose });
    const there = folder({ 'compose.yaml': compose });
    await run({ name: 'twin-api-1', project: 'twin', service: 'api', folder: here });
    await run({ name: 'twin-2-api-1', project: 'twin-2', service: 'api', folder: there });
    const shop = target({ root: here, files: { 'compose.yaml': compose }, components, rules });
    const { live } = await verify(shop, engine, nothing);
    expect(live.projects).toEqual(['twin']);
    expect(live.containers.map(({ name }) => name)).toEqual(['twin-api-1']);
    expect(live.unmatched).toContainEqual({
      name: 'twin-2-api-1',
      image: 'readiness-test/busy:1.0',
      reason: 'project "twin-2" was started from another folder; --project twin-2 takes it',
    });
    const taken = await verify(shop, engine, { ...nothing, project: 'twin-2' });
    expect(taken.live.containers.map(({ name }) => name)).toEqual(['twin-2-api-1']);
  });

  it('names a component that a running project leaves out, and none whose profile is off', async () => {
    const text = `
services:
  api: { build: ./services/api }
  mailer: { build: ./services/mailer }
  importer: { build: ./services/importer, profiles: [manual] }
`;
    const root = folder({ 'compose.yaml': text });
    await run({ project: 'part', service: 'api', folder: root });
    const paths = { 'services/api': {}, 'services/mailer': {}, 'services/importer': {} };
    const shop = target({ root, files: { 'compose.yaml': text }, components: paths, rules });
    const { live, sightings } = await verify(shop, engine, { ...nothing, project: 'part' });
    expect(live.absent).toEqual([{ component: 'services/mailer', service: 'mailer', project: 'part' }]);
    expect(sightings.find(({ component }) => component === 'services/mailer')?.status).toBe('missing');
  });

  it('takes no job that ended well for a service that fell over', async () => {
    const text = `
services:
  api: { build: ./services/api }
  migrate: { build: ./services/api, command: npm run migrate }
`;
    const root = folder({ 'compose.yaml': text });
    await run({ project: 'job', service: 'api', folder: root });
    const job = await run({ project: 'job', service: 'migrate', folder: root, command: ['/bin/true'] });
    await until(job, ({ State }) => State.Status === 'exited');
    const shop = target({ root, files: { 'compose.yaml': text }, components, rules });
    const { sightings } = await verify(shop, engine, { ...nothing, project: 'job' });
    const [seen] = sightings.filter(({ rule }) => rule === 'infrastructure/orchestration');
    expect([seen?.status, seen?.evidence.length]).toEqual(['ready', 1]);
  });

  it('keeps to the compose files that the project was started with', async () => {
    const files = {
      'compose.yaml': 'services:\n  api: { build: ./services/api }\n',
      'compose.ops.yaml': 'services:\n  mailer: { build: ./services/mailer }\n',
    };
    const root = folder(files);
    await run({ project: 'files', service: 'api', folder: root, files: [`${root}/compose.yaml`] });
    const shop = target({ root, files, components: { 'services/api': {}, 'services/mailer': {} }, rules });
    const { live } = await verify(shop, engine, { ...nothing, project: 'files' });
    expect(live.absent).toEqual([]);
  });

  it('matches a container without compose labels by the name of its image', async () => {
    await docker.getImage('readiness-test/busy:1.0').tag({ repo: 'registry.example.com/team/ordering', tag: '3' });
    await run({ name: 'lonely', image: 'registry.example.com/team/ordering:3' });
    const { live } = await verify(target({ components: { 'services/ordering': {} }, rules }), engine, {
      ...nothing,
      containers: ['lonely'],
    });
    expect(live.containers).toMatchObject([{ component: 'services/ordering', matchedBy: 'image name "ordering"' }]);
  });

  it('matches by a published port that one service here has, and says what it could not match', async () => {
    const text = 'services:\n  api: { build: ./services/api, ports: ["48123:8080"] }\n';
    await run({
      name: 'by-port',
      command: idle,
      port: 8080,
      hostConfig: { PortBindings: { '8080/tcp': [{ HostIp: '127.0.0.1', HostPort: '48123' }] } },
    });
    await run({ name: 'stranger' });
    const shop = target({ files: { 'compose.yaml': text }, components, rules });
    const { live } = await verify(shop, engine, { ...nothing, containers: ['by-port', 'stranger', 'nobody'] });
    expect(live.containers).toMatchObject([
      { name: 'by-port', component: 'services/api', matchedBy: 'published port 48123' },
    ]);
    expect(live.unmatched).toMatchObject([{ name: 'stranger', reason: expect.stringContaining('no compose labels') }]);
    expect(live.notes).toEqual(['there is no container "nobody"']);
  });

  it('leaves out a one-off run and an orphan, and says so', async () => {
    const root = folder({ 'compose.yaml': compose });
    await run({
      name: 'once',
      project: 'odd',
      service: 'api',
      folder: root,
      labels: { 'com.docker.compose.oneoff': 'True' },
    });
    await run({ name: 'orphan', project: 'odd', service: 'gone', folder: root });
    const shop = target({ root, files: { 'compose.yaml': compose }, components, rules });
    const { live } = await verify(shop, engine, { ...nothing, project: 'odd' });
    expect(live.containers).toEqual([]);
    expect(live.unmatched.map(({ name, reason }) => [name, reason])).toEqual([
      ['once', 'a one-off run of service "api"'],
      ['orphan', 'service "gone" is in no compose file here (an orphan of project "odd")'],
    ]);
  });
});
