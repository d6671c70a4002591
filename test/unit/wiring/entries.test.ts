import { expect, it } from 'vitest';
import { audit } from '../../../src/audit/index.ts';
import { openMemory } from '../../../src/repository/index.ts';

it('starts an Nx project without a manifest from its targets', async () => {
  const { model } = await audit(
    openMemory({
      'package.json': '{"name":"all","dependencies":{"express":"5"}}',
      'nx.json': '{}',
      'apps/api/project.json': JSON.stringify({
        name: 'api',
        targets: {
          build: { executor: '@nx/webpack:webpack', options: { main: 'apps/api/src/main.ts' } },
          worker: { executor: 'nx:run-commands', options: { command: 'tsx {projectRoot}/src/worker.ts' } },
          test: { executor: '@nx/jest:jest', options: { main: 'apps/api/src/other.ts' } },
        },
      }),
      'apps/api/src/main.ts': "import express from 'express';\nexpress().listen(3000);\n",
      'apps/api/src/worker.ts': '',
      'apps/api/src/other.ts': '',
    }),
    { rules: [] },
  );
  const { entries } = model.wiring.of({ path: 'apps/api' });
  expect(entries.map(({ file, phase }) => `${phase} ${file}`)).toEqual([
    'runtime apps/api/src/main.ts',
    'tool apps/api/src/worker.ts',
  ]);
});
