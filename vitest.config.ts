import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Fixtures hold test files of their own, which belong to the audited programs and not to us.
    include: ['test/**/*.test.ts'],
    // Whole audits and child processes share two cores with everything else; a unit test that takes a tenth of this is too slow.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
