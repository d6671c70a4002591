import { defineConfig } from 'vitest/config';

/** The tests that judge a mutant: those of the three folders, in this process. Stryker picks among them those that run the mutated line. */
export default defineConfig({
  test: {
    testTimeout: 60_000,
    include: ['test/unit/{detectors,wiring,audit,catalogue,components}/**/*.test.ts', 'test/contract/**/*.test.ts'],
    exclude: ['fixtures/**'],
  },
});
