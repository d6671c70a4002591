// Tries `readiness fix` for real: on a copy of a repository it installs, builds and tests, writes all fixes, does the same
// again, starts the server, and asks it for what the fixes promise. Prints one row of the table in docs/fixes.md.
//   node scripts/try-fixes.mjs <folder> [--port 4321] [--env NAME=value]... [--start "node dist/index.js"] [--path /burst]
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: 'string', default: '4321' },
    env: { type: 'string', multiple: true, default: [] },
    start: { type: 'string' },
    path: { type: 'string', default: '/no-such-route' },
    readiness: { type: 'string', default: fileURLToPath(new URL('../bin/readiness.js', import.meta.url)) },
    keep: { type: 'boolean', default: false },
  },
});
const source = resolve(positionals[0] ?? '.');
const { readiness } = values;
const folder = join(mkdtempSync(join(tmpdir(), 'try-fixes-')), basename(source));
const env = { ...process.env, CI: '1', npm_config_manage_package_manager_versions: 'false' };

cpSync(source, folder, { recursive: true, filter: (path) => !/\/(node_modules|\.git|dist)$/.test(path) });
const git = (...args) => execFileSync('git', args, { cwd: folder });
git('init', '-q');
git('add', '-A');
git('-c', 'user.email=try@example.org', '-c', 'user.name=try', 'commit', '-qm', 'as found');

const manifest = () => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const manager = existsSync(join(folder, 'pnpm-lock.yaml'))
  ? ['npx', '-y', 'pnpm@10']
  : existsSync(join(folder, 'yarn.lock'))
    ? ['npx', '-y', 'yarn@1']
    : ['npm'];
const run = (words) => spawnSync(words[0], words.slice(1), { cwd: folder, env, encoding: 'utf8', timeout: 400_000 });

/** What the repository's own commands say: ok, failed, or – where it has no such script. */
function checks() {
  const result = {
    install: run([
      ...manager,
      'install',
      ...(manager.length > 1 && manager[2].startsWith('pnpm') ? ['--no-frozen-lockfile'] : []),
    ]),
  };
  for (const script of ['build', 'lint', 'typecheck', 'test']) {
    const text = manifest().scripts?.[script];
    if (text && !/no test specified/.test(text)) result[script] = run(['npm', 'run', script]);
  }
  for (const [name, { status, stdout, stderr }] of Object.entries(result)) {
    if (status !== 0) writeFileSync(join(folder, '..', `${name}.log`), `${stdout}\n${stderr}`);
  }
  return Object.entries(result)
    .map(([name, { status }]) => `${name} ${status === 0 ? 'ok' : 'failed'}`)
    .join(', ');
}

async function serve() {
  const port = Number(values.port);
  const script = manifest().scripts ?? {};
  const words = values.start ?? script['start:prod'] ?? script.start;
  // Signals are for the server, not for a shell in front of it.
  const command = /&&|;/.test(words) ? words : `exec ${words}`;
  const given = Object.fromEntries(
    values.env.map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]),
  );
  const child = spawn(command, {
    cwd: folder,
    shell: true,
    detached: true,
    env: {
      ...env,
      PATH: `${join(folder, 'node_modules/.bin')}:${env.PATH}`,
      ...given,
      PORT: String(port),
      NODE_ENV: 'production',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => {
      said += data;
    });
  const ended = new Promise((done) => child.once('exit', (code, signal) => done(code ?? signal)));
  const ask = (path) => fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual' }).catch(() => null);
  const found = {};
  for (let i = 0; i < 60 && !found.health && child.exitCode === null; i++) {
    await sleep(500);
    for (const path of ['/health', '/health-check', '/healthz']) {
      const answer = await ask(path);
      if (answer?.status === 200) found.health ??= { path, answer };
    }
  }
  if (!found.health) {
    if (child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    return `does not start: ${
      said
        .trim()
        .split('\n')
        .filter((line) => /error|cannot|ECONN|required/i.test(line))[0]
        ?.slice(0, 140) ?? 'no answer'
    }`;
  }
  const parts = [`${found.health.path} 200`];
  parts.push(found.health.answer.headers.get('x-content-type-options') ? 'headers' : 'no headers');
  const metrics = await ask('/metrics');
  if (metrics?.status === 200) parts.push('metrics');
  let limited = 0;
  for (let i = 0; i < 700 && limited === 0; i++) {
    const answer = await ask(values.path);
    if (answer?.status === 429) limited = i + 1;
  }
  parts.push(limited ? `429 after ${limited}` : 'no 429');
  process.kill(-child.pid, 'SIGTERM');
  const code = await Promise.race([ended, sleep(12_000).then(() => 'did not end')]);
  if (code === 'did not end') process.kill(-child.pid, 'SIGKILL');
  parts.push(`SIGTERM: ${code}`);
  return parts.join(', ');
}

const before = checks();
git('checkout', '-q', '.');
const plan = JSON.parse(run([process.execPath, readiness, 'fix', '.', '--yes', '--json', '--allow-dirty']).stdout);
const second = JSON.parse(run([process.execPath, readiness, 'fix', '.', '--json', '--allow-dirty']).stdout);
const after = checks();
const served = await serve();
console.log(
  `| ${basename(source)} | ${plan.fixes.length} (${plan.score.before} to ${plan.score.after}) | ${before} | ${after} | ${served} | ${second.fixes.length} |`,
);
if (values.keep) console.error(folder);
else rmSync(join(folder, '..'), { recursive: true, force: true });
