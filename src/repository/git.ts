import { spawnSync } from 'node:child_process';

/**
 * Configuration of the target is not ours to trust: it can name programs (hooks, a file system monitor, transports).
 * `safe.directory` is lifted because nothing that it guards against is left to run.
 */
const guards = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.excludesFile=/dev/null',
  'core.quotePath=false',
  'safe.directory=*',
].flatMap((setting) => ['-c', setting]);

/** Variables of a caller (a git hook, say) would point git at another repository. */
function environment(): Record<string, string | undefined> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  return {
    ...Object.fromEntries(own),
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_TERMINAL_PROMPT: '0',
  };
}

/** Runs one read-only git command in `folder`, by Node alone since it stands in the way of every run; null when git is absent, refuses or takes too long. */
export function git(folder: string, args: readonly string[], input?: string): Buffer | null {
  const result = spawnSync('git', ['--no-pager', ...guards, ...args], {
    cwd: folder,
    env: environment(),
    ...(input === undefined ? { stdio: ['ignore', 'pipe', 'ignore'] } : { input, stdio: ['pipe', 'pipe', 'ignore'] }),
    timeout: 60_000,
    maxBuffer: 512 * 1024 * 1024,
    windowsHide: true,
  });
  return result.error || result.status !== 0 ? null : result.stdout;
}

/** Splits the answer of a `-z` command. */
export const nulSeparated = (output: Buffer): string[] => {
  const parts = output.toString('utf8').split('\0');
  if (parts.at(-1) === '') parts.pop();
  return parts;
};

/** The commit a ref names; read as a plain object, since `git log` may be told to run a signature checker. */
export function readCommit(folder: string, ref: string): { hash: string; committedAt: string } | null {
  const output = git(folder, ['cat-file', '--batch'], `${ref}^{commit}\n`)?.toString('utf8');
  const hash = /^([0-9a-f]{40,64}) commit /.exec(output ?? '')?.[1];
  const seconds = /^committer .*> (\d+) [+-]\d{4}$/m.exec(output ?? '')?.[1];
  if (!hash || !seconds) return null;
  return { hash, committedAt: new Date(Number(seconds) * 1000).toISOString() };
}
