import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Asked, reportOf } from '../../../src/audit/cache/reports.ts';
import { factsVersion, programVersion } from '../../../src/audit/cache/version.ts';
import { noPolicy } from '../../../src/model/policy.ts';
import type { ReportV1 } from '../../../src/model/report.ts';
import type { Rule } from '../../../src/model/rule.ts';
import { openDirectory, openMemory, overlay } from '../../../src/repository/index.ts';
import { temporaryFolder } from '../../support/temporary.ts';

let root: string;
let cache: string;
let audits: number;
beforeEach(() => {
  const world = temporaryFolder('kept');
  root = join(world, 'target');
  cache = join(world, 'cache');
  audits = 0;
  write('package.json', '{ "name": "shop" }');
  write('server.js', 'listen(3000)');
  write('logo.png', '\0\0');
});

function write(path: string, text: string, below = root): void {
  mkdirSync(dirname(join(below, path)), { recursive: true });
  writeFileSync(join(below, path), text);
}

const rule = { id: 'own/alpha', appliesTo: { op: 'leaf', leaf: 'always', options: { a: /x/ } } } as unknown as Rule;

/** Asks as a run would; the audit counts how often it is made, and answers with what it read. */
function ask(
  given: Partial<Asked> = {},
  report: Partial<ReportV1> = {},
  env: Record<string, string> = { XDG_CACHE_HOME: cache },
): Promise<ReportV1> {
  const asked: Asked = { view: openDirectory(root), rules: [rule], policy: noPolicy, ...given };
  return reportOf(asked, env, async () => {
    audits++;
    return { score: audits, diagnostics: [], ...report } as unknown as ReportV1;
  });
}
const folder = () => join(cache, 'readiness-audit', 'reports');
const pack = () => join(folder(), readdirSync(folder())[0]!);

describe('a report that was kept', () => {
  it('is given again while nothing changes', async () => {
    const first = await ask();
    expect(await ask()).toEqual(first);
    expect(audits).toBe(1);
  });

  const changes: [string, () => Partial<Asked> | undefined][] = [
    ['a byte of a source file', () => void write('server.js', 'listen(3001)')],
    ['a byte of a binary file', () => void write('logo.png', '\0\u0001')],
    ['a file under another name', () => void renameSync(join(root, 'server.js'), join(root, 'main.js'))],
    ['a new file', () => void write('Dockerfile', '')],
    ['what is ignored', () => void write('.gitignore', 'server.js')],
    ['a variable', () => void write('.env', 'A=1')],
    ['what git tracks', () => ({ view: { ...openDirectory(root), isTracked: () => false } })],
    ['a rule', () => ({ rules: [{ ...rule, title: 'Another' }] })],
    ['what only a pattern in a rule says', () => ({ rules: [withPattern(/y/)] })],
    ['an accepted risk', () => ({ policy: { ...noPolicy, accepted: [{ rule: 'own/alpha', component: null }] } })],
    ['the arithmetic', () => ({ policy: { ...noPolicy, scoringVersion: 1 } })],
    ['the commit', () => ({ view: { ...openDirectory(root), commit: { hash: 'a', committedAt: '2027-01-01' } } })],
    ['the place below the top of git', () => ({ view: { ...openDirectory(root), gitPrefix: 'apps/shop' } })],
    ['what is laid over the files', () => ({ view: overlay(openDirectory(root), new Map([['server.js', 'x']])) })],
    ['what is left out of them', () => ({ view: overlay(openDirectory(root), new Map([['server.js', null]])) })],
    ['a bound that was met', () => ({ view: { ...openDirectory(root), diagnostics: [{ file: null, message: 'x' }] } })],
  ];
  it.each(changes)('is not given for another: %s', async (_, change) => {
    await ask();
    const given = change() ?? {};
    expect((await ask(given)).score).toBe(2);
    expect((await ask(given)).score).toBe(2);
  });
  const withPattern = (a: RegExp): Rule => ({ ...rule, appliesTo: { ...rule.appliesTo, options: { a } } }) as Rule;

  it('is still known when its files come back, and only a few are', async () => {
    for (const text of ['1', '2', '3', '4']) {
      write('server.js', text);
      await ask();
    }
    write('server.js', '1');
    expect((await ask()).score).toBe(1);
    write('server.js', '5');
    await ask();
    write('server.js', '1');
    expect((await ask()).score).toBe(6);
  });

  it('does not hold what failed in us, nor files that changed while they were read', async () => {
    const diagnostics = [{ unit: 'rule own/alpha on .', file: null, line: null, message: 'took longer than 20 s' }];
    await ask({}, { diagnostics });
    await ask({}, { diagnostics });
    expect(audits).toBe(2);
    write('large.txt', 'a'.repeat(20));
    const view = openDirectory(root, { textSize: 10 });
    await reportOf({ view, rules: [], policy: noPolicy }, { XDG_CACHE_HOME: cache }, async () => {
      write('large.txt', 'b'.repeat(20));
      view.readBytes('large.txt');
      return { diagnostics: [] } as unknown as ReportV1;
    });
    expect(() => statSync(folder())).toThrow();
  });

  it.each<[string, string, string | null, number]>([
    ['a file that could not be read', 'facts: sources', 'odd.ts', 1],
    ['a bound that was met', 'repository', null, 1],
    ['facts that we failed to read', 'facts: sources', null, 2],
    ['a rule that failed in one file', 'rule own/alpha', 'odd.ts', 2],
    ['wiring that failed', 'wiring', null, 2],
  ])('that tells of %s', async (_, unit, file, times) => {
    const of = (unit: string, file: string | null) => ({ unit, file, line: null, message: 'x' });
    const diagnostics = [of('repository', null), of(unit, file)];
    await ask({}, { diagnostics });
    await ask({}, { diagnostics });
    expect(audits).toBe(times);
  });

  it('names everything that a view can tell', () => {
    // What is added here has to be added to what a report is kept by.
    expect(Object.keys(openMemory({})).sort()).toEqual([
      'commit',
      'diagnostics',
      'digest',
      'enclosing',
      'gitPrefix',
      'glob',
      'has',
      'hasDirectory',
      'isTracked',
      'list',
      'read',
      'readBytes',
      'root',
      'text',
    ]);
  });
});

describe('what cannot be trusted is as good as nothing', () => {
  const damages: [string, (bytes: Buffer) => Buffer | string][] = [
    ['cut short', (bytes) => bytes.subarray(0, bytes.length - 5)],
    ['empty', () => ''],
    ['something else', () => 'readiness pack\n{}\n'],
    ['changed in one place', (bytes) => bytes.toString('latin1').replace('"score":1', '"score":9')],
    ['of another program', (bytes) => bytes.toString('latin1').replace(/pack \w{64}/, `pack ${'0'.repeat(64)}`)],
  ];
  it.each(damages)('%s', async (_, damage) => {
    await ask();
    writeFileSync(pack(), damage(readFileSync(pack())));
    expect((await ask()).score).toBe(2);
    expect((await ask()).score).toBe(2);
  });

  it('a folder that cannot be written', async () => {
    writeFileSync(cache, 'a file stands here');
    await ask();
    expect((await ask()).score).toBe(2);
  });
});

it.each([
  ['inside the target', () => ask({}, {}, { XDG_CACHE_HOME: join(root, 'cache') })],
  ['where the user has no folder', () => ask({}, {}, {})],
  ['of files that lie nowhere on disk', () => ask({ view: openMemory({ 'a.js': '' }) })],
])('nothing is kept %s', async (_, once) => {
  await once();
  expect((await once()).score).toBe(2);
  expect(() => statSync(cache)).toThrow();
});

describe('the name of the program', () => {
  const program = () => {
    const home = temporaryFolder('program');
    write('package.json', '{ "name": "us", "version": "1.0.0", "dependencies": { "a": "1" } }', home);
    write('node_modules/a/package.json', '{ "name": "a", "version": "1.0.0", "dependencies": { "b": "1" } }', home);
    write('node_modules/b/package.json', '{ "name": "b", "version": "1.0.0" }', home);
    write('rules/data/backups.yaml', 'id: data/backups', home);
    write('dist/detectors/keeps.js', 'export {}', home);
    write('dist/analyzers/source/scan.js', 'export {}', home);
    write('dist/analyzers/source/words.json', '[]', home);
    write('dist/analyzers/source/scan.d.ts', 'export {}', home);
    write('dist/analyzers/sources.js', 'export {}', home);
    write('dist/analyzers/compose.js', 'export {}', home);
    write('dist/model/paths.js', 'export {}', home);
    write('dist/repository/view.js', 'export {}', home);
    return home;
  };
  const names = (home: string) => [programVersion(join(home, 'dist')), factsVersion(join(home, 'dist'))];
  it.each<[string, string, string, boolean]>([
    ['its own version', 'package.json', '{ "name": "us", "version": "1.0.1", "dependencies": { "a": "1" } }', true],
    ['a rule', 'rules/data/backups.yaml', 'id: data/backup', true],
    ['code that reads facts', 'dist/analyzers/source/scan.js', 'export {};', true],
    ['other code', 'dist/detectors/keeps.js', 'export {};', false],
    ['a package of a package', 'node_modules/b/package.json', '{ "name": "b", "version": "1.0.1" }', true],
  ])('changes with %s', (_, path, text, facts) => {
    const home = program();
    const before = names(home);
    expect(names(home)).toEqual(before);
    write(path, text, home);
    const now = names(home);
    expect(now[0]).not.toBe(before[0]);
    expect(now[1] !== before[1]).toBe(facts);
  });
  it.each<[string, string, boolean, boolean]>([
    ['data beside the code', 'dist/analyzers/source/words.json', true, true],
    ['the list of the readers', 'dist/analyzers/sources.js', true, true],
    ['what the facts are made of', 'dist/model/paths.js', true, true],
    ['what reads the files', 'dist/repository/view.js', true, true],
    ['another analyzer', 'dist/analyzers/compose.js', true, false],
    ['a declaration', 'dist/analyzers/source/scan.d.ts', false, false],
    ['a map of the code', 'dist/analyzers/source/scan.js.map', false, false],
    ['a file beside all that', 'README.md', false, false],
    ['a package that ours does not stand on', 'node_modules/c/package.json', false, false],
  ])('and %s', (_, path, whole, facts) => {
    const home = program();
    const before = names(home);
    write(path, '{ "other": 1 }', home);
    const now = names(home);
    expect([now[0] !== before[0], now[1] !== before[1]]).toEqual([whole, facts]);
  });

  it('changes with the name of a file', () => {
    const home = program();
    const before = names(home);
    renameSync(join(home, 'dist/model/paths.js'), join(home, 'dist/model/path.js'));
    expect(names(home).map((name, i) => name === before[i])).toEqual([false, false]);
  });

  it.each<[string, Record<string, string>]>([
    ['a package that came along', { 'node_modules/d/package.json': '{ "name": "d", "version": "1" }' }],
    ['one that it may go without', { 'node_modules/e/package.json': '{ "name": "e", "version": "1" }' }],
    ['one above it', { '../node_modules/f/package.json': '{ "name": "f", "version": "1" }' }],
    ['one of its own', { 'node_modules/a/node_modules/b/package.json': '{ "name": "b", "version": "9" }' }],
  ])('changes with %s', (_, files) => {
    const outer = temporaryFolder('outer');
    const home = join(outer, 'us');
    write('package.json', '{ "dependencies": { "a": "1", "d": "1", "f": "1" } }', home);
    write('node_modules/a/package.json', '{ "dependencies": { "b": "1", "a": "1" } }', home);
    write(
      'node_modules/b/package.json',
      '{ "optionalDependencies": { "e": "1" }, "dependencies": { "a": "1" } }',
      home,
    );
    write('rules/a.yaml', '', home);
    write('dist/a.js', '', home);
    const before = names(home);
    for (const [path, text] of Object.entries(files)) write(path, text, home);
    expect(before).not.toContain(null);
    expect(names(home).map((name, i) => name === before[i])).toEqual([false, false]);
  });

  it('is none where the code is not to be found', () => {
    expect(programVersion(join(root, 'nowhere'))).toBeNull();
  });
});
