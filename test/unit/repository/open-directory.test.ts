import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openDirectory, openGitTree } from '../../../src/repository/index.ts';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folderWith(files: Record<string, string | Uint8Array>): string {
  const folder = mkdtempSync(join(tmpdir(), 'readiness-'));
  made.push(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

function git(folder: string, ...args: string[]): void {
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
  const env = { ...process.env, GIT_COMMITTER_DATE: '2024-03-01T10:00:00+02:00' };
  execFileSync('git', [...identity, ...args], { cwd: folder, stdio: 'ignore', env });
}

function committed(files: Record<string, string | Uint8Array>): string {
  const folder = folderWith(files);
  git(folder, 'init', '-q');
  git(folder, 'add', '-f', '.');
  git(folder, 'commit', '-q', '-m', 'first');
  return folder;
}

describe('a folder without git', () => {
  it('honours nested ignore files, the innermost deciding, and still shows environment files', () => {
    const folder = folderWith({
      '.gitignore': '*.log\n.env\nbuild/\n',
      '.env': 'A=1',
      'a.log': '',
      'keep/.gitignore': '!*.log\n',
      'keep/b.log': '',
      'build/x.js': '',
      'src/index.ts': '',
    });
    const view = openDirectory(folder);
    expect(view.list()).toEqual(['.env', '.gitignore', 'keep/.gitignore', 'keep/b.log', 'src/index.ts']);
    expect(view.isTracked('.env')).toBe(false);
    expect(view.isTracked('src/index.ts')).toBe(true);
    expect(view.commit).toBeNull();
  });

  it('shows what nobody generates, however broad an ignore file is', () => {
    const folder = folderWith({
      '.gitignore': '*.json\nsrc/\nbuild/\n',
      'app/package.json': '{}',
      'app/data.json': '{}',
      'app/src/index.js': '',
      'app/build/index.js': '',
    });
    expect(openDirectory(folder).list()).toEqual(['.gitignore', 'app/package.json', 'app/src/index.js']);
  });

  it('does not follow links out of the root, nor loops', () => {
    const outside = folderWith({ 'secret.txt': 'secret' });
    const folder = folderWith({ 'a.txt': 'a' });
    symlinkSync(outside, join(folder, 'out'));
    symlinkSync(folder, join(folder, 'loop'));
    symlinkSync(join(outside, 'secret.txt'), join(folder, 'secret.txt'));
    const view = openDirectory(folder);
    expect(view.list()).toEqual(['a.txt']);
    expect(view.read('secret.txt')).toBeNull();
    expect(view.read('../secret.txt')).toBeNull();
  });

  it('stops at its bounds and says so', () => {
    const folder = folderWith({ 'a.txt': 'x'.repeat(3000), 'b.txt': '', 'd/e/f/g.txt': '' });
    const view = openDirectory(folder, { depth: 2, textSize: 2048 });
    expect(view.list()).toEqual(['a.txt', 'b.txt']);
    expect(view.read('a.txt')).toBeNull();
    expect(view.diagnostics.map((d) => d.file)).toEqual(['d/e/f', 'a.txt']);
    expect(openDirectory(folder, { files: 1 }).list()).toEqual(['a.txt']);
  });

  it('reads BOM, UTF-16 and broken UTF-8, and takes binary for no text', () => {
    const folder = folderWith({
      'bom.txt': Buffer.from('\ufeffhello'),
      'utf16.txt': Buffer.from('\ufeffhéllo', 'utf16le'),
      'latin.txt': Buffer.from('h\u00e9', 'latin1'),
      'image.png': Buffer.from([0x89, 0x50, 0, 0, 1]),
    });
    const view = openDirectory(folder);
    expect(view.read('bom.txt')).toBe('hello');
    expect(view.read('utf16.txt')).toBe('héllo');
    expect(view.read('latin.txt')).toBe('h\ufffd');
    expect(view.read('image.png')).toBeNull();
    expect(view.readBytes('image.png')).toHaveLength(5);
  });

  it('refuses a path that is absent or a file, in one sentence', () => {
    const folder = folderWith({ 'a.txt': '' });
    expect(() => openDirectory(join(folder, 'none'))).toThrow(/There is no folder/);
    expect(() => openDirectory(join(folder, 'a.txt'))).toThrow(/is a file, not a folder/);
  });
});

describe('a folder with git', () => {
  it('shows what is tracked even when ignored, then what is not ignored', () => {
    const folder = committed({ '.gitignore': '.env\n*.tmp\n', '.env': 'KEY=1', 'gone.ts': '', 'src/a.ts': '' });
    writeFileSync(join(folder, 'x.tmp'), '');
    writeFileSync(join(folder, 'new.ts'), '');
    rmSync(join(folder, 'gone.ts'));
    const view = openDirectory(folder);
    expect(view.list()).toEqual(['.env', '.gitignore', 'new.ts', 'src/a.ts']);
    expect(view.isTracked('.env')).toBe(true);
    expect(view.isTracked('new.ts')).toBe(false);
    expect(view.commit?.hash).toMatch(/^[0-9a-f]{40}$/);
    expect(view.commit?.committedAt).toBe('2024-03-01T08:00:00.000Z');
    expect(view.gitPrefix).toBe('');
  });

  it('takes the folder given as the root, also below the top of git', () => {
    const folder = committed({ 'apps/api/a.ts': '', 'b.ts': '' });
    const view = openDirectory(join(folder, 'apps/api'));
    expect(view.list()).toEqual(['a.ts']);
    expect(view.gitPrefix).toBe('apps/api');
  });

  it('walks a folder that the repository around it ignores', () => {
    const folder = committed({ '.gitignore': 'scratch/\n', 'a.ts': '' });
    mkdirSync(join(folder, 'scratch'));
    writeFileSync(join(folder, 'scratch/b.ts'), '');
    expect(openDirectory(join(folder, 'scratch')).list()).toEqual(['b.ts']);
  });

  it('reads nothing through a tracked folder that was replaced by a link', () => {
    const outside = folderWith({ 'a.ts': 'outside' });
    const folder = committed({ 'lib/a.ts': 'inside', 'b.ts': '' });
    rmSync(join(folder, 'lib'), { recursive: true });
    symlinkSync(outside, join(folder, 'lib'));
    expect(openDirectory(folder).read('lib/a.ts')).toBeNull();
  });

  it('runs no program that the repository configures', () => {
    const folder = committed({ 'a.ts': '' });
    const proof = join(folder, 'ran');
    const script = join(folder, 'run.sh');
    writeFileSync(script, `#!/bin/sh\ntouch ${proof}\n`, { mode: 0o755 });
    git(folder, 'config', 'core.fsmonitor', script);
    git(folder, 'config', 'log.showSignature', 'true');
    git(folder, 'config', 'gpg.program', script);
    expect(openDirectory(folder).list()).toEqual(['a.ts', 'run.sh']);
  });
});

describe('a commit', () => {
  it('is read without a checkout, as it was', () => {
    const folder = committed({ 'a.ts': 'one', 'src/b.ts': 'two', 'node_modules/c/index.js': '' });
    writeFileSync(join(folder, 'a.ts'), 'changed');
    const view = openGitTree(folder, 'HEAD');
    expect(view.list()).toEqual(['a.ts', 'src/b.ts']);
    expect([view.read('a.ts'), view.read('src/b.ts')]).toEqual(['one', 'two']);
    expect(view.root).toBeNull();
    expect(openGitTree(join(folder, 'src'), 'HEAD').read('b.ts')).toBe('two');
  });

  it('that does not exist is refused in one sentence', () => {
    const folder = committed({ 'a.ts': '' });
    for (const ref of ['nowhere', '--all', 'a\nb'])
      expect(() => openGitTree(folder, ref)).toThrow(/Git knows no commit/);
  });
});
