import { expect, it } from 'vitest';
import { connect, type VerifyOptions, verify } from '../../src/live/index.ts';
import { target } from '../unit/live/target.ts';
import { trouble } from './trouble.ts';
import { describeDocker, docker, host, idle, listening, nodeRuntime, type RunOptions, until, world } from './world.ts';

const compose = `
services:
  api: { build: ./services/api, ports: ["8080:8080"] }
  db: { image: readiness-test/postgres:16 }
`;
const rules = {
  'infrastructure/orchestration': 'ready',
  'infrastructure/database': 'ready',
  'resilience/graceful-shutdown': 'ready',
} as const;

/** Servers by what they do on SIGTERM. */
const server = (onTerm: string): RunOptions => ({
  command: [
    '/bin/node',
    '-e',
    `const s = require('http').createServer((req, res) => req.on('data', () => {}).on('end', () => res.end('done')));
     process.on('SIGTERM', () => { ${onTerm} });
     s.listen(8080, () => require('fs').writeFileSync('/tmp/up', ''))`,
  ],
  port: 8080,
  health: { Test: ['CMD-SHELL', 'test -f /tmp/up'], Interval: 200_000_000, Retries: 50 },
  hostConfig: { Binds: nodeRuntime(), PortBindings: { '8080/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }] } },
});
const closes = server('s.close(() => process.exit(0))');

/** Everything the engine holds that a drill could leave behind. */
async function inventory(project: string): Promise<unknown> {
  const containers = await docker.listContainers({
    all: true,
    filters: { label: [`com.docker.compose.project=${project}`] },
  });
  const { Volumes } = await docker.listVolumes();
  return {
    containers: containers.map(({ Id, Names, State }) => [Id, Names, State]).sort(),
    volumes: (Volumes ?? []).map(({ Name }) => Name).filter((name) => name.startsWith(project)),
    networks: (await docker.listNetworks()).map(({ Name }) => Name).sort(),
  };
}

describeDocker('drills', () => {
  const { run, folder } = world();

  interface Given {
    project: string;
    url?: string;
    confirm?: boolean;
    allowProduction?: boolean;
    narrow?: Partial<VerifyOptions>;
  }
  async function drilled(
    root: string,
    { project, url = host, confirm = true, allowProduction = false, narrow = {} }: Given,
  ) {
    const asked: string[][] = [];
    const engine = await connect({ host: url }, 15_000);
    const audited = target({ root, files: { 'compose.yaml': compose }, components: { 'services/api': {} }, rules });
    const drill = {
      allowProduction,
      confirm: async (deeds: string[]) => {
        asked.push(deeds);
        return confirm;
      },
    };
    const { sightings, live } = await verify(audited, engine, {
      project,
      containers: [],
      probe: false,
      drill,
      build: false,
      ...narrow,
    });
    const seen = Object.fromEntries(
      ['resilience/graceful-shutdown', 'infrastructure/orchestration', 'infrastructure/database'].map((rule) => [
        rule.split('/')[1],
        sightings
          .filter((sighting) => sighting.rule === rule)
          .map(({ status, evidence }) => [status, ...evidence.map(({ note }) => note)])
          .at(-1),
      ]),
    );
    return { seen, live, asked };
  }
  const project = async (
    name: string,
    service: 'api' | 'db',
    options: RunOptions,
  ): Promise<{ root: string; id: string }> => {
    const root = folder({ 'compose.yaml': compose });
    const id = await run({ name: `${name}-${service}-1`, project: name, service, folder: root, ...options });
    if (options.health) await until(id, ({ State }) => State.Health?.Status === 'healthy');
    return { root, id };
  };

  const shutdowns: [string, RunOptions, string, unknown[]][] = [
    ['closes', closes, 'ready', ['a request in flight at SIGTERM was answered', 'ended on SIGTERM with 0']],
    [
      'leaves',
      server('process.exit(0)'),
      'partial',
      ['a request in flight at SIGTERM was cut off', 'ended on SIGTERM with 0'],
    ],
    ['stays', server(''), 'missing', ['did not end within 10 s of SIGTERM and was killed']],
    ['ends', { command: idle }, 'unknown', ['ended on SIGTERM with 0']],
  ];
  it.concurrent.each(shutdowns)('a service that %s on SIGTERM', async (name, options, status, notes) => {
    const { root } = await project(name, 'api', options);
    const before = await inventory(name);
    const { seen, live } = await drilled(root, { project: name });
    expect(seen['graceful-shutdown']).toEqual([status, ...notes]);
    expect(seen.orchestration).toEqual(['ready', 'up again after a stop and start']);
    expect(Object.keys(live.times)).toEqual([`${name}-api-1 up again`]);
    expect(live.notes).toEqual([]);
    expect(await inventory(name)).toEqual(before);
  });

  const data = '/var/lib/postgresql/data';
  const databases: [string, RunOptions, string, string][] = [
    [
      'keeps',
      { hostConfig: { Binds: [`keeps-data:${data}`] } },
      'ready',
      `a file put into ${data} was still there after the container was made anew`,
    ],
    [
      'forgets',
      {
        command: ['/bin/sh', '-c', `mkdir -p ${data}; trap "exit 0" TERM; while true; do sleep 0.1; done`],
        volumes: { [data]: {} },
      },
      'partial',
      `a file put into ${data} was gone after the container was made anew`,
    ],
  ];
  it.each(databases)('a database that %s its data', async (name, options, status, note) => {
    await docker.getImage('readiness-test/busy:1.0').tag({ repo: 'readiness-test/postgres', tag: '16' });
    const network = await docker.createNetwork({ Name: `${name}-net`, Labels: {} });
    const api = await project(name, 'api', {
      command: idle,
      network: `${name}-net`,
      labels: { environment: 'production' },
    });
    const db = await run({
      name: `${name}-db-1`,
      project: name,
      service: 'db',
      folder: api.root,
      image: 'readiness-test/postgres:16',
      network: `${name}-net`,
      env: ['POSTGRES_PASSWORD=hunter22'],
      ...options,
    });
    const before = await inventory(name);
    const { seen, live } = await drilled(api.root, { project: name });
    expect(seen.database).toEqual([status, note]);
    expect(live.notes).toEqual([
      `${name}-api-1 was left alone: it is labelled environment=production; --allow-production permits it`,
    ]);
    expect(await inventory(name)).toEqual(before);
    const { Volumes } = await docker.listVolumes({ filters: { dangling: ['true'] } });
    expect(Volumes.map(({ Name }) => Name).filter((nameless) => /^[0-9a-f]{64}$/.test(nameless))).toEqual([]);
    await expect(docker.getContainer(db).infoArchive({ path: `${data}/.readiness-drill` })).rejects.toThrow(/404/);
    await Promise.all([api.id, db].map((id) => docker.getContainer(id).remove({ force: true, v: true })));
    await docker
      .getVolume(`${name}-data`)
      .remove()
      .catch(() => {});
    await network.remove();
  });

  it('puts the old database back when the new one cannot be made', async () => {
    await docker.getImage('readiness-test/busy:1.0').tag({ repo: 'readiness-test/postgres', tag: '16' });
    const { root } = await project('thwarted', 'api', { command: idle, labels: { environment: 'production' } });
    await run({
      name: 'thwarted-db-1',
      project: 'thwarted',
      service: 'db',
      folder: root,
      image: 'readiness-test/postgres:16',
      command: ['/bin/sh', '-c', `mkdir -p ${data}; trap "exit 0" TERM; while true; do sleep 0.1; done`],
      hostConfig: { Binds: ['thwarted-data:/var/lib/postgresql/data'] },
    });
    const before = await inventory('thwarted');
    const proxy = trouble(host.replace('unix://', ''), (method, path) =>
      method === 'POST' && path.startsWith('/containers/create')
        ? { status: 500, message: 'no space left on device' }
        : 'pass',
    );
    const url = `tcp://127.0.0.1:${await listening(proxy)}`;
    const { live, seen } = await drilled(root, { project: 'thwarted', url });
    expect(live.notes.at(-1)).toBe(
      'the drill of thwarted-db-1 failed: it answered 500 to "create thwarted-db-1" (no space left on device); everything was put back',
    );
    expect(seen.database).toEqual(['ready', expect.stringContaining('named volume')]);
    expect(await inventory('thwarted')).toEqual(before);
    await docker.getContainer('thwarted-db-1').remove({ force: true });
    await docker.getVolume('thwarted-data').remove();
  });

  it('does nothing when called off, and asked with every deed named', async () => {
    const { root } = await project('called-off', 'api', { command: idle });
    const before = await docker.getContainer('called-off-api-1').inspect();
    const { live, asked, seen } = await drilled(root, { project: 'called-off', confirm: false });
    expect(asked).toEqual([['stop called-off-api-1 with SIGTERM while a request is in flight, and start it again']]);
    expect(live.notes).toEqual(['the drill was called off']);
    expect(seen['graceful-shutdown']).toBeUndefined();
    const after = await docker.getContainer('called-off-api-1').inspect();
    expect(after.State.StartedAt).toBe(before.State.StartedAt);
  });

  const refusals: [string, RunOptions, Partial<Given>, string][] = [
    [
      'labelled production',
      { labels: { 'com.example.environment': 'production' } },
      {},
      'it is labelled com.example.environment=production; --allow-production permits it',
    ],
    ['gone once it is stopped', { hostConfig: { AutoRemove: true } }, {}, 'it would be gone once it is stopped (--rm)'],
  ];
  it.each(refusals)('leaves alone what is %s', async (what, options, given, reason) => {
    const name = `refuse-${what.split(' ')[0]}`;
    const { root } = await project(name, 'api', { command: idle, ...options });
    const { live, asked } = await drilled(root, { project: name, ...given });
    expect(live.notes).toEqual([`${name}-api-1 was left alone: ${reason}`, 'the drill found no container to work on']);
    expect(asked).toEqual([]);
  });

  it('works on what is labelled production when told so', async () => {
    const { root } = await project('permitted', 'api', { command: idle, labels: { tier: 'prod' } });
    const { asked } = await drilled(root, { project: 'permitted', allowProduction: true });
    expect(asked).toHaveLength(1);
  });

  it('leaves alone what is not beyond doubt of this repository', async () => {
    await docker.getImage('readiness-test/busy:1.0').tag({ repo: 'acme/warehouse', tag: '2' });
    const id = await run({ name: 'somebody', image: 'acme/warehouse:2' });
    const audited = target({ components: { 'services/warehouse': {} }, rules });
    const drill = { allowProduction: false, confirm: async () => true };
    const { live } = await verify(audited, await connect({ host }), {
      project: null,
      containers: [],
      probe: false,
      drill,
      build: false,
    });
    expect(live.notes).toContain(
      'somebody was left alone: it is not beyond doubt of this repository; --container somebody says it is',
    );
    expect((await docker.getContainer(id).inspect()).RestartCount).toBe(0);
  });
});
