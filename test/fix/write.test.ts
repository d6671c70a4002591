import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { checkWorkTree, unifiedDiff, writeAll } from '../../src/fix/index.ts';
import { openDirectory, openMemory } from '../../src/repository/index.ts';
import { readBase, readFiles } from '../support/fixtures.ts';
import { fixed, planOn, textIn } from './world.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function repository(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'readiness-fix-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  git(folder, 'init', '-q');
  git(folder, 'add', '-A');
  git(folder, '-c', 'user.email=a@example.org', '-c', 'user.name=a', 'commit', '-qm', 'first');
  return folder;
}
const git = (folder: string, ...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
const onDisk = (folder: string) =>
  Object.fromEntries(Object.entries(readFiles(folder)).filter(([path]) => !path.startsWith('.git/')));

it('prints a patch that git applies, to the same files that it writes itself', async () => {
  const windows = Object.fromEntries(
    Object.entries(readBase('express')).map(([path, text]) => [
      path,
      path.startsWith('src/app') ? text.replace(/\n/g, '\r\n') : text,
    ]),
  );
  const bare = { ...windows, 'src/index.ts': windows['src/index.ts']!.trimEnd() };
  const folder = repository(bare);
  const view = openDirectory(folder);
  const plan = await planOn(view);
  expect(plan.changes.size).toBeGreaterThan(8);
  writeFileSync(join(folder, '.git/readiness.patch'), unifiedDiff(view, plan.changes));
  git(folder, 'apply', '.git/readiness.patch');
  expect(onDisk(folder)).toEqual(fixed(bare, plan));
  git(folder, 'checkout', '-q', '.');
  git(folder, 'clean', '-qfd');
  writeAll(view, plan.changes);
  expect(onDisk(folder)).toEqual(fixed(bare, plan));
  expect(textIn(plan, 'src/app.ts').replace(/\r\n/g, '')).not.toContain('\n');
});

it('writes pictures, and patches that hold them', async () => {
  const files = readBase('vite-react');
  const folder = repository(files);
  const view = openDirectory(folder);
  const plan = await planOn(view, { fixes: ['installable'] });
  const icon = plan.changes.get('public/icon-192.png') as Buffer;
  // The signature of PNG, then the size in its header.
  expect([...icon.subarray(1, 4), icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([80, 78, 71, 192, 192]);
  writeFileSync(join(folder, '.git/readiness.patch'), unifiedDiff(view, plan.changes));
  git(folder, 'apply', '.git/readiness.patch');
  expect(readFileSync(join(folder, 'public/icon-192.png')).equals(icon)).toBe(true);
  git(folder, 'clean', '-qfd');
  git(folder, 'checkout', '-q', '.');
  writeAll(view, plan.changes);
  expect(readFileSync(join(folder, 'public/icon-192.png')).equals(icon)).toBe(true);
});

it('puts everything back when a write fails half way', () => {
  const files = { 'a.txt': 'a\n', 'b.txt': 'b\n' };
  const folder = repository(files);
  let renames = 0;
  const disk = {
    write: (file: string, content: string | Uint8Array) => writeFileSync(file, content),
    rename(from: string, to: string) {
      renames++;
      if (renames === 2) throw new Error('the disk is full');
      writeFileSync(to, readFileSync(from));
    },
  };
  const changes = new Map([
    ['a.txt', 'A'],
    ['b.txt', 'B'],
    ['new/deep/c.txt', 'C'],
  ]);
  expect(() => writeAll(openDirectory(folder), changes, disk)).toThrow(/the disk is full/);
  expect(onDisk(folder)).toEqual(files);
  expect(readdirSync(folder).filter((name) => name !== '.git')).toEqual(['a.txt', 'b.txt']);
});

it('leaves a file alone that was changed, or made, after it was read, and one that is read-only', () => {
  const files = { 'a.txt': 'a\n', 'b.txt': 'b\n' };
  const change = (folder: string) => {
    const view = openDirectory(folder);
    const changes = new Map([...view.list()].map((path) => [path, view.read(path)!.toUpperCase()]));
    return () => writeAll(view, changes.set('c.txt', 'C'));
  };
  const edited = repository(files);
  const write = change(edited);
  writeFileSync(join(edited, 'b.txt'), 'mine\n');
  expect(write).toThrow(/b\.txt was not written, and nothing else: it was changed meanwhile/);
  expect(onDisk(edited)).toEqual({ ...files, 'b.txt': 'mine\n' });
  const made = repository(files);
  const writeToo = change(made);
  writeFileSync(join(made, 'c.txt'), 'mine\n');
  expect(writeToo).toThrow(/c\.txt was not written/);
  expect(onDisk(made)).toEqual({ ...files, 'c.txt': 'mine\n' });
  const kept = repository(files);
  chmodSync(join(kept, 'b.txt'), 0o444);
  expect(change(kept)).toThrow(/b\.txt was not written, and nothing else: it is read-only/);
  expect(onDisk(kept)).toEqual(files);
});

it('makes no file whose name is another one in capitals', async () => {
  const files = { ...readBase('express'), dockerfile: 'FROM scratch\n' };
  const plan = await planOn(openMemory(files), { fixes: ['container-image'] });
  expect(plan.changes.has('Dockerfile')).toBe(false);
});

it('writes all files though it is told to end half way', () => {
  const folder = repository({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
  const disk = {
    write: (file: string, content: string | Uint8Array) => writeFileSync(file, content),
    rename(from: string, to: string) {
      process.kill(process.pid, 'SIGTERM');
      renameSync(from, to);
    },
  };
  const changes = new Map([
    ['a.txt', 'A'],
    ['b.txt', 'B'],
  ]);
  writeAll(openDirectory(folder), changes, disk);
  expect(onDisk(folder)).toEqual({ 'a.txt': 'A', 'b.txt': 'B' });
});

it("refuses a link, a path outside, git's own folder and an ignored file, and then writes nothing", () => {
  const folder = repository({ 'a.txt': 'a\n', '.gitignore': 'secret/\n' });
  symlinkSync(tmpdir(), join(folder, 'out'));
  symlinkSync('a.txt', join(folder, 'link.txt'));
  const view = openDirectory(folder);
  for (const path of ['out/x.txt', 'link.txt', '../x.txt', '.git/hooks/pre-commit', 'secret/x.txt']) {
    const changes = new Map([
      ['a.txt', 'changed'],
      [path, 'x'],
    ]);
    expect(() => writeAll(view, changes), path).toThrow();
    expect(readFileSync(join(folder, 'a.txt'), 'utf8'), path).toBe('a\n');
  }
});

it('plans no file that git ignores, and the others all the same', async () => {
  const files = readBase('express');
  const reading = `const key = process.env.API_KEY;\nconsole.log(key);\n${files['src/index.ts']}`;
  const folder = repository({ ...files, 'src/index.ts': reading, '.gitignore': '.env*\n' });
  const plan = await planOn(openDirectory(folder), { fixes: ['env-template', 'runtime-version'] });
  expect(plan.fixes.map(({ fix }) => fix)).toEqual(['runtime-version']);
  expect(plan.notOffered.map(({ reason }) => reason)).toContain('git ignores .env.example');
});

it('writes nothing for GitHub in a folder of a larger repository, where GitHub does not look', async () => {
  const inner = Object.fromEntries(
    Object.entries(readBase('express')).map(([path, text]) => [`apps/api/${path}`, text]),
  );
  const folder = repository(inner);
  const fixes = ['dependency-updates', 'runtime-version'];
  const plan = await planOn(openDirectory(join(folder, 'apps/api')), { fixes });
  expect(plan.fixes.map(({ fix }) => fix)).toEqual(['runtime-version']);
  expect(plan.notOffered.map(({ reason }) => reason).join()).toContain('this folder is apps/api of one');
  const whole = await planOn(openDirectory(folder), { fixes });
  expect(whole.changes.has('.github/dependabot.yml')).toBe(true);
});

it('asks for a clean work tree', () => {
  const folder = repository({ 'a.txt': 'a\n' });
  expect(() => checkWorkTree(folder)).not.toThrow();
  writeFileSync(join(folder, 'a.txt'), 'b\n');
  expect(() => checkWorkTree(folder)).toThrow(/--allow-dirty/);
});
