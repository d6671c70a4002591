// Has an engine build and start what the production compose file says, and asks it through the gateway: is every service well,
// by a user other than root, limited, and is a request in flight answered when its container is stopped. An engine is whatever
// the `docker` command finds; where none answers, or an image that is named cannot be had, that is what is told.
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { certify } from './artefacts.mjs';
import { run } from './project.mjs';

const hold = fileURLToPath(new URL('hold.cjs', import.meta.url));

/** Why nothing can be built or started here; null where it can. */
export async function engineLacks(env) {
  const asked = [
    [['docker', 'info'], 'no engine answers'],
    [['docker', 'compose', 'version'], 'the docker command has no compose'],
  ];
  for (const [words, lack] of asked) if (!(await run(words, { cwd: '.', env, limit: 20 })).ok) return lack;
  return null;
}

/**
 * Builds, starts, asks and takes down `file` of `folder`; `work` is a folder of our own.
 * @returns `failed` and the words of the engine, or what was found of the gateway and of each service that is built here.
 */
export async function tryStack({ folder, file, work, env, path = '/health' }) {
  const project = `try-${randomBytes(4).toString('hex')}`;
  const declared = parse(readFileSync(join(folder, file), 'utf8'), { merge: true }).services;
  const own = Object.keys(declared).filter((name) => declared[name].build);
  const proxy = Object.keys(declared).find((name) => !declared[name].build && declared[name].ports);
  prepare(folder, declared, own, proxy, work);
  const passwords = Object.fromEntries(
    [...readFileSync(join(folder, file), 'utf8').matchAll(/\$\{(\w*PASSWORD)\b/g)].map(([, name]) => [
      name,
      'of-the-test',
    ]),
  );
  const compose = (...words) =>
    run(['docker', 'compose', '-p', project, '-f', file, '-f', join(work, 'override.yml'), ...words], {
      cwd: folder,
      env: { ...env, ...passwords },
      limit: 900,
    });
  try {
    const built = await compose('build');
    if (!built.ok) return unpulled(built.output) ?? { failed: 'build', said: lastWords(built.output) };
    const up = await compose('up', '-d', '--no-build', '--wait', '--wait-timeout', '120');
    if (!up.ok && unpulled(up.output)) return unpulled(up.output);
    if (!up.ok) return { failed: 'start', said: lastWords(up.output + (await compose('logs', '--tail', '15')).output) };
    const services = [];
    for (const name of own) services.push(await look(name, compose, env));
    return { services, gateway: proxy ? await throughGateway({ proxy, compose, work, own, path }) : null };
  } finally {
    await compose('down', '-v', '--rmi', 'local', '-t', '1');
  }
}

/** A certificate, and beside the compose file one that lets images be built with this network and requests be held. */
function prepare(folder, declared, own, proxy, work) {
  mkdirSync(join(work, 'hold'), { recursive: true });
  copyFileSync(hold, join(work, 'hold/hold.cjs'));
  const certs = join(folder, 'deploy/certs');
  if (proxy && !existsSync(certs)) {
    mkdirSync(certs, { recursive: true });
    certify(certs);
  }
  const lines = ['services:'];
  for (const name of own)
    lines.push(
      `  ${name}:`,
      '    build: { network: host }',
      '    ports: !override []',
      `    volumes: ["${join(work, 'hold')}:/try:ro"]`,
      ...(/nginx/.test(declared[name].image ?? '')
        ? []
        : ['    environment: { NODE_OPTIONS: "--require /try/hold.cjs", HOLD_UNTIL: /try/release }']),
    );
  if (proxy) lines.push(`  ${proxy}:`, '    ports: !override ["127.0.0.1::443"]');
  writeFileSync(join(work, 'override.yml'), `${lines.join('\n')}\n`);
}

async function look(name, compose, env) {
  const ids = (await compose('ps', '-q', name)).stdout.trim().split('\n');
  const seen = await run(['docker', 'inspect', ...ids], { cwd: '.', env });
  const containers = JSON.parse(seen.stdout);
  return {
    name,
    replicas: ids.length,
    user: containers[0].Config.User || 'root',
    health: containers.map(({ State }) => State.Health?.Status ?? 'none').find((one) => one !== 'healthy') ?? 'healthy',
    memory: containers[0].HostConfig.Memory,
  };
}

async function throughGateway({ proxy, compose, work, own, path }) {
  const address = (await compose('port', proxy, '443')).stdout.trim();
  const port = Number(address.split(':').at(-1));
  const ask = (headers = {}) => answer(port, path, headers);
  const first = await ask();
  const found = {
    status: first?.status ?? null,
    headers: Boolean(first?.headers['strict-transport-security']),
    twice: Object.entries(first?.distinct ?? {}).flatMap(([name, values]) =>
      values.length > 1 && name !== 'set-cookie' && name !== 'vary' ? [name] : [],
    ),
  };
  const inFlight = ask({ 'x-hold': '1' });
  await sleep(500);
  const stopped = compose('stop', '-t', '12', ...own);
  await sleep(1500);
  writeFileSync(join(work, 'hold/release'), '');
  found.drained = (await inFlight)?.status ?? 'cut off';
  await stopped;
  const codes = await compose('ps', '-a', '--format', 'json', ...own);
  found.exits = [
    ...new Set(
      codes.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).ExitCode),
    ),
  ];
  return found;
}

function answer(port, path, headers) {
  return new Promise((done) => {
    const asked = request({ port, path, headers, rejectUnauthorized: false, timeout: 30_000 }, (response) => {
      response.resume();
      response.once('end', () =>
        done({ status: response.statusCode, headers: response.headers, distinct: response.headersDistinct }),
      );
      response.once('error', () => done(null));
    });
    asked.once('timeout', () => asked.destroy());
    asked.once('error', () => done(null));
    asked.end();
  });
}

/** No fault of what was written: an image that it names could not be pulled here. */
const unpulled = (output) =>
  /registry\S* .*(no such host|timeout|refused)|pull access denied|manifest unknown/.test(output)
    ? { lacks: 'an image that is named could not be pulled' }
    : null;

const lastWords = (output) => output.trim().split('\n').slice(-12).join('\n');

/** In words, for the table. */
export function tellStack(found) {
  if (found.lacks) return `not run by an engine: ${found.lacks}`;
  if (found.failed) return `${found.failed} failed: ${found.said.split('\n').at(-1)}`;
  const services = found.services.map(
    ({ name, replicas, user, health }) => `${name}${replicas > 1 ? ` ×${replicas}` : ''} by \`${user}\` ${health}`,
  );
  const { gateway } = found;
  return [
    ...services,
    gateway
      ? `gateway ${gateway.status}, in flight ${gateway.drained}, ended with ${gateway.exits.join(', ')}`
      : 'no gateway',
  ].join('; ');
}

/** What is not as the fixes promise. */
export function stackShort(found) {
  if (found.lacks) return [];
  if (found.failed) return [`the stack: ${found.failed}: ${found.said}`];
  const { gateway } = found;
  return [
    ...found.services.filter(({ user }) => /^(root|0)(:|$)/.test(user)).map(({ name }) => `${name} runs as root`),
    ...found.services.filter(({ health }) => health !== 'healthy').map(({ name, health }) => `${name} is ${health}`),
    ...(gateway && gateway.status !== 200 ? [`the gateway answers ${gateway.status}`] : []),
    ...(gateway && gateway.drained !== 200 ? [`in flight through the gateway: ${gateway.drained}`] : []),
    ...(gateway?.twice.length ? [`sent twice: ${gateway.twice.join(', ')}`] : []),
    ...(gateway?.exits.some((code) => code !== 0) ? [`stopped containers ended with ${gateway.exits.join(', ')}`] : []),
  ];
}
