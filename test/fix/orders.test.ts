import { describe, expect, it } from 'vitest';
import { readBase } from '../support/fixtures.ts';
import { type Files, fixed, planFor } from './world.ts';

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

describe.each(['express', 'fastify', 'nest'])('fixes of the %s base', (base) => {
  it.each([1, 2, 3])('give the same files in whatever order they are made (%i)', async (seed) => {
    const next = random(seed);
    const files = readBase(base);
    const chosen = together.filter(() => next() < 0.7);
    const shuffled = [...chosen].map((fix) => ({ fix, at: next() })).sort((a, b) => a.at - b.at);
    const atOnce = fixed(files, await planFor(files, { fixes: chosen }));
    let oneByOne: Files = { ...files };
    for (const { fix } of shuffled) oneByOne = fixed(oneByOne, await planFor(oneByOne, { fixes: [fix] }));
    expect(oneByOne).toEqual(atOnce);
  });
});
