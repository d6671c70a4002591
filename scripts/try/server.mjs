// Starts a server and asks it for what the fixes promise.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { killGroup } from './project.mjs';

const hold = fileURLToPath(new URL('hold.cjs', import.meta.url));
const usual = ['/health', '/health-check', '/healthz', '/api/health'];

/**
 * Boots `command`, waits for it to answer (`ready`, or any health path), asks for health, headers and metrics, sends requests
 * to `burst` until one is turned away, and ends it with SIGTERM while a request is in flight.
 */
export async function serve({ cwd, command, env, port, health = usual, ready = '/', burst, most = 1200 }) {
  const release = join(mkdtempSync(join(tmpdir(), 'try-hold-')), 'release');
  // Signals are for the server, not for a shell in front of it.
  const child = spawn(/&&|;/.test(command) ? command : `exec ${command}`, {
    cwd,
    shell: true,
    detached: true,
    env: {
      ...env,
      HOLD_UNTIL: release,
      NODE_OPTIONS: `${env.NODE_OPTIONS ?? ''} --require ${hold}`,
      PATH: `${join(cwd, 'node_modules/.bin')}:${env.PATH}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += data));
  const ended = new Promise((done) => child.once('exit', (code, signal) => done(code ?? signal)));
  const ask = (path, headers = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', headers })
      .then(async (answer) => {
        await answer.arrayBuffer();
        return answer;
      })
      .catch(() => null);
  try {
    let up = false;
    for (let i = 0; i < 120 && !up && child.exitCode === null; i++) {
      await sleep(250);
      up = (await ask(ready)) !== null;
    }
    if (!up) return { boots: false, said: complaint(said) };
    const found = { boots: true, health: null, headers: false, metrics: false, limited: 0 };
    for (const path of health) {
      const answer = await ask(path);
      if (answer?.status === 200 && !/html/.test(answer.headers.get('content-type') ?? '')) found.health ??= path;
    }
    const plain = await ask(found.health ?? ready);
    found.headers = Boolean(plain?.headers.get('x-frame-options') ?? plain?.headers.get('strict-transport-security'));
    const metrics = await ask('/metrics');
    found.metrics =
      metrics?.status === 200 && /text\/plain|openmetrics/.test(metrics.headers.get('content-type') ?? '');
    const inFlight = ask(found.health ?? ready, { 'x-hold': '1' });
    for (let i = 1; i <= most && found.limited === 0; i++) if ((await ask(burst))?.status === 429) found.limited = i;
    killGroup(child, 'SIGTERM');
    await sleep(300);
    writeFileSync(release, '');
    const answer = await inFlight;
    found.drained = answer === null ? 'cut off' : answer.status;
    const waited = new AbortController();
    found.exit = await Promise.race([ended, sleep(13_000, 'did not end', { signal: waited.signal })]);
    waited.abort();
    return found;
  } finally {
    killGroup(child, 'SIGKILL');
    rmSync(dirname(release), { recursive: true });
  }
}

/** The line in which a server that does not start says why. */
function complaint(said) {
  const lines = said.trim().split('\n');
  const line = lines.find((one) => /error|cannot|ECONN|required|not found/i.test(one)) ?? lines.at(-1) ?? '';
  return line.trim().slice(0, 160);
}

export function tellServer(found) {
  if (!found) return 'none';
  if (!found.boots) return `does not start: ${found.said || 'no answer'}`;
  return [
    found.health ? `\`${found.health}\` 200` : 'no health',
    found.headers ? 'headers' : 'no headers',
    ...(found.metrics ? ['metrics'] : []),
    found.limited ? `429 after ${found.limited}` : 'no 429',
    `in flight ${found.drained}, SIGTERM ${found.exit}`,
  ].join(', ');
}
