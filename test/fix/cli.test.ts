import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';

const base = fileURLToPath(new URL('../../fixtures/bases/express', import.meta.url));
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function repository(): string {
  const folder = mkdtempSync(join(tmpdir(), 'readiness-fix-'));
  folders.push(folder);
  cpSync(base, folder, { recursive: true });
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder });
  git('init', '-q');
  git('add', '-A');
  git('-c', 'user.email=a@example.org', '-c', 'user.name=a', 'commit', '-qm', 'first');
  return folder;
}

async function run(folder: string, ...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    out: async (text: string) => void out.push(text),
    err: async (text: string) => void err.push(text),
    outIsTerminal: false,
    errIsTerminal: false,
    columns: 100,
    env: {},
    cwd: folder,
  };
  const code = await main(['node', 'readiness', 'fix', ...args], io);
  return { code, out: out.join(''), err: err.join('') };
}

it('previews, and writes nothing', async () => {
  const folder = repository();
  const { code, out, err } = await run(folder, '--rule', 'delivery/runtime-version,security/headers');
  expect(code).toBe(0);
  expect(out).toContain('delivery/runtime-version · missing → ready');
  expect(out).toContain('security/headers · missing → ready');
  expect(out).not.toContain('observability/');
  expect(out).toContain('npm install');
  expect(err).toContain('--yes');
  expect(existsSync(join(folder, '.nvmrc'))).toBe(false);
});

it('writes with --yes, and has nothing left for a second run', async () => {
  const folder = repository();
  const asked = ['--rule', 'delivery/runtime-version,security/headers'];
  expect((await run(folder, ...asked, '--yes')).code).toBe(0);
  expect(readFileSync(join(folder, '.nvmrc'), 'utf8')).toBe('22\n');
  expect(readFileSync(join(folder, 'src/app.ts'), 'utf8')).toContain('app.use(helmet());');
  const again = await run(folder, ...asked, '--yes');
  expect(again.code).toBe(2);
  expect(again.err).toContain('--allow-dirty');
  expect((await run(folder, ...asked, '--yes', '--allow-dirty')).out).toContain('No gap here has a fix');
});

it('prints a plan for tools, with what was not offered and why', async () => {
  const plan = JSON.parse((await run(repository(), '--json', '--level', 'demo')).out);
  expect(plan.fixes.map((fix: { rule: string }) => fix.rule)).toContain('resilience/error-handling');
  expect(plan.fixes.map((fix: { rule: string }) => fix.rule)).not.toContain('security/headers');
  expect(plan.score.after).toBeGreaterThan(plan.score.before);
  expect(plan.notOffered.every((one: { reason: string }) => one.reason !== '')).toBe(true);
});

it('takes a value for a template, and a template of one’s own in place of ours', async () => {
  const folder = repository();
  const { out } = await run(folder, '--rule', 'security/rate-limiting', '--diff', '--set', 'rate-limiting.limit=7');
  expect(out).toContain('limit: 7,');
  const own = join(folder, '.readiness/templates/runtime-version');
  mkdirSync(join(own, 'files'), { recursive: true });
  writeFileSync(
    join(own, 'fix.yaml'),
    'title: Ours\nrule: delivery/runtime-version\nvariants:\n  - operations:\n      - create: { file: .node-version, from: v }\n',
  );
  writeFileSync(join(own, 'files/v'), '<% node %>.1.0\n');
  expect((await run(folder, '--rule', 'delivery/runtime-version', '--diff')).out).toContain('+22.1.0');
});

it('names every problem of a template of one’s own', async () => {
  const folder = repository();
  mkdirSync(join(folder, '.readiness/templates/mine'), { recursive: true });
  writeFileSync(join(folder, '.readiness/templates/mine/fix.yaml'), 'rule: delivery/runtime-version\nvariants: []\n');
  const { code, err } = await run(folder);
  expect(code).toBe(2);
  expect(err).toContain('.readiness/templates/mine/fix.yaml:1: title');
  expect(err).toContain('.readiness/templates/mine/fix.yaml:2: variants');
});

it('names the rule of a template of one’s own that does not exist', async () => {
  const folder = repository();
  mkdirSync(join(folder, '.readiness/templates/mine'), { recursive: true });
  writeFileSync(
    join(folder, '.readiness/templates/mine/fix.yaml'),
    'title: Ours\nrule: delivery/node\nvariants:\n  - operations:\n      - tell: { run: [ls] }\n',
  );
  const { code, err } = await run(folder);
  expect(code).toBe(2);
  expect(err).toContain('.readiness/templates/mine/fix.yaml: there is no rule delivery/node');
});

it('takes secrets out of git without showing one, and leaves the file where it is', async () => {
  const folder = repository();
  const value = 'herring-sleeps-at-noon-77';
  writeFileSync(join(folder, '.env'), `JWT_SECRET=${value}\nPORT=4000\n`);
  const git = (...words: string[]) => execFileSync('git', words, { cwd: folder });
  git('add', '-A', '-f');
  git('-c', 'user.email=a@example.org', '-c', 'user.name=a', 'commit', '-qm', 'second');
  const asked = ['--rule', 'security/no-committed-secrets'];
  const shown = await Promise.all([
    run(folder, ...asked, '-v'),
    run(folder, ...asked, '--diff'),
    run(folder, ...asked, '--json'),
  ]);
  expect(shown.map(({ out }) => out).join()).not.toContain(value);
  expect(shown[0].out).toContain('git rm --cached .env');
  expect(shown[0].out).toContain('JWT_SECRET');
  expect(shown[1].out).not.toContain('git rm');
  expect((await run(folder, ...asked, '--yes')).code).toBe(0);
  expect(readFileSync(join(folder, '.env.example'), 'utf8')).toContain('JWT_SECRET=\nPORT=\n');
  expect(readFileSync(join(folder, '.env'), 'utf8')).toContain(value);
  git('rm', '-q', '--cached', '.env');
  expect((await run(folder, ...asked, '--allow-dirty')).out).toContain('No gap here has a fix');
});

it('says of a template of one’s own what it asks for that nobody gives', async () => {
  const folder = repository();
  const own = join(folder, '.readiness/templates/notice');
  mkdirSync(join(own, 'files'), { recursive: true });
  writeFileSync(
    join(own, 'fix.yaml'),
    'title: Ours\nrule: delivery/runtime-version\norder: 1\nvariants:\n  - operations:\n      - create: { file: .node-version, from: v }\n',
  );
  writeFileSync(join(own, 'files/v'), '<% noSuchThing %>\n');
  const { code, err } = await run(folder, '--rule', 'delivery/runtime-version');
  expect(code).toBe(2);
  expect(err).toContain('.readiness/templates/notice: a template asks for "noSuchThing"');
});
