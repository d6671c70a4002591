import { describe, expect, it } from 'vitest';
import { readBase } from '../support/fixtures.ts';
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

describe.each([
  ['express', [...together, 'input-validation']],
  ['fastify', together],
  ['nest', together],
  ['next', ofNext],
] as const)('fixes of the %s base', (base, fixes) => {
  it.each([1, 2, 3])('give the same files in whatever order they are made (%i)', async (seed) => {
    const next = random(seed);
    const files = readBase(base);
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
