import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';

/**
 * What each folder of src may import besides itself. One way only: the data flows from left to right (docs/architecture.md),
 * and `model`, the vocabulary, is open to all.
 */
const allowed: Record<string, readonly string[]> = {
  model: [],
  repository: ['model'],
  commands: ['model'],
  analyzers: ['model'],
  components: ['model', 'commands'],
  wiring: ['model', 'commands'],
  deployment: ['model', 'commands'],
  detectors: ['model', 'commands'],
  score: ['model'],
  report: ['model'],
  policy: ['model'],
  live: ['model'],
  catalogue: ['model', 'commands', 'detectors'],
  audit: [
    'model',
    'repository',
    'commands',
    'analyzers',
    'components',
    'wiring',
    'deployment',
    'detectors',
    'catalogue',
    'score',
  ],
  fix: ['model', 'repository', 'commands', 'wiring'],
  cli: [
    'model',
    'repository',
    'commands',
    'analyzers',
    'components',
    'wiring',
    'deployment',
    'detectors',
    'catalogue',
    'audit',
    'score',
    'report',
    'policy',
    'live',
    'fix',
  ],
};
/** Rooms still being built; a name leaves this list with the folder's first file, and the list goes when it is empty. */
const planned: readonly string[] = [];

const longest = 400;

interface SourceFile {
  /** Relative to src, POSIX. */
  path: string;
  lines: number;
  /** Paths it imports, relative to src; types included, for a cycle of types is a tangle for the reader too. */
  imports: string[];
}

const src = fileURLToPath(new URL('../src/', import.meta.url));
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'))
  .sort()
  .map(readSource);

function readSource(path: string): SourceFile {
  const text = readFileSync(src + path, 'utf8');
  const { module } = parseSync(path, text);
  const specifiers = [
    ...module.staticImports.map((entry) => entry.moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) => entries.flatMap((entry) => entry.moduleRequest?.value ?? [])),
    // `import('./x.ts')`, as an expression and as a type; a computed one is found by folder and has no edge.
    ...[...text.matchAll(/\bimport\('([^']+)'\)/g)].map((match) => match[1]!),
  ];
  const imports = specifiers
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => posix.join(posix.dirname(path), specifier));
  return { path, lines: text.split('\n').length - 1, imports };
}

/** A file at the top of src belongs to no folder: it stands for itself, and is refused. */
const folderOf = (path: string): string => path.split('/')[0]!;

describe('the house', () => {
  it('names exactly the folders that exist', () => {
    const present = [...new Set(files.map(({ path }) => folderOf(path)))].sort();
    const named = Object.keys(allowed).filter((folder) => !planned.includes(folder) || present.includes(folder));
    expect(present).toEqual(named.sort());
    expect(
      planned.filter((folder) => present.includes(folder)),
      'built by now: take it off the list',
    ).toEqual([]);
  });

  it('imports one way', () => {
    const wrong = files.flatMap(({ path, imports }) =>
      imports
        .filter((to) => folderOf(to) !== folderOf(path) && !allowed[folderOf(path)]?.includes(folderOf(to)))
        .map((to) => `src/${path} imports src/${to}`),
    );
    expect(wrong).toEqual([]);
  });

  it('imports only files that exist, by their own extension', () => {
    const known = new Set(files.map(({ path }) => path));
    const lost = files.flatMap(({ path, imports }) =>
      imports.filter((to) => !known.has(to)).map((to) => `src/${path} imports src/${to}`),
    );
    expect(lost).toEqual([]);
  });

  it('holds no cycle between files', () => {
    expect(cycles(new Map(files.map(({ path, imports }) => [path, imports])))).toEqual([]);
  });

  it(`keeps every file within ${longest} lines`, () => {
    const long = files.filter(({ lines }) => lines > longest).map(({ path, lines }) => `src/${path}: ${lines} lines`);
    expect(long).toEqual([]);
  });
});

describe('the cycle finder', () => {
  const cases: [string, Record<string, string[]>, string[]][] = [
    ['a chain', { a: ['b'], b: ['c'], c: [] }, []],
    ['a diamond', { a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, []],
    ['a pair', { a: ['b'], b: ['a'] }, ['a > b > a']],
    ['a file that imports itself', { a: ['a'] }, ['a > a']],
    ['a ring behind an entry', { a: ['b'], b: ['c'], c: ['d'], d: ['b'] }, ['b > c > d > b']],
  ];
  it.each(cases)('%s', (_, graph, expected) => {
    expect(cycles(new Map(Object.entries(graph)))).toEqual(expected);
  });
});

/** One cycle for each back edge of a depth-first walk, as `a > b > a`. */
function cycles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (node: string): void => {
    const seenAt = path.indexOf(node);
    if (seenAt !== -1) found.push([...path.slice(seenAt), node].join(' > '));
    if (seenAt !== -1 || done.has(node)) return;
    path.push(node);
    for (const next of graph.get(node) ?? []) visit(next);
    path.pop();
    done.add(node);
  };
  for (const node of graph.keys()) visit(node);
  return found;
}
