import { defineConfig } from 'vitest/config';

/** The tests that judge a mutant, all in one process. Stryker picks among them those that run the mutated line. */
export default defineConfig({
  test: {
    testTimeout: 60_000,
    // One import of the code for all files: nothing here changes what another test sees.
    isolate: false,
    setupFiles: ['scripts/mutate/setup.ts'],
    // A test that took over what another one had judged would count as none of that code.
    env: { EACH_TEST_ALONE: '1' },
    include: [
      'test/unit/{detectors,wiring,audit}/**/*.test.ts',
      'test/unit/catalogue/evaluate.test.ts',
      'test/contract/**/*.test.ts',
      'test/golden/shop.test.ts',
      // What a detector is called and asks, and the options that it takes, are shown there.
      'test/docs/rule-pages.test.ts',
    ],
    exclude: ['fixtures/**'],
  },
});
