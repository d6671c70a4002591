import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { formatNames } from '../../src/cli/formats.ts';
import type { Io } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';
import { reportV1 } from '../../src/model/report.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { soundFiles, writeHostile } from './hostile.ts';

const scratch = temporaryFolder('robust');

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const io: Io = {
    out: async (text) => void out.push(text),
    err: async (text) => void err.push(text),
    outIsTerminal: false,
    errIsTerminal: false,
    columns: 80,
    env: {},
    cwd: scratch,
  };
  const code = await main(['node', 'readiness', ...args], io);
  return { code, out: out.join(''), err: err.join('') };
}

function folder(name: string, files: Record<string, string>): string {
  const root = join(scratch, name);
  mkdirSync(root, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

describe('a target that cannot be audited is named in one sentence', () => {
  const cases: [string, () => string, number, RegExp][] = [
    ['no such path', () => join(scratch, 'nowhere'), 2, /no folder/],
    ['a file', () => join(folder('one', { 'package.json': '{}' }), 'package.json'), 2, /is a file/],
    ['an empty folder', () => folder('empty', {}), 3, /component/],
    ['a folder of prose', () => folder('prose', { 'README.md': '# Hello\n', 'notes/a.txt': 'b' }), 3, /component/],
    ['a manifest that cannot be read', () => folder('cut', { 'package.json': '{ "name": ' }), 3, /component/],
  ];
  it.each(cases)('%s', async (_, target, code, sentence) => {
    const result = await run('audit', target());
    expect(result.code).toBe(code);
    expect(result.err).toMatch(sentence);
    expect(result.err.trim().split('\n')).toHaveLength(1);
    expect(result.err).not.toMatch(/\n\s+at /);
  });
});

describe('a hostile repository', () => {
  const root = join(scratch, 'hostile');
  const saved = join(scratch, 'hostile.json');
  let code: number;
  let out: string;
  beforeAll(async () => {
    writeHostile(root);
    ({ code, out } = await run('audit', root, '--format', 'json'));
    writeFileSync(saved, out);
  });

  it('is judged as if the broken files were not there, and says which were', () => {
    expect(code).toBe(0);
    const report = reportV1.parse(JSON.parse(out));
    const health = report.rules.find(({ id }) => id === 'observability/health-endpoint');
    expect(health?.components.find(({ path }) => path === '.')?.status).toBe('ready');
    const told = report.diagnostics.map(({ file }) => file);
    expect(told).toEqual(expect.arrayContaining(['broken/package.json', 'broken/huge.ts']));
    expect(out).not.toMatch(/root:x:0/);
  });

  it('gives the same bytes twice', async () => {
    expect((await run('audit', root, '--format', 'json')).out).toBe(out);
  });

  it.each(formatNames)('renders as %s without a control character', async (format) => {
    const shown = await run('report', saved, '--format', format, '--verbose');
    expect(shown.code).toBe(0);
    expect(shown.out.length).toBeGreaterThan(100);
    expect(`${shown.out}${shown.err}`).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
  });

  it('is the same inside git', async () => {
    execFileSync('git', ['init', '-q'], { cwd: root });
    const after = (await run('audit', root, '--format', 'json')).out;
    const statuses = (json: string) => reportV1.parse(JSON.parse(json)).rules.map(({ id, status }) => [id, status]);
    expect(statuses(after)).toEqual(statuses(out));
  });
});

it('says of a file that does not parse which rules cannot be judged for it', async () => {
  const root = folder('unparsed', { ...soundFiles, 'src/index.js': `${soundFiles['src/index.js']}const x = {{{\n` });
  const { out } = await run('audit', root, '--format', 'json');
  const { rules, diagnostics } = reportV1.parse(JSON.parse(out));
  const limits = rules.find(({ id }) => id === 'security/rate-limiting')!;
  expect(limits.status).toBe('unknown');
  expect(limits.components[0]!.reason).toMatch(/src\/index\.js/);
  expect(rules.find(({ id }) => id === 'delivery/ci')!.status).toBe('missing');
  expect(diagnostics.map(({ file }) => file)).toContain('src/index.js');
});

it('runs no program that the target names', async () => {
  const root = folder('trap', soundFiles);
  const trace = join(scratch, 'sprung');
  const trap = join(root, 'trap.sh');
  writeFileSync(trap, `#!/bin/sh\ntouch '${trace}'\n`, { mode: 0o755 });
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root });
  git('init', '-q');
  git('add', '.');
  git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qm', 'Start');
  for (const setting of [
    'core.fsmonitor',
    'core.pager',
    'core.sshCommand',
    'diff.external',
    'filter.trap.clean',
    'filter.trap.smudge',
    'gpg.program',
  ])
    git('config', setting, trap);
  for (const hook of ['post-index-change', 'post-checkout', 'fsmonitor-watchman', 'reference-transaction'])
    writeFileSync(join(root, '.git/hooks', hook), readFileSync(trap), { mode: 0o755 });
  writeFileSync(join(root, '.gitattributes'), '* filter=trap diff=trap\n');
  rmSync(trace, { force: true });
  const { code } = await run('audit', root);
  expect(code).toBe(0);
  expect(existsSync(trace)).toBe(false);
});

it('leaves the target as it was', async () => {
  const root = folder('untouched', soundFiles);
  const listing = () => execFileSync('find', [root, '-printf', '%p %T@ %s\n'], { encoding: 'utf8' }).split('\n').sort();
  const before = listing();
  await run('audit', root);
  expect(listing()).toEqual(before);
});
