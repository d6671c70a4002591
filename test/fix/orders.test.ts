import { describe, expect, it } from 'vitest';
import { filesOf, readBase, ruleFixtures } from '../support/fixtures.ts';
import { type Files, fixed, planFor, templates } from './world.ts';

/** A small generator of our own: the same subsets and orders on every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Fixes that go into the same files, so that their order could show. */
const together = ['headers', 'rate-limiting', 'health-endpoint', 'metrics', 'request-logging', 'error-handling'];

const ofNext = [
  'headers',
  'rate-limiting',
  'health-endpoint',
  'metrics',
  'error-tracking',
  'error-boundary',
  'installable',
];

const ofPages = ['error-boundary', 'loading-states', 'error-tracking', 'installable', 'offline', 'e2e'];

const asksByAxios = "import axios from 'axios';\n\nexport const load = () => axios.get('/api/notes');\n";

/** Bases as they are, but for what fixes of pages need to have anything to do: pages that ask for data through axios. */
function filesFor(base: string): Files {
  if (base === 'vite-react')
    return {
      ...readBase(base),
      'package.json': readBase(base)['package.json']!.replace('"react":', '"axios": "^1.7.0",\n    "react":'),
      'src/load.ts': asksByAxios,
      'src/pages/Notes.tsx':
        "import { load } from '../load';\n\nexport function Notes() {\n  return <button onClick={() => void load()}>Notes</button>;\n}\n",
    };
  if (base !== 'a Vue application') return readBase(base);
  const { base: from, changes } = ruleFixtures().find(({ name }) => name === 'experience/error-boundary/missing.vue')!;
  const files = filesOf(from, changes);
  return {
    ...files,
    'package.json': files['package.json']!.replace('"vue":', '"axios": "^1.7.0",\n    "vue":'),
    'src/load.js': asksByAxios,
    'src/Home.vue':
      '<script setup>\nimport { load } from \'./load\';\n</script>\n\n<template>\n  <button @click="load">Notes</button>\n</template>\n',
  };
}

describe.each([
  ['express', [...together, 'input-validation']],
  ['fastify', together],
  ['nest', together],
  ['next', ofNext],
  ['vite-react', ofPages],
  ['a Vue application', ofPages],
] as const)('fixes of the %s base', (base, fixes) => {
  it.each([1, 2, 3])('give the same files in whatever order they are made (%i)', async (seed) => {
    const next = random(seed);
    const files = filesFor(base);
    const chosen = fixes.filter(() => next() < 0.7);
    const shuffled = [...chosen].map((fix) => ({ fix, at: next() })).sort((a, b) => a.at - b.at);
    const atOnce = fixed(files, await planFor(files, { fixes: chosen }));
    let oneByOne: Files = { ...files };
    for (const { fix } of shuffled) oneByOne = fixed(oneByOne, await planFor(oneByOne, { fixes: [fix] }));
    expect(oneByOne).toEqual(atOnce);
  });
});

describe('any fixes, in any order', () => {
  it.each([
    ['express', 4],
    ['nest', 5],
    ['next', 6],
    ['monorepo', 7],
  ])('leave nothing to do on the %s base, and no file that cannot be read', async (base, seed) => {
    const next = random(seed);
    const chosen = templates.map(({ id }) => ({ id, at: next() })).filter(() => next() < 0.35);
    let files: Files = readBase(base);
    for (const { id } of chosen.sort((a, b) => a.at - b.at))
      files = fixed(files, await planFor(files, { fixes: [id] }));
    // What one made possible for another that came before it.
    const fixes = chosen.map(({ id }) => id);
    files = fixed(files, await planFor(files, { fixes }));
    const { fixes: left, after } = await planFor(files, { fixes });
    expect(left.map(({ fix }) => fix)).toEqual([]);
    expect(after.diagnostics).toEqual([]);
  });
});
