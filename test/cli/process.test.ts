import { type SpawnOptionsWithoutStdio, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { sampleReport } from '../golden/sample-report.ts';
import { temporaryFolder } from '../support/temporary.ts';

const launcher = fileURLToPath(new URL('./launch.ts', import.meta.url));
const recorder = fileURLToPath(new URL('./record-loads.mjs', import.meta.url));
const scratch = temporaryFolder('process');

const saved = join(scratch, 'saved.json');
writeFileSync(saved, JSON.stringify(sampleReport));

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** The real thing: a process of its own, with pipes for both streams. `readOnly` closes the pipe after so many characters. */
function run(
  args: string[],
  options: { env?: NodeJS.ProcessEnv; node?: string[]; readOnly?: number; input?: string } = {},
): Promise<Ended> {
  const spawned: SpawnOptionsWithoutStdio = { cwd: scratch, env: { PATH: process.env.PATH, ...options.env } };
  const child = spawn(process.execPath, ['--import', 'tsx', ...(options.node ?? []), launcher, ...args], {
    ...spawned,
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk;
    if (options.readOnly !== undefined && out.length >= options.readOnly) child.stdout.destroy();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk;
  });
  child.stdin.end(options.input ?? '');
  return new Promise((done) => child.on('close', (code) => done({ code, out, err })));
}

/** A result of many megabytes, so that a pipe cannot hold it. */
function bigReport(): string {
  const rule = sampleReport.rules.find(({ id }) => id === 'infrastructure/database')!;
  const evidence = Array.from({ length: 60_000 }, (_, i) => ({
    file: `src/file-${i}.ts`,
    line: i + 1,
    note: 'keeps it in memory',
  }));
  const file = join(scratch, 'big.json');
  writeFileSync(file, JSON.stringify({ ...sampleReport, rules: [{ ...rule, evidence }] }));
  return file;
}

describe('a process', () => {
  it('writes many megabytes through a pipe to the last byte', async () => {
    const { code, out, err } = await run(['report', bigReport(), '--format', 'json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.length).toBeGreaterThan(5_000_000);
    expect(JSON.parse(out).rules[0].evidence).toHaveLength(60_000);
  });

  it('takes no harm from a reader that goes away', async () => {
    const { code, err } = await run(['report', bigReport(), '--format', 'json'], { readOnly: 10 });
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it('reads a result from the standard input', async () => {
    const { code, out } = await run(['report', '-', '--format', 'gitlab'], { input: readFileSync(saved, 'utf8') });
    expect(code).toBe(0);
    expect(JSON.parse(out)[0].check_name).toBe('infrastructure/api-gateway');
  });

  it.each([
    ['a pipe is not coloured', [], {}, false],
    ['FORCE_COLOR colours it', [], { FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR=0 does not', [], { FORCE_COLOR: '0' }, false],
    ['--color colours it', ['--color'], { NO_COLOR: '1' }, true],
    ['--no-color wins over FORCE_COLOR', ['--no-color'], { FORCE_COLOR: '1' }, false],
  ])('%s', async (_, flags, env, colored) => {
    const { out } = await run(['report', saved, ...flags], { env });
    expect(out.includes('\u001b[')).toBe(colored);
  });

  it.each([['--help'], ['--version'], ['audit', '--help'], ['rules'], ['rules', '--format', 'json']])(
    'starts without the analyzers for: %s %s %s',
    async (...args) => {
      const record = join(scratch, `loads-${args.join('-')}.txt`);
      const given = args.filter((arg) => arg !== undefined);
      const { code, err } = await run(given, { node: ['--import', recorder], env: { RECORD_LOADS: record } });
      expect({ code, err }).toEqual({ code: 0, err: '' });
      const loaded = readFileSync(record, 'utf8');
      expect(loaded).toContain('/node_modules/commander/');
      for (const heavy of [
        'ts-morph',
        '@ts-morph',
        'typescript',
        'oxc-parser',
        'oxc-resolver',
        'execa',
        'dockerode',
        'ora',
      ]) {
        expect(loaded).not.toContain(`/node_modules/${heavy}/`);
      }
    },
  );
});
