import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatNames, loadFormat } from '../../src/cli/formats.ts';
import type { Io } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';
import { defaultOptions } from '../../src/report/shared/format.ts';
import { sampleReport } from '../golden/sample-report.ts';
import { temporaryFolder } from '../support/temporary.ts';

const scratch = temporaryFolder('report');
const save = (name: string, text: string): void => writeFileSync(join(scratch, name), text);
const read = (name: string): string => readFileSync(join(scratch, name), 'utf8');
save('saved.json', JSON.stringify(sampleReport));

async function run(args: string[], given: Partial<Io> = {}): Promise<{ code: number; out: string; err: string }> {
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
    ...given,
  };
  const code = await main(['node', 'readiness', ...args], io);
  return { code, out: out.join(''), err: err.join('') };
}

describe('readiness report', () => {
  it.each(formatNames)('renders a saved result as %s', async (name) => {
    const { code, out } = await run(['report', 'saved.json', '--format', name]);
    expect(code).toBe(0);
    expect(out).toBe((await loadFormat(name)).render(sampleReport, defaultOptions));
  });

  it('takes --json for --format json', async () => {
    const { out } = await run(['report', 'saved.json', '--json']);
    expect(out).toBe((await loadFormat('json')).render(sampleReport, defaultOptions));
  });

  it('writes several formats in one run, those of --report whole', async () => {
    const { code, out, err } = await run([
      ...['report', 'saved.json', '--category', 'data', '-f', 'json'],
      ...['--report', 'markdown=out/READINESS.md', '--report', 'sarif=out/deep/a=b.sarif'],
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(out).rules).toHaveLength(2);
    expect(read('out/READINESS.md')).toBe((await loadFormat('markdown')).render(sampleReport, defaultOptions));
    expect(JSON.parse(read('out/deep/a=b.sarif')).version).toBe('2.1.0');
    expect(err).toBe('Wrote the markdown report to out/READINESS.md.\nWrote the sarif report to out/deep/a=b.sarif.\n');
  });

  it('writes to a file instead of the screen with --output, without colour', async () => {
    const { out } = await run(['report', 'saved.json', '-o', 'out.txt'], { outIsTerminal: true });
    expect(out).toBe('');
    expect(read('out.txt')).toBe((await loadFormat('terminal')).render(sampleReport, defaultOptions));
  });

  it('fits the terminal it is shown in and colours it, unless NO_COLOR says otherwise', async () => {
    const shown = await run(['report', 'saved.json'], { outIsTerminal: true, columns: 60 });
    expect(shown.out).toContain('\u001b[');
    expect((await run(['report', 'saved.json'], { outIsTerminal: true, env: { NO_COLOR: '1' } })).out).not.toContain(
      '\u001b[',
    );
    expect((await run(['report', 'saved.json'], { outIsTerminal: true, env: { TERM: 'dumb' } })).out).not.toContain(
      '\u001b[',
    );
  });

  it('fills the summary and the outputs of a GitHub step, for that format only', async () => {
    const env = { GITHUB_STEP_SUMMARY: join(scratch, 'summary.md'), GITHUB_OUTPUT: join(scratch, 'output.txt') };
    save('summary.md', 'before\n');
    save('output.txt', '');
    await run(['report', 'saved.json', '-f', 'json'], { env });
    expect(read('output.txt')).toBe('');
    await run(['report', 'saved.json', '--report', 'github=annotations.txt'], { env });
    expect(read('output.txt')).toBe('score=31\nlevel=none\npassed=false\n');
    expect(read('summary.md')).toMatch(/^before\n## Production readiness: 31 \/ 100\n/);
  });

  it('counts paths from the repository with --path-prefix', async () => {
    const { out } = await run(['report', 'saved.json', '-f', 'gitlab', '--path-prefix', 'apps/shop/']);
    expect(JSON.parse(out)[0].location.path).toBe('apps/shop/services/gateway/src/index.ts');
  });
});

describe('what is wrong with a command line is said in a sentence, with exit code 2', () => {
  save('text.json', 'not json');
  save('other.json', '{"a": 1}');
  save('future.json', JSON.stringify({ ...sampleReport, schemaVersion: 2 }));
  save(
    'bent.json',
    JSON.stringify({ ...sampleReport, score: 'high', rules: [{ ...sampleReport.rules[0], status: 'fine' }] }),
  );

  it.each([
    ['an unknown command', ['adit'], /unknown command 'adit'\n\(Did you mean audit\?\)/],
    [
      'an unknown option',
      ['report', 'saved.json', '--formt', 'x'],
      /unknown option '--formt'\n\(Did you mean --format\?\)/,
    ],
    ['an unknown format', ['report', 'saved.json', '-f', 'pdf'], /Allowed choices are terminal, /],
    [
      'an unknown format of a file',
      ['report', 'saved.json', '--report', 'pdf=x'],
      'There is no report format "pdf": use one of terminal,',
    ],
    ['a report without a file', ['report', 'saved.json', '--report', 'sarif'], /It takes FORMAT=FILE/],
    [
      'two reports in one file',
      ['report', 'saved.json', '--report', 'sarif=x', '-o', 'x'],
      'Two reports would be written to x.',
    ],
    ['no such file', ['report', 'none.json'], /^none\.json could not be read: /],
    ['no JSON', ['report', 'text.json'], /^text\.json is not JSON: /],
    ['other JSON', ['report', 'other.json'], /^other\.json is not a result of readiness:\n {2}schemaVersion: /],
    [
      'a newer result',
      ['report', 'future.json'],
      'future.json is a result of version 2; this readiness reads version 1.',
    ],
    ['a bent result', ['report', 'bent.json'], /score: .*\n {2}rules\[0\]\.status: /],
    [
      'a folder that cannot be written to',
      ['report', 'saved.json', '-o', 'saved.json/x'],
      /^The terminal report could not be written to saved\.json\/x: /,
    ],
    ['an unknown rule', ['report', 'saved.json', '--rule', 'nope'], 'There is no rule "nope" in this audit'],
    ['an unknown category of rules', ['rules', '--category', 'nope'], 'There is no rule in the category "nope".'],
  ])('%s', async (_, args, message) => {
    const { code, out, err } = await run(args);
    expect(out).toBe('');
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n {4}at /);
    expect(code).toBe(2);
  });

  it('and a name cannot steer the terminal there either', async () => {
    const { err } = await run(['report', 'no\u001b[2Jne.json']);
    expect(err).toContain('no\\u001b[2Jne.json');
  });
});

describe('a bug of ours', () => {
  const failing: Partial<Io> = { out: () => Promise.reject(new Error('disk on fire')) };

  it('ends with 70, where to report it and no stack', async () => {
    const { code, err } = await run(['report', 'saved.json'], failing);
    expect(code).toBe(70);
    expect(err).toMatch(
      /^readiness met a bug of its own: disk on fire\nPlease report it to .*; --verbose adds where it happened\.\n$/,
    );
  });

  it.each([
    [['--verbose'], {}],
    [[], { DEBUG: '1' }],
  ])('shows the stack with %j %j', async (flags, env) => {
    const { code, err } = await run(['report', 'saved.json', ...flags], { ...failing, env });
    expect(code).toBe(70);
    expect(err).toMatch(/\n {4}at /);
  });
});

describe('help', () => {
  it('lists the commands and the exit codes on the standard output, with exit code 0', async () => {
    const { code, out, err } = await run(['--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const word of ['audit', 'report', 'rules', 'Exit codes']) expect(out).toContain(word);
  });

  it('tells no default that is an empty list', async () => {
    const { out } = await run(['audit', '--help']);
    expect(out).not.toMatch(/default: (\[\]|\{\})/);
  });
});
