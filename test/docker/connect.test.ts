import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { connect } from '../../src/live/index.ts';
import { describeDocker, host, listening, world } from './world.ts';

describeDocker('connecting', () => {
  const { folder } = world();
  const socketPath = host.replace('unix://', '');

  it('over a socket, and tells the versions', async () => {
    const { version, address } = await connect({ env: { DOCKER_HOST: host } });
    expect(address.from).toBe('DOCKER_HOST');
    expect(version).toMatchObject({ name: 'Docker', os: 'linux', apiVersion: expect.stringMatching(/^1\.\d+$/) });
  });

  /** Certificates of one day: an authority, a server and a client. */
  function certificates(): string {
    const home = folder({ 'server.ext': 'subjectAltName=IP:127.0.0.1\n' });
    const openssl = (...args: string[]): unknown => execFileSync('openssl', args, { cwd: home, stdio: 'ignore' });
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    openssl('req', '-x509', ...curve, '-keyout', 'ca-key.pem', '-out', 'ca.pem', '-subj', '/CN=test', '-days', '1');
    for (const [name, extra] of [
      ['server', ['-extfile', 'server.ext']],
      ['cert', []],
    ] as const) {
      openssl('req', ...curve, '-keyout', `${name}-key.pem`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
      openssl(
        'x509',
        '-req',
        '-in',
        `${name}.csr`,
        '-CA',
        'ca.pem',
        '-CAkey',
        'ca-key.pem',
        '-CAcreateserial',
        '-out',
        `${name}.pem`,
        '-days',
        '1',
        ...extra,
      );
    }
    return home;
  }

  it('over TLS with a client certificate, by environment and by context; and refuses a server it does not trust', async () => {
    const home = certificates();
    const read = (name: string): string => readFileSync(join(home, name), 'utf8');
    const server = createServer(
      {
        cert: read('server.pem'),
        key: read('server-key.pem'),
        ca: read('ca.pem'),
        requestCert: true,
        rejectUnauthorized: true,
      },
      (req, res) => {
        const onward = request({ socketPath, path: req.url, method: req.method }, (answer) => answer.pipe(res));
        req.pipe(onward);
      },
    );
    const url = `tcp://127.0.0.1:${await listening(server)}`;
    writeFileSync(join(home, 'key.pem'), read('cert-key.pem'));
    const env = { DOCKER_HOST: url, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: home };
    expect((await connect({ env })).version.name).toBe('Docker');

    const id = createHash('sha256').update('far').digest('hex');
    const docker = join(home, '.docker');
    mkdirSync(join(docker, 'contexts/meta', id), { recursive: true });
    mkdirSync(join(docker, 'contexts/tls', id, 'docker'), { recursive: true });
    writeFileSync(
      join(docker, 'contexts/meta', id, 'meta.json'),
      JSON.stringify({ Endpoints: { docker: { Host: url } } }),
    );
    for (const name of ['ca', 'cert', 'key'])
      writeFileSync(join(docker, 'contexts/tls', id, 'docker', `${name}.pem`), read(`${name}.pem`));
    expect((await connect({ context: 'far', env: {}, home })).address.from).toBe('context "far"');

    const stranger = folder({ 'cert.pem': read('cert.pem'), 'key.pem': read('key.pem') });
    const untrusted = connect({ env: { ...env, DOCKER_CERT_PATH: stranger } });
    await expect(untrusted).rejects.toThrow(/could not be trusted or wants TLS/);
    await expect(connect({ env: { DOCKER_HOST: url } }, 3000)).rejects.toThrow(
      expect.objectContaining({ exitCode: 3 }),
    );
  });

  it("over ssh, by the user's own ssh command", async () => {
    const bin = folder({
      ssh: `#!/bin/sh\necho "$@" >"$(dirname "$0")/asked"\nexec docker -H ${host} system dial-stdio\n`,
    });
    execFileSync('chmod', ['+x', join(bin, 'ssh')]);
    const path = process.env.PATH;
    process.env.PATH = `${bin}:${path}`;
    try {
      const engine = await connect({ env: { DOCKER_HOST: 'ssh://me@far:2222' } });
      expect(engine.version.name).toBe('Docker');
      expect(readFileSync(join(bin, 'asked'), 'utf8')).toContain('-p 2222 -l me -- far docker system dial-stdio');
    } finally {
      process.env.PATH = path;
    }
  });

  it.each([
    [
      'no socket',
      { DOCKER_HOST: 'unix:///nowhere/docker.sock' },
      /^No Docker Engine answers at unix:\/\/\/nowhere\/docker\.sock \(DOCKER_HOST\): ENOENT\./,
    ],
    [
      'a closed port',
      { DOCKER_HOST: 'tcp://127.0.0.1:1' },
      /^No Docker Engine answers at tcp:\/\/127\.0\.0\.1:1 \(DOCKER_HOST\): ECONNREFUSED\./,
    ],
    [
      'no address',
      { DOCKER_HOST: 'gopher://engine' },
      /^"gopher:\/\/engine" \(DOCKER_HOST\) is no address of an engine\.$/,
    ],
    ['an option for ssh', { DOCKER_HOST: 'ssh://-oProxyCommand=x/' }, /is no address of an engine\.$/],
  ])('%s: one sentence, exit 3', async (_, env, sentence) => {
    const failed = connect({ env }, 3000);
    await expect(failed).rejects.toThrow(sentence);
    await expect(failed).rejects.toThrow(expect.objectContaining({ exitCode: 3 }));
  });
});
