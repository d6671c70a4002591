import { beforeAll, expect, it } from 'vitest';
import { connect, type Engine, type VerifyOptions, verify } from '../../src/live/index.ts';
import { probeAddress } from '../../src/live/probe/address.ts';
import type { Member } from '../../src/live/stack.ts';
import { target } from '../unit/live/target.ts';
import { describeDocker, host, nodeRuntime, until, web, world } from './world.ts';

const compose = 'services:\n  api: { build: ./services/api, expose: [8080] }\n';
const rules = {
  'observability/health-endpoint': 'ready',
  'security/headers': 'ready',
  'security/cors': 'ready',
  'security/rate-limiting': 'ready',
  'resilience/error-handling': 'ready',
} as const;
const options: VerifyOptions = { project: null, containers: [], probe: true, drill: null, build: false };

/** Servers, each a body of `(req, res) => …`; `seen` counts requests. */
const servers = {
  careful: `
    res.setHeader('content-security-policy', "default-src 'self'"); res.setHeader('x-content-type-options', 'nosniff');
    if (seen > 60) { res.statusCode = 429; return res.end('slow down'); }
    if (req.url === '/health') return res.end('ok');
    res.statusCode = req.url === '/orders' ? 200 : 404; res.end('{}');`,
  careless: `
    res.setHeader('x-powered-by', 'Express'); res.setHeader('access-control-allow-origin', req.headers.origin ?? '*');
    res.setHeader('access-control-allow-credentials', 'true');
    if (req.url === '/health') { res.statusCode = 503; return res.end('no database'); }
    if (req.url.includes('%') || req.method === 'POST') { res.statusCode = 500; return res.end(new Error('boom').stack); }
    res.end('{}');`,
  single: `res.setHeader('x-frame-options', 'DENY'); res.setHeader('access-control-allow-origin', '*'); res.setHeader('ratelimit-limit', '100'); res.end('<html>app</html>');`,
  deaf: `setTimeout(() => res.destroy(), 50)`,
};

describeDocker('probing', () => {
  const { run, folder } = world();
  let engine: Engine;
  beforeAll(async () => {
    engine = await connect({ host });
  });

  async function probed(
    server: keyof typeof servers,
    routes: string[],
  ): Promise<Record<string, [string, ...string[]]>> {
    const root = folder({ 'compose.yaml': compose });
    const code = `let seen = 0; require('http').createServer((req, res) => { seen++; ${servers[server]} }).listen(8080, () => require('fs').writeFileSync('/tmp/up', ''))`;
    const command = ['/bin/node', '-e', code];
    const health = { Test: ['CMD-SHELL', 'test -f /tmp/up'], Interval: 200_000_000, Retries: 50 };
    const id = await run({
      project: server,
      service: 'api',
      folder: root,
      command,
      port: 8080,
      health,
      hostConfig: { Binds: nodeRuntime(), PortBindings: { '8080/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }] } },
    });
    await until(id, ({ State }) => State.Health?.Status === 'healthy');
    const shop = target({
      root,
      files: { 'compose.yaml': compose },
      components: { 'services/api': { routes } },
      rules,
    });
    const { sightings } = await verify(shop, engine, { ...options, project: server });
    return Object.fromEntries(
      sightings.map(({ rule, status, evidence }) => [
        rule.split('/')[1],
        [status, ...evidence.map(({ note }) => note)],
      ]),
    );
  }

  it('confirms a careful service', async () => {
    expect(await probed('careful', ['/orders', '/health'])).toEqual({
      'health-endpoint': ['ready', 'GET /health answered 200'],
      headers: [
        'ready',
        'GET /orders sends content-security-policy, x-content-type-options',
        'not sent: strict-transport-security, x-frame-options',
      ],
      cors: ['ready', 'a foreign origin is not let in'],
      'error-handling': [
        'ready',
        'a malformed path is answered 404 without a stack',
        'malformed JSON is answered 404 without a stack',
        'an unknown path is answered 404 without a stack',
      ],
      'rate-limiting': ['ready', 'a burst at /orders was refused with 429'],
    });
  });

  it('catches a careless one', async () => {
    expect(await probed('careless', ['/orders', '/health'])).toEqual({
      'health-endpoint': ['partial', 'GET /health answered 503'],
      headers: [
        'missing',
        'GET /orders sends none of strict-transport-security, content-security-policy, x-content-type-options, x-frame-options',
        'X-Powered-By tells what serves it',
      ],
      cors: ['partial', 'whatever origin asks is let in, with credentials'],
      'error-handling': [
        'partial',
        'a malformed path is answered 500 with a stack',
        'malformed JSON is answered 500 with a stack',
      ],
      'rate-limiting': ['unknown', 'a burst of up to 120 requests at /orders met no limit'],
    });
  });

  it('does not take the one page of a front end for a health endpoint', async () => {
    expect(await probed('single', ['/health'])).toMatchObject({
      'health-endpoint': [
        'unwired',
        'GET /health answered 200, as any path does',
        'GET /api/health answered 200, as any path does',
      ],
      headers: ['partial', 'GET / sends x-frame-options', expect.any(String)],
      cors: ['partial', 'any origin is let in (*)'],
      'rate-limiting': ['ready', 'GET / announces a rate limit in its headers'],
    });
  });

  it('tells that nothing answers', async () => {
    const answers = await probed('deaf', ['/health']);
    expect(answers['health-endpoint']).toEqual(['partial', 'nothing answers at its port: ECONNRESET']);
  });

  it('reaches a container that publishes nothing over its network, for health and errors only', async () => {
    const root = folder({ 'compose.yaml': compose });
    await run({ project: 'inner', service: 'api', folder: root, command: web });
    const shop = target({
      root,
      files: { 'compose.yaml': compose },
      components: { 'services/api': { routes: ['/health'] } },
      rules,
    });
    await expect
      .poll(
        async () => {
          const { sightings } = await verify(shop, engine, { ...options, project: 'inner' });
          return sightings.map(({ rule, status }) => [rule, status]);
        },
        { timeout: 5000 },
      )
      .toEqual([
        ['observability/health-endpoint', 'ready'],
        ['resilience/error-handling', 'ready'],
      ]);
  });

  const member = (given: object): Member =>
    ({
      container: { state: 'running', ports: [], networks: [], ...given },
      declared: null,
      image: null,
    }) as unknown as Member;
  const unix = { url: 'unix:///var/run/docker.sock', from: '', tls: null };
  const published = (ip: string, container = 80) => member({ ports: [{ container, host: { ip, port: 8080 } }] });
  it.each([
    ['every address of the host', published('0.0.0.0'), unix, { host: '127.0.0.1', port: 8080, published: true }],
    ['every address, version 6', published('::'), unix, { host: '::1', port: 8080, published: true }],
    ['the loopback address', published('127.0.0.1'), unix, { host: '127.0.0.1', port: 8080, published: true }],
    [
      'an address that is not of this host',
      published('203.0.113.9'),
      unix,
      { refused: 'it publishes no port on this host and exposes none' },
    ],
    ['a debugger', published('0.0.0.0', 9229), unix, { refused: 'it publishes no port on this host and exposes none' }],
    ['a TLS port', published('0.0.0.0', 443), unix, { refused: 'it has a TLS port only, and TLS is not probed' }],
    [
      'an engine elsewhere',
      published('0.0.0.0'),
      { ...unix, url: 'tcp://10.0.0.7:2375' },
      { refused: 'the engine is on another machine: only containers on this host are asked' },
    ],
    [
      'an engine over ssh',
      published('0.0.0.0'),
      { ...unix, url: 'ssh://far' },
      { refused: 'the engine is on another machine: only containers on this host are asked' },
    ],
    ['a container that does not run', member({ state: 'exited' }), unix, { refused: 'it is exited' }],
  ])('asks only this host: %s', (_, given, engineAt, expected) => {
    expect(probeAddress(given, engineAt)).toEqual(expected);
  });
});
