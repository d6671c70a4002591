import type Docker from 'dockerode';
import { describe, expect, it } from 'vitest';
import { readContainer } from '../../../src/live/engine/container.ts';
import { imageName, softwareOf } from '../../../src/live/match/images.ts';

const inspected = (config: object = {}, host: object = {}, more: object = {}): Docker.ContainerInspectInfo =>
  ({
    Id: 'a'.repeat(64),
    Name: '/shop-api-1',
    Image: 'sha256:1',
    State: { Status: 'running' },
    Config: config,
    HostConfig: host,
    ...more,
  }) as never;

describe('what is taken of a container', () => {
  it('keeps no value of a variable', () => {
    const seen = readContainer(
      inspected({ Env: ['A=hunter22', 'B=', 'C', 'D=x=hunter22'], Cmd: ['run', '--password=hunter22'] }),
    );
    expect(seen.env).toEqual([
      { name: 'A', empty: false },
      { name: 'B', empty: true },
      { name: 'C', empty: true },
      { name: 'D', empty: false },
    ]);
    expect(JSON.stringify(seen)).not.toContain('hunter22');
  });

  it.each([
    ['nothing but what an old engine says', {}, { memory: null, cpus: null, pids: null }],
    [
      'no limits, in the words of several engines',
      { Memory: 0, NanoCpus: 0, PidsLimit: -1 },
      { memory: null, cpus: null, pids: null },
    ],
    ['a quota', { CpuQuota: 50_000, CpuPeriod: 100_000 }, { memory: null, cpus: 0.5, pids: null }],
    ['a quota without a period', { CpuQuota: 200_000 }, { memory: null, cpus: 2, pids: null }],
  ])('limits: %s', (_, host, limits) => {
    expect(readContainer(inspected({}, host)).limits).toEqual(limits);
  });

  it.each([
    [['node', 'dist/main.js'], null],
    [['docker-entrypoint.sh', 'npm', 'start'], null],
    [['npm', 'run', 'start:prod'], null],
    [['npm', 'run', 'dev'], 'a development script'],
    [['sh', '-c', 'pnpm --filter api dev || true'], null],
    [['yarn', 'start:dev'], 'a development script'],
    [['next', 'dev', '-p', '3000'], 'a development server'],
    [['node_modules/.bin/vite', '--host', '0.0.0.0'], 'a development server'],
    [['vite', 'preview'], null],
    [['nodemon', 'src/app.js'], 'nodemon'],
    [['node', '--watch', 'src/app.js'], 'a watcher'],
    [['tsx', 'watch', 'src/app.ts'], 'a watcher'],
    [['./server', '--watch-dir=/data'], null],
  ])('a development command: %j', (Cmd, tool) => {
    expect(readContainer(inspected({ Cmd })).development).toBe(tool);
  });

  it.each([
    [{ environment: 'production' }, 'environment=production'],
    [{ 'com.acme.env': 'PROD' }, 'com.acme.env=PROD'],
    [{ 'deploy/tier': 'live' }, 'deploy/tier=live'],
    [{ environment: 'staging' }, null],
    [{ 'production.notes': 'none' }, null],
    [{ development: 'production' }, null],
  ])('a production label: %j', (Labels, label) => {
    expect(readContainer(inspected({ Labels })).production).toBe(label);
  });

  it.each([
    [
      { 'com.docker.stack.namespace': 'shop', 'com.docker.swarm.service.name': 'shop_api' },
      { project: 'shop', service: 'api' },
    ],
    [
      { 'io.podman.compose.project': 'shop', 'com.docker.compose.service': 'api' },
      { project: 'shop', service: 'api' },
    ],
    [{ 'com.docker.compose.project': 'shop' }, null],
  ])('a project: %j', (Labels, compose) => {
    const seen = readContainer(inspected({ Labels })).compose;
    if (compose === null) expect(seen).toBeNull();
    else expect(seen).toMatchObject(compose);
  });

  it('says of a volume whether somebody named it', () => {
    const Mounts = [
      { Type: 'volume', Name: 'f'.repeat(64), Destination: '/b', RW: true },
      { Type: 'volume', Name: 'data', Destination: '/a/', RW: true },
      { Type: 'bind', Source: '/srv', Destination: '/c', RW: false },
    ];
    expect(readContainer(inspected({}, { Tmpfs: { '/d': '' } }, { Mounts })).mounts).toEqual([
      { kind: 'volume', target: '/a', readOnly: false },
      { kind: 'anonymous', target: '/b', readOnly: false },
      { kind: 'bind', target: '/c', readOnly: true },
      { kind: 'tmpfs', target: '/d', readOnly: false },
    ]);
  });

  it('lets no control character out of a probe', () => {
    const Health = { Status: 'unhealthy', FailingStreak: 1, Log: [{ ExitCode: 1, Output: 'a\u001b[31mb\r\n\tc' }] };
    const seen = readContainer(inspected({}, {}, { State: { Status: 'running', Health } }));
    expect(seen.health!.log[0]!.output).toBe('a [31mb c');
  });
});

describe("an image's name", () => {
  it.each([
    ['nginx', 'nginx', 'nginx', null, false],
    ['docker.io/library/postgres:16', 'postgres', 'postgres', '16', false],
    ['localhost:5000/shop/api:1.2', 'shop/api', 'api', '1.2', false],
    ['ghcr.io/acme/shop-api@sha256:abc', 'acme/shop-api', 'shop-api', null, true],
    ['acme/shop:latest', 'acme/shop', 'shop', 'latest', false],
  ])('%s', (reference, repository, base, tag, digest) => {
    expect(imageName(reference)).toEqual({ repository, base, tag, digest });
  });

  it.each([
    ['postgis/postgis:16-3.4', 'database'],
    ['bitnami/mongodb:7', 'database'],
    ['mcr.microsoft.com/mssql/server:2022-latest', 'database'],
    ['acme/server', null],
    ['mongo-express:1', null],
    ['nginxinc/nginx-unprivileged', 'proxy'],
    ['redis:7-alpine', 'cache'],
    ['redis/redisinsight', null],
    ['postgrest/postgrest', null],
    ['prodrigestivill/postgres-backup-local', null],
    ['phpmyadmin', null],
    ['acme/orders', null],
  ])('the role of %s', (reference, role) => {
    expect(softwareOf(reference)?.role ?? null).toBe(role);
  });
});
