import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Io } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';
import { reportV1 } from '../../src/model/report.ts';
import { describeDocker, docker, host, idle, world } from './world.ts';

const shop = {
  'package.json': '{ "name": "shop", "private": true, "workspaces": ["services/*"] }',
  'package-lock.json': '{ "lockfileVersion": 3 }',
  'services/orders/package.json':
    '{ "name": "@shop/orders", "scripts": { "start": "node src/app.js" }, "dependencies": { "express": "^4.0.0" } }',
  'services/orders/src/app.js': `
const express = require('express');
const app = express();
app.get('/health', (req, res) => res.send('ok'));
app.get('/orders', (req, res) => res.json([]));
app.listen(process.env.PORT ?? 3000);
`,
  'services/orders/Dockerfile':
    'FROM node:20.11-alpine\nWORKDIR /app\nCOPY . .\nRUN npm ci\nUSER node\nCMD ["node", "src/app.js"]\n',
  'compose.prod.yaml': `
services:
  orders:
    build: ./services/orders
    restart: unless-stopped
    mem_limit: 256m
    ports: ["3000:3000"]
`,
};

describeDocker('readiness verify', () => {
  const { run, folder } = world();

  async function cli(root: string, ...args: string[]): Promise<{ exit: number; out: string; err: string }> {
    const said = { out: '', err: '' };
    const io: Io = {
      out: async (text) => {
        said.out += text;
      },
      err: async (text) => {
        said.err += text;
      },
      outIsTerminal: false,
      errIsTerminal: false,
      columns: 100,
      env: { DOCKER_HOST: host },
      cwd: root,
    };
    return { exit: await main(['node', 'readiness', 'verify', '.', ...args], io), ...said };
  }
  const limits = { Memory: 256 * 1024 ** 2, RestartPolicy: { Name: 'unless-stopped' } };
  const start = async (project: string, hostConfig: object): Promise<string> => {
    const root = folder(shop);
    await run({
      name: `${project}-orders-1`,
      project,
      service: 'orders',
      folder: root,
      files: [join(root, 'compose.prod.yaml')],
      command: idle,
      user: 'app',
      hostConfig,
    });
    return root;
  };

  it('confirms what runs as it is written', async () => {
    const root = await start('confirms', limits);
    const { exit, out } = await cli(root, '--project', 'confirms', '--verbose');
    expect(exit).toBe(0);
    expect(out).toContain('As it runs');
    expect(out).toMatch(/0 answers contradicted, [3-9] confirmed/);
    const line = 'confirms-orders-1 running · readiness-test/busy:1.0 · services/orders, by compose service "orders"';
    expect(out.replaceAll(/\s+/g, ' ')).toContain(line);
  });

  it('contradicts what runs worse, and fails the gate that the repository alone would pass', async () => {
    const root = await start('contradicts', {});
    const plain = JSON.parse((await cli(root, '--project', 'contradicts', '--format', 'json')).out);
    const report = reportV1.parse(plain);
    const limitsRule = report.rules.find(({ id }) => id === 'resilience/container-limits')!;
    expect(limitsRule.components.find(({ path }) => path === 'services/orders')).toMatchObject({
      status: 'ready',
      live: { status: 'missing', contradicts: true },
    });
    expect(report.live!.score).toBeLessThan(report.score!);
    const bound = String(report.score! - 0.01);
    const gated = await cli(root, '--project', 'contradicts', '--min-score', bound);
    expect(gated.exit).toBe(1);
    expect(gated.out).toContain('ready as written, missing as it runs');
    expect((await cli(root, '--project', 'contradicts', '--min-score', bound, '--advisory')).exit).toBe(0);
  });

  it('gives the same bytes twice, and tells every format', async () => {
    const root = await start('formats', {});
    const formats = ['json', 'markdown', 'html', 'sarif', 'junit', 'github', 'gitlab'];
    const all = formats.flatMap((format) => ['--report', `${format}=${join(root, `out.${format}`)}`]);
    const first = await cli(root, '--project', 'formats', ...all);
    const before = formats.map((format) => readFileSync(join(root, `out.${format}`), 'utf8'));
    for (const [i, format] of formats.entries()) {
      if (format !== 'gitlab') expect(before[i], format).toContain('no restart policy');
      else expect(before[i]).toContain('Restart policy and memory limit: missing in services/orders');
    }
    execFileSync(
      'rm',
      formats.map((format) => join(root, `out.${format}`)),
    );
    const second = await cli(root, '--project', 'formats', ...all);
    expect(second.out).toBe(first.out);
    expect(formats.map((format) => readFileSync(join(root, `out.${format}`), 'utf8'))).toEqual(before);
  });

  it('says in one sentence that nothing of the repository runs, and exits with 3', async () => {
    const { exit, out, err } = await cli(folder(shop), '--container', 'no-such-container');
    expect([exit, out]).toEqual([3, '']);
    expect(err).toMatch(
      /^No container of \S+ was found at unix:\S+ \(DOCKER_HOST\)\.\n {2}there is no container "no-such-container"\n$/,
    );
  });

  it('builds without anything running, and tells what came of it', async () => {
    const files = { ...shop, 'services/orders/Dockerfile': 'FROM readiness-test/busy:1.0\nUSER app\nRUN exit 6\n' };
    const { exit, out } = await cli(folder(files), '--container', 'no-such-container', '--build');
    expect(exit).toBe(0);
    expect(out.replaceAll(/\s+/g, ' ')).toContain('the build fails at services/orders/Dockerfile:3 (RUN exit 6)');
  });

  it('says in one sentence that there is no engine, before it reads anything, and exits with 3', async () => {
    const { exit, out, err } = await cli('/nowhere', '--host', 'unix:///nowhere/docker.sock');
    expect([exit, out]).toEqual([3, '']);
    expect(err).toMatch(/^No Docker Engine answers at unix:\/\/\/nowhere\/docker\.sock \(--host\): ENOENT\. .*\n$/);
  });

  it('asks before a drill, and does nothing where nobody can answer', async () => {
    const root = await start('unasked', limits);
    const { StartedAt } = (await docker.getContainer('unasked-orders-1').inspect()).State;
    const { exit, err } = await cli(root, '--project', 'unasked', '--drill');
    expect(exit).toBe(2);
    expect(err).toMatch(/add --yes\.\n$/);
    expect((await docker.getContainer('unasked-orders-1').inspect()).State.StartedAt).toBe(StartedAt);
    const told = await cli(root, '--project', 'unasked', '--drill', '--yes', '--verbose');
    expect(told.err).toContain('- stop unasked-orders-1 with SIGTERM while a request is in flight, and start it again');
    expect(told.out).toContain('up again after a stop and start');
    expect((await docker.getContainer('unasked-orders-1').inspect()).State.Status).toBe('running');
  });

  it('refuses a time that is none', async () => {
    expect((await cli('/nowhere', '--timeout', 'soon')).exit).toBe(2);
  });
});
