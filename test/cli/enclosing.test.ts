import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ReportV1 } from '../../src/model/report.ts';
import { type World, world } from './policy-world.ts';

const api = {
  'apps/api/package.json': JSON.stringify({
    name: 'api',
    dependencies: { left: '1.0.0' },
    scripts: { start: 'node server.js', test: 'node --test' },
  }),
  'apps/api/server.js': "require('node:http').createServer((q, s) => s.end('ok')).listen(3000);\n",
  'apps/api/server.test.js': "require('node:test')('answers', () => {});\n",
};
const web = {
  'apps/web/package.json': JSON.stringify({ name: 'web', dependencies: { left: '1.0.0' }, scripts: { test: 'jest' } }),
  'apps/web/page.test.js': "it('shows', () => {});\n",
};
const root = { 'package.json': JSON.stringify({ name: 'shop', private: true, workspaces: ['apps/*'] }) };
const lock = {
  'package-lock.json': JSON.stringify({ lockfileVersion: 3, packages: { '': {}, 'apps/api': {}, 'apps/web': {} } }),
};
const workflow = (...steps: string[]) =>
  `on: [push]\njobs:\n  check:\n    runs-on: ubuntu-latest\n    steps:\n${steps.map((step) => `      - run: ${step}\n`).join('')}`;
const ci = (...steps: string[]) => ({ '.github/workflows/check.yml': workflow(...steps) });

const committed = (files: Record<string, string>): World => {
  const made = world(files);
  made.git('init', '-q', '-b', 'main');
  made.commit('first');
  return made;
};
const auditOf = async (made: World, ...args: string[]): Promise<ReportV1> =>
  JSON.parse((await made.run('audit', 'apps/api', '--format', 'json', ...args)).out) as ReportV1;
const ruleOf = (report: ReportV1, id: string) => report.rules.find((rule) => rule.id === id)!;

describe('a folder of a larger repository', () => {
  const cases: [string, Record<string, string>, string, string][] = [
    ['the workflow above runs its tests', ci('npm test --workspaces'), 'delivery/ci', 'ready'],
    ['the workflow above works in it', ci('cd apps/api && npm test'), 'delivery/ci', 'ready'],
    ['the workflow above runs the tests of another', ci('cd apps/web && npm test'), 'delivery/ci', 'partial'],
    ['there is none above either', {}, 'delivery/ci', 'missing'],
    ['its workspace has a lockfile', lock, 'delivery/lockfile', 'ready'],
    ['no lockfile above', {}, 'delivery/lockfile', 'missing'],
    ['a lockfile of the folder beside it', { 'apps/web/package-lock.json': '{}' }, 'delivery/lockfile', 'missing'],
    ['a version for all', { '.nvmrc': '22\n' }, 'delivery/runtime-version', 'ready'],
    [
      'updates for all',
      { '.github/dependabot.yml': 'version: 2\nupdates: [{ package-ecosystem: npm, directory: / }]\n' },
      'delivery/dependency-updates',
      'ready',
    ],
  ];
  it.each(cases)('%s', async (_, files, rule, status) => {
    const report = await auditOf(committed({ ...root, ...api, ...web, ...files }));
    expect(ruleOf(report, rule).status).toBe(status);
  });

  it('names what lies above as such, by a path that leads there', async () => {
    const made = committed({ ...root, ...api, ...web, ...ci('cd apps/web && npm test') });
    const shown = ruleOf(await auditOf(made), 'delivery/ci').evidence;
    expect(shown.map(({ file }) => file)).toContain('../../.github/workflows/check.yml');
    expect(shown.find(({ file }) => file.startsWith('../'))!.note).toMatch(/, above this folder$/);
    for (const { file, line } of shown) {
      expect(made.read(join('apps/api', file)).split('\n').length).toBeGreaterThanOrEqual(line);
    }
    const sarif = (await made.run('audit', 'apps/api', '--format', 'sarif')).out;
    expect(sarif).not.toContain('apps/api/../');
  });

  it('keeps its own answer where that is the better one', async () => {
    const made = committed({ ...root, ...api, ...web, 'apps/api/.nvmrc': '22\n', '.nvmrc': 'lts/*\n' });
    const { components } = ruleOf(await auditOf(made), 'delivery/runtime-version');
    expect(components.flatMap(({ evidence }) => evidence.map(({ file }) => file))).not.toContain('../../.nvmrc');
  });

  it('is no part of a repository that tracks nothing of it', async () => {
    const made = world({ ...root, ...ci('npm test'), '.gitignore': 'apps\n' });
    made.git('init', '-q', '-b', 'main');
    made.commit('first');
    made.write(api);
    expect(ruleOf(await auditOf(made), 'delivery/ci').status).toBe('missing');
  });

  it('is seen with what stood above it at another commit', async () => {
    const made = committed({ ...root, ...api });
    made.write(ci('npm test --workspaces'));
    made.commit('checks');
    const { changes } = await auditOf(made, '--since', 'HEAD~1');
    expect(changes!.closed.map(({ rule }) => rule)).toContain('delivery/ci');
    expect((await auditOf(made, '--since', 'HEAD')).changes!.closed).toEqual([]);
  });

  it('is judged anew when only what lies above it changes', async () => {
    const cache = world();
    const made = world({ ...root, ...api }, { XDG_CACHE_HOME: cache.root });
    made.git('init', '-q', '-b', 'main');
    made.commit('first');
    expect(ruleOf(await auditOf(made), 'delivery/ci').status).toBe('missing');
    made.write(ci('npm test --workspaces'));
    made.git('add', '-A');
    expect(ruleOf(await auditOf(made), 'delivery/ci').status).toBe('ready');
  });
});
