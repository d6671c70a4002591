import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { engineAddress } from '../../../src/live/engine/address.ts';

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

/** A home folder with a Docker config: contexts by name, with the host each leads to. */
function home(
  config: object | string,
  contexts: Record<string, object> = {},
  files: Record<string, string> = {},
): string {
  const folder = mkdtempSync(join(tmpdir(), 'readiness-home-'));
  made.push(folder);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('.docker/config.json', typeof config === 'string' ? config : JSON.stringify(config));
  for (const [name, docker] of Object.entries(contexts)) {
    write(`.docker/contexts/meta/${idOf(name)}/meta.json`, JSON.stringify({ Name: name, Endpoints: { docker } }));
  }
  for (const [path, text] of Object.entries(files)) write(path, text);
  return folder;
}
const idOf = (name: string): string => createHash('sha256').update(name).digest('hex');

const socket = '/var/run/docker.sock';
const colima = { colima: { Host: 'unix:///home/me/.colima/docker.sock' } };

interface Case {
  name: string;
  env?: Record<string, string>;
  config?: object | string;
  host?: string;
  context?: string;
  there?: string[];
  url: string;
  from: string;
}
const cases: Case[] = [
  { name: 'the default socket', url: `unix://${socket}`, from: 'the default socket' },
  { name: 'DOCKER_HOST', env: { DOCKER_HOST: 'tcp://10.0.0.7:2375' }, url: 'tcp://10.0.0.7:2375', from: 'DOCKER_HOST' },
  {
    name: 'DOCKER_HOST without a scheme',
    env: { DOCKER_HOST: '10.0.0.7:2375' },
    url: 'tcp://10.0.0.7:2375',
    from: 'DOCKER_HOST',
  },
  {
    name: 'the current context',
    config: { currentContext: 'colima' },
    url: colima.colima.Host,
    from: 'context "colima"',
  },
  {
    name: 'DOCKER_CONTEXT before the current one',
    env: { DOCKER_CONTEXT: 'default' },
    config: { currentContext: 'colima' },
    url: `unix://${socket}`,
    from: 'the default socket',
  },
  {
    name: 'DOCKER_HOST before DOCKER_CONTEXT',
    env: { DOCKER_HOST: 'unix:///a.sock', DOCKER_CONTEXT: 'colima' },
    url: 'unix:///a.sock',
    from: 'DOCKER_HOST',
  },
  {
    name: 'a named context before DOCKER_HOST',
    env: { DOCKER_HOST: 'unix:///a.sock' },
    context: 'colima',
    url: colima.colima.Host,
    from: 'context "colima"',
  },
  {
    name: 'a named host before all',
    env: { DOCKER_HOST: 'unix:///a.sock' },
    host: 'unix:///b.sock',
    context: 'colima',
    url: 'unix:///b.sock',
    from: '--host',
  },
  { name: 'a broken config file', config: '{', url: `unix://${socket}`, from: 'the default socket' },
  {
    name: 'rootless Docker',
    env: { XDG_RUNTIME_DIR: '/run/user/7' },
    there: ['/run/user/7/docker.sock'],
    url: 'unix:///run/user/7/docker.sock',
    from: "rootless Docker's socket",
  },
  {
    name: 'rootless Podman',
    env: { XDG_RUNTIME_DIR: '/run/user/7' },
    there: ['/run/user/7/podman/podman.sock'],
    url: 'unix:///run/user/7/podman/podman.sock',
    from: "Podman's socket",
  },
  {
    name: "the machine's Podman",
    there: ['/run/podman/podman.sock'],
    url: 'unix:///run/podman/podman.sock',
    from: "Podman's socket",
  },
  {
    name: 'CONTAINER_HOST where no Docker is',
    env: { CONTAINER_HOST: 'unix:///p.sock' },
    there: ['/run/podman/podman.sock'],
    url: 'unix:///p.sock',
    from: 'CONTAINER_HOST',
  },
  {
    name: 'Docker before Podman',
    there: [socket, '/run/podman/podman.sock'],
    url: `unix://${socket}`,
    from: 'the default socket',
  },
];

describe('where the engine is', () => {
  it.each(cases)('$name', ({ env = {}, config = {}, host, context, there = [], url, from }) => {
    const address = engineAddress({
      host,
      context,
      env,
      home: home(config, colima),
      platform: 'linux',
      exists: (path) => there.includes(path),
    });
    expect(address).toEqual({ url, from, tls: null });
  });

  it("Docker Desktop's socket in the home folder", () => {
    const folder = home({});
    const exists = (path: string): boolean => path.startsWith(folder);
    expect(engineAddress({ env: {}, home: folder, platform: 'darwin', exists }).from).toBe("Docker Desktop's socket");
  });

  it('the pipe on Windows', () => {
    expect(engineAddress({ env: {}, home: home({}), platform: 'win32' }).url).toBe('npipe:////./pipe/docker_engine');
  });

  it('DOCKER_CONFIG moves the contexts', () => {
    const folder = home({ currentContext: 'colima' }, colima);
    const address = engineAddress({
      env: { DOCKER_CONFIG: join(folder, '.docker') },
      home: '/nowhere',
      exists: () => false,
    });
    expect(address.from).toBe('context "colima"');
  });

  it('reads the certificates of a context, and of the environment', () => {
    const tls = Object.fromEntries(
      ['ca', 'cert', 'key'].map((name) => [`.docker/contexts/tls/${idOf('far')}/docker/${name}.pem`, name]),
    );
    const own = { '.docker/cert.pem': 'own cert', '.docker/key.pem': 'own key' };
    const folder = home({}, { far: { Host: 'tcp://far:2376', SkipTLSVerify: false } }, { ...tls, ...own });
    expect(engineAddress({ context: 'far', env: {}, home: folder }).tls).toEqual({
      ca: 'ca',
      cert: 'cert',
      key: 'key',
      verify: true,
    });
    const env = { DOCKER_HOST: 'tcp://far:2376', DOCKER_TLS_VERIFY: '1' };
    expect(engineAddress({ env, home: folder }).tls).toEqual({
      ca: null,
      cert: 'own cert',
      key: 'own key',
      verify: true,
    });
  });

  it.each([
    ['a context that does not exist', { context: 'gone' }, /^There is no Docker context "gone" in /],
    [
      'a context without a Docker endpoint',
      { context: 'k8s' },
      /^The Docker context "k8s" names no Docker endpoint\.$/,
    ],
    [
      'TLS without certificates',
      { env: { DOCKER_HOST: 'tcp://far:2376', DOCKER_TLS_VERIFY: '1' } },
      /holds no cert\.pem and key\.pem\.$/,
    ],
  ])('%s is one sentence and exit 3', (_, choice, sentence) => {
    const find = (): unknown => engineAddress({ env: {}, home: home({}, { k8s: {} }), ...choice });
    expect(find).toThrow(sentence);
    expect(find).toThrow(expect.objectContaining({ exitCode: 3 }));
  });
});
