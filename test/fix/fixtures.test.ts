import { describe, expect, it } from 'vitest';
import { filesOf, ruleFixtures } from '../support/fixtures.ts';
import { type Files, fixed, planFor, templates } from './world.ts';

/** Fixtures of rules with a gap that a fix closes: from the status in the name to `ready`. */
const closed = `
  data/migrations/partial data/seed/unwired
  delivery/ci/unwired delivery/dependency-updates/missing delivery/lockfile/partial.yarn delivery/runtime-version/missing
  experience/error-boundary/missing experience/error-boundary/missing.next experience/error-boundary/missing.vue
  experience/error-boundary/missing.expo experience/error-boundary/partial.expo
  experience/error-boundary/partial.vue experience/error-boundary/unwired
  experience/installable/missing experience/installable/missing.next experience/installable/unwired
  experience/loading-states/missing.next experience/offline/missing
  experience/offline/missing.next
  infrastructure/database/unwired.schema infrastructure/database/unwired.idle infrastructure/database/unwired.fastify
  infrastructure/database/unwired.hono infrastructure/database/unwired.koa infrastructure/database/unwired.nest
  infrastructure/database/unwired.next
  observability/error-tracking/missing.worker observability/health-endpoint/missing.hono
  observability/health-endpoint/missing.koa observability/health-endpoint/missing.nest
  observability/health-endpoint/missing.next observability/metrics/missing
  resilience/graceful-shutdown/missing.nest resilience/graceful-shutdown/missing.worker
  security/headers/missing.next security/input-validation/missing security/input-validation/missing.next
  security/input-validation/unwired.nest security/no-committed-secrets/missing security/no-committed-secrets/missing.env
  security/rate-limiting/missing.koa security/rate-limiting/missing.next
  testing/e2e/missing testing/integration/unwired testing/unit/unwired testing/unit/unwired.placeholder
`
  .trim()
  .split(/\s+/);

describe.each(closed)('%s', (name) => {
  const fixture = ruleFixtures().find((one) => one.name === name)!;
  const files: Files = filesOf(fixture.base, fixture.changes);
  const fixes = templates.filter(({ rule }) => rule === fixture.rule).map(({ id }) => id);

  it('is closed, and stays', async () => {
    const plan = await planFor(files, { fixes });
    expect(
      plan.fixes.map(({ before, after }) => [before, after]),
      JSON.stringify(plan.notOffered),
    ).toEqual([[fixture.status, 'ready']]);
    expect((await planFor(fixed(files, plan), { fixes })).fixes).toEqual([]);
  });
});

it('is not closed by asking a database that keeps nothing', async () => {
  const fixture = ruleFixtures().find(({ name }) => name === 'infrastructure/database/unwired')!;
  const plan = await planFor(filesOf(fixture.base, fixture.changes), { fixes: ['database'] });
  expect(plan.fixes).toEqual([]);
});
