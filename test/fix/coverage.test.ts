import { describe, expect, it } from 'vitest';
import { loadRules } from '../../src/catalogue/index.ts';
import { readBase } from '../support/fixtures.ts';
import { fixed, planFor, templates } from './world.ts';

/** What each base has a fix for: it comes to `ready`, or to the status that is named. */
const expected: Record<string, Record<string, string>> = {
  express: {
    'container-image': 'ready',
    'dependency-updates': 'ready',
    'error-handling': 'ready',
    'error-tracking': 'ready',
    'graceful-shutdown': 'ready',
    'health-endpoint': 'ready',
    'rate-limiting': 'ready',
    'request-logging': 'ready',
    'runtime-version': 'ready',
    cd: 'ready',
    headers: 'ready',
    integration: 'ready',
    metrics: 'ready',
    orchestration: 'ready',
    scaling: 'ready',
  },
  fastify: {
    'error-tracking': 'ready',
    'graceful-shutdown': 'ready',
    'health-endpoint': 'ready',
    'rate-limiting': 'ready',
    'request-logging': 'ready',
    headers: 'ready',
    metrics: 'ready',
    orchestration: 'ready',
  },
  nest: {
    'error-tracking': 'ready',
    'graceful-shutdown': 'ready',
    'health-endpoint': 'ready',
    'rate-limiting': 'ready',
    headers: 'ready',
    metrics: 'ready',
    orchestration: 'ready',
  },
  next: {
    'error-boundary': 'ready',
    'error-tracking': 'ready',
    'health-endpoint': 'ready',
    e2e: 'ready',
    installable: 'ready',
    orchestration: 'ready',
  },
  'vite-react': {
    'container-image': 'ready',
    'error-boundary': 'ready',
    'error-tracking': 'ready',
    e2e: 'ready',
    installable: 'ready',
    offline: 'ready',
    orchestration: 'ready',
  },
};

describe.each(Object.entries(expected))('on the %s base', (base, fixes) => {
  const files = readBase(base);
  const planned = planFor(files);

  it.each(Object.entries(fixes))('%s closes its gap', async (fix, status) => {
    const found = (await planned).fixes.filter((one) => one.fix === fix);
    expect(found.at(-1)?.after, JSON.stringify((await planned).notOffered, null, 1)).toBe(status);
  });

  it('raises the score and leaves nothing for a second run', async () => {
    const plan = await planned;
    expect(plan.after.score!).toBeGreaterThan(plan.before.score!);
    const second = await planFor(fixed(files, plan));
    expect(second.fixes.map(({ fix }) => fix)).toEqual([]);
  });

  it('only puts in: what was written stays, in its order', async () => {
    const plan = await planned;
    for (const [path, text] of plan.changes) {
      if (path in files && !path.endsWith('package.json'))
        expect(isWithin(files[path]!, String(text)), path).toBe(true);
    }
  });

  it('writes no file that its own language cannot read', async () => {
    const { after: report } = await planned;
    expect(report.diagnostics).toEqual([]);
  });
});

/** Every character of the first, in order, is in the second. */
function isWithin(before: string, now: string): boolean {
  let at = 0;
  for (const character of now) if (character === before[at]) at++;
  return at === before.length;
}

describe('templates', () => {
  const rules = loadRules();
  it('are for rules that exist', () => {
    const ids = rules.map(({ id }) => id);
    expect(templates.filter(({ rule }) => !ids.includes(rule)).map(({ id }) => id)).toEqual([]);
  });
  it('are what rules name as their fix', () => {
    const named = rules.filter(({ fix }) => fix !== null).map(({ id, fix }) => `${id}: ${fix}`);
    expect(named).toEqual(
      [...templates]
        .map(({ id, rule }) => `${rule}: ${id}`)
        .filter((one) => named.includes(one))
        .sort(),
    );
  });
});
