// A copy of a repository, and what its own commands say of it.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

export const scripts = ['build', 'typecheck', 'type-check', 'check:types', 'lint', 'check', 'test'];

/** A copy under version control, so that what commands write can be taken back. `remove` also ends with the logs beside it. */
export function copyOf(source) {
  const above = mkdtempSync(join(tmpdir(), 'try-fixes-'));
  const folder = join(above, basename(source));
  cpSync(source, folder, { recursive: true, filter: (path) => !/\/(node_modules|\.git|dist)$/.test(path) });
  const git = (...words) =>
    execFileSync('git', ['-c', 'user.email=try@example.org', '-c', 'user.name=try', ...words], {
      cwd: folder,
      stdio: 'pipe',
    }).toString();
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'as found');
  return { folder, above, git, remove: () => rmSync(above, { recursive: true, force: true }) };
}

export const manifestIn = (folder) => {
  const file = join(folder, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
};

/** Words that install a folder's packages, `frozen` as the lockfile says, in the version that it asks for. */
export function installer(folder) {
  const has = (name) => existsSync(join(folder, name));
  const said = /^(pnpm|yarn)@([\d.]+)/.exec(manifestIn(folder).packageManager ?? '');
  if (has('pnpm-lock.yaml')) {
    const words = ['npx', '-y', `pnpm@${said?.[1] === 'pnpm' ? said[2] : 10}`, 'install'];
    return { frozen: [...words, '--frozen-lockfile'], open: [...words, '--no-frozen-lockfile'] };
  }
  if (has('.yarnrc.yml')) {
    const words = ['npx', '-y', '-p', `@yarnpkg/cli-dist@${said?.[2] ?? 4}`, 'yarn', 'install'];
    return { frozen: [...words, '--immutable'], open: [...words, '--no-immutable'] };
  }
  if (has('yarn.lock')) {
    const words = ['npx', '-y', 'yarn@1', 'install'];
    return { frozen: [...words, '--frozen-lockfile'], open: words };
  }
  return has('package-lock.json')
    ? { frozen: ['npm', 'ci'], open: ['npm', 'install'] }
    : { frozen: ['npm', 'install'], open: ['npm', 'install'] };
}

/** A folder for PATH with the package managers that are not installed here, as corepack would bring them. */
export function managersIn(folder) {
  mkdirSync(folder);
  for (const name of ['pnpm', 'yarn']) {
    const version = { pnpm: 10, yarn: 1 }[name];
    writeFileSync(join(folder, name), `#!/bin/sh\nexec npx -y ${name}@${version} "$@"\n`, { mode: 0o755 });
  }
  return folder;
}

/** Runs a command to its end; what takes longer than `limit` seconds is stopped with all it started. Never throws. */
export function run(words, { cwd, env, limit = 600 }) {
  return new Promise((done) => {
    const child = spawn(words[0], words.slice(1), { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let stdout = '';
    child.stdout.on('data', (data) => {
      output += data;
      stdout += data;
    });
    child.stderr.on('data', (data) => {
      output += data;
    });
    const timer = setTimeout(() => killGroup(child, 'SIGKILL'), limit * 1000);
    const end = (code) => {
      clearTimeout(timer);
      done({ ok: code === 0, output, stdout });
    };
    child.once('error', (error) => {
      output += String(error);
      end(1);
    });
    child.once('exit', end);
  });
}

export function killGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended already.
  }
}

/** Install, then each script that there is, in every folder asked for. Logs of what failed are left beside the copy. */
export async function checks({ folder, above }, { install = true, frozen, folders, setup, env, label, without = [] }) {
  const result = {};
  const note = (name, { ok, output }) => {
    result[name] = { ok, counts: countsOf(output) };
    if (!ok) writeFileSync(join(above, `${label}-${name.replace(/\W+/g, '-')}.log`), output);
  };
  if (install) {
    const words = installer(folder)[frozen ? 'frozen' : 'open'];
    note('install', await run(words, { cwd: folder, env }));
  }
  for (const command of setup) await run(['sh', '-c', command], { cwd: folder, env });
  for (const inner of folders) {
    const cwd = join(folder, inner);
    const declared = manifestIn(cwd).scripts ?? {};
    for (const script of scripts) {
      const text = declared[script];
      if (!text || without.includes(script) || /no test specified/.test(text)) continue;
      note(inner === '.' ? script : `${inner} ${script}`, await run(['npm', 'run', script], { cwd, env }));
    }
  }
  return result;
}

/** How many tests passed and failed, in the words of vitest, jest, node:test, mocha and ava. */
function countsOf(output) {
  const plain = output.replace(/\u001b\[[\d;]*m/g, '');
  const line = plain.split('\n').findLast((one) => /^\s*Tests:?\s+.*\d+ (passed|failed)/.test(one)) ?? '';
  const count = (word) => Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
  if (line) return { passed: count('passed'), failed: count('failed') };
  const tap = (word) => /^. (?:pass|fail) \d+$/m.test(plain) && new RegExp(`^. ${word} (\\d+)$`, 'm').exec(plain)?.[1];
  if (tap('pass')) return { passed: Number(tap('pass')), failed: Number(tap('fail') || 0) };
  const mocha = /(\d+) passing/.exec(plain)?.[1];
  return mocha ? { passed: Number(mocha), failed: Number(/(\d+) failing/.exec(plain)?.[1] ?? 0) } : null;
}

export const tell = (result) =>
  Object.entries(result)
    .map(([name, { ok, counts }]) => {
      const tests = counts ? ` (${counts.passed} passed${counts.failed ? `, ${counts.failed} failed` : ''})` : '';
      return `${name} ${ok ? 'ok' : 'failed'}${/test/.test(name) ? tests : ''}`;
    })
    .join(', ');

/** What was well before and is not now. */
export const worse = (before, after) =>
  Object.entries(before)
    .filter(
      ([name, { ok, counts }]) =>
        (ok && !after[name]?.ok) || (counts && (after[name]?.counts?.passed ?? 0) < counts.passed),
    )
    .map(([name]) => name);
