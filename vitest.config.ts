import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Whole audits and child processes share two cores with everything else; a unit test that takes a tenth of this is too slow.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      // Fixtures hold test files of their own, which belong to the audited programs and not to us.
      {
        extends: true,
        test: { name: 'main', include: ['test/**/*.test.ts'], exclude: ['test/docker/**', 'fixtures/**'] },
      },
      // These share one engine of their own, started for the run when any of them is asked for.
      {
        extends: true,
        test: {
          name: 'docker',
          include: ['test/docker/**/*.test.ts'],
          globalSetup: ['test/docker/setup.ts'],
          testTimeout: 60_000,
        },
      },
    ],
  },
});
