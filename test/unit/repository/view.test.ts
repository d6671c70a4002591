import { describe, expect, it } from 'vitest';
import { openMemory, overlay } from '../../../src/repository/index.ts';

const files = (...paths: string[]) => openMemory(Object.fromEntries(paths.map((path) => [path, ''])));

describe('what is left out', () => {
  it.each<[string, string[], string[]]>([
    ['installed packages at any depth', ['a/node_modules/x/index.js', 'a/b.js'], ['a/b.js']],
    ['minified and bundled scripts', ['public/jquery.min.js', 'a.bundle.js', 'a.js.map', 'a.js'], ['a.js']],
    ['dist beside its package', ['package.json', 'dist/index.js'], ['package.json']],
    [
      'not dist that is a package of its own',
      ['dist/package.json', 'package.json'],
      ['dist/package.json', 'package.json'],
    ],
    ['build that mirrors typed sources', ['build/a.js', 'src/a.ts'], ['src/a.ts']],
    ['a bundler output', ['web/build/index.html', 'web/build/static/js/main.3f1c2a9b.js'], []],
    ['not build scripts', ['build/webpack.config.js', 'src/a.ts'], ['build/webpack.config.js', 'src/a.ts']],
    ['not a Dockerfile in build', ['build/package/Dockerfile', 'go.mod'], ['build/package/Dockerfile', 'go.mod']],
    ['vendored Go modules', ['go.mod', 'vendor/x/y.go'], ['go.mod']],
    [
      'not a component called vendor',
      ['apps/vendor/package.json', 'package.json'],
      ['apps/vendor/package.json', 'package.json'],
    ],
    ['yarn releases, not its settings', ['.yarn/releases/yarn.cjs', '.yarnrc.yml'], ['.yarnrc.yml']],
  ])('%s', (_, given, left) => {
    expect(files(...given).list()).toEqual(left);
  });
});

describe('glob', () => {
  const view = files(
    '.env',
    '.github/workflows/ci.yml',
    'apps/api/package.json',
    'apps/web/src/a.tsx',
    'b.ts',
    'package.json',
  );
  it.each<[string | string[], string[]]>([
    ['**/package.json', ['apps/api/package.json', 'package.json']],
    ['package.json', ['package.json']],
    ['**/*.{ts,tsx}', ['apps/web/src/a.tsx', 'b.ts']],
    ['**/.env*', ['.env']],
    ['.github/workflows/*.y{a,}ml', ['.github/workflows/ci.yml']],
    ['apps/**', ['apps/api/package.json', 'apps/web/src/a.tsx']],
    ['{apps/api,apps/web}/**', ['apps/api/package.json', 'apps/web/src/a.tsx']],
    [['**/*.json', '!apps/**'], ['package.json']],
    [['b.ts', '**/*.ts'], ['b.ts']],
  ])('%s', (pattern, found) => {
    expect(view.glob(pattern)).toEqual(found);
  });
});

describe('a view in memory', () => {
  it('knows its folders', () => {
    const view = files('a/b/c.ts', 'a-b/d.ts');
    expect(['.', 'a', 'a/b', 'a-b', 'b'].map((folder) => view.hasDirectory(folder))).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });

  it('with changes laid over it shows new, changed and deleted files, and leaves the first as it was', () => {
    const view = openMemory({ 'a.ts': 'a', 'b.ts': 'b', 'c.ts': 'c' });
    const changed = overlay(
      view,
      new Map([
        ['a.ts', 'changed'],
        ['b.ts', null],
        ['d.ts', 'new'],
      ]),
    );
    expect(changed.list()).toEqual(['a.ts', 'c.ts', 'd.ts']);
    expect(['a.ts', 'b.ts', 'c.ts', 'd.ts'].map((path) => changed.read(path))).toEqual(['changed', null, 'c', 'new']);
    expect(view.read('a.ts')).toBe('a');
  });
});
